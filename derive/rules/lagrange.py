"""Lagrange's expansion: Abel's and Rothe's series, which sum the Borel and the generalized Poisson and binomial families."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, LambertW, Pow, S, Symbol, binomial, exp, factorial, gamma, log, oo
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical, term
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import every
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import M, c, f, k, s, x
from derive.rules.measure import CONSTANT_FACTOR
from derive.rules.terms import as_product, constant_ratio
from derive.rules.values import function

FROM_ONE = Counting(1, oo)
q, a, w, z = (Symbol(name, positive=True) for name in "qawz")
r = Symbol("r", nonnegative=True)
n = Symbol("n", integer=True, nonnegative=True)


def geometric_part(rest: Expr, index: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(c, u) with rest = c u^k, or None."""
    u = as_product(rest.subs(index, index + 1) / rest, facts)
    constant = constant_ratio(rest, u**index, index, facts) if u is not None and not u.has(index) else None
    return None if constant is None or u is None else (constant, u)


def abel_term(shift: Expr, rate: Expr, u: Expr, index: Expr, more: int = 0) -> Expr:
    """(q + rk)^(k − 1) u^k/k!, times q + rk for the second form of the series."""
    return (shift + rate * index) ** (index - 1 + more) * u**index / factorial(index)


def abel_shape(total: Total, facts: Facts, more: int) -> tuple[Expr, Expr, Expr, Expr] | None:
    """(c, q, r, u) of terms c (q + rk)^(k − 1 + more) u^k/k!."""
    index, inside = total.x, facts.within(total.x, total.measure)
    if total.measure != NATURALS:
        return None
    try:
        _, mono = term(total.body, inside)
    except TooLarge:
        return None
    for (base, exponent), n in mono:
        found = linear(base, index) if exponent == index and n == 1 else None
        if found is not None:
            part = geometric_part(total.body / abel_term(found[1], found[0], S.One, index, more), index, inside)
            if part is not None:
                return part[0], found[1], found[0], part[1]
    return None


def lagrange_point(u: Expr, rate: Expr, facts: Facts) -> Expr | None:
    """w with w e^(−rw) = u, where it can be read off: from log u = log w − rw."""
    logs = [e.args[0] for e in Add(*terms_of_log(u, facts)).atoms(log)]
    for candidate in (S.One, *logs, *(1 / e for e in logs)):
        if equal(candidate * exp(-rate * candidate), u, facts):
            return candidate
    return None


def terms_of_log(u: Expr, facts: Facts) -> list[Expr]:
    try:
        return list(Add.make_args(canonical(log(u), facts)))
    except TooLarge:
        return []


def abel_values(total: Total, facts: Facts, more: int = 0) -> Iterator[tuple[Expr, Values]]:
    """The constant in front, and the values for Abel's series with u = w e^(−rw), or with u itself."""
    found = abel_shape(total, facts, more)
    if found is None:
        return
    constant, shift, rate, u = found
    point = lagrange_point(u, rate, facts)
    if point is not None:
        yield constant, {k: total.x, q: shift, r: rate, w: point}
    elif facts.positive(rate):
        yield constant, {k: total.x, q: shift, a: rate, z: u}


def towards_abel(total: Total, facts: Facts) -> Iterator[Values]:
    for more in (0, 1):
        yield from without_constant(total, abel_values(total, facts, more))


def without_constant(total: Total, found: Iterator[tuple[Expr, Values]]) -> Iterator[Values]:
    """The constant in front of a series, taken out."""
    for constant, _ in found:
        if constant != 1:
            yield {x: total.x, c: constant, f: function(total.x, total.body / constant), M: total.measure}


TO_ABEL = replace(CONSTANT_FACTOR, find=towards_abel)


def abel(total: Total, facts: Facts, letter: Symbol, more: int) -> Iterator[Values]:
    yield from (values for constant, values in abel_values(total, facts, more) if constant == 1 and letter in values)


