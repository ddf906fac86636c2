"""What functions on balls are put together from: constants, values that are remembered, relations by the sign of a difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Basic, Rational, S
from sympy.core.relational import Relational

Balls = Sequence[acb]
BallFunction = Callable[[Balls, bool], acb]
Truth = Callable[[Balls, bool], bool | None]


class NoBall(ArithmeticError):
    """An expression has no enclosure; the message says why, as the end of a sentence."""


CONSTANTS: dict[Basic, Callable[[], Any]] = {
    S.Pi: arb.pi, S.Exp1: arb.const_e, S.EulerGamma: arb.const_euler, S.Catalan: arb.const_catalan,
    S.ImaginaryUnit: lambda: acb(0, 1), S.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2}  # fmt: skip


def constant_atom(e: Basic) -> BallFunction | None:
    if isinstance(e, sp.Float):
        e = Rational(e)  # what a person wrote as 0.1 the reader has made 1/10; other floats are what they are
    if isinstance(e, Rational):
        number = acb(int(e.p)) if e.q == 1 else None
        return (lambda v, a: number) if number is not None else (lambda v, a: acb(arb(fmpq(int(e.p), int(e.q)))))
    if e in CONSTANTS:
        make = CONSTANTS[e]
        return lambda v, a: acb(make())
    if isinstance(e, sp.CRootOf) and e.is_real:
        return lambda v, a: acb(isolated(e, ctx.prec))
    if not e.args:
        raise NoBall(f"{e} has no enclosure")
    return None


def isolated(root: sp.CRootOf, bits: int) -> arb:
    """A real zero of a polynomial, from the rational interval that isolates it."""
    width = Rational(1, 2 ** (bits + 8))
    middle = root.eval_rational(width)
    return arb(fmpq(int(middle.p), int(middle.q))) + arb(0, arb(2) ** -(bits + 8))


def kept(f: BallFunction) -> BallFunction:
    """A function that remembers its last value: of the same balls (none changes the list that it hands over), at the same precision."""
    last: tuple[Any, Any, Any, Any] = (None, None, None, None)

    def get(v: Balls, a: bool) -> acb:
        nonlocal last
        if last[0] is not v or last[1] is not a or last[2] != ctx.prec:
            last = v, a, ctx.prec, f(v, a)
        found: acb = last[3]
        return found

    return get


class ByPrecision(dict[int, Any]):
    """What is computed once for each precision at which it is asked for."""

    def __init__(self, compute: Callable[[], Any]) -> None:
        super().__init__()
        self.compute = compute

    def __missing__(self, bits: int) -> Any:
        self[bits] = found = self.compute()
        return found


class Constant:
    """A function that is the same for all arguments; its value at the working precision is at[ctx.prec], without a call."""

    def __init__(self, compute: Callable[[], Any]) -> None:
        self.at = ByPrecision(compute)

    def __call__(self, v: Balls = (), analytic: bool = False) -> Any:
        return self.at[ctx.prec]


def remembered(f: BallFunction) -> Constant:
    """A function without arguments, computed once for each precision."""
    return Constant(lambda: f((), False))


def applied(f: Callable[..., acb], parts: list[BallFunction]) -> BallFunction:
    if len(parts) == 1:
        (one,) = parts
        return lambda v, a: f(a, one(v, a))
    return lambda v, a: f(a, *(p(v, a) for p in parts))


def joined(parts: list[Truth], every: bool) -> Truth:
    def get(v: Balls, a: bool) -> bool | None:
        found = [p(v, a) for p in parts]
        if (not every) in found:
            return not every
        return None if None in found else every

    return get


def compared(relation: Relational, difference: BallFunction) -> Truth:
    """The relation by the sign of the real part: on a ball wholly on one side it is the relation's on the ball's real points."""
    def get(v: Balls, a: bool) -> bool | None:
        d = difference(v, a)
        if isinstance(relation, (sp.Eq, sp.Ne)):
            known = True if d.is_zero() else False if d.is_finite() and not d.contains(0) else None
            return known if known is None or isinstance(relation, sp.Eq) else not known
        up = isinstance(relation, (sp.Gt, sp.Ge))
        if d.real > 0 or d.real < 0:
            return bool(d.real > 0) is up
        return isinstance(relation, (sp.Ge, sp.Le)) if d.is_zero() else None

    return get
