"""Values of the wrong kind at every public door: refused in the library's own words, never with a bare TypeError."""

from __future__ import annotations

import datetime as dt
import errno
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules import (
    BEIJING,
    Case,
    Complaint,
    ComplaintRulesError,
    Event,
    Period,
    WorkCalendar,
    assess,
    holdings,
    link,
    load_policy,
    permitted,
)
from complaint_rules.calendar.days import Override
from complaint_rules.cases.lifecycle import state
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cli.shell import main
from complaint_rules.errors import (
    Fault,
    InvalidComplaint,
    InvalidEvent,
    InvalidMoment,
    InvalidNotice,
    InvalidPeriod,
    InvalidPolicy,
    UnknownLanguage,
)
from complaint_rules.moments import as_moment
from complaint_rules.periods.pauses import Pause
from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.policy import Policy
from tests.small import duty, fact, limit, own, table

RECEIVED: Final = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
CLOSED: Final = Event("closed", RECEIVED)
DAY: Final = dt.date(2026, 9, 30)


def case(*events: Event, **facts: Any) -> Case:
    return Case(Complaint(id="c-1", received=RECEIVED, **facts), events)


def bank() -> Policy:
    return load_policy("psbc-95580")


# --- moments ---


class Zone(dt.tzinfo):
    def dst(self, _: dt.datetime | None) -> None:
        return None

    def tzname(self, _: dt.datetime | None) -> None:
        return None


class Broken(Zone):
    """A zone that raises when it is asked, as one read from a damaged file may."""

    def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
        raise RuntimeError("no such zone")


class InWords(Zone):
    """A zone that answers in words; the standard library refuses that with a TypeError."""

    def utcoffset(self, _: dt.datetime | None) -> Any:
        return "+08:00"


@pytest.mark.parametrize("zone", [Broken(), InWords()])
def test_a_zone_that_cannot_tell_its_offset_is_refused_and_named(zone: dt.tzinfo) -> None:
    moment = dt.datetime(2026, 9, 30, 16, 5, tzinfo=zone)
    with pytest.raises(InvalidMoment, match="received: its time zone cannot say how far it is from UTC"):
        as_moment(moment, what="received")
    with pytest.raises(InvalidEvent, match=r"Event\.at: its time zone"):
        Event("closed", moment)


# --- facts ---


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity"])
def test_a_number_among_the_extra_facts_is_finite(number: str) -> None:
    """A signalling NaN cannot even be hashed, so a complaint that held one could stand in no set."""
    with pytest.raises(InvalidComplaint, match=r"extra\['ceiling'\]: a number is finite"):
        Complaint(id="c-1", received=RECEIVED, extra={"ceiling": Decimal(number)})


@pytest.mark.parametrize("text", ["first line\nsecond line", "\0", "\ud800", "x" * 201])
def test_free_text_has_no_place_among_the_extra_facts(text: str) -> None:
    with pytest.raises(InvalidComplaint, match="no place for free text"):
        Complaint(id="c-1", received=RECEIVED, extra={"note": text})
    with pytest.raises(InvalidEvent, match=r"Event\.set\['note'\].*no place for free text"):
        Event("amended", RECEIVED, set={"note": text})


@pytest.mark.parametrize("amount", ["1e29", Decimal("1e999999"), 10**30, "1e-999999"])
def test_an_amount_of_absurd_size_is_refused(amount: Any) -> None:
    """Written out in an answer, some of these would fill a disk."""
    with pytest.raises(InvalidComplaint, match="at most 28 digits"):
        Complaint(id="c-1", received=RECEIVED, amount=amount)
    assert Complaint(id="c-1", received=RECEIVED, amount=Decimal(0)).amount == 0


def test_what_amends_a_complaint_is_a_mapping() -> None:
    with pytest.raises(InvalidComplaint, match="a mapping of fact names"):
        Complaint(id="c-1", received=RECEIVED).amended([("complainants", 3)])  # type: ignore[arg-type]


def test_an_amendment_gives_a_core_fact_in_any_form_that_a_complaint_takes() -> None:
    amended = Event("amended", RECEIVED, set={"amount": "5000.00", "channel": "phone"})
    known = assess(case(amended), load_policy("boc-it-blueprint"), at=RECEIVED).snapshot.view.complaint
    assert (known.amount, known.channel) == (Decimal("5000.00"), "phone")


