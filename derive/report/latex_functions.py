"""The part of the LaTeX printer that knows functions: how each is called, where its exponent and its index stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sympy import Basic, Derivative, Expr, Lambda, Piecewise, S
from sympy.core.function import AppliedUndef, Function
from sympy.printing.latex import LatexPrinter

from derive.report.names import Names, braced
from derive.report.order import facing, varies

CALLED = {
    "gamma": r"\Gamma", "uppergamma": r"\Gamma", "lowergamma": r"\gamma", "beta": r"\mathrm{B}", "zeta": r"\zeta", "log": r"\log",
    "loggamma": r"\log\Gamma", "digamma": r"\psi", "dirichlet_eta": r"\eta", "LambertW": "W", "Max": r"\max", "Min": r"\min",
    "sign": r"\operatorname{sgn}", "airyai": r"\operatorname{Ai}", "airybi": r"\operatorname{Bi}", "DiracDelta": r"\delta",
    "acos": r"\arccos", "asin": r"\arcsin", "atan": r"\arctan", "asinh": r"\operatorname{arsinh}",
    "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}",
    **{name: "\\" + name for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")},
    **{name: rf"\operatorname{{{name}}}" for name in ("sech", "csch", "erf", "erfc", "erfi", "erfinv", "erfcinv",
                                                      "Ei", "Si", "Ci", "Shi", "Chi", "li")}}
SUBSCRIPTED = {"besseli": "I", "besselj": "J", "besselk": "K", "bessely": "Y", "polylog": r"\operatorname{Li}", "expint": "E", "jtheta": r"\vartheta"}
SQUARED_INSIDE = frozenset(("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "log", "sech", "csch"))
EVEN = frozenset(("cos", "cosh", "sec", "sech"))
BREAK = r" \\ "  # between rows
TALL = re.compile(r"\\(frac|sum|int|binom|begin|left|lim|exp)(?![A-Za-z])")


def glyphs(text: str) -> int:
    """How many signs a formula shows, about."""
    return len(re.findall(r"\\[A-Za-z]+|[^\s{}^_\\]", text))


def wrapped(text: str) -> str:
    """In brackets, which grow where what they hold is tall."""
    return rf"\left({text}\right)" if TALL.search(text) else f"({text})"


class FunctionPrinter(LatexPrinter):
    """SymPy's printer with a textbook's functions; `slash` is set inside exponents, where a/b stands for a fraction."""

    def __init__(self, names: Names, written: bool = False) -> None:
        super().__init__()
        self.names, self.written, self.slash = names, written, False
        self.bars = False  # whether other bars may stand beside these, so that left and right must be told apart
        self.e_is_a_name = "e" in names.parameters + names.variables

    @contextmanager
    def set(self, **values: object) -> Iterator[None]:
        """Some attributes changed for the time of one block."""
        before = {key: getattr(self, key) for key in values}
        self.__dict__.update(values)
        yield
        self.__dict__.update(before)

    def in_line(self, expr: Basic) -> str:
        """With slashes for fraction bars."""
        with self.set(slash=True, bars=False):
            return str(self._print(expr))

    def _print_Function(self, expr: Function, exp: object = None) -> str:
        name, arguments = expr.func.__name__, expr.args
        if name in EVEN:
            arguments = (facing(arguments[0], self.names),)
        if name in SUBSCRIPTED:
            index, arguments = self.in_line(arguments[0]), arguments[1:]
            return f"{SUBSCRIPTED[name]}_{braced(index)}{self.bracket(arguments)}"
        if isinstance(expr, AppliedUndef) or name not in CALLED:
            return f"{self.names.spell(name)}{self.bracket(arguments)}"
        return f"{CALLED[name]}{self.bracket(arguments)}"

    def bracket(self, arguments: tuple[Basic, ...]) -> str:
        """Arguments in brackets, with commas."""
        return wrapped(", ".join(map(self._print, arguments)))

    _print_gamma = _print_uppergamma = _print_lowergamma = _print_beta = _print_zeta = _print_log = _print_Function
    _print_Max = _print_Min = _print_LambertW = _print_expint = _print_polylog = _print_DiracDelta = _print_Function
    _print_besseli = _print_besselj = _print_besselk = _print_bessely = _print_airyai = _print_Chi = _print_Function
    _print_airybi = _print_dirichlet_eta = _print_Function

    def _print_polygamma(self, expr: Function, exp: object = None) -> str:
        order, argument = expr.args
        head = {0: r"\psi", 1: r"\psi'"}.get(order, rf"\psi^{{({self.in_line(order)})}}")
        return head + self.bracket((argument,))

    def _print_Abs(self, expr: Function, exp: object = None) -> str:
        text = str(self._print(facing(expr.args[0], self.names)))
        return rf"\left|{text}\right|" if self.bars or TALL.search(text) or "|" in text else f"|{text}|"

    def _print_factorial(self, expr: Function, exp: object = None) -> str:
        text = str(self._print(expr.args[0]))
        plain = expr.args[0].is_Symbol or (expr.args[0].is_Integer and expr.args[0] >= 0)
        return f"{text}!" if plain else f"{wrapped(text)}!"

    def _print_factorial2(self, expr: Function, exp: object = None) -> str:
        return f"{self._print_factorial(expr)}!"

    def _print_binomial(self, expr: Function, exp: object = None) -> str:
        above, below = map(self._print, expr.args)
        return rf"\binom{{{above}}}{{{below}}}"

    def _print_KroneckerDelta(self, expr: Function, exp: object = None) -> str:
        first, second = sorted(expr.args, key=lambda a: (a.is_number, not varies(a, self.names), str(a)))
        return rf"\delta_{{{self.in_line(first)}, {self.in_line(second)}}}"

    def _print_Heaviside(self, expr: Function, exp: object = None) -> str:
        return rf"\mathbf{{1}}\{{{self._print(expr.args[0])} > 0\}}"

    def _print_hyper(self, expr: Expr, exp: object = None) -> str:
        over, under = (", ".join(map(self._print, row)) for row in (expr.ap, expr.bq))
        return rf"{{}}_{len(expr.ap)}F_{len(expr.bq)}" + wrapped(f"{over}; {under}; {self._print(expr.argument)}")

    def _print_Piecewise(self, expr: Piecewise) -> str:
        rows = [rf"{self._print(e)} & " + (r"\text{otherwise}" if c == S.true else rf"\text{{if }} {self._print(c)}")
                for e, c in expr.args]
        return rf"\begin{{cases}} {BREAK.join(rows)} \end{{cases}}"

    def _print_Derivative(self, expr: Derivative) -> str:
        function = expr.expr
        if isinstance(function, AppliedUndef) and len(expr.variables) == 1 and len(function.args) == 1:
            return f"{self.names.spell(function.func.__name__)}'{self.bracket(function.args)}"
        return rf"\frac{{d}}{{d {self._print(expr.variables[0])}}} {self.factor(function)}"

    def _print_Lambda(self, expr: Lambda) -> str:
        return rf"{self._print(expr.variables[0])} \mapsto {self._print(expr.expr)}"
