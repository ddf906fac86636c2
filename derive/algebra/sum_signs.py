"""The sign of a sum: term by term, by taking off positive multiples of what is known, or by comparing two powers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Abs, Add, Expr, Integer, Mul, Pow, S, atan, cos, erf, erfc, log, pi, sin, sqrt, tanh

from derive.algebra.monomials import Mono, Terms, add_to, even, label, multiply, order_key, ordered, product, raised, rational, rebuild
from derive.algebra.monotone import larger, zeta_exceeds_one
from derive.algebra.normal import term

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

BETWEEN_ONES = (sin, cos, tanh, erf)  # |f| ≤ 1
DEPTH = 4  # how many facts may be combined
MOST_TRIED = 40  # sums that one question may lead to

MOST_BESIDE_A_ROOT = 4  # terms of a sum that is compared with a square root in it

ONE = fmpq(1)

Goal = tuple[frozenset[tuple[Mono, fmpq]], bool]


def mono_sign(mono: Mono, facts: Facts) -> int | None:
    """+1 where a monomial is proved positive, 0 where it is proved nonnegative, None where neither."""
    sign = 1
    for (b, m), n in ordered(mono):
        if (b is S.Exp1 or facts.positive(b)) and facts.real(m):
            continue
        square = m is S.One and even(n) and facts.real(b)
        if not ((facts.nonnegative(b) and m is S.One and n > 0) or square):
            return None
        if not (square and facts.nonzero(b)):
            sign = 0
    return sign


def sum_sign(total: Terms, facts: Facts, strict: bool, depth: int = DEPTH, seen: dict[Goal, int] | None = None) -> bool:
    """Whether a sum is proved > 0 (strict) or ≥ 0: term by term, or by taking off positive multiples of facts.

    `seen` are the sums that were tried on the way: no sum is tried twice, and no more than MOST_TRIED of them.
    """
    if not total:
        return not strict
    if numeric(total):
        return bool(rebuild(total).is_positive)
    signs = {m: mono_sign(m, facts) for m in total}
    if all(signs[m] is not None and c > 0 for m, c in total.items()) and (not strict or any(signs[m] for m in total)):
        return True
    if seen is None and any(exceeds(total, fact, strict and not more, facts) for fact, more, _ in facts.known()):
        return True
    if len(total) == 2 and two_terms(total, facts, strict) or (seen is None or len(total) == 2) and root_dominates(total, facts):
        return True
    if seen is None:
        if facts.refutes(total, strict):
            return False
        if any(mono and numeric({mono: ONE}) for mono in total) and any(exceeds_by_number(total, fact) for fact, _, _ in facts.known()):
            return True
        if any(is_multiple(total, fact, strict, more, facts) for fact, more, _ in facts.known()):
            return True
    facts.effort -= 1
    if facts.effort < 0:
        facts.give_up()
        return False
    seen, goal = {} if seen is None else seen, (frozenset(total.items()), strict)
    if seen.get(goal, 0) >= depth or len(seen) >= MOST_TRIED:
        return False
    seen[goal] = depth
    left = reductions(total, facts, strict)
    return any(sum_sign(rest, facts, strict and not was_strict, depth - 1, seen) for rest, was_strict in left)


def numeric(total: Terms) -> bool:
    """Whether a sum is a number."""
    return all(b.is_number and m.is_number for mono in total for (b, m), _ in mono)


def exceeds_by_number(total: Terms, fact: Terms) -> bool:
    """Whether a sum is a positive multiple of a fact and a positive number, as 2x − e is 2(x − 3) and 6 − e."""
    size = next((total[mono] / c for mono, c in fact.items() if mono in total and not numeric({mono: ONE})), fmpq(0))
    if size <= 0:
        return False
    rest = add_to(dict(total), fact, -size)
    return numeric(rest) and bool(rebuild(rest).is_positive)


def exceeds(total: Terms, fact: Terms, strict: bool, facts: Facts) -> bool:
    """Whether a sum is a fact, with something added that is > 0 (strict) or ≥ 0."""
    if not total.keys() & fact.keys():
        return False
    rest = add_to(dict(total), fact, fmpq(-1))
    signs = [mono_sign(m, facts) for m in rest] if all(c > 0 for c in rest.values()) else [None]
    return None not in signs and (not strict or 1 in signs)


def is_multiple(total: Terms, fact: Terms, strict: bool, more: bool, facts: Facts) -> bool:
    """Whether a sum is a fact times one monomial ≥ 0, as b/c − x/c − x/a is (ab − ax − cx)/(ac)."""
    if len(total) != len(fact) or len(total) < 2 or strict and not more:
        return False
    first = next(iter(total))
    factors = [(multiply(first, raised(mono, -1)), total[first] / c) for mono, c in fact.items()]
    signs = (mono_sign(m, facts) for m, c in factors if c > 0 and product(fact, {m: c}) == total)
    return any(sign == 1 or sign == 0 and not strict for sign in signs)


def reductions(total: Terms, facts: Facts, strict_wanted: bool) -> Iterable[tuple[Terms, bool]]:
    """total − λ·fact·m for the λ > 0 and nonnegative m that remove a troublesome term, and whether something > 0 was taken off.

    Multiples by numbers come first: most questions are linear.
    """
    known = [*((fact, strict) for fact, strict, _ in facts.known()), *integers_of(total)]
    troublesome = [(bad, c) for bad, c in total.items() if not (c > 0 and harmless(bad, facts, strict_wanted))]
    for linear in (True, False):
        for bad, _ in troublesome:
            for fact, strict in known:
                yield from multiples(total, bad, fact, strict, linear, facts)
    for bad, c in list(total.items()):
        yield from off_bounded(total, bad, c, facts)
    for bad, c in total.items():
        if c < 0:
            yield from off_larger(total, bad, c, facts)


def harmless(mono: Mono, facts: Facts, strict: bool) -> bool:
    """Whether a term with a positive number in front needs no care."""
    sign = mono_sign(mono, facts)
    return sign == 1 if strict else sign is not None


def multiples(total: Terms, bad: Mono, fact: Terms, strict: bool, linear: bool, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """`total` without the multiple of a fact that removes the term `bad`: a multiple by a number, or by anything else ≥ 0."""
    c = total[bad]
    for mono, d in fact.items():
        upright = (c > 0) == (d > 0)
        if (mono == bad) != linear or (linear and not upright):
            continue
        factor = multiply(bad, raised(mono, -1))
        sign = mono_sign(factor, facts) if upright else negative_factor(factor, facts)
        if sign is not None:
            rest = add_to(dict(total), product(fact, {factor: c / d}), fmpq(-1))
            if len(rest) <= len(total) + 1:
                yield rest, strict and sign > 0


def negative_factor(mono: Mono, facts: Facts) -> int | None:
    """1 where a monomial with one negative base in it, to an odd power, is proved negative."""
    below = {((b, m), n) for (b, m), n in mono if m is S.One and n.denominator == 1 and n.numerator % 2 and b.is_Symbol and facts.negative(b)}
    return 1 if len(below) == 1 and mono_sign(mono - below, facts) == 1 else None


def integers_of(total: Terms) -> list[tuple[Terms, bool]]:
    """n − 1 ≥ 0 for the positive integers n in a sum."""
    atoms = {b for mono in total for (b, m), _ in mono if m is S.One and b.is_Symbol and b.is_integer and b.is_positive}
    whole = sorted(atoms, key=lambda b: b.name)
    return [({frozenset({((n, S.One), fmpq(1))}): fmpq(1), frozenset(): fmpq(-1)}, False) for n in whole]


def off_larger(total: Terms, bad: Mono, c: fmpq, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """−bM is made up for by aN with N > M > 0, as −e^(−x) is by 1."""
    for good, d in total.items():
        if d > 0 and mono_sign(bad, facts) and exceeds_one(multiply(good, raised(bad, -1)), facts):
            least = min(d, -c)
            yield add_to(add_to(dict(total), {good: -least}), {bad: least}), True


def off_bounded(total: Terms, bad: Mono, c: fmpq, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """c m f ≥ −|c| |m| where |f| ≤ 1, as for sines and cosines; −|c| m f(z) ≥ −|c| m z where f(z) ≤ z for z ≥ 0."""
    for (b, m), n in ordered(bad):
        if isinstance(b, (*BETWEEN_ONES, erfc, atan)) and m is S.One and n == 1 and facts.real(b.args[0]):
            bound = S(2) if isinstance(b, erfc) else pi / 2 if isinstance(b, atan) else S.One
            d, size = term(bound * Abs(rebuild({bad - {((b, m), n)}: abs(c)})), facts)
            rest = add_to({k: v for k, v in total.items() if k != bad}, {size: -d})
            yield rest, isinstance(b, (erf, erfc, tanh, atan)) and facts.nonzero(rebuild({size: d}))
        below_line = isinstance(b, (sin, tanh, atan)) and c < 0 and m is S.One and n == 1 and mono_sign(bad - {((b, m), n)}, facts) is not None
        if below_line and facts.nonnegative(b.args[0]):  # f(z) ≤ z
            d, size = term(b.args[0] * rebuild({bad - {((b, m), n)}: c}), facts)
            yield add_to({k: v for k, v in total.items() if k != bad}, {size: d}), facts.positive(b.args[0])


def two_terms(total: Terms, facts: Facts, strict: bool) -> bool:
    """aM − bN with a ≥ b > 0 and N > 0 is positive where M/N exceeds 1, and with a = b where M > N."""
    (m, a), (n, b) = sorted(total.items(), key=lambda item: (-item[1], order_key(item[0])))
    if a > 0 > b and a >= -b and (a == -b or mono_sign(n, facts) is not None) and powers_in_order(m, n, facts):
        return True
    if not (a > 0 > b and a >= -b) or not mono_sign(n, facts):
        return False
    return exceeds_one(multiply(m, raised(n, -1)), facts, strict)


def positive_quadratic(e: Add, facts: Facts, strict: bool) -> bool:
    """a x² + b x + c > 0 for a > 0 and 4ac > b², and ≥ 0 for a, c ≥ 0 and 4ac ≥ b²; a x⁴ + b x² + c > 0 for a, c > 0 and b > −2√(ac)."""
    if any(isinstance(p.exp, Integer) and p.exp == 4 for p in e.atoms(Pow)) and positive_biquadratic(e, facts):
        return True
    for x in sorted((s for s in e.free_symbols if s.is_real and s**2 in e.atoms(Pow)), key=label):
        found = {n: e.coeff(x, n) for n in (0, 1, 2)}
        if (e - sum(c * x**n for n, c in found.items())).expand() == 0 and not any(c.has(x) for c in found.values()):
            a, b, c = found[2], found[1], found[0]
            if not all(map(facts.real, (a, b, c))):
                continue
            if facts.positive(a) and facts.positive((4 * a * c - b**2).expand()):
                return True
            if not strict and facts.nonnegative(a) and facts.nonnegative(c) and facts.nonnegative((4 * a * c - b**2).expand()):
                return True
    return False


def positive_biquadratic(e: Add, facts: Facts) -> bool:
    """(√a x² − √c)² + (b + 2√(ac)) x² for a x⁴ + b x² + c."""
    for x in sorted((p.base for p in e.atoms(Pow) if p.exp == 4 and p.base.is_Symbol and p.base.is_real), key=label):
        a, b, c = (e.coeff(x, n) for n in (4, 2, 0))
        whole = (e - a * x**4 - b * x**2 - c).expand() == 0 and not any(part.has(x) for part in (a, b, c)) and facts.real(b)
        if whole and facts.positive(a) and facts.positive(c) and facts.positive(b + 2 * sqrt(a * c)):
            return True
    return False


def falling_product(e: Expr, facts: Facts) -> bool:
    """k (k − 1) … (k − j) m ≥ 0 for a whole k ≥ 0 and m ≥ 0: one of the factors is 0, or all are positive.

    >>> from sympy import Symbol
    >>> from derive.algebra.signs import Facts
    >>> k = Symbol("k", integer=True, nonnegative=True)
    >>> falling_product(k*(k - 1), Facts()), falling_product(k*(k - 2), Facts()), falling_product(-k*(k - 1), Facts())
    (True, False, False)
    """
    for k in e.args:
        if k.is_integer and k - 1 in e.args and facts.nonnegative(k):
            rest = [a for a in e.args if not (k - a).is_Integer]
            chain = {k - a for a in e.args if (k - a).is_Integer}
            return chain == set(range(len(chain))) and facts.nonnegative(Mul(*rest))
    return False


def logarithms_compared(e: Expr) -> Expr | None:
    """A − B, which has the sign of log A − log B; None where e is no sum of whole multiples of logarithms and of whole numbers."""
    above, below = S.One, S.One
    for arg in Add.make_args(e):
        n, rest = arg.as_coeff_Mul()
        if rest is S.One and n.is_Integer and e.has(log):  # n = log eⁿ
            rest = log(S.Exp1, evaluate=False)
        if not isinstance(rest, log) or not n.is_Integer:
            return None
        above, below = (above * rest.args[0] ** n, below) if n > 0 else (above, below * rest.args[0] ** -n)
    return above - below


def powers_in_order(m: Mono, n: Mono, facts: Facts) -> bool:
    """c A^e > c B^e where A > B ≥ 0, e > 0 and c > 0; or c F(A) > c F(B) for one function F."""
    above, below = [(a, k) for a, k in m if (a, k) not in n], [(a, k) for a, k in n if (a, k) not in m]
    if len(above) != 1 or len(below) != 1 or not mono_sign(m & n, facts):
        return False
    ((a, e), j), ((b, f), k) = above[0], below[0]
    if e != f or not j == k == 1:
        return False
    return e is S.One and larger(a, b, facts) or facts.positive(e) and facts.nonnegative(b) and facts.positive(a - b)


def same_base_exceeds(mono: Mono, facts: Facts) -> bool:
    """b^e > 1 where b > 1 and e > 0, or b < 1 and e < 0, for a power whose exponent stands in several terms."""
    (base, *others) = {b for (b, _), _ in mono}
    if others:
        return False
    exponent = Add(*(m * rational(n) for (_, m), n in mono))
    if facts.positive(base - 1):
        return facts.positive(exponent)
    return facts.positive(base) and facts.positive(1 - base) and facts.positive(-exponent)


def same_power_exceeds(mono: Mono, facts: Facts) -> bool:
    """(b/a)^m > 1 where b > a > 0 and m > 0."""
    powers = {m for (_, m), _ in mono}
    if len(powers) != 1 or S.One in powers or not all(facts.positive(b) for (b, _), _ in mono):
        return False
    (m,) = powers
    up = 1 if facts.positive(m) else -1 if facts.positive(-m) else 0
    above = rebuild({frozenset(((b, S.One), n * up) for (b, _), n in mono if n * up > 0): fmpq(1)})
    below = rebuild({frozenset(((b, S.One), -n * up) for (b, _), n in mono if n * up < 0): fmpq(1)})
    return up != 0 and facts.positive(above - below)


def root_dominates(total: Terms, facts: Facts) -> bool:
    """√A + B > 0 where A > B², as in √(x² + 1) + x, and B − √A > 0 where B > 0 and B² > A, as in x + c − √(c² − 1)."""
    roots = [mono for mono in total if any(n == fmpq(1, 2) and isinstance(b, Add) for (b, _), n in mono)]
    if len(roots) != 1 or not 2 <= len(total) <= MOST_BESIDE_A_ROOT or not mono_sign(roots[0], facts):
        return False
    c, rest = total[roots[0]], rebuild({mono: d for mono, d in total.items() if mono != roots[0]})
    gap = (rest**2 - rebuild({raised(roots[0], 2): c * c})).expand()
    return facts.positive(-gap) and facts.real(rest) if c > 0 else facts.positive(rest) and facts.positive(gap)


def exceeds_one(mono: Mono, facts: Facts, strict: bool = True) -> bool:
    """Whether a monomial is proved > 1 (or ≥ 1): its exponentials together, and each other atom."""
    exponent, ask = rebuild({multiply(term(m, facts)[1]): n for (b, m), n in mono if b is S.Exp1}), facts.positive if strict else facts.nonnegative
    if exponent != 0:
        rest = frozenset((a, n) for a, n in mono if a[0] is not S.Exp1)
        if ask(exponent) and (not rest or exceeds_one(rest, facts)):
            return True
        logs = [m * rational(n) * log(b) for (b, m), n in ordered(rest)]
        return bool(rest) and all(b.is_Symbol and facts.positive(b) for (b, _), _ in rest) and ask(Add(exponent, *logs))
    if len(mono) > 1 and (same_power_exceeds(mono, facts) or same_base_exceeds(mono, facts)):
        return True
    roots = {1 / m for (_, m), _ in mono if m is not S.One and (1 / m).is_Symbol and facts.positive(1 / m)}
    if roots and mono_sign(mono, facts) is not None and any(facts.positive(rebuild({mono: fmpq(1)}) ** q - 1) for q in sorted(roots, key=str)):
        return True
    for (b, m), n in ordered(mono):
        exponent = m * rational(n)
        up = b is S.Exp1 or zeta_exceeds_one(b, facts) or facts.positive(b - 1)
        down = not up and facts.positive(b) and facts.positive(1 - b)
        if not ((up and ask(exponent)) or (down and ask(-exponent))):
            return False
    return bool(mono)
