"""Reports as Markdown: tables that any reader of it takes for tables, texts that stay texts."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.errors import InvalidReport, UnknownLanguage
from complaint_rules.reports import to_markdown
from complaint_rules.reports.markdown import escaped
from complaint_rules.words.report_texts import SMALL_GROUPS
from tests.reports.sample import CHANNELS, REPORT, grid, label, n, one


def test_a_report_as_a_whole() -> None:
    found = to_markdown(REPORT, "en")
    assert found.startswith(
        "# Complaints of the third quarter\n\n2026Q3\n\n"
        "* As at: 2026-10-08 (Thu) 16:05\n* Rule set: psbc-95580 (0123abcd)\n\n## By month\n\n"
        "| Month | Received | Closed |\n| :--- | ---: | ---: |\n| 2026-01 | 715 | 498 |\n"
    )
    assert "| 2026-12 (incomplete period) | 40 | 12 |\n" in found
    assert "| visit | 0 | 0 | 0 | — (no cases) |\n| letter | 0 | 2 | 0 | — (fewer than 3 cases) |\n" in found
    assert "| Total | 400 | 160 | 276 | 71.4% |\n" in found
    assert found.endswith(
        "## To be written by a person\n\n### Causes\n\n……\n\n"
        "* Note: Each share is worked out of its counts and rounded by itself; together they need not make 100%.\n"
    )


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("zh", [
            "* 定义：未说明", "* 统计口径：合并重复", "* 统计截至：2026-10-08（周四）16:05", "* 数据涵盖：未说明",
            "* 未计入：重复（12件）；invalid（3件）",
            f"* 说明：{SMALL_GROUPS['zh']}",
        ]),
        ("en", [
            "* Definition: not stated", "* Counting rule: repeats merged", "* As at: 2026-10-08 (Thu) 16:05",
            "* Data cover: not stated", "* Left out: repeated (12); invalid (3)",
            f"* Note: {SMALL_GROUPS['en']}",
        ]),
    ],
)  # fmt: skip
def test_every_table_says_what_its_figures_are_and_what_is_left_out(lang: Any, lines: list[str]) -> None:
    """zammad/zammad-admin-documentation#24: a figure whose definition stands nowhere is read as another one."""
    assert "\n".join(lines) in to_markdown(one(CHANNELS), lang)
    bare = to_markdown(one(grid((label("a"), n(1)))), "en")
    assert "* Counting rule: every case\n" in bare
    assert "* Left out: nothing\n" in bare


def test_days_that_the_data_hold_are_told_in_both_languages() -> None:
    found = to_markdown(REPORT, "both")
    assert "* 数据涵盖 · Data cover: 2026-01-01至2026-12-08 · 2026-01-01 to 2026-12-08\n" in found
    assert "| 月份 · Month | 收到 · Received | 办结 · Closed |\n" in found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", r"a\|b"),
        ("a\nb", "a<br>b"),
        ("<script>", "&lt;script>"),
        ("&lt;", "&amp;lt;"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("`a` *b* _c_ ~d~", r"\`a\` \*b\* \_c\_ \~d\~"),
        ("a\\|b", r"a\\\|b"),  # a backslash of the text must not take the one that guards the bar
    ],
)
def test_no_sign_of_a_text_is_markup(text: str, written: str) -> None:
    assert escaped(text) == written


def test_anything_else_is_refused() -> None:
    with pytest.raises(InvalidReport, match="a Report is expected; got 'Grid'"):
        to_markdown(CHANNELS)  # type: ignore[arg-type]
    with pytest.raises(UnknownLanguage):
        to_markdown(REPORT, "fr")  # type: ignore[arg-type]
