"""Whether a change can be felt: worked answers, every reason to stay open, and brute force on small random editions."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidFigure, InvalidPolicy, OutOfBudget
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes import partings as felt_by
from complaint_rules.verification.changes.diffs import Diff, diff
from complaint_rules.verification.changes.effects import EffectKind, SideBySide
from complaint_rules.verification.changes.entries import WORDS
from complaint_rules.verification.changes.partings import BY_FORMULA, STEPS, Felt, Parting, WhyUndecided, partings
from complaint_rules.verification.changes.revisions import ChangeKind, changes_between
from complaint_rules.verification.changes.touching import Reads, Touch
from complaint_rules.verification.worlds.formulas import either, within
from complaint_rules.verification.worlds.witnesses import Witness
from tests import small
from tests.verification.changes.test_portfolios import case
from tests.verification.changes.test_revisions import PSBC, edited, entry

ROW: Final = '[{ within = "5 days" }]'
RECEIVED: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


def felt(old: Policy, new: Policy) -> dict[str, Felt]:
    return {one.rule: one for one in diff(old, new).felt}


def replays(found: Felt, old: Policy, new: Policy) -> bool:
    """Say whether the case of a verdict comes out as it claims, by an assessment of one's own."""
    assert found.witness is not None
    one, other = (found.witness.assess(policy) for policy in (old, new))
    section, _, name = found.rule.partition("/")
    match section:
        case "table":
            return one.findings[name].decision.value != other.findings[name].decision.value
        case "limit":
            before, after = one.clocks[name], other.clocks[name]
            return (before.status, before.due_at, len(before.runs)) != (after.status, after.due_at, len(after.runs))
        case _:
            had, have = ([(o.status, o.due_at) for o in x.duties if o.duty.id == name] for x in (one, other))
            return had != have


# --- worked answers ---


def test_a_condition_written_otherwise_is_changed_and_proved_the_same() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "ticket", file)["first"][0]["when"] = "not (not settled_on_spot)"

    found = diff(PSBC, edited(PSBC, edit))
    assert [(one.rule, one.kind) for one in found.changes] == [("table/ticket", ChangeKind.CHANGED)]
    verdicts = {one.rule: one.parting for one in found.felt}
    assert {"table/ticket", "limit/whole"} <= verdicts.keys(), "what reads the table is asked about too"
    assert verdicts["table/ticket"] is verdicts["limit/whole"] is Parting.SAME
    assert Parting.SHOWN not in verdicts.values()


def test_a_threshold_that_goes_from_three_to_five_comes_with_a_case_of_three_or_four() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "priority", file)["first"][2]["when"] = "complainants >= 5"

    new = edited(PSBC, edit)
    found = felt(PSBC, new)
    priority = found["table/priority"]
    assert (priority.parting, priority.effects[0].on[2:]) == (Parting.SHOWN, ("urgent", "ordinary"))
    assert priority.witness is not None
    assert priority.witness.case.complaint.complainants in (3, 4)
    assert priority.witness.case.events == (), "nothing that does not matter"
    assert found["limit/whole"].parting is Parting.SHOWN, "48 hours become five working days"
    assert all(replays(one, PSBC, new) for one in found.values() if one.parting is Parting.SHOWN)


def test_a_row_that_was_dropped_comes_with_a_case() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "priority", file)["first"].pop(3)

    new = edited(PSBC, edit)
    found = felt(PSBC, new)["table/priority"]
    assert found.parting is Parting.SHOWN
    assert found.witness is not None
    assert found.witness.case.complaint.press_risk is True
    assert replays(found, PSBC, new)


def test_the_petition_regulations_part_where_the_text_does() -> None:
    """Accusations have ways of their own since 2022: the sixty days for handling bind only what is an appeal."""
    editions = [load_policy("petition-2022", edition=edition) for edition in ("2005", "2022")]
    found = felt(*editions)
    handle = found["limit/handle"]
    assert (handle.parting, handle.effects[0].on.after) == (Parting.SHOWN, "not_applicable")
    assert "limit/review" not in found, "only reworded"
    assert all(replays(one, *editions) for one in found.values() if one.parting is Parting.SHOWN)


