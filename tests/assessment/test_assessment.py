"""A case, a policy and a moment in; findings, clocks, duties, questions, violations and what is missing out."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import FORMAT, Assessment
from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.lifecycle import State
from complaint_rules.errors import CalendarUnpublished, InvalidComplaint, InvalidMoment, MissingParameter
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.loading import load_policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import TITLE, codes, duty, fact, limit, own, table, worked, written

RECEIVED: Final = "2026-09-20T09:00"
LATER: Final = "2026-12-01T12:00"


# --- findings and questions ---

CLASSES: Final = own(
    fact("vip"), fact("score", "int", None), fact("kind_known", assume=None),
    table("priority", ("urgent", "vip"), ("high", "score >= 5"), ("plain", "")),
    table("grounds", ("a", "vip"), ("b", "score >= 5"), every=True),
    table("maybe", ("yes", "kind_known")),
    limit('[{ within = "2 days", when = "priority == \'urgent\'" }, { within = "15 days" }]'),
    limit('[{ within = "2 days" }]', 'when = "kind_known"', id="other"),
    duty("must", '"informed"', 'when = "kind_known"', 'within = "2 days"', id="tell"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "value", "possible", "assumed", "why"),
    [
        ({"vip": True}, "urgent", ("urgent",), (), "the first row that holds"),
        ({"vip": False, "score": 5}, "high", ("high",), (), "the second"),
        ({"vip": False, "score": 4}, "plain", ("plain",), (), "none of them, so the last"),
        ({}, "plain", ("urgent", "high", "plain"), ("vip", "score"), "presumed not, and unknown"),
        ({"score": 9}, "high", ("urgent", "high"), ("vip",), "only the presumption is open"),
    ],
)
def test_a_class_has_its_value_and_all_that_is_still_possible(
    facts: dict[str, Any], value: str, possible: tuple[str, ...], assumed: tuple[str, ...], why: str
) -> None:
    for events in ([], [ev("registered", RECEIVED)]):
        found = worked(CLASSES, RECEIVED, events, "2026-09-21", **facts).findings["priority"]
        assert (found.value, found.possible, found.certain, found.assumed) == (value, possible, not assumed, assumed), (
            why
        )
        assert [row.value for row in found.rows] == [value]


def test_a_table_of_every_row_gives_the_set_of_all_that_hold() -> None:
    found = worked(CLASSES, RECEIVED, [], "2026-09-21", vip=True).findings["grounds"]
    assert (found.value, found.possible, found.certain, found.assumed) == (
        frozenset({"a"}), ("a", "b"), False, ("score",),
    )  # fmt: skip
    found = worked(CLASSES, RECEIVED, [], "2026-09-21", vip=False, score=1).findings["grounds"]
    assert (found.value, found.possible, found.certain) == (frozenset(), (), True)


def test_where_no_row_holds_there_is_no_value() -> None:
    found = worked(CLASSES, RECEIVED, [], "2026-09-21", kind_known=False).findings["maybe"]
    assert (found.value, found.possible, found.rows, found.cite, found.rule) == (None, (None,), (), None, "table/maybe")
    found = worked(CLASSES, RECEIVED, [], "2026-09-21").findings["maybe"]
    assert (found.value, found.possible, found.assumed) == (None, ("yes", None), ("kind_known",))


def test_questions_name_the_fact_who_answers_and_what_hangs_on_it() -> None:
    for events in ([], [ev("registered", RECEIVED)]):
        found = worked(CLASSES, RECEIVED, events, "2026-09-21", score=1).questions
        assert {(one.fact, one.ask) for one in found} == {("vip", "handler"), ("kind_known", "handler")}
        (known,) = [one for one in found if one.fact == "kind_known"]
        assert {"table/maybe", "limit/other"} <= set(known.affects)
        assert known.title["en"] == "A"
    assert worked(CLASSES, RECEIVED, [], "2026-09-21", score=1, vip=True, kind_known=True).questions == ()


# --- what is missing ---

GAPS: Final = (
    f'[parameters.threshold]\ntype = "int"\n{TITLE}\ncite = "7"\n'
    f'[parameters.long]\ntype = "period"\n{TITLE}\n[parameters.years]\ntype = "period"\n{TITLE}\n'
    f'[parameters.back]\ntype = "period"\n{TITLE}\n'
    '[retention]\nwithin = { parameter = "years" }\nfrom = "closed"\n'
    f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]\nwindow = {{ parameter = "back" }}\ncite = "3"\n'
)


def gaps(**parameters: Any) -> Any:
    from complaint_rules.policy.policy import Policy
    from tests.small import HEAD

    text = "\n".join([
        HEAD, GAPS,
        table("scale", ("group", "complainants >= threshold"), ("single", "")),
        table("kin", ("many", "linked('same') >= 3"), ("few", "")),
        limit('[{ within = { parameter = "long" } }]', "when = \"not linked('same') >= 9\""),
        duty("must", '"informed"', "when = \"linked('same') >= 3\"", id="tell"),
        duty("must_not", '"merged"', "unless = \"linked('same') >= 3\"", id="merge"),
    ])  # fmt: skip
    return Policy.from_text(text, parameters=parameters)


def test_what_was_not_supplied_is_listed_with_what_waits_for_it_and_stops_nothing() -> None:
    found = worked(gaps(), RECEIVED, [ev("closed", "2026-09-22")], LATER)
    assert [(one.name, one.what, one.cite, one.waits) for one in found.missing] == [
        ("threshold", "parameter", "7", ("table/scale",)),
        ("long", "parameter", None, ("limit/whole",)),
        ("years", "parameter", None, ("retention",)),
        ("back", "parameter", None, ("table/kin", "limit/whole", "duty/tell", "duty/merge", "link/same")),
        ("same", "link", "3", ("table/kin", "limit/whole", "duty/tell", "duty/merge")),
    ]
    with pytest.raises(MissingParameter, match=r"table/scale: .*threshold; pass parameters=\{'threshold': …\}"):
        _ = found.findings["scale"].value
    assert not found.findings["scale"].certain
    assert found.findings["kin"].possible == ("many", "few")
    assert found.keep_until is None
    assert found.to_dict()["findings"]["scale"]["missing"] == ["threshold"]


def test_what_was_supplied_is_not_missing() -> None:
    policy = gaps(threshold=3, long="15 days", years="5 years", back="1 month")
    case = Case(complaint(RECEIVED), [ev("closed", "2026-09-22")])
    found = assess(case, policy, at=instant(LATER), calendar=china(), links={"same": 3})
    assert found.missing == ()
    assert (found.findings["scale"].value, found.findings["kin"].value) == ("single", "many")
    assert written(found.clocks["whole"].due_at) == "2026-10-05"
    assert found.keep_until == dt.date(2031, 9, 22)


def test_the_file_is_kept_from_its_last_closing() -> None:
    kept = own('[retention]\nwithin = "5 years"\nfrom = "closed"\n', limit())
    assert worked(kept, RECEIVED, [], LATER).keep_until is None
    assert worked(kept, RECEIVED, [Event("closed")], LATER).keep_until is None
    events = [ev("closed", "2026-09-22"), ev("reopened", "2026-09-25"), ev("closed", "2026-10-01")]
    assert worked(kept, RECEIVED, events, LATER).keep_until == dt.date(2031, 10, 1)
    assert worked(own(limit()), RECEIVED, events, LATER).keep_until is None


# --- notes ---


@pytest.mark.parametrize(
    ("received", "facts", "notes"),
    [
        ("2026-02-28", {"joint": True}, [("not_in_force", {})]),
        ("2026-03-01", {"joint": True}, []),
        ("2026-09-30", {"joint": True}, []),
        ("2026-10-01", {"joint": True}, [("not_in_force", {})]),
        ("2026-09-20", {"joint": False}, [("not_applicable", {})]),
        ("2026-09-20", {}, [("possibly_not_applicable", {})]),
        ("2026-09-20", {"joint": True, "vipp": True}, [("ignored_fact", {"fact": "vipp",
            "meant": "vip"})]),
    ],
)  # fmt: skip
def test_a_note_refuses_nothing(received: str, facts: dict[str, Any], notes: list[Any]) -> None:
    policy = own(
        "effective_from = 2026-03-01", "effective_until = 2026-09-30", 'applies = "joint"', fact("vip"), limit()
    )
    for time in ("", "T09:00"):
        found = worked(policy, received + time, [], "2026-10-15", **facts)
        assert [(note.code, dict(note.detail)) for note in found.notes] == notes
        assert found.clocks["whole"].due_at is not None


@pytest.mark.parametrize(
    ("dates", "out", "within"),
    [
        (["effective_until = 2026-09-30"], "2026-10-01", "2026-09-30"),  # of which nobody wrote when it began
        (["effective_from = 2026-09-30"], "2026-09-29", "2026-09-30"),  # which is in force to this day
        (["effective_from = 2026-09-30", "effective_until = 2026-09-30"], "2026-10-01", "2026-09-30"),  # for one day
    ],
)
def test_one_date_alone_bounds_a_policy_on_its_side_only(dates: list[str], out: str, within: str) -> None:
    policy = own(*dates, limit())
    for events in ([], [ev("routed", "2026-10-02")]):
        told = [[note.code for note in worked(policy, day, events, LATER).notes] for day in (out, within)]
        assert told == [["not_in_force"], []]


def test_a_fact_that_only_an_amendment_names_is_noted_once() -> None:
    events = [ev("amended", "2026-09-21", set={"vipp": True}), ev("amended", "2026-09-22", set={"vipp": False})]
    found = worked(CLASSES, RECEIVED, events, LATER)
    assert [note.detail["fact"] for note in found.notes] == ["vipp"]


@pytest.mark.parametrize(
    ("facts", "events", "words"),
    [
        ({"score": "five"}, [], "fact 'score': a whole number is expected; got 'five'"),
        ({"vip": 1}, [], "fact 'vip': true or false is expected; got 1"),
        ({}, [ev("amended", "2026-09-21", set={"score": True})], "fact 'score': a whole number is expected"),
    ],
)
def test_a_wrongly_typed_fact_is_refused(facts: dict[str, Any], events: list[Event], words: str) -> None:
    for received in (RECEIVED, "2026-09-20"):
        with pytest.raises(InvalidComplaint) as caught:
            worked(CLASSES, received, events, LATER, **facts)
        assert words in str(caught.value)


# --- bad questions ---


@pytest.mark.parametrize(
    ("case", "at", "error", "words"),
    [
        (complaint(RECEIVED), dt.datetime(2026, 9, 21), InvalidMoment, "naive"),  # noqa: DTZ001 - refused
        (complaint(RECEIVED), dt.date(2026, 9, 21), InvalidMoment, "a moment (an aware datetime) is expected"),
        (complaint(RECEIVED), instant("2026-09-19"), InvalidMoment,
            "at: it lies before the receipt, 2026-09-20T09:00:00+08:00; got '2026-09-19T12:00:00+08:00'; were the two"),
        (complaint("2026-09-20"), instant("2026-09-19"), InvalidMoment, "it lies before the receipt, 2026-09-20"),
        ("c-1", instant(LATER), InvalidComplaint, "case: a Complaint or a Case is expected; got 'c-1'"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(case: Any, at: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        assess(case, CLASSES, at=at)
    assert words in str(caught.value)


def test_a_calendar_that_refuses_to_guess_is_not_argued_with() -> None:
    """Issue 2: 15 working days from 2026-12-21 are provisional, as 2027 is unpublished; refused in strict mode."""
    policy = own(limit('[{ within = "15 working days" }]'))
    late = complaint("2026-12-21T09:00")
    found = assess(late, policy, at=instant("2026-12-21"), calendar=china()).clocks["whole"]
    assert found.certainty is Certainty.PROVISIONAL
    strict = WorkCalendar.china(unpublished="refuse")
    with pytest.raises(CalendarUnpublished):
        assess(late, policy, at=instant("2026-12-21"), calendar=strict).clocks["whole"]


def test_without_a_calendar_the_mainland_one_counts() -> None:
    policy = own(limit('[{ within = "1 working day" }]'))
    found = assess(complaint("2026-09-30T09:00"), policy, at=instant("2026-09-30"))
    assert written(found.clocks["whole"].due_at) == "2026-10-08"


def test_a_policys_hours_serve_where_the_calendar_has_none() -> None:
    policy = own('[hours]\nspans = [["09:00", "12:00"]]', limit('[{ within = "2 working hours" }]'))
    found = assess(complaint("2026-09-21T11:00"), policy, at=instant("2026-09-21"), calendar=china())
    assert written(found.clocks["whole"].due_at) == "2026-09-22T10:00"
    other = china().with_hours(Hours.of("09:00-18:00"))
    found = assess(complaint("2026-09-21T11:00"), policy, at=instant("2026-09-21"), calendar=other)
    assert written(found.clocks["whole"].due_at) == "2026-09-21T13:00"


# --- violations and documents ---

PAPERS: Final = own(
    f'[[checklist]]\nid = "intake"\n{TITLE}\nof = "received"\nmodality = "should"\ncite = "13"\n'
    f'items.name = {{ zh = "甲", en = "A" }}\nitems.claim = {{ zh = "甲", en = "A" }}\n'
    f'[[checklist]]\nid = "reply"\n{TITLE}\ncite = "19"\n'
    'of = ["replied", { event = "informed", reason = "decision" }]\n'
    f'items.basis = {{ zh = "甲", en = "A" }}\nitems.remedies = {{ zh = "甲", en = "A" }}\n',
    limit('[{ within = "15 days", cite = "18(1)" }]', 'cite = "18"'),
    limit('[{ within = "15 days" }]', 'modality = "should"', 'cite = "19"', id="should"),
    limit('[{ within = "15 days" }]', 'who = "customer"', id="theirs").replace(
        "[[limit]]", f'[[body]]\nid = "customer"\n{TITLE}\n[[limit]]'
    ),
)


def test_documents_are_held_against_their_lists() -> None:
    events = [
        ev("replied", "2026-09-22", items="basis"),
        ev("informed", "2026-09-23", reason="decision"),
        ev("informed", "2026-09-24", items="basis"),
    ]
    found = worked(PAPERS, RECEIVED, events, "2026-09-25", recorded={"name"})
    assert [(check.rule, check.missing, check.complete) for check in found.checks] == [
        ("checklist/intake", ("claim",), False),
        ("checklist/reply", ("remedies",), False),
        ("checklist/reply", None, None),
    ]
    assert [(one.code, one.severity, one.cite, one.place, dict(one.detail)) for one in found.violations] == [
        ("incomplete", "warning", "13", None, {"missing": "claim"}),
        ("incomplete", "breach", "19", 0, {"missing": "remedies"}),
    ]
    whole = worked(PAPERS, RECEIVED, [], "2026-09-25", recorded={"name", "claim"})
    assert [check.complete for check in whole.checks] == [True]
    assert worked(PAPERS, RECEIVED, [], "2026-09-25").checks[0].complete is None


def test_a_document_is_held_to_a_list_only_where_the_list_is_for_it() -> None:
    policy = own(
        f'[[checklist]]\nid = "reply"\n{TITLE}\nof = "replied"\nwhen = "joint"\nitems.basis = {{ zh = "甲", en = "A" }}'
    )
    reply = [ev("replied", "2026-09-22", items="other")]
    assert worked(policy, RECEIVED, reply, "2026-09-25", joint=False).checks == (), "the list is for joint complaints"
    (check,) = worked(policy, RECEIVED, reply, "2026-09-25", joint=True).checks
    assert repr(check) == "<Check checklist/reply: ('basis',)>"


def test_a_late_limit_is_a_breach_or_a_warning_and_a_customers_is_neither() -> None:
    found = worked(PAPERS, RECEIVED, [], LATER)
    late = [(one.severity, one.rule, one.cite, written(one.at), one.place) for one in found.violations]
    assert late == [
        ("breach", "limit/whole", "18(1)", "2026-10-05", None),
        ("warning", "limit/should", "19", "2026-10-05", None),
    ]
    closed = worked(PAPERS, RECEIVED, [ev("closed", "2026-10-09")], LATER)
    assert [(one.code, one.place, one.event) for one in closed.violations] == [
        ("late", 0, "closed"), ("late", 0, "closed"),
    ]  # fmt: skip


def test_a_bad_history_is_reported_whole_and_still_assessed() -> None:
    """Issue 3, bad input: the assessment still answers what can be answered and says what it left out."""
    events = [
        ev("resumed", "2026-09-22T09:00", reason="x"), ev("closed", "2027-01-01"), ev("routed", "2026-09-01"),
        ev("ruted", "2026-09-23"), ev("received", "2026-09-25T09:00"), ev("reopened", "2026-09-22T10:00"),
    ]  # fmt: skip
    found = worked(own(limit()), RECEIVED, events, "2026-09-30")
    assert set(codes(found)) == {
        "resume_without_pause", "not_yet_known", "before_receipt", "unknown_kind", "second_receipt",
        "reopening_of_open_case", "recorded_out_of_order",
    }  # fmt: skip
    assert found.clocks["whole"].status == "running"
    assert codes(worked(own(limit()), RECEIVED, [ev("closed", "2027-01-01")], "2026-09-30")) == ["not_yet_known"]


def test_events_in_the_future_are_no_fault() -> None:
    """Design 8: events after `at` are not yet known: left out, no violation."""
    found = worked(own(limit()), RECEIVED, [ev("closed", "2026-10-09")], "2026-10-01")
    assert codes(found, "breach", "warning") == []
    assert found.clocks["whole"].status == "running"
    assert found.next_change_at is not None
    assert written(found.next_change_at) == "2026-10-06T00:00"


# --- when the answer changes ---


@pytest.mark.parametrize(
    ("parts", "events", "at", "expected", "why"),
    [
        ([limit()], [], "2026-09-21", "2026-10-06T00:00", "the instant after the due moment"),
        ([limit('[{ within = "15 days", warn = "3 days" }]')], [], "2026-09-21", "2026-10-03T00:00",
            "the warning: three days are left"),
        ([limit('[{ within = "15 days", warn = "3 days" }]')], [], "2026-10-03T00:00", "2026-10-06T00:00",
            "the warning has come"),
        ([limit()], [ev("closed", "2026-09-22")], "2026-09-23", None, "nothing is open"),
        ([limit()], [], "2026-10-07", None, "overdue for good"),
        ([limit(), duty("must", '"informed"', 'within = "2 days"')], [], "2026-09-21", "2026-09-23T00:00", "a duty"),
        ([duty("must", '"informed"', 'within = "2 days"')], [ev("informed", "2026-09-21")], "2026-09-22", None,
            "a duty that is done"),
        ([duty("may", '"informed"', 'within = "2 days"')], [], "2026-09-21", "2026-09-23T00:00", "it expires"),
        ([fact("urgent"), duty("must", '"informed"', 'when = "urgent"', 'within = "9 days"')],
            [ev("amended", "2026-09-21T09:00", set={"urgent": True}),
             ev("amended", "2026-09-22T09:00", set={"urgent": False})], "2026-09-23", None, "a duty that lapsed"),
        ([table("age", ("old", "elapsed('received', '10 days')"), ("young", ""))], [], "2026-09-21",
            "2026-10-01T00:00", "a period that a condition waits for"),
        ([table("age", ("old", "elapsed('routed', '48 hours')"), ("young", ""))], [ev("routed", "2026-09-21")],
            "2026-09-22", "2026-09-23T00:00", "from a day: its first instant at the strictest"),
        ([table("age", ("old", "elapsed('routed', '48 hours')"), ("young", ""))], [ev("routed", "2026-09-21")],
            "2026-09-23T12:00", "2026-09-24T00:00", "and its last one"),
        ([table("age", ("old", "elapsed('routed', '48 hours')"), ("young", ""))], [Event("routed")], "2026-09-22", None,
            "nobody knows since when"),
        ([limit()], [ev("closed", "2026-09-28T10:00")], "2026-09-23", "2026-09-28T10:00",
            "an event recorded for later"),
        ([limit(), limit('[{ within = "20 days" }]', id="longer")], [], "2026-10-07", "2026-10-11T00:00",
            "the next of several"),
    ],
)  # fmt: skip
def test_the_next_change_is_the_first_moment_with_a_different_answer(
    parts: list[str], events: list[Event], at: str, expected: str | None, why: str
) -> None:
    found = worked(own(*parts), RECEIVED, events, at)
    change = found.next_change_at
    microsecond_off = None if change is None else written(change)
    assert microsecond_off == expected, why
    if change is None:
        assert answer(found) == answer(again(found, found.at + dt.timedelta(days=400))), why
    else:
        assert answer(again(found, change - INSTANT)) == answer(found), why


def again(found: Assessment, at: dt.datetime) -> Assessment:
    return assess(found.case, found.policy, at=at, calendar=found.calendar, links=found.links)


def answer(found: Assessment) -> dict[str, Any]:
    """Give all that an assessment says, without the moment asked and what only names the years touched."""
    data = found.to_dict()
    return {name: part for name, part in data.items() if name not in ("at", "fingerprints", "next_change_at")}


# --- identity ---


def test_the_same_question_has_the_same_answer_here_and_in_another_process() -> None:
    for events in ([], [ev("routed", "2026-09-22")]):
        case = Case(complaint(RECEIVED, vip=True), events)
        found = assess(case, CLASSES, at=instant("2026-09-25"), calendar=china())
        assert again(found, found.at).to_dict() == found.to_dict()
        back = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
        assert back.to_dict() == found.to_dict()
        assert repr(found) == "<Assessment of 'c-1' under 'own' at 2026-09-25T12:00:00+08:00>"


def test_an_assessment_carries_what_it_rests_on() -> None:
    policy = load_policy("psbc-95580")
    found = assess(complaint("2025-12-30T09:00"), policy, at=instant("2025-12-30"), calendar=china())
    prints = dict(found.fingerprints)
    assert prints.pop("policy") == policy.fingerprint
    assert set(prints) >= {"calendar/2025", "calendar/2026"}
    assert prints["calendar/2026"] == china().fingerprint(2026)


def test_data_names_its_format_and_is_plain() -> None:
    """PolicyEngine/policyengine-core#512: a versioned trace for audit."""
    found = assess(complaint(RECEIVED), policy_of("psbc-95580"), at=instant("2026-09-21"), calendar=china())
    data = json.loads(json.dumps(found.to_dict()))
    assert data["format"] == FORMAT == "complaint-rules/assessment/1"
    assert set(data) >= {
        "format", "case", "policy", "at", "findings", "clocks", "duties", "questions", "violations", "missing",
    }  # fmt: skip
    assert set(data["clocks"]["whole"]) >= {"status", "started_at", "due_at", "certainty", "rule", "cite"}
    assert set(data["clocks"]) == set(policy_of("psbc-95580").limits)


