r"""What stands beside a claim: "…, where z = (x − μ)/b", "with σ(b) = 1/(1 + e^{−b})", q = 1 − p; and the u of a bracket [F(u)]ₐᵇ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sympy import Basic, Dummy, Symbol
from sympy.core.function import AppliedUndef

from derive.algebra.signs import Facts
from derive.grade.writing.helpers import with_helpers
from derive.grade.writing.naming import head_of, text_of_name
from derive.grade.writing.segments import unbracketed
from derive.grade.writing.totalled import totalled
from derive.language.totals import Total, substitute
from derive.read.latex import expression
from derive.read.latex_heads import EvalBar
from derive.read.names import ReadError, Scope

MEANT = ("p", "f", "P", "Z", "I", "calZ")  # names of what is asked for: an equation for one of them is no definition
EQUALS = re.compile(r":?=|\\coloneqq(?![A-Za-z])|\\equiv(?![A-Za-z])")
AND = re.compile(r"\\text\{\s*,?\s*(?:and|where|with)\s*\}")
PROBABILITY = re.compile(r"^\s*p\(")  # the density, where p is another name
SQUARE = re.compile(r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)*(?P<name>\\[A-Za-z]+|[A-Za-z])\s*\^\s*(?:2|\{\s*2\s*\})\s*")
LEADING = re.compile(r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)+")


@dataclass(frozen=True)
class Asides:
    """Names with the LaTeX of what they stand for, functions with their argument too, and the formulas that are left."""

    formulas: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def symbols(self) -> dict[str, Symbol]:
        return {name: Symbol(name, real=True) for name in self.names}


def asides(formulas: Sequence[str], known: Mapping[str, Symbol]) -> Asides:
    r"""The definitions among formulas, of names that are not known.

    >>> found = asides([r"\frac{1}{b} e^{-z}, \quad z = \frac{x}{b}"], {"b": Symbol("b"), "x": Symbol("x")})
    >>> found.formulas, found.names
    (('\\frac{1}{b} e^{-z}',), {'z': '\\frac{x}{b}'})
    >>> asides([r"\frac{1}{kc}, \quad c = \sum_{j=1}^n\frac{1}{j}"], {}).names
    {'c': '\\sum_{j=1}^n\\frac{1}{j}'}
    """
    left: list[str] = []
    names: dict[str, str] = {}
    functions: dict[str, tuple[str, str]] = {}
    for formula in formulas:
        kept: list[str] = []
        for clause in clauses(AND.sub(",", formula)):
            sides = rooted(EQUALS.split(clause, maxsplit=1))
            head = head_of(LEADING.sub("", sides[0]).strip()) if len(sides) == 2 and not EQUALS.search(outermost(sides[1])) else None
            meant = head is not None and head[0] in MEANT and (head not in (("p", ()), ("f", ())) or not (kept or left))
            customary = head is not None and head[1] and not text_of_name(LEADING.sub("", sides[0]).split("(")[0].strip())  # as Γ(α) = …
            if head is None or head[0] in known or meant or customary or len(head[1]) > 1 or head[0] in (*names, *functions):
                kept.append(clause)
            elif head[1]:
                functions[head[0]] = head[1][0], sides[1].strip()
            else:
                names[head[0]] = sides[1].strip()
        if kept:
            left.append(",".join(kept))
    return Asides(tuple(PROBABILITY.sub("f(", f) if "p" in names else f for f in left), names, functions)


def outermost(text: str) -> str:
    r"""A text without what stands in braces, as the j = 1 of a sum."""
    while (bare := re.sub(r"\{[^{}]*\}", "", text)) != text:
        text = bare
    return text


def rooted(sides: list[str]) -> list[str]:
    r"""σ^2 = v as σ = √v, since a scale is positive.

    >>> rooted([r"\sigma^2 ", r" 1/\tau"])
    ['\\sigma', '\\sqrt{1/\\tau}']
    """
    found = SQUARE.fullmatch(sides[0]) if len(sides) == 2 else None
    return sides if found is None else [found["name"], rf"\sqrt{{{sides[1].strip(' .')}}}"]


def clauses(formula: str) -> Iterator[str]:
    """The parts between commas that stand in no bracket."""
    start = 0
    for i in unbracketed(formula):
        if formula[i] == "," and formula[i - 1 : i] != "\\":
            yield formula[start:i]
            start = i + 1
    yield formula[start:]


def filled(sides: Sequence[Basic], found: Asides, scope: Scope, facts: Facts) -> tuple[Basic, ...]:
    """The sides with the definitions put in. Raises ReadError for one that is not used, or that goes round in a circle."""
    values = {scope.symbols[name]: value(text, scope, facts) for name, text in found.names.items()}
    helpers = {name: function(argument, text, scope, facts) for name, (argument, text) in found.functions.items()}
    meant: set[str] = set()
    for _ in range(len(values) + len(helpers) + 1):
        used = {s: v for s, v in values.items() if any(s in side.free_symbols for side in sides)}
        applied = {f.func.__name__ for side in sides for f in side.atoms(AppliedUndef)} & set(helpers)
        if not used and not applied:
            return all_used(sides, meant | bound_in(sides), found)
        meant |= applied | {s.name for s in used}
        refuse_bound(sides, [*used.values(), *(helpers[name][1] for name in applied)])
        sides = tuple(substitute(with_helpers(side, helpers), used) for side in sides)
    raise ReadError("a name that is defined beside the formula is defined by itself")


def all_used(sides: Sequence[Basic], meant: Set[str], found: Asides) -> tuple[Basic, ...]:
    idle = sorted({*found.names, *found.functions} - meant)
    if idle:
        raise ReadError(f"a claim is one formula; what stands beside it of {idle[0]} is another")
    return tuple(sides)


def refuse_bound(sides: Sequence[Basic], values: Sequence[Basic]) -> None:
    """Raises ReadError where a definition depends on a variable that is bound in the formula: either could be meant."""
    clash = sorted(bound_in(sides) & {s.name for v in values for s in v.free_symbols})
    if clash:
        raise ReadError(f"a definition beside the formula depends on {clash[0]}, over which the formula integrates or sums")


def bound_in(sides: Sequence[Basic]) -> set[str]:
    """The names over which sides integrate, sum or take brackets; "u = …" beside them says how they came about."""
    return {t.x.name for side in sides for t in side.atoms(Total)} | {b.args[3].name for side in sides for b in side.atoms(EvalBar) if b.args[3:]}


def value(text: str, scope: Scope, facts: Facts) -> Basic:
    return totalled(expression(text, scope), facts)


def function(argument: str, text: str, scope: Scope, facts: Facts) -> tuple[Symbol, Basic]:
    """A function's argument, as a symbol of its own, and its value."""
    own = Dummy(argument, real=True)
    return own, value(text, Scope({**scope.symbols, argument: own}, scope.functions, scope.latex, scope.strict), facts)


def of_brackets(found: Sequence[Basic], known: Mapping[str, Symbol]) -> tuple[Symbol, ...]:
    """Names that nobody declared inside evaluation brackets, which these bind."""
    return tuple({s for e in found for bar in e.atoms(EvalBar) for s in bar.body.free_symbols if s.name not in known})
