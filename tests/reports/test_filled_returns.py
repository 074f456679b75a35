"""Returns of the shipped rule sets and of small ones, every number by hand: groups, periods, bases, what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pytest

from complaint_rules import Policy, Span, Tally, load_policy, policies
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import InvalidSpan
from complaint_rules.policy.figures import Against
from complaint_rules.reports import (
    Grid,
    Report,
    needs_of,
    report_of,
    return_of,
    to_csv,
    to_html,
    to_markdown,
    to_xlsx,
)
from complaint_rules.reports.grids import grid_of, sliced
from complaint_rules.reports.naming import key_in_words, why_in_words
from complaint_rules.reports.returns import units_of
from complaint_rules.reports.wordings import in_words
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.small import TITLE, fact, own, table
from tests.statistics.pool import POOL
from tests.statistics.tallied import SMALL, end_of, figure, took
from tests.statistics.told import AT, COUNTED, COUNTED_AT, cases, counted_case

COVERS: Final = (dt.date(2025, 1, 1), dt.date(2026, 10, 8))
Given = tuple[str, Mapping[str, Any], int]


def printed(grid: Grid, lang: Any = "en") -> list[list[str]]:
    return [[cell.printed(lang) for cell in row] for row in grid.every_row]


def heads(grid: Grid) -> list[str]:
    return [in_words(column.title, "en") for column in grid.columns]


def told(notes: Iterable[Any], lang: Any = "en") -> list[str]:
    return [in_words(one, lang) for one in notes]


def grid(report: Report, id: str) -> Grid:
    return next(one for one in report.grids if one.id == id)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ready(policy: Policy, filing: str, period: str, *, at: dt.datetime, covers: Any = COVERS) -> Tally:
    needs = needs_of(policy, filing, period)
    return Tally(policy, at=at, by=needs.by, figures=needs.figures, bases=needs.bases, covers=covers)


# --- psbc-95580: changes, who files ---------------------------------------------------------------------------------


def test_a_group_without_a_case_now_is_listed_with_what_it_had_before() -> None:
    """Letters: five in the second quarter, none in the third: a fall of 100 %, which is no row that is missing."""
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all")], by=["quarter", ("channel", "quarter")],
                  covers=COVERS)  # fmt: skip
    for received, channel, n in (("2026-05-04", "letter", 5), ("2026-05-04", "phone", 2), ("2026-08-03", "phone", 3)):
        tally.add_row({"channel": channel}, received=day(received), times=n)
    found = grid_of(tally, "all", by=("channel",), span=Span.parse("2026Q3"), compare=(Against.BEFORE,))
    assert printed(found) == [["letter", "0", "-100.0%"], ["phone", "3", "50.0%"], ["Total", "3", "-57.1%"]]
    nothing = grid_of(tally, "all", by=("channel",), span=Span.parse("2026Q2"), compare=(Against.BEFORE,))
    assert printed(nothing)[-1] == ["Total", "7", "— (there was nothing before)"]


def test_a_share_changes_in_percentage_points() -> None:
    """From one of two to three of four is 25 points: neither 25 % more nor 50 %."""
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("happy", share="satisfied")], by=["month"],
                  covers=COVERS)  # fmt: skip
    for month, yes, no in ((8, 1, 1), (9, 3, 1)):
        tally.add_row({"satisfied": True}, received=dt.date(2026, month, 3), times=yes)
        tally.add_row({"satisfied": False}, received=dt.date(2026, month, 3), times=no)
    found = grid_of(tally, "happy", by=("month",), show=("value", "before"))
    assert heads(found)[2] == "On the period before, percentage points"
    assert printed(found)[1][1:3] == ["75.0%", "25.0"]
    bulletin = own(
        f'[[figure]]\nid = "happy"\n{TITLE}\nshare = "satisfied"', fact("satisfied", assume=None),
        f'[[filing]]\nid = "monthly"\n{TITLE}\nday = 5\nper = "month"\nfigures = ["happy"]\ncompare = "before"',
    )  # fmt: skip
    tally = ready(bulletin, "monthly", "2026-09", at=end_of("2026-10-08"))
    tally.add_row({"satisfied": True}, received=day("2026-08-03")).add_row(
        {"satisfied": False}, received=day("2026-09-03")
    )
    summary = return_of(tally, "monthly", period="2026-09").grids[0]
    assert summary.rows[0][-1].printed("en") == "-100.0 percentage points"
    assert not any("Counting rule" in note for note in told(summary.notes))  # it has none
    assert summary.rows[0][-1].printed("zh").endswith("100.0个百分点")


def test_who_files_to_whom_whose_figure_and_what_it_has_to_reach() -> None:
    policy = policy_of("psbc-95580")
    tally = ready(policy, "bulletin_tier1", "2026Q3", at=AT).update(cases())
    report = return_of(tally, "bulletin_tier1", period="2026Q3")
    assert "reported by: Tier-1 branch (province)" in told(report.notes)
    assert "报送单位：一级分行（省分行）" in told(report.notes, "zh")
    quota = Tally(policy, at=AT, figures=["callback_tier1"]).update(cases())
    found = grid_of(quota, "callback_tier1")
    assert told(found.notes)[:3] == [
        "by art. 15 item (5)", "whose figure: Tier-1 branch (province)", "to be no less than 20%",
    ]  # fmt: skip
    assert printed(found)[0][1:] == ["20.0%", "2", "8", "10"]  # of ten ordinary ones, all of them by presumption
    assert heads(found)[1:] == ["Rate", "Yes", "No", "Of these presumed"]


def test_in_the_summary_a_run_of_which_nobody_knows_is_undecided() -> None:
    """c09 is urgent and was accepted at some hour of the day on which it was due: 6 of 9 to 7 of 9."""
    tally = ready(policy_of("psbc-95580"), "bulletin_tier1", "2026Q3", at=AT).update(cases())
    row = printed(return_of(tally, "bulletin_tier1", period="2026Q3").grids[0])[2]
    assert row[:7] == ["Timeliness rate", "75.0%", "8", "1", "—", "66.7%", "77.8%"]


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("due", ["66.7%", "3", "1", "—", "50.0%", "75.0%"]),  # 2 of 3; 2 of 4, 3 of 4
        ("ended", ["100.0%", "2", "1", "—", "66.7%", "100.0%"]),  # 2 of 2; 2 of 3, 3 of 3
        ("all", ["40.0%", "5", "1", "—", "33.3%", "50.0%"]),  # 2 of 5; 2 of 6, 3 of 6
    ],
)
def test_the_bounds_of_a_rate_are_those_of_the_same_rate(rate: str, said: list[str]) -> None:
    """Two in time, one open late, two running, one undetermined, one void; the number beside it is what it is of.

    "66.7 %, 7 cases" can be worked out by nobody, and a share beside it named its own denominator.
    """
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("runs", limit="whole", rate=rate)])
    for standing, n in (("in_time", 2), ("open_late", 1), ("open_in_time", 2), ("undetermined", 1), ("void", 1)):
        tally.add_row({}, received=day("2026-09-01"), standings={"whole": standing}, times=n)
    assert printed(report_of(tally).grids[0])[0][1:] == said


def test_in_the_summary_a_length_that_nobody_knows_is_undecided() -> None:
    """Two and four days, and one closed on a day that nobody knows: of three it may be 2 or 4."""
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("long", time=took("received", "closed", "days"))])
    for events in ([ev("closed", "2026-09-03")], [ev("closed", "2026-09-05")], [Event("closed")]):
        tally.add(Case(complaint("2026-09-01"), events))
    assert printed(report_of(tally).grids[0])[0][1:] == ["3.0", "2", "1", "—", "2.0", "4.0"]


def test_a_rate_of_no_run_has_no_bounds() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("runs", limit="whole")])
    assert printed(report_of(tally).grids[0])[0][1:] == ["— (no cases)", "0", "0", "—", "—", "—"]


# --- boc-it-blueprint 六7 ------------------------------------------------------------------------------------------


def test_the_daily_return_lists_what_did_not_count_on_that_day_and_why() -> None:
    """Of the five: three of 7 September count, one of that day has no class; the one of the 28th is another day's."""
    policy = policy_of("boc-it-blueprint")
    tally = ready(policy, "daily_unit", "2026-09-07", at=COUNTED_AT)
    for one in COUNTED:
        tally.add(counted_case(one))
    report = return_of(tally, "daily_unit", period="2026-09-07")
    assert printed(report.grids[0])[0][:2] == ["Complaints", "3"]
    left = grid(report, "left_out_by_counted")
    assert printed(left, "zh") == [["文本未规定归类", "1"], ["合计", "1"]]
    assert in_words(left.title, "zh") == "未计入的投诉：不符合“纳入投诉统计”"
    assert told([reason for reason, _ in report.grids[0].left_out], "zh") == ["文本未规定归类"]
    assert not any("over all data" in note for one in report.grids for note in told(one.notes))
    later = return_of(tally, "daily_unit", period="2026-09-28")
    assert [row[1] for row in printed(grid(later, "left_out_by_counted"))] == ["1", "1"]


