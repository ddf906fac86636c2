"""The engine from a problem to a result: what textbooks know comes out, and nothing comes out as normalized that is not."""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import mpmath
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Expr, Function, Ne, S, Symbol, gamma, oo, pi, sin, sqrt

from derive import engine
from derive.algebra.signs import Facts
from derive.check.conditions import is_smooth
from derive.check.kernel import check, verdict_of
from derive.check.numeric import value
from derive.check.points import points
from derive.compare import AGREES as COMPARES
from derive.compare import compare, exact
from derive.engine import holes, solve
from derive.language.claims import AGREES, PROVED
from derive.language.problem import Problem, Result
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.asked import problem
from derive.read.files import load
from derive.read.names import ReadError, Scope
from derive.read.text import expression
from derive.rules import CATALOGUE
from derive.second import told_together, total_of
from derive.unfolding import unfolded_route

TEXTBOOK = Path(__file__).parent / "data" / "textbook.toml"
PROBLEMS = {p.id: p for p in load(TEXTBOOK)}
OUTCOMES = ("normalized", "diverges", "not-a-kernel", "open", "undecided")


@cache
def solved(name: str) -> Result:
    return solve(PROBLEMS[name])


def result(kernel: str, over: str, given_: str = "", budget: float = 20.0) -> Result:
    return solve(problem(kernel, over=[over], given=[part.strip() for part in given_.split(";") if part.strip()]), budget)


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_textbook_problem_is_normalized(name):
    found = solved(name)
    assert found.outcome == "normalized", found.reason
    assert not found.oracle
    assert not found.conditions
    assert {step.verdict for step in found.derivation.walk()} <= {PROVED, AGREES}
    assert found.derivation.claim.left == found.problem.total
    assert found.derivation.claim.right == found.Z


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_textbook_constant_is_the_known_one(name):
    """Against the formula in the file, and against its numbers, which come from quadrature and summation elsewhere."""
    found = solved(name)
    assert compare(found)[0] == COMPARES
    known = found.problem.known
    for point, number in zip(known["points"] or [{}], known["Z_numeric"], strict=True):
        at = {p.symbol: exact(point[p.symbol.name]) for p in found.problem.parameters}
        ours = mpmath.mpmathify(substitute(found.Z, at).evalf(20))
        assert mpmath.almosteq(ours, mpmath.mpf(number), rel_eps=1e-8)  # some were found to nine digits


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_textbook_density_has_mass_one(name):
    found = solved(name)
    numeric = next(c for c in found.checks if c.name == "numeric")
    assert numeric.verdict == AGREES, numeric.detail
    assert numeric.digits >= 20


def test_nearly_all_textbook_densities_are_derived_twice():
    symbolic = [next(c for c in solved(name).checks if c.name == "symbolic").verdict for name in PROBLEMS]
    assert symbolic.count(PROVED) >= 34
    assert "refuted" not in symbolic


def test_a_result_survives_the_checker_once_more():
    """The derivation in a result is accepted again as it stands, from the problem's own assumptions."""
    for name in ("gaussian", "laplace", "student-t", "logarithmic"):
        found = solved(name)
        assert verdict_of(check(found.derivation, CATALOGUE, Facts(found.problem.conditions))) == PROVED


NEGATIVE = [
    ("1 - x", "x in (0, 3)", ""),
    ("-exp(-x)", "x in (0, oo)", ""),
    ("sin(x)", "x in (0, 2*pi)", ""),
    ("x", "x in (-1, 1)", ""),
    ("x**3*exp(-x**2)", "x in RR", ""),
    ("k - 1", "k in ZZ[0, 5]", ""),
    ("s", "s in {-1, 1}", ""),
    ("exp(-x) - exp(-2)", "x in (0, 5)", ""),
    ("-a*exp(-x)", "x in (0, oo)", "a > 0"),
    ("(-1)**k/factorial(k)", "k in ZZ[0, oo]", ""),
    ("cos(x)", "x in (0, pi)", ""),
    ("0", "x in (0, 1)", ""),
    ("0*x", "x in (0, 1)", ""),
    ("x - x", "x in (0, 1)", ""),
    ("log(x)", "x in (0, 1)", ""),
    ("x**2 - 1", "x in (-3, 3)", ""),
    ("floor(2*x)/(1 + a*x)", "x in (0, 1/2)", "a >= 0"),
]


