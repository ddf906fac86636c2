"""Results made by hand, for the tests of what is printed: derivations from textbooks, every formula derived on paper."""

from sympy import (
    Add,
    Function,
    Gt,
    Lambda,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    besseli,
    binomial,
    cos,
    exp,
    factorial,
    gamma,
    oo,
    pi,
    sqrt,
    symbols,
)

from derive.language.claims import Claim, Condition, Derivation, Rule, Step
from derive.language.problem import Check, Parameter, Problem, Result, Variable
from derive.language.totals import NATURALS, POSITIVE, REALS, Atoms, Counting, Lebesgue, Total

x, u, mu, x0 = symbols("x u mu x0", real=True)
sigma, alpha, beta, lam, kappa = symbols("sigma alpha beta lambda kappa", positive=True)
y = Symbol("y", positive=True)
k = Symbol("k", integer=True, nonnegative=True)
n = Symbol("n", integer=True, positive=True)
q = Symbol("q", positive=True)

B, C, LO, HI, X, U, T = symbols("b c lo hi x u s")
F = Function("f")
PROVED = "proved"
CHECKS = (Check("symbolic", PROVED, "the checker accepted every step"), Check("numeric", "agrees", "at random parameters", 30, 5))


def written(f, *args):
    return f(*args, evaluate=False)


def gaussian(title="Gaussian density"):
    """∫ e^(−(x−μ)²/(2σ²)) dx: shift, then the Gaussian integral."""
    g = exp(-((x - mu) ** 2) / (2 * sigma**2))
    above = written(Mul, -1, written(Pow, written(Add, x, written(Mul, -1, mu)), 2))
    form = written(exp, written(Mul, above, written(Pow, written(Mul, 2, written(Pow, sigma, 2)), -1)))
    start, moved = Total(g, x, REALS), Total(exp(-(u**2) / (2 * sigma**2)), u, REALS)
    value = sqrt(2 * pi) * sigma
    needed = Condition(Gt(1 / (2 * sigma**2), 0, evaluate=False), (Gt(sigma, 0, evaluate=False),))
    steps = (
        Step("shift", {X: x, C: mu, U: u, LO: -oo, HI: oo, F: Lambda(x, g)}, start, moved, start, (), PROVED),
        Step("gaussian_integral", {X: u, B: 1 / (2 * sigma**2)}, moved, value, moved, (), PROVED, "", (needed,)),
    )
    problem = Problem(
        "gaussian", g, (Variable(x, REALS, "RR"),), (Parameter(mu), Parameter(sigma)), title=title, kernel_written=form
    )
    return Result(
        problem, "normalized", value, g / value, (), Derivation(Claim(start, value), steps), CHECKS, ("gaussian_integral",)
    )


def gamma_density():
    """∫ y^(α−1) e^(−βy) dy = Γ(α)/β^α, with α, β spelled by the author."""
    a, b = symbols("a b", positive=True)
    g = y ** (a - 1) * exp(-b * y)
    start, value = Total(g, y, POSITIVE), gamma(a) / b**a
    steps = (Step("gamma_integral", {X: y, T: a, B: b, Symbol("p"): S.One}, start, value, start, (), PROVED),)
    parameters = (Parameter(a, r"\alpha"), Parameter(b, r"\beta"))
    problem = Problem("gamma", g, (Variable(y, POSITIVE, "(0, oo)"),), parameters)
    return Result(
        problem, "normalized", value, g / value, (), Derivation(Claim(start, value), steps), CHECKS, ("gamma_integral",)
    )


def poisson():
    """Σ λ^k/k! = e^λ."""
    g = lam**k / factorial(k)
    start, value = Total(g, k, NATURALS), exp(lam)
    steps = (Step("exponential_series", {Symbol("z"): lam}, start, value, start, (), PROVED),)
    problem = Problem("poisson", g, (Variable(k, NATURALS, "ZZ[0, oo]"),), (Parameter(lam),))
    return Result(
        problem, "normalized", value, g / value, (), Derivation(Claim(start, value), steps), CHECKS, ("exponential_series",)
    )


