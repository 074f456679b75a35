"""What the values of figures have in common: they add up, and go into data and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

import attrs

from complaint_rules.errors import InvalidFigure, did_you_mean
from complaint_rules.frozen import Shown


def whole_number(value: object, what: str) -> int:
    """Give a whole number of 0 or more; raises `InvalidFigure` for anything else.

    >>> whole_number(3, "n")
    3
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidFigure(what=what, why="a whole number of 0 or more is expected", value=value)
    return value


def none_yet() -> int:
    """Give the field of a value of attrs that holds how many there are, 0 unless said.

    >>> @attrs.frozen
    ... class Some:
    ...     n: int = none_yet()
    >>> Some().n
    0
    """
    number: int = attrs.field(default=0, validator=_number)
    return number


def _number(_: object, field: attrs.Attribute[int], value: object) -> None:
    whole_number(value, field.name)


def together(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    """Put the numbers of two mappings together, length by length.

    >>> together({1: 2, 3: 1}, {3: 4})
    {1: 2, 3: 5}
    """
    return {length: one.get(length, 0) + other.get(length, 0) for length in {**one, **other}}


class Adding(Shown):
    """A value that adds up: in any order and grouping the same; the empty one changes nothing."""

    __slots__ = ()

    def __add__(self, other: object) -> Self:
        if type(other) is not type(self):
            why = "only figures of one shape can be added"
            raise InvalidFigure(what=type(self).__name__, why=why, value=type(other).__name__)
        return self._made({name: _sum(name, one, getattr(other, name)) for name, one in self._fields()})

    def scaled(self, times: int) -> Self:
        """Give it as many times, as if it had been added to itself.

        Raises `InvalidFigure` unless `times` is a whole number of 0 or more.
        """
        whole_number(times, "times")
        return self._made({name: _product(one, times) for name, one in self._fields()})

    @property
    def empty(self) -> Self:
        """The one that changes nothing when it is added to this one."""
        return self.scaled(0)

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON: every field by its name, lengths as pairs of length and number."""
        return {name: _data(one) for name, one in self._fields()}

    @classmethod
    def from_dict(cls, data: object, *, where: str = "") -> Self:
        """Read what `to_dict` gave; all its fields have to be there, and no other.

        Raises `InvalidFigure`, with `where` as its place, for anything else.
        """
        names = [one.name for one in attrs.fields(cast(Any, cls))]
        what = cls.__name__
        if not isinstance(data, Mapping):
            why = "a mapping of its fields is expected"
            raise InvalidFigure(what=what, why=why, value=type(data).__name__, where=where)
        for name in data:
            if name not in names:
                hint = did_you_mean(name, names)
                raise InvalidFigure(what=what, why="it has no such field", value=name, hint=hint, where=where)
        for name in names:
            if name not in data:
                raise InvalidFigure(what=what, why="a field is missing", value=name, where=where)
        try:
            return cls._made({name: _plain(name, data[name]) for name in names})
        except InvalidFigure as error:
            raise error.placed(where) from None

    @classmethod
    def _made(cls, fields: Mapping[str, object]) -> Self:
        return cast(Self, cast(Any, cls)(**fields))

    def _fields(self) -> list[tuple[str, object]]:
        return [(one.name, getattr(self, one.name)) for one in attrs.fields(cast(Any, type(self)))]


def _sum(name: str, one: object, other: object) -> object:
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return together(one, other)
    if one != other:
        raise InvalidFigure(what=name, why="only durations in one unit can be added", value=str(other))
    return one


def _product(one: object, times: int) -> object:
    if isinstance(one, int):
        return one * times
    return {length: number * times for length, number in one.items()} if isinstance(one, Mapping) else one


def _data(one: object) -> object:
    if isinstance(one, Mapping):
        return [[length, number] for length, number in one.items()]
    return one if isinstance(one, int) else str(one)


def _plain(name: str, one: object) -> object:
    """Give pairs of length and number as a mapping, anything else as it is."""
    if not isinstance(one, list | tuple):
        return one
    found: dict[object, object] = {}
    for pair in one:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise InvalidFigure(what=name, why="pairs of length and number are expected", value=pair)
        if whole_number(pair[0], name) in found:
            raise InvalidFigure(what=name, why="this length is there already", value=pair[0])
        found[pair[0]] = pair[1]
    return found
