"""`load_policy`: the shipped rule sets by id and edition."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

from complaint_rules.cases.case import Case, case_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import UnknownPolicy, UnreadableInput, did_you_mean
from complaint_rules.moments import as_day
from complaint_rules.policy.codes import known_as
from complaint_rules.policy.policy import Policy

# What reads a file loads with the first one that is read: with what it needs it would be a fifth of the import.


def policies() -> tuple[str, ...]:
    """Give the ids of the policies shipped, sorted.

    >>> "psbc-95580" in policies()
    True
    """
    from complaint_rules.policy.files.reading import shipped

    return tuple(sorted(shipped()))


def editions(id: str) -> tuple[str, ...]:
    """Give the editions of a policy shipped (版本), the oldest first; where the dates are not known, by name.

    Raises `UnknownPolicy` for an id that is not there.

    >>> editions("petition-2022"), editions("psbc-95580")
    (('2005', '2022'), ('2016',))
    """
    from complaint_rules.policy.files.reading import shipped, shipped_document

    wanted: object = id
    names = shipped().get(wanted, ()) if isinstance(wanted, str) else ()
    if not names:
        raise _unknown(wanted, "no such policy is shipped", "shipped", policies())
    dated = [
        (_date(text.get("effective_from")) or dt.date.min, str(text["edition"]))
        for text in map(shipped_document, names)
    ]
    return tuple(edition for _, edition in sorted(dated))


def load_policy(
    id: str,
    *,
    on: dt.date | None = None,
    edition: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    folder: str | PathLike[str] | None = None,
) -> Policy:
    """Load a shipped policy (规则集), or one of a folder of one's own.

    `on` picks the edition in force on that day (施行日期 to 失效日期, both inclusive; a date the text does not give
    bounds nothing), `edition` picks one by name; without either it is the one that came into force last. A case keeps
    the edition in force at its receipt: `policy_for` gives that one. `parameters` supplies figures that the text leaves
    open, as values or as text (``{"retention": "5 years"}``). The same question gives the same object.

    `folder` holds policy files of one's own, called ``id.toml``, or ``id@edition.toml`` where there are several
    editions; they are chosen among in the same way and read anew each time. Of what is shipped it has no part.

    Raises `UnknownPolicy` for an id that is not there, an edition that is not, a day on which none was in force,
    and where several editions fit and nothing says which came last; `UnreadableInput` for what is no folder;
    `InvalidPolicy` for parameters that the policy does not have or that do not fit, and for a file that is at fault.

    >>> load_policy("psbc-95580").edition
    '2016'
    >>> load_policy("psbc-95850")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownPolicy: policy: no such policy is shipped; got 'psbc-95850'; did you mean...
    """
    from complaint_rules.documents.values import plain_given
    from complaint_rules.policy.files.canonical import canonical
    from complaint_rules.policy.files.reading import shipped, shipped_document

    wanted: object = id
    if folder is not None:
        return _of_folder(wanted, _folder(folder), on, edition, plain_given(parameters))
    names = shipped().get(wanted, ()) if isinstance(wanted, str) else ()
    if not names:
        raise _unknown(wanted, "no such policy is shipped", "shipped", policies())
    name = _edition(id, {name: shipped_document(name) for name in names}, on, edition)
    return _loaded(name, canonical(plain_given(parameters)))


def policy_for(
    case: Case | Complaint,
    id: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    folder: str | PathLike[str] | None = None,
) -> Policy:
    """Load the edition of a policy that was in force at the receipt of a case (收到投诉时有效的版本).

    A case keeps that edition, whatever comes into force while it is handled. To replay it under another, load that with
    `load_policy`. Of a receipt that is a moment its day in Beijing counts.

    Raises what `load_policy` does: `UnknownPolicy` where none was in force on that day; `InvalidComplaint` for what is
    no case.

    >>> import datetime as dt
    >>> complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30))
    >>> policy_for(complaint, "cbirc-2020-3").edition
    '2020'
    >>> policy_for(Complaint(id="c-2", received=dt.date(2019, 9, 30)), "cbirc-2020-3")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownPolicy: policy 'cbirc-2020-3': no edition is in force on that day; got '2019-09-30'...
    """
    return load_policy(id, on=case_of(case).complaint.received_from.date(), parameters=parameters, folder=folder)


@lru_cache(maxsize=1024)
def known_elsewhere(name: str, code: str) -> bool:
    """Say whether some shipped rule set knows a code of a fact, a level or a body: it may mean something there.

    >>> known_elsewhere("caused_by", "both"), known_elsewhere("caused_by", "institution")
    (True, False)
    """
    from complaint_rules.policy.files.reading import shipped

    return any(known_as(_loaded(file, "{}"), name, code) for names in shipped().values() for file in names)


def _unknown(wanted: object, why: str, what: str, known: tuple[str, ...]) -> UnknownPolicy:
    hint = did_you_mean(wanted, known) or f"{what}: {', '.join(known) or 'none'}"
    if isinstance(wanted, str) and wanted.partition("@")[0] in known:
        code, _, edition = wanted.partition("@")
        hint = f"an edition is named apart: load_policy({code!r}, edition={edition!r})"
    elif isinstance(wanted, str) and (wanted.endswith(".toml") or "/" in wanted or os.sep in wanted):
        hint = f"a file of your own is loaded with Policy.from_file({wanted!r})"
    return UnknownPolicy(what="policy", why=why, value=wanted, hint=hint)


def _folder(folder: object) -> Path:
    if not isinstance(folder, str | PathLike) or isinstance(folder, bytes):
        raise UnreadableInput(what="policy folder", why="a path is expected", value=folder)
    return Path(folder)


def _of_folder(wanted: object, folder: Path, on: dt.date | None, edition: str | None, given: dict[str, Any]) -> Policy:
    from complaint_rules.policy.files.reading import editions_in, fields_of, ids_in

    if not folder.is_dir():
        raise UnreadableInput(where=str(folder), what="policy folder", why="there is no such folder")
    texts = dict(editions_in(folder, wanted)) if isinstance(wanted, str) else {}
    if not texts or not isinstance(wanted, str):
        raise _unknown(wanted, f"the folder {folder.name} has no such policy", "it has", ids_in(folder))
    name = _edition(wanted, texts, on, edition)
    return Policy(**fields_of(texts[name], name, given, folder=folder))


def _edition(id: str, texts: Mapping[str, dict[str, Any]], on: dt.date | None, edition: str | None) -> str:
    day = None if on is None else as_day(on, what="on")
    editions = {name: str(text.get("edition")) for name, text in texts.items()}
    fitting = [
        name
        for name, text in texts.items()
        if edition in (None, editions[name]) and (day is None or _in_force(text, day))
    ]
    if day is None and edition is None:
        fitting = _newest(fitting, texts)
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"edition {editions[name]} ({_dates(text)})" for name, text in texts.items())
    if fitting:
        raise UnknownPolicy(
            what=f"policy {id!r}", why="several editions fit", hint=f"pass on= or edition=; there are: {listed}"
        )
    value = edition if day is None else day.isoformat() if edition is None else f"{edition}, {day.isoformat()}"
    why = "there is no such edition" if day is None else "no edition is in force on that day"
    near = "" if edition is None else did_you_mean(edition, editions.values())
    raise UnknownPolicy(
        what=f"policy {id!r}", why=why, value=value, hint="; ".join(filter(None, (near, f"there are: {listed}")))
    )


def _newest(names: list[str], texts: Mapping[str, dict[str, Any]]) -> list[str]:
    """Keep the edition that came into force last, if each says when it did."""
    since = {name: _date(texts[name].get("effective_from")) for name in names}
    if len(names) < 2 or None in since.values():
        return names
    last = max(day for day in since.values() if day is not None)
    return [name for name in names if since[name] == last]


def _in_force(document: dict[str, Any], day: dt.date) -> bool:
    first, last = (_date(document.get(key)) for key in ("effective_from", "effective_until"))
    return not (first is not None and day < first) and not (last is not None and day > last)


def _date(value: object) -> dt.date | None:
    """Read a date as TOML or text give it; what is none is a fault of the file, told when it is read."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _dates(document: dict[str, Any]) -> str:
    first, last = document.get("effective_from"), document.get("effective_until")
    if first is None and last is None:
        return "dates not known"
    return f"from {first or '…'} until {last or '…'}"


@lru_cache(maxsize=64)
def _loaded(name: str, given: str) -> Policy:
    import json

    from complaint_rules.documents.faults import Faults
    from complaint_rules.documents.toml import refused
    from complaint_rules.policy.files.reading import fields_of, shipped_document

    policy = Policy(**fields_of(shipped_document(name), name, json.loads(given)))
    code = name.removesuffix(".toml").split("@")[0]
    if policy.id != code:
        faults = Faults(name)
        faults.add("id", "the id of a shipped policy is the name of its file", policy.id, code)
        raise refused(name, faults.all())
    return policy
