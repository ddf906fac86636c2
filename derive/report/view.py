"""A result laid out for reading: what stands in each section, every formula and every word already in the voice of a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy import Basic, Expr, S, Symbol

from derive.language.claims import Condition, Derivation, Rule, Step
from derive.language.problem import Check, Problem, Result
from derive.language.totals import totals
from derive.report.latex import Printer, tex
from derive.report.latex_functions import BREAK
from derive.report.names import Names, names_of
from derive.report.nature import Named, Told, named, told
from derive.report.needed import reasons, telling
from derive.report.ranges import support
from derive.report.text import width
from derive.report.words import Voice, sentence, wide_names

WIDEST = 62.0  # digits that fit on a printed line beside the margin of a display
FULL = "full"


@dataclass(frozen=True)
class Needed:
    """A condition that a step needed, what it follows from, and whether it was left to the result."""

    relation: str
    by: tuple[str, ...]
    open: bool


@dataclass(frozen=True)
class Line:
    """One step as it is read: its number, its sentence, the formula that it reaches; `why` and `needed` at full detail."""

    number: str
    rule: str
    sentence: str
    display: str
    verdict: str
    detail: str
    why: str
    needed: tuple[Needed, ...]
    inner: tuple[Chain, ...]


@dataclass(frozen=True)
class Chain:
    """A derivation as it is read: the formula that it starts from and its lines."""

    start: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Fact:
    """A rule that the derivation rests on: what it says, where that is proved, and its own derivation at full detail."""

    name: str
    kind: str
    equation: str
    source: str
    proof: Chain | None


@dataclass(frozen=True)
class View:
    """All that a report shows."""

    title: str
    outcome: str
    reason: str
    kernel: str
    energy: str
    supports: tuple[str, ...]
    assumed: tuple[str, ...]
    undeclared: tuple[str, ...]
    derivation: Chain | None
    Z: str
    density: str
    conditions: tuple[str, ...]
    checks: tuple[Check, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    oracle: bool
    numeric: str
    family: Named | None
    moments: tuple[Told, ...]


def view(result: Result, voice: Voice, detail: str, catalogue: Mapping[str, Rule]) -> View:
    """The result as `detail` ("brief", "standard" or "full") shows it."""
    problem, names = result.problem, voice.names
    g, p, z, e = heads(problem)
    derived = result.derivation if result.derivation and result.derivation.steps and detail != "brief" else None
    return View(
        title=voice.escape(problem.title or problem.id), outcome=result.outcome, reason=voice.escape(result.reason),
        kernel=kernel(problem, voice, g, e), energy=energy(problem, voice, e),
        supports=tuple(voice.formula(support(v.symbol, v.measure, names, v.domain)) for v in problem.variables),
        assumed=tuple(voice.formula(a) for a in assumptions(problem, names)),
        undeclared=tuple(voice.formula(names.spell(q.symbol.name)) for q in problem.parameters if not q.declared),
        derivation=chain(derived, voice, detail, catalogue, z) if derived else None,
        Z=equation(z, result.Z, voice) if result.Z is not None else "",
        density=equation(p, result.density, voice) if result.density is not None else "",
        conditions=tuple(voice.formula(tex(c, names)) for c in result.conditions),
        checks=tuple(replace(c, name=voice.escape(c.name), detail=voice.escape(c.detail)) for c in result.checks),
        facts=tuple(fact(name, catalogue.get(name), voice, detail, catalogue) for name in result.facts),
        notes=tuple(map(voice.escape, (*problem.notes, *result.notes))), oracle=result.oracle,
        numeric=voice.escape(str(getattr(result, "numeric_Z", None) or "")),
        family=named(result.family, voice) if result.family else None,
        moments=tuple(told(m, voice) for m in result.moments) if detail != "brief" else ())


# The problem

def heads(problem: Problem) -> tuple[str, str, str, str]:
    """What kernel, density, Z and energy are called where the problem does not use these letters itself."""
    taken = {p.symbol.name for p in problem.parameters} | {v.symbol.name for v in problem.variables}
    names = names_of(problem)
    arguments = f"({', '.join(names.spell(v.symbol.name) for v in problem.variables)})"
    g, p, z, e = (next((c for c in letters if c not in taken), rf"\mathcal{{{letters[0]}}}")
                  for letters in ("gfhw", "pfqw", "Z", "EUH"))
    return g + arguments, p + arguments, z, e + arguments


def kernel(problem: Problem, voice: Voice, g: str, e: str) -> str:
    """g(x) = …, in the form in which it was given."""
    if problem.energy is not None:
        return voice.display(f"{g} = e^{{-{e}}}")
    written = problem.kernel_written
    return equation(g, problem.kernel if written is None else written, voice, written=written is not None)


def energy(problem: Problem, voice: Voice, e: str) -> str:
    """E(x) = …, where the problem states an energy."""
    return "" if problem.energy is None else equation(e, problem.energy, voice)


def assumptions(problem: Problem, names: Names) -> Iterator[str]:
    """What is assumed: of each parameter, and the conditions beside."""
    for parameter in problem.parameters:
        yield names.spell(parameter.symbol.name) + assumed(parameter.symbol)
    for condition in problem.conditions:
        yield tex(condition, names)


def assumed(symbol: Basic) -> str:
    """What a symbol's assumptions say of it, as LaTeX behind its name."""
    if symbol.is_integer:
        return (r" \in \{1, 2, 3, \dots\}" if symbol.is_positive else r" \in \{0, 1, 2, \dots\}" if symbol.is_nonnegative
                else r" \in \mathbb{Z}")
    signs = {"positive": " > 0", "negative": " < 0", "nonnegative": r" \ge 0", "nonpositive": r" \le 0"}
    sign = next((text for key, text in signs.items() if getattr(symbol, f"is_{key}", None)), "")
    real = r" \in \mathbb{R}" if symbol.is_real else ""
    return sign or (real + (r" \setminus \{0\}" if symbol.is_nonzero else "") if real else "")


