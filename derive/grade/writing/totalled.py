"""SymPy's Integral and Sum, as the readers make them, in the engine's own terms: totals against measures."""

from __future__ import annotations

from sympy import Basic, Expr, Integral, Limit, Product, Subs, Sum, Symbol, oo

from derive.algebra.signs import Facts
from derive.language.totals import Counting, Lebesgue, Total, variable
from derive.read.latex_heads import EvalBar
from derive.read.names import ReadError


def totalled(e: Basic, facts: Facts, bars: tuple[Symbol, ...] = ()) -> Basic:
    """`e` with totals in place of integrals and sums. `bars` are the variables that an evaluation bracket may mean.

    Raises ReadError for an indefinite integral, or a bracket whose variable is not clear.

    >>> from sympy import exp
    >>> x = Symbol("x")
    >>> totalled(Integral(exp(-x), (x, oo, 0)), Facts())
    -Integral(exp(-x), (x, 0, oo))
    """
    if not e.args or not e.has(Integral, Sum, EvalBar, Subs):
        return e
    args = [totalled(a, facts, bars) for a in e.args]
    if isinstance(e, (Integral, Sum)):
        return nested(e, args[0], facts)
    if isinstance(e, EvalBar) and len(args) == 3:
        return EvalBar(*args, bar_variable(e, bars))
    if isinstance(e, Subs):
        return e.doit()
    if isinstance(e, (Limit, Product)):
        return e.func(args[0], *e.args[1:])
    return e.func(*args) if tuple(args) != e.args else e


def nested(e: Expr, body: Expr, facts: Facts) -> Expr:
    """One total for each limit, the first one innermost."""
    kind = Lebesgue if isinstance(e, Integral) else Counting
    for limits in e.limits:
        if len(limits) != 3:
            raise ReadError(f"the integral over {limits[0]} has no ends")
        x, lo, hi = limits
        sign = 1
        if kind is Lebesgue and turned(lo, hi, facts):
            lo, hi, sign = hi, lo, -1
        measure = kind(lo, hi)
        own = variable(x.name, measure)
        body = sign * Total(body.xreplace({x: own}), own, measure)
    return body


def turned(lo: Expr, hi: Expr, facts: Facts) -> bool:
    """Whether the upper end is known to lie below the lower one."""
    if lo is oo or hi is -oo:
        return True
    return bool(lo.is_finite and hi.is_finite and facts.positive(lo - hi))


def bar_variable(bar: EvalBar, candidates: tuple[Symbol, ...]) -> Symbol:
    """The variable of [F]ₐᵇ: the one of the candidates that occurs in F."""
    named = {s.name: s for s in bar.body.free_symbols}
    ends = {s.name for end in bar.args[1:3] for s in end.free_symbols}  # what an end depends on is not what runs up to it
    found = [named[c.name] for c in candidates if c.name in named and c.name not in ends]
    if len(found) != 1:
        raise ReadError("it is not clear which variable the evaluation bracket means; write it as [...]_{x=a}^{b}")
    return found[0]
