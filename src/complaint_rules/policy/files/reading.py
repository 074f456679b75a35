"""From a file to the fields of a policy: read, merged with what it extends, declared, assembled."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeAlias

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, is_code
from complaint_rules.documents.toml import Document, as_text, parse_toml, read_bytes, refused
from complaint_rules.documents.values import plain_given
from complaint_rules.errors import UnreadableInput
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.assembling import Assembly
from complaint_rules.policy.files.declarations import declared
from complaint_rules.policy.files.extending import Find, blamed, merged
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.files.vocabulary import common

Fields: TypeAlias = dict[str, Any]
"""What `Policy` takes, by the names of its fields."""
_VOCABULARY: Final = "vocabulary"
_WHAT: Final = "policy file"


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
    content = read_bytes(path, what=_WHAT)
    place = Path(path)
    document = parse_toml(as_text(content, name=str(place), what=_WHAT), name=place.name)
    return fields_of(document, place.name, plain_given(parameters), folder=place.parent)


def fields_of_text(text: str, name: str, parameters: Mapping[str, Any] | None) -> Fields:
    """Read the text of a policy file; see `Policy.from_text`.

    >>> fields_of_text("", "own.toml", None)
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: own.toml: policy file: it is empty
    """
    if not isinstance(text, str):
        raise UnreadableInput(where=name, what=_WHAT, why="the text of a file is expected", value=text)
    checked = as_text(text.encode("utf-8", "surrogatepass"), name=name, what=_WHAT)
    return fields_of(parse_toml(checked, name=name), name, plain_given(parameters))


def fields_of_document(document: str) -> Fields:
    """Read what `Policy.document` gave; see `Policy.from_document`.

    >>> fields_of_document("{}")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: policy document: this is none; got '{}'
    """
    try:
        whole = json.loads(document)
        policy, name, given = whole["policy"], whole["name"], whole["parameters"]
    except (TypeError, ValueError, LookupError, RecursionError):
        raise UnreadableInput(what="policy document", why="this is none", value=document) from None
    if not isinstance(policy, dict) or not isinstance(name, str) or not isinstance(given, dict):
        raise UnreadableInput(what="policy document", why="this is none", value=document)
    return fields_of(policy, name, given)


def fields_of(document: Document, name: str, given: Mapping[str, Any], *, folder: Path | None = None) -> Fields:
    """Give the fields of the policy that a document states; `name` stands for its file in messages.

    Raises `InvalidPolicy` with every fault.

    >>> fields_of(shipped_document("psbc-95580.toml"), "psbc-95580.toml", {})["edition"]
    '2016'
    """
    faults = Faults(name)
    one = merged(document, name, _finder(folder), lambda: tuple(sorted(shipped())), faults)
    faults.places = one.places
    root = Node(one.document, "", faults, SHAPES["file"])
    known = common()
    lists = {key: vocabulary.values for key, vocabulary in known.vocabularies.items()}
    says = declared(root, given, known.facts, known.events, lists)
    built = Assembly(root, says)
    if len(faults):
        raise refused(name, blamed(faults.all(one.document), one.removed))
    return built.fields(name, one.document, given)


def _finder(folder: Path | None) -> Find:
    def find(id: str, edition: str) -> tuple[str, Document] | None:
        for name in shipped().get(id, ()):
            if str(shipped_document(name).get("edition")) == edition:
                return name, shipped_document(name)
        if folder is None or not is_code(edition):
            return None
        for name in (f"{id}.toml", f"{id}@{edition}.toml"):
            beside = folder / name
            if beside.is_file():
                text = as_text(read_bytes(beside, what=_WHAT), name=name, what=_WHAT)
                document = parse_toml(text, name=name)
                if document.get("id") == id and document.get("edition") == edition:
                    return name, document
        return None

    return find
