"""Properties that words assert of the density or of an integrand, as far as they can be proved: monotony, symmetry, log-concavity, parity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sympy import Basic, Dummy, Expr, Integer, Poly, S, Symbol, expand_log, log, oo
from sympy.core.function import AppliedUndef

from derive.algebra.equality import equal
from derive.algebra.rational import shortest
from derive.check.convergence import FINITE, INFINITE, UNKNOWN, convergence
from derive.families import recognise
from derive.grade.chance.laws import law_named
from derive.grade.chance.moments import is_mean
from derive.grade.equal.equality import compare
from derive.grade.equal.quotients import reduced
from derive.grade.truth import Truth
from derive.grade.wider import own_names
from derive.grade.writing.assertions import (
    CONCAVE,
    CONVEX,
    DECREASING,
    EVEN,
    INCREASING,
    INFINITE_MEAN,
    LAW,
    MEMORYLESS,
    NO_MEAN,
    NORMALIZED,
    ODD,
    OPEN,
    SYMMETRIC,
    TWO_CUMULANTS,
    Assertion,
)
from derive.grade.writing.reading import QUANTITIES
from derive.language.claims import PROVED
from derive.language.totals import REALS, Counting, Lebesgue, Measure, Total

OF_A_MAP = re.compile(r"\b(?:maps?|mapping|transformation|substitution|change of variables?)\b", re.IGNORECASE)


def established(said: Assertion, sides: Iterable[Basic], truth: Truth) -> bool:
    """Whether what words assert is proved of the problem's density, or for parity, of some integrand among `sides` or the kernel."""
    if said.name == NORMALIZED:
        return truth.Z == 1
    if said.denied or said.name == OPEN:
        return False
    if said.name in (INCREASING, DECREASING) and OF_A_MAP.search(said.sentence):
        return any(isinstance(side, Expr) and moves(side, said.name, v.symbol, truth) for side in sides for v in truth.problem.variables)
    if said.name in (EVEN, ODD):
        return any(has_parity(body, x, said.name, truth) for body, x in integrands(sides, truth))
    if len(truth.problem.variables) != 1:
        return False
    return TESTS[said.name](said, truth)


def moves(e: Expr, name: str, x: Symbol, truth: Truth) -> bool:
    """Whether a substitution goes one way over the support."""
    own = e.xreplace({s: x for s in e.free_symbols if s.name == x.name})
    return own.has(x) and truth.inside.facts.nonnegative(own.diff(x) if name == INCREASING else -own.diff(x))


def integrands(sides: Iterable[Basic], truth: Truth) -> Iterator[tuple[Expr, Symbol]]:
    """The functions of which words may speak, each with its variable: the kernel, what is integrated, and what stands in the line itself."""
    yield from ((truth.problem.kernel, v.symbol) for v in truth.problem.variables)
    own = {p.symbol for p in truth.problem.parameters}
    for side in sides:
        yield from ((t.body, t.x) for t in side.atoms(Total))
        yield from ((f.args[0] * truth.problem.kernel, v.symbol) for f in side.atoms(AppliedUndef) if is_mean(f) for v in truth.problem.variables)
        if isinstance(side, Expr) and not side.has(Total):
            yield from ((side, x) for x in side.free_symbols - own if isinstance(x, Symbol) and x.name not in QUANTITIES and side != x)


def centres(e: Expr, x: Symbol, truth: Truth) -> Iterator[Expr]:
    """Places about which a function may be symmetric: 0, its location parameters, the middle of its range."""
    yield S.Zero
    yield from sorted((s for s in e.free_symbols - {x} if s in truth.ground.names), key=str)
    for v in truth.problem.variables:
        lo, hi = v.measure.args[:2] if isinstance(v.measure, (Lebesgue, Counting)) else (-oo, oo)
        if v.symbol == x and lo.is_finite and hi.is_finite:
            yield (lo + hi) / 2


def has_parity(e: Expr, x: Symbol, name: str, truth: Truth, about: Expr | None = None) -> bool:
    free = Dummy(x.name, real=True)
    own = e.xreplace({x: free})
    sign = 1 if name == EVEN else -1
    if not own.has(free):
        return False
    for c in [about] if about is not None else list(centres(e, x, truth)):
        turned = own.xreplace({free: 2 * c - free})
        if equal(turned, sign * own, truth.ground.facts) or compare(turned, sign * own, truth.ground).verdict == PROVED:
            return True
    return False