def abel_rule(name: str, more: int, letter: Symbol, rate: Symbol, u: Expr, point: Expr, given: Boolean, source: str) -> Rule:
    """Σ (q + rk)^(k−1) u^k/k! = e^(qw)/q, or with one power more e^(qw)/(1 − rw), where u = w e^(−rw)."""
    value = exp(q * point) / (1 - rate * point if more else q)
    return Rule(name, Claim(Total((q + rate * k) ** (k - 1 + more) * u**k / factorial(k), k, NATURALS), value, given=(given,)), kind="cited",
                find=lambda total, facts: abel(total, facts, letter, more), source=source)  # fmt: skip


LAMBERT = -LambertW(-a * z) / a  # w, where u = z
ABEL_SERIES = abel_rule("abel_series", 0, w, r, w * exp(-r * w), w, r * w <= 1,
                        "Abel's form of Lagrange's expansion; Comtet, Advanced Combinatorics, § 3.8")  # fmt: skip
ABEL_LAMBERT = abel_rule("abel_lambert", 0, z, a, z, LAMBERT, a * z <= exp(-1), "DLMF 4.13.10 (Lagrange's expansion)")
ABEL_SECOND = abel_rule("abel_second_series", 1, w, r, w * exp(-r * w), w, r * w < 1,
                        "Lagrange's expansion, second form; Polya, Szegö, Problems and Theorems I, part III, 214")  # fmt: skip
ABEL_SECOND_LAMBERT = abel_rule("abel_second_lambert", 1, z, a, z, LAMBERT, a * z < exp(-1),
                                "Corless et al., On the Lambert W function (1996), (2.36) differentiated")  # fmt: skip


def rothe_term(shift: Expr, rate: Expr, u: Expr, index: Expr) -> Expr:
    """Γ(q + rk)/(Γ(q + rk − k + 1) k!) u^k, which is C(q + rk, k) u^k/(q + rk)."""
    whole = shift + rate * index
    return gamma(whole) / (gamma(whole - index + 1) * factorial(index)) * u**index


def rothe_second_term(shift: Expr, rate: Expr, u: Expr, index: Expr) -> Expr:
    """C(q + rk, k) u^k."""
    return (shift + rate * index) * rothe_term(shift, rate, u, index)


def rothe_shape(total: Total, facts: Facts, more: int) -> tuple[Expr, Expr, Expr, Expr] | None:
    """(c, q, r, u) of terms c · Γ(q + rk)/(Γ(q + rk − k + 1) k!) u^k, times q + rk for the second form."""
    index, inside, standard = total.x, facts.within(total.x, total.measure), (rothe_term, rothe_second_term)[more]
    if total.measure not in (NATURALS, FROM_ONE):
        return None
    for e in sorted(plain_gammas(total.body, inside), key=str):
        found = linear(e.args[0], index)
        if found is not None and not (found[0].is_number and not found[0] > 1):
            for back in range(-1, 3):
                part = geometric_part(total.body / standard(found[1] + back, found[0], S.One, index), index, inside)
                if part is not None:
                    return part[0], found[1] + back, found[0], part[1]
    return None


def plain_gammas(body: Expr, facts: Facts) -> set[Expr]:
    try:
        _, mono = term(body, facts)
    except TooLarge:
        return set()
    return {base for (base, exponent), n in mono if isinstance(base, gamma) and n > 0 and exponent is S.One}


def rothe_point(u: Expr, rate: Expr, facts: Facts) -> Expr | None:
    """w with w (1 − w)^(r − 1) = u: among the factors of u."""
    factors = u.atoms(Symbol, Add)
    for candidate in sorted(factors | {1 - e for e in factors}, key=str):
        if equal(candidate * (1 - candidate) ** (rate - 1), u, facts):
            return candidate
    return None


def rothe_values(total: Total, facts: Facts, more: int) -> Iterator[tuple[Expr, Values]]:
    found = rothe_shape(total, facts, more)
    if found is not None:
        constant, shift, rate, u = found
        point = rothe_point(u, rate, facts)
        if point is not None:
            yield constant, {k: total.x, q: shift, a: rate, w: point}


def towards_rothe(total: Total, facts: Facts) -> Iterator[Values]:
    for more in (0, 1) if total.measure == NATURALS else (0,):
        yield from without_constant(total, rothe_values(total, facts, more))


