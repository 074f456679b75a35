"""What the shipped policies report: counting rules, figures and returns, held against the words of their texts."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from complaint_rules.errors import InvalidPolicy
from complaint_rules.periods.units import Unit
from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.rules import FigureShape, ReportPeriod
from tests.golden import assessed, case_of, policy_of
from tests.small import TITLE, own

BOTH: Final = ["bulletin_tier1", "bulletin_tier2"]


# --- psbc-95580 19 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_the_period_of_a_bulletin_is_left_to_the_user(name: str) -> None:
    """Art. 19: 定期进行通报. How often is not said, and no period is made up."""
    assert policy_of("psbc-95580").filings[name].period is None
    monthly = load_policy("psbc-95580", parameters={"bulletin_period": "month"}).filings[name]
    assert (monthly.period, monthly.period_parameter) == (ReportPeriod.MONTH, "bulletin_period")
    assert [(table.figure, table.by) for table in monthly.tables] == [
        ("received", ("channel",)), ("timeliness", ("unit",)),
    ]  # fmt: skip
    assert monthly.compare == ("before", "year_before")


def test_a_period_that_is_none_is_refused_with_what_was_likely_meant() -> None:
    with pytest.raises(InvalidPolicy, match="did you mean 'quarter'"):
        load_policy("psbc-95580", parameters={"bulletin_period": "quater"})


def test_what_waits_for_the_period_of_a_bulletin_is_named() -> None:
    """The parameter bears on two returns, and on nothing that is asked of a complaint."""
    found = assessed(policy_of("psbc-95580"), case_of("2026-09-24T10:00"), "2026-09-24T11:00")
    assert [(one.name, one.waits) for one in found.missing if one.what == "parameter"] == [
        ("bulletin_period", tuple(f"filing/{name}" for name in BOTH)),
    ]  # fmt: skip
    assert returns_due(policy_of("psbc-95580"), after=dt.date(2026, 1, 1), through=dt.date(2026, 12, 30)) == ()


# --- wealth-handbook 7.3.1, 8 ----------------------------------------------------------------------------------------


def test_handlers_are_judged_by_number_time_satisfaction_and_those_complained_of_again() -> None:
    """7.3.1(3): 处理人员的处理能力、处理效果; 8.2.2: 客户满意度、处理效率、处理结果."""
    policy = policy_of("wealth-handbook")
    figures = policy.figures
    assert [figures[name].shape for name in ("handled", "handling_time", "satisfaction", "again")] == [
        FigureShape.COUNT, FigureShape.TIME, FigureShape.SHARE, FigureShape.SHARE,
    ]  # fmt: skip
    assert [on.kind for on in figures["handled"].dated] == ["resolved"]
    time = figures["handling_time"].time
    assert time is not None
    assert (time.unit, time.without_pauses) == (Unit.WORKING_DAYS, True)
    assert (figures["handling_time"].bands, figures["handling_time"].show[0]) == ((3, 7, 15), "median")
    assert {figures[name].at_least_cases for name in ("satisfaction", "again")} == {3}
    by = [table.by for table in policy.filings["evaluation"].tables]
    assert by == [("handled_by",), ("handled_by",), ("handled_by", "result"), ("handled_by",)]


def test_who_handled_a_case_is_a_key_and_never_a_name() -> None:
    spec = policy_of("wealth-handbook").facts["handled_by"]
    assert (spec.type, spec.values) == ("text", None)
    assert "代号" in spec.title["zh"]


def test_what_the_handbook_leaves_open_is_marked_as_ours() -> None:
    """Neither ability nor effect is explained, no unit and no band is given."""
    policy = policy_of("wealth-handbook")
    assert all(policy.figures[name].reading for name in ("handled", "handling_time", "satisfaction", "again"))
    assert policy.filings["evaluation"].reading is not None


# --- counting rules elsewhere ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "figure"), [("property-validity", "valid_by_area"), ("developer-flow", "valid_complaints")]
)
def test_valid_complaints_count_and_the_others_are_listed_by_their_nature(policy: str, figure: str) -> None:
    rules = policy_of(policy)
    basis = rules.bases["valid"]
    assert basis.counts is not None
    assert (basis.counts.text, basis.why, basis.replaces) == ("validity == 'valid'", "validity", None)
    assert (rules.figures[figure].basis, rules.figures[figure].of) == (("valid",), None)


def test_a_text_without_a_counting_rule_gets_none() -> None:
    """realty-levels sorts complaints by gravity and counts nothing; no rule is made up for it."""
    assert not policy_of("realty-levels").bases


# --- returns ---------------------------------------------------------------------------------------------------------


def test_projects_are_compared_every_month() -> None:
    """3.1.5 of developer-flow asks monthly for the valid ones of every project, and for the share of those closed."""
    monthly = policy_of("developer-flow").filings["monthly"]
    assert [(table.figure, table.by, table.show) for table in monthly.tables] == [
        ("valid_complaints", ("project",), ("count", "rank")), ("closure_rate", ("project",), ("value", "rank")),
    ]  # fmt: skip
    assert (monthly.period_of(6, 30), monthly.excluded) == (ReportPeriod.MONTH, True)


def test_a_return_before_the_25th_reports_on_the_month_so_far() -> None:
    """property-desk 4.3.2: 每月25日前 … 本月: the month is not over when its return is due."""
    monthly = policy_of("property-desk").filings["monthly_summary"]
    assert (monthly.day, monthly.inclusive, monthly.so_far) == (25, False, True)
    assert monthly.period_of(6, 25) is ReportPeriod.MONTH


@pytest.mark.parametrize(
    ("policy", "filing", "by"),
    [
        ("grcu-2008", "half_yearly", [("kind",), ("root_cause",)]),
        ("cbirc-2020-3", "yearly_disclosure", [("business",), ("reason",)]),
    ],
)
def test_what_is_spread_stands_in_a_table_of_the_return(policy: str, filing: str, by: list[tuple[str, ...]]) -> None:
    one = policy_of(policy).filings[filing]
    assert [table.by for table in one.tables] == by
    assert all(table.show == ("count", "share") for table in one.tables)


@pytest.mark.parametrize("name", sorted(policies()))
def test_a_table_of_a_return_is_one_of_a_figure_it_holds(name: str) -> None:
    for filing in load_policy(name).filings.values():
        assert {table.figure for table in filing.tables} <= set(filing.figures), filing.id


@pytest.mark.parametrize("name", sorted(policies()))
def test_a_return_for_which_the_text_names_no_day_says_so(name: str) -> None:
    """A reader of the rule book sees what is the text's silence and what an oversight of the file."""
    for filing in policy_of(name).filings.values():
        dated = filing.dates or filing.day or filing.daily or filing.within
        assert dated or filing.reading, filing.id


