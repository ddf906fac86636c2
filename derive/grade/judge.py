"""Judge one hand-in: read it, compare it, and where it is wrong, say what the mistake may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sympy import Expr, oo

from derive.algebra.monomials import TooLarge
from derive.grade.answers.asked import ENTROPY, HEADS, PEAKS, QUANTITIES
from derive.grade.answers.drawn import bare_formula, judge_drawn
from derive.grade.answers.peaks import BITS_BEHIND, judge_peak
from derive.grade.answers.pointwise import judge_listed
from derive.grade.answers.quantities import diagnosed_quantity, judge_quantity
from derive.grade.answers.transforms import TRANSFORMS, judge_transform
from derive.grade.chance.energies import reduced
from derive.grade.chance.laws import collapsed
from derive.grade.claims import judge_claim, wrong_value
from derive.grade.derivations.chains import judge_steps
from derive.grade.derivations.claimed import doubted
from derive.grade.diagnose.diagnosis import diagnose_line, diagnose_value
from derive.grade.diagnose.hints import hints
from derive.grade.equal.values import Bench, worked
from derive.grade.handed import CORRECT, UNDECIDED, UNREAD, WRONG, Claim, Judgement, Mistake
from derive.grade.truth import Truth
from derive.grade.writing import extents
from derive.grade.writing.answered import written_plainly
from derive.grade.writing.gammas_at import one_off
from derive.grade.writing.heads import DISTRIBUTED
from derive.grade.writing.markdown import spoken_out
from derive.grade.writing.phrases import NO_FUNCTION, as_density
from derive.grade.writing.rising import falling, rising
from derive.grade.writing.slashes import all_digits, apart, one_digit, power_inside, together
from derive.grade.writing.typed import untyped

Way = Callable[[str], str]  # to write a text
ASKED = re.compile(r"\\(?:stackrel|overset)\s*\{?\s*\?+\s*\}?\s*\{?\s*=|\\questeq(?![A-Za-z])|≟|=\s*\?|\?\s*=")  # an equation that is only asked for
VALUE_ONLY = ("lost-constant", "missing-jacobian", "wrong-domain")  # mistakes that a number one off looks like, by its value alone


def judge(claim: Claim, truth: Truth, seconds: float = 10.0) -> Judgement:
    """The judgement on a claim, given what is true of its problem."""
    bench = worked(seconds)
    claim = replace(claim, text=collapsed(claim.text), lines=tuple(untyped(collapsed(line)) for line in claim.lines))
    found = judged(claim, truth, bench)
    unread = any(line.verdict == UNREAD and line.line < found.first_wrong_line for line in found.lines)
    if found.verdict == UNDECIDED and not claim.sympy and (typed := untyped(claim.text)) != claim.text:
        claim = replace(claim, text=typed)
        found = judged(claim, truth, bench)
    if found.verdict != CORRECT and claim.kind == "steps" and (said := written(spoken_out, claim)) != claim:
        claim, found = in_words(claim, found, said, judged(said, truth, bench))
    if (found.verdict == UNDECIDED or unread) and not claim.sympy:
        found = either_way(found, claim, truth, bench)
    if found.verdict == UNDECIDED and not claim.sympy:
        found = digits_either_way(found, claim, truth, bench)
    for unclear, meant, other in (*extents.WAYS, (NO_FUNCTION, as_density, str)):
        if found.verdict != CORRECT and not claim.sympy and any(unclear in one for one in (found.detail, *(line.detail for line in found.lines))):
            found = in_two_ways(found, claim, truth, bench, meant, other)
    if found.verdict != CORRECT and not claim.sympy:
        found = factorials_either_way(found, claim, truth, bench)
    if found.verdict != CORRECT and not claim.sympy:
        found = energies_either_way(found, claim, truth, bench)
    if found.verdict == WRONG and not claim.sympy:
        found = power_either_way(found, claim, truth, bench)
    return replace(found, hints=hints(found))


def in_words(claim: Claim, found: Judgement, said: Claim, other: Judgement) -> tuple[Claim, Judgement]:
    r"""Of a claim as it stands and with its words in \text: what is settled, or can be read further."""
    if found.verdict == WRONG:  # where it is wrong as it stands, the words may place that line elsewhere
        line = next((one for one in other.lines if one.line == found.first_wrong_line), None)
        return (said, other) if other.verdict == CORRECT or line is not None and line.verdict == CORRECT else (claim, found)
    dark, left = (sum(line.verdict in (UNREAD, UNDECIDED) for line in one.lines) for one in (found, other))
    return (said, other) if other.verdict != UNDECIDED or left < dark else (claim, found)


def judged(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The judgement on what a claim says as it stands."""
    found = judge_derivation(claim, truth, bench) if claim.kind == "steps" else judge_final(claim, truth, bench)
    asked = next((n for n, text in enumerate(claim.lines or (claim.text,), 1) if ASKED.search(text)), 0)
    if found.verdict != CORRECT or claim.sympy or not asked:
        return found
    where = f"Line {asked} asks" if claim.lines else "This asks"
    detail = f"{where} whether both sides are equal, by a question mark, and does not say that they are."
    return replace(found, verdict=UNDECIDED, conditions=(), detail=detail)