TO_ROTHE = replace(CONSTANT_FACTOR, find=towards_rothe)


def rothe(total: Total, facts: Facts, more: int) -> Iterator[Values]:
    if total.measure == NATURALS:
        yield from (values for constant, values in rothe_values(total, facts, more) if constant == 1)


def rothe_without_shift(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms without a shift q, which the series can only have from k = 1 on."""
    for constant, values in rothe_values(total, facts, 0) if total.measure == FROM_ONE else ():
        if constant == 1 and values[q] == 0:
            yield {letter: value for letter, value in values.items() if letter != q}


ROTHE_SERIES = Rule(
    "rothe_series",
    Claim(
        Total(rothe_term(q, a, S.One, k) * (w * (1 - w) ** (a - 1)) ** k, k, NATURALS),
        (1 - w) ** (-q) / q,
        given=(w < 1, a >= 1, a * w <= 1),
    ),
    kind="cited",
    find=lambda total, facts: rothe(total, facts, 0),
    source="Rothe's identity; Graham, Knuth, Patashnik, Concrete Mathematics, (5.60)",
)
ROTHE_SECOND = Rule(
    "rothe_second_series",
    Claim(
        Total(rothe_second_term(q, a, S.One, k) * (w * (1 - w) ** (a - 1)) ** k, k, NATURALS),
        (1 - w) ** (-q) / (1 - a * w),
        given=(w < 1, a >= 1, a * w < 1),
    ),
    kind="cited",
    find=lambda total, facts: rothe(total, facts, 1),
    source="Rothe's identity, second form; Graham, Knuth, Patashnik, Concrete Mathematics, (5.61)",
)
ROTHE_LOGARITHM = Rule(
    "rothe_logarithm",
    Claim(
        Total(rothe_term(S.Zero, a, S.One, k) * (w * (1 - w) ** (a - 1)) ** k, k, FROM_ONE),
        -log(1 - w),
        given=(w < 1, a >= 1, a * w <= 1),
    ),
    kind="cited",
    find=rothe_without_shift,
    source="Rothe's identity for q → 0; Consul, Famoye, Lagrangian Probability Distributions (2006), chapter 11",
)


def abel_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    """C(n, k) (q + rk)^(k − 1) (s − rk)^(n − k) over k = 0 … n."""
    m, index = total.measure, total.x
    end = m.hi if isinstance(m, Counting) and m.lo == 0 else S.NaN
    powers = {e.exp: e.base for e in every(total.body, Pow) if e.exp in (index - 1, end - index)}
    rising, falling = (linear(powers[e], index) if e in powers else None for e in (index - 1, end - index))
    if rising is None or falling is None or not end.is_integer:
        return
    (rate, shift), (fall, top) = rising, falling
    body = abel_binomial_term(shift, rate, top, end, index)
    constant = constant_ratio(total.body, body, index, facts.within(index, m)) if rate + fall == 0 else None
    if constant == 1:
        yield {k: index, q: shift, r: rate, s: top, n: end}
    elif constant is not None:
        yield {x: index, c: constant, f: function(index, body), M: m}


def abel_binomial_term(shift: Expr, rate: Expr, top: Expr, end: Expr, index: Expr) -> Expr:
    return binomial(end, index) * (shift + rate * index) ** (index - 1) * (top - rate * index) ** (end - index)


ABEL_BINOMIAL = Rule(
    "abel_binomial",
    Claim(Total(abel_binomial_term(q, r, s, n, k), k, Counting(0, n)), (q + s) ** n / q, given=(s - n * r > 0,)),
    kind="cited",
    find=lambda total, facts: (v for v in abel_binomial(total, facts) if q in v),
    source="Abel's binomial theorem; Riordan, Combinatorial Identities (1968), 1.5; Comtet, Advanced Combinatorics, § 3.1",
)
TO_ABEL_BINOMIAL = replace(CONSTANT_FACTOR, find=lambda total, facts: (v for v in abel_binomial(total, facts) if c in v))