def test_a_banks_own_rules_against_what_they_extend() -> None:
    """Only one duty reads otherwise there: a figure for mending the cause."""
    old, new = load_policy("cbirc-2020-3"), load_policy("example-bank")
    found = felt(old, new)
    duty = found["duty/mend_cause"]
    assert (duty.parting, duty.effects[0].on.kind) == (Parting.SHOWN, EffectKind.NEWLY_DUE)
    assert replays(duty, old, new)


def test_what_no_case_of_a_file_shows_is_listed_with_a_case_that_would() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "priority", file)["first"][2]["when"] = "complainants >= 5"

    found = diff(PSBC, edited(PSBC, edit))
    few, many = (found.portfolio([case(complainants=number)]) for number in (1, 3))
    assert "table/priority" in {one.rule for one in found.unshown(few)}
    assert "table/priority" not in {one.rule for one in found.unshown(many)}
    text = found.explain("en", few)
    assert "None of these cases shows it; this one would\n  Class of the complaint [table/priority]\n" in text
    assert found.to_dict(few)["portfolio"]["unshown"] == [one.rule for one in found.unshown(few)]


# --- limits and duties ---


@pytest.mark.parametrize(
    ("why", "old", "new", "parting", "reason"),
    [
        ("a figure", small.limit(ROW), small.limit('[{ within = "7 days" }]'), Parting.SHOWN, None),
        ("a figure that comes to the same on some days only", small.limit('[{ within = "5 working days" }]'),
         small.limit('[{ within = "7 days" }]'), Parting.SHOWN, None),
        ("a condition said otherwise", small.limit(ROW, 'when = "joint and repeat"'),
         small.limit(ROW, 'when = "not (not repeat or not joint)"'), Parting.SAME, None),
        ("a condition", small.limit(ROW, 'when = "joint"'), small.limit(ROW, 'when = "repeat"'),
         Parting.SHOWN, None),
        ("rows in another order that exclude one another",
         small.limit('[{ within = "5 days", when = "joint" }, { within = "7 days", when = "not joint" }]'),
         small.limit('[{ within = "7 days", when = "not joint" }, { within = "5 days", when = "joint" }]'),
         Parting.SAME, None),
        ("what ends it", small.limit(ROW, until='"closed"'), small.limit(ROW, until='"resolved"'),
         Parting.SHOWN, None),
        ("what starts it", small.limit(ROW, start='"received"'), small.limit(ROW, start='"routed"'),
         Parting.SHOWN, None),
        ("who has to keep it decides no status", small.limit(ROW, 'who = "outlet"'),
         small.limit(ROW, 'who = "bank"'), Parting.OPEN, WhyUndecided.PART),
        ("the earliest of one row is the first", small.limit(ROW), small.limit(ROW, rows_are="earliest"),
         Parting.OPEN, WhyUndecided.PART),
        ("when a warning falls is no due moment", small.limit('[{ within = "5 days", warn = "1 day" }]'),
         small.limit('[{ within = "5 days", warn = "2 days" }]'), Parting.OPEN, WhyUndecided.PART),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)  # fmt: skip
def test_a_limit(why: str, old: str, new: str, parting: Parting, reason: WhyUndecided | None) -> None:
    bodies = '[[body]]\nid = "outlet"\n' + small.TITLE + '\n[[body]]\nid = "bank"\n' + small.TITLE
    one, other = (small.own(bodies, rules) for rules in (old, new))
    found = felt(one, other)["limit/whole"]
    assert (found.parting, found.why) == (parting, reason), why
    assert parting is not Parting.SHOWN or replays(found, one, other)


@pytest.mark.parametrize(
    ("why", "old", "new", "parting"),
    [
        ("a condition", ("must", '"replied"', 'when = "joint"'), ("must", '"replied"', 'when = "repeat"'),
         Parting.SHOWN),
        ("a condition said otherwise", ("must", '"replied"', 'when = "joint"'),
         ("must", '"replied"', 'when = "not (not joint)"'), Parting.SAME),
        ("a figure", ("must", '"replied"', 'within = "5 days"'), ("must", '"replied"', 'within = "7 days"'),
         Parting.SHOWN),
        ("an act", ("must", '"replied"'), ("must", '"informed"'), Parting.SHOWN),
        ("a trigger", ("must", '"replied"', 'after = "routed"'), ("must", '"replied"', 'after = "resolved"'),
         Parting.SHOWN),
        ("a force", ("may", '"replied"'), ("must", '"replied"'), Parting.SHOWN),
        ("an excuse", ("must_not", '"withdrawn"', 'unless = "joint"'), ("must_not", '"withdrawn"', 'unless = "repeat"'),
         Parting.SHOWN),
        ("an excuse that is new", ("must_not", '"withdrawn"'), ("must_not", '"withdrawn"', 'unless = "repeat"'),
         Parting.SHOWN),
        ("an excuse over the event", ("must_not", '"withdrawn"', "unless = \"event.by == 'customer'\""),
         ("must_not", '"withdrawn"', "unless = \"event.by == 'agent'\""), Parting.SHOWN),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)  # fmt: skip
def test_a_duty(why: str, old: tuple[str, str, str], new: tuple[str, str, str], parting: Parting) -> None:
    bodies = "\n".join(f'[[body]]\nid = "{name}"\n{small.TITLE}' for name in ("customer", "agent"))
    one, other = (small.own(bodies, small.duty(*rule)) for rule in (old, new))
    found = felt(one, other)["duty/act"]
    assert found.parting is parting, why
    assert parting is not Parting.SHOWN or replays(found, one, other)


def test_figures_count_only_where_the_limit_may_apply() -> None:
    """Where the first rows differ the complaint is repeated or joint, so it is of grade a, and no figure is asked for.

    The third row of the table never decides, but for it the limit would read one table row alone.
    """
    grade = small.table("grade", ("a", "joint"), ("a", "repeat"), ("b", "vip"), ("c", ""))
    old, new = (
        small.own(
            small.fact("vip"), grade,
            small.limit(f"[{{ within = '5 days', when = '{when}' }}, {{ within = '12 days' }}]",
                        "when = \"grade != 'a'\""),
        )
        for when in ("repeat", "joint")
    )  # fmt: skip
    assert felt(old, new)["limit/whole"].parting is Parting.SAME


# --- why nobody can say ---


def both(old: str, new: str, *rules: str) -> tuple[Policy, Policy]:
    return small.own(old, *rules), small.own(new, *rules)


READS_FACT: Final = small.table("grade", ("a", "vip"), ("b", ""))
READS_LATE: Final = small.table("grade", ("a", "late('whole') and late('other')"), ("b", ""))
LINKED: Final = small.table("grade", ("a", "linked('same') > 2"), ("b", ""))
LINK: Final = 'id = "same"\ntitle = { zh = "甲", en = "A" }\n'


def test_a_presumption_is_part_of_the_proof() -> None:
    old, new = both(small.fact("vip", assume="false"), small.fact("vip", assume="true"), READS_FACT)
    found = felt(old, new)["table/grade"]
    assert (found.parting, found.effects[0].on[2:]) == (Parting.SHOWN, ("b", "a"))
    assert replays(found, old, new)


def test_a_fact_of_another_type_leaves_everything_open() -> None:
    old = small.own(small.fact("vip", "bool", None), READS_FACT)
    new = small.own(small.fact("vip", "text", None), small.table("grade", ("a", "vip == 'yes'"), ("b", "")))
    found = felt(old, new)["table/grade"]
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.FACT)


def test_what_a_pause_asks_for_is_no_part_of_the_proof() -> None:
    pause = "pauses = [{ reason = 'mediation', requires = \"grade == 'a'\" }]"
    limit = small.limit(ROW, 'when = "joint"', pause)
    old, new = (small.own(small.table("grade", ("a", when), ("b", "")), limit) for when in ("joint", "repeat"))
    found = felt(old, new)["limit/whole"]
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.RULE)


