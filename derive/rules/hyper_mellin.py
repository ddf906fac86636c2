"""The Mellin transform of Kummer's function ₁F₁ at negative arguments."""

from collections.abc import Iterator

from sympy import Symbol, gamma, hyper

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, s, x
from derive.rules.shapes import heads, monomial, shape_of

m, r, q = (Symbol(name, positive=True) for name in "mrq")


def power_beside_kummer(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) ₁F₁(r; r + q; −b x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and hyper in heads(total.body) else None
    found = shape.only(hyper) if shape is not None and not shape.exps else None
    scale = monomial(-found.argument, total.x, shape.facts) if shape is not None and found is not None else None
    if shape is not None and found is not None and scale is not None and len(found.ap) == len(found.bq) == 1:
        yield {x: total.x, m: scale[1], b: scale[0], s: (shape.power + 1) / scale[1], r: found.ap[0], q: found.bq[0] - found.ap[0]}


KUMMER_MELLIN = Rule(
    "kummer_mellin",
    Claim(
        Total(x ** (m * s - 1) * hyper([r], [r + q], -b * x**m), x, POSITIVE),
        gamma(s) * gamma(r - s) * gamma(r + q) / (m * b**s * gamma(r) * gamma(r + q - s)),
        given=(r - s > 0,),
    ),
    kind="cited",
    find=power_beside_kummer,
    source="DLMF 13.10.10",
)
