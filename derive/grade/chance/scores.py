"""Means by differentiating Z: E[Tⁿ] = Dⁿ Z / Z for a kernel with D g = T g, D = (∂/∂θ − d)/c, where ∂ log g/∂θ = c T + d; and by E[e^{tT}]."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import Basic, Dummy, Expr, Mul, Piecewise, Poly, PolynomialError, S, Symbol, cancel, exp, expand_log, log, powdenest

from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import Bench, evaluated
from derive.grade.truth import Truth
from derive.language.totals import Lebesgue, Total, substitute

LARGEST = 40  # operations in a score


def mean_by_score(inner: Expr, truth: Truth) -> Expr | None:
    """∫ inner · g over the support, for a polynomial in such a T; None where there is none.

    The kernel belongs to an exponential family in θ then, whose Z may be differentiated under the integral sign inside its natural
    range (Brown, Fundamentals of Statistical Exponential Families, Theorem 2.2); the support must not depend on θ.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("r**k/factorial(k)", over={"k": "ZZ[0, oo]"}, given=["r > 0"]))
    >>> k = truth.problem.variables[0].symbol
    >>> mean_by_score(k*(k - 1), truth)
    r**2*exp(r)
    """
    Z, problem = truth.Z, truth.problem
    own = {v.symbol for v in problem.variables}
    if Z is None or Z.is_infinite or Z.has(Total) or truth.conditions:
        return None
    for theta, T, c, d in scores(truth):
        t = Dummy()
        try:
            powers = Poly(inner.subs(T, t), t)
        except PolynomialError:
            continue
        if powers.free_symbols_in_domain & own or t in powers.free_symbols_in_domain:
            continue
        found, at = S.Zero, Z
        for n in range(int(powers.degree()) + 1):
            found += powers.nth(n) * at
            at = (at.diff(theta) - d * at) / c
        return reduced(found, truth.inside.facts)
    return mean_by_two_scores(inner, truth)


def mean_by_two_scores(inner: Expr, truth: Truth) -> Expr | None:
    """∫ P(S, T) g as P(D₁, D₂) Z, where D₁ g = S g and D₂ g = T g for parameters θ₁ and θ₂, S is free of θ₂ and T of θ₁.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("a**i*b**j/(factorial(i)*factorial(j))", over={"i": "ZZ[0, oo]", "j": "ZZ[0, oo]"}, given=["a > 0", "b > 0"]))
    >>> i, j = (v.symbol for v in truth.problem.variables)
    >>> mean_by_two_scores(i*j, truth)
    a*b*exp(a + b)
    """
    own, Z = {v.symbol for v in truth.problem.variables}, truth.Z
    if Z is None:
        return None
    for (theta, S1, c, d), (phi, T, e, f) in combinations(scores(truth), 2):
        s, t = Dummy(), Dummy()
        apart = inner.subs(S1, s).subs(T, t)
        if S1.has(phi) or T.has(theta) or S1 == T or not apart.is_polynomial(s, t) or apart.free_symbols & own or not apart.has(s, t):
            continue
        terms, found = Poly(apart, s, t).terms(), S.Zero
        if any(m + n > MOST for (m, n), _ in terms):
            return None
        for (m, n), coefficient in terms:
            at = Z
            for _ in range(m):
                at = (at.diff(theta) - d * at) / c
            for _ in range(n):
                at = (at.diff(phi) - f * at) / e
            found += coefficient * at
        return reduced(found, truth.inside.facts)
    return None


def mean_by_transform(inner: Expr, truth: Truth, bench: Bench) -> Expr | None:
    """∫ inner · g for a polynomial in x or in log x, by the derivatives at 0 of ∫ e^{tx} g or ∫ x^t g, where this is finite on both sides of 0.

    A Laplace transform that is finite around 0 may be differentiated there under the integral sign (Widder, The Laplace Transform, II.5).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x - exp(-x))", over={"x": "(-oo, oo)"}))
    >>> mean_by_transform(truth.problem.variables[0].symbol, truth, Bench())
    EulerGamma
    """
    (v, *more), kernel = truth.problem.variables, truth.problem.kernel
    if more or not isinstance(v.measure, Lebesgue):
        return None
    t, u, x = Symbol("t′", real=True), Dummy(), v.symbol
    T = log(x) if inner.has(log(x)) else x
    powers = Poly(inner.subs(T, u), u) if inner.subs(T, u).is_polynomial(u) else None
    if powers is None or x in powers.free_symbols_in_domain or T != x and not truth.inside.facts.positive(x) or powers.degree() > MOST:
        return None
    scales = [p.symbol for p in truth.problem.parameters if p.symbol.is_positive]
    near = [r for c in (S.One, *scales, *(1 / p for p in scales)) for r in (t < c, t > -c)]
    tilted = Total((exp(t * x) if T == x else x**t) * kernel, x, v.measure)
    at = evaluated(tilted, truth.ground.facts.and_(*near), bench)
    if at is None or at.has(Total, Piecewise):
        return None
    found = S.Zero
    for n in range(int(powers.degree()) + 1):
        found += powers.nth(n) * substitute(at, {t: S.Zero})
        at = at.diff(t)
    return None if found.has(S.NaN, S.ComplexInfinity, S.Infinity) else reduced(found, truth.inside.facts)


MOST = 8  # derivatives


def scores(truth: Truth) -> Iterator[tuple[Symbol, Expr, Expr, Expr]]:
    """θ, T, c, d with ∂ log g/∂θ = c(θ) T(x) + d(θ)."""
    own = [v.symbol for v in truth.problem.variables]
    g = truth.problem.kernel
    for p in truth.problem.parameters:
        if not g.has(p.symbol) or p.symbol.is_integer or any(v.measure.has(p.symbol) for v in truth.problem.variables):
            continue
        slope = score(g, p.symbol)
        if slope is None or slope.count_ops() > LARGEST or slope.has(*UNDEFINED):
            continue
        d, moving = slope.expand().as_independent(*own, as_Add=True)
        c, T = cancel(moving).as_independent(*own, as_Add=False) if not moving.is_Mul else moving.as_independent(*own, as_Add=False)
        if T != 1 and c != 0 and not T.has(p.symbol) and not d.has(*own):
            yield p.symbol, T, c, d


def score(g: Expr, theta: Symbol) -> Expr | None:
    """∂ log g/∂θ, factor by factor."""
    parts = [expand_log(log(f), force=True) for f in Mul.make_args(powdenest(g)) if f.has(theta)]
    return sum((e.diff(theta) for e in parts), S.Zero)


UNDEFINED: tuple[type[Basic], ...] = (Total,)
