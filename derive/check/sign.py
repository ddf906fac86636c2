"""Is g ≥ 0 on its support? Proved, refuted by a witness, or not decided; it is never assumed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Add, Dummy, Expr, I, Mul, Pow, S, Symbol, besselk, ceiling, conjugate, exp, expint, gamma, oo, re

from derive.algebra.cases import CASES, borders, settle
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import PROVED, REFUTED, UNDECIDED
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, fresh, names, substitute

Variables = Sequence[tuple[Symbol, Measure]]
NEGATIVE, NOT_REAL = "negative", "not real"
PARAMETER_POINTS = 3


@dataclass(frozen=True)
class Sign:
    """`verdict` on g ≥ 0; where it is refuted, `witness` names the point and `value` is g there.

    `kind` says what is wrong: g is "negative" there or "not real". The value is proved: a ball around it excludes every
    number ≥ 0, and where the variables range over intervals it does so all around the point, so that no null set is accused.
    """

    verdict: str
    witness: dict[Symbol, Expr] | None = None
    value: str = ""
    kind: str = NEGATIVE


def sign_of(kernel: Expr, variables: Variables, facts: Facts, seconds: float = 1.0) -> Sign:
    """The sign of a kernel on its support: by the facts, else by a witness, else by balls over a cover of the support.

    >>> x = Symbol("x", real=True)
    >>> sign_of(1 - abs(x), [(x, Lebesgue(-1, 1))], Facts()).verdict, sign_of(1 - x, [(x, Lebesgue(0, 3))], Facts()).verdict
    ('proved', 'refuted')
    """
    from derive.check.cover import nowhere_negative

    if nonnegative(without_conjugates(kernel), list(variables), facts):
        return Sign(PROVED)
    deadline = time.monotonic() + seconds
    found = witness(kernel, list(variables), facts, deadline)
    if found is not None:
        return found
    part = doubtful(kernel, list(variables), facts)  # the other factors are ≥ 0, whatever the parameters in them are
    return Sign(PROVED if nowhere_negative(part, list(variables), deadline) else UNDECIDED)


def without_conjugates(kernel: Expr) -> Expr:
    """The kernel without its factors Γ(z) Γ(z̄) = |Γ(z)|², which are above 0, for Re z > 0."""
    if not kernel.has(I) or not kernel.has(gamma):
        return kernel
    factors = list(Mul.make_args(kernel))
    for factor in [e for e in factors if isinstance(e, gamma) and re(e.args[0]).is_positive]:
        other = gamma(conjugate(factor.args[0]))
        if other != factor and factor in factors and other in factors:
            factors.remove(factor)
            factors.remove(other)
    return Mul(*factors)


def nonnegative(kernel: Expr, variables: list[tuple[Symbol, Measure]], facts: Facts) -> bool:
    """Prove g ≥ 0, point by point on finite sets and piece by piece where bars or cases change their meaning."""
    inside = facts
    for i, (x, measure) in enumerate(variables):
        if isinstance(measure, Atoms):
            rest = variables[i + 1 :]
            return all(nonnegative(substitute(kernel, {x: p}), rest, inside) for p in measure.points)
        inside = inside.within(x, measure)
    if inside.nonnegative(kernel) or (kernel.has(*CASES) and inside.nonnegative(uncased(kernel, inside))):
        return True
    if kernel.has(exp) and all(inside.nonnegative(factor) or between_ends(factor, inside) for factor in Mul.make_args(kernel)):
        return True
    if len(variables) != 1:
        return False
    ((x, measure),) = variables
    if isinstance(measure, Counting):
        return any(all(nonnegative(*part, facts) for part in parts) for parts in ranges(kernel, x, measure, inside))
    at = next(splits(kernel, x, measure, inside), None)
    if at is None or not isinstance(measure, Lebesgue):
        return False
    halves = Lebesgue(measure.lo, at), Lebesgue(at, measure.hi)
    return all(nonnegative(kernel, [(x, half)], facts) for half in halves)


def between_ends(factor: Expr, facts: Facts) -> bool:
    """a + b e^(−z) with z ≥ 0 lies between a and a + b; both are proved ≥ 0."""
    y = Dummy(real=True)
    for e in sorted(factor.atoms(exp), key=str) if isinstance(factor, Add) else ():
        found = linear(factor.xreplace({e: y}), y) if facts.nonnegative(-e.args[0]) else None
        if found is not None and facts.nonnegative(found[1]) and facts.nonnegative(found[0] + found[1]):
            return True
    return False


Part = tuple[Expr, list[tuple[Symbol, Measure]]]


def ranges(kernel: Expr, x: Symbol, measure: Counting, inside: Facts) -> Iterator[list[Part]]:
    """The range cut in two where a bar or a case changes its meaning, or sorted into even and odd where (−1)^x stands."""
    if any(p.base is S.NegativeOne and p.exp.has(x) for p in kernel.atoms(Pow)):
        index = fresh(Counting(-oo, oo), names(kernel, *inside.relations))
        both = Counting(-oo, oo) if measure.lo == -oo else Counting(0, oo)
        if measure.lo == -oo or inside.nonnegative(measure.lo):
            yield [(kernel.xreplace({x: 2 * index + odd}), [(index, both)]) for odd in (0, 1)]
    for e in sorted(kernel.atoms(*CASES), key=str):
        for border in borders(e):
            found = linear(border, x)
            at = -found[1] / found[0] if found else None
            if at is None or not (at.is_integer or at.is_number) or inside.nonnegative(border) or inside.nonnegative(-border):
                continue
            for start in (ceiling(at), ceiling(at) + 1):
                if above(start, measure.lo, inside) and (measure.hi is oo or inside.nonnegative(measure.hi + 1 - start)):
                    yield [(kernel, [(x, Counting(measure.lo, start - 1))]), (kernel, [(x, Counting(start, measure.hi))])]
                    break


def uncased(kernel: Expr, facts: Facts) -> Expr:
    """The kernel without the bars and cases that the facts decide."""
    return kernel.replace(lambda e: isinstance(e, CASES), lambda e: settle(e, facts))


def splits(kernel: Expr, x: Symbol, measure: Measure, inside: Facts) -> Iterator[Expr]:
    """Points inside the support at which a bar or a case changes its meaning."""
    for e in sorted(kernel.atoms(*CASES), key=str):
        for border in borders(e):
            found = linear(border, x) if isinstance(border, Expr) else None
            if found and not (inside.nonnegative(border) or inside.nonnegative(-border)):
                at = -found[1] / found[0]
                if isinstance(measure, Lebesgue) and above(at, measure.lo, inside) and above(measure.hi, at, inside):
                    yield at
    bases = [p.base for p in sorted(kernel.atoms(Pow), key=str) if p.exp.is_negative]
    bases += [e.args[1].as_independent(x)[1].as_base_exp()[0] for e in sorted(kernel.atoms(expint, besselk), key=str)]  # infinite at 0
    poles = (linear(base, x) for base in bases)
    for at in (-found[1] / found[0] for found in poles if found):  # a point weighs nothing
        if isinstance(measure, Lebesgue) and above(at, measure.lo, inside) and above(measure.hi, at, inside):
            yield at


def above(a: Expr, b: Expr, facts: Facts) -> bool:
    return a is oo or b is -oo or facts.positive(a - b)


def witness(kernel: Expr, variables: list[tuple[Symbol, Measure]], facts: Facts, deadline: float) -> Sign | None:
    """A point at which the kernel is proved not to be ≥ 0, if the search finds one."""
    from derive.check.points import points
    from derive.check.witness import places, refuted_at

    bound = {x for x, _ in variables}
    symbols = sorted((kernel.free_symbols.union(*(m.free_symbols for _, m in variables))) - bound, key=str)
    part = doubtful(kernel, variables, facts)
    for parameters in points(symbols, facts.relations, PARAMETER_POINTS, seed=11):
        for point in places(kernel, part, variables, dict(parameters)):
            if time.monotonic() > deadline:
                return None
            found = refuted_at(kernel, point, variables)
            if found is not None:
                value, real = found
                return Sign(REFUTED, point, value, NEGATIVE if real else NOT_REAL)
    return None


def doubtful(kernel: Expr, variables: list[tuple[Symbol, Measure]], facts: Facts) -> Expr:
    """The factors of the kernel whose sign is not proved: far out they are of moderate size where the kernel itself is not."""
    inside = facts
    for x, measure in variables:
        inside = inside.within(x, measure)
    return Mul(*(f for f in Mul.make_args(kernel) if not inside.nonnegative(f)))
