"""LaTeX as a textbook prints it, from SymPy expressions and totals. All of it is valid for KaTeX and reads back."""

from __future__ import annotations

import re
from itertools import pairwise

from sympy import Add, Basic, Expr, Integer, Mul, Piecewise, Pow, Symbol
from sympy.core.function import Function
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean
from sympy.tensor.indexed import Indexed

from derive.language.claims import Finite, Same, Smooth, Tends, Whole
from derive.language.problem import Problem
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total
from derive.report.latex_functions import CALLED, SQUARED_INSIDE, FunctionPrinter, glyphs, wrapped
from derive.report.names import Names, braced, names_of
from derive.report.order import HALF, Layout, facing, layout, ordered_terms, varies

RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
NEEDS_SPACE = re.compile(r"\\(sqrt|mathrm)\{[^{}]*(\{[^{}]*\}[^{}]*)*\}(\{.*\})?")
READ_AS_CALL = frozenset({"zeta", "psi", "eta", "Gamma", "W", "B", "E", "I", "J", "K", "f", "g", "h", "p"})
LONGEST_EXPONENT = 26  # glyphs of an exponent that still stands as one
ORDINARY = Names()


def tex(term: Basic, names: Names | Problem = ORDINARY, written: bool = False) -> str:
    """LaTeX for an expression, a condition or a total.

    `names` gives spellings and order (a Problem does, too). With `written`, sums and products stand as they were written down.

    >>> from sympy import Symbol, exp, sqrt, pi
    >>> x, mu, s = Symbol("x"), Symbol("mu"), Symbol("sigma", positive=True)
    >>> print(tex(sqrt(2)*sqrt(pi)*s), tex(exp(-(x - mu)**2/(2*s**2)), Names(("x",))))
    \\sqrt{2 \\pi}\\,\\sigma e^{-(x - \\mu)^2/(2 \\sigma^2)}
    """
    known = names_of(names) if isinstance(names, Problem) else names
    printer = Printer(known, written)
    printer.e_is_a_name |= any(s.name == "e" for s in term.atoms(Symbol))
    return str(printer.doprint(term))


