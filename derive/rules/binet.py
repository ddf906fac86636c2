"""Binet's integrals: exponentials, and logarithms of them, beside a Lorentzian or over x, as digamma and log-gamma functions."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Rational, Symbol, cosh, csch, digamma, exp, log, loggamma, pi, polygamma, sech, sinh, sqrt, tanh

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Total
from derive.rules.bose import over_exponentials, shifted_exponential
from derive.rules.letters import b, x
from derive.rules.shapes import heads
from derive.rules.tables import pure_quadratic

a, r, t = (Symbol(name, positive=True) for name in "art")
HALF, SPAN = Rational(1, 2), b * sqrt(r / t)
z = SPAN / (2 * pi)


def lorentzian(total: Total, facts: Facts) -> tuple[Values, Expr] | None:
    """The letters of a factor 1/(r + t x²), and the rest of the integrand."""
    for factor in Mul.make_args(total.body) if total.measure == POSITIVE else ():
        base, n = factor.as_base_exp()
        if n == -1 and isinstance(base, Add) and base.is_polynomial(total.x):
            found = pure_quadratic(base, total.x, facts)
            return ({x: total.x, t: found[0], r: found[1]}, total.body / factor) if found is not None else None
    return None


def beside_exponential(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """x/((r + t x²)(e^(bx) − sign))."""
    found = lorentzian(total, facts)
    plain = found is not None and heads(total.body) == {exp}
    quotient = over_exponentials(Total(found[1], total.x, POSITIVE), facts) if found is not None and plain else None
    if found is not None and quotient is not None and quotient[:2] == (1, 0) and len(quotient[2]) == 1:
        (((rate, power, zeta), n),) = quotient[2]
        if (power, zeta, n) == (1, sign, -1):
            yield {**found[0], b: rate}


BOSE_LORENTZIAN = Rule(
    "bose_beside_lorentzian",
    Claim(Total(x / ((r + t * x**2) * (exp(b * x) - 1)), x, POSITIVE), (log(z) - 1 / (2 * z) - digamma(z)) / (2 * t)),
    kind="cited",
    find=lambda total, facts: beside_exponential(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.415.1; DLMF 5.9.15",
)


def beside_squared(total: Total, facts: Facts) -> Iterator[Values]:
    """x/((r + t x²)² (e^(bx) − 1))."""
    for factor in Mul.make_args(total.body) if total.measure == POSITIVE else ():
        base, n = factor.as_base_exp()
        if n == -2 and isinstance(base, Add) and base.is_polynomial(total.x):
            yield from beside_exponential(Total(total.body * base, total.x, POSITIVE), facts, 1)


BOSE_SQUARED_LORENTZIAN = Rule(
    "bose_beside_squared_lorentzian",
    Claim(Total(x / ((r + t * x**2) ** 2 * (exp(b * x) - 1)), x, POSITIVE), (z * polygamma(1, z) - 1 - 1 / (2 * z)) / (4 * r * t)),
    kind="cited",
    find=beside_squared,
    source="Gradshteyn-Ryzhik 3.415.2",
)
FERMI_LORENTZIAN = Rule(
    "fermi_beside_lorentzian",
    Claim(Total(x / ((r + t * x**2) * (exp(b * x) + 1)), x, POSITIVE), (digamma(z + HALF) - log(z)) / (2 * t)),
    kind="cited",
    find=lambda total, facts: beside_exponential(total, facts, -1),
    source="Gradshteyn-Ryzhik 3.415.3",
)


def beside_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """x/((r + t x²) sinh bx)."""
    found = lorentzian(total, facts)
    wave = (total.x / found[1]).rewrite(sinh) if found is not None and heads(total.body) in ({sinh}, {csch}) else None
    parts = linear(wave.args[0], total.x) if isinstance(wave, sinh) else None
    if found is not None and parts is not None and parts[1] == 0:
        yield {**found[0], b: parts[0]}


CSCH_LORENTZIAN = Rule(
    "csch_beside_lorentzian",
    Claim(Total(x / ((r + t * x**2) * sinh(b * x)), x, POSITIVE), (digamma(z + HALF) - digamma(z) - 1 / (2 * z)) / (2 * t)),
    kind="cited",
    find=beside_sinh,
    source="Gradshteyn-Ryzhik 3.522.1, x → πx/b",
)


def log_beside(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """log(1 − sign e^(−bx))/(r + t x²)."""
    found = lorentzian(total, facts)
    if found is not None and isinstance(found[1], log):
        inner = shifted_exponential(found[1].args[0] * -sign, total.x, facts)
        if inner is not None and inner[1:] == (1, sign):
            yield {**found[0], b: -inner[0]}


LOG_BOSE_LORENTZIAN = Rule(
    "log_bose_beside_lorentzian",
    Claim(Total(log(1 - exp(-b * x)) / (r + t * x**2), x, POSITIVE),
          -pi / sqrt(r * t) * (loggamma(z) - (z - HALF) * log(z) + z - log(2 * pi) / 2)),
    kind="cited",
    find=lambda total, facts: log_beside(total, facts, 1),
    source="Binet's second formula; Gradshteyn-Ryzhik 4.319.1; DLMF 5.9.10",
)  # fmt: skip
LOG_FERMI_LORENTZIAN = Rule(
    "log_fermi_beside_lorentzian",
    Claim(Total(log(1 + exp(-b * x)) / (r + t * x**2), x, POSITIVE), pi / sqrt(r * t) * (log(2 * pi) / 2 + z * (log(z) - 1) - loggamma(z + HALF))),
    kind="cited",
    find=lambda total, facts: log_beside(total, facts, -1),
    source="Gradshteyn-Ryzhik 4.319.2",
)


def damped_wave_over_x(total: Total, facts: Facts, kind: type[Expr]) -> Iterator[Values]:
    """e^(−bx) (1 − sech ax)/x, or e^(−bx) tanh(ax)/x."""
    if total.measure != POSITIVE or 1 / total.x not in total.body.args or not {exp} < heads(total.body) <= {exp, kind, cosh}:
        return
    factors = {f for f in Mul.make_args(total.body) if f != 1 / total.x}
    rates = [linear(f.args[0], total.x) for f in factors if isinstance(f, exp)]
    waves = [1 - f if kind is sech else f for f in factors if not isinstance(f, exp)]
    wave = waves[0] if len(waves) == 1 else None
    wave = sech(wave.args[0].args[0]) if wave is not None and kind is sech and isinstance(1 / wave, cosh) else wave
    parts = linear(wave.args[0], total.x) if isinstance(wave, kind) else None
    if len(rates) == 1 and rates[0] and parts and parts[1] == 0 and total.body * total.x == Mul(*factors):
        yield {x: total.x, a: parts[0], b: -rates[0][0]}


y = b / (4 * a)
DAMPED_SECH_GAP = Rule(
    "damped_sech_gap",
    Claim(Total(exp(-b * x) * (1 - sech(a * x)) / x, x, POSITIVE),
          2 * loggamma(y + Rational(3, 4)) - 2 * loggamma(y + Rational(1, 4)) - log(y)),
    kind="cited",
    find=lambda total, facts: damped_wave_over_x(total, facts, sech),
    source="Gradshteyn-Ryzhik 3.554.1, x → ax",
)  # fmt: skip
DAMPED_TANH = Rule(
    "damped_tanh_over_line",
    Claim(Total(exp(-b * x) * tanh(a * x) / x, x, POSITIVE), log(y) + 2 * loggamma(y) - 2 * loggamma(y + HALF)),
    kind="cited",
    find=lambda total, facts: damped_wave_over_x(total, facts, tanh),
    source="Frullani's integral for each term of tanh's series in exponentials; Gradshteyn-Ryzhik 3.554.1",
)
WHOLE = (CSCH_LORENTZIAN, DAMPED_SECH_GAP, DAMPED_TANH)  # before hyperbolic functions come apart
RULES = (BOSE_LORENTZIAN, BOSE_SQUARED_LORENTZIAN, FERMI_LORENTZIAN, LOG_BOSE_LORENTZIAN, LOG_FERMI_LORENTZIAN)
