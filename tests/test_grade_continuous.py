"""Derivations about continuous variables as four people write them: none accepted or rejected wrongly, most decided."""

from pathlib import Path

import pytest
from sympy import Symbol, exp, oo

from derive.algebra.signs import Facts
from derive.grade.equal.boundary import equal_by_parts
from derive.grade.equal.changes import equal_by_substitution
from derive.grade.handed import CORRECT, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.language.totals import Lebesgue, Total
from derive.read.files import loads

DATA = Path(__file__).parent / "data"
KINDS = {  # one of each kind of writing
    "terse": ("ct-3", "ct-4", "ct-5", "ct-6", "ct-7", "ct-9"),  # E X^n, F and p alone, a > 1 said later, p → ∞: Z → 2, log² under a beta kernel
    "rambling": ("cr-3", "cr-8", "cr-11"),  # E[X] alone, "if c → ∞ we get 1/λ", ∫∫ with another name for the variable
    "physicist": ("cp-1", "cp-5", "cp-9", "cp-11"),  # + const, ∫ dz/h f, L(a) ≈ a/3, ⟨x⁴⟩_{J=0}
    "layout": ("cl-1", "cl-2", "cl-12", "cl-13", "cl-15", "cl-16"),  # a whole align, Y for y, medians without F, Γ'(1), φ''(0), X² + Y² ≤ R²
    "second": ("c2-1", "c2-6", "c2-10", "c2-12", "c2-13", "c2-15", "c2-16", "c2-24"),  # intervals, ∂/∂α, I_0(a), βfL ≪ 1, F by its slope
    "third": ("c3-4", "c3-5", "c3-13", "c3-14", "c3-17", "c3-20", "c3-21"),  # s = 2: …; s = 4: …, ⟨μ⟩, ⟨|x|⟩, τ² later, ]_{x→0⁺}^{x→∞}
}
BARS = {"terse": 0.99, "rambling": 0.74, "physicist": 0.99, "layout": 0.99, "second": 0.86, "third": 0.85}  # right ones accepted


def judged(name, only=()):
    """The known answers of a file's claims, each with the judgement on the claim without them."""
    text = (DATA / f"chains_continuous_{name}.toml").read_text(encoding="utf-8")
    problems, truths, found = {p.id: p for p in loads(text)}, {}, []
    for claim in (c for c in claims(text, name) if not only or c.id in only):
        if claim.problem not in truths:
            truths[claim.problem] = truth_of(problems[claim.problem], 10)
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        found.append((claim.answers, judge(bare, truths[claim.problem])))
    return found


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged(name, KINDS[name])
    assert len(found) == len(KINDS[name])
    assert [(j.id, j.verdict, j.first_wrong_line) for _, j in found] == [(j.id, known["verdict"], known["first_wrong_line"]) for known, j in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_derivations_of_an_author(name):
    found = judged(name)
    right = [j for known, j in found if known["verdict"] == CORRECT]
    wrong = [(known, j) for known, j in found if known["verdict"] == WRONG]
    assert not [j.id for _, j in wrong if j.verdict == CORRECT]
    assert not [j.id for j in right if j.verdict == WRONG]
    assert sum(j.verdict == CORRECT for j in right) >= BARS[name] * len(right)
    assert all(j.first_wrong_line == known["first_wrong_line"] for known, j in wrong)


def test_a_bound_name_outside_of_its_integral_is_another_one():
    x, b = Symbol("x", positive=True), Symbol("b", positive=True)
    whole, half = Total(exp(-b * x), x, Lebesgue(0, oo)), Lebesgue(0, oo)
    outside = x * exp(-b * x) * Total(b, x, half)  # its x is free, and ∫ b dx is infinite
    assert not equal_by_parts(whole, outside, Facts())
    assert not equal_by_substitution(whole, outside, {}, Facts())


EXPONENTIAL = """
[[problem]]
id = "e"
kernel = "exp(-lambda*x)"
variables = [{name = "x", domain = "(0, oo)"}]
parameters = [{name = "lambda", assumptions = "positive"}]
"""


@pytest.mark.parametrize(
    ("lines", "verdict", "first"),
    [
        ((r"Z=1/\lambda", r"\text{Median: } 1-e^{-\lambda m}=\frac12", r"\Rightarrow m=\frac{\ln 2}{\lambda}"), CORRECT, 0),
        ((r"Z=1/\lambda", r"\text{Median: } e^{-\lambda m}=\frac13", r"\Rightarrow m=\frac{\ln 3}{\lambda}"), WRONG, 2),
        ((r"Z=1/\lambda", r"\text{Median: } e^{-\lambda m}=\frac12", r"\lambda m=\ln\frac12", r"m=-\frac{\ln 2}{\lambda}"), WRONG, 3),
        ((r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda-it}", r"E[X^2]=-\varphi''(0)=\frac{2}{\lambda^2}"), CORRECT, 0),
        ((r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda-it}", r"E[X^2]=\varphi''(0)=\frac{2}{\lambda^2}"), WRONG, 2),
        ((r"E[X]=\int_0^\infty x\lambda e^{-\lambda x}dx=1/\lambda \to 0 \text{ as } \lambda\to\infty",), CORRECT, 0),
        ((r"E[X]=\int_0^\infty x\lambda e^{-\lambda x}dx=1/\lambda \to 1 \text{ as } \lambda\to\infty",), WRONG, 1),
        ((r"Z=1/\lambda", r"e^{\lambda}\approx 1+\lambda\quad(\lambda\ll 1)"), CORRECT, 0),
        ((r"Z=1/\lambda", r"e^{\lambda}\approx 1+2\lambda\quad(\lambda\ll 1)"), WRONG, 2),
        ((r"Z=1/\lambda", r"\ln Z=-\ln\lambda+\text{const}"), CORRECT, 0),
        ((r"Z=1/\lambda", r"\ln Z=-2\ln\lambda+\text{const}"), WRONG, 2),
    ],
)
def test_short_ones(lines, verdict, first):
    (problem,) = loads(EXPONENTIAL)
    found = judge(Claim("c", "e", "steps", lines=lines), truth_of(problem, 10))
    assert (found.verdict, found.first_wrong_line) == (verdict, first)
