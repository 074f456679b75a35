"""What a run says that ends in a fault of the program: where, what to report, nothing of a customer (程序错误)."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import Final

from complaint_rules.language import Lang
from complaint_rules.version import VERSION

FAULT: Final = 70
"""The exit status of a run that ended so: what sysexits(3) calls an internal software error."""
_PACKAGE: Final = "complaint_rules"
_MOST_PLACES: Final = 12


def mishap_text(error: Exception, command: str, lang: Lang) -> str:
    """Say what went wrong in the program itself, a line for each call, the innermost last.

    What an exception says of itself may repeat a row, so that only its class is told.

    >>> print(mishap_text(ZeroDivisionError("a customer's words"), "due", "en").partition(", and")[0])
    complaint-rules due: ZeroDivisionError: a mistake of this library
    """
    kind = type(error).__name__
    if lang == "zh":
        head = f"complaint-rules {command}：{kind}：这是本库的错误，不在您；此前写出的结论仍然有效"
        ask = f"请按docs/security.md所述反馈以下各行及版本{VERSION}，其中没有客户的内容；请勿附上台账"
    else:
        head = (
            f"complaint-rules {command}: {kind}: a mistake of this library, and none of yours: "
            "the answers written so far stand"
        )
        ask = (
            f"please report the lines below and the version, {VERSION}, as docs/security.md says; "
            "they hold nothing of a customer: send no row of the register"
        )
    places = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    return "\n".join([head, ask, *(f"  {_place(one.filename)}:{one.lineno}: {one.name}" for one in places)])


def _place(file: str) -> str:
    """Name a module without the folders that it happens to be installed in."""
    parts = PurePath(file).parts
    return "/".join(parts[parts.index(_PACKAGE) :]) if _PACKAGE in parts else parts[-1]
