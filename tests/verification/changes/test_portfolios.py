"""What a new edition does to cases: each kind of effect worked out by hand, streams, bad cases, the worst first."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidComplaint, InvalidMoment, InvalidPolicy
from complaint_rules.language import LANGUAGES
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.diffs import Diff, diff
from complaint_rules.verification.changes.effects import EffectKind
from complaint_rules.verification.changes.portfolios import Portfolio, Replay, last_moment
from complaint_rules.verification.changes.revisions import ChangeKind
from tests import small
from tests.golden import china
from tests.verification.changes.test_revisions import PSBC, edited, entry

MONDAY: Final = "2026-03-02T10:00"


def case(*events: Event, id: str = "c-1", received: str = MONDAY, **facts: Any) -> Case:
    return Case(Complaint(id=id, received=when(received), **facts), events)


def when(text: str) -> dt.datetime | dt.date:
    return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def replayed(old: Policy, new: Policy, *cases: Case | Complaint, at: str | None = None) -> Portfolio:
    moment = None if at is None else dt.datetime.fromisoformat(at).replace(tzinfo=BEIJING)
    return diff(old, new).portfolio(cases, at=moment, calendar=china())


def told(found: Portfolio) -> dict[tuple[str, str, str, str], int]:
    return {
        (one.on.kind.value, one.on.rule, one.on.before, one.on.after): one.cases for one in found.effects
    }  # fmt: skip


ROW: Final = '[{ within = "5 days" }]'
FIVE: Final = small.own(small.limit('[{ within = "5 working days" }]'))
SEVEN: Final = small.own(small.limit('[{ within = "7 working days" }]'))


# --- each kind of effect ---


def test_a_longer_limit_makes_a_case_due_later_and_one_that_was_late_is_met() -> None:
    """Monday 2 March, five working days: Monday 9 March; seven: Wednesday 11 March. Closed on Tuesday 10 March."""
    found = replayed(FIVE, SEVEN, case(Event("closed", when("2026-03-10T12:00"))))
    assert told(found) == {
        ("status", "limit/whole", "met_late", "met"): 1,
        ("later", "limit/whole", "", ""): 1,
        ("no_breach", "limit/whole", "late/breach", ""): 1,
    }
    assert found.shifts["limit/whole"].least == found.shifts["limit/whole"].greatest == dt.timedelta(days=2)


def test_a_shorter_limit_is_worse_and_stands_first() -> None:
    found = replayed(SEVEN, FIVE, case(Event("closed", when("2026-03-10T12:00"))))
    assert [one.on.kind for one in found.effects] == [EffectKind.BREACH, EffectKind.STATUS, EffectKind.EARLIER]
    assert found.effects[2].least == found.effects[2].greatest == dt.timedelta(days=-2)


@pytest.mark.parametrize(
    ("why", "old", "new", "facts", "effects"),
    [
        ("a threshold moves", small.table("grade", ("big", "complainants >= 3"), ("plain", "")),
         small.table("grade", ("big", "complainants >= 5"), ("plain", "")), {"complainants": 4},
         {("class", "table/grade", "big", "plain"): 1}),
        ("no row holds any more", small.table("grade", ("big", "complainants >= 3")),
         small.table("grade", ("big", "complainants >= 5")), {"complainants": 4},
         {("class", "table/grade", "big", ""): 1}),
        ("several classes at once", small.table("grade", ("a", "joint"), ("b", ""), every=True),
         small.table("grade", ("a", ""), ("b", ""), every=True), {}, {("class", "table/grade", "b", "a+b"): 1}),
        ("a table that is new", "", small.table("grade", ("plain", "")), {},
         {("class", "table/grade", "", "plain"): 1}),
        ("a table that goes", small.table("grade", ("plain", "")), "", {}, {("class", "table/grade", "plain", ""): 1}),
        ("a duty that is new", "", small.duty("must", '"replied"'), {}, {("arises", "duty/act", "", "due"): 1}),
        ("a duty that goes", small.duty("must", '"replied"'), "", {}, {("ceases", "duty/act", "due", ""): 1}),
        ("a duty that is forbidden now", small.duty("may", '"replied"'), small.duty("must_not", '"replied"'), {},
         {("status", "duty/act", "open", "in_force"): 1}),
        ("a duty due sooner", small.duty("must", '"replied"', 'within = "7 days"'),
         small.duty("must", '"replied"', 'within = "5 days"'), {}, {("earlier", "duty/act", "", ""): 1}),
        ("a duty that has a figure now", small.duty("must", '"replied"'),
         small.duty("must", '"replied"', 'within = "5 days"'), {}, {("newly_due", "duty/act", "", ""): 1}),
        ("a duty that lost its figure", small.duty("must", '"replied"', 'within = "5 days"'),
         small.duty("must", '"replied"'), {}, {("no_longer_due", "duty/act", "", ""): 1}),
        ("a limit that is new", "", small.limit(id="reply"), {}, {("newly_due", "limit/reply", "", ""): 1}),
        ("a limit that goes", small.limit(id="reply"), "", {}, {("no_longer_due", "limit/reply", "", ""): 1}),
        ("a limit that is new and asks nothing of this case", "",
         small.limit(ROW, 'when = "joint"', id="reply"), {}, {}),
        ("a limit that no longer applies", small.limit(ROW, id="reply"),
         small.limit(ROW, 'when = "joint"', id="reply"), {},
         {("status", "limit/reply", "running", "not_applicable"): 1, ("no_longer_due", "limit/reply", "", ""): 1}),
        ("a retention that is longer", '[retention]\nwithin = "3 years"\nfrom = "received"',
         '[retention]\nwithin = "5 years"\nfrom = "received"', {}, {("later", "retention", "", ""): 1}),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)  # fmt: skip
def test_an_effect(why: str, old: str, new: str, facts: Mapping[str, Any], effects: Mapping[Any, int]) -> None:
    one, other = (small.own(small.limit(), rules) for rules in (old, new))
    assert told(replayed(one, other, case(**facts))) == effects, why


def test_a_duty_that_is_due_beyond_the_published_years_is_provisional() -> None:
    """The notice for 2028 is not published, and working days of January 2028 may still be exchanged."""
    none, short, long = (
        small.own(small.limit(), *([small.duty("must", '"replied"', f'within = "{days}"')] if days else []))
        for days in ("", "300 working days", "700 working days")
    )
    (effect,) = replayed(short, long, case()).effects
    assert (effect.on.kind, effect.provisional) == (EffectKind.LATER, 1)
    (effect,) = replayed(none, long, case()).effects
    assert (effect.on.kind, effect.provisional) == (EffectKind.ARISES, 1)
    hours = small.own(small.limit(), small.duty("must", '"replied"', 'within = "20000 hours"'))
    (effect,) = replayed(none, hours, case()).effects
    assert (effect.on.kind, effect.provisional) == (EffectKind.ARISES, 0)


@pytest.mark.parametrize(
    ("why", "days", "provisional"),
    [
        ("working days of years not published", "700 working days", 1),
        ("hours are no days", "20000 hours", 0),
        ("within the published years", "10 working days", 0),
    ],
)
def test_a_limit_that_is_due_beyond_the_published_years_is_provisional_where_days_are_counted(
    why: str, days: str, provisional: int
) -> None:
    new = small.own(small.limit(f'[{{ within = "{days}" }}]'))
    (effect,) = replayed(FIVE, new, case()).effects
    assert (effect.on.kind, effect.provisional) == (EffectKind.LATER, provisional), why


def test_a_limit_that_runs_for_each_transfer_has_more_runs_in_one_edition() -> None:
    once, each = (small.own(small.limit(ROW, f"each = {each}", start='"routed"')) for each in ("false", "true"))
    routed = [Event("routed", when(f"2026-03-0{day}T10:00")) for day in (2, 3)]
    found = replayed(once, each, case(*routed))
    assert ("later", "limit/whole", "", "") in told(found)
    again = small.own(small.limit('[{ within = "5 days" }]', "each = true", start='"routed"', until='"replied"'))
    done = Event("closed", when("2026-03-02T12:00"))
    assert told(replayed(each, again, case(routed[0], done, routed[1]))) == {}


def test_a_duty_that_arises_for_each_event_is_matched_one_by_one() -> None:
    once = small.own(small.duty("must", '"informed"', 'after = "routed"'))
    each = small.own(small.duty("must", '"informed"', 'after = "routed"', "each = true"))
    routed = [Event("routed", when(f"2026-03-0{day}T10:00")) for day in (2, 3, 4)]
    found = replayed(once, each, case(*routed))
    assert told(found) == {("arises", "duty/act", "", "due"): 1}, "two more obligations, and one case that has them"


def test_a_rule_set_that_was_not_in_force_accuses_nobody() -> None:
    old = small.own("effective_from = 2020-01-01\n", small.limit('[{ within = "1 day" }]'))
    new = small.own("effective_from = 2027-01-01\n", small.limit('[{ within = "1 day" }]'))
    found = replayed(old, new, case(Event("closed", when("2026-03-10T12:00"))))
    assert told(found) == {("severity", "limit/whole", "late/breach", "late/note"): 1}


def test_a_duty_that_binds_less_changes_how_grave_its_breach_is_and_no_breach_arises() -> None:
    """Five days from 2 March end on the 7th; as at the 30th it is missed under both, as a breach and as a warning."""
    old, new = (small.own(small.duty(force, '"replied"', 'within = "5 days"')) for force in ("must", "should"))
    found = replayed(old, new, case(), at="2026-03-30T10:00")
    assert told(found) == {("severity", "duty/act", "missed/breach", "missed/warning"): 1}
    back = replayed(new, old, case(), at="2026-03-30T10:00")
    assert told(back) == {("severity", "duty/act", "missed/warning", "missed/breach"): 1}
    texts = {lang: diff(old, new).explain(lang, found) for lang in LANGUAGES}
    assert "its severity changes: not done in time (breach → warning)" in texts["en"]
    assert "违规严重程度改变：未按时履行（违规 → 提醒）" in texts["zh"]


def test_of_several_violations_of_one_rule_those_that_are_left_over_arise() -> None:
    """Late once under the old edition, from the first transfer, as a warning; from each of three under the new one."""
    events = [Event("routed", when(f"2026-03-{day:02}T10:00")) for day in (2, 4, 6)]
    old, new = (
        small.own(small.limit('[{ within = "1 day" }]', more, start='"routed"'))
        for more in ('modality = "should"', "each = true")
    )
    for one, other, kinds in ((old, new, {"severity", "breach"}), (new, old, {"severity", "no_breach"})):
        found = told(replayed(one, other, case(*events), at="2026-03-30T10:00"))
        assert {kind for kind, *_ in found} & {"severity", "breach", "no_breach"} == kinds


def test_the_worst_severity_stands_first() -> None:
    one, other = (
        small.own(*(small.duty(force, '"replied"', 'within = "5 days"', id=name) for name, force in duties))
        for duties in ((("a", "must"), ("b", "should")), (("a", "should"), ("b", "must")))
    )
    found = replayed(one, other, case(), at="2026-03-30T10:00")
    kinds = [(effect.on.kind.value, effect.on.rule) for effect in found.effects]
    assert kinds == [("severity", "duty/b"), ("severity", "duty/a")], "what becomes a breach before what no longer is"


def test_a_class_that_may_stand_beside_others_is_told_as_another_form() -> None:
    """A program that reads "a" finds a set with "a" in it, and back: none of its comparisons holds any more."""
    old, new = (small.own(small.table("grade", ("a", "joint"), ("b", "not joint"), every=every), small.limit())
                for every in (False, True))  # fmt: skip
    found = replayed(old, new, case(joint=True))
    assert told(found) == {("form", "table/grade", "a", "a"): 1}
    assert told(replayed(new, old, case(joint=True))) == {("form", "table/grade", "a", "a"): 1}
    assert "A [table/grade]: its class takes another form: a (one value → a set)" in diff(old, new).explain("en", found)
    assert "类别写法改变：a（可并列 → 单一）" in diff(new, old).explain("zh", found)
    (felt,) = diff(old, new).felt
    assert (felt.parting.value, felt.effects[0].on.kind) == ("shown", EffectKind.FORM), "a proof and a count agree"


def test_what_contradicts_itself_is_no_rule() -> None:
    """A kind of event that only one edition knows is a fault of the record under the other."""
    named = 'events.studied = { title = { zh = "研究", en = "Studied" } }'
    found = replayed(small.own(named, small.limit()), small.own(small.limit()), case(Event("studied", when(MONDAY))))
    assert told(found) == {("breach", "record", "", "unknown_kind/record"): 1}


# --- the worked answer: psbc with a new edition ---


def new_edition(file: dict[str, Any]) -> None:
    rows = entry("table", "priority", file)["first"]
    rows[2]["when"] = "complainants >= 5"
    entry("limit", "whole", file)["earliest"][2]["within"] = "7 working days"
    entry("table", "ticket", file)["first"][0]["when"] = "not (not settled_on_spot)"


NEW: Final = edited(PSBC, new_edition)


def test_three_complainants_are_ordinary_now_and_have_seven_working_days_instead_of_48_hours() -> None:
    """Received Wednesday 30 September 2026, 16:05: 48 hours end on 2 October, seven working days on 15 October.

    1 to 7 October are holidays, Saturday 10 October works: 8, 9, 10, 12, 13, 14, 15.
    """
    found = replayed(PSBC, NEW, case(received="2026-09-30T16:05", complainants=3, id="many"))
    effects = told(found)
    assert effects["class", "table/priority", "urgent", "ordinary"] == 1
    later = next(one for one in found.effects if one.on.rule == "limit/whole" and one.on.kind is EffectKind.LATER)
    assert later.least == when_as_moment("2026-10-15T23:59:59.999999") - when_as_moment("2026-10-02T16:05")
    assert later.first == ("many",)


def when_as_moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def test_a_condition_written_otherwise_is_changed_and_no_case_feels_it() -> None:
    twice = edited(
        PSBC, lambda file: entry("table", "ticket", file)["first"][0].update(when="not (not settled_on_spot)")
    )
    found = diff(PSBC, twice)
    assert [(one.rule, one.kind) for one in found.changes] == [("table/ticket", ChangeKind.CHANGED)]
    some = [case(id=f"c-{number}", settled_on_spot=value) for number, value in enumerate((True, False, None))]
    assert found.portfolio(some).touched == 0


def test_a_figure_of_another_unit_moves_some_cases_earlier_and_some_later() -> None:
    """Monday 2 March: five working days end on the 9th, eight days on the 10th. Friday 13 February, before the Spring
    Festival of 15 to 23 February and the working Saturdays 14 and 28: five working days (14, 24 to 27) end on the 27th,
    eight days on the 21st.
    """
    eight = small.own(small.limit('[{ within = "8 days" }]'))
    found = replayed(FIVE, eight, case(id="a"), case(id="b", received="2026-02-13T10:00"))
    assert [(one.on.kind, one.first) for one in found.effects] == [
        (EffectKind.EARLIER, ("b",)), (EffectKind.LATER, ("a",)),
    ]  # fmt: skip
    shift = found.shifts["limit/whole"]
    assert (shift.cases, shift.least, shift.greatest) == (2, dt.timedelta(days=-6), dt.timedelta(days=1))


# --- streams and bad cases ---


def test_cases_are_a_stream_and_none_is_kept() -> None:
    seen = []

    def stream() -> Iterator[Case]:
        for number in range(8):
            seen.append(number)
            yield case(id=f"c-{number}")

    found = diff(FIVE, SEVEN).portfolio(stream())
    assert (found.cases, found.touched, seen) == (8, 8, list(range(8)))
    assert found.effects[0].first == ("c-0", "c-1", "c-2", "c-3", "c-4"), "the first five"


def test_a_bad_case_is_told_with_its_place_and_the_rest_goes_on() -> None:
    bad: Any = ["c-1", case(id="early", received="2026-12-01"), Complaint(id="fine", received=when(MONDAY))]
    found = diff(FIVE, SEVEN).portfolio(bad, at=when_as_moment("2026-06-01T00:00"))
    assert (found.cases, found.refused) == (1, 2)
    assert [str(one) for one in found.problems] == [
        "cases[0]: case: a Complaint or a Case is expected",
        "cases[1]: at: it lies before the receipt, 2026-12-01; were the two exchanged?",
    ]


def test_what_cannot_be_counted_is_told_with_the_rule() -> None:
    far = small.own(small.limit('[{ within = "90 years" }]'))
    found = replayed(FIVE, far, case())
    assert (found.cases, found.touched) == (0, 0)
    assert found.problems[0].where.startswith("cases[0]: own: limit/whole")


def test_twenty_problems_are_kept_and_all_are_counted() -> None:
    found = diff(FIVE, SEVEN).portfolio(["x"] * 25)  # type: ignore[list-item]  # what is tried
    assert (found.refused, len(found.problems)) == (25, 20)


def test_one_case_is_no_set_of_cases() -> None:
    for odd in (case(), "text", b"text", {"c-1": case()}, None):
        with pytest.raises(InvalidComplaint, match="an iterable of Complaint or Case"):
            diff(FIVE, SEVEN).portfolio(odd)  # type: ignore[arg-type]  # what is tried


def test_what_is_no_portfolio_is_refused() -> None:
    found = diff(FIVE, SEVEN)
    odd: Any
    for odd in ("x", found, 1):
        for call in (found.unshown, found.to_dict, partial(found.explain, "en"), partial(found.markdown, "en")):
            with pytest.raises(InvalidComplaint, match="a Portfolio is expected"):
                call(odd)
    odd = None
    with pytest.raises(InvalidComplaint, match="a Portfolio is expected"):
        found.unshown(odd)


def test_ids_that_stand_twice_are_told() -> None:
    found = replayed(FIVE, FIVE, case(id="a"), case(id="b"), case(id="a"))
    assert (found.repeated, found.repeated_at) == (1, ("0、2", "0 and 2"))


def test_a_fact_of_another_type_is_told_and_a_case_that_has_it_is_refused() -> None:
    old, new = (small.own(small.fact("vip", kind, assume=None), small.limit()) for kind in ("bool", "text"))
    found = diff(old, new)
    assert [(one.fact, one.old.value, one.new.value) for one in found.clashes] == [("vip", "bool", "text")]
    both = [case(id="a", extra={"vip": True}), case(id="b", extra={"vip": "gold"}), case(id="c")]
    replay = found.portfolio(both)
    assert (replay.cases, replay.refused) == (1, 2)
    assert all("vip" in str(problem) for problem in replay.problems)


def test_a_naive_moment_and_what_is_no_policy_are_refused() -> None:
    with pytest.raises(InvalidMoment, match="naive"):
        Replay(FIVE, SEVEN, at=dt.datetime(2026, 3, 2))  # noqa: DTZ001 - what is tried
    with pytest.raises(InvalidPolicy):
        diff(FIVE, "own")  # type: ignore[arg-type]  # what is tried


@pytest.mark.parametrize(
    ("why", "made", "last"),
    [
        ("nothing has happened", case(), "2026-03-02T10:00:00+08:00"),
        ("the last event", case(Event("closed", when("2026-03-10T12:00")), Event("routed", when("2026-03-03T12:00"))),
         "2026-03-10T12:00:00+08:00"),
        ("a day is over at its end", case(Event("closed", when("2026-03-10"))), "2026-03-10T23:59:59.999999+08:00"),
        ("what has no moment tells none", case(Event("closed")), "2026-03-02T10:00:00+08:00"),
        ("what came before the receipt", case(Event("referred", when("2026-02-02"))), "2026-03-02T10:00:00+08:00"),
    ],
)  # fmt: skip
def test_a_case_is_looked_at_as_at_its_own_last_event(why: str, made: Case, last: str) -> None:
    assert last_moment(made).isoformat() == last, why


# --- values ---


@pytest.mark.parametrize("make", [lambda: diff(FIVE, SEVEN), lambda: replayed(FIVE, SEVEN, case())])
def test_what_comes_out_is_a_value(make: Callable[[], Diff | Portfolio]) -> None:
    one, same = make(), make()
    assert "\n" not in repr(one)
    assert len(repr(one)) < 100
    for other in (same, copy.copy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - made a moment ago
        assert other == one
        assert hash(other) == hash(one)
    with pytest.raises(AttributeError):
        one.cases = 5  # type: ignore[union-attr,misc]
    text = json.dumps(one.to_dict(), ensure_ascii=False)
    assert json.loads(text) == one.to_dict()


def test_many_ways_to_stand_are_forgotten_and_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (small.own(small.duty("must", '"replied"', f'within = "{days} days"')) for days in (5, 7))
    cases = [case(id="a"), case(Event("replied", when("2026-03-03T12:00")), id="b"), case(id="c")]
    whole = replayed(old, new, *cases)
    monkeypatch.setattr("complaint_rules.verification.changes.effects._MOST_REMEMBERED", 1)
    assert replayed(old, new, *cases) == whole
