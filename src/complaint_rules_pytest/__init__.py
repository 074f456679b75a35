"""A plugin of pytest for whoever tests with a rule set: coverage of its rules, golden files as tests.

It is a package of its own, so that pytest can load it early without importing `complaint_rules` before the coverage of
code is measured. `plugin` holds the options and hooks, `golden` the tests made of golden files, `noting` what notes
which outcomes the assessments of a run reached.
"""

from __future__ import annotations
