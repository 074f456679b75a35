"""Returns filled from tallies, every number by hand: what is reported, of which period, and what is said beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules import Policy, Span, Tally, load_policy, policies
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import ComplaintRulesError, InvalidReport, InvalidSpan, InvalidTally
from complaint_rules.policy.figures import Against
from complaint_rules.reports import (
    Chart,
    ChartKind,
    Grid,
    GridCell,
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
from complaint_rules.reports.naming import (
    about_figure,
    figure_in_words,
    key_in_words,
    name_in_words,
    problems_in_words,
    why_in_words,
)
from complaint_rules.reports.returns import filing_named, period_of, units_of
from complaint_rules.reports.wordings import in_words
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.small import TITLE, fact, limit, own, table
from tests.statistics.pool import POOL
from tests.statistics.tallied import NAMED, SMALL, end_of, figure, took
from tests.statistics.told import AT, cases

FILES: Final = Path(__file__).parents[1] / "policy" / "figures"
YEAR: Final = (dt.date(2026, 1, 1), dt.date(2026, 10, 8))


def printed(grid: Grid, lang: Any = "en") -> list[list[str]]:
    """Give a table as it is printed, the total last."""
    return [[cell.printed(lang) for cell in row] for row in grid.every_row]


def heads(grid: Grid) -> list[str]:
    return [in_words(column.title, "en") for column in grid.columns]


def grid(report: Report, id: str) -> Grid:
    return next(one for one in report.grids if one.id == id)


def bulletin(period: str, covers: Any = YEAR) -> Report:
    policy = policy_of("psbc-95580")
    needs = needs_of(policy, "bulletin_tier1", period)
    tally = Tally(policy, at=AT, by=needs.by, figures=needs.figures, bases=needs.bases, covers=covers)
    return return_of(tally.update(cases()), "bulletin_tier1", period=period)


# --- psbc-95580 19 ---------------------------------------------------------------------------------------------------


def test_the_bulletin_of_the_third_quarter() -> None:
    """Eleven of the twelve came in by the end of September; c05 at 16:30 UTC came on 1 October."""
    report = bulletin("2026Q3")
    assert report.subtitle == "2026Q3"
    assert [row[:3] for row in printed(report.grids[0])] == [
        ["Complaints received", "11", "11"],
        ["Complaints passed on by superiors, regulators and other bodies", "3", "3"],
        ["Timeliness rate", "75.0%", "8"],  # 6 in time, 1 late, 1 overdue and open
        ["Satisfaction rate", "57.1%", "7"],
    ]
    assert printed(report.grids[0])[3][3:7] == ["4", "0", "36.4%", "72.7%"]  # 4 of 11, 8 of 11
    assert [in_words(one, "en") for one in report.written] == [
        "Typical cases",
        "Demands on management, products and service",
    ]
    assert any("19" in in_words(one, "en") for one in report.notes)


def test_how_the_limit_stands_in_the_third_quarter() -> None:
    found = grid(bulletin("2026Q3"), "timeliness")
    assert heads(found)[1:] == ["Rate", "in time", "late", "open, not due", "overdue and open", "undetermined", "void"]
    assert printed(found) == [["Total", "75.0%", "6", "1", "1", "1", "1", "1"]]


def test_the_fourth_quarter_is_marked_as_not_over() -> None:
    report = bulletin("2026Q4")
    assert in_words(report.subtitle, "en") == "2026Q4 (the period so far, up to 2026-10-08)"
    assert in_words(report.subtitle, "zh") == "2026Q4（截至2026-10-08的未满期数）"
    assert printed(report.grids[0])[0][:2] == ["Complaints received", "1"]
    assert printed(report.grids[0])[0][-2] == "— (a period is not complete)"


def test_without_a_word_on_what_the_data_cover_there_is_no_change_and_the_page_says_so() -> None:
    report = bulletin("2026Q3", covers=None)
    assert printed(report.grids[0])[0][-1] == "— (it is not stated for which days the data are complete)"
    assert any("nobody says which days" in in_words(one, "en") for one in report.notes)


def test_by_channel_and_by_unit() -> None:
    report = bulletin("2026Q3")
    channels = next(one for one in report.grids if heads(one)[0] == "channel")
    assert {row[0]: row[1] for row in printed(channels)} == {
        "internet": "1", "letter": "1", "phone": "8", "visit": "1", "Total": "11",
    }  # fmt: skip
    units = next(one for one in report.grids if heads(one)[0] == "Unit")
    assert printed(units)[-1][:2] == ["Total", "75.0%"]


# --- grcu-2008 23 ----------------------------------------------------------------------------------------------------


def test_the_half_year_is_reported_before_it_is_over() -> None:
    """As at the end of 14 June: four received in the half-year, four settled in it, whenever received."""
    policy = policy_of("grcu-2008")
    needs = needs_of(policy, "half_yearly", "2026H1")
    tally = Tally(policy, at=end_of("2026-06-14"), by=needs.by, figures=needs.figures, covers=(YEAR[0], YEAR[1]))
    for received, resolved in (
        ("2025-12-31", "2026-01-05"), ("2026-01-01", "2026-01-10"), ("2026-03-02", "2026-03-20"), ("2026-05-06", None),
        ("2026-06-10", "2026-06-12"),
    ):  # fmt: skip
        ended = [] if resolved is None else [dt.date.fromisoformat(resolved)]
        tally.add_row({}, received=dt.date.fromisoformat(received), events={"resolved": ended})
    report = return_of(tally, "half_yearly", period="2026H1")
    assert [row[:2] for row in printed(report.grids[0])][:2] == [
        ["Complaints received", "4"],
        ["Complaints settled", "4"],
    ]
    assert in_words(report.subtitle, "en") == "2026H1 (the period so far, up to 2026-06-14)"
    assert "placed by the day" in in_words(report.grids[0].notes[1], "en")


# --- a regulator's tables, and a British half-year -------------------------------------------------------------------


def regulator(covers: Any = (dt.date(2021, 1, 1), dt.date(2022, 6, 30))) -> Report:
    policy = Policy.from_file(FILES / "regulator.toml")
    needs = needs_of(policy, "bulletin", "2022Q1")
    tally = Tally(policy, at=end_of("2022-04-30"), by=needs.by, figures=needs.figures, covers=covers)
    for day, group, bank, n in (
        ("2021-11-02", "state", "a", 40), ("2022-02-02", "state", "a", 60), ("2022-02-02", "state", "b", 30),
        ("2022-02-02", "state", "c", 30), ("2022-02-02", "joint", "d", 20), ("2022-02-02", "joint", "e", 2),
    ):  # fmt: skip
        facts = {"group": group, "bank": bank, "repeat": False}
        tally.add_row(facts, received=dt.date.fromisoformat(day), times=n)
    tally.add_row({"group": "joint", "bank": "d", "repeat": True}, received=dt.date(2022, 2, 2), times=5)
    outlets = {"a": 1_000, ("state", "b"): 500, "d": 0}
    return return_of(
        tally, "bulletin", period=Span.parse("2022Q1"), bases={"outlets": outlets, "customers": 10_000_000}
    )


def test_shares_ranks_and_medians_inside_a_group() -> None:
    """Of the state's 120: a half, two quarters of one rank; the median of the group is 30; repeats are merged."""
    banks = grid(regulator(), "table2.complaints")
    assert [row[:5] for row in printed(banks)] == [
        ["joint-stock commercial banks", "d", "20", "90.9%", "1"],
        ["joint-stock commercial banks", "e", "2", "9.1%", "2"],
        ["joint-stock commercial banks", "Subtotal", "22", "100.0%", "—"],
        ["joint-stock commercial banks", "Median", "11", "—", "—"],
        ["large state-owned commercial banks", "a", "60", "50.0%", "1"],
        ["large state-owned commercial banks", "b", "30", "25.0%", "2"],
        ["large state-owned commercial banks", "c", "30", "25.0%", "2"],
        ["large state-owned commercial banks", "Subtotal", "120", "100.0%", "—"],
        ["large state-owned commercial banks", "Median", "30", "—", "—"],
        ["Total", " ", "142", "100.0%", "—"],
    ]


