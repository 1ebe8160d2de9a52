"""What an organiser takes home: CSV that any spreadsheet reads and none calculates, JSON, and a map by RFC 7946."""

import csv
import io
import json
import re
import stat
import unicodedata

import pytest
from conftest import new_id

HEAD = ["number", "time", "venue", "talk", "kind", "status", "reason", "votes", "merged_into", "text", "original", "name", "venues"]
REASONS = ["off_topic", "unclear", "already_answered", "duplicate", "personal", "offensive", "no_time", "other", "withdrawn"]
COUNTERS = ["received", "pending", "shown", "answered", "dismissed", "merged", "spoken", "turns"]
# What people type to see what happens; the third is whether a spreadsheet would calculate it.
HOSTILE = [
    ('=HYPERLINK("http://a.fr", "cliquez ici donc")', None, True), ("+33 2 33 00 00 00 est-il le bon ?", None, True),
    ("-1 est-il un nombre de voix possible ?", None, True), ("@SUM(A1:A9) que vaut cette somme ?", None, True),
    ("＝1+1 écrit en grand, que vaut cela ?", None, True), ("＋1 écrit en grand, que vaut cela ?", None, True),
    ("－1 écrit en grand, que vaut cela ?", None, True), ("＠A1 écrit en grand, que vaut cela ?", None, True),
    ("\t=1+1 derrière une tabulation ici", None, True), ("\r\n=2+2 derrière une ligne vide ici", None, True),
    ('dit-il "oui", ou "non" ; ou rien ?', '=cmd|"/C calc"!A0', False), ("Un nom avec, une virgule donc ?", "Anne, Paul", False),
    ("Une question ;=1+1; dans une autre cellule ?", None, False), ("Où est l’été, naïve e\u0301te\u0301 ? 👩‍💻 مرحبا", None, False),
    ("'=1 avec une apostrophe au début ?", None, False), ("a=1 au milieu ne compte pas ici ?", None, False),
]


