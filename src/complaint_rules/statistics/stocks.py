"""What is open at the edges of periods (期初、期末未结): the sum of all that came in and ended before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from complaint_rules.errors import InvalidTally
from complaint_rules.policy.figures import Stock
from complaint_rules.policy.rules import Figure, ReportPeriod
from complaint_rules.statistics.amounts import CaseCount
from complaint_rules.statistics.cells import Cell
from complaint_rules.statistics.groups import Key, Keys, Name
from complaint_rules.statistics.spans import Span


def stock_rows(
    flows: Mapping[Keys, Cell], names: Sequence[Name], figure: Figure, at: dt.datetime
) -> tuple[dict[Keys, CaseCount], CaseCount]:
    """Give what was open at the start or end of every period up to now, and what is open now, of the flows by period.

    What nobody knows to have been open at the edge is undecided. Without a period among the names it is what is open
    now. Raises `InvalidTally` for the stock at the start without a period, and for two periods at once.
    """
    periods = [place for place, name in enumerate(names) if name.unit is not None]
    total = [sum(cell[0] for cell in flows.values()), sum(cell[1] for cell in flows.values())]
    if len(periods) > 1:
        raise InvalidTally(what="by", why="a stock is one at the edges of one kind of period", value=_texts(names))
    if not periods:
        if figure.stock is Stock.START:
            why = "a stock at the start is one of periods"
            raise InvalidTally(
                what="by", why=why, value=_texts(names) or None, hint="group by a period as well, as month"
            )
        return {key: _count(cell[0], cell[1]) for key, cell in flows.items()}, _count(*total)
    place = periods[0]
    return _over_time(flows, place, names[place].unit or ReportPeriod.DAY, figure, at), _count(*total)


def _over_time(
    flows: Mapping[Keys, Cell], place: int, unit: ReportPeriod, figure: Figure, at: dt.datetime
) -> dict[Keys, CaseCount]:
    labels = [key[place] for key in flows]
    known = [Span.parse(label) for label in labels if label is not None]
    now = Span.of(at, unit)
    spans: list[Span] = []
    span = min(known, default=now)
    while span < now:
        spans.append(span)
        span = Span.of(span.last + dt.timedelta(days=1), unit)
    spans.append(now)
    others = dict.fromkeys((key[:place], key[place + 1 :]) for key in flows)
    found: dict[Keys, CaseCount] = {}
    for before, after in others:
        undated = flows.get((*before, None, *after))
        low, high = 0, 0 if undated is None else undated[1]
        for one in spans:
            key: tuple[Key, ...] = (*before, one.label, *after)
            step = flows.get(key, [0, 0])
            start = low, high
            low, high = low + step[0], high + step[1]
            found[key] = _count(*(start if figure.stock is Stock.START else (low, high)))
    return found


def _count(low: int, high: int) -> CaseCount:
    return CaseCount(n=low, undecided=high - low)


def _texts(names: Sequence[Name]) -> str:
    return ", ".join(name.written for name in names)
