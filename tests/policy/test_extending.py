"""A policy that extends another: what is inherited, replaced, removed, and where a fault is then said to be."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.errors import InvalidPolicy, UnreadableInput
from complaint_rules.periods.periods import Period
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy

TITLE: Final = 'title = { zh = "甲", en = "A" }'


def head(id: str, edition: str = "1", extends: str | None = None) -> str:
    base = f'extends = {{ id = "{extends}", edition = "1" }}\n' if extends else ""
    return (
        f'id = "{id}"\nedition = "{edition}"\n{base}'
        'title = { zh = "测试规则", en = "Test rules" }\nissuer = { zh = "某银行", en = "A bank" }\n'
        "checked_on = 2026-11-21\n"
    )


BASE: Final = (
    head("group")
    + f"""
effective_from = 2020-03-01
applies = "not joint"
citation = {{ zh = "第{{}}条", en = "art. {{}}" }}
[[note]]
zh = "上级规定"
en = "of the group"
[[level]]
id = "outlet"
{TITLE}
[[level]]
id = "branch"
{TITLE}
[facts.unionpay]
type = "bool"
assume = false
{TITLE}
[events.on_site]
{TITLE}
[parameters.wait]
type = "period"
{TITLE}
[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
earliest = [{{ within = "15 days", when = "not unionpay" }}]
[[limit]]
id = "visit"
{TITLE}
from = "received"
until = "on_site"
earliest = [{{ within = {{ parameter = "wait" }} }}]
[retention]
within = "10 years"
from = "closed"
"""
)
WHOLE: Final = f"""
[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
earliest = [{{ within = "10 days", when = "not unionpay" }}]
"""


READER: Final = f"[[duty]]\nid = 'go'\n{TITLE}\nmust = 'on_site'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "group.toml").write_text(BASE, "utf-8")
    return tmp_path


def written(folder: Path, body: str, name: str = "own", extends: str = "group") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(head(name, extends=extends) + body, "utf-8")
    return path


def test_an_entry_with_the_same_id_takes_the_place_of_the_bases_and_new_ones_follow(folder: Path) -> None:
    more = WHOLE.replace('"whole"', '"second"')
    policy = Policy.from_file(written(folder, more + WHOLE))
    assert list(policy.limits) == ["whole", "visit", "second"]
    assert policy.limits["whole"].rows[0].within == Period.parse("10 days")
    assert policy.limits["visit"].missing == ("wait",)


def test_what_is_declared_is_inherited_and_what_says_which_text_it_is_is_not(folder: Path) -> None:
    policy = Policy.from_file(written(folder, f'[facts.vip]\ntype = "bool"\n{TITLE}\n'))
    assert {"unionpay", "vip"} <= set(policy.facts)
    assert list(policy.levels) == ["outlet", "branch"]
    assert policy.citation["en"] == "{}"
    assert policy.texts["group"].citation["en"] == "art. {}"
    assert policy.applies is not None
    assert policy.retention is not None
    assert (policy.id, policy.effective_from) == ("own", None)


def test_notes_of_both_are_kept_and_other_single_parts_are_replaced(folder: Path) -> None:
    body = (
        'applies = "joint"\n[[note]]\nzh = "本行"\nen = "our own"\n[retention]\nwithin = "15 years"\nfrom = "closed"\n'
    )
    policy = Policy.from_file(written(folder, body))
    assert [note["en"] for note in policy.notes] == ["Test rules: of the group", "our own"]
    assert policy.retention is not None
    assert policy.retention.within == Period.parse("15 years")
    assert policy.applies is not None
    assert policy.applies.text == "joint"


def test_what_is_removed_is_gone_and_nothing_else(folder: Path) -> None:
    removed = 'remove = ["limit/visit", "parameters/wait", "events/on_site", "retention", "applies", "note"]\n'
    policy = Policy.from_file(written(folder, removed))
    assert list(policy.limits) == ["whole"]
    assert policy.parameters == {}
    assert "on_site" not in policy.events
    assert (policy.retention, policy.applies, policy.notes) == (None, None, ())


def test_what_is_removed_and_still_read_is_a_fault_of_the_file_that_removes_it(folder: Path) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(written(folder, 'remove = ["limit/visit", "events/on_site", "parameters/wait"]\n' + READER))
    assert [fault.where for fault in refused.value.faults] == ["own.toml: duty[0].must"], "its own slip stays its own"
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(written(folder, 'remove = ["events/on_site"]\n'))
    (fault,) = refused.value.faults
    assert (fault.where, fault.value) == ("own.toml: remove[0]", "on_site")
    assert fault.why == "what is removed is still read in group.toml: limit[1].until"
    assert fault.hint == "remove or rewrite that as well"


def test_what_a_replaced_entry_lacks_is_a_fault_of_the_file_that_replaces_it() -> None:
    text = """\
id = "own"
edition = "1"
title = { zh = "甲", en = "A" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
extends = { id = "psbc-95580", edition = "2016" }
[[table]]
id = "priority"
title = { zh = "级别", en = "Priority" }
values.ordinary = { zh = "普通", en = "Ordinary" }
first = [{ value = "ordinary" }]
"""
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_text(text, name="own.toml")
    (fault,) = refused.value.faults
    assert fault.where == "own.toml: table[0]"
    assert "the table 'priority' has no such value, which is read in psbc-95580.toml: limit[0]" in fault.why
    assert (fault.value, fault.hint) == ("urgent", "keep what others read, or rewrite that as well")


def test_many_readers_of_what_is_removed_are_counted() -> None:
    head_ = 'id = "own"\nedition = "1"\ntitle = { zh = "甲", en = "A" }\nissuer = { zh = "某行", en = "A bank" }\n'
    text = head_ + 'checked_on = 2026-11-21\nextends = { id = "cbirc-2020-3", edition = "2020" }\n'
    Policy.from_text(text + 'remove = ["limit/pass_on"]\n', name="own.toml")  # nothing reads it
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_text(text + 'remove = ["limit/decide"]\n', name="own.toml")
    (fault,) = refused.value.faults
    assert fault.where == "own.toml: remove[0]"
    base = load_policy("boc-it-blueprint")
    text = text.replace("cbirc-2020-3", base.id).replace('edition = "2020"', f'edition = "{base.edition}"')
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_text(text + 'remove = ["table/scope"]\n', name="own.toml")
    (fault,) = refused.value.faults
    assert fault.why.endswith("and 5 more places")


def test_a_fault_is_said_to_be_where_it_was_written(folder: Path) -> None:
    body = WHOLE.replace('"whole"', '"third"') + WHOLE.replace("10 days", "10")
    body += "[[note]]\nzh = 5\nen = 'x'\n[facts.vip]\ntype = 'boole'\n[hours]\n"
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(written(folder, body))
    assert {fault.where for fault in refused.value.faults} == {
        "own.toml: limit[1].earliest[0].within",
        "own.toml: note[0].zh",
        "own.toml: facts.vip.type",
        "own.toml: facts.vip.title",
        "own.toml: hours.spans",
    }


def test_chains_are_fine_and_each_lays_its_entries_over_those_before(folder: Path) -> None:
    written(folder, WHOLE, name="middle")
    last = written(folder, 'remove = ["limit/visit"]\n', name="last", extends="middle")
    policy = Policy.from_file(last)
    assert list(policy.limits) == ["whole"]
    assert policy.limits["whole"].rows[0].within == Period.parse("10 days")


def test_a_fault_in_the_middle_of_a_chain_is_reported_there(folder: Path) -> None:
    written(folder, 'remove = ["limit/vist"]\n', name="middle")
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(written(folder, "", name="last", extends="middle"))
    (fault,) = refused.value.faults
    assert fault.where == "middle.toml: remove[0]"
    assert fault.hint == "did you mean 'limit/visit'?"


def test_a_policy_that_extends_itself_round_a_corner_is_refused_with_the_way_round(folder: Path) -> None:
    written(folder, "", name="first", extends="second")
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(written(folder, "", name="second", extends="first"))
    (fault,) = refused.value.faults
    assert fault.where == "first.toml: extends.id"
    assert fault.value == "second → first → second"


def test_a_chain_has_an_end(folder: Path) -> None:
    for number in range(12):
        written(folder, "", name=f"step{number}", extends=f"step{number + 1}")
    with pytest.raises(InvalidPolicy, match="more than 8 policies extend one another"):
        Policy.from_file(folder / "step0.toml")


def test_a_base_beside_the_file_is_found_by_id_and_edition_only(folder: Path) -> None:
    path = written(folder, "")
    path.write_text(path.read_text("utf-8").replace('edition = "1" }', 'edition = "2" }'), "utf-8")
    with pytest.raises(InvalidPolicy, match="no policy 'group' of edition '2'"):
        Policy.from_file(path)
    (folder / "group@2.toml").write_text(BASE.replace('edition = "1"', 'edition = "2"'), "utf-8")
    assert "whole" in Policy.from_file(path).limits


def test_a_base_beside_the_file_that_cannot_be_read_is_said_to_be_so(folder: Path) -> None:
    (folder / "group.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableInput, match="UTF-16"):
        Policy.from_file(written(folder, ""))


def test_a_text_without_a_folder_extends_shipped_policies_only(folder: Path) -> None:
    with pytest.raises(InvalidPolicy, match="there is no policy 'group'"):
        Policy.from_text(head("own", extends="group"))


def test_a_shipped_policy_can_be_extended_and_crosses_a_process_border_whole() -> None:
    base = load_policy("cbirc-2020-3")
    text = head("own", extends="cbirc-2020-3").replace('edition = "1" }', f'edition = "{base.edition}" }}')
    policy = Policy.from_text(text)
    assert [limit.rows[0].within for limit in policy.limits.values()] == [
        limit.rows[0].within for limit in base.limits.values()
    ]
    assert policy.cite(policy.limits["decide"].rows[0].cite, "en") == f"{base.title['en']}, art. 18(1)"
    assert list(policy.facts) == list(base.facts)
    assert policy.fingerprint != base.fingerprint
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - the bytes are our own


@pytest.mark.parametrize(
    ("base", "own", "word"),
    [
        ("level = 5", "", "a list is expected"),  # nothing to merge with: reported, not lost
        ("facts = 5", "", "named entries"),
        ("note = 5", "", "a list is expected"),
        ("level = 5", f'[[level]]\nid = "a"\n{TITLE}\n', ""),  # the own entries replace what is none
        ("", "level = 5", "a list is expected"),
        ("", "facts = 5", "named entries"),
        ("", "note = 5", "a list is expected"),
        ('level = ["x"]', "", "a level is a table"),
        (f"[[level]]\n{TITLE}", "", "needs this key"),  # an entry without id is kept, and at fault
    ],
)
def test_sections_that_are_none_are_faults_after_merging_too(tmp_path: Path, base: str, own: str, word: str) -> None:
    (tmp_path / "group.toml").write_text(head("group") + base, "utf-8")
    path = written(tmp_path, own)
    if not word:
        assert list(Policy.from_file(path).levels) == ["a"]
        return
    with pytest.raises(InvalidPolicy, match=word) as refused:
        Policy.from_file(path)
    place = "own.toml: " if own else "group.toml: "
    assert refused.value.faults[0].where.startswith(place)
