"""A density with what is known of it, and the ways to an expectation: the search for an integral, or the derivative of log Z."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sympy import Add, Derivative, Expr, S, Subs, Symbol, exp, gamma
from sympy.core.relational import GreaterThan, LessThan
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge, label
from derive.algebra.reading import Form, linear, read
from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.language.claims import PROVED, Derivation
from derive.language.problem import Family
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total, fresh, names
from derive.moments.neat import log_derivative, neat
from derive.moments.tails import heavy
from derive.rules import CATALOGUE
from derive.search.engine import Context, OutOfTime, derive

T = Symbol("t·", real=True)  # the tilt of a density: g(x) exp(t x)
W = Symbol("w·", positive=True)  # the same for sums: g(k) w^k, w = e^t
FEW = 3  # zeros of lines in the kernel that are tried as centers
SECONDS = 5.0  # for one integral; seldom reached, so that a report does not depend on the speed of the machine


@dataclass(frozen=True)
class Law:
    """The kernel g of a variable x on its support, its total Z and its density p, the facts, and when to stop by which clock."""

    x: Symbol
    measure: Measure
    kernel: Expr
    Z: Expr
    density: Expr
    facts: Facts
    deadline: float
    family: Family | None = None
    clock: Callable[[], float] = time.process_time

    @cached_property
    def form(self) -> Form | None:
        """The kernel's form, if it has one."""
        try:
            return read(self.kernel, self.x, self.facts.within(self.x, self.measure))
        except TooLarge:
            return None

    @cached_property
    def tilted(self) -> Expr | None:
        """Z(t), the total of g(x) exp(t x), where that is closed around t = 0: log Z(t) − log Z generates cumulants."""
        if heavy(self.density, self.x, self.measure, self.facts):
            return None
        factor, plain = (exp(T * self.x), {T: S.Zero}) if isinstance(self.measure, Lebesgue) else (W**self.x, {W: S.One})
        found = integral(self.kernel * factor, self)
        if found is None or not all(open_at(c, plain, self.facts) for c in found.claim.given):
            return None
        value = without_poles(found.claim.right, plain)
        return value if equal(value.xreplace(plain), self.Z, self.facts) else None

    @cached_property
    def origin(self) -> Expr:
        """A point to count x from that makes the kernel simpler: its center, else its family's location; an integer for sums."""
        named = self.family.parameters.get("location", S.Zero) if self.family else S.Zero
        point = named if self.center is None else self.center
        whole = isinstance(self.measure, Counting) and point.is_integer
        return point if whole or isinstance(self.measure, Lebesgue) else S.Zero

    @cached_property
    def counted(self) -> Law:
        """The law of X − origin."""
        return self.shifted(self.origin) if self.origin != 0 else self

    @cached_property
    def center(self) -> Expr | None:
        """The point c that p is proved symmetric about: g(c + u) = g(c − u) on a support symmetric about c."""
        return next((c for c in centers(self) if symmetric(self, c)), None)

    def shifted(self, by: Expr) -> Law:
        """The law of U = X − by, a variable of its own: what the old symbol assumes of X need not hold of U."""
        measure = moved(self.measure, by)
        u = fresh(measure, names(self.kernel, self.density, *measure.args, *self.facts.relations))
        kernel, density = (e.xreplace({self.x: u + by}) for e in (self.kernel, self.density))
        return replace(self, x=u, measure=measure, kernel=kernel, density=density, family=None)


def without_poles(value: Expr, point: Mapping[Symbol, Expr]) -> Expr:
    """z Γ(z) written Γ(z + 1) where z vanishes at the point."""
    poles = {g: gamma(g.args[0] + 1) / g.args[0] for g in value.atoms(gamma) if g.args[0].xreplace(dict(point)) == 0}
    return value.xreplace(poles) if poles else value


def open_at(condition: Boolean, point: Mapping[Symbol, Expr], facts: Facts) -> bool:
    """Whether a condition holds at a point, strictly where it speaks of the point's letters, and so around it."""
    strict = condition.free_symbols.isdisjoint(point) or not isinstance(condition, (GreaterThan, LessThan))
    return strict and facts.follows(condition.xreplace(dict(point)))


def moved(measure: Measure, by: Expr) -> Measure:
    """The support of X − by."""
    return measure.func(*(a if a.is_infinite else a - by for a in measure.args))


def centers(law: Law) -> list[Expr]:
    """Points that a density may be symmetric about."""
    m = law.measure
    if isinstance(m, (Lebesgue, Counting)) and m.lo.is_finite is not False and m.hi.is_finite is not False:
        return [(m.lo + m.hi) / 2]
    if isinstance(m, Atoms) or not (m.lo.is_infinite and m.hi.is_infinite):
        return []
    named = law.family.parameters if law.family else {}
    known = [*(named[key] for key in ("location", "mean", "center") if key in named), S.Zero]
    lines = (linear(e, law.x) for e in sorted(law.kernel.atoms(Add), key=label) if e.has(law.x))
    zeros = dict.fromkeys(-line[1] / line[0] for line in lines if line is not None)  # x − m, under a power, bars or a cosine
    return [*known, *list(zeros)[:FEW]]


def symmetric(law: Law, c: Expr) -> bool:
    """Whether g(c + u) = g(c − u)."""
    u = Symbol("u·", real=True)
    facts = law.facts.within(u, moved(law.measure, c))
    left, right = (law.kernel.xreplace({law.x: c + s * u}) for s in (1, -1))
    return bool(equal(left, right, facts))


def integral(body: Expr, law: Law, *more: Boolean) -> Derivation | None:
    """A checked and proved derivation of the total of `body`, or None. What it assumes beyond the facts is in its claim."""
    facts = law.facts.and_(*more)
    until = min(law.deadline, law.clock() + SECONDS)
    for assume in (False, True):
        try:
            found = derive(Total(body, law.x, law.measure), Context(facts, deadline=until, clock=law.clock, assume=assume))
        except (OutOfTime, TooLarge, RecursionError):
            return None
        if found is not None:
            checked = check(found, CATALOGUE, facts)
            if verdict_of(checked) == PROVED and not checked.claim.right.has(S.NaN, S.ComplexInfinity):
                return checked
    return None


def cumulant(law: Law, n: int) -> Expr | None:
    """The n-th cumulant, from the n-th derivative of log Z(t) at t = 0."""
    if law.tilted is None:
        return None
    t, factor = (T, S.One) if isinstance(law.measure, Lebesgue) else (W, W)  # d/dt is w d/dw for w = e^t
    slope = factor * log_derivative(law.tilted, t)
    for _ in range(n - 1):
        slope = factor * slope.diff(t)
    if slope.has(Derivative, Subs):
        return None
    value = slope.xreplace({T: S.Zero, W: S.One})
    return None if value.has(S.NaN, S.ComplexInfinity, S.Infinity) else neat(value, law.facts)