def test_a_tally_that_knows_only_what_was_left_out_of_all_data_says_so() -> None:
    policy = policy_of("boc-it-blueprint")
    needs = needs_of(policy, "daily_unit", "2026-09-07")
    names = [one for one in needs.figures if isinstance(one, str)]
    tally = Tally(policy, at=COUNTED_AT, by=needs.by, figures=names)
    for one in COUNTED:
        tally.add(counted_case(one))
    left = grid(return_of(tally, "daily_unit", period="2026-09-07"), "left_out_by_counted")
    assert [row[1] for row in printed(left)] == ["1", "1", "2"]
    assert any("over all data" in note for note in told(left.notes))


RULES: Final = (
    fact("found", assume=None), '[[basis]]\nid = "old"\n' + TITLE + '\ncounts = "found"\nuntil = 2026-08-31',
    '[[basis]]\nid = "new"\n' + TITLE + '\ncounts = "not repeat"\nsince = 2026-09-01\nreplaces = "old"',
    '[[figure]]\nid = "all"\n' + TITLE + '\nbasis = ["old", "new"]',
    f'[[filing]]\nid = "monthly"\n{TITLE}\nday = 5\nperiod = "month"\nfigures = ["all"]\nexcluded = true',
    f'[[filing]]\nid = "quarterly"\n{TITLE}\nday = 5\nperiod = "quarter"\nfigures = ["all"]\nexcluded = true',
)  # fmt: skip


