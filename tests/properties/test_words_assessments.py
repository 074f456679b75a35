"""Laws of words, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import Case, Event, assess, load_policy, policies
from complaint_rules.language import LANGUAGES, Lang
from complaint_rules.policy.policy import Policy
from complaint_rules.words.assessments import explain_assessment
from complaint_rules.words.charts import timeline_mermaid
from complaint_rules.words.clocks import explain_clock
from complaint_rules.words.duties import explain_duty
from complaint_rules.words.timelines import timeline, timeline_text, timeline_to_dict
from tests import strategies
from tests.golden import moment, policy_of
from tests.words.test_assessments import clean

KINDS = sorted({kind for name in policies() for kind in load_policy(name).events} | {"no_such_kind"})


MOVING = (
    "suspended", "resumed", "extended", "agreed", "supplemented", "routed", "resolved", "replied", "closed", "reopened",
    "withdrawn", "amended", "appealed", "informed",
)  # fmt: skip
"""Kinds that move a limit somewhere."""


REASONS = st.sampled_from([None, "mediation", "appraisal", "decision", "special", "urgency"])


PLACES = st.sampled_from([None, "outlet", "tier1_branch", "tier2_branch", "branch", "superior", "e-7", "outlett"])


TOLD = st.sampled_from([None, ["complainant"], ["complainant", "reasons"]])


KEYS = st.sampled_from([None, "a", "b"])


DAYS = st.dates(dt.date(2026, 9, 18), dt.date(2026, 10, 20))


MOMENTS = st.builds(lambda day, minute: moment(f"{day}T00:00") + minute, DAYS, strategies.minutes)


EVENTS = st.builds(
    Event, st.sampled_from(MOVING) | st.sampled_from(KINDS), st.none() | DAYS | MOMENTS, by=PLACES, to=PLACES,
    reason=REASONS, id=KEYS, ref=KEYS, told=TOLD, approved_by=PLACES,
    outcome=st.sampled_from([None, "unreached", "unsettled"]),
    items=st.sampled_from([None, [], ["cause", "new_facts"]]), due=st.none() | DAYS,
    set=st.sampled_from([None, {}, {"complainants": 25}, {"complainants": 0}]),
)  # fmt: skip


STOPS = st.builds(
    lambda reason, first, days, told: [
        Event("suspended", first, reason=reason, told=told),
        Event("resumed", first + dt.timedelta(days=days), reason=reason),
    ],
    st.sampled_from(["mediation", "appraisal"]), DAYS, st.integers(0, 9), TOLD,
)  # fmt: skip


GRANTS = st.builds(
    lambda first, told, by: [Event("extended", first, told=told, approved_by=by)], DAYS, TOLD,
    st.sampled_from([None, "superior", "senior_manager"]),
)  # fmt: skip


HISTORIES = st.lists(EVENTS.map(lambda one: [one]) | STOPS | GRANTS, max_size=6).map(
    lambda parts: [event for part in parts for event in part]
)


RECEIPTS = st.dates(dt.date(2026, 9, 18), dt.date(2026, 9, 25)) | st.just(moment("2026-09-20T10:00"))


@st.composite
def cases(draw: st.DrawFn, policy: Policy) -> Case:
    """Give histories, lawful or not, of complaints with all the facts a policy reads."""
    complaint = draw(strategies.complaints(policy, RECEIPTS))
    return Case(complaint, draw(HISTORIES), unseen=draw(st.sampled_from([[], ["replied", "routed"]])))


@given(
    data=st.data(), name=st.sampled_from(policies()), lang=st.sampled_from(LANGUAGES),
    at=st.sampled_from(["2026-09-25T23:59:59", "2026-10-08T12:00", "2027-03-01T08:00"]),
    links=st.sampled_from([None, {}, {"same_kind": 4}]),
)  # fmt: skip
def test_whatever_the_case_its_explanation_reads_as_text(
    data: st.DataObject, name: str, lang: Lang, at: str, links: Any
) -> None:
    policy = policy_of(name)
    found = assess(data.draw(cases(policy)), policy, at=moment(at), links=links)
    texts = [explain_assessment(found, lang), timeline_text(found, lang), timeline_mermaid(found, lang)]
    texts += [explain_clock(clock, lang) for clock in found.clocks.values()]
    texts += [explain_duty(duty, lang) for duty in found.duties]
    assert all(clean(text) for text in texts), next(text for text in texts if not clean(text))
    assert explain_assessment(found, lang) == texts[0]
    assert len(timeline_to_dict(timeline(found))) == len(timeline(found))
    plain = found.to_dict()
    assert json.loads(json.dumps(plain)) == plain
