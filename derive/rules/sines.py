"""Sines and cosines, circular and hyperbolic: Fejér and sinc powers, and what the beta function gives."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Mul, Rational, S, Symbol, beta, binomial, cos, cosh, csch, exp, factorial, pi, sech, sin, sinh, tan

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules.letters import s, x
from derive.rules.letters import start as lo
from derive.rules.moving import EVEN_INTEGRAND
from derive.rules.shapes import Shape, monomial, shape_of

a, d, h, q = (Symbol(name, positive=True) for name in "adhq")
e = Symbol("e", real=True)
k = Symbol("k", integer=True, positive=True)


def sinc_power(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = 2 * size
    total = Add(*((-1) ** i * binomial(n, i) * S(n - 2 * i) ** (n - 1) for i in range(size)))
    return Claim(Total(sin(a * x) ** n / x**n, x, POSITIVE), pi * a ** (n - 1) * total / (2**n * factorial(n - 1))), ()


def even_sinc_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(sin(ax)/x)^(2n) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    parts = linear(base.args[0], total.x) if isinstance(base, sin) else None
    if parts is not None and parts[1] == 0 and n == -shape.power and n.is_Integer and n % 2 == 0 and 0 < n <= 24:
        yield {x: total.x, a: parts[0], SIZE: n / 2}


SINC_POWER = Rule(
    "sinc_power",
    sinc_power(1)[0],
    kind="cited",
    schema=sinc_power,
    find=even_sinc_power,
    source="Gradshteyn-Ryzhik 3.821.9, 3.836.2",
)


def gap(total: Total, facts: Facts) -> tuple[Shape, Expr] | None:
    """The shape of a kernel on the half line and a, where the one further factor is 1 − cos ax."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, cos) else None
    base = shape.only(Add) if shape is not None else None
    cosine = next((t for t in base.args if t.has(total.x)), None) if base is not None else None
    if shape is None or cosine is None or base != 1 + cosine or not isinstance(-cosine, cos):
        return None
    parts = linear((-cosine).args[0], total.x)
    return (shape, parts[0]) if parts is not None and parts[1] == 0 else None


def one_minus_cosine(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 − cos ax)/x² on the half line."""
    found = gap(total, facts)
    if found is not None and not found[0].exps and found[0].power == -2:
        yield {x: total.x, a: found[1]}


ONE_MINUS_COSINE = Rule(
    "one_minus_cosine",
    Claim(Total((1 - cos(a * x)) / x**2, x, POSITIVE), pi * a / 2),
    kind="lemma",
    find=one_minus_cosine,
    source="Gradshteyn-Ryzhik 3.782.2; DLMF 6.2.10 by parts",
)


def ratio_of_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """(sin(kax)/sin(ax))^n; a, k and the length of the interval in periods π/a."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and contains(total.body, sin) else None
    if shape is None or shape.exps or shape.power != 0 or len(shape.rest) != 2:
        return
    (top, n), (bottom, n_below) = sorted(shape.rest.items(), key=lambda item: item[1] != abs(item[1]))
    if isinstance(top, sin) and isinstance(bottom, sin) and n == -n_below:
        inner, outer = linear(bottom.args[0], total.x), linear(top.args[0], total.x)
        if inner and outer and inner[1] == 0 == outer[1]:
            yield {
                x: total.x,
                a: inner[0],
                k: outer[0] / inner[0],
                lo: measure.lo,
                s: n,
                h: (measure.hi - measure.lo) * inner[0] / pi,
            }


def on_period(total: Total, facts: Facts, power: int, length: Expr) -> Iterator[Values]:
    for values in ratio_of_sines(total, facts):
        if values[s] == power and values[h] == length and (length == 1 or values[lo] == 0):
            yield {letter: values[letter] for letter in (x, a, k, *((lo,) if length == 1 else ()))}


def kernel_over(name: str, power: int, length: Expr, value: Expr, kind: str) -> Rule:
    """(sin(kax)/sin(ax))^power over a period π/a, or over half of one from 0."""
    over = Lebesgue(lo, lo + pi / a) if length == 1 else Lebesgue(0, length * pi / a)
    source = {2: FEJER[length], 4: "Parseval on the Fejér kernel: Σ (k − |j|)²"}[power]
    return Rule(name, Claim(Total((sin(k * a * x) / sin(a * x)) ** power, x, over), length * value), kind=kind, source=source,
                find=lambda total, facts: on_period(total, facts, power, length))  # fmt: skip


