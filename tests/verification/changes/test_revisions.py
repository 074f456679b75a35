"""What was added, removed, changed, reworded: every section of a file, rows by content, words apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from complaint_rules.policy.files.shapes import ENTRIES, NAMED, SHAPES, SINGLE
from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.entries import FRAME, IDENTITY, WORDS, content, entries_in, entries_of
from complaint_rules.verification.changes.revisions import (
    ChangedPart,
    ChangeKind,
    RuleChange,
    as_toml,
    changes_between,
    changes_in,
    parts_between,
)
from tests import small

SECTIONS: Final = SHAPES["file"].known
SHAPE_OF: Final = {"facts": "fact", "events": "event", "codes": "vocabulary", "parameters": "parameter"}
DECIDES_NOTHING: Final = {"title", "reading", "cite", "definition", "negated", "accept"}
"""How something is called, read, cited, said; and that a finding about the rules is accepted, which no case sees."""
PSBC: Final = load_policy("psbc-95580")
EVERY: Final = [(name, edition) for name in policies() for edition in editions(name)]


def edited(policy: Policy, edit: Callable[[dict[str, Any]], object], **parameters: Any) -> Policy:
    """Give a policy whose merged file was edited."""
    whole = json.loads(policy.document)
    edit(whole["policy"])
    return Policy.from_document(json.dumps(whole, ensure_ascii=False), parameters=parameters)


def entry(section: str, name: str, file: Mapping[str, Any]) -> Any:
    return next(one for one in file[section] if one["id"] == name)


def reworked(edit: Callable[[dict[str, Any]], object]) -> dict[str, RuleChange]:
    """Give what differs between a policy's file and the same edited, whether or not it would load."""
    old, new = (json.loads(PSBC.document)["policy"] for _ in range(2))
    edit(new)
    return {change.rule: change for change in changes_in(entries_in(old), entries_in(new))}


def told(old: Policy, new: Policy) -> dict[str, RuleChange]:
    return {change.rule: change for change in changes_between(old, new)}


# --- no section can be forgotten ---


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_that_a_file_may_have_is_held_against_the_other_edition(section: str) -> None:
    """A section that somebody adds to the shapes is told from the first day on: nothing has to be listed here."""
    one: Any = {"a": {"title": "甲"}} if section in NAMED else [{"id": "a"}] if section in ENTRIES else "a"
    found = entries_in({section: one})
    assert bool(found) is (section not in IDENTITY)
    for rule in found:
        assert rule.partition("/")[0] == section


KEYS: Final = [(section, key) for section in (*ENTRIES, *NAMED) for key in SHAPES[SHAPE_OF.get(section, section)].known
               if key != "id"]  # fmt: skip
PARTS: Final = sorted({key for name, shape in SHAPES.items() if name not in ("file", "titles") for key in shape.known})


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_of_an_entry_that_differs_is_told_and_as_words_only_where_it_is(section: str, key: str) -> None:
    """Taken from the list that the loader reads, so that a key that comes is told from the first day on."""
    one, other = ({"a": {key: value}} if section in NAMED else [{"id": "a", key: value}] for value in ("x", "y"))
    (found,) = changes_in(entries_in({section: one}), entries_in({section: other}))
    words = key in DECIDES_NOTHING or section in FRAME
    assert (found.rule, found.kind) == (f"{section}/a", ChangeKind.REWORDED if words else ChangeKind.CHANGED)


@pytest.mark.parametrize("key", PARTS)
def test_every_key_of_what_stands_inside_an_entry_is_told_too(key: str) -> None:
    """Rows, selectors, pauses, extensions, seasons and all the others: a list of them, or one under a key."""
    for inside in ([{key: "x"}], {key: "x"}):
        now = [{key: "y"}] if isinstance(inside, list) else {key: "y"}
        (found,) = changes_in({"limit/a": {"part": inside}}, {"limit/a": {"part": now}})
        assert found.kind is (ChangeKind.REWORDED if key in DECIDES_NOTHING else ChangeKind.CHANGED)


@pytest.mark.parametrize("section", SINGLE)
def test_every_part_that_is_replaced_as_a_whole_is_told(section: str) -> None:
    (found,) = changes_in(entries_in({section: "x"}), entries_in({section: "y"}))
    assert found.kind is (ChangeKind.REWORDED if section in FRAME else ChangeKind.CHANGED)


