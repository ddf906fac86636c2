"""Single sums of the tables: trees, harmonic weights, logarithms, sines, theta and Bessel functions, arctangents."""

from collections.abc import Iterator

from sympy import (
    Add,
    EulerGamma,
    Expr,
    Integer,
    Ne,
    Pow,
    Symbol,
    atan,
    besseli,
    cos,
    cosh,
    exp,
    expint,
    factorial,
    harmonic,
    log,
    loggamma,
    oo,
    pi,
    powsimp,
    sin,
    sinh,
    sqrt,
)  # fmt: skip

from derive.algebra.equality import equal
from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains, every
from derive.language.totals import Counting, Total
from derive.rules.all_integers import jtheta
from derive.rules.letters import c, k
from derive.rules.terms import ratio_of
from derive.rules.wave_sums import wave_parts

lo, hi = (Symbol(name, integer=True) for name in ("lo", "hi"))  # finite ends
a, y, z = (Symbol(name, positive=True) for name in "ayz")
A, B, t = (Symbol(name, real=True) for name in "ABt")
INTEGERS, FROM_ONE = Counting(-oo, oo), Counting(1, oo)


def power_beside(total: Total, facts: Facts, weight: Expr) -> Expr | None:
    """z where the terms are z^k times a weight."""
    rest = powsimp(total.body / weight.xreplace({k: total.x}))
    ratio = ratio_of(rest, total.x, facts.within(total.x, total.measure))
    return ratio.z if ratio is not None and not ratio.upper and not ratio.lower else None


def standard(total: Total, facts: Facts, weight: Expr) -> Iterator[Expr]:
    """z where the terms are just z^k times the weight, without a constant."""
    base = power_beside(total, facts, weight)
    if base is not None and equal(total.body, (weight * base**k).xreplace({k: total.x}), facts.within(total.x, total.measure)):
        yield base


TREE_WEIGHT = k ** (k - 2) / factorial(k)


def self_powers(total: Total) -> bool:
    """Whether something that moves is raised to what moves, as in k^k."""
    return any(p.base.has(total.x) and p.exp.has(total.x) for p in every(total.body, Pow)) or contains(total.body, log)


def trees(total: Total, facts: Facts) -> Iterator[Values]:
    """k^(k − 2) (w e^(−w))^k/k! with 0 < w ≤ 1."""
    for base in standard(total, facts, TREE_WEIGHT) if total.measure == FROM_ONE and self_powers(total) else ():
        parts = [e for e in log(base).expand(force=True).args if not isinstance(e, log)]
        guess = -Add(*parts)
        if facts.positive(guess) and equal(guess * exp(-guess), base, facts):
            yield {k: total.x, z: guess}


TREES = Rule(
    "tree_series",
    Claim(Total(TREE_WEIGHT * (z * exp(-z)) ** k, k, FROM_ONE), z - z**2 / 2, given=(z <= 1,)),
    kind="cited",
    find=trees,
    source="Cayley's trees without a root; Flajolet-Sedgewick, Analytic Combinatorics, II.5.1",
)


def harmonic_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure == FROM_ONE and contains(total.body, harmonic):
        yield from ({k: total.x, z: base} for base in standard(total, facts, harmonic(k) / factorial(k)))


HARMONIC_EXPONENTIAL = Rule(
    "harmonic_exponential_series",
    Claim(Total(harmonic(k) * z**k / factorial(k), k, FROM_ONE), exp(z) * (EulerGamma + log(z) + expint(1, z))),
    kind="cited",
    find=harmonic_exponential,
    source="Graham-Knuth-Patashnik, Concrete Mathematics, (7.94); DLMF 6.6.3",
)


def of_line(total: Total, kind: type[Expr]) -> tuple[Expr, Expr] | None:
    """(t, c) where the terms of a sum are a function of tk + c."""
    return linear(total.body.args[0], total.x) if isinstance(total.body, kind) and isinstance(total.measure, Counting) else None


