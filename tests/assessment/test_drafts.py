"""Skeletons of documents: what a checklist wants of a document that is to be made, is begun, or was made."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Final

import pytest

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.drafts import skeleton, skeletons
from complaint_rules.cases.case import Event
from complaint_rules.errors import InvalidEvent, UnknownName
from complaint_rules.policy.loading import load_policy, policies
from tests.by_hand import assessed, ev
from tests.small import TITLE, fact, own, worked

LATER: Final = "2026-10-12"
ITEMS: Final = 'items.course = { zh = "经过", en = "course" }\nitems.result = { zh = "结果", en = "result" }\n'


def found(policy: str, *events: Event, **facts: Any) -> Assessment:
    return assessed(load_policy(policy), "2026-09-30T09:00", facts, events, LATER)


def checklist(of: str, *more: str, id: str = "file") -> str:
    return "\n".join(["[[checklist]]", f'id = "{id}"', TITLE, f"of = {of}", *more, ITEMS])


def test_a_reply_still_to_be_made_wants_all_that_article_19_names_and_should_leave_its_proof() -> None:
    """2020 Measures, art. 19: what was verified, basis and reasons, remedies; art. 21: proof of telling."""
    reply = skeleton(found("cbirc-2020-3"), "replied")
    assert [(part.rule, part.missing) for part in reply.parts] == [
        ("checklist/reply", ("verified", "basis", "remedies")),
        ("checklist/proof_of_telling", ("proof_of_dispatch",)),
    ]
    assert [part.cite for part in reply.parts] == [part.checklist.cite for part in reply.parts]
    assert reply.parts[0].cite.startswith("19")  # type: ignore[union-attr]
    assert (reply.made, reply.complete, reply.recorded) == (None, False, True)


def test_of_a_reply_that_was_made_only_what_it_lacks_is_missing() -> None:
    reply = skeleton(
        found(
            "cbirc-2020-3",
            ev("replied", "2026-10-09T09:00", items={"verified"}),
            ev("replied", "2026-10-10T09:00", items={"verified", "basis", "remedies", "proof_of_dispatch"}),
        ),
        "replied",
    )
    assert reply.complete
    assert reply.made is not None
    assert reply.made.event.at == ev("replied", "2026-10-10T09:00").at
    assert [part.there for part in reply.parts] == [("verified", "basis", "remedies"), ("proof_of_dispatch",)]


def test_a_draft_is_held_against_the_checklists_it_falls_under() -> None:
    case = found("cbirc-2020-3")
    told = Event("informed", items={"basis"}, told={"complainant"}, reason="decision")
    assert skeleton(case, told).missing == ("verified", "remedies", "proof_of_dispatch")
    assert skeleton(case, Event("informed", items={"basis"})).parts == (), "some other telling"
    assert skeleton(case, Event("replied")).missing == ("verified", "basis", "remedies", "proof_of_dispatch")


def test_where_nobody_recorded_what_a_document_holds_all_of_it_is_to_be_looked_up() -> None:
    reply = skeleton(found("cbirc-2020-3", ev("replied", "2026-10-09T09:00")), "replied")
    assert (reply.recorded, len(reply.missing)) == (False, 4)


def test_the_record_of_the_receipt_is_a_document_too() -> None:
    record = skeleton(found("boc-it-blueprint", recorded={"time", "name", "elsewhere"}), "received")
    assert [(part.there, part.missing) for part in record.parts] == [
        (("time", "name"), ("unit", "contact", "matter", "expectation"))
    ]
    assert record.made is not None
    assert not skeleton(found("boc-it-blueprint"), "received").recorded


@pytest.mark.parametrize("policy", policies())
def test_every_kind_of_document_of_a_policy_has_its_skeleton(policy: str) -> None:
    case = found(policy)
    checklists = load_policy(policy).checklists
    found_for = {part.rule for one in skeletons(case) for part in one.parts}
    assert found_for <= {f"checklist/{name}" for name in checklists}
    assert found_for >= {f"checklist/{name}" for name, one in checklists.items() if one.when is None}
    assert [one.draft.kind for one in skeletons(case)] == list(dict.fromkeys(one.draft.kind for one in skeletons(case)))


def test_a_checklist_that_is_not_called_for_is_left_out_and_a_doubtful_one_says_on_what_it_hangs() -> None:
    policy = own(fact("mass", assume=None), fact("slow"), checklist('"archived"', 'when = "mass or slow"'))
    for facts, parts in (
        ({}, [("mass", "slow")]),  # a fact without presumption: it may be called for
        ({"mass": True}, [()]),
        ({"mass": False}, []),  # slowness is presumed away
        ({"mass": False, "slow": True}, [()]),
    ):
        case = worked(policy, "2026-09-30", [], LATER, **facts)
        assert [part.hangs_on for part in skeleton(case, "archived").parts] == parts, facts
    assert skeletons(worked(policy, "2026-09-30", [], LATER, mass=False)) == ()


def test_any_checklist_is_served_investigation_and_settlement_alike() -> None:
    events = '[events.settlement_signed]\ntitle = { zh = "签订和解协议", en = "settlement signed" }'
    policy = own(events, checklist('"investigated"', id="a"), checklist('"settlement_signed"', id="b"))
    case = worked(policy, "2026-09-30", [ev("investigated", "2026-10-08", items={"course"})], LATER)
    assert [(one.draft.kind, one.missing) for one in skeletons(case)] == [
        ("investigated", ("result",)), ("settlement_signed", ("course", "result")),
    ]  # fmt: skip


def test_the_handbooks_investigation_and_settlement_have_theirs() -> None:
    """wealth-handbook 2.1.1, 5.3.3: a report with findings and an opinion; parties, facts, solution, time."""
    case = found("wealth-handbook", ev("investigation_report", "2026-10-08", items={"findings"}))
    assert skeleton(case, "investigation_report").missing == ("opinion",)
    assert len(skeleton(case, "settlement_signed").missing) == 4


def test_what_is_no_document_is_refused_with_what_was_meant() -> None:
    case = found("cbirc-2020-3")
    with pytest.raises(UnknownName, match="did you mean 'replied'"):
        skeleton(case, "repleid")
    with pytest.raises(UnknownName, match="the policy has no such kind of event"):
        skeleton(case, Event("unheard_of"))
    with pytest.raises(InvalidEvent, match="an Event, or a kind of event, is expected"):
        skeleton(case, 5)  # type: ignore[arg-type]


def test_a_skeleton_is_a_value_and_data() -> None:
    one = skeleton(found("cbirc-2020-3"), Event("replied", items={"verified"}))
    assert repr(one) == "<Skeleton of replied: missing ['basis', 'remedies', 'proof_of_dispatch']>"
    for made in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):  # noqa: S301 - made a moment ago
        assert (made, hash(made), made.explain("en")) == (one, hash(one), one.explain("en"))
    assert "\n" not in repr(one.parts[0])
    with pytest.raises(AttributeError):
        one.draft = Event("closed")  # type: ignore[misc]
    data = json.loads(json.dumps(one.to_dict()))
    assert (data["document"], data["made"], data["recorded"]) == ("replied", False, True)
    assert data["parts"][0]["items"][0] == {
        "item": "verified", "there": True, "title": {"zh": "核实情况", "en": "What was verified"},
    }  # fmt: skip
    assert list(one.parts[0].items) == ["verified", "basis", "remedies"]


def test_a_document_made_is_held_against_what_is_meant_for_it_and_one_to_come_against_all_of_its_kind() -> None:
    policy = own(checklist('[{ event = "replied", told = ["complainant"] }]'))
    to_come = skeleton(worked(policy, "2026-09-30", [], LATER), "replied")
    assert [part.rule for part in to_come.parts] == ["checklist/file"]
    made = skeleton(worked(policy, "2026-09-30", [ev("replied", "2026-10-08")], LATER), "replied")
    assert made.parts == (), "nobody was told by it"
