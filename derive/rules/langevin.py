"""Langevin's function coth u − 1/u as a weight: under powers and under exponentials."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Symbol, cos, coth, digamma, exp, log, pi, zeta

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, x

a, t = (Symbol(name, positive=True) for name in "at")


def langevin(total: Total, facts: Facts) -> tuple[Expr, Expr] | None:
    """The rate b of a factor coth(bx) − 1/(bx), and the rest of the integrand."""
    if total.measure != POSITIVE or not contains(total.body, coth):
        return None
    sums = [f for f in Mul.make_args(total.body) if isinstance(f, Add) and len(f.args) == 2 and contains(f, coth)]
    waves = [e for e in sums[0].args if isinstance(e, coth)] if len(sums) == 1 else []
    parts = linear(waves[0].args[0], total.x) if len(waves) == 1 else None
    if parts is None or parts[1] != 0 or (sums[0] - waves[0] + 1 / (parts[0] * total.x)).expand() != 0:
        return None
    return parts[0], total.body / sums[0]


def under_power(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(−t − 1) (coth bx − 1/(bx))."""
    found = langevin(total, facts)
    if found is not None and (power := found[1].as_base_exp())[0] == total.x and not power[1].has(total.x):
        yield {x: total.x, b: found[0], t: -power[1] - 1}


def under_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−ax) (coth bx − 1/(bx))."""
    found = langevin(total, facts)
    parts = linear(found[1].args[0], total.x) if found is not None and isinstance(found[1], exp) else None
    if found is not None and parts is not None and parts[1] == 0:
        yield {x: total.x, b: found[0], a: -parts[0]}


LANGEVIN = coth(b * x) - 1 / (b * x)
LANGEVIN_MELLIN = Rule(
    "langevin_mellin",
    Claim(Total(x ** (-t - 1) * LANGEVIN, x, POSITIVE), (b / pi) ** t * zeta(t + 1) / cos(pi * t / 2), given=(t < 1,)),
    kind="cited",
    find=under_power,
    source="DLMF 4.36.3, term by term; 25.5.3",
)
LANGEVIN_LAPLACE = Rule(
    "langevin_laplace",
    Claim(Total(exp(-a * x) * LANGEVIN, x, POSITIVE), (log(a / (2 * b)) - digamma(a / (2 * b))) / b - 1 / a),
    kind="cited",
    find=under_exponential,
    source="Binet's integral for ψ, DLMF 5.9.13",
)
RULES = (LANGEVIN_MELLIN, LANGEVIN_LAPLACE)
