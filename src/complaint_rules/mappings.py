"""Mappings that cannot change: `FrozenMap`, and `LazyMap`, whose values are made when they are read."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from typing import Any, Final, Generic, NoReturn, TypeVar, final

from complaint_rules.errors import UnknownName, did_you_mean

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R")

_MOST_SHOWN: Final = 12
_UNCHANGED: Final = "a FrozenMap cannot be changed"


@final
class FrozenMap(dict[K, V]):
    """A read-only dict: look-ups keep a dict's speed, every way to change it raises TypeError.

    A name it does not hold raises `UnknownName`, a KeyError that says what was likely meant.

    (``types.MappingProxyType`` would do, were it picklable: values cross process borders when work is spread.)

    >>> FrozenMap(a=1)["a"], hash(FrozenMap(a=1)) == hash(FrozenMap(a=1))
    (1, True)
    >>> FrozenMap(whole=1)["hole"]
    Traceback (most recent call last):
    complaint_rules.errors.UnknownName: a look-up: there is nothing under this name; got 'hole'; did you mean 'whole'?
    >>> FrozenMap(a=1).pop("a")
    Traceback (most recent call last):
    TypeError: a FrozenMap cannot be changed
    """

    __slots__ = ()

    def __setitem__(self, key: K, value: V, /) -> NoReturn:
        raise TypeError(_UNCHANGED)

    def __delitem__(self, key: K, /) -> NoReturn:
        raise TypeError(_UNCHANGED)

    def __ior__(self, value: Any, /) -> NoReturn:  # type: ignore[misc]  # nothing comes back
        raise TypeError(_UNCHANGED)

    def clear(self) -> NoReturn:
        """Refuse: it cannot be changed."""
        raise TypeError(_UNCHANGED)

    def pop(self, *_: Any) -> NoReturn:
        """Refuse: it cannot be changed."""
        raise TypeError(_UNCHANGED)

    def popitem(self) -> NoReturn:
        """Refuse: it cannot be changed."""
        raise TypeError(_UNCHANGED)

    def setdefault(self, *_: Any) -> NoReturn:
        """Refuse: it cannot be changed."""
        raise TypeError(_UNCHANGED)

    def update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: it cannot be changed."""
        raise TypeError(_UNCHANGED)

    def __missing__(self, key: object) -> NoReturn:
        known = [name for name in self if isinstance(name, str)]
        hint = did_you_mean(key, known) or ("known are " + ", ".join(known[:_MOST_SHOWN]) if known else "it is empty")
        raise UnknownName(what="a look-up", why="there is nothing under this name", value=key, hint=hint)

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[dict[K, V]]]:
        return FrozenMap, (dict(self),)

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __deepcopy__(self, _: dict[int, object]) -> FrozenMap[K, V]:
        return self


@final
class LazyMap(Mapping[K, V], Generic[K, R, V]):
    """A read-only mapping from names to values that are made from rules when first read, and kept.

    A name it does not hold raises `UnknownName`, as in a `FrozenMap`. It compares by its values, and is pickled and
    copied as a `FrozenMap` of them.

    >>> squares = LazyMap(FrozenMap(a=2, b=3), lambda n: n * n)
    >>> squares["b"], list(squares), squares == {"a": 4, "b": 9}
    (9, ['a', 'b'], True)
    """

    __slots__ = ("_every", "_made", "_make", "_rules")

    def __init__(
        self,
        rules: FrozenMap[K, R],
        make: Callable[[R], V],
        every: Callable[[dict[K, V]], bool] | None = None,
        made: dict[K, V] | None = None,
    ) -> None:
        """Take how a value is made of its rule, and where the values are kept.

        `every` is a quicker way to make those that are missing; it says whether all are there now, and in order.
        """
        self._rules = rules
        self._make = make
        self._every = every
        self._made: dict[K, V] = {} if made is None else made

    def __getitem__(self, key: K) -> V:
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = self._make(self._rules[key])
        return known

    def __iter__(self) -> Iterator[K]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, key: object) -> bool:
        return key in self._rules

    def _all(self) -> dict[K, V]:
        made, rules = self._made, self._rules
        if len(made) < len(rules):
            if self._every is not None and self._every(made):
                return made
            if len(made) < len(rules):
                for key in rules:
                    self[key]
        # What was read one by one stands in the order of reading. It is put in order in a copy: others may be reading.
        return made if tuple(made) == tuple(rules) else {key: made[key] for key in rules}

    def values(self) -> ValuesView[V]:
        """Give every value, in the order of the names."""
        return self._all().values()

    def items(self) -> ItemsView[K, V]:
        """Give every name with its value, in order."""
        return self._all().items()

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, LazyMap) else other)

    __hash__ = None  # type: ignore[assignment]  # as any mapping compared by values that may be many

    def __repr__(self) -> str:
        return f"<LazyMap of {', '.join(map(str, self._rules))}>"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[dict[K, V]]]:
        return FrozenMap, (self._all(),)
