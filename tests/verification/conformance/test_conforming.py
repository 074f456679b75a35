"""A house policy against a base policy: the worked answers, and what is open or cannot be asked."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from functools import lru_cache
from typing import Any

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidFigure, InvalidPeriod, InvalidPolicy, InvalidReport, UnknownCode, UnknownRule
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point, RuleConformance
from complaint_rules.verification.conformance.conformances import Conformance, to_markdown
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.replaying import RECEIVED
from complaint_rules.verification.worlds.witnesses import Witness
from tests.verification.conformance.houses import TITLE, limited, policy

PROVED, LAXER, OPEN, MISSING = Conforming
PARAMETERS = {"major_report": "2 hours", "retention": "5 years"}


@lru_cache(maxsize=1)
def measures() -> Policy:
    return load_policy("cbirc-2020-3", parameters=PARAMETERS)


@lru_cache(maxsize=1)
def psbc() -> Conformance:
    """The bank's detailed rules against the Measures, as the docs have it."""
    return conforms(load_policy("psbc-95580"), measures(), pairs={"whole": "decide"})


def extending(rows: str, more: str = "") -> Policy:
    """Give a house that takes over the Measures but for its own time to decide."""
    return Policy.from_text(
        f"""id = "house"
edition = "2026"
{TITLE}
issuer = {{ zh = "甲", en = "A" }}
checked_on = 2026-11-01
extends = {{ id = "cbirc-2020-3", edition = "2020" }}
[[limit]]
id = "decide"
{TITLE}
cite = "1"
from = "received"
until = ["replied", {{ event = "informed", told = "complainant", reason = "decision" }}]
who = "institution"
first = [{rows}]
agreed = true
void_on = ["withdrawn"]
{more}""",
        parameters=PARAMETERS,
    )


@lru_cache(maxsize=8)
def against_the_measures(rows: str, more: str = "") -> Conformance:
    return conforms(extending(rows, more), measures())


def of(found: Conformance, rule: str) -> RuleConformance:
    return next(one for one in found.rules if one.base == rule)


def points(found: RuleConformance, aspect: Aspect, verdict: Conforming | None = None) -> list[Point]:
    return [one for one in found.points if one.aspect is aspect and verdict in (None, one.verdict)]


def test_no_figure_of_psbc_is_later_on_any_receipt_of_the_published_calendar() -> None:
    """Issue 10: the closest margin is 0 on 19 January 2020."""
    figures = points(of(psbc(), "limit/decide"), Aspect.FIGURE)
    assert {one.verdict for one in figures} == {PROVED}
    margins = [one.margin for one in figures if one.margin is not None]
    assert [(" & ".join(map(str, one.house.periods)), str(one.base.periods[0])) for one in margins] == [
        ("48 hours & 4 working days", "30 days"), ("48 hours", "30 days"), ("4 working days", "30 days"),
        ("5 working days", "30 days"), ("48 hours & 4 working days", "15 days"), ("48 hours", "15 days"),
        ("4 working days", "15 days"), ("5 working days", "15 days"),
    ]  # fmt: skip
    assert {(one.first, one.last) for one in margins} == {(dt.date(2001, 1, 1), dt.date(2026, 12, 28))}
    closest = min(margins, key=lambda one: one.closest)
    assert (closest.closest, closest.receipt.date()) == (dt.timedelta(0), dt.date(2020, 1, 19))
    assert str(closest.house.periods[0]) == "5 working days"


def test_what_was_settled_on_the_spot_has_no_limit_in_the_house() -> None:
    (found,) = points(of(psbc(), "limit/decide"), Aspect.SCOPE)
    shown = found.counterexample
    assert shown is not None
    assert (found.verdict, shown.house, shown.base) == (LAXER, "not_applicable", "overdue")
    # nothing else is needed for it: a complex matter would only be due on another day
    assert shown.witness.case.complaint == Complaint(id="w-1", received=RECEIVED, settled_on_spot=True)


def test_a_customer_who_accepts_without_a_reply_ends_the_limit_of_the_house_only() -> None:
    (found,) = points(of(psbc(), "limit/decide"), Aspect.END)
    shown = found.counterexample
    assert shown is not None
    assert (found.verdict, shown.house, shown.base) == (LAXER, "met", "overdue")
    vouched = conforms(
        load_policy("psbc-95580"), measures(), pairs={"whole": "decide"}, implies={"accepted_by_customer": "replied"}
    )
    assert [one.verdict for one in points(of(vouched, "limit/decide"), Aspect.END)] == [PROVED]
    assert "never comes without replied" in vouched.explain("en")
    assert "凡有“客户认可”，必已有“告知处理决定”" in to_markdown(vouched)


