"""A rule set as plain data; the shipped ones (规则集).

From the ground up; each module imports only those above it in this list:

* `articles`: citations with article, paragraph, item and sub-item apart, and the texts they are of
* `accepted`: the findings of the analysis by code, and those that a policy accepts
* `figures`: what figures and returns are made of: stocks, numbers per so many, tables
* `rules`: the rules a policy is made of
* `uses`: every condition of a rule, and what it does there
* `codes`: the codes of a case held against the lists of a policy
* `files`: reading the file of a policy
* `calendars`: a calendar of one's own, from a file
* `policy`: `Policy`, and the doors by which one is loaded
* `opening`: which rules wait for opening hours
* `loading`: the shipped rule sets by id and edition
* `filings`: which periodic returns fall due between two days
* `secrecy`: what a policy keeps from whom
"""

from __future__ import annotations

from complaint_rules.policy.accepted import Accepted, FindingCode
from complaint_rules.policy.articles import Article, ArticleState, CitedText, Displaced
from complaint_rules.policy.calendars import calendar_from_file
from complaint_rules.policy.figures import Against, FilingTable, Rate, Scaled, Shows, Stock
from complaint_rules.policy.filings import Return, returns_due
from complaint_rules.policy.loading import editions, load_policy, policies, policy_for
from complaint_rules.policy.policy import Policy, rules_of, uses
from complaint_rules.policy.rules import (
    Base,
    Checklist,
    CountingRule,
    Duty,
    Extension,
    Figure,
    FigureShape,
    Filing,
    Limit,
    LimitRow,
    Link,
    Measured,
    Modality,
    Parameter,
    ParameterType,
    PauseRule,
    Reopen,
    ReportPeriod,
    Restart,
    Retention,
    Selector,
    Standing,
    Subject,
    Table,
    TableRow,
    Trade,
)
from complaint_rules.policy.secrecy import Secret, secrets
from complaint_rules.policy.uses import Role, Rule, Use, uses_of

__all__ = [
    "Accepted",
    "Against",
    "Article",
    "ArticleState",
    "Base",
    "Checklist",
    "CitedText",
    "CountingRule",
    "Displaced",
    "Duty",
    "Extension",
    "Figure",
    "FigureShape",
    "Filing",
    "FilingTable",
    "FindingCode",
    "Limit",
    "LimitRow",
    "Link",
    "Measured",
    "Modality",
    "Parameter",
    "ParameterType",
    "PauseRule",
    "Policy",
    "Rate",
    "Reopen",
    "ReportPeriod",
    "Restart",
    "Retention",
    "Return",
    "Role",
    "Rule",
    "Scaled",
    "Secret",
    "Selector",
    "Shows",
    "Standing",
    "Stock",
    "Subject",
    "Table",
    "TableRow",
    "Trade",
    "Use",
    "calendar_from_file",
    "editions",
    "load_policy",
    "policies",
    "policy_for",
    "returns_due",
    "rules_of",
    "secrets",
    "uses",
    "uses_of",
]
