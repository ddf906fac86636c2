r"""Names that a derivation brings in for itself: q = 1 - p, a function J(t) with its derivatives, the z of a recalled Γ(z) = …"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sympy import Basic, Derivative, Expr, Symbol
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.grade.differentials import UPRIGHT
from derive.language.totals import substitute

LETTER = re.compile(r"\s*([pPfq])\s*:?=")
APPLIED = re.compile(r"\s*(?P<name>[A-Za-z])\s*(?:\\left)?\(\s*(?P<argument>[A-Za-z]|\\[A-Za-z]+)\s*(?:\\right)?\)\s*:?=")
RECALLED = re.compile(r"\s*\\Gamma\s*(?:\\left)?\(\s*(?P<argument>[A-Za-z]|\\[A-Za-z]+)\s*(?:\\right)?\)\s*:?=")
RESERVED = "BEKPpfZd"  # letters that mean something else where they are applied
WORDED = "Iq"  # letters that need a word such as "let"


def letter_of(formula: str) -> str:
    """The letter of a density that stands alone on the left side, as a name for something else."""
    match = LETTER.match(formula)
    return match[1] if match else ""


def helper_of(formula: str, known: Collection[str], worded: bool) -> tuple[str, str] | None:
    r"""The letter and the argument of a function that a formula defines.

    >>> helper_of(r"J(t) = \int_0^\infty e^{-tx}\,dx", {"x"}, False), helper_of("p(x) = x", {"x"}, True)
    (('J', 't'), None)
    """
    match = APPLIED.match(formula)
    if match is None or match["name"] in known or match["name"] in RESERVED or (match["name"] in WORDED and not worded):
        return None
    return match["name"], match["argument"].lstrip("\\")


def recalled(formula: str) -> str:
    match = RECALLED.match(formula)
    return match["argument"].lstrip("\\") if match else ""


def primed(formula: str, helpers: Mapping[str, str]) -> str:
    r"""dJ/dt as J'(t), for a function that was introduced.

    >>> primed(r"\frac{dJ}{dt} = 1", {"J": "t"})
    "J'(t) = 1"
    """
    for name, argument in helpers.items():
        spelled = argument if len(argument) == 1 else rf"\\{argument}"
        d = rf"(?:d|{UPRIGHT}|\\partial)\s*"
        quotient = rf"\\[dt]?frac\s*\{{\s*{d}{name}\s*(?:\(\s*{spelled}\s*\))?\s*\}}\s*\{{\s*{d}{spelled}\s*\}}"
        formula = re.sub(quotient, rf"{name}'({spelled})", formula)
    return formula


def with_helpers(e: Basic, helpers: Mapping[str, tuple[Symbol, Expr]]) -> Basic:
    """`e` with J(t) and its derivatives by what J was introduced for: `helpers` has t and J(t) by J's name."""
    applied = [f for f in e.atoms(AppliedUndef) if f.func.__name__ in helpers and len(f.args) == 1]
    values = {f: substitute(helpers[f.func.__name__][1], {helpers[f.func.__name__][0]: f.args[0]}) for f in applied}
    inside = {d: Derivative(d.expr.xreplace(values), *d.variable_count) for d in e.atoms(Derivative) if d.expr in values}
    return e.xreplace(inside).xreplace(values)


def above_zero(sides: Sequence[Expr], letters: Collection[Symbol]) -> tuple[tuple[Expr, ...], tuple[Boolean, ...]]:
    """The sides for positive values of those letters that occur in them, and these conditions."""
    found = sorted({s for side in sides for s in side.free_symbols if s in letters}, key=str)
    positive = {s: Symbol(s.name, positive=True) for s in found}
    return tuple(side.xreplace(positive) for side in sides), tuple(s > 0 for s in found)
