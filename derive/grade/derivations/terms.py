"""The sides of a formula in the engine's terms: totals for integrals and sums, every name declared."""

from __future__ import annotations

from sympy import Basic, Integral, Sum
from sympy.core.function import AppliedUndef

from derive.grade.derivations.stated import (
    Names,
)
from derive.grade.truth import Truth
from derive.grade.writing.coefficients import without_coefficients
from derive.grade.writing.ellipsis import FINITE, are_terms, finite_sum, geometric
from derive.grade.writing.products import with_finite_products
from derive.grade.writing.reading import QUANTITIES
from derive.grade.writing.totalled import totalled
from derive.language.totals import Total
from derive.read.latex_heads import Blank, EvalBar
from derive.read.names import ReadError


def engine_terms(sides: tuple[Basic, ...], truth: Truth, names: Names) -> tuple[Basic, ...]:
    """Sides with totals in place of integrals and sums. Raises ReadError for a name that nobody declared."""
    for side in sides:
        for integral in side.atoms(Integral):
            names.variables.update({limits[0].name: limits[0] for limits in integral.limits})
    unknown = {s.name: s for side in sides for bar in side.atoms(EvalBar) for s in bar.free_symbols
               if s.name not in {*truth.named, *names.defined, *names.indices.values(), *QUANTITIES}}  # fmt: skip
    for bar in (bar for side in sides for bar in side.atoms(EvalBar) if len(bar.args) == 3):  # [−e^{−u}] after u = b x²
        moving = {s for s in bar.body.free_symbols if s.name not in {*(p.symbol.name for p in truth.problem.parameters), *QUANTITIES}}
        unknown.update({s.name: s for s in moving if len(moving) == 1})
    bars = tuple({**unknown, **names.variables}.values())
    sides = tuple(without_coefficients(with_finite_products(with_finite_sums(side, sides, truth))) for side in sides)
    done = tuple(s if isinstance(s, Blank) else totalled(s, truth.inside.facts, bars) for s in sides)
    for side in done:
        refuse_undeclared(side, truth, names)
    return done


def with_finite_sums(side: Basic, sides: tuple[Basic, ...], truth: Truth) -> Basic:
    """The side with the sum that 1 + q + ⋯ + qⁿ means. Raises ReadError where its general term is not clear."""
    beside = [one for other in sides for one in other.atoms(Sum)]
    found = {f: finite_sum(f, truth.problem, beside) for f in side.atoms(AppliedUndef) if f.func.__name__ == FINITE}
    found |= {f: geometric(f) for f in side.atoms(AppliedUndef) if are_terms(f) and f != side}
    if None in found.values():
        raise ReadError("the general term of this sum with an ellipsis is not clear; write it with \\sum")
    return side.xreplace(found)


def refuse_undeclared(side: Basic, truth: Truth, names: Names) -> None:
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    inside = {t.x.name for t in side.atoms(Total)} | {b.args[3].name for b in side.atoms(EvalBar) if len(b.args) > 3}
    missing = sorted(s.name for s in side.free_symbols if s.name not in known | inside | {"Z", "I"})
    if missing:
        raise ReadError(f"the name {missing[0]} is not declared")
