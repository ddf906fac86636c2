"""Sums that are least where a part of them is: proofs of a sign from the values that the part can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import (
    Abs,
    Add,
    Dummy,
    Expr,
    Ge,
    Gt,
    Le,
    Lt,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    S,
    Symbol,
    besseli,
    cancel,
    cos,
    cosh,
    erf,
    exp,
    factor,
    log,
    powsimp,
    sin,
    sqrt,
    tanh,
)
from sympy.utilities.iterables import sift

from derive.algebra.monomials import label
from derive.algebra.rough import varies
from derive.language.parts import operations

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

LONG = 60  # operations of a sum in which a curve is replaced by its tangent
SHORT = 40  # operations of a rational function that is factored
FEW = 4  # and its terms
MOST = 8  # terms of a sum that are looked at


def positive_at_extremes(e: Add, facts: Facts, strict: bool) -> bool:
    """e > 0 (strict) or e ≥ 0, since it is so where cos u, sin u, tanh u, erf u are −1 or 1, or where cosh u or I₀(u) is 1."""
    if len(e.args) > MOST or not e.has(sin, cos, tanh, erf, cosh, besseli):
        return False
    ask = facts.positive if strict else facts.nonnegative
    for part in sorted((f for f in e.atoms(sin, cos, tanh, erf, cosh, besseli) if f.args[:-1] in ((), (S.Zero,))), key=label):
        if facts.real(part.args[-1]) and (line := linear(e, part)) is not None:
            least, slope, most, even = line
            if isinstance(part, (cosh, besseli)):
                if facts.nonnegative(slope) and ask(most):
                    return True
            elif (ask(least) and ask(most)) or (strict and inside(part, facts) and above_between(least, most, even, facts)):
                return True
    return False


def positive_by_form(e: Add, facts: Facts, strict: bool) -> bool:
    """e > 0 (strict) or e ≥ 0, since A + B ≥ 2√(AB), or as a concave quadratic between its bounds."""
    if len(e.args) > MOST:
        return False
    means = any(map(facts.positive if strict else facts.nonnegative, by_means(e, facts)))
    found = means or concave_between(e, facts, strict) or above_tangent(e, facts, strict) or below_one(e, facts, strict)
    return found or powers_compared(e, facts, strict)


def powers_compared(e: Add, facts: Facts, strict: bool) -> bool:
    """c (u^p − v^p) with c > 0 and u > v ≥ 0 for p > 0, or v > u > 0 for p < 0; one of the powers may be 1."""
    if len(e.args) != 2:
        return False
    below, above = sorted(e.args, key=lambda term: not term.could_extract_minus_sign())
    parts = [set(Mul.make_args(term)) for term in (above, -below)]
    common = parts[0] & parts[1]
    large, small = (Mul(*(part - common)) for part in parts)
    power = large if isinstance(large, Pow) else small
    p = power.exp if isinstance(power, Pow) else S.One
    bases = [term.base if isinstance(term, Pow) and term.exp == p else term for term in (large, small)]
    if p.is_number or any(base == term and term != 1 for base, term in zip(bases, (large, small), strict=True)):
        return False
    rising = facts.positive(p)
    if not facts.positive(Mul(*common)) or not rising and not facts.negative(p):
        return False
    u, v = bases if rising else bases[::-1]
    return (facts.nonnegative(v) if rising else facts.positive(v)) and (facts.positive if strict else facts.nonnegative)(u - v)


def below_one(e: Add, facts: Facts, strict: bool) -> bool:
    """1 − b^p with 0 < b < 1 and p > 0, whatever b is, before the normal form takes it apart."""
    power = 1 - e
    if not isinstance(power, Pow) or not isinstance(power.base, Add) or not facts.positive(power.exp):
        return False
    return facts.nonnegative(power.base) and (facts.positive if strict else facts.nonnegative)((1 - power.base).expand())


def above_tangent(e: Add, facts: Facts, strict: bool) -> bool:
    """e > 0 or e ≥ 0, since e^u ≥ 1 + u and −log z ≥ 1 − z, with equality for u = 0 and z = 1 alone.

    R − W e^u with R ≥ 0 has the sign of R e^(−u) − W.
    """
    for part in e.args if len(e.args) <= FEW and operations(e) < LONG else ():
        weight, curve = sift(Mul.make_args(part), lambda factor: isinstance(factor, (exp, log)), binary=True)[::-1]
        if len(curve) != 1 or not facts.real(curve[0]):
            continue
        (u,), c, rest = curve[0].args, Mul(*weight), e - part
        if isinstance(curve[0], log):
            line, apart, steep = rest - c * (1 - u), u - 1, -c
        elif rest.has(exp):
            line, apart, steep = rest + c * (1 + u), u, c
        else:
            up = facts.positive(c)
            line, apart, steep = (rest + c * (1 + u) if up else rest * (1 - u) + c), u, c if up else rest
        if not line.has(exp, log) and facts.positive(steep) and facts.nonnegative(plainly(line)):
            return not strict or facts.nonzero(apart)
    return False


def plainly(e: Expr) -> Expr:
    """Multiplied out, or as a product where it is a short rational function."""
    return factor(cancel(e)) if e.is_rational_function() and operations(e) < SHORT else e.expand()


def linear(e: Expr, part: Expr) -> tuple[Expr, Expr, Expr, bool] | None:
    """(A − B, B, A + B, False) where e = A + B·part, (A, B, A + B, True) where e = A + B·part²: values at the ends of what part can be."""
    found: dict[int, list[Expr]] = {}
    for term in Add.make_args(e):
        free, moving = sift(Mul.make_args(term), lambda factor: factor.has(part), binary=True)[::-1]
        n = {(): 0, (part,): 1, (part**2,): 2}.get(tuple(moving))
        if n is None:
            return multiplied_out(e, part) if any(factor.has(Add) for factor in moving) else None
        found.setdefault(n, []).append(Mul(*free))
    return at_ends({n: Add(*parts) for n, parts in found.items()})


def multiplied_out(e: Expr, part: Expr) -> tuple[Expr, Expr, Expr, bool] | None:
    """The same where `part` stands in products of sums."""
    y = Dummy("y")
    try:
        poly = Poly(e.xreplace({part: y}), y)
    except PolynomialError:
        return None
    return at_ends({n: c for (n,), c in poly.terms()})


def at_ends(found: dict[int, Expr]) -> tuple[Expr, Expr, Expr, bool] | None:
    above = {n: c for n, c in found.items() if n}
    if len(above) != 1 or not set(above) <= {1, 2}:
        return None
    ((n, slope),) = above.items()
    middle = found.get(0, S.Zero)
    return (middle - slope if n == 1 else middle), slope, middle + slope, n == 2


def inside(part: Expr, facts: Facts) -> bool:
    """|part| < 1: tanh and erf always, cos u where sin u > 0, sin u where cos u > 0."""
    (u,) = part.args
    return isinstance(part, (tanh, erf)) or facts.positive(sin(u) if isinstance(part, cos) else cos(u))


def above_between(least: Expr, most: Expr, even: bool, facts: Facts) -> bool:
    """A straight line is positive between two ends where it is nonnegative, and positive at one of them; part² may be 0 all the same."""
    return (facts.positive(least) and facts.nonnegative(most)) or (not even and facts.nonnegative(least) and facts.positive(most))


def straight_up(x: Symbol, low: tuple[Expr, Expr], high: tuple[Expr, Expr], facts: Facts) -> bool:
    """Whether a linear function that is ≥ 0 at both ends is > 0 at x: positive at one of them, and x is not the other."""
    (lo, at_lo), (hi, at_hi) = low, high
    left, right = facts.positive(at_lo), facts.positive(at_hi)
    return left and right or left and facts.positive(hi - x) or right and facts.positive(x - lo)


def concave_between(e: Add, facts: Facts, strict: bool) -> bool:
    """a x² + b x + c, a < 0, is > 0 between two points at which it is ≥ 0; with a = 0 where it is > 0 at one and x is not the other."""
    for x, (lo, hi) in bounds(facts).items():
        found = {n: e.expand().coeff(x, n) for n in (0, 1, 2)} if e.has(x) else {2: S.Zero}
        straight = found[2] == 0 != found.get(1, S.Zero)
        if found[2] == 0 and not straight or (e - sum(c * x**n for n, c in found.items())).expand() != 0 or any(c.has(x) for c in found.values()):
            continue
        if straight:
            at_lo, at_hi = (e.subs(x, end).expand() for end in (lo, hi))
            if facts.nonnegative(at_lo) and facts.nonnegative(at_hi) and (not strict or straight_up(x, (lo, at_lo), (hi, at_hi), facts)):
                return True
            continue
        within = not strict or (facts.positive(x - lo) and facts.positive(hi - x))
        if within and facts.negative(found[2]) and all(facts.nonnegative(plainly(e.subs(x, end))) for end in (lo, hi)):
            return True
    return False


def bounds(facts: Facts) -> dict[Symbol, tuple[Expr, Expr]]:
    """The symbols of which a lower and an upper bound are known, each by itself on one side of a relation, or 0 by assumption."""
    below: dict[Symbol, Expr] = {}
    above: dict[Symbol, Expr] = {}
    for r in facts.relations:
        if isinstance(r, (Gt, Ge, Lt, Le)):
            small, large = (r.rhs, r.lhs) if isinstance(r, (Gt, Ge)) else (r.lhs, r.rhs)
            below |= {large: small} if large.is_Symbol else {}
            above |= {small: large} if small.is_Symbol else {}
    below |= {x: S.Zero for x in above if x.is_Symbol and x.is_nonnegative and x not in below}
    return {x: (below[x], above[x]) for x in sorted(below.keys() & above.keys(), key=label)}


def by_means(e: Add, facts: Facts) -> Iterator[Expr]:
    """2√(AB) + C for e = A + B + C with A, B ≥ 0, where the product AB depends on less than its factors do."""
    powers = [t for t in e.args if t.has(Pow, exp)]
    for i, a in enumerate(powers):
        for b in powers[i + 1 :]:
            if not any(cancels(x, a, b, facts) for x in a.free_symbols & b.free_symbols) or not (facts.nonnegative(a) and facts.nonnegative(b)):
                continue
            product = powsimp(a * b, combine="all")
            if len(product.free_symbols) < len(a.free_symbols | b.free_symbols):
                yield 2 * sqrt(product) + (e - a - b)
    for middle in e.args if len(e.args) == 3 else ():  # a² + b² + c ab with a, b ≥ 0
        a, b = (t for t in e.args if t != middle)
        if a.is_number != b.is_number and middle.free_symbols > (a * b).free_symbols and facts.nonnegative(a) and facts.nonnegative(b):
            root = sqrt(a * b).replace(Abs, lambda u: u if facts.nonnegative(u) else Abs(u))  # a number times a power of what is ≥ 0
            if not (middle / root).has(*root.free_symbols) and facts.nonnegative(root):
                yield root * (2 + middle / root)


def cancels(x: Symbol, a: Expr, b: Expr, facts: Facts) -> bool:
    """Whether ab may be free of x: it does not clearly vary with it."""
    return not varies((a, 1 / b), x, facts)
