"""The form in which a closed form is shown: the shortest of a few equal ones, the same from run to run."""

from itertools import combinations

from sympy import Add, Expr, Mul, Pow, S, beta, cancel, expand_mul, gamma, sin

from derive.algebra.monomials import TooLarge, label, rebuild_mono
from derive.algebra.normal import canonical, term
from derive.algebra.rational import shortest
from derive.algebra.signs import Facts
from derive.language.totals import Total

LONG = 20  # operations from which on a rational function is multiplied out to see what cancels


def presentable(value: Expr, facts: Facts) -> Expr:
    """The shortest of `value`, its normal form, and its factors brought together.

    >>> from sympy import symbols, sqrt, pi
    >>> s = symbols("s", positive=True)
    >>> presentable(sqrt(pi)/sqrt(1/(2*s**2)), Facts())
    sqrt(2)*sqrt(pi)*s
    """
    if value.is_Symbol or value.is_Rational or value.has(Total):
        return value
    best = min(forms(value, facts), key=lambda e: (cost(e) + (0 if e == value else 1), label(e)))
    return sign_inside(absorbed(raised(turned(arguments_short(best), facts), facts), facts))


def sign_inside(e: Expr) -> Expr:
    """−c(a − b) as c(b − a), and −c/(a − b) as c/(b − a).

    >>> from sympy.abc import a, b, c
    >>> sign_inside(-c*(a - b)), sign_inside(-c/(2*(a - b))), sign_inside(-c*(a + b))
    (c*(-a + b), c/(-2*a + 2*b), -c*(a + b))
    """
    if not (isinstance(e, Mul) and e.args[0].is_Rational and e.args[0].is_negative):
        return e
    for factor in e.args[1:]:
        base, n = factor.as_base_exp()
        if isinstance(base, Add) and n in (1, -1) and any(part.could_extract_minus_sign() for part in base.args):
            return Mul(-e.args[0], (-base) ** n, *(other for other in e.args[1:] if other != factor))
    return e


def arguments_short(e: Expr) -> Expr:
    """Γ(c − bc/(a + b)) as Γ(ac/(a + b)): arguments of gamma and beta functions and of sines as short fractions.

    >>> from sympy.abc import a, b, c
    >>> arguments_short(gamma(c - b*c/(a + b)))
    gamma(a*c/(a + b))
    """
    def long(f: Expr) -> bool:
        return isinstance(f, (gamma, beta, sin)) and any(isinstance(p.base, Add) and p.exp.is_negative for p in f.atoms(Pow))
    return e.replace(long, lambda f: f.func(*map(shortest, f.args)))


def turned(e: Expr, facts: Facts) -> Expr:
    """Powers of a reciprocal with a negative exponent, the other way up.

    >>> from sympy import symbols
    >>> n, s = symbols("n s", positive=True)
    >>> turned((1/(2*s**2))**(-n), Facts())
    (2*s**2)**n
    """
    down = [p for p in e.atoms(Pow) if not p.exp.is_number and p.exp.could_extract_minus_sign() and cost(1 / p.base) < cost(p.base)]
    return e.xreplace({p: (1 / p.base) ** (-p.exp) for p in down if facts.positive(p.base)}) if down else e


def raised(e: Expr, facts: Facts) -> Expr:
    """Γ(z) by Γ(z + 1) where z < 0 < z + 1: books print Γ(1 − 1/n).

    >>> from sympy import Symbol
    >>> n = Symbol("n", positive=True)
    >>> raised(-gamma(-1/n), Facts([n > 1]))
    n*gamma(1 - 1/n)
    """
    below = (g for g in sorted(e.atoms(gamma), key=label) if facts.positive(-g.args[0]) and facts.positive(g.args[0] + 1))
    return e.xreplace({g: gamma(g.args[0] + 1) / g.args[0] for g in below})


def absorbed(e: Expr, facts: Facts) -> Expr:
    """z Γ(z) as Γ(z + 1) where z may be 0: there only the second is defined.

    >>> from sympy import symbols
    >>> n, a = symbols("n", nonnegative=True), symbols("a", positive=True)
    >>> absorbed(n*gamma(n)/(a*gamma(a)), Facts())
    gamma(n + 1)/(a*gamma(a))
    """
    if not e.has(gamma):
        return e
    factors = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    for g in [f for f in factors if isinstance(f, gamma)]:
        z, n = g.args[0], factors[g]
        if z in factors and n.is_Integer and factors[z].is_Integer and n * factors[z] > 0 and not facts.nonzero(z):
            k = min(abs(n), abs(factors[z])) * (1 if n > 0 else -1)
            return absorbed(e * gamma(z + 1) ** k / (g * z) ** k, facts)
    return e.func(*(absorbed(a, facts) for a in e.args))


def forms(value: Expr, facts: Facts) -> list[Expr]:
    """Equal expressions to choose from."""
    found = [value]
    if value.free_symbols and value.is_rational_function() and LONG < value.count_ops() < 10 * LONG:
        found.append(cancel(value))
    try:
        found.append(canonical(value, facts))
        c, mono = term(value, facts)
        found.append(Mul(c.numerator, Pow(c.denominator, -1), rebuild_mono(mono)))
    except TooLarge:
        pass
    return list(dict.fromkeys([*found, *(squares_apart(e, facts) for e in found)]))


def squares_apart(e: Expr, facts: Facts) -> Expr:
    """(a − b)^n (a + b)^n as (a² − b²)^n.

    >>> from sympy import sqrt, symbols
    >>> r = symbols("r", real=True)
    >>> squares_apart(sqrt(1 - r)*sqrt(1 + r), Facts([r > -1, r < 1]))
    sqrt(1 - r**2)
    """
    powers = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    sums = sorted((b for b in powers if isinstance(b, Add) and len(b.args) == 2), key=label)
    for a, b in combinations(sums, 2):
        n, product = powers[a], expand_mul(a * b)
        if powers[b] == n and len(Add.make_args(product)) == 2 and (n.is_Integer or facts.nonnegative(a) and facts.nonnegative(b)):
            rest = Mul(*(base**m for base, m in powers.items() if base not in (a, b)), evaluate=False)
            return Mul(squares_apart(rest, facts), product**n)
    return e


def cost(e: Expr) -> int:
    """How long an expression looks: a sign or a power of ½ costs little, a gamma function is counted by its argument too."""
    if not e.args:
        return 1 if e.is_Integer or e.is_Symbol else 2
    if isinstance(e, Pow) and e.exp in (S.Half, S.NegativeOne):
        return 1 + cost(e.base)
    inside = sum(map(cost, e.args))
    return inside + (2 if isinstance(e, (Add, gamma)) else 1)
