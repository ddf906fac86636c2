"""How the sign of an expression is proved: a product by its factors, a sum by its terms and what is known, a function by where it is positive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import (
    Abs,
    Add,
    Expr,
    Heaviside,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    RisingFactorial,
    S,
    acos,
    acosh,
    acot,
    asech,
    asin,
    asinh,
    atan,
    besseli,
    besselk,
    beta,
    betainc,
    binomial,
    ceiling,
    cos,
    cosh,
    cot,
    csc,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    floor,
    fraction,
    gamma,
    harmonic,
    log,
    pi,
    polygamma,
    powsimp,
    sec,
    sech,
    sign,
    sin,
    sinh,
    tan,
    tanh,
    together,
    uppergamma,
    zeta,
)

from derive.algebra import special
from derive.algebra.extremes import positive_at_extremes, positive_by_form
from derive.algebra.lines_below import positive_by_lines
from derive.algebra.monomials import even, label, ordered
from derive.algebra.normal import term, terms
from derive.algebra.rewrites import REWRITES
from derive.algebra.slopes import positive_by_slopes
from derive.algebra.sturm import positive_by_roots
from derive.algebra.sum_signs import falling_product, logarithms_compared, positive_quadratic, sum_sign
from derive.language.parts import contains
from derive.language.totals import Total

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

REAL_FUNCTIONS = (sin, cos, tanh, sinh, cosh, sech, asinh, atan, erf, erfc, Abs, sign, Max, Min)  # real at real arguments
POSITIVE_FUNCTIONS = (erfc, Heaviside, cosh, sech, gamma, besselk, besseli, uppergamma, expint, zeta, harmonic, floor, KroneckerDelta)
PRODUCTS = (beta, binomial, factorial, RisingFactorial)  # products of gamma functions
FEW = 4  # terms of a sum that is brought over one denominator
QUICK, CAREFUL = 60, 300  # effort for what is only proposed, and for what is to be established


def prove(e: Expr, facts: Facts, strict: bool) -> bool:
    """Whether e > 0, or e ≥ 0 where that is not to be strict, is proved by what e is."""
    if isinstance(e, Total):
        return not strict and facts.within(e.x, e.measure).nonnegative(e.body)
    if isinstance(e, Abs):
        return not strict or facts.nonzero(e.args[0])
    if isinstance(e, exp):
        return facts.real(e.args[0])
    if isinstance(e, POSITIVE_FUNCTIONS):
        return positive_function(e, facts, strict)
    if isinstance(e, special.COUNTING) and not strict:
        return bool(e.args[0].is_integer) and facts.nonnegative(e.args[0])
    if isinstance(e, special.POSITIVE):
        return special.is_positive(e, facts)
    if isinstance(e, PRODUCTS):
        return counts_something(e, facts, strict) or prove(REWRITES[e.func](*e.args), facts, strict)
    if isinstance(e, Piecewise):
        return all(facts.and_(c).nonnegative(v) if not strict else facts.and_(c).positive(v) for v, c in e.args)
    if isinstance(e, (Max, Min)):
        signs = map(facts.positive if strict else facts.nonnegative, e.args)
        return any(signs) if isinstance(e, Max) else all(signs)
    if contains(e, Max, Min) and isinstance(-e, (Max, Min)):  # −min(a, b) = max(−a, −b)
        turned = Min if isinstance(-e, Max) else Max
        return prove(turned(*(-a for a in (-e).args)), facts, strict)
    if isinstance(e, (sin, cos)):
        return trigonometric(e, facts, strict)
    if isinstance(e, (tan, cot, sec, csc)):
        return prove(REWRITES[e.func](*e.args), facts, strict)
    if e.is_Pow and facts.real(e.exp):
        if (not strict and facts.nonnegative(e.base)) or facts.positive(e.base):
            return True
        return bool(e.exp.is_even) and (not strict or facts.nonzero(e.base)) and facts.real(e.base)
    if isinstance(e, log):
        return facts.positive(e.args[0]) and (facts.positive if strict else facts.nonnegative)(e.args[0] - 1)
    if isinstance(e, (atan, asinh)):
        return (facts.positive if strict else facts.nonnegative)(e.args[0])
    if isinstance(e, acot):  # π/2 at 0, and of the sign of its argument elsewhere
        return facts.nonnegative(e.args[0])
    if isinstance(e, acos):  # from π at −1 to 0 at 1
        return facts.real(e) and (not strict or facts.positive(1 - e.args[0]))
    if isinstance(e, (acosh, asech)):  # from 0 at 1, on (1, ∞) and back to (0, 1)
        return facts.real(e) and (not strict or facts.nonzero(e.args[0] - 1))
    if isinstance(e, asin):  # from −π/2 at −1 to π/2 at 1, and 0 at 0
        return facts.real(e) and (facts.positive if strict else facts.nonnegative)(e.args[0])
    if isinstance(e, Add):
        if positive_at_extremes(e, facts, strict):
            return True
        least = below_floors(e) if e.has(floor, ceiling) else None
        if least is not None and (facts.positive if strict else facts.nonnegative)(least):
            return True
        hopeless = any(a.could_extract_minus_sign() and (-a).is_Symbol and (-a).is_positive for a in e.args)
        if not hopeless and term_by_term(e, facts, strict):
            return True
        if (compared := logarithms_compared(e)) is not None and facts.real(e):
            return facts.positive(compared) if strict else facts.nonnegative(compared)
        if positive_by_roots(e, facts, strict):
            return True
        if with_part_of_the_effort(positive_by_lines, e, facts, strict):
            return True
        if e.has(Abs) and either_side(e, facts, strict):
            return True
        total = terms(e, facts)
        plainly = sum_sign(total, facts, strict) or factored(e, facts, strict) or positive_quadratic(e, facts, strict)
        plainly = plainly or positive_by_form(e, facts, strict) or in_one_fraction(e, facts, strict)
        return plainly or with_part_of_the_effort(positive_by_slopes, e, facts, strict)
    if e.is_Mul and (as_it_stands(e, facts, strict) or not strict and falling_product(e, facts)):
        return True
    if e.is_Mul and (compared := logarithms_compared(e)) is not None and facts.real(e):
        return facts.positive(compared) if strict else facts.nonnegative(compared)
    if e.is_Mul:
        return factored(e, facts, strict) or sum_sign(terms(e, facts), facts, strict)
    return e.is_Symbol and sum_sign(terms(e, facts), facts, strict)


def either_side(e: Add, facts: Facts, strict: bool) -> bool:
    """Whether a sum with −|u| in it has the sign with u and with −u in place of |u|."""
    ask = facts.positive if strict else facts.nonnegative
    bars = [bar for term in e.args for bar in term.atoms(Abs) if term.could_extract_minus_sign() and facts.real(bar.args[0])]
    return len(bars) == 1 and all(ask(e.xreplace({bars[0]: u})) for u in (bars[0].args[0], -bars[0].args[0]))


def term_by_term(e: Add, facts: Facts, strict: bool) -> bool:
    """Whether every term is ≥ 0 (and one > 0): with a part of the effort alone, for a sum may well be positive where a term is not."""
    return with_part_of_the_effort(
        lambda e, facts, strict: all(map(facts.nonnegative, e.args)) and (not strict or any(map(facts.positive, e.args))), e, facts, strict)


def with_part_of_the_effort(proof: Callable[[Add, Facts, bool], bool], e: Add, facts: Facts, strict: bool) -> bool:
    """Whether a proof succeeds that may use only a part of the effort."""
    before, part = facts.effort, min(facts.effort, QUICK)
    facts.effort = part
    try:
        return proof(e, facts, strict)
    finally:
        facts.effort = before - (part - facts.effort)


def in_one_fraction(e: Add, facts: Facts, strict: bool) -> bool:
    """A sum with different denominators by the signs of its numerator and denominator: 1/(1 − e^(−x)) − 1/x."""
    below = {p.base for a in e.args for p in a.atoms(Pow) if p.exp.is_Integer and p.exp < 0 and p.base.free_symbols}
    moving = [p for b in below for p in b.atoms(exp, Pow) if isinstance(p, exp) or p.exp.free_symbols]
    if not below or len(e.args) > FEW or not moving:
        return False
    top, bottom = fraction(together(e))
    if top.has(*(1 / b for b in below)):
        return False
    ask, up = facts.positive if strict else facts.nonnegative, facts.positive(bottom)
    if not up and not facts.negative(bottom):
        return False
    faded = [exp(-u.args[0]) for u in sorted(top.atoms(exp), key=label)[:2]]  # (x − 1) e^x + 1 is positive as x − 1 + e^(−x) is
    return any(ask((top * factor * (1 if up else -1)).expand()) for factor in (S.One, *faded))


def is_real(e: Expr, facts: Facts) -> bool:
    """e is proved to be a real number: built from real symbols, without a root or logarithm of what may be negative."""
    if not e.args and e.is_extended_real is not None:
        return bool(e.is_real)
    if isinstance(e, (Pow, exp)):
        b, p = e.as_base_exp()
        whole = bool(p.is_integer) and facts.real(b) and (bool(p.is_nonnegative) or facts.nonnegative(p) or facts.nonzero(b))
        return whole or facts.real(p) and (b is S.Exp1 or facts.positive(b) or (facts.nonnegative(b) and facts.positive(p)))
    if isinstance(e, log):
        return facts.positive(e.args[0])
    if isinstance(e, (acos, asin)):
        return facts.nonnegative(1 - e.args[0]) and facts.nonnegative(1 + e.args[0])
    if isinstance(e, polygamma):
        return bool(e.args[0].is_integer and e.args[0].is_nonnegative) and facts.positive(e.args[1])
    if isinstance(e, acosh):
        return facts.nonnegative(e.args[0] - 1)
    if isinstance(e, asech):
        return facts.positive(e.args[0]) and facts.nonnegative(1 - e.args[0])
    if isinstance(e, (Add, Mul, *REAL_FUNCTIONS)):
        return all(facts.real(a) for a in e.args)
    if isinstance(e, special.REAL):
        return special.is_real(e, facts)
    return bool(e.is_extended_real) or isinstance(e, (gamma, besselk, expint, betainc)) and facts.positive(e)  # what is positive is real


def trigonometric(e: Expr, facts: Facts, strict: bool) -> bool:
    """cos z on (−π/2, π/2), sin z on (0, π)."""
    z = e.args[0] if isinstance(e, sin) else e.args[0] + pi / 2
    ask = facts.positive if strict else facts.nonnegative
    return ask(z) and ask(pi - z)


def as_it_stands(e: Expr, facts: Facts, strict: bool) -> bool:
    """A product as it is written, by the signs of its factors: an even number of them are negative."""
    flips = [0 if (facts.positive(a) if strict else facts.nonnegative(a)) else 1 if facts.negative(a) else None for a in e.args]
    known = [flip for flip in flips if flip is not None]
    return len(known) == len(flips) and sum(known) % 2 == 0


def factored(e: Expr, facts: Facts, strict: bool) -> bool:
    """A product in normal form: an even number of negative factors."""
    c, mono = term(e, facts)
    sign = 1 if c > 0 else -1
    if c == 0:
        return not strict
    for (b, m), n in ordered(mono):
        if b == e:
            return False
        if facts.real(m) and facts.positive(b) or (not strict and facts.nonnegative(b) and m is S.One and n > 0):
            continue
        if m is S.One and even(n) and facts.real(b) and (facts.nonzero(b) or not strict):
            continue
        if m is S.One and n.denominator == 1 and (facts.negative(b) or (not strict and n > 0 and facts.nonnegative(-b))):
            sign *= -1 if n.numerator % 2 else 1
            continue
        return False
    return sign > 0


def positive_function(e: Expr, facts: Facts, strict: bool) -> bool:
    """Special functions that are > 0: erfc, cosh and sech on the line, Γ, K_ν, I_ν (ν > −1), Γ(s, z), E_ν, ζ where they are plainly so."""
    if isinstance(e, (erfc, cosh, sech)):
        return facts.real(e.args[0])
    if isinstance(e, Heaviside):
        return not strict and facts.real(e.args[0])
    if isinstance(e, KroneckerDelta):
        return not strict
    if isinstance(e, floor):  # ⌊z⌋ ≥ 0 for z ≥ 0, ⌊z⌋ > 0 for z ≥ 1
        return facts.nonnegative(e.args[0] - 1 if strict else e.args[0])
    if isinstance(e, harmonic):  # H_k = 1 + 1/2 + … + 1/k, and H_0 = 0
        return bool(e.args[0].is_integer) and all(map(facts.real, e.args[1:])) and (facts.positive if strict else facts.nonnegative)(e.args[0])
    if isinstance(e, gamma):
        return facts.positive(e.args[0])
    if isinstance(e, zeta):
        return facts.positive(e.args[0] - 1) and all(facts.positive(a) for a in e.args[1:])
    order, z = e.args
    if isinstance(e, besseli) and order.is_integer:  # I_(-n) = I_n
        return facts.positive(z) or (not strict and facts.nonnegative(z))
    return facts.real(order) and facts.positive(z) and (not isinstance(e, besseli) or facts.positive(order + 1))


def counts_something(e: Expr, facts: Facts, strict: bool) -> bool:
    """Binomial coefficients of whole numbers n ≥ 0 are ≥ 0."""
    if not isinstance(e, binomial) or strict:
        return False
    n, k = e.args
    return bool(n.is_integer and k.is_integer) and facts.nonnegative(n)


def below_floors(e: Add) -> Expr | None:
    """What a sum with one floor is nowhere below: z in place of a ⌊z⌋ that is taken away, z − 1 in place of one that is added; ⌈z⌉ = −⌊−z⌋.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> below_floors(x - floor(x)), below_floors(floor(x) - x + 1), below_floors(ceiling(x) - x), below_floors(x + 1 - ceiling(x))
    (0, 0, 0, 0)
    """
    whole = [a for a in e.args if isinstance(a, (floor, ceiling)) or isinstance(-a, (floor, ceiling))]
    rest = Add(*(a for a in e.args if a not in whole))
    if len(whole) != 1 or rest.has(floor, ceiling):
        return None
    added = isinstance(whole[0], (floor, ceiling))
    jump = whole[0] if added else -whole[0]
    return rest + (jump.args[0] if added else -jump.args[0]) - (1 if added == isinstance(jump, floor) else 0)


def exponentials_apart(e: Expr, facts: Facts) -> bool:
    """c e^u ≠ c e^v for real u ≠ v and c ≠ 0"""
    if not isinstance(e, Add) or len(e.args) != 2 or not facts.nonzero(e.args[1]):
        return False
    ratio = powsimp(-e.args[0] / e.args[1])
    return isinstance(ratio, exp) and facts.real(ratio.args[0]) and facts.nonzero(ratio.args[0])
