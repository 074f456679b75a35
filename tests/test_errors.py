"""Errors are values: what, why, which value, what was likely meant, and where."""

from __future__ import annotations

import pickle

import pytest

from complaint_rules import Channel, errors
from complaint_rules.errors import (
    NOTHING,
    ComplaintRulesError,
    Fault,
    InvalidPeriod,
    InvalidPolicy,
    did_you_mean,
    shown,
)
from tests.work import calls


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"what": "a period", "why": "it has no unit"}, "a period: it has no unit"),
        ({"what": "", "why": "it has no unit"}, "it has no unit"),
        ({"what": "a period", "why": "it has no unit", "value": None}, "a period: it has no unit; got None"),
        ({"what": "a period", "why": "no", "value": "5", "hint": "write 6"}, "a period: no; got '5'; write 6"),
        ({"what": "a period", "why": "no", "where": "own.toml: limit[2]"}, "own.toml: limit[2]: a period: no"),
    ],
)  # fmt: skip
def test_the_text_is_made_of_the_fields(fields: dict[str, str], text: str) -> None:
    error = InvalidPeriod(**fields)
    assert str(error) == text
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(back), str(back), back.value) == (InvalidPeriod, text, error.value)


def test_every_error_is_a_case_of_the_root_and_of_something_built_in() -> None:
    tree = [
        kind for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, ComplaintRulesError) and not kind.__name__.startswith("_")
    ]  # fmt: skip
    assert len(tree) > 10
    for kind in tree:
        if kind is not ComplaintRulesError:
            assert issubclass(kind, ValueError | LookupError | TypeError), kind.__name__


def test_an_error_with_many_faults_names_them_all() -> None:
    faults = (
        Fault(where="own.toml: id", why="missing"),
        Fault(where="own.toml: x", why="wrong", value=5, hint="write 6"),
    )
    error = InvalidPolicy(what="own.toml", why="the policy is refused", faults=faults)
    assert (
        str(error) == "own.toml: the policy is refused\n  own.toml: id: missing\n  own.toml: x: wrong; got 5; write 6"
    )
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert back.faults == faults
    assert (repr(NOTHING), pickle.loads(pickle.dumps(NOTHING)) is NOTHING) == ("NOTHING", True)  # noqa: S301 - our own


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError


def test_a_value_is_shown_short_whatever_it_is() -> None:
    assert shown("a") == "'a'"
    assert len(shown("a" * 500)) == 120
    assert shown(Broken()) == "<Broken>"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("recieved", "did you mean 'received'?"),
        ("RECEIVED", "did you mean 'received'?"),
        ("zebra", ""),
        (7, ""),
        ("r" * 500, ""),
    ],
)
def test_a_likely_word_is_named(word: object, hint: str) -> None:
    assert did_you_mean(word, ["received", "Replied"]) == hint
    assert did_you_mean("replied", ["received", "Replied"]) == "did you mean 'Replied'?"


def test_a_word_that_comes_again_is_not_searched_for_again() -> None:
    """A register has the same unknown column in every row, and a search costs more than a row."""
    known = [f"{word}_{number}" for word in ("received", "replied", "closed") for number in range(40)]
    first = calls(lambda: errors.closest("recieved_7", known))
    again = calls(lambda: errors.closest("recieved_7", known))
    assert again * 20 < first
    assert errors.closest("recieved_7", known) == "received_7"
    assert (
        errors.closest("recieved_7", [*known, "recieved_7x"]) == "recieved_7x"
    )  # among other words it is another question


def test_the_word_found_is_plain_text_whatever_asked_before() -> None:
    """A code is equal to its text: which of the two comes back must not hang on who asked first."""
    for known in (["phone", "letter"], list(Channel)):
        assert type(errors.closest("phome", known)) is str
