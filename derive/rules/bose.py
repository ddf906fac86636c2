"""Bose, Fermi, Planck and Debye: powers over exponentials plus or minus a constant, and over hyperbolic functions."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, Ne, S, Symbol, dirichlet_eta, exp, factorial, gamma, lerchphi, oo, zeta

from derive.algebra.reading import power_of, read
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values, li
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, s, x
from derive.rules.shapes import shape_of

m = Symbol("m", real=True, nonzero=True)
z, e = (Symbol(name, real=True) for name in "ze")
a, h = (Symbol(name, positive=True) for name in "ah")

Exponential = tuple[Expr, Expr, Expr]  # (rate, power, ζ) of e^(rate·x^power) − ζ


def shifted_exponential(base: Expr, variable: Symbol, facts: Facts) -> Exponential | None:
    """(b, m, ζ) where the base is e^(b x^m) − ζ."""
    if not isinstance(base, Add) or len(base.args) != 2:
        return None
    constant, rest = base.as_independent(variable, as_Add=True)
    form = read(rest, variable, facts)
    if constant == 0 or form is None or form.powers or form.coefficient != 1 or len(form.exps) != 1:
        return None
    ((statistic, rate),) = form.exps.items()
    power = power_of(statistic, variable)
    return None if power is None else (rate, power, -constant)


def over_exponentials(total: Total, facts: Facts) -> tuple[Expr, Expr, list[tuple[Exponential, Expr]]] | None:
    """(power of x, rate k of e^(−k x^m), the factors (e^(b x^m) − ζ)^n); None where the kernel is no such product."""
    shape = shape_of(total, facts) if isinstance(total.measure, Lebesgue) else None
    if shape is None or not shape.rest or len(shape.exps) > 1:
        return None
    factors = [(shifted_exponential(base, total.x, shape.facts), n) for base, n in shape.rest.items()]
    found = brought_together([(part, n) for part, n in factors if part is not None])
    if any(part is None for part, _ in factors) or len({part[1] for part, _ in found}) != 1:
        return None
    power = found[0][0][1]
    if not set(shape.exps) <= {total.x**power}:
        return None
    return shape.power, -shape.exps.get(total.x**power, S.Zero), found


def brought_together(factors: list[tuple[Exponential, Expr]]) -> list[tuple[Exponential, Expr]]:
    """(e^(bx) − 1)^n (e^(bx) + 1)^n as (e^(2bx) − 1)^n: the normal form takes it apart."""
    if len(factors) == 2 and factors[0][1] == factors[1][1]:
        (rate, power, z1), (other, same, z2) = factors[0][0], factors[1][0]
        if (rate, power, z1) == (other, same, -z2):
            return [((2 * rate, power, z1**2), factors[0][1])]
    return factors


def one_factor(total: Total, facts: Facts, exponent: int) -> Iterator[Values]:
    """x^(ms − 1) e^(−e x^m) (e^(b x^m) − z)^exponent."""
    found = over_exponentials(total, facts)
    if found is not None and len(found[2]) == 1 and found[2][0][1] == exponent:
        power, rate, (((b_, m_, z_), _),) = found
        yield {x: total.x, m: m_, s: (power + 1) / m_, b: b_, z: z_, e: rate}


def chosen(total: Total, facts: Facts, exponent: int, **wanted: Expr) -> Iterator[Values]:
    """The same on the half line, for certain values of some letters, which are then left out."""
    if total.measure != POSITIVE:
        return
    for values in one_factor(total, facts, exponent):
        named = {str(letter): value for letter, value in values.items()}
        if all(named[name] == value for name, value in wanted.items()):
            yield {letter: value for letter, value in values.items() if str(letter) not in wanted}


def shifted(total: Total, facts: Facts) -> Iterator[Values]:
    for values in chosen(total, facts, -1):
        yield {**values, a: values[e] / values[b] + 1}


BOSE_INTEGRAL = Rule(
    "bose_integral",
    Claim(Total(x ** (m * s - 1) / (exp(b * x**m) - 1), x, POSITIVE), gamma(s) * zeta(s) / (Abs(m) * b**s), given=(s > 1,)),
    kind="lemma",
    find=lambda total, facts: chosen(total, facts, -1, z=S.One, e=S.Zero),
    source="DLMF 25.5.1",
)
FERMI_INTEGRAL = Rule(
    "fermi_integral",
    Claim(Total(x ** (m * s - 1) / (exp(b * x**m) + 1), x, POSITIVE), gamma(s) * dirichlet_eta(s) / (Abs(m) * b**s)),
    kind="lemma",
    find=lambda total, facts: chosen(total, facts, -1, z=S.NegativeOne, e=S.Zero),
    source="DLMF 25.5.3",
)
POLYLOG_INTEGRAL = Rule(
    "polylog_integral",
    Claim(
        Total(x ** (m * s - 1) / (exp(b * x**m) - z), x, POSITIVE),
        gamma(s) * li(s, z) / (z * Abs(m) * b**s),
        given=(z < 1, Ne(z, 0)),
    ),
    kind="cited",
    find=lambda total, facts: chosen(total, facts, -1, e=S.Zero),
    source="DLMF 25.12.11",
)
LERCH_INTEGRAL = Rule(
    "lerch_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * (a - 1) * x**m) / (exp(b * x**m) - z), x, POSITIVE),
        gamma(s) * lerchphi(z, s, a) / (Abs(m) * b**s),
        given=(z < 1,),
    ),
    kind="cited",
    find=lambda total, facts: ({k: v for k, v in values.items() if k != e} for values in shifted(total, facts)),
    source="DLMF 25.14.5",
)
HURWITZ_INTEGRAL = Rule(
    "hurwitz_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * (a - 1) * x**m) / (exp(b * x**m) - 1), x, POSITIVE),
        gamma(s) * zeta(s, a) / (Abs(m) * b**s),
        given=(s > 1,),
    ),
    kind="lemma",
    find=lambda total, facts: (
        {k: v for k, v in values.items() if k not in (e, z)} for values in shifted(total, facts) if values[z] == 1
    ),
    source="DLMF 25.11.25",
)

# Squares of the denominator, as in the derivative of the Bose and Fermi functions and in 1/sinh² and 1/cosh².
BOSE_SQUARED = Rule(
    "bose_squared_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(b * x**m) / (exp(b * x**m) - 1) ** 2, x, POSITIVE),
        gamma(s) * zeta(s - 1) / (Abs(m) * b**s),
        given=(s > 2,),
    ),
    kind="lemma",
    find=lambda total, facts: squared(total, facts, S.One),
    source="DLMF 25.5.2, Gradshteyn-Ryzhik 3.527.1",
)
FERMI_SQUARED = Rule(
    "fermi_squared_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(b * x**m) / (exp(b * x**m) + 1) ** 2, x, POSITIVE),
        gamma(s) * dirichlet_eta(s - 1) / (Abs(m) * b**s),
    ),
    kind="lemma",
    find=lambda total, facts: squared(total, facts, S.NegativeOne),
    source="DLMF 25.5.4, Gradshteyn-Ryzhik 3.527.3",
)
POLYLOG_SQUARED = Rule(
    "polylog_squared_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(b * x**m) / (exp(b * x**m) - z) ** 2, x, POSITIVE),
        gamma(s) * li(s - 1, z) / (z * Abs(m) * b**s),
        given=(z < 1, Ne(z, 0)),
    ),
    kind="cited",
    find=lambda total, facts: squared(total, facts, None),
    source="DLMF 25.12.11 differentiated",
)


def squared(total: Total, facts: Facts, fugacity: Expr | None) -> Iterator[Values]:
    for values in one_factor(total, facts, -2) if total.measure == POSITIVE else ():
        if values[e] == -values[b] and fugacity in (None, values[z]):
            yield {letter: values[letter] for letter in (x, m, s, b, *(() if fugacity else (z,)))}


def plain_square(total: Total, facts: Facts, fugacity: Expr) -> Iterator[Values]:
    for values in chosen(total, facts, -2, z=fugacity):
        yield {**{k: v for k, v in values.items() if k != e}, a: 2 + values[e] / values[b]}


def without_tilt(found: Iterator[Values]) -> Iterator[Values]:
    yield from ({k: v for k, v in values.items() if k != a} for values in found if values[a] == 2)


BOSE_PLAIN_SQUARE = Rule(
    "bose_plain_square",
    Claim(
        Total(x ** (m * s - 1) / (exp(b * x**m) - 1) ** 2, x, POSITIVE),
        gamma(s) * (zeta(s - 1) - zeta(s)) / (Abs(m) * b**s),
        given=(s > 2,),
    ),
    kind="cited",
    find=lambda total, facts: without_tilt(plain_square(total, facts, S.One)),
    source="Gradshteyn-Ryzhik 3.423.1",
)
FERMI_PLAIN_SQUARE = Rule(
    "fermi_plain_square",
    Claim(
        Total(x ** (m * s - 1) / (exp(b * x**m) + 1) ** 2, x, POSITIVE),
        gamma(s) * (dirichlet_eta(s) - dirichlet_eta(s - 1)) / (Abs(m) * b**s),
    ),
    kind="cited",
    find=lambda total, facts: without_tilt(plain_square(total, facts, S.NegativeOne)),
    source="Gradshteyn-Ryzhik 3.423.3",
)
HURWITZ_SQUARE = Rule(
    "hurwitz_square_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * (a - 2) * x**m) / (exp(b * x**m) - 1) ** 2, x, POSITIVE),
        gamma(s) * (zeta(s - 1, a) + (1 - a) * zeta(s, a)) / (Abs(m) * b**s),
        given=(s > 2,),
    ),
    kind="cited",
    find=lambda total, facts: plain_square(total, facts, S.One),
    source="Gradshteyn-Ryzhik 3.423.4",
)


def over_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(b x^m)/(e^(2b x^m) − 1)."""
    for values in chosen(total, facts, -1, z=S.One):
        if values[e] == -values[b] / 2:
            yield {x: values[x], m: values[m], s: values[s], b: values[b] / 2}


