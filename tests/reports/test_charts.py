"""Charts as SVG: round axes, words in every picture, colours that can be read, what is not whole drawn otherwise."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidReport, UnknownLanguage
from complaint_rules.reports import Chart, ChartKind, Grid, GridCell, to_svg
from complaint_rules.reports.axes import Axis
from complaint_rules.reports.drawing import COLOURS, INK, PAPER, RULE, cut
from complaint_rules.reports.html import FAINT, SHADE
from tests.reports.sample import CHANGES, CHANNELS, MONTHS, grid, label, n, names, numbers, percent

SVG = "{http://www.w3.org/2000/svg}"
AXES: list[tuple[list[Any], list[str]]] = [
    ([746, 497], ["0", "200", "400", "600", "800"]),  # the prototype marked 746 and 497
    ([1], ["0", "1"]),  # half a complaint is none
    ([7], ["0", "2", "4", "6", "8"]),
    ([0], ["0", "1"]),
    ([], ["0", "1"]),
    ([Fraction(1, 4)], ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]),
    ([Fraction(-83, 10), Fraction(21, 10)], ["-10", "-5", "0", "5"]),
    ([-3], ["-3", "-2", "-1", "0"]),
    ([10**9], ["0", "200000000", "400000000", "600000000", "800000000", "1000000000"]),
]


def drawn(of: Grid, lang: Any = "en") -> ET.Element:
    return ET.fromstring(to_svg(of, lang))  # noqa: S314 - drawn a moment ago


def texts(picture: ET.Element) -> list[str | None]:
    return [one.text for one in picture.iter(f"{SVG}text")]


def bars(of: Grid, *series: int, kind: ChartKind = ChartKind.BARS, **fields: Any) -> Grid:
    return attrs.evolve(of, chart=Chart(kind=kind, series=series, **fields))


@pytest.mark.parametrize(("values", "ticks"), AXES)
def test_an_axis_is_marked_at_round_numbers(values: list[Any], ticks: list[str]) -> None:
    axis = Axis.over(map(Fraction, values))
    assert [axis.text(tick) for tick in axis.ticks] == ticks


@given(st.lists(st.fractions(-(10**6), 10**6, max_denominator=1000) | st.integers(0, 10**9).map(Fraction)))
def test_every_axis_holds_its_numbers_and_zero_at_steps_of_1_2_or_5(values: list[Fraction]) -> None:
    axis = Axis.over(values)
    assert all(0 <= axis.part(value) <= 1 for value in (*values, Fraction(0)))
    assert 2 <= len(axis.ticks) <= 7
    assert [Fraction(axis.text(tick)) for tick in axis.ticks] == list(axis.ticks)
    assert str(axis.step * 10**12).rstrip("0") in {"1", "2", "5"}


def test_every_picture_has_a_title_and_says_what_it_shows() -> None:
    found = drawn(MONTHS)
    assert found.get("role") == "img"
    title, desc = found.find(f"{SVG}title"), found.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert found.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "By month"
    assert desc.text == (
        "lines: Received, Closed; rows: 12, from 2026-01 to 2026-12 (incomplete period); figures from 12 to 715; "
        "incomplete period: 2026-12"
    )
    chinese = drawn(CHANNELS, "zh").find(f"{SVG}desc")
    assert chinese is not None
    assert chinese.text == "堆叠条形图：满意、不满意、不明；共3项，自电话至信函；数值自0至400"


def test_what_is_not_complete_is_drawn_otherwise() -> None:
    """spiculedata/saiku#1748, metabase/metabase#11978: a month that is not over looks like a collapse."""
    lines = drawn(MONTHS)
    assert (
        sum(one.get("stroke-dasharray") is not None for one in lines.iter(f"{SVG}line")) == 2
    )  # one to each last point
    assert [one.get("fill") for one in lines.iter(f"{SVG}circle")][11::12] == [PAPER, PAPER]
    assert "incomplete period" in texts(lines)
    assert "pattern" not in to_svg(MONTHS)
    lying = bars(MONTHS, 1, 2, incomplete=frozenset({11}))
    hatched = [one.get("fill") for one in drawn(lying).iter(f"{SVG}rect") if "url(" in one.get("fill", "")]
    assert hatched == ["url(#months:chart-h)", "url(#months:chart-h0)", "url(#months:chart-h1)"]
    patterns = {one.get("id") for one in drawn(lying).iter(f"{SVG}pattern")}
    assert patterns == {"months:chart-h", "months:chart-h0", "months:chart-h1"}
    whole = to_svg(bars(MONTHS, 1, 2))
    assert "pattern" not in whole
    assert "统计期不完整" not in re.sub("<desc.*</desc>", "", whole)


