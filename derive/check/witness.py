"""The search for a point where a kernel is negative or not real, and the proof that it is.

The search is free to look where it likes; what counts is the ball at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, pairwise

from flint import acb, arb, ctx
from sympy import Expr, Integer, Mul, Rational, S, Symbol, continued_fraction_convergents, continued_fraction_iterator, cos, oo, pi, sin

from derive.check.balls import NoBall, compile_ball
from derive.check.neighbourhoods import ball_of
from derive.check.pieces import BENT, less, zeros
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, substitute

Variables = list[tuple[Symbol, Measure]]
Point = dict[Symbol, Expr]
FEW = 7  # values of each but the last of several variables
REFINEMENTS = 40
MINIMA = 12


def refuted_at(kernel: Expr, point: Mapping[Symbol, Expr], variables: Variables) -> tuple[str, bool] | None:
    """(the kernel's value, whether it is real) where a ball around the point proves that it is not ≥ 0; None where none does."""
    wide = {x for x, m in variables if isinstance(m, Lebesgue)}
    symbols = tuple(sorted(kernel.free_symbols, key=lambda s: (s.name, str(s.assumptions0))))
    for bits in (96, 384):
        try:
            with ctx.workprec(bits):
                balls = [around(ball_of(point[s]), s in wide) for s in symbols]
                f = compile_ball(kernel, symbols)
                found = f(balls, False)
                if found.is_finite() and (found.real < 0 or not found.imag.contains(0)):
                    return text(f([acb(ball_of(point[s])) for s in symbols], False)), bool(found.imag.contains(0))
        except (NoBall, KeyError, ArithmeticError, ValueError, TypeError):
            return None
    return None


def around(number: arb, wide: bool) -> acb:
    return acb(number * arb(1, 2.0**-40) + (arb(0, 2.0**-60) if number.contains(0) else 0)) if wide else acb(number)


def text(value: acb) -> str:
    real, imag = (part.str(8, radius=False) for part in (value.real, value.imag))
    return real if value.imag.contains(0) else f"{imag}*I" if value.real.is_zero() else f"{real} + {imag}*I"


def places(kernel: Expr, part: Expr, variables: Variables, parameters: Point) -> Iterator[Point]:
    """Points worth a look, the promising ones first: where `part`, the factor of unknown sign, is small or negative."""
    if not variables:
        yield parameters
        return
    (x, measure), *rest = variables
    measure = substitute(measure, parameters)
    if not are_numbers(measure):
        return
    if isinstance(measure, Lebesgue) and not less(measure.lo, measure.hi):
        return  # nothing lies between ends that are turned round or coincide
    if rest:
        for value in some(measure, FEW):
            yield from places(kernel, part, rest, {**parameters, x: value})
        return
    part = substitute(part, parameters)
    f, g = function_of(part, x), function_of(substitute(kernel, parameters), x)
    for value in promising(f, g, part, x, measure) if f and g else some(measure, FEW):
        yield {**parameters, x: value}


def are_numbers(measure: Measure) -> bool:
    """Whether the ends of a range are real numbers or infinite: with 1/√b for an end there is none for b < 0."""
    ends = measure.args if isinstance(measure, (Lebesgue, Counting)) else ()
    try:
        return all(end.is_infinite or ball_of(end).is_finite() for end in ends)
    except NoBall:
        return False


Function = Callable[[arb], acb]


def function_of(part: Expr, x: Symbol) -> Function | None:
    try:
        f = compile_ball(part, (x,))
    except NoBall:
        return None
    return lambda at: f((acb(at),), False)


def promising(f: Function, g: Function, part: Expr, x: Symbol, measure: Measure) -> Iterator[Expr]:
    if isinstance(measure, Atoms):
        yield from measure.points
    elif isinstance(measure, Counting):
        yield from (k for k in whole_numbers(part, x, measure) if bad(f, k))
    elif isinstance(measure, Lebesgue):
        yield from in_interval(f, g, part, x, measure)


def bad(f: Function, at: Expr) -> bool:
    """Whether f may be negative or is not real there, as far as a quick look tells."""
    try:
        value = f(ball_of(at))
    except (NoBall, ArithmeticError, ValueError):
        return False
    return bool(value.is_finite() and (value.real < 0 or not value.imag.contains(0)))


def whole_numbers(part: Expr, k: Symbol, measure: Counting) -> Iterator[Expr]:
    """The first sixty numbers, ever sparser ones after them, the neighbours of zeros, and where waves are next to their extremes."""
    lo, hi = measure.lo, measure.hi
    start, step = (lo, 1) if lo.is_finite else (hi, -1) if hi.is_finite else (S.Zero, 1)
    far = [int(1.3**j) for j in range(16, 120)]
    numbers = [start + step * n for n in (*range(60), *far)]
    if not lo.is_finite and not hi.is_finite:
        numbers += [-n for n in numbers]
    for c in cuts(part, k):
        below = Integer(int(float(c)) if abs(float(c)) < 1e15 else 0)
        numbers += [below + d for d in range(-2, 4)]
    numbers += near_turns(part, k)
    yield from (n for n in numbers if (lo <= n) == True and (n <= hi) == True)  # noqa: E712


def near_turns(part: Expr, k: Symbol) -> list[Expr]:
    """The k at which cos(bk) or sin(bk) comes closer to ±1 than before: denominators of the convergents of b/π and 2b/π.

    >>> from sympy import cos
    >>> k = Symbol("k", integer=True)
    >>> near_turns(1 + cos(k), k)[:5]
    [1, 3, 22, 333, 355]
    """
    rates = {wave.args[0].diff(k) for wave in part.atoms(sin, cos)}
    turns = [n * rate / pi for rate in sorted(rates, key=str) for n in (1, 2) if rate.is_number and rate.is_real and rate != 0]
    exact = (Rational(str(turn.evalf(MINIMA * 3))) for turn in turns[:FEW])
    return [Integer(c.q) for turn in exact for c in islice(continued_fraction_convergents(continued_fraction_iterator(turn)), MINIMA)]


def cuts(part: Expr, x: Symbol) -> list[Expr]:
    """The zeros of the factors that are polynomials, and where bars and cases turn."""
    marks = [f.as_base_exp()[0] for f in Mul.make_args(part)]
    marks += [a for e in part.atoms(*BENT) for a in e.args[:1] if isinstance(a, Expr)]
    return sorted({c for m in marks for c in zeros(m, x) or ()}, key=float)


def in_interval(f: Function, g: Function, part: Expr, x: Symbol, measure: Lebesgue) -> Iterator[Expr]:
    """Where f is negative between the zeros of its factors or on a grid that is dense at both ends, the lowest values of the
    kernel g first; then where minima are found to be negative.
    """
    lo, hi = measure.lo, measure.hi
    inside = [c for c in cuts(part, x) if less(lo, c) and less(c, hi)]
    with ctx.workprec(80):
        marks = [ball_of(c).mid() for c in inside]
        grid = sorted({*axis(lo, hi), *(((a + b) / 2).mid() for a, b in pairwise(marks))}, key=float)
        values = [(at, quick(f, at)) for at in grid]
        below = [at for at, v in values if v is not None and v < 0]
        lowest = sorted((v, float(at), at) for at in below if (v := quick(g, at)) is not None)
        yield from (number for _, _, at in [*lowest[:3], *lowest[-1:]] for number in nice(at, lo, hi))
        if not below:
            yield from (number for at in minima(f, values) for number in nice(at, lo, hi))


def quick(f: Function, at: arb) -> float | None:
    """f at a point as a float, −|f| where it is not real, None where it has no value."""
    try:
        value = f(at)
    except (ArithmeticError, ValueError):
        return None
    if not value.is_finite():
        return None
    if not value.imag.contains(0):
        return -float(abs(value).mid())
    middle = float(value.real.mid())
    return middle if not value.real.contains(0) else 0.0


def axis(lo: Expr, hi: Expr) -> Iterator[arb]:
    """Points of an interval, evenly and, towards the ends, by ever smaller or larger steps."""
    a = ball_of(lo).mid() if lo.is_finite else None
    b = ball_of(hi).mid() if hi.is_finite else None
    steps = [arb(v) / 4 for v in range(-120, 121)]
    if a is not None and b is not None:
        for v in steps:
            share = v.exp() / (1 + v.exp())
            yield (a + (b - a) * share).mid()
        yield from ((a + (b - a) * k / 97).mid() for k in range(1, 97))
        return
    for side, end in ((1, a), (-1, b)):
        if end is not None or (a is None and b is None):
            yield from (((end or 0) + side * (v if k else v.exp())).mid() for k, vs in ((0, steps), (1, even())) for v in vs)


def even() -> Iterator[arb]:
    return (arb(2 * k + 1) / 8 for k in range(160))


def minima(f: Function, values: list[tuple[arb, float | None]]) -> Iterator[arb]:
    """Where a search between the neighbours of the grid's local minima ends, the lowest first."""
    known = [(at, v) for at, v in values if v is not None]
    found = [(v, a, at, b) for (a, u), (at, v), (b, w) in zip(known, known[1:], known[2:], strict=False) if v <= u and v <= w]
    for _, a, at, b in sorted(found, key=lambda item: item[0])[:MINIMA]:
        lowest = descend(f, a, at, b)
        if (value := quick(f, lowest)) is not None and value < 0:
            yield lowest


def descend(f: Function, a: arb, at: arb, b: arb) -> arb:
    """The golden-section search between a and b, from a point between them; it ends where f is negative."""
    best = quick(f, at)
    for _ in range(REFINEMENTS):
        left = (b - at) < (at - a)
        probe = (at + ((a - at) if left else (b - at)) * 0.381966).mid()
        value = quick(f, probe)
        if value is None or best is None:
            return at
        if value < best:
            a, at, b, best = (a, probe, at, value) if left else (at, probe, b, value)
            if best < 0:
                return at
        elif left:
            a = probe
        else:
            b = probe
    return at


def nice(at: arb, lo: Expr, hi: Expr) -> Iterator[Rational]:
    """Rational numbers near a point and inside the support, the simplest first."""
    man, exponent = at.mid().man_exp()
    exact = Rational(int(man)) * Rational(2) ** int(exponent)
    for most in (1, 12, 1000):
        near = Rational(exact).limit_denominator(most)
        near = near - Rational(1, 8) if near == hi else near + Rational(1, 8) if near == lo else near
        if (lo is -oo or less(lo, near)) and (hi is oo or less(near, hi)):
            yield near
    yield exact


def some(measure: Measure, count: int) -> Iterator[Expr]:
    """A few values of a variable, spread over its support."""
    if isinstance(measure, Atoms):
        yield from measure.points
    elif isinstance(measure, Counting):
        start, step = (measure.lo, 1) if measure.lo.is_finite else (measure.hi, -1) if measure.hi.is_finite else (S.Zero, 1)
        yield from (start + step * i for i in range(count) if measure.hi is oo or start + step * i <= measure.hi)
    elif isinstance(measure, Lebesgue):
        for i in range(count):
            yield quantile(Rational(2 * i + 1, 2 * count), measure.lo, measure.hi)


def quantile(share: Expr, lo: Expr, hi: Expr) -> Expr:
    """A point of (lo, hi) for a share in (0, 1): even spacing, or share/(1 − share) where an end is infinite."""
    if lo.is_finite and hi.is_finite:
        return lo + share * (hi - lo)
    if lo.is_finite:
        return lo + share / (1 - share)
    if hi.is_finite:
        return hi - share / (1 - share)
    return (2 * share - 1) / (share * (1 - share))
