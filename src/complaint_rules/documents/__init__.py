"""Files read within bounds, every fault with its place; policies and mapping files alike (文件).

From the ground up; each module imports only those above it in this list:

* `toml`: files as plain documents, never executed
* `lines`: on which line of a text a key stands
* `faults`: every fault with its file and key path, in the order of the file
* `nesting`: what stands under what, where a list is a tree
* `values`: texts turned into what their declared type wants
* `nodes`: a document read piece by piece
"""

from __future__ import annotations

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape
from complaint_rules.documents.toml import Document, parse_toml

__all__ = [
    "Document",
    "Faults",
    "Node",
    "Shape",
    "parse_toml",
]
