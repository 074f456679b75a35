"""Which complaints belong together (关联): repeats, groups and mass complaints, as known at receipt and as known now.

A link of a policy names facts that must be known and equal. Two complaints with equal facts are *within the window*
when the later one was received before the period counted from the earlier one had run out (Civil Code art. 200 to 202,
the same engine as every other deadline): with "1 month", a complaint of 15 March still counts on 15 April and no longer
on 16 April. Looking back from a receipt, those are the complaints whose month is not over yet.

* **At receipt** a complaint counts what had been received by then, with the facts as they were known then.
* **Now** it counts the fullest window that it lies in, with the facts as amended since: the first of three complaints
  of one month is one of three, although it was alone on the day it came in.

Complaints received at the same moment know of each other. One whose receipt is known by its day only is taken to have
known, and to have been known to, every other of that day; against a window in hours it stands at the end of its day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, complaint_of, several
from complaint_rules.cases.complaint import Complaint, FactValue
from complaint_rules.errors import InvalidComplaint, InvalidPolicy, MissingParameter, did_you_mean
from complaint_rules.linking.index import (
    HI,
    LO,
    NUMBER,
    UNKNOWN,
    Kin,
    Member,
    Web,
    by_lo,
    joiner,
    reads_history,
    versions_of,
)
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment
from complaint_rules.policy.policy import Policy

AsKnown: TypeAlias = Literal["now", "receipt"]
"""As known now, or as known at the complaint's own receipt."""

_MOST_COMPARED: Final = 10_000
"""Ids among which a slip is looked for."""


@final
@attrs.frozen(kw_only=True)
class Group:
    """Complaints that hang together under one link: each was received within the window of another (关联投诉组)."""

    link: str
    """Id of the link."""
    facts: Mapping[str, FactValue]
    """The facts they share, with their value."""
    members: tuple[str, ...]
    """Ids of the complaints, in order of receipt."""
    first_receipt: dt.datetime | dt.date
    """The earliest receipt among them, as recorded: from it a limit runs if they are handled as one."""
    last_receipt: dt.datetime | dt.date
    """The latest receipt among them, as recorded."""
    count: int
    """What its fullest window counts: complaints, or distinct complainants (不同投诉人), as the link says."""


