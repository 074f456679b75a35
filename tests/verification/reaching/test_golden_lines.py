"""Golden cases as JSON Lines: read strictly, written back the same, run under their policy."""

from __future__ import annotations

import datetime as dt
import io
import json
import pickle
import re
from decimal import Decimal
from typing import Any, Final

import attrs
import pytest

from complaint_rules.cases.complaint import Channel
from complaint_rules.errors import InvalidGolden, UnknownRule
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching import golden_lines
from complaint_rules.verification.reaching.answers import Difference, expected
from complaint_rules.verification.reaching.expecting import Expected
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines
from complaint_rules.verification.reaching.golden_parts import plain
from tests.small import HEAD, TITLE, limit, own, table

PSBC: Final = load_policy("psbc-95580")
SATURDAY: Final[dict[str, Any]] = {
    "id": "psbc-95580-0047",
    "policy": {"id": "psbc-95580", "edition": "2016", "parameters": {}},
    "kind": "edge",
    "rule": "limit/whole[0]",
    "cite": "14",
    "why": "14 February is a make-up Saturday; 48 hours for money at risk, met at the last instant",
    "case": {
        "id": "g-1",
        "received": "2026-02-14T09:00:00+08:00",
        "funds_at_risk": True,
        "events": [{"kind": "accepted_by_customer", "at": "2026-02-16T09:00:00+08:00"}],
    },
    "at": "2026-02-16T09:00:00+08:00",
    "expect": {"clocks": {"whole": {"status": "met", "due_at": "2026-02-16T09:00:00+08:00", "row": 0}}},
    "checked": None,
}


KEYS: Final = "id, policy, case, at, expect, kind, rule, cite, title, why, links, hours, checked"


def golden(**changes: Any) -> GoldenCase:
    return GoldenCase.from_dict(SATURDAY | changes)


def differs(**expect: Any) -> list[str]:
    return [str(one) for one in golden(expect=expect).run(PSBC)]


def test_a_case_is_written_as_it_was_read() -> None:
    assert golden().to_dict() == SATURDAY
    assert GoldenCase.from_json(golden().to_json()) == golden()


@pytest.mark.parametrize(("kind", "becomes"), [(list, list), (tuple, list), (dict, dict)])
def test_eight_layers_of_data_are_written_plainly_and_what_lies_deeper_stays(kind: Any, becomes: Any) -> None:
    """No case is nested deeper: what stays as it is there, as an exact number that JSON has not, is refused."""

    def layers(number: int, layer: Any, inside: Any) -> Any:
        for _ in range(number):
            inside = {"a": inside} if layer is dict else layer([inside])
        return inside

    exact = Decimal("0.10")
    assert plain(layers(8, kind, exact)) == layers(8, becomes, "0.10")
    assert plain(layers(9, kind, exact)) == layers(8, becomes, layers(1, kind, exact))


def test_a_case_comes_out_as_written() -> None:
    assert golden().run(PSBC) == ()


def test_a_microsecond_later_it_is_late() -> None:
    late = SATURDAY["case"] | {"events": [{"kind": "accepted_by_customer", "at": "2026-02-16T09:00:00.000001+08:00"}]}
    found = golden(case=late, at="2026-02-16T10:00:00+08:00").run(PSBC)
    assert [str(one) for one in found] == ["limit/whole status: wanted met, got met_late"]