def test_a_code_that_one_edition_does_not_know_is_unknown_to_it() -> None:
    values = 'values = { x = { zh = "甲", en = "X" }, y = { zh = "乙", en = "Y" } }'
    fewer = values.replace(', y = { zh = "乙", en = "Y" }', "")
    old, new = both(
        f"{small.fact('vip', 'text', None)}\n{values}", f"{small.fact('vip', 'text', None)}\n{fewer}",
        small.table("grade", ("a", "vip == 'x'"), ("b", "")),
    )  # fmt: skip
    found = felt(old, new)["table/grade"]
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.FACT)


def test_other_opening_hours_are_what_every_rule_rests_on() -> None:
    old, new = both('hours = { spans = [["09:00", "17:00"]] }', 'hours = { spans = [["09:00", "12:00"]] }',
                    small.limit('[{ within = "4 working hours" }]'), small.duty("must", '"replied"'))  # fmt: skip
    found = felt(old, new)
    assert found["limit/whole"].parting is Parting.SHOWN, "four hours from ten o'clock do not end the same day"
    assert (found["duty/act"].parting, found["duty/act"].why) == (Parting.OPEN, WhyUndecided.FOUNDATION)


QUIET: Final = '[quiet]\nstart = "{}"\nend = "08:00"'
HEEDS_QUIET: Final = (
    small.limit(ROW, "quiet = true"), small.duty("must_not", '"replied"', "quiet = true"),
    small.duty("must", '"informed"', id="tell"), small.table("grade", ("late", "late('whole')"), ("fine", "")),
)  # fmt: skip