@final
@attrs.frozen(kw_only=True)
class Linked:
    """What one link says of one complaint that takes part in it."""

    link: str
    """Id of the link."""
    complaint: str
    """Id of the complaint."""
    count_at_receipt: int | None
    """How many belonged together when it was received, itself included; 0: it took no part by the facts known then;
    None: those facts were unknown."""
    count_now: int
    """How many there are in the fullest window that it lies in, itself included."""
    _find: Callable[[], Group] = attrs.field(eq=False, repr=False)

    @property
    def group(self) -> Group:
        """The complaints it hangs together with, itself included; gathered on every access."""
        return self._find()

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of the complaints of its group, in order of receipt."""
        return self._find().members

    @property
    def first_receipt(self) -> dt.datetime | dt.date:
        """The earliest receipt of its group, as recorded."""
        return self._find().first_receipt


def _as_recorded(entry: Member) -> dt.datetime | dt.date:
    return entry[HI] if entry[LO] == entry[HI] else entry[HI].date()


@final
class Links:
    """Which of many complaints belong together (关联结果), for every link of a policy; made by `link`, never changed.

    >>> from complaint_rules import load_policy
    >>> at = dt.datetime.fromisoformat
    >>> flood = [
    ...     Complaint(
    ...         id="c-1", received=at("2026-09-01T09:00+08:00"), kind="fees", complainant_keys=["p-1"]
    ...     ),
    ...     Complaint(
    ...         id="c-2", received=at("2026-09-20T09:00+08:00"), kind="fees", complainant_keys=["p-2"]
    ...     ),
    ...     Complaint(
    ...         id="c-3", received=at("2026-10-01T09:00+08:00"), kind="fees", complainant_keys=["p-3"]
    ...     ),
    ... ]
    >>> links = link(flood, load_policy("realty-levels"))
    >>> links.counts("c-1"), links.counts("c-1", as_known="receipt")
    ({'same_kind': 3}, {'same_kind': 1})
    """

    __slots__ = ("_ids", "_later", "_missing", "_numbers", "_webs")

    def __init__(
        self,
        ids: Sequence[str],
        numbers: Mapping[str, int],
        webs: Mapping[str, Web],
        missing: Mapping[str, str],
        later: tuple[str, ...] = (),
    ) -> None:
        self._ids = ids
        self._numbers = numbers
        self._webs = webs
        self._missing = missing
        self._later = later

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, complaint_id: object) -> bool:
        return complaint_id in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @property
    def missing(self) -> Mapping[str, str]:
        """Links that could not be worked out, with the parameter that their window waits for.

        >>> link([], load_policy("realty-levels")).missing
        {}
        """
        return self._missing

    @property
    def later(self) -> tuple[str, ...]:
        """Ids of the complaints received after `at`, which are not known yet and count nowhere.

        >>> morning = dt.datetime.fromisoformat("2026-09-01T08:00+08:00")
        >>> link(flood, load_policy("realty-levels"), at=morning).later
        ('c-1', 'c-2', 'c-3')
        """
        return self._later

    def of(self, complaint_id: str) -> Mapping[str, Linked]:
        """Give, by link id, what is known of a complaint; links that it takes no part in are left out.

        Raises `InvalidComplaint` for an id that was not among the complaints.

        >>> links.of("c-3")["same_kind"].count_at_receipt, links.of("c-3")["same_kind"].members
        (3, ('c-1', 'c-2', 'c-3'))
        """
        number = _number(self._numbers, complaint_id)
        found: dict[str, Linked] = {}
        for name, web in self._webs.items():
            kin = web.home[number]
            if kin is not None:
                before = web.at_receipt[number]
                found[name] = Linked(
                    link=name,
                    complaint=complaint_id,
                    count_at_receipt=None if before == UNKNOWN else before,
                    count_now=web.now[number],
                    find=lambda web=web, kin=kin: self._group_of(web, kin, number),  # type: ignore[misc]
                )
        return FrozenMap(found)

    def counts(self, complaint_id: str, as_known: AsKnown = "now") -> Mapping[str, int]:
        """Give, by link id, how many complaints or complainants belong together with this one, itself included.

        This is what `assess` takes as `links`. 0: the complaint takes no part. A link is left out where nobody can
        tell, because a fact is unknown (`waiting`) or a parameter is not supplied (`missing`): what depends on it
        stays unknown. ``"receipt"`` answers from what was known when this complaint came in.

        Raises `InvalidComplaint` for an unknown id or `as_known`.

        >>> links.counts("c-2", "receipt")
        {'same_kind': 2}
        """
        return _counts(self._webs, _number(self._numbers, complaint_id), as_known)

    def waiting(self, complaint_id: str) -> Mapping[str, tuple[str, ...]]:
        """Give, by link id, the unknown facts for which a complaint cannot be linked yet.

        >>> unknown = Complaint(id="c-9", received=at("2026-09-01T09:00+08:00"))
        >>> link([unknown], load_policy("realty-levels")).waiting("c-9")
        {'same_kind': ('kind',)}
        """
        number = _number(self._numbers, complaint_id)
        return FrozenMap({name: web.unknown[number] for name, web in self._webs.items() if number in web.unknown})

    def groups(self, link_id: str, *, at_least: int = 2) -> tuple[Group, ...]:
        """Give the groups of a link that count at least so many in one window, in order of their first receipt.

        A group is a chain: each complaint lies within the window of the one before, so it may be longer than one
        window; `Group.count` is that of its fullest. Raises `InvalidPolicy` for an unknown link, `MissingParameter`
        where its window waits for a parameter.

        >>> [(group.members, group.count) for group in links.groups("same_kind", at_least=3)]
        [(('c-1', 'c-2', 'c-3'), 3)]
        """
        if link_id in self._missing:
            raise MissingParameter(
                what=f"link {link_id!r}", why=f"its window waits for parameter {self._missing[link_id]!r}"
            )
        web = self._webs.get(link_id)
        if web is None:
            raise InvalidPolicy(
                what="a link",
                why="the policy has none of that id",
                value=link_id,
                hint=did_you_mean(link_id, self._webs),
            )
        found: list[tuple[dt.datetime, Group]] = []
        for kin in web.kins.values():
            line, starts, _ = kin.runs()
            for first, last in zip(starts, [*starts[1:], len(line)], strict=True):
                count = max(web.now[entry[NUMBER]] for entry in line[first:last])
                if count >= at_least:
                    found.append((line[first][HI], self._group(web, kin, line[first:last], count)))
        found.sort(key=lambda pair: pair[0])
        return tuple(group for _, group in found)

    def _group_of(self, web: Web, kin: Kin, number: int) -> Group:
        line, starts, places = kin.runs()
        place = bisect_right(starts, places[number])
        run = line[starts[place - 1] : starts[place] if place < len(starts) else None]
        return self._group(web, kin, run, max(web.now[entry[NUMBER]] for entry in run))

    def _group(self, web: Web, kin: Kin, run: Sequence[Member], count: int) -> Group:
        first = min(run, key=by_lo)
        return Group(
            link=web.link.id,
            facts=FrozenMap(zip(web.link.same, kin.key, strict=True)),
            members=tuple(self._ids[entry[NUMBER]] for entry in run),
            first_receipt=_as_recorded(first),
            last_receipt=_as_recorded(run[-1]),
            count=count,
        )


def _number(numbers: Mapping[str, int], complaint_id: object) -> int:
    number = numbers.get(complaint_id) if isinstance(complaint_id, str) else None
    if number is None:
        hint = did_you_mean(complaint_id, numbers) if len(numbers) <= _MOST_COMPARED else ""
        raise InvalidComplaint(what="a complaint id", why="it was not among the linked", value=complaint_id, hint=hint)
    return number


def _counts(webs: Mapping[str, Web], number: int, as_known: AsKnown) -> Mapping[str, int]:
    if as_known not in ("now", "receipt"):
        raise InvalidComplaint(
            what="as_known",
            why="'now' or 'receipt' is expected",
            value=as_known,
            hint=did_you_mean(as_known, ["now", "receipt"]),
        )
    pairs = ((name, (web.now if as_known == "now" else web.at_receipt)[number]) for name, web in webs.items())
    return FrozenMap({name: count for name, count in pairs if count != UNKNOWN})


@final
class Linker:
    """Links complaints one by one, for a system that runs (增量关联): a mutable accumulator that its caller owns.

    It keeps keys, receipts and counts of what it was given, nothing else, and only in itself. The counts are those that
    `link` gives for the same complaints at once, in whatever order they were added. Not safe to change from two threads
    at a time.

    >>> from complaint_rules import load_policy
    >>> at = dt.datetime.fromisoformat
    >>> linker = Linker(load_policy("realty-levels"))
    >>> linker.add(
    ...     Complaint(
    ...         id="c-1", received=at("2026-09-01T09:00+08:00"), kind="fees", complainant_keys=["p-1"]
    ...     )
    ... )
    ('c-1',)
    >>> linker.add(
    ...     Complaint(
    ...         id="c-2", received=at("2026-10-01T23:59+08:00"), kind="fees", complainant_keys=["p-2"]
    ...     )
    ... )
    ('c-1', 'c-2')
    >>> linker.counts("c-1")
    {'same_kind': 2}
    """

    __slots__ = ("_historic", "_ids", "_missing", "_numbers", "_webs")

    def __init__(self, policy: Policy, *, calendar: WorkCalendar | None = None) -> None:
        """Prepare for the links of a policy; `calendar` serves windows in working time (default: China's)."""
        if not isinstance(policy, Policy):
            raise InvalidPolicy(
                what="policy", why="a Policy is expected", value=policy, hint="load_policy('realty-levels')"
            )
        calendar = WorkCalendar.china() if calendar is None else as_calendar(calendar)
        known = {name: link for name, link in policy.links.items() if link.window is not None or link.parameter is None}
        self._missing: Mapping[str, str] = FrozenMap(
            {name: link.parameter or "" for name, link in policy.links.items() if name not in known}
        )
        self._webs = {name: Web(link, calendar, joiner(link, policy, calendar)) for name, link in known.items()}
        self._historic = any(reads_history(link) for link in known.values())
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}

    def add(self, item: Complaint | Case) -> tuple[str, ...]:
        """Take in one more complaint, received before or after the others; give the ids of those whose counts changed.

        Raises `InvalidComplaint` for anything else and for an id that is there already. Costs what the windows hold
        that the complaint lies in; more where facts of its kin were amended after receipt.

        >>> linker.add(Complaint(id="c-3", received=at("2026-12-01T09:00+08:00"), kind="fees"))
        ('c-3',)
        """
        return self._taken(item, "")

    def replace(self, item: Complaint | Case) -> tuple[str, ...]:
        """Take a complaint anew, whose history has grown or whose facts were amended; give the ids that changed.

        Raises `InvalidComplaint` for an id that is not there.

        >>> from complaint_rules import Event
        >>> later = Event("amended", at("2026-12-02T09:00+08:00"), set={"kind": "service"})
        >>> c3 = Complaint(id="c-3", received=at("2026-12-01T09:00+08:00"), kind="fees")
        >>> linker.replace(Case(c3, [later]))
        ('c-3',)
        """
        complaint = complaint_of(item, "")
        number = _number(self._numbers, complaint.id)
        changed = {number}
        touched = [(web, kin) for web in self._webs.values() for kin in web.leave(number)]
        versions, timeline = versions_of(item, None, historic=self._historic)
        touched += [(web, kin) for web in self._webs.values() for kin in web.enter(number, versions, timeline)]
        for web, kin in dict.fromkeys(touched):
            web.recount(kin, changed.add)
        return tuple(self._ids[one] for one in sorted(changed))

    def counts(self, complaint_id: str, as_known: AsKnown = "now") -> Mapping[str, int]:
        """Give the counts of a complaint as they stand, as `Links.counts` does.

        >>> linker.counts("c-2", as_known="receipt")
        {'same_kind': 2}
        """
        return _counts(self._webs, _number(self._numbers, complaint_id), as_known)

    def links(self) -> Links:
        """Give everything linked so far as a value that later additions do not change; costs a copy.

        >>> len(linker.links())
        3
        """
        webs = {name: web.copied() for name, web in self._webs.items()}
        return Links(tuple(self._ids), dict(self._numbers), webs, self._missing)

    def _taken(self, item: object, where: str) -> tuple[str, ...]:
        complaint = complaint_of(item, where)
        number = self._admitted(complaint, where)
        versions, timeline = versions_of(item, None, historic=self._historic)
        changed = {number}
        for web in self._webs.values():
            kins = web.enter(number, versions, timeline)
            for kin in kins:
                (web.insert if len(versions) == 1 else web.recount)(kin, changed.add)
        return tuple(self._ids[one] for one in sorted(changed))

    def _admitted(self, complaint: Complaint, where: str) -> int:
        number = len(self._ids)
        known = self._numbers.setdefault(complaint.id, number)
        if known != number:
            raise InvalidComplaint(
                what="Complaint.id",
                why=f"complaint number {known + 1} has the same id",
                value=complaint.id,
                hint="merge(…) makes one case of several receipts; Linker.replace takes a changed case anew",
                where=where,
            )
        self._ids.append(complaint.id)
        return number

    def _linked(self, items: Iterable[object], at: dt.datetime | None) -> Links:
        later: list[str] = []
        webs = list(self._webs.values())
        for place, item in enumerate(items):
            complaint = complaint_of(item, place)
            if at is not None and complaint.received_from > at:
                later.append(complaint.id)
                continue
            number = self._admitted(complaint, f"complaints[{place}]")
            versions, timeline = versions_of(item, at, historic=self._historic)
            for web in webs:
                web.enter(number, versions, timeline)
        for web in webs:
            for kin in web.kins.values():
                web.recount(kin, _unnoted)
        return Links(self._ids, self._numbers, self._webs, self._missing, tuple(later))


