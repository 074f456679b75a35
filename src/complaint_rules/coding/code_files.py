"""A code table (编码表) read key by key: whatever is wrong with it is collected, nothing stops at the first fault.

What such a file can say, and why, stands in ``docs/howto-coding.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from complaint_rules.coding.code_lists import CODE, rows_of
from complaint_rules.coding.facet_codes import FacetCodes
from complaint_rules.coding.facets import Facet, keys_of
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nesting import Nested, nesting_of, upwards
from complaint_rules.documents.nodes import Node, Shape, once
from complaint_rules.documents.toml import Document
from complaint_rules.errors import InvalidMapping
from complaint_rules.mappings import FrozenMap

_FACETS: Final = tuple(facet.value for facet in Facet)
_FILE: Final = Shape("a code table", ("version", "title"), ("downloaded_on", *_FACETS))
_FACET: Final = Shape("a facet", (), ("codes", "file", "columns", "hierarchy", "classes"))
_CLASS: Final = Shape("a class", (), ("title", "under", "keys"))


def fields_of(
    document: Document, name: str, lines: Mapping[str, int] = FrozenMap(), folder: Path | None = None
) -> dict[str, Any]:
    """Read a code table: give the fields of a `CodeTable`.

    Raises `InvalidMapping` with every fault; `name` is the file that it names, `lines` those of its keys, `folder` the
    place where further files stand.

    >>> document = {
    ...     "version": "2",
    ...     "title": {"zh": "甲", "en": "A"},
    ...     "reason": {"codes": {"01": {"key": "funds"}}},
    ... }
    >>> fields_of(document, "codes.toml")["facets"]["reason"].main
    {'funds': '01'}
    """
    faults = Faults(name)
    faults.lines = lines
    node = Node(document, "", faults, _FILE)
    facets = {
        facet.value: _FacetFile(facet, document[facet], faults, folder).read() for facet in Facet if facet in node
    }
    if not facets:
        faults.add("", "it codes nothing: at least one facet is expected", hint="write [business], [reason] or both")
    fields = {
        "version": node.text("version"),
        "title": node.titles("title"),
        "downloaded_on": node.day("downloaded_on"),
        "facets": FrozenMap(facets),
    }
    if found := faults.all(document):
        why = f"the code table is refused; {len(faults)} fault{'' if len(faults) == 1 else 's'}"
        raise InvalidMapping(what="", why=why, where=name, faults=tuple(found))
    return fields


class _Said(NamedTuple):
    """What is said of one code."""

    node: Node
    title: str
    key: str | None
    main: bool
    own: str | None


class _FacetFile:
    """One facet of a code table while it is read."""

    def __init__(self, facet: Facet, data: object, faults: Faults, folder: Path | None) -> None:
        self._before = len(faults)
        self._facet = facet
        self._node = Node(data, facet.value, faults, _FACET)
        self._folder = folder
        self._later: list[Faults] = []
        self._keys = keys_of(facet)

    def read(self) -> FacetCodes:
        faults = self._node.faults
        classes = {code: Node(item, path, faults, _CLASS) for code, path, item in self._node.named("classes")}
        codes = {code: self._said(node, classes) for code, node in self._entries().items()}
        if not codes and not classes and len(faults) == self._before:
            faults.add(self._node.path, "neither codes nor classes are listed")
        under = self._under(codes)
        main = self._main(codes, under)
        self._agree(codes, under, main)
        around = {
            code: Nested(one.data["under"], one.at("under"), faults) for code, one in classes.items() if "under" in one
        }
        found = FacetCodes(
            facet=self._facet,
            codes=FrozenMap({code: one.title for code, one in codes.items()}),
            under=under,
            keys=FrozenMap({code: one.key for code, one in codes.items() if one.key is not None}),
            main=FrozenMap(main),
            classes=FrozenMap({code: one.text("title") or "" for code, one in classes.items()}),
            classes_under=nesting_of(around, classes),
            class_of_code=FrozenMap({code: one.own for code, one in codes.items() if one.own is not None}),
            class_of_key=FrozenMap(self._class_of_key(classes)),
        )
        self._one_class(found, classes)
        for one in self._later:
            if len(one):
                faults.take(one)
        return found

    def _said(self, node: Node, classes: Mapping[str, Node]) -> _Said:
        key = node.choice("key", self._keys.values, f"a key of {self._facet}")
        title = node.text("title") or ""
        return _Said(node, title, key, node.flag("main"), node.choice("class", classes, "a class of one's own"))

    def _entries(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for code, path, item in self._node.named("codes"):
            found[code] = Node(item, path, self._node.faults, CODE)
        if "file" in self._node:
            for code, node in rows_of(self._node, self._folder, self._later):
                if once(found, code, "code", node.faults, "code"):
                    found[code] = node
        elif "columns" in self._node:
            self._node.fault("columns", "no file is named, so it has no effect", "leave it out, or write file = '…'")
        return found

    def _under(self, codes: Mapping[str, _Said]) -> FrozenMap[str, str]:
        """Find what stands under what: as an entry says, else, where the facet says so, by how the code begins."""
        by_prefix = self._node.choice("hierarchy", ("prefix",), "a hierarchy") is not None
        given: dict[str, Nested] = {}
        for code, (node, *_) in codes.items():
            if "under" in node:
                given[code] = Nested(node.data["under"], node.at("under"), node.faults)
            elif by_prefix:
                around = next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in codes), None)
                if around is not None:
                    given[code] = Nested(around, node.at("under"), node.faults)
        return nesting_of(given, codes)

    def _main(self, codes: Mapping[str, _Said], under: Mapping[str, str]) -> dict[str, str]:
        """Find the one code as which each key is counted; of several, one must be marked."""
        by_key: dict[str, list[str]] = {}
        for code, one in codes.items():
            if one.key is None:
                if one.main:
                    one.node.fault("main", "it has no key, so it has no effect", "leave it out")
                continue
            above = [codes[other].key for other in upwards(code, under) if other != code]
            inherited = next((key for key in above if key is not None), None)
            if inherited == one.key:
                one.node.fault("key", "what it stands under has this key already", "leave it out")
            else:
                by_key.setdefault(one.key, []).append(code)
        main: dict[str, str] = {}
        for key, several in by_key.items():
            marked = [code for code in several if codes[code].main]
            last = codes[several[-1]].node
            if len(several) == 1:
                main[key] = several[0]
                if marked:
                    last.fault("main", "no other code has its key, so it has no effect", "leave it out")
            elif len(marked) == 1:
                main[key] = marked[0]
            else:
                why = f"several codes have this key, {', '.join(several)}: as which of them is it counted?"
                last.fault("key", why, "mark one of them with main = true")
        return main

    def _agree(self, codes: Mapping[str, _Said], under: Mapping[str, str], main: Mapping[str, str]) -> None:
        """Note where the two trees contradict one another: totals would agree at one level and not at the next."""
        for code, one in codes.items():
            if one.key is None:
                continue
            line = tuple(upwards(one.key, self._keys.under))
            above = next((other for other in upwards(code, under) if other != code and codes[other].key), None)
            if above is not None and codes[above].key not in line:
                why = f"it is no part of {codes[above].key}, the key of {above}, under which the code stands"
                one.node.fault("key", why)
            around = next((key for key in line[1:] if key in main), None)
            if around is not None and not any(codes[other].key == around for other in upwards(code, under)):
                why = f"it is a part of {around}, and the code does not stand under {main[around]}, the code of that"
                one.node.fault("key", why)

    def _class_of_key(self, classes: Mapping[str, Node]) -> dict[str, str]:
        found: dict[str, str] = {}
        for code, node in classes.items():
            for place, key in enumerate(node.texts("keys")):
                path = f"{node.at('keys')}[{place}]"
                if key not in self._keys.values:
                    node.faults.unknown(path, f"a key of {self._facet} is expected", key, self._keys.values)
                elif key in found:
                    node.faults.add(path, f"the key goes to {found[key]} already", key)
                else:
                    found[key] = code
        return found

    def _one_class(self, found: FacetCodes, classes: Mapping[str, Node]) -> None:
        """Note a key that goes to one class by itself and to another by its code."""
        for key, code in found.main.items():
            said = next(
                (found.class_of_key[one] for one in upwards(key, self._keys.under) if one in found.class_of_key), None
            )
            by_code = next(
                (found.class_of_code[one] for one in upwards(code, found.under) if one in found.class_of_code), None
            )
            if said is not None and by_code is not None and said != by_code:
                classes[said].fault("keys", f"the key goes to {said}, and its code {code} to {by_code}", value=key)
