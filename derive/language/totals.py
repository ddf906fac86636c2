"""Sums and integrals are one thing: the total of a body against a measure.

    ∫ f(x) dx over (a, b)      Total(f(x), x, Lebesgue(a, b))
    ∑ f(k) for k = a … b       Total(f(k), k, Counting(a, b))
    f(−1) + f(1)               Total(f(s), s, Atoms(-1, 1))

Several variables are totals inside totals, the outermost variable first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sympy import Add, Basic, Expr, Ge, Gt, Integral, Le, Lt, S, Sum, Symbol, ceiling, floor, oo, sympify
from sympy.logic.boolalg import Boolean

from derive.language.parts import every, exchanged, free


class Measure(Basic):
    """What a bound variable ranges over, and how it is counted."""


def far(end: Expr) -> Expr:
    """∞ + c is ∞ for every number c; SymPy keeps c where it might be infinite, as 1/a might for a real a."""
    if not end.is_Add:
        return end
    infinite = [t for t in Add.make_args(end) if t in (S.Infinity, S.NegativeInfinity)]
    finite = [t for t in Add.make_args(end) if not t.has(S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN)]
    return infinite[0] if len(infinite) == 1 and len(finite) == len(Add.make_args(end)) - 1 else end


class Lebesgue(Measure):
    """Length on the interval from `lo` to `hi`; its ends are points and weigh nothing."""

    __slots__ = "lo", "hi"
    lo: Any
    hi: Any

    def __new__(cls, lo: object, hi: object) -> Lebesgue:
        made: Lebesgue = Basic.__new__(cls, far(sympify(lo)), far(sympify(hi)))
        made.lo, made.hi = made.args
        return made


class Counting(Measure):
    """One for each integer from `lo` to `hi`, both included; either end may be infinite."""

    __slots__ = "lo", "hi"
    lo: Any
    hi: Any

    def __new__(cls, lo: object, hi: object) -> Counting:
        made: Counting = Basic.__new__(cls, sympify(lo), sympify(hi))
        made.lo, made.hi = made.args
        return made


class Atoms(Measure):
    """One for each point of a finite set."""

    points = property(lambda self: self.args)

    def __new__(cls, *points: object) -> Atoms:
        return Basic.__new__(cls, *map(sympify, points))


REALS = Lebesgue(-oo, oo)
POSITIVE = Lebesgue(0, oo)
UNIT = Lebesgue(0, 1)
NATURALS = Counting(0, oo)


class Total(Expr):
    """The total of `body` over the variable `x` against `measure`.

    >>> from sympy import Symbol, exp
    >>> x = Symbol("x", positive=True)
    >>> Total(exp(-x), x, POSITIVE)
    Integral(exp(-x), (x, 0, oo))
    """

    __slots__ = "body", "x", "measure"  # the arguments by name; finders ask for them again and again
    body: Any
    x: Any
    measure: Any
    is_commutative = True
    is_extended_real = True

    def __new__(cls, body: object, x: Symbol, measure: Basic) -> Total:
        made: Total = Expr.__new__(cls, sympify(body), x, measure)
        made.body, made.x, made.measure = made.args
        return made

    @property
    def free_symbols(self) -> set[Symbol]:
        return self.measure.free_symbols | (free(self.body) - {self.x})

    @property
    def bound_symbols(self) -> list[Symbol]:
        return [self.x]

    def _eval_subs(self, old: Basic, new: Basic) -> Basic:
        return substitute(self, {old: new})

    def to_sympy(self) -> Expr:
        """The same as SymPy's Integral, Sum or Add."""
        body, x, m = self.body.replace(lambda e: isinstance(e, Total), lambda e: e.to_sympy()), self.x, self.measure
        match m:
            case Lebesgue():
                return Integral(body, (x, m.lo, m.hi))
            case Counting():
                return Sum(body, (x, m.lo, m.hi))
            case Atoms():
                return sum((body.subs(x, p) for p in m.points), S.Zero)
        raise TypeError(f"no SymPy form for {m}")

    def _sympystr(self, printer: object) -> str:
        if isinstance(self.measure, (Lebesgue, Counting)):
            return printer.doprint(self.to_sympy())  # type: ignore[attr-defined]
        return f"Total({', '.join(map(printer.doprint, self.args))})"  # type: ignore[attr-defined]

    _sympyrepr = _sympystr


def totals(term: Basic) -> Iterator[Total]:
    """Every total in `term`, outer ones before those inside them.

    >>> from sympy.abc import x, y
    >>> [str(t.x) for t in totals(Total(Total(x*y, y, NATURALS), x, NATURALS))]
    ['x', 'y']
    """
    return iter(all_totals(term))


