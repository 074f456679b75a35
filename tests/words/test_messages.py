"""What errors say in Chinese: every text of the source has an entry, every entry a source, and both the same places."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from string import Formatter
from types import ModuleType
from typing import Final

import pytest

from complaint_rules.words.messages import (
    basics,
    calendar,
    cases,
    cli,
    conditions,
    conformance,
    documents,
    exchange,
    kits,
    others,
    policy,
    reaching,
    reports,
    statistics,
    terms,
    testing,
    usage,
    worlds,
)
from complaint_rules.words.messages.catalogue import in_chinese, term
from tests.messages import Source, bare, needs_words
from tests.test_architecture import tree_of

ROOMS: Final[tuple[ModuleType, ...]] = (
    basics,
    calendar,
    cases,
    conditions,
    documents,
    exchange,
    policy,
    statistics,
    reports,
    testing,
    worlds,
    reaching,
    kits,
    conformance,
    cli,
)
TEXTS: Final[Mapping[str, str]] = {text: said for room in ROOMS for text, said in room.MESSAGES.items()}
FOREIGN: Final[Mapping[str, str]] = others.MESSAGES
MADE_UP: Final = {
    "--policy is given twice: one run is under one rule set",
    "a {left} cannot be compared with a {right}",
    "a spreadsheet's day number",
    "articles of {text} are named with it, as {example}",
    "did you mean it by {near}?",
    "code {code} of {name}",
    "event {name}",
    "got {value}",
    "save it as .xlsx, or {csv}",
    "what is removed is still read in {places}",
    "what is removed is still read in {places} and {count} more places",
    "{csv}, or install the extra that reads it: pip install 'complaint-rules[xlsx]'",
    "{why}, which is read in {places}",
    "{why}, which is read in {places} and {count} more places",
    "its form may be dates = {forms} with century = 2000",
    "this is no JSON: {reason} (at character {pos})",
    "this is no JSON: {reason} (at line {lineno})",
    "unknown field {key}, did you mean {near}?",
    "unknown field {key} (known: {keys})",
    "milliseconds since 1970-01-01T00:00Z",
    "seconds since 1970-01-01T00:00Z",
    "{count} more",
    "{got} (possible: {possible}; unknown: {unknown})",
    "nothing is refused or missing",
    "none ({status})",
    "one run",
    "something of the history",
    "{names} among them",
    "{number} runs",
    "{status}, due {due}",
}
"""Texts that the source puts together of pieces."""


@pytest.fixture(scope="module")
def source() -> Source:
    return Source()


def places(text: str) -> list[str]:
    return sorted(place for _, place, _, _ in Formatter().parse(text) if place is not None)


def test_every_text_of_the_source_is_said_in_chinese(source: Source) -> None:
    known = {bare(text) for text in TEXTS}
    missing = {text: place for text, place in source.texts.items() if needs_words(text) and bare(text) not in known}
    assert missing == {}, "add them to the module of their wing in words/messages"


def test_the_source_is_followed_to_where_its_texts_are(source: Source) -> None:
    for text in (
        "there is no such file",  # a keyword
        "the hours of {}",  # an f-string
        "an amount has at most {} digits",
        "this is no condition",  # an argument of a helper
        "seconds are not counted",  # a table of pairs
        "this is the wide sign of a Chinese keyboard",  # a pair that a function gives
        "a gzip archive",  # what stands in a place
        "{}; taken as unknown",
    ):
        assert text in source.texts, text
    assert sum(needs_words(text) for text in source.texts) > 800


def test_every_entry_is_used_by_the_source(source: Source) -> None:
    used = {bare(text) for text in source.texts}
    assert [text for text in TEXTS if bare(text) not in used and text not in MADE_UP] == []


def test_no_text_has_two_entries() -> None:
    found = [bare(text) for room in (*ROOMS, others) for text in room.MESSAGES]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("room", [*ROOMS, others], ids=lambda room: room.__name__.rpartition(".")[2])
def test_the_places_of_a_text_are_those_of_its_chinese(room: ModuleType) -> None:
    for text, said in room.MESSAGES.items():
        # Chinese has no plural
        assert places(said) == [place for place in places(text) if place != "s"], text
        assert {manner for _, _, _, manner in Formatter().parse(said)} <= {None, "", "r", "s"}, text


def test_chinese_is_punctuated_as_chinese_is() -> None:
    for text, said in {**TEXTS, **FOREIGN}.items():
        assert re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", said) is None, text
        assert not said.endswith(("。", "；", "，")), text


def test_every_text_of_the_help_is_said_in_chinese() -> None:
    calls = [node for node in ast.walk(tree_of("cli.shell")) if isinstance(node, ast.Call)]
    texts = {one.value for call in calls for one in call.keywords if one.arg == "help"}
    texts |= {call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "command"}
    written = {one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    by_argparse = {"show this help message and exit", "positional arguments", "options"}
    assert written | by_argparse == set(usage.USAGE)
    assert all(re.search(r"[\u4e00-\u9fff]", said) for said in usage.USAGE.values())


def test_a_term_is_no_text_unless_it_is_typed_as_it_stands() -> None:
    texts = {text.format() for text in TEXTS if not places(text)}
    assert set(terms.TERMS) & texts == {"truth value", "working days", "working hours"}


@pytest.mark.parametrize(("length", "said"), [(1000, True), (1001, False)])
def test_a_text_of_more_than_a_thousand_signs_is_not_looked_for_among_those_with_places(
    length: int, said: bool
) -> None:
    """The places are searched for in the whole text, and somebody may pass a very long one."""
    most = "5" * (length - len("at most  entries are read"))
    text = f"at most {most} entries are read"
    assert in_chinese(text) == (f"最多读取{most}项" if said else text)


@pytest.mark.parametrize(("deep", "said"), [(6, "是否想写“phone”？"), (7, "did you mean 'phone'?")])
def test_what_stands_in_places_is_followed_six_deep(deep: int, said: str) -> None:
    assert in_chinese("did you mean 'phone'?", deep) == said
    assert in_chinese("a time of day is expected", deep) == "应为时刻", "what has no places costs nothing"


@pytest.mark.parametrize(
    ("word", "said"), [("12", "12"), ("12 apples", "12 apples"), ("some working days", "some working days")]
)
def test_a_figure_is_a_number_with_its_unit(word: str, said: str) -> None:
    assert term(word) == said
