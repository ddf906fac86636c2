"""Kernels on a circle: a full period starts anywhere, and Bessel's integral."""

from collections.abc import Iterator

from sympy import Expr, S, Symbol, besseli, cos, exp, hyper, pi, sin
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.algebra.reading import bare
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import every
from derive.language.totals import Lebesgue, Total, fresh, names
from derive.rules.letters import c, f, hi, lo, u, x
from derive.rules.moving import shift_candidates
from derive.rules.values import function, measure_values

kappa = Symbol("kappa", real=True)


def whole_periods(total: Total, facts: Facts) -> Iterator[Values]:
    """A shift that frees a function of period hi − lo of its phase."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite:
        return
    period = m.hi - m.lo
    for at in shift_candidates(total) if every(total.body, TrigonometricFunction) else ():
        moved = total.body.subs(total.x, total.x + at)
        if at.free_symbols - moved.free_symbols and total.body.subs(total.x, total.x + period) == total.body:
            yield {**measure_values(total), f: function(total.x, total.body), c: at, u: fresh(m, names(total, *facts.relations))}


ANY = Symbol("y·", real=True)  # any point of the line, not of the support alone; no reader can produce this name
FULL_PERIOD_SHIFT = Rule("full_period_shift", Claim(
    Total(f(x), x, Lebesgue(lo, hi)), Total(f(u + c), u, Lebesgue(lo, hi)), given=(Same(f(ANY + hi - lo), f(ANY)),)),
    kind="cited", find=whole_periods, source="∫ over a full period does not depend on where it starts")  # fmt: skip


def cosine_exponent(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(κ cos x) over a full period."""
    m = total.measure
    if isinstance(m, Lebesgue) and m.hi - m.lo == 2 * pi:
        form = bare(total, facts)
        if form is not None and not form.powers and set(form.exps) == {cos(total.x)}:
            yield {x: total.x, kappa: form.exps[cos(total.x)], lo: m.lo}


BESSEL_INTEGRAL = Rule("bessel_integral", Claim(
    Total(exp(kappa * cos(x)), x, Lebesgue(lo, lo + 2 * pi)), 2 * pi * besseli(0, kappa)), kind="definition",
    find=cosine_exponent, source="DLMF 10.32.1")  # fmt: skip


def quarter(total: Total, facts: Facts, wave: type[Expr]) -> Iterator[Values]:
    """exp(κ cos x) or exp(κ sin x) over a quarter turn from 0."""
    form = bare(total, facts) if total.measure == QUARTER else None
    if form is not None and not form.powers and set(form.exps) == {wave(total.x)}:
        yield {x: total.x, kappa: form.exps[wave(total.x)]}


QUARTER = Lebesgue(0, pi / 2)
QUARTER_VALUE = pi / 2 * besseli(0, kappa) + kappa * hyper((1,), (S(3) / 2, S(3) / 2), kappa**2 / 4)  # the second term is π/2 L₀(κ)
QUARTER_OF_COSINE = Rule("bessel_and_struve", Claim(Total(exp(kappa * cos(x)), x, QUARTER), QUARTER_VALUE), kind="cited",
    find=lambda total, facts: quarter(total, facts, cos), source="DLMF 10.32.1, 11.5.4")  # fmt: skip
QUARTER_OF_SINE = Rule("bessel_and_struve_of_sine", Claim(Total(exp(kappa * sin(x)), x, QUARTER), QUARTER_VALUE), kind="lemma",
    find=lambda total, facts: quarter(total, facts, sin), source="DLMF 10.32.1, 11.5.4 with π/2 − x for x")  # fmt: skip