def symmetric(said: Assertion, truth: Truth) -> bool:
    (v,) = truth.problem.variables
    if not isinstance(v.measure, (Lebesgue, Counting)):
        return False
    lo, hi = v.measure.args
    named = {**own_names(truth), "zero": S.Zero, "origin": S.Zero, "0": S.Zero}
    if said.about.isdecimal():
        named[said.about] = Integer(said.about)
    if said.about and said.about not in named:
        return False
    wanted = [named[said.about]] if said.about else list(centres(truth.problem.kernel, v.symbol, truth))
    for c in wanted:
        middle = lo == -oo and hi == oo or lo.is_finite and hi.is_finite and equal(lo + hi, 2 * c, truth.ground.facts)
        if middle and has_parity(truth.problem.kernel, v.symbol, EVEN, truth, c):
            return True
    return False


def slope(truth: Truth, order: int) -> Expr | None:
    """A derivative of log g on the support, for a density on an interval."""
    (v,) = truth.problem.variables
    if not isinstance(v.measure, Lebesgue):
        return None
    return expand_log(log(truth.problem.kernel), force=True).diff(v.symbol, order)


def sloping(said: Assertion, truth: Truth) -> bool:
    return of_one_sign(slope(truth, 1), 1 if said.name == INCREASING else -1, truth)


def bent(said: Assertion, truth: Truth) -> bool:
    return of_one_sign(slope(truth, 2), 1 if said.name == CONVEX else -1, truth)


def of_one_sign(e: Expr | None, sign: int, truth: Truth) -> bool:
    """Whether sign · e ≥ 0 is proved on the support, for `e` as it stands or as one fraction."""
    facts = truth.inside.facts
    return e is not None and any(facts.nonnegative(sign * form) for form in (e, shortest(reduced(e, facts))))


def memoryless(said: Assertion, truth: Truth) -> bool:
    """An exponential kernel on (0, ∞), or a geometric one on {1, 2, …}; on {0, 1, …} P(K ≥ m + n | K ≥ m) = P(K ≥ n)."""
    (v,) = truth.problem.variables
    starts = isinstance(v.measure, Lebesgue) and v.measure.lo == 0 or isinstance(v.measure, Counting) and v.measure.lo in (0, 1)
    exponent = expand_log(log(truth.problem.kernel), force=True).diff(v.symbol)
    return bool(starts and v.measure.args[1] is oo and not exponent.has(v.symbol) and exponent != 0)


def of_the_law(said: Assertion, truth: Truth) -> bool:
    """Whether the density is proved to belong to the law of a name."""
    (v,), named = truth.problem.variables, law_named(said.about)
    if named is None or truth.density is None:
        return False
    family = recognise(truth.problem.kernel, truth.density, v.symbol, v.measure, truth.ground.facts)
    return family is not None and law_named(family.name) is named


def without_mean(said: Assertion, truth: Truth) -> bool:
    """Whether ∫ |x| g diverges on a side of 0; "infinite" where it does above 0 alone."""
    (v,) = truth.problem.variables
    if not isinstance(v.measure, (Lebesgue, Counting)):
        return False
    x, (lo, hi) = Dummy(v.symbol.name, positive=True, integer=v.symbol.is_integer), v.measure.args
    above = S.Zero if lo.is_infinite or not truth.ground.facts.nonnegative(lo) else lo
    sides = [(x, above) for end in (hi,) if end is oo] + [(-x, S.Zero) for end in (lo,) if end == -oo]
    found = [tail(truth.problem.kernel.xreplace({v.symbol: at}) * x, x, v.measure.func(start, oo), truth) for at, start in sides]
    return INFINITE in found if said.name == NO_MEAN else found[:1] == [INFINITE] and hi is oo and set(found[1:]) <= {FINITE}


def tail(body: Expr, x: Dummy, measure: Measure, truth: Truth) -> str:
    """Whether a total of what is ≥ 0 is finite, whatever the parameters are."""
    facts = truth.ground.facts.within(x, measure)
    found = convergence(body, x, measure, truth.ground.facts) if facts.nonnegative(body) else None
    return found.verdict if found is not None and all(truth.ground.facts.follows(c) for c in found.conditions) else UNKNOWN


def two_cumulants(said: Assertion, truth: Truth) -> bool:
    """A normal law: log g is of the second degree, on the whole line."""
    (v,) = truth.problem.variables
    exponent = expand_log(log(truth.problem.kernel), force=True)
    return v.measure == REALS and exponent.is_polynomial(v.symbol) and Poly(exponent, v.symbol).degree() == 2


TESTS: dict[str, Callable[[Assertion, Truth], bool]] = {
    INCREASING: sloping, DECREASING: sloping, SYMMETRIC: symmetric, CONCAVE: bent, CONVEX: bent, MEMORYLESS: memoryless, LAW: of_the_law,
    NO_MEAN: without_mean, INFINITE_MEAN: without_mean, TWO_CUMULANTS: two_cumulants,
}  # fmt: skip
