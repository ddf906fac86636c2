"""The kernel of a problem from the forms in which it was given: text, LaTeX, an energy, a SymPy expression."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sympy
from sympy import Expr, Integral, Mul, Piecewise, Product, S, Sum, Symbol
from sympy.logic.boolalg import And, Boolean

from derive.language.problem import Variable
from derive.read import forms, functions, text
from derive.read.names import ReadError, Scope

SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer")


@dataclass(frozen=True)
class Source:
    """One form in which the kernel was given; `key` is the key of the file, or what to call it."""

    key: str
    formula: str | Expr
    latex: bool = False
    energy: bool = False


@dataclass(frozen=True)
class Place:
    """Where a kernel lives: its names, its variables, the conditions on its parameters, and the region it is restricted to."""

    scope: Scope
    variables: tuple[Variable, ...]
    conditions: tuple[Boolean, ...]
    region: str = ""


@dataclass(frozen=True)
class Read:
    """A kernel as it was read; `energy` where one was given, `written` before any evaluation, `notes` on what went unchecked."""

    kernel: Expr
    energy: Expr | None
    written: Expr | None
    notes: tuple[str, ...]


@contextmanager
def located(where: str) -> Iterator[None]:
    """Put the place in front of the message of whatever ReadError comes from inside."""
    try:
        yield
    except ReadError as error:
        raise ReadError(f"{where}: {error.message}", error.source, error.position) from None


def read(sources: tuple[Source, ...], place: Place) -> Read:
    """The kernel that the sources state together.

    Raises ReadError where one cannot be read, where two of them differ, and where the kernel is a constant that is not real.
    """
    first, *others = sources
    said = formula(first, place.scope)
    energy, kernel = (said, functions.exponential(-said)) if first.energy else (None, said)
    refuse_constants(first, kernel)
    notes: list[str] = []
    for source in others:
        other = other_formula(source, place.scope, notes)
        if other is not None and source.energy:
            energy, note = energy_beside(first, kernel, source, other, place)
            notes.append(note)
        elif other is not None:
            notes.append(forms.refuse_difference(first.key, kernel, source.key, other, place.variables, place.conditions))
    written = as_written(first, place.scope) if not place.region else None
    return Read(restricted(kernel, place), energy, written, tuple(filter(None, notes)))


def other_formula(source: Source, scope: Scope, notes: list[str]) -> Expr | None:
    """A further form of the kernel; LaTeX that cannot be read is noted, for the kernel stands without it."""
    try:
        return formula(source, scope)
    except ReadError as error:
        if not source.latex:
            raise
        notes.append(f"{source.key} could not be read, and was not compared: {error.message.removeprefix(source.key + ': ')}")
        return None


def energy_beside(first: Source, kernel: Expr, source: Source, energy: Expr, place: Place) -> tuple[Expr, str]:
    """The energy E beside a kernel exp(-E), or exp(-c*E) with a factor such as an inverse temperature; and a note of that."""
    factor = forms.temperature(kernel, energy, place.variables)
    if factor is not None and factor != 1 and not first.energy:
        return factor * energy, f"the kernel is exp(-c*E) with c = {factor} for the energy E that is given"
    other = functions.exponential(-energy)
    return energy, forms.refuse_difference(first.key, kernel, source.key, other, place.variables, place.conditions)


def formula(source: Source, scope: Scope) -> Expr:
    """What a source says, in the names of `scope`."""
    with located(source.key):
        if isinstance(source.formula, str):
            return text.number((read_latex if source.latex else text.expression)(source.formula, scope), source.formula)
        names = {s: scope.symbols[s.name] for s in source.formula.free_symbols if isinstance(s, Symbol)}
        for old, new in names.items():
            refuse_overclaim(old, new)
        return source.formula.xreplace(names)


def read_latex(formula: str, scope: Scope) -> Expr:
    """A formula in LaTeX. The reader is loaded only where there is LaTeX."""
    from derive.read import latex

    return latex.expression(formula, scope)


def refuse_overclaim(old: Symbol, new: Expr) -> None:
    """SymPy simplifies by a symbol's assumptions at once, so none may say more than the domain does."""
    more = [fact for fact in SIGNS if getattr(old, f"is_{fact}") and not getattr(new, f"is_{fact}")]
    if more:
        raise ReadError(f"the symbol {old} is assumed {', '.join(more)}, but its domain does not say so")


def restricted(kernel: Expr, place: Place) -> Expr:
    """The kernel inside the region, and 0 outside."""
    if not place.region:
        return kernel
    with located("region"):
        return Piecewise((kernel, And(*text.relation(place.region, place.scope))), (S.Zero, True))


def refuse_constants(source: Source, kernel: Expr) -> None:
    """A kernel has values; it is not infinite, and no constant that is not real."""
    outside = kernel.replace(lambda e: isinstance(e, (Sum, Product, Integral)), lambda e: S.One)
    for infinite in (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN):
        if outside.has(infinite):
            raise ReadError(f"{source.key}: {infinite} stands where a number should")
    if kernel.is_number and kernel.is_extended_real is False:
        raise ReadError(f"{source.key}: the constant {kernel} is not real")


def as_written(source: Source, scope: Scope) -> Expr | None:
    """The kernel before SymPy rearranges it; None where it was not given as text, or SymPy cannot hold it in that form."""
    if source.latex or not isinstance(source.formula, str):
        return None
    written = text.written(source.formula, scope)
    if written is None or not source.energy:
        return written
    return sympy.exp(Mul(S.NegativeOne, written, evaluate=False), evaluate=False)
