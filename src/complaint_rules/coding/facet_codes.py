"""`FacetCodes`: one facet of a code table: which code, key and class belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

import attrs

from complaint_rules.coding.facets import Facet, Scheme, keys_of
from complaint_rules.documents.nesting import upwards
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap


@final
@attrs.frozen(kw_only=True, repr=False)
class FacetCodes(Shown):
    """One facet of a code table (一个分类维度的编码): its codes, our keys and the bank's own classes, tied together.

    What stands under a code or key goes where that goes, unless it says otherwise itself.
    """

    facet: Facet
    """Which facet."""
    codes: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Codes of the table with their names, as listed."""
    under: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Code and the code around it."""
    keys: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Code and the key of this library that it says."""
    main: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Key and the one code as which it is counted."""
    classes: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """The bank's own classes with their names, as listed."""
    classes_under: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Class and the class around it."""
    class_of_code: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Code and the class that it says."""
    class_of_key: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """Key and the class that it goes to."""

    def listed(self, scheme: Scheme) -> Mapping[str, Mapping[str, str]]:
        """Give what a scheme lists with its names: keys as the vocabulary has them, else what the file says."""
        if scheme is Scheme.KEYS:
            return keys_of(self.facet).values
        names = self.codes if scheme is Scheme.CODES else self.classes
        return {code: FrozenMap(zh=name, en=name) if name else FrozenMap() for code, name in names.items()}

    def nesting(self, scheme: Scheme) -> Mapping[str, str]:
        """Give what stands under what in a scheme."""
        if scheme is Scheme.KEYS:
            return keys_of(self.facet).under
        return self.under if scheme is Scheme.CODES else self.classes_under

    def key_of(self, code: str) -> str | None:
        """Give the key to which a code of the table belongs, by itself or by what it stands under; None: to none.

        >>> codes = FacetCodes(facet=Facet.BUSINESS, under=FrozenMap(a1="a"), keys=FrozenMap(a="loan"))
        >>> codes.key_of("a1"), codes.key_of("b")
        ('loan', None)
        """
        return next((self.keys[one] for one in upwards(code, self.under) if one in self.keys), None)

    def code_of(self, key: str) -> str | None:
        """Give the code as which a key is counted, its own or that of what it stands under; None: there is none.

        >>> codes = FacetCodes(facet=Facet.BUSINESS_CHANNEL, main=FrozenMap(electronic="a"))
        >>> codes.code_of("sms"), codes.code_of("branch")
        ('a', None)
        """
        return next((self.main[one] for one in upwards(key, keys_of(self.facet).under) if one in self.main), None)

    def class_by_code(self, code: str) -> str | None:
        """Give the class of a code: its own, or that of what it stands under, or of its key; None: it has none."""
        for one in upwards(code, self.under):
            if one in self.class_of_code:
                return self.class_of_code[one]
        key = self.key_of(code)
        return None if key is None else self._class_said(key)

    def class_by_key(self, key: str) -> str | None:
        """Give the class of a key: as the class says it, or that of its code; None: it has none."""
        said = self._class_said(key)
        code = self.code_of(key) if said is None else None
        return said if code is None else self.class_by_code(code)

    def _class_said(self, key: str) -> str | None:
        above = upwards(key, keys_of(self.facet).under)
        return next((self.class_of_key[one] for one in above if one in self.class_of_key), None)

    def translated(self, value: str, of: Scheme, to: Scheme) -> str | None:
        """Give what corresponds to a value of one scheme in another; None: nothing does, or it is none of the first.

        Nothing corresponds to a class but itself: which of its codes was meant, it does not say.

        >>> codes = FacetCodes(facet=Facet.BUSINESS, codes=FrozenMap(a=""), main=FrozenMap(loan="a"))
        >>> codes.translated("loan", Scheme.KEYS, Scheme.CODES)
        'a'
        """
        if value not in self.listed(of):
            return None
        match of, to:
            case Scheme.KEYS, Scheme.CODES:
                return self.code_of(value)
            case Scheme.KEYS, Scheme.CLASSES:
                return self.class_by_key(value)
            case Scheme.CODES, Scheme.KEYS:
                return self.key_of(value)
            case Scheme.CODES, Scheme.CLASSES:
                return self.class_by_code(value)
        return value if of is to else None

    @property
    def keys_without_code(self) -> tuple[str, ...]:
        """The keys to which no code of the table corresponds, to be told to whoever keeps it.

        >>> len(FacetCodes(facet=Facet.BUSINESS, main=FrozenMap(loan="a")).keys_without_code)
        13
        """
        return tuple(key for key in keys_of(self.facet).values if self.code_of(key) is None)

    @property
    def codes_without_key(self) -> tuple[str, ...]:
        """The codes of the table to which no key corresponds.

        >>> FacetCodes(
        ...     facet=Facet.BUSINESS, codes=FrozenMap(a="", b=""), keys=FrozenMap(a="loan")
        ... ).codes_without_key
        ('b',)
        """
        return tuple(code for code in self.codes if self.key_of(code) is None)

    @property
    def codes_without_class(self) -> tuple[str, ...]:
        """The codes of the table that belong to no class of the bank's own; all of them where it has no classes.

        >>> FacetCodes(facet=Facet.BUSINESS, codes=FrozenMap(a="")).codes_without_class
        ('a',)
        """
        return tuple(code for code in self.codes if self.class_by_code(code) is None)
