"""Published densities: SymPy's own, and a few whose mass is known by hand."""

import json
import subprocess
import sys

import pytest
from sympy import Rational

from derive.language.totals import Counting
from derive.lint.interior import at_end, closed_ends, opened
from derive.lint.judge import judge
from derive.lint.published import AGREES, NORMALIZED, WRONG, Published, Refusal
from derive.lint.sympy_joint import Shape
from derive.lint.sympy_stats import names, published
from derive.read.asked import problem
from derive.read.files import claimed, load
from derive.read.names import ReadError


# Expected supports by hand: 1 - x**a >= 0, and x - m > 0 under a real power.
@pytest.mark.parametrize(("name", "support"), [
    ("crv_types.KumaraswamyDistribution", "(0, 1)"), ("crv_types.FrechetDistribution", "(m, oo)"), ("crv_types.DavisDistribution", "(mu, oo)")])
def test_densities_of_sympy_on_a_wrong_support(name, support):
    found = judge(published(name), 30)
    assert found.verdict == WRONG
    assert found.point is not None and found.cause is not None
    assert (found.cause.kind, found.cause.right) == ("wrong-support", support)


@pytest.mark.parametrize("name", ["crv_types.BetaDistribution", "crv_types.LevyDistribution", "crv_types.GumbelDistribution(minimum=True)",
                                  "drv_types.GeometricDistribution", "frv_types.BernoulliDistribution"])  # fmt: skip
def test_right_densities_of_sympy_are_proved(name):
    assert judge(published(name), 10).verdict == NORMALIZED


@pytest.mark.slow
@pytest.mark.parametrize(("name", "verdict"), [("MultivariateNormal", AGREES), ("Multinomial", AGREES), ("NegativeMultinomial", AGREES),
                                               ("MultivariateT", AGREES), ("MultivariateBeta", WRONG)])  # fmt: skip
def test_joint_densities_with_vectors_are_looked_at_in_two_variables(name, verdict):
    found = judge(published(f"joint_rv_types.{name}Distribution"), 20)
    assert found.verdict == verdict
    if verdict == WRONG:  # on the square that it declares; ∫∫ of its pdf at (2, 3) by a product of powers is Γ(5)/(Γ(3)Γ(4)) = 2
        assert found.cause is not None and found.cause.right == "y = 1 - x"


def test_a_matrix_is_covered_whole():
    a, b, c = map(Rational, ("2", "3", "5"))
    entries = Shape("s", "matrix").filled({"s11": a, "s21": b, "s22": c})
    assert entries == [[4, 6], [6, 34]]  # L Lᵀ by hand


def test_values_that_are_handed_in_as_a_set_are_looked_at_with_three():
    found = judge(published("frv_types.DiscreteUniformDistribution"), 10)
    assert (found.verdict, found.mass) == (AGREES, "1") and "three values only" in found.detail


def test_numbers_alone_are_no_proof_for_all_parameters():
    assert judge(published("frv_types.IdealSolitonDistribution"), 10).verdict == AGREES


@pytest.mark.parametrize(("kernel", "domain", "mass", "kind", "right"), [
    ("exp(-x**2/2)", "RR", "sqrt(2)*sqrt(pi)", "missing-factor", "sqrt(2)/(2*sqrt(pi))"),  # the Gaussian integral
    ("2*x", "(0, 2)", "4", "wrong-support", "(0, 1)"),
    ("exp(x)", "(0, oo)", "oo", "wrong-support", "(-oo, 0)"),
])  # fmt: skip
def test_masses_that_are_known(kernel, domain, mass, kind, right):
    found = judge(Published(problem(kernel, over={"x": domain})), 10)
    assert (found.verdict, found.mass) == (WRONG, mass)
    assert found.cause is not None and (found.cause.kind, found.cause.right) == (kind, right)


def test_a_name_that_is_none_is_refused():
    for name in ("crv_types.Nothing", "../crv_types", "crv_types.__class__", "os.system(x=1)"):
        with pytest.raises(Refusal):
            published(name)


