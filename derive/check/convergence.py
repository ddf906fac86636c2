"""Does the integral or the sum converge? Decided at both ends and at each singularity inside, by comparison with Hardy's scale."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

from sympy import (
    Abs,
    And,
    Dummy,
    Expr,
    FallingFactorial,
    Gt,
    Mul,
    Pow,
    RisingFactorial,
    S,
    Symbol,
    beta,
    binomial,
    ceiling,
    cos,
    coth,
    factor_terms,
    factorial,
    floor,
    log,
    oo,
    pi,
    sin,
    sqrt,
    tanh,
    together,
)
from sympy.core.relational import GreaterThan, LessThan, StrictGreaterThan, StrictLessThan
from sympy.logic.boolalg import Boolean
from sympy.utilities.iterables import sift

from derive.algebra.cases import CASES, settle
from derive.algebra.limits import integrability
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import linear, polynomial
from derive.algebra.relations import isolated
from derive.algebra.rewrites import REWRITES
from derive.algebra.signs import Facts
from derive.check.domination import dominated, is_continuous
from derive.language.totals import Counting, Lebesgue, Measure, fresh, names

GAMMAS = (factorial, binomial, beta, RisingFactorial, FallingFactorial)
INEQUALITIES = (LessThan, GreaterThan, StrictLessThan, StrictGreaterThan)
MOST_TURNS = 16  # so many quarter turns are looked at for a singularity
FINITE, INFINITE, UNKNOWN = "finite", "infinite", "unknown"


@dataclass(frozen=True)
class Convergence:
    """Whether the total of g is finite: at `end` it is not, where the `conditions` hold; or only under `conditions` on the parameters it is."""

    verdict: str
    end: Expr | None = None
    conditions: tuple[Boolean, ...] = ()


def convergence(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> Convergence:
    """Convergence of the integral of a kernel that is known to be ≥ 0.

    >>> x = Symbol("x", positive=True)
    >>> convergence(1/x, x, Lebesgue(0, 1), Facts()).end, convergence(1/(1 + x**2), x, Lebesgue(0, 1), Facts()).verdict
    (0, 'finite')
    """
    if not isinstance(measure, (Lebesgue, Counting)):
        return Convergence(UNKNOWN)
    inner = singularities(kernel, x, measure, facts) if isinstance(measure, Lebesgue) else []
    places = [(measure.lo, 1), (measure.hi, -1), *((at, side) for at in inner for side in (1, -1))]
    if isinstance(measure, Counting):  # a function of Hardy's scale is monotone in the end: its sum and its integral go together
        places = [(end, side) for end, side in places if end.is_infinite]
    found = [near_end(kernel, x, end, side, measure, facts) for end, side in places]
    there = () if weighs(measure, facts) else (isolated(Gt(measure.args[1] - measure.args[0], 0, evaluate=False)),)
    for (end, _), condition in zip(places, found, strict=True):
        if condition == S.false:
            return Convergence(INFINITE, end, there)
    conditions = tuple(dict.fromkeys(c for c in found if c is not None and c != S.true))
    if not there and (And(*conditions) == S.false or excluded(conditions, facts)):
        return Convergence(INFINITE, None, conditions)
    parts = apart(measure, inner)
    bounded = parts is not None and all(finite_inside(plain(kernel), x, part, facts) for part in parts)
    if bounded and None not in found:
        return Convergence(FINITE, None, conditions)
    return by_parity(kernel, x, measure, facts) or Convergence(UNKNOWN, None, conditions)


def by_parity(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> Convergence | None:
    """The verdict on a series with (−1)^x in its terms: it is finite where those at even and at odd places are, and else infinite if none is < 0.

    >>> k = Symbol("k", integer=True)
    >>> [convergence(g, k, Counting(0, oo), Facts()).verdict for g in ((2 + (-1)**k)/2**k, (2 + (-1)**k)/(k + 1), (-1)**k/(k + 1))]
    ['finite', 'infinite', 'unknown']
    """
    turns = any(p.base is S.NegativeOne and p.exp.has(x) for p in kernel.atoms(Pow))
    if not turns or not isinstance(measure, Counting) or measure.hi is not oo or not (measure.lo is -oo or measure.lo.is_Integer):
        return None
    halves = [Counting(measure.lo if measure.lo is -oo else ceiling((measure.lo - odd) / 2), oo) for odd in (0, 1)]
    new = [fresh(half, names(kernel, *facts.relations)) for half in halves]
    terms = [kernel.xreplace({x: 2 * j + odd}) for odd, j in enumerate(new)]
    parts = list(zip(terms, new, halves, strict=True))
    found = [convergence(g, j, half, facts) for g, j, half in parts]
    endless = next((part for part in found if part.verdict == INFINITE), None)
    if endless is not None:
        return endless if all(facts.within(j, half).nonnegative(g) for g, j, half in parts) else None
    conditions = tuple(dict.fromkeys(c for part in found for c in part.conditions))
    return Convergence(FINITE, None, conditions) if all(part.verdict == FINITE for part in found) else None


def weighs(measure: Measure, facts: Facts) -> bool:
    """Whether an interval is proved to have a length, and an infinite range of integers to be one: over (0, c) nothing is infinite for c = 0."""
    return any(end.is_infinite for end in measure.args) or facts.positive(measure.args[1] - measure.args[0])


def apart(measure: Measure, inner: list[Expr]) -> list[Measure] | None:
    """The measure cut at points inside it, which are looked at from both sides; None where their order is not known."""
    if len(inner) > 1 and not all(at.is_number for at in inner):
        return None
    cuts = [measure.lo, *sorted(inner), measure.hi]
    return [measure.func(a, b) for a, b in pairwise(cuts)] if inner else [measure]


def finite_inside(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> bool:
    """Whether the kernel is finite away from the infinite ends. A sum may have a first term at which the kernel is not smooth."""
    if isinstance(measure, Counting):
        kernel = without_weak_powers(kernel, facts.within(x, measure))
    at = {(True, False): measure.lo, (True, True): S.Zero}.get((measure.hi is oo, measure.lo is -oo)) if isinstance(measure, Counting) else None
    if at is None or not at.is_Integer:
        return is_continuous(kernel, x, facts.within(x, measure))
    value, sides = kernel.subs(x, at), [Counting(at + 1, oo), *([Counting(-oo, at - 1)] if measure.lo is -oo else [])]
    return value.is_finite is not False and is_continuous(value, x, facts) and all(is_continuous(kernel, x, facts.within(x, m)) for m in sides)


def without_weak_powers(kernel: Expr, facts: Facts) -> Expr:
    """The terms of a sum with a number for u^m where u ≥ 0 and m ≥ 0: it is one, with 0^0 = 1, though it jumps at u = 0."""
    def weak(e: Expr) -> bool:
        return isinstance(e, Pow) and not facts.positive(e.base) and facts.nonnegative(e.base) and facts.nonnegative(e.exp)
    return kernel.replace(weak, lambda e: Dummy(nonnegative=True))


def excluded(conditions: tuple[Boolean, ...], facts: Facts) -> bool:
    """Whether the conditions cannot hold at once; also where the sides of two differ by a and b with a + b ≥ 0, as a < 0 and −a < 0.

    >>> a = Symbol("a", real=True)
    >>> excluded((log(a**2 + 1) < 1, -log(a**2 + 1) < -1), Facts())
    True
    """
    gaps = [(c.lts - c.gts, isinstance(c, StrictLessThan | StrictGreaterThan)) for c in conditions if isinstance(c, INEQUALITIES)]
    opposite = any((s or t) and facts.nonnegative(a + b) for (a, s), (b, t) in combinations(gaps, 2))
    return opposite or any(facts.and_(*conditions[:i]).contradicts(c) for i, c in enumerate(conditions))


def near_end(kernel: Expr, x: Symbol, end: Expr, side: int, measure: Measure, facts: Facts) -> Boolean | None:
    """When the total is finite near an end: by the scale of the kernel, else by a larger kernel."""
    found = integrability(kernel, x, end, side, facts)
    if found is None and end.is_infinite and kernel.has(*CASES):
        found = integrability(far_out(kernel, x, end, measure, facts), x, end, side, facts)
    if found is None and kernel.has(sin, cos):
        found = averaged(kernel, x, end, side, measure, facts)
    if found is None and kernel.has(tanh, coth):  # 1 − tanh x is 2/(e^(2x) + 1), where nothing cancels
        found = integrability(in_one_fraction(kernel, facts), x, end, side, facts)
    if found is None and isinstance(measure, Lebesgue) and dominated(plain(kernel), x, end, side, measure, facts):
        return S.true
    return found


def averaged(kernel: Expr, x: Symbol, end: Expr, side: int, measure: Measure, facts: Facts) -> Boolean | None:
    """False where a kernel w h ≥ 0 at an infinite end has a periodic w ≠ 0 and an h whose total is infinite: that of w h over a period is at
    least the mean of w times the least of h, and h is comparable to something monotone."""
    waved, rest = sift(Mul.make_args(kernel), lambda factor: factor.has(sin, cos), binary=True)
    angles = {w.args[0] for factor in waved for w in factor.atoms(sin, cos)}
    lines = [linear(angle, x) for angle in angles]
    if end not in (oo, -oo) or not lines or any(line is None or not line[1].is_number for line in lines):
        return None
    rates, turn = {line[0] / lines[0][0] for line in lines if line and lines[0]}, Dummy(positive=True)
    wave = Mul(*waved).subs(x, turn / lines[0][0]) if lines[0] and facts.nonzero(lines[0][0]) else S.Zero
    if not all(rate.is_Rational for rate in rates) or wave.free_symbols != {turn} or Mul(*waved).xreplace(dict.fromkeys(
            (w for factor in waved for w in factor.atoms(sin, cos)), S.One)).has(x):  # fmt: skip
        return None
    if isinstance(measure, Counting) and lines[0] and not spread(lines[0][0]):
        return None
    somewhere = wave.subs(turn, S.One / 3).evalf()
    return S.false if somewhere.is_number and abs(somewhere) > 1e-6 and integrability(Mul(*rest), x, end, side, facts) == S.false else None


def spread(rate: Expr) -> bool:
    """Whether the multiples of an angle fill the circle evenly, so that sums see the mean of a wave: sin² πk is 0 at all k. No rational
    multiple of π is algebraic but 0, and Weyl's theorem speaks of all others."""
    return bool(rate.is_number and rate.is_algebraic and rate.is_nonzero)


