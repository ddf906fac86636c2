"""Normal form of products of powers, exponentials and gamma functions, and equality by it.

Everything is a sum of terms, each a rational times a monomial, and a monomial is a product of atoms to rational powers. An atom
(b, m) stands for b**m with a monic m, so that x**(a - 1)*exp(-b*x) is (x, a)¹ (x, 1)⁻¹ (e, b x)⁻¹, and equal products are equal
dictionaries. Powers of products are split only where the facts prove the factors nonnegative.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor, prod
from typing import TYPE_CHECKING

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Heaviside,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    Tuple,
    acosh,
    asinh,
    atanh,
    beta,
    binomial,
    catalan,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    erf,
    erfc,
    exp,
    factorial,
    ff,
    gamma,
    log,
    pi,
    rf,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    sympify,
    tan,
    tanh,
)  # fmt: skip

from derive.algebra.cases import CASES, settle
from derive.algebra.monomials import (
    MAX_TERMS,
    ONE,
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
from derive.algebra.rational import divided
from derive.algebra.special import plainly
from derive.language.totals import Atoms, Measure, Total

if TYPE_CHECKING:
    from derive.algebra.signs import Facts
MAX_SHIFT = 12  # Γ(z + n) is unfolded for |n| up to this


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
        return {frozenset({((log(canonical(z, facts)), S.One), Fraction(1))}): Fraction(1)}
    for p, k in prime_powers(c):
        add_to(total, {frozenset({((log(p), S.One), Fraction(1))}): Fraction(k)})
    for (b, m), n in mono:
        if b is S.Exp1 and real(m, facts):
            add_to(total, terms(m, facts), n)
        elif facts.nonnegative(b) and real(m, facts):
            c, power_ = term(m, facts)
            add_to(total, {multiply(power_, frozenset({((log(b), S.One), Fraction(1))})): c * n})
        else:
            rest.append(((b, m), n))
    if rest:
        left = log(rebuild_mono(frozenset(rest)))
        add_to(total, {frozenset({((left, S.One), Fraction(1))}): Fraction(1)})
    return total


def term(e: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    """`e` as one term: a rational and a monomial. Kept per call in `facts`."""
    found = facts.memo.get(e)
    if found is None:
        found = tidy(*_term(e, facts))
        if facts.settled or not e.has(Add):
            facts.memo[e] = found
    return found


def _term(e: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    if e.is_Rational:
        return Fraction(int(e.p), int(e.q)), ONE
    if e.is_Symbol or e is S.Pi or e is S.Exp1 or e is S.ImaginaryUnit:
        return Fraction(1), frozenset({((e, S.One), Fraction(1))})
    if isinstance(e, Mul):
        parts = [term(arg, facts) for arg in e.args]
        return prod((c for c, _ in parts), start=Fraction(1)), multiply(*(mono for _, mono in parts))
    if isinstance(e, exp):
        return power(S.Exp1, e.args[0], facts)
    if isinstance(e, Pow):
        return power(e.base, e.exp, facts)
    if isinstance(e, Add):
        return whole_sum(terms(e, facts), facts)
    if isinstance(e, log):
        return whole_sum(log_terms(e.args[0], facts), facts)
    return function_term(e, facts)


def power(base: Expr, exponent: Expr, facts: Facts) -> tuple[Fraction, Mono]:
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
    parts = [(p, Fraction(n)) for p, n in prime_powers(abs(c))] + [(b if m is S.One else Pow(b, m), n) for (b, m), n in good]
    if bad or c < 0:
        left = Mul(S.NegativeOne if c < 0 else S.One, rebuild_mono(frozenset(bad)))
        again = Pow(left, exponent)
        if not (isinstance(again, Pow) and again.base == left) and again.func is not exp:
            d, rest = term(again, facts)
            return lifted(parts, exponent, facts, d, rest)
        parts.append((left, Fraction(1)))
    return lifted(parts, exponent, facts)


def lifted(parts: list[tuple[Expr, Fraction]], exponent: Expr, facts: Facts, c: Fraction = Fraction(1), mono: Mono = ONE
           ) -> tuple[Fraction, Mono]:  # fmt: skip
    """∏ b^(n·exponent) as atoms, one for each term of the exponent."""
    atoms: dict[Atom, Fraction] = {}
    for m, k in multiplied_out(terms(exponent, facts), facts).items():
        for b, n in parts:
            atom, k2 = atom_of(b, m, facts)
            atoms[atom] = atoms.get(atom, ZERO) + k * n * k2
    return c, multiply(mono, frozenset((a, e) for a, e in atoms.items() if e))


def atom_of(base: Expr, m: Mono, facts: Facts) -> tuple[Atom, Fraction]:
    """The atom base**m. e^(m log b) is b^m, (b^p)^m is b^(pm), and b^(log b) is e^(log² b)."""
    if base is S.Exp1:
        logs = [(a, n) for (a, n) in m if isinstance(a[0], log) and a[1] is S.One and n == 1]
        if len(logs) == 1:
            inner = logs[0][0][0].args[0]
            return (inner, rebuild_mono(m - {logs[0]})), Fraction(1)
        return (base, rebuild_mono(m)), Fraction(1)
    if isinstance(base, (Pow, exp)):
        b, p = base.as_base_exp()
        if (b.is_positive or facts.nonnegative(b)) and real(p, facts):
            k, q = term(p, facts)
            (atom, k2) = atom_of(b, multiply(q, m), facts)
            return atom, k * k2
    own = (log(base), S.One)  # b^(m log b) is e^(m log² b)
    if any(a == own for a, _ in m) and (base.is_positive or facts.positive(base)):
        return (S.Exp1, rebuild_mono(multiply(m, frozenset({(own, Fraction(1))})))), Fraction(1)
    return (base, rebuild_mono(m)), Fraction(1)


def real(e: Expr, facts: Facts) -> bool:
    """Whether an exponent is proved real: (b^p)^m = b^(pm) and log(b^p) = p log b need it."""
    return facts.real(e) or bool(e.is_real)


def whole_sum(total: Terms, facts: Facts) -> tuple[Fraction, Mono]:
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
        return c, multiply(common, frozenset({((body, S.One), Fraction(1))}))
    number, pieces = factors
    c *= number
    for piece, n in pieces:
        d, mono = whole_sum_factor(piece, facts)
        c, common = c * d**n, multiply(common, raised(mono, n))
    return c, common


def whole_sum_factor(piece: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    if not isinstance(piece, Add):
        return term(piece, facts)
    total = terms(piece, facts)
    c, common, body = signed(*content(total), facts)
    return c, multiply(common, frozenset({((body, S.One), Fraction(1))}))


def signed(c: Fraction, common: Mono, primitive: Terms, facts: Facts) -> tuple[Fraction, Mono, Expr]:
    """A primitive sum with the sign that makes it positive, where that is known."""
    body = rebuild(primitive)
    if facts.settled and not facts.nonnegative(body) and facts.nonnegative(-body):
        return -c, common, rebuild({m: -n for m, n in primitive.items()})
    return c, common, body


def function_term(e: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    """Functions that are products of others are written as those; any other stands as an atom with its arguments in normal form."""
    written = rewritten(e, facts)
    if written is not None:
        return term(written, facts)
    if isinstance(e, gamma):
        return gamma_term(e.args[0], facts)
    if isinstance(e, Abs):
        return abs_term(e.args[0], facts)
    if isinstance(e, CASES) and (plain := settle(e, facts)) != e:
        return term(plain, facts)
    if isinstance(e, Total):
        return opaque(canonical_total(e, facts))
    if isinstance(e, Piecewise):
        return opaque(canonical_cases(e, facts))
    if e.args and isinstance(e, Expr):
        argument = spread if isinstance(e, (Max, Min, Heaviside)) else canonical_argument
        arguments = tuple(argument(a, facts) for a in e.args)
        again = e if arguments == e.args else e.func(*arguments)
        if again != e and again.func is not e.func:
            return term(again, facts)
        plain = plainly(again)
        return opaque(again) if plain is None else term(plain, facts)
    return opaque(e)


def canonical_cases(e: Piecewise, facts: Facts) -> Expr:
    """The values in normal form, and the bars in the conditions opened where the facts decide them."""
    pairs = ((canonical(v, facts), c.replace(lambda b: isinstance(b, CASES), lambda b: settle(b, facts))) for v, c in e.args)
    return Piecewise(*pairs)


def canonical_argument(a: Basic, facts: Facts) -> Basic:
    """An argument of a function, or a list of such."""
    if isinstance(a, Tuple):
        return Tuple(*(canonical_argument(part, facts) for part in a))
    return canonical(a, facts) if isinstance(a, Expr) else a


def spread(a: Expr, facts: Facts) -> Expr:
    """What Max, Min and a step compare, multiplied out: |m − x|/s with x < m looks like m/s − x/s."""
    return rebuild(multiplied_out(terms(a, facts), facts))


REWRITES: dict[type, Callable[..., Expr]] = {
    factorial: lambda n: gamma(n + 1),
    beta: lambda a, b: gamma(a) * gamma(b) / gamma(a + b),
    rf: lambda a, n: gamma(a + n) / gamma(a),
    ff: lambda a, n: gamma(a + 1) / gamma(a - n + 1),
    catalan: lambda n: 4**n * gamma(n + S.Half) / (sqrt(pi) * gamma(n + 2)),
    binomial: lambda n, k: gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1)),
    sinh: lambda x: (exp(x) - exp(-x)) / 2,
    cosh: lambda x: (exp(x) + exp(-x)) / 2,
    tanh: lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    coth: lambda x: (exp(x) + exp(-x)) / (exp(x) - exp(-x)),
    sech: lambda x: 2 / (exp(x) + exp(-x)),
    csch: lambda x: 2 / (exp(x) - exp(-x)),
    tan: lambda x: sin(x) / cos(x),
    cot: lambda x: cos(x) / sin(x),
    sec: lambda x: 1 / cos(x),
    csc: lambda x: 1 / sin(x),
    erfc: lambda x: 1 - erf(x),
    asinh: lambda x: log(x + sqrt(x**2 + 1)),
    acosh: lambda x: log(x + sqrt(x**2 - 1)),
    atanh: lambda x: log((1 + x) / (1 - x)) / 2,
}


def rewritten(e: Expr, facts: Facts) -> Expr | None:
    """e in terms of Γ and exp, where it is a product or sum of such."""
    make = REWRITES.get(e.func)
    if make is None or (e.func is binomial and not facts.positive(e.args[0] + 1)):  # Γ(n + 1) has no pole there
        return None
    return make(*e.args)


def gamma_term(z: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    """Γ(z + n) = Γ(z) z (z + 1) … (z + n − 1), so that the constant part of the argument lies in [0, 1)."""
    parts = terms(divided(z), facts)
    shift = floor(parts.get(ONE, ZERO))
    if len(parts) < 2 or shift == 0 or abs(shift) > MAX_SHIFT:
        return opaque(gamma(rebuild(parts)))
    base = rebuild(add_to(dict(parts), {ONE: Fraction(-shift)}))
    c, mono = opaque(gamma(base))
    for i in range(min(shift, 0), max(shift, 0)):
        d, factor = term(base + i, facts)
        sign = 1 if shift > 0 else -1
        c, mono = c * d**sign, multiply(mono, raised(factor, sign))
    return c, mono


def abs_term(z: Expr, facts: Facts) -> tuple[Fraction, Mono]:
    """|z| factor by factor; a factor whose sign is known loses its bars."""
    c, mono = term(z, facts)
    c, result = abs(c), ONE
    for (b, m), n in mono:
        factor: Mono = frozenset({((b, m), n)})
        if not (facts.nonnegative(b) and real(m, facts)):
            if m is not S.One or n.denominator != 1:
                return opaque(Abs(z))
            if facts.nonnegative(-b):
                c *= (-1) ** int(n)
            elif n % 2 or not real(b, facts):
                factor = frozenset({((Abs(b), S.One), n)})
        result = multiply(result, factor)
    return c, result


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
        piece: Terms = {multiply(mono - {((base, one), n)}, frozenset({((base, one), n % step)} if n % step else ())): total[mono]}
        for _ in range(int(n) // step):
            piece = product(piece, factor)
        total = add_to({m: c for m, c in total.items() if m != mono}, piece)
    return total


def canonical_total(total: Total, facts: Facts) -> Total:
    """A total with its bound variable named by its depth, so that totals that differ in that name alone are equal."""
    depth = 1 + max((int(t.x.name[1:]) for t in total.body.atoms(Total) if t.x.name.startswith("·")), default=0)
    measure = canonical_measure(total.measure, facts)
    inner = facts.within(total.x, total.measure)
    body = canonical(total.body, inner)
    bound = Symbol(f"·{depth}", **total.x._assumptions_orig)
    return Total(body.xreplace({total.x: bound}), bound, measure)


def canonical_measure(measure: Basic, facts: Facts) -> Basic:
    if not isinstance(measure, Measure):
        return measure
    args = [a if a.is_infinite else canonical(a, facts) for a in measure.args]
    return measure.func(*(sorted(args, key=str) if isinstance(measure, Atoms) else args))


def canonical(e: Expr, facts: Facts) -> Expr:
    """`e` in normal form; equal normal forms mean equal expressions, not conversely.

    >>> from sympy import symbols, gamma
    >>> from derive.algebra.signs import Facts
    >>> a, b = symbols("a b", positive=True)
    >>> canonical(gamma(a + 1)*(a*b)**b/a**b, Facts()) == canonical(a*b**b*gamma(a), Facts())
    True
    """
    return rebuild(terms(sympify(e), facts))
