"""What may stand under each key of a policy file: one entry a key, and one for each place where it means another thing.

Which keys there are stands in `policy.files.shapes`; a key without an entry here stops the schema, and a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.conditions.scopes import Answerer, FactType
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.units import CLOSE, MEASURED, Receipt, Roll
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.figures import Against, Rate, Shows, Stock
from complaint_rules.policy.rules import (
    CountedFrom,
    Modality,
    ParameterType,
    Reopen,
    ReportPeriod,
    Subject,
    Trade,
)
from complaint_rules.verification.kits import fragments
from complaint_rules.verification.kits.fragments import (
    CODE,
    DAY,
    FLAG,
    IDENTIFIER,
    JsonSchema,
    any_of,
    enum_of,
    listed,
    most_one_of,
    named,
    one_of_keys,
    whole,
)

_MONTH_DAY: Final = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_LONGEST: Final = 2_000


def table(name: str) -> JsonSchema:
    """Point at the table of a kind, which stands among the definitions of the schema.

    >>> table("limit_row")
    {'$ref': '#/$defs/limit_row'}
    """
    return {"$ref": f"#/$defs/{name}"}


def _several(one: Mapping[str, Any], most: int = 0) -> JsonSchema:
    """Describe one value, or a list of such without repetition."""
    items = listed(one, least=1) | {"uniqueItems": True} | ({"maxItems": most} if most else {})
    return any_of(one, items)


_TEXT: Final = fragments.text(_LONGEST)
_TEXTS: Final = _several(_TEXT)
_ID: Final[JsonSchema] = {"type": "string", "pattern": CODE}
_TITLES: Final = table("titles")
_CODED: Final = named(_TITLES, pattern=CODE) | {"minProperties": 1}
_CITATION: Final = {"allOf": [_TITLES], "additionalProperties": {"pattern": r"^[^{}]*\{\}[^{}]*$"}}
_CONDITION: Final = fragments.text(4_000)
_PERIOD: Final[JsonSchema] = {"type": "string", "pattern": r"[^0-9\s.]", "maxLength": _LONGEST}
_TIME: Final[JsonSchema] = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"}
_KIND: Final[JsonSchema] = {"type": "string", "pattern": IDENTIFIER}
_SELECTOR: Final = any_of(_KIND, table("selector"))
_SELECTORS: Final = any_of(_KIND, table("selector"), listed(_SELECTOR, least=1))
_LEFT_OPEN: Final = table("parameter_use")
_FIGURE: Final = any_of(_PERIOD, _LEFT_OPEN)
_SCALAR: Final[JsonSchema] = {"type": ["string", "number", "boolean", "array"]}
_SPANS: Final = listed({"type": "array", "items": _TIME, "minItems": 2, "maxItems": 2}, least=1)
_DAYS: Final = any_of(DAY, listed(DAY))
_QUOTA: Final[JsonSchema] = {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,6})? ?%$"}
_YEARLY: Final = _several({"type": "string", "pattern": f"^{_MONTH_DAY}$"})
_PERCENTILE: Final = {"type": "string", "pattern": "^percentile (100|[1-9][0-9]?)$"}
_FOUND: Final = enum_of(FindingCode)
_ROWS: Final = listed(table("limit_row"), least=1)


def _words(*words: str) -> JsonSchema:
    return {"enum": list(words)}


EVERYWHERE: Final[Mapping[str, Mapping[str, Any]]] = FrozenMap(
    {
        # what most tables have
        "id": _ID, "title": _TITLES, "cite": _TEXT, "reading": _TITLES, "when": _CONDITION, "requires": _CONDITION,
        "who": _TEXT, "definition": _TITLES, "within": _FIGURE, "each": FLAG,
        "modality": _words("must", "should"), "per": enum_of(ReportPeriod),
        # how periods are counted
        "clock_starts": _TIME, "roll": enum_of(Roll), "receipt": enum_of(Receipt),
        "cut_off": any_of(_TIME, _words(CLOSE)),
        "opening_day": FLAG, "ends": any_of(_TIME, _words("24:00", CLOSE)), "quiet": FLAG,
        # events and what selects them
        "from": _SELECTORS, "until": _SELECTORS, "event": _KIND, "by": _TEXTS, "to": _TEXTS, "unit": _TEXTS,
        "outcome": _TEXTS, "reason": _TEXTS, "ref": _TEXTS, "approved_by": _TEXTS, "told": _TEXTS, "items": _TEXTS,
        "nth": whole(1, 1_000), "not": table("selector_not") | {"minProperties": 1},
        # the file
        "edition": _TEXT, "issuer": _TITLES, "checked_on": DAY, "effective_from": DAY, "effective_until": DAY,
        "citation": _CITATION, "source": _TITLES, "trade": enum_of(Trade), "url": _TEXT, "extends": table("extends"),
        "remove": listed(_TEXT), "applies": _CONDITION,
        "routes": listed(listed(_TEXT, least=2) | {"maxItems": 2}), "note": listed(_TITLES),
        "level": listed(table("level")), "body": listed(table("body")),
        "facts": named(table("fact"), pattern=IDENTIFIER),
        "events": named(table("event"), pattern=IDENTIFIER), "codes": named(_TITLES, pattern=CODE),
        "parameters": named(table("parameter"), pattern=IDENTIFIER),
        "table": listed(table("table")), "duty": listed(table("duty")), "checklist": listed(table("checklist")),
        "link": listed(table("link")), "figure": _TEXT, "filing": listed(table("filing")),
        "standing": listed(table("standing")), "article": listed(table("article")), "cited": listed(table("cited")),
        "displaced": listed(table("displaced")),
        "retention": any_of(
            table("retention"), listed(table("retention"), least=1) | {"maxItems": 1},
            listed(table("retention") | {"required": ["id", "title"]}, least=2),
        ),
        "hours": table("hours"), "calendar": table("calendar"),
        # findings of the analysis that are accepted
        "accept": any_of(_FOUND, table("accept"), listed(any_of(_FOUND, table("accept")), least=1)), "code": _FOUND,
        # words of a language, what is declared
        "zh": _TEXT, "en": _TEXT, "assume": _SCALAR, "ask": enum_of(Answerer), "values": _CODED, "implies": _TEXTS,
        "negated": _TITLES, "before_receipt": FLAG, "default": _SCALAR, "parameter": _TEXT,
        # tables and limits
        "about": enum_of(Subject), "first": _ROWS, "earliest": _ROWS, "latest": _ROWS, "value": _TEXT,
        "every": listed(table("table_row"), least=1), "agreed": any_of(FLAG, _SELECTORS), "agreed_later": FLAG,
        "pauses": listed(table("pause")), "restart": table("restart"), "reopen": enum_of(Reopen),
        "void_on": any_of(_KIND, table("void"), listed(any_of(_KIND, table("void")), least=1)), "after_closing": FLAG,
        "extension": listed(table("extension")), "warn": _several(_PERIOD), "on": _SELECTOR, "add": _PERIOD,
        "times": whole(1, 100),
        # duties, checklists, links
        "must": _SELECTORS, "should": _SELECTORS, "must_not": _SELECTORS, "should_not": _SELECTORS, "may": _SELECTORS,
        "after": _SELECTORS, "since": DAY, "unless": _CONDITION, "of": _CONDITION, "same": _TEXTS, "distinct": FLAG,
        "window": _FIGURE, "joint": FLAG,
        # counting rules and figures
        "counts": _CONDITION, "as": _TEXT, "weight": _TEXT, "replaces": _ID, "base": _TEXT, "basis": _TEXTS,
        "share": _CONDITION, "limit": _TEXT, "rate": enum_of(Rate), "time": _TIME, "bands": _TEXTS,
        "show": _several(any_of(enum_of(Shows), _PERCENTILE)), "sum": any_of(_TEXT, table("selector")),
        "stock": enum_of(Stock), "scale": table("scaled"), "dated": _SELECTORS, "part_of": _ID, "at_least": _QUOTA,
        "at_most": _QUOTA, "at_least_cases": whole(2, 1_000_000), "decimals": whole(0, 6), "less": _words("pauses"),
        # filings
        "day": whole(1, 31), "daily": FLAG, "before": FLAG, "contents": _CODED, "figures": _TEXTS,
        "tables": listed(table("filing_table")), "compare": _several(enum_of(Against)), "excluded": FLAG,
        "written": _TEXTS, "so_far": FLAG, "median": FLAG,
        "period": any_of(
            enum_of(ReportPeriod), _LEFT_OPEN,
            named(enum_of(ReportPeriod), pattern=f"^{_MONTH_DAY}$") | {"minProperties": 1},
        ),
        # what is cited
        "state": enum_of(ArticleState), "rule": _TEXT, "replaced": FLAG, "cites": _TEXTS,
        # hours and days
        "spans": _SPANS, "weekday": table("weekday"), "season": listed(table("season")), "works": FLAG,
        "notice": listed(table("notice")), "make_up_days": listed(DAY), "year": whole(2001, 2099),
        "days_off": listed(DAY), "statutory": listed(DAY), "exceptions": listed(DAY), "number": _TEXT, "issued": DAY,
        "published": DAY, "address": _TEXT, "start": _TIME, "end": _TIME,
        "monday": _SPANS, "tuesday": _SPANS, "wednesday": _SPANS, "thursday": _SPANS, "friday": _SPANS,
        "saturday": _SPANS, "sunday": _SPANS,
    }
)  # fmt: skip
"""What may stand under a key, wherever nothing else is said of it."""

HERE: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = FrozenMap(
    {
        "file": {
            "basis": listed(table("basis")), "base": listed(table("base")), "figure": listed(table("figure")),
            "limit": listed(table("limit")), "quiet": table("quiet"),
        },
        "fact": {"type": enum_of(FactType)},
        "parameter": {"type": enum_of(ParameterType)},
        "table": {"id": _KIND, "first": listed(table("table_row"), least=1)},
        "limit": {"id": _KIND},
        "limit_row": {"by": _TEXT},
        "restart": {"on": _SELECTORS},
        "extension": {"to": _PERIOD},
        "duty": {"to": _TEXT, "since": enum_of(CountedFrom)},
        "checklist": {"of": _SELECTORS, "items": _CODED},
        "basis": {"until": DAY},
        "figure": {
            "time": table("measured"), "unit": _TITLES,
            "show": _several(any_of(_words(Shows.MEDIAN, Shows.MEAN), _PERCENTILE)),
        },
        "scaled": {"figure": _ID, "per": whole(1, 10**12)},
        "measured": {"unit": _words(*MEASURED)},
        "filing": {"on": _YEARLY, "from": any_of(DAY, _LEFT_OPEN), "until": any_of(DAY, _LEFT_OPEN)},
        "filing_table": {"basis": _TEXT, "by": _several(_TEXT, 3), "within": _several(_TEXT, 1)},
        "standing": {"on": _YEARLY, "after": _TITLES, "modality": enum_of(Modality)},
        "article": {"id": _TEXT},
        "season": {
            "from": {"type": "string", "pattern": f"^{_MONTH_DAY}$"},
            "until": {"type": "string", "pattern": f"^{_MONTH_DAY}$"},
        },
        "hours": {"day": listed(table("hours_day"))},
        "hours_day": {"on": _DAYS},
        "calendar": {"day": listed(table("calendar_day")), "make_up_days": FLAG},
        "calendar_day": {"on": _DAYS, "reason": _TITLES},
    }
)  # fmt: skip
"""What may stand under a key in a table of one kind, where it is another thing than elsewhere."""

TOGETHER: Final[Mapping[str, Mapping[str, Any]]] = FrozenMap(
    {
        "table": one_of_keys(["first", "every"]),
        "limit": one_of_keys(["earliest", "latest", "first"])
        | {"dependentRequired": {"agreed_later": ["agreed"], "cut_off": ["receipt"]}},
        "limit_row": one_of_keys(["within", "by"]),
        "extension": one_of_keys(["add", "to"]) | {"dependentRequired": {"from": ["to"]}},
        "duty": one_of_keys([modality.value for modality in Modality])
        | {"dependentRequired": {"cut_off": ["receipt"]}},
        "parameter": {"dependentRequired": {"default": ["reading"]}},
        "fact": {"not": {"required": ["values", "vocabulary"]}},
        "basis": {"dependentRequired": {"as": ["counts"]}},
        "figure": {"dependentRequired": {"rate": ["limit"], "bands": ["time"], "show": ["time"]}}
        | most_one_of(["share", "limit", "time", "sum", "stock", "scale"]),
        "filing": most_one_of(["on", "day", "daily", "within"]),
        "standing": {"dependentRequired": {"within": ["after"], "after": ["within"]}},
    }
)
"""Which keys of a table go together, or not."""


def value_of(shape: str, key: str) -> Mapping[str, Any]:
    """Give what may stand under a key in a table of a kind.

    >>> (
    ...     value_of("limit", "each"),
    ...     value_of("calendar", "make_up_days") == value_of("notice", "make_up_days"),
    ... )
    ({'type': 'boolean'}, False)
    """
    own = HERE.get(shape, {})
    return own[key] if key in own else EVERYWHERE[key]