def laplace():
    """∫ e^(−|x−μ|/σ) dx = 2σ: split at μ, each half by itself; inner derivations."""
    g = exp(-abs(x - mu) / sigma)
    start, value = Total(g, x, REALS), 2 * sigma
    halves = [Total(exp(-(x - mu) / sigma), x, Lebesgue(mu, oo)), Total(exp((x - mu) / sigma), x, Lebesgue(-oo, mu))]
    inner = tuple(
        Derivation(
            Claim(h, sigma), (Step("antiderivative", {X: x, Function("F"): Lambda(x, -sigma * h.body)}, h, sigma, h, (), PROVED),)
        )
        for h in halves
    )
    steps = (Step("split_support", {X: x, C: mu, F: Lambda(x, g)}, start, value, start, inner, PROVED),)
    problem = Problem("laplace", g, (Variable(x, REALS, "RR"),), (Parameter(mu), Parameter(sigma)))
    return Result(
        problem, "normalized", value, g / value, (Gt(sigma, 0, evaluate=False),), Derivation(Claim(start, value), steps), CHECKS
    )


def diverging():
    """∫ 1/y dy over (0, ∞)."""
    problem = Problem("reciprocal", 1 / y, (Variable(y, POSITIVE, "(0, oo)"),))
    return Result(
        problem, "diverges", reason="Near 0 the kernel is 1/y, whose integral is infinite.", notes=("b was not declared",)
    )


def wide():
    """A sum of many terms in the exponent, and a value that no line holds."""
    names = symbols("a1:9", positive=True)
    g = exp(-Add(*(a * (x - i) ** 2 for i, a in enumerate(names, 1))))
    total = Total(g, x, REALS)
    value = Add(*(sqrt(a + i) * gamma(a + Rational(1, i)) / (i + a**2) for i, a in enumerate(names, 1)))
    steps = (Step("algebra", {X: x, F: Lambda(x, g), Function("h"): Lambda(x, g)}, total, value, total, (), PROVED),)
    problem = Problem("wide", g, (Variable(x, REALS, "RR"),), tuple(map(Parameter, names)))
    return Result(problem, "normalized", value, g / value, (), Derivation(Claim(total, value), steps), CHECKS)


def energies():
    """Two spins with an energy, E = −J s t."""
    s, t = Symbol("s", integer=True), Symbol("t", integer=True)
    j = Symbol("J", real=True)
    spins = Atoms(-1, 1)
    problem = Problem(
        "spins",
        exp(j * s * t),
        (Variable(s, spins, "{-1, 1}"), Variable(t, spins, "{-1, 1}")),
        (Parameter(j),),
        energy=-j * s * t,
    )
    value = 2 * exp(j) + 2 * exp(-j)
    steps = (Step("finite_sum", {}, problem.total, value, problem.total, (), PROVED),)
    return Result(
        problem, "normalized", value, problem.kernel / value, (), Derivation(Claim(problem.total, value), steps), CHECKS
    )


def circle():
    """∫ e^(κ cos(x−μ)) dx over a period."""
    circle = Lebesgue(0, 2 * pi)
    g = exp(kappa * cos(x - mu))
    value = 2 * pi * besseli(0, kappa)
    start, moved = Total(g, x, circle), Total(exp(kappa * cos(u)), u, circle)
    steps = (
        Step("full_period_shift", {}, start, moved, start, (), PROVED),
        Step("bessel_integral", {Symbol("kappa"): kappa}, moved, value, moved, (), PROVED),
    )
    problem = Problem("von-mises", g, (Variable(x, circle, "[0, 2*pi)"),), (Parameter(mu), Parameter(kappa)))
    return Result(problem, "normalized", value, g / value, (), Derivation(Claim(start, value), steps), CHECKS)


def binomials():
    """Σ C(n,k) q^k (1−q)^(n−k) = 1."""
    g = binomial(n, k) * q**k * (1 - q) ** (n - k)
    start = Total(g, k, Counting(0, n))
    steps = (Step("binomial_theorem", {Symbol("n"): n, Symbol("z"): q / (1 - q)}, start, S.One, start, (), PROVED),)
    problem = Problem("binomial", g, (Variable(k, Counting(0, n), "ZZ[0, n]"),), (Parameter(n), Parameter(q)), (q < 1,))
    return Result(problem, "normalized", S.One, g, (), Derivation(Claim(start, S.One), steps), CHECKS)


RESULTS = [gaussian(), gamma_density(), poisson(), laplace(), diverging(), wide(), energies(), circle(), binomials()]

GAUSSIAN = Rule(
    "gaussian_integral",
    Claim(Total(exp(-B * X**2), X, REALS), sqrt(pi / B), given=(Gt(B, 0, evaluate=False),)),
    kind="lemma",
    source="DLMF 7.7.1",
    proof=lambda: gaussian().derivation,
)
SHIFT = Rule("shift", Claim(Total(F(X), X, Lebesgue(LO, HI)), Total(F(U + C), U, Lebesgue(LO - C, HI - C))))
CATALOGUE = {rule.name: rule for rule in (GAUSSIAN, SHIFT)}
