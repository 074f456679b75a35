"""Small rule sets of a house and of its base, written by their limits and duties."""

from __future__ import annotations

from complaint_rules.policy.policy import Policy

TITLE = 'title = { zh = "甲", en = "One" }'
DECIDE = """
[[limit]]
id = "decide"
title = { zh = "答复", en = "Decide" }
cite = "1"
who = "institution"
"""
RUNS = 'from = "received"\nuntil = "replied"\n'
BODIES = """
[[body]]
id = "institution"
title = { zh = "机构", en = "Institution" }
[[body]]
id = "regulator"
title = { zh = "监管", en = "Regulator" }
[[body]]
id = "superior"
title = { zh = "上级", en = "Superior" }
"""


def policy(text: str, name: str = "house", more: str = "") -> Policy:
    """Load a rule set of a few lines."""
    return Policy.from_text(
        f'id = "{name}"\nedition = "2026"\n{TITLE}\nissuer = {{ zh = "甲", en = "A" }}\nchecked_on = 2026-11-01\n'
        f"{more}{BODIES}{text}",
        name=f"{name}.toml",
    )


def limited(lines: str, name: str = "house", *, runs: str = RUNS, more: str = "") -> Policy:
    """Load a rule set with one limit `decide`, of which the figures and whatever else is particular are given."""
    return policy(f"{DECIDE}{runs}{lines}", name, more)
