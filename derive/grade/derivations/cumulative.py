"""F(x) = … or φ(t) = … where nothing says what it is: P(X ≤ x) or E[e^{itX}], or else a function that a later line uses."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Ge, Gt, Le, Lt, Piecewise, Rational, S, Symbol, exp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.grade.derivations.course import Course
from derive.grade.derivations.related import related
from derive.grade.derivations.stated import Line
from derive.grade.derivations.told import places
from derive.grade.equal.by_slope import is_distribution
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.language.claims import PROVED, REFUTED
from derive.language.problem import Variable
from derive.language.totals import Counting, Lebesgue, Total

NAME = "F"
SMALL = Rational(1, 8)  # for a t next to 0
MEANT = "it may be meant as E[e^{tX}] or E[e^{itX}], and as that it could not be established"
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
    if found.verdict == PROVED and value.has(Piecewise) and not right_outside(value, v, course):
        return UNDECIDED, USED_AS.format("is not 0 before the support and 1 behind it")
    by_slope = found.verdict not in (PROVED, REFUTED) and isinstance(v.measure, Lebesgue) and not value.has(Piecewise, Total)
    if found.verdict == PROVED or by_slope and rises_to_one(value, course):
        return CORRECT, "this is the distribution function"
    if found.verdict != REFUTED:
        return UNDECIDED, USED_AS.format("could not be held against the integral of the density up to x")
    where = ", ".join(f"{s} = {at}" for s, at in found.point.items())
    return UNDECIDED, USED_AS.format(f"is not right: at {where} it is {found.values[0]}, and P(X ≤ x) is {found.values[1]}")


def rises_to_one(value: Expr, course: Course) -> bool:
    """Whether a value is the distribution function by its slope, on the support or on a part of it that reaches to its lower or its upper end."""
    (v,), inside = course.truth.problem.variables, course.truth.inside
    part = [r for r in course.local if v.symbol in r.free_symbols]  # "for x ≥ μ"
    sided = [r for r in part if isinstance(r, (Gt, Ge, Lt, Le))]
    above = bool(part) and all(r.gts == v.symbol for r in sided)
    if len(sided) < len(part) or not above and not all(r.lts == v.symbol for r in sided) or not isinstance(v.measure, Lebesgue):
        return False
    ground = inside.with_(*part) if part else inside
    return is_distribution(value, course.truth.problem.kernel / course.Z, v.symbol, v.measure, ground, from_above=above)


def right_outside(value: Expr, v: Variable, course: Course) -> bool:
    """Whether cases give 0 before the support and 1 behind it, at a few places, or nothing."""
    x, (lo, hi) = v.symbol, v.measure.args
    beyond = ((Lt(x - lo, 0, evaluate=False), S.Zero), (Lt(hi - x, 0, evaluate=False), S.One))
    sides = [(r, wanted) for r, wanted in beyond if r.lhs.is_infinite is not True]
    return all(value.xreplace(at) in (wanted, S.NaN) for r, wanted in sides for at in places([r], value.free_symbols, course))


def small(t: Symbol, course: Course) -> list[Relational]:
    """A t that is small, next to 0, where a mean of e^{tX} is looked at: as to the parameters, or to numbers where there are none."""
    scales = [p.symbol for p in course.truth.problem.parameters if p.symbol.is_positive]
    return [bound for p in scales for bound in (t < p, t < 1 / p)] or [t < SMALL]


def transform(applied: AppliedUndef, value: Expr, course: Course) -> tuple[str, str] | None:
    """The verdict on φ(t) = value, where i t has been read as a real t, or M(t) = value, as E[e^{tX}] next to t = 0; None for other names."""
    variables, (t, *more) = course.truth.problem.variables, applied.args
    turned = isinstance(t, Symbol) and t.name in course.turned
    if len(variables) != 1 or more or t not in course.letters or value.has(Total) or not (turned or applied.func.__name__ == "M"):
        return None
    (v,) = variables
    if not isinstance(v.measure, (Lebesgue, Counting)) or v.symbol in value.free_symbols:
        return None
    before, course.local = course.local, [*course.local, t > 0, *small(t, course)]
    found = related(Total(course.truth.problem.kernel * exp(t * v.symbol), v.symbol, v.measure) / course.Z, value, course).equality
    course.local = before
    return (CORRECT, "this is the mean of an exponential") if found.verdict == PROVED else (UNDECIDED, MEANT)


def used_elsewhere(lines: Iterable[Line], number: int, name: str) -> bool:
    """Whether a line other than this one speaks of a function."""
    sides = (side for line in lines if line.number != number for s in line.stated for side in s.sides)
    return any(f.func.__name__ == name for side in sides for f in side.atoms(AppliedUndef))


def unsettled(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where an F(x) or φ(t) that no other line uses is held to be what it is by custom."""
    read = list(lines)
    return [
        LineVerdict(one.line, *course.cumulative[one.line][1])
        if one.verdict == CORRECT and one.line in course.cumulative and not used_elsewhere(read, one.line, course.cumulative[one.line][0])
        else one
        for one in verdicts
    ]
