"""Periodic kernels: whole periods of any frequency and phase, symmetry about the middle, squares of a cosine in the exponent."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Expr, Mul, Symbol, besseli, cos, exp, expand, pi, sin, tan

from derive.algebra.cases import CASES
from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Same, Values
from derive.language.parts import contains, every, operations
from derive.language.totals import Lebesgue, Total, fresh, names
from derive.rules.circular import ANY
from derive.rules.letters import c, f, hi, lo, u, x
from derive.rules.shapes import shape_of
from derive.rules.values import function, measure_values

a = Symbol("a", positive=True)
n = Symbol("n", integer=True, positive=True)
h = Symbol("h", real=True)
CIRCLE = Lebesgue(0, 2 * pi)


def waves_of(total: Total) -> dict[Expr, tuple[Expr, Expr]] | None:
    """The sines and cosines of an integrand, each with the slope and intercept of its argument; None where another function is curved."""
    found = {}
    for wave in sorted(every(total.body, sin, cos, tan), key=str):
        if wave.has(total.x):
            parts = linear(expand(wave.args[0]).collect(total.x), total.x)
            if parts is None:
                return None
            found[wave] = parts
    return found or None


def whole_periods(total: Total, facts: Facts) -> Iterator[Values]:
    """F(ax + c) over n periods, with F of period 2π: the lowest frequency is a, and a lone sine becomes a cosine."""
    m = total.measure
    waves = waves_of(total) if isinstance(m, Lebesgue) and m.lo.is_finite and m.hi.is_finite else None
    if waves is None or any(isinstance(wave, tan) for wave in waves):
        return
    slopes = sorted({Abs(slope) for slope, _ in waves.values()}, key=lambda s: (operations(s), str(s)))
    rate = next((s for s in slopes if all((other / s).is_Integer for other in slopes)), None)
    count = None if rate is None else (m.hi - m.lo) * rate / (2 * pi)
    if rate is None or count is None or not (count.is_integer and count.is_positive):
        return
    phase = next((at * rate / slope for slope, at in waves.values() if Abs(slope) == rate), pi * 0)
    if all(isinstance(wave, sin) for wave in waves):
        phase -= pi / 2
    if (rate, phase, m) == (1, 0, CIRCLE):
        return
    new = fresh(CIRCLE, names(total, *facts.relations))
    moved = {wave: wave.func(expand(slope * (new - phase) / rate + at)) for wave, (slope, at) in waves.items()}
    body = total.body.xreplace(moved)
    if not body.has(total.x):
        yield {x: total.x, a: rate, c: phase, lo: m.lo, n: count, f: function(new, body), u: new}


WHOLE_PERIODS = Rule(
    "whole_periods",
    Claim(
        Total(f(a * x + c), x, Lebesgue(lo, lo + 2 * pi * n / a)),
        n / a * Total(f(u), u, CIRCLE),
        given=(Same(f(ANY + 2 * pi), f(ANY)),),
    ),
    kind="cited",
    find=whole_periods,
    source="∫ over a full period does not depend on where it starts; u = ax + c",
)


def symmetric(total: Total, facts: Facts) -> Iterator[Values]:
    """Kernels of sines and cosines that are symmetric about the middle of a bounded interval."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or m.lo + m.hi == 0 or waves_of(total) is None:
        return
    if equal(total.body.subs(total.x, m.lo + m.hi - total.x), total.body, facts.within(total.x, m)):
        yield {**measure_values(total), f: function(total.x, total.body)}


def weighed_by_x(total: Total, facts: Facts) -> Iterator[Values]:
    """x f(x) where f is made of waves and symmetric about the middle of a bounded interval."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or total.x not in Mul.make_args(total.body):
        return
    rest = Total(total.body / total.x, total.x, m)
    if any(isinstance(base, (sin, cos)) for base in rest.body.atoms(sin, cos)) and equal(
            rest.body.subs(total.x, m.lo + m.hi - total.x), rest.body, facts.within(total.x, m)):  # fmt: skip
        yield {**measure_values(total), f: function(total.x, rest.body)}


WEIGHED_BY_X = Rule(
    "weighed_about_middle",
    Claim(
        Total(x * f(x), x, Lebesgue(lo, hi)),
        (lo + hi) / 2 * Total(f(x), x, Lebesgue(lo, hi)),
        given=(Finite(lo), Finite(hi), lo >= 0, hi > lo, f(x) >= 0, Same(f(lo + hi - x), f(x))),
    ),
    kind="cited",
    find=weighed_by_x,
    source="u = lo + hi − x: x and lo + hi − x weigh the same, and their mean is the middle",
)


def folded(total: Total, facts: Facts) -> Iterator[Values]:
    """Kernels with bars or cases that are symmetric about the middle of a bounded interval: one half of the cases is enough."""
    m = total.measure
    bounded = isinstance(m, Lebesgue) and not (m.lo.is_infinite or m.hi.is_infinite)
    if bounded and m.lo + m.hi != 0 and contains(total.body, *CASES):
        mirrored = total.body.subs(total.x, m.lo + m.hi - total.x)
        if equal(mirrored, total.body, facts.within(total.x, m)):
            yield {**measure_values(total), f: function(total.x, total.body)}


SYMMETRIC = Rule(
    "symmetric_about_middle",
    Claim(
        Total(f(x), x, Lebesgue(lo, hi)),
        2 * Total(f(x), x, Lebesgue(lo, (lo + hi) / 2)),
        given=(Finite(lo), Finite(hi), hi >= lo, Same(f(lo + hi - x), f(x))),
    ),
    kind="cited",
    find=symmetric,
    source="u = lo + hi − x takes one half of the range to the other",
)


FOLDED = replace(SYMMETRIC, find=folded)


def square_in_exponent(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(h cos² x) over n half turns."""
    m, form = total.measure, shape_of(total, facts)
    wave = cos(total.x) ** 2
    if isinstance(m, Lebesgue) and form is not None and set(form.exps) == {wave} and not form.rest and form.power == 0:
        count = (m.hi - m.lo) / pi
        if count.is_integer and count.is_positive:
            yield {x: total.x, h: form.exps[wave], lo: m.lo, n: count}


COSINE_SQUARED = Rule(
    "bessel_integral_of_squared_cosine",
    Claim(Total(exp(h * cos(x) ** 2), x, Lebesgue(lo, lo + pi * n)), pi * n * exp(h / 2) * besseli(0, h / 2)),
    kind="lemma",
    find=square_in_exponent,
    source="DLMF 10.32.1 with cos² x = (1 + cos 2x)/2",
)
