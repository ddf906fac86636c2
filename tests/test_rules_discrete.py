"""Sums: each kernel is derived and checked, and its total is held against a book's formula and against the sum of its terms."""

from pathlib import Path

import mpmath
import pytest
from sympy import Function, Rational, lambdify

from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE, UNKNOWN, convergence
from derive.check.kernel import check, verdict_of
from derive.compare import compare
from derive.engine import solve
from derive.language.claims import PROVED
from derive.language.totals import substitute
from derive.read.asked import problem
from derive.read.files import load
from derive.read.names import Scope
from derive.read.text import expression
from derive.rules import CATALOGUE
from derive.search.engine import Context, derive

MORE = {p.id: p for p in load(Path(__file__).parent / "data" / "kinds_sums.toml")}
NONNEGATIVE, POSITIVE = "nonnegative integer", "positive integer"

# kernel, domain, what is given, the total (from the literature named at the group), a point
GEOMETRIC = [  # DLMF 4.6.5 and elementary sums of powers
    ("n - abs(k)", "ZZ[-n, n]", [f"n {POSITIVE}"], "n**2", {"n": "6"}),
    (
        "Piecewise((p**k, k >= 0), (q**(-k), True))",
        "ZZ[-oo, oo]",
        ["p > 0", "p < 1", "q > 0", "q < 1"],
        "1/(1 - p) + q/(1 - q)",
        {"p": "2/5", "q": "1/3"},
    ),
    ("p*(1 - p)**k", "ZZ[0, oo]", ["p > 0", "p < 1"], "1", {"p": "2/7"}),
    ("exp(-k/T)", "ZZ[1, N]", ["T > 0", f"N {POSITIVE}"], "(1 - exp(-N/T))/(exp(1/T) - 1)", {"T": "3/2", "N": "6"}),
    ("theta**abs(k)", "ZZ[-oo, oo]", ["theta > 0", "theta < 1"], "(1 + theta)/(1 - theta)", {"theta": "3/5"}),
    ("exp(-abs(k - m)/s)", "ZZ[-oo, oo]", ["s > 0", "m integer"], "coth(1/(2*s))", {"s": "5/4", "m": "-2"}),
    ("exp(x*k)", "ZZ[-J, J]", ["x > 0", f"J {POSITIVE}"], "sinh((2*J + 1)*x/2)/sinh(x/2)", {"x": "2/3", "J": "4"}),
    ("k**2*p**k", "ZZ[0, oo]", ["p > 0", "p < 1"], "p*(1 + p)/(1 - p)**3", {"p": "3/8"}),
    ("(2*k + 1)*exp(-b*k)", "ZZ[0, oo]", ["b > 0"], "(1 + exp(-b))/(1 - exp(-b))**2", {"b": "4/5"}),
    (
        "(a + b*k)*p**k",
        "ZZ[0, oo]",
        ["p > 0", "p < 1", "a > 0", "b > 0"],
        "a/(1 - p) + b*p/(1 - p)**2",
        {"a": "2", "b": "1/3", "p": "1/2"},
    ),
    ("Piecewise((p**k, Eq(Mod(k, 2), 1)), (0, True))", "ZZ[0, oo]", ["p > 0", "p < 1"], "p/(1 - p**2)", {"p": "4/9"}),
    (
        "Piecewise((p**k, k <= m), (q**k, True))",
        "ZZ[0, oo]",
        ["p > 0", "p < 1", "q > 0", "q < 1", f"m {POSITIVE}"],
        "(1 - p**(m + 1))/(1 - p) + q**(m + 1)/(1 - q)",
        {"p": "3/4", "q": "1/3", "m": "3"},
    ),
    ("k**2", "ZZ[1, n]", [f"n {POSITIVE}"], "n*(n + 1)*(2*n + 1)/6", {"n": "7"}),
    ("k*(n - k)", "ZZ[0, n]", [f"n {POSITIVE}"], "(n - 1)*n*(n + 1)/6", {"n": "8"}),
    ("p**k*(1 - p**k)", "ZZ[1, oo]", ["p > 0", "p < 1"], "p/(1 - p) - p**2/(1 - p**2)", {"p": "1/3"}),
]
EXPONENTIAL = [  # DLMF 4.2.19, 8.4.8 and 10.25.2; Johnson, Kemp, Kotz, Univariate Discrete Distributions, chapter 4
    ("lam**k/(factorial(k)*(k + 1))", "ZZ[0, oo]", ["lam > 0"], "(exp(lam) - 1)/lam", {"lam": "9/4"}),
    ("factorial(n)/factorial(n - k)*x**k", "ZZ[0, n]", ["x > 0", f"n {POSITIVE}"], "x**n*exp(1/x)*uppergamma(n + 1, 1/x)", {"x": "3/4", "n": "5"}),
    ("(1 + (-1)**k)*lam**k/factorial(k)", "ZZ[0, oo]", ["lam > 0"], "2*cosh(lam)", {"lam": "9/4"}),
    (
        "w*exp(-lam)*lam**k/factorial(k) + (1 - w)*p*(1 - p)**k",
        "ZZ[0, oo]",
        ["lam > 0", "w > 0", "w < 1", "p > 0", "p < 1"],
        "1",
        {"w": "1/3", "lam": "2", "p": "2/5"},
    ),
    ("lam**k/factorial(k)", "ZZ[0, oo]", ["lam > 0"], "exp(lam)", {"lam": "9/4"}),
    ("lam**k/factorial(k)", "ZZ[1, oo]", ["lam > 0"], "exp(lam) - 1", {"lam": "9/4"}),
    ("lam**k/factorial(k)", "ZZ[3, oo]", ["lam > 0"], "exp(lam) - 1 - lam - lam**2/2", {"lam": "9/4"}),
    (
        "lam**k/factorial(k)",
        "ZZ[0, n]",
        ["lam > 0", f"n {NONNEGATIVE}"],
        "exp(lam)*uppergamma(n + 1, lam)/factorial(n)",
        {"lam": "3", "n": "4"},
    ),
    (
        "lam**k/factorial(k)",
        "ZZ[m, oo]",
        ["lam > 0", f"m {POSITIVE}"],
        "exp(lam)*lowergamma(m, lam)/gamma(m)",
        {"lam": "3", "m": "4"},
    ),
    ("k**2*lam**k/factorial(k)", "ZZ[0, oo]", ["lam > 0"], "lam*(lam + 1)*exp(lam)", {"lam": "5/3"}),
    ("(k + a)*lam**k/factorial(k)", "ZZ[0, oo]", ["lam > 0", "a > 0"], "(lam + a)*exp(lam)", {"lam": "5/3", "a": "1/2"}),
    ("lam**(2*k)/factorial(2*k)", "ZZ[0, oo]", ["lam > 0"], "cosh(lam)", {"lam": "5/3"}),
    ("lam**(2*k + 1)/factorial(2*k + 1)", "ZZ[0, oo]", ["lam > 0"], "sinh(lam)", {"lam": "5/3"}),
    ("Piecewise((lam**k/factorial(k), Eq(Mod(k, 2), 0)), (0, True))", "ZZ[0, oo]", ["lam > 0"], "cosh(lam)", {"lam": "5/3"}),
    ("lam**k/factorial(k)**2", "ZZ[0, oo]", ["lam > 0"], "besseli(0, 2*sqrt(lam))", {"lam": "7/2"}),
    (
        "lam**k/(factorial(k)*gamma(k + nu + 1))",
        "ZZ[0, oo]",
        ["lam > 0", "nu > 0"],
        "lam**(-nu/2)*besseli(nu, 2*sqrt(lam))",
        {"lam": "7/2", "nu": "2/3"},
    ),
    (
        "Piecewise((w, Eq(k, 0)), ((1 - w)*lam**k/(factorial(k)*(exp(lam) - 1)), True))",
        "ZZ[0, oo]",
        ["w > 0", "w < 1", "lam > 0"],
        "1",
        {"w": "1/4", "lam": "2"},
    ),
    (
        "Piecewise((a + lam, Eq(k, 1)), (lam**k/factorial(k), True))",
        "ZZ[0, oo]",
        ["a > 0", "lam > 0"],
        "exp(lam) + a",
        {"a": "1/4", "lam": "2"},
    ),
    ("(1 - exp(-t))**k*exp(-t)", "ZZ[0, oo]", ["t > 0"], "1", {"t": "4/3"}),
]
HYPERGEOMETRIC = [  # DLMF 1.2.2, 4.6.7, 15.4, 16.4; Johnson, Kemp, Kotz, chapters 3, 5, 6
    ("binomial(n, k)/(k + 1)", "ZZ[0, n]", [f"n {POSITIVE}"], "(2**(n + 1) - 1)/(n + 1)", {"n": "6"}),
    (
        "binomial(K, k)*binomial(N - K, n - k)",
        "ZZ[Max(0, n + K - N), Min(n, K)]",
        [f"K {NONNEGATIVE}", f"N {NONNEGATIVE}", f"n {NONNEGATIVE}", "K <= N", "n <= N"],
        "binomial(N, n)",
        {"K": "5", "N": "9", "n": "6"},
    ),
    ("binomial(2*n, n + k)*t**k", "ZZ[-n, n]", [f"n {POSITIVE}", "t > 0"], "(1 + t)**(2*n)/t**n", {"n": "4", "t": "2/3"}),
    ("binomial(n, k)*theta**k", "ZZ[0, n]", [f"n {NONNEGATIVE}", "theta > 0"], "(1 + theta)**n", {"n": "6", "theta": "2/5"}),
    (
        "binomial(n, k)*p**k*(1 - p)**(n - k)",
        "ZZ[1, n]",
        [f"n {POSITIVE}", "p > 0", "p < 1"],
        "1 - (1 - p)**n",
        {"n": "6", "p": "2/5"},
    ),
    (
        "binomial(n, k)*theta**k",
        "ZZ[0, n - 1]",
        [f"n {POSITIVE}", "theta > 0"],
        "(1 + theta)**n - theta**n",
        {"n": "6", "theta": "2/5"},
    ),
    (
        "k*binomial(n, k)*theta**k",
        "ZZ[0, n]",
        [f"n {POSITIVE}", "theta > 0"],
        "n*theta*(1 + theta)**(n - 1)",
        {"n": "6", "theta": "2/5"},
    ),
    ("binomial(k + r - 1, k)*(1 - p)**k", "ZZ[0, oo]", ["r > 0", "p > 0", "p < 1"], "p**(-r)", {"r": "5/3", "p": "3/5"}),
    (
        "binomial(k - 1, r - 1)*p**r*(1 - p)**(k - r)",
        "ZZ[r, oo]",
        [f"r {POSITIVE}", "p > 0", "p < 1"],
        "1",
        {"r": "3", "p": "3/5"},
    ),
    (
        "gamma(k + r)*(1 - p)**k/factorial(k)",
        "ZZ[1, oo]",
        ["r > 0", "p > 0", "p < 1"],
        "gamma(r)*(p**(-r) - 1)",
        {"r": "5/3", "p": "3/5"},
    ),
    (
        "binomial(K, k)*binomial(N - K, n - k)",
        "ZZ[0, n]",
        [f"K {NONNEGATIVE}", f"N {NONNEGATIVE}", f"n {NONNEGATIVE}", "K <= N", "n <= N"],
        "binomial(N, n)",
        {"K": "5", "N": "9", "n": "6"},
    ),
    ("(k + 1)**2*lam**k/factorial(k)", "ZZ[0, oo]", ["lam > 0"], "exp(lam)*(lam**2 + 3*lam + 1)", {"lam": "7/3"}),
    ("binomial(n, k)**2", "ZZ[0, n]", [f"n {NONNEGATIVE}"], "binomial(2*n, n)", {"n": "6"}),
    (
        "binomial(n, k)*beta(k + a, n - k + b)",
        "ZZ[0, n]",
        [f"n {NONNEGATIVE}", "a > 0", "b > 0"],
        "beta(a, b)",
        {"n": "5", "a": "2/3", "b": "7/4"},
    ),
    (
        "gamma(a + k)*gamma(b + n - k)/(factorial(k)*factorial(n - k))",
        "ZZ[0, n]",
        [f"n {NONNEGATIVE}", "a > 0", "b > 0"],
        "gamma(a)*gamma(b)*gamma(a + b + n)/(gamma(a + b)*factorial(n))",
        {"n": "5", "a": "2/3", "b": "7/4"},
    ),
    (
        "binomial(k + r - 1, k)*binomial(N - r - k, K - k)",
        "ZZ[0, K]",
        [f"K {NONNEGATIVE}", f"N {POSITIVE}", f"r {POSITIVE}", "K + r <= N"],
        "binomial(N, K)",
        {"K": "4", "N": "9", "r": "3"},
    ),
    (
        "gamma(k + a)*z**k/(gamma(k + c)*factorial(k))",
        "ZZ[0, oo]",
        ["a > 0", "c > 0", "z > 0"],
        "gamma(a)/gamma(c)*hyper([a], [c], z)",
        {"a": "1/2", "c": "5/3", "z": "2"},
    ),
    (
        "gamma(k + a)*gamma(k + b)*z**k/(gamma(k + c)*factorial(k))",
        "ZZ[0, oo]",
        ["a > 0", "b > 0", "c > 0", "z > 0", "z < 1"],
        "gamma(a)*gamma(b)/gamma(c)*hyper([a, b], [c], z)",
        {"a": "1/2", "b": "4/3", "c": "5/3", "z": "2/3"},
    ),
    ("lam**k/gamma(b + k)", "ZZ[0, oo]", ["lam > 0", "b > 0"], "hyper([1], [b], lam)/gamma(b)", {"lam": "2", "b": "7/3"}),
    ("binomial(2*k, k)*q**k", "ZZ[0, oo]", ["q > 0", "q < 1/4"], "1/sqrt(1 - 4*q)", {"q": "1/7"}),
    ("binomial(2*k, k)/(k + 1)*q**k", "ZZ[0, oo]", ["q > 0", "q <= 1/5"], "(1 - sqrt(1 - 4*q))/(2*q)", {"q": "1/7"}),
    ("binomial(2*k, k)/((2*k + 1)*4**k)*x**(2*k + 1)", "ZZ[0, oo]", ["x > 0", "x < 1"], "asin(x)", {"x": "3/5"}),
    ("p**k/k", "ZZ[1, oo]", ["p > 0", "p < 1"], "-log(1 - p)", {"p": "3/5"}),
    ("p**k/(k + 1)", "ZZ[0, oo]", ["p > 0", "p < 1"], "-log(1 - p)/p", {"p": "3/5"}),
    ("p**k/k", "ZZ[2, oo]", ["p > 0", "p < 1"], "-log(1 - p) - p", {"p": "3/5"}),
    ("p**(2*k + 1)/(2*k + 1)", "ZZ[0, oo]", ["p > 0", "p < 1"], "atanh(p)", {"p": "3/5"}),
]
LATTICE = [  # DLMF 20.2, 20.7, 10.35.1, 25.2, 25.11, 25.12, 25.14; 4.36.3
    ("1/(k + a)", "ZZ[0, n]", ["a > 0", f"n {POSITIVE}"], "digamma(a + n + 1) - digamma(a)", {"a": "2/3", "n": "6"}),
    (
        "q**k*(k + v)**(-s)",
        "ZZ[0, oo]",
        ["q > 0", "q < 1", "v > 0", "s real"],
        "lerchphi(q, s, v)",
        {"q": "2/5", "v": "3/2", "s": "3/4"},
    ),
    ("k**(-s)*exp(-k/c)", "ZZ[1, oo]", ["s > 0", "c > 0"], "polylog(s, exp(-1/c))", {"s": "3/2", "c": "2"}),
    (
        "k**(-s)*exp(-a*k)",
        "ZZ[m, oo]",
        ["s > 0", "a > 0", f"m {POSITIVE}"],
        "exp(-a*m)*lerchphi(exp(-a), s, m)",
        {"s": "3/2", "a": "1", "m": "3"},
    ),
    (
        "p**k/k",
        "ZZ[1, N]",
        ["p > 0", "p < 1", f"N {POSITIVE}"],
        "-log(1 - p) - p**(N + 1)*lerchphi(p, 1, N + 1)",
        {"p": "3/5", "N": "5"},
    ),
    ("k**(-s)", "ZZ[1, N]", ["s > 0", f"N {POSITIVE}"], "zeta(s) - zeta(s, N + 1)", {"s": "5/2", "N": "5"}),
    (
        "(k + q)**(-s)",
        "ZZ[1, N]",
        ["s > 1", "q >= 0", f"N {POSITIVE}"],
        "zeta(s, q + 1) - zeta(s, q + N + 1)",
        {"s": "5/2", "q": "1/3", "N": "5"},
    ),
    ("exp(-k**2/(2*s**2))", "ZZ[-oo, oo]", ["s > 0"], "jtheta(3, 0, exp(-1/(2*s**2)))", {"s": "5/4"}),
    ("q**(k**2)", "ZZ[-oo, oo]", ["q > 0", "q < 1"], "jtheta(3, 0, q)", {"q": "3/7"}),
    (
        "exp(-a*k**2 + b*k)",
        "ZZ[-oo, oo]",
        ["a > 0", "b real"],
        "sqrt(pi/a)*exp(b**2/(4*a))*jtheta(3, pi*b/(2*a), exp(-pi**2/a))",
        {"a": "2/3", "b": "-3/4"},
    ),
    ("exp(-a*k**2)", "ZZ[0, oo]", ["a > 0"], "(1 + jtheta(3, 0, exp(-a)))/2", {"a": "2/3"}),
    ("t**k*besseli(k, x)", "ZZ[-oo, oo]", ["t > 0", "x > 0"], "exp(x*(t + 1/t)/2)", {"t": "3/4", "x": "2"}),
    ("(a/b)**(k/2)*besseli(abs(k), 2*sqrt(a*b))", "ZZ[-oo, oo]", ["a > 0", "b > 0"], "exp(a + b)", {"a": "3/4", "b": "2"}),
]
SLOW = [  # the same, where the terms fade too slowly to be added up
    ("1/(k**2*(k + 1))", "ZZ[1, oo]", [], "pi**2/6 - 1", {}),
    ("1/(2*k + 1)**2", "ZZ[0, oo]", [], "pi**2/8", {}),
    ("k**(-s)", "ZZ[m, oo]", ["s > 1", f"m {POSITIVE}"], "zeta(s, m)", {"s": "5/2", "m": "3"}),
    ("(2*k + 1)**(-s)", "ZZ[0, oo]", ["s > 1"], "(1 - 2**(-s))*zeta(s)", {"s": "5/2"}),
    (
        "1/((k - m)**2 + g**2)",
        "ZZ[-oo, oo]",
        ["g > 0", "m real"],
        "pi/g*sinh(2*pi*g)/(cosh(2*pi*g) - cos(2*pi*m))",
        {"g": "2/3", "m": "1/5"},
    ),
    ("beta(k, rho + 1)", "ZZ[1, oo]", ["rho > 0"], "1/rho", {"rho": "8/3"}),
    ("gamma(k + a)/gamma(k + a + b + 1)", "ZZ[0, oo]", ["a > 0", "b > 0"], "gamma(a)/(b*gamma(a + b))", {"a": "1/2", "b": "9/4"}),
    (
        "gamma(r + k)/factorial(k)*beta(a + r, b + k)",
        "ZZ[0, oo]",
        ["a > 0", "b > 0", "r > 0"],
        "gamma(r)*beta(a, b)",
        {"a": "2", "b": "1/2", "r": "3/2"},
    ),
    (
        "gamma(k + a)*gamma(k + b)/(gamma(k + c)*factorial(k))",
        "ZZ[0, oo]",
        ["a > 0", "b > 0", "c > a + b"],
        "gamma(a)*gamma(b)*gamma(c - a - b)/(gamma(c - a)*gamma(c - b))",
        {"a": "1/2", "b": "2/3", "c": "4"},
    ),
    ("1/(k*(k + 1)*(k + 2))", "ZZ[1, oo]", [], "1/4", {}),
    ("1/(4*k**2 - 1)", "ZZ[1, oo]", [], "1/2", {}),
    ("1/((k + a)*(k + a + 1))", "ZZ[0, oo]", ["a > 0"], "1/a", {"a": "3/4"}),
    ("-log(1 - 1/(k + 1)**2)/log(2)", "ZZ[1, oo]", [], "1", {}),
]
TELESCOPING = [
    ("log(1 + 1/k)", "ZZ[1, b - 1]", [f"b {POSITIVE}", "b >= 2"], "log(b)", {"b": "10"}),
    ("log((k + 2)/(k + 1))", "ZZ[0, N]", [f"N {POSITIVE}"], "log(N + 2)", {"N": "5"}),
    ("Piecewise((1/N, Eq(k, 1)), (1/(k*(k - 1)), True))", "ZZ[1, N]", [f"N {POSITIVE}"], "1", {"N": "6"}),
    ("q**(k**b) - q**((k + 1)**b)", "ZZ[0, oo]", ["q > 0", "q < 1", "b > 0"], "1", {"q": "1/3", "b": "6/5"}),
    ("exp(-(k/a)**2) - exp(-((k + 1)/a)**2)", "ZZ[0, oo]", ["a > 0"], "1", {"a": "3/2"}),
]
LAGRANGE = [  # Johnson, Kemp, Kotz, chapters 7 and 11; Consul, Generalized Poisson Distributions
    (
        "theta*(theta + lam*k)**(k - 1)*exp(-theta - lam*k)/factorial(k)",
        "ZZ[0, oo]",
        ["theta > 0", "lam > 0", "lam < 1"],
        "1",
        {"theta": "3/2", "lam": "1/5"},
    ),
    ("exp(-mu*k)*(mu*k)**(k - 1)/factorial(k)", "ZZ[1, oo]", ["mu > 0", "mu < 1"], "1", {"mu": "1/4"}),
    (
        "n/k*exp(-mu*k)*(mu*k)**(k - n)/factorial(k - n)",
        "ZZ[n, oo]",
        ["mu > 0", "mu < 1", f"n {POSITIVE}"],
        "1",
        {"mu": "1/4", "n": "3"},
    ),
    ("k**(k - 1)*x**k/factorial(k)", "ZZ[1, oo]", ["x > 0", "x <= exp(-1)"], "-LambertW(-x)", {"x": "1/6"}),
    (
        "m/(m + b*k)*binomial(m + b*k, k)*w**k*(1 - w)**(m + b*k - k)",
        "ZZ[0, oo]",
        ["m > 0", "b >= 1", "w > 0", "b*w < 1", "w < 1"],
        "1",
        {"m": "3/2", "b": "5/4", "w": "1/5"},
    ),
    (
        "1/k*binomial(m*k, k - 1)*w**(k - 1)*(1 - w)**(m*k - k + 1)",
        "ZZ[1, oo]",
        ["m >= 1", "w > 0", "m*w < 1", "w < 1"],
        "1",
        {"m": "3/2", "w": "1/5"},
    ),
    (
        "r/(2*k + r)*binomial(2*k + r, k)*(p*(1 - p))**k",
        "ZZ[0, oo]",
        ["r > 0", "p > 0", "p < 1/2"],
        "(1 - p)**(-r)",
        {"r": "5/3", "p": "1/5"},
    ),
]
ADDED_UP = [*GEOMETRIC, *EXPONENTIAL, *HYPERGEOMETRIC, *LATTICE, *TELESCOPING, *LAGRANGE]
DIGITS, MOST = 30, 3000


