"""Whether the files of a kit are what they should be: as this version writes them, or in form where another made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from complaint_rules.cases.plain import json_value
from complaint_rules.errors import ComplaintRulesError, Fault, UnreadableInput
from complaint_rules.verification.kits.days import FORMAT, KINDS
from complaint_rules.verification.kits.folders import LIST, KitFolder
from complaint_rules.verification.kits.fragments import DRAFT

GUIDE: Final = "README.md"
"""The page of a kit."""
CALENDAR: Final = "calendar.json"
"""The file of a kit that says which days work."""
_SCHEMAS: Final = "schemas"
_ANEW: Final = "make it anew"
_EVERY_DAY: Final = "every day from the first to the last is expected"
_DAY: Final = dt.timedelta(days=1)


def unlike(folder: KitFolder, wanted: Mapping[str, bytes]) -> Iterator[Fault]:
    """Tell each file of a kit that is not what this version of the library writes, `wanted` by name.

    The list is told where nothing else is: it differs wherever a file does.

    >>> from pathlib import Path
    >>> folder = KitFolder(
    ...     path=Path("kit"), listed={}, files={"kit.json": b"{}", "README.md": b"", "more": b""}
    ... )
    >>> for fault in unlike(folder, {"kit.json": b"[]", "README.md": b"a", "calendar.json": b"b"}):
    ...     print(fault)
    kit/README.md: it is not what this version of the library writes; make it anew
    kit/calendar.json: the list of the kit does not name it; make it anew
    kit/more: a kit has no such file; make it anew
    """
    good = True
    for name in sorted({*folder.files, *wanted} - {LIST}):
        why = _why(folder.files.get(name), wanted.get(name))
        if why:
            good = False
            yield Fault(where=str(folder.path / name), why=why, hint=_ANEW)
    why = _why(folder.files[LIST], wanted[LIST])
    if good and why:
        yield Fault(where=str(folder.path / LIST), why=why, hint=_ANEW)


def _why(have: bytes | None, wanted: bytes | None) -> str:
    if have is None:
        return "the list of the kit does not name it"
    if wanted is None:
        return "a kit has no such file"
    return "" if have == wanted else "it is not what this version of the library writes"


def malformed(folder: KitFolder) -> Iterator[Fault]:
    """Tell each file of a kit that another version made and that is none of its kind, as far as this one can say.

    Its rule sets and cases are read as any are. Its page is text, its schemas are JSON Schemas of their names, and its
    calendar has every day from its first to its last.

    >>> from pathlib import Path
    >>> files = {
    ...     "kit.json": b"{}",
    ...     "README.md": b" ",
    ...     "schemas/case.schema.json": b"{}",
    ...     "calendar.json": b"{",
    ... }
    >>> for fault in malformed(KitFolder(path=Path("kit"), listed={}, files=files)):
    ...     print(fault)
    kit/README.md: it is empty
    kit/schemas/case.schema.json: this is no schema of its name; make it anew
    kit/calendar.json: this is no JSON: Expecting property name enclosed in double quotes (at character 2)
    """
    for name in folder.files:
        try:
            if name == GUIDE:
                folder.text(name)
            elif name == CALENDAR:
                calendar_read(json_value(folder.text(name)))
            elif name.startswith(f"{_SCHEMAS}/"):
                _schema_read(name, json_value(folder.text(name)))
        except ComplaintRulesError as error:
            yield Fault(where=error.where or str(folder.path / name), why=error.why, value=error.value, hint=error.hint)


def _schema_read(name: str, data: object) -> None:
    own = PurePosixPath(name).name.removesuffix(".schema.json")
    head = {"$schema": DRAFT, "$id": f"urn:complaint-rules:{own}"}
    if not isinstance(data, Mapping) or {key: data.get(key) for key in head} != head:
        raise UnreadableInput(what="", why="this is no schema of its name", hint=_ANEW)


def calendar_read(data: object) -> None:
    """Take a calendar as data, as `calendar_data` gives it, or raise `UnreadableInput` for what is none.

    >>> from complaint_rules.verification.kits.days import calendar_data
    >>> whole = calendar_data()
    >>> calendar_read(whole)
    >>> calendar_read(whole | {"days": whole["days"][:-1]})
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: every day from the first to the last is expected; make it anew
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise UnreadableInput(what="", why="this is no calendar of a kit", hint=_ANEW)
    days, first, last = data.get("days"), _day(data, "first"), _day(data, "last")
    if not isinstance(days, list) or len(days) != (last - first).days + 1:
        raise UnreadableInput(what="", why=_EVERY_DAY, hint=_ANEW)
    for number, one in enumerate(days):
        day = (first + number * _DAY).isoformat()
        if not isinstance(one, Mapping) or one.get("date") != day:
            raise UnreadableInput(what="", why=_EVERY_DAY, hint=_ANEW)
        if not isinstance(one.get("works"), bool) or any(one.get(key) not in known for key, known in KINDS.items()):
            raise UnreadableInput(what="", why=f"what it says of {day} is none of a calendar", hint=_ANEW)


def _day(data: Mapping[str, Any], key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(data[key])
    except (KeyError, TypeError, ValueError):
        raise UnreadableInput(what="", why=f"no day is written under {key}", hint=_ANEW) from None
