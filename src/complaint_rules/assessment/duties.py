"""Duties, prohibitions and permissions applied to a case, and what the history breached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, cast, final

from complaint_rules.assessment.clocks import CUSTOMERS
from complaint_rules.assessment.doubts import incomplete, open_kinds
from complaint_rules.assessment.plans import DutyPlan
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.cases.case import Event
from complaint_rules.cases.entries import Entry, not_before
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Coded, Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import CountedFrom, Duty, Modality


class DutyStatus(Coded):
    """Where a duty stands (义务状态): the first five for must and should, then for must_not, then for may."""

    DUE = "due", "待履行", "to be done"
    DONE = "done", "已履行", "done"
    DONE_LATE = "done_late", "逾期履行", "done late"
    OVERDUE = "overdue", "逾期未履行", "overdue"
    LAPSED = "lapsed", "条件已消失，不再要求", "lapsed: what called for it has ceased"
    UNDETERMINED = "undetermined", "无法判定", "undetermined"
    IN_FORCE = "in_force", "生效中", "in force"
    BREACHED = "breached", "已违反", "breached"
    OVER = "over", "已终止", "over"
    OPEN = "open", "可以行使", "open"
    USED = "used", "已行使", "used"
    EXPIRED = "expired", "已过期", "expired"


_BREACHED: Final = DutyStatus.BREACHED
_MISSED: Final = (DutyStatus.OVERDUE, DutyStatus.DONE_LATE)
AT_FIRST: Final = {
    Modality.MUST: DutyStatus.DUE, Modality.SHOULD: DutyStatus.DUE, Modality.MAY: DutyStatus.OPEN,
    Modality.MUST_NOT: DutyStatus.IN_FORCE, Modality.SHOULD_NOT: DutyStatus.IN_FORCE,
}  # fmt: skip
"""Where a duty stands when it arises."""
AWAITED: Final = frozenset({DutyStatus.DUE, DutyStatus.OVERDUE})
"""Statuses of a duty that still waits to be done."""


@final
class Obligation(Frozen):
    """One duty of one case (具体义务): the rule, what triggered it, and where it stands."""

    __slots__ = (
        "_acts", "_ceased_at", "_due_at", "_due_latest", "_duty", "_nth", "_since", "_snapshot", "_status", "_trigger",
        "_unknown",
    )  # fmt: skip

    duty: Duty = field("duty")
    """The rule."""
    status: DutyStatus = field("status")
    """Where it stands."""
    trigger: Entry = field("trigger")
    """The event that triggered it."""
    snapshot: Snapshot = field("snapshot")
    """What was known."""
    since: dt.datetime | None = field("since")
    """The moment from which it holds where that is later than the trigger; None: from the trigger."""
    due_at: dt.datetime | None = field("due_at")
    """Last instant in time, inclusive, in Beijing time; None: no figure."""
    acts: tuple[Entry, ...] = field("acts")
    """The event that discharged or used it, or all that breached it."""
    unknown: int = field("unknown")
    """Facts that could still change it, as a mask of the policy's facts."""
    nth: int = field("nth")
    """How many times its condition had held and ceased before, since the trigger."""
    due_latest: dt.datetime | None = field("due_latest")
    """`due_at` by the most generous reading; None: no figure, or nobody knows one."""
    ceased_at: dt.datetime | None = field("ceased_at")
    """From when on what called for it has ceased; None: it has not."""

    def __init__(
        self,
        duty: Duty,
        status: DutyStatus,
        trigger: Entry,
        snapshot: Snapshot,
        since: dt.datetime | None = None,
        due_at: dt.datetime | None = None,
        acts: tuple[Entry, ...] = (),
        unknown: int = 0,
        nth: int = 0,
        due_latest: dt.datetime | None = None,
        ceased_at: dt.datetime | None = None,
    ) -> None:
        self._duty = duty
        self._status = status
        self._trigger = trigger
        self._snapshot = snapshot
        self._since = since
        self._due_at = due_at
        self._acts = acts
        self._unknown = unknown
        self._nth = nth
        self._due_latest = due_latest
        self._ceased_at = ceased_at

    def __repr__(self) -> str:
        due = "" if self.due_at is None else f", due {self.due_at.isoformat()}"
        return f"<Obligation {self.rule}: {self.status}{due}>"

    @property
    def id(self) -> str:
        """Stable key: policy, rule, case, triggering event; the same for every later call."""
        key = self.snapshot.key_of(self.trigger)
        if self.nth:
            key += f"/{self.nth + 1}"
        return f"{self.snapshot.policy.id}/{self.duty.id}/{self.snapshot.timeline.case.complaint.id}/{key}"

    @property
    def modality(self) -> Modality:
        """How binding it is."""
        return self.duty.modality

    @property
    def who(self) -> str | None:
        """Who is bound."""
        return self.duty.who

    @property
    def to(self) -> str | None:
        """Towards whom."""
        return self.duty.to

    @property
    def cite(self) -> str | None:
        """The article."""
        return self.duty.cite

    @property
    def rule(self) -> str:
        """``duty/id``, the key of the rule within its policy."""
        return f"duty/{self.duty.id}"

    @property
    def awaited(self) -> bool:
        """Whether it still waits to be done."""
        return self.status in AWAITED

    @property
    def waiting(self) -> bool:
        """Whether it waits to be done, or may: nobody knows where it stands, and nothing was done."""
        undetermined = self.status is DutyStatus.UNDETERMINED and not self.acts and not self.modality.forbids
        return self.awaited or undetermined

    def explain(self, lang: Lang = "zh") -> str:
        """Say who owes what by when, in Chinese (``zh``) or English (``en``); see `words.duties.explain_duty`."""
        return self.snapshot.plan.explain(self, lang)


