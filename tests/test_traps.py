"""What others fell into, row by row: a named test for each, here or where its subject is tested."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from complaint_rules.assessing import assess, permitted
from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.notices import DayKind
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.responsibility import holdings
from complaint_rules.errors import CalendarUnpublished, InvalidPeriod
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import clock, duty, fact, limit, own, table, worked, written


class Trap(NamedTuple):
    """One row of the list, its threads, and the tests that hold it."""

    row: int | str
    threads: str
    tests: tuple[str, ...]


HERE: Final = "test_traps"
TRAPS: Final = (
    Trap(
        1,
        "vacanza/holidays#2196",
        (
            "calendar/test_working_days::test_a_make_up_day_in_december_belongs_to_the_next_years_notice_and_is_not_lost",
        ),
    ),
    Trap(
        2,
        "vacanza/holidays#3293",
        (
            "calendar/test_working_days::test_every_day_from_2004_to_2026_agrees_with_chinese_calendar_save_one_known_fault_of_its",
        ),
    ),
    Trap(
        3,
        "NateScarlet/holiday-cn#14",
        (
            "calendar/test_working_days::test_labour_day_2019_stands_as_it_was_known_before_and_after_the_notice_of_22_march",
        ),
    ),
    Trap(
        4,
        "NateScarlet/holiday-cn#135",
        ("calendar/test_working_days::test_spring_festival_2020_was_extended_by_a_notice_published_on_27_january",),
    ),
    Trap(5, "nager/Nager.Date#1075", (f"{HERE}::test_row_5_a_predicted_year_is_provisional_or_refused",)),
    Trap(
        6,
        "liriansu-opus/chinese-calendar#94, gerrymanoim/exchange_calendars#531",
        (f"{HERE}::test_row_6_winter_before_the_notice_crashes_nothing",),
    ),
    Trap(
        7,
        "liriansu-opus/chinese-calendar#31, vsme/chinese-days#46",
        (
            "calendar/test_working_days::test_the_word_that_means_two_things_names_no_kind_and_day_off_and_make_up_day_have_two_names",
        ),
    ),
    Trap(
        8,
        "workalendar/workalendar#761",
        (
            "calendar/test_working_days::test_a_bank_that_cannot_wait_adds_the_notice_and_the_year_is_published",
            "calendar/test_working_days::test_a_notice_that_contradicts_itself_or_the_law_is_refused_with_every_fault",
        ),
    ),
    Trap(
        9,
        "zendesk/biz#103, #5",
        ("calendar/test_hours::test_a_make_up_day_has_normal_hours_or_shorter_ones_where_they_are_given",),
    ),
    Trap(
        10,
        "bokmann/business_time#192, #196",
        (f"{HERE}::test_row_10_both_readings_of_a_start_on_a_rest_day_have_a_name",),
    ),
    Trap(
        11,
        "mysociety/alaveteli#5101",
        ("periods/test_proofs::test_mysociety_alaveteli_5101_the_proof_shows_each_day_and_which_holidays_counted",),
    ),
    Trap(
        12,
        "mysociety/alaveteli#7292",
        (f"{HERE}::test_row_12_a_new_holiday_moves_open_deadlines_and_keeps_closed_ones",),
    ),
    Trap(
        13,
        "hmcts/cmc-claim-store PR#39",
        (
            "assessment/test_clocks::test_an_extension_counts_from_the_original_base",
            "periods/test_periods::test_hmcts_cmc_claim_store_39_an_extension_counts_from_the_base_not_from_the_rolled_end",
        ),
    ),
    Trap(14, "bcgov/tfrs#2862", (f"{HERE}::test_row_14_a_last_day_on_a_holiday_with_and_without_a_roll",)),
    Trap(15, "glpi-project/glpi#10594, PR#14937", (f"{HERE}::test_row_15_a_pause_over_a_weekend_is_counted_in_days",)),
    Trap(16, "glpi-project/glpi#6902, #15605", (f"{HERE}::test_row_16_another_class_while_paused_keeps_the_pause",)),
    Trap(
        17,
        "frappe/helpdesk PR#2449, frappe/erpnext PR#49414",
        (f"{HERE}::test_row_17_a_hold_overnight_takes_off_working_time_once",),
    ),
    Trap(
        18,
        "sifex/sla-timer#1",
        (
            f"{HERE}::test_row_18_a_pause_without_end_leaves_no_due_moment",
            "periods/test_periods::test_sifex_sla_timer_1_an_open_pause_leaves_no_end_and_what_remains_stands_still",
        ),
    ),
    Trap(
        19,
        "zammad/zammad#188, glpi-project/glpi#23359",
        (f"{HERE}::test_row_19_closed_time_is_not_counted_after_reopening",),
    ),
    Trap(
        20,
        "osTicket/osTicket PR#5206, znuny/Znuny#369",
        ("assessment/test_clocks::test_a_reopening_does_what_the_policy_says",),
    ),
    Trap(
        21, "zammad/zammad#5624, #4353", (f"{HERE}::test_row_21_no_old_clock_survives_a_transfer_or_a_rule_withdrawn",)
    ),
    Trap(
        22,
        "zammad/zammad#904, frappe/helpdesk#2204",
        ("cases/test_merging::test_zammad_904_and_helpdesk_2204_merging_keeps_the_earliest_receipt",),
    ),
    Trap(
        23,
        "glpi-project/glpi PR#22678, PR#15357",
        (
            "calendar/test_hours::test_one_working_hour_before_a_limit_is_neither_midnight_nor_the_limit",
            "periods/test_periods::test_glpi_22678_and_15357_a_warning_falls_into_the_hours_never_onto_the_limit",
        ),
    ),
    Trap(
        24,
        "glpi-project/glpi#1996, apache/airflow#50481",
        (
            "assessment/test_duties::test_ids_are_stable_and_tell_the_trigger",
            f"{HERE}::test_row_24_the_same_escalation_has_the_same_id_whenever_asked",
        ),
    ),
    Trap(
        25,
        "open-mercato#2293",
        tuple(
            f"rules/test_{name}::{test}"
            for name, test in (
                ("cbirc_2020_3", "test_every_rule_fires_in_some_test"),
                ("golden", "test_the_cases_of_a_file_reach_every_rule_both_ways"),
            )
        ),
    ),
    Trap(
        26,
        "seppemans/businesstimedelta#9, open-c3/open-c3#1084",
        (
            "assessment/test_clocks::test_closing_and_reopening_at_once_or_nobody_knows_when_comes_to_an_end",
            "properties/test_periods::test_every_question_ends_in_an_answer_or_a_refusal",
            f"{HERE}::test_row_26_a_calendar_without_working_time_is_refused_never_a_loop",
        ),
    ),
    Trap(
        27,
        "zendesk/biz#142, bokmann/business_time#36",
        (f"{HERE}::test_row_27_around_midnight_the_day_is_that_of_beijing",),
    ),
    Trap(
        28,
        "osTicket/osTicket#6847, frappe/helpdesk#2212",
        (
            "periods/test_periods::test_osticket_6847_and_frappe_helpdesk_2212_lunch_is_no_working_time",
            f"{HERE}::test_row_28_a_limit_may_end_as_lunch_begins",
        ),
    ),
    Trap(
        29,
        "frappe/helpdesk#1895",
        (
            "cases/test_responsibility::test_frappe_helpdesk_1895_each_line_answers_for_its_own_time",
            "properties/test_cases_responsibility::test_the_times_of_all_holders_add_up_exactly_to_the_whole",
        ),
    ),
    Trap(
        30,
        "zammad/zammad#2579, #4516, #3410",
        (f"{HERE}::test_row_30_whether_it_was_in_time_is_a_function_of_the_history",),
    ),
    Trap(31, "cfpb/consumerfinance.gov PR#6918", (f"{HERE}::test_row_31_an_interval_that_is_not_complete_says_so",)),
    Trap(
        32,
        "camunda/dmn-scala#136, #82",
        (
            f"{HERE}::test_row_32_a_class_names_its_row_and_the_values_that_decided",
            "words/test_conditions::test_dmn_scala_82_the_atoms_carry_the_values_they_read",
        ),
    ),
    Trap(
        33,
        "openfisca/openfisca-core#629, #437",
        (f"{HERE}::test_row_33_strict_and_lenient_answers_are_told_apart_by_type",),
    ),
    Trap(
        34,
        "jbossdemocentral/brms-coolstore-demo#5",
        (f"{HERE}::test_row_34_a_complaint_is_judged_by_the_edition_in_force_at_receipt",),
    ),
    Trap(
        35,
        "fgmacedo/python-statemachine#520, #628",
        (
            f"{HERE}::test_row_35_may_i_and_if_not_why",
            "assessment/test_permission::test_an_act_is_permitted_or_every_reason_against_it_is_given",
        ),
    ),
    Trap(36, "PolicyEngine/policyengine-core#512", (f"{HERE}::test_row_36_data_names_the_version_of_its_shape",)),
)

OF_REGISTERS: Final = (
    Trap(
        "R1",
        "python/cpython#83603, dateutil/dateutil#796",
        ("exchange/test_forms::test_python_83603_and_dateutil_796_a_compact_time_is_not_stretched",),
    ),
    Trap(
        "R2",
        "submersion-app/submersion#63, oliexdev/openScale#1475",
        ("exchange/test_forms::test_submersion_63_and_openscale_1475_half_a_day_is_not_lost",),
    ),
    Trap(
        "R3",
        "JuliaData/CSV.jl PR#609, SpartnerNL/Laravel-Excel#1422",
        ("exchange/test_forms::test_csv_jl_609_a_clock_of_twelve_hours_needs_no_form_where_the_year_comes_first",),
    ),
    Trap(
        "R4",
        "ribbondz/rsv#8, tableflowhq/csv-import#243, TablePress/TablePress#81",
        ("exchange/test_forms::test_rsv_8_a_date_that_cannot_be_read_gets_the_form_to_write",),
    ),
    Trap(
        "R5",
        "firefly-iii/firefly-iii#12249, derdilla/blood-pressure-monitor-fl#322, mtotschnig/MyExpenses#1553",
        ("exchange/test_shapes_of_registers::test_firefly_12249_a_moment_in_two_columns_is_one_moment",),
    ),
    Trap(
        "R6",
        "CityOfBoston/digital#181",
        (
            "exchange/test_shapes_of_registers::test_cityofboston_181_the_last_update_dates_the_reply_only_where_the_status_says_so",
        ),
    ),
    Trap(
        "R7",
        "borgar/numfmt#69",
        ("exchange/test_shapes_of_registers::test_numfmt_69_a_unit_that_says_no_more_than_the_fact_is_read",),
    ),
    Trap(
        "R8",
        "jasp-stats/jasp-desktop#927, SpartnerNL/Laravel-Excel#1126, caporaso-lab/cual-id#42",
        ("cli/test_tables::test_jasp_927_a_key_on_several_lines_is_told_and_its_rows_are_decided",),
    ),
    Trap(
        "R9",
        "odoo/odoo PR#19271, pcreux/csv-importer#54",
        ("exchange/test_kinds::test_odoo_19271_and_csv_importer_54_a_file_without_header_shows_no_person",),
    ),
    Trap(
        "R10",
        "objectstack-ai/objectui#2556",
        ("exchange/test_kinds::test_objectui_2556_a_file_that_is_no_table_is_named_with_what_to_do",),
    ),
    Trap(
        "R11",
        "scrapy/w3lib PR#300, golang/text PR#26, pillarjs/iconv-lite#114",
        ("exchange/test_kinds::test_w3lib_300_and_others_the_euro_sign_of_chinese_excel_is_read",),
    ),
)


@pytest.mark.parametrize("trap", [*TRAPS, *OF_REGISTERS], ids=lambda trap: f"row {trap.row}: {trap.threads}")
def test_every_row_has_a_test_that_exists(trap: Trap) -> None:
    assert trap.tests
    for name in trap.tests:
        module, test = name.replace("/", ".").split("::")
        assert callable(
            getattr(sys.modules.get(f"tests.{module}") or importlib.import_module(f"tests.{module}"), test)
        ), name


def test_no_row_of_the_list_is_left_out() -> None:
    assert [trap.row for trap in TRAPS] == list(range(1, 37))
    listed = Path(__file__).parents[2] / "shared" / "spec" / "traps.md"
    if not listed.exists():
        pytest.skip("the list of traps is not at hand")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", listed.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(row), threads.strip()) for row, threads in rows] == [(trap.row, trap.threads) for trap in TRAPS]


# --- the calendar ---


def test_row_5_a_predicted_year_is_provisional_or_refused() -> None:
    """nager/Nager.Date#1075: predicted years served as fact."""
    assert china().final_through == dt.date(2026, 12, 28)
    due = Period.parse("10 working days").due(instant("2027-02-01"), calendar=china())
    assert due.certainty is Certainty.PROVISIONAL
    with pytest.raises(CalendarUnpublished):
        WorkCalendar.china(unpublished="refuse").is_working_day(dt.date(2027, 2, 1))