@pytest.mark.parametrize("fact", [{"channel": "telephon"}, {"amount": "a lot"}, {"complainants": 0}])
def test_an_amendment_that_a_complaint_would_refuse_is_reported_and_the_rest_answered(fact: dict[str, Any]) -> None:
    found = assess(case(Event("amended", RECEIVED, set=fact)), bank(), at=RECEIVED)
    assert [(one.code, one.place) for one in found.violations if one.code == "bad_amendment"] == [("bad_amendment", 0)]
    assert found.clocks["whole"].due_at is not None


def test_an_own_fact_amended_to_the_wrong_type_is_refused_with_its_place() -> None:
    wrong = [CLOSED, Event("amended", RECEIVED, set={"unionpay": "yes"})]
    with pytest.raises(InvalidComplaint, match=r"^events\[1\]\.set: fact 'unionpay': true or false is expected"):
        assess(case(*wrong), bank(), at=RECEIVED)


# --- the arguments of the public functions ---

JUNK: Final[tuple[object, ...]] = (0, "psbc-95580", b"x", [], {}, object(), DAY, RECEIVED, CLOSED)

DOORS: Final[dict[str, Callable[[Any], object]]] = {
    "assess: policy": lambda x: assess(case(), x, at=RECEIVED),
    "assess: calendar": lambda x: assess(case(), bank(), at=RECEIVED, calendar=x),
    "permitted: case": lambda x: permitted(x, CLOSED, bank()),
    "permitted: policy": lambda x: permitted(case(), CLOSED, x),
    "permitted: calendar": lambda x: permitted(case(), CLOSED, bank(), calendar=x),
    "holdings: calendar": lambda x: holdings(case(), x),
    "link: policy": lambda x: link([], x),
    "link: calendar": lambda x: link([], load_policy("realty-levels"), calendar=x),
    "due: calendar": lambda x: Period.parse("5 days").due(RECEIVED, calendar=x),
    "returns_due: policy": lambda x: returns_due(x, after=DAY, through=DAY),
    "state: case": lambda x: state(x, at=RECEIVED),
}


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
@pytest.mark.parametrize("door", DOORS)
def test_a_thing_of_the_wrong_kind_is_refused_by_name(door: str, junk: object) -> None:
    with pytest.raises(ComplaintRulesError) as refused:
        DOORS[door](junk)
    assert refused.value.what == door.split(": ")[1]


def test_a_policy_id_in_the_place_of_a_policy_says_how_to_load_one() -> None:
    with pytest.raises(InvalidPolicy, match=r"pass load_policy\(id\)"):
        assess(case(), "psbc-95580", at=RECEIVED)  # type: ignore[arg-type]


@pytest.mark.parametrize("when", [None, DAY, RECEIVED.replace(tzinfo=None), "2026-09-30", 5])
def test_the_state_of_a_case_is_asked_for_at_an_aware_moment(when: Any) -> None:
    with pytest.raises(InvalidMoment):
        state(case(CLOSED), at=when)


@pytest.mark.parametrize(
    ("links", "what"),
    [
        (5, "links"),
        ([("same_kind", 3)], "links"),
        ({3: 3}, "links"),
        ({"same_kind": "3"}, "links['same_kind']"),
        ({"same_kind": True}, "links['same_kind']"),  # a bool is no number
        ({"same_kind": -1}, "links['same_kind']"),
        ({"same_kind": Decimal("NaN")}, "links['same_kind']"),
        ({"same_kind": None}, "links['same_kind']"),
    ],
)
def test_links_are_counts_by_link_id(links: Any, what: str) -> None:
    with pytest.raises(InvalidComplaint, match=r"pass links\.counts") as refused:
        assess(case(), load_policy("realty-levels"), at=RECEIVED, links=links)
    assert refused.value.what == what


def test_what_becomes_of_the_mapping_of_links_later_changes_no_assessment() -> None:
    links = {"same_kind": 3}
    found = assess(case(kind="fees"), load_policy("realty-levels"), at=RECEIVED, links=links)
    links["same_kind"] = 0
    assert found.links == {"same_kind": 3}


# --- days and periods ---


@pytest.mark.parametrize("reason", [5, DAY, b"flood", None, "", "  "])
def test_an_override_has_a_reason_in_words(reason: Any) -> None:
    with pytest.raises(ComplaintRulesError, match="a reason is expected"):
        WorkCalendar.china().with_override(DAY, works=False, reason=reason)


