"""Compiled conditions: three values, presumptions, and which unknown facts matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import attrs
import pytest

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.compiling import (
    PRESUMED_FALSE,
    PRESUMED_TRUE,
    SURELY_FALSE,
    SURELY_TRUE,
    UNDECIDED,
    Comparison,
    compile_atoms,
    compile_every,
    compile_first,
    compile_one,
)
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import MISSING, SOMETIME, FactSpec, FactType, Happened, Number, Scope, TableShape
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period


def fact(name: str, kind: str, **more: Any) -> FactSpec:
    return FactSpec(name=name, type=FactType(kind), **more)


FACTS = {
    spec.name: spec
    for spec in (
        fact("repeat", "bool", assume=False),  # bit 0
        fact("joint", "bool"),  # bit 1: no presumption
        fact("lucky", "bool", assume=True),  # bit 2: an extra
        fact("complainants", "int", assume=1),  # bit 3
        fact("amount", "decimal"),  # bit 4
        fact("kind", "text"),  # bit 5
        fact("recorded", "set"),  # bit 6
        fact("received", "moment"),  # bit 7
        fact("received_by", "level"),  # bit 8
        fact("holder", "level", assume="branch"),  # bit 9: an extra
        fact("source", "text", assume="customer"),  # bit 10
        fact("deadline", "day"),  # bit 11: an extra
        fact("needed", "int", assume=2),  # bit 12: an extra
        fact("respondent", "text"),  # bit 13
    )
}
REPEAT, JOINT, LUCKY, COMPLAINANTS, AMOUNT, KIND, RECORDED, RECEIVED, RECEIVED_BY, HOLDER, SOURCE, DEADLINE, NEEDED = (
    1 << bit for bit in range(13)
)
SCOPE = Scope(
    facts=FACTS,
    parameters={
        "threshold": 3,
        "open": MISSING,
        "strict": True,
        "top": "branch",
        "kinds": ("loan", "card"),
        "first_day": dt.date(2026, 10, 1),
        "share": Decimal("0.2"),
    },
    tables={
        "priority": TableShape(values=("urgent", "ordinary")),
        "triggers": TableShape(values=("a", "b"), every=True),
    },
    limits={"whole"},
    kinds={"received", "replied", "routed"},
    links={"same_kind"},
    levels=("outlet", "branch", "head_office"),
    bodies={"regulator"},
    event=True,
)


@attrs.frozen
class Decided:
    """A table as already decided."""

    value: object
    possible: Collection[str | None]
    surely: Collection[str] = ()
    certain: bool = True
    unknown: int = 0


def ruled(value: str | None) -> Decided:
    return Decided(value=value, possible=(value,))


@attrs.frozen(kw_only=True)
class Stand:
    """A case as the tests set it up: every answer of the history is given by hand."""

    complaint: Complaint
    priority: Decided = ruled("ordinary")
    triggers: Decided = Decided(value=("a",), possible=("a",), surely=("a",))
    answers: Mapping[str, Any] = attrs.field(factory=dict)
    event: Event | None = None
    skips_level: bool = False

    def table(self, index: int, /) -> Decided:
        return (self.priority, self.triggers)[index]

    def has(self, kind: str, selectors: object, /) -> Happened:
        return self.answers.get(f"has {kind} {selectors}", self.answers.get(f"has {kind}"))  # type: ignore[no-any-return]

    def count(self, kind: str, _: object, /) -> Number:
        least, most, *presumed = self.answers[f"count {kind}"]
        return least, most, presumed[0] if presumed else least

    def elapsed(self, kind: str, period: Period, until: str | None, /, *, standing: bool = False) -> bool | None:
        return self.answers.get(f"elapsed {kind} {period} {until}{' standing' if standing else ''}")

    def met(self, limit: str, /) -> bool | None:
        return self.answers.get(f"met {limit}")

    def late(self, limit: str, /) -> bool | None:
        return self.answers.get(f"late {limit}")

    def standing(self, limit: str, classes: Collection[str], /) -> bool | None:
        return self.answers.get(f"standing {limit} {' '.join(sorted(classes))}")

    def state(self, state: str, /) -> bool | None:
        return self.answers.get(f"state {state}")

    def first_of(self, link: str, /) -> bool | None:
        return self.answers.get(f"first of {link}")

    def holder(self, holder: str, /) -> bool | None:
        return self.answers.get(f"holder {holder}")

    def holder_at_breach(self, limit: str, holder: str, /) -> bool | None:
        return self.answers.get(f"holder at breach {limit} {holder}")

    def linked(self, link: str, /) -> Number:
        known = self.answers.get(f"linked {link}")
        return (0, None, 0) if known is None else (known, known, known)


OWN = {"lucky", "holder", "deadline", "needed"}


def stand(answers: Mapping[str, Any] | None = None, **facts: Any) -> Stand:
    more = {name: facts.pop(name) for name in ("priority", "triggers", "event", "skips_level") if name in facts}
    core = {name: value for name, value in facts.items() if name not in OWN}
    extra = {name: value for name, value in facts.items() if name in OWN}
    complaint = Complaint(id="c-1", **{"received": dt.date(2026, 9, 30), **core}, extra=extra)
    return Stand(complaint=complaint, answers=answers or {}, **more)


# --- truth tables, by hand ---

T, F = (True, True, True), (False, False, False)
U = (False, False, True)  # undecided, and no presumption decides it
U_TRUE = (True, False, True)  # undecided, presumed to hold
U_FALSE = (False, False, True)  # undecided, presumed not to hold: looks like U, its negation does not

LATE_UTC = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)
FIRST_OCTOBER = dt.date(2026, 10, 1)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 10, day, hour, minute, tzinfo=BEIJING)


BEYOND = 1 << len(SCOPE.facts)  # what no fact settles
TABLE: list[tuple[str, str, dict[str, Any], tuple[bool, bool, bool], int]] = [
    # why, condition, what is known, (holds, surely, possibly), unknown facts
    ("known true", "joint", {"joint": True}, T, 0),
    ("known false", "joint", {"joint": False}, F, 0),
    ("unknown is not False", "joint", {}, U, JOINT),
    ("an unknown fact without presumption supports no claim, negated either", "not joint", {}, U, JOINT),
    ("presumed false", "repeat", {}, U_FALSE, REPEAT),
    ("the negation of what is presumed false holds", "not repeat", {}, U_TRUE, REPEAT),
    ("presumed true", "lucky", {}, U_TRUE, LUCKY),
    ("the negation of what is presumed true does not", "not lucky", {}, U_FALSE, LUCKY),
    ("false and unknown is false", "joint and repeat", {"repeat": False}, F, 0),
    ("true and unknown is unknown", "joint and repeat", {"repeat": True}, U, JOINT),
    ("true or unknown is true", "joint or repeat", {"repeat": True}, T, 0),
    ("false or unknown is unknown", "joint or repeat", {"repeat": False}, U, JOINT),
    ("unknown or presumed true holds", "joint or lucky", {}, U_TRUE, JOINT | LUCKY),
    ("unknown and presumed true holds not", "joint and lucky", {}, U, JOINT | LUCKY),
    ("Kleene does not see that this is always true", "joint or not joint", {}, U, JOINT),
    ("constants", "True and not False", {}, T, 0),
    ("a constant settles the rest", "False and joint", {}, F, 0),
    ("a constant settles the rest", "True or joint", {}, T, 0),
    ("truth compared", "joint == True", {"joint": True}, T, 0),
    ("truth compared with unknown", "joint == False", {}, U, JOINT),
    ("presumed, compared", "repeat == False", {}, U_TRUE, REPEAT),
    ("presumed, unequal", "repeat != False", {}, U_FALSE, REPEAT),
    ("number reached", "complainants >= 3", {"complainants": 3}, T, 0),
    ("number not reached", "complainants >= 3", {"complainants": 2}, F, 0),
    ("presumption 1 does not reach 3", "complainants >= 3", {}, U_FALSE, COMPLAINANTS),
    ("and its negation holds", "not complainants >= 3", {}, U_TRUE, COMPLAINANTS),
    ("the presumption may satisfy", "complainants < 3", {}, U_TRUE, COMPLAINANTS),
    ("chain inside", "2 <= complainants < 5", {"complainants": 4}, T, 0),
    ("chain outside", "2 <= complainants < 5", {"complainants": 5}, F, 0),
    ("no presumption, no claim", "amount < 100", {}, U, AMOUNT),
    ("no presumption, no claim, negated", "not amount < 100", {}, U, AMOUNT),
    ("exact decimals", "amount > 0.1", {"amount": Decimal("0.10000000000000000001")}, T, 0),
    ("a parameter is a constant", "complainants >= threshold", {"complainants": 3}, T, 0),
    ("an exact parameter", "amount == share", {"amount": Decimal("0.20")}, T, 0),
    ("a bool parameter", "strict", {}, T, 0),
    ("a bool parameter negated", "not strict", {}, F, 0),
    ("two constants", "threshold >= 3", {}, T, 0),
    ("a missing parameter is unknown", "complainants >= open", {"complainants": 3}, U, 0),
    ("a missing parameter, negated", "not complainants >= open", {"complainants": 3}, U, 0),
    ("a missing parameter alone", "open", {}, U, 0),
    ("a missing parameter and an unknown fact", "joint and open", {}, U, JOINT),
    ("a missing parameter beside a false part", "joint and open", {"joint": False}, F, 0),
    ("two facts", "amount >= needed", {"amount": 3, "needed": 2}, T, 0),
    ("two facts, one presumed", "amount >= needed", {"amount": 3}, U_TRUE, NEEDED),
    ("two facts, one presumed, not reached", "not amount >= needed", {"amount": 1}, U_TRUE, NEEDED),
    ("two facts, one without presumption", "amount >= needed", {"needed": 2}, U, AMOUNT),
    ("two facts, one without presumption, negated", "not amount >= needed", {"needed": 2}, U, AMOUNT),
    ("two unknown facts, both presumed", "complainants < needed", {}, U_TRUE, COMPLAINANTS | NEEDED),
    ("code equal", "kind == 'loan'", {"kind": "loan"}, T, 0),
    ("code unequal", "kind != 'loan'", {"kind": "loan"}, F, 0),
    ("unknown code, unequal", "kind != 'loan'", {}, U, KIND),
    ("an enum is its code", "source == 'press'", {"source": "press"}, T, 0),
    ("an enum is among its codes", "source in ('press', 'court')", {"source": "press"}, T, 0),
    ("presumed code", "source == 'customer'", {}, U_TRUE, SOURCE),
    ("presumed not among", "source not in ('customer', 'agent')", {}, U_FALSE, SOURCE),
    ("presumed among", "source in ('customer', 'agent')", {}, U_TRUE, SOURCE),
    ("among", "kind in ('loan', 'card')", {"kind": "card"}, T, 0),
    ("not among", "kind not in ('loan', 'card')", {"kind": "card"}, F, 0),
    ("among a parameter's", "kind in kinds", {"kind": "card"}, T, 0),
    ("among what is missing", "kind in open", {"kind": "card"}, U, 0),
    ("in a set", "'name' in recorded", {"recorded": {"name"}}, T, 0),
    ("in an empty set", "'name' in recorded", {"recorded": set()}, F, 0),
    ("in an unknown set", "'name' not in recorded", {}, U, RECORDED),
    ("a fact in a set fact", "kind in recorded", {"recorded": {"x"}, "kind": "x"}, T, 0),
    ("an unknown fact in a set fact", "kind in recorded", {"recorded": {"x"}}, U, KIND),
    ("levels are ordered bottom-up", "received_by >= 'branch'", {"received_by": "head_office"}, T, 0),
    ("below", "received_by >= 'branch'", {"received_by": "outlet"}, F, 0),
    ("a level against a parameter", "received_by < top", {"received_by": "outlet"}, T, 0),
    ("an unknown level", "received_by >= 'branch'", {}, U, RECEIVED_BY),
    ("a body has no place in the order", "received_by >= 'branch'", {"received_by": "regulator"}, U, 0),
    ("nor its negation", "not received_by >= 'branch'", {"received_by": "regulator"}, U, 0),
    ("but it is what it is", "received_by == 'regulator'", {"received_by": "regulator"}, T, 0),
    ("presumed level", "holder >= 'branch'", {}, U_TRUE, HOLDER),
    ("presumed level, negated", "not holder > 'branch'", {}, U_TRUE, HOLDER),
    ("two levels", "holder > received_by", {"holder": "branch", "received_by": "outlet"}, T, 0),
    ("two levels, one presumed", "holder > received_by", {"received_by": "outlet"}, U_TRUE, HOLDER),
    ("a day before", "received < '2026-10-01'", {"received": dt.date(2026, 9, 30)}, T, 0),
    ("a moment of the day is not before the day", "received < '2026-10-01'", {"received": at(1, 0)}, F, 0),
    ("a moment equals its day", "received == '2026-10-01'", {"received": at(1, 23, 59)}, T, 0),
    ("16:30 UTC on the 30th is the 1st in Beijing", "received >= first_day", {"received": LATE_UTC}, T, 0),
    ("two moments", "received < '2026-10-01T09:00:00+08:00'", {"received": at(1, 8, 59)}, T, 0),
    (
        "of a day nobody knows the hour (k11a)", "received >= '2026-10-01T09:00:00+08:00'",
        {"received": FIRST_OCTOBER}, U, BEYOND,
    ),
    ("the day before is before", "received >= '2026-10-01T09:00:00+08:00'", {"received": dt.date(2026, 9, 30)}, F, 0),
    ("days among", "deadline in ('2026-10-01', '2026-10-03')", {"deadline": dt.date(2026, 10, 3)}, T, 0),
    ("days not among", "deadline not in ('2026-10-01', '2026-10-03')", {"deadline": dt.date(2026, 10, 3)}, F, 0),
    ("unknown day", "deadline in ('2026-10-01', '2026-10-03')", {}, U, DEADLINE),
    ("two moment facts, one unknown", "received < deadline", {}, U, DEADLINE),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "facts", "outcome", "unknown"), TABLE, ids=[f"{w}: {t}" for w, t, *_ in TABLE])
def test_facts_decide_by_kleene_and_then_by_presumption(
    why: str, text: str, facts: dict[str, Any], outcome: tuple[bool, bool, bool], unknown: int
) -> None:
    assert compile_one(parse(text, SCOPE), SCOPE)(stand(**facts)) == (*outcome, unknown)


LEFT_OPEN = Decided(value="ordinary", possible=("urgent", "ordinary"), certain=False, unknown=REPEAT)
NO_VALUE = Decided(value=None, possible=("urgent", None), certain=False, unknown=JOINT)
SOME = Decided(value=("a",), possible=("a", "b"), surely=(), certain=False, unknown=REPEAT)
OF_TABLES: list[tuple[str, str, dict[str, Any], tuple[bool, bool, bool], int]] = [
    ("decided", "priority == 'urgent'", {"priority": ruled("urgent")}, T, 0),
    ("decided otherwise", "priority == 'urgent'", {"priority": ruled("ordinary")}, F, 0),
    ("decided otherwise, unequal", "priority != 'urgent'", {"priority": ruled("ordinary")}, T, 0),
    ("no row holds", "priority == 'urgent'", {"priority": ruled(None)}, F, 0),
    ("no row holds, unequal", "priority != 'urgent'", {"priority": ruled(None)}, T, 0),
    ("open, the presumed value", "priority == 'ordinary'", {"priority": LEFT_OPEN}, U_TRUE, REPEAT),
    ("open, another value", "priority == 'urgent'", {"priority": LEFT_OPEN}, U_FALSE, REPEAT),
    ("open, another value negated", "priority != 'urgent'", {"priority": LEFT_OPEN}, U_TRUE, REPEAT),
    ("whatever comes, it is one of these", "priority in ('urgent', 'ordinary')", {"priority": LEFT_OPEN}, T, 0),
    ("whatever comes, it is none of these", "priority not in ('urgent', 'ordinary')", {"priority": LEFT_OPEN}, F, 0),
    ("one of these, perhaps", "priority in ('ordinary',)", {"priority": LEFT_OPEN}, U_TRUE, REPEAT),
    ("without any value nothing is claimed", "priority == 'urgent'", {"priority": NO_VALUE}, U, JOINT),
    ("nor denied", "priority != 'urgent'", {"priority": NO_VALUE}, U, JOINT),
    ("what is impossible is false", "priority == 'ordinary'", {"priority": NO_VALUE}, F, 0),
    ("against a missing parameter", "priority == open", {"priority": LEFT_OPEN}, U, REPEAT),
    ("among a missing parameter's", "priority in open", {}, U, 0),
    ("every: surely there", "'a' in triggers", {}, T, 0),
    ("every: surely not there", "'b' in triggers", {}, F, 0),
    ("every: surely not there, negated", "'b' not in triggers", {}, T, 0),
    ("every: presumed there", "'a' in triggers", {"triggers": SOME}, U_TRUE, REPEAT),
    ("every: presumed there, negated", "'a' not in triggers", {"triggers": SOME}, U_FALSE, REPEAT),
    ("every: possible only", "'b' in triggers", {"triggers": SOME}, U_FALSE, REPEAT),
    ("every: against a missing parameter", "open in triggers", {}, U, 0),
    ("a table and a fact", "joint and priority == 'ordinary'", {"priority": LEFT_OPEN}, U, JOINT | REPEAT),
]


@pytest.mark.parametrize(("why", "text", "facts", "outcome", "unknown"), OF_TABLES, ids=[w for w, *_ in OF_TABLES])
def test_another_table_is_known_only_where_its_possible_values_agree(
    why: str, text: str, facts: dict[str, Any], outcome: tuple[bool, bool, bool], unknown: int
) -> None:
    assert compile_one(parse(text, SCOPE), SCOPE)(stand(**facts)) == (*outcome, unknown)


LINKED = "count('routed') >= linked('same_kind')"
OF_HISTORY: list[tuple[str, str, dict[str, Any], tuple[bool, bool, bool]]] = [
    ("happened", "has('replied')", {"has replied": True}, T),
    ("did not", "has('replied')", {"has replied": False}, F),
    ("the source cannot show it", "has('replied')", {"has replied": None}, U),
    ("at an unknown moment: presumed", "has('replied')", {"has replied": SOMETIME}, U_TRUE),
    ("at an unknown moment, negated", "not has('replied')", {"has replied": SOMETIME}, U),
    ("the source cannot show it, negated", "not has('replied')", {"has replied": None}, U),
    ("with selectors", "has('replied', by='branch')", {"has replied (('by', frozenset({'branch'})),)": True}, T),
    ("elapsed", "elapsed('received', '1 month', until='replied')", {"elapsed received 1 month replied": True}, T),
    ("not elapsed", "elapsed('received', '1 month')", {"elapsed received 1 month None": False}, F),
    (
        "elapsed, up to the ending that stands",
        "elapsed('received', '1 month', until='replied', standing=True)",
        {"elapsed received 1 month replied": False, "elapsed received 1 month replied standing": True},
        T,
    ),
    ("elapsed, unknown", "not elapsed('received', '1 month')", {}, U),
    ("met", "met('whole')", {"met whole": True}, T),
    ("late, unknown", "late('whole')", {}, U),
    ("neither met nor late", "not met('whole') and not late('whole')", {"met whole": False, "late whole": False}, T),
    ("state", "state('closed')", {"state closed": True}, T),
    ("standing", "standing('whole', 'late', 'in_time')", {"standing whole in_time late": True}, T),
    ("standing, negated", "not standing('whole', 'late')", {"standing whole late": True}, F),
    ("standing, where no clock is read", "standing('whole', 'late')", {}, U),
    ("first of", "first_of('same_kind')", {"first of same_kind": True}, T),
    ("first of, negated", "not first_of('same_kind')", {"first of same_kind": True}, F),
    ("first of, where nobody looked", "first_of('same_kind')", {}, U),
    ("first of, where nobody looked, negated", "not first_of('same_kind')", {}, U),
    ("holder", "holder('outlet')", {"holder outlet": True}, T),
    ("holder, negated", "not holder('outlet')", {"holder outlet": False}, T),
    ("at the breach", "holder_at_breach('whole', 'outlet')", {"holder at breach whole outlet": True}, T),
    ("at the breach, another", "holder_at_breach('whole', 'outlet')", {"holder at breach whole outlet": False}, F),
    ("state, negated", "not state('open')", {"state open": True}, F),
    ("state, unknown", "state('closed')", {}, U),
    ("linked", "linked('same_kind') >= 3", {"linked same_kind": 3}, T),
    ("linked, too few", "linked('same_kind') >= 3", {"linked same_kind": 2}, F),
    ("nobody looked", "linked('same_kind') >= 3", {}, U),
    ("nobody looked, negated", "not linked('same_kind') >= 3", {}, U),
    ("count reached", "count('routed') >= 3", {"count routed": (3, 3)}, T),
    ("count not reached", "count('routed') >= 3", {"count routed": (2, 2)}, F),
    ("count perhaps", "count('routed') >= 3", {"count routed": (2, 4)}, U),
    ("count perhaps, presumed", "count('routed') >= 3", {"count routed": (2, 3, 3)}, U_TRUE),
    ("count perhaps, presumed, negated", "not count('routed') >= 3", {"count routed": (2, 3, 3)}, U),
    ("count without bound", "count('routed') > 3", {"count routed": (0, None)}, U),
    ("at least is enough", "count('routed') > 3", {"count routed": (4, None)}, T),
    ("at most, bounded", "count('routed') <= 3", {"count routed": (0, 3)}, T),
    ("at most, unbounded", "count('routed') < 3", {"count routed": (0, None)}, U),
    ("at most, exceeded", "count('routed') < 3", {"count routed": (3, None)}, F),
    ("exactly", "count('routed') == 2", {"count routed": (2, 2)}, T),
    ("exactly, perhaps", "count('routed') == 2", {"count routed": (2, 3)}, U),
    ("exactly, unbounded", "count('routed') == 2", {"count routed": (1, None)}, U),
    ("exactly, exceeded", "count('routed') == 2", {"count routed": (3, None)}, F),
    ("exactly, never reached", "count('routed') == 2", {"count routed": (0, 1)}, F),
    ("not exactly", "count('routed') != 2", {"count routed": (3, 4)}, T),
    ("not exactly, perhaps", "count('routed') != 2", {"count routed": (2, 3)}, U),
    ("chained", "1 <= count('routed') < 3", {"count routed": (2, 2)}, T),
    ("against a parameter", "count('routed') >= threshold", {"count routed": (3, 3)}, T),
    ("against a missing parameter", "count('routed') >= open", {"count routed": (3, 3)}, U),
    ("against what is linked", LINKED, {"count routed": (3, 3), "linked same_kind": 3}, T),
    ("against what nobody looked for", LINKED, {"count routed": (3, 3)}, U),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "answers", "outcome"), OF_HISTORY, ids=[w for w, *_ in OF_HISTORY])
def test_what_the_history_cannot_show_is_unknown(
    why: str, text: str, answers: dict[str, Any], outcome: tuple[bool, bool, bool]
) -> None:
    # By no fact: what the mask of the unknown says with the bit behind them all. A missing parameter is told as such.
    open_ = outcome[1] != outcome[2] and not text.endswith("open")
    assert compile_one(parse(text, SCOPE), SCOPE)(stand(answers)) == (*outcome, 1 << len(SCOPE.facts) if open_ else 0)


@pytest.mark.parametrize("text", ["holder('outlet')", "not holder_at_breach('whole', 'outlet')"])
@pytest.mark.parametrize(("received_by", "facts"), [(None, RECEIVED_BY), ("branch", 0)])
def test_who_received_it_may_settle_who_has_it(text: str, received_by: str | None, facts: int) -> None:
    found = compile_one(parse(text, SCOPE), SCOPE)(stand(received_by=received_by))
    assert found == (*U, 1 << len(SCOPE.facts) | facts)
    nobody = attrs.evolve(SCOPE, facts={"joint": FACTS["joint"]})
    assert compile_one(parse(text, nobody), nobody)(stand(received_by=received_by)) == (*U, 2), "no such fact"


@pytest.mark.parametrize(
    ("text", "facts", "outcome", "unknown"),
    [
        ("count('routed') >= needed", {"needed": 3}, T, 0),
        ("count('routed') >= needed", {"needed": 4}, F, 0),
        ("count('routed') >= needed", {}, U_TRUE, NEEDED),  # presumed 2
        ("count('routed') >= amount", {}, U, AMOUNT),
        ("not count('routed') >= amount", {}, U, AMOUNT),
    ],
)
def test_a_count_is_compared_with_a_fact(text: str, facts: Any, outcome: tuple[bool, bool, bool], unknown: int) -> None:
    assert compile_one(parse(text, SCOPE), SCOPE)(stand({"count routed": (3, 3)}, **facts)) == (*outcome, unknown)


ACT = Event("routed", by="branch", to="outlet", told=frozenset({"complainant"}), amount=Decimal(5000))
OF_EVENTS: list[tuple[str, str, dict[str, Any], tuple[bool, bool, bool], int]] = [
    ("stated", "event.by == 'branch'", {"event": ACT}, T, 0),
    ("stated otherwise", "event.by == 'outlet'", {"event": ACT}, F, 0),
    ("not stated is absent, not unknown", "event.approved_by == 'branch'", {"event": ACT}, F, 0),
    ("a comparison with what is absent is plainly false", "event.approved_by != 'branch'", {"event": ACT}, F, 0),
    ("its negation is plainly true", "not event.approved_by == 'branch'", {"event": ACT}, T, 0),
    ("told", "'complainant' in event.told", {"event": ACT}, T, 0),
    ("nothing listed", "'reasons' in event.items", {"event": ACT}, F, 0),
    ("amount", "event.amount <= 5000", {"event": ACT}, T, 0),
    ("kind", "event.kind in ('routed', 'replied')", {"event": ACT}, T, 0),
    ("no level skipped", "event.skips_level", {"event": ACT}, F, 0),
    ("a level skipped", "not event.skips_level", {"event": ACT, "skips_level": True}, F, 0),
    ("against a known fact", "event.by == received_by", {"event": ACT, "received_by": "branch"}, T, 0),
    ("against an unknown fact", "event.by == received_by", {"event": ACT}, U, RECEIVED_BY),
    ("absent against an unknown fact", "event.approved_by == received_by", {"event": ACT}, F, 0),
    ("against a presumed fact", "event.by == holder", {"event": ACT}, U_TRUE, HOLDER),
    ("in a set fact", "event.by in recorded", {"event": ACT, "recorded": {"branch"}}, T, 0),
    ("against a missing parameter", "event.amount > open", {"event": ACT}, U, 0),
    ("absent against a missing parameter", "event.reason == open", {"event": ACT}, F, 0),
    ("an amount reaches a count", "event.amount >= count('routed')", {"event": ACT}, T, 0),
    ("no amount reaches none", "event.amount >= count('routed')", {"event": Event("routed")}, F, 0),
]


@pytest.mark.parametrize(("why", "text", "facts", "outcome", "unknown"), OF_EVENTS, ids=[w for w, *_ in OF_EVENTS])
def test_an_act_is_judged_as_it_is_stated(
    why: str, text: str, facts: dict[str, Any], outcome: tuple[bool, bool, bool], unknown: int
) -> None:
    assert compile_one(parse(text, SCOPE), SCOPE)(stand({"count routed": (0, 3)}, **facts)) == (*outcome, unknown)


# --- rows ---


def rows(*texts: str | None) -> list[Any]:
    return [None if text is None else parse(text, SCOPE) for text in texts]


CALM: dict[str, Any] = {"repeat": False, "complainants": 2, "lucky": False}
URGENT = ("repeat", "complainants >= 3", "joint or lucky", None)
FIRST: list[tuple[str, tuple[str | None, ...], dict[str, Any], tuple[int, int, int, int]]] = [
    # why, rows, what is known, (row that holds, rows possible, unknown facts that matter, row that surely stops)
    ("first row known", URGENT, {"repeat": True}, (0, 0b0001, 0, 0b0001)),
    ("an earlier row undecided", URGENT, {"complainants": 3}, (1, 0b0011, REPEAT, 0b0010)),
    ("nothing known: presumptions decide", URGENT, {}, (2, 0b1111, REPEAT | COMPLAINANTS | JOINT | LUCKY, 0b1000)),
    ("the default, but for one", URGENT, CALM, (3, 0b1100, JOINT, 0b1000)),
    ("all known, the default", URGENT, {**CALM, "joint": False}, (3, 8, 0, 8)),
    ("no row at all", (), {}, (-1, 0, 0, 0)),
    ("no row holds", ("joint",), {"joint": False}, (-1, 0, 0, 0)),
    ("perhaps no row", ("joint",), {}, (-1, 1, JOINT, 0)),
    ("presumed, perhaps no row", ("lucky",), {}, (0, 1, LUCKY, 0)),
    ("a row that never holds", ("False", "joint"), {"joint": True}, (1, 2, 0, 2)),
    ("rows after one that always holds", (None, "joint"), {}, (0, 1, 0, 1)),
    ("rows after a constant", ("True", "joint"), {}, (0, 1, 0, 1)),
    ("a two-valued row", ("event.by == 'branch'", "joint"), {"event": ACT}, (0, 1, 0, 1)),
    ("a row without its parameter", ("joint and open", "open", None), {"joint": True}, (2, 7, 0, 4)),
    ("a row that is presumed whole", ("not open", "holder > 'outlet' or joint", None), {}, (1, 7, JOINT | HOLDER, 4)),
    ("decided rows after a presumed one keep it", ("lucky", "repeat"), {"repeat": True}, (0, 3, LUCKY, 2)),
    ("only the first presumed row fires", ("lucky", "not repeat", None), {}, (0, 7, LUCKY | REPEAT, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "texts", "facts", "outcome"), FIRST, ids=[w for w, *_ in FIRST])
def test_the_first_row_that_holds_decides(
    why: str, texts: tuple[str | None, ...], facts: dict[str, Any], outcome: tuple[int, int, int, int]
) -> None:
    assert compile_first(rows(*texts), SCOPE)(stand(**facts)) == outcome


EVERY: list[tuple[str, tuple[str | None, ...], dict[str, Any], tuple[int, int, int, int]]] = [
    # why, rows, what is known, (rows that hold, rows possible, unknown facts that matter, rows that surely hold)
    ("no rows", (), {}, (0, 0, 0, 0)),
    ("each for itself", ("repeat", "joint", None), {"repeat": True, "joint": False}, (0b101, 0b101, 0, 0b101)),
    ("nothing known", ("repeat", "not repeat", "joint", None), {}, (0b1010, 0b1111, REPEAT | JOINT, 0b1000)),
    ("never and always", ("False", "True"), {}, (2, 2, 0, 2)),
    ("two-valued", ("event.by == 'branch'",), {"event": ACT}, (1, 1, 0, 1)),
    ("a missing parameter", ("open", "joint and open"), {"joint": False}, (0, 1, 0, 0)),
]


@pytest.mark.parametrize(("why", "texts", "facts", "outcome"), EVERY, ids=[w for w, *_ in EVERY])
def test_every_row_that_holds_counts(
    why: str, texts: tuple[str | None, ...], facts: dict[str, Any], outcome: tuple[int, int, int, int]
) -> None:
    assert compile_every(rows(*texts), SCOPE)(stand(**facts)) == outcome


def test_dmn_scala_136_the_outcome_names_the_row() -> None:
    """camunda/dmn-scala#136, #82: which row matched, with which inputs."""
    decide = compile_first(rows("kind == 'loan'", "kind == 'card'", None), SCOPE)
    assert [decide(stand(kind=kind))[0] for kind in ("loan", "card", "other")] == [0, 1, 2]


