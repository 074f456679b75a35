"""`load_policy`: the shipped rule sets by id and edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from complaint_rules.errors import UnknownPolicy, did_you_mean
from complaint_rules.moments import as_day
from complaint_rules.policy.policy import Policy

# What reads a file loads with the first one that is read: with what it needs it would be a fifth of the import.


def policies() -> tuple[str, ...]:
    """Give the ids of the policies shipped, sorted.

    >>> "psbc-95580" in policies()
    True
    """
    from complaint_rules.policy.files.reading import shipped

    return tuple(sorted(shipped()))


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
    as text (``{"retention": "5 years"}``). The same question gives the same object.

    Raises `UnknownPolicy` for an id that is not shipped, an edition that is not, a day on which none was in force,
    and where several editions fit; `InvalidPolicy` for parameters that the policy does not have or that do not fit.

    >>> load_policy("psbc-95580").edition
    '2016'
    >>> load_policy("psbc-95850")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownPolicy: policy: no such policy is shipped; got 'psbc-95850'; did you mean...
    """
    from complaint_rules.documents.values import plain_given
    from complaint_rules.policy.files.canonical import canonical
    from complaint_rules.policy.files.reading import shipped

    wanted: object = id
    names = shipped().get(wanted, ()) if isinstance(wanted, str) else ()
    if not names:
        hint = did_you_mean(id, policies()) or f"shipped: {', '.join(policies())}"
        raise UnknownPolicy(what="policy", why="no such policy is shipped", value=id, hint=hint)
    name = _edition(id, names, on, edition)
    return _loaded(name, canonical(plain_given(parameters)))


def _edition(id: str, names: tuple[str, ...], on: dt.date | None, edition: str | None) -> str:
    from complaint_rules.policy.files.reading import shipped_document

    day = None if on is None else as_day(on, what="on")
    texts = {name: shipped_document(name) for name in names}
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


def _in_force(document: dict[str, Any], day: dt.date) -> bool:
    first, last = document.get("effective_from"), document.get("effective_until")
    return not (isinstance(first, dt.date) and day < first) and not (isinstance(last, dt.date) and day > last)


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
