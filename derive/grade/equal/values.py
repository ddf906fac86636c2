"""Closed forms for totals inside expressions, limits, evaluation brackets and products, each by a checked derivation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from sympy import Add, And, Basic, Derivative, Expr, Integer, Limit, Mul, Piecewise, Product, S, Subs, Symbol
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.grade.equal import total_values
from derive.grade.equal.ends import limit_at
from derive.grade.equal.gammas import product_by_gammas
from derive.grade.equal.signed import diverges
from derive.grade.equal.slopes import bent, one_side
from derive.language.totals import Counting, Lebesgue, Total, substitute, support
from derive.read.latex_heads import EvalBar

SECONDS = 3.0  # for one total
SMALL = ("epsilon", "varepsilon", "delta")  # letters of what is small and positive by custom


@dataclass
class Bench:
    """What was evaluated so far in the judging of one hand-in, and until when there is time: until a `deadline` of the processor's time,
    so that a busy machine finds the same, and where somebody waits who ends what takes longer, until the `end` (of time.monotonic).
    """

    deadline: float = float("inf")
    known: dict[tuple, Expr | None] = field(default_factory=dict)
    end: float = float("inf")

    def clock(self) -> float:
        """The processor's time; past the end it is later than any deadline."""
        return time.process_time() if time.monotonic() <= self.end else float("inf")

    def left(self, most: float = SECONDS) -> float:
        return min(self.deadline, time.process_time() + most)

    @property
    def over(self) -> bool:
        return self.clock() >= self.deadline


def worked(seconds: float) -> Bench:
    """So many seconds of work, of the processor's time."""
    return Bench(time.process_time() + seconds)


def evaluated(e: Expr, facts: Facts, bench: Bench) -> Expr | None:
    """`e` without totals, limits and brackets, proved equal to it; None where no closed form was found.

    >>> from sympy import exp, oo
    >>> x = Symbol("x", positive=True)
    >>> evaluated(2*Total(exp(-x), x, Lebesgue(0, oo)) + 1, Facts(), Bench())
    3
    """
    if not e.args or not e.has(Total, Limit, EvalBar, Product, Derivative):
        return e
    key = (e, frozenset(e.free_symbols) if e.has(Subs) else None, facts.relations)  # a Subs is equal to one with a name of another sign
    if key not in bench.known:
        bench.known[key] = None  # what stands inside itself has no value
        bench.known[key] = value_of(e, facts, bench)
    return bench.known[key]


def without(facts: Facts, x: Symbol) -> Facts:
    """The facts that say nothing of x, for a place where x is bound."""
    kept = [r for r in facts.relations if x not in r.free_symbols]
    return facts if len(kept) == len(facts.relations) else Facts(kept)


def value_of(e: Expr, facts: Facts, bench: Bench) -> Expr | None:
    if isinstance(e, (Total, EvalBar, Limit)):
        facts = without(facts, e.args[3] if isinstance(e, EvalBar) and len(e.args) > 3 else e.args[1])
    if isinstance(e, Total):
        return total_values.total_value(e, facts, bench)
    if isinstance(e, EvalBar):
        return bar_value(e, facts, bench)
    if isinstance(e, Limit):
        return limit_value(e, facts, bench)
    if isinstance(e, Product):
        return product_value(e, facts, bench)
    if isinstance(e, Piecewise):
        return in_cases(e, facts, bench)
    if isinstance(e, Derivative):
        inner = evaluated(e.expr, facts, bench)
        return None if inner is None else inner.diff(*e.variable_count)
    if isinstance(e, Subs) and len(e.variables) == 1:
        return value_at(e, facts, bench)
    args = [evaluated(a, facts, bench) if isinstance(a, Expr) else a for a in e.args]
    return None if any(a is None for a in args) else finite(e.func(*args))


def in_cases(e: Piecewise, facts: Facts, bench: Bench) -> Expr | None:
    """Each case by its closed form where its condition holds."""
    found = []
    for branch, condition in e.args:
        told = condition.args if isinstance(condition, And) else (condition,) if isinstance(condition, Relational) else ()
        found.append((evaluated(branch, facts.and_(*told), bench), condition))
    return None if any(branch is None for branch, _ in found) else Piecewise(*found)


