"""The page that stands in a kit: what is in it, what to print, what counts as the same, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from complaint_rules.policy.policy import Policy

_FILE: Final = "guide.md"


def guide(policies: Sequence[Policy], cases: int) -> str:
    """Write the page of a kit of some rule sets and a number of cases.

    >>> from complaint_rules import load_policy
    >>> "psbc-95580@2016" in guide([load_policy("psbc-95580")], 12)
    True
    """
    page = (files("complaint_rules") / "verification" / "kits" / _FILE).read_text("utf-8")
    lines = [f"* `{one.id}@{one.edition}`: {one.title['zh']} · {one.title['en']}" for one in policies]
    return page.replace("{policies}", "\n".join(lines)).replace("{cases}", str(cases))
