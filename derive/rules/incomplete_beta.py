"""Incomplete beta functions: beta and beta prime kernels that are cut at one end or at both."""

from collections.abc import Iterator

from sympy import Expr, S, Symbol, betainc, oo

from derive.algebra.reading import bare, binomial_base, linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.incomplete import without
from derive.rules.letters import b, p, s, x
from derive.rules.letters import end as hi
from derive.rules.letters import start as lo
from derive.rules.shapes import shape_of

q, d = (Symbol(name, positive=True) for name in "qd")
c, D = (Symbol(name, real=True) for name in "cD")


def cut_beta(total: Total, facts: Facts) -> Iterator[Values]:
    """(x − c)^(s−1) (D − x)^(q−1) on a part of (c, D)."""
    measure, form = total.measure, bare(total, facts)
    if not isinstance(measure, Lebesgue) or form is None or form.exps or not measure.hi.is_finite:
        return
    lines = {base: linear(base, total.x) for base in form.powers}
    low = [base for base, parts in lines.items() if parts and parts[0] == 1]
    high = [base for base, parts in lines.items() if parts and parts[0] == -1]
    if len(high) != 1 or len(low) > 1 or len(low) + 1 < len(lines):
        return
    start, end = (-low[0] + total.x if low else S.Zero), high[0] + total.x
    if (start, end) != (measure.lo, measure.hi) and (start != 0 or facts.positive(end)):
        powers = {s: form.powers[low[0]] + 1 if low else S.One, q: form.powers[high[0]] + 1}
        yield {x: total.x, **powers, c: start, D: end, lo: measure.lo, hi: measure.hi}


CUT_BETA_DEFINITION = Rule(
    "incomplete_beta_definition",
    Claim(Total(x ** (s - 1) * (1 - x) ** (q - 1), x, Lebesgue(lo, hi)), betainc(s, q, lo, hi), given=(lo >= 0, hi >= lo, hi <= 1)),
    kind="definition",
    source="DLMF 8.17.1, its difference at two ends",
)
CUT_BETA = Rule(
    "incomplete_beta_integral",
    Claim(
        Total((x - c) ** (s - 1) * (D - x) ** (q - 1), x, Lebesgue(lo, hi)),
        (D - c) ** (s + q - 1) * betainc(s, q, (lo - c) / (D - c), (hi - c) / (D - c)),
        given=(lo >= c, hi >= lo, D >= hi, D > c),
    ),
    kind="lemma",
    find=cut_beta,
    source="DLMF 8.17.1, u = (x − c)/(D − c)",
)


def cut_beta_prime(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ps − 1) (d + b x^p)^(−s − q) with q > 0 from an end that may be 0."""
    measure = total.measure
    if not isinstance(measure, Lebesgue) or measure == POSITIVE or not facts.nonnegative(measure.lo):
        return
    shape = shape_of(total, facts)
    parts = binomial_base(next(iter(shape.rest)), total.x) if shape and len(shape.rest) == 1 and not shape.exps else None
    if shape is None or parts is None or not facts.positive(parts[2]):
        return
    (n,), first = shape.rest.values(), (shape.power + 1) / parts[2]
    if facts.positive(second := (-n - first).expand()) and first != 1:
        yield {x: total.x, d: parts[0], b: parts[1], p: parts[2], s: first, q: second, lo: measure.lo, hi: measure.hi}


def part_below(end: Expr) -> Expr:
    """b x^p/(d + b x^p), which grows from 0 to 1."""
    return b * end**p / (d + b * end**p)


BETA_PRIME_BETWEEN = Rule(
    "beta_prime_between",
    Claim(
        Total(x ** (p * s - 1) * (d + b * x**p) ** (-s - q), x, Lebesgue(lo, hi)),
        betainc(s, q, part_below(lo), part_below(hi)) / (p * d**q * b**s),
        given=(lo >= 0, hi >= lo),
    ),
    kind="lemma",
    find=lambda total, facts: cut_beta_prime(total, facts) if total.measure.hi != oo else iter(()),
    source="DLMF 8.17.1, u = b x^p/(d + b x^p)",
)
BETA_PRIME_TAIL = Rule(
    "beta_prime_tail",
    Claim(
        Total(x ** (p * s - 1) * (d + b * x**p) ** (-s - q), x, Lebesgue(lo, oo)),
        betainc(s, q, part_below(lo), 1) / (p * d**q * b**s),
        given=(lo >= 0,),
    ),
    kind="lemma",
    find=lambda total, facts: without(hi, cut_beta_prime(total, facts)) if total.measure.hi == oo else iter(()),
    source="DLMF 8.17.1, u = b x^p/(d + b x^p)",
)
