"""A density with what is known of it, and the ways to an expectation: the search for an integral, or the derivative of log Z."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property

from sympy import Expr, S, Symbol, exp
from sympy.core.relational import GreaterThan, LessThan
from sympy.logic.boolalg import Boolean

from derive.algebra.normal import TooLarge, equal
from derive.algebra.reading import Form, read
from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.language.claims import PROVED, Claim
from derive.language.problem import Family
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total
from derive.moments.neat import log_derivative, neat
from derive.rules import CATALOGUE
from derive.search.engine import Context, OutOfTime, derive

T = Symbol("t·", real=True)  # the tilt of a density: g(x) exp(t x)
SECONDS = 0.4  # for one integral: what takes longer is not worth a line in a report


@dataclass(frozen=True)
class Law:
    """The kernel g of a variable x on its support, its total Z and its density p, the facts, and when to stop."""

    x: Symbol
    measure: Measure
    kernel: Expr
    Z: Expr
    density: Expr
    facts: Facts
    deadline: float
    family: Family | None = None

    @cached_property
    def form(self) -> Form | None:
        """The kernel's form, if it has one."""
        try:
            return read(self.kernel, self.x, self.facts.within(self.x, self.measure))
        except TooLarge:
            return None

    @cached_property
    def tilted(self) -> Expr | None:
        """Z(t), the total of g(x) exp(t x), where it is a closed form that holds around t = 0. Then log Z(t) − log Z generates cumulants."""
        found = integral(self.kernel * exp(T * self.x), self)
        if found is None or not all(open_at_zero(c, self.facts) for c in found.claim.given):
            return None
        value = found.claim.right
        return value if equal(value.xreplace({T: S.Zero}), self.Z, self.facts) else None

    @cached_property
    def center(self) -> Expr | None:
        """The point c that p is proved symmetric about: g(c + u) = g(c − u) on a support symmetric about c."""
        return next((c for c in centers(self) if symmetric(self, c)), None)

    def shifted(self, by: Expr) -> Law:
        """The law of X − by."""
        return replace(self, measure=moved(self.measure, by), kernel=self.kernel.xreplace({self.x: self.x + by}),
                       density=self.density.xreplace({self.x: self.x + by}), family=None)  # fmt: skip


def open_at_zero(condition: Boolean, facts: Facts) -> bool:
    """Whether a condition holds at t = 0, strictly where it speaks of t, and so around it."""
    strict = T not in condition.free_symbols or not isinstance(condition, (GreaterThan, LessThan))
    return strict and facts.follows(condition.xreplace({T: S.Zero}))


def moved(measure: Measure, by: Expr) -> Measure:
    return measure.func(*(a if a.is_infinite else a - by for a in measure.args))


def centers(law: Law) -> list[Expr]:
    """Points that a density may be symmetric about."""
    m = law.measure
    if isinstance(m, (Lebesgue, Counting)) and m.lo.is_finite is not False and m.hi.is_finite is not False:
        return [(m.lo + m.hi) / 2]
    if isinstance(m, Atoms) or not (m.lo.is_infinite and m.hi.is_infinite):
        return []
    named = law.family.parameters if law.family else {}
    return [*(named[key] for key in ("location", "mean", "center") if key in named), S.Zero]


def symmetric(law: Law, c: Expr) -> bool:
    u = Symbol("u·", real=True)
    facts = law.facts.within(u, moved(law.measure, c))
    left, right = (law.kernel.xreplace({law.x: c + s * u}) for s in (1, -1))
    return bool(equal(left, right, facts))


def integral(body: Expr, law: Law, *more: Boolean):  # type: ignore[no-untyped-def]
    """A checked and proved derivation of the total of `body`, or None. What it assumes beyond the facts is in its claim."""
    facts = law.facts.and_(*more)
    until = min(law.deadline, time.monotonic() + SECONDS)
    for assume in (False, True):
        try:
            found = derive(Total(body, law.x, law.measure), Context(facts, deadline=until, assume=assume))
        except (OutOfTime, TooLarge, RecursionError):
            return None
        if found is not None:
            checked = check(found, CATALOGUE, facts)
            value = checked.claim.right
            good = verdict_of(checked) == PROVED and not value.has(S.NaN, S.ComplexInfinity)
            return replace(checked, claim=Claim(checked.claim.left, value, checked.claim.given)) if good else None
    return None


def cumulant(law: Law, n: int) -> Expr | None:
    """The n-th cumulant, from the n-th derivative of log Z(t) at t = 0."""
    if law.tilted is None:
        return None
    slope = log_derivative(law.tilted, T)
    for _ in range(n - 1):
        slope = slope.diff(T)
    value = slope.xreplace({T: S.Zero})
    return None if value.has(S.NaN, S.ComplexInfinity, S.Infinity) else neat(value, law.facts)