def number(term, values):
    """The value of an expression where its symbols have these values, to 30 digits, by mpmath alone."""
    with mpmath.workdps(DIGITS):
        plain = substitute(term, {s: Rational(values[s.name]) for s in term.free_symbols})
        return mpmath.mpmathify(lambdify([], plain, "mpmath")()) if plain.has(Function("jtheta")) else mpmath.mpmathify(plain.evalf(DIGITS))


def derived(kernel, domain, given):
    """The problem, and the derivation of its total with the checker's verdicts on it."""
    asked = problem(kernel, {"k": domain}, given)
    facts = Facts(asked.conditions)
    found = derive(asked.total, Context(facts, strict=True))
    assert found is not None
    return asked, check(found, CATALOGUE, facts)


@pytest.mark.parametrize(("kernel", "domain", "given", "truth", "point"), [*ADDED_UP, *SLOW])
def test_the_total_is_the_book_s_and_every_step_is_proved(kernel, domain, given, truth, point):
    asked, found = derived(kernel, domain, given)
    assert verdict_of(found) == PROVED
    expected = expression(truth, Scope({p.symbol.name: p.symbol for p in asked.parameters}, strict=False))
    ours, theirs = number(found.claim.right, point), number(expected, point)
    assert mpmath.almosteq(ours, theirs, rel_eps=mpmath.mpf(10) ** -20)


