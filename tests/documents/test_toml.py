"""A policy file is read within bounds, and what is wrong with it is told with its place."""

from __future__ import annotations

import os
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.documents import toml
from complaint_rules.documents.toml import as_text, parse_toml, read_bytes, read_text, refused, text_given
from complaint_rules.errors import Fault, InvalidPolicy, UnreadableInput

WHAT = "policy file"

# Files ------------------------------------------------------------------------------------------------------


def test_a_file_of_the_size_that_is_allowed_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"12345")
    assert read_bytes(file, what=WHAT, most=5) == b"12345"
    assert read_bytes(file, what=WHAT) == b"12345"
    with pytest.raises(UnreadableInput) as found:
        read_bytes(file, what=WHAT, most=4)
    assert (found.value.where, found.value.why) == (str(file), "it has 5 bytes, at most 4 are read")
    assert found.value.hint == "is this the right file?"


def test_a_file_has_at_most_a_megabyte(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"#" * (1024 * 1024))
    assert len(read_bytes(file, what=WHAT)) == 1_048_576
    file.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(UnreadableInput, match="it has 1048577 bytes, at most 1048576 are read"):
        read_bytes(file, what=WHAT)


def test_a_file_that_grew_between_the_look_and_the_reading_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"12345")
    small = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 1, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda _: small)
    assert read_bytes(file, what=WHAT, most=5) == b"12345"
    with pytest.raises(UnreadableInput, match="it has 5 bytes, at most 4 are read"):  # no more is taken than is needed
        read_bytes(file, what=WHAT, most=4)


@pytest.mark.parametrize(
    ("path", "where", "why"),
    [
        ("no-such.toml", "no-such.toml", "there is no such file"),
        (".", ".", "this is a directory"),
        (os.devnull, os.devnull, "this is no regular file"),
        ("a\0b", "", "a path is expected"),
        (5, "", "a path is expected"),
    ],
)
def test_what_is_no_file_is_told_by_its_name(
    path: Any, where: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableInput) as found:
        read_bytes(path, what=WHAT)
    assert (found.value.where, found.value.what, found.value.why) == (where, WHAT, why)


@pytest.mark.parametrize("step", ["stat", "open"])
def test_a_file_that_cannot_be_looked_at_or_opened_is_told_by_its_name(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"12345")

    def refuse(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, step, refuse)
    with pytest.raises(UnreadableInput) as found:
        read_bytes(file, what=WHAT)
    assert (found.value.where, found.value.why) == (str(file), "it cannot be read: Permission denied")


def test_a_text_is_named_as_its_file_or_as_it_is_called(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"\xef\xbb\xbfid = 1\n")
    assert read_text(file, what=WHAT) == text_given("\ufeffid = 1\n", name="x", what=WHAT) == "id = 1\n"
    file.write_bytes(b" \n")
    for named, where in ((None, str(file)), ("base", "base")):
        with pytest.raises(UnreadableInput) as found:
            read_text(file, what=WHAT, named=named)
        assert (found.value.where, found.value.why) == (where, "it is empty")


@pytest.mark.parametrize(
    ("content", "where", "why"),
    [
        (b"\xff\xfei\0d\0", "own.toml", "it is not UTF-8 but UTF-16"),
        (b"\xfe\xff\0i\0d", "own.toml", "it is not UTF-8 but UTF-16"),
        (b"\0id\n", "own.toml:1", "it holds a NUL byte"),
        (b"id\n\nx\0\n\0", "own.toml:3", "it holds a NUL byte"),
        (b"\xb9", "own.toml:1", "it is not UTF-8"),
        ("id\n工".encode("gb18030"), "own.toml:2", "it is not UTF-8"),
        (b"", "own.toml", "it is empty"),
        (b"\n \t", "own.toml", "it is empty"),
    ],
)
def test_what_is_no_text_is_told_with_the_line_where_it_shows(content: bytes, where: str, why: str) -> None:
    with pytest.raises(UnreadableInput) as found:
        as_text(content, name="own.toml", what=WHAT)
    assert (found.value.where, found.value.what, found.value.why) == (where, WHAT, why)


def test_a_text_that_cannot_be_encoded_is_no_utf_8() -> None:
    with pytest.raises(UnreadableInput) as found:
        text_given("id\n\udc80", name="own.toml", what=WHAT)
    assert (found.value.where, found.value.why) == ("own.toml:2", "it is not UTF-8")


# Bounds of TOML ---------------------------------------------------------------------------------------------


def faults_of(text: str) -> list[str]:
    with pytest.raises(InvalidPolicy) as found:
        parse_toml(text, name="own.toml")
    assert found.value.why.startswith("it is not a policy file; ")
    return [str(fault) for fault in found.value.faults]


def test_numbers_are_exact() -> None:
    found = parse_toml("a = 1.50\nb = 1\nc = 1e2", name="own.toml")
    assert found == {"a": Decimal("1.50"), "b": 1, "c": Decimal(100)}
    assert str(found["a"]) == "1.50"


