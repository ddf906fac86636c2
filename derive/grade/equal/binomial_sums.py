"""Sums of binomial coefficients: the binomial theorem, k C(K, k) = K C(K − 1, k − 1), halves of a row, and sums that begin further on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Expr, Integer, Mul, Pow, S, Symbol, binomial, cancel, degree, expand, fraction

from derive.algebra.signs import Facts
from derive.grade.equal.falling import MOST_POWERS, falling
from derive.language.totals import Counting, Total, substitute

if TYPE_CHECKING:
    from derive.grade.equal.values import Bench

MOST_MIDDLE = 4  # terms at the middle of a row
LARGEST = 20  # operations of a ratio that is brought to one fraction


def absorbed(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ k C(K, k) g(k) = K Σ C(K − 1, j) g(j + 1), with j = k − 1 from 0 on, since the term at k = 0 is 0."""
    from derive.grade.equal import values

    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.lo not in (0, 1):
        return None
    if not facts.nonnegative(m.hi - 1):
        return absorbed_from_zero(total, facts, bench)
    factors = Mul.make_args(total.body)
    chosen = next((f for f in factors if isinstance(f, binomial) and f.args[1] == k and not f.args[0].has(k)), None)
    power = next((f for f in factors if f.as_base_exp()[0] == k and f.as_base_exp()[1].is_Integer and f.as_base_exp()[1] > 0), None)
    if chosen is None or power is None or not facts.nonnegative(chosen.args[0] - 1):
        return None
    rest = substitute(total.body / (chosen * k), {k: k + 1})
    body = expand(rest, power_base=False, func=False, log=False) if rest.is_Mul and any(f.is_Add for f in rest.args) else rest
    first = binomial(chosen.args[0] - 1, k)
    inner = [values.evaluated(Total(first * one, k, Counting(0, m.hi - 1)), facts, bench) for one in Add.make_args(body)]
    return None if any(e is None for e in inner) else chosen.args[0] * Add(*(e for e in inner if e is not None))