def test_a_time_agreed_earlier_shortens_nothing_under_the_measures_any_more() -> None:
    """Article 21 as it is read now: an agreed time only lengthens. On a text that lets it shorten, psbc is laxer."""
    assert points(of(psbc(), "limit/decide"), Aspect.AGREED) == []
    base = limited('first = [{ within = "15 days" }]\nagreed = true\n', "base")
    house = load_policy("psbc-95580")
    (found,) = points(of(conforms(house, base, pairs={"whole": "decide"}), "limit/decide"), Aspect.AGREED)
    shown = found.counterexample
    assert shown is not None
    assert (found.verdict, shown.house, shown.base) == (LAXER, "running", "overdue")
    assert [one.kind for one in shown.witness.case.events] == ["agreed"]


@pytest.mark.parametrize("which", ["psbc", "house"])
def test_every_counterexample_replays_from_its_data(which: str) -> None:
    found = psbc() if which == "psbc" else against_the_measures(*TEN_DAYS)
    shown = [(one, point.counterexample) for one in found.rules for point in one.points if point.counterexample]
    assert len(shown) > 3
    for one, counter in shown:
        data = json.loads(json.dumps(counter.to_dict()))
        witness = Witness.from_dict(data, found.base)
        section, _, name = one.base.partition("/")
        answer = assess(witness.case, found.base, at=witness.at, links=witness.links)
        if section == "limit":
            assert answer.clocks[name].worst == counter.base == data["base"]
        else:
            assert counter.base in {duty.status for duty in answer.duties if duty.duty.id == name}


def test_twenty_five_seven_and_twelve_days_are_proved_whole() -> None:
    rows = (
        '{ within = "25 days", when = "complex and complex_reason_recorded" }, '
        '{ within = "7 days", when = "major == \'major\'" }, { within = "12 days" }'
    )
    found = of(against_the_measures(rows), "limit/decide")
    assert found.verdict is PROVED
    margins = [one.margin for one in found.points if one.margin is not None]
    # a complex major complaint has 25 days under the house, so never 7 against 30
    assert [(str(one.house.periods[0]), str(one.base.periods[0]), one.closest.days) for one in margins] == [
        ("25 days", "30 days", 5), ("7 days", "15 days", 8), ("12 days", "15 days", 3),
    ]  # fmt: skip


def test_complex_without_its_recorded_reason_is_laxer_always() -> None:
    found = of(against_the_measures('{ within = "25 days", when = "complex" }, { within = "12 days" }'), "limit/decide")
    (laxer,) = points(found, Aspect.FIGURE, LAXER)
    assert laxer.margin is not None
    assert (laxer.margin.laxer_days, laxer.margin.closest) == (9493, dt.timedelta(days=-10))
    shown = laxer.counterexample
    assert shown is not None
    assert shown.witness.case.complaint.complex is True
    assert shown.witness.case.complaint.extra == {"complex_reason_recorded": False}
    assert (shown.house, shown.base) == ("running", "overdue")


TEN_DAYS = (
    '{ within = "20 working days", when = "complex and complex_reason_recorded" }, { within = "10 working days" }',
    'pauses = [{ reason = "mediation" }, { reason = "internal_review" }]',
)


def test_ten_working_days_are_laxer_than_fifteen_days_around_long_holidays() -> None:
    laxer = points(of(against_the_measures(*TEN_DAYS), "limit/decide"), Aspect.FIGURE, LAXER)
    assert [one.margin.laxer_days for one in laxer if one.margin] == [2157, 1433]
    shown = laxer[1].counterexample
    assert shown is not None
    assert shown.witness.case.complaint.received == dt.datetime.fromisoformat("2020-01-19T00:00+08:00")
    assert shown.house_due is not None
    assert shown.base_due is not None
    assert (shown.house_due.date(), shown.base_due.date()) == (dt.date(2020, 2, 10), dt.date(2020, 2, 3))
    assert (shown.house, shown.base) == ("running", "overdue")