@pytest.mark.parametrize(("kernel", "domain", "given", "truth", "point"), ADDED_UP)
def test_the_book_s_total_is_the_sum_of_the_terms(kernel, domain, given, truth, point):
    asked = problem(kernel, {"k": domain}, given)
    ((index, measure),) = [(v.symbol, v.measure) for v in asked.variables]
    values = {s: Rational(point[s.name]) for s in asked.total.free_symbols}
    body, measure = substitute(asked.kernel, values), substitute(measure, values)
    expected = number(expression(truth, Scope({p.symbol.name: p.symbol for p in asked.parameters}, strict=False)), point)
    assert mpmath.almosteq(added_up(body, index, measure), expected, rel_eps=mpmath.mpf(10) ** -15)


def added_up(body, index, measure):
    """The sum of the terms, both ways from where the range begins, until they are negligible."""
    with mpmath.workdps(DIGITS):
        start = int(measure.lo) if measure.lo.is_finite else 0
        last = int(measure.hi) if measure.hi.is_finite else MOST
        total = mpmath.fsum(until_negligible(body, index, range(start, last + 1)))
        return total if measure.lo.is_finite else total + mpmath.fsum(until_negligible(body, index, range(-1, -MOST, -1)))


def until_negligible(body, index, where):
    total = before = mpmath.mpf(0)
    for i, k in enumerate(where):
        value = mpmath.mpmathify(body.xreplace({index: Rational(k)}).evalf(DIGITS))
        total += abs(value)
        yield value
        if i > 30 and abs(value) + before < total * mpmath.mpf(10) ** -22:
            return
        before = abs(value)


