"""A rule set as plain data; the shipped ones (规则集).

From the ground up; each module imports only those above it in this list:

* `rules`: the rules a policy is made of
* `uses`: every condition of a rule, and what it does there
* `files`: reading the file of a policy
* `policy`: `Policy`, and the doors by which one is loaded
* `loading`: the shipped rule sets by id and edition
* `filings`: which periodic returns fall due between two days
* `secrets`: what a policy keeps from whom
"""

from __future__ import annotations