def test_what_an_assessment_says_of_a_rule_comes_out_again() -> None:
    found = golden().assess(PSBC)
    rules = ["table/priority", "limit/whole[0]", "duty/ticket_open", "checklist/archive_paper"]
    again = golden(expect=expected(found, rules).to_dict())
    assert again.run(PSBC) == ()
    assert set(again.expect.rules) == {"table/priority", "limit/whole", "duty/ticket_open", "checklist/archive_paper"}


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    lines = [json.dumps(SATURDAY), "not json", json.dumps(SATURDAY), json.dumps(SATURDAY | {"id": "b", "raison": 1})]
    rows = list(read_golden_lines(io.BytesIO("\n".join(lines).encode()), policy=PSBC))
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert [str(fault) for row in rows for fault in row.faults] == [
        "2: this is no JSON: Expecting value (at character 1)",
        "3: id: the id stands on line 1 already",
        f"4: raison: a golden case has no such key; known: {KEYS}",
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"policy": {"edition": "2016"}}, "policy.id: the rule set of a golden case needs this key"),
        ({"policy": {"id": "psbc-95580", "parameters": {"a": [1]}}}, "policy.parameters.a: a text, a number"),
        ({"policy": "psbc-95580"}, "policy: the rule set of a golden case is a table"),
        ({"case": 5}, "case: a case is an object with facts and events"),
        ({"at": 5}, "at: a moment is expected"),
        ({"at": "2026-02-16"}, "at: a moment (an aware datetime) is expected"),
        ({"at": "2026-02-16T09:00:00"}, "at: the moment is naive"),
        ({"why": {"zh": "甲"}}, "why.en: a text in both languages needs this key"),
        ({"why": ""}, "why: "),
        ({"checked": "Wang"}, "checked: who checked a golden case is a table"),
        ({"checked": {"by": "Wang"}}, "checked.on: who checked a golden case needs this key"),
        ({"checked": {"by": "Wang", "on": "soon"}}, "checked.on: a date is expected"),
        ({"links": {"a": -1}}, "links.a: a count of 0 or more is expected"),
        ({"hours": ["12:00-09:00"]}, "hours: "),
        ({"expect": {}}, "expect: the case does not say what must come out; write one of clocks, findings"),
        ({"expect": 5}, "expect: what must come out is a table"),
        ({"expect": {"clocks": {"whole": {"status": "met"}}, "refused": "x"}}, "expect.refused: it stands instead"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_key(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidGolden) as caught:
        golden(**changes)
    assert any(str(fault).startswith(says) for fault in caught.value.faults), [str(one) for one in caught.value.faults]


def test_what_is_no_object_is_told() -> None:
    with pytest.raises(InvalidGolden, match="a golden case is a table; got 5"):
        GoldenCase.from_dict(5)


def test_what_a_case_may_hold_beside_is_kept() -> None:
    more: dict[str, Any] = {
        "title": {"zh": "甲", "en": "A"},
        "why": {"zh": "乙", "en": "B"},
        "links": {"same": 0},
        "hours": ["09:00-12:00"],
        "checked": {"by": "Wang", "on": "2026-11-28"},
        "expect": {"violations": [], "missing": ["retention"], "notifications": {"limit/whole": []}},
    }
    case = golden(**more)
    assert case.to_dict() == SATURDAY | more
    assert case.told("zh") == "psbc-95580-0047 甲 (14): 乙"
    assert case.told("en") == "psbc-95580-0047 A (14): B"
    assert golden(links={}).to_dict()["links"] == {}
    assert golden(policy={"id": "psbc-95580"}).to_dict()["policy"] == {"id": "psbc-95580", "parameters": {}}
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own
    assert hash(case) == hash(golden(**more))


def test_values_of_python_are_read_as_json_has_them() -> None:
    received = dt.datetime(2026, 2, 14, 9, tzinfo=BEIJING)
    case = golden(
        at=received,
        case={
            "received": received,
            "channel": Channel.PHONE,
            "amount": Decimal("0.10"),
            "events": ({"kind": "replied", "at": dt.date(2026, 2, 16), "told": {"complainant", "agent"}},),
        },
    )
    assert case.to_dict()["case"] == {
        "received": "2026-02-14T09:00:00+08:00",
        "channel": "phone",
        "amount": "0.10",
        "events": [{"kind": "replied", "at": "2026-02-16", "told": ["agent", "complainant"]}],
    }
    deep: Any = 1
    for _ in range(12):
        deep = [deep]
    assert golden(case={"received": "2026-02-14", "extra": {"a": deep}}).misfits(PSBC)


def test_a_case_of_another_policy_or_edition_is_refused() -> None:
    other = golden(policy={"id": "cbirc-2020-3"})
    assert [str(one) for one in other.misfits(PSBC)] == [
        "policy.id: the case is of another rule set; got 'cbirc-2020-3'; this is psbc-95580"
    ]
    edition = golden(policy={"id": "psbc-95580", "edition": "2015"})
    with pytest.raises(InvalidGolden, match="the case is of another edition; got '2015'; this is edition 2016"):
        edition.assess(PSBC)
    rows = list(read_golden_lines(io.BytesIO(other.to_json().encode()), policy=PSBC))
    assert [str(fault) for fault in rows[0].faults] == [
        "1: policy.id: the case is of another rule set; this is psbc-95580"
    ]


def test_parameters_of_the_case_are_laid_over_those_of_the_policy() -> None:
    policy = load_policy("example-bank")
    assert golden(policy={"id": "example-bank"}).under(policy) is policy
    bare = load_policy("cbirc-2020-3")
    mine = golden(policy={"id": "cbirc-2020-3", "parameters": {"retention": "5 years"}}).under(bare)
    assert (bare.parameters["retention"].value, str(mine.parameters["retention"].value)) == (None, "5 years")


@pytest.mark.parametrize(
    ("refused", "case", "got"),
    [
        ("recieved", {"recieved": "2026-02-14"}, None),
        ("received", {"received": "2026-02-30"}, None),
        ("no such thing", {"received": "2026-02-14"}, "bulletin_period"),
    ],
)
def test_refused_is_an_answer(refused: str, case: dict[str, Any], got: str | None) -> None:
    found = golden(case=case, expect={"refused": refused}).run(PSBC)
    assert [one.got for one in found] == ([] if got is None else [got])


def test_what_is_taken_as_it_is_is_no_refusal() -> None:
    assert [one.got for one in of_each(refused="x").run(EACH)] == ["nothing is refused or missing"]


def test_a_figure_that_is_missing_is_a_refusal_too() -> None:
    rows = table("size", ("big", "complainants > most"), ("small", ""))
    policy = Policy.from_text(f'{HEAD}\n[parameters.most]\ntype = "int"\n{TITLE}\n{rows}')
    case = GoldenCase.from_dict(
        {
            "id": "g-1", "policy": {"id": "own"}, "case": {"received": "2026-02-14", "complainants": 3},
            "at": "2026-02-16T09:00:00+08:00", "expect": {"refused": "the text leaves a figure open"},
        }
    )  # fmt: skip
    assert case.run(policy) == ()
    open_ = attrs.evolve(case, expect=Expected(findings=FrozenMap(size="?")))
    assert open_.run(policy) == ()


def test_a_line_beyond_measure_and_one_in_another_encoding_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden_lines, "LONGEST_LINE", 40)
    rows = list(read_golden_lines(io.BytesIO(b'{"id": "' + b"x" * 60 + b'"}\n"\xd6\xd0"\n')))
    assert [str(fault) for row in rows for fault in row.faults] == [
        "1: the line is longer than 40 bytes",
        "2: it is not UTF-8; JSON is UTF-8; an export in GB18030 has to be converted",
    ]


