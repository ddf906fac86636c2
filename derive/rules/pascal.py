"""Sums in Pascal's triangle: along its diagonals, halved, and rows that are cut off."""

from collections.abc import Iterator

from sympy import Expr, Integer, S, Symbol, beta, betainc, binomial, factorial, floor, gamma, oo, powsimp, sqrt

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import contains, every
from derive.language.totals import Counting, Total
from derive.rules import terminating
from derive.rules.letters import c, f, k
from derive.rules.named_sums import power_beside
from derive.rules.terminating import two_powers_of
from derive.rules.terms import ratio_of
from derive.rules.values import function

z, u = Symbol("z", positive=True), Symbol("u", positive=True)
w, v = (Symbol(name, nonnegative=True) for name in "wv")
m, n = (Symbol(name, integer=True, nonnegative=True) for name in "mn")


def balls(total: Total, facts: Facts, weight: Expr, base: Expr) -> Iterator[Values]:
    measure = total.measure
    if isinstance(measure, Counting) and measure.lo == 0 and any(b.args[0].has(total.x) for b in every(total.body, binomial)):
        wanted = (weight * base**k).xreplace({k: total.x, n: measure.hi})
        if total.body == wanted or equal(total.body, wanted, facts.within(total.x, measure)):
            yield {k: total.x, n: measure.hi}


CLIPPED, MATCHES = binomial(n + k, n), binomial(2 * n - k, n)
CLIPPED_BALLS = Rule(
    "halved_binomials",
    Claim(Total(CLIPPED * 2 ** (-k), k, Counting(0, n)), 2**n),
    kind="cited",
    find=lambda total, facts: balls(total, facts, CLIPPED, S.Half),
    source="Graham-Knuth-Patashnik, Concrete Mathematics, (5.20)",
)
MATCHBOX = Rule(
    "matchbox_sum",
    Claim(Total(MATCHES * 2**k, k, Counting(0, n)), 4**n),
    kind="cited",
    find=lambda total, facts: balls(total, facts, MATCHES, Integer(2)),
    source="Feller, An Introduction to Probability Theory I, VI.8 (Banach's matchboxes)",
)
ROOT = sqrt(1 + 4 * z)


def every_other(total: Total, facts: Facts, first: int) -> Iterator[Values]:
    """C(n, 2k + first) u^(2k + first) from 0 on."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.lo != 0 or measure.hi is oo:
        return
    rows = [e for e in every(total.body, binomial) if e.args[1] == 2 * total.x + first]
    base = power_beside(Total(total.body / rows[0], total.x, measure), facts, S.One) if len(rows) == 1 else None
    if base is not None and facts.positive(base):
        wanted = rows[0] * sqrt(base) ** (2 * total.x + first)
        constant = powsimp(total.body / wanted)
        if not constant.has(total.x):
            yield {k: total.x, n: rows[0].args[0], m: measure.hi, u: sqrt(base), f: function(total.x, total.body), c: constant}


def half_of_row(name: str, first: int) -> Rule:
    return Rule(
        name,
        Claim(
            Total(f(k), k, Counting(0, m)),
            c * ((1 + u) ** n + (-1) ** first * (1 - u) ** n) / 2,
            given=(Same(f(k), c * binomial(n, 2 * k + first) * u ** (2 * k + first)), 2 * m + first + 1 >= n),
        ),
        kind="cited",
        find=lambda total, facts: every_other(total, facts, first),
        source="Gradshteyn-Ryzhik 0.151, 1.111: half the sum and half the difference of (1 + u)^n and (1 − u)^n",
    )


EVEN_PLACES, ODD_PLACES = half_of_row("even_places_of_a_row", 0), half_of_row("odd_places_of_a_row", 1)


def diagonal(total: Total, facts: Facts) -> Iterator[Values]:
    """C(n − k, k) z^k up to ⌊n/2⌋."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.lo != 0 or not isinstance(measure.hi, floor):
        return
    size = 2 * measure.hi.args[0]
    rest = total.body / binomial(size - total.x, total.x)
    base = S.One if rest == 1 else power_beside(Total(rest, total.x, measure), facts, S.One)
    if base is not None and rest == base**total.x or rest == 1:
        yield {k: total.x, n: size, z: base}


