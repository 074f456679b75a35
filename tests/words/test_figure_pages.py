"""The list of figures under docs, made from their definitions."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from complaint_rules import load_policy, policies
from complaint_rules.policy.files.reading import shipped
from complaint_rules.words.report_texts import CLASSES
from tests.strategies import THOROUGH

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = DOCS / "_scripts" / "make_figures.py"
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="the pages are not beside the tests")


def entries(lang: str) -> dict[tuple[str, str], dict[str, str]]:
    """Read a page: the lines of every entry by policy and id."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    policy, lines = "", dict[str, str]()
    for line in (DOCS / f"figures.{lang}.md").read_text("utf-8").splitlines():
        if head := re.fullmatch(r"## .* `([^`]+)`", line):
            policy = head[1]
        elif entry := re.fullmatch(r"\*\*\[.*\]\(.*\)\*\* `([^`]+)`.*", line):
            lines = found[policy, entry[1]] = {}
        elif said := re.fullmatch(r"- \*\*(.*?)\*\*[:：] ?(.*)", line):
            lines.setdefault(said[1], said[2])
    return found


@pytest.mark.skipif(not THOROUGH, reason="a step of .ci/run: with HYPOTHESIS_PROFILE=ci")
def test_the_pages_under_docs_are_current() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_classes_of_a_limit_have_one_name_in_pages_reports_and_definitions() -> None:
    """A reader of a return finds its columns again on the list and in the definition, under the same words."""
    page = (DOCS / "figures.zh.md").read_text("utf-8")
    assert "、".join(title["zh"] for title in CLASSES.values()) in page
    rated = "按时 ÷（按时＋逾期办结＋逾期未结）"
    for name in policies():
        policy = load_policy(name)
        for figure in policy.figures.values():
            if figure.limit is not None and figure.definition is not None:
                assert figure.definition["zh"].startswith(rated), (name, figure.id)
                assert figure.definition["zh"].endswith("不再计算的、无法判定的另列"), (name, figure.id)


@BOTH
@pytest.mark.parametrize("name", policies())
def test_every_figure_counting_rule_base_and_return_is_listed(name: str, lang: str) -> None:
    for file in (one.removesuffix(".toml") for one in shipped()[name]):
        policy = load_policy(name, edition=file.partition("@")[2] or None)
        wanted = {(file, one) for part in (policy.figures, policy.bases, policy.scales, policy.filings) for one in part}
        assert wanted <= set(entries(lang))


@BOTH
def test_of_every_figure_it_is_said_how_it_is_worked_out_where_it_is_placed_and_over_what(lang: str) -> None:
    shape, works, placed, over, unit = (
        ("类型", "算法", "归期", "总体", "单位")
        if lang == "zh"
        else ("shape", "worked out", "placed by", ("population", "of all where"), "unit")
    )
    figures = [lines for lines in entries(lang).values() if shape in lines]
    assert len(figures) > 40
    for lines in figures:
        assert any(key.startswith(works) for key in lines), lines
        assert any(key.startswith(placed) for key in lines), lines
        assert any(key.startswith(over) for key in lines), lines
        assert unit in lines, lines


def test_timeliness_reads_as_its_file_has_it() -> None:
    """Article 19 names the rate and no formula: what the file says of it is ours, and marked."""
    lines = entries("en")["psbc-95580", "timeliness"]
    assert lines["shape"] == "standing of a limit"
    assert lines["worked out as"].startswith("in time ÷ (in time + late + overdue and open)")
    assert lines["placed by"] == "the day of the receipt"
    assert lines["unit"] == "%"
    assert "our reading" in lines


def test_what_is_placed_by_another_day_than_the_receipt_says_so() -> None:
    """Article 23 of the guideline: what was settled in the half-year, whenever it was received."""
    assert entries("en")["grcu-2008", "settled"]["placed by the day of"] == "“resolved”"
    assert "placed by" not in entries("en")["grcu-2008", "settled"]


def test_a_quota_is_listed_with_its_figure() -> None:
    """Article 15(5): 20 % at the province, 70 % at the prefecture."""
    found = entries("zh")
    assert [found["psbc-95580", f"callback_tier{n}"]["不低于"] for n in (1, 2)] == ["20 %", "70 %"]


@BOTH
def test_every_link_of_the_pages_leads_somewhere(lang: str) -> None:
    text = (DOCS / f"figures.{lang}.md").read_text("utf-8")
    own = set(re.findall(r'<a id="([^"]+)">', text))
    anchors: dict[Path, set[str]] = {}
    for link in dict.fromkeys(re.findall(r"\]\(([^)]+)\)", text)):
        page, _, place = link.partition("#")
        path = DOCS / page
        assert path.exists(), link
        if place:
            if path not in anchors:
                anchors[path] = set(re.findall(r'<a id="([^"]+)">', path.read_text("utf-8"))) if page else own
            assert place in anchors[path], link
