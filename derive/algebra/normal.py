"""Normal form of products of powers, exponentials and gamma functions, and equality by it.

Everything is a sum of terms, each a rational times a monomial, and a monomial is a product of atoms to rational powers. An atom
(b, m) stands for b**m with a monic m, so that x**(a - 1)*exp(-b*x) is (x, a)¹ (x, 1)⁻¹ (e, b x)⁻¹, and equal products are equal
dictionaries. Powers of products are split only where the facts prove the factors nonnegative.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Add, Expr, Mul, Pow, S, cos, exp, log, sin, sympify

from derive.algebra import function_terms
from derive.algebra.monomials import (
    MAX_TERMS,
    ONE,
    UNIT,
    ZERO,
    Atom,
    Mono,
    Terms,
    TooLarge,
    add_to,
    content,
    multiply,
    opaque,
    ordered,
    polynomial_factors,
    prime_powers,
    product,
    raised,
    rebuild,
    rebuild_mono,
    tidy,
)

if TYPE_CHECKING:
    from derive.algebra.signs import Facts


def terms(e: Expr, facts: Facts) -> Terms:
    """`e` as a sum of terms, like terms collected. Sums inside products and powers stay whole, as atoms."""
    if isinstance(e, Add):
        total: Terms = {}
        for arg in e.args:
            add_to(total, terms(arg, facts))
        return total
    if isinstance(e, log):
        return log_terms(e.args[0], facts)
    if isinstance(e, Mul) and (split := distributed(e, facts)) is not None:
        return split
    c, mono = term(e, facts)
    return {mono: c} if c else {}


def distributed(e: Mul, facts: Facts) -> Terms | None:
    """c·(a + b) as ca + cb where exactly one factor is a sum: what people see as a sum."""
    sums = [a for a in e.args if isinstance(a, (Add, log))]
    if len(sums) != 1:
        return None
    inner = terms(sums[0], facts)
    if len(inner) < 2:
        return None
    c, mono = term(Mul(*(a for a in e.args if a is not sums[0])), facts)
    product: Terms = {}
    for m, d in inner.items():
        d, m = tidy(c * d, multiply(m, mono))
        add_to(product, {m: d})
    return product


def log_terms(z: Expr, facts: Facts) -> Terms:
    """log of a product of nonnegative factors is the sum of their logs."""
    c, mono = term(z, facts)
    total: Terms = {}
    rest = []
    if c <= 0:
        return {frozenset({((log(canonical(z, facts)), S.One), UNIT)}): UNIT}
    for p, k in prime_powers(c):
        add_to(total, {frozenset({((log(p), S.One), UNIT)}): fmpq(k)})
    for (b, m), n in mono:
        if b is S.Exp1 and real(m, facts):
            add_to(total, terms(m, facts), n)
        elif facts.nonnegative(b) and real(m, facts):
            c, power_ = term(m, facts)
            add_to(total, {multiply(power_, frozenset({((log(b), S.One), UNIT)})): c * n})
        else:
            rest.append(((b, m), n))
    if rest:
        left = log(rebuild_mono(frozenset(rest)))
        add_to(total, {frozenset({((left, S.One), UNIT)}): UNIT})
    return total


def term(e: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    """`e` as one term: a rational and a monomial. Kept per call in `facts`."""
    found = facts.memo.get(e)
    if found is None:
        found = tidy(*_term(e, facts))
        if facts.settled or not e.has(Add):
            facts.memo[e] = found
    return found


def _term(e: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    if e.is_Rational:
        return fmpq(int(e.p), int(e.q)), ONE
    if e.is_Symbol or e is S.Pi or e is S.Exp1 or e is S.ImaginaryUnit:
        return UNIT, frozenset({((e, S.One), UNIT)})
    if isinstance(e, Mul):
        parts = [term(arg, facts) for arg in e.args]
        return prod((c for c, _ in parts if c is not UNIT), start=UNIT), multiply(*(mono for _, mono in parts))
    if isinstance(e, exp):
        return power(S.Exp1, e.args[0], facts)
    if isinstance(e, Pow):
        return power(e.base, e.exp, facts)
    if isinstance(e, Add):
        return whole_sum(terms(e, facts), facts)
    if isinstance(e, log):
        return whole_sum(log_terms(e.args[0], facts), facts)
    return function_terms.function_term(e, facts)


def power(base: Expr, exponent: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    """base**exponent: exponents of nonnegative factors multiply, what is left over is a base of its own."""
    c, mono = term(base, facts)
    if exponent.is_Integer:
        n = int(exponent)
        if c == 0:
            return (ZERO, ONE) if n > 0 else opaque(Pow(base, exponent))
        return c**n, raised(mono, n)
    if c == 0:
        return (ZERO, ONE) if facts.positive(exponent) else opaque(Pow(base, exponent))
    if c < 0 and exponent.is_even:  # (−b)^(2n) = b^(2n)
        c = -c
    good = [(a, n) for a, n in mono if facts.nonnegative(a[0]) and real(a[1], facts)]
    bad = [part for part in mono if part not in good]
    parts = [(p, fmpq(n)) for p, n in prime_powers(abs(c))] + [(b if m is S.One else Pow(b, m), n) for (b, m), n in good]
    if bad or c < 0:
        left = Mul(S.NegativeOne if c < 0 else S.One, rebuild_mono(frozenset(bad)))
        again = Pow(left, exponent)
        if not (isinstance(again, Pow) and again.base == left) and again.func is not exp:
            d, rest = term(again, facts)
            return lifted(parts, exponent, facts, d, rest)
        parts.append((left, UNIT))
    return lifted(parts, exponent, facts)


def lifted(parts: list[tuple[Expr, fmpq]], exponent: Expr, facts: Facts, c: fmpq = UNIT, mono: Mono = ONE
           ) -> tuple[fmpq, Mono]:  # fmt: skip
    """∏ b^(n·exponent) as atoms, one for each term of the exponent."""
    atoms: dict[Atom, fmpq] = {}
    for m, k in multiplied_out(terms(exponent, facts), facts).items():
        for b, n in parts:
            atom, k2 = atom_of(b, m, facts)
            atoms[atom] = atoms.get(atom, ZERO) + k * n * k2
    return c, multiply(mono, frozenset((a, e) for a, e in atoms.items() if e))


def atom_of(base: Expr, m: Mono, facts: Facts) -> tuple[Atom, fmpq]:
    """The atom base**m. e^(m log b) is b^m, (b^p)^m is b^(pm), and b^(log b) is e^(log² b)."""
    if base is S.Exp1:
        logs = [(a, n) for (a, n) in m if isinstance(a[0], log) and a[1] is S.One and n == 1]
        if len(logs) == 1:
            inner = logs[0][0][0].args[0]
            return (inner, rebuild_mono(m - {logs[0]})), UNIT
        return (base, rebuild_mono(m)), UNIT
    if isinstance(base, (Pow, exp)):
        b, p = base.as_base_exp()
        if (b.is_positive or facts.nonnegative(b)) and real(p, facts):
            k, q = term(p, facts)
            (atom, k2) = atom_of(b, multiply(q, m), facts)
            return atom, k * k2
    if any(isinstance(b, log) and b.args[0] == base and p is S.One for (b, p), _ in m) and (base.is_positive or facts.positive(base)):
        own = (log(base), S.One)  # b^(m log b) is e^(m log² b)
        return (S.Exp1, rebuild_mono(multiply(m, frozenset({(own, UNIT)})))), UNIT
    return (base, rebuild_mono(m)), UNIT


def real(e: Expr, facts: Facts) -> bool:
    """Whether an exponent is proved real: (b^p)^m = b^(pm) and log(b^p) = p log b need it."""
    return facts.real(e) or bool(e.is_real)


def whole_sum(total: Terms, facts: Facts) -> tuple[fmpq, Mono]:
    """A sum as one term: its content times its irreducible factors, each an atom."""
    if not total:
        return ZERO, ONE
    if len(total) == 1:
        ((mono, c),) = total.items()
        return c, mono
    if len(total) > MAX_TERMS:
        raise TooLarge(f"a sum of more than {MAX_TERMS} terms")
    c, common, primitive = content(total)
    if any(isinstance(b, Add) and m is S.One and e >= 1 for mono in primitive for (b, m), e in mono):
        spread_out = multiplied_out(primitive, facts)
        if not spread_out:
            return ZERO, ONE
        again, more, primitive = content(spread_out)
        c, common = tidy(c * again, multiply(common, more))
        if len(primitive) < 2:
            return c * next(iter(primitive.values()), ZERO), multiply(common, next(iter(primitive), ONE))
    c, common, body = signed(c, common, primitive, facts)
    factors = polynomial_factors(body) if isinstance(body, Add) else None
    if factors is None:
        return c, multiply(common, frozenset({((body, S.One), UNIT)}))
    number, pieces = factors
    c *= number
    for piece, n in pieces:
        d, mono = whole_sum_factor(piece, facts)
        c, common = c * d**n, multiply(common, raised(mono, n))
    return c, common


def whole_sum_factor(piece: Expr, facts: Facts) -> tuple[fmpq, Mono]:
    if not isinstance(piece, Add):
        return term(piece, facts)
    total = terms(piece, facts)
    c, common, body = signed(*content(total), facts)
    return c, multiply(common, frozenset({((body, S.One), UNIT)}))


def signed(c: fmpq, common: Mono, primitive: Terms, facts: Facts) -> tuple[fmpq, Mono, Expr]:
    """A primitive sum with the sign that makes it positive, where that is known."""
    body, known = rebuild(primitive), facts.quick()
    if facts.settled and known.settled and not known.nonnegative(body) and known.nonnegative(-body):
        return -c, common, rebuild({m: -n for m, n in primitive.items()})
    return c, common, body


def multiplied_out(total: Terms, facts: Facts) -> Terms:
    """`total` with the small whole powers of sums in it multiplied out, and sin² written 1 − cos², so that equal exponents look equal."""
    for _ in range(8):
        found = next(((mono, a, n) for mono in total for a, n in ordered(mono) if a[1] is S.One and n.denominator == 1 and (
            (isinstance(a[0], Add) and 0 < n <= 6) or (isinstance(a[0], sin) and 2 <= n <= 6))), None)  # fmt: skip
        if found is None:
            break
        mono, (base, one), n = found
        step = 1 if isinstance(base, Add) else 2
        factor = terms(base if step == 1 else 1 - cos(base.args[0]) ** 2, facts)
        piece: Terms = {multiply(mono - {((base, one), n)}, frozenset({((base, one), UNIT)} if int(n) % step else ())): total[mono]}
        for _ in range(int(n) // step):
            piece = product(piece, factor)
        total = add_to({m: c for m, c in total.items() if m != mono}, piece)
    return total


def canonical(e: Expr, facts: Facts) -> Expr:
    """`e` in normal form; equal normal forms mean equal expressions, not conversely.

    >>> from sympy import symbols, gamma
    >>> from derive.algebra.signs import Facts
    >>> a, b = symbols("a b", positive=True)
    >>> canonical(gamma(a + 1)*(a*b)**b/a**b, Facts()) == canonical(a*b**b*gamma(a), Facts())
    True
    """
    return rebuild(terms(sympify(e), facts))
