"""Logarithms of rational functions of the index that add up to the logarithm of gamma functions, or beside 1/k to a digamma function."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, cancel, digamma, factor_list, fraction, gamma, log, oo, together

from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import contains, operations
from derive.language.totals import Counting, Total
from derive.rules.letters import c, f, k
from derive.rules.telescoping import logarithms
from derive.rules.values import function

p, q, r = (Symbol(name, real=True) for name in "pqr")
m = Symbol("m", integer=True)
SHORT = 20  # operations of the fractions beside a logarithm


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


def beside_log(total: Total, facts: Facts) -> Iterator[Values]:
    """c (1/(k + b) − log((k + a + 1)/(k + a))) from some place on; the logarithm may stand as a difference of two."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.hi is not oo or not isinstance(total.body, Add) or not contains(total.body, log):
        return
    plain = Add(*(part for part in total.body.args if not part.has(log)))
    rest = cancel(plain) if plain.is_rational_function(total.x) and operations(plain) < SHORT else S.Zero
    shape = linear(1 / rest, total.x) if rest != 0 else None
    found = logarithms(total.body - plain, total.x, facts.within(total.x, measure)) if shape is not None else None
    if shape is None or found is None or len(found) != 2:
        return
    size, (low, high) = 1 / shape[0], sorted(found, key=lambda place: found[place] * shape[0], reverse=True)
    if high - low == 1 and found[low] == size == -found[high]:
        yield {k: total.x, m: measure.lo, c: size, f: function(total.x, total.body), p: low, q: shape[1] / shape[0]}


HARMONIC_LESS_LOG = Rule(
    "harmonic_less_logarithm",
    Claim(
        Total(f(k), k, Counting(m, oo)),
        c * (log(m + p) - digamma(m + q)),
        given=(Same(f(k), c * (1 / (k + q) - log((k + p + 1) / (k + p)))), m + p > 0, m + q > 0),
    ),
    kind="cited",
    find=beside_log,
    source="DLMF 5.5.2 and 5.11.2: ψ(N + q) − log(N + p) tends to 0",
)
