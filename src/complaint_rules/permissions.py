"""`permitted`: may this be done now, and if not, why not, each reason with its article; asking changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, final

import attrs

from complaint_rules.assessment import Assessment, assess
from complaint_rules.case import Case, Event
from complaint_rules.complaint import Complaint
from complaint_rules.duties import AWAITED, judged
from complaint_rules.errors import InvalidComplaint, InvalidEvent, InvalidPolicy
from complaint_rules.findings import Question
from complaint_rules.history import Violation
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import latest_of
from complaint_rules.policy import Policy
from complaint_rules.rules import Modality

if TYPE_CHECKING:
    from complaint_rules.calendar import WorkCalendar

_ABOUT_TIME: Final = frozenset({"late", "done_late", "missed", "recorded_out_of_order"})
"""Violations that speak against the time, not against the act."""
_CLOSINGS: Final = frozenset({"closed", "archived"})


@final
@attrs.frozen(kw_only=True)
class Permission:
    """Whether an act is allowed (许可判断): true where nothing binding speaks against it."""

    against: tuple[Violation, ...] = ()
    """What would be broken by it, each with its rule and article."""
    warnings: tuple[Violation, ...] = ()
    """What only speaks for caution: a SHOULD that would be missed, a doubtful record."""
    questions: tuple[Question, ...] = ()
    """Unknown facts on which the answer could still depend."""
    policy: Policy = attrs.field(repr=False)
    """The rules asked."""

    def explain(self, lang: str = "zh") -> str:
        """Say what speaks against it, in Chinese (``zh``) or English (``en``); see `rendering.explain_permission`."""
        from complaint_rules.rendering import explain_permission

        return explain_permission(self, self.policy, lang)

    def __bool__(self) -> bool:
        return not self.against


def permitted(
    case: Case | Complaint,
    event: Event,
    policy: Policy,
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> Permission:
    """Say whether an event may be added to a case, with every reason against it and its article.

    The case is judged as if the event had happened, so that an answer here and the violations of a later assessment
    agree; the case itself stays as it is. `at` is the moment of asking; where it is left out, the event's own.
    A closing is also refused while binding duties with a figure are still to be done. Lateness is no reason against
    an act: what is late must still be done.

    Raises `InvalidEvent` where neither `at` nor the event's own moment is known.

    >>> from complaint_rules import Complaint, load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> complaint = Complaint(id="c-1", received=dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING))
    >>> resume = Event("resumed", dt.datetime(2026, 10, 9, 9, 0, tzinfo=BEIJING), reason="mediation")
    >>> answer = permitted(complaint, resume, load_policy("psbc-95580"))
    >>> bool(answer), [reason.code for reason in answer.against]
    (False, ['resume_without_pause'])
    """
    if not isinstance(event, Event):
        raise InvalidEvent(what="event", why="an Event is expected", value=event)
    if isinstance(case, Complaint):
        case = Case(case)
    elif not isinstance(case, Case):
        raise InvalidComplaint(what="case", why="a Complaint or a Case is expected", value=case)
    if not isinstance(policy, Policy):
        raise InvalidPolicy(what="policy", why="a Policy is expected", value=policy, hint="pass load_policy(id)")
    if at is None:
        if event.at is None:
            raise InvalidEvent(what="event.at", why="the moment of the act is unknown", value=None, hint="pass at=…")
        at = latest_of(event.at)
    place = len(case.events)
    after = assess(case.with_event(event), policy, at=at, calendar=calendar, links=links)
    found = [v for v in after.violations if v.place == place and v.code not in _ABOUT_TIME]
    if event.kind in _CLOSINGS:
        found += _left_open(case, after, policy, calendar=calendar, links=links)
    unknown = 0
    view = after.snapshot.view.with_event(event)
    for duty in policy.duties.values():
        if duty.modality.forbids and any(selector.matches(event) for selector in duty.acts):
            unknown |= judged(view, duty)[1]
    return Permission(
        policy=policy,
        against=tuple(v for v in found if v.severity == "breach"),
        warnings=tuple(v for v in found if v.severity == "warning"),
        questions=tuple(
            question for question in after.questions if question.fact in after.snapshot.plan.names(unknown)
        ),
    )


def _left_open(
    case: Case,
    after: Assessment,
    policy: Policy,
    *,
    calendar: WorkCalendar | None,
    links: Mapping[str, int] | None,
) -> list[Violation]:
    """Give the binding duties with a figure that are to be done before a closing and are not done by it."""
    before = assess(case, policy, at=after.at, calendar=calendar, links=links)
    still = {duty.id for duty in after.duties if duty.status in AWAITED}
    return [
        Violation(
            code="open_duty", severity="breach", rule=duty.rule, cite=duty.cite, at=duty.due,
            detail=FrozenMap(duty=duty.id),
        )
        for duty in before.duties
        if duty.modality is Modality.MUST and duty.duty.within is not None
        and duty.status in AWAITED and duty.id in still
    ]  # fmt: skip
