"""Is the total of a published density 1? An error is claimed only where it is proved: quadrature never claims one."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from flint import arb
from sympy import Expr, S, Symbol, oo

from derive.algebra.signs import Facts
from derive.check.enclosure import GOOD, Missing, enclose_total, rounded_up, shown
from derive.check.kernel import verdict_of
from derive.check.numeric import DISAGREES, check_density
from derive.check.points import words
from derive.check.sign import Sign, sign_of
from derive.check.witness import refuted_at
from derive.engine import solve
from derive.grade.equality import compare
from derive.grade.ground import Ground
from derive.language import claims
from derive.language.claims import PROVED
from derive.language.problem import Problem, Result
from derive.language.totals import Lebesgue, Measure
from derive.lint.causes import likely_cause
from derive.lint.published import AGREES, NORMALIZED, UNDECIDED, WRONG, Finding, Point, Published, Refusal

POINTS = 6  # parameter points at which the mass is enclosed
ENOUGH = 2  # as many enclosures around 1 are called evidence
ONE_BALL = 2.0  # seconds for one enclosure


@dataclass(frozen=True)
class Clock:
    """Until when there is time (of time.monotonic)."""

    deadline: float

    def left(self, most: float) -> float:
        """Seconds, at most `most`, for a part of the work."""
        return max(0.2, min(most, self.deadline - time.monotonic()))


def judge(published: Published, budget: float = 20.0) -> Finding:
    """What is found of one density within `budget` seconds.

    >>> from derive.read.files import problem
    >>> [judge(Published(problem(f"{c}*exp(-x)", over={"x": "(0, oo)"}))).verdict for c in (1, 2)]
    ['normalized', 'not-normalized']
    """
    start = time.monotonic()
    clock = Clock(start + budget)
    found = checked(published, clock)
    problem = published.problem
    return replace(found, density=str(problem.kernel), support=tuple(f"{v.symbol} in {v.domain}" for v in problem.variables),
                   assumed=assumed(problem), notes=(*published.notes, *problem.notes), seconds=time.monotonic() - start)  # fmt: skip


def assumed(problem: Problem) -> tuple[str, ...]:
    """What is assumed of the parameters, in words."""
    facts = [(p.symbol, [k for k, v in p.symbol._assumptions_orig.items() if v and k != "real"]) for p in problem.parameters]
    return (*(f"{s} {', '.join(names) or 'real'}" for s, names in facts), *map(str, problem.conditions))


def checked(published: Published, clock: Clock) -> Finding:
    """The finding: by a derivation, else by enclosures and quadrature at points."""
    problem = published.problem
    result = solve(problem, clock.left((clock.deadline - time.monotonic()) / 2))
    if result.outcome == "not-a-kernel":
        found = not_a_density(published, result, clock)
    elif result.outcome == "diverges":
        found = infinite(published, result, clock)
    elif result.outcome == "normalized":
        found = by_derivation(published, result, clock)
    else:
        found = by_points(published, clock, why=result.reason)
    return limited(found, published.only)


def limited(found: Finding, only: str) -> Finding:
    """What was proved for some parameters alone is evidence for the others."""
    if not only or found.verdict not in (NORMALIZED, AGREES):
        return found
    return replace(found, verdict=AGREES, detail=f"{found.detail} This was looked at for {only} only.")


def ground_of(problem: Problem, *more: object) -> Ground:
    names = [p.symbol for p in problem.parameters] + sorted(problem.total.free_symbols, key=str)
    return Ground((*problem.conditions, *more), names=names)  # type: ignore[arg-type]


def by_derivation(published: Published, result: Result, clock: Clock) -> Finding:
    """Where a closed form for the mass was derived."""
    problem, mass = published.problem, result.Z
    assert mass is not None and result.derivation is not None
    found = compare(mass, S.One, ground_of(problem, *result.conditions))
    if found.verdict == PROVED:
        return derived_one(published, result, clock)
    if found.verdict == claims.REFUTED and verdict_of(result.derivation) == PROVED:
        points = (full(published, found.point), *(p for p in ground_of(problem, *result.conditions).points(parameters(problem)) if p != found.point))
        for point in points:
            claim = derived_other(published, result, point, clock)
            if claim is not None:
                return claim
    if found.verdict == claims.AGREES:
        detail = f"The mass is derived to be {mass}, which is 1 in value at {found.looked} points; it was not proved to be 1."
        return Finding(problem.id, AGREES, detail, str(mass))
    why = f"The mass is derived to be {mass}, and no point was found at which that is proved to differ from 1."
    return by_points(published, clock, why)


def parameters(problem: Problem) -> set[Symbol]:
    return {s for s in problem.total.free_symbols if isinstance(s, Symbol)} | {p.symbol for p in problem.parameters}


def full(published: Published, point: Point) -> Point:
    """A point with a value for every parameter, where one is found that agrees with it."""
    problem = published.problem
    if parameters(problem) <= set(point):
        return point
    ground = ground_of(problem)
    return next((p for p in ground.points(parameters(problem)) if all(p.get(s) == v for s, v in point.items())), point)


def derived_one(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the derived mass is 1: for all parameters, or where the conditions of the derivation hold."""
    problem = published.problem
    assert result.derivation is not None
    if verdict_of(result.derivation) != PROVED:
        return Finding(problem.id, AGREES, "The mass is derived to be 1; a step of the derivation agrees in value and is not proved.", "1")
    if not result.conditions:
        return Finding(problem.id, NORMALIZED, "The mass is proved to be 1, by a derivation.", "1")
    where = " and ".join(map(str, result.conditions))
    found = by_points(published, clock, why="")
    said = f"The mass is proved to be 1 where {where}."
    if found.verdict in (WRONG, AGREES):
        return replace(found, detail=f"{said} {found.detail}")
    return replace(found, verdict=UNDECIDED, detail=f"{said} Nothing was established for other parameters.")


