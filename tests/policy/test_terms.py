"""A text's own terms: for standard kinds of event, for codes of events, for the opposite of a fact."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules import Policy
from complaint_rules.errors import InvalidPolicy
from complaint_rules.words.rulebooks import explain_rule

HEAD: Final = """
id = "own"
edition = "1"
title = { zh = "甲", en = "A" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
[events.replied]
title = { zh = "回复客户", en = "customer answered" }
[codes]
road_closed = { zh = "道路封闭", en = "the road is closed" }
[facts.union]
type = "bool"
title = { zh = "银联工单", en = "UnionPay ticket" }
negated = { zh = "非银联工单", en = "no UnionPay ticket" }
[[limit]]
id = "whole"
title = { zh = "全程", en = "Whole" }
from = "received"
until = "replied"
first = [{ within = "5 days", when = "not union" }]
pauses = [{ reason = "road_closed" }]
"""


def test_a_text_has_its_own_terms() -> None:
    policy = Policy.from_text(HEAD)
    told = explain_rule(policy, "limit/whole", "zh")
    assert all(words in told for words in ("“回复客户”", "道路封闭", "非银联工单"))
    told = explain_rule(policy, "limit/whole", "en")
    assert all(words in told for words in ("“customer answered”", "the road is closed", "no UnionPay ticket"))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('type = "bool"', 'type = "int"', "only a fact of type bool has an opposite"),
        ("road_closed = {", '"road closed" = {', "a code has ASCII letters"),
        ('{ zh = "道路封闭", en = "the road is closed" }', '"closed"', "codes.road_closed"),
        ("", "codes = 5", "named entries"),
    ],
)
def test_a_slip_in_a_term_is_told(old: str, new: str, word: str) -> None:
    text = HEAD.replace(old, new)
    if "codes = 5" in new:
        text = "codes = 5\n" + HEAD.replace(
            '[codes]\nroad_closed = { zh = "道路封闭", en = "the road is closed" }\n', ""
        )
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_text(text)
    assert word in str(caught.value)
