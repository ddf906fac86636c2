"""Equality by normal form: two expressions are equal if their difference vanishes once sums are multiplied out."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Add, Expr, Mul, Pow, S, cos, sin, sqrt

from derive.algebra.monomials import MAX_TERMS, ONE, ZERO, Atom, Mono, Terms, TooLarge, add_to, multiply, ordered, product, raised, rational
from derive.algebra.normal import multiplied_out, term, terms
from derive.language.parts import contains, every
from derive.language.totals import Total

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

INFINITE = {S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN}


def vanishes(e: Expr, facts: Facts) -> bool:
    """Whether `e` is identically 0: expanded over its sums, every term cancels. False means only that no proof was found."""
    try:
        left = expanded(terms(e, facts), facts)
        return not left or any(isinstance(b, sin) for mono in left for (b, _), _ in mono) and not multiplied_out(left, facts)
    except TooLarge:
        return False


def expanded(total: Terms, facts: Facts, depth: int = 12) -> Terms:
    """`total` multiplied out, after clearing denominators: each sum-like atom keeps only the least of its exponents.

    The result differs from `total` by a common factor, which is harmless to the question whether it is 0.
    """
    while depth and len(total) > 1:
        pivot = spread_atom(total)
        if pivot is None:
            break
        total = cleared(total, pivot, facts)
        depth -= 1
        if len(total) > MAX_TERMS:
            raise TooLarge("the expansion has too many terms")
    return total


def spread_atom(total: Terms) -> Atom | None:
    """A sum-like atom that stands with different exponents, in whole steps, in different terms."""
    seen: dict[Atom, set[fmpq]] = {}
    each = [dict(mono) for mono in total]
    for mono in total:
        for atom, _ in ordered(mono):
            if isinstance(atom[0], Add):
                seen.setdefault(atom, set())
    for atom, exponents in seen.items():
        exponents.update(powers.get(atom, ZERO) for powers in each)
        low = min(exponents)
        if any(e > low and (e - low).denominator == 1 and atom[1] is S.One for e in exponents):
            return atom
    return None


def cleared(total: Terms, atom: Atom, facts: Facts) -> Terms:
    """Multiply out the whole excess of `atom` over its least exponent, in every term."""
    low = min(dict(mono).get(atom, ZERO) for mono in total)
    inner = terms(atom[0], facts)
    result: Terms = {}
    for mono, c in total.items():
        powers = dict(mono)
        e = powers.pop(atom, ZERO)
        excess = e - low
        whole = int(floor(excess))
        rest = multiply(frozenset(powers.items()), frozenset({(atom, e - whole)}) if e != whole else ONE)
        if whole > 12:
            raise TooLarge("a sum to a high power")
        piece: Terms = {rest: c}
        for _ in range(whole):
            piece = product(piece, inner)
        add_to(result, piece)
    return result


def infinite(e: Expr) -> bool:
    """Whether ∞ stands in a sum, a product or a power, where equal terms need not be equal values. (`is_infinite` asks far more.)"""
    return e in INFINITE or isinstance(e, (Add, Mul, Pow)) and any(map(infinite, e.args))


def equal(a: Expr, b: Expr, facts: Facts) -> bool:
    """Whether a = b is proved: the same term, or a difference that vanishes when multiplied out; of totals, that of their bodies."""
    if a == b:
        return True
    if not isinstance(a, Expr) or not isinstance(b, Expr) or infinite(a) or infinite(b):
        return False
    try:
        one, other = term(a, facts), term(b, facts)
        if one == other or one[0] == other[0] and same_powers(one[1], other[1], facts):
            return True
    except TooLarge:
        return False
    if isinstance(a, Total) and isinstance(b, Total) and (a.x, a.measure) == (b.x, b.measure):
        return equal(a.body, b.body, facts.within(a.x, a.measure))
    if vanishes(a - b, facts):
        return True
    roots = in_roots(a, b, facts) if contains(a, sin) or contains(b, sin) else {}
    return bool(roots) and equal(a.xreplace(roots), b.xreplace(roots), facts)


def in_roots(a: Expr, b: Expr, facts: Facts) -> dict[Expr, Expr]:
    """sin z as √(1 − cos² z) where it is positive and such a root stands in one of two expressions.

    >>> from sympy import Symbol, cos, pi, sqrt
    >>> from derive.algebra.signs import Facts
    >>> t = Symbol("t", real=True)
    >>> equal(1/sqrt(1 - cos(t)**2), 1/sin(t), Facts([t > 0, t < pi])), equal(1/sqrt(1 - cos(t)**2), 1/sin(t), Facts())
    (True, False)
    """
    under = {wave.args[0] for e in (a, b) for p in every(e, Pow) if (2 * p.exp).is_odd for wave in every(p.base, cos)}
    return {wave: sqrt(1 - cos(wave.args[0]) ** 2) for e in (a, b) for wave in every(e, sin) if wave.args[0] in under and facts.positive(wave)}


def same_powers(one: Mono, other: Mono, facts: Facts) -> bool:
    """Whether the exponents of each base add up to the same, though they are written in other terms.

    >>> from sympy import exp
    >>> from sympy.abc import a, b
    >>> from derive.algebra.signs import Facts
    >>> equal(exp(a/(a + b)), exp(1 - b/(a + b)), Facts())
    True
    """
    left: dict[Expr, list[Expr]] = {}
    for (base, m), n in multiply(one, raised(other, -1)):
        left.setdefault(base, []).append(m * rational(n))
    return all(any(e.has(Add) for e in exponents) and vanishes(Add(*exponents), facts) for exponents in left.values())
