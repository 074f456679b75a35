"""Everything a person reads (文字).

From the ground up; each module imports only those above it in this list:

* `messages`: what errors say, in Chinese
* `refusals`: what is wrong, in words: errors, faults of a file, refused rows
* `marks`: titles that carry the key of what they name
* `conditions`: conditions in words
* `phrases`: the words for everything that has a code
* `voices`: one policy in one language
* `findings`: why a table came out as it did
* `clocks`: a clock in words
* `notifications`: a notice in a line
* `duties`: duties in words
* `violations`: what is wrong, and what speaks against an act
* `preparing`: skeletons of documents and contact plans in words
* `assessments`: an assessment in words
* `timelines`: the life of a case: data, text
* `charts`: the same as a Mermaid chart
* `article_texts`: what became of each article of a text
* `rule_texts`: each kind of rule in words
* `rulebooks`: every rule of a policy in words, part by part
* `dependents`: what hangs on what
* `readings`: where a text is silent, and how it is read
* `comparisons`: several policies side by side
* `report_texts`: what a report says around its figures
"""

from __future__ import annotations

from complaint_rules.words.assessments import explain, explain_assessment
from complaint_rules.words.charts import timeline_mermaid
from complaint_rules.words.clocks import brief_clock, explain_clock
from complaint_rules.words.comparisons import comparison, comparison_text
from complaint_rules.words.duties import explain_duty
from complaint_rules.words.findings import explain_finding
from complaint_rules.words.notifications import explain_notification
from complaint_rules.words.preparing import explain_contact_plan, explain_skeleton
from complaint_rules.words.readings import silences
from complaint_rules.words.refusals import explain_error
from complaint_rules.words.rulebooks import explain_article, explain_policy, explain_rule, rulebook
from complaint_rules.words.timelines import Happening, Moment, timeline, timeline_text, timeline_to_dict
from complaint_rules.words.violations import explain_permission, explain_violation

__all__ = [
    "Happening",
    "Moment",
    "brief_clock",
    "comparison",
    "comparison_text",
    "explain",
    "explain_article",
    "explain_assessment",
    "explain_clock",
    "explain_contact_plan",
    "explain_duty",
    "explain_error",
    "explain_finding",
    "explain_notification",
    "explain_permission",
    "explain_policy",
    "explain_rule",
    "explain_skeleton",
    "explain_violation",
    "rulebook",
    "silences",
    "timeline",
    "timeline_mermaid",
    "timeline_text",
    "timeline_to_dict",
]