def test_each_atom_says_whether_it_holds_and_whether_that_is_presumed() -> None:
    condition = parse("joint and repeat and lucky or complainants < 3 and not amount > 1", SCOPE)
    codes = compile_atoms(condition, SCOPE)(stand(joint=True, complainants=5))
    assert codes == (
        SURELY_TRUE,
        PRESUMED_FALSE,
        PRESUMED_TRUE,
        SURELY_FALSE,
        UNDECIDED,
    )


def test_a_wide_policy_compiles_to_one_function_that_asks_the_history_once() -> None:
    asked: list[str] = []

    @attrs.frozen
    class Counting:
        complaint: Complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30))

        def has(self, kind: str, _: object, /) -> bool:
            asked.append(kind)
            return False

    decide = compile_first(rows(*["has('replied') and joint"] * 40, "has('routed')"), SCOPE)
    assert decide(Counting())[0] == -1  # type: ignore[arg-type]
    assert asked == ["replied", "routed"]


def test_the_deepest_condition_compiles() -> None:
    text = "joint"
    for _ in range(8):
        text = f"not (repeat and joint or not ({text}))"
    assert compile_one(parse(text, SCOPE), SCOPE)(stand(joint=True, repeat=True))[1] in (True, False)


NINE, TEN = at(1, 9), at(1, 10)


