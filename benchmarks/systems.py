"""Maxima and giac asked for a problem's total: the question in their own words, and what they answered, as plain text.

Names are replaced by q1, q2, … since a system may know a parameter's name as something else. Each question gets a process of its
own. A system evaluates its own answer at the known points, so nothing is lost in translation. Where Maxima asks back
whether something is an integer it is told "no"; where it asks for a sign, the sign at the first of the points.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sympy import And, Basic, Ne, S, Symbol
from sympy.core.relational import Relational
from sympy.printing.str import StrPrinter

from derive.language.problem import Problem
from derive.language.totals import Atoms, Counting, Total

VALUE = re.compile(r"^VALUE[ ,]\s*\[?([^\]\n]*?)\]?\s*$", re.MULTILINE)
CLOSED = re.compile(r"^CLOSED[ ,]\s*(.*)$", re.MULTILINE)
ASKED = re.compile(r"asked back: .*|.*(?:[Ee]rror|rror:).*")
UNCLOSED = re.compile(r"\b(integrate|int|sum|limit)\b\s*\(|\bundef\b|^r$")
INFINITE = re.compile(r"^[+ ]*(inf|infinity|\+infinity|oo)\s*$|divergent")


@dataclass(frozen=True)
class Reply:
    """What a system said: the answer as it prints it, its values at the points as it prints them, and the seconds it took."""

    answer: str
    values: tuple[str, ...]
    seconds: float
    timed_out: bool = False
    remark: str = ""

    @property
    def infinite(self) -> bool:
        return bool(INFINITE.search(self.answer))

    @property
    def closed(self) -> bool:
        return bool(self.answer) and not UNCLOSED.search(self.answer)


class Unsaid(Exception):
    """The question cannot be put in the words of the system."""


class Words(StrPrinter):
    """An expression in the syntax that both systems read; `names` says what they call the functions and the numbers."""

    names: Mapping[str, str] = {}
    equal = ""

    def _print_Function(self, expr: Any) -> str:
        if expr.func.__name__ not in self.names:
            raise Unsaid(f"no word for {expr.func.__name__}")
        return f"{self.names[expr.func.__name__]}({', '.join(map(self._print, expr.args))})"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        return str(super()._print_Pow(expr, rational)).replace("**", "^")

    def constant(self, expr: Any) -> str:
        return self.names[type(expr).__name__]

    _print_Pi = _print_Exp1 = _print_Infinity = _print_NegativeInfinity = _print_ImaginaryUnit = constant
    _print_EulerGamma = _print_Catalan = constant

    def _print_ExpBase(self, expr: Any) -> str:
        return f"exp({self._print(expr.args[0])})"

    def _print_Abs(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"

    def _print_Equality(self, expr: Any) -> str:
        if not self.equal:
            raise Unsaid("an equality of symbols is false at once")
        return self.equal.format(*map(self._print, expr.args))

    def _print_Max(self, expr: Any) -> str:
        return f"max({', '.join(map(self._print, expr.args))})"

    def _print_Min(self, expr: Any) -> str:
        return f"min({', '.join(map(self._print, expr.args))})"

    def _print_Piecewise(self, expr: Any) -> str:
        (value, condition), *rest = expr.args
        otherwise = self._print(expr.func(*rest)) if rest else "0"
        return self._print(value) if condition is S.true else self.case(condition, self._print(value), otherwise)

    def case(self, condition: Basic, value: str, otherwise: str) -> str:
        raise NotImplementedError


SAME = {name: name for name in "log sin cos tan cot asin acos atan sinh cosh tanh asinh acosh atanh erf erfc factorial binomial "
        "sign floor zeta".split()}


INVERSE = {"sech": "cosh", "csch": "sinh", "coth": "tanh"}


class Maxima(Words):
    equal = "equal({}, {})"
    names = SAME | {"sec": "sec", "csc": "csc", "sech": "sech", "csch": "csch", "coth": "coth", "gamma": "gamma", "beta": "beta",
                    "besseli": "bessel_i", "besselj": "bessel_j", "besselk": "bessel_k", "bessely": "bessel_y", "sign": "signum",
                    "Heaviside": "hstep", "LambertW": "lambert_w", "ceiling": "ceiling", "Pi": "%pi", "Exp1": "%e",
                    "Infinity": "inf", "NegativeInfinity": "minf", "ImaginaryUnit": "%i", "EulerGamma": "%gamma",
                    "Catalan": "%catalan", "lowergamma": "gamma_incomplete_lower", "uppergamma": "gamma_incomplete"}

    def _print_polylog(self, expr: Any) -> str:
        return f"li[{self._print(expr.args[0])}]({self._print(expr.args[1])})"

    def case(self, condition: Basic, value: str, otherwise: str) -> str:
        return f"(if {self._print(condition)} then {value} else {otherwise})"

    def _print_And(self, expr: Any) -> str:
        return " and ".join(map(self._print, expr.args))


class Giac(Words):
    names = SAME | {"gamma": "Gamma", "beta": "Beta", "Heaviside": "Heaviside", "ceiling": "ceil", "LambertW": "LambertW",
                    "Zeta": "Zeta", "zeta": "Zeta", "polylog": "Polylog", "Pi": "pi", "Exp1": "e", "Infinity": "+infinity",
                    "NegativeInfinity": "-infinity", "ImaginaryUnit": "i", "besselj": "BesselJ", "bessely": "BesselY",
                    "lowergamma": "igamma", "uppergamma": "ugamma", "sec": "sec", "csc": "csc",
                    "EulerGamma": "euler_gamma", "Catalan": "catalan"}

    def inverse(self, expr: Any) -> str:
        return f"(1/{INVERSE[expr.func.__name__]}({self._print(expr.args[0])}))"

    _print_sech = _print_csch = _print_coth = inverse

    def case(self, condition: Basic, value: str, otherwise: str) -> str:
        return f"when({self._print(condition)}, {value}, {otherwise})"

    def _print_And(self, expr: Any) -> str:
        return " and ".join(map(self._print, expr.args))


# The question


@dataclass(frozen=True)
class Question:
    """A problem with plain names, the points at which the answer is known, and what is assumed."""

    total: Basic
    assumed: tuple[Basic, ...]
    integers: tuple[Symbol, ...]
    points: tuple[tuple[tuple[Symbol, Basic], ...], ...]


def question(problem: Problem, points: list[Mapping[str, Any]]) -> Question:
    """The problem in plain names. Raises Unsaid where it has indexed parameters."""
    symbols = [v.symbol for v in problem.variables] + [p.symbol for p in problem.parameters]
    if any(not isinstance(s, Symbol) for s in symbols):
        raise Unsaid("indexed names")
    plain = {s: Symbol(f"q{i}") for i, s in enumerate(symbols, 1)}
    signs = (relation for p in problem.parameters for relation in known(p.symbol, plain[p.symbol]))
    parts = (part.xreplace(plain) for c in problem.conditions for part in (c.args if isinstance(c, And) else (c,)))
    assumed = tuple(r for r in (*signs, *parts) if isinstance(r, Relational) and not isinstance(r, Ne))
    at = tuple(tuple((plain[p.symbol], S(str(point[p.symbol.name]))) for p in problem.parameters if p.symbol.name in point)
               for point in points)
    integers = tuple(plain[p.symbol] for p in problem.parameters if p.symbol.is_integer)
    return Question(problem.total.xreplace(plain), assumed, integers, at)


def known(symbol: Symbol, plain: Symbol) -> Iterator[Basic]:
    """A symbol's own assumption about its sign, as a relation in its plain name."""
    if symbol.is_positive or symbol.is_negative:
        yield plain > 0 if symbol.is_positive else plain < 0
    elif symbol.is_nonnegative or symbol.is_nonpositive:
        yield plain >= 0 if symbol.is_nonnegative else plain <= 0


