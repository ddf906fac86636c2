"""Points at which facts hold, to see at once that a sum cannot be proved nonnegative: it is negative at one of them.

Nothing is proved here; a search for a proof that cannot end well is not begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import TypeAlias

from sympy import Add, Basic, Expr, S, Symbol

from derive.algebra import rough
from derive.language.parts import free

Point = dict[Symbol, float]
Polynomial = list[tuple[float, tuple[tuple[Symbol, int], ...]]]
Difference: TypeAlias = Polynomial | Expr

WANTED, TRIES = 10, 240
PAIRS = 3
LOOKED_AT = 4  # of the points, where the sign of an expression is asked for
SURE = 1000  # how many times its rounding error a value has to be, for its sign to count
SCALES = (0.3, 1.0, 3.0, 12.0)


def polynomial(total: dict) -> Polynomial | None:
    """A sum of terms as a polynomial in symbols, whole negative powers allowed; None where it is none."""
    found: Polynomial = []
    for mono, c in total.items():
        powers = []
        for (b, m), n in mono:
            if not isinstance(b, Symbol) or m is not S.One or n.denominator != 1:
                return None
            powers.append((b, int(n)))
        found.append((float(c), tuple(powers)))
    return found


def value(p: Polynomial, point: Point) -> tuple[float, float]:
    """The value of a polynomial at a point, and the size of its terms there."""
    total = size = 0.0
    for c, powers in p:
        for b, n in powers:
            c *= point[b] ** n
        total, size = total + c, size + abs(c)
    return total, size


def drawn(symbol: Symbol, random: Random) -> float:
    """A value with the symbol's own assumptions."""
    scale = random.choice(SCALES)
    size = float(random.randint(0, int(4 * scale))) if symbol.is_integer else random.random() * scale
    if symbol.is_positive or symbol.is_negative or symbol.is_nonzero:
        size = size or 1.0
    flip = symbol.is_negative or symbol.is_nonpositive or (not symbol.is_nonnegative and not symbol.is_positive and random.random() < 0.5)
    return -size if flip else size


@lru_cache(maxsize=1000)
def freely(symbol: Symbol, number: int) -> float:
    """The value of a symbol of which no inequality speaks, at the point of this number."""
    return drawn(symbol, Random(f"{symbol.name}{number or ''}"))


@lru_cache(maxsize=1000)
def of_difference(d: Expr) -> Polynomial | None:
    """A difference d as a polynomial in its symbols, or None where it is none."""
    parts = [part.as_coeff_Mul() for part in Add.make_args(d)]
    if all(c.is_Rational and (s.is_Symbol or s is S.One) for c, s in parts):  # what needs no Poly
        return [(float(c), ((s, 1),) if s.is_Symbol else ()) for c, s in parts]
    symbols = sorted(d.free_symbols, key=str)
    poly = d.as_poly(*symbols) if symbols else None
    if poly is None or not all(c.is_Rational for c in poly.coeffs()):
        return None
    return [(float(c), tuple((s, int(n)) for s, n in zip(symbols, powers, strict=True) if n)) for powers, c in poly.terms()]


@dataclass(frozen=True)
class Samples:
    """Points where the inequalities hold: differences, and whether they are > 0; `opaque` are the symbols of those without a value."""

    points: list[Point]
    opaque: frozenset[Symbol]
    inequalities: list[tuple[Difference, bool]]
    tables: list[tuple[Point, dict[Basic, rough.Pair]]] = field(default_factory=list)  # values that were found at some of the points
    beside: list[dict[tuple[Symbol, float], dict[Basic, rough.Pair]]] = field(default_factory=list)  # and where one symbol is moved from there

    def some(self, symbols: Iterable[Symbol], most: int) -> list[Point]:
        """Up to `most` of the points, other symbols with values of their own; none where there is none or nothing is known of a symbol."""
        symbols = list(symbols)
        if not self.opaque.isdisjoint(symbols):
            return []
        return [{s: p[s] if s in p else freely(s, n) for s in symbols} for n, p in enumerate(self.points[:most])]

    def pairs(self, symbols: Iterable[Symbol], x: Symbol) -> Iterator[tuple[rough.Place, rough.Place]]:
        """A few of those points, each with one that differs in x alone."""
        near = [(p, strict) for p, strict in self.inequalities if x in symbols_of(p)]
        steps = (1, -1, 2) if x.is_integer else (0.43, -0.31, 0.11, -0.07, 0.013)
        for whole, point, (_, found), beside in zip(self.points, self.some(symbols, PAIRS), self.tables, self.beside, strict=False):
            place = rough.Place(point, found, beside)
            for other in (point[x] + step for step in steps) if x in point else ():
                moved = {**whole, **point, x: other}
                if suits(x, other) and all(holds(p, strict, moved) for p, strict in near):
                    yield place, place.moved(x, other)
                    break


