"""Kernels on one variable: outcome and constant against the literature, which quadrature confirmed."""

import random
import time
import tomllib
from functools import cache
from pathlib import Path

import pytest

from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.check.sign import sign_of
from derive.compare import compare
from derive.engine import RULES, searched, solve, variables
from derive.language.claims import PROVED
from derive.language.problem import Result
from derive.read.files import one

DATA = Path(__file__).parent / "data"
OUTCOMES = {"closed-form": "normalized", "diverges": "diverges", "negative": "not-a-kernel", "no-closed-form": "open"}
CHEAP = ("kappa4-gumbel", "wrapcauchy-sinh", "gr-3364-3", "gr-3383-8", "gr-3434-3", "gr-3642", "gr-6285", "weak-gauss", "d-inside", "o-sin-exp",
         "o-gamma-recip", "o-weibull-normal", "c-xlog2x", "n-edge")  # fmt: skip


@cache
def tables(name):
    """The tables of a file by their ids. Only those that a test asks for are read as problems: that takes milliseconds each."""
    return {table["id"]: table for table in tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["problem"]}


def problem_of(file, name):
    return one(tables(file)[name], 1)


def derived(problem) -> Result:
    """What `solve` finds, without its second way and its checks of ∫p = 1, which take most of the time."""
    facts = Facts(problem.conditions)
    derivation = searched(problem, facts, time.monotonic() + 20)
    if derivation is None:
        return solve(problem, 20)
    inside = facts.and_(*derivation.claim.given)
    established = verdict_of(check(derivation, RULES, facts)) == PROVED and sign_of(problem.kernel, variables(problem), inside).verdict == PROVED
    return Result(problem, "normalized", Z=derivation.claim.right) if established else solve(problem, 20)


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in CHEAP else pytest.mark.slow)
                                  for name in tables("kinds_tables_of_integrals")])  # fmt: skip
def test_a_kernel_has_the_outcome_and_the_constant_of_the_literature(name):
    problem = problem_of("kinds_tables_of_integrals", name)
    result = solve(problem, 20) if problem.id in CHEAP else derived(problem)
    agrees(problem, result)