def value_at(e: Subs, facts: Facts, bench: Bench) -> Expr | None:
    """F'(c) as F' at c, where F may need an argument of c's sign, or one on the side of c on which a power series converges."""
    (u,), (at,) = e.variables, e.point
    if at.is_number and bent(e.expr, u, at):
        return None
    own = Symbol(u.name, positive=True) if facts.positive(at) else u
    if at.is_Symbol and at not in e.expr.atoms(Symbol):
        own = at  # with all that is known of it
    inner = evaluated(e.expr.xreplace({u: own}), facts, bench)
    if inner is None and isinstance(e.expr, Derivative):
        own, inner = u, beside(e.expr, u, at, facts, bench)
    slopes = any(own in d.variables for d in inner.atoms(Derivative)) if inner is not None else False
    if inner is None or slopes or at.is_number and bent(inner, own, at):  # a closed form may have a kink that the total does not show
        return None
    return finite(substitute(inner, {own: at}))


def beside(slope: Derivative, u: Symbol, at: Expr, facts: Facts, bench: Bench) -> Expr | None:
    """The derivative on one side of `at`, where what is differentiated has no kinks."""
    for f, inside, v, back in one_side(slope.expr, u, at, facts):
        closed = evaluated(f, inside, bench)
        return None if closed is None else substitute(closed, {v: back}).diff(*slope.variable_count)
    return None


def finite(e: Expr) -> Expr | None:
    """`e`, unless it came to nothing that has a value."""
    return None if e.has(S.NaN, S.ComplexInfinity) else e


def bar_value(bar: EvalBar, facts: Facts, bench: Bench) -> Expr | None:
    """[F]ₐᵇ as the difference of the limits from inside, where both are finite."""
    if len(bar.args) < 4:
        return None
    _, lo, hi, x = bar.args
    high, low = at_ends(bar, facts, bench)
    if high is None or low is None or high.is_infinite or low.is_infinite:
        return None
    return finite(high - low)


def at_ends(bar: EvalBar, facts: Facts, bench: Bench) -> tuple[Expr | None, Expr | None]:
    """The limits of F at the upper and at the lower end of [F]ₐᵇ, from inside, as far as they are decided."""
    _, lo, hi, x = bar.args
    inside = facts.and_(*support(x, Lebesgue(lo, hi)))
    body = evaluated(bar.body, inside, bench)
    if body is None:
        return None, None
    return limit_at(body, x, hi, -1, inside), limit_at(body, x, lo, 1, inside)


def endless(e: Expr, facts: Facts, bench: Bench) -> bool:
    """Whether c [F]ₐᵇ, and what is finite beside it, is infinite: F goes to ±∞ at one end, and has a value at the other.

    >>> from sympy import log
    >>> x = Symbol("x", positive=True)
    >>> endless(EvalBar(log(x), S.Zero, S.One, x), Facts(), Bench()), endless(EvalBar(log(x), S.Zero, S.Infinity, x), Facts(), Bench())
    (True, False)
    """
    bars = [term.as_independent(EvalBar, as_Add=False) for term in Add.make_args(e) if term.has(EvalBar)]
    if len(bars) != 1 or e.has(Total, Limit, Product, Subs) or any(t.has(S.Infinity) for t in Add.make_args(e) if not t.has(EvalBar)):
        return False
    factor, bar = bars[0]
    if not isinstance(bar, EvalBar) or len(bar.args) < 4 or not facts.nonzero(factor):
        return False
    ends = at_ends(bar, facts, bench)
    return None not in ends and sorted(bool(end.is_infinite) for end in ends if end is not None) == [False, True]


def boundless(e: Expr, facts: Facts, bench: Bench) -> bool:
    """Whether c ∫ (∫ f) is +∞: by the value of the inner total, or since that one is +∞ everywhere.

    >>> from sympy import exp, oo
    >>> x, y = Symbol("x", positive=True), Symbol("y", positive=True)
    >>> boundless(Total(Total(1/x, x, Lebesgue(1, oo)), y, Lebesgue(0, 1)), Facts(), Bench())
    True
    """
    factor, total = e.as_independent(Total, as_Add=False)
    if not isinstance(total, Total) or not total.body.has(Total):
        return diverges(e, facts)
    inside, m = facts.within(total.x, total.measure), total.measure
    if not isinstance(m, Lebesgue) or not facts.positive(factor) or not (m.lo.is_infinite or m.hi.is_infinite or facts.positive(m.hi - m.lo)):
        return False
    inner = evaluated(total.body, inside, bench)
    return boundless(total.body, inside, bench) if inner is None else diverges(factor * Total(inner, total.x, total.measure), facts)


