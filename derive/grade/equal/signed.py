"""Integrals whose integrand changes its sign, as means have them: polynomials, those times a Gaussian or a wave, damped waves; sums that diverge."""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Mul, Poly, PolynomialError, S, cancel, cos, erf, exp, expand, gamma, oo, pi, sin, sqrt

from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.check.convergence import INFINITE, convergence
from derive.language.parts import factors_free_of
from derive.language.totals import Lebesgue, Total, substitute

MOST_PARTS = 12  # integrations by parts


def signed_value(total: Total, facts: Facts) -> Expr | None:
    """The closed form of an integral of one of these kinds.

    >>> from sympy import Symbol
    >>> x, a, t = Symbol("x", real=True), Symbol("a", positive=True), Symbol("t", real=True)
    >>> signed_value(Total(x, x, Lebesgue(0, a)), Facts()), signed_value(Total(x*exp(t*x - x**2/2), x, Lebesgue(-oo, oo)), Facts())
    (a**2/2, sqrt(2)*sqrt(pi)*t*exp(t**2/2))
    """
    m = total.measure
    if not isinstance(m, Lebesgue):
        return None
    if m.lo.is_finite and m.hi.is_finite:
        found = of_polynomial(total)
        found = of_wave(total, facts) if found is None else found
        return of_exponential(total, facts) if found is None else found
    if (m.lo, m.hi) in ((-oo, oo), (S.Zero, oo)) and (found := of_dirichlet(total, facts)) is not None:
        return found
    if (m.lo, m.hi) == (-oo, oo):
        found = of_gaussian(total, facts)
        return of_error_function(total, facts) if found is None else found
    return of_damped(total, facts) if (m.lo, m.hi) == (S.Zero, oo) else None


def of_polynomial(total: Total) -> Expr | None:
    """F(b) − F(a) for a polynomial."""
    x, body = total.x, total.body
    if not body.is_polynomial(x) or not short(body):
        return None
    F = Poly(body, x).integrate(x).as_expr()
    return substitute(F, {x: total.measure.hi}) - substitute(F, {x: total.measure.lo})


def of_wave(total: Total, facts: Facts) -> Expr | None:
    """∫ P(x) cos(bx + c) dx or with a sine, for a polynomial P and b > 0, by parts until P is a number."""
    x = total.x
    waves = [f for f in Mul.make_args(total.body) if isinstance(f, (cos, sin)) and f.has(x)]
    rest = total.body / waves[0] if len(waves) == 1 else x**-1
    if not rest.is_polynomial(x) or not short(rest) or Poly(rest, x).degree() > MOST_PARTS:
        return None
    (theta,) = waves[0].args
    b = theta.diff(x)
    if b.has(x) or not facts.positive(b):
        return None
    part, left, wave = S.Zero, rest, waves[0]
    while left != 0:  # ∫ P cos = P sin/b − ∫ P' sin/b, ∫ P sin = −P cos/b + ∫ P' cos/b
        whole = sin(theta) / b if isinstance(wave, cos) else -cos(theta) / b
        part, left = part + left * whole, -left.diff(x) * (1 if isinstance(wave, cos) else -1) / b
        wave = sin(theta) if isinstance(wave, cos) else cos(theta)
    return substitute(part, {x: total.measure.hi}) - substitute(part, {x: total.measure.lo})


def of_exponential(total: Total, facts: Facts) -> Expr | None:
    """∫ P(x) e^{cx + d} dx for a polynomial P and c ≠ 0, as e^{cx + d} Σ (−1)^k P⁽ᵏ⁾(x)/c^{k + 1} between the ends; with cos θ or sin θ for P,
    where θ′ = b, e^{cx + d} (c cos θ + b sin θ)/(c² + b²) and e^{cx + d} (c sin θ − b cos θ)/(c² + b²).

    >>> from sympy import Symbol
    >>> x, a = Symbol("x", real=True), Symbol("a", positive=True)
    >>> of_exponential(Total(x*exp(-x), x, Lebesgue(-1, a)), Facts())
    (-a - 1)*exp(-a)
    """
    x, m = total.x, total.measure
    rest, powers = parted(total.body, x)
    constant, moving = rest.as_independent(x, as_Add=False)
    exponent = Add(*powers)
    c = exponent.diff(x)
    if c.has(x) or not facts.nonzero(c) or not facts.nonnegative(m.hi - m.lo):
        return None
    if isinstance(moving, (cos, sin)):
        theta = moving.args[0]
        b = theta.diff(x)
        if b.has(x):
            return None
        F = (c * moving + (b * sin(theta) if isinstance(moving, cos) else -b * cos(theta))) / (c**2 + b**2)
    elif moving.is_polynomial(x) and short(moving) and Poly(moving, x).degree() <= MOST_PARTS:
        F, left, k = S.Zero, moving, 1
        while left != 0:
            F, left, k = F - (-1) ** k * left / c**k, left.diff(x), k + 1
    else:
        return None
    whole = constant * F * exp(exponent)
    return substitute(whole, {x: m.hi}) - substitute(whole, {x: m.lo})