# Some kernels of each gathering; `derive report tests/data/kinds_continuous.toml --compare` goes through all of one, in minutes.
GATHERINGS = [  # its files, those that are quick, and the seed and number of the others that are drawn for the slow tests
    (("kinds_continuous", "kinds_discrete"), 5, 12,
     ("log-sine", "vonmises-axial", "x-over-root-bose", "s-cos-roots", "s-besseli-even", "d-cot", "s-square-binomial-r")),
    (("kinds_families",), 7, 20,
     ("unit-lindley", "unit-logistic", "lagrange-log", "quasi-binomial", "sichel", "kj-cosine", "rat-two-letters", "rat-repeated", "rat-cube",
      "w-stretched", "heaviside-box", "sin-taylor", "ext-skew-normal", "log-over-square")),
    (("kinds_location_scale",), 11, 20,
     ("double-weibull", "trinomial-power", "gr-6-576-5", "fermi-mu", "trees", "bessel-square-line", "sines", "saw", "floor-half")),
    (("kinds_catalogues",), 13, 15,
     ("gb", "simplex-distribution", "kappa-exponential", "gr-3-257", "gr-3-513-2", "gr-3-427-2", "one-over-sin", "discrete-logistic", "birthday")),
    (("kinds_astronomy",), 17, 10, ("laplace-cauchy", "gr-3-545-2", "gr-3-821-1", "k-gauss-moment", "gr-6-286", "quartic-lorentz-squared")),
    (("kinds_conditions",), 19, 6, ("asymmetric-laplace", "student-location-real", "gr-3-411-22")),
    (("kinds_ends",), 23, 7, ("gamma-cut-from-zero", "binomial-closed", "arcsine-between", "student-tail", "beta-about-zero-cut", "sine-bars")),
    (("kinds_cut",), 29, 7, ("arcsine-cut", "semicircle-cut", "betaprime-tail", "gen-normal-between", "bin-below", "nb-below", "triangular-cut")),
    (("kinds_generated",), 31, 20,
     ("beta-gompertz", "ig-cut", "vonmises-half-sine", "tilted-laplace-cut", "x-minus-sin", "one-minus-cos-square")),
    (("kinds_handbooks",), 37, 12, ("discrete-laplace-real", "bell-gen")),
    (("kinds_sheets", "kinds_physics", "kinds_tables", "kinds_mixed"), 41, 20, ("sheet-20", "physics-51", "physics-85", "tables-61", "mixed-14")),
    (("kinds_any_sign",), 43, 8,
     ("weibull-shape-real", "power-quotient-any-sign", "gumbel-scale-real", "kepler-orbit-real", "damped-oscillator", "tilted-von-mises",
      "gaussian-tail-any-slope", "squared-tail", "weber-squared", "rational-logarithms", "squared-sines-of-index")),
    (("kinds_books_continuous", "kinds_books_counts"), 47, 12,
     ("inverse-stereographic-normal", "two-bessel-weber", "k-times-power-cut", "langevin-exp", "log-ratio-squared", "barnes-weight",
      "log-squared-minus", "consul-two", "binomial-even-only", "sine-square-lattice", "reciprocal-quartic", "two-level-energies",
      "theta-half-integers")),
    (("kinds_reliability_queues", "kinds_actuaries_ecology"), 53, 10,
     ("logit-power-moment", "cosine-up-to-end", "moran-reciprocal", "lanczos-core", "lattice-square-tail")),
    (("kinds_unit_and_records",), 23, 10, ("burr-v", "gr-3-828", "acos-square", "worm-like-chain", "discrete-gamma", "gumbel-equilibrium")),
    (("kinds_k_papers_and_tables", "kinds_k_papers_and_tables_second"), 67, 12,
     ("bs-logistic", "bs-student", "sinh-student", "lindley-poisson", "log-one-plus-inverse-power", "arccot-squared", "fractional-part-of-inverse",
      "ceiling-exponential", "floor-zeta", "arsinh-inverse-to-power", "floor-reciprocal", "cos-near-355", "gr-6-611-kind", "bessel-k-cosh")),
    (("kernels_kinds_of_many", "kernels_kinds_of_many_second"), 61, 12,
     ("einstein-function-fourth", "parabola-over-sine", "schechter-magnitude", "central-inverse", "lattice-sech", "gamma-on-a-line",
      "log-times-gamma", "langevin-power", "zipfian-shifted", "fermi-cube", "diverge-log-factorial", "negative-lattice-wave")),
]  # fmt: skip


def chosen(files, seed, number, quick):
    names = [(file, name) for file in files for name, table in tables(file).items() if not table.get("hard")]
    drawn = random.Random(seed).sample([(file, name) for file, name in names if name not in quick], number)
    return [pytest.param(file, name, id=f"{files[0]}-{name}", marks=() if name in quick else pytest.mark.slow)
            for file, name in (*((file, name) for file, name in names if name in quick), *drawn)]  # fmt: skip


@pytest.mark.parametrize(("file", "name"), [param for gathering in GATHERINGS for param in chosen(*gathering)])
def test_a_kernel_of_each_gathering(file, name):
    problem = problem_of(file, name)
    agrees(problem, derived(problem))


@pytest.mark.parametrize("name", ["gamma-tail-from-zero", "geometric-cut-from-zero", "cosine-power-half-turn", "power-cut-from-zero"])
def test_what_may_be_zero_needs_no_condition(name):
    problem = problem_of("kinds_ends", name)
    result = solve(problem, 20)
    agrees(problem, result)
    assert result.conditions == ()


@pytest.mark.parametrize("name", [pytest.param("double-lorentz-equal", marks=pytest.mark.slow), "negative-binomial-closed", "inverse-gaussian-weak",
                                  pytest.param("expected-improvement", marks=pytest.mark.slow)])  # fmt: skip
def test_what_holds_at_the_value_left_out_too_is_no_condition(name):
    problem = problem_of("kinds_generated", name)
    result = solve(problem, 20)
    agrees(problem, result)
    assert result.conditions == ()


