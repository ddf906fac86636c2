"""The form in which a closed form is shown: the shortest of a few equal ones, the same from run to run."""

from itertools import combinations

from sympy import (
    Add,
    Expr,
    Mul,
    Pow,
    S,
    asin,
    atan,
    beta,
    binomial,
    cancel,
    cos,
    dirichlet_eta,
    erf,
    exp,
    expand_mul,
    factor,
    factor_terms,
    gamma,
    log,
    polygamma,
    polylog,
    sin,
    sinh,
    together,
)

from derive.algebra.looks import cost, scattered
from derive.algebra.monomials import TooLarge, label, rational, rebuild
from derive.algebra.normal import term, terms
from derive.algebra.rational import short, shortest
from derive.algebra.rewrites import rewritten
from derive.algebra.signs import Facts
from derive.language.parts import contains, every, operations
from derive.language.totals import Total
from derive.search.logs_short import (
    LONG,
    exponentials_inside,
    exponents_short,
    in_sinh,
    log_upright,
    logs_together,
    numbers_in_one_log,
    tails_together,
)
from derive.search.waves_short import falling_arcs, half_arguments, roots_of_waves, tangents

SHORT = 6  # terms of a polynomial that is factored
HALVES = {S.Half, -S.Half}
FEW = 2  # terms of a sum whose common factors are taken out
NAMED_SHORTER = polylog, dirichlet_eta, atan, polygamma  # some of their values have a shorter name: a logarithm, ζ, an arccosine, π²/2 − 4


def presentable(value: Expr, facts: Facts) -> Expr:
    """The shortest of `value`, its normal form, and its factors brought together.

    >>> from sympy import symbols, sqrt, pi
    >>> s = symbols("s", positive=True)
    >>> presentable(sqrt(pi)/sqrt(1/(2*s**2)), Facts())
    sqrt(2)*sqrt(pi)*s
    """
    if value.is_Symbol or value.is_Rational or contains(value, Total):
        return value
    if (number := as_number(value, facts)) is not None:
        return number
    best = min(forms(value, facts), key=lambda e: (cost(e) + 2 * scattered(e) + (0 if e == value else 1), label(e)))
    if any(map(divides, every(best, Pow))):
        best = min(turned_over(best), best, key=cost)
    if contains(best, cos, sin):
        best = roots_of_waves(best, facts)
    if contains(best, sinh, sin):
        best = Add(*(tangents(half_arguments(part)) for part in Add.make_args(best)))
    if contains(best, binomial):
        best = next_in_row(best)
    if contains(best, *NAMED_SHORTER):
        best = best.xreplace({e: short for e in every(best, *NAMED_SHORTER) if (short := rewritten(e, facts)) is not None})
    if contains(best, asin):
        best = falling_arcs(best)
    best = in_sinh(best) if contains(best, exp) else best
    return sign_inside(absorbed(raised(turned(arguments_short(numbers_in_one_log(log_upright(best))), facts), facts), facts))


def next_in_row(e: Expr) -> Expr:
    """(n − r) C(n, r)/(r + 1) as C(n, r + 1).

    >>> from sympy import symbols
    >>> n, r = symbols("n r", integer=True, nonnegative=True)
    >>> next_in_row((n - r)*binomial(n, r)/(r + 1))
    binomial(n, r + 1)
    """
    for row in every(e, binomial) if isinstance(e, Mul) else ():
        n, r = row.args
        if {n - r, 1 / (r + 1)} <= set(e.args):
            return e / row / (n - r) * (r + 1) * binomial(n, r + 1)
    return e


def as_number(value: Expr, facts: Facts) -> Expr | None:
    """The rational number that the normal form is, where it is one: there is no shorter form."""
    try:
        c, mono = term(value, facts)
    except TooLarge:
        return None
    return None if mono else rational(c)


