r"""A final answer for a generating function: M(t) = E[e^{tX}], and G(s) = E[s^X] of whole numbers.

M is looked at for t between −ε and 0 (or 0 and ε where X is bounded above): there its integral converges, and what agrees with it there agrees
wherever both are analytic (identity theorem, DLMF 1.10(ii)).
"""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Expr, Symbol, exp, oo
from sympy.core.relational import Relational

from derive.check.convergence import INFINITE
from derive.check.points import words
from derive.grade.claims import judged
from derive.grade.equal.values import Bench
from derive.grade.handed import CORRECT, UNDECIDED, Claim, Judgement
from derive.grade.truth import Truth, truth_of
from derive.grade.wider import as_relations, reached, total_at
from derive.grade.writing.quantifiers import everywhere
from derive.grade.writing.reading import Said, said
from derive.grade.writing.turned import near
from derive.language.problem import Parameter
from derive.language.totals import Counting, Total
from derive.read.names import ReadError

TRANSFORMS = {"mgf": "the moment generating function", "pgf": "the probability generating function"}
SECONDS = 8.0
GAP = r"(?:\\[,;:! ]|\s)*"
E = r"(?:\\(?:mathbb|mathrm|operatorname)\s*\{?E\}?|E)\s*(?:\\left)?[\[(]"
T = r"(?P<t>[a-z]|\\(?:theta|xi|eta|tau|zeta))"
NAME = rf"{GAP}(?:_\{{?\w\}}?)?{GAP}(?:\\left)?\({GAP}{T}{GAP}(?:\\right)?\){GAP}="
HEADS = {  # M(t), E[e^{tX}]; G(s), E[s^X]
    "mgf": (re.compile(rf"{GAP}(?:[Mm]|\\(?:(?:var)?phi|psi)){NAME}"),
            re.compile(rf"{GAP}{E}{GAP}e\s*\^\s*\{{?{GAP}{T}{GAP}[A-Za-z]{GAP}\}}?{GAP}(?:\\right)?[\])]{GAP}=")),
    "pgf": (re.compile(rf"{GAP}(?:[GgP]|\\(?:(?:var)?phi|psi|Pi|Phi)){NAME}"),
            re.compile(rf"{GAP}{E}{GAP}(?P<t>[a-z])\s*\^\s*\{{?{GAP}[A-Z]{GAP}\}}?{GAP}(?:\\right)?[\])]{GAP}=")),
}  # fmt: skip
BESIDE = re.compile(rf"(?:,|;|\\q?quad(?![A-Za-z])|\\text\s*\{{[^{{}}]*\}}){GAP}(?P<name>[a-z])\s*:?=(?!=)")  # …, where p = 1 − q
COMMAND = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+|exp|log|ln|sqrt|sinh|cosh|tanh|sin|cos")


