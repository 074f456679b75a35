"""A value of a file or a command line is turned into what its type wants, exactly, or refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.values import plain_given, read_value, typed
from complaint_rules.errors import ComplaintRulesError, InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period

MORNING = dt.datetime(2026, 10, 1, 8, 30, tzinfo=BEIJING)
DAYS = Period.parse("7 days")

READ: list[tuple[str, Any, Any]] = [
    ("bool", True, True), ("bool", False, False), ("bool", "true", True), ("bool", "FALSE", False),
    ("int", 5, 5), ("int", -5, -5), ("int", "5", 5), ("int", 10**40, 10**40), ("int", "1" * 28, int("1" * 28)),
    ("decimal", 5, Decimal(5)), ("decimal", "0.2", Decimal("0.2")), ("decimal", Decimal("1.0"), Decimal("1.0")),
    ("decimal", "1e28", Decimal("1e28")), ("decimal", "1e-28", Decimal("1e-28")),
    ("text", "a", "a"), ("text", "网" * 200, "网" * 200), ("level", "outlet", "outlet"),
    ("set", ["b", "a"], frozenset("ab")), ("set", [], frozenset()),
    ("day", "2026-10-01", dt.date(2026, 10, 1)), ("day", dt.date(2026, 10, 1), dt.date(2026, 10, 1)),
    ("moment", "2026-10-01", dt.date(2026, 10, 1)), ("moment", "2026-10-01T08:30:00+08:00", MORNING),
    ("moment", "2026-10-01T00:30+00:00", MORNING), ("moment", MORNING, MORNING),
    ("moment", dt.date(2026, 10, 1), dt.date(2026, 10, 1)),
    ("period", "7 days", DAYS), ("period", DAYS, DAYS),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "raw", "expected"), READ)
def test_a_value_of_its_type_is_read(type_: str, raw: object, expected: object) -> None:
    faults = Faults("own.toml")
    for found in (typed(raw, type_), read_value(raw, type_, "k", faults)):
        assert (found, type(found)) == (expected, type(expected))
    assert len(faults) == 0


NUMBER = 'an exact number is expected, as 5000 or "0.2"'
FINITE = "a finite number of at most 28 digits is expected"
TEXT = "a text of 1 to 200 printable characters is expected"
MOMENT = "a date or an aware moment is expected, as 2026-10-01 or 2026-10-01T08:30:00+08:00"

REFUSED: list[tuple[str, Any, str]] = [
    ("bool", 1, "true or false is expected"), ("bool", "yes", "true or false is expected"),
    ("bool", None, "true or false is expected"),
    ("int", True, "a whole number is expected"), ("int", "five", "a whole number is expected"),
    ("int", "1" * 29, "a whole number is expected"), ("int", Decimal(5), "a whole number is expected"),
    ("decimal", True, NUMBER), ("decimal", "five", NUMBER), ("decimal", [5], NUMBER),
    ("decimal", "NaN", FINITE), ("decimal", "Infinity", FINITE), ("decimal", "1e29", FINITE),
    ("decimal", "1e-29", FINITE),
    ("decimal", 5.0, "a float is not exact: pass a Decimal, an int or text"),
    ("text", "", TEXT), ("text", " ", TEXT), ("text", "a\nb", TEXT), ("text", "网" * 201, TEXT), ("text", 5, TEXT),
    ("set", "a", "a list of codes is expected"), ("set", ["a", 5], "a list of codes is expected"),
    ("set", ["a", " "], "a list of codes is expected"),
    ("moment", "yesterday", MOMENT), ("moment", "2026-13-01", MOMENT),
    ("day", "2026-10-32", "a day is expected"),
    ("day", "20261001", "a date without a time of day is expected"),
    ("day", MORNING, "a date without a time of day is expected"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "raw", "why"), REFUSED)
def test_a_value_of_another_type_is_refused_with_what_is_expected(type_: str, raw: object, why: str) -> None:
    with pytest.raises((ValueError, ComplaintRulesError)):
        typed(raw, type_)
    faults = Faults("own.toml")
    assert read_value(raw, type_, "k", faults) is None
    (fault,) = faults.all()
    assert (fault.where, fault.why, fault.value) == ("own.toml: k", why, raw)


def test_a_moment_names_its_zone() -> None:
    faults = Faults("own.toml")
    assert read_value("2026-10-01T08:30:00", "moment", "k", faults) is None
    assert [fault.why for fault in faults.all()] == ["the moment is naive: it names no time zone"]


def test_a_period_that_is_none_is_refused_in_the_words_of_periods() -> None:
    faults = Faults("own.toml")
    assert read_value("7 dais", "period", "k", faults) is None
    (fault,) = faults.all()
    assert fault.value == "7 dais"


def test_the_values_given_for_parameters_are_written_as_in_a_document() -> None:
    given = {
        "b": DAYS, "a": Decimal("0.20"), "c": dt.date(2026, 10, 1), "d": MORNING, "e": None, "f": True, "g": 5,
        "h": "text", "i": 0.5,
    }  # fmt: skip
    written = plain_given(given)
    assert written == {
        "a": "0.20", "b": "7 days", "c": "2026-10-01", "d": "2026-10-01T08:30:00+08:00", "e": None, "f": True, "g": 5,
        "h": "text", "i": 0.5,
    }  # fmt: skip
    assert list(written) == list("abcdefghi"), "in the order of their names"
    assert written["f"] is True
    assert plain_given(None) == {}


@pytest.mark.parametrize(
    ("given", "what", "why"),
    [
        ([5], "parameters", "a mapping of names to values is expected"),
        ({"a": [5]}, "parameters['a']", "a period, number, text, truth value, date or moment is expected"),
    ],
)
def test_what_no_parameter_can_have_is_refused(given: Any, what: str, why: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        plain_given(given)
    assert (refused.value.what, refused.value.why) == (what, why)
