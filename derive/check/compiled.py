"""Expressions as fast functions of one variable: compiled once, with guards against endless work.

Whatever does not depend on the variable is computed once for each point and precision, by mpmath. The same compiled code runs on
three sets of functions: Arb's, which are much the quickest, mpmath's (guarded), which has all, and floats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

import mpmath
from mpmath import mp, mpf
from sympy import Abs, Add, Basic, Expr, Heaviside, Max, Min, Pow, S, Symbol, cos, log, sign, sin
from sympy.core.relational import Relational

from derive.algebra.reading import linear
from derive.check import special
from derive.check.arb_names import BALL
from derive.check.charts import Unusable
from derive.check.printed import text
from derive.language.claims import slope
from derive.language.parts import factors_free_of, free

MAGNITUDE = 128  # bits of log2 of an exponent beyond which a power is 0 or infinite to us
ARGUMENT = 8000  # the same for the arguments of other functions


def mp_exp(z: Any) -> Any:
    """exp, which is 0 or infinite where computing it would take for ever."""
    if isinstance(z, mpf) and mp.isfinite(z) and mp.mag(z) > MAGNITUDE:
        return mp.zero if z < 0 else mp.inf
    return mp.exp(z)


def mp_power(base: Any, exponent: Any) -> Any:
    """base**exponent for an exponent that varies, guarded like exp."""
    if exponent and mp.isfinite(exponent) and mp.mag(exponent) > MAGNITUDE:
        return mp_exp(mp.log(base) * exponent)
    return base**exponent


def mpf_of(number: Any) -> Any:
    return mpf(number)


def float_of(number: Any) -> float:
    """A float from an integer, or from mpmath's tuple as printed for SymPy's Float."""
    return float(mpf(number)) if isinstance(number, tuple) else float(number)


def guarded(name: str) -> Callable[..., Any]:
    """mpmath's function of that name, refusing arguments whose size alone would take for ever."""
    function = getattr(special, name, None) or getattr(mpmath, OTHER_NAMES.get(name, name), None)
    if function is None:
        raise Unusable(f"there is no way to compute {name} numerically")
    if not callable(function) or isinstance(function, type(mpmath.e)):  # mpmath's constants can be called, for more digits
        return function  # type: ignore[no-any-return]

    def call(*args: Any) -> Any:
        for z in args:
            if isinstance(z, mpf) and z and mp.isfinite(z) and not -ARGUMENT < mp.mag(z) < ARGUMENT:
                raise Unusable(f"{name} of {mpmath.nstr(z, 5)} is out of reach")
        return function(*args)

    return call


OTHER_NAMES = {"dirichlet_eta": "altzeta", "assoc_laguerre": "laguerre", "LambertW": "lambertw", "Ei": "ei", "Si": "si", "Ci": "ci",
               "Shi": "shi", "Chi": "chi", "elliptic_k": "ellipk", "elliptic_e": "ellipe", "chebyshevt": "chebyt",
               "chebyshevu": "chebyu"}  # where SymPy's printer keeps its own
EXACT: dict[str, Any] = {"exp": mp_exp, "power": mp_power, "mpf": mpf_of, "sqrt": mp.sqrt, "log": mp.log, "pi": mp.pi, "abs": abs,
                         "max": max, "min": min}
ELEMENTARY = {"sec", "csc", "cot", "sech", "csch", "coth", "acot", "sign"}  # in floats mpmath's Bessel functions err
ROUGH: dict[str, Any] = {"power": pow, "mpf": float_of, "pi": math.pi, "abs": abs, "max": max, "min": min,
                         "loggamma": math.lgamma,
                         "choose": lambda n, k: math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))}


def names_of(code: CodeType) -> set[str]:
    """Every global name that a function's code may use, in inner functions too."""
    inner = (c for c in code.co_consts if isinstance(c, CodeType))
    return set(code.co_names).union(*(names_of(c) for c in inner))


def bind(code: CodeType, find: Callable[[str], Any]) -> FunctionType:
    return FunctionType(code, {"__builtins__": {}} | {name: find(name) for name in names_of(code)})


@lru_cache(maxsize=512)
def exact_name(name: str) -> Any:
    return EXACT[name] if name in EXACT else guarded(name)


