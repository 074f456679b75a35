"""Registers in CSV with mapping files: cells and mappings of every kind, no row lost, nothing of a customer told."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.fuzzing.mangling import ODD_TEXTS, OWN_WORDS, spoilt
from tests.fuzzing.running import judged

MAPPING: Final = """\
header = { rows = 1 }
encoding = ["utf-8-sig", "gb18030"]
dates = ["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y年%m月%d日"]
zone = "+08:00"
blank = ["", "-", "无"]

[fact]
id = "no"
received = "in"
complainants = "people"
amount = { column = "yuan", unreadable = "unknown" }
repeat = { column = "again", codes = { "是" = true, "否" = false } }

[fact.channel]
column = "how"
codes = { "电话" = "phone", "来访" = "visit" }
otherwise = "other"

[[event]]
kind = "closed"
at = "out"
"""
HEAD: Final = ("no", "in", "people", "yuan", "again", "how", "out", "name")
GOOD: Final[dict[str, tuple[str, ...]]] = {
    "no": ("A-1", "A-2", "2024-000123"), "in": ("2026-09-30", "2026-09-30 16:05", "2026/9/30", "2026年9月30日"),
    "people": ("1", "3", "3人", "-"), "yuan": ("5000", "¥5,000.00", "5000元", ""), "again": ("是", "否", ""),
    "how": ("电话", "来访", "信"), "out": ("2026-10-08", "2026-10-08 09:00", ""), "name": (OWN_WORDS,),
}  # fmt: skip
_APART: Final = "\n%%\n"


def _cell(rng: Random, column: str) -> str:
    if rng.random() < 0.75:
        return rng.choice(GOOD[column])
    return rng.choice(
        (rng.choice(ODD_TEXTS), spoilt(rng, rng.choice(GOOD[column])), rng.choice(GOOD[rng.choice(HEAD)]))
    )


def make(rng: Random) -> str:
    """Make a mapping file and a register, spoilt or not."""
    head = list(HEAD)
    if rng.random() < 0.2:
        head[rng.randrange(len(head))] = rng.choice((*ODD_TEXTS, *HEAD))
    written = io.StringIO()
    writer = csv.writer(
        written, lineterminator=rng.choice(("\n", "\r\n")), delimiter=rng.choice((",", ",", ",", "\t", ";"))
    )
    writer.writerow(head)
    for _ in range(rng.randrange(4)):
        row: list[Any] = [_cell(rng, column) for column in HEAD]
        writer.writerow(row[: rng.choice((8, 8, 8, 8, 7, 3, 0))] + ["x"] * (rng.random() < 0.1))
    register = written.getvalue()
    mapping = spoilt(rng, MAPPING) if rng.random() < 0.3 else MAPPING
    return mapping + _APART + (spoilt(rng, register) if rng.random() < 0.3 else register)


def judge(text: str) -> None:
    """Run the command on the register with the mapping."""
    mapping, _, register = text.partition(_APART)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.toml")
        path.write_bytes(mapping.encode("utf-8", "surrogatepass"))
        judged(
            (
                "assess",
                "-",
                "--columns",
                str(path),
                "--policy",
                "cbirc-2020-3",
                "--at",
                "2026-11-20T12:00",
                "--format",
                "csv",
            ),
            register,
            # what the mapping file and the head of the register say is the bank's own, and shown
            own_words=OWN_WORDS not in mapping + register.partition("\n")[0],
        )
