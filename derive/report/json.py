"""A result as plain data, in the shape that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Dummy, Ne, Symbol
from sympy.printing.str import StrPrinter

from derive.language.claims import Finite, Rule, Same, Smooth, Step, Tends, Whole
from derive.language.problem import Check, Family, Moment, Result
from derive.language.totals import Atoms, Total
from derive.report.latex import tex
from derive.report.names import Names, names_of
from derive.report.needed import telling
from derive.report.words import Voice, sentence


class SympyPrinter(StrPrinter):
    """SymPy syntax, with totals as Integral and Sum."""

    printmethod = "_derive_text"  # not _sympystr, by which a Total would print itself

    def _print_Total(self, total: Total) -> str:
        if isinstance(total.measure, Atoms):
            return " + ".join(f"({self._print(total.body.xreplace({total.x: p}))})" for p in total.measure.points)
        kind = "Integral" if type(total.measure).__name__ == "Lebesgue" else "Sum"
        ends = ", ".join(map(self._print, (total.x, *total.measure.args)))
        return f"{kind}({self._print(total.body)}, ({ends}))"

    def _print_Mul(self, product: Any) -> str:
        atoms = {f: Symbol(f"({self._print(f)})") for f in product.args if isinstance(f, Total) and isinstance(f.measure, Atoms)}
        return str(super()._print_Mul(product.xreplace(atoms) if atoms else product))

    def _print_Relational(self, relation: Any) -> str:
        if isinstance(relation, Ne):
            return f"Ne({self._print(relation.lhs)}, {self._print(relation.rhs)})"
        return f"{self._print(relation.lhs)} {relation.rel_op} {self._print(relation.rhs)}"

    def _print_Same(self, same: Same) -> str:
        return f"Eq({', '.join(map(self._print, same.args))})"

    def _print_Whole(self, whole: Whole) -> str:
        return f"Q.integer({self._print(whole.args[0])})"

    def _print_Tends(self, tends: Tends) -> str:
        function, x, end, side, value = tends.args
        direction = "'+'" if side == 1 else "'-'"
        return f"Eq(Limit({self._print(function)}, {self._print(x)}, {self._print(end)}, {direction}), {self._print(value)})"

    def _print_Finite(self, finite: Finite) -> str:
        return f"Q.finite({self._print(finite.args[0])})"

    def _print_Smooth(self, smooth: Smooth) -> str:
        return f"Smooth({', '.join(map(self._print, smooth.args))})"


def sympy_text(term: Basic) -> str:
    """An expression or condition in SymPy syntax, the same from run to run: a Dummy shows its name, never its number.

    >>> from sympy import Dummy, exp, pi, sqrt
    >>> from derive.language.totals import REALS
    >>> u = Dummy("u")
    >>> sympy_text(sqrt(pi)*Total(exp(-u**2), u, REALS))
    'sqrt(pi)*Integral(exp(-u**2), (u, -oo, oo))'
    """
    return str(SympyPrinter().doprint(undummied(term)))


def undummied(term: Basic) -> Basic:
    """Every Dummy replaced by a symbol of its name, or of a longer one where the name is taken."""
    taken, renamed = {s.name for s in term.atoms(Symbol) - term.atoms(Dummy)}, {}
    for dummy in (s for s in ordered(term) if isinstance(s, Dummy)):
        if dummy not in renamed:
            name = next(n for n in (dummy.name, *(f"{dummy.name}_{i}" for i in range(1, 1000))) if n not in taken)
            taken.add(name)
            renamed[dummy] = Symbol(name, **dummy._assumptions_orig)
    return term.xreplace(renamed) if renamed else term


def ordered(term: Basic) -> list[Symbol]:
    """The symbols in the order in which they stand."""
    return [term] if isinstance(term, Symbol) else [s for arg in term.args for s in ordered(arg)]


def to_dict(result: Result, catalogue: Mapping[str, Rule] | None = None) -> dict[str, Any]:
    """The result as the object that `derive report --json` prints: only strings, numbers, booleans, lists and null.

    `catalogue` maps a rule's name to the rule, for letters that a step leaves as they are.
    """
    names = names_of(result.problem)
    steps = result.derivation.steps if result.derivation else ()
    voice = Voice("text", names)
    return {"id": result.problem.id, "outcome": result.outcome,
            "Z": text(result.Z), "Z_latex": latex(result.Z, names),
            "density": text(result.density), "density_latex": latex(result.density, names),
            "conditions": list(map(sympy_text, result.conditions)), "family": family_data(result.family),
            **({"moments": [moment_data(m, names) for m in result.moments]} if result.moments else {}),
            "steps": [step_data(s, voice, catalogue or {}) for s in steps], "checks": list(map(check_data, result.checks)),
            "facts": list(result.facts), "oracle": result.oracle, "numeric_Z": result.numeric_Z,
            "reason": result.reason, "seconds": round(result.seconds, 4), "notes": [*result.problem.notes, *result.notes]}


def text(term: Basic | None) -> str | None:
    """SymPy syntax, or null."""
    return None if term is None else sympy_text(term)


def latex(term: Basic | None, names: Names) -> str | None:
    """LaTeX, or null."""
    return None if term is None else tex(term, names)


def step_data(step: Step, voice: Voice, catalogue: Mapping[str, Rule]) -> dict[str, Any]:
    """One step, with the derivations that it rests on as one list of steps."""
    inner = [step_data(s, voice, catalogue) for derivation in step.because for s in derivation.steps]
    return {"rule": step.rule, "before": sympy_text(step.before), "after": sympy_text(step.after),
            "explanation": sentence(step, "standard", voice, catalogue.get(step.rule)),
            "conditions": [sympy_text(c.relation) for c in telling(step.conditions)],
            "verdict": step.verdict, "steps": inner}


def family_data(family: Family | None) -> dict[str, Any] | None:
    """The name of a family with its parameters, or null."""
    if family is None:
        return None
    return {"name": family.name, "parameters": {name: sympy_text(value) for name, value in family.parameters.items()}}


def moment_data(moment: Moment, names: Names) -> dict[str, Any]:
    """One moment; where its value is null, it does not exist, and the detail says why."""
    return {"name": moment.name, "value": text(moment.value), "value_latex": latex(moment.value, names),
            "conditions": list(map(sympy_text, moment.conditions)), "verdict": moment.verdict, "detail": moment.detail}


def check_data(check: Check) -> dict[str, Any]:
    """One check; figures only where there are any."""
    figures = {key: getattr(check, key) for key in ("digits", "points", "radius")}
    return {"name": check.name, "verdict": check.verdict, **{k: v for k, v in figures.items() if v is not None},
            "detail": check.detail}


