"""Rational functions of sines and cosines on part of a circle, and functions of tan(ax/2): u = tan(ax/2) makes them plain in u."""

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
    """f(sin ax, cos ax, tan(ax/2)) within −π ≤ ax ≤ π: with a denominator, or with a function of that tangent."""
    m = total.measure
    waves = waves_of(total) if isinstance(m, Lebesgue) and m.lo.is_finite and m.hi.is_finite and operations(total.body) < MOST else None
    rates = {rate * (2 if isinstance(wave, tan) else 1) for wave, (rate, _) in waves.items()} if waves else set()
    if waves is None or len(rates) != 1 or any(at != 0 for _, at in waves.values()) or all(isinstance(wave, tan) for wave in waves):
        return
    (rate,), up, down, slope = rates, Dummy("s"), Dummy("c"), Dummy("t")
    body = total.body.xreplace({sin(rate * total.x): up, cos(rate * total.x): down, tan(rate * total.x / 2): slope})
    rational = not body.has(slope) and body.is_rational_function(up, down) and not body.is_polynomial(up, down)
    within = facts.positive(rate) and facts.nonnegative(rate * m.lo + pi) and facts.nonnegative(pi - rate * m.hi)
    if body.has(total.x) or not (rational or body.has(slope)) or not within:
        return
    ends = [side * oo if (rate * end - side * pi).expand() == 0 else tan(rate * end / 2) for end, side in ((m.lo, -1), (m.hi, 1))]
    if not any(end.has(S.ComplexInfinity) for end in ends):
        new = fresh(Lebesgue(*ends), names(total, *facts.relations))
        plain = in_factors(body.xreplace({up: SINE, down: COSINE, slope: u}) * 2 / (rate * (1 + u**2))).xreplace({u: new})
        yield {**measure_values(total), a: rate, f: function((up, down, slope), body), h: function(new, plain), u: new, lo_u: ends[0], hi_u: ends[1]}


def in_factors(e: Expr) -> Expr:
    """A quotient of polynomials in u whose coefficients are factored: (1 − r)² + (1 + r)² u². Other factors stay as they are."""
    factors = [part for part in Mul.make_args(e) if part.is_rational_function(u)]
    above, below = (Poly(part, u) for part in fraction(cancel(together(Mul(*factors)))))
    quotient = (Add(*(factor(c) * u**n for (n,), c in part.terms())) ** side for part, side in ((above, 1), (below, -1)))
    return Mul(*quotient, *(other for other in Mul.make_args(e) if other not in factors))


HALF_ANGLE = Rule(
    "tangent_of_half_angle",
    Claim(
        Total(f(sin(a * x), cos(a * x), tan(a * x / 2)), x, Lebesgue(lo, hi)),
        Total(h(u), u, Lebesgue(lo_u, hi_u)),
        given=(a * lo + pi >= 0, pi - a * hi >= 0, Same(h(u), f(SINE, COSINE, u) * 2 / (a * (1 + u**2))),
               Tends(tan(a * x / 2), x, lo, 1, lo_u), Tends(tan(a * x / 2), x, hi, -1, hi_u)),
    ),
    kind="cited",
    find=half_angle,
    source="Weierstrass's substitution; Gradshteyn-Ryzhik 2.50",
)  # fmt: skip
