"""What a law gives, as totals of its kernel: E[g(X)], P(lo ≤ X ≤ hi), P(X = x), and what it says of its parameters and of those ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Contains, Dummy, Expr, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from derive.grade.chance.laws import Way
from derive.grade.writing.outside import Outside
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute, variable

MEAN, CHANCE, POINT = "MeanUnder", "ChanceUnder", "PointUnder"  # of g(X) under the k-th law; of lo ≤ X ≤ hi; of X = x
PART = "MeanOfPart"  # of g(X) given lo ≤ X ≤ hi
ORDER, SUM = "OrderUnder", "SumUnder"  # P(X < Y), and the density of X + Y, of two independent variables with the k-th and the l-th law
HEADS = (MEAN, CHANCE, POINT, PART, ORDER, SUM)
Kernel = Callable[[Symbol], tuple[Expr, Measure]]
POSITIVE = ("shape", "rate", "scale", "variance", "standard deviation", "precision", "degrees of freedom", "successes")


def value_of(name: str, args: Sequence[Expr], of: str, way: Way, arguments: Sequence[Expr], own: Symbol) -> Expr:
    """E[g(X)], P(lo ≤ X ≤ hi) or P(X = x) as totals of the law's kernel; `own` is X as it stands in g."""
    measure = way.kernel(Dummy(positive=True), *arguments)[1]
    t = variable(f"{of}′", measure)
    kernel, measure = way.kernel(t, *arguments)
    whole_ = Total(kernel, t, measure)
    if name == MEAN:
        return Total(substitute(args[0], {own: t}) * kernel, t, measure) / whole_
    if name == POINT:
        return substitute(kernel, {t: args[0]}) / whole_
    lo, hi = args[-2:]
    part = Total(kernel, t, measure.func(*cut(lo, hi, measure)))
    return Total(substitute(args[0], {own: t}) * kernel, *part.args[1:]) / part if name == PART else part / whole_


def of_two(name: str, one: Kernel, two: Kernel, at: Expr | None) -> Expr:
    """P(X < Y) = ∫ f_X(t) P(Y > t) dt on one interval, and ∫ f_X(t) f_Y(z − t) dt on (0, ∞) or the real line, or the sum in its place.

    Raises Outside for other supports.
    """
    t, u = Dummy(real=True), Dummy(real=True)
    measure, other = one(t)[1], two(u)[1]
    counts = isinstance(measure, Counting)
    if measure != other or not isinstance(measure, (Lebesgue, Counting)) or counts and name == ORDER:
        raise Outside("these two variables have different supports")
    s, r = variable("s′", measure), variable("r′", measure)
    (f, _), (g, _) = one(s), two(r)
    masses = Total(f, s, measure) * Total(g, r, measure)
    if name == ORDER:
        return Total(f * Total(g, r, Lebesgue(s, measure.hi)), s, measure) / masses
    if at is None or measure.hi is not oo or measure.lo not in (S.Zero, -oo):
        raise Outside("the density of this sum is not read")
    inner = measure.func(measure.lo, at if measure.lo == 0 else oo)
    return Total(f * substitute(g, {r: at - s}), s, inner) / masses


def cut(lo: Expr, hi: Expr, measure: Measure) -> tuple[Expr, Expr]:
    return (measure.args[0] if lo is -oo else lo), (measure.args[1] if hi is oo else hi)


def ends_within(args: Sequence[Expr], measure: Measure) -> list[Boolean]:
    """That the ends of a probability lie in the support, and are whole where it counts."""
    if not isinstance(measure, (Lebesgue, Counting)):
        return []
    inner, counts = [e for e in args if e.is_infinite is not True], isinstance(measure, Counting)
    lo, hi = measure.lo, measure.hi
    found: list[Any] = [e - lo + (1 if counts else 0) >= 0 for e in inner if lo.is_finite] + [hi - e >= 0 for e in inner if hi.is_finite]
    found += [Contains(s, S.Integers) for e in inner if counts for s in e.free_symbols]
    return [c for c in found if c not in (True, False)]


def of_parameters(way: Way, arguments: Sequence[Expr]) -> list[Boolean]:
    """What a law says of its parameters where these are names: trials are whole, rates positive, chances between 0 and 1."""
    found: list[Boolean] = []
    for role, s in zip(way.roles, arguments, strict=False):  # a function of another variable has no roles
        if not isinstance(s, Symbol):
            continue
        if role == "trials":
            found += [Contains(s, S.Integers), s > 0]
        if role in POSITIVE or role.startswith("chance"):
            found.append(s > 0)
        if role.startswith("chance"):
            found.append(s < 1)
    return found