def derived_other(published: Published, result: Result, point: Point, clock: Clock) -> Finding | None:
    """The claim that the mass is not 1 at a point, from the derived mass; None where something speaks against it."""
    problem = published.problem
    value = compare(result.Z.xreplace(dict(point)), S.One, Ground())  # type: ignore[union-attr]
    if value.verdict != claims.REFUTED:
        return None
    if len(problem.variables) == 1:
        try:
            density, x, measure = published.at(point)
        except Refusal:
            return None
        ball = enclose_total(density, x, measure, {}, deadline=time.monotonic() + clock.left(ONE_BALL))
        if isinstance(ball, arb) and ball.contains(1) and ball.rad() < GOOD:
            return None
        if isinstance(ball, Missing) and published.instance is not None and not same_there(problem, density, x, measure, point):
            return None
    cause = likely_cause(problem, result.Z, clock.deadline)
    detail = f"The mass is proved to be {result.Z}{at(point)}" + ("." if not point else f", that is {value.values[0]}.")
    return Finding(problem.id, WRONG, detail, str(result.Z), said(point), cause)


def same_there(problem: Problem, density: Expr, x: Symbol, measure: Measure, point: Point) -> bool:
    """Whether the author's own density at a point is the one that was derived with."""
    (v,) = problem.variables
    here = problem.kernel.xreplace(dict(point)).xreplace({v.symbol: x})
    return v.measure.xreplace(dict(point)) == measure and compare(here, density, Ground((), [(x, measure)])).verdict == PROVED


def at(point: Point) -> str:
    return f"; at {words(point)}" if point else ""


def said(point: Point) -> dict[str, str]:
    return {str(s): str(v) for s, v in sorted(point.items(), key=lambda item: str(item[0]))}


