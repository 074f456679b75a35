"""The commands that show what the library knows: ``due``, ``calendar``, ``policies``, ``check``."""

from __future__ import annotations

import argparse
import calendar as months
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.notices import DayKind
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cli.inputs import chosen_calendar
from complaint_rules.cli.output import Terminal, json_text, padded
from complaint_rules.coding.code_tables import CodeTable
from complaint_rules.coding.facets import Facet
from complaint_rules.documents.toml import parse_toml, read_text
from complaint_rules.errors import InvalidMoment, UnreadableInput, legible
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.written import written
from complaint_rules.moments import FIRST_DAY, LAST_DAY, as_when
from complaint_rules.periods.periods import Period
from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Trade

SIGNS: Final = {
    DayKind.WORKDAY: ("", ""),
    DayKind.MAKE_UP_WORKDAY: ("+", "1;32"),
    DayKind.WEEKEND: (".", "2"),
    DayKind.STATUTORY_HOLIDAY: ("*", "1;31"),
    DayKind.SWAPPED_DAY_OFF: ("-", "33"),
}
"""Mark behind the day's number, and style on a terminal, for each of the five kinds of day."""
_WEEK: Final = {"zh": "一二三四五六日", "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_IN_A_ROW: Final = 3
_WIDE: Final = 28
_LINES: Final = 8


def run_due(args: argparse.Namespace, terminal: Terminal) -> int:
    """Say when a period ends, with the proof day by day and the months touched."""
    start = as_when(written(args.start, what="START", error=InvalidMoment), what="START")
    calendar = chosen_calendar(args.calendar, pinned=args.pinned_days)
    if args.hours:
        calendar = calendar.with_hours(Hours.of(*args.hours))
    due = Period.parse(args.period).due(
        start, calendar=calendar, roll=args.roll, receipt=args.receipt, cut_off=args.cut_off, starts=args.clock_starts,
        opening_day=args.opening_day, ends=args.ends,
    )  # fmt: skip
    if args.format == "json":
        terminal.say(json_text(due.to_dict()))
        return 0
    terminal.say(due.explain(terminal.lang))
    terminal.say()
    terminal.say(due.grid(terminal.lang, colour=terminal.colour))
    return 0


def run_calendar(args: argparse.Namespace, terminal: Terminal) -> int:
    """Draw a year as month grids, with the kind of every day, and name its notices."""
    year = args.year
    first, last = FIRST_DAY.year, LAST_DAY.year
    if not first <= year <= last:
        why = f"the years known run from {first} to {last}"
        raise InvalidMoment(what="YEAR", why=why, value=year, hint="is the century right?")
    calendar = chosen_calendar(args.calendar, pinned=args.pinned_days)
    terminal.say(terminal.pick(f"{year}年工作日历", f"Working calendar of {year}"))
    blocks = [_month(year, month, calendar, terminal) for month in range(1, 13)]
    for start in range(0, len(blocks), _IN_A_ROW):
        terminal.say()
        for lines in zip(*blocks[start : start + _IN_A_ROW], strict=True):
            terminal.say("   ".join(lines).rstrip())
    terminal.say()
    legend = (
        terminal.paint(f"1{sign}", style) + f" {kind.title(terminal.lang)}" for kind, (sign, style) in SIGNS.items()
    )
    terminal.say("   ".join(legend))
    days = (dt.date(year, 1, 1) + dt.timedelta(days=day) for day in range(366 if months.isleap(year) else 365))
    count = sum(calendar.is_working_day(day) for day in days)
    terminal.say(terminal.pick(f"工作日共{count}天", f"{count} working days"))
    if reason := calendar.certainty_reason(dt.date(year, 12, 31), terminal.lang):
        final = calendar.final_through
        terminal.say(terminal.pick(f"{final}之后暂定：{reason}", f"provisional after {final}: {reason}"))
    for notice in (calendar.notice(year), *calendar.revisions(year)):
        if notice is not None:
            terminal.say(" ".join(filter(None, (notice.cite(terminal.lang), notice.address))))
    for own in calendar.overrides:
        if own.date.year == year:
            what = terminal.pick("营业", "works") if own.works else terminal.pick("休息", "does not work")
            note = calendar.day(own.date).note(terminal.lang)
            terminal.say(f"{own.date}{terminal.pick('：', ': ')}{what}{terminal.pick('，', ', ')}{note}")
    if calendar.hours is not None:
        terminal.say(terminal.pick("营业时间：", "opening hours: ") + calendar.hours.text(terminal.lang))
    return 0


def _month(year: int, month: int, calendar: WorkCalendar, terminal: Terminal) -> list[str]:
    title = terminal.pick(f"{year}年{month}月", f"{year}-{month:02}")
    lines = [padded(title, _WIDE), "".join(padded(f" {name}", 4) for name in _WEEK[terminal.lang])]
    weeks = months.Calendar().monthdatescalendar(year, month)
    lines += [
        "".join(_day(day, calendar, terminal) if day.month == month else " " * 4 for day in week) for week in weeks
    ]
    return lines + [" " * _WIDE] * (_LINES - len(lines))


def _day(day: dt.date, calendar: WorkCalendar, terminal: Terminal) -> str:
    sign, style = SIGNS[calendar.kind(day)]
    return " " * (day.day < 10) + " " + terminal.paint(f"{day.day}{sign}", style) + ("" if sign else " ")


def run_policies(_: argparse.Namespace, terminal: Terminal) -> int:
    """List the rule sets shipped: id, edition, when last compared with the text, what they hold."""
    known = [load_policy(name, edition=edition) for name in policies() for edition in editions(name)]
    for trade in Trade:
        terminal.say(trade.title(terminal.lang))
        for policy in known:
            if policy.trade is trade:
                _listed(policy, terminal)
    return 0


def _listed(policy: Policy, terminal: Terminal) -> None:
    name = policy.id if len(editions(policy.id)) == 1 else f"{policy.id}@{policy.edition}"
    until = policy.effective_until
    over = "" if until is None else terminal.pick(f"（至{until}）", f" (until {until})")
    terminal.say(f"  {terminal.paint(padded(name, 20), '1')} {policy.edition:<8} {policy.title[terminal.lang]}{over}")
    terminal.say(f"  {'':20} {'':8} {policy.issuer[terminal.lang]}")
    terminal.say(f"  {'':20} {'':8} {_holds(policy, terminal)}")


def _holds(policy: Policy, terminal: Terminal) -> str:
    figures = (
        (len(policy.tables), "张判定表", "tables"),
        (len(policy.limits), "项时限", "limits"),
        (len(policy.duties), "项义务与禁止", "duties and prohibitions"),
        (len(policy.standing), "项常设职责", "standing duties"),
    )
    held = terminal.pick("、", ", ").join(f"{n}{zh}" if terminal.lang == "zh" else f"{n} {en}" for n, zh, en in figures)
    on = policy.checked_on
    return terminal.pick(f"{held}；{on}核对", f"{held}; compared with what is at hand of the text on {on}")


def run_check(args: argparse.Namespace, terminal: Terminal) -> int:
    """Check a policy file, the mapping file of a register or a code table: say what it holds, or every fault of it."""
    if args.deep:
        from complaint_rules.cli.deep import run_deep  # what an analysis needs takes long to load

        return run_deep(args, terminal)
    for option, value in (("--budget", args.budget), ("--format", args.format), ("--set", args.set or None)):
        if value is not None:
            raise UnreadableInput(what=option, why="it says how to analyse a policy", value=value, hint="add --deep")
    if args.file in policies() and not Path(args.file).exists():
        why, hint = "this is a rule set shipped, and no file", f"see it with explain {args.file}"
        raise UnreadableInput(where=args.file, what="", why=why, hint=hint)
    text = read_text(args.file, what="file")
    document = parse_toml(text, name=args.file)
    if "id" not in document and any(facet in document for facet in Facet):
        return _checked_codes(args.file, terminal)
    if "id" not in document and "fact" in document:
        mapping = RegisterMap.from_text(text, args.file)
        facts, events = len(mapping.facts), len(mapping.events)
        zh, en = f"对照文件无误：{facts}项事实、{events}种事件", f"a good mapping file: {facts} facts, {events} events"
        terminal.say(f"{legible(args.file)}: {terminal.pick(zh, en)}")
        return 0
    policy = Policy.from_file(args.file)
    terminal.say(f"{legible(args.file)}: {terminal.pick('规则文件无误', 'a good policy file')}")
    terminal.say(f"{policy.id} {policy.edition}  {policy.title[terminal.lang]}")
    terminal.say(_holds(policy, terminal))
    missing = [name for name, parameter in policy.parameters.items() if parameter.value is None]
    if missing:
        terminal.say(terminal.pick("待定参数：", "parameters to be supplied: ") + ", ".join(missing))
    for zh, en, replaced in (("代替了：", "replaces ", True), ("不沿用：", "leaves out ", False)):
        for one in policy.displaced:
            if one.replaced is replaced:
                cited = terminal.pick("、", ", ").join(policy.cite(cite, terminal.lang) for cite in one.cites)
                terminal.say(f"{terminal.pick(zh, en)}{one.rule}{terminal.pick(f'（{cited}）', f' ({cited})')}")
    return 0


def _checked_codes(file: str, terminal: Terminal) -> int:
    """Check a code table, and tell what corresponds to nothing."""
    table = CodeTable.from_file(file)
    terminal.say(f"{legible(file)}: {terminal.pick('编码表无误', 'a good code table')}")
    terminal.say(f"{table.version}  {table.title[terminal.lang]}")
    for one in table.facets.values():
        named, codes, classes = one.facet.title(terminal.lang), len(one.codes), len(one.classes)
        zh, en = f"{named}：{codes}个代码、{classes}个本行类别", f"{named}: {codes} codes, {classes} classes of its own"
        terminal.say(terminal.pick(zh, en))
        for zh, en, without in (
            ("无对应代码的键", "keys without a code", one.keys_without_code),
            ("无对应键的代码", "codes without a key", one.codes_without_key),
        ):
            if without:
                terminal.say(f"  {terminal.pick(f'{zh}：', f'{en}: ')}{', '.join(without)}")
    return 0


COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Terminal], int]]] = {
    "due": run_due,
    "calendar": run_calendar,
    "policies": run_policies,
    "check": run_check,
}
"""The commands of this room, by name."""
