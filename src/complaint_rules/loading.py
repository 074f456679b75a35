"""From a policy file to a `Policy`: one door for the shipped files and a bank's own, every fault found and located."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from complaint_rules.errors import UnknownPolicy, UnreadableInput, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_day
from complaint_rules.policy import Policy

# The rooms that read a file stay shut until one is read: with what they need they would be a fifth of the import.
if TYPE_CHECKING:
    import os
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from complaint_rules.documents import Document
    from complaint_rules.extending import Find

_VOCABULARY: Final = "vocabulary"
_WHAT: Final = "policy file"


# --- the shipped files ---


def _folder() -> Traversable:
    from importlib.resources import files

    return files("complaint_rules") / "rules"


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, tuple[str, ...]]:
    """Give the shipped files by policy id: ``id.toml``, or ``id@edition.toml`` where there are several editions."""
    names = sorted(entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        code = name.removesuffix(".toml").split("@")[0]
        if code != _VOCABULARY:
            found[code] = (*found.get(code, ()), name)
    return FrozenMap(found)


@lru_cache(maxsize=64)
def _shipped_document(name: str) -> Document:
    from complaint_rules.documents import parse_toml

    return parse_toml((_folder() / name).read_text("utf-8"), name=name)


def policies() -> tuple[str, ...]:
    """Give the ids of the policies shipped, sorted.

    >>> "psbc-95580" in policies()
    True
    """
    return tuple(sorted(_shipped()))


def load_policy(
    id: str,
    *,
    on: dt.date | None = None,
    edition: str | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Policy:
    """Load a shipped policy (规则集).

    `on` picks the edition in force on that day (施行日期 to 失效日期, both inclusive; a date the text does not give
    bounds nothing), `edition` picks one by name. `parameters` supplies figures that the text leaves open, as values or
    as text (``{"short_time": "7 days"}``). The same question gives the same object.

    Raises `UnknownPolicy` for an id that is not shipped, an edition that is not, a day on which none was in force,
    and where several editions fit; `InvalidPolicy` for parameters that the policy does not have or that do not fit.

    >>> load_policy("psbc-95580").edition
    '2016'
    >>> load_policy("psbc-95850")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownPolicy: policy: no such policy is shipped; got 'psbc-95850'; did you mean...
    """
    from complaint_rules.documents import canonical
    from complaint_rules.values import plain_given

    wanted: object = id
    names = _shipped().get(wanted, ()) if isinstance(wanted, str) else ()
    if not names:
        hint = did_you_mean(id, policies()) or f"shipped: {', '.join(policies())}"
        raise UnknownPolicy(what="policy", why="no such policy is shipped", value=id, hint=hint)
    name = _edition(id, names, on, edition)
    return _loaded(name, canonical(plain_given(parameters)))


def _edition(id: str, names: tuple[str, ...], on: dt.date | None, edition: str | None) -> str:
    day = None if on is None else as_day(on, what="on")
    texts = {name: _shipped_document(name) for name in names}
    editions = {name: str(text.get("edition")) for name, text in texts.items()}
    fitting = [
        name
        for name, text in texts.items()
        if edition in (None, editions[name]) and (day is None or _in_force(text, day))
    ]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"edition {editions[name]} ({_dates(text)})" for name, text in texts.items())
    if fitting:
        raise UnknownPolicy(
            what=f"policy {id!r}", why="several editions fit", hint=f"pass on= or edition=; there are: {listed}"
        )
    value = edition if day is None else day.isoformat() if edition is None else f"{edition}, {day.isoformat()}"
    why = "there is no such edition" if day is None else "no edition is in force on that day"
    raise UnknownPolicy(what=f"policy {id!r}", why=why, value=value, hint=f"there are: {listed}")


def _in_force(document: Document, day: dt.date) -> bool:
    first, last = document.get("effective_from"), document.get("effective_until")
    return not (isinstance(first, dt.date) and day < first) and not (isinstance(last, dt.date) and day > last)


def _dates(document: Document) -> str:
    first, last = document.get("effective_from"), document.get("effective_until")
    if first is None and last is None:
        return "dates not known"
    return f"from {first or '…'} until {last or '…'}"


@lru_cache(maxsize=64)
def _loaded(name: str, given: str) -> Policy:
    import json

    from complaint_rules.documents import refused
    from complaint_rules.faults import Faults

    document = _shipped_document(name)
    policy = _policy(document, name, json.loads(given))
    code = name.removesuffix(".toml").split("@")[0]
    if policy.id != code:
        faults = Faults(name)
        faults.add("id", "the id of a shipped policy is the name of its file", policy.id, code)
        raise refused(name, faults.all())
    return policy


# --- a bank's own files ---


def policy_from_file(path: str | os.PathLike[str], *, parameters: Mapping[str, Any] | None = None) -> Policy:
    """Load a policy file of one's own; one that it extends is shipped, or stands beside it as ``id.toml``.

    Raises `UnreadableInput` for a path that cannot be read as text of at most 1 MiB, `InvalidPolicy` with every fault.

    >>> policy_from_file("docs")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: policy file: ...
    """
    from pathlib import Path

    from complaint_rules.documents import as_text, parse_toml, read_bytes
    from complaint_rules.values import plain_given

    content = read_bytes(path, what=_WHAT)
    place = Path(path)
    document = parse_toml(as_text(content, name=str(place), what=_WHAT), name=place.name)
    return _policy(document, place.name, plain_given(parameters), folder=place.parent)


def policy_from_text(text: str, *, name: str = "policy", parameters: Mapping[str, Any] | None = None) -> Policy:
    """Load a policy from the text of a file; `name` stands for the file in messages.

    Raises `InvalidPolicy` with every fault.

    >>> policy_from_text("id = 5", name="own.toml")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: own.toml: the policy is refused; 5 faults
      own.toml: edition: a policy file needs this key, and it is missing
      own.toml: title: a policy file needs this key, and it is missing
      own.toml: issuer: a policy file needs this key, and it is missing
      own.toml: checked_on: a policy file needs this key, and it is missing
      own.toml: id: a code of up to 80 ASCII letters, digits, '_', '-' and '.' is expected; got 5
    """
    from complaint_rules.documents import as_text, parse_toml
    from complaint_rules.values import plain_given

    if not isinstance(text, str):
        raise UnreadableInput(where=name, what=_WHAT, why="the text of a file is expected", value=text)
    checked = as_text(text.encode("utf-8", "surrogatepass"), name=name, what=_WHAT)
    return _policy(parse_toml(checked, name=name), name, plain_given(parameters))


def policy_from_document(document: str) -> Policy:
    """Load a policy from `Policy.document`: how a policy crosses from one process to another.

    Raises `UnreadableInput` for a text that is no such document.

    >>> policy = load_policy("psbc-95580")
    >>> policy_from_document(policy.document) == policy
    True
    """
    import json

    try:
        whole = json.loads(document)
        policy, name, given = whole["policy"], whole["name"], whole["parameters"]
    except (TypeError, ValueError, LookupError, RecursionError):
        raise UnreadableInput(what="policy document", why="this is none", value=document) from None
    if not isinstance(policy, dict) or not isinstance(name, str) or not isinstance(given, dict):
        raise UnreadableInput(what="policy document", why="this is none", value=document)
    return _policy(policy, name, given)


# --- from a document to a policy ---


def _finder(folder: Path | None) -> Find:
    from complaint_rules.documents import as_text, parse_toml, read_bytes
    from complaint_rules.nodes import is_code

    def find(id: str, edition: str) -> tuple[str, Document] | None:
        for name in _shipped().get(id, ()):
            if str(_shipped_document(name).get("edition")) == edition:
                return name, _shipped_document(name)
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


def _policy(document: Document, name: str, given: Mapping[str, Any], *, folder: Path | None = None) -> Policy:
    from complaint_rules.assembling import Assembly
    from complaint_rules.declarations import declared
    from complaint_rules.documents import refused
    from complaint_rules.extending import merged
    from complaint_rules.faults import Faults
    from complaint_rules.nodes import Node
    from complaint_rules.vocabulary import common

    faults = Faults(name)
    one = merged(document, name, _finder(folder), policies, faults)
    faults.places = one.places
    root = Node(one.document, "", faults, "file")
    known = common()
    lists = {key: vocabulary.values for key, vocabulary in known.vocabularies.items()}
    says = declared(root, given, known.facts, known.events, lists)
    built = Assembly(root, says)
    if len(faults):
        raise refused(name, faults.all(one.document))
    return built.policy(name, one.document, given)
