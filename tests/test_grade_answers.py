"""Final answers as people write them: in plain text, under other names, with words and supports beside them, with zeros below."""

from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem
from derive.read.files import loads

PROBLEMS = {
    "rate": ("exp(-a*x)", {"x": "[0, oo)"}, ["a > 0"]),
    "normal": ("exp(-x**2/(2*s**2))", {"x": "(-oo, oo)"}, ["s > 0"]),
    "either": ("exp(-x**2/(2*s**2))", {"x": "(-oo, oo)"}, ["s real", "s != 0"]),
    "tail": ("exp(-x**2/2)", {"x": "(c, oo)"}, ["c real"]),
    "three": ("q**k", {"k": "{0, 1, 2}"}, ["q > 0"]),
    "steps": ("q**(k - 1)", {"k": "ZZ[1, oo]"}, ["q > 0", "q < 1"]),
    "tilted": ("exp(b*x - a*Abs(x))", {"x": "(-oo, oo)"}, ["a > 0", "b real"]),
    "gamma": ("x**(n - 1)*exp(-x)", {"x": "(0, oo)"}, ["n > 0"]),
    "even": ("(1 - x**2)**m", {"x": "(-1, 1)"}, ["m > 0"]),
    "two": ("Piecewise((exp(b*x), x < 0), (exp(-a*x), True))", {"x": "(-oo, oo)"}, ["a > 0", "b > 0"]),
    "scale": ("x**(k - 1)*exp(-x/theta)", {"x": "(0, oo)"}, ["k > 0", "theta > 0"]),
    "harmonic": ("1/k", {"k": "ZZ[1, n]"}, ["n integer, positive"]),
    "logarithmic": ("p**k/k", {"k": "ZZ[1, oo]"}, ["p > 0", "p < 1"]),
    "simplex": ("1", {"x": "(0, 1)", "y": "(0, 1 - x)"}, []),
    "lattice": ("q**Abs(k)", {"k": "ZZ[-oo, oo]"}, ["q > 0", "q < 1"]),
    "shifted": ("exp(-a*x**2 - b*x)", {"x": "(-oo, oo)"}, ["a > 0", "b real"]),
}
TABLE = [
    ("normal", "p", "p(x) = exp(-x^2/(2s^2))/(s sqrt(2 pi))", CORRECT, ()),
    ("normal", "p", "f(x) = (1/(s√(2π))) e^(−x²/(2s²))", CORRECT, ()),
    ("normal", "p", "p(x) = exp(-x^2/(2s^2))/sqrt(2 pi s)", WRONG, ()),
    ("normal", "p", r"\frac1s\,\varphi\left(\frac xs\right)\text{ where }\varphi\text{ is the standard normal density}", CORRECT, ()),
    ("rate", "p", "a e^(-a x) for x >= 0, and 0 otherwise", CORRECT, ()),
    ("rate", "p", r"f_T(t) = a e^{-at},\quad t \ge 0", CORRECT, ()),
    ("rate", "p", r"p(x)\,dx = a e^{-ax}\,dx", CORRECT, ()),
    ("rate", "p", r"a e^{-ax},\ x\in\mathbb{R}", WRONG, ()),
    ("rate", "p", r"\begin{cases} a e^{-ax} & x > -1 \\ 0 & \text{otherwise} \end{cases}", WRONG, ()),
    ("steps", "p", r"(1-q) q^{k-1},\ k = 0, 1, 2, \dots", WRONG, ()),
    ("steps", "p", r"(1-q) q^{k-1},\ k \in \mathbb{N}", CORRECT, ()),
    ("rate", "Z", r"c = \frac1Z = a", CORRECT, ()),
    ("rate", "Z", "C = a", CORRECT, ()),
    ("normal", "Z", r"Z = \sqrt{2\pi}\,s \approx 2.51\,s", CORRECT, ()),
    ("normal", "Z", r"Z = \sqrt{2\pi}\,s \approx 2.61\,s", WRONG, ()),
    ("rate", "Z", r"C = \frac1a", UNDECIDED, ()),
    ("rate", "Z", "C = 2a", WRONG, ()),
    ("rate", "Z", r"Z \propto \frac1a", UNDECIDED, ()),
    ("either", "Z", r"-\sqrt{2\pi}\,s", WRONG, ()),
    ("either", "Z", r"-\sqrt{2\pi}\,s,\quad s < 0", CORRECT, ("s < 0",)),
    ("tail", "Z", r"\sqrt{2\pi}\,(1-\Phi(c))\text{, where }\Phi\text{ is the standard normal cdf}", CORRECT, ()),
    ("tail", "Z", r"\sqrt{2\pi}\,(1-\Phi(c))\text{, where }\Phi\text{ is the golden ratio}", UNDECIDED, ()),
    ("three", "Z", r"\frac{1-q^3}{1-q}", CORRECT, ("Ne(q, 1)",)),
    ("steps", "Z", r"\frac{1}{1-q}", CORRECT, ()),
    ("tilted", "Z", r"\frac{2a}{a^2-b^2}", CORRECT, ("a > Abs(b)",)),
    ("gamma", "Z", r"(n-1)(n-2)\,\Gamma(n-2)", CORRECT, ("Ne(n, 2)", "Ne(n, 1)")),
    ("gamma", "Z", r"\prod_{j=1}^{n-1} j", CORRECT, ("Eq(n, floor(n))",)),
    ("even", "Z", r"\frac{2\,(2m)!!}{(2m+1)!!}", CORRECT, ("Eq(m, floor(m))",)),
    ("even", "Z", r"\pi\,\frac{(2m-1)!!}{(2m)!!}", WRONG, ()),
    ("harmonic", "Z", r"\psi(n+1)+\gamma\text{, where }\gamma\text{ is Euler's constant}", CORRECT, ()),
    ("logarithmic", "p", r"p_k = -\frac{p^k}{k\,\ln(1-p)}", CORRECT, ()),
    ("simplex", "p", r"2\cdot\mathbf 1\{x, y > 0,\ x + y < 1\}", CORRECT, ()),
    ("simplex", "p", r"2\cdot\mathbf 1\{y > 0,\ x + y < 1\}", UNDECIDED, ()),  # x may be negative
    ("simplex", "p", r"2,\ 0 < x < 1,\ 0 < y < 1", UNDECIDED, ()),
    ("steps", "p", r"P(K = k) = (1-q) q^{k-1}", CORRECT, ()),
    ("steps", "p", r"(1-q) q^{k-1},\ k = 1, 3, 2, \dots", UNDECIDED, ()),
    ("rate", "Z", r"\frac1a\Bigl[e^{-u}\Bigr]_{2u=\infty}^{0}", UNDECIDED, ()),
    ("steps", "p", r"P(2K = k) = (1-q) q^{k-1}", UNDECIDED, ()),
    ("steps", "p", r"P(q = k) = (1-q) q^{k-1}", UNDECIDED, ()),
    ("rate", "p", r"P(X = x) = a e^{-ax}", CORRECT, ()),
    ("rate", "p", r"P(X = 1) = a e^{-a}", UNDECIDED, ()),
    ("rate", "Z", r"Z(2a) = \frac1a", UNDECIDED, ()),  # it is 1/(2a)
    ("rate", "Z", r"Z(a) = \frac1a", CORRECT, ()),
    ("rate", "Z", r"Z(a^2) = \frac1a", UNDECIDED, ()),  # it is 1/a²
    ("normal", "Z", r"Z(s^2) = \sqrt{2\pi}\,s", CORRECT, ()),  # the kernel is one in s², and Z(σ²) is how it is written
    ("normal", "Z", r"Z(s^2) = \sqrt{2\pi}\,s^2", WRONG, ()),
    ("normal", "Z", r"Z(4s^2) = \sqrt{2\pi}\,s", UNDECIDED, ()),
    ("rate", "Z", r"\frac1a\text{ is false}", UNDECIDED, ()),
    ("rate", "Z", r"\frac1a\text{ (diverges)}", UNDECIDED, ()),
    ("rate", "Z", r"Z = \frac1a \ne \frac1a", UNDECIDED, ()),
    ("rate", "p", r"a e^{-ax}\text{, a Poisson density}", UNDECIDED, ()),
    ("rate", "p", r"a e^{-ax}\text{ on the whole line}", UNDECIDED, ()),
    ("rate", "p", r"X\mid X>1 \sim \mathrm{Exp}(a)", UNDECIDED, ()),
    ("rate", "mean", r"\frac1a\text{ is the median}", UNDECIDED, ()),
    ("rate", "mean", r"\text{median}=\frac1a", UNDECIDED, ()),
    ("rate", "cdf", r"F(2x) = 1-e^{-ax}", UNDECIDED, ()),
    ("rate", "cdf", r"P(X \le x^2) = 1-e^{-ax}", UNDECIDED, ()),
    ("rate", "cdf", r"F_X(x) = 1-e^{-ax}", CORRECT, ()),
]
MISTAKES = [
    ("two", "Z", r"\frac{1}{a+b}", "algebra"),
    ("even", "Z", r"B(\tfrac12, m)", "off-by-one-gamma"),
    ("tail", "Z", r"\sqrt{2\pi}\,\Phi(c)", "wrong-domain"),
    ("scale", "p", r"\frac{\theta^k}{\Gamma(k)} x^{k-1} e^{-\theta x}", "reciprocal"),
    ("normal", "p", r"\frac{1}{\sqrt{2\pi s}} e^{-x^2/(2s)}", "variance-vs-standard-deviation"),
    ("normal", "p", r"\frac{1}{s\sqrt{\pi}} e^{-x^2/(2s^2)}", "lost-constant"),
    ("rate", "p", r"a e^{-ax},\ x > -1", "wrong-domain"),
    ("lattice", "Z", r"\frac{2}{1-q}", "wrong-domain"),
    ("even", "Z", r"\frac{\sqrt\pi\,\Gamma(m+1)}{\Gamma(m+\frac12)}", "off-by-one-gamma"),
    ("shifted", "Z", r"\sqrt{\frac a\pi}\,e^{b^2/(4a)}", "reciprocal"),
    ("shifted", "Z", r"\sqrt{\frac\pi a}\,e^{b^2/4}", "missing-factor"),
    ("shifted", "Z", r"\sqrt{\frac\pi a}\,e^{b/(4a)}", "wrong-power"),
]


