"""Figures held against one another (比较): shares, changes, rates on a base, ranks, medians; exact until printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

from complaint_rules.errors import InvalidFigure
from complaint_rules.mappings import FrozenMap
from complaint_rules.statistics.adding import whole_number
from complaint_rules.statistics.rounding import exact_number

_Key = TypeVar("_Key", bound=str | None)
_LEAST_POOLED: Final = 3


def share_of(parts: Iterable[int], whole: int) -> Fraction | None:
    """Give what some parts come to together of a whole (合计占比): from their counts, never from their shares.

    None where the whole is nothing. Raises `InvalidFigure` for a negative count, or parts that exceed the whole.

    >>> share_of([3364, 2914, 1432], 10_000), share_of([], 0)
    (Fraction(771, 1000), None)
    """
    total = sum(_count(part) for part in parts)
    if total > _count(whole):
        raise InvalidFigure(what="a share", why="the parts are more than the whole", value=total)
    return Fraction(total, whole) if whole else None


def change(now: int, before: int | None) -> Fraction | None:
    """Give the change on an earlier period (环比、同比): (now - before) ÷ before.

    None where there was nothing before, or where `before` is None: nobody knows it, or its period was not complete.
    Raises `InvalidFigure` for a negative count.

    >>> change(23, 20), change(5, 0), change(5, None)
    (Fraction(3, 20), None, None)
    """
    _count(now)
    if before is None or not _count(before):
        return None
    return Fraction(now - before, before)


def scaled(n: int, base: int | None, per: int) -> Fraction | None:
    """Give a count per so many of a base (每千网点、每千万客户), as 1,000 outlets.

    None where the base is nothing or not known. Raises `InvalidFigure` for a negative number, and for 0 as `per`.

    >>> scaled(571, 1_285_091, 1_000)
    Fraction(571000, 1285091)
    """
    if not _count(per):
        raise InvalidFigure(what="per", why="a whole number above 0 is expected", value=per)
    _count(n)
    return None if base is None or not _count(base) else Fraction(n * per, base)


def ranks(values: Mapping[_Key, Fraction | int | None]) -> dict[_Key, int | None]:
    """Give the rank (位次) of each: one more than how many are greater, so that equals share one (1, 2, 2, 4).

    None has none. Raises `InvalidFigure` for a number that is not exact.

    >>> ranks({"a": 9, "b": 5, "c": 5, "d": 1, "e": None})
    {'a': 1, 'b': 2, 'c': 2, 'd': 4, 'e': None}
    """
    found: dict[Fraction, int] = {}
    for place, value in enumerate(sorted(_known(values.values()), reverse=True), 1):
        found.setdefault(value, place)
    return {key: None if value is None else found[Fraction(value)] for key, value in values.items()}


def median_of(values: Iterable[Fraction | int | None]) -> Fraction | None:
    """Give the median (中位数) of a group: the middle one, or half the sum of the two middle ones; None is left out.

    Raises `InvalidFigure` for a number that is not exact.

    >>> median_of([1, 2, 9, None]), median_of([1, 2]), median_of([])
    (Fraction(2, 1), Fraction(3, 2), None)
    """
    known = sorted(_known(values))
    n = len(known)
    return (known[(n - 1) // 2] + known[n // 2]) / 2 if n else None


class Pooled(NamedTuple):
    """A table of counts in which the small ones stand together (合并小组)."""

    shown: Mapping[str | None, int]
    """The counts that are shown one by one, in their order; empty: the total alone is shown."""
    together: frozenset[str | None]
    """The groups that stand together in one row."""
    rest: int | None
    """What they come to; None: all of them come to so little that not even the total is shown."""


def pooled(counts: Mapping[str | None, int], k: int) -> Pooled:
    """Put small groups together, so that no count from 1 to k - 1 follows from what is shown, the total included.

    All of 1 to k - 1 go into one row, then the smallest others (of equals the first by name) until it has three groups
    at least and comes to k at least; groups of 0 are shown. Where that cannot be, nothing but the total is shown, and
    not even that where it is below k itself. It does not keep a count from somebody who also knows this rule, or
    another publication.

    Raises `InvalidFigure` for a negative count, and a k below 2, which keeps nothing back.

    >>> found = pooled({"a": 90, "b": 2, "c": 1, "d": 40}, 3)
    >>> dict(found.shown), sorted(found.together), found.rest
    ({'a': 90}, ['b', 'c', 'd'], 43)
    """
    if _count(k) < 2:
        raise InvalidFigure(what="k", why="a whole number from 2 on is expected", value=k)
    order = sorted(
        (key for key, n in counts.items() if _count(n)), key=lambda key: (counts[key], key is not None, key or "")
    )
    size = sum(counts[key] < k for key in order)
    if not size:
        return Pooled(FrozenMap(counts), frozenset(), 0)
    rest = sum(counts[key] for key in order[:size])
    while size < len(order) and (size < _LEAST_POOLED or rest < k):
        rest += counts[order[size]]
        size += 1
    together = frozenset(order[:size])
    if size < _LEAST_POOLED or rest < k:
        return Pooled(FrozenMap({}), frozenset(counts), rest if rest >= k else None)
    return Pooled(FrozenMap({key: n for key, n in counts.items() if key not in together}), together, rest)


class Margins(NamedTuple):
    """A table of two groupings of which the sums alone are shown (仅列合计)."""

    rows: Pooled
    """The sums of its rows."""
    columns: Pooled
    """The sums of its columns."""


def margins_only(table: Mapping[tuple[str | None, str | None], int], k: int) -> Margins | None:
    """Give the sums of rows and columns where a cell is from 1 to k - 1, small sums put together; None: show it whole.

    Hiding single cells of such a table is no help: they follow from the others and the sums, or from the rule by which
    they were hidden. Errors as `pooled`.

    >>> margins_only({("north", "phone"): 9, ("south", "phone"): 5}, 3) is None
    True
    >>> found = margins_only({("a", "x"): 9, ("a", "y"): 1, ("b", "x"): 2, ("b", "y"): 8}, 3)
    >>> dict(found.rows.shown), dict(found.columns.shown)
    ({'a': 10, 'b': 10}, {'x': 11, 'y': 9})
    """
    rows: dict[str | None, int] = {}
    columns: dict[str | None, int] = {}
    for (row, column), n in table.items():
        rows[row] = rows.get(row, 0) + _count(n)
        columns[column] = columns.get(column, 0) + n
    found = Margins(pooled(rows, k), pooled(columns, k))
    return found if any(0 < n < k for n in table.values()) else None


def _known(values: Iterable[Fraction | int | None]) -> list[Fraction]:
    return [exact_number(one) for one in values if one is not None]


def _count(value: object) -> int:
    return whole_number(value, "a count")
