"""The columns that a mapping names, found in a header, and what may be said of a header in which they are not.

Whatever stands where a header is expected may be the first complainant's name and telephone. So names of columns are
shown only where the mapping recognises the header as one, and then only those that look like names of columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, final

from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.plain import Types
from complaint_rules.errors import Fault, InvalidMapping, did_you_mean
from complaint_rules.exchange.columns import Column
from complaint_rules.exchange.looks import look_of
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.mapping_files import FACT_TYPES
from complaint_rules.exchange.tables import Header, plain_name
from complaint_rules.mappings import FrozenMap

_HINT: Final = "write a mapping file and pass it (--columns MAP.toml)"
_MORE_ROWS: Final = "is the header missing, or has it more rows? header = { rows = 3 } says so"
_ONE_COLUMN: Final = "it is one column: is there another sign between the cells? delimiter = '…' says so"
_MOST_COMPARED: Final = 500
_MOST_LISTED: Final = 20
_LONGEST_NAME: Final = 40
_NO_NAME: Final = re.compile(r"[0-9]{3}|[0-9][/.:-][0-9]|@")


def plausible(name: str) -> bool:
    """Say whether a cell of a recognised header can be the name of a column, and no date, number or address.

    >>> plausible("投诉金额(万元)"), plausible("13800000000"), plausible("2026-09-30")
    (True, False, False)
    """
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable() and _NO_NAME.search(name) is None


@final
class Places:
    """Finds the columns that a mapping names, once for a register; collects those that are missing or there twice.

    >>> places = Places(Header(("单号", "受理日期", "金额"), "/"), ("单号", "受理日其"))
    >>> places.place("单号", "fact.id"), places.place("受理日其", "fact.received")
    (0, 0)
    >>> places.faults[0].hint
    "did you mean '受理日期'?"
    """

    def __init__(self, header: Header, wanted: Iterable[str]) -> None:
        names = dict.fromkeys(wanted)
        found = sum(bool(header.find(name)) for name in names)
        self._header = header
        self._wanted: int = len(names)
        self.recognised: bool = 2 * found >= len(names)
        """Whether at least half of the columns named are there: then it is a header, and may be shown."""
        self.faults: list[Fault] = []

    def place(self, name: str, path: str) -> int:
        """Give the place of a column, from 0; 0 where it is not found or not clear, which is noted under `path`."""
        places = self._header.find(name)
        if len(places) == 1:
            return places[0]
        if places:
            found = " and ".join(str(place + 1) for place in places[:_MOST_LISTED])
            why = f"the register has this column more than once: columns {found}"
            self.faults.append(Fault(where=path, why=why, value=name))
        else:
            hint = self._meant(name) if self.recognised else ""
            self.faults.append(Fault(where=path, why="the register has no such column", value=name, hint=hint))
        return 0

    def _meant(self, name: str) -> str:
        names = [one for one in self._header.names[:_MOST_COMPARED] if plausible(one)]
        return did_you_mean(plain_name(name), names) or "its columns are " + ", ".join(names)[:400]

    def raise_faults(self, name: str) -> None:
        """Raise `InvalidMapping` with what is missing; where nothing is recognised, with what stands there instead."""
        if not self.faults:
            return
        why = "the mapping does not fit this register"
        if not self.recognised:
            why = f"of the {self._wanted} columns that the mapping names, its header has fewer than half"
            hint = _ONE_COLUMN if len(self._header.names) == 1 else _MORE_ROWS
            self.faults.insert(0, Fault(where="header", why=_unlike(self._header.names), hint=hint))
        raise InvalidMapping(what="", why=why, where=name, faults=tuple(self.faults))


def _unlike(names: Sequence[str]) -> str:
    odd = next((place for place, name in enumerate(names) if name and not plausible(name)), None)
    told = "" if odd is None else f" (column {odd + 1} holds {look_of(names[odd])})"
    return f"what stands there does not look like a header{told}; nothing of it is shown, for it may be a person's"


def by_name(header: Header, types: Types, name: str) -> RegisterMap:
    """Take a register whose columns already bear the names of facts as it is.

    Raises `InvalidMapping` with the columns that are no facts, up to a bound.

    >>> by_name(Header(("id", "received"), "/"), {}, "book.csv").facts["received"].type
    'when'
    """
    known = {"id", *CORE_FACTS, *types}
    strangers = [place for place, column in enumerate(header.names) if column and column not in known]
    missing = [needed for needed in ("id", "received") if needed not in header.names]
    if strangers or missing:
        faults = list(_strange(header, strangers, known, shown=len(missing) < 2))
        faults += [Fault(where=needed, why="the register has no such column", hint=_HINT) for needed in missing]
        why = "without a mapping file every column bears the name of a fact"
        raise InvalidMapping(what="", why=why, where=name, faults=tuple(faults))
    return RegisterMap(
        facts=FrozenMap(
            {column: Column(name=column, type=FACT_TYPES.get(column, "")) for column in header.names if column}
        )
    )


def _strange(header: Header, places: Sequence[int], known: Collection[str], *, shown: bool) -> Iterable[Fault]:
    for place in places[:_MOST_LISTED]:
        name = header.names[place]
        if shown and plausible(name):
            yield Fault(where=name, why="the column is no fact", hint=did_you_mean(name, known) or _HINT)
        else:
            yield Fault(where=f"column {place + 1}", why="what stands there is no fact", hint=_HINT)
    if len(places) > _MOST_LISTED:
        yield Fault(where="header", why=f"{len(places) - _MOST_LISTED} more columns are no facts")
