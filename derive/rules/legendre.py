"""Powers of a + b cos x + c sin x over a circle: Legendre functions by Laplace's integral."""

from collections.abc import Iterator

from sympy import Add, Expr, Rational, Symbol, beta, cos, fraction, hyper, legendre, pi, sin, sqrt, together

from derive.algebra.rational import short
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import every
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import s, x
from derive.rules.letters import start as lo
from derive.rules.shapes import shape_of

a, b, d, e, r, v = (Symbol(name, real=True) for name in "abderv")
TURN = Symbol("cos·", real=True)
k = Symbol("k", integer=True, nonnegative=True)


def cosine_base(total: Total, facts: Facts, period: Expr) -> Iterator[Values]:
    """(a + e cos x + v sin x)^r over an interval of this length."""
    measure, variable = total.measure, total.x
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.hi - measure.lo == period else None
    if shape is None or shape.exps or shape.power != 0 or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    if not isinstance(base, Add) or not base.has(cos, sin):
        return
    found = [base.coeff(cos(variable)), base.coeff(sin(variable))]
    rest = base - found[0] * cos(variable) - found[1] * sin(variable)
    rest = rest.expand() if rest.has(variable) else rest
    if not any(part.has(variable) for part in (rest, *found)):
        yield {x: variable, lo: measure.lo, a: rest, e: found[0], v: found[1], r: n}


def full_turn(total: Total, facts: Facts) -> Iterator[Values]:
    yield from cosine_base(total, facts, 2 * pi)


def half_turn(total: Total, facts: Facts) -> Iterator[Values]:
    for values in cosine_base(total, facts, pi):
        if values[v] == 0 == values[lo]:
            yield {letter: value for letter, value in values.items() if letter not in (v, lo)}


def whole_power(found: Iterator[Values], above: bool) -> Iterator[Values]:
    """The same for the integer power k ≥ 0, or −k − 1."""
    for values in found:
        degree = values[r] if above else -values[r] - 1
        if degree.is_integer and degree.is_nonnegative:
            yield {k: degree, **{letter: value for letter, value in values.items() if letter != r}}


def cosine_quotient(total: Total, facts: Facts) -> Iterator[Values]:
    """(b + d cos x)/(a + e cos x) with d ≠ 0 over a full turn."""
    m, wave = total.measure, cos(total.x)
    if not isinstance(m, Lebesgue) or m.hi - m.lo != 2 * pi or wave not in every(total.body, cos):
        return
    if not total.body.xreplace({wave: TURN}).is_rational_function(TURN) or not short(total.body):
        return
    above, below = fraction(together(total.body))
    up, down = (linear(part.expand().collect(wave).xreplace({wave: TURN}), TURN) for part in (above, below))
    if up is not None and down is not None and not any(part.has(total.x) for part in (*up, *down)):
        yield {x: total.x, lo: m.lo, b: up[1], d: up[0], a: down[1], e: down[0]}


D, D_HALF = a**2 - e**2 - v**2, a**2 - e**2
CIRCLE, HALF = Lebesgue(lo, lo + 2 * pi), Lebesgue(0, pi)
BASE, BASE_HALF = a + e * cos(x) + v * sin(x), a + e * cos(x)
ABOVE, ABOVE_HALF = (a > 0, D > 0), (a - e > 0, a + e > 0)


def legendre_function(degree: Expr, square: Expr) -> Expr:
    """P_r(a/√D) D^(r/2), P_r by Gauss's function."""
    return square ** (degree / 2) * hyper([-degree, degree + 1], [1], (1 - a / sqrt(square)) / 2)


