"""A policy that extends another: the two documents become one, entry by entry, and every entry keeps its origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, is_code
from complaint_rules.documents.toml import Document
from complaint_rules.errors import Fault, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.citations import citations_of, cited_as_base
from complaint_rules.policy.files.shapes import ENTRIES, NAMED, SHAPES, SINGLE

_LONGEST_CHAIN: Final = 8
_MOST_READERS: Final = 6
_MEND: Final = {True: "remove or rewrite that as well", False: "keep what others read, or rewrite that as well"}
_OWN: Final = (
    "id", "edition", "title", "issuer", "checked_on", "effective_from", "effective_until", "extends", "remove",
    "citation", "source", "trade", "url", "article",
)  # fmt: skip
_NOTES: Final = "note"
_CITED: Final = "cited"
_DISPLACED: Final = "displaced"
_NO_RULES: Final = frozenset({"level", "body", "cited"})

Places: TypeAlias = dict[str, tuple[str, str]]
"""Of each entry: the file it was written in, and its place there."""
Find: TypeAlias = Callable[[str, str], tuple[str, Document] | None]
"""Gives name and document of a policy by id and edition; None where there is none."""


class Shelf(NamedTuple):
    """Where the policies stand that another may extend."""

    find: Find
    """Finds one by id and edition."""
    editions: Callable[[str], tuple[str, ...]]
    """Names the editions there are of an id, for messages."""
    ids: Callable[[], tuple[str, ...]]
    """Names the ids there are, for messages."""


@final
@attrs.frozen
class Merged:
    """A document with what it extends merged into it."""

    document: Document
    """The whole document; it extends nothing any more."""
    places: Mapping[str, tuple[str, str]]
    """Where each entry was written, if the document extends another."""
    removed: Mapping[str, str] = FrozenMap()
    """Of each id that an extending document removed: where it says so, as ``own.toml: remove[0]``."""
    replaced: Mapping[str, str] = FrozenMap()
    """Of each id of which an extending document has an entry of its own: where that stands."""


def merged(document: Document, name: str, shelf: Shelf, faults: Faults) -> Merged:
    """Merge a document with what it extends, and that with what it extends.

    Merged by section and id: an entry with an id replaces the base's entry in its place, new ones follow, what
    ``remove`` names is left out; notes of both are kept; what is inherited cites its own text by name. What
    says which text this is (id, edition, title, dates) is never inherited. A policy that
    extends itself, directly or round a corner, is a fault.

    >>> base = {"id": "base", "table": [{"id": "a"}, {"id": "b"}]}
    >>> own = {
    ...     "extends": {"id": "base", "edition": "1"},
    ...     "table": [{"id": "b", "first": []}],
    ...     "remove": ["table/a"],
    ... }
    >>> faults = Faults("own.toml")
    >>> shelf = Shelf(lambda *_: ("base.toml", base), lambda _: ("1",), lambda: ("base",))
    >>> merged(own, "own.toml", shelf, faults).document["table"]
    [{'id': 'b', 'first': []}]
    """
    chain: list[tuple[str, Document]] = [(name, document)]
    seen = {_key(document)}
    while "extends" in chain[-1][1]:
        found = _base_of(chain, shelf, faults, seen)
        if found is None:
            break
        chain.append(found)
    if len(chain) == 1:
        if "remove" in document:
            why = "nothing can be removed, because nothing is extended"
            faults.add("remove", why, document["remove"])
        return Merged({key: value for key, value in document.items() if key not in ("extends", "remove")}, {})
    last, top = chain[-1]
    places = {place: (last, place) for place in _places(top)}
    removed: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for file, own in reversed(chain[:-1]):
        noted = Faults(file)
        text, top = cited_as_base(top)
        texts = _list(top, _CITED)
        top[_CITED] = [*texts, text]
        places[f"{_CITED}[{len(texts)}]"] = (file, "extends")
        _names_of_texts(top, own, noted)
        displaced = [*_list(top, _DISPLACED), *_displaced(top, own)]
        top, places = _merge(top, places, own, file, noted)
        if displaced:
            top[_DISPLACED] = displaced
            places[_DISPLACED] = (file, "extends")
        removed |= {
            item.partition("/")[2]: f"{file}: remove[{place}]"
            for place, item in enumerate(_list(own, "remove"))
            if isinstance(item, str)
        }
        for section in ENTRIES:
            codes = (_id(entry) for entry in _list(own, section))
            replaced |= {code: f"{file}: {section}[{at}]" for at, code in enumerate(codes) if code is not None}
        faults.take(noted)
    whole = {key: value for key, value in top.items() if key not in ("extends", "remove")}
    return Merged(whole, places, removed, replaced)


def blamed(faults: Sequence[Fault], one: Merged) -> list[Fault]:
    """Lay what other files are said to lack at the door of the file that removed or replaced it.

    >>> fault = Fault(
    ...     where="base.toml: duty[3].when, character 6", why="the limit is unknown", value="decide"
    ... )
    >>> str(blamed([fault], Merged({}, {}, removed={"decide": "own.toml: remove[0]"}))[0])
    "own.toml: remove[0]: what is removed is still read in base.toml: duty[3].when; got 'decide'; remove or rewrite ..."
    """
    readers: dict[tuple[str, str, object], dict[str, None]] = {}
    found: list[Fault] = []
    for fault in faults:
        name = fault.value if isinstance(fault.value, str) else ""
        removed = one.removed.get(name)
        replaced = next((where for code, where in one.replaced.items() if repr(code) in fault.why), None)
        where = removed or replaced
        if where is None or fault.where.startswith(f"{where.partition(':')[0]}:"):
            found.append(fault)
        else:
            why = "what is removed is still read" if removed else f"{fault.why}, which is read"
            readers.setdefault((where, why, fault.value), {})[fault.where.partition(", ")[0]] = None
    told = [
        Fault(where=where, why=f"{why} in {_some(list(places))}", value=value, hint=_MEND["remove[" in where])
        for (where, why, value), places in readers.items()
    ]
    return [*told, *found]


def _some(places: Sequence[str]) -> str:
    shown = ", ".join(places[:_MOST_READERS])
    return shown if len(places) <= _MOST_READERS else f"{shown} and {len(places) - _MOST_READERS} more places"


def _key(document: Document) -> tuple[str, str]:
    return str(document.get("id")), str(document.get("edition"))


def _base_of(
    chain: list[tuple[str, Document]],
    shelf: Shelf,
    faults: Faults,
    seen: set[tuple[str, str]],
) -> tuple[str, Document] | None:
    """Find what the last of the chain extends."""
    noted = Faults(chain[-1][0])
    node = Node(chain[-1][1]["extends"], "extends", noted, SHAPES["extends"])
    wanted, edition = node.code("id"), node.text("edition")
    found = None
    if wanted is not None and edition is not None:
        if (wanted, edition) in seen:
            steps = " → ".join([*(str(document.get("id")) for _, document in chain), wanted])
            node.fault("id", "the policy extends itself", value=steps)
        elif len(chain) > _LONGEST_CHAIN:
            node.fault("id", f"more than {_LONGEST_CHAIN} policies extend one another")
        else:
            seen.add((wanted, edition))
            found = shelf.find(wanted, edition)
            if found is None:
                why = f"there is no policy {wanted!r} of edition {edition!r}"
                editions = shelf.editions(wanted)
                if editions:
                    hint = did_you_mean(edition, editions) or "there is " + ", ".join(map(repr, editions))
                    noted.add("extends.edition", why, edition, hint)
                else:
                    noted.unknown("extends", why, wanted, shelf.ids())
    faults.take(noted)
    return found


def _list(document: Document, section: str) -> list[Any]:
    value = document.get(section, [])
    return value if isinstance(value, list) else []


def _named(document: Document, section: str) -> dict[str, Any]:
    value = document.get(section, {})
    return value if isinstance(value, dict) else {}


def _places(document: Document) -> Iterator[str]:
    for section, value in document.items():
        if section in (*ENTRIES, _NOTES) and isinstance(value, list):
            yield from (f"{section}[{place}]" for place in range(len(value)))
        elif section in NAMED and isinstance(value, dict):
            yield from (f"{section}.{name}" for name in value)
        elif section not in _OWN:
            yield section


def _id(entry: object) -> str | None:
    code = entry.get("id") if isinstance(entry, dict) else None
    return code if is_code(code) else None


def _merge(base: Document, places: Places, own: Document, file: str, faults: Faults) -> tuple[Document, Places]:
    """Lay one document over another; `places` are those of the base."""
    gone = _removed(base, own, faults)
    kept = {key: value for key, value in base.items() if key not in _OWN and key not in gone}
    result: Document = {key: own[key] for key in _OWN if key in own}
    origin: Places = {}
    for section in [*kept, *(key for key in own if key not in kept and key not in _OWN)]:
        parts = [document[section] for document in (kept, own) if section in document]
        if section in ENTRIES and all(isinstance(part, list) for part in parts):
            entries = _entries(section, _list(kept, section), _list(own, section), gone, (file, places))
            result[section] = [entry for entry, _ in entries]
            origin |= {f"{section}[{place}]": written for place, (_, written) in enumerate(entries)}
        elif section in NAMED and all(isinstance(part, dict) for part in parts):
            base_part = {name: item for name, item in _named(kept, section).items() if f"{section}/{name}" not in gone}
            own_part = _named(own, section)
            result[section] = base_part | own_part
            origin |= {f"{section}.{name}": places[f"{section}.{name}"] for name in base_part}
            origin |= {f"{section}.{name}": (file, f"{section}.{name}") for name in own_part}
        elif section == _NOTES and all(isinstance(part, list) for part in parts):
            old, new = _list(kept, section), _list(own, section)
            result[section] = [*old, *new]
            origin |= {f"{section}[{place}]": places[f"{section}[{place}]"] for place in range(len(old))}
            origin |= {f"{section}[{len(old) + place}]": (file, f"{section}[{place}]") for place in range(len(new))}
        elif section in own:
            result[section] = own[section]
            origin[section] = (file, section)
        else:
            result[section] = kept[section]
            origin[section] = places[section]
    return result, origin


def _names_of_texts(base: Document, own: Document, faults: Faults) -> None:
    """Note texts of one's own that take the name of another one in the policy extended: its rules would cite them."""
    known = {_id(text): text for text in _list(base, _CITED)}
    for place, text in enumerate(_list(own, _CITED)):
        code = _id(text)
        if code in known and known[code].get("title") != text.get("title"):
            why = "the policy extended cites another text by this name"
            faults.add(f"{_CITED}[{place}].id", why, code, "take another name")


