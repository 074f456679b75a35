"""Which complaints belong together (关联).

From the ground up; each module imports only those above it in this list:

* `index`: complaints with the same facts in order of receipt, and a window that moves over them
* `links`: what belongs together: groups, counts, members
* `linker`: `link` and `Linker`: all at once, or one after another
"""

from __future__ import annotations

from complaint_rules.linking.linker import Linker, link
from complaint_rules.linking.links import AsKnown, Group, Linked, Links, counts_of

__all__ = [
    "AsKnown",
    "Group",
    "Linked",
    "Linker",
    "Links",
    "counts_of",
    "link",
]