def infinite(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the total is proved to be infinite, at a point that the author's program accepts."""
    problem = published.problem
    for point in ground_of(problem).points(parameters(problem)) if parameters(problem) else [{}]:
        try:
            density, x, measure = published.at(point)
        except Refusal:
            continue
        if published.instance is None or same_there(problem, density, x, measure, point):
            cause = likely_cause(problem, oo, clock.deadline)
            return Finding(problem.id, WRONG, f"The mass is infinite. {result.reason}", "oo", said(point), cause)
    return Finding(problem.id, UNDECIDED, f"{result.reason} No parameters were found that its author's program accepts.")


def not_a_density(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the density is negative or not real on its support, or zero on all of it."""
    problem = published.problem
    variables = [(v.symbol, v.measure) for v in problem.variables]
    sign = sign_of(problem.kernel, variables, Facts(problem.conditions), clock.left(2.0))
    if sign.verdict != claims.REFUTED:
        return by_points(published, clock, why=result.reason)
    if not confirmed(published, sign):
        return by_points(published, clock, why="The density is negative or not real at a point which its author's program does not accept.")
    numbers = by_points(published, clock, why="")
    mass = numbers.mass if numbers.verdict == WRONG else ""
    where = said(sign.witness or {})
    detail = f"It is no density on its support: it is {sign.kind} at {words(dict(sign.witness or {}))}, where it is {sign.value}."
    if mass:
        detail += f" {numbers.detail}"
    return Finding(problem.id, WRONG, detail, mass, where, likely_cause(problem, None, clock.deadline))


def confirmed(published: Published, sign: Sign) -> bool:
    """Whether the author's own density is negative or not real at the witness, which lies in the support that he declares."""
    witness = sign.witness or {}
    own = {v.symbol for v in published.problem.variables}
    if published.instance is None:
        return True
    try:
        density, x, measure = published.at({s: v for s, v in witness.items() if s not in own})
    except Refusal:
        return False
    place = next((v for s, v in witness.items() if s in own), None)
    if place is None or not inside(place, measure):
        return False
    return refuted_at(density, {x: place}, [(x, measure)]) is not None


def inside(place: Expr, measure: Measure) -> bool:
    """Whether a number is in a support."""
    ends = measure.args if not hasattr(measure, "points") else ()
    if not ends:
        return place in measure.args
    strict = isinstance(measure, Lebesgue)
    lo, hi = ends
    return bool((lo < place) == True and (place < hi) == True if strict else (lo <= place) == True and (place <= hi) == True)  # noqa: E712


def by_points(published: Published, clock: Clock, why: str) -> Finding:
    """Enclosures of the mass at points: one without 1 claims an error, several close around 1 are evidence; then quadrature."""
    problem, close, missing, widest = published.problem, [], "", ""
    if len(problem.variables) == 1:
        points = ground_of(problem).points(parameters(problem)) if parameters(problem) else [{}]
        for point in points[:POINTS]:
            if time.monotonic() > clock.deadline:
                break
            try:
                density, x, measure = published.at(point)
            except Refusal as refusal:
                missing = missing or f"no density at {words(point)}: {refusal}"
                continue
            ball = enclose_total(density, x, measure, {}, deadline=time.monotonic() + clock.left(ONE_BALL))
            if isinstance(ball, Missing):
                missing = missing or f"no enclosure at {words(point)}: {ball.reason}"
            elif not ball.contains(1):
                detail = f"The mass at {words(point)} is proved to lie in {shown(ball)}, which does not hold 1."
                cause = likely_cause(problem, None, clock.deadline) if why else None
                return Finding(problem.id, WRONG, detail, str(ball.str(15)), said(point), cause)
            elif ball.rad() < GOOD:
                close.append(words(point))
                widest = rounded_up(ball)
    if len(close) >= min(ENOUGH, 1 if not parameters(problem) else ENOUGH):
        detail = f"The mass is proved to lie within {widest} of 1 at {'; '.join(close[:3])}; no proof for all parameters was found."
        return Finding(problem.id, AGREES, detail, "1")
    return by_quadrature(published, clock, why, missing)


def by_quadrature(published: Published, clock: Clock, why: str, missing: str) -> Finding:
    """Quadrature may agree, and never claims an error."""
    problem = published.problem
    variables = [(v.symbol, v.measure) for v in problem.variables]
    check = check_density(problem.kernel, variables, problem.conditions, seconds=clock.left(6.0), digits=12)
    if check.verdict == AGREES:
        return Finding(problem.id, AGREES, f"In numbers {check.detail}; no proof was found.", "1")
    reasons = [why.rstrip("."), missing, check.detail if check.detail.startswith(DISAGREES) or not missing else ""]
    return Finding(problem.id, UNDECIDED, ". ".join(r[:1].upper() + r[1:] for r in reasons if r) + ".")