def _displaced(base: Document, own: Document) -> list[Document]:
    """List the rules of a base that the own document replaces or removes: a reader of the base's text asks for them."""
    gone = set(map(str, _list(own, "remove")))
    found = []
    for section in ENTRIES:
        mine = {_id(entry) for entry in _list(own, section)} if section not in _NO_RULES else set()
        for entry in _list(base, section) if section not in _NO_RULES else ():
            code = _id(entry)
            if code is not None and (code in mine or f"{section}/{code}" in gone):
                one: Document = {"rule": f"{section}/{code}", "cites": citations_of(entry)}
                found.append(one | ({"replaced": True} if code in mine else {}))
    return found


def _entries(
    section: str, base: list[Any], own: list[Any], gone: set[str], trace: tuple[str, Places]
) -> list[tuple[Any, tuple[str, str]]]:
    """Merge the entries of a section, each with where it was written."""
    file, places = trace
    replacing = {_id(entry): place for place, entry in enumerate(own) if _id(entry) is not None}
    result, used = [], set()
    for place, entry in enumerate(base):
        code = _id(entry)
        if code in replacing and code is not None:
            used.add(replacing[code])
            result.append((own[replacing[code]], (file, f"{section}[{replacing[code]}]")))
        elif f"{section}/{code}" not in gone:
            result.append((entry, places[f"{section}[{place}]"]))
    result += [(entry, (file, f"{section}[{place}]")) for place, entry in enumerate(own) if place not in used]
    return result


def _removed(base: Document, own: Document, faults: Faults) -> set[str]:
    """Name what the own document removes from its base; what is not there is a fault."""
    known: list[str] = [key for key in SINGLE if key in base]
    for section in ENTRIES:
        known += [f"{section}/{_id(entry)}" for entry in _list(base, section) if _id(entry) is not None]
    for section in NAMED:
        known += [f"{section}/{name}" for name in _named(base, section)]
    value = own.get("remove", [])
    if not isinstance(value, list):
        faults.add("remove", "a list is expected", value, 'write remove = ["limit/decide"]')
        return set()
    gone: set[str] = set()
    for place, item in enumerate(value):
        if isinstance(item, str) and item in known:
            gone.add(item)
        else:
            faults.unknown(f"remove[{place}]", "the policy extended has no such entry", item, known)
    return gone
