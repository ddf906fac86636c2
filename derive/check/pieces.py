"""Integrals in balls: the range cut where bars and cases turn and where the integrand may be singular, each piece enclosed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp
from flint import acb, arb, ctx
from sympy import Expr, Rational, S, Symbol, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.reading import linear
from derive.check.balanced import balanced, balanced_pieces, unbalanced
from derive.check.balls import NoBall, compile_ball, compile_in_log, truth
from derive.check.neighbourhoods import ball_of, t
from derive.check.tails import End, Tail, localised, reach, tail
from derive.check.tidied import planted, times
from derive.check.vanishing import divided
from derive.language.totals import Lebesgue

BENT = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)
NEAR = 150  # an infinite range whose rest is negligible beyond this is integrated in x itself, else in log x
MOST_BITS = 1200
MOST_WAVES = 12  # half turns between two ends whose zeros are cuts
MOST_TESTS = 5000  # balls on which an integrand is asked for its bound: far more are asked only where it oscillates without end


@dataclass(frozen=True)
class Work:
    """How many digits are wanted, and when to give up (of time.monotonic)."""

    digits: int
    deadline: float

    @property
    def bits(self) -> int:
        """The working precision."""
        return int(self.digits * 3.33) + 16

    def tolerance(self) -> arb:
        return arb(10) ** -(self.digits + 1)

    def check(self) -> None:
        if time.monotonic() > self.deadline:
            raise NoBall("the time given was used up")


def pieces(body: Expr, x: Symbol, measure: Lebesgue) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(integrand, lo, hi) where no bar or case turns and nothing is known to be singular inside.

    A bar is decided only where all the zeros and poles of its border are among the cuts of this very call.
    """
    lo, hi = measure.lo, measure.hi
    if not less(lo, hi):
        raise NoBall("the ends of the range are not in order")
    turns = {e: borders_of(e) for e in body.atoms(*BENT)}
    decided = [e for e, found in turns.items() if all(crossings(b, x, lo, hi) is not None for b in found)]
    marks = [b for e in decided for b in turns[e]] + list(singular(body))
    cuts = {c for b in marks for c in crossings(b, x, lo, hi) or [] if less(lo, c) and less(c, hi)}
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


def crossings(border: Expr, x: Symbol, lo: Expr, hi: Expr) -> list[Expr] | None:
    """All zeros and poles between two ends: of a rational function, or of sin or cos of ax + b where they are a few; None if they are not known."""
    form = linear(border.args[0], x) if isinstance(border, (sp.sin, sp.cos)) else None
    if form is None or not (lo.is_finite and hi.is_finite):
        return zeros(border, x)
    slope, shift = form
    half = S.Half if isinstance(border, sp.cos) else S.Zero
    first, last = sorted((sp.floor((slope * c + shift) / sp.pi - half) for c in (lo, hi)), key=int)
    if last - first > MOST_WAVES:
        return None
    return [((k + half) * sp.pi - shift) / slope for k in range(int(first), int(last) + 2)]


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


def integral(f: Expr, x: Symbol, a: Expr, b: Expr, work: Work) -> arb:
    """A ball around ∫ f from a to b. Raises NoBall, saying which bound is missing."""
    work.check()
    if a is -oo and b is oo:
        c = centre(f, x)
        left, right = far_part(f, x, End(c, -1, True), work), far_part(f, x, End(c, 1, True), work)
        return left.outer + right.outer + straight(f, x, c - left.start, c + right.start, work)
    if b is oo or a is -oo:
        at, side = (a, 1) if b is oo else (b, -1)
        far = far_part(f, x, End(at, side, True), work)
        if regular(f, x, at):
            return far.outer + straight(f, x, *ordered(at, at + side * far.start), work)
        middle = straight(f, x, *ordered(at + side, at + side * far.start), work) if far.start > 1 else arb(0)
        return far.outer + near_part(f, x, End(at, side), work) + middle
    ends = [regular(f, x, c) for c in (a, b)]
    if all(ends):
        return straight(f, x, a, b, work)
    if ends[1]:
        return near_part(f, x, End(a, 1, scale=b - a), work)
    if ends[0]:
        return near_part(f, x, End(b, -1, scale=b - a), work)
    half = (b - a) / 2
    return near_part(f, x, End(a, 1, scale=half), work) + near_part(f, x, End(b, -1, scale=half), work)


def centre(f: Expr, x: Symbol) -> Expr:
    """The one zero that all the linear forms in f share, if they do: seen from there, x − m is a power of t. Else 0."""
    forms = (linear(e, x) for e in f.atoms(sp.Add))
    found = {-shift / slope for slope, shift in filter(None, forms)}
    only = found.pop() if len(found) == 1 else S.Zero
    return only if only.is_Rational else S.Zero


