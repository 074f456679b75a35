from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_tables import read_golden
from complaint_rules.verification.reaching.outcomes import gaps, outcomes, reached, reached_so_far, rule_of
from tests.by_hand import ev
from tests.golden_files import FOLDER, policy_of
from tests.small import duty, fact, limit, own, table, worked

RECEIVED: Final = "2026-10-09 09:00"
LATER: Final = "2026-12-01 09:00"

ADJUSTED: Final = own(
    fact("hard"),
    limit(
        '[{ within = "10 days", when = "hard" }, { within = "5 days", warn = "2 days" }]',
        'agreed = "agreed"',
        'pauses = [{ reason = "appraisal" }, { reason = "mediation", requires = "\'complainant\' in event.told" }]',
        'restart = { on = "supplemented", when = "hard" }',
        'void_on = ["withdrawn", { event = "merged", when = "hard" }]',
        "[[limit.extension]]",
        'id = "complex"',
        'on = { event = "extended", reason = "complex" }',
        'add = "5 days"',
        "when = \"hard\"",
    ),
)  # fmt: skip
DUTIES: Final = own(
    fact("hard"),
    duty("must", '"informed"', 'within = "2 days"', id="timed"),
    duty("should", '"reported"', 'when = "hard"', id="untimed"),
    duty("must", '"approved"', 'after = "agreed"', 'within = "at once"', id="at_once"),
    duty("must_not", '"disclosed"', 'unless = "hard"', id="secret"),
    duty("may", '"appealed"', 'within = "5 days"', id="appeal"),
)  # fmt: skip
CHECKED: Final = own(
    fact("hard"),
    table("level", ("high", "hard"), ("low", "")),
    table("kinds", ("a", "hard"), ("b", ""), every=True),
    '[[checklist]]\nid = "form"\ntitle = { zh = "单", en = "Form" }\nof = "routed"',
    'items.cause = { zh = "原因", en = "Cause" }',
)  # fmt: skip


def ways(policy: Policy, events: Sequence[Event] = (), at: str = LATER, **facts: Any) -> set[str]:
    """Give what a case reaches, without the rows of tables."""
    return set(reached(worked(policy, RECEIVED, events, at, **facts)))


def test_what_there_is_to_reach_of_a_limit() -> None:
    assert set(outcomes(ADJUSTED)) == {
        f"limit/whole {way}"
        for way in (
            "kept", "late", "row 1 binds", "row 2 binds", "pause 1 takes effect", "pause 2 takes effect",
            "pause 2 has no effect", "restart takes effect", "restart has no effect", "extension complex takes effect",
            "extension complex has no effect", "void_on 1 takes effect", "void_on 2 takes effect",
            "void_on 2 has no effect", "row 2 warns", "agreement binds",
        )
    }  # fmt: skip
    assert set(outcomes(own(fact("hard"), limit('[{ within = "at once" }]', 'when = "hard"')))) == {
        "limit/whole kept", "limit/whole not applicable", "limit/whole row 1 binds",
    }  # fmt: skip


