"""`Violation`: what in a history broke a rule or contradicts itself."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.mappings import FrozenMap

_NO_DETAIL: Final[FrozenMap[str, str]] = FrozenMap()


@final
@attrs.frozen(kw_only=True)
class Violation:
    """Something in a history that breaks a rule (违规), or that cannot have been as recorded."""

    code: str
    """What kind of violation: ``late``, ``forbidden``, ``resume_without_pause`` …"""
    severity: str
    """``breach``; ``warning`` for a missed SHOULD or a doubtful record; ``note`` for what only deserves a look."""
    rule: str | None = None
    """``section/id`` of the policy's rule; None: the history contradicts itself."""
    cite: str | None = None
    """The article."""
    place: int | None = None
    """Index of the event in `Case.events`; None where no single event is meant."""
    event: str | None = None
    """Kind of that event."""
    at: dt.datetime | dt.date | None = None
    """When it happened, or since when it is so."""
    detail: FrozenMap[str, str] = _NO_DETAIL
    """Further facts for the explanation: the offending value, the likely intent, what was missing."""