def sign_inside(e: Expr) -> Expr:
    """−c(a − b) as c(b − a), −c/(a − b) as c/(b − a), and so for other odd powers, and under roots.

    >>> from sympy import sqrt
    >>> from sympy.abc import a, b, c
    >>> sign_inside(-c*(a - b)), sign_inside(-c/(2*(a - b))), sign_inside(-c*(a + b)), sign_inside(b*sqrt(-c/(c - 1)))
    (c*(-a + b), c/(-2*a + 2*b), -c*(a + b), b*sqrt(c/(1 - c)))
    """
    if isinstance(e, Add) and contains(e, Pow):
        return Add(*map(denominator_upright, e.args))
    roots = [p for p in every(e, Pow) if p.exp in HALVES and isinstance(p.base, Mul) and p.base.args[0].is_negative]
    if roots:
        e = e.xreplace({p: sign_inside(p.base) ** p.exp for p in roots})
    if not (isinstance(e, Mul) and e.args[0].is_Rational and e.args[0].is_negative):
        return e
    for part in e.args[1:]:
        base, n = part.as_base_exp()
        if isinstance(base, Add) and n.is_odd and any(t.could_extract_minus_sign() for t in base.args):
            return Mul(-e.args[0], (-base) ** n, *(other for other in e.args[1:] if other != part))
    return e


def denominator_upright(term: Expr) -> Expr:
    """1/(−a − 1) as −1/(a + 1).

    >>> from sympy.abc import a
    >>> denominator_upright(1/(-a - 1))
    -1/(a + 1)
    """
    for part in Mul.make_args(term):
        base, n = part.as_base_exp()
        if isinstance(base, Add) and n.is_Integer and n.is_odd and n < 0 and all(t.could_extract_minus_sign() for t in base.args):
            return -term / part * (-base) ** n
    return term


def arguments_short(e: Expr) -> Expr:
    """Γ(c − bc/(a + b)) as Γ(ac/(a + b)): arguments of gamma and beta functions and of sines as short fractions.

    >>> from sympy.abc import a, b, c
    >>> arguments_short(gamma(c - b*c/(a + b)))
    gamma(a*c/(a + b))
    """

    def long(f: Expr) -> bool:
        return isinstance(f, (gamma, beta, sin)) and any(isinstance(p.base, Add) and p.exp.is_negative for p in every(f, Pow))

    return e.replace(long, lambda f: f.func(*map(shortest, f.args))) if contains(e, gamma, beta, sin) else e


def turned(e: Expr, facts: Facts) -> Expr:
    """Powers of a reciprocal with a negative exponent, the other way up.

    >>> from sympy import symbols
    >>> n, s = symbols("n s", positive=True)
    >>> turned((1/(2*s**2))**(-n), Facts())
    (2*s**2)**n
    """
    down = [p for p in every(e, Pow) if not p.exp.is_number and p.exp.could_extract_minus_sign() and cost(1 / p.base) < cost(p.base)]
    return e.xreplace({p: (1 / p.base) ** (-p.exp) for p in down if facts.positive(p.base)}) if down else e


def raised(e: Expr, facts: Facts) -> Expr:
    """Γ(z) by Γ(z + 1) where z < 0 < z + 1: books print Γ(1 − 1/n).

    >>> from sympy import Symbol
    >>> n = Symbol("n", positive=True)
    >>> raised(-gamma(-1/n), Facts([n > 1]))
    n*gamma(1 - 1/n)
    """
    below = (g for g in sorted(every(e, gamma), key=label) if facts.positive(-g.args[0]) and facts.positive(g.args[0] + 1))
    return e.xreplace({g: gamma(g.args[0] + 1) / g.args[0] for g in below})


def absorbed(e: Expr, facts: Facts) -> Expr:
    """z Γ(z) as Γ(z + 1) where z may be 0: there only the second is defined.

    >>> from sympy import symbols
    >>> n, a = symbols("n", nonnegative=True), symbols("a", positive=True)
    >>> absorbed(n*gamma(n)/(a*gamma(a)), Facts())
    gamma(n + 1)/(a*gamma(a))
    >>> absorbed(1/(n*gamma(n/2)), Facts())
    1/(2*gamma(n/2 + 1))
    >>> b, c = symbols("b c", real=True)
    >>> absorbed((a*c + b)*gamma(b/a + c), Facts())
    a*gamma(c + 1 + b/a)
    """
    if not contains(e, gamma):
        return e
    factors = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    for g in [f for f in factors if isinstance(f, gamma)]:
        z, n = g.args[0], factors[g]
        whole = next((w for w in factors if w.free_symbols and is_multiple(w, z, facts)), z)
        if whole in factors and n.is_Integer and factors[whole].is_Integer and n * factors[whole] > 0 and not facts.nonzero(z):
            k = min(abs(n), abs(factors[whole])) * (1 if n > 0 else -1)
            return absorbed(e * (cancel(whole / z) * gamma(z + 1)) ** k / (g * whole) ** k, facts)
    return e.func(*(absorbed(a, facts) for a in e.args))


