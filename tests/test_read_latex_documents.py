"""Formulas of homework, lecture notes, papers and encyclopedias, and what each means; what has no certain meaning is refused.

The meanings in data/latex_documents.json and data/latex_m_formulas.json (encyclopedias, manuals, papers, students) were written down by hand,
in SymPy's syntax and apart from the reader. A declared name that is no name in Python, or that stands for something else there, has an
underscore behind it in them (lambda_, gamma_, e_).
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
import sympy as sp

from derive.read.latex import expression, statement
from derive.read.names import ReadError, Scope

MEANINGS = runpy.run_path(str(Path(__file__).with_name("latex_meanings.py")))
declared, trusted, same = MEANINGS["declared"], MEANINGS["trusted"], MEANINGS["same"]
DATA = Path(__file__).parent / "data"
FORMULAS = json.loads((DATA / "latex_documents.json").read_text())
FRESH = json.loads((DATA / "latex_m_formulas.json").read_text())
MEANT = [case for case in FORMULAS if "sympy" in case]
FRESH_MEANT = [case for case in FRESH if "sympy" in case]
REFUSED = [case for case in FORMULAS + FRESH if "refused" in case]
BEYOND_THE_LIBRARY = [
    r"\sum_{\sigma=\pm1}e^{\beta h\sigma}", "(2n-1)!!", r"(2k-1)!!\,\sigma^{2k}", r"\sum_{k=0,2,4,\dots} \frac{x^k}{k!}",
    r"\sum_{n=0,1} e^{-\beta\epsilon n}", r"\binom{n}{k} p^k q^{n-k}|_{q=1-p}", r"\mathbf{x}^{\!\top}\!\mathbf{A}\,\mathbf{x}",
    r"\mathbf x^{\mathsf T}\mathbf A\mathbf x", r"\exp\!\big(\!-\!\tfrac{1}{2}\mathbf{x}^{\top}\mathbf{A}\mathbf{x}\big)",
]  # fmt: skip


def scope_of(case: dict) -> Scope:
    symbols = {name: declared(name, facts) for name, facts in case["symbols"].items()}
    return Scope(symbols, {name: sp.Function(name) for name in case.get("functions", [])})


def meaning(case: dict) -> sp.Basic:
    scope = scope_of(case)
    bound = {name: sp.Symbol(name) for name in "x t u r theta n k ell i j m y z s".split()}
    apart = {f"{name}_": symbol for name, symbol in scope.symbols.items() if name in ("lambda", "gamma", "e", "i", "pi")}
    plain = {name: symbol for name, symbol in scope.symbols.items() if f"{name}_" not in apart}
    return trusted(case["sympy"], Scope(bound | plain | apart, scope.functions))


@pytest.mark.parametrize("case", MEANT + FRESH_MEANT, ids=range(len(MEANT + FRESH_MEANT)))
def test_formula_means_what_its_author_meant(case: dict) -> None:
    got = statement(case["latex"], scope_of(case))
    assert same(got, meaning(case)), f"{case['latex']} is read as {got}"


@pytest.mark.parametrize("case", REFUSED, ids=range(len(REFUSED)))
@pytest.mark.parametrize("reader", ["own", "latex2sympy2"])
def test_formula_without_a_certain_meaning_is_refused(case: dict, reader: str) -> None:
    with pytest.raises(ReadError) as caught:
        statement(case["latex"], scope_of(case), reader)
    assert case["refused"] in str(caught.value)


def agrees(case: dict) -> bool:
    """Whether the second reader reads the same, or says that it cannot read what is beyond its library."""
    scope = scope_of(case)
    try:
        second = statement(case["latex"], scope, "latex2sympy2")
    except ReadError:
        return case["latex"] in BEYOND_THE_LIBRARY
    return same(second, statement(case["latex"], scope))


@pytest.mark.parametrize("cases", [MEANT[::8], pytest.param(MEANT + FRESH_MEANT[::8], marks=pytest.mark.slow)], ids=["some", "all"])
def test_second_reader_agrees(cases: list[dict]) -> None:
    pytest.importorskip("latex2sympy2_extended")
    assert [case["latex"] for case in cases if not agrees(case)] == []


@pytest.mark.parametrize(("text", "meaning"), [
    (r"\binom nk p^k(1-p)^{n-k}", "binomial(n, k)*p**k*(1 - p)**(n - k)"), ("np(1-p)", "n*p*(1 - p)"), ("p^2(1-p)", "p**2*(1 - p)"),
    ("n p(k)", "n*density(k)"), ("p(k-1)", "density(k - 1)"), ("p(k)^2", "density(k)**2"),
])  # fmt: skip
def test_a_name_of_a_number_and_of_a_function_is_told_apart_where_that_is_certain(text: str, meaning: str) -> None:
    n, k, p, density = *sp.symbols("n k p", positive=True), sp.Function("p")
    wanted = sp.sympify(meaning, {"n": n, "k": k, "p": p, "density": density})
    assert expression(text, Scope({"n": n, "k": k, "p": p}, {"p": density})) == wanted


@pytest.mark.parametrize(("text", "word"), [
    ("sin x", r"\sin"), ("ln x", r"\ln"), ("exp -x", r"\exp"), ("e^{-alpha x}", r"\alpha"), ("2 pi x", r"\pi"), ("sqrt(x)", r"\sqrt"),
    ("e^{ix}", r"\mathrm{i}"), (r"x^{\overline{n}}", "rising"), ("x^{(n)}", "index"),
])  # fmt: skip
def test_letters_that_spell_a_word_are_not_multiplied_in_silence(text: str, word: str) -> None:
    with pytest.raises(ReadError) as caught:
        expression(text, Scope({"x": sp.Symbol("x", real=True)}, strict=False))
    assert word in str(caught.value)
