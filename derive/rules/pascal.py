"""Sums in Pascal's triangle: along its diagonals, halved, and rows that are cut off."""

from collections.abc import Iterator

from sympy import Expr, Integer, S, Symbol, betainc, binomial, floor, oo, sqrt

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import k
from derive.rules.named_sums import power_beside
from derive.rules.terms import ratio_of

z = Symbol("z", positive=True)
m, n = (Symbol(name, integer=True, nonnegative=True) for name in "mn")


def balls(total: Total, facts: Facts, weight: Expr, base: Expr) -> Iterator[Values]:
    measure = total.measure
    if isinstance(measure, Counting) and measure.lo == 0 and total.body.has(binomial):
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
    """C(n, k) z^k up to m < n."""
    measure = total.measure
    if not isinstance(measure, Counting) or measure.lo != 0 or measure.hi is oo:
        return
    ratio = ratio_of(total.body, total.x, facts.within(total.x, measure))
    if ratio is not None and len(ratio.upper) == 1 and ratio.lower == (S.One,):
        size = -ratio.upper[0]
        if size != measure.hi and equal(total.body, binomial(size, total.x) * (-ratio.z) ** total.x, facts.within(total.x, measure)):
            yield {k: total.x, n: size, m: measure.hi, z: -ratio.z}


CUT_BINOMIAL = Rule(
    "cut_binomial_sum",
    Claim(
        Total(binomial(n, k) * z**k, k, Counting(0, m)),
        (1 + z) ** n * (n - m) * binomial(n, m) * betainc(n - m, m + 1, 0, 1 / (1 + z)),
        given=(n - m > 0,),
    ),
    kind="cited",
    find=cut_binomial,
    source="DLMF 8.17.5",
)

RULES = (CLIPPED_BALLS, MATCHBOX, DIAGONAL, CUT_BINOMIAL)
