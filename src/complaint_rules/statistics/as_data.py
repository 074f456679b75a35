"""The parts of a tally as plain data, and read again (汇总的数据形式): every fault is named with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from complaint_rules.errors import NOTHING, InvalidTally, did_you_mean
from complaint_rules.moments import as_day, as_moment
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.statistics.cells import KINDS, Cell, cell_of, value_of
from complaint_rules.statistics.groups import Key, Keys
from complaint_rules.statistics.ledger import Ledger, first_ids

KEYS: Final = (
    "format", "policy", "fingerprint", "signature", "libraries", "at", "covers", "by", "declared", "seen", "problems",
    "bases", "figures",
)  # fmt: skip
"""What a tally as data consists of."""
_STOCK: Final = ("low", "high")


def refused(where: str, why: str, value: object = NOTHING, hint: str = "") -> InvalidTally:
    """Make the error for a part of the data.

    >>> print(refused("seen", "a whole number is expected", "x"))
    seen: a tally as data: a whole number is expected; got 'x'
    """
    return InvalidTally(what="a tally as data", why=why, value=value, hint=hint, where=where)


def mapping(data: object, where: str) -> Mapping[str, Any]:
    """Give a mapping with texts as keys; raises `InvalidTally` for anything else.

    >>> mapping({"a": 1}, "x")
    {'a': 1}
    """
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise refused(where, "a mapping is expected", type(data).__name__)
    return data


def only_known(whole: Mapping[str, Any]) -> None:
    """Refuse data in which something is missing, or is there that belongs to no tally.

    >>> only_known({"format": ""})
    Traceback (most recent call last):
    complaint_rules.errors.InvalidTally: policy: a tally as data: it is missing
    """
    for key in KEYS:
        if key not in whole:
            raise refused(key, "it is missing")
    for key in whole:
        if key not in KEYS:
            raise refused(key, "it belongs to no tally", key, did_you_mean(key, KEYS))


def listed(data: object, where: str) -> Sequence[Any]:
    """Give a list; raises `InvalidTally` for anything else.

    >>> listed([1], "x")
    [1]
    """
    if not isinstance(data, list | tuple):
        raise refused(where, "a list is expected", type(data).__name__)
    return data


def number(data: object, where: str) -> int:
    """Give a whole number of 0 or more; raises `InvalidTally` for anything else.

    >>> number(3, "seen")
    3
    """
    if not isinstance(data, int) or isinstance(data, bool) or data < 0:
        raise refused(where, "a whole number of 0 or more is expected", data)
    return data


def as_plain_text(data: object, where: str) -> str:
    """Give a text; raises `InvalidTally` for anything else.

    >>> as_plain_text("a", "at")
    'a'
    """
    if not isinstance(data, str):
        raise refused(where, "a text is expected", data)
    return data


def versions_of(data: object) -> frozenset[str]:
    """Give the versions of the library that counted a tally; raises `InvalidTally` for anything else.

    >>> sorted(versions_of(["0.1.0", "0.2.0"]))
    ['0.1.0', '0.2.0']
    """
    found = frozenset(as_plain_text(one, "libraries") for one in listed(data, "libraries"))
    for one in found:
        if not one[:1].isdigit():
            raise refused("libraries", "a version of the library is expected", one)
    return found


def key_of(data: object, where: str) -> Key:
    """Give a group's key: a text, or None; raises `InvalidTally` for anything else.

    >>> key_of(None, "x") is None
    True
    """
    return None if data is None else as_plain_text(data, where)


def keys_of(data: object, size: int, where: str) -> Keys:
    """Give the keys of a row of so many names; raises `InvalidTally` for anything else.

    >>> keys_of(["phone", None], 2, "x")
    ('phone', None)
    """
    found = tuple(key_of(one, where) for one in listed(data, where))
    if len(found) != size:
        raise refused(where, f"{size} names of groups are expected", list(found))
    return found


def order_of(key: Keys) -> list[tuple[bool, str]]:
    """Give what rows are sorted by: their keys as text, what is not known last.

    >>> sorted([(None,), ("b",), ("a",)], key=order_of)
    [('a',), ('b',), (None,)]
    """
    return [(part is None, part or "") for part in key]


def day_of_text(data: object, where: str) -> dt.date:
    """Give a day of its ISO form; raises `InvalidTally` for anything else.

    >>> day_of_text("2026-09-30", "covers")
    datetime.date(2026, 9, 30)
    """
    try:
        return as_day(dt.date.fromisoformat(as_plain_text(data, where)), what=where)
    except ValueError:
        raise refused(where, "a day is expected", data, "write 2026-09-30") from None


def moment_of_text(data: object, where: str) -> dt.datetime:
    """Give a moment of its ISO form; raises `InvalidTally` for anything else.

    >>> moment_of_text("2026-09-30T18:00:00+08:00", "at").hour
    18
    """
    try:
        return as_moment(dt.datetime.fromisoformat(as_plain_text(data, where)), what=where)
    except ValueError:
        why, hint = "an aware moment is expected", "write 2026-09-30T18:00:00+08:00"
        raise refused(where, why, data, hint) from None


def cell_to_data(cell: Cell, figure: Figure) -> dict[str, Any]:
    """Give one value as data.

    >>> cell_to_data([4, 1, 0, 0], Figure(id="received", title={}))
    {'n': 4, 'undecided': 1, 'presumed': 0, 'unknown': 0}
    """
    if figure.shape is FigureShape.STOCK:
        return dict(zip(_STOCK, cell, strict=False))
    return value_of(cell, figure).to_dict()


def cell_from_data(data: object, figure: Figure, where: str) -> Cell:
    """Read one value; raises `InvalidTally` or `InvalidFigure` for anything else.

    >>> cell_from_data({"n": 4, "undecided": 1, "presumed": 0, "unknown": 0}, Figure(id="a", title={}), "x")
    [4, 1, 0, 0]
    """
    if figure.shape is not FigureShape.STOCK:
        return cell_of(KINDS[figure.shape].from_dict(data, where=where))
    found = mapping(data, where)
    steps = [found.get(name) for name in _STOCK]
    if set(found) != set(_STOCK) or not all(type(step) is int for step in steps):
        raise refused(where, "two whole numbers are expected, low and high", dict(found))
    return [*cast(Any, steps), 0, 0]


def pair(data: object, where: str) -> tuple[Any, Any]:
    """Give two values; raises `InvalidTally` for anything else.

    >>> pair([1, 2], "x")
    (1, 2)
    """
    parts = listed(data, where)
    if len(parts) != 2:
        raise refused(where, "two values are expected", list(parts))
    return parts[0], parts[1]


def two_days(data: object) -> tuple[dt.date, dt.date]:
    """Give the days that data cover; raises `InvalidTally` for anything else.

    >>> two_days(["2026-01-01", "2026-09-30"])
    (datetime.date(2026, 1, 1), datetime.date(2026, 9, 30))
    """
    first, last = pair(data, "covers")
    return day_of_text(first, "covers"), day_of_text(last, "covers")


def ledger_to_data(ledger: Ledger) -> dict[str, Any]:
    """Give what a tally has counted as data, in an order that does not hang on that of the cases."""
    ledger.work_in()
    return {
        "seen": ledger.seen,
        "problems": {code: [n, list(ids)] for code, (n, ids) in sorted(ledger.noted.items())},
        "bases": {
            basis: sorted(([code, why, n] for (code, why), n in said.items()), key=_by_answer)
            for basis, said in ledger.ruled.items()
        },
        "figures": [
            {
                "figure": column.figure.id,
                "basis": column.basis,
                "rows": [
                    [[list(key), cell_to_data(cells[key][place], column.figure)] for key in sorted(cells, key=order_of)]
                    for cells in groupings
                ],
            }
            for strand, groupings in zip(ledger.plan.strands, ledger.cells, strict=True)
            for place, column in enumerate(strand.columns)
        ],
    }


def _by_answer(one: list[Any]) -> tuple[int, list[tuple[bool, str]]]:
    return one[0], order_of((one[1],))


def fill_ledger(ledger: Ledger, whole: Mapping[str, Any]) -> None:
    """Fill a ledger in which nothing was counted with what `ledger_to_data` gave.

    Raises `InvalidTally` for anything else.
    """
    ledger.seen = number(whole["seen"], "seen")
    for code, noted in mapping(whole["problems"], "problems").items():
        where = f"problems.{code}"
        n, ids = pair(noted, where)
        ledger.noted[code] = number(n, where), first_ids(as_plain_text(one, where) for one in listed(ids, where))
    for basis, said in mapping(whole["bases"], "bases").items():
        where = f"bases.{basis}"
        if basis not in ledger.ruled:
            raise refused(where, "the tally does not count by it", basis)
        for one in listed(said, where):
            parts = listed(one, where)
            if len(parts) != 3 or parts[0] not in range(5):
                raise refused(where, "an answer, a reason and a number are expected", one)
            ledger.ruled[basis][parts[0], key_of(parts[1], where)] = number(parts[2], where)
    figures = listed(whole["figures"], "figures")
    columns = [(place, at) for place, strand in enumerate(ledger.plan.strands) for at in range(len(strand.columns))]
    if len(figures) != len(columns):
        raise refused("figures", f"{len(columns)} figures are expected", len(figures))
    for index, (one, (strand, column)) in enumerate(zip(figures, columns, strict=True)):
        _fill(ledger, strand, column, mapping(one, f"figures[{index}]"), f"figures[{index}]")


def _fill(ledger: Ledger, place: int, at: int, one: Mapping[str, Any], where: str) -> None:
    strand = ledger.plan.strands[place]
    column = strand.columns[at]
    if (one.get("figure"), one.get("basis")) != column.key:
        raise refused(where, "another figure is expected here", one.get("figure"), column.figure.id)
    where = f"{where}.rows"
    rows = listed(one.get("rows"), where)
    if len(rows) != len(ledger.plan.groupings):
        raise refused(where, f"{len(ledger.plan.groupings)} groupings are expected", len(rows))
    for cells, names, group in zip(ledger.cells[place], ledger.plan.groupings, rows, strict=True):
        for row in listed(group, where):
            keys, cell = pair(row, where)
            known = cells.setdefault(keys_of(keys, len(names), where), strand.fresh())
            known[at] = cell_from_data(cell, column.figure, where)
