"""The form in which a closed form is shown: the shortest of a few equal ones, the same from run to run."""

from itertools import combinations, permutations

from sympy import (
    Add,
    Expr,
    Function,
    Mul,
    Pow,
    S,
    asin,
    beta,
    betainc,
    cancel,
    erf,
    erfc,
    exp,
    expand_mul,
    factor,
    factor_terms,
    gamma,
    hyper,
    lerchphi,
    log,
    sin,
    sinh,
    zeta,
)
from sympy.utilities.iterables import sift

from derive.algebra.monomials import TooLarge, label, rebuild_mono
from derive.algebra.normal import canonical, term
from derive.algebra.rational import shortest
from derive.algebra.signs import Facts
from derive.language.totals import Total
from derive.search.waves_short import falling_arcs, half_arguments, tangents

HEAVY = 25  # what a hypergeometric or incomplete beta function costs, and a zeta function of Hurwitz or Lerch: what is simpler is preferred
FEW = 2  # error functions in a sum that is looked through for their complements, and terms of one whose common factors are taken out
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
    best = min(forms(value, facts), key=lambda e: (cost(e) + 2 * scattered(e) + (0 if e == value else 1), label(e)))
    if best.has(sinh, sin):
        best = Add(*(tangents(half_arguments(part)) for part in Add.make_args(best)))
    if best.has(asin):
        best = falling_arcs(best)
    return sign_inside(absorbed(raised(turned(arguments_short(log_upright(best)), facts), facts), facts))


