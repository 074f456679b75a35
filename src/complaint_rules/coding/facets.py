"""The three facets of JR/T 0169-2018 (金融消费者投诉统计分类及编码): a complaint has one code of each.

The names are those of the standard. Its codes are versioned and not known here: the keys are this library's own and
stay as they are, and a bank ties the table that it downloaded to them.
"""

from __future__ import annotations

from complaint_rules.language import Coded
from complaint_rules.policy.files.vocabulary import CodeList, vocabularies


class Facet(Coded):
    """One side from which the standard looks at a complaint (分类维度); its code is the name of the fact and list."""

    BUSINESS_CHANNEL = "business_channel", "业务办理渠道", "business channel"
    """Where the business was done, not how the complaint came in."""
    BUSINESS = "business", "业务类别", "business"
    """Which business it is about."""
    REASON = "reason", "投诉原因", "reason"
    """Why the customer complains."""


class Scheme(Coded):
    """In what the complaints of a facet are counted (编码体系)."""

    KEYS = "keys", "本库代码", "the keys of this library"
    CODES = "codes", "编码表代码", "the codes of the table"
    CLASSES = "classes", "本行类别", "the bank's own classes"


def keys_of(facet: Facet | str) -> CodeList:
    """Give the keys of a facet with their titles, and what stands under what.

    Raises `UnknownCode` for what is no facet.

    >>> keys_of("business_channel").under["online_bank"]
    'electronic'
    >>> keys_of("busines")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownCode: facet: the code is unknown; got 'busines'; did you mean 'business'?
    """
    return vocabularies()[Facet.read(facet, what="facet").value]
