"""The branch of a substitution that people mean without saying so: x = sin² θ on (0, 1) with θ from 0 to π/2."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, S, Symbol, oo, pi
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.grade.equal.ends import limit_at
from derive.language.totals import Lebesgue, Measure

CUSTOMARY = (  # where sines, tangents, roots and exponentials are one-to-one, the widest first
    (-oo, oo), (S.Zero, oo), (-pi / 2, pi / 2), (S.Zero, pi), (S.Zero, pi / 2), (S.Zero, S.One),
)  # fmt: skip


def branches(letters: set[Symbol], defined: Mapping[Symbol, Expr], ranges: Mapping[Symbol, Measure], facts: Facts) -> list[Relational]:
    """Where the letters of substitutions x = ψ(θ) lie: on the customary interval that ψ maps one-to-one on the range of x.

    >>> from sympy import sin
    >>> x, t = Symbol("x", positive=True), Symbol("t", real=True)
    >>> branches({t}, {x: sin(t)**2}, {x: Lebesgue(0, 1)}, Facts())
    [t > 0, t < pi/2]
    """
    found: list[Relational] = []
    for x, value in defined.items():
        measure = next((m for s, m in ranges.items() if s.name == x.name), None)
        own = sorted((s for s in value.free_symbols if s in letters), key=str)
        if not isinstance(measure, Lebesgue) or len(own) != 1:
            continue
        (t,) = own
        ends = next((ends for ends in CUSTOMARY if onto(value, t, ends, measure, facts)), None)
        found += [] if ends is None else [r for r in (t > ends[0], t < ends[1]) if r not in (True, False)]
    return found


def onto(value: Expr, t: Symbol, ends: tuple[Expr, Expr], measure: Lebesgue, facts: Facts) -> bool:
    """Whether ψ grows or falls all along an interval, from one end of a range to the other."""
    free = t if t.is_real else Symbol(t.name, real=True)
    inside = facts.within(free, Lebesgue(*ends))
    body = value.xreplace({t: free})
    slope = body.diff(free)
    if not (inside.nonnegative(slope) or inside.nonnegative(-slope)):
        return False
    found = [limit_at(body, free, end, side, inside) for end, side in zip(ends, (1, -1), strict=True)]
    return sorted(map(str, found)) == sorted(map(str, measure.args))