def test_row_6_winter_before_the_notice_crashes_nothing() -> None:
    """liriansu-opus/chinese-calendar#94, gerrymanoim/exchange_calendars#531."""
    policy = own(limit('[{ within = "15 working days" }]'))
    found = clock(policy, "2026-12-21T09:00", [], "2026-12-21")
    assert (found.status, found.certainty) == ("running", Certainty.PROVISIONAL)
    assert found.due_at is not None
    assert found.due_at.year == 2027


def test_row_10_both_readings_of_a_start_on_a_rest_day_have_a_name() -> None:
    """bokmann/business_time#192, #196: received on Saturday 26 September, in the Mid-Autumn break."""
    plain = own(limit('[{ within = "5 working days" }]'))
    assert written(clock(plain, "2026-09-26T10:00", [], "2026-09-26").due_at) == "2026-10-09", "28, 29, 30, 8, 9"
    deemed = own(limit('[{ within = "5 working days" }]', 'receipt = "next_working_day"'))
    assert written(clock(deemed, "2026-09-26T10:00", [], "2026-09-26").due_at) == "2026-10-10", "29, 30, 8, 9, 10"


def test_row_12_a_new_holiday_moves_open_deadlines_and_keeps_closed_ones() -> None:
    """mysociety/alaveteli#7292: the extension of Spring Festival 2020, made known on 27 January."""
    before, after = (WorkCalendar.china(as_known_on=dt.date(2020, 1, day)) for day in (26, 27))
    policy = own(limit('[{ within = "5 working days" }]'))
    open_ = Case(complaint("2020-01-21T09:00"))
    at = instant("2020-01-28")
    dues = [written(assess(open_, policy, at=at, calendar=cal).clocks["whole"].due_at) for cal in (before, after)]
    assert dues == ["2020-02-03", "2020-02-05"], "22, 23, 31, 1, 3; then 22, 23, 3, 4, 5"
    closed = open_.with_event(ev("closed", "2020-01-23T10:00"))
    for cal in (before, after):
        assert assess(closed, policy, at=at, calendar=cal).clocks["whole"].status == "met"
    prints = [assess(closed, policy, at=at, calendar=cal).fingerprints["calendar/2020"] for cal in (before, after)]
    assert prints[0] != prints[1], "which arrangement an answer rests on can be told afterwards"