def test_over_the_change_of_the_rule_there_is_no_change() -> None:
    groups = grid(regulator(), "table1.complaints")
    before = heads(groups).index("On the period before")
    assert {row[before] for row in printed(groups)} >= {"— (the counting rule changed)"}


def test_rates_on_bases_that_are_given_nothing_or_missing() -> None:
    rates = grid(regulator(), "table4.per_1000_outlets")
    assert [(row[1], row[2]) for row in printed(rates) if row[1] != "Median"] == [
        ("d", "— (the base is 0)"), ("e", "— (the base is not given)"), ("a", "60.0"), ("b", "60.0"),
        ("c", "— (the base is not given)"), (" ", "— (the base is not given)"),
    ]  # fmt: skip


def test_a_base_that_nobody_gave_is_told_and_no_error() -> None:
    policy = Policy.from_file(FILES / "regulator.toml")
    needs = needs_of(policy, "bulletin", "2022Q1")
    tally = Tally(policy, at=end_of("2022-04-30"), by=needs.by, figures=needs.figures)
    tally.add_row({"group": "state", "bank": "a", "repeat": False}, received=dt.date(2022, 2, 2))
    report = return_of(tally, "bulletin", period="2022Q1")
    assert printed(grid(report, "table4.per_1000_outlets"))[0][2:] == ["— (the base is not given)", "—"]
    assert printed(report.grids[0])[1][1] == "— (the base is not given)"


def test_a_table_of_a_return_may_count_by_another_rule() -> None:
    rules = own(
        f'[[basis]]\nid = "raw"\n{TITLE}', f'[[figure]]\nid = "all"\n{TITLE}',
        f'[[filing]]\nid = "monthly"\n{TITLE}\nday = 5\nper = "month"\n'
        'tables = [{ figure = "all", by = "channel", basis = "raw" }]',
    )  # fmt: skip
    needs = needs_of(rules, "monthly", "2026-09")
    assert (needs.by, needs.figures, needs.bases) == ((("month",), ("channel", "month")), ("all",), ("raw",))
    tally = Tally(rules, at=end_of("2026-10-08"), by=needs.by, figures=needs.figures, bases=needs.bases)
    tally.add_row({"channel": "phone"}, received=dt.date(2026, 9, 1))
    report = return_of(tally, "monthly", period="2026-09")
    assert [printed(one) for one in report.grids] == [[["phone", "1", "100.0%"], ["Total", "1", "100.0%"]]]