def test_years_indices_and_counts_are_whole_numbers() -> None:
    calendar = WorkCalendar.china()
    for wrong in ("2026", 2026.0, None, DAY, Decimal("NaN")):
        with pytest.raises(InvalidMoment):
            calendar.notice(wrong)  # type: ignore[arg-type]
        with pytest.raises(InvalidMoment):
            calendar.working_day(wrong)  # type: ignore[arg-type]
        with pytest.raises(InvalidMoment):
            calendar.add_working_days(DAY, wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["15² days", "15①天", "5₂个工作日", "²日"])
def test_a_footnote_mark_is_not_read_as_a_digit(text: str) -> None:
    """Compatibility forms are read alike, so that １５日 is 15 days; a raised 2 after it would make 152 of them."""
    with pytest.raises(InvalidPeriod, match="raised, lowered or circled"):
        Period.parse(text)


def test_the_reason_and_the_article_of_a_pause_are_texts() -> None:
    for wrong in (5, DAY, ["mediation"]):
        with pytest.raises(InvalidPeriod, match="its reason and its article are texts"):
            Pause(DAY, reason=wrong)  # type: ignore[arg-type]
        with pytest.raises(InvalidPeriod, match="its reason and its article are texts"):
            Pause(DAY, cite=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["fr", "", None, []])
def test_articles_are_cited_in_two_languages(lang: Any) -> None:
    with pytest.raises(UnknownLanguage):
        bank().cite("14", lang)


# --- errors ---


def test_an_error_crosses_a_process_border_whatever_value_it_complains_of() -> None:
    endless = (number for number in range(3))
    for value in (endless, lambda: 1, dt.date(2026, 9, 30)):
        error = InvalidComplaint(what="Complaint.amount", why="an exact amount is expected", value=value)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own
        fault = Fault(where="own.toml: id", why="a code is expected", value=value)
        assert str(pickle.loads(pickle.dumps(fault))) == str(fault)  # noqa: S301 - our own


# --- what happened at no known moment ---


def test_a_duty_that_an_event_without_moment_founds_stays_when_time_goes_on() -> None:
    """The case was closed, nobody knows when; the duty that follows held at the receipt and vanished a day later."""
    policy = own(
        fact("delayed"),
        table("sanction", ("unregistered", "has('closed') and not has('registered')"), every=True),
        duty("must", '"sanctioned"', "when = \"'unregistered' in sanction\"", 'within = "5 days"'),
    )
    due = "2026-10-05T23:59:59.999999+08:00"
    for days, status in ((0, "due"), (1, "due"), (5, "due"), (6, "undetermined")):
        found = assess(case(Event("closed")), policy, at=RECEIVED + dt.timedelta(days))
        assert [(one.status, str(one.due_at and one.due_at.isoformat())) for one in found.duties] == [(status, due)]


def test_a_duty_that_an_event_without_moment_may_have_founded_again_is_missed_by_no_one() -> None:
    """It may have ceased on the 2nd, or held all along, or arisen anew with the escalation, whenever that was."""
    policy = own(fact("press"), duty("must", '"reported"', "when = \"press or has('escalated')\"", 'within = "5 days"'))
    ceased = Event("amended", RECEIVED + dt.timedelta(days=2), set={"press": False})
    history = case(Event("escalated"), ceased, extra={"press": True})
    for days, status in ((3, "due"), (5, "due"), (6, "undetermined"), (30, "undetermined")):
        found = assess(history, policy, at=RECEIVED + dt.timedelta(days))
        assert [(one.status, one.due_at and one.due_at.date()) for one in found.duties] == [
            (status, dt.date(2026, 10, 5))
        ]


# --- earlier moments ---


