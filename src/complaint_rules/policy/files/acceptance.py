"""Findings that a rule accepts, as a file states them: each with the reading that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from complaint_rules.documents.nodes import Node, once
from complaint_rules.policy.accepted import Accepted, FindingCode
from complaint_rules.policy.files.shapes import SHAPES

_HINT: Final = "write the reason beside the code: reading, in Chinese and English"


def accepted_in(node: Node, known: Sequence[FindingCode]) -> tuple[Accepted, ...]:
    """Read ``accept``: codes that the reading beside them explains, or codes with a reading of their own.

    `known` are the codes of what can be found of such a part of a policy. Empty where the key is not there.

    >>> from complaint_rules.policy.accepted import OF_TABLES
    >>> node = sample("table", {"accept": "gap", "reading": {"zh": "甲", "en": "a"}})
    >>> accepted_in(node, OF_TABLES)
    (Accepted(code=<FindingCode.GAP: 'gap'>, reading=None),)
    """
    if "accept" not in node:
        return ()
    value = node.data["accept"]
    if value == []:
        node.fault("accept", "an empty list accepts nothing", "leave the key out")
    found: dict[str, Accepted] = {}
    for path, item in node.items("accept") if isinstance(value, list) else ((node.at("accept"), value),):
        plain = isinstance(item, str)
        one = Node({"code": item} if plain else item, path, node.faults, SHAPES["accept"])
        where = path if plain else one.at("code")
        code = one.data.get("code")
        if not isinstance(code, str) or code not in known:
            if code is not None:
                node.faults.unknown(where, _expected(code), code, [one.value for one in known])
            continue
        reading = one.reading()
        if reading is None and "reading" not in node:
            node.faults.add(path, "what is accepted needs a reading that says why, and there is none", code, _HINT)
        if once(found, code, where, node.faults, "finding"):
            found[code] = Accepted(code=FindingCode(code), reading=reading)
    return tuple(found.values())


def _expected(code: object) -> str:
    elsewhere = isinstance(code, str) and code in list(FindingCode)
    return "this is never found here" if elsewhere else "the code of a finding is expected"
