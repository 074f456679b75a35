"""A case said with less: without an event, a fact or counts that what it shows does not need (最小反例)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import attrs

from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.verification.worlds.witnesses import Witness

NEEDED: Final = frozenset({"id", "received"})
"""What every complaint has."""


def shorter(one: Witness) -> Iterator[Callable[[Witness], Witness]]:
    """Give ways to say a case with less: without an event, the last first, without a fact, without counts.

    Each takes the case as it was shortened so far, in the order given.
    """
    for place in reversed(range(len(one.case.events))):
        yield partial(_without_event, place=place)
    if one.links is not None:
        yield lambda witness: attrs.evolve(witness, links=None)
    complaint = one.case.complaint
    for name in (*CORE_FACTS, *complaint.extra):
        if name not in NEEDED and complaint.fact(name) is not None:
            yield partial(_without_fact, name=name)


def _without_event(witness: Witness, *, place: int) -> Witness:
    events = witness.case.events
    return attrs.evolve(witness, case=attrs.evolve(witness.case, events=(*events[:place], *events[place + 1 :])))


def _without_fact(witness: Witness, *, name: str) -> Witness:
    complaint = witness.case.complaint
    if name in complaint.extra:
        extra = {key: value for key, value in complaint.extra.items() if key != name}
        complaint = attrs.evolve(complaint, extra=extra)
    else:
        unknown: dict[str, Any] = {name: attrs.fields_dict(Complaint)[name].default}
        complaint = attrs.evolve(complaint, **unknown)
    return attrs.evolve(witness, case=attrs.evolve(witness.case, complaint=complaint))
