"""The LaTeX reader: formulas as homework and papers print them, values of SciPy's densities, and input that means harm."""

from __future__ import annotations

import json
import runpy
import time
from pathlib import Path

import mpmath as mp
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.read import latex_heads as heads
from derive.read.latex import expression, statement
from derive.read.names import ReadError, Scope

DATA = Path(__file__).parent / "data"
FORMULAS = json.loads((DATA / "latex.json").read_text())
DENSITIES = json.loads((DATA / "latex_scipy.json").read_text())
MEANINGS = runpy.run_path(str(Path(__file__).with_name("latex_meanings.py")))
declared, trusted, same = MEANINGS["declared"], MEANINGS["trusted"], MEANINGS["same"]


def scope_of(case: dict) -> Scope:
    context = case["context"]
    symbols = {name: declared(name, facts) for name, facts in context["symbols"].items()}
    if "imaginary_unit" in context:
        symbols[context["imaginary_unit"]] = sp.I
    return Scope(symbols, {name: sp.Function(name) for name in context["functions"]})


@pytest.mark.parametrize("case", FORMULAS, ids=[c["id"] for c in FORMULAS])
def test_formula_of_the_corpus(case: dict) -> None:
    scope = scope_of(case)
    got = statement(case["latex"], scope)
    assert any(same(got, trusted(text, scope)) for text in [case["sympy"], *case["accept"]]), got


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_second_reader_agrees_on_the_corpus(every: int) -> None:
    pytest.importorskip("latex2sympy2_extended")
    read, cases = 0, FORMULAS[::every]
    for case in cases:
        scope = scope_of(case)
        try:
            second = statement(case["latex"], scope, reader="latex2sympy2")
        except ReadError:
            continue
        read += 1
        assert same(second, statement(case["latex"], scope)), case["latex"]
    assert read >= len(cases) - 3


def test_second_reader_agrees_on_what_is_exported() -> None:
    pytest.importorskip("latex2sympy2_extended")
    for text, _ in EXPORTED + STUDENTS[::4]:
        try:
            second = expression(text, SCOPE, reader="latex2sympy2")
        except ReadError:
            assert "!!" in text or r"\sum" in text or "_0^1" in text, text
            continue
        assert same(second, expression(text, SCOPE)), text


# ------------------------------------------------------------------------------------------------ densities with their values

UNDECLARED = (  # they name a constant or a function that only the text around them explains
    "argus crystalball dpareto_lognorm gausshyper jf_skew_t levy_stable nchypergeom_fisher pearson3 rel_breitwigner"
).split()
AMBIGUOUS = ["dweibull"]  # c / 2 |x|^{c-1}
ROWS = ["ncf"]  # misprinted at the source, and broken into rows that start with a factor
MISPRINTED = ["genhalflogistic"]
OTHER_CASE = {  # the formula is that of one case (c = 0; h, k ≠ 0; a location and scale), the values are those of another
    "genextreme", "kappa4", "landau",
}  # fmt: skip
SLOW = ["studentized_range"]  # a double integral


def density(case: dict) -> tuple[Scope, list[str]]:
    names = [p.lstrip("\\") for p in case["params"]]
    return Scope({name: sp.Symbol(name, real=True) for name in [*names, case["var"]]}), names


def values(expr: sp.Expr, scope: Scope, names: list[str], case: dict) -> list[float]:
    expr = expr.replace(sp.harmonic, lambda n, a=1: sum(sp.Integer(j) ** -a for j in range(1, int(case["args"][-1]) + 1)))
    compute = sp.lambdify([scope.symbols[n] for n in [*names, case["var"]]], expr, "mpmath")
    return [float(mp.re(compute(*map(mp.mpf, case["args"]), mp.mpf(x)))) for x in case["x"]]


