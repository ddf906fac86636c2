"""Densities of some variables of a problem: p(x) of a pair (x, y) as a marginal density, p(x | y) as a conditional one."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile

from sympy import Basic, Expr, S, Symbol, Tuple
from sympy.core.function import AppliedUndef

from derive.grade.chance.chances import marginal_of
from derive.language.problem import Problem
from derive.language.totals import Total, substitute
from derive.read.latex_heads import Given


def spoken_of(applied: AppliedUndef) -> tuple[tuple[Basic, ...], tuple[Basic, ...]]:
    """What a density is taken at, and what is given: x and (τ, μ) of p(x | τ, μ)."""
    first, *rest = applied.args
    before, after = ((first.args[0],), [*first.args[1:], *rest]) if isinstance(first, Given) else (applied.args, [])
    flat = before[0].args if len(before) == 1 and isinstance(before[0], Tuple) else before
    return tuple(flat), tuple(one for e in after for one in (e.args if isinstance(e, Tuple) else (e,)))


def moving_in(applied: AppliedUndef, problem: Problem) -> set[Symbol]:
    """The variables of a problem whose density it is."""
    before, _ = spoken_of(applied)
    return {v.symbol for v in problem.variables} & set(before)  # type: ignore[arg-type]


def density_at(applied: AppliedUndef, problem: Problem, Z: Expr = S.One) -> Expr | None:
    """The density that p(x), p(y), p(x, y) or p(x | y) names, where the joint one is k/Z; None where none is known.

    A name in the place of the problem's variables stands for them: p(t) is the density of x at t.

    >>> from sympy import Function
    >>> from derive.read.asked import problem
    >>> pair = problem("exp(-x - y)", over={"x": "(0, oo)", "y": "(0, oo)"})
    >>> x, y = (v.symbol for v in pair.variables)
    >>> p = Function("p")
    >>> density_at(p(y, x), pair), density_at(p(y), pair)
    (exp(-x - y), Integral(exp(-x - y), (x, 0, oo)))
    """
    before, after = spoken_of(applied)
    own = [v.symbol for v in problem.variables]
    if not all(isinstance(e, Expr) for e in before):
        return None
    named = tuple(takewhile(lambda e: e in own, before)) if len(own) > 1 else ()
    placed = len(before) == len(own) and all(e in own or e.is_number for e in before) and len(set(before) & set(own)) < len(own)  # p(v, 1), p(a, a)
    if not named or placed:
        at = before[: len(own)]
        return substitute(problem.kernel / Z, dict(zip(own, at, strict=True))) if len(at) == len(own) else None
    given = [s for s in own if s in after and s not in named]
    joint, below = margin({*named, *given}, problem), margin(given, problem) if given else Z
    return None if joint is None or below is None else joint / below


def margin(kept: Collection[Basic], problem: Problem) -> Expr | None:
    """∫ k over the variables that are not kept."""
    own = [v.symbol for v in problem.variables]
    places = [i for i, s in enumerate(own) if s in kept]
    if len(places) == 1:
        return marginal_of(places[0], own[places[0]], problem, S.One)
    others = [v for v in problem.variables if v.symbol not in kept]
    if any(problem.variables[i].measure.has(other.symbol) for i in places for other in others):
        return None
    total = problem.kernel
    for v in reversed(others):
        total = Total(total, v.symbol, v.measure)
    return total
