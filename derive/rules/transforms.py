"""Laplace and Gauss transforms of error functions and incomplete gamma functions, and Frullani's integral."""

from collections.abc import Iterator

from sympy import (
    Abs,
    Add,
    Expr,
    Lambda,
    Mul,
    S,
    Symbol,
    atan,
    cos,
    erf,
    erfc,
    exp,
    expint,
    gamma,
    hyper,
    log,
    lowergamma,
    oo,
    pi,
    sin,
    sqrt,
    sympify,
    tanh,
    uppergamma,
)

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Smooth, Tends, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import A, B, F, b, s, x
from derive.rules.shapes import monomial, shape_of

a, t = Symbol("a", positive=True), Symbol("t", positive=True)
m = Symbol("m", real=True, nonzero=True)


def incomplete_gamma_decaying(total: Total, facts: Facts, kind: type) -> Iterator[Values]:
    """x^(ms − 1) e^(−b x^m) times Γ(t, a x^m) or γ(t, a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, kind) else None
    found = shape.only(kind) if shape else None
    rates = shape.powers_in_exps() if shape else None
    inner = monomial(found.args[1], total.x, shape.facts) if shape and found is not None else None
    if shape is not None and found is not None and inner is not None and rates and set(rates) == {inner[1]}:
        rate, power = inner
        yield {x: total.x, m: power, s: (shape.power + 1) / power, b: -rates[power], t: found.args[0], a: rate}


def cut_laplace(function: type, below: Expr, argument: Expr) -> Claim:
    """∫ x^(ms−1) e^(−b x^m) Γ(t, a x^m) dx and its twin, which differ in one parameter and the argument of ₂F₁."""
    left = Total(x ** (m * s - 1) * exp(-b * x**m) * function(t, a * x**m), x, POSITIVE)
    return Claim(left, a**t * gamma(s + t) / (below * (a + b) ** (s + t) * Abs(m)) * hyper([1, s + t], [below + 1], argument))


UPPER_GAMMA_LAPLACE = Rule("upper_gamma_laplace", cut_laplace(uppergamma, s, b / (a + b)), kind="lemma",
                           find=lambda total, facts: incomplete_gamma_decaying(total, facts, uppergamma),
                           source="Gradshteyn-Ryzhik 6.455.1; DLMF 8.14.6")  # fmt: skip
LOWER_GAMMA_LAPLACE = Rule("lower_gamma_laplace", cut_laplace(lowergamma, t, a / (a + b)), kind="lemma",
                           find=lambda total, facts: incomplete_gamma_decaying(total, facts, lowergamma),
                           source="Gradshteyn-Ryzhik 6.455.2; DLMF 8.14.5")  # fmt: skip


def error_function_under_gaussian(total: Total, facts: Facts) -> Iterator[Values]:
    """erf(ax) e^(−bx²) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, erf) else None
    found = shape.only(erf) if shape else None
    inner = monomial(found.args[0], total.x, shape.facts) if shape and found is not None else None
    if shape is not None and inner is not None and inner[1] == 1 and shape.power == 0 and set(shape.exps) == {total.x**2}:
        yield {x: total.x, a: inner[0], b: -shape.exps[total.x**2]}


ERF_UNDER_GAUSSIAN = Rule("erf_under_gaussian", Claim(
    Total(erf(a * x) * exp(-b * x**2), x, POSITIVE), atan(a / sqrt(b)) / sqrt(pi * b)), kind="lemma",
    find=error_function_under_gaussian, source="Gradshteyn-Ryzhik 6.285.1")  # fmt: skip


def two_error_functions(total: Total, facts: Facts) -> Iterator[Values]:
    """erfc(ax) erfc(bx) on the half line."""
    scales = []
    for factor in Mul.make_args(total.body) if total.measure == POSITIVE else ():
        base, n = factor.as_base_exp()
        inner = monomial(base.args[0], total.x, facts.within(total.x, POSITIVE)) if isinstance(base, erfc) else None
        if inner is None or inner[1] != 1 or not n.is_Integer or n < 1:
            return
        scales += [inner[0]] * int(n)
    if len(scales) == 2:
        yield {x: total.x, a: scales[0], b: scales[1]}


TWO_ERROR_FUNCTIONS = Rule("two_error_functions", Claim(
    Total(erfc(a * x) * erfc(b * x), x, POSITIVE), (a + b - sqrt(a**2 + b**2)) / (a * b * sqrt(pi))), kind="lemma",
    find=two_error_functions, source="Prudnikov-Brychkov-Marichev, vol. 2, 2.8.19; by parts and DLMF 7.4.6")  # fmt: skip


