"""The map of the day: what organisers see of all venues, with one of them behind a relay."""

import random
import re

import pytest
from conftest import wait_until
from playwright.sync_api import expect
from relays import Relay
from screens import LAPTOP, PHONE, Moderator, violations

VENUES = ["Granville", "Agneaux", "Cherbourg"]
COUNTERS = ["received", "pending", "shown", "answered", "dismissed", "merged", "spoken", "turns"]
ASKED = {"granville": 3, "agneaux": 8, "cherbourg": 2}


def table(screen, name):
    """The rows of a table by their first cell; a talk's part of the table begins with its title."""
    rows = screen.run("id => [...document.getElementById(id).rows].map(row => [...row.cells].map(cell => cell.textContent))", name)
    return rows[0], {row[0]: row[1:] for row in rows[1:]}, rows[1:]


def room(screen, name):
    """Line, people and counts of a venue, as the table has them."""
    return table(screen, "rooms")[1][name]


def ask(server, venue, texts, **fields):
    client = server.client(venue=venue)
    client.until(lambda: client.position > 0)
    answers = [client.ask(text, **fields) for text in texts]
    assert {answer["type"] for answer in answers} == {"ack"}, answers
    return client, [answer["id"] for answer in answers]


def texts(venue, count):
    return [f"Question {number} de la salle de {venue}, à quoi sert le point {number * 7} ?" for number in range(count)]


@pytest.fixture
def relay(public_hub, tmp_path):
    running = Relay(tmp_path / "relay", public_hub).start()
    yield running
    running.finish()


def a_day(public_hub, relay=None):
    """Questions of every fate, in all venues; the moderator who dealt with them."""
    moderator = Moderator(public_hub)
    ids = {}
    for venue, count in ASKED.items():
        _, ids[venue] = ask(relay if relay and venue == "cherbourg" else public_hub, venue, texts(venue, count))
    moderator.client.until(lambda: len(moderator.client.cards()) == sum(ASKED.values()))
    agneaux = ids["agneaux"]
    for question in (*agneaux[:4], ids["cherbourg"][0]):
        moderator.do("approve", question=question)
    moderator.do("dismiss", question=agneaux[5], reason="off_topic")
    moderator.do("dismiss", question=agneaux[6], reason="unclear")
    moderator.do("unite", question=agneaux[7], into=agneaux[0])
    moderator.do("takeLive", question=agneaux[1], replacing=None)
    moderator.do("takeLive", question=agneaux[2], replacing=agneaux[1])
    ask(public_hub, "granville", ["Tarif"], spoken=True)
    return moderator


COUNTED = {"Granville": "4 4 0 0 0 0 1 0", "Agneaux": "8 1 4 1 2 1 0 2", "Cherbourg": "2 1 1 0 0 0 0 0", "Total": "14 6 5 1 2 1 1 2"}


def test_the_tables_say_what_became_of_all_that_was_asked_and_follow_it(screens, public_hub, relay):
    a_day(public_hub, relay)
    day = screens.day()
    for name, counts in COUNTED.items():
        wait_until(lambda: room(day, name)[4:] == counts.split(), what=f"{name}: {counts}, not {room(day, name)[4:]}")
    head, parts, rows = table(day, "talks")
    assert [row[0] for row in rows[:4]] == ["Le certificat électronique – à quoi il sert, comment l’obtenir", *VENUES]
    assert rows[0][1:] == rows[-1][1:] == COUNTED["Total"].split() and len(head) == 9
    head, _, rows = table(day, "reasons")
    assert head[1:] == [day.t("reason_off_topic"), day.t("reason_unclear"), "Total"]
    assert rows == [["Le certificat électronique – à quoi il sert, comment l’obtenir", "1", "1", "2"], ["Agneaux", "1", "1", "2"],
                    ["Total", "1", "1", "2"], ["Agneaux", "1", "1", "2"]]
    ask(public_hub, "granville", ["Et pendant que la page est ouverte, que se passe-t-il ?"])
    wait_until(lambda: room(day, "Granville")[4] == "5" and room(day, "Total")[4] == "15")
    frames = [frame for frame in day.heard if frame["type"] == "day"]
    assert all(later["time"] - earlier["time"] >= 950 for earlier, later in zip(frames, frames[1:]))
    wire = frames[-1]
    assert wire["totals"] == {**dict(zip(COUNTERS, [15, 7, 5, 1, 2, 1, 1, 2])), "reasons": {"off_topic": 1, "unclear": 1}}
    assert [venue["at"] for venue in wire["venues"]] == [[48.8378, -1.5974], [49.1189, -1.1064], [49.6337, -1.6221]]