def logarithms(total: Total, facts: Facts) -> Iterator[Values]:
    """log(k + c) over a finite range."""
    found, measure = of_line(total, log), total.measure
    if found is not None and found[0] == 1 and measure.hi is not oo:
        yield {k: total.x, c: found[1], lo: measure.lo, hi: measure.hi}


LOG_SUM = Rule(
    "sum_of_logarithms",
    Claim(Total(log(k + c), k, Counting(lo, hi)), loggamma(hi + c + 1) - loggamma(lo + c), given=(lo + c > 0, hi - lo + 1 >= 0)),
    kind="cited",
    find=logarithms,
    source="DLMF 5.5.1, k(k + 1)…n as a quotient of gamma functions",
)


def sines(total: Total, facts: Facts) -> Iterator[Values]:
    """sin(tk + c) over a finite range."""
    found, measure = of_line(total, sin), total.measure
    if found is not None and measure.hi is not oo and measure.lo is not -oo:
        yield {k: total.x, t: found[0], c: found[1], lo: measure.lo, hi: measure.hi}


SINE_SUM = Rule(
    "sum_of_sines",
    Claim(
        Total(sin(t * k + c), k, Counting(lo, hi)),
        sin(t * (hi - lo + 1) / 2) * sin(t * (lo + hi) / 2 + c) / sin(t / 2),
        given=(hi - lo + 1 >= 0, Ne(sin(t / 2), 0)),
    ),
    kind="cited",
    find=sines,
    source="Gradshteyn-Ryzhik 1.341.1",
)


def theta_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """(A + B cos tk) e^(−ak²)."""
    exponents = [e for e in total.body.args if isinstance(e, exp)] if total.measure == INTEGERS and contains(total.body, cos) else []
    rate = (-exponents[0].args[0] / total.x**2).expand() if len(exponents) == 1 else total.x
    found = wave_parts(total.body / exponents[0], total.x, 1) if not rate.has(total.x) else None
    if found is not None and not found[0].has(total.x) and not found[1].has(total.x):
        yield {k: total.x, A: found[0], B: found[1], t: found[2], a: rate}


THETA_WAVE = Rule(
    "theta_wave",
    Claim(Total((A + B * cos(t * k)) * exp(-a * k**2), k, INTEGERS), A * jtheta(3, 0, exp(-a)) + B * jtheta(3, t / 2, exp(-a))),
    kind="definition",
    find=theta_wave,
    source="DLMF 20.2.3",
)


def bessel_squares(total: Total, facts: Facts) -> Iterator[Values]:
    """I_k(y) I_k(z)."""
    base, power = total.body.as_base_exp()
    parts = [base, base] if power == 2 else list(total.body.args) if total.body.is_Mul else []
    fits = all(isinstance(e, besseli) and e.args[0] ** 2 == total.x**2 and not e.args[1].has(total.x) for e in parts)
    if total.measure == INTEGERS and len(parts) == 2 and fits:
        yield {k: total.x, y: parts[0].args[1], z: parts[1].args[1]}


BESSEL_I_NEUMANN = Rule(
    "bessel_i_products",
    Claim(Total(besseli(k, y) * besseli(k, z), k, INTEGERS), besseli(0, y + z)),
    kind="cited",
    find=bessel_squares,
    source="DLMF 10.44.3 (Neumann)",
)


def weighted_bessel(total: Total, facts: Facts) -> Iterator[Values]:
    rest = total.body / total.x
    if total.measure == FROM_ONE and isinstance(rest, besseli) and rest.args[0] == total.x and not rest.args[1].has(total.x):
        yield {k: total.x, z: rest.args[1]}


WEIGHTED_BESSEL = Rule(
    "weighted_bessel_i",
    Claim(Total(k * besseli(k, z), k, FROM_ONE), z / 2 * (besseli(0, z) + besseli(1, z))),
    kind="cited",
    find=weighted_bessel,
    source="DLMF 10.29.1, 2k I_k/z = I_(k−1) − I_(k+1) telescopes",
)


