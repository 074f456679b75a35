"""`CodeTable`: a bank's downloaded code table (编码表), tied to the keys of this library and the bank's own classes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import final

import attrs

from complaint_rules.cases.complaint import Complaint
from complaint_rules.coding.code_files import fields_of
from complaint_rules.coding.facet_codes import FacetCodes
from complaint_rules.coding.facets import Facet, Scheme
from complaint_rules.coding.totals import Totals, counted
from complaint_rules.documents.lines import lines_of
from complaint_rules.documents.toml import parse_toml, read_text, text_given
from complaint_rules.errors import InvalidComplaint, InvalidMapping, InvalidPolicy, UnknownCode, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap

_WHAT = "code table"


@final
@attrs.frozen(kw_only=True, repr=False)
class Coding(Shown):
    """How one complaint is coded in one facet (编码结果)."""

    facet: Facet
    """Which facet."""
    key: str | None
    """The key of this library, as the complaint has it; None: not recorded."""
    code: str | None
    """The code of the table; None: none corresponds, or nothing is recorded."""
    own_class: str | None
    """The bank's own class; None: none corresponds, or nothing is recorded."""


@final
@attrs.frozen(kw_only=True, repr=False)
class CodeTable:
    """A bank's code table of one version (编码表): which code and which class of its own each key corresponds to.

    The standard's codes are not known to this library: they come from the file that the bank downloaded, and are what
    that file says. Several versions stand side by side, each a table of its own.

    >>> table = CodeTable.from_text('''
    ... version = "2"
    ... title = { zh = "示例编码表", en = "Sample table" }
    ... [business.classes.cards]
    ... [business.codes]
    ... A1 = { key = "rmb_savings" }
    ... A2 = { key = "bank_card", class = "cards" }
    ... A21 = { under = "A2" }
    ... ''')
    >>> table.code_of("business", "bank_card"), table.code_of("business", "loan")
    ('A2', None)
    """

    version: str
    """Version of the table, as the bank names it."""
    title: FrozenMap[str, str]
    """What it is called, under ``zh`` and ``en``."""
    downloaded_on: dt.date | None = None
    """Day on which the bank downloaded it; None: not said."""
    facets: FrozenMap[str, FacetCodes]
    """The facets that it codes, by name."""

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(one.codes)}" for name, one in self.facets.items())
        return f"<CodeTable {self.version}: {sizes}>"

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> CodeTable:
        """Load a code table from its file; files of codes that it names stand beside it.

        Raises `UnreadableInput` where it cannot be read, `InvalidMapping` with every fault of it.

        >>> CodeTable.from_file("no-such-table.toml")
        Traceback (most recent call last):
        complaint_rules.errors.UnreadableInput: no-such-table.toml: code table: there is no such file
        """
        text = read_text(path, what=_WHAT)
        return _table(text, os.fspath(path), Path(path).parent)

    @staticmethod
    def from_text(text: str, name: str = "") -> CodeTable:
        r"""Load a code table from TOML text, as from a database; `name` is the file that messages name.

        Raises `UnreadableInput` for what is no text, `InvalidMapping` with every fault.

        >>> CodeTable.from_text('version = "2"\n[busines]\n[reason.codes]\nX1 = { key = "fund" }', "own.toml")
        Traceback (most recent call last):
        complaint_rules.errors.InvalidMapping: own.toml: the code table is refused; 3 faults
          own.toml: title: a code table needs this key, and it is missing
          own.toml:2: busines: a code table has no such key; got 'busines'; did you mean 'business'?
          own.toml:4: reason.codes.X1.key: a key of reason is expected; got 'fund'; did you mean 'funds'?
        """
        return _table(text_given(text, name=name, what=_WHAT), name, None)

    def facet(self, facet: Facet | str) -> FacetCodes:
        """Give one facet; raises `UnknownCode` for what is none, or none that this table codes.

        >>> table.facet("reason")
        Traceback (most recent call last):
        complaint_rules.errors.UnknownCode: facet: this table does not code it; got 'reason'
        """
        name = Facet.read(facet, what="facet").value
        if name not in self.facets:
            raise UnknownCode(what="facet", why="this table does not code it", value=name)
        return self.facets[name]

    # -- one value --

    def code_of(self, facet: Facet | str, key: str) -> str | None:
        """Give the code as which a key is counted; None: the table has none for it. Raises `UnknownCode`.

        >>> table.code_of("business", "bank_card")
        'A2'
        """
        return self.translated(facet, key, of=Scheme.KEYS, to=Scheme.CODES)

    def key_of(self, facet: Facet | str, code: str) -> str | None:
        """Give the key to which a code of the table belongs; None: to none. Raises `UnknownCode`.

        >>> table.key_of("business", "A21")
        'bank_card'
        >>> table.key_of("business", "a2")
        Traceback (most recent call last):
        complaint_rules.errors.UnknownCode: business: the code is unknown; got 'a2'; did you mean 'A2'?
        """
        return self.translated(facet, code, of=Scheme.CODES, to=Scheme.KEYS)

    def class_of(self, facet: Facet | str, key: str) -> str | None:
        """Give the bank's own class of a key; None: it has none. Raises `UnknownCode`.

        >>> table.class_of("business", "bank_card")
        'cards'
        """
        return self.translated(facet, key, of=Scheme.KEYS, to=Scheme.CLASSES)

    def translated(self, facet: Facet | str, value: str, *, of: Scheme | str, to: Scheme | str) -> str | None:
        """Give what corresponds to a value of one scheme in another; None: nothing does.

        Raises `UnknownCode` for a value that the first scheme does not have, and for a class turned into anything else:
        which of its codes was meant, it does not say.

        >>> table.translated("business", "A21", of="codes", to="classes")
        'cards'
        >>> table.translated("business", "cards", of="classes", to="codes")
        Traceback (most recent call last):
        complaint_rules.errors.UnknownCode: of: a class does not say which of its codes was meant; got 'classes'
        """
        codes, of, to = self.facet(facet), *_schemes(of, to)
        _known(value, codes.listed(of), codes.facet)
        return codes.translated(value, of, to)

    def codings(self, complaint: Complaint) -> tuple[Coding, ...]:
        """Code a complaint: one value for each facet of the table. A key that is none of ours has no code.

        >>> complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30), business="bank_card")
        >>> table.codings(complaint)
        (Coding(facet=<Facet.BUSINESS: 'business'>, key='bank_card', code='A2', own_class='cards'),)
        """
        if not isinstance(complaint, Complaint):
            raise InvalidComplaint(what="complaint", why="a Complaint is expected", value=complaint)
        found = []
        for name, codes in self.facets.items():
            key: str | None = getattr(complaint, name)
            code, own = (
                None if key is None else codes.translated(key, Scheme.KEYS, to) for to in (Scheme.CODES, Scheme.CLASSES)
            )
            found.append(Coding(facet=codes.facet, key=key, code=code, own_class=own))
        return tuple(found)

    # -- counts --

    def totals(
        self,
        facet: Facet | str,
        counts: Mapping[str | None, int],
        *,
        of: Scheme | str = Scheme.KEYS,
        to: Scheme | str = Scheme.CODES,
    ) -> Totals:
        """Turn counts of complaints by one scheme into totals of another, arranged as its tree.

        `counts` may be a `collections.Counter` over complaints; None counts those of which nothing is recorded. What
        has no counterpart keeps a row of its own, so that nothing is lost: every level of the tree adds up to the same.

        Raises `UnknownCode` for a facet or scheme that is none, and for classes turned into anything else,
        `InvalidMapping` for counts that are none.

        >>> found = table.totals("business", {"bank_card": 5, "loan": 2, None: 1})
        >>> found.total, [(row.title("en"), row.total) for row in found.rows]
        (8, [('A1', 0), ('A2', 5), ('A21', 0), ('nothing corresponds: loan', 2), ('not recorded', 1)])
        """
        codes, of, to = self.facet(facet), *_schemes(of, to)
        turned: dict[str | None, int] = {}
        left: dict[str, int] = {}
        for value, number in _numbers(counts).items():
            found = None if value is None else codes.translated(value, of, to)
            if value is not None and found is None:
                left[value] = number
            else:
                turned[found] = turned.get(found, 0) + number
        return counted(codes.facet, to, codes.listed(to), codes.nesting(to), turned, left.items())