def test_row_14_a_last_day_on_a_holiday_with_and_without_a_roll() -> None:
    """bcgov/tfrs#2862: 20 September and 15 days is 5 October, within the holiday."""
    assert written(clock(own(limit()), "2026-09-20T09:00", [], "2026-09-21").due_at) == "2026-10-05"
    rolled = own(limit('[{ within = "15 days" }]', 'roll = "next_working_day"'))
    assert written(clock(rolled, "2026-09-20T09:00", [], "2026-09-21").due_at) == "2026-10-08"


# --- pauses ---

MEDIATION: Final = 'pauses = [{ reason = "mediation" }]'


def held(start: str, end: str | None) -> list[Event]:
    events = [ev("suspended", start, reason="mediation")]
    return events if end is None else [*events, ev("resumed", end, reason="mediation")]


@pytest.mark.parametrize(
    ("figure", "expected", "why"),
    [
        ("5 days", "2026-10-22", "Saturday, Sunday and Monday: 19 October and 3 days"),
        ("5 working days", "2026-10-22", "one working day, the Monday: 15, 16, 20, 21, 22"),
        ("120 hours", "2026-10-22T01:00", "64 hours, to the minute: 19 October 09:00 and 64 hours"),
    ],
)
def test_row_15_a_pause_over_a_weekend_is_counted_in_days(figure: str, expected: str, why: str) -> None:
    """glpi-project/glpi#10594, PR#14937: stopped over a weekend, from close of business to opening."""
    policy = own(limit(f'[{{ within = "{figure}" }}]', MEDIATION))
    found = clock(policy, "2026-10-14T09:00", held("2026-10-16T17:00", "2026-10-19T09:00"), "2026-10-20")
    assert written(found.due_at) == expected, why


