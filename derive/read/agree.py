"""Whether two formulas that should be the same are: by rearranging, or else by their values at random points of the domain."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping

from sympy import Expr, Rational, S, Symbol, powsimp
from sympy.logic.boolalg import Boolean

from derive.algebra.rational import short
from derive.language.problem import Variable
from derive.language.totals import Atoms, Counting, Lebesgue

DIGITS = 30
POINTS, TRIES = 4, 400
LARGE = 300  # operations, beyond which rearranging takes too long

Point = Mapping[Symbol, Expr]


def difference(a: Expr, b: Expr, variables: Iterable[Variable], conditions: Iterable[Boolean]) -> str | None:
    """None where a and b are the same, else why they are not taken to be: "" or a point where they differ.

    >>> from sympy.abc import x
    >>> difference((x + 1)**2, x**2 + 2*x + 1, (), ())
    """
    if a == b or (a.count_ops() + b.count_ops() < LARGE and short(a - b) and powsimp((a - b).expand()) == 0):
        return None
    found = 0
    for point in points(a.free_symbols | b.free_symbols, tuple(variables), tuple(conditions)):
        left, right = value(a, point), value(b, point)
        if left is None or right is None:
            continue
        if abs(left - right) > Rational(10) ** (5 - DIGITS) * (abs(left) + abs(right)):
            return ", ".join(f"{s} = {v}" for s, v in sorted(point.items(), key=str))
        found += 1
    return None if found >= 2 else ""


def value(term: Expr, point: Point) -> Expr | None:
    """The value at a point, or None where it cannot be had."""
    try:
        number = term.xreplace(dict(point)).evalf(DIGITS)
    except (TypeError, ValueError, ArithmeticError, RecursionError):
        return None
    return number if number.is_number and number.is_finite and all(p.is_Number for p in number.as_real_imag()) else None


def points(letters: set[Symbol], variables: tuple[Variable, ...], conditions: tuple[Boolean, ...]) -> Iterator[Point]:
    """A few points that satisfy the conditions and lie in the domains; the same ones in every run."""
    rng = random.Random(1)
    bound = {v.symbol for v in variables}
    extra = set().union(*(v.measure.free_symbols for v in variables), *(c.free_symbols for c in conditions)) - bound
    free = sorted((letters | extra) - bound, key=str)
    given = 0
    for _ in range(TRIES):
        point: dict[Symbol, Expr] = {s: draw(s, rng) for s in free}
        if not all(c.xreplace(point) is S.true for c in conditions) or not all(place(v, point, rng) for v in variables):
            continue
        yield point
        given += 1
        if given == POINTS:
            return


def draw(symbol: Symbol, rng: random.Random) -> Expr:
    """A value that has the sign and the kind of a symbol."""
    size = Rational(rng.randint(1, 40), rng.choice([7, 11, 43]))
    number = S(rng.randint(1, 6)) if symbol.is_integer else size
    return -number if symbol.is_nonpositive or (not symbol.is_nonnegative and rng.random() < 0.5) else number


def place(variable: Variable, point: dict[Symbol, Expr], rng: random.Random) -> bool:
    """Give the variable a value in its domain; False where there is none."""
    measure = variable.measure.xreplace(point)
    found: Expr | None = None
    if isinstance(measure, Atoms):
        found = rng.choice(measure.points)
    elif isinstance(measure, Lebesgue):
        found = between(measure.lo, measure.hi, Rational(rng.randint(1, 30), 31), rng)
    elif isinstance(measure, Counting):
        steps = rng.randint(0, 6)
        found = measure.lo + steps if measure.lo.is_finite else measure.hi - steps if measure.hi.is_finite else S(steps - 3)
    if found is None or (isinstance(measure, (Lebesgue, Counting)) and not (measure.lo <= found) & (found <= measure.hi)):
        return False
    point[variable.symbol] = found
    return True


def between(low: Expr, high: Expr, part: Rational, rng: random.Random) -> Expr | None:
    """A number between two ends."""
    if low.is_finite and high.is_finite:
        return low + (high - low) * part if low < high else None
    far = part * rng.choice([1, 5])
    return low + far if low.is_finite else high - far if high.is_finite else far * rng.choice([1, -1])
