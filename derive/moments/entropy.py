"""H = −E log p = log Z − Σ ηᵢ E Tᵢ, where g = exp(Σ ηᵢ Tᵢ) and E Tᵢ = ∂ log Z/∂ηᵢ: Z with a letter of its own for each ηᵢ."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Derivative, Expr, Mul, S, Subs, Symbol, exp

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.signs import Facts
from derive.language.claims import UNDECIDED
from derive.language.totals import Lebesgue
from derive.moments.law import Law, integral
from derive.moments.neat import log_derivative, log_of, neat
from derive.moments.values import Found

Letter = tuple[Symbol, Expr, Expr]  # the letter s, the exponent or coefficient η in terms of it, and the value of s


def entropy(law: Law) -> Found | None:
    """The differential entropy, where Z is known with every exponent and coefficient free."""
    form = law.form
    if form is None or not isinstance(law.measure, Lebesgue):
        return None
    try:
        letters = list(free_letters(law))
        own = Mul(*(b**eta for (_, eta, _), b in zip(letters, form.powers, strict=False)))
        own *= exp(sum((eta * t for (_, eta, _), t in zip(letters[len(form.powers):], form.exps, strict=True)), S.Zero))
        return from_family(law, letters, own)
    except TooLarge:
        return None


def free_letters(law: Law) -> Iterator[Letter]:
    """A letter for each exponent e of a power (e = s − 1 where e > −1) and each coefficient (η = −s where η < 0)."""
    assert law.form is not None
    for i, e in enumerate(law.form.powers.values()):
        yield letter(f"s·{i}", e, (1, -1) if law.facts.positive(e + 1) else (-1, 0), law.facts)
    for i, eta in enumerate(law.form.exps.values()):
        yield letter(f"h·{i}", eta, (-1, 0) if law.facts.positive(-eta) else (1, 0), law.facts)


def letter(name: str, value: Expr, how: tuple[int, int], facts: Facts) -> Letter:
    """A letter s with value = factor·s + shift, positive where that is proved."""
    factor, shift = how
    at = factor * (value - shift)
    s = Symbol(name, positive=True) if facts.positive(at) else Symbol(name, real=True)
    return s, factor * s + shift, at


def from_family(law: Law, letters: list[Letter], own: Expr) -> Found | None:
    values = {s: at for s, _, at in letters}
    found = integral(own, law)
    if found is None or not all(strict(c) and law.facts.follows(c.xreplace(values)) for c in found.claim.given):
        return None
    Z = found.claim.right
    total = log_of(Z.xreplace(values))
    for s, eta, _ in letters:
        slope = log_derivative(Z, s) / eta.diff(s)
        if slope.has(Derivative, Subs):
            return None
        total -= (eta * slope).xreplace(values)
    kernel = own.xreplace(values)
    if total.has(S.NaN, S.ComplexInfinity) or not proportional(law, kernel):
        return None
    return Found(neat(total, law.facts), (), UNDECIDED, "from log Z and its derivatives")


def proportional(law: Law, kernel: Expr) -> bool:
    """Whether the kernel at the letters' values is g but for its constant."""
    assert law.form is not None
    return equal(kernel, law.form.kernel(), law.facts.within(law.x, law.measure))


def strict(condition: object) -> bool:
    """Whether a condition holds around the point where it holds."""
    from sympy.core.relational import GreaterThan, LessThan

    return not isinstance(condition, (GreaterThan, LessThan))
