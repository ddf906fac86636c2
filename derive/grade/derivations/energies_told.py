r"""What lines say that the problem's energy is, E(v, h) = …, H = …, or the free energy F(v) of some of its variables: held against the problem.

Lines need not go on with such a formula, so that one with its sign turned round would pass for a name that claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Expr, S, Symbol, exp, log, oo

from derive.grade.chance.energies import boltzmann, energy_of
from derive.grade.chance.margins import margin
from derive.grade.equal.equality import compare
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, LineVerdict
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import GAP
from derive.grade.writing.spellings import customary
from derive.grade.writing.totalled import totalled
from derive.language.claims import PROVED
from derive.read.latex import expression
from derive.read.names import ReadError

CALLIGRAPHIC = r"\\(?:mathcal|mathscr|hat|mathrm)\s*(?:\{\s*[EHUF]\s*\}|[EHUF])"
LETTER = rf"(?<![A-Za-z\\_^{{])(?P<letter>[EHUVF]|{CALLIGRAPHIC}|\\(?:var)?epsilon(?![A-Za-z]))"
OF = r"(?:\s*(?:\\left)?\((?P<of>[^()=]*?)(?:\\right)?\))?"
BEFORE = rf"(?:^|[,;:.}}$]|\\q?quad(?![A-Za-z])|\\[,;: ]){GAP}"
SAID = re.compile(rf"{BEFORE}(?P<minus>-{GAP})?{LETTER}{OF}{GAP}(?::?=|\\equiv(?![A-Za-z])|\\coloneqq){GAP}(?P<value>[^=;$&]+)")
ENDED = re.compile(r",(?![^({]*[)}])(?=\s|\\|$)|\\q?quad(?![A-Za-z])|\\(?:text|textrm|mbox)\s*\{|\\(?:Rightarrow|implies|to|quad)(?![A-Za-z])|\\\\")
NAMED = re.compile(r"\b(?:energy|hamiltonian|potential)\b", re.IGNORECASE)
CHOSEN = re.compile(r"\b(?:let|put|set|define|denote|writ\w+|call)\b", re.IGNORECASE)
WEIGHT = r"(?:e\s*\^\s*\{{?|\\exp\s*(?:\\left)?[({{\[])\s*(?:\\beta\s*)?{}"  # e^{{E}}: then E is no energy
NOT_READ = re.compile(r"\\i*int(?![A-Za-z])|\\sum(?![A-Za-z])|\\langle|\\mathbb|\\partial")
OTHER_SIGN = "The sign is turned round: the {} is {}."
NOT_HELD = "it could not be established that this is the energy of the problem"
NOT_FREE = "it could not be established that this is the free energy of these variables"


@dataclass(frozen=True)
class Told:
    """A formula for the energy, or for the free energy of some variables, as it is read."""

    letter: str
    variables: tuple[str, ...]  # those in brackets behind the letter
    value: Expr
    sure: bool  # words speak of an energy, or the letter is E, and nothing says that it is a name for something else


def with_energies(verdicts: list[LineVerdict], texts: tuple[str, ...], truth: Truth, bench: Bench) -> list[LineVerdict]:
    """The verdicts, where what is said to be the energy is not it."""
    if truth.problem.energy is None:
        return verdicts
    whole = " ".join(texts)
    found = [(one, [held(said, truth, bench) for said in told(texts[one.line - 1], truth, whole)]) for one in verdicts]
    return [worse(one, said) for one, said in found]


def worse(line: LineVerdict, said: list[tuple[str, str]]) -> LineVerdict:
    """A line's verdict after what was found of the energies in it."""
    for verdict in (WRONG, UNDECIDED):
        detail = next((detail for v, detail in said if v == verdict), None)
        if detail is not None and line.verdict in (CORRECT, UNDECIDED) and (verdict == WRONG or line.verdict == CORRECT):
            return replace(line, verdict=verdict, detail=detail)
    return line


def established(text: str, name: str, truth: Truth, bench: Bench) -> bool:
    """Whether a line gives the free energy of some of the variables by a name, and it is proved to be that."""
    if truth.problem.energy is None or name != "F":
        return False
    said = [one for one in told(text, truth) if one.letter == name and len(one.variables) < len(truth.problem.variables)]
    return bool(said) and all(held(one, truth, bench)[0] == CORRECT for one in said)


