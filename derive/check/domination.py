"""Finite by comparison where a kernel has no leading term: bounded functions are put at their bounds, and continuous functions are
bounded near a point."""

from __future__ import annotations

from sympy import Abs, Add, Expr, Integer, Le, Lt, Max, Min, Mul, Pow, S, Symbol, acos, asin, atan, cos, erf, erfc, exp, log, sin, tanh

from derive.algebra.limits import integrability
from derive.algebra.signs import Facts
from derive.check.conditions import ENTIRE, is_smooth
from derive.language.totals import Lebesgue

BOUNDED = (sin, cos, tanh, erf, atan, erfc)  # by 2 on the real line
KINKED = (Abs, Max, Min, *ENTIRE)  # continuous on the line


def dominated(kernel: Expr, x: Symbol, end: Expr, side: int, measure: Lebesgue, facts: Facts) -> bool:
    """Whether the integral of |kernel| near an end of the support is proved finite by a larger kernel's.

    >>> x = Symbol("x", real=True)
    >>> dominated(exp(-x)*sin(x)**2, x, S.Infinity, -1, Lebesgue(0, S.Infinity), Facts())
    True
    """
    if end.is_finite and end in measure.args and continuous_at(kernel, x, measure, end, facts):
        return True
    terms = majorant(kernel, x, facts.within(x, measure)) if kernel.has(*BOUNDED) else None
    return terms is not None and all(integrability(term, x, end, side, facts) == S.true for term in terms)


def continuous_at(kernel: Expr, x: Symbol, measure: Lebesgue, end: Expr, facts: Facts) -> bool:
    """Whether the kernel is continuous up to a finite end, which belongs to the interval for once."""
    y = Symbol(x.name + "·", real=True)
    below, above = (Le if end == measure.lo else Lt)(measure.lo, y), (Le if end == measure.hi else Lt)(y, measure.hi)
    return is_continuous(kernel.xreplace({x: y}), y, facts.and_(below, above))


def majorant(e: Expr, x: Symbol, facts: Facts) -> list[Expr] | None:
    """Kernels whose sum, up to constants, is larger than |e|; None where none is seen."""
    if not e.has(*BOUNDED):
        return [e]
    if isinstance(e, Add):
        parts = [majorant(arg, x, facts) for arg in e.args]
        return None if None in parts else [term for part in parts for term in part]  # type: ignore[union-attr]
    if isinstance(e, Mul):
        products: list[Expr] = [S.One]
        for arg in e.args:
            part = majorant(arg, x, facts)
            if part is None:
                return None
            products = [p * q for p in products for q in part]
        return products
    if isinstance(e, exp):
        rest = [t for t in Add.make_args(e.args[0]) if not steady(t, x, facts)]
        return None if any(t.has(*BOUNDED) for t in rest) else [exp(Add(*rest))]
    if isinstance(e, Pow) and isinstance(e.exp, Integer) and e.exp > 0:
        return majorant(Mul(*[e.base] * int(e.exp), evaluate=False), x, facts) if e.exp < 5 else None
    if isinstance(e, Abs):
        return majorant(e.args[0], x, facts)
    return [S.One] if isinstance(e, BOUNDED) and facts.real(e.args[0]) else None


def steady(term: Expr, x: Symbol, facts: Facts) -> bool:
    """A product of bounded functions and of what does not depend on x: bounded."""
    waves = [f for f in Mul.make_args(term) if isinstance(f, BOUNDED) and facts.real(f.args[0])]
    rest = term / Mul(*waves) if waves else term
    return not rest.has(x) and facts.real(rest)


def is_continuous(f: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether f is proved real and continuous where `facts` hold: kinks are allowed."""
    if is_smooth(f, x, facts):
        return True
    if isinstance(f, (Add, Mul, *KINKED)):
        return all(is_continuous(a, x, facts) for a in f.args)
    if isinstance(f, Pow) and f.base is not S.Exp1:
        if not is_continuous(f.base, x, facts) or not is_continuous(f.exp, x, facts):
            return False
        return facts.positive(f.base) or (not f.exp.has(x) and facts.nonnegative(f.exp) and facts.nonnegative(f.base))
    if isinstance(f, (asin, acos)):
        u = f.args[0]
        return is_continuous(u, x, facts) and facts.nonnegative(1 - u) and facts.nonnegative(1 + u)
    return isinstance(f, log) and is_continuous(f.args[0], x, facts) and facts.positive(f.args[0])
