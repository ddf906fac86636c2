"""Powers of sums of exponentials with the largest in front: (1 + e^h)^p = e^(ph) (1 + e^(−h))^p; powers of erfc h with e^(−h²).

Where h is large on a wide ball, a ball around 1 + e^h holds 0, so that its power has no bound; 1 + e^(−h) is near 1. The identity
holds for every real h; which exponential is taken for the largest is a matter of speed alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import sympy as sp
from flint import acb
from sympy import Expr, Rational, S, Symbol

from derive.algebra.reading import linear
from derive.check.ball_functions import ScaledErfc
from derive.check.balls import compile_ball
from derive.check.neighbourhoods import ball_of
from derive.check.tidied import exponential, plus, raised, times


def terms(base: Expr) -> tuple[Expr, ...]:
    """The terms of a sum; those of cosh and sinh are exponentials."""
    if not isinstance(base, (sp.cosh, sp.sinh)):
        return sp.Add.make_args(base)
    (h,) = base.args
    return exponential(h) / 2, exponential(-h) * (S.Half if isinstance(base, sp.cosh) else -S.Half)


def exponent(term: Expr) -> Expr:
    """h, where a term is a product with e^h; 0 where it has no exponential."""
    return sp.Add(*(f.args[0] for f in sp.Mul.make_args(term) if isinstance(f, sp.exp)))


def balanced(f: Expr, x: Symbol, at: Expr) -> Expr:
    """f with the exponential that is the largest at a point in front of each power of a sum.

    >>> x = Symbol("x", real=True)
    >>> balanced(sp.exp(-x)/(1 + sp.exp(-x))**2, x, S(-3)), balanced(sp.exp(-x)/(1 + sp.exp(-x))**2, x, S(3))
    (exp(x)/(exp(x) + 1)**2, exp(-x)/(1 + exp(-x))**2)
    """
    if not f.args or x not in f.free_symbols or not f.has(sp.exp, sp.cosh, sp.sinh, sp.erfc):
        return f
    if small_power(f):
        (h,), p = f.base.args, f.exp
        front = exponential(times([S.NegativeOne, p, raised(h, S(2))]))
        return times([front, raised(ScaledErfc(h), p)]) if height(h, x, at) > 0 else f
    args = [balanced(arg, x, at) for arg in f.args]
    if isinstance(f, sp.Pow):
        base, p = args
        parts = terms(base)
        h = max(map(exponent, parts), key=lambda h: height(h, x, at)) if len(parts) > 1 else S.Zero
        return raised(base, p) if h == 0 else times([exponential(times([p, h])), raised(plus([times([e, exponential(-h)]) for e in parts]), p)])
    return times(args) if f.is_Mul else plus(args) if f.is_Add else f.func(*args) if args != list(f.args) else f


def small_power(e: Expr) -> bool:
    """Whether e is a power of erfc that is not whole or divides: balls around erfc hold 0 where it is small."""
    return isinstance(e, sp.Pow) and isinstance(e.base, sp.erfc) and not (e.exp.is_Integer and e.exp > 0)


def unbalanced(f: Expr) -> bool:
    """Whether there is a power of a sum of exponentials, or of erfc, in f."""
    return any(small_power(e) or len(terms(e.base)) > 1 and e.base.has(sp.exp, sp.cosh, sp.sinh) for e in f.atoms(sp.Pow))


def height(h: Expr, x: Symbol, at: Expr) -> float:
    """The value of an exponent at a point."""
    return float(compile_ball(h, (x,))([acb(ball_of(at))], False).real)


def crossings(f: Expr, x: Symbol, a: Expr, b: Expr) -> list[Expr]:
    """a, b, and near which points between them two exponentials of a sum are equally large, or an erfc begins to fall."""
    bases = (terms(e.base) for e in f.atoms(sp.Pow) if e.base.has(sp.exp, sp.cosh, sp.sinh))
    gaps = (linear(h - k, x) for parts in bases for h, k in combinations(map(exponent, parts), 2))
    turns = (linear(e.base.args[0], x) for e in f.atoms(sp.Pow) if small_power(e))
    near = {Rational(round(float(-g[1] / g[0]) * 64), 64) for g in (*gaps, *turns) if g}
    return [a, *sorted(c for c in near if (a < c) == True and (c < b) == True), b]  # noqa: E712 - SymPy's true


def balanced_pieces(f: Expr, x: Symbol, a: Expr, b: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(integrand, lo, hi) between finite ends, with the exponentials in front that are the largest there."""
    if not unbalanced(f):
        yield f, a, b
        return
    for lo, hi in pairwise(crossings(f, x, a, b)):
        yield balanced(f, x, (lo + hi) / 2), lo, hi