def told(text: str, truth: Truth, whole: str = "") -> Iterator[Told]:
    """The formulas for an energy in a line of a text; a letter without brackets is one where its value speaks of the variables."""
    own = {in_latex(v): v.symbol for v in truth.problem.variables}
    known = {in_latex(p) for p in truth.problem.parameters}
    for match in SAID.finditer(text):
        letter = re.sub(r"\\(?:mathcal|mathscr|hat|mathrm)|[\s{}]", "", match["letter"])
        arguments = [a.strip() for a in re.split(r"[,;]|\\mid(?![A-Za-z])", match["of"] or "") if a.strip()]
        named = bool(NAMED.search(text[: match.start("letter")]))
        if letter in truth.named or not set(arguments) <= {*own, *known} or NOT_READ.search(match["value"]):
            continue
        variables = tuple(a for a in arguments if a in own)
        if not (variables or named or letter in "EHF"):
            continue
        value = read(ENDED.split(match["value"])[0], truth)
        if value is not None and (value.free_symbols & set(own.values()) or letter == "F"):
            raised = re.search(WEIGHT.format(re.escape(match["letter"])), whole)
            sure = (named or letter == "E") and not CHOSEN.search(text[: match.start("letter")]) and not raised
            yield Told(letter, variables, -value if match["minus"] else value, sure)


def read(text: str, truth: Truth) -> Expr | None:
    try:
        return totalled(expression(customary(text).strip(" .,"), scope_of(truth)), truth.inside.facts, ())
    except (ReadError, TypeError, ValueError, AttributeError):
        return None


def held(one: Told, truth: Truth, bench: Bench) -> tuple[str, str]:
    """The verdict on a formula: the energy itself, with the factor β or without it, or −log Σ e^{−E} over the variables that are not named."""
    own = [in_latex(v) for v in truth.problem.variables]
    rest = [v.symbol for v in truth.problem.variables if in_latex(v) not in one.variables]
    if one.letter == "F" and not one.variables:
        return whole(one, truth)
    if one.letter == "F":
        return free(one, rest, truth, bench) if rest else (CORRECT, "")
    if one.variables and set(one.variables) != set(own):
        return (CORRECT, "")
    energies = [e for e in (truth.problem.energy, energy_of(truth.problem)) if e is not None]
    if any(compare(one.value, e, truth.inside).verdict == PROVED for e in energies):
        return CORRECT, ""
    turned = next((e for e in energies if compare(one.value, -e, truth.inside).verdict == PROVED), None)
    return (UNDECIDED, NOT_HELD) if turned is None or not one.sure else (WRONG, OTHER_SIGN.format("energy", turned))


def whole(one: Told, truth: Truth) -> tuple[str, str]:
    """F = −log Z, or that over β: wrong where it is log Z, and else for other rules to judge."""
    if truth.Z is None or truth.Z is oo:
        return CORRECT, ""
    found, value = boltzmann(truth.problem), one.value.subs(Symbol("Z", positive=True), truth.Z)
    scales = [S.One, *([found[0].symbol] if found is not None else [])]
    turned = any(compare(value, log(truth.Z) / scale, truth.ground).verdict == PROVED for scale in scales)
    same = any(compare(value, -log(truth.Z) / scale, truth.ground).verdict == PROVED for scale in scales)
    if same or not turned and not one.value.has(Symbol("Z", positive=True)):
        return CORRECT, ""
    return (WRONG, OTHER_SIGN.format("free energy", "−ln Z, or that over β")) if one.sure and turned else (UNDECIDED, NOT_FREE)


def free(one: Told, rest: list[Symbol], truth: Truth, bench: Bench) -> tuple[str, str]:
    """F(v) = −log Σ_h e^{−E(v, h)}"""
    weight = margin({v.symbol for v in truth.problem.variables} - set(rest), truth.problem)
    closed = None if weight is None else evaluated(weight, truth.inside.facts, bench)
    if closed is None:
        return UNDECIDED, NOT_FREE
    if compare(exp(-one.value), closed, truth.inside).verdict == PROVED:
        return CORRECT, ""
    turned = compare(exp(one.value), closed, truth.inside).verdict == PROVED
    return (WRONG, OTHER_SIGN.format("free energy", -log(closed))) if turned and one.sure else (UNDECIDED, NOT_FREE)