def test_row_16_another_class_while_paused_keeps_the_pause() -> None:
    """glpi-project/glpi#6902, #15605."""
    policy = own(limit('[{ within = "30 days", when = "complex" }, { within = "15 days" }]', MEDIATION))
    start, end = held("2026-09-22", "2026-09-27")
    known = ev("amended", "2026-09-24T09:00", set={"complex": True})
    assert written(clock(policy, "2026-09-20T09:00", [start, end], "2026-10-01").due_at) == "2026-10-10", (
        "5 October + 5"
    )
    found = clock(policy, "2026-09-20T09:00", [start, known, end], "2026-10-01")
    assert written(found.due_at) == "2026-10-25", "20 October + 5"


def test_row_17_a_hold_overnight_takes_off_working_time_once() -> None:
    """frappe/helpdesk PR#2449, frappe/erpnext PR#49414: received on a rest day, held from Monday 16:00 to Tuesday."""
    policy = own(limit('[{ within = "8 working hours" }]', MEDIATION))
    case = complaint("2026-10-17T10:00")
    calendar = china().with_hours(Hours.of("09:00-17:00"))
    plain = assess(case, policy, at=instant("2026-10-17"), calendar=calendar).clocks["whole"]
    assert written(plain.due_at) == "2026-10-19T17:00", "Saturday does not count: all of Monday"
    history = Case(case, held("2026-10-19T16:00", "2026-10-20T10:00"))
    found = assess(history, policy, at=instant("2026-10-21"), calendar=calendar).clocks["whole"]
    assert written(found.due_at) == "2026-10-20T11:00", "seven hours on Monday, the eighth on Tuesday from ten"
    assert found.started_at == case.received, "a hold does not shift the start"


