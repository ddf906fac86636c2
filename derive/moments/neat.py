"""Values as a textbook prints them, and derivatives of logarithms."""

from __future__ import annotations

from sympy import (
    Add,
    Expr,
    Function,
    Gt,
    Lt,
    Mul,
    PolynomialError,
    Pow,
    S,
    Symbol,
    cos,
    count_ops,
    exp,
    expand,
    expand_log,
    factor,
    floor,
    gamma,
    log,
    loggamma,
    polygamma,
    sin,
    zeta,
)  # fmt: skip
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge, rebuild_mono
from derive.algebra.normal import canonical, term
from derive.algebra.signs import Facts
from derive.search.presentable import presentable, sign_inside

WIDE = 150  # operations: what is longer is left as it is, for normal forms and factors of it may take minutes
FACTORED = 80
EASY = (exp, log, gamma, loggamma, polygamma, zeta, sin, cos, floor)


def neat(e: Expr, facts: Facts) -> Expr:
    """The shortest of a few equal forms.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", positive=True)
    >>> neat(a*(a + 1)/b**2 - a**2/b**2, Facts())
    a/b**2
    """
    forms = [e]
    if count_ops(e) > WIDE or special(e) > 2:
        return Mul(*(base**n for base, n in e.as_powers_dict().items()))
    try:
        forms.append(canonical(e, facts))
        forms.append(presentable(e, facts))
    except TooLarge:
        return e
    for form in tuple(dict.fromkeys(forms)):
        try:
            if count_ops(form) < FACTORED:
                forms.append(factor(form))
        except (PolynomialError, ValueError):
            continue
    return sign_inside(min(forms, key=lambda f: (length(f), str(f).count("-"), str(f))))


def special(e: Expr) -> int:
    """How many values of higher functions stand in an expression: with several of them a normal form may take minutes."""
    return sum(1 for f in e.atoms(Function) if not isinstance(f, EASY))


def length(e: Expr) -> int:
    """How long an expression looks."""
    return int(count_ops(e)) + 2 * len(e.atoms(gamma, loggamma, polygamma))


def log_derivative(e: Expr, t: Symbol) -> Expr:
    """d log e / dt, factor by factor.

    >>> from sympy.abc import a, b, t
    >>> log_derivative(gamma(a + t)*(b - t)**(-a), t)
    a/(b - t) + polygamma(0, a + t)
    """
    if not e.has(t):
        return S.Zero
    if isinstance(e, Mul):
        return sum((log_derivative(f, t) for f in e.args), S.Zero)
    if isinstance(e, exp):
        return e.args[0].diff(t)
    if isinstance(e, Pow):
        slope = e.exp.diff(t)
        return e.exp * log_derivative(e.base, t) + (slope * log(e.base) if slope != 0 else 0)
    if isinstance(e, gamma):
        return polygamma(0, e.args[0]) * e.args[0].diff(t)
    return e.diff(t) / e


def log_of(e: Expr) -> Expr:
    """log e with logarithms of products taken apart, where the signs of the factors allow it."""
    return expand_log(log(e))


def above_zero(e: Expr, facts: Facts) -> Boolean:
    """e > 0 without minus signs and without factors that are known to be positive: 2 b (a − 1) > 0 is a > 1.

    >>> a, b = Symbol("a", real=True), Symbol("b", positive=True)
    >>> above_zero(b*(a/2 - 1), Facts())
    a > 2
    """
    c, mono = term(e, facts)
    left = frozenset(((b, m), n) for (b, m), n in mono if not facts.positive(b))
    terms = Add.make_args(expand(rebuild_mono(left) * (1 if c > 0 else -1)))
    minus = [t for t in terms if t.could_extract_minus_sign()]
    plus = Add(*(t for t in terms if t not in minus))
    return Gt(plus, Add(*(-t for t in minus))) if plus != 0 else Lt(Add(*(-t for t in minus)), 0)
