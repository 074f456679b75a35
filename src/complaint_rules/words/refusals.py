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


def explain_faults(error: Refusal, lang: Lang = "zh") -> tuple[str, ...]:
    """Say each thing wrong with data of others (逐项说明), on a line of its own and never with what stands there.

    The offending value may be a name or a telephone number, and a message goes to terminals and logs. Raises
    `UnknownLanguage`.

    >>> from complaint_rules.errors import InvalidPeriod
    >>> print(
    ...     *explain_faults(
    ...         InvalidPeriod(what="a period", why="it has no unit", value="5", where="own:3"), "en"
    ...     )
    ... )
    own:3: a period: it has no unit
    >>> print(*explain_faults(Fault(where="own:3: channel", why="the code is unknown", value="fxa")))
    own:3: channel: 没有这个代码
    """
    faults: tuple[Refusal, ...] = getattr(error, "faults", ()) or (error,)
    one_line = _in_chinese if language(lang) == "zh" else _in_english
    return tuple(one_line(one) for one in faults)


def _lines(error: Refusal) -> Iterator[str]:
    yield _in_chinese(error, getattr(error, "value", NOTHING))
    for fault in getattr(error, "faults", ()):
        yield f"  {explain_error(fault)}"


def _places(error: Refusal) -> tuple[str, str]:
    """Give where it is, and what is wrong there."""
    match error:
        case RowFault():
            return str(error.line), error.column
        case Fault():
            return error.where, ""
        case _:
            return error.where, error.what


def _in_english(error: Refusal) -> str:
    text = ": ".join(filter(None, (*_places(error), error.why)))
    return legible(f"{text}; {error.hint}" if error.hint else text)


def _in_chinese(error: Refusal, value: object = NOTHING) -> str:
    where, what = _places(error)
    if isinstance(error, ComplaintRulesError):
        what = term(what)
    told = [f"{what}：{in_chinese(error.why)}" if what else in_chinese(error.why)]
    if value is not NOTHING:
        told.append(f"给的是{_given(value)}")
    if error.hint:
        told.append(in_chinese(error.hint))
    place = _COUNTED.sub(_counted, where)
    return legible((f"{place}: " if place else "") + "；".join(told))


def _counted(found: re.Match[str]) -> str:
    return f"{'，' if found[1] else ''}第{found[3]}{'列' if found[2] == 'column' else '个字符'}"


def _given(value: object) -> str:
    """Show a value as a person writes it: a text in quotation marks, a date or an exact number without its type."""
    return str(value) if type(value) in _PLAIN else quoted(shown(value))
