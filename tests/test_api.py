"""The Python interface: what a program and a notebook see."""

import json
import pickle
import subprocess
import sys

import pytest
from sympy import Rational, exp, gamma, oo, pi, simplify, sqrt, symbols

import derive
from derive.read.names import ReadError

x = symbols("x", real=True)
a, b, t = symbols("a b t", positive=True)


def test_text_gives_sympy_objects():
    result = derive.normalize("x**(a - 1)*exp(-b*x)", over={"x": "(0, oo)"}, given=["a > 0", "b > 0"])
    values = {symbol: Rational(7, 3) if symbol.name == "a" else 2 for symbol in result.Z.free_symbols}
    assert result.outcome == "normalized" and {s.name for s in values} == {"a", "b"}
    assert simplify(result.Z.subs(values) - gamma(Rational(7, 3)) / 2 ** Rational(7, 3)) == 0


def test_sympy_expressions_keep_the_assumptions_of_their_symbols():
    result = derive.normalize(exp(-t * x**2), over={x: "(-oo, oo)"})
    assert result.outcome == "normalized" and simplify(result.Z - sqrt(pi / t)) == 0


@pytest.mark.parametrize("kernel", [r"e^{-x^2/2}", r"\exp\left(-\frac{x^2}{2}\right)"])
def test_latex(kernel):
    assert derive.normalize(kernel, over={"x": "RR"}, latex=True).Z == sqrt(2 * pi)


def test_an_energy():
    assert derive.normalize("x**2/2", over={"x": "RR"}, energy=True).Z == sqrt(2 * pi)


def test_what_diverges_has_no_z():
    result = derive.normalize("exp(x)", over={"x": "(0, oo)"})
    assert (result.outcome, result.Z, result.density) == ("diverges", None, None) and result.reason


def test_wrong_input_is_a_value_error_with_a_sentence():
    with pytest.raises(ReadError, match="position"):
        derive.normalize("exp(-x", over={"x": "RR"})


def test_problems_of_a_file(tmp_path):
    path = tmp_path / "problems.toml"
    path.write_text('problem = [{id = "e", kernel = "exp(-3*x)", variables = [{name = "x", domain = "(0, oo)"}]}]\n')
    problem, = derive.load(path)
    assert isinstance(problem, derive.Problem) and problem.id == derive.load(str(path))[0].id == "e"
    assert derive.normalize(problem).Z == Rational(1, 3)


def test_a_result_shows_itself():
    result = derive.normalize("exp(-x**2/2)", over={"x": "RR"})
    shown = result._repr_mimebundle_()
    assert shown["text/markdown"] == result.to_markdown() and "$$" in result.to_markdown()
    assert r"\begin{document}" in result.to_latex() and result.to_text() == shown["text/plain"]
    assert shown["text/html"].startswith("<style>") and "<math" in shown["text/html"] and "<html" in result.to_html()
    assert shown["text/latex"].startswith("$") and r"&= \sqrt{2 \pi} \\" in shown["text/latex"]
    assert set(result._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
    assert set(result._repr_mimebundle_(exclude={"text/html", "text/latex"})) == {"text/plain", "text/markdown"}
    assert len(result.to_markdown("brief")) < len(result.to_markdown("full"))


def test_the_object_is_the_one_that_the_command_prints():
    ours = json.loads(json.dumps(derive.normalize("exp(-x)", over={"x": "(0, oo)"}).to_dict()))
    command = [sys.executable, "-m", "derive", "normalize", "exp(-x)", "--over", "x in (0, oo)", "--format", "json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {**ours, "seconds": 0} == {**theirs, "seconds": 0}


def test_results_can_be_kept():
    result = derive.normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"])
    assert pickle.loads(pickle.dumps(result)).Z == result.Z and result.density.subs(result.problem.variables[0].symbol, oo) == 0


def test_names_that_do_not_exist():
    with pytest.raises(AttributeError, match="no attribute 'solve_everything'"):
        derive.solve_everything  # noqa: B018
