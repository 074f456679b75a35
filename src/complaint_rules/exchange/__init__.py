"""Cases in and out: JSON, JSON Lines, registers (数据出入).

From the ground up; each module imports only those above it in this list:

* `rows`: what one row of an input came to
* `kinds`: what a file is, by its first bytes
* `lines`: JSON Lines: one case a line
* `keys`: keys that stand on more than one line
* `tables`: a header and its records, whatever file they come from
* `delimited`: CSV as registers are exported: encodings, line numbers, no good row lost
* `workbooks`: workbooks, by an optional extra
* `forms`: a form of dates that a mapping names, read exactly
* `looks`: what a cell looks like, never what it says
* `written`: a day or a moment as people and registers write it
* `columns`: where a value comes from, and how its cell is read
* `figures`: a figure as people write it, its unit beside it
* `cells`: one cell as one value: codes, figures, days
* `column_files`: one column of a mapping file, read key by key
* `mapping_files`: mapping files read key by key, every fault at once
* `mapping`: which column holds which fact
* `headers`: the columns that a mapping names, found in a header
* `bound`: a mapping tied to one register
* `reading`: one row while it is read
* `grouping`: the rows of one key as one case
* `registers`: a bank's own register as cases
"""

from __future__ import annotations

from complaint_rules.exchange.lines import json_lines, read_json_line, read_json_lines
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row, RowFault

__all__ = [
    "RegisterMap",
    "Row",
    "RowFault",
    "json_lines",
    "read_json_line",
    "read_json_lines",
    "read_register",
]
