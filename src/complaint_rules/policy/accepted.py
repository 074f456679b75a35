"""What an analysis of a policy can find, by code, and the findings that a policy accepts (已接受的所见)."""

from __future__ import annotations

from typing import Final, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.policy.articles import Titles


class FindingCode(Coded):
    """What an analysis can find in the rules of a policy (分析所见)."""

    GAP = "gap", "有缺口", "gap"
    """All facts known, and no row holds."""
    OPEN_WHILE_UNKNOWN = "open_while_unknown", "事实未知时无结果", "no value in doubt"
    """A value wherever all facts are known, none while one without presumption is not."""
    ORDER_DECIDES = "order_decides", "行序决定结果", "the order of the rows decides"
    """Two rows hold at once and give different values: the upper one wins by its place alone."""
    VALUE_NEVER_GIVEN = "value_never_given", "有结果无行给出", "a value that no row gives"
    """A value is declared that no row has."""
    NEVER_HOLDS = "never_holds", "条件永不成立", "condition that never holds"
    """The condition of a row holds for no complaint."""
    UNREACHABLE = "unreachable", "永远轮不到", "row that is never reached"
    """Wherever the row holds, rows above it have decided."""
    ONLY_WHILE_UNKNOWN = "only_while_unknown", "仅在事实未知时起作用", "row that decides only in doubt"
    """Once all facts are known the row decides nothing any more."""
    REDUNDANT_ROW = "redundant_row", "多余的行", "redundant row"
    """Without the row every complaint would get the value it gets."""
    REDUNDANT_ATOM = "redundant_atom", "多余的条件", "redundant part of a condition"
    """A part of a condition may be read as always true, or as never, and every complaint gets what it gets."""
    ALWAYS_HOLDS = "always_holds", "条件恒成立", "condition that always holds"
    """The condition of a row where every row counts holds for every complaint."""
    NO_FIGURE = "no_figure", "适用而无期限", "limit without a figure"
    """The limit applies, all facts are known, and none of its figures holds."""
    NO_FIGURE_WHILE_UNKNOWN = "no_figure_while_unknown", "事实未知时适用而无期限", "no figure in doubt"
    """The limit applies, and none of its figures holds as long as something is unknown."""
    NEVER_APPLIES = "never_applies", "永不适用", "rule that never applies"
    """No complaint meets the condition of the limit or duty."""
    DOMINATED_FIGURE = "dominated_figure", "从不起作用的期限", "figure that never binds"
    """Of the figures that hold together this one is never the one that binds."""
    LAXER_WHILE_UNKNOWN = "laxer_while_unknown", "事实未知时期限更宽", "later in doubt"
    """While a fact is unknown the limit runs longer than for some value the fact can have."""
    NEVER_FORBIDS = "never_forbids", "从不禁止", "prohibition that never forbids"
    """The exception of a prohibition holds whatever is done."""
    NEVER_EXCUSED = "never_excused", "例外永不成立", "exception that never holds"
    """No event at all falls under the exception of a prohibition."""
    DUTIES_CLASH = "duties_clash", "义务相互冲突", "duties that clash"
    """Every way of doing what one duty demands is forbidden by another at the same time."""


OF_TABLE_ROWS: Final = (
    FindingCode.NEVER_HOLDS, FindingCode.UNREACHABLE, FindingCode.ONLY_WHILE_UNKNOWN, FindingCode.REDUNDANT_ROW,
    FindingCode.REDUNDANT_ATOM, FindingCode.ALWAYS_HOLDS,
)  # fmt: skip
"""What can be found of a row of a table."""
OF_TABLES: Final = (
    FindingCode.GAP, FindingCode.OPEN_WHILE_UNKNOWN, FindingCode.ORDER_DECIDES, FindingCode.VALUE_NEVER_GIVEN,
    *OF_TABLE_ROWS,
)  # fmt: skip
"""What can be found of a table or of any of its rows."""
OF_FIGURES: Final = (
    FindingCode.NEVER_HOLDS, FindingCode.UNREACHABLE, FindingCode.ONLY_WHILE_UNKNOWN, FindingCode.DOMINATED_FIGURE,
)  # fmt: skip
"""What can be found of a figure of a limit."""
OF_LIMITS: Final = (
    FindingCode.NO_FIGURE, FindingCode.NO_FIGURE_WHILE_UNKNOWN, FindingCode.NEVER_APPLIES,
    FindingCode.LAXER_WHILE_UNKNOWN, *OF_FIGURES,
)  # fmt: skip
"""What can be found of a limit or of any of its figures."""
OF_DUTIES: Final = (
    FindingCode.NEVER_APPLIES, FindingCode.NEVER_FORBIDS, FindingCode.NEVER_EXCUSED, FindingCode.DUTIES_CLASH,
)  # fmt: skip
"""What can be found of a duty."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Accepted(Shown):
    """A finding that a policy says is as it should be (已接受的所见), so that it is not told again.

    >>> Accepted(code=FindingCode.GAP, reading=None)
    Accepted(code=<FindingCode.GAP: 'gap'>, reading=None)
    """

    code: FindingCode
    """What is accepted."""
    reading: Titles | None
    """Why it is as it should be; None: the reading of the rule or row itself says it."""