LEGENDRE_CIRCLE = Rule(
    "legendre_on_circle",
    Claim(Total(BASE**k, x, CIRCLE), 2 * pi * D ** (k / 2) * legendre(k, a / sqrt(D)), given=ABOVE),
    kind="cited",
    find=lambda total, facts: whole_power(full_turn(total, facts), True),
    source="DLMF 18.10.5",
)
LEGENDRE_CIRCLE_BELOW = Rule(
    "legendre_on_circle_below",
    Claim(Total(BASE ** (-k - 1), x, CIRCLE), 2 * pi * D ** (-(k + 1) / 2) * legendre(k, a / sqrt(D)), given=ABOVE),
    kind="cited",
    find=lambda total, facts: whole_power(full_turn(total, facts), False),
    source="DLMF 14.12.7 at ν = −k − 1, Gradshteyn-Ryzhik 3.661.4",
)
LEGENDRE_HALF_CIRCLE = Rule(
    "legendre_on_half_circle",
    Claim(Total(BASE_HALF**k, x, HALF), pi * D_HALF ** (k / 2) * legendre(k, a / sqrt(D_HALF)), given=ABOVE_HALF),
    kind="cited",
    find=lambda total, facts: whole_power(half_turn(total, facts), True),
    source="DLMF 18.10.5",
)
LEGENDRE_HALF_CIRCLE_BELOW = Rule(
    "legendre_on_half_circle_below",
    Claim(Total(BASE_HALF ** (-k - 1), x, HALF), pi * D_HALF ** (-(k + 1) / 2) * legendre(k, a / sqrt(D_HALF)), given=ABOVE_HALF),
    kind="cited",
    find=lambda total, facts: whole_power(half_turn(total, facts), False),
    source="Gradshteyn-Ryzhik 3.661.4",
)
HYPERGEOMETRIC_CIRCLE = Rule(
    "hypergeometric_on_circle",
    Claim(Total(BASE**r, x, CIRCLE), 2 * pi * legendre_function(r, D), given=ABOVE),
    kind="cited",
    find=full_turn,
    source="DLMF 14.12.7, 14.3.6",
)
HYPERGEOMETRIC_HALF_CIRCLE = Rule(
    "hypergeometric_on_half_circle",
    Claim(Total(BASE_HALF**r, x, HALF), pi * legendre_function(r, D_HALF), given=ABOVE_HALF),
    kind="cited",
    find=half_turn,
    source="DLMF 14.12.7, 14.3.6",
)


ROOT = sqrt(a**2 - e**2)
COSINE_QUOTIENT = Rule(
    "cosine_quotient_on_circle",
    Claim(
        Total((b + d * cos(x)) / (a + e * cos(x)), x, CIRCLE),
        2 * pi * (b - d * e / (a + ROOT)) / ROOT,
        given=(a - e > 0, a + e > 0, b - d >= 0, b + d >= 0),
    ),
    kind="cited",
    find=cosine_quotient,
    source="Gradshteyn-Ryzhik 2.554.2, 3.613.2 for n = 0 and 1",
)


def touching(total: Total, facts: Facts, length: Expr) -> Iterator[Values]:
    """(a + e cos x)^(s − 1/2) with |e| = a: the kernel touches 0."""
    for values in cosine_base(total, facts, length):
        if values[v] == 0 and values[a] in (values[e], -values[e]):
            yield {x: total.x, s: values[r] + Rational(1, 2), a: values[a], e: values[e] / values[a], lo: values[lo]}


def touching_circle(total: Total, facts: Facts) -> Iterator[Values]:
    yield from touching(total, facts, 2 * pi)


def touching_half(total: Total, facts: Facts) -> Iterator[Values]:
    for values in touching(total, facts, pi):
        if values[lo] == 0:
            yield {letter: value for letter, value in values.items() if letter != lo}


SIDES = (a > 0, e**2 >= 1, e**2 <= 1)
COSINE_POWER_CIRCLE = Rule(
    "cosine_power_on_circle",
    Claim(
        Total((a + a * e * cos(x)) ** (s - Rational(1, 2)), x, CIRCLE),
        2 * (2 * a) ** (s - Rational(1, 2)) * beta(s, Rational(1, 2)),
        given=SIDES,
    ),
    kind="cited",
    find=touching_circle,
    source="DLMF 5.12.2: 1 + cos x = 2 cos²(x/2), 1 − cos x = 2 sin²(x/2)",
)
COSINE_POWER_HALF_CIRCLE = Rule(
    "cosine_power_on_half_circle",
    Claim(
        Total((a + a * e * cos(x)) ** (s - Rational(1, 2)), x, HALF),
        (2 * a) ** (s - Rational(1, 2)) * beta(s, Rational(1, 2)),
        given=SIDES,
    ),
    kind="lemma",
    find=touching_half,
    source="DLMF 5.12.2: 1 + cos x = 2 cos²(x/2), 1 − cos x = 2 sin²(x/2)",
)
