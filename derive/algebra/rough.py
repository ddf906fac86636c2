"""Values of expressions in machine numbers, to see at once that a quotient is no constant: no proof is begun that cannot end well."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sympy import Abs, Add, Basic, Expr, Mul, Pow, S, Symbol, atan, cos, cosh, erf, erfc, exp, gamma, log, sin, sinh, tan, tanh

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

CLEARLY = 1e-3  # what differs by less may be equal: sums of many terms lose digits
FUNCTIONS: dict[type, Callable[..., Any]] = {exp: cmath.exp, log: cmath.log, sin: cmath.sin, cos: cmath.cos, tan: cmath.tan,
    sinh: cmath.sinh, cosh: cmath.cosh, tanh: cmath.tanh, atan: cmath.atan, Abs: abs, erf: lambda z: math.erf(real(z)),
    erfc: lambda z: math.erfc(real(z)), gamma: lambda z: math.gamma(real(z))}  # fmt: skip
NUMBERS: dict[Basic, float | complex] = {S.Pi: math.pi, S.Exp1: math.e, S.ImaginaryUnit: 1j}


class Unknown(ValueError):
    """There is no value of this kind."""


def real(z: complex) -> float:
    z = complex(z)
    if z.imag:
        raise Unknown
    return z.real


def value(e: Basic, point: Mapping[Symbol, float], known: dict[Basic, Any]) -> Any:
    """The value of an expression where its symbols have the values of a point. Raises ArithmeticError or ValueError where there is none."""
    if e in known:
        return known[e]
    if isinstance(e, Symbol):
        found: Any = point[e]
    elif e.is_Rational:
        found = e.p / e.q  # type: ignore[attr-defined]
    elif isinstance(e, Add):
        found = sum(value(a, point, known) for a in e.args)
    elif isinstance(e, Mul):
        found = math.prod(value(a, point, known) for a in e.args)
    elif isinstance(e, Pow):
        found = value(e.base, point, known) ** value(e.exp, point, known)
    elif type(e) in FUNCTIONS:
        found = FUNCTIONS[type(e)](value(e.args[0], point, known))
    elif e in NUMBERS:
        found = NUMBERS[e]
    else:
        raise Unknown
    known[e] = found
    return found


def apart(a: Any, b: Any) -> bool:
    return bool(abs(a - b) > CLEARLY * (abs(a) + abs(b)))


def varies(quotient: tuple[Expr, Expr], x: Symbol, facts: Facts) -> bool:
    """Whether a quotient clearly depends on x: it differs at two points that differ in x alone, where the facts hold.

    >>> from sympy.abc import a, x
    >>> from derive.algebra.signs import Facts
    >>> varies((x**2 + a*x, x), x, Facts([x > 1])), varies(((x + a)**2, x**2 + 2*a*x + a**2), x, Facts([x > 1]))
    (True, False)
    """
    try:
        pair = facts.samples().pair(quotient[0].free_symbols | quotient[1].free_symbols, x)
        return pair is not None and apart(*(value(e, pair[0], {}) / value(e, pair[1], {}) for e in quotient))  # neither is out of range
    except (ArithmeticError, ValueError):
        return False
