"""The form in which a closed form is shown: the shortest of a few equal ones, the same from run to run."""

from sympy import Add, Expr, Mul, Pow, S, cancel, gamma

from derive.algebra.monomials import TooLarge, label, rebuild_mono
from derive.algebra.normal import canonical, term
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
    return absorbed(raised(turned(best, facts), facts), facts)


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
    return list(dict.fromkeys(found))


def cost(e: Expr) -> int:
    """How long an expression looks: a sign or a power of ½ costs little, a gamma function is counted by its argument too."""
    if not e.args:
        return 1 if e.is_Integer or e.is_Symbol else 2
    if isinstance(e, Pow) and e.exp in (S.Half, S.NegativeOne):
        return 1 + cost(e.base)
    inside = sum(map(cost, e.args))
    return inside + (2 if isinstance(e, (Add, gamma)) else 1)
