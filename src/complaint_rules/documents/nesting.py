"""What stands under what: a list of codes that is a tree, as vocabularies and code tables are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from complaint_rules.documents.faults import Faults
from complaint_rules.mappings import FrozenMap


class Nested(NamedTuple):
    """What a file says an entry stands under, and where it says so."""

    under: object
    """The code of the entry around it, as written."""
    path: str
    """The place in the file."""
    faults: Faults
    """Where to note what is wrong with it."""


def nesting_of(given: Mapping[str, Nested], known: Collection[str]) -> FrozenMap[str, str]:
    """Check what stands under what: give each code that has one the code around it; what is wrong is left out.

    >>> faults = Faults("own.toml")
    >>> under = {"cards_1": Nested("cards", "a", faults), "cards": Nested("card", "b", faults)}
    >>> nesting_of(under, ["cards", "cards_1"])
    {'cards_1': 'cards'}
    >>> [str(fault) for fault in faults.all()]
    ["own.toml: b: nothing of this code is listed; got 'card'; did you mean 'cards'?"]
    """
    under: dict[str, str] = {}
    for code, (around, path, faults) in given.items():
        if code not in known:
            faults.unknown(path, "nothing of this code is listed", code, known)
        elif not isinstance(around, str) or around not in known:
            faults.unknown(path, "nothing of this code is listed", around, known)
        elif code in upwards(around, under):  # asked before it is taken in, so that going up always ends
            faults.add(path, "it would stand under itself", around)
        else:
            under[code] = around
    return FrozenMap(under)


def upwards(code: str, under: Mapping[str, str]) -> Iterator[str]:
    """Give a code, and then what it stands under, up to the top.

    >>> list(upwards("sms", {"sms": "electronic", "electronic": "front_office"}))
    ['sms', 'electronic', 'front_office']
    """
    yield code
    while code in under:
        code = under[code]
        yield code


def in_tree_order(codes: Collection[str], under: Mapping[str, str]) -> tuple[str, ...]:
    """Order codes so that each is followed by what stands under it; otherwise as they are listed.

    >>> in_tree_order(["a", "b", "a1", "b1", "a2"], {"a1": "a", "a2": "a", "b1": "b"})
    ('a', 'a1', 'a2', 'b', 'b1')
    """
    below: dict[str | None, list[str]] = {}
    for code in codes:
        below.setdefault(under.get(code), []).append(code)

    found: list[str] = []
    waiting = below.pop(None, [])[::-1]
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting += below.pop(code, [])[::-1]
    return tuple(found)
