"""Every rule set that is shipped has its golden table: no other test would notice where one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaint_rules.policy.loading import policies


@pytest.mark.parametrize("name", policies())
def test_every_shipped_rule_set_has_its_table_of_answers_worked_out_from_the_text(name: str) -> None:
    table = Path(__file__).with_name(f"test_{name.replace('-', '_').replace('.', '_')}.py")
    assert table.exists(), f"write {table.name}; docs/contributing.md says how"
    assert f'"{name}"' in table.read_text("utf-8"), f"{table.name} is about another rule set"


def test_every_table_belongs_to_a_rule_set_that_is_shipped() -> None:
    shipped = {f"test_{name.replace('-', '_').replace('.', '_')}" for name in policies()}
    assert {path.stem for path in Path(__file__).parent.glob("test_*.py")} - shipped == {"test_rule_sets"}
