"""Integrals of the tables: logarithms and arctangents over quadratics, exponential integrals, products of Bessel functions, tails of powers."""

from collections.abc import Iterator
from functools import partial

from sympy import (
    Ci,
    Expr,
    Mul,
    Ne,
    S,
    Si,
    Symbol,
    atan,
    besseli,
    besselk,
    cos,
    exp,
    expint,
    gamma,
    hyper,
    log,
    loggamma,
    oo,
    pi,
    sin,
    sqrt,
    uppergamma,
)

from derive.algebra.equality import equal
from derive.algebra.reading import binomial_base, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules.letters import b, p, s, x
from derive.rules.shapes import Shape, monomial, shape_of

a, d, h, q, r, t = (Symbol(name, positive=True) for name in "adhqrt")
nu = Symbol("nu", nonnegative=True)


def pure_quadratic(e: Expr, v: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(c, d) for c x² + d."""
    found = polynomial(e, v, 2, facts)
    return (found[0], found[2]) if found is not None and found[1] == 0 and found[0] != 0 != found[2] else None


def beside(total: Total, kind: type) -> tuple[Expr, Expr, Expr] | None:
    """(z, n, the rest) where the integrand is kind(z)^n times a rest without such functions."""
    parts = [e for e in Mul.make_args(total.body) if isinstance(e.as_base_exp()[0], kind)] if total.measure == POSITIVE else []
    rest = total.body / Mul(*parts)
    if len(parts) != 1 or rest.has(kind):
        return None
    base, n = parts[0].as_base_exp()
    return base.args[0], n, rest


def log_of_quadratic(total: Total, facts: Facts) -> Iterator[Values]:
    """log(p + q x²)/(r + t x²)."""
    found = beside(total, log)
    if found is not None and found[1] == 1:
        above, below = pure_quadratic(found[0], total.x, facts), pure_quadratic(1 / found[2], total.x, facts)
        if above is not None and below is not None:
            yield {x: total.x, q: above[0], p: above[1], t: below[0], r: below[1]}


LOG_OVER_LORENTZ = Rule(
    "log_over_lorentzian",
    Claim(Total(log(p + q * x**2) / (r + t * x**2), x, POSITIVE), pi / sqrt(r * t) * log(sqrt(p) + sqrt(q * r / t))),
    kind="cited",
    find=log_of_quadratic,
    source="Gradshteyn-Ryzhik 4.295.7",
)


def squared_log(total: Total, facts: Facts) -> Iterator[Values]:
    """log² x/(r + t x²)."""
    found = beside(total, log)
    if found is not None and found[:2] == (total.x, 2) and (below := pure_quadratic(1 / found[2], total.x, facts)) is not None:
        yield {x: total.x, t: below[0], r: below[1]}


LOG_SQUARED_LORENTZ = Rule(
    "squared_log_over_lorentzian",
    Claim(Total(log(x) ** 2 / (r + t * x**2), x, POSITIVE), pi / (8 * sqrt(r * t)) * (pi**2 + log(r / t) ** 2)),
    kind="cited",
    find=squared_log,
    source="Gradshteyn-Ryzhik 4.231.8 and 4.261.4, x → x √(r/t)",
)


def arctangent(total: Total, facts: Facts) -> Iterator[Values]:
    """arctan(ax)/(x (r + t x²))."""
    found = beside(total, atan)
    if found is not None and found[1] == 1:
        scale, below = found[0] / total.x, pure_quadratic(1 / (found[2] * total.x), total.x, facts)
        if below is not None and not scale.has(total.x):
            yield {x: total.x, a: scale, t: below[0], r: below[1]}


ATAN_OVER_LINE = Rule(
    "arctangent_over_line",
    Claim(Total(atan(a * x) / (x * (r + t * x**2)), x, POSITIVE), pi / (2 * r) * log(1 + a * sqrt(r / t))),
    kind="lemma",
    find=arctangent,
    source="Gradshteyn-Ryzhik 4.535.7",
)


def log_gamma(total: Total, facts: Facts, kind: type) -> Iterator[Values]:
    m = total.measure
    of_x = total.body == (loggamma(total.x) if kind is loggamma else log(gamma(total.x)))
    if isinstance(m, Lebesgue) and m.hi - m.lo == 1 and of_x:
        yield {x: total.x, SIZE: S.One} if m.lo == 0 else {x: total.x, h: m.lo, SIZE: S(2)}


def raabe(size: int, body: Expr) -> tuple[Claim, tuple[Claim, ...]]:
    """From 0 (size 1), where h log h is 0, and from h > 0."""
    return (Claim(Total(body, x, UNIT), log(2 * pi) / 2) if size == 1 else
            Claim(Total(body, x, Lebesgue(h, h + 1)), h * log(h) - h + log(2 * pi) / 2)), ()  # fmt: skip


RAABE, RAABE_LOG = (
    Rule(
        name,
        raabe(2, body)[0],
        kind="cited",
        schema=partial(raabe, body=body),
        find=lambda total, facts, kind=kind: log_gamma(total, facts, kind),
        source="Raabe's formula; Gradshteyn-Ryzhik 6.441.1",
    )
    for name, body, kind in (("raabe_formula", loggamma(x), loggamma), ("raabe_formula_of_log", log(gamma(x)), log))
)


def exponential_integrals(shape: Shape | None) -> list[Expr]:
    """The scales of E₁(ax) among the factors, each as often as it stands; [] where something else stands there too."""
    found: list[Expr] = []
    for base, n in shape.rest.items() if shape is not None and shape.power == 0 else ():
        ok = isinstance(base, expint) and base.args[0] == 1 and n in (1, 2)
        scale = monomial(base.args[1], shape.x, shape.facts) if ok and shape is not None else None
        if scale is None or scale[1] != 1:
            return []
        found += [scale[0]] * int(n)
    return found


def e1_laplace(total: Total, facts: Facts) -> Iterator[Values]:
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, expint) else None
    scales = exponential_integrals(shape)
    if shape is not None and len(scales) == 1 and set(shape.exps) == {total.x}:
        yield {x: total.x, a: scales[0], b: -shape.exps[total.x]}


def e1_product(total: Total, facts: Facts) -> Iterator[Values]:
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, expint) else None
    scales = exponential_integrals(shape)
    if shape is not None and len(scales) == 2 and not shape.exps:
        yield {x: total.x, a: scales[0], b: scales[1]}


E1_LAPLACE = Rule(
    "exponential_integral_laplace",
    Claim(Total(exp(-b * x) * expint(1, a * x), x, POSITIVE), log(1 + b / a) / b),
    kind="lemma",
    find=e1_laplace,
    source="DLMF 6.14.1",
)
E1_PRODUCT = Rule(
    "product_of_exponential_integrals",
    Claim(Total(expint(1, a * x) * expint(1, b * x), x, POSITIVE), log(1 + a / b) / a + log(1 + b / a) / b),
    kind="lemma",
    find=e1_product,
    source="DLMF 6.14.5; Gradshteyn-Ryzhik 6.224.1",
)


def e1_laplace_moment(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) e^(−bx) E₁(ax)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, expint) else None
    found = shape.only(expint) if shape is not None and shape.power != 0 and set(shape.exps) == {total.x} else None
    scale = monomial(found.args[1], total.x, facts) if found is not None and found.args[0] == 1 else None
    if shape is not None and scale is not None and scale[1] == 1:
        yield {x: total.x, s: shape.power + 1, a: scale[0], b: -shape.exps[total.x]}


E1_LAPLACE_MOMENT = Rule(
    "exponential_integral_laplace_moment",
    Claim(Total(x ** (s - 1) * exp(-b * x) * expint(1, a * x), x, POSITIVE), gamma(s) / (s * a**s) * hyper([s, s], [s + 1], -b / a)),
    kind="cited",
    find=e1_laplace_moment,
    source="Gradshteyn-Ryzhik 6.228.2",
)


def gaussian_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(−dx²) K_ν(ax)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselk) else None
    base = shape.only(besselk) if shape is not None and shape.power == 0 and set(shape.exps) == {total.x**2} else None
    scale = monomial(base.args[1], total.x, shape.facts) if base is not None and shape is not None else None
    if shape is not None and base is not None and scale is not None and scale[1] == 1:
        yield {x: total.x, d: -shape.exps[total.x**2], a: scale[0], nu: base.args[0]}


K_GAUSSIAN = Rule(
    "bessel_k_gaussian",
    Claim(
        Total(exp(-d * x**2) * besselk(nu, a * x), x, POSITIVE),
        sqrt(pi / d) / (4 * cos(pi * nu / 2)) * exp(a**2 / (8 * d)) * besselk(nu / 2, a**2 / (8 * d)),
        given=(nu < 1,),
    ),
    kind="lemma",
    find=gaussian_times_k,
    source="Gradshteyn-Ryzhik 6.618.3; DLMF 10.43.25",
)


def k_moment_under_gaussian(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(p(ν+2)−1) exp(−d x^(2p)) K_ν(a x^p)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselk) else None
    base, rates = (shape.only(besselk), shape.powers_in_exps()) if shape is not None else (None, None)
    scale = monomial(base.args[1], total.x, shape.facts) if base is not None and shape is not None else None
    if shape is None or base is None or scale is None or rates is None or set(rates) != {2 * scale[1]}:
        return
    for order in dict.fromkeys((base.args[0], -base.args[0])):
        if equal(shape.power + 1, scale[1] * (order + 2), facts):
            yield {x: total.x, d: -rates[2 * scale[1]], a: scale[0], p: scale[1], nu: order}


def plain_moment(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: v for k, v in values.items() if k != nu} for values in k_moment_under_gaussian(total, facts) if values[nu] == 0)


K_MOMENT_PLAIN = Rule(
    "bessel_k_gaussian_plain_moment",
    Claim(
        Total(x ** (2 * p - 1) * exp(-d * x ** (2 * p)) * besselk(0, a * x**p), x, POSITIVE),
        exp(a**2 / (4 * d)) * expint(1, a**2 / (4 * d)) / (4 * d * p),
    ),
    kind="cited",
    find=plain_moment,
    source="Gradshteyn-Ryzhik 6.631.3 with 9.224, x → x^p",
)
K_MOMENT = Rule(
    "bessel_k_gaussian_moment",
    Claim(
        Total(x ** (p * (nu + 2) - 1) * exp(-d * x ** (2 * p)) * besselk(nu, a * x**p), x, POSITIVE),
        a**nu * gamma(nu + 1) / (2 * p * (2 * d) ** (nu + 1)) * exp(a**2 / (4 * d)) * uppergamma(-nu, a**2 / (4 * d)),
    ),
    kind="cited",
    find=k_moment_under_gaussian,
    source="Gradshteyn-Ryzhik 6.631.3 with DLMF 13.18.5, x → x^p",
)


def damped_lorentzian(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    """x^power e^(−bx)/(r + t x²), power 0 or 1."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or set(shape.exps) != {total.x} or len(shape.rest) != 1 or shape.power != power:
        return
    ((base, n),) = shape.rest.items()
    below = pure_quadratic(base, total.x, facts) if n == -1 else None
    if below is not None:
        yield {x: total.x, b: -shape.exps[total.x], t: below[0], r: below[1]}


PHASE = b * sqrt(r / t)
FADED = {0: (Ci(PHASE) * sin(PHASE) + (pi / 2 - Si(PHASE)) * cos(PHASE)) / sqrt(r * t),
         1: ((pi / 2 - Si(PHASE)) * sin(PHASE) - Ci(PHASE) * cos(PHASE)) / t}  # fmt: skip
DAMPED_LORENTZIAN, DAMPED_LORENTZIAN_MOMENT = (
    Rule(name, Claim(Total(x**power * exp(-b * x) / (r + t * x**2), x, POSITIVE), FADED[power]), kind="cited",
         find=lambda total, facts, power=power: damped_lorentzian(total, facts, power), source=source)  # fmt: skip
    for name, power, source in (("damped_lorentzian", 0, "Gradshteyn-Ryzhik 3.354.1; DLMF 6.7.13"),
                                ("damped_lorentzian_moment", 1, "Gradshteyn-Ryzhik 3.354.2; DLMF 6.7.14"))
)


def k_times_i(total: Total, facts: Facts) -> Iterator[Values]:
    """x K_ν(ax) I_ν(bx)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselk) else None
    if shape is None or shape.power != 1 or shape.exps or set(shape.rest.values()) != {1} or len(shape.rest) != 2:
        return
    first, second = sorted(shape.rest, key=lambda e: isinstance(e, besseli))
    if isinstance(first, besselk) and isinstance(second, besseli) and first.args[0] == second.args[0]:
        scales = [monomial(e.args[1], total.x, shape.facts) for e in (first, second)]
        if scales[0] is not None and scales[1] is not None and scales[0][1] == scales[1][1] == 1:
            yield {x: total.x, nu: first.args[0], a: scales[0][0], b: scales[1][0]}


def k_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x K_ν(ax) K_ν(bx) with a ≠ b."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselk) else None
    if shape is None or shape.power != 1 or shape.exps or set(shape.rest.values()) != {1} or len(shape.rest) != 2:
        return
    first, second = sorted(shape.rest, key=str)
    if isinstance(first, besselk) and isinstance(second, besselk) and first.args[0] == second.args[0]:
        scales = [monomial(e.args[1], total.x, shape.facts) for e in (first, second)]
        if scales[0] is not None and scales[1] is not None and scales[0][1] == scales[1][1] == 1:
            yield {x: total.x, nu: first.args[0], a: scales[0][0], b: scales[1][0]}


def plain_k_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: v for k, v in values.items() if k != nu} for values in k_times_k(total, facts) if values[nu] == 0)


K_TIMES_K_PLAIN = Rule(
    "bessel_k_times_bessel_k_plain",
    Claim(Total(x * besselk(0, a * x) * besselk(0, b * x), x, POSITIVE), log(a / b) / (a**2 - b**2), given=(Ne(a, b),)),
    kind="cited",
    find=plain_k_times_k,
    source="Gradshteyn-Ryzhik 6.521.3 as ν → 0; DLMF 10.43.26",
)
K_TIMES_K = Rule(
    "bessel_k_times_bessel_k",
    Claim(Total(x * besselk(nu, a * x) * besselk(nu, b * x), x, POSITIVE),
          pi * (a ** (2 * nu) - b ** (2 * nu)) / (2 * sin(pi * nu) * (a * b) ** nu * (a**2 - b**2)), given=(Ne(a, b), nu < 1, nu > 0)),
    kind="cited",
    find=k_times_k,
    source="Gradshteyn-Ryzhik 6.521.3",
)  # fmt: skip


K_TIMES_I = Rule(
    "bessel_k_times_bessel_i",
    Claim(Total(x * besselk(nu, a * x) * besseli(nu, b * x), x, POSITIVE), (b / a) ** nu / (a**2 - b**2), given=(b < a,)),
    kind="cited",
    find=k_times_i,
    source="Gradshteyn-Ryzhik 6.576.5; Lommel's integral of two solutions of Bessel equations",
)


def power_tail(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(e − 1) (d + a x^p)^(−q) from h on."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.hi is not oo or not facts.positive(m.lo):
        return
    shape = shape_of(total, facts)
    found = binomial_base(next(iter(shape.rest)), total.x) if shape is not None and len(shape.rest) == 1 and not shape.exps else None
    if shape is not None and found is not None and facts.positive(found[2]):
        (n,) = shape.rest.values()
        yield {x: total.x, d: found[0], a: found[1], p: found[2], q: -n, s: -n - (shape.power + 1) / found[2], h: m.lo}


POWER_TAIL = Rule(
    "tail_of_power",
    Claim(
        Total(x ** (p * (q - s) - 1) * (d + a * x**p) ** (-q), x, Lebesgue(h, oo)),
        hyper([q, s], [s + 1], -d / (a * h**p)) / (p * s * a**q * h ** (p * s)),
    ),
    kind="lemma",
    find=power_tail,
    source="DLMF 15.6.1, u = (h/x)^p",
)
RULES = (
    LOG_OVER_LORENTZ,
    LOG_SQUARED_LORENTZ,
    ATAN_OVER_LINE,
    RAABE,
    RAABE_LOG,
    E1_LAPLACE,
    E1_LAPLACE_MOMENT,
    E1_PRODUCT,
    K_GAUSSIAN,
    K_MOMENT_PLAIN,
    K_MOMENT,
    DAMPED_LORENTZIAN,
    DAMPED_LORENTZIAN_MOMENT,
    K_TIMES_I,
    K_TIMES_K_PLAIN,
    K_TIMES_K,
    POWER_TAIL,
)