DIVERGENT = [  # by comparison with the terms named in Knopp, Infinite Series, chapters 3 and 9
    ("1/k", "ZZ[1, oo]", []),
    ("1/(k*log(k))", "ZZ[2, oo]", []),
    ("2**k/k**5", "ZZ[1, oo]", []),
    ("p**k", "ZZ[0, oo]", ["p > 1"]),
    ("k**(-a)", "ZZ[1, oo]", ["a > 0", "a <= 1"]),
    ("factorial(k)/2**k", "ZZ[0, oo]", []),
    ("lam**k*factorial(k)", "ZZ[0, oo]", ["lam > 0"]),
    ("k**k*exp(-k)/factorial(k)", "ZZ[1, oo]", []),
    ("log(1 + 1/k)", "ZZ[1, oo]", []),
    ("exp(-a*k)", "ZZ[-oo, oo]", ["a >= 0"]),
    ("exp(a*k)", "ZZ[-oo, oo]", ["a real"]),
    ("binomial(2*k, k)/4**k", "ZZ[0, oo]", []),
    ("1 - exp(-1/k)", "ZZ[1, oo]", []),
    ("gamma(k + a)/gamma(k + b)", "ZZ[0, oo]", ["a > 0", "b > 0", "b < a + 1"]),
    ("1/(1 + abs(k))", "ZZ[-oo, oo]", []),
    ("1/log(k)", "ZZ[2, oo]", []),
    ("sin(1/k)", "ZZ[1, oo]", []),
    ("sin(k)**2/k", "ZZ[1, oo]", []),  # the multiples of 1 fill the circle evenly
    ("1 - cos(sqrt(2)*k)", "ZZ[0, oo]", []),
]
CONVERGENT = [  # by the same comparisons
    ("1/(k*log(k)**2)", "ZZ[2, oo]", []),
    ("exp(-sqrt(k))", "ZZ[1, oo]", []),
    ("(2*k + 1)*exp(-b*k*(k + 1))", "ZZ[0, oo]", ["b > 0"]),
    ("lam**k/factorial(k)**nu", "ZZ[0, oo]", ["lam > 0", "nu > 0"]),
    ("k**k*exp(-k)/(k*factorial(k))", "ZZ[1, oo]", []),
]


