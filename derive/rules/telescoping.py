"""Sums that telescope: geometric terms, hypergeometric ones by Gosper's algorithm, and logarithms of products."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, permutations

from sympy import Add, Dummy, Expr, Mul, Poly, Pow, Rational, S, Symbol, cancel, expand, factor, linsolve, log, oo, prime, symbols
from sympy.concrete.gosper import gosper_normal

from derive.algebra.equality import equal
from derive.algebra.limits import summed_limit
from derive.algebra.monomials import TooLarge, rational
from derive.algebra.normal import multiplied_out, terms
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Same, Tends, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import A, B, F, f, hi, k, lo
from derive.rules.terms import Ratio, constant_ratio, ratio_of, rational_part
from derive.rules.values import function

FEW = 3  # Gosper's algorithm is asked for terms with at most this many roots above and below
WRITTEN = 8  # a sum of more terms is not looked through for one that the others are the next of
Q = Symbol("q·", positive=True)  # no reader can produce this name


def difference(body: Expr, index: Symbol, facts: Facts) -> Expr | None:
    """F with F(k + 1) − F(k) = body, or None where none is found.

    >>> k = Symbol("k", integer=True, positive=True)
    >>> difference(log(1 + 1/k), k, Facts())
    log(k)
    """
    if not body.has(index):
        return body * index
    ratio = ratio_of(body, index, facts)
    if ratio is not None and not (ratio.upper or ratio.lower):
        return body / (ratio.z - 1)
    if ratio is not None and len(ratio.upper) <= FEW and len(ratio.lower) <= FEW and gosper_degree(ratio):
        quotient = gosper_quotient(index, ratio)
        if quotient is not None:  # cancelled, F is defined where the terms vanish too
            return in_lowest_terms(quotient, body, index)
        return None
    if isinstance(body, Add) and len(body.args) <= WRITTEN and (found := written_difference(body, index, facts)) is not None:
        return found
    if body.has(log):
        return logarithmic_difference(body, index, facts)
    return neighbouring_factors(body, index, facts)


def in_lowest_terms(quotient: Expr, body: Expr, index: Symbol) -> Expr:
    """F = quotient · body for rational terms times z^k, with what cancels in it cancelled."""
    if body.is_rational_function(index):
        return cancel(quotient * body)
    found = rational_part(body, index)
    return quotient * body if found is None else factor(cancel(quotient * found[0])) * found[1]


def neighbouring_factors(body: Expr, index: Symbol, facts: Facts) -> Expr | None:
    """F = c/B(k) for terms with B(k) B(k + 1) below, where 1/B(k + 1) − 1/B(k) is the term but for a constant: q^k/((1 + q^k)(1 + q^(k+1)))."""
    below = [p.base for p in Mul.make_args(body) if isinstance(p, Pow) and p.exp == -1 and isinstance(p.base, Add) and p.base.has(index)]
    for first, second in permutations(below, 2) if len(below) == 2 else ():
        if equal(first.subs(index, index + 1), second, facts):
            constant = constant_ratio(body * first * second, (first - second).expand(power_exp=True), index, facts)
            return None if constant is None else constant / first
    return None


@lru_cache(maxsize=500)
def gosper_quotient(index: Symbol, ratio: Ratio) -> Expr | None:
    """F/f, which depends on the ratio of terms alone, or None where no F is a multiple of f by a rational function."""
    letters = sorted(Add(ratio.z, *ratio.upper, *ratio.lower).free_symbols, key=str)
    point = {letter: Rational(prime(10 + i), prime(40 + i)) for i, letter in enumerate(letters)}  # no sum of these is an integer
    z, *roots = (e.xreplace(point) for e in (ratio.z, *ratio.upper, *ratio.lower))
    z = z if z.is_Rational else Rational(31, 97)  # e^(−a) is as good as any number
    here = Ratio(z, tuple(roots[: len(ratio.upper)]), tuple(roots[len(ratio.upper) :]))
    if letters and gosper(here, index) is None:  # what is found for letters is found at generic values too, and soon
        return None
    found = gosper(ratio if ratio.z.is_Rational else replace(ratio, z=Q), index)
    if found is None and ratio.z.free_symbols & {s for root in (*ratio.upper, *ratio.lower) for s in root.free_symbols}:
        found = gosper(ratio, index)  # z and the roots may fit together, as in k n!/((n − k)! n^(k + 1))
    return None if found is None else found.xreplace({Q: ratio.z})


def gosper(ratio: Ratio, k: Symbol) -> Expr | None:
    """y with F = y f where f(k + 1)/f(k) is the ratio: y = b(k − 1) x(k)/c(k) with a(k) x(k + 1) − b(k − 1) x(k) = c(k) for a polynomial x.

    SymPy's `gosper_term` asks its `simplify` for the ratio, which is known here. Petkovšek, Wilf and Zeilberger, A = B, chapter 5.

    >>> k = Symbol("k")
    >>> gosper(Ratio(S.One, (S.One,), (S(3),)), k), gosper(Ratio(S.One, (S.One,), (S(2),)), k)
    (-k - 2, None)
    """
    a, b, c = gosper_normal(ratio.z * Mul(*(k + root for root in ratio.upper)), Mul(*(k + root for root in ratio.lower)), k)
    b = b.shift(-1)
    N, M = a.degree(), b.degree()
    degrees = [c.degree() - max(N, M)]
    if N == M and a.LC() == b.LC():
        degrees = [c.degree() - N + 1, (b.nth(N - 1) - a.nth(N - 1)) / a.LC() if N else 0]
    possible = [d for d in map(S, degrees) if d.is_Integer and d >= 0]
    if not possible:
        return None
    coefficients = symbols(f"c:{max(possible) + 1}", cls=Dummy)
    x = Poly(coefficients, k, domain=a.get_domain().inject(*coefficients))
    solutions = linsolve((a * x.shift(1) - b * x - c).coeffs(), coefficients[::-1])  # in terms of the highest, which are set to 0 where they are free
    if not solutions:
        return None
    (solution,) = solutions
    x_ = x.as_expr().xreplace(dict(zip(coefficients[::-1], solution, strict=True))).xreplace(dict.fromkeys(coefficients, S.Zero))
    return None if x_.is_zero else b.as_expr() * x_ / c.as_expr()


def gosper_degree(ratio: Ratio) -> bool:
    """Whether the polynomial that Gosper's algorithm looks for can have a degree at all: most series are turned away here."""
    upper, lower, extra = list(ratio.upper), list(ratio.lower), 0
    for a in ratio.upper:
        partner = next((b for b in lower if (a - b).is_Integer and a - b > 0), None)
        if partner is not None:
            upper.remove(a)
            lower.remove(partner)
            extra += int(a - partner)
    if len(upper) != len(lower) or ratio.z != 1:
        return extra >= max(len(upper), len(lower))
    slack = expand(Add(*lower) - Add(*upper)) - len(lower)
    return not upper or extra + 1 >= len(upper) or bool(slack.is_Integer and slack >= 0)


