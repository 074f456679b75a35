"""The walk over conditions: complete by construction of the rules, not by a list somebody has to remember."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
import pytest

from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy, rules_of, uses
from complaint_rules.policy.uses import Role, uses_of
from tests.small import TITLE, limit, own

LEVEL = f'[[level]]\nid = "outlet"\n{TITLE}'

RESTARTED = own(
    limit(
        "[{ within = '2 days' }]",
        "restart = { on = 'supplemented', when = 'event.by == \"outlet\"' }",
        "void_on = { event = 'not_accepted', when = 'event.by == \"outlet\"' }",
    ),
    LEVEL,
)


def conditions_in(value: object) -> Iterator[Condition]:
    """Find every condition inside a value, whatever its fields are called."""
    if isinstance(value, Condition):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from conditions_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from conditions_in(item)
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from conditions_in(getattr(value, field.name))


@pytest.mark.parametrize("name", policies())
def test_no_condition_of_a_shipped_policy_is_missed(name: str) -> None:
    policy = load_policy(name)
    walked = sorted(id(use.condition) for use in uses(policy))
    assert walked == sorted(id(condition) for condition in conditions_in(policy_parts(policy)))


def policy_parts(policy: Policy) -> tuple[object, ...]:
    """Give what a policy is made of; the policy itself is no attrs class that can be walked by its fields alone."""
    return tuple(getattr(policy, field.name) for field in attrs.fields(type(policy)))


def test_every_role_is_found_somewhere() -> None:
    shipped = [load_policy(name) for name in policies()]
    assert {use.role for policy in (*shipped, RESTARTED) for use in uses(policy)} == set(Role)


def test_a_use_names_the_rule_it_stands_in() -> None:
    policy = load_policy("cbirc-2020-3")
    for rule in rules_of(policy):
        assert {use.rule.rpartition("/")[2] for use in uses_of(rule)} <= {getattr(rule, "id", "retention")}