FEJER = {S.One: "DLMF 1.8.10; Gradshteyn-Ryzhik 3.624.6", S.Half: "Gradshteyn-Ryzhik 3.624.6"}
FEJER_KERNEL = kernel_over("fejer_kernel", 2, S.One, pi * k / a, "cited")
FEJER_HALF = kernel_over("fejer_kernel_half", 2, S.Half, pi * k / a, "lemma")
JACKSON_KERNEL = kernel_over("jackson_kernel", 4, S.One, pi * k * (2 * k**2 + 1) / (3 * a), "cited")
JACKSON_HALF = kernel_over("jackson_kernel_half", 4, S.Half, pi * k * (2 * k**2 + 1) / (3 * a), "lemma")


def powers_of_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """sin(ax)^(s−1) cos(ax)^(q−1) from 0, and the end."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.lo == 0 and contains(total.body, sin, cos) else None
    if shape is None or shape.exps or shape.power != 0 or not 1 <= len(shape.rest) <= 2:
        return
    arguments = {base.args[0] for base in shape.rest if isinstance(base, (sin, cos))}
    scale = (
        monomial(arguments.pop(), total.x, shape.facts)
        if len(arguments) == 1 and len(shape.rest) == len({base.func for base in shape.rest if isinstance(base, (sin, cos))})
        else None
    )
    if scale is not None and scale[1] == 1:
        exponents = {base.func: n for base, n in shape.rest.items()}
        yield {
            x: total.x,
            a: scale[0],
            s: exponents.get(sin, S.Zero) + 1,
            q: exponents.get(cos, S.Zero) + 1,
            h: measure.hi * scale[0],
        }


def quarter_turn(total: Total, facts: Facts) -> Iterator[Values]:
    for values in powers_of_sines(total, facts):
        if values[h] == pi / 2:
            yield {letter: value for letter, value in values.items() if letter != h}


def half_turn(total: Total, facts: Facts) -> Iterator[Values]:
    for values in powers_of_sines(total, facts):
        if values[h] == pi and values[q] == 1:
            yield {letter: value for letter, value in values.items() if letter not in (h, q)}


BETA_OF_SINES = Rule(
    "beta_of_sines",
    Claim(Total(sin(a * x) ** (s - 1) * cos(a * x) ** (q - 1), x, Lebesgue(0, pi / (2 * a))), beta(s / 2, q / 2) / (2 * a)),
    kind="lemma",
    find=quarter_turn,
    source="DLMF 5.12.2, u = sin²(ax)",
)
POWER_OF_SINE = Rule(
    "power_of_sine",
    Claim(Total(sin(a * x) ** (s - 1), x, Lebesgue(0, pi / a)), beta(s / 2, Rational(1, 2)) / a),
    kind="lemma",
    find=half_turn,
    source="DLMF 5.12.2, symmetry about π/(2a)",
)


def cosh_over_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    """cosh(ex) cosh(ax)^(−s) on the half line, before it comes apart into exponentials."""
    if total.measure != POSITIVE or not contains(total.body, cosh):
        return
    powers: dict[Expr, Expr] = {}
    for factor in Mul.make_args(total.body):
        base, n = factor.as_base_exp()
        base, n = (cosh(base.args[0]), -n) if isinstance(base, sech) else (base, n)
        powers[base] = powers.get(base, S.Zero) + n
    scales = {base: base.args[0].coeff(total.x) for base in powers if isinstance(base, cosh)}
    if len(scales) < len(powers) or len(powers) > 2 or any(base != cosh(scale * total.x) for base, scale in scales.items()):
        return
    for base, n in powers.items():
        others = [other for other in powers if other != base]
        if all(powers[other] == 1 for other in others):
            yield {x: total.x, a: scales[base], s: -n, e: scales[others[0]] if others else S.Zero}


COSH_OVER_COSH = Rule(
    "cosh_over_power_of_cosh",
    Claim(
        Total(cosh(e * x) * cosh(a * x) ** (-s), x, POSITIVE),
        2 ** (s - 2) * beta((s + e / a) / 2, (s - e / a) / 2) / a,
        given=(s + e / a > 0, s - e / a > 0),
    ),
    kind="lemma",
    find=cosh_over_cosh,
    source="DLMF 5.12.7; Gradshteyn-Ryzhik 3.512.1",
)


def even_cosh_over_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    """cosh(ex) cosh(ax)^(−s) on the line: twice the half line, before it comes apart into exponentials."""
    if total.measure == REALS and any(cosh_over_cosh(Total(total.body, total.x, POSITIVE), facts)):
        yield from EVEN_INTEGRAND.find(total, facts)


EVEN_COSH_OVER_COSH = replace(EVEN_INTEGRAND, find=even_cosh_over_cosh)


def powers_of_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """sinh(ax)^(s−1) cosh(ax)^(−q) on the half line."""
    factors = {}
    for factor in Mul.make_args(total.body) if total.measure == POSITIVE and contains(total.body, sinh) else ():
        base, n = factor.as_base_exp()
        factors[base.func] = (base, n)
    if set(factors) - {sinh, cosh} or sinh not in factors or len(factors) != len(Mul.make_args(total.body)):
        return
    parts = linear(factors[sinh][0].args[0], total.x)
    if parts is not None and parts[1] == 0:
        yield {x: total.x, a: parts[0], s: factors[sinh][1] + 1, q: -factors[cosh][1] if cosh in factors else S.Zero}


BETA_OF_SINH = Rule(
    "beta_of_hyperbolic_sines",
    Claim(
        Total(sinh(a * x) ** (s - 1) * cosh(a * x) ** (-q), x, POSITIVE),
        beta(s / 2, (q - s + 1) / 2) / (2 * a),
        given=(q - s + 1 > 0,),
    ),
    kind="cited",
    find=powers_of_sinh,
    source="DLMF 5.12.3, u = sinh²(ax); Gradshteyn-Ryzhik 3.512.2",
)


def damped_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−dx) sinh(ax)^(s−1) on the half line, before it comes apart into exponentials."""
    factors = dict(f.as_base_exp() for f in Mul.make_args(total.body)) if total.measure == POSITIVE and contains(total.body, sinh) else {}
    waves = [(base, n) for base, n in factors.items() if isinstance(base, sinh)]
    rates = [linear(n, total.x) for base, n in factors.items() if base is S.Exp1]
    parts = linear(waves[0][0].args[0], total.x) if len(waves) == len(rates) == 1 and len(factors) == 2 else None
    if parts is not None and parts[1] == 0 and rates[0] is not None and rates[0][1] == 0 and not waves[0][1].is_Integer:
        yield {x: total.x, a: parts[0], s: waves[0][1] + 1, d: -rates[0][0]}


