"""Higher powers of the Bose and Fermi denominators, by the binomial series of (1 − ζ e^(−u))^(−n), whose coefficients are polynomials."""

from collections.abc import Callable, Iterator

from sympy import Abs, Add, Expr, Mul, Ne, Poly, Symbol, exp, factorial, gamma, zeta

from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains, li
from derive.language.totals import POSITIVE, Total
from derive.rules.bose import over_exponentials
from derive.rules.letters import b, s, x

m = Symbol("m", real=True, nonzero=True)
z = Symbol("z", real=True)
a = Symbol("a", positive=True)
e = Symbol("e", positive=True, integer=True)
LEAST, MOST = 3, 6  # powers of the denominator; the first two have rules of their own


def weights(n: int, start: Expr) -> list[Expr]:
    """The coefficients of j^0, j, j², … in (n − 1)! C(j − start + n − 1, n − 1), a polynomial in j.

    >>> weights(4, e.subs(e, 2))
    [0, -1, 0, 1]
    """
    j = Symbol("j")
    product = Mul(*(j - start + i for i in range(1, n)))
    found: list[Expr] = Poly(product, j).all_coeffs()[::-1]
    return found


def series(n: int, start: Expr, term: Callable[[int], Expr]) -> Expr:
    """Γ(s)/(|m| b^s) Σ_j C(j − start + n − 1, n − 1) …, where `term` is the series of j^(i − s)."""
    return gamma(s) / (factorial(n - 1) * Abs(m) * b**s) * Add(*(c * term(i) for i, c in enumerate(weights(n, start))))


def kernel(n: int, start: Expr, fugacity: Expr) -> Total:
    """x^(ms − 1) e^((n − start) u)/(e^u − ζ)^n with u = b x^m: Σ_k C(k + n − 1, n − 1) ζ^k e^(−(k + start) u)."""
    u = b * x**m
    return Total(x ** (m * s - 1) * exp(u * (n - start)) / (exp(u) - fugacity) ** n, x, POSITIVE)


def bose(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    """For a start among 1, …, n the polynomial is 0 at what lies before it, and the series may begin with 1."""
    return Claim(kernel(n, e, 1), series(n, e, lambda i: zeta(s - i)), given=(s > n, e <= n)), ()


def hurwitz(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    return Claim(kernel(n, a, 1), series(n, a, lambda i: zeta(s - i, a)), given=(s > n,)), ()


def polylogs(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    return Claim(kernel(n, e, z), series(n, e, lambda i: li(s - i, z)) / z**e, given=(z < 1, Ne(z, 0), e <= n)), ()


def higher(total: Total, facts: Facts) -> Iterator[tuple[Values, Expr, Expr]]:
    """The letters, the start and the fugacity of x^(ms − 1) e^(…)/(e^(b x^m) − ζ)^n with n = 3, …, 6."""
    found = over_exponentials(total, facts) if total.measure == POSITIVE and contains(total.body, exp) else None
    if found is None or len(found[2]) != 1:
        return
    power, rate, (((b_, m_, z_), n),) = found
    if n.is_Integer and LEAST <= -n <= MOST:
        yield {x: total.x, m: m_, b: b_, s: (power + 1) / m_, SIZE: -n}, rate / b_ - n, z_


def with_whole_start(total: Total, facts: Facts, plain: bool) -> Iterator[Values]:
    for values, start, fugacity in higher(total, facts):
        if start.is_Integer and 0 < start <= values[SIZE] and (fugacity == 1) == plain:
            yield {**values, e: start, **({} if plain else {z: fugacity})}


def with_any_start(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({**values, a: start} for values, start, fugacity in higher(total, facts) if fugacity == 1)


SOURCE = "DLMF 25.11.25 and 25.12.11 for each term of the binomial series, DLMF 4.6.7; Gradshteyn-Ryzhik 3.423"
BOSE_POWER = Rule("bose_power_integral", bose(3)[0], kind="cited", schema=bose, find=lambda total, facts: with_whole_start(total, facts, True),
                  source=SOURCE)  # fmt: skip
POLYLOG_POWER = Rule("polylog_power_integral", polylogs(3)[0], kind="cited", schema=polylogs, source=SOURCE,
                     find=lambda total, facts: with_whole_start(total, facts, False))  # fmt: skip
HURWITZ_POWER = Rule("hurwitz_power_integral", hurwitz(3)[0], kind="cited", schema=hurwitz, find=with_any_start, source=SOURCE)
RULES = (BOSE_POWER, POLYLOG_POWER, HURWITZ_POWER)
