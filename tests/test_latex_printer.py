"""LaTeX as textbooks print it: what is printed, that it is valid, that it reads back, that rearranging keeps the value."""

import importlib.util
import random
import re
import runpy
from functools import cache
from pathlib import Path

import dukpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Add,
    Dummy,
    Function,
    Ge,
    Gt,
    IndexedBase,
    KroneckerDelta,
    Mul,
    Ne,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    Tuple,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    digamma,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    oo,
    pi,
    sech,
    sin,
    sqrt,
    symbols,
    tanh,
    uppergamma,
    zeta,
)

from derive.language.claims import Finite, Same, Smooth, Tends, Whole
from derive.language.totals import NATURALS, POSITIVE, REALS, Atoms, Counting, Lebesgue, Total
from derive.report.json import sympy_text
from derive.report.latex import Printer, tex
from derive.report.names import Names, is_spelling, names_of
from derive.report.order import layout, ordered_terms
from derive.report.ranges import support
from derive.report.text import plain

DATA = Path(__file__).parent / "data"
RESULTS = runpy.run_path(str(Path(__file__).with_name("report_samples.py")))["RESULTS"]
x, mu, x0 = symbols("x mu x0", real=True)
y = Symbol("y", positive=True)
sigma, alpha, be, a, b, nu, kappa, lam, g, r = symbols("sigma alpha beta a b nu kappa lambda gamma r", positive=True)
p = Symbol("p", positive=True)
k, n = symbols("k n", integer=True, nonnegative=True)
s = IndexedBase("s")
NAMES = Names(("x", "y", "k"), ("alpha", "beta", "a", "b", "c", "mu", "sigma", "n", "p", "nu", "kappa", "lambda", "gamma"))