def sign_inside(e: Expr) -> Expr:
    """−c(a − b) as c(b − a), −c/(a − b) as c/(b − a), and so for other odd powers.

    >>> from sympy.abc import a, b, c
    >>> sign_inside(-c*(a - b)), sign_inside(-c/(2*(a - b))), sign_inside(-c*(a + b))
    (c*(-a + b), c/(-2*a + 2*b), -c*(a + b))
    """
    if not (isinstance(e, Mul) and e.args[0].is_Rational and e.args[0].is_negative):
        return e
    for part in e.args[1:]:
        base, n = part.as_base_exp()
        if isinstance(base, Add) and n.is_odd and any(t.could_extract_minus_sign() for t in base.args):
            return Mul(-e.args[0], (-base) ** n, *(other for other in e.args[1:] if other != part))
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
    >>> absorbed(1/(n*gamma(n/2)), Facts())
    1/(2*gamma(n/2 + 1))
    """
    if not e.has(gamma):
        return e
    factors = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    for g in [f for f in factors if isinstance(f, gamma)]:
        z, n = g.args[0], factors[g]
        whole = next((w for w in factors if w.free_symbols and (w / z).is_Rational), z)  # n beside Γ(n/2)
        if whole in factors and n.is_Integer and factors[whole].is_Integer and n * factors[whole] > 0 and not facts.nonzero(z):
            k = min(abs(n), abs(factors[whole])) * (1 if n > 0 else -1)
            return absorbed(e * (whole / z * gamma(z + 1)) ** k / (g * whole) ** k, facts)
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
    found = list(dict.fromkeys([*map(same_bases, found), *(squares_apart(e, facts) for e in found)]))
    found += [change(e) for e in found for change in (exponents_short, exponentials_inside, logs_together) if e.has(exp, log)]
    found += [tails_together(e) for e in found if e.has(erf)]
    found += [factor_terms(e, sign=False) for e in found if isinstance(e, Add) and len(e.args) <= FEW and shares_factors(e)]
    return list(dict.fromkeys(found))


def shares_factors(e: Add) -> bool:
    """Whether the terms of a sum may have a factor in common, or something in them."""
    bases = [{factor.as_base_exp()[0] for factor in Mul.make_args(term)} for term in e.args]
    return bool(set.intersection(*bases)) or e.primitive()[0] != 1 or any(term.has(Add) for term in e.args)


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


def exponents_short(e: Expr) -> Expr:
    """Exponents that are rational functions over sums, with what cancels in them cancelled.

    >>> from sympy import exp
    >>> from sympy.abc import m
    >>> exponents_short(exp(1/(m - 1) - m/(m - 1)))
    exp(-1)
    """
    def long(f: Expr) -> bool:
        z = f.args[0] if isinstance(f, exp) else S.Zero
        return z.is_Add and z.is_rational_function() and z.count_ops() < 10 * LONG and any(p.base.is_Add and p.exp.is_negative for p in z.atoms(Pow))
    return e.replace(long, lambda f: exp(factor(cancel(f.args[0]))))


def exponentials_inside(e: Expr) -> Expr:
    """(e^z − 1) e^(−z) as 1 − e^(−z), where that is shorter.

    >>> from sympy import exp
    >>> from sympy.abc import z
    >>> exponentials_inside((exp(2*z) - 1)*exp(-2*z))
    1 - exp(-2*z)
    """
    outer = [f for f in Mul.make_args(e) if isinstance(f, exp)]
    for factor_ in outer:
        for total in (f for f in Mul.make_args(e) if isinstance(f, Add) and f.has(exp)):
            inside = expand_mul(total * factor_)
            if cost(inside) < cost(total) + cost(factor_):
                return Mul(e / (total * factor_), inside)
    return e


def logs_together(e: Expr) -> Expr:
    """c log u − c log v as c log(u/v), of two logarithms of elementary functions: in an entropy log Γ stays by itself.

    >>> from sympy import symbols
    >>> a, u, v = symbols("a u v", positive=True)
    >>> logs_together(1 + a*log(u) - a*log(u + v))
    a*log(u/(u + v)) + 1
    """
    if isinstance(e, Mul):
        return Mul(*(logs_together(a) if a.is_Add else a for a in e.args))
    weighed = {part: sift(Mul.make_args(part), lambda f: isinstance(f, log), binary=True) for part in Add.make_args(e)}
    parts = {part: (logs[0], Mul(*rest)) for part, (logs, rest) in weighed.items() if len(logs) == 1}
    for one, other in permutations(parts, 2) if len(parts) == 2 and not any(up.has(gamma) for up, _ in parts.values()) else ():
        (up, c), (down, d) = parts[one], parts[other]
        if c + d == 0 and not c.could_extract_minus_sign():
            return e - one - other + c * log(up.args[0] / down.args[0])
    return e


def tails_together(e: Expr) -> Expr:
    """c erf z − c as −c erfc z.

    >>> from sympy.abc import c, z
    >>> tails_together(c*erf(z) - c)
    -c*erfc(z)
    """
    tails = sorted(e.atoms(erf), key=label)
    whole = expand_mul(e, deep=False) if len(tails) <= FEW and e.count_ops() < 5 * LONG else S.Zero
    for z in tails if isinstance(whole, Add) else ():
        marked = [part for part in Add.make_args(whole) if part.has(z)]
        gone = [part for part in marked if -part / z in Add.make_args(whole)]
        if marked and len(gone) == len(marked):
            whole = whole - Add(*marked) + Add(*(part / z for part in marked)) - Add(*(part / z * erfc(z.args[0]) for part in marked))
    return factor_terms(whole) if whole.has(erfc) else e


def log_upright(e: Expr) -> Expr:
    """−c log(u/v) as c log(v/u).

    >>> from sympy import symbols
    >>> u, v = symbols("u v", positive=True)
    >>> log_upright(-2*u*log(u/(u + v)))
    2*u*log((u + v)/u)
    """
    e = e.replace(lambda f: isinstance(f, log) and f.args[0].as_numer_denom()[0] == 1 and f.args[0] != 1, lambda f: -log(1 / f.args[0]))
    logs = [a for a in Mul.make_args(e) if isinstance(a, log) and a.args[0].as_numer_denom()[1] != 1]
    return -e / logs[0] * log(1 / logs[0].args[0]) if len(logs) == 1 and e.as_coeff_Mul()[0].is_negative else e


def squares_apart(e: Expr, facts: Facts) -> Expr:
    """(a − b)^n (a + b)^n as (a² − b²)^n.

    >>> from sympy import sqrt, symbols
    >>> r = symbols("r", real=True)
    >>> squares_apart(sqrt(1 - r)*sqrt(1 + r), Facts([r > -1, r < 1]))
    sqrt(1 - r**2)
    """
    if isinstance(e, Add) or isinstance(e, Mul) and any(isinstance(a, Add) and a.has(Pow) for a in e.args):
        e = e.func(*(squares_apart(a, facts) for a in e.args))
    powers = dict(e.as_powers_dict()) if isinstance(e, Mul) else {}
    sums = sorted((b for b in powers if isinstance(b, Add) and len(b.args) == 2), key=label)
    for a, b in combinations(sums, 2):
        n, product = powers[a], expand_mul(a * b)
        if powers[b] == n and len(Add.make_args(product)) == 2 and (n.is_Integer or facts.nonnegative(a) and facts.nonnegative(b)):
            rest = Mul(*(base**m for base, m in powers.items() if base not in (a, b)), evaluate=False)
            return Mul(squares_apart(rest, facts), product**n)
    return e


def scattered(e: Expr) -> int:
    """How many powers with letters in their exponents have a base that stands in another factor too, as in 2b (2b)^n/b^(2n).

    >>> from sympy import symbols
    >>> b, n = symbols("b n", positive=True)
    >>> scattered(2*b*(2*b)**n/b**(2*n)), scattered(2**n*b**(1 - n))
    (2, 0)
    """
    if isinstance(e, Add):
        return sum(map(scattered, e.args))
    bases = [f.as_base_exp() for f in Mul.make_args(e) if not f.is_number]
    return sum(bool(n.free_symbols) and any(b.free_symbols & c.free_symbols for c, _ in bases[:i] + bases[i + 1 :] if not isinstance(c, Function))
               for i, (b, n) in enumerate(bases) if b is not S.Exp1)  # fmt: skip


def cost(e: Expr) -> int:
    """How long an expression looks: a sign or a power of ½ costs little, a gamma function is counted by its argument too."""
    if not e.args:
        return 1 if e.is_Integer or e.is_Symbol else 2
    if isinstance(e, Pow) and e.exp in (S.Half, S.NegativeOne):
        return 1 + cost(e.base)
    inside = sum(map(cost, e.args))
    heavy = isinstance(e, (hyper, lerchphi, betainc)) or isinstance(e, zeta) and len(e.args) == 2
    return inside + (2 if isinstance(e, (Add, gamma)) else HEAVY if heavy else 1)
