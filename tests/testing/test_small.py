"""Small random policies: all of them load, and together they have every kind of rule."""

from __future__ import annotations

from hypothesis import Phase, given, settings

from complaint_rules.policy.policy import Policy
from complaint_rules.testing import policies


def test_small_policies_load_and_differ_in_what_they_have() -> None:
    found: list[Policy] = []

    @settings(max_examples=60, derandomize=True, database=None, phases=[Phase.generate])
    @given(policies())
    def look(policy: Policy) -> None:
        assert Policy.from_document(policy.document) == policy
        found.append(policy)

    look()
    for section in ("levels", "limits", "duties", "checklists"):
        assert {bool(getattr(policy, section)) for policy in found} == {False, True}, section
    limits = [limit for policy in found for limit in policy.limits.values()]
    for part in ("pauses", "agreed", "void_on", "reopen", "restart", "when", "each"):
        assert {bool(getattr(limit, part)) for limit in limits} == {False, True}, part
    assert {bool(policy.parameters["many"].value) for policy in found} == {False, True}
