"""Closed ranges of parameters, as 0 <= p <= 1: their interior and each of their ends are looked at apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sympy import Basic, Eq, Expr, Ge, Gt, Le, Lt, Piecewise, Pow, S, Symbol, nan, zoo

from derive.algebra.signs import Facts
from derive.language.problem import Parameter, Problem
from derive.language.totals import Lebesgue
from derive.lint.causes import normalized
from derive.lint.places import Clock
from derive.lint.published import AGREES, NORMALIZED, Finding
from derive.lint.sentences import sentence

OPEN = {Le: Lt, Ge: Gt}
MOST_ENDS = 2  # of different parameters at once


def by_cases(problem: Problem, found: Finding, clock: Clock) -> Finding:
    """The finding, or a better one where the mass is proved to be 1 inside the ranges of the parameters."""
    if not closed_ends(problem):
        return found
    left = unproved(problem, clock, MOST_ENDS)
    if left is None:
        return found
    if not left:
        return Finding(problem.id, NORMALIZED, sentence("one_by_cases"), "1")
    return Finding(problem.id, AGREES, sentence("one_inside", ends="; ".join(left)), "1")


def unproved(problem: Problem, clock: Clock, depth: int) -> list[str] | None:
    """The ends at which no proof was found that the mass is 1; None where there is none inside the ranges either."""
    if normalized(problem, clock.deadline):
        return []
    ends = closed_ends(problem)
    if not ends or depth == 0 or not normalized(opened(problem), clock.deadline):
        return None
    left: list[str] = []
    for symbol, value in ends:
        there = at_end(problem, symbol, value)
        if there is not None:
            more = unproved(there, clock, depth - 1) if plain(there.kernel) else None
            left += [f"{symbol} = {value}"] if more is None else [f"{symbol} = {value}, {end}" for end in more]
    return left


def closed_ends(problem: Problem) -> list[tuple[Symbol, Expr]]:
    """The parameters that may stand at an end of their ranges, with these ends.

    >>> from derive.read.asked import problem
    >>> closed_ends(problem("p**k*(1 - p)**(1 - k)", over={"k": "ZZ[0, 1]"}, given=["p >= 0", "p <= 1"]))
    [(p, 0), (p, 1)]
    """
    own = {p.symbol for p in problem.parameters}
    found = [(s, S.Zero) for s in sorted(own, key=str) if s.is_nonnegative and not s.is_positive]
    return list(dict.fromkeys([*found, *(end for c in problem.conditions if (end := end_of(c, own)) is not None)]))


def end_of(condition: Basic, own: set[Symbol]) -> tuple[Symbol, Expr] | None:
    """The parameter that stands alone on a side of a weak inequality, and the other side."""
    if isinstance(condition, (Le, Ge)):
        for symbol, value in (condition.args, condition.args[::-1]):
            if symbol in own and symbol not in value.free_symbols:
                return symbol, value
    return None


def opened(problem: Problem) -> Problem:
    """The problem without these ends, and no others."""
    own = {p.symbol for p in problem.parameters}
    positive = {s: Symbol(s.name, **{**s._assumptions_orig, "nonnegative": None, "positive": True})
                for s in own if s.is_nonnegative and not s.is_positive}  # fmt: skip
    conditions = tuple(OPEN[c.func](*c.args) if end_of(c, own) else c for c in problem.conditions)
    return put(replace(problem, conditions=conditions), positive)


def at_end(problem: Problem, symbol: Symbol, value: Expr) -> Problem | None:
    """The problem with a parameter at its end; None where that meets not all conditions."""
    made = put(problem, {symbol: value})
    if S.false in made.conditions or any(isinstance(v.measure, Lebesgue) and v.measure.lo == v.measure.hi for v in made.variables):
        return None
    facts = Facts(made.conditions)
    for v in made.variables:
        facts = facts.within(v.symbol, v.measure)
    kernel = made.kernel.replace(lambda e: isinstance(e, Piecewise), lambda e: possible(e, facts))
    return replace(made, kernel=kernel.replace(lambda e: isinstance(e, Pow) and e.base == 0, lambda e: power_of_zero(e, facts)))


def possible(cases: Piecewise, facts: Facts) -> Expr:
    """The cases that can occur on the support."""
    return Piecewise(*((value, condition) for value, condition in cases.args if not facts.contradicts(condition)))


def power_of_zero(power: Pow, facts: Facts) -> Expr:
    """0**k as 1 for k = 0 and else 0, where k cannot be negative."""
    known = power.exp.is_nonnegative or facts.follows(Ge(power.exp, 0))
    return Piecewise((S.One, Eq(power.exp, 0)), (S.Zero, True)) if known else power


def plain(kernel: Expr) -> bool:
    """Whether a kernel has a value at an end: no division by 0 and no power of it that may be one."""
    return not kernel.has(nan, zoo) and not any(p.base == 0 for p in kernel.atoms(Pow))


def put(problem: Problem, values: Mapping[Symbol, Basic]) -> Problem:
    """The problem with values for parameters."""
    variables = tuple(replace(v, measure=v.measure.xreplace(values)) for v in problem.variables)
    parameters = tuple(Parameter(s) for p in problem.parameters if isinstance(s := values.get(p.symbol, p.symbol), Symbol))
    conditions = tuple(c for c in dict.fromkeys(c.xreplace(values) for c in problem.conditions) if c is not S.true)
    return replace(problem, kernel=problem.kernel.xreplace(values), variables=variables, parameters=parameters, conditions=conditions,
                   kernel_written=None)  # fmt: skip