def obligations(snapshot: Snapshot) -> list[Obligation]:
    """Give every duty, prohibition and permission that the case has triggered, in the policy's order."""
    plan, kinds, receipt = snapshot.plan, snapshot.timeline.kinds, snapshot.receipt
    seen_all = not snapshot.case.unseen
    found: list[Obligation] = []
    for planned in plan.duties.values():
        duty, applies, _, after, _, _, counts, stirred_by = planned
        if stirred_by.isdisjoint(kinds):
            if after is not None:
                continue
            if not counts and seen_all:
                # As most stand most of the time; what follows would come to the same by a longer way.
                if applies is None:
                    found.append(Obligation(duty, AT_FIRST[duty.modality], receipt, snapshot))
                    continue
                if _settled(snapshot, duty):
                    holds, _, _, unknown = applies(snapshot.view)
                    if holds:
                        status = AT_FIRST[duty.modality]
                        found.append(Obligation(duty, status, receipt, snapshot, None, None, (), unknown))
                    continue
        found += obligations_of(snapshot, planned)
    return found


def obligations_of(snapshot: Snapshot, planned: DutyPlan) -> Sequence[Obligation]:
    """Give what one duty comes to in a case: an obligation for every trigger that counts.

    One that was missed before its condition ceased stays beside the one that its condition founds again.
    """
    duty = planned.duty
    apply = _forbidden if planned.forbids else _wanted
    try:
        if not duty.after:
            return apply(snapshot, planned, snapshot.receipt)
        triggers = snapshot.all_matches(duty.after)
        triggers = triggers if duty.each else triggers[:1]
        return [one for trigger in triggers for one in apply(snapshot, planned, trigger)]
    except ComplaintRulesError as error:
        raise error.placed(f"{snapshot.policy.id}: duty/{duty.id}") from None


