"""The formula of a density beside the values that its author's own program gives: evidence, and never a proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Integral, Rational

from derive.language.totals import Counting, Lebesgue, Measure, totals
from derive.lint.places import drawn, parameters, words
from derive.lint.published import UNDECIDED, WRONG, Finding, Point, Published, Refusal
from derive.lint.sentences import sentence

CLOSE = 1e-6  # relative; programs compute in doubles
POINTS = 2


def beside(published: Published, found: Finding) -> Finding:
    """The finding with how the formula compares; an error is not claimed of a formula that has the program's values everywhere."""
    if published.program is None or any(totals(published.problem.kernel)) or published.problem.kernel.has(Integral):
        return found
    compared = list(comparisons(published, found))
    note = next((text for same, text in compared if not same), None) or next((text for _, text in compared), "")
    if not note:
        return found
    if found.verdict == WRONG and all(same for same, _ in compared):
        return replace(found, verdict=UNDECIDED, cause=None, detail=sentence("withheld", why=sentence("program_agrees"), detail=found.detail))
    return replace(found, notes=(*found.notes, note))


def comparisons(published: Published, found: Finding) -> Iterator[tuple[bool, str]]:
    """At each point whether all values agree, with a sentence."""
    for point in points_for(published, found):
        try:
            places = published.program(point)  # type: ignore[misc]
            density, x, measure = published.at(point)
            apart = [(place, own, value) for place, value in places
                     if (own := value_at(density.xreplace({x: place}), place, measure)) is not None and differ(own, value)]  # fmt: skip
        except (Refusal, TypeError, ValueError, ArithmeticError):
            continue
        if apart:
            place, own, value = apart[0]
            where = words({**point, x: Rational(str(round(float(place), 6)))})
            yield False, sentence("program_differs", at=where, own=f"{own:.6g}", value=f"{value:.6g}")
        elif places:
            yield True, sentence("program_same", count=len(places), at=words(point))


def points_for(published: Published, found: Finding) -> list[Point]:
    """The point of a claim, else the first of those that are drawn."""
    every = drawn(published.problem)
    names = {s.name: s for s in parameters(published.problem)}
    if found.point and set(names) <= set(found.point):
        return [{names[n]: Rational(v) for n, v in found.point.items() if n in names}]
    return every[:POINTS]


def value_at(density: Expr, place: Expr, measure: Measure) -> float | None:
    """The density at a place, 0 outside the support; None where it has no number."""
    if isinstance(measure, (Lebesgue, Counting)) and ((place < measure.lo) == True or (place > measure.hi) == True):  # noqa: E712
        return 0.0
    number = density.evalf(20)
    return float(number) if number.is_real and number.is_number else None


def differ(own: float, value: float) -> bool:
    return abs(own - value) > CLOSE * max(abs(own), abs(value))
