"""Which figures can hold together, and what is said of those that nobody can count."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.figures import figures_held
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.conformance.replaying import Sides
from tests.verification.conformance.houses import limited

CHINA = WorkCalendar.china()
PROVED, LAXER, OPEN, MISSING = Conforming
FACTS = """[facts.set_day]
type = "moment"
title = { zh = "上级规定的时限", en = "time set by a superior" }
[parameters.time]
type = "period"
title = { zh = "时间", en = "Time" }
cite = "1"
"""


def by(kind: str, *rows: str) -> str:
    """Write the figures of a limit: each a period, a parameter or a fact, with its condition behind ``if``."""
    written = []
    for row in rows:
        figure, _, when = row.partition(" if ")
        word, _, name = figure.partition(" ")
        within = {"parameter": f'within = {{ parameter = "{name}" }}', "by": f'by = "{name}"'}
        written.append(within.get(word, f'within = "{figure}"') + (f', when = "{when}"' if when else ""))
    return f"{kind} = [{', '.join(f'{{ {one} }}' for one in written)}]"


def figured(house: str, base: str, budget: int = 9_999, calendar: WorkCalendar = CHINA) -> list[Point]:
    ours, theirs = _with(house, "house"), _with(base, "base")
    sides = Sides(
        house=ours, base=theirs, ours=ours.limits["decide"], theirs=theirs.limits["decide"], calendar=calendar
    )
    return list(figures_held(Questions(ours, theirs, budget), sides))


def _with(lines: str, name: str) -> Policy:
    more, _, rest = lines.partition("---\n")
    return limited(rest or more, name, more=f"{FACTS}{more if rest else ''}")


def told(found: list[Point]) -> list[tuple[Conforming, str]]:
    return [(one.verdict, one.words[1].partition(":")[0]) for one in found if one.aspect is Aspect.FIGURE]


@pytest.mark.parametrize(
    ("house", "base", "expected"),
    [
        # of first-match rows one binds
        (
            by("first", "9 days if joint", "5 days"),
            by("first", "15 days"),
            [(PROVED, "9 days against 15 days"), (PROVED, "5 days against 15 days")],
        ),
        # of several the earliest binds, in every set that can hold together: three complainants are more than two
        (
            by("earliest", "9 days if complainants > 2", "5 days if complainants > 1", "7 days"),
            by("first", "15 days"),
            [
                (PROVED, "9 days or 5 days or 7 days, whichever ends first against 15 days"),
                (PROVED, "5 days or 7 days, whichever ends first against 15 days"),
                (PROVED, "7 days against 15 days"),
            ],
        ),
        # of the base's earliest none may be exceeded
        (
            by("first", "9 days"), by("earliest", "15 days", "8 days if joint"),
            [(PROVED, "9 days against 15 days"), (LAXER, "9 days against 8 days")],
        ),
        # of the base's latest the longest binds
        (
            by("first", "9 days"), by("latest", "15 days", "8 days if joint"),
            [(PROVED, "9 days against 15 days or 8 days, whichever ends last"), (PROVED, "9 days against 15 days")],
        ),
        (
            by("latest", "9 days", "16 days if joint"), by("first", "15 days"),
            [(LAXER, "9 days or 16 days, whichever ends last against 15 days"), (PROVED, "9 days against 15 days")],
        ),
        # a row of the base that cannot hold asks for nothing
        (
            by("first", "9 days"),
            by("first", "15 days if complainants > 2", "1 day if complainants > 5", "20 days"),
            [(PROVED, "9 days against 15 days"), (PROVED, "9 days against 20 days")],
        ),
        # figures that nobody can count
        (
            by("first", "parameter time"), by("first", "15 days"),
            [(OPEN, "a figure of the house waits for the parameter time")],
        ),
        (
            by("first", "9 days"), by("first", "parameter time"),
            [(OPEN, "a figure of the base waits for the parameter time")],
        ),
        (
            by("first", "by set_day", "9 days"), by("first", "15 days"),
            [(OPEN, "a figure of the house is set by set_day"), (PROVED, "9 days against 15 days")],
        ),
        (
            "agreed = true\n" + by("first", "as agreed"), by("first", "15 days"),
            [(OPEN, "a figure of the house is what was agreed")],
        ),
        # of the earliest those that can be counted say how late it is at the latest; of the latest they do not
        (
            by("earliest", "parameter time", "9 days"), by("first", "15 days"),
            [(PROVED, "9 days against 15 days")],
        ),
        (
            by("latest", "parameter time", "9 days"), by("first", "15 days"),
            [(OPEN, "a figure of the house waits for the parameter time")],
        ),
        # no figure at all where the base has one
        (
            by("first", "9 days if joint"), by("first", "15 days"),
            [
                (PROVED, "9 days against 15 days"),
                (LAXER, "one of the base's figures holds and none of the house's does"),
            ],
        ),
        # working time without opening hours
        (
            by("first", "9 working hours"), by("first", "15 days"),
            [(OPEN, "9 working hours against 15 days")],
        ),
        (
            by("first", "9 days"), by("first", "15 working hours"),
            [(OPEN, "9 days against 15 working hours")],
        ),
    ],
)  # fmt: skip
def test_every_figure_of_the_base_meets_every_set_of_the_house(
    house: str, base: str, expected: list[tuple[Conforming, str]]
) -> None:
    found = figured(house, base)
    assert told(found) == expected
    for one in found:
        assert (one.counterexample is not None) is (one.verdict is LAXER)


def test_a_house_that_does_not_apply_is_laxer_where_the_base_does() -> None:
    (scope, _) = figured('when = "not joint"\nfirst = [{ within = "9 days" }]', 'first = [{ within = "15 days" }]')
    assert (scope.aspect, scope.verdict) == (Aspect.SCOPE, LAXER)
    assert scope.counterexample is not None
    assert scope.counterexample.witness.case.complaint.joint is True
    (scope, _) = figured('first = [{ within = "9 days" }]', 'when = "joint"\nfirst = [{ within = "15 days" }]')
    assert scope.verdict is PROVED


def test_what_can_be_and_no_case_lives_is_open() -> None:
    """The base's figure takes opening hours that nobody has, so no case can be late under it."""
    scope, *_ = figured('when = "joint"\nfirst = [{ within = "9 days" }]', 'first = [{ within = "15 working hours" }]')
    assert (scope.verdict, scope.counterexample) == (OPEN, None)
    assert scope.words[1].endswith("no case was found that lives it")