@pytest.mark.parametrize(("kernel", "over", "given_"), NEGATIVE)
def test_what_is_negative_or_zero_is_no_kernel(kernel, over, given_):
    found = result(kernel, over, given_)
    assert found.outcome == "not-a-kernel", found.reason
    assert found.reason
    assert found.Z is None or found.density is None


DIVERGENT = [
    ("1/x", "x in (0, 1)", ""),
    ("1/x", "x in (0, oo)", ""),
    ("exp(x)", "x in RR", ""),
    ("x**(-1/2)", "x in (1, oo)", ""),
    ("1/x**2", "x in RR", ""),
    ("1/(x - m)**2", "x in RR", "m real"),
    ("1/abs(x)", "x in (-1, 1)", ""),
    ("1", "x in (0, oo)", ""),
    ("1", "x in RR", ""),
    ("a", "x in RR", "a > 0"),
    ("1/(1 + abs(x))", "x in RR", ""),
    ("1/(x*log(x))", "x in (2, oo)", ""),
    ("1/k", "k in ZZ[1, oo]", ""),
    ("1", "k in ZZ[0, oo]", ""),
    ("2**k", "k in ZZ[0, oo]", ""),
    ("x**(-a)", "x in (0, oo)", "a > 0"),
    ("exp(-1/x)", "x in (0, oo)", ""),
    ("1/(1 - x)", "x in (0, 1)", ""),
    ("1/sin(x)", "x in (0, pi)", ""),
    ("exp(x**2)", "x in (0, oo)", ""),
    ("exp(a*x)", "x in (0, oo)", "a >= 0"),
    ("x**(-1 - a)", "x in (0, 1)", "a >= 0"),
    ("1/(x - 1/2)**2", "x in (0, 1)", ""),
    ("abs(x - 1/3)**(-3/2)", "x in (0, 1)", ""),
    ("1/x**2", "x in (-1, 1)", ""),
    ("factorial(k)", "k in ZZ[0, oo]", ""),
]


@pytest.mark.parametrize(("kernel", "over", "given_"), DIVERGENT)
def test_what_diverges_is_not_normalized(kernel, over, given_):
    found = result(kernel, over, given_)
    assert found.outcome in ("diverges", "undecided"), (found.outcome, found.Z)
    assert found.reason


PLAINLY_DIVERGENT = [
    case
    for case in DIVERGENT
    if case[:2]
    in {
        ("1/x", "x in (0, 1)"),
        ("1/x", "x in (0, oo)"),
        ("x**(-1/2)", "x in (1, oo)"),
        ("1/(1 - x)", "x in (0, 1)"),
        ("exp(x)", "x in RR"),
        ("1", "x in (0, oo)"),
    }
]


@pytest.mark.parametrize(("kernel", "over", "given_"), PLAINLY_DIVERGENT)
def test_plain_divergence_is_said(kernel, over, given_):
    assert result(kernel, over, given_).outcome == "diverges"


UNDEFINED = [
    ("log(x)", "x in (-1, 1)", ""),
    ("sqrt(x)", "x in RR", ""),
    ("x**a", "x in (-1, 1)", "a > 0"),
    ("exp(sqrt(x))", "x in (-1, 0)", ""),
    ("log(x)**2", "x in (-1, 1)", ""),
    ("sqrt(x**2 - 1)", "x in (0, 2)", ""),
    ("exp(-x*sqrt(a))", "x in (0, oo)", "a real"),
    ("(-1)**x", "x in (0, 1)", ""),
    ("asin(x)", "x in (0, 2)", ""),
]


@pytest.mark.parametrize(("kernel", "over", "given_"), UNDEFINED)
def test_what_is_undefined_somewhere_is_not_normalized(kernel, over, given_):
    assert result(kernel, over, given_).outcome in ("not-a-kernel", "undecided")