class Printer(FunctionPrinter):
    """Names, sums, products, powers, totals and conditions; functions are in the class below."""

    # Names

    def _print_Symbol(self, expr: Symbol) -> str:
        return self.names.spell(expr.name)

    _print_Dummy = _print_Wild = _print_Symbol

    def _print_Indexed(self, expr: Indexed) -> str:
        return f"{self.names.spell(str(expr.base.label))}_{braced(','.join(map(self._print, expr.indices)))}"

    def _print_IndexedBase(self, expr: Basic) -> str:
        return self.names.spell(str(expr.label))  # type: ignore[attr-defined]

    # Sums

    def _print_Add(self, expr: Add, order: object = None) -> str:
        common = None if self.written else over_common_number(expr)
        if common is not None:
            return self._print_Mul(common)
        terms = expr.args if self.written else ordered_terms(expr, self.names)
        text = "".join(self.signed(t) for t in terms)
        return text.removeprefix(" + ") if text.startswith(" + ") else "-" + text.removeprefix(" - ")

    def signed(self, term: Expr) -> str:
        """A term with its sign in front, as inside a sum."""
        text = str(self._print(term))
        if isinstance(term, Add) and not text.startswith(r"\frac"):
            return f" + {wrapped(text)}"
        return f" - {text[1:]}" if text.startswith("-") else f" + {text}"

    # Products and powers

    def _print_Mul(self, expr: Expr) -> str:
        parts = layout(expr, self.names, self.slash, self.written)
        text = self.row([self.fraction(parts)], parts.tail) if parts.bottom else self.row([], parts.top + parts.tail)
        return ("-" if parts.negative else "") + text

    def pieces(self, expr: Expr) -> list[str]:
        """The terms of a sum or the factors of a product, for a formula that one line cannot hold."""
        if isinstance(expr, Add) and (self.written or over_common_number(expr) is None):
            terms = expr.args if self.written else ordered_terms(expr, self.names)
            first, *rest = [self.signed(t).strip() for t in terms]
            return [first.removeprefix("+ "), *rest]
        if not isinstance(expr, Mul):
            return [str(self._print(expr))]
        parts = layout(expr, self.names, self.slash, self.written)
        texts = [self.fraction(parts)] if parts.bottom else []
        texts += [self.factor(f) for f in (parts.tail if parts.bottom else parts.top + parts.tail)]
        return [("-" if parts.negative else "") + texts[0], *texts[1:]]

    def fraction(self, parts: Layout) -> str:
        """What stands over and under the bar, or before and after the slash."""
        if not self.slash:
            return rf"\frac{{{self.row([], parts.top)}}}{{{self.row([], parts.bottom)}}}"
        alone = isinstance(parts.top[0], Add) if len(parts.top) == 1 else False
        above, below = self.row([], parts.top), self.row([], parts.bottom)
        simple = len(parts.bottom) == 1 and not isinstance(parts.bottom[0], Add)
        return f"{wrapped(above) if alone else above}/{below if simple else wrapped(below)}"

    def row(self, done: list[str], factors: tuple[Expr, ...]) -> str:
        """Factors side by side; a sum is bracketed unless it stands alone."""
        if not done and not factors:
            return "1"
        if not done and len(factors) == 1:
            return str(self._print(factors[0]))
        texts = done + [self.factor(f, last=f is factors[-1]) for f in factors]
        text = texts[0]
        for previous, following in pairwise(texts):
            text += between(previous, following) + following
        return text

    def factor(self, expr: Expr, last: bool = True) -> str:
        """One factor of several."""
        with self.set(bars=True):
            text = str(self._print(expr))
        bracketed = isinstance(expr, (Add, Piecewise)) or text.startswith("-") or (isinstance(expr, Total) and not last)
        return wrapped(text) if bracketed else text

    def _print_Pow(self, expr: Pow) -> str:
        base, power = expr.base, expr.exp
        if power.is_even and not self.written:
            base = facing(base, self.names)
        if power == HALF:
            return rf"\sqrt{{{self._print(base)}}}"
        if power.is_Rational and power < 0 and (not self.written or power == -1):
            return self._print_Mul(expr)
        parts = layout(expr, self.names, self.slash, self.written)
        return self._print_Mul(expr) if parts.bottom else self.raised(base, self.in_line(power))

    def raised(self, base: Expr, power: str) -> str:
        """base^power, with what brackets it takes."""
        text = str(self._print(base))
        if isinstance(base, Function) and base.func.__name__ in SQUARED_INSIDE and power.isdigit():
            head, argument = CALLED[base.func.__name__], text.removeprefix(CALLED[base.func.__name__])
            return f"{head}^{braced(power)}{argument}"
        scripted = isinstance(base, Function) and not text.endswith((")", "|"))
        simple = base.is_Symbol or isinstance(base, (Indexed, Function)) or (base.is_Number and base.is_Integer and base >= 0)
        if (simple or base.is_NumberSymbol) and not scripted and "^" not in text and "'" not in text:
            return f"{text}^{braced(power)}"
        return f"{wrapped(text)}^{braced(power)}"

    def _print_Rational(self, expr: Expr) -> str:
        return self._print_Mul(expr) if expr.q != 1 else str(expr.p)

    def _print_ExpBase(self, expr: Expr) -> str:
        power = self.in_line(expr.args[0])
        nested = re.search(r"\\(exp|int|sum|begin|lim|binom)\b|e\^", power)
        if not nested and glyphs(power) <= LONGEST_EXPONENT and not self.e_is_a_name:
            return f"e^{braced(power)}"
        if self.slash:
            return rf"\exp{wrapped(power)}"
        return rf"\exp\left({self._print(expr.args[0])}\right)"

    def _print_Exp1(self, expr: Expr) -> str:
        return r"\exp(1)" if self.e_is_a_name else "e"

    # Totals

    def _print_Total(self, expr: Total) -> str:
        with self.set(names=self.names.within(expr.x.name), slash=False):
            x, body = self._print(expr.x), str(self._print(expr.body))
        if (isinstance(expr.body, Add) and not body.startswith((r"\frac", "-"))) or body.startswith("-"):
            body = rf"\left({body}\right)"
        if isinstance(expr.measure, (Counting, Atoms)):
            return f"{self.sign(x, expr.measure)} {body}"
        return rf"{self.sign(x, expr.measure)} {body} \,d{x}"

    def sign(self, x: str, measure: Measure) -> str:
        """∫ or ∑ with its ends."""
        match measure:
            case Lebesgue():
                return rf"\int_{braced(self.in_line(measure.lo))}^{braced(self.in_line(measure.hi))}"
            case Counting():
                return rf"\sum_{{{x} = {self.in_line(measure.lo)}}}^{braced(self.in_line(measure.hi))}"
            case Atoms():
                return rf"\sum_{{{x} \in \{{{', '.join(map(self.in_line, measure.points))}\}}}}"
        return rf"\int_{braced(str(self._print(measure)))}"

    # Conditions

    def _print_Relational(self, expr: Relational) -> str:
        if not varies(expr.lhs, self.names) and varies(expr.rhs, self.names) or expr.lhs.is_number and not expr.rhs.is_number:
            expr = expr.reversed  # x < c, not c > x
        if (-expr.lhs).is_Symbol:
            expr = expr.reversedsign  # x > -c, not -x < c
        return f"{self._print(expr.lhs)} {RELATIONS[expr.rel_op]} {self._print(expr.rhs)}"

    def _print_And(self, expr: And) -> str:
        return r" \text{ and } ".join(map(self._print, sorted(expr.args, key=str)))

    def _print_Or(self, expr: Boolean) -> str:
        return r" \text{ or } ".join(map(self._print, sorted(expr.args, key=str)))

    def _print_Same(self, expr: Same) -> str:
        return " = ".join(map(self._print, expr.args))

    def _print_Tends(self, expr: Tends) -> str:
        function, x, end, *sides, value = expr.args
        side = "" if not sides or end.is_infinite else "^+" if sides[0] == 1 else "^-"
        with self.set(names=self.names.within(x.name)):
            limit = rf"\lim_{{{self._print(x)} \to {self.in_line(end)}{side}}}"
            return f"{limit} {self.factor(function)} = {self._print(value)}"

    def _print_Finite(self, expr: Finite) -> str:
        return rf"{self._print(expr.args[0])} \text{{ is finite}}"

    def _print_Smooth(self, expr: Smooth) -> str:
        return rf"{self._print(expr.args[0])} \text{{ is continuously differentiable in }} {self._print(expr.args[1])}"

    def _print_Whole(self, expr: Whole) -> str:
        return rf"{self._print(expr.args[0])} \in \mathbb{{Z}}"


def over_common_number(total: Add) -> Expr | None:
    """−ν/2 − 1/2 as −(ν + 1)/2, where every term has the same number below."""
    below = {t.as_coeff_Mul()[0].q for t in total.args if t.as_coeff_Mul()[0].is_Rational}
    if len(below) != 1 or below == {1} or not all(t.is_polynomial(*t.free_symbols) for t in total.args):
        return None
    rest = Add(*(t * Integer(*below) for t in total.args))
    return Mul(rest, Pow(Integer(*below), -1), evaluate=False) if isinstance(rest, Add) else None


def between(previous: str, following: str) -> str:
    """What stands between two factors."""
    if re.match(r"\d|\\frac\{\d+\}\{\d+\}$", following) or (previous.lstrip("\\") in READ_AS_CALL and following[0] in "(\\"
                                                           and re.match(r"\(|\\left\(", following)):
        return r" \cdot "
    before_total = following.startswith((r"\int", r"\sum")) and not previous.isdigit()
    return r"\," if before_total or NEEDS_SPACE.fullmatch(previous) else " "
