"""What a formula is made of once its names are known: a flat row of nodes, each holding smaller rows. Arithmetic is left to do.

Both readers do their arithmetic on these nodes: ours (latex_grammar) and the library behind the same front end (latex_second).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Basic, Expr, Function, Pow, S, Symbol, nan, zoo

from derive.read.latex_tokens import Item, Items
from derive.read.names import ReadError, Scope

MAX_BOUND = 20
MAX_TOWER = 8  # SymPy's time for a number such as exp(exp(exp(...))) doubles with every level


def tower(number: Basic) -> int:
    """How deep powers and functions are nested in a number."""
    own = isinstance(number, (Pow, Function))
    return own + max((tower(arg) for arg in number.args), default=0)


@dataclass(frozen=True, slots=True)
class Node:
    position: int = field(kw_only=True, default=0)
    spaced: bool = field(kw_only=True, default=False)


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A finished value. `kind`: number, constant (π), symbol, base (e, as in e^x), other."""

    expr: Expr
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Op(Node):
    """One of + - * / ! !! and T for a transpose."""

    text: str


@dataclass(frozen=True, slots=True)
class Sup(Node):
    """An exponent."""

    nodes: Row


@dataclass(frozen=True, slots=True)
class Paren(Node):
    """A bracket; `braces` are invisible ones."""

    nodes: Row
    braces: bool = False


@dataclass(frozen=True, slots=True)
class Frac(Node):
    top: Row
    bottom: Row


@dataclass(frozen=True, slots=True)
class Root(Node):
    nodes: Row
    degree: Row = ()


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of one argument, with a power before the argument (sin² x) or a base (log₂ x). `latex` names its command."""

    head: Callable[[Expr], Expr]
    latex: str = ""
    power: Row = ()
    base: Row = ()
    argument: Row = ()


@dataclass(frozen=True, slots=True)
class Big(Node):
    """A sum or product over var = lo … hi, or lo, lo + step, … without end, or over the points of a finite set; what it sums stands after it."""

    kind: str
    var: Symbol
    lo: Expr | None
    hi: Expr | None
    points: tuple[Expr, ...] = ()
    step: Expr = S.One


@dataclass(frozen=True, slots=True)
class Int(Node):
    """An integral sign; lo and hi are None for an indefinite integral. `first` says that dx stands right behind the sign."""

    var: Symbol
    lo: Expr | None
    hi: Expr | None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Diff(Node):
    """The dx that ends an integral."""

    var: Symbol


@dataclass(frozen=True, slots=True)
class Lim(Node):
    var: Symbol
    to: Expr
    direction: str


@dataclass(frozen=True, slots=True)
class Der(Node):
    """d/dx of what stands after it, or of `nodes`."""

    vars: tuple[Symbol, ...]
    nodes: Row = ()


@dataclass(frozen=True, slots=True)
class Bar(Node):
    """An evaluation bar after a term: at hi minus at lo, or without hi the value at lo; `own` where it belongs to the bracket before it alone."""

    lo: Expr
    hi: Expr | None
    var: Symbol | None = None
    own: bool = False


Row = tuple[Node, ...]


@dataclass(frozen=True)
class Context:
    """What is known where a part of a formula stands: the declared names, the bound variables, and who reads and who computes."""

    source: str
    scope: Scope
    table: Mapping[str, Any]
    resolve: Callable[[Items, Context], Row]
    evaluate: Callable[[Row, Context], Expr]
    bound: Mapping[str, Symbol] = field(default_factory=dict)
    integrals: int = 0

    def error(self, message: str, position: int | None) -> ReadError:
        """A ReadError at `position` of the source."""
        return ReadError(message, self.source, position)

    def row(self, items: Items) -> Row:
        """The nodes of a part of the formula."""
        return self.resolve(items, self)

    def value(self, items: Items) -> Expr:
        """The value of a part of the formula."""
        return self.evaluate(self.resolve(items, self), self)

    def binding(self, key: str, symbol: Symbol, integrals: int = 0) -> Context:
        """The context inside a sum or integral over `symbol`."""
        if len(self.bound) + self.integrals > MAX_BOUND:
            raise self.error("too many sums and integrals are nested", None)
        return replace(self, bound={**self.bound, key: symbol}, integrals=self.integrals + integrals)

    def build(self, position: int, make: Callable[..., Any], *args: Any) -> Any:
        """make(*args), with every refusal located at `position`."""
        try:
            value = make(*args)
        except ReadError as error:
            raise error if error.position is not None else self.error(error.message, position) from None
        except (ValueError, TypeError, ArithmeticError, AttributeError, NotImplementedError):
            raise self.error("this function is not defined for these arguments", position) from None
        if value in (zoo, nan):
            raise self.error("this has no value: it is a pole or an undefined form", position)
        if isinstance(value, Expr) and value.is_number and not value.is_Rational and tower(value) > MAX_TOWER:
            raise self.error(f"powers and functions of numbers are nested more than {MAX_TOWER} deep", position)
        return value


@dataclass(slots=True)
class Line:
    """A row while it is read: where we are, what was found, the sums and integrals that are open, with the context outside."""

    items: tuple[Item, ...]
    ctx: Context
    at: int = 0
    out: list[Node] = field(default_factory=list)
    open: list[tuple[str, Context]] = field(default_factory=list)

    @property
    def in_integral(self) -> bool:
        """Whether a dx can stand here: not in an exponent or a bracket of its own, even inside an integral."""
        return any(kind == "integral" for kind, _ in self.open)

    def end_sums(self) -> None:
        """A sum ends with its term."""
        while self.open and self.open[-1][0] == "sum":
            self.ctx = self.open.pop()[1]

    def end_integral(self) -> None:
        """An integral ends with its differential."""
        self.end_sums()
        if self.open:
            self.ctx = self.open.pop()[1]


def starts(node: Node | None) -> bool:
    """Whether a factor may start with `node`."""
    return isinstance(node, (Value, Paren, Frac, Root, Call, Big, Int, Lim, Der))