def test_a_rule_leaves_nothing_out_of_a_period_in_which_it_is_not_in_force() -> None:
    """In August the old rule: one not found, one of which nobody knows. In September the new one: a repeat."""
    policy = own(*RULES)
    tally = ready(policy, "monthly", "2026-08", at=end_of("2026-10-08"))
    for month in (8, 9):
        for facts in ({"found": False, "repeat": False}, {"repeat": True}, {"found": True, "repeat": False}):
            tally.add_row(facts, received=dt.date(2026, month, 3))
    august, september = (return_of(tally, "monthly", period=f"2026-0{month}") for month in (8, 9))
    assert [[row[1] for row in printed(one)] for one in august.grids[1:3]] == [["1", "1", "2"], ["0"]]
    assert [[row[1] for row in printed(one)] for one in september.grids[1:3]] == [["0"], ["1", "1"]]
    assert told(august.grids[0].notes) == ["A: how many complaints; Counting rule: A; A"]  # both are called so
    assert told(reason for reason, _ in august.grids[0].left_out) == [
        "not counted by “A”",
        "undecided whether they count",
    ]


def test_a_rule_that_changes_inside_a_period_is_told_over_all_data() -> None:
    policy = own(*RULES)
    tally = ready(policy, "quarterly", "2026Q3", at=end_of("2026-10-08"))
    tally.add_row({"found": False, "repeat": True}, received=day("2026-08-03"))
    report = return_of(tally, "quarterly", period="2026Q3")
    assert any("over all data" in note for note in told(grid(report, "left_out_by_old").notes))


