"""The life of a case in order of time: what happened, what followed, who held the file; as data, text and chart."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from complaint_rules import Case, Complaint, Event
from complaint_rules.errors import UnknownLanguage
from complaint_rules.words.charts import timeline_mermaid
from complaint_rules.words.timelines import Happening, Moment, timeline, timeline_text, timeline_to_dict
from tests import small
from tests.golden import assessed, case_of, happened, policy_of

SHORT = '[{ within = "5 days" }]'
DATA = re.compile(r"(?:(?:done|active|crit|milestone), )?\d{4}-\d\d-\d\d \d\d:\d\d, (?:\d{4}-\d\d-\d\d \d\d:\d\d|0d)")


def told(found: Any) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Give what happened, on which day and to which limits, in order."""
    return [
        (one.what.value, None if one.when is None else one.when.isoformat()[:10], one.clocks) for one in timeline(found)
    ]


def charted(text: str) -> list[tuple[str, str]]:
    """Read a gantt chart as Mermaid does: a name up to the first colon, then the data; fails on what it refuses."""
    first, title, dates, axis, *lines = text.splitlines()
    assert (first, dates, axis) == ("gantt", "    dateFormat YYYY-MM-DD HH:mm", "    axisFormat %m-%d")
    assert title.startswith("    title ")
    assert not set(title) & set(";#{}")
    bars = []
    for line in lines:
        assert line.startswith("    ")
        name, colon, data = line.strip().partition(" :")
        assert name
        assert not set(name) & set(':;#%{}<>"')
        if not colon:
            assert name.startswith("section ")
            continue
        assert not re.match(r"title|section|click|call|href", name, re.IGNORECASE)
        assert DATA.fullmatch(data), line
        start, end = (
            re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", data)[0],
            re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d|0d", data)[-1],
        )
        assert end == "0d" or start < end
        bars.append((name, data))
    return bars


# --- the worked answer of issue 3: mediation from 1 to 11 October moves the limit by ten days ---

MEDIATED = case_of(
    "2026-09-20T10:00",
    [
        happened("routed", "2026-09-21T09:00", to="branch", by="head_office"),
        happened("suspended", "2026-10-01", reason="mediation", id="s", items=["consent", "application"]),
        happened("resumed", "2026-10-11", reason="mediation"),
        happened("extended", "2026-10-12T10:00", id="x", approved_by="superior"),
        happened("suspended", "2026-10-13", reason="holiday"),
        happened("replied", "2026-11-25T10:00", by="branch"),
    ],
    received_by="head_office",
    complex=True,
    complex_reason_recorded=True,
)


def mediated() -> Any:
    return assessed(policy_of("cbirc-2020-3"), MEDIATED, "2026-11-26T10:00")


def test_a_mediated_complaint_is_told_from_receipt_to_late_reply() -> None:
    assert told(mediated()) == [
        ("received", "2026-09-20", ()),
        ("event", "2026-09-21", ()),
        ("handed_over", "2026-09-21", ()),
        ("stopped", "2026-10-01", ("decide",)),
        ("resumed", "2026-10-11", ("decide",)),
        ("extension_refused", "2026-10-12", ("decide",)),
        ("stop_refused", "2026-10-13", ()),
        ("warned", "2026-10-26", ("decide",)),
        ("breached", "2026-10-30", ("decide",)),
        ("event", "2026-11-25", ()),
    ]


def test_who_held_the_file_stands_beside_the_breach_and_the_handover() -> None:
    by_what = {one.what: one for one in timeline(mediated())}
    assert (by_what[Happening.HANDED_OVER].by, by_what[Happening.HANDED_OVER].to) == ("head_office", "branch")
    assert by_what[Happening.BREACHED].by == "branch"
    assert by_what[Happening.STOPPED].cite == "23"


def test_the_text_is_one_line_a_moment_in_both_languages() -> None:
    assert timeline_text(mediated(), "zh").splitlines()[2:6] == [
        "2026-09-21（周一）09:00  转手（总行（总公司） → 分支机构）",
        "2026-10-01（周四）  中止：“作出处理决定并告知”（第二十三条）（原因：调解）",
        "2026-10-11（周日）  恢复：“作出处理决定并告知”（原因：调解）",
        "2026-10-12（周一）10:00  延期不生效：“作出处理决定并告知”（第十八条第一款）（所需手续不齐）",
    ]
    assert (
        "2026-10-30 (Fri) 24:00  breached: “Decide and tell the complainant” (art. 18(1)) (held by Branch)"
        in timeline_text(mediated(), "en")
    )