def test_only_of_the_parts_replaced_as_a_whole_that_can_be_several_each_is_an_entry() -> None:
    """How long records are kept may be said in several tables; of the others there is one, whatever stands there."""
    several = [{"id": "a", "within": "1 year"}, {"within": "2 years"}]
    for section in SINGLE:
        found = entries_in({section: several})
        if section == "retention":
            assert found == {"retention/a": several[0], "retention/1": several[1]}
        else:
            assert found == {section: several}


def test_what_is_left_out_are_keys_that_there_are() -> None:
    keys = {key for shape in SHAPES.values() for key in shape.known}
    assert set(SECTIONS) >= IDENTITY
    assert set(SECTIONS) >= FRAME
    assert WORDS - {"accept"} <= keys


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_an_entry_of_a_shipped_policy_that_goes_is_told_and_so_is_one_that_comes(name: str, edition: str) -> None:
    policy = load_policy(name, edition=edition)
    assert changes_between(policy, policy) == ()
    entries, reworded = entries_of(policy), [ChangeKind.REWORDED] * 2
    for section in json.loads(policy.document)["policy"].keys() - IDENTITY:
        fewer = {rule: one for rule, one in entries.items() if rule.partition("/")[0] != section}
        gone, come = list(changes_in(entries, fewer)), list(changes_in(fewer, entries))
        assert [one.rule for one in gone] == [one.rule for one in come] == [one for one in entries if one not in fewer]
        for one, other in zip(gone, come, strict=True):
            kinds = reworded if section in FRAME else [ChangeKind.REMOVED, ChangeKind.ADDED]
            assert [one.kind, other.kind] == kinds


