"""Points at which facts hold, to see at once that a sum cannot be proved nonnegative: it is negative at one of them.

Nothing is proved here; a search for a proof that cannot end well is not begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from sympy import Expr, S, Symbol

Point = dict[Symbol, float]
Polynomial = list[tuple[float, tuple[tuple[Symbol, int], ...]]]

WANTED, TRIES = 10, 240
PAIRS = 3
SCALES = (0.3, 1.0, 3.0, 12.0)


def polynomial(total: dict) -> Polynomial | None:
    """A sum of terms as a polynomial in symbols, whole negative powers allowed; None where it is none."""
    found: Polynomial = []
    for mono, c in total.items():
        powers = []
        for (b, m), n in mono:
            if not isinstance(b, Symbol) or m is not S.One or Fraction(n).denominator != 1:
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


def of_difference(d: Expr) -> Polynomial | None:
    """A difference d as a polynomial in its symbols, or None where it is none."""
    symbols = sorted(d.free_symbols, key=str)
    poly = d.as_poly(*symbols) if symbols else None
    if poly is None or not all(c.is_Rational for c in poly.coeffs()):
        return None
    return [(float(c), tuple((s, int(n)) for s, n in zip(symbols, powers, strict=True) if n)) for powers, c in poly.terms()]


@dataclass(frozen=True)
class Samples:
    """Points where the inequalities hold: differences that are polynomial, and whether they are > 0; `opaque` are the others' symbols."""

    points: list[Point]
    opaque: frozenset[Symbol]
    inequalities: list[tuple[Polynomial, bool]]

    def some(self, symbols: Iterable[Symbol], most: int) -> list[Point]:
        """Up to `most` of the points, other symbols with values of their own; none where there is none or nothing is known of a symbol."""
        symbols = list(symbols)
        if not self.opaque.isdisjoint(symbols):
            return []
        return [{s: p[s] if s in p else drawn(s, Random(f"{s.name}{n or ''}")) for s in symbols} for n, p in enumerate(self.points[:most])]

    def pairs(self, symbols: Iterable[Symbol], x: Symbol) -> Iterator[tuple[Point, Point]]:
        """A few of those points, each with one that differs in x alone."""
        near = [(p, strict) for p, strict in self.inequalities if any(b == x for _, powers in p for b, _ in powers)]
        steps = (1, -1, 2) if x.is_integer else (0.43, -0.31, 0.11, -0.07, 0.013)
        for whole, point in zip(self.points, self.some(symbols, PAIRS), strict=False):
            for other in (point[x] + step for step in steps) if x in point else ():
                moved = {**whole, **point, x: other}
                if suits(x, other) and all(holds(p, strict, moved) for p, strict in near):
                    yield point, {**point, x: other}
                    break


def suits(symbol: Symbol, value: float) -> bool:
    """Whether a symbol's own assumptions allow a value."""
    if symbol.is_positive or symbol.is_nonnegative:
        return value > 0
    return value < 0 if symbol.is_negative or symbol.is_nonpositive else True


def samples(differences: Iterable[tuple[Expr, bool]]) -> Samples:
    """Points where those of the differences that are polynomial are ≥ 0 (or > 0), and the symbols that the others speak of."""
    inequalities: list[tuple[Polynomial, bool]] = []
    opaque: set[Symbol] = set()
    for d, strict in differences:
        p = of_difference(d)
        if p is None:
            opaque |= d.free_symbols
        else:
            inequalities.append((p, strict))
    symbols = sorted({b for p, _ in inequalities for _, powers in p for b, _ in powers}, key=str)
    random, found = Random(1), []
    for _ in range(TRIES):
        point = {s: drawn(s, random) for s in symbols}
        if all(holds(p, strict, point) for p, strict in inequalities):
            found.append(point)
        if len(found) == WANTED:
            break
    return Samples(found, frozenset(opaque), inequalities)


def holds(p: Polynomial, strict: bool, point: Point) -> bool:
    try:
        v = value(p, point)[0]
    except (ZeroDivisionError, OverflowError):
        return False
    return v > 1e-9 if strict else v >= 0


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
