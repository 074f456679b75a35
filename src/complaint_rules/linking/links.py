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
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias, final

import attrs

from complaint_rules.cases.facts import FactValue
from complaint_rules.errors import InvalidComplaint, InvalidPolicy, MissingParameter, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.linking.index import (
    HI,
    LO,
    NUMBER,
    UNKNOWN,
    Bucket,
    LinkIndex,
    Member,
    by_lo,
)
from complaint_rules.mappings import FrozenMap

AsKnown: TypeAlias = Literal["now", "receipt"]
"""As known now, or as known at the complaint's own receipt."""

_MOST_COMPARED: Final = 10_000
"""Ids among which a slip is looked for."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Group(Shown):
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
@attrs.frozen(kw_only=True, repr=False)
class Linked(Shown):
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

    >>> from complaint_rules import Complaint, link, load_policy
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

    __slots__ = ("_ids", "_indexes", "_later", "_missing", "_numbers")

    def __init__(
        self,
        ids: Sequence[str],
        numbers: Mapping[str, int],
        indexes: Mapping[str, LinkIndex],
        missing: Mapping[str, str],
        later: tuple[str, ...] = (),
    ) -> None:
        self._ids = ids
        self._numbers = numbers
        self._indexes = indexes
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
        """Links that could not be worked out, with the parameter, or ``hours``, that their window waits for.

        >>> from complaint_rules import link, load_policy
        >>> link([], load_policy("realty-levels")).missing
        {}
        """
        return self._missing

    @property
    def later(self) -> tuple[str, ...]:
        """Ids of the complaints received after `at`, which are not known yet and count nowhere.

        >>> from complaint_rules import link, load_policy
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
        number = number_of(self._numbers, complaint_id)
        found: dict[str, Linked] = {}
        for name, index in self._indexes.items():
            bucket = index.home[number]
            if bucket is not None:
                before = index.at_receipt[number]
                found[name] = Linked(
                    link=name,
                    complaint=complaint_id,
                    count_at_receipt=None if before == UNKNOWN else before,
                    count_now=index.now[number],
                    find=lambda index=index, bucket=bucket: self._group_of(index, bucket, number),  # type: ignore[misc]
                )
        return FrozenMap(found)

    def counts(self, complaint_id: str, as_known: AsKnown = "now") -> Mapping[str, int]:
        """Give, by link id, how many complaints or complainants belong together with this one, itself included.

        This is what `assess` takes as `links`. 0: the complaint takes no part. A link is left out where nobody can
        tell, because a fact is unknown (`waiting`) or a parameter is not supplied (`missing`): what depends on it
        stays unknown. ``"receipt"`` answers from what was known when this complaint came in.

        Of a link of which some condition of the policy asks ``first_of``, the counts as known now are `GroupCount`,
        which say besides whether this complaint is the first received of its `Group`. Of receipts recorded alike that
        is the first in the order of the ids; where one is known by its day only and may have come before or after
        another of that day, nobody knows. A complaint that takes no part is the first: none belongs together with it.

        Raises `InvalidComplaint` for an unknown id or `as_known`.

        >>> links.counts("c-2", "receipt")
        {'same_kind': 2}
        """
        return counts_of(self._indexes, number_of(self._numbers, complaint_id), as_known)

    def waiting(self, complaint_id: str) -> Mapping[str, tuple[str, ...]]:
        """Give, by link id, the unknown facts for which a complaint cannot be linked yet.

        >>> from complaint_rules import Complaint, link, load_policy
        >>> unknown = Complaint(id="c-9", received=at("2026-09-01T09:00+08:00"))
        >>> link([unknown], load_policy("realty-levels")).waiting("c-9")
        {'same_kind': ('kind',)}
        """
        number = number_of(self._numbers, complaint_id)
        return FrozenMap(
            {name: index.unknown[number] for name, index in self._indexes.items() if number in index.unknown}
        )

    def groups(self, link_id: str, *, at_least: int = 2) -> tuple[Group, ...]:
        """Give the groups of a link that count at least so many in one window, in order of their first receipt.

        A group is a chain: each complaint lies within the window of the one before, so it may be longer than one
        window; `Group.count` is that of its fullest. Raises `InvalidPolicy` for an unknown link, `MissingParameter`
        where its window waits for a parameter or for opening hours.

        >>> [(group.members, group.count) for group in links.groups("same_kind", at_least=3)]
        [(('c-1', 'c-2', 'c-3'), 3)]
        """
        if link_id in self._missing:
            waits = self._missing[link_id]
            why = "its window waits for " + ("opening hours" if waits == "hours" else f"parameter {waits!r}")
            raise MissingParameter(what=f"link {link_id!r}", why=why)
        index = self._indexes.get(link_id)
        if index is None:
            raise InvalidPolicy(
                what="a link",
                why="the policy has none of that id",
                value=link_id,
                hint=did_you_mean(link_id, self._indexes),
            )
        found: list[tuple[dt.datetime, Group]] = []
        for bucket in index.buckets.values():
            line, starts, _ = bucket.runs()
            for first, last in zip(starts, [*starts[1:], len(line)], strict=True):
                count = max(index.now[entry[NUMBER]] for entry in line[first:last])
                if count >= at_least:
                    found.append((line[first][HI], self._group(index, bucket, line[first:last], count)))
        found.sort(key=lambda pair: pair[0])
        return tuple(group for _, group in found)

    def _group_of(self, index: LinkIndex, bucket: Bucket, number: int) -> Group:
        line, starts, places = bucket.runs()
        place = bisect_right(starts, places[number])
        run = line[starts[place - 1] : starts[place] if place < len(starts) else None]
        return self._group(index, bucket, run, max(index.now[entry[NUMBER]] for entry in run))

    def _group(self, index: LinkIndex, bucket: Bucket, run: Sequence[Member], count: int) -> Group:
        first = min(run, key=by_lo)
        return Group(
            link=index.link.id,
            facts=FrozenMap(zip(index.link.same, bucket.key, strict=True)),
            members=tuple(self._ids[entry[NUMBER]] for entry in run),
            first_receipt=_as_recorded(first),
            last_receipt=_as_recorded(run[-1]),
            count=count,
        )


def number_of(numbers: Mapping[str, int], complaint_id: object) -> int:
    """Give the number of a complaint by its id; raises `InvalidComplaint` for one that was not linked."""
    number = numbers.get(complaint_id) if isinstance(complaint_id, str) else None
    if number is None:
        hint = did_you_mean(complaint_id, numbers) if len(numbers) <= _MOST_COMPARED else ""
        raise InvalidComplaint(what="a complaint id", why="it was not among the linked", value=complaint_id, hint=hint)
    return number


def counts_of(indexes: Mapping[str, LinkIndex], number: int, as_known: AsKnown) -> Mapping[str, int]:
    """Give the counts of a complaint by link id, as `assess` takes them; see `Links.counts`."""
    if as_known not in ("now", "receipt"):
        raise InvalidComplaint(
            what="as_known",
            why="'now' or 'receipt' is expected",
            value=as_known,
            hint=did_you_mean(as_known, ["now", "receipt"]),
        )
    now = as_known == "now"
    pairs = ((name, index.counted(number) if now else index.at_receipt[number]) for name, index in indexes.items())
    return FrozenMap({name: count for name, count in pairs if count != UNKNOWN})
