"""All JSON Schemas by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from complaint_rules.errors import UnknownName, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.kits.assessment_schema import assessment_schema
from complaint_rules.verification.kits.case_schemas import case_schema, complaint_schema, event_schema
from complaint_rules.verification.kits.fragments import JsonSchema
from complaint_rules.verification.kits.golden_schema import answer_schema, golden_schema
from complaint_rules.verification.kits.mapping_schema import mapping_schema
from complaint_rules.verification.kits.policy_schema import policy_schema
from complaint_rules.verification.kits.tally_schema import tally_schema

_GENERAL: Final[Mapping[str, Callable[[], JsonSchema]]] = FrozenMap(
    {
        "answer": answer_schema, "assessment": assessment_schema, "golden": golden_schema, "mapping": mapping_schema,
        "policy": policy_schema, "tally": tally_schema,
    }
)  # fmt: skip
_UNDER_A_POLICY: Final[Mapping[str, Callable[[Policy | None], JsonSchema]]] = FrozenMap(
    {"case": case_schema, "complaint": complaint_schema, "event": event_schema}
)
SCHEMAS: Final = tuple(sorted((*_GENERAL, *_UNDER_A_POLICY)))
"""Names of the schemas."""


def schema(name: str, policy: Policy | None = None) -> JsonSchema:
    """Give a JSON Schema (draft 2020-12) by name (数据格式): what a file or a line may hold, and nothing else.

    ``policy`` is a policy file, ``mapping`` a mapping file of registers, ``case`` a line of cases with ``complaint``
    and ``event`` as its parts, ``assessment`` and ``tally`` what their `to_dict` gives, ``golden`` a golden case,
    ``answer`` what an implementation in another language answers. Under a `policy` cases, complaints and events have
    its own facts, codes and kinds of event.

    A schema says what is wrong in its form. Whether a name points at something is seen when the file is loaded.

    Raises `UnknownName` for a name that is none, and where a policy is given for a schema that is the same under all.

    >>> schema("case")["$id"], schema("event")["required"]
    ('urn:complaint-rules:case', ['kind'])
    >>> schema("cases")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownName: schema: there is no schema of this name; got 'cases'; did you mean 'case'?
    """
    wanted: object = name
    policy = None if policy is None else as_policy(policy)
    if isinstance(wanted, str) and wanted in _UNDER_A_POLICY:
        return _UNDER_A_POLICY[wanted](policy)
    if isinstance(wanted, str) and wanted in _GENERAL:
        if policy is not None:
            why, hint = "it is the same under every rule set", "leave the policy out"
            raise UnknownName(what="schema", why=why, value=wanted, hint=hint)
        return _GENERAL[wanted]()
    hint = did_you_mean(wanted, SCHEMAS) or f"one of {', '.join(SCHEMAS)}"
    raise UnknownName(what="schema", why="there is no schema of this name", value=wanted, hint=hint)


def schema_text(found: JsonSchema) -> str:
    """Write a schema as JSON, to be kept as a file.

    >>> schema_text({"type": "object"}).splitlines()[1]
    '  "type": "object"'
    """
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
