"""The periodic reports (定期报送) of a policy: when each is due, on what it reports, and what it holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from complaint_rules.documents.nodes import Node
from complaint_rules.periods.units import DAY_UNITS, Roll, Unit
from complaint_rules.policy.figures import Against, FilingTable, Shows
from complaint_rules.policy.files.effects import hollow_filing
from complaint_rules.policy.files.figures import shown_of
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import CountingRule, Figure, FigureShape, Filing, ParameterType, ReportPeriod

_DATE: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_SCHEDULES: Final = ("on", "day", "daily", "within")


def filing_of(
    node: Node, refs: References, *, figures: Mapping[str, Figure], bases: Mapping[str, CountingRule]
) -> Filing | None:
    """Read a periodic report, which may hold the `figures` of the policy; None where it has no id.

    >>> node = sample("filing", {"id": "yearly", "on": "12-15"})
    >>> filing_of(node, refs, figures={}, bases={}).dates
    ((12, 15),)
    """
    code, title, cite, reading = node.code("id"), node.titles("title"), node.text("cite"), node.reading()
    when = [key for key in _SCHEDULES if key in node]
    if len(when) > 1:  # none: the text says periodically (定期), and no more
        node.faults.add(
            node.path,
            "only one of on, day, daily and within says when it is due",
            when,
            'write on = ["06-15", "12-15"]',
        )
    dates = days_of_the_year(node, "on")
    within, parameter = refs.figure(node, "within")
    if within is not None and within.unit not in DAY_UNITS - {Unit.SAME_DAY}:
        node.fault("within", "a return is due some days, weeks, months or working days after its period")
    hollow_filing(node, when, within)
    (first, since), (last, until) = _bound(node, "from", refs), _bound(node, "until", refs)
    if first is not None and last is not None and last < first:
        node.fault("until", f"it lies before from, {first}", value=str(last))
    open_ = [name for name, value in ((parameter, within), (since, first), (until, last)) if value is None]
    contents, (period, left_to) = node.coded("contents"), _period(node, refs)
    if "per" in node and (period is not None or left_to is not None):
        node.fault("period", "it has no effect: per says on what it reports", "leave either out")
    held, tables = _figures(node, figures), tuple(_tables(node, refs, figures, bases))
    if node.data.get("excluded") is True and not _leaves_out(held, tables, figures, bases):
        node.fault("excluded", "it has no effect: its figures count every case", "give one of them a basis")
    found: dict[str, Any] = {
        "who": node.text("who"), "to": node.texts("to"), "dates": dates,
        "day": node.whole("day", 1, 31), "daily": node.flag("daily"), "time": node.time("time"),
        "inclusive": not node.flag("before"), "contents": contents,
        "figures": held, "written": _written(node, contents), "periods": _periods(node, dates),
        "so_far": node.flag("so_far"), "period": period, "period_parameter": left_to,
        "tables": tables, "compare": _against(node), "excluded": node.flag("excluded"),
        "per": node.member("per", ReportPeriod, "a reporting period"), "within": within, "parameter": parameter,
        "roll": node.member("roll", Roll, "a manner of rolling the due day"), "first": first, "last": last,
        "bounds": tuple(name for name in (since, until) if name is not None),
        "missing": tuple(dict.fromkeys(name for name in open_ if name is not None)),
    }  # fmt: skip
    return None if code is None else Filing(id=code, title=title, cite=cite, reading=reading, **found)


def _figures(node: Node, known: Collection[str]) -> tuple[str, ...]:
    names = node.texts("figures")
    for name in names:
        if name not in known:
            node.faults.unknown(node.at("figures"), "there is no such figure", name, list(known))
    return names


def _written(node: Node, contents: Collection[str]) -> tuple[str, ...]:
    names = node.texts("written")
    for name in names:
        if name not in contents:
            node.faults.unknown(node.at("written"), "the contents do not list it", name, list(contents))
    return names


def _periods(node: Node, dates: tuple[tuple[int, int], ...]) -> tuple[tuple[tuple[int, int], ReportPeriod], ...]:
    """Read on what the returns of a year report, by their days."""
    value = node.data.get("period")
    if value is None or isinstance(value, str) or _is_left_open(value):
        return ()
    if not isinstance(value, dict) or not value:
        hint = 'write "quarter", or { "06-15" = "half_year" }'
        node.fault("period", "a period, or a table of days with their periods, is expected", hint)
        return ()
    found = []
    words = [period.value for period in ReportPeriod]
    for key, word in value.items():
        match = _DATE.fullmatch(str(key))
        day = None if match is None else (int(match[1]), int(match[2]))
        if day is None or day not in dates:
            node.fault("period", "no return is due on this day", "name the days of on", key)
        elif word not in words:
            node.faults.unknown(node.at("period"), "a reporting period is expected", word, words)
        else:
            found.append((day, ReportPeriod(word)))
    return tuple(sorted(found))


def _is_left_open(value: object) -> bool:
    return isinstance(value, dict) and "parameter" in value


def _period(node: Node, refs: References) -> tuple[ReportPeriod | None, str | None]:
    """Read the one period on which all returns report, or the parameter that it is left to."""
    value = node.data.get("period")
    if isinstance(value, str):
        return node.member("period", ReportPeriod, "a reporting period"), None
    if not _is_left_open(value):
        return None, None
    parameter = refs.parameter(node, "period", ParameterType.TEXT)
    if parameter is None:
        return None, None
    periods = {period.value: period for period in ReportPeriod}
    if parameter.value is None:
        return None, parameter.id
    word = str(parameter.value)
    if word not in periods:
        node.faults.unknown(node.at("period"), "a reporting period is expected", word, list(periods))
    return periods.get(word), parameter.id


def _against(node: Node) -> tuple[Against, ...]:
    names, words = node.texts("compare"), [against.value for against in Against]
    for name in names:
        if name not in words:
            node.faults.unknown(node.at("compare"), "a period to compare with is expected", name, words)
    return tuple(Against(name) for name in names if name in words)


def _leaves_out(
    held: Sequence[str],
    tables: Sequence[FilingTable],
    figures: Mapping[str, Figure],
    bases: Mapping[str, CountingRule],
) -> bool:
    """Say whether a case can be left out of some figure by a counting rule."""
    named = [figures[name] for name in (*held, *(table.figure for table in tables)) if name in figures]
    scaled = [figures[one.scale.figure] for one in named if one.scale is not None and one.scale.figure in figures]
    rules = {*(table.basis for table in tables), *(basis for one in (*named, *scaled) for basis in one.basis)}
    return any(basis.counts is not None for name, basis in bases.items() if name in rules)


def _counts_otherwise(table: Node, basis: CountingRule, figure: Figure) -> None:
    """Note a counting rule of a table that cannot be the one of its figure."""
    if figure.shape not in (FigureShape.COUNT, FigureShape.SHARE):
        table.fault("basis", "only a count or a share is counted by another rule", "leave the key out")
    elif basis.weight is not None and figure.shape is FigureShape.SHARE:
        table.fault("basis", "only a count goes by a rule with a weight", "make a rule without it")


def _tables(
    node: Node, refs: References, figures: Mapping[str, Figure], bases: Mapping[str, CountingRule]
) -> Iterator[FilingTable]:
    for table in node.nodes("tables", SHAPES["filing_table"]):
        name, by = table.choice("figure", list(figures), "the id of a figure"), refs.groupings(table, "by")
        basis = table.choice("basis", list(bases), "the id of a counting rule")
        within = refs.groupings(table, "within")
        if len(within) > 1:
            table.fault("within", "one name is expected")
        of_time = name is not None and figures[name].shape is FigureShape.TIME
        words = [word for word in Shows if of_time or word not in (Shows.MEDIAN, Shows.MEAN)]
        show, median = shown_of(table, words, percentiles=of_time), table.flag("median")
        if "within" in table and not median and not {Shows.SHARE, Shows.RANK} & set(show):
            table.fault("within", "it has no effect: no share, rank or median is shown", "leave the key out")
        if basis is not None and name is not None:
            _counts_otherwise(table, bases[basis], figures[name])
        if name is not None and by:
            yield FilingTable(
                figure=name, by=by, basis=basis, within=within[0] if within else None, show=show, median=median
            )


def days_of_the_year(node: Node, key: str) -> tuple[tuple[int, int], ...]:
    """Read days of every year, as month and day in their order; empty where the key is not there.

    >>> days_of_the_year(sample("filing", {"on": ["12-15", "06-15"]}), "on")
    ((6, 15), (12, 15))
    """
    dates = []
    for text in node.texts(key):
        match = _DATE.fullmatch(text)
        if match is None or not _every_year(int(match[1]), int(match[2])):
            node.fault(key, "a day of every year is expected", 'write it as "06-15"', text)
        else:
            dates.append((int(match[1]), int(match[2])))
    return tuple(sorted(dates))


def _bound(node: Node, key: str, refs: References) -> tuple[dt.date | None, str | None]:
    """Read a day, or the parameter of type day that it is left to."""
    value = node.data.get(key)
    if not isinstance(value, dict):
        return node.day(key), None
    parameter = refs.parameter(node, key, ParameterType.DAY)
    if parameter is None:
        return None, None
    return (parameter.value if isinstance(parameter.value, dt.date) else None), parameter.id


def _every_year(month: int, day: int) -> bool:
    try:
        dt.date(2001, month, day)  # no leap year: 29 February does not come every year
    except ValueError:
        return False
    return True