# Assumptions too weak for convergence. Where Z is given all the same, it is given under conditions that imply it.
WEAK = [
    ("x**(a - 1)*exp(-x)", "x in (0, oo)", "a real", "a"),
    ("x**(a - 1)*exp(-x)", "x in (0, oo)", "a >= 0", "a"),
    ("exp(-b*x)", "x in (0, oo)", "b real", "b"),
    ("exp(-b*x)", "x in (0, oo)", "b >= 0", "b"),
    ("exp(-a*x**2)", "x in RR", "a real", "a"),
    ("k**(-s)", "k in ZZ[1, oo]", "s > 0", "s - 1"),
    ("q**k", "k in ZZ[0, oo]", "q > 0", "1 - q"),
    ("q**k", "k in ZZ[0, oo]", "q >= 0; q <= 1", "1 - q"),
    ("x**(-a)", "x in (1, oo)", "a > 0", "a - 1"),
    ("exp(-(x - m)**2/(2*s**2))", "x in RR", "m real; s >= 0", "s"),
    ("a*exp(-x)", "x in (0, oo)", "a >= 0", "a"),
    ("1", "x in (a, b)", "a real; b real", "b - a"),
    ("1", "k in ZZ[0, n]", "n integer", "n + 1"),
    ("(1 - x**2)**a", "x in (-1, 1)", "a real", "a + 1"),
    ("(1 + x**2)**(-a)", "x in RR", "a > 0", "2*a - 1"),
    ("x**(s - 1)*(1 - x)**(t - 1)", "x in (0, 1)", "s real; t real", "s"),
    ("a*x", "x in (0, 1)", "a real", "a"),
    ("x**(s - 1)*(1 + x)**(-q)", "x in (0, oo)", "s > 0; q > 0", "q - s"),
    ("c", "x in (0, 1)", "c >= 0", "c"),
]


@pytest.mark.parametrize(("kernel", "over", "given_", "positive"), WEAK)
def test_under_weak_assumptions_conditions_are_named(kernel, over, given_, positive):
    found = result(kernel, over, given_)
    if found.outcome != "normalized":
        assert found.outcome in ("undecided", "open", "not-a-kernel"), found.outcome
        return
    needed = expression(positive, Scope({p.symbol.name: p.symbol for p in found.problem.parameters}))
    assert Facts((*found.problem.conditions, *found.conditions)).positive(needed), (found.conditions, found.Z)


def test_most_weak_assumptions_lead_to_conditions():
    """So that the test above tests something."""
    outcomes = [result(kernel, over, given_).outcome for kernel, over, given_, *_ in WEAK]
    assert outcomes.count("normalized") >= len(outcomes) // 3


def test_the_theorem_about_an_abstract_kernel():
    found = solve(problem("g(x)", over={"x": "RR"}, given=["g(x) >= 0"]))
    assert found.outcome in ("open", "normalized")
    assert verdict_of(found.derivation) == PROVED
    assert found.derivation.claim.right == 1
    assert {str(c.func.__name__) for c in found.conditions} >= {"StrictGreaterThan"}
    total = found.problem.total
    assert found.density == found.problem.kernel / total
    assert any(c.has(Total) and c.has(oo) for c in found.conditions), "Z has to be finite"


def test_an_abstract_kernel_of_unknown_sign_is_undecided():
    g, x = Function("g"), Symbol("x", real=True)
    found = solve(problem(g(x), over={x: "RR"}))
    assert found.outcome == "undecided"
    assert "negative" in found.reason


@pytest.mark.parametrize("name", ["gaussian", "student-t", "sech", "poisson"])
def test_without_time_nothing_is_claimed(name):
    start = time.monotonic()
    found = solve(PROBLEMS[name], budget=0.0)
    assert found.outcome in ("undecided", "open")
    assert found.Z is None
    assert found.reason
    assert time.monotonic() - start < 5


def test_a_tiny_budget_ends_soon():
    start = time.monotonic()
    found = result("exp(-x**4 - x**3 - sin(x)**2)/(1 + x**6 + cos(x)**4)", "x in RR", budget=0.001)
    assert found.outcome != "normalized"
    assert time.monotonic() - start < 5


