"""Exponentials over a power of x at which each alone would diverge and together they do not: regularized gamma functions and Gauss's digamma."""

from collections.abc import Iterator

from sympy import Add, Basic, Expr, Mul, S, Symbol, digamma, exp, gamma, log

from derive.algebra.reading import pieces
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Same, Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import POSITIVE, Total
from derive.rules.bose import over_exponentials
from derive.rules.letters import b, s, x
from derive.rules.shapes import shape_of

a, h, m = (Symbol(name, positive=True) for name in "ahm")
C, w = Symbol("C", real=True), Symbol("w", real=True, nonzero=True)
MOST = 6  # exponentials in one sum


def letters_of(n: int) -> tuple[list[Symbol], list[Symbol]]:
    return [Symbol(f"c{i}", real=True) for i in range(1, n + 1)], [Symbol(f"a{i}", positive=True) for i in range(1, n + 1)]


def over_power(n: int, order: int) -> tuple[Claim, tuple[Claim, ...]]:
    """∫ (C + Σ cᵢ e^(−aᵢ x^m)) x^(−ms − 1) dx for order − 1 < s < order (order 1 or 2), and for s = order − 1 (orders −1 and −2 stand for those)."""
    weights, rates = letters_of(n)
    kernel = C + Add(*(c * exp(-r * x**m) for c, r in zip(weights, rates, strict=True)))
    level = Same(C + Add(*weights), 0)
    flat = Same(Add(*(c * r for c, r in zip(weights, rates, strict=True))), 0)
    if order < 0:
        power = -order - 1
        value = (-1) ** (power + 1) * Add(*(c * r**power * log(r) for c, r in zip(weights, rates, strict=True))) / m
        left = Total(kernel * x ** (-m * power - 1), x, POSITIVE)
        return Claim(left, value, given=(level, flat) if power else (level, Same(C, 0))), ()
    outer = -gamma(1 - s) / s if order == 1 else gamma(2 - s) / (s * (s - 1))
    value = outer * Add(*(c * r**s for c, r in zip(weights, rates, strict=True))) / m
    given = (level, s < 1) if order == 1 else (level, flat, s > 1, s < 2)
    return Claim(Total(kernel * x ** (-m * s - 1), x, POSITIVE), value, given=given), ()


def exponentials_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """The constant and the exponentials in one power x^m over a power of x, terms gathered."""
    inside = facts.within(total.x, POSITIVE)
    written = Mul.make_args(total.body) if total.measure == POSITIVE and contains(total.body, exp) else ()
    found = pieces(total.body, inside, MOST) if any(contains(f, Add) and contains(f, exp) and not isinstance(f, exp) for f in written) else None
    sums: dict[Expr, Expr] = {}
    powers, outer = set(), set()
    for piece in found or ():
        weight, rest = factors_free_of(piece, [total.x])
        shape = shape_of(Total(rest, total.x, POSITIVE), facts)
        rates = shape.powers_in_exps() if shape is not None and not shape.rest else None
        if shape is None or rates is None or len(rates) > 1:
            return
        ((power, rate),) = rates.items() or ((None, S.Zero),)
        powers |= {power} - {None}
        outer.add(shape.power)
        sums[-rate] = sums.get(-rate, S.Zero) + weight
    if len(powers) == len(outer) == 1 and 2 <= len(sums) + (S.Zero not in sums):
        weights, rates_ = letters_of(len(sums) - (S.Zero in sums))
        apart = [(r, c) for r, c in sums.items() if r != 0]
        power = powers.pop()
        values = {x: total.x, m: power, C: sums.get(S.Zero, S.Zero), s: -(outer.pop() + 1) / power, SIZE: S(len(apart))}
        for weight, rate, (r, c) in zip(weights, rates_, apart, strict=True):
            values |= {weight: c, rate: r}
        yield values


def of_order(total: Total, facts: Facts, order: int) -> Iterator[Values]:
    for values in exponentials_over_power(total, facts):
        if order < 0 and values[s] == -order - 1:
            yield {letter: value for letter, value in values.items() if letter != s}
        elif order > 0 and values[s] not in (0, 1) and not facts.positive(order - 1 - values[s]) and not facts.positive(values[s] - order):
            yield values


def power_rule(name: str, order: int, source: str) -> Rule:
    return Rule(name, over_power(2, order)[0], kind="cited", schema=lambda n: over_power(n, order),
                find=lambda total, facts: of_order(total, facts, order), source=source)  # fmt: skip


OVER_POWER = power_rule("exponentials_over_power", 1, "Gradshteyn-Ryzhik 3.434.1: Γ(−s) by parts")
OVER_POWER_TWICE = power_rule("exponentials_over_power_twice", 2, "Gradshteyn-Ryzhik 3.434.1: Γ(−s) by parts, twice")
OVER_LINE = power_rule("exponentials_over_line", -1, "Frullani's integral for more than two exponentials; Gradshteyn-Ryzhik 3.434.2")
OVER_SQUARE = power_rule("exponentials_over_square", -2, "Gradshteyn-Ryzhik 3.434.1 as s → 1")


def gauss_digamma(total: Total, facts: Facts) -> Iterator[Values]:
    """w (h e^(−ax)/(1 − e^(−hx)) − e^(−bx)/x), from its two terms."""
    found = pieces(total.body, facts.within(total.x, POSITIVE), 2) if total.measure == POSITIVE and contains(total.body, exp) else None
    values: dict[Basic, Basic] = {}
    for piece in found or ():
        weight, rest = factors_free_of(piece, [total.x])
        alone = Total(rest, total.x, POSITIVE)
        shape, quotient = shape_of(alone, facts), over_exponentials(alone, facts)
        if quotient is not None and quotient[0] == 0 and len(quotient[2]) == 1:
            (((rate, power, z), n),) = quotient[2]
            up = facts.positive(rate)  # e^(hx) − 1 = e^(hx) (1 − e^(−hx))
            if (power, z, n) == (1, 1, -1):
                values |= {h: rate if up else -rate, a: quotient[1] + (rate if up else S.Zero), w: weight * (1 if up else -1)}
        elif shape is not None and not shape.rest and shape.power == -1 and set(shape.exps) <= {total.x}:
            values |= {b: -shape.exps.get(total.x, S.Zero)}
    if {a, b, h, w} <= set(values):
        yield {**values, x: total.x, w: values[w] / values[h]}


GAUSS_DIGAMMA = Rule(
    "gauss_digamma",
    Claim(Total(w * (h * exp(-a * x) / (1 - exp(-h * x)) - exp(-b * x) / x), x, POSITIVE), w * (log(b / h) - digamma(a / h))),
    kind="cited",
    find=gauss_digamma,
    source="DLMF 5.9.12 (Gauss) with 5.9.13; Gradshteyn-Ryzhik 3.427.1, 3.427.2",
)
