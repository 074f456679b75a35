"""Reading a document piece by piece: every accessor checks, notes what is wrong with its place, and reads on.

Written out rather than structured by ``cattrs``: a rule's parts depend on names declared elsewhere in the file, places
must survive the merging of two files, and reading goes on after a fault so that the author sees all of them at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeVar, final

import attrs

from complaint_rules.documents.faults import Faults
from complaint_rules.errors import NOTHING, ComplaintRulesError
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_day
from complaint_rules.periods.periods import Period

T = TypeVar("T")
C = TypeVar("C", bound=Coded)

Titles = FrozenMap[str, str]
NO_TITLES: Final[Titles] = FrozenMap()

_MOST_ENTRIES: Final = 2_000
_LONGEST_TEXT: Final = 2_000
_LONGEST_CODE: Final = 80
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


def is_code(value: object) -> bool:
    """Say whether a value can be an id or a code: ASCII letters, digits, ``_ . -``, at most 80 of them.

    >>> is_code("tier2_branch"), is_code("两级"), is_code("")
    (True, False, False)
    """
    return isinstance(value, str) and len(value) <= _LONGEST_CODE and _CODE.fullmatch(value) is not None


@final
@attrs.frozen
class Shape:
    """The keys of one kind of table in a policy file.

    >>> Shape("a level", ("id", "title")).known
    ('id', 'title')
    """

    what: str
    """What the table describes, for messages."""
    needed: tuple[str, ...]
    """Keys that must be there."""
    optional: tuple[str, ...] = ()
    """Keys that may be there."""
    listed: bool = False
    """Whether each stands under a heading of its own, as ``[[level]]``."""

    @property
    def known(self) -> tuple[str, ...]:
        """All keys, needed ones first.

        >>> Shape("an example", ("id",), ("cite",)).known
        ('id', 'cite')
        """
        return self.needed + self.optional


TITLES: Final = Shape("a text in both languages", ("zh", "en"))
"""What a title is made of."""


@final
class Node:
    """One table of a document, with its path; reading a key that is wrong notes a fault and gives a stand-in.

    >>> faults = Faults("own.toml")
    >>> node = Node({"id": "outlet", "titel": {}}, "level[0]", faults, Shape("a level", ("id", "title")))
    >>> node.code("id")
    'outlet'
    >>> [str(fault) for fault in faults.all()]  # doctest: +NORMALIZE_WHITESPACE
    ["own.toml: level[0].titel: a level has no such key; got 'titel'; did you mean 'title'?",
     'own.toml: level[0].title: a level needs this key, and it is missing']
    """

    __slots__ = ("data", "faults", "path", "shape")

    def __init__(self, data: object, path: str, faults: Faults, shape: Shape, *, partial: bool = False) -> None:
        """Check the keys of a table against its shape; `partial` needs none of them."""
        self.path: str = path
        self.faults: Faults = faults
        self.shape: Shape = shape
        self.data: dict[str, Any] = {}
        if not isinstance(data, dict):
            faults.add(
                path, f"{self.shape.what} is a table", data, f"write {{ {' = …, '.join(self.shape.known[:3])} = … }}"
            )
            return
        known = self.shape.known
        for key in data:
            if key not in known:
                faults.unknown(self.at(key), f"{self.shape.what} has no such key", key, known)
        missing = [key for key in self.shape.needed if key not in data]
        if missing and not partial:
            for key in missing:
                faults.add(self.at(key), f"{self.shape.what} needs this key, and it is missing")
        self.data = data

    def at(self, key: str) -> str:
        """Give the path of a key.

        >>> Node({}, "limit[2]", Faults("own.toml"), Shape("a limit", ())).at("from")
        'limit[2].from'
        """
        return f"{self.path}.{key}" if self.path else key

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def fault(self, key: str, why: str, hint: str = "", value: object = NOTHING) -> None:
        """Note a fault at a key.

        >>> faults = Faults("own.toml")
        >>> Node({"id": 5}, "level[0]", faults, Shape("a level", ("id",))).fault("id", "a slip")
        >>> str(faults.all()[0])
        'own.toml: level[0].id: a slip; got 5'
        """
        self.faults.add(self.at(key), why, self.data.get(key, NOTHING) if value is NOTHING else value, hint)

    # -- single values --

    def text(self, key: str) -> str | None:
        """Read a text; None where the key is not there.

        >>> sample("quiet", {"cite": "14"}).text("cite")
        '14'
        """
        return as_text(self.data[key], self.at(key), self.faults) if key in self.data else None

    def code(self, key: str) -> str | None:
        """Read an id or code; None where the key is not there.

        >>> sample("level", {"id": "outlet"}).code("id")
        'outlet'
        """
        if key not in self.data:
            return None
        value = self.data[key]
        if is_code(value):
            return str(value)
        self.fault(key, f"a code of up to {_LONGEST_CODE} ASCII letters, digits, '_', '-' and '.' is expected")
        return None

    def choice(self, key: str, known: Collection[str], what: str) -> str | None:
        """Read one of several words; None where the key is not there.

        >>> sample("limit", {"ends": "close"}).choice("ends", ["24:00", "close"], "an end")
        'close'
        """
        if key not in self.data:
            return None
        value = self.data[key]
        words = [str(word) for word in known]
        if isinstance(value, str) and value in words:
            return value
        self.faults.unknown(self.at(key), f"{what} is expected", value, words)
        return None

    def member(self, key: str, kind: type[C], what: str) -> C | None:
        """Read a code of a closed list; None where the key is not there.

        >>> from complaint_rules.periods.units import Roll
        >>> sample("limit", {"roll": "next_working_day"}).member("roll", Roll, "a roll").name
        'NEXT_WORKING_DAY'
        """
        word = self.choice(key, [member.value for member in kind], what)
        return None if word is None else kind(word)

    def flag(self, key: str) -> bool:
        """Read true or false; false where the key is not there.

        >>> sample("limit", {"each": True}).flag("each")
        True
        """
        value = self.data.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(key, "true or false is expected", "without quotes")
        return False

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Read a whole number within bounds, both inclusive; None where the key is not there.

        >>> sample("filing", {"day": 25}).whole("day", 1, 31)
        25
        """
        if key not in self.data:
            return None
        value = self.data[key]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.fault(key, f"a whole number from {least} to {most} is expected")
        return None

    def day(self, key: str) -> dt.date | None:
        """Read a date; None where the key is not there.

        >>> sample("file", {"checked_on": "2026-11-21"}).day("checked_on")
        datetime.date(2026, 11, 21)
        """
        if key not in self.data:
            return None
        value = self.data[key]
        try:
            return as_day(dt.date.fromisoformat(value) if isinstance(value, str) else value, what="a day")
        except ComplaintRulesError as error:
            self.fault(key, error.why, "write it as 2026-11-21")
        except ValueError:
            self.fault(key, "a date is expected", "write it as 2026-11-21")
        return None

    def time(self, key: str) -> dt.time | None:
        """Read a time of day; None where the key is not there.

        >>> sample("quiet", {"start": "18:00"}).time("start")
        datetime.time(18, 0)
        """
        return as_time(self.data[key], self.at(key), self.faults) if key in self.data else None

    def period(self, key: str) -> Period | None:
        """Read a period; None where the key is not there.

        >>> str(sample("limit_row", {"warn": "1 working day"}).period("warn"))
        '1 working day'
        """
        if key not in self.data:
            return None
        try:
            return Period.parse(self.data[key])
        except ComplaintRulesError as error:
            self.faults.refused(self.at(key), error)
            return None

    def titles(self, key: str) -> Titles:
        """Read a text in both languages; empty where the key is not there.

        >>> sample("level", {"title": {"zh": "网点", "en": "Outlet"}}).titles("title")["en"]
        'Outlet'
        """
        return titles_of(self.data[key], self.at(key), self.faults) if key in self.data else NO_TITLES

    def reading(self) -> Titles | None:
        """Read the mark of a reading of ours.

        >>> sample("limit", {}).reading() is None
        True
        """
        return self.titles("reading") if "reading" in self.data else None

    # -- lists and mappings --

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a text or a list of texts, without repetition; empty where the key is not there.

        >>> sample("link", {"same": ["kind", "respondent"]}).texts("same")
        ('kind', 'respondent')
        """
        if key not in self.data:
            return ()
        value = self.data[key]
        items = value if isinstance(value, list) else [value]
        if not items:
            self.fault(key, "an empty list says nothing", "leave the key out")
        found = []
        for place, item in enumerate(items):
            path = f"{self.at(key)}[{place}]" if isinstance(value, list) else self.at(key)
            text = as_text(item, path, self.faults)
            if text in found:
                self.faults.add(path, "it stands in the list twice", text)
            elif text is not None:
                found.append(text)
        return tuple(found)

    def coded(self, key: str) -> FrozenMap[str, Titles]:
        """Read a table of codes with their titles; empty where the key is not there.

        >>> sample("checklist", {"items": {"cause": {"zh": "原因", "en": "cause"}}}).coded("items")["cause"][
        ...     "en"
        ... ]
        'cause'
        """
        if key not in self.data:
            return FrozenMap()
        value = self.data[key]
        if not isinstance(value, dict) or not value:
            self.fault(key, "codes with their titles are expected", f'write {key}.code = {{ zh = "…", en = "…" }}')
            return FrozenMap()
        for code in value:
            if not is_code(code):
                self.faults.add(self.at(key), "a code has ASCII letters, digits, '_', '-' and '.' only", code)
        return FrozenMap(
            {code: titles_of(titles, f"{self.at(key)}.{code}", self.faults) for code, titles in value.items()}
        )

    def items(self, key: str, *, listed: bool = False) -> Iterator[tuple[str, Any]]:
        """Give each item of a list with its path; nothing where the key is not there.

        `listed` says how the list is written, for a hint: under headings of its own, or in brackets.

        >>> list(sample("hours", {"spans": [5]}).items("spans"))
        [('spans[0]', 5)]
        """
        value = self.data.get(key, [])
        if not isinstance(value, list):
            self.fault(key, "a list is expected", f"write [[{key}]]" if listed else f"write {key} = [ … ]")
            return
        if len(value) > _MOST_ENTRIES:
            self.fault(key, f"at most {_MOST_ENTRIES} entries are read", value=len(value))
            value = value[:_MOST_ENTRIES]
        for place, item in enumerate(value):
            yield f"{self.at(key)}[{place}]", item

    def nodes(self, key: str, shape: Shape) -> Iterator[Node]:
        """Give each table of a list.

        >>> root = sample("file", {"level": [{"id": "outlet", "title": {}}]})
        >>> [node.path for node in root.nodes("level", Shape("a level", ("id", "title")))]
        ['level[0]']
        """
        for path, item in self.items(key, listed=shape.listed):
            yield Node(item, path, self.faults, shape)

    def place_of(self, key: str, code: str) -> str:
        """Give the path of the first table of a list with an id, which is known to be there.

        >>> sample("file", {"level": [5, {"id": "outlet"}]}).place_of("level", "outlet")
        'level[1]'
        """
        tables = enumerate(self.data[key])
        return next(f"{self.at(key)}[{at}]" for at, one in tables if isinstance(one, dict) and one.get("id") == code)

    def named(self, key: str) -> Iterator[tuple[str, str, Any]]:
        """Give name, path and content of each entry of a section whose entries stand under their names.

        >>> list(sample("file", {"facts": {"vip": {}}}).named("facts"))
        [('vip', 'facts.vip', {})]
        """
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, "a table of named entries is expected", f"write [{key}.name]")
            return
        if len(value) > _MOST_ENTRIES:
            self.fault(key, f"at most {_MOST_ENTRIES} entries are read", value=len(value))
        for name, item in list(value.items())[:_MOST_ENTRIES]:
            yield name, f"{self.at(key)}.{name}", item


def as_text(value: object, path: str, faults: Faults) -> str | None:
    """Read a text of printable characters; None where it is something else.

    >>> as_text("14", "cite", Faults("own.toml"))
    '14'
    """
    if not isinstance(value, str):
        faults.add(path, "a text is expected", value, "put it in quotes" if isinstance(value, int | dt.date) else "")
    elif not value.strip():
        faults.add(path, "the text is empty", value, "leave the key out")
    elif len(value) > _LONGEST_TEXT or not value.isprintable():
        faults.add(path, f"a text of up to {_LONGEST_TEXT} printable characters on one line is expected", value)
    else:
        return value
    return None


def as_time(value: object, path: str, faults: Faults) -> dt.time | None:
    """Read a time of day, from 00:00 to 23:59:59.

    >>> as_time("08:30", "clock_starts", Faults("own.toml"))
    datetime.time(8, 30)
    """
    if isinstance(value, dt.time):
        return value
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        faults.add(path, "a time of day is expected", value, "write it as '08:30'")
        return None
    return dt.time(int(match[1]), int(match[2]), int(match[3] or 0))


def titles_of(value: object, path: str, faults: Faults) -> Titles:
    """Read a text in both languages: both must be there.

    >>> titles_of({"zh": "银联工单", "en": "UnionPay ticket"}, "title", Faults("own.toml"))["en"]
    'UnionPay ticket'
    """
    node = Node(value, path, faults, TITLES)
    texts = {lang: node.text(lang) for lang in ("zh", "en")}
    return FrozenMap({lang: text for lang, text in texts.items() if text is not None})


def once(made: Mapping[str, T], key: str, path: str, faults: Faults, what: str) -> bool:
    """Say whether an id is new; a second use of it is a fault.

    >>> once({"whole": 1}, "whole", "limit[1].id", Faults("own.toml"), "limit")
    False
    """
    if key in made:
        faults.add(path, f"there is another {what} with this id", key)
        return False
    return True
