"""JSON Schemas of a golden case, one line of a kit, and of the answer that an implementation gives to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.assessment.notifications import NotificationKind
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.kits import fragments
from complaint_rules.verification.kits.case_schemas import case_schema
from complaint_rules.verification.kits.fragments import (
    COUNT,
    DAY,
    MOMENT,
    STRING,
    JsonSchema,
    any_of,
    bilingual,
    closed,
    enum_of,
    headed,
    listed,
    named,
    nullable,
)
from complaint_rules.verification.reaching.expecting import EXPECT, OPEN

_TEXT: Final = fragments.text(2_000)
_TITLES: Final = any_of(_TEXT, closed({"zh": _TEXT, "en": _TEXT}, ["zh", "en"]))
_DUE: Final[JsonSchema] = {
    "type": ["string", "null"],
    "anyOf": [
        {"type": "null"},
        {"pattern": MOMENT["pattern"]},
        {"pattern": DAY["pattern"]},
        {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"},
    ],
}
"""A due moment: exact, or by hand a day (its end) or to the minute, both in Beijing; null: nothing is due."""
_FIGURE: Final[JsonSchema] = {"type": ["number", "string", "null"], "pattern": r"^[0-9]+(\.0+)?$", "minimum": 0}
"""A number in an answer, also as text."""
_NAMES: Final = listed(STRING)
_VALUE: Final = any_of(nullable(STRING), _NAMES)
_CODE: Final[JsonSchema] = {
    "type": "string",
    "pattern": "^(" + "|".join(one.value for one in ViolationCode) + ")( .+)?$",
}
_RULE: Final = "^(table|limit|duty|checklist)/."


def _run(due: Mapping[str, Any], row: Mapping[str, Any]) -> JsonSchema:
    found = closed({"status": enum_of(Status), "due_at": due, "row": row, "warn_at": any_of(due, listed(due))})
    return found | {"minProperties": 1}


def _results(due: Mapping[str, Any], row: Mapping[str, Any]) -> Mapping[str, JsonSchema]:
    """Describe what comes out of a case, or must come out; `due` and `row` are how those are written."""
    one = any_of(enum_of(DutyStatus), closed({"status": enum_of(DutyStatus), "due_at": due}, ["status"]))
    run = _run(due, row)
    return {
        "clocks": named(any_of(run, listed(run))),
        "findings": named(_VALUE),
        "duties": named(any_of(one, listed(one))),
        "checklists": named(any_of({"const": OPEN}, fragments.NULL, _NAMES)),
        "notifications": named(listed(enum_of(NotificationKind)), pattern=_RULE),
        "violations": any_of(listed(_CODE), named(listed(enum_of(ViolationCode)))),
        "missing": _NAMES,
        "refused": _TEXT,
    }


_TOLD: Final[Mapping[str, Pair]] = FrozenMap(
    {
        "clocks": ("各时限：状态、届满时刻、所依据的行", "by limit: status, due moment, row"),
        "findings": (
            "各分类表的取值；null 为无行成立，? 为尚不能定",
            "by table: its value; null: no row holds, ?: open",
        ),
        "duties": ("各义务，按触发逐项", "by duty: where it stands, trigger by trigger"),
        "checklists": ("各清单所缺要素；null 为无文件", "by checklist: what the last document lacks; null: none"),
        "notifications": ("各规则此刻应发的通知", "by rule: the kinds of notice due at the moment"),
        "violations": (
            "全部违规，写作 late limit/whole；或按规则列出",
            "all violations, as late limit/whole; or by rule",
        ),
        "missing": ("列为缺失的参数与关联", "parameters and links told as missing"),
        "refused": ("退回之处：其余皆无", "the place of the refusal: then nothing else comes out"),
    }
)
_OF_CASE: Final[Mapping[str, Pair]] = FrozenMap(
    {
        "id": ("对照案件编号", "key of the golden case"),
        "policy": ("所属规则集及参数", "the rule set it is of, with parameters"),
        "kind": ("为何而作", "what it was made for"),
        "rule": ("所及规则", "the rule it is about"),
        "cite": ("所据条款", "the article it follows from"),
        "title": ("名称", "its name"),
        "why": ("如何得出", "how the answer follows from the text"),
        "case": ("所给事实与经过", "what is given: facts and events"),
        "at": ("评估时刻", "the moment of the assessment"),
        "links": ("关联投诉数；没有这个键为未查询", "counts of linked complaints; left out: nobody looked"),
        "hours": ("营业时间", "opening hours, as 09:00-12:00"),
        "expect": ("应得结果", "what must come out"),
        "checked": ("何人何日与条款核对；null 为尚无人核对", "who held it against the article; null: nobody has"),
    }
)


def golden_schema() -> JsonSchema:
    """Describe a golden case (对照案件), one line of JSON Lines.

    >>> golden_schema()["required"]
    ['id', 'policy', 'case', 'at', 'expect']
    """
    results = _described(_results(_DUE, nullable(COUNT)), _TOLD)
    given = {
        "id": _TEXT,
        "policy": closed({"id": STRING, "edition": STRING, "parameters": named(_PARAMETER)}, ["id"]),
        "kind": _TEXT, "rule": {"type": "string", "pattern": _RULE}, "cite": _TEXT, "title": _TITLES, "why": _TITLES,
        "case": {"type": "object"}, "at": MOMENT, "links": nullable(named(COUNT)), "hours": listed(_TEXT),
        "expect": closed({key: results[key] for key in EXPECT.known}) | _ALONE | {"minProperties": 1},
        "checked": nullable(closed({"by": _TEXT, "on": DAY}, ["by", "on"])),
    }  # fmt: skip
    # A case that is to be refused may be no case at all; of any other every part is described.
    whole = case_schema()
    fine = closed(whole["properties"], ["received"])
    content = closed(_described(given, _OF_CASE), ["id", "policy", "case", "at", "expect"])
    content |= {
        "if": {"properties": {"expect": {"required": ["refused"]}}},
        "else": {"properties": {"case": fine}},
        "$defs": whole["$defs"],
    }
    title, about = ("对照案件", "golden case"), ("所给与应得", "what is given, and what must come out")
    return headed("golden", title, about, content)


def answer_schema() -> JsonSchema:
    """Describe the answer that an implementation gives to a golden case (答案): results, or where it refuses.

    >>> answer_schema()["required"]
    ['id']
    """
    results = _described(_results(nullable(MOMENT), _FIGURE), _TOLD)
    title, about = ("答案", "answer"), ("对一件对照案件的答案", "what an implementation answers to a golden case")
    key = {"id": {**_TEXT, "description": bilingual(_OF_CASE["id"])}}
    content = closed({**key, **results}, ["id"]) | _ALONE
    return headed("answer", title, about, content)


_PARAMETER: Final[JsonSchema] = {"type": ["string", "integer", "boolean"]}
_ALONE: Final[JsonSchema] = {
    "dependentSchemas": {"refused": {"properties": {key: False for key in EXPECT.known if key != "refused"}}}
}
"""A refusal stands alone."""


def _described(properties: Mapping[str, Mapping[str, Any]], told: Mapping[str, Pair]) -> Mapping[str, JsonSchema]:
    return {name: {**kind, "description": bilingual(told[name])} for name, kind in properties.items()}
