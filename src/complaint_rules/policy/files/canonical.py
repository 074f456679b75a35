"""A document written so that only its content counts: canonical JSON, and the fingerprint taken of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def canonical(value: Mapping[str, Any], *, ordered: bool = True) -> str:
    """Write a document as JSON that does not depend on comments or layout, nor (`ordered`) on the order of keys.

    Dates and times become ISO text, exact numbers become text: the loader reads both forms.

    >>> from decimal import Decimal
    >>> canonical({"b": dt.date(2026, 11, 21), "a": Decimal("0.50")})
    '{"a":"0.50","b":"2026-11-21"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=ordered, separators=(",", ":"), default=_plain)


def fingerprint_of(text: str) -> str:
    """Give the SHA-256 of a canonical document, hexadecimal.

    >>> fingerprint_of("{}")[:8]
    '44136fa3'
    """
    return hashlib.sha256(text.encode()).hexdigest()
