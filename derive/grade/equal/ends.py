"""Limits that a hand-in takes: of powers 1^∞ as in (1 + λ/n)ⁿ, of incomplete gamma functions, of products."""

from __future__ import annotations

from sympy import (
    Add,
    Expr,
    Limit,
    Mul,
    PolynomialError,
    Pow,
    S,
    Symbol,
    asinh,
    atan,
    cancel,
    cos,
    cosh,
    cot,
    coth,
    csch,
    erf,
    erfc,
    exp,
    expand,
    fraction,
    gamma,
    log,
    loggamma,
    lowergamma,
    polygamma,
    sech,
    sin,
    sinh,
    tan,
    tanh,
    together,
    uppergamma,
)

from derive.algebra.equality import equal
from derive.algebra.limits import entire, summed_limit
from derive.algebra.signs import Facts
from derive.language.parts import factors_free_of

MOST_SHARES = 4  # powers in a quotient of arguments of logarithms


def limit_at(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """lim e as x → end from one side; None where it is not decided.

    >>> from sympy import asin
    >>> n, z = Symbol("n", positive=True), Symbol("z", real=True)
    >>> limit_at((1 + z/n)**n, n, S.Infinity, -1, Facts()), limit_at(asin(z**2), z, S.One, -1, Facts())
    (exp(z), pi/2)
    """
    if not e.has(x):
        return e
    for way in WAYS:
        found = way(e, x, end, side, facts)
        if found is not None:
            return found
    return None


def power_of_one(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """b^c → e^L where b → 1 and (b − 1) c → L, since log(1 + u) ~ u for u → 0."""
    if not isinstance(e, Pow) or not (e.base.has(x) and e.exp.has(x)) or summed_limit(e.base, x, end, side, facts) != 1:
        return None
    found = summed_limit((e.base - 1) * e.exp, x, end, side, facts)
    return exp(found) if found is not None and found.is_finite is not False else None


def power_of_zero(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """b^p → 0 where b → 0 and p > 0."""
    fixed = isinstance(e, Pow) and not e.exp.has(x) and facts.positive(e.exp)
    return S.Zero if fixed and summed_limit(e.base, x, end, side, facts) == 0 else None


def incomplete(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """Γ(s, z) → 0 and γ(s, z) → Γ(s) for z → ∞, γ(s, z) → 0 and Γ(s, z) → Γ(s) for z → 0 where s > 0, DLMF 8.2."""
    if not isinstance(e, (lowergamma, uppergamma)) or e.args[0].has(x) or not facts.real(e.args[0]):
        return None
    s, z = e.args
    to = summed_limit(z, x, end, side, facts)
    if to not in (S.Zero, S.Infinity) or not facts.positive(s) and not (to is S.Infinity and isinstance(e, uppergamma)):
        return None
    return gamma(s) if (to is S.Infinity) == isinstance(e, lowergamma) else S.Zero


def under_logarithms(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """c x^p (a log x + b)^q → 0 for x → 0 and p > 0, and for x → ∞ and p < 0, whatever q is."""
    constant, moving = factors_free_of(e, [x])
    power, logarithms = S.Zero, 0
    for base, exponent in (f.as_base_exp() for f in Mul.make_args(moving)):
        if exponent.has(x):
            return None
        if base == x:
            power += exponent
        elif base.is_polynomial(log(x)) and base.has(log(x)) and not base.xreplace({log(x): S.One}).has(x):
            logarithms += 1
        else:
            return None
    sign = 1 if end is S.Zero and side == 1 else -1 if end is S.Infinity else 0
    return S.Zero if logarithms and sign and not constant.has(S.Infinity) and facts.positive(sign * power) else None


def by_one_logarithm(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """log(1 + x) − log(2 + x) → log 1 for x → ∞: logarithms that are infinite there as one of a quotient."""
    logs = [(c, f) for c, f in (t.as_independent(x, as_Add=False) for t in Add.make_args(e)) if isinstance(f, log)]
    if len(logs) < 2 or not all(facts.positive(f.args[0]) for _, f in logs):
        return None
    first = logs[0][0]
    shares = [cancel(c / first) for c, _ in logs]
    if not all(share.is_Integer and abs(share) <= MOST_SHARES for share in shares):
        return None
    rest = limit_at(e - Add(*(c * f for c, f in logs)), x, end, side, facts)
    quotient = Mul(*(f.args[0] ** share for share, (_, f) in zip(shares, logs, strict=True)))
    to = summed_limit(short_quotient(quotient, x), x, end, side, facts)
    return None if rest is None or to is None or to.is_finite is False or not facts.positive(to) else first * log(to) + rest


def short_quotient(e: Expr, x: Symbol) -> Expr:
    """A quotient of linear functions of x, as 1 + c/(x + a); anything else as it is."""
    above, below = fraction(together(e))
    if not (above.is_polynomial(x) and below.is_polynomial(x)) or above.as_poly(x) is None or below.as_poly(x) is None:
        return e
    top, bottom = above.as_poly(x), below.as_poly(x)
    if top.degree() != 1 or bottom.degree() != 1:
        return e
    share = top.LC() / bottom.LC()
    return share + (top.nth(0) - share * bottom.nth(0)) / below


def by_parts(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """The limit of a sum or product as the sum or product of finite limits."""
    if not isinstance(e, (Add, Mul)):
        return None
    found = [limit_at(a, x, end, side, facts) for a in e.args]
    return e.func(*found) if all(f is not None and f.is_finite is not False for f in found) else None


ENTIRE = (exp, sin, cos, sinh, cosh, tanh, atan, asinh, erf, erfc)  # continuous on the whole line
ON_POSITIVE = (gamma, loggamma, log)


def by_continuity(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """f(u) → f(L) where u → L and f is continuous at L.

    >>> n = Symbol("n", positive=True)
    >>> by_continuity(gamma(1 + 1/n), n, S.Infinity, -1, Facts())
    1
    """
    args = e.args[1:] if isinstance(e, polygamma) else e.args[:1]
    fixed = isinstance(e, Pow) and not e.exp.has(x)
    if len(args) != 1 or not (fixed or isinstance(e, (*ENTIRE, *ON_POSITIVE, polygamma))) or isinstance(e, polygamma) and e.args[0].has(x):
        return None
    to = limit_at(args[0], x, end, side, facts)
    if to is None or to.is_finite is False or to.has(S.Infinity, S.NaN) or not isinstance(e, ENTIRE) and not facts.positive(to):
        return None
    return e.func(e.args[0], to) if isinstance(e, polygamma) else e.func(to, *e.args[1:])


HYPERBOLIC = (sinh, cosh, tanh, coth, sech, csch, tan, cot)
LARGEST, HIGHEST = 150, 8  # operations, and the order of a zero


def by_orders(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """N/D → N⁽ⁿ⁾(c)/D⁽ⁿ⁾(c) for entire N and D that vanish to the same order n at x = c, and 0 where N vanishes to a higher one.

    >>> z = Symbol("z", real=True)
    >>> by_orders(3*(coth(z) - 1/z)/z, z, S.Zero, 1, Facts())
    1
    """
    if end.is_finite is not True or e.count_ops() > LARGEST:
        return None
    above, below = fraction(
        together(e.replace(lambda f: isinstance(f, HYPERBOLIC), lambda f: f.rewrite(exp if not isinstance(f, (tan, cot)) else cos)))
    )
    if below == 1 or not entire(above, x) or not entire(below, x):
        return None
    one, two = (leading(f, x, end, facts) for f in (above, below))
    if one is None or two is None or one[0] < two[0]:
        return None
    return one[1] / two[1] if one[0] == two[0] else S.Zero


def by_cancelling(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """The limit of a sum of quotients over one denominator, where its leading terms cancel."""
    if not e.has(exp) or e.count_ops() > LARGEST or e.has(Limit):
        return None
    try:
        whole = cancel(together(e))
    except PolynomialError:
        return None
    return summed_limit(whole, x, end, side, facts) if whole != e and whole.count_ops() <= LARGEST else None


def leading(f: Expr, x: Symbol, end: Expr, facts: Facts) -> tuple[int, Expr] | None:
    """The order of the zero of an entire function at a place, and the first derivative that is not 0 there; None where that is open."""
    for n in range(HIGHEST + 1):
        at = expand(f.xreplace({x: end}))
        if at.has(S.NaN, S.ComplexInfinity):
            return None
        if at != 0 and not equal(at, S.Zero, facts):
            return (n, at) if facts.nonzero(at) else None
        f = f.diff(x)
    return None


WAYS = (
    summed_limit, power_of_one, power_of_zero, incomplete, under_logarithms, by_parts, by_one_logarithm, by_continuity, by_orders, by_cancelling,
)  # fmt: skip
