"""LaTeX as a textbook prints it, from SymPy expressions and totals. All of it is valid for KaTeX and reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sympy import Add, Basic, Derivative, Expr, Integer, Lambda, Mul, Piecewise, Pow, S, Symbol, oo
from sympy.core.function import AppliedUndef, Function
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean
from sympy.printing.latex import LatexPrinter
from sympy.tensor.indexed import Indexed

from derive.language.claims import Finite, Same, Smooth, Tends, Whole
from derive.language.problem import Problem
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total
from derive.report.names import Names, braced, names_of
from derive.report.order import HALF, Layout, facing, is_negative, layout, named, ordered_terms, varies

CALLED = {
    "gamma": r"\Gamma", "uppergamma": r"\Gamma", "lowergamma": r"\gamma", "beta": r"\mathrm{B}", "zeta": r"\zeta", "log": r"\log",
    "loggamma": r"\log\Gamma", "digamma": r"\psi", "dirichlet_eta": r"\eta", "LambertW": "W", "Max": r"\max", "Min": r"\min",
    "sign": r"\operatorname{sgn}", "airyai": r"\operatorname{Ai}", "airybi": r"\operatorname{Bi}", "DiracDelta": r"\delta",
    "acos": r"\arccos", "asin": r"\arcsin", "atan": r"\arctan", "asinh": r"\operatorname{arsinh}",
    "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}", "jtheta": r"\vartheta",
    **{name: "\\" + name for name in "sin cos tan cot sec csc sinh cosh tanh coth".split()},
    **{name: rf"\operatorname{{{name}}}" for name in "sech csch erf erfc erfi erfinv erfcinv Ei Si Ci Shi Chi li".split()}}
SUBSCRIPTED = {"besseli": "I", "besselj": "J", "besselk": "K", "bessely": "Y", "polylog": r"\operatorname{Li}", "expint": "E"}
SQUARED_INSIDE = frozenset("sin cos tan cot sec csc sinh cosh tanh coth log sech csch".split())
EVEN = frozenset("cos cosh sec sech".split())
RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
READ_AS_CALL = frozenset({"zeta", "psi", "eta", "Gamma", "W", "B", "E", "I", "J", "K", "f", "g", "h", "p"})
TALL = re.compile(r"\\(frac|sum|int|binom|begin|left|lim|exp)\b")
LONGEST_EXPONENT = 26  # glyphs of an exponent that still stands as one


def tex(term: Basic, names: Names | Problem = Names(), written: bool = False) -> str:
    """LaTeX for an expression, a condition or a total.

    `names` gives spellings and order (a Problem does, too). With `written`, sums and products stand as they were written down.

    >>> from sympy import Symbol, exp, sqrt, pi
    >>> x, mu, s = Symbol("x"), Symbol("mu"), Symbol("sigma", positive=True)
    >>> print(tex(sqrt(2)*sqrt(pi)*s), tex(exp(-(x - mu)**2/(2*s**2)), Names(("x",))))
    \\sqrt{2 \\pi}\\,\\sigma e^{-(x - \\mu)^2/(2 \\sigma^2)}
    """
    return Printer(names_of(names) if isinstance(names, Problem) else names, written).doprint(term)


def glyphs(text: str) -> int:
    """How many signs a formula shows, about."""
    return len(re.findall(r"\\[A-Za-z]+|[^\s{}^_\\]", text))


def wrapped(text: str, left: str = "(", right: str = ")") -> str:
    """In brackets, which grow where what they hold is tall."""
    return rf"\left{left}{text}\right{right}" if TALL.search(text) else f"{left}{text}{right}"


class Printer(LatexPrinter):
    """SymPy's printer with a textbook's order and habits; `slash` is set inside exponents, where a/b stands for a fraction."""

    def __init__(self, names: Names, written: bool = False) -> None:
        super().__init__()
        self.names, self.written, self.slash = names, written, False

    @contextmanager
    def set(self, **values: object) -> Iterator[None]:
        """Some attributes changed for the time of one block."""
        before = {key: getattr(self, key) for key in values}
        self.__dict__.update(values)
        yield
        self.__dict__.update(before)

    def in_line(self, expr: Basic) -> str:
        """With slashes for fraction bars."""
        with self.set(slash=True):
            return str(self._print(expr))

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
        for previous, following in zip(texts, texts[1:], strict=False):
            text += between(previous, following) + following
        return text

    def factor(self, expr: Expr, last: bool = True) -> str:
        """One factor of several."""
        text = str(self._print(expr))
        if isinstance(expr, (Add, Piecewise)) or text.startswith("-") or (isinstance(expr, Total) and not last):
            return wrapped(text)
        return rf"\left{text[:-1]}\right|" if text.startswith("|") else text

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
        if not nested and glyphs(power) <= LONGEST_EXPONENT and "e" not in self.names.parameters + self.names.variables:
            return f"e^{braced(power)}"
        if self.slash:
            return rf"\exp{wrapped(power)}"
        return rf"\exp\left({self._print(expr.args[0])}\right)"

    def _print_Exp1(self, expr: Expr) -> str:
        return r"\exp(1)" if "e" in self.names.parameters + self.names.variables else "e"

    # Functions

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
        return rf"\left|{text}\right|" if TALL.search(text) or "|" in text else f"|{text}|"

    def _print_factorial(self, expr: Function, exp: object = None) -> str:
        text = str(self._print(expr.args[0]))
        plain = expr.args[0].is_Symbol or (expr.args[0].is_Integer and expr.args[0] >= 0)
        return f"{text}!" if plain else f"{wrapped(text)}!"

    def _print_factorial2(self, expr: Function, exp: object = None) -> str:
        return f"{self._print_factorial(expr)}!"

    def _print_binomial(self, expr: Function, exp: object = None) -> str:
        return r"\binom{%s}{%s}" % tuple(map(self._print, expr.args))

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
        return r"\begin{cases} %s \end{cases}" % r" \\ ".join(rows)

    def _print_Derivative(self, expr: Derivative) -> str:
        function = expr.expr
        if isinstance(function, AppliedUndef) and len(expr.variables) == 1 and len(function.args) == 1:
            return f"{self.names.spell(function.func.__name__)}'{self.bracket(function.args)}"
        return rf"\frac{{d}}{{d {self._print(expr.variables[0])}}} {self.factor(function)}"

    def _print_Lambda(self, expr: Lambda) -> str:
        return rf"{self._print(expr.variables[0])} \mapsto {self._print(expr.expr)}"

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
    if previous.isdigit() and following.startswith((r"\int", r"\sum")):
        return " "
    if re.fullmatch(r"\\(sqrt|mathrm)\{[^{}]*(\{[^{}]*\}[^{}]*)*\}(\{.*\})?", previous) or following.startswith((r"\int", r"\sum")):
        return r"\,"
    return " "


def differential(x: Symbol, names: Names) -> str:
    """dx."""
    return f"d{names.spell(x.name)}"


def support(x: Symbol, measure: Measure, names: Names, domain: str = "") -> str:
    """Where a variable ranges, as in x ∈ (0, ∞); closed brackets where `domain`, the domain as written, has them.

    >>> from sympy import Symbol, oo
    >>> print(support(Symbol("x"), Lebesgue(0, 1), Names(), "[0, 1)"), support(Symbol("k"), Counting(0, oo), Names()))
    x \\in [0, 1) k \\in \\{0, 1, 2, \\dots\\}
    """
    return rf"{names.spell(x.name)} \in {domain_of(measure, Printer(names), domain)}"


def domain_of(measure: Measure, printer: Printer, domain: str) -> str:
    """The set that a measure lives on."""
    if isinstance(measure, Atoms):
        return rf"\{{{', '.join(map(printer.in_line, measure.points))}\}}"
    lo, hi = measure.lo, measure.hi
    if isinstance(measure, Lebesgue):
        if (lo, hi) == (-oo, oo):
            return r"\mathbb{R}"
        left, right = "[" if domain.startswith("[") else "(", "]" if domain.endswith("]") else ")"
        return f"{left}{printer.in_line(lo)}, {printer.in_line(hi)}{right}"
    if (lo, hi) == (-oo, oo):
        return r"\mathbb{Z}"
    first = [lo, lo + 1, lo + 2] if lo.is_Integer and hi is oo else [lo, lo + 1]
    shown = [] if lo is -oo else list(map(printer.in_line, first if lo.is_Integer else [lo]))
    return r"\{%s\}" % ", ".join([*shown, r"\dots"] + ([] if hi is oo else [printer.in_line(hi)]))


__all__ = ["Printer", "differential", "glyphs", "named", "support", "tex", "wrapped"]
