"""The priority table of `psbc-95580` for zen-engine by its fastest path: a static loader, evaluated by key."""

from __future__ import annotations

from typing import Any, Final

import zen

KEY: Final = "priority"
_COLUMNS: Final = ("funds_at_risk", "repeat", "complainants", "press_risk", "marked_urgent")
_ROWS: Final = (
    ("true", "", "", "", ""),
    ("", "true", "", "", ""),
    ("", "", ">= 3", "", ""),
    ("", "", "", "true", ""),
    ("", "", "", "", "true"),
    ("", "", "", "", ""),
)
_HERE: Final = {"x": 0, "y": 0}


def _content() -> dict[str, Any]:
    last = len(_ROWS) - 1
    rules = [
        {
            "_id": f"r{index}",
            **dict(zip(_COLUMNS, row, strict=True)),
            "o": "'ordinary'" if index == last else "'urgent'",
        }
        for index, row in enumerate(_ROWS)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in _COLUMNS],
        "outputs": [{"id": "o", "name": "priority", "field": "priority"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": _HERE},
        {"id": "t", "type": "decisionTableNode", "name": KEY, "position": _HERE, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": _HERE},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "t", "type": "edge"},
        {"id": "e2", "sourceId": "t", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


ENGINE: Final = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: _content()}}})
_TRACE: Final[zen.DecisionEvaluateOptions] = {"trace": True}


def traced(facts: dict[str, Any]) -> Any:
    """Evaluate the table with its trace, which says which row fired and what it read."""
    return ENGINE.evaluate(KEY, facts, _TRACE)