def test_the_chart_shows_holders_the_limit_its_pause_and_the_late_stretch() -> None:
    bars = dict(charted(timeline_mermaid(mediated(), "en")))
    assert bars["Head office"] == "2026-09-20 10:00, 2026-09-21 09:00"
    assert bars["met late"] == "done, 2026-09-20 10:00, 2026-10-31 00:00"
    assert bars["breached"] == "crit, 2026-10-31 00:00, 2026-11-25 10:00"
    assert bars["stopped (mediation)"] == "2026-10-01 00:00, 2026-10-11 00:00"
    assert bars["received (by Head office)"] == "milestone, 2026-09-20 10:00, 0d"


def test_the_data_goes_through_json_unchanged() -> None:
    data = timeline_to_dict(timeline(mediated()))
    assert json.loads(json.dumps(data)) == data
    assert data[3] == {
        "when": "2026-10-01", "what": "stopped", "event": "suspended", "place": 1, "by": None, "to": None,
        "reason": "mediation", "clocks": ["decide"], "cite": "23",
    }  # fmt: skip


@pytest.mark.parametrize("draw", [timeline_text, timeline_mermaid])
def test_another_language_is_refused(draw: Any) -> None:
    with pytest.raises(UnknownLanguage):
        draw(mediated(), "fr")


# --- everything a limit can do ---


def test_a_limit_kept_is_met_with_the_event_that_ended_it() -> None:
    found = small.worked(
        small.own(small.limit(SHORT)), "2026-10-01", [happened("closed", "2026-10-03T10:00", by="b-1")], "2026-10-04"
    )
    assert told(found) == [
        ("received", "2026-10-01", ()),
        ("event", "2026-10-03", ()),
        ("met", "2026-10-03", ("whole",)),
    ]
    assert timeline(found)[-1].by == "b-1"
    assert timeline_text(found, "en").splitlines()[-1] == "2026-10-03 (Sat) 10:00  met in time: “A” (by b-1)"


def test_a_withdrawal_makes_the_limit_void() -> None:
    policy = small.own(small.limit(SHORT, 'void_on = "withdrawn"'))
    found = small.worked(policy, "2026-10-01", [Event("withdrawn", dt.date(2026, 10, 3))], "2026-10-04")
    assert [what for what, _, _ in told(found)] == ["received", "event", "void"]


def test_a_reopening_and_a_restart_are_moments_of_their_own() -> None:
    policy = small.own(small.limit(SHORT, 'restart = { on = "supplemented", cite = "7" }', 'reopen = "new"'))
    history = [
        Event("supplemented", dt.date(2026, 10, 2)),
        Event("closed", dt.date(2026, 10, 4)),
        Event("reopened", dt.date(2026, 10, 6)),
    ]
    found = small.worked(policy, "2026-10-01", history, "2026-10-07")
    assert told(found) == [
        ("received", "2026-10-01", ()),
        ("event", "2026-10-02", ()),
        ("restarted", "2026-10-02", ("whole",)),
        ("event", "2026-10-04", ()),
        ("met", "2026-10-04", ("whole",)),
        ("reopened", "2026-10-06", ()),
        ("due", "2026-10-11", ("whole",)),
    ]
    assert timeline(found)[2].cite == "7"


def test_a_reopening_can_start_the_limit_anew() -> None:
    policy = small.own(small.limit(SHORT, 'reopen = "restart"'))
    history = [Event("closed", dt.date(2026, 10, 4)), Event("reopened", dt.date(2026, 10, 6))]
    found = small.worked(policy, "2026-10-01", history, "2026-10-07")
    assert ("restarted", "2026-10-06", ("whole",)) in told(found)


def test_a_suspension_that_lacks_what_it_needs_names_the_limit_that_ran_on() -> None:
    policy = small.own(
        small.limit(
            SHORT, 'pauses = [{ reason = "appraisal", requires = "\'complainant\' in event.told", cite = "9" }]'
        )
    )
    history = [
        Event("suspended", dt.date(2026, 10, 2), reason="appraisal"),
        Event("resumed", dt.date(2026, 10, 3), reason="appraisal"),
    ]
    found = small.worked(policy, "2026-10-01", history, "2026-10-04")
    refused = timeline(found)[1]
    assert (refused.what, refused.clocks, refused.cite, refused.reason) == (
        Happening.STOP_REFUSED, ("whole",), "9", "requirements",
    )  # fmt: skip
    assert timeline(found)[2].clocks == ()
    assert "所需手续不齐" in timeline_text(found, "zh")