def doubtful(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """Give the duties that only unknown facts keep from arising, each with the mask of those facts."""
    for duty, applies, *_ in snapshot.plan.duties.values():
        if applies is None or (duty.after and not snapshot.all_matches(duty.after)):
            continue
        holds, _, possibly, unknown = applies(snapshot.view)
        if possibly and not holds:
            yield f"duty/{duty.id}", unknown


def _wanted(snapshot: Snapshot, planned: DutyPlan, trigger: Entry) -> list[Obligation]:
    """Apply a must, should or may to one trigger; nothing where its condition never held."""
    duty, applies, *_ = planned
    stretches, unknown = [_ALWAYS], 0
    if applies is not None:
        holds, surely, possibly, unknown = applies(snapshot.view)
        doubted = snapshot.in_doubt(duty.when) or (not surely and snapshot.presumes(unknown))
        if duty.when is not None and not _settled(snapshot, duty):
            stretches = _stretches(snapshot, trigger, duty.when, now=holds)
        elif holds:
            works = snapshot.plan.works_with(unknown, surely=surely)
            stretches = [_Stretch(sure=not doubted, grounded=not works)] if doubted or works else [_ALWAYS]
        else:
            return []
        if not possibly:
            unknown = 0
    found = [_one(snapshot, planned, trigger, stretch, unknown) for stretch in stretches]
    done = next((place for place, one in enumerate(found) if one.acts), len(found) - 1)
    # The first stretch in which it was done counts, else the last; of the others what was missed.
    return [one for place, one in enumerate(found[: done + 1]) if place == done or one.status is DutyStatus.OVERDUE]


class _Stretch(NamedTuple):
    """A time in which a duty's condition held."""

    place: int = 0
    """Which of the stretches, from 0."""
    since: dt.datetime | None = None
    """Since when; None: from the trigger on."""
    until: dt.datetime | None = None
    """When it ceased; None: it has not."""
    sure: bool = True
    """Whether it surely began then: not where only something of which nobody knows the moment makes it hold."""
    sure_until: dt.datetime | None = None
    """From when on it is no longer sure that it holds; None: it stays sure."""
    grounded: bool = True
    """Whether it held by what is known; else by the working value of a table, by which nothing is missed."""


_ALWAYS: Final = _Stretch()


def _one(snapshot: Snapshot, planned: DutyPlan, trigger: Entry, stretch: _Stretch, unknown: int) -> Obligation:
    """Give the obligation of one trigger in one stretch."""
    duty, since = planned.duty, stretch.since
    base = trigger if since is None else trigger._replace(lo=since, hi=since, rank=0.0)
    act, perhaps = None, False
    if not planned.acts.isdisjoint(snapshot.timeline.kinds):
        act = _discharge(snapshot, duty, base, trigger)
        if act is not None and act.lo is not None and stretch.until is not None:
            perhaps = act.lo > stretch.until  # perhaps still on the day on which its condition ceased
            if perhaps and act.lo > _last_of(snapshot, stretch.until):
                act, perhaps = None, False
    due = latest = None
    if planned.counts:
        counted_from = trigger if duty.counted_from is CountedFrom.TRIGGER else _ended(snapshot, base, since)
        due, latest = snapshot.counted(cast(Period, duty.within), duty.counting, counted_from, ())
        if (
            trigger.lo is None
            or not (stretch.sure and stretch.grounded)
            or (stretch.sure_until is not None and latest is not None and latest >= stretch.sure_until)
        ):
            latest = None
    if duty.modality is Modality.MAY:
        status = _permission(
            snapshot, duty, base, counts=planned.counts, act=act, due=due, latest=latest, ceased=stretch.until
        )  # fmt: skip
        status = DutyStatus.UNDETERMINED if perhaps else status
    else:
        status = _performance(
            snapshot, duty, act, counts=planned.counts, sure=stretch.sure, due=due, latest=latest,
            ceased=stretch.until,
        )  # fmt: skip
    acts = () if act is None else (act,)
    return Obligation(
        duty, status, trigger, snapshot, since, due, acts, unknown, stretch.place, latest, stretch.until
    )  # fmt: skip


def _last_of(snapshot: Snapshot, moment: dt.datetime) -> dt.datetime:
    """Give the last instant that the moment of an event can mean: of one known by its day, that of the day."""
    ends = (entry.hi for entry in snapshot.timeline.entries if entry.lo == moment and entry.hi is not None)
    return max(ends, default=moment)


def _ended(snapshot: Snapshot, base: Entry, since: dt.datetime | None) -> Entry:
    """Give what the period of a duty counts from: where a time that ran out founds it, the last instant of that time.

    An expiry at 24:00 belongs to the day that ended, not to the next one.
    """
    if since is None or any(entry.lo == since for entry in snapshot.timeline.entries):
        return base
    last = since - INSTANT
    return base._replace(lo=last, hi=last)


def _settled(snapshot: Snapshot, duty: Duty) -> bool:
    """Whether a duty's condition cannot have changed since the trigger."""
    reach, changed = snapshot.plan.reach(cast(Condition, duty.when)), snapshot.timeline.changed
    return reach.timeless and (not changed or changed.isdisjoint(reach.facts))


def _stretches(snapshot: Snapshot, trigger: Entry, when: Condition, *, now: bool) -> list[_Stretch]:
    """Find the stretches in which a duty's condition held, from the trigger on, and how far each is sure.

    Where it holds now and no known moment made it so, something without a moment did: it is taken to hold since it was
    last known not to, or from the trigger.
    """
    points: list[dt.datetime | None] = [None, *snapshot.turning_points(when, trigger.hi)]
    test, in_doubt = snapshot.plan.test(when), snapshot.in_doubt(when)
    found: list[_Stretch] = []
    held: _Stretch | None = None
    for point in points:
        holds, surely, _, unknown = test(snapshot.view_at(trigger.hi if point is None else point))
        sure = not in_doubt and (surely or not snapshot.presumes(unknown))
        grounded = not snapshot.plan.works_with(unknown, surely=surely)
        if holds and held is None:
            held = _Stretch(len(found), point, None, sure, grounded=grounded)
        elif held is not None and not holds:
            found.append(held._replace(until=point))
            held = None
        elif held is not None and grounded and not held.grounded:
            held = held._replace(grounded=True)  # by the working value of a table first, then beyond doubt
        elif held is not None and held.sure and held.sure_until is None and not sure:
            held = held._replace(sure_until=point)
    if held is not None:
        found.append(held)
    elif now:  # pragma: no cover - a guard: every turn of a condition is a turning point, as far as properties can tell
        found.append(_Stretch(len(found), found[-1].until if found else None, None, sure=False))
    return found


def _discharge(snapshot: Snapshot, duty: Duty, base: Entry, trigger: Entry) -> Entry | None:
    """Give the first event that does what the duty wants; with `nth` the trigger itself counts where it matches."""
    best: Entry | None = None
    for selector in duty.acts:
        left = selector.nth or 1
        for entry in snapshot.timeline.of_kind(selector.kind, selector.fields, selector.without):
            same = entry.place == trigger.place
            if (selector.nth is None) if same else not not_before(entry, base):
                continue
            left -= 1
            if not left:
                if best is None or entry.order < best.order:
                    best = entry
                break
    return best


def _performance(
    snapshot: Snapshot,
    duty: Duty,
    act: Entry | None,
    *,
    counts: bool,
    sure: bool,
    due: dt.datetime | None,
    latest: dt.datetime | None,
    ceased: dt.datetime | None,
) -> DutyStatus:
    """Say where a duty stands that is due between `due` and `latest`; None for `latest`: nobody knows by when."""
    undone, earlier = any(open_kinds(snapshot, duty.acts)), _may_have_arisen(snapshot, duty)
    doubts = undone or earlier
    if act is not None:
        if not sure:
            return DutyStatus.UNDETERMINED  # what called for it may have come only after the act
        if not counts:
            return DutyStatus.DONE
        if due is None or act.lo is None or act.hi is None:
            return DutyStatus.UNDETERMINED
        if act.hi <= due:
            return DutyStatus.UNDETERMINED if earlier else DutyStatus.DONE
        late = latest is not None and act.lo > latest and not doubts
        return DutyStatus.DONE_LATE if late else DutyStatus.UNDETERMINED
    if ceased is not None and (latest is None or latest >= ceased or doubts):
        return DutyStatus.LAPSED
    if undone:
        return DutyStatus.UNDETERMINED
    if counts and due is None and snapshot.all_matches(duty.acts):
        return DutyStatus.UNDETERMINED  # nobody knows whether it was done after what called for it, or before
    if due is None or snapshot.at <= due:
        return DutyStatus.DUE
    return DutyStatus.OVERDUE if latest is not None and snapshot.at > latest and not doubts else DutyStatus.UNDETERMINED


def _may_have_arisen(snapshot: Snapshot, duty: Duty) -> bool:
    """Say whether a duty that arises once may have arisen earlier than the record shows."""
    return not duty.each and any(open_kinds(snapshot, duty.after))


def _permission(
    snapshot: Snapshot,
    duty: Duty,
    base: Entry,
    *,
    counts: bool,
    act: Entry | None,
    due: dt.datetime | None,
    latest: dt.datetime | None,
    ceased: dt.datetime | None,
) -> DutyStatus:
    """Say where a permission stands: used while it held, expired, open; undetermined where the record cannot tell."""
    over = snapshot.first_match(duty.until, base) if duty.until else None
    # It may have ended unseen, or nobody knows when; so it may where nobody knows from when its time is counted.
    hidden = any(open_kinds(snapshot, duty.until)) or (
        counts and (due is None or _may_have_arisen(snapshot, duty))
    )  # fmt: skip
    if act is not None:
        if over is None and not hidden and due is None:
            return DutyStatus.USED
        if hidden or act.lo is None or act.hi is None:
            return DutyStatus.UNDETERMINED
        if over is not None and act.order > over.order:
            return DutyStatus.EXPIRED
        if due is None or act.hi <= due:
            return DutyStatus.USED
        return DutyStatus.EXPIRED if latest is not None and act.lo > latest else DutyStatus.UNDETERMINED
    ended = over is not None or ceased is not None
    ended = ended or (due is not None and latest is not None and snapshot.at > latest)
    if hidden or any(open_kinds(snapshot, duty.acts)):
        return DutyStatus.UNDETERMINED
    if ended:
        return DutyStatus.EXPIRED
    return DutyStatus.OPEN if due is None or snapshot.at <= due else DutyStatus.UNDETERMINED


def _forbidden(snapshot: Snapshot, planned: DutyPlan, trigger: Entry) -> list[Obligation]:
    """Apply a must_not or should_not: breached by every matching event that nothing excuses."""
    holds, unknown = True, 0
    duty, applies, *_ = planned
    if applies is not None:
        holds, _, _, unknown = applies(snapshot.view)
    kinds = snapshot.timeline.kinds
    over = snapshot.first_match(duty.until, trigger) if duty.until and kinds else None
    breaches: list[Entry] = []
    unsure = False
    matches = () if planned.acts.isdisjoint(kinds) else snapshot.all_matches(duty.acts)
    steady = not matches or snapshot.steady(duty)
    received = trigger.place < 0
    doubted = bool(matches) and incomplete(snapshot)
    in_doubt = doubted and snapshot.in_doubt(duty.when, duty.unless)
    for entry in matches:
        if in_doubt or (doubted and _out_of_place(snapshot, duty, entry, trigger, steady=steady)):
            unsure = True
            continue
        if not received and not not_before(entry, trigger):
            continue
        if over is not None and entry.order > over.order:
            continue
        if (
            over is not None
            and entry.hi is not entry.lo
            and over.lo is not None
            and cast(dt.datetime, entry.hi) > over.lo
        ):
            unsure = True  # on the day on which the ban ended, perhaps after that
            continue
        if duty.quiet and _excused_by_hour(snapshot.policy, duty, entry.event):
            continue
        guilty, doubts = _judged_at_any_hour(snapshot.sight_of(entry, steady=steady), planned)
        unknown |= doubts
        if not steady and entry.lo is not entry.hi:
            early, _ = _judged_at_any_hour(snapshot.view_at(entry.lo).with_event(entry.event), planned)
            if early is not guilty:
                unsure = True  # forbidden at one hour of its day and not at another
                continue
        if guilty:
            breaches.append(entry)
        elif doubts & snapshot.plan.beyond:  # what excuses it may have happened, or the ground of it not
            unsure = True
    if breaches:
        return [Obligation(duty, DutyStatus.BREACHED, trigger, snapshot, None, None, tuple(breaches), unknown)]
    if unsure:
        return [Obligation(duty, DutyStatus.UNDETERMINED, trigger, snapshot, unknown=unknown)]
    if not holds:
        return []
    status = DutyStatus.IN_FORCE if over is None else DutyStatus.OVER
    return [Obligation(duty, status, trigger, snapshot, unknown=unknown)]


def _out_of_place(snapshot: Snapshot, duty: Duty, entry: Entry, trigger: Entry, *, steady: bool) -> bool:
    """Say whether nobody knows that an act fell into the time in which it was forbidden."""
    if entry.lo is None and (trigger.place >= 0 or duty.until or not steady):
        return True
    return trigger.lo is None or any(open_kinds(snapshot, duty.until))


def judged(view: View, duty: Duty) -> tuple[bool, int]:
    """Say whether the event in sight breaches a prohibition, and which unknown facts could change that.

    Where an excuse depends on an unknown fact, nothing is claimed. With `quiet` only quiet hours forbid it.
    """
    if _excused_by_hour(view.plan.policy, duty, view.event):
        return False, 0
    return _judged_at_any_hour(view, view.plan.duties[duty.id])


def _judged_at_any_hour(view: View, planned: DutyPlan) -> tuple[bool, int]:
    unknown = 0
    _, applies, excuses, *_ = planned
    if applies is not None:
        holds, surely, _, unknown = applies(view)
        if not holds or (not surely and view.timeline.undated and unknown & view.plan.beyond):
            return False, unknown
        if view.plan.works_with(unknown, surely=surely):
            return False, unknown
    if excuses is None:
        return True, unknown
    excused, _, possibly, doubts = excuses(view)
    return not excused and not view.plan.undecided(possibly=possibly, unknown=doubts), unknown | doubts


def _excused_by_hour(policy: Policy, duty: Duty, event: Event | None) -> bool:
    if not duty.quiet or policy.quiet is None:
        return False
    at = None if event is None else event.at
    return not isinstance(at, dt.datetime) or policy.quiet.allows(at.time())


def breaches_of(found: Sequence[Obligation]) -> Iterator[Violation]:
    """Give what the obligations have against the history: acts forbidden, duties missed or done late."""
    for one in found:
        status, duty = one.status, one.duty
        if status is _BREACHED:
            for act in one.acts:
                yield Violation(
                    code=ViolationCode.FORBIDDEN, severity=_severity(duty), rule=one.rule, cite=duty.cite,
                    place=act.place,
                    event=act.event.kind, at=act.event.at,
                )  # fmt: skip
        elif status in _MISSED and duty.who not in CUSTOMERS:
            late = one.acts[0] if one.acts else None
            yield Violation(
                code=ViolationCode.MISSED if late is None else ViolationCode.DONE_LATE,
                severity=_severity(duty), rule=one.rule,
                cite=duty.cite, place=None if late is None else late.place,
                event=None if late is None else late.event.kind, at=one.due_at, detail=FrozenMap(duty=one.id),
            )  # fmt: skip


def _severity(duty: Duty) -> Severity:
    return Severity.BREACH if duty.modality.binding else Severity.WARNING
