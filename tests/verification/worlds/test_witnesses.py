"""Witnesses: every row of every shipped policy is reached by a case that replays, the same in every process."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pytest

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.errors import InvalidCase, InvalidMoment, UnknownLanguage
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds import witnesses
from complaint_rules.verification.worlds.boxes import search
from complaint_rules.verification.worlds.formulas import Formula, both, within
from complaint_rules.verification.worlds.variables import Matter, Thing
from complaint_rules.verification.worlds.witnesses import (
    Answer,
    Claim,
    Sureness,
    WhyOpen,
    Witness,
    answered,
    candidates,
    lived,
)
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import fact, limit, own, table
from tests.strategies import THOROUGH
from tests.verification.worlds.awkward import ALL, LINKS, MANY, OUTCOMES, UNLIKE, awkward
from tests.verification.worlds.test_worlds import SHIPPED, SOME, shipped


class Question(NamedTuple):
    """A formula, and what it says of an assessment."""

    name: str
    formula: Formula
    claim: Claim


def fired(table: str, row: int) -> Claim:
    return lambda found: row in found.findings[table].decision.fired


def applies(limit: str) -> Claim:
    return lambda found: found.clocks[limit].status != "not_applicable"


def questions(worlds: Worlds) -> Iterator[Question]:
    """Ask of every row of tables and limits whether it is reached."""
    policy = worlds.policy
    for name, sheet in policy.tables.items():
        for row in range(len(sheet.rows)):
            yield Question(f"{name}[{row}]", worlds.fired(f"table/{name}", row), fired(name, row))
    for name, one in policy.limits.items():
        held = worlds.applies(f"limit/{name}").held
        for row in range(len(one.rows)):
            yield Question(f"{name}[{row}]", both(held, worlds.fired(f"limit/{name}", row)), applies(name))


NEVER: Final = {"wealth-handbook": {"risk[0]", "risk[3]"}}
"""Rows that hang on a figure which nobody supplied: they cannot hold."""


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_every_row_of_the_shipped_policies_is_reached_by_a_case_that_replays(id: str, edition: str) -> None:
    policy = load_policy(id, edition=edition)
    worlds = Worlds(policy)
    for name, formula, claim in questions(worlds):
        found = answered(worlds, formula, claim)
        if name in NEVER.get(id, ()):
            assert found == Answer(verdict=Sureness.PROVED)
            continue
        assert (name, found.verdict, found.why) == (name, Sureness.WITNESSED, None)
        assert found.witness is not None
        again = Witness.from_dict(json.loads(json.dumps(found.witness.to_dict(), default=str)), policy)
        assert claim(again.assess(policy)), "replayed from its JSON"


@pytest.mark.parametrize(("id", "edition"), SHIPPED[1::6])
def test_cases_are_such_as_the_policy_itself_reads(id: str, edition: str) -> None:
    policy = shipped(id, edition)
    worlds = Worlds(policy)
    for _, formula, _ in questions(worlds):
        box = search(worlds, formula)
        for one in itertools.islice(candidates(worlds, box), 3) if box else ():
            assert policy.read_case(one.to_dict()["case"]) == one.case
            assert one.at >= one.case.complaint.received_from
            assert all(event.at is not None and event.at <= one.at for event in one.case.events)


def digest(shipped: str) -> str:
    """Give a print of all that is found of two policies, one of them shipped."""
    written: list[str] = []
    for policy in (load_policy(shipped), awkward(*ALL["outcomes"])):
        worlds = Worlds(policy)
        for name, formula, claim in questions(worlds):
            found = answered(worlds, formula, claim)
            case = "" if found.witness is None else json.dumps(found.witness.to_dict(), default=str)
            box = "" if found.box is None else found.box.text("en")
            written.append(f"{name} {found.verdict} {case} {box}")
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def test_what_is_found_is_the_same_in_every_process_and_whatever_ran_before() -> None:
    """No order of a set, no address and no memory of the process has a part in it."""
    Worlds(load_policy("grcu-2008"))
    shipped = "petition-2022" if THOROUGH else "property-validity"
    here = digest(shipped)
    code = f"from tests.verification.worlds.test_witnesses import digest; print(digest({shipped!r}))"
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == here


# -- the three verdicts --


def asked(policy: Policy, rule: str, row: int, claim: Claim | None = None, **more: Any) -> Answer:
    worlds = Worlds(policy)
    return answered(worlds, worlds.fired(rule, row), claim or fired(rule.partition("/")[2], row), **more)


def test_a_row_that_an_earlier_one_shadows_is_proved_never_to_fire() -> None:
    policy = own(table("t", ("a", "amount >= 50000"), ("b", "amount >= 60000"), ("c", "")))
    assert asked(policy, "table/t", 1) == Answer(verdict=Sureness.PROVED)
    assert asked(policy, "table/t", 2).verdict is Sureness.WITNESSED


def test_what_no_case_lives_stays_open_with_the_reason() -> None:
    """A limit that only applies to what is not major is never late in a major case: that no cell can say."""
    policy = own(
        fact("major"),
        table("t", ("a", "late('whole') and major")),
        limit('[{ within = "2 days" }]', 'when = "not major"'),
    )
    found = asked(policy, "table/t", 0)
    assert (found.verdict, found.why, found.witness) == (Sureness.OPEN, WhyOpen.NOT_LIVED, None)
    assert found.box is not None
    assert found.box.text("en") == "“A”: late; A: yes"


def test_what_only_untried_values_could_bear_out_stays_open() -> None:
    found = asked(awkward(*MANY), "table/much", 0)
    assert (found.verdict, found.why) == (Sureness.OPEN, WhyOpen.NOT_TRIED)
    unlike = asked(awkward(*UNLIKE), "table/course", 2)
    assert (unlike.verdict, unlike.why) == (Sureness.OPEN, WhyOpen.NOT_TRIED), "working hours that nobody supplied"


def test_a_search_that_is_given_up_stays_open_and_keeps_the_box_it_had() -> None:
    policy = own(table("t", ("a", "complainants >= 3 or source == 'court' or repeat")))
    assert asked(policy, "table/t", 0, budget=0).why is WhyOpen.BUDGET
    worlds = Worlds(policy)
    found = answered(worlds, worlds.fired("table/t", 0), lambda _: False, budget=3)
    assert (found.why, found.box is None) == (WhyOpen.BUDGET, False)


def test_what_an_assessment_raises_is_not_swallowed() -> None:
    def broken(found: Assessment) -> bool:
        raise InvalidCase(what="a claim", why="it is broken")

    with pytest.raises(InvalidCase, match="a claim: it is broken"):
        asked(own(table("t", ("a", ""))), "table/t", 0, broken)


# -- lives --


def clock_is(status: str) -> Claim:
    return lambda found: found.clocks["whole"].status == status


@pytest.mark.parametrize(
    ("when", "more", "status"),
    [
        ("late('whole')", ["limit"], "overdue"),
        ("met('whole')", ["limit"], "met"),
        ("late('whole') and not met('whole')", ["limit"], "met_late"),  # late, and ended since
        ("late('whole')", ["from"], "overdue"),  # started by an event
        ("met('whole')", ["from"], "met"),
        ("late('whole')", ["second"], "overdue"),  # started by the second of its kind
        ("late('whole')", ["agreed"], "overdue"),  # a promise sets the time
        ("late('whole')", ["once"], "overdue"),  # at once, unless something is agreed
        ("met('whole')", ["other"], "met"),  # of two endings either will do
        ("met('whole') and not has('replied')", ["other"], "met"),  # only the first will
        ("met('whole') and not has('closed')", ["other"], "met"),  # only the second
        ("late('whole') and not has('replied')", ["other"], "met_late"),  # what was late is ended by the first
        ("late('whole') and elapsed('received', '1 hour')", ["limit"], "overdue"),
        ("late('whole') and has('routed', to='outlet')", ["routed"], "overdue"),  # what happens starts it
        ("standing('whole', 'late')", ["limit"], "met_late"),
        ("standing('whole', 'in_time')", ["limit"], "met"),
    ],
)  # fmt: skip
def test_limits_are_started_met_and_missed_as_a_world_says(when: str, more: list[str], status: str) -> None:
    limits = {
        "limit": limit('[{ within = "2 days" }]'),
        "from": limit('[{ within = "2 days" }]', start='"resolved"', until='"replied"'),
        "second": limit('[{ within = "2 days" }]', start='{ event = "routed", nth = 2 }'),
        "agreed": limit('[{ within = "2 days" }]', 'agreed = "agreed"', start='"routed"'),
        "once": limit('[{ within = "at once" }]', 'agreed = "promised"'),
        "other": limit('[{ within = "2 days" }]', until='["closed", "replied"]'),
        "routed": limit('[{ within = "2 days" }]', start='"routed"'),
    }
    policy = own(table("t", ("a", when)), *(limits[name] for name in more))
    found = asked(policy, "table/t", 0, lambda one: fired("t", 0)(one) and clock_is(status)(one))
    assert found.verdict is Sureness.WITNESSED


@pytest.mark.parametrize(
    ("figure", "first"),
    [
        ('within = "at once"', ["promised"]),  # nothing but a promise sets a time that can run out
        ('within = "as agreed"', ["promised"]),
        ('within = "1 day"', []),  # the figure does, without one
        ('within = "2 days"', []),
    ],
)
def test_what_is_promised_is_tried_first_where_nothing_else_sets_a_time(figure: str, first: list[str]) -> None:
    """Only so many ways are tried: of several such limits the one with all the promises would be the last."""
    worlds = Worlds(own(table("t", ("a", "late('whole')")), limit(f"[{{ {figure} }}]", 'agreed = "promised"')))
    box = search(worlds, worlds.fired("table/t", 0))
    assert box is not None
    assert [event.kind for event in next(candidates(worlds, box)).case.events] == first


def test_one_limit_is_missed_while_another_is_kept() -> None:
    """The other one is ended in time, for it would be late too by then."""
    policy = own(table("t", ("a", "late('whole') and not late('reply')")), limit('[{ within = "9 days" }]'),
                 limit('[{ within = "2 days" }]', id="reply", until='"replied"'))  # fmt: skip
    found = asked(policy, "table/t", 0)
    assert found.witness is not None
    assert [event.kind for event in found.witness.case.events] == ["replied"]


def test_a_case_that_counts_itself_has_what_it_is_compared_by() -> None:
    """Nobody looked for others, and of the facts that a link compares nothing is asked."""
    policy = own(fact("points", "int", assume=None), LINKS,
                 table("t", ("a", "linked('joined') >= 3"), ("b", "linked('same') >= 1")))  # fmt: skip
    worlds = Worlds(policy)
    place = worlds.place_of(Matter(Thing.LINK, "joined"))
    assert place is not None
    nobody = [n for n, cell in enumerate(worlds.variables[place].cells) if cell.piece.own.get("joined") == 3]
    found = answered(worlds, both(worlds.fired("table/t", 0), only(worlds, place, nobody[0])), fired("t", 0))
    assert found.witness is not None
    assert found.witness.links is None
    assert found.witness.case.complaint.complainants == 3
    assert found.witness.case.complaint.extra == {"points": 1}


def only(worlds: Worlds, place: int, cell: int) -> Formula:
    full = worlds.variables[place].full
    return within(place, 1 << cell, full)


def test_a_case_stands_and_is_held_as_a_world_says() -> None:
    policy = awkward(*OUTCOMES)
    for row, name in ((0, "outlet"), (1, "branch")):
        found = asked(policy, "table/hands", row)
        assert found.witness is not None
        assert found.witness.case.complaint.received_by == name
    closed = own(table("t", ("a", "state('closed')"), ("b", "state('open')")))
    ended = asked(closed, "table/t", 0).witness
    assert ended is not None
    assert [event.kind for event in ended.case.events] == ["closed"]


def test_a_receipt_that_conditions_ask_for_is_the_one_of_the_case() -> None:
    """What happens is moved with it; what is recorded by its day begins with it."""
    policy = own(table("t", ("a", "received > '2027-01-01' and elapsed('received', '2 days') and has('replied')")))
    found = asked(policy, "table/t", 0)
    assert found.witness is not None
    assert found.witness.case.complaint.received_from.date() == dt.date(2027, 1, 2)
    assert found.witness.at.date() == dt.date(2027, 1, 5)


def test_nothing_is_looked_at_after_the_years_known() -> None:
    policy = own(table("t", ("a", "received > '2099-12-01' and late('whole')")), limit('[{ within = "1 year" }]'))
    assert asked(policy, "table/t", 0).why is WhyOpen.NOT_LIVED


# -- as data --


def test_a_witness_goes_there_and_back_as_data() -> None:
    received = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
    case = Case(Complaint(id="w-1", received=received), [Event("replied", received)])
    policy = load_policy("psbc-95580")
    for links in (None, {"same": 3}, {"same": GroupCount(3, first=True), "other": GroupCount(1)}):
        witness = Witness(case=case, at=received, links=links)
        data = witness.to_dict()
        again = Witness.from_dict(json.loads(json.dumps(data)), policy)
        assert again == witness
        assert hash(again) == hash(witness)
        assert again.to_dict() == data
    assert data["first"] == {"same": True}
    assert witness.assess(policy).at == received


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        ("w-1", InvalidCase, "a witness: an object with case and at is expected; got 'w-1'"),
        ({}, InvalidCase, "a complaint is a JSON object; got None"),
        ({"case": {"id": "w-1", "recieved": "2026-03-04"}, "at": "2026-03-05"}, InvalidCase, "did you mean 'received'"),
        ({"case": {"id": "w-1", "received": "2026-03-04"}}, InvalidMoment, "at: "),
        ({"case": {"id": "w-1", "received": "2026-03-04"}, "at": "tomorrow"}, InvalidMoment, "at: "),
        ({"case": {"id": "w-1", "received": "2026-03-04"}, "at": "2026-03-05T10:00"}, InvalidMoment, "at: "),
        ({"case": {"id": "w-1", "received": "2026-03-04"}, "at": "2026-03-05T10:00+08:00", "links": 3},
         InvalidCase, "links: an object of counts by link is expected; got 3"),
    ],
)  # fmt: skip
def test_what_is_no_witness_is_refused(data: object, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        Witness.from_dict(data, load_policy("psbc-95580"))


def test_every_case_of_a_box_is_tried_before_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = Worlds(own(table("t", ("a", "complainants >= 3"))))
    box = search(worlds, worlds.fired("table/t", 0))
    assert box is not None
    seen: list[object] = []

    def note(found: Assessment) -> bool:
        seen.append(found.case.complaint.complainants)
        return False

    assert lived(worlds, box, note) is None
    assert seen == [3, 4], "both cells that the box has"
    assert lived(worlds, box, note, most=1) is None
    # Of a box of which no end of cases could be made two hundred are tried.
    one, assessed = next(candidates(worlds, box)), itertools.count()
    monkeypatch.setattr(witnesses, "candidates", lambda *_: itertools.repeat(one))
    monkeypatch.setattr(Witness, "assess", lambda *_: next(assessed))
    assert lived(worlds, box, lambda _: False) is None
    assert next(assessed) == 200


def test_of_what_was_not_tried_no_case_is_made() -> None:
    worlds = Worlds(awkward(*MANY))
    box = search(worlds, worlds.rows("table/much")[0].held)
    assert box is not None
    assert list(candidates(worlds, box)) == []


def test_a_case_that_counts_one_needs_no_number_of_complainants() -> None:
    same = '[[link]]\nid = "same"\ntitle = { zh = "甲", en = "A" }\nsame = ["kind"]'
    policy = own(same, table("t", ("a", "linked('same') >= 1")))
    worlds = Worlds(policy)
    found = answered(worlds, both(worlds.fired("table/t", 0), only(worlds, 0, 3)), fired("t", 0))
    assert found.witness is not None
    assert found.witness.case.complaint.complainants is None
    assert found.witness.case.complaint.kind == "k-1"


def test_counts_of_linked_complaints_stand_below_the_line_that_a_file_can_hold() -> None:
    at = dt.datetime(2026, 3, 4, 10, 0, 0, 1, tzinfo=BEIJING)
    links = {"same": GroupCount(3, first=True)}
    one = Witness(case=Case(Complaint(id="w-1", received=at)), at=at, links=links)
    assert one.lines("en")[1:] == (
        "assess it with --at 2026-03-04T10:00:00.000001+08:00",
        'linked complaints, as assess(…, links=…) takes them: {"links": {"same": 3}, "first": {"same": true}}',
    )
    assert one.lines()[1:] == (
        "评估时加 --at 2026-03-04T10:00:00.000001+08:00",
        '关联投诉，由 assess(…, links=…) 给出：{"links": {"same": 3}, "first": {"same": true}}',
    )
    with pytest.raises(UnknownLanguage):
        one.lines("fr")  # type: ignore[arg-type]  # what is tried