def absorbed_from_zero(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """The same up to k = K where K may be 0: there the sum is 0, and so is K times what is finite there."""
    hi = total.measure.args[1]
    whole = sorted(hi.free_symbols, key=str)
    if len(whole) != 1 or not facts.nonnegative(hi) or not (hi - whole[0]).is_Integer or not total.body.has(binomial(hi, total.x)):
        return None
    value = absorbed(total, facts.and_(hi >= 1), bench) if facts.and_(hi >= 1).nonnegative(hi - 1) else None
    at = None if value is None else substitute(value, {whole[0]: whole[0] - hi})
    return value if at == 0 and substitute(total.body, {total.x: Integer(0)}) == 0 else None


def binomial_theorem(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ C(n, k) c r^k = c (1 + r)^n over all k from 0 to a whole n, whatever the sign of r."""
    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.lo != 0 or not (m.hi.is_integer and facts.nonnegative(m.hi)):
        return None
    factors = Mul.make_args(total.body)
    chosen = [f for f in factors if f == binomial(m.hi, k)]
    rest = [f.as_base_exp() for f in factors if f.has(k) and f not in chosen]
    if len(chosen) != 1 or any(b.has(k) or not power.is_polynomial(k) or degree(power, k) != 1 for b, power in rest):
        return None
    slopes = [(b, power.expand().coeff(k)) for b, power in rest]
    if any(not slope.is_Integer or slope < 0 and not facts.nonzero(b) for b, slope in slopes):
        return None
    outside = Mul(*(f for f in factors if not f.has(k)), *(b ** power.expand().coeff(k, 0) for b, power in rest))
    return outside * (1 + Mul(*(b**slope for b, slope in slopes))) ** m.hi


def half_row(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ C(N, k) over the first or the last half of a row, as C(N, k) = C(N, N − k): half of 2^N and of the few terms at the middle.

    >>> from derive.grade.equal.values import Bench
    >>> n, k = Symbol("n", integer=True, positive=True), Symbol("k", integer=True, nonnegative=True)
    >>> half_row(Total(binomial(2*n, k), k, Counting(0, n)), Facts(), Bench())
    2**(2*n)/2 + binomial(2*n, n)/2
    """
    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.hi is S.Infinity:
        return None
    outside, inner = total.body.as_independent(k, as_Add=False)
    if not isinstance(inner, binomial) or inner.args[0].has(k) or not inner.args[0].is_integer:
        return None
    row = inner.args[0]
    if expand(inner.args[1] - k) == 0:
        lo, hi = m.lo, m.hi
    elif expand(inner.args[1] + k - row) == 0:
        lo, hi = row - m.hi, row - m.lo
    else:
        return None
    if expand(hi - row) == 0:
        lo, hi = S.Zero, expand(row - lo)
    middle = expand(2 * hi - row + 1)  # how many terms Σ up to hi has more than Σ up to row − hi − 1
    if expand(lo) != 0 or not middle.is_Integer or abs(middle) > MOST_MIDDLE or not (facts.nonnegative(hi + 1) and facts.nonnegative(row - hi)):
        return None
    first = row - hi if middle > 0 else hi + 1
    terms = [binomial(row, expand(first + i)) for i in range(abs(int(middle)))]
    return outside * (S(2) ** row + (1 if middle > 0 else -1) * Add(*terms)) / 2


def begun_lower(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ f(k) C(N, k − c) from c on as Σ f(j + c) C(N, j) from 0 on, for a number c > 0.

    >>> from derive.grade.equal.values import Bench
    >>> n, k = Symbol("n", integer=True, positive=True), Symbol("k", integer=True, positive=True)
    >>> begun_lower(Total(k * binomial(n - 1, k - 1), k, Counting(1, n)), Facts(), Bench()).subs(n, 5)
    48
    """
    from derive.grade.equal import values

    k, m = total.x, total.measure
    lower = [f.args[1] for f in Mul.make_args(total.body) if isinstance(f, binomial) and f.has(k)]
    if not isinstance(m, Counting) or m.hi is S.Infinity or not lower or not m.lo.is_Integer or m.lo <= 0 or expand(k - lower[0]) != m.lo:
        return None
    j = Symbol(k.name, integer=True, nonnegative=True)
    return values.evaluated(Total(substitute(total.body, {k: j + m.lo}), j, Counting(0, expand(m.hi - m.lo))), facts, bench)


def binomial_moment(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ P(k) C(N, k) r^k over all k, for a polynomial P of a degree from 3 on: k to the falling j gives N to the falling j r^j (1 + r)^(N − j).

    >>> from derive.grade.equal.values import Bench
    >>> n, k = Symbol("n", integer=True, positive=True), Symbol("k", integer=True, nonnegative=True)
    >>> binomial_moment(Total(k**3 * binomial(n, k), k, Counting(0, n)), Facts(), Bench()).subs(n, 4)
    224
    """
    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.lo not in (0, 1) or not (m.hi.is_integer and facts.nonnegative(m.hi)):
        return None
    factors = Mul.make_args(total.body)
    powers = [f for f in factors if isinstance(f, Pow) and f.exp.has(k)]
    polynomial = Mul(*(f for f in factors if f != binomial(m.hi, k) and f not in powers))
    if binomial(m.hi, k) not in factors or not polynomial.is_polynomial(k) or not 3 <= degree(polynomial, k) <= MOST_POWERS:
        return None
    slopes = [(f.base, f.exp.expand().coeff(k), f.exp.expand().coeff(k, 0)) for f in powers]
    if any(b.has(k) or not c.is_Integer or d.has(k) or (c < 0 and not facts.nonzero(b)) for b, c, d in slopes):
        return None
    if any(expand(f.exp - c * k - d) != 0 for f, (_, c, d) in zip(powers, slopes, strict=True)):
        return None
    ratio, outside = Mul(*(b**c for b, c, _ in slopes)), Mul(*(b**d for b, _, d in slopes))
    above, below = fraction(cancel(1 + ratio) if ratio.count_ops() < LARGEST else 1 + ratio)
    above, below = (-above, -below) if facts.positive(-below) else (above, below)
    parts = falling(polynomial, k, Integer(0))
    if parts is None or not facts.nonzero(above) or m.lo == 1 and substitute(polynomial, {k: Integer(0)}) != 0:
        return None
    terms = (a * Mul(*(m.hi - i for i in range(j))) * ratio**j * above ** (m.hi - j) * below ** (j - m.hi) for j, a in enumerate(parts))
    return Add(*(outside * t for t in terms))
