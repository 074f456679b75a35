"""Whether every event that one selector means is meant by others: what ends one limit ends the other too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.words.voices import voice

Implied: TypeAlias = Mapping[str, str]
"""Kinds of event of the house, each with the kind of the base that has happened with it: somebody vouches for them."""
NOTHING_IMPLIED: Final[Implied] = FrozenMap()
RECEIPT: Final = (Selector(kind="received"),)
"""What starts where nothing else is named."""
_ALL_WANTED: Final = frozenset({"told", "items"})
_Fields: TypeAlias = tuple[tuple[str, frozenset[str]], ...]


def uncovered(
    ones: Sequence[Selector], others: Sequence[Selector], implied: Implied = NOTHING_IMPLIED
) -> tuple[Selector, ...]:
    """Give those selectors that may mean an event which none of the others means.

    >>> replied, closed = Selector(kind="replied"), Selector(kind="closed")
    >>> [one.kind for one in uncovered([replied, closed], [closed])]
    ['replied']
    >>> uncovered([replied], [closed], {"replied": "closed"})
    ()
    """
    return tuple(
        one for one in ones if not any(_vouched(one, other, implied) or covers(other, one) for other in others)
    )


def _vouched(one: Selector, other: Selector, implied: Implied) -> bool:
    """Say whether somebody vouches for an event of the other kind, and any of that kind is meant."""
    return implied.get(one.kind) == other.kind and not (other.fields or other.without or other.nth is not None)


def covers(wide: Selector, narrow: Selector) -> bool:
    """Say whether a selector means every event that another one means, as far as their fields tell.

    >>> told = Selector(kind="replied", fields=(("told", frozenset({"complainant"})),))
    >>> covers(Selector(kind="replied"), told), covers(told, Selector(kind="replied"))
    (True, False)
    """
    if wide.kind != narrow.kind or not _asks_no_more(wide.fields, narrow.fields):
        return False
    if wide.nth is not None and wide != narrow:
        return False  # the n-th of some events need not be the n-th of fewer
    if not wide.without:
        return True
    kept_out = bool(narrow.without) and _asks_no_more(narrow.without, wide.without)
    return kept_out or any(_apart(narrow.fields, name, values) for name, values in wide.without)


def _asks_no_more(wide: _Fields, narrow: _Fields) -> bool:
    given = dict(narrow)
    for name, values in wide:
        held = given.get(name)
        if held is None or not (values <= held if name in _ALL_WANTED else held <= values):
            return False
    return True


def _apart(fields: _Fields, name: str, values: frozenset[str]) -> bool:
    held = dict(fields).get(name)
    return held is not None and name not in _ALL_WANTED and held.isdisjoint(values)


def same_events(ones: Sequence[Selector], others: Sequence[Selector]) -> bool:
    """Say whether two lists of selectors mean the same events, in whatever order.

    >>> a, b = Selector(kind="replied"), Selector(kind="closed")
    >>> same_events([a, b], [b, a]), same_events([a], [a, b])
    (True, False)
    """
    return not uncovered(ones, others) and not uncovered(others, ones)


def spelt(selector: Selector) -> str:
    """Write a selector as a code: the kind, and the values its fields must have.

    >>> spelt(Selector(kind="informed", fields=(("told", frozenset({"complainant"})),)))
    'informed(told=complainant)'
    """
    parts = [f"{name}={'/'.join(sorted(values))}" for name, values in selector.fields]
    parts += [f"not {name}={'/'.join(sorted(values))}" for name, values in selector.without]
    parts += [f"nth={selector.nth}"] if selector.nth is not None else []
    return f"{selector.kind}({', '.join(parts)})" if parts else selector.kind


def titled(selector: Selector, policy: Policy) -> str:
    """Say which events a selector means in Chinese, by the titles of the policy it belongs to.

    >>> from complaint_rules.policy.loading import load_policy
    >>> titled(Selector(kind="accepted_by_customer"), load_policy("psbc-95580"))
    '“客户认可”'
    """
    return voice(policy, "zh").selector(selector)


def fields_of(selector: Selector, others: Sequence[Selector] = ()) -> Iterator[Mapping[str, object]]:
    """Give fields of events that a selector means: plain ones first, then what others of its kind leave out.

    >>> one = Selector(kind="appealed")
    >>> other = Selector(kind="appealed", without=(("to", frozenset({"regulator"})),))
    >>> list(fields_of(one, [other]))
    [{}, {'to': 'regulator'}]
    """
    wanted = {name: values if name in _ALL_WANTED else min(values) for name, values in selector.fields}
    yield dict(wanted)
    for other in others:
        if other.kind == selector.kind:
            for name, values in other.without:
                for value in sorted(values):
                    yield {name: frozenset({value}) if name in _ALL_WANTED else value} | wanted
