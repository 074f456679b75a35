"""A kit as a folder: written so that nothing else is lost, read only as it was written."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, final

import attrs

from complaint_rules.cases.plain import json_value
from complaint_rules.documents.toml import as_text, read_bytes
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidKit, UnreadableInput
from complaint_rules.mappings import FrozenMap

LIST: Final = "kit.json"
"""The file that makes a folder a kit: what is in it, with digests."""
FORMAT: Final = "complaint-rules/kit/1"
"""Version of the shape of a kit."""
_WHAT: Final = "kit"
_OURS: Final = re.compile(
    r"cases\.jsonl|calendar\.json|README\.md|kit\.json|schemas/[a-z]+\.schema\.json|"
    r"policies/[A-Za-z0-9][A-Za-z0-9_.@-]*\.json"
)
_FOLDERS: Final = ("policies", "schemas")
_LARGEST: Final = 1 << 29
_LARGEST_LIST: Final = 1 << 22
_MOST_TOLD: Final = 50


def digest(content: bytes) -> str:
    """Give the digest of a file, by which a later change is seen.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def write_folder(files: Mapping[str, bytes], path: str | os.PathLike[str]) -> None:
    """Write the files of a kit into a folder, the list last; a kit that is there is replaced, and nothing else is.

    Raises `UnreadableInput` for a path that is a file, a folder that holds other things and is no kit, and where it
    cannot be written.

    >>> write_folder({}, "README.md")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: README.md: kit: this is a file, and no folder; name a new folder
    """
    folder = folder_of(path)
    before = _replaced(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(files, key=lambda name: (name == LIST, name)):
            _put(folder, name, files[name])
        for name in before:
            if name not in files and _OURS.fullmatch(name):
                (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UnreadableInput(what=_WHAT, why=f"it cannot be written: {error.strerror}", where=str(folder)) from None


def folder_of(path: object) -> Path:
    """Give the folder of a kit as a path; raises `UnreadableInput` for what is none.

    >>> folder_of(None)
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: kit: a path is expected; got None
    """
    if not isinstance(path, str | os.PathLike) or isinstance(path, bytes) or "\0" in str(path):
        raise UnreadableInput(what=_WHAT, why="a path is expected", value=path)
    return Path(path)


def _put(folder: Path, name: str, content: bytes) -> None:
    """Write a file under another name first, so that it is there as a whole or not at all."""
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    beside = place.with_name(f".{place.name}.new")
    beside.write_bytes(content)
    beside.replace(place)


def _replaced(folder: Path) -> tuple[str, ...]:
    """Give the files of the kit that is there already; raises where something else is."""
    where = str(folder)
    if not folder.exists():
        return ()
    if not folder.is_dir():
        raise UnreadableInput(what=_WHAT, why="this is a file, and no folder", where=where, hint="name a new folder")
    if not any(folder.iterdir()):
        return ()
    if not (folder / LIST).is_file():
        why = "the folder holds other things, and is no kit"
        raise UnreadableInput(what=_WHAT, why=why, where=where, hint="name a new folder")
    return tuple(list_of(folder)["files"])


def list_of(folder: Path) -> Mapping[str, Any]:
    """Read the list of a kit: its rule sets, how many cases it has, and its files with their digests.

    Raises `UnreadableInput` for a folder that has none.

    >>> list_of(Path("docs"))
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: kit: there is no kit in this folder; make one with complaint-rules kit
    """
    where = str(folder)
    if folder.is_file():
        hint = "name the folder of the kit"
        raise UnreadableInput(what=_WHAT, why="this is a file, and no folder", where=where, hint=hint)
    if not (folder / LIST).exists():
        hint = "make one with complaint-rules kit"
        raise UnreadableInput(what=_WHAT, why="there is no kit in this folder", where=where, hint=hint)
    data = _json(read_bytes(folder / LIST, what=_WHAT, most=_LARGEST_LIST), str(folder / LIST))
    files, policies = (data.get(key) if isinstance(data, Mapping) else None for key in ("files", "policies"))
    if (
        not isinstance(data, Mapping)
        or data.get("format") != FORMAT
        or not (isinstance(data.get("library"), str) and type(data.get("cases")) is int)
        or not (isinstance(files, Mapping) and all(isinstance(one, str) for one in files.values()))
        or not (isinstance(policies, list) and all(isinstance(one, str) for one in policies))
        or len(policies) != len(set(policies))
    ):
        raise UnreadableInput(what=_WHAT, why="this is no list of a kit", where=str(folder / LIST))
    return data


@final
@attrs.frozen(kw_only=True, repr=False)
class KitFolder:
    """What stands in the folder of a kit: every file as its list says, none missing and none besides."""

    path: Path
    """Where it is."""
    listed: Mapping[str, Any]
    """Its list, see `list_of`."""
    files: Mapping[str, bytes]
    """What is in each of its files, the list among them."""

    def text(self, name: str) -> str:
        """Give a file as text.

        Raises `UnreadableInput` for what is not UTF-8.
        """
        return as_text(self.files[name], name=str(self.path / name), what=_WHAT)


def read_folder(path: object, needed: Sequence[str]) -> KitFolder:
    """Read the folder of a kit: `needed` are the names of files that no kit is without.

    Files of others beside those of the kit are left alone; in ``policies`` and ``schemas`` there are none of others.

    Raises `UnreadableInput` for a folder that is no kit, `InvalidKit` with each file that is missing, too many, or not
    as it was written.

    >>> read_folder("docs", [])
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: kit: there is no kit in this folder; make one with complaint-rules kit
    """
    folder = folder_of(path)
    listed = list_of(folder)
    files: dict[str, bytes] = {}
    faults = list(_besides(folder, listed["files"]))
    for name in dict.fromkeys((*needed, *listed["policies"], *listed["files"])):
        try:
            files[name] = read_file(folder, name, listed["files"])
        except UnreadableInput as error:
            faults.append(Fault(where=error.where, why=error.why, hint=error.hint))
    refuse(folder, faults)
    files[LIST] = read_bytes(folder / LIST, what=_WHAT, most=_LARGEST_LIST)
    return KitFolder(path=folder, listed=listed, files=FrozenMap(files))


def _besides(folder: Path, files: Mapping[str, str]) -> Iterator[Fault]:
    """Tell each file in the folders of a kit that its list does not name; a name with a dot at its head is hidden."""
    for inner in _FOLDERS:
        for one in sorted((folder / inner).glob("[!.]*")):
            if f"{inner}/{one.name}" not in files:
                yield Fault(where=str(one), why="the list of the kit does not name it", hint="take it out of the kit")


def refuse(folder: Path, faults: Sequence[Fault]) -> None:
    """Refuse a kit for the faults of its files, where there are any.

    >>> refuse(Path("kit"), [Fault(where="kit/cases.jsonl", why="there is no such file")])
    Traceback (most recent call last):
    complaint_rules.errors.InvalidKit: kit: kit: it is refused
      kit/cases.jsonl: there is no such file
    >>> refuse(Path("kit"), [])
    """
    if not faults:
        return
    more = len(faults) - _MOST_TOLD
    rest = [Fault(where=str(folder), why=f"{more} more faults are not listed")] if more > 0 else []
    told = (*faults[:_MOST_TOLD], *rest)
    raise InvalidKit(what=_WHAT, why="it is refused", where=str(folder), faults=told)


def read_file(folder: Path, name: str, files: Mapping[str, str]) -> bytes:
    """Read one file of a kit, as it was written.

    Raises `UnreadableInput` where it is not there, or was changed since: cases edited by hand prove nothing.

    >>> read_file(Path("docs"), "cases.jsonl", {})
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs/cases.jsonl: kit: the list of the kit does not name it
    """
    where = str(folder / name)
    if name not in files or _OURS.fullmatch(name) is None:
        raise UnreadableInput(what=_WHAT, why="the list of the kit does not name it", where=where)
    content = read_bytes(folder / name, what=_WHAT, most=_LARGEST)
    if digest(content) != files[name]:
        raise UnreadableInput(what=_WHAT, why="it was changed since the kit was made", where=where, hint="make it anew")
    return content


def _json(content: bytes, where: str) -> Any:
    """Read a file of JSON; raises `UnreadableInput` for what is none."""
    text = as_text(content, name=where, what=_WHAT)
    try:
        return json_value(text)
    except ComplaintRulesError as error:
        raise error.placed(where) from None


def as_json(data: object) -> bytes:
    r"""Write plain data as a file of JSON.

    >>> as_json({"a": 1})
    b'{\n  "a": 1\n}\n'
    """
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