def test_what_did_not_count_is_listed() -> None:
    """Five repeats do not count from 2022 on; the rule before it left nothing out."""
    found = grid(regulator(), "table1.complaints")
    assert [(in_words(reason, "en"), n) for reason, n in found.left_out] == [
        ("not counted by “Repeats counted once”", 5)
    ]
    assert in_words(found.basis, "en") == "Repeats counted each; Repeats counted once"


def test_a_british_half_year() -> None:
    """Closed on working day 2 and 4, after nine weeks; on day 2, reopened and closed on day 135: that is later.

    The third: 21 working days in March after the 2nd, 21 in April without the 6th, and 6 May, the first after the
    holidays, make 43; the median is half of 4 and 43.
    """
    policy = Policy.from_file(FILES / "fca.toml")
    needs = needs_of(policy, "half_yearly", "2026H1")
    covers = (dt.date(2025, 1, 1), dt.date(2026, 7, 31))
    tally = Tally(policy, at=end_of("2026-07-31"), by=needs.by, figures=needs.figures, covers=covers)
    histories: list[tuple[str, list[Event], dict[str, Any]]] = [
        ("2025-11-03T09:00", [], {}),
        ("2026-03-02T09:00", [ev("closed", "2026-03-04T09:00")], {"upheld": True}),
        ("2026-03-02T09:00", [ev("closed", "2026-03-06T09:00")], {"upheld": False}),
        ("2026-03-02T09:00", [ev("compensated", "2026-05-04T09:00", amount=30), ev("closed", "2026-05-05T09:00")], {}),
        ("2026-01-05T09:00", [
            ev("closed", "2026-01-07T09:00"), ev("reopened", "2026-01-20T09:00"), ev("closed", "2026-05-20T09:00"),
        ], {"upheld": True}),
        ("2026-06-30T09:00", [], {}),
    ]  # fmt: skip
    for number, (received, events, facts) in enumerate(histories):
        tally.add(Case(complaint(received, key=f"c-{number}", **facts), events))
    report = return_of(tally, "half_yearly", period="2026H1", bases={"accounts": 10_000})
    assert [row[:3] for row in printed(report.grids[0])] == [
        ["Outstanding at the start of the period", "1", "1"], ["Opened", "5", "5"], ["Closed", "4", "4"],
        ["Closed within 3 business days", "25.0%", "4"],
        ["Closed after 3 business days but within 8 weeks", "25.0%", "4"], ["Closed after 8 weeks", "50.0%", "4"],
        ["Business days to closing", "23.5", "4"], ["Days to closing", "34.0", "4"], ["Upheld", "66.7%", "3"],
        ["Redress paid, yuan", "30.00", "1"], ["Outstanding at the end of the period", "2", "2"],
        ["Opened per 1,000 accounts", "0.50", "5"],
    ]  # fmt: skip


# --- what anybody may ask --------------------------------------------------------------------------------------------


def test_every_return_of_every_rule_set_is_written_in_every_form() -> None:
    for name in policies():
        policy = load_policy(name)
        for filing in policy.filings.values():
            unit = next(iter(units_of(filing)), None)
            span = Span.of(dt.date(2026, 3, 2), "quarter" if unit is None else unit)
            needs = needs_of(policy, filing.id, span)
            tally = Tally(policy, at=end_of("2026-10-08"), by=needs.by, figures=needs.figures, bases=needs.bases)
            tally.add_row({}, received=dt.date(2026, 3, 2)).add_row({}, received=dt.date(2026, 3, 3))
            report = return_of(tally, filing.id, period=span)
            for lang in ("zh", "en"):
                assert len(to_html(report, lang).encode()) < 100_000
                assert to_markdown(report, lang)
            assert to_csv(report, "both")
            assert to_xlsx(report, "both") == to_xlsx(report, "both")


def small(**more: Any) -> Tally:
    figures = [
        figure("all"), figure("happy", share="satisfied", at_least_cases=3), figure("runs", limit="whole"),
        figure("paid", sum="amount", decimals=2),
        figure("long", time=took("received", "closed", "days"), bands=["3 days", "7 days"],
               show=["median", "mean", "percentile 90"]), figure("open", stock="end"), figure("start", stock="start"),
    ]  # fmt: skip
    by = ["month", "channel", ("channel", "month"), "products", "sort", "again", "standing(whole)", "closed.month"]
    return Tally(SMALL, at=end_of("2026-10-08"), figures=figures, by=by, covers=YEAR, **more)


def test_a_report_of_everything() -> None:
    tally = small().update(POOL)
    report = report_of(tally, title={"zh": "月报", "en": "Monthly"})
    assert {one.id for one in report.grids} >= {"figures", "all-channel", "long", "runs-standing.whole."}
    assert "start" not in {row[0].printed("en") for row in report.grids[0].rows}
    assert to_html(report, "both")


def test_a_report_of_one_month() -> None:
    tally = small().update(POOL)
    report = report_of(tally, figures=["all", "open", "start"], period="2026-09")
    assert [one.id for one in report.grids] == ["figures", "all-channel", "open-channel", "start-channel"]
    chosen = report_of(tally, figures=["happy"], by=[("channel",)], period=Span.parse("2026-09"))
    assert [one.id for one in chosen.grids] == ["figures", "happy", "happy-channel"]


