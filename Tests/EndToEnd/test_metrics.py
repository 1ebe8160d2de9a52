"""What monitoring reads: the format, what is counted, and that nobody is in it."""

import re
import urllib.request

import pytest
from conftest import ROOT, Hub, wait_until
from prometheus_client.parser import text_string_to_metric_families
from relays import Relay


@pytest.fixture
def watched(tmp_path):
    hub = Hub(tmp_path / "data", extra=["--metrics-port", "0"]).start()
    yield hub
    hub.stop()


def page(hub):
    address = re.search(r"Metrics: (\S+)", hub.log.read_text())[1]
    with urllib.request.urlopen(address, timeout=5) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        return answer.read().decode()


def read(hub):
    """Every sample by name and labels."""
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(page(hub)) for sample in family.samples}


def test_metrics_can_be_read_and_count_what_happens(watched):
    before = read(watched)
    assert before["qarelay_health", (("status", "ok"),)] == 1
    phone = watched.client(venue="granville")
    phone.until(lambda: phone.position > 0)
    assert phone.ask("Qui délivre les certificats ?", name="Hippolyte")["type"] == "ack"
    assert phone.ask("x")["type"] == "rejection"
    after = read(watched)
    assert after["qarelay_commands_total", (("command", "ask"), ("result", "ack"))] == 1
    assert after["qarelay_commands_total", (("command", "ask"), ("result", "text_too_short"))] == 1
    assert after["qarelay_sessions", (("role", "audience"), ("venue", "granville"))] == 1
    assert after["qarelay_log_head", ()] == before["qarelay_log_head", ()] + 1
    assert after["qarelay_commit_seconds_count", ()] > before["qarelay_commit_seconds_count", ()]
    assert after["qarelay_commit_seconds_bucket", (("le", "+Inf"),)] == after["qarelay_commit_seconds_count", ()]
    assert after["process_open_fds", ()] > 5 and after["process_resident_memory_bytes", ()] > 10_000_000
    phone.close()
    wait_until(lambda: any(name == "qarelay_closed_total" for name, _ in read(watched)), what="the end to be counted")


def test_metrics_hold_nobody_and_are_not_to_be_had_by_the_audience(watched):
    phone = watched.client(venue="granville")
    phone.until(lambda: phone.position > 0)
    phone.ask("Pourquoi Zénobie ne paie-t-elle pas ?", name="Cunégonde")
    text = page(watched)
    for secret in ("Zénobie", "Cunégonde", phone.welcome["device"], phone.welcome["by"], "127.0.0.1"):
        assert secret not in text
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(watched.url + "/metrics")
    assert refused.value.code == 404


def test_every_metric_is_explained_a_relay_s_too(watched, tmp_path):
    table = (ROOT / "docs" / "METRICS.md").read_text()
    relay = Relay(tmp_path / "relay", watched, extra=["--metrics-port", "0"]).start()
    try:
        names = {family.name for server in (watched, relay) for family in text_string_to_metric_families(page(server))}
    finally:
        relay.finish()
    assert any(name.startswith("qarelay_uplink_") for name in names)
    missing = [name for name in names if name not in table and not name.startswith("process_")]
    assert not missing
