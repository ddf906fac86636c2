"""How finders write down what they found: bodies as functions of the bound variable, and the ends of an interval."""

from sympy import Expr, Lambda, Symbol

from derive.language.claims import Values
from derive.language.totals import Total
from derive.rules.letters import hi, lo, x


def function(variable: Symbol, body: Expr) -> Lambda:
    """The value of a function wildcard."""
    return Lambda(variable, body)


def measure_values(total: Total) -> Values:
    """x and the ends of the interval that it ranges over."""
    return {x: total.x, lo: total.measure.lo, hi: total.measure.hi}
