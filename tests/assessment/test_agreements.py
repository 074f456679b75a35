"""Agreed times: they need no figure of the text, and of a limit with a run for every start each keeps its own."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules import Event, Policy
from complaint_rules.errors import InvalidPolicy
from complaint_rules.words.rulebooks import explain_rule
from tests.golden import assessed, case_of, happened, local

HEAD: Final = """
id = "own"
edition = "1"
title = { zh = "甲", en = "A" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
[parameters.handling_time]
type = "period"
title = { zh = "处理时间", en = "time of handling" }
[[limit]]
id = "whole"
title = { zh = "全程", en = "Whole" }
"""
OPEN: Final = (
    HEAD
    + 'from = "received"\nuntil = "closed"\nagreed = true\nfirst = [{ within = { parameter = "handling_time" } }]\n'
)
EACH: Final = (
    HEAD + 'from = "routed"\nuntil = "closed"\neach = true\nagreed = ["agreed", "routed"]\n'
    'first = [{ within = "20 days" }]\n'
)


def runs_of(text: str, *events: Event, at: str = "2026-10-13T09:00") -> list[tuple[str, str | None]]:
    found = assessed(Policy.from_text(text), case_of("2026-10-08T09:00", events), at).clocks["whole"]
    return [(str(run.status), local(run.due_at)) for run in found.runs]


def test_what_was_agreed_needs_no_figure_of_the_text() -> None:
    """Reported by whoever wrote boc-sanming: the time set for the case is on record, the bank's usual one is not."""
    assert runs_of(OPEN) == [("undetermined", None)]
    agreed = happened("agreed", "2026-10-09T09:00", due="2026-10-12T18:00")
    assert runs_of(OPEN, agreed, at="2026-10-12T09:00") == [("running", "2026-10-12T18:00")]
    assert runs_of(OPEN, agreed) == [("overdue", "2026-10-12T18:00")]
    undated = Event("agreed", due=agreed.due)
    assert runs_of(OPEN, undated) == [("undetermined", None)]
    later = OPEN.replace("agreed = true", "agreed = true\nagreed_later = true")
    assert runs_of(later, agreed) == [("undetermined", None)]  # whether it is later nobody can say


@pytest.mark.parametrize("second", ["2026-10-20T18:00", "2026-10-11T18:00"])
def test_the_time_set_for_a_later_start_moves_no_earlier_run(second: str) -> None:
    first = happened("routed", "2026-10-08T10:00", due="2026-10-12T18:00", id="r-1")
    other = happened("routed", "2026-10-09T10:00", due=second, id="r-2")
    status = "overdue" if second < "2026-10-13" else "running"
    assert runs_of(EACH, first, other) == [("overdue", "2026-10-12T18:00"), (status, second)]
    renewed = happened("agreed", "2026-10-10T10:00", due="2026-10-25T18:00", ref="r-1")
    assert runs_of(EACH, first, other, renewed) == [("running", "2026-10-25T18:00"), (status, second)]
    both = happened("agreed", "2026-10-10T10:00", due="2026-10-25T18:00")
    assert runs_of(EACH, first, other, both) == [("running", "2026-10-25T18:00"), ("running", "2026-10-25T18:00")]


WHOLLY: Final = HEAD + 'from = "received"\nuntil = "closed"\nagreed = true\nfirst = [{ within = "as agreed" }]\n'


def test_a_limit_may_be_wholly_what_was_agreed() -> None:
    """Until a time is agreed nothing falls due, and nobody is told that it is due at once."""
    policy = Policy.from_text(WHOLLY)
    waiting = assessed(policy, case_of("2026-10-08T09:00"), "2027-10-08T09:00")
    assert (str(waiting.clocks["whole"].status), waiting.clocks["whole"].due_at) == ("running", None)
    assert waiting.next_change_at is None
    assert "以约定为准，尚未约定时间" in waiting.clocks["whole"].explain("zh")
    assert "as agreed; no time is agreed yet" in waiting.explain("en")
    agreed = happened("agreed", "2026-10-09T09:00", due="2026-10-12T18:00")
    assert runs_of(WHOLLY, agreed) == [("overdue", "2026-10-12T18:00")]
    closed = happened("closed", "2026-12-09T09:00")
    assert runs_of(WHOLLY, closed, at="2026-12-10T09:00") == [("met", None)]
    assert runs_of(WHOLLY.replace('"as agreed"', '"以约定为准"'), closed, at="2026-12-10T09:00") == [("met", None)]
    assert "figure: as agreed" in explain_rule(policy, "limit/whole", "en")


def test_what_is_as_agreed_names_what_agrees() -> None:
    with pytest.raises(InvalidPolicy, match="what is agreed is the limit, and no agreement counts here"):
        Policy.from_text(WHOLLY.replace("agreed = true\n", ""))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            ('first = [{ within = "as agreed" }]', 'first = [{ within = "as agreed" }, { within = "5 days" }]'),
            "a limit that is as agreed has this one row",
        ),
        (("agreed = true", "agreed = true\nagreed_later = true"), "there is no figure than which an agreed time"),
    ],
)
def test_a_limit_that_is_wholly_as_agreed_has_no_figure_beside_it(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(InvalidPolicy, match=fault):
        Policy.from_text(WHOLLY.replace(*change))


def test_an_agreement_nobody_can_place_decides_neither_for_nor_against() -> None:
    """It may have been made after the time was up, or replaced by another."""
    undated = Event("agreed", due=happened("agreed", "2026-10-09T09:00", due="2026-10-12T18:00").due)
    assert runs_of(WHOLLY, undated, at="2026-10-12T09:00")[0][0] == "running"
    assert runs_of(WHOLLY, undated)[0][0] == "undetermined"


AT_ONCE: Final = HEAD + 'from = "received"\nuntil = "closed"\nagreed = true\nfirst = [{ within = "at once" }]\n'
STANDING_STILL: Final = (
    HEAD + 'from = "received"\nuntil = "closed"\nagreed = true\nfirst = [{ within = "10 days" }]\n'
    'pauses = [{ reason = "mediation" }]\n'
)


@pytest.mark.parametrize("text", [AT_ONCE, STANDING_STILL], ids=["at once", "standing still"])
@pytest.mark.parametrize(
    ("closed", "dated", "undated", "why"),
    [
        ("2026-10-12T17:00", "met", "met", "in time by what was agreed and by the text, which sets no moment"),
        ("2026-10-12T19:00", "met_late", "undetermined", "too late, if it was agreed before"),
        (None, "overdue", "undetermined", "the same of what goes on"),
    ],
)
def test_where_the_text_sets_no_moment_an_agreement_of_unknown_time_may_have(
    text: str, closed: str | None, dated: str, undated: str, why: str
) -> None:
    """A law under other examples: hiding when a time was agreed made a limit met that was late."""
    events = [happened("suspended", "2026-10-08T10:00", reason="mediation")]
    if closed is not None:
        events.append(happened("closed", closed))
    agreed = happened("agreed", "2026-10-09T09:00", due="2026-10-12T18:00")
    assert runs_of(text, agreed, *events) == [(dated, "2026-10-12T18:00")], why
    assert runs_of(text, Event("agreed", due=agreed.due), *events) == [(undated, "2026-10-12T18:00")], why


def test_an_agreement_of_unknown_time_that_can_only_lengthen_accuses_nobody() -> None:
    later = AT_ONCE.replace("agreed = true", "agreed = true\nagreed_later = true")
    undated = Event("agreed", due=happened("agreed", "2026-10-09T09:00", due="2026-10-12T18:00").due)
    assert [status for status, _ in runs_of(later, undated, happened("closed", "2026-10-12T19:00"))] == ["met"]


PLAIN: Final = HEAD + 'from = "received"\nuntil = "closed"\nagreed = true\nfirst = [{ within = "10 days" }]\n'
SOON: Final = happened("agreed", "2026-10-09T09:00", due="2026-10-10T18:00")
HOP: Final = happened("routed", "2026-10-12T09:00")
LATE: Final = happened("agreed", "2026-10-09T10:00", due="2026-10-12T18:00")


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([Event("agreed", due=SOON.due), happened("closed", "2026-10-11T09:00"), HOP],
            "undetermined", "recorded first, placed behind the hop: it may have been agreed before the closing"),
        ([happened("closed", "2026-10-11T09:00"), Event("agreed", due=SOON.due)], "undetermined", "the same"),
        ([happened("closed", "2026-10-10T09:00"), Event("agreed", due=SOON.due)], "met", "in time by either"),
        ([SOON, Event("agreed", due=LATE.due), happened("closed", "2026-10-11T09:00")], "undetermined",
            "late by the one agreed on the 9th, unless the other was agreed after it"),
        ([Event("agreed", due=SOON.due), LATE, happened("closed", "2026-10-11T09:00")], "undetermined",
            "in time by the one of the 9th, unless the other was agreed after it"),
        ([SOON, Event("agreed", due=LATE.due), happened("closed", "2026-10-12T19:00")], "met_late", "late by both"),
        ([Event("agreed"), LATE, happened("closed", "2026-10-12T09:00")], "undetermined",
            "in time by the one of the 9th, unless another time was agreed after it"),
        ([happened("agreed", "2026-10-09T09:30"), LATE, happened("closed", "2026-10-12T09:00")], "met",
            "what was agreed last names a time"),
    ],
)  # fmt: skip
def test_an_agreement_of_unknown_time_may_be_the_last_or_come_too_late(
    events: list[Event], expected: str, why: str
) -> None:
    assert [status for status, _ in runs_of(PLAIN, *events)] == [expected], why


