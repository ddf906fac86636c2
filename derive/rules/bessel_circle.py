"""Cosines of multiples of x beside e^(κ cos x), over half a turn and a full one: Bessel's integral for Iₙ."""

from collections.abc import Iterator

from sympy import Expr, Mul, S, Symbol, besseli, cos, exp, pi, sin

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Lebesgue, Total
from derive.rules.circular import kappa
from derive.rules.fourier import phase
from derive.rules.letters import k, lo, x

d = Symbol("d", real=True)
HALF_TURN = Lebesgue(0, pi)


def pull(e: Expr, v: Symbol) -> Expr | None:
    """κ for e^(κ cos v)."""
    rate = e.args[0].coeff(cos(v)) if isinstance(e, exp) else None
    return rate if rate is not None and e.args[0] == rate * cos(v) and not rate.has(v) else None


def wave_beside(total: Total, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """(κ, k, d) for e^(κ cos x) cos(kx + d), also where k = d = 0."""
    parts = Mul.make_args(total.body)
    if len(parts) == 1 and (alone := pull(total.body, total.x)) is not None:
        return alone, S.Zero, S.Zero
    waves, pulls = ([e for e in parts if isinstance(e, kinds)] for kinds in ((cos, sin), exp))
    found = phase(waves[0], total.x, facts) if len(parts) == 2 and len(waves) == len(pulls) == 1 else None
    rate = pull(pulls[0], total.x) if found is not None and found[0].is_integer else None
    return (rate, *found) if found is not None and rate is not None else None


def full_turn(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(κ cos x) cos(kx + d) over a full turn."""
    m = total.measure
    found = wave_beside(total, facts) if isinstance(m, Lebesgue) and m.hi - m.lo == 2 * pi else None
    if found is not None:
        yield {x: total.x, lo: m.lo, **dict(zip((kappa, k, d), found, strict=True))}


def half_turn(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(κ cos x) cos kx from 0 to π."""
    found = wave_beside(total, facts) if total.measure == HALF_TURN else None
    if found is not None and found[2] == 0:
        yield {x: total.x, kappa: found[0], k: found[1]}


BESSEL_OF_WAVE = Rule(
    "bessel_integral_of_wave",
    Claim(Total(exp(kappa * cos(x)) * cos(k * x + d), x, Lebesgue(lo, lo + 2 * pi)), 2 * pi * besseli(k, kappa) * cos(d)),
    kind="cited",
    find=full_turn,
    source="DLMF 10.32.3",
)
BESSEL_OF_COSINE = Rule(
    "bessel_integral_of_cosine",
    Claim(Total(exp(kappa * cos(x)) * cos(k * x), x, HALF_TURN), pi * besseli(k, kappa)),
    kind="cited",
    find=half_turn,
    source="DLMF 10.32.3",
)
RULES = (BESSEL_OF_WAVE, BESSEL_OF_COSINE)
