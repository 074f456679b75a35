"""One complaint is one case by whichever door it comes: delimited text, a workbook, JSON Lines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case
from complaint_rules.exchange.lines import read_json_lines
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row
from tests.exchange.test_workbooks import workbook

HEADER = ["id", "received", "respondent", "complainants", "joint"]
FIRST = dt.date(1899, 12, 30)
BLANKS = "ab 某\u00a0\u3000\u2003\t"


def text_of(rows: list[list[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADER, *rows])
    return out.getvalue().encode()


def read(content: bytes) -> list[Row]:
    return list(read_register(io.BytesIO(content)))


def case_of(rows: list[Row]) -> Case | None:
    return rows[0].case if rows else None


keys = st.text("abcXYZ019_", min_size=1, max_size=8).filter(lambda key: not key.isdigit())
days = st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31))
records = st.tuples(keys, days, keys, st.integers(1, 10**6), st.booleans())


@given(st.lists(records, min_size=1, max_size=4), st.sampled_from(",\t;"))
def test_a_workbook_and_the_text_that_was_saved_from_it_are_the_same_cases(
    given_rows: list[tuple[str, dt.date, str, int, bool]], delimiter: str
) -> None:
    pytest.importorskip("python_calamine")
    as_text = [
        [key, day.isoformat(), who, str(n), "TRUE" if joint else "FALSE"] for key, day, who, n, joint in given_rows
    ]
    as_cells = [[key, ("day", (day - FIRST).days), who, n, joint] for key, day, who, n, joint in given_rows]
    expected = [row.case for row in read(text_of(as_text, delimiter))]
    assert None not in expected
    assert [row.case for row in read(workbook({"s": [HEADER, *as_cells]}))] == expected
    assert [row.line for row in read(text_of(as_text))] == list(range(2, len(given_rows) + 2))


@given(st.text(BLANKS, min_size=1, max_size=10))
@example("某\u00a0\u00a0支行")
def test_blanks_in_a_text_make_no_difference_between_the_doors(text: str) -> None:
    """Complaints are linked by equal texts, so that one door must not keep what another takes off."""
    assume(text.split())
    by_text = case_of(read(text_of([["a", "2026-09-30", text, "", ""]])))
    by_json = json.dumps({"id": "a", "received": "2026-09-30", "respondent": text})
    assert by_text is not None
    assert case_of(list(read_json_lines(io.BytesIO(by_json.encode())))) == by_text
    by_workbook = read(workbook({"s": [HEADER, ["a", "2026-09-30", text, None, None]]}))
    assert case_of(by_workbook) == by_text
