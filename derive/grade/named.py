r"""Words that name a density: "the kernel of a Gamma(a, b)", held against the integrals that stand before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sympy import Abs, Expr, Rational, S, Symbol, binomial, exp, factorial, log, oo

from derive.grade.equality import compare
from derive.grade.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.segments import bracket_end
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute

HALF_LINE, LINE, UNIT = Lebesgue(0, oo), Lebesgue(-oo, oo), Lebesgue(0, 1)
FROM_0, FROM_1 = Counting(0, oo), Counting(1, oo)
Kernel = Callable[..., tuple[Expr, Measure]]


@dataclass(frozen=True)
class Name:
    """A name with its kernels as functions of x and the parameters: one for each way in which books count the parameters."""

    words: str  # a pattern
    kernels: tuple[Kernel, ...]


NAMES = (  # the scale and the rate, the variance and the deviation are told apart by what stands before
    Name(r"inverse[- ]gamma|inv(?:erse)?[- ]?gamma|IG|InvGamma", (lambda x, a, b: (x ** (-a - 1) * exp(-b / x), HALF_LINE),)),
    Name(r"gamma|Ga", (lambda x, a, b: (x ** (a - 1) * exp(-b * x), HALF_LINE), lambda x, a, b: (x ** (a - 1) * exp(-x / b), HALF_LINE))),
    Name(r"beta|Be", (lambda x, a, b: (x ** (a - 1) * (1 - x) ** (b - 1), UNIT),)),
    Name(r"normal|gaussian|N", (lambda x, m, v: (exp(-((x - m) ** 2) / (2 * v)), LINE), lambda x, m, v: (exp(-((x - m) ** 2) / (2 * v**2)), LINE))),
    Name(r"exponential|exp|expon", (lambda x, r: (exp(-r * x), HALF_LINE), lambda x, r: (exp(-x / r), HALF_LINE))),
    Name(r"log-?normal", (lambda x, m, v: (exp(-((log(x) - m) ** 2) / (2 * v)) / x, HALF_LINE),
                          lambda x, m, v: (exp(-((log(x) - m) ** 2) / (2 * v**2)) / x, HALF_LINE))),
    Name(r"weibull", (lambda x, k, c: (x ** (k - 1) * exp(-((x / c) ** k)), HALF_LINE),
                      lambda x, c, k: (x ** (k - 1) * exp(-((x / c) ** k)), HALF_LINE))),
    Name(r"rayleigh", (lambda x, s: (x * exp(-(x**2) / (2 * s**2)), HALF_LINE),)),
    Name(r"student(?:'s)?[- ]t|t", (lambda x, n: ((1 + x**2 / n) ** (-(n + 1) / 2), LINE),)),
    Name(r"cauchy", (lambda x, m, g: (1 / (1 + ((x - m) / g) ** 2), LINE),)),
    Name(r"laplace", (lambda x, m, b: (exp(-Abs(x - m) / b), LINE),)),
    Name(r"chi-?squared?", (lambda x, k: (x ** (k / 2 - 1) * exp(-x * Rational(1, 2)), HALF_LINE),)),
    Name(r"pareto", (lambda x, a, m: (x ** (-a - 1), Lebesgue(m, oo)), lambda x, m, a: (x ** (-a - 1), Lebesgue(m, oo)))),
    Name(r"uniform|unif|U", (lambda x, a, b: (S.One, Lebesgue(a, b)),)),
    Name(r"poisson|poi|pois", (lambda x, r: (r**x / factorial(x), FROM_0),)),
    Name(r"negative binomial|negbin|nb", (lambda x, r, p: (binomial(x + r - 1, x) * (1 - p) ** x, FROM_0),
                                          lambda x, r, p: (binomial(x + r - 1, x) * p**x, FROM_0))),
    Name(r"binomial|bin", (lambda x, n, p: (binomial(n, x) * (p / (1 - p)) ** x, Counting(0, n)),)),
    Name(r"geometric|geom|geo", (lambda x, p: ((1 - p) ** x, FROM_0), lambda x, p: ((1 - p) ** x, FROM_1))),
)  # fmt: skip
WORD = "|".join(f"(?:{n.words})" for n in NAMES)
DRAWN = re.compile(  # "so X ∼ Gamma(a, b)" at the end of a line
    rf"(?:^|(?<=[\s}}>]))(?P<X>\\?[A-Za-z]+)\s*\\sim\s*(?:\\(?:mathrm|operatorname|text|mathcal|textrm)\s*\{{\s*(?P<set>{WORD})\s*\}}|(?P<bare>N)|\\mathcal\s+N)\s*"
    r"(?P<open>(?:\\left)?\()", re.IGNORECASE)
SPOKEN = re.compile(r"\b(?:kernel|recogni[sz]\w*|density|pdf|pmf|distribut\w*|law|identify)\b", re.IGNORECASE)
IN_WORDS = re.compile(  # "a Gamma density with shape a and rate b"
    rf"(?P<front>\\text\s*\{{[^{{}}]*?)\b(?P<in>{WORD})(?P<middle>(?:\s+(?:density|distribution|law|pdf|random variable))?\s+with)\s+"
    r"(?:shape|mean|location|parameters?|scale)\s*\}\s*(?P<first>[^{}]*(?:\{[^{}]*\}[^{}]*)*?)\s*"
    r"\\text\s*\{\s*(?:,|and)+\s*(?:rate|scale|variance|shape|parameter)?\s*\}\s*"
    r"(?P<second>[^\s.,:;{}]*(?:\{[^{}]*\}[^\s.,:;{}]*)*(?:\s*\\[A-Za-z]+(?:\{[^{}]*\})*)*)", re.IGNORECASE
)  # fmt: skip
NEAR = 40  # characters between "kernel of" and an N
FAMILY = re.compile(
    rf"(?:\\(?:mathrm|operatorname|text|mathcal|textrm|mathsf|textsf)\s*\{{\s*(?P<set>{WORD})\s*\}}|\\mathcal\s+(?P<bare>N)"
    rf"|(?<![A-Za-z\\])(?P<in>{WORD})\s*(?P<brace>\}}?))\s*(?P<open>(?:\\left)?\()", re.IGNORECASE
)  # fmt: skip


def without_names(line: str, variables: Collection[str] = ()) -> tuple[str, tuple[tuple[str, str], ...]]:
    r"""A line whose words name a density, without that name, and the names with what stands in their brackets.

    >>> without_names(r"\text{the kernel of a Gamma}(3,a)\text{ density}")
    ('\\text{the kernel of a }\\text{ density}', (('gamma', '3,a'),))
    """
    found: list[tuple[str, str]] = []
    at = 0
    drawn = next((m for m in DRAWN.finditer(line) if m["X"] in variables), None)
    if drawn is not None and (end := bracket_end(line, drawn.end(), "(")):
        found.append((f"∼{(drawn['set'] or 'N').lower()}", line[drawn.end() : end[0]]))
        line = line[: drawn.start()] + line[end[1] :]
    if worded := IN_WORDS.search(line):
        found.append((worded["in"].lower(), f"{worded['first']},{worded['second']}"))
        line = f"{line[: worded.start()]}{worded['front']}a density}}{line[worded.end() :]}"
    while SPOKEN.search(line) and (match := FAMILY.search(line, at)):
        name = match["set"] or match["bare"] or match["in"]
        end = bracket_end(line, match.end(), "(")
        short = (len(name) == 1 or name.lower() in ("exp", "ga", "be")) and match["in"] and not match["brace"]
        if end is None or short and not (name == "N" and SPOKEN.search(line[max(0, match.start() - NEAR) : match.start()])):
            at = match.end()
            continue
        found.append((name.lower() if len(name) > 1 else name, line[match.end() : end[0]]))
        line, at = f"{line[: match.start()]}{match['brace'] or ''}{line[end[1] :]}", match.start()
    return line, tuple(found)


def kernels_of(name: str, x: Symbol, arguments: tuple[Expr, ...]) -> Iterator[tuple[Expr, Measure]]:
    """The kernels that a name may mean at these parameters."""
    name = name.removeprefix("∼")
    for one in NAMES:
        if re.fullmatch(one.words, name, re.IGNORECASE):
            for kernel in one.kernels:
                if kernel.__code__.co_argcount == len(arguments) + 1:
                    yield kernel(x, *arguments)


def judge_named(name: str, arguments: tuple[Expr, ...], totals: list[Total], ground: Ground) -> tuple[str, str]:
    """Whether some integral or sum among `totals` is one of this density's kernel, up to a factor, over its whole range."""
    verdicts = [same_kernel(total, kernel, measure, ground) for total in totals for kernel, measure in kernels_of(name, total.x, arguments)]
    if PROVED in verdicts:
        return CORRECT, "it is proportional to that density"
    if verdicts and all(v == REFUTED for v in verdicts):
        return WRONG, "What stands before is not proportional to that density."
    return UNDECIDED, "it could not be held against the density that is named"


def same_kernel(total: Total, kernel: Expr, measure: Measure, ground: Ground) -> str:
    """f ∝ g where f(x) g(y) = f(y) g(x), on the same range."""
    x = total.x
    if type(total.measure) is not type(measure):
        return REFUTED
    ends = [compare(a, b, ground).verdict for a, b in zip(total.measure.args, measure.args, strict=True) if a != b]
    if any(v != PROVED for v in ends):
        return REFUTED if REFUTED in ends or any(a.is_infinite for a in (*total.measure.args, *measure.args)) else UNDECIDED
    y = Symbol(f"{x.name}′", **x._assumptions_orig)
    f, g = total.body, kernel
    inside = ground.with_(variables=[(x, total.measure), (y, total.measure)])
    return compare(f * substitute(g, {x: y}), substitute(f, {x: y}) * g, inside).verdict