@pytest.mark.parametrize("case", DENSITIES, ids=[c["name"] for c in DENSITIES])
def test_density_of_scipy(case: dict) -> None:
    scope, names = density(case)
    if case["name"] in UNDECLARED + AMBIGUOUS + ROWS:
        with pytest.raises(ReadError):
            statement(case["latex"], scope)
        return
    got = statement(case["latex"], scope)
    if case["name"] in OTHER_CASE or case["name"] in MISPRINTED + SLOW:
        return
    for side in got.args if isinstance(got, (heads.Chain, sp.Eq)) else [got]:
        assert values(side, scope, names, case) == pytest.approx(case["y"], rel=1e-6)


def test_densities_of_other_cases_are_read_as_printed() -> None:
    by_name = {c["name"]: c for c in DENSITIES}
    x, h, k, c = sp.symbols("x h k c", real=True)
    assert expression(by_name["genextreme"]["latex"], Scope({"x": x, "c": c})) == sp.exp(-x) * sp.exp(-sp.exp(-x))
    kappa4 = (1 - k * x) ** (1 / k - 1) * (1 - h * (1 - k * x) ** (1 / k)) ** (1 / h - 1)
    assert expression(by_name["kappa4"]["latex"], Scope({"x": x, "h": h, "k": k})) == kappa4
    misprint = 2 * (1 - c * x) ** (1 / (c - 1)) / (1 + (1 - c * x) ** (1 / c)) ** 2
    assert expression(by_name["genhalflogistic"]["latex"], Scope({"x": x, "c": c})) == misprint


# --------------------------------------------------------------------------------------------------- what students write, by hand

NAMES = "x y z a b c n k p q r s t u v m mu sigma alpha theta kappa nu x1 x2 X".split()
S = {name: sp.Symbol(name, real=True) for name in NAMES}
F = {"f": sp.Function("f"), "p_theta": sp.Function("p_theta")}
SCOPE = Scope(S, F)
x, y, z, a, b, c, n, k, p, q, r, s, t, u, v, m, mu, sigma, alpha, theta, kappa, nu, x1, x2, X = S.values()
f = F["f"]
i_x = sp.Symbol("x", real=True)