def test_several_reasons_are_named_one_by_one() -> None:
    rules = own(table("kinds", ("again", "repeat"), ("old", ""), every=True))
    assert in_words(why_in_words(rules, "kinds", "again, old"), "zh") == "again、old"
    assert in_words(why_in_words(rules, "kinds", None), "zh") == "未知"


# --- cbirc-2020-3 26, developer-flow, property-desk, grcu-2008 --------------------------------------------------------


def test_a_yearly_disclosure_by_business_and_reason() -> None:
    policy = policy_of("cbirc-2020-3")
    tally = ready(policy, "yearly_disclosure", "2025", at=end_of("2026-03-31"))
    for received, business, n in (("2025-01-01", "bank_card", 5), ("2025-12-31", "loan", 3), ("2026-01-01", "loan", 7)):
        tally.add_row({"business": business}, received=day(received), times=n)
    report = return_of(tally, "yearly_disclosure", period="2025")
    assert report.subtitle == "2025"
    assert [row[:2] for row in printed(report.grids[0])] == [
        [in_words(policy.figures[name].title, "en"), "8"] for name in ("received", "by_business", "by_reason")
    ]
    table_of = next(one for one in report.grids if one.id.endswith(".by_business"))
    assert [row[1:] for row in printed(table_of)] == [["5", "62.5%"], ["3", "37.5%"], ["8", "100.0%"]]


def test_a_figure_stands_once_more_by_each_rule_beside_it() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all")],
                  bases=[{"id": "once", "title": {"zh": "合并", "en": "once"}, "counts": "not repeat"}])  # fmt: skip
    for repeat, n in ((True, 2), (False, 5)):
        tally.add_row({"repeat": repeat}, received=day("2026-09-01"), times=n)
    found = report_of(tally).grids
    assert [printed(one)[0][1] for one in found] == ["7", "5"]
    assert in_words(found[1].title, "zh") == "甲（合并）"


def test_valid_complaints_and_closure_by_project() -> None:
    """South has three valid ones of four; the fourth is listed with its class."""
    policy = policy_of("developer-flow")
    tally = ready(policy, "monthly", "2026-09", at=end_of("2026-10-08"))
    for project, validity, n in (("north", "valid", 3), ("south", "valid", 3), ("south", "invalid", 1)):
        tally.add_row({"project": project, "valid": validity == "valid"}, received=day("2026-09-03"), times=n)
    report = return_of(tally, "monthly", period="2026-09")
    valid = next(one for one in report.grids if one.id == "table1.valid_complaints")
    assert [row[:3] for row in printed(valid)] == [["north", "3", "1"], ["south", "3", "1"], ["Total", "6", "—"]]
    left = grid(report, "left_out_by_valid")
    assert [row[1] for row in printed(left)] == ["1", "1"]


def test_a_monthly_summary_of_a_property_desk() -> None:
    policy = policy_of("property-desk")
    tally = ready(policy, "monthly_summary", "2026-09", at=end_of("2026-09-25"))
    tally.add_row({"repeat": True}, received=day("2026-09-03"), times=2).add_row(
        {"repeat": True}, received=day("2026-08-03")
    )
    report = return_of(tally, "monthly_summary", period="2026-09")
    assert printed(report.grids[0])[0][:2] == ["Second complaints", "2"]
    assert in_words(report.subtitle, "en") == "2026-09 (the period so far, up to 2026-09-25)"


