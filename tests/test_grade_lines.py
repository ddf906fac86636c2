"""Derivations line by line, in the ways in which people write them."""

import time
from itertools import count

import pytest
from sympy import Symbol, exp

from derive.algebra.signs import Facts
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.grade.writing.segments import parts
from derive.language.totals import POSITIVE, Total
from derive.read.asked import problem


@pytest.fixture(scope="module")
def truths():
    def stated(kernel, over, given):
        return truth_of(problem(kernel, over=over, given=given))

    return {
        "gauss": stated("exp(-(x - mu)**2/(2*sigma**2))", {"x": "RR"}, ["mu real", "sigma > 0"]),
        "centred": stated("exp(-x**2/(2*sigma**2))", {"x": "RR"}, ["sigma > 0"]),
        "exponential": stated("exp(-lambda*x)", {"x": "(0, oo)"}, ["lambda > 0"]),
        "gamma": stated("x**(alpha - 1)*exp(-beta*x)", {"x": "(0, oo)"}, ["alpha > 0", "beta > 0"]),
        "poisson": stated("lambda**k/factorial(k)", {"k": "ZZ[0, oo]"}, ["lambda > 0"]),
        "laplace": stated("exp(-abs(x - mu)/b)", {"x": "RR"}, ["mu real", "b > 0"]),
    }