def test_reasons_are_told_for_each_talk_and_room(screens, public_hub):
    moderator = Moderator(public_hub)
    first, second = [talk["id"] for talk in moderator.client.view["event"]["talks"]][:2]
    for talk, venue, reason in ((first, "agneaux", "off_topic"), (first, "granville", "off_topic"), (second, "granville", "unclear")):
        _, ids = ask(public_hub, venue, [f"Une question sur {talk} de {venue} ?"], talk=talk)
        moderator.client.until(lambda: ids[0] in moderator.client.view["cards"])
        moderator.do("dismiss", question=ids[0], reason=reason)
    day = screens.day()
    expect(day["#reasons tbody"]).to_have_count(3)
    head, _, rows = table(day, "reasons")
    assert head[1:] == [day.t("reason_off_topic"), day.t("reason_unclear"), "Total"]
    assert [row[1:] for row in rows] == [["2", "0", "2"], ["1", "0", "1"], ["1", "0", "1"], ["0", "1", "1"], ["0", "1", "1"],
                                         ["2", "1", "3"], ["1", "1", "2"], ["1", "0", "1"]]
    assert [row[0] for row in rows[1:3] + rows[4:5] + rows[5:]] == ["Granville", "Agneaux", "Granville", "Total", "Granville", "Agneaux"]


def test_a_cut_line_is_on_map_and_table_since_when_in_words_and_said_aloud(screens, public_hub, relay):
    a_day(public_hub, relay)
    day, phone = screens.day(), screens.day(size=PHONE, language="en-GB")
    wait_until(lambda: [room(day, name)[0] for name in VENUES] == ["directe", "directe", "par relais"])
    expect(day["#map g.up circle"]).to_have_count(2)
    relay.line.cut()
    for screen, words in ((day, r"coupée depuis \d\d:\d\d"), (phone, r"cut off since \d\d:\d\d")):
        expect(screen["#rooms tr.cut td"].first).to_have_text(re.compile(words), timeout=20_000)
        expect(screen["#map g.cut text"].last).to_have_text(re.compile(words))
        expect(screen["#map g.cut path"]).to_have_count(1)
        expect(screen["#status"]).to_have_text(re.compile("Cherbourg.*" + words))
    assert room(day, "Cherbourg")[1:4] == ["?", "?", "?"], "nobody hears of that room"
    told = [frame for frame in day.heard if frame["type"] == "day"][-1]
    assert 0 < told["time"] - told["venues"][2]["cut"] < 60_000 and "lag" not in told["venues"][2]
    relay.line.heal()
    expect(day["#rooms tr.up td"].first).to_have_text("par relais", timeout=60_000)
    # How far the relay is behind is in the table; it changes too often to be said.
    expect(day["#status"]).to_have_text("Cherbourg\u00a0: liaison par relais.")
    assert day["#map g.cut"].count() == 0


def test_an_organiser_at_the_relay_is_shown_the_relay_s_own_line(public_hub, relay):
    a_day(public_hub, relay)
    there = relay.client(role="organiser", token=public_hub.token("organiser"))

    def venue():
        days = [frame for frame in there.frames if frame["type"] == "day"]
        return days[-1]["venues"] if days else []
    there.until(lambda: venue() and venue()[0]["line"] == "up")
    assert [item["venue"] for item in venue()] == ["cherbourg"]
    relay.line.cut()
    there.until(lambda: venue()[0]["line"] == "cut", 20)
    assert venue()[0]["cut"] > 1_700_000_000_000 and venue()[0]["talks"][0]["received"] == 2


# --- For everybody