@lru_cache(maxsize=512)
def rough_name(name: str) -> Any:
    if name in ROUGH:
        return ROUGH[name]
    return getattr(mpmath.fp, name) if name in ELEMENTARY else getattr(math, name)


def ball_name(name: str) -> Any:
    return BALL[OTHER_NAMES.get(name, name)]


@dataclass(frozen=True)
class Compiled:
    """front(parameters) · body(moving, constants(parameters)). The `marks` lead the constants, not for the body.

    The body is there by mpmath, and by Arb and by floats where these have all its functions.
    """

    front: FunctionType
    constants: FunctionType
    exact: FunctionType
    ball: FunctionType | None
    rough: FunctionType | None


def compile_body(body: Expr, moving: Sequence[Symbol], parameters: Sequence[Symbol], marks: Sequence[Expr] = ()) -> Compiled:
    """Compile a function of moving symbols and parameters. Names that are also functions, like gamma and beta, do no harm.

    Raises Unusable where a term cannot be printed for mpmath.
    """
    outside, inside = ({s: f"{letter}{i}" for i, s in enumerate(symbols)} for letter, symbols in (("v", parameters), ("x", moving)))
    stray = body.free_symbols.union(*(m.free_symbols for m in marks)) - {*outside, *inside}
    if stray:
        raise Unusable(f"{', '.join(sorted(map(str, stray)))} has no value")
    front, rest = factors_free_of(body, inside)
    try:
        code = {c.co_name: c for c in compile(text(front, rest, outside, inside, marks), "<density>", "exec").co_consts if isinstance(c, CodeType)}
    except Exception as error:  # SymPy's printers raise many kinds
        raise Unusable(f"the density cannot be compiled for mpmath ({type(error).__name__})") from error
    return Compiled(bind(code["front"], exact_name), bind(code["constants"], exact_name), bind(code["body"], exact_name),
                    version(code["body"], ball_name), version(code["body"], rough_name))


def version(code: CodeType, find: Callable[[str], Any]) -> FunctionType | None:
    """The code with other functions, where they are all there."""
    try:
        return bind(code, find)
    except (AttributeError, KeyError):
        return None


def turns(term: Basic, x: Symbol) -> tuple[list[Expr], list[Expr]]:
    """Where a function of x may have a kink, a jump or a singularity inside: the zeros of edges that are linear in x, and the
    other edges, whose zeros must be looked for by numbers.
    """
    points, crooked = [], []
    for edge in edges(term, x):
        form = linear(edge, x) or by_slope(edge, x)
        if form is not None:
            points.append(-form[1] / form[0] if edge != x else S.Zero)
        elif not edge.is_positive:
            crooked.append(edge)
    return list(dict.fromkeys(points)), list(dict.fromkeys(crooked))


def by_slope(edge: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """(a, b) with edge = a x + b and a ≠ 0, or None."""
    rise = slope(edge, x)
    return (rise, edge.xreplace({x: S.Zero})) if rise != 0 and x not in rise.free_symbols else None


def edges(term: Basic, x: Symbol) -> Iterator[Expr]:
    """Expressions at whose zeros a function of x may not be smooth."""
    stack, seen = [term], set()
    while stack:
        t = stack.pop()
        if t in seen or x not in free(t):
            continue
        seen.add(t)
        stack.extend(t.args)
        if isinstance(t, (Abs, sign, Heaviside, log)):
            yield t.args[0]
        elif isinstance(t, (Max, Min)):
            yield from (a - b for i, a in enumerate(t.args) for b in t.args[:i])
        elif isinstance(t, Relational):
            yield t.lhs - t.rhs
        elif isinstance(t, Pow) and not (t.exp.is_Integer and t.exp.is_positive) and t.base is not S.Exp1:
            yield from with_simple_zeros(t.base)


def with_simple_zeros(base: Expr) -> Iterator[Expr]:
    """1 + cos z as cos z/2 and 1 − cos z as sin z/2, which change their sign where these touch 0."""
    waves = [part for part in base.args if isinstance(-part if part.could_extract_minus_sign() else part, cos)] if isinstance(base, Add) else []
    if len(waves) == 1 and base - waves[0] == 1:
        (z,) = (-waves[0]).args if isinstance(-waves[0], cos) else waves[0].args
        yield (sin if isinstance(-waves[0], cos) else cos)(z / 2)
    else:
        yield base
