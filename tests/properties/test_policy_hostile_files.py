"""Laws of policy, held against whatever Hypothesis makes up."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.documents.toml import as_text, parse_toml
from complaint_rules.errors import InvalidPolicy, UnreadableInput


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_text_or_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableInput):
        assert as_text(content, name="own.toml", what="policy file").strip()


@given(st.text(alphabet="[]{}=.,\"'#\n\\ \tabx019-+:eE_\u00e9\u7532", max_size=60))
def test_text_of_any_kind_is_toml_or_refused_with_one_fault(text: str) -> None:
    try:
        assert isinstance(parse_toml(text, name="own.toml"), dict)
    except InvalidPolicy as refused:
        (fault,) = refused.faults
        assert fault.where.startswith("own.toml")
