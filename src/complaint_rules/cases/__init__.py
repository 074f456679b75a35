"""What is known of a complaint and what happened to it; who held it (案件).

From the ground up; each module imports only those above it in this list:

* `facts`: what a fact can be
* `complaint`: the facts as at receipt; nothing computed
* `case`: `Event` and `Case`: a complaint with its append-only history
* `violations`: what in a history broke a rule or contradicts itself
* `entries`: one known event at its place in time
* `ordering`: the order of what is known: moments, days, what has no moment
* `timeline`: the history as known at a moment
* `stops`: suspensions paired with their resumptions
* `lifecycle`: where a case stands, and what cannot have been as recorded
* `merging`: several receipts of the same complaint become one case
* `responsibility`: who held the file how long, who had it at the breach, who should not have it
"""

from __future__ import annotations
