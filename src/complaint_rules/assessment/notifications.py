"""`Notification`: what to tell whom at a moment, under an id that stays, so that each can be sent once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, final

from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Coded, Lang
from complaint_rules.moments import INSTANT
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.rules import Modality


class NotificationKind(Coded):
    """What a notice tells (通知类型)."""

    WARNING = "warning", "临期提醒", "warning"
    """The moment to warn of a limit has come, and the limit still waits."""
    DUE = "due", "限期办理", "due"
    """A limit runs."""
    OVERDUE = "overdue", "已逾期", "overdue"
    """A limit or duty has run out and still waits."""
    LATE = "late", "曾逾期", "was late"
    """A limit was late before another due moment was set, or before it became void."""
    MET_LATE = "met_late", "逾期完成", "done late"
    """A limit or duty was met after it had run out."""
    LAPSED = "lapsed", "不再要求", "no longer called for"
    """What called for a duty has ceased before it was done."""
    TO_BE_DONE = "to_be_done", "待履行", "to be done"
    """A duty waits to be done."""


_AWAITED: Final = frozenset(
    {NotificationKind.WARNING, NotificationKind.DUE, NotificationKind.OVERDUE, NotificationKind.TO_BE_DONE}
)
_ACCUSING: Final = frozenset({NotificationKind.OVERDUE, NotificationKind.LATE, NotificationKind.MET_LATE})
_Told: TypeAlias = tuple[NotificationKind, dt.datetime | None]
"""What is told, and from which moment it stands."""


@final
class Notification(Frozen):
    """What to tell one party at the moment of an assessment (通知): a warning, something due, late or to be done.

    It accuses nobody where the verdict is undetermined, or where the rules do not claim to apply: then there is none. A
    customer's own limit that has run out is told to the customer, and is never the institution's lateness.

    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-28T10:40+08:00")
    >>> complaint = Complaint(id="c-1", received=received, channel="phone", complainants=1)
    >>> found = assess(complaint, load_policy("psbc-95580"), at=received)
    >>> [(one.kind.value, one.rule) for one in found.notices][:2]
    [('due', 'limit/whole'), ('due', 'limit/route_hq')]
    >>> found.notices[0].id
    'psbc-95580/limit/whole/c-1/received@2026-09-28T10:40:00+08:00/due'
    """

    __slots__ = ("_about", "_due_at", "_id", "_kind", "_run", "_since")

    id: str = field("id")
    """Stable key: policy, rule, case, what started or triggered it, kind; the same for every later call.

    A further warning of one run has its number behind it. A due moment that moves leaves the key as it is.
    """
    kind: NotificationKind = field("kind")
    """What it tells."""
    since: dt.datetime | None = field("since")
    """From which moment it stands, inclusive, in Beijing time; None: from one that nobody knows.

    Of a warning its moment; of what runs or is to be done its start; of what is overdue the first instant after the due
    moment; of what was met late the act; of what was late the moment from which that was no longer so; of a duty that
    lapsed when its ground had ceased.
    """
    due_at: dt.datetime | None = field("due_at")
    """Last instant in time, inclusive, in Beijing time; None: no figure."""
    about: Clock | Obligation = field("about")
    """The limit or duty in the case."""
    run: Run | None = field("run")
    """The run of the limit; None: it is about a duty."""

    def __init__(
        self,
        id: str,
        kind: NotificationKind,
        since: dt.datetime | None,
        due_at: dt.datetime | None,
        about: Clock | Obligation,
        run: Run | None = None,
    ) -> None:
        self._id = id
        self._kind = kind
        self._since = since
        self._due_at = due_at
        self._about = about
        self._run = run

    def __repr__(self) -> str:
        due = "" if self.due_at is None else f", due {self.due_at.isoformat()}"
        return f"<Notification {self.rule}: {self.kind}{due}>"

    @property
    def awaited(self) -> bool:
        """Whether what it is about is still to come: it waits to be met or done, in time or not."""
        return self.kind in _AWAITED

    @property
    def accuses(self) -> bool:
        """Whether it says that something was not kept in time."""
        return self.kind in _ACCUSING

    @property
    def rule(self) -> str:
        """``limit/id`` or ``duty/id``, the key of the rule within its policy."""
        return self.about.rule

    @property
    def who(self) -> str | None:
        """Who has to act: a level, a body, or ``customer``; None: the rule names nobody."""
        about = self.about
        return about.limit.who if isinstance(about, Clock) else about.who

    @property
    def to(self) -> str | None:
        """Towards whom; None: nobody in particular, as with every limit."""
        about = self.about
        return None if isinstance(about, Clock) else about.to

    @property
    def modality(self) -> Modality:
        """How binding the rule is."""
        about = self.about
        return about.limit.modality if isinstance(about, Clock) else about.modality

    @property
    def title(self) -> Titles:
        """The title of the rule, ``zh`` and ``en``."""
        about = self.about
        return about.limit.title if isinstance(about, Clock) else about.duty.title

    @property
    def cite(self) -> str | None:
        """The article: of the figure that binds the run, else of the rule."""
        about, run = self.about, self.run
        if isinstance(about, Clock):
            return (None if run is None or run.row is None else run.row.cite) or about.limit.cite
        return about.cite

    def explain(self, lang: Lang = "zh") -> str:
        """Say it in a line, in Chinese (``zh``) or English (``en``); see `words.notifications`."""
        return self.about.snapshot.plan.explain(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON; `since` and `due_at` as ISO 8601 text.

        >>> from complaint_rules import Complaint, assess, load_policy
        >>> received = dt.datetime.fromisoformat("2026-09-28T10:40+08:00")
        >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
        >>> data = found.notices[0].to_dict()
        >>> data["kind"], data["since"], data["title"]["en"]
        ('due', '2026-09-28T10:40:00+08:00', 'Whole process')
        """
        return {
            "id": self.id,
            "kind": self.kind.value,
            "rule": self.rule,
            "who": self.who,
            "to": self.to,
            "since": None if self.since is None else self.since.isoformat(),
            "due_at": None if self.due_at is None else self.due_at.isoformat(),
            "modality": self.modality.value,
            "cite": self.cite,
            "title": dict(self.title),
        }


