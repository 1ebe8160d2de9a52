"""The table of faults and attacks: how it reads the results of tests, and that no row is without any."""

import importlib.util

import pytest
from conftest import ROOT

SPEC = importlib.util.spec_from_file_location("trust", ROOT / "scripts" / "trust.py")
trust = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(trust)


@pytest.mark.parametrize("name, rows", [
    ("row 7 a line that is cut()", {7}), ("test_row_14_what_the_protocol_forbids[1 row]", {14}), ("rows 34 35 36: the writings(text:)", {34, 35, 36}),
    ("test_rows_1_2_the_disk", {1, 2}), ("row 45: no decoder falls over 3 things", {45}), ("row 28 a room of 5000 behind one address", {28}),
    ("it throws 30 errors", set()), ("test_a_day_in_three_rooms", set()),
])
def test_the_rows_of_a_test_are_in_its_name(name, rows):
    assert trust.rows_of(name) == rows


def table(tmp_path, *cases):
    """What is said of the rows whose tests ended so."""
    (tmp_path / "results.xml").write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    found = {row: trust.Found() for row in trust.ROWS}
    trust.read(tmp_path / "results.xml", found)
    return found


def case(name, inside=""):
    return f'<testcase name="{name}">{inside}</testcase>'


def test_what_failed_what_was_not_run_and_what_is_known_not_to_hold_are_told_apart(tmp_path):
    found = table(
        tmp_path, case("test_row_1_a"), case("test_row_1_b", '<skipped type="pytest.skip" message="Skipped: no root"/>'),
        case("test_row_2_a", "<failure/>"), case("test_row_2_b", '<skipped type="pytest.skip" message="no root"/>'),
        case("test_row_3_a"), case("test_row_3_b", '<skipped type="pytest.xfail" message="a library does not tell"/>'),
        case("rows 7 8: both", '<properties><property name="figure" value="9 ms"/></properties>'))
    assert found[1].verdict(1, True) == ("passed", "1 tests; not here (1): no root")
    assert found[2].verdict(2, True) == ("FAILED", "test_row_2_a; not here (1): no root")
    assert found[3].verdict(3, True) == ("in part", "1 tests; does not hold: a library does not tell")
    assert found[7].verdict(7, True) == found[8].verdict(8, True) == ("passed", "1 tests; 9 ms")
    assert found[9].verdict(9, True)[0] == "not run" and found[9].verdict(9, False)[0] == "no test"
    assert found[5].verdict(5, False)[0] == "not testable"


def test_every_row_has_a_test_that_is_named_after_it():
    # Row 44 is the sanitizers, which run all tests.
    without = {row for row, (_, bar) in trust.ROWS.items() if bar is None} | {44}
    assert trust.named() == set(trust.ROWS) - without