@pytest.mark.parametrize(("verdict", "case"), [*((INFINITE, case) for case in DIVERGENT), *((FINITE, case) for case in CONVERGENT)])
def test_convergence_is_decided(verdict, case):
    kernel, domain, given = case
    asked = problem(kernel, {"k": domain}, given)
    ((index, measure),) = [(v.symbol, v.measure) for v in asked.variables]
    assert convergence(asked.kernel, index, measure, Facts(asked.conditions)).verdict == verdict


@pytest.mark.parametrize("kernel", ["sin(a*k)**2/k", "1 - cos(2*a*k)"])
def test_a_wave_may_vanish_at_all_integers(kernel):
    """For a = π there is nothing to add up."""
    asked = problem(kernel, {"k": "ZZ[1, oo]"}, ["a > 0"])
    ((index, measure),) = [(v.symbol, v.measure) for v in asked.variables]
    assert convergence(asked.kernel, index, measure, Facts(asked.conditions)).verdict == UNKNOWN


@pytest.mark.parametrize(
    ("kernel", "domain", "given", "condition"),
    [
        ("k**(-a)", "ZZ[1, oo]", ["a > 0"], "a > 1"),
        ("(k + v)**(-s)", "ZZ[0, oo]", ["v > 0", "s > 0"], "s > 1"),
        ("p**k", "ZZ[0, oo]", ["p > 0"], "p < 1"),
    ],
)
def test_what_convergence_needs_is_a_condition(kernel, domain, given, condition):
    found = solve(problem(kernel, {"k": domain}, given), budget=5.0)
    assert (found.outcome, [str(c) for c in found.conditions]) == ("normalized", [condition])