DAMPED_SINH = Rule(
    "damped_power_of_sinh",
    Claim(
        Total(exp(-d * x) * sinh(a * x) ** (s - 1), x, POSITIVE),
        beta((d / a - s + 1) / 2, s) / (2**s * a),
        given=(d / a - s + 1 > 0,),
    ),
    kind="cited",
    find=damped_sinh,
    source="Gradshteyn-Ryzhik 3.541.1, u = e^(−2ax)",
)


def sinh_over_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """sinh(ex)/sinh(ax) on the half line, before it comes apart into exponentials."""
    factors = Mul.make_args(total.body) if total.measure == POSITIVE and contains(total.body, sinh) else ()
    plain = {(1 / sinh(f.args[0]) if isinstance(f, csch) else f).as_base_exp() for f in factors}
    rates = {n: base.args[0] / total.x for base, n in plain if isinstance(base, sinh)}
    if len(plain) == 2 and set(rates) == {S.One, S.NegativeOne} and not any(rate.has(total.x) for rate in rates.values()):
        yield {x: total.x, d: rates[S.One], a: rates[S.NegativeOne]}


SINH_OVER_SINH = Rule(
    "sinh_over_sinh",
    Claim(Total(sinh(d * x) / sinh(a * x), x, POSITIVE), pi / (2 * a) * tan(pi * d / (2 * a)), given=(a > d,)),
    kind="cited",
    find=sinh_over_sinh,
    source="Gradshteyn-Ryzhik 3.511.2",
)
