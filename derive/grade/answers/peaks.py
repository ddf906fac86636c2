r"""A final answer for the mode or the entropy of one variable: where the density is largest, and −E log p = log Z − E log g."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace

import mpmath
from sympy import Add, Expr, Symbol, expand, expand_log, floor, log

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.families import recognise
from derive.grade.claims import judged
from derive.grade.equal.equality import compare
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import UNDECIDED, WRONG, Claim, Judgement, Mistake
from derive.grade.truth import Truth
from derive.grade.writing.segments import GAP
from derive.language.totals import Atoms, Total, substitute
from derive.moments.law import Law
from derive.moments.mode import mode
from derive.read.names import ReadError

MODE, ENTROPY = "mode", "entropy"
SECONDS = 8.0
MOST = 5  # terms
PEAKS = {MODE: "the mode", ENTROPY: "the entropy"}
WORDS = r"\\(?:text|mbox|textrm)\s*\{"
AST = r"\*|\\ast|\\star"
STAR = rf"(?:\^\s*\{{?\s*(?:{AST})\s*\}}?|_\s*\{{?\s*(?:{AST}|max|mode|MAP|\\max|\\(?:mathrm|text)\s*\{{\s*(?:max|mode|mp)\s*\}})\s*\}}?)"
HEADS = {
    MODE: re.compile(
        rf"{GAP}(?:{WORDS}[^{{}}]*\b(?:mode|most\s+(?:likely|probable)\s+\w+|peak|maximum)\b[^{{}}]*\}}{GAP}(?:=|:)?"
        rf"|(?:\\(?:hat|tilde|bar)\s*(?:\{{\s*[A-Za-z]\s*\}}|[A-Za-z])|[A-Za-z]\s*{STAR}"
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
BITS_BEHIND = re.compile(rf"{WORDS}\s*\(?(?:in\s+)?(?:bits?|nats?)\)?[\s.]*\}}[\s.]*$")
BITS = re.compile(r"\\(?:log|lg|ln)\s*_\s*\{?\s*2\s*\}?|\bbits?\b")


def judge_peak(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The verdict on a claim for a mode or an entropy; that is wrong where p is proved to be smaller at what is claimed for a mode.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> [judge_peak(Claim("a", "a", MODE, text), truth, Bench()).verdict for text in ("k^* = 0", "1")]
    ['correct', 'wrong']
    """
    from derive.grade.answers.quantities import read_quantity

    base, name = Judgement(claim.id, UNDECIDED), PEAKS[claim.kind]
    if len(truth.problem.variables) != 1:
        return replace(base, detail="The problem has more than one variable.")
    try:
        read = read_quantity(claim, HEADS[claim.kind], truth)
    except ReadError as error:
        return replace(base, detail=f"This cannot be read: {error.message if error.message.endswith('is not declared') else error}.")
    base = replace(base, read_as=str(read.value))
    value = wanted(claim.kind, truth, bench)
    if value is None:
        return replace(base, detail=f"There is nothing to hold this against: {name} could not be derived.")
    value = value / log(2) if claim.kind == ENTROPY and BITS.search(claim.text) else value
    (v,) = truth.problem.variables
    read = replace(read, sides=tuple(s for s in read.sides if s != v.symbol) or read.sides) if claim.kind == MODE else read  # k = 0
    if any(v.symbol in side.free_symbols for side in read.sides):
        return replace(base, detail=f"It depends on {v.symbol}.")
    found = judged(base, read, name, value, replace(truth, inside=truth.ground), bench)
    if found.verdict == WRONG and claim.kind == MODE and equal_at_whole(read.value, value):
        return replace(base, detail="This is right where it is a whole number.")
    if found.verdict == WRONG and claim.kind == MODE and not lower(read.value, value, found.witness or {}, truth):
        return replace(base, detail="It could not be established that the density is smaller there than where it is largest.")
    return replace(found, mistake=likely(read.value, value, claim.kind, truth)) if found.verdict == WRONG else found


