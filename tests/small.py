"""Small policies for tests: the text of a file in short, and a case worked through one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock
from complaint_rules.cases.case import Event
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.by_hand import assessed

TITLE: Final = 'title = { zh = "甲", en = "A" }'
HEAD: Final = """\
id = "own"
edition = "1"
title = { zh = "测试规则", en = "Test rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-21
"""


@cache
def own(*parts: str) -> Policy:
    """Load a policy from the parts of its file; what belongs to the top of the file comes first."""
    return Policy.from_text("\n".join((HEAD, *parts)), name="own.toml")


def limit(
    rows: str = '[{ within = "15 days" }]',
    *more: str,
    id: str = "whole",
    start: str = '"received"',
    until: str = '"closed"',
    rows_are: str = "first",
) -> str:
    """Write a limit; `more` are further lines of it."""
    return "\n".join(
        ["[[limit]]", f'id = "{id}"', TITLE, f"from = {start}", f"until = {until}", f"{rows_are} = {rows}", *more]
    )


def duty(modality: str, act: str, *more: str, id: str = "act") -> str:
    """Write a duty; `more` are further lines of it."""
    return "\n".join(["[[duty]]", f'id = "{id}"', TITLE, f"{modality} = {act}", *more])


def table(id: str, *rows: tuple[str, str], every: bool = False) -> str:
    """Write a table of (value, condition) rows; an empty condition always holds."""
    values = [
        f"values.{value} = {{ zh = '{value}', en = '{value}' }}" for value in dict.fromkeys(row[0] for row in rows)
    ]
    ifs = [f', when = "{when}"' if when else "" for _, when in rows]
    lines = [f"{{ value = '{value}'{when} }}" for (value, _), when in zip(rows, ifs, strict=True)]
    return "\n".join(
        ["[[table]]", f'id = "{id}"', TITLE, *values, f"{'every' if every else 'first'} = [{', '.join(lines)}]"]
    )


def fact(name: str, type: str = "bool", assume: str | None = "false") -> str:
    """Declare a fact; without a presumption where `assume` is None."""
    lines = [f"[facts.{name}]", f'type = "{type}"', 'ask = "handler"', TITLE]
    return "\n".join(lines if assume is None else [*lines, f"assume = {assume}"])


def worked(policy: Policy, received: str, events: Sequence[Event], at: str, **facts: Any) -> Assessment:
    """Assess a case under a small policy; a bare day is a day, of `at` its noon."""
    return assessed(policy, received, facts, events, at)


def clock(policy: Policy, received: str, events: Sequence[Event], at: str, **facts: Any) -> Clock:
    """Give the clock ``whole`` of a case."""
    return worked(policy, received, events, at, **facts).clocks["whole"]


def due(found: Clock) -> str | None:
    """Write a due moment: the bare day where it is the day's last instant, else to the minute."""
    return written(found.due_at)


def written(moment: Any) -> str | None:
    """Write a moment in Beijing: the bare day where it is the day's last instant, else to the minute."""
    if moment is None:
        return None
    text = str(moment.astimezone(BEIJING).isoformat())
    return text[:10] if text[11:26] == "23:59:59.999999" else text[:16]


def codes(found: Assessment, *severities: str) -> list[str]:
    """Give the codes of the violations, of these severities only where any is given."""
    return [one.code for one in found.violations if not severities or one.severity in severities]
