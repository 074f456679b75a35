"""From a file to the fields of a policy: read, merged with what it extends, declared, assembled."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeAlias

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, is_code
from complaint_rules.documents.toml import Document, parse_toml, read_text, refused, text_given
from complaint_rules.documents.values import plain_given
from complaint_rules.errors import UnreadableInput
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.assembling import Assembly
from complaint_rules.policy.files.declarations import declared
from complaint_rules.policy.files.extending import Shelf, blamed, merged
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.files.vocabulary import common

Fields: TypeAlias = dict[str, Any]
"""What `Policy` takes, by the names of its fields."""
_VOCABULARY: Final = "vocabulary"
_WHAT: Final = "policy file"
_DEEPEST: Final = 24


# --- the shipped files ---


def _folder() -> Traversable:
    return files("complaint_rules") / "rules"


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, tuple[str, ...]]:
    """Give the shipped files by policy id: ``id.toml``, or ``id@edition.toml`` where there are several editions.

    >>> shipped()["psbc-95580"]
    ('psbc-95580.toml',)
    """
    names = sorted(entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        code = name.removesuffix(".toml").split("@")[0]
        if code != _VOCABULARY:
            found[code] = (*found.get(code, ()), name)
    return FrozenMap(found)


@lru_cache(maxsize=64)
def shipped_document(name: str) -> Document:
    """Give a shipped file as a document.

    >>> shipped_document("psbc-95580.toml")["edition"]
    '2016'
    """
    return parse_toml((_folder() / name).read_text("utf-8"), name=name)


# --- a file, a text or a stored document ---


def fields_of_file(path: str | os.PathLike[str], parameters: Mapping[str, Any] | None) -> Fields:
    """Read a policy file of one's own; see `Policy.from_file`.

    >>> fields_of_file("docs", None)
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: policy file: ...
    """
    text = read_text(path, what=_WHAT)
    place = Path(path)
    document = parse_toml(text, name=place.name)
    return fields_of(document, place.name, plain_given(parameters), folder=place.parent)


def fields_of_text(text: str, name: str, parameters: Mapping[str, Any] | None) -> Fields:
    """Read the text of a policy file; see `Policy.from_text`.

    >>> fields_of_text("", "own.toml", None)
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: own.toml: policy file: it is empty
    """
    checked = text_given(text, name=name, what=_WHAT)
    return fields_of(parse_toml(checked, name=name), name, plain_given(parameters))


def fields_of_document(document: str | Mapping[str, Any], name: str, parameters: Mapping[str, Any] | None) -> Fields:
    """Read what `Policy.document` gave, or a policy file already parsed; see `Policy.from_document`.

    >>> fields_of_document("{}", "policy", None)
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: policy document: this is none; got '{}'
    """
    given = plain_given(parameters)
    if isinstance(document, Mapping) and "policy" not in document:
        return fields_of(_plain(document, 0), name, given)
    try:
        whole: Any = json.loads(document, parse_float=Decimal) if isinstance(document, str) else document
        policy, name, before = whole["policy"], whole["name"], whole["parameters"]
    except (TypeError, ValueError, LookupError, RecursionError):
        raise UnreadableInput(what="policy document", why="this is none", value=document) from None
    shapes: tuple[tuple[object, type], ...] = ((policy, Mapping), (name, str), (before, Mapping))
    if not all(isinstance(part, shape) for part, shape in shapes):
        raise UnreadableInput(what="policy document", why="this is none", value=document)
    return fields_of(_plain(policy, 0), name, {**before, **given})


def _plain(value: Any, depth: int) -> Any:
    """Copy a parsed document: tables and lists of what TOML knows, so that nobody changes it while it is read."""
    if depth > _DEEPEST:
        raise UnreadableInput(what="policy document", why=f"tables stand in one another more than {_DEEPEST} deep")
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise UnreadableInput(what="policy document", why="a key is text", value=key)
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, float):  # as other parsers of TOML and JSON give them; what is written is what is meant
        return Decimal(repr(value))
    return value


def fields_of(document: Document, name: str, given: Mapping[str, Any], *, folder: Path | None = None) -> Fields:
    """Give the fields of the policy that a document states; `name` stands for its file in messages.

    Raises `InvalidPolicy` with every fault.

    >>> fields_of(shipped_document("psbc-95580.toml"), "psbc-95580.toml", {})["edition"]
    '2016'
    """
    faults = Faults(name)
    one = merged(document, name, _shelf(folder), faults)
    faults.places = one.places
    root = Node(one.document, "", faults, SHAPES["file"])
    known = common()
    lists = {key: vocabulary.paths for key, vocabulary in known.vocabularies.items()}
    says = declared(root, given, known.facts, known.events, lists)
    built = Assembly(root, says)
    if len(faults):
        raise refused(name, blamed(faults.all(one.document), one))
    return built.fields(name, one.document, given)


def _shelf(folder: Path | None) -> Shelf:
    def find(id: str, edition: str) -> tuple[str, Document] | None:
        for name in shipped().get(id, ()):
            if str(shipped_document(name).get("edition")) == edition:
                return name, shipped_document(name)
        for name, document in () if folder is None else editions_in(folder, id):
            if document.get("edition") == edition:
                return name, document
        return None

    def editions(id: str) -> tuple[str, ...]:
        own = [str(document.get("edition")) for _, document in (() if folder is None else editions_in(folder, id))]
        return (*(str(shipped_document(name).get("edition")) for name in shipped().get(id, ())), *own)

    return Shelf(find, editions, lambda: tuple(sorted(shipped())))


def editions_in(folder: Path, id: str) -> list[tuple[str, Document]]:
    """Give the files of a folder that hold an id, in any edition: ``id.toml``, and those called ``id@….toml``.

    Raises `InvalidPolicy` for a file of that name that holds another id: passed over, it would be missed by nobody.

    >>> editions_in(Path("docs"), "psbc-95580")
    []
    """
    found = []
    for place in sorted((*folder.glob(f"{id}.toml"), *folder.glob(f"{id}@*.toml"))) if is_code(id) else ():
        document = parse_toml(read_text(place, what=_WHAT, named=place.name), name=place.name)
        if document.get("id", id) != id:
            faults = Faults(place.name)
            faults.add("id", "the id of a policy in a folder is the name of its file", document["id"], id)
            raise refused(place.name, faults.all())
        found.append((place.name, document))
    return found


def ids_in(folder: Path) -> tuple[str, ...]:
    """Name the ids of the policy files of a folder, by their names.

    >>> ids_in(Path("docs"))
    ()
    """
    codes = {place.name.removesuffix(".toml").split("@")[0] for place in folder.glob("*.toml")}
    return tuple(sorted(code for code in codes if is_code(code)))
