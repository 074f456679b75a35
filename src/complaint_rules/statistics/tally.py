"""`Tally`: the figures of a policy over many cases (统计汇总), which add up in any order and can be merged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple, Self, cast, final

import attrs

from complaint_rules.assessing import calendar_over, mainland, plan_of, snapshot_of
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.questions import Note
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, case_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.compiling import PRESUMED_TRUE, UNDECIDED
from complaint_rules.errors import ComplaintRulesError, InvalidTally, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, as_moment
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Figure
from complaint_rules.statistics import as_data
from complaint_rules.statistics.adding import whole_number
from complaint_rules.statistics.cells import OUT, value_of
from complaint_rules.statistics.declared import AskedFor, declared
from complaint_rules.statistics.groups import Key, Keys, groupings_in, groupings_of, names_in
from complaint_rules.statistics.ledger import Ledger
from complaint_rules.statistics.looks import Look
from complaint_rules.statistics.measuring import Stopwatch
from complaint_rules.statistics.rows import row_look
from complaint_rules.statistics.spans import covered
from complaint_rules.statistics.stocks import stock_rows
from complaint_rules.statistics.strands import TallyPlan
from complaint_rules.statistics.tables import FigureTable
from complaint_rules.version import VERSION

FORMAT: Final = "complaint-rules/tally/1"
"""The form of a tally as data."""
_MADE_ONCE: Final = (
    "_over", "_plan", "at", "calendar", "covers", "declared", "policy", "signature",
)  # fmt: skip
"""What tallies that count the same share."""


class Earlier(NamedTuple):
    """What a tally holds that was counted before (此前已计): read from data, or merged."""

    versions: frozenset[str] = frozenset()
    """The versions of the library that counted it."""
    seen: int = 0
    """How many cases it is."""


@final
@attrs.frozen
class Noted(Shown):
    """Cases of which something is wrong (问题记录)."""

    n: int
    """How many there are."""
    ids: tuple[str, ...]
    """Their keys, the first 20 in order."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Counted(Shown):
    """What a counting rule made of the cases (口径执行情况): the numbers add up to those seen."""

    counted: int = 0
    """How many count."""
    excluded: FrozenMap[Key, int] = FrozenMap()
    """How many do not, by why; None: the reason is not known."""
    undecided: int = 0
    """Of how many nobody knows."""
    presumed: int = 0
    """How many of those counted rest on a presumption (推定)."""


