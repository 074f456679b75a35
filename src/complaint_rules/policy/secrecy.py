"""What a policy keeps from whom (保密规定), as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Modality


@final
@attrs.frozen(kw_only=True, repr=False)
class Secret(Shown):
    """One thing that a policy keeps from somebody (保密要求)."""

    duty: str
    """Id of the duty that forbids it."""
    items: frozenset[str]
    """What must not be shown, as codes; empty: nothing at all."""
    to: frozenset[str]
    """To whom; empty: to nobody outside."""
    modality: Modality
    """``must_not``, or ``should_not`` where the text only advises it."""
    cite: str | None
    """The article."""
    when: str | None
    """The condition under which it is forbidden, as written; None: always."""
    unless: str | None
    """The condition that excuses a disclosure, as written; None: nothing does. `permitted` judges a single one."""


def secrets(policy: Policy) -> tuple[Secret, ...]:
    """List what a policy forbids to disclose, and to whom (保密规定), in its own order: who may see what, as data.

    >>> from complaint_rules import load_policy
    >>> [(sorted(secret.items), secret.cite) for secret in secrets(load_policy("cbirc-2020-3"))]
    [(['complainant_information'], '22')]
    """
    return tuple(
        Secret(
            duty=duty.id,
            items=_field(fields, "items"),
            to=_field(fields, "to") or (frozenset() if duty.to is None else frozenset({duty.to})),
            modality=duty.modality,
            cite=duty.cite,
            when=None if duty.when is None else duty.when.text,
            unless=None if duty.unless is None else duty.unless.text,
        )
        for duty in policy.duties.values()
        if duty.modality.forbids
        for fields in (act.fields for act in duty.acts if act.kind == "disclosed")
    )


def _field(fields: Iterable[tuple[str, frozenset[str]]], name: str) -> frozenset[str]:
    return next((values for field, values in fields if field == name), frozenset())