def test_whatever_a_line_leads_to_costs_that_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> GoldenCase:
        raise ZeroDivisionError

    monkeypatch.setattr(GoldenCase, "from_json", broken)
    (row,) = read_golden_lines(io.BytesIO(b"{}"))
    assert str(row.faults[0]) == "1: it cannot be read (ZeroDivisionError); a mistake of this library: please report it"


EACH: Final = own(
    limit('[{ within = "5 days", warn = "2 days" }]', "each = true", start='"routed"'),
    limit('[{ within = "5 days" }]', id="never", start='"appealed"'),
)


def of_each(**expect: Any) -> GoldenCase:
    return GoldenCase.from_dict(
        {
            "id": "g-1", "policy": {"id": "own"}, "at": "2026-10-13T09:00:00+08:00", "expect": expect,
            "case": {
                "received": "2026-10-09T09:00:00+08:00",
                "events": [
                    {"kind": "routed", "at": "2026-10-09T10:00:00+08:00"},
                    {"kind": "routed", "at": "2026-10-10T10:00:00+08:00"},
                ],
            },
        }
    )  # fmt: skip


def test_several_runs_and_none_come_out_as_written() -> None:
    found = of_each(missing=["x"]).assess(EACH)
    again = expected(found, ["limit/whole", "limit/never"]).to_dict()
    assert again["clocks"] == {
        "whole": [
            {"status": "running", "due_at": "2026-10-14T23:59:59.999999+08:00", "row": 0,
             "warn_at": ["2026-10-13T00:00:00+08:00"]},
            {"status": "running", "due_at": "2026-10-15T23:59:59.999999+08:00", "row": 0,
             "warn_at": ["2026-10-14T00:00:00+08:00"]},
        ],
        "never": {"status": "not_started"},
    }  # fmt: skip
    assert again["notifications"]["limit/whole"] == ["due", "due", "warning"]
    assert of_each(**again).run(EACH) == ()
    one = [str(item) for item in of_each(clocks={"whole": {"status": "running"}}).run(EACH)]
    assert one == ["limit/whole: wanted one run, got 2: running, due 2026-10-14; running, due 2026-10-15"]
    none = of_each(clocks={"never": {"due_at": None, "row": None, "warn_at": None, "status": "not_started"}})
    assert none.run(EACH) == ()
    listed = [str(item) for item in of_each(clocks={"never": [{"status": "met"}]}).run(EACH)]
    assert listed == ["limit/never: wanted 1 runs, got 0: none (not_started)"]


