"""From a policy file to the fields of a policy (规则文件).

From the ground up; each module imports only those above it in this list:

* `canonical`: a document written so that only its content counts, and its fingerprint
* `shapes`: every key a file may have, section by section
* `head`: what frames the rules: citation, quiet hours, routes
* `citations`: the articles of a text, the texts it cites, and every citation held against them
* `extending`: a file that extends another becomes one document with it
* `declarations`: levels, bodies, facts, kinds of event, parameters
* `vocabulary`: what every policy knows without declaring it
* `references`: what rules point at, checked against what is declared
* `acceptance`: findings of the analysis that a rule accepts, as a file states them
* `effects`: keys that would change nothing where they stand
* `calendars`: opening hours, days and notices of one's own
* `limits`: time limits as a file states them
* `provisions`: tables, duties, checklists, links, retention as a file states them
* `bases`: counting rules, and what counts are set in relation to, as a file states them
* `figures`: figures and quotas as a file states them
* `filings`: periodic reports as a file states them
* `standing`: standing duties as a file states them
* `dependencies`: in which order tables and limits can be worked out
* `assembling`: from a checked document to the fields of a policy
* `reading`: from a file, a text or a stored document to the fields of a policy
"""

from __future__ import annotations
