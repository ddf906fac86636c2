"""Expressions as fast functions of one variable: compiled once, with guards against endless work.

Whatever does not depend on the variable is computed once for each point and precision, by mpmath. The same compiled code runs on
three sets of functions: Arb's, which are much the quickest, mpmath's (guarded), which has all, and floats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import CodeType, FunctionType
from typing import Any

import mpmath
from mpmath import mp, mpf
from sympy import Abs, Add, Basic, Expr, Function, Heaviside, Integer, Max, Min, Mul, Pow, Rational, S, Symbol, log, sign
from sympy.core.relational import Relational
from sympy.printing.pycode import MpmathPrinter
from sympy.utilities.iterables import sift

from derive.algebra.reading import linear
from derive.check import special
from derive.check.arb_names import BALL
from derive.check.charts import Unusable

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


class Text(MpmathPrinter):  # type: ignore[misc]
    """Python text of a term for mpmath, in which the parts that have a name are called by it; sums and products stay in their order.

    Binomial coefficients keep theirs: SymPy's printer would write gamma functions, which have poles where C(n, k) is 0.
    """

    def __init__(self, names: Mapping[Basic, str]) -> None:
        super().__init__({"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": True})
        self.named = dict(names)

    def _print(self, expr: Any, **options: Any) -> Any:
        if not isinstance(expr, Basic):
            return super()._print(expr, **options)
        text = self.named.get(expr) or super()._print(expr, **options)
        whole = text.isalnum() or isinstance(expr, (Add, Mul, Pow)) or not isinstance(expr, Expr)  # the rest may be operators, as x % 2 is
        return text if whole else f"({text})"

    def _print_Add(self, expr: Expr, order: Any = None) -> str:
        return f"({' + '.join(map(self._print, expr.args))})"

    def _print_Mul(self, expr: Expr) -> str:
        return f"({'*'.join(map(self._print, expr.args))})"

    def _print_Pow(self, expr: Pow, rational: bool = False) -> str:
        base, exponent = self._print(expr.base), expr.exp
        return f"sqrt({base})" if exponent is S.Half else f"(1/sqrt({base}))" if exponent == -S.Half else self._power(base, exponent)

    def _power(self, base: str, exponent: Expr) -> str:
        return f"({base}**{self._print(exponent)})"

    def _print_Integer(self, expr: Integer) -> str:
        return f"({expr.p})" if expr.p < 0 else str(expr.p)

    def _print_Rational(self, expr: Rational) -> str:
        return f"(mpf({expr.p})/{expr.q})"

    _print_Half = _print_Rational

    def _print_binomial(self, expr: Any) -> str:
        return f"choose({', '.join(map(self._print, expr.args))})"


class Moving(Text):
    """The same of a term with moving symbols: what does not move becomes a constant, and powers with moving exponents are guarded.

    `table` has the names of the constants: each is a sum or a product of terms.
    """

    def __init__(self, names: Mapping[Basic, str]) -> None:
        super().__init__(names)
        self.moving = set(names)
        self.table: dict[tuple[str, tuple[Expr, ...]], str] = {}

    def constant(self, op: str, terms: tuple[Expr, ...]) -> str:
        return self.table.setdefault((op, terms), f"c{len(self.table)}")

    def _print(self, expr: Any, **options: Any) -> Any:
        if isinstance(expr, Expr) and not isinstance(expr, Integer) and expr not in self.named and self.moving.isdisjoint(expr.free_symbols):
            return self.constant("*", (expr,)) if expr not in (S.Infinity, S.NegativeInfinity) else super()._print(expr, **options)
        return super()._print(expr, **options)

    def _together(self, op: str, expr: Expr) -> str:
        moved, still = sift(expr.args, lambda arg: self.moving.isdisjoint(arg.free_symbols), binary=True)[::-1]
        first = [self._print(still[0]) if len(still) == 1 else self.constant(op, tuple(still))] if still else []
        return f"({op.join([*first, *map(self._print, moved)])})"

    def _print_Add(self, expr: Expr, order: Any = None) -> str:
        return self._together("+", expr)

    def _print_Mul(self, expr: Expr) -> str:
        return self._together("*", expr)

    def _power(self, base: str, exponent: Expr) -> str:
        return super()._power(base, exponent) if self.moving.isdisjoint(exponent.free_symbols) else f"power({base}, {self._print(exponent)})"


def function(name: str, names: Iterable[str], printer: Text, terms: Sequence[Basic], form: Callable[[list[str]], str]) -> str:
    """The text of a function of what is named when all is printed, in which parts that stand twice in the terms are computed once."""
    lines = []
    for number, part in enumerate(repeated(terms)):
        lines.append(f"    t{number} = {printer._print(part)}\n")
        printer.named[part] = f"t{number}"
    value = form([str(printer._print(term)) for term in terms])
    return f"def {name}({', '.join(names)}):\n{''.join(lines)}    return {value}\n"


def repeated(terms: Sequence[Basic]) -> list[Basic]:
    """Functions and powers that occur twice, so that computing them once pays; what stands inside others before these."""
    seen: set[Basic] = set()
    found: dict[Basic, None] = {}

    def walk(term: Basic) -> None:
        if term in seen:
            found[term] = None
            return
        for arg in term.args:
            walk(arg)
        if term.args and (isinstance(term, Function) or (isinstance(term, Pow) and not term.exp.is_Integer)):
            seen.add(term)

    for term in terms:
        walk(term)
    return sorted(found, key=depth)


def depth(term: Basic) -> int:
    return 1 + max(map(depth, term.args), default=0)


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
    front, rest = body.as_independent(*inside, as_Add=False)
    try:
        code = {c.co_name: c for c in compile(text(front, rest, outside, inside, marks), "<density>", "exec").co_consts if isinstance(c, CodeType)}
    except Exception as error:  # SymPy's printers raise many kinds
        raise Unusable(f"the density cannot be compiled for mpmath ({type(error).__name__})") from error
    return Compiled(bind(code["front"], exact_name), bind(code["constants"], exact_name), bind(code["body"], exact_name),
                    version(code["body"], ball_name), version(code["body"], rough_name))


def text(front: Expr, rest: Expr, outside: Mapping[Basic, str], inside: Mapping[Basic, str], marks: Sequence[Expr]) -> str:
    """The three functions of a Compiled."""
    printer = Moving(inside)
    body = function("body", chain(inside.values(), printer.table.values()), printer, [rest], "".join)
    groups = [("*", (m,)) for m in marks] + list(printer.table)

    def grouped(texts: list[str]) -> str:
        left = iter(texts)
        return f"[{', '.join(op.join(next(left) for _ in terms) for op, terms in groups)}]"

    constants = function("constants", outside.values(), Text(outside), [t for _, terms in groups for t in terms], grouped)
    return function("front", outside.values(), Text(outside), [front], "".join) + constants + body


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
    slope = edge.diff(x)
    return (slope, edge.xreplace({x: S.Zero})) if slope != 0 and x not in slope.free_symbols else None


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
