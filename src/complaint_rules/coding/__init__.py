"""What a complaint is about, in the keys of this library, a bank's codes and its own classes (投诉编码).

From the ground up; each module imports only those above it in this list:

* `facets`: the three facets of the standard, and the keys under which this library keeps them
* `totals`: counts arranged as a tree, nothing lost
* `facet_codes`: one facet of a code table: which code, key and class belong together
* `code_lists`: codes in a file of their own, one row for each
* `code_files`: code tables read key by key, every fault at once
* `code_tables`: a bank's downloaded code table, tied to the keys
"""

from __future__ import annotations

from complaint_rules.coding.code_tables import CodeTable, Coding
from complaint_rules.coding.facet_codes import FacetCodes
from complaint_rules.coding.facets import Facet, Scheme, keys_of
from complaint_rules.coding.totals import RowKind, Totals, TotalsRow

__all__ = [
    "CodeTable",
    "Coding",
    "Facet",
    "FacetCodes",
    "RowKind",
    "Scheme",
    "Totals",
    "TotalsRow",
    "keys_of",
]
