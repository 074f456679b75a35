"""Variables: which cells there are, what is exact, what is told where it is not."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Final

import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds import histories
from complaint_rules.verification.worlds.formulas import both, negated
from complaint_rules.verification.worlds.histories import typical
from complaint_rules.verification.worlds.reading import joined
from complaint_rules.verification.worlds.search import region
from complaint_rules.verification.worlds.variables import Thing, Variable
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import fact, limit, own, table
from tests.verification.worlds.awkward import HISTORY, LINKS, MANY, NUMBERS, ORDER, OUTCOMES, SETS, UNLIKE, awkward
from tests.verification.worlds.test_worlds import SHIPPED


def by_key(worlds: Worlds) -> Mapping[str, Variable]:
    return {one.key: one for one in worlds.variables}


def titles(policy: Policy, key: str) -> list[str]:
    return [cell.text("en") for cell in by_key(Worlds(policy))[key].cells]


def never(worlds: Worlds, rule: str, row: int) -> bool:
    return region(worlds.fired(rule, row), [one.full for one in worlds.variables]) is None


# -- which cells there are --

CASE: Final = {
    "open": "the case is open", "closed": "the case stands as “closed”", "withdrawn": "the case stands as “withdrawn”",
    "not_accepted": "the case stands as “not accepted”",
}  # fmt: skip


@pytest.mark.parametrize(
    ("when", "key", "expected"),
    [
        ("has('replied')", "events:replied", ["none of it happened", "“replied”"]),
        ("count('replied') >= 2", "events:replied", ["none of it happened", "“replied”, “replied”"]),
        ("late('whole')", "limit:whole", ["not late", "late", "undetermined"]),
        ("met('whole')", "limit:whole",
         ["neither met nor late", "met in time", "undetermined"]),
        ("met('whole') or late('whole')", "limit:whole",
         ["neither met nor late", "met in time", "late", "undetermined", "was late, now undetermined"]),
        ("state('closed') or state('open')", "state:",
         [CASE["open"], CASE["closed"], CASE["withdrawn"], f"{CASE['open']} or {CASE['closed']}",
          f"{CASE['open']} or {CASE['withdrawn']}", f"{CASE['closed']} or {CASE['withdrawn']}",
          f"{CASE['withdrawn']} or {CASE['not_accepted']}"]),
        ("linked('same') >= 3", "link:same",
         ["below 3", "3", "nobody looked, this one counts 0 itself"]),
        # no count is below 0, and one that always holds is told apart from nothing
        ("linked('same') >= 0", "link:same", ["0", "nobody looked, this one counts 0 itself"]),
        ("linked('same') == 0", "link:same",
         ["0", "above 0", "nobody looked, this one counts 0 itself", "nobody looked, this one counts 1 itself"]),
        ("linked('same') >= 1", "link:same",
         ["below 1", "1", "nobody looked, this one counts 0 itself", "nobody looked, this one counts 1 itself"]),
        ("first_of('same')", "link:same",
         ["any number, the first", "any number, not the first", "any number, order unknown"]),
        ("linked('joined') == 2", "link:joined",
         ["below 2", "2", "nobody looked, this one counts 0 itself", "nobody looked, this one counts 3 itself"]),
    ],
)  # fmt: skip
def test_cells_are_what_the_conditions_tell_apart(when: str, key: str, expected: list[str]) -> None:
    """What no condition tells apart stands in one cell, called by the first of it."""
    links = [fact("points", "int", assume="3"), LINKS]
    policy = own(*links, table("t", ("a", when)), limit())
    assert titles(policy, key) == expected


def test_cells_of_a_single_fact_are_kept_apart_though_a_condition_may_not() -> None:
    """3 and 4 both fulfil ``>= 3``; the edge is where cases are made for it."""
    policy = own(table("t", ("a", "complainants >= 3")))
    assert titles(policy, "fact:complainants") == ["below 3", "3", "above 3", "unknown"]


def test_facts_that_follow_from_others_are_looked_at_together() -> None:
    """What is recorded as none is taken as given where another fact brings it along."""
    policy = own('[facts.in_news]\ntype = "bool"\nimplies = "known"\nask = "handler"\ntitle = { zh = "甲", en = "A" }',
                 fact("known"), table("t", ("a", "in_news and not known"), ("b", "known")))  # fmt: skip
    worlds = Worlds(policy)
    assert by_key(worlds)["fact:in_news+fact:known"].exact
    assert never(worlds, "table/t", 0)
    assert not never(worlds, "table/t", 1)


def test_there_are_no_fewer_complainants_than_keys_of_theirs() -> None:
    policy = own('[facts.complainant_keys]\ntype = "set"\nask = "handler"\ntitle = { zh = "甲", en = "A" }',
                 table("t", ("a", "'k-1' in complainant_keys and 'k-2' in complainant_keys and complainants < 2"),
                       ("b", "'k-1' in complainant_keys and complainants < 2")))  # fmt: skip
    worlds = Worlds(policy)
    assert never(worlds, "table/t", 0)
    assert not never(worlds, "table/t", 1)


def test_facts_compared_with_each_other_have_each_others_constants_and_presumptions() -> None:
    """Cells made fact by fact would call rows dead that are not: here n = 4, m = 5, and the presumption 9 of m."""
    policy = own(fact("n", "int", assume=None), fact("m", "int", assume="9"),
                 table("t", ("a", "n < m and n > 3 and m < 6"), ("b", "n == m and n > 8"),
                       ("c", "n > m and n < 2")))  # fmt: skip
    worlds = Worlds(policy)
    assert [one.key for one in worlds.variables] == ["fact:n+fact:m"]
    assert [never(worlds, "table/t", row) for row in range(3)] == [False] * 3


# -- what is exact, and what is told where it is not --


def test_every_variable_that_is_not_exact_says_why_in_both_languages() -> None:
    for parts in (OUTCOMES, NUMBERS, UNLIKE, MANY):
        for one in Worlds(awkward(*parts)).variables:
            assert one.exact is not (bool(one.limits_of_it("zh")) and bool(one.limits_of_it("en")))
            assert one.limits_of_it("zh") != one.limits_of_it("en") or one.exact


@pytest.mark.parametrize(("id", "edition"), SHIPPED)
def test_of_the_shipped_policies_all_is_tried_and_only_limits_links_and_states_are_free(id: str, edition: str) -> None:
    for one in Worlds(load_policy(id, edition=edition)).variables:
        assert one.tried == one.full, f"{one.key} is only partly tried"
        timed = "known to the moment" in one.limits_of_it("en")
        assert one.exact or timed or one.sources[0].thing in (Thing.LIMIT, Thing.LINK, Thing.STATE)


@pytest.mark.parametrize(
    ("parts", "key", "why"),
    [
        (MANY, "fact:topics", "some are tried"),  # ten codes: 1,024 subsets
        (MANY, "events:called_back", "up to 6 events of a kind are tried"),  # nine of them are wanted
        (NUMBERS, "fact:marks+events:replied", "up to 6 events of a kind"),  # as many as a fact says
        (UNLIKE, "events:received+events:replied+events:routed", "unlike units or starts"),
        (ORDER, "events:appealed+events:replied+events:resolved", "histories are tried"),
    ],
)
def test_what_is_only_partly_tried_has_a_cell_of_its_own_in_which_all_is_free(
    parts: tuple[str, ...], key: str, why: str
) -> None:
    worlds = Worlds(awkward(*parts))
    one = by_key(worlds)[key]
    assert why in one.limits_of_it("en")
    assert [cell.free for cell in one.cells] == [False] * (len(one.cells) - 1) + [True]
    assert one.tried != one.full
    assert not one.cells[-1].known


def test_no_proof_rests_on_what_was_not_tried() -> None:
    """Nine calls can be, though only six were tried; and two atoms of one variable are free of each other there."""
    worlds = Worlds(awkward(*MANY))
    full = [one.full for one in worlds.variables]
    when = worlds.policy.tables["much"].rows
    assert not never(worlds, "table/much", 0)
    assert not never(worlds, "table/much", 1)
    for row in when[:2]:
        assert region(negated(worlds.channels(row.when).possible), full) is not None
    ten = worlds.rows("table/much")[1]
    assert region(both(ten.possible, negated(ten.held)), full) is not None, "undecided there, too"


def test_atoms_over_an_event_are_free_where_the_fact_they_read_was_not_tried() -> None:
    codes = " or ".join(f"'k{number}' in interested" for number in range(9))
    policy = own('[[duty]]\nid = "d"\nmust_not = "replied"\ntitle = { zh = "甲", en = "A" }',
                 f'unless = "event.by in interested and ({codes})"')  # fmt: skip
    worlds = Worlds(policy)
    full = [one.full for one in worlds.variables]
    for event in worlds.events(policy.duties["d"].unless, policy.duties["d"].acts):
        ways = worlds.channels(policy.duties["d"].unless, event=event)
        assert region(ways.sure, full) is not None
        assert region(negated(ways.possible), full) is not None


def test_too_many_histories_and_kinds_of_event_are_told() -> None:
    """Five kinds that stop one watch; and a kind asked for by more fields than are combined."""
    stops = [f"elapsed('received', '{days} days', until='{kind}')" for days, kind in enumerate(_KINDS, 1)]
    watched = Worlds(own(table("t", ("a", " or ".join(stops)))))
    assert "1000 histories are tried" in watched.variables[0].limits_of_it("en")
    fields = ("by", "to", "unit", "outcome", "reason", "ref")
    asked = [f"has('replied', {name}='{code}')" for name in fields for code in ("a", "b", "c")]
    many = Worlds(own(table("t", ("a", " or ".join(asked)))))
    assert "up to 6 events of a kind" in many.variables[0].limits_of_it("en")
    assert not never(many, "table/t", 0)


_KINDS: Final = ("replied", "closed", "withdrawn", "resolved", "accepted")


@pytest.mark.parametrize(
    ("one", "other", "exact"),
    [
        ("7 days", "3 days", True),  # of one unit: the longer one ends later
        ("48 hours", "3 days", True),  # three days take more than 72 hours
        ("48 hours", "2 days", False),  # two days take 48 to 72
        ("1 week", "1 month", True),
        ("30 days", "1 month", False),  # February
        ("1 year", "11 months", True),
        ("12 months", "1 year", False),
        ("10 working days", "15 days", False),  # a long break
        ("10 working days", "40 days", True),
        ("3 working hours", "1 year", False),  # hangs on the opening hours
        ("3 working hours", "2 working hours", True),
        ("same day", "2 days", True),
        ("30 minutes", "1 hour", True),
    ],
)
def test_periods_are_told_apart_where_they_end_in_one_order_whatever_the_day(one: str, other: str, exact: bool) -> None:
    policy = own(table("t", ("a", f"elapsed('received', '{one}')"), ("b", f"elapsed('received', '{other}')")))
    assert (Worlds(policy).variables[0].tried == Worlds(policy).variables[0].full) is exact


def test_ten_working_days_may_take_longer_than_forty_days_where_a_house_closes() -> None:
    """Received on 1 October 2026, the fortieth day is 10 November, the first working day Monday 23 November."""
    rows = [table("t", ("a", "elapsed('received', '10 working days')"), ("b", "elapsed('received', '40 days')"))]
    days = [(dt.date(2026, 10, 8) + dt.timedelta(days=past)).isoformat() for past in range(44)]
    closed = f'[calendar]\nday = [{{ on = {days}, works = false, reason = {{ zh = "装修", en = "repairs" }} }}]'
    for lines, exact in (rows, True), ([closed, *rows], False):
        one = Worlds(own(*lines)).variables[0]
        assert (one.tried == one.full) is exact


def test_too_many_combinations_are_told() -> None:
    """Six facts in a row, each compared with the next."""
    names = [f"n{number}" for number in range(6)]
    pairs = enumerate(itertools.pairwise(names))
    rows = [(f"v{number}", f"{one} < {two} and {one} > {number}") for number, (one, two) in pairs]
    worlds = Worlds(own(*(fact(name, "int", assume=None) for name in names), table("t", *rows)))
    one = worlds.variables[0]
    assert "there are too many combinations" in one.limits_of_it("en")
    assert len(one.cells) < 4_096
    assert not any(never(worlds, "table/t", row) for row in range(5))


def test_a_limit_is_free_of_the_facts_by_which_it_applies() -> None:
    """So what is proved stays proved, and a case that could not be is found by replaying it."""
    policy = own(
        fact("major"),
        table("t", ("a", "late('whole') and not major")),
        limit('[{ within = "2 days" }]', 'when = "major"'),
    )
    worlds = Worlds(policy)
    assert not never(worlds, "table/t", 0)
    assert by_key(worlds)["limit:whole"].limits_of_it("en").startswith("how the limit comes out is free")


def test_presumptions_differ_from_policy_to_policy() -> None:
    assert Worlds(own(fact("major", assume="true"))).presumptions["major"] is True


# -- small parts --


def test_events_carry_what_selectors_want_in_all_combinations() -> None:
    """Of two values that no selector tells apart one is enough; what is told is wanted together."""
    found = typical(
        "replied", [(("by", frozenset({"b", "a"})), ("told", frozenset({"x", "y"}))), (("told", frozenset("z")),)]
    )
    assert [(one.by, sorted(one.told or ())) for one in found] == [
        (None, []), (None, ["x", "y"]), (None, ["z"]), (None, ["x", "y", "z"]),
        ("a", []), ("a", ["x", "y"]), ("a", ["z"]), ("a", ["x", "y", "z"]),
    ]  # fmt: skip


def test_things_named_together_are_joined_through_others() -> None:
    assert joined("abcdef", ["bd", "fa", "df", "c"]) == [["a", "b", "d", "f"], ["c"], ["e"]]


def test_histories_of_periods_end_before_and_after_each() -> None:
    one = by_key(Worlds(awkward(*HISTORY)))["events:received+events:replied+events:closed+events:reopened"]
    assert "known to the moment" in one.limits_of_it("en")
    looked = {cell.text("en").rpartition("; looked at on ")[2] for cell in one.cells}
    assert looked == {
        "2026-03-04 (Wed) 10:30",  # at once
        "2026-03-06 (Fri) 10:02",  # after 48 hours
        "2026-03-08 (Sun) 00:01",  # after three days
        "2026-03-12 (Thu) 00:01",  # after seven
    }


def test_one_limit_has_a_cell_for_each_class_it_is_asked_for() -> None:
    one = by_key(Worlds(awkward(*OUTCOMES)))["limit:whole"]
    assert [cell.known for cell in one.cells].count(False) == 7, "no clock is read, or undetermined"


def test_sets_hold_codes_of_what_is_compared_with_them() -> None:
    worlds = Worlds(awkward(*SETS))
    assert not never(worlds, "table/about", 1), "a matter is among the topics"


@pytest.mark.parametrize(
    ("period", "least", "most"),
    [
        ("1440 minutes", 1, 1),
        ("48 hours", 2, 2),
        ("at once", 0, 0),
        # those that end with a day have the rest of the first day besides
        ("same day", 0, 1),
        ("3 days", 3, 4),
        ("2 weeks", 14, 15),
        ("1 month", 28, 32),  # a February, a month of 31 days
        ("1 year", 365, 367),  # a leap year
        ("10 working days", 10, 36),  # 2.2 days each, and a break of fourteen
    ],
)
def test_a_period_takes_so_many_days_at_least_and_at_most(period: str, least: float, most: float) -> None:
    """Two of which one always ends first are told apart by it: bounds too narrow would prove what is not so."""
    one = Period.parse(period)
    assert histories._length(one) == pytest.approx((least, most))
    china = WorkCalendar.china()
    for day in range(0, 9_490, 13):
        start = dt.datetime(2001, 1, 1, 10, tzinfo=BEIJING) + dt.timedelta(days=day)
        due = one.due_at(start, china)
        assert due is not None
        assert least * dt.timedelta(days=1) <= due - start <= most * dt.timedelta(days=1), start
