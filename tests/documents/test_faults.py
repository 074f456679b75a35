"""What is wrong with a document is told with its file, key path and line, in the order of the document."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nesting import Nested, in_tree_order, nesting_of, upwards
from complaint_rules.errors import ComplaintRulesError

PLACES = {"limit[0]": ("base.toml", "limit[3]"), "facts.vip": ("own.toml", "facts.vip"), "hours": ("h.toml", "hours")}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("limit[0]", "base.toml: limit[3]"),
        ("limit[0].until", "base.toml: limit[3].until"),
        ("limit[1].until", "all.toml: limit[1].until"),
        ("facts.vip.type", "own.toml: facts.vip.type"),
        ("facts.age.type", "all.toml: facts.age.type"),
        ("hours.spans[0]", "h.toml: hours.spans[0]"),  # of no entry of its own: of its section
        ("hours[2].open", "h.toml: hours[2].open"),
        ("", "all.toml"),
    ],
)
def test_a_place_of_a_merged_document_is_told_in_the_file_it_was_written_in(path: str, expected: str) -> None:
    assert Faults("all.toml", PLACES).where(path) == expected


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("own.toml", "id", "own.toml:7: id"),
        ("own.toml", "id.zh", "own.toml:7: id.zh"),
        ("own.toml", "title", "own.toml: title"),
        ("", "id", "7: id"),
        ("", "title", "title"),
        ("", "", ""),
    ],
)
def test_a_place_is_told_with_its_line_where_that_is_known(name: str, path: str, expected: str) -> None:
    faults = Faults(name)
    faults.lines = {"id": 7}
    assert faults.where(path) == expected


@pytest.mark.parametrize(("number", "told"), [(199, 199), (200, 200), (201, 201), (203, 201)])
def test_two_hundred_faults_are_told_and_the_others_counted(number: int, told: int) -> None:
    """With one more there is a line that says how many are not told."""
    for unknown in (False, True):
        faults = Faults("own.toml")
        for place in range(number):
            if unknown and place >= 199:
                faults.unknown(f"k[{place}]", "no such word", "x", ["y"])
            else:
                faults.add(f"k[{place}]", "a slip")
        assert len(faults) == number
        found = faults.all()
        assert len(found) == told
        if number > 200:
            assert (found[-1].where, found[-1].why) == ("own.toml", f"and {number - 200} more faults")


@pytest.mark.parametrize(
    ("known", "word", "hint"),
    [
        (["received", "replied"], "recieved", "did you mean 'received'?"),
        (["received", "replied"], "zebra", "known: received, replied"),
        ([], "zebra", "none is declared"),
        ([f"w{n}" for n in range(24)], "zebra", "known: " + ", ".join(f"w{n}" for n in range(24))),
        ([f"w{n}" for n in range(25)], "zebra", "known: " + ", ".join(f"w{n}" for n in range(24)) + " …"),
    ],
)
def test_an_unknown_word_is_told_with_the_closest_or_with_24_of_those_there_are(
    known: list[str], word: str, hint: str
) -> None:
    faults = Faults("own.toml")
    faults.unknown("k", "no such word", word, known)
    (fault,) = faults.all()
    assert (fault.where, fault.why, fault.value, fault.hint) == ("own.toml: k", "no such word", word, hint)


def test_what_another_room_refused_is_told_in_its_words() -> None:
    faults = Faults("own.toml")
    faults.refused("quiet", ComplaintRulesError(what="hours", why="they are empty", value=[], hint="leave them out"))
    (fault,) = faults.all()
    assert (fault.where, fault.why, fault.value, fault.hint) == (
        "own.toml: quiet", "they are empty", [], "leave them out",
    )  # fmt: skip


def test_the_faults_of_another_file_come_before_those_of_this_one() -> None:
    """They have no place in this document: what has none stands before what has."""
    faults, other = Faults("own.toml"), Faults("base.toml")
    faults.add("id", "a slip")
    other.add("id", "another")
    faults.take(other)
    assert [fault.where for fault in faults.all({"id": 5})] == ["base.toml: id", "own.toml: id"]


ORDERED: list[tuple[list[str], Any, list[str], str]] = [
    (["b", "a"], {"a": 1, "b": 2}, ["a", "b"], "keys as they are written"),
    (["a", "b"], {"b": 1, "a": 2}, ["b", "a"], "and not by the alphabet"),
    (["k[10]", "k[9]"], {"k": [0] * 11}, ["k[9]", "k[10]"], "numbers as numbers"),
    (["k[1].b", "k[0].b", "k[1].a"], {"k": [{"b": 1}, {"a": 1, "b": 1}]}, ["k[0].b", "k[1].a", "k[1].b"], "inside"),
    (["a", "missing"], {"a": 1}, ["missing", "a"], "what is missing before what is there"),
    (["k[0]", "k[1]"], {"k": [0]}, ["k[1]", "k[0]"], "so too an entry that the list has not"),
    (["k.b.x", "k.a"], {"k": {"a": 1, "b": 2}}, ["k.a", "k.b.x"], "beyond what is no table nothing is found"),
    (["k[0]", "k"], {"k": {"0": 1}}, ["k", "k[0]"], "a table has no places, and its own fault comes first"),
    (["b", "a"], None, ["b", "a"], "without the document as they were noted"),
]


@pytest.mark.parametrize(("paths", "document", "expected", "why"), ORDERED, ids=[why for *_, why in ORDERED])
def test_faults_come_in_the_order_of_the_document(
    paths: list[str], document: Any, expected: list[str], why: str
) -> None:
    faults = Faults("")
    for path in paths:
        faults.add(path, "a slip")
    assert [fault.where for fault in faults.all(document)] == expected, why


# What stands under what -------------------------------------------------------------------------------------


def test_what_stands_under_what_is_a_tree_and_the_rest_is_told() -> None:
    faults = Faults("own.toml")
    given = {
        "b": Nested("a", "b", faults), "c": Nested("b", "c", faults), "a": Nested("c", "a", faults),
        "self": Nested("self", "s", faults), "x": Nested("a", "x", faults), "y": Nested(5, "y", faults),
        "z": Nested("aa", "z", faults),
    }  # fmt: skip
    assert nesting_of(given, ["a", "b", "c", "self", "y", "z"]) == {"b": "a", "c": "b"}
    assert [(fault.where, fault.why, fault.value) for fault in faults.all()] == [
        ("own.toml: a", "it would stand under itself", "c"),  # c stands under b, and that under a
        ("own.toml: s", "it would stand under itself", "self"),
        ("own.toml: x", "nothing of this code is listed", "x"),
        ("own.toml: y", "nothing of this code is listed", 5),
        ("own.toml: z", "nothing of this code is listed", "aa"),
    ]


def test_a_tree_is_walked_upwards_and_listed_with_each_branch_whole() -> None:
    under = {"a1": "a", "a11": "a1", "b1": "b", "a2": "a"}
    assert list(upwards("a11", under)) == ["a11", "a1", "a"]
    assert list(upwards("b", under)) == ["b"]
    assert in_tree_order(["b", "a", "a2", "a1", "b1", "a11"], under) == ("b", "b1", "a", "a2", "a1", "a11")
    assert in_tree_order([], under) == ()
