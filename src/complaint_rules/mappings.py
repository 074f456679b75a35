"""`FrozenMap`: a mapping that cannot change, so that values holding one are hashable, comparable and can be pickled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, final

K = TypeVar("K")
V = TypeVar("V")


@final
class FrozenMap(dict[K, V]):
    """A read-only dict: look-ups keep a dict's speed, every way to change it raises TypeError.

    (``types.MappingProxyType`` would do, were it picklable: values cross process borders when work is spread.)

    >>> FrozenMap(a=1)["a"], hash(FrozenMap(a=1)) == hash(FrozenMap(a=1))
    (1, True)
    >>> FrozenMap(a=1).pop("a")
    Traceback (most recent call last):
    TypeError: a FrozenMap cannot be changed
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a FrozenMap cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[dict[K, V]]]:
        return FrozenMap, (dict(self),)

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __deepcopy__(self, _: dict[int, object]) -> FrozenMap[K, V]:
        return self
