"""What is wrong, in words: an error, a fault of a file, a refused row, each in Chinese or as it was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeAlias

from complaint_rules.errors import NOTHING, ComplaintRulesError, Fault, legible, shown
from complaint_rules.exchange.rows import RowFault
from complaint_rules.language import Lang, language
from complaint_rules.words.messages.catalogue import in_chinese, quoted, term

Refusal: TypeAlias = ComplaintRulesError | Fault | RowFault
"""What can be said to be wrong."""
_COUNTED: Final = re.compile(r"(, |^)(character|column) ([0-9]+)$")
_PLAIN: Final = (dt.date, Decimal)


def explain_error(error: Refusal | Exception, lang: Lang = "zh") -> str:
    """Say what is wrong (报错说明), with every fault of a file: what the error's own text says, which is English.

    Nothing is shown that the English does not show. A text without a Chinese entry stays in English.

    An exception that is none of this library's is said in its own words. Raises `UnknownLanguage`.

    >>> from complaint_rules.errors import InvalidPeriod
    >>> from complaint_rules.periods.periods import Period
    >>> try:
    ...     Period.parse("5")
    ... except InvalidPeriod as error:
    ...     print(explain_error(error))
    期限：没有单位；给的是“5”；写“5日”或“5个工作日”
    >>> row = RowFault(line=3, column="channel", why="the code is unknown", hint="did you mean 'phone'?")
    >>> print(explain_error(row)), print(explain_error(row, "en"))
    3: channel：没有这个代码；是否想写“phone”？
    3: channel: the code is unknown; did you mean 'phone'?
    (None, None)
    """
    if language(lang) == "en" or not isinstance(error, ComplaintRulesError | Fault | RowFault):
        return str(error)
    return "\n".join(_lines(error))


def _lines(error: Refusal) -> Iterator[str]:
    value: object
    match error:
        case RowFault():
            where, what, value = str(error.line), error.column, NOTHING
        case Fault():
            where, what, value = error.where, "", error.value
        case _:
            where, what, value = error.where, term(error.what), error.value
    told = [f"{what}：{in_chinese(error.why)}" if what else in_chinese(error.why)]
    if value is not NOTHING:
        told.append(f"给的是{_given(value)}")
    if error.hint:
        told.append(in_chinese(error.hint))
    place = _COUNTED.sub(_counted, where)
    yield legible((f"{place}: " if place else "") + "；".join(told))
    for fault in getattr(error, "faults", ()):
        yield f"  {explain_error(fault)}"


def _counted(found: re.Match[str]) -> str:
    return f"{'，' if found[1] else ''}第{found[3]}{'列' if found[2] == 'column' else '个字符'}"


def _given(value: object) -> str:
    """Show a value as a person writes it: a text in quotation marks, a date or an exact number without its type."""
    return str(value) if type(value) in _PLAIN else quoted(shown(value))
