"""What the audience is told of its data and of accessibility: two languages, no script, true of this event."""

import pytest
from conftest import EVENT, Hub, http
from screens import violations

PAGES = ("/privacy", "/accessibility")


@pytest.mark.parametrize("path", PAGES)
def test_a_notice_is_there_in_both_languages_and_breaks_no_rule(screens, public_hub, path):
    for language, word in (("fr", "Vos données" if path == "/privacy" else "Accessibilité"),
                           ("en", "Your data" if path == "/privacy" else "Accessibility")):
        reply = http(public_hub, path + "?lang=" + language, host=f"{public_hub.public_host}:{public_hub.port}")
        assert reply.status == 200 and word in reply.body.decode() and f'lang="{language}"' in reply.body.decode()
        assert b"<script" not in reply.body


def test_the_privacy_page_tells_this_events_days_and_whom_to_ask(tmp_path):
    event = tmp_path / "event.yaml"
    event.write_text(EVENT.read_text().replace("retention_days: 30", "retention_days: 12").replace(
        "contact: Le service numérique du département, donnees@departement.example", "contact: Mairie <b>02 33 00 00 00</b>"))
    hub = Hub(tmp_path / "data", event=event).start()
    try:
        body = http(hub, "/privacy").body.decode()
        assert "12 jours" in body.replace("\u202f", " ").replace("\xa0", " ")
        assert "Mairie &lt;b&gt;02 33 00 00 00" in body and "<b>" not in body
    finally:
        hub.stop()


@pytest.mark.parametrize("path", PAGES)
def test_a_notice_is_reached_from_the_phone_and_breaks_no_rule_of_accessibility(screens, public_hub, path):
    phone = screens.phone()
    phone.page.locator(f'footer a[href="{path}"]').click()
    phone.page.wait_for_url("**" + path)
    assert violations(phone) == [] or violations(phone) == {}
