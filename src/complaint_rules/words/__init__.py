"""Everything a person reads (文字).

From the ground up; each module imports only those above it in this list:

* `conditions`: conditions in words
* `phrases`: the words for everything that has a code
* `voices`: one policy in one language
* `findings`: why a table came out as it did
* `clocks`: a clock in words
* `duties`: duties in words
* `violations`: what is wrong, and what speaks against an act
* `assessments`: an assessment in words
* `timelines`: the life of a case: data, text
* `charts`: the same as a Mermaid chart
* `rulebooks`: every rule of a policy in words
"""

from __future__ import annotations