def test_other_quiet_hours_are_what_hangs_on_them_rests_on() -> None:
    """What is forbidden in them, and by when a limit asks to get in touch; no due moment, and no table by it."""
    old, new = (small.own(*HEEDS_QUIET, QUIET.format(start)) for start in ("21:00", "20:00"))
    found = felt(old, new)
    assert {rule: (one.parting, one.why) for rule, one in found.items()} == {
        "limit/whole": (Parting.OPEN, WhyUndecided.FOUNDATION), "duty/act": (Parting.OPEN, WhyUndecided.FOUNDATION),
    }  # fmt: skip


def test_an_act_in_hours_that_are_quiet_now_is_counted_over_the_cases() -> None:
    """Replied at half past eight in the evening: not quiet yet under the old edition, quiet under the new one."""
    old, new = (small.own(*HEEDS_QUIET, QUIET.format(start)) for start in ("21:00", "20:00"))
    found = diff(old, new).portfolio([case(Event("replied", dt.datetime(2026, 3, 4, 20, 30, tzinfo=BEIJING)))])
    assert {(one.on.kind, one.on.rule) for one in found.effects} == {
        (EffectKind.BREACH, "duty/act"), (EffectKind.STATUS, "duty/act"),
    }  # fmt: skip


def test_no_key_of_a_limit_or_duty_can_be_proved_the_same_unseen() -> None:
    """What formulas compare is named; any other key that differs leaves the rule open (`WhyUndecided.PART`).

    Of a row they compare all that it says but its words: `within` is a period or a parameter, `warn` leaves it open.
    """
    rules = {*SHAPES["limit"].known, *SHAPES["duty"].known, *SHAPES["table"].known}
    assert rules >= BY_FORMULA == {"when", "unless", "first", "every", "earliest", "latest", "values", "about"}
    assert {*SHAPES["limit_row"].known} - WORDS == {"within", "by", "when", "warn"}
    assert {*SHAPES["table_row"].known} - WORDS == {"value", "when"}


def test_a_link_that_joins_otherwise_is_another_rule() -> None:
    old, new = (
        small.own(small.limit(), "[[link]]", LINK, f'same = ["{same}"]', LINKED)
        for same in ("respondent", "kind")
    )  # fmt: skip
    found = felt(old, new)["table/grade"]
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.RULE)


def test_a_case_may_need_linked_complaints_to_show_it() -> None:
    old, new = (
        small.own(
            small.limit(), "[[link]]", LINK, 'same = ["respondent"]',
            small.table("grade", ("a", f"linked('same') > {number}"), ("b", "")),
        )
        for number in (2, 5)
    )  # fmt: skip
    found = diff(old, new)
    (verdict,) = found.felt
    assert replays(verdict, old, new)
    assert verdict.witness is not None
    assert verdict.witness.links is not None
    assert verdict.witness.links["same"] in (3, 4, 5)
    counted = f'{{"links": {{"same": {int(verdict.witness.links["same"])}}}}}'
    assert f"linked complaints, as assess(…, links=…) takes them: {counted}" in found.explain("en")