# --- wealth-handbook: handlers --------------------------------------------------------------------------------------


def test_handlers_by_median_percentile_and_mean_and_a_satisfaction_of_two_is_kept_back() -> None:
    """a: 1, 2, 2, 9, 30 working days, mean 8.8; b: one of 40. All: mean 14, not (8.8 + 40) ÷ 2; median (2 + 9) ÷ 2."""
    policy = policy_of("wealth-handbook")
    tally = ready(policy, "evaluation", "2026Q1", at=end_of("2026-09-30"))
    calendar = tally.calendar
    for handler, days, satisfied in (
        ("a", 1, True), ("a", 2, True), ("a", 2, False), ("a", 9, None), ("a", 30, None), ("b", 40, True),
    ):  # fmt: skip
        received = day("2026-03-02")
        ended = received
        for _ in range(days):
            ended += dt.timedelta(days=1)
            while not calendar.is_working_day(ended):
                ended += dt.timedelta(days=1)
        facts = {"handled_by": handler, **({} if satisfied is None else {"satisfied": satisfied})}
        tally.add_row(facts, received=received, events={"resolved": ended, "suspended": [], "resumed": []})
    report = return_of(tally, "evaluation", period="2026Q1")
    times = grid(report, "table2.handling_time")
    assert heads(times)[:5] == ["key of the handler", "Median", "90th percentile", "Mean", "Ended"]
    assert [row[:5] for row in printed(times)] == [
        ["a", "2.0", "30.0", "8.8", "5"], ["b", "40.0", "40.0", "40.0", "1"], ["Total", "5.5", "40.0", "14.0", "6"],
    ]  # fmt: skip
    happy = grid(report, "table1.satisfaction")
    assert [row[:2] for row in printed(happy)] == [
        ["a", "66.7%"], ["b", "— (fewer than 3 cases)"], ["Total", "75.0%"],
    ]  # fmt: skip
    assert set(printed(happy)[1][2:]) == {"<3", "—"}  # the bounds are shares as well


# --- tables over periods, and what is not whole -----------------------------------------------------------------------


def monthly_in_quarter() -> Policy:
    return own(
        f'[[figure]]\nid = "all"\n{TITLE}',
        f'[[filing]]\nid = "quarterly"\n{TITLE}\nday = 5\nperiod = "quarter"\nfigures = ["all"]\ncompare = "before"\n'
        'tables = [{ figure = "all", by = "month" }, { figure = "all", by = "quarter", show = ["count", "before"] },'
        ' { figure = "all", by = ["channel", "week"], show = "count" }]',
    )  # fmt: skip


def test_a_table_by_month_shows_the_months_of_the_period_each_against_its_own_before() -> None:
    """July against June, which is not in the quarter; the total against the quarter before."""
    tally = ready(monthly_in_quarter(), "quarterly", "2026Q3", at=end_of("2026-10-08"))
    for received, n in (("2026-06-01", 4), ("2026-07-01", 5), ("2026-08-03", 10), ("2026-10-01", 9)):
        tally.add_row({"channel": "phone"}, received=day(received), times=n)
    report = return_of(tally, "quarterly", period="2026Q3")
    assert printed(grid(report, "table1.all")) == [
        ["2026-07", "5", "25.0%"], ["2026-08", "10", "100.0%"], ["Total", "15", "275.0%"],
    ]  # fmt: skip
    trend = grid(report, "table2.all")
    assert [row[:2] for row in printed(trend)] == [
        ["2026Q2", "4"], ["2026Q3", "15"], ["2026Q4 (incomplete period)", "9"], ["Total", "28"],
    ]  # fmt: skip
    assert "every period of the data is shown, not this one alone" in told(trend.notes)
    assert printed(grid(report, "table3.all"))[-1][-1] == "15"


