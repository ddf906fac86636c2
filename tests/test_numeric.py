"""The numeric check of ∫p = 1. The normalizing constants are those of the textbooks, written by hand."""

import time
from contextlib import suppress

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from sympy import (
    Abs,
    Ei,
    Eq,
    Function,
    Heaviside,
    I,
    KroneckerDelta,
    Max,
    Mod,
    Ne,
    Piecewise,
    Rational,
    S,
    Symbol,
    acot,
    asinh,
    assoc_laguerre,
    besseli,
    besselk,
    beta,
    binomial,
    cbrt,
    cos,
    cosh,
    cot,
    dirichlet_eta,
    elliptic_k,
    exp,
    factorial,
    ff,
    floor,
    fresnels,
    gamma,
    harmonic,
    hyper,
    log,
    lowergamma,
    oo,
    pi,
    polygamma,
    polylog,
    rf,
    sech,
    sign,
    sin,
    sqrt,
    symbols,
    tanh,
    uppergamma,
    zeta,
)  # fmt: skip

from derive.check import special
from derive.check.arb_names import BALL
from derive.check.charts import Unusable
from derive.check.compiled import exact_name
from derive.check.numeric import DISAGREES, Evidence, check_density, judge, mass, value, weigh
from derive.check.points import points
from derive.language.claims import AGREES, UNDECIDED
from derive.language.totals import NATURALS, POSITIVE, REALS, Atoms, Counting, Lebesgue, Total, variable

mu, x0, h, a_real, b_real = symbols("mu x0 h a_real b_real", real=True)
sigma, alpha, s, r, nu, kappa, R, m = symbols("sigma alpha s r nu kappa R m", positive=True)
bet, gam, lam = symbols("beta gamma lambda", positive=True)  # names that mean something to SymPy or Python
p = Symbol("p", positive=True)
n, dof = Symbol("n", integer=True, positive=True), Symbol("k", integer=True, positive=True)
lo, hi = symbols("lo hi", integer=True)
UNIT = Lebesgue(0, 1)
x, y, t = variable("x", REALS), variable("x", POSITIVE), variable("t", UNIT)
k, j, z = variable("k", NATURALS), variable("k", Counting(1, oo)), variable("k", Counting(-oo, oo))
w = (x - mu) / sigma
normal = exp(-w**2 / 2) / (sqrt(2 * pi) * sigma)
Q = Rational

