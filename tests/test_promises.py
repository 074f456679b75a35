"""Behind each promise of docs/machines.md, docs/security.md and docs/stability.md stands a test, and it exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from complaint_rules import errors
from complaint_rules.cases import case, facts
from complaint_rules.documents import toml
from complaint_rules.exchange import workbooks

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = ("machines.md", "security.md", "stability.md")
NAMED: Final = [
    (page, path, name)
    for page in PAGES
    for path, name in re.findall(
        r"`((?:tests|\.ci)/[\w/.]+?)(?:::(\w+))?`", (ROOT / "docs" / page).read_text(encoding="utf-8")
    )
    if not path.endswith("/")
]


@pytest.mark.parametrize(("page", "path", "name"), NAMED)
def test_what_a_promise_is_held_by_exists(page: str, path: str, name: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not name or re.search(rf"^def {name}\(", text, re.MULTILINE), f"{page}: {path}::{name}"


def test_every_section_of_what_stays_names_its_test() -> None:
    sections = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8").split("\n## ")[1:-1]  # the last tells steps
    assert [one.partition("\n")[0] for one in sections if "Held by `" not in one] == []


def test_every_hole_names_its_test() -> None:
    text = (
        (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("| what 何事 |")[2].partition("\n\n")[0]
    )
    rows = [line for line in text.splitlines()[2:] if line.startswith("|")]
    assert len(rows) == 8
    assert [row for row in rows if "`tests/" not in row] == []


def test_the_bounds_that_are_told_are_those_that_hold() -> None:
    page = (
        (ROOT / "docs" / "security.md")
        .read_text(encoding="utf-8")
        .partition("| of what 何者 |")[2]
        .partition("\n\n")[0]
    )
    told = [int(number.replace(",", "")) for number in re.findall(r"\| ([\d,]+) \|$", page, re.MULTILINE)]
    assert told == [
        toml.MOST_BYTES, toml._LONGEST_QUOTED, workbooks.MOST_BYTES, workbooks.MOST_UNPACKED, workbooks.MOST_CELLS,
        case._MOST_EVENTS, case._MOST_KINDS, case._MOST_STOPS, case._MOST_AMENDED, facts._LONGEST_TEXT,
        errors.MOST_SEARCHES,
    ]  # fmt: skip
