"""What a document has to hold under a policy, before and while it is written: a skeleton made of its checklists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, final

import attrs

from complaint_rules.assessment.assessment import Assessment, as_assessment
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.case import Event
from complaint_rules.cases.entries import Entry
from complaint_rules.errors import InvalidEvent, UnknownName, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.rules import Checklist

_RECEIVED: Final = "received"


@final
@attrs.frozen(kw_only=True, repr=False)
class SkeletonPart(Shown):
    """One checklist that a document falls under, held against what it holds so far."""

    checklist: Checklist
    """The checklist, with its article and how binding it is."""
    there: tuple[str, ...]
    """Its items that are there, in its order."""
    missing: tuple[str, ...]
    """Its items that are still missing, in its order."""
    hangs_on: tuple[str, ...] = ()
    """Unknown facts, not settled by a presumption, on which it hangs whether it is called for; empty: it is."""

    @property
    def items(self) -> FrozenMap[str, Titles]:
        """All items wanted, with their titles."""
        return self.checklist.items

    @property
    def rule(self) -> str:
        """``checklist/id``, the key of the rule within its policy."""
        return f"checklist/{self.checklist.id}"

    @property
    def cite(self) -> str | None:
        """The article."""
        return self.checklist.cite


@final
@attrs.frozen(kw_only=True, repr=False)
class Skeleton:
    """What a document of one case has to hold (文书骨架): item by item with the article, and what is still missing.

    It says what must be there, never what to write: no wording is made up, and no fact of the case is told.
    """

    snapshot: Snapshot = attrs.field(repr=False)
    """What was known."""
    draft: Event
    """The document as it stands: its kind, and the items it holds so far."""
    made: Entry | None
    """The document in the history that this is about; None: it is still to be made."""
    parts: tuple[SkeletonPart, ...]
    """The checklists it falls under, in the policy's order; empty: the policy has none for it."""

    def __repr__(self) -> str:
        return f"<Skeleton of {self.draft.kind}: missing {list(self.missing)}>"

    @property
    def recorded(self) -> bool:
        """Whether it is known which items the document holds; one still to be made holds none."""
        return self.made is None or self.draft.items is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """The items still missing, each once."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.missing))

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def explain(self, lang: Lang = "zh") -> str:
        """Say it as a list to be ticked off, in Chinese (``zh``) or English (``en``); see `words.preparing`."""
        return self.snapshot.plan.explain(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Give the skeleton as plain data for JSON, titles in both languages."""
        return {
            "document": self.draft.kind,
            "made": self.made is not None,
            "recorded": self.recorded,
            "parts": [
                {
                    "rule": part.rule, "cite": part.cite, "modality": part.checklist.modality.value,
                    "hangs_on": list(part.hangs_on),
                    "items": [
                        {"item": item, "there": item in part.there, "title": dict(titles)}
                        for item, titles in part.items.items()
                    ],
                }
                for part in self.parts
            ],
        }  # fmt: skip


def skeleton(assessment: Assessment, document: Event | str) -> Skeleton:
    """Give the skeleton of a document: what it must or should hold, what it holds, what is missing, by which article.

    `document` is a draft, an event with the `items` written so far that is not in the history yet, or a kind of event:
    then the last such document in the history, or one still to be made. ``received`` is the record of the receipt.

    Raises `UnknownName` for a kind that the policy does not know, `InvalidEvent` for anything else.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("cbirc-2020-3"), at=received)
    >>> reply = skeleton(found, Event("replied", items={"verified"}))
    >>> [(part.rule, part.there, part.missing) for part in reply.parts][0]
    ('checklist/reply', ('verified',), ('basis', 'remedies'))
    """
    snapshot = as_assessment(assessment).snapshot
    if isinstance(document, Event):
        _known(snapshot, document.kind)
        return _skeleton(snapshot, document, None, begun=True)
    _known(snapshot, document)
    if document == _RECEIVED:
        receipt = Event(_RECEIVED, items=snapshot.complaint.recorded)
        return _skeleton(snapshot, receipt, snapshot.receipt, begun=True)
    history = snapshot.timeline.of_kind(document)
    if history:
        return _skeleton(snapshot, history[-1].event, history[-1], begun=True)
    return _skeleton(snapshot, Event(document), None, begun=False)


def skeletons(assessment: Assessment) -> tuple[Skeleton, ...]:
    """Give the skeleton of every kind of document for which the policy has a checklist that may be called for.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> [one.draft.kind for one in skeletons(found)]
    ['ticket_returned', 'archived']
    """
    checklists = as_assessment(assessment).policy.checklists.values()
    kinds = dict.fromkeys(selector.kind for one in checklists for selector in one.of)
    found = (skeleton(assessment, kind) for kind in kinds)
    return tuple(one for one in found if one.parts)


def _known(snapshot: Snapshot, kind: object) -> None:
    events = snapshot.policy.events
    if not isinstance(kind, str):
        why = "an Event, or a kind of event, is expected"
        raise InvalidEvent(what="document", why=why, value=kind, hint="write 'replied'")
    if kind not in events:
        hint = did_you_mean(kind, events)
        raise UnknownName(what="document", why="the policy has no such kind of event", value=kind, hint=hint)


def _skeleton(snapshot: Snapshot, draft: Event, made: Entry | None, *, begun: bool) -> Skeleton:
    return Skeleton(snapshot=snapshot, draft=draft, made=made, parts=tuple(_parts(snapshot, draft, begun=begun)))


def _parts(snapshot: Snapshot, draft: Event, *, begun: bool) -> Iterator[SkeletonPart]:
    """Give the checklists of a document; of one not begun, those of its kind: it may come to be what they mean."""
    held = draft.items or frozenset()
    view = snapshot.view.with_event(draft)
    for checklist in snapshot.policy.checklists.values():
        if not any(one.matches(draft) if begun else one.kind == draft.kind for one in checklist.of):
            continue
        hangs_on: tuple[str, ...] = ()
        if checklist.when is not None:
            holds, _, possibly, unknown = snapshot.plan.test(checklist.when)(view)
            if not holds and not snapshot.plan.undecided(possibly=possibly, unknown=unknown):
                continue
            hangs_on = () if holds else snapshot.plan.names(unknown)
        yield SkeletonPart(
            checklist=checklist,
            there=tuple(item for item in checklist.items if item in held),
            missing=tuple(item for item in checklist.items if item not in held),
            hangs_on=hangs_on,
        )