STUDENTS = [
    (r"\tfrac12 x", x / 2), (r"\frac12", sp.Rational(1, 2)), (r"\frac 1 2", sp.Rational(1, 2)), (r"x^\frac12", sp.sqrt(x)),
    (r"\binom nk", sp.binomial(n, k)), (r"\binom52", 10), (r"\sqrt[3]{x}", x ** sp.Rational(1, 3)), (r"\frac mb", m / b),
    (r"\exp\left\{-\tfrac12 x\right\}", sp.exp(-x / 2)), (r"\exp[-x]", sp.exp(-x)), (r"\exp(x)^2", sp.exp(2 * x)),
    (r"\exp{-x}", sp.exp(-x)), (r"\mathrm e^{-x}", sp.exp(-x)), (r"{\rm e}^{-x}", sp.exp(-x)), (r"2e^{-x}", 2 * sp.exp(-x)),
    (r"\log^2 x", sp.log(x) ** 2), (r"\sin^2 x", sp.sin(x) ** 2), (r"\sin 2x", sp.sin(2 * x)),
    (r"\sin 2\pi x", sp.sin(2 * sp.pi * x)),
    (r"\sin^{-1}(x)", sp.asin(x)), (r"\cosh^{-1} x", sp.acosh(x)), (r"\log 2\pi\sigma^2", sp.log(2 * sp.pi * sigma**2)),
    (r"\log_{10} x", sp.log(x) / sp.log(10)), (r"\sin\theta\cos\theta", sp.sin(theta) * sp.cos(theta)),
    (r"\sin\theta e^{-x}", sp.sin(theta) * sp.exp(-x)), (r"\log(x)(1-x)", sp.log(x) * (1 - x)),
    (r"\log x \cdot y", sp.log(x) * y),
    (r"\operatorname{sech}^2 x", sp.sech(x) ** 2), (r"cosh(c x)", sp.cosh(c * x)), (r"exp(-x)", sp.exp(-x)),
    (r"xlog(x)", x * sp.log(x)),
    (r"\lvert x\rvert", abs(x)), (r"|x||y|", abs(x) * abs(y)), (r"|x-|y||", abs(x - abs(y))), (r"2|x|", 2 * abs(x)),
    (r"\bigl|x\bigr|", abs(x)), (r"x^2_1 x_{2}", x1**2 * x2), (r"\mathbf{x}+\boldsymbol{\theta}", x + theta), (r"{x}^2", x**2),
    (r"n!!", sp.factorial2(n)), (r"2^{n}n!", 2**n * sp.factorial(n)), (r"k!(n-k)!", sp.factorial(k) * sp.factorial(n - k)),
    (r"\max\{0,x\}", sp.Max(0, x)), (r"\lfloor x\rfloor", sp.floor(x)), (r"a/b/c", a / b / c), (r"a/b\cdot c", a * c / b),
    (r"1/2\,x", x / 2), (r"1/2(x-y)^2", (x - y) ** 2 / 2),
    (r"{n \choose k}", sp.binomial(n, k)), (r"{a \over b}", a / b), (r"a \div b", a / b), (r"$x^2$", x**2), (r"\[x^2\]", x**2),
    ("x − 1", x - 1), ("αx", alpha * x), (r"x % a remark", x), (r"-x^2", -(x**2)), (r"x^{y^z}", x ** (y**z)),
    (r"f'(x)", sp.Derivative(f(x), x)), (r"f''(x)", sp.Derivative(f(x), x, x)), (r"f^2(x)", f(x) ** 2),
    (r"p_\theta(x)", F["p_theta"](x)),
    (r"\frac{d}{dx} x^2", sp.Derivative(x**2, x)), (r"\frac{df(x)}{dx}", sp.Derivative(f(x), x)),
    (r"\sum_{k\ge 0} x^k", sp.Sum(x**k, (k, 0, sp.oo))), (r"\sum_{s=\pm1} e^{xs}", sp.exp(x) + sp.exp(-x)),
    (r"\sum_{s\in\{-1,1\}} e^{xs}", sp.exp(x) + sp.exp(-x)),
    (r"\sum_{k=1}^n k \sum_{m=1}^k m - 1", sp.Sum(k * sp.Sum(m, (m, 1, k)), (k, 1, n)) - 1),
    (r"\int_0^1 x\,{\rm d}x", sp.Integral(x, (x, 0, 1))), (r"\int_0^1 dx\, x^2", sp.Integral(x**2, (x, 0, 1))),
    (r"\int_0^1 dx \int_0^x dy\, xy", sp.Integral(x * y, (y, 0, x), (x, 0, 1))),
    (r"\int_0^1 (x+1) dx \cdot 2", 2 * sp.Integral(x + 1, (x, 0, 1))),
    (r"\int_0^1 \frac{x\,dx}{1+x^2}", sp.Integral(x / (1 + x**2), (x, 0, 1))), (r"\int_{(0,1)} x dx", sp.Integral(x, (x, 0, 1))),
    (r"\iint_{\mathbb{R}^2} e^{-x^2-y^2}dx\,dy", sp.Integral(sp.exp(-x**2 - y**2), (x, -sp.oo, sp.oo), (y, -sp.oo, sp.oo))),
    (r"[x^2]^{a-1}", (x**2) ** (a - 1)), (r"\Big[x^2\Big]_0^1", heads.EvalBar(x**2, 0, 1)),
    (r"f(x)\big|_0^1", heads.EvalBar(f(x), 0, 1)),
    (r"\left. x^2 \right|_{x=0}^{1}", heads.EvalBar(x**2, 0, 1, x)), (r"\frac{x}{y}\Big/\frac{a}{b}", b * x / (a * y)),
    (r"\mathbb{1}_{x>0}", sp.Piecewise((1, x > 0), (0, True))),
    (r"\mathbf{1}_{[0,1]}(x)", sp.Piecewise((1, (x >= 0) & (x <= 1)), (0, True))),
    (r"\erf(x)+\sech^2 x", sp.erf(x) + sp.sech(x) ** 2), (r"\int_{x=0}^{1} x \dd x", sp.Integral(x, (x, 0, 1))),
    (r"\mathcal{X}", X), (r"\sum_{i=1}^2 x_i^2", x1**2 + x2**2), (r"\prod_{i=1}^1 x_i x_{i+1}", x1 * x2),
    (r"\pi(1+x^2)", sp.pi * (1 + x**2)), (r"(2 \pi)^\frac12 \times \sigma", sp.sqrt(2 * sp.pi) * sigma),
    (r"I(x>0)", sp.Piecewise((1, x > 0), (0, True))), (r"1_{x>0}", sp.Piecewise((1, x > 0), (0, True))),
    (r"\left\{\begin{array}{ll} x, & x>0 \\ 0, & x\le 0\end{array}\right.", sp.Piecewise((x, x > 0), (0, x <= 0))),
]  # fmt: skip