# Formulas

def equation(left: str, right: Expr, voice: Voice, written: bool = False) -> str:
    """left = right on a line of its own; in pieces, one below the other, where it is too wide for one."""
    printer = Printer(voice.names, written)
    line = f"{left} = {printer.doprint(right)}"
    if voice.kind == "text" or width(line) <= WIDEST:
        return voice.display(line.strip())
    rows = packed(printer.pieces(right), WIDEST - width(left))
    if len(rows) == 1:
        return voice.display(line.strip())
    lines = [rf"{left} &= {rows[0]}", *(rf"&\quad {row}" for row in rows[1:])]
    return voice.display(rf"\begin{{aligned}} {BREAK.join(lines)} \end{{aligned}}")


def packed(pieces: list[str], room: float) -> list[str]:
    """Pieces of a formula in rows that are not wider than `room` where that can be."""
    rows = [pieces[0]]
    for piece in pieces[1:]:
        if width(rows[-1]) + width(piece) <= room:
            rows[-1] = f"{rows[-1]} {piece}"
        else:
            rows.append(piece if piece[:1] in "+-" else rf"\times {piece}")
    return rows


# The derivation

def chain(derivation: Derivation, voice: Voice, detail: str, catalogue: Mapping[str, Rule], left: str = "",
          number: str = "") -> Chain:
    """The derivation's lines; `number` is the number of the step that it belongs to."""
    wide = replace(voice, names=bound_names(derivation, voice.names))
    lines = tuple(line(step, f"{number}{i}", wide, detail, catalogue) for i, step in enumerate(derivation.steps, 1))
    return Chain(equation(left, derivation.claim.left, wide) if left else start(derivation.claim.left, wide), lines)


def start(term: Expr, voice: Voice) -> str:
    """The formula that an inner derivation starts from."""
    return voice.display(tex(term, voice.names))


def bound_names(derivation: Derivation, names: Names) -> Names:
    """The names with every variable that the derivation binds."""
    for step in derivation.steps:
        names = wide_names(step, names)
    return names


def line(step: Step, number: str, voice: Voice, detail: str, catalogue: Mapping[str, Rule]) -> Line:
    """One step as it is read."""
    full, rule = detail == FULL, catalogue.get(step.rule)
    inner = [d for d in step.because if d.steps and (full or any(totals(d.claim.left)))]
    chains = tuple(chain(d, voice, detail, catalogue, number=f"{number}." if len(inner) == 1 else f"{number}{letter(i)}.")
                   for i, d in enumerate(inner))
    said = sentence(step, detail, voice, rule)
    return Line(number, voice.escape(step.rule), said, equation("", step.after, voice), step.verdict,
                voice.escape(step.detail), why(rule, step, voice) if full and rule else "",
                tuple(said_of(c, voice) for c in telling(step.conditions)) if full else (), chains)


def letter(i: int) -> str:
    """a, b, c … for the inner derivations of one step."""
    return "abcdefghijklmnopqrstuvwxyz"[i] if i < 26 else f"({i + 1})"


def said_of(condition: Condition, voice: Voice) -> Needed:
    """A condition as it is read."""
    return Needed(voice.formula(tex(condition.relation, voice.names)),
                  tuple(voice.formula(tex(b, voice.names)) for b in reasons(condition) if b is not S.true), condition.open)


def why(rule: Rule, step: Step, voice: Voice) -> str:
    """The rule's equation and the values of its letters in this step."""
    says, _ = rule.instance(step.values)
    letters = [f"${shown} = {tex(value, voice.names)}$" for shown, value in values_shown(step)]
    return voice.say(f"${tex(says.left)} = {tex(says.right)}$" + (f" with {', '.join(letters)}" if letters else ""))


def values_shown(step: Step) -> Iterator[tuple[str, Basic]]:
    """The letters of the rule with their values, where these are not the letters themselves."""
    plain = Names()
    for key, value in step.values.items():
        if isinstance(key, Symbol) and isinstance(value, Expr) and key.name != "size" and str(key) != str(value):
            yield plain.spell(key.name), value


# What it rests on

def fact(name: str, rule: Rule | None, voice: Voice, detail: str, catalogue: Mapping[str, Rule]) -> Fact:
    """A rule by name; its equation and its derivation at full detail."""
    if rule is None:
        return Fact(voice.escape(name), "", "", "", None)
    full = detail == FULL
    says = voice.formula(f"{tex(rule.says.left)} = {tex(rule.says.right)}") if full and rule.says is not None else ""
    proof = rule.proof() if full and rule.proof is not None else None
    plain = replace(voice, names=Names())
    return Fact(voice.escape(name), rule.kind, says, voice.escape(rule.source),
                chain(proof, plain, "standard", catalogue) if proof is not None else None)
