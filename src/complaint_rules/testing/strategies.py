"""The strategies: complaints, histories, cases and the moments at which to ask of them, for any policy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from complaint_rules.arguments import of_kind, truth, whole
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidComplaint
from complaint_rules.moments import as_moment
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.testing.cases import Situation, drawn_histories, drawn_situations
from complaint_rules.testing.complaints import drawn_complaints
from complaint_rules.testing.needed import st
from complaint_rules.testing.rows import drawn_reaching, row_of


def complaints(
    policy: Policy,
    *,
    known: bool | None = None,
    reaching: str | None = None,
    received: st.SearchStrategy[Any] | None = None,
    awkward: bool = False,
) -> st.SearchStrategy[Complaint]:
    """Draw complaints (取投诉) whose facts stand on, just below and just above every threshold of a policy.

    * `known`: True lets every fact be known, False none of them; None any mixture.
    * `reaching`: a row of a table or limit, as ``table/level[9]`` (counted from 0), that the facts reach at the
      receipt; each complaint has been asked of `assess` before it is given.
    * `received`: a strategy for the receipt; None: `moments`. Not beside `reaching`, where the receipt may matter.
    * `awkward` mixes in codes that no rule knows, receipts known to the day, and facts that contradict each other.

    Raises `InvalidPolicy` for what is no policy, `InvalidComplaint` for a choice of the wrong kind; of `reaching`
    `UnknownRule` for a row that is not there,
    `MissingParameter` for one that hangs on a parameter nobody supplied, and when drawn from, `Unreached` for one that
    no complaint reaches.

    >>> from complaint_rules.policy.loading import load_policy
    >>> complaints(load_policy("psbc-95580"), reaching="table/priority[0]").map(
    ...     lambda one: one.complainants
    ... )
    drawn_reaching(policy=<Policy psbc-95580, edition 2016>, ...).map(...)
    """
    as_policy(policy)
    _checked(known=known, awkward=awkward)
    why, hint = "a strategy is expected", "pass moments(), or just(moment) of Hypothesis"
    of_kind(received, (st.SearchStrategy, type(None)), InvalidComplaint(what="received", why=why, hint=hint))
    if reaching is None:
        return drawn_complaints(policy, known, received, awkward)
    row_of(policy, reaching)
    if received is not None:
        why = "a row may hang on the receipt, which is drawn with it"
        raise InvalidComplaint(what="received", why=why, hint="leave out received, or reaching")
    return drawn_reaching(policy, reaching, known, alone=True).map(_complaint)


def _checked(*, known: object = None, consistent: object = True, awkward: object = False, most: object = 0) -> None:
    """Hold what is chosen against what there is to choose; a text in the place of a truth value would mean yes."""
    if known is not None:
        truth(known, "known", InvalidComplaint)
    truth(consistent, "consistent", InvalidComplaint)
    truth(awkward, "awkward", InvalidComplaint)
    whole(most, "most", InvalidComplaint)


def _complaint(one: Any) -> Complaint:
    found: Complaint = one.case.complaint
    return found


def histories(
    policy: Policy, since: dt.datetime, *, consistent: bool = True, awkward: bool = False, most: int = 8
) -> st.SearchStrategy[list[Event]]:
    """Draw what happened to a complaint (取经过) received at a moment, in the order of recording, each with an id.

    Most histories are put together of what happens around single rules of the policy: they start, are stopped, kept at
    the last instant or missed by one.

    * `consistent`: False lets them contradict themselves, as a record nobody kept well: a resumption without a
      suspension, events out of order, twice, before the receipt, of no known kind.
    * `awkward` mixes in near misses of what rules ask for, events known to the day, such as nobody knows when they
      happened, two at one moment, amendments.
    * `most`: how many events there are at most.

    Raises `InvalidPolicy` for what is no policy, `InvalidMoment` for a naive moment, `InvalidComplaint` for a choice of
    the wrong kind.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> histories(load_policy("psbc-95580"), dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING))
    drawn_histories(policy=<Policy psbc-95580, edition 2016>, ...)
    """
    _checked(consistent=consistent, awkward=awkward, most=most)
    return drawn_histories(as_policy(policy), as_moment(since, what="since"), consistent, awkward, most)


def situations(
    policy: Policy,
    *,
    known: bool | None = None,
    reaching: str | None = None,
    consistent: bool = True,
    awkward: bool = False,
    most: int = 8,
) -> st.SearchStrategy[Situation]:
    """Draw all that `assess` takes (取情形): a case, the moment to ask at, and what is known of linked complaints.

    The moments stand where something turns: at what happened, at what is due and an instant after it. `known` and
    `reaching` are those of `complaints`, the others those of `histories`; where a row is to be reached, by events and
    the passing of time as well, the case has what it needs and no more. Raises what both do.

    >>> from complaint_rules.policy.loading import load_policy
    >>> situations(load_policy("psbc-95580"), reaching="limit/whole[3]")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: reaching: limit/whole has 3 rows, from 0; got 'limit/whole[3]'; the last one ...
    """
    as_policy(policy)
    _checked(known=known, consistent=consistent, awkward=awkward, most=most)
    if reaching is None:
        return drawn_situations(policy, known, consistent, awkward, most)
    row_of(policy, reaching)
    return drawn_reaching(policy, reaching, known, alone=False).map(_situation)


def _situation(one: Any) -> Situation:
    return Situation(case=one.case, at=one.at, links=one.links)


def cases(
    policy: Policy,
    *,
    known: bool | None = None,
    reaching: str | None = None,
    consistent: bool = True,
    awkward: bool = False,
    most: int = 8,
) -> st.SearchStrategy[Case]:
    """Draw cases (取案件): a complaint and what happened to it; takes and raises what `situations` does.

    A row that is to be reached is reached at a moment, and with counts of linked complaints, that only `situations`
    tells.

    >>> from complaint_rules.policy.loading import load_policy
    >>> cases(load_policy("psbc-95580"))
    drawn_situations(policy=<Policy psbc-95580, edition 2016>, ...).map(...)
    """
    drawn = situations(policy, known=known, reaching=reaching, consistent=consistent, awkward=awkward, most=most)
    return drawn.map(_case)


def _case(one: Situation) -> Case:
    return one.case