def suits(symbol: Symbol, value: float) -> bool:
    """Whether a symbol's own assumptions allow a value."""
    if symbol.is_positive or symbol.is_nonnegative:
        return value > 0
    return value < 0 if symbol.is_negative or symbol.is_nonpositive else True


def samples(differences: Iterable[tuple[Expr, bool]]) -> Samples:
    """Points where the differences are ≥ 0 (or > 0), but for those without a value, whose symbols are named."""
    inequalities: list[tuple[Difference, bool]] = []
    opaque: set[Symbol] = set()
    for d, strict in differences:
        p = of_difference(d)
        if p is None and not rough.has_value(d):
            opaque |= d.free_symbols
        else:
            inequalities.append((d if p is None else p, strict))
    inequalities.sort(key=lambda item: isinstance(item[0], Expr))  # what is quick to see comes first
    symbols = sorted({s for d, _ in inequalities for s in symbols_of(d)}, key=str)
    random, found = Random(1), []
    for _ in range(TRIES):
        point = {s: drawn(s, random) for s in symbols}
        if all(holds(d, strict, point) for d, strict in inequalities):
            found.append(point)
        if len(found) == WANTED:
            break
    return Samples(found, frozenset(opaque), inequalities, [(dict(point), {}) for point in found[:LOOKED_AT]], [{} for _ in found[:LOOKED_AT]])


def symbols_of(d: Difference) -> set[Symbol]:
    return d.free_symbols if isinstance(d, Expr) else {b for _, powers in d for b, _ in powers}


def holds(d: Difference, strict: bool, point: Point) -> bool:
    try:
        if isinstance(d, Expr):
            v, error = rough.value(d, point, {})
            return bool(v > SURE * error + 1e-9)
        v = value(d, point)[0]
    except (ArithmeticError, ValueError, TypeError):  # a complex number has no sign
        return False
    return v > 1e-9 if strict else v >= 0


def clearly_negative(e: Expr, known: Samples) -> bool:
    """Whether an expression is negative at one of the points (other symbols get values freely), so that no proof need be looked for.

    >>> from sympy import exp
    >>> x = Symbol("x", positive=True)
    >>> clearly_negative(1 - exp(x), samples([(1 - x, True)])), clearly_negative(3 - exp(x), samples([(1 - x, True)]))
    (True, False)
    """
    symbols = free(e)
    if not known.opaque.isdisjoint(symbols) or any(s.is_even or s.is_odd or s.is_prime for s in symbols) or not rough.has_value(e):
        return False
    for number, (point, found) in enumerate(known.tables):
        point |= {s: freely(s, number) for s in symbols - point.keys()}
        try:
            v, error = rough.value(e, point, found)
            if v < -SURE * error:
                return True
        except (ArithmeticError, ValueError, TypeError):
            continue
    return False


def refuted(total: dict, strict: bool, known: Samples) -> bool:
    """Whether a sum is clearly negative, or 0 where it should be > 0, at one of the points (other symbols get values freely)."""
    p = polynomial(total)
    if p is None:
        return False
    symbols = {b for _, powers in p for b, _ in powers}
    if symbols & known.opaque:
        return False
    random = Random(2)
    for point in known.points:
        whole = point if symbols <= point.keys() else point | {s: drawn(s, random) for s in sorted(symbols - point.keys(), key=str)}
        try:
            v, size = value(p, whole)
        except (ZeroDivisionError, OverflowError):
            continue
        if v < -1e-6 * size or (strict and v == 0):
            return True
    return False
