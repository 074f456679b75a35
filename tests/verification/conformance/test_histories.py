"""What else than figures parts two limits, each difference replayed under both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point
from complaint_rules.verification.conformance.histories import unlike
from complaint_rules.verification.conformance.margins import Margin, margin
from complaint_rules.verification.conformance.replaying import RECEIVED, Sides, events_of
from tests.verification.conformance.houses import RUNS, limited

CHINA = WorkCalendar.china()
PROVED, LAXER, OPEN = Conforming.PROVED, Conforming.LAXER, Conforming.OPEN
TWELVE, FIFTEEN = 'first = [{ within = "12 days" }]\n', 'first = [{ within = "15 days" }]\n'


def typical(condition: Condition | None, selectors: Sequence[Selector]) -> list[Event]:
    """Give events with what the conditions of this module ask for, and without."""
    wanted: list[dict[str, Any]] = [{}, {"told": "complainant"}, {"items": "consent"}, {"reason": "complex"}]
    found = []
    for selector in selectors:
        for fields in wanted if condition is not None else wanted[:1]:
            if not dict(selector.fields).keys() & fields.keys():
                found += [events[0] for events in events_of(selector, RECEIVED, **fields)]
    return found


def compared(
    house: Policy,
    base: Policy,
    implied: dict[str, str] | None = None,
    margins: tuple[Margin, ...] = (),
    calendar: WorkCalendar = CHINA,
) -> dict[Aspect, Point]:
    """Hold the limits `decide` of two rule sets against one another; of several points about a thing the worst."""
    vouched = {} if implied is None else implied
    sides = Sides(
        house=house, base=base, ours=house.limits["decide"], theirs=base.limits["decide"], calendar=calendar,
        implied=vouched,
    )  # fmt: skip
    found: dict[Aspect, Point] = {}
    for point in unlike(sides, vouched, typical, margins):
        if point.aspect not in found or found[point.aspect].verdict is PROVED:
            found[point.aspect] = point
    return found


AGREED = "agreed = true\n"
LATER = "agreed = true\nagreed_later = true\n"
MEDIATION = 'pauses = [{ reason = "mediation" }]\n'
ASKING = 'pauses = [{ reason = "mediation", requires = "\'consent\' in event.items" }]\n'
AGAIN = 'restart = { on = { event = "supplemented", items = ["new_facts"] } }\n'
MORE = '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "{}"\ntimes = {}\n'
DOUBLE = 'from = "routed"\nuntil = "replied"\n'


@pytest.mark.parametrize(
    ("house", "base", "aspect", "verdict"),
    [
        # ends
        ("", "", Aspect.END, PROVED),
        ('until = ["replied", "closed"]', "", Aspect.END, LAXER),
        ('until = { event = "replied", told = "complainant" }', "", Aspect.END, PROVED),
        ("", 'until = { event = "replied", told = "complainant" }', Aspect.END, LAXER),
        ('until = "replied"', 'until = { event = "replied", not = { to = "regulator" } }', Aspect.END, LAXER),
        # starts: what the base starts with and the house does not, and the other way round
        ("", "", Aspect.START, PROVED),
        ('from = "registered"', "", Aspect.START, LAXER),
        ('from = ["received", "registered"]', "", Aspect.START, OPEN),
        # voids
        ('void_on = "withdrawn"', 'void_on = "withdrawn"', Aspect.VOID, None),
        ('void_on = "withdrawn"', "", Aspect.VOID, LAXER),
        ('void_on = "withdrawn"', 'void_on = { event = "withdrawn", when = "joint" }', Aspect.VOID, LAXER),
        ('void_on = { event = "withdrawn", when = "joint" }', 'void_on = "withdrawn"', Aspect.VOID, None),
        # it takes another event first, which a case is made with
        ('void_on = { event = "closed", when = "has(\'informed\')" }', "", Aspect.VOID, LAXER),
        # it takes one of the ends first: by then one of the two has ended
        ('void_on = { event = "closed", when = "has(\'replied\') and joint" }', "", Aspect.VOID, PROVED),
        ('void_on = { event = "closed", when = "has(\'replied\') or joint" }', "", Aspect.VOID, OPEN),
        # stops
        (MEDIATION, "", Aspect.STOP, LAXER),
        ("", MEDIATION, Aspect.STOP, None),
        (MEDIATION, MEDIATION, Aspect.STOP, PROVED),
        (ASKING, ASKING, Aspect.STOP, PROVED),
        (ASKING, MEDIATION, Aspect.STOP, PROVED),
        (MEDIATION, ASKING, Aspect.STOP, LAXER),
        # the base asks for one of two things, the house for one of them: no case tried parts them
        (ASKING, ASKING.replace("'consent'", "'application' in event.items or 'consent'"), Aspect.STOP, OPEN),
        # agreed times
        ("", AGREED, Aspect.AGREED, LAXER),
        ("", LATER, Aspect.AGREED, None),
        (AGREED, "", Aspect.AGREED, LAXER),
        (LATER, "", Aspect.AGREED, LAXER),
        (AGREED, AGREED, Aspect.AGREED, PROVED),
        (AGREED, LATER, Aspect.AGREED, PROVED),
        (LATER, LATER, Aspect.AGREED, PROVED),
        (LATER, AGREED, Aspect.AGREED, LAXER),
        # starting anew
        (AGAIN, "", Aspect.RESTART, LAXER),
        ("", AGAIN, Aspect.RESTART, None),
        (AGAIN, AGAIN, Aspect.RESTART, PROVED),
        # reopening
        ('reopen = "new"', "", Aspect.REOPEN, None),
        ("", 'reopen = "new"', Aspect.REOPEN, LAXER),
        ('reopen = "new"', 'reopen = "new"', Aspect.REOPEN, PROVED),
        ('reopen = "continue"', 'reopen = "continue"', Aspect.REOPEN, PROVED),
        ('reopen = "new"', 'reopen = "continue"', Aspect.REOPEN, OPEN),
        # force
        ('modality = "should"', "", Aspect.FORCE, LAXER),
        ('modality = "should"', 'modality = "should"', Aspect.FORCE, None),
        # extensions; 12 and 20 days come to more than 15
        (MORE.format("20 days", 1), "", Aspect.EXTENSION, LAXER),
        (MORE.format("20 days", 1), MORE.format("20 days", 1), Aspect.EXTENSION, PROVED),
        (MORE.format("2 days", 2), "", Aspect.EXTENSION, LAXER),
    ],
)  # fmt: skip
def test_a_difference_is_proved_harmless_or_replayed(
    house: str, base: str, aspect: Aspect, verdict: Conforming | None
) -> None:
    """The house gives 12 days, the base 15: what makes a difference is the one line on either side."""
    ours, theirs = (
        limited(f"{figure}{line}\n", name, runs=_runs(line))
        for name, figure, line in (("house", TWELVE, house), ("base", FIFTEEN, base))
    )
    found = compared(ours, theirs).get(aspect)
    assert (found.verdict if found else None) is verdict
    if found is not None:
        assert (found.counterexample is not None) is (verdict is LAXER)


def test_what_only_says_should_is_shown_when_both_are_late() -> None:
    """Twelve days end on 16 March, fifteen on the 19th: then neither is kept, under the house without a breach."""
    house, base = limited(f'{TWELVE}modality = "should"\n'), limited(FIFTEEN, "base")
    shown = compared(house, base)[Aspect.FORCE].counterexample
    assert shown is not None
    assert (shown.house, shown.base, shown.witness.at.isoformat()) == (
        "overdue",
        "overdue",
        "2026-03-20T00:00:00+08:00",
    )
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2008, 1, 2))
    house = limited('first = [{ within = "5 working days" }]\nmodality = "should"\n')
    assert compared(house, base, calendar=strict)[Aspect.FORCE].counterexample is None
    never = limited('first = [{ within = "at once" }]', "base")  # by which nothing is late
    assert compared(limited(f'{TWELVE}modality = "should"\n'), never)[Aspect.FORCE].counterexample is None


def _runs(line: str) -> str:
    kept = [one for one in RUNS.splitlines() if not line.startswith(one.split(" = ")[0])]
    return "\n".join(kept) + "\n"


def test_an_end_that_somebody_vouches_for_is_none_of_the_houses_own() -> None:
    house, base = (
        limited('first = [{ within = "12 days" }]', runs='from = "received"\nuntil = "closed"\n'),
        limited(FIFTEEN, "base"),
    )
    assert compared(house, base)[Aspect.END].verdict is LAXER
    assert compared(house, base, {"closed": "replied"})[Aspect.END].verdict is PROVED


def test_a_case_that_somebody_vouches_against_is_no_counterexample() -> None:
    """A closing voids the house's limit; where none comes without a reply, the base's has ended by then too."""
    house = limited(f'{TWELVE}void_on = "closed"\n')
    base = limited(FIFTEEN, "base")
    assert compared(house, base)[Aspect.VOID].verdict is LAXER
    assert Aspect.VOID not in compared(house, base, {"closed": "replied"})


def test_stops_that_both_know_are_left_open_in_unlike_units() -> None:
    house, base = (
        limited(f'first = [{{ within = "5 working days" }}]\n{MEDIATION}'),
        limited(f"{FIFTEEN}{MEDIATION}", "base"),
    )
    found = compared(house, base)[Aspect.STOP]
    assert (found.verdict, found.counterexample) == (OPEN, None)
    assert "different units" in found.words[1]


def test_even_lengthened_a_short_limit_may_stay_before_the_base() -> None:
    house, base = limited(f'first = [{{ within = "5 days" }}]\n{MORE.format("5 days", 2)}'), limited(FIFTEEN, "base")
    found = compared(house, base, margins=(margin("5 days", "15 days", CHINA),))[Aspect.EXTENSION]
    assert (found.verdict, found.margin and found.margin.closest.days) == (PROVED, 0)
    longer = limited(f'first = [{{ within = "6 days" }}]\n{MORE.format("5 days", 2)}')
    found = compared(longer, base, margins=(margin("6 days", "15 days", CHINA),))[Aspect.EXTENSION]
    assert (found.verdict, found.margin) == (LAXER, None)


def test_a_run_for_every_start_is_more_than_one_run() -> None:
    house = limited(TWELVE, runs=DOUBLE)
    base = limited(f"{FIFTEEN}each = true\n", "base", runs=DOUBLE)
    assert compared(house, base)[Aspect.EACH].verdict is LAXER
    assert Aspect.EACH not in compared(base, house)


def test_a_house_that_nobody_can_count_leaves_open_what_would_be_replayed() -> None:
    """The calendar refuses the days of the cases, so under the house none of them can be counted."""
    runs = 'from = "received"\nuntil = "closed"\nvoid_on = "withdrawn"\nreopen = "new"\n'
    lines = f'first = [{{ within = "5 working days" }}]\n{AGAIN}{MEDIATION}{AGREED}{MORE.format("5 working days", 1)}'
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2008, 1, 2))
    base = limited(f'{FIFTEEN}reopen = "continue"\n', "base")
    found = compared(limited(lines, runs=runs), base, calendar=strict)
    open_ones = {one.aspect for one in found.values() if one.verdict is OPEN}
    assert open_ones == {
        Aspect.END, Aspect.VOID, Aspect.AGREED, Aspect.EXTENSION, Aspect.RESTART, Aspect.REOPEN,
    }  # fmt: skip
    assert found[Aspect.STOP].verdict is LAXER, "while it is stopped there is nothing to count"
    assert all(one.words[1].endswith("no case tried bears it out") for one in found.values() if one.verdict is OPEN)


def test_the_longest_that_an_extension_to_a_total_gives_is_compared() -> None:
    house = limited(f'first = [{{ within = "5 days" }}]\n{MORE.format("5 days", 1).replace("add", "to")}')
    found = compared(house, limited(FIFTEEN, "base"), margins=(margin("5 days", "15 days", CHINA),))
    assert (found[Aspect.EXTENSION].verdict, found[Aspect.EXTENSION].margin) == (
        PROVED, margin("5 days", "15 days", CHINA),
    )  # fmt: skip


def test_what_voids_the_one_and_ends_the_other_is_no_difference() -> None:
    house = limited(f'{TWELVE}void_on = "closed"\n')
    base = limited(FIFTEEN, "base", runs='from = "received"\nuntil = ["replied", "closed"]\n')
    assert Aspect.VOID not in compared(house, base)


def test_a_case_in_which_what_is_vouched_for_fails_is_not_made() -> None:
    house = limited(f'{TWELVE}void_on = {{ event = "closed", when = "has(\'informed\')" }}\n')
    base = limited(FIFTEEN, "base")
    assert compared(house, base)[Aspect.VOID].verdict is LAXER
    assert compared(house, base, {"informed": "replied"})[Aspect.VOID].verdict is OPEN


def test_psbc_against_the_measures() -> None:
    """A customer who accepts without a reply: the house's limit is met, the base's runs out on the fifteenth day."""
    house, base = load_policy("psbc-95580"), load_policy("cbirc-2020-3")
    sides = Sides(house=house, base=base, ours=house.limits["whole"], theirs=base.limits["decide"], calendar=CHINA)
    found = {one.aspect: one for one in unlike(sides, {}, typical, ())}
    shown = found[Aspect.END].counterexample
    assert shown is not None
    assert [one.kind for one in shown.witness.case.events] == ["accepted_by_customer"]
    assert (shown.house, shown.base) == ("met", "overdue")
    # received on Wednesday, 4 March 2026: five working days and fifteen days
    assert shown.house_due is not None
    assert shown.base_due is not None
    assert (shown.house_due.date().isoformat(), shown.base_due.date().isoformat()) == ("2026-03-11", "2026-03-19")
    assert found[Aspect.VOID].verdict is PROVED
    assert shown.text("en") == (
        "2026-03-20 (Fri) 00:00: house met in time (due 2026-03-11 (Wed) 24:00), "
        "base overdue (due 2026-03-19 (Thu) 24:00)"
    )
    assert shown.text("zh").startswith(
        "2026-03-20（周五）00:00：内部规定按时完成（2026-03-11（周三）24:00到期），上位规定"
    )
