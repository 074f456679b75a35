"""A table that a limit reads never falls silent: no clock, no violation and no note would be left of such a case."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules import Policy
from complaint_rules.errors import InvalidPolicy

TITLE: Final = 'title = { zh = "甲", en = "A" }'
POLICY: Final = f"""
id = "own"
edition = "1"
{TITLE}
issuer = {{ zh = "某行", en = "A bank" }}
checked_on = 2026-11-21
[[table]]
id = "entry"
{TITLE}
values.outlet = {{ zh = "网点", en = "Outlet" }}
values.other = {{ zh = "其他", en = "Other" }}
first = [{{ value = "outlet", when = "channel == 'visit'" }}]
[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
when = "entry == 'outlet'"
first = [{{ within = "5 days" }}]
"""
CLOSING: Final = POLICY.replace(" }]\n[[limit]]", ' }, { value = "other" }]\n[[limit]]')


@pytest.mark.parametrize(
    "text",
    [
        POLICY,
        POLICY.replace("when = \"entry == 'outlet'\"\n", "").replace(
            'within = "5 days"', 'within = "5 days", when = "entry == \'outlet\'"'
        ),
    ],
)
def test_a_table_that_a_limit_reads_has_a_closing_row(text: str) -> None:
    """grcu-2008: received by an employee no row of `entry` held: no clock, no violation and no note."""
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_text(text, name="own.toml")
    assert str(caught.value.faults[0]).startswith(
        "own.toml: table[0].first: limit 'whole' reads it, so it may not fall silent: its last row has no when"
    )


def test_with_a_closing_row_it_is_taken_and_a_table_no_limit_reads_may_be_silent() -> None:
    assert Policy.from_text(CLOSING).limits["whole"].when is not None
    free = POLICY.replace("when = \"entry == 'outlet'\"\n", "")
    assert Policy.from_text(free).tables["entry"].rows[-1].when is not None