def in_one_fraction(kernel: Expr, facts: Facts) -> Expr:
    """The kernel in exponentials, as one fraction."""
    try:
        return factor_terms(together(canonical(kernel, facts)))
    except TooLarge:
        return kernel


def far_out(kernel: Expr, x: Symbol, end: Expr, measure: Measure, facts: Facts) -> Expr:
    """The kernel with the bars and cases that are settled beyond some point before an infinite end."""
    for far in (S.One, S(100)):
        beyond = facts.within(x, measure.func(far, oo) if end is oo else measure.func(-oo, -far))
        plainer = kernel.replace(lambda e: isinstance(e, CASES), lambda e, known=beyond: settle(e, known))
        if not plainer.has(*CASES):
            return plainer
    return kernel


def plain(kernel: Expr) -> Expr:
    """The kernel with factorials and binomial coefficients written as gamma functions."""
    return kernel.replace(lambda e: e.func in GAMMAS, lambda e: REWRITES[e.func](*e.args))


def singularities(kernel: Expr, x: Symbol, measure: Lebesgue, facts: Facts) -> list[Expr]:
    """Points inside the support at which a power of something linear, of its bars or its logarithm, or its logarithm itself is singular."""
    inside = facts.within(x, measure)
    bases = [e.base for e in kernel.atoms(Pow) if not e.exp.is_nonnegative] + [e.args[0] for e in kernel.atoms(log)]
    roots = []
    for base in sorted(bases, key=str):
        zero = base.args[0] - 1 if isinstance(base, log) else base.args[0] if isinstance(base, Abs) else base
        found = linear(zero, x)
        places = [-found[1] / found[0]] if found else roots_of_quadratic(zero, x, inside)
        roots += [at for at in places if within(at, measure, inside)]
        roots += turning_points(base, x, measure)
    return list(dict.fromkeys(roots))


