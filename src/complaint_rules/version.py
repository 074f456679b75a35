"""The version of the library: the one place it stands; what is pickled by another one says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, cast

import attrs

from complaint_rules.errors import OtherVersion

VERSION: Final = "0.1.0"
"""Version of the library, as installed."""


def same_version(pickled_by: object) -> None:
    """Refuse what another version of the library has pickled: its fields may mean something else now.

    Raises `OtherVersion`.

    >>> same_version("0.0.9")
    Traceback (most recent call last):
    complaint_rules.errors.OtherVersion: a pickle: another version of the library made it; got '0.0.9'; this is ...
    """
    if pickled_by != VERSION:
        raise OtherVersion(
            what="a pickle",
            why="another version of the library made it",
            value=pickled_by,
            hint=f"this is {VERSION}; keep cases and policies as data (to_dict, Policy.document), not as pickles",
        )


class Recorded:
    """What is recorded, as a value of attrs: it prints in a line what is known of it, and its pickle names the version.

    What comes back from a pickle is checked like any input.

    >>> import pickle
    >>> from complaint_rules.cases.case import Event
    >>> closed = Event("closed", by="outlet")
    >>> closed, pickle.loads(pickle.dumps(closed)) == closed
    (<Event kind=closed by=outlet>, True)
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        fields = attrs.fields(cast(Any, type(self)))
        return _unpickled, (VERSION, type(self), {one.alias: getattr(self, one.name) for one in fields})

    def __repr__(self) -> str:
        known = [
            f"{one.name}={_brief(getattr(self, one.name))}"
            for one in attrs.fields(cast(Any, type(self)))
            if getattr(self, one.name) not in (one.default, {})
        ]
        return f"<{type(self).__name__} {' '.join(known)}>"


def _brief(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, AbstractSet):
        return "{" + ", ".join(sorted(map(_brief, value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_brief(one)}" for name, one in value.items()) + "}"
    return str(value)


def _unpickled(version: str, kind: Callable[..., Any], fields: dict[str, Any]) -> Any:
    same_version(version)
    return kind(**fields)
