"""Hypergeometric sums that end with their range: the binomial theorem, Vandermonde for two gamma functions, Saalschütz."""

from collections.abc import Callable, Iterator

from sympy import Expr, Mul, S, Symbol, binomial, factorial, gamma, hyper

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import Counting, Total
from derive.rules.letters import k, s
from derive.rules.terms import Ratio, finite_term, series_ratio, sorted_roots

z, q, d = (Symbol(name, positive=True) for name in "zqd")
w, v = (Symbol(name, nonnegative=True) for name in "wv")
n = Symbol("n", integer=True, nonnegative=True)

Parts = tuple[tuple[Expr, ...], tuple[Expr, ...], tuple[Expr, ...], tuple[Expr, ...]]


def finite_parts(ratio: Ratio, end: Expr, facts: Facts) -> tuple[Expr, Parts] | None:
    """z and the roots of a sum that ends with its range: those that are gone through upwards, and downwards from the end."""
    if -end not in ratio.upper:
        return None
    upper = list(ratio.upper)
    upper.remove(-end)
    up, down = sorted_roots(upper, end, facts), sorted_roots(list(ratio.lower), end, facts)
    if up is None or down is None:
        return None
    return ratio.z * S.NegativeOne ** (1 + len(up[1]) + len(down[1])), (up[0], down[0], down[1], up[1])


def finite(total: Total, facts: Facts, *sizes: int) -> Iterator[tuple[Expr, Parts]]:
    """z and the roots of a finite sum in standard form with so many roots of each kind."""
    m = total.measure
    ratio = series_ratio(total, facts) if isinstance(m, Counting) and m.hi.is_finite is not False and m.hi != S.Infinity else None
    found = finite_parts(ratio, m.hi, facts) if ratio is not None else None
    if found is None or tuple(map(len, found[1])) != sizes:
        return
    if equal(total.body, finite_term(found[0], m.hi, found[1], total.x), facts):
        yield found


def binomial_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, n: total.measure.hi, z: found[0]} for found in finite(total, facts, 0, 0, 0, 0))


BINOMIAL_THEOREM = Rule(
    "binomial_theorem",
    Claim(Total(binomial(n, k) * z**k, k, Counting(0, n)), (1 + z) ** n),
    kind="cited",
    find=binomial_terms,
    source="DLMF 1.2.2",
)


def two_powers(total: Total, facts: Facts, weight: Callable[[Expr, Expr], Expr]) -> Iterator[Values]:
    """w^k v^(n − k) times a weight, where w or v may be 0, so that a ratio of terms says nothing."""
    m = total.measure
    if isinstance(m, Counting) and m.lo == 0 and not m.hi.is_infinite:
        yield from two_powers_of(total, facts, weight, m.hi)


def two_powers_of(total: Total, facts: Facts, weight: Callable[[Expr, Expr], Expr], size: Expr) -> Iterator[Values]:
    """w^k v^(size − k) times a weight on a range from 0 on."""
    x = total.x
    weights, powers = Mul.make_args(weight(size, x)), list(Mul.make_args(total.body))
    if not set(weights) <= set(powers):
        return
    sides = {x: S.One, size - x: S.One}
    for base, power in (part.as_base_exp() for part in powers if part not in weights):
        if power not in sides and facts.positive(base) and not (rate := power / x).has(x):  # e^(tk) is (e^t)^k
            base, power = base**rate, x
        if power not in sides or base.has(x) or not facts.nonnegative(base):
            return
        sides[power] *= base
    yield {k: x, n: size, w: sides[x], v: sides[size - x]}


def binomial_powers(name: str, kind: str, weight: Callable[[Expr, Expr], Expr], right: Expr) -> Rule:
    """The binomial theorem for w, v ≥ 0, with one way to write its coefficients."""
    return Rule(
        name,
        Claim(Total(weight(n, k) * w**k * v ** (n - k), k, Counting(0, n)), right),
        kind=kind,
        find=lambda total, facts: two_powers(total, facts, weight),
        source="DLMF 1.2.2, with 0^0 = 1",
    )


BINOMIAL_POWERS = binomial_powers("binomial_theorem_of_two_powers", "cited", binomial, (w + v) ** n)
BINOMIAL_FACTORIALS = binomial_powers(
    "binomial_theorem_with_factorials", "lemma", lambda n, k: 1 / (factorial(k) * factorial(n - k)), (w + v) ** n / factorial(n)
)


