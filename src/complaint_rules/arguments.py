"""What is passed to a function held against what it takes, where a wrong kind would else be taken for something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from complaint_rules.errors import ComplaintRulesError

_COUNT_UP_TO: Final = 1_000_000


def truth(value: object, what: str, error: type[ComplaintRulesError]) -> bool:
    """Give a truth value; anything else raises `error`: ``"no"`` would be taken for yes.

    >>> from complaint_rules.errors import InvalidFigure
    >>> truth("no", "only_asked", InvalidFigure)
    Traceback (most recent call last):
    complaint_rules.errors.InvalidFigure: only_asked: True or False is expected; got 'no'
    """
    if not isinstance(value, bool):
        raise error(what=what, why="True or False is expected", value=value)
    return value


def whole(value: object, what: str, error: type[ComplaintRulesError], *, least: int = 0) -> int:
    """Give a whole number from `least` to a million; anything else raises `error`.

    >>> from complaint_rules.errors import InvalidMoment
    >>> whole(None, "through", InvalidMoment)
    Traceback (most recent call last):
    complaint_rules.errors.InvalidMoment: through: a whole number from 0 to 1000000 is expected; got None
    """
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _COUNT_UP_TO:
        why = f"a whole number from {least} to {_COUNT_UP_TO} is expected"
        raise error(what=what, why=why, value=value)
    return value


def of_kind(value: object, kind: type[Any] | tuple[type[Any], ...], refusal: ComplaintRulesError) -> Any:
    """Give what is of a kind; for anything else `refusal` is raised, with the value.

    >>> from complaint_rules.errors import InvalidFigure
    >>> of_kind(None, dict, InvalidFigure(what="links", why="a mapping is expected"))
    Traceback (most recent call last):
    complaint_rules.errors.InvalidFigure: links: a mapping is expected; got None
    """
    if not isinstance(value, kind):
        refusal.value = value
        raise refusal
    return value


def each(
    values: object, kind: type[Any] | tuple[type[Any], ...], what: str, error: type[ComplaintRulesError], hint: str
) -> Iterator[Any]:
    """Give one after the other what is passed; a text, a mapping, or one thing of another kind raises `error`.

    >>> from complaint_rules.errors import InvalidGolden
    >>> list(each([None], str, "cases", InvalidGolden, "pass texts"))
    Traceback (most recent call last):
    complaint_rules.errors.InvalidGolden: cases[0]: this is of another kind; got None; pass texts
    """
    if not isinstance(values, Iterable) or isinstance(values, str | bytes | Mapping):
        raise error(what=what, why="a list is expected", value=values, hint=hint)
    for place, one in enumerate(values):
        if not isinstance(one, kind):
            raise error(what=f"{what}[{place}]", why="this is of another kind", value=one, hint=hint)
        yield one
