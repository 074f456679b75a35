"""`Permission`: whether an act is allowed, and what speaks against it."""

from __future__ import annotations

from typing import final

import attrs

from complaint_rules.assessment.plans import Explain, no_words
from complaint_rules.assessment.questions import Question
from complaint_rules.cases.violations import Violation
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang
from complaint_rules.policy.policy import Policy


@final
@attrs.frozen(kw_only=True, repr=False)
class Permission(Shown):
    """Whether an act is allowed (许可判断): true where nothing binding speaks against it."""

    against: tuple[Violation, ...] = ()
    """What would be broken by it, each with its rule and article."""
    warnings: tuple[Violation, ...] = ()
    """What only speaks for caution: a SHOULD that would be missed, a doubtful record."""
    questions: tuple[Question, ...] = ()
    """Unknown facts on which the answer could still depend."""
    policy: Policy = attrs.field(repr=False)
    """The rules asked."""
    _explain: Explain = attrs.field(default=no_words, eq=False, repr=False)

    def explain(self, lang: Lang = "zh") -> str:
        """Say what speaks against it, in Chinese (``zh``) or English (``en``); see `words.violations`."""
        return self._explain(self, lang)

    def __bool__(self) -> bool:
        return not self.against
