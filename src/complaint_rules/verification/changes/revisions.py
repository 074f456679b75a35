"""What was added, removed, changed or reworded from one edition to another, rule by rule and key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast, final

import attrs

from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.entries import (
    FRAME,
    WORDS,
    content,
    entries_of,
    is_titles,
    order_of_levels,
    place_of,
    section_of,
)

_ABSENT: Final = object()
_LEVELS: Final = "level"


class ChangeKind(Coded):
    """What became of a rule (变动种类)."""

    REMOVED = "removed", "删除", "removed"
    ADDED = "added", "新增", "added"
    CHANGED = "changed", "修改", "changed"
    REWORDED = "reworded", "仅文字变动", "reworded"


@final
@attrs.frozen
class ChangedPart:
    """One key of a rule that reads otherwise (变动之处)."""

    path: str
    """The key, with those it stands in: ``within``, ``first``, ``first[0].cite``."""
    gone: tuple[str, ...]
    """What stood there and no longer does, as a file writes it; of rows each by itself."""
    come: tuple[str, ...]
    """What stands there now and did not."""
    worded: bool = False
    """Whether only words differ: titles, readings, articles."""
    reordered: bool = False
    """Whether what stands in both stands in another order."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data.

        >>> ChangedPart("within", ('"5 days"',), ('"7 days"',)).to_dict()["come"]
        ['"7 days"']
        """
        return {
            "path": self.path, "gone": list(self.gone), "come": list(self.come), "worded": self.worded,
            "reordered": self.reordered,
        }  # fmt: skip


@final
@attrs.frozen
class RuleChange:
    """What became of one rule, or another entry of a policy file (规则变动)."""

    kind: ChangeKind
    """What became of it."""
    rule: str
    """``section/id``; a part that is replaced as a whole is its section alone, as ``quiet``."""
    title: Titles | None
    """Its title, the new one where it has two; None: it has none."""
    parts: tuple[ChangedPart, ...] = ()
    """What reads otherwise in it; empty where it was added or removed."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data.

        >>> RuleChange(ChangeKind.ADDED, "quiet", None).to_dict()["kind"]
        'added'
        """
        return {
            "kind": self.kind.value, "rule": self.rule, "title": None if self.title is None else dict(self.title),
            "parts": [part.to_dict() for part in self.parts],
        }  # fmt: skip


def as_toml(value: object) -> str:
    """Write a value of a policy file on one line, as the file itself would.

    >>> as_toml({"value": "urgent", "when": "joint", "nth": 2, "all": [True]})
    '{ value = "urgent", when = "joint", nth = 2, all = [true] }'
    """
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {as_toml(one)}" for key, one in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def changes_between(old: Policy, new: Policy) -> tuple[RuleChange, ...]:
    """Give what became of every entry, section by section: rows are matched by what they decide.

    >>> from complaint_rules.policy.loading import load_policy
    >>> old, new = (load_policy("petition-2022", edition=edition) for edition in ("2005", "2022"))
    >>> [one.kind.value for one in changes_between(old, new) if one.rule == "limit/handle"]
    ['changed']
    """
    found = [*changes_in(entries_of(old), entries_of(new))]
    if reordered := _levels_reordered(old, new):
        found.append(reordered)
    return tuple(found)


def changes_in(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RuleChange]:
    """Give what became of entries, as `entries_of` gives them, section by section.

    >>> [change.kind.value for change in changes_in({"limit/a": {}}, {"limit/b": {}})]
    ['removed', 'added']
    """
    for rule in sorted(dict.fromkeys([*before, *after]), key=place_of):
        one, other = before.get(rule, _ABSENT), after.get(rule, _ABSENT)
        title = _title_of_entry(other) or _title_of_entry(one)
        if other is _ABSENT or one is _ABSENT:
            kind = ChangeKind.REMOVED if other is _ABSENT else ChangeKind.ADDED
            if section_of(rule) in FRAME:
                part = ChangedPart("", _in_toml(one), _in_toml(other), worded=True)
                yield RuleChange(ChangeKind.REWORDED, rule, title, (part,))
            else:
                yield RuleChange(kind, rule, title)
        elif parts := tuple(parts_between("", one, other, worded=section_of(rule) in FRAME)):
            kind = ChangeKind.REWORDED if all(part.worded for part in parts) else ChangeKind.CHANGED
            yield RuleChange(kind, rule, title, parts)


def _title_of_entry(entry: Any) -> Titles | None:
    title = entry.get("title") if isinstance(entry, Mapping) else None
    return FrozenMap(cast("Mapping[str, str]", title)) if is_titles(title) else None


def _levels_reordered(old: Policy, new: Policy) -> RuleChange | None:
    one, other = order_of_levels(old), order_of_levels(new)
    common = [[level for level in levels if level in one and level in other] for levels in (one, other)]
    if common[0] == common[1]:
        return None
    return RuleChange(ChangeKind.CHANGED, _LEVELS, None, (ChangedPart("", one, other, reordered=True),))


def parts_between(path: str, one: Any, other: Any, *, worded: bool = False) -> Iterator[ChangedPart]:
    """Give the parts in which two values under one key differ; `worded`: whatever stands there is words.

    >>> [part.path for part in parts_between("", {"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}})]
    ['a.c']
    """
    if one == other:
        return
    if isinstance(one, Mapping) and isinstance(other, Mapping) and not is_titles(one) and not is_titles(other):
        for key in dict.fromkeys([*one, *other]):
            inner = f"{path}.{key}" if path else key
            yield from parts_between(
                inner, one.get(key, _ABSENT), other.get(key, _ABSENT), worded=worded or key in WORDS
            )
    elif isinstance(one, list) and isinstance(other, list):
        yield from _rows_between(path, one, other, worded=worded)
    else:
        yield ChangedPart(path, _in_toml(one), _in_toml(other), worded=worded or content(one) == content(other))


def _in_toml(value: Any) -> tuple[str, ...]:
    return () if value is _ABSENT else (as_toml(value),)


def _rows_between(path: str, one: Sequence[Any], other: Sequence[Any], *, worded: bool) -> Iterator[ChangedPart]:
    """Match rows by what they decide, then tell which are gone, which have come, and whose words differ."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(other):
        places.setdefault(as_toml(content(row)), []).append(place)
    gone: list[str] = []
    pairs: list[tuple[int, int]] = []
    for place, row in enumerate(one):
        text = as_toml(content(row))
        if places.get(text):
            pairs.append((place, places[text].pop(0)))
        else:
            gone.append(text)
    matched = {place for _, place in pairs}
    come = [as_toml(content(row)) for place, row in enumerate(other) if place not in matched]
    order = [place for _, place in pairs]
    if gone or come or order != sorted(order):
        yield ChangedPart(path, tuple(gone), tuple(come), worded=worded, reordered=order != sorted(order))
    for before, after in pairs:
        yield from parts_between(f"{path}[{after}]", one[before], other[after], worded=worded)
