"""Powers of 1 − cos 2ax as powers of 2 sin² ax, after a change of scale where the angle is not doubled as it stands."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, Pow, cos, sin

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import every
from derive.language.totals import POSITIVE, Total, fresh, names
from derive.rules.letters import M, f, h, hi_u, lo_u, phi, u, x
from derive.rules.measure import ALGEBRA, SUBSTITUTE_INCREASING
from derive.rules.values import function, measure_values


def versine(total: Total) -> tuple[Expr, Expr] | None:
    """(c (1 − cos wx), w) where a whole power of it stands alone with the sines and cosines of a kernel on the half line."""
    waves = every(total.body, sin, cos) if total.measure == POSITIVE else set()
    found = [e for e in Mul.make_args(total.body) if isinstance(e, Pow) and e.exp.is_Integer and e.exp > 1 and e.has(cos)]
    if len(waves) != 1 or len(found) != 1:
        return None
    (wave,), base = waves, found[0].base
    parts = linear(wave.args[0], total.x)
    return (base, parts[0]) if parts and parts[1] == 0 and not (base / (1 - wave)).cancel().has(total.x) else None


def to_double_angle(total: Total, facts: Facts) -> Iterator[Values]:
    """u = wx/2."""
    found = versine(total)
    if found is not None and found[1] != 2 and facts.positive(found[1]):
        new = fresh(POSITIVE, names(total, *facts.relations))
        scale = found[1] / 2
        yield {**measure_values(total), f: function(total.x, total.body), phi: function(total.x, scale * total.x), u: new,
               h: function(new, total.body.xreplace({total.x: new / scale}) / scale), lo_u: POSITIVE.lo, hi_u: POSITIVE.hi}


def as_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """1 − cos 2x = 2 sin² x."""
    found = versine(total)
    if found is not None and found[1] == 2:
        plain = found[0] / (1 - cos(2 * total.x)) * 2 * sin(total.x) ** 2
        yield {x: total.x, M: total.measure, f: function(total.x, total.body), h: function(total.x, total.body.xreplace({found[0]: plain.cancel()}))}


RULES = (replace(ALGEBRA, find=as_sines), replace(SUBSTITUTE_INCREASING, find=to_double_angle))
