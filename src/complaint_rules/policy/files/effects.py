"""Keys that would change nothing where they stand: refused, because whoever wrote one believes that it does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from complaint_rules.documents.nodes import Node
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import CLOSE, DAY_UNITS, NATURAL_DAY_UNITS, WORKING_TIME, Unit
from complaint_rules.policy.rules import Duty, Extension, Limit, LimitRow, Selector

_TIME: Final = frozenset(Unit) - DAY_UNITS
_NOTHING_COUNTED: Final = "working time counts nothing on a rest day or after the close, however that is read"
_BEARS_ON: Final = {
    "clock_starts": (_TIME, "an hour to wait for bears on hours and minutes: days are counted whole"),
    "roll": (NATURAL_DAY_UNITS, "only the last day of days, weeks, months or years can move to another"),
    "receipt": (frozenset(Unit) - WORKING_TIME, _NOTHING_COUNTED),
    "cut_off": (frozenset(Unit) - WORKING_TIME, _NOTHING_COUNTED),
    "opening_day": (DAY_UNITS - {Unit.SAME_DAY}, "only in days, weeks, months and years is the opening day left out"),
    "ends": (DAY_UNITS, "only a period of days ends with a day: one of hours ends at its moment"),
}
"""By key: the units on which it bears, and why not on others."""
_BY_ITSELF: Final = "the moment that a fact sets stands by itself"
_AT_ONCE: Final = "at once is never overdue by itself"


def hollow_counting(node: Node, units: Collection[Unit] | None, why_nothing: str = "") -> None:
    """Note the keys of counting that bear on none of a rule's units; None: the units are not known yet.

    `why_nothing` says why there is nothing to count where there are no units at all.

    >>> node = sample("limit", {"roll": "next_working_day"})
    >>> hollow_counting(node, {Unit.HOURS})
    >>> node.faults.all()[0].why
    'it has no effect: only the last day of days, weeks, months or years can move to another'
    """
    if units is None:
        return
    earlier = not WORKING_TIME.isdisjoint(units) and node.data.get("cut_off", CLOSE) != CLOSE
    for key, (bears_on, why) in _BEARS_ON.items():
        if key in node and bears_on.isdisjoint(units):
            if key in ("receipt", "cut_off") and earlier:
                continue  # what comes after that hour of a day finds some of its time left
            node.fault(key, f"it has no effect: {why if units else why_nothing}", "leave the key out")


def hollow_each(node: Node, starts: Sequence[Selector]) -> None:
    """Note ``each`` where there is but one start.

    >>> node = sample("duty", {"each": True})
    >>> hollow_each(node, ())
    >>> node.faults.all()[0].why
    'it has no effect: the receipt happens once'
    """
    if node.data.get("each") is not True or len(starts) > 1:
        return
    if not starts or starts[0].kind == "received":
        node.fault("each", "it has no effect: the receipt happens once", "leave the key out")
    elif starts[0].nth is not None:
        node.fault("each", "it has no effect: nth names a single event", "leave either of the two out")


def hollow_limit(node: Node, limit: Limit) -> None:
    """Note the keys of a limit that change nothing of it.

    >>> from complaint_rules import load_policy
    >>> node = sample("limit", {"roll": "next_working_day"})
    >>> hollow_limit(node, load_policy("psbc-95580").limits["whole"])
    >>> node.faults.all()[0].where
    'own.toml: roll'
    """
    if "from" in node and limit.starts:
        hollow_each(node, limit.starts)
    hollow_counting(node, _units(limit.rows, limit.extensions), _BY_ITSELF)
    _hollow_closing(node, limit)
    if "agreed_later" in node and not limit.agreed:
        why = "it has no effect: no event agrees on a time, since there is no agreed"
        node.fault("agreed_later", why, "write agreed = true, or leave the key out")
    fixed = [row.by is not None or (row.within is not None and row.within.unit is Unit.AT_ONCE) for row in limit.rows]
    if fixed and all(fixed):
        why = _BY_ITSELF if any(row.by is not None for row in limit.rows) else _AT_ONCE
        for key in ("pauses", "extension"):
            if key in node:
                node.fault(key, f"it has no effect: {why}", "leave the key out", len(node.data[key]))


def _hollow_closing(node: Node, limit: Limit) -> None:
    """Note ``after_closing`` where nothing is left of a limit once the case is closed, or nobody would ask."""
    if node.data.get("after_closing") is not True:
        return
    if any(selector.kind == "closed" and not selector.fields for selector in limit.until):
        node.fault("after_closing", "it has no effect: the closing itself is what the limit waits for", "leave it out")
    elif any(one.on.kind == "closed" and one.when is None for one in limit.void_on):
        node.fault(
            "after_closing", "it has no effect: void_on lets a closing end the limit", "leave one of the two out"
        )


def hollow_duty(node: Node, duty: Duty) -> None:
    """Note the keys of a duty that change nothing of it.

    >>> from complaint_rules import load_policy
    >>> node = sample("duty", {"must_not": "shelved", "within": "5 days"})
    >>> hollow_duty(node, load_policy("psbc-95580").duties["first_contact"])
    >>> node.faults.all()[0].where
    'own.toml: within'
    """
    hollow_each(node, duty.after)
    if duty.modality.forbids:
        if "within" in node:
            why = "it has no effect: a prohibition is breached by an act, whenever that happens"
            node.fault("within", why, "let it end with until, or say from when it holds in when")
        hollow_counting(node, (), "a prohibition counts no period")
        return
    for key, bears_on in (("quiet", "quiet hours forbid acts"), ("unless", "an excuse is one of a prohibition")):
        if key in node and not (key == "unless" and duty.modality.binding):  # there it is refused for another reason
            node.fault(key, f"it has no effect: {bears_on}, this duty says {duty.modality.value}", "leave the key out")
    if "since" in node and ("within" not in node or duty.when is None):
        why = "it has no effect: without within and when there is no period, or no condition it could count from"
        node.fault("since", why, "leave the key out")
    if "within" not in node:
        hollow_counting(node, (), "there is no period to count")
    elif duty.within is not None:
        hollow_counting(node, {duty.within.unit} - {Unit.AT_ONCE}, _AT_ONCE)


def hollow_filing(node: Node, when: Sequence[str], within: Period | None) -> None:
    """Note the keys of a return that change nothing of when it is due; `when` are those that say so.

    >>> node = sample("filing", {"time": "08:00"})
    >>> hollow_filing(node, (), None)
    >>> node.faults.all()[0].why
    'it has no effect: no day is named'
    """
    for key in ("time", "before", "roll", "from", "until"):
        if key in node and not when:
            node.fault(key, "it has no effect: no day is named", 'name one: on = ["06-15"], day = 15 or daily = true')
    if node.data.get("before") is True and "time" in node:
        node.fault("time", "it has no effect: with before the day named is already too late", "leave either out")
    if "within" in when:
        if "per" not in node:
            node.fault("within", "after which period is not said", 'add per = "quarter"')
        if "before" in node:
            node.fault("before", "it has no effect: a period has a last day that is in time", "leave the key out")
        if "roll" in node and within is not None and within.unit not in NATURAL_DAY_UNITS:
            node.fault("roll", f"it has no effect: {_BEARS_ON['roll'][1]}", "leave the key out")
    elif "daily" in when and "roll" in node:
        node.fault("roll", "it has no effect: every day has a return of its own", "leave the key out")


def _units(rows: Sequence[LimitRow], extensions: Sequence[Extension]) -> frozenset[Unit] | None:
    """Name all units that a limit counts in; None where a parameter, or a faulty row, leaves one open."""
    if any(row.within is None and row.by is None for row in rows):
        return None
    periods = [row.within for row in rows] + [extension.to for extension in extensions]
    return frozenset(period.unit for period in periods if period is not None)
