"""Expressions in t > 0 written so that their powers of t stand in front: t^r · rest; and values put in, without a question to SymPy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cmp_to_key
from itertools import product

import sympy as sp
from flint import acb, arb
from sympy import Basic, Expr, Rational, S, Symbol
from sympy.utilities.iterables import sift

from derive.check.ball_functions import Held
from derive.check.balls import compile_ball
from derive.check.neighbourhoods import moving, t
from derive.language.parts import free
from derive.language.totals import Total, substitute

PLAIN = {sp.log, sp.gamma, sp.loggamma, sp.digamma, sp.erf, sp.erfc, sp.besselk, sp.besseli, sp.zeta, sp.lerchphi, sp.polylog, sp.uppergamma,
         sp.lowergamma, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.binomial, sp.factorial, sp.beta, sp.hyper}
ENDLESS = (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN)


def planted(e: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """`e` with values for symbols or other parts. Powers of sums, exponentials and numbers stay as they are written: SymPy would ask
    whether sums are 0 or infinite, and look for roots to tell.
    """
    if e.has(Total):
        return substitute(e, values)

    def walk(e: Basic) -> Basic:
        if e in values:
            return sp.sympify(values[e])
        return rebuilt(e, [walk(arg) for arg in e.args]) if e.args else e

    return walk(e)


def rebuilt(e: Basic, args: Sequence[Basic]) -> Basic:
    """`e` with other arguments."""
    if all(new is arg for new, arg in zip(args, e.args, strict=True)):
        return e
    if isinstance(e, (sp.Mul, sp.Add)):
        return times(args) if e.is_Mul else plus(args)
    if isinstance(e, sp.exp):
        return exponential(args[0])
    return raised(*args) if isinstance(e, sp.Pow) else applied(e.func, args)


def applied(f: type[Expr], args: Sequence[Expr]) -> Expr:
    """A function of arguments. SymPy is asked for its value only where that may be simpler: at whole numbers, and of what is not known."""
    if f in PLAIN and not any(arg.is_Integer or arg in ENDLESS for arg in (args[1:] if f is sp.besselk else args)):
        return Expr.__new__(f, *args)
    return f(*args)


def held(e: Expr, x: Symbol) -> Expr:
    """A product whose factors free of x are one number, beside a rational one."""
    still, moving = sift(sp.Mul.make_args(e), lambda f: x not in free(f) and not f.is_Rational, binary=True)
    return times([Held(sp.Mul._from_args(still)), *moving]) if still and moving else e


def times(factors: Sequence[Expr]) -> Expr:
    """A product in which powers of one base are brought together, and nothing is asked of the factors."""
    number: Expr = S.One
    powers: dict[Expr, Expr] = {}
    exponents: list[Expr] = []
    for f in (part for factor in factors for part in sp.Mul.make_args(factor)):
        if f.is_Rational:
            number *= f
        elif isinstance(f, sp.exp) and free(f):
            exponents.append(f.args[0])
        else:
            base, exponent = (f.base, f.exp) if isinstance(f, sp.Pow) else (f, S.One)
            powers[base] = powers[base] + exponent if base in powers else exponent
    if number is S.Zero:  # beside which something infinite may stand
        return sp.Mul(*factors)
    args = [raised(base, exponent) for base, exponent in powers.items() if exponent is not S.Zero]
    args += [exponential(exponents[0] if len(exponents) == 1 else sp.Add(*exponents))] if exponents else []
    if any(a.is_Rational for a in args):
        return times([number, *args])
    args.sort(key=cmp_to_key(Basic.compare))
    args = [number, *args] if number is not S.One else args
    return sp.Mul._from_args(args)


def plus(terms: Sequence[Expr]) -> Expr:
    """A sum in which multiples of one term are brought together, and nothing is asked of the terms."""
    parts: dict[Expr, Expr] = {}
    for term, factor in multiples(terms, S.One):
        if term is S.ComplexInfinity or term is S.NaN or not factor.is_finite:
            return sp.Add(*terms)
        parts[term] = parts[term] + factor if term in parts else factor
    number = parts.pop(S.One, S.Zero)
    args = [term if c is S.One else sp.Mul._from_args([c, *sp.Mul.make_args(term)]) for term, c in parts.items() if c is not S.Zero]
    args.sort(key=cmp_to_key(Basic.compare))
    return sp.Add._from_args([number, *args] if number is not S.Zero else args)


def multiples(terms: Iterable[Expr], factor: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The terms of a sum with their rational factors, which sums inside are multiplied by."""
    for term in terms:
        c, rest = (term, S.One) if term.is_Rational else term.as_coeff_Mul()
        if rest.is_Add:
            yield from multiples(rest.args, factor * c)
        else:
            yield rest, factor * c


def raised(base: Expr, exponent: Expr) -> Expr:
    """base^exponent, worked out where that is soon done."""
    if exponent is S.One:
        return base
    if exponent is S.Zero or base is S.Zero or base is S.One or base is S.Exp1 or (base.is_Rational and exponent.is_Integer):
        return sp.Pow(base, exponent)
    if base.is_Mul and exponent.is_Integer:
        return times([raised(factor, exponent) for factor in base.args])
    if isinstance(base, sp.Pow) and (exponent.is_Integer or base.base.is_positive):
        return raised(base.base, times([base.exp, exponent]))
    made: Expr = Expr.__new__(sp.Pow, base, exponent)
    made.is_commutative = True
    return made


