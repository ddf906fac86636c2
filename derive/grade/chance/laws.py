"""Laws by the names that people give them: for each way in which books count the parameters, the kernel, the support and what each parameter is.

Sources: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, vols. 1 and 2 (1994, 1995); N. L. Johnson, A. W. Kemp
and S. Kotz, Univariate Discrete Distributions (2005). That books differ is why a name alone refutes nothing that one of the ways makes right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy import Abs, Expr, Piecewise, Rational, S, Symbol, binomial, exp, factorial, log, oo

from derive.grade.writing.segments import GAP
from derive.language.totals import Atoms, Counting, Lebesgue, Measure

HALF_LINE, LINE, UNIT = Lebesgue(0, oo), Lebesgue(-oo, oo), Lebesgue(0, 1)
FROM_0, FROM_1 = Counting(0, oo), Counting(1, oo)
Kernel = Callable[..., tuple[Expr, Measure]]


@dataclass(frozen=True)
class Way:
    """One way to count a law's parameters: what each is, in order, and the kernel with its support as a function of x and them.

    `customary`: it may be meant where nothing else is said.
    """

    roles: tuple[str, ...]
    kernel: Kernel
    customary: bool = True


@dataclass(frozen=True)
class Law:
    """A law: a pattern for its name, and the ways to count its parameters."""

    words: str
    ways: tuple[Way, ...]


def normal(x: Expr, m: Expr, v: Expr) -> Expr:
    return exp(-((x - m) ** 2) / (2 * v))


def student(x: Expr, n: Expr, m: Expr = S.Zero, s: Expr = S.One) -> Expr:
    return (1 + ((x - m) / s) ** 2 / n) ** (-(n + 1) / 2)


def chance(x: Expr, p: Expr) -> Expr:
    """p at 1 and 1 − p at 0."""
    return Piecewise((p, x > Rational(1, 2)), (1 - p, True))


LAWS = (
    Law(r"inverse[- ]gamma|inv(?:erse)?[- ]?gamma|IG|InvGamma", (
        Way(("shape", "scale"), lambda x, a, b: (x ** (-a - 1) * exp(-b / x), HALF_LINE)),)),
    Law(r"gamma|gam|Ga", (
        Way(("shape", "rate"), lambda x, a, b: (x ** (a - 1) * exp(-b * x), HALF_LINE)),
        Way(("shape", "scale"), lambda x, a, b: (x ** (a - 1) * exp(-x / b), HALF_LINE)))),
    Law(r"erlang", (Way(("shape", "rate"), lambda x, a, b: (x ** (a - 1) * exp(-b * x), HALF_LINE)),)),
    Law(r"beta|Be", (Way(("shape", "shape"), lambda x, a, b: (x ** (a - 1) * (1 - x) ** (b - 1), UNIT)),)),
    Law(r"normal|gaussian|N", (
        Way(("mean", "variance"), lambda x, m, v: (normal(x, m, v), LINE)),
        Way(("mean", "standard deviation"), lambda x, m, s: (normal(x, m, s**2), LINE), customary=False),
        Way(("mean", "precision"), lambda x, m, t: (normal(x, m, 1 / t), LINE), customary=False))),
    Law(r"exponential|exp|expon", (
        Way(("rate",), lambda x, r: (exp(-r * x), HALF_LINE)),
        Way(("mean",), lambda x, r: (exp(-x / r), HALF_LINE)))),
    Law(r"log-?normal", (
        Way(("mean", "variance"), lambda x, m, v: (normal(log(x), m, v) / x, HALF_LINE)),
        Way(("mean", "standard deviation"), lambda x, m, s: (normal(log(x), m, s**2) / x, HALF_LINE), customary=False))),
    Law(r"weibull", (
        Way(("shape", "scale"), lambda x, k, c: (x ** (k - 1) * exp(-((x / c) ** k)), HALF_LINE)),
        Way(("scale", "shape"), lambda x, c, k: (x ** (k - 1) * exp(-((x / c) ** k)), HALF_LINE)))),
    Law(r"rayleigh", (Way(("scale",), lambda x, s: (x * exp(-(x**2) / (2 * s**2)), HALF_LINE)),)),
    Law(r"student(?:'s)?[- ]t|t", (
        Way(("degrees of freedom",), lambda x, n: (student(x, n), LINE)),
        Way(("degrees of freedom", "location", "scale"), lambda x, n, m, s: (student(x, n, m, s), LINE), customary=False))),
    Law(r"cauchy", (Way(("location", "scale"), lambda x, m, g: (1 / (1 + ((x - m) / g) ** 2), LINE)),)),
    Law(r"laplace", (Way(("location", "scale"), lambda x, m, b: (exp(-Abs(x - m) / b), LINE)),)),
    Law(r"logistic", (Way(("location", "scale"), lambda x, m, s: (exp(-(x - m) / s) / (1 + exp(-(x - m) / s)) ** 2, LINE)),)),
    Law(r"gumbel", (Way(("location", "scale"), lambda x, m, b: (exp(-(x - m) / b - exp(-(x - m) / b)), LINE)),)),
    Law(r"chi-?squared?", (Way(("degrees of freedom",), lambda x, k: (x ** (k / 2 - 1) * exp(-x * Rational(1, 2)), HALF_LINE)),)),
    Law(r"pareto", (
        Way(("shape", "scale"), lambda x, a, m: (x ** (-a - 1), Lebesgue(m, oo))),
        Way(("scale", "shape"), lambda x, m, a: (x ** (-a - 1), Lebesgue(m, oo))))),
    Law(r"uniform|unif|U", (Way(("low", "high"), lambda x, a, b: (S.One, Lebesgue(a, b))),)),
    Law(r"bernoulli|bern|ber", (Way(("chance",), lambda x, p: (chance(x, p), Atoms(0, 1))),)),
    Law(r"poisson|poi|pois", (Way(("rate",), lambda x, r: (r**x / factorial(x), FROM_0)),)),
    Law(r"negative binomial|negbin|nb", (
        Way(("successes", "chance"), lambda x, r, p: (binomial(x + r - 1, x) * (1 - p) ** x, FROM_0)),
        Way(("successes", "chance of failure"), lambda x, r, p: (binomial(x + r - 1, x) * p**x, FROM_0)))),
    Law(r"binomial|binom|bin", (Way(("trials", "chance"), lambda x, n, p: (binomial(n, x) * (p / (1 - p)) ** x, Counting(0, n))),)),
    Law(r"hypergeometric|hypergeom|hypergeo|hyper|hyp|HG", (
        Way(("population", "marked", "draws"), lambda x, n, m, d: (binomial(m, x) * binomial(n - m, d - x), Counting(0, d))),
        Way(("draws", "marked", "population"), lambda x, d, m, n: (binomial(m, x) * binomial(n - m, d - x), Counting(0, d)), customary=False))),
    Law(r"geometric|geom|geo", (
        Way(("chance",), lambda x, p: ((1 - p) ** x, FROM_0)),
        Way(("chance",), lambda x, p: ((1 - p) ** x, FROM_1)))),
)  # fmt: skip
WORD = "|".join(f"(?:{law.words})" for law in LAWS)

SPACES = re.compile(r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|~|\s)+")
BEFORE_EQUALS = re.compile(r"(?<![\\&])(?:\\[,;:!])+(?=\s*:?=)")
MANY = 40  # characters of blanks
LONGEST = 2_000  # characters of a text that names a law
SET = r"\\(?:mathrm|operatorname|text|mathcal|textrm|mathsf|textsf|mathbf)\s*\*?\s*"
NAME = rf"(?:{SET}\{{\s*(?P<set>{WORD})\s*\}}|\\mathcal\s+(?P<cal>[NU])|(?P<bare>{WORD}))"
ROLES = {  # what words call a parameter
    "shape": r"shape", "rate": r"(?:inverse\s+scale|rate|intensity)", "scale": r"scale", "mean": r"(?:mean|expectation)",
    "variance": r"var(?:iance)?",
    "standard deviation": r"(?:standard\s+deviation|std\.?|sd|s\.d\.)", "precision": r"precision", "location": r"(?:location|centre|center)",
    "degrees of freedom": r"(?:degrees\s+of\s+freedom|d\.?f\.?)", "chance": r"(?:(?:success\s+)?probability|chance|prob\.?)", "trials": r"trials",
}  # fmt: skip
SAYS = re.compile(rf"^{GAP}(?:{SET}\{{)?\s*(?P<role>{'|'.join(ROLES.values())})(?![A-Za-z])\s*=?\s*\}}?{GAP}=?{GAP}", re.IGNORECASE)


def collapsed(text: str) -> str:
    r"""A text with one blank for very many: patterns with spaces at several places would try every way to share them.

    >>> collapsed(r"Z = \," + r"\, " * 1000 + "1"), collapsed("X ~ Exp(b)")
    ('Z = 1', 'X ~ Exp(b)')
    """
    return BEFORE_EQUALS.sub("", SPACES.sub(lambda blanks: blanks[0] if len(blanks[0]) < MANY else " ", text)).strip()


def law_named(name: str) -> Law | None:
    """The law of a name."""
    return next((law for law in LAWS if re.fullmatch(law.words, name, re.IGNORECASE)), None)


def ways_of(name: str, count: int) -> Iterator[Way]:
    """The ways in which a name with so many parameters may be meant.

    >>> [way.roles for way in ways_of("Gamma", 2)]
    [('shape', 'rate'), ('shape', 'scale')]
    """
    for law in LAWS:
        if re.fullmatch(law.words, name, re.IGNORECASE):
            yield from (way for way in law.ways if len(way.roles) == count)


def kernels_of(name: str, x: Symbol, arguments: tuple[Expr, ...], customary: bool = False) -> Iterator[tuple[Expr, Measure]]:
    """The kernels that a name may mean at these parameters, where it may say what they are: "gamma[,rate]"; or only what is meant by custom."""
    name, _, said = name.partition("[")
    roles = said.rstrip("]").split(",") if said else [""] * len(arguments)
    for way in ways_of(name, len(arguments)):
        if all(role in ("", own) for role, own in zip(roles, way.roles, strict=True)) and (way.customary or said or not customary):
            yield way.kernel(x, *arguments)


def role_named(words: str) -> str:
    """What words say that a parameter is; "" for other words."""
    return next((role for role, pattern in ROLES.items() if re.fullmatch(pattern, words.strip(), re.IGNORECASE)), "")


def role_of(argument: str) -> tuple[str, str]:
    r"""What is said of an argument, and the argument.

    >>> role_of(r"\text{rate } = \beta"), role_of("scale=b"), role_of(r"\beta")
    (('rate', '\\beta'), ('scale', 'b'), ('', '\\beta'))
    """
    found = SAYS.match(argument)
    role = role_named(found["role"]) if found else ""
    return (role, argument[found.end() :]) if found and role else ("", argument)
