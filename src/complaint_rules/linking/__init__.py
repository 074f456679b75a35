"""Which complaints belong together (关联).

From the ground up; each module imports only those above it in this list:

* `index`: complaints with the same facts in order of receipt, and a window that moves over them
* `links`: `link`, `Linker` and what they find
"""

from __future__ import annotations
