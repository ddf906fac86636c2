"""The mass of a published density by a derivation: it is 1, it is another formula, it is infinite; or there is no density."""

from __future__ import annotations

from dataclasses import replace

from flint import arb
from sympy import Expr, S, Symbol, oo

from derive.algebra.signs import Facts
from derive.check.enclosure import GOOD, Missing
from derive.check.kernel import verdict_of
from derive.check.sign import Sign, sign_of
from derive.check.witness import refuted_at
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.language import claims
from derive.language.claims import PROVED
from derive.language.problem import Problem, Result
from derive.language.totals import Counting, Lebesgue, Measure
from derive.lint.causes import likely_cause
from derive.lint.enclosed import by_points, enclosure
from derive.lint.places import Clock, drawn, full, ground_of, parameters, said, words
from derive.lint.published import AGREES, NORMALIZED, UNDECIDED, WRONG, Finding, Point, Published, Refusal
from derive.lint.sentences import sentence
from derive.positive import variables

UNDEFINED = 3  # points of the parameters at which a density is looked at where its support begins


def by_derivation(published: Published, result: Result, clock: Clock) -> Finding:
    """Where a closed form for the mass was derived."""
    problem, mass = published.problem, result.Z
    assert mass is not None and result.derivation is not None
    found = compare(mass, S.One, ground_of(problem, *result.conditions))
    if found.verdict == PROVED:
        return derived_one(published, result, clock)
    if found.verdict == claims.REFUTED and verdict_of(result.derivation) == PROVED:
        others = (p for p in ground_of(problem, *result.conditions).points(parameters(problem)) if p != found.point)
        for point in (full(published, found.point), *others):
            claim = derived_other(published, result, point, clock)
            if claim is not None:
                return claim
    if found.verdict == claims.AGREES:
        return Finding(problem.id, AGREES, sentence("mass_one_in_value", mass=mass, points=found.looked), str(mass))
    return by_points(published, clock, sentence("mass_not_settled", mass=mass))


def derived_one(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the derived mass is 1: for all parameters, or where the conditions of the derivation hold."""
    problem = published.problem
    assert result.derivation is not None
    if verdict_of(result.derivation) != PROVED:
        return Finding(problem.id, AGREES, sentence("one_but_a_step"), "1")
    if not result.conditions:
        return Finding(problem.id, NORMALIZED, sentence("one"), "1")
    found = by_points(published, clock, why="")
    where = sentence("one_where", conditions=" and ".join(map(str, result.conditions)))
    if found.verdict in (WRONG, AGREES):
        return replace(found, detail=f"{where} {found.detail}")
    return replace(found, verdict=UNDECIDED, detail=f"{where} {sentence('nothing_elsewhere')}")


def derived_other(published: Published, result: Result, point: Point, clock: Clock) -> Finding | None:
    """The claim that the mass is not 1 at a point, from the derived mass; None where something speaks against it."""
    problem = published.problem
    value = compare(result.Z.xreplace(dict(point)), S.One, Ground())  # type: ignore[union-attr]
    if value.verdict != claims.REFUTED:
        return None
    if len(problem.variables) == 1:
        try:
            density, x, measure = published.at(point)
            ball = enclosure(published, point, clock)
        except Refusal:
            return None
        if isinstance(ball, arb) and ball.contains(1) and ball.rad() < GOOD:
            return None
        if isinstance(ball, Missing) and published.instance is not None and not same_there(problem, density, x, measure, point):
            return None
    cause = likely_cause(problem, result.Z, clock.deadline)
    where = " and ".join(map(str, result.conditions))
    detail = sentence("mass_is", mass=result.Z, where=where, at=words(point), value=value.values[0])
    return Finding(problem.id, WRONG, detail, str(result.Z), said(point), cause)


def same_there(problem: Problem, density: Expr, x: Symbol, measure: Measure, point: Point) -> bool:
    """Whether the author's own density at a point is the one that was derived with."""
    (v,) = problem.variables
    here = problem.kernel.xreplace(dict(point)).xreplace({v.symbol: x})
    return v.measure.xreplace(dict(point)) == measure and compare(here, density, Ground((), [(x, measure)])).verdict == PROVED


def infinite(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the total is proved to be infinite, at a point that the author's program accepts."""
    problem = published.problem
    for point in drawn(problem):
        try:
            density, x, measure = published.at(point)
        except Refusal:
            continue
        if published.instance is None or same_there(problem, density, x, measure, point):
            cause = likely_cause(problem, oo, clock.deadline)
            return Finding(problem.id, WRONG, sentence("mass_infinite", why=result.reason), "oo", said(point), cause)
    return Finding(problem.id, UNDECIDED, sentence("infinite_nowhere_accepted", why=result.reason))


def undefined_at(problem: Problem) -> Point | None:
    """The first point of a range of integers, where the density is a quotient by 0 there, whatever the parameters are."""
    if len(problem.variables) != 1:
        return None
    (v,) = problem.variables
    lo = v.measure.lo if isinstance(v.measure, Counting) else None
    points = drawn(problem)[:UNDEFINED]
    if lo is None or not lo.is_Integer or not points:
        return None
    first = problem.kernel.subs(v.symbol, lo)
    return {v.symbol: lo} if all(first.subs(dict(point)) is S.ComplexInfinity for point in points) else None


def undefined(published: Published, place: Point, clock: Clock) -> Finding:
    """The claim that a density is undefined at a point of its support; the support without the point may be the one that was meant."""
    problem = published.problem
    if published.instance is not None or published.doubt:
        return Finding(problem.id, UNDECIDED, sentence("undefined_at", at=words(place)))
    return Finding(problem.id, WRONG, sentence("undefined_at", at=words(place)), "", said(place), likely_cause(problem, None, clock.deadline))


def not_a_density(published: Published, result: Result, clock: Clock) -> Finding:
    """Where the density is negative or not real on its support, or zero on all of it."""
    problem = published.problem
    sign = sign_of(problem.kernel, variables(problem), Facts(problem.conditions), clock.left(2.0))
    if sign.verdict != claims.REFUTED:
        return by_points(published, clock, why=result.reason)
    if not confirmed(published, sign):
        return by_points(published, clock, why=sentence("negative_where_refused"))
    numbers = by_points(published, clock, why="")
    mass = numbers.mass if numbers.verdict == WRONG else ""
    detail = sentence("no_density", kind=sign.kind, at=words(dict(sign.witness or {})), value=str(sign.value).replace("+ -", "- "))
    cause = likely_cause(problem, None, clock.deadline)
    return Finding(problem.id, WRONG, f"{detail} {numbers.detail}" if mass else detail, mass, said(sign.witness or {}), cause)


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
