"""Coverage of rules: what was reached and what not, added up, in both languages, and never all of nothing."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidFigure, InvalidMoment, InvalidPolicy
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.covering import Coverage, Gathering, Hits, coverage, reached_by
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.outcome_texts import way_in_words
from complaint_rules.verification.reaching.outcomes import outcomes
from tests.small import HEAD, duty, fact, limit, own, table

POLICY: Final = own(fact("hard"), table("level", ("high", "hard"), ("low", "")), limit('[{ within = "5 days" }]'))
RECEIVED: Final = dt.datetime(2026, 10, 9, 9, tzinfo=BEIJING)
LATER: Final = dt.datetime(2026, 12, 1, tzinfo=BEIJING)
LOW: Final = ["table/level row 1 does not decide", "table/level row 2 decides"]


def complaint(id: str, **facts: Any) -> Complaint:
    return Complaint(id=id, received=RECEIVED, extra=facts)


def golden(id: str, **expect: Any) -> GoldenCase:
    return GoldenCase.from_dict(
        {
            "id": id,
            "policy": {"id": "own"},
            "case": {"received": RECEIVED, "events": [{"kind": "closed", "at": "2026-10-12"}]},
            "at": LATER,
            "expect": expect,
        }
    )


def test_cases_assessments_and_golden_cases_count_alike() -> None:
    one, two = complaint("c-1"), assess(complaint("c-2"), POLICY, at=LATER)
    found = coverage(POLICY, [one, two, golden("g-1", findings={"level": "low"})], at=LATER)
    assert found.cases == 3
    assert found.hits["table/level row 2 decides"] == Hits(3, ("c-1", "c-2", "g-1"))
    assert found.hits["limit/whole late"] == Hits(2, ("c-1", "c-2"))
    assert found.hits["limit/whole kept"] == Hits(1, ("g-1",))
    assert found.not_reached == ("table/level row 1 decides", "table/level row 2 does not decide")
    assert (found.percent, found.reaches(71.4), found.reaches(71.5)) == ("71.4", True, False)
    assert repr(found) == "<Coverage of own, edition 1: 5 of 7 by 3 cases>"


def test_a_golden_case_may_count_for_the_rules_alone_of_which_it_says_something() -> None:
    asked = golden("g-1", findings={"level": "low"})
    found = coverage(POLICY, [asked], only_asked=True)
    assert sorted(found.hits) == LOW
    assert sorted(reached_by(asked, POLICY, only_asked=True)) == LOW
    # where nobody says so it counts for all: the limit, of which it says nothing, was kept
    everything = reached_by(asked, POLICY)
    assert everything == reached_by(asked, POLICY, only_asked=False) == coverage(POLICY, [asked]).hits.keys()
    assert everything > set(LOW)


def test_a_case_that_must_be_refused_reaches_nothing() -> None:
    found = coverage(POLICY, [golden("g-1", refused="received")])
    assert (found.cases, found.hits, found.percent) == (1, {}, "0.0")


def test_links_are_found_by_the_id_of_the_complaint() -> None:
    policy = load_policy("realty-levels")
    given_ = [Complaint(id="c-1", received=RECEIVED), Complaint(id="c-2", received=RECEIVED)]
    found = coverage(policy, given_, at=LATER, links={"c-1": {"same_kind": 0}})
    assert "table/level row 17 decides" in found.hits or any(hits.cases == 1 for hits in found.hits.values())
    (known,) = {hits.first for name, hits in found.hits.items() if name.startswith("table/level")}
    assert known == ("c-1",), "of the other nobody counted what is linked, and its level is open"


def test_what_the_policy_does_not_have_is_passed_over_and_three_are_named() -> None:
    gathered = Gathering(POLICY)
    for number in range(5):
        gathered.note(f"c-{number}", ["limit/whole kept", "limit/hole kept"])
    gathered.note("c-0", ["limit/whole kept"])
    assert gathered.coverage.hits == {"limit/whole kept": Hits(6, ("c-0", "c-1", "c-2"))}


def test_what_is_asked_wrongly_is_told() -> None:
    other = load_policy("psbc-95580")
    with pytest.raises(InvalidMoment, match="a case is assessed as of a moment; pass at="):
        coverage(POLICY, [complaint("c-1")])
    with pytest.raises(InvalidFigure, match=re.escape("got 'own@1'; this is of psbc-95580@2016")):
        coverage(other, [assess(complaint("c-1"), POLICY, at=LATER)])
    with pytest.raises(InvalidFigure, match="it is of another rule set, edition or other parameters"):
        Coverage.of_nothing(POLICY) + Coverage.of_nothing(other)
    with pytest.raises(InvalidPolicy):
        coverage("own", [])  # type: ignore[arg-type]  # what a caller may do
    with pytest.raises(TypeError):
        Coverage.of_nothing(POLICY) + 1  # type: ignore[operator]  # as above


def test_nothing_is_never_all() -> None:
    nothing = coverage(Policy.from_text(HEAD), [])
    assert (nothing.outcomes, nothing.percent, nothing.reaches(0)) == ((), None, False)
    assert nothing.explain("en") == "own (1): its rules have no outcome to reach"
    assert nothing.explain("zh") == "own（1）：没有可覆盖的规则结果"
    none = coverage(POLICY, [])
    assert (none.percent, none.reaches(0), none.reaches(0.1)) == ("0.0", True, False)


def test_a_share_is_cut_and_not_rounded_up() -> None:
    """999 of 1000 reached is 99.9 %, and 9999 of 10000 is no 100.0 % either."""
    names = tuple(f"limit/whole extension x{number} takes effect" for number in range(10_000))
    most = Coverage(
        policy="own", edition="1", titles=FrozenMap(), outcomes=names,
        hits=FrozenMap(dict.fromkeys(names[1:], Hits(1, ("c-1",)))), cases=1,
    )  # fmt: skip
    assert (most.percent, most.reaches(100), most.reaches(99.99)) == ("99.9", False, True)


def test_it_is_told_in_both_languages_and_as_data() -> None:
    found = coverage(POLICY, [complaint("c-1")], at=LATER)
    assert found.explain("en").splitlines() == [
        "own (1): 4 of 7 outcomes of its rules reached, 57.1 %, by 1 case",
        "  table/level A 2/4: not reached: row 1 decides; row 2 does not decide",
        "  limit/whole A 2/3: not reached: kept",
    ]
    assert found.explain("zh", full=True).splitlines() == [
        "own（1）：规则结果共7项，已覆盖4项，57.1%，案件1件",
        "  table/level 甲 2/4：未覆盖 第1行作出认定；第2行未作出认定",
        "    第1行未作出认定：1件（c-1）",
        "    第2行作出认定：1件（c-1）",
        "  limit/whole 甲 2/3：未覆盖 按时完成",
        "    逾期：1件（c-1）",
        "    第1行确定期限：1件（c-1）",
    ]
    many = found + found + found + coverage(POLICY, [complaint("c-2")], at=LATER)
    assert "    late: 4 (c-1, c-2)…" not in many.explain("en", full=True)
    assert "    late: 4 (c-1, c-2…)" in many.explain("en", full=True)
    data = found.to_dict()
    assert (data["cases"], data["outcomes"], data["reached"], data["percent"]) == (1, 7, 4, "57.1")
    assert data["rules"][1] == {
        "rule": "limit/whole",
        "title": {"zh": "甲", "en": "A"},
        "reached": [
            {"outcome": "limit/whole late", "cases": 1, "first": ["c-1"]},
            {"outcome": "limit/whole row 1 binds", "cases": 1, "first": ["c-1"]},
        ],
        "not_reached": ["limit/whole kept"],
    }


def test_a_rule_that_is_wholly_reached_is_told_only_where_all_is() -> None:
    found = coverage(POLICY, [golden("g-1", refused="x"), complaint("c-1"), complaint("c-2", hard=True)], at=LATER)
    assert "table/level" not in found.explain("en")
    assert "  table/level A 4/4\n" in found.explain("en", full=True)


@pytest.mark.parametrize("name", policies())
def test_every_outcome_of_every_policy_is_said_in_chinese(name: str) -> None:
    for outcome in outcomes(load_policy(name) if name != "petition-2022" else load_policy(name, edition="2022")):
        assert re.search(r"[\u4e00-\u9fff]", way_in_words(outcome)), outcome


def test_what_is_no_outcome_stays_as_it_is() -> None:
    assert way_in_words("limit/whole sings") == "sings"


PARTS: Final = st.lists(st.tuples(st.sampled_from("abcd"), st.sets(st.sampled_from(outcomes(POLICY)))), max_size=6)


def gathered_of(parts: list[tuple[str, set[str]]]) -> Coverage:
    gathered = Gathering(POLICY)
    for name, found in parts:
        gathered.note(name, found)
    return gathered.coverage


@given(PARTS, PARTS, PARTS)
def test_coverages_add_up(one: Any, two: Any, three: Any) -> None:
    """Gathered together or apart and added in any grouping: the same, and adding nothing changes nothing."""
    whole = gathered_of([*one, *two, *three])
    first, second, third = map(gathered_of, (one, two, three))
    assert first + second + third == first + (second + third) == whole
    assert whole + Coverage.of_nothing(POLICY) == whole
    assert hash(whole) == hash(first + (second + third))
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 - our own
    assert len(whole.hits) + len(whole.not_reached) == len(whole.outcomes)


def test_a_duty_without_a_condition_counts_too() -> None:
    found = coverage(own(duty("must_not", '"disclosed"')), [complaint("c-1")], at=LATER)
    assert list(found.hits) == ["duty/act not breached"]
