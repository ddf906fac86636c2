"""Rational functions of a few letters in the shortest of their usual forms."""

from math import comb, prod

from sympy import Add, Expr, Mul, Pow, cancel, div, expand, factor, fraction, together

FEW = 6  # letters in what may be factored
LARGEST = 240  # operations
MOST_TERMS = 600  # when it is multiplied out


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
    return len(e.free_symbols) <= FEW and e.count_ops() <= LARGEST and short(e) and bool(e.is_rational_function())


def short(e: Expr, most: int = MOST_TERMS) -> bool:
    """Whether `e`, multiplied out, has no more than so many terms, and no higher power: (a + b)^1000 is one operation, and a thousand terms."""
    return all(abs(p.exp) <= most for p in e.atoms(Pow) if p.exp.is_Integer) and terms_of(e) <= most


def terms_of(e: Expr) -> int:
    """How many terms `e` has at the most when its sums are multiplied out, those of a denominator among them.

    >>> from sympy.abc import a, b, c
    >>> terms_of((a + b + c)**10), terms_of(a*(b + c)*(1 + a)**3), terms_of(a**b + c)
    (66, 8, 2)
    """
    if isinstance(e, Add):
        return sum(map(terms_of, e.args))
    if isinstance(e, Mul):
        return prod(map(terms_of, e.args))
    if isinstance(e, Pow) and e.exp.is_Integer:
        n, parts = abs(int(e.exp)), terms_of(e.base)
        return comb(n + parts - 1, min(n, parts - 1))
    return 1
