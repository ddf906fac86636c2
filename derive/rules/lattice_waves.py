"""Series over all integers of 1/cosh, and of the square of a Lorentzian."""

from collections.abc import Iterator

from sympy import Symbol, cos, cosh, coth, exp, oo, pi, sech, sinh, sqrt

from derive.algebra.reading import bare, linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Counting, Total
from derive.rules.all_integers import jtheta
from derive.rules.letters import B, k

INTEGERS = Counting(-oo, oo)
a, b, c = (Symbol(name, positive=True) for name in "abc")


def secant(total: Total, facts: Facts) -> Iterator[Values]:
    """1/cosh(bk)."""
    wave = 1 / total.body
    wave = cosh(wave.args[0].args[0]) if wave.is_Pow and isinstance(wave.base, sech) else wave
    parts = linear(wave.args[0], total.x) if isinstance(wave, cosh) else None
    if total.measure == INTEGERS and parts is not None and parts[1] == 0:
        yield {k: total.x, b: parts[0]}


SECANT_SERIES = Rule(
    "secant_series",
    Claim(Total(1 / cosh(b * k), k, INTEGERS), jtheta(3, 0, exp(-b)) ** 2),
    kind="cited",
    find=secant,
    source="Jacobi's two squares; DLMF 20.7.30, 27.13.4 with q = e^(−b)",
)


def squared_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """1/(c k² + a)²."""
    form = bare(total, facts) if total.measure == INTEGERS else None
    if form is not None and not form.exps and list(form.powers.values()) == [-2]:
        found = polynomial(next(iter(form.powers)), total.x, 2, facts)
        if found is not None and found[1] == 0 and facts.positive(found[0]) and facts.positive(found[2]):
            yield {k: total.x, c: found[0], a: sqrt(found[2] / found[0])}


SQUARED_LORENTZIAN = Rule(
    "squared_lorentzian_series",
    Claim(Total(1 / (c * k**2 + c * a**2) ** 2, k, INTEGERS),
          (pi * coth(pi * a) / (2 * a**3) + pi**2 / (2 * a**2 * sinh(pi * a) ** 2)) / c**2),
    kind="cited",
    find=squared_terms,
    source="DLMF 4.36.3, differentiated in a",
)  # fmt: skip


def moved_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """1/(c k² + 2cB k + …)² = 1/(c (k + B)² + c a²)² with B ≠ 0."""
    form = bare(total, facts) if total.measure == INTEGERS else None
    if form is not None and not form.exps and list(form.powers.values()) == [-2]:
        found = polynomial(next(iter(form.powers)), total.x, 2, facts)
        if found is not None and found[1] != 0 and facts.positive(found[0]):
            middle = found[1] / (2 * found[0])
            yield {k: total.x, c: found[0], B: middle, a: sqrt((found[2] / found[0] - middle**2).expand())}


WHOLE, TURN = 2 * pi * a, cos(2 * pi * B)
SQUARED_ELSEWHERE = Rule(
    "squared_lorentzian_elsewhere",
    Claim(Total(1 / (c * (k + B) ** 2 + c * a**2) ** 2, k, INTEGERS),
          (pi * sinh(WHOLE) / (2 * a**3 * (cosh(WHOLE) - TURN)) - pi**2 * (1 - cosh(WHOLE) * TURN) / (a * (cosh(WHOLE) - TURN)) ** 2) / c**2),
    kind="cited",
    find=moved_terms,
    source="DLMF 4.22.3, 4.36.3, differentiated in a",
)  # fmt: skip
RULES = (SECANT_SERIES, SQUARED_LORENTZIAN, SQUARED_ELSEWHERE)