# What a textbook prints. Compared without spaces: `\,` and blanks are a matter of taste, order and shape are not.
TEXTBOOK = [
    (sqrt(2) * sqrt(pi) * sigma, r"\sqrt{2\pi}\sigma"),
    (Pow(2 * pi * sigma**2, S.Half, evaluate=False), r"\sqrt{2\pi\sigma^2}"),
    (exp(-((x - mu) ** 2) / (2 * sigma**2)), r"e^{-(x-\mu)^2/(2\sigma^2)}"),
    (exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma), r"\frac{1}{\sqrt{2\pi}\sigma}e^{-(x-\mu)^2/(2\sigma^2)}"),
    (sqrt(pi) / sqrt(a) * exp(b**2 / (4 * a)), r"\sqrt{\frac{\pi}{a}}e^{b^2/(4a)}"),
    (exp(-a * x**2 + b * x), "e^{-ax^2+bx}"),
    (a * exp(-1), r"\frac{a}{e}"),
    (a * exp(-2) / sigma * x, r"\frac{ax}{\sigmae^2}"),
    (gamma(alpha) / be**alpha, r"\frac{\Gamma(\alpha)}{\beta^\alpha}"),
    (be**alpha / gamma(alpha) * y ** (alpha - 1) * exp(-be * y), r"\frac{\beta^\alpha}{\Gamma(\alpha)}y^{\alpha-1}e^{-\betay}"),
    (y ** (alpha - 1) * (1 - y) ** (be - 1), r"y^{\alpha-1}(1-y)^{\beta-1}"),
    (gamma(alpha / b) / (p**alpha * b), r"\frac{\Gamma\left(\frac{\alpha}{b}\right)}{bp^\alpha}"),
    (beta(a, b), r"\mathrm{B}(a,b)"),
    (zeta(r), r"\zeta(r)"),
    (besseli(0, kappa), r"I_0(\kappa)"),
    (besselk(nu, y), r"K_\nu(y)"),
    (2 * pi * besseli(0, kappa), r"2\piI_0(\kappa)"),
    (erf(x), r"\operatorname{erf}(x)"),
    (log(1 - p), r"\log(1-p)"),
    (-(p**k) / (k * log(1 - p)), r"-\frac{p^k}{k\log(1-p)}"),
    (Abs(x - mu), r"|x-\mu|"),
    (exp(-Abs(x - mu) / b) / (2 * b), r"\frac{1}{2b}e^{-|x-\mu|/b}"),
    (sech(x), r"\operatorname{sech}(x)"),
    (binomial(n, k) * p**k * (1 - p) ** (n - k), r"\binom{n}{k}p^k(1-p)^{n-k}"),
    (lam**k * exp(-lam) / factorial(k), r"\frac{\lambda^ke^{-\lambda}}{k!}"),
    (factorial(k + 1), "(k+1)!"),
    (KroneckerDelta(x, 1), r"\delta_{x,1}"),
    (cos(x - mu), r"\cos(x-\mu)"),
    (sin(x) ** 2, r"\sin^2(x)"),
    (gamma(a) ** 2, r"\Gamma(a)^2"),
    (1 + x**2, "1+x^2"),
    (1 - x, "1-x"),
    (1 - p, "1-p"),
    (b - a, "b-a"),
    (x - mu, r"x-\mu"),
    (mu - x, r"\mu-x"),
    (alpha + be, r"\alpha+\beta"),
    (alpha + be - 1, r"\alpha+\beta-1"),
    (nu + 1, r"\nu+1"),
    (gamma(1 + 1 / kappa), r"\Gamma\left(1+\frac{1}{\kappa}\right)"),
    (Gt(mu, x, evaluate=False), r"x<\mu"),
    (k + 1, "k+1"),
    (x**2 - 2 * mu * x + mu**2, r"x^2-2\mux+\mu^2"),
    (-nu / 2 - S.Half, r"-\frac{\nu+1}{2}"),
    ((1 + x**2 / nu) ** (-(nu + 1) / 2), r"\left(1+\frac{x^2}{\nu}\right)^{-(\nu+1)/2}"),
    (y ** (-alpha - 1) * exp(-be / y), r"y^{-\alpha-1}e^{-\beta/y}"),
    (pi * g * (1 + ((x - x0) / g) ** 2), r"\pi\gamma\left(1+\frac{(x-x_0)^2}{\gamma^2}\right)"),
    (sqrt(2) / 2, r"\frac{1}{\sqrt{2}}"),
    (sqrt(2) * sqrt(pi) / 2, r"\sqrt{\frac{\pi}{2}}"),
    (pi ** Rational(3, 2), r"\pi^{3/2}"),
    (x / sigma, r"\frac{x}{\sigma}"),
    (2 * 3**k, r"2\cdot3^k"),
    (exp(-exp(-x)), r"\exp\left(-e^{-x}\right)"),
    (Symbol("mu1"), r"\mu_1"),
    (Symbol("x_max"), r"x_{\mathrm{max}}"),
    (Symbol("rate"), r"\mathrm{rate}"),
    (s[1] * s[2], "s_1s_2"),
    (Function("p_theta")(x), r"p_\theta(x)"),
    (Function("g")(x), "g(x)"),
    (Total(exp(-(x**2)), x, REALS), r"\int_{-\infty}^\inftye^{-x^2}dx"),
    (Total(x + 1, x, Lebesgue(a, b)), r"\int_a^b\left(1+x\right)dx"),
    (Total(lam**k, k, NATURALS), r"\sum_{k=0}^\infty\lambda^k"),
    (Total(exp(x), x, Atoms(0, 1)), r"\sum_{x\in\{0,1\}}e^x"),
    (Ge(a, 1, evaluate=False), r"a\ge1"),
    (Ne(a, 0, evaluate=False), r"a\ne0"),
    (Same(sin(x), cos(x)), r"\sin(x)=\cos(x)"),
    (Whole(n), r"n\in\mathbb{Z}"),
    (Tends(1 / x, x, oo, -1, S.Zero), r"\lim_{x\to\infty}\frac{1}{x}=0"),
]

MORE = [
    Smooth(x**2, x),
    Finite(a + b),
    Gt(a, 0, evaluate=False) & Gt(b, a, evaluate=False),
    Tends(log(y), y, S.Zero, 1, -oo),
    Piecewise((x, x > 0), (0, True)),
    uppergamma(a, y),
    digamma(a),
    erfc(x / sqrt(2)),
    tanh(x) ** 2 * a,
    factorial(n) ** 2,
    Total(Total(exp(-x * y), y, POSITIVE), x, Lebesgue(0, 1)) * 2,
    Total(x**k, k, Counting(1, n)) ** 2,
    Abs(x) * Abs(x - mu),
    Abs(x - mu) ** (a - S.Half) * Abs(x) ** 2 * y,
    exp(-((x - mu) ** 2) / (2 * sigma**2) - (x - x0) ** 2 / (2 * a**2)),
    sqrt(y) * sqrt(1 - y),
    1 / (sqrt(y) * sqrt(1 - y)),
    gamma((nu + 1) / 2) / (sqrt(pi * nu) * gamma(nu / 2)),
    Symbol("weird name %$"),
    Symbol("pi"),
    -x,
    -(x + y),
    x * (a - b) / 2,
    (-1) ** k,
    Rational(-1, 2) ** k,
    (x * y) ** a,
    exp(1) * x,
    exp(x / 2) / 3,
    Dummy("u") ** 2,
    Symbol("x'"),
    S.NegativeOne,
    S.Half * pi,
]


