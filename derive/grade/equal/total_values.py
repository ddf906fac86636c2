"""A closed form for one total: the ways in which it may have one, in the order in which they are tried.

One half of a recursion whose other half, for what stands around totals, is values.py.
"""

from __future__ import annotations

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    PolynomialError,
    Pow,
    S,
    Symbol,
    apart,
    degree,
    expand,
    expand_power_base,
    factorial,
    gamma,
    gammasimp,
    log,
    powsimp,
    summation,
    together,
)  # fmt: skip

from derive.algebra.monomials import TooLarge
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.engine import CATALOGUE
from derive.grade.equal import values
from derive.grade.equal.binomial_sums import absorbed, begun_lower, binomial_moment, binomial_theorem, half_row
from derive.grade.equal.falling import by_falling_factorials
from derive.grade.equal.gammas import with_upper_above_zero
from derive.grade.equal.logarithms import by_exponents
from derive.grade.equal.signed import signed_value
from derive.grade.equal.ways import as_eta, in_polar, in_sines, without_delta
from derive.language.claims import PROVED
from derive.language.totals import Atoms, Counting, Lebesgue, Total, substitute
from derive.search.engine import Context, OutOfTime, derive

MOST_POINTS = 2000  # terms of a finite sum that are written out
LARGEST = 60  # operations in an integrand that is taken apart
MOST_POWERS = 40  # that are summed by Faulhaber
MOVES = 40  # of one search: what is found here takes seldom more than ten, and a search that finds nothing costs as much as it may try


