"""Powers over quadratics, Pearson's fourth type, and square roots of a quadratic over a linear factor."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, I, Ne, S, Symbol, acos, atan, cos, exp, gamma, pi, sin, sqrt

from derive.algebra.equality import equal
from derive.algebra.reading import polynomial, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains, every
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total, fresh, names
from derive.rules.letters import b, f, s, u, x
from derive.rules.letters import end as hi
from derive.rules.letters import start as lo
from derive.rules.shapes import line, shape_of
from derive.rules.values import function

a, d = (Symbol(name, positive=True) for name in "ad")
e, t, v, w = (Symbol(name, real=True) for name in "etvw")


A, B, C = (Symbol(name, real=True) for name in "ABC")


def quadratic_bases(total: Total, facts: Facts) -> Iterator[Values]:
    """An integrand on the whole line that depends on x in one quadratic with a linear term alone."""
    for base in sorted(every(total.body, Add), key=str) if total.measure == REALS else ():
        found = polynomial(base, total.x, 2, facts) if base.has(total.x) else None
        if found is not None and found[1] != 0:
            new = fresh(REALS, names(total, *facts.relations))
            outer = total.body.xreplace({base: new})
            if not outer.has(total.x):
                yield {x: total.x, A: found[0], B: found[1], C: found[2], f: function(new, outer), u: new}


COMPLETED_BASE = Rule(
    "completed_base",
    Claim(Total(f(A * x**2 + B * x + C), x, REALS), Total(f(A * u**2 + C - B**2 / (4 * A)), u, REALS), given=(Ne(A, 0),)),
    kind="cited",
    find=quadratic_bases,
    source="u = x + B/(2A)",
)


def power_over_quadratic(total: Total, facts: Facts) -> tuple[Expr, Expr, Expr, Expr] | None:
    """(s, a, e, d) of x^(s−1)/(a x² + e x + d) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return None
    ((base, n),) = shape.rest.items()
    found = polynomial(base, total.x, 2, shape.facts) if n == -1 else None
    return None if found is None or found[1] == 0 else (shape.power + 1, *found)


def with_angle(total: Total, facts: Facts) -> Iterator[Values]:
    found = power_over_quadratic(total, facts)
    if found is None:
        return
    for wave in sorted(every(total.body, cos), key=str):
        if not wave.has(total.x) and equal(found[2], 2 * sqrt(found[1] * found[3]) * wave, facts):
            yield {x: total.x, s: found[0], a: found[1], b: sqrt(found[3] / found[1]), t: wave.args[0]}


def with_coefficient(total: Total, facts: Facts) -> Iterator[Values]:
    found = power_over_quadratic(total, facts)
    if found is not None:
        yield {x: total.x, s: found[0], a: found[1], e: found[2], d: found[3]}


def quadratic_value(length: Expr, angle: Expr) -> Expr:
    """∫₀^∞ x^(s−1)/(x² + 2bx cos t + b²) dx."""
    return pi * length ** (s - 2) * sin((1 - s) * angle) / (sin(angle) * sin(pi * s))


OVER_QUADRATIC = Rule(
    "power_over_quadratic",
    Claim(
        Total(x ** (s - 1) / (a * (x**2 + 2 * b * cos(t) * x + b**2)), x, POSITIVE),
        quadratic_value(b, t) / a,
        given=(s < 2, Ne(s, 1), t > 0, t < pi),
    ),
    kind="cited",
    find=with_angle,
    source="Gradshteyn-Ryzhik 3.252.12",
)
OVER_QUADRATIC_PLAIN = Rule(
    "power_over_plain_quadratic",
    Claim(
        Total(x ** (s - 1) / (a * x**2 + e * x + d), x, POSITIVE),
        quadratic_value(sqrt(d / a), acos(e / (2 * sqrt(a * d)))) / a,
        given=(s < 2, Ne(s, 1), 4 * a * d - e**2 > 0),
    ),
    kind="cited",
    find=with_coefficient,
    source="Gradshteyn-Ryzhik 3.252.12",
)


def pearson_value(tilt: Expr) -> Expr:
    """∫_(−π/2)^(π/2) cos(u)^(2s−2) e^(−vu) du."""
    return pi * 4 ** (1 - s) * gamma(2 * s - 1) / Abs(gamma(s + I * tilt / 2)) ** 2


def arctangent_in_exponent(total: Total, facts: Facts) -> Iterator[Values]:
    """(d + a x²)^(−s) exp(−v arctan(√(a/d) x)) on the line."""
    shape = shape_of(total, facts) if total.measure == REALS and contains(total.body, atan) else None
    if shape is None or shape.power != 0 or len(shape.rest) != 1 or len(shape.exps) != 1:
        return
    ((base, n),), ((statistic, rate),) = shape.rest.items(), shape.exps.items()
    found = polynomial(base, total.x, 2, shape.facts)
    if found is None or found[1] != 0 or not isinstance(statistic, atan):
        return
    slope = statistic.args[0] / total.x
    if not slope.has(total.x) and equal(slope**2, found[0] / found[2], facts):
        yield {x: total.x, a: found[0], d: found[2], s: -n, v: -rate if facts.positive(slope) else rate}


