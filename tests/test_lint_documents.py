"""Densities in documents: what is taken for one, what is read of it, and that nothing right is called wrong."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from derive.lint.documents import Unreadable, densities
from derive.lint.judge import judge
from derive.lint.published import AGREES, NORMALIZED, UNDECIDED, WRONG, Published
from derive.read.files import claimed

HARD = (Path(__file__).parent / "data" / "lint" / "right.md").read_text(encoding="utf-8")


def only(text, path="notes.md"):
    (found,) = densities(text, path)
    return found


# Supports and parameters by hand, from the text.
@pytest.mark.parametrize(("text", "support"), [
    ("The p.d.f. is $f(x)=2e^{-2x}$ for $x>0$.", "Lebesgue(0, oo)"),
    (r"The exponential density is $f(x)=\lambda e^{-\lambda x}$ for $x>0$.", "Lebesgue(0, oo)"),
    (r"Its density on $(0,\infty)$ is $g(x) = \frac{2}{\pi(1+x^2)}$.", "Lebesgue(0, oo)"),
    ("It has density $$f(x) = e^{-|x|}/2$$ on the real line.", "Lebesgue(-oo, oo)"),
    (r"It has density \begin{align} f(x) &= e^{-x^2}/\sqrt\pi, & x\in\mathbb{R} . \end{align}", "Lebesgue(-oo, oo)"),
    (r"The density is $f(x)=\frac{2}{\pi}\sqrt{1-x^2}$ for $|x|<1$.", "Lebesgue(-1, 1)"),
    (r"$$p(x\mid\theta)=\begin{cases} 1/\theta & 0<x<\theta\\ 0 & \text{otherwise}\end{cases}$$", "Lebesgue(0, theta)"),
    (r"$$P(X=k)=e^{-m}\frac{m^k}{k!},\quad k=0,1,2,\dots$$", "Counting(0, oo)"),
    ("Bernoulli: $P(X=x)=p^x(1-p)^{1-x}$ for $x\\in\\{0,1\\}$.", "Atoms(0, 1)"),
    ("The density is $f(x)=2x$ for $0<x<1$ and $f(x)=0$ otherwise.", "Lebesgue(0, 1)"),
    (r"The density is $$\text{Exponential}(y\mid b) = b e^{-by}$$ for $y>0$ and $b>0$.", "Lebesgue(0, oo)"),  # as manuals of programs write
    (r"The normal density: $$\mathsf{StdNormal}(y; m) = e^{-(y-m)^2/2}/\sqrt{2\pi}$$ for $y\in\mathbb{R}$.", "Lebesgue(-oo, oo)"),
])  # fmt: skip
def test_supports_are_read_from_formulas_and_words(text, support):
    assert str(only(text).problem.variables[0].measure) == support


@pytest.mark.parametrize(("text", "why"), [
    (r"A die has $P(X=k)=\frac{1}{10}$ for $k=1,\dots,5$ and $P(X=6)=\frac12$.", "several parts"),
    ("The density is $f(x)=x$ for $0<x<1$ and $f(x)=2-x$ for $1<x<2$.", "several parts"),
    ("The densities are $$\\begin{aligned} f(x) &= e^{-x}, & x>0\\\\ g(x) &= 1/2, & 0<x<2\\end{aligned}$$", "several parts"),
    ("The density is\n\n$$f(x)=\\tfrac12 e^{-x}, \\quad x>0$$\n\n$$f(x)=\\tfrac12 e^{x}, \\quad x<0$$", "several parts"),
    (r"$$P(X=k)=\frac14, \quad k=1,2 \quad\text{and } k\ge 7$$", "several parts"),
    (r"A normal density $f(x)=\frac{1}{\sqrt{2\pi}}e^{-x^2/2}$ for $x\in\mathbb{R}$, truncated to $x>0$.", "support is of a kind"),
    ("Let $a=2$. The density is $g(x)=a x^{a-1}/3$ for $0<x<1$.", "a is defined"),
    ("The density $f(x)=c x^2$, $0<x<1$, has a constant.", "constant that normalizes it"),
    ("It has density $f(x)=e^{A-x}$ for $x>0$.", "constant that normalizes it"),
    ("Its density is $p(k)=2^{-k}$ for $k=0$ and $k\\ge3$.", "support is of a kind"),
    (r"The exponential density is $f(x)=\lambda e^{-\lambda x}$.", "support is not stated"),
    ("The joint density is $f(x, y) = e^{-x-y}$ for $x>0$, $y>0$.", "several variables"),
    ("The weights $p_N(n)=2^{-n}$ for $n\\ge1$ are normalized.", "whether n is a whole number"),
])  # fmt: skip
def test_what_is_not_certain_is_not_read(text, why):
    found = densities(text, "notes.md")
    assert found and all(isinstance(f, Unreadable) and why in f.why for f in found)


@pytest.mark.parametrize("text", [
    "The function $f(x)=x^2$ for $0<x<1$ is convex.", "The unnormalized density is $f(x)=e^{-x^2}$ for real $x$.",
    r"The density on the disk is $f(r)=\frac1\pi$ for $0<r<1$.", "The likelihood of a density is $f(x)=x$ for $x>0$.",
    "The density is proportional to $f(x)=e^{-x}$, $x>0$... up to a constant.", "Find $c$ so that $f(x)=cx$, $0<x<1$, is a density.",
    "The density of $Y=g(X)$, where $g(x)=x^2$ for $x>0$, is known.", "The density is $f(x)=e^{-x^2}/\\sqrt\\pi$ for $x>0$ and symmetric.",
    "We set $f(x;a)=x^a$ and $f_A(x)=x$ for $x>0$.", r"The Jeffreys prior has density $p(\sigma)=1/\sigma$ for $\sigma>0$.",
    "The Lévy density is $f(x)=e^{-x}/x$ for $x>0$.",
    "Let $P(x)=1-e^{-x}$ for $x>0$, with density to follow.",
    "See the pdf file, where $f(x)=x$ for $0<x<1$.",
    "We have $P(N=n)=2^{-n}/4$ for $n=1,2,\\dots$ with probability mass remaining at 0.",
    "The spectral density is $f(x)=1/(1+x^2)$ for $x>0$.", r"It has density $f(x) \propto e^{-x^2}$ for $x > 0$.",
])  # fmt: skip
def test_what_claims_no_mass_is_left_alone(text):
    assert densities(text, "notes.md") == []


def test_a_condition_of_another_sentence_is_no_support():
    text = r"""It has the Gaussian density
