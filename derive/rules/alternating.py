"""Finite sums whose terms change sign: linearity needs no signs there, and the two series of every course hold for negative z too."""

from collections.abc import Iterator

from sympy import Add, Integer, S, Symbol, binomial, expand_mul

from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Values
from derive.language.parts import factors_free_of
from derive.language.totals import Counting, Total
from derive.rules.letters import hi, k, lo
from derive.rules.splitting import piece_letters
from derive.rules.terminating import finite
from derive.rules.terms import ratio_of
from derive.rules.values import function

z = Symbol("z", positive=True)
n = Symbol("n", integer=True, nonnegative=True)


def sum_of_finite_pieces(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """Σ (c₁ f₁ + c₂ f₂ + …) over finitely many terms."""
    parts, weights, values = piece_letters(size)
    body, measure = Add(*(w * part(k) for w, part in zip(weights, parts, strict=True))), Counting(lo, hi)
    says = Claim(Total(body, k, measure), Add(*(w * v for w, v in zip(weights, values, strict=True))), given=(Finite(lo), Finite(hi)))
    return says, tuple(Claim(Total(part(k), k, measure), v) for part, v in zip(parts, values, strict=True))


def alternating_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """The terms of a finite sum in which (−1)^k stands."""
    m = total.measure
    if not isinstance(m, Counting) or m.lo.is_infinite or m.hi.is_infinite or not total.body.has(S.NegativeOne**total.x):
        return
    found = Add.make_args(expand_mul(total.body))
    if len(found) < 2:
        return
    parts, weights, _ = piece_letters(len(found))
    values: dict = {k: total.x, lo: m.lo, hi: m.hi, SIZE: Integer(len(found))}
    for part, weight, piece in zip(parts, weights, found, strict=True):
        constant, rest = factors_free_of(piece, [total.x])
        values |= {weight: constant, part: function(total.x, rest)}
    yield values


ADD_FINITE_PIECES = Rule(
    "add_finite_pieces",
    sum_of_finite_pieces(2)[0],
    rests_on=sum_of_finite_pieces(2)[1],
    schema=sum_of_finite_pieces,
    find=alternating_terms,
)


def alternating_powers(total: Total, facts: Facts) -> Iterator[Values]:
    """(−z)^k from 0 to n."""
    m = total.measure
    if isinstance(m, Counting) and m.lo == 0 and m.hi.is_infinite is not True and total.body.subs(total.x, 0) == 1:
        ratio = ratio_of(total.body, total.x, facts.within(total.x, m))
        if ratio is not None and not ratio.upper and not ratio.lower and facts.positive(-ratio.z):
            yield {k: total.x, z: -ratio.z, n: m.hi}


ALTERNATING_GEOMETRIC = Rule(
    "alternating_geometric_sum",
    Claim(Total(S.NegativeOne**k * z**k, k, Counting(0, n)), (1 + S.NegativeOne**n * z ** (n + 1)) / (1 + z)),
    kind="cited",
    find=alternating_powers,
    source="DLMF 4.6.5, differences",
)


def alternating_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    if not total.body.has(S.NegativeOne**total.x):
        return
    plain = Total(total.body / S.NegativeOne**total.x, total.x, total.measure)
    yield from ({k: total.x, n: total.measure.hi, z: found[0]} for found in finite(plain, facts, 0, 0, 0, 0))


ALTERNATING_BINOMIAL = Rule(
    "alternating_binomial_theorem",
    Claim(Total(S.NegativeOne**k * binomial(n, k) * z**k, k, Counting(0, n)), (1 - z) ** n),
    kind="cited",
    find=alternating_binomial,
    source="DLMF 1.2.2",
)
