"""The grammar of formulas: tokens to a tree, by precedence. Nothing is computed here.

    and, & < comparisons (chains) < + - < * / and juxtaposition < ** (to the right; -x**2 is -(x**2)) < ! and raised figures

Juxtaposition is a product. Where people disagree about what it means (a/b c, x^2y, 1/2x) it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.read.names import MAX_DEPTH, ReadError
from derive.read.tokens import BRACKETS, Token, tokenize

AND, COMPARE, SUM, PRODUCT, POWER, POSTFIX = range(1, 7)
LEVEL = {"&": AND, "and": AND, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER, "!": POSTFIX,
         **dict.fromkeys(("<", "<=", ">", ">=", "=", "==", "!="), COMPARE)}
MAX_APPLIED = 20  # applications inside applications; SymPy's time for nested bars grows too fast beyond
WORDS = {"and", "or", "not", "in", "if", "else", "for"}
AMBIGUOUS = "it is not clear what {} means here: put '*' or brackets"


@dataclass(frozen=True)
class Node:
    """A part of a formula and the offset where it starts.

    kind: number, name, call, sum, neg, product, inverse, power, factorial, abs, compare, and, tuple, list, index.
    `text` is the name, the digits, or the signs of a chain of comparisons; `closed` says that it stood in brackets.
    """

    kind: str
    at: int
    parts: tuple[Node, ...] = ()
    text: str = ""
    closed: bool = False


class Parser:
    """Reads one text from left to right; `is_function(name)` decides whether name(…) is an application or a product."""

    def __init__(self, text: str, is_function: Callable[[str], bool]) -> None:
        self.text, self.is_function = text, is_function
        self.tokens, self.place, self.depth, self.applied = tokenize(text), 0, 0, 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def see(self, *signs: str) -> bool:
        return self.now.text in signs and self.now.kind in ("op", "name")

    def fail(self, message: str, at: int | None = None) -> ReadError:
        return ReadError(message, self.text, self.now.at if at is None else at)

    def inner(self, floor: int = 0) -> Node:
        """A formula one level further in."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"more than {MAX_DEPTH} levels of nesting are not read")
        node = self.expression(floor)
        self.depth -= 1
        return node

    def expression(self, floor: int = 0) -> Node:
        """The longest formula that starts here and whose operators bind tighter than `floor`."""
        left = self.operand(floor)
        while (level := self.level()) > floor:
            left = self.extend(left, level)
        return left

    def level(self) -> int:
        """How tightly what comes next binds to what stands before it; 0 where it does not."""
        if self.now.kind == "power":
            return POSTFIX
        if self.now.kind in ("op", "name") and self.now.text in LEVEL:
            return LEVEL[self.now.text]
        return PRODUCT if self.starts_operand() else 0

    def starts_operand(self) -> bool:
        return self.see("(", "√") or (self.now.kind in ("number", "name") and self.now.text not in WORDS)

    def extend(self, left: Node, level: int) -> Node:
        if level == POSTFIX:
            return self.postfix(left)
        if level == POWER:
            self.take()
            return Node("power", left.at, (left, self.inner(POWER - 1)))
        return {AND: self.both, COMPARE: self.chain, SUM: self.sum, PRODUCT: self.product}[level](left)

    def postfix(self, left: Node) -> Node:
        token = self.take()
        if token.kind == "power":
            return Node("power", left.at, (left, figure(token)))
        if left.kind == "factorial" and not left.closed:
            raise self.fail("three or more '!' have no certain meaning: put brackets", token.at)
        double = self.see("!") and self.now.at == token.end
        return Node("factorial", left.at, (left,), self.take().text * 2 if double else "!")

    def both(self, left: Node) -> Node:
        parts = [left]
        while self.see("&", "and"):
            self.take()
            parts.append(self.expression(AND))
        return Node("and", left.at, tuple(parts))

    def chain(self, left: Node) -> Node:
        parts, signs = [left], []
        while self.level() == COMPARE:
            signs.append(self.take().text)
            parts.append(self.expression(COMPARE))
        return Node("compare", left.at, tuple(parts), " ".join(signs))

    def sum(self, left: Node) -> Node:
        parts = [left]
        while self.see("+", "-"):
            sign = self.take()
            part = self.expression(SUM)
            parts.append(part if sign.text == "+" else Node("neg", sign.at, (part,)))
        return Node("sum", left.at, tuple(parts))

    def product(self, left: Node) -> Node:
        parts = [left]
        while self.level() == PRODUCT:
            if self.see("*"):
                self.take()
                parts.append(self.expression(PRODUCT))
            elif self.see("/"):
                sign = self.take()
                parts.append(Node("inverse", sign.at, (self.expression(PRODUCT),)))
            else:
                self.refuse_ambiguous(parts)
                parts.append(self.expression(PRODUCT))
        return Node("product", left.at, tuple(parts))

    def refuse_ambiguous(self, parts: list[Node]) -> None:
        """Juxtaposition that one reader takes one way and another the other."""
        last, tight = parts[-1], self.now.kind == "name" and self.now.at == self.tokens[self.place - 1].end
        written = self.text[last.at : self.now.end]
        if self.now.kind == "number":
            raise self.fail("an operator is missing")
        if last.kind == "inverse" and (tight or len(parts) < 2 or not (plain(parts[-2]) and plain(last.parts[0]))):
            raise self.fail(AMBIGUOUS.format(f"{self.text[parts[-2].at : self.now.end]!r}"), parts[-2].at)
        if last.kind == "power" and not last.closed and unclear(last.parts[1], tight):
            raise self.fail(AMBIGUOUS.format(repr(written)), last.at)

    def operand(self, floor: int) -> Node:
        """What can stand before the first operator: a number, a name, an application, brackets, bars, or these with a sign."""
        token = self.now
        if self.see("-", "+"):
            self.take()
            part = self.inner(max(floor, SUM))
            return part if token.text == "+" else Node("neg", token.at, (part,))
        if token.kind == "number":
            return Node("number", token.at, (), self.take().text)
        if token.kind == "name" and token.text not in WORDS:
            return self.named()
        if self.see("(", "["):
            return self.bracket()
        if self.see("|"):
            return self.bars()
        if self.see("√"):
            return self.root()
        raise self.unexpected()

    def unexpected(self) -> ReadError:
        token = self.now
        if token.kind == "end":
            return self.fail("the formula is empty" if not self.place else "the formula ends too early")
        if token.text in BRACKETS.values():
            return self.fail(f"{token.text!r} comes where a number, a name or a bracket should stand")
        if token.text == "{":
            return self.fail("curly brackets have no meaning in a formula")
        if token.text in WORDS:
            return self.fail(f"{token.text!r} has no meaning here")
        return self.fail(f"something is missing before {token.text!r}")

    def named(self) -> Node:
        """A name, an application f(x, y), or an indexed name x[i]."""
        token = self.take()
        if self.see("(") and self.is_function(token.text):
            self.apply(1)
            node = Node("call", token.at, self.items(self.take(), ")"), token.text)
            self.apply(-1)
            return node
        if self.see("[") and self.now.at == token.end:
            return Node("index", token.at, self.items(self.take(), "]"), token.text)
        return Node("name", token.at, (), token.text)

    def apply(self, by: int) -> None:
        """Count how many applications stand around this place."""
        self.applied += by
        if self.applied > MAX_APPLIED:
            raise self.fail(f"more than {MAX_APPLIED} functions inside each other are not read")

    def bars(self) -> Node:
        """|x| is the absolute value."""
        opening = self.take()
        self.apply(1)
        inside = self.inner()
        self.apply(-1)
        self.close("|", opening)
        return Node("abs", opening.at, (inside,))

    def bracket(self) -> Node:
        """(a), [a] is a list, (a, b) a tuple."""
        opening = self.take()
        parts = self.items(opening, BRACKETS[opening.text])
        if opening.text == "(" and len(parts) == 1 and self.tokens[self.place - 2].text != ",":
            return replace(parts[0], closed=True)
        return Node("list" if opening.text == "[" else "tuple", opening.at, parts, closed=True)

    def items(self, opening: Token, closing: str) -> tuple[Node, ...]:
        """What stands in brackets, separated by commas."""
        parts = []
        while not self.see(closing):
            parts.append(self.inner())
            if not self.see(","):
                break
            self.take()
        self.close(closing, opening)
        return tuple(parts)

    def close(self, closing: str, opening: Token) -> None:
        if not self.see(closing):
            other = f" before {self.now.text!r}" if self.now.kind != "end" else ""
            raise self.fail(f"a {closing!r} is missing{other}, to close the {opening.text!r} at position {opening.at + 1}")
        self.take()

    def root(self) -> Node:
        """√2, √x, √(x + 1); √2π is refused, for it may mean √2·π or √(2π)."""
        sign = self.take()
        if not self.starts_operand():
            raise self.unexpected()
        inside = self.operand(POSTFIX)
        if not inside.closed and self.level() >= PRODUCT and not self.see("*", "/"):
            raise self.fail("it is not clear how far '√' reaches: put brackets", sign.at)
        return Node("call", sign.at, (replace(inside, closed=False),), "sqrt")

    def end(self) -> None:
        """Nothing may be left over."""
        if self.now.kind == "end":
            return
        if self.now.text in BRACKETS.values():
            raise self.fail(f"there is a {self.now.text!r} too many")
        if self.now.text == ",":
            raise self.fail("a list stands where one formula should")
        raise self.fail(f"{self.now.text!r} has no meaning here")


def figure(token: Token) -> Node:
    """The exponent that raised figures stand for."""
    digits = token.text.lstrip("+-")
    node = Node("number" if digits.isdigit() else "name", token.at, (), digits, closed=True)
    return Node("neg", token.at, (node,), closed=True) if token.text.startswith("-") else node


def plain(node: Node) -> bool:
    return node.kind == "number"


def unclear(exponent: Node, tight: bool) -> bool:
    """Whether what follows this exponent may be meant to belong to it, as in x^2y and e^-x y."""
    return not exponent.closed and (exponent.kind == "neg" or (tight and exponent.kind == "number"))


def parse(text: str, is_function: Callable[[str], bool]) -> Node:
    """The tree of one formula.

    Raises ReadError, with the position where it goes wrong.

    >>> parse("x + 1", lambda name: False).kind
    'sum'
    """
    parser = Parser(text, is_function)
    node = parser.expression()
    parser.end()
    return node


def parse_list(text: str, is_function: Callable[[str], bool]) -> tuple[Node, ...]:
    """The trees of formulas separated by commas."""
    parser = Parser(text, is_function)
    parts = [parser.expression()]
    while parser.see(","):
        parser.take()
        parts.append(parser.expression())
    parser.end()
    return tuple(parts)
