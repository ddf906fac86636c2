"""Is a kernel nowhere negative? Proved, refuted with a witness that holds, or undecided."""

import time

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Eq,
    Max,
    Piecewise,
    Rational,
    S,
    Symbol,
    airyai,
    besselj,
    binomial,
    cos,
    cosh,
    exp,
    factorial,
    log,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)  # fmt: skip

from derive.algebra.signs import Facts
from derive.check.sign import NEGATIVE, NOT_REAL, sign_of
from derive.language.claims import PROVED, REFUTED, UNDECIDED
from derive.language.totals import NATURALS, POSITIVE, REALS, Atoms, Counting, Lebesgue, variable
from derive.positive import positive_nearly_everywhere, variables
from derive.read.asked import problem

Q = Rational
x, y, z = variable("x", REALS), variable("x", POSITIVE), Symbol("z", positive=True)
k = variable("k", NATURALS)
eps, c, mu, rho = symbols("eps c mu rho", positive=True)
CIRCLE = Lebesgue(-pi, pi)

NOT_KERNELS = {
    "a factor that turns far in the tail": (exp(-y) * (1 - y / 10**6), y, POSITIVE, []),
    "the same with a parameter": (exp(-y) * (1 - eps * y), y, POSITIVE, []),
    "Poisson-Charlier": (mu**k / factorial(k) * (1 + c * (k - mu)), k, NATURALS, []),
    "a narrow dip far from the mode": (((x - 50)**2 - Q(1, 10**6)) * exp(-x**2), x, REALS, []),
    "a shallow dip": ((x**4 - 2 * x**2 + Q(999, 1000)) * exp(-x**2), x, REALS, []),
    "a dip at the ends": (1 + Q(1001, 1000) * cos(x), x, CIRCLE, []),
    "cardioid, tilted too far": (1 + 2 * rho * cos(x), x, CIRCLE, [rho > Q(1, 2)]),
    "Heyde's log-normal": (exp(-log(y)**2 / 2) / y * (1 + eps * sin(2 * pi * log(y))), y, POSITIVE, [eps > 1]),
    "below its tangent parabola": (cosh(x) - 1 - x**2 * Q(51, 100), x, REALS, []),
    "airy": (airyai(x), x, REALS, []),
    "bessel": (besselj(0, y) * exp(-y), y, POSITIVE, []),
    "past 1": (-log(y), y, Lebesgue(0, Q(1001, 1000)), []),
    "between two integers": ((k - 1000) * (k - 1002) * 2**-k, k, NATURALS, []),
    "second case": (Piecewise((x, x < Q(1, 2)), (Q(1, 4) - x, True)), x, Lebesgue(0, 1), []),
    "odd": ((x**3 + 1) * exp(-x**2), x, REALS, []),
    "probability above one": (binomial(3, k) * Q(3, 2)**k * (-Q(1, 2))**(3 - k), k, Counting(0, 3), []),
    "one of three": (x**2 - Q(1, 2), x, Atoms(-1, 0, 1), []),
}
KERNELS = {
    "touches 0": ((x - 50)**2 * exp(-x**2), x, REALS),
    "a quartic with two wells": ((x**4 - 2 * x**2 + Q(11, 10)) * exp(-x**2), x, REALS),
    "cardioid": (1 + Q(999, 1000) * cos(x), x, CIRCLE),
    "touches 0 at the ends": (1 + cos(x), x, CIRCLE),
    "fourth order at 0": (cosh(x) - 1 - x**2 / 2, x, REALS),
    "third order at 0": ((y - sin(y)) * exp(-y), y, POSITIVE),
    "difference of exponentials": (exp(-y) - exp(-2 * y), y, POSITIVE),
    "Muth": ((exp(y / 2) - Q(1, 2)) * exp(-exp(y / 2)), y, POSITIVE),
    "squares only": (airyai(y)**2, y, POSITIVE),
    "0 at two integers": ((k - 3) * (k - 4) * 2**-k, k, NATURALS),
    "negative between integers": (((k - Q(7, 2))**2 - Q(1, 16)) * 2**-k, k, NATURALS),
    "every other": ((1 + (-1)**k) * 2**-k, k, NATURALS),
    "a null set is not accused": (Piecewise((-1, Eq(x, Q(1, 3))), (1, True)), x, Lebesgue(0, 1)),
    "triangle": (Max(0, 1 - Abs(x)), x, REALS),
}


