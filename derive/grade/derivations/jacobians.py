r"""Substitutions of two variables: |J| = u and dx dy = u du dv, held against x = φ(u, v), y = ψ(u, v)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from itertools import combinations

from sympy import Abs, Basic, Expr, Matrix, Mul, Symbol

from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.differentials import PREFIX, differentials
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import substitute

ENTRY = r"[^&\\]*(?:\\(?!\\|end(?![A-Za-z]))[^&\\]*)*"
DETERMINANT = re.compile(
    r"(?:\\det\s*(?:\\left)?\(?\s*\\begin\{(?:p|b|small)?matrix\}|\\begin\{vmatrix\})"
    rf"(?P<a>{ENTRY})&(?P<b>{ENTRY})\\\\(?P<c>{ENTRY})&(?P<d>{ENTRY})\\end\{{(?:p|b|small|v)?matrix\}}"
)
PAIR = r"\{\s*\\partial\s*\(\s*\\?[A-Za-z]+\s*,\s*\\?[A-Za-z]+\s*\)\s*\}"
ABOVE = r"\{\s*\\partial\s*\((?P<above>\s*\\?[A-Za-z]+\s*,\s*\\?[A-Za-z]+\s*)\)\s*\}"
BARE = rf"(?:\\mathcal\s*\{{?J\}}?|(?:\\det\s*)?J|\\[dt]?frac\s*{ABOVE}\s*{PAIR})(?:\s*\([^()=]*\))?"
JACOBIAN = re.compile(rf"\s*(?P<bars>(?:\\left)?\s*(?:\||\\lvert|\\vert)\s*)?{BARE}\s*(?:(?:\\right)?\s*(?:\||\\rvert|\\vert))?\s*=(?!\s*\\i*int)")


def jacobian_of(formula: str) -> tuple[str, bool, str] | None:
    r"""What a formula says a Jacobian is, whether bars stand around it, and the names that are differentiated.

    >>> jacobian_of("|J| = u"), jacobian_of(r"\left|\frac{\partial(x,y)}{\partial(u,v)}\right| = u"), jacobian_of("J = 1/u")
    (('u', True, ''), ('u', True, 'x,y'), ('1/u', False, ''))
    """
    match = JACOBIAN.match(formula)
    return (formula[match.end() :].strip(), bool(match["bars"]), (match["above"] or "").replace("\\", "")) if match else None


def with_determinants(line: str) -> str:
    r"""Determinants of two rows written out.

    >>> with_determinants(r"\det\begin{pmatrix} a & b \\ c & d \end{pmatrix}")
    '\\left((a)(d)-(b)(c)\\right)'
    """
    return DETERMINANT.sub(lambda m: rf"\left(({m['a'].strip()})({m['d'].strip()})-({m['b'].strip()})({m['c'].strip()})\right)", line)


def judge_jacobian(sides: tuple[Expr, ...], bars: bool, above: Set[str], defined: Mapping[Symbol, Expr], ground: Ground) -> tuple[str, str]:
    """Whether sides are |∂(x, y)/∂(u, v)| for the names above, by x = φ(u, v), y = ψ(u, v) or by u and v in terms of x and y.

    `above` may be empty: the names that are defined stand above then. New names are taken to be positive. The order of the names decides
    the sign of a determinant without bars, which is left out.
    """
    verdicts = []
    for one, two in combinations(defined, 2):
        olds = varying(one, two, defined)
        names, under = {one.name, two.name}, {s.name for s in olds}
        if len(olds) != 2 or names & under or above and above not in (names, under):
            continue
        found = Abs(Matrix([[defined[s].diff(o) for o in olds] for s in (one, two)]).det())
        if found == 0:
            continue
        shown = [side if bars else Abs(side) for side in sides]
        if above == under:
            found, shown = 1 / found, [substitute(side, {one: defined[one], two: defined[two]}) for side in shown]
        plus = {s: Symbol(s.name, positive=True) for s in olds}
        shown, found = [side.xreplace(plus) for side in shown], found.xreplace(plus)
        verdicts.append([compare(side, found, ground).verdict for side in shown])
        if not above and REFUTED in verdicts[-1] and all(compare(side, 1 / found, ground).verdict == PROVED for side in shown):
            return UNDECIDED, "it is the determinant of the inverse map; say which variables are differentiated"
    if any(all(v == PROVED for v in one) for one in verdicts):
        return CORRECT, ""
    if verdicts and all(REFUTED in one for one in verdicts):
        return WRONG, "It is not the determinant of the derivatives."
    return UNDECIDED, "no substitution was stated that this determinant could be held against"


def judge_area(sides: tuple[Basic, ...], defined: Mapping[Symbol, Expr], ground: Ground) -> tuple[str, str]:
    """dx dy = |J| du dv."""
    left, right = sides
    for a, b in ((left, right), (right, left)):
        plain, around = differentials(a), differentials(b)
        if len(plain) == len(around) == 2 and a == Mul(*plain) and not differentials(b / Mul(*around)):
            return judge_jacobian((b / Mul(*around),), True, {d.name.removeprefix(PREFIX) for d in plain}, defined, ground)
    return UNDECIDED, "this product of differentials was not recognised"


def varying(one: Symbol, two: Symbol, defined: Mapping[Symbol, Expr]) -> list[Symbol]:
    """The names in which two definitions vary together."""
    first, second = ({s for s in defined[name].free_symbols if isinstance(s, Symbol)} for name in (one, two))
    return sorted(first & second, key=str)