def test_bars_are_as_long_as_their_figures() -> None:
    found = drawn(bars(grid((label("a"), n(400)), (label("b"), n(100)), (label("c"), GridCell.missing())), 1))
    widths = [one.get("width") for one in found.iter(f"{SVG}rect")]
    assert widths == ["470", "117.5"]
    assert [text for text in texts(found) if text in {"400", "100", "—"}] == ["100", "400", "400", "100", "—"]


def test_bars_below_zero_end_where_the_others_begin() -> None:
    found = drawn(bars(CHANGES, 1))
    below, above = found.iter(f"{SVG}rect")
    zero = 170 + 470 * Fraction(10, 15)  # from -10 to 5
    assert float(below.get("x", "")) + float(below.get("width", "")) == pytest.approx(float(zero), abs=0.2)
    assert float(above.get("x", "")) == pytest.approx(float(zero), abs=0.1)


def test_stacked_bars_stand_end_to_end() -> None:
    found = drawn(CHANNELS)
    pieces = [one for one in found.iter(f"{SVG}rect") if one.get("height") == "15"]
    first = pieces[:3]  # 400 + 158 + 276 = 834, so the axis goes to 1,000
    ends = [float(one.get("x", "")) + float(one.get("width", "")) for one in first]
    assert [float(one.get("x", "")) for one in first] == pytest.approx([170, *ends[:2]], abs=0.2)
    assert ends[-1] == pytest.approx(170 + 470 * 0.834, abs=0.2)
    assert len(pieces) == 9


def test_a_piece_that_nobody_knows_leaves_no_gap() -> None:
    three = (names("组", "Group"), numbers("甲", "A"), numbers("乙", "B"))
    of = grid((label("a"), GridCell.missing(), n(3)), columns=three)
    found = [
        one for one in drawn(bars(of, 1, 2, kind=ChartKind.STACKED)).iter(f"{SVG}rect") if one.get("height") == "15"
    ]
    assert [one.get("x") for one in found] == ["170"]


def test_a_line_is_broken_where_there_is_no_figure() -> None:
    values = [n(3), GridCell.missing(), n(5), n(4)]
    of = grid(*((label(str(row)), value) for row, value in enumerate(values)))
    found = drawn(bars(of, 1, kind=ChartKind.LINE))
    assert len([one for one in found.iter(f"{SVG}line") if one.get("stroke") == COLOURS[0]]) == 1
    assert len(list(found.iter(f"{SVG}circle"))) == 3


def test_a_line_is_broken_before_a_row_that_stands_apart() -> None:
    of = grid(*((label(year), n(3)) for year in ("2012", "2013", "2015", "2016")))
    found = drawn(bars(of, 1, kind=ChartKind.LINE, apart=frozenset({2})))
    assert len([one for one in found.iter(f"{SVG}line") if one.get("stroke") == COLOURS[0]]) == 2
    with pytest.raises(InvalidReport, match="names a row that the table does not have"):
        bars(of, 1, kind=ChartKind.LINE, apart=frozenset({4}))


def test_a_line_of_one_point_and_of_many_names() -> None:
    single = drawn(bars(grid((label("2026"), percent(Fraction(1, 2)))), 1, kind=ChartKind.LINE))
    assert texts(single) == ["0%", "10%", "20%", "30%", "40%", "50%", "2026"]
    many = drawn(bars(grid(*((label(f"2026-W{week:02}"), n(week)) for week in range(1, 54))), 1, kind=ChartKind.LINE))
    shown = [text for text in texts(many) if text and text.startswith("2026")]
    assert shown == [f"2026-W{week:02}" for week in range(1, 54, 6)]  # 9 names of 62 fit into 600


def test_long_names_are_cut_in_the_picture_and_whole_in_the_table() -> None:
    found = drawn(bars(grid((label("投诉" * 20), n(1)), (GridCell.missing("?"), n(2))), 1))
    assert "投诉投诉投诉投诉投诉投…" in texts(found)
    assert "—" in texts(found)
    assert cut("a\nb", 5) == "a b"


def test_nothing_is_drawn_of_nothing() -> None:
    assert to_svg(bars(grid((label("a"), GridCell.missing())), 1)) == ""


def test_ids_of_two_pictures_differ() -> None:
    assert 'id="a-t"' in to_svg(MONTHS, key="a")
    assert 'id="months:chart-t"' in to_svg(MONTHS)  # no key of a table has a colon