INTEGRAL = r"Z = \int_{-\infty}^\infty e^{-\frac{(x-\mu)^2}{2\sigma^2}}\,dx"
POLAR = r"= \int_0^{2\pi}\int_0^\infty e^{-r^2/(2\sigma^2)}\,r\,dr\,d\theta"
TABLE = [
    (
        "substitution",
        "gauss",
        [
            INTEGRAL,
            r"\text{Let } u = \frac{x-\mu}{\sigma},\ dx = \sigma\,du",
            r"= \sigma\int_{-\infty}^\infty e^{-u^2/2}\,du",
            r"= \sqrt{2\pi}\,\sigma",
        ],
        CORRECT,
        0,
    ),
    (
        "wrong differential",
        "gauss",
        [INTEGRAL, r"\text{Let } u = \frac{x-\mu}{\sigma},\ du = \sigma\,dx", r"= \frac{\sqrt{2\pi}}{\sigma}"],
        WRONG,
        2,
    ),
    (
        "rows",
        "gauss",
        [r"\begin{aligned} " + INTEGRAL + r" \\ &= \sigma\int_{-\infty}^\infty e^{-u^2/2}du \\ &= \sigma\sqrt{2\pi} \end{aligned}"],
        CORRECT,
        0,
    ),
    (
        "a wrong row",
        "gauss",
        [r"\begin{align*} " + INTEGRAL + r" \\ &= \sigma\int_{-\infty}^\infty e^{-u^2/2}du \\ &= \sigma^2\sqrt{2\pi} \end{align*}"],
        WRONG,
        1,
    ),
    (
        "brackets",
        "exponential",
        [
            r"Z = \int_0^\infty e^{-\lambda x}dx = \left[-\frac{1}{\lambda}e^{-\lambda x}\right]_0^\infty = 0 + \frac1\lambda",
            r"p(x) = \frac1Z e^{-\lambda x} = \lambda e^{-\lambda x}",
        ],
        CORRECT,
        0,
    ),
    (
        "brackets the wrong way",
        "exponential",
        [r"Z = \left[\frac{1}{\lambda}e^{-\lambda x}\right]_0^\infty", r"= \frac1\lambda"],
        WRONG,
        1,
    ),
    (
        "limit",
        "exponential",
        [
            r"Z = \lim_{R\to\infty}\int_0^R e^{-\lambda x}dx",
            r"= \lim_{R\to\infty}\frac{1-e^{-\lambda R}}{\lambda}",
            r"= \frac1\lambda",
        ],
        CORRECT,
        0,
    ),
    (
        "polar",
        "centred",
        [
            r"Let $I = \int_{-\infty}^\infty e^{-x^2/(2\sigma^2)}\,dx$.",
            r"$I^2 = \int_{-\infty}^\infty\int_{-\infty}^\infty e^{-(x^2+y^2)/(2\sigma^2)}\,dx\,dy$",
            f"${POLAR} = 2\\pi\\sigma^2$",
            r"Hence $I = \sqrt{2\pi}\,\sigma$ and so $Z = \sqrt{2\pi}\,\sigma$.",
        ],
        CORRECT,
        0,
    ),
    (
        "polar without the root",
        "centred",
        [
            r"I^2 = \int_{-\infty}^\infty\int_{-\infty}^\infty e^{-(x^2+y^2)/(2\sigma^2)}\,dx\,dy",
            POLAR,
            r"= 2\pi\sigma^2",
            r"I = 2\pi\sigma^2",
        ],
        WRONG,
        4,
    ),
    (
        "polar by another letter",
        "centred",
        [
            r"J^2 = \int_{-\infty}^\infty\int_{-\infty}^\infty e^{-(x^2+y^2)/(2\sigma^2)}\,dx\,dy",
            POLAR,
            r"J = \sqrt{2\pi}\,\sigma",
        ],
        CORRECT,
        0,
    ),
    (
        "proportional",
        "poisson",
        [r"p(k) \propto \frac{\lambda^k}{k!}", r"Z = e^\lambda", r"p(k) = e^{-\lambda}\frac{\lambda^k}{k!}"],
        CORRECT,
        0,
    ),
    ("not proportional", "poisson", [r"p(k) \propto \frac{\lambda^k}{k}", r"Z = e^\lambda"], WRONG, 1),
    ("words", "laplace", [r"Z = 2\int_0^\infty e^{-u/b}\,du \quad\text{(by symmetry)}", "= 2b"], CORRECT, 0),
    (
        "two integrals",
        "laplace",
        [r"Z = \int_{-\infty}^\mu e^{(x-\mu)/b}dx + \int_\mu^\infty e^{-(x-\mu)/b}dx", "= b + b", "= 2b"],
        CORRECT,
        0,
    ),
    (
        "named part",
        "gamma",
        [r"A = \int_0^\infty u^{\alpha-1}e^{-u}\,du", r"= \Gamma(\alpha)", r"Z = A\beta^{-\alpha}"],
        CORRECT,
        0,
    ),
    ("logarithm", "gamma", [r"\log Z = \log\Gamma(\alpha) - \alpha\log\beta", r"Z = \Gamma(\alpha)\beta^{-\alpha}"], CORRECT, 0),
    (
        "logarithm undone wrongly",
        "gamma",
        [r"\log Z = \log\Gamma(\alpha) - \alpha\log\beta", r"Z = \Gamma(\alpha) - \beta^{\alpha}"],
        WRONG,
        2,
    ),
    ("inequality", "gamma", [r"Z = \frac{\Gamma(\alpha)}{\beta^\alpha} > 0"], CORRECT, 0),
    ("false inequality", "gamma", [r"Z = \frac{\Gamma(\alpha)}{\beta^\alpha}", r"Z < 0"], WRONG, 2),
    ("unread", "gamma", [r"Z = \foo{", r"Z = \Gamma(\alpha)\beta^{-\alpha}"], UNDECIDED, 0),
    ("undeclared", "gamma", [r"Z = B\beta^{-\alpha}", r"Z = \Gamma(\alpha)\beta^{-\alpha}"], UNDECIDED, 0),
    ("nothing said", "gamma", [r"A = \Gamma(\alpha)"], UNDECIDED, 0),
    (
        "a quotient of differentials, and dx/x",
        "gauss",
        [INTEGRAL, r"z = \frac{x-\mu}{\sigma} \implies \frac{dz}{dx} = \frac1\sigma", r"Z = \sigma\int_{-\infty}^\infty e^{-z^2/2}dz"],
        CORRECT,
        0,
    ),
    (
        "a wrong quotient of differentials",
        "gauss",
        [INTEGRAL, r"z = \frac{x-\mu}{\sigma} \implies \frac{dz}{dx} = \sigma", r"Z = \sigma\int_{-\infty}^\infty e^{-z^2/2}dz"],
        WRONG,
        2,
    ),
    (
        "a function and its derivative",
        "gamma",
        [
            r"\text{Let } J(t) = \int_0^\infty e^{-tx}\,dx = \frac1t",
            r"\frac{dJ}{dt} = -\int_0^\infty x e^{-tx}\,dx = -\frac{1}{t^2}",
            r"Z = \Gamma(\alpha)\beta^{-\alpha}",
        ],
        CORRECT,
        0,
    ),
    (
        "a function and a wrong derivative",
        "gamma",
        [r"\text{Let } J(t) = \int_0^\infty e^{-tx}\,dx = \frac1t", r"J'(t) = \frac{1}{t^2}", r"Z = \Gamma(\alpha)\beta^{-\alpha}"],
        WRONG,
        2,
    ),
    (
        "what stands over an equals sign and behind a formula",
        "laplace",
        [
            r"Z = \int_{\mathbb R} e^{-|x-\mu|/b}dx \overset{y=x-\mu}{=} \int_{\mathbb R} e^{-|y|/b}dy",
            r"= 2\int_0^\infty e^{-y/b}dy \quad (v = y/b)",
            "= 2b",
        ],
        CORRECT,
        0,
    ),
    (
        "no words at all",
        "gamma",
        [
            r"\int_0^\infty x^{\alpha-1}e^{-\beta x}dx",
            r"\frac{1}{\beta^\alpha}\int_0^\infty u^{\alpha-1}e^{-u}du",
            r"\frac{\Gamma(\alpha)}{\beta^\alpha}",
        ],
        CORRECT,
        0,
    ),
]


