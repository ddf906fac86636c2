"""Moments against the formulas of textbooks, written by hand, and the conditions under which they exist."""

import itertools
import pickle
import time

import pytest
from sympy import EulerGamma, Gt, Ne, S, besseli, gamma, polygamma, sympify, zeta

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.engine import solve
from derive.language.claims import AGREES, PROVED
from derive.language.problem import Result
from derive.moments import moments, one_by_one
from derive.orders import Sealed, Wanted
from derive.read import asked
from derive.report.json import to_dict
from derive.report.render import render
from derive.tasks import answer

HALF_LINE, LINE, UNIT = "(0, oo)", "RR", "(0, 1)"


def positive(*names):
    return [f"{name} > 0" for name in names]


def told(kernel, domain, given=(), seconds=20.0):
    """The moments of a density by name, and its problem."""
    result = solve(asked.problem(kernel, over={"x": domain}, given=given), 10.0)
    assert result.outcome == "normalized", (result.outcome, result.reason)
    return {m.name: m for m in moments(result, time.monotonic() + seconds)}, result.problem


def letters(problem):
    return {p.symbol.name: p.symbol for p in problem.parameters} | {
        "gamma": gamma, "psi": lambda z: polygamma(0, z), "gam": EulerGamma, "zeta": zeta, "besseli": besseli}