def written_difference(body: Expr, index: Symbol, facts: Facts) -> Expr | None:
    """F for terms h(k) − h(k + 1) or h(k + 1) − h(k) that are written as such."""
    for part in body.args:
        rest = body - part
        if equal(part.subs(index, index + 1), -rest, facts):
            return -part
    return None


def logarithmic_difference(body: Expr, index: Symbol, facts: Facts) -> Expr | None:
    """F for Σ c log(k + a): where the c add up to 0 within each class of a modulo 1, they telescope."""
    found = logarithms(body, index, facts)
    if found is None:
        return None
    product: Expr = S.One
    while found:
        first = next(iter(found))
        group = {a: found.pop(a) for a in list(found) if (a - first).is_Integer}
        ends = sorted(group, key=lambda a: a - first)
        sums = list(accumulate(group[a] for a in ends))
        if sums[-1] != 0:
            return None
        product *= Mul(*((index + a + i) ** -c for a, c, b in zip(ends, sums, ends[1:], strict=False) for i in range(int(b - a))))
    return log(product)


def logarithms(body: Expr, index: Symbol, facts: Facts) -> dict[Expr, Expr] | None:
    """c by a, where the body is Σ c log(k + a) with rational c."""
    try:
        parts = multiplied_out(terms(body, facts), facts)
    except TooLarge:
        return None
    found: dict[Expr, Expr] = {}
    for mono, c in parts.items():
        logs = [b for (b, m), e in mono if isinstance(b, log) and m is S.One and e == 1]
        shape = linear(logs[0].args[0], index) if len(logs) == len(mono) == 1 else None
        if shape is None or shape[0] != 1:
            return None
        found[shape[1]] = found.get(shape[1], S.Zero) + rational(c)
    return found


def telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    m = total.measure
    if not isinstance(m, Counting) or m.lo.is_infinite:
        return
    inside = facts.within(total.x, m)
    found = difference(total.body, total.x, inside)
    if found is None:
        return
    values = {k: total.x, f: function(total.x, total.body), F: function(total.x, found), lo: m.lo}
    if m.hi is not oo:
        yield {**values, hi: m.hi}
        return
    end = summed_limit(found, total.x, oo, -1, inside)
    if end is not None and end.is_finite is not False:
        yield {**values, B: end}


def finite_telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    if isinstance(total.measure, Counting) and total.measure.hi is not oo:
        yield from telescopes(total, facts)


def infinite_telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    if isinstance(total.measure, Counting) and total.measure.hi is oo:
        yield from telescopes(total, facts)


def telescopes_both_ways(total: Total, facts: Facts) -> Iterator[Values]:
    """Differences over all integers, where F tends to something at both ends."""
    if total.measure != Counting(-oo, oo):
        return
    inside = facts.within(total.x, total.measure)
    found = difference(total.body, total.x, inside)
    low, high = (summed_limit(found, total.x, end, side, inside) if found is not None else None for end, side in ((-oo, 1), (oo, -1)))
    if low is not None and high is not None and low.is_finite is not False and high.is_finite is not False:
        yield {k: total.x, f: function(total.x, total.body), F: function(total.x, found), A: low, B: high}


DIFFERENCE = (f(k) >= 0, Same(F(k + 1) - F(k), f(k)))
TELESCOPING_SUM = Rule(
    "telescoping_sum",
    Claim(Total(f(k), k, Counting(lo, hi)), F(hi + 1) - F(lo), given=(hi - lo + 1 >= 0, *DIFFERENCE)),
    find=finite_telescopes,
)
TELESCOPING_SERIES = Rule(
    "telescoping_series",
    Claim(Total(f(k), k, Counting(lo, oo)), B - F(lo), given=(*DIFFERENCE, Tends(F(k), k, oo, -1, B), Finite(B))),
    find=infinite_telescopes,
)
TELESCOPING_BOTH_WAYS = Rule(
    "telescoping_both_ways",
    Claim(
        Total(f(k), k, Counting(-oo, oo)),
        B - A,
        given=(*DIFFERENCE, Tends(F(k), k, -oo, 1, A), Tends(F(k), k, oo, -1, B), Finite(A), Finite(B)),
    ),
    find=telescopes_both_ways,
)