@pytest.mark.parametrize(
    ("kernel", "domain", "given", "outcome"),
    [
        ("binomial(n, k)*p**k*(1 - p)**(n - k)", "ZZ[0, n]", [f"n {POSITIVE}", "p > 1"], "not-a-kernel"),
        ("p**k/k", "ZZ[1, oo]", ["p < 0", "p > -1"], "not-a-kernel"),
        ("1/k", "ZZ[1, oo]", [], "diverges"),
        ("lam**k/factorial(k)**nu", "ZZ[0, oo]", ["lam > 0", "nu > 0"], "open"),
        ("beta(k, a)", "ZZ[1, oo]", ["a > 1"], "normalized"),
    ],
)
def test_outcomes(kernel, domain, given, outcome):
    assert solve(problem(kernel, {"k": domain}, given), budget=5.0).outcome == outcome


QUICK = (
    "osc-even-levels dlaplace dlaplace-skew poi-pairs poi-mirrored log-odd theta-product blume-capel-range potts-site "
    "div-creeping div-two-sided neg-dip-at-four open-rootexp open-sophomore ne-skew"
).split()


@pytest.mark.parametrize("id", [id if id in QUICK else pytest.param(id, marks=pytest.mark.slow) for id in MORE])
def test_what_the_literature_says_of_a_kernel_comes_out(id):
    verdict, why = compare(solve(MORE[id], budget=10.0))
    assert verdict == "agrees", why


def test_a_beta_function_at_its_pole_is_no_zero():
    """k B(k, a + 1) tends to 1 at k = 0, and SymPy takes it for 0 there: the sum from 1 on is 1/(a − 1), from 0 on it has no first term."""
    stated = problem("k*beta(k, a + 1)", over=["k in ZZ[1, oo]"], given=["a > 2"])
    result = solve(stated, 20)
    assert result.outcome == "normalized" and str(result.Z) == "1/(a - 1)"
    assert solve(problem("k*beta(k, a + 1)", over=["k in ZZ[0, oo]"], given=["a > 2"]), 20).outcome != "normalized"
