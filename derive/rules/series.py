"""Series that every course names: geometric, exponential, logarithmic."""

from collections.abc import Iterator

from sympy import Expr, Ne, S, Symbol, exp, factorial, log, oo, uppergamma

from derive.algebra.reading import bare
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import k
from derive.rules.terms import Ratio, ratio_of

z = Symbol("z", real=True)
w = Symbol("z", nonnegative=True)
n = Symbol("n", integer=True, nonnegative=True)


def plain_ratio(total: Total, facts: Facts, lower: tuple[int, ...]) -> Expr | None:
    """z where the terms are z^k (no lower roots) or z^k/k! (lower root 1), from 0 on."""
    if not isinstance(total.measure, Counting) or total.measure.lo != 0 or total.body.xreplace({total.x: S.Zero}) != 1:
        return None
    ratio = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    return ratio.z if ratio == Ratio(ratio.z if ratio else z, (), lower) else None


def geometric(total: Total, facts: Facts) -> Iterator[Values]:
    found = plain_ratio(total, facts, ())
    if found is not None:
        yield {k: total.x, w: found} if total.measure == NATURALS else {k: total.x, w: found, n: total.measure.hi}


def infinite_geometric(total: Total, facts: Facts) -> Iterator[Values]:
    yield from (values for values in geometric(total, facts) if n not in values)


def finite_geometric(total: Total, facts: Facts) -> Iterator[Values]:
    yield from (values for values in geometric(total, facts) if n in values)


GEOMETRIC_SERIES = Rule(
    "geometric_series",
    Claim(Total(w**k, k, NATURALS), 1 / (1 - w), given=(w < 1,)),
    kind="lemma",
    find=infinite_geometric,
    source="DLMF 4.6.5",
)
FINITE_GEOMETRIC_SUM = Rule(
    "finite_geometric_sum",
    Claim(Total(w**k, k, Counting(0, n)), (1 - w ** (n + 1)) / (1 - w), given=(Ne(w, 1),)),
    kind="lemma",
    find=finite_geometric,
    source="DLMF 4.6.5, differences",
)


def exponential(total: Total, facts: Facts) -> Iterator[Values]:
    found = plain_ratio(total, facts, (1,))
    if found is not None and total.measure == NATURALS:
        yield {k: total.x, z: found}


def truncated_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    found = plain_ratio(total, facts, (1,))
    if found is not None and total.measure.hi is not oo:
        yield {k: total.x, w: found, n: total.measure.hi}


EXPONENTIAL_SERIES = Rule(
    "exponential_series",
    Claim(Total(z**k / factorial(k), k, NATURALS), exp(z)),
    kind="definition",
    find=exponential,
    source="DLMF 4.2.19",
)
EXPONENTIAL_SUM = Rule(
    "exponential_sum",
    Claim(Total(w**k / factorial(k), k, Counting(0, n)), exp(w) * uppergamma(n + 1, w) / factorial(n)),
    kind="cited",
    find=truncated_exponential,
    source="DLMF 8.4.8",
)


def logarithmic(total: Total, facts: Facts) -> Iterator[Values]:
    """z^k/k from 1."""
    if total.measure == Counting(1, oo):
        form = bare(total, facts)
        if form is not None and form.powers == {total.x: -1} and set(form.exps) == {total.x}:
            yield {k: total.x, z: exp(form.exps[total.x])}


LOGARITHMIC_SERIES = Rule(
    "logarithmic_series",
    Claim(Total(z**k / k, k, Counting(1, oo)), -log(1 - z), given=(z > -1, z < 1)),
    kind="cited",
    find=logarithmic,
    source="DLMF 4.6.1",
)
