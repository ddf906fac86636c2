"""The text of the functions that a body is compiled to: what does not move is computed before, what stands twice once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sympy import Add, Basic, Expr, Function, Integer, Mul, Pow, Rational, S
from sympy.printing.pycode import MpmathPrinter
from sympy.utilities.iterables import sift

from derive.language.parts import free


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
        if isinstance(expr, Expr) and not isinstance(expr, Integer) and expr not in self.named and self.moving.isdisjoint(free(expr)):
            return self.constant("*", (expr,)) if expr not in (S.Infinity, S.NegativeInfinity) else super()._print(expr, **options)
        return super()._print(expr, **options)

    def _together(self, op: str, expr: Expr) -> str:
        moved, still = sift(expr.args, lambda arg: self.moving.isdisjoint(free(arg)), binary=True)[::-1]
        first = [self._print(still[0]) if len(still) == 1 else self.constant(op, tuple(still))] if still else []
        return f"({op.join([*first, *map(self._print, moved)])})"

    def _print_Add(self, expr: Expr, order: Any = None) -> str:
        return self._together("+", expr)

    def _print_Mul(self, expr: Expr) -> str:
        return self._together("*", expr)

    def _power(self, base: str, exponent: Expr) -> str:
        return super()._power(base, exponent) if self.moving.isdisjoint(free(exponent)) else f"power({base}, {self._print(exponent)})"


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