def test_anything_else_is_refused() -> None:
    with pytest.raises(InvalidReport, match="g: to_svg: this table has no chart"):
        to_svg(grid())
    with pytest.raises(InvalidReport, match="a Grid is expected; got 'str'"):
        to_svg("g")  # type: ignore[arg-type]
    with pytest.raises(UnknownLanguage):
        to_svg(MONTHS, "fr")  # type: ignore[arg-type]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"), [(INK, PAPER), (INK, SHADE), (FAINT, PAPER), (FAINT, SHADE), *((one, PAPER) for one in COLOURS)]
)
def test_everything_can_be_read_on_what_it_stands_on(ink: str, ground: str) -> None:
    """WCAG 2.1, criterion 1.4.3: a contrast of 4.5 at least; by its formula black on white has 21."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(ink, ground) >= 4.5
    assert len(set(COLOURS)) == 8


def places(picture: ET.Element, name: str, *keys: str) -> list[list[str | None]]:
    """Give where the elements of a name stand, but for the parts of hatchings."""
    apart = {part for pattern in picture.iter(f"{SVG}pattern") for part in pattern}
    return [
        [*(one.get(key) for key in keys), *([one.text] if name == "text" else [])]
        for one in picture.iter(f"{SVG}{name}")
        if one not in apart
    ]


def test_everything_stands_where_it_belongs_beside_lying_bars() -> None:
    """Bars of 16 (15 and a gap of 1) from 170 to 640, rows 10 apart, 20 for each three of the legend.

    Four entries of the legend are two lines and a gap: the bars begin at 50. Three bars and a gap are 58 a row: 166 is
    the bottom, with the ticks 16 below. The axis goes to 40, so that 10 are 117.5 wide.
    """
    columns = (names("组", "Group"), *(numbers(one, one) for one in ("Received", "T" * 32, "U" * 33)))
    of = grid(
        (label("a" * 24), n(10), n(20), n(40)), (label("b" * 25), n(30), GridCell.missing(), n(20)), columns=columns
    )
    found = drawn(bars(of, 1, 2, 3, incomplete=frozenset({1})))
    assert found.get("viewBox") == "0 0 720 190"
    assert places(found, "rect", "x", "y", "width", "height", "fill", "stroke") == [
        ["0", "3", "12", "12", COLOURS[0], INK],
        ["236", "3", "12", "12", COLOURS[1], INK],
        ["472", "3", "12", "12", COLOURS[2], INK],
        ["0", "23", "12", "12", "url(#g:chart-h)", INK],
        ["170", "55", "117.5", "15", COLOURS[0], PAPER],
        ["170", "71", "235", "15", COLOURS[1], PAPER],
        ["170", "87", "470", "15", COLOURS[2], PAPER],
        ["170", "113", "352.5", "15", "url(#g:chart-h0)", COLOURS[0]],
        ["170", "145", "235", "15", "url(#g:chart-h2)", COLOURS[2]],
    ]
    across = {0: "170", 10: "287.5", 20: "405", 30: "522.5", 40: "640"}
    assert places(found, "line", "x1", "x2", "y1", "y2", "stroke") == [
        [x, x, "50", "166", RULE if tick else INK] for tick, x in across.items()
    ]
    assert places(found, "text", "x", "y", "text-anchor") == [
        ["18", "13", None, "Received"],
        ["254", "13", None, "T" * 32],
        ["490", "13", None, "U" * 31 + "…"],
        ["18", "33", None, "incomplete period"],
        *([x, "182", "middle", str(tick)] for tick, x in across.items()),
        ["162", "83", "end", "a" * 24],  # in the middle of its three bars, 55 to 103, and 4 below
        ["291.5", "67", None, "10"],
        ["409", "83", None, "20"],
        ["644", "99", None, "40"],
        ["162", "141", "end", "b" * 23 + "…"],
        ["526.5", "125", None, "30"],
        ["174", "141", None, "—"],
        ["409", "157", None, "20"],
    ]


def test_everything_stands_where_it_belongs_beside_a_line() -> None:
    """220 high from 10, without a legend, and 600 wide from 60: of an axis to 40 a step of 10 is 55 high."""
    of = grid((label("c" * 16), n(20)), (label("d" * 17), n(40)), (label("e"), n(0)))
    found = drawn(bars(of, 1, kind=ChartKind.LINE, incomplete=frozenset()))
    assert found.get("viewBox") == "0 0 720 258"
    down = {0: "230", 10: "175", 20: "120", 30: "65", 40: "10"}
    blue = ["2", COLOURS[0]]
    assert places(found, "line", "x1", "y1", "x2", "y2", "stroke-width", "stroke") == [
        *(["60", y, "660", y, None, RULE if tick else INK] for tick, y in down.items()),
        ["60", "120", "360", "10", *blue],
        ["360", "10", "660", "230", *blue],
    ]
    assert places(found, "circle", "cx", "cy", "r", "stroke-width", "fill") == [
        ["60", "120", "4", *blue], ["360", "10", "4", *blue], ["660", "230", "4", *blue],
    ]  # fmt: skip
    assert places(found, "text", "x", "y", "text-anchor") == [
        *(["54", str(int(y) + 4), "end", str(tick)] for tick, y in down.items()),
        ["60", "248", "middle", "c" * 16], ["360", "248", "middle", "d" * 15 + "…"], ["660", "248", "middle", "e"],
    ]  # fmt: skip
    alone = drawn(bars(grid((label("2026"), n(1))), 1, kind=ChartKind.LINE))
    assert places(alone, "circle", "cx", "cy") == [["60", "10"]]