def _known(value: object, known: Collection[str], facet: Facet) -> None:
    if not isinstance(value, str) or value not in known:
        hint = did_you_mean(value, known)
        raise UnknownCode(what=facet.value, why="the code is unknown", value=value, hint=hint)


def _schemes(of: Scheme | str, to: Scheme | str) -> tuple[Scheme, Scheme]:
    given = Scheme.read(of, what="of"), Scheme.read(to, what="to")
    if given[0] is Scheme.CLASSES and given[1] is not Scheme.CLASSES:
        raise UnknownCode(what="of", why="a class does not say which of its codes was meant", value=given[0].value)
    return given


def _numbers(counts: object) -> Mapping[str | None, int]:
    if not isinstance(counts, Mapping):
        raise InvalidMapping(what="counts", why="a mapping of codes to numbers is expected", value=counts)
    for value, number in counts.items():
        if value is not None and not isinstance(value, str):
            raise InvalidMapping(what="counts", why="a code is a text, or None where none is recorded", value=value)
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            why = "a whole number of 0 or more is expected"
            raise InvalidMapping(what=f"counts[{value!r}]", why=why, value=number)
    return counts


def _table(text: str, name: str, folder: Path | None) -> CodeTable:
    try:
        document = parse_toml(text, name=name)
    except InvalidPolicy as error:
        raise InvalidMapping(what="", why="it is no code table", where=name, faults=error.faults) from None
    return CodeTable(**fields_of(document, name, lines_of(text), folder))
