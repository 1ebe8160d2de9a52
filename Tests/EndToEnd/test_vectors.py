"""The shared vectors in the browser: Tests/vectors is what the hub writes, web/js is what people's browsers make of it."""

import json

import pytest
from conftest import ROOT
from screens import PublicHub, Screens

VECTORS = ROOT / "Tests" / "vectors"


def vectors(name, part):
    found = json.loads((VECTORS / f"{name}.json").read_text())[part]
    assert found, "no vectors"
    return found


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A page of the hub's own, so that the modules run under its content security policy."""
    hub = PublicHub(tmp_path_factory.mktemp("vectors") / "data").start()
    screens = Screens(browser, hub)
    yield screens.join().page
    complaints = screens.complaints()
    screens.close()
    hub.stop()
    assert complaints == []


def differences(cases, answers):
    assert len(answers) == len(cases)
    return [(case, expected, got) for case, (expected, got) in zip(cases, answers) if expected != got]


def test_texts_are_cleaned_and_judged_alike_on_the_phone_and_in_the_hub(page):
    cases = vectors("text", "texts")
    got = page.evaluate("""async raws => {
      const {cleanText, checkQuestion, defaultLimits} = await import('/js/text.js');
      return raws.map(raw => ({raw, clean: cleanText(raw), ...checkQuestion(raw, defaultLimits)}));
    }""", [case["raw"] for case in cases])
    assert differences([case["raw"] for case in cases], list(zip(cases, got))) == []


def test_the_page_comes_back_after_the_close_codes_that_the_terminal_comes_back_after(page):
    cases = vectors("close", "codes")
    got = page.evaluate("codes => import('/js/socket.js').then(({mayReconnect}) => codes.map(mayReconnect))",
                        [case["code"] for case in cases])
    assert differences([case["code"] for case in cases], list(zip([case["reconnects"] for case in cases], got))) == []


OUTBOX = """async ({steps}) => {
  const {Outbox} = await import('/js/outbox.js');
  let now = 0;
  const kept = new Map();
  const storage = {keys: () => [...kept.keys()], get: key => kept.get(key),
                   set: (key, item) => item === undefined ? kept.delete(key) : kept.set(key, item)};
  let outbox = new Outbox(storage, {now: () => now});
  return steps.map(([what, value]) => {
    if (what === 'add') outbox.add(value);
    if (what === 'at') now = value;
    if (what === 'answer') outbox.settle(value);
    if (what === 'lose') outbox.hangUp();
    if (what === 'reload') outbox = new Outbox(storage, {now: () => now});
    return what === 'take' ? outbox.take().map(({id, question}) => id ?? question) : null;
  });
}"""

LATER = {"type": "rejection", "code": "storage_failed", "retry": "after", "after": 5000}


@pytest.mark.parametrize("first, second", [
    ({"do": "ask", "text": "Quel est le prix ?"}, {"do": "withdraw", "question": "a"}),
    ({"do": "takeLive", "question": "q", "replacing": None}, {"do": "takeLive", "question": "r", "replacing": "q"}),
    ({"do": "answer", "question": "q"}, {"do": "takeLive", "question": "r", "replacing": None}),
    ({"do": "takeLive", "question": "q", "replacing": None}, {"do": "undo", "sequence": 7}),
    ({"do": "withdraw", "question": "q"}, {"do": "withdraw", "question": "q"})],
    ids=["ask, withdraw", "two taken", "answered, taken", "taken, undone", "withdrawn twice"])
def test_the_last_wish_arrives_last_also_when_an_earlier_one_is_put_off(page, first, second):
    frames = [{"type": "command", "id": name, **fields} for name, fields in (("a", first), ("b", second))]
    other = {"type": "vote", "question": "elsewhere", "on": True, "counter": 1}
    steps = [("add", frames[0]), ("take", 0), ("add", frames[1]), ("add", other), ("take", 0), ("answer", {"id": "a", **LATER}), ("at", 2000),
             ("take", 0), ("lose", 0), ("reload", 0), ("take", 0), ("at", 5000), ("take", 0), ("take", 0),
             ("answer", {"id": "a", "type": "ack", "sequence": 9}), ("take", 0)]
    taken = [got for got in page.evaluate(OUTBOX, {"steps": steps}) if got is not None]
    assert taken == [["a"], ["elsewhere"], [], ["elsewhere"], ["a"], [], ["b"]]


