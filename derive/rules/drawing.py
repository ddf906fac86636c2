"""Drawing without replacement: the Chu-Vandermonde identity for binomial coefficients, over ranges that hold their support."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Max, Min, Mul, S, Symbol, binomial, hyper

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import M, c, f, k, x
from derive.rules.measure import CONSTANT_FACTOR
from derive.rules.terms import constant_ratio, ratio_of, series_ratio
from derive.rules.values import function

n = Symbol("n", integer=True, nonnegative=True)
v, w = Symbol("v", nonnegative=True), Symbol("w", nonnegative=True)
z = Symbol("z", positive=True)
V, W = Symbol("V", integer=True, nonnegative=True), Symbol("W", integer=True, nonnegative=True)


def drawing(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """(v, w) for terms that are a multiple of C(v, k) C(w, n − k), k = 0 … n."""
    if not isinstance(total.measure, Counting) or total.measure.hi is S.Infinity:
        return
    ratio, end = series_ratio(total, facts), total.measure.hi
    if ratio is None or ratio.z != 1 or -end not in ratio.upper or len(ratio.upper) != 2 or len(ratio.lower) != 1:
        return
    others = list(ratio.upper)
    others.remove(-end)
    first, second = -others[0], ratio.lower[0] + end - 1
    if facts.nonnegative(first) and facts.nonnegative(second):
        yield first, second


def towards_drawing(total: Total, facts: Facts) -> Iterator[Values]:
    for first, second in drawing(total, facts):
        wanted = binomial(first, total.x) * binomial(second, total.measure.hi - total.x)
        constant = constant_ratio(total.body, wanted, total.x, facts.within(total.x, total.measure))
        if constant not in (None, 1):
            yield {x: total.x, c: constant, f: function(total.x, wanted), M: total.measure}


TO_DRAWING = replace(CONSTANT_FACTOR, find=towards_drawing)


def vandermonde(total: Total, facts: Facts) -> Iterator[Values]:
    for first, second in drawing(total, facts):
        wanted = binomial(first, total.x) * binomial(second, total.measure.hi - total.x)
        if equal(total.body, wanted, facts.within(total.x, total.measure)):
            yield {k: total.x, n: total.measure.hi, v: first, w: second}


VANDERMONDE = Rule(
    "vandermonde",
    Claim(Total(binomial(v, k) * binomial(w, n - k), k, Counting(0, n)), binomial(v + w, n)),
    kind="cited",
    find=vandermonde,
    source="DLMF 15.4.24 (Chu, Vandermonde)",
)


def on_support(total: Total, facts: Facts) -> Iterator[Values]:
    """C(V, k) C(W, n − k) where neither is 0: from max(0, n − W) to min(n, V)."""
    m = total.measure
    if not isinstance(m, Counting) or not isinstance(m.hi, Min) or len(m.hi.args) != 2:
        return
    ratio = ratio_of(total.body, total.x, facts)
    for draws, first in (m.hi.args, m.hi.args[::-1]):
        if ratio is not None and ratio.z == 1 and set(ratio.upper) == {-draws, -first} and S.One in ratio.lower:
            second = sum(ratio.lower, S.NegativeOne) + draws - 1
            wanted = binomial(first, total.x) * binomial(second, draws - total.x)
            if m.lo == Max(0, draws - second) and equal(total.body, wanted, facts):
                yield {k: total.x, n: draws, V: first, W: second}


VANDERMONDE_SUPPORT = Rule(
    "vandermonde_support",
    Claim(
        Total(binomial(V, k) * binomial(W, n - k), k, Counting(Max(0, n - W), Min(n, V))),
        binomial(V + W, n),
        given=(n <= V + W,),
    ),
    kind="cited",
    find=on_support,
    source="DLMF 15.4.24 (Chu, Vandermonde)",
)


def weighted(total: Total, facts: Facts) -> Iterator[Values]:
    """C(V, k) C(W, n − k) z^k, k = 0 … n."""
    m, factors = total.measure, Mul.make_args(total.body)
    urns = [e for e in factors if isinstance(e, binomial)]
    if not isinstance(m, Counting) or m.lo != 0 or m.hi.is_infinite or len(urns) != 2:
        return
    for one, other in (urns, urns[::-1]):
        if one.args[1] == total.x and (other.args[1] + total.x - m.hi).expand() == 0 and not (one.args[0] + other.args[0]).has(total.x):
            ratio = ratio_of(Mul(*(e for e in factors if e not in urns)), total.x, facts.within(total.x, m))
            if ratio is not None and not ratio.upper and not ratio.lower and equal(
                    total.body, one * other * ratio.z**total.x, facts.within(total.x, m)):  # fmt: skip
                yield {k: total.x, n: m.hi, V: one.args[0], W: other.args[0], z: ratio.z}


WEIGHTED_DRAWING = Rule(
    "weighted_drawing",
    Claim(Total(binomial(V, k) * binomial(W, n - k) * z**k, k, Counting(0, n)), binomial(W, n) * hyper((-n, -V), (W - n + 1,), z), given=(n <= W,)),
    kind="definition",
    find=weighted,
    source="Fisher's noncentral hypergeometric law; DLMF 15.2.4",
)
