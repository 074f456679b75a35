"""What an implementation in another language is held against (对照套件).

From the ground up; each module imports only those above it in this list:

* `fragments`: pieces that JSON Schemas are made of
* `meanings`: what each key of a policy file means, in both languages
* `policy_keys`: what may stand under each key of a policy file
* `policy_schema`: the schema of a policy file
* `case_schemas`: the schemas of complaints, events and cases
* `mapping_schema`: the schema of a mapping file of registers
* `assessment_schema`: the schema of an assessment as data
* `tally_schema`: the schema of a tally as data
* `golden_schema`: the schemas of a golden case and of the answer to it
* `schemas`: all schemas by name
* `days`: which days work, as plain data
* `shipping`: golden cases made ready for a kit
* `answering`: answers read, one a line
* `judging`: an answer held against what must come out
* `results`: what the answers came to, by case and by rule
* `guide`: the page that stands in a kit
* `folders`: a kit written to and read from a folder, every file as its list says
* `standing`: whether those files are what this version writes, or in form where another made them
* `packing`: `kit` and `Kit`: cases, calendar and schemas, and answers held against them
"""

from __future__ import annotations

from complaint_rules.verification.kits.answering import KitAnswer
from complaint_rules.verification.kits.days import calendar_data
from complaint_rules.verification.kits.judging import Mismatch, MismatchKind
from complaint_rules.verification.kits.packing import Kit, kit
from complaint_rules.verification.kits.results import CaseResult, KitReport, Outcome, RuleResult
from complaint_rules.verification.kits.schemas import SCHEMAS, schema

__all__ = [
    "SCHEMAS",
    "CaseResult",
    "Kit",
    "KitAnswer",
    "KitReport",
    "Mismatch",
    "MismatchKind",
    "Outcome",
    "RuleResult",
    "calendar_data",
    "kit",
    "schema",
]