@pytest.mark.parametrize("language, colours", [("fr-FR", "light"), ("en-GB", "dark")])
def test_the_page_breaks_no_rule_of_accessibility(screens, public_hub, relay, language, colours):
    empty = screens.day(language=language, color_scheme=colours)
    assert violations(empty.draws()) == []
    a_day(public_hub, relay)
    day = screens.day(size=PHONE, language=language, color_scheme=colours)
    expect(day["#reasons tbody tr"]).to_have_count(4)
    relay.line.cut()
    expect(day["#rooms tr.cut"]).to_be_visible(timeout=20_000)
    assert violations(day.draws()) == violations(empty.draws()) == []
    names = day.run("[...document.querySelectorAll('th[scope=row], th[scope=rowgroup], th[scope=col]')].length")
    assert names == day.run("document.querySelectorAll('th').length") > 20


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_but_a_table_in_its_own_frame_is_wider_than_the_screen(screens, public_hub, width):
    a_day(public_hub)
    day = screens.day(size={"width": width, "height": 700})
    expect(day["#talks .sum"]).to_have_count(4)
    assert day.run("document.documentElement.scrollWidth") == width
    clipped = day.run("""() => [...document.querySelectorAll('#map text')].filter(text => {
      const [box, map] = [text.getBoundingClientRect(), document.getElementById('map').getBoundingClientRect()];
      return box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom;
    }).map(text => text.textContent)""")
    assert clipped == []
    if width == 1280:
        assert day.run("[...document.querySelectorAll('[role=region]')].every(box => box.scrollWidth <= box.clientWidth)")


def test_the_keyboard_reaches_and_moves_every_table(screens, public_hub):
    a_day(public_hub)
    day = screens.day(size=PHONE)
    expect(day["#talks .sum"]).to_have_count(4)
    reached = []
    for _ in range(6):
        day.page.keyboard.press("Tab")
        reached.append(day.run("document.activeElement.getAttribute('aria-labelledby')"))
    assert [name for name in reached if name] == ["h-rooms", "h-talks", "h-reasons"]
    day["[aria-labelledby=h-rooms]"].focus()
    day.page.keyboard.press("ArrowRight")
    day.until("() => document.activeElement.scrollLeft > 0")


def test_a_row_stays_the_same_row_while_its_figures_change(screens, public_hub):
    a_day(public_hub)
    day = screens.day()
    day.run("() => { window.kept = document.getElementById('rooms').rows[1]; }")
    ask(public_hub, "granville", ["Une question de plus, pour voir si tout reste en place ?"])
    wait_until(lambda: room(day, "Granville")[4] == "5")
    assert day.run("kept.isConnected && kept.cells[5].textContent") == "5"


def test_every_word_of_the_page_is_there_in_both_languages_and_typed_as_french_is(screens):
    said = screens.day().run("""async () => {
      const words = language => Promise.all(['messages', 'messages-day'].map(name => import(`/js/${name}-${language}.js`)))
        .then(all => Object.assign({}, ...all.map(catalogue => catalogue.default)));
      const [fr, en, {t}] = await Promise.all([words('fr'), words('en'), import('/js/i18n.js')]);
      return Object.keys({...fr, ...en}).map(key => [key, [fr[key], en[key]], t(key, ...Array(5).fill(2))]);
    }""")
    assert {"organiser", "line_cut", "mapKey", "reason_no_time", "reason_withdrawn"} <= {key for key, _, _ in said}
    for key, texts, french in said:
        assert all(texts) and texts[0].count("#") == texts[1].count("#"), key
        assert not any(f" {sign}" in french for sign in "?!:;»%") and "'" not in french and "..." not in french, key


def test_a_wrong_token_is_told_so_and_shows_nothing(screens):
    stranger = screens.open("/day#" + "A" * 32, ready=False, size=LAPTOP)
    expect(stranger[".notice"]).to_have_text(stranger.t("badToken"))
    assert not stranger["#rooms"].is_visible()


def test_an_event_without_coordinates_has_no_map_and_all_its_tables(browser, tmp_path):
    from conftest import ROOT
    from screens import PublicHub, Screens
    hub = PublicHub(tmp_path / "data", event=ROOT / "events" / "example-minimal.yaml").start()
    screens = Screens(browser, hub)
    try:
        day = screens.day()
        expect(day["#rooms .sum"]).to_be_visible()
        expect(day["#where"]).to_be_hidden()
        assert violations(day) == [] and screens.complaints() == []
    finally:
        screens.close()
        hub.stop()