def test_a_share_of_too_few_is_not_shown_nor_what_it_is_worked_out_of() -> None:
    """Two of two would be 100 %: neither the rate, nor its numbers, nor its change stand on the page."""
    tally = small().add_row({"satisfied": True, "channel": "phone"}, received=dt.date(2026, 9, 1), times=2)
    tally.add_row({"satisfied": False, "channel": "letter"}, received=dt.date(2026, 9, 1), times=4)
    found = grid_of(tally, "happy", by=("channel",))
    assert printed(found)[1] == ["phone", "— (fewer than 3 cases)", "<3", "<3"]
    assert printed(found)[0][1:] == ["0.0%", "0", "4"]
    alone = small().add_row({"satisfied": True}, received=dt.date(2026, 9, 1))
    summary = report_of(alone, figures=["happy"]).grids[0]
    assert printed(summary) == [["A", "— (fewer than 3 cases)", "<3", "<3", "<3", "—", "—"]]
    shown = grid_of(tally, "happy", by=("channel",), show=("value", "count", "rank"))
    assert printed(shown)[1][1:4] == ["— (fewer than 3 cases)", "— (fewer than 3 cases)", "—"]


def test_a_number_that_is_not_small_is_never_called_small() -> None:
    """Two answered, twenty did not: only the two are fewer than three. Two were due, twenty withdrawn."""
    tally = small().add_row({"satisfied": True}, received=dt.date(2026, 9, 1), times=2)
    tally.add_row({}, received=dt.date(2026, 9, 1), times=20)
    assert printed(grid_of(tally, "happy"))[-1][2:] == ["<3", "<3", "20", "—", "—"]
    assert printed(report_of(tally, figures=["happy"]).grids[0])[0][2:] == ["<3", "20", "<3", "—", "—"]
    kept = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("runs", limit="whole", at_least_cases=3)])
    for standing, times in (("in_time", 2), ("void", 20)):
        kept.add_row({}, received=dt.date(2026, 9, 1), standings={"whole": standing}, times=times)
    assert printed(grid_of(kept, "runs"))[-1][1:] == ["— (fewer than 3 cases)", "<3", "<3", "<3", "20"]


def test_a_table_without_a_group_has_no_median_and_no_other_group_than_its_own() -> None:
    assert printed(grid_of(small(), "all", by=("channel",), median=True)) == [["Total", "0", "— (no cases)"]]
    with pytest.raises(InvalidTally) as caught:
        grid_of(small().update(POOL), "all", by=("channel",), within="chanel")
    assert (caught.value.what, caught.value.hint) == ("within", "did you mean 'channel'?")


def test_durations_show_what_is_asked_and_those_open_by_age() -> None:
    tally = small()
    for days in (1, 2, 9):
        received = dt.date(2026, 9, 1)
        tally.add_row({}, received=received, events={"closed": received + dt.timedelta(days=days)})
    for day in ("2026-10-06", "2026-10-03", "2026-09-01"):
        tally.add_row({}, received=dt.date.fromisoformat(day), events={"closed": []})
    tally.add_row({}, received=dt.date(2026, 9, 1), events={"closed": None})
    found = grid_of(tally, "long")
    assert heads(found)[1:] == [
        "Median", "Mean", "90th percentile", "Ended", "Still open", "open up to 3 days", "open 4 to 7 days",
        "open over 7 days",
        "Median with those open, at least", "Of unknown length",
    ]  # fmt: skip
    assert printed(found)[0][1:] == ["2.0", "4.0", "9.0", "3", "3", "1", "1", "1", "2 (can still rise)", "1"]


def test_a_median_that_nobody_can_change_is_final() -> None:
    tally = small()
    for days in (1, 1, 1):
        received = dt.date(2026, 9, 1)
        tally.add_row({}, received=received, events={"closed": received + dt.timedelta(days=days)})
    tally.add_row({}, received=dt.date(2026, 9, 1), events={"closed": []})
    assert "1 (final)" in printed(grid_of(tally, "long"))[0]
    nobody = small().add_row({}, received=dt.date(2026, 9, 1), events={"closed": None})
    assert printed(grid_of(nobody, "long"))[0][1] == "— (no known length)"


def test_bounds_stand_beside_a_share_where_some_are_undecided() -> None:
    tally = small()
    tally.add_row({"satisfied": True}, received=dt.date(2026, 9, 1), times=4)
    tally.add_row({"satisfied": False}, received=dt.date(2026, 9, 1), times=3)
    tally.add_row({}, received=dt.date(2026, 9, 1), times=5)
    found = grid_of(tally, "happy")
    assert heads(found)[1:] == ["Rate", "Yes", "No", "Undecided", "At least", "At most"]
    assert printed(found)[0][1:] == ["57.1%", "4", "3", "5", "33.3%", "75.0%"]


def test_a_rate_of_which_nothing_is_known_is_not_one_of_no_cases() -> None:
    """Five of whom nobody knows are five cases: the rate has bounds, and says why it has no value."""
    nobody = small().add_row({}, received=dt.date(2026, 9, 1), times=5)
    assert printed(grid_of(nobody, "happy"))[0][1:] == ["— (all undecided)", "0", "0", "5", "0.0%", "100.0%"]


