r"""What a line says of the ends of a substitution, as in x: 0 → 1, t: ∞ → 0, held against x = ψ(t) or t = φ(x)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sympy import Expr, S, Symbol

from derive.algebra.signs import Facts
from derive.grade.equal.ends import limit_at
from derive.grade.handed import CORRECT, UNDECIDED, WRONG

NAME = r"(?P<name>\\?[A-Za-z]+)"
ARROW = r"\\(?:to|leftrightarrow|rightarrow|mapsto|nearrow|searrow)(?![A-Za-z])"
RANGE = re.compile(rf"\s*{NAME}\s*(?::|\\colon(?![A-Za-z]))\s*(?P<lo>[^=:]+?)\s*{ARROW}\s*(?P<hi>[^=:]+)")
CONSTANT = r"[-+]?\s*(?:\\infty|\d+(?:\.\d+)?|\\pi(?:\s*/\s*\d)?|\\[dt]?frac\s*(?:\{\s*(?:\\pi|\d)\s*\}|\\pi|\d)\s*(?:\{\s*\d\s*\}|\d))"
POINT = re.compile(rf"\s*{NAME}\s*(?:=|\\to(?![A-Za-z]))\s*(?P<at>{CONSTANT})\s*")


def point_of(formula: str) -> tuple[str, str] | None:
    r"""The name and the value in "x = \infty".

    >>> point_of(r"x = \infty"), point_of("x = 2 u")
    (('x', '\\infty'), None)
    """
    match = POINT.fullmatch(formula)
    return (match["name"].lstrip("\\"), match["at"].strip()) if match else None


def point_at(formula: str, letters: Collection[str]) -> tuple[str, str] | None:
    r"""The name and the value in "x = m", where m is one of some letters.

    >>> point_at("x = m", ("m",)), point_at("x = u", ("m",))
    (('x', 'm'), None)
    """
    name, equals, at = (side.strip() for side in formula.partition("="))
    return (name.lstrip("\\"), at) if equals and at.lstrip("-+ ") in letters and re.fullmatch(NAME, name) else None


def range_of(formula: str) -> tuple[str, str, str] | None:
    r"""The name and the two ends in "t: \infty \to 0".

    >>> range_of(r"t:\infty\to0")
    ('t', '\\infty', '0')
    """
    match = RANGE.fullmatch(formula)
    return (match["name"].lstrip("\\"), match["lo"].strip(), match["hi"].strip()) if match else None


def judge_range(name: Symbol, ends: tuple[Expr, Expr], known: Mapping[Symbol, tuple[Expr, Expr]], defined: Mapping[Symbol, Expr], facts: Facts
                ) -> tuple[str, str]:  # fmt: skip
    """Whether ends belong to those that were stated for another name, by the definition of one of the two in terms of the other."""
    for other, others in known.items():
        for new, old, image, origin in ((name, other, ends, others), (other, name, others, ends)):
            value = defined.get(new)
            if value is None or old.name not in {s.name for s in value.free_symbols}:
                continue
            x = next(s for s in value.free_symbols if s.name == old.name)
            free = Symbol(old.name, real=True)
            found = [limit_at(value.xreplace({x: free}), free, at, side, facts) for at, side in zip(origin, sides(origin), strict=True)]
            if all(f is not None and (f == end or (f - end).expand() == 0) for f, end in zip(found, image, strict=True)):
                return CORRECT, ""
            if any(f is not None and f.is_number and end.is_number and f != end for f, end in zip(found, image, strict=True)):
                return WRONG, f"From {new} = {value} it follows that {new} goes from {found[0]} to {found[1]}."
            return UNDECIDED, "the ends could not be held against the substitution"
    return CORRECT, "it is remembered"


def sides(ends: tuple[Expr, Expr]) -> tuple[int, int]:
    """From which sides the ends are reached."""
    lo, hi = ends
    down = lo is S.Infinity or hi is S.NegativeInfinity or bool((lo - hi).is_positive)
    return (-1, 1) if down else (1, -1)


def judge_point(name: str, at: Expr, known: tuple[str, Expr] | None, defined: Mapping[Symbol, Expr], facts: Facts) -> tuple[str, str]:
    """Whether "x = 0, u = 0" belong together, by the definition of one name in terms of the other."""
    if known is None:
        return CORRECT, "it is remembered"
    other, place = known
    for new, old, image, origin in ((name, other, at, place), (other, name, place, at)):
        value = next((v for s, v in defined.items() if s.name == new), None)
        x = next((s for s in value.free_symbols if s.name == old), None) if value is not None else None
        if value is None or x is None:
            continue
        free = Symbol(old, positive=True) if origin.is_nonnegative else Symbol(old, real=True)
        found = [limit_at(value.xreplace({x: free}), free, origin, side, facts) for side in ((-1,) if origin is S.Infinity else (1,))]
        if found[0] == image:
            return CORRECT, ""
        if found[0] is not None and found[0].is_number and found[0] != image:
            return WRONG, f"From {new} = {value} it follows that {new} is {found[0]} there."
        return UNDECIDED, "these values could not be held against the substitution"
    return UNDECIDED, "no substitution was stated that these values could be held against"