def test_what_a_document_lacks_comes_out_as_written() -> None:
    policy = own(
        '[[checklist]]\nid = "form"\ntitle = { zh = "单", en = "Form" }\nof = "routed"',
        'items.cause = { zh = "原因", en = "Cause" }\nitems.day = { zh = "日期", en = "Day" }',
    )
    for items, wanted in (({"items": ["day"]}, ["cause"]), ({"items": ["cause", "day"]}, []), ({}, "?")):
        events = [{"kind": "routed", "at": "2026-10-09", **items}]
        case = of_each(missing=["x"])
        case = attrs.evolve(case, case=FrozenMap(received="2026-10-09", events=tuple(map(FrozenMap, events))))
        told = expected(case.assess(policy), ["checklist/form"])
        assert told.to_dict()["checklists"] == {"form": wanted}
        assert attrs.evolve(case, expect=told).run(policy) == ()


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("whole", "section and id of a rule are expected; got 'whole'; write table/level"),
        (5, "section and id of a rule are expected; got 5"),
        ("limit/whle", "own has no such rule; got 'limit/whle'; did you mean 'limit/whole'?"),
    ],
)
def test_a_rule_that_there_is_not_is_told(rule: Any, says: str) -> None:
    with pytest.raises(UnknownRule, match=re.escape(says)):
        expected(of_each(missing=["x"]).assess(EACH), [rule])


def test_a_row_that_is_the_rule_of_a_case_is_passed_over_and_an_unknown_rule_is_told() -> None:
    assert attrs.evolve(of_each(missing=["x"]), rule="limit/whole row 1 binds").misfits(EACH) == ()
    (fault,) = attrs.evolve(of_each(missing=["x"]), rule="limit/hole[0]").misfits(EACH)
    assert str(fault) == "rule: the rule set has no such name; got 'limit/hole'; did you mean 'limit/whole'?"


@pytest.mark.parametrize(
    ("difference", "zh"),
    [
        (Difference("violations", "late limit/whole", "nothing"), "违规：应为 late limit/whole，实为 无"),
        (Difference("checklist/form", "nothing", "none"), "checklist/form：应为 无，实为 none"),  # `none` is the word
        (
            Difference("table/level", "major", "? (possible: major, ordinary; unknown: same_kind)"),
            "table/level：应为 major，实为 ?（可能为 major, ordinary；不明：same_kind）",
        ),
        (
            Difference("table/level", "major", "? (possible: none; unknown: something of the history)"),
            "table/level：应为 major，实为 ?（可能为 none；不明：经过中的某项）",
        ),
    ],
)
def test_a_difference_is_all_chinese_in_chinese_but_for_codes(difference: Difference, zh: str) -> None:
    assert difference.told("zh") == zh