def test_what_cannot_be_counted_under_one_edition_shows_nothing() -> None:
    old, new = (small.own(small.limit(f'[{{ within = "{figure}" }}]')) for figure in ("5 days", "90 years"))
    found = felt(old, new)["limit/whole"]
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.NOT_LIVED)


def test_a_table_that_reads_a_limit_parts_where_the_limit_does() -> None:
    reads = small.table("grade", ("late", "late('whole')"), ("fine", ""))
    old, new = (small.own(small.limit(f'[{{ within = "{days} days" }}]'), reads) for days in (5, 7))
    found = felt(old, new)["table/grade"]
    assert found.parting is Parting.SHOWN
    assert replays(found, old, new)


def test_a_table_that_reads_a_limit_proved_the_same_can_be_proved_too() -> None:
    reads = small.table("grade", ("late", "late('whole')"), ("fine", ""))
    old, new = (small.own(small.limit(ROW, f'when = "{when}"'), reads) for when in ("joint", "not (not joint)"))
    found = felt(old, new)
    assert found["limit/whole"].parting is Parting.SAME
    assert found["table/grade"].parting in (Parting.SAME, Parting.OPEN)


def test_a_limit_that_is_only_reworded_keeps_what_reads_it_provable() -> None:
    reads, again = (
        small.table("grade", ("late", f"late('whole') and {when}"), ("fine", ""))
        for when in ("joint", "not (not joint)")
    )
    old = small.own(small.limit(), reads)
    new = small.own(small.limit().replace('en = "A"', 'en = "B"'), again)
    assert felt(old, new)["table/grade"].parting is Parting.SAME


def test_a_limit_that_looks_the_same_and_reads_a_table_that_is_not_is_no_ground_for_a_proof() -> None:
    """The limit's own text is unchanged; what makes it apply is not."""
    rules = [small.limit('[{ within = "5 days" }]', "when = \"grade == 'a'\""),
             small.table("order", ("x", "late('whole')"), ("y", ""))]  # fmt: skip
    old, new = (small.own(small.table("grade", ("a", when), ("b", "")), *rules) for when in ("joint", "repeat"))
    found = felt(old, new)
    assert found["limit/whole"].parting is Parting.SHOWN
    assert found["table/order"].parting is Parting.SHOWN
    assert all(replays(found[rule], old, new) for rule in ("limit/whole", "table/order"))


@pytest.mark.parametrize("budget", [0, -1, float("nan"), "many", None, True])
def test_a_budget_is_a_positive_whole_number(budget: Any) -> None:
    with pytest.raises(InvalidFigure, match="a whole number of steps from 1 is expected"):
        partings(PSBC, PSBC, (), budget=budget)


def test_a_budget_that_is_too_small_leaves_it_open() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "ticket", file)["first"][0]["when"] = "not (not settled_on_spot)"

    new = edited(PSBC, edit)
    changes = changes_between(PSBC, new)
    assert partings(PSBC, new, changes)[0].parting is Parting.SAME
    (found,) = partings(*cascade(), changes_between(*cascade()), budget=1)
    assert (found.parting, found.why) == (Parting.OPEN, WhyUndecided.BUDGET)


def test_one_budget_is_for_all_rules_together_and_what_is_left_over_is_open() -> None:
    """Two tables of two rows each: the first try of a search takes 256 steps, and a replay a few more.

    With 300 steps the first table is searched, and nothing is left for the second; with plenty both are decided.
    """
    old, new = (
        small.own(*(small.table(name, ("a", f"complainants > {number}"), ("b", "")) for name in ("one", "two")))
        for number in (2, 4)
    )
    tight = [diff(old, new, budget=budget).felt for budget in (300, 300, 100_000)]
    assert tight[0] == tight[1], "steps are counted and never timed"
    assert [(one.rule, one.why) for one in tight[0]][1:] == [("table/two", WhyUndecided.BUDGET)]
    assert [one.parting for one in tight[2]] == [Parting.SHOWN, Parting.SHOWN]
    assert diff(old, new).budget == STEPS


def test_a_case_that_was_found_is_tried_although_the_steps_do_not_suffice_for_others() -> None:
    """One box of the two that part the editions takes 256 steps; nothing is left to look for the second."""
    (found,) = partings(*cascade(), changes_between(*cascade()), budget=256 + 5)
    assert found.parting is Parting.SHOWN