EXPORTED = [
    (r"\sqrt{2\pi\sigma^2}", sp.sqrt(2 * sp.pi * sigma**2)), (r"I_0(\kappa)", sp.besseli(0, kappa)),
    (r"K_\nu(x)", sp.besselk(nu, x)),
    (r"J_{\nu+1}(x)", sp.besselj(nu + 1, x)), (r"Y_0(x)", sp.bessely(0, x)), (r"\zeta(s)", sp.zeta(s)),
    (r"\zeta(s,a)", sp.zeta(s, a)),
    (r"\mathrm{B}(a,b)", sp.beta(a, b)), (r"\operatorname{B}\left(a, b\right)", sp.beta(a, b)),
    (r"\operatorname{erf}(x)", sp.erf(x)),
    (r"{}_1F_1(a;b;z)", sp.hyper([a], [b], z)), (r"{}_2F_1\left(a,b;c;\frac{z}{2}\right)^2", sp.hyper([a, b], [c], z / 2) ** 2),
    (r"\mathbf{1}\{x=1\}", sp.KroneckerDelta(x, 1)), (r"\delta_{x,1}", sp.KroneckerDelta(x, 1)),
    (r"\delta_{xy}", sp.KroneckerDelta(x, y)),
    (r"\operatorname{Li}_s(z)", sp.polylog(s, z)), (r"\eta(s)", sp.dirichlet_eta(s)), (r"\Phi(z,s,a)", sp.lerchphi(z, s, a)),
    (r"\Phi(x)", (1 + sp.erf(x / sp.sqrt(2))) / 2), (r"E_\nu(z)", sp.expint(nu, z)), (r"\Gamma(s,x)", sp.uppergamma(s, x)),
    (r"\gamma(s,x)", sp.lowergamma(s, x)), (r"\psi(x)", sp.digamma(x)), (r"\psi^{(1)}(x)", sp.polygamma(1, x)),
    (r"H_{n,a}", sp.harmonic(n, a)),
    (r"P_{n}(x)", sp.legendre(n, x)), (r"\mathrm{appellf}_1(a, b, c, k, x, y)", sp.appellf1(a, b, c, k, x, y)),
    (r"I_x(a,b)", sp.betainc_regularized(a, b, 0, x)), (r"\operatorname{Ai}(x)", sp.airyai(x)), (r"W(x)", sp.LambertW(x)),
    (r"\log{\left(x \right)}^{2}", sp.log(x) ** 2), (r"\sin^{2}{\left(x \right)}", sp.sin(x) ** 2), (r"\gamma_E", sp.EulerGamma),
    (r"\begin{cases} x & \text{for}\: x > 0 \\ 0 & \text{otherwise} \end{cases}", sp.Piecewise((x, x > 0), (0, True))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), STUDENTS + EXPORTED, ids=[t for t, _ in STUDENTS + EXPORTED])
def test_form(text: str, meaning: sp.Expr) -> None:
    assert same(expression(text, SCOPE), sp.sympify(meaning))


