"""What is said of a policy is said of an equal one, though it was read anew and the plan is another object's."""

from __future__ import annotations

import pickle

import pytest

from complaint_rules.assessing import plan_of
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.rows import reach
from complaint_rules.verification import coverage, generate
from complaint_rules.verification.analysis import analyse
from complaint_rules.verification.worlds.worlds import Worlds
from tests.golden import policy_of
from tests.strategies import THOROUGH


def read_anew(policy: Policy) -> Policy:
    """Give an equal policy of which no part is that of the first, whose plan is there already."""
    plan_of(policy)
    other = pickle.loads(pickle.dumps(policy))  # noqa: S301 - made a moment ago
    assert other == policy
    rules = zip(policy.limits.values(), other.limits.values(), strict=True)
    assert all(one.rows[0] is not two.rows[0] for one, two in rules)
    return other  # type: ignore[no-any-return]


@pytest.mark.parametrize("id", ["bocom-2007", "reply-24h", *(["realty-levels"] if THOROUGH else [])])
def test_an_equal_policy_has_the_same_cases_coverage_and_rows(id: str) -> None:
    """Rows were told apart by the object they are, and no row of a policy read anew was ever reached."""
    policy = policy_of(id)
    other = read_anew(policy)
    one, two = generate(policy), generate(other)
    assert [case.to_json() for case in one.cases] == [case.to_json() for case in two.cases]
    assert coverage(policy, one.cases).to_dict() == coverage(other, two.cases).to_dict()
    limit = next(limit for limit in other.limits.values() if not limit.missing)
    assert reach(other, f"limit/{limit.id}[0]").row.rule == limit
    assert Worlds(other).variables == Worlds(policy).variables
    assert analyse(other).to_dict() == analyse(policy).to_dict()
