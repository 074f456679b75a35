"""Closed lists are closed: every code is held against the policy at the door that knows it (faults 1.1)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules import Case, Complaint, Event, assess, load_policy
from complaint_rules.errors import InvalidCase, InvalidComplaint
from complaint_rules.policy.codes import selectors_of, words_of
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import TITLE, duty, fact, limit, own, table

RECEIVED: Final = "2026-09-20T09:00"
PSBC: Final = "psbc-95580"


@pytest.mark.parametrize(
    ("policy", "facts", "message"),
    [
        (
            PSBC,
            {"caused_by": "institution"},
            r"fact 'caused_by': the code is unknown; got 'institution'; the codes are",
        ),
        (PSBC, {"caused_by": "bnak"}, "did you mean 'bank'"),
        (PSBC, {"received_by": "head_ofice"}, "did you mean 'head_office'"),
        (PSBC, {"business": "lone"}, "did you mean 'loan'"),
        ("boc-it-blueprint", {"kind": "amt"}, "did you mean 'atm'"),
    ],
)
def test_a_code_that_nobody_knows_is_refused_with_what_was_meant(
    policy: str, facts: dict[str, str], message: str
) -> None:
    with pytest.raises(InvalidComplaint, match=message):
        assess(complaint(RECEIVED, **facts), policy_of(policy), at=instant("2026-09-21"))
    data: dict[str, Any] = {"id": "c-1", "received": "2026-09-20", **facts}
    with pytest.raises(InvalidCase) as caught:
        Case.from_dict(data, policy_of(policy))
    assert [one.where for one in caught.value.faults] == list(facts)


def test_an_amendment_is_held_against_the_same_lists() -> None:
    slip = ev("amended", "2026-09-21", set={"caused_by": "bnak"})
    with pytest.raises(InvalidComplaint, match=r"events\[0\]\.set: fact 'caused_by': .* did you mean 'bank'"):
        assess(Case(complaint(RECEIVED), [slip]), policy_of(PSBC), at=instant("2026-09-22"))


def test_a_code_that_only_another_rule_set_knows_is_told_and_goes_for_unknown() -> None:
    """`both` is a code of boc: under psbc nobody can say what it means."""
    at = instant("2026-09-25")
    amended = [ev("amended", "2026-09-21", set={"caused_by": "both"})]
    for case in (Case(complaint(RECEIVED, caused_by="both")), Case(complaint(RECEIVED), amended)):
        found = assess(case, policy_of(PSBC), at=at, calendar=china())
        assert [note.code for note in found.notes if note.code == "foreign_code"] == ["foreign_code"]
        assert found.findings["justified"].value is None
        assert not found.findings["justified"].certain
        assert "caused_by" in [one.fact for one in found.questions]
        assert "both" in found.explain("en")
        assert "其他规则有" in found.explain("zh")
        assert found.case == case, "the case is the one that was asked about"


def test_a_slip_in_an_event_is_told_with_what_was_meant() -> None:
    case = Case(
        complaint(RECEIVED),
        [ev("suspended", "2026-09-22", reason="mediaton"), ev("routed", "2026-09-23", reason="own_code_of_ours")],
    )
    found = assess(case, policy_of("cbirc-2020-3"), at=instant("2026-09-25"), calendar=china())
    slips = [one for one in found.violations if one.code == "unknown_code"]
    assert [(one.place, one.severity, dict(one.detail)) for one in slips] == [
        (0, "record", {"field": "reason", "code": "mediaton", "meant": "mediation"})
    ]
    assert "did you mean “mediation”" in found.explain("en")


def test_an_item_that_looks_like_a_slip_is_told() -> None:
    found = assess(
        complaint(RECEIVED, recorded={"nmae", "name"}), policy_of("boc-it-blueprint"), at=instant("2026-09-21")
    )
    assert [(one.code, one.detail["meant"]) for one in found.notes if one.code == "unknown_code"] == [
        ("unknown_code", "name")
    ]
    assert "nmae" in found.explain("en")


def test_the_door_names_every_fault_with_its_place() -> None:
    data = {
        "id": "c-1",
        "received": "2026-09-20",
        "recorded": ["nmae"],
        "extra": {"kind_of": "a"},
        "events": [
            {"kind": "suspendd", "at": "2026-09-21", "reason": "mediaton", "by": "head_ofice"},
            {"kind": "amended", "set": {"caused_by": "bnak"}},
        ],
    }
    with pytest.raises(InvalidCase) as caught:
        Case.from_dict(data, load_policy("boc-it-blueprint"))
    assert [(one.where, one.hint) for one in caught.value.faults if one.where != "events[0].by"] == [
        ("recorded", "did you mean 'name'?"),
        ("events[0].kind", "did you mean 'suspended'?"),
        ("events[0].reason", "did you mean 'mediation'?"),
        ("events[1].set.caused_by", "did you mean 'bank'?"),
    ]


def test_an_event_alone_is_read_at_the_same_door() -> None:
    policy = load_policy(PSBC)
    assert Event.from_dict({"kind": "replied", "at": "2026-09-30"}, policy) == Event("replied", dt.date(2026, 9, 30))
    with pytest.raises(InvalidCase, match="to: the code is unknown; got 'outlett'; did you mean 'outlet'"):
        Event.from_dict({"kind": "routed", "to": "outlett"}, policy)
    with pytest.raises(InvalidCase, match=r"set\.caused_by: the code is unknown"):
        Event.from_dict({"kind": "amended", "set": {"caused_by": "x"}}, policy)
    with pytest.raises(InvalidCase, match="the event: it is refused\n  at: "):
        Event.from_dict({"kind": "routed", "at": "tomorrow"}, policy)
    with pytest.raises(InvalidCase, match="the event: it is refused"):
        Event.from_dict([], policy)


def test_a_case_of_good_codes_is_read_and_equal() -> None:
    data = {"id": "c-1", "received": "2026-09-20", "caused_by": "bank", "events": [{"kind": "replied"}]}
    case = Case.from_dict(data, load_policy(PSBC))
    assert case == Case(Complaint(id="c-1", received=dt.date(2026, 9, 20), caused_by="bank"), [Event("replied")])


def test_the_words_of_a_policy_are_those_its_rules_and_conditions_read() -> None:
    policy = own(
        fact("ground", "text", None) + "\nvalues.a = { zh = '甲', en = 'a' }",
        table("t", ("x", "has('replied', outcome='settled_own')"), ("y", "count('routed', reason='moved') > 1")),
        limit(
            '[{ within = "2 days" }]', 'pauses = [{ reason = "own_stop" }]',
            'void_on = { event = "withdrawn", outcome = "gone" }',
            'restart = { on = { event = "supplemented", items = ["own_facts"] } }',
            "[[limit.extension]]", 'on = { event = "extended", reason = "own_ground" }', 'add = "1 day"',
        ),
        duty("must_not", '"disclosed"', "unless = \"event.reason in ('lawful_own', 'other_own')\"", id="one"),
        duty("must_not", '"disclosed"', "unless = \"'chief' in event.told\"", id="two"),
        f'[[checklist]]\nid = "paper"\n{TITLE}\nof = "replied"\nitems.remedy_own = {{ zh = "甲", en = "A" }}',
    )  # fmt: skip
    words = words_of(policy)
    assert {"moved", "own_stop", "own_ground", "lawful_own", "other_own"} <= words["reason"]
    assert {"settled_own", "gone"} <= words["outcome"]
    assert {"own_facts", "remedy_own"} <= words["items"]
    assert {one.kind for one in selectors_of(policy)} >= {
        "received",
        "withdrawn",
        "supplemented",
        "extended",
        "disclosed",
    }
