"""Logarithms of rational functions of the index that add up to the logarithm of gamma functions."""

from collections.abc import Iterator

from sympy import Expr, Mul, Symbol, factor_list, fraction, gamma, log, oo, together

from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import c, f, k
from derive.rules.values import function

p, q, r = (Symbol(name, real=True) for name in "pqr")
m = Symbol("m", integer=True)


def zeros(polynomial: Expr, x: Symbol) -> list[Expr] | None:
    """The numbers a where the polynomial is a constant times two factors k + a; None where it is not."""
    found: list[Expr] = []
    for factor, n in factor_list(polynomial, x)[1] if polynomial.is_polynomial(x) else ():
        parts = linear(factor, x)
        if parts is not None:
            found += [parts[1] / parts[0]] * int(n)
        elif factor.has(x):
            return None
    return found if len(found) == 2 else None


def log_of_quotient(total: Total, facts: Facts) -> Iterator[Values]:
    """c log((k + p)(k + q)/((k + r)(k + p + q − r))) from some place on."""
    measure = total.measure
    logs = [e for e in Mul.make_args(total.body) if isinstance(e, log)]
    if not isinstance(measure, Counting) or measure.hi is not oo or len(logs) != 1 or (constant := total.body / logs[0]).has(total.x):
        return
    above, below = (zeros(part, total.x) for part in fraction(together(logs[0].args[0])))
    if above is not None and below is not None and equal(sum(above), sum(below), facts):
        yield {k: total.x, m: measure.lo, c: constant, f: function(total.x, total.body), p: above[0], q: above[1], r: below[0]}


LAST = p + q - r
LOG_OF_GAMMAS = Rule(
    "log_of_gamma_quotient",
    Claim(
        Total(f(k), k, Counting(m, oo)),
        c * log(gamma(m + r) * gamma(m + LAST) / (gamma(m + p) * gamma(m + q))),
        given=(Same(f(k), c * log((k + p) * (k + q) / ((k + r) * (k + LAST)))), m + p > 0, m + q > 0, m + r > 0, m + LAST > 0),
    ),
    kind="cited",
    find=log_of_quotient,
    source="DLMF 5.8.5; Whittaker-Watson, A Course of Modern Analysis, 12.13",
)
