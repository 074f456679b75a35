"""What a search for linked complaints (关联查询) found of one: how many there are, and whether it came first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, final

from complaint_rules.errors import InvalidComplaint


@final
class GroupCount(int):
    """How many complaints, or complainants, belong together with one (关联数), and whether it is the first of them.

    A whole number to whoever only counts, and in data. A plain one says as much, save who came first. Raises
    `InvalidComplaint` for what is no count of 0 or more, and for a `first` that is neither true, false nor None.

    >>> found = GroupCount(3, first=True)
    >>> found, found >= 3, found.first, GroupCount(3) == 3
    (3, True, True, True)
    """

    first: bool | None
    """Whether it was received before all others of its group; None: not known, or nobody asked."""

    def __new__(cls, count: int, /, *, first: bool | None = None) -> GroupCount:
        """Take the number, and whether the complaint came first."""
        _check(count, first)
        made = super().__new__(cls, count)
        made.__dict__["first"] = first
        return made

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a GroupCount cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a GroupCount cannot be changed")

    def __eq__(self, other: object) -> bool:
        same = int(self) == other
        return same and self.first is other.first if isinstance(other, GroupCount) else same

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return int.__hash__(self)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[int, bool | None]]:
        return _again, (int(self), self.first)


def _check(count: object, first: object) -> None:
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise InvalidComplaint(what="GroupCount", why="a count of 0 or more is expected", value=count)
    if first is not None and not isinstance(first, bool):
        why = "true, false or null is expected"
        raise InvalidComplaint(what="GroupCount.first", why=why, value=first, hint="as GroupCount(3, first=True)")


def _again(count: int, first: bool | None) -> GroupCount:
    return GroupCount(count, first=first)