SINH_INTEGRAL = Rule(
    "sinh_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(b * x**m) / (exp(2 * b * x**m) - 1), x, POSITIVE),
        (1 - 2 ** (-s)) * gamma(s) * zeta(s) / (Abs(m) * b**s),
        given=(s > 1,),
    ),
    kind="lemma",
    find=over_sinh,
    source="DLMF 25.5.8, Gradshteyn-Ryzhik 3.523.1",
)


def tail_terms(n: int, fugacity: Expr, point: Expr) -> Expr:
    """Σ n!/(n − k)! t^(n−k) Li_(k+1)(ζ e^(−bt))/b^(k+1): the integral of x^n/(e^(bx)/ζ − 1) beyond t."""
    return Add(
        *(
            factorial(n) / factorial(n - k) * point ** (n - k) * li(k + 1, fugacity * exp(-b * point)) / b ** (k + 1)
            for k in range(n + 1)
        )
    )


def bose_tail(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = size - 1
    return Claim(Total(x**n / (exp(b * x) - z), x, Lebesgue(h, oo)), tail_terms(n, z, h) / z, given=(z <= 1, Ne(z, 0))), ()


def debye(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = size
    head = factorial(n) * li(n + 1, z) / b ** (n + 1)
    return Claim(
        Total(x**n / (exp(b * x) - z), x, Lebesgue(0, h)), (head - tail_terms(n, z, h)) / z, given=(z <= 1, Ne(z, 0))
    ), ()


def truncated(total: Total, facts: Facts, below: bool) -> Iterator[Values]:
    """x^n/(e^(bx) − z) on (0, h), or beyond h."""
    measure = total.measure
    if not isinstance(measure, Lebesgue) or (measure.lo != 0 if below else measure.hi != oo or measure.lo == 0):
        return
    for values in one_factor(total, facts, -1):
        n = values[s] - 1
        if values[m] == 1 and values[e] == 0 and n.is_Integer and int(below) <= n <= 6:
            yield {x: total.x, b: values[b], z: values[z], h: measure.hi if below else measure.lo, SIZE: n + int(not below)}


BOSE_TAIL = Rule(
    "bose_tail",
    bose_tail(2)[0],
    kind="cited",
    schema=bose_tail,
    find=lambda total, facts: truncated(total, facts, False),
    source="termwise from the geometric series in e^(−bx); DLMF 25.12.10",
)
DEBYE_INTEGRAL = Rule(
    "debye_integral",
    debye(2)[0],
    kind="cited",
    schema=debye,
    find=lambda total, facts: truncated(total, facts, True),
    source="termwise from the geometric series in e^(−bx); DLMF 25.12.10",
)
