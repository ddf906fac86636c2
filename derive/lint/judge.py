"""Is the total of a published density 1? An error is claimed only where it is proved: quadrature never claims one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from derive.engine import solve
from derive.lint.beside import beside
from derive.lint.derived import by_derivation, infinite, not_a_density, undefined, undefined_at
from derive.lint.enclosed import borne, by_points
from derive.lint.interior import by_cases
from derive.lint.places import Clock, assumed
from derive.lint.published import AGREES, NORMALIZED, UNDECIDED, WRONG, Finding, Published
from derive.lint.sentences import sentence
from derive.lint.supports import spelled

SECOND_LOOK = 8.0  # seconds that are left for looking for what speaks against an error, however long that took to find


def judge(published: Published, budget: float = 20.0) -> Finding:
    """What is found of one density within `budget` seconds.

    >>> from derive.read.asked import problem
    >>> [judge(Published(problem(f"{c}*exp(-x)", over={"x": "(0, oo)"}))).verdict for c in (1, 2)]
    ['normalized', 'not-normalized']
    """
    start = time.monotonic()
    clock = Clock(start + budget)
    place = undefined_at(published.problem)
    found = undefined(published, place, clock) if place else beside(published, borne_out(published, checked(published, clock), clock))
    problem = published.problem
    return replace(found, density=str(problem.kernel), support=tuple(f"{v.symbol} in {spelled(v.measure)}" for v in problem.variables),
                   assumed=assumed(problem), notes=(*published.notes, *problem.notes, *found.notes), seconds=time.monotonic() - start,
                   line=published.line)  # fmt: skip


def judge_readings(readings: Sequence[Published], budget: float = 20.0) -> Finding:
    """What is found of a density whose text can be read in several ways: it is wrong where it is wrong in each of them."""
    found = []
    for one in readings:
        found.append(judge(one, budget / len(readings)))
        if found[-1].verdict in (NORMALIZED, AGREES):
            return found[-1] if len(found) == 1 else replace(found[-1], notes=(*found[-1].notes, sentence("other_reading")))
    return next((f for f in found if f.verdict == UNDECIDED), found[0])


def checked(published: Published, clock: Clock) -> Finding:
    """The finding: by a derivation, else by enclosures and quadrature at points."""
    result = solve(published.problem, clock.left((clock.deadline - time.monotonic()) / 2))
    if result.outcome == "not-a-kernel":
        found = not_a_density(published, result, clock)
    elif result.outcome == "diverges":
        found = infinite(published, result, clock)
    elif result.outcome == "normalized":
        found = by_derivation(published, result, clock)
    else:
        found = by_points(published, clock, why=result.reason)
    if found.verdict in (AGREES, UNDECIDED):
        found = by_cases(published.problem, found, clock)
    return limited(found, published.only)


def limited(found: Finding, only: str) -> Finding:
    """What was proved for some parameters alone is evidence for the others."""
    if not only or found.verdict not in (NORMALIZED, AGREES):
        return found
    return replace(found, verdict=AGREES, detail=f"{found.detail} {sentence('only_for', only=only)}")


def borne_out(published: Published, found: Finding, clock: Clock) -> Finding:
    """A claim of an error that what is known of the density bears; else it is undecided."""
    if found.verdict != WRONG:
        return found
    later = Clock(max(clock.deadline, time.monotonic() + SECOND_LOOK))
    why = published.doubt or (borne(published, found, later) if published.loose else "")
    return replace(found, verdict=UNDECIDED, cause=None, detail=sentence("withheld", why=why, detail=found.detail)) if why else found
