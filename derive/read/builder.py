"""Trees of formulas to SymPy expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import Add, Eq, Expr, Ge, Gt, IndexedBase, Integer, Le, Lt, Mul, Ne, Piecewise, Pow, Rational, S, Symbol
from sympy.logic.boolalg import And, Boolean, Not, Or

from derive.language.totals import Counting, Lebesgue, variable
from derive.read import functions
from derive.read.functions import BINDERS, FORMS, LETTERS, MAX_CASES, MAX_TERMS, RELATIONS, power, settled
from derive.read.names import ReadError, Scope, obvious
from derive.read.syntax import Node
from derive.read.tokens import near

CONSTANTS = {"pi": S.Pi, "E": S.Exp1, "e": S.Exp1, "I": S.ImaginaryUnit, "oo": S.Infinity, "inf": S.Infinity,
             "infinity": S.Infinity, "EulerGamma": S.EulerGamma, "Catalan": S.Catalan, "GoldenRatio": S.GoldenRatio}
COMPARISONS: dict[str, Callable[..., Any]] = {"<": Lt, "<=": Le, ">": Gt, ">=": Ge, "=": Eq, "==": Eq, "!=": Ne}


def kind(value: Any) -> str:
    """What a value is that is not a number, in words."""
    return "an indexed name" if isinstance(value, IndexedBase) else "a relation" if isinstance(value, Boolean) else "a list"


def shorter(message: str) -> str:
    """A message without the middle of a long number."""
    return message if len(message) < 200 else f"{message[:60]} … {message[-60:]}"


def is_limit(node: Node) -> bool:
    """Whether a node is of the form (name, a, b)."""
    return node.kind == "tuple" and len(node.parts) == 3 and node.parts[0].kind == "name"


def means_something(name: str) -> bool:
    """Whether a name that stands alone has a meaning that nobody needs to declare."""
    return name in CONSTANTS or name in ("True", "False") or (functions.known(name) and name not in LETTERS)


@dataclass(frozen=True)
class Builder:
    """Turns the tree of one text into SymPy objects; `bound` holds the names bound by the sums around a place."""

    text: str
    scope: Scope
    evaluate: bool = True
    bound: Mapping[str, Symbol] = field(default_factory=dict)

    def fail(self, message: str, node: Node) -> ReadError:
        return ReadError(message, self.text, node.at)

    def build(self, node: Node) -> Any:
        """The value of a node, with the place of what goes wrong."""
        try:
            value = getattr(self, f"_{node.kind}")(node)
        except ReadError as error:
            raise error if error.position is not None else self.fail(shorter(error.message), node) from None
        except (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError) as error:
            raise self.fail(f"this makes no sense to SymPy: {str(error)[:200]}", node) from None
        if value is S.NaN or value is S.ComplexInfinity:
            raise self.fail("this has no value", node)
        if isinstance(value, Expr) and functions.unprintable(value):
            raise self.fail("this is too large a number", node)
        return value

    def value(self, node: Node) -> Expr:
        """The value of a node that must be a number."""
        value = self.build(node)
        if isinstance(value, Expr) and not isinstance(value, IndexedBase):
            return value
        raise self.fail(f"{kind(value)} stands where a number should", node)

    def _number(self, node: Node) -> Expr:
        return Integer(node.text) if node.text.isdigit() else Rational(node.text)

    def _name(self, node: Node) -> Any:
        name = node.text
        for table in (self.bound, self.scope.symbols, CONSTANTS):
            if name in table:
                return table[name]
        if name in ("True", "False"):
            return sympy.true if name == "True" else sympy.false
        if means_something(name) or name in self.scope.functions:
            raise self.fail(f"{name!r} is a function: its argument must follow in brackets, as in {name}(x)", node)
        if self.scope.strict:
            raise self.fail(f"{name!r} is not declared{near(name, self.scope.symbols)}", node)
        return obvious(name)

    def _neg(self, node: Node) -> Expr:
        value = self.value(node.parts[0])
        if self.evaluate or value.is_Rational or value.is_infinite:
            return -value
        return Mul(-1, *(value.args if value.is_Mul else (value,)), evaluate=False)

    def _sum(self, node: Node) -> Expr:
        return Add(*map(self.value, node.parts), evaluate=self.evaluate)

    def _product(self, node: Node) -> Expr:
        factors: list[Expr] = []
        for part in node.parts:
            value = self.value(part)
            if part.kind == "inverse" and value.is_Rational and factors[-1].is_Rational:  # 1/2 is one number
                value *= factors.pop()
            factors.append(value)
        return Mul(*factors, evaluate=self.evaluate or all(f.is_Rational for f in factors))

    def _inverse(self, node: Node) -> Expr:
        value = self.value(node.parts[0])
        if value.is_zero:
            raise self.fail("this divides by zero", node)
        return power(value, S.NegativeOne) if self.evaluate or value.is_Rational else Pow(value, -1, evaluate=False)

    def _power(self, node: Node) -> Expr:
        base, exponent = map(self.value, node.parts)
        if self.evaluate or (base.is_Rational and exponent.is_Rational):
            return power(base, exponent)
        return sympy.exp(exponent, evaluate=False) if base is S.Exp1 else Pow(base, exponent, evaluate=False)

    def _factorial(self, node: Node) -> Expr:
        known = functions.function("factorial" if node.text == "!" else "factorial2")
        return known(self.value(node.parts[0]), evaluate=self.evaluate)

    def _abs(self, node: Node) -> Expr:
        return functions.function("Abs")(self.value(node.parts[0]), evaluate=self.evaluate)

    def _tuple(self, node: Node) -> tuple[Any, ...]:
        return tuple(map(self.build, node.parts))

    _list = _tuple

    def _and(self, node: Node) -> Boolean:
        return And(*self.relations(node))

    _compare = _and

    def relations(self, node: Node) -> tuple[Boolean, ...]:
        """The relations that a node states together."""
        if node.kind == "and":
            return tuple(part for inner in node.parts for part in self.relations(inner))
        if node.kind == "compare":
            sides = [settled(self.value(part)) for part in node.parts]
            return tuple(COMPARISONS[sign](*pair) for sign, *pair in zip(node.text.split(), sides, sides[1:], strict=False))
        value = self.build(node)
        if isinstance(value, And):
            return tuple(value.args)
        if not isinstance(value, Boolean) or isinstance(value, Symbol):
            raise self.fail("a relation such as 'a > 0' should stand here", node)
        return (value,)

    def _index(self, node: Node) -> Expr:
        base = self.scope.symbols.get(node.text)
        if not isinstance(base, IndexedBase):
            raise self.fail(f"{node.text!r} is not declared as indexed", node)
        return base[tuple(map(self.value, node.parts))]

    def _call(self, node: Node) -> Any:
        name = node.text
        if name in self.scope.functions:
            return self.applied(node)
        if name in FORMS:
            return self.form(node)
        if not functions.known(name):
            hint = near(name, [*functions.TABLE, *self.scope.functions]) or f"; a product is written {name}*(…)"
            raise self.fail(f"the function {name!r} is not known{hint}", node)
        known = functions.function(name)
        if len(node.parts) not in known.counts:
            hint = f"; the product is written {name}*(…)" if name in self.scope.symbols else ""
            raise self.fail(f"{name!r} does not take {len(node.parts)} argument{'s' * (len(node.parts) != 1)}{hint}", node)
        lists = ("list", "tuple") if name == "hyper" else ()
        return known(*(self.build(p) if p.kind in lists else self.value(p) for p in node.parts), evaluate=self.evaluate)

    def applied(self, node: Node) -> Expr:
        """An abstract function, applied."""
        function = self.scope.functions[node.text]
        if len(node.parts) not in function.nargs:
            raise self.fail(f"{node.text!r} does not take {len(node.parts)} arguments", node)
        return function(*map(self.value, node.parts))

    def form(self, node: Node) -> Any:
        """What takes relations, cases or limits for its arguments."""
        name = node.text
        if name in BINDERS:
            return self.binder(node)
        if name == "Piecewise":
            return self.piecewise(node)
        if name in RELATIONS:
            left, right = (settled(self.value(part)) for part in self.exactly(node, 2))
            return COMPARISONS[RELATIONS[name]](left, right)
        if name in ("Indicator", "Not"):
            condition = And(*self.relations(self.exactly(node, 1)[0]))
            return functions.indicator(condition) if name == "Indicator" else Not(condition)
        return {"And": And, "Or": Or}[name](*(And(*self.relations(part)) for part in node.parts[:MAX_CASES]))

    def exactly(self, node: Node, count: int) -> tuple[Node, ...]:
        if len(node.parts) != count:
            raise self.fail(f"{node.text!r} takes {count} argument{'s' * (count != 1)}", node)
        return node.parts

    def piecewise(self, node: Node) -> Expr:
        """Piecewise((value, condition), …)."""
        if not 0 < len(node.parts) <= MAX_CASES or any(p.kind != "tuple" or len(p.parts) != 2 for p in node.parts):
            raise self.fail(f"Piecewise takes 1 to {MAX_CASES} pairs (value, condition)", node)
        cases = [(self.value(p.parts[0]), And(*self.relations(p.parts[1]))) for p in node.parts]
        return Piecewise(*cases, evaluate=self.evaluate)

    def binder(self, node: Node) -> Expr:
        """Sum(f, (i, a, b), …): the limits on the right stand outermost, and those on the left may use their letters."""
        if len(node.parts) < 2 or not all(map(is_limit, node.parts[1:])):
            raise self.fail(f"{node.text!r} takes a formula and limits, as in {node.text}(f, (i, 1, n))", node)
        builder, limits = self, list[tuple[Symbol, Expr, Expr]]()
        for limit in reversed(node.parts[1:]):
            low, high = builder.value(limit.parts[1]), builder.value(limit.parts[2])
            if node.text != "Integral" and (high - low).is_number and MAX_TERMS < high - low < S.Infinity:
                raise self.fail(f"a {node.text} of more than {MAX_TERMS} terms is not read", limit)
            symbol = variable(limit.parts[0].text, (Lebesgue if node.text == "Integral" else Counting)(low, high))
            builder = Builder(self.text, self.scope, self.evaluate, {**builder.bound, symbol.name: symbol})
            limits.insert(0, (symbol, low, high))
        return BINDERS[node.text](builder.value(node.parts[0]), *limits)
