"""A fault of a mapping file is told with the line on which its key stands, as an editor counts it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.documents.lines import line_of, lines_of
from complaint_rules.errors import InvalidMapping
from complaint_rules.exchange.mapping import RegisterMap

MAPS = sorted((Path(__file__).parents[2] / "docs" / "maps").glob("*.toml"))

TEXT = '''\
dates = ["%Y/%m/%d", "[not a heading]"] # [nor this]

[fact]
id = "a = b"
"own name" . 'x' = 1
note = """
[inside]
key = "x"
"""
kind = { column = "k", codes = { # a comment with a ] bracket
  a = "b" } }

[fact.reason]
column = "c"
  [fact.reason.codes]
  "服务" = "service"

[[event]]
kind = "closed"
[event.if]
column = "x"
[[event]]
kind = "replied"
is = [
  "one",
  "two",
]
at = "end"
[ unseen ]
events = []
'''


def test_every_key_that_begins_a_line_has_its_line() -> None:
    assert dict(lines_of(TEXT)) == {
        "dates": 1, "fact": 3, "fact.id": 4, "fact.own name.x": 5, "fact.note": 6, "fact.kind": 10,
        "fact.reason": 13, "fact.reason.column": 14, "fact.reason.codes": 15, "fact.reason.codes.服务": 16,
        "event[0]": 18, "event[0].kind": 19, "event[0].if": 20, "event[0].if.column": 21,
        "event[1]": 22, "event[1].kind": 23, "event[1].is": 24, "event[1].at": 28, "unseen": 29, "unseen.events": 30,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a = [\n["b"],\n]\nc = 1', {"a": 1, "c": 4}),  # a list in a list, and no heading
        ("a = [\n[\n['b'],\n],\n]\nc = 1", {"a": 1, "c": 6}),
        ("a = [\n1]\n[b]\nc = 1", {"a": 1, "b": 3, "b.c": 4}),
        ("a = 1\n]\nb = 2", {"a": 1, "b": 3}),  # a bracket too many closes nothing
        ("[a.b]\n[[a.b.c]]\nx = 1\n[[a.b.c]]\ny = 1\n[a.b.c.d]\nz = 1", {
            "a.b": 1, "a.b.c[0]": 2, "a.b.c[0].x": 3, "a.b.c[1]": 4, "a.b.c[1].y": 5, "a.b.c[1].d": 6,
            "a.b.c[1].d.z": 7,
        }),
        ("[a]\nx = 1\n[b]\n[a]\nx = 2", {"a": 1, "a.x": 2, "b": 3}),  # of two the first is told
    ],
)  # fmt: skip
def test_what_stands_inside_an_entry_is_no_key_and_no_heading(text: str, expected: dict[str, int]) -> None:
    assert dict(lines_of(text)) == expected


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("event[1].is[1]", 24),  # an item of a list stands with its key
        ("fact.kind.codes.a", 10),  # and what is inside an entry with it
        ("event[1].by", 22),  # what is missing, where it ought to be
        ("event[7]", None),
        ("", None),
    ],
)
def test_a_path_without_a_line_of_its_own_has_that_of_what_is_around_it(path: str, line: int | None) -> None:
    assert line_of(path, lines_of(TEXT)) == line


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_every_key_of_the_shipped_maps_is_found_on_the_line_that_names_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, written = lines_of(text), text.split("\n")

    def walk(node: Any, at: str) -> None:
        if isinstance(node, dict):
            for key, inner in node.items():
                place = f"{at}.{key}" if at else key
                line = line_of(place, lines)
                assert line is not None or isinstance(inner, list), place
                assert line is None or key in written[line - 1] or place not in lines, place
                walk(inner, place)
        elif isinstance(node, list):
            for number, inner in enumerate(node):
                walk(inner, f"{at}[{number}]")

    walk(tomllib.loads(text), "")


@given(st.text(alphabet="[]{}=.\"'#\n ab\\", max_size=60))
def test_any_text_has_lines_within_it(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())


def test_the_faults_of_a_mapping_file_name_their_lines() -> None:
    lines = ["dates = ['%Y/%m/%d', '%j']", "", "[fact]", "id = 'a'", "chanel = { column = 'b', unitt = 'x' }"]
    text = "\n".join([*lines, "[[event]]", "kind = 'closed'"])
    with pytest.raises(InvalidMapping) as caught:
        RegisterMap.from_text(text, "map.toml")
    assert [fault.where for fault in caught.value.faults] == [
        "map.toml:1: dates[1]",
        "map.toml:3: fact.received",
        "map.toml:5: fact.chanel.unitt",
        "map.toml:6: event[0]",
    ]
    with pytest.raises(InvalidMapping) as caught:
        RegisterMap.from_text(text)
    assert caught.value.faults[0].where == "1: dates[1]"
