"""Hyperbolic functions over e^(px) ± 1 and beside a Lorentzian, by their partial fractions."""

from collections.abc import Iterator

from sympy import Expr, Mul, Symbol, cosh, cot, digamma, exp, pi, sech, sin, sinh, sqrt

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.bose import shifted_exponential
from derive.rules.letters import p, x
from derive.rules.tables import pure_quadratic

a, r, t = (Symbol(name, positive=True) for name in "art")


def sinh_over_exponential(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """sinh(ax)/(e^(px) + sign)."""
    factors = dict(f.as_base_exp() for f in Mul.make_args(total.body)) if total.measure == POSITIVE and contains(total.body, sinh) else {}
    waves = [base for base, n in factors.items() if isinstance(base, sinh) and n == 1]
    below = [shifted_exponential(base, total.x, facts) for base, n in factors.items() if n == -1]
    parts = linear(waves[0].args[0], total.x) if len(waves) == len(below) == 1 and len(factors) == 2 else None
    if parts is not None and parts[1] == 0 and below[0] is not None and below[0][1:] == (1, -sign):
        yield {x: total.x, a: parts[0], p: below[0][0]}


SINH_OVER_FERMI = Rule(
    "sinh_over_fermi",
    Claim(Total(sinh(a * x) / (exp(p * x) + 1), x, POSITIVE), pi / (2 * p * sin(pi * a / p)) - 1 / (2 * a), given=(p > a,)),
    kind="cited",
    find=lambda total, facts: sinh_over_exponential(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.545.1",
)
SINH_OVER_BOSE = Rule(
    "sinh_over_bose",
    Claim(Total(sinh(a * x) / (exp(p * x) - 1), x, POSITIVE), 1 / (2 * a) - pi / (2 * p) * cot(pi * a / p), given=(p > a,)),
    kind="cited",
    find=lambda total, facts: sinh_over_exponential(total, facts, -1),
    source="Gradshteyn-Ryzhik 3.545.2",
)


def sech_beside_lorentzian(total: Total, facts: Facts) -> Iterator[Values]:
    """1/((r + t x²) cosh ax)."""
    factors = [(1 / f).as_base_exp() for f in Mul.make_args(total.body)] if total.measure == POSITIVE and contains(total.body, cosh, sech) else []
    waves = [cosh(base.args[0]) if isinstance(base, sech) else base for base, n in factors if (base.func, n) in ((cosh, 1), (sech, -1))]
    below = pure_quadratic(Mul(*(base**n for base, n in factors if not base.has(cosh, sech))), total.x, facts)
    parts = linear(waves[0].args[0], total.x) if len(waves) == 1 else None
    if below is not None and parts is not None and parts[1] == 0:
        yield {x: total.x, a: parts[0], t: below[0], r: below[1]}


def quarter(n: int) -> Expr:
    return digamma(a * sqrt(r / t) / (2 * pi) + n * pi / (4 * pi))


SECH_LORENTZIAN = Rule(
    "sech_beside_lorentzian",
    Claim(Total(1 / ((r + t * x**2) * cosh(a * x)), x, POSITIVE), (quarter(3) - quarter(1)) / (2 * sqrt(r * t))),
    kind="cited",
    find=sech_beside_lorentzian,
    source="Gradshteyn-Ryzhik 3.522.4, x → πx/a",
)