def test_a_stop_that_the_base_does_not_know_leaves_the_base_overdue() -> None:
    stops = points(of(against_the_measures(*TEN_DAYS), "limit/decide"), Aspect.STOP, LAXER)
    shown = next(one.counterexample for one in stops if "internal_review" in one.words[1])
    assert shown is not None
    assert [(one.kind, one.reason) for one in shown.witness.case.events] == [
        ("suspended", "internal_review"), ("resumed", "internal_review"),
    ]  # fmt: skip
    assert (shown.house, shown.base) == ("running", "overdue")


@pytest.mark.parametrize("name", ["cbirc-2020-3", "example-bank"])
def test_what_takes_the_measures_over_keeps_them(name: str) -> None:
    own = {key: value for key, value in PARAMETERS.items() if key in load_policy(name).parameters}
    found = conforms(load_policy(name, parameters=own), measures())
    assert [one.base for one in found.rules if one.verdict is not PROVED] == []
    assert found.conforms
    assert found.verdict is PROVED


def test_a_policy_keeps_itself() -> None:
    one = policy(
        """[[limit]]
id = "decide"
title = { zh = "甲", en = "One" }
cite = "1"
who = "institution"
from = "received"
until = "replied"
latest = [{ within = "5 days" }, { within = "3 working days", when = "joint" }]
[[limit]]
id = "again"
title = { zh = "乙", en = "Two" }
cite = "2"
who = "institution"
from = "received"
until = "closed"
when = "late('decide') or met('decide')"
first = [{ within = "5 days" }]
"""
    )
    assert conforms(one, one).conforms


def test_without_a_common_limit_that_is_told_and_the_duties_are_compared() -> None:
    found = conforms(load_policy("psbc-95580"), measures())
    assert not found.paired
    assert {one.verdict for one in found.limits} == {MISSING}
    assert found.verdict is LAXER
    assert "no limit was compared" in found.explain("en")
    assert "未比对任何时限" in found.explain()
    # the duty to archive is kept by what the house asks for, but only of complaints by phone: the others it is not for
    archive = {one.aspect: one.verdict for one in of(found, "duty/archive").points}
    assert archive == {Aspect.ACT: PROVED, Aspect.APPLIES: LAXER, Aspect.SCOPE: PROVED}


def test_a_parameter_that_nobody_supplied_leaves_it_open() -> None:
    bare = load_policy("cbirc-2020-3")
    found = conforms(bare, bare)
    assert found.verdict is OPEN
    (point,) = [one for one in of(found, "limit/major_report_time").points if one.verdict is OPEN]
    assert point.words[1] == "a figure of the base waits for the parameter major_report"


def test_a_budget_too_small_leaves_open_what_it_does_not_reach() -> None:
    """What needs no search is proved and replayed all the same."""
    runs, apart = 'from = "received"\nuntil = "closed"\n', "(joint or not complex) and (not joint or complex)"
    # the two mean the same, which takes a case distinction
    house = limited(
        'first = [{ within = "9 days" }]\nwhen = "joint and complex or not joint and not complex"', runs=runs
    )
    base = limited(f'first = [{{ within = "15 days" }}]\nwhen = "{apart}"', "base")
    decide = of(conforms(house, base, budget=1), "limit/decide")
    assert [one.words[1] for one in points(decide, Aspect.SCOPE)] == [
        "the base's limit applies and the house's does not; the budget of the search was used up"
    ]
    assert points(decide, Aspect.END, LAXER)
    assert decide.verdict is LAXER


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"house": "psbc-95580"}, InvalidPolicy, "a Policy is expected"),
        ({"base": None}, InvalidPolicy, "a Policy is expected"),
        ({"pairs": {"hwole": "decide"}}, UnknownRule, "did you mean 'whole'"),
        ({"implies": {"accepted_by_customr": "replied"}}, UnknownCode, "did you mean 'accepted_by_customer'"),
        ({"calendar": "china"}, InvalidPeriod, "a WorkCalendar is expected"),
        *(
            ({"budget": one}, InvalidFigure, "a whole number of steps from 1 is expected")
            for one in (0, -1, 1.5, float("nan"), "many", None, True)
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: dict[str, Any], error: type[Exception], text: str) -> None:
    given: dict[str, Any] = {"house": load_policy("psbc-95580"), "base": measures()} | arguments
    with pytest.raises(error, match=text):
        conforms(given.pop("house"), given.pop("base"), **given)


def test_what_is_no_conformance_cannot_be_written() -> None:
    with pytest.raises(InvalidReport, match="a Conformance is expected; got 'NoneType'"):
        to_markdown(None)  # type: ignore[arg-type]


