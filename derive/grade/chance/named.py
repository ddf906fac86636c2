r"""Words that name a density: "the kernel of a Gamma(a, b)", held against the integrals that stand before them."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from sympy import Expr, Symbol

from derive.grade.chance.laws import WORD, kernels_of
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.pronouns import worded as in_text
from derive.grade.writing.segments import bracket_end
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Atoms, Counting, Measure, Total, substitute

DRAWN_FROM = "∼"  # before a law's name, the variable and what is given, in "∼gamma∼X∼y"
DRAWN = re.compile(  # "so X ∼ Gamma(a, b)" at the end of a line
    rf"(?:^|(?<=[\s}}>])|(?=\\[a-z]))(?P<X>\\?[A-Za-z]+)(?:\s*(?:\\mid(?![A-Za-z])|\|)\s*(?P<given>[^\s=∼|][^=∼|]{{0,40}}?(?:=[^=∼|]{{1,20}}?)?))?\s*\\sim\s*(?:\\(?:mathrm|operatorname|text|mathcal|textrm)\s*\{{\s*(?P<set>{WORD})\s*\}}|(?P<bare>{WORD})|\\mathcal\s+N)\s*"
    r"(?P<open>(?:\\left)?\()", re.IGNORECASE)
SPOKEN = re.compile(r"\b(?:kernel|recogni[sz]\w*|density|pdf|pmf|distribut\w*|law|identify)\b", re.IGNORECASE)
IN_WORDS = re.compile(  # "a Gamma density with shape a and rate b"
    rf"(?P<front>\\text\s*\{{[^{{}}]*?)\b(?P<in>{WORD})(?P<middle>(?:\s+(?:density|distribution|law|pdf|random variable))?\s+with)\s+"
    r"(?:shape|mean|location|parameters?|scale)\s*\}\s*(?P<first>[^{}]*(?:\{[^{}]*\}[^{}]*)*?)\s*"
    r"\\text\s*\{\s*(?:,|and)+\s*(?:rate|scale|variance|shape|parameter)?\s*\}\s*"
    r"(?P<second>(?:(?!\\text)[^\s.,:;{}])*(?:\{[^{}]*\}(?:(?!\\text)[^\s.,:;{}])*)*(?:\s*\\(?!text)[A-Za-z]+(?:\{[^{}]*\})*)*)", re.IGNORECASE
)  # fmt: skip
WITH = re.compile(
    rf"\b{WORD}(?:\s+(?:density|distribution|law|pdf|random variable))?\s+with\s+(?:shape|mean|location|parameters?|scale)\b", re.IGNORECASE
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
    while (drawn := next((m for m in DRAWN.finditer(line) if m["X"] in variables), None)) and (end := bracket_end(line, drawn.end(), "(")):
        said = ("", (drawn["set"] or drawn["bare"] or "N").lower(), drawn["X"].lstrip("\\"), drawn["given"] or "")
        found.append((DRAWN_FROM.join(said), line[drawn.end() : end[0]]))
        line = line[: drawn.start()] + line[end[1] :]
    if "$" in line and WITH.search(line):
        line = in_text(line)
    if (worded := IN_WORDS.search(line)) and not of_moments(worded):
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


def of_moments(worded: re.Match[str]) -> bool:
    """Whether words tell the mean and the variance of a law whose parameters these are not, as of a negative binomial one."""
    between = worded.string[worded.end("middle") : worded.start("first")]
    return re.search(r"\bmean\b", between) is not None and re.fullmatch(r"normal|gaussian|N", worded["in"], re.IGNORECASE) is None


def judge_named(name: str, arguments: tuple[Expr, ...], totals: list[Total], ground: Ground) -> tuple[str, str]:
    """Whether some integral or sum among `totals` is one of this density's kernel, up to a factor, over its whole range."""

    def held(customary: bool) -> list[str]:
        return [same_kernel(total, *law, ground) for total in totals for law in kernels_of(name, total.x, arguments, customary)]

    verdicts = held(customary=False)
    if PROVED in verdicts and PROVED in held(customary=True):
        return CORRECT, "it is proportional to that density"
    if PROVED in verdicts:
        return UNDECIDED, "it is that density only if its parameters are counted in an unusual way; say how"
    if verdicts and all(v == REFUTED for v in verdicts):
        return WRONG, "What stands before is not proportional to that density."
    return UNDECIDED, "it could not be held against the density that is named"


def same_kernel(total: Total, kernel: Expr, measure: Measure, ground: Ground) -> str:
    """f ∝ g where f(x) g(y) = f(y) g(x), on the same range."""
    x = total.x
    ranges = same_range(total.measure, measure, ground)
    if ranges != PROVED:
        return ranges
    y = Symbol(f"{x.name}′", **x._assumptions_orig)
    f, g = total.body, kernel
    inside = ground.with_(variables=[(x, total.measure), (y, total.measure)])
    return compare(f * substitute(g, {x: y}), substitute(f, {x: y}) * g, inside).verdict


def same_range(a: Measure, b: Measure, ground: Ground) -> str:
    """Whether two supports are the same: proved, refuted or open."""
    if isinstance(a, Atoms) != isinstance(b, Atoms):
        a, b = (Counting(m.args[0], m.args[-1]) if isinstance(m, Atoms) and consecutive(m) else m for m in (a, b))
    if type(a) is not type(b) or len(a.args) != len(b.args):
        return REFUTED
    ends = [compare(one, other, ground).verdict for one, other in zip(a.args, b.args, strict=True) if one != other]
    if all(v == PROVED for v in ends):
        return PROVED
    return REFUTED if REFUTED in ends or any(end.is_infinite for end in (*a.args, *b.args)) else UNDECIDED


def consecutive(m: Atoms) -> bool:
    """Whether points are whole numbers one after the other."""
    return all(p.is_Integer for p in m.points) and all(q - p == 1 for p, q in pairwise(m.points))
