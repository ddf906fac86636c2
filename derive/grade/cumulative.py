"""F(x) = … where nothing says what F is: the distribution function P(X ≤ x), or an antiderivative that a later line uses."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from derive.grade.course import Course
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.related import related
from derive.grade.stated import Line
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Counting, Lebesgue, Total

NAME = "F"
USED_AS = "F may be the distribution function P(X ≤ x) here, and as that it {}"


def distribution(applied: AppliedUndef, value: Expr, course: Course) -> tuple[str, str] | None:
    """The verdict on F(x) = value read as P(X ≤ x), for the variable x of a problem that has one; None where F can be nothing of the kind."""
    variables = course.truth.problem.variables
    if applied.func.__name__ != NAME or len(variables) != 1 or applied.args != (variables[0].symbol,):
        return None
    (v,) = variables
    if not isinstance(v.measure, (Lebesgue, Counting)):
        return None
    t = Symbol(f"{v.symbol.name}′", **v.symbol._assumptions_orig)
    below = Total(course.truth.problem.kernel.xreplace({v.symbol: t}), t, v.measure.func(v.measure.lo, v.symbol)) / course.Z
    found = related(below, value, course).equality
    if found.verdict == PROVED:
        return CORRECT, "this is the distribution function"
    if found.verdict != REFUTED:
        return UNDECIDED, USED_AS.format("could not be held against the integral of the density up to x")
    where = ", ".join(f"{s} = {at}" for s, at in found.point.items())
    return UNDECIDED, USED_AS.format(f"is not right: at {where} it is {found.values[0]}, and P(X ≤ x) is {found.values[1]}")


def used_elsewhere(lines: Iterable[Line], number: int) -> bool:
    """Whether a line other than this one speaks of F."""
    sides = (side for line in lines if line.number != number for s in line.stated for side in s.sides)
    return any(f.func.__name__ == NAME for side in sides for f in side.atoms(AppliedUndef))


def unsettled(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where an F(x) that no other line uses is held to be the distribution function."""
    read = list(lines)
    return [
        LineVerdict(one.line, *course.cumulative[one.line])
        if one.verdict == CORRECT and one.line in course.cumulative and not used_elsewhere(read, one.line)
        else one
        for one in verdicts
    ]