def _unnoted(_: int) -> None:
    pass


def link(
    complaints: Iterable[Complaint | Case],
    policy: Policy,
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
) -> Links:
    """Find which complaints belong together, for every link of a policy (关联投诉).

    `complaints` is read once and may come in any order; a `Case` brings the amendments of its facts. With `at` only
    what had been received and amended by then, inclusive, is known; without it everything is. `calendar` serves windows
    in working time (default: China's). What is counted, the complaint itself always included:

    * plain links: complaints;
    * ``distinct``: complainants told apart by their keys (不同投诉人). A complaint without keys is somebody unknown,
      never taken for another: it counts one person;
    * ``joint``: each complainant of one complaint (共同投诉), by its keys and, for those without, by its number of
      complainants. Without ``joint`` a complaint of several persons counts as one party.

    A complaint whose ``same`` facts are not all known takes part nowhere (`Links.waiting`). Takes time in proportion
    to n log n. Raises `InvalidComplaint`, with the place, for anything that is no complaint and for an id given twice;
    `InvalidMoment` for a naive `at`.

    >>> from complaint_rules import load_policy
    >>> twice = [
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 1), kind="fees", complainant_keys=["p-1"]),
    ...     Complaint(id="c-2", received=dt.date(2026, 9, 5), kind="fees", complainant_keys=["p-1"]),
    ... ]
    >>> link(twice, load_policy("realty-levels")).counts("c-2")  # two complaints, one complainant
    {'same_kind': 1}
    """
    linker = Linker(policy, calendar=calendar)
    moment = None if at is None else as_moment(at, what="at")
    return linker._linked(several(complaints, "complaints"), moment)
