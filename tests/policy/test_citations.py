"""Citations: their parts are named, the articles of a text are accounted for, what is inherited names its text."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Final

import pytest

from complaint_rules import Policy
from complaint_rules.errors import InvalidPolicy
from complaint_rules.policy.articles import ArticleState, Place, chinese, numbers_of, places_in
from complaint_rules.policy.rules import Modality, ReportPeriod
from complaint_rules.words.rulebooks import explain_article, explain_policy

TITLE: Final = 'title = { zh = "甲", en = "A" }'
FORM: Final = 'citation = { zh = "第{}条", en = "art. {}" }'
HEAD: Final = f"""
id = "own"
edition = "1"
{TITLE}
issuer = {{ zh = "某行", en = "A bank" }}
checked_on = 2026-11-21
citation = {{ zh = "第{{}}条", en = "art. {{}}" }}
[[level]]
id = "outlet"
{TITLE}
"""
DUTY: Final = f'[[duty]]\nid = "reply"\n{TITLE}\nmust = "replied"\n'
TRAIN: Final = f'[[standing]]\nid = "train"\n{TITLE}\n'
LIMIT: Final = f'[[limit]]\nid = "whole"\n{TITLE}\nfrom = "received"\nuntil = "replied"\n'


def article(number: str, state: str = "") -> str:
    return f'[[article]]\nid = "{number}"\n{TITLE}\n' + (f'state = "{state}"\n' if state else "")


def faults_of(text: str) -> list[str]:
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_text(HEAD + text, name="own.toml")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("cite", "zh", "en"),
    [
        ("29 para 2 item 1", "第二十九条第二款第（一）项", "art. 29(2) item (1)"),
        ("15 item 2 sub 1", "第十五条第（二）项第1目", "art. 15 item (2) sub-item 1"),
        ("21 item 1-2", "第二十一条第（一）至（二）项", "art. 21 items (1-2)"),
        ("14, 18 para 4", "第十四条、第十八条第四款", "art. 14, 18(4)"),
        ("7-10", "第七条至第十条", "art. 7-10"),
        ("5.2.4", "第5.2.4条", "art. 5.2.4"),  # a section has no Chinese numeral
        ("210", "第二百一十条", "art. 210"),
    ],
)
def test_a_citation_names_its_parts_as_a_lawyer_does(cite: str, zh: str, en: str) -> None:
    policy = Policy.from_text(HEAD)
    assert (policy.cite(cite, "zh"), policy.cite(cite, "en")) == (zh, en)


@pytest.mark.parametrize(
    "cite",
    [
        "29 item 2 para 1",
        "29 paragraph 2",
        "29,14",
        "29 para",
        "29  item 1",
        "law: item 1",
        ":5",
        "29 item two",
        "9-7",
        "9-9",
        "1-502",
        "29 item 0",
        "29 para 2-1",
        "29 item 3-1",
    ],
)
def test_what_is_no_citation_is_refused(cite: str) -> None:
    assert places_in(cite) == ()
    assert "own.toml: duty[0].cite: this is no citation" in faults_of(f'{DUTY}cite = "{cite}"\n')[0]


def test_a_bracket_does_not_say_whether_it_is_a_paragraph_or_an_item() -> None:
    assert "paragraph, item and sub-item" in faults_of(f'{DUTY}cite = "18(1)"\n')[0]


@pytest.mark.parametrize("cite", ["14、15", "18（1）", "第5条", "5条", "5-", "14，15", "５", "5～7", "5款"])
def test_a_number_typed_with_a_chinese_keyboard_is_refused_and_not_printed(cite: str) -> None:
    """Printed as it stands it would be 第14、15条: the article 15 would be held by nobody."""
    assert "own.toml: duty[0].cite: " in faults_of(f'{DUTY}cite = "{cite}"\n')[0]
    own = HEAD.replace("第{}条", "细则{}")
    assert Policy.from_text(f'{own}{DUTY}cite = "第5条"\n').cite("第5条", "zh") == "细则第5条", "house texts name it"


def test_of_a_range_the_first_article_that_is_none_is_named_once() -> None:
    found = faults_of(article("5") + f'{DUTY}cite = "5-9"\n')
    assert found == ["own.toml: duty[0].cite: the text has no such article in its list; got '6'; known: 5"]


def test_a_fault_of_an_article_names_its_place_though_another_before_it_is_there_twice() -> None:
    found = faults_of(article("5") + article("5") + article("6") + f'{DUTY}cite = "5"\n')
    assert any("article[2].state: no rule cites this article" in fault for fault in found), found


def test_every_citation_of_a_file_is_found_wherever_it_stands() -> None:
    row = 'first = [{ within = "5 days", cite = "x y" }]\npauses = [{ reason = "appraisal", cite = "x y" }]\n'
    extension = '[[limit.extension]]\nadd = "5 days"\ncite = "x y"\n'
    found = faults_of(LIMIT + row + extension)
    assert [fault.partition(": ")[2].partition(":")[0] for fault in found] == [
        "limit[0].first[0].cite", "limit[0].pauses[0].cite", "limit[0].extension[0].cite",
    ]  # fmt: skip


def test_an_article_that_is_not_in_the_list_is_refused() -> None:
    found = faults_of(article("5") + f'{DUTY}cite = "5, 6 para 1"\n')
    assert found == ["own.toml: duty[0].cite: the text has no such article in its list; got '6'; known: 5"]


def test_an_article_that_nothing_cites_says_what_became_of_it() -> None:
    found = faults_of(article("5") + article("6") + f'{DUTY}cite = "5"\n')
    assert len(found) == 1
    assert "article[1].state: no rule cites this article: say what became of it; got '6'" in found[0]


def test_an_article_with_a_rule_has_something_to_compute_though_a_part_of_it_may_be_lost() -> None:
    found = faults_of(article("5", "nothing") + f'{DUTY}cite = "5"\n')
    assert "there is something to compute" in found[0]
    policy = Policy.from_text(HEAD + article("5", "lost") + f'{DUTY}cite = "5"\n')
    assert policy.articles["5"].state is ArticleState.LOST


def test_the_number_of_an_article_is_one_word() -> None:
    assert "one word" in faults_of(article("5 para 1", "nothing"))[0]
    assert "another article with this id" in faults_of(article("5", "nothing") + article("5", "nothing"))[0]


def test_a_range_cites_each_of_its_articles() -> None:
    policy = Policy.from_text(HEAD + "".join(map(article, "567")) + f'{DUTY}cite = "5-7"\n')
    assert list(policy.articles) == ["5", "6", "7"]
    assert numbers_of(Place("3.2")) == ("3.2",)


def test_another_text_is_cited_by_its_name() -> None:
    law = f'[[cited]]\nid = "code"\n{TITLE}\n{FORM}\n[[cited.article]]\nid = "203"\n{TITLE}\n'
    policy = Policy.from_text(HEAD + law + f'{DUTY}cite = "5, code:203"\n')
    assert policy.cite(policy.duties["reply"].cite, "zh") == "第五条、《甲》第二百零三条"
    assert policy.cite(policy.duties["reply"].cite, "en") == "art. 5; A, art. 203"
    assert "no text of this name" in faults_of(f'{law}{DUTY}cite = "cod:203"\n')[0]
    assert "no such article" in faults_of(f'{law}{DUTY}cite = "code:204"\n')[0]
    twice = faults_of(law + law)
    assert "another cited with this id" in twice[0]


def test_an_inherited_rule_is_cited_as_the_bases_and_stays_so_through_a_database(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(
        HEAD.replace('"own"', '"group"') + article("5") + f'{DUTY}cite = "5"\n', "utf-8"
    )
    own = (
        HEAD.split("[[level]]", maxsplit=1)[0].replace("第{}条", "细则{}")
        + 'extends = { id = "group", edition = "1" }\n'
    )
    rules = f'{LIMIT}first = [{{ within = "5 days", cite = "2, group:5" }}]\n' + article("2")
    (tmp_path / "house.toml").write_text(own + rules, "utf-8")
    policy = Policy.from_file(tmp_path / "house.toml")
    assert policy.cite(policy.duties["reply"].cite, "zh") == "《甲》第五条"
    assert policy.cite(policy.limits["whole"].rows[0].cite, "zh") == "细则2、《甲》第五条"
    assert list(policy.texts["group"].articles) == ["5"]
    assert list(policy.articles) == ["2"]
    back = Policy.from_document(json.loads(policy.document))
    assert back == policy
    assert back.texts == policy.texts
    assert pickle.loads(pickle.dumps(policy)).texts == policy.texts  # noqa: S301 - the bytes are our own


def test_a_rule_inherited_without_an_article_is_of_the_text_as_a_whole_and_names_never_meet(tmp_path: Path) -> None:
    (tmp_path / "group@1.toml").write_text(HEAD.replace('"own"', '"group"') + DUTY, "utf-8")
    second = (
        HEAD.split("[[level]]", maxsplit=1)[0].replace('"own"', '"group"').replace('edition = "1"', 'edition = "2"')
    )
    (tmp_path / "group@2.toml").write_text(second + 'extends = { id = "group", edition = "1" }\n', "utf-8")
    own = HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "2" }\n'
    (tmp_path / "own.toml").write_text(own, "utf-8")
    policy = Policy.from_file(tmp_path / "own.toml")
    assert policy.duties["reply"].cite == "group-base:", "the older edition, of which the nearer one is made"
    assert policy.cite(policy.duties["reply"].cite, "zh") == "《甲》"
    assert policy.cite(policy.duties["reply"].cite, "en") == "A"
    assert list(policy.texts) == ["group-base", "group"]


def test_three_editions_of_one_text_in_a_chain_are_three_texts(tmp_path: Path) -> None:
    """What a policy cites by the plain name is the edition it extends itself; older ones are told apart."""
    for edition in "1234":
        text = HEAD.split("[[level]]", maxsplit=1)[0].replace('"own"', '"group"')
        text = text.replace('edition = "1"', f'edition = "{edition}"')
        if edition == "1":
            text = HEAD.replace('"own"', '"group"') + DUTY
        else:
            text += f'extends = {{ id = "group", edition = "{int(edition) - 1}" }}\n'
            text += f'[[duty]]\nid = "own_{edition}"\n{TITLE}\nmust = "replied"\ncite = "{edition}"\n'
        (tmp_path / f"group@{edition}.toml").write_text(text, "utf-8")
    own = HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "4" }\n'
    (tmp_path / "own.toml").write_text(f'{own}{LIMIT}first = [{{ within = "5 days", cite = "group:4" }}]\n', "utf-8")
    policy = Policy.from_file(tmp_path / "own.toml")
    cites = {one.id: one.cite for one in policy.duties.values()}
    assert cites["own_4"] == policy.limits["whole"].rows[0].cite == "group:4"
    assert len({str(cite).partition(":")[0] for cite in cites.values()} & set(policy.texts)) == 4
    assert Policy.from_document(json.loads(policy.document)) == policy


def test_a_text_of_ones_own_does_not_take_the_name_of_the_bases(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(HEAD.replace('"own"', '"group"') + f'{DUTY}cite = "5"\n', "utf-8")
    other = '[[cited]]\nid = "group"\ntitle = { zh = "乙", en = "B" }\n'
    head = HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "1" }\n'
    (tmp_path / "own.toml").write_text(
        head + other + f'{LIMIT}first = [{{ within = "5 days", cite = "group:1" }}]\n', "utf-8"
    )
    with pytest.raises(InvalidPolicy, match="the policy extended cites another text by this name"):
        Policy.from_file(tmp_path / "own.toml")


def test_what_a_house_rule_displaces_is_told_with_what_it_cited(tmp_path: Path) -> None:
    """A reader of the norm's text finds that its limit is replaced, and which of its rules the house left out."""
    group = HEAD.replace('"own"', '"group"') + article("5") + article("6") + article("7", "nothing")
    rules = f'{DUTY}cite = "5"\n{LIMIT}cite = "5, 6"\nfirst = [{{ within = "15 days", cite = "6" }}]\n'
    note = '[[note]]\nzh = "按自然日计"\nen = "in calendar days"\n'
    (tmp_path / "group.toml").write_text(group + note + rules, "utf-8")
    head = (
        HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "1" }\nremove = ["duty/reply"]\n'
    )
    (tmp_path / "house.toml").write_text(head + LIMIT + 'first = [{ within = "20 days", cite = "2" }]\n', "utf-8")
    policy = Policy.from_file(tmp_path / "house.toml")
    assert [(one.rule, one.replaced, one.cites) for one in policy.displaced] == [
        ("limit/whole", True, ("group:5, group:6", "group:6")), ("duty/reply", False, ("group:5",)),
    ]  # fmt: skip
    assert Policy.from_document(json.loads(policy.document)).displaced == policy.displaced
    assert policy.notes[0]["zh"] == "《甲》：按自然日计"
    told = explain_article(policy, "group:5", "en").splitlines()
    assert told[0].endswith(": replaced by rules of its own, not taken over")
    assert told[1:] == ["  A [limit/whole]"]
    assert explain_article(policy, "group:6", "zh").splitlines()[0].endswith("：由自有规则代替")


