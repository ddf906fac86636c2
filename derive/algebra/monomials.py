"""Sums of terms as data: a term is a rational times a monomial, a monomial a product of atoms (b, m), that is b**m, to rational powers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import floor, gcd, lcm

from flint import fmpq
from sympy import Add, Expr, I, Integer, Poly, Rational, S, factorint
from sympy.polys.polyerrors import BasePolynomialError

from derive.algebra.rational import short
from derive.language.parts import multiplied, power

Atom = tuple[Expr, Expr]
Mono = frozenset[tuple[Atom, fmpq]]
Terms = dict[Mono, fmpq]

ONE: Mono = frozenset()
ZERO, UNIT = fmpq(0), fmpq(1)
MAX_TERMS = 400  # a normal form larger than this is not worth its time
MAX_DIVISORS = 5  # a common denominator of more sums than this is longer than the sum that it unites


class TooLarge(ValueError):
    """A normal form grew beyond MAX_TERMS."""


def multiply(*monos: Mono) -> Mono:
    """The product of monomials, in which no exponent is 0: exponents of equal atoms add."""
    first, *others = [mono for mono in monos if mono] or [ONE]
    if not others:
        return first
    powers = dict(first)
    for mono in others:
        for atom, e in mono:
            before = len(powers)
            own = powers.setdefault(atom, e)  # an atom is hashed at length: once where it is new
            if len(powers) == before:
                powers[atom] = own + e
    return frozenset([power for power in powers.items() if power[1]])


def raised(mono: Mono, n: fmpq | int) -> Mono:
    """A monomial to a rational power (n an integer, or every atom nonnegative)."""
    return frozenset([(a, e * n) for a, e in mono]) if n else ONE


def add_to(total: Terms, more: Terms, factor: fmpq = UNIT) -> Terms:
    """total + factor·more, in place; terms that cancel are dropped."""
    for mono, c in more.items():
        c = c if factor is UNIT else factor * c
        c = total[mono] + c if mono in total else c
        if c:
            total[mono] = c
        else:
            total.pop(mono, None)
    return total


def tidy(coefficient: fmpq, mono: Mono) -> tuple[fmpq, Mono]:
    """Whole powers of primes go into the coefficient: 2^(3/2) is 2·2^(1/2)."""
    for (b, m), e in mono:
        if b is I or m is S.One and b.is_Integer and not 0 <= e < 1:
            break
    else:
        return coefficient, mono
    kept = []
    for (b, m), e in mono:
        if m is S.One and b.is_Integer and not 0 <= e < 1:
            whole = int(floor(e))
            coefficient *= fmpq(int(b)) ** whole
            e -= whole
        if b is I:
            e -= 4 * floor(e / 4)
            e, flip = (e - 2, True) if e >= 2 else (e, False)
            coefficient = -coefficient if flip else coefficient
        if e:
            kept.append(((b, m), e))
    return coefficient, frozenset(kept)


def prime_powers(c: fmpq) -> Iterable[tuple[Integer, int]]:
    """The factorization of a positive rational (large numbers stay whole)."""
    for part, sign in ((int(c.numerator), 1), (int(c.denominator), -1)):
        if part > 1:
            factors = factorint(part) if part < 10**12 else {part: 1}
            for p, n in factors.items():
                yield Integer(p), sign * n


def opaque(e: Expr) -> tuple[fmpq, Mono]:
    return UNIT, frozenset({((e, S.One), UNIT)})


def content(total: Terms) -> tuple[fmpq, Mono, Terms]:
    """c, m and a primitive sum with total = c·m·sum: each atom's least exponent is 0, coefficients are coprime integers, and the
    first of them (in the order of sorted names) is positive. What many different sums divide keeps its denominators."""
    common = united(total)
    inverse = raised(common, -1)
    numbers = list(total.values())
    c = fmpq(gcd(*(int(n.numerator) for n in numbers)), lcm(*(int(n.denominator) for n in numbers)))
    primitive: Terms = {}
    for mono, n in total.items():
        d, m = tidy(n / c, multiply(mono, inverse))
        add_to(primitive, {m: d})
    first = max(primitive, key=order_key)
    if primitive[first] < 0:
        c, primitive = -c, {m: -n for m, n in primitive.items()}
    return c, common, primitive


def united(total: Terms) -> Mono:
    """Each atom to the least of its exponents in the terms, where it has none that is 0."""
    least: dict[Atom, fmpq] = {}
    met: dict[Atom, int] = {}
    for mono in total:
        for atom, e in mono:
            least[atom] = min(least.get(atom, e), e)
            met[atom] = met.get(atom, 0) + 1
    found = {a: e if met[a] == len(total) else min(e, ZERO) for a, e in least.items()}
    divisors = {a for a, e in found.items() if e < 0 and met[a] < len(total) and isinstance(a[0], Add)}
    return frozenset((a, e) for a, e in found.items() if e and not (len(divisors) > MAX_DIVISORS and a in divisors))


@lru_cache(maxsize=20_000)
def label(e: Expr) -> str:
    """A text of an expression that tells it from others, for an order that is the same from run to run; printing would be slower."""
    if e.is_Symbol:
        return str(e.name)
    return f"{type(e).__name__}({','.join(map(label, e.args))})" if e.args else str(e)


@lru_cache(maxsize=50_000)
def ordered(mono: Mono) -> tuple[tuple[Atom, fmpq], ...]:
    """The atoms of a monomial in an order that is the same from run to run, as that of a set is not."""
    return tuple(sorted(mono, key=lambda item: (label(item[0][0]), label(item[0][1]))))


def order_key(mono: Mono) -> tuple:
    return (sum(abs(e) for _, e in mono), sorted((label(b), label(m), e) for (b, m), e in mono))


@lru_cache(maxsize=2000)
def polynomial_factors(body: Expr) -> tuple[fmpq, tuple[tuple[Expr, int], ...]] | None:
    """The irreducible factors of a small polynomial with rational coefficients, or None where it has just one."""
    if len(body.args) > 8 or all(e.is_Symbol or e is S.One for e in (a.as_coeff_Mul()[1] for a in body.args)) or not short(body):
        return None
    try:
        poly = Poly(body)
        if poly.total_degree() < 2 or poly.total_degree() > 10 or not poly.domain.is_ZZ | poly.domain.is_QQ or plainly_irreducible(poly):
            return None
        number, pieces = poly.factor_list()
    except BasePolynomialError:
        return None
    if len(pieces) == 1 and pieces[0][1] == 1:
        return None
    return fmpq(int(number.p), int(number.q)), tuple((p.as_expr(), int(n)) for p, n in pieces)


def plainly_irreducible(poly: Poly) -> bool:
    """Whether a letter v stands in one term alone, to the first power: then f = vM + R, and a factor free of v divides the monomial M
    and R, and so is a number, for no monomial divides f."""
    columns = list(zip(*poly.monoms(), strict=True))
    return all(min(powers) == 0 for powers in columns) and any(sum(powers) == 1 for powers in columns)


def rebuild_mono(mono: Mono) -> Expr:
    """The monomial as a SymPy expression."""
    exponents: dict[Expr, list[Expr]] = {}
    for (b, m), e in mono:
        exponents.setdefault(b, []).append(times(e, m))
    factors = [b if parts[0] is S.One and len(parts) == 1 else power(b, Add(*parts)) for b, parts in exponents.items()]
    return factors[0] if len(factors) == 1 else multiplied(*factors)


@lru_cache(maxsize=5000)
def rational(c: fmpq) -> Rational:
    """A coefficient or an exponent as SymPy's number."""
    return Rational(int(c.numerator), int(c.denominator))


def even(n: fmpq) -> bool:
    """Whether an exponent is an even number."""
    return bool(n.denominator == 1 and n.numerator % 2 == 0)


def times(c: fmpq, e: Expr) -> Expr:
    """c·e; most coefficients are 1."""
    return e if c == 1 else multiplied(rational(c), e)


def rebuild_term(c: fmpq, mono: Mono) -> Expr:
    """The term as a SymPy expression."""
    return times(c, rebuild_mono(mono))


def rebuild(total: Terms) -> Expr:
    """The sum as a SymPy expression."""
    return Add(*(rebuild_term(c, m) for m, c in total.items()))


def product(left: Terms, right: Terms) -> Terms:
    result: Terms = {}
    if len(left) * len(right) > 4 * MAX_TERMS:
        raise TooLarge("a product of sums with too many terms")
    for m, c in left.items():
        for n, d in right.items():
            k, mono = tidy(c * d, multiply(m, n))
            add_to(result, {mono: k})
    return result