def limit_value(e: Limit, facts: Facts, bench: Bench) -> Expr | None:
    """A limit of what has a closed form; that of sums or integrals up to x → ∞ is the whole sum or integral, where it has a value."""
    body, x, end, direction = e.args
    factor, partial = body.as_independent(Total, as_Add=False) if end is S.Infinity else (S.One, body)
    if isinstance(partial, Total) and not factor.has(x) and up_to(partial, x):
        return evaluated(factor * Total(partial.body, partial.x, partial.measure.func(partial.measure.lo, end)), facts, bench)
    c, bar = body.as_independent(EvalBar, as_Add=False)
    if isinstance(bar, EvalBar) and len(bar.args) > 3 and bar.args[2] == x and not (c.has(x) or bar.args[0].has(x) or bar.args[1].has(x)):
        return evaluated(c * bar.func(bar.args[0], bar.args[1], end, bar.args[3]), facts, bench)  # [F]ₐᴿ as R → ∞
    side = {"-": -1, "+": 1}.get(str(direction))
    above = end is S.Zero and (x.is_nonnegative or x.name in SMALL) and side != -1  # a positive parameter comes to 0 from above
    c, part = body.as_independent(Total, as_Add=False)
    if (side == 1 or above) and not c.has(x) and isinstance(part, Total) and (down := from_end(part, x, end)) is not None:
        return evaluated(c * down, facts, bench)
    sides = (side,) if side else (-1,) if end is S.Infinity else (1,) if end is S.NegativeInfinity or above else (1, -1)
    small = end is S.Zero and sides == (1,)
    whole = Symbol(x.name, positive=True) if end is S.Infinity or small else x
    facts = facts.and_(whole < 1) if small else facts
    body = evaluated(substitute(body, {x: whole}), facts, bench)
    if body is None:
        return None
    found = [limit_at(body, whole, end, s, facts.and_(whole > 1) if end is S.Infinity else facts) for s in sides]
    return found[0] if found[0] is not None and all(f == found[0] for f in found) and found[0].is_finite is not False else None


def from_end(total: Total, x: Symbol, end: Expr) -> Total | None:
    """∫ₐᵇ for the limit of ∫ₓᵇ as x → a, where x stands nowhere else."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo != x or m.hi.has(x) or total.body.has(x) or not end.is_finite:
        return None
    return Total(total.body, total.x, Lebesgue(end, m.hi))


def up_to(total: Total, x: Symbol) -> bool:
    """Whether a total is one up to x, and x stands nowhere else in it."""
    m = total.measure
    return isinstance(m, (Lebesgue, Counting)) and m.hi == x and not m.lo.has(x) and not total.body.has(x)


def product_value(e: Product, facts: Facts, bench: Bench) -> Expr | None:
    """A product over a small finite range, written out; one of powers of j + b up to n by gamma functions."""
    ranges = [(x, lo, hi) for x, lo, hi in e.limits]
    if len(ranges) == 1 and not ranges[0][2].is_Integer:
        return product_by_gammas(e.function, *ranges[0], facts)
    if not all(lo.is_Integer and hi.is_Integer and hi - lo < 100 for _, lo, hi in ranges):
        return None
    body = evaluated(e.function, facts, bench)
    if body is None:
        return None
    choices = product(*([(x, Integer(k)) for k in range(int(lo), int(hi) + 1)] for x, lo, hi in ranges))
    return finite(Mul(*(substitute(body, dict(choice)) for choice in choices)))


def pieces(e: Basic) -> Iterator[Basic]:
    """The totals, limits, brackets and products in `e`."""
    yield from e.atoms(Total, Limit, EvalBar, Product, Subs)