def test_of_the_month_closed_and_the_own_month_the_own_one_is_compared() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all")], by=["month", ("closed.month", "month")],
                  covers=COVERS)  # fmt: skip
    for month, n in ((8, 2), (9, 3)):
        tally.add_row({}, received=dt.date(2026, month, 1), events={"closed": day("2026-10-01")}, times=n)
    found = grid_of(tally, "all", by=("closed.month",), span=Span.parse("2026-09"), compare=(Against.BEFORE,))
    assert printed(found)[0] == ["2026-10 (incomplete period)", "3", "50.0%"]


@pytest.mark.parametrize(
    ("covers", "at", "said"),
    [
        ((day("2026-01-01"), day("2026-12-31")), "2026-12-31", "2026Q3"),
        ((day("2026-01-01"), day("2026-08-31")), "2026-12-31", "2026Q3 (incomplete period)"),
        ((day("2026-08-01"), day("2026-12-31")), "2026-12-31", "2026Q3 (incomplete period)"),
        ((day("2026-01-01"), day("2026-08-20")), "2026-08-31", "2026Q3 (the period so far, up to 2026-08-20)"),
        ((day("2026-08-01"), day("2026-12-31")), "2026-08-31", "2026Q3 (incomplete period)"),
        (None, "2026-08-31", "2026Q3 (the period so far, up to 2026-08-31)"),
        (None, "2026-12-31", "2026Q3"),
    ],
)
def test_a_period_that_the_data_do_not_hold_whole_is_marked(covers: Any, at: str, said: str) -> None:
    tally = ready(monthly_in_quarter(), "quarterly", "2026Q3", at=end_of(at), covers=covers)
    assert in_words(return_of(tally, "quarterly", period="2026Q3").subtitle, "en") == said


def test_of_a_period_that_has_not_begun_there_is_no_return_with_noughts() -> None:
    tally = ready(monthly_in_quarter(), "quarterly", "2027Q1", at=end_of("2026-12-31"))
    with pytest.raises(InvalidSpan) as caught:
        return_of(tally, "quarterly", period="2027Q1")
    assert "begins after the moment" in str(caught.value)
    with pytest.raises(InvalidSpan):
        report_of(tally, period="2027Q1")


# --- groups of groups, medians, bases ---------------------------------------------------------------------------------


def grouped(**keys: Any) -> Tally:
    by = [("channel", "handler"), "handler", "quarter", ("handler", "quarter")]
    return Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("one", **keys)], by=by, covers=COVERS)


def test_the_sum_of_a_group_is_worked_out_of_its_values() -> None:
    """Phone: 1 of 2 and 1 of 1 are 2 of 3, not the mean of 50 % and 100 %; the median stands under the rates."""
    tally = grouped(share="satisfied")
    for channel, handler, yes, no in (("phone", "a", 1, 1), ("phone", "b", 1, 0), ("letter", "c", 0, 2)):
        tally.add_row(
            {"channel": channel, "handler": handler, "satisfied": True}, received=day("2026-09-01"), times=yes
        )
        tally.add_row(
            {"channel": channel, "handler": handler, "satisfied": False}, received=day("2026-09-01"), times=no
        )
    found = grid_of(tally, "one", by=("channel", "handler"), within="channel", show=("rank", "value"), median=True)
    assert [row[:6] for row in printed(found)] == [
        ["letter", "c", "1", "0.0%", "0", "2"], ["letter", "Subtotal", "—", "0.0%", "0", "2"],
        ["letter", "Median", "—", "0.0%", "—", "—"], ["phone", "a", "2", "50.0%", "1", "1"],
        ["phone", "b", "1", "100.0%", "1", "0"], ["phone", "Subtotal", "—", "66.7%", "2", "1"],
        ["phone", "Median", "—", "75.0%", "—", "—"], ["Total", " ", "—", "40.0%", "2", "3"],
    ]  # fmt: skip