def test_kummer_u_against_mpmath() -> None:
    got = expression("U(a,b,z)", SCOPE).subs({a: sp.Rational(3, 2), b: 2, z: sp.Rational(5, 4)})
    assert complex(got.evalf(20)).real == pytest.approx(float(mp.hyperu(1.5, 2, 1.25)))


STATEMENTS = [
    (r"= \frac{1}{x}", heads.Chain(heads.Blank(), 1 / x)),
    (r"&= x^2 \\ &= y", heads.Chain(heads.Blank(), x**2, y)),
    (r"\begin{align*} a &= b + c \\ &\quad + x \\ &= y \end{align*}", heads.Chain(a, b + c + x, y)),
    (r"x := y", sp.Eq(x, y)),
    (r"f(x|\mu,\sigma) = x", sp.Eq(f(heads.Given(x, mu, sigma)), x)),
    (r"f(x)\propto x^2", heads.Propto(f(x), x**2)),
    (r"f(x) = e^{-x},\quad x > 0", sp.Tuple(sp.Eq(f(x), sp.exp(-x)), x > 0)),
    (r"f(x)=e^{-x} \text{ for } x>0", sp.Tuple(sp.Eq(f(x), sp.exp(-x)), x > 0)),
    (r"x\in[0,1)", (x >= 0) & (x < 1)),
    (r"x, y", sp.Tuple(x, y)),
    (r"\boxed{x = y}", sp.Eq(x, y)),
    (r"\Rightarrow x = y", sp.Eq(x, y)),
    (r"\Pr(X>t)", heads.Probability(t < X)),
]


@pytest.mark.parametrize(("text", "meaning"), STATEMENTS, ids=[t for t, _ in STATEMENTS])
def test_statement(text: str, meaning: sp.Basic) -> None:
    assert same(statement(text, SCOPE), meaning)


# --------------------------------------------------------------------------------------------------------------------- refusals

REFUSED = [  # text, a word of the message, the 1-based position it must name
    (r"x/2y", "frac", 4), (r"1/2 x", "frac", 5), (r"1/2\sigma^2", "frac", 4), (r"x/2\sigma^2", "frac", 4), (r"1/2\pi", "frac", 4),
    (r"x/y(z)", "frac", 4),
    (r"n!/k!(n-k)!", "frac", 6),
    (r"\log x/2", "argument of this function", 7), (r"\log x(1-x)", "argument of this function", 7),
    (r"\log f(x) f(y)", "argument", 11),
    (r"x^12", "first digit", 3), (r"x^-1", "braces", 3), (r"x2", "symbol", 2), ("1e-5", "power of ten", 2), ("2 3", "number", 3),
    (r"{a+b}c", "braces", 1), (r"(x", "not closed", 1), (r"x)", "never opened", 2), (r"(x]", "closed by", 1),
    (r"x + \beta", "beta", 5),
    (r"x + Q y", "Q is not declared", 5), (r"\frac{1}{0}", "zero", 1), (r"\Gamma(-1)", "pole", 1), (r"\pm x", "two values", 1),
    (r"a \dots b", "ellipsis", 3), (r"f^{-1}(x)", "inverse", 1), (r"(x)_n", "subscript on a bracket", 1),
    (r"x = y", "relation", 3),
    (r"\sum_k x^k", "bounds", 1), (r"\int_0^1 x", "differential", 1), (r"\prod_{k=1}^n x^k y", "brackets", 1),
    (r"x^y^z", "two exponents", 4),
    (r"x + x^2|_0^1", "evaluation bar", 8), (r"\varphi(x)", "varphi", 1), (r"\Gamma(x,y,z)", "3 arguments", 1),
    (r"f", "not applied", 1),
    (r"\input{/etc/passwd}", "input", 1), (r"\def\x{1}", "def", 1), (r"a = b \\ c = x", "row", 10),
    (r"\frac{x}", "missing", None),
    (r"\log -x", "without an argument", 1), (r"\text{high}", "high", 1), (r"\mathcal{N}(x)", "N", 1), (r"x'", "prime", 1),
    ("", "no formula", None),
    (r"\frac{1}{n!", "not closed", 9), (r"k \in \{0, 2, \dots\}", "steps of one", None), (r"\int_D x dx", "ends", 1),
    (r"x^{}", "missing", None),
    (r"\pi(x)", "function", 1), (r"\sum_{i=1}^n x_i", "numbers as bounds", 1), (r"\sum_{i=1}^3 x_i", "x3 is not declared", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "position"), REFUSED, ids=[t for t, _, _ in REFUSED])