NEEDED = {"exp-mix": [], "pois-between": [], "normal-second-moment-cut": [], "lognormal-between": ["a > 0"], "cauchy-g-real": ["Ne(g, 0)"]}


@pytest.mark.parametrize("name", NEEDED)
def test_only_what_is_needed_of_a_letter_that_may_be_zero_is_a_condition(name):
    assert [str(c) for c in solve(problem_of("kinds_cut", name), 20).conditions] == NEEDED[name]


# by hand: where the total is finite and the kernel is one
OF_ANY_SIGN = {
    "gamma-scale-real": {"c > 0", "s > -1"}, "half-normal-scale-real": {"Ne(s, 0)"}, "laplace-scale-real": {"b > 0"},
    "weibull-shape-real": {"Ne(k0, 0)"}, "weibull-scale-real": {"l > 0"}, "power-quotient-any-sign": {"m/n > 0", "1 > m/n"},
    "generalized-gamma-any-sign": {"Ne(n, 0)", "b > 0", "m/n > 0"}, "tail-of-inverse-square": {"a > 0"}, "ends-may-coincide": {"b > a"},
    "tsallis-gaussian": {"q < 3"}, "log-mellin-real": {"m > -1", "m < 0"}, "kepler-orbit-real": {"c < 1", "c > -1"},
    "biquadratic-real": {"b > -1"}, "damped-oscillator": set(), "gaussian-tail-any-slope": set()}  # fmt: skip


@pytest.mark.parametrize("name", OF_ANY_SIGN)
def test_the_conditions_on_letters_of_any_sign_are_those_that_are_needed(name):
    assert {str(c) for c in solve(problem_of("kinds_any_sign", name), 20).conditions} == OF_ANY_SIGN[name]


STATED = {"weak-geometric-power": ["q < 1"], "weak-central": ["t < 1/4"], "option-payoff": [], "b-biexp-min": []}


@pytest.mark.slow
@pytest.mark.parametrize("name", STATED)
def test_the_conditions_are_those_of_convergence_alone(name):
    problem = problem_of("kinds_handbooks", name)
    result = solve(problem, 40)
    agrees(problem, result)
    assert [str(c) for c in result.conditions] == STATED[name]


def agrees(problem, result):
    assert result.outcome == OUTCOMES[problem.known["expect"]], result.reason
    if result.outcome == "normalized":
        assert compare(result)[0] == "agrees"


FOUND = {"weak-gauss": ["a > 0"], "w-poisson-kernel": ["a > 1"], "w-pow-q": ["q < 1"], "w-stretched": ["a > 0"], "w-fermi": ["a > 0", "b > a"],
         "weak-hyperbolic": ["a > b", "a + b > 0"], "weak-bessel-k": ["m > v", "m + v > 0"], "mckay-first": ["c > 1"]}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_conditions_that_were_not_assumed_are_found(name):
    files = ("kinds_tables_of_integrals", "kinds_families", "kernels_kinds_of_many")
    problem = problem_of(next(file for file in files if name in tables(file)), name)
    assert [str(c) for c in solve(problem, 20).conditions] == FOUND[name]


def test_a_polynomial_below_0_between_two_integers_alone_is_a_kernel_on_the_integers():
    good, bad = (problem_of("kinds_families", name) for name in ("quadratic-gap", "quadratic-gap-neg"))
    assert sign_of(good.kernel, variables(good), Facts(good.conditions)).verdict == PROVED
    assert solve(bad, 20).outcome == "not-a-kernel"


@pytest.mark.parametrize(("name", "first"), [("trapezoid-centred", "symmetric_about_middle"), ("tricube", "even_integrand")])
def test_a_kernel_that_is_symmetric_is_folded_before_its_cases_are_split(name, first):
    problem = problem_of("kinds_families", name)
    derivation = searched(problem, Facts(problem.conditions), time.monotonic() + 20)
    assert derivation is not None
    rules = [step.rule for step in derivation.walk()]
    assert derivation.steps[0].rule == first and rules.count("split_support") == (name == "trapezoid-centred")