@pytest.mark.parametrize("name", NOT_KERNELS)
def test_a_negative_kernel_is_refuted_by_a_witness_that_holds(name):
    kernel, var, measure, given = NOT_KERNELS[name]
    found = sign_of(kernel, [(var, measure)], Facts(given))
    assert (found.verdict, found.kind) == (REFUTED, NEGATIVE), found
    value = kernel.xreplace(found.witness)
    assert sp.N(value, 30) < 0 and all(g.xreplace(found.witness) == True for g in given)  # noqa: E712
    assert abs(sp.N(value, 30) / sp.Float(found.value, 8) - 1) < 1e-6


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_without_parameters_is_proved_by_a_cover(name):
    kernel, var, measure = KERNELS[name]
    assert sign_of(kernel, [(var, measure)], Facts()).verdict == PROVED


@pytest.mark.parametrize(("kernel", "measure"), [(log(x), Lebesgue(-1, 1)), (sqrt(x) * exp(-x**2), REALS), ((x - 3)**Q(1, 3),
    Lebesgue(0, 9))])
def test_where_a_kernel_is_not_real_that_is_the_witness(kernel, measure):
    found = sign_of(kernel, [(x, measure)], Facts())
    assert found.verdict == REFUTED and found.witness
    value = sp.N(kernel.xreplace(found.witness))
    assert (found.kind == NOT_REAL and sp.im(value) != 0 and "I" in found.value) or (found.kind == NEGATIVE and value < 0)


def test_no_witness_between_ends_that_are_turned_round():
    x, m, M = sp.Symbol("x", real=True), sp.Symbol("m", real=True), sp.Symbol("M", real=True)
    for kernel, measure in ((Max(M, x), Lebesgue(-M, M)), (Max(2 * M - m, x), Lebesgue(m, M))):
        found = sign_of(kernel, [(x, measure)], Facts())
        assert found.verdict != REFUTED or found.witness.get(m, -found.witness[M]) < found.witness[x] < found.witness[M]


def test_an_arctangent_may_be_0():
    n, x = sp.Symbol("n", integer=True, nonnegative=True), sp.Symbol("x", positive=True)
    for e in (sp.atan(n), sp.atan(sp.floor(x)), x * sp.atan(n)):  # SymPy takes it for irrational at each rational argument, 0 included
        assert Facts().nonnegative(e) and not Facts().positive(e) and not Facts().nonzero(e)
    assert Facts().positive(sp.atan(x)) and Facts().positive(sp.acot(sp.Abs(x - 1)))


def test_several_variables():
    found = sign_of(1 - z * y, [(z, Lebesgue(0, 2)), (y, Lebesgue(0, 1))], Facts())
    assert found.verdict == REFUTED and found.witness[z] * found.witness[y] > 1


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(st.integers(-6, 6), min_size=3, max_size=5))
def test_polynomials_against_exact_minima(coefficients):
    """p(x) exp(−x²) has the sign of p, which real_roots settles exactly: never a wrong verdict."""
    poly = sp.Poly(coefficients, x)
    if poly.degree() < 1:
        return
    marks = [-oo, *sp.real_roots(poly), oo]
    samples = [S.Zero] if len(marks) == 2 else [marks[1] - 1, *((a + b) / 2 for a, b in zip(marks[1:], marks[2:-1],
    strict=False)), marks[-2] + 1]
    nowhere_negative = all(poly.eval(s).evalf(30) >= 0 for s in samples)
    found = sign_of(poly.as_expr() * exp(-x**2), [(x, REALS)], Facts())
    assert found.verdict == (PROVED if nowhere_negative else REFUTED)


def test_what_cannot_be_settled_is_undecided_in_time():
    start = time.monotonic()
    kernel = 1 + sin(exp(exp(y))) * (1 + exp(-exp(exp(y)))) * Q(999999, 10**6)
    assert sign_of(sp.Function("f")(y), [(y, POSITIVE)], Facts()).verdict == UNDECIDED
    assert sign_of(kernel, [(y, POSITIVE)], Facts(), seconds=0.5).verdict in (UNDECIDED, REFUTED)
    assert time.monotonic() - start < 4


a, b, t = symbols("a b t", positive=True)


