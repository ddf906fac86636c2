"""What is divided by x up to a point: the sine and cosine integrals and their hyperbolic kin."""

from collections.abc import Iterator

from sympy import Chi, Ci, EulerGamma, Expr, Function, Shi, Si, Symbol, cos, cosh, log, sin, sinh

from derive.algebra.rational import short
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import every
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import b, c, x

end = Symbol("h", positive=True)


def divided(total: Total, facts: Facts, kind: type[Function], numerator: Expr) -> Iterator[Values]:
    """c N(bx)/x from 0 to a point, for a numerator N with one function in it."""
    measure = total.measure
    waves = every(total.body, kind) if isinstance(measure, Lebesgue) and measure.lo == 0 and measure.hi.is_finite else set()
    found = linear(next(iter(waves)).args[0], total.x) if len(waves) == 1 else None
    if found is None or found[1] != 0:
        return
    rate = found[0] if facts.positive(found[0]) else -found[0]
    quotient = total.body * total.x / numerator.xreplace({x: total.x, b: rate})
    constant = quotient.cancel() if short(quotient) else quotient
    if not constant.has(total.x) and facts.positive(rate):
        yield {x: total.x, b: rate, c: constant, end: measure.hi}


def integral(name: str, kind: type[Function], numerator: Expr, value: Expr, source: str) -> Rule:
    """∫₀^h c N(bx)/x dx, which is how the function in the value is defined."""
    return Rule(
        name,
        Claim(Total(c * numerator / x, x, Lebesgue(0, end)), c * value),
        kind="definition",
        find=lambda total, facts: divided(total, facts, kind, numerator),
        source=source,
    )


at = b * end
RULES = (
    integral("sine_integral", sin, sin(b * x), Si(at), "DLMF 6.2.9"),
    integral("cosine_integral", cos, 1 - cos(b * x), EulerGamma + log(at) - Ci(at), "DLMF 6.2.11, 6.2.13"),
    integral("hyperbolic_sine_integral", sinh, sinh(b * x), Shi(at), "DLMF 6.2.15"),
    integral("hyperbolic_cosine_integral", cosh, cosh(b * x) - 1, Chi(at) - EulerGamma - log(at), "DLMF 6.2.16"),
)