def test_row_18_a_pause_without_end_leaves_no_due_moment() -> None:
    """sifex/sla-timer#1."""
    policy = own(limit('[{ within = "15 days" }]', MEDIATION))
    found = clock(policy, "2026-09-20T09:00", held("2026-09-25", None), "2027-06-01")
    assert (found.status, found.due_at) == ("suspended", None)


def test_row_19_closed_time_is_not_counted_after_reopening() -> None:
    """zammad/zammad#188, glpi-project/glpi#23359: close, reopen, close."""
    policy = own(limit('[{ within = "10 days" }]', 'reopen = "continue"'))
    events = [ev("closed", "2026-09-25T09:00"), ev("reopened", "2026-10-25T09:00"), ev("closed", "2026-10-29T09:00")]
    found = clock(policy, "2026-09-20T09:00", events, "2026-12-01")
    assert (found.status, written(found.due_at)) == ("met", "2026-10-30"), "30 September and thirty closed days"


# --- clocks and duties ---


def test_row_21_no_old_clock_survives_a_transfer_or_a_rule_withdrawn() -> None:
    """zammad/zammad#5624, #4353: recomputed from the history, so nothing is left over."""
    old = own(limit(), limit('[{ within = "3 days" }]', id="withdrawn_rule"))
    new = own(limit())
    events = [ev("routed", "2026-09-21", to="a"), ev("transferred", "2026-09-25", unit="b")]
    case = Case(complaint("2026-09-20T09:00"), events)
    at = instant("2026-10-01")
    first, second = (assess(case, old, at=at, calendar=china()).to_dict() for _ in range(2))
    assert first == second
    assert set(assess(case, new, at=at, calendar=china()).clocks) == {"whole"}
    assert [v.rule for v in assess(case, new, at=at, calendar=china()).violations if v.code == "late"] == []


