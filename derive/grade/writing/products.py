r"""Products with an ellipsis: r (r + 1) ⋯ (r + k − 1), n/a · (n − 1)/a ⋯ 1/a, where numerators and denominators go in equal steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sympy import Basic, Expr, expand, fraction, gamma, together
from sympy.core.function import AppliedUndef

from derive.grade.writing.segments import bracket_end
from derive.read.names import ReadError

FACTORS = "AllFactors"  # the inert function of two factors one after the other, and the last one
DOTS = re.compile(r"\\[cl]?dots[bcm]?(?![A-Za-z])")
BETWEEN = re.compile(r"(?:\\cdot(?![A-Za-z])|\\times(?![A-Za-z])|\\[,;:! ]|\s)*")
FRACTION = re.compile(r"\\[dt]?frac\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9]|\\[A-Za-z]+)\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9]|\\[A-Za-z]+)")
PLAIN = re.compile(
    r"\d+(?:\.\d+)?|\\(?:alpha|beta|gamma|delta|theta|lambda|mu|nu|rho|kappa)(?![A-Za-z])|[A-Za-z](?![A-Za-z(])|(?P<l>[A-Za-z])(?=\((?P=l)\s*[-+])"
)
COMMAND = re.compile(r"\\[A-Za-z]+")
GROUP = re.compile(r"(?<![\\_^])\{")
OPEN = re.compile(r"(?:\\left|\\[bB]igg?l?)?(?P<open>[(\[])")


@dataclass(frozen=True)
class Piece:
    """A factor or an ellipsis of a formula, and where it stands."""

    start: int
    end: int
    dots: bool = False


def with_factors(formula: str) -> str:
    r"""The formula with a · b ⋯ z as AllFactors(a, b, z).

    >>> with_factors(r"2 r(r+1)\cdots(r+k-1) q"), with_factors(r"1 + q + \cdots")
    ('2 \\operatorname{AllFactors}(r,(r+1),(r+k-1)) q', '1 + q + \\cdots')
    """
    for match in reversed(list(GROUP.finditer(formula))):  # above or below a bar
        end = bracket_end(formula, match.end(), "{") if DOTS.search(formula, match.end()) else None
        if end and DOTS.search(formula, match.end(), end[0]):
            formula = f"{formula[: match.end()]}{with_factors(formula[match.end() : end[0]])}{formula[end[0] :]}"
    for piece in reversed(pieces(formula)):
        opened = OPEN.match(formula, piece.start)
        end = bracket_end(formula, opened.end(), opened["open"]) if opened and DOTS.search(formula, piece.start, piece.end) else None
        if opened and end:
            formula = f"{formula[: opened.end()]}{with_factors(formula[opened.end() : end[0]])}{formula[end[0] :]}"
    found = pieces(formula)
    for i, piece in reversed(list(enumerate(found))):
        near = found[i - 2 : i + 2] if piece.dots and i >= 2 else []
        if len(near) == 4 and not any(p.dots for p in (near[0], near[1], near[3])) and joined(formula, near):
            inside = ",".join(formula[p.start : p.end] for p in (near[0], near[1], near[3]))
            formula = rf"{formula[: near[0].start]}\operatorname{{{FACTORS}}}({inside}){formula[near[3].end :]}"
    return formula


def joined(formula: str, near: list[Piece]) -> bool:
    """Whether only signs of multiplication stand between pieces."""
    return all(BETWEEN.fullmatch(formula[a.end : b.start]) for a, b in zip(near, near[1:], strict=False))


def pieces(formula: str) -> list[Piece]:
    """The factors outside of all others, and the ellipses."""
    found: list[Piece] = []
    at = 0
    while at < len(formula):
        opened = OPEN.match(formula, at)
        end = bracket_end(formula, opened.end(), opened["open"]) if opened else None
        one = DOTS.match(formula, at)
        if one:
            found.append(Piece(at, one.end(), True))
        elif end is not None:
            found.append(Piece(at, end[1]))
        elif match := FRACTION.match(formula, at) or PLAIN.match(formula, at):
            found.append(Piece(at, match.end()))
        command = COMMAND.match(formula, at)
        at = found[-1].end if found and found[-1].start == at else command.end() if command else at + 1
    return found


def with_finite_products(side: Basic) -> Basic:
    """The side with the product that a · b ⋯ z means. Raises ReadError where its general factor is not clear."""
    found = {f: finite_product(*f.args) for f in side.atoms(AppliedUndef) if f.func.__name__ == FACTORS}
    if None in found.values():
        raise ReadError("the general factor of this product with an ellipsis is not clear; write it with \\prod")
    return side.xreplace(found)


def finite_product(first: Expr, second: Expr, last: Expr) -> Expr | None:
    """∏ of a quotient whose parts go in equal steps from `first` over `second` to `last`; None where they do not, or not in whole steps.

    >>> from sympy import S, Symbol
    >>> n, a = Symbol("n", integer=True, positive=True), Symbol("a", positive=True)
    >>> finite_product(n/a, (n - 1)/a, 1/a), finite_product(n, n - 2, S.One)
    (gamma(n + 1)/a**n, None)
    """
    parts = list(zip(*(fraction(together(e)) for e in (first, second, last)), strict=True))
    steps = [expand(b - a) for a, b, _ in parts]
    lengths = {expand(((z - a) / step).cancel()) + 1 for (a, _, z), step in zip(parts, steps, strict=True) if step != 0}
    if len(lengths) != 1 or any(a != z for (a, _, z), step in zip(parts, steps, strict=True) if step == 0):
        return None
    (count,) = lengths
    if not (count.is_integer and count.is_nonnegative):
        return None
    above, below = (in_steps(a, z, step, count) for (a, _, z), step in zip(parts, steps, strict=True))
    return above / below


def in_steps(a: Expr, z: Expr, step: Expr, count: Expr) -> Expr:
    """a (a + s) ⋯ z = s^m Γ(a/s + m)/Γ(a/s), from the smaller end."""
    if step == 0:
        return a**count
    low, s = (z, -step) if step.could_extract_minus_sign() else (a, step)
    return s**count * gamma(expand(low / s + count)) / gamma(expand(low / s))

