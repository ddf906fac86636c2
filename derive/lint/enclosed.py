"""The mass of a published density in numbers, at points of its parameters: enclosures, which prove, and quadrature, which does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import zip_longest

from flint import arb

from derive.algebra.signs import Facts
from derive.check.convergence import INFINITE, convergence
from derive.check.enclosure import GOOD, Missing, enclose_total, rounded_up, shown
from derive.check.numeric import DISAGREES, check_density
from derive.check.points import points
from derive.check.sign import sign_of
from derive.language.claims import PROVED
from derive.language.totals import variable
from derive.lint.causes import likely_cause
from derive.lint.places import Clock, drawn, parameters, said, words
from derive.lint.published import AGREES, UNDECIDED, WRONG, Finding, Point, Published, Refusal
from derive.lint.sentences import sentence
from derive.positive import variables

POINTS = 6  # parameter points at which the mass is enclosed
SEEDS = 4  # of draws, of which an author's program may refuse many
EACH = 6  # points of each kind, where conditions may be missing
ENOUGH = 2  # as many enclosures around 1 are called evidence, as many without 1 bear a claim where conditions may be missing
ONE_BALL = 2.0  # seconds for one enclosure


def enclosure(published: Published, point: Point, clock: Clock) -> arb | Missing:
    """A ball around the mass at a point. Raises Refusal where there is no density there."""
    density, x, measure = published.at(point)
    return enclose_total(density, x, measure, {}, deadline=time.monotonic() + clock.left(ONE_BALL))


def by_points(published: Published, clock: Clock, why: str) -> Finding:
    """Enclosures of the mass at points: one without 1 claims an error, several close around 1 are evidence; then quadrature."""
    problem, close, missing, widest = published.problem, [], "", ""
    looked = 0
    for point in drawn(problem, SEEDS) if len(problem.variables) == 1 else []:
        if clock.over or looked == POINTS:
            break
        try:
            ball = enclosure(published, point, clock)
        except Refusal as refusal:
            missing = missing or sentence("no_density_at", at=words(point), why=refusal)
            continue
        looked += 1
        if isinstance(ball, Missing):
            missing = missing or sentence("no_enclosure_at", at=words(point), why=ball.reason)
        elif not ball.contains(1):
            cause = likely_cause(problem, None, clock.deadline) if why else None
            detail = sentence("mass_without_one", at=words(point), ball=shown(ball))
            return Finding(problem.id, WRONG, detail, str(ball.str(15)), said(point), cause)
        elif ball.rad() < GOOD:
            close.append(words(point))
            widest = rounded_up(ball)
    if len(close) >= min(ENOUGH, 1 if not parameters(problem) else ENOUGH):
        return Finding(problem.id, AGREES, sentence("mass_near_one", radius=widest, points="; ".join(close[:3])), "1")
    return by_quadrature(published, clock, why, missing)


def by_quadrature(published: Published, clock: Clock, why: str, missing: str) -> Finding:
    """Quadrature may agree, and never claims an error."""
    problem = published.problem
    check = check_density(problem.kernel, variables(problem), problem.conditions, seconds=clock.left(6.0), digits=12)
    if check.verdict == AGREES:
        return Finding(problem.id, AGREES, sentence("quadrature_agrees", detail=check.detail), "1")
    reasons = [why.rstrip("."), missing, check.detail if check.detail.startswith(DISAGREES) or not missing else ""]
    return Finding(problem.id, UNDECIDED, ". ".join(r[:1].upper() + r[1:] for r in reasons if r) + ".")


def borne(published: Published, found: Finding, clock: Clock) -> str:
    """Why a claim does not stand where conditions on the parameters may be missing: "" where the mass is 1 at none of many points.

    A geometric weight p(1-p)^k without 0 < p < 1 beside it is right at p = 1/2, and not at p = 2: it is no error.
    """
    if not parameters(published.problem):
        return ""
    apart = 0
    for point in moderate(published):
        if clock.over:
            break
        try:
            ball = enclosure(published, point, clock)
        except Refusal:
            continue
        if isinstance(ball, Missing):
            apart += grows(published, point)
            continue
        if ball.contains(1):
            return sentence("right_somewhere", at=words(point)) if ball.rad() < GOOD else sentence("wide_somewhere", at=words(point))
        apart += 1
    return "" if apart >= ENOUGH or found.mass == "oo" else sentence("seen_too_little")


def grows(published: Published, point: Point) -> bool:
    """Whether the mass at a point is proved to be infinite."""
    density, x, measure = published.at(point)
    own = variable(x.name, measure)
    density = density.xreplace({x: own})
    positive = sign_of(density, [(own, measure)], Facts(), 1.0).verdict == PROVED
    return positive and convergence(density, own, measure, Facts()).verdict == INFINITE


def moderate(published: Published) -> Iterator[Point]:
    """Points at which the parameters are below 1, points at which they need not be, and points of the wider problem, by turns. None
    of them is special: a mass of s**2 is 1 for s = 1, and no condition is missing.
    """
    problem = published.problem
    symbols = sorted(parameters(problem), key=str)
    named = {s.name: s for s in symbols}
    small = points(symbols, (*problem.conditions, *(s < 1 for s in symbols if not s.is_integer)), EACH)
    wide = published.wider or problem
    wider = [{named[s.name]: v for s, v in p.items() if s.name in named} for p in points(sorted(parameters(wide), key=str), wide.conditions, EACH)]
    yield from (p for together in zip_longest(small, points(symbols, problem.conditions, EACH), wider) for p in together if p is not None)