def rising_tail(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(a² x^(2m)) erfc(a x^m) on the half line."""
    tails = [f for f in Mul.make_args(total.body) if isinstance(f, erfc)] if total.measure == POSITIVE else []
    shape = shape_of(Total(total.body / tails[0], total.x, POSITIVE), facts) if len(tails) == 1 else None
    rates = shape.powers_in_exps() if shape is not None and not shape.rest else None
    inner = monomial(tails[0].args[0], total.x, shape.facts) if shape is not None and rates else None
    if shape is not None and inner is not None and rates == {2 * inner[1]: inner[0] ** 2}:
        yield {x: total.x, a: inner[0], m: inner[1], s: (shape.power + 1) / inner[1]}


SCALED_ERFC = Rule("scaled_erfc_mellin", Claim(
    Total(x ** (m * s - 1) * exp(a**2 * x ** (2 * m)) * erfc(a * x**m), x, POSITIVE),
    gamma(s / 2) / (2 * Abs(m) * a**s * cos(pi * s / 2)), given=(s < 1,)), kind="cited",
    find=rising_tail, source="Gradshteyn-Ryzhik 6.286.1 at μ² = β²; DLMF 7.7.1, 5.12.3")  # fmt: skip


def rising_e1(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(a x^m) E₁(a x^m) on the half line."""
    tails = [f for f in Mul.make_args(total.body) if isinstance(f, expint) and f.args[0] == 1] if total.measure == POSITIVE else []
    shape = shape_of(Total(total.body / tails[0], total.x, POSITIVE), facts) if len(tails) == 1 else None
    rates = shape.powers_in_exps() if shape is not None and not shape.rest else None
    inner = monomial(tails[0].args[1], total.x, shape.facts) if shape is not None and rates else None
    if shape is not None and inner is not None and rates == {inner[1]: inner[0]}:
        yield {x: total.x, a: inner[0], m: inner[1], s: (shape.power + 1) / inner[1]}


SCALED_E1 = Rule("scaled_e1_mellin", Claim(
    Total(x ** (m * s - 1) * exp(a * x**m) * expint(1, a * x**m), x, POSITIVE), gamma(s) * pi / (Abs(m) * a**s * sin(pi * s)),
    given=(s < 1,)), kind="lemma", find=rising_e1, source="DLMF 6.2.2, 5.12.3")  # fmt: skip


def frullani_kernel(total: Total, facts: Facts) -> Iterator[Values]:
    """(e^(−a x^m) − e^(−b x^m))/x on the half line, read from the two terms."""
    sums = [factor for factor in Mul.make_args(total.body) if isinstance(factor, Add)] if total.measure == POSITIVE else []
    if len(sums) != 1 or len(sums[0].args) != 2 or not contains(sums[0], exp):
        return
    if not all(f.is_Number or isinstance(f, exp) or f.as_base_exp()[0] == total.x for f in Mul.make_args(total.body) if f is not sums[0]):
        return
    body = total.body.expand()
    if not isinstance(body, Add) or len(body.args) != 2:
        return
    rates: dict[int, tuple[Expr, Expr]] = {}
    for term in body.args:
        sign, rest = term.as_coeff_Mul()
        shape = shape_of(Total(rest, total.x, POSITIVE), facts)
        found = shape.powers_in_exps() if shape else None
        if abs(sign) != 1 or shape is None or shape.power != -1 or shape.rest or not found or len(found) > 1:
            return
        ((power, rate),) = found.items()
        rates[int(sign)] = (power, -rate)
    if len(rates) == 2 and rates[1][0] == rates[-1][0]:
        yield {x: total.x, m: rates[1][0], a: rates[1][1], b: rates[-1][1]}


FRULLANI = Rule("frullani_integral", Claim(
    Total((exp(-a * x**m) - exp(-b * x**m)) / x, x, POSITIVE), log(b / a) / Abs(m), given=(b > a, m > 0)), kind="lemma",
    find=frullani_kernel, source="Gradshteyn-Ryzhik 3.434.2 (Frullani)")  # fmt: skip


def frullani_of_function(total: Total, facts: Facts) -> Iterator[Values]:
    """(F(ax) − F(bx))/x for an arctangent, an error function or a hyperbolic tangent."""
    sums = [f for f in Mul.make_args(total.body) if isinstance(f, Add)] if total.measure == POSITIVE and 1 / total.x in total.body.args else []
    if len(sums) != 1 or total.body != sums[0] / total.x or len(sums[0].args) != 2:
        return
    first, second = sorted(sums[0].args, key=lambda e: e.could_extract_minus_sign())
    if not isinstance(first, (atan, erf, erfc, tanh)) or first.func is not (-second).func:
        return
    scales = [e.args[0] / total.x for e in (first, -second)]
    if not any(c.has(total.x) for c in scales):
        ends = {atan: (0, pi / 2), erf: (0, 1), erfc: (1, 0), tanh: (0, 1)}[first.func]
        yield {x: total.x, a: scales[0], b: scales[1], F: Lambda(total.x, first.func(total.x)), A: sympify(ends[0]), B: sympify(ends[1])}


FRULLANI_OF_FUNCTION = Rule(
    "frullani_of_function",
    Claim(Total((F(a * x) - F(b * x)) / x, x, POSITIVE), (A - B) * log(b / a),
          given=(Smooth(F(x), x), Tends(F(x), x, S.Zero, S.One, A), Tends(F(x), x, oo, S.NegativeOne, B))),
    kind="cited",
    find=frullani_of_function,
    source="Frullani's integral; Gradshteyn-Ryzhik 4.536.2; Ostrowski (1976)",
)  # fmt: skip


def erfc_product_moment(total: Total, facts: Facts) -> Iterator[Values]:
    """x erfc(ax) erfc(bx) on the half line."""
    if total.measure == POSITIVE and total.x in total.body.args:
        yield from two_error_functions(Total(total.body / total.x, total.x, POSITIVE), facts)


ERFC_PRODUCT_MOMENT = Rule(
    "erfc_product_moment",
    Claim(Total(x * erfc(a * x) * erfc(b * x), x, POSITIVE),
          (1 / a**2 + 1 / b**2) / 4 - (1 / (a * b) + atan(b / a) / a**2 + atan(a / b) / b**2) / (2 * pi)),
    kind="cited",
    find=erfc_product_moment,
    source="Prudnikov-Brychkov-Marichev, vol. 2, 2.8.19; by parts and Gradshteyn-Ryzhik 6.291",
)  # fmt: skip
MORE = (FRULLANI_OF_FUNCTION, ERFC_PRODUCT_MOMENT)
