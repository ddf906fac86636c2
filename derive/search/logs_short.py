"""Exponentials, logarithms and error functions of a closed form in the shape that makes it short."""

from itertools import permutations

from sympy import Add, Expr, Mul, Pow, S, cancel, cosh, erf, erfc, exp, expand_mul, factor, factor_terms, gamma, log, sinh
from sympy.utilities.iterables import sift

from derive.algebra.looks import cost
from derive.algebra.monomials import label
from derive.language.parts import contains, every, multiplied, operations

FEW = 2  # error functions in a sum that is looked through for their complements
LONG = 20  # operations from which on an expression is multiplied out to see what cancels


def exponents_short(e: Expr) -> Expr:
    """Exponents that are rational functions over sums, with what cancels in them cancelled.

    >>> from sympy import exp
    >>> from sympy.abc import m
    >>> exponents_short(exp(1/(m - 1) - m/(m - 1)))
    exp(-1)
    """

    def long(f: Expr) -> bool:
        z = f.args[0] if isinstance(f, exp) else S.Zero
        return z.is_Add and z.is_rational_function() and operations(z) < 10 * LONG and any(p.base.is_Add and p.exp.is_negative for p in every(z, Pow))

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


def in_sinh(e: Expr) -> Expr:
    """c (e^z − e^(−z)) as 2c sinh z, and with a sum as 2c cosh z, also where it is written (e^(2z) − 1) e^(−z).

    >>> from sympy import exp
    >>> from sympy.abc import k, z
    >>> in_sinh((exp(k) - exp(-k))/k), in_sinh((exp(2*z) + 1)*exp(-z))
    (2*sinh(k)/k, 2*cosh(z))
    """
    factors = Mul.make_args(e)
    pairs = [f for f in factors if isinstance(f, Add) and len(f.args) == 2 and contains(f, exp)]
    outer = Add(*(f.args[0] for f in factors if isinstance(f, exp)))
    for total in pairs if len(pairs) == 1 else ():
        (c, z), (d, w) = (weight_and_exponent(part) for part in total.args)
        if z is not None and w is not None and c in (d, -d) and (z + w + 2 * outer).expand() == 0:
            rest = multiplied(*(f for f in factors if f is not total and not isinstance(f, exp)))
            half = ((z - w) / 2).expand()
            return multiplied(2 * c, (cosh if c == d else sinh)(half), rest)
    return e


def weight_and_exponent(part: Expr) -> tuple[Expr, Expr | None]:
    """(c, z) where a term is c e^z for a number c."""
    c, rest = part.as_coeff_Mul()
    return c, rest.args[0] if isinstance(rest, exp) else S.Zero if rest == 1 else None


def logs_together(e: Expr) -> Expr:
    """c log u − c log v as c log(u/v), of two logarithms of elementary functions: in an entropy log Γ stays by itself.

    >>> from sympy import symbols
    >>> a, u, v = symbols("a u v", positive=True)
    >>> logs_together(1 + a*log(u) - a*log(u + v))
    a*log(u/(u + v)) + 1
    """
    if isinstance(e, Mul):
        return multiplied(*(logs_together(a) if a.is_Add else a for a in e.args))
    weighed = {part: sift(Mul.make_args(part), lambda f: isinstance(f, log), binary=True) for part in Add.make_args(e)}
    parts = {part: (logs[0], multiplied(*rest)) for part, (logs, rest) in weighed.items() if len(logs) == 1}
    for one, other in permutations(parts, 2) if len(parts) == 2 and not any(contains(up, gamma) for up, _ in parts.values()) else ():
        (up, c), (down, d) = parts[one], parts[other]
        if c + d == 0 and not c.could_extract_minus_sign():
            return e - one - other + c * log(up.args[0] / down.args[0])
    return e


def numbers_in_one_log(e: Expr) -> Expr:
    """log 2 + log 5 as log 10: the normal form has logarithms of primes.

    >>> numbers_in_one_log(3/(log(2) + log(5)))
    3/log(10)
    """

    def numbers(f: Expr) -> bool:
        return isinstance(f, Add) and all(isinstance(part, log) and part.args[0].is_Integer for part in f.args)

    return e.replace(numbers, lambda f: log(multiplied(*(part.args[0] for part in f.args)))) if contains(e, log) else e


def tails_together(e: Expr) -> Expr:
    """c erf z − c as −c erfc z.

    >>> from sympy.abc import c, z
    >>> tails_together(c*erf(z) - c)
    -c*erfc(z)
    """
    tails = sorted(every(e, erf), key=label)
    whole = expand_mul(e, deep=False) if len(tails) <= FEW and operations(e) < 5 * LONG else S.Zero
    for z in tails if isinstance(whole, Add) else ():
        marked = [part for part in Add.make_args(whole) if part.has(z)]
        gone = [part for part in marked if -part / z in Add.make_args(whole)]
        if marked and len(gone) == len(marked):
            whole = whole - Add(*marked) + Add(*(part / z for part in marked)) - Add(*(part / z * erfc(z.args[0]) for part in marked))
    return factor_terms(whole) if contains(whole, erfc) else e


def log_upright(e: Expr) -> Expr:
    """−c log(u/v) as c log(v/u).

    >>> from sympy import symbols
    >>> u, v = symbols("u v", positive=True)
    >>> log_upright(-2*u*log(u/(u + v)))
    2*u*log((u + v)/u)
    """
    if not contains(e, log):
        return e
    e = e.replace(lambda f: isinstance(f, log) and f.args[0].as_numer_denom()[0] == 1 and f.args[0] != 1, lambda f: -log(1 / f.args[0]))
    logs = [a for a in Mul.make_args(e) if isinstance(a, log) and a.args[0].as_numer_denom()[1] != 1]
    return -e / logs[0] * log(1 / logs[0].args[0]) if len(logs) == 1 and e.as_coeff_Mul()[0].is_negative else e
