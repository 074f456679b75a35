"""The rules of a policy, section by section: tables, limits, duties, checklists, links, figures, filings, retention."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from complaint_rules.compiling import compile_one
from complaint_rules.conditions import Always, Condition
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.hours import Hours, Quiet
from complaint_rules.mappings import FrozenMap
from complaint_rules.nodes import Node, Titles, once
from complaint_rules.periods import Receipt, Roll
from complaint_rules.policy import (
    Checklist,
    Counting,
    Duty,
    Extension,
    Figure,
    Filing,
    LimitRow,
    Link,
    Modality,
    PauseRule,
    Reopen,
    Restart,
    Retention,
    Row,
    Selector,
)
from complaint_rules.references import References

PERIODS_OF_REPORT: Final = ("day", "week", "month", "quarter", "half_year", "year")
"""How often a figure can be reported."""
_MODALITIES: Final = (Modality.MUST.value, Modality.SHOULD.value)
_ACTS: Final = tuple(modality.value for modality in Modality)
_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_DATE: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def _unreachable(node: Node, key: str, rows: Sequence[tuple[str, Condition | None, bool]]) -> None:
    """Note rows that stand after one that always holds; each row is its path, its condition, and whether it has one."""
    for place, (_, condition, conditional) in enumerate(rows[:-1]):
        if not conditional or (condition is not None and condition.tree == Always(holds=True)):
            why = f"it can never be reached, because {key}[{place}] always holds"
            for path, _, _ in rows[place + 1 :]:
                node.faults.add(path, why, hint="move the row that always holds to the end")
            return


def _rows_key(node: Node, keys: tuple[str, str]) -> str | None:
    present = [key for key in keys if key in node]
    if len(present) == 1:
        if node.data[present[0]] == []:
            node.fault(present[0], "there is no row in it")
        return present[0]
    why = f"either {keys[0]} or {keys[1]} holds the rows, not both" if present else f"{keys[0]} or {keys[1]} is missing"
    node.faults.add(node.path, why)
    return None


# --- tables ---


def table_parts(node: Node, refs: References) -> dict[str, Any] | None:
    """Read a table without what follows from the other tables; None where it has no id."""
    code = node.code("id")
    values = node.coded("values")
    key = _rows_key(node, ("first", "every"))
    rows, seen = [], []
    for row in node.nodes(key, "table_row") if key else ():
        value = row.choice("value", list(values), "one of the table's values")
        when = refs.condition(row, "when")
        seen.append((row.path, when, "when" in row))
        rows.append(Row(value=value or "", when=when, cite=row.text("cite"), reading=row.reading()))
    if key == "first":
        _unreachable(node, key, seen)
    title, cite, reading = node.titles("title"), node.text("cite"), node.reading()
    if code is None:
        return None
    return {
        "id": code, "title": title, "every": key == "every", "values": values, "rows": tuple(rows), "cite": cite,
        "reading": reading,
    }  # fmt: skip


# --- limits ---


def limit_parts(node: Node, refs: References, *, has_quiet: bool) -> dict[str, Any] | None:
    """Read a limit without what follows from the tables and limits it reads; None where it has no id."""
    code = node.code("id")
    key = _rows_key(node, ("earliest", "first"))
    rows, seen = [], []
    for row in node.nodes(key, "limit_row") if key else ():
        found = _limit_row(row, refs)
        seen.append((row.path, found.when, "when" in row))
        rows.append(found)
    if key == "first":
        _unreachable(node, key, seen)
    parts = {
        "id": code, "title": node.titles("title"), "starts": refs.selectors(node, "from"),
        "until": refs.selectors(node, "until"), "who": node.text("who"), "modality": _modality(node),
        "earliest": key == "earliest", "rows": tuple(rows), "when": refs.condition(node, "when"),
        "each": node.flag("each"), "counting": _counting(node, has_quiet=has_quiet), "agreed": _agreed(node, refs),
        "pauses": tuple(_pause(pause, refs) for pause in node.nodes("pauses", "pause")),
        "extensions": _extensions(node, refs, rows), "restart": _restart(node, refs),
        "reopen": _reopen(node), "void_on": refs.selectors(node, "void_on"), "cite": node.text("cite"),
        "reading": node.reading(),
    }  # fmt: skip
    return None if code is None else parts


def _limit_row(row: Node, refs: References) -> LimitRow:
    if ("within" in row) == ("by" in row):
        why = "either within or by gives the figure, not both" if "by" in row else "within or by is missing"
        row.faults.add(row.path, why, hint='write within = "5 working days"')
    within, parameter = refs.figure(row, "within")
    return LimitRow(
        within=within,
        when=refs.condition(row, "when"),
        by=refs.moment_fact(row, "by"),
        parameter=parameter,
        warn=row.period("warn"),
        cite=row.text("cite"),
        reading=row.reading(),
    )


def _modality(node: Node) -> Modality:
    return Modality(node.choice("modality", _MODALITIES, "must or should") or "must")


def _reopen(node: Node) -> Reopen | None:
    word = node.choice("reopen", list(Reopen), "what a reopening does")
    return None if word is None else Reopen(word)


def _counting(node: Node, *, has_quiet: bool) -> Counting:
    roll = node.choice("roll", list(Roll), "where a last day on a rest day moves")
    receipt = node.choice("receipt", list(Receipt), "how a receipt on a rest day is read")
    ends: Literal["24:00", "close"] = "24:00"
    if node.choice("ends", ("24:00", "close"), "when the last day ends") == "close":
        ends = "close"
    quiet = node.flag("quiet")
    if quiet and not has_quiet:
        node.fault("quiet", "the policy has no quiet hours", 'add [quiet] with start = "18:00" and end = "08:00"')
    return Counting(
        starts=node.time("clock_starts"),
        roll=None if roll is None else Roll(roll),
        receipt=None if receipt is None else Receipt(receipt),
        ends=ends,
        quiet=quiet,
    )


def _agreed(node: Node, refs: References) -> tuple[Selector, ...]:
    value = node.data.get("agreed", False)
    if isinstance(value, bool):
        return (Selector(kind="agreed"),) if value else ()
    return refs.selectors(node, "agreed")


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
    node = Node(limit.data["restart"], limit.at("restart"), limit.faults, "restart")
    return Restart(
        on=refs.selectors(node, "on"),
        when=refs.condition(node, "when", event=True),
        cite=node.text("cite"),
        reading=node.reading(),
    )


def _extensions(limit: Node, refs: References, rows: Sequence[LimitRow]) -> tuple[Extension, ...]:
    units = {row.within.unit for row in rows if row.within is not None}
    found: dict[str, Extension] = {}
    for place, node in enumerate(limit.nodes("extension", "extension")):
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
        on = refs.selector(node.data["on"], node.at("on")) if "on" in node else Selector(kind="extended")
        found[code] = Extension(
            id=code,
            on=on or Selector(kind="extended"),
            add=add,
            to=to,
            since=refs.selectors(node, "from"),
            when=refs.condition(node, "when"),
            requires=refs.condition(node, "requires", event=True),
            approved_by=frozenset(approved_by),
            times=node.whole("times", 1, 100) or 1,
            cite=node.text("cite"),
            reading=node.reading(),
        )
    return tuple(found.values())


# --- duties and the rest ---


def duty_parts(node: Node, refs: References, *, has_quiet: bool) -> dict[str, Any] | None:
    """Read a duty without what follows from the tables and limits it reads; None where it has no id or no act."""
    code = node.code("id")
    acts = [key for key in _ACTS if key in node]
    if len(acts) != 1:
        why = "a duty has exactly one act: " + ", ".join(_ACTS)
        node.faults.add(node.path, why, acts or "none", 'write must = "replied", or may, or must_not')
    modality = Modality(acts[0]) if acts else Modality.MUST
    if modality in (Modality.MUST, Modality.SHOULD):
        for key in ("unless", "until"):
            if key in node:
                node.fault(
                    key, f"{key} belongs to a prohibition or a permission, this duty says {modality.value}", "use when"
                )
    within, parameter = refs.figure(node, "within")
    parts = {
        "id": code, "title": node.titles("title"), "modality": modality,
        "acts": tuple(act for key in acts for act in refs.selectors(node, key)), "who": node.text("who"),
        "to": node.text("to"), "after": refs.selectors(node, "after"), "until": refs.selectors(node, "until"),
        "each": node.flag("each"), "within": within, "parameter": parameter,
        "counting": _counting(node, has_quiet=has_quiet), "when": refs.condition(node, "when"),
        "unless": refs.condition(node, "unless", event=True), "cite": node.text("cite"), "reading": node.reading(),
    }  # fmt: skip
    return None if code is None or not acts else parts


def duty_of(parts: Mapping[str, Any], refs: References, missing: tuple[str, ...]) -> Duty:
    """Make a duty with its conditions as functions."""
    when, unless = parts["when"], parts["unless"]
    return Duty(
        **parts,
        missing=missing,
        applies=None if when is None else compile_one(when, refs.scope),
        excuses=None if unless is None else compile_one(unless, refs.event_scope),
    )


def checklist_of(node: Node, refs: References) -> Checklist | None:
    """Read a checklist; None where it has no id."""
    code, of, items = node.code("id"), refs.selectors(node, "of"), node.coded("items")
    title, modality, cite, reading = node.titles("title"), _modality(node), node.text("cite"), node.reading()
    if code is None:
        return None
    return Checklist(id=code, title=title, of=of, items=items, modality=modality, cite=cite, reading=reading)


def link_of(node: Node, refs: References) -> Link | None:
    """Read a link; None where it has no id."""
    code, title, same = node.code("id"), node.titles("title"), node.texts("same")
    for name in same:
        if name not in refs.scope.facts:
            node.faults.unknown(node.at("same"), "there is no such fact", name, list(refs.scope.facts))
    window, parameter = refs.figure(node, "window")
    found = {
        "distinct": node.flag("distinct"), "joint": node.flag("joint"), "when": refs.condition(node, "when"),
        "cite": node.text("cite"), "reading": node.reading(),
    }  # fmt: skip
    if code is None:
        return None
    return Link(id=code, title=title, same=same, window=window, parameter=parameter, **found)


def figure_of(node: Node, refs: References) -> Figure | None:
    """Read a figure; None where it has no id."""
    code, title, share, of = (
        node.code("id"), node.titles("title"), refs.condition(node, "share"), refs.condition(node, "of"),
    )  # fmt: skip
    if "share" in node and "by" in node:
        node.fault("by", "a figure is either a share or a distribution by a table or fact")
    known = [*refs.scope.tables, *refs.scope.facts]
    by = node.choice("by", known, "the name of a table or fact")
    per = node.choice("per", PERIODS_OF_REPORT, "a reporting period")
    quota = _quota(node)
    if "at_least" in node and "share" not in node:
        node.fault("at_least", "a quota is one of a share", 'add share = "…"')
    who, cite, reading = node.text("who"), node.text("cite"), node.reading()
    if code is None:
        return None
    return Figure(
        id=code, title=title, share=share, of=of, by=by, per=per, who=who, at_least=quota, cite=cite, reading=reading
    )


def _quota(node: Node) -> Fraction | None:
    if "at_least" not in node:
        return None
    text = node.data["at_least"]
    match = _SHARE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        node.fault("at_least", "a share is expected, as text with its sign", 'write "20 %"')
        return None
    share = Fraction(match[1]) / 100
    if not 0 < share <= 1:
        node.fault("at_least", "a share lies above 0 % and at most at 100 %")
        return None
    return share


def filing_of(node: Node) -> Filing | None:
    """Read a periodic report; None where it has no id."""
    code, title, cite, reading = node.code("id"), node.titles("title"), node.text("cite"), node.reading()
    when = [key for key in ("on", "day", "daily") if key in node]
    if len(when) > 1:  # none: the text says periodically (定期), and no more
        node.faults.add(
            node.path, "only one of on, day and daily says when it is due", when, 'write on = ["06-15", "12-15"]'
        )
    dates = []
    for text in node.texts("on"):
        match = _DATE.fullmatch(text)
        if match is None or not _every_year(int(match[1]), int(match[2])):
            node.fault("on", "a day of every year is expected", 'write it as "06-15"', text)
        else:
            dates.append((int(match[1]), int(match[2])))
    found = {
        "who": node.text("who"), "to": node.texts("to"), "dates": tuple(sorted(dates)),
        "day": node.whole("day", 1, 31), "daily": node.flag("daily"), "time": node.time("time"),
        "inclusive": not node.flag("before"), "contents": node.coded("contents"),
    }  # fmt: skip
    return None if code is None else Filing(id=code, title=title, cite=cite, reading=reading, **found)


def _every_year(month: int, day: int) -> bool:
    try:
        dt.date(2001, month, day)  # no leap year: 29 February does not come every year
    except ValueError:
        return False
    return True


def retention_of(root: Node, refs: References) -> Retention | None:
    """Read how long files are kept; None where the policy does not say."""
    if "retention" not in root:
        return None
    node = Node(root.data["retention"], "retention", root.faults, "retention")
    within, parameter = refs.figure(node, "within")
    return Retention(
        within=within,
        starts=refs.selectors(node, "from"),
        parameter=parameter,
        contents=node.coded("contents"),
        cite=node.text("cite"),
        reading=node.reading(),
    )


def hours_of(root: Node) -> Hours | None:
    """Read opening hours; None where the policy has none."""
    if "hours" not in root:
        return None
    node = Node(root.data["hours"], "hours", root.faults, "hours")
    spans = []
    for path, item in node.items("spans"):
        if isinstance(item, list) and len(item) == 2 and all(isinstance(end, str) for end in item):
            spans.append(f"{item[0]}-{item[1]}")
        else:
            node.faults.add(path, "a span has two times of day", item, 'write ["09:00", "12:00"]')
    if not spans:
        return None
    try:
        return Hours.of(*spans)
    except ComplaintRulesError as error:
        node.faults.refused("hours.spans", error)
        return None


def quiet_of(root: Node) -> tuple[Quiet | None, str | None]:
    """Read quiet hours and their article; None where the policy has none."""
    if "quiet" not in root:
        return None, None
    node = Node(root.data["quiet"], "quiet", root.faults, "quiet")
    start, end, cite = node.time("start"), node.time("end"), node.text("cite")
    if start is None or end is None:
        return None, cite
    try:
        return Quiet(start=start, end=end), cite
    except ComplaintRulesError as error:
        node.faults.refused("quiet", error)
        return None, cite


def routes_of(root: Node, levels: Mapping[str, Titles]) -> frozenset[tuple[str, str]]:
    """Read the steps that skip no level although the levels are not adjacent."""
    found = set()
    for path, item in root.items("routes"):
        if not isinstance(item, list) or len(item) != 2 or not all(isinstance(code, str) for code in item):
            root.faults.add(
                path, "a step from one level to another is expected", item, 'write ["tier2_branch", "outlet"]'
            )
            continue
        for code in item:
            if code not in levels:
                root.faults.unknown(path, "there is no such level", code, list(levels))
        found.add((item[0], item[1]))
    return frozenset(found)


def citation_of(root: Node) -> Titles:
    """Read how an article is written."""
    if "citation" not in root:
        return FrozenMap(zh="{}", en="{}")
    citation = root.titles("citation")
    for lang, text in citation.items():
        if text.count("{}") != 1 or "{" in text.replace("{}", "") or "}" in text.replace("{}", ""):
            root.faults.add(
                f"citation.{lang}", "exactly one {} stands for the number of the article", text, 'write "art. {}"'
            )
    return citation