def test_every_class_is_walked():
    assert len(names()) > 60


def test_the_command_tells_the_fault_and_exits_with_1(tmp_path):
    (tmp_path / "two.toml").write_text("""[[problem]]
id = "unit"
kernel = "exp(-x)"
variables = [{name = "x", domain = "(0, oo)"}]
[[problem]]
id = "half"
kernel = "exp(-2*x)"
variables = [{name = "x", domain = "(0, oo)"}]
""", encoding="utf-8")
    done = run(tmp_path, "two.toml", "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and [(r["id"], r["verdict"]) for r in records] == [("unit", "normalized"), ("half", "not-normalized")]
    assert records[1]["mass"] == "1/2"  # the integral of exp(-2x)
    for arguments in (["none.toml"], ["sympy.stats", "../crv_types"]):
        wrong = run(tmp_path, *arguments)
        assert wrong.returncode == 2 and arguments[-1] in wrong.stderr and "Traceback" not in wrong.stderr


def test_densities_of_a_file_are_judged_and_kernels_beside_them_are_not(tmp_path):
    (tmp_path / "d.toml").write_text("""[[problem]]
id = "poisson"
density_latex = '\\frac{e^{-m} m^k}{k!}'
variables = [{name = "k", domain = "ZZ[1, oo]"}]
parameters = [{name = "m", assumptions = "positive"}]
[[problem]]
id = "other"
kernel = "exp(-2*x)"
variables = [{name = "x", domain = "(0, oo)"}]
""", encoding="utf-8")
    (one,) = claimed(tmp_path / "d.toml")
    found = judge(Published(one), 10)
    assert (found.verdict, found.mass, found.cause.kind) == (WRONG, "1 - exp(-m)", "wrong-support")  # the term of k = 0 is missing
    with pytest.raises(ReadError, match="'poisson' has a 'density_latex'.*only `derive lint`"):
        load(tmp_path / "d.toml")
    (tmp_path / "e.toml").write_text('[[problem]]\nid = "e"\ndensity = "exp(-x"\nvariables = [{name = "x", domain = "RR"}]', encoding="utf-8")
    with pytest.raises(ReadError, match="problem 'e': density: "):
        claimed(tmp_path / "e.toml")


# At p = 0 and p = 1 all mass of a binomial law is at one point, for n = 0 at the only one; a + p**k(1-p)**(n-k) is no law at p = 0 only.
def test_closed_ends_of_parameters_are_proved_apart_and_none_is_left_out():
    binomial, places = "binomial(n, k)*p**k*(1 - p)**(n - k)", {"k": "ZZ[0, n]"}
    given = ["n integer", "n >= 0", "p >= 0", "p <= 1"]
    law = problem(binomial, over=places, given=given)
    assert {(str(s), int(v)) for s, v in closed_ends(law)} == {("n", 0), ("p", 0), ("p", 1)}
    assert judge(Published(law), 15).verdict == NORMALIZED
    assert at_end(law, *closed_ends(law)[0]).total.measure == Counting(0, 0)
    tied = problem("a*(b + 1)*exp(-a*(b + 1)*x)", over={"x": "(0, oo)"}, given=["a > 0", "b >= 0", "a*b - a <= 1"])
    assert [str(c) for c in opened(tied).conditions] == [str(c) for c in tied.conditions]  # no end is known of this one, so it stays
    spoiled = problem(f"Piecewise(({binomial}, p < 1), (2, True))", over=places, given=given)
    assert judge(Published(spoiled), 15).verdict != NORMALIZED


def test_a_wrong_exponent_is_told():
    found = judge(Published(problem("k*x**k*exp(-x**k)", over={"x": "(0, oo)"}, given=["k > 0"])), 15)  # Weibull's has the power k - 1
    assert found.verdict == WRONG and (found.cause.kind, found.cause.right) == ("exponent", "x**(k - 1)")


def run(folder, *arguments):
    command = [sys.executable, "-m", "derive", "lint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
