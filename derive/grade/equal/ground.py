"""Where two expressions are compared: what is known of the names in them, and points at which to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from sympy import Expr, Integer, Rational, Symbol
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.check.points import Point, holds, points
from derive.language.totals import Atoms, Measure, substitute

GENERIC = 5  # points drawn by chance, moderate ones first
SPECIAL = 8  # points at integers and half-integers
SPECIAL_VALUES = tuple(map(Rational, ("1", "2", "1/2", "3", "3/2", "-1", "5/2", "-1/2", "4", "1/3", "-2", "0")))
Variables = Sequence[tuple[Symbol, Measure]]


class Ground:
    """Facts, the variables with what they range over, and the names that may occur. Immutable; `seen` only remembers points.

    >>> p = Symbol("p", positive=True)
    >>> all(0 < point[p] < 1 for point in Ground([p < 1], names=[p]).points({p}))
    True
    """

    def __init__(self, relations: Iterable[Boolean] = (), variables: Variables = (), names: Iterable[Symbol] = ()) -> None:
        facts = Facts(relations)
        self.outside = facts
        self.variables = tuple(variables)
        self.names = tuple(dict.fromkeys(names))
        for x, measure in variables:
            facts = facts.within(x, measure)
        self.facts = facts
        self.seen: dict[tuple[frozenset[Symbol], int], list[Point]] = {}

    def with_(self, *more: Boolean, variables: Variables | None = None) -> Ground:
        """The same place with more facts or other variables."""
        return Ground((*self.outside.relations, *more), self.variables if variables is None else variables, self.names)

    def points(self, symbols: set[Symbol], seed: int = 0) -> list[Point]:
        """Points at which the names have their assumptions and every relation holds, generic ones first."""
        key = frozenset(symbols), seed
        if key not in self.seen:
            self.seen[key] = unique(self.drawn(symbols, seed))
        return self.seen[key]

    def drawn(self, symbols: set[Symbol], seed: int) -> Iterator[Point]:
        atoms = {x: m for x, m in self.variables if isinstance(m, Atoms) and x in symbols}
        plain = self.needed(symbols) - set(atoms)
        relations = self.facts.relations
        bases = [*points(sorted(plain, key=key_of), relations, GENERIC, seed), *special_points(plain, relations)]
        choices = list(product(*([(x, p) for p in m.points] for x, m in atoms.items())))
        for i, base in enumerate(bases):
            chosen = choices[i % len(choices) :] + choices[: i % len(choices)]
            for choice in chosen[: 2 if i < GENERIC else 1]:
                yield {**base, **{x: substitute(p, base) for x, p in choice}}

    def needed(self, symbols: set[Symbol]) -> set[Symbol]:
        """The symbols, and those that share a relation with them."""
        found = set(symbols)
        while True:
            more = {s for r in self.facts.relations if r.free_symbols & found for s in r.free_symbols} - found
            more |= {s for x, m in self.variables if x in found for s in m.free_symbols} - found
            if not more:
                return found
            found |= more


def unique(found: Iterable[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in found:
        if point not in kept:
            kept.append(point)
    return kept


def key_of(s: Symbol) -> tuple[str, str]:
    return s.name, str(s.assumptions0)


def special_points(symbols: set[Symbol], relations: Sequence[Boolean]) -> Iterator[Point]:
    """Points at whole and half numbers that meet the symbols' assumptions."""
    order = sorted(symbols, key=key_of)
    known = [r for r in relations if r.free_symbols <= symbols]
    allowed = {s: [v for v in (*SPECIAL_VALUES, *map(Integer, range(5, 9))) if fits(s, v)] for s in order}
    if not order or not all(allowed.values()):
        return
    count = 0
    for turn in range(4 * SPECIAL):
        point = {s: allowed[s][(turn * (2 * i + 1) + i) % len(allowed[s])] for i, s in enumerate(order)}
        if all(holds(r, point) for r in known):
            yield point
            count += 1
        if count == SPECIAL:
            return


def fits(symbol: Symbol, value: Expr) -> bool:
    """Whether a number has what is assumed of a symbol."""
    return all(getattr(value, f"is_{name}") is wanted for name, wanted in symbol.assumptions0.items())
