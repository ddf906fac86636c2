r"""A support that a density states for itself, λ e^{−λx} for x ∈ ℝ, where it goes beyond the problem's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Expr, Piecewise, Rational, S, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.check.points import Point, holds
from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.handed import Claim
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex, spelled
from derive.grade.writing.notation import own_variable
from derive.grade.writing.quantifiers import INTEGER, REAL, as_signs, everywhere, unwrapped
from derive.grade.writing.reading import said
from derive.language.totals import Counting, Lebesgue, Measure, substitute
from derive.read.names import ReadError

LINE = r"\\in\s*(?:\\mathbb\s*\{?\s*[RZ]\s*\}?(?!\s*[_^])|(?:\\left)?\(\s*-\s*\\infty\s*,\s*\+?\s*\\infty\s*(?:\\right)?\)|ℝ)"
NATURALS = re.compile(r"\\mathbb\s*\{?\s*N|ℕ")  # which begin at 0 or at 1
ALL = re.compile(r"for all real\s*(?:\}|\$|\\text\s*\{|\s)*")
LISTED = r"\s*(?:=|\\in\s*\\\{)(?:\s|\\[,;:! ])*\d+\s*,(?:\s|\\[,;:! ])*\d+\s*,.*(?:\.\.\.|…|\\[lc]?dots)"  # = 0, 1, 2, …
WHOLE = r"\b(?:integers?|whole\s+numbers?)\s+"
STEPS = (S.Half, S.One, Rational(5, 2), Rational(1, 16))
BITS = 96


@dataclass(frozen=True)
class Beyond:
    """A place outside the support at which a claim gives the density a value, and that value; `loosely` where it only says "for all x"."""

    x: Symbol
    at: Expr
    value: str
    loosely: bool = False


def beyond(claim: Claim, truth: Truth) -> Beyond | None:
    """Where a density, by the support that stands beside it, is not 0 though the problem's variable does not get there.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> [beyond(Claim("", "", "p", f"b e^{{-bx}}, {support}"), truth) is None for support in ("x > 0", "x > -1", r"x \\in \\mathbb{R}")]
    [True, False, False]
    """
    own = truth.problem.variables
    if not all(isinstance(v.measure, (Lebesgue, Counting)) for v in own):
        return None
    free = {v.symbol: Symbol(v.symbol.name, integer=True) if isinstance(v.measure, Counting) else Symbol(v.symbol.name, real=True) for v in own}
    wide = tuple(replace(v, symbol=free[v.symbol], measure=substitute(v.measure, free)) for v in own)
    text = own_variable(claim.text, truth)
    if NATURALS.search(text):
        return None
    problem = replace(truth.problem, kernel=truth.problem.kernel.xreplace(free), variables=wide)
    try:
        read = said(text, replace(truth, problem=problem, inside=truth.ground), "p", claim.sympy)
    except ReadError:
        return None
    value, conditions = read.sides[-1], [c for c in read.conditions if c.free_symbols & set(free.values())]
    if not isinstance(value, Expr) or value.atoms(AppliedUndef):
        return None
    symbols = {s for s in value.free_symbols | {s for v in wide for s in v.measure.free_symbols} if s not in free.values()}
    given, parted = ({x for f in e.atoms(Piecewise) for x in f.free_symbols} for e in (problem.kernel, value))
    told = bool((parted - given) & set(free.values()))  # 2 for 0 < x < 1 and else 0 is said of every y too; cases of the kernel's own are not
    for v in wide:
        x = v.symbol
        cases = told and x not in given or any(x in c.free_symbols for c in conditions)
        name = in_latex(v)
        kind = everywhere(claim.text, [name]).get(name, "")
        strict = cases or stated_everywhere(text, v.latex or x.name) or kind in (REAL, INTEGER)
        signs = as_signs(x, kind)
        if not (strict or kind):
            continue
        for point in within(symbols, free, x, truth):
            for at in outside(v.measure, point):
                there = {**point, x: at}
                if not all(holds(c, there) for c in (*conditions, *signs)):
                    continue
                if found := apart_from_zero(value, there) or (isinstance(v.measure, Counting) and pole(value, there)):
                    return Beyond(x, at, found, not strict and not signs)
    return None


def only_on(claim: Claim, truth: Truth) -> Relational | None:
    """What "for every positive integer k" says where it leaves out a part of the support; "natural" may begin at 0 or at 1."""
    if claim.sympy or "natural" in claim.text:
        return None
    kinds = ((v.symbol, everywhere(claim.text, [in_latex(v)]).get(in_latex(v), "")) for v in truth.problem.variables)
    return next((c for x, kind in kinds for c in as_signs(x, kind) if not truth.inside.facts.follows(c)), None)


def of_other_kind(text: str, truth: Truth) -> str:
    """What is wrong with x = 0, 1, 2, … beside a density on an interval, and with k ∈ ℝ beside weights of whole numbers; "" where nothing is."""
    for v in truth.problem.variables:
        name = in_latex(v)
        kind = everywhere(text, [name]).get(name, "")
        own = re.escape(name)
        whole = re.search(rf"(?<![A-Za-z\\]){own}{LISTED}", text) or re.search(rf"{WHOLE}{own}(?![A-Za-z])", unwrapped(text))
        if isinstance(v.measure, Lebesgue) and (kind == INTEGER or whole):
            return f"it is stated for whole numbers, and {v.symbol} runs over an interval"
        if isinstance(v.measure, Counting) and kind == REAL:
            return f"it is stated for real numbers, and {v.symbol} is a whole one"
    return ""


def within(symbols: set[Symbol], free: dict[Symbol, Symbol], x: Symbol, truth: Truth) -> list[Point]:
    """A few values of the parameters, whole ones too since (1 − x)^b is real there, and of the variables other than x inside the support."""
    if len(free) == 1:
        drawn = truth.ground.points(symbols)
        return [*drawn[:3], *[point for point in drawn[3:] if all(value.is_integer for value in point.values())][:3]]
    drawn = truth.inside.points(symbols | set(free))[:3]
    return [{free.get(s, s): value for s, value in point.items() if free.get(s, s) != x} for point in drawn]


def stated_everywhere(text: str, name: str) -> bool:
    """Whether a formula is stated for all real numbers, or all whole ones."""
    kind = everywhere(text, [spelled(name)]).get(spelled(name)) if not name.startswith("\\") else everywhere(text, [name]).get(name)
    return kind in (REAL, INTEGER) or bool(re.search(rf"(?<![A-Za-z]){re.escape(name)}\s*{LINE}", text) or ALL.search(text))


def outside(measure: Measure, point: Point) -> Iterator[Expr]:
    """Places on either side of a support."""
    lo, hi = (substitute(end, point) for end in measure.args)
    for step in STEPS if isinstance(measure, Lebesgue) else (S.One,):
        yield from (at for end, at in ((lo, lo - step), (hi, hi + step)) if end.is_finite)


def pole(value: Expr, point: Point) -> str:
    """ "infinite" where a value is a quotient by 0 at a point, as q^k/k is at k = 0."""
    found = substitute(value, point)
    return "infinite" if found.is_infinite or found is S.ComplexInfinity else ""


def apart_from_zero(value: Expr, point: Point) -> str:
    """The value at a point where it is provably not 0; "" where it may be, or where there is none."""
    try:
        ball = ball_of(value, point, BITS)
    except Unknown:
        return ""
    return "" if ball.contains(0) else str(ball.mid().str(6, radius=False))