@pytest.mark.parametrize(
    ("parts", "taken"),
    [
        # 256 steps at first, then eight times as many again and again
        (1, [256, 2_048, 16_384]),
        (198, [256, 2_048, 16_384]),
        # a formula of 200 parts takes twice as many for a node, one of 400 three times
        (199, [512, 4_096, 32_768]),
        (399, [768, 6_144, 49_152]),
    ],
)
def test_a_search_that_was_given_up_is_asked_again_with_more_steps(parts: int, taken: list[int]) -> None:
    """A formula has one part more than those that it puts together."""
    formula = either(*(within(place, 1, 3) for place in range(parts))) if parts > 1 else within(0, 1, 3)
    took: list[int] = []
    asked: list[int] = []

    def ask(steps: int) -> str:
        asked.append(steps)
        if len(asked) < 3:
            raise OutOfBudget(what="search", why="not yet")
        return "found"

    assert felt_by._Search._given(cast(Any, SimpleNamespace(_take=took.append)), formula, ask) == "found"
    assert (took, asked) == (taken, [256, 2_048, 16_384])


def test_a_case_is_varied_by_when_it_is_looked_at_what_happens_next_and_when_it_came() -> None:
    """Past every due moment from the receipt on, a day, 40 and 400 later; with an act soon and late; on other days."""
    policy = small.own(small.limit(ROW, start='"routed"', until='"closed"'))
    due = RECEIVED + 2 * DAY
    clocks = {"a": SimpleNamespace(due_at=due), "b": SimpleNamespace(due_at=None),
              "c": SimpleNamespace(due_at=RECEIVED - DAY), "d": SimpleNamespace(due_at=RECEIVED)}  # fmt: skip
    search = cast(
        Any,
        SimpleNamespace(
            _assessed=lambda _: [SimpleNamespace(clocks=clocks)],
            _selectors=lambda _: policy.limits["whole"].until,
            _acts=lambda *_: [Event("closed"), Event("replied")],
        ),
    )
    life = Witness(case=Case(Complaint(id="x-1", received=RECEIVED)), at=RECEIVED + HOUR)
    varied = list(felt_by._Search._varied(search, cast(Any, None), "limit/whole", life))
    at = life.at
    later = [RECEIVED + INSTANT, due + INSTANT, at + DAY, at + 40 * DAY, at + 400 * DAY]
    assert [(one.at, one.case) for one in varied[:5]] == [(each, life.case) for each in later]
    assert [(*((each.kind, each.at) for each in one.case.events), one.at) for one in varied[5:13]] == [
        ((kind, at + soon), at + soon + wait)
        for kind in ("closed", "replied")  # what ends the limit and what the duty asks for, each once
        for soon in (HOUR, 40 * DAY)
        for wait in (HOUR, 400 * DAY)
    ]
    assert [(one.case.complaint.received, one.at) for one in varied[13:]] == [
        (RECEIVED + days * DAY, at + days * DAY) for days in (1, 2, 3, 4, 5, 6, 14, 100, 200)
    ]


def test_what_was_agreed_is_as_far_from_the_receipt_on_another_day() -> None:
    """A promise for the next day that stood still would be broken before it is made."""
    events = [Event("promised", RECEIVED + HOUR, due=RECEIVED + DAY), Event("replied", RECEIVED + 2 * HOUR)]
    life = Witness(case=Case(Complaint(id="x-1", received=RECEIVED), events), at=RECEIVED + 3 * HOUR)
    found = felt_by._days_later(life, 14 * DAY)
    assert (found.case.complaint.received, found.at) == (RECEIVED + 14 * DAY, RECEIVED + 14 * DAY + 3 * HOUR)
    assert [(one.at, one.due) for one in found.case.events] == [
        (RECEIVED + 14 * DAY + HOUR, RECEIVED + 15 * DAY), (RECEIVED + 14 * DAY + 2 * HOUR, None),
    ]  # fmt: skip


