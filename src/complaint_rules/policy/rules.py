"""The rules that a policy is made of: tables, limits, duties and the rest, as plain data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Final, final

import attrs

from complaint_rules.cases.case import Event, fields_match
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import MissingParameter
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.counting import PLAIN, Counting
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Roll, Unit
from complaint_rules.policy.accepted import Accepted
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.figures import Against, FilingTable, Rate, Scaled, Stock

NO_TITLES: Final[Titles] = FrozenMap()


class Modality(Coded):
    """How binding a rule is (规范强度): kept apart, for a missed SHOULD (原则上, 建议) is a warning, not a breach."""

    MUST = "must", "应", "must"
    SHOULD = "should", "原则上", "should"
    MUST_NOT = "must_not", "禁", "must not"
    SHOULD_NOT = "should_not", "原则上不", "should not"
    MAY = "may", "可", "may"

    @property
    def forbids(self) -> bool:
        """Whether the rule speaks against its act.

        >>> Modality.SHOULD_NOT.forbids, Modality.MAY.forbids
        (True, False)
        """
        return self in (Modality.MUST_NOT, Modality.SHOULD_NOT)

    @property
    def binding(self) -> bool:
        """Whether missing it is a breach; otherwise it is a warning.

        >>> Modality.MUST.binding, Modality.SHOULD.binding
        (True, False)
        """
        return self in (Modality.MUST, Modality.MUST_NOT)


class Subject(Coded):
    """What a table is about (分类表的主题), so that tables of different policies can stand side by side."""

    URGENCY = "urgency", "轻重缓急", "how urgent or grave"
    """Urgent, major, a level: what is handled sooner or higher up."""
    GROUP = "group", "个体与群体", "one or many"
    """Whether many complain together, and through whom."""
    KIND = "kind", "内容、形式与渠道", "content, form and channel"
    """What it is about and how it came in."""
    ACCEPTANCE = "acceptance", "是否受理", "whether it is taken up"
    """Whether it is a complaint, a valid one, and accepted."""
    COURSE = "course", "办理路径", "way through the house"
    """By which way it goes, and who handles it."""
    LIABILITY = "liability", "责任认定", "liability"
    """Who is at fault, justified or not."""
    COUNTING = "counting", "统计口径", "counting"
    """As what it is counted."""
    CONSEQUENCE = "consequence", "追责与奖励", "sanctions and rewards"
    """Grounds for sanctions, measures and rewards."""
    OTHER = "other", "其他", "something else"
    """Anything else."""


class Reopen(Coded):
    """What a reopening (重新受理) does to a limit that had ended."""

    CONTINUE = "continue", "重新受理后接着计，其间按中止处理", "a reopening goes on with it; the closed time is a pause"
    """The clock runs on; the closed time is a pause."""
    RESTART = "restart", "重新受理后从头计", "a reopening starts it anew"
    """The clock starts anew from the reopening; its earlier end no longer counts."""
    NEW = "new", "重新受理后另计一次，原结果保留", "a reopening starts a second run; the first keeps its result"
    """A second run starts; the first keeps its result."""


class ReportPeriod(Coded):
    """How often something is reported (报送周期)."""

    DAY = "day", "每日", "daily"
    WEEK = "week", "每周", "weekly"
    MONTH = "month", "每月", "monthly"
    QUARTER = "quarter", "每季", "quarterly"
    HALF_YEAR = "half_year", "每半年", "half-yearly"
    YEAR = "year", "每年", "yearly"


class Trade(Coded):
    """Whose rules a rule set holds (适用行业), so that an institution finds its own kind."""

    NORM = "norm", "国家规范", "national norms"
    BANK = "bank", "银行", "banks"
    SECURITIES = "securities", "证券", "securities"
    PROPERTY = "property", "房地产与物业", "property"
    ENTERPRISE = "enterprise", "其他企业", "other businesses"
    EXAMPLE = "example", "示例", "examples"


class ParameterType(Coded):
    """What kind of value a parameter has (参数类型)."""

    PERIOD = "period", "期限", "period"
    INT = "int", "整数", "whole number"
    DECIMAL = "decimal", "精确数", "exact number"
    TEXT = "text", "代码", "code"
    BOOL = "bool", "是／否", "yes or no"
    DAY = "day", "日期", "day"
    MOMENT = "moment", "时刻或日期", "moment or day"


@final
@attrs.frozen(kw_only=True, repr=False)
class Selector(Shown):
    """Which events a rule means: a kind, and the values its fields must have.

    >>> Selector(kind="routed", fields=(("to", frozenset({"outlet"})),)).matches(
    ...     Event("routed", to="outlet")
    ... )
    True
    """

    kind: str
    """The kind of event; ``received`` is the receipt itself."""
    fields: tuple[tuple[str, frozenset[str]], ...] = ()
    """Field name and the values accepted; for `told` and `items` all the values named must be there."""
    nth: int | None = None
    """Which of the matching events, from 1; None takes the first that serves."""
    without: tuple[tuple[str, frozenset[str]], ...] = ()
    """``not``: an event whose fields have all these values is not meant; empty: none is left out."""

    def matches(self, event: Event) -> bool:
        """Say whether the event is of this kind and carries the wanted values; `nth` is the caller's to count.

        >>> Selector(kind="replied").matches(Event("closed"))
        False
        """
        return event.kind == self.kind and fields_match(event, self.fields, self.without)


@final
@attrs.frozen(kw_only=True, repr=False)
class Parameter(Shown):
    """A figure the text leaves open (参数): the user of the policy supplies it."""

    id: str
    """Its name in conditions, and in ``within = { parameter = … }``."""
    type: ParameterType
    """What kind of value it has."""
    title: Titles
    """What it stands for."""
    value: Period | Decimal | int | str | bool | dt.date | None = None
    """The value supplied, or the marked default; None while nobody supplied one."""
    cite: str | None = None
    """The article that leaves it open."""
    reading: Titles | None = None
    """Why a default is given where the text has none."""


class _Named:
    """A rule that stands under an id, and prints by it."""

    __slots__ = ()
    id: str

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


@final
@attrs.frozen(kw_only=True, repr=False)
class TableRow(Shown):
    """One row of a table: a value and when it holds."""

    value: str
    """The value this row gives."""
    when: Condition | None
    """Its condition; None always holds."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where the row is our reading, not the text's words."""
    accept: tuple[Accepted, ...] = ()
    """Findings of the analysis about this row that are as they should be."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Table(_Named):
    """A classification (分类): rows of value and condition; ``first`` decides, or ``every`` row that holds."""

    id: str
    """Its name in conditions and findings."""
    title: Titles
    """What it classifies."""
    every: bool
    """Whether all rows that hold count; otherwise the first one does."""
    values: FrozenMap[str, Titles]
    """Every value it can give, with its titles."""
    rows: tuple[TableRow, ...]
    """The rows, in order."""
    cite: str | None = None
    """Article of the table as a whole."""
    reading: Titles | None = None
    """Marked where the table is our reading."""
    missing: tuple[str, ...] = ()
    """Parameters not supplied that a row, or a table it reads, depends on."""
    about: Subject | None = None
    """What it is about; None: the file does not say."""
    accept: tuple[Accepted, ...] = ()
    """Findings of the analysis about it or its rows that are as they should be."""


@final
@attrs.frozen(kw_only=True, repr=False)
class LimitRow(Shown):
    """One figure of a limit: how long, and when it holds."""

    within: Period | None
    """The period; None where `by` names a fact instead, or where its parameter is not supplied."""
    when: Condition | None = None
    """Its condition; None always holds."""
    as_agreed: bool = False
    """Whether the limit is what was agreed (以约定为准): while nothing is, nothing falls due."""
    by: str | None = None
    """The moment fact that sets the deadline (a superior's own, 上级规定的时限); unknown: the row does not hold."""
    parameter: str | None = None
    """The parameter its figure comes from."""
    warnings: tuple[Period, ...] = ()
    """How long before the due moment warnings fall, in the order written."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where the figure or its manner of counting is our reading."""
    accept: tuple[Accepted, ...] = ()
    """Findings of the analysis about this figure that are as they should be."""

    @property
    def warn(self) -> Period | None:
        """The first warning written; None: there is none."""
        return self.warnings[0] if self.warnings else None


@final
@attrs.frozen(kw_only=True, repr=False)
class PauseRule(Shown):
    """A reason for which a limit stops (中止)."""

    reasons: frozenset[str]
    """The codes of `Event.reason` it covers."""
    requires: Condition | None = None
    """What the suspension must carry to count, over ``event.…``."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Extension(Shown):
    """A lengthening of a limit (延期), valid only if complete before the limit runs out."""

    id: str
    """Its name within the limit."""
    on: Selector
    """The event that grants it."""
    add: Period | None = None
    """What it adds to the figure, in the unit of the limit's rows."""
    to: Period | None = None
    """The total it stretches the limit to, counted from `since`."""
    since: tuple[Selector, ...] = ()
    """Where a total is counted from; empty: from the limit's own start."""
    when: Condition | None = None
    """What must hold for it, over facts and ``event.…``."""
    requires: Condition | None = None
    """What the grant must carry, over ``event.…``; later events that refer to it (`ref`) may complete it."""
    approved_by: frozenset[str] = frozenset()
    """Who may approve it; empty: nobody needs to."""
    times: int = 1
    """How often it may be granted."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Restart(Shown):
    """What starts a running limit anew (重新计算), dropping its extensions."""

    on: tuple[Selector, ...]
    """The events that restart it."""
    when: Condition | None = None
    """What must hold, over facts and ``event.…``."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Void(Shown):
    """What ends a limit without result (失效), as a withdrawal (撤回) does."""

    on: Selector
    """The event that ends it."""
    when: Condition | None = None
    """What must hold for that, over facts and ``event.…``; else the limit runs on. None: it always ends it."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Limit(_Named):
    """A time limit (时限): from which event, until which, within how long."""

    id: str
    """Its name in conditions and clocks."""
    title: Titles
    """What is limited."""
    starts: tuple[Selector, ...]
    """``from``: the events that start it, whichever comes first."""
    until: tuple[Selector, ...]
    """The events that end it: the first match at or after the start."""
    who: str | None
    """Who has to keep it; ``customer`` is never the bank's lateness."""
    modality: Modality
    """``must`` or ``should``."""
    earliest: bool
    """Whether every row that holds counts and the earliest due moment binds; else the first does, or the `latest`."""
    rows: tuple[LimitRow, ...]
    """Its figures."""
    latest: bool = False
    """Whether every row that holds counts and the latest due moment binds (孰晚)."""
    when: Condition | None = None
    """Whether it applies at all; None: always."""
    each: bool = False
    """Whether every start opens a run of its own."""
    counting: Counting = PLAIN
    """How its periods are counted."""
    quiet: bool = False
    """Whether the policy's quiet hours bear on meeting it."""
    agreed: tuple[Selector, ...] = ()
    """Events whose `due` prevails over the figures (约定优先)."""
    agreed_later: bool = False
    """Whether they prevail only where that is later: an earlier time agreed shortens nothing (约定只延不缩)."""
    pauses: tuple[PauseRule, ...] = ()
    """The reasons for which it stops."""
    extensions: tuple[Extension, ...] = ()
    """How it can be lengthened."""
    restart: Restart | None = None
    """What starts it anew while it runs."""
    reopen: Reopen | None = None
    """What a reopening does after it has ended; None: nothing."""
    void_on: tuple[Void, ...] = ()
    """What ends it without result, as a withdrawal (撤回) does."""
    after_closing: bool = False
    """Whether it may well be kept after the case is closed; else a closing while it waits has this against it."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where a part of it is our reading."""
    missing: tuple[str, ...] = ()
    """Parameters not supplied that it depends on."""
    accept: tuple[Accepted, ...] = ()
    """Findings of the analysis about it or its figures that are as they should be."""

    @property
    def counts_every(self) -> bool:
        """Whether every row that holds counts, and not only the first."""
        return self.earliest or self.latest


class CountedFrom(Coded):
    """From when the period of a duty counts that arises under a condition (期限自何时起算)."""

    CONDITION = "condition", "条件成立之时", "when its condition came to hold"
    TRIGGER = "trigger", "起因发生之时", "when what triggers it happened"


@final
@attrs.frozen(kw_only=True, repr=False)
class Duty(_Named):
    """Who must, should, may or must not do what, towards whom, within how long (义务与禁止)."""

    id: str
    """Its name."""
    title: Titles
    """What it says."""
    modality: Modality
    """How binding it is."""
    acts: tuple[Selector, ...]
    """The events that discharge it, use it, or breach it."""
    who: str | None = None
    """Who is bound (义务人)."""
    to: str | None = None
    """Towards whom (报告对象)."""
    after: tuple[Selector, ...] = ()
    """The events that trigger it, whichever comes first; empty: the receipt."""
    until: tuple[Selector, ...] = ()
    """The events that end a prohibition or a permission."""
    each: bool = False
    """Whether every trigger founds a duty of its own."""
    counted_from: CountedFrom = CountedFrom.CONDITION
    """Whether its period counts from the trigger, or from when its condition came to hold where that is later."""
    within: Period | None = None
    """How long after the trigger; None: no figure, so never overdue."""
    parameter: str | None = None
    """The parameter `within` comes from."""
    counting: Counting = PLAIN
    """How `within` is counted."""
    quiet: bool = False
    """Whether the policy's quiet hours bear on it: a prohibition forbids in them only."""
    when: Condition | None = None
    """What must hold for it; it starts at the later of the trigger and the moment since which this holds."""
    unless: Condition | None = None
    """What makes a candidate event innocent, over facts and ``event.…``."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where a part of it is our reading."""
    missing: tuple[str, ...] = ()
    """Parameters not supplied that it depends on."""
    accept: tuple[Accepted, ...] = ()
    """Findings of the analysis about it that are as they should be."""

    @property
    def at_receipt(self) -> bool:
        """Whether the receipt itself can trigger it."""
        return not self.after or any(selector.kind == "received" for selector in self.after)


@final
@attrs.frozen(kw_only=True, repr=False)
class Checklist(_Named):
    """What a document or record must hold (要素清单)."""

    id: str
    """Its name."""
    title: Titles
    """Which document."""
    of: tuple[Selector, ...]
    """The events whose `items` are checked; ``received``: the complaint's `recorded`."""
    items: FrozenMap[str, Titles]
    """The items wanted."""
    modality: Modality = Modality.MUST
    """``must`` or ``should``."""
    when: Condition | None = None
    """Which of the documents it is about, over facts and ``event.…``; None: all of them."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Link(_Named):
    """Which complaints belong together (关联): for repeats, groups and mass complaints."""

    id: str
    """Its name in ``linked(…)``."""
    title: Titles
    """What it finds."""
    same: tuple[str, ...]
    """Facts that must be known and equal."""
    distinct: bool = False
    """Whether distinct complainants are counted; otherwise complaints."""
    window: Period | None = None
    """How far back from each receipt; None: without bound, or its parameter is missing."""
    parameter: str | None = None
    """The parameter `window` comes from."""
    joint: bool = False
    """Whether the complainants of one joint complaint count each."""
    when: Condition | None = None
    """Which complaints take part; None: all."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


class FigureShape(Coded):
    """Which of seven kinds of number a figure is (指标类型)."""

    COUNT = "count", "件数", "count"
    SHARE = "share", "占比", "share"
    LIMIT = "limit", "时限执行情况", "standing of a limit"
    TIME = "time", "时长", "duration"
    SUM = "sum", "金额", "sum of money"
    STOCK = "stock", "存量", "stock"
    SCALED = "scaled", "按基数折算", "per so many of a base"


@final
@attrs.frozen(kw_only=True, repr=False)
class Measured(Shown):
    """From which event to which a duration runs, and in what it is counted (时长口径)."""

    starts: tuple[Selector, ...]
    """The events from which it runs: the first of them."""
    until: tuple[Selector, ...]
    """The events with which it ends: of an ending the last that stands, so that a reopened case has none."""
    unit: Unit
    """Minutes, hours, days, working days, working hours or working minutes; every part of one counts whole."""
    without_pauses: bool = False
    """Whether the time during which the case was suspended is left out."""


@final
@attrs.frozen(kw_only=True, repr=False)
class CountingRule(_Named):
    """Which cases count, how often, and from when to when (统计口径)."""

    id: str
    """Its name."""
    title: Titles
    """What it counts."""
    counts: Condition | None = None
    """Which cases count; None: all of them."""
    why: str | None = None
    """The table whose value says why a case does not count; None: no reason is given."""
    weight: str | None = None
    """The fact of type ``int`` that says how often a case counts, as its complainants; None: once."""
    since: dt.date | None = None
    """The first day of which it counts, inclusive; None: without bound."""
    until: dt.date | None = None
    """The last one, inclusive; None: without bound."""
    replaces: str | None = None
    """The counting rule in whose place it stands; None: none."""
    definition: Titles | None = None
    """How it counts, in words."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Base(_Named):
    """What counts are set in relation to (基数), as outlets or customers; the user supplies its numbers."""

    id: str
    """Its name."""
    title: Titles
    """What it is the number of."""
    definition: Titles | None = None
    """What belongs to it, in words."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Figure(_Named):
    """A figure over many cases (指标), and a quota where the text sets one."""

    id: str
    """Its name."""
    title: Titles
    """What it measures."""
    share: Condition | None = None
    """The numerator's condition, of a share."""
    of: Condition | None = None
    """The population; None: every case."""
    limit: str | None = None
    """The limit whose runs are counted by how they stand."""
    rate: Rate | None = None
    """Of which of those runs the ones kept in time are the share; None: it is no figure about a limit."""
    time: Measured | None = None
    """What is measured, of a duration."""
    bands: tuple[int, ...] = ()
    """The upper edges, inclusive and rising, of the bands of a duration, in its unit; empty: it has none."""
    show: tuple[str, ...] = ()
    """What is shown of a duration: ``median``, ``mean``, ``percentile 90``; empty: nothing is said."""
    stock: Stock | None = None
    """At which edge of the period the open cases are counted, of a stock."""
    scale: Scaled | None = None
    """Which count it is for each so many of which base."""
    amount: str | None = None
    """The fact of type ``decimal`` that is summed, in yuan."""
    paid: Selector | None = None
    """The events whose `amount` is summed, in yuan."""
    by: tuple[str, ...] = ()
    """Tables and facts over which it is spread, one after the other."""
    dated: tuple[Selector, ...] = ()
    """The events whose day places a case in a period; empty: its receipt. Of an ending, the last that stands."""
    each: bool = False
    """Whether every such event counts (work done), not the case once."""
    basis: tuple[str, ...] = ()
    """The counting rules that say which cases count, in force one after another; empty: all of them count."""
    part_of: str | None = None
    """The figure of which this one is a part (其中)."""
    per: ReportPeriod | None = None
    """The reporting period; None: the text does not say."""
    who: str | None = None
    """Whose figure it is."""
    at_least: Fraction | None = None
    """The quota, inclusive; None: none."""
    at_most: Fraction | None = None
    """The share that may not be exceeded, inclusive; None: none."""
    at_least_cases: int | None = None
    """The number of cases below which no share is shown; None: it is always shown."""
    unit: Titles | None = None
    """In what it counts (计量单位), as persons; None: cases, or what its shape has."""
    decimals: int | None = None
    """The places behind the point with which it is printed; None: not said."""
    definition: Titles | None = None
    """How it is worked out, in words."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""

    @property
    def shape(self) -> FigureShape:
        """Which kind of number it is: what it has says so.

        >>> Figure(id="received", title=NO_TITLES).shape.value
        'count'
        """
        if self.share is not None:
            return FigureShape.SHARE
        if self.limit is not None:
            return FigureShape.LIMIT
        if self.time is not None:
            return FigureShape.TIME
        if self.stock is not None:
            return FigureShape.STOCK
        if self.scale is not None:
            return FigureShape.SCALED
        return FigureShape.COUNT if self.amount is None and self.paid is None else FigureShape.SUM

    def required_of(self, population: int) -> int:
        """Give the smallest whole number of cases that meets the quota in a population.

        Raises `MissingParameter` where the figure has no quota.

        >>> Figure(id="callback", title=NO_TITLES, at_least=Fraction(70, 100)).required_of(11)
        8
        """
        if self.at_least is None:
            raise MissingParameter(what=self.id, why="this figure has no quota, the text sets none")
        return -(-self.at_least.numerator * max(population, 0) // self.at_least.denominator)


@final
@attrs.frozen(kw_only=True, repr=False)
class Filing(_Named):
    """A periodic report (定期报送)."""

    id: str
    """Its name."""
    title: Titles
    """What is reported."""
    who: str | None
    """Who reports."""
    to: tuple[str, ...]
    """To whom."""
    dates: tuple[tuple[int, int], ...] = ()
    """Month and day of each return in a year."""
    day: int | None = None
    """Day of every month."""
    daily: bool = False
    """Whether every day has one."""
    time: dt.time | None = None
    """Time of day by which it is due; None: the end of the day."""
    inclusive: bool = True
    """Whether the day named is still in time; otherwise the return is due before it begins."""
    per: ReportPeriod | None = None
    """The period it reports on; None: the text does not say."""
    within: Period | None = None
    """How long after the last day of each period it is due; None: on the days named, or its parameter is missing."""
    parameter: str | None = None
    """The parameter `within` comes from."""
    roll: Roll | None = None
    """Where a due day without work moves; None: nowhere."""
    first: dt.date | None = None
    """The first day of which there is a return, inclusive; None: without bound, or its parameter is missing."""
    last: dt.date | None = None
    """The last day of which there is one, inclusive; None: without bound, or its parameter is missing."""
    bounds: tuple[str, ...] = ()
    """The parameters from which `first` and `last` come."""
    missing: tuple[str, ...] = ()
    """Parameters not supplied that it depends on; while there are any, no return of it can be listed."""
    contents: FrozenMap[str, Titles] = FrozenMap()
    """What it holds."""
    figures: tuple[str, ...] = ()
    """The figures it holds, in order."""
    written: tuple[str, ...] = ()
    """What of `contents` a person writes: no figure says it."""
    tables: tuple[FilingTable, ...] = ()
    """The tables it holds, in order."""
    compare: tuple[Against, ...] = ()
    """With which periods its figures are held against."""
    excluded: bool = False
    """Whether it lists what did not count, by the counting rules of its figures."""
    period: ReportPeriod | None = None
    """On what it reports; None: `per` or `periods` says it, or the text does not, or its parameter is missing."""
    period_parameter: str | None = None
    """The parameter `period` comes from."""
    periods: tuple[tuple[tuple[int, int], ReportPeriod], ...] = ()
    """On what the returns of a year report, by their month and day; empty: all on `per`."""
    so_far: bool = False
    """Whether it is due before its period is over, so that it reports on the period so far (截至报送前一日)."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""

    def period_of(self, month: int, day: int) -> ReportPeriod | None:
        """Give the kind of period on which the return of a day of the year reports; None: the text does not say.

        >>> one = Filing(
        ...     id="a",
        ...     title=NO_TITLES,
        ...     who=None,
        ...     to=(),
        ...     periods=(((6, 15), ReportPeriod.HALF_YEAR),),
        ... )
        >>> one.period_of(6, 15), one.period_of(12, 15)
        (<ReportPeriod.HALF_YEAR: 'half_year'>, None)
        """
        return dict(self.periods).get((month, day), self.period or self.per)


@final
@attrs.frozen(kw_only=True, repr=False)
class Standing(_Named):
    """A duty that hangs on no single case (常设职责): a post, a publication, a training, a yearly look back."""

    id: str
    """Its name."""
    title: Titles
    """What is to be done, or not to be done."""
    who: str
    """Who is bound: a level or body of the policy."""
    to: tuple[str, ...] = ()
    """Towards whom; empty: the text does not say."""
    modality: Modality = Modality.MUST
    """How binding it is."""
    per: ReportPeriod | None = None
    """How often; None: the text does not say, or it has to hold all the time."""
    dates: tuple[tuple[int, int], ...] = ()
    """Month and day of every year by which it is done, inclusive."""
    within: Period | None = None
    """How long after `after`; None: the text does not say, or its parameter is missing."""
    parameter: str | None = None
    """The parameter `within` comes from."""
    after: Titles | None = None
    """What calls for it, in words; None: nothing in particular."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Retention(Shown):
    """How long the file is kept (保管期限)."""

    within: Period | None
    """How long; None while its parameter is not supplied."""
    starts: tuple[Selector, ...]
    """From which event."""
    id: str | None = None
    """Its name where there are several; None: it is the only one."""
    title: Titles = NO_TITLES
    """What is kept, where there are several."""
    parameter: str | None = None
    """The parameter its figure comes from."""
    contents: FrozenMap[str, Titles] = FrozenMap()
    """What the file holds."""
    cite: str | None = None
    """Its article."""
    reading: Titles | None = None
    """Marked where it is our reading."""
