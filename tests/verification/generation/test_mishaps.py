"""What befalls a limit, each alone: what comes out worked out by hand, for one limit that everything can befall."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation.generating import generate
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from tests import small

BODIES: Final = "\n".join(
    f'[[body]]\nid = "{name}"\ntitle = {{ zh = "{name}", en = "{name}" }}' for name in ("manager", "clerk")
)
EXTENSION: Final = """\
[[limit.extension]]
id = "more"
on = "extended"
add = "10 days"
when = "complex"
requires = "'complainant' in event.told and 'reasons' in event.told"
approved_by = ["manager"]
"""
WHOLE: Final = small.own(
    BODIES,
    small.limit(
        '[{ within = "10 days", warn = "3 days" }]',
        'pauses = [{ reason = "mediation", requires = "event.by == \'manager\'" }]',
        'restart = { on = { event = "supplemented", items = "new_facts" }, when = "not repeat" }',
        'void_on = ["withdrawn", { event = "not_accepted", when = "joint" }]',
        'agreed = true',
        'reopen = "continue"',
        EXTENSION,
    ),
)  # fmt: skip
LATER: Final = small.own(
    small.limit('[{ within = "10 days" }]', "each = true", start='"accepted"', until='{ event = "replied", nth = 2 }'),
)
NO_END: Final = "T23:59:59.999999+08:00"


def lives(policy: Policy, start: str) -> dict[str, dict[str, Any]]:
    """Give what comes out of the cases whose mishap is called so, by the rest of their ids."""
    at = f"limit/whole:life:0.{start}"
    return {case.id.removeprefix(at): told(case) for case in generate(policy).cases if case.id.startswith(at)}


def told(case: GoldenCase) -> dict[str, Any]:
    expect = case.expect.to_dict()
    clock = expect["clocks"]["whole"]
    run = clock if isinstance(clock, dict) else clock[-1]
    due = run.get("due_at")
    return {
        "status": run["status"],
        "due": None if due is None else due[:10],
        "against": expect.get("violations", {}).get("limit/whole", []),
        "runs": 1 if isinstance(clock, dict) else len(clock),
        "case": case.case,
    }


def test_it_is_ended_for_good_by_what_may_end_it() -> None:
    found = lives(WHOLE, "void")
    assert found["1.1"]["status"] == "void"
    assert found["1.after_due"]["status"] == "void"
    assert found["1.after_due"]["against"] == ["late"], "it was late before"
    ways = {(one["case"].get("joint"), one["status"]) for key, one in found.items() if key.startswith("2.")}
    assert ways == {(True, "void"), (False, "running")}, "a refusal ends it only where several complain"


def test_it_stops_while_it_is_suspended_with_what_that_needs() -> None:
    found = lives(WHOLE, "pause1.mediation.")
    stopped = {one["case"]["events"][0].get("by"): key for key, one in found.items() if key.endswith(".stopped")}
    assert set(stopped) == {"manager", "another", None}
    with_it, without = stopped["manager"].partition(".")[0], stopped[None].partition(".")[0]
    # Received on 4 March; due on the 14th; three days of suspension move that to the 17th.
    assert found[f"{with_it}.stopped"]["status"] == "suspended"
    assert found[f"{with_it}.still"]["status"] == "suspended"
    assert found[f"{with_it}.resumed"] | {"case": None} == {
        "status": "running", "due": "2026-03-17", "against": [], "runs": 1, "case": None,
    }  # fmt: skip
    assert found[f"{with_it}.resumed.met"]["status"] == "met"
    assert found[f"{with_it}.resumed.late"]["status"] == "met_late"
    assert found[f"{without}.stopped"]["against"] == ["suspension_without_effect"]
    assert found[f"{without}.resumed"]["due"] == "2026-03-14"
    assert found[f"{without}.still"]["against"] == ["late", "suspension_without_effect"]


def test_it_is_lengthened_with_approval_and_telling_and_otherwise_not() -> None:
    found = lives(WHOLE, "extension.more.")
    whole = found["1.manager"]
    assert (whole["status"], whole["due"], whole["against"]) == ("running", "2026-03-24", [])
    assert whole["case"]["events"][0]["told"] == ("complainant", "reasons")
    assert found["1.manager.met"]["status"] == "met"
    assert (found["1.manager.late"]["status"], found["1.manager.late"]["due"]) == ("met_late", "2026-03-24")
    for key in ("1.another", "1.nobody"):
        assert (found[key]["due"], found[key]["against"]) == ("2026-03-14", ["extension_without_effect"]), key
    assert found["1.manager.too_often"]["against"] == ["extension_without_effect"]
    assert found["1.manager.too_often"]["due"] == "2026-03-24", "the second adds nothing"
    assert found["1.manager.too_late"]["against"] == ["extension_without_effect", "late"]
    lacking = {one["case"]["events"][0].get("told") for one in found.values() if one["due"] == "2026-03-14"}
    assert lacking >= {None, ("complainant",), ("reasons",)}, "without each single thing it needs"
    simple = [one for one in found.values() if one["case"].get("complex") is False]
    assert simple
    assert {one["due"] for one in simple} == {"2026-03-14"}, "not for a simple matter"


def test_it_starts_anew_unless_its_condition_fails() -> None:
    found = lives(WHOLE, "restart1.")
    ways = {one["case"].get("repeat"): one["due"] for key, one in found.items() if "." not in key}
    # Half of the time from 4 March 10:00 to the end of the 14th has passed on the 9th, from which ten days run.
    assert ways == {False: "2026-03-19", True: "2026-03-14"}


def test_what_was_agreed_prevails_whether_later_or_earlier() -> None:
    found = lives(WHOLE, "agreed1.")
    assert found["later"]["due"] == "2026-03-17"
    assert found["later.met"]["status"] == "met"
    assert found["later.missed"]["status"] == "overdue"
    assert found["earlier"]["due"] == "2026-03-09"
    assert found["earlier.late"]["status"] == "met_late"


def test_it_goes_on_after_a_reopening_and_a_closing_is_looked_at() -> None:
    assert lives(WHOLE, "reopened")[""]["status"] == "running"
    assert lives(WHOLE, "closed")[""]["status"] == "met", "the closing ends it"


def test_what_starts_it_can_happen_again_and_an_ending_can_take_several_events() -> None:
    found = lives(LATER, "second_start")
    assert found[""]["runs"] == 2
    assert found[""]["due"] == "2026-03-17", "counted from the second start, on the 7th"
    met = next(case for case in generate(LATER).cases if case.id == "limit/whole[0]:edge:plain.met")
    assert [event["kind"] for event in met.case["events"]] == ["accepted", "replied", "replied"]
    assert told(met)["status"] == "met"


def test_a_limit_without_a_figure_to_count_is_still_tried() -> None:
    policy = small.own(
        small.limit('[{ within = "as agreed" }]', 'agreed = "promised"', start='"promised"', until='"replied"'),
        small.limit('[{ within = "as agreed" }]', 'agreed = true', id="kept", until='"replied"'),
        small.fact("by_superior", "moment", None), small.limit('[{ by = "by_superior" }]', id="superior"),
    )  # fmt: skip
    cases = {case.id: case for case in generate(policy).cases}
    first = cases["limit/whole[0]:edge:plain.met"]
    assert [event["kind"] for event in first.case["events"]] == ["promised", "replied"]
    assert told(first)["due"] == "2026-03-07", "three days were agreed upon"
    superior = cases["limit/superior[0]:edge:plain.met"]
    assert superior.case["extra"] == {"by_superior": "2026-03-07T10:00:00+08:00"}


def test_a_limit_whose_condition_names_the_day_of_receipt_is_tried_on_that_day_alone() -> None:
    policy = small.own(small.limit('[{ within = "2 days" }]', "when = \"received >= '2026-05-06'\""))
    edges = {case.id.partition(":edge:")[2] for case in generate(policy).cases if case.kind == "edge"}
    assert edges == {"plain.runs", "plain.met", "plain.late", "open_at_due", "open_after_due"}


def test_each_of_several_figures_is_tried_alone_where_the_earliest_binds() -> None:
    rows = '[{ within = "48 hours", when = "repeat" }, { within = "5 days" }]'
    policy = small.own(small.limit(rows, rows_are="earliest"))
    cases = {case.id: case for case in generate(policy).cases}
    assert told(cases["limit/whole[0]:edge:plain.met"])["due"] == "2026-03-06"
    assert told(cases["limit/whole[1]:edge:plain.met"])["due"] == "2026-03-09"
    assert cases["limit/whole[1]:edge:plain.met"].case["repeat"] is False


@pytest.mark.parametrize(("within", "ways"), [("at once", {"met", "running"}), ("same day", {"met", "met_late"})])
def test_what_is_due_at_once_is_never_late_and_what_is_due_today_can_be(within: str, ways: set[str]) -> None:
    cases = generate(small.own(small.limit(f'[{{ within = "{within}" }}]'))).cases
    assert {told(case)["status"] for case in cases if case.kind == "edge"} >= ways


def test_what_comes_when_all_is_over_goes_on_no_further() -> None:
    extension = '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "1 minute"\napproved_by = ["manager"]'
    policy = small.own(BODIES, small.limit('[{ within = "1 minute" }]', extension))
    cases = {case.id: case for case in generate(policy).cases}
    assert told(cases["limit/whole:life:0.extension.more.1.nobody"])["status"] == "overdue"
    assert "limit/whole:life:0.extension.more.1.nobody.met" not in cases


def test_what_lengthens_up_to_a_total_counts_from_the_event_it_names() -> None:
    extension = '[[limit.extension]]\nid = "to"\non = "extended"\nto = "30 days"\nfrom = "accepted"'
    cases = {case.id: case for case in generate(small.own(small.limit('[{ within = "10 days" }]', extension))).cases}
    case = cases["limit/whole:life:0.extension.to.1.nobody"]
    assert [event["kind"] for event in case.case["events"]] == ["accepted", "extended"]
    assert told(case)["due"] == "2026-04-06", "thirty days after the acceptance on 7 March"
