"""Ranges of parameters that stand beside a formula and go beyond where it holds: Z = 1/a for all a ≠ 0, a mean that needs a > 2 for a > 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Ge, Gt, Le, Lt, Rational, S, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from derive.algebra.monomials import TooLarge
from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE, convergence
from derive.check.points import Point, holds
from derive.grade.equal.ground import Ground, fits
from derive.grade.equal.values import evaluated, worked
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.quantifiers import INTEGER, REAL, as_signs, everywhere
from derive.language.totals import Total, substitute

PLACES = tuple(map(Rational, ("0", "1", "-1", "-1/2", "2", "-2", "3/2", "1/2", "-5/2")))
BASES = 2  # points for the other parameters
SECONDS = 1.0
FAR = tuple(map(Rational, ("-60", "60", "-7/2", "7/2")))  # values of a letter far out in its range
NEAR = (S.Zero, Rational(1, 9), Rational(-1, 9))  # how far from an end of it
INEQUALITIES = (Le, Ge, Lt, Gt)
FEW = 3


def parameters_everywhere(text: str, truth: Truth) -> dict[Symbol, str]:
    """The parameters that a text lets range over all their values, and over which."""
    return by_symbol(everywhere(text, own_names(truth)).items(), truth)


def own_names(truth: Truth) -> dict[str, Symbol]:
    """The problem's parameters by what they are called in LaTeX."""
    return {in_latex(p): p.symbol for p in truth.problem.parameters}


def by_symbol(unbounded: Iterable[tuple[str, str]], truth: Truth) -> dict[Symbol, str]:
    """Names in LaTeX as the problem's parameters, without those that are none."""
    own = own_names(truth)
    return {own[name]: kind for name, kind in unbounded if name in own}


def overstated(stated: Iterable[Boolean], kinds: dict[Symbol, str], conditions: Iterable[Boolean], truth: Truth) -> str:
    """Why a formula that holds under `conditions` does not hold all over the range of parameters that stands beside it; "" where it does."""
    own = {p.symbol for p in truth.problem.parameters}
    apart = (r for c in stated for r in (c.args if isinstance(c, And) else (c,)))
    told = [*(r for r in apart if isinstance(r, Relational) and r.free_symbols and r.free_symbols <= own), *as_relations(kinds)]
    spoken = {x for r in told for x in r.free_symbols} | set(kinds)
    if not spoken:
        return ""
    if (fails := unmet(conditions, told, spoken, truth)) is not None:
        return f"the range that stands beside it goes on to where {fails} does not hold"
    place = too_wide(told, kinds, truth)
    where = ", ".join(f"{x} = {value}" for x, value in place.items()) if place else ""
    return f"the range that stands beside it goes beyond what the problem declares: at {where} it does not hold" if place else ""


def as_relations(kinds: dict[Symbol, str]) -> list[Relational]:
    """What "for all positive t" says as a relation."""
    return [r for x, kind in kinds.items() for r in as_signs(x, kind)]


def unmet(conditions: Iterable[Boolean], stated: Iterable[Boolean], spoken: Iterable[Symbol], truth: Truth) -> Boolean | None:
    """A condition of a result that fails somewhere in the range which stands beside it for the parameters that are `spoken` of."""
    names, told = set(spoken), [r for r in stated if r not in (True, False)]
    ground = Ground([*truth.problem.conditions, *told], names=truth.ground.names)  # and not what Z needs: that is what may fail
    for c in conditions:
        if isinstance(c, Relational) and c.free_symbols & names and not ground.facts.follows(c):
            failing = ground.with_(c.negated)
            if any(not holds(c, at) for at in failing.points(set(c.free_symbols))):
                return c
    return None