def test_a_limit_of_which_nothing_is_known_is_not_one_of_no_cases() -> None:
    nobody = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("timely", limit="whole")])
    nobody.add_row({}, received=dt.date(2026, 9, 1), standings={"whole": "undetermined"}, times=5)
    assert printed(grid_of(nobody, "timely"))[0][1] == "— (all undecided)"
    nobody.add_row({}, received=dt.date(2026, 10, 8), standings={"whole": "open_in_time"})
    assert printed(grid_of(nobody, "timely"))[0][1] == "— (no cases)", "one is known, and it is not due"


def test_the_base_of_a_period_in_which_nothing_happened_is_none_of_another() -> None:
    """The outlets of July stood among those of August, because no complaint of July was there to tell the label."""
    rules = own(
        f'[[base]]\nid = "outlets"\n{TITLE}', f'[[figure]]\nid = "all"\n{TITLE}',
        f'[[figure]]\nid = "rate"\n{TITLE}\nscale = {{ figure = "all", base = "outlets", per = 1000 }}',
    )  # fmt: skip
    tally = Tally(rules, at=end_of("2026-10-08"), by=["month", ("channel", "month")])
    tally.add_row({"channel": "phone"}, received=dt.date(2026, 8, 1))
    base = {("phone", "2026-07"): 4, ("phone", "2026-08"): 5}
    found = grid_of(tally, "rate", by=("channel",), span=Span.parse("2026-08"), base=base)
    assert [row[1] for row in printed(found)] == ["200.00", "200.00"]
    tally.add_row({"channel": "phone"})  # of a month that nobody knows, as is its number: no part of August
    found = grid_of(tally, "rate", by=("channel",), span=Span.parse("2026-08"), base={**base, ("phone", None): 7})
    assert [row[1] for row in printed(found)] == ["200.00", "200.00"]


def test_a_period_may_stand_first_or_between_the_other_names() -> None:
    """What is left are the other names, in their order; who had a case in August alone has none in September."""
    names = ("channel", "month", "handler")
    by: list[Any] = ["month", ("month", "channel"), names]
    tally = Tally(SMALL, at=end_of("2026-10-08"), by=by, figures=[figure("all")], covers=YEAR)
    for channel, month, handler, n in (("phone", 9, "a", 2), ("letter", 9, "b", 3), ("phone", 8, "b", 5)):
        tally.add_row({"channel": channel, "handler": handler}, received=dt.date(2026, month, 1), times=n)
    whole, totals = tally.table("all", by=names, base={("phone", "2026-09", "a"): 7}), tally.table("all", by="month")
    part = sliced(whole, totals, Span.parse("2026-09"))
    assert (part.table.by, part.table.units) == (("channel", "handler"), (None, None))
    assert {key: row.n for key, row in part.table.rows.items()} == {("letter", "b"): 3, ("phone", "a"): 2}
    assert part.keys == {
        ("letter", "b"): ("letter", "2026-09", "b"), ("phone", "a"): ("phone", "2026-09", "a"), (): "2026-09",
    }  # fmt: skip
    assert part.table.total.n == 5
    found = grid_of(tally, "all", by=names, span=Span.parse("2026-09"), compare=(Against.BEFORE,))
    assert [row[:4] for row in printed(found)] == [
        ["letter", "b", "3", "— (the class was not there before)"],
        ["phone", "a", "2", "— (the class was not there before)"],
        ["phone", "b", "0", "-100.0%"],
        ["Total", " ", "5", "0.0%"],
    ]
    first = grid_of(tally, "all", by=("month", "channel"), span=Span.parse("2026-09"), show=("count",))
    assert [row[:2] for row in printed(first)] == [["letter", "3"], ["phone", "2"], ["Total", "5"]]


def test_money_and_amounts_that_nobody_knows() -> None:
    tally = small().add_row({"amount": 5}, received=dt.date(2026, 9, 1)).add_row({}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "paid", by=("channel",))
    assert heads(found)[1:] == ["Yuan", "Amounts", "Amounts unknown"]
    assert printed(found)[-1][1:] == ["5.00", "1", "1"]


def test_a_figure_in_persons_says_so() -> None:
    persons = {"zh": "人数", "en": "Persons"}
    rule = {"id": "heads", "title": NAMED, "weight": "complainants"}
    tally = Tally(
        SMALL, at=end_of("2026-10-08"), figures=[figure("all", basis="heads", unit=persons)], bases=[rule]
    ).add_row({"complainants": 3}, received=dt.date(2026, 9, 1))
    assert (heads(grid_of(tally, "all"))[1], printed(grid_of(tally, "all"))) == ("Persons", [["Total", "3"]])


def test_months_are_a_line_and_the_one_not_over_is_drawn_otherwise() -> None:
    tally = small()
    for month in (8, 9, 10):
        tally.add_row({}, received=dt.date(2026, month, 1))
    found = grid_of(tally, "all", by=("month",), compare=(Against.BEFORE,))
    assert found.chart is not None
    assert (found.chart.kind.value, found.chart.incomplete) == ("line", frozenset({2}))
    assert printed(found)[1][2] == "0.0%"
    assert printed(found)[2][0] == "2026-10 (incomplete period)"


