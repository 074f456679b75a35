"""Tests of one rule set, beside its golden cases, belong to one that is shipped; `test_golden` asks for the cases."""

from __future__ import annotations

from pathlib import Path

from complaint_rules.policy.loading import policies


def test_every_table_belongs_to_a_rule_set_that_is_shipped() -> None:
    shipped = {f"test_{name.replace('-', '_').replace('.', '_')}" for name in policies()}
    tables = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert tables - shipped == {"test_rule_sets", "test_golden"}