def test_the_binding_clock_is_the_open_one_that_runs_out_first() -> None:
    policy = own(limit(), limit('[{ within = "3 days" }]', id="short", until='"replied"'))
    found = worked(policy, RECEIVED, [], "2026-09-21")
    assert found.binding is found.clocks["short"]
    found = worked(policy, RECEIVED, [ev("replied", "2026-09-21")], "2026-09-22")
    assert found.binding is found.clocks["whole"]
    found = worked(policy, RECEIVED, [ev("replied", "2026-09-21"), ev("closed", "2026-09-21")], "2026-09-22")
    assert found.binding is None


def test_an_assessment_tells_where_the_case_stands() -> None:
    assert worked(own(limit()), RECEIVED, [], "2026-09-21").state == State()
    assert worked(own(limit()), RECEIVED, [ev("routed", "2026-09-21")], "2026-09-22").state.phase == "routed"


def test_an_assessment_explains_itself() -> None:
    found = worked(CLASSES, RECEIVED, [], "2026-09-21")
    assert "c-1" in found.explain()
    assert "c-1" in found.explain("en")


def test_the_moment_may_be_given_in_any_zone() -> None:
    utc = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)
    assert assess(complaint(RECEIVED), CLASSES, at=utc, calendar=china()).at == dt.datetime(
        2026, 10, 1, 0, 30, tzinfo=BEIJING
    )


def test_what_is_held_against_a_case_is_found_once() -> None:
    found = assess(complaint("2026-03-02T09:00"), load_policy("cbirc-2020-3"), at=instant("2026-11-02T09:00"))
    assert found._worked.held_against is found._worked.held_against
