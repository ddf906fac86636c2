r"""A density that is given point by point: p(0) = …, p(1) = …, and p(±1) = e^{±h}/(e^h + e^{−h}) for both signs at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sympy import Expr, Integer
from sympy.core.function import AppliedUndef

from derive.grade.claims import hold, short_of, sides_of, spoken, words
from derive.grade.conditions import shortest
from derive.grade.equal.values import Bench
from derive.grade.handed import CORRECT, UNDECIDED, Claim, Judgement
from derive.grade.truth import Truth
from derive.grade.writing.asides import AND, clauses
from derive.grade.writing.heads import plain
from derive.grade.writing.reading import Said, said
from derive.language.claims import PROVED
from derive.language.totals import Atoms, Counting, Measure, substitute
from derive.read.names import ReadError

MOST = 12  # points
EITHER = re.compile(r"\\(?:pm|mp)(?![A-Za-z])|[±∓]")
SIGNS = {r"\pm": "+-", "±": "+-", r"\mp": "-+", "∓": "-+"}
AT_A_POINT = re.compile(r"\s*[pfPq]\s*\(\s*(?P<at>[-+]?\s*\d+)\s*\)\s*=")
DEFINED = re.compile(r"(?:\\?[A-Za-z]+)(?:_\{?\w+\}?)?\s*=")  # a name beside the list
LEADING = re.compile(r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s|;)+")


def both_signs(text: str) -> Iterator[str]:
    r"""A text with the upper of two signs everywhere, and with the lower.

    >>> list(both_signs(r"p(\pm 1) = e^{\pm h}")), list(both_signs("p(1)"))
    (['p(+ 1) = e^{+ h}', 'p(- 1) = e^{- h}'], ['p(1)'])
    """
    if not EITHER.search(text):
        yield text
        return
    for at in (0, 1):
        yield EITHER.sub(lambda m, at=at: SIGNS[m[0]][at], text)  # type: ignore[misc]


def points_of(measure: Measure) -> list[Expr]:
    """The points of a small support."""
    if isinstance(measure, Atoms):
        return list(measure.points)
    if isinstance(measure, Counting) and measure.lo.is_Integer and measure.hi.is_Integer and measure.hi - measure.lo < MOST:
        return [Integer(k) for k in range(int(measure.lo), int(measure.hi) + 1)]
    return []


def listed(text: str, truth: Truth) -> dict[Expr, str]:
    """What a text says of p at each of several points of a small support, as formulas; empty where it says something else."""
    if len(truth.problem.variables) != 1 or not (support := points_of(truth.problem.variables[0].measure)):
        return {}
    found: dict[Expr, str] = {}
    beside: list[str] = []
    for clause in clauses(re.sub(r"\\q?quad(?![A-Za-z])", ",", AND.sub(",", text))):
        for one in both_signs(LEADING.sub("", clause).strip(" .")):
            if not one:
                continue
            formula = plain(one, truth)
            match = AT_A_POINT.match(formula)
            if match is None and found and DEFINED.match(one):
                beside.append(one)
                continue
            point = Integer(match["at"].replace(" ", "")) if match else None
            if point is None or point not in support or point in found:
                return {}
            found[point] = formula
    several = {point: ",".join([formula, *beside]) for point, formula in found.items()}
    return several if len(found) > 1 or len(support) == 1 else {}


def judge_listed(claim: Claim, truth: Truth, bench: Bench) -> Judgement | None:
    """The verdict on a density that is given point by point; None where it is given otherwise."""
    formulas = listed(claim.text, truth) if claim.kind == "p" and not claim.sympy and truth.density is not None else {}
    if not formulas:
        return None
    try:
        read = {point: said(formula, truth, "p") for point, formula in formulas.items()}
    except ReadError:
        return None
    (v,), density = truth.problem.variables, truth.density
    assert density is not None
    base = Judgement(claim.id, UNDECIDED, read_as="; ".join(f"p({point}) = {one.value}" for point, one in read.items()))
    conditions = list(truth.conditions)
    if circular(read):
        return replace(base, detail="It says what p is at one point by what it is at another, of which it gives no value.")
    for point, side in ((point, side) for point, one in read.items() for side in sides_of(one)):
        held = hold(spoken(side, truth), substitute(density, {v.symbol: point}), truth.ground, bench, truth.problem.kernel)
        if held.equality.verdict != PROVED:
            found = short_of(base, held, f"p({point})")
            return replace(found, witness={str(v.symbol): str(point), **(found.witness or {})}) if found.witness is not None else found
        conditions += held.conditions
    if missing := [p for p in points_of(v.measure) if p not in read]:
        return replace(base, detail=f"What it says is right, but it does not say what p is at {v.symbol} = {missing[0]}.")
    kept = shortest(conditions)
    detail = f"This is right where {', '.join(map(words, kept))}." if kept else "This is right at every point of the support."
    return replace(base, verdict=CORRECT, conditions=tuple(map(str, kept)), detail=detail)


def circular(read: Mapping[Expr, Said]) -> bool:
    """Whether p at some point is given by p at points that have no value of their own, as in p(0) = 1 − p(1), p(1) = 1 − p(0)."""
    known = {point for point, one in read.items() if not one.value.atoms(AppliedUndef)}
    return any(not set(f.args) <= known for point, one in read.items() if point not in known for f in one.value.atoms(AppliedUndef))
