"""What names may mean to a reader, what it says when they mean nothing, and the guards on what it builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy
from sympy import Expr, Pow, Symbol
from sympy.core.function import UndefinedFunction

MAX_LENGTH = 20_000  # characters of one formula
MAX_DEPTH = 100  # nested brackets
MAX_BITS = 4_000  # size of a number that a constant power, factorial or binomial may grow to


class ReadError(ValueError):
    """Something a person wrote cannot be read. `position` is the 0-based offset in `source` where it goes wrong, if known.

    >>> print(ReadError("a ')' is missing", source="(x + 1", position=6))
    a ')' is missing (at position 7 of '(x + 1')
    """

    def __init__(self, message: str, source: str = "", position: int | None = None) -> None:
        self.message, self.source, self.position = message, source, position
        super().__init__(message)

    def __str__(self) -> str:
        if self.position is None:
            return self.message
        first, last = (0, len(self.source)) if len(self.source) <= 60 else (max(0, self.position - 30), self.position + 30)
        shown = f"{'…' * (first > 0)}{' '.join(self.source[first:last].splitlines())}{'…' * (last < len(self.source))}"
        return f"{self.message} (at position {self.position + 1} of '{shown}')"


@dataclass(frozen=True)
class Scope:
    """The names that are declared where a formula stands.

    `symbols`: name → Symbol, or IndexedBase for x[1] … x[n]. `functions`: name → abstract function. `latex`: a LaTeX spelling, as
    in `\\alpha_0`, → name, for names that are not spelled the obvious way. With `strict` an undeclared name is an error that
    names it; without it, it becomes a real symbol, collected by the reader in the order of appearance.
    """

    symbols: Mapping[str, Expr] = field(default_factory=dict)
    functions: Mapping[str, UndefinedFunction] = field(default_factory=dict)
    latex: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True


def power(base: Expr, exponent: Expr) -> Expr:
    """base**exponent, refused where it would be a number too large to write down.

    >>> from sympy import Integer
    >>> try:
    ...     power(Integer(9), Integer(9)**9)
    ... except ReadError as error:
    ...     print(error)
    9**387420489 is too large a number
    """
    if base.is_Rational and exponent.is_Rational and base not in (0, 1, -1):
        bits = max(abs(base.p).bit_length(), base.q.bit_length())
        if abs(exponent.p) // exponent.q * bits > MAX_BITS:
            raise ReadError(f"{base}**{exponent} is too large a number")
    return Pow(base, exponent)


def factorial(n: Expr) -> Expr:
    """n!, refused for a number n that makes it too large."""
    return sympy.factorial(modest(n, "the factorial"))


def gamma(z: Expr) -> Expr:
    """Γ(z), refused for a number z that makes it too large."""
    return sympy.gamma(modest(z, "gamma"))


def binomial(n: Expr, k: Expr) -> Expr:
    """The binomial coefficient, refused for numbers that make it too large."""
    if n.is_number and k.is_number:
        modest(n, "the binomial coefficient")
    if k.is_number:
        modest(k, "the binomial coefficient")
    return sympy.binomial(n, k)


def modest(z: Expr, what: str) -> Expr:
    """z itself, unless it is a number above 500 in size."""
    if z.is_number and z.is_comparable and abs(z) > 500:
        raise ReadError(f"{what} of {z} is too large a number")
    return z


def obvious(name: str) -> Symbol:
    """A real symbol, for a name that a kernel mentions and nobody declared."""
    return Symbol(name, real=True)
