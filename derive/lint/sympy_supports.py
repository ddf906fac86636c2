"""The sets of SymPy as measures, and densities without what they say of being outside their sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sympy import Eq, Expr, FiniteSet, Intersection, Interval, Piecewise, ProductSet, Range, S, Symbol, sympify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.sets.contains import Contains
from sympy.stats.rv import Distribution

from derive.language.totals import Atoms, Counting, Lebesgue, Measure, variable
from derive.lint.published import Refusal


def measures(found: Any) -> Iterator[Measure]:
    """The measures of a support: one for each variable. Raises Refusal for a set that is none of those known here.

    >>> list(measures(S.Naturals)), list(measures(Interval(0, 1)))
    ([Counting(1, oo)], [Lebesgue(0, 1)])
    """
    found = FiniteSet(*found) if isinstance(found, (set, frozenset)) else sympify(found)
    match found:
        case ProductSet():
            for part in found.sets:
                yield from measures(part)
        case Interval():
            yield Lebesgue(found.start, found.end)
        case FiniteSet():
            yield Atoms(*sorted(found.args, key=str)) if not all(e.is_Integer for e in found) else run_of(sorted(found.args))
        case Range() if found.step == 1:
            yield Counting(found.inf, found.sup)
        case S.Naturals:
            yield Counting(1, S.Infinity)
        case S.Naturals0:
            yield Counting(0, S.Infinity)
        case S.Integers:
            yield Counting(S.NegativeInfinity, S.Infinity)
        case S.Reals:
            yield Lebesgue(S.NegativeInfinity, S.Infinity)
        case Intersection():
            yield whole(found)
        case _:
            raise Refusal(f"its support is of a kind that is not known here: {str(found)[:80]}")


def run_of(points: list[Expr]) -> Measure:
    """Integers without a gap as a range."""
    return Counting(points[0], points[-1]) if len(points) > 1 and points[-1] - points[0] == len(points) - 1 else Atoms(*points)


def whole(found: Intersection) -> Measure:
    """The integers between two ends."""
    integers = [part for part in found.args if part in (S.Naturals, S.Naturals0, S.Integers)]
    ends = [part for part in found.args if isinstance(part, Interval)]
    if len(integers) == 1 and len(ends) == 1 and len(found.args) == 2 and ends[0].start.is_Integer and integers[0].inf <= ends[0].start:
        return Counting(ends[0].start, ends[0].end)
    raise Refusal(f"its support is of a kind that is not known here: {str(found)[:80]}")


def points_of(ranges: list[Measure], made: Distribution) -> tuple[Expr, ...]:
    """The points of a finite support where SymPy gives the density at numbers only, or where they may be letters."""
    if len(ranges) == 1 and isinstance(ranges[0], Atoms):
        return tuple(ranges[0].points)
    numbers = len(ranges) == 1 and isinstance(ranges[0], Counting) and ranges[0].hi.is_Integer and ranges[0].lo.is_Integer
    return tuple(ranges[0].lo + i for i in range(int(ranges[0].hi - ranges[0].lo) + 1)) if numbers and hasattr(made, "pmf") else ()


def numbered(law: Callable[[Expr], Expr], points: tuple[Expr, ...], name: str) -> tuple[Expr, list[tuple[Symbol, Measure]]]:
    """A density on finitely many points, which are numbered: they may be letters."""
    measure = Atoms(*range(1, len(points) + 1))
    k = variable(name, measure)
    values = [(sympify(law(p)), Eq(k, i)) for i, p in enumerate(points, 1)]
    return Piecewise(*values, (S.Zero, True)), [(k, measure)]


def settled(density: Expr, places: list[tuple[Symbol, Measure]]) -> Expr:
    """The density without the cases that only say that it is 0 outside its support, or that a whole number is whole."""
    inside = dict(places)
    whole = density.replace(lambda e: isinstance(e, Contains) and e.args[0] in inside and e.args[1] == S.Integers, lambda e: S.true
                            if isinstance(inside[e.args[0]], (Counting, Atoms)) else e)  # fmt: skip
    return whole.replace(lambda e: isinstance(e, Piecewise), lambda e: Piecewise(*((v, within(c, inside)) for v, c in e.args)))


def within(condition: Boolean, places: Mapping[Symbol, Measure]) -> Boolean:
    """A condition with what the supports say of it decided."""
    known = {r for x, m in places.items() if not isinstance(m, Atoms) for r in (x >= m.lo, x <= m.hi)}
    known |= {r.reversed for r in known if isinstance(r, Relational)}
    return condition.xreplace(dict.fromkeys(known, S.true)) if isinstance(condition, Boolean) else condition