@pytest.mark.parametrize(("name", "which", "lines", "expected", "first"), TABLE, ids=[row[0] for row in TABLE])
def test_derivations(truths, name, which, lines, expected, first):
    found = judge(Claim("c", which, "steps", lines=tuple(lines)), truths[which])
    assert (found.verdict, found.first_wrong_line) == (expected, first), found
    assert [line.line for line in found.lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize(
    ("lines", "verdict", "conditions"),
    [
        ((r"J(t) = \int_0^\infty e^{-tx}dx = \frac1t", r"Z = \sigma\sqrt{2\pi}"), CORRECT, ("t > 0",)),  # ∞ for t ≤ 0
        ((r"J(t) = \int_{-\infty}^\infty e^{tx - x^2}dx = \sqrt\pi e^{t^2/4}", r"Z = \sigma\sqrt{2\pi}"), CORRECT, ()),
        ((r"J(t) = t^2 + t = t(t + 1)", r"Z = \sigma\sqrt{2\pi}"), CORRECT, ()),
        ((r"J(t) = |t| = t", r"Z = \sigma\sqrt{2\pi}"), CORRECT, ("t > 0",)),
        ((r"J(t) = |t|", r"J(t) > 0", r"Z = \sigma\sqrt{2\pi}"), CORRECT, ("t > 0",)),
        ((r"J(t) = \sqrt{t^2}", r"Z = -\sqrt{2\pi}\,J(-\sigma)"), WRONG, ()),  # √(t²) is not t
        ((r"J(t) = \sqrt{t^2}", r"Z = \sqrt{2\pi}\,J(-\sigma)"), CORRECT, ()),
        ((r"\Gamma(z) = \int_0^\infty u^{z-1}e^{-u}du", r"Z = \sigma\sqrt2\,\Gamma(1/2)"), CORRECT, ("z > 0",)),
    ],
)
def test_nothing_is_known_of_the_argument_of_a_function_that_is_brought_in(truths, lines, verdict, conditions):
    found = judge(Claim("c", "gauss", "steps", lines=lines), truths["gauss"])
    assert (found.verdict, found.conditions) == (verdict, conditions)


def test_a_slip_is_not_punished_twice(truths):
    lines = (INTEGRAL, r"= \sigma^2\int_{-\infty}^\infty e^{-u^2/2}\,du", r"= \sqrt{2\pi}\,\sigma^2")
    found = judge(Claim("c", "gauss", "steps", lines=lines), truths["gauss"])
    assert [line.verdict for line in found.lines] == [CORRECT, WRONG, CORRECT]
    assert found.lines[2].follows and "line 2 is wrong" in found.lines[2].detail


def test_a_wrong_differential_is_not_punished_twice(truths):
    lines = (INTEGRAL, r"\text{Let } u = \frac{x-\mu}{\sigma},\ du = \sigma\,dx", r"= \frac{1}{\sigma}\int_{-\infty}^\infty e^{-u^2/2}\,du")
    found = judge(Claim("c", "gauss", "steps", lines=lines), truths["gauss"])
    assert [line.verdict for line in found.lines] == [CORRECT, WRONG, CORRECT]


def test_an_unread_line_says_where_and_is_never_right(truths):
    found = judge(Claim("c", "gamma", "steps", lines=(r"Z = \frac{1}{", "= 1")), truths["gamma"])
    assert found.lines[0].verdict == "unread" and "position" in found.lines[0].detail
    assert found.verdict != CORRECT


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        (r"Z = a", ["Z = a"]),
        (r"\Rightarrow Z = a.", ["Z = a"]),
        (r"A = B \implies C = D", ["A = B", "C = D"]),
        (r"\begin{align*} Z &= a \\ &\quad + b \\ &= c \end{align*}", ["Z = a  \\quad + b", "= c"]),
        (r"= \operatorname{erf}(x) \text{ where } x = 3", [r"= \operatorname{erf}(x)", "x = 3"]),
        (r"= 3 \qquad (\text{by symmetry})", ["= 3"]),
        (
            r"= \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            [r"= \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}"],
        ),
        (r"Put \(u = x\), so \(dx = du\).", ["u = x", "dx = du"]),
        (r"\text{Therefore}", []),
    ],
)
def test_lines_are_taken_apart(line, formulas):
    assert [" ".join(p.formula.split()) for p in parts(line)] == [" ".join(f.split()) for f in formulas]


