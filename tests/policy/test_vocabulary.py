"""The common vocabulary: complete, in both languages, and the same as the code it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from complaint_rules.cases.case import EventKind
from complaint_rules.cases.complaint import CORE_FACTS, Channel, Complaint, Source
from complaint_rules.conditions.scopes import FactType
from complaint_rules.errors import InvalidPolicy
from complaint_rules.policy.files.vocabulary import common, common_from, vocabularies
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy

HAN: Final = re.compile("[\u4e00-\u9fff]")
T: Final = {"zh": "甲", "en": "A"}
TYPES: Final[Mapping[str, FactType]] = {
    "bool | None": FactType.BOOL,
    "int | None": FactType.INT,
    "Decimal | None": FactType.DECIMAL,
    "str | None": FactType.TEXT,
    "Channel | None": FactType.TEXT,
    "Source | None": FactType.TEXT,
    "frozenset[str] | None": FactType.SET,
    "dt.datetime | dt.date": FactType.MOMENT,
}


def test_every_field_of_a_complaint_is_a_core_fact_of_its_type_in_the_same_order() -> None:
    facts = common().facts
    fields = [name for name in Complaint.__annotations__ if name in CORE_FACTS]
    assert list(facts) == fields
    for name in fields:
        level = name == "received_by"  # its codes are ids of the policy's own levels
        wanted = FactType.LEVEL if level else TYPES[str(Complaint.__annotations__[name])]
        assert facts[name].type is wanted, name
        assert facts[name].core


def test_the_closed_lists_are_those_of_the_code() -> None:
    facts = common().facts
    assert list(facts["channel"].values or ()) == [channel.value for channel in Channel]
    assert list(facts["source"].values or ()) == [source.value for source in Source]


def test_every_standard_kind_of_event_has_its_titles_and_there_are_no_others() -> None:
    assert list(common().events) == [kind.value for kind in EventKind]


def test_the_presumptions_are_those_of_the_design() -> None:
    """One complainant, a customer's own complaint, and no special circumstance: all else supports no claim."""
    presumed = {name: spec.assume for name, spec in common().facts.items() if spec.assume is not None}
    no = ("joint", "face_to_face", "anonymous", "repeat", "funds_at_risk", "press_risk", "in_press", "litigation")
    assert presumed == {"source": "customer", "complainants": 1, "complex": False} | dict.fromkeys(no, False)


def test_nothing_that_the_bank_holds_itself_is_asked_of_the_customer() -> None:
    """2020 Measures, art. 13: what the institution has or can look up is not asked for."""
    asked = {name for name, spec in common().facts.items() if spec.ask == "customer"}
    assert asked == {"complainants", "respondent", "amount", "funds_at_risk"}


def titles() -> Iterator[tuple[str, Mapping[str, str]]]:
    known = common()
    for name, spec in known.facts.items():
        yield name, spec.title
        for code, title in (spec.values or {}).items():
            yield f"{name}.{code}", title
    yield from known.events.items()
    for name, vocabulary in known.vocabularies.items():
        yield name, vocabulary.title
        for code, title in vocabulary.values.items():
            yield f"{name}.{code}", title


def test_every_title_stands_in_chinese_and_in_english() -> None:
    for place, title in titles():
        assert set(title) == {"zh", "en"}, place
        assert HAN.search(title["zh"]), place
        assert not HAN.search(title["en"]), place


def test_titles_of_one_list_differ() -> None:
    for name, vocabulary in vocabularies().items():
        for lang in ("zh", "en"):
            shown = [title[lang] for title in vocabulary.paths.values()]
            assert len(shown) == len(set(shown)), name


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("business", 14),  # JR/T 0169-2018
        ("reason", 13),  # the same: twelve and "other"
        ("business_channel", 13),  # two at the top, five in front, six electronic
        ("cause", 5),  # the handbook, 2.2
        ("zone", 4),  # the courses
        ("survey_item", 9),  # the handbook, 6.2.3: two groups of three, and suggestions
        ("survey_answer", 3),
    ],
)
def test_a_vocabulary_has_as_many_codes_as_its_source(name: str, count: int) -> None:
    assert len(vocabularies()[name].values) == count