def is_multiple(w: Expr, z: Expr, facts: Facts) -> bool:
    """Whether w is a multiple of z that vanishes with it alone: n beside n/2, and a c + b beside b/a + c."""
    if (w / z).is_Rational:
        return True
    times = cancel(w / z) if isinstance(w, Add) and isinstance(z, Add) and w.free_symbols == z.free_symbols else None
    return times is not None and not times.atoms(Add) and facts.nonzero(times)


def forms(value: Expr, facts: Facts) -> list[Expr]:
    """Equal expressions to choose from."""
    found = [value]
    if value.free_symbols and value.is_rational_function() and LONG < operations(value) < 10 * LONG and short(value):
        found.append(cancel(value))
    if isinstance(value, Add) and len(value.args) <= SHORT and len(value.free_symbols) == 1 and value.is_polynomial() and short(value):
        found.append(factor(value))
    try:
        total, whole = terms(value, facts), term(value, facts)
        found.append(rebuild(total))
        if list(total.items()) != [(whole[1], whole[0])]:
            found.append(rebuild({whole[1]: whole[0]}))
    except TooLarge:
        pass
    found = list(dict.fromkeys([*map(same_bases, found), *(squares_apart(e, facts) for e in found)]))
    found += [change(e) for e in found for change in (exponents_short, exponentials_inside, logs_together) if contains(e, exp, log)]
    found += [tails_together(e) for e in found if contains(e, erf)]
    found += [factor_terms(e, sign=False) for e in found if isinstance(e, Add) and len(e.args) <= FEW and shares_factors(e)]
    return list(dict.fromkeys(found))


def divides(p: Pow) -> bool:
    """Whether a power divides by a sum with a fraction in it."""
    return p.exp.is_Integer and p.exp.is_negative and isinstance(p.base, Add) and any(
        isinstance(q, Pow) and q.exp.is_Integer and q.exp.is_negative for term in p.base.args for q in Mul.make_args(term))


def turned_over(e: Expr) -> Expr:
    """1/(1 − b/a) as a/(a − b).

    >>> from sympy.abc import a, b
    >>> turned_over(1/(1 - b/a))
    a/(a - b)
    """
    return e.replace(lambda p: isinstance(p, Pow) and divides(p), lambda p: (1 / together(p.base)) ** -p.exp)


def shares_factors(e: Add) -> bool:
    """Whether the terms of a sum may have a factor in common, or something in them."""
    bases = [{factor.as_base_exp()[0] for factor in Mul.make_args(term)} for term in e.args]
    return bool(set.intersection(*bases)) or e.primitive()[0] != 1 or any(contains(term, Add) for term in e.args)


def same_bases(e: Expr) -> Expr:
    """√n n^(n/2) n^(−(n + 1)/2) as 1: SymPy leaves them side by side.

    >>> from sympy import Symbol, sqrt
    >>> n = Symbol("n", real=True)
    >>> same_bases(sqrt(n)*n**(n/2)*n**(-n/2 - 1)*(n + 1))
    (n + 1)/sqrt(n)
    """
    powers = [f.as_base_exp() for f in e.args] if isinstance(e, Mul) else []
    bases = [b for b, _ in powers]
    if len(set(bases)) == len(bases):
        return e
    return Mul(*(b ** Add(*(n for base, n in powers if base == b)) for b in dict.fromkeys(bases)))


def squares_apart(e: Expr, facts: Facts) -> Expr:
    """(a − b)^n (a + b)^n as (a² − b²)^n.

    >>> from sympy import sqrt, symbols
    >>> r = symbols("r", real=True)
    >>> squares_apart(sqrt(1 - r)*sqrt(1 + r), Facts([r > -1, r < 1]))
    sqrt(1 - r**2)
    """
    if not contains(e, Add):
        return e
    if isinstance(e, Add) or isinstance(e, Mul) and any(isinstance(a, Add) and contains(a, Pow) for a in e.args):
        e = e.func(*(squares_apart(a, facts) for a in e.args))
    powers = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    sums = sorted((b for b in powers if isinstance(b, Add) and len(b.args) == 2), key=label)
    for a, b in combinations(sums, 2):
        n, product = powers[a], expand_mul(a * b)
        if powers[b] == n and len(Add.make_args(product)) == 2 and (n.is_Integer or facts.nonnegative(a) and facts.nonnegative(b)):
            rest = Mul(*(base**m for base, m in powers.items() if base not in (a, b)), evaluate=False)
            return Mul(squares_apart(rest, facts), product**n)
    return e
