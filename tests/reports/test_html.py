"""A report as one page: well-formed, readable without eyes or a mouse, and needing nothing from anywhere."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from complaint_rules.errors import InvalidReport, UnknownLanguage
from complaint_rules.reports import Chart, ChartKind, GridCell, Report, html, to_html
from tests.reports.sample import AT, CHANNELS, LANGS, MONTHS, REPORT, grid, label, n, names, numbers, one, pair

VOID = {"meta"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes and its text; that they close in order is checked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._texts: list[list[str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(tag)
            self._texts.append(self.found[-1][2])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._texts.pop()

    def handle_data(self, data: str) -> None:
        for texts in self._texts:
            texts.append(data)

    def of(self, *tags: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(texts)) for tag, attributes, texts in self.found if tag in tags]

    def texts(self, *tags: str) -> list[str]:
        return [text for _, text in self.of(*tags)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_well_formed_and_bears_its_language(lang: Any) -> None:
    text = to_html(REPORT, lang)
    page = Page(text)
    assert page.of("html")[0][0]["lang"] == ("en" if lang == "en" else "zh-CN")
    ids = [attributes["id"] for _, attributes, _ in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for picture in re.findall("<svg.*?</svg>", text, re.DOTALL):
        ET.fromstring(picture)  # noqa: S314 - written a moment ago


def test_each_language_stands_alone_or_both_side_by_side() -> None:
    chinese, english, both = (Page(to_html(REPORT, lang)) for lang in LANGS)
    assert chinese.texts("h1", "h2") == [
        "第三季度投诉报告", "各月", "各渠道满意度", "变动", "须由人填写",
    ]  # fmt: skip
    assert english.texts("h1", "h2") == [
        "Complaints of the third quarter", "By month", "Satisfaction by channel", "Changes",
        "To be written by a person",
    ]  # fmt: skip
    assert both.texts("h2")[0] == "各月 · By month"
    assert ({"lang": "en"}, "By month") in both.of("span")
    assert not any("一" <= sign <= "鿿" for sign in "".join(english.texts("body")))
    assert english.texts("h3") == ["Causes"]


@pytest.mark.parametrize("lang", LANGS)
def test_no_script_no_network_haddocking_haddock3_1038(lang: Any) -> None:
    """haddocking/haddock3#1038: 136 MB of reports; GA-FDP/toksearch#42: a blank page behind a firewall."""
    text = to_html(REPORT, lang)
    assert len(text.encode()) < 100_000
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "a"} & {tag for tag, _, _ in page.found}
    assert {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"} in [
        attributes for attributes, _ in page.of("meta")
    ]
    for _, attributes, _ in page.found:
        assert not {key for key in attributes if key.startswith("on") or key in {"src", "href", "style"}}
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}  # a name, fetched by nobody
    assert not re.findall(r"url\((?!#)", text)
    assert "@import" not in text


def test_chinese_stays_text_matplotlib_14269() -> None:
    """matplotlib/matplotlib#14269, #22536: boxes where the machine that draws has no Chinese font."""
    page = Page(to_html(REPORT, "zh"))
    assert {"收到", "办结", "统计期不完整"} <= set(page.texts("text"))


@pytest.mark.parametrize("lang", LANGS)
def test_beside_every_chart_stands_the_table_of_its_figures(lang: Any) -> None:
    page = Page(to_html(REPORT, lang))
    order = [tag for tag, _, _ in page.found if tag in {"section", "svg", "table"}]
    assert order == ["section", "svg", "table", "section", "svg", "table", "section", "table", "section"]


def test_heads_have_their_scope_and_numbers_stand_to_the_right() -> None:
    page = Page(to_html(one(CHANNELS), "en"))
    assert page.of("th")[:2] == [({"scope": "col"}, "Channel"), ({"scope": "col", "class": "n"}, "Satisfied")]
    assert page.of("th")[5:] == [({"scope": "row"}, text) for text in ("phone", "visit", "letter", "Total")]
    assert page.of("td")[3] == ({"class": "n"}, "71.7%")
    assert all(attributes == {"class": "n"} for attributes, _ in page.of("td"))


def test_a_text_after_the_numbers_heads_no_row() -> None:
    of = grid((label("a"), n(1), label("b")), columns=(names("组", "Group"), numbers("数", "n"), names("注", "Note")))
    assert Page(to_html(one(of), "en")).of("td") == [({"class": "n"}, "1"), ({}, "b")]


def test_every_table_says_what_it_counts_and_what_is_left_out() -> None:
    page = Page(to_html(one(CHANNELS), "en"))
    assert list(zip(page.texts("dt"), page.texts("dd"), strict=True))[2:7] == [
        ("Definition", "not stated"), ("Counting rule", "repeats merged"), ("As at", "2026-10-08 (Thu) 16:05"),
        ("Data cover", "not stated"), ("Left out", "repeated (12); invalid (3)"),
    ]  # fmt: skip


def test_nothing_to_measure_is_no_100_percent_ury_erp_447() -> None:
    """ury-erp/ury#447, Tr3kkR/Yuzu#4290: nothing to check was shown as 100 %."""
    assert "— (no cases)" in Page(to_html(one(CHANNELS), "en")).texts("td")


def test_it_prints_on_a4() -> None:
    style = Page(to_html(REPORT)).texts("style")[0]
    assert "@page { size: A4; margin: 15mm; }" in style
    assert "thead { display: table-header-group; }" in style


def test_a_report_with_nothing_in_it_is_a_page() -> None:
    page = Page(to_html(Report(title="Q", at=AT), "en"))
    assert (page.texts("h1"), page.texts("table"), page.texts("p"), page.texts("footer")) == (["Q"], [], [], [])
    empty = grid(chart=Chart(kind=ChartKind.BARS, series=(1,)))
    page = Page(to_html(one(empty), "en"))
    assert (page.texts("svg"), page.texts("tbody")) == ([], [])
    assert page.texts("th") == ["Group", "Cases"]


def test_texts_of_others_are_texts() -> None:
    hostile = "<script>alert(1)</script>\n&amp;\"'\u202e"
    of = attrs.evolve(
        MONTHS,
        title=hostile,
        rows=((GridCell.labelled(hostile, hostile), n(1), n(2)),),
        notes=(hostile,),
        chart=Chart(kind=ChartKind.BARS, series=(1,)),
    )
    page = Page(to_html(attrs.evolve(one(of), title=pair(hostile, hostile)), "both"))
    seen = hostile.replace("\u202e", "\\u202e")
    assert page.texts("h1", "h2") == [seen, seen]
    assert page.texts("th")[3] == f"{seen} ({seen})"
    assert page.texts("script") == []


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    html._template.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(InvalidReport, match=r"pip install 'complaint-rules\[report\]'"):
        to_html(REPORT)


def test_anything_else_is_refused() -> None:
    with pytest.raises(InvalidReport, match="a Report is expected; got 'Grid'"):
        to_html(CHANNELS)  # type: ignore[arg-type]
    with pytest.raises(UnknownLanguage):
        to_html(REPORT, "EN")  # type: ignore[arg-type]