def test_every_other_limit_is_begun_and_ended_within_minutes() -> None:
    policy = small.own(
        small.limit(ROW, id="one", until='["replied", "closed"]'),
        small.limit(ROW, id="two", start='["registered", "routed"]', until='["resolved", "replied"]'),
        small.limit(ROW, id="three", until='"resolved"'),
    )
    search = cast(Any, SimpleNamespace(old=policy))
    for spared, wanted in {
        # the first of what starts and of what ends each of the others, what happens twice once
        "limit/three": ["replied", "registered"],
        "limit/two": [],  # what ends the others would end it too, or is what it waits for
        "table/none": ["replied", "registered", "resolved"],
    }.items():
        for at in (RECEIVED, RECEIVED + DAY):
            witness = Witness(case=Case(Complaint(id="x-1", received=RECEIVED)), at=at)
            found = felt_by._Search._diligent(search, witness, spared=spared)
            dated = [(kind, RECEIVED + place * MINUTE) for place, kind in enumerate(wanted, 1)]
            assert [(one.kind, one.at) for one in found.case.events] == dated
            assert found.at == max(at, RECEIVED + (len(wanted) + 1) * MINUTE)


@pytest.mark.parametrize("sides", [(PSBC, "psbc-95580"), ("psbc-95580", PSBC)])
def test_what_is_no_policy_is_refused_on_either_side(sides: tuple[Any, Any]) -> None:
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        diff(*sides)


@pytest.mark.parametrize("budget", [0, -1, True, 2.5, "many", None])
def test_what_is_no_number_of_steps_is_refused(budget: Any) -> None:
    with pytest.raises(InvalidFigure, match="budget: a whole number of steps from 1 is expected"):
        diff(*cascade(), budget=budget)


def cascade() -> tuple[Policy, Policy]:
    one, other = (
        small.own(small.table("grade", ("a", f"joint and complainants > {number}"), ("b", "repeat"), ("c", "")))
        for number in (2, 4)
    )
    return one, other


# --- what a change can reach ---


def test_a_change_reaches_whatever_reads_it_and_nothing_else() -> None:
    def edit(file: dict[str, Any]) -> None:
        entry("table", "priority", file)["first"][2]["when"] = "complainants >= 5"

    new = edited(PSBC, edit)
    touch = Touch(PSBC, new, changes_between(PSBC, new))
    assert {"table/priority", "limit/whole", "limit/route_hq", "table/sanction"} <= {*touch.touched()}
    assert "table/ticket" not in touch.touched()
    assert not Touch(PSBC, PSBC, ()).touched()


def test_who_has_a_case_hangs_on_the_bodies() -> None:
    holder = small.table("grade", ("a", "holder('outlet')"), ("b", ""))
    levels = '[[level]]\nid = "outlet"\n' + small.TITLE
    more = '\n[[body]]\nid = "press_office"\n' + small.TITLE
    old, new = small.own(levels, holder, small.limit()), small.own(levels + more, holder, small.limit())
    found = felt(old, new)
    assert {rule: (one.parting, one.why) for rule, one in found.items()} == {
        "table/grade": (Parting.OPEN, WhyUndecided.FOUNDATION)
    }


def test_a_rule_that_a_policy_does_not_have_reads_nothing() -> None:
    reads = Reads(PSBC)
    assert reads.of("limit/none") == reads.of("filing/x") == (frozenset(), frozenset(), frozenset())
    assert reads.rule("filing/bulletin") is None


def test_a_parameter_is_read_by_whatever_takes_its_figure_from_it() -> None:
    rules = (
        '[parameters.days]\ntype = "period"\n' + small.TITLE, small.limit("[{ within = { parameter = 'days' } }]"),
        small.duty("must", '"replied"', "within = { parameter = 'days' }"),
    )  # fmt: skip
    text = "\n".join((small.HEAD, *rules))
    old, new = (Policy.from_text(text, parameters={"days": days}) for days in ("5 days", "7 days"))
    found = felt(old, new)
    assert {rule: one.parting for rule, one in found.items()} == {
        "limit/whole": Parting.SHOWN, "duty/act": Parting.SHOWN,
    }  # fmt: skip


def test_a_kind_of_event_that_may_lie_before_the_receipt_in_one_edition_only() -> None:
    kind = 'events.studied = { title = { zh = "研究", en = "Studied" }'
    old, new = both(f"{kind} }}", f"{kind}, before_receipt = true }}", small.duty("must", '"replied"'))
    assert felt(old, new)["duty/act"].why is WhyUndecided.FOUNDATION


