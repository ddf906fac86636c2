"""Expressions with totals in them, prepared for values at many points: each total's parts compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Dummy, Expr, Symbol, cos, oo, sin

from derive.check.compiled import Compiled, compile_body, turns
from derive.language.totals import Lebesgue, Measure, Total


@dataclass(frozen=True)
class Program:
    """A term made ready. Totals in it that are free of its variable are worked out once, the others at each value of it."""

    compiled: Compiled
    still: tuple[Program, ...] = ()
    moving: tuple[Program, ...] = ()
    measure: Measure | None = None
    cuts: int = 0  # how many of the constants are kinks, after the ends
    crooked: tuple[Compiled, ...] = ()  # functions at whose zeros there may be kinks
    periodic: bool = False


def prepare(term: Expr, parameters: Sequence[Symbol]) -> Program:
    """Compile a term whose free symbols are among `parameters`. Raises Unusable where it cannot be."""
    if not isinstance(term, Total):
        term, still = pull(term, lambda t: True)
        return Program(compile_body(term, [], [*parameters, *still]), tuple(prepare(t, parameters) for t in still.values()))
    x, body = term.x, term.body
    if x in parameters:
        x = Dummy("x", **x.assumptions0)
        body = body.xreplace({term.x: x})
    body, still = pull(body, lambda t: x not in t.free_symbols)
    return prepare_total(body, x, term.measure, [*parameters], still)


def prepare_total(body: Expr, x: Symbol, measure: Measure, parameters: list[Symbol], still: dict[Symbol, Total]) -> Program:
    """Compile the total of a body in which the totals free of x are symbols already."""
    plain, moving = pull(body, lambda t: True)
    names = [*parameters, *still]
    found: list[Expr] = []
    bent: list[Compiled] = []
    if isinstance(measure, Lebesgue) and not moving:
        found, edges = turns(plain, x)
        bent = [compile_body(e, [x], names) for e in edges]
    return Program(compile_body(plain, [x, *moving], names, [*ends(measure), *found]),
                   tuple(prepare(t, parameters) for t in still.values()),
                   tuple(prepare(t, [*parameters, x]) for t in moving.values()),
                   measure, len(found), tuple(bent), not moving and is_periodic(plain, x, measure))


def ends(measure: Measure) -> Iterator[Expr]:
    """The finite ends of a range, or the points of a finite set."""
    yield from (e for e in measure.args if e not in (oo, -oo))


def is_periodic(body: Expr, x: Symbol, measure: Measure) -> bool:
    """Whether the interval is a whole period of the body."""
    if not (isinstance(measure, Lebesgue) and body.has(cos, sin) and measure.lo.is_finite and measure.hi.is_finite):
        return False
    return bool(body.xreplace({x: x + measure.hi - measure.lo}) == body)


def pull(term: Any, wanted: Callable[[Total], bool]) -> tuple[Any, dict[Symbol, Total]]:
    """`term` with a new symbol for each outermost total that is wanted, and what the symbols stand for."""
    found: dict[Symbol, Total] = {}

    def walk(t: Basic) -> Basic:
        if isinstance(t, Total):
            if not wanted(t):
                return t
            new = Dummy("T", real=True)
            found[new] = t
            return new
        return t.func(*map(walk, t.args)) if t.has(Total) else t

    return walk(term), found