def total_value(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """The closed form of a total: the inner ones first; finite sums are written out; the rest is derived and checked."""
    inside = facts.within(total.x, total.measure)
    body = values.evaluated(total.body, inside, bench)
    if body is None:
        polar = in_polar(total, facts)
        return exchanged_value(total, facts, bench) if polar is None else values.evaluated(polar, facts, bench)
    total = Total(body, total.x, total.measure)
    points = finite_points(total)
    if points is not None:
        return values.finite(Add(*(substitute(body, {total.x: p}) for p in points)))
    ways = (in_partial_fractions, by_formula, by_falling_factorials, half_row, binomial_moment, derived, in_logarithms, begun_where_it_is_not_zero,
            odd, about_centre, signed, even, negative, begun_earlier, begun_at_zero, begun_lower, absorbed, binomial_theorem, polynomial_sum,
            rewritten_total, piecewise_sum)  # fmt: skip
    return next((value for way in ways if (value := way(total, facts, bench)) is not None), None)


def finite_points(total: Total) -> list[Expr] | None:
    """The points of a small finite support."""
    m = total.measure
    if isinstance(m, Atoms):
        return list(m.points)
    if isinstance(m, Counting) and m.lo.is_Integer and m.hi.is_Integer and m.hi - m.lo < MOST_POINTS:
        return [Integer(k) for k in range(int(m.lo), int(m.hi) + 1)]
    return None


def by_formula(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """What changes its sign, of which a search for kernels finds little: by a formula at once."""
    inside = facts.within(total.x, total.measure)
    if not isinstance(total.measure, Lebesgue) or inside.nonnegative(total.body) or inside.nonnegative(-total.body):
        return None
    return in_logarithms(total, facts, bench) if total.body.has(log) else signed(total, facts, bench)


def derived(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """A closed form by a derivation in which the checker accepts every step as proved."""
    deadline = bench.left()
    if bench.clock() > deadline:
        return None
    total = Total(powsimp(total.body, combine="exp"), total.x, total.measure)
    try:
        found = derive(total, Context(facts, deadline=deadline, clock=bench.clock, moves=[MOVES]))
    except (OutOfTime, RecursionError, TooLarge):
        return None
    if found is None:
        return None
    value = found.claim.right
    if value.has(Total):
        value = values.evaluated(value, facts, bench) if value != total else None
    return value if value is not None and verdict_of(check(found, CATALOGUE, facts)) == PROVED else None


def in_logarithms(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    return by_exponents(total, facts)


def odd(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """0 for an integrand that is odd about the middle of its range, or about some point of the whole line, where both halves are finite."""
    from derive.algebra.equality import equal
    from derive.check.convergence import FINITE, convergence

    m, x = total.measure, total.x
    if not isinstance(m, (Lebesgue, Counting)) or m.lo != -m.hi:
        return None
    free, half = Symbol(x.name, real=True), Symbol(x.name, positive=True)
    whole = isinstance(m, Lebesgue) and m.hi is S.Infinity
    for centre in (S.Zero, *(centres(total) if whole else ())):
        body = substitute(total.body, {x: free + centre})
        if not equal(expand_power_base(substitute(body, {free: -free})), -body, facts):
            continue
        found = convergence(body.xreplace({free: half}), half, m.func(0, m.hi), facts)
        if found.verdict == FINITE and not found.conditions:
            return S.Zero
    return None


def about_centre(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """∫ x f(x) dx = c ∫ f(x) dx on the whole line, where f is even about c and its first moment is finite."""
    x, m = total.x, total.measure
    if not isinstance(m, Lebesgue) or m.args != (S.NegativeInfinity, S.Infinity) or x not in Mul.make_args(total.body):
        return None
    density = Total(total.body / x, x, m)
    for centre in centres(density):
        shifted = Total(substitute(density.body, {x: x + centre}) * x, x, m)
        if odd(shifted, facts, bench) == 0:
            whole = values.evaluated(density, facts, bench)
            return None if whole is None else centre * whole
    return None


def begun_where_it_is_not_zero(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """Σ f(k)/Γ(k − m + 1) from m on, as 1/Γ is 0 at 0, −1, −2, …, for a whole m that is not below the first k."""
    x, m = total.x, total.measure
    if not isinstance(m, Counting) or m.hi is not S.Infinity:
        return None
    found = [f.base.args[0] for f in Mul.make_args(total.body) if isinstance(f, Pow) and f.exp == -1 and isinstance(f.base, (gamma, factorial))]
    starts = {expand(x - e) + (1 if isinstance(e, Expr) and Pow(gamma(e), -1) in Mul.make_args(total.body) else 0) for e in found}
    for start in starts:
        if start.has(x) or start == m.lo or not start.is_integer or not (start - m.lo).is_nonnegative:
            continue
        own = Symbol(x.name, integer=True, nonnegative=True)
        value = values.evaluated(Total(gammasimp(substitute(total.body, {x: own + start})), own, Counting(0, m.hi)), facts, bench)
        if value is not None:
            return value
    return None


def centres(total: Total) -> list[Expr]:
    """Where straight parts of an integrand vanish, as μ for (x − μ)/σ."""
    x = total.x
    parts = [e.expand() for e in total.body.atoms(Add) if e.has(x)]
    found = {-e.coeff(x, 0) / e.coeff(x, 1) for e in parts if e.is_polynomial(x) and e.coeff(x, 2) == 0 and not e.coeff(x, 1).has(x)}
    return sorted(found - {S.Zero}, key=lambda c: (c.count_ops(), str(c)))[:2]


def signed(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """Polynomials, polynomials times a Gaussian, damped waves."""
    return signed_value(total, facts)


def even(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """∫f over (−a, a) as twice that over (0, a), for f(−x) = f(x)."""
    from derive.algebra.equality import equal

    m, x = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo != -m.hi or m.hi is S.Zero:
        return None
    free, half = Symbol(x.name, real=True), Symbol(x.name, positive=True)
    body = total.body.xreplace({x: free})
    if not equal(body.xreplace({free: -half}), body.xreplace({free: half}), facts):
        return None
    value = values.evaluated(Total(body.xreplace({free: half}), half, Lebesgue(0, m.hi)), facts, bench)
    return None if value is None else 2 * value


def negative(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """∫f = −∫(−f) for f ≤ 0, by its sign or by that of a logarithm, as in ∫ ln(1 − t) dt."""
    body = total.body
    if not (body.could_extract_minus_sign() or body.has(log)) or not facts.within(total.x, total.measure).nonnegative(-body):
        return None
    value = derived(Total(-body, total.x, total.measure), facts, bench)
    return None if value is None else -value


def in_partial_fractions(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """An integrand that is rational in its variable, term by term, where each term has a finite value."""
    x, body = total.x, total.body
    if not isinstance(total.measure, Lebesgue) or not body.is_rational_function(x) or body.is_polynomial(x):
        return None
    if body.count_ops() > LARGEST or not short(body):
        return None
    try:
        terms = apart(together(body), x)
    except (PolynomialError, NotImplementedError, RecursionError):
        return None
    return piecewise_sum(Total(terms, x, total.measure), facts, bench) if isinstance(terms, Add) and terms != body else None


def begun_earlier(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """A series from a = 1, 2, 3 on as the one from 0 on without its first terms, where these are defined."""
    m, k = total.measure, total.x
    if not isinstance(m, Counting) or m.hi is not S.Infinity or not (m.lo.is_Integer and 1 <= m.lo <= 4):
        return None
    wide = Symbol(k.name, integer=True, nonnegative=True)
    body = total.body.xreplace({k: wide})
    whole = derived(Total(body, wide, Counting(0, S.Infinity)), facts, bench)
    first = Add(*(body.xreplace({wide: Integer(i)}) for i in range(int(m.lo))))
    return None if whole is None or first.has(S.NaN, S.ComplexInfinity, S.Infinity) else whole - first





def begun_at_zero(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """∫ f(x) dx from c to ∞ as ∫ f(c + u) du from 0, multiplied out."""
    m, x = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.hi is not S.Infinity or m.lo in (S.Zero, S.NegativeInfinity):
        return None
    u = Symbol(f"{x.name}′", positive=True)
    body = substitute(total.body, {x: m.lo + u})
    if body.has(Total) or not short(body) or (body := powsimp(expand(body))).count_ops() > LARGEST:
        return None
    return values.evaluated(Total(body, u, Lebesgue(0, S.Infinity)), facts, bench)


def polynomial_sum(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """Faulhaber's sums of powers, DLMF 24.4.7."""
    m, k = total.measure, total.x
    if not isinstance(m, Counting) or m.hi is S.Infinity or not total.body.is_polynomial(k) or not facts.nonnegative(m.hi - m.lo):
        return None
    if not short(total.body, MOST_POWERS) or degree(total.body, k) > MOST_POWERS:
        return None
    return summation(expand(total.body), (k, m.lo, m.hi)).factor()


def rewritten_total(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """A sum with a Kronecker delta in it, an alternating series, an integrand in tangents and secants."""
    plain = next((found for way in (without_delta, as_eta, in_sines, with_upper_above_zero) if (found := way(total, facts)) is not None), None)
    return None if plain is None else values.evaluated(plain, facts, bench)


def piecewise_sum(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """∫(f + g) = ∫f + ∫g where each term has a finite value of its own."""
    try:
        parts = Add.make_args(expand(total.body))
    except RecursionError:
        return None
    if not 2 <= len(parts) <= 12 or any(part.count_ops() > LARGEST for part in parts):
        return None
    found = [values.evaluated(Total(part, total.x, total.measure), facts, bench) for part in parts]
    return None if any(v is None or v.has(S.Infinity, S.NegativeInfinity) for v in found) else Add(*found)


def exchanged_value(total: Total, facts: Facts, bench: values.Bench) -> Expr | None:
    """Two totals in the other order, where Tonelli allows it: the integrand is nowhere negative, and neither range moves."""
    pulled = Mul.make_args(total.body)
    inner = [f for f in pulled if isinstance(f, Total)]
    if len(inner) != 1 or inner[0].measure.free_symbols & {total.x}:
        return None
    (one,) = inner
    rest = Mul(*(f for f in pulled if f is not one))
    if one.x in rest.free_symbols or one.x in total.measure.free_symbols:
        return None
    body = rest * one.body
    inside = facts.within(total.x, total.measure).within(one.x, one.measure)
    if not (inside.nonnegative(body) or bounded_exponential(body, total, one, inside)):
        return None
    first = values.evaluated(Total(body, total.x, total.measure), facts.within(one.x, one.measure), bench)
    return None if first is None else values.evaluated(Total(first, one.x, one.measure), facts, bench)


def bounded_exponential(body: Expr, outer: Total, inner: Total, facts: Facts) -> bool:
    """∑ₘ zᵐ/m! ∫ f(x)ᵐ dx over a bounded range with |f| ≤ 1: absolutely convergent, since ∑ₘ|z|ᵐ/m! = e^|z|."""
    from sympy import cos, factorial, sin, tanh

    m, x = outer.x, inner.x
    if not isinstance(outer.measure, Counting) or not isinstance(inner.measure, Lebesgue):
        return False
    if not all(end.is_finite for end in inner.measure.args) or outer.measure.lo != 0:
        return False
    weight = Mul(*(f for f in Mul.make_args(body) if x not in f.free_symbols))
    power = Mul(*(f for f in Mul.make_args(body) if x in f.free_symbols))
    base, exponent = power.as_base_exp()
    z, k = powsimp(weight * factorial(m)).as_base_exp()
    return exponent == m and isinstance(base, (cos, sin, tanh)) and k == m and m not in z.free_symbols and facts.real(z)