@lru_cache(maxsize=5000)
def all_totals(term: Basic) -> tuple[Total, ...]:
    found, left = [], [term]
    while left:
        part = left.pop()
        if isinstance(part, Total):
            found.append(part)
        left.extend(reversed(part.args))
    return tuple(found)


@lru_cache(maxsize=2000)
def support(x: Symbol, measure: Basic) -> tuple[Boolean, ...]:
    """What is known of a variable that ranges over `measure` (open at the ends of an interval: points weigh nothing).

    >>> from sympy.abc import x, a
    >>> support(x, Lebesgue(0, a))
    (x > 0, a > x)
    """
    if not isinstance(measure, (Lebesgue, Counting)):
        return ()
    above = Gt if isinstance(measure, Lebesgue) else Ge
    low = [above(x, measure.lo, evaluate=decides(x, measure.lo))] if measure.lo != -oo else []
    high = [above(measure.hi, x, evaluate=decides(x, measure.hi))] if measure.hi != oo else []
    return (*low, *high, *(rounded(x, measure) if isinstance(measure, Counting) else ()))


def decides(x: Symbol, end: Expr) -> bool:
    """Whether the symbol of a variable may say on which side of an end it lies; SymPy asks long."""
    return bool(x.is_positive or x.is_nonnegative or x.is_negative or x.is_nonpositive) or not end.is_extended_real


def rounded(x: Symbol, measure: Counting) -> list[Boolean]:
    """What ends such as ⌈m⌉ say of x by m itself: u ≤ ⌈u⌉ < u + 1 and u − 1 < ⌊u⌋ ≤ u."""
    known: list[Boolean] = []
    for up, least, most in ((ceiling, 0, 1), (floor, -1, 0)):
        for r in (r for r in measure.lo.atoms(up) if (measure.lo - r).is_number):
            known.append(Gt(x, measure.lo - r + r.args[0] + least) if least else Ge(x, measure.lo - r + r.args[0]))
        for r in (r for r in measure.hi.atoms(up) if (measure.hi - r).is_number):
            known.append(Lt(x, measure.hi - r + r.args[0] + most) if most else Le(x, measure.hi - r + r.args[0]))
    return known


def variable(name: str, measure: Measure) -> Symbol:
    """A symbol that carries what `measure` says of its sign and integrality.

    >>> variable("x", Lebesgue(0, 1)).is_positive, variable("k", NATURALS).is_nonnegative
    (True, True)
    """
    if isinstance(measure, Atoms):
        points = measure.points
        facts = [key for key in ("integer", "positive", "nonnegative", "negative", "real", "nonzero")
                 if points and all(getattr(p, f"is_{key}") for p in points)]
        return Symbol(name, **dict.fromkeys(facts, True))
    lo, hi = measure.lo, measure.hi
    integer = {"integer": True} if isinstance(measure, Counting) else {}
    strictly = not integer  # the ends of an interval weigh nothing, the ends of a range do
    if lo.is_positive or (strictly and lo.is_nonnegative):
        return Symbol(name, positive=True, **integer)
    if hi.is_negative or (strictly and hi.is_nonpositive):
        return Symbol(name, negative=True, **integer)
    if lo.is_nonnegative:
        return Symbol(name, nonnegative=True, **integer)
    if hi.is_nonpositive:
        return Symbol(name, nonpositive=True, **integer)
    return Symbol(name, **(integer or {"real": True}))


def fresh(measure: Measure, taken: set[str], letters: str = "utvwyzsrq") -> Symbol:
    """A variable over `measure` whose name is none of `taken`.

    >>> fresh(REALS, {"u", "t"})
    v
    """
    pool = "nmjkil" if isinstance(measure, Counting) else letters
    names = (letter + tail for tail in ["", *map(str, range(1, 100))] for letter in pool)
    return variable(next(name for name in names if name not in taken), measure)


def names(*terms: Basic) -> set[str]:
    """The names of all symbols in `terms`, bound or free."""
    return {s.name for term in terms for s in every(term, Symbol)}


def substitute(term: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """`term` with `values` for free symbols; bound variables are left alone and renamed where a value would be captured.

    >>> from sympy.abc import x, y, a
    >>> substitute(Total(a*x, x, NATURALS), {x: y, a: 3*x})
    Sum(3*n*x, (n, 0, oo))
    """
    if not values or not term.args:
        return values.get(term, term)
    if term in values:
        return values[term]
    if isinstance(term, Total):
        within = {k: v for k, v in values.items() if k != term.x and k in free(term.body)}
        measure = substitute(term.measure, values)
        body, x = term.body, term.x
        if any(x in free(v) for v in within.values()):
            taken = names(term, *within.values(), *within)
            x = fresh(measure, taken)
            body = substitute(body, {term.x: x})
        return Total(substitute(body, within), x, measure)
    if not all_totals(term):
        return exchanged(term, values)
    return term.func(*(substitute(arg, values) for arg in term.args))
