"""Titles that carry the key of what they name, so that a page can make links of them and plain text can drop them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy

# Private characters of Unicode: no title has them, for the loader takes printable text only.
_OPEN: Final = "\ue000"
_OPENED: Final = "\ue001"
_CLOSED: Final = "\ue002"
_MARKED: Final = re.compile(f"{_OPEN}([^{_OPENED}]*){_OPENED}([^{_CLOSED}]*){_CLOSED}")


def marked(policy: Policy) -> Policy:
    """Give a policy whose facts, kinds of event, limits and parameters carry their keys in their titles.

    For writing only: it equals the policy it was made of.

    >>> from complaint_rules.policy.loading import load_policy
    >>> plain(marked(load_policy("psbc-95580")).events["registered"]["en"])
    'registered'
    """
    facts = {
        name: attrs.evolve(
            spec,
            title=_marked(f"facts/{name}", spec.title),
            negated=None if spec.negated is None else _marked(f"facts/{name}", spec.negated),
        )
        for name, spec in policy.facts.items()
    }
    limits = {
        name: attrs.evolve(limit, title=_marked(f"limit/{name}", limit.title)) for name, limit in policy.limits.items()
    }
    parameters = {
        name: attrs.evolve(parameter, title=_marked(f"parameter/{name}", parameter.title))
        for name, parameter in policy.parameters.items()
    }
    return attrs.evolve(
        policy,
        facts=FrozenMap(facts),
        scope=attrs.evolve(policy.scope, facts=facts),
        events=FrozenMap({kind: _marked(f"events/{kind}", titles) for kind, titles in policy.events.items()}),
        limits=FrozenMap(limits),
        parameters=FrozenMap(parameters),
    )


def _marked(key: str, titles: Mapping[str, str]) -> Titles:
    return FrozenMap({lang: f"{_OPEN}{key}{_OPENED}{title}{_CLOSED}" for lang, title in titles.items()})


def unmarked(text: str, write: Callable[[str, str], str]) -> str:
    """Replace every marked title by what `write` makes of its key and its words.

    >>> unmarked("\ue000facts/vip\ue001VIP\ue002 waits", lambda key, title: f"[{title}]({key})")
    '[VIP](facts/vip) waits'
    """
    return _MARKED.sub(lambda match: write(match[1], match[2]), text)


def plain(text: str) -> str:
    """Drop the keys.

    >>> plain("\ue000facts/vip\ue001VIP\ue002")
    'VIP'
    """
    return unmarked(text, lambda _, title: title)


def parted(title: str) -> tuple[str, str, str]:
    """Part what stands before, in and behind a title that is marked as a whole.

    >>> parted("\ue000facts/vip\ue001VIP\ue002"), parted("VIP")
    (('\ue000facts/vip\ue001', 'VIP', '\ue002'), ('', 'VIP', ''))
    """
    match = _MARKED.fullmatch(title)
    return ("", title, "") if match is None else (title[: match.start(2)], match[2], _CLOSED)