@cache
def katex() -> dukpy.JSInterpreter:
    engine = dukpy.JSInterpreter()
    engine.evaljs((DATA / "katex.min.js").read_text() + "; 0")
    return engine


def is_valid(latex: str) -> bool:
    """Raises where KaTeX does."""
    options = "{throwOnError: true, displayMode: true, strict: 'error'}"
    return katex().evaljs(f"katex.renderToString(dukpy['formula'], {options}).length", formula=latex) > 0


def squeezed(latex: str) -> str:
    return re.sub(r"\\,|\s", "", latex)


@pytest.mark.parametrize(("expression", "expected"), TEXTBOOK, ids=lambda v: str(v)[:40])
def test_prints_what_a_textbook_prints(expression, expected):
    assert squeezed(tex(expression, NAMES)) == expected


@pytest.mark.parametrize("expression", [e for e, _ in TEXTBOOK] + MORE, ids=lambda v: str(v)[:40])
def test_is_valid_and_has_a_plain_form(expression):
    latex = tex(expression, NAMES)
    assert is_valid(latex)
    assert "\\" not in plain(latex) and "{}" not in plain(latex)


def test_katex_refuses_what_is_wrong():
    with pytest.raises(dukpy.JSRuntimeError):
        is_valid(r"\frac{1}{")


def test_declared_spelling_is_used():
    names = Names(("x",), ("a", "t"), {"a": r"\alpha", "t": r"\tau_0"})
    assert tex(Symbol("a") * Symbol("t"), names) == r"\alpha \tau_0"
    assert tex(Symbol("t") ** 2, names) == r"\tau_0^2"


@pytest.mark.parametrize("latex", [r"\input{x}", r"}\alpha{", r"\write18", "$x$", r"\alpha\\", "%", r"\def\a{}"])
def test_a_spelling_that_does_more_than_spell_is_refused(latex):
    assert not is_spelling(latex)


def test_two_names_never_look_the_same():
    from derive.language.problem import Parameter, Problem

    problem = Problem("p", x, (), (Parameter(Symbol("x0")), Parameter(Symbol("x_0")), Parameter(Symbol("t"), "x_0")))
    assert len({names_of(problem).spell(q.symbol.name) for q in problem.parameters}) == 3


def test_roots_of_unknown_sign_stay_apart():
    """√c·√d = √(cd) fails for c = d = −1, and 1/√c = √(1/c) for c = −1."""
    c, d = symbols("c d", real=True)
    assert tex(sqrt(c) * sqrt(d)) == r"\sqrt{c}\,\sqrt{d}"
    assert r"\frac{\pi}{c}" not in tex(sqrt(pi) / sqrt(c))
    assert tex(sqrt(pi) / sqrt(c), Names(positive=frozenset("c"))) == r"\sqrt{\frac{\pi}{c}}"


def test_written_form_stands_as_it_was_given():
    c = Symbol("c")
    form = Mul(
        Pow(c, 2, evaluate=False),
        Add(c, 1, c, evaluate=False),
        Pow(Mul(2, c, evaluate=False), -1, evaluate=False),
        evaluate=False,
    )
    assert tex(form, Names(), written=True) == r"\frac{c^2 (c + 1 + c)}{2 c}"


def test_exponentials_where_e_is_a_parameter():
    assert "e^" not in tex(exp(x), Names(("x",), ("e",)))
    assert tex(Symbol("e") * exp(x), Names(("x",))) == r"e \exp\left(x\right)"


def test_supports():
    assert support(x, Lebesgue(0, 2 * pi), NAMES, "[0, 2*pi)") == r"x \in [0, 2 \pi)"
    assert support(k, Counting(0, n), NAMES) == r"k \in \{0, 1, \dots, n\}"
    assert support(x, REALS, NAMES) == r"x \in \mathbb{R}"


# What is rearranged keeps its value

FACTORS = st.sampled_from(
    [
        x,
        y,
        mu,
        sigma,
        a,
        b,
        sqrt(2),
        sqrt(3),
        sqrt(pi),
        1 / sqrt(2),
        sqrt(a),
        1 / sqrt(sigma),
        sqrt(y),
        1 / sqrt(1 + y),
        pi,
        1 / (x - mu),
        a**b,
        b**-a,
        y ** (-a - 1),
        exp(-x),
        exp(-a * y),
        gamma(a),
        1 / gamma(b),
        Rational(1, 6),
        S(-4),
        a - b,
        -a - b,
        (1 + y) ** -2,
        cos(x),
        sqrt(mu),
    ]
)
POINT = {x: Rational(7, 5), y: Rational(3, 7), mu: Rational(-2, 3), sigma: Rational(5, 4), a: Rational(8, 3), b: Rational(9, 7)}


