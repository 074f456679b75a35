"""What is said of strategies and laws for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "what draws the cases, Hypothesis, is not installed": "取值所用的 Hypothesis 未安装",
    "pip install 'complaint-rules[testing]'": "安装附加组件：pip install 'complaint-rules[testing]'",
}
"""English text to Chinese text, place for place."""