def test_a_standing_duty_says_who_what_and_by_when_where_the_text_does() -> None:
    standing = f'{TRAIN}who = "outlet"\nmodality = "should"\nper = "year"\non = "06-30"\ncite = "7"\n'
    found = Policy.from_text(HEAD + standing).standing["train"]
    assert (found.who, found.modality, found.per, found.dates) == (
        "outlet",
        Modality.SHOULD,
        ReportPeriod.YEAR,
        ((6, 30),),
    )
    after = f'{TRAIN}who = "outlet"\nto = "outlet"\nwithin = "5 days"\nafter = {{ zh = "人员变动", en = "change" }}\n'
    assert str(Policy.from_text(HEAD + after).standing["train"].within) == "5 days"


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ('who = "outlets"', "neither a level nor a body"),
        ('who = "outlet"\nwithin = "5 days"', "within and after stand together"),
        ('who = "outlet"\nwithin = "5 days"\nafter = { zh = "某事", en = "a" }\non = "06-30"', "either on or within"),
        ('who = "outlet"\nmodality = "shall"', "a modality is expected"),
        ('who = "outlet"\non = "02-30"', "a day of every year"),
    ],
)  # fmt: skip
def test_a_slip_in_a_standing_duty_is_told(keys: str, word: str) -> None:
    assert word in faults_of(f"{TRAIN}{keys}\n")[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (100, "一百"), (105, "一百零五"), (111, "一百一十一"), (1001, "一千零一"),
        (1010, "一千零一十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_laws_write_them(number: int, said: str) -> None:
    assert chinese(number) == said


def test_a_standing_duty_after_an_event_says_how_long_after_it() -> None:
    after = f'{TRAIN}who = "outlet"\nwithin = "5 days"\nafter = {{ zh = "人员变动", en = "a change of staff" }}\n'
    policy = Policy.from_text(HEAD + after)
    assert "5 days after a change of staff" in explain_policy(policy, "en")
    assert "人员变动后5日" in explain_policy(policy, "zh")


def test_a_text_of_ones_own_beside_those_of_the_base_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(HEAD.replace('"own"', '"group"') + f'{DUTY}cite = "5"\n', "utf-8")
    other = '[[cited]]\nid = "code"\ntitle = { zh = "乙", en = "B" }\n'
    head = HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "1" }\n'
    rule = f'{LIMIT}first = [{{ within = "5 days", cite = "code:1" }}]\n'
    (tmp_path / "own.toml").write_text(head + other + rule, "utf-8")
    assert list(Policy.from_file(tmp_path / "own.toml").texts) == ["group", "code"]


@pytest.mark.parametrize("junk", ["[]", "{}", "5"])
def test_a_name_of_a_text_in_the_base_that_is_none_is_a_fault_of_its_file(tmp_path: Path, junk: str) -> None:
    text = f"[[cited]]\nid = {junk}\n{TITLE}\n"
    (tmp_path / "group.toml").write_text(HEAD.replace('"own"', '"group"') + text + DUTY, "utf-8")
    head = HEAD.split("[[level]]", maxsplit=1)[0] + 'extends = { id = "group", edition = "1" }\n'
    (tmp_path / "own.toml").write_text(head, "utf-8")
    with pytest.raises(InvalidPolicy, match=r"group.toml: cited\[0\].id"):
        Policy.from_file(tmp_path / "own.toml")
