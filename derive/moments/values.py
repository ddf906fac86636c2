"""Mean, variance and higher cumulants of a law, with the conditions under which they exist."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Expr, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from derive.language.claims import PROVED, UNDECIDED
from derive.language.problem import Moment
from derive.moments.law import Law, cumulant, integral
from derive.moments.neat import length, neat
from derive.moments.tails import NO, YES, Existence, existence

LONGEST = 60  # operations: a cumulant longer than this tells nobody anything


@dataclass(frozen=True)
class Found:
    """An expectation, the conditions that it needs beyond the facts, and how it was come by."""

    value: Expr
    conditions: tuple[Boolean, ...]
    verdict: str
    detail: str


def exists(law: Law, n: int) -> Existence:
    return existence(law.kernel, law.x, law.measure, n, law.facts)  # the total is finite and positive, so the kernel tells


def missing(name: str, x: Symbol, where: Existence, n: int) -> Moment:
    """The statement that a moment does not exist."""
    power = f"|{x}|" if n == 1 else f"|{x}|^{n}"
    side = "right" if where.end == oo else "left"
    detail = f"does not exist: {power} p({x}) falls too slowly on the {side} to be integrable, by comparison"
    return Moment(name, None, (), PROVED, detail)


def mean(law: Law) -> Found | None:
    """E X: the center of symmetry, the integral of x p(x), or the first cumulant."""
    found = exists(law, 1)
    if found.verdict == NO:
        return None
    if law.center is not None and found.verdict == YES:
        return Found(neat(law.center, law.facts), found.conditions, PROVED, "by symmetry, and because it exists")
    own = raw(law.counted, 1, found) or from_log_z(law.counted, 1)
    return own and replace(own, value=neat(law.origin + own.value, law.facts.and_(*own.conditions)))


def raw(law: Law, n: int, found: Existence) -> Found | None:
    """E Xⁿ by a derivation of its own: of xⁿ g(x), or of (u + lo)ⁿ g in u = x − lo."""
    if found.verdict != YES and not one_sided(law) and n % 2:
        return None
    derivation = integral(law.x**n * law.kernel, law, *found.conditions)
    if derivation is None:
        return None
    conditions = tuple(dict.fromkeys((*found.conditions, *derivation.claim.given)))
    value = neat(derivation.claim.right / law.Z, law.facts.and_(*conditions))
    return Found(value, conditions, PROVED, "by a derivation of its own")


def from_log_z(law: Law, n: int) -> Found | None:
    """The n-th cumulant from log Z(t). That Z(t) is finite around t = 0 says that all moments exist."""
    value = cumulant(law, n)
    return None if value is None else Found(value, (), UNDECIDED, "from the derivatives of log Z")


def one_sided(law: Law) -> bool:
    """Whether x does not change its sign."""
    inside = law.facts.within(law.x, law.measure)
    return bool(inside.nonnegative(law.x) or inside.nonnegative(-law.x))


def variance(law: Law, average: Found) -> Found | None:
    """Var X of u = x − origin: E U² − (E U)² by derivations of their own, or the second cumulant where that is shorter."""
    found, counted = exists(law, 2), law.counted
    smooth = from_log_z(counted, 2)
    square = raw(counted, 2, found)
    if square is None:
        return smooth
    conditions = tuple(dict.fromkeys((*average.conditions, *square.conditions)))
    facts = law.facts.and_(*conditions)
    value = neat(square.value - neat(average.value - law.origin, facts) ** 2, facts)
    if smooth is not None and length(smooth.value) < length(value):
        return smooth
    detail = square.detail if law.center is not None else "from the first and second moments, each by a derivation of its own"
    return Found(value, stronger(conditions, law), average.verdict, detail)


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
    own = from_log_z(law.counted, n)
    return own if own is not None and length(own.value) < LONGEST else None