\[ f_X(x) = \frac{1}{\sqrt{2\pi}} e^{-x^2/2} \]
on the real line.

The Rayleigh density is
\[ f(x) = x e^{-x^2/2}, \quad x \ge 0 \]
The Cauchy density is
\[ g(x) = \frac{1}{\pi(1+x^2)}, \quad x\in\mathbb{R} \]
"""
    assert [str(d.problem.variables[0].measure) for d in densities(text, "a.tex")] == ["Lebesgue(-oo, oo)", "Lebesgue(0, oo)", "Lebesgue(-oo, oo)"]


def test_a_missing_condition_is_no_error():
    found = judge(only(r"The geometric law is $P(X=k)=p(1-p)^{k}(2-p)/(2-p)$ for $k=0,1,2,\dots$"), 10)
    assert found.verdict != WRONG
    found = judge(only("Its density is $f(x) = -c e^{cx}$ for $x>0$."), 10)  # right for c < 0, and c > 0 suits its use
    assert found.verdict == UNDECIDED and "condition on the parameters may be missing" in found.detail


# The masses by hand: sigma**2, and 1/2 by the Gamma integral.
@pytest.mark.parametrize(("text", "mass", "kind"), [
    (r"The Rayleigh density is $$f(x)=x e^{-x^2/(2\sigma^2)}$$ for $x\ge 0$ and $\sigma>0$.", "sigma**2", "missing-factor"),
    (r"The Laplace density is $f(x)=\frac12 e^{-x}$ for $x>0$.", "1/2", "missing-factor"),
])  # fmt: skip
def test_errors_are_told_with_their_cause(text, mass, kind):
    found = judge(only(text), 15)
    assert (found.verdict, found.mass, found.cause.kind) == (WRONG, mass, kind)


def test_the_command_names_file_and_line(tmp_path):
    (tmp_path / "notes.tex").write_text("Words.\n\nThe density is\n\\[ f(x) = 2e^{-x}, \\quad x > 0. \\]\n", encoding="utf-8")
    command = [sys.executable, "-m", "derive", "lint", "notes.tex", "--jobs", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and done.stdout.startswith("notes.tex:4: f(x): not-normalized.")


# What is wrong with them was planted: by line, or by name; the others are right.
PLANTED = {"zoo.tex": {10, 16, 22, 28}, "handout.md": {9, 17, 21}, "seven.toml": {"kumaraswamy", "geometric", "bivariate-normal", "weibull-cdf"}}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PLANTED))
def test_planted_errors_are_found_and_nothing_else(name):
    path = Path(__file__).parent / "data" / "lint" / name
    every = [Published(p) for p in claimed(str(path))] if name.endswith("toml") else densities(path.read_text(encoding="utf-8"), name)
    found = [judge(one, 20) for one in every]
    assert {f.line or f.id for f in found if f.verdict == WRONG} == PLANTED[name]
    assert {f.verdict for f in found} <= {WRONG, NORMALIZED, AGREES} and len(found) == {"seven.toml": 7}.get(name, 9)


# 1/2 + 1/2 by hand, and twice that; the second with a substitution |x| = 1 + t/l.
@pytest.mark.parametrize(("text", "verdict"), [
    (r"A symmetric density on $(-\infty,-1)\cup(1,\infty)$ is $f(x) = \frac{1}{2x^2}$.", NORMALIZED),
    (r"The density on $(-\infty,-1)\cup(1,\infty)$ is $f(x) = \frac{1}{x^2}$.", WRONG),
    (r"Let $l>0$. The density is $f(x) = \frac{l}{2} e^{-l(|x|-1)}$ for $|x|>1$.", NORMALIZED),
    (r"The density is $f(x) = \frac14$ for $1<|x|<3$.", NORMALIZED),
    (r"The density is $f(x) = \frac{b}{2x^2}$ for $|x|\ge b$, where $b>0$.", NORMALIZED),
    (r"The density is $f(x) = \frac12$ for $x\in[0,1]\cup[2,3]$.", NORMALIZED),
    (r"The density is $f(x) = 1$ for $x\in[0,1]\cup[2,3]$.", WRONG),
    (r"The density is $f(x) = \frac{1}{2(b-a)}$ for $x\in(-b,-a)\cup(a,b)$, where $0<a<b$.", NORMALIZED),
    (r"The density is $f(x) = \frac{1}{b-a}$ for $x\in(a,b)\cup(-b,-a)$, where $0<a<b$.", WRONG),
    (r"The density is $f(x) = \frac{a}{2x^2}$ on $(-\infty,-a)\cup(a,\infty)$ for $a>0$.", NORMALIZED),
    (r"For $b>0$ the density is $$f(x) = \frac{2x}{b^2}\,\mathbf{1}_{[0,b]}(x).$$", NORMALIZED),
    (r"For $\gamma>0$ the density is $$f(x) = \frac{1}{\pi\gamma[1+(x/\gamma)^2]}\,\mathbb{1}_{\{x>0\}}.$$", WRONG),  # 1/2
    (r"The logarithmic mass function is $$p(n) = \frac{\theta^n}{-n\log(1-\theta)}$$ for $n=0,1,2,\dots$ and $0<\theta<1$.", WRONG),  # 1/0
])  # fmt: skip
def test_supports_with_a_gap_and_quotients_by_zero(text, verdict):
    assert judge(only(text), 15).verdict == verdict


@pytest.mark.parametrize("text", [
    r"The density is $f(x) = 1$ for $x\in[0,1]\cup[a,3]$.", r"The density is $f(x) = 1$ for $x\in[0,2]\cup[1,3]$.",
    r"The density is $f(x) = \frac{c}{x^2}$ for $|x|>1$.",
])  # fmt: skip
def test_gaps_that_are_not_certain_are_not_read(text):
    assert isinstance(only(text), Unreadable)


def test_each_definition_of_a_catalogue_is_a_density_of_its_own():
    head = r"\begin{definition} For $a>0$ the density is \[ f(x) = %s, \quad x > 0. \] \end{definition}" + "\n"
    read = densities(head % r"ae^{-ax}" + head % r"\frac{a}{(1+x)^{a+1}}", "catalogue.tex")
    assert not [one for one in read if isinstance(one, Unreadable)] and [one.line for one in read] == [1, 2]


@pytest.mark.parametrize("items", [
    r"\item[(a)] $P(X=k)=\frac{1}{10}$ for $k=1,\dots,5$, \item[(b)] $P(X=k)=\frac{1}{2}$ for $k=6$.",
    r"\item[Weekdays] $P(X=k)=\frac{1}{10}$ for $k=1,\dots,5$, \item[Sunday] $P(X=k)=\frac{1}{2}$ for $k=6$.",
    r"\item \textbf{Weekdays:} $P(X=k)=\frac{1}{10}$ for $k=1,\dots,5$ \item \textbf{Weekend:} $P(X=k)=\frac14$ for $k=6,7$",
    r"\item \textbf{Left:} the density is $f(x)=x$ for $0<x<1$ \item \textbf{Right:} $f(x)=2-x$ for $1<x<2$.",
])  # fmt: skip
def test_parts_of_one_density_in_a_list_are_none_of_their_own(items):
    found = densities(rf"The law of $X$: \begin{{itemize}} {items} \end{{itemize}}", "a.tex")
    assert found and all(isinstance(one, Unreadable) for one in found)


@pytest.mark.slow
def test_right_densities_that_are_hard_are_never_called_wrong():
    found = [d for d in densities(HARD, "right.md") if not isinstance(d, Unreadable)]
    verdicts = [judge(d, 10).verdict for d in found]
    assert WRONG not in verdicts and verdicts.count(NORMALIZED) >= 25 and len(re.findall("(?m)^[A-Z]", HARD)) >= len(found)