def test_an_earlier_moment_of_a_history_is_its_beginning() -> None:
    """What a slice gives is what reading anew gives, save where days, duplicates or unknown moments forbid a slice."""
    moments = [RECEIVED + dt.timedelta(hours=hours) for hours in (2, 1, 1, 3, 5)]
    events = [
        Event("amended", moments[0], set={"complainants": 2}),
        Event("closed", moments[1]),
        Event("reopened", moments[2]),
        Event("amended", moments[3], set={"kind": "fees"}),
        Event("closed", moments[4]),
    ]
    for further, sliceable in (
        ((), True),
        ((CLOSED, CLOSED), False),  # the earlier of the two may be the one recorded later
        ((Event("replied", DAY),), True),  # cut at some moments, read anew at others
        ((Event("replied"),), False),
    ):
        whole = Timeline(case(*events, *further), RECEIVED + dt.timedelta(days=9))
        assert whole.sliceable is sliceable
        for hours in range(7):
            moment = RECEIVED + dt.timedelta(hours=hours)
            read, cut = Timeline(whole.case, moment), whole.until(moment)
            assert (cut.entries or (cut.receipt,)) == (read.entries or (read.receipt,))
            assert cut.kinds == read.kinds
            assert [list(cut.of_kind(kind)) for kind in sorted(whole.kinds)] == [
                list(read.of_kind(kind)) for kind in sorted(whole.kinds)
            ]
            assert [list(cut.since(kind, entry)) for kind in sorted(whole.kinds) for entry in read.entries] == [
                list(read.since(kind, entry)) for kind in sorted(whole.kinds) for entry in read.entries
            ]
            assert list(cut.versions) == list(read.versions)
            assert (cut.changed, cut.complaint_at(moment)) == (read.changed, read.complaint_at(moment))
            assert whole.complaint_at(moment) == read.complaint_at(moment)


# --- a calendar and a policy that could count nothing ---


@pytest.mark.parametrize("unpublished", ["provisional", "refuse"])
def test_a_calendar_on_which_nothing_works_is_refused_whatever_it_is_asked(unpublished: Any) -> None:
    first, days = dt.date(2001, 1, 1), (dt.date(2099, 12, 31) - dt.date(2001, 1, 1)).days + 1
    closed = tuple(Override(date=first + dt.timedelta(n), works=False, reason="wound up") for n in range(days))
    calendar = WorkCalendar(unpublished=unpublished, overrides=closed)
    asked: list[Callable[[], object]] = [
        lambda: calendar.is_working_day(DAY),
        lambda: calendar.add_working_days(DAY, -1),
        lambda: calendar.working_day_on_or_after(DAY),
        lambda: Period.parse("5 days").due(DAY, calendar=calendar, roll="next_working_day"),
    ]
    for question in asked:
        with pytest.raises(InvalidNotice, match="not a day is left that works"):
            question()


def test_a_warning_at_once_is_a_fault_of_the_file_and_not_of_each_case() -> None:
    with pytest.raises(InvalidPolicy, match=r"limit\[0\]\.first\[0\]\.warn: a warning falls some time before"):
        own(limit('[{ within = "5 days", warn = "at once" }]'))


# --- the streams of the command line ---


def ran(command: str) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m complaint_rules {command}', sys.executable],
        capture_output=True, check=False, text=True, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the streams of a Unix shell")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("policies >&-", "standard output is closed"),
        ("policies >/dev/full", "complaint-rules policies: output: it cannot be written or read: No space left"),
        ("assess - --policy psbc-95580 <&-", "-: standard input is closed"),
        ("policies extra 2>&-", ""),  # nobody to tell
        ("explain no-such-policy 2>&-", ""),
    ],
)
def test_a_stream_that_is_closed_or_full_is_told_and_not_a_traceback(command: str, words: str) -> None:
    status, told = ran(command)
    assert (status, "Traceback" in told, "Exception ignored" in told) == (2, False, False)
    assert words in told


def test_nothing_is_written_to_an_output_that_is_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["policies"]) == 2
    assert capsys.readouterr().err == "complaint-rules: standard output is closed\n"


def test_a_closed_input_is_unusable(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["assess", "-", "--policy", "psbc-95580"]) == 2
    assert "standard input is closed" in capsys.readouterr().err


def test_an_output_that_is_full_is_unusable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys.stdout, "write", full)
    assert main(["policies"]) == 2
    assert "No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("费用".encode("gb18030"), "may be GB18030: a mapping file with encoding = ['gb18030']"),
        (b"\xff\xff", "it is not utf-8-sig\n"),
    ],
)
def test_a_register_in_another_encoding_than_its_header_shows_says_how_to_have_it_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cell: bytes, words: str
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"id,received,kind\nc-1,2026-09-30," + cell + b"\nc-2,2026-09-30,fees\n")
    assert main(["assess", str(path), "--policy", "psbc-95580", "--at", "2026-10-01T00:00+08:00"]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert "c-2" in said.out
