"""What errors say, in Chinese (报错文字): English text to Chinese text, with the same places.

An error is written once, in English, where it is raised. Here each of its texts has a Chinese one beside it; what the
English fills in stands in braces in both. `tests/words/test_messages.py` reads the source and names every text that has
none, and every entry that no source uses any more.

From the ground up; each module imports only those above it in this list:

* `basics`: what is said of a case, a policy, a moment, a link, wherever it is handed in
* `calendar`: what is said of days, hours, notices and periods
* `cases`: what is said of complaints, events and cases, as values and as JSON
* `conditions`: what is said of conditions
* `documents`: what is said of files and of the values in them
* `exchange`: what is said of registers, their rows and the files that map them
* `policy`: what is said of policy files and calendar files
* `statistics`: what is said of reporting periods and durations
* `reports`: what is said of reports and of what they are made of
* `testing`: what is said of strategies and laws for tests
* `worlds`: what is said of possible worlds, of searches in them and of witnesses
* `reaching`: what is said of golden cases and of the coverage of rules
* `kits`: what is said of kits for other implementations, of answers and schemas
* `conformance`: what is said of rule sets held against one another
* `cli`: what the command line says of what it is given
* `others`: what Python says, of JSON, TOML, files, days and arguments
* `usage`: what the help of the command line says of commands and arguments
* `terms`: single words that stand in the places of a text
* `catalogue`: all of them together, and a text looked up
"""

from __future__ import annotations

from complaint_rules.words.messages.catalogue import in_chinese

__all__ = ["in_chinese"]