def test_an_extension_that_counts_is_told_with_its_article() -> None:
    extension = '[[limit.extension]]\nid = "longer"\non = "extended"\nadd = "3 days"\ncite = "8"'
    policy = small.own(small.limit(SHORT), extension)
    history = [Event("extended", dt.date(2026, 10, 2), by="e-1"), Event("extended", dt.date(2026, 10, 3), by="e-2")]
    found = small.worked(policy, "2026-10-01", history, "2026-10-03")
    assert told(found)[1:] == [
        ("extended", "2026-10-02", ("whole",)),
        ("extension_refused", "2026-10-03", ("whole",)),
        ("due", "2026-10-09", ("whole",)),
    ]
    assert timeline(found)[1].cite == "8"


def test_an_open_pause_is_drawn_up_to_now_and_leaves_nothing_due() -> None:
    policy = small.own(small.limit(SHORT, 'pauses = [{ reason = "mediation" }]'))
    found = small.worked(
        policy, "2026-10-01", [Event("suspended", dt.date(2026, 10, 2), reason="mediation")], "2026-10-04"
    )
    assert [what for what, _, _ in told(found)] == ["received", "stopped"]
    assert ("stopped (mediation)", "2026-10-02 00:00, 2026-10-04 12:00") in charted(timeline_mermaid(found, "en"))


def test_what_is_still_to_come_is_said_so() -> None:
    found = small.worked(small.own(small.limit(SHORT)), "2026-10-01", [], "2026-10-04")
    assert timeline_text(found, "zh").splitlines()[-1] == "2026-10-06（周二）24:00  （未到）届满：“甲”"


def test_a_limit_that_does_not_apply_leaves_no_trace() -> None:
    policy = small.own(small.fact("big"), small.limit('[{ within = "5 days", when = "big" }]'))
    found = small.worked(policy, "2026-10-01", [], "2026-10-04", big=False)
    assert told(found) == [("received", "2026-10-01", ())]
    assert [name for name, _ in charted(timeline_mermaid(found, "en"))] == ["received"]


def test_an_event_without_a_moment_stands_where_the_lifecycle_puts_it_and_is_not_drawn() -> None:
    found = small.worked(
        small.own(small.limit(SHORT)),
        "2026-10-01",
        [Event("closed", dt.date(2026, 10, 4)), Event("replied")],
        "2026-10-05",
    )
    assert [one.event for one in timeline(found)] == ["received", "replied", "closed", "closed"]
    assert "an unknown moment  “replied”" in timeline_text(found, "en")
    assert [name for name, _ in charted(timeline_mermaid(found, "en"))] == [
        "met in time",
        "received",
        "“closed”",
        "met in time： “A”",
    ]


def test_a_reopened_case_goes_back_to_its_holder_without_a_handover() -> None:
    history = [
        happened("routed", "2026-10-02T09:00", to="e-1"),
        happened("closed", "2026-10-03T09:00"),
        happened("reopened", "2026-10-05T09:00"),
        happened("routed", "2026-10-06T09:00", to="e-2"),
    ]
    found = small.worked(small.own(small.limit(SHORT)), "2026-10-01", history, "2026-10-07")
    handed = [one for one in timeline(found) if one.what is Happening.HANDED_OVER]
    assert [(one.by, one.to) for one in handed] == [(None, "e-1"), ("e-1", "e-2")]
    assert "→ e-1" in timeline_text(found, "en")
    assert [name for name, _ in charted(timeline_mermaid(found, "en"))][:4] == ["unknown", "e-1", "e-1", "e-2"]


@pytest.mark.parametrize(
    "key",
    ["a:b;c#d", "section 8", "click me", "%%{init}%%", 'say "yes" <b>', "call()", "x" * 190],
)
def test_no_key_can_break_the_chart(key: str) -> None:
    history = [
        Event("routed", dt.date(2026, 10, 2), to=key, by=key),
        Event("suspended", dt.date(2026, 10, 3), reason=key),
    ]
    policy = small.own(small.limit(SHORT, 'pauses = [{ reason = "mediation" }]'))
    case = Case(Complaint(id=key, received=dt.date(2026, 10, 1), received_by=key), history)
    found = assessed(policy, case, "2026-10-05T10:00")
    assert len(charted(timeline_mermaid(found, "zh"))) >= 4


def test_a_moment_in_plain_data_keeps_an_unknown_time_unknown() -> None:
    assert Moment(when=None, what=Happening.EVENT).to_dict()["when"] is None
