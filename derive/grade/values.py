"""Closed forms for totals inside expressions, limits, evaluation brackets and products, each by a checked derivation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Integer,
    Limit,
    Mul,
    PolynomialError,
    Pow,
    Product,
    S,
    Subs,
    Symbol,
    apart,
    expand,
    expand_power_base,
    factorial,
    gamma,
    gammasimp,
    powsimp,
    summation,
    together,
)  # fmt: skip

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.engine import CATALOGUE
from derive.grade.ends import limit_at
from derive.grade.gammas import product_by_gammas, with_upper_above_zero
from derive.grade.signed import signed_value
from derive.grade.slopes import bent, one_side
from derive.grade.ways import as_eta, in_polar, in_sines, without_delta
from derive.language.claims import PROVED
from derive.language.totals import Atoms, Counting, Lebesgue, Total, substitute, support
from derive.read.latex_heads import EvalBar
from derive.search.engine import Context, OutOfTime, derive

MOST_POINTS = 2000  # terms of a finite sum that are written out
LARGEST = 60  # operations in an integrand that is taken apart
SECONDS = 3.0  # for one total


@dataclass
class Bench:
    """What was evaluated so far in the judging of one hand-in, and until when there is time."""

    deadline: float = float("inf")
    known: dict[tuple, Expr | None] = field(default_factory=dict)

    def left(self, most: float = SECONDS) -> float:
        return min(self.deadline, time.monotonic() + most)


def evaluated(e: Expr, facts: Facts, bench: Bench) -> Expr | None:
    """`e` without totals, limits and brackets, proved equal to it; None where no closed form was found.

    >>> from sympy import exp, oo
    >>> x = Symbol("x", positive=True)
    >>> evaluated(2*Total(exp(-x), x, Lebesgue(0, oo)) + 1, Facts(), Bench())
    3
    """
    if not e.args or not e.has(Total, Limit, EvalBar, Product, Derivative):
        return e
    key = (e, frozenset(e.free_symbols) if e.has(Subs) else None, facts.relations)  # a Subs is equal to one with a name of another sign
    if key not in bench.known:
        bench.known[key] = None  # what stands inside itself has no value
        bench.known[key] = value_of(e, facts, bench)
    return bench.known[key]


def without(facts: Facts, x: Symbol) -> Facts:
    """The facts that say nothing of x, for a place where x is bound."""
    kept = [r for r in facts.relations if x not in r.free_symbols]
    return facts if len(kept) == len(facts.relations) else Facts(kept)


def value_of(e: Expr, facts: Facts, bench: Bench) -> Expr | None:
    if isinstance(e, (Total, EvalBar, Limit)):
        facts = without(facts, e.args[3] if isinstance(e, EvalBar) and len(e.args) > 3 else e.args[1])
    if isinstance(e, Total):
        return total_value(e, facts, bench)
    if isinstance(e, EvalBar):
        return bar_value(e, facts, bench)
    if isinstance(e, Limit):
        return limit_value(e, facts, bench)
    if isinstance(e, Product):
        return product_value(e, facts, bench)
    if isinstance(e, Derivative):
        inner = evaluated(e.expr, facts, bench)
        return None if inner is None else inner.diff(*e.variable_count)
    if isinstance(e, Subs) and len(e.variables) == 1:
        return value_at(e, facts, bench)
    args = [evaluated(a, facts, bench) if isinstance(a, Expr) else a for a in e.args]
    return None if any(a is None for a in args) else finite(e.func(*args))


def value_at(e: Subs, facts: Facts, bench: Bench) -> Expr | None:
    """F'(c) as F' at c, where F may need an argument of c's sign, or one on the side of c on which a power series converges."""
    (u,), (at,) = e.variables, e.point
    if at.is_number and bent(e.expr, u, at):
        return None
    own = Symbol(u.name, positive=True) if facts.positive(at) else u
    inner = evaluated(e.expr.xreplace({u: own}), facts, bench)
    if inner is None and isinstance(e.expr, Derivative):
        own, inner = u, beside(e.expr, u, at, facts, bench)
    if inner is None or at.is_number and bent(inner, own, at):  # a closed form may have a kink that the total does not show
        return None
    return finite(substitute(inner, {own: at}))


def beside(slope: Derivative, u: Symbol, at: Expr, facts: Facts, bench: Bench) -> Expr | None:
    """The derivative on one side of `at`, where what is differentiated has no kinks."""
    for f, inside, v, back in one_side(slope.expr, u, at, facts):
        closed = evaluated(f, inside, bench)
        return None if closed is None else substitute(closed, {v: back}).diff(*slope.variable_count)
    return None


def finite(e: Expr) -> Expr | None:
    """`e`, unless it came to nothing that has a value."""
    return None if e.has(S.NaN, S.ComplexInfinity) else e


