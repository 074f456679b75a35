"""Small policies in short: the parts of a policy file, written from a few words each."""

from __future__ import annotations

from typing import Final

TITLE: Final = 'title = { zh = "甲", en = "A" }'
"""A title in both languages, as every rule needs one."""
HEAD: Final = """\
id = "own"
edition = "1"
title = { zh = "测试规则", en = "Test rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-21
"""
"""What stands at the top of a policy file."""


def a_limit(
    rows: str = '[{ within = "15 days" }]',
    *more: str,
    id: str = "whole",
    start: str = '"received"',
    until: str = '"closed"',
    rows_are: str = "first",
) -> str:
    """Write a limit; `more` are further lines of it.

    >>> print(a_limit(id="answer", until='"replied"'))
    [[limit]]
    id = "answer"
    title = { zh = "甲", en = "A" }
    from = "received"
    until = "replied"
    first = [{ within = "15 days" }]
    """
    return "\n".join(
        ["[[limit]]", f'id = "{id}"', TITLE, f"from = {start}", f"until = {until}", f"{rows_are} = {rows}", *more]
    )


def a_duty(modality: str, act: str, *more: str, id: str = "act") -> str:
    """Write a duty; `more` are further lines of it.

    >>> print(a_duty("must", '"registered"', 'within = "1 day"'))
    [[duty]]
    id = "act"
    title = { zh = "甲", en = "A" }
    must = "registered"
    within = "1 day"
    """
    return "\n".join(["[[duty]]", f'id = "{id}"', TITLE, f"{modality} = {act}", *more])


def a_table(id: str, *rows: tuple[str, str], every: bool = False) -> str:
    """Write a table of (value, condition) rows; an empty condition always holds.

    >>> print(a_table("size", ("large", "complainants >= 5"), ("small", "")))
    [[table]]
    id = "size"
    title = { zh = "甲", en = "A" }
    values.large = { zh = 'large', en = 'large' }
    values.small = { zh = 'small', en = 'small' }
    first = [{ value = 'large', when = "complainants >= 5" }, { value = 'small' }]
    """
    values = [
        f"values.{value} = {{ zh = '{value}', en = '{value}' }}" for value in dict.fromkeys(row[0] for row in rows)
    ]
    ifs = [f', when = "{when}"' if when else "" for _, when in rows]
    lines = [f"{{ value = '{value}'{when} }}" for (value, _), when in zip(rows, ifs, strict=True)]
    return "\n".join(
        ["[[table]]", f'id = "{id}"', TITLE, *values, f"{'every' if every else 'first'} = [{', '.join(lines)}]"]
    )


def a_fact(name: str, type: str = "bool", assume: str | None = "false") -> str:
    """Declare a fact; without a presumption where `assume` is None.

    >>> print(a_fact("urgent"))
    [facts.urgent]
    type = "bool"
    ask = "handler"
    title = { zh = "甲", en = "A" }
    assume = false
    """
    lines = [f"[facts.{name}]", f'type = "{type}"', 'ask = "handler"', TITLE]
    return "\n".join(lines if assume is None else [*lines, f"assume = {assume}"])
