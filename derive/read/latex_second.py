"""The second reader: the library latex2sympy2 (latex2sympy2-extended) behind the same front end.

Names, structure and ambiguities are settled before; the library's grammar gets a row with an opaque sign for every value and
finds its arithmetic. What it answers is rebuilt with the values, by the same guards as ours. So the two agree only if both
understood the precedence of everything in the formula.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sympy import Add, Basic, E, Expr, Mul, Pow, Symbol, log
from sympy import factorial as sympy_factorial

from derive.read.latex_ambiguity import term_end
from derive.read.latex_functions import raised
from derive.read.latex_grammar import Cursor, call, derivative, evaluated, limit
from derive.read.latex_nodes import Bar, Big, Call, Context, Der, Diff, Frac, Int, Lim, Node, Op, Paren, Root, Row, Sup, Value
from derive.read.names import ReadError, factorial

MAX_DEPTH = 12
LETTERS = "xyzuvw"


@dataclass(slots=True)
class Emission:
    """The text for the library, and what its opaque signs and letters stand for."""

    ctx: Context
    values: dict[Symbol, Basic] = field(default_factory=dict)
    bound: dict[Symbol, str] = field(default_factory=dict)
    depth: int = 0

    def sign(self, value: Basic) -> str:
        """A sign for a value: a letter for a bound variable, else an opaque name."""
        if value in self.bound:
            return self.bound[value]  # type: ignore[index]
        name = f"hbar_{{{len(self.values) + 10}}}"
        self.values[Symbol(name)] = value
        return "\\" + name


def evaluate(row: Row, ctx: Context) -> Expr:
    """The value of a row by the library's grammar. Raises ReadError where it cannot read the row."""
    if not row:
        raise ctx.error("a value is missing here", None)
    if len(row) == 1 and isinstance(row[0], (Value, Paren)):
        return row[0].expr if isinstance(row[0], Value) else evaluate(row[0].nodes, ctx)
    emission = Emission(ctx)
    text = emitted(row, emission)
    parsed = parser()(text)
    if not isinstance(parsed, Basic):
        raise ctx.error("the reader latex2sympy2 finds no expression here", row[0].position)
    letters: dict[Basic, Basic] = {Symbol(letter): symbol for symbol, letter in emission.bound.items()}
    return rebuilt(parsed, letters | emission.values, ctx, row[0].position)  # type: ignore[operator]


def parser() -> Callable[[str], object]:
    """The library's parser without its guesses (lower-casing, mixed fractions, x ∈ as =)."""
    try:
        from latex2sympy2_extended.latex2sympy2 import ConversionConfig, latex2sympy
    except ImportError:
        raise ReadError("the reader latex2sympy2 is not installed; it comes with the extra derive-engine[latex2sympy2]") from None
    config = ConversionConfig(lowercase_symbols=False, interpret_as_mixed_fractions=False, interpret_contains_as_eq=False)

    def parse(text: str) -> object:
        try:
            return latex2sympy(text, normalization_config=None, conversion_config=config)
        except Exception:  # the library raises bare exceptions of many kinds
            raise ReadError("the reader latex2sympy2 cannot read this formula") from None

    return parse


def emitted(row: Row, e: Emission) -> str:
    """The row as text for the library."""
    e.depth += 1
    if e.depth > MAX_DEPTH:
        raise e.ctx.error("this is nested too deeply for the reader latex2sympy2", row[0].position if row else None)
    parts, at = [], 0
    while at < len(row):
        text, after = piece(row, at, e)
        apart = at > 0 and isinstance(row[at], Paren) and isinstance(row[at - 1], (Value, Sup))
        parts += [r"\cdot", text] if apart else [text]  # the library would apply a sign to a bracket behind it
        at = after
    e.depth -= 1
    if not parts:
        raise e.ctx.error("a value is missing here", None)
    return " ".join(parts)


def piece(row: Row, at: int, e: Emission) -> tuple[str, int]:
    """One node, with what it reaches over, and where the next one stands."""
    node = row[at]
    if isinstance(node, Value):
        if getattr(node.expr, "is_Matrix", False):
            raise e.ctx.error("the reader latex2sympy2 cannot read matrices here", node.position)
        return e.sign(node.expr), at + 1
    if isinstance(node, Paren) and at + 1 < len(row) and isinstance(bar := row[at + 1], Bar):
        return e.sign(evaluated(evaluate(node.nodes, e.ctx), bar, e.ctx)), at + 2
    if isinstance(node, (Big, Int, Lim)):
        return reaching(node, row, at, e)
    if isinstance(node, Der):
        behind = Cursor(row[at + 1 : term_end(row, at + 1)], e.ctx)
        value = derivative(node, behind)
        if isinstance(after := behind.peek(), Bar):
            value, behind.at = evaluated(value, after, e.ctx), behind.at + 1
        return e.sign(value), at + 1 + behind.at
    return simple(node, e), at + 1


