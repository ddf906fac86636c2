"""Is g ≥ 0 on its support? Proved, refuted by a witness, or not decided; it is never assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import mpmath
from sympy import Expr, Rational, Symbol, oo

from derive.algebra.cases import CASES
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import PROVED, REFUTED, UNDECIDED
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, substitute

Variables = Sequence[tuple[Symbol, Measure]]


@dataclass(frozen=True)
class Sign:
    """`verdict` on g ≥ 0; where it is refuted, `witness` names the point and `value` is g there."""

    verdict: str
    witness: dict[Symbol, Expr] | None = None
    value: str = ""


def sign_of(kernel: Expr, variables: Variables, facts: Facts) -> Sign:
    """The sign of a kernel on its support.

    >>> x = Symbol("x", real=True)
    >>> sign_of(1 - abs(x), [(x, Lebesgue(-1, 1))], Facts()).verdict, sign_of(1 - x, [(x, Lebesgue(0, 3))], Facts()).verdict
    ('proved', 'refuted')
    """
    if nonnegative(kernel, list(variables), facts):
        return Sign(PROVED)
    for point in candidates(kernel, variables, facts):
        value = below_zero(kernel, point)
        if value:
            return Sign(REFUTED, point, value)
    return Sign(UNDECIDED)


def nonnegative(kernel: Expr, variables: list[tuple[Symbol, Measure]], facts: Facts) -> bool:
    """Prove g ≥ 0, point by point on finite sets and piece by piece where bars or cases change their meaning."""
    inside = facts
    for i, (x, measure) in enumerate(variables):
        if isinstance(measure, Atoms):
            rest = variables[i + 1 :]
            return all(nonnegative(substitute(kernel, {x: p}), rest, inside) for p in measure.points)
        inside = inside.within(x, measure)
    if inside.nonnegative(kernel):
        return True
    if len(variables) != 1:
        return False
    ((x, measure),) = variables
    at = next(splits(kernel, x, measure, inside), None)
    if at is None or not isinstance(measure, Lebesgue):
        return False
    halves = Lebesgue(measure.lo, at), Lebesgue(at, measure.hi)
    return all(nonnegative(kernel, [(x, half)], facts) for half in halves)


def splits(kernel: Expr, x: Symbol, measure: Measure, inside: Facts) -> Iterator[Expr]:
    """Points inside the support at which a bar or a case changes its meaning."""
    for e in sorted(kernel.atoms(*CASES), key=str):
        for border in (e.args[0], *(c.lhs - c.rhs for pair in e.args for c in getattr(pair, "args", ()) if c.is_Relational)):
            found = linear(border, x) if isinstance(border, Expr) else None
            if found and not (inside.nonnegative(border) or inside.nonnegative(-border)):
                at = -found[1] / found[0]
                if isinstance(measure, Lebesgue) and above(at, measure.lo, inside) and above(measure.hi, at, inside):
                    yield at


def above(a: Expr, b: Expr, facts: Facts) -> bool:
    return a is oo or b is -oo or facts.positive(a - b)


def candidates(kernel: Expr, variables: Variables, facts: Facts) -> Iterator[dict[Symbol, Expr]]:
    """Points of the parameters and the support at which to look for a negative value."""
    from derive.check.points import points

    bound = {x for x, _ in variables}
    symbols = sorted((kernel.free_symbols.union(*(m.free_symbols for _, m in variables))) - bound, key=str)
    for parameters in points(symbols, facts.relations, 3, seed=11):
        yield from spread(dict(parameters), list(variables))


def spread(point: dict[Symbol, Expr], variables: list[tuple[Symbol, Measure]]) -> Iterator[dict[Symbol, Expr]]:
    """The point extended by a few dozen values of each variable in its support."""
    if not variables:
        yield point
        return
    (x, measure), *rest = variables
    measure = substitute(measure, point)
    for value in values_in(measure, 60 if not rest else 7):
        yield from spread({**point, x: value}, rest)


def values_in(measure: Measure, count: int) -> Iterator[Expr]:
    if isinstance(measure, Atoms):
        yield from measure.points
        return
    if isinstance(measure, Counting):
        start = measure.lo if measure.lo.is_finite else measure.hi if measure.hi.is_finite else Rational(0)
        step = 1 if measure.lo.is_finite or measure.hi is oo else -1
        yield from (start + step * i for i in range(count) if measure.hi is oo or start + step * i <= measure.hi)
        return
    for i in range(count):
        t = Rational(2 * i + 1, 2 * count)
        yield quantile(t, measure.lo, measure.hi)


def quantile(t: Expr, lo: Expr, hi: Expr) -> Expr:
    """A point of (lo, hi) for t in (0, 1): even spacing, or t/(1 − t) where an end is infinite."""
    if lo.is_finite and hi.is_finite:
        return lo + t * (hi - lo)
    if lo.is_finite:
        return lo + t / (1 - t)
    if hi.is_finite:
        return hi - t / (1 - t)
    return (2 * t - 1) / (t * (1 - t))


def below_zero(kernel: Expr, point: dict[Symbol, Expr]) -> str:
    """The value of g at a point where it is negative: two precisions have to agree on it. "" where it is not."""
    from derive.check.numeric import value

    try:
        rough, fine = value(kernel, point, 20), value(kernel, point, 40)
    except (ArithmeticError, ValueError, TypeError, NotImplementedError):
        return ""
    if isinstance(rough, mpmath.mpc) or isinstance(fine, mpmath.mpc):
        return ""
    negative = fine < 0 and abs(rough - fine) < abs(fine) * mpmath.mpf(10) ** -10
    return mpmath.nstr(fine, 8) if negative else ""