# Random kernels: whatever they are, an outcome comes, in time, and what is called normalized is so in numbers.
atoms = st.sampled_from(
    [
        "x",
        "a",
        "x**2",
        "abs(x)",
        "x**a",
        "exp(-x)",
        "exp(-a*x)",
        "exp(-x**2)",
        "log(x)",
        "sqrt(x)",
        "1 + x**2",
        "1/x",
        "cos(x)",
        "2",
        "1/3",
        "x - a",
        "max(x, a)",
        "abs(x - a)",
        "sin(x)**2",
        "exp(a*x)",
        "cosh(x)",
        "atan(x)",
        "b",
        "1 - x",
    ]
)
kernels = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+*-*/"), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(inner, st.sampled_from(["2", "-1", "-a", "1/2", "a - 1", "-2"])).map(lambda t: f"({t[0]})**({t[1]})"),
        inner.map(lambda e: f"exp(-({e}))"),
        inner.map(lambda e: f"abs({e})"),
    ),
    max_leaves=4,
)
domains = st.sampled_from(
    [
        "(0, oo)",
        "RR",
        "(0, 1)",
        "(-1, 1)",
        "(1, oo)",
        "(0, a)",
        "ZZ[0, oo]",
        "ZZ[1, oo]",
        "ZZ[0, 4]",
        "{-1, 1}",
        "(a, oo)",
        "(-oo, 0)",
    ]
)
assumptions = st.sampled_from(
    [["a > 0", "b > 0"], ["a real", "b real"], ["a > 1", "b > a"], ["a positive integer", "b >= 0"], ["0 < a", "a < 1", "b real"]]
)


def stated(kernel: str, domain: str, facts: list[str]) -> Problem | None:
    used = [f for f in facts if any(name in kernel + domain for name in (f[0], f[-1]) if name.isalpha())]
    try:
        return problem(kernel, over={"x": domain}, given=used)
    except ReadError:
        return None


def soundly(kernel: str, domain: str, facts: list[str], budget: float = 2.0) -> str:
    """Solve a kernel; what is called normalized has mass 1 at a point, and its kernel is nowhere negative there."""
    asked = stated(kernel, domain, facts)
    if asked is None:
        return "unreadable"
    start = time.monotonic()
    found = solve(asked, budget)
    assert found.outcome in OUTCOMES
    assert time.monotonic() - start < 30, "far beyond the budget"
    assert found.reason or found.outcome == "normalized"
    if found.outcome == "normalized":
        assert not wrong(found.Z, asked.total, (*asked.conditions, *found.conditions)), (found.Z, found.conditions)
        assert all(step.verdict in (PROVED, AGREES) for step in found.derivation.walk())
    return found.outcome


def wrong(closed: Expr, total: Expr, conditions) -> tuple | None:
    """A point at which Z and the total differ clearly, or Z is not positive."""
    symbols = sorted(closed.free_symbols | total.free_symbols, key=str)
    for point in points(symbols, conditions, 2, seed=9):
        try:
            one, other = value(closed, point, 15, 3.0), value(total, point, 15, 3.0)
        except (ArithmeticError, ValueError, TypeError, NotImplementedError):
            continue
        if one <= 0 or not mpmath.almosteq(one, other, rel_eps=1e-8, abs_eps=0):
            return point, one, other
    return None


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(kernels, domains, assumptions)
def test_random_kernels_get_an_honest_outcome(kernel, domain, facts):
    soundly(kernel, domain, facts)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(kernels, domains, assumptions)
def test_many_random_kernels_get_an_honest_outcome(kernel, domain, facts):
    soundly(kernel, domain, facts)


FAMILIES = st.sampled_from(
    [
        "exp(-{p}*x)",
        "x**({p} - 1)*exp(-x)",
        "x**(-{p})",
        "exp(-{p}*x**2)",
        "(1 + x**2)**(-{p})",
        "x**({p} - 1)*(1 + x)**(-2*{p})",
        "abs(x)**({p} - 1)*exp(-abs(x))",
        "{p}*exp(-x)",
        "exp(-x)*(1 - {p}*x)",
        "x**{p}",
        "1/({p} + x**2)",
        "cosh(x)**(-{p})",
        "exp(-{p}*abs(x))",
        "exp({p}*x - x**2)",
        "{p} - x",
    ]
)
PARAMETERS = st.sampled_from(["a", "a - 1", "-a", "a*b", "a - b", "a**2", "a + b", "1/a", "2*a"])


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(FAMILIES, PARAMETERS, domains, assumptions)
def test_families_at_the_edge_of_their_parameters(family, parameter, domain, facts):
    """Where a parameter may leave its range, conditions are named that keep it there, or nothing is claimed."""
    soundly(family.format(p=f"({parameter})"), domain, facts)


