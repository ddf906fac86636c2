"""Generating functions of orthogonal polynomials, as in the laws of Pólya and Aeppli: Σ z^k L_k, Σ z^k P_k; binomials with a floor."""

from collections.abc import Iterator

from sympy import Expr, Integer, Lambda, S, Symbol, assoc_laguerre, binomial, exp, expand, floor, hyper, laguerre, legendre, sqrt

from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import every
from derive.language.totals import NATURALS, Counting, Total, fresh, names
from derive.rules.letters import f, j, k, s
from derive.rules.named_sums import FROM_ONE, standard, y, z

n, hi = (Symbol(name, integer=True, nonnegative=True) for name in ("n", "hi"))
m = Symbol("m", integer=True, positive=True)
LAGUERRE, OVER_INDEX = assoc_laguerre(k, s - 1, -y), assoc_laguerre(k - 1, 1, -y) / k
KUMMER, LEGENDRE = hyper((1 - k,), (2,), -y), legendre(k, y)


def laguerre_series(total: Total, facts: Facts) -> Iterator[Values]:
    """z^k L_k^(s−1)(−y)."""
    for found in every(total.body, assoc_laguerre, laguerre) if total.measure == NATURALS else ():
        order = found.args[1] + 1 if isinstance(found, assoc_laguerre) else S.One
        for base in standard(total, facts, found.xreplace({total.x: k})) if found.args[0] == total.x else ():
            yield {k: total.x, z: base, s: order, y: -found.args[-1]}


def of_weight(total: Total, facts: Facts, weight: Expr) -> Iterator[Values]:
    """z^k times a weight with one letter y in its last argument."""
    kind = next(type(e) for e in weight.atoms(hyper, assoc_laguerre, legendre))
    sign = -1 if kind is not legendre else 1
    for found in every(total.body, kind):
        values = {y: sign * found.args[-1]}
        yield from ({k: total.x, z: base, **values} for base in standard(total, facts, weight.xreplace(values)))


def series(name: str, weight: Expr, measure: Counting, value: Expr, given: tuple, source: str) -> Rule:
    find = laguerre_series if weight == LAGUERRE else lambda total, facts: of_weight(total, facts, weight) if total.measure == measure else iter(())
    return Rule(name, Claim(Total(weight * z**k, k, measure), value, given=given), kind="cited", find=find, source=source)


COMPOUND = (exp(y * z / (1 - z)) - 1) / y
SERIES = (
    series("laguerre_series", LAGUERRE, NATURALS, (1 - z) ** -s * exp(y * z / (1 - z)), (z < 1,), "DLMF 18.12.13"),
    series("laguerre_over_index", OVER_INDEX, FROM_ONE, COMPOUND, (z < 1,), "DLMF 18.12.13 for α = −1, by 18.5.12"),
    series("kummer_polynomial_series", KUMMER, FROM_ONE, COMPOUND, (z < 1,), "DLMF 18.12.13 for α = −1, by 13.6.19"),
    series("legendre_series", LEGENDRE, NATURALS, 1 / sqrt(1 - 2 * y * z + z**2), (y >= 1, z * (y + sqrt(y**2 - 1)) < 1), "DLMF 18.12.11"),
)


def walk_form(form: int) -> tuple[Claim, tuple[Claim, ...]]:
    """Σ C(n, ⌊k/2⌋) = Σ C(n, ⌊(n − k)/2⌋) = Σ C(n, ⌊(n + k + 1)/2⌋) = 2^n from 0 to n."""
    lower = (k / 2, (n - k) / 2, (n + k + 1) / 2)[int(form) - 1]
    return Claim(Total(binomial(n, floor(lower)), k, Counting(0, n)), 2**n), ()


def walks(total: Total, facts: Facts) -> Iterator[Values]:
    """The three ways in which the coefficients in the middle of a row are written, those of the maximum of a random walk."""
    over = total.measure
    if not isinstance(over, Counting) or over.lo != 0 or not isinstance(total.body, binomial) or total.body.args[0] != over.hi:
        return
    inner = total.body.args[1]
    for form in (1, 2, 3) if isinstance(inner, floor) else ():
        (wanted,) = walk_form(form)[0].left.body.args[1].xreplace({n: over.hi, k: total.x}).args
        if expand(wanted - inner.args[0]) == 0:
            yield {k: total.x, n: over.hi, SIZE: Integer(form)}


WALKS = Rule("binomials_of_walks", walk_form(1)[0], schema=walk_form, kind="cited", find=walks,
             source="Feller, An Introduction to Probability Theory, vol. 1, III.7, Theorem 1")  # fmt: skip


def blocks(total: Total, facts: Facts) -> Iterator[Values]:
    """f(⌊k/m⌋) over whole blocks of m terms."""
    floors = {e for e in every(total.body, floor) if e.has(total.x)}
    measure, (inner, *others) = total.measure, (*floors, None)
    if not isinstance(measure, Counting) or measure.lo != 0 or measure.hi.is_infinite or inner is None or others != [None]:
        return
    size, new = total.x / inner.args[0], Symbol("j·", integer=True)
    body, last = total.body.xreplace({inner: new}), expand((measure.hi + 1) / size) - 1
    if size.is_Integer and size > 1 and not body.has(total.x) and last.is_integer:
        index = fresh(Counting(0, last), names(total, *facts.relations))
        yield {k: total.x, j: index, m: size, hi: last, f: Lambda(index, body.xreplace({new: index}))}


BLOCKS = Rule("blocks_of_a_floor", Claim(Total(f(floor(k / m)), k, Counting(0, m * hi + m - 1)), m * Total(f(j), j, Counting(0, hi))),
              kind="cited", find=blocks, source="⌊k/m⌋ takes each value from 0 to hi m times")  # fmt: skip
RULES = (*SERIES, WALKS, BLOCKS)
