"""Hardy's scale: exp(Σ cᵢ Sᵢ) · t^p · (log t)^r · (log log t)^q as t → ∞, its products and powers, and which of two grows faster."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic, Expr, S, Symbol

from derive.algebra.normal import canonical
from derive.algebra.signs import Facts

T = Symbol("t·", positive=True)  # tends to infinity; no reader can produce this name


@dataclass(frozen=True)
class Scale:
    """exp(Σ c·S) · t^power · (log t)^log · (log log t)^loglog; the exponents grow faster than log log t, each S is a Scale itself."""

    exps: tuple[tuple[Expr, Scale], ...] = ()
    power: Expr = S.Zero
    log: Expr = S.Zero
    loglog: Expr = S.Zero


@dataclass(frozen=True)
class Behaviour:
    """f ~ coefficient · scale; the function 0 has coefficient 0. Where `sure` is False the coefficient may vanish, so that f is only
    known to be coefficient · scale plus something of smaller order. Where `rough` is True every term of an exponent is only known to
    leading order, and so is nothing but the order of log f.
    """

    coefficient: Expr
    scale: Scale = Scale()
    sure: bool = True
    rough: bool = False


def rates(scale: Scale) -> set[Basic]:
    """The letters that a scale depends on."""
    own = {letter for e in (scale.power, scale.log, scale.loglog) for letter in e.free_symbols}
    return own.union(*(c.free_symbols | rates(s) for c, s in scale.exps))


CONSTANT = Scale()
LOG = Scale(log=S.One)
LOGLOG = Scale(loglog=S.One)


def times(a: Scale, b: Scale, facts: Facts) -> Scale:
    """The product of two scales."""
    exps = list(a.exps)
    for c, s in b.exps:
        for i, (d, r) in enumerate(exps):
            if r == s:
                exps[i] = (canonical(c + d, facts), r)
                break
        else:
            exps.append((c, s))
    kept = tuple((c, s) for c, s in exps if c != 0)
    return Scale(kept, canonical(a.power + b.power, facts), canonical(a.log + b.log, facts), canonical(a.loglog + b.loglog, facts))


def product_of(a: Scale, b: Scale, rough: bool, facts: Facts) -> Scale | None:
    """The product of two scales; None where terms known to leading order alone may cancel, so that what remains is unknown."""
    found = times(a, b, facts)
    if rough:
        shared = {s for _, s in a.exps} & {s for _, s in b.exps}
        left = {s: c for c, s in found.exps}
        if not all(s in left and facts.nonzero(left[s]) for s in shared):
            return None
        if a.power != 0 and b.power != 0 and not facts.nonzero(found.power):
            return None
    return found


def to_the(a: Scale, n: Expr, facts: Facts) -> Scale:
    """A scale to a constant power."""
    powers = (canonical(p * n, facts) for p in (a.power, a.log, a.loglog))
    return Scale(tuple((canonical(c * n, facts), s) for c, s in a.exps), *powers)


def direction(scale: Scale, facts: Facts) -> int | None:
    """+1 where a scale tends to infinity, −1 where it tends to 0, 0 where it is constant, None where that is not decided."""
    if scale.exps:
        powers = ((scale.power, LOG),) if scale.power != 0 else ()
        top = dominant((*scale.exps, *powers), facts)
        return top and sign(top[0], facts)
    for exponent in (scale.power, scale.log, scale.loglog):
        if exponent != 0:
            return sign(exponent, facts)
    return 0


def dominant(exps: tuple[tuple[Expr, Scale], ...], facts: Facts) -> tuple[Expr, Scale] | None:
    """The fastest growing term of an exponent."""
    best = exps[0]
    for c, s in exps[1:]:
        match direction(times(s, to_the(best[1], S.NegativeOne, facts), facts), facts):
            case None:
                return None
            case 1:
                best = (c, s)
    return best


def sign(e: Expr, facts: Facts) -> int | None:
    """The sign of a constant, where it is proved."""
    if facts.positive(e):
        return 1
    if facts.positive(-e):
        return -1
    return 0 if e == 0 else None
