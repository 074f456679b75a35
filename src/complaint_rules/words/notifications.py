"""A notice in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.clocks import Clock
from complaint_rules.assessment.notifications import Notification, NotificationKind
from complaint_rules.language import Lang, Pair, complete
from complaint_rules.periods.periods import is_at_once
from complaint_rules.words.clocks import whose
from complaint_rules.words.voices import Voice, voice

_SINCE: Final[Mapping[NotificationKind, Pair]] = complete(
    NotificationKind,
    {
        NotificationKind.WARNING: ("{when}起提醒", "to be warned of since {when}"),
        NotificationKind.DUE: ("自{when}起计", "runs since {when}"),
        NotificationKind.OVERDUE: ("", ""),  # the due moment says it
        NotificationKind.LATE: ("至{when}为止", "until {when}"),
        NotificationKind.MET_LATE: ("完成于{when}", "done on {when}"),
        NotificationKind.LAPSED: ("自{when}起不再要求", "no longer called for since {when}"),
        NotificationKind.TO_BE_DONE: ("自{when}起", "since {when}"),
    },
)


def explain_notification(notice: Notification, lang: Lang) -> str:
    """Say a notice in a line (通知说明): what, by which rule and article, who, towards whom, by when.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> print(explain_notification(found.notices[0], "en"))
    due: Whole process [limit/whole] (art. 14 item (1)); by Handling unit; runs since 2026-09-30 ...; due ... left
    """
    about = notice.about
    spoken = voice(about.snapshot.policy, lang)
    rule = f"{spoken.titled(notice.title, notice.rule)}{spoken.key(notice.rule)}{spoken.cited(notice.cite)}"
    who, to = spoken.holder(notice.who), spoken.holder(notice.to)
    since = "" if notice.since is None else spoken.of(_SINCE[notice.kind]).format(when=spoken.point(notice.since))
    mark = "" if notice.who is None else whose(notice.who, notice.modality, spoken)
    parts = [
        f"{notice.kind.title(spoken.lang)}{spoken.pick('：', ': ')}{rule}",
        spoken.pick(f"由{who}{mark}", f"by {who}{mark}") if who else "",
        spoken.pick(f"向{to}", f"to {to}") if to else "",
        since,
        _due(notice, spoken),
    ]
    return spoken.joined(parts)


def _due(notice: Notification, spoken: Voice) -> str:
    due, about, run = notice.due_at, notice.about, notice.run
    period = run.period if run is not None else about.duty.within if not isinstance(about, Clock) else None
    if is_at_once(period):
        return spoken.pick("应即办理", "at once")
    if due is None:
        return ""
    left = spoken.left(due, about.snapshot.at) if notice.awaited else ""
    return spoken.pick(f"届满{spoken.point(due)}（含）{left}", f"due {spoken.point(due)} (inclusive){left}")
