"""The laws hold under shipped and random policies, and each says so where something does not keep it."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Status
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidMoment, InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.periods.units import Unit
from complaint_rules.policy.loading import policies as shipped
from complaint_rules.testing import (
    LAWS,
    BrokenLaw,
    asking,
    check_data,
    check_hidden,
    check_later,
    check_laws,
    check_notices,
    check_order,
    check_pauses,
    check_permitted,
    check_pickle,
    check_pure,
    check_statuses,
    check_then,
    check_wakeup,
    laws_of_answers,
    laws_of_limits,
    laws_of_records,
    policies,
    situations,
)
from complaint_rules.testing.laws_of_limits import _fits, _hangs_on_facts
from complaint_rules.words.refusals import explain_error
from tests.golden import china, policy_of
from tests.small import TITLE, duty, fact, limit, own, table

RECEIVED: Final = dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING)
AT: Final = RECEIVED + dt.timedelta(days=3)
DAY: Final = dt.timedelta(days=1)
RULES: Final = own(
    fact("urgent"),
    table("speed", ("fast", "urgent"), ("slow", "")),
    limit(
        "[{ within = \"5 days\", when = \"speed == 'fast'\" }, { within = \"9 days\" }]",
        'pauses = [{ reason = "mediation" }]', 'void_on = "withdrawn"',
    ),
    duty("must", '"informed"', 'within = "1 day"', id="tell"),
    duty("must_not", '"disclosed"', id="secret"),
    duty("may", '"transferred"', 'until = "closed"', id="pass"),
)  # fmt: skip
CASE: Final = Case(
    Complaint(id="c-1", received=RECEIVED),
    [
        Event("routed", RECEIVED + DAY / 2, to="desk"),
        Event("informed", RECEIVED + DAY, id="told"),
        Event("closed", RECEIVED + 2 * DAY),
        Event("reopened", AT + DAY),
    ],
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_holds_for_a_case_worked_by_hand(law: Any) -> None:
    law(RULES, CASE, AT, calendar=china())
    law(RULES, CASE.complaint, RECEIVED)


@pytest.mark.parametrize("id", shipped() if settings().max_examples > 60 else shipped()[::6])
def test_every_law_holds_under_shipped_policies(id: str) -> None:
    policy = policy_of(id)

    @settings(max_examples=max(8, settings().max_examples // 12))
    @given(st.booleans(), st.booleans(), st.data())
    def holds(consistent: bool, awkward: bool, data: st.DataObject) -> None:
        one = data.draw(situations(policy, consistent=consistent, awkward=awkward))
        check_laws(policy, one.case, one.at, calendar=china(), links=one.links)

    holds()


@settings(max_examples=max(20, settings().max_examples // 3))
@given(policies(), st.booleans(), st.booleans(), st.data())
def test_every_law_holds_under_random_policies(
    policy: Any, consistent: bool, awkward: bool, data: st.DataObject
) -> None:
    one = data.draw(situations(policy, consistent=consistent, awkward=awkward))
    check_laws(policy, one.case, one.at, calendar=china(), links=one.links)


class Liar:
    """Answers as `assess` does, save where it is to lie."""

    def __init__(self, lies: Callable[[int, Case, dt.datetime], tuple[Case, dt.datetime]]) -> None:
        self.asked = 0
        self.lies = lies

    def __call__(self, case: Any, policy: Any, *, at: dt.datetime, **more: Any) -> Assessment:
        self.asked += 1
        case, at = self.lies(self.asked, case, at)
        return assess(case, policy, at=at, **more)


def second(case: Case, at: dt.datetime) -> Callable[[int, Case, dt.datetime], tuple[Case, dt.datetime]]:
    """Lie from the second question on, with the answer to another one."""
    return lambda asked, own_case, own_at: (own_case, own_at) if asked == 1 else (case, at)


EARLIER: Final = Complaint(id="c-1", received=RECEIVED - 5 * DAY, extra={"urgent": True})
OTHER: Final = Case(EARLIER, [Event("replied", RECEIVED)])
LATE: Final = Case(EARLIER, [Event("closed", AT + 9 * DAY)])


@pytest.mark.parametrize(
    ("law", "lie", "why"),
    [
        (check_pure, second(CASE, AT + 9 * DAY), "asked twice, it is answered differently"),
        (check_wakeup, second(OTHER, AT), "the answer changes before its next change"),
        (check_wakeup, lambda *_: (Case(CASE.complaint), RECEIVED), "the next change rings for nothing"),
        (check_then, second(OTHER, AT + 60 * DAY), "a limit's end is later said otherwise"),
        (check_later, second(OTHER, AT), "what is to come changes what is answered now"),
        (check_order, second(OTHER, AT), "the order of recording matters"),
        (check_hidden, second(LATE, AT + 10 * DAY), "cannot be seen"),
        (check_pauses, second(OTHER, AT), "an empty pause changes something"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_a_law_is_told(monkeypatch: pytest.MonkeyPatch, law: Any, lie: Any, why: str) -> None:
    monkeypatch.setattr(asking, "assess", Liar(lie))
    with pytest.raises(BrokenLaw, match=why) as caught:
        law(RULES, CASE, AT, calendar=china())
    broken = caught.value
    assert (broken.law, broken.policy, broken.case, broken.at) == (law.__name__.removeprefix("check_"), RULES, CASE, AT)
    assert isinstance(broken, AssertionError)
    assert broken.to_dict()["case"]["id"] == "c-1"
    assert broken.to_dict()["at"] == "2026-10-03T09:00:00+08:00"
    assert str(pickle.loads(pickle.dumps(broken))) == str(broken)  # noqa: S301 - made a moment ago
    assert "：" in explain_error(broken)


def test_a_broken_law_without_a_case_is_data_too() -> None:
    assert BrokenLaw(what="own", why="of one's own").to_dict() == {
        "law": "", "policy": None, "case": None, "at": None, "links": None,
    }  # fmt: skip
    assert BrokenLaw(what="own", why="of one's own", links={"same": 2}).to_dict()["links"] == {"same": 2}


def test_what_is_to_be_a_value_is_told_where_it_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy, "copy", lambda _: object())
    with pytest.raises(BrokenLaw, match="a copy differs from what was copied"):
        check_pickle(RULES, CASE, AT)
    assert copy.deepcopy(CASE) == CASE


def test_data_that_loses_an_event_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_rules.cases.plain import case_to_dict

    monkeypatch.setattr(laws_of_answers, "case_to_dict", lambda case: case_to_dict(attrs.evolve(case, events=())))
    with pytest.raises(BrokenLaw, match="a case as data does not come back from JSON"):
        check_data(RULES, CASE, AT)


def test_a_permission_that_says_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    closing = Case(CASE.complaint, [Event("disclosed", RECEIVED + DAY)])
    check_permitted(RULES, closing, AT)
    monkeypatch.setattr(
        laws_of_records, "permitted", lambda *_, **__: SimpleNamespace(against=(), __bool__=lambda _: True)
    )
    with pytest.raises(BrokenLaw, match="what was asked beforehand differs from what is found"):
        check_permitted(RULES, closing, AT)


def test_notices_that_accuse_of_something_else_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws_of_limits, "_accused", lambda _: [("limit/other", "never")])
    with pytest.raises(BrokenLaw, match="notices and violations accuse of different things"):
        check_notices(RULES, CASE, AT)


def test_a_status_that_does_not_fit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws_of_limits, "_fits", lambda *_: False)
    with pytest.raises(BrokenLaw, match=r"a status does not fit its moments; got \('whole', 'met'\)"):
        check_statuses(RULES, CASE, AT)


def run(status: Status, **fields: Any) -> Any:
    nothing = {
        "due_at": None,
        "end": None,
        "agreed": None,
        "row": None,
        "period": None,
        "superseded_at": None,
        "start": SimpleNamespace(lo=RECEIVED),
    }
    return SimpleNamespace(status=status, **{**nothing, **fields})


DONE: Final = SimpleNamespace(lo=AT, hi=AT)
AT_ONCE: Final = SimpleNamespace(unit=Unit.AT_ONCE)
BY_OTHERS: Final = SimpleNamespace(by="as_required")


@pytest.mark.parametrize(
    ("stands", "fits", "why"),
    [
        (run(Status.RUNNING, due_at=AT), True, "it runs until its due moment, inclusive"),
        (run(Status.RUNNING, due_at=AT - DAY), False, "it has run out"),
        (run(Status.RUNNING, due_at=RECEIVED - DAY), False, "it is due before it starts"),
        (run(Status.OVERDUE, due_at=RECEIVED - DAY), False, "no rule ends a time limit before it starts"),
        (run(Status.OVERDUE, due_at=RECEIVED - DAY, row=BY_OTHERS), True, "others may name an earlier day"),
        (run(Status.OVERDUE, due_at=RECEIVED - DAY, agreed="agreed"), True, "and the two of them, too"),
        (run(Status.OVERDUE, due_at=AT - DAY), True, "it has run out"),
        (run(Status.RUNNING, due_at=AT - DAY, period=AT_ONCE), True, "at once sets no moment"),
        (run(Status.MET, end=DONE, due_at=AT - DAY, period=AT_ONCE), True, "nothing is too late for it"),
        (run(Status.OVERDUE, due_at=AT - DAY, period=AT_ONCE), False, "so that it is never late"),
        (run(Status.OVERDUE, due_at=AT), False, "it has not run out yet"),
        (run(Status.OVERDUE, due_at=AT, superseded_at=AT + DAY), True, "it had when another moment was set"),
        (run(Status.SUSPENDED), True, "it stands still"),
        (run(Status.SUSPENDED, end=DONE), False, "what has ended stands still no more"),
        (run(Status.MET, end=DONE, due_at=AT), True, "at the last instant"),
        (run(Status.MET, end=DONE, due_at=AT - DAY), False, "too late"),
        (run(Status.MET, end=DONE), True, "no figure is missed"),
        (run(Status.MET, due_at=AT), False, "nothing ended it"),
        (run(Status.MET_LATE, end=DONE, due_at=AT - DAY), True, "too late"),
        (run(Status.MET_LATE, end=DONE, due_at=AT), False, "in time"),
        (run(Status.VOID, end=DONE), True, "something ended it"),
        (run(Status.VOID), False, "nothing ended it"),
        (run(Status.UNDETERMINED), True, "nobody knows"),
    ],
)
def test_a_status_fits_its_moments(stands: Any, fits: bool, why: str) -> None:
    assert _fits(stands, AT) is fits, why


def test_a_corrected_record_changes_what_is_said_of_before_and_no_law_forbids_it() -> None:
    mistaken = Event("amended", AT + DAY, reason="mistaken", set={"urgent": True})
    check_then(RULES, Case(CASE.complaint, [mistaken]), AT)


def test_a_change_at_the_next_instant_leaves_nothing_to_try_before_it() -> None:
    due = RECEIVED + 9 * DAY
    last = dt.datetime.combine(due.date(), dt.time.max, BEIJING)
    check_wakeup(RULES, CASE.complaint, last, calendar=china())


def test_the_worst_of_several_verdicts_on_one_duty_counts() -> None:
    policy = own(duty("must", '"informed"', 'after = "routed"', 'within = "1 day"', "each = true", id="tell"))
    routed = [Event("routed", RECEIVED, id="a"), Event("routed", AT, id="b")]
    found = assess(Case(CASE.complaint, routed), policy, at=AT, calendar=china())
    assert [one.status.value for one in found.duties] == ["overdue", "due"]
    assert laws_of_records.verdicts(found)["duty/tell"] == "overdue"
    told = [Event("routed", None, id="a"), routed[1], Event("informed", AT, id="c")]
    found = assess(Case(CASE.complaint, told), policy, at=AT + DAY, calendar=china())
    assert [one.status.value for one in found.duties] == ["undetermined", "done"], "when the first was due nobody knows"
    assert laws_of_records.verdicts(found)["duty/tell"] == "undetermined"


def test_the_order_of_what_has_no_moment_of_its_own_is_left_as_recorded() -> None:
    undated = Case(CASE.complaint, [Event("routed"), Event("informed", AT)])
    same_day = Case(CASE.complaint, [Event("closed", AT.date()), Event("reopened", AT), Event("closed", AT + DAY)])
    check_order(RULES, undated, AT + DAY)
    check_order(RULES, same_day, AT + DAY)


LINK: Final = f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]'


def figures(when: str) -> str:
    return limit(f'[{{ within = "5 days", when = "{when}" }}, {{ within = "9 days" }}]')


@pytest.mark.parametrize(
    ("parts", "plain", "why"),
    [
        ((limit(),), True, "one figure"),
        ((fact("urgent"), figures("urgent")), True, "by a fact"),
        ((figures("has('routed')"),), False, "by the history"),
        ((figures("count('routed') > 1"),), False, "by a count"),
        ((LINK, figures("linked('same') > 1")), True, "by links"),
        ((table("t", ("a", "has('routed')"), ("b", "")), figures("t == 'a'")), False, "by a table that reads it"),
        ((limit(start='"suspended"'),), False, "a suspension starts it"),
    ],
)
def test_pauses_are_only_spoken_of_where_nothing_else_sees_them(parts: tuple[str, ...], plain: bool, why: str) -> None:
    policy = own(*parts)
    assert _hangs_on_facts(policy, policy.limits["whole"]) is plain, why


def test_what_is_no_question_is_refused() -> None:
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        check_pure("psbc-95580", CASE, AT)  # type: ignore[arg-type]
    with pytest.raises(InvalidMoment, match="the moment is naive"):
        check_pure(RULES, CASE, dt.datetime(2026, 9, 30))  # noqa: DTZ001 - that is the point
