"""Laws of exchange, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidMapping, UnreadableInput
from complaint_rules.exchange.columns import TYPES
from tests.exchange.test_registers import CALLBACK, PLAIN, cell, read


@given(
    st.lists(
        st.sampled_from(['"', '""', '"""', 'a","', ',"', "x,y", "a,2026-09-30", '"a",2026-09-30', "", "\x00"]),
        max_size=25,
    )
)
def test_rows_with_any_quotation_marks_come_to_an_end_and_plain_good_rows_survive(lines: list[str]) -> None:
    rows = read("\n".join(["id,received", *lines]) + "\n")
    good = [place for place, line in enumerate(lines, 2) if line == "a,2026-09-30"]
    swallowed = any('"' in line for line in lines)
    found = [row.line for row in rows if row.case]
    assert swallowed or [line for line in found if line in good] == good
    assert sorted(row.line for row in rows) == [row.line for row in rows]


@given(st.binary(max_size=200), st.sampled_from([PLAIN, "header = { rows = 3 }\n" + PLAIN, CALLBACK]))
def test_any_bytes_are_rows_or_refused_in_words(content: bytes, mapping: str) -> None:
    """Whatever a file holds, what comes back is a case, a fault with its line, or a refusal of the whole."""
    try:
        rows = read(b"id,received,\xe6\x98\xaf\xe5\x90\xa6\xe5\x9b\x9e\xe8\xae\xbf\n" + content, mapping)
    except (UnreadableInput, InvalidMapping):
        rows = []
    assert all((row.case is None) == bool(row.faults) for row in rows)
    assert [row.line for row in rows] == sorted({row.line for row in rows})


KINDS = {
    "text": str, "int": int, "decimal": Decimal, "bool": bool, "set": frozenset, "day": dt.date,
    "moment": dt.datetime, "when": dt.date,
}  # fmt: skip


@given(st.text(max_size=12), st.sampled_from(TYPES))
def test_any_cell_is_a_value_of_its_kind_or_refused_in_words(text: str, kind: str) -> None:
    try:
        value = cell(" ".join(text.split()), type=kind)
    except UnreadableInput:
        value = None
    assert value is None or isinstance(value, KINDS[kind])
