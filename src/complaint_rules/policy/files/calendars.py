"""Opening hours, and days and notices of one's own: in a policy file, or in a file of their own."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from complaint_rules.calendar.days import Certainty, Override
from complaint_rules.calendar.hours import WEEK, Hours, Opening, Season
from complaint_rules.calendar.notices import Notice, checked_notice
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.calendar.published import statutory_known
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape
from complaint_rules.documents.toml import parse_toml, read_text, refused
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.files.shapes import SHAPES

_PUBLISHED: Final = WorkCalendar.china(differing="pinned")  # whether a file is sound does not hang on a package
_WHAT: Final = "calendar file"
_FILE: Final = Shape("a calendar file", (), ("hours", "calendar"))


def own_days_of(root: Node) -> OwnDays | None:
    """Read the days and notices of one's own; None where there are none.

    >>> day = {"on": "2026-07-15", "works": False, "reason": {"zh": "行庆", "en": "founding day"}}
    >>> own_days_of(sample("file", {"calendar": {"day": [day]}})).days[0].works
    False
    """
    if "calendar" not in root:
        return None
    node = Node(root.data["calendar"], "calendar", root.faults, SHAPES["calendar"])
    days: dict[dt.date, Override] = {}
    for one in node.nodes("day", SHAPES["calendar_day"]):
        reason, works = one.titles("reason"), one.flag("works")
        for path, day in _days(one):
            if day in days:
                one.faults.add(path, "it stands among the days of one's own twice", str(day))
            elif len(reason) == 2:  # else it is at fault already
                days[day] = Override(date=day, works=works, reason=reason["zh"], reason_en=reason["en"])
    return OwnDays(
        days=tuple(days[day] for day in sorted(days)),
        notices=_notices(node),
        make_up_days="make_up_days" not in node or node.flag("make_up_days"),
    )


def _notices(node: Node) -> tuple[Notice, ...]:
    """Read the notices; each is held against the law, and against what is published of its year."""
    calendar, found = _PUBLISHED, []
    for one in node.nodes("notice", SHAPES["notice"]):
        if not all(key in one for key in one.shape.needed):
            continue
        given = {key: value for key, value in one.data.items() if key in one.shape.known}
        try:
            calendar = calendar.with_notice(given)
            found.append(checked_notice(given, statutory_known(None)))
        except ComplaintRulesError as error:
            one.faults.add(one.path, error.why, error.value, error.hint)
    return tuple(found)


def hours_of(root: Node, own: OwnDays | None = None) -> Hours | None:
    """Read opening hours; None where there are none. A day with hours of its own has to work, with the `own` days.

    >>> root = sample("file", {"hours": {"spans": [["09:00", "12:00"]]}})
    >>> hours_of(root).text("en")
    '09:00–12:00'
    """
    if "hours" not in root:
        return None
    node = Node(root.data["hours"], "hours", root.faults, SHAPES["hours"])
    spans = _spans(node)
    weekdays = _weekdays(node)
    seasons = []
    for one in node.nodes("season", SHAPES["season"]):
        edges, times, others = (one.text("from"), one.text("until")), _spans(one), _weekdays(one)
        try:
            if edges[0] and edges[1] and times:
                seasons.append(Season.of(edges[0], edges[1], *times, weekdays=others))
        except ComplaintRulesError as error:
            one.faults.refused(one.path, error)
    exceptions: dict[dt.date | str, Sequence[Opening]] = {}
    for one in node.nodes("day", SHAPES["hours_day"]):
        times = _spans(one)
        for path, day in _days(one):
            if day in exceptions:
                one.faults.add(path, "it has hours already", str(day))
            exceptions[day] = times
            _works(path, day, own, one)
    if not spans or not all(exceptions.values()):
        return None
    try:
        return Hours.of(*spans, weekdays=weekdays, seasons=seasons, exceptions=exceptions)
    except ComplaintRulesError as error:
        node.faults.refused("hours", error)
        return None


def _works(path: str, day: dt.date, own: OwnDays | None, node: Node) -> None:
    """Note a day with hours that does not work; what a notice could still arrange is left open."""
    calendar = _PUBLISHED if own is None else own.onto(_PUBLISHED)
    if not calendar.is_working_day(day) and calendar.certainty(day) is Certainty.FINAL:
        hint = "open it first: [[calendar.day]] with works = true"
        node.faults.add(path, f"the day does not work: it is a {calendar.kind(day).en}", str(day), hint)


def _days(node: Node) -> list[tuple[str, dt.date]]:
    """Read a day or a list of days, each with its path."""
    value = node.data.get("on")
    if not isinstance(value, list):
        day = node.day("on")
        return [] if day is None else [(node.at("on"), day)]
    found = []
    for path, item in node.items("on"):
        day = Node({"on": item}, "", Faults(""), node.shape, partial=True).day("on")
        if day is None:
            node.faults.add(path, "a date is expected", item, "write it as 2026-11-21")
        else:
            found.append((path, day))
    return found


def _weekdays(node: Node) -> Mapping[str, Sequence[Opening]]:
    if "weekday" not in node:
        return {}
    inner = Node(node.data["weekday"], node.at("weekday"), node.faults, SHAPES["weekday"])
    return {name: spans for name in WEEK if name in inner and (spans := _spans(inner, name))}


def _spans(node: Node, key: str = "spans") -> list[Opening]:
    """Read spans; none where one is at fault."""
    found: list[Opening] = []
    given = 0
    for path, item in node.items(key):
        given += 1
        if not (isinstance(item, list) and len(item) == 2 and all(isinstance(end, str) for end in item)):
            node.faults.add(path, "a span has two times of day", item, 'write ["09:00", "12:00"]')
            continue
        try:
            found.append(Opening.parse(f"{item[0]}-{item[1]}"))
        except ComplaintRulesError as error:
            node.faults.refused(path, error)
    if isinstance(node.data.get(key), list) and not given:
        node.fault(key, "no span is given, so there is no working time", "to close a day write [[calendar.day]]")
    if len(found) < given:
        return []
    try:
        Hours.of(*found)
    except ComplaintRulesError as error:
        if found:
            node.faults.refused(node.at(key), error)
        return []
    return found


def calendar_of_file(path: str | os.PathLike[str], calendar: WorkCalendar) -> WorkCalendar:
    """Lay what a file says over a calendar; see `calendar_from_file`.

    >>> calendar_of_file("docs", WorkCalendar.china())
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: calendar file: ...
    """
    name = Path(path).name
    document: dict[str, Any] = parse_toml(read_text(path, what=_WHAT, named=name), name=name)
    faults = Faults(name)
    root = Node(document, "", faults, _FILE)
    own = own_days_of(root)
    hours = hours_of(root, own)
    if len(faults):
        raise refused(name, faults.all(document), "the calendar is refused")
    calendar = calendar if own is None else own.onto(calendar)
    return calendar if hours is None else calendar.with_hours(hours)
