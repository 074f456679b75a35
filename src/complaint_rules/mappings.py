"""`FrozenMap`: a mapping that cannot change, so that values holding one are hashable, comparable and can be pickled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeVar, final

from complaint_rules.errors import UnknownName, did_you_mean

K = TypeVar("K")
V = TypeVar("V")

_MOST_SHOWN: Final = 12


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

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a FrozenMap cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

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