def judge_transform(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The verdict on a claim for M(t) or G(s).

    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> [judge_transform(Claim("a", "a", "mgf", text), truth, Bench()).verdict for text in (r"M(t) = \\frac{b}{b-t}", r"\\frac{b}{b+t}")]
    ['correct', 'wrong']
    """
    base, name = Judgement(claim.id, UNDECIDED), TRANSFORMS[claim.kind]
    if len(truth.problem.variables) != 1 or claim.kind == "pgf" and not isinstance(truth.problem.variables[0].measure, Counting):
        return replace(base, detail=f"{name[0].upper()}{name[1:]} is read of one variable, and G(s) of whole numbers.")
    found = moved(claim.kind, truth)
    if found is None or found[0].Z is None or truth.Z is None:
        return replace(base, detail=f"There is nothing to hold this against: {name} could not be derived.")
    there, v, sign = found
    try:
        read, t = said_of(claim, truth)
    except ReadError as error:
        return replace(base, detail=f"This cannot be read: {error}.")
    at = {t: sign * v}
    if endless := infinite_somewhere(claim, read, t, truth):
        return replace(base, read_as=str(read.sides[-1]), detail=endless)
    moved_to = [c.xreplace(at) for c in read.conditions]
    open_ = tuple(c for c in moved_to if v not in c.free_symbols or not there.ground.facts.follows(c))  # the others have been looked at
    placed = replace(read, sides=tuple(s.xreplace(at) for s in read.sides), conditions=open_)
    done = judged(replace(base, read_as=str(read.sides[-1])), placed, name, there.Z / truth.Z, replace(there, inside=there.ground), bench)
    conditions = tuple(c for c in done.conditions if str(v) not in c)
    detail = f"This is right where E[{'e^(tX)' if claim.kind == 'mgf' else 's^X'}] exists." if done.verdict == CORRECT else done.detail
    return replace(done, conditions=conditions, detail=detail)


def infinite_somewhere(claim: Claim, read: Said, t: Symbol, truth: Truth) -> str:
    """Where a range is stated for t, why E[e^{tX}] is not finite all over it; "" where nothing of the kind was found."""
    told = [c for c in read.conditions if isinstance(c, Relational) and t in c.free_symbols]
    kinds = everywhere(claim.text, [t.name])
    if not told and not kinds:
        return ""
    (v,) = truth.problem.variables
    total = Total(truth.problem.kernel * (t**v.symbol if claim.kind == "pgf" else exp(t * v.symbol)), v.symbol, v.measure)
    symbols = {s for s in total.free_symbols | {t} if isinstance(s, Symbol)}
    for there in reached([*told, *as_relations(dict.fromkeys([t], kinds.get(t.name, "")))], [t], symbols, truth.ground):
        if total_at(total, there) == INFINITE:
            return f"The range that stands beside it goes beyond where it is finite: at {words(there)} it is infinite."
    return ""


def moved(kind: str, truth: Truth) -> tuple[Truth, Symbol, int] | None:
    """What is true of the kernel times e^{−vx}, e^{vx} or v^x for small v > 0; worked out once for each problem."""
    key = ("transform", kind)
    if key not in truth.variants:
        (x,) = truth.problem.variables
        ends = x.measure.args
        sign = 1 if kind == "pgf" or (ends[-1] is not oo and ends[0] == -oo) else -1
        v = Symbol("s" if kind == "pgf" else "t" if sign > 0 else "-t", positive=True)
        while v.name in truth.named:
            v = Symbol(f"{v.name}′", positive=True)
        kernel = truth.problem.kernel * (v**x.symbol if kind == "pgf" else exp(sign * v * x.symbol))
        positive = [p.symbol for p in truth.problem.parameters if p.symbol.is_positive]
        conditions = [v < 1] if kind == "pgf" else near(v, positive) if ends[0] == -oo and ends[-1] is oo else []
        more = replace(truth.problem, kernel=kernel, energy=None, parameters=(*truth.problem.parameters, Parameter(v)),
                       conditions=(*truth.problem.conditions, *(c for c in conditions if c not in (True, False))))  # fmt: skip
        truth.variants[key] = (truth_of(more, SECONDS), v, sign)
    found: tuple[Truth, Symbol, int] | None = truth.variants[key]
    return found


def said_of(claim: Claim, truth: Truth) -> tuple[Said, Symbol]:
    """What a claim says, and the argument of its function: by its head, or the one letter that the problem does not have. Raises ReadError."""
    head = next((m for pattern in HEADS[claim.kind] if (m := pattern.match(claim.text))), None)
    text = claim.text[head.end() :] if head else claim.text
    beside = {m["name"] for m in BESIDE.finditer(claim.text)}
    new = dict.fromkeys(c for c in re.findall("[a-z]", COMMAND.sub(" ", claim.text)) if c not in truth.named and c not in "eid" and c not in beside)
    new |= dict.fromkeys(c for c in re.findall(r"\\(theta|xi|eta|tau|zeta)(?![A-Za-z])", claim.text) if c not in truth.named)
    letters = [head["t"].lstrip("\\")] if head else list(new) or [next(c for c in "tsuvw" if c not in truth.named)]
    if claim.sympy or len(letters) != 1 or letters[0] in truth.named:
        raise ReadError("it is not clear which letter is its argument; write M(t) = … or G(s) = …")
    t = Symbol(letters[0], real=True)
    read = said(text, replace(truth, problem=replace(truth.problem, parameters=(*truth.problem.parameters, Parameter(t)))), "Z")
    if not all(isinstance(side, Expr) for side in read.sides):
        raise ReadError("it is no formula")
    return read, t
