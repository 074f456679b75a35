"""Files that are no policy, or are made to do harm: each is refused in bounded time and memory, with the reason."""

from __future__ import annotations

import os
import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.documents.toml import MOST_BYTES, parse_toml, read_bytes
from complaint_rules.errors import InvalidPolicy, UnreadableInput
from complaint_rules.policy.policy import Policy
from tests.work import calls

MINIMAL: Final = """\
id = "own"
edition = "1"
title = { zh = "测试规则", en = "Test rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-21
"""
MOST_CALLS: Final = 4_000_000
"""Twice what the most laborious takes; of an attack that works there would be no end."""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b" \n\t\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),  # nothing but a byte order mark
        (b'id = "own"\nedition = "\0"', "own.toml:2: policy file: it holds a NUL byte"),
        ('id = "own"\ntitle = "网点"'.encode("gb18030"), r"own.toml:2: policy file: it is not UTF-8; .*GB18030"),
        ("id = 1".encode("utf-16"), "UTF-16"),
        ("id = 1".encode("utf-16-be"), "NUL byte"),  # without a mark only the NULs show
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=words) as refused:
        Policy.from_file(path)
    assert str(path) in str(refused.value)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert Policy.from_file(path).id == "own"


def test_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(MINIMAL.replace("\n", "\r\n").encode())
    assert Policy.from_file(path).id == "own"


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableInput, match="it has 50000000 bytes, at most 1048576 are read"):
            Policy.from_file(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_the_largest_file_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(MINIMAL.encode().ljust(MOST_BYTES, b"#"))
    assert Policy.from_file(path).id == "own"


class _Grown:
    """Stands in for a file that was small when it was looked at."""

    st_size = 0
    st_mode = 0o100644


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"#" * 11)
    monkeypatch.setattr(Path, "stat", lambda _: _Grown())
    with pytest.raises(UnreadableInput, match="it has 11 bytes, at most 10"):
        read_bytes(path, what="policy file", most=10)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "this is a directory"),  # the current one
        ("missing.toml", "missing.toml: policy file: there is no such file"),
        ("x" * 5000, "it cannot be read"),  # too long for any file system
        ("own\0.toml", "a path is expected"),
        (5, "a path is expected"),
        (None, "a path is expected"),
    ],
)
def test_a_path_that_leads_to_no_file_is_refused(path: Any, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        Policy.from_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "own.toml")
    with pytest.raises(UnreadableInput, match="no regular file"):
        Policy.from_file(tmp_path / "own.toml")


def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.toml"
    path.write_text(MINIMAL, "utf-8")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(UnreadableInput, match="it cannot be read: Permission denied"):
        Policy.from_file(path)


BOMBS: Final[dict[str, Callable[[], str]]] = {
    "arrays in arrays": lambda: "x = " + "[" * 500_000,
    "closed arrays in arrays": lambda: "x = " + "[" * 2_000 + "]" * 2_000,
    "tables in tables": lambda: "x = " + "{ a = " * 100_000,
    "a key with many dots": lambda: ".".join("a" * 200_000) + " = 1",
    "a header with many dots": lambda: "[" + ".".join("a" * 200_000) + "]",
    "quoted keys with many dots": lambda: ".".join(['"a"'] * 100_000) + " = 1",
    "escaped quotes without end": lambda: 'x = "' + '\\"' * 400_000,
    "triple quotes without end": lambda: 'x = """' + '""x' * 300_000,
    "single quotes": lambda: "'" * 900_000,
    "brackets in comments": lambda: ("#" + "[" * 200 + "\n") * 4_000,
    "an endless integer": lambda: "x = " + "9" * 900_000,
    "an endless hexadecimal": lambda: "x = 0x" + "f" * 900_000,
    "a hexadecimal that cannot be printed": lambda: "id = 0x" + "f" * 4_000,
    "a number beyond measure": lambda: "x = 1e999999999",
    "a long fraction": lambda: "x = 0." + "1" * 900_000,
    "not a number": lambda: "x = nan",
    "many unknown keys": lambda: "\n".join(f"k{number} = 1" for number in range(20_000)),
    "many entries without id": lambda: MINIMAL + "[[limit]]\n" * 20_000,
    "many levels": lambda: MINIMAL + "\n".join(f'[[level]]\nid = "l{number}"' for number in range(6_000)),
    "many facts": lambda: MINIMAL + "\n".join(f'[facts.f{number}]\ntype = "bool"' for number in range(6_000)),
    "a condition of a megabyte": lambda: MINIMAL + f'applies = "{"not " * 200_000}joint"',
    "a condition nested too deeply": lambda: MINIMAL + f'applies = "{"(" * 900}joint{")" * 900}"',
    "a text of a megabyte": lambda: MINIMAL.replace("A bank", "x" * 900_000),
    "a chain of tables": lambda: MINIMAL + "\n".join(
        f'[[table]]\nid = "t{number}"\ntitle = {{ zh = "a", en = "a" }}\nvalues.x = {{ zh = "a", en = "a" }}\n'
        f"first = [{{ value = \"x\", when = \"t{number + 1} == 'x'\" }}]"
        for number in range(1_500)
    ),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_text_made_to_exhaust_is_refused_after_bounded_work_with_a_bounded_message(bomb: str) -> None:
    text = BOMBS[bomb]()[:MOST_BYTES]
    caught: list[InvalidPolicy] = []

    def read() -> None:
        with pytest.raises(InvalidPolicy) as refused:
            Policy.from_text(text, name="own.toml")
        caught.append(refused.value)

    assert calls(read) < MOST_CALLS
    (refused,) = caught
    assert 1 <= len(refused.faults) <= 201
    assert len(str(refused)) < 200_000


def test_more_faults_than_anybody_reads_are_counted() -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_text(MINIMAL + "\n".join(f"k{number} = 1" for number in range(300)))
    assert str(refused.value.faults[-1]) == "policy: and 100 more faults"


def test_more_entries_than_are_read_are_a_fault() -> None:
    with pytest.raises(InvalidPolicy, match="at most 2000 entries are read; got 2001"):
        Policy.from_text(MINIMAL + "note = [" + '{ zh = "a", en = "a" },' * 2001 + "]")
    facts = "\n".join(f'f{n} = {{ type = "bool", title = {{ zh = "a", en = "a" }} }}' for n in range(2001))
    with pytest.raises(InvalidPolicy, match="facts: at most 2000 entries are read; got 2001"):
        Policy.from_text(f"{MINIMAL}[facts]\n{facts}")


def test_a_parser_that_gives_up_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(tomllib, "loads", exhausted)
    with pytest.raises(InvalidPolicy, match="beyond what can be read"):
        parse_toml("x = 1", name="own.toml")


def test_nothing_in_a_file_is_executed(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    conditions = [
        f"__import__('pathlib').Path('{trace}').touch()",
        f"open('{trace}', 'w')",
        f"[open('{trace}', 'w') for x in (1,)]",
        f"(lambda: open('{trace}', 'w'))()",
        "received.__class__.__mro__",
        "has.__globals__",
        f"f'{{open({str(trace)!r})}}'",
        "joint if open else repeat",
        "(x := 1)",
        "joint\nimport os",
        "joint; repeat",
    ]
    for condition in conditions:
        with pytest.raises(InvalidPolicy, match="applies"):
            Policy.from_text(f"{MINIMAL}applies = '''{condition}'''\n")
    assert not trace.exists()