def roots_of_quadratic(e: Expr, x: Symbol, facts: Facts) -> list[Expr]:
    """Both zeros of a x² + b x + c, where they are real and apart; with parameters in it, where b = 0."""
    found = polynomial(e, x, 2, facts) if e.is_polynomial(x) else None
    if found is None or found[0] == 0 or found[1] != 0 and e.free_symbols != {x}:
        return []
    a, b, c = found
    square = b**2 - 4 * a * c
    return [(-b + sign * sqrt(square)) / (2 * a) for sign in (-1, 1)] if square.is_positive else []


def turning_points(base: Expr, x: Symbol, measure: Lebesgue) -> list[Expr]:
    """Where a base made of sines and cosines of one angle ax + b, without parameters, is 0 at a multiple of a quarter turn."""
    angles = {w.args[0] for w in base.atoms(sin, cos)}
    slope, shift = (linear(angles.pop(), x) or (None, None)) if len(angles) == 1 else (None, None)
    if slope is None or base.free_symbols != {x} or not all(end.is_number and end.is_finite for end in measure.args):
        return []
    low, high = sorted((slope * end + shift for end in measure.args), key=float)
    turns = range(int(floor(2 * low / pi)) + 1, int(ceiling(2 * high / pi)))
    places = [(n * pi / 2 - shift) / slope for n in turns[:MOST_TURNS]]
    return [at for at in places if base.subs(x, at) == 0]


def within(at: Expr, measure: Lebesgue, facts: Facts) -> bool:
    """Whether a point is proved to lie inside an interval."""
    above = measure.lo is -oo or facts.positive(at - measure.lo)
    return above and (measure.hi is oo or facts.positive(measure.hi - at))