def test_a_median_asked_for_without_the_figure_brings_the_figure() -> None:
    tally = grouped()
    for handler, n in (("a", 2), ("b", 5)):
        tally.add_row({"handler": handler}, received=day("2026-09-01"), times=n)
    found = grid_of(tally, "one", by=("handler",), show=("share",), median=True)
    assert printed(found) == [
        ["a", "2", "28.6%"], ["b", "5", "71.4%"], ["Median", "3.5", "—"], ["Total", "7", "100.0%"],
    ]  # fmt: skip
    assert found.chart is None
    empty = grid_of(grouped(time=took("received", "closed", "days")), "one", by=("handler",), median=True)
    assert printed(empty)[0][:2] == ["Total", "— (no known length)"]


def test_a_group_whose_total_is_nothing_has_no_share() -> None:
    tally = grouped(of="repeat")
    tally.add_row({"channel": "phone", "handler": "a", "repeat": False}, received=day("2026-09-01"))
    found = grid_of(tally, "one", by=("channel", "handler"), within="channel", show=("count", "share"))
    assert [row[2:] for row in printed(found)] == [["0", "— (no cases)"]] * 3


PER: Final = own(
    fact("handler", "text", None), f'[[base]]\nid = "outlets"\n{TITLE}', f'[[figure]]\nid = "all"\n{TITLE}',
    f'[[figure]]\nid = "rate"\n{TITLE}\nscale = {{ figure = "all", base = "outlets", per = 1000 }}',
)  # fmt: skip


def test_a_base_may_differ_from_period_to_period() -> None:
    """Ten on 500 outlets are 20, six on 200 are 30: half as much again, though fewer complaints."""
    tally = Tally(PER, at=end_of("2026-10-08"), figures=["rate"], covers=COVERS,
                  by=["quarter", ("handler", "quarter")])  # fmt: skip
    for received, n in (("2026-05-04", 10), ("2026-08-03", 6)):
        tally.add_row({"handler": "a"}, received=day(received), times=n)
    span = Span.parse("2026Q3")
    base = {"2026Q2": 500, "2026Q3": 200}
    whole = report_of(tally, figures=["rate"], period="2026Q3", by=[], bases={"outlets": base}).grids[0]
    assert printed(whole)[0][1] == "30.00"
    both = {("a", "2026Q2"): 500, ("a", "2026Q3"): 200, ("b", "2026Q3"): 100}
    found = grid_of(tally, "rate", by=("handler",), span=span, show=("value", "before"), base=both)
    assert printed(found)[0][:3] == ["a", "30.00", "50.0%"]
    assert printed(found)[1][1] == "20.00"  # six on 300: an outlet without a complaint is one
    assert in_words(found.definition, "en") == "cases × 1000 ÷ A"
    three = sliced(
        tally.table("rate", by=("handler", "quarter"), base={("north", "a", "2026Q3"): 1, (): 7}),
        tally.table("rate", by="quarter"), span,
    )  # fmt: skip
    assert three.table.base == {("north", "a"): 1, (): 7}


# --- in words ----------------------------------------------------------------------------------------------------


def test_a_key_of_the_user_is_no_level_of_the_policy() -> None:
    """A handler whose key is outlet is not the outlet."""
    policy = policy_of("psbc-95580")
    assert in_words(key_in_words(policy, "holder", "outlet"), "en") == "Outlet"
    wealth = policy_of("wealth-handbook")
    body = next(iter(wealth.bodies))
    assert in_words(key_in_words(wealth, "handled_by", body), "en") == body


