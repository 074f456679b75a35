"""What every policy knows without declaring it: core facts, standard kinds of event, coded vocabularies (词表)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, final

import attrs

from complaint_rules.cases.case import EventKind
from complaint_rules.cases.complaint import Channel, Source
from complaint_rules.conditions.scopes import FactSpec
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nesting import Nested, nesting_of, upwards
from complaint_rules.documents.nodes import Node, Titles
from complaint_rules.documents.toml import Document, parse_toml, refused
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.declarations import fact_of
from complaint_rules.policy.files.shapes import SHAPES

_FILE: Final = "vocabulary.toml"
_CODES: Final[Mapping[str, type[Coded]]] = {"channel": Channel, "source": Source}
"""Facts whose codes are a closed list of the library."""


def _titled(codes: type[Coded]) -> FrozenMap[str, Titles]:
    return FrozenMap({code.value: FrozenMap(zh=code.zh, en=code.en) for code in codes})


@final
@attrs.frozen(kw_only=True)
class CodeList:
    """A list of codes for analysis (编码词表): optional, an institution may use its own."""

    title: Titles
    """What the codes say."""
    values: FrozenMap[str, Titles]
    """Codes with their titles; of a list that is a tree, each names its own part only."""
    under: FrozenMap[str, str] = FrozenMap()
    """Of a list that is a tree: the code that a code is a part of; what is not here stands at the top."""

    @property
    def paths(self) -> FrozenMap[str, Titles]:
        """Codes with their titles in full, from the top down: in a form or an explanation each stands alone.

        >>> vocabularies()["business_channel"].paths["online_bank"]["zh"]
        '前台业务渠道：电子渠道：网银'
        """
        return FrozenMap({code: self._path(code) for code in self.values})

    def _path(self, code: str) -> Titles:
        line = [self.values[part] for part in upwards(code, self.under)][::-1]
        return FrozenMap(zh="：".join(one["zh"] for one in line), en=": ".join(one["en"] for one in line))


@final
@attrs.frozen(kw_only=True)
class Common:
    """The vocabulary file, read, with the closed lists of codes."""

    facts: FrozenMap[str, FactSpec]
    """Core facts: the fields of `Complaint`, in order."""
    events: FrozenMap[str, Titles]
    """Standard kinds of event with their titles."""
    vocabularies: FrozenMap[str, CodeList]
    """Coded lists by name."""
    document: Mapping[str, Document]
    """The file itself, for fingerprints."""


@lru_cache(maxsize=1)
def common() -> Common:
    """Give what every policy may rely on; read once.

    >>> common().facts["complainants"].assume, common().events["replied"]["zh"]
    (1, '答复客户')
    """
    text = (files("complaint_rules") / "rules" / _FILE).read_text("utf-8")
    return common_from(parse_toml(text, name=_FILE))


def common_from(document: Document) -> Common:
    """Read a vocabulary; raises `InvalidPolicy` with every fault of it.

    >>> common_from({"facts": {}, "vocabularies": {}}).facts
    {}
    """
    faults = Faults(_FILE)
    lists = {}
    for name, raw in document["vocabularies"].items():
        node = Node(raw, f"vocabularies.{name}", faults, SHAPES["vocabulary"])
        values = node.coded("values")
        given = {code: Nested(around, path, faults) for code, path, around in node.named("under")}
        lists[name] = CodeList(title=node.titles("title"), values=values, under=nesting_of(given, values))
    codes_by_list = {name: one.values if len(faults) else one.paths for name, one in lists.items()}
    facts = {}
    for name, raw in document["facts"].items():
        spec = fact_of(name, raw, f"facts.{name}", faults, is_core=True, lists=codes_by_list)
        if spec is not None:
            codes = _CODES.get(name)
            facts[name] = spec if codes is None else attrs.evolve(spec, values=_titled(codes))
    if len(faults):
        raise refused(_FILE, faults.all(document), "the vocabulary is refused")
    return Common(
        facts=FrozenMap(facts), events=_titled(EventKind), vocabularies=FrozenMap(lists), document=FrozenMap(document)
    )


def vocabularies() -> Mapping[str, CodeList]:
    """Give the coded vocabularies by name.

    ``business_channel``, ``business`` and ``reason`` follow JR/T 0169-2018, the others come from a handbook and from
    courses. The keys are this library's own; a bank maps its downloaded code table to them, see `coding`.

    >>> vocabularies()["business"].values["bank_card"]["zh"]
    '银行卡'
    """
    return common().vocabularies