def test_a_time_that_may_be_earlier_than_what_was_known_first_is_no_lateness_of_a_limit_that_only_lengthens() -> None:
    later = PLAIN.replace("agreed = true", "agreed = true\nagreed_later = true")
    text = ("2026-10-18T23:59", "2026-10-20T18:00")  # ten days; what was perhaps agreed
    longer = Event("agreed", due=happened("agreed", "2026-10-09T09:00", due=text[1]).due)
    ended = [(runs_of(later, longer, happened("closed", day), at="2026-11-13T09:00"))[0][0] for day in (
        "2026-10-18T09:00", "2026-10-19T09:00", "2026-10-21T09:00",
    )]  # fmt: skip
    assert ended == ["met", "undetermined", "met_late"]
    assert runs_of(later, Event("agreed", due=SOON.due), happened("closed", "2026-10-11T09:00"))[0][0] == "met"


VOIDED: Final = PLAIN.replace("agreed = true", 'agreed = true\nvoid_on = "withdrawn"')
LONGER: Final = happened("agreed", "2026-10-10T20:00", due="2026-10-20T18:00")


@pytest.mark.parametrize(
    ("withdrawn", "expected", "why"),
    [
        ("2026-10-10T09:00", [("void", "2026-10-10T18:00")], "withdrawn in time: what was agreed later is of nothing"),
        ("2026-10-10T19:00", [("void", "2026-10-10T18:00")], "withdrawn late, and before the second time was agreed"),
        ("2026-10-11T09:00", [("overdue", "2026-10-10T18:00"), ("void", "2026-10-20T18:00")],
            "late by the first time when the second was agreed: no withdrawal undoes that"),
        ("2026-10-10", [("undetermined", "2026-10-10T18:00"), ("void", "2026-10-20T18:00")],
            "withdrawn on the day of the first time, before its hour or after it"),
        (None, [("undetermined", "2026-10-10T18:00"), ("undetermined", "2026-10-20T18:00")],
            "withdrawn before the first time or after it, before the closing or after it"),
    ],
)  # fmt: skip
def test_what_was_late_until_another_time_was_agreed_is_not_lost_where_nobody_knows_when_it_was_withdrawn(
    withdrawn: str | None, expected: list[tuple[str, str]], why: str
) -> None:
    """A law under other examples: hiding when it was withdrawn made a limit met that was late on record."""
    left = Event("withdrawn") if withdrawn is None else happened("withdrawn", withdrawn)
    assert runs_of(VOIDED, SOON, LONGER, left, happened("closed", "2026-10-12T09:00")) == expected, why
