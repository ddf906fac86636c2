"""What the equations and conditions of a document do with names: define them, give them values, signs and functions of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.grade.writing.naming import NUMBER, bare
from derive.grade.writing.pieces import Statement

RELATION = re.compile(r"[<>=,]|\\(?:lt|gt|leq?|geq?|leqslant|geqslant|neq?|in)(?![A-Za-z])")
POWER = re.compile(r"(?P<base>.+?)\s*\^\s*(?:\d|\{\d\})", re.DOTALL)
DEFINING = re.compile(r"\b(?:let|put|set|define|denote|write|with|where)\s*$", re.I)
SIGNS = (">", "<", r"\ge", r"\geq", r"\le", r"\leq", r"\gt", r"\lt")
OVERLOADED = ("p", "q", "f", "pi")  # letters of densities, which their arguments tell apart


def key_of(head: tuple[str, tuple[str, ...]]) -> str:
    """A name under which a definition is kept: p(z) and p(x | z) are two functions by one letter."""
    name, args = head
    return f"{name}({','.join(args)})" if args and name in OVERLOADED else name


def at_a_point(args: tuple[str, ...], old: tuple[str, ...], value: str) -> bool:
    r"""Whether h(n) = … tells a value of h(t) = t - n \ln t, and no new h: n stands in the formula, or is a t with an index or an accent.

    >>> at_a_point(("n",), ("t",), r"t - n\ln t"), at_a_point(("x_0",), ("x",), "x^2"), at_a_point(("y",), ("x",), "x^2")
    (True, True, False)
    """
    if len(args) != len(old):
        return False
    letters = [arg.split("_")[0] for arg in args]
    there = any(re.search(rf"(?<![A-Za-z]){re.escape(letter)}(?![A-Za-z])", value) for letter, own in zip(letters, old, strict=True) if letter != own)
    marked = any(arg != own and own in {letter, *name_bases(letter)} for arg, letter, own in zip(args, letters, old, strict=True))
    return there or marked


def called_in(name: str, text: str) -> bool:
    """Whether a text has a Greek letter before a bracket or with a prime, so that it may be a function there."""
    return re.search(rf"\\{name}\s*(?:'|\\left|\\[bB]igg?l?|\()", text) is not None


def name_bases(name: str) -> set[str]:
    """The letters with which a name may be spelled: xbar is \\bar x."""
    base = name.split("_")[0]
    return {base.removeprefix("cal").removeprefix("bb"), *(base.removesuffix(a) for a in ("hat", "bar", "tilde", "star") if base.endswith(a))}


def between_names(text: str) -> bool:
    """Whether a condition only compares names and numbers, as µ > λ and 1 ≤ k ≤ n do."""
    parts = RELATION.split(text)
    return len(parts) > 1 and all(bare(part.strip()) or NUMBER.fullmatch(part) for part in parts)


def signed(chains: list[Statement], conditions: list[str]) -> tuple[list[Statement], list[str]]:
    """b = 1/T > 0 says what b is, and that it is positive."""
    made, said = [], list(conditions)
    for chain in chains:
        if len(chain.sides) == 3 and chain.signs[0] == "=" and chain.signs[1] in SIGNS and chain.sides[2].text == "0" and bare(chain.sides[0].text):
            said.append(f"{chain.sides[0].text} {chain.signs[1]} 0")
            chain = replace(chain, sides=chain.sides[:2], signs=chain.signs[:1])
        made.append(chain)
    return made, said


def speaks_of(value: str, name: str) -> bool:
    """Whether a value speaks of the name itself: s = 1/2 + s²/2 is an equation for s, and no definition."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name.strip())}(?![A-Za-z_])", value) is not None


def chosen(chain: Statement) -> bool:
    """Whether a chain only gives names a value: p = q = 1/2."""
    *names, last = (side.text for side in chain.sides)
    return len(names) > 1 and all(bare(name) for name in names) and bool(NUMBER.fullmatch(last)) and set(chain.signs) == {"="}


def squared(chain: Statement, before: str) -> bool:
    """Whether "write s² = …" introduces a name by one of its powers."""
    power = POWER.fullmatch(chain.sides[0].text)
    return power is not None and bare(power["base"]) is not None and bool(DEFINING.search(before))
