"""Generic rational points at which parameters meet what is assumed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from random import Random

from sympy import (
    Expr,
    FallingFactorial,
    Integer,
    Pow,
    Rational,
    RisingFactorial,
    S,
    Symbol,
    binomial,
    factorial,
    factorial2,
    gamma,
    harmonic,
    lowergamma,
    polygamma,
    uppergamma,
    zeta,
)
from sympy.logic.boolalg import Boolean

Point = dict[Symbol, Rational]

USUAL = 3  # points that are drawn at once
TRIES = 100  # draws before giving up
TALL = 500  # numerator and denominator of an exponent in a condition, and of what such a function is of
WRITTEN_OUT = (  # functions of which SymPy writes out the exact values at whole numbers
    factorial, factorial2, gamma, binomial, RisingFactorial, FallingFactorial, zeta, harmonic, polygamma, lowergamma, uppergamma)
SIZES = tuple(Rational(*r) for r in (
    (1, 1), (1, 3), (3, 1), (1, 9), (9, 1), (1, 40), (40, 1), (1, 200), (300, 1), (1, 4000), (10**7, 1)))
GENERIC = tuple(Rational(*r) for r in (
    (4, 3), (7, 5), (5, 2), (11, 7), (9, 4), (13, 8), (17, 6), (8, 3), (12, 5), (16, 11), (19, 9), (10, 7),
    (3, 7), (7, 10), (2, 3), (5, 8), (2, 7), (5, 11), (4, 9), (8, 13), (3, 8), (7, 12), (6, 11), (10, 13)))


def at(*points: Mapping) -> str:
    """Where, in words: " at b = 1/2; b = 3"; nothing where there are no parameters.

    >>> at({Symbol("b"): Rational(1, 2)}, {Symbol("b"): Integer(3)}), at({})
    (' at b = 1/2; b = 3', '')
    """
    named = "; ".join(words(p) for p in points if p)
    return f" at {named}" if named else ""


def words(point: Mapping) -> str:
    """The values of the parameters, in words."""
    return ", ".join(f"{s} = {v}" for s, v in point.items()) or "no parameters"


def points(symbols: Sequence[Symbol], conditions: Sequence[Boolean], count: int, seed: int = 0) -> list[Point]:
    """Up to `count` points where `symbols` have their own assumptions and all `conditions` hold, the same ones for the same seed.

    The values are moderate and not special, no two symbols of a point share one, and there are fewer points than asked for, or
    none, where trying did not find them. Conditions that name other symbols are left aside.

    >>> from sympy.abc import p
    >>> q = Symbol("q", positive=True)
    >>> [0 < point[q] < 1 for point in points([q], [q < 1], 3)]
    [True, True, True]
    >>> points([p], [p > 1, p < 1], 3)
    []
    """
    order = sorted(set(symbols), key=lambda s: (s.name, str(s.assumptions0)))
    known = tuple(c for c in conditions if c.free_symbols <= set(order))
    return [dict(point) for point in drawn(tuple(order), known, max(count, USUAL), seed)[:count]]


@lru_cache(maxsize=64)
def drawn(order: tuple[Symbol, ...], known: tuple[Boolean, ...], count: int, seed: int) -> list[Point]:
    """The points. Several checks of one density ask for the same ones."""
    found: list[Point] = []
    for point in candidates(order, Random(seed), TRIES + 4 * count):
        if point not in found and all(holds(c, point) for c in known):
            found.append(point)
        if len(found) >= count or (not order and found):
            break
    return found


def candidates(symbols: Sequence[Symbol], random: Random, tries: int) -> Iterator[Point]:
    """Points that meet the symbols' own assumptions, of sizes that vary from draw to draw."""
    tests = {s: list(s._assumptions_orig.items()) for s in symbols}  # the others follow
    for k in range(tries):
        point: Point = {}
        taken: set[Rational] = set()
        for s in symbols:
            size = random.choice(SIZES[: 1 + k // 8])
            value = draw(s, size, random, tests[s], taken)
            if value is None:
                break
            point[s] = value
            taken.add(value)
        else:
            yield point


def draw(symbol: Symbol, size: Rational, random: Random, tests: list[tuple[str, bool]], taken: set[Rational]) -> Rational | None:
    """One value with the symbol's assumptions; one that another symbol has already only where nothing else is left."""
    repeated = None
    for _ in range(12):
        whole = random.randint(2, 9) * max(size, S.One) if size >= S.One else Integer(random.randint(0, 9))
        value = whole if symbol.is_integer else random.choice(GENERIC) * size
        if symbol.is_negative or symbol.is_nonpositive or (not symbol.is_nonnegative and random.random() < 0.4):
            value = -value
        if all(has(value, name) is wanted for name, wanted in tests):
            if value not in taken:
                return value
            repeated = value
    return repeated


KNOWN: dict[str, Callable[[Rational], bool]] = {
    "real": lambda v: True, "finite": lambda v: True, "rational": lambda v: True, "integer": lambda v: v.q == 1, "positive": lambda v: v.p > 0,
    "negative": lambda v: v.p < 0, "nonnegative": lambda v: v.p >= 0, "nonpositive": lambda v: v.p <= 0, "nonzero": lambda v: v.p != 0}  # fmt: skip


def has(value: Rational, name: str) -> bool | None:
    """Whether a number is positive, an integer, …, without SymPy's long way to it."""
    return KNOWN[name](value) if name in KNOWN else getattr(value, f"is_{name}")


@lru_cache(maxsize=1000)
def moving(condition: Boolean) -> tuple[Expr, ...]:
    """The exponents with letters in them, and such arguments of the functions that SymPy writes out, inner ones first."""
    found = {p.exp for p in condition.atoms(Pow)} | {a for f in condition.atoms(*WRITTEN_OUT) for a in f.args}
    return tuple(sorted((e for e in found if e.free_symbols), key=lambda e: e.count_ops()))


def within_reach(e: Expr, point: Point) -> bool:
    """Whether SymPy's exact values bear an exponent or an argument: of u^(3/40000000) it writes out 40 million factors, of powers inside
    powers it factors what comes out, and ζ(2·10⁷) is a Bernoulli number.
    """
    value = e.xreplace(point)
    return not value.is_Rational or max(abs(value.p), value.q) <= TALL


def holds(condition: Boolean, point: Point) -> bool:
    """Whether a relation comes out true at a point (and not merely undecided, or out of reach)."""
    if not all(within_reach(e, point) for e in moving(condition)):
        return False
    try:
        return condition.xreplace(point) == True  # noqa: E712 - SymPy's true, not Python's
    except (TypeError, ValueError):
        return False