# density, variable, measure, conditions, points besides the drawn ones
TEXTBOOK = {
    "gaussian": (normal, x, REALS, [], {mu: Q(1, 3), sigma: Q(3, 2)}),
    "gaussian natural": (exp(-sigma * x**2 + mu * x) / (sqrt(pi / sigma) * exp(mu**2 / (4 * sigma))), x, REALS, [], {}),
    "half-normal": (exp(-y**2 / (2 * sigma**2)) / (sigma * sqrt(pi / 2)), y, POSITIVE, [], {}),
    "exponential": (lam * exp(-lam * y), y, POSITIVE, [], {}),
    "gamma": (bet**alpha * y**(alpha - 1) * exp(-bet * y) / gamma(alpha), y, POSITIVE, [], {alpha: Q(1, 2), bet: Q(3)}),
    "gamma 7/10": (bet**alpha * y**(alpha - 1) * exp(-bet * y) / gamma(alpha), y, POSITIVE, [], {alpha: Q(7, 10), bet: Q(3)}),
    "gamma 5/2": (bet**alpha * y**(alpha - 1) * exp(-bet * y) / gamma(alpha), y, POSITIVE, [], {alpha: Q(5, 2), bet: Q(4, 3)}),
    "inverse gamma": (bet**alpha * y**(-alpha - 1) * exp(-bet / y) / gamma(alpha), y, POSITIVE, [], {}),
    "beta": (t**(alpha - 1) * (1 - t)**(bet - 1) / beta(alpha, bet), t, UNIT, [], {alpha: Q(1, 2), bet: Q(1, 3)}),
    "beta prime": (y**(alpha - 1) * (1 + y)**(-alpha - bet) / beta(alpha, bet), y, POSITIVE, [], {alpha: Q(1, 2), bet: Q(1, 3)}),
    "uniform": (1 / (b_real - a_real), x, Lebesgue(a_real, b_real), [b_real > a_real], {a_real: Q(-1), b_real: Q(5, 2)}),
    "laplace": (exp(-Abs(x - mu) / sigma) / (2 * sigma), x, REALS, [], {}),
    "cauchy": (1 / (1 + ((x - x0) / gam)**2) / (pi * gam), x, REALS, [], {}),
    "student": ((1 + x**2 / nu)**(-(nu + 1) / 2) * gamma((nu + 1) / 2) / (sqrt(nu * pi) * gamma(nu / 2)), x, REALS, [],
                {nu: Q(5, 2)}),
    "weibull": (alpha * lam**-alpha * y**(alpha - 1) * exp(-(y / lam)**alpha), y, POSITIVE, [], {alpha: Q(3, 2), lam: Q(2)}),
    "rayleigh": (y * exp(-y**2 / (2 * sigma**2)) / sigma**2, y, POSITIVE, [], {}),
    "maxwell": (y**2 * exp(-y**2 / (2 * sigma**2)) / (sqrt(pi / 2) * sigma**3), y, POSITIVE, [], {}),
    "chi-squared": (y**(dof / 2 - 1) * exp(-y / 2) / (2**(dof / 2) * gamma(dof / 2)), y, POSITIVE, [], {dof: Q(3)}),
    "pareto 5/2": (alpha * m**alpha * y**(-alpha - 1), y, Lebesgue(m, oo), [], {alpha: Q(5, 2), m: Q(4, 3)}),
    "pareto 2/3": (alpha * m**alpha * y**(-alpha - 1), y, Lebesgue(m, oo), [], {alpha: Q(2, 3), m: Q(2)}),
    "log-normal": (exp(-(log(y) - mu)**2 / (2 * sigma**2)) / (y * sqrt(2 * pi) * sigma), y, POSITIVE, [], {}),
    "logistic": (exp(-w) / (1 + exp(-w))**2 / sigma, x, REALS, [], {}),
    "gumbel": (exp(-w - exp(-w)) / sigma, x, REALS, [], {}),
    "kumaraswamy": (alpha * bet * t**(alpha - 1) * (1 - t**alpha)**(bet - 1), t, UNIT, [], {}),
    "von mises": (exp(kappa * cos(x - mu)) / (2 * pi * besseli(0, kappa)), x, Lebesgue(-pi, pi), [], {}),
    "generalized normal": (exp(-(Abs(x - mu) / alpha)**bet) / (2 * alpha * gamma(1 + 1 / bet)), x, REALS, [], {}),
    "semicircle": (2 * sqrt(R**2 - x**2) / (pi * R**2), x, Lebesgue(-R, R), [], {}),
    "arcsine": (1 / (pi * sqrt(t * (1 - t))), t, UNIT, [], {}),
    "triangular": (1 - Abs(x), x, Lebesgue(-1, 1), [], {}),
    "sech": (sech(x) / pi, x, REALS, [], {}),
    "bernoulli": (exp(h * x) / (1 + exp(h)), x, Atoms(0, 1), [], {}),
    "spin": (exp(h * x) / (2 * cosh(h)), x, Atoms(-1, 1), [], {}),
    "softmax": (exp(mu * KroneckerDelta(x, 1) + h * KroneckerDelta(x, 2)) / (exp(mu) + exp(h) + 1), x, Atoms(1, 2, 3), [], {}),
    "poisson": (lam**k * exp(-lam) / factorial(k), k, NATURALS, [], {}),
    "geometric": (p * (1 - p)**(j - 1), j, Counting(1, oo), [p < 1], {}),
    "binomial": (binomial(n, k) * r**k / (1 + r)**n, k, Counting(0, n), [], {}),
    "negative binomial": (gamma(k + r) / factorial(k) * p**k * (1 - p)**r / gamma(r), k, NATURALS, [p < 1], {}),
    "logarithmic": (-p**j / (j * log(1 - p)), j, Counting(1, oo), [p < 1], {}),
    "zeta": (j**-s / zeta(s), j, Counting(1, oo), [s > 1], {s: Q(5, 2)}),
    "discrete uniform": (1 / (hi - lo + 1), z, Counting(lo, hi), [hi >= lo], {lo: Q(-2), hi: Q(5)}),
}
rise = exp(3 * y / 8)
HARDER = {
    "narrow": (exp(-x**2 * 10**12 / 2) * 10**6 / sqrt(2 * pi), x, Lebesgue(-1, 1)),
    "narrow, off centre": (exp(-(x - Q(1, 3))**2 * 10**12 / 2) * 10**6 / sqrt(2 * pi), x, Lebesgue(-1, 1)),
    "far away": (exp(-(x - 10**6)**2 / 2) / sqrt(2 * pi), x, REALS),
    "two peaks far apart": (exp(-(x - 100)**2 / 2) / sqrt(8 * pi) + exp(-(x + 100)**2 / 2) / sqrt(8 * pi), x, REALS),
    "singular inside": (1 / (4 * sqrt(Abs(x))), x, Lebesgue(-1, 1)),
    "step": (Heaviside(x - 1) * exp(1 - x), x, REALS),
    "cases": (Piecewise((Q(3, 4) * (1 - x**2), x**2 < 1), (0, True)), x, REALS),
    "maximum": (Max(0, 1 - Abs(x)), x, REALS),
    "exponentiated weibull": (y**Q(-1, 2) * exp(-sqrt(y)) * (1 - exp(-sqrt(y)))**Q(-1, 2) / 4, y, POSITIVE),
    "three halves of nothing": (2 * y**2 * exp(-y**3) * (1 - exp(-y**3))**Q(-1, 3), y, POSITIVE),
    "logistic exponential": (Q(15, 88) * rise * (rise - 1)**Q(-6, 11) / (1 + (rise - 1)**Q(5, 11))**2, y, POSITIVE),
    "two scales": (Q(3, 8) * exp(-(Q(3, 8) * asinh(x) - Q(12, 5))**2 / 2) / sqrt(2 * pi * (1 + x**2)), x, REALS),
    "product normal, correlated": (exp(Q(70, 51) * x) * besselk(0, Q(100, 51) * Abs(x)) / (pi * sqrt(Q(51, 100))), x, REALS),
    "yule": (Q(3, 7) * beta(j, Q(10, 7)), j, Counting(1, oo)),
    "lorentzian on the integers": (tanh(10 * pi) * 10 / (pi * (z**2 + 100)), z, Counting(-oo, oo)),
    "skellam": (exp(-Q(7, 2)) * Q(4, 3)**(Q(1, 2) * z) * besseli(z, sqrt(12)), z, Counting(-oo, oo)),
    "even numbers only": ((1 + (-1)**k) * Q(3, 8) * 2**-k, k, NATURALS),
    "product normal": (besselk(0, Abs(x)) / pi, x, REALS),
    "fast oscillation, whole period": ((1 + cos(32 * x)) / (2 * pi), x, Lebesgue(-pi, pi)),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_textbook_densities_agree_to_twenty_digits(name):
    density, var, measure, conditions, point = TEXTBOOK[name]
    found = check_density(density, [(var, measure)], conditions)
    assert (found.verdict, found.name) == (AGREES, "numeric"), found
    assert found.digits >= 20 and found.points == (3 if (density.free_symbols | measure.free_symbols) - {var} else 1)
    if point:
        number, error = mass(density, [(var, measure)], point)
        assert abs(number - 1) < mpf(10)**-20 and error < mpf(10)**-20


@pytest.mark.parametrize("name", HARDER)
def test_harder_densities_agree_to_twenty_digits(name):
    density, var, measure = HARDER[name]
    found = check_density(density, [(var, measure)])
    assert found.verdict == AGREES and found.digits >= 20, found


@pytest.mark.parametrize("name", TEXTBOOK)
@pytest.mark.parametrize("factor", [S(2), 1 + Q(1, 10**9), 1 - Q(1, 10**15)])
def test_a_wrong_constant_never_agrees_and_is_told_apart(name, factor):
    density, var, measure, conditions, _ = TEXTBOOK[name]
    found = weigh(factor * density, [(var, measure)], conditions, points=1)
    check = judge(found, 20)
    assert check.verdict == UNDECIDED and check.digits is None
    if factor > 1:
        assert found[0].disagrees and check.detail.startswith(DISAGREES), check
        with mp.workdps(30):
            assert abs(found[0].mass - mpf(factor.p) / factor.q) < mpf(10)**-20


@pytest.mark.parametrize(("density", "var", "measure"), [
    (TEXTBOOK["gamma"][0], y, Lebesgue(0, 20)), (TEXTBOOK["gaussian"][0], x, POSITIVE),
    (TEXTBOOK["beta"][0], t, Lebesgue(0, Q(1, 2))), (TEXTBOOK["poisson"][0], k, Counting(1, oo)),
    (TEXTBOOK["poisson"][0], k, Counting(0, 9)), (TEXTBOOK["laplace"][0], x, Atoms(0, 1))])
def test_a_wrong_domain_never_agrees(density, var, measure):
    found = check_density(density, [(var, measure)])
    assert found.verdict == UNDECIDED and found.detail.startswith(DISAGREES), found


HOSTILE = {
    "constant on the line": (S.One, x, REALS),
    "1/x": (1 / y, y, POSITIVE),
    "barely not integrable at infinity": (1 / (y * log(y)), y, Lebesgue(3, oo)),
    "barely integrable": (log(2) / (y * log(y)**2), y, Lebesgue(2, oo)),
    "growing": (exp(y), y, POSITIVE),
    "towers": (exp(exp(exp(x))), x, REALS),
    "shrinking towers": (exp(-exp(exp(exp(x)))), x, REALS),
    "tower of powers": (y**(y**y), y, POSITIVE),
    "sine": (sin(x), x, REALS),
    "oscillating into zero": (exp(-y) * sin(1 / y), y, POSITIVE),
    "slow and oscillating": (sin(x)**2 / (pi * x**2), x, REALS),
    "infinitely many jumps": (exp(-floor(y)) * (1 - exp(-1)), y, POSITIVE),
    "complex": (exp(I * x - x**2), x, REALS),
    "undefined": (Symbol("f", positive=True)**Symbol("f", irrational=True) * exp(-y), y, POSITIVE),
    "harmonic": (1 / j, j, Counting(1, oo)),
    "factorial": (factorial(k) * 3**-k, k, NATURALS),
    "long sum": (Q(1, 10**12), j, Counting(1, 10**12)),
    "ends that are no integers": (S.One, j, Counting(Q(1, 2), Q(5, 2))),
    "alternating": ((-1)**j / j, j, Counting(1, oo)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_integrands_end_undecided_and_in_time(name):
    density, var, measure = HOSTILE[name]
    start = time.monotonic()
    found = check_density(density, [(var, measure)], seconds=2)
    assert found.verdict == UNDECIDED and found.detail and not found.detail.startswith(DISAGREES), found
    assert time.monotonic() - start < 4


def test_out_of_time_is_said():
    slow = exp(-x**2 / 2 - y**2 / 2)
    found = check_density(slow, [(x, REALS), (Symbol("x", positive=True), POSITIVE)], seconds=0.05)
    assert found.verdict == UNDECIDED and "time" in found.detail


@settings(derandomize=True, deadline=None, max_examples=25)
@given(shift=st.fractions(-50, 50, max_denominator=12), scale=st.fractions("1/40", 40, max_denominator=40),
       shape=st.sampled_from([exp(-x**2) / sqrt(pi), exp(-Abs(x)) / 2, 1 / (pi * (1 + x**2)), exp(-x - exp(-x)),
                              (1 + x**2 / 3)**-2 * 2 / (sqrt(3) * pi)]))
def test_the_mass_does_not_change_with_location_and_scale(shift, scale, shape):
    moved = shape.subs(x, (x - Q(shift.numerator, shift.denominator)) * Q(scale.numerator, scale.denominator))
    found = check_density(moved * Q(scale.numerator, scale.denominator), [(x, REALS)])
    assert found.verdict == AGREES and found.digits >= 20, found


@pytest.mark.parametrize(("body", "var", "measure", "known"), [
    (exp(-y**3), y, POSITIVE, lambda: mp.gamma(mpf(4) / 3)),
    (log(t)**2, t, UNIT, lambda: mpf(2)),
    (y / (exp(y) - 1), y, POSITIVE, lambda: mp.pi**2 / 6),
    (1 / (1 + x**4), x, REALS, lambda: mp.pi / mp.sqrt(2)),
    (exp(-x**2) * cos(3 * x), x, REALS, lambda: mp.sqrt(mp.pi) * mp.exp(mpf(-9) / 4)),
    (sqrt(t), t, UNIT, lambda: mpf(2) / 3),
    (exp(-z**2), z, Counting(-oo, oo), lambda: mp.jtheta(3, 0, mp.exp(-1))),
    (j**Q(-11, 10), j, Counting(1, oo), lambda: mp.zeta(mpf(11) / 10)),
    (1 / (k + Q(1, 3))**2, k, NATURALS, lambda: mp.zeta(2, mpf(1) / 3)),
    (sin(x)**2 / x**2, x, REALS, lambda: +mp.pi),
    (exp(-y**100), y, POSITIVE, lambda: mp.gamma(mpf(101) / 100)),
])
def test_error_estimates_are_honest(body, var, measure, known):
    found, error = mass(body, [(var, measure)], {})
    with mp.workdps(40):
        assert abs(found - known()) <= 2 * error


def test_totals_inside_totals_have_values():
    inner = Total(x * y, x, Lebesgue(0, y))  # y³/2
    number = value(sigma + Total(inner, y, Lebesgue(0, sigma)), {sigma: Q(2)}, seconds=60)
    assert abs(number - 4) < mpf(10)**-20
    kernel = exp(-sigma * x**2)
    assert check_density(kernel / Total(kernel, x, REALS), [(x, REALS)]).verdict == AGREES


def test_two_variables_agree():
    inside = Symbol("z", positive=True)
    found = check_density(2 * S.One, [(t, UNIT), (inside, Lebesgue(0, t))], seconds=30)
    assert found.verdict == AGREES and found.digits >= 20, found


def test_value_computes_both_sides_of_an_identity():
    point = {alpha: Q(4, 3), bet: Q(7, 5)}
    left, right = beta(alpha, bet), gamma(alpha) * gamma(bet) / gamma(alpha + bet)
    assert abs(value(left, point, 30) / value(right, point, 30) - 1) < mpf(10)**-30
    with pytest.raises(Unusable, match="has no value"):
        value(sigma * alpha, {alpha: Q(1)})


ARGUMENTS = {"GammaSize": ["1.3", "0.4"],
             "acosh": ["1.7"], "power": ["1.3", "0.4"], "max": ["1.3", "0.4"], "min": ["1.3", "0.4"], "choose": ["7.3", "2.6"],
             "beta": ["1.3", "0.4"], "zeta": ["2.3", "0.4"], "polylog": ["1.3", "0.4"], "expint": ["1.3", "0.4"],
             "besseli": ["1.3", "0.4"], "besselj": ["1.3", "0.4"],
             "bessely": ["1.3", "0.4"], "besselk": ["1.3", "40"], "psi": ["2", "1.3"], "polygamma": ["2", "1.3"], "gammainc": ["1.3", "0.4"],
             "legendre": ["1.3", "0.4"], "hermite": ["1.3", "0.4"], "chebyt": ["3", "0.4"], "chebyu": ["3", "0.4"],
             "laguerre": ["1.3", "0.4", "2.2"], "floor": ["1.3"], "ceil": ["1.3"]}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BALL.keys() - {"mpf", "inf", "hyper", "polygamma"}))
def test_functions_of_arb_and_of_mpmath_are_the_same(name):
    given = ARGUMENTS.get(name, ["0.37"])
    with mp.workdps(40):
        right = exact_name(name)(*map(mpf, given))
        if name == "zeta":
            assert abs(mpf(BALL[name](arb(given[0])).mid()) - mpmath.zeta(mpf(given[0]))) < mpf(10)**-14
    with ctx.workprec(120):
        found = BALL[name](*(arb(v) for v in given))
    with mp.workdps(40):
        assert found.rad() < arb(10)**-28 and abs(mpf(found.mid()) - right) < mpf(10)**-28


def test_a_function_that_arb_lacks_is_left_to_mpmath():
    x = Symbol("x", positive=True)
    density = Function("sinpi")(x) * pi / 2  # mpmath has it under this name, Arb's table does not
    assert check_density(density, [(x, UNIT)]).digits >= 20
    assert check_density(2 * density, [(x, UNIT)]).verdict == UNDECIDED


def test_digits_lost_beside_an_end_are_found_again():
    lo, x = Q(7, 3), Symbol("x", positive=True)
    found, error = mass((x / lo - 1)**Q(-7, 8) * exp(-x), [(x, Lebesgue(lo, oo))], {})  # lo Γ(1/8) lo^(-1/8) e^(-lo)
    with mp.workdps(40):
        assert error < mpf(10)**-20 and abs(found - mp.gamma(mpf(1) / 8) * (mpf(7) / 3)**(mpf(7) / 8) * mp.exp(-mpf(7) / 3)) < mpf(10)**-20


def test_evidence_counts_digits_no_further_than_its_error():
    assert Evidence({}, mpf(1), mpf("1e-12")).digits == 12
    assert not Evidence({}, mpf(1) + mpf("1e-10"), mpf("1e-12")).disagrees
    assert Evidence({}, mpf(1) + mpf("1e-8"), mpf("1e-12")).disagrees


@pytest.mark.parametrize("order", [0, 1, mpf(1) / 3, mpf(7) / 5, 4, mpf(37) / 3, mpf(5) / 2])
@pytest.mark.parametrize("at", ["0.31", "1", "5.5", "50", "299"])
def test_bessel_k_is_that_of_mpmath(order, at):
    with mp.workdps(30):
        assert abs(special.besselk(order, mpf(at)) / mpmath.besselk(order, mpf(at)) - 1) < mpf(10)**-28


a, b, rho = symbols("a b rho", real=True)
odd, even, negative = Symbol("o", odd=True), Symbol("e", even=True), Symbol("neg", negative=True)


@pytest.mark.parametrize(("names", "conditions"), [
    ([p], [p < 1]), ([a, b], [b > a]), ([a, b], [a > Abs(b)]), ([a, b], [a**2 > b**2]), ([rho], [rho**2 < 1]), ([s], [s > 1]),
    ([lo, hi], [hi >= lo]), ([odd, even, negative], []), ([n], [n > 20]), ([n], [n < 2]), ([s], [s > 100]),
    ([a], [Ne(a, 0), a > -1]), ([lam, bet, gam, alpha, sigma], [lam < bet, bet < gam])])
def test_points_meet_their_conditions(names, conditions):
    found = points(names, conditions, 3, seed=5)
    assert found and found == points(names, conditions, 3, seed=5)
    for point in found:
        assert all(c.subs(point) == True for c in conditions)  # noqa: E712
        assert all(getattr(point[q], f"is_{name}") is wanted for q in names for name, wanted in q.assumptions0.items())
        assert all(v.is_Rational and abs(v) < 10**4 for v in point.values())


@pytest.mark.parametrize(("names", "conditions"), [
    ([s], [s > 1, s < 1]), ([Symbol("i", irrational=True)], []), ([a, b], [Eq(a, b)])])
def test_points_are_none_where_none_are_found(names, conditions):
    assert points(names, conditions, 3) == []


@pytest.mark.parametrize("order", ["0", "0.3", "-2.7", "11.37"])
@pytest.mark.parametrize("z", ["1e-9", "0.2", "13.7", "33", "60", "66", "200", "1e5"])
def test_bessel_k_has_all_its_digits(order, z):
    with mp.workdps(60):
        right = mpmath.besselk(mpf(order), mpf(z))
    with mp.workdps(33):
        assert abs(special.besselk(mpf(order), mpf(z)) / right - 1) < mpf(10) ** -30


@pytest.mark.parametrize("z", ["1e-9", "0.2", "13.7", "60", "66", "200"])
def test_the_ball_of_bessel_k_holds_its_value_and_is_small(z):
    from flint import acb

    from derive.check.balls import compile_ball

    with ctx.workprec(170), mp.workdps(60):
        ball = compile_ball(besselk(Rational(1, 7), x), (x,))([acb(arb(z).mid())], False)
        right = mpmath.besselk(mpf(1) / 7, mpf(arb(z).mid()))
        assert abs(mpf(ball.real.mid()) - right) <= mpf(ball.real.rad()) + abs(right) * mpf(10) ** -55
        assert ball.real.rad() < abs(ball.real) * arb(10) ** -40


def test_what_balls_cannot_do_is_left_to_mpmath():
    assert check_density(Mod(k, 2) * 2**(-k) * Q(3, 2), [(k, NATURALS)]).digits >= 20


U, V = Symbol("u", positive=True), Symbol("v", positive=True)


@pytest.mark.parametrize("f", [
    Mod(U, 2), sign(U), Heaviside(U - 1), Max(U, 2), Abs(U - 3), floor(U), Piecewise((U, (U < 1) | (U > 2)), (2, True)), factorial(U),
    binomial(U, V), rf(U, 2 * V), ff(U, V), fresnels(U), Ei(U), polylog(2, U / 9), zeta(U + 1, V), dirichlet_eta(U), beta(U, V), polygamma(1, U),
    lowergamma(V, U), uppergamma(V, U), besselk(V, U), hyper([1], [2], U), harmonic(U), KroneckerDelta(U, 2), cot(U), acot(U), log(U, 2),
    elliptic_k(U / 9), cbrt(U), assoc_laguerre(2, V, U)], ids=str)  # fmt: skip
def test_a_function_means_the_same_inside_sums_products_and_powers(f):
    point, e = {U: Q(7, 3), V: Q(5, 4)}, (3 - V * f)**2 * f / (2 * f + 1) - f * 2**(-U)
    right = mpf(str(e.subs(point).n(25)))
    moving = Total(e, U, Atoms(point[U]))
    for found in (value(e, point, 20), value(moving, {V: point[V]}, 20)):
        assert abs(found - right) < mpf(10)**-13 * max(1, abs(right))


@pytest.mark.parametrize("name", sorted(BALL.keys() - {"mpf", "inf", "hyper", "polygamma"}))
def test_functions_of_arb_take_whole_numbers_of_python(name):
    wanted = [2 for _ in ARGUMENTS.get(name, ["0.37"])]
    with suppress(TypeError, AttributeError, ZeroDivisionError):  # said, and so left to mpmath; a method of Arb on no ball ends the process
        assert type(BALL[name](*wanted)) in (int, arb)


@pytest.mark.parametrize("name, args", [("polylog", ("5/7", "-9/5")), ("lerchphi", ("3/7", "7/5", "10/7")),
                                        ("appellf1", ("3/7", "2/5", "7/5", "13/7", "3/10", "-4/5"))])
def test_slow_functions_by_arb_have_the_values_of_mpmath(name, args):
    with mpmath.workdps(30):
        numbers = [mpmath.mpf(Q(a).p) / Q(a).q for a in args]
        assert abs(getattr(special, name)(*numbers) / getattr(mpmath, name)(*numbers) - 1) < 1e-28