def test_what_there_is_to_reach_of_the_rest() -> None:
    assert set(outcomes(DUTIES)) == {
        "duty/timed kept", "duty/timed not kept", "duty/timed due", "duty/untimed kept", "duty/untimed not kept",
        "duty/untimed not triggered", "duty/at_once kept", "duty/at_once not kept", "duty/at_once not triggered",
        "duty/secret breached", "duty/secret not breached", "duty/appeal used", "duty/appeal not used",
    }  # fmt: skip
    assert set(outcomes(CHECKED)) == {
        "table/level row 1 decides", "table/level row 1 does not decide", "table/level row 2 decides",
        "table/level row 2 does not decide", "table/kinds row 1 decides", "table/kinds row 1 does not decide",
        "table/kinds row 2 decides", "checklist/form complete", "checklist/form incomplete",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("events", "at", "facts", "wanted"),
    [
        ([ev("closed", "2026-10-14")], LATER, {}, {"kept", "row 2 binds"}),
        ([ev("closed", "2026-10-15")], LATER, {}, {"late", "row 2 binds"}),
        ([], LATER, {"hard": True}, {"late", "row 1 binds"}),
        ([], "2026-10-10 09:00", {}, {"row 2 binds"}),
        ([ev("suspended", "2026-10-10", reason="appraisal")], "2026-10-11", {},
         {"row 2 binds", "pause 1 takes effect"}),
        ([ev("suspended", "2026-10-10", reason="mediation", told=["complainant"])], "2026-10-11", {},
         {"row 2 binds", "pause 2 takes effect"}),
        ([ev("suspended", "2026-10-10", reason="mediation")], "2026-10-11", {},
         {"row 2 binds", "pause 2 has no effect"}),
        ([ev("supplemented", "2026-10-10")], "2026-10-11", {"hard": True}, {"row 1 binds", "restart takes effect"}),
        ([ev("supplemented", "2026-10-10")], "2026-10-11", {}, {"row 2 binds", "restart has no effect"}),
        ([ev("extended", "2026-10-10", reason="complex")], "2026-10-11", {"hard": True},
         {"row 1 binds", "extension complex takes effect"}),
        ([ev("extended", "2026-10-10", reason="complex")], "2026-10-11", {},
         {"row 2 binds", "extension complex has no effect"}),
        ([ev("merged", "2026-10-10")], "2026-10-11", {"hard": True}, {"row 1 binds", "void_on 2 takes effect"}),
        ([ev("merged", "2026-10-10")], "2026-10-11", {}, {"row 2 binds", "void_on 2 has no effect"}),
        ([ev("withdrawn", "2026-10-10")], "2026-10-11", {}, {"row 2 binds", "void_on 1 takes effect"}),
        ([], "2026-10-13 12:00", {}, {"row 2 binds", "row 2 warns"}),
        ([ev("agreed", "2026-10-10", due="2026-10-20")], "2026-10-11", {}, {"agreement binds"}),
        ([ev("suspended", "2026-10-10", reason="mediation", id="stop"), Event("approved", ref="stop")],
         "2026-10-11", {}, {"row 2 binds"}),
    ],
)  # fmt: skip
def test_what_a_case_reaches_of_a_limit(events: list[Event], at: str, facts: dict[str, Any], wanted: set[str]) -> None:
    found = ways(ADJUSTED, events, at, **facts)
    assert found == {f"limit/whole {way}" for way in wanted}


TWO_WAYS: Final = own(
    fact("hard", assume=None),
    limit(
        '[{ within = "5 days" }]', 'restart = { on = "supplemented", when = "hard" }',
        "[[limit.extension]]", 'id = "complex"', 'on = { event = "extended", reason = "complex" }', 'add = "5 days"',
        "[[limit.extension]]", 'id = "long"', 'on = { event = "extended", reason = "long" }', 'add = "9 days"',
    ),
)  # fmt: skip


def test_an_extension_says_nothing_of_another_and_an_open_restart_nothing_at_all() -> None:
    found = ways(TWO_WAYS, [ev("extended", "2026-10-10", reason="long")], "2026-10-11")
    assert found == {"limit/whole row 1 binds", "limit/whole extension long takes effect"}
    assert not {one for one in ways(TWO_WAYS, [ev("supplemented", "2026-10-10")], "2026-10-11") if "restart" in one}


def test_a_limit_that_does_not_apply() -> None:
    policy = own(fact("hard"), limit('[{ within = "5 days" }]', 'when = "hard"'))
    assert ways(policy) == {"limit/whole not applicable"}