def quartic(total: Total, facts: Facts) -> Iterator[Values]:
    """1/(k⁴ + 4a⁴)."""
    found = polynomial(1 / total.body, total.x, 4, facts) if total.measure == INTEGERS else None
    if found is not None and found[0] == 1 and found[1] == found[2] == found[3] == 0:
        yield {k: total.x, a: sqrt(sqrt(found[4] / 4))}


QUARTIC = Rule(
    "quartic_series",
    Claim(
        Total(1 / (k**4 + 4 * a**4), k, INTEGERS),
        pi * (exp(4 * pi * a) - 1 + 2 * exp(2 * pi * a) * sin(2 * pi * a))
        / (4 * a**3 * (exp(4 * pi * a) + 1 - 2 * exp(2 * pi * a) * cos(2 * pi * a))),
    ),
    kind="cited",
    find=quartic,
    source="Hansen, A Table of Series and Products, 6.1.66; residues of π cot πz",
)  # fmt: skip


def biquadratic(total: Total, facts: Facts) -> Iterator[Values]:
    """1/(k⁴ + β k² + γ²) whose roots are ±a ± iy: 2y² = γ + β/2 and 2a² = γ − β/2."""
    found = polynomial(1 / total.body, total.x, 4, facts) if total.measure == INTEGERS else None
    if found is not None and found[0] == 1 and found[1] == found[3] == 0 and found[2] != 0:
        size, half = sqrt(found[4]), found[2] / 2
        if facts.positive(size - half) and facts.positive(size + half):
            yield {k: total.x, a: sqrt((size - half) / 2), y: sqrt((size + half) / 2)}


BIQUADRATIC = Rule(
    "biquadratic_series",
    Claim(
        Total(1 / (k**4 + 2 * (y**2 - a**2) * k**2 + (a**2 + y**2) ** 2), k, INTEGERS),
        pi / (2 * (a**2 + y**2)) * (sinh(2 * pi * y) / y + sin(2 * pi * a) / a) / (cosh(2 * pi * y) - cos(2 * pi * a)),
    ),
    kind="cited",
    find=biquadratic,
    source="Hansen, A Table of Series and Products, 6.1; residues of π cot πz",
)


def arctangents(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """arctan(g(k + m)) − arctan(g(k)) with g(k) = ak + c, written as one arctangent."""
    g, later = a * k + c, a * (k + size) + c
    first = [atan(a * (lo + i) + c) for i in range(size)]
    return Claim(
        Total(atan(a * size / (1 + g * later)), k, Counting(lo, oo)),
        size * pi / 2 - Add(*first),
        given=(1 + (a * lo + c) * (a * (lo + size) + c) > 0, a * lo + c >= 0),
    ), ()


def telescoping_arctangent(total: Total, facts: Facts) -> Iterator[Values]:
    measure = total.measure
    if not isinstance(total.body, atan) or not isinstance(measure, Counting) or measure.hi is not oo:
        return
    found = polynomial(1 / total.body.args[0], total.x, 2, facts)
    if found is None:
        return
    for size in (1, 2, 3):
        slope = found[0] * size
        at = (found[1] * size - slope * size) / 2
        if equal((1 + at * (at + slope * size)) / (slope * size), found[2], facts):
            yield {k: total.x, a: slope, c: at, lo: measure.lo, SIZE: Integer(size)}


TELESCOPING_ATAN = Rule(
    "telescoping_arctangents",
    arctangents(1)[0],
    schema=arctangents,
    kind="cited",
    find=telescoping_arctangent,
    source="G. Boros, V. Moll, Sums of arctangents and some formulas of Ramanujan, Scientia A 11 (2005) 13, (2.1)",
)
RULES = (
    TREES,
    HARMONIC_EXPONENTIAL,
    LOG_SUM,
    SINE_SUM,
    THETA_WAVE,
    BESSEL_I_NEUMANN,
    WEIGHTED_BESSEL,
    QUARTIC,
    BIQUADRATIC,
    TELESCOPING_ATAN,
)
