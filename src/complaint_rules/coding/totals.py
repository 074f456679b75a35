"""`Totals`: counts arranged as a tree, so that every level adds up to the same, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs

from complaint_rules.coding.facets import Facet, Scheme
from complaint_rules.documents.nesting import in_tree_order, upwards
from complaint_rules.errors import UnknownName, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language
from complaint_rules.mappings import FrozenMap


class RowKind(Coded):
    """What a row of totals counts (行类型)."""

    LISTED = "listed", "表内", "listed"
    """A code, key or class of the tree."""
    UNMAPPED = "unmapped", "无对应", "nothing corresponds"
    """What was counted under a code to which nothing corresponds here; the row bears that code."""
    UNKNOWN = "unknown", "未登记", "not recorded"
    """Complaints of which nothing was recorded."""


@final
@attrs.frozen(kw_only=True, repr=False)
class TotalsRow(Shown):
    """One row of totals."""

    kind: RowKind
    """What it counts."""
    code: str
    """The code, key or class; of what is unmapped the code it was counted under; empty where nothing was recorded."""
    depth: int
    """How deep it stands in the tree; 0: at the top."""
    own: int
    """Number of complaints counted at this very place: of what has parts, those of which no part was told."""
    total: int
    """Number of complaints here and in everything under it."""
    titles: FrozenMap[str, str] = FrozenMap()
    """What it is called, under ``zh`` and ``en``; empty: it has no name of its own."""

    def title(self, lang: Lang = "zh") -> str:
        """Name the row, in Chinese (``zh``) or English (``en``); what has no name by its code.

        Raises `UnknownLanguage`.

        >>> TotalsRow(kind=RowKind.UNKNOWN, code="", depth=0, own=1, total=1).title("en")
        'not recorded'
        >>> TotalsRow(kind=RowKind.UNMAPPED, code="treasury", depth=0, own=1, total=1).title("zh")
        '无对应：treasury'
        """
        lang = language(lang)
        if self.kind is RowKind.UNKNOWN:
            return self.kind.title(lang)
        named = self.titles.get(lang, self.code)
        if self.kind is RowKind.LISTED:
            return named
        return f"{self.kind.title(lang)}{'：' if lang == 'zh' else ': '}{named}"


@final
@attrs.frozen(kw_only=True, repr=False)
class Totals:
    """Complaints of one facet counted in one scheme (分类汇总), each of them in exactly one row's `own`."""

    facet: Facet
    """What is counted."""
    scheme: Scheme
    """In what it is counted."""
    rows: tuple[TotalsRow, ...]
    """The tree from the top, each row followed by its parts; then what is unmapped, then what nobody recorded."""

    def __repr__(self) -> str:
        return f"<Totals of {self.facet} in {self.scheme}: {self.total}>"

    @property
    def total(self) -> int:
        """How many complaints there are: known, unmapped and unrecorded ones together."""
        return sum(row.own for row in self.rows)

    @property
    def unmapped(self) -> tuple[TotalsRow, ...]:
        """The rows to which nothing corresponds in this scheme."""
        return tuple(row for row in self.rows if row.kind is RowKind.UNMAPPED)

    @property
    def unknown(self) -> int:
        """Complaints of which nothing was recorded."""
        return sum(row.own for row in self.rows if row.kind is RowKind.UNKNOWN)

    def row(self, code: str) -> TotalsRow:
        """Give the row of a code, key or class; raises `UnknownName`.

        >>> counted(Facet.BUSINESS, Scheme.KEYS, {"loan": {}}, {}, {"loan": 2}).row("loan").total
        2
        >>> counted(Facet.BUSINESS, Scheme.KEYS, {"loan": {}}, {}, {}).row("laon")
        Traceback (most recent call last):
        complaint_rules.errors.UnknownName: totals: there is no such row; got 'laon'; did you mean 'loan'?
        """
        for row in self.rows:
            if row.kind is RowKind.LISTED and row.code == code:
                return row
        codes = [row.code for row in self.rows if row.kind is RowKind.LISTED]
        raise UnknownName(what="totals", why="there is no such row", value=code, hint=did_you_mean(code, codes))

    def level(self, depth: int) -> tuple[tuple[TotalsRow, int], ...]:
        """Give rows and their numbers, going no deeper than a level of the tree: they add up to `total` at every level.

        What stands at that level counts with all under it, what stands above it with its own.

        >>> found = counted(
        ...     Facet.BUSINESS, Scheme.CODES, {"02": {}, "0201": {}}, {"0201": "02"}, {"02": 1, "0201": 4}
        ... )
        >>> [[(row.code, number) for row, number in found.level(depth)] for depth in (0, 1)]
        [[('02', 5), ('', 0)], [('02', 1), ('0201', 4), ('', 0)]]
        """
        return tuple((row, row.total if row.depth == depth else row.own) for row in self.rows if row.depth <= depth)

    def to_dict(self) -> dict[str, Any]:
        """Give the totals as plain data for JSON.

        >>> counted(Facet.REASON, Scheme.KEYS, {}, {}, {None: 3}).to_dict()["rows"]
        [{'kind': 'unknown', 'code': '', 'depth': 0, 'own': 3, 'total': 3}]
        """
        rows = [
            {"kind": row.kind.value, "code": row.code, "depth": row.depth, "own": row.own, "total": row.total}
            for row in self.rows
        ]
        return {"facet": self.facet.value, "scheme": self.scheme.value, "total": self.total, "rows": rows}


def counted(
    facet: Facet,
    scheme: Scheme,
    titles: Mapping[str, Mapping[str, str]],
    under: Mapping[str, str],
    counts: Mapping[str | None, int],
    unmapped: Iterable[tuple[str, int]] = (),
) -> Totals:
    """Arrange counts by code as totals; None stands for what nobody recorded.

    `titles` are the codes of the tree with their names, `under` what stands under what.

    >>> counted(Facet.BUSINESS, Scheme.KEYS, {"loan": {}}, {}, {"loan": 2, None: 1}, [("pawn", 4)])
    <Totals of business in keys: 7>
    """
    totals = dict.fromkeys(titles, 0)
    for code in titles:
        for above in upwards(code, under):
            totals[above] += counts.get(code, 0)
    rows = [
        TotalsRow(
            kind=RowKind.LISTED, code=code, depth=len(tuple(upwards(code, under))) - 1, own=counts.get(code, 0),
            total=totals[code], titles=FrozenMap(titles[code]),
        )
        for code in in_tree_order(titles, under)
    ]  # fmt: skip
    rows += [
        TotalsRow(kind=RowKind.UNMAPPED, code=code, depth=0, own=number, total=number)
        for code, number in sorted(unmapped)
    ]
    none = counts.get(None, 0)
    rows.append(TotalsRow(kind=RowKind.UNKNOWN, code="", depth=0, own=none, total=none))
    return Totals(facet=facet, scheme=scheme, rows=tuple(rows))
