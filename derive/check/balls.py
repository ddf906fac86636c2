"""Expressions as functions on balls: every value is an interval that provably holds the true one (python-flint, Arb).

The closures follow the tree of an expression; no text is ever executed. They take an `analytic` flag, as Arb's integration asks
for: where it is set, a function that is not analytic on the whole ball gives a ball that is not finite.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, ctx
from sympy import Basic, Expr, S, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Not, Or

from derive.check.ball_functions import (
    FUNCTIONS,
    REWRITTEN,
    Held,
    Slope,
    beyond_one,
    cut_second,
    general_power,
    is_real,
    root,
    slope_at,
    undefined,
    whole_power,
)  # fmt: skip
from derive.check.ball_parts import BallFunction, Balls, Constant, NoBall, Truth, applied, compared, constant_atom, joined, kept, remembered
from derive.check.bessel_balls import k_of_exponential, right_k
from derive.check.printed import repeated
from derive.language.claims import slope as derivative

Index = Mapping[Basic, Any]  # the places of symbols among the balls, and functions for parts that are known already

IN_LOG = -1  # in place of an index: the symbol stands for e^(−u), where u is the first ball


@lru_cache(maxsize=512)
def compile_ball(expr: Expr, symbols: tuple[Symbol, ...] = ()) -> BallFunction:
    """`expr` as a function of balls for `symbols`. Raises NoBall where a function in it has no enclosure.

    >>> x = Symbol("x")
    >>> f = compile_ball(sp.sqrt(x) + 1, (x,))
    >>> f([acb(4)], False).real == 3, f([acb(-4)], True).is_finite()
    (True, False)
    """
    return prepared(expr, {s: i for i, s in enumerate(symbols)})


def compile_in_log(expr: Expr, t: Symbol) -> BallFunction:
    """`expr`, an expression in t = e^(−u), as a function of u: a power of t is an exponential of u and needs no cut."""
    return prepared(expr, {t: IN_LOG})


def prepared(expr: Expr, places: Mapping[Symbol, int]) -> BallFunction:
    """The function of an expression in which what stands twice is computed once."""
    index: dict[Basic, Any] = dict(places)
    for part in repeated([expr]):
        if part.free_symbols:
            index[part] = kept(build(part, index))
    return build(expr, index)


def build(e: Basic, index: Index) -> BallFunction:
    if isinstance(e, Symbol):
        if e not in index:
            raise NoBall(f"the value of {e} is not given")
        i: int = index[e]
        return (lambda v, a: v[i]) if i != IN_LOG else (lambda v, a: (-v[0]).exp())
    if e in index:
        known: BallFunction = index[e]
        return known
    made = constant_atom(e) or node(e, index)
    return made if moves(e) else remembered(made)


@lru_cache(maxsize=5000)
def moves(e: Basic) -> bool:
    """Whether e has a symbol without a value in it."""
    return isinstance(e, Symbol) or any(map(moves, e.args))


def node(e: Basic, index: Index) -> BallFunction:
    if isinstance(e, sp.Add):
        return folded(e.args, operator.add, index)
    if isinstance(e, sp.Mul):
        return folded(e.args, operator.mul, index)
    if isinstance(e, sp.Pow):
        return power(e.base, e.exp, index)
    if isinstance(e, sp.log) and index.get(e.args[0]) == IN_LOG:
        return lambda v, a: -v[0]
    if isinstance(e, sp.Piecewise):
        return cases(e, index)
    if isinstance(e, sp.hyper):
        return hypergeometric(e, index)
    if isinstance(e, sp.besselk):
        return bessel_k(e, index)
    if isinstance(e, Held):
        return build(e.args[0], index)
    if isinstance(e, Slope):
        return slope(e, index)
    if type(e) in REWRITTEN:
        return build(REWRITTEN[type(e)](*e.args), index)
    if (type(e), len(e.args)) in FUNCTIONS:
        return applied(FUNCTIONS[type(e), len(e.args)], [build(x, index) for x in e.args])
    raise NoBall(f"{e.func.__name__} has no enclosure")


def folded(args: Sequence[Basic], op: Callable[[acb, acb], acb], index: Index) -> BallFunction:
    """A sum or product; what in it does not move is brought together, and so is computed once."""
    still, parts = [x for x in args if not moves(x)], list[BallFunction]()
    if 1 < len(still) < len(args):
        parts = [remembered(folded(still, op, index)), *(build(x, index) for x in args if moves(x))]
    else:
        parts = [build(x, index) for x in args]
    first, *rest = parts
    if len(rest) == 1:
        (second,) = rest
        if isinstance(first, Constant):
            return lambda v, a: op(first.at[ctx.prec], second(v, a))
        if isinstance(second, Constant):
            return lambda v, a: op(first(v, a), second.at[ctx.prec])
        return lambda v, a: op(first(v, a), second(v, a))

    def get(v: Balls, a: bool) -> acb:
        total = first.at[ctx.prec] if isinstance(first, Constant) else first(v, a)
        for part in rest:
            total = op(total, part(v, a))
        return total

    return get


def power(base: Expr, exponent: Expr, index: Index) -> BallFunction:
    p = build(exponent, index)
    if base is S.Exp1:
        return lambda v, a: p(v, a).exp()
    if isinstance(base, Symbol) and index.get(base) == IN_LOG:
        return (lambda v, a: (-v[0] * p.at[ctx.prec]).exp()) if isinstance(p, Constant) else lambda v, a: (-v[0] * p(v, a)).exp()
    b = build(base, index)
    if exponent.is_Integer and abs(exponent) < 10**9:
        n = int(exponent)
        return lambda v, a: whole_power(b(v, a), n)
    if exponent == S.Half:
        return lambda v, a: root(b(v, a), a)
    if isinstance(p, Constant):
        return lambda v, a: general_power(b(v, a), p.at[ctx.prec], a)
    return lambda v, a: general_power(b(v, a), p(v, a), a)


def bessel_k(e: sp.besselk, index: Index) -> BallFunction:
    """K_ν(z), by `right_k` to the right of 0 for real ν; elsewhere by its bound in log z, where that is known."""
    order, argument = (build(x, index) for x in e.args)
    general, log_of = cut_second("bessel_k"), logarithm_of_power(e.args[1], index)

    def get(v: Balls, a: bool) -> acb:
        z, nu = argument(v, a), order(v, a)
        if order_moves or not is_real(nu) or not z.is_finite():
            return general(a, nu, z)
        if z.real > 0:
            return right_k(lambda: order((), False), z)
        return general(a, nu, z) if log_of is None else k_of_exponential(nu.real, log_of(v, a))

    order_moves = bool(e.args[0].free_symbols)
    return get


def logarithm_of_power(e: Expr, index: Index) -> BallFunction | None:
    """log(c t^p) = log c − p u for a number c > 0, where t stands for e^(−u)."""
    moving = [f for f in sp.Mul.make_args(e) if moves(f)]
    base, p = moving[0].as_base_exp() if len(moving) == 1 else (e, S.One)
    if index.get(base) != IN_LOG or moves(p):
        return None
    front = build(sp.Mul._from_args([f for f in sp.Mul.make_args(e) if not moves(f)]), index)
    exponent = build(p, index)

    def get(v: Balls, a: bool) -> acb:
        c = front(v, a)
        return c.log() - exponent(v, a) * v[0] if c.real > 0 else undefined()

    return get


def slope(e: Slope, index: Index) -> BallFunction:
    """What vanishes, divided by its variable; b has to be analytic on the whole way from 0."""
    b, y, z = e.args
    value, change, at = compile_ball(b, (y,)), compile_ball(derivative(b, y), (y,)), build(z, index)
    return lambda v, a: slope_at(lambda z: value((z,), True), lambda z: change((z,), True), at(v, a))


def hypergeometric(e: sp.hyper, index: Index) -> BallFunction:
    upper = [build(x, index) for x in e.ap]
    lower = [build(x, index) for x in e.bq]
    z = build(e.argument, index)
    has_cut = len(upper) > len(lower)

    def get(v: Balls, a: bool) -> acb:
        at = z(v, a)
        above: list[Any] = [p(v, a) for p in upper]
        if has_cut and beyond_one(at) and not any(map(ends_series, above)):
            return undefined()
        return at.hypgeom(above, [p(v, a) for p in lower])

    return get


def ends_series(p: acb) -> bool:
    """Whether a parameter is 0, −1, −2, …: the series is a polynomial then, which has no cut."""
    return p.is_exact() and bool(p.imag == 0) and p.real.is_integer() and bool(p.real <= 0)


def cases(e: sp.Piecewise, index: Index) -> BallFunction:
    """A Piecewise: the case that holds on the whole ball; the hull of those that may hold; nothing where that is not analytic."""
    pairs = [(build(value, index), truth(condition, index)) for value, condition in e.args]

    def get(v: Balls, a: bool) -> acb:
        found: acb | None = None
        for value, holds in pairs:
            known = holds(v, a)
            if known is False:
                continue
            if known is None and a:
                return undefined()
            here = value(v, a)
            found = here if found is None else found.union(here)
            if known:
                return found
        return undefined()

    return get


def truth(condition: Boolean, index: Index) -> Truth:
    """Whether a condition holds on a whole ball (True), nowhere on it (False), or neither is certain (None)."""
    if condition in (S.true, S.false):
        known = bool(condition)
        return lambda v, a: known
    if isinstance(condition, Not):
        inner = truth(condition.args[0], index)
        return lambda v, a: None if (t := inner(v, a)) is None else not t
    if isinstance(condition, (And, Or)):
        return joined([truth(c, index) for c in condition.args], isinstance(condition, And))
    if not isinstance(condition, Relational):
        raise NoBall(f"the condition {condition} cannot be decided on balls")
    return compared(condition, build(condition.lhs - condition.rhs, index))
