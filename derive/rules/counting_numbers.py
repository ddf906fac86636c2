"""Generating functions of the numbers that count: Fibonacci's and Lucas's, Bell's, derangements, and what binomials make of them."""

from collections.abc import Iterator

from sympy import Expr, Symbol, bell, binomial, exp, factorial, fibonacci, lucas, subfactorial

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import c, k
from derive.rules.named_sums import FROM_ONE, standard
from derive.rules.shapes import heads
from derive.rules.terms import constant_ratio

z = Symbol("z", positive=True)
n = Symbol("n", integer=True, nonnegative=True)
NUMBERS = (fibonacci, lucas, bell, subfactorial)


def generated(total: Total, facts: Facts, weight: Expr, measure: Counting) -> Iterator[Values]:
    """z^k beside numbers that count."""
    kind = next(iter(weight.atoms(*NUMBERS)))
    if total.measure == measure and type(kind) in heads(total.body):
        yield from ({k: total.x, z: base} for base in standard(total, facts, weight))


def generating(name: str, weight: Expr, measure: Counting, value: Expr, given: tuple, source: str) -> Rule:
    return Rule(name, Claim(Total(weight * z**k, k, measure), value, given=given), kind="cited", source=source,
                find=lambda total, facts: generated(total, facts, weight, measure))  # fmt: skip


def chosen(total: Total, facts: Facts, numbers: Expr) -> Iterator[Values]:
    """C(n, k) beside numbers that count, over the whole row."""
    m = total.measure
    if isinstance(m, Counting) and m.lo == 0 and type(numbers) in heads(total.body):
        weight = (binomial(n, k) * numbers).xreplace({k: total.x, n: m.hi})
        constant = constant_ratio(total.body, weight, total.x, facts.within(total.x, m))
        if constant is not None:
            yield {k: total.x, n: m.hi, c: constant}


def row(name: str, numbers: Expr, value: Expr, source: str) -> Rule:
    return Rule(name, Claim(Total(c * binomial(n, k) * numbers, k, Counting(0, n)), c * value), kind="cited", source=source,
                find=lambda total, facts: chosen(total, facts, numbers))  # fmt: skip


RULES = (
    generating("fibonacci_series", fibonacci(k), FROM_ONE, z / (1 - z - z**2), (z + z**2 < 1,),
               "Graham-Knuth-Patashnik, Concrete Mathematics, (6.116); DLMF 26.11.7"),
    generating("lucas_series", lucas(k), NATURALS, (2 - z) / (1 - z - z**2), (z + z**2 < 1,),
               "Graham-Knuth-Patashnik, Concrete Mathematics, 6.6"),
    generating("bell_series", bell(k) / factorial(k), NATURALS, exp(exp(z) - 1), (), "DLMF 26.7.5"),
    generating("derangement_series", subfactorial(k) / factorial(k), NATURALS, exp(-z) / (1 - z), (z < 1,),
               "Graham-Knuth-Patashnik, Concrete Mathematics, 5.3; DLMF 26.13.6"),
    row("derangements_of_a_part", subfactorial(k), factorial(n), "Graham-Knuth-Patashnik, Concrete Mathematics, (5.49)"),
    row("derangements_of_the_rest", subfactorial(n - k), factorial(n), "Graham-Knuth-Patashnik, Concrete Mathematics, (5.49)"),
    row("bell_recurrence", bell(k), bell(n + 1), "DLMF 26.7.6"),
)  # fmt: skip
