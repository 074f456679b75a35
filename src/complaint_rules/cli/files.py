"""The rows of the files that commands are given: registers by a mapping file, JSON Lines; what is odd about a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, TypeAlias

from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.plain import Types
from complaint_rules.cli.inputs import fact_types
from complaint_rules.cli.output import Terminal
from complaint_rules.errors import did_you_mean
from complaint_rules.exchange.keys import Keys
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.lines import json_lines, read_json_line
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row
from complaint_rules.policy.codes import closed_lists, listed
from complaint_rules.policy.loading import known_elsewhere
from complaint_rules.policy.policy import Policy
from complaint_rules.words.messages.catalogue import in_chinese

Given: TypeAlias = tuple[int, bytes] | Row
"""A line not yet read, with its number, or a row of a register."""

_MOST_STRANGERS: Final = 50
_REGISTERS: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def chosen_mapping(path: str | None, policy: Policy, terminal: Terminal) -> RegisterMap | None:
    """Load the mapping file that ``--columns`` names, and tell what it names that the rules do not know.

    >>> chosen_mapping(None, None, None) is None
    True
    """
    if path is None:
        return None
    mapping = RegisterMap.from_file(path)
    for stranger in unknown_names(mapping, policy):
        zh = f"规则集 {policy.id} 没有这一名称：{in_chinese(stranger)}"
        en = f"{policy.id} knows no such name: {stranger}"
        terminal.warn(f"{path}: {terminal.pick(zh, en)}")
    return mapping


def unknown_names(mapping: RegisterMap, policy: Policy) -> Iterator[str]:
    r"""Name the facts and kinds of event of a mapping file that the rules do not know: no answer can hang on them.

    >>> from complaint_rules import load_policy
    >>> text = "fact = { id = '工单号', received = '日期' }\nevent = [{ kind = 'close', at = '办结日期' }]"
    >>> list(unknown_names(RegisterMap.from_text(text), load_policy("psbc-95580")))
    ["event 'close'; did you mean 'closed'?"]
    """
    told = left = 0
    kinds = {event.kind for event in mapping.events} | mapping.unseen
    facts = mapping.facts.keys() | {name for event in mapping.events for name in event.changes}
    for section, names, known in (("event", kinds, policy.events), ("fact", facts, policy.scope.facts)):
        strangers = sorted(names - known.keys() - CORE_FACTS - {"id"})
        for name in strangers[: _MOST_STRANGERS - told]:
            yield "; ".join(filter(None, (f"{section} {name!r}", did_you_mean(name, known))))
        told += min(len(strangers), _MOST_STRANGERS - told)
        left += len(strangers)
    if left > told:
        yield f"{left - told} more"
    yield from islice(_unknown_codes(mapping, policy), _MOST_STRANGERS)


def _unknown_codes(mapping: RegisterMap, policy: Policy) -> Iterator[str]:
    """Name what a mapping file turns codes into and no rules know: every row with such a code is refused."""
    lists = closed_lists(policy)
    for name, column in mapping.facts.items():
        known = lists.get(name)
        meant = [*(column.codes or {}).values(), column.otherwise, column.constant]
        for code in dict.fromkeys(one for one in meant if isinstance(one, str)):
            if known is not None and code not in known and not known_elsewhere(name, code):
                yield f"code {code!r} of {name!r}; {did_you_mean(code, known) or 'the codes are ' + listed(known)}"


def rows_of(stream: BinaryIO | Started, name: str, mapping: RegisterMap | None, policy: Policy) -> Iterator[Given]:
    """Read a file: a register where a mapping file is given or its name says so, else JSON Lines.

    >>> import io
    >>> from complaint_rules import load_policy
    >>> lines = io.BytesIO(b'{"id": "a", "received": "2026-09-30"}')
    >>> [line for line, _ in rows_of(lines, "a.jsonl", None, load_policy("psbc-95580"))]
    [1]
    """
    if mapping is not None or name.lower().endswith(_REGISTERS):
        return read_register(stream, mapping, facts=fact_types(policy), name=name)
    return json_lines(stream, name=name)


def as_row(given: Given, types: Types) -> Row:
    """Read a line where that is still to be done.

    >>> as_row((3, b"{}"), {}).faults[0].column
    'id'
    """
    return given if isinstance(given, Row) else read_json_line(given[1], given[0], types)


def keys_repeated(keys: Keys, terminal: Terminal, *, of_events: bool) -> str:
    """Say which lines bear the same key; `of_events`: the mapping file could say that each row is one event.

    >>> import io
    >>> keys = Keys()
    >>> for line in (2, 5):
    ...     keys.add("A-1", line)
    >>> keys_repeated(keys, Terminal(io.StringIO(), io.StringIO(), "en"), of_events=False)
    '1 key stands on more than one line (lines 2 and 5)'
    """
    if terminal.lang == "zh":
        hint = "；若每行是一个事件，在对照文件中写 row = 'event'" if of_events else ""
        return f"{keys.repeated}个编号出现在多行（第{keys.lines('、', '、')}行）{hint}"
    hint = "; where each row is one event, row = 'event' in the mapping file says so" if of_events else ""
    some = "1 key stands" if keys.repeated == 1 else f"{keys.repeated} keys stand"
    return f"{some} on more than one line (lines {keys.lines(' and ', ', ')}){hint}"
