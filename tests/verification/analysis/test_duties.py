"""Findings of duties, each on the smallest duties that have it; expected by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import OutOfBudget
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.witnesses import Sureness
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import TITLE, duty, fact, own, table

PRESS = f'[[body]]\nid = "press"\n{TITLE}\n[[body]]\nid = "office"\n{TITLE}'


def found(policy: Policy, *codes: str) -> list[RuleFinding]:
    return [one for one in analyse(policy).findings if not codes or one.code.value in codes]


def test_a_duty_that_no_complaint_meets_never_applies() -> None:
    (one,) = found(own(duty("must", "'replied'", "when = 'complainants > 5 and complainants < 5'")))
    assert (one.code.value, one.place, one.verdict) == ("never_applies", "duty/act", Sureness.PROVED)


def test_a_part_of_the_condition_of_a_duty_can_be_idle() -> None:
    (one,) = found(own(duty("must", "'replied'", "when = 'complainants >= 3 or complainants >= 5'")))
    assert (one.code.value, one.place) == ("redundant_atom", "duty/act")


def test_a_part_that_only_makes_a_duty_ask_is_not_idle() -> None:
    """While nobody knows whether it is a joint complaint, the number of complainants is asked for as well."""
    assert found(own(duty("must", "'replied'", "when = 'joint or complainants >= 1 and joint'"))) == []


@pytest.mark.parametrize(
    ("act", "unless", "code", "why"),
    [
        ("'replied'", "event.by == 'press' or not event.by == 'press'", "never_forbids", "whoever it is"),
        ("{ event = 'replied', by = 'press' }", "event.by == 'press'", "never_forbids", "it is always they"),
        ("{ event = 'replied', by = 'press' }", "event.by == 'office'", "never_excused", "it is never they"),
        ("'replied'", "event.by == 'press'", "", "it may be they or not"),
        ("'replied'", "joint", "", "it hangs on the complaint"),
        ("'replied'", "joint and not joint", "never_excused", "it contradicts itself"),
    ],
)
def test_exceptions_of_prohibitions(act: str, unless: str, code: str, why: str) -> None:
    policy = own(PRESS, duty("must_not", act, f'unless = "{unless}"'))
    told = [one.code.value for one in found(policy, "never_forbids", "never_excused")]
    assert told == ([code] if code else []), why


@pytest.mark.parametrize(
    ("demand", "ban", "clash", "why"),
    [
        (("'replied'",), ("'replied'",), True, "the same act"),
        (("'replied'", "when = 'joint'"), ("'replied'", "when = 'complainants > 2'"), True, "a joint one of three"),
        (("'replied'", "when = 'joint'"), ("'replied'", "when = 'not joint'"), False, "never at once"),
        (("['replied', 'informed']",), ("'replied'",), False, "there is another way"),
        (("{ event = 'replied', by = 'press' }",), ("'replied'",), True, "a narrower act"),
        (("'replied'",), ("{ event = 'replied', by = 'press' }",), False, "somebody else may do it"),
        (("{ event = 'replied', told = ['a', 'b'] }",), ("{ event = 'replied', told = 'a' }",), True, "both are told"),
        (("'replied'",), ("'replied'", "unless = 'joint'"), True, "one that is not joint"),
        (("'replied'",), ("'replied'", "unless = \"event.by == 'press'\""), False, "the press may do it"),
        (("'replied'",), ("'replied'", "until = 'resolved'"), False, "it ends: it says what comes first"),
        (("'replied'",), ("'replied'", "unless = \"has('resolved')\""), False, "it is lifted: what comes first"),
        (("'replied'",), ("'replied'", "when = \"not has('resolved')\""), False, "it ceases: what comes first"),
        (("'replied'",), ("'replied'", "when = \"count('resolved') < 1\""), False, "it ceases as well"),
        (("'replied'",), ("'replied'", "when = \"state('open')\""), False, "the state changes"),
        (("'replied'",), ("'replied'", "when = \"joint and (state('open') or joint)\""), False, "so does this"),
        (("'replied'", "when = \"has('resolved')\""), ("'replied'", "when = \"has('resolved')\""), True,
         "what has happened stays so"),
        (("'replied'", "after = 'resolved'"), ("'replied'", "when = 'joint'"), True, "once it is resolved"),
        (("'replied'",), ("{ event = 'replied', nth = 2 }",), False, "only the second is forbidden"),
    ],
)  # fmt: skip
def test_duties_that_clash(demand: tuple[str, ...], ban: tuple[str, ...], clash: bool, why: str) -> None:
    policy = own(PRESS, duty("must", *demand, id="do"), duty("should_not", *ban, id="leave"))
    told = found(policy, "duties_clash")
    assert [one.place for one in told] == (["duty/do"] if clash else []), why
    for one in told:
        assert one.verdict is Sureness.WITNESSED
        assert one.witness is not None
        assert {"do", "leave"} <= {owed.duty.id for owed in one.witness.assess(policy).duties}
        assert "duty/leave" in one.explain("en")
        assert [claim.to_dict() for claim in one.shows] == [{"rule": "duty/do"}, {"rule": "duty/leave"}]


def test_acts_that_cannot_be_told_apart_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some acts no typical event can be made, or too many: then nothing is said of the exception, nor of a clash."""
    ban = duty("must_not", "'replied'", "unless = \"event.by == 'press'\"", id="leave")
    policy = own(PRESS, duty("must", "'replied'", id="do"), ban)

    def none(self: Worlds, *_: object) -> tuple[Event, ...]:
        return ()

    def too_many(self: Worlds, *_: object) -> tuple[Event, ...]:
        raise OutOfBudget(what="events", why="there are too many kinds of event to tell apart")

    for stand_in in (none, too_many):
        monkeypatch.setattr(Worlds, "events", stand_in)
        assert found(policy, "never_forbids", "never_excused") == []
    assert found(policy, "duties_clash") == []


