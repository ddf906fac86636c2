"""The ratio of neighbouring terms: g(k + 1)/g(k) = z ∏(k + a)/∏(k + b) says which hypergeometric series a sum is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sympy import (
    Expr,
    FallingFactorial,
    Function,
    Mul,
    Piecewise,
    Pow,
    RisingFactorial,
    S,
    Symbol,
    beta,
    binomial,
    exp,
    expand,
    factorial,
    gamma,
    prod,
)
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge, rebuild_term
from derive.algebra.normal import term
from derive.algebra.reading import ratio_roots, term_ratio
from derive.algebra.rewrites import REWRITES
from derive.algebra.signs import Facts
from derive.language.parts import contains, every
from derive.language.totals import Counting, Total


@dataclass(frozen=True)
class Ratio:
    """g(k + 1)/g(k) = z ∏(k + a)/∏(k + b) for a in `upper` and b in `lower`, in lowest terms."""

    z: Expr
    upper: tuple[Expr, ...] = ()
    lower: tuple[Expr, ...] = ()


def ratio_of(body: Expr, k: Symbol, facts: Facts) -> Ratio | None:
    """The ratio of neighbouring terms, or None where it is not rational with linear factors.

    >>> k, z = Symbol("k", integer=True, nonnegative=True), Symbol("z", positive=True)
    >>> ratio_of(z**k/factorial(k + 1), k, Facts())
    Ratio(z=z, upper=(), lower=(2,))
    """
    return _ratio_of(body, k, Known(facts.relations, facts))


HIGHEST = 6  # degree of a polynomial among the factors of a term
FACTORS = (gamma, factorial, binomial, beta, RisingFactorial, FallingFactorial)


def made_of(body: Expr, k: Symbol, functions: tuple[type, ...]) -> bool:
    """Whether nothing in `body` depends on k but these functions, powers of a constant, and whole powers.

    >>> k = Symbol("k")
    >>> made_of(2**k*gamma(k), k, (gamma,)), made_of(k**k, k, ()), made_of(gamma(k), k, ())
    (True, False, False)
    """

    def fits(e: Expr) -> bool:
        if isinstance(e, Function) and not isinstance(e, exp):
            return isinstance(e, functions)
        return not e.is_Pow or e.exp.is_Integer or not e.base.has(k)

    return all(fits(e) for e in every(body, Function, Pow, Piecewise) if e.has(k)) and not contains(body, Piecewise)


@dataclass(frozen=True)
class Known:
    """Facts as a key: the same relations are the same facts, whatever they remember."""

    relations: tuple[Boolean, ...]
    facts: Facts = field(compare=False)


def in_gammas(body: Expr, k: Symbol, facts: Facts) -> Expr:
    """Binomial coefficients C(n, m) whose n depends on k and is > −1, as gamma functions, which go on beyond the range."""

    def moved(e: Expr) -> bool:
        return isinstance(e, binomial) and e.args[0].has(k) and facts.positive(e.args[0] + 1)

    return body.replace(moved, lambda e: REWRITES[binomial](*e.args)) if contains(body, binomial) else body


@lru_cache(maxsize=512)
def _ratio_of(body: Expr, k: Symbol, known: Known) -> Ratio | None:
    ratio = term_ratio(in_gammas(body, k, known.facts), k, known.facts) if made_of(body, k, FACTORS) else None
    found = ratio_roots(ratio, k) if ratio is not None else None
    if found is None:
        return None
    z, upper, lower = found[0], [expand(a) for a in found[1]], [expand(b) for b in found[2]]
    for root in list(upper):
        if root in lower:
            upper.remove(root)
            lower.remove(root)
    return Ratio(z, tuple(sorted(upper, key=str)), tuple(sorted(lower, key=str)))


def rational_part(body: Expr, k: Symbol) -> tuple[Expr, Expr] | None:
    """(r, z^k) with body = r z^k and r rational in k; None where the terms are none such."""
    moving = [e for e in Mul.make_args(body) if e.has(k)]
    powers = [e for e in moving if not e.is_rational_function(k)]
    plain = all(isinstance(e, (Pow, exp)) and not e.as_base_exp()[0].has(k) and not e.as_base_exp()[1].diff(k).has(k) for e in powers)
    rest = [e for e in Mul.make_args(body) if e not in powers]
    return (Mul(*rest), Mul(*powers)) if plain and len(moving) > len(powers) else None


def series_ratio(total: Total, facts: Facts) -> Ratio | None:
    """The ratio of a sum that starts at 0, with the factor 1/(k + 1) of a factorial taken off the lower roots."""
    if not isinstance(total.measure, Counting) or total.measure.lo != 0:
        return None
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    if found is None:
        return None
    lower = list(found.lower)
    if S.One in lower:
        lower.remove(S.One)
        return Ratio(found.z, found.upper, tuple(lower))
    return Ratio(found.z, tuple(sorted((*found.upper, S.One), key=str)), found.lower)


def as_product(e: Expr, facts: Facts) -> Expr | None:
    """`e` as one product in normal form."""
    try:
        c, mono = term(e, facts)
    except TooLarge:
        return None
    return rebuild_term(c, mono)


def constant_ratio(body: Expr, standard: Expr, k: Symbol, facts: Facts) -> Expr | None:
    """c with body = c · standard, where the normal form shows it."""
    c = as_product(body / standard, facts)
    return None if c is None or c.has(k) else c


def rising(a: Expr, k: Expr) -> Expr:
    """(a)_k = Γ(a + k)/Γ(a), and k! for a = 1.

    >>> from sympy.abc import a, k
    >>> rising(a, k), rising(S.One, k)
    (gamma(a + k)/gamma(a), factorial(k))
    """
    return factorial(k) if a == 1 else gamma(k + a) / gamma(a)


def falling(d: Expr, n: Expr, k: Expr) -> Expr:
    """Γ(n − k + d)/Γ(n + d): what remains of a rising product that is gone through from its other end."""
    return factorial(n - k) / factorial(n) if d == 1 else gamma(n - k + d) / gamma(n + d)


def infinite_term(z: Expr, upper: tuple[Expr, ...], lower: tuple[Expr, ...], k: Symbol) -> Expr:
    """∏(a)_k/∏(b)_k z^k/k!, whose first term is 1.

    >>> from sympy.abc import a, k, z
    >>> infinite_term(z, (a,), (), k)
    z**k*gamma(a + k)/(factorial(k)*gamma(a))
    """
    return Mul(*(rising(a, k) for a in upper), *(1 / rising(b, k) for b in lower), z**k / factorial(k))


def finite_term(z: Expr, n: Expr, up: tuple[tuple[Expr, ...], ...], k: Symbol) -> Expr:
    """C(n, k) z^k times (a)_k for a in up[0], 1/(b)_k for b in up[1], and the same from n down in up[2] and up[3]."""
    return Mul(
        binomial(n, k),
        z**k,
        *(rising(a, k) for a in up[0]),
        *(1 / rising(b, k) for b in up[1]),
        *(falling(d, n, k) for d in up[2]),
        *(1 / falling(e, n, k) for e in up[3]),
    )


def sorted_roots(roots: list[Expr], end: Expr, facts: Facts) -> tuple[tuple[Expr, ...], tuple[Expr, ...]] | None:
    """The roots a > 0, and 1 − n − a for the others, where that is > 0; None where neither is known."""
    upwards, downwards = [], []
    for a in roots:
        if facts.positive(a):
            upwards.append(a)
        elif facts.positive(1 - end - a):
            downwards.append(1 - end - a)
        else:
            return None
    return tuple(upwards), tuple(downwards)


def polynomial_part(ratio: Ratio, index: Symbol) -> tuple[Expr, Ratio]:
    """The polynomial ∏ (k + b) … (k + a − 1) over roots a above and b below that are whole steps apart, and the ratio without."""
    upper, lower, factor = list(ratio.upper), list(ratio.lower), S.One
    for a in ratio.upper:
        partner = next((b for b in lower if (a - b).is_Integer and 0 < a - b <= HIGHEST), None)
        if partner is not None:
            upper.remove(a)
            lower.remove(partner)
            factor *= prod(index + partner + i for i in range(int(a - partner)))
    return factor, Ratio(ratio.z, tuple(upper), tuple(lower))
