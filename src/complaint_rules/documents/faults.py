"""Collecting what is wrong with a document: all of it, each with its file and key path, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, final

from complaint_rules.documents.lines import line_of
from complaint_rules.errors import NOTHING, ComplaintRulesError, Fault, did_you_mean

_MOST_FAULTS: Final = 200
_MOST_NAMED: Final = 24
_STEP: Final = re.compile(r"\[([0-9]+)\]|([^.,\[\]]+)")
_PLACE: Final = re.compile(r"([a-z]+)(\[[0-9]+\]|\.[^.\[]+)?")


@final
class Faults:
    """Collects what is wrong with a document, up to a bound; more are counted, not kept.

    >>> faults = Faults("own.toml")
    >>> faults.add("limit[0].within", "a period is expected", 5)
    >>> str(faults.all()[0])
    'own.toml: limit[0].within: a period is expected; got 5'
    """

    __slots__ = ("_beyond", "_found", "lines", "name", "places")

    def __init__(self, name: str, places: Mapping[str, tuple[str, str]] | None = None) -> None:
        """Start with no fault; `places` says of each entry of a merged document which file it came from, and where."""
        self.name: str = name
        self.places: Mapping[str, tuple[str, str]] = places or {}
        self.lines: Mapping[str, int] = {}
        """Line of each key, where the text of the file is at hand (`lines_of`)."""
        self._found: list[tuple[str, Fault]] = []
        self._beyond = 0

    def __len__(self) -> int:
        return len(self._found) + self._beyond

    def where(self, path: str) -> str:
        """Give file and key path of a place in the document, in the file it was written in.

        >>> Faults("own.toml", {"limit[0]": ("base.toml", "limit[3]")}).where("limit[0].until")
        'base.toml: limit[3].until'
        """
        match = _PLACE.match(path)
        for prefix in (match[0], match[1]) if match else ():
            if prefix in self.places:
                name, place = self.places[prefix]
                return f"{name}: {place}{path[len(prefix) :]}"
        line = line_of(path, self.lines)
        file = self.name if line is None else f"{self.name}:{line}".removeprefix(":")
        return ": ".join(filter(None, (file, path)))

    def add(self, path: str, why: str, value: object = NOTHING, hint: str = "") -> None:
        """Note a fault.

        >>> faults = Faults("own.toml")
        >>> faults.add("id", "a code is expected", 5)
        >>> len(faults)
        1
        """
        if len(self._found) >= _MOST_FAULTS:
            self._beyond += 1
        else:
            self._found.append((path, Fault(where=self.where(path), why=why, value=value, hint=hint)))

    def unknown(self, path: str, why: str, word: object, known: Collection[str]) -> None:
        """Note an unknown word, with the closest known one or, where none is close, some of them.

        >>> faults = Faults("own.toml")
        >>> faults.unknown("limit[0].from", "no such kind", "recieved", ["received"])
        >>> faults.all()[0].hint
        "did you mean 'received'?"
        """
        if len(self._found) >= _MOST_FAULTS:  # finding the closest word is the dear part
            self._beyond += 1
        else:
            self.add(path, why, word, did_you_mean(word, known) or _some(known))

    def refused(self, path: str, error: ComplaintRulesError) -> None:
        """Note what another room refused.

        >>> faults = Faults("own.toml")
        >>> faults.refused("quiet", ComplaintRulesError(what="hours", why="they are empty"))
        >>> faults.all()[0].why
        'they are empty'
        """
        self.add(path, error.why, error.value, error.hint)

    def take(self, other: Faults) -> None:
        """Take over what was noted of another file.

        >>> faults, other = Faults("own.toml"), Faults("base.toml")
        >>> other.add("id", "a code is expected")
        >>> faults.take(other)
        >>> faults.all()[0].where
        'base.toml: id'
        """
        for fault in other.all():
            self._found.append(("", fault))

    def all(self, document: object = None) -> list[Fault]:
        """Give the faults in the order of the document, and how many more there are.

        >>> faults = Faults("own.toml")
        >>> for path in ("limit[0].from", "id"):
        ...     faults.add(path, "a slip")
        >>> [fault.where for fault in faults.all({"id": 5, "limit": [{"from": 5}]})]
        ['own.toml: id', 'own.toml: limit[0].from']
        """
        faults = [fault for _, fault in sorted(self._found, key=lambda entry: _position(entry[0], document))]
        if self._beyond:
            faults.append(Fault(where=self.name, why=f"and {self._beyond} more faults"))
        return faults


def _position(path: str, document: object) -> tuple[int, ...]:
    """Give the place of a key path in a document; a key that is missing stands before those that are there."""
    place = []
    for index, name in _STEP.findall(path):
        if index and isinstance(document, list) and int(index) < len(document):
            place.append(int(index))
            document = document[int(index)]
        elif name and isinstance(document, dict) and name in document:
            place.append(list(document).index(name))
            document = document[name]
        else:
            place.append(-1)
            break
    return tuple(place)


def _some(known: Collection[str]) -> str:
    if not known:
        return "none is declared"
    shown = ", ".join(list(known)[:_MOST_NAMED])
    return f"known: {shown}" if len(known) <= _MOST_NAMED else f"known: {shown} …"
