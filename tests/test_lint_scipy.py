"""The densities that scipy.stats documents: docstrings, what is read of them, and the two that are wrong in SciPy 1.17."""

import sys
import time
from dataclasses import replace

import pytest
from mpmath import mp, quad
from sympy import Float, Rational

from derive.lint.beside import beside
from derive.lint.docstrings import documented
from derive.lint.enclosed import by_points
from derive.lint.judge import judge, judge_readings
from derive.lint.places import Clock, drawn
from derive.lint.published import NORMALIZED, UNDECIDED, WRONG, Finding, Refusal
from derive.lint.stated import Claimed, problem_of
from derive.orders import Refused

TEXT = r"""A law.

Notes
-----
The probability density function for `law` is:

.. math::

    f(x, c, d) = {formula}

{behind}

`law` takes ``c`` as a shape parameter.
"""


def read(formula, behind):
    (one,) = documented(TEXT.replace("{formula}", formula).replace("{behind}", behind))
    return one


@pytest.mark.parametrize(("behind", "conditions"), [
    (":math:`x >= 0`, :math:`c, d > 0`.", ()),  # it does not go on with "for"
    ("for :math:`x >= 0` and :math:`c, d > 0`. Here :math:`c < 1` is special.", (r"x  \ge  0", "c, d > 0")),
    ("for a real number :math:`x`, ``c > 0``, where :math:`d` is real.", (r"x \in \mathbb{R}", "c > 0", r"d \in \mathbb{R}")),
    (r"for :math:`x` in :math:`\{0, 1\}`.", (r"x \in \{0, 1\}",)),
])  # fmt: skip
def test_conditions_stand_in_the_sentence_behind_a_formula(behind, conditions):
    assert read("c x", behind).conditions == conditions


def test_definitions_are_put_in_and_cases_are_told_apart():
    one = read("A x", r"for :math:`0<x<1`, where :math:`A = 2 B` and :math:`B = 1`.")
    assert one.definitions == (("A", "2 B"),)
    text = TEXT.replace("{formula}", "c x").replace("{behind}", "where :math:`x < c` if :math:`c > 0` and :math:`x > c` if :math:`c < 0`.")
    assert [d.conditions for d in documented(text)] == [("x < c", "c > 0"), ("x > c", "c < 0")]


def test_a_letter_that_the_text_defines_otherwise_is_refused():
    with pytest.raises(Refusal, match="defined in another place"):
        documented(TEXT.replace("{formula}", r"\phi(x)").replace("{behind}", "for real :math:`x`.\n\nHere :math:`\\phi(x) = x^2`."))
    with pytest.raises(Refusal, match="no formula"):
        documented("A law without any.")


def test_ends_of_ranges_of_parameters_are_left_out_and_names_must_be_explained():
    made = problem_of(Claimed("p", "a x^{a-1}", "x", ("a",), (r"0 \le x \le 1", r"a \ge 0"), closed=True))
    assert made.parameters[0].symbol.is_positive
    with pytest.raises(Refusal, match="does not say what this is: N"):
        problem_of(Claimed("p", "N a x^{a-1}", "x", ("a",), (r"0 \le x \le 1",), closed=True))
    with pytest.raises(Refusal, match="condition"):
        problem_of(Claimed("p", "a x^{a-1}", "x", ("a",), (r"0 \le x \le 1", r"a \sim 1")))


# 1/(c-1) stands in the docstring where the code has 1/c - 1; l^2 where it should be l^a (SciPy 1.17). Quadrature is the second witness.
def test_the_two_errors_in_the_documentation_of_scipy():
    scipy_stats = pytest.importorskip("derive.lint.scipy_stats")
    stats = pytest.importorskip("scipy.stats")
    if "1/(c-1)" not in type(stats.genhalflogistic).__doc__ or "l^2" not in type(stats.powerlaw).__doc__:
        pytest.skip("this SciPy has them no more")
    with mp.workdps(20):
        half = quad(lambda x: 2 * (1 - 1.4 * x) ** (1 / 0.4) / (1 + (1 - 1.4 * x) ** (1 / 1.4)) ** 2, [0, 1 / 1.4])
        power = quad(lambda x: -1.4 / ((16 / mp.mpf(11)) ** -1.4 - (4 / mp.mpf(9)) ** 2) * x**-2.4, [4 / mp.mpf(9), 16 / mp.mpf(11)])
    for name, mass in (("genhalflogistic", half), ("powerlaw (2)", power)):
        (one,) = scipy_stats.published(name)
        found = by_points(one, Clock(time.monotonic() + 60), "")
        assert found.verdict == WRONG and abs(Float(found.mass.split(" +/- ")[0].strip("[]")) - Float(mass)) < 1e-9


@pytest.mark.parametrize("name", ["norm", "bernoulli", "loggamma", "genextreme (3)", "wald"])
def test_right_formulas_of_scipy_are_found_right(name):
    pytest.importorskip("scipy")
    from derive.lint.scipy_stats import published

    found = judge_readings(published(name), 20)
    assert found.verdict in (NORMALIZED, "agrees") and any("same values" in note for note in found.notes)


def test_an_error_is_not_claimed_where_the_program_has_the_same_values_or_the_support_is_not_documented():
    pytest.importorskip("scipy")
    from derive.lint.scipy_stats import published

    (one,) = published("expon")
    assert beside(one, Finding("expon", WRONG, "So.")).verdict == UNDECIDED
    (one,) = published("logistic")
    assert one.doubt
    doubled = replace(one, problem=replace(one.problem, kernel=2 * one.problem.kernel), instance=None)
    assert judge(doubled, 10).verdict == UNDECIDED
    point = drawn(published("gamma")[0].problem)[0]
    assert all(isinstance(x, Rational) for x, _ in published("gamma")[0].program(point))


def test_without_scipy_it_says_how_to_have_it(monkeypatch):
    from derive.lint.work import densities

    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(Refused, match=r"SciPy is not installed.*derive-engine\[lint\]"):
        densities("scipy.stats")


@pytest.mark.slow
def test_nothing_right_in_scipy_is_called_wrong():
    pytest.importorskip("scipy")
    from derive.lint.scipy_stats import densities, names, published

    wrong, read = [], 0
    for name in [*(one for n in names()[::4] for one in densities(n)), "genhalflogistic", "powerlaw (2)", "genhyperbolic", "landau", "pearson3"]:
        try:
            found = judge_readings(published(name), 6)
        except Refusal:
            continue
        read += 1
        wrong += [name] if found.verdict == WRONG else []
    assert set(wrong) <= {"genhalflogistic", "powerlaw (2)"} and read > 25