BINOMIAL_MEAN = Rule(
    "binomial_theorem_size_biased",
    Claim(Total(k * binomial(n, k) * w**k * v ** (n - k), k, Counting(0, n)), n * w * (w + v) ** (n - 1), given=(n > 0,)),
    kind="cited",
    find=lambda total, facts: two_powers(total, facts, lambda n, k: k * binomial(n, k)) if contains(total.body, binomial) else iter(()),
    source="DLMF 1.2.2, k C(n, k) = n C(n − 1, k − 1)",
)


u = Symbol("u", positive=True)


def two_falling(total: Total, facts: Facts) -> Iterator[Values]:
    """k(k − 1) C(n, k) u^k v^(n − k) with u > 0."""
    if contains(total.body, binomial):
        for values in two_powers(total, facts, lambda n, k: k * (k - 1) * binomial(n, k)):
            if facts.positive(values[w]):
                yield {u: values[w], **{letter: value for letter, value in values.items() if letter != w}}


BINOMIAL_SECOND = Rule(
    "binomial_theorem_twice_size_biased",
    Claim(Total(k * (k - 1) * binomial(n, k) * u**k * v ** (n - k), k, Counting(0, n)), n * (n - 1) * u**2 * (u + v) ** (n - 2)),
    kind="cited",
    find=two_falling,
    source="DLMF 1.2.2, k(k − 1) C(n, k) = n(n − 1) C(n − 2, k − 2)",
)


def polya(total: Total, facts: Facts) -> Iterator[Values]:
    for value, (up, _, down, _) in finite(total, facts, 1, 0, 1, 0):
        if value == 1:
            yield {k: total.x, n: total.measure.hi, s: up[0], q: down[0]}


VANDERMONDE_BETA = Rule(
    "vandermonde_beta",
    Claim(
        Total(finite_term(S.One, n, ((s,), (), (q,), ()), k), k, Counting(0, n)),
        gamma(s + q + n) * gamma(q) / (gamma(s + q) * gamma(q + n)),
    ),
    kind="lemma",
    find=polya,
    source="DLMF 15.4.24 (Chu, Vandermonde)",
)


def saalschutz(total: Total, facts: Facts) -> Iterator[Values]:
    for value, (up, low, down, _) in finite(total, facts, 2, 1, 1, 0):
        if value == 1 and equal(low[0], up[0] + up[1] + down[0], facts):
            yield {k: total.x, n: total.measure.hi, s: up[0], q: up[1], d: down[0]}


SAALSCHUTZ_THEOREM = Rule(
    "saalschutz_theorem",
    Claim(
        Total(finite_term(S.One, n, ((s, q), (s + q + d,), (d,), ()), k), k, Counting(0, n)),
        gamma(s + d + n) * gamma(q + d + n) * gamma(d) * gamma(s + q + d) / (gamma(s + d) * gamma(q + d) * gamma(s + q + d + n) * gamma(d + n)),
    ),
    kind="cited",
    find=saalschutz,
    source="DLMF 16.4.3 (Pfaff, Saalschütz)",
)


def terminating_letters(size: int) -> tuple[tuple[Symbol, ...], ...]:
    """Parameters that are gone through upwards, above and below, and from the end downwards, as many as the digits of `size` say."""
    counts = (size // 100, size // 10 % 10, size % 10)
    return tuple(tuple(Symbol(f"{name}{i}", positive=True) for i in range(1, count + 1)) for name, count in zip("abd", counts, strict=True))


def terminating(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """The polynomial that ₚF_q is where −n stands above: (−n)_k = (−1)^k k! C(n, k)."""
    up, low, down = terminating_letters(size)
    upper = (-n, *up, *(1 - n - e for e in down))
    value = hyper(upper, low, z * S.NegativeOne ** (1 + len(down)))
    return Claim(Total(finite_term(z, n, (up, low, (), down), k), k, Counting(0, n)), value), ()


def by_name(total: Total, facts: Facts) -> Iterator[Values]:
    for up, low, down in ((p, q_, r) for p in range(3) for q_ in range(4) for r in range(4)):
        for value, parts in finite(total, facts, up, low, 0, down):
            size = 100 * up + 10 * low + down
            letters = dict(zip(sum(terminating_letters(size), ()), (*parts[0], *parts[1], *parts[3]), strict=True))
            yield {k: total.x, n: total.measure.hi, z: value, SIZE: S(size), **letters}


TERMINATING_SERIES = Rule(
    "terminating_hypergeometric_series",
    terminating(11)[0],
    kind="definition",
    schema=terminating,
    find=by_name,
    source="DLMF 16.2.1, 15.2.4",
)
