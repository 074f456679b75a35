"""No message holds what stands in a golden case: file, line, key and kind are told, and each on one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.test_shell import Run, file

KEPT_BACK: Final = "withheld-5550"
"""Stands for a name or a telephone number, wherever somebody wrote one by mistake."""
AT: Final = "2026-10-09T09:00:00+08:00"
CASE: Final[dict[str, Any]] = {
    "id": "g-1",
    "policy": {"id": "reply-24h", "edition": "sample", "parameters": {}},
    "kind": "edge",
    "rule": "limit/reply",
    "cite": "1",
    "title": {"zh": "甲", "en": "A"},
    "why": {"zh": "甲", "en": "A"},
    "case": {
        "received": "2026-09-30T16:00:00+08:00", "channel": "phone", "received_by": "outlet", "complainants": 1,
        "repeat": True, "extra": {}, "unseen": [],
        "events": [{"kind": "closed", "at": AT, "by": "desk", "told": ["complainant"], "amount": "5.00", "set": {}}],
    },
    "at": AT,
    "links": {},
    "hours": ["09:00-17:00"],
    "expect": {
        "clocks": {"reply": {"status": "met", "due_at": "2026-10-09", "row": 0}}, "findings": {},
        "duties": {"record": [{"status": "due"}]}, "checklists": {"reply": []},
        "notifications": {"limit/reply": ["due"]}, "violations": {"limit/reply": ["late"]},
    },
    "checked": {"by": "Wang", "on": "2026-11-28"},
}  # fmt: skip
"""A case with everything that can be said."""
NAMES: Final = {("id",)}
"""A case is named in messages by its id."""
TABLES: Final = """\
policy = "reply-24h"

[[case]]
id = "g-1"
title = {{ zh = "{secret}", en = "{secret}" }}
why = {{ zh = "{secret}", en = "{secret}" }}
cite = "{secret}"
received = "{received}"
at = "2026-10-09 09:00"
facts = {{ channel = "{secret}", complainants = "{secret}" }}
events = [{{ kind = "{secret}", at = "{secret}", by = "{secret}", amount = "{secret}" }}]
limits = {{ reply = {{ status = "{status}", due = "{secret}" }} }}
"""


def spoilt(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Give the data with the secret in place of each part in turn."""
    if path and path not in NAMES:
        yield path, KEPT_BACK
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        for where, other in spoilt(value, (*path, key)):
            copy = dict(data) if isinstance(data, dict) else list(data)
            copy[key] = other
            yield where, copy


SPOILT: Final = list(spoilt(CASE))


def spoilt_lines() -> str:
    """Give every one of them as a line, each under an id of its own."""
    return "\n".join(json.dumps({**data, "id": f"g-{number}"}) for number, (_, data) in enumerate(SPOILT))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["cover", "kit", "generate"])
@pytest.mark.parametrize("form", ["lines", "tables", "no tables", "other encoding"])
def test_a_message_names_file_line_key_and_kind_and_no_value(
    tmp_path: Path, command: str, form: str, lang: str
) -> None:
    match form:
        case "lines":
            name = file(tmp_path, "own.golden.jsonl", spoilt_lines())
        case "tables":
            text = TABLES.format(secret=KEPT_BACK, received=KEPT_BACK, status=KEPT_BACK)
            fine = TABLES.format(secret=KEPT_BACK, received="2026-09-30", status="met").replace(
                f', due = "{KEPT_BACK}"', ""
            )
            name = file(tmp_path, "own.toml", text + fine.partition("[[case]]")[2].join(("\n[[case]]", "")))
        case "no tables":
            name = file(tmp_path, "own.toml", f'policy = "reply-24h"\n[[case]]\nid = {KEPT_BACK}\n')
        case _:
            name = str(tmp_path / "own.toml")
            Path(name).write_bytes('policy = "reply-24h"\n# 客户\n'.encode("gb18030"))
    argv = {
        "cover": ("cover", name, "--policy", "reply-24h", "--at", AT),
        "kit": ("kit", "reply-24h", "--cases", name, "--out", str(tmp_path / "kit")),
        "generate": ("generate", "reply-24h", "--keep", name, "--format", "md"),
    }[command]
    run = Run(*argv, "--lang", lang)
    assert run.status in {1, 2}
    told = run.err.splitlines()
    assert told
    assert not [line for line in told if KEPT_BACK in line or "xbf" in line]
    places = [line for line in told if line.startswith((f"{name}:", f"complaint-rules {command}: {name}:"))]
    assert places, told
    assert not [line for line in told if line.startswith((" ", "\t"))], "each message is one line"


def test_each_line_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    # Not every place can be wrong: a title, a reason, a text of who did it may be any text.
    name = file(tmp_path, "own.golden.jsonl", spoilt_lines())
    run = Run("cover", name, "--policy", "reply-24h", "--at", AT, "--lang", "en")
    named = {int(line.removeprefix(f"{name}:").split(":")[0]) for line in run.err.splitlines() if line.startswith(name)}
    told = {".".join(map(str, SPOILT[number - 1][0])) for number in named}
    assert {"policy", "case", "at", "expect", "links", "checked", "case.received", "case.channel"} <= told