def either_way(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """Where a/b c stands, which is read in two ways: right if a/(b c) makes it right, wrong if it is wrong both ways.

    The first wrong line is the one of the way that gets further.
    """
    first = in_two_ways(found, claim, truth, bench, together, apart)
    return replace(first, detail=f"{first.detail} A quotient a/b c is read as a/(b c).") if first.verdict == CORRECT else first


def digits_either_way(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """Where \\int_0^12x stands, which is set as the integral to 1 of 2x: right if that makes it right, wrong if it is with a bound of 12 too."""
    return in_two_ways(found, claim, truth, bench, one_digit, all_digits)


def in_two_ways(found: Judgement, claim: Claim, truth: Truth, bench: Bench, meant: Way, other: Way) -> Judgement:
    """Right if what is meant makes it right, wrong if it is wrong in both ways, by the one that gets further; else as it was found."""
    if written(meant, claim) == claim:
        return found
    first = judged(written(meant, claim), truth, bench)
    if first.verdict == CORRECT:
        return first
    if first.verdict != WRONG:
        return min(found, first, key=lambda way: sum(line.verdict == UNREAD for line in way.lines))
    second = judged(written(other, claim), truth, bench)
    return max(first, second, key=lambda way: way.first_wrong_line) if second.verdict == WRONG else found


def written(way: Way, claim: Claim) -> Claim:
    """The claim with its text and its lines written in a way."""
    return replace(claim, text=way(claim.text), lines=tuple(map(way, claim.lines)))


def factorials_either_way(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """Where (a)_n stands, which is the rising factorial for some and the falling one for others: wrong if both are, right if both are.

    The lines of a derivation tell which one is meant: they are right if one makes them right. A final answer does not, and stays open.
    """
    up, down = written(rising, claim), written(falling, claim)
    if up == claim:
        return found
    first = judged(up, truth, bench)
    if first.verdict == CORRECT and claim.kind == "steps":
        return first
    second = judged(down, truth, bench)
    if claim.kind != "steps" and (first.verdict == CORRECT) != (second.verdict == CORRECT):
        rises = "rising" if first.verdict == CORRECT else "falling"
        return replace(first, verdict=UNDECIDED, conditions=(), mistake=None, detail=f"This is right if (a)_n is the {rises} factorial; say so.")
    if second.verdict == CORRECT:
        return second
    both = first.verdict == second.verdict == WRONG
    return max(first, second, key=lambda way: way.first_wrong_line) if both else first if first.verdict != WRONG else second


def energies_either_way(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """Where ⟨E⟩ stands and the energy that was given has a factor β: open where that energy, unlike E, makes it right."""
    other = replace(claim, lines=tuple(reduced(line, truth.problem) for line in claim.lines))
    if other == claim or judged(other, truth, bench).verdict != CORRECT:
        return found
    detail = "This is right if the factor β belongs to the energy E; say so."
    return replace(found, verdict=UNDECIDED, first_wrong_line=0, mistake=None, detail=detail)


def power_either_way(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """Where ln(u)^n stands, which is wrong as (ln u)^n: right if ln(u^n) makes it right, wrong if it is wrong both ways."""
    inside = written(power_inside, claim)
    if inside == claim:
        return found
    other = judged(inside, truth, bench)
    if other.verdict == CORRECT:
        return replace(other, detail=f"{other.detail} A power behind ln( ) is read as inside of it.")
    return found if other.verdict == WRONG and other.first_wrong_line <= found.first_wrong_line else other


def judge_final(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The judgement on a final answer."""
    claim = claim if claim.sympy else replace(claim, text=written_plainly(claim.text, claim.kind, truth))
    found = judge_answer(claim, truth, bench)
    more = doubted(headless(claim), claim.kind, truth) if found.verdict == CORRECT and not claim.sympy else ""
    if not more:
        return found
    return replace(found, verdict=UNDECIDED, conditions=(), detail=f"The formula is right, but the words beside it say more: {more}.")


def headless(claim: Claim) -> str:
    """What stands behind "the most likely value is", which names what is asked."""
    text = HEADS[claim.kind].sub("", claim.text, count=1) if claim.kind in PEAKS else claim.text
    return BITS_BEHIND.sub("", text) if claim.kind == ENTROPY else text


def judge_answer(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The judgement on the formula of a final answer."""
    if claim.kind in QUANTITIES:
        found, value = judge_quantity(claim, truth, bench)
        return found if value is None else replace(found, mistake=attempted(lambda: diagnosed_quantity(value, claim.kind, truth, bench)))
    if claim.kind in PEAKS:
        return judge_peak(claim, truth, bench)
    if claim.kind in TRANSFORMS:
        return judge_transform(claim, truth, bench)
    named = judge_drawn(claim, truth, bench)
    if named is not None:
        found, value = named
        return found if value is None else replace(found, mistake=diagnosed(value, truth, claim.kind))
    claim = bare_formula(claim, truth)
    found = misnamed(judge_listed(claim, truth, bench) or judge_claim(claim, truth, bench), claim, truth, bench)
    value = wrong_value(claim, truth, bench) if found.verdict == WRONG and found.mistake is None else None
    return found if value is None else replace(found, mistake=diagnosed(value, truth, claim.kind))


def misnamed(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """A right formula behind "X ∼ Pois(λ):" is not called right where it is the density of another law than that."""
    head = DISTRIBUTED.match(claim.text) if found.verdict == CORRECT and not claim.sympy else None
    named = judge_drawn(replace(claim, text=head["law"]), truth, bench) if head else None
    if named is None or named[0].verdict != WRONG:
        return found
    return replace(found, verdict=UNDECIDED, conditions=(), detail="The formula is right, but the law that stands before it is another one.")


def diagnosed(value: Expr, truth: Truth, kind: str) -> Mistake | None:
    """The likely mistake in a Z or p; none where the value is right but for one of its cases."""
    found = attempted(lambda: diagnose_value(value, truth, kind))
    return None if found is not None and found.factor == "1" else found


def attempted(diagnosis: Callable[[], Mistake | None]) -> Mistake | None:
    """The likely mistake; a diagnosis that fails is none."""
    try:
        return diagnosis()
    except (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
        return None


def judge_derivation(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    if truth.Z is oo:
        return Judgement(claim.id, UNDECIDED, detail="The total of the kernel is infinite.")
    found, course = judge_steps(claim, truth, bench)
    trouble = course.trouble.get(found.first_wrong_line)
    if found.verdict != WRONG or trouble is None:
        return replace(found, mistake=course.slips.get(found.first_wrong_line))
    mistake = attempted(lambda: diagnose_line(trouble, truth, found.first_wrong_line == 1))
    if mistake is None or mistake.kind in VALUE_ONLY:
        mistake = number_off(claim, found.first_wrong_line, truth, bench) or mistake
    return replace(found, mistake=mistake)


def number_off(claim: Claim, number: int, truth: Truth, bench: Bench) -> Mistake | None:
    """A gamma function or a factorial of a number that is one off: the line is right with the number beside it."""
    for line, detail in one_off(claim.lines[number - 1]):
        lines = (*claim.lines[: number - 1], line)
        if judge_steps(replace(claim, lines=lines), truth, bench)[0].first_wrong_line == 0:
            return Mistake("off-by-one-gamma", "", detail)
    return None
