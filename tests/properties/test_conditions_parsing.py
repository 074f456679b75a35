"""Laws of conditions, held against whatever Hypothesis makes up."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaint_rules.conditions.parsing import faults_of, parse
from complaint_rules.errors import InvalidCondition
from tests.conditions.test_parsing import EVENT_SCOPE, FACTS, SCOPE

WORDS = st.sampled_from(
    [
        *FACTS, *SCOPE.tables, *SCOPE.parameters, "has", "count", "elapsed", "met", "late", "linked", "state", "event",
        "and", "or", "not", "in", "True", "False", "None", "(", ")", ",", "=", "==", "!=", "<", ">=", ".", "-",
        "'urgent'", "'replied'", "'whole'", "'branch'", "'1 month'", "by", "told", "3", "0.5", "'",
        "\\", "é", "lambda", "**",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)
    )
)
@example("1in(joint)")
@example("joint.")
@example("'a'in recorded")
@example("(((")
def test_any_text_at_all_is_either_read_or_refused_in_our_own_words(text: str) -> None:
    for scope in (SCOPE, EVENT_SCOPE):
        faults = faults_of(text, scope)
        if faults:
            with pytest.raises(InvalidCondition):
                parse(text, scope)
        else:
            ast.parse(f"({text})", mode="eval")
            assert parse(text, scope).text == text