def test_two_to_forty_groups_of_anything_else_are_bars_of_the_first_column_that_is_drawn() -> None:
    """Bars are not broken and not of a time; one alone is no comparison, and of more than 40 none can be read."""
    for n, drawn in ((1, False), (2, True), (40, True), (41, False)):
        tally = Tally(SMALL, at=end_of("2026-10-08"), by=["handler"], figures=[figure("all")])
        for handler in range(n):
            tally.add_row({"handler": f"h-{handler}"}, received=dt.date(2026, 10, 1), times=handler + 1)
        chart = grid_of(tally, "all", by=("handler",), show=("share", "count")).chart
        assert chart == (Chart(kind=ChartKind.BARS, series=(2,)) if drawn else None), n
    crossed = Tally(SMALL, at=end_of("2026-10-08"), by=[("channel", "handler")], figures=[figure("all")])
    for channel in ("phone", "letter"):
        crossed.add_row({"channel": channel, "handler": "h"}, received=dt.date(2026, 10, 1))
    assert grid_of(crossed, "all", by=("channel", "handler")).chart is None  # bars have one name each


def test_a_line_does_not_pass_over_a_month_without_a_row_nor_lead_to_a_month_that_nobody_knows() -> None:
    """Over a year without a complaint the line went straight on, as if it had been as high as its neighbours."""
    tally = small()
    for month in (5, 6, 8, 9):
        tally.add_row({}, received=dt.date(2026, month, 1))
    found = grid_of(tally.add_row({}), "all", by=("month",))
    assert [row[0] for row in printed(found)] == ["2026-05", "2026-06", "2026-08", "2026-09", "unknown", "Total"]
    assert found.chart is not None
    assert found.chart.apart == {2, 4}


def test_what_is_open_at_the_ends_of_months_has_no_shares() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), by=["month", "channel"], figures=[figure("end", stock="end")])
    tally.add_row({"channel": "phone"}, received=dt.date(2026, 9, 1))
    assert printed(grid_of(tally, "end", by=("channel",), show=("count", "share")))[0] == ["phone", "1", "100.0%"]
    assert [row[2] for row in printed(grid_of(tally, "end", by=("month",), show=("count", "share")))] == ["—"] * 3


def test_groups_that_overlap_are_said_to() -> None:
    tally = small().add_row({"products": ["card", "loan"]}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "all", by=("products",))
    assert printed(found)[-1][1] == "1"
    assert any("several groups" in in_words(one, "en") for one in found.notes)


def test_changes_and_ranks_in_a_table() -> None:
    tally = small()
    for month, channel, n in ((8, "phone", 2), (9, "phone", 3), (9, "letter", 3)):
        tally.add_row({"channel": channel}, received=dt.date(2026, month, 1), times=n)
    found = grid_of(
        tally, "all", by=("channel",), span=Span.parse("2026-09"), show=("count", "rank"), compare=(Against.BEFORE,)
    )
    assert [row[0:4] for row in printed(found)] == [
        ["letter", "3", "1", "— (the class was not there before)"], ["phone", "3", "1", "50.0%"],
        ["Total", "6", "—", "200.0%"],
    ]  # fmt: skip


@pytest.mark.parametrize(("show", "noted"), [(("count", "share"), True), (("count", "rank"), False)])
def test_that_shares_are_rounded_is_said_where_there_are_shares(show: tuple[str, ...], noted: bool) -> None:
    tally = small().add_row({"channel": "phone"}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "all", by=("channel",), show=show)
    assert any("together they need not make 100" in in_words(one, "en") for one in found.notes) is noted


def test_without_a_period_nothing_is_held_against_another() -> None:
    tally = small().add_row({"channel": "phone"}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "all", by=("channel",), compare=(Against.BEFORE,))
    assert printed(found)[0][1:] == ["1", "—"]
    lengths = small().add_row({}, received=dt.date(2026, 9, 1), events={"closed": dt.date(2026, 9, 3)})
    changed = grid_of(lengths, "long", by=("month",), show=("value", "before"))
    assert printed(changed)[0][1:3] == ["2.0", "— (there is no value)"]


def test_durations_change_in_their_unit() -> None:
    tally = small()
    for month, days in ((8, 2), (9, 5)):
        received = dt.date(2026, month, 1)
        tally.add_row({}, received=received, events={"closed": received + dt.timedelta(days=days)})
    found = grid_of(tally, "long", by=("month",), show=("median", "before"))
    assert printed(found)[1][1:3] == ["5.0", "3.0"]


def test_a_group_without_a_sum_has_no_shares() -> None:
    """Shares of a table whose rows overlap, inside a group: the rows do not add up to it."""
    rules = own(fact("products", "set", None), f'[[figure]]\nid = "all"\n{TITLE}')
    tally = Tally(rules, at=end_of("2026-10-08"), by=[("channel", "products")])
    tally.add_row({"channel": "phone", "products": ["card", "loan"]}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "all", by=("channel", "products"), within="channel", show=("count", "share"), median=True)
    assert [row[2:] for row in printed(found)] == [
        ["1", "— (the groups overlap)"], ["1", "— (the groups overlap)"], ["1", "—"], ["1", "100.0%"],
    ]  # fmt: skip


def test_problems_are_told_with_their_number() -> None:
    tally = (
        small().add_row({}, received=dt.date(2026, 10, 9)).add_row({"amount": "0.001"}, received=dt.date(2026, 9, 1))
    )
    said = [in_words(one, "en") for one in report_of(tally).notes]
    assert "Complaints with a fault of the record: received after the moment, counted nowhere (1)" in said
    assert "Complaints with a fault of the record: an amount of no whole fen (1)" in said


