"""Sonine's integral on a finite range, and its tilted twin, the Kaiser window."""

from collections.abc import Iterator

from sympy import Expr, Mul, Rational, S, Symbol, besseli, exp, oo, pi, sinh, sqrt

from derive.algebra.equality import equal
from derive.algebra.reading import binomial_base, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import b, x

a, h = Symbol("a", positive=True), Symbol("h", positive=True)
nu, e = Symbol("nu", real=True), Symbol("e", real=True)


def under_root(total: Total, facts: Facts) -> tuple[Values, Expr, Expr] | None:
    """(letters, ν, the rest) where I_ν(b √(h² − x²)) stands in the integrand and h is the upper end."""
    m = total.measure
    functions = [f for f in Mul.make_args(total.body) if isinstance(f, besseli)]
    if len(functions) != 1 or not isinstance(m, Lebesgue) or m.hi.is_finite is False:
        return None
    square = binomial_base((functions[0].args[1] ** 2).expand(), total.x)
    if square is None or square[2] != 2 or not facts.negative(square[1]) or not equal(square[0], -square[1] * m.hi**2, facts):
        return None
    return {x: total.x, h: m.hi, b: sqrt(-square[1])}, functions[0].args[0], total.body / functions[0]


def tilted_window(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(ex) I_0(b √(h² − x²)) on (−h, h)."""
    found = under_root(total, facts)
    if found is not None and found[1] == 0 and total.measure.lo == -total.measure.hi:
        form = read(found[2], total.x, facts)
        if form is not None and form.coefficient == 1 and not form.powers and set(form.exps) <= {total.x}:
            yield {**found[0], e: form.exps.get(total.x, S.Zero)}


def sonine(total: Total, facts: Facts) -> Iterator[Values]:
    """(h² − x²)^(ν/2) I_ν(b √(h² − x²)) on (0, h)."""
    found = under_root(total, facts)
    if found is not None and total.measure.lo == 0:
        power = (total.measure.hi**2 - total.x**2) ** (found[1] / 2)
        if equal(found[2], power, facts.within(total.x, total.measure)):
            yield {**found[0], nu: found[1]}


ROOT = sqrt(h**2 - x**2)
KAISER_WINDOW = Rule(
    "kaiser_window",
    Claim(Total(exp(e * x) * besseli(0, b * ROOT), x, Lebesgue(-h, h)), 2 * sinh(h * sqrt(b**2 + e**2)) / sqrt(b**2 + e**2)),
    kind="cited",
    find=tilted_window,
    source="Gradshteyn-Ryzhik 6.616.5; Kaiser's window (1974)",
)
SONINE_INTEGRAL = Rule(
    "sonine_integral",
    Claim(Total((h**2 - x**2) ** (nu / 2) * besseli(nu, b * ROOT), x, Lebesgue(0, h)),
          sqrt(pi / (2 * b)) * h ** (nu + Rational(1, 2)) * besseli(nu + Rational(1, 2), b * h), given=(nu > -1,)),
    kind="cited",
    find=sonine,
    source="Watson, Theory of Bessel Functions, 12.11; Gradshteyn-Ryzhik 6.683.1",
)  # fmt: skip


def beyond_root(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−ax) I_0(b √(x² − h²)) from h on."""
    m = total.measure
    functions = [f for f in Mul.make_args(total.body) if isinstance(f, besseli)]
    if len(functions) != 1 or functions[0].args[0] != 0 or not isinstance(m, Lebesgue) or m.hi is not oo or not facts.positive(m.lo):
        return
    square = binomial_base((functions[0].args[1] ** 2).expand(), total.x)
    form = read(total.body / functions[0], total.x, facts)
    plain = form is not None and form.coefficient == 1 and not form.powers and set(form.exps) == {total.x}
    if square is not None and form is not None and plain and square[2] == 2 and equal(square[0], -square[1] * m.lo**2, facts):
        yield {x: total.x, h: m.lo, b: sqrt(square[1]), a: -form.exps[total.x]}


TELEGRAPH_INTEGRAL = Rule(
    "telegraph_integral",
    Claim(Total(exp(-a * x) * besseli(0, b * sqrt(x**2 - h**2)), x, Lebesgue(h, oo)), exp(-h * sqrt(a**2 - b**2)) / sqrt(a**2 - b**2),
          given=(a > b,)),
    kind="cited",
    find=beyond_root,
    source="Gradshteyn-Ryzhik 6.646.1, x → x/h; the telegraph equation",
)  # fmt: skip
RULES = (KAISER_WINDOW, SONINE_INTEGRAL, TELEGRAPH_INTEGRAL)