@pytest.fixture(scope="module")
def truths():
    return {name: truth_of(problem(kernel, over=over, given=given), 10) for name, (kernel, over, given) in PROBLEMS.items()}


@pytest.mark.parametrize(("which", "kind", "text", "verdict", "conditions"), TABLE)
def test_verdicts(truths, which, kind, text, verdict, conditions):
    found = judge(Claim("a", which, kind, text), truths[which])
    assert (found.verdict, found.conditions) == (verdict, conditions), found.detail


@pytest.mark.parametrize(("which", "kind", "text", "mistake"), MISTAKES)
def test_mistakes(truths, which, kind, text, mistake):
    found = judge(Claim("a", which, kind, text), truths[which])
    assert found.mistake is not None and found.mistake.kind == mistake


@pytest.mark.slow
def test_usual_mistakes_are_told_as_one_of_their_names():
    text = (Path(__file__).parent / "data" / "mistakes_usual.toml").read_text(encoding="utf-8")
    truths = {p.id: truth_of(p, 10) for p in loads(text)}
    bare = [(c, Claim(c.id, c.problem, c.kind, c.text, lines=c.lines)) for c in claims(text, "")[::2]]
    found = [(known, judge(claim, truths[claim.problem])) for known, claim in bare]
    assert {j.verdict for _, j in found} == {WRONG}
    named = [(j.mistake.kind, {known.answers["mistake"], *known.answers.get("note", "").split()}) for known, j in found if j.mistake]
    assert len(named) >= 0.97 * len(found) and sum(kind not in names for kind, names in named) <= 3  # these have a third good name


