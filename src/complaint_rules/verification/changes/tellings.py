"""What differs between two editions, in words: Chinese and English, as text and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.cases.violations import Severity, ViolationCode
from complaint_rules.conditions.scopes import FactType
from complaint_rules.language import Coded, Lang, Pair, distance, said
from complaint_rules.moments import INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.effects import EffectKind
from complaint_rules.verification.changes.entries import entries_of, is_titles, section_of
from complaint_rules.verification.changes.partings import Felt
from complaint_rules.verification.changes.portfolios import Effect, Portfolio
from complaint_rules.verification.changes.revisions import ChangedPart, ChangeKind, RuleChange
from complaint_rules.words.refusals import explain_error

_NONE: Final[Pair] = ("无", "none")
_TITLE_WIDTH: Final = 2


class FactClash(NamedTuple):
    """A fact that is of another type in each edition (类型不同的事实): no case can have both."""

    fact: str
    """Its name."""
    old: FactType
    """Its type in the old edition."""
    new: FactType
    """Its type in the new edition."""


class Passage(NamedTuple):
    """A heading with what stands under it."""

    heading: str
    """The heading; empty: none."""
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    """Each line, with what stands below it."""


class Teller:
    """Says in one language what differs between two editions.

    >>> from complaint_rules import load_policy
    >>> editions = [load_policy("petition-2022", edition=edition) for edition in ("2005", "2022")]
    >>> Teller(*editions, "en").named_rule("limit/review")
    'Review it and answer in writing [limit/review]'
    """

    def __init__(self, old: Policy, new: Policy, lang: Lang) -> None:
        """Take two editions and a language."""
        self.old: Policy = old
        self.new: Policy = new
        self.lang = lang
        self._titles: dict[str, Mapping[str, str]] = {}
        for policy in (old, new):
            for rule, entry in entries_of(policy).items():
                title = entry.get("title") if isinstance(entry, Mapping) else None
                if isinstance(title, Mapping) and is_titles(title):
                    self._titles[rule] = title

    def choose(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return said((zh, en), self.lang)

    def named_rule(self, rule: str) -> str:
        """Name a rule: its title, the new one where it has two, and its key."""
        title = self._titles.get(rule, {}).get(self.lang)
        return rule if title is None else self.choose(f"{title}［{rule}］", f"{title} [{rule}]")

    # -- the rules --

    def head(self) -> str:
        """Name the two editions."""
        names = [f"{policy.id}@{policy.edition}" for policy in (self.old, self.new)]
        return " → ".join(names)

    def of_changes(self, changes: Sequence[RuleChange]) -> Iterator[Passage]:
        """Say what became of the rules: first how many, then one by one."""
        counted = Counter(one.kind for one in changes)
        sums = [f"{kind.title(self.lang)}{self.choose('', ' ')}{counted[kind]}" for kind in ChangeKind if counted[kind]]
        none = self.choose("规则没有差别", "no rule differs")
        yield Passage("", ((self.choose("、", ", ").join(sums) or none, ()),))
        for kind in ChangeKind:
            lines = tuple((self.named_rule(one.rule), tuple(self._parts(one))) for one in changes if one.kind is kind)
            if lines:
                yield Passage(kind.title(self.lang).capitalize(), lines)

    def _parts(self, change: RuleChange) -> Iterator[str]:
        if change.kind is ChangeKind.REWORDED:
            paths = dict.fromkeys(part.path for part in change.parts if part.path)
            if paths:
                yield self.choose("、", ", ").join(paths)
            return
        words = dict.fromkeys(part.path for part in change.parts if part.worded)
        for part in change.parts:
            if not part.worded:
                yield from self._part(part)
        if words:
            yield self.choose("文字：", "words: ") + self.choose("、", ", ").join(words)

    def _part(self, part: ChangedPart) -> Iterator[str]:
        name = f"{part.path}: " if part.path else ""
        yield from (f"{name}- {text}" for text in part.gone)
        yield from (f"{name}+ {text}" for text in part.come)
        if part.reordered:
            yield name + self.choose("次序改变", "the order changes")

    def of_clashes(self, clashes: Sequence[FactClash]) -> Iterator[Passage]:
        """Say which facts are of another type."""
        if clashes:
            lines = tuple(
                (f"{one.fact}: {one.old.title(self.lang)} → {one.new.title(self.lang)}", ()) for one in clashes
            )
            yield Passage(
                self.choose("类型不同的事实：同一案件不能兼有", "Facts of another type: no case has both"), lines
            )

    def strangers(self) -> Passage:
        """Say that the two have no rule in common."""
        zh, en = (
            "两套规则没有一条同名的规则，恐非同一规则的两版",
            "the two have no rule in common: are they editions of one?",
        )
        return Passage("", ((self.choose(zh, en), ()),))

    # -- whether it can be felt --

    def of_verdicts(self, found: Sequence[Felt]) -> Iterator[Passage]:
        """Say over which rules the two part, each with the case that shows it, or that it is proved they do not."""
        lines = []
        for one in found:
            colon = self.choose("：", ": ")
            text = f"{self.named_rule(one.rule)}{colon}{one.parting.title(self.lang)}"
            if one.why is not None:
                text += f"{colon}{one.why.title(self.lang)}"
            lines.append((text, tuple(self._witness(one))))
        if lines:
            yield Passage(self.choose("能否影响任何案件", "Whether any case can feel it"), tuple(lines))

    def of_unshown(self, found: Sequence[Felt]) -> Iterator[Passage]:
        """Say which changes no case of a portfolio shows, each with the case that would."""
        if found:
            lines = tuple((self.named_rule(one.rule), tuple(self._witness(one))) for one in found)
            yield Passage(
                self.choose("已有案件均未涉及，以下案件会涉及", "None of these cases shows it; this one would"), lines
            )

    def _witness(self, one: Felt) -> Iterator[str]:
        for effect in one.effects:
            yield self.effect(Effect(effect.on, 1, (), 0, effect.shift, effect.shift))
        if one.witness is not None:
            yield from one.witness.lines(self.lang)

    # -- the cases --

    def of_cases(self, found: Portfolio) -> Iterator[Passage]:
        """Say what becomes of a set of cases, the worst first."""
        zh = f"已有案件{found.cases}件，其中{found.touched}件结论不同"
        some = "1 case" if found.cases == 1 else f"{found.cases} cases"
        en = f"{some}, of which {found.touched} come{'s' if found.touched == 1 else ''} out otherwise"
        yield Passage(
            self.choose("对已有案件的影响", "Effect on the cases"), ((self.choose(zh, en), ()), *self._lines_of(found))
        )
        odd = []
        if found.refused:
            told = tuple(explain_error(one, self.lang) for one in found.problems)
            odd.append((self.choose(f"退回{found.refused}件", f"{found.refused} refused"), told))
        if found.repeated:
            zh = f"{found.repeated}个编号出现在多件上（{found.repeated_at[0]}）"
            en = f"ids that stand on more than one case: {found.repeated} ({found.repeated_at[1]})"
            odd.append((self.choose(zh, en), ()))
        if odd:
            yield Passage(self.choose("数据问题", "What is odd about the cases"), tuple(odd))

    def _lines_of(self, found: Portfolio) -> Iterator[tuple[str, tuple[str, ...]]]:
        for one in found.effects:
            many, colon = self.choose("件", "×"), self.choose("：", ": ")
            text = f"{one.cases}{many} {self.named_rule(one.on.rule)}{colon}{self.effect(one)}"
            more = self.choose("例：", "e.g. ") + self.choose("、", ", ").join(one.first)
            if one.provisional:
                zh = f"；其中{one.provisional}件的到期时刻涉及尚未公布的放假安排"
                en = f"; provisional in {one.provisional}: the arrangement of days is not published yet"
                more += self.choose(zh, en)
            yield text, (more,)

    def effect(self, one: Effect) -> str:
        """Say what changes."""
        on, kind = one.on, one.on.kind.title(self.lang)
        match on.kind:
            case EffectKind.CLASS:
                return f"{self.value(on.rule, on.before, self.old)} → {self.value(on.rule, on.after, self.new)}"
            case EffectKind.STATUS:
                codes = Status if section_of(on.rule) == "limit" else DutyStatus
                return f"{self.coded_word(codes, on.before)} → {self.coded_word(codes, on.after)}"
            case EffectKind.RUNS:
                return f"{kind}{self.choose('：', ': ')}{on.before} → {on.after}"
            case EffectKind.EARLIER | EffectKind.LATER:
                return f"{kind}{self.choose('', ' ')}{self.moved(one)}"
            case EffectKind.ARISES | EffectKind.CEASES:
                return f"{kind}{self.choose('：', ': ')}{self.coded_word(DutyStatus, on.before or on.after)}"
            case EffectKind.BREACH | EffectKind.NO_BREACH | EffectKind.SEVERITY:
                severities = [one.partition("/")[2] for one in (on.before, on.after) if one]
                code = self.coded_word(ViolationCode, (on.before or on.after).partition("/")[0])
                grave = " → ".join(self.coded_word(Severity, severity) for severity in severities)
                return self.choose(f"{kind}：{code}（{grave}）", f"{kind}: {code} ({grave})")
            case EffectKind.FORM:
                told = self.value(on.rule, on.before, self.old)
                forms = [self._form(on.rule, policy) for policy in (self.old, self.new)]
                return self.choose(
                    f"{kind}：{told}（{forms[0]} → {forms[1]}）", f"{kind}: {told} ({forms[0]} → {forms[1]})"
                )
            case _:
                return kind

    def coded_word(self, codes: type[Coded], code: str) -> str:
        """Say a code."""
        return codes(code).title(self.lang)

    def _form(self, rule: str, policy: Policy) -> str:
        table = policy.tables[rule.removeprefix("table/")]
        return self.choose("可并列", "a set") if table.every else self.choose("单一", "one value")

    def value(self, rule: str, value: str, policy: Policy) -> str:
        """Say a class of a table, or several that hold together; none where there is none."""
        table = policy.tables.get(rule.removeprefix("table/"))
        titles: Mapping[str, Mapping[str, str]] = {} if table is None else table.values
        parts = [titles[one][self.lang] if one in titles else one for one in value.split("+") if one]
        return self.choose("、", ", ").join(parts) or said(_NONE, self.lang)

    def moved(self, one: Effect) -> str:
        """Say by how much a due moment moves: the least, and the most where that is another."""
        moves = sorted(abs(shift) for shift in (one.least, one.greatest) if shift is not None)
        least, most = (distance(shift + INSTANT, self.lang) for shift in (moves[0], moves[-1]))
        if least == most:
            return self.choose(least, f"by {least}")
        return self.choose(f"{least}至{most}", f"by {least} to {most}")


def in_text(editions: str, passages: Sequence[Passage]) -> str:
    """Write passages as text.

    >>> print(
    ...     in_text("a → b", [Passage("Changed", (("limit/x", ("within: - 5", "within: + 7")),))]), end=""
    ... )
    a → b
    <BLANKLINE>
    Changed
      limit/x
        within: - 5
        within: + 7
    """
    blocks = [[editions]]
    for heading, lines in passages:
        block = [heading] if heading else []
        indent = " " * _TITLE_WIDTH if heading else ""
        for line, below in lines:
            block.append(indent + line)
            block += [f"{indent}  {one}" for one in below]
        blocks.append(block)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def in_markdown(editions: str, passages: Sequence[Passage]) -> str:
    """Write passages as Markdown; what stands in a file is written as code.

    >>> print(in_markdown("a → b", [Passage("Changed", (("limit/x", ("within: - 5",)),))]), end="")
    # a → b
    <BLANKLINE>
    ## Changed
    <BLANKLINE>
    * limit/x
      * `within: - 5`
    """
    blocks = [f"# {_escaped_text(editions)}"]
    for heading, lines in passages:
        if heading:
            blocks.append(f"## {_escaped_text(heading)}")
        items = []
        for line, below in lines:
            items.append(f"* {_escaped_text(line)}")
            items += [f"  * {_fenced(one)}" for one in below]
        blocks.append("\n".join(items))
    return "\n\n".join(blocks) + "\n"


def _escaped_text(text: str) -> str:
    for sign in "\\`*_<>|#[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def _fenced(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"
