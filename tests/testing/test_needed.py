"""Without Hypothesis the wing says what is missing, and how to get it."""

from __future__ import annotations

import runpy
import sys

import pytest

from complaint_rules.errors import MissingExtra
from complaint_rules.words.refusals import explain_error


def test_without_hypothesis_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "complaint_rules.testing.needed")
    with pytest.raises(MissingExtra, match=r"pip install 'complaint-rules\[testing\]'") as caught:
        runpy.run_module("complaint_rules.testing.needed")
    assert explain_error(caught.value).startswith("complaint_rules.testing：取值所用的 Hypothesis 未安装；安装附加组件")