def test_a_problem_without_words_is_told_by_its_code() -> None:
    policy = policy_of("psbc-95580")
    tally = Tally(policy, at=AT).add_row({"kind": "odd"}, received=dt.date(2026, 9, 1))
    tally._ledger.note("odd_code", "c-1", 1)
    assert any("odd_code" in in_words(one, "zh") for one in report_of(tally).notes)


# --- small groups ----------------------------------------------------------------------------------------------------


def pooled(*given: tuple[str | None, int], by: Any = "channel", k: int = 3) -> list[Grid]:
    tally = small()
    for channel, n in given:
        tally.add_row({"channel": channel, "products": ["card", "loan"]}, received=dt.date(2026, 9, 1), times=n)
    return [one for one in report_of(tally, figures=["all"], by=[(by,)], pooled=k).grids if one.id != "figures"]


def test_small_groups_stand_in_one_row_and_the_page_says_what_that_does_not_promise() -> None:
    (found,) = pooled(("phone", 90), ("letter", 40), ("visit", 2), ("fax", 1))
    assert printed(found) == [["phone", "90"], ["3 small groups together", "43"], ["Total", "133"]]
    assert any("no small value follows" in in_words(one, "en") for one in found.notes)
    assert printed(found, "zh")[1] == ["3个小组合计", "43"]


def test_without_a_small_group_all_are_shown() -> None:
    (found,) = pooled(("phone", 9), ("letter", 4))
    assert printed(found) == [["letter", "4"], ["phone", "9"], ["Total", "13"]]


def test_where_too_few_are_left_only_the_total_is_shown_and_not_even_that_where_it_is_small() -> None:
    assert printed(pooled(("phone", 9), ("letter", 2))[0]) == [["Total", "11"]]
    assert printed(pooled(("phone", 1), ("letter", 1))[0]) == [["Total", "<3"]]


def test_groups_that_overlap_show_the_small_ones_as_fewer() -> None:
    tally = small().add_row({"products": ["card", "loan"]}, received=dt.date(2026, 9, 1), times=5)
    tally.add_row({"products": ["fund"]}, received=dt.date(2026, 9, 1))
    (found,) = (
        one for one in report_of(tally, figures=["all"], by=[("products",)], pooled=3).grids if one.id != "figures"
    )
    assert printed(found) == [["card", "5"], ["fund", "<3"], ["loan", "5"], ["Total", "6"]]


def test_a_table_of_two_names_with_a_small_number_is_shown_by_its_sums() -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all"), figure("happy", share="satisfied")],
                  by=[("channel", "kind"), "channel", ("channel", "kind", "month")])  # fmt: skip
    for channel, kind, n in (("phone", "a", 9), ("phone", "b", 4), ("letter", "a", 4), ("letter", "b", 8)):
        tally.add_row({"channel": channel, "kind": kind}, received=dt.date(2026, 9, 1), times=n)
    whole = [one for one in report_of(tally, pooled=3).grids if one.id != "figures"]
    assert [one.id for one in whole] == ["all-channel-kind", "all-channel"]
    assert any("no small value follows" in in_words(one, "en") for one in whole[0].notes)
    tally.add_row({"channel": "visit", "kind": "b"}, received=dt.date(2026, 9, 1), times=12)
    tally.add_row({"channel": "visit", "kind": "a"}, received=dt.date(2026, 9, 1))
    rows, columns, _ = (one for one in report_of(tally, pooled=3).grids if one.id != "figures")
    assert (rows.id, columns.id) == ("all-channel-kind.1", "all-channel-kind.2")
    assert printed(rows) == [["letter", "12"], ["phone", "13"], ["visit", "13"], ["Total", "38"]]
    assert printed(columns) == [["a", "14"], ["b", "24"], ["Total", "38"]]
    with pytest.raises(ComplaintRulesError):
        report_of(tally, pooled=1)


# --- names -----------------------------------------------------------------------------------------------------------