@final
class Tally:
    """Figures of a policy over cases, as of one moment (统计汇总): it takes cases one by one, and merges.

    ``a + b`` is the same in any order and grouping, and an empty tally changes nothing. Unlike everything else in the
    library it grows: `add`, `update`, `add_row` and `merge` change it.

    `by` are the groupings, each a name or several together; everything together is always there. A name is a fact, a
    table, a period (``month`` of the figure's own date, ``closed.month`` of an event), ``standing(limit)``, ``unit``,
    ``holder`` or ``holder_at_breach(limit)``. `figures` are the policy's unless given: ids, or mappings shaped as
    ``[[figure]]``. Under the counting rules of `bases` all counts and shares are counted besides, shares only
    by rules without a weight. `covers` says for which days, both inclusive, the data are complete; None: nobody says.

    Raises `InvalidTally` for a name that the policy does not have, `InvalidPolicy` for a figure that is at fault,
    `InvalidMoment` for a naive `at`.

    >>> from complaint_rules import BEIJING, Complaint, load_policy
    >>> at = dt.datetime(2026, 10, 8, 18, tzinfo=BEIJING)
    >>> tally = Tally(load_policy("psbc-95580"), at=at, by=["channel"])
    >>> case = Complaint(
    ...     id="c-1", received=dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING), channel="phone"
    ... )
    >>> tally.add(case, times=2).seen
    2
    >>> tally.table("received", by="channel").rows["phone"].n
    2
    """

    __slots__ = (
        "_earlier", "_ledger", "_over", "_plan", "at", "calendar", "covers", "declared", "policy", "signature",
    )  # fmt: skip

    def __init__(
        self,
        policy: Policy,
        *,
        at: dt.datetime,
        calendar: WorkCalendar | None = None,
        by: Iterable[str | Sequence[str]] = (),
        figures: Iterable[str | Figure | Mapping[str, Any]] | None = None,
        bases: Iterable[str | Mapping[str, Any]] = (),
        covers: tuple[dt.date, dt.date] | None = None,
    ) -> None:
        self.policy: Policy = as_policy(policy)
        """The rule set."""
        self.at: dt.datetime = as_moment(at, what="at")
        """The moment as of which everything is counted."""
        self.covers: tuple[dt.date, dt.date] | None = None if covers is None else covered(covers)
        """The first and the last day for which the data are complete; None: nobody says."""
        self.calendar: WorkCalendar = mainland() if calendar is None else as_calendar(calendar)
        """The calendar that counts; the policy's own days and hours are laid over it."""
        self._over = calendar_over(policy, self.calendar)
        self.declared: AskedFor = declared(policy, figures, bases)
        """The figures and counting rules as asked for."""
        self._plan = _planned(policy, groupings_in(by), json.dumps(self.declared.to_dict()))
        self.signature: str = self._signed()
        """Digest of the policy, the definitions, the counting rules, the groupings and the calendar up to the year of
        the moment.
        """
        self._ledger = Ledger(self._plan, Stopwatch(self._over))
        self._earlier = Earlier()

    def _signed(self) -> str:
        from complaint_rules.policy.files.canonical import (
            canonical,
            fingerprint_of,
        )  # policies are read only when needed

        said = {
            "policy": self.policy.fingerprint, "by": self.groupings, "declared": self.declared.to_dict(),
            "calendar": [self._over.fingerprint(one) for one in range(FIRST_DAY.year, self.at.year + 1)],
        }  # fmt: skip
        return fingerprint_of(canonical(said))

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures, by id."""
        return self.declared.figures

    @property
    def groupings(self) -> tuple[tuple[str, ...], ...]:
        """The names of every grouping, the whole first."""
        return tuple(tuple(name.written for name in names) for names in self._plan.groupings)

    @property
    def seen(self) -> int:
        """How many cases were counted, or left out by a counting rule."""
        return self._ledger.seen

    @property
    def libraries(self) -> frozenset[str]:
        """The versions of the library that did the counting: this one, and those that made the data read or merged."""
        return self._earlier.versions | ({VERSION} if self.seen > self._earlier.seen else frozenset())

    def _taken(self, look: Look, times: int, fits: Iterable[Note], id: str | None) -> Self:
        self._ledger.take(look, times, fits, id)
        return self

    def __repr__(self) -> str:
        return f"<Tally {self.policy.id} as at {self.at.isoformat()}: {self.seen} seen>"

    # -- cases in --

    def add(
        self, case: Case | Complaint | Assessment, *, times: int = 1, links: Mapping[str, int] | None = None
    ) -> Self:
        """Count a case, `times` over; from a case it works out only what the figures read.

        `links` are the counts of linked complaints, as `assess` takes them. A case received after the tally's moment is
        noted under `problems` and counted nowhere. Nothing is counted where an error is raised: `InvalidTally` for an
        assessment as of another moment, of another policy or calendar; what `assess` raises.
        """
        whole_number(times, "times")
        if isinstance(case, Assessment):
            if links is not None:
                why, hint = "an assessment has its links already", "pass them to assess"
                raise InvalidTally(what="links", why=why, value=case.case.complaint.id, hint=hint)
            snapshot, fits = self._assessed(case), case.fits
        else:
            case = case_of(case)
            if case.complaint.received_from > self.at:
                self._ledger.note("received_later", case.complaint.id, times)
                return self
            snapshot, fits = snapshot_of(case, self.policy, at=self.at, calendar=self.calendar, links=links)
        return self._taken(Look(snapshot), times, fits, snapshot.case.complaint.id)

    def _assessed(self, assessment: Assessment) -> Snapshot:
        snapshot = assessment.snapshot
        value = why = hint = ""
        if assessment.at != self.at:
            why, value = "it is as at another moment than the tally", assessment.at.isoformat()
            hint = f"assess it at {self.at.isoformat()}"
        elif assessment.policy is not self.policy and assessment.policy != self.policy:
            why, value = "it applies another policy than the tally", assessment.policy.id
            hint = f"apply {self.policy.id} as the tally has it"
        elif snapshot.calendar is not self._over and snapshot.calendar != self._over:
            why, value = "it counts by another calendar than the tally", self.policy.id
            hint = "pass the same calendar to both"
        if why:
            where = assessment.case.complaint.id
            raise InvalidTally(what="assessment", why=why, value=value, hint=hint, where=where)
        return snapshot

    def update(self, cases: Iterable[Case | Complaint | Assessment]) -> Self:
        """Count several; see `add`."""
        if not isinstance(cast(object, cases), Iterable):
            raise InvalidTally(what="update", why="several cases are expected", value=type(cases).__name__)
        for case in cases:
            self.add(case)
        return self

    def add_row(
        self,
        facts: Mapping[str, Any],
        *,
        received: dt.datetime | dt.date | None = None,
        events: Mapping[str, Any] | None = None,
        standings: Mapping[str, str] | None = None,
        id: str | None = None,
        times: int = 1,
    ) -> Self:
        """Count a plain row of a table, `times` over: what a system knows without the history of the case.

        `facts` by name; `events` by their kind, each a day, a moment, None where it happened and nobody knows when, or
        a list of these, empty where it did not happen; `standings` of limits by the classes of `LimitRuns`. An event
        that is not given is taken not to have happened where it places or ends a case, and conditions on it are
        undecided. Where the day of receipt is not known, the row stands under a day unknown.

        Raises `InvalidTally` for a name the policy does not have, `InvalidComplaint` and `InvalidEvent` for values.
        """
        whole_number(times, "times")
        try:
            row = row_look(
                self.policy, self.at, self.calendar, facts, received=received, events=events or {},
                standings=standings or {}, id=id,
            )  # fmt: skip
        except ComplaintRulesError as error:
            raise error.placed("" if id is None else id) from None
        if row is None:
            self._ledger.note("received_later", id, times)
            return self
        return self._taken(row, times, (), id)

    def refuse(self, id: str | None = None, *, times: int = 1) -> Self:
        """Note a row that could not be read, or counted, so that no report passes over it in silence.

        It is told under ``refused`` of `problems`, with its key where it has one, and is not among those `seen`.

        >>> from complaint_rules import BEIJING, load_policy
        >>> tally = Tally(load_policy("psbc-95580"), at=dt.datetime(2026, 10, 8, tzinfo=BEIJING))
        >>> tally.refuse("row 7").problems["refused"].ids
        ('row 7',)
        """
        self._ledger.note("refused", id, whole_number(times, "times"))
        return self

    # -- figures out --

    def _where(self, figure: str, basis: str | None) -> tuple[int, int]:
        for number, strand in enumerate(self._plan.strands):
            for place, column in enumerate(strand.columns):
                if column.key == (figure, basis):
                    return number, place
        known = [column.figure.id for strand in self._plan.strands for column in strand.columns]
        if figure not in known:
            hint = did_you_mean(figure, known) or f"it has {', '.join(dict.fromkeys(known))}"
            raise InvalidTally(what="figure", why="the tally does not count it", value=figure, hint=hint)
        raise InvalidTally(
            what="basis", why="the tally does not count this figure by it", value=basis,
            hint=did_you_mean(basis, self.declared.besides) or (
                f"it has {', '.join(self.declared.besides)}" if self.declared.besides else "pass it in bases"
            ),
        )  # fmt: skip

    def __getitem__(self, figure: str) -> Any:
        """Give a figure over everything: a value of the class that its shape has; see `FigureTable.rows`.

        Raises `InvalidTally` where the tally does not count it.
        """
        return self.table(figure).total

    def table(
        self,
        figure: str,
        *,
        by: str | Sequence[str] = (),
        basis: str | None = None,
        base: Mapping[Any, int | None] | int | None = None,
    ) -> FigureTable:
        """Give a figure by one of the tally's groupings, in the order of the groups, those not known last.

        `basis` is one of those that the tally counts by besides. `base` are the numbers by which a figure per so many
        is divided: by group, or one for all. Raises `InvalidTally` for what the tally does not hold.
        """
        names = names_in(by)
        if names not in self.groupings:
            known = " · ".join(", ".join(one) or "()" for one in self.groupings)
            hint = (
                did_you_mean(names[0], [one[0] for one in self.groupings if len(one) == 1]) if len(names) == 1 else ""
            )
            raise InvalidTally(
                what="by", why="the tally is not grouped so", value=", ".join(names), hint=hint or f"it has {known}"
            )
        grouping = self.groupings.index(names)
        asked = self.figures.get(figure)
        read = asked.scale.figure if asked is not None and asked.scale is not None else figure
        number, place = self._where(read, basis)
        strand = self._plan.strands[number]
        column = strand.columns[place]
        self._ledger.work_in()
        cells = self._ledger.cells[number]
        values: dict[Keys, Any]
        total: Any
        if strand.stock:
            values, total = stock_rows(
                {key: group[place] for key, group in cells[grouping].items()}, self._plan.groupings[grouping],
                column.figure, self.at,
            )  # fmt: skip
        else:
            values = {key: value_of(group[place], column.figure) for key, group in cells[grouping].items()}
            whole = cells[0].get(())
            total = value_of(strand.fresh()[place] if whole is None else whole[place], column.figure)
        return FigureTable.of(
            column.figure if asked is None else asked, self._plan.groupings[grouping], values, total,
            at=self.at, covers=self.covers, rules=column.rules, base=base,
        )  # fmt: skip

    @property
    def problems(self) -> Mapping[str, Noted]:
        """What is wrong with some cases, by code: they are counted apart, or where they can be counted.

        ``refused``: could not be read, or counted · ``received_later``: after the tally's moment, counted nowhere ·
        ``before_receipt``: an event stands on record before the receipt, and counts on a day unknown ·
        ``ended_before_begun`` · ``no_whole_fen`` · ``calendar_unpublished``: a limit ends on days that the calendar
        refuses · the codes of notes on facts.
        """
        return FrozenMap({code: Noted(n, ids) for code, (n, ids) in sorted(self._ledger.noted.items())})

    def counted(self, basis: str) -> Counted:
        """Say what a counting rule made of the cases; raises `InvalidTally` where the tally does not use it."""
        if basis not in self._ledger.ruled:
            known = ", ".join(self._ledger.ruled)
            hint = did_you_mean(basis, self._ledger.ruled) or (f"it has {known}" if known else "pass it in bases")
            raise InvalidTally(what="basis", why="the tally does not count by it", value=basis, hint=hint)
        found, excluded = dict.fromkeys(("counted", "undecided", "presumed"), 0), dict[Key, int]()
        for (code, why), n in self._ledger.ruled[basis].items():
            if code in OUT:
                excluded[why] = excluded.get(why, 0) + n
            else:
                found["undecided" if code == UNDECIDED else "counted"] += n
                found["presumed"] += n * (code == PRESUMED_TRUE)
        return Counted(
            excluded=FrozenMap(sorted(excluded.items(), key=lambda one: (one[0] is None, one[0] or ""))), **found
        )

    @property
    def excluded(self) -> Mapping[str, Mapping[Key, int]]:
        """How many cases each counting rule leaves out, by why."""
        return FrozenMap({basis: self.counted(basis).excluded for basis in self._ledger.ruled})

    # -- merging --

    def _alike(self, other: object) -> Tally:
        if not isinstance(other, Tally):
            raise InvalidTally(what="merge", why="a Tally is expected", value=type(other).__name__)
        if other.signature != self.signature:
            why = "it counts otherwise: policy, figures, counting rules, groupings or calendar differ"
            raise InvalidTally(what="merge", why=why, value=other.policy.id, hint="make both with the same arguments")
        if other.at != self.at:
            why = f"it is as at another moment than {self.at.isoformat()}"
            raise InvalidTally(what="merge", why=why, value=other.at.isoformat(), hint="count both as at one moment")
        if other.covers != self.covers:
            why, hint = "its data cover other days", "make both with the days that they cover together"
            raise InvalidTally(what="merge", why=why, value=str(other.covers), hint=hint)
        return other

    def merge(self, other: Tally) -> Self:
        """Add another tally to this one, in place; raises `InvalidTally` where it counts otherwise."""
        self._alike(other)
        if other is self:
            other = other.copy()
        self._earlier = Earlier(self._earlier.versions | other.libraries, self._earlier.seen + other.seen)
        self._ledger.merge(other._ledger)
        return self

    def empty(self) -> Tally:
        """Give a tally that counts the same, and has counted nothing yet."""
        found = Tally.__new__(Tally)
        for name in _MADE_ONCE:
            setattr(found, name, getattr(self, name))
        found._ledger, found._earlier = self._ledger.empty(), Earlier()
        return found

    def copy(self) -> Tally:
        """Give a tally with the same figures, which grows apart from this one."""
        return self.empty().merge(self)

    def __add__(self, other: object) -> Tally:
        return self.copy().merge(other) if isinstance(other, Tally) else NotImplemented

    def __radd__(self, other: object) -> Tally:
        return self.copy() if other == 0 else NotImplemented  # so that sum() works

    @staticmethod
    def merged(tallies: Iterable[Tally]) -> Tally:
        """Give the sum of tallies; raises `InvalidTally` where they count otherwise, or there is none."""
        found: Tally | None = None
        for one in tallies:
            found = one.copy() if found is None else found.merge(one)
        if found is None:
            raise InvalidTally(what="merged", why="there is no tally to merge", value=None)
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return self.signature == other.signature and self.to_dict() == other.to_dict()

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it grows

    # -- data --

    def to_dict(self) -> dict[str, Any]:
        """Give the tally as data, ready for JSON: the same for the same cases, in whatever order they came."""
        return {
            "format": FORMAT, "policy": self.policy.id, "fingerprint": self.policy.fingerprint,
            "signature": self.signature, "libraries": sorted(self.libraries), "at": self.at.isoformat(),
            "covers": None if self.covers is None else [day.isoformat() for day in self.covers],
            "by": [list(names) for names in self.groupings], "declared": self.declared.to_dict(),
            **as_data.ledger_to_data(self._ledger),
        }  # fmt: skip

    @staticmethod
    def from_dict(policy: Policy, data: object, *, calendar: WorkCalendar | None = None) -> Tally:
        """Read what `to_dict` gave; raises `InvalidTally` for anything else, or another policy or calendar.

        A figure or counting rule that the policy does not take is refused as when a tally is made.
        """
        whole = as_data.mapping(data, "")
        if whole.get("format") != FORMAT:
            raise as_data.refused("format", "this form is not known", whole.get("format"), f"it is {FORMAT!r}")
        as_data.only_known(whole)
        own = as_policy(policy)
        if (whole["policy"], whole["fingerprint"]) != (own.id, own.fingerprint):
            why = "another policy was counted by"
            raise as_data.refused("policy", why, whole["policy"], "load it in the edition and with the parameters then")
        covers, said = whole["covers"], as_data.mapping(whole["declared"], "declared")
        asked = said.get("figures")
        found = Tally(
            policy, at=as_data.moment_of_text(whole["at"], "at"), calendar=calendar,
            by=[tuple(as_data.listed(one, "by")) for one in as_data.listed(whole["by"], "by") if one],
            figures=None if asked is None else as_data.listed(asked, "declared.figures"),
            bases=as_data.listed(said.get("bases", []), "declared.bases"),
            covers=None if covers is None else as_data.two_days(covers),
        )  # fmt: skip
        if found.signature != whole["signature"]:
            raise as_data.refused("signature", "it was counted otherwise: by another calendar", whole["signature"])
        as_data.fill_ledger(found._ledger, whole)
        found._earlier = Earlier(as_data.versions_of(whole["libraries"]), found.seen)
        return found

    def __reduce__(self) -> tuple[Callable[..., Tally], tuple[Any, ...]]:
        return _unpickled, (self.policy, json.dumps(self.to_dict()), self.calendar)


@lru_cache(maxsize=64)
def _planned(policy: Policy, by: tuple[tuple[str, ...], ...], asked: str) -> TallyPlan:
    said, plan = json.loads(asked), plan_of(policy)
    one = declared(policy, said["figures"], said["bases"])
    return TallyPlan(plan, one.figures.values(), one.rules, one.besides, groupings_of(by, plan))


def _unpickled(policy: Policy, data: str, calendar: WorkCalendar) -> Tally:
    return Tally.from_dict(policy, json.loads(data), calendar=calendar)