def test_a_table_says_by_what_and_what_is_counted() -> None:
    policy = policy_of("psbc-95580")
    tally = Tally(policy, at=AT, figures=["received"], by=["channel"]).update(cases())
    found = grid_of(tally, "received", by=("channel",))
    assert in_words(found.title, "zh") == "受理的投诉总量（按投诉渠道）"
    assert in_words(found.title, "en") == "Complaints received, by channel"
    assert in_words(found.definition, "en") == "how many complaints; of those where: Ticket"
    pauses = Tally(SMALL, at=AT, figures=[figure("one", time=took("received", "closed", "days", less="pauses"))])
    assert "less the time in which it was suspended" in in_words(grid_of(pauses, "one").definition, "en")
    runs = Tally(SMALL, at=AT, figures=[figure("runs", limit="whole")])
    assert "时限：“甲”" in in_words(grid_of(runs, "runs").definition, "zh")
    most = Tally(SMALL, at=AT, figures=[figure("few", share="repeat", at_most="0.5%")])
    assert told(grid_of(most, "few").notes) == ["to be no more than 0.5%"]


def test_pooled_figures_keep_small_numbers_of_the_whole_back() -> None:
    """Two repeats are fewer than three; of five, one is undecided, and the bounds would tell it."""
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("again", of="repeat"),
                                                            figure("happy", of="satisfied")])  # fmt: skip
    tally.add_row({"repeat": True, "satisfied": True}, received=day("2026-09-01"), times=2)
    tally.add_row({"repeat": False, "satisfied": True}, received=day("2026-09-01"), times=3)
    tally.add_row({"repeat": False}, received=day("2026-09-01"))
    found = report_of(tally, pooled=3).grids[0]
    assert set(printed(found)[0][1:]) == {"— (fewer than 3 cases)"}
    assert printed(found)[1][1:3] == ["5", "5"]
    assert set(printed(found)[1][3:]) == {"— (fewer than 3 cases)"}
    assert any("no small value follows" in note for note in told(found.notes))
    two = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("again", of="repeat"),
                                                          figure("happy", share="satisfied")])  # fmt: skip
    two.add_row({"repeat": True, "satisfied": True}, received=day("2026-09-01"), times=2)
    two.add_row({"repeat": False}, received=day("2026-09-01"), times=2)
    assert printed(report_of(two, pooled=2).grids[0]) == [  # two are not fewer than two; of four at least 2 are happy
        ["A", "2", "2", "0", "0", "2", "2"], ["A", "100.0%", "2", "2", "0", "50.0%", "100.0%"],
    ]  # fmt: skip


def test_names_of_one_grouping_may_be_a_text_and_each_is_reported_once() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all")], by=["channel"])
    assert [one.id for one in report_of(tally, by=["channel", ("channel",), ()]).grids] == ["figures", "all-channel"]


def test_a_column_of_kept_back_rates_is_not_drawn() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), by=["channel"],
                  figures=[figure("happy", share="satisfied", at_least_cases=3)])  # fmt: skip
    for channel, n in (("phone", 4), ("letter", 2), ("visit", 1)):
        tally.add_row({"channel": channel, "satisfied": True}, received=day("2026-09-01"), times=n)
    assert grid_of(tally, "happy", by=("channel",)).chart is None


# --- every return ----------------------------------------------------------------------------------------------------

EVERY: Final = [(name, filing) for name in policies() for filing in load_policy(name).filings]


@pytest.mark.parametrize(("name", "filing"), EVERY, ids=[f"{name}-{filing}" for name, filing in EVERY])
def test_every_return_is_written_in_every_form_from_cases(name: str, filing: str) -> None:
    policy = load_policy(name)
    unit = next(iter(units_of(policy.filings[filing])), None)
    span = Span.of(day("2026-02-01"), "quarter" if unit is None else unit)
    tally = ready(policy, filing, span.label, at=end_of("2026-03-31"))
    for case in POOL[::7]:
        tally.add(case)
    report = return_of(tally, filing, period=span)
    for lang in ("zh", "en", "both"):
        assert len(to_html(report, lang).encode()) < 100_000
        assert to_markdown(report, lang)
        assert to_csv(report, lang)
        assert to_xlsx(report, lang).startswith(b"PK")
