"""Two returns that no shipped policy has, as files of one's own: a regulator's tables, a British half-year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.errors import InvalidPolicy
from complaint_rules.language import LANGUAGES
from complaint_rules.policy.figures import Against, Scaled
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import FigureShape, ReportPeriod
from complaint_rules.words.rulebooks import explain_policy
from tests.small import TITLE, own

FOLDER: Final = Path(__file__).with_name("figures")


def of_file(name: str) -> Policy:
    return Policy.from_file(FOLDER / f"{name}.toml")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_file_loads_alone_and_survives_being_stored(name: str) -> None:
    policy = of_file(name)
    assert policy.id == name
    assert Policy.from_document(policy.document) == policy
    assert all(figure.id in explain_policy(policy, lang) for lang in LANGUAGES for figure in policy.figures.values())


def test_the_regulator_counts_each_repeat_until_2021_and_merges_them_from_2022_on() -> None:
    """2022年第9号通报: 20,209 of the first quarter of 2022 were counted otherwise than 27,737 of the year before."""
    policy = of_file("regulator")
    raw, merged = policy.bases["raw"], policy.bases["merged"]
    assert (raw.counts, raw.until) == (None, dt.date(2021, 12, 31))
    assert (merged.since, merged.replaces) == (dt.date(2022, 1, 1), "raw")
    assert policy.figures["complaints"].basis == ("raw", "merged")


def test_the_regulator_puts_banks_in_relation_to_their_outlets_and_customers() -> None:
    figures = of_file("regulator").figures
    assert figures["per_1000_outlets"].scale == Scaled(figure="complaints", base="outlets", per=1000)
    assert figures["per_10m_customers"].scale == Scaled(figure="complaints", base="customers", per=10_000_000)


def test_the_regulators_tables_rank_banks_within_their_type_beside_its_median() -> None:
    filing = of_file("regulator").filings["bulletin"]
    assert (filing.period, filing.compare) == (ReportPeriod.QUARTER, (Against.BEFORE, Against.YEAR_BEFORE))
    assert [(table.by, table.within, table.median) for table in filing.tables] == [
        (("group",), None, False), (("bank",), "group", True), (("business",), None, False),
        (("bank",), "group", True), (("bank",), "group", True),
    ]  # fmt: skip


def test_a_half_year_in_the_british_style_is_stock_flow_time_share_and_sum() -> None:
    policy = of_file("fca")
    assert {name: figure.shape for name, figure in policy.figures.items()} == {
        "outstanding_at_start": FigureShape.STOCK,
        "opened": FigureShape.COUNT,
        "closed": FigureShape.COUNT,
        "outstanding_at_end": FigureShape.STOCK,
        "closed_3d": FigureShape.SHARE,
        "closed_8w": FigureShape.SHARE,
        "closed_later": FigureShape.SHARE,
        "working_days_to_closing": FigureShape.TIME,
        "days_to_closing": FigureShape.TIME,
        "upheld": FigureShape.SHARE,
        "redress": FigureShape.SUM,
        "opened_per_1000_accounts": FigureShape.SCALED,
    }
    assert {figure.per for figure in policy.figures.values()} == {ReportPeriod.HALF_YEAR}
    assert set(policy.filings["half_yearly"].figures) == set(policy.figures)


def test_eight_weeks_are_56_days_so_that_nobody_reads_a_week_as_five() -> None:
    figures = of_file("fca").figures
    assert (figures["working_days_to_closing"].bands, figures["days_to_closing"].bands) == ((3,), (56,))


def in_a_circle(section: str, key: str) -> list[object]:
    """Say what is told of three entries each of which names the next."""
    following = {"raw": "merged", "merged": "latest", "latest": "raw"}
    entries = [f"[[{section}]]\nid = '{one}'\n{TITLE}\n{key} = '{following[one]}'" for one in following]
    with pytest.raises(InvalidPolicy) as refused:
        own(*entries)
    return [fault.value for fault in refused.value.faults]


@pytest.mark.parametrize(("section", "key"), [("basis", "replaces"), ("figure", "part_of")])
def test_of_what_goes_round_in_a_circle_the_whole_way_is_told(section: str, key: str) -> None:
    """From each on, until one comes that was there already: itself."""
    assert in_a_circle(section, key) == [
        "raw → merged → latest → raw",
        "merged → latest → raw → merged",
        "latest → raw → merged → latest",
    ]