def likely(claimed: Expr, value: Expr, kind: str, truth: Truth) -> Mistake | None:
    """A place next to the mode; an entropy in which one term has the other sign, or is left out."""
    if kind == MODE:
        near = any(compare(claimed, value + step, truth.ground) for step in (1, -1))
        return Mistake("off-by-one-index", "", "the place is one off") if near else None
    terms = Add.make_args(expand(expand_log(value)))
    for term in terms if len(terms) <= MOST else ():
        if compare(claimed, value - 2 * term, truth.ground):
            return Mistake("sign", "", f"the sign of {term} is turned round")
        if compare(claimed, value - term, truth.ground):
            return Mistake("missing-factor", "", f"the term {term} is left out")
    return None


def equal_at_whole(claimed: Expr, top: Expr) -> bool:
    """Whether a claim leaves out ⌊ ⌋ alone."""
    return top.has(floor) and equal(top.replace(floor, lambda e: e), claimed, Facts())


def wanted(kind: str, truth: Truth, bench: Bench) -> Expr | None:
    """The mode or the entropy of the problem's density; None where it was not established. It is worked out once."""
    key = ("peak", kind)
    if key not in truth.variants:
        try:
            truth.variants[key] = (mode_of if kind == MODE else entropy_of)(truth, bench)
        except (RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
            truth.variants[key] = None
    found: Expr | None = truth.variants[key]
    return found


def mode_of(truth: Truth, bench: Bench) -> Expr | None:
    """The place at which the density is proved to be largest."""
    (v,), Z, density = truth.problem.variables, truth.Z, truth.density
    if Z is None or density is None:
        return None
    facts = truth.ground.facts
    if isinstance(v.measure, Atoms):
        values = {p: substitute(truth.problem.kernel, {v.symbol: p}) for p in v.measure.points}
        best = [p for p, top in values.items() if all(facts.positive(top - other) for q, other in values.items() if q != p)]
        return best[0] if best else None
    family = recognise(truth.problem.kernel, density, v.symbol, v.measure, facts)
    found = mode(Law(v.symbol, v.measure, truth.problem.kernel, Z, density, facts, time.monotonic() + SECONDS, family))
    return found.value if found is not None and not found.conditions else None


def entropy_of(truth: Truth, bench: Bench) -> Expr | None:
    """log Z − E log g, where g is positive on the support."""
    (v,), Z, facts = truth.problem.variables, truth.Z, truth.inside.facts
    kernel = truth.problem.kernel
    if Z is None:
        return None
    if isinstance(v.measure, Atoms):
        weights = [substitute(kernel, {v.symbol: p}) for p in v.measure.points]
        return log(Z) - Add(*(w * log(w) for w in weights)) / Z if all(truth.ground.facts.positive(w) for w in weights) else None
    whole = expand(expand_log(log(kernel), force=True))
    if not all(facts.positive(one.args[0]) for one in whole.atoms(log)):
        return None
    means = []
    for term in Add.make_args(whole):
        free, moving = term.as_independent(v.symbol, as_Add=False)
        total = Total(moving * kernel, v.symbol, v.measure)
        value = evaluated(total, truth.ground.facts, bench)
        means.append(free * (total if value is None else value) / Z if moving != 1 else free)
    return log(Z) - Add(*means)


def lower(claimed: Expr, top: Expr, witness: Mapping[str, str], truth: Truth) -> bool:
    """Whether p is smaller at a claimed mode than at the true one, at the point at which these differ; a mode need not be the only one."""
    (v,) = truth.problem.variables
    names = {p.symbol for p in truth.problem.parameters}
    for point in truth.ground.points(names | {s for s in (claimed.free_symbols | top.free_symbols) if isinstance(s, Symbol)})[:4]:
        here, there = (substitute(e, point) for e in (claimed, top))
        if here == there:
            continue
        if truth.problem.variables[0].symbol.is_integer and here.is_integer is False:
            return True
        values = [mpmath.mpmathify(substitute(substitute(truth.problem.kernel, {v.symbol: at}), point).evalf(30)) for at in (here, there)]
        if all(mpmath.isfinite(x) and mpmath.im(x) == 0 for x in values) and values[0] < values[1] * (1 - mpmath.mpf(10) ** -12):
            return True
    return False