def near(left, right) -> bool:
    return abs(complex(left.subs(POINT).evalf(20)) - complex(right.subs(POINT).evalf(20))) < 1e-12 * (
        1 + abs(complex(right.subs(POINT)))
    )


@pytest.mark.slow
@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(FACTORS, min_size=1, max_size=6), st.booleans())
def test_a_product_keeps_its_value(factors, slash):
    product = Mul(*factors)
    parts = layout(product, NAMES, slash)
    assert near((-1) ** parts.negative * Mul(*parts.top) / Mul(*parts.bottom) * Mul(*parts.tail), product)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.tuples(FACTORS, FACTORS), min_size=2, max_size=5))
def test_a_sum_keeps_its_terms(pairs):
    total = Add(*(f * h for f, h in pairs))
    if isinstance(total, Add):
        assert Add(*ordered_terms(total, NAMES)) == total
        assert is_valid(tex(total, NAMES))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(FACTORS, min_size=1, max_size=6))
def test_any_product_is_valid(factors):
    assert is_valid(tex(Mul(*factors), NAMES))
    assert is_valid(Printer(NAMES).in_line(Mul(*factors)))


# It reads back

READER = importlib.util.find_spec("derive.read.latex") is not None
SECOND = all(importlib.util.find_spec(name) for name in ("latex2sympy2_extended", "derive.read.latex_second"))
READERS = ["own", "latex2sympy2"] if SECOND else ["own"]
READABLE = [
    e
    for e, _ in TEXTBOOK
    if not isinstance(e, (Total, Same, Whole, Tends))
    and e.is_Relational is False
    and not e.atoms(IndexedBase)
    and not any(f.func.__name__ in ("g", "p_theta") for f in e.atoms(Function))
]


def numbers(expression, seed):
    """Values inside (0, 1) for probabilities, whole numbers for whole symbols, positive ones elsewhere."""
    chance = random.Random(seed)
    return {
        q: S(chance.randint(1, 4)) + (5 if q.name == "n" else 0) if q.is_integer else Rational(chance.randint(1, 98), 100)
        for q in sorted(expression.free_symbols, key=str)
    }


def read(latex, symbols_, reader):
    from derive.read.latex import expression
    from derive.read.names import Scope

    scope = Scope(symbols={q.name: q for q in symbols_}, latex={NAMES.spell(q.name): q.name for q in symbols_})
    return expression(latex, scope) if reader == "own" else expression(latex, scope, reader=reader)


@pytest.mark.skipif(not READER, reason="the LaTeX reader is not there")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("term", READABLE, ids=lambda v: str(v)[:40])
def test_reads_back(term, reader):
    again = read(tex(term, NAMES), term.free_symbols, reader)
    for seed in (1, 2):
        point = numbers(term, seed)
        assert abs(complex(again.subs(point)) - complex(term.subs(point))) < 1e-12 * (1 + abs(complex(term.subs(point))))


@pytest.mark.skipif(not READER, reason="the LaTeX reader is not there")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("result", [r for r in RESULTS if r.Z is not None], ids=lambda r: r.problem.id)
def test_results_read_back(result, reader):
    names = names_of(result.problem)
    for term in (result.problem.kernel, result.Z, result.density):
        from derive.read.latex import expression
        from derive.read.names import Scope

        known = term.free_symbols
        scope = Scope(symbols={q.name: q for q in known}, latex={names.spell(q.name): q.name for q in known})
        again = expression(tex(term, names), scope, **({} if reader == "own" else {"reader": reader}))
        point = numbers(term, 3)
        assert abs(complex(again.subs(point)) - complex(term.subs(point))) < 1e-12 * (1 + abs(complex(term.subs(point))))


# SymPy syntax


def test_sympy_text_shows_no_number_of_a_dummy():
    v = Dummy("v")
    assert sympy_text(Total(exp(-(v**2)), v, REALS)) == "Integral(exp(-v**2), (v, -oo, oo))"
    assert sympy_text(v + Symbol("v")) in ("v + v_1", "v_1 + v")


def test_sympy_text_of_a_sum_over_points_keeps_its_value():
    total = 3 * Total(exp(x), x, Atoms(0, 2))
    from sympy.parsing.sympy_parser import parse_expr  # trusted text: our own

    assert parse_expr(sympy_text(total)) == 3 * (1 + exp(2))


def test_sympy_text_of_conditions():
    assert sympy_text(Gt(a, S.Half, evaluate=False)) == "a > 1/2"
    assert sympy_text(Ne(a, 0, evaluate=False)) == "Ne(a, 0)"
    assert Tuple(a)