def shown(text):
    """The text as the hub keeps it: in one line and one form, cleaned."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def defended(text):
    """What the export writes for a text: an apostrophe before a formula, also in what a French spreadsheet takes for a cell."""
    begins = r'(?:[\s"\u200b-\u200d\ufeff]*)[=+\-@\uff1d\uff0b\uff0d\uff20]'
    return re.sub(rf"(^|;)(?={begins})", r"\1'", text)


@pytest.fixture
def asked(free_hub):
    """A hub where all that was asked, by three people."""
    people = {venue: free_hub.client(venue=venue) for venue in ("granville", "agneaux", "cherbourg")}
    for number, (text, name, _) in enumerate(HOSTILE):
        answer = people[list(people)[number % 3]].ask(text, **({"name": name} if name else {}))
        assert answer["type"] == "ack", (text, answer)
    return free_hub


def export(hub, *arguments, code=0):
    done = hub.run("export", *arguments)
    assert done.returncode == code, done.stderr
    return done


def raw(hub, *arguments):
    """The bytes of an export, whose ends of line must not be tidied up."""
    out = hub.folder.parent / f"export-{new_id()}"
    export(hub, *arguments, "--out", str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    return out.read_bytes()


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_row_38_csv_is_read_back_as_it_was_asked_from_a_running_hub_and_from_its_file(asked):
    live = raw(asked, "--format", "csv")
    found = rows(live)
    assert list(found[0]) == HEAD
    assert [row["text"] for row in found] == [defended(shown(text)) for text, _, _ in HOSTILE]
    assert [row["name"] for row in found] == [defended(name or "") for _, name, _ in HOSTILE]
    assert [row["number"] for row in found] == [str(number + 1) for number in range(len(HOSTILE))]
    assert {row["status"] for row in found} == {"pending"} and {row["kind"] for row in found} == {"written"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["time"]) for row in found)
    assert [row["venue"] for row in found[:3]] == ["granville", "agneaux", "cherbourg"] == [row["venues"] for row in found[:3]]
    asked.stop()
    assert raw(asked, "--format", "csv") == live


def test_row_38_no_cell_begins_a_formula(asked):
    for line in csv.reader(io.StringIO(raw(asked, "--format", "csv").decode(), newline="")):
        for cell in line:
            assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠"), cell
    assert [defended(shown(text)) != shown(text) for text, _, _ in HOSTILE[:10]] == [wild for _, _, wild in HOSTILE[:10]]


def test_row_38_csv_keeps_to_rfc_4180_and_the_mark_is_there_when_asked_for(asked):
    plain = raw(asked, "--format", "csv")
    assert plain.endswith(b"\r\n") and plain.count(b"\n") == plain.count(b"\r\n") == len(HOSTILE) + 1
    marked = raw(asked, "--format", "csv", "--bom")
    assert marked == b"\xef\xbb\xbf" + plain
    cells = re.compile(rb'(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*)){12}')
    assert all(cells.fullmatch(line) for line in plain.split(b"\r\n")[:-1])


def test_what_became_of_questions_is_in_the_table(free_hub):
    asker, other = free_hub.client(venue="granville"), free_hub.client(venue="agneaux")
    moderator = free_hub.client(role="moderator", token=free_hub.token("moderator"))
    texts = ["Combien coûte un certificat en mairie ?", "Où faut-il aller pour en avoir un ?", "Quand la fibre arrive-t-elle chez nous ?",
             "Une question à retirer aussitôt, pardon !"]
    first, second, third, gone = (asker.ask(text, name="Anne")["id"] for text in texts)
    same = other.ask("À quel prix ce certificat est-il vendu ?")["id"]
    floor = other.do("ask", text="Tarif", spoken=True)["id"]
    moderator.until(lambda: len(moderator.cards()) == 6)
    for command, fields in (("approve", {"question": first}), ("unite", {"question": same, "into": first}),
                            ("edit", {"question": second, "text": "Où en obtenir un, et comment ?"}),
                            ("dismiss", {"question": third, "reason": "off_topic"})):
        assert moderator.do(command, **fields)["type"] == "ack"
    assert asker.do("withdraw", question=gone)["type"] == "ack"
    found = rows(raw(free_hub, "--format", "csv"))
    assert [(row["status"], row["reason"], row["votes"], row["merged_into"], row["kind"]) for row in found] == [
        ("approved", "", "1", "", "written"), ("pending", "", "0", "", "written"), ("dismissed", "off_topic", "0", "", "written"),
        ("dismissed", "withdrawn", "0", "", "written"), ("merged", "", "0", "1", "written"), ("pending", "", "0", "", "spoken")]
    assert found[0]["venues"] == "granville agneaux" and found[1]["original"] == texts[1]
    assert [row["name"] for row in found[:4]] == ["Anne", "Anne", "Anne", ""] and found[3]["text"] == "", "what was taken back is gone"
    everything = json.loads(raw(free_hub, "--format", "json"))
    assert [question["id"] for question in everything["questions"]] == [first, second, third, gone, same, floor]
    assert everything["questions"][0]["variants"] == [5] and everything["questions"][4]["merged_into"] == 1
    assert everything["event"]["title"].startswith("Rencontres") and everything["totals"]["received"] == 6
    counts = rows(raw(free_hub, "--format", "csv", "--what", "counts"))
    assert list(counts[0]) == ["venue", "talk", *COUNTERS, *(f"dismissed_{reason}" for reason in REASONS)]
    assert len(counts) == 9 and [(row["venue"], row["received"], row["merged"], row["spoken"]) for row in counts[::3]] == [
        ("granville", "4", "0", "0"), ("agneaux", "2", "1", "1"), ("cherbourg", "0", "0", "0")]
    assert counts[0]["dismissed_withdrawn"] == counts[0]["dismissed_off_topic"] == "1"
    only = json.loads(raw(free_hub, "--format", "json", "--what", "counts"))
    assert "questions" not in only and only["totals"] == everything["totals"]


# --- GeoJSON

def check_rfc_7946(document):
    """What RFC 7946 demands of a FeatureCollection of points; fails with the member that breaks it."""
    assert document["type"] == "FeatureCollection" and isinstance(document["features"], list)
    # §4: no other reference system; §7.1: no member of another type.
    assert not {"crs", "coordinates", "geometry", "geometries", "properties"} & set(document)
    for feature in document["features"]:
        assert feature["type"] == "Feature" and "geometry" in feature and "properties" in feature
        assert isinstance(feature.get("id", ""), (str, int)) and not isinstance(feature.get("id"), bool)
        assert feature["properties"] is None or isinstance(feature["properties"], dict)
        assert not {"coordinates", "geometries", "features", "crs"} & set(feature)
        if (geometry := feature["geometry"]) is None:
            continue
        assert set(geometry) == {"type", "coordinates"} and geometry["type"] == "Point"
        position = geometry["coordinates"]
        assert isinstance(position, list) and len(position) in (2, 3)
        assert all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in position)
        # §4: longitude and latitude, in this order, in degrees of WGS 84.
        assert -180 <= position[0] <= 180 and -90 <= position[1] <= 90
    return document["features"]


def test_geojson_keeps_to_rfc_7946_and_has_a_point_a_venue_with_its_counts(asked):
    data = raw(asked, "--format", "geojson")
    assert not data.startswith(b"\xef\xbb\xbf")
    features = check_rfc_7946(json.loads(data, parse_constant=lambda name: pytest.fail(f"{name} is no JSON")))
    assert [(f["id"], f["geometry"]["coordinates"]) for f in features] == [
        ("granville", [-1.5974, 48.8378]), ("agneaux", [-1.1064, 49.1189]), ("cherbourg", [-1.6221, 49.6337])]
    assert [f["properties"]["received"] for f in features] == [6, 5, 5]
    # A table of attributes holds plain values alone.
    assert all(isinstance(value, (str, int)) for f in features for value in f["properties"].values())
    assert {*COUNTERS, "name", "place", "dismissed_off_topic"} <= set(features[0]["properties"])


def test_a_venue_whose_place_is_not_known_is_a_feature_without_geometry(tmp_path):
    from conftest import ROOT, Hub
    hub = Hub(tmp_path / "data", event=ROOT / "events" / "example-minimal.yaml").start()
    try:
        (feature,) = check_rfc_7946(json.loads(raw(hub, "--format", "geojson")))
        assert feature["geometry"] is None and feature["properties"]["name"] == "Main hall"
        assert rows(raw(hub, "--format", "csv")) == []
        assert json.loads(raw(hub, "--format", "json"))["questions"] == []
    finally:
        hub.stop()


# --- The command

def test_an_export_longer_than_a_socket_s_buffer_comes_whole(free_hub):
    asker = free_hub.client(venue="granville")
    text = "Pourquoi la ligne {} du registre est-elle si longue, et que faut-il en penser au juste, ici, à la mairie " + "é" * 25 + " ?"
    for start in range(0, 2_000, 200):
        sent = [asker.do("ask", text=text.format(number), wait=False) for number in range(start, start + 200)]
        asker.until(lambda: all(identifier in asker.answers for identifier in sent), 60)
    found = rows(raw(free_hub, "--format", "csv"))
    assert [row["text"] for row in found] == [text.format(number) for number in range(2_000)]
    assert len(json.loads(export(free_hub, "--format", "json").stdout)["questions"]) == 2_000


def test_no_export_holds_a_participant_or_a_key(asked):
    moderator = asked.client(role="moderator", token=asked.token("moderator"))
    moderator.until(lambda: len(moderator.cards()) == len(HOSTILE))
    secrets = {card["by"] for card in moderator.cards()} | {path.read_text().strip() for path in (asked.folder / "tokens").iterdir()}
    assert len(secrets) == 3 + 7
    for form in (["csv"], ["csv", "--what", "counts"], ["json"], ["geojson"]):
        text = raw(asked, "--format", *form).decode()
        assert not any(secret in text for secret in secrets)


def test_a_file_that_is_there_is_not_written_over_and_what_makes_no_sense_is_refused(free_hub, tmp_path):
    there = tmp_path / "there.csv"
    there.write_text("mine")
    done = export(free_hub, "--format", "csv", "--out", str(there), code=1)
    assert "export_failed" in done.stderr and there.read_text() == "mine"
    for arguments in (["--format", "xls"], ["--format", "json", "--bom"], ["--format", "geojson", "--what", "questions"],
                      ["--format", "csv", "--what", "votes"], []):
        done = export(free_hub, *arguments, code=64)
        assert done.stdout == "" and done.stderr
    with open("/dev/full", "w") as full:
        from conftest import BIN
        import subprocess
        done = subprocess.run([str(BIN / "qarelay"), "export", "--format", "csv", "--data", str(free_hub.folder)], stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 1 and "export_failed" in done.stderr
