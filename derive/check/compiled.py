"""Expressions as fast functions of one variable: compiled once, for mpmath and for floats, with guards against endless work.

Whatever does not depend on the variable is computed once for each point and precision. The same compiled code runs on two sets
of functions, mpmath's (guarded) and floats.
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
from sympy import Abs, Add, Basic, Expr, Function, Heaviside, Max, Min, Mul, Pow, S, Symbol, binomial, lambdify, log, sign
from sympy.core.relational import Relational

from derive.check import special
from derive.check.charts import Unusable

MAGNITUDE = 128  # bits of log2 of an exponent beyond which a power is 0 or infinite to us
ARGUMENT = 8000  # the same for the arguments of other functions
power = Function("power")


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


OTHER_NAMES = {"dirichlet_eta": "altzeta", "assoc_laguerre": "laguerre", "LambertW": "lambertw"}  # where SymPy's printer keeps its own
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


def compile_terms(arguments: Sequence[Symbol], terms: Expr | list[Expr]) -> CodeType:
    """The code of a function of `arguments`; Unusable where a term cannot be printed for mpmath."""
    terms = [whole(t) for t in terms] if isinstance(terms, list) else whole(terms)
    several = terms if isinstance(terms, list) else [terms]
    try:
        return lambdify(arguments, terms, "mpmath", docstring_limit=0, cse=repeats(several)).__code__  # type: ignore[no-any-return]
    except Unusable:
        raise
    except Exception as error:  # SymPy's printers raise many kinds
        raise Unusable(f"the density cannot be compiled for mpmath ({type(error).__name__})") from error


def whole(term: Expr) -> Expr:
    """Binomial coefficients by their name: SymPy's printer would write gamma functions, which have poles where C(n, k) is 0."""
    return term.replace(binomial, Function("choose"))


def repeats(terms: Sequence[Basic]) -> bool:
    """Whether a function or power occurs twice, so that looking for common subexpressions pays."""
    seen: set[Basic] = set()
    stack = list(terms)
    while stack:
        term = stack.pop()
        if term.args and (isinstance(term, Function) or (isinstance(term, Pow) and not term.exp.is_Integer)):
            if term in seen:
                return True
            seen.add(term)
        stack.extend(term.args)
    return False


@dataclass(frozen=True)
class Compiled:
    """front(parameters) · body(moving, constants(parameters)). The `marks` lead the constants, not for the body."""

    front: FunctionType
    constants: FunctionType
    exact: FunctionType
    rough: FunctionType | None


def compile_body(body: Expr, moving: Sequence[Symbol], parameters: Sequence[Symbol], marks: Sequence[Expr] = ()) -> Compiled:
    """Compile a function of moving symbols and parameters. Names that are also functions, like gamma and beta, do no harm."""
    plain = {s: Symbol(f"v{i}") for i, s in enumerate(parameters)} | {s: Symbol(f"x{i}") for i, s in enumerate(moving)}
    stray = body.free_symbols.union(*(m.free_symbols for m in marks)) - set(plain)
    if stray:
        raise Unusable(f"{', '.join(sorted(map(str, stray)))} has no value")
    inside, outside = [plain[s] for s in moving], [plain[s] for s in parameters]
    front, rest = body.xreplace(plain).as_independent(*inside, as_Add=False)
    table: dict[Expr, Symbol] = {}
    rest = hoist(rest, set(inside), table)
    code = compile_terms([*inside, *table.values()], rest)
    constants = compile_terms(outside, [*(m.xreplace(plain) for m in marks), *table])
    return Compiled(bind(compile_terms(outside, front), exact_name), bind(constants, exact_name), bind(code, exact_name),
                    rough_version(code))


def rough_version(code: CodeType) -> FunctionType | None:
    try:
        return bind(code, rough_name)
    except AttributeError:
        return None


def hoist(term: Any, moving: set[Symbol], table: dict[Expr, Symbol]) -> Any:
    """`term` with a constant (a key of `table`) for every part in which nothing moves; moving exponents are guarded."""
    if not moving & term.free_symbols:
        if not isinstance(term, Expr):
            return term.func(*(hoist(a, moving, table) for a in term.args)) if term.free_symbols else term
        cheap = term.is_Integer or term in (S.Half, -S.Half) or term.is_infinite
        return term if cheap else table.setdefault(term, Symbol(f"c{len(table)}"))
    if isinstance(term, (Add, Mul)):
        fixed = [a for a in term.args if not moving & a.free_symbols]
        moved = [hoist(a, moving, table) for a in term.args if moving & a.free_symbols]
        return term.func(*([hoist(term.func(*fixed), moving, table)] if fixed else []), *moved)
    if isinstance(term, Pow) and moving & term.exp.free_symbols and term.base is not S.Exp1:
        return power(*(hoist(a, moving, table) for a in term.args))
    if not term.args:
        return term
    return term.func(*(hoist(a, moving, table) for a in term.args))


def kinks(term: Basic, x: Symbol) -> Iterator[Expr]:
    """Where a function of x may have a kink, a jump or a singularity inside, as far as that is a linear equation in x."""
    for edge in edges(term, x):
        slope = edge.diff(x)
        if slope != 0 and x not in slope.free_symbols:
            yield -edge.xreplace({x: S.Zero}) / slope


def crooked(term: Basic, x: Symbol) -> list[Expr]:
    """The edges that are not linear in x; their zeros must be looked for by numbers."""
    return [e for e in edges(term, x) if x in e.diff(x).free_symbols and not e.is_positive]


def edges(term: Basic, x: Symbol) -> Iterator[Expr]:
    """Expressions at whose zeros a function of x may not be smooth."""
    stack, seen = [term], set()
    while stack:
        t = stack.pop()
        if t in seen or x not in t.free_symbols:
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
            yield t.base
