"""The JSON Schema of a mapping file of registers, made of the keys that its reader takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.exchange.column_files import COLUMN
from complaint_rules.exchange.columns import PICKS, TYPES
from complaint_rules.exchange.mapping_files import (
    EVENT,
    EVENT_TYPES,
    FACT_TYPES,
    HEADER,
    IF,
    MOST_HEADER_ROWS,
    ROWS,
    TOP,
)
from complaint_rules.language import FIELDS, Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.verification.kits import fragments
from complaint_rules.verification.kits.fragments import (
    IDENTIFIER,
    STRING,
    JsonSchema,
    any_of,
    bilingual,
    closed,
    headed,
    listed,
    named,
    whole,
)

_TEXT: Final[JsonSchema] = {"type": "string", "minLength": 1}
_TEXTS: Final = any_of(STRING, listed(STRING))
_COLUMN: Final[JsonSchema] = {"$ref": "#/$defs/column"}
_CENTURY: Final[JsonSchema] = {"const": 2000}
_ZONE: Final[JsonSchema] = {"type": "string", "pattern": r"^(Z|[+-][0-9]{2}:?[0-9]{2}(:?[0-9]{2})?)$"}
_VALUE: Final[JsonSchema] = {"type": ["string", "number", "boolean"]}
_KIND: Final[JsonSchema] = {"type": "string", "pattern": IDENTIFIER}

_OF_FILE: Final[Mapping[str, tuple[Mapping[str, Any], Pair]]] = FrozenMap(
    {
        "header": ({"$ref": "#/$defs/header"}, ("表头", "the header rows")),
        "encoding": (any_of(_TEXT, listed(_TEXT, least=1)), ("依次尝试的编码", "encodings to try, in order")),
        "delimiter": (
            any_of(_TEXT, listed(_TEXT)), ("依次尝试的分隔符", "characters that may part the cells, to try in order"),
        ),
        "sheet": (_TEXT, ("工作表", "sheet of a workbook")),
        "row": ({"enum": list(ROWS)}, ("一行是一件投诉还是一个事件", "what a row is: a case, or one event of it")),
        "dates": (_TEXTS, ("日期写法", "forms of dates, each read exactly")),
        "century": (_CENTURY, ("%y 所在世纪的第一年", "the first year of the century that %y means")),
        "zone": (_ZONE, ("未写时区时的时区", "offset from UTC of a time of day that names none")),
        "blank": (_TEXTS, ("表示未填的写法", "what a cell holds whose content is not known")),
        "fact": ({"$ref": "#/$defs/facts"}, ("各项事实所在的列", "which column holds which fact")),
        "event": (listed({"$ref": "#/$defs/event"}), ("一行能显示的事件", "the events that a row can show")),
        "unseen": (
            closed({"events": any_of(_KIND, listed(_KIND))}),
            ("台账无法显示的事件", "kinds of event that the register cannot show"),
        ),
    }
)  # fmt: skip
_OF_HEADER: Final[Mapping[str, tuple[Mapping[str, Any], Pair]]] = FrozenMap(
    {
        "rows": (whole(1, MOST_HEADER_ROWS), ("表头行数", "number of header rows")),
        "join": (_TEXT, ("各段列名之间的符号", "what stands between the parts of a merged name")),
    }
)
_OF_COLUMN: Final[Mapping[str, tuple[Mapping[str, Any], Pair]]] = FrozenMap(
    {
        "column": (
            any_of(_TEXT, listed(_TEXT, least=2) | {"maxItems": 2}),
            ("列名；日期与时间分列的写两列", "the column; of a date also two, the day and the time of day"),
        ),
        "codes": (named(_VALUE), ("代码对照", "what each code of the register stands for")),
        "otherwise": (_VALUE, ("未列出的代码一律视为", "what a code that is not listed stands for")),
        "times": ({"type": "number", "exclusiveMinimum": 0}, ("乘数", "by what a figure is multiplied")),
        "unit": (_TEXTS, ("可写在数字旁的字样", "marks that may stand beside a figure and mean its own unit")),
        "is": (_TEXTS, ("何为是", "the contents that mean true")),
        "not": (_TEXTS, ("何为否", "the contents that mean false")),
        "split": (_TEXT, ("一格多项时的分隔符", "characters that part several items in one cell")),
        "present": (
            named(_TEXT),
            ("有内容即表示已登记", "items, each with the column that shows by being filled that it exists"),
        ),
        "value": (_VALUE, ("整份台账同此值", "what holds for the whole register")),
        "type": ({"enum": list(TYPES)}, ("类型", "type of a fact of one's own")),
        "dates": (_TEXTS, ("本列的日期写法", "forms of the dates of this column")),
        "century": (_CENTURY, ("本列 %y 所在世纪", "century of %y in this column")),
        "zone": (_ZONE, ("本列的时区", "zone of this column")),
        "blank": (_TEXTS, ("本列表示未填的写法", "what a cell of this column holds whose content is not known")),
        "unreadable": ({"const": "unknown"}, ("读不出的视为未知", "a cell that cannot be read is unknown")),
        "conditional": ({"const": True}, ("仅在 if 成立时属于该事件", "the date is the event's only where if says so")),
        "pick": ({"enum": list(PICKS)}, ("一行一事时以哪一行为准", "which row tells it, where a row is one event")),
        "if_blank": ({"const": "line"}, ("无编号的以行号为编号", "a row without a key is called after its line")),
    }
)  # fmt: skip
_IF_BLANK: Final[Pair] = ("空白表示未发生还是不明", "what a blank means")
_IF: Final[Pair] = ("是否发生所在的列", "the column that says whether it happened")
_CHANGES: Final[Pair] = ("自该事件起方为已知的事实", "facts that the event makes known, and their columns")
_MORE_FIELDS: Final[Mapping[str, Pair]] = FrozenMap(
    {"at": ("发生时间", "when"), "id": ("事件编号", "key of the event"), "due": ("约定时间", "moment or day agreed")}
)


def mapping_schema() -> JsonSchema:
    """Describe a mapping file (字段对照): which column of a register holds which fact.

    >>> mapping_schema()["required"]
    ['fact']
    """
    known = common().facts
    facts = {
        name: {**_COLUMN, "description": bilingual((known[name].title["zh"], known[name].title["en"]))}
        for name in FACT_TYPES
        if name in known
    }
    ids = {"id": {**_COLUMN, "description": bilingual(("工单号", "key of the complaint"))}}
    definitions = {
        "column": any_of(_TEXT, _described(_OF_COLUMN, COLUMN) | fragments.one_of_keys(["column", "value", "present"])),
        "header": _described(_OF_HEADER, HEADER),
        "facts": named(_COLUMN, pattern=IDENTIFIER) | {"properties": ids | facts, "required": ["id", "received"]},
        "event": _event(),
    }
    title, about = (
        ("字段对照文件", "mapping file"),
        ("台账的哪一列是哪项事实", "which column of a register is which fact"),
    )
    return headed("mapping", title, about, _described(_OF_FILE, TOP, ["fact"]) | {"$defs": definitions})


def _described(
    known: Mapping[str, tuple[Mapping[str, Any], Pair]], keys: tuple[str, ...], needed: list[str] | None = None
) -> JsonSchema:
    return closed({key: {**known[key][0], "description": bilingual(known[key][1])} for key in keys}, needed or [])


def _event() -> JsonSchema:
    condition = _described({key: _OF_COLUMN[key] for key in IF}, IF, ["column", "is"])
    own: Mapping[str, JsonSchema] = {
        "kind": {**_KIND, "description": bilingual(FIELDS["kind"])},
        "if": condition | {"description": bilingual(_IF)},
        "if_blank": {"enum": ["no", "unknown"], "description": bilingual(_IF_BLANK)},
        "set": named(_COLUMN, pattern=IDENTIFIER) | {"description": bilingual(_CHANGES)},
    }
    fields = {
        name: {**_COLUMN, "description": bilingual(FIELDS[name] if name in FIELDS else _MORE_FIELDS[name])}
        for name in EVENT_TYPES
        if name not in own
    }
    found = closed({key: own[key] if key in own else fields[key] for key in EVENT}, ["kind"])
    return found | {"anyOf": [{"required": ["at"]}, {"required": ["if"]}]}
