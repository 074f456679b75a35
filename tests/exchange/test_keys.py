"""Keys that stand twice are told with their lines, within bounds."""

from __future__ import annotations

import pytest

from complaint_rules.exchange import keys as room
from complaint_rules.exchange.keys import Keys


def lines(*keys: str) -> str:
    found = Keys()
    for line, key in enumerate(keys, 2):
        found.add(key, line)
    return f"{found.repeated}: {found.lines(' and ', ', ')}"


def test_each_key_is_told_with_all_its_lines() -> None:
    assert lines("a", "b", "c") == "0: "
    assert lines("a", "a", "b", "b") == "2: 2 and 3, 4 and 5"
    assert lines("a", "b", "a", "a") == "1: 2, 4 and 5"


def test_many_keys_and_many_lines_are_cut() -> None:
    assert lines(*["a"] * 9) == "1: 2, 3, 4, 5, 6 and 7…"
    assert lines(*"abcdefg", *"abcdefg").startswith("7: 2 and 9, 3 and 10")
    assert lines(*"abcdefg", *"abcdefg").endswith("6 and 13, …")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_KEYS", 2)
    assert lines("a", "b", "c", "c", "a") == "1: 2 and 6"  # c came too late to be remembered


def test_what_is_remembered_of_one_file_are_half_a_million_keys() -> None:
    assert room.MOST_KEYS == 500_000
