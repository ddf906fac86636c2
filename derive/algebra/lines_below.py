"""Sums of exponentials beside polynomials, by the lines that lie below the exponentials: e^v ≥ 1 + v."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import Add, Expr, Mul, S, exp, expand_mul, powsimp

from derive.algebra.monomials import label

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

MOST_TERMS, MOST_EXPONENTIALS = 12, 3


def positive_by_lines(e: Add, facts: Facts, strict: bool) -> bool:
    """Whether a sum is > 0 (or ≥ 0) for what lies below it is, once it is divided by one of its exponentials.

    >>> from sympy import Symbol
    >>> from derive.algebra.signs import Facts
    >>> t, x = Symbol("t", positive=True), Symbol("x", positive=True)
    >>> positive_by_lines(1 + t - (1 + t + t*x)*exp(-t*x), Facts(), True)
    True
    """
    waves = sorted((w for w in e.atoms(exp) if w.free_symbols), key=label) if len(e.args) <= MOST_TERMS else []
    if not 0 < len(waves) <= MOST_EXPONENTIALS or not all(facts.real(w.args[0]) and not w.args[0].has(exp) for w in waves):
        return False
    ask = facts.positive if strict else facts.nonnegative
    return any(ask(below) for divisor in (S.One, *waves) for below in under_lines(e, divisor, facts))


def under_lines(e: Add, divisor: Expr, facts: Facts) -> Iterator[Expr]:
    """The sum over the divisor with 1 + v for each e^v, where every e^v has a factor ≥ 0."""
    terms = Add.make_args(expand_mul(powsimp(expand_mul(expand_mul(e) / divisor))))
    found = []
    for term in terms if len(terms) <= MOST_TERMS else ():
        waves = [f for f in Mul.make_args(term) if isinstance(f, exp) and f.free_symbols]
        rest = Mul(*(f for f in Mul.make_args(term) if f not in waves))
        if rest.has(exp) and any(w.free_symbols for w in rest.atoms(exp)) or waves and not facts.nonnegative(rest):
            return
        found.append(rest * (1 + Add(*(w.args[0] for w in waves))) if waves else term)
    if found:
        yield expand_mul(Add(*found))