def simple(node: Node, e: Emission) -> str:
    """A node that reaches over nothing behind it."""
    match node:
        case Op(text="*"):
            return "\\cdot"
        case Op(text="!!" | "T"):
            raise e.ctx.error(f"the reader latex2sympy2 cannot read {node.text} here", node.position)
        case Op():
            return node.text
        case Sup():
            return "^{" + emitted(node.nodes, e) + "}"
        case Paren():
            return "(" + emitted(node.nodes, e) + ")"
        case Frac():
            return "\\frac{" + emitted(node.top, e) + "}{" + emitted(node.bottom, e) + "}"
        case Root():
            degree = f"[{emitted(node.degree, e)}]" if node.degree else ""
            return f"\\sqrt{degree}{{{emitted(node.nodes, e)}}}"
        case Call() if node.latex not in ("", "\\coth") and not node.power and not node.base:
            name = "\\ln" if node.head is log else node.latex  # \\log would be the decimal one
            return f"{name}({emitted(node.argument, e)})"
        case Call():
            return e.sign(call(node, Cursor((), e.ctx)))
    raise e.ctx.error("the reader latex2sympy2 cannot read this", node.position)


def reaching(node: Big | Int | Lim, row: Row, at: int, e: Emission) -> tuple[str, int]:
    """A sum, integral or limit with its body; the bound variable is a letter inside it."""
    if isinstance(node, Lim):
        end = term_end(row, at + 1)
        return e.sign(limit(node, Cursor(row[at + 1 : end], e.ctx))), end
    if len(e.bound) >= len(LETTERS) or (isinstance(node, Big) and (node.points or node.step != 1)):
        raise e.ctx.error("the reader latex2sympy2 cannot read this sum or integral", node.position)
    ends = (node.lo, node.hi)
    if node.var not in e.bound:
        e.bound[node.var] = LETTERS[len(e.bound)]
    letter = e.bound[node.var]
    if isinstance(node, Big):
        end = term_end(row, at + 1)
        lo, hi = (e.sign(x) for x in ends if x is not None)
        head = "\\sum" if node.kind == "sum" else "\\prod"
        return f"{head}_{{{letter}={lo}}}^{{{hi}}} ({emitted(row[at + 1 : end], e)})", end
    end = differential(row, at)
    bounds = "" if node.lo is None or node.hi is None else f"_{{{e.sign(node.lo)}}}^{{{e.sign(node.hi)}}}"
    body = emitted(row[at + 1 : end], e) if end > at + 1 else "1"
    return f"\\int{bounds} ({body}) d{letter}", end + 1


def differential(row: Row, at: int) -> int:
    """The place of the differential that closes the integral at row[at]."""
    depth = 0
    for place in range(at, len(row)):
        depth += isinstance(row[place], Int) - isinstance(row[place], Diff)
        if depth == 0:
            return place
    raise ReadError("this integral has no differential such as dx", position=row[at].position)


def rebuilt(term: Basic, values: dict[Basic, Basic], ctx: Context, position: int) -> Expr:
    """The library's tree with values for its signs; every other name in it is an error."""
    if isinstance(term, Symbol):
        if term not in values:
            raise ctx.error(f"the reader latex2sympy2 made up the name {term}", position)
        return values[term]  # type: ignore[return-value]
    if not term.args:
        return term  # type: ignore[return-value]
    args = [rebuilt(arg, values, ctx, position) for arg in term.args]
    if isinstance(term, Pow):
        return ctx.build(position, raised, *args)  # type: ignore[no-any-return]
    if isinstance(term, sympy_factorial):
        return ctx.build(position, factorial, *args)  # type: ignore[no-any-return]
    if isinstance(term, log) and len(args) == 2:
        return log(args[0]) if args[1] == E else log(args[0]) / log(args[1])
    head = {"Add": Add, "Mul": Mul}.get(type(term).__name__, term.func)
    return ctx.build(position, head, *args)  # type: ignore[no-any-return]