def asked(term: Basic, words: Words, integral: str, series: str) -> str:
    """The total, innermost first, in the words of a system."""
    if not isinstance(term, Total):
        return words.doprint(term)
    if isinstance(term.measure, Atoms):
        return " + ".join(f"({asked(term.body.xreplace({term.x: p}), words, integral, series)})" for p in term.measure.points)
    ends = ", ".join(map(words.doprint, (term.x, *term.measure.args)))
    form = series if isinstance(term.measure, Counting) else integral
    return form.format(f"{asked(term.body, words, integral, series)}, {ends}")


def to_maxima(q: Question) -> str:
    """The batch file that asks Maxima."""
    words = Maxima()
    assumed = [words.doprint(r) for r in q.assumed]
    first = ", ".join(f"{n} = {words.doprint(v)}" for n, v in q.points[0])
    lines = ["display2d: false", "linel: 100000", "load(simplify_sum)", f"known: [{first}]",
             *(f"declare({n}, integer)" for n in q.integers), *(f"assume({text})" for text in assumed),
             f"r: {asked(q.total, words, 'integrate({})', 'simplify_sum(sum({}))')}", 'print("CLOSED", r)']
    for point in q.points:
        put = ", ".join(f"{n} = {words.doprint(v)}" for n, v in point)
        lines.append(f'print("VALUE", errcatch(expand(float(rectform(float(subst([{put}], r)))))))')
    return "$\n".join(lines) + "$\n"


