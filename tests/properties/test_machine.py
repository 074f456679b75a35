"""A machine that drives random histories, lawful and not, and holds every answer against the promises of design 8."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from complaint_rules.assessing import assess, permitted
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Run, Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.cases.case import Case, Event, EventKind
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.lifecycle import state
from complaint_rules.moments import INSTANT, earliest_of
from complaint_rules.policy.loading import policies
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Modality
from complaint_rules.testing.asking import answer
from complaint_rules.testing.laws_of_answers import check_then, check_wakeup
from complaint_rules.testing.laws_of_records import check_permitted
from tests import strategies as our
from tests.golden import china, policy_of
from tests.small import TITLE, duty, fact, limit, own, table

_PARTS: Final = (
    f'[[body]]\nid = "manager"\n{TITLE}\n[[body]]\nid = "desk"\n{TITLE}',
    '[quiet]\nstart = "18:00"\nend = "08:00"',
    fact("urgent"),
    fact("lawful", assume=None),
    table("priority", ("urgent", "urgent or complainants >= 3"), ("ordinary", "")),
    table("age", ("old", "elapsed('received', '10 days', until='closed')"), ("young", "")),
    table(
        "now",
        ("waits", "state('open') and standing('whole', 'open_in_time')"),
        ("lasted", "elapsed('received', '10 days', until='closed', standing=True)"),
        ("missed", "holder_at_breach('whole', 'desk')"),
        ("else", ""),
    ),
)
_EXTENSION: Final = (
    "[[limit.extension]]", 'id = "further"', 'add = "5 days"', 'approved_by = "manager"',
    "requires = \"'complainant' in event.told\"",
)  # fmt: skip
_DUTIES: Final = (
    duty("must", '"registered"', 'within = "1 day"', id="register"),
    duty("must", '"reported"', "when = \"late('whole')\"", 'within = "2 days"', id="report"),
    duty("must", '"informed"', "when = \"age == 'old'\"", 'within = "1 day"', id="remind"),
    duty(
        "must",
        '"acknowledged"',
        "when = \"standing('whole', 'open_late', 'void_late')\"",
        'within = "1 day"',
        id="own_up",
    ),
    duty("must", '"rewarded"', "when = \"now == 'lasted' and not state('withdrawn')\"", 'within = "1 day"', id="learn"),
    duty("must", '"corrected"', "when = \"holder('desk')\"", 'within = "1 day"', id="hurry"),
    duty("should", '"archived"', 'after = "closed"', 'within = "3 days"', "each = true", id="file"),
    duty("must", '"informed"', 'when = "urgent"', 'within = "4 hours"', id="tell"),
    duty("must_not", '"disclosed"', "unless = \"event.reason == 'lawful' and lawful\"", id="secret"),
    duty("must_not", '"merged"', "when = \"met('whole') or late('whole')\"", id="merge"),
    duty("may", '"transferred"', 'within = "9 days"', 'until = "closed"', id="pass_on"),
    duty("must_not", '"called_back"', "quiet = true", id="evening"),
)


def policy(mode: str) -> Policy:
    """Give a policy with pauses, an extension, a restart and an answer to reopenings."""
    common = [
        'pauses = [{ reason = "mediation" }, { reason = "appraisal" }]',
        f'reopen = "{mode}"',
        'void_on = "withdrawn"',
    ]
    restart = "restart = { on = { event = 'supplemented', items = 'new_facts' } }"
    whole = '[{ within = "7 days", when = "priority == \'urgent\'", warn = "2 days" }, { within = "15 days" }]'
    return own(
        *_PARTS,
        limit(whole, *common, restart, *_EXTENSION),
        limit('[{ within = "5 working days" }]', *common, id="working"),
        limit('[{ within = "48 hours" }]', *common, "agreed = true", id="hours", until='["replied", "closed"]'),
        limit('[{ within = "2 days" }]', "each = true", id="hop", start='"routed"', until='"replied"'),
        *_DUTIES,
    )  # fmt: skip


MODES: Final = ("continue", "restart", "new")
ABOUT_TIME: Final = frozenset({"late", "done_late", "missed", "recorded_out_of_order"})


class Life(RuleBasedStateMachine):
    """One case: time goes on, things happen or are recorded late, and after each step everything must still fit."""

    policy: Policy
    case: Case
    now: dt.datetime
    recorded: int = 0

    @initialize(mode=st.sampled_from(MODES), received=our.whens, urgent=st.none() | st.booleans())
    def receive(self, mode: str, received: dt.datetime | dt.date, urgent: bool | None) -> None:
        self.policy = policy(mode)
        complaint = Complaint(
            id="c-1", received=received, received_by="manager", extra={} if urgent is None else {"urgent": urgent}
        )
        self.case = Case(complaint)
        self.now = complaint.received_from + dt.timedelta(minutes=1)

    # --- time ---

    @rule(length=our.spans(8))
    def wait(self, length: dt.timedelta) -> None:
        self.now += length

    @rule()
    def wait_for_the_next_change(self) -> None:
        change = self.found(self.case).next_change_at
        if change is not None:
            self.now = dt.datetime.fromtimestamp(change.timestamp(), self.now.tzinfo).replace(
                microsecond=change.microsecond
            )

    # --- what happens ---

    @rule(kind=st.sampled_from(EventKind), back=st.none() | our.spans(6), by=st.sampled_from(["desk", "manager", None]))
    def happen(self, kind: EventKind, back: dt.timedelta | None, by: str | None) -> None:
        self.record(kind, back, by=by)

    @rule(
        kind=st.sampled_from(["routed", "replied", "closed", "reopened", "registered", "informed", "archived"]),
        hours=st.integers(0, 30),
        to=st.sampled_from(["desk", "manager", None]),
    )
    def proceed(self, kind: str, hours: int, to: str | None) -> None:
        self.now += dt.timedelta(hours=hours)
        self.record(kind, None, to=to)

    @rule(kind=st.sampled_from(["closed", "reopened", "replied", "transferred"]), day=st.booleans())
    def happen_on_a_day_or_nobody_knows_when(self, kind: str, day: bool) -> None:
        self.add(Event(kind, self.now.date() if day else None, to="desk", id=self.key()))

    @rule(reason=st.sampled_from(["mediation", "appraisal", "holiday"]), back=st.none() | our.spans(6))
    def suspend(self, reason: str, back: dt.timedelta | None) -> None:
        before = self.found(self.case)
        self.record("suspended", back, reason=reason)
        after = self.found(self.case)
        for name, clock in after.clocks.items():
            self.not_earlier(before.clocks[name].runs, clock.runs, name)

    @rule(reason=st.sampled_from(["mediation", "appraisal", None]), back=st.none() | our.spans(6))
    def resume(self, reason: str | None, back: dt.timedelta | None) -> None:
        self.record("resumed", back, reason=reason)

    @rule(approved=st.booleans(), told=st.booleans())
    def extend(self, approved: bool, told: bool) -> None:
        told_to = frozenset({"complainant"}) if told else None
        self.record("extended", None, approved_by="manager" if approved else None, told=told_to)

    @rule(new=st.booleans())
    def supplement(self, new: bool) -> None:
        self.record("supplemented", None, items=frozenset({"new_facts" if new else "papers"}))

    @rule(urgent=st.none() | st.booleans(), complainants=st.none() | st.sampled_from([1, 3]))
    def amend(self, urgent: bool | None, complainants: int | None) -> None:
        self.record("amended", None, set={"urgent": urgent, "complainants": complainants})

    @rule(days=st.integers(0, 9))
    def agree(self, days: int) -> None:
        self.record("agreed", None, due=self.now.date() + dt.timedelta(days=days))

    @rule(ahead=our.spans(9))
    def record_what_is_to_come(self, ahead: dt.timedelta) -> None:
        self.add(Event("informed", self.now + ahead, id=self.key()))

    @precondition(lambda self: bool(self.case.events))
    @rule()
    def record_the_last_event_again(self) -> None:
        before = self.found(self.case)
        self.case = self.case.with_event(self.case.events[-1])
        after = self.found(self.case)
        assert clocks(after) == clocks(before), "what is recorded twice happened once"

    # --- tools ---

    def found(self, case: Case, at: dt.datetime | None = None) -> Assessment:
        return assess(case, self.policy, at=at or self.now, calendar=china())

    def key(self) -> str:
        self.recorded += 1
        return f"e{self.recorded}"

    def record(self, kind: str, back: dt.timedelta | None, **fields: Any) -> None:
        self.add(Event(kind, self.now - (back or dt.timedelta()), id=self.key(), **fields))

    def add(self, event: Event) -> None:
        """Add an event; what was asked beforehand agrees with what is found afterwards."""
        asked = permitted(self.case, event, self.policy, at=self.now, calendar=china())
        place = len(self.case.events)
        self.case = self.case.with_event(event)
        against = [one for one in self.found(self.case).violations if one.place == place and one.speaks_against]
        told = [one for one in asked.against if one.code != "open_duty"]
        assert told == [one for one in against if one.code not in ABOUT_TIME]
        assert bool(asked) is not bool(asked.against)

    @staticmethod
    def not_earlier(before: tuple[Run, ...], after: tuple[Run, ...], name: str) -> None:
        for old, new in zip(before, after, strict=False):
            if old.agreed is None and new.agreed is None and old.due_at is not None and new.due_at is not None:
                assert new.due_at >= old.due_at, f"a pause moved {name} earlier"

    # --- what must always hold ---

    @invariant()
    def the_same_question_has_the_same_answer(self) -> None:
        assert self.found(self.case).to_dict() == self.found(self.case).to_dict()

    @invariant()
    def every_limit_is_present(self) -> None:
        assert list(self.found(self.case).clocks) == list(self.policy.limits)

    @invariant()
    def statuses_fit_their_moments(self) -> None:
        for clock in self.found(self.case).clocks.values():
            if clock.runs and clock.status is not Status.UNDETERMINED:  # as where nobody knows which run is the latest
                assert clock.status == clock.runs[-1].status
            for run in clock.runs:
                self.run_fits(run)

    def run_fits(self, run: Run) -> None:
        end = run.end
        if run.due_at is not None and run.agreed is None and run.start.lo is not None:
            assert run.due_at >= run.start.lo
        match run.status:
            case Status.RUNNING:
                assert end is None
                assert run.due_at is not None
                assert run.due_at >= self.now
            case Status.OVERDUE:
                assert end is None
                assert run.due_at is not None
                assert run.due_at < (run.superseded_at or self.now)
            case Status.SUSPENDED:
                assert end is None
                assert (run.due_at is None) is (run.remaining is not None), "due where nobody knows how long it stands"
            case Status.MET:
                assert end is not None
                assert run.due_at is None or end.hi is None or end.hi <= run.due_at
            case Status.MET_LATE:
                assert end is not None
                assert run.due_at is not None
                assert end.lo is not None
                assert end.lo > run.due_at
            case Status.VOID:
                assert end is not None
                assert end.event.kind == "withdrawn"
            case _:
                assert run.status in (Status.UNDETERMINED, Status.NOT_APPLICABLE)

    @invariant()
    def duties_have_stable_ids_of_their_own(self) -> None:
        found, again = self.found(self.case), self.found(self.case)
        ids = [one.id for one in found.duties]
        assert len(ids) == len(set(ids))
        assert ids == [one.id for one in again.duties]
        for one in found.duties:
            assert (one.status == DutyStatus.OVERDUE) <= (one.due_at is not None and one.due_at < self.now)
            if one.status is DutyStatus.UNDETERMINED:
                continue
            assert (one.status in (DutyStatus.BREACHED, DutyStatus.IN_FORCE, DutyStatus.OVER)) == one.modality.forbids
            assert (one.status in (DutyStatus.OPEN, DutyStatus.USED, DutyStatus.EXPIRED)) == (
                one.modality is Modality.MAY
            )

    @invariant()
    def the_answer_stays_until_the_next_change(self) -> None:
        found = self.found(self.case)
        change = found.next_change_at
        until = self.now + dt.timedelta(days=400) if change is None else change - INSTANT
        assert change is None or change > self.now
        assert answer(self.found(self.case, until)) == answer(found)
        if change is not None:
            assert answer(self.found(self.case, change)) != answer(found), "it rings for nothing"

    @invariant()
    def what_is_left_out_is_said_and_the_state_is_a_function_of_the_history(self) -> None:
        found = self.found(self.case)
        known = {entry.place for entry in found.snapshot.timeline.entries}
        said = {one.place for one in found.violations}
        receipts = {place for place, event in enumerate(self.case.events) if event.kind == "received"}
        assert set(range(len(self.case.events))) <= known | said | receipts
        assert found.state == state(self.case, at=self.now)


def clocks(found: Assessment) -> list[Any]:
    return [(name, [(run.status, run.due_at) for run in clock.runs]) for name, clock in found.clocks.items()]


TestLife: Final[Any] = Life.TestCase
_asked: Final = settings()
_NIGHTLY: Final = _asked.max_examples >= 1_000
TestLife.settings = settings(
    max_examples=500 if _NIGHTLY else max(30, _asked.max_examples // 2) if _asked.max_examples > our.USUAL else 10,
    stateful_step_count=_asked.stateful_step_count if _NIGHTLY else 20 if _asked.max_examples > our.USUAL else 12,
)


@pytest.mark.parametrize("mode", MODES)
def test_the_machines_policy_says_what_it_should(mode: str) -> None:
    rules = policy(mode)
    assert rules.limits["whole"].reopen == mode
    assert rules.limits["whole"].restart is not None
    assert [extension.id for extension in rules.limits["whole"].extensions] == ["further"]
    assert len(rules.duties) == len(_DUTIES)


NEW: Final = frozenset({"new_facts"})
TOLD: Final = frozenset({"complainant"})
HAPPENED: Final = st.lists(
    st.tuples(
        st.sampled_from(EventKind), our.spans(20), st.sampled_from(["mediation", "appraisal", None]), st.booleans()
    ),
    max_size=8,
    unique_by=lambda part: part[1],
)


@given(st.sampled_from(MODES), our.moments, HAPPENED, st.randoms(use_true_random=False), st.booleans())
def test_neither_the_order_of_recording_nor_the_zone_matters(
    mode: str, received: dt.datetime, parts: list[Any], random: Any, in_utc: bool
) -> None:
    """Design 8: the order of recording does not matter."""
    rules, complaint = policy(mode), Complaint(id="c-1", received=received)
    line = [
        Event(
            kind, received + after, reason=reason, id=f"e{number}", approved_by="manager" if approved else None,
            told=frozenset({"complainant"}), items=frozenset({"new_facts"}), due=received + after + after,
        )
        for number, (kind, after, reason, approved) in enumerate(parts)
    ]  # fmt: skip
    other = [attrs.evolve(one, at=in_zone(one.at, dt.UTC)) for one in line] if in_utc else line.copy()
    random.shuffle(other)
    at = received + dt.timedelta(days=30)
    one, two = (assess(Case(complaint, events), rules, at=at, calendar=china()).to_dict() for events in (line, other))
    for part in ("findings", "clocks", "duties", "questions", "keep_until", "next_change_at"):
        assert one[part] == two[part]
    faults = [sorted((v["code"], v["event"] or "", v["at"] or "") for v in data["violations"]) for data in (one, two)]
    unordered = [[fault for fault in found if fault[0] != "recorded_out_of_order"] for found in faults]
    assert unordered[0] == unordered[1]


def in_zone(at: dt.datetime | dt.date | None, zone: dt.tzinfo) -> dt.datetime:
    assert isinstance(at, dt.datetime)
    return at.astimezone(zone)


SOMEHOW: Final = st.lists(st.tuples(HAPPENED.map(lambda parts: parts[:1]), st.sampled_from("mmmmdu")), max_size=8)
"""Events known to the moment (m), to the day (d), or nobody knows when (u)."""


def told(received: dt.datetime, parts: list[Any]) -> list[Event]:
    found = []
    for number, (some, how) in enumerate(parts):
        for kind, after, reason, approved in some:
            at = {"m": received + after, "d": (received + after).date(), "u": None}[how]
            facts = {"urgent": approved} if kind == "amended" else None
            by = "manager" if approved else None
            one = Event(kind, at, id=f"e{number}", reason=reason, approved_by=by, items=NEW, told=TOLD, set=facts)
            found.append(one)
    return found


@given(st.sampled_from(MODES), our.moments, SOMEHOW, our.spans(25))
def test_what_happens_later_changes_nothing_that_was_answered(
    mode: str, received: dt.datetime, parts: list[Any], age: dt.timedelta
) -> None:
    """Design 8: events after `at` are not yet known."""
    rules, complaint, at = policy(mode), Complaint(id="c-1", received=received), received + age
    line = told(received, parts)
    known = [event for event in line if event.at is None or earliest_of(event.at) <= at]
    whole, replayed = (
        assess(Case(complaint, events), rules, at=at, calendar=china()).to_dict() for events in (line, known)
    )
    for part in ("findings", "clocks", "duties", "questions", "keep_until"):
        assert whole[part] == replayed[part]


@given(st.sampled_from(MODES), our.moments, SOMEHOW, our.spans(25))
def test_what_conditions_see_of_a_clock_is_what_was_answered_then(
    mode: str, received: dt.datetime, parts: list[Any], age: dt.timedelta
) -> None:
    """Design 8: the history shows what was known when."""
    rules = policy(mode)
    case, then = Case(Complaint(id="c-1", received=received), told(received, parts)), received + age
    now = assess(case, rules, at=received + dt.timedelta(days=40), calendar=china())
    before = assess(case, rules, at=then, calendar=china())
    for name in rules.limits:
        assert now.snapshot.outcome(then, name) == before.clocks[name].outcome


@given(st.sampled_from(MODES), our.whens, SOMEHOW, our.spans(25))
def test_nothing_changes_before_the_next_change(mode: str, received: Any, parts: list[Any], age: dt.timedelta) -> None:
    """Design 8: one wake-up instead of polling."""
    complaint = Complaint(id="c-1", received=received)
    case, at = Case(complaint, told(complaint.received_from, parts)), complaint.received_from + age
    found = assess(case, policy(mode), at=at, calendar=china())
    change = found.next_change_at
    until = at + dt.timedelta(days=400) if change is None else change - INSTANT
    assert answer(assess(case, policy(mode), at=until, calendar=china())) == answer(found)


@pytest.mark.parametrize("id", policies())
def test_every_promise_holds_for_any_history_under_every_shipped_policy(id: str) -> None:
    rules = policy_of(id)

    @our.each_policy()
    @given(st.data(), our.complaints(rules, our.whens), our.spans(40))
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta) -> None:
        events = data.draw(our.histories(rules, complaint.received_from))
        case, at = Case(complaint, events), complaint.received_from + age
        check_wakeup(rules, case, at, calendar=china())
        check_then(rules, case, at, calendar=china())
        check_permitted(rules, case, at, calendar=china())

    holds()