def test_the_factor_of_a_density_is_told_as_its_own(truths):
    half = judge(Claim("a", "rate", "p", r"\frac{a}{2} e^{-ax}"), truths["rate"]).mistake
    double = judge(Claim("a", "rate", "p", r"2a e^{-ax}"), truths["rate"]).mistake
    assert (half.factor, double.factor) == ("1/2", "2")
    assert (half.detail, double.detail) == ("the factor 2 is missing", "it is 2 times too large")


def test_the_chance_of_one_place_on_an_interval_is_0(truths):
    assert judge(Claim("a", "rate", "steps", lines=("Z = 1/a", "P(X=1)=0")), truths["rate"]).verdict == CORRECT
    left = judge(Claim("a", "rate", "steps", lines=("Z = 1/a", "P(X=1)=a e^{-a}")), truths["rate"])
    assert left.lines[1].detail == "P(X = c) is 0 for a variable that is continuous; write p(c) for its density there"


@pytest.mark.parametrize("line", ["P(X=1)=a e^{-a}", r"\Pr(X = 0) = a", "P(x = 2)=a e^{-2a}", "P(N=0)=e^{-a}"])
def test_the_chance_of_one_place_on_an_interval_is_no_value_of_the_density(truths, line):
    assert judge(Claim("a", "rate", "steps", lines=("Z = 1/a", line)), truths["rate"]).verdict == UNDECIDED
    assert judge(Claim("a", "rate", "steps", lines=("Z = 1/a", "p(1) = a e^{-a}")), truths["rate"]).verdict == CORRECT


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [(("Z = 1/a", "F(x) = 1 - e^{-ax}"), CORRECT), (("Z = 1/a", "F(x) = e^{-ax}"), UNDECIDED),
     (("F(x) = -e^{-ax}/a", r"Z = \lim_{x\to\infty} F(x) - F(0)", "= 1/a"), CORRECT)],
)  # fmt: skip
def test_a_lone_F_is_held_against_the_distribution_function(truths, lines, verdict):
    assert judge(Claim("a", "rate", "steps", lines=lines), truths["rate"]).verdict == verdict


