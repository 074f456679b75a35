"""The parts of a policy: which events a selector means, quotas, levels, citations, equality."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.errors import MissingParameter
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Duty, Figure, Modality, Reopen, Selector

TITLE: Final = 'title = { zh = "甲", en = "A" }'
TEXT: Final = f"""\
id = "own"
edition = "1"
title = {{ zh = "测试规则", en = "Test rules" }}
issuer = {{ zh = "某银行", en = "A bank" }}
checked_on = 2026-11-21
citation = {{ zh = "第{{}}条", en = "art. {{}}" }}
routes = [["branch", "outlet"]]
[[level]]
id = "outlet"
title = {{ zh = "网点", en = "Outlet" }}
[[level]]
id = "city"
{TITLE}
[[level]]
id = "branch"
{TITLE}
[[level]]
id = "head"
{TITLE}
[[body]]
id = "regulator"
title = {{ zh = "监管部门", en = "Regulator" }}
"""


def fields(**wanted: set[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, frozenset(values)) for name, values in wanted.items())


@pytest.mark.parametrize(
    ("selector", "event", "matches"),
    [
        (Selector(kind="routed"), Event("routed"), True),
        (Selector(kind="routed"), Event("replied"), False),
        (Selector(kind="routed", fields=fields(to={"outlet"})), Event("routed", to="outlet"), True),
        (Selector(kind="routed", fields=fields(to={"outlet"})), Event("routed", to="branch"), False),
        # what the event does not say is not what is wanted
        (Selector(kind="routed", fields=fields(to={"outlet"})), Event("routed"), False),
        # of one field any of the values will do
        (Selector(kind="routed", fields=fields(to={"outlet", "branch"})), Event("routed", to="branch"), True),
        # of several fields each must fit
        (
            Selector(kind="routed", fields=fields(by={"head"}, to={"outlet"})),
            Event("routed", by="city", to="outlet"),
            False,
        ),
        # of told and items all the values named must be there, and more may be
        (Selector(kind="replied", fields=fields(told={"a"})), Event("replied", told=frozenset({"a", "b"})), True),
        (Selector(kind="replied", fields=fields(told={"a", "b"})), Event("replied", told=frozenset({"a"})), False),
        (Selector(kind="replied", fields=fields(items={"a"})), Event("replied"), False),
        # which of several is the caller's to count
        (Selector(kind="routed", nth=2), Event("routed"), True),
    ],
)
def test_a_selector_matches_events_of_its_kind_with_the_values_it_wants(
    selector: Selector, event: Event, matches: bool
) -> None:
    assert selector.matches(event) is matches


def test_only_must_and_must_not_are_breached_and_only_the_negative_ones_forbid() -> None:
    assert {modality for modality in Modality if modality.binding} == {Modality.MUST, Modality.MUST_NOT}
    assert {modality for modality in Modality if modality.forbids} == {Modality.MUST_NOT, Modality.SHOULD_NOT}
    assert list(Reopen) == ["continue", "restart", "new"]


@pytest.mark.parametrize(
    ("share", "population", "required"),
    [
        ("0.2", 0, 0),  # of nobody nobody
        ("0.2", 5, 1),  # exactly one fifth
        ("0.2", 6, 2),  # a fifth of six is more than one
        ("0.7", 10, 7),
        ("0.7", 11, 8),
        ("0.07", 100, 7),  # in floats 7.000000000000001, which would round up to 8
        ("1", 3, 3),
        ("0.2", -1, 0),
    ],
)
def test_a_quota_is_met_by_a_whole_number_of_cases_counted_exactly(share: str, population: int, required: int) -> None:
    assert Figure(id="x", title=NO_TITLES, at_least=Fraction(share)).required_of(population) == required


def test_a_figure_without_quota_requires_nothing_and_says_so() -> None:
    with pytest.raises(MissingParameter, match="no quota"):
        Figure(id="x", title=NO_TITLES).required_of(10)


@pytest.mark.parametrize(
    ("by", "to", "skips"),
    [
        ("outlet", "city", False),  # one step up
        ("branch", "city", False),  # one step down
        ("outlet", "outlet", False),  # no step at all
        ("head", "city", True),
        ("outlet", "branch", True),
        ("branch", "outlet", False),  # a lawful short cut, in this direction only
        ("outlet", "regulator", False),  # a body is no level
        (None, "outlet", False),
        ("outlet", None, False),
        ("outlets", "head", False),
    ],
)
def test_a_step_that_leaves_a_level_out_is_a_skip(by: str | None, to: str | None, skips: bool) -> None:
    assert Policy.from_text(TEXT).is_skip(by, to) is skips


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("outlet", "网点", "Outlet"),
        ("regulator", "监管部门", "Regulator"),
        ("replied", "答复客户", "replied"),
        ("post-17", "post-17", "post-17"),  # an opaque key has no title
        (None, "", ""),
    ],
)
def test_a_code_is_shown_by_its_title(code: str | None, zh: str, en: str) -> None:
    policy = Policy.from_text(TEXT)
    assert (policy.title_of(code, "zh"), policy.title_of(code, "en")) == (zh, en)


def test_an_article_is_cited_as_the_texts_readers_do() -> None:
    policy = Policy.from_text(TEXT)
    assert policy.cite("14", "zh") == "第十四条"
    assert policy.cite("10 item 2 sub 3", "en") == "art. 10 item (2) sub-item 3"
    assert policy.cite("10 item 2 sub 3", "zh") == "第十条第（二）项第3目"
    assert policy.cite("12 para 3, 15", "zh") == "第十二条第三款、第十五条"
    assert policy.cite("12 para 3, 15", "en") == "art. 12(3), 15"
    assert policy.cite(None, "zh") == ""
    assert Policy.from_text(TEXT.replace("citation", "# citation")).cite("一(二), 三", "zh") == "一(二)、三"


def test_policies_are_equal_where_their_fingerprints_are() -> None:
    one, same, other = Policy.from_text(TEXT), Policy.from_text("# a remark\n" + TEXT), load_policy("psbc-95580")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != one.fingerprint
    assert {one, same, other} == {one, other}


def test_a_policy_comes_from_a_file_and_goes_to_another_process(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    body = f'[parameters.ceiling]\ntype = "decimal"\n{TITLE}\n'
    path.write_text(TEXT + body, "utf-8")
    policy = Policy.from_file(path, parameters={"ceiling": "5000"})
    back = pickle.loads(pickle.dumps(policy))  # noqa: S301 - the bytes are our own
    assert back == policy
    assert back.parameters["ceiling"].value == Decimal(5000)
    assert list(back.levels) == ["outlet", "city", "branch", "head"]


@pytest.mark.parametrize(
    ("after", "at_receipt"),
    [
        ((), True),  # nothing said: the receipt triggers it
        ((Selector(kind="called_back"),), False),
        ((Selector(kind="called_back"), Selector(kind="received")), True),
    ],
)
def test_a_duty_knows_whether_the_receipt_triggers_it(after: tuple[Selector, ...], at_receipt: bool) -> None:
    duty = Duty(id="x", title=FrozenMap(), modality=Modality.MUST, acts=(Selector(kind="replied"),), after=after)
    assert duty.at_receipt is at_receipt


def test_of_a_duty_nothing_holds_that_nobody_said() -> None:
    duty = Duty(id="x", title=FrozenMap(), modality=Modality.MUST, acts=(Selector(kind="replied"),))
    assert duty.at_receipt, "nothing else triggers it"
    assert not duty.each, "every trigger founds one of its own only where the rule says so"
    assert not duty.quiet
    assert (duty.within, duty.when, duty.unless, duty.missing, duty.accept) == (None, None, None, (), ())
