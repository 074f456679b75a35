"""The page on the policy format and the loader name the same keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.conditions.scopes import Answerer, FactType
from complaint_rules.policy.files.shapes import ENTRIES, NAMED, SHAPES, SINGLE
from complaint_rules.policy.rules import ParameterType, ReportPeriod

PAGE: Final = (Path(__file__).parents[2] / "docs" / "policy-format.md").read_text("utf-8")
TABLES: Final = dict(re.findall(r"<!-- keys: (\w+) -->\n((?:\|.*\n)+)", PAGE))
HAN: Final = re.compile("[\u4e00-\u9fff]")


def rows(name: str) -> list[list[str]]:
    """Give the cells of each row of a table of keys: key, needed, meaning, 含义."""
    lines = TABLES[name].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_page_has_a_table_for_every_part_of_a_file_and_no_other() -> None:
    assert set(TABLES) == set(SHAPES) - {"vocabulary"}


@pytest.mark.parametrize("name", sorted(set(SHAPES) - {"vocabulary"}))
def test_every_key_that_the_loader_accepts_is_on_the_page_and_the_other_way_round(name: str) -> None:
    shape = SHAPES[name]
    found = {cells[0].strip("`"): cells[1] for cells in rows(name)}
    assert sorted(found) == sorted(shape.known)
    assert {key for key, needed in found.items() if needed == "yes"} == set(shape.needed)


@pytest.mark.parametrize("name", sorted(set(SHAPES) - {"vocabulary"}))
def test_every_key_is_explained_in_english_and_in_chinese(name: str) -> None:
    for key, _, english, chinese in rows(name):
        assert english, key
        assert HAN.search(chinese), key


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("fact", "type", list(FactType)),
        ("fact", "ask", tuple(Answerer)),
        ("parameter", "type", tuple(ParameterType)),
        ("figure", "per", tuple(ReportPeriod)),
    ],
)
def test_every_word_that_a_key_can_have_is_on_the_page(name: str, key: str, words: list[str]) -> None:
    meaning = next(cells[2] for cells in rows(name) if cells[0] == f"`{key}`")
    assert [word for word in words if f"`{word}`" not in meaning] == []


def test_sections_are_merged_entry_by_entry_or_as_a_whole() -> None:
    identity = {"id", "edition", "title", "issuer", "checked_on", "effective_from", "effective_until"}
    identity |= {"citation", "source", "url", "article", "displaced", "trade"}
    merged = {*ENTRIES, *NAMED, *SINGLE, "extends", "remove"}
    assert merged | identity == set(SHAPES["file"].known)
