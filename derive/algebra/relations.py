"""What a relation says: differences that are positive, powers and logarithms in the same order, and the form in which it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Abs, Add, Eq, Expr, Ge, Gt, Le, Lt, Mul, Ne, Pow, S, binomial, exp, log
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import Terms, product
from derive.algebra.normal import multiplied_out, term

if TYPE_CHECKING:
    from derive.algebra.signs import Facts


def logarithms_ordered(relation: Boolean) -> list[Expr]:
    """log a − log b, where a > b (or a ≥ b) says that it is positive (or not negative)."""
    a, b = (relation.lhs, relation.rhs) if isinstance(relation, (Gt, Ge)) else (relation.rhs, relation.lhs)
    plain = isinstance(relation, (Gt, Ge, Lt, Le)) and a.is_positive and b.is_positive and not a.is_infinite
    return [log(a) - log(b)] if plain else []


def powers_ordered(relation: Boolean) -> list[tuple[Expr, bool]]:
    """b^p − x^p, where 0 < x < b says that it is positive, for the p > 0 that takes a root out of b: x^a < 1/c for x < c^(−1/a).

    >>> from sympy import Symbol
    >>> a, c, x = (Symbol(name, positive=True) for name in "acx")
    >>> powers_ordered(x < c**(-1/a)), powers_ordered(x > (1 - c)*a**S.Half)
    ([(-x**a + 1/c, True)], [])
    """
    if not isinstance(relation, (Gt, Ge, Lt, Le)):
        return []
    large, small = (relation.lhs, relation.rhs) if isinstance(relation, (Gt, Ge)) else (relation.rhs, relation.lhs)
    simple, rooted = (small, large) if small.is_Symbol else (large, small)
    powers = rooted.as_powers_dict() if simple.is_Symbol and simple.is_nonnegative and not rooted.is_Symbol else {}
    roots = {n.as_numer_denom()[1] for n in powers.values()} - {S.One}
    if len(roots) != 1 or not (p := roots.pop()).is_positive or not all(b.is_positive or b.is_Add for b in powers):
        return []
    if rooted is not large and not all(b.is_positive for b in powers):
        return []  # x > −2 does not say x² > 4; above x ≥ 0 the other side is positive by itself
    plain = Mul(*(b ** (n * p) for b, n in powers.items()))
    return [((plain - simple**p) * (1 if rooted is large else -1), isinstance(relation, (Gt, Lt)))]


def both_positive(d: Expr, facts: Facts) -> list[Expr]:
    """A > 0 and B > 0, where d = A·B > 0 and A + B > 0, as 1 − ρ² > 0 gives 1 − ρ and 1 + ρ."""
    if not isinstance(d, Add):
        return []
    c, mono = term(d, facts)
    sums = [b for (b, m), n in mono if isinstance(b, Add) and m is S.One and n == 1]
    others = [b for (b, _), _ in mono if b not in sums]
    if len(sums) == 2 and all(b.is_positive for b in others):
        a, b = sums[0] * (1 if c > 0 else -1), sums[1]
        for s in (1, -1):
            if (s * (a + b)).is_positive:
                return [s * a, s * b]
    return []


def without_denominators(total: Terms, facts: Facts) -> list[Terms]:
    """A sum times the sums of known sign that divide its terms: x < ab/(a + c) gives (a + c) x < ab."""
    below: dict[Expr, fmpq] = {}
    for (b, m), n in (power for mono in total for power in mono):
        if isinstance(b, Add) and m is S.One and n < 0 and n.denominator == 1:
            below[b] = max(below.get(b, fmpq(0)), -n)
    flips = sum(int(n) for b, n in below.items() if facts.negative(b))
    if not below or not all(facts.positive(b) or facts.negative(b) for b in below):
        return []
    return [multiplied_out(product(total, {frozenset(((b, S.One), n) for b, n in below.items()): fmpq(-1 if flips % 2 else 1)}), facts)]


def isolated(relation: Boolean) -> Boolean:
    """A linear relation in one symbol with that symbol on its left: 1 − 2a < 0 becomes a > 1/2. In several, what is taken off stands right.

    >>> from sympy import Symbol
    >>> a, b = Symbol("a", real=True), Symbol("b", real=True)
    >>> isolated(1 - 2*a < 0), isolated(a*b - b > 0), isolated(a + b > 0), isolated(Ne(2*a, 0)), isolated(log(Symbol("q", positive=True)) < 0)
    (a > 1/2, a*b > b, a + b > 0, Ne(a, 0), q < 1)
    >>> isolated(1/a > 0), isolated(-3/(a - b)**3 > 0)
    (a > 0, b > a)
    """
    if isinstance(relation, Ne) and relation.rhs == 0:
        rest = relation.lhs.as_coeff_Mul()[1]
        return Ne(rest.args[0] if isinstance(rest, Abs) else rest, 0)
    if not isinstance(relation, (Gt, Ge, Lt, Le)):
        return relation
    c, rest = relation.lhs.as_coeff_Mul()
    if isinstance(relation, Gt) and relation.rhs == 0 and c > 0 and isinstance(rest, Abs):
        return isolated(Ne(rest.args[0], 0))
    if isinstance(relation, Gt) and relation.rhs == 0 and c > 0 and isinstance(rest, Pow) and rest.exp.is_even and rest.base.is_real:
        return isolated(Gt(rest.base, 0) if rest.base.is_nonnegative else Ne(rest.base, 0))
    below = isinstance(rest, Pow) and rest.exp.is_odd and rest.exp.is_negative and rest.base.is_real
    if isinstance(relation, (Gt, Lt)) and relation.rhs == 0 and below:
        return isolated(relation.func(rest.base if c > 0 else -rest.base, 0))  # 1/c has the sign of c
    if relation.rhs == 0 and (whole := of_logarithms(relation.lhs)) is not None:
        return isolated(relation.func(whole, 1))
    if isinstance(relation.lhs, exp) and relation.rhs == 1:
        return isolated(relation.func(relation.lhs.args[0], 0))
    counts = isinstance(rest, binomial) and all(a.is_integer and a.is_nonnegative for a in rest.args)
    if counts and isinstance(relation, Gt) and relation.rhs == 0 and c > 0:
        return Ge(*rest.args)
    if len(relation.free_symbols) != 1:
        return sides(over_positive(relation))
    (symbol,) = relation.free_symbols
    d = (relation.lhs - relation.rhs).expand()
    slope = d.coeff(symbol)
    rest = d - slope * symbol
    if not slope.is_Rational or rest.has(symbol) or slope == 0:
        return sides(relation)
    kind = relation.func if slope > 0 else relation.reversed.func
    return kind(symbol, -rest / slope)


def of_logarithms(e: Expr) -> Expr | None:
    """u v^c for log u + c log v with positive u and v: its sign is that of u v^c − 1.

    >>> from sympy import Symbol
    >>> q = Symbol("q", positive=True)
    >>> of_logarithms(log(q) + 2*log(2)), of_logarithms(log(q) - q)
    (4*q, None)
    """
    parts = [part.as_coeff_Mul() for part in Add.make_args(e)]
    plain = all(isinstance(part, log) and part.args[0].is_positive and not part.has(exp) for _, part in parts)
    return Mul(*(part.args[0] ** c for c, part in parts)) if plain and e.free_symbols else None


def over_positive(relation: Boolean) -> Boolean:
    """1 > m/n as m < n, and m/n > 1 as m > n, for a symbol n > 0."""
    for large, small in ((relation.gts, relation.lts), (relation.lts, relation.gts)):
        m, n = small.as_numer_denom()
        if large.is_Integer and n.is_Symbol and n.is_positive:
            return relation.func(m, large * n) if small is relation.lhs else relation.reversed.func(m, large * n)
    return relation


def sides(relation: Boolean) -> Boolean:
    """A relation between a sum of few products and 0 with the terms that are taken off on its other side: b − a > 0 becomes b > a."""
    kind, d = (relation.func, relation.lhs) if isinstance(relation, (Gt, Ge)) else (relation.reversed.func, -relation.lhs)
    parts = Add.make_args(d)
    off = [part for part in parts if part.could_extract_minus_sign()]
    if relation.rhs != 0 or not 0 < len(off) < len(parts) <= 3:
        return relation
    return kind(Add(*(part for part in parts if part not in off)), -Add(*off))


def bars_below(relation: Boolean) -> list[tuple[Expr, bool, Expr]]:
    """(d, strict, u) for the differences d in which −|u| stands and |u| nowhere else: |u| ≤ c says u ≤ c and −u ≤ c, |u| ≤ |u|³ does not.

    >>> from sympy import Symbol
    >>> u = Symbol("u", real=True)
    >>> len(bars_below(abs(u) < 2)), len(bars_below(abs(u) < exp(abs(u))))
    (1, 0)
    """
    bars = sorted(relation.atoms(Abs), key=str)
    found = [(d, strict, a, d.coeff(a)) for a in bars for d, strict in differences(relation)]
    return [(d, strict, a.args[0]) for d, strict, a, slope in found if slope.is_negative and not slope.has(a) and not (d - slope * a).expand().has(a)]


def differences(relation: Boolean) -> list[tuple[Expr, bool]]:
    """`relation` as differences d with d > 0 (True) or d ≥ 0 (False)."""
    match relation:
        case Gt():
            pairs = [(relation.lhs - relation.rhs, True)]
        case Ge():
            pairs = [(relation.lhs - relation.rhs, False)]
        case Lt():
            pairs = [(relation.rhs - relation.lhs, True)]
        case Le():
            pairs = [(relation.rhs - relation.lhs, False)]
        case Eq():
            d = relation.lhs - relation.rhs
            pairs = [(d, False), (-d, False)]
        case _:
            pairs = []
    return [(d, s) for d, s in pairs if isinstance(d, Expr)]