def ordered(a: Expr, b: Expr) -> tuple[Expr, Expr]:
    return (a, b) if less(a, b) else (b, a)


def regular(f: Expr, x: Symbol, c: Expr) -> bool:
    """Whether f is analytic at c, shown by a finite value on a small disc."""
    small = arb(0, 2.0**-24)
    at = ball_of(c) * (1 + small) + small
    return bool(compile_ball(f, (x,))([acb(at, small)], True).is_finite())


@dataclass(frozen=True)
class Far:
    """A far part of the range: from `start` on it gives `outer`; up to there it is for others."""

    outer: arb
    start: Rational


def far_part(f: Expr, x: Symbol, end: End, work: Work) -> Far:
    """The integral near an infinite end: a bound alone where the integrand fades soon, else by x = at ± e^u up to a bound."""
    bound, far = cut_off(f, x, end, work)
    if far < 5 and (edge := int(float(ball_of(far).exp().upper())) + 1) <= NEAR:
        return Far(spread(bound, bound.rest(arb(edge).log())), Rational(edge))
    inner = charted(f, x, end, far, work)
    return Far(inner + spread(bound, bound.rest(ball_of(far))), S.One)


def near_part(f: Expr, x: Symbol, end: End, work: Work) -> arb:
    """The integral near a finite end where the integrand may be singular, by x = at ± scale·e^(−u) up to a bound."""
    bound, far = cut_off(f, x, end, work)
    return charted(f, x, end, far, work) + spread(bound, bound.rest(ball_of(far)))


def cut_off(f: Expr, x: Symbol, end: End, work: Work) -> tuple[Tail, Rational]:
    try:
        bound = tail(f, x, end)
        return bound, reach(bound, work.tolerance())
    except NoBall as problem:
        what = "tail at" if end.far else "part near"
        raise NoBall(f"no proved bound for the {what} {end.name} ({problem})") from problem


def spread(bound: Tail, rest: arb) -> arb:
    """The ball of a part of which a bound of the size and perhaps the sign are known."""
    return arb(0, rest) if not bound.sign else bound.sign * arb(rest / 2, arb((rest / 2).abs_upper()))


def charted(f: Expr, x: Symbol, end: End, far: Rational, work: Work) -> arb:
    """The integral over 0 ≤ u ≤ far, where t = e^(−u) and |dx| = scale·e^(∓u) du."""
    slope = [end.scale, t ** (-1 if end.far else 1)]
    local = localised(f, x, end)
    local = balanced(local, t, Rational(1, 64)) if unbalanced(local) else local
    return walk(compile_in_log(times([*slope, divided(local)]), t), S.Zero, far, work)


def straight(f: Expr, x: Symbol, a: Expr, b: Expr, work: Work) -> arb:
    return sum((walk(compile_ball(g, (x,)), lo, hi, work) for g, lo, hi in balanced_pieces(f, x, a, b)), arb(0))


def walk(F: Callable[..., acb], a: Expr, b: Expr, work: Work) -> arb:
    """Arb's integral of F between finite ends, at a precision that leaves digits enough near the ends."""
    bits = work.bits
    while bits < MOST_BITS:
        with ctx.workprec(bits):
            lo, hi = ball_of(a), ball_of(b)
            if enough(F, lo, hi, work):
                break
        bits *= 2
    with ctx.workprec(min(bits, MOST_BITS)):
        found = integrated(F, ball_of(a), ball_of(b), work)
    if not found.is_finite():
        work.check()
        where = f" of the integral from {a} to {b}" if a.is_Rational and b.is_Rational else ""
        raise NoBall(f"no finite enclosure{where}")
    return found


def enough(F: Callable[..., acb], lo: arb, hi: arb, work: Work) -> bool:
    """Whether F keeps its digits near both ends."""
    for share in (arb(1) / 1024, arb(1) / 2, 1 - arb(1) / 1024):
        value = F([acb((lo + (hi - lo) * share).mid())], False)
        if not value.is_finite():
            return False
        if value.real.rad() > work.tolerance() * abs(value.real) / 100 and value.real.rad() > arb(2) ** (-4 * work.bits):
            return False
    return True


def integrated(F: Callable[..., acb], lo: arb, hi: arb, work: Work) -> arb:
    tests, over = 0, False

    def f(z: acb, analytic: bool) -> acb:
        nonlocal tests, over
        if analytic:
            tests += 1
            over = tests > MOST_TESTS or time.monotonic() > work.deadline
        return acb(arb.nan(), arb.nan()) if over else F((z,), analytic)

    tolerance = arb(10) ** -(work.digits + 2)
    found = acb.integral(f, acb(lo), acb(hi), rel_tol=tolerance, abs_tol=tolerance, eval_limit=20000, depth_limit=400)
    if found.is_finite() and not found.imag.contains(0):
        raise NoBall("the integrand is not real")
    return found.real

