"""A polynomial in cos θ over a + b cos θ, as a polynomial and one fraction."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Dummy, Expr, Integer, Mul, Poly, Pow, S, cos, div, sin

from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Values
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import M, x
from derive.rules.shapes import heads
from derive.rules.splitting import ADD_PIECES, piece_letters
from derive.rules.values import function

MOST_POWER = 8  # of a sine or cosine


def even_power(e: Expr, wave: Expr) -> bool:
    return isinstance(e, Pow) and e.base == wave and e.exp in range(2, MOST_POWER + 1, 2)


def cosines_divided(total: Total, facts: Facts) -> Iterator[Values]:
    """P(cos θ)/(a + b cos θ) = Q(cos θ) + r/(a + b cos θ); sin² θ is 1 − cos² θ."""
    factors = Mul.make_args(total.body)
    below = [e.base for e in factors if isinstance(e, Pow) and e.exp == -1 and isinstance(e.base, Add) and e.base.has(cos)]
    waves = {w for w in below[0].atoms(cos) if w.has(total.x)} if len(below) == 1 and isinstance(total.measure, Lebesgue) else set()
    if len(waves) != 1 or not heads(total.body) <= {sin, cos} or len(factors) < 2:
        return
    wave, y = waves.pop(), Dummy("y", real=True)
    above = (total.body * below[0]).replace(lambda e: even_power(e, sin(wave.args[0])), lambda e: (1 - y**2) ** (e.exp / 2)).xreplace({wave: y})
    bottom = below[0].xreplace({wave: y})
    if above.has(total.x) or bottom.has(total.x) or not above.is_polynomial(y) or not above.has(y) or Poly(bottom, y).degree() != 1:
        return
    quotient, rest = div(above.expand(), bottom, y)
    parts, weights, _ = piece_letters(2)
    pieces = ((S.One, quotient.expand().xreplace({y: wave})), (rest.factor(), 1 / below[0]))
    values = {x: total.x, M: total.measure, SIZE: Integer(2)}
    for part, weight, (constant, piece) in zip(parts, weights, pieces, strict=True):
        values |= {weight: constant, part: function(total.x, piece)}
    yield values


COSINES_DIVIDED = replace(ADD_PIECES, find=cosines_divided)