def test_the_variable_is_no_name_of_the_total(truths):
    lines = (r"x = \int_{-\infty}^\infty e^{-x^2/(2\sigma^2)}dx", r"=\sqrt{2\pi}\sigma")
    assert judge(Claim("a", "centred", "steps", lines=lines), truths["centred"]).verdict == UNDECIDED


def test_a_slope_at_a_place_that_is_no_letter_stays_open(truths):
    lines = (r"F(b) = \int_{-\infty}^\infty \frac{b x}{x^2+b} = \frac{\pi}{\sqrt b}", r"Z = -F'(\sigma^2)")
    assert judge(Claim("a", "centred", "steps", lines=lines), truths["centred"]).verdict in (UNDECIDED, WRONG)


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [(r"x\to0^+:\ z\to-\infty,\qquad x\to\infty:\ z\to\infty", CORRECT), (r"x\to0^+:\ z\to+\infty,\qquad x\to\infty:\ z\to\infty", WRONG)],
)
def test_ends_that_arrows_tell_are_held_against_the_substitution(truths, ends, verdict):
    lines = (r"z = \ln x,\qquad dz = \frac{dx}{x}", ends)
    assert judge(Claim("a", "exponential", "steps", lines=lines), truths["exponential"]).lines[1].verdict == verdict


@pytest.mark.parametrize(("line", "verdict"), [
    (r"= \sqrt{2\pi}\sigma \approx 2.507\sigma", CORRECT), (r"= \sqrt{2\pi}\sigma \approx 2.5\,\sigma", CORRECT),
    (r"= \sqrt{2\pi}\sigma \approx 2.607\sigma", WRONG), (r"Z = \sqrt{2\pi}\sigma \ne \sqrt{2\pi}\sigma", WRONG),
    (r"= \sqrt{2\pi}\sigma", CORRECT), (r"\sigma < \sigma", WRONG),
])  # fmt: skip
def test_digits_and_relations_that_stand_behind_a_right_value(truths, line, verdict):
    lines = (r"Z = \int_{-\infty}^\infty e^{-x^2/(2\sigma^2)}dx", line)
    assert judge(Claim("a", "centred", "steps", lines=lines), truths["centred"]).verdict == verdict


def test_a_density_at_another_place_is_proportional_to_something_else(truths):
    lines = (r"p(2x) \propto e^{-\lambda x}", r"Z = \frac1\lambda")
    assert judge(Claim("a", "exponential", "steps", lines=lines), truths["exponential"]).verdict == UNDECIDED


