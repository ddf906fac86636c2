"""Ranges of integers extended to where a series begins or ends by itself, less what that adds."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, S, Symbol, beta, factorial, gamma, gammasimp, oo, powsimp

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import A, B, f, hi, j, k, lo
from derive.rules.ranges import SPLIT_RANGE, i, n, new_indices
from derive.rules.terms import constant_ratio, ratio_of
from derive.rules.values import function

FEW = 20  # terms before the range that are looked at
a, z = (Symbol(name, positive=True) for name in "az")


def natural_start(total: Total, facts: Facts) -> Expr | None:
    """Where a series with this ratio of terms begins by itself, if that is before its range does."""
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    if found is None:
        return None
    starts = [1 - root for root in (*found.lower, *found.upper) if root.is_Integer and facts.nonnegative(total.measure.lo - 1 + root)]
    start = max(starts, default=None)
    return None if start is None or start == total.measure.lo else start


def defined_at(start: Expr, total: Total, facts: Facts) -> Expr | None:
    """The terms in a form that has a value at `start`: as they stand, or with 1/(k! (k + 1)) as 1/Γ(k + 2)."""
    forms = lambda: total.body, lambda: powsimp(gammasimp(total.body.rewrite(gamma)))  # the second takes its time
    for form in (make() for make in forms):
        if form.has(beta):  # SymPy keeps B(0, a) as it stands, and takes 0 · B(0, a) for 0
            continue
        if not form.subs(total.x, start).has(S.NaN, S.ComplexInfinity) and equal(form, total.body, facts.within(total.x, total.measure)):
            return form
    return None


def has_values(body: Expr, x: Symbol, start: Expr, stop: Expr) -> bool:
    """Whether the terms from `start` to before `stop` have values, where these are numbers: at 0 C(2k, k − 1)/k has none."""
    places = range(int(start), int(stop)) if start.is_Integer and stop.is_Integer and stop - start <= FEW else ()
    return not any(body.subs(x, at).has(S.NaN, S.ComplexInfinity) for at in places)


def headless(total: Total, facts: Facts) -> Iterator[Values]:
    """A series without its first terms."""
    m = total.measure
    if not isinstance(m, Counting) or m.lo.is_infinite:
        return
    start = natural_start(total, facts)
    body = defined_at(start, total, facts) if start is not None and facts.positive(m.lo - start) else None
    if body is not None and has_values(body, total.x, start, m.lo):
        whole, head = Counting(start, m.hi), Counting(start, m.lo - 1)
        yield {
            k: total.x,
            f: function(total.x, body),
            lo: m.lo,
            hi: m.hi,
            n: start,
            **new_indices(total, facts, whole, head),
        }


WITHOUT_HEAD = Rule(
    "without_head",
    Claim(Total(f(k), k, Counting(lo, hi)), A - B, given=(n <= lo, lo <= hi + 1, Finite(A), Finite(B))),
    rests_on=(Claim(Total(f(j), j, Counting(n, hi)), A), Claim(Total(f(i), i, Counting(n, lo - 1)), B)),
    find=headless,
)


def powers_alone(total: Total, facts: Facts) -> bool:
    """Whether the terms are powers (k + a)^(−s) z^k, which Lerch's series has from any place on."""
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    return found is not None and {root + 1 for root in found.upper} == set(found.lower) and len(set(found.lower)) == 1


def first_apart(total: Total, facts: Facts) -> Iterator[Values]:
    """A series that may begin where its range does, or before: after the first term it begins before."""
    m = total.measure
    if not isinstance(m, Counting) or m.lo.is_infinite or m.lo.is_number:
        return
    start = natural_start(total, facts) if not powers_alone(total, facts) else None
    if start is not None and not facts.positive(m.lo - start) and defined_at(start, total, facts) is not None:
        halves = new_indices(total, facts, Counting(m.lo, m.lo), Counting(m.lo + 1, m.hi))
        yield {k: total.x, f: function(total.x, total.body), n: m.lo + 1, lo: m.lo, hi: m.hi, **halves}


FIRST_APART = replace(SPLIT_RANGE, find=first_apart)


def tailless(total: Total, facts: Facts) -> Iterator[Values]:
    """A finite sum as one that goes on until its terms vanish, without the last of these."""
    m = total.measure
    if not isinstance(m, Counting) or m.hi.is_infinite or m.lo.is_infinite:
        return
    end = natural_end(total, facts)
    body = defined_at(end, total, facts) if end is not None else None
    if body is not None and end is not None:
        whole, tail = Counting(m.lo, end), Counting(m.hi + 1, end)
        yield {k: total.x, f: function(total.x, body), lo: m.lo, hi: m.hi, n: end, **new_indices(total, facts, whole, tail)}


def natural_end(total: Total, facts: Facts) -> Expr | None:
    """The last index of a sum that ends by itself a few terms after its range does."""
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    ends = [-a for a in found.upper if (-a - total.measure.hi).is_Integer and -a - total.measure.hi > 0] if found else []
    return min(ends, key=lambda e: e - total.measure.hi, default=None)


WITHOUT_TAIL = Rule(
    "without_tail",
    Claim(Total(f(k), k, Counting(lo, hi)), A - B, given=(hi <= n, lo <= hi + 1, Finite(A), Finite(B))),
    rests_on=(Claim(Total(f(j), j, Counting(lo, n)), A), Claim(Total(f(i), i, Counting(hi + 1, n)), B)),
    find=tailless,
)


ENDLESS = Rule(
    "without_endless_tail",
    Claim(Total(f(k), k, Counting(lo, hi)), A - B, given=(lo <= hi + 1, Finite(A), Finite(B))),
    rests_on=(Claim(Total(f(j), j, Counting(lo, oo)), A), Claim(Total(f(i), i, Counting(hi + 1, oo)), B)),
)


def binomial_rest(total: Total, facts: Facts) -> Iterator[Values]:
    """Γ(k − a) z^k/k! from 1 on: the first term of the binomial series has the other sign for 0 < a < 1."""
    if total.measure != Counting(1, oo) or not total.body.has(gamma, factorial):
        return
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    if found is not None and found.lower == (S.One,) and len(found.upper) == 1 and facts.negative(found.upper[0]):
        standard = gamma(total.x + found.upper[0]) / factorial(total.x) * found.z**total.x
        if constant_ratio(total.body, standard, total.x, facts.within(total.x, total.measure)) == 1:
            yield {k: total.x, a: -found.upper[0], z: found.z}


BINOMIAL_REST = Rule(
    "binomial_series_beyond_first",
    Claim(Total(gamma(k - a) / factorial(k) * z**k, k, Counting(1, oo)), gamma(1 - a) / a * (1 - (1 - z) ** a), given=(a < 1, z <= 1)),
    kind="cited",
    find=binomial_rest,
    source="DLMF 4.6.7",
)
