"""Every accessor of a table gives what stands there, or notes what is wrong with it, where, and reads on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import NO_TITLES, Node, Shape, as_text, as_time, is_code, once, titles_of
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Roll

SHAPE = Shape("a thing", ("id",), ("title", "n", "own"))
BOTH = {"zh": "网点", "en": "Outlet"}


def noted(faults: Faults) -> list[str]:
    return [str(fault) for fault in faults.all()]


def node_of(path: str = "thing[0]", **data: Any) -> Node:
    """A table of which every key is known."""
    return Node(data, path, Faults("own.toml"), Shape("a thing", (), tuple(data)))


def read(call: Callable[[Node], Any], **data: Any) -> tuple[Any, list[str]]:
    node = node_of(**data)
    return call(node), noted(node.faults)


# The table itself -------------------------------------------------------------------------------------------


def test_keys_are_held_against_the_shape() -> None:
    faults = Faults("own.toml")
    node = Node({"titel": 1}, "thing[0]", faults, SHAPE)
    assert noted(faults) == [
        "own.toml: thing[0].titel: a thing has no such key; got 'titel'; did you mean 'title'?",
        "own.toml: thing[0].id: a thing needs this key, and it is missing",
    ]
    assert ("titel" in node, "id" in node) == (True, False), "what is there is read on with"


def test_a_part_of_a_table_needs_no_key_and_knows_the_same_ones() -> None:
    faults = Faults("own.toml")
    Node({"own": 1, "x": 2}, "thing[0]", faults, SHAPE, partial=True)
    assert [fault.where for fault in faults.all()] == ["own.toml: thing[0].x"]


def test_what_is_no_table_is_told_with_its_first_three_keys_and_holds_nothing() -> None:
    faults = Faults("own.toml")
    node = Node(["id"], "thing[0]", faults, SHAPE)
    assert noted(faults) == ["own.toml: thing[0]: a thing is a table; got ['id']; write { id = …, title = …, n = … }"]
    assert node.data == {}


@pytest.mark.parametrize(("path", "expected"), [("", "id"), ("thing[0]", "thing[0].id")])
def test_a_key_at_the_top_has_no_path_before_it(path: str, expected: str) -> None:
    assert node_of(path).at("id") == expected


@pytest.mark.parametrize(("more", "got"), [({}, "; got 5"), ({"value": 6}, "; got 6"), ({"value": None}, "; got None")])
def test_a_fault_shows_what_stands_at_its_key_or_what_it_is_given(more: dict[str, Any], got: str) -> None:
    node = node_of(id=5)
    node.fault("id", "a slip", "a hint", **more)
    node.fault("n", "it is missing")
    assert noted(node.faults) == [
        f"own.toml: thing[0].id: a slip{got}; a hint",
        "own.toml: thing[0].n: it is missing",
    ]


def test_a_stand_in_is_given_where_a_key_is_missing_and_nothing_is_wrong_with_that() -> None:
    node = node_of()
    found = (
        node.text("k"), node.code("k"), node.choice("k", ["a"], "a word"), node.member("k", Roll, "a roll"),
        node.flag("k"), node.whole("k", 1, 2), node.day("k"), node.time("k"), node.period("k"),
    )  # fmt: skip
    assert found == (None, None, None, None, False, None, None, None, None)
    assert (node.titles("k"), node.reading(), node.texts("k"), node.coded("k")) == (NO_TITLES, None, (), {})
    assert (list(node.items("k")), list(node.nodes("k", SHAPE)), list(node.named("k"))) == ([], [], [])
    assert noted(node.faults) == []


# Single values ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", True), ("0", True), ("a.b-c_d", True), ("A" * 80, True),
        ("A" * 81, False), ("_a", False), (".a", False), ("a b", False), ("网点", False), ("", False), (5, False),
    ],
)  # fmt: skip
def test_a_code_is_of_ascii_begins_with_a_letter_or_digit_and_has_at_most_80(value: object, expected: bool) -> None:
    assert is_code(value) is expected
    found, faults = read(lambda node: node.code("k"), k=value)
    assert found == (value if expected else None)
    assert len(faults) == int(not expected)


def test_what_is_no_code_is_told_what_one_is() -> None:
    _, faults = read(lambda node: node.code("k"), k="a b")
    assert faults == [
        "own.toml: thing[0].k: a code of up to 80 ASCII letters, digits, '_', '-' and '.' is expected; got 'a b'"
    ]


@pytest.mark.parametrize(("value", "expected"), [("close", "close"), ("clos", None), (["close"], None), (5, None)])
def test_a_choice_is_one_of_the_words(value: object, expected: str | None) -> None:
    found, faults = read(lambda node: node.choice("k", ["24:00", "close", "5"], "an end"), k=value)
    assert found == expected
    hint = "did you mean 'close'?" if value == "clos" else "known: 24:00, close, 5"
    assert faults == ([] if expected else [f"own.toml: thing[0].k: an end is expected; got {value!r}; {hint}"])


def test_a_member_is_found_by_its_code() -> None:
    assert read(lambda node: node.member("k", Roll, "a roll"), k=Roll.NEXT_WORKING_DAY.value) == (
        Roll.NEXT_WORKING_DAY,
        [],
    )
    found, faults = read(lambda node: node.member("k", Roll, "a roll"), k="never heard of")
    assert (found, len(faults)) == (None, 1)


@pytest.mark.parametrize(("value", "expected"), [(True, True), (False, False), ("true", None), (1, None)])
def test_a_flag_is_a_truth_value_and_no_word_for_one(value: object, expected: bool | None) -> None:
    found, faults = read(lambda node: node.flag("k"), k=value)
    assert found is bool(expected)
    wrong = [f"own.toml: thing[0].k: true or false is expected; got {value!r}; without quotes"]
    assert faults == (wrong if expected is None else [])


@pytest.mark.parametrize(
    ("value", "expected"), [(1, 1), (31, 31), (0, None), (32, None), (True, None), ("5", None), (5.0, None)]
)
def test_a_whole_number_lies_within_its_bounds_both_of_them_included(value: object, expected: int | None) -> None:
    found, faults = read(lambda node: node.whole("k", 1, 31), k=value)
    assert found == expected
    wrong = [f"own.toml: thing[0].k: a whole number from 1 to 31 is expected; got {value!r}"]
    assert faults == (wrong if expected is None else [])


@pytest.mark.parametrize("value", ["2026-11-21", dt.date(2026, 11, 21)])
def test_a_day_is_a_date_or_a_text_of_one(value: object) -> None:
    assert read(lambda node: node.day("k"), k=value) == (dt.date(2026, 11, 21), [])


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2026-11-31", "a date is expected"),  # November has 30 days
        ("1999-01-01", "the years known run from 2001-01-01 to 2099-12-31"),
        (dt.datetime(2026, 11, 21), "a date without a time of day is expected"),  # noqa: DTZ001
        (5, "a date without a time of day is expected"),
    ],
)
def test_what_is_no_day_is_told_how_one_is_written(value: object, why: str) -> None:
    found, faults = read(lambda node: node.day("k"), k=value)
    assert found is None
    assert faults == [f"own.toml: thing[0].k: {why}; got {value!r}; write it as 2026-11-21"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("08:30", dt.time(8, 30)), ("23:59:58", dt.time(23, 59, 58)), ("00:00", dt.time(0)),
        (dt.time(8, 30), dt.time(8, 30)), ("24:00", None), ("8:30", None), ("08:60", None), ("08:30 ", None), (8, None),
    ],
)  # fmt: skip
def test_a_time_of_day_has_hours_minutes_and_perhaps_seconds(value: object, expected: dt.time | None) -> None:
    wrong = [f"own.toml: thing[0].k: a time of day is expected; got {value!r}; write it as '08:30'"]
    assert read(lambda node: node.time("k"), k=value) == (expected, wrong if expected is None else [])
    assert as_time(value, "k", Faults("own.toml")) == expected


def test_a_period_is_read_or_refused_in_the_words_of_periods() -> None:
    assert read(lambda node: node.period("k"), k="5 days") == (Period.parse("5 days"), [])
    found, faults = read(lambda node: node.period("k"), k="5 dais")
    assert found is None
    assert len(faults) == 1
    assert faults[0].startswith("own.toml: thing[0].k: ")
    assert "got '5 dais'" in faults[0]


@pytest.mark.parametrize(
    ("value", "why", "hint"),
    [
        (5, "a text is expected", "put it in quotes"),
        (dt.date(2026, 1, 1), "a text is expected", "put it in quotes"),
        ([], "a text is expected", ""),
        ("", "the text is empty", "leave the key out"),
        ("\u3000", "the text is empty", "leave the key out"),
        ("a\nb", "a text of up to 2000 printable characters on one line is expected", ""),
        ("a" * 2001, "a text of up to 2000 printable characters on one line is expected", ""),
    ],
)
def test_a_text_is_printable_and_not_empty(value: object, why: str, hint: str) -> None:
    faults = Faults("own.toml")
    assert as_text(value, "k", faults) is None
    (fault,) = faults.all()
    assert (fault.where, fault.why, fault.hint, fault.value) == ("own.toml: k", why, hint, value)
    assert read(lambda node: node.text("k"), k=value)[0] is None


def test_a_text_has_at_most_2000_characters() -> None:
    assert read(lambda node: node.text("k"), k="a" * 2000) == ("a" * 2000, [])


# Titles, lists and sections ---------------------------------------------------------------------------------


def test_a_title_stands_in_both_languages() -> None:
    assert read(lambda node: node.titles("k"), k=BOTH) == (BOTH, [])
    assert read(lambda node: node.reading(), reading=BOTH) == (BOTH, [])
    faults = Faults("own.toml")
    assert titles_of({"zh": "网点", "en": ""}, "k", faults) == {"zh": "网点"}
    assert titles_of({"en": "Outlet"}, "k", faults) == {"en": "Outlet"}
    assert noted(faults) == [
        "own.toml: k.en: the text is empty; got ''; leave the key out",
        "own.toml: k.zh: a text in both languages needs this key, and it is missing",
    ]


@pytest.mark.parametrize(
    ("value", "expected", "faults"),
    [
        ("a", ("a",), []),
        (["b", "a"], ("b", "a"), []),
        (["a", "b", "a"], ("a", "b"), ["own.toml: thing[0].k[2]: it stands in the list twice; got 'a'"]),
        ([5, "a", 6], ("a",), [
            "own.toml: thing[0].k[0]: a text is expected; got 5; put it in quotes",
            "own.toml: thing[0].k[2]: a text is expected; got 6; put it in quotes",
        ]),
        (5, (), ["own.toml: thing[0].k: a text is expected; got 5; put it in quotes"]),
        ([], (), ["own.toml: thing[0].k: an empty list says nothing; got []; leave the key out"]),
    ],
)  # fmt: skip
def test_texts_are_one_or_a_list_without_repetition(
    value: object, expected: tuple[str, ...], faults: list[str]
) -> None:
    assert read(lambda node: node.texts("k"), k=value) == (expected, faults)


def test_codes_stand_with_their_titles() -> None:
    assert read(lambda node: node.coded("k"), k={"outlet": BOTH}) == ({"outlet": BOTH}, [])
    found, faults = read(lambda node: node.coded("k"), k={"网点": BOTH, "b": 5})
    assert (found["网点"], found["b"]) == (BOTH, {})
    assert faults == [
        "own.toml: thing[0].k: a code has ASCII letters, digits, '_', '-' and '.' only; got '网点'",
        "own.toml: thing[0].k.b: a text in both languages is a table; got 5; write { zh = …, en = … }",
    ]


@pytest.mark.parametrize("value", [{}, ["outlet"]])
def test_a_table_of_codes_has_at_least_one(value: object) -> None:
    hint = 'write k.code = { zh = "…", en = "…" }'
    wrong = f"own.toml: thing[0].k: codes with their titles are expected; got {value!r}; {hint}"
    assert read(lambda node: node.coded("k"), k=value) == ({}, [wrong])


def test_the_items_of_a_list_have_their_places() -> None:
    assert read(lambda node: list(node.items("k")), k=[5, "x"]) == ([("thing[0].k[0]", 5), ("thing[0].k[1]", "x")], [])


@pytest.mark.parametrize(("listed", "hint"), [(False, "write k = [ … ]"), (True, "write [[k]]")])
def test_what_is_no_list_is_told_how_one_is_written(listed: bool, hint: str) -> None:
    wrong = [f"own.toml: thing[0].k: a list is expected; got 5; {hint}"]
    assert read(lambda node: list(node.items("k", listed=listed)), k=5) == ([], wrong)
    shape = Shape("a thing", (), listed=listed)
    assert read(lambda node: list(node.nodes("k", shape)), k=5) == ([], wrong), "as its shape says"


@pytest.mark.parametrize(("number", "beyond"), [(2000, False), (2001, True)])
def test_of_a_list_or_a_section_the_first_two_thousand_are_read(number: int, beyond: bool) -> None:
    wrong = [f"own.toml: thing[0].k: at most 2000 entries are read; got {number}"] if beyond else []
    found, faults = read(lambda node: list(node.items("k")), k=list(range(number)))
    assert (len(found), found[-1], faults) == (2000, ("thing[0].k[1999]", 1999), wrong)
    named, faults = read(lambda node: list(node.named("k")), k={f"n{place}": place for place in range(number)})
    assert (len(named), named[-1], faults) == (2000, ("n1999", "thing[0].k.n1999", 1999), wrong)


def test_the_tables_of_a_list_are_held_against_their_shape() -> None:
    node = node_of(k=[{"id": "a"}, {"idd": "b"}])
    assert [(one.path, one.code("id")) for one in node.nodes("k", Shape("a thing", ("id",)))] == [
        ("thing[0].k[0]", "a"),
        ("thing[0].k[1]", None),
    ]
    assert [fault.where for fault in node.faults.all()] == ["own.toml: thing[0].k[1].idd", "own.toml: thing[0].k[1].id"]


def test_the_place_of_a_table_is_that_of_the_first_with_its_id() -> None:
    node = node_of(k=[5, {"id": "b"}, {"id": "a", "n": 1}, {"id": "a"}])
    assert node.place_of("k", "a") == "thing[0].k[2]"


def test_the_entries_of_a_section_stand_under_their_names() -> None:
    found, faults = read(lambda node: list(node.named("k")), k={"vip": {}, "age": 5})
    assert found == [("vip", "thing[0].k.vip", {}), ("age", "thing[0].k.age", 5)]
    assert faults == []
    assert read(lambda node: list(node.named("k")), k=[5]) == (
        [],
        ["own.toml: thing[0].k: a table of named entries is expected; got [5]; write [k.name]"],
    )


def test_an_id_is_used_once() -> None:
    faults = Faults("own.toml")
    assert once({"whole": 1}, "reply", "limit[1].id", faults, "limit") is True
    assert noted(faults) == []
    assert once({"whole": 1}, "whole", "limit[1].id", faults, "limit") is False
    assert noted(faults) == ["own.toml: limit[1].id: there is another limit with this id; got 'whole'"]
