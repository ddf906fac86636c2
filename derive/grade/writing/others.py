"""Capital letters for random variables: which of them stand for a variable of the problem, and which for another one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.grade.truth import Truth

GENERIC = "X"  # what a variable of any name is called
ONE = r"(?P<one>(?<![A-Za-z\\_])[A-Z](?![A-Za-z_]))"
OPEN = r"(?:\\left|\\[bB]igg?l?)?[(\[]\s*"
RANDOM = re.compile(  # P(Y > y), E[Y], Var(Y), f_Y(y), Y ∼ N(0, 1)
    rf"(?:(?<![A-Za-z\\])(?:P|E|Var)|\\Pr|\\(?:mathbb|mathrm|mathsf|mathbf|operatorname|text)\s*\{{?(?:Pr|P|E|Var|V)\}}?)\s*{OPEN}{ONE}"
    r"|(?<![A-Za-z\\])[fFMGp]\s*_\s*\{?\s*(?P<index>[A-Z])\s*\}?\s*(?:\\left)?\("
    rf"|{ONE.replace('<one>', '<drawn>')}\s*(?:\\sim(?![A-Za-z])|\\text\s*\{{\s*(?:is|has|follows)\b)"
)
MADE = re.compile(rf"{ONE}\s*:?=\s*(?P<value>(?:(?!\\text)[^=,;\n])*)")
AT = re.compile(
    rf"(?:P|\\Pr|P\}})\s*{OPEN}{ONE}\s*=\s*\\?(?P<at>[A-Za-z]+)\s*[)\]]"
    r"|(?<![A-Za-z\\])[fp]\s*_\s*\{?\s*(?P<index>[A-Z])\s*\}?\s*\(\s*\\?(?P<place>[A-Za-z]+)\s*\)"
)


def other_letters(lines: Iterable[str], truth: Truth) -> frozenset[str]:
    r"""The capitals that cannot stand for the problem's one variable: those made of it, and those that stand beside its own.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> sorted(other_letters([r"P(X > 1) = 1/e", "P(Y = 2) = 1", "W = X^2"], truth)), sorted(other_letters(["E[Y] = 1"], truth))
    (['W', 'Y'], [])
    """
    if len(truth.problem.variables) != 1:
        return frozenset()
    own = {truth.problem.variables[0].symbol.name.upper()}
    text = "\n".join(lines)
    used = {m["one"] or m["index"] or m["drawn"] for m in RANDOM.finditer(text)}
    parameters = {p.symbol.name for p in truth.problem.parameters}
    made = {m["one"] for m in MADE.finditer(text) if re.search(rf"(?<![A-Za-z\\])(?:{GENERIC}|{'|'.join(own)})(?![A-Za-z])", m["value"])}
    for _ in range(4):  # W = 2Y, after Y = X²
        made |= {m["one"] for m in MADE.finditer(text) if made & set(re.findall(r"(?<![A-Za-z\\])[A-Z](?![A-Za-z_])", m["value"]))}
    elsewhere = {m["one"] or m["index"] for m in AT.finditer(text) if (m["at"] or m["place"]) in parameters}
    beside = used - own if own & used else used - {GENERIC} if GENERIC in used else set()
    return frozenset((made | elsewhere | beside) - own - set(truth.named) - {"Z", "I", "P", "E"})