def to_giac(q: Question) -> str:
    """The program that asks giac."""
    words = Giac()
    told = [(r.lhs, words.doprint(r)) for r in q.assumed]
    first = {n: f"{n}, integer" for n in q.integers} | {n: text for n, text in reversed(told) if n not in q.integers}
    more = [text for _, text in told if text not in first.values()]
    lines = [*(f"assume({text})" for text in first.values()), *(f"additionally({text})" for text in more),
             f"r:={asked(q.total, words, 'integrate({})', 'sum({})')}", 'print("CLOSED", string(r))']
    for point in q.points:
        put = ", ".join(f"{n} = {words.doprint(v)}" for n, v in point)
        lines.append(f'print("VALUE", string(evalf(subst(r, [{put}]))))')
    return ";\n".join(lines) + ";\n"


# The answer

ANSWERING = """(in-package :maxima)
(defun retrieve (msg flag)
  (declare (ignore flag))
  (if (search "integer" (format nil "~a" msg) :test #'char-equal)
      '$no
      (let ((value (ignore-errors (meval (list '($float) (list '($substitute) '$known (third msg)))))))
        (cond ((not (numberp value)) (merror "asked back: ~M" msg))
              ((plusp value) '$positive) ((minusp value) '$negative) (t '$zero)))))
"""
SYSTEMS = {"Maxima": (to_maxima, ["maxima", "--very-quiet", "--preload=answering.lisp", "--batch={}"], ".mac"),
            "giac": (to_giac, ["giac", "{}"], ".giac")}


def ask(system: str, q: Question, limit: float) -> Reply:
    """What a system answers within `limit` seconds. Raises Unsaid where the question cannot be put in its words."""
    words, command, ending = SYSTEMS[system]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "answering.lisp").write_text(ANSWERING, encoding="ascii")
        file = Path(folder, f"question{ending}")
        file.write_text(words(q), encoding="ascii")
        start = time.perf_counter()
        output = ran([part.format(file) for part in command], folder, limit)
        seconds = time.perf_counter() - start
    if output is None:
        return Reply("", (), limit, timed_out=True)
    said = CLOSED.search(output)
    divergent = "divergent" if "divergent" in output else ""
    if not said and not divergent:
        said = ASKED.search(output)
        return Reply("", (), seconds, remark=said[0] if said else "")
    return Reply(said[1].strip() if said else divergent, tuple(m[1] for m in VALUE.finditer(output)), seconds)


def ran(command: list[str], folder: str, limit: float) -> str | None:
    """What a command prints, or None where it does not end in time; its whole process group is ended then."""
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", start_new_session=True) as process:
        try:
            return process.communicate(timeout=limit)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None