def test_one_is_not_a_density_of_unknown_length():
    found = result("1", "x in (a, b)", "a real; b real")
    assert found.outcome == "undecided" or any(c.free_symbols for c in found.conditions)
    assert found.Z is None or found.Z != S.Zero


@pytest.mark.parametrize(
    ("kernel", "domain", "given", "condition"),
    [
        ("(1 + cos(n*t))/2", "t in (0, 2*pi)", ["n integer"], "Ne(n, 0)"),  # at n = 0 the total is 2π, not π
        ("exp(-a*x)", "x in (0, 1)", ["a real"], "Ne(a, 0)"),
        ("q**k", "k in ZZ[0, n]", ["q > 0", "n integer", "n > 0"], "Ne(q, 1)"),
        ("abs(s)**p", "s in {-1, 0, 1}", ["p real"], "p >= 0"),  # 0^p is infinite for p < 0
        ("k**p", "k in ZZ[0, 4]", ["p > -1"], "p >= 0"),
    ],
)
def test_what_a_closed_form_divides_by_is_not_0(kernel, domain, given, condition):
    found = solve(problem(kernel, over=[domain], given=given))
    assert found.outcome == "normalized" and [str(c) for c in found.conditions] == [condition]


def test_an_antiderivative_that_divides_by_what_may_be_0_is_not_accepted():
    t, n = Symbol("t", real=True), Symbol("n", integer=True)
    assert not is_smooth(t + sin(n * t) / n, t, Facts()) and is_smooth(t + sin(n * t) / n, t, Facts([Ne(n, 0)]))


def lemma_used(kernel, domain, *given):
    """The derivation of Z, the total of the density, and what is known."""
    found = result(kernel, f"x in {domain}", "; ".join(given))
    return found.derivation, total_of(found.density, found.problem.variables), Facts((*found.problem.conditions, *found.conditions))


@pytest.mark.parametrize(("kernel", "domain", "given", "lemma", "definition"), [
    ("x**(a - 1)*exp(-b*x)", "(0, oo)", ("a > 0", "b > 0"), "gamma_integral", "gamma_definition"),
    ("x**(a - 1)*exp(-b*x - c/x)", "(0, oo)", ("b > 0", "c > 0"), "bessel_k_integral", "bessel_k_definition"),
    ("x**(a - 1)*(1 - x)**(b - 1)", "(0, c)", ("a > 0", "b > 0", "c > 0", "c < 1"), "incomplete_beta_integral", "incomplete_beta_definition"),
    ("(1 - x)**(a - 1)", "(-1, u)", ("a > 0", "u > -1", "u < 1"), None, None),
])  # fmt: skip
def test_a_second_derivation_may_rest_on_the_proof_of_a_lemma_and_not_on_the_lemma(kernel, domain, given, lemma, definition):
    derivation, density, facts = lemma_used(kernel, domain, *given)
    route = unfolded_route(density, derivation)
    if lemma is None:
        assert route is None
        return
    rules = [step.rule for step in route.walk()]
    assert lemma in [step.rule for step in derivation.walk()] and lemma not in rules and definition in rules
    assert verdict_of(check(route, CATALOGUE, facts)) == PROVED


def shifted(Z):
    """Z with a + 1 for a."""
    (a,) = (s for s in Z.free_symbols if s.name == "a")
    return Z.subs(a, a + 1)


@pytest.mark.parametrize("wrong", [lambda Z: 2 * Z, shifted, lambda Z: Z + 1], ids=("twice", "shifted", "more"))
def test_a_wrong_constant_is_not_proved_by_unfolding_lemmas(wrong):
    derivation, density, facts = lemma_used("x**(a - 1)*exp(-b*x)", "(0, oo)", "a > 0", "b > 0")
    false = replace(derivation, claim=replace(derivation.claim, right=wrong(derivation.claim.right)))
    body = density.body * derivation.claim.right / false.claim.right
    route = unfolded_route(Total(body, density.x, density.measure), false)
    assert verdict_of(check(route, CATALOGUE, facts)) != PROVED


def test_where_the_closed_form_says_nothing_is_a_condition():
    n = Symbol("n", real=True)
    known = Facts((n >= 0,))
    assert [str(c) for c in holes(sqrt(pi) * gamma(n + S.Half) / (n * gamma(n)), known)] == ["Ne(n, 0)"]
    assert holes(1 / (n + 1) + gamma(n + 1), known) == ()