def total_value(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """The closed form of a total: the inner ones first; finite sums are written out; the rest is derived and checked."""
    inside = facts.within(total.x, total.measure)
    body = evaluated(total.body, inside, bench)
    if body is None:
        polar = in_polar(total, facts)
        return exchanged_value(total, facts, bench) if polar is None else evaluated(polar, facts, bench)
    total = Total(body, total.x, total.measure)
    points = finite_points(total, bench)
    if points is not None:
        return finite(Add(*(substitute(body, {total.x: p}) for p in points)))
    ways = (in_partial_fractions, derived, begun_where_it_is_not_zero, odd,
            signed, even, negative, begun_earlier, begun_at_zero, polynomial_sum, rewritten_total, piecewise_sum)  # fmt: skip
    return next((value for way in ways if (value := way(total, facts, bench)) is not None), None)


def finite_points(total: Total, bench: Bench) -> list[Expr] | None:
    """The points of a small finite support."""
    m = total.measure
    if isinstance(m, Atoms):
        return list(m.points)
    if isinstance(m, Counting) and m.lo.is_Integer and m.hi.is_Integer and m.hi - m.lo < MOST_POINTS:
        return [Integer(k) for k in range(int(m.lo), int(m.hi) + 1)]
    return None


def derived(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """A closed form by a derivation in which the checker accepts every step as proved."""
    deadline = bench.left()
    if time.monotonic() > deadline:
        return None
    total = Total(powsimp(total.body, combine="exp"), total.x, total.measure)
    try:
        found = derive(total, Context(facts, deadline=deadline))
    except (OutOfTime, RecursionError, TooLarge):
        return None
    if found is None:
        return None
    value = found.claim.right
    if value.has(Total):
        value = evaluated(value, facts, bench) if value != total else None
    return value if value is not None and verdict_of(check(found, CATALOGUE, facts)) == PROVED else None


def odd(total: Total, facts: Facts, bench: Bench) -> Expr | None:
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


def begun_where_it_is_not_zero(total: Total, facts: Facts, bench: Bench) -> Expr | None:
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
        value = evaluated(Total(gammasimp(substitute(total.body, {x: own + start})), own, Counting(0, m.hi)), facts, bench)
        if value is not None:
            return value
    return None


def centres(total: Total) -> list[Expr]:
    """Where straight parts of an integrand vanish, as μ for (x − μ)/σ."""
    x = total.x
    parts = [e.expand() for e in total.body.atoms(Add) if e.has(x)]
    found = {-e.coeff(x, 0) / e.coeff(x, 1) for e in parts if e.is_polynomial(x) and e.coeff(x, 2) == 0 and not e.coeff(x, 1).has(x)}
    return sorted(found - {S.Zero}, key=lambda c: (c.count_ops(), str(c)))[:2]


def signed(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Polynomials, polynomials times a Gaussian, damped waves."""
    return signed_value(total, facts)


def even(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """∫f over (−a, a) as twice that over (0, a), for f(−x) = f(x)."""
    from derive.algebra.equality import equal

    m, x = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo != -m.hi or m.hi is S.Zero:
        return None
    free, half = Symbol(x.name, real=True), Symbol(x.name, positive=True)
    body = total.body.xreplace({x: free})
    if not equal(body.xreplace({free: -half}), body.xreplace({free: half}), facts):
        return None
    value = evaluated(Total(body.xreplace({free: half}), half, Lebesgue(0, m.hi)), facts, bench)
    return None if value is None else 2 * value


def negative(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """∫f = −∫(−f) for f ≤ 0."""
    body = total.body
    if not body.could_extract_minus_sign() or not facts.within(total.x, total.measure).nonnegative(-body):
        return None
    value = derived(Total(-body, total.x, total.measure), facts, bench)
    return None if value is None else -value


def in_partial_fractions(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """An integrand that is rational in its variable, term by term, where each term has a finite value."""
    x, body = total.x, total.body
    if not isinstance(total.measure, Lebesgue) or not body.is_rational_function(x) or body.is_polynomial(x) or body.count_ops() > LARGEST:
        return None
    try:
        terms = apart(together(body), x)
    except (PolynomialError, NotImplementedError, RecursionError):
        return None
    return piecewise_sum(Total(terms, x, total.measure), facts, bench) if isinstance(terms, Add) and terms != body else None


def begun_earlier(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """A series from a = 1, 2, 3 on as the one from 0 on without its first terms, where these are defined."""
    m, k = total.measure, total.x
    if not isinstance(m, Counting) or m.hi is not S.Infinity or not (m.lo.is_Integer and 1 <= m.lo <= 4):
        return None
    wide = Symbol(k.name, integer=True, nonnegative=True)
    body = total.body.xreplace({k: wide})
    whole = derived(Total(body, wide, Counting(0, S.Infinity)), facts, bench)
    first = Add(*(body.xreplace({wide: Integer(i)}) for i in range(int(m.lo))))
    return None if whole is None or first.has(S.NaN, S.ComplexInfinity, S.Infinity) else whole - first


def begun_at_zero(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """∫ f(x) dx from c to ∞ as ∫ f(c + u) du from 0, multiplied out."""
    m, x = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.hi is not S.Infinity or m.lo in (S.Zero, S.NegativeInfinity):
        return None
    u = Symbol(f"{x.name}′", positive=True)
    body = substitute(total.body, {x: m.lo + u})
    return None if body.has(Total) else evaluated(Total(powsimp(expand(body)), u, Lebesgue(0, S.Infinity)), facts, bench)


def polynomial_sum(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Faulhaber's sums of powers, DLMF 24.4.7."""
    m, k = total.measure, total.x
    if not isinstance(m, Counting) or m.hi is S.Infinity or not total.body.is_polynomial(k) or not facts.nonnegative(m.hi - m.lo):
        return None
    return summation(expand(total.body), (k, m.lo, m.hi)).factor()


def rewritten_total(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """A sum with a Kronecker delta in it, an alternating series, an integrand in tangents and secants."""
    plain = next((found for way in (without_delta, as_eta, in_sines, with_upper_above_zero) if (found := way(total, facts)) is not None), None)
    return None if plain is None else evaluated(plain, facts, bench)


def piecewise_sum(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """∫(f + g) = ∫f + ∫g where each term has a finite value of its own."""
    try:
        parts = Add.make_args(expand(total.body))
    except RecursionError:
        return None
    if not 2 <= len(parts) <= 12:
        return None
    values = [evaluated(Total(part, total.x, total.measure), facts, bench) for part in parts]
    return None if any(v is None or v.has(S.Infinity, S.NegativeInfinity) for v in values) else Add(*values)


def exchanged_value(total: Total, facts: Facts, bench: Bench) -> Expr | None:
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
    first = evaluated(Total(body, total.x, total.measure), facts.within(one.x, one.measure), bench)
    return None if first is None else evaluated(Total(first, one.x, one.measure), facts, bench)


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
    z, k = (weight * factorial(m)).simplify().as_base_exp()
    return exponent == m and isinstance(base, (cos, sin, tanh)) and k == m and m not in z.free_symbols and facts.real(z)


def bar_value(bar: EvalBar, facts: Facts, bench: Bench) -> Expr | None:
    """[F]ₐᵇ as the difference of the limits from inside, where both are finite."""
    if len(bar.args) < 4:
        return None
    _, lo, hi, x = bar.args
    inside = facts.and_(*support(x, Lebesgue(lo, hi)))
    body = evaluated(bar.body, inside, bench)
    if body is None:
        return None
    ends = [end_value(body, x, end, side, inside, facts) for end, side in ((hi, -1), (lo, 1))]
    high, low = ends
    if high is None or low is None or high.is_infinite or low.is_infinite:
        return None
    return finite(high - low)


def end_value(f: Expr, x: Symbol, end: Expr, side: int, inside: Facts, facts: Facts) -> Expr | None:
    """The limit of f at an end."""
    return limit_at(f, x, end, side, inside)


def limit_value(e: Limit, facts: Facts, bench: Bench) -> Expr | None:
    """A limit of what has a closed form; that of sums or integrals up to x → ∞ is the whole sum or integral, where it has a value."""
    body, x, end, direction = e.args
    factor, partial = body.as_independent(Total, as_Add=False) if end is S.Infinity else (S.One, body)
    if isinstance(partial, Total) and not factor.has(x) and up_to(partial, x):
        return evaluated(factor * Total(partial.body, partial.x, partial.measure.func(partial.measure.lo, end)), facts, bench)
    side = {"-": -1, "+": 1}.get(str(direction))
    sides = (side,) if side else (-1,) if end is S.Infinity else (1,) if end is S.NegativeInfinity else (1, -1)
    whole = Symbol(x.name, positive=True) if end is S.Infinity else x
    body = evaluated(substitute(body, {x: whole}), facts, bench)
    if body is None:
        return None
    found = [limit_at(body, whole, end, s, facts.and_(whole > 1) if whole is not x else facts) for s in sides]
    return found[0] if found[0] is not None and all(f == found[0] for f in found) and found[0].is_finite is not False else None


def up_to(total: Total, x: Symbol) -> bool:
    """Whether a total is one up to x, and x stands nowhere else in it."""
    m = total.measure
    return isinstance(m, (Lebesgue, Counting)) and m.hi == x and not m.lo.has(x) and not total.body.has(x)


def product_value(e: Product, facts: Facts, bench: Bench) -> Expr | None:
    """A product over a small finite range, written out; one of powers of j + b up to n by gamma functions."""
    ranges = [(x, lo, hi) for x, lo, hi in e.limits]
    if len(ranges) == 1 and not ranges[0][2].is_Integer:
        return product_by_gammas(e.function, *ranges[0], facts)
    if not all(lo.is_Integer and hi.is_Integer and hi - lo < 100 for _, lo, hi in ranges):
        return None
    body = evaluated(e.function, facts, bench)
    if body is None:
        return None
    choices = product(*([(x, Integer(k)) for k in range(int(lo), int(hi) + 1)] for x, lo, hi in ranges))
    return finite(Mul(*(substitute(body, dict(choice)) for choice in choices)))


def pieces(e: Basic) -> Iterator[Basic]:
    """The totals, limits, brackets and products in `e`."""
    yield from e.atoms(Total, Limit, EvalBar, Product, Subs)


__all__ = ["Bench", "canonical", "evaluated", "pieces"]