def test_refused_with_its_place(text: str, word: str, position: int | None) -> None:
    read = statement if "in" in text or "row" in word or not text else expression
    with pytest.raises(ReadError, match=".*") as caught:
        read(text, SCOPE)
    assert word in str(caught.value)
    assert position is None or caught.value.position == position - 1


HOSTILE = {
    "parentheses": "(" * 60 + "x" + ")" * 60, "braces": "{" * 400 + "x" + "}" * 400, "open": "(" * 9000, "bars": "|" * 9999,
    "10 MB": "x+" * 5_000_000 + "x", "tower": "9^{9^9}", "taller": "9^{9^{9^9}}", "binomial": r"\binom{10^8}{50000000}",
    "e": "e^{" * 30 + "1" + "}" * 30,
    "small e": "e^{-" * 35 + "1" + "}" * 35, "factorial": "(10^8)!", "double factorial": "(10^8)!!", "gamma": r"\Gamma(10^9)",
    "zeta": r"\zeta(10^{10})", "negative zeta": r"\zeta(-99999999)", "digits": "9" * 19000, "product": "9^{999}" * 2500,
    "sin": r"\sin " * 3000 + "x",
    "integrals": r"\int_0^1" * 1500 + "x" + "dx" * 1500, "sums": r"\sum_{n=0}^{x}" * 900 + "n", "factorials": "x" + "!" * 9999,
    "polynomial": r"L_{10000}^{(a)}(x)", "polygamma": r"\psi^{(100000000)}(1)", "roots": r"\sqrt" * 3000 + " x",
    "signs": "-" * 9999 + "x",
    "digamma": r"\psi(10^9)", "harmonic": r"\operatorname{harmonic}(10^9)", "loggamma": r"\operatorname{loggamma}(10^9)",
    "incomplete gamma": r"\gamma(10^6, x)", "floor": r"\lfloor e^{e^{e^{10}}}\rfloor",
    "input": r"\input{/etc/passwd}", "write": r"\write18{ls}",
    "macros": r"\def\a{\a\a}\a",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_promptly(name: str) -> None:
    start = time.process_time()
    with pytest.raises(ReadError) as caught:
        expression(HOSTILE[name], SCOPE)
    assert time.process_time() - start < 5
    assert len(str(caught.value)) < 500


# ----------------------------------------------------------------------------------------------------------------------- names


def test_names_are_names() -> None:
    letters = {name: sp.Symbol(name) for name in ["B", "I", "E", "S", "N", "J", "T", "K", "e", "d", "gamma", "beta", "zeta",
    "lambda", "i", "pi"]}
    scope = Scope(letters)
    for name, symbol in letters.items():
        text = name if len(name) == 1 else "\\" + name
        assert expression(f"{text}^2", scope) == symbol**2
        assert expression(f"{text}(1+{text})", scope) == symbol * (1 + symbol)
    d, e, K = (letters[name] for name in "deK")
    assert expression(r"\gamma(d, e)\,I_0(K)+B(d,e)", scope) == sp.lowergamma(d, e) * sp.besseli(0, K) + sp.beta(d, e)
    assert expression(r"\mathrm{e}^{d}", scope) == sp.exp(letters["d"])


@pytest.mark.parametrize(("declared", "spelled"), [
    ("x0", "x_0"), ("x_0", "x_{0}"), ("mu_x", r"\mu_x"), ("lamda", r"\lambda"), ("lambda_", r"\lambda"), ("lam", r"\lambda"),
    ("eps", r"\varepsilon"), ("theta_hat", r"\hat\theta"), ("xbar", r"\bar{x}"), ("x_max", r"x_{\text{max}}"),
    ("w11", "w_{11}"), ("df_1", "df_1"),
])  # fmt: skip
def test_obvious_spellings(declared: str, spelled: str) -> None:
    symbol = sp.Symbol(declared)
    assert expression(f"2{spelled}", Scope({declared: symbol})) == 2 * symbol


def test_declared_spellings_win() -> None:
    g, rate = sp.Symbol("g"), sp.Symbol("rate")
    scope = Scope({"g": g, "rate": rate}, latex={r"\lambda_0": "rate", r"\gamma": "g"})
    assert expression(r"\lambda_{0}+\gamma", scope) == g + rate


def test_undeclared_names_in_a_lenient_scope() -> None:
    got = expression(r"x^{a-1}e^{-\beta x}", Scope({"x": x}, strict=False))
    assert got == x ** (a - 1) * sp.exp(-sp.Symbol("beta", real=True) * x)
    with pytest.raises(ReadError, match="may be a function"):
        expression(r"h(x)", Scope({"x": x}, strict=False))


def test_bound_variable_keeps_no_false_assumption() -> None:
    positive = Scope({"x": sp.Symbol("x", positive=True)})
    got = expression(r"\int_{-\infty}^\infty |x| dx", positive)
    assert got.function.func is sp.Abs and not got.variables[0].is_positive
    assert expression(r"\int_0^\infty x dx", positive).variables[0] == sp.Symbol("x", positive=True)


# --------------------------------------------------------------------------------------------------------------------- laws

LEAVES = st.sampled_from([r"x", r"y", r"\sigma", r"2", r"\frac12", r"\pi", r"x_1"])


def grow(parts: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Pairs: LaTeX, and the same in Python."""
    pair = st.tuples(parts, parts)
    return st.one_of(
        pair.map(lambda ab: (rf"\left({ab[0][0]}\right)\left({ab[1][0]}\right)", f"({ab[0][1]})*({ab[1][1]})")),
        pair.map(lambda ab: (rf"\left({ab[0][0]}+{ab[1][0]}\right)", f"(({ab[0][1]})+({ab[1][1]}))")),
        pair.map(lambda ab: (rf"\left({ab[0][0]}-\left({ab[1][0]}\right)\right)", f"(({ab[0][1]})-({ab[1][1]}))")),
        parts.map(lambda e: (rf"\sin\left({e[0]}\right)", f"sin({e[1]})")),
        parts.map(lambda e: (rf"\left({e[0]}\right)^{{2}}", f"(({e[1]})**2)")),
        parts.map(lambda e: (rf"e^{{-{e[0]}}}" if e[0][0] not in "0123456789" else rf"e^{{-({e[0]})}}", f"exp(-({e[1]}))")),
    )


PYTHON = {"x": "x", "y": "y", r"\sigma": "sigma", "2": "Integer(2)", r"\frac12": "Rational(1,2)", r"\pi": "pi", "x_1": "x1"}


@given(st.recursive(LEAVES.map(lambda leaf: (leaf, PYTHON[leaf])), grow, max_leaves=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_precedence_agrees_with_python(pair: tuple[str, str]) -> None:
    names = {name: getattr(sp, name) for name in ("sin", "exp", "Integer", "Rational", "pi")} | {k: S[k] for k in ("x", "y",
    "sigma", "x1")}
    want = eval(pair[1], {"__builtins__": {}}, names)
    point = {x: 0.3, y: -0.7, sigma: 1.1, x1: 0.45}
    got = complex(sp.N(expression(pair[0], SCOPE).subs(point)))
    assert got == pytest.approx(complex(sp.N(sp.sympify(want).subs(point))), rel=1e-9)


@given(st.text(alphabet="\\xe1+-*/^_{}()[]|!,.'& d=<>αfrac", max_size=30))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(statement(text, SCOPE), sp.Basic)
    except ReadError as error:
        assert error.message