DIAGONAL = Rule(
    "diagonal_of_pascals_triangle",
    Claim(
        Total(binomial(n - k, k) * z**k, k, Counting(0, floor(n / 2))),
        ((1 + ROOT) ** (n + 1) - (1 - ROOT) ** (n + 1)) / (2 ** (n + 1) * ROOT),
    ),
    kind="cited",
    find=diagonal,
    source="Graham-Knuth-Patashnik, Concrete Mathematics, (5.74); Fibonacci numbers for z = 1",
)


def cut_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    """C(n, k) w^k v^(n − k) up to m."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.lo != 0 or measure.hi is oo or not contains(total.body, binomial, gamma, factorial):
        return
    sizes = {e.args[0] for e in every(total.body, binomial) if e.args[1] == total.x} - {measure.hi}
    for size in sizes if len(sizes) == 1 else ():
        for values in two_powers_of(total, facts, binomial, size):
            yield {k: total.x, n: size, m: measure.hi, w: values[terminating.w], v: values[terminating.v]}
    ratio = ratio_of(total.body, total.x, facts.within(total.x, measure))
    if ratio is not None and len(ratio.upper) == 1 and ratio.lower == (S.One,):
        size = -ratio.upper[0]
        if size != measure.hi and equal(total.body, binomial(size, total.x) * (-ratio.z) ** total.x, facts.within(total.x, measure)):
            yield {k: total.x, n: size, m: measure.hi, w: -ratio.z, v: S.One}


CUT_TERMS = Total(binomial(n, k) * w**k * v ** (n - k), k, Counting(0, m))
CUT_BINOMIAL = Rule(
    "cut_binomial_sum",
    Claim(CUT_TERMS, (w + v) ** n * (n - m) * binomial(n, m) * betainc(n - m, m + 1, 0, v / (w + v)), given=(n - m > 0, w + v > 0)),
    kind="cited",
    find=lambda total, facts: (found for found in cut_binomial(total, facts) if facts.positive(found[n] - found[m])),
    source="DLMF 8.17.5",
)
CUT_BINOMIAL_CLOSED = Rule(
    "cut_binomial_sum_to_its_end",
    Claim(CUT_TERMS, (w + v) ** n * (1 - (m + 1) * binomial(n, m + 1) * betainc(m + 1, n - m, 0, w / (w + v))), given=(n >= m, v > 0)),
    kind="cited",
    find=lambda total, facts: (found for found in cut_binomial(total, facts) if not facts.positive(found[n] - found[m])),
    source="DLMF 8.17.5; nothing is cut off for m = n",
)


def cut_negative_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    """C(k + r − 1, k) w^k up to n."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.lo != 0 or measure.hi is oo or not contains(total.body, binomial, gamma, factorial):
        return
    inside = facts.within(total.x, measure)
    ratio = ratio_of(total.body, total.x, inside)
    if ratio is not None and len(ratio.upper) == 1 and ratio.lower == (S.One,) and facts.positive(ratio.upper[0]):
        values = {k: total.x, n: measure.hi, r: ratio.upper[0], w: ratio.z}
        if equal(total.body, NEGATIVE.xreplace(values), inside):
            yield values


r = Symbol("r", positive=True)
NEGATIVE = gamma(k + r) / (gamma(r) * factorial(k)) * w**k
CUT_NEGATIVE_BINOMIAL = Rule(
    "cut_negative_binomial_sum",
    Claim(Total(NEGATIVE, k, Counting(0, n)), betainc(r, n + 1, 0, 1 - w) / (beta(r, n + 1) * (1 - w) ** r), given=(w < 1,)),
    kind="cited",
    find=cut_negative_binomial,
    source="DLMF 8.17.5; Feller, An Introduction to Probability Theory I, VI.10",
)

RULES = (EVEN_PLACES, ODD_PLACES, CLIPPED_BALLS, MATCHBOX, DIAGONAL, CUT_BINOMIAL, CUT_BINOMIAL_CLOSED, CUT_NEGATIVE_BINOMIAL)