@pytest.mark.parametrize(
    ("kernel", "measure", "relations", "verdict"),
    [  # tangents, one fraction for several, powers of what lies between 0 and 1, roots, ends that are roots
        (1 / (1 - exp(-y)) - 1 / y, POSITIVE, [], PROVED),
        (exp(a * y) - 1 - a * y, POSITIVE, [], PROVED),
        (1 - (1 + t + t * y) / (1 + t) * exp(-t * y), POSITIVE, [], PROVED),
        (1 - (1 - exp(-a * y)) ** b, POSITIVE, [], PROVED),
        (y + c - sqrt(c**2 - 1), POSITIVE, [c > 1], PROVED),
        (1 - c * x**a, Lebesgue(0, c ** (-1 / a)), [], PROVED),
        (1 / (1 - exp(-y)) - Q(9, 8) / y, POSITIVE, [], REFUTED),
        (exp(a * y) - 1 - 2 * a * y, POSITIVE, [], REFUTED),
        (y + c - sqrt(c**2 + 1), POSITIVE, [c > 1], REFUTED),
        (1 - c * x**a, Lebesgue(0, 2 * c ** (-1 / a)), [], REFUTED),
    ],
)
def test_sums_that_nearly_cancel(kernel, measure, relations, verdict):
    own = variable("x", measure)
    assert sign_of(kernel.subs({x: own, y: own}), [(own, measure)], Facts(relations)).verdict == verdict


@pytest.mark.parametrize(("kernel", "known", "verdict"), [
    ("1 - l + 2*l*exp(-x**2)", ["Abs(l) <= 1"], PROVED),
    ("1 - l + 2*l*exp(-x**2)", ["l <= 1", "l >= -1"], PROVED),
    ("2 - 3*exp(-x)", [], REFUTED),  # 2 at one end and −1 at the other
    ("x - sin(2*pi*x)/(2*pi)", [], PROVED),
    ("x - sin(2*pi*x)/3", [], REFUTED),
    ("x - tanh(x)", [], PROVED),
])  # fmt: skip
def test_bounds_by_exponentials_sines_and_bars(kernel, known, verdict):
    stated = problem(kernel, over=["x in (0, oo)"], given=known)
    assert sign_of(stated.kernel, variables(stated), Facts(stated.conditions)).verdict == verdict


@pytest.mark.parametrize(("kernel", "known"), [
    ("lowergamma(a, k + 1) - lowergamma(a, k)", ["a > 0"]),
    ("erfc(k) - erfc(k + 1)", []),
    ("zeta(k + 2) - 1", []),
    ("(1 - q**(k + 1))**n - (1 - q**k)**n", ["0 < q", "q < 1", "n positive integer"]),
])  # fmt: skip
def test_neighbouring_values_of_a_rising_function(kernel, known):
    stated = problem(kernel, over=["k in ZZ[0, oo]"], given=known)
    assert sign_of(stated.kernel, variables(stated), Facts(stated.conditions)).verdict == PROVED
    turned = problem(f"-({kernel})", over=["k in ZZ[0, oo]"], given=known)
    assert sign_of(turned.kernel, variables(turned), Facts(turned.conditions)).verdict == REFUTED


def test_bars_within_bars_may_be_zero_along_a_range():
    """|x − 1 − |x − 1|| is 0 for x > 1, and |x² − 1| only at two points."""
    for kernel, over, positive in (("abs(x - 1 - abs(x - 1))", "(1, 2)", False), ("abs(x**2 - 1)", "(-2, 2)", True)):
        asked = problem(kernel, over={"x": over})
        inside = Facts(asked.conditions).within(asked.variables[0].symbol, asked.variables[0].measure)
        assert positive_nearly_everywhere(asked, inside) == positive


SQUARED = symbols("w", nonnegative=True)


@pytest.mark.parametrize(("e", "relations", "strict", "loose"), [
    (2 * x**3 - 6 * x + 5, [x > -1, x < 3], True, True),
    (2 * x**3 - 6 * x + 5, [x > -3], False, False),  # below 0 before −2.09
    (x**3 - 1, [x >= 1], False, True),
    (x**3 - 1, [x > 1], True, True),
    (1 - x**3, [x >= 1], False, False),
    ((x - 1)**2 * (x**2 + 1), [], False, True),
    (SQUARED**4 - SQUARED**3, [], False, False),
])  # fmt: skip
def test_polynomials_between_rational_bounds(e, relations, strict, loose):
    facts, whole = Facts(relations), sp.expand(e)
    assert (facts.positive(whole), facts.nonnegative(whole)) == (strict, loose)


@pytest.mark.parametrize(("e", "relations", "positive"), [
    ((1 + z) * exp(z * y) - (1 + z + z * y) / 2, [], True),
    (1 + c - (1 + c + c * y) * exp(-c * y), [], True),
    (exp(y) - 1 - 2 * y, [], False),
    (exp(-y) - 1 + y, [], True),
    (2 * exp(-y) - 1, [], False),
])  # fmt: skip
def test_exponentials_above_their_tangent_lines(e, relations, positive):
    assert Facts([*relations, y > 0]).positive(sp.expand(e)) == positive