def exponential(w: Expr) -> Expr:
    """e^w; logarithms in it make powers."""
    if w == 0:
        return S.One
    powers = [power_of_log(term) for term in sp.Add.make_args(w)] if w.has(sp.log) else []
    if any(powers):
        rest = plus([term for term, power in zip(sp.Add.make_args(w), powers, strict=True) if not power])
        return times([*filter(None, powers), exponential(rest)])
    return Expr.__new__(sp.exp, w)


def power_of_log(term: Expr) -> Expr | None:
    """b^c where a term is c log b for a number c."""
    logs, others = sift(sp.Mul.make_args(term), lambda f: isinstance(f, sp.log), binary=True)
    return raised(logs[0].args[0], times(others)) if len(logs) == 1 and not any(f.free_symbols for f in others) else None


def expanded(e: Expr) -> Expr:
    """e with its products and whole powers of sums multiplied out; what stands inside functions stays as it is."""
    return plus(list(monomials(e)))


def monomials(e: Expr) -> Iterator[Expr]:
    if e.is_Add:
        for term in e.args:
            yield from monomials(term)
    elif e.is_Mul and any(f.is_Add or whole(f) for f in e.args):
        yield from (times(choice) for choice in product(*(list(monomials(f)) for f in e.args)))
    elif whole(e):
        yield from (times(choice) for choice in product(list(monomials(e.base)), repeat=int(e.exp)))
    else:
        yield e


def whole(e: Expr) -> bool:
    """Whether e is a whole power of a sum."""
    return bool(e.is_Pow and e.base.is_Add and e.exp.is_Integer and 1 < e.exp < 9)


def polynomial(e: Expr) -> bool:
    """Whether e is written as a polynomial in t."""
    if e == t or not moving(e):
        return True
    return polynomial(e.base) and bool(e.exp.is_Integer and e.exp > 0) if e.is_Pow else (e.is_Add or e.is_Mul) and all(map(polynomial, e.args))


def tidy(e: Expr) -> tuple[Rational, Expr]:
    """(r, rest) with e = t^r · rest, where sums have lost their lowest power of t and logarithms of powers are taken apart."""
    if not moving(e):
        return S.Zero, e
    if e == t:
        return S.One, S.One
    if isinstance(e, sp.Mul):
        parts = [tidy(x) for x in e.args]
        return sp.Add(*(r for r, _ in parts)), times([x for _, x in parts])
    if isinstance(e, sp.Add):
        parts = [tidy(x) for x in sp.Add.make_args(expanded(e) if polynomial(e) else e)]
        low = min(r for r, _ in parts)
        rest = plus([front(r - low, x) for r, x in parts])
        return low, rest
    if isinstance(e, (sp.Pow, sp.exp)):
        return tidy_power(*e.as_base_exp())
    if isinstance(e, sp.log):
        return S.Zero, split_log(e.args[0])
    if isinstance(e, (sp.erf, sp.erfc)):
        return S.Zero, by_complement(e)
    return S.Zero, applied(e.func, [joined(arg) for arg in e.args])


def by_complement(e: Expr) -> Expr:
    """erf and erfc of what grows by erfc of a positive argument, so that 2 − erfc(−z) and 1 − erf(z) show how they fall."""
    z = joined(e.args[0])
    value = compile_ball(z, (t,))([acb(arb(2) ** -60)], False).real
    if not abs(value) > 10**6:
        return e.func(z)
    small = applied(sp.erfc, [z]) if value > 0 else plus([S(2), times([S.NegativeOne, applied(sp.erfc, [negative(z)])])])
    return small if isinstance(e, sp.erfc) else plus([S.One, times([S.NegativeOne, small])])


def negative(z: Expr) -> Expr:
    """−z, where z is a sum with the terms turned."""
    return plus([times([S.NegativeOne, term]) for term in sp.Add.make_args(z)])


def joined(e: Expr) -> Expr:
    """The expression tidied."""
    r, rest = tidy(e)
    return front(r, rest)


def front(r: Rational, rest: Expr) -> Expr:
    """t^r · rest."""
    return times([t**r, rest]) if r is not S.Zero else rest


def split_log(z: Expr) -> Expr:
    r, rest = tidy(z)
    return plus([times([r, sp.log(t)]), applied(sp.log, [rest])])


def tidy_power(base: Expr, w: Expr) -> tuple[Rational, Expr]:
    if base is S.Exp1:
        return S.Zero, exponential(joined(w))
    if moving(w):
        return S.Zero, raised(base, joined(w)) if not moving(base) else exponential(times([joined(w), split_log(base)]))
    r, rest = tidy(base)
    return (r * w, raised(rest, w)) if w.is_Rational else (S.Zero, times([t ** (r * w), raised(rest, w)]))