def notices(clocks: Iterable[Clock], duties: Iterable[Obligation]) -> Iterator[Notification]:
    """Give what to tell of the clocks and duties of an assessment, in the policy's order."""
    for clock in clocks:
        ids: tuple[str, ...] = ()
        for place, run in enumerate(clock.runs):
            told = _of_run(run, clock.snapshot.at)
            if told:
                ids = ids or clock.ids
            warnings = 0
            for kind, since in told:
                key = f"{ids[place]}/{kind}"
                if kind is NotificationKind.WARNING:
                    warnings += 1
                    key += f"/{warnings}" if warnings > 1 else ""
                yield Notification(key, kind, since, run.due_at, clock, run)
    for duty in duties:
        told_of = _of_duty(duty)
        if told_of is not None:
            kind, since = told_of
            yield Notification(f"{duty.id}/{kind}", kind, since, duty.due_at, duty)


def _of_run(run: Run, at: dt.datetime) -> list[_Told]:
    if run.superseded_at is not None:
        return [(NotificationKind.LATE, run.superseded_at)] if run.late else []
    status = run.status
    if status is Status.MET_LATE:
        return [(NotificationKind.MET_LATE, None if run.end is None else run.end.lo)]
    if status is Status.VOID and run.late:
        return [(NotificationKind.LATE, None if run.end is None else run.end.lo)]
    found: list[_Told] = []
    if status is Status.RUNNING:
        found.append((NotificationKind.DUE, run.start.lo))
    if run.open:
        found += [(NotificationKind.WARNING, warning) for warning in run.warnings if warning <= at]
    if status is Status.OVERDUE:
        found.append((NotificationKind.OVERDUE, _after(run.due_latest)))
    return found


def _of_duty(duty: Obligation) -> _Told | None:
    match duty.status:
        case DutyStatus.DUE:
            return NotificationKind.TO_BE_DONE, duty.since or duty.trigger.lo
        case DutyStatus.OVERDUE:
            return NotificationKind.OVERDUE, _after(duty.due_latest)
        case DutyStatus.DONE_LATE:
            return NotificationKind.MET_LATE, duty.acts[0].lo
        case DutyStatus.LAPSED:
            return NotificationKind.LAPSED, duty.ceased_at
    return None


def _after(due: dt.datetime | None) -> dt.datetime | None:
    return None if due is None else due + INSTANT
