"""Cases for duties and checklists, worked out by hand: arisen or not, done in time or late, forbidden and excused."""

from __future__ import annotations

from typing import Any, Final

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation.generating import generate
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from tests import small

LEVELS: Final = "\n".join(
    f'[[level]]\nid = "{name}"\ntitle = {{ zh = "{name}", en = "{name}" }}' for name in ("outlet", "branch", "head")
)


def cases(policy: Policy, rule: str = "duty/act") -> dict[str, GoldenCase]:
    return {case.id.removeprefix(f"{rule}:"): case for case in generate(policy).cases if case.rule == rule}


def status(case: GoldenCase, duty: str = "act") -> list[str]:
    return [one["status"] for one in case.expect.to_dict().get("duties", {}).get(duty, [])]


def events(case: GoldenCase) -> list[Any]:
    return list(case.case.get("events", ()))


def test_a_duty_with_a_figure_is_done_at_its_last_instant_late_and_never() -> None:
    found = cases(small.own(small.duty("must", '"reported"', 'within = "2 days"', 'when = "repeat"')))
    assert status(found["pair:1.1.on"]) == ["due"]
    assert found["pair:1.1.on"].expect.to_dict()["duties"]["act"][0]["due_at"] == "2026-03-06T23:59:59.999999+08:00"
    assert status(found["duty:last1.1"]) == ["done"]
    assert events(found["duty:last1.1"])[-1]["at"] == "2026-03-06T23:59:59.999999+08:00"
    assert status(found["duty:late1.1"]) == ["done_late"]
    assert events(found["duty:late1.1"])[-1]["at"] == "2026-03-07T00:00:00+08:00"
    assert (status(found["duty:open1"]), status(found["duty:never1"])) == (["due"], ["overdue"])
    assert status(found["pair:1.1.off"]) == [], "not complained of before"
    # From Saturday 14 February, a make-up day, two days end on the 16th whatever works.
    edge = found["duty:edge.make_up_saturday"].expect.to_dict()["duties"]["act"][0]
    assert edge["due_at"] == "2026-02-16T23:59:59.999999+08:00"


def test_a_duty_without_a_figure_is_never_late() -> None:
    found = cases(small.own(small.duty("should", '"reported"')))
    assert status(found["duty:never1"]) == ["due"]
    assert not [key for key in found if "late" in key or "edge" in key]


def test_a_duty_waits_for_what_calls_for_it_and_can_be_called_for_twice() -> None:
    policy = small.own(
        small.duty("must", '{ event = "reported", to = "head" }', 'after = "appealed"', "each = true"), LEVELS
    )
    found = cases(policy)
    assert status(found["duty:not_triggered"]) == []
    assert status(found["duty:done1.1"]) == ["done"]
    assert status(found["duty:other1.1"]) == ["due"], "reported to somebody else"
    assert status(found["duty:again1"]) == ["done", "due"]


def test_each_event_that_can_call_for_it_is_tried() -> None:
    found = cases(small.own(small.duty("must", '"reported"', 'after = ["received", "appealed"]', 'when = "repeat"')))
    assert [event["kind"] for event in events(found["duty:arises2"])] == ["appealed"]
    assert "duty:not_triggered" not in found


def test_an_act_that_has_to_happen_twice_is_tried_once_less() -> None:
    found = cases(small.own(small.duty("must", '{ event = "called_back", nth = 2 }')))
    assert (status(found["duty:once_less1.1"]), status(found["duty:done1.1"])) == (["due"], ["done"])
    assert len(events(found["duty:done1.1"])) == 2


def test_a_condition_that_never_held_is_tried_from_the_first_instant() -> None:
    found = cases(small.own(small.duty("must", '"talked"', "when = \"not has('withdrawn')\""), EVENT))
    assert status(found["duty:absent"]) == []
    assert events(found["duty:absent"])[0]["at"] == "2026-03-04T10:00:00+08:00"
    assert {tuple(status(found[f"pair:1.1.{way}"])) for way in ("off",)} == {("lapsed",)}


EVENT: Final = '[events.talked]\ntitle = { zh = "沟通", en = "talked" }'


def test_a_duty_that_never_arises_and_one_that_always_does_at_first() -> None:
    never = cases(small.own(small.duty("must", '"reported"', 'when = "repeat and not repeat"')))
    assert {tuple(status(case)) for case in never.values()} == {()}
    policy = small.own(
        small.limit('[{ within = "5 days" }]'), small.duty("must", '"reported"', "when = \"not late('whole')\"")
    )
    at_first = cases(policy)
    assert "duty:absent" not in at_first, "at the receipt nothing is late"
    assert status(at_first["pair:1.1.off"]) == ["lapsed"]


def test_a_permission_ends_and_what_comes_after_that_is_not_covered() -> None:
    found = cases(small.own(small.duty("may", '"appealed"', 'until = "closed"', 'within = "5 days"')))
    assert status(found["duty:done1.1"]) == ["used"]
    assert status(found["duty:late1.1"]) == ["expired"]
    assert status(found["duty:until1.1"]) == ["expired"]
    assert status(found["duty:until1.1.used1"]) == ["expired"]


