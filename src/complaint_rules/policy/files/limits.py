"""Time limits as a policy file states them: figures, counting, agreements, pauses, extensions, restarts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Always
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, as_time, once
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import CLOSE, Receipt, Roll, Unit
from complaint_rules.policy.accepted import OF_FIGURES, OF_LIMITS
from complaint_rules.policy.files.acceptance import accepted_in
from complaint_rules.policy.files.effects import hollow_limit
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import (
    Extension,
    Limit,
    LimitRow,
    Modality,
    PauseRule,
    Reopen,
    Restart,
    Selector,
    Void,
)

_AS_AGREED: Final = ("as agreed", "以约定为准")
_MODALITIES: Final = (Modality.MUST.value, Modality.SHOULD.value)
_OF_A_VOID: Final = ("when", "cite", "reading")
"""Keys that stand beside the selector of what ends a limit."""


def unreachable(node: Node, key: str, rows: Sequence[tuple[str, Condition | None, bool]]) -> None:
    """Note rows that stand after one that always holds; each row is its path, its condition, and whether it has any.

    >>> from complaint_rules.documents.faults import Faults
    >>> from complaint_rules.documents.nodes import Shape
    >>> faults = Faults("own.toml")
    >>> node = Node({}, "table[0]", faults, Shape("a table", ()))
    >>> unreachable(node, "first", [("table[0].first[0]", None, False), ("table[0].first[1]", None, False)])
    >>> faults.all()[0].where
    'own.toml: table[0].first[1]'
    """
    for place, (_, condition, conditional) in enumerate(rows[:-1]):
        if not conditional or (condition is not None and condition.tree == Always(holds=True)):
            why = f"it can never be reached, because {key}[{place}] always holds"
            for path, _, _ in rows[place + 1 :]:
                node.faults.add(path, why, hint="move the row that always holds to the end")
            return


def rows_key(node: Node, keys: tuple[str, ...]) -> str | None:
    """Say which of some keys holds the rows; None, with a fault, where it is not exactly one.

    >>> rows_key(sample("table", {"first": [{}]}), ("first", "every"))
    'first'
    """
    present = [key for key in keys if key in node]
    if len(present) == 1:
        if node.data[present[0]] == []:
            node.fault(present[0], "there is no row in it")
        return present[0]
    named = f"{', '.join(keys[:-1])} or {keys[-1]}"
    why = f"either {named} holds the rows, not both" if present else f"{named} is missing"
    node.faults.add(node.path, why)
    return None


def limit_of(node: Node, refs: References, *, has_quiet: bool) -> Limit | None:
    """Read a limit, without what it waits for; None where it has no id.

    >>> node = sample(
    ...     "limit", {"id": "whole", "from": "replied", "until": "closed", "first": [{"within": "2 days"}]}
    ... )
    >>> limit_of(node, refs, has_quiet=False).rows[0].within.n
    2
    """
    code = node.code("id")
    key = rows_key(node, ("earliest", "latest", "first"))
    rows, seen = [], []
    for row in node.nodes(key, SHAPES["limit_row"]) if key else ():
        found = _limit_row(row, refs)
        seen.append((row.path, found.when, "when" in row or "by" in row))  # a fact that is not known sets no deadline
        rows.append(found)
        if found.as_agreed and "agreed" not in node:
            row.fault("within", "what is agreed is the limit, and no agreement counts here", 'add agreed = "agreed"')
    if any(row.as_agreed for row in rows):
        _alone(node, rows)
    if key == "first":
        unreachable(node, key, seen)
    limit = Limit(
        id=code or "", title=node.titles("title"), starts=refs.selectors(node, "from"),
        until=refs.acts(node, "until"), who=node.text("who"), modality=modality_of(node),
        earliest=key == "earliest", latest=key == "latest", rows=tuple(rows), when=refs.condition(node, "when"),
        each=node.flag("each"), counting=counting_of(node), quiet=quiet_in(node, has_quiet=has_quiet),
        agreed=_agreed(node, refs),
        agreed_later=node.flag("agreed_later"),
        pauses=tuple(_pause(pause, refs) for pause in node.nodes("pauses", SHAPES["pause"])),
        extensions=_extensions(node, refs, rows), restart=_restart(node, refs),
        reopen=_reopen(node), void_on=_voids(node, refs), after_closing=node.flag("after_closing"),
        cite=node.text("cite"),
        reading=node.reading(), accept=accepted_in(node, OF_LIMITS),
    )  # fmt: skip
    hollow_limit(node, limit)
    return None if code is None else limit


def _alone(node: Node, rows: Sequence[LimitRow]) -> None:
    """Note what cannot stand beside a limit that is wholly what was agreed: it has no figure to compare with."""
    if len(rows) > 1:
        why = "a limit that is as agreed has this one row: an agreement prevails over the figures of others anyway"
        node.faults.add(node.path, why, len(rows), "give it a limit of its own, or leave the row out")
    if "agreed_later" in node:
        node.fault("agreed_later", "there is no figure than which an agreed time could be later", "leave the key out")


def _limit_row(row: Node, refs: References) -> LimitRow:
    if ("within" in row) == ("by" in row):
        why = "either within or by gives the figure, not both" if "by" in row else "within or by is missing"
        row.faults.add(row.path, why, hint='write within = "5 working days"')
    as_agreed = row.data.get("within") in _AS_AGREED
    within, parameter = (Period(0, Unit.AT_ONCE), None) if as_agreed else refs.figure(row, "within")
    warnings = _warnings(row)
    if warnings and within is not None and within.unit is Unit.AT_ONCE:
        row.fault("warn", "it has no effect: there is no time before a moment that is at once", "leave the key out")
    return LimitRow(
        within=within,
        when=refs.condition(row, "when"),
        as_agreed=as_agreed,
        by=refs.moment_fact(row, "by"),
        parameter=parameter,
        warnings=warnings,
        cite=row.text("cite"),
        reading=row.reading(),
        accept=accepted_in(row, OF_FIGURES),
    )


def _warnings(row: Node) -> tuple[Period, ...]:
    """Read ``warn``: one period or a list of them, each some time before the due moment."""
    value = row.data.get("warn", [])
    found: list[Period] = []
    for place, text in enumerate(value if isinstance(value, list) else [value]):
        path = f"{row.at('warn')}[{place}]" if isinstance(value, list) else row.at("warn")
        try:
            period = Period.parse(text)
        except ComplaintRulesError as error:
            row.faults.refused(path, error)
            continue
        if period.unit is Unit.AT_ONCE:
            row.faults.add(path, "a warning falls some time before the due moment", text, "write '1 working day'")
        elif period in found:
            row.faults.add(path, "it stands in the list twice", text)
        else:
            found.append(period)
    if value == [] and "warn" in row:
        row.fault("warn", "an empty list says nothing", "leave the key out")
    return tuple(found)


def modality_of(node: Node, known: Sequence[str] = _MODALITIES, what: str = "must or should") -> Modality:
    """Read ``modality``, one of those known here: must where the key is not there.

    >>> modality_of(sample("limit", {"modality": "should"})).binding
    False
    """
    return Modality(node.choice("modality", known, what) or "must")


def _reopen(node: Node) -> Reopen | None:
    return node.member("reopen", Reopen, "an answer to a reopening")


def counting_of(node: Node) -> Counting:
    """Read how periods are counted.

    >>> node = sample("limit", {"clock_starts": "08:30"})
    >>> counting_of(node).starts
    datetime.time(8, 30)
    """
    receipt = node.member("receipt", Receipt, "a reading of receipts on rest days")
    cut_off = _hour(node, "cut_off", (CLOSE,))
    if "cut_off" in node and "receipt" not in node:
        why = "it belongs to receipt: what comes late is read as what comes on a rest day"
        node.fault("cut_off", why, 'add receipt = "next_working_day"')
    return Counting(
        starts=node.time("clock_starts"),
        roll=node.member("roll", Roll, "a manner of rolling the last day"),
        receipt=receipt,
        cut_off=None if receipt is None else cut_off,
        opening_day=node.flag("opening_day"),
        ends=_hour(node, "ends", ("24:00", CLOSE)) or "24:00",
    )


def _hour(node: Node, key: str, words: tuple[str, ...]) -> dt.time | str | None:
    """Read a time of day or one of some words; None where the key is not there, or at fault."""
    value = node.data.get(key)
    if value in words:
        return str(value)
    faults = Faults(node.faults.name)
    time = None if value is None else as_time(value, key, faults)
    if len(faults):
        named = ", ".join(f'"{word}"' for word in words)
        node.fault(key, f"{named} or a time of day is expected", 'write it as "15:30"')
    return time


def quiet_in(node: Node, *, has_quiet: bool) -> bool:
    """Read whether quiet hours bear on a rule; `has_quiet` says whether the policy has quiet hours at all.

    >>> node = sample("limit", {"quiet": True})
    >>> quiet_in(node, has_quiet=True)
    True
    """
    quiet = node.flag("quiet")
    if quiet and not has_quiet:
        node.fault("quiet", "the policy has no quiet hours", 'add [quiet] with start = "18:00" and end = "08:00"')
    return quiet


def _agreed(node: Node, refs: References) -> tuple[Selector, ...]:
    value = node.data.get("agreed", False)
    if isinstance(value, bool):
        return (Selector(kind="agreed"),) if value else ()
    return refs.acts(node, "agreed")


def _pause(node: Node, refs: References) -> PauseRule:
    return PauseRule(
        reasons=frozenset(node.texts("reason")),
        requires=refs.condition(node, "requires", event=True),
        cite=node.text("cite"),
        reading=node.reading(),
    )


def _restart(limit: Node, refs: References) -> Restart | None:
    if "restart" not in limit:
        return None
    node = Node(limit.data["restart"], limit.at("restart"), limit.faults, SHAPES["restart"])
    return Restart(
        on=refs.acts(node, "on"),
        when=refs.condition(node, "when", event=True),
        cite=node.text("cite"),
        reading=node.reading(),
    )


def _voids(limit: Node, refs: References) -> tuple[Void, ...]:
    """Read ``void_on``: an event, or a list of them, each with the condition under which it ends the limit."""
    if "void_on" not in limit:
        return ()
    value = limit.data["void_on"]
    if value == []:
        limit.fault("void_on", "an empty list names no event", "leave the key out")
    found: list[Void] = []
    for path, item in limit.items("void_on") if isinstance(value, list) else ((limit.at("void_on"), value),):
        own = {key: item[key] for key in _OF_A_VOID if key in item} if isinstance(item, dict) else {}
        node = Node(own, path, limit.faults, SHAPES["void"], partial=True)
        on = refs.act(item, path, "replied", shape="void")
        when, cite, reading = refs.condition(node, "when", event=True), node.text("cite"), node.reading()
        if on is not None:
            found.append(Void(on=on, when=when, cite=cite, reading=reading))
    return tuple(found)


def _extensions(limit: Node, refs: References, rows: Sequence[LimitRow]) -> tuple[Extension, ...]:
    units = {row.within.unit for row in rows if row.within is not None}
    found: dict[str, Extension] = {}
    for place, node in enumerate(limit.nodes("extension", SHAPES["extension"])):
        code = (node.code("id") if "id" in node else None) or f"extension{place + 1}"
        if not once(found, code, node.at("id"), node.faults, "extension"):
            continue
        add, to = node.period("add"), node.period("to")
        if ("add" in node) == ("to" in node):
            why = "either add or to says how far, not both" if "to" in node else "add or to is missing"
            node.faults.add(node.path, why, hint='write add = "30 days" or to = "3 months"')
        elif add is not None and units and add.unit not in units:
            counted = ", ".join(sorted(unit.value.replace("_", " ") for unit in units))
            node.fault("add", f"what is added is in the unit of the limit's own figures: {counted}")
        if "from" in node and "to" not in node:
            node.fault("from", "only a total (to) is counted from an event of its own")
        approved_by = node.texts("approved_by")
        refs.holders(approved_by, node.at("approved_by"))
        on = refs.act(node.data["on"], node.at("on")) if "on" in node else Selector(kind="extended")
        found[code] = Extension(
            id=code,
            on=on or Selector(kind="extended"),
            add=add,
            to=to,
            since=refs.selectors(node, "from"),
            when=refs.condition(node, "when", event=True),
            requires=refs.condition(node, "requires", event=True),
            approved_by=frozenset(approved_by),
            times=node.whole("times", 1, 100) or 1,
            cite=node.text("cite"),
            reading=node.reading(),
        )
    return tuple(found.values())