@pytest.mark.parametrize(("kernel", "given", "said"), [("1/abs(x**2 - 1)**a", ["a > 0"], "[a < 1]"), ("abs(a*x)", ["a real"], "[Ne(a, 0)]")])
def test_zeros_between_bars_weigh_nothing_and_conditions_are_short(kernel, given, said):
    found = solve(problem(kernel, over={"x": "(0, 2)"}, given=given))
    assert found.outcome == "normalized" and str(list(found.conditions)) == said


def test_a_second_derivation_does_not_rest_on_the_same_fact_in_other_letters():
    assert "binomial_theorem_of_two_powers" in told_together({"binomial_theorem"}) and told_together({"gamma_integral", "shift"}) == set()
    (check_, *_) = solve(problem("binomial(n, k)*r**k", over={"k": "ZZ[0, n]"}, given=["n positive integer", "r > 0"])).checks
    assert check_.verdict == PROVED and "binomial_theorem" not in check_.detail


@pytest.mark.parametrize(("kernel", "over", "given_"), [
    ("Min(exp(-a*x), exp(-b*(x - c)))", "x in (0, oo)", "a > 0; b > a; c > 0"),  # its form as it comes is not proved to be 1, its best form is
    ("Heaviside(x - a)*x**(-b - 1)", "x in (0, oo)", "a > 0; b > 0"),  # six rules inside one another
])  # fmt: skip
def test_sums_of_pieces_are_derived_twice(kernel, over, given_):
    assert next(c for c in result(kernel, over, given_).checks if c.name == "symbolic").verdict == PROVED


def test_a_power_that_would_be_written_out_in_millions_of_factors_is_no_point():
    a, b, u = (Symbol(name, real=True) for name in "abu")
    inner = (1 - (1 - u) ** (1 / b)) ** (1 / a)
    assert points([a, b, u], [0 < u, u < 1, a > 0, b > 0, inner < 0], 5) == []  # without the limit it takes hours
    assert len(points([a, b, u], [0 < u, u < 1, a > 0, b > 0, inner < 1], 5)) == 5


def test_divergence_is_told_before_a_long_search(monkeypatch):
    """∫ |x − c|/(1 + (x − c)²) dx = ∞ by comparison with 1/|x|: after a few moves convergence is asked, and nothing more is looked for."""
    monkeypatch.setattr("derive.first.looked_for", lambda *args, **options: pytest.fail("a long search was begun"))
    assert result("Abs(x - c)*exp(1/(1 + x**2))/(1 + (x - c)**2)", "x in RR", "c real").outcome == "diverges"


def test_a_search_is_repeated_with_care_only_where_a_question_was_given_up():
    """1 − a > 0 follows at once from a < 1/2; nothing needs to be asked again with more effort."""
    a = Symbol("a", positive=True)
    quick = Facts([a < S.Half]).quick()
    assert quick.positive(1 - a)
    assert not quick.gave_up()
    quick.within(Symbol("x", real=True), Lebesgue(0, a)).give_up()
    assert quick.gave_up()


def test_what_is_denied_for_want_of_effort_is_not_denied_with_more():
    """1 − a − b > 0 follows from a, b < 1/2 in a few steps; facts that may not take them deny it, and tell nobody else."""
    a, b = (Symbol(name, positive=True) for name in "ab")
    facts = Facts([a < S.Half, b < S.Half])
    quick = facts.quick()
    quick.most = 0
    assert not quick.positive(1 - a - b) and quick.gave_up()
    assert facts.positive(1 - a - b) and facts.quick().positive(1 - a - b)


def test_conditions_that_exclude_each_other_are_no_result(monkeypatch):
    """Whatever the search proposes: what holds nowhere is not called normalized."""
    stated = problem("a*x", over=["x in (0, 1)"], given=["a > 0"])
    (a,) = (p.symbol for p in stated.parameters)
    right = engine.searched(stated, Facts(stated.conditions), time.monotonic() + 20)
    nowhere = replace(right, claim=replace(right.claim, given=(a > 2, a < 1)))
    monkeypatch.setattr(engine, "searched", lambda *args: nowhere)
    found = engine.solve(stated, 20)
    assert found.outcome == "undecided" and "exclude each other" in found.reason and not found.conditions
