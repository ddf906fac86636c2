r"""A final answer for the mode or the entropy of one variable: where the density is largest, and −E log p = log Z − E log g."""

from __future__ import annotations

import re
from dataclasses import replace

import mpmath
from sympy import Add, Expr, Symbol, expand, expand_log, floor, log

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.answers.asked import ENTROPY, MODE, PEAKS, WORDS, read_answer
from derive.grade.answers.established import beyond, under, where_asked
from derive.grade.claims import judged
from derive.grade.equal.equality import compare
from derive.grade.equal.values import Bench
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, Judgement, Mistake
from derive.grade.truth import Truth
from derive.language.totals import substitute
from derive.read.names import ReadError

MOST = 5  # terms
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
    base, name = Judgement(claim.id, UNDECIDED), PEAKS[claim.kind]
    if len(truth.problem.variables) != 1:
        return replace(base, detail="The problem has more than one variable.")
    try:
        read = read_answer(claim, truth)
    except ReadError as error:
        return replace(base, detail=f"This cannot be read: {error.message if error.message.endswith('is not declared') else error}.")
    base = replace(base, read_as=str(read.value))
    truth, true, extra = where_asked(claim.kind, read, truth, bench)
    if true.value is None:
        return replace(base, detail=f"There is nothing to hold this against: {name} could not be derived.")
    value = true.value / log(2) if claim.kind == ENTROPY and BITS.search(claim.text) else true.value
    (v,) = truth.problem.variables
    read = replace(read, sides=tuple(s for s in read.sides if s != v.symbol) or read.sides) if claim.kind == MODE else read  # k = 0
    if any(v.symbol in side.free_symbols for side in read.sides):
        return replace(base, detail=f"It depends on {v.symbol}.")
    narrowed = under(truth, extra)
    found = judged(base, read, name, value, replace(narrowed, inside=narrowed.ground), bench)
    if found.verdict == CORRECT and (more := beyond(claim.kind, read, extra, truth, bench)):
        return replace(base, detail=f"The formula is right, but {more}.")
    if found.verdict == WRONG and claim.kind == MODE and equal_at_whole(read.value, value):
        return replace(base, detail="This is right where it is a whole number.")
    if found.verdict == WRONG and claim.kind == MODE and not lower(read.value, value, narrowed):
        return replace(base, detail="It could not be established that the density is smaller there than where it is largest.")
    return replace(found, mistake=likely(read.value, value, claim.kind, narrowed)) if found.verdict == WRONG else found


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


def lower(claimed: Expr, top: Expr, truth: Truth) -> bool:
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
