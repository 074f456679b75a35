"""Everything that the conditions of a policy can look at, in finitely many cells (可能情形).

From the ground up; each module imports only those above it in this list:

* `formulas`: "this variable is in these cells", and both, either and not of it
* `spans`: the stretch of time that a sample stands for, between the moments that conditions name
* `variables`: a thing that conditions look at, its cells, and how exact they are
* `reading`: what the atoms of all conditions read, and the constants that this is compared with
* `cells`: the values of facts and of numbers that stand for all others
* `histories`: the histories that stand for all others: which events happened, how often, and when
* `stands`: what a cell shows to the compiled conditions
* `making`: from what is read to variables, and from each atom to formulas
* `events`: the typical events that a condition over ``event.…`` can tell apart
* `tables`: first-match and every-match tables as formulas
* `worlds`: `Worlds`: a policy as variables, and any of its conditions as formulas over them
* `unknowns`: what a condition that nobody can decide yet asks for
* `search`: whether a formula can hold, and where: splitting, propagation, a budget of nodes
* `boxes`: a region of worlds, said in Chinese and English
* `living`: from one cell for each variable to cases that may live it: events dated, limits started, met or missed
* `witnesses`: a region becomes a case that is replayed through `assess`; the three verdicts
* `shortening`: a case without the events and facts that what it shows does not need
"""

from __future__ import annotations

from complaint_rules.verification.worlds.boxes import Box, boxes, search
from complaint_rules.verification.worlds.tables import FourWays
from complaint_rules.verification.worlds.variables import Cell, Matter, Piece, Thing, Variable
from complaint_rules.verification.worlds.witnesses import Answer, Sureness, WhyOpen, Witness, answered, lived
from complaint_rules.verification.worlds.worlds import Worlds

__all__ = [
    "Answer",
    "Box",
    "Cell",
    "FourWays",
    "Matter",
    "Piece",
    "Sureness",
    "Thing",
    "Variable",
    "WhyOpen",
    "Witness",
    "Worlds",
    "answered",
    "boxes",
    "lived",
    "search",
]
