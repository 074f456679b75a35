"""The doors a policy comes in by: a folder of one's own with editions by date, a parsed mapping, and wrong names."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.errors import InvalidPolicy, UnknownPolicy, UnreadableInput
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.policy.test_loading import HEAD, PRIORITY, own

PRIORITY_FILE: Final = HEAD + PRIORITY


def nested(depth: int) -> dict[str, Any]:
    """Stand tables in one another."""
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"note": value}
    return value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own: two editions of a policy, a policy that extends one of them, and a stray file."""
    text = PRIORITY_FILE.replace('edition = "1"', 'edition = "2020"')
    old = text.replace("checked_on", "effective_until = 2023-12-31\nchecked_on")
    new = text.replace('"2020"', '"2024"').replace("checked_on", 'effective_from = "2024-01-01"\nchecked_on')
    (tmp_path / "own@2020.toml").write_text(old, "utf-8")
    (tmp_path / "own@2024.toml").write_text(new, "utf-8")
    more = (
        text.replace('id = "own"', 'id = "more"').split("[[table]]")[0] + 'extends = { id = "own", edition = "2024" }\n'
    )
    (tmp_path / "more.toml").write_text(more, "utf-8")
    (tmp_path / "notes.txt").write_text("none of it", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "edition", "why"),
    [
        ({"on": dt.date(2023, 12, 31)}, "2020", "its last day, inclusive"),
        ({"on": dt.date(2024, 1, 1)}, "2024", "its first day, inclusive; written as text"),
        ({"edition": "2020"}, "2020", "by name"),
    ],
)
def test_a_folder_of_ones_own_holds_editions_by_date(
    asked: dict[str, Any], edition: str, why: str, folder: Path
) -> None:
    assert load_policy("own", folder=folder, **asked).edition == edition, why


def test_a_policy_of_a_folder_may_extend_another_of_it(folder: Path) -> None:
    policy = load_policy("more", folder=str(folder), parameters=None)
    assert set(policy.tables) == {"priority", "scale"}
    more = folder / "more.toml"
    more.write_text(more.read_text("utf-8").replace('"2024" }', '"2025" }'), "utf-8")
    with pytest.raises(InvalidPolicy, match="of edition '2025'; got '2025'; did you mean '2024'"):
        load_policy("more", folder=folder)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("owm", "has no such policy; got 'owm'; did you mean 'own'?"),
        ("psbc-95580", "it has: more, own"),
        ("../own", "a file of your own is loaded with Policy.from_file"),
        (5, "it has: more, own"),
    ],
)
def test_what_a_folder_does_not_hold_is_refused_with_what_it_holds(name: Any, words: str, folder: Path) -> None:
    with pytest.raises(UnknownPolicy) as refused:
        load_policy(name, folder=folder)
    assert words in str(refused.value)


def test_a_folder_has_to_be_there_and_an_edition_to_be_named(folder: Path) -> None:
    with pytest.raises(UnreadableInput, match="there is no such folder"):
        load_policy("own", folder=folder / "rules")
    with pytest.raises(UnknownPolicy, match="several editions fit"):
        load_policy("own", folder=folder)
    with pytest.raises(UnknownPolicy, match=r"did you mean '2024'\?; there are: edition 2020 "):
        load_policy("own", folder=folder, edition="2042")
    (folder / "own@2020.toml").write_text(
        (folder / "own@2020.toml").read_text("utf-8").replace("2023-12-31", '"soon"'), "utf-8"
    )
    with pytest.raises(InvalidPolicy, match="effective_until: a date is expected"):
        load_policy("own", folder=folder, on=dt.date(2023, 6, 1))


def test_the_path_of_a_file_is_told_to_be_one() -> None:
    with pytest.raises(UnknownPolicy, match=r"Policy.from_file\('mine.toml'\)"):
        load_policy("mine.toml")


def test_a_parsed_file_is_a_policy_like_its_text() -> None:
    parsed = tomllib.loads(PRIORITY_FILE)
    policy = Policy.from_document(parsed, name="row 7")
    assert policy == own(PRIORITY)
    assert Policy.from_document(json.loads(policy.document)) == policy, "as JSON gives it"
    parsed["table"][0]["first"] = ()
    assert policy.tables["priority"].rows, "what was parsed may be changed afterwards"
    with pytest.raises(InvalidPolicy, match=r"row 7: table\[0\].first: there is no row in it"):
        Policy.from_document(parsed, name="row 7")


def test_parameters_given_with_a_document_prevail() -> None:
    before = load_policy("cbirc-2020-3", parameters={"retention": "5 years"})
    after = Policy.from_document(before.document, parameters={"retention": "10 years"})
    assert str(after.parameters["retention"].value) == "10 years"


def test_a_float_of_a_parsed_document_is_what_was_written() -> None:
    fact = {"type": "decimal", "title": {"zh": "甲", "en": "A"}, "assume": 0.2}
    policy = Policy.from_document(tomllib.loads(PRIORITY_FILE) | {"facts": {"rate": fact}})
    assert policy.facts["rate"].assume == Decimal("0.2")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({5: "id"}, "a key is text; got 5"),
        (nested(60), "more than 24 deep"),
        ({"policy": 5, "name": "own", "parameters": {}}, "this is none"),
        ({"policy": {}, "name": 5, "parameters": {}}, "this is none"),
        ([], "this is none"),
    ],
)
def test_what_is_no_document_is_refused(document: Any, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        Policy.from_document(document)


@pytest.mark.parametrize("stored", [False, True], ids=["parsed", "stored"])
@pytest.mark.parametrize("wrap", [lambda value: {"note": value}, lambda value: [value]], ids=["tables", "lists"])
def test_24_may_stand_in_one_another_and_25_not(wrap: Callable[[Any], Any], stored: bool) -> None:
    """The file is the first of them, so that 23 are laid round a text; then it is refused for what it says."""
    for number, error in ((23, InvalidPolicy), (24, UnreadableInput)):
        value: Any = "here"
        for _ in range(number):
            value = wrap(value)
        document: Any = tomllib.loads(PRIORITY_FILE) | {"note": value}
        if stored:
            document = {"policy": document, "name": "own", "parameters": {}}
        with pytest.raises(error) as refused:
            Policy.from_document(document)
        assert ("more than 24 deep" in str(refused.value)) is (number == 24)
