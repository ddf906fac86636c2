"""A numeric factor between what was handed in and what is right: found by its form, or at one point, and told in words."""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Function, Rational, S, exp, factorial, pi, sqrt

from derive.algebra.monomials import TooLarge, rational
from derive.algebra.normal import canonical, term
from derive.grade.diagnose.slips import Case, Slips
from derive.grade.equal.balls import Unknown, ball_of

ROUNDED = 1e-2  # a relative error up to which a decimal is taken for a rounded one
MOST_FACTORIAL = 9
SMALL = 4
MOST_DENOMINATOR = 4096  # of the square of a factor that is found at a point


def constant_off(case: Case) -> Slips:
    """A numeric factor is lost or added."""
    ratio = numeric_ratio(case)
    if ratio is None or not ratio.is_positive:
        return
    factor = 1 / ratio if case.kind == "p" else ratio  # a density is off the other way round than its Z
    if 0 < abs(off := ratio.evalf(30) - 1) < ROUNDED and (decimal(case.wrong) or not ratio.is_rational and case.wrong.is_rational):
        yield case.right * ratio, f"its number is rounded: it agrees with the exact one to a relative error of {off.evalf(1)}"
    elif not ratio.has(Function) and not mixed(ratio):
        yield case.right * ratio, f"it is {factor} times too large" if factor > 1 else f"the factor {1 / factor} is missing"


def number_off(case: Case) -> Slips:
    """A numeric factor such as 7/9, which no single constant explains."""
    ratio = numeric_ratio(case)
    if ratio is not None and mixed(ratio):
        yield case.right * ratio, f"a number is not right: it is off by the factor {1 / ratio if case.kind == 'p' else ratio}"


def mixed(ratio: Expr) -> bool:
    """Whether a number is a quotient of two whole ones above 1 that are not both small."""
    return bool(isinstance(ratio, Rational) and ratio > 0 and min(ratio.p, ratio.q) > 1 and max(ratio.p, ratio.q) > SMALL)


def factorial_off(case: Case) -> Slips:
    """n! in place of (n − 1)!, where a number n is known: Γ(n + 1) for Γ(n)."""
    ratio, (c, _) = numeric_ratio(case), term(case.right, case.facts)
    number = rational(c)
    for n in range(3, MOST_FACTORIAL):
        if ratio == n and number == factorial(n - 1) and case.truth.problem.kernel.has(exp):
            yield case.right * n, f"{n}! stands in place of {n - 1}!"


def numeric_ratio(case: Case) -> Expr | None:
    """wrong/right where it is a number: by its form, or as the short number that it is at one point."""
    try:
        ratio = canonical(case.wrong / case.right, case.facts)
    except (TooLarge, ZeroDivisionError):
        return None
    if not ratio.free_symbols:
        return ratio
    point = next(iter(case.truth.ground.points(ratio.free_symbols)), {})
    try:
        return short_number(float(ball_of(ratio, point, 96)))
    except Unknown:
        return None


def short_number(value: float) -> Expr | None:
    """The r √(p/q) π^e with small numbers that is as large as a float.

    >>> short_number(2 * 3.141592653589793), short_number(1.2345)
    (2*pi, None)
    """
    for e in (S.Zero, S.Half, -S.Half, S.One, -S.One):
        square = (value / float(pi**e)) ** 2
        near = Fraction(square).limit_denominator(MOST_DENOMINATOR)
        if near and value > 0 and abs(float(near) - square) < 1e-11 * square and near.numerator <= MOST_DENOMINATOR:
            return sqrt(Rational(near.numerator, near.denominator)) * pi**e
    return None


def decimal(e: Expr) -> bool:
    """Whether a number with several decimals stands in a formula."""
    return any(q.q > 100 and 10 ** len(str(q.q)) % q.q == 0 for q in e.atoms(Rational))
