"""What can befall a limit (时限变故), each alone: ended for good, stopped, lengthened, started anew, agreed upon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import EventField, atoms_of, terms_of
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT
from complaint_rules.policy.rules import Extension, Limit, PauseRule, Selector
from complaint_rules.verification.generation.bench import Bench, CaseKind, Look, both
from complaint_rules.verification.generation.carrying import carried
from complaint_rules.verification.generation.drafts import MINUTE, Draft, Step, step_for
from complaint_rules.verification.generation.figures import Setting, begun, ending
from complaint_rules.verification.generation.making import PLAIN, Goal

_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)


class Life:
    """placeholder"""