PEARSON_IV = Rule(
    "pearson_four_integral",
    Claim(
        Total((d + a * x**2) ** (-s) * exp(-v * atan(sqrt(a / d) * x)), x, REALS),
        d ** (-s) * sqrt(d / a) * pearson_value(v),
        given=(2 * s > 1,),
    ),
    kind="lemma",
    find=arctangent_in_exponent,
    source="Nagahara, Statist. Probab. Lett. 43 (1999) 251; Gradshteyn-Ryzhik 3.892.2 with x = tan u",
)


def tilted_cosine(total: Total, facts: Facts) -> Iterator[Values]:
    """cos(x)^(2s−2) e^(−vx) on (−π/2, π/2)."""
    shape = shape_of(total, facts) if total.measure == Lebesgue(-pi / 2, pi / 2) and contains(total.body, cos) else None
    if shape is not None and shape.power == 0 and set(shape.rest) == {cos(total.x)} and set(shape.exps) == {total.x}:
        yield {x: total.x, s: shape.rest[cos(total.x)] / 2 + 1, v: -shape.exps[total.x]}


TILTED_COSINE = Rule(
    "tilted_power_of_cosine",
    Claim(Total(cos(x) ** (2 * s - 2) * exp(-v * x), x, Lebesgue(-pi / 2, pi / 2)), pearson_value(v), given=(2 * s > 1,)),
    kind="cited",
    find=tilted_cosine,
    source="Gradshteyn-Ryzhik 3.892.2; DLMF 5.12.5",
)


def root_and_line(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(n, k, w) of ((x − lo)(hi − x))^n (x + w)^k between finite ends."""
    m = total.measure
    shape = shape_of(total, facts) if isinstance(m, Lebesgue) and m.lo.is_finite and m.hi.is_finite else None
    if shape is None or shape.exps:
        return
    ends, others = {}, []
    factors = {**shape.rest, **({total.x: shape.power} if shape.power != 0 else {})}
    for base, n in factors.items():
        parts = line(base, total.x, shape.facts)
        if parts is None or parts[0] ** 2 != 1:
            return
        root = -parts[1] / parts[0]
        end = next((i for i, at in enumerate(m.args) if equal(root, at, facts)), None)
        if end is None:
            others.append((-root, n))
        else:
            ends[end] = n
    if len(ends) == 2 and len(set(ends.values())) == 1 and len(others) == 1:
        yield ends[0], others[0][1], others[0][0]


def root_over(total: Total, facts: Facts, n: Expr, k: int) -> Iterator[Values]:
    for found in root_and_line(total, facts):
        if found[:2] == (n, k):
            yield {x: total.x, lo: total.measure.lo, hi: total.measure.hi, w: found[2]}


INSIDE, ENDS = sqrt((x - lo) * (hi - x)), sqrt((lo + w) * (hi + w))
BEYOND = (hi > lo, lo + w >= 0)
ROOT_OVER_LINE = Rule(
    "root_over_line",
    Claim(Total(INSIDE / (x + w), x, Lebesgue(lo, hi)), pi * ((lo + hi) / 2 + w - ENDS), given=BEYOND),
    kind="cited",
    find=lambda total, facts: root_over(total, facts, S.Half, -1),
    source="Gradshteyn-Ryzhik 2.267.1 with 2.261, 2.266; Marchenko-Pastur",
)
ROOT_OVER_SQUARE = Rule(
    "root_over_squared_line",
    Claim(Total(INSIDE / (x + w) ** 2, x, Lebesgue(lo, hi)), pi * (((lo + hi) / 2 + w) / ENDS - 1), given=(hi > lo, lo + w > 0)),
    kind="cited",
    find=lambda total, facts: root_over(total, facts, S.Half, -2),
    source="Gradshteyn-Ryzhik 2.267.2; root_over_line differentiated in w",
)
OVER_ROOT_AND_LINE = Rule(
    "over_root_and_line",
    Claim(Total(1 / (INSIDE * (x + w)), x, Lebesgue(lo, hi)), pi / ENDS, given=(hi > lo, lo + w > 0)),
    kind="lemma",
    find=lambda total, facts: root_over(total, facts, -S.Half, -1),
    source="Gradshteyn-Ryzhik 2.266",
)


def root_over_squares(total: Total, facts: Facts) -> Iterator[Values]:
    """√(a² − x²)/(d² − x²) on (−a, a)."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.hi.is_infinite or m.lo != -m.hi:
        return
    form = read(total.body, total.x, facts.within(total.x, m))
    if form is None or form.exps or form.coefficient != 1:
        return
    lines = {base: (line(base, total.x, facts), n) for base, n in form.powers.items()}
    poles = [parts[1] / parts[0] for parts, n in lines.values() if parts is not None and n == -1]
    roots = [parts[1] / parts[0] for parts, n in lines.values() if parts is not None and n == S.Half]
    if len(lines) == 4 == len(poles) + len(roots) and poles[0] == -poles[1] and any(equal(r, m.hi, facts) for r in roots):
        yield {x: total.x, a: m.hi, d: max(poles, key=facts.positive)}


ROOT_OVER_SQUARES = Rule(
    "root_over_difference_of_squares",
    Claim(Total(sqrt(a**2 - x**2) / (d**2 - x**2), x, Lebesgue(-a, a)), pi * (1 - sqrt(d**2 - a**2) / d), given=(d - a >= 0,)),
    kind="lemma",
    find=root_over_squares,
    source="Kesten, Trans. Amer. Math. Soc. 92 (1959) 336; McKay, Linear Algebra Appl. 40 (1981) 203",
)
