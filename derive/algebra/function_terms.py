"""The normal form of functions and totals: Γ with its shifts as factors, |z| factor by factor, any other with its arguments in normal form.

One half of a recursion whose other half, for sums, products and powers, is normal.py.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Abs, Basic, Expr, Heaviside, Max, Min, Piecewise, S, Symbol, Tuple, gamma

from derive.algebra import normal
from derive.algebra.cases import CASES, settle
from derive.algebra.monomials import ONE, ZERO, Mono, add_to, even, multiply, opaque, raised, rebuild
from derive.algebra.rational import divided
from derive.algebra.rewrites import rewritten
from derive.algebra.special import plainly
from derive.language.parts import exchanged
from derive.language.totals import Atoms, Measure, Total, totals

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

MAX_SHIFT = 12  # Γ(z + n) is unfolded for |n| up to this


def function_term(e: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    """Functions that are products of others are written as those; any other stands as an atom with its arguments in normal form."""
    written = rewritten(e, facts)
    if written is not None:
        return normal.term(written, facts)
    if isinstance(e, gamma):
        return gamma_term(e.args[0], facts)
    if isinstance(e, Abs):
        return abs_term(e.args[0], facts)
    if isinstance(e, CASES) and (plain := settle(e, facts)) != e:
        return normal.term(plain, facts)
    if isinstance(e, Total):
        return opaque(canonical_total(e, facts))
    if isinstance(e, Piecewise):
        return opaque(canonical_cases(e, facts))
    if e.args and isinstance(e, Expr):
        argument = spread if isinstance(e, (Max, Min, Heaviside)) else canonical_argument
        arguments = tuple(argument(a, facts) for a in e.args)
        again = e if arguments == e.args else e.func(*arguments)
        if again != e and again.func is not e.func:
            return normal.term(again, facts)
        plain = plainly(again)
        return opaque(again) if plain is None else normal.term(plain, facts)
    return opaque(e)


def canonical_cases(e: Piecewise, facts: Facts) -> Expr:
    """The values in normal form, and the bars in the conditions opened where the facts decide them."""
    pairs = ((normal.canonical(v, facts), c.replace(lambda b: isinstance(b, CASES), lambda b: settle(b, facts))) for v, c in e.args)
    return Piecewise(*pairs)


def canonical_argument(a: Basic, facts: Facts) -> Basic:
    """An argument of a function, or a list of such."""
    if isinstance(a, Tuple):
        return Tuple(*(canonical_argument(part, facts) for part in a))
    return normal.canonical(a, facts) if isinstance(a, Expr) else a


def spread(a: Expr, facts: Facts) -> Expr:
    """What Max, Min and a step compare, multiplied out: |m − x|/s with x < m looks like m/s − x/s."""
    return rebuild(normal.multiplied_out(normal.terms(a, facts), facts))


def gamma_term(z: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    """Γ(z + n) = Γ(z) z (z + 1) … (z + n − 1), so that the constant part of the argument lies in [0, 1)."""
    parts = normal.terms(divided(z), facts)
    shift = int(floor(parts.get(ONE, ZERO)))
    if len(parts) < 2 or shift == 0 or abs(shift) > MAX_SHIFT:
        return opaque(gamma(rebuild(parts)))
    base = rebuild(add_to(dict(parts), {ONE: fmpq(-shift)}))
    c, mono = opaque(gamma(base))
    for i in range(min(shift, 0), max(shift, 0)):
        d, factor = normal.term(base + i, facts)
        sign = 1 if shift > 0 else -1
        c, mono = c * d**sign, multiply(mono, raised(factor, sign))
    return c, mono


def abs_term(z: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    """|z| factor by factor; a factor whose sign is known loses its bars.

    >>> from derive.algebra.signs import Facts
    >>> a, b = Symbol("a", positive=True), Symbol("b", real=True)
    >>> normal.canonical(Abs(a/b), Facts([b < 0]))
    -a/b
    """
    c, mono = normal.term(z, facts)
    c, result = abs(c), ONE
    for (b, m), n in mono:
        factor: Mono = frozenset({((b, m), n)})
        if not (facts.nonnegative(b) and normal.real(m, facts)):
            if m is not S.One or n.denominator != 1:
                return opaque(Abs(z))
            if facts.nonnegative(-b):
                c = -c if int(n) % 2 else c
            elif not even(n) or not normal.real(b, facts):
                factor = frozenset({((Abs(b), S.One), n)})
        result = multiply(result, factor)
    return c, result


def canonical_total(total: Total, facts: Facts) -> Total:
    """A total with its bound variable named by its depth, so that totals that differ in that name alone are equal."""
    depth = 1 + max((int(t.x.name[1:]) for t in totals(total.body) if t.x.name.startswith("·")), default=0)
    measure = canonical_measure(total.measure, facts)
    inner = facts.within(total.x, total.measure)
    body = normal.canonical(total.body, inner)
    bound = Symbol(f"·{depth}", **total.x._assumptions_orig)
    return Total(exchanged(body, {total.x: bound}), bound, measure)


def canonical_measure(measure: Basic, facts: Facts) -> Basic:
    if not isinstance(measure, Measure):
        return measure
    args = [a if a.is_infinite else normal.canonical(a, facts) for a in measure.args]
    return measure.func(*(sorted(args, key=str) if isinstance(measure, Atoms) else args))
