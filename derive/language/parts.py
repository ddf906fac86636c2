"""What an expression is made of, gone through once and remembered: hundreds of finders ask the same of the same expression."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sympy import Basic, Expr, S, Symbol, exp, log

SPECIAL = log, type(S.ImaginaryUnit), type(S.Infinity), type(S.NegativeInfinity), type(S.NaN), type(S.ComplexInfinity)
NO_NUMBERS = type(S.NaN), type(S.ComplexInfinity)


@lru_cache(maxsize=5000)
def parts(e: Basic) -> dict[type, list[Any]]:
    """Everything that stands in `e`, itself included, by its kind."""
    met: set[Basic] = set()
    left = [e]
    for part in left:  # which grows meanwhile
        if part not in met:
            met.add(part)
            left += part.args
    found: dict[type, list[Any]] = {}
    for part in met:
        found.setdefault(type(part), []).append(part)
    return found


def contains(e: Basic, *kinds: type) -> bool:
    """Whether something of one of these kinds stands in `e`, itself and not by inheritance: what `e.has(*kinds)` says of sines and sums.

    >>> from sympy import Symbol, cos, log, sin
    >>> contains(1 + cos(Symbol("x")), sin, cos), contains(1 + cos(Symbol("x")), log)
    (True, False)
    """
    return not parts(e).keys().isdisjoint(kinds)


def every(e: Basic, *kinds: type) -> set[Any]:
    """All that is of one of these kinds in `e`: what `e.atoms(*kinds)` says.

    >>> from sympy import Symbol, cos
    >>> x = Symbol("x")
    >>> every(2*cos(x) + cos(2*x), cos) == {cos(x), cos(2*x)}
    True
    """
    return {part for kind, found in parts(e).items() if issubclass(kind, kinds) for part in found}


@lru_cache(maxsize=20_000)
def free(e: Basic) -> frozenset[Symbol]:
    """The free symbols of `e`, put together from those of its arguments where `e` binds none."""
    return frozenset().union(*map(free, e.args)) if e.args and type(e).free_symbols is Basic.free_symbols else frozenset(e.free_symbols)


def exponential(x: Expr) -> Expr:
    """e^x. SymPy looks for logarithms and multiples of πi in x; where nothing of the kind stands in it, it does without.

    >>> from sympy.abc import a, b
    >>> exponential(a - 2*b) == exp(a - 2*b), exponential(2*log(b))
    (True, b**2)
    """
    plain = (x.is_Add or x.is_Mul) and free(x) and not contains(x, *SPECIAL)
    return exp(x, evaluate=False) if plain else exp(x)


def exchanged(e: Any, values: Mapping[Any, Any]) -> Any:
    """`e.xreplace(values)`, where exponentials are built by `exponential`.

    >>> from sympy.abc import a, b, x
    >>> exchanged(b*exp(-a*x), {x: b, a: 2})
    b*exp(-2*b)
    """
    return built_anew(e, values) if contains(e, exp) else e.xreplace(dict(values))


def built_anew(e: Any, values: Mapping[Any, Any]) -> Any:
    if e in values:
        return values[e]
    arguments = [built_anew(arg, values) for arg in e.args]
    if all(new is old for new, old in zip(arguments, e.args, strict=True)):
        return e
    return exponential(*arguments) if isinstance(e, exp) else e.func(*arguments)