def test_the_preface_says_beyond_what_nothing_is_proved() -> None:
    """Days whose holidays are not published are not proved: what was said in Chinese before was the opposite."""
    assert "已公布放假安排之外的日子不在证明之内。" in psbc().explain()


def test_a_calendar_of_ones_own_counts() -> None:
    """Known on 2 January 2008 the calendar ends with that year, and the margin of 2020 is not seen."""
    known = WorkCalendar.china(as_known_on=dt.date(2008, 1, 2))
    found = conforms(load_policy("psbc-95580"), measures(), pairs={"whole": "decide"}, calendar=known)
    assert found.last == dt.date(2008, 12, 28)
    margins = [one.margin for one in of(found, "limit/decide").points if one.margin]
    assert min(one.closest for one in margins) > dt.timedelta(0)


def test_the_answer_is_a_value_and_goes_into_data() -> None:
    found = psbc()
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made a moment ago
    data = json.loads(json.dumps(found.to_dict()))
    assert data["house"]["id"] == "psbc-95580"
    assert data["counts"] == {"proved": 0, "laxer": 5, "open": 0, "missing": 27}
    assert data["limits"][0]["verdict"] == "laxer"
    assert [one["verdict"] for one in data["limits"][0]["points"]].count("proved") == 10
    assert data["limits"][1] == {"base": "limit/review_request", "house": None, "verdict": "missing", "points": []}
    assert data["last"] == "2026-12-28"


def test_the_answer_is_said_in_both_languages() -> None:
    found = psbc()
    english, chinese = found.explain("en"), found.explain("zh")
    assert english.startswith("psbc-95580@2016 against cbirc-2020-3@2020: laxer 5, no house rule 27\n")
    assert chinese.startswith("psbc-95580@2016对cbirc-2020-3@2020：较宽 5、缺对应规定 27\n")
    for text, last in ((english, "the published calendar ends"), (chinese, "2026-12-28")):
        assert "2026-12-28" in text, last
        assert '"settled_on_spot": true' in text
    assert "the house has no rule for these:\n  limit/review_request Ask for a review" in english
    assert "closest 0 s (received 2020-01-19 (Sun) 00:00)" in english
    table = to_markdown(found, "en")
    assert "| `limit/decide` Decide and tell the complainant | `limit/whole` | laxer |" in table
    assert "| `duty/register` Register the complaint | `duty/ticket_open` | laxer |" in table
    assert '  ```json\n  {"id": "w-1"' in table
    assert "  ```\n\n  assess it with --at " in table
    assert to_markdown(found).startswith("# psbc-95580@2016对")


def test_chinese_names_events_and_reasons_by_their_titles() -> None:
    house = limited(
        'first = [{ within = "12 days" }]\nvoid_on = "withdrawn"\npauses = [{ reason = "mediation" }]\n',
        runs='from = "received"\nuntil = { event = "replied", told = "complainant" }\n',
    )
    base = limited('first = [{ within = "15 days" }]', "base", runs='from = "registered"\nuntil = "closed"\n')
    (found,) = conforms(house, base).limits
    told = [one.words[0] for one in found.points]
    assert "“撤回投诉”使内部规定失效，上位规定照计" in told
    assert "内部规定因调解中止，上位规定不中止" in told
    assert any(one.startswith("上位规定自“登记”起算，内部规定不自此起算") for one in told)
    assert any(one.startswith("内部规定以“答复客户”（已告知：投诉人）终止，上位规定不因此终止") for one in told)


def test_how_it_is_counted_is_named_where_it_is_what_differs() -> None:
    """A fifteenth day on a rest day moves for the house and not for the base."""
    rolls = limited('first = [{ within = "15 days" }]\nroll = "next_working_day"')
    (found,) = conforms(rolls, limited('first = [{ within = "15 days" }]', "base")).limits
    (figure,) = points(found, Aspect.FIGURE, LAXER)
    assert figure.words[0].startswith("15日（末日逢休息日移至下一工作日）对15日：")
    assert figure.words[1].startswith(
        "15 days (a last day that does not work moves to the next working day) against 15 days: "
    )
    opening = limited('first = [{ within = "9 days" }]\nopening_day = true')
    (found,) = conforms(opening, limited('first = [{ within = "15 days" }]', "base")).limits
    (figure,) = points(found, Aspect.FIGURE)
    assert "9日（起算当日计入（含当日））对15日" in figure.words[0]
