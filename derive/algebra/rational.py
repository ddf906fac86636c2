"""Rational functions of a few letters in the shortest of their usual forms."""

from sympy import Add, Expr, Pow, cancel, div, expand, factor, fraction, together

FEW = 6  # letters in what may be factored
LARGEST = 240  # operations


def shortest(e: Expr) -> Expr:
    """The shortest of the sum, the fraction and the product that a rational function may be written as; `e` itself where it is large.

    >>> from sympy.abc import a, b, c
    >>> shortest(c - b*c/(a + b))
    a*c/(a + b)
    """
    if not small(e):
        return e
    return min((e, together(e), cancel(e), factor(e), expand(e)), key=lambda form: form.count_ops())


def divided(e: Expr) -> Expr:
    """A small rational function as quotient and remainder of its fraction, in which equal ones are the same; others as they are.

    >>> from sympy.abc import a, b
    >>> divided(2 - b/(a + b)), divided(1 + a/(a + b))
    (-b/(a + b) + 2, -b/(a + b) + 2)
    """
    if not any(isinstance(p.base, Add) and p.exp.is_negative for p in e.atoms(Pow)) or not small(e):
        return e
    above, below = fraction(cancel(together(e)))
    quotient, rest = div(above, below, *sorted(below.free_symbols, key=str)) if below.free_symbols else (above / below, 0)
    return quotient + rest / below


def small(e: Expr) -> bool:
    return len(e.free_symbols) <= FEW and e.count_ops() <= LARGEST and bool(e.is_rational_function())