def test_a_prohibition_in_quiet_hours_is_no_clash() -> None:
    quiet = '[quiet]\nstart = "18:00"\nend = "08:00"'
    policy = own(quiet, duty("must", "'replied'", id="do"), duty("must_not", "'replied'", "quiet = true", id="leave"))
    assert found(policy, "duties_clash") == []


RECEIVED = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
LINK = '[[link]]\nid = "same"\ntitle = { zh = "甲", en = "A" }\nsame = ["kind"]'


def stands(policy: Policy, **facts: bool) -> list[str]:
    """Say where the one duty of a policy stands after a reply."""
    case = Case(Complaint(id="c", received=RECEIVED, extra=facts), [Event("replied", RECEIVED + dt.timedelta(hours=1))])
    return [one.status.value for one in assess(case, policy, at=RECEIVED + dt.timedelta(hours=2)).duties]


def test_what_may_be_excused_is_not_said_to_be_never_excused() -> None:
    """While a fact without presumption is unknown nobody is held to have done what its exception may allow."""
    policy = own(fact("x", assume=None), duty("must_not", "'replied'", 'unless = "x and not x"'))
    assert stands(policy) == ["in_force"]
    assert stands(policy, x=True) == stands(policy, x=False) == ["breached"]
    assert found(policy, "never_forbids", "never_excused") == []


def test_an_exception_that_could_always_hold_forbids_where_a_presumption_settles_it() -> None:
    """Presumed not to be urgent it has no class: then it neither is of a class nor not, and nothing excuses."""
    klass = table("t", ("u", "urgent_one"))
    policy = own(
        fact("urgent_one", assume="false"), klass, duty("must_not", "'replied'", "unless = \"t == 'u' or t != 'u'\"")
    )
    assert stands(policy) == ["breached"]
    assert stands(policy, urgent_one=True) == stands(policy, urgent_one=False) == ["in_force"]
    assert found(policy, "never_forbids", "never_excused") == []


def test_a_prohibition_that_a_link_leaves_open_is_not_said_never_to_apply() -> None:
    """Nobody looked how many belong together, so that nobody knows whether the reply was forbidden."""
    never = "when = \"linked('same') > 3 and linked('same') < 2\""
    policy = own(LINK, duty("must_not", "'replied'", never))
    assert stands(policy) == ["undetermined"]
    assert found(policy) == []
    (one,) = found(own(LINK, duty("must", "'replied'", never)))
    assert (one.code.value, one.verdict) == ("never_applies", Sureness.PROVED), "a demand arises only where it holds"