# --- brute force ---

HEADS: Final = "\n".join((small.fact("vip"), small.fact("open", assume=None)))
ATOMS: Final = ("joint", "repeat", "vip", "open", "complainants >= 2", "complainants > 3", "joint == repeat")
LATER: Final = (7, 10, 40)
"""Days after which each figure of those below, and no other, has run out."""


def conditions() -> st.SearchStrategy[str]:
    atom = st.sampled_from(ATOMS)
    return st.recursive(
        atom,
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda three: f"({' '.join(three)})"),
        ),
        max_leaves=3,
    )


@st.composite
def rules(draw: st.DrawFn) -> Mapping[str, str]:
    """Give the rules of an edition, each under its name: two tables, a limit, a duty."""
    rows = [("a", draw(conditions())), (draw(st.sampled_from("ab")), draw(conditions())), ("b", draw(conditions()))]
    last = [("c", "")]
    second = [("x", f"grade == '{draw(st.sampled_from('abc'))}' or {draw(conditions())}"), ("y", "")]
    days = draw(st.sampled_from(("5 days", "9 days")))
    return {
        "grade": small.table("grade", *rows, *last),
        "kinds": small.table("kinds", rows[0], ("b", draw(conditions())), every=True),
        "order": small.table("order", *second),
        "limit": small.limit(
            f"[{{ within = '{days}', when = \"{draw(conditions())}\" }}, {{ within = '12 days' }}]",
            f"when = \"grade != '{draw(st.sampled_from('abc'))}'\"",
        ),
        "duty": small.duty("must", '"replied"', f'when = "{draw(conditions())}"'),
    }


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Policy, Policy]:
    old = draw(rules())
    new = {name: draw(rules())[name] if draw(st.integers(0, 2)) == 0 else text for name, text in old.items()}
    one, other = (Policy.from_text("\n".join((small.HEAD, HEADS, *each.values()))) for each in (old, new))
    return one, other


def complaints() -> Iterator[Case]:
    """Give every complaint that the conditions above can tell apart, facts unknown among them."""
    maybe = (None, True, False)
    for joint, repeat, vip, left_open, number in itertools.product(maybe, maybe, maybe, maybe, (None, 1, 3, 4)):
        extra = {name: known for name, known in (("vip", vip), ("open", left_open)) if known is not None}
        yield Case(Complaint(id="c", received=RECEIVED, joint=joint, repeat=repeat, complainants=number, extra=extra))


ALL: Final = tuple(complaints())


@settings(max_examples=settings().max_examples if settings().max_examples > 60 else 6)
@given(pairs())
def test_same_means_that_no_complaint_comes_out_otherwise_and_shown_that_one_does(pair: tuple[Policy, Policy]) -> None:
    """Every verdict is held against every complaint there is."""
    old, new = pair
    found: Diff = diff(old, new)
    verdicts = {one.rule: one for one in found.felt}
    sides, narrow = SideBySide(old, new), SideBySide(old, new, Touch(old, new, found.changes).touches)
    differing: dict[str, Case] = {}
    for one in ALL:
        assessed = [assess(one, policy, at=RECEIVED) for policy in pair]
        effects = sides.effects(*assessed)
        assert narrow.effects(*assessed) == effects, "what no change can reach does not differ"
        for effect in effects:
            differing.setdefault(effect.on.rule, one)
        for days in LATER if "limit/whole" in verdicts and "limit/whole" not in differing else ():
            later = [assess(one, policy, at=RECEIVED + dt.timedelta(days=days)) for policy in pair]
            if sides.on("limit/whole", *later):
                differing["limit/whole"] = one
    for rule in differing:
        assert verdicts[rule].parting is Parting.SHOWN, (rule, old.document, new.document)
    for rule, verdict in verdicts.items():
        if rule not in differing:
            assert verdict.parting is Parting.SAME, (rule, verdict.why, old.document, new.document)


# --- as data ---


def test_a_verdict_goes_into_data() -> None:
    old, new = cascade()
    (found,) = diff(old, new).felt
    data = json.loads(json.dumps(found.to_dict()))
    assert (data["parting"], data["why"], data["effects"][0]["kind"]) == ("shown", None, "class")
    assert data["witness"]["case"]["complainants"] in (3, 4)