def test_row_24_the_same_escalation_has_the_same_id_whenever_asked() -> None:
    """glpi-project/glpi#1996, apache/airflow#50481."""
    policy = own(limit(), duty("must", '"escalated"', "when = \"late('whole')\"", id="escalate"))
    case = Case(complaint("2026-09-20T09:00"), [ev("routed", "2026-09-21")])
    ids = {
        one.id
        for day in ("2026-10-06", "2026-10-20", "2026-12-01")
        for one in assess(case, policy, at=instant(day), calendar=china()).duties
    }
    assert ids == {"own/escalate/c-1/received@2026-09-20T09:00:00+08:00"}


def test_row_26_a_calendar_without_working_time_is_refused_never_a_loop() -> None:
    """seppemans/businesstimedelta#9, open-c3/open-c3#1084."""
    with pytest.raises(ValueError, match="no opening hours"):
        Period.parse("8 working hours").due(instant("2026-09-21T09:00"), calendar=china())
    found = clock(own(limit('[{ within = "8 working hours" }]')), "2026-09-21T09:00", [], "2026-09-21")
    assert (found.status.value, found.due_at) == ("undetermined", None), "the hours are missing"
    with pytest.raises(InvalidPeriod):
        Period.parse("0 working days")


@pytest.mark.parametrize(
    ("received", "expected", "why"),
    [
        ("2026-09-30T15:30:00+00:00", "2026-10-08", "23:30 on the eve: the next working day is the 8th"),
        ("2026-09-30T16:30:00+00:00", "2026-10-08", "00:30 on the holiday: the same working day"),
        ("2026-10-07T15:30:00+00:00", "2026-10-08", "23:30 on its last day"),
        ("2026-10-07T16:30:00+00:00", "2026-10-09", "00:30 on the first working day: the one after"),
    ],
)
def test_row_27_around_midnight_the_day_is_that_of_beijing(received: str, expected: str, why: str) -> None:
    """zendesk/biz#142, bokmann/business_time#36."""
    from complaint_rules.cases.complaint import Complaint

    one = Complaint(id="c-1", received=dt.datetime.fromisoformat(received))
    policy = own(limit('[{ within = "1 working day" }]'))
    found = assess(one, policy, at=one.received_from, calendar=china())
    assert written(found.clocks["whole"].due_at) == expected, why


@pytest.mark.parametrize(
    ("figure", "expected"), [("3 working hours", "2026-11-04T12:00"), ("181 working minutes", "2026-11-04T13:31")]
)
def test_row_28_a_limit_may_end_as_lunch_begins(figure: str, expected: str) -> None:
    """osTicket/osTicket#6847, frappe/helpdesk#2212."""
    hours = '[hours]\nspans = [["09:00", "12:00"], ["13:30", "17:00"]]'
    policy = own(hours, limit(f'[{{ within = "{figure}" }}]'))
    assert written(clock(policy, "2026-11-04T09:00", [], "2026-11-04T09:00").due_at) == expected