# kernel, domain, given, and by name: the value, and the condition under which it exists ("" for none)
FORMULAS = {
    "normal": ("exp(-(x - m)**2/(2*s**2))", LINE, ["s > 0"], {
        "mean": "m", "variance": "s**2", "third cumulant": "0", "fourth cumulant": "0", "mode": "m",
        "entropy": "log(2*pi*s**2)/2 + 1/2"}),
    "exponential": ("exp(-b*x)", HALF_LINE, ["b > 0"], {
        "mean": "1/b", "variance": "1/b**2", "third cumulant": "2/b**3", "fourth cumulant": "6/b**4", "mode": "0",
        "entropy": "1 - log(b)"}),
    "gamma": ("x**(a - 1)*exp(-b*x)", HALF_LINE, positive("a", "b"), {
        "mean": "a/b", "variance": "a/b**2", "third cumulant": "2*a/b**3", "fourth cumulant": "6*a/b**4",
        "mode": ("(a - 1)/b", "a > 1"), "entropy": "a - log(b) + log(gamma(a)) + (1 - a)*psi(a)"}),
    "inverse gamma": ("x**(-a - 1)*exp(-b/x)", HALF_LINE, positive("a", "b"), {
        "mean": ("b/(a - 1)", "a > 1"), "variance": ("b**2/((a - 1)**2*(a - 2))", "a > 2"), "mode": "b/(a + 1)",
        "entropy": "a + log(b*gamma(a)) - (1 + a)*psi(a)"}),
    "beta": ("x**(a - 1)*(1 - x)**(b - 1)", UNIT, positive("a", "b"), {
        "mean": "a/(a + b)", "variance": "a*b/((a + b)**2*(a + b + 1))",
        "entropy": "log(gamma(a)*gamma(b)/gamma(a + b)) - (a - 1)*psi(a) - (b - 1)*psi(b) + (a + b - 2)*psi(a + b)"}),
    "beta prime": ("x**(a - 1)/(1 + x)**(a + b)", HALF_LINE, positive("a", "b"), {
        "mean": ("a/(b - 1)", "b > 1"), "variance": ("a*(a + b - 1)/((b - 2)*(b - 1)**2)", "b > 2"),
        "mode": ("(a - 1)/(b + 1)", "a > 1")}),
    "uniform": ("1", "(a, b)", ["b > a"], {"mean": "(a + b)/2", "variance": "(b - a)**2/12", "entropy": "log(b - a)"}),
    "laplace": ("exp(-Abs(x - m)/b)", LINE, ["b > 0"], {
        "mean": "m", "variance": "2*b**2", "fourth cumulant": "12*b**4", "mode": "m", "entropy": "1 + log(2*b)"}),
    "student": ("(1 + x**2/nu)**(-(nu + 1)/2)", LINE, ["nu > 0"], {
        "mean": ("0", "nu > 1"), "variance": ("nu/(nu - 2)", "nu > 2"), "mode": "0",
        "entropy": "(nu + 1)/2*(psi((nu + 1)/2) - psi(nu/2)) + log(sqrt(nu)*gamma(nu/2)*sqrt(pi)/gamma((nu + 1)/2))"}),
    "pareto": ("x**(-a - 1)", "(m1, oo)", positive("a", "m1"), {
        "mean": ("a*m1/(a - 1)", "a > 1"), "variance": ("a*m1**2/((a - 1)**2*(a - 2))", "a > 2"), "mode": "m1",
        "entropy": "log(m1/a) + 1/a + 1"}),
    "weibull": ("(x/s)**(k - 1)*exp(-(x/s)**k)", HALF_LINE, positive("k", "s"), {
        "mean": "s*gamma(1 + 1/k)", "variance": "s**2*(gamma(1 + 2/k) - gamma(1 + 1/k)**2)",
        "mode": ("s*((k - 1)/k)**(1/k)", "k > 1"), "entropy": "gam*(1 - 1/k) + log(s/k) + 1"}),
    "rayleigh": ("x*exp(-x**2/(2*s**2))", HALF_LINE, ["s > 0"], {
        "mean": "s*sqrt(pi/2)", "variance": "(4 - pi)/2*s**2", "mode": "s", "entropy": "1 + log(s/sqrt(2)) + gam/2"}),
    "maxwell": ("x**2*exp(-x**2/(2*s**2))", HALF_LINE, ["s > 0"], {
        "mean": "2*s*sqrt(2/pi)", "variance": "s**2*(3*pi - 8)/pi", "mode": "sqrt(2)*s",
        "entropy": "log(s*sqrt(2*pi)) + gam - 1/2"}),
    "frechet": ("x**(-a - 1)*exp(-x**(-a))", HALF_LINE, ["a > 0"], {
        "mean": ("gamma(1 - 1/a)", "a > 1"), "variance": ("gamma(1 - 2/a) - gamma(1 - 1/a)**2", "a > 2"),
        "mode": "(a/(1 + a))**(1/a)"}),
    "log-normal": ("exp(-(log(x) - m)**2/(2*s**2))/x", HALF_LINE, ["s > 0"], {
        "mean": "exp(m + s**2/2)", "variance": "(exp(s**2) - 1)*exp(2*m + s**2)", "mode": "exp(m - s**2)",
        "entropy": "m + log(2*pi*s**2)/2 + 1/2"}),
    "logistic": ("exp(-(x - m)/s)/(1 + exp(-(x - m)/s))**2", LINE, ["s > 0"], {
        "mean": "m", "variance": "s**2*pi**2/3", "fourth cumulant": "2*pi**4*s**4/15", "mode": "m", "entropy": "log(s) + 2"}),
    "gumbel": ("exp(-(x - m)/b - exp(-(x - m)/b))", LINE, ["b > 0"], {
        "mean": "m + gam*b", "variance": "pi**2*b**2/6", "third cumulant": "2*zeta(3)*b**3", "mode": "m",
        "entropy": "log(b) + gam + 1"}),
    "fourth power": ("exp(-(x - m)**4/s)", LINE, ["s > 0"], {"mean": "m", "variance": "sqrt(s)*gamma(3/4)/gamma(1/4)", "mode": "m"}),
    "quartic cauchy": ("1/((x - m)**4 + s)", LINE, ["s > 0"], {"mean": "m", "variance": "sqrt(s)", "mode": "m"}),
    "semicircle": ("sqrt(r**2 - x**2)", "(-r, r)", ["r > 0"], {
        "mean": "0", "variance": "r**2/4", "mode": "0", "entropy": "log(pi*r) - 1/2"}),
    "F": ("x**(c/2 - 1)*(d + c*x)**(-(c + d)/2)", HALF_LINE, positive("c", "d"), {
        "mean": ("d/(d - 2)", "d > 2"), "variance": ("2*d**2*(c + d - 2)/(c*(d - 2)**2*(d - 4))", "d > 4"),
        "mode": ("(c - 2)/c*d/(d + 2)", "c > 2")}),
    "shifted pareto": ("(1 + (x - m)/s)**(-a - 1)", "(m, oo)", positive("a", "s"), {
        "mean": ("m + s/(a - 1)", "a > 1"), "variance": ("s**2*a/((a - 1)**2*(a - 2))", "a > 2"), "mode": "m"}),
    "poisson": ("lam**x/factorial(x)", "ZZ[0, oo]", ["lam > 0"], {
        "mean": "lam", "variance": "lam", "third cumulant": "lam", "fourth cumulant": "lam", "mode": "floor(lam)"}),
    "geometric": ("(1 - p)**(x - 1)", "ZZ[1, oo]", ["p > 0", "p < 1"], {
        "mean": "1/p", "variance": "(1 - p)/p**2", "third cumulant": "(1 - p)*(2 - p)/p**3", "mode": "1"}),
    "negative binomial": ("gamma(x + r)/factorial(x)*q**x", "ZZ[0, oo]", ["r > 0", "q > 0", "q < 1"], {
        "mean": "r*q/(1 - q)", "variance": "r*q/(1 - q)**2", "third cumulant": "r*q*(1 + q)/(1 - q)**3"}),
    "binomial": ("binomial(n, x)*r**x", "ZZ[0, n]", ["n integer", "n > 0", "r > 0"], {
        "mean": "n*r/(1 + r)", "variance": "n*r/(1 + r)**2", "mode": "floor((n + 1)*r/(1 + r))"}),
    "zeta": ("x**(-s)", "ZZ[1, oo]", ["s > 1"], {
        "mean": ("zeta(s - 1)/zeta(s)", "s > 2"), "variance": ("(zeta(s)*zeta(s - 2) - zeta(s - 1)**2)/zeta(s)**2", "s > 3")}),
    "logarithmic": ("p**x/x", "ZZ[1, oo]", ["p > 0", "p < 1"], {
        "mean": "-p/((1 - p)*log(1 - p))", "variance": "-p*(p + log(1 - p))/((1 - p)**2*log(1 - p)**2)", "mode": "1"}),
    "bernoulli": ("exp(b*x)", "{0, 1}", [], {"mean": "exp(b)/(1 + exp(b))", "variance": "exp(b)/(1 + exp(b))**2"}),
    "inverse gaussian": ("x**(-3/2)*exp(-k*(x - m1)**2/(2*m1**2*x))", HALF_LINE, positive("k", "m1"), {
        "mean": "m1", "variance": "m1**3/k", "mode": "m1*(sqrt(1 + 9*m1**2/(4*k**2)) - 3*m1/(2*k))"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMULAS)
def test_textbook_formulas(name):
    kernel, domain, given, wanted = FORMULAS[name]
    found, problem = told(kernel, domain, given)
    for what, formula in wanted.items():
        value, condition = formula if isinstance(formula, tuple) else (formula, "")
        moment = found[what]
        assert moment.verdict in (PROVED, AGREES) and moment.value is not None
        conditions = [sympify(condition, letters(problem))] if condition else []
        assert list(moment.conditions) == conditions, what
        assert same(moment.value, sympify(value, letters(problem)), problem, conditions), (what, moment.value)


def same(value, wanted, problem, conditions):
    """Equality by proof, or to 30 digits at three points."""
    facts = Facts((*problem.conditions, *conditions))
    if equal(value, wanted, facts):
        return True
    from derive.check.points import points

    drawn = points(sorted((value - wanted).free_symbols, key=str), facts.relations, 3)
    return bool(drawn) and all(abs((value - wanted).subs(point).evalf(40)) < 1e-30 for point in drawn)


# kernel, domain, given, the moments that do not exist
MISSING = [
    ("1/(1 + x**2)", LINE, [], ["mean"]),
    ("1/(1 + ((x - m)/s)**2)", LINE, ["s > 0"], ["mean"]),
    ("(2 + x**2)**(-3/2)", LINE, [], ["variance"]),
    ("x**(-2)", "(1, oo)", [], ["mean"]),
    ("x**(-5/2)", "(1, oo)", [], ["variance"]),
    ("exp(-c/(2*x))*x**(-3/2)", HALF_LINE, ["c > 0"], ["mean"]),
    ("exp(-1/x)/x**3", HALF_LINE, [], ["variance"]),
    ("x**(-2)*exp(-1/x)", HALF_LINE, [], ["mean"]),
    ("1/(1 + x**2)", HALF_LINE, [], ["mean"]),
    ("1/(1 + x)**2", HALF_LINE, [], ["mean"]),
    ("sqrt(x)/(1 + x)**3", HALF_LINE, [], ["variance"]),
    ("x**(-a - 1)", "(1, oo)", ["a > 0", "a < 1"], ["mean"]),
    ("1/((x + a)*(x + b))", "ZZ[0, oo]", ["a > 0", "b > a"], ["mean"]),
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "domain", "given", "names"), MISSING)
def test_what_does_not_exist_is_said(kernel, domain, given, names):
    found, _ = told(kernel, domain, given)
    for name in names:
        assert found[name].value is None and found[name].verdict == PROVED and "does not exist" in found[name].detail
    if "mean" in names:
        assert "variance" not in found and "third cumulant" not in found


def test_the_mean_of_a_symmetric_density_needs_its_existence():
    """Symmetry alone gives the Cauchy density no mean; Student's has one for ν > 1."""
    found, problem = told("(1 + x**2/nu)**(-(nu + 1)/2)", LINE, ["nu > 0"])
    (nu,) = (p.symbol for p in problem.parameters)
    assert found["mean"].conditions == (Gt(nu, 1),) and found["third cumulant"].conditions == (Gt(nu, 3),)


@pytest.mark.parametrize(("kernel", "domain", "given"), [
    ("1/sqrt(x*(1 - x))", UNIT, []),  # largest at both ends
    ("x**(a - 1)*exp(-x)", HALF_LINE, ["a > 0", "a < 1"]),  # unbounded at 0
    ("1", UNIT, []),  # everywhere the same
    ("exp(-x**2) + exp(-(x - 9)**2)", LINE, []),  # two peaks
])  # fmt: skip
def test_no_mode_is_claimed_without_one_peak(kernel, domain, given):
    assert "mode" not in told(kernel, domain, given)[0]


def test_a_wrong_value_is_not_shown(monkeypatch):
    """What log Z gives is held against an integral of its own: a slip in the derivative leaves the moment out."""
    import derive.moments.values as values

    monkeypatch.setattr(values, "cumulant", lambda law, n: S(7))
    found, _ = told("exp(-x)", HALF_LINE)
    assert found["mean"].value == 1 and found["variance"].value == 1 and "third cumulant" not in found


def test_an_error_in_one_moment_leaves_the_others(monkeypatch):
    import derive.moments as package

    def broken(law):
        raise ValueError("of no use")

    monkeypatch.setattr(package, "mean", broken)
    found, _ = told("exp(-x)", HALF_LINE)
    assert set(found) == {"mode", "entropy"}


def test_nothing_is_told_of_what_is_not_normalized():
    problem = asked.problem("1/x", over={"x": HALF_LINE})
    assert moments(solve(problem, 5.0), time.monotonic() + 5) == ()
    assert moments(Result(problem, "undecided"), time.monotonic() + 5) == ()


def test_the_deadline_is_kept():
    result = solve(asked.problem("x**(a - 1)*exp(-b*x)", over={"x": HALF_LINE}, given=positive("a", "b")), 5.0)
    start = time.monotonic()
    assert len(moments(result, start)) <= 1
    assert time.monotonic() - start < 2.0


@pytest.mark.parametrize(("wanted", "there"), [
    (Wanted(("json",)), False), (Wanted(("json",), moments=True), True), (Wanted(("text",)), True),
    (Wanted(("text",), "brief"), False), (Wanted(("text",), budget=2.0), False)])  # fmt: skip
def test_when_moments_are_derived(wanted, there):
    """Documents of more than brief detail tell moments, JSON where it is asked to; never at the end of a budget."""
    sealed = Sealed("e", pickle.dumps(asked.problem("exp(-x)", over={"x": HALF_LINE})))
    assert ("moments" in answer(sealed, wanted).record) is there


def test_moments_in_the_record_and_the_documents():
    from dataclasses import replace

    result = solve(asked.problem("1/(1 + ((x - m)/s)**2)", over={"x": LINE}, given=["s > 0"]), 5.0)
    assert "moments" not in to_dict(result)
    full = replace(result, moments=moments(result, time.monotonic() + 10))
    mean = to_dict(full)["moments"][0]
    assert mean["name"] == "mean" and mean["value"] is None and mean["verdict"] == "proved" and "does not exist" in mean["detail"]
    assert "mean: does not exist" in render(full, "text") and "mean" not in render(full, "text", "brief")
    for form in ("md", "tex", "html"):
        assert "does not exist" in render(full, form)


def test_a_moment_that_hangs_costs_no_result(monkeypatch):
    def hanging(result, deadline):
        yield from itertools.islice(one_by_one(result, deadline), 1)
        time.sleep(60)

    monkeypatch.setattr("derive.tasks.one_by_one", hanging)
    monkeypatch.setattr("derive.tasks.FOR_MOMENTS", 0.2)
    sealed = Sealed("gamma", pickle.dumps(asked.problem("x*exp(-x)", over={"x": HALF_LINE}, given=())))
    given = answer(sealed, Wanted(("json",), budget=3.0, moments=True))
    assert given.record["outcome"] == "normalized" and [m["name"] for m in given.record["moments"]] == ["mean"]


def test_an_entropy_with_the_logarithm_of_a_letter_that_may_be_0_says_so():
    found, problem = told("abs(x)", "(a, b)", ["a >= 0", "b > 0"])
    assert found["entropy"].conditions == (Gt(letters(problem)["a"], 0),)
    assert found["mean"].conditions == ()


def test_an_entropy_with_the_logarithm_of_a_bar_that_may_be_0_says_so():
    found, problem = told("abs(x - c)", "(0, 2)", ["c real"])  # at c = 0 and at c = 2 the formula has 0 log 0
    c = letters(problem)["c"]
    assert {Ne(c, 0), Ne(c - 2, 0)} <= set(found["entropy"].conditions)


def test_an_entropy_with_the_logarithm_of_a_bar_that_is_not_0_needs_nothing_of_it():
    found, _ = told("x**(c - 1)*exp(-b*x**c)", HALF_LINE, ["b > 0", "c != 0"])
    assert found["entropy"].conditions == ()


def test_an_entropy_has_a_value_wherever_its_conditions_hold():
    """(b − a) Γ(−a/b) says nothing at a = b, where Γ(2 − a/b) does. By mpmath the entropy there, for a = b = 1/4, is 3.38629436112."""
    found, _ = told("x**(a - 1)*(1 + x**b)**(-2)", HALF_LINE, ["a nonzero", "b >= 0"])
    at = dict.fromkeys(found["entropy"].value.free_symbols, S(1) / 4)
    assert all(c.subs(at) for c in found["entropy"].conditions)
    assert abs(found["entropy"].value.subs(at).evalf(20) - sympify("3.38629436111989")) < 1e-12


@pytest.mark.parametrize(("kernel", "domain", "given", "at"), [  # by hand: h in exp(−b h(x − m)^p) rises on both sides of m, or it does not
    ("exp(-abs(abs(x) - a))", LINE, ["a > 0"], None), ("exp(-abs(x**2 - a**2))", LINE, ["a > 0"], None),
    ("exp(-a*sin(x)**2)", "(0, pi)", ["a > 0"], None),
    ("exp(-abs(2*x - m)**p)", LINE, ["p > 0"], "m/2"), ("exp(-a*cosh(x - m))", LINE, ["a > 0"], "m")])  # fmt: skip
def test_an_energy_has_its_least_value_at_the_center_only_where_it_rises_on_both_sides(kernel, domain, given, at):
    result = solve(asked.problem(kernel, over={"x": domain}, given=given), 10.0)
    found = next((m for m in moments(result, time.monotonic() + 20) if m.name == "mode"), None)
    assert (found is None) == (at is None) and (found is None or equal(found.value, sympify(at, letters(result.problem)), Facts()))


def test_the_total_of_a_kernel_is_not_said_to_be_other_than_0():
    result = solve(asked.problem("q**k/(k*(k + 2))", over={"k": "ZZ[1, oo]"}, given=["q > 0", "q < 1"]), 10.0)
    assert next(m for m in moments(result, time.monotonic() + 20) if m.name == "mean").conditions == ()
