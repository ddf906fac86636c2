r"""Integrals without ends: over the whole range where nothing depends on the variable, else antiderivatives, which are differentiated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sympy import Basic, Derivative, Expr, Function, Integral, Symbol
from sympy.core.function import AppliedUndef

from derive.grade.chance.chances import is_functional
from derive.language.problem import Problem
from derive.language.totals import Lebesgue
from derive.read.latex_heads import Blank
from derive.read.names import ReadError

Ranges = Mapping[str, "tuple[Expr, Expr] | None"]  # None where a variable has had two ranges
CONSTANT = re.compile(r"\+\s*(?:C|\\(?:text|mathrm)\s*\{\s*const\.?\s*\})\s*(?=$|=)")
SAID = re.compile(
    r"\\text\s*\{[^{}]*\b(?:antiderivative|primitive)\s+of\s*\}(?P<of>[^{}=]*(?:\{(?:[^{}]|\{[^{}]*\})*\}[^{}=]*)*?)\\text\s*\{\s*is\s*\}(?P<value>.*?)[.,;\s]*$"
)

SLOPE = re.compile(
    r"\\text\s*\{(?P<before>[^{}]*\b)(?<!anti)(?<!anti-)derivative\s+of\s*\}(?P<of>[^{}=]*(?:\{(?:[^{}]|\{[^{}]*\})*\}[^{}=]*)*?)"
    r"\\text\s*\{\s*(?:is|equals)\s*\}(?P<value>[^=]*?)[.,;\s]*$"
)


def with_antiderivatives(line: str, x: str) -> str:
    r""""the antiderivative of f is F" and "the derivative of F is f" as d/dx F = f.

    >>> with_antiderivatives(r"\text{An antiderivative of } e^{x} \text{ is } e^{x}.", "x")
    '\\frac{d}{dx}\\left(e^{x}\\right) = e^{x}'
    """
    if (slope := SLOPE.search(line)) is not None:
        return rf"{line[: slope.start()]}\text{{{slope['before']}}}\frac{{d}}{{d{x}}}\left({slope['of'].strip()}\right) = {slope['value'].strip()}"
    match = SAID.search(line)
    return rf"{line[: match.start()]}\frac{{d}}{{d{x}}}\left({match['value'].strip()}\right) = {match['of'].strip()}" if match else line


def without_constants(formula: str, known: Mapping[str, Symbol]) -> str:
    """∫f = F + C as ∫f = F."""
    return formula if "C" in known else CONSTANT.sub("", formula)


def open_variables(sides: tuple[Basic, ...]) -> set[Symbol]:
    return {limits[0] for side in sides for i in side.atoms(Integral) for limits in i.limits if len(limits) == 1}


def are_antiderivatives(sides: tuple[Basic, ...]) -> bool:
    """Whether some side shows the variable of an integral without ends."""
    sides = tuple(side.xreplace({f: Symbol("E") for f in side.atoms(AppliedUndef) if is_functional(f)}) for side in sides)  # E[X] shows no x
    return any(x in side.free_symbols and not side.has(Integral) for x in open_variables(sides) for side in sides) or any(
        x in replaced(side, x)[0].free_symbols for x in open_variables(sides) for side in sides if not isinstance(side, Blank))


def replaced(side: Basic, x: Symbol) -> tuple[Basic, dict[Basic, Expr]]:
    """A side with a function of its own for each integral over x without ends, and the integrands; these hide their x."""
    found = {i: Symbol(f"∫{n}") for n, i in enumerate(sorted((i for i in side.atoms(Integral) if i.limits == ((x,),)), key=str))}
    return side.xreplace(found), {s: i.function for i, s in found.items()}


def differentiated(sides: tuple[Basic, ...]) -> tuple[Basic, ...]:
    """The derivative of each side, where ∫f dx has the derivative f. Raises ReadError where an integral is left over."""
    (x,) = open_variables(sides)
    done = []
    for side in sides:
        bare, integrands = replaced(side, x)
        own = {s: Function(s.name)(x) for s in integrands}
        slope = bare.xreplace(own).diff(x).xreplace({Derivative(own[s], x): f for s, f in integrands.items()})
        if any(slope.has(f) for f in own.values()):
            raise ReadError("an integral without ends is multiplied by its variable")
        done.append(slope)
    return tuple(done)


def closed_ranges(sides: tuple[Basic, ...], ranges: Ranges, problem: Problem) -> tuple[Basic, ...]:
    """Integrals without ends over the range that their variable has had so far, or over the support."""
    own = {v.symbol.name: v.measure.args for v in problem.variables if isinstance(v.measure, Lebesgue) and not v.measure.free_symbols & {
        w.symbol for w in problem.variables}}  # fmt: skip
    whole = {v.symbol.name: v for v in problem.variables}
    here: dict[str, tuple[Expr, Expr] | None] = {}
    later = {name: ends for name, ends in seen({}, sides).items() if name not in own}
    table: dict[Basic, Basic] = {}
    inside_out = ((side, i) for side in sides for i in sorted(side.atoms(Integral), key=lambda i: i.count_ops()))
    for side, i in ((side, i) for side, i in inside_out if all(len(limits) == 1 for limits in i.limits)):
        here = seen({}, sides[: sides.index(side) + 1])  # ∫ f dx = 2 ∫₀^∞ f dx: what comes later says nothing of the problem's variable
        names = [limits[0].name for limits in i.limits]
        if len(names) > 1 and sorted(names) == sorted(whole):  # ∬ f dx dy
            inner = [v for v in reversed(problem.variables) if isinstance(v.measure, Lebesgue)]
            symbols = {limits[0].name: limits[0] for limits in i.limits}
            ends_of = [tuple(e.xreplace({v.symbol: symbols[v.symbol.name] for v in inner}) for e in v.measure.args) for v in inner]
            if len(inner) == len(names):
                table[i] = Integral(i.function.xreplace(table), *((symbols[v.symbol.name], *ends) for v, ends in zip(inner, ends_of, strict=True)))
            continue
        if len(names) == 2 and len(own) == len(whole) == 1 and set(own) & set(names):  # the square of ∫ f(x) dx, with y as x
            (ends,) = own.values()
            table[i] = Integral(i.function.xreplace(table), *((limits[0], *ends) for limits in i.limits))
        elif len(names) == 2 and (both := of_square(i, {**ranges, **later, **here})) is not None:
            table[i] = Integral(i.function.xreplace(table), *((limits[0], *both) for limits in i.limits))
        (x,) = (limits[0] for limits in i.limits) if len(i.limits) == 1 else (None,)
        ends = next((r[x.name] for r in (here, later, ranges, own) if x is not None and r.get(x.name)), None)
        if x is not None and ends is not None:
            table[i] = Integral(i.function.xreplace(table), (x, *ends))
    return tuple(side.xreplace(table) for side in sides)


def of_square(i: Integral, ranges: Ranges) -> tuple[Expr, Expr] | None:
    """The range of both variables of ∬ f(z) f(w) dz dw, where one of them has had a range and the other is another name for it."""
    one, two = (limits[0] for limits in i.limits)
    found = {ends for ends in (ranges.get(one.name), ranges.get(two.name)) if ends}
    swapped = i.function.xreplace({one: two, two: one})
    return found.pop() if len(found) == 1 and (swapped - i.function).expand() == 0 else None


def seen(ranges: Ranges, sides: tuple[Basic, ...]) -> dict[str, tuple[Expr, Expr] | None]:
    """The ranges over which variables have been integrated, with those of these sides; None for a variable with two."""
    found = dict(ranges)
    for i in (i for side in sides for i in side.atoms(Integral)):
        for limits in i.limits:
            if len(limits) == 3:
                name, ends = limits[0].name, (limits[1], limits[2])
                found[name] = ends if found.get(name, ends) == ends else None
    return found