def test_opening_hours_make_working_time_comparable() -> None:
    hours = WorkCalendar.china(as_known_on=dt.date(2007, 1, 2)).with_hours("09:00-12:00", "13:30-17:00")
    found = figured('first = [{ within = "8 working hours" }]', 'first = [{ within = "15 days" }]', calendar=hours)
    assert [one.verdict for one in found] == [PROVED, PROVED]
    assert found[1].margin is not None
    assert found[1].margin.last == dt.date(2007, 12, 28)


def test_without_steps_to_search_a_laxer_figure_stays_open() -> None:
    found = figured('first = [{ within = "16 days" }]', 'first = [{ within = "15 days" }]', budget=0)
    assert [(one.aspect, one.verdict) for one in found] == [
        (Aspect.SCOPE, OPEN), (Aspect.FIGURE, OPEN), (Aspect.FIGURE, OPEN),
    ]  # fmt: skip
    assert found[1].margin is not None
    assert found[1].margin.laxer_days == 9493
    assert found[1].words[0].endswith("搜索步数用尽")


def test_figures_are_moved_to_where_the_limit_starts() -> None:
    """Both run from the routing, which comes after the receipt: the worst day is that of the routing."""
    runs = 'from = "routed"\nuntil = "replied"\n'
    house = limited('first = [{ within = "10 working days" }]', runs=runs)
    base = limited('first = [{ within = "15 days" }]', "base", runs=runs)
    (found,) = conforms(house, base).limits
    shown = next(one.counterexample for one in found.points if one.aspect is Aspect.FIGURE)
    assert shown is not None
    (routed,) = shown.witness.case.events
    assert (routed.kind, str(routed.at)) == ("routed", "2020-01-19 00:00:00+08:00")
    assert (str(shown.house_due)[:10], str(shown.base_due)[:10]) == ("2020-02-10", "2020-02-03")


def test_limits_that_look_at_limits_know_what_was_proved() -> None:
    """The house's time to decide is shorter, so the base's is never late while the house's is not."""
    again = """[[limit]]
id = "again"
title = { zh = "乙", en = "Two" }
cite = "2"
who = "institution"
from = "received"
until = "closed"
when = "late('decide') or met('decide')"
first = [{ within = "5 days" }]
"""
    house = limited(f'first = [{{ within = "5 days" }}]\n{again}')
    base = limited(f'first = [{{ within = "6 days" }}]\n{again}', "base")
    assert conforms(house, base).conforms
    wider = limited(f'first = [{{ within = "7 days" }}]\n{again}')
    assert conforms(wider, base).limits[0].verdict is LAXER


def test_a_limit_alike_stands_the_same_whatever_else_is_asked_of_it() -> None:
    same = 'first = [{ within = "5 days" }]\n'
    more = """[[limit]]
id = "again"
title = {{ zh = "乙", en = "Two" }}
cite = "{}"
who = "institution"
from = "received"
until = "closed"
when = "not late('decide')"
first = [{{ within = "{} days" }}]
"""
    house = limited(f"{same}{more.format(9, 5)}")
    base = limited(f'reading = {{ zh = "注", en = "note" }}\n{same}{more.format(2, 6)}', "base")
    found = conforms(house, base)
    assert [one.verdict for one in found.limits] == [PROVED, PROVED]
    assert found.conforms
    assert found.explain("en").count("\n\n") == 2


def test_two_rows_of_one_length_are_compared_once() -> None:
    found = figured(by("first", "9 days if joint", "9 days"), by("first", "15 days"))
    assert told(found) == [(PROVED, "9 days against 15 days")]


def test_a_calendar_that_refuses_days_not_published_compares_what_it_knows() -> None:
    """Its days end before those of the cases: what is moved to a day it knows is replayed, the rest stays open."""
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2008, 1, 2))
    house, base = f'when = "joint"\n{by("first", "10 working days")}', by("first", "8 working days")
    scope, figure = figured(house, base, calendar=strict)
    assert (scope.verdict, figure.verdict) == (OPEN, LAXER)
    assert figure.margin is not None
    assert figure.margin.last.year == 2008


def test_a_base_that_nobody_can_count_leaves_open_what_would_be_replayed() -> None:
    runs = 'from = "routed"\nuntil = "replied"\n'
    house = limited(by("first", "9 days"), runs='from = "routed"\nuntil = "closed"\n')
    base = limited(by("first", "15 working hours"), "base", runs=runs)
    (found,) = conforms(house, base).limits
    assert {one.aspect for one in found.points if one.verdict is OPEN} == {Aspect.FIGURE, Aspect.END}
