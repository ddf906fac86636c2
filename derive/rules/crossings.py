"""Where a border between two cases is crossed: zeros of something linear or quadratic, and of the difference of two powers or exponentials."""

from sympy import Add, Expr, Symbol, cancel, collect, fraction, log, sqrt

from derive.algebra.monomials import TooLarge
from derive.algebra.reading import linear, polynomial, read
from derive.algebra.signs import Facts


def crossings(border: Expr, x: Symbol, facts: Facts) -> list[Expr]:
    """The points at which `border` may change its sign.

    >>> x, a = Symbol("x", positive=True), Symbol("a", positive=True)
    >>> crossings(x/a - 1, x, Facts()), crossings(1 - x**2, x, Facts()), crossings(x**a - x**-a, x, Facts())
    ([a], [-1, 1], [1])
    """
    found = linear(border, x) or (linear(collect(border.expand(), x), x) if isinstance(border, Add) else None)
    if found is not None:
        return [upright(cancel(-found[1] / found[0]), facts)]
    try:
        return roots_of_quadratic(border, x, facts) or equal_terms(border, x, facts)
    except TooLarge:
        return []


def upright(e: Expr, facts: Facts) -> Expr:
    """A fraction with a positive denominator where that is a difference: bc/(b − a) for −bc/(a − b) beside b > a."""
    top, below = fraction(e)
    return -top / (-below).expand() if isinstance(below, Add) and facts.negative(below) else e


def roots_of_quadratic(border: Expr, x: Symbol, facts: Facts) -> list[Expr]:
    """Both real roots of a x² + b x + c."""
    found = polynomial(border, x, 2, facts)
    if found is None:
        return []
    a, b, c = found
    square = cancel((b**2 - 4 * a * c) / (4 * a**2))
    return [-b / (2 * a) + sign * sqrt(square) for sign in (-1, 1)] if facts.positive(square) else []


def equal_terms(border: Expr, x: Symbol, facts: Facts) -> list[Expr]:
    """Where two terms c x^p or c e^(rx) are equal."""
    if not isinstance(border, Add) or len(border.args) != 2:
        return []
    one, other = border.args
    form = read(-one / other, x, facts)
    if form is None or len(form.powers) + len(form.exps) != 1 or not facts.positive(form.coefficient):
        return []
    if set(form.powers) == {x}:
        return [form.coefficient ** (-1 / form.powers[x])]
    return [-log(form.coefficient) / form.exps[x]] if set(form.exps) == {x} else []


