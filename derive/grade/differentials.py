"""What a line says about differentials, as in dx = σ du, held against the substitution that was stated before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from sympy import Basic, Expr, Symbol

from derive.grade.equality import compare
from derive.grade.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.lines import D
from derive.language.claims import PROVED, REFUTED

POLAR = {"r": "r", "rho": "rho"}  # dx dy = r dr dθ


def judge_differential(sides: tuple[Basic, ...], defined: Mapping[Symbol, Expr], ground: Ground, constants: Set[str]
                       ) -> tuple[str, str, Expr | None]:  # fmt: skip
    """Whether c₁ dv₁ = c₂ dv₂ holds, given u = φ(x) or x = ψ(u); names among `constants` do not vary.

    For a wrong one the third part is the factor by which it is off.
    """
    if len(sides) != 2:
        return UNDECIDED, "this statement about differentials could not be read", None
    left, right = sides
    if has_degree(left, 2) and has_degree(right, 2):
        return (*polar(left, right), None)
    wrong, off = "", None
    for new, value in defined.items():
        for old in sorted((s for s in value.free_symbols if s.name not in constants), key=str):
            for target, wanted in ways(left, right, new, old, value):
                found = compare(target, wanted, ground)
                if found.verdict == PROVED:
                    return CORRECT, "", None
                if found.verdict == REFUTED:
                    off = target / wanted
                    wrong = f"From {new} = {value} it follows that d{new} = ({value.diff(old)}) d{old}."
    if wrong:
        return WRONG, wrong, off
    return UNDECIDED, "no substitution was stated that this differential could be held against", None


def has_degree(side: Basic, n: int) -> bool:
    return bool(side.has(D)) and not (side / D**n).has(D)


def ways(left: Expr, right: Expr, new: Symbol, old: Symbol, value: Expr) -> Iterator[tuple[Expr, Expr]]:
    """c₁ φ′ = c₂ for c₁ du = c₂ dx, where the sides are read so (or the other way round)."""
    at = {s: value for s in left.free_symbols | right.free_symbols if s.name == new.name}
    for a, b in ((left, right), (right, left)):
        here = next((s for s in a.free_symbols if s.name == new.name), None)
        there = next((s for s in b.free_symbols if s.name == old.name), None)
        if here is None or there is None:
            continue
        first, second = a / (D * here), b / (D * there)
        if not first.has(D) and not second.has(D) and vanishing(a, here) and vanishing(b, there):
            same_name = {s: old for s in first.free_symbols | second.free_symbols if s.name == old.name}
            yield (first.xreplace(at) * value.diff(old)).xreplace(same_name), second.xreplace(at).xreplace(same_name)


def vanishing(side: Expr, factor: Symbol) -> bool:
    """Whether a side has the symbol as a factor."""
    return side.as_independent(factor, as_Add=False)[1].is_Pow or side.as_independent(factor, as_Add=False)[1] == factor


def polar(left: Expr, right: Expr) -> tuple[str, str]:
    """dx dy = r dr dθ."""
    for a, b in ((left, right), (right, left)):
        names = {s.name for s in a.free_symbols} - {"d"}
        radius = next((s for s in b.free_symbols if s.name in POLAR), None)
        angle = next((s for s in b.free_symbols if s.name in ("theta", "phi", "varphi")), None)
        if radius is None or angle is None or len(names) != 2 or names & {radius.name, angle.name}:
            continue
        factor = b / (D**2 * radius * angle)
        if factor == radius:
            return CORRECT, ""
        if factor == 1:
            return WRONG, "In polar coordinates dx dy = r dr dθ: the factor r is missing."
    return UNDECIDED, "this product of differentials was not recognised"