NAMES = [
    ("month", "月"), ("unit", "经办机构"), ("holder", "经办层级"), ("priority", "投诉分级"), ("channel", "投诉渠道"),
    ("closed.month", "办结之月"), ("received.year", "收到之年"), ("standing(whole)", "全程时限：时限状态"),
    ("holder_at_breach(whole)", "全程时限：逾期时的经办层级"), ("other", "other"), ("odd.one", "odd.one"),
    ("standing(other)", "standing(other)"), ("whole", "whole"), ("year", "年"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said"), NAMES, ids=[name for name, _ in NAMES])
def test_what_is_grouped_by_has_a_name(name: str, said: str) -> None:
    assert in_words(name_in_words(policy_of("psbc-95580"), name), "zh") == said


KEYS = [
    ("channel", None, "unknown"), ("channel", "", "none"), ("channel", "phone", "phone"), ("repeat", "true", "yes"),
    ("standing(whole)", "open_late", "overdue and open"), ("holder", "outlet", "Outlet"), ("kind", "T-1", "T-1"),
    ("month", "2026-09", "2026-09"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key", "said"), KEYS, ids=[f"{name}={key}" for name, key, _ in KEYS])
def test_a_group_has_a_name(name: str, key: str | None, said: str) -> None:
    assert in_words(key_in_words(policy_of("psbc-95580"), name, key), "en") == said


def test_what_stands_beside_a_figure_has_its_words() -> None:
    """A share with as many places as it needs, two at most; every class of why; what is wrong, by its code."""
    policy = policy_of("psbc-95580")
    for share, text in (("70%", "70%"), ("12.5%", "12.5%"), ("0.25%", "0.25%"), ("0.125%", "0.13%")):
        tally = Tally(SMALL, at=AT, figures=[figure("one", share="repeat", at_least=share, at_most=share)])
        assert [one["zh"] for one in about_figure(SMALL, tally.figures["one"])] == [
            f"要求不低于{text}", f"要求不高于{text}",
        ]  # fmt: skip
    assert [
        in_words(why_in_words(policy, name, key), "zh")
        for name, key in (("priority", "urgent, ordinary"), ("priority", "urgent"), ("priority", None), ("channel", ""))
    ] == ["紧急投诉、普通投诉", "紧急投诉", "未知", "无"]
    for code, zh in (
        ("refused", "记录有问题的投诉：无法读取或计入（2件）"),
        ("ignored_link", "未采用（不属记录错误）：规则没有的关联（2件）"),
        ("odd", "记录有问题的投诉：odd（2件）"),
    ):
        assert problems_in_words(code, 2)["zh"] == zh


def test_the_values_of_a_table_are_named_by_the_policy() -> None:
    rules = own(table("again", ("repeated", "repeat"), ("first", "")), limit())
    assert in_words(key_in_words(rules, "again", "first"), "en") == "first"


WAYS: list[tuple[str, dict[str, Any], str]] = [
    ("a rate of those ended", {"limit": "whole", "rate": "ended"}, "in time ÷ (in time + late)"),
    ("a duration", {"time": took("received", "closed", "days")}, "from received to closed, in days"),
    ("each of two", {"dated": ["closed", "withdrawn"], "each": True}, "every time it was closed or withdrawn counts"),
    (
        "a duration without pauses",
        {"time": took("received", "closed", "days", less="pauses")},
        "; less the time in which it was suspended",
    ),
    ("in words of its own", {"definition": {"zh": "甲", "en": "as agreed"}}, "as agreed"),
]


@pytest.mark.parametrize(("why", "keys", "said"), WAYS, ids=[why for why, *_ in WAYS])
def test_how_a_figure_is_worked_out_is_said(why: str, keys: dict[str, Any], said: str) -> None:
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("one", **keys)])
    assert said in in_words(figure_in_words(SMALL, tally.figures["one"]), "en"), why


def test_a_unit_reads_well_in_chinese() -> None:
    tally = Tally(
        SMALL, at=end_of("2026-10-08"), figures=[figure("one", time=took("received", "closed", "working days"))]
    )
    assert in_words(figure_in_words(SMALL, tally.figures["one"]), "zh").startswith("自收到至办结，以工作日计")


# --- what cannot be --------------------------------------------------------------------------------------------------


def test_a_return_that_there_is_not() -> None:
    with pytest.raises(InvalidReport) as caught:
        filing_named(policy_of("grcu-2008"), "half_yearli")
    assert "did you mean 'half_yearly'" in str(caught.value)


@pytest.mark.parametrize(
    ("period", "said"), [(None, "write 2026H2"), ("2026Q3", "write 2026H2 or 2026"), ("2026Q5", "2026Q5")]
)
def test_a_period_that_is_none_of_the_return(period: str | None, said: str) -> None:
    with pytest.raises(InvalidSpan) as caught:
        period_of(filing_named(policy_of("grcu-2008"), "half_yearly"), period)
    assert said in str(caught.value)


def test_a_return_of_which_the_text_names_no_period_takes_any() -> None:
    filing = filing_named(policy_of("psbc-95580"), "bulletin_tier1")
    assert (units_of(filing), period_of(filing, "2026-09").label) == ((), "2026-09")


def test_a_tally_that_does_not_hold_what_a_return_needs() -> None:
    policy = policy_of("grcu-2008")
    with pytest.raises(InvalidTally):
        return_of(Tally(policy, at=AT), "half_yearly", period="2026H1")
    with pytest.raises(InvalidTally) as caught:
        sliced(small().table("all", by="channel"), small().table("all"), Span.parse("2026-09"))
    assert "kind of period" in str(caught.value)


def test_a_period_without_a_case_is_reported_as_nothing() -> None:
    tally = small().add_row({}, received=dt.date(2026, 9, 1))
    assert printed(grid_of(tally, "all", by=("channel",), span=Span.parse("2026-07"))) == [
        ["Total", "0", "— (no cases)"]
    ]
    assert isinstance(grid_of(tally, "runs", span=Span.parse("2026-07")).rows, tuple)


def test_a_counting_rule_that_leaves_some_undecided_says_how_many() -> None:
    rule = {"id": "happy_ones", "title": NAMED, "counts": "satisfied"}
    tally = Tally(SMALL, at=end_of("2026-10-08"), figures=[figure("all", basis="happy_ones")], bases=[rule])
    tally.add_row({}, received=dt.date(2026, 9, 1))
    found = grid_of(tally, "all", basis="happy_ones")
    assert [(in_words(reason, "en"), n) for reason, n in found.left_out] == [("undecided whether they count", 1)]
    assert GridCell.number(1).printed("en") == "1"
    with pytest.raises(ComplaintRulesError):
        grid_of(tally, "all", basis="other")