@pytest.mark.parametrize(
    ("why", "left", "op", "right", "whole", "surely", "possibly"),
    [
        ("two moments", NINE, "<", TEN, False, True, True),
        ("two moments, the other way round", NINE, ">", TEN, False, False, False),
        ("the same moment", NINE, "==", NINE, False, True, True),
        ("the same moment, not other", NINE, "!=", NINE, False, False, False),
        ("some hour of the day may be before ten", FIRST_OCTOBER, "<", TEN, False, False, True),
        ("or after it", FIRST_OCTOBER, ">=", TEN, False, False, True),
        ("the day before is before", dt.date(2026, 9, 30), "<", TEN, False, True, True),
        ("the day after is not", dt.date(2026, 10, 2), "<=", TEN, False, False, False),
        ("two hours of one day may be one hour", FIRST_OCTOBER, "==", FIRST_OCTOBER, False, False, True),
        ("or two", FIRST_OCTOBER, "!=", FIRST_OCTOBER, False, False, True),
        ("a day by nature holds its moments", TEN, "==", FIRST_OCTOBER, True, True, True),
        ("and is not before them", FIRST_OCTOBER, "<", TEN, True, False, False),
        ("nor after", FIRST_OCTOBER, ">=", TEN, True, True, True),
        ("the next day is after", dt.date(2026, 10, 2), ">", TEN, True, True, True),
    ],
)
def test_a_day_known_for_want_of_the_hour_is_an_interval(
    why: str, left: dt.date, op: str, right: dt.date, whole: bool, surely: bool, possibly: bool
) -> None:
    comparison = Comparison(op, whole)
    assert (comparison.surely(left, right), comparison.possibly(left, right)) == (surely, possibly), why
    assert comparison.open(left, right) is (surely != possibly)


def test_a_moment_that_is_unknown_is_no_comparison_left_open() -> None:
    assert not Comparison("<", False).open(None, TEN)
    assert not Comparison("<", False).open(TEN, None)


# --- properties, against an oracle that tries every completion ---


# Each entry: the text of an atom, and what it says of complete facts, written down a second time.