SPOKEN = (  # the last line of a derivation, of which no line speaks again, and whether it is right
    (r"\text{The mean is } 1/a", CORRECT), (r"\text{Mean: } 1/a", CORRECT), (r"\text{The standard deviation is } 1/a", CORRECT),
    (r"\text{Variance: } 1/a", WRONG), (r"\text{The standard deviation is } 2/a", WRONG),
    (r"\text{The coefficient of variation is } a", UNDECIDED), (r"\text{the third moment is } 1/a", UNDECIDED),
    (r"\text{IQR}=\frac{\ln 3}a", UNDECIDED), (r"\operatorname{median}=5", WRONG), (r"x_{\text{med}}=1/a", UNDECIDED), (r"\bar X=5", UNDECIDED),
    (r"\text{The mode is at } x=3", UNDECIDED), (r"\text{mode } x_m=3", WRONG), (r"\text{the density is largest at } x=2/a", UNDECIDED),
    (r"\text{The mean does not exist.}", UNDECIDED), (r"\text{Hence } X \text{ is normal.}", UNDECIDED),
    (r"\text{so } X \text{ is exponential with rate } 2a", WRONG), (r"\text{This is an exponential density (mean } 5\text{)}", UNDECIDED),
    (r"X\mid X>1\sim\mathrm{Exp}(a)", UNDECIDED), (r"p(x\mid x>1)=ae^{-ax}", UNDECIDED), (r"f_{X\mid X>1}(x)=ae^{-ax}", UNDECIDED),
    (r"\text{Fisher information } I=\frac1a", UNDECIDED), (r"\gamma_1=\frac1a", UNDECIDED), (r"T=5", UNDECIDED), (r"R(t)=e^{-2at}", UNDECIDED),
    (r"\text{Let } c=5", CORRECT), (r"\text{by the definition of } \Gamma", CORRECT),
)  # fmt: skip


@pytest.mark.parametrize(("line", "verdict"), SPOKEN)
def test_what_words_say_a_formula_is_has_to_be_established(truths, line, verdict):
    found = judge(Claim("a", "rate", "steps", lines=("Z = 1/a", line)), truths["rate"])
    assert found.verdict == verdict, found.lines


@pytest.mark.parametrize(("u", "verdict"), [(r"\frac{x}{s}", CORRECT), (r"\frac{x}{2s}", WRONG), (r"\frac{x^2}{2s^2}", UNDECIDED)])
def test_a_substitution_has_to_lead_from_one_integral_to_the_other(truths, u, verdict):
    said = rf"Z = \int_{{-\infty}}^\infty e^{{-x^2/(2s^2)}}\,dx = s\int_{{-\infty}}^\infty e^{{-u^2/2}}\,du = s\sqrt{{2\pi}},\quad u = {u}"
    assert judge(Claim("a", "normal", "steps", lines=(said,)), truths["normal"]).verdict == verdict


@pytest.mark.parametrize(("x", "verdict"), [(r"u^2", CORRECT), (r"u", UNDECIDED)])
def test_so_has_one_by_the_variable_itself(truths, x, verdict):
    said = rf"\text{{Substituting }} x = {x}:\quad Z = 2\int_0^\infty u\,e^{{-au^2}}\,du = \frac1a"
    assert judge(Claim("a", "rate", "steps", lines=(said,)), truths["rate"]).verdict == verdict


def test_a_factorial_that_may_rise_or_fall_leaves_an_answer_open(truths):
    found = judge(Claim("a", "scale", "Z", r"\frac{\theta^k\,\Gamma(k+3)}{(k)_3}"), truths["scale"])
    assert found.verdict == UNDECIDED and "rising" in found.detail
    assert judge(Claim("a", "scale", "Z", r"2\frac{\theta^k\,\Gamma(k+3)}{(k)_3}"), truths["scale"]).verdict == WRONG
