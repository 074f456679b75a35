"""What an incomplete record leaves open: acts that may have happened unseen, or at a moment nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from complaint_rules.assessment.adjustments import Grant, may_complete, rule_for, stops_of
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.policy.rules import Limit, Reopen, Selector


def incomplete(snapshot: Snapshot, limit: Limit | None = None) -> bool:
    """Say whether anything that bears on a limit may have happened and the history does not show it, or not when."""
    if snapshot.case.unseen or snapshot.timeline.undated:
        return True
    if limit is None or not limit.pauses:
        return False
    return bool(snapshot.stops().unplaced) or any(done.perhaps for _, _, done in stops_of(snapshot, limit))


def open_kinds(snapshot: Snapshot, selectors: Iterable[Selector]) -> Iterator[str]:
    """Give the kinds of event among some that may have happened unseen, or did at a moment nobody knows."""
    timeline = snapshot.timeline
    for selector in selectors:
        kind, fields, without = selector.kind, selector.fields, selector.without
        if kind in timeline.case.unseen or (
            timeline.undated and any(entry.lo is None for entry in timeline.of_kind(kind, fields, without))
        ):
            yield kind


def unseen_kinds(snapshot: Snapshot, selectors: Iterable[Selector]) -> Iterator[str]:
    """Give the kinds of event among some that may have happened unseen."""
    yield from (selector.kind for selector in selectors if selector.kind in snapshot.case.unseen)


def may_end(snapshot: Snapshot, limit: Limit) -> Iterator[str]:
    """Give the kinds that may have ended, voided, restarted or agreed a limit before it was late."""
    yield from open_kinds(snapshot, limit.until)
    yield from open_kinds(snapshot, (void.on for void in limit.void_on))
    yield from unseen_kinds(snapshot, limit.agreed)  # of those on record the dues are known
    if limit.restart is not None:
        yield from open_kinds(snapshot, limit.restart.on)
    yield from may_start(snapshot, limit)


def may_start(snapshot: Snapshot, limit: Limit) -> Iterator[str]:
    """Give the kinds by which a limit that runs once may have started earlier than the record shows."""
    if not limit.each:
        yield from open_kinds(snapshot, limit.starts)


def may_run_again(snapshot: Snapshot, limit: Limit) -> Iterator[str]:
    """Give the kinds by which a limit may run once more than the record shows."""
    yield from open_kinds(snapshot, limit.starts)
    if limit.reopen is not None:
        yield from open_kinds(snapshot, (Selector(kind="reopened"),))


def may_undo(snapshot: Snapshot, limit: Limit) -> Iterator[str]:
    """Give the kinds that may have made due earlier, or undone, what seems met."""
    if not limit.agreed_later:
        yield from unseen_kinds(snapshot, limit.agreed)
    yield from may_start(snapshot, limit)
    yield from open_kinds(snapshot, (selector for selector in limit.until if selector.nth is not None))
    if limit.reopen in (Reopen.CONTINUE, Reopen.RESTART):
        yield from open_kinds(snapshot, (Selector(kind="reopened"),))


def may_pause(snapshot: Snapshot, limit: Limit, latest: dt.datetime | None) -> Iterator[str]:
    """Give the kinds by which a limit due at `latest` may have been suspended for longer than the record shows.

    A resumption of nothing speaks of a suspension; one recorded when the limit had run out cannot undo that.
    """
    if not limit.pauses:
        return
    if "suspended" in snapshot.case.unseen:
        yield "suspended"
    for entry in snapshot.stops().unplaced:
        event = entry.event
        if entry.lo is not None and latest is not None and entry.lo > latest:
            continue
        if (event.kind == "resumed" and event.reason is None) or rule_for(limit, event) is not None:
            yield event.kind
    for stop, _, done in stops_of(snapshot, limit):
        if done.by is None:
            yield from may_complete(snapshot, stop.suspended.event.id)
            if done.perhaps:
                yield stop.suspended.event.kind


def may_extend(snapshot: Snapshot, limit: Limit, grants: Sequence[Grant], latest: dt.datetime | None) -> Iterator[str]:
    """Give the kinds by which a limit due at `latest` may have been lengthened further than the record shows."""
    for extension in limit.extensions:
        asked = list(open_kinds(snapshot, (extension.on,)))
        yield from asked
        if asked or any(grant.extension is extension for grant in grants):
            yield from open_kinds(snapshot, extension.since)
    for grant in grants:
        made = grant.entry.lo
        if grant.doubtful and (made is None or latest is None or made <= latest):
            event = grant.entry.event
            yield from list(may_complete(snapshot, event.id)) or (event.kind,)