def test_what_is_read_into_the_reports_of_a_developer_is_marked() -> None:
    """3.1.4 has the monthly report, 3.1.5 the monthly count, 3.1.6 an evaluation by nothing in particular."""
    policy = policy_of("developer-flow")
    assert "3.1.5" in policy.cite(policy.filings["monthly"].cite, "en")
    assert policy.figures["by_department"].reading


def test_the_monthly_report_of_a_developers_service_goes_to_departments_and_their_leaders() -> None:
    """5.2.1a of realty-levels: the monthly report (《客服月报》) tells them what came in, and how it was handled."""
    monthly = policy_of("realty-levels").filings["monthly_report"]
    assert (monthly.who, monthly.to, monthly.period_of(6, 30)) == (
        "project_service", ("project_departments",), ReportPeriod.MONTH,
    )  # fmt: skip
    assert (set(monthly.contents), monthly.figures) == ({"complaints", "handling"}, ())


def test_each_day_of_a_year_may_report_on_a_period_of_its_own() -> None:
    """Mid-June on the first half of the year, mid-December on the whole of it: in the order of the year."""
    policy = own(
        f"[[filing]]\nid = 'return'\n{TITLE}\non = ['06-15', '12-15']\n"
        "period = { '12-15' = 'year', '06-15' = 'half_year' }\n"
    )
    assert policy.filings["return"].periods == (((6, 15), ReportPeriod.HALF_YEAR), ((12, 15), ReportPeriod.YEAR))
