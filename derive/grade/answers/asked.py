r"""What a final answer for a quantity of a density says, without its head such as Var(X) = …, mode: …, F(x) = …"""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic
from sympy.core.function import AppliedUndef

from derive.grade.chance.moments import MEAN, is_mean, mean_of, with_moments
from derive.grade.claims import spoken
from derive.grade.handed import Claim
from derive.grade.truth import Truth
from derive.grade.writing.heads import spelled
from derive.grade.writing.reading import Said, is_name, said
from derive.grade.writing.segments import GAP
from derive.read.latex_heads import Blank
from derive.read.names import ReadError

MEAN_OF, VARIANCE, CDF, MODE, ENTROPY = "mean", "variance", "cdf", "mode", "entropy"
QUANTITIES = {MEAN_OF: "the mean", VARIANCE: "the variance", CDF: "the distribution function"}
PEAKS = {MODE: "the mode", ENTROPY: "the entropy"}
PR = r"(?:P|\\Pr|\\(?:mathbb|mathrm|operatorname)\s*\{?(?:Pr|P)\}?)"
BELOW = rf"{PR}{GAP}(?:\\left)?[(\[]{GAP}[A-Z]{GAP}(?:\\leq?(?:slant)?(?![A-Za-z])|<=|≤)[^()=]*?(?:\\right)?[)\]]"
WORDS = r"\\(?:text|mbox|textrm)\s*\{"
AST = r"\*|\\ast|\\star"
UPRIGHT = r"\\(?:mathrm|text|operatorname)\s*\{\s*(?:max|mode|mp)\s*\}|\\rm\s+(?:max|mode|mp)"
STAR = rf"(?:\^\s*\{{?\s*(?:{AST})\s*\}}?|_\s*\{{?\s*(?:{AST}|max|mode|MAP|\\max|{UPRIGHT})\s*\}}?)"
HEADS = {
    MEAN_OF: re.compile(rf"{GAP}(?:\\mu_\{{?[A-Z]\}}?|\\bar\s*\{{?\s*\w\s*\}}?|(?:\\text\s*\{{)?\s*mean\s*\}}?){GAP}="),
    VARIANCE: re.compile(
        rf"{GAP}(?:\\sigma_\{{?[A-Z]\}}?\s*\^\s*\{{?2\}}?|\\sigma\s*\^\s*\{{?2\}}?(?:_\{{?[A-Z]\}}?)?|(?:\\text\s*\{{)?\s*[Vv]ariance\s*\}}?){GAP}="
    ),
    CDF: re.compile(rf"{GAP}(?:F{GAP}(?:_\{{?\w\}}?)?{GAP}\([^()=]*\)|{BELOW}){GAP}="),
    MODE: re.compile(
        rf"{GAP}(?:{WORDS}[^{{}}]*\b(?:mode|most\s+(?:likely|probable)\s+\w+|peak|maximum)\b[^{{}}]*\}}{GAP}(?:=|:)?"
        rf"|(?:\\(?:hat|tilde|bar)\s*(?:\{{\s*\\?[A-Za-z]+\s*\}}|\\[A-Za-z]+|[A-Za-z])|[A-Za-z]\s*{STAR}"
        rf"|\\(?:operatorname|mathrm)\s*\{{\s*[Mm]ode?\s*\}}{GAP}(?:(?:\\left)?[(\[]\s*[A-Z]\s*(?:\\right)?[)\]])?"
        rf"|\\arg{GAP}\\max{GAP}(?:_\s*(?:\{{[^{{}}]*\}}|\w))?{GAP}[pf]{GAP}(?:_\s*\w|\([^()]*\))?)"
        rf"{GAP}=)"
    ),
    ENTROPY: re.compile(
        rf"{GAP}(?:{WORDS}[^{{}}]*\b[Ee]ntropy\b[^{{}}]*\}}{GAP}(?:=|:)?"
        rf"|(?:\\math(?:bb|rm|cal|sf)\s*\{{?\s*[HS]\s*\}}?|\\operatorname\s*\{{\s*(?:H|Ent)\s*\}}|[HhS]){GAP}"
        rf"(?:(?:\\left)?[(\[]\s*(?:[A-Za-z]|[pf]\s*\(\s*\w\s*\))\s*(?:\\right)?[)\]])?"
        rf"(?:{GAP}/{GAP}k(?:_\s*\{{?B\}}?)?)?{GAP}=)"
    ),
}  # fmt: skip


def read_answer(claim: Claim, truth: Truth) -> Said:
    """What a claim says, without its head and with means as integrals. Raises ReadError where it cannot be read."""
    if claim.sympy:
        return said(claim.text, truth, "Z", True)
    head_ = HEADS[claim.kind].match(claim.text)
    if head_ and claim.kind == CDF:
        refuse_elsewhere(head_[0], truth)
    text = claim.text[head_.end() :] if head_ else claim.text
    read = said(with_moments(text, truth, ()), truth, "p", helpers=(MEAN,))  # as in p, "where Z = …" may stand beside
    sides = [s for s in read.sides if not isinstance(s, Blank) and not of_parameters(s, truth)] or list(read.sides)
    sides = sides[1:] if len(sides) > 1 and head(sides[0], claim.kind, truth) else sides
    return replace(read, sides=tuple(in_full(s, truth) for s in sides))


def of_parameters(side: Basic, truth: Truth) -> bool:
    """Whether a side is a name for the answer such as f(ε), as a function of parameters: no density of the variable."""
    names = {p.symbol for p in truth.problem.parameters}
    return isinstance(side, AppliedUndef) and not is_mean(side) and bool(side.args) and set(side.args) <= names


def refuse_elsewhere(head: str, truth: Truth) -> None:
    """Raises ReadError for F(2x) = … and P(X ≤ a) = …, which say what F is at another place than x."""
    (v,) = truth.problem.variables
    place = re.sub(rf"{GAP}(?:\\right)?[)\]]{GAP}=$", "", re.split(r"[(\[]|\\leq?(?:slant)?(?![A-Za-z])|<=|≤", head)[-1])
    place = re.split(r"[;|]|\\mid", re.sub(GAP, "", place))[0]
    if place not in (v.latex, spelled(v.symbol.name)):
        raise ReadError(f"F is taken at {place}; a distribution function is read as F({v.symbol.name}) = …")


def head(side: Basic, kind: str, truth: Truth) -> bool:
    """Whether a side is only the name of what is asked: E[X], E[X²] − E[X]² for Var(X), any other name."""
    (x,) = (v.symbol for v in truth.problem.variables)
    means = {f.args[0] for f in side.atoms(AppliedUndef) if is_mean(f)}
    if kind == VARIANCE and means == {x, x**2} and side.is_Add:
        return True
    return is_name(side) and (not means or kind == MEAN_OF and means == {x})


def in_full(side: Basic, truth: Truth) -> Basic:
    """A side with E[g(X)] as an integral, and p by its true value."""
    assert truth.Z is not None
    side = side.xreplace({f: mean_of(f, truth.problem, truth.Z) for f in side.atoms(AppliedUndef) if is_mean(f)})
    return spoken(side, truth)
