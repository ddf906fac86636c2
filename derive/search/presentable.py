"""The form in which a closed form is shown: the shortest of a few equal ones, the same from run to run."""

from sympy import Expr, Mul, Pow, count_ops, factor_terms, powsimp
from sympy.functions.special.gamma_functions import gamma

from derive.algebra.normal import TooLarge, canonical, rebuild_mono, term
from derive.algebra.signs import Facts
from derive.language.totals import Total


def presentable(value: Expr, facts: Facts) -> Expr:
    """The shortest of `value`, its normal form, and its factors brought together.

    >>> from sympy import symbols, sqrt, pi
    >>> s = symbols("s", positive=True)
    >>> presentable(sqrt(pi)/sqrt(1/(2*s**2)), Facts())
    sqrt(2)*sqrt(pi)*s
    """
    if value.has(Total) or value.is_Symbol or value.is_Rational:
        return value
    return min(forms(value, facts), key=lambda e: (cost(e), str(e)))


def forms(value: Expr, facts: Facts) -> list[Expr]:
    found = [value]
    try:
        found.append(canonical(value, facts))
        c, mono = term(value, facts)
        found.append(Mul(c.numerator, Pow(c.denominator, -1), rebuild_mono(mono)))
    except TooLarge:
        pass
    found.append(factor_terms(found[-1]))
    found = list(dict.fromkeys(found))
    if any(cost(e) > 6 for e in found[:1]):
        found += [powsimp(e, combine="exp") for e in found[:1]]
    return found


def cost(e: Expr) -> int:
    """How long an expression looks: its operations, a gamma function counted by its argument's."""
    return int(count_ops(e)) + 2 * len(e.atoms(gamma))