@pytest.mark.parametrize(
    ("name", "events", "at", "facts", "wanted"),
    [
        ("timed", [ev("informed", "2026-10-11")], LATER, {}, "kept"),
        ("timed", [ev("informed", "2026-10-12")], LATER, {}, "not kept"),
        ("timed", [], LATER, {}, "not kept"),
        ("timed", [], "2026-10-10", {}, "due"),
        ("untimed", [ev("reported", "2026-10-12")], LATER, {"hard": True}, "kept"),
        ("untimed", [], LATER, {"hard": True}, "not kept"),
        ("untimed", [], LATER, {}, "not triggered"),
        ("at_once", [ev("agreed", "2026-10-10")], LATER, {}, "not kept"),
        ("at_once", [], LATER, {}, "not triggered"),
        ("secret", [ev("disclosed", "2026-10-10")], LATER, {}, "breached"),
        ("secret", [ev("disclosed", "2026-10-10")], LATER, {"hard": True}, "not breached"),
        ("appeal", [ev("appealed", "2026-10-10")], LATER, {}, "used"),
        ("appeal", [], LATER, {}, "not used"),
    ],
)
def test_what_a_case_reaches_of_a_duty(
    name: str, events: list[Event], at: str, facts: dict[str, Any], wanted: str
) -> None:
    found = {one for one in ways(DUTIES, events, at, **facts) if rule_of(one) == f"duty/{name}"}
    assert found == ({f"duty/{name} {wanted}"} if wanted else set())


def test_what_a_case_reaches_of_tables_and_checklists() -> None:
    low = {"table/level row 1 does not decide", "table/level row 2 decides", "table/kinds row 1 does not decide"}
    always = "table/kinds row 2 decides"
    assert ways(CHECKED) == low | {always}
    assert ways(CHECKED, hard=True) == {
        "table/level row 1 decides", "table/level row 2 does not decide", "table/kinds row 1 decides", always
    }  # fmt: skip
    for items, way in ((["cause"], "complete"), ([], "incomplete")):
        assert f"checklist/form {way}" in ways(CHECKED, [ev("routed", "2026-10-10", items=items)])
    assert "checklist/form complete" not in ways(CHECKED, [ev("routed", "2026-10-10")])


def test_of_what_is_read_so_far_nothing_more_is_worked_out() -> None:
    found = worked(CHECKED, RECEIVED, [ev("routed", "2026-10-10", items=["cause"])], LATER)
    assert reached_so_far(found) == set()
    assert found.findings["level"].value == "low"
    assert reached_so_far(found) == {"table/level row 1 does not decide", "table/level row 2 decides"}
    assert len(found.checks) == 1
    assert "checklist/form complete" in reached_so_far(found)
    found = worked(DUTIES, RECEIVED, [], LATER)
    assert found.duties
    assert reached_so_far(found) == reached(found)


def test_what_is_read_in_part_reaches_a_part_and_what_is_read_in_full_all() -> None:
    """Of the golden cases of a shipped policy, every sixth: what was read so far is never more than what there is."""
    file = read_golden(FOLDER / "psbc-95580.toml")
    policy = policy_of(file)
    for case in file.cases[::6]:
        found, whole = case.assess(policy), reached(case.assess(policy))
        assert reached_so_far(found) == set()
        for part in (found.clocks["whole"], found.findings["priority"], found.checks, found.duties):
            assert part is not None
            assert reached_so_far(found) <= whole
        assert list(found.findings.values())
        assert list(found.clocks.values())
        assert reached_so_far(found) == whole


def test_what_nobody_knows_reaches_nothing() -> None:
    policy = own(
        fact("hard", assume=None), table("level", ("high", "hard"), ("low", "")), limit(), duty("must", '"informed"')
    )
    found = worked(policy, RECEIVED, [ev("informed", "2026-10-10")], LATER)
    assert not any(one.startswith("table/") for one in reached(found))


def test_an_incomplete_file_names_its_gaps() -> None:
    wanted = ["limit/whole kept", "limit/whole late", "limit/whole row 1 binds"]
    assert list(gaps(wanted, {"limit/whole kept", "limit/whole late"}, {})) == [
        "reached by no case: limit/whole row 1 binds"
    ]
    assert list(gaps(wanted, set(wanted), {})) == []


def test_what_is_excused_must_be_there_and_unreached() -> None:
    wanted = ["limit/whole kept", "limit/whole late"]
    excused = dict.fromkeys(("limit/whole late", "limit/whole kept", "limit/hole late"), "why")
    assert list(gaps(wanted, {"limit/whole kept"}, excused)) == [
        "listed as unreached, and a case reaches it: limit/whole kept",
        "listed as unreached, and there is no such outcome: limit/hole late",
    ]
