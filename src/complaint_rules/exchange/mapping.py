"""`RegisterMap`: which column of a register holds which fact (字段对照)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import final

import attrs

from complaint_rules.documents.lines import lines_of
from complaint_rules.documents.toml import parse_toml, read_text, text_given
from complaint_rules.errors import InvalidMapping, InvalidPolicy
from complaint_rules.exchange.columns import Column
from complaint_rules.exchange.mapping_files import DELIMITERS, ENCODINGS, EventColumns, fields_of
from complaint_rules.moments import BEIJING

_WHAT = "mapping file"


@final
@attrs.frozen(kw_only=True)
class RegisterMap:
    """Which column of a register holds which fact (字段对照), as a mapping file says it.

    >>> RegisterMap.from_text("fact = { id = '工单号', received = '投诉受理日期' }").facts["received"].name
    '投诉受理日期'
    """

    facts: Mapping[str, Column]
    """Fact, core or own, and where it comes from; ``id`` among them."""
    events: tuple[EventColumns, ...] = ()
    """The events that a row can show."""
    unseen: frozenset[str] = frozenset()
    """Kinds of event that this export cannot show: whether they happened is unknown."""
    row: str = ""
    """What a row is: ``case``, or ``event``, where the rows of one key make one case; empty: not said, a case."""
    sheet: str = ""
    """Sheet of a workbook; empty: the only one that has the columns."""
    header_rows: int = 1
    """Number of header rows, merged into one name for each column."""
    join: str = "/"
    """What stands between the parts of a merged name."""
    encodings: tuple[str, ...] = ENCODINGS
    """Encodings to try, in order."""
    delimiters: tuple[str, ...] = DELIMITERS
    """Characters that may part the cells, to try in order."""
    dates: tuple[str, ...] = ()
    """Forms of dates (`forms`), each read exactly; empty: year-month-day, with or without a time."""
    century: int | None = None
    """First year of the century that ``%y`` means; None: no form has it."""
    zone: dt.tzinfo = BEIJING
    """Zone of a time of day that names none."""
    blank: frozenset[str] = frozenset({""})
    """What a cell holds whose content is not known; the empty cell is always blank."""

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> RegisterMap:
        """Load a mapping file.

        Raises `UnreadableInput` where it cannot be read, `InvalidMapping` with every fault of it.

        >>> RegisterMap.from_file("no-such-map.toml")
        Traceback (most recent call last):
        complaint_rules.errors.UnreadableInput: no-such-map.toml: mapping file: there is no such file
        """
        text = read_text(path, what=_WHAT)
        return RegisterMap.from_text(text, os.fspath(path))

    @staticmethod
    def from_text(text: str, name: str = "") -> RegisterMap:
        """Load a mapping from TOML text; `name` is the file that messages name.

        Raises `UnreadableInput` for what is no text, `InvalidMapping` with every fault.

        >>> text = "fact = { id = '工单号', recieved = '日期', channel = { value = 'fone' } }"
        >>> RegisterMap.from_text(text, "own.toml")
        Traceback (most recent call last):
        complaint_rules.errors.InvalidMapping: own.toml: the mapping is refused; 2 faults
          own.toml:1: fact.received: it is missing; did you mean it by 'recieved'?
          own.toml:1: fact.channel.value: the code is unknown; got 'fone'; did you mean 'phone'?
        """
        text = text_given(text, name=name, what=_WHAT)
        try:
            document = parse_toml(text, name=name)
        except InvalidPolicy as error:
            raise InvalidMapping(what="", why="it is no mapping file", where=name, faults=error.faults) from None
        return RegisterMap(**fields_of(document, name, lines_of(text)))
