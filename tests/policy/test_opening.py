"""Opening hours are a parameter like any other: what needs them waits, is listed as missing, and stops nothing else."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.errors import MissingParameter
from complaint_rules.linking.linker import link
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.opening import waiting_for_hours
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.small import TITLE, due, duty, limit, own, table, worked, written

ROWS: Final = "[{ within = '8 working hours' }]"


@pytest.mark.parametrize(
    ("parts", "waits", "why"),
    [
        ((limit(ROWS),), ("limit/whole",), "working hours run inside opening hours"),
        ((limit("[{ within = '30 working minutes' }]"),), ("limit/whole",), "so do working minutes"),
        ((limit("[{ within = '5 days' }]", "ends = 'close'"),), ("limit/whole",), "the close of business is an hour"),
        ((limit("[{ within = '5 days' }]"),), (), "24:00 is none"),
        ((limit("[{ within = '5 days', warn = '2 working hours' }]"),), ("limit/whole",), "the warning needs them"),
        (
            (limit("[{ within = '5 days' }]", "[[limit.extension]]", "to = '90 working hours'"),),
            ("limit/whole",),
            "the total of the extension needs them",
        ),
        ((duty("must", "'replied'", "within = '2 working hours'"),), ("duty/act",), "a duty counts alike"),
        ((duty("must", "'replied'", "within = '2 hours'"),), (), "plain hours need none"),
        (
            (table("pace", ("slow", "elapsed('received', '8 working hours')"), ("good", "")),),
            ("table/pace",),
            "the condition needs them",
        ),
        (
            (
                limit(ROWS),
                table("pace", ("slow", "late('whole')"), ("good", "")),
                limit("[{ within = '5 days', when = \"pace == 'slow'\" }]", id="second"),
                duty("must", "'replied'", "when = \"pace == 'slow'\""),
            ),
            ("limit/whole", "table/pace", "limit/second", "duty/act"),
            "what reads what waits waits as well",
        ),
    ],
)
def test_a_rule_waits_for_hours_where_it_or_what_it_reads_counts_in_them(
    parts: tuple[str, ...], waits: tuple[str, ...], why: str
) -> None:
    assert waiting_for_hours(own(*parts)) == waits, why


LINK: Final = f"[[link]]\nid = 'same'\n{TITLE}\nsame = ['respondent']\nwindow = '8 working hours'\n"


def test_a_link_over_working_hours_waits_for_them_and_so_does_what_reads_it() -> None:
    policy = own(LINK, table("mass", ("many", "linked('same') >= 2"), ("few", "")))
    assert waiting_for_hours(policy) == ("link/same", "table/mass")
    alike = [complaint(f"2026-09-21T{hour}:00", key=f"c-{hour}", respondent="post 1") for hour in ("10", "16")]
    links = link(alike, policy)
    assert links.missing == {"same": "hours"}
    with pytest.raises(MissingParameter, match="its window waits for opening hours"):
        links.groups("same")
    assert link(alike, own(LINK, "[hours]\nspans = [['09:00', '17:00']]")).counts("c-16") == {"same": 2}
    assert link(alike, policy, calendar=WorkCalendar.china().with_hours("09:00-17:00")).counts("c-16") == {"same": 2}


def test_of_the_shipped_rule_sets_only_one_counts_working_hours_and_waits_for_them() -> None:
    waiting = {key: waiting_for_hours(load_policy(key)) for key in policies()}
    assert {key: rules for key, rules in waiting.items() if rules} == {"maker-capa": ("limit/temporary",)}


def mixed() -> Policy:
    return own(
        limit(ROWS),
        limit("[{ within = '5 days' }]", "ends = 'close'", id="by_close"),
        limit("[{ within = '3 days', warn = '1 working hour' }]", id="plain"),
        duty("must", "'replied'", "within = '2 working hours'"),
    )


@pytest.mark.parametrize("events", [[], [ev("routed", "2026-09-21T12:00")]], ids=["at receipt", "with a history"])
def test_a_limit_without_hours_is_undetermined_and_the_hours_are_missing(events: list[Event]) -> None:
    """Both ways: that of a case without history, and the general one."""
    found = worked(mixed(), "2026-09-21T10:00", events, "2026-09-22T09:00")
    assert [(name, clock.status.value, due(clock)) for name, clock in found.clocks.items()] == [
        ("whole", "undetermined", None),
        ("by_close", "undetermined", None),
        ("plain", "running", "2026-09-24"),  # the 21st and three days: nothing of it needs hours
    ]
    plain = found.clocks["plain"].run
    assert plain is not None
    assert plain.warn_at is None
    (owed,) = found.duties
    assert (owed.status.value, owed.due_at) == ("due", None)
    (gap,) = found.missing
    assert (gap.name, gap.what.value) == ("hours", "hours")
    assert gap.waits == ("limit/whole", "limit/by_close", "limit/plain", "duty/act")
    assert found.violations == ()


def test_hours_of_the_calendar_or_of_the_policy_are_hours() -> None:
    calendar = WorkCalendar.china().with_hours(Hours.of("09:00-17:00"))
    found = assess(complaint("2026-09-21T10:00"), mixed(), at=instant("2026-09-22T09:00"), calendar=calendar)
    assert found.missing == ()
    assert [due(clock) for clock in found.clocks.values()] == [
        "2026-09-22T10:00",  # eight hours from 10:00: seven on the 21st, one on the 22nd
        "2026-09-26",  # a Saturday: it has no close of business, so it ends at 24:00
        "2026-09-24",
    ]
    warned = found.clocks["plain"].run
    assert warned is not None
    assert written(warned.warn_at) == "2026-09-24T16:00", "one working hour before 24:00 is one before the close"


def test_the_words_say_that_hours_were_not_supplied_in_both_languages() -> None:
    found = worked(mixed(), "2026-09-21T10:00", [], "2026-09-22T09:00")
    assert "- opening hours not supplied: opening hours; waiting for it: " in found.explain("en")
    assert "- 未提供的营业时间：营业时间；待其提供：" in found.explain("zh")
    assert "opening hours were not supplied, so it cannot be counted" in found.clocks["whole"].explain("en")
    assert "未提供营业时间，无法计算" in found.clocks["whole"].explain("zh")
    assert "not supplied: opening hours" in found.duties[0].explain("en")
    assert "未提供：营业时间" in found.duties[0].explain("zh")
    assert found.to_dict()["missing"][0]["what"] == "hours"


def test_a_condition_that_needs_hours_is_unknown_without_them() -> None:
    policy = own(
        table("pace", ("slow", "elapsed('received', '8 working hours')"), ("good", "")),
        duty("must", "'replied'", "when = \"elapsed('received', '8 working hours')\"", "within = '1 day'"),
    )
    for events in ([], [ev("routed", "2026-09-21T12:00")]):
        found = worked(policy, "2026-09-21T10:00", events, "2026-09-25T09:00")
        assert not found.findings["pace"].certain
        assert set(found.findings["pace"].possible) == {"slow", "good"}
        assert found.duties == ()
        assert found.next_change_at is None, "nothing will change by time alone"


def test_an_extension_to_a_total_in_working_hours_leaves_a_limit_open_without_hours() -> None:
    policy = own(limit("[{ within = '5 days' }]", "[[limit.extension]]", "to = '90 working hours'"))
    found = worked(policy, "2026-09-21T10:00", [ev("extended", "2026-09-22T12:00")], "2026-09-23T09:00")
    assert found.clocks["whole"].due_at is not None, "what cannot be counted lengthens nothing"
    assert found.clocks["whole"].due_at.astimezone(BEIJING).date() == instant("2026-09-26T00:00").date()


def test_of_several_rows_those_that_need_no_hours_still_bind() -> None:
    rows = "[{ within = '8 working hours' }, { within = '3 days' }]"
    for events in ([], [ev("routed", "2026-09-21T12:00")]):
        found = worked(own(limit(rows, rows_are="earliest")), "2026-09-21T10:00", events, "2026-09-22T09:00")
        assert due(found.clocks["whole"]) == "2026-09-24", "what is known binds: it can only be due earlier"
        assert [gap.name for gap in found.missing] == ["hours"]
