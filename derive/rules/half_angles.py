"""Rational functions of sines and cosines on part of a circle: u = tan(ax/2) makes them rational in u."""

from collections.abc import Iterator

from sympy import Add, Dummy, Expr, Mul, Poly, S, Symbol, cancel, cos, factor, fraction, oo, pi, sin, tan, together

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Tends, Values
from derive.language.parts import operations
from derive.language.totals import Lebesgue, Total, fresh, names
from derive.rules.letters import f, h, hi, hi_u, lo, lo_u, u, x
from derive.rules.periods import waves_of
from derive.rules.values import function, measure_values

a = Symbol("a", positive=True)

SINE, COSINE = 2 * u / (1 + u**2), (1 - u**2) / (1 + u**2)
MOST = 60  # operations of an integrand


def half_angle(total: Total, facts: Facts) -> Iterator[Values]:
    """f(sin ax, cos ax) with a denominator, within −π ≤ ax ≤ π."""
    m = total.measure
    waves = waves_of(total) if isinstance(m, Lebesgue) and m.lo.is_finite and m.hi.is_finite and operations(total.body) < MOST else None
    rates = {parts[0] for parts in waves.values()} if waves else set()
    if waves is None or len(rates) != 1 or any(at != 0 for _, at in waves.values()) or any(isinstance(wave, tan) for wave in waves):
        return
    (rate,), up, down = rates, Dummy("s"), Dummy("c")
    body = total.body.xreplace({sin(rate * total.x): up, cos(rate * total.x): down})
    within = facts.positive(rate) and facts.nonnegative(rate * m.lo + pi) and facts.nonnegative(pi - rate * m.hi)
    if body.has(total.x) or not body.is_rational_function(up, down) or body.is_polynomial(up, down) or not within:
        return
    ends = [side * oo if (rate * end - side * pi).expand() == 0 else tan(rate * end / 2) for end, side in ((m.lo, -1), (m.hi, 1))]
    if not any(end.has(S.ComplexInfinity) for end in ends):
        new = fresh(Lebesgue(*ends), names(total, *facts.relations))
        plain = in_factors(body.xreplace({up: SINE, down: COSINE}) * 2 / (rate * (1 + u**2))).xreplace({u: new})
        yield {**measure_values(total), a: rate, f: function((up, down), body), h: function(new, plain), u: new, lo_u: ends[0], hi_u: ends[1]}


def in_factors(e: Expr) -> Expr:
    """A quotient of polynomials in u whose coefficients are factored: (1 − r)² + (1 + r)² u²."""
    above, below = (Poly(part, u) for part in fraction(cancel(together(e))))
    return Mul(*(Add(*(factor(c) * u**n for (n,), c in part.terms())) ** side for part, side in ((above, 1), (below, -1))))


HALF_ANGLE = Rule(
    "tangent_of_half_angle",
    Claim(
        Total(f(sin(a * x), cos(a * x)), x, Lebesgue(lo, hi)),
        Total(h(u), u, Lebesgue(lo_u, hi_u)),
        given=(a * lo + pi >= 0, pi - a * hi >= 0, Same(h(u), f(SINE, COSINE) * 2 / (a * (1 + u**2))),
               Tends(tan(a * x / 2), x, lo, 1, lo_u), Tends(tan(a * x / 2), x, hi, -1, hi_u)),
    ),
    kind="cited",
    find=half_angle,
    source="Weierstrass's substitution; Gradshteyn-Ryzhik 2.50",
)  # fmt: skip
