"""Golden cases made ready for a kit: run, with the rule set named in full and every moment exact."""

from __future__ import annotations

import json
from collections.abc import Sequence

import attrs

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidGolden, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.answers import expected
from complaint_rules.verification.reaching.expecting import OPEN, Expected, WantedRun
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_parts import GoldenPolicy


def made_ready(golden: GoldenCase, policies: Sequence[Policy]) -> GoldenCase:
    """Give a case as a kit holds it: of an edition of one of the policies, with all parameters, its moments exact.

    It is run before: what does not come out as it says is no case for others.

    Raises `InvalidGolden` where none of the policies is that of the case, where it names what the policy does not have,
    and with every difference where it does not come out; `InvalidPolicy` for parameters that do not fit.

    >>> from complaint_rules import load_policy
    >>> golden = GoldenCase.from_json(
    ...     '{"id": "g-1", "policy": {"id": "psbc-95580"}, "case": {"received": "2026-09-30", "repeat": true}, '
    ...     '"at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"priority": "urgent"}}}'
    ... )
    >>> made_ready(golden, [load_policy("psbc-95580")]).policy.edition
    '2016'
    """
    policy = _policy_of(golden, policies)
    unlike = golden.run(policy)
    if unlike:
        faults = tuple(Fault(where=golden.id, why=f"{one.what}: wanted {one.wanted}, got {one.got}") for one in unlike)
        why = "it does not come out as it says"
        raise InvalidGolden(what=f"case {golden.id} of the kit", why=why, faults=faults)
    wanted = golden.expect.refused
    expect = exact(golden.expect, golden.assess(policy)) if wanted is None else _refusal(golden, policy, wanted)
    given = json.loads(policy.document)["parameters"]
    return attrs.evolve(
        golden,
        policy=GoldenPolicy(
            id=policy.id, edition=policy.edition, parameters=FrozenMap({**given, **golden.policy.parameters})
        ),
        case=FrozenMap({"id": golden.id, **golden.case}),
        expect=expect,
    )


def _refusal(golden: GoldenCase, policy: Policy, wanted: str) -> Expected:
    """Say what is to be answered to a case that is refused: where; or, if only a figure is open, what waits for it."""
    try:
        found = golden.assess(policy)
        _ = (list(found.clocks.values()), found.duties, found.checks, found.violations)
    except ComplaintRulesError:
        return Expected(refused=wanted.partition(":")[0].strip())
    waiting: dict[str, tuple[str, ...]] = {}
    for name, finding in found.findings.items():
        try:
            _ = finding.value
        except ComplaintRulesError as error:
            if wanted in str(error):
                waiting[name] = finding.table.missing
    named = [one.name for one in found.missing if wanted in one.name]
    missing = dict.fromkeys([*(name for names in waiting.values() for name in names), *named])
    return Expected(findings=FrozenMap(dict.fromkeys(waiting, OPEN)), missing=tuple(missing))


def _policy_of(golden: GoldenCase, policies: Sequence[Policy]) -> Policy:
    mine, edition = golden.policy.id, golden.policy.edition
    fitting = [one for one in policies if one.id == mine and edition in (None, one.edition)]
    if len(fitting) == 1:
        return fitting[0]
    known = [f"{one.id}@{one.edition}" for one in policies]
    if fitting:
        fault = Fault(where="policy.edition", why="several editions fit", hint=f"one of {', '.join(known)}")
    else:
        wanted = mine if edition is None else f"{mine}@{edition}"
        hint = did_you_mean(mine, [one.id for one in policies if one.id != mine]) or (
            f"there are {', '.join(known)}" if known else "there are none"
        )
        fault = Fault(where="policy", why="the kit has no such rule set", value=wanted, hint=hint)
    raise InvalidGolden(what=f"case {golden.id} of the kit", why="it is refused", faults=(fault,))


def exact(wanted: Expected, found: Assessment) -> Expected:
    """Give what must come out with every moment exact, to the microsecond, where a person wrote a day or a minute.

    `found` is an assessment that comes out as `wanted` says.

    >>> from complaint_rules import load_policy
    >>> golden = GoldenCase.from_json(
    ...     '{"id": "g-1", "policy": {"id": "psbc-95580"}, "case": {"received": "2026-09-30", "repeat": true}, '
    ...     '"at": "2026-10-01T09:00:00+08:00", "expect": {"clocks": {"whole": {"due_at": "2026-10-02 00:00"}}}}'
    ... )
    >>> exact(golden.expect, golden.assess(load_policy("psbc-95580"))).clocks["whole"]["due_at"]
    '2026-10-02T00:00:00+08:00'
    """
    got = expected(found, wanted.rules)
    findings = {name: got.findings[name] for name in wanted.findings}
    clocks: dict[str, WantedRun | tuple[WantedRun, ...]] = {}
    for name, runs in wanted.clocks.items():
        have = got.clocks[name]
        several = have if isinstance(have, tuple) else (have,)
        clocks[name] = tuple(map(_exact, runs, several)) if isinstance(runs, tuple) else _exact(runs, several[0])
    duties = {name: tuple(map(_exact, wanted.duties[name], got.duties[name])) for name in wanted.duties}
    return attrs.evolve(wanted, findings=FrozenMap(findings), clocks=FrozenMap(clocks), duties=FrozenMap(duties))


def _exact(asked: WantedRun, have: WantedRun) -> WantedRun:
    """Give what is asked of a run or a duty, in the words of what came out."""
    return FrozenMap({key: have.get(key, value) for key, value in asked.items()})
