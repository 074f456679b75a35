"""What a report is made of: values that fit together, or are refused in the library's own words."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from complaint_rules.errors import InvalidFigure, InvalidReport, UnknownLanguage
from complaint_rules.policy.rules import ReportPeriod
from complaint_rules.reports.pages import Chart, ChartKind, GridCell, GridColumn, Report, as_report, grids_of
from complaint_rules.reports.wordings import in_words, visible, wording
from complaint_rules.words.refusals import explain_error
from complaint_rules.words.report_texts import INCOMPLETE, SMALL_GROUPS
from tests.reports.sample import AT, CHANNELS, MONTHS, REPORT, grid, label, n, pair, percent

PRINTED: list[tuple[GridCell, str, str, str]] = [
    (n(12), "12", "12", "12"),
    (percent(Fraction(4, 7)), "57.1%", "57.1%", "57.1%"),
    (GridCell.number(Fraction(-83, 10), decimals=1), "-8.3", "-8.3", "-8.3"),
    (GridCell.number(Decimal("27.30"), decimals=2), "27.30", "27.30", "27.30"),
    (percent(Fraction(4, 10_000)), "<0.1%", "<0.1%", "<0.1%"),  # something happened, so it is not 0.0 %
    (GridCell.missing(), "—", "—", "—"),
    (GridCell.missing(pair("无案件", "no cases")), "—（无案件）", "— (no cases)", "— (无案件 · no cases)"),
    (label("T-1"), "T-1", "T-1", "T-1"),
    (label(pair("电话", "phone")), "电话", "phone", "电话 · phone"),
    (label("2026-10", INCOMPLETE), "2026-10（统计期不完整）", "2026-10 (incomplete period)",
     "2026-10 (统计期不完整 · incomplete period)"),
    (label("<3"), "<3", "<3", "<3"),
    (label(ReportPeriod.QUARTER), "每季", "quarterly", "每季 · quarterly"),  # a code brings its words
]  # fmt: skip


@pytest.mark.parametrize(("cell", "zh", "en", "both"), PRINTED)
def test_a_cell_prints_in_chinese_in_english_and_in_both(cell: GridCell, zh: str, en: str, both: str) -> None:
    assert (cell.printed("zh"), cell.printed("en"), cell.printed("both")) == (zh, en, both)


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="write 'zh', 'en' or 'both'"):
        n(1).printed("fr")  # type: ignore[arg-type]


def test_a_report_is_data_with_exact_numbers_beside_what_is_printed() -> None:
    data = json.loads(json.dumps(REPORT.to_dict()))
    assert data["at"] == "2026-10-08T16:05:00+08:00"
    assert data["policy"] == {"id": "psbc-95580", "fingerprint": "0123abcd"}
    months, channels, _ = data["grids"]
    assert months["coverage"] == ["2026-01-01", "2026-12-08"]
    assert months["chart"] == {"kind": "line", "series": [1, 2], "labels": 0, "incomplete": [11], "apart": []}
    assert months["rows"][11][0] == {"label": "2026-12", "mark": dict(INCOMPLETE)}
    assert channels["rows"][0][4] == {"exact": "200/279", "printed": "71.7%", "decimals": 1, "percent": True}
    assert channels["rows"][1][4] == {"exact": None, "printed": "—", "mark": pair("无案件", "no cases")}
    assert channels["total"][4]["exact"] == "5/7"
    assert channels["left_out"] == [[pair("重复", "repeated"), 12], ["invalid", 3]]
    assert (channels["definition"], channels["basis"]) == ("", pair("合并重复", "repeats merged"))
    assert channels["columns"][0] == {"title": pair("渠道", "Channel"), "kind": "label"}
    assert data["written"] == [pair("原因分析", "Causes")]
    assert GridCell.missing().to_dict() == {"exact": None, "printed": "—"}


def test_reports_are_values() -> None:
    assert pickle.loads(pickle.dumps(REPORT)) == REPORT  # noqa: S301 - made a moment ago
    assert hash(REPORT) == hash(attrs.evolve(REPORT))
    assert repr(n(3)).startswith("GridCell(exact=Fraction(3, 1)")
    with pytest.raises(AttributeError):
        REPORT.title = "x"  # type: ignore[misc]


def test_which_columns_are_percentages() -> None:
    assert [CHANNELS.is_percent(place) for place in range(5)] == [False, False, False, False, True]
    assert not grid((label("a"), GridCell.missing())).is_percent(1)  # a sign over nothing says nothing


def test_the_promise_of_small_groups_says_what_it_does_not_promise() -> None:
    assert "no small value follows from the numbers shown" in SMALL_GROUPS["en"]
    assert "not safe against who knows the rule and other publications" in SMALL_GROUPS["en"]
    assert "不作此保证" in SMALL_GROUPS["zh"]


def chart(*series: int, kind: ChartKind = ChartKind.BARS, **fields: Any) -> Chart:
    return Chart(kind=kind, series=series, **fields)


WRONG: list[tuple[Any, str]] = [
    (lambda: GridCell(exact=1.5), "an exact number is expected"),  # type: ignore[arg-type]
    (lambda: GridCell(exact=Fraction(1, 10**1300)), "a thousand digits"),
    (lambda: GridCell(exact=1, mark="!"), "a number stands alone; mark the label of its row"),
    (lambda: GridCell(exact=1, label="one"), "a number stands alone"),
    (lambda: GridCell.number(1, decimals=13), "a whole number from 0 to 12"),
    (lambda: GridCell.number(1, percent=1), "bool is expected; got 'int'"),  # type: ignore[arg-type]
    (lambda: GridCell.labelled(5), "a text is expected, or one in both languages; got 'int'"),  # type: ignore[arg-type]
    (lambda: GridCell.labelled({"zh": "电话"}), "one in both languages"),  # its English is missing
    (lambda: GridColumn(title="n", kind="number"), "ColumnKind is expected"),  # type: ignore[arg-type]
    (lambda: grid(id="a b"), "this cannot be a key; got 'a b'"),
    (lambda: grid(columns=()), "one column at least"),
    (lambda: grid(columns=[]), "a tuple of GridColumn is expected; got 'list'"),
    (lambda: grid(columns=("n",)), "a tuple of GridColumn is expected; got 'tuple'"),
    (lambda: grid((n(1),)), "g: Grid.rows: a row has 1 cells, and the table 2 columns"),
    (lambda: grid(total=(n(1),)), "a row has 1 cells"),
    (lambda: grid(total=[n(1)]), "tuple is expected"),
    (lambda: grid((label("a"), 5)), "a GridCell is expected; got 'int'"),  # type: ignore[arg-type]
    (lambda: grid((n(1), n(1))), "a number is in a column of texts; say kind=ColumnKind.NUMBER"),
    (lambda: grid(at=dt.datetime(2026, 10, 8)), "the moment is naive"),  # noqa: DTZ001 - that is the point
    (lambda: grid(at="2026-10-08"), "a moment"),
    (lambda: grid(coverage=dt.date(2026, 1, 1)), "the first and the last day that the data hold"),
    (lambda: grid(coverage=(dt.date(2026, 1, 2), dt.date(2026, 1, 1))), "in order"),
    (lambda: grid(coverage=(AT, AT)), "a date without a time of day"),
    (lambda: grid(left_out={"repeated": 3}), "pairs of a reason and a number"),
    (lambda: grid(left_out=(("repeated", -1),)), "pairs of a reason and a number"),
    (lambda: grid(left_out=(("repeated", 1, 2),)), "pairs of a reason and a number"),
    (lambda: grid(left_out=(("repeated", True),)), "pairs of a reason and a number"),
    (lambda: grid(notes="all"), "a tuple of texts is expected; got 'str'"),
    (lambda: grid(chart=chart(2)), "g: Grid.chart: it names a column that the table does not have"),
    (lambda: grid(chart=chart(1, labels=-1)), "a column that the table does not have; the first column is 0"),
    (lambda: grid(chart=chart(1, incomplete=frozenset({0}))), "a row that the table does not have"),
    (lambda: grid(chart=chart(0)), "only numbers can be drawn"),
    (lambda: grid(chart=chart()), "from 1 to 8 different columns"),
    (lambda: grid(chart=chart(1, 1)), "from 1 to 8 different columns"),
    (lambda: grid((n(1),) * 9, columns=(GridColumn(title="n"),) * 9, chart=chart(*range(9))), "from 1 to 8"),
    (lambda: attrs.evolve(CHANNELS, chart=chart(1, 4)), "have no common axis; draw them in two charts"),
    (lambda: grid((label("a"), n(-1)), chart=chart(1, kind=ChartKind.STACKED)), "not below 0; use ChartKind.BARS"),
    (lambda: Chart(kind=ChartKind.BARS, series=[1]), "a tuple of int is expected"),  # type: ignore[arg-type]
    (lambda: attrs.evolve(REPORT, grids=(MONTHS, MONTHS)), "another table has this key; got 'months'"),
    (lambda: Report(title="Q", at=AT, policy=None), "str is expected"),  # type: ignore[arg-type]
    (lambda: as_report(MONTHS), "a report: a Report is expected; got 'Grid'"),
    (lambda: grids_of("months"), "a report: a Report is expected; got 'str'"),
]


@pytest.mark.parametrize(("make", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_does_not_fit_together_is_refused_and_named(make: Any, told: str) -> None:
    with pytest.raises((InvalidReport, InvalidFigure)) as caught:
        make()
    assert told in str(caught.value)
    assert explain_error(caught.value, "zh") != explain_error(caught.value, "en")


def test_a_cell_that_is_refused_is_not_told() -> None:
    """A label may be a name: an error tells its kind alone."""
    with pytest.raises(InvalidReport) as caught:
        GridCell.labelled(("张三",))  # type: ignore[arg-type]
    assert "张三" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("north", "north"),
        ("投诉\u3000受理", "投诉\u3000受理"),  # a blank of a Chinese keyboard is a blank
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("\u202ecba", "\\u202ecba"),  # what turns the direction of writing would turn its neighbours
        ("\u200fa", "\\u200fa"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x00", "\\x00"),
        ("\ud800", "\\ud800"),  # half a sign cannot be written to a file
        ("شكوى", "شكوى"),  # Arabic is a language, not an attack
    ],
)
def test_signs_that_act_on_their_neighbours_are_written_out(text: str, seen: str) -> None:
    assert visible(text) == seen
    assert in_words(wording(pair(text, text)), "both") == seen
