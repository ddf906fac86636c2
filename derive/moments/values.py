"""Mean, variance and higher cumulants of a law, with the conditions under which they exist."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, S
from sympy.logic.boolalg import Boolean

from derive.language.claims import PROVED, UNDECIDED
from derive.language.problem import Moment
from derive.language.totals import Counting, Lebesgue
from derive.moments.law import Law, cumulant, integral
from derive.moments.neat import neat
from derive.moments.tails import NO, YES, Existence, existence


@dataclass(frozen=True)
class Found:
    """An expectation, the conditions that it needs beyond the facts, and how it was come by."""

    value: Expr
    conditions: tuple[Boolean, ...]
    verdict: str
    detail: str


def exists(law: Law, n: int) -> Existence:
    return existence(law.density, law.x, law.measure, n, law.facts)


def missing(name: str, where: Existence, n: int) -> Moment:
    """The statement that a moment does not exist."""
    power = "|x|" if n == 1 else f"|x|^{n}"
    return Moment(name, None, (), PROVED, f"does not exist: {power} p(x) is not integrable near {where.end}, by comparison")


def mean(law: Law) -> Found | None:
    """E X: the center of symmetry, the first cumulant, or the integral of x p(x)."""
    found = exists(law, 1)
    if found.verdict == NO:
        return None
    if law.center is not None and found.verdict == YES:
        return Found(neat(law.center, law.facts), found.conditions, PROVED, "the center of symmetry")
    return raw(law, 1, found) or from_log_z(law, 1, found)


def raw(law: Law, n: int, found: Existence) -> Found | None:
    """E Xⁿ by a derivation of its own: of xⁿ g(x), or of (u + lo)ⁿ g in u = x − lo."""
    if found.verdict != YES and not one_sided(law) and n % 2:
        return None
    derivation = integral(law.x**n * law.kernel, law, *found.conditions)
    if derivation is None:
        return None
    conditions = tuple(dict.fromkeys((*found.conditions, *derivation.claim.given)))
    value = neat(derivation.claim.right / law.Z, law.facts.and_(*conditions))
    return Found(value, conditions, PROVED, "a derivation of its own integral")


def from_log_z(law: Law, n: int, found: Existence) -> Found | None:
    """The n-th cumulant from log Z(t). That Z(t) is finite around t = 0 says that all moments exist."""
    value = cumulant(law, n)
    return None if value is None else Found(value, (), UNDECIDED, "the derivative of log Z")


def one_sided(law: Law) -> bool:
    """Whether x does not change its sign."""
    inside = law.facts.within(law.x, law.measure)
    return bool(inside.nonnegative(law.x) or inside.nonnegative(-law.x))


def variance(law: Law, average: Found) -> Found | None:
    """Var X: of a symmetric law the integral of u² g(c + u), else the second cumulant or E X² − (E X)²."""
    found = exists(law, 2)
    if found.verdict == NO:
        return None
    if law.center is not None:
        return raw(law.shifted(law.center), 2, found) or from_log_z(law, 2, found)
    smooth = from_log_z(law, 2, found)
    square = raw(law, 2, found)
    if square is None:
        return smooth
    conditions = tuple(dict.fromkeys((*average.conditions, *square.conditions)))
    value = neat(square.value - average.value**2, law.facts.and_(*conditions))
    verdict = PROVED if average.verdict == PROVED else UNDECIDED
    return Found(value, stronger(conditions, law), verdict, "E X² − (E X)², each a derivation of its own")


def stronger(conditions: tuple[Boolean, ...], law: Law) -> tuple[Boolean, ...]:
    """The conditions without those that follow from the others: ν > 2 says ν > 1."""
    kept = list(conditions)
    for c in conditions:
        rest = [k for k in kept if k is not c]
        if c in kept and law.facts.and_(*rest).follows(c):
            kept = rest
    return tuple(kept)


def higher(law: Law, n: int) -> Found | None:
    """The third and fourth cumulants, where log Z(t) gives them or symmetry makes them 0."""
    found = exists(law, n)
    if n == 3 and law.center is not None and found.verdict == YES:
        return Found(S.Zero, found.conditions, PROVED, "by symmetry")
    return from_log_z(law, n, found)


def continuous(law: Law) -> bool:
    return isinstance(law.measure, Lebesgue)


def discrete(law: Law) -> bool:
    return isinstance(law.measure, Counting)