# --- figures and explanations ---


def test_row_30_whether_it_was_in_time_is_a_function_of_the_history() -> None:
    """zammad/zammad#2579, #4516, #3410; and a customer settled in time who complains again stays settled in time."""
    policy = own(
        limit('[{ within = "10 days" }]', 'reopen = "new"'), table("t", ("in_time", "met('whole')"), ("not", ""))
    )
    settled = [ev("closed", "2026-09-25T09:00")]
    again = [*settled, ev("reopened", "2026-11-01T09:00")]
    for events in (settled, list(reversed(settled)), again):
        runs = clock(policy, "2026-09-20T09:00", events, "2026-12-01").runs
        assert runs[0].status == "met"
    for at in ("2026-09-26", "2026-10-20", "2026-12-01"):
        assert worked(policy, "2026-09-20T09:00", settled, at).findings["t"].value == "in_time"


def test_row_31_an_interval_that_is_not_complete_says_so() -> None:
    """cfpb/consumerfinance.gov PR#6918: the last stretch still lasts, so it may not be read as a whole one."""
    case = Case(complaint("2026-09-21T09:00", received_by="outlet"), [ev("routed", "2026-09-22T09:00", to="branch")])
    held_ = holdings(case, china(), at=instant("2026-09-25"))
    assert [(one.holder, one.until is None) for one in held_] == [("outlet", False), ("branch", True)]


def test_row_32_a_class_names_its_row_and_the_values_that_decided() -> None:
    """camunda/dmn-scala#136, #82."""
    found = worked(policy_of("psbc-95580"), "2026-09-30T16:05", [], "2026-10-01", complainants=3).findings["priority"]
    assert (found.value, found.cite) == ("urgent", "10 item 2 sub 3")
    assert "3" in found.explain("en")


def test_row_33_strict_and_lenient_answers_are_told_apart_by_type() -> None:
    """openfisca/openfisca-core#629, #437: silence and standstill are both avoided."""
    day = dt.date(2027, 3, 1)
    assert china().kind(day) is DayKind.WORKDAY
    assert Period.parse("1 day").due(day, calendar=china()).certainty in (Certainty.PROVISIONAL, Certainty.FINAL)
    lenient = Period.parse("1 working day").due(day, calendar=china())
    assert lenient.certainty is Certainty.PROVISIONAL
    with pytest.raises(CalendarUnpublished):
        _ = Period.parse("1 working day").due(day, calendar=WorkCalendar.china(unpublished="refuse")).at


def test_row_34_a_complaint_is_judged_by_the_edition_in_force_at_receipt() -> None:
    """jbossdemocentral/brms-coolstore-demo#5."""
    policy = own("effective_from = 2026-03-01", limit())
    early, later = (worked(policy, day, [], "2026-10-01") for day in ("2026-02-28T09:00", "2026-03-01T09:00"))
    assert [note.code for note in early.notes] == ["not_in_force"]
    assert later.notes == ()
    assert later.fingerprints["policy"] == policy.fingerprint


def test_row_35_may_i_and_if_not_why() -> None:
    """fgmacedo/python-statemachine#520, #628."""
    policy = own(fact("vip"), duty("must_not", '"disclosed"', 'unless = "vip"', 'cite = "22"'))
    answer = permitted(
        complaint("2026-09-20T09:00", vip=False), ev("disclosed", "2026-09-21"), policy, calendar=china()
    )
    assert not answer
    assert [(one.rule, one.cite) for one in answer.against] == [("duty/act", "22")]


def test_row_36_data_names_the_version_of_its_shape() -> None:
    """PolicyEngine/policyengine-core#512."""
    data: dict[str, Any] = worked(own(limit()), "2026-09-20T09:00", [], "2026-09-21").to_dict()
    assert data["format"] == "complaint-rules/assessment/1"
    assert data["at"] == dt.datetime(2026, 9, 21, 12, tzinfo=BEIJING).isoformat()
