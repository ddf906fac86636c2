r"""What lines say of means that are infinite: "E[X] = … if α > 1, and E[X] = ∞ otherwise", "E[X] = ∞ if α ≤ 1", by the divergence of the integral."""

from __future__ import annotations

import re

from sympy import Expr, Not, S
from sympy.core.relational import Eq, Relational

from derive.grade.equal.signed import diverges
from derive.grade.truth import Truth
from derive.grade.writing.reading import scope_of
from derive.language.totals import Counting, Lebesgue, Total
from derive.read.latex import expression, statement
from derive.read.names import ReadError

HEAD = r"(?:\\(?:mathbb|mathrm|operatorname)\s*\{?\s*E\s*\}?|E)\s*(?:(?:\\left)?[\[(])?"
HEAD += r"\s*(?P<X>[A-Z])\s*(?:\^\s*\{?(?P<power>\w)\}?)?\s*(?:(?:\\right)?[\])])?\s*=\s*\\infty\s*"
BETWEEN = r"(?:,|;|\\q?quad|\\[,;: ]|\s|\\text\s*\{\s*,?\s*(?:and|but|while)?\s*\})*"
RELATION = r"(?P<relation>\\?[A-Za-z]+\s*(?:<|>|\\(?:leq?|geq?)(?![A-Za-z]))\s*[\w\\]+)"
SAID = r"\\text\s*\{\s*,?\s*(?:if|for|when)\s*\}\s*"
OTHERWISE = re.compile(
    rf"(?P<before>(?:{SAID}|\\q?quad\s*\(|\\[,;: ]\s*\(){RELATION}\s*\)?)"
    rf"{BETWEEN}{HEAD}\\text\s*\{{\s*,?\s*(?:otherwise|else)\s*[.,]?\s*\}}"
)
THERE = re.compile(rf"{BETWEEN}{HEAD}{SAID}{RELATION}")


def without_infinite(line: str, truth: Truth) -> str:
    r"""A line without what it says of infinite means, as far as that is proved.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("x**(-a - 1)", over={"x": "(1, oo)"}, given=["a > 0"]))
    >>> without_infinite(r"E[X]=\frac{a}{a-1} \text{ if } a>1, \text{ and } E[X]=\infty \text{ otherwise}", truth)
    'E[X]=\\frac{a}{a-1} \\text{ if } a>1'
    >>> without_infinite(r"1 = 1, E[X]=\infty \text{ if } a \le 2", truth)
    '1 = 1, E[X]=\\infty \\text{ if } a \\le 2'
    """
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, (Lebesgue, Counting)):
        return line
    if (match := OTHERWISE.search(line)) and infinite(match, truth, True):
        return line[: match.start()] + match["before"] + line[match.end() :]
    if (match := THERE.search(line)) and match.start() and infinite(match, truth, False):
        return line[: match.start()] + line[match.end() :]
    return line


def infinite(match: re.Match[str], truth: Truth, turned: bool) -> bool:
    """Whether the mean of Xⁿ is infinite where the relation holds, or where it does not."""
    (v,) = truth.problem.variables
    scope = scope_of(truth)
    try:
        relation = statement(match["relation"], scope)
        power: Expr = expression(match["power"], scope) if match["power"] else S.One
    except ReadError:
        return False
    relation = Not(relation) if turned else relation
    if not isinstance(relation, Relational) or isinstance(relation, Eq) or match["X"] in truth.named:
        return False
    if not relation.free_symbols <= {p.symbol for p in truth.problem.parameters}:
        return False
    ground = truth.ground.with_(relation)
    mean = Total(v.symbol**power * truth.problem.kernel, v.symbol, v.measure)
    return bool(ground.points(relation.free_symbols)) and diverges(mean, ground.facts)