@pytest.mark.parametrize(
    ("why", "edit", "rule", "kind"),
    [
        ("the first day in force", lambda file: file.update(effective_from="2016-01-01"), "effective_from", "added"),
        ("when it applies", lambda file: file.update(applies="source == 'customer'"), "applies", "changed"),
        ("a route", lambda file: file.pop("routes"), "routes", "removed"),
        ("the quiet hours", lambda file: file.update(quiet={"start": "22:00", "end": "08:00"}), "quiet", "changed"),
        ("opening hours", lambda file: file.update(hours={"spans": ["09:00-17:00"]}), "hours", "added"),
        ("retention", lambda file: file["retention"].update(within="5 years"), "retention", "changed"),
        ("a presumption", lambda file: file["facts"]["unionpay"].update(assume=True), "facts/unionpay", "changed"),
        ("the title of a fact", lambda file: file["facts"]["unionpay"]["title"].update(en="U"), "facts/unionpay",
         "reworded"),
        ("the title of a level", lambda file: file["level"][0]["title"].update(zh="点"), "level/outlet", "reworded"),
        ("the notes", lambda file: file.update(note=[{"zh": "注", "en": "Note"}]), "note", "reworded"),
        ("the day of checking", lambda file: file.update(checked_on="2026-11-01"), "checked_on", "reworded"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_part_of_a_file_that_differs_is_told(why: str, edit: Callable[[Any], object], rule: str, kind: str) -> None:
    assert {name: one.kind.value for name, one in reworked(edit).items()} == {rule: kind}, why


def test_levels_in_another_order_are_a_change_for_skipping_one_hangs_on_it() -> None:
    (change,) = told(PSBC, edited(PSBC, lambda file: file["level"].reverse())).values()
    assert (change.rule, change.kind, change.parts[0].reordered) == ("level", ChangeKind.CHANGED, True)
    assert change.parts[0].come == tuple(reversed(change.parts[0].gone))


def test_parameters_that_somebody_supplies_are_a_change() -> None:
    text = "\n".join(
        (
            small.HEAD,
            "[parameters.days]",
            'type = "period"',
            small.TITLE,
            small.limit("[{ within = { parameter = 'days' } }]"),
        )
    )
    old, new = (Policy.from_text(text, parameters={"days": days}) for days in ("5 days", "7 days"))
    (change,) = changes_between(old, new)
    assert (change.rule, change.parts) == ("supplied/days", (ChangedPart("", ('"5 days"',), ('"7 days"',)),))


# --- one entry ---


def test_a_rule_whose_titles_readings_and_articles_alone_differ_is_reworded() -> None:
    def edit(file: dict[str, Any]) -> None:
        limit = entry("limit", "whole", file)
        limit["title"] = {"zh": "全程", "en": "All of it"}
        limit["earliest"][0]["cite"] = "15"
        limit["reading"] = {"zh": "读", "en": "read"}
        entry("table", "priority", file)["values"]["urgent"] = {"zh": "急", "en": "Urgent!"}

    found = reworked(edit)
    assert {rule: one.kind for rule, one in found.items()} == {
        "limit/whole": ChangeKind.REWORDED, "table/priority": ChangeKind.REWORDED,
    }  # fmt: skip
    assert {part.path for part in found["limit/whole"].parts} == {"title", "reading", "earliest[0].cite"}
    assert found["limit/whole"].title == {"zh": "全程", "en": "All of it"}
    assert [part.path for part in found["table/priority"].parts] == ["values.urgent"]


def test_rows_are_matched_by_what_they_decide() -> None:
    def edit(file: dict[str, Any]) -> None:
        rows = entry("table", "priority", file)["first"]
        rows[2]["when"] = "complainants >= 5"
        rows[0]["cite"] = "99"

    (change,) = reworked(edit).values()
    assert (change.rule, change.kind) == ("table/priority", ChangeKind.CHANGED)
    assert change.parts == (
        ChangedPart(
            "first",
            ('{ value = "urgent", when = "complainants >= 3" }',),
            ('{ value = "urgent", when = "complainants >= 5" }',),
        ),
        ChangedPart(
            "first[0].cite",
            (as_toml(entry("table", "priority", json.loads(PSBC.document)["policy"])["first"][0]["cite"]),),
            ('"99"',),
            worded=True,
        ),
    )


def test_rows_in_another_order_are_a_change() -> None:
    def edit(file: dict[str, Any]) -> None:
        rows = entry("table", "priority", file)["first"]
        rows[0], rows[1] = rows[1], rows[0]

    (change,) = reworked(edit).values()
    (part,) = change.parts
    assert (part.path, part.gone, part.come, part.reordered) == ("first", (), (), True)


@pytest.mark.parametrize(
    ("why", "one", "other", "parts"),
    [
        ("nothing", {"a": 1}, {"a": 1}, []),
        ("a figure", {"within": "5 days"}, {"within": "7 days"}, [ChangedPart("within", ('"5 days"',), ('"7 days"',))]),
        ("a key that comes", {}, {"who": "outlet"}, [ChangedPart("who", (), ('"outlet"',))]),
        ("a key that goes", {"cite": "14"}, {}, [ChangedPart("cite", ('"14"',), (), worded=True)]),
        ("a shape", {"from": "received"}, {"from": {"event": "closed"}},
         [ChangedPart("from", ('"received"',), ('{ event = "closed" }',))]),
        ("a key within", {"from": {"event": "closed"}}, {"from": {"event": "closed", "by": "outlet"}},
         [ChangedPart("from.by", (), ('"outlet"',))]),
        ("a title that comes with its code", {"values": {}}, {"values": {"a": {"zh": "甲", "en": "A"}}},
         [ChangedPart("values.a", (), ('{ zh = "甲", en = "A" }',))]),
        ("rows that are texts", {"told": ["a", "b"]}, {"told": ["b", "c"]}, [ChangedPart("told", ('"a"',), ('"c"',))]),
        ("one of two rows alike goes", {"x": ["a", "a"]}, {"x": ["a"]}, [ChangedPart("x", ('"a"',), ())]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_parts_in_which_two_values_differ(why: str, one: Any, other: Any, parts: list[ChangedPart]) -> None:
    assert list(parts_between("", one, other)) == parts, why


def test_what_decides_is_all_but_titles_readings_and_articles() -> None:
    row = {"value": "a", "when": "joint", "cite": "14", "reading": {"zh": "读", "en": "read"}}
    assert content([row]) == [{"value": "a", "when": "joint"}]


def test_an_empty_table_is_written_as_one() -> None:
    assert (as_toml({}), as_toml(["a", 1, False])) == ("{}", '["a", 1, false]')


def test_changes_go_into_data() -> None:
    change = RuleChange(ChangeKind.CHANGED, "limit/whole", None, (ChangedPart("within", ("a",), ("b",)),))
    part = {"path": "within", "gone": ["a"], "come": ["b"], "worded": False, "reordered": False}
    assert change.to_dict() == {"kind": "changed", "rule": "limit/whole", "title": None, "parts": [part]}


def test_the_petition_regulations_of_2022_against_those_of_2005() -> None:
    """Worked out from the two files: the ten working days for passing on and the sixty for handling stay."""
    old, new = (load_policy("petition-2022", edition=edition) for edition in ("2005", "2022"))
    found = told(old, new)
    assert found["limit/decide_handed"].kind is found["limit/answer_proposal"].kind is ChangeKind.REMOVED
    assert found["limit/review"].kind is found["limit/rereview"].kind is ChangeKind.REWORDED
    assert {part.path for part in found["limit/handle"].parts if not part.worded} == {"when"}
    assert found["facts/matter"].kind is ChangeKind.ADDED