def test_no_vocabulary_is_forgotten_by_the_table_above() -> None:
    assert len(vocabularies()) == 7


def test_a_facet_is_the_closed_list_of_a_fact_with_the_names_of_the_standard() -> None:
    """JR/T 0169-2018: business channel (a tree), business, reason; the codes of the standard are nowhere here."""
    facts = common().facts
    for facet in ("business_channel", "business", "reason"):
        assert list(facts[facet].values or ()) == list(vocabularies()[facet].values)
    channel = vocabularies()["business_channel"]
    assert [code for code in channel.values if code not in channel.under] == ["front_office", "back_office"]
    assert [code for code, around in channel.under.items() if around == "electronic"] == [
        "online_bank", "phone_bank", "mobile_app", "public_platform", "sms", "electronic_other",
    ]  # fmt: skip
    titles = facts["business_channel"].values or {}
    assert titles["electronic_other"]["en"] == "front office: electronic channel: other"


def test_causes_and_survey_are_those_of_the_handbook() -> None:
    handbook = load_policy("wealth-handbook")
    cause, survey = vocabularies()["cause"], vocabularies()["survey_item"]
    named = handbook.facts["root_cause"].values or {}
    assert {code: named[code]["zh"] for code in cause.values} == {code: one["zh"] for code, one in cause.values.items()}
    asked = [code for code in survey.values if code not in survey.under.values()]
    assert list(handbook.checklists["survey"].items) == asked


def test_what_labels_a_person_is_no_vocabulary() -> None:
    words = ["personality", "difficult_customer", "six_needs", "purpose", "need", "expectation", "motive", "temper"]
    assert set(words) & set(vocabularies()) == set()


def test_a_policy_can_use_a_vocabulary_as_the_closed_list_of_a_fact() -> None:
    text = """\
id = "own"
edition = "1"
title = { zh = "测试规则", en = "Test rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-21
applies = "zone == 'counter' and business != 'loan'"
[facts.zone]
type = "text"
vocabulary = "zone"
title = { zh = "发生区域", en = "zone" }
[facts.business]
vocabulary = "business"
"""
    policy = Policy.from_text(text)
    assert list(policy.facts["zone"].values or ()) == ["guidance", "waiting", "counter", "self_service"]
    assert policy.facts["business"].core
    with pytest.raises(InvalidPolicy, match="did you mean 'loan'"):
        Policy.from_text(text.replace("'loan'", "'laon'"))


@pytest.mark.parametrize(
    ("section", "content", "place"),
    [
        ("facts", {"received": {"type": "moments", "title": {"zh": "甲", "en": "A"}}}, "facts.received.type"),
        ("vocabularies", {"zone": {"title": {"zh": "甲", "en": "A"}}}, "vocabularies.zone.values"),
        (
            "vocabularies",
            {"zone": {"title": T, "values": {"a": T, "b": T}, "under": {"a": "b", "b": "a"}}},
            "vocabularies.zone.under.b",
        ),
        ("vocabularies", {"zone": {"title": T, "values": {"a": T}, "under": {"a": "c"}}}, "vocabularies.zone.under.a"),
        ("vocabularies", {"zone": {"title": T, "values": {"a": T}, "under": {"c": "a"}}}, "vocabularies.zone.under.c"),
    ],
)
def test_a_vocabulary_with_a_fault_is_refused_like_a_policy(section: str, content: Any, place: str) -> None:
    document = {"facts": {}, "vocabularies": {}, section: content}
    with pytest.raises(InvalidPolicy, match="the vocabulary is refused") as refused:
        common_from(document)
    assert refused.value.faults[0].where == f"vocabulary.toml: {place}"
