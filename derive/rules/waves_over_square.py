"""Sums of waves over x², and what exponentials leave of 1/x near 0: integrals that exist because the numerators vanish at 0."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Basic, Dummy, EulerGamma, Expr, Mul, S, Symbol, cos, exp, expint, log, pi, sin

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Same, Values
from derive.language.parts import factors_free_of
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import M, b, f, x
from derive.rules.letters import h as H
from derive.rules.measure import ALGEBRA
from derive.rules.shapes import heads, line
from derive.rules.values import function
from derive.rules.waves import without_products

C, h = Symbol("C", real=True), Symbol("h", positive=True)
MOST_WAVES, MOST_POWER = 3, 6  # different sines and cosines in a product; the power of one


def letters_of(n: int) -> tuple[list[Symbol], list[Symbol]]:
    return [Symbol(f"c{i}", real=True) for i in range(1, n + 1)], [Symbol(f"a{i}", positive=True) for i in range(1, n + 1)]


def over_square(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    """∫ (C + Σ cᵢ cos aᵢx)/x² dx = −(π/2) Σ cᵢ aᵢ where C + Σ cᵢ = 0."""
    weights, rates = letters_of(n)
    body = (C + Add(*(c * cos(a * x) for c, a in zip(weights, rates, strict=True)))) / x**2
    value = -pi / 2 * Add(*(c * a for c, a in zip(weights, rates, strict=True)))
    return Claim(Total(body, x, POSITIVE), value, given=(Same(C + Add(*weights), 0),)), ()


def cosines_over_square(total: Total, facts: Facts) -> Iterator[Values]:
    """The constant and the weights of the cosines over x²."""
    if total.measure != POSITIVE or total.x**-2 not in total.body.args or heads(total.body) != {cos}:
        return
    sums: dict[Expr, Expr] = {}
    for part in (total.body * total.x**2).expand().args:
        weight, wave = factors_free_of(part, [total.x])
        parts = line(wave.args[0], total.x, facts) if isinstance(wave, cos) else None
        if wave != 1 and (parts is None or parts[1] != 0):
            return
        rate = parts[0] if parts is not None else S.Zero
        rate = -rate if facts.positive(-rate) else rate
        sums[rate] = sums.get(rate, S.Zero) + weight
    apart = [(rate, weight) for rate, weight in sums.items() if rate != 0]
    if len(apart) > 1 and all(facts.positive(rate) for rate, _ in apart):
        weights, rates = letters_of(len(apart))
        values: dict[Symbol, Basic] = {x: total.x, C: sums.get(S.Zero, S.Zero), SIZE: S(len(apart))}
        for c, a, (rate, weight) in zip(weights, rates, apart, strict=True):
            values |= {c: weight, a: rate}
        yield values


WAVES_OVER_SQUARE = Rule(
    "waves_over_square", over_square(2)[0], kind="cited", schema=over_square, find=cosines_over_square,
    source="Gradshteyn-Ryzhik 3.784.3, 3.828",
)  # fmt: skip


def products_of_waves(total: Total, facts: Facts) -> Iterator[Values]:
    """Products of sines and cosines over x² as sums of single waves."""
    if total.measure != POSITIVE or total.x**-2 not in total.body.args or not {sin} <= heads(total.body) <= {sin, cos}:
        return
    waves = [e for e in total.body.args if e.has(sin, cos)]
    bases = [e.as_base_exp() for e in waves]
    plain = len(waves) in (2, MOST_WAVES) and all(isinstance(e, (sin, cos)) and n.is_Integer and 0 < n <= MOST_POWER for e, n in bases)
    if not plain or Mul(*waves) / total.x**2 != total.body:
        return
    angles = {e.args[0]: Dummy("θ", real=True) for e, _ in bases}
    if all((found := linear(angle, total.x)) is not None and found[1] == 0 for angle in angles):
        back = {t: angle for angle, t in angles.items()}
        flat = without_products(Mul(*(e.func(angles[e.args[0]]) ** n for e, n in bases)))
        gathered = flat.xreplace(back).replace(cos, lambda z: cos(z.expand()))
        yield {x: total.x, f: function(total.x, total.body), H: function(total.x, gathered / total.x**2), M: POSITIVE}


SINGLE_WAVES = replace(ALGEBRA, find=products_of_waves)


def entire_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 − e^(−bx))/x from 0 on."""
    m = total.measure
    if isinstance(m, Lebesgue) and m.lo == 0 and m.hi.is_finite is not False and 1 / total.x in total.body.args and heads(total.body) == {exp}:
        rest = 1 - total.body * total.x
        parts = linear(rest.args[0], total.x) if isinstance(rest, exp) else None
        if parts is not None and parts[1] == 0:
            yield {x: total.x, b: -parts[0], h: m.hi}


ENTIRE_EXPONENTIAL = Rule(
    "entire_exponential_integral",
    Claim(Total((1 - exp(-b * x)) / x, x, Lebesgue(0, h)), EulerGamma + log(b * h) + expint(1, b * h)),
    kind="cited",
    find=entire_exponential,
    source="DLMF 6.2.3, 6.2.4",
)
RULES = (SINGLE_WAVES, WAVES_OVER_SQUARE, ENTIRE_EXPONENTIAL)