@pytest.mark.parametrize("number", ["1." + "1" * 39, "1.0e40", "1.0e-40"])
def test_a_number_has_at_most_40_digits_and_40_as_its_power_of_ten(number: str) -> None:
    assert parse_toml(f"a = {number}", name="own.toml") == {"a": Decimal(number)}


@pytest.mark.parametrize("number", ["1." + "1" * 40, "1.0e41", "1.0e-41", "nan", "inf"])
def test_a_number_beyond_these_bounds_is_refused(number: str) -> None:
    wrong = f"own.toml: a number of at most 40 digits is expected, not {number[:40]}"
    assert faults_of(f"a = {number}") == [wrong]


def test_whole_numbers_of_thousands_of_digits_are_refused() -> None:
    assert faults_of("a = " + "1" * 5000) == ["own.toml: a number or a nesting in it is beyond what can be read"]


def test_tables_and_lists_stand_24_deep() -> None:
    assert parse_toml("a = " + "[" * 24 + "]" * 24, name="own.toml")
    assert parse_toml("".join(f"b{n} = [{{}}]\n" for n in range(30)), name="own.toml"), "beside one another any number"
    wrong = ["own.toml: arrays and tables stand in one another more than 24 deep"]
    assert faults_of("a = " + "[" * 25 + "]" * 25) == wrong
    assert faults_of("a = " + "[{b = " * 12 + "[" + "]" + "}]" * 12) == wrong
    assert parse_toml(f"a = '{'[' * 25}' # {'[' * 25}", name="own.toml") == {"a": "[" * 25}, "not in a text or comment"


def test_a_key_has_at_most_16_dots() -> None:
    assert parse_toml(".".join("a" * 17) + " = 1", name="own.toml")
    assert faults_of(".".join("a" * 18) + " = 1") == ["own.toml: a key has more than 16 dots"]
    assert parse_toml(f"a.b = '{'.' * 17}'\n[c.d]\ne = [1.0, 2.0]", name="own.toml"), "of each key by itself"


@pytest.mark.parametrize(
    ("text", "where", "why", "value", "hint"),
    [
        ("id = 1\nb = = 2", "own.toml:2:5", "this is no TOML: Invalid value", "b = = 2", ""),
        ("a = 1\na = 2\nb = 3", "own.toml:2:6", "this is no TOML: Cannot overwrite a value", "a = 2", ""),
        (
            'when = "priority == "urgent""', "own.toml:1:22",
            "this is no TOML: Expected newline or end of document after a statement", 'when = "priority == "urgent""',
            "a text inside a condition stands in single quotes, as \"priority == 'urgent'\"",
        ),
        (
            "  a = {\n  b = 1 }", "own.toml:1:8", "this is no TOML: Invalid initial character for a key part", "a = {",
            "an inline table stands on one line in TOML 1.0",
        ),
        (
            "a = { b = 1,\n  c = 1 }", "own.toml:1:13", "this is no TOML: Invalid initial character for a key part",
            "a = { b = 1,", "an inline table stands on one line in TOML 1.0",
        ),
        ("a = {},\nb", "own.toml:1:7", "this is no TOML: Expected newline or end of document after a statement",
         "a = {},", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_was_likely_meant(
    text: str, where: str, why: str, value: str, hint: str
) -> None:
    with pytest.raises(InvalidPolicy) as found:
        parse_toml(text, name="own.toml")
    (fault,) = found.value.faults
    assert (fault.where, fault.why, fault.value, fault.hint) == (where, why, value, hint)


def test_a_mistake_at_the_end_has_no_line() -> None:
    assert faults_of("a = ") == ["own.toml: this is no TOML: Invalid value, at the end of the file"]


def test_a_mistake_on_a_line_behind_the_last_one_shows_no_line() -> None:
    """A text that ends with a line break has no last line; a message of another shape is told as it stands."""
    assert str(toml._located("own.toml", "a\n", "Bad (at line 2, column 1)")) == (
        "own.toml:2:1: this is no TOML: Bad; got ''"
    )
    assert str(toml._located("own.toml", "a", "Bad")) == "own.toml: this is no TOML: Bad, at the end of the file"


def test_the_faults_of_a_file_are_counted() -> None:
    one, two = Fault(where="a", why="b"), Fault(where="c", why="d")
    assert refused("own.toml", [one]).why == "the policy is refused; 1 fault"
    found = refused("own.toml", [one, two], "it is none")
    assert (found.where, found.why, found.faults) == ("own.toml", "it is none; 2 faults", (one, two))


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_a_text_has_at_most_a_hundred_thousand_signs_with_its_quotes(quote: str) -> None:
    """Of 400,000 escapes in one text the parser alone took 3 s."""
    longest = "x" * (100_000 - 2 * len(quote))
    assert parse_toml(f"a = {quote}{longest}{quote} # {longest * 2}", name="own.toml") == {"a": longest}
    with pytest.raises(InvalidPolicy, match="a text of at most 100000 signs is expected, and one has 100001"):
        parse_toml(f"a = {quote}{longest}x{quote}", name="own.toml")
