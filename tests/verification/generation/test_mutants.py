"""Small faults in a policy: which there are, by hand, and how many of them the generated cases notice."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.periods.periods import is_at_once
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes import Parting, diff
from complaint_rules.verification.generation.generating import generate
from complaint_rules.verification.generation.mutants import Mutant, MutationScore, mutants, mutation_score
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from tests import small
from tests.verification.generation.test_generating import PARAMETERS, WHOLE


def slips(policy: Policy, rule: str) -> list[str]:
    return [one.what.removeprefix(rule) for one in mutants(policy) if one.rule == rule]


def test_the_faults_of_a_table() -> None:
    rows = (("urgent", "complainants >= 3 and not repeat"), ("grave", "kind in ('fees', 'fraud')"), ("ordinary", ""))
    assert slips(small.own(small.table("urgency", *rows)), "table/urgency") == [
        "[0]: row left out", "[0]: value grave", "[0]: changed places with the next",
        "[0] when: 3 -> 4", "[0] when: 3 -> 2", "[0] when: >= -> >", "[0] when: and -> or", "[0] when: not -> nothing",
        "[0] when: turned round",
        "[1]: row left out", "[1]: value urgent",
        "[1] when: turned round", "[1] when: fees left out of the list",
        "[2]: row left out", "[2]: value urgent",
    ]  # fmt: skip


def test_a_number_does_not_go_below_nothing_and_what_is_denied_is_not_turned_round_again() -> None:
    policy = small.own(
        small.fact("lots", "int", "0"), small.table("few", ("no", "not (lots > 0)"), ("yes", ""), every=True)
    )
    assert slips(policy, "table/few")[2:] == [
        "[0] when: 0 -> 1", "[0] when: > -> >=", "[0] when: not -> nothing", "[1]: row left out", "[1]: value no",
    ]  # fmt: skip


def test_the_faults_of_a_limit() -> None:
    rows = '[{ within = "48 hours", when = "repeat", warn = "2 hours" }, { within = "15 working days" }]'
    more = ('when = "not joint"', 'void_on = "withdrawn"')
    extension = '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "5 hours"\napproved_by = ["desk"]'
    desk = '[[body]]\nid = "desk"\ntitle = { zh = "台", en = "Desk" }'
    policy = small.own(desk, small.limit(rows, *more, extension, until='["replied", "closed"]'))
    assert slips(policy, "limit/whole") == [
        ": when left out", ": void_on left out", ": extension left out", ": roll added", ": receipt added",
        ": until closed", ": first end left out", " when: not -> nothing",
        "[0]: row left out", "[0] when: turned round",
        "[0] within: 48 hours -> 49 hours", "[0] within: 48 hours -> 47 hours", "[0] within: 48 hours -> 2 days",
        "[0] warn: 2 hours -> 3 hours", "[0] warn: 2 hours -> 1 hours", "[0] warn: 2 hours -> 1 days",
        "[1]: row left out",
        "[1] within: 15 working days -> 16 working days", "[1] within: 15 working days -> 14 working days",
        "[1] within: 15 working days -> 15 days",
        ".extension[0]: approved_by left out",
        ".extension[0] add: 5 hours -> 6 hours", ".extension[0] add: 5 hours -> 4 hours",
        ".extension[0] add: 5 hours -> 1 days",
    ]  # fmt: skip


def test_the_faults_of_a_limit_of_a_single_kind() -> None:
    assert slips(small.own(small.limit('[{ within = "same day" }]')), "limit/whole") == [
        ": roll added", ": receipt added",
    ]  # fmt: skip
    assert slips(small.own(small.limit('[{ within = "1 minute" }]', until='"replied"')), "limit/whole")[2:] == [
        ": until closed", "[0] within: 1 minute -> 2 minute",
    ]  # fmt: skip
    assert slips(small.own(small.limit('[{ within = "1 day" }]')), "limit/whole")[2:] == [
        "[0] within: 1 day -> 2 day", "[0] within: 1 day -> 1 working days",
    ]  # fmt: skip
    rolled = small.own(small.limit('[{ within = "1 day" }]', 'roll = "next_working_day"'))
    assert slips(rolled, "limit/whole")[:2] == [": roll left out", ": receipt added"]
    assert slips(small.own(small.table("one", ("yes", ""))), "table/one") == ["[0]: row left out"]


def test_the_faults_of_duties_and_checklists() -> None:
    checklist = '[[checklist]]\nid = "{}"\ntitle = {{ zh = "单", en = "List" }}\nof = "closed"\n{}'
    items = 'items.{} = {{ zh = "项", en = "Item" }}'
    policy = small.own(
        small.duty("must", '"replied"', 'when = "repeat"', id="answer"),
        small.duty("must_not", '"disclosed"', 'unless = "joint"', id="hush"),
        checklist.format("form", "\n".join((items.format("one"), items.format("two")))),
        checklist.format("note", items.format("one")),
    )
    assert slips(policy, "duty/answer") == [": when left out", " when: turned round", ": must -> must_not"]
    assert slips(policy, "duty/hush") == [": unless left out", " unless: turned round", ": must_not -> may"]
    assert slips(policy, "checklist/form") == [": one left out", ": two left out"]
    assert slips(policy, "checklist/note") == []


def test_a_fault_is_noticed_by_a_case_on_the_side_of_the_boundary_that_it_moves() -> None:
    policy = small.own(small.table("urgency", ("urgent", "complainants >= 3"), ("ordinary", "")))
    cases = {case.case.get("complainants"): case for case in generate(policy).cases if case.rule == "table/urgency[0]"}
    up, down = (one for one in mutants(policy) if "3 -> " in one.what)
    assert mutation_score(policy, [cases[2]], [up, down]).survivors == ("table/urgency[0] when: 3 -> 4",)
    assert mutation_score(policy, [cases[3]], [up, down]).survivors == ("table/urgency[0] when: 3 -> 2",)


def test_a_fault_that_the_loader_finds_or_that_is_none_does_not_count() -> None:
    policy = small.own(small.table("urgency", ("urgent", "repeat"), ("ordinary", "")))
    none = Mutant("table/urgency", "nothing", policy.document)
    broken = Mutant("table/urgency", "broken", policy.document.replace("repeat", "repaet"))
    found = mutation_score(policy, (), [none, broken])
    assert found == MutationScore(noticed=0, refused=1, survivors=())
    assert found.share == 1.0


def test_a_fault_by_which_a_case_is_refused_is_noticed() -> None:
    golden = GoldenCase.from_dict(
        {
            "id": "mine", "policy": {"id": "own"}, "case": {"received": "2026-03-04T10:00:00+08:00", "kind": "fees"},
            "at": "2026-03-05T10:00:00+08:00", "expect": {"findings": {"urgency": "ordinary"}},
            "hours": ["09:00-17:00"],
        }
    )  # fmt: skip
    policy = small.own(small.table("urgency", ("urgent", "repeat"), ("ordinary", "")))
    listed = small.own(
        "[facts.kind]\n" + small.TITLE + '\nvalues.other = { zh = "他", en = "other" }',
        small.table("urgency", ("urgent", "repeat"), ("ordinary", "")),
    )
    fault = Mutant("table/urgency", "a closed list", listed.document)
    assert mutation_score(policy, [golden], [fault]).noticed == 1


SAMPLED: Final = ("psbc-95580", "realty-levels", "boc-sanming", "rcb-draft") if WHOLE else ("rcb-draft",)


@pytest.mark.parametrize("id", SAMPLED)
def test_generated_cases_notice_nine_of_ten_small_faults(id: str) -> None:
    policy = load_policy(id, parameters=PARAMETERS.get(id))
    found = mutation_score(policy, generate(policy).cases, list(mutants(policy))[::2])
    assert found.share >= 0.9, found.survivors


def equivalent(policy: Policy, fault: Mutant) -> bool:
    """Say whether no case can notice a fault: `diff` proves it, or what it takes from a duty is ``at once``."""
    section, _, name = fault.rule.partition("/")
    if section == "duty" and fault.what.endswith(": within left out"):
        return is_at_once(policy.duties[name].within)
    other = fault.load()
    assert other is not None
    return all(one.parting is Parting.SAME for one in diff(policy, other).felt)


@pytest.mark.parametrize("id", policies() if WHOLE else ("property-validity",))
def test_so_they_do_under_every_shipped_policy_of_the_faults_that_a_case_can_notice(id: str) -> None:
    """Of those that a case can notice: rows that exclude one another may change places, and nothing changes."""
    policy = load_policy(id, parameters=PARAMETERS.get(id))
    faults = list(mutants(policy))
    faults = faults[:: 1 + len(faults) // 40]
    found = mutation_score(policy, generate(policy).cases, faults)
    alive = [one for one in faults if one.what in found.survivors and not equivalent(policy, one)]
    assert len(alive) * 9 <= found.noticed, [one.what for one in alive]