@pytest.mark.parametrize(("which", "lines"), [
    ("gamma", (r"p(\alpha) \propto x^{\alpha-1} e^{-\beta x}",)),
    ("exponential", (r"P(X > t) = e^{-\lambda t}, \quad t < 0",)),  # there it is 1
    ("exponential", (r"x = e^x, \qquad dx = e^x\,dx",)),
])  # fmt: skip
def test_what_is_said_of_no_place_stays_open(truths, which, lines):
    values = {"gamma": r"Z = \Gamma(\alpha)/\beta^\alpha", "exponential": r"Z = \frac1\lambda"}
    assert judge(Claim("a", which, "steps", lines=(values[which], *lines)), truths[which]).verdict in (UNDECIDED, WRONG)


@pytest.mark.parametrize(("line", "verdict"), [
    (r"P(X > t) = e^{-\lambda t}, \quad t \ge 0", CORRECT), (r"P(X > t) = e^{-\lambda t}, \quad t > -1", UNDECIDED),
    (r"P(X > x) = e^{-\lambda x}, \quad x > 1", CORRECT), (r"P(X > x) = e^{-\lambda x}, \quad x > -1", UNDECIDED),
    (r"p(x) = \lambda e^{-\lambda x}, \quad x > 0", CORRECT), (r"p(x) = \lambda e^{-\lambda x}, \quad x \in \mathbb R", UNDECIDED),
    (r"Y = \sqrt X: \quad P(Y \le y) = 1-e^{-\lambda y^2}, \quad y > 0", CORRECT),
    (r"Y = \sqrt X: \quad P(Y \le y) = 1-e^{-\lambda y^2}, \quad y < 0", UNDECIDED),  # there it is 0
    (r"E[e^{tX}] = \frac\lambda{\lambda-t}, \quad t < \lambda", CORRECT), (r"E[e^{tX}] = \frac\lambda{\lambda-t}, \quad t > \lambda", UNDECIDED),
])  # fmt: skip
def test_what_stands_beside_a_stated_range_holds_all_over_it(truths, line, verdict):
    assert judge(Claim("a", "exponential", "steps", lines=(r"Z = \frac1\lambda", line)), truths["exponential"]).verdict == verdict


@pytest.mark.parametrize(("border", "verdict"), [(r"\alpha", CORRECT), ("m", UNDECIDED), (r"2\alpha", UNDECIDED)])
def test_cases_of_a_mean_are_held_against_where_it_is_finite(border, verdict):
    truth = truth_of(problem("x**(-a - 1)", over={"x": "(m, oo)"}, given=["a > 0", "m > 0"]))
    line = rf"E[X^k] = \begin{{cases}} \frac{{a m^k}}{{a-k}} & k < {border} \\ \infty & k \ge {border} \end{{cases}}".replace(r"\alpha", "a")
    assert judge(Claim("a", "pareto", "steps", lines=(r"Z = \frac1{a m^a}", line)), truth).verdict == verdict


@pytest.mark.parametrize(("law", "verdict"), [
    (r"\mathrm{Exp}(\lambda)", CORRECT), (r"\mathrm{Pois}(\lambda)", UNDECIDED), (r"\mathrm{Exp}(2\lambda)", UNDECIDED),
])  # fmt: skip
def test_a_law_before_a_right_formula_is_held_against_it(truths, law, verdict):
    claim = Claim("a", "exponential", "p", rf"X \sim {law}, \quad p(x) = \lambda e^{{-\lambda x}}")
    assert judge(claim, truths["exponential"]).verdict == verdict


def test_a_law_of_unknown_name_before_a_right_formula_stays_open(truths):
    lines = (r"Z = \frac1\lambda", r"X \sim \mathrm{Foo}(\lambda), \quad E[X] = \frac1\lambda")
    assert judge(Claim("a", "exponential", "steps", lines=lines), truths["exponential"]).verdict == UNDECIDED


@pytest.mark.parametrize(("line", "verdict"), [
    (r"\text{Median: } m = \frac{\ln 3}\lambda", WRONG), (r"\text{The mode is } \hat x = 1", WRONG),
    (r"\text{The variance is } v = \frac2{\lambda^2}", WRONG), (r"F(m) = \tfrac12 \Rightarrow m = \frac{\ln 3}\lambda", WRONG),
    (r"F(m) = \tfrac12 \Rightarrow m = \frac{\ln 2}\lambda", CORRECT), (r"F(m) = 1 - e^{-\lambda m} = \tfrac12", UNDECIDED),
])  # fmt: skip
def test_a_value_that_words_give_a_meaning_is_more_than_a_name(truths, line, verdict):
    assert judge(Claim("a", "exponential", "steps", lines=(r"Z = \frac1\lambda", line)), truths["exponential"]).verdict == verdict