def test_what_is_forbidden_is_done_with_and_without_each_excuse() -> None:
    found = cases(small.own(small.duty("must_not", '"disclosed"', "unless = \"'consent' in event.items or joint\"")))
    tried = {
        (tuple(events(case)[-1].get("items", ())), case.case.get("joint")): status(case)
        for key, case in found.items()
        if key.startswith("duty:act") or ":unless" in key
    }
    assert tried[("consent",), None] == ["in_force"]
    assert tried[(), False] == ["breached"]
    assert tried[(), True] == ["in_force"]
    # act 1, the second way of doing it (without consent), the second part of the excuse, the first pair
    assert {key for key in found if ":unless" in key} == {"pair:unless1.2.2.1.on", "pair:unless1.2.2.1.off"}
    assert status(found["duty:arises1"]) == ["in_force"]


def test_a_ban_that_has_ended_forbids_nothing() -> None:
    found = cases(small.own(small.duty("must_not", '"disclosed"', 'until = "closed"')))
    assert status(found["duty:act1.1"]) == ["breached"]
    assert (status(found["duty:until1.1"]), status(found["duty:until1.1.after"])) == (["over"], ["over"])


def test_a_ban_of_quiet_hours_is_tried_in_them_and_outside() -> None:
    quiet = '[quiet]\nstart = "18:00"\nend = "08:00"\ncite = "1"'
    ban = small.duty("should_not", '"called_back"', "quiet = true", "unless = \"event.reason == 'urgency'\"")
    found = cases(small.own(quiet, ban))
    assert (status(found["duty:hour3"]), status(found["duty:hour12"]), status(found["duty:hour22"])) == (
        ["breached"], ["in_force"], ["breached"],
    )  # fmt: skip
    tried = {events(case)[-1].get("reason"): status(case) for key, case in found.items() if key.startswith("duty:act")}
    assert tried[None] == ["breached"]
    assert tried["urgency"] == ["in_force"]


def test_a_step_that_skips_a_level_is_tried_beside_one_that_does_not() -> None:
    found = cases(small.own(LEVELS, small.duty("must_not", '"routed"', 'unless = "not event.skips_level"')))
    tried = {
        (events(case)[-1]["by"], events(case)[-1]["to"]): status(case) for key, case in found.items() if ":act" in key
    }
    assert tried == {("outlet", "head"): ["breached"], ("outlet", "branch"): ["in_force"]}


def test_staff_with_an_interest_are_tried_beside_staff_without() -> None:
    found = cases(small.own(small.duty("must_not", '"investigated"', 'unless = "not (event.by in interested)"')))
    tried = {
        (tuple(case.case.get("interested", ("?",))), events(case)[-1].get("by")): status(case)
        for key, case in found.items()
        if key.startswith("duty:act")
    }
    assert tried[("another",), "another"] == ["breached"]
    assert ["in_force"] in tried.values()


def test_an_amount_is_tried_at_its_bound_and_a_cent_above() -> None:
    found = cases(small.own(small.duty("must_not", '"compensated"', 'unless = "event.amount <= 5000"')))
    tried = {events(case)[-1].get("amount"): status(case) for key, case in found.items() if key.startswith("duty:act")}
    assert tried == {"5000": ["in_force"], "5000.01": ["breached"]} or tried[None] == ["breached"]


def test_a_duty_whose_ground_is_the_day_of_receipt_is_not_tried_at_other_edges() -> None:
    policy = small.own(small.duty("must", '"reported"', 'within = "2 days"', "when = \"received >= '2026-05-06'\""))
    assert not [key for key in cases(policy) if key.startswith("duty:edge")]


# --- checklists ---

LIST: Final = '[[checklist]]\nid = "form"\ntitle = {{ zh = "单", en = "Form" }}\nof = {}\n{}'
ITEMS: Final = 'items.one = { zh = "一", en = "One" }\nitems.two = { zh = "二", en = "Two" }'


def test_a_document_is_tried_whole_and_without_each_single_item() -> None:
    found = cases(small.own(LIST.format('"closed"', ITEMS)), "checklist/form")
    lacking = {key: case.expect.checklists["form"] for key, case in found.items()}
    assert lacking == {"checklist:1.0": (), "checklist:1.1": ("one",), "checklist:1.2": ("two",)}
    assert found["checklist:1.1"].why == {"zh": "缺：一", "en": "without One"}


def test_what_the_complaint_itself_holds_is_tried_as_a_document() -> None:
    found = cases(small.own(LIST.format('"received"', ITEMS)), "checklist/form")
    assert found["checklist:1.0"].case["recorded"] == ("one", "two")


def test_a_checklist_that_is_not_about_every_document_is_tried_both_ways() -> None:
    found = cases(small.own(LIST.format('["replied", "closed"]', f'when = "repeat"\n{ITEMS}')), "checklist/form")
    assert found["pair:1.1.1.off"].expect.checklists["form"] is None
    assert "checklist:2.1" in found, "another event that is such a document"
    assert "checklist:2.2" not in found


def test_a_checklist_about_no_document_makes_no_case() -> None:
    assert cases(small.own(LIST.format('"closed"', f'when = "repeat and not repeat"\n{ITEMS}')), "checklist/form") == {}


def test_a_document_that_needs_an_item_to_be_one_always_has_it() -> None:
    of = '{ event = "replied", items = "decision" }'
    found = cases(small.own(LIST.format(of, ITEMS)), "checklist/form")
    assert set(events(found["checklist:1.0"])[0]["items"]) == {"decision", "one", "two"}
