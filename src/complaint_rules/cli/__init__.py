"""The command line: the only clock, the only streams (命令行).

From the ground up; each module imports only those above it in this list:

* `output`: two streams, colour, progress, refusals
* `inputs`: what the commands are given
* `deep`: `check --deep`: a policy analysed
* `show`: `due`, `calendar`, `policies`, `check`
* `tables`: assessments as CSV
* `files`: the rows of a file, whatever file it is
* `assess`: `assess`: a stream of cases in, a stream of answers out
* `explain`: `explain`: a rule set, a rule, or a case; `compare`: rule sets side by side
* `demo`: the life of one complaint, step by step
* `texts`: reports as text
* `counting`: files counted into one tally
* `report`: `report`: figures over many cases, returns
* `cover`: `cover`: which outcomes of the rules some cases reach
* `generate`: `generate`: golden cases made from the rules
* `kit`: `kit`: golden cases as a kit, answers held against it; `schema`: the forms of data
* `conform`: `conform`: a house rule set against its base
* `diff`: `diff`: two editions held against each other, and cases replayed under both
* `mishaps`: a fault of the program, told so that it can be reported
* `parsing`: arguments parsed in the language of the run
* `shell`: arguments, exit status, interrupts
"""

from __future__ import annotations