@pytest.mark.parametrize(("line", "verdict"), [
    (r"\varphi_X(t) = \frac{e^{itb}-e^{ita}}{it(b-a)}", CORRECT), (r"\varphi_X(t) = \frac{e^{itb}+e^{ita}}{it(b-a)}", UNDECIDED),
    (r"F(x) = \begin{cases} 0 & x < a \\ \frac{x-a}{b-a} & a \le x \le b \\ 1 & x > b \end{cases}", CORRECT),
    (r"F(x) = \begin{cases} 0 & x < a \\ \frac{x-a}{b-a} & a \le x \le b \\ 2 & x > b \end{cases}", UNDECIDED),
])  # fmt: skip
def test_functions_that_custom_gives_a_meaning_are_held_against_it(line, verdict):
    truth = truth_of(problem("1", over={"x": "(a, b)"}, given=["b > a"]))
    assert judge(Claim("a", "uniform", "steps", lines=(r"Z = \int_a^b dx = b-a", line)), truth).verdict == verdict


GOING = (  # where a new variable goes, or a formula
    (r"u \to \infty \text{ as } x \to \infty", CORRECT), (r"u \to 0 \text{ as } x \to \infty", WRONG),
    (r"x e^{-\lambda x} \to 0 \text{ as } x \to \infty", CORRECT), (r"x e^{-\lambda x} \to 1 \text{ as } x \to \infty", WRONG),
    (r"u = \lambda x,\ u \to \infty \text{ as } x \to \infty", CORRECT), (r"u = \lambda x,\quad u \to 0 \text{ as } x \to \infty", WRONG),
    (r"\text{When } x = 0 \text{ we have } u = 0, \text{ and } u \to \infty \text{ as } x \to \infty.", CORRECT),
    (r"\text{When } x = 0,\ u = 0; \text{ as } x \to \infty,\ u \to \infty.", CORRECT),
    (r"\text{When } x = 0,\ u = 0 \text{ and as } x \to \infty,\ u \to 0.", WRONG),
)  # fmt: skip


@pytest.mark.parametrize(("line", "verdict"), GOING)
def test_where_something_goes_is_held_against_its_limit(truths, line, verdict):
    lines = (r"\text{Let } u = \lambda x,\ du = \lambda\,dx.", line, r"Z = \frac1\lambda\int_0^\infty e^{-u}\,du = \frac1\lambda")
    assert judge(Claim("a", "exponential", "steps", lines=lines), truths["exponential"]).verdict == verdict


def test_a_machine_that_is_busy_with_other_things_finds_the_same(truths, monkeypatch):
    hours = count(0, 3600)
    monkeypatch.setattr(time, "monotonic", lambda: next(hours))  # an hour passes between two looks at the clock on the wall
    lines = (INTEGRAL, r"= \sigma\int_{-\infty}^\infty e^{-u^2/2}\,du", r"= \sqrt{2\pi}\,\sigma", r"E[X^4] = \mu^4+6\mu^2\sigma^2+3\sigma^4")
    assert judge(Claim("c", "gauss", "steps", lines=lines), truths["gauss"]).verdict == CORRECT
    wrong = judge(Claim("c", "gauss", "steps", lines=(INTEGRAL, r"= \sigma^2\int_{-\infty}^\infty e^{-u^2/2}\,du")), truths["gauss"])
    assert wrong.verdict == WRONG and wrong.mistake is not None
    assert judge(Claim("c", "poisson", "variance", r"\lambda"), truths["poisson"]).verdict == CORRECT


def test_past_the_end_nothing_more_is_looked_for():
    assert Bench(end=time.monotonic() - 1).over and not Bench().over and not Bench(end=time.monotonic() + 60).over
    x = Symbol("x", positive=True)
    total = Total(exp(-x), x, POSITIVE)
    assert evaluated(total, Facts(), Bench(end=time.monotonic() - 1)) is None and evaluated(total, Facts(), Bench()) == 1