EIGHT = [("saint-lo", 49.116, -1.091), ("agneaux", 49.119, -1.106), ("cherbourg-en-cotentin", 49.634, -1.622),
         ("coutances", 49.046, -1.445), ("avranches", 48.685, -1.357), ("granville", 48.838, -1.597), ("mortain-bocage", 48.648, -0.941),
         ("valognes", 49.509, -1.471)]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_labels_of_eight_venues_can_be_read(browser, tmp_path, width):
    from screens import PublicHub, Screens
    file = tmp_path / "eight.yaml"
    venues = [f"  - {{id: {name}, name: {name.title()}, place: Salle, coordinates: [{north}, {east}]}}" for name, north, east in EIGHT]
    file.write_text("\n".join(["id: huit", "title: Huit salles", "languages: [fr]", "venues:", *venues, "talks:",
                               "  - {id: seul, title: Seul exposé, speaker: Anne}"]) + "\n")
    hub = PublicHub(tmp_path / "data", event=file).start()
    screens = Screens(browser, hub)
    try:
        for name, _, _ in EIGHT[::2]:
            ask(hub, name, texts(name, 3))
        day = screens.day(size={"width": width, "height": 800})
        wait_until(lambda: room(day, "Total")[4] == "12")
        boxes = day.draws().run("[...document.querySelectorAll('#map .name')].map(node => node.getBoundingClientRect().toJSON())")
        assert len(boxes) == 8
        assert [(one, other) for index, one in enumerate(boxes) for other in boxes[:index] if overlapping(one, other)] == []
    finally:
        screens.close()
        hub.stop()


# --- The arithmetic of the map

PLACES = """async ({places, counts, sizes, width, height}) => {
  const {project, radius, placeLabels, roundLength} = await import('/js/map.js');
  const {at, scale} = project(places, width, height);
  const circles = at.map((point, index) => ({...point, r: radius(counts[index], Math.max(...counts))}));
  return {circles, scale, labels: placeLabels(circles, sizes, width, height), bar: roundLength(scale, 160)};
}"""


def overlapping(one, other):
    return (one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
            and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"])


def test_no_label_lies_on_another_and_everything_on_the_sheet_for_up_to_eight_venues(screens):
    page = screens.join()
    dice = random.Random(5)
    for round_ in range(160):
        count = 1 + round_ % 8
        width, height = dice.choice([(330, 350), (288, 350), (900, 350)])
        spread = dice.choice([0.0, 0.01, 1.0, 8.0])
        places = [[48 + dice.random() * spread, dice.choice([-1, 179, -179]) + dice.random() * spread] for _ in range(count)]
        # As the page makes them: the figures are left away where there is little room.
        wide, high = ((100, 165), [34, 49]) if width * height > 30_000 * count else ((50, 140), [18, 33])
        asked = dict(places=places, counts=[dice.randrange(500) for _ in places], width=width, height=height,
                     sizes=[{"width": dice.randrange(*wide), "height": dice.choice(high)} for _ in places])
        drawn = page.run(PLACES, asked)
        labels = drawn["labels"]
        for index, label in enumerate(labels):
            assert 0 <= label["x"] <= width - label["width"] and 0 <= label["y"] <= height - label["height"], asked
            assert not any(overlapping(label, other) for other in labels[:index]), asked
        for circle in drawn["circles"]:
            assert circle["r"] <= circle["x"] <= width - circle["r"] and circle["r"] <= circle["y"] <= height - circle["r"], asked
        assert 0 < drawn["bar"] * drawn["scale"] <= 160


def test_distances_and_areas_are_true(screens):
    page = screens.join()
    drawn = page.run(PLACES, dict(places=[[48.8378, -1.5974], [49.1189, -1.1064], [49.6337, -1.6221]], counts=[10, 40, 0],
                                  sizes=[{"width": 100, "height": 34}] * 3, width=600, height=400))
    granville, agneaux, cherbourg = drawn["circles"]

    def kilometres(one, other):
        return ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5 / drawn["scale"]
    # By the great circle: 47.5, 68.3 and 88.5 km.
    assert kilometres(granville, agneaux) == pytest.approx(47.5, rel=0.01)
    assert kilometres(agneaux, cherbourg) == pytest.approx(68.3, rel=0.01)
    assert kilometres(granville, cherbourg) == pytest.approx(88.5, rel=0.01)
    assert (agneaux["r"] / granville["r"]) ** 2 == pytest.approx(4)
    assert cherbourg["y"] < agneaux["y"] < granville["y"] and cherbourg["r"] == 4
