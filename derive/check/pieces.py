"""The range of an integral cut where bars and cases turn and where the integrand may be singular, each bar decided between cuts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import sympy as sp
from flint import acb
from sympy import Expr, Rational, S, Symbol, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.reading import linear
from derive.check.balls import NoBall, compile_ball, truth
from derive.check.neighbourhoods import ball_of
from derive.check.tidied import planted
from derive.language.totals import Lebesgue

BENT = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)


def pieces(body: Expr, x: Symbol, measure: Lebesgue) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(integrand, lo, hi) where no bar or case turns and nothing is known to be singular inside.

    A bar is decided only where all the zeros and poles of its border are among the cuts of this very call.
    """
    lo, hi = measure.lo, measure.hi
    if not less(lo, hi):
        raise NoBall("the ends of the range are not in order")
    turns = {e: borders_of(e) for e in body.atoms(*BENT)}
    decided = [e for e, found in turns.items() if all(zeros(b, x) is not None for b in found)]
    marks = [b for e in decided for b in turns[e]] + list(singular(body))
    cuts = {c for b in marks for c in zeros(b, x) or waves(b, x, lo, hi) if less(lo, c) and less(c, hi)}
    for a, b in pairwise([lo, *sorted(cuts, key=float), hi]):
        f = planted(body, {e: settled(e, x, between(a, b)) for e in decided}) if decided else body
        if f != body and f.has(*BENT):  # what stood around an inner bar has its own borders
            yield from pieces(f, x, Lebesgue(a, b))
        elif f != 0:
            yield f, a, b


def less(a: Expr, b: Expr) -> bool:
    return (a < b) == True  # noqa: E712 - SymPy's true


def between(a: Expr, b: Expr) -> Expr:
    """A rational number between two ends."""
    if a is -oo:
        at = S.Zero if b is oo else Rational(int(sp.floor(b))) - 1
    elif b is oo:
        at = Rational(int(sp.floor(a))) + 2
    elif a.is_Rational and b.is_Rational:
        at = a + (b - a) * Rational(3, 7)
    else:
        at = Rational(round(float((a + b) / 2) * 2**40), 2**40)
    if not (less(a, at) and less(at, b)):
        raise NoBall("two cuts of the range are too close")
    return at


def borders_of(e: Expr) -> list[Expr]:
    """Expressions at whose zeros a bar or a case turns."""
    if isinstance(e, (sp.Max, sp.Min)):
        return [a - b for i, a in enumerate(e.args) for b in e.args[:i]]
    if isinstance(e, sp.Piecewise):
        return [c.lhs - c.rhs for _, condition in e.args for c in condition.atoms(Relational)]
    return [e.args[0]]


def singular(body: Expr) -> Iterator[Expr]:
    """Expressions at whose zeros a power or a logarithm may be singular."""
    for e in body.atoms(sp.Pow, sp.log):
        if isinstance(e, sp.log) or not (e.exp.is_Integer and e.exp > 0):
            yield e.args[0]


def zeros(border: Expr, x: Symbol) -> list[Expr] | None:
    """All real zeros and poles of a rational function, exactly; None where that is beyond us."""
    if not border.has(x):
        return []
    if border == x:
        return [S.Zero]
    if form := linear(border, x):
        return [-form[1] / form[0]]
    if plainly_positive(border, x):
        return []
    if not border.is_rational_function(x):
        return None
    found: list[Expr] = []
    for part in sp.fraction(sp.together(border)):
        try:
            polynomial = sp.Poly(part, x)
            if polynomial.degree() == 1:
                a, b = polynomial.all_coeffs()
                found.append(-b / a)
            elif polynomial.degree() > 1:
                found += sp.real_roots(polynomial)
        except (NotImplementedError, sp.PolynomialError, ValueError, TypeError):
            return None
    return found


def plainly_positive(e: Expr, x: Symbol) -> bool:
    """Whether e is a positive number and even powers of linear forms with positive factors, all rational, so that e > 0 for a real x."""
    def even(rest: Expr) -> bool:
        form = linear(rest.base, x) if rest.is_Pow and rest.exp.is_Integer and rest.exp > 0 and rest.exp.is_even else None
        return form is not None and all(c.is_Rational for c in form)

    terms = [term.as_coeff_Mul() for term in sp.Add.make_args(e)]
    return any(rest == 1 for _, rest in terms) and all(c > 0 and (rest == 1 or even(rest)) for c, rest in terms)


def waves(border: Expr, x: Symbol, lo: Expr, hi: Expr) -> list[Expr]:
    """The zeros of sin or cos of ax + b between finite ends, a few of them: where a kernel divides by it."""
    form = linear(border.args[0], x) if isinstance(border, (sp.sin, sp.cos)) else None
    if form is None or not (lo.is_finite and hi.is_finite):
        return []
    slope, shift = form
    first = sp.ceiling(min((slope * c + shift) / sp.pi for c in (lo, hi))) - 1
    half = S.Half if isinstance(border, sp.cos) else S.Zero
    return [((first + k + half) * sp.pi - shift) / slope for k in range(12)]


def settled(e: Expr, x: Symbol, at: Expr) -> Expr:
    """A bar or a case decided as it is at a point."""
    if isinstance(e, sp.Piecewise):
        return next((value for value, condition in e.args if holds(condition, x, at)), S.NaN)
    if isinstance(e, (sp.Max, sp.Min)):
        best = e.args[0]
        for other in e.args[1:]:
            best = other if (sign_at(other - best, x, at) > 0) is isinstance(e, sp.Max) else best
        return best
    sign = sign_at(e.args[0], x, at)
    return sign * e.args[0] if isinstance(e, sp.Abs) else S(sign) if isinstance(e, sp.sign) else S.One if sign > 0 else S.Zero


def sign_at(z: Expr, x: Symbol, at: Expr) -> int:
    """The sign at a point, and so on all of the piece around it."""
    if z == 0:
        return 0
    found = compile_ball(z, (x,))([acb(ball_of(at))], False)
    if not (found.imag.is_zero() and (found.real > 0 or found.real < 0)):
        raise NoBall(f"the sign of {z} is not settled")
    return 1 if found.real > 0 else -1


def holds(condition: Boolean, x: Symbol, at: Expr) -> bool:
    known = truth(condition, {x: 0})([acb(ball_of(at))], False)
    if known is None:
        raise NoBall(f"whether {condition} is not settled")
    return known