def too_wide(stated: Iterable[Boolean], kinds: dict[Symbol, str], truth: Truth) -> Point | None:
    """Values of the parameters inside a stated range and outside what the problem declares, at which the total is infinite, or not the same formula.

    >>> from sympy import Ne
    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-a*x)", over={"x": "(0, oo)"}, given=["a > 0"]))
    >>> a = truth.named["a"]
    >>> too_wide([Ne(a, 0, evaluate=False)], {}, truth), too_wide([Gt(a, 0, evaluate=False)], {}, truth)
    ({a: -1}, None)
    """
    own = {p.symbol for p in truth.problem.parameters}
    told = [r for r in stated if isinstance(r, Relational) and r.free_symbols and r.free_symbols <= own and reaches_out(r, truth)]
    wide = [x for x, kind in kinds.items() if kind in (REAL, INTEGER)]
    names = {x for r in told for x in r.free_symbols} | set(wide)
    if not names or len(truth.problem.variables) != 1:
        return None
    free = {x: Symbol(x.name, **({"integer": True} if x.is_integer else {"real": True})) for x in own}
    told = [r.func(*(side.xreplace(free) for side in r.args), evaluate=False) for r in [*told, *(r for r in stated if r.free_symbols & names)]]
    for base in truth.ground.points(own)[:BASES]:
        for x in sorted(names, key=str):
            for value in PLACES:
                at = {**base, x: value}
                inside = fits(x, value) and all(holds(r, at) for r in truth.ground.outside.relations)
                fitting = not inside and (value.is_integer or not x.is_integer)
                if fitting and all(holds(r, {free[s]: v for s, v in at.items()}) for r in told) and differs(at, truth):
                    return {x: value}
    return None


def reaches_out(r: Boolean, truth: Truth) -> bool:
    """Whether a relation between parameters follows from what the problem declares, so that it may say less."""
    return truth.ground.facts.follows(r)


def differs(at: Point, truth: Truth) -> bool:
    """Whether the total at a point outside what is declared is infinite, or not what the formula for it gives there."""
    total = substitute(truth.problem.total, at)
    if not isinstance(total, Total) or total.free_symbols:
        return False
    verdict = total_at(total, {})
    if verdict == INFINITE:
        return True
    if verdict != FINITE or truth.Z is None or truth.Z.has(Total):
        return False
    there, formula = evaluated(total, Facts(), worked(SECONDS)), substitute(truth.Z, at)
    if there is None or not there.is_number or there.has(Total):
        return False
    if formula.has(S.NaN, S.ComplexInfinity, S.Infinity):
        return True
    gap = (there - formula).evalf(30)
    return bool(gap.is_number and abs(gap) > Rational(1, 10**12))


def reached(relations: Iterable[Boolean], letters: Iterable[Symbol], symbols: set[Symbol], ground: Ground) -> Iterator[Point]:
    """Points in a stated range: generic ones, those at its ends and near them, and some far out."""
    told = [r for r in relations if r not in (True, False)]
    inside = ground.with_(*told).points(symbols)
    yield from inside
    for x in letters:
        sides = [e for r in told if isinstance(r, INEQUALITIES) for one, e in (r.args, r.args[::-1]) if one == x and x not in e.free_symbols]
        ends = [e + near for e in sides for near in NEAR]
        for at in inside[:FEW]:
            for value in [*(substitute(e, at) for e in ends), *FAR]:
                there = {**at, x: value}
                if value.is_number and fits(x, value) and all(holds(r, there) for r in told if r.free_symbols <= set(there)):
                    yield there


def total_at(total: Total, at: Point) -> str:
    """Whether a total is finite at a point: FINITE, INFINITE, or "" where that is open."""
    there = substitute(total, {s: v for s, v in at.items() if s != total.x})
    if there.free_symbols or there.has(S.NaN, S.ComplexInfinity):
        return ""
    try:
        verdict = convergence(there.body, there.x, there.measure, Facts()).verdict
    except (TypeError, ValueError, ArithmeticError, NotImplementedError, RecursionError, TooLarge):  # what makes no sense there
        return ""
    return verdict if verdict in (FINITE, INFINITE) else ""
