"""Logarithms and powers over 1 ± x^p + x^(2p) on the unit interval: trigamma functions at thirds and sixths."""

from collections.abc import Iterator

from sympy import Expr, Pow, S, log, polygamma

from derive.algebra.reading import read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import UNIT, Total
from derive.rules.letters import p, s, x
from derive.rules.shapes import heads


def log_over_trinomial(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """log x · x^(s−1)/(1 + sign x^p + x^(2p))."""
    if total.measure != UNIT or heads(total.body) != {log}:
        return
    below = [f.base for f in total.body.args if isinstance(f, Pow) and f.exp == -1 and f.base.is_Add] if total.body.is_Mul else []
    powers = [n for n in below[0].args if n != 1] if len(below) == 1 and len(below[0].args) == 3 else []
    for term in powers:
        power = term.as_base_exp()[1] if (sign * term).is_Pow or sign * term == total.x else None
        power = (sign * term).as_base_exp()[1] if power is not None else None
        if power is not None and below[0] == 1 + sign * total.x**power + total.x ** (2 * power):
            form = read(total.body * below[0] / log(total.x), total.x, facts.within(total.x, UNIT))
            if form is not None and form.coefficient == 1 and not form.exps and set(form.powers) <= {total.x}:
                yield {x: total.x, p: power, s: form.powers.get(total.x, S.Zero) + 1}


def third(k: int) -> Expr:
    return polygamma(1, (s / p + k) / 3)


def sixth(k: int) -> Expr:
    return polygamma(1, (s / p + k) / 6)


LOG_OVER_PLUS = Rule(
    "log_over_trinomial_plus",
    Claim(Total(log(x) * x ** (s - 1) / (1 + x**p + x ** (2 * p)), x, UNIT), (third(1) - third(0)) / (9 * p**2)),
    kind="cited",
    find=lambda total, facts: log_over_trinomial(total, facts, 1),
    source="Gradshteyn-Ryzhik 4.233.1, 4.254.1: 1 + u + u² = (1 − u³)/(1 − u)",
)
LOG_OVER_MINUS = Rule(
    "log_over_trinomial_minus",
    Claim(Total(log(x) * x ** (s - 1) / (1 - x**p + x ** (2 * p)), x, UNIT), (sixth(3) - sixth(0) + sixth(4) - sixth(1)) / (36 * p**2)),
    kind="cited",
    find=lambda total, facts: log_over_trinomial(total, facts, -1),
    source="Gradshteyn-Ryzhik 4.233.2, 4.254.1: 1 − u + u² = (1 + u³)/(1 + u)",
)
RULES = (LOG_OVER_PLUS, LOG_OVER_MINUS)