def of_gaussian(total: Total, facts: Facts) -> Expr | None:
    """∫ P(x) e^{−ax² + bx + c} dx = e^{c + b²/4a} Σ pₙ Γ((n + 1)/2) a^{−(n + 1)/2} over even n, for P(x + b/2a) = Σ pₙ xⁿ and a > 0 (DLMF 5.9.1)."""
    x = total.x
    rest, powers = parted(total.body, x)
    try:
        if not short(Add(*powers)):
            return None
        quadratic = Poly(Add(*powers), x)
        if quadratic.degree() != 2:
            return None
        a, b, c = -quadratic.nth(2), quadratic.nth(1), quadratic.nth(0)
        if not facts.positive(a):
            return None
        moved = substitute(rest, {x: x + b / (2 * a)})
        if not short(moved):
            return None
        shifted = Poly(moved, x)
    except PolynomialError:
        return None
    if any(p.has(x) for p in (a, b, c, *shifted.all_coeffs())):
        return None
    even = (p * gamma(S(n + 1) / 2) * a ** (-S(n + 1) / 2) for (n,), p in shifted.terms() if n % 2 == 0)
    return exp(c + b**2 / (4 * a)) * Add(*even)


def of_error_function(total: Total, facts: Facts) -> Expr | None:
    """∫ x e^{−px²} erf(qx) dx over the line = q/(p √(p + q²)) for p > 0 and real q, by parts: (erf(qx))' = 2q e^{−q²x²}/√π."""
    x = total.x
    rest, powers = parted(total.body, x)
    constant, moving = factors_free_of(rest, [x])
    place = moving.as_independent(x, as_Add=False)[1] / x
    p, q = -Add(*powers) / x**2, place.args[0] / x if isinstance(place, erf) else x
    p, q = cancel(p), cancel(q)
    if not isinstance(place, erf) or p.has(x) or q.has(x) or not facts.positive(p) or not q.is_real:
        return None
    return constant * q / (p * sqrt(p + q**2))


def of_dirichlet(total: Total, facts: Facts) -> Expr | None:
    """∫₀^∞ sin(bx)/x dx = π/2 for b > 0, as the limit of the integral up to R, and twice that on the line (DLMF, after 6.2.9: si(x) → 0);
    2 sin(bx) cos(bx) = sin(2bx)."""
    x = total.x
    constant, wave = factors_free_of(total.body, [x])
    waves = sorted((f for f in Mul.make_args(wave * x) if f.has(x)), key=str)
    if len(waves) == 2 and {f.func for f in waves} == {sin, cos} and waves[0].args == waves[1].args:
        waves, constant = [sin(2 * waves[0].args[0])], constant / 2
    if len(waves) != 1 or not isinstance(waves[0], sin) or wave * x != Mul(*(f for f in Mul.make_args(wave * x) if f.has(x))):
        return None
    b = waves[0].args[0].diff(x)
    if b.has(x) or waves[0].args[0].subs(x, 0) != 0 or not facts.positive(b):
        return None
    return constant * pi / (1 if total.measure.lo is S.NegativeInfinity else 2)


def of_damped(total: Total, facts: Facts) -> Expr | None:
    """∫₀^∞ e^{−ax} cos(bx) dx = a/(a² + b²), and b/(a² + b²) with a sine, for a > 0 (DLMF, table 1.14.4)."""
    x = total.x
    rest, powers = parted(total.body, x)
    constant, wave = factors_free_of(rest, [x])
    exponent = Add(*powers)
    a, b = -exponent.diff(x), wave.args[0].diff(x) if isinstance(wave, (cos, sin)) else x
    if a.has(x) or b.has(x) or wave.args[0].subs(x, 0) != 0 or not facts.positive(a):
        return None
    return constant * exp(substitute(exponent, {x: S.Zero})) * (a if isinstance(wave, cos) else b) / (a**2 + b**2)


def parted(body: Expr, x: Expr) -> tuple[Expr, list[Expr]]:
    """A product without its exponentials in x, and their exponents."""
    powers = [f.exp for f in Mul.make_args(body) if isinstance(f, exp) and f.has(x)]
    return Mul(*(f for f in Mul.make_args(body) if not (isinstance(f, exp) and f.has(x)))), powers


def diverges(e: Expr, facts: Facts) -> bool:
    """Whether a sum of terms ≥ 0 has an integral or a series of +∞ among them."""
    infinite = False
    for factor, total in (term.as_independent(Total, as_Add=False) for term in Add.make_args(expand_totals(e))):
        if not isinstance(total, Total):
            if total != 1 or not facts.nonnegative(factor):
                return False
            continue
        inside = facts.within(total.x, total.measure)
        if total.body.has(Total) or not facts.positive(factor) or not inside.nonnegative(total.body):
            return False
        found = convergence(total.body, total.x, total.measure, facts)
        infinite = infinite or found.verdict == INFINITE and (found.end is None or not found.conditions)
    return infinite


def expand_totals(e: Expr) -> Expr:
    """c (∫f + ∫g) as c ∫f + c ∫g, with the totals left as they are."""
    names = {t: Dummy() for t in e.atoms(Total)}
    return expand(e.xreplace(names)).xreplace({d: t for t, d in names.items()})