def test_a_clean_text_stays_as_it_is_when_it_is_cleaned_again(page):
    clean = [case["clean"] for case in vectors("text", "texts")]
    assert page.evaluate("all => import('/js/text.js').then(({cleanText}) => all.map(cleanText))", clean) == clean


def test_frames_of_the_hub_are_read_in_the_browser_as_they_were_written(page):
    cases = vectors("frames", "hub")
    got = page.evaluate("""async texts => {
      const {decode} = await import('/js/wire.js');
      return texts.map(decode);
    }""", [json.dumps(case["frame"]) for case in cases])
    assert differences([case["name"] for case in cases], [(case["frame"], frame) for case, frame in zip(cases, got)]) == []


def test_what_the_browser_writes_is_read_back_the_same(page):
    cases = vectors("frames", "client") + vectors("frames", "hub")
    got = page.evaluate("""async frames => {
      const {encode} = await import('/js/wire.js');
      return frames.map(encode);
    }""", [case["frame"] for case in cases])
    assert [json.loads(text) for text in got] == [case["frame"] for case in cases]


def test_frames_with_unknown_fields_and_types_pass_and_half_frames_do_not(page):
    hub = [case["frame"] for case in vectors("frames", "hub")]
    broken = ["", "{", "null", "[]", "7", '"welcome"', "{}", '{"type":7}', '{"type":null}']
    known = ("welcome", "delta", "mine", "ack", "minted", "tokens", "suggestions", "day")
    bare = [{"type": name} for name in known]
    lenient = [{**frame, "of a later version": {"any": ["thing"]}} for frame in hub] + [{"type": "of a later version"}]
    answer = page.evaluate("""async ({broken, lenient}) => {
      const {decode} = await import('/js/wire.js');
      return {broken: broken.map(decode), lenient: lenient.map(decode)};
    }""", {"broken": broken + [json.dumps(frame) for frame in bare], "lenient": [json.dumps(frame) for frame in lenient]})
    assert answer["broken"] == [None] * (len(broken) + len(bare))
    assert answer["lenient"] == lenient


def test_the_browser_s_identifiers_are_of_the_protocol_s_form_and_all_different(page):
    made = page.evaluate("""async () => {
      const {newID} = await import('/js/wire.js');
      return [newID(new Uint8Array(16)), newID(new Uint8Array(16).fill(255)), ...Array.from({length: 500}, () => newID())];
    }""")
    assert made[:2] == ["A" * 22, "_" * 21 + "w"]
    assert len(set(made)) == len(made)
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert all(len(text) == 22 and set(text) <= allowed and text[-1] in "AQgw" for text in made)


APPLY = """async vectors => {
  const {applyDelta} = await import('/js/view.js');
  const {decode} = await import('/js/wire.js');
  const read = view => ({...view, cards: new Map(view.cards.map(card => [card.id, card]))});
  const written = view => ({...view, cards: [...view.cards.values()].sort((a, b) => (a.id < b.id ? -1 : 1))});
  return vectors.map(({before, frames, times}) => {
    let view = read(before);
    const start = JSON.stringify(written(view));
    const old = view;
    for (let round = 0; round < times; round++) {
      for (const frame of frames) view = applyDelta(view, decode(JSON.stringify(frame)));
    }
    return {view: written(view), isUntouched: JSON.stringify(written(old)) === start};
  });
}"""


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice, as after a cut in between"])
def test_deltas_make_the_view_that_the_hub_has_and_leave_the_old_one_alone(page, times):
    cases = vectors("delta", "deltas")
    got = page.evaluate(APPLY, [{**case, "times": times} for case in cases])
    expected = [{**case["after"], "cards": sorted(case["after"]["cards"], key=lambda card: card["id"])} for case in cases]
    assert differences([case["name"] for case in cases], [(view, answer["view"]) for view, answer in zip(expected, got)]) == []
    assert all(answer["isUntouched"] for answer in got)
