"""Values made by the thousand: read-only and compared by value like attrs' frozen classes, at a third of their price.

An assessment makes a value for every limit and duty of a policy. ``attrs.frozen`` sets each field through
``object.__setattr__``, which costs more than all that is decided; here the fields are set plainly under private names
and read through properties.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar, cast

import attrs


def field(name: str) -> Any:
    """Give the read-only attribute of the value kept under ``_name``.

    >>> class Point(Frozen):
    ...     __slots__ = ("_x",)
    ...     x: int = field("x")
    ...
    ...     def __init__(self, x: int) -> None:
    ...         self._x = x
    >>> Point(1).x, Point(1) == Point(1)
    (1, True)
    """
    return property(attrgetter(f"_{name}"))


class Shown:
    """A value of attrs that prints as attrs would have it: one function for all, where attrs compiles one for each.

    >>> import attrs
    >>> @attrs.frozen(repr=False)
    ... class Point(Shown):
    ...     x: int
    ...     note: str = attrs.field(default="", repr=False)
    >>> Point(1)
    Point(x=1)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        fields = (one for one in attrs.fields(cast(Any, type(self))) if one.repr)
        return f"{type(self).__name__}({', '.join(f'{one.name}={getattr(self, one.name)!r}' for one in fields)})"


class Frozen:
    """A value whose public attributes can be read and not set, compared by all it keeps."""

    __slots__ = ()
    _key: ClassVar[Callable[[Any], Any]]

    def __init_subclass__(cls, *, apart: tuple[str, ...] = ()) -> None:
        """Take the names that a comparison leaves out."""
        slots: tuple[str, ...] = cls.__slots__
        names = (name.removeprefix("_") for name in slots)
        cls._key = attrgetter(*(name for name in names if name not in apart))

    def __eq__(self, other: object) -> bool:
        key = type(self)._key
        return bool(key(self) == key(other)) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(type(self)._key(self))
