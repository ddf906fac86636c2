"""Is a claim for Z or p right? It is held against what the engine derives for the problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sympy import Abs, Basic, Dummy, Eq, Expr, Le, Lt, Ne, Pow, S, Symbol, Tuple, binomial, exp, factorial, floor, log, oo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.grade.chance.margins import density_at
from derive.grade.chance.spoken import LONG
from derive.grade.conditions import further, holds_given, integral_symbols, shortest, where_defined
from derive.grade.equal.equality import Equality, compare
from derive.grade.equal.ground import Ground
from derive.grade.equal.singular import removable
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, Judgement, Mistake
from derive.grade.singled import on_single_points, wrong_case
from derive.grade.supports import beyond, of_other_kind, only_on
from derive.grade.truth import Truth
from derive.grade.wider import by_symbol, overstated
from derive.grade.writing.digits import in_digits, judged_digits
from derive.grade.writing.notation import named_constant
from derive.grade.writing.reading import QUANTITIES, Said, is_name, said
from derive.grade.writing.spellings import customary
from derive.language.claims import AGREES, PROVED, REFUTED
from derive.language.totals import Atoms, Counting, Total, substitute
from derive.read.latex_heads import Blank, Given
from derive.read.names import ReadError

LAW = re.compile(rf"\\text\s*\{{[^{{}}]*\b(?:normal|gamma|beta|{LONG})(?:ly)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """A value held against the truth: the equality, the further conditions under which it holds, and the value in closed form."""

    equality: Equality
    conditions: tuple[Boolean, ...] = ()
    value: Expr | None = None
    infinite: bool = False  # it is +∞, and should be finite


@dataclass(frozen=True)
class Compared:
    """One comparison inside a line: what was expected, what stands there, and how they are related."""

    target: Expr
    side: Expr
    held: Held
    defined: Mapping[Symbol, Expr] = field(default_factory=dict)  # the substitutions that were stated by then


def judge_claim(claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The verdict on a claim of kind Z or p."""
    constant = named_constant(claim.text, truth) if claim.kind == "Z" and not claim.sympy else None
    if constant is not None:
        return of_constant(judge_claim(replace(claim, text=constant), truth, bench), claim, truth, bench)
    try:
        read = said(claim.text, truth, claim.kind, claim.sympy)
        read_as = str(read.value)
    except ReadError as error:
        plain = error.message.endswith("is not declared")  # the name says where to look
        return Judgement(claim.id, UNDECIDED, detail=f"This cannot be read: {error.message if plain else error}.")
    base = Judgement(claim.id, UNDECIDED, read_as=read_as)
    if any(f.atoms(Relational) for side in read.sides for f in side.atoms(AppliedUndef)):
        return replace(base, detail="This speaks of an event that is not the variable at a place.")
    own = {v.symbol for v in truth.problem.variables}
    if claim.kind == "p" and LAW.search(claim.text) and not any(own & side.free_symbols for side in read.sides):  # "exponential with rate a"
        return replace(base, detail="This names a law in words; write its density.")
    if read.proportional:
        return replace(base, detail=f"This says only what {claim.kind} is proportional to; the constant is left out.")
    wanted = truth.Z if claim.kind == "Z" else truth.density
    if truth.Z is oo:
        return against_infinity(base, read, claim.kind)
    if wanted is None:
        return without_truth(base, read, claim.kind, truth)
    found = judged(base, read, claim.kind, wanted, truth, bench)
    if found.verdict == CORRECT and (off := digits_off(claim, truth)):
        return replace(base, verdict=off[0], detail=off[1])
    if found.verdict == CORRECT and claim.kind == "p" and (other := of_other_kind(claim.text, truth)):
        return replace(base, detail=f"The formula is right, but {other}.")
    place = beyond(claim, truth) if found.verdict == CORRECT and claim.kind == "p" else None
    if place is None:
        part = only_on(claim, truth) if found.verdict == CORRECT and claim.kind == "p" else None
        return found if part is None else replace(base, detail=f"The formula is right, but {part} does not hold on the whole support.")
    if len(truth.problem.variables) > 1:  # x + y < 1 may be said of x, y > 0, though it does not say so
        return replace(base, detail=f"The formula is right on the support, but as it is stated it is not 0 at {place.x} = {place.at}, where p is.")
    if place.loosely:
        return replace(base, detail=f"The formula is right on the support; for all {place.x} it is not: at {place.x} = {place.at} p is 0.")
    said_there = f"The formula is right on the support, but it is stated for {place.x} = {place.at} too: there it is {place.value}, and p is 0."
    outside = Mistake("wrong-domain", "", f"the support that is stated goes beyond {truth.problem.variables[0].domain}")
    return replace(base, verdict=WRONG, witness={str(place.x): str(place.at)}, detail=said_there, mistake=outside)


def digits_off(claim: Claim, truth: Truth) -> tuple[str, str] | None:
    """The verdict on what stands behind ≈, with a sentence, where it is not right; the formula before it is."""
    ground = truth.ground if claim.kind == "Z" else truth.inside
    for value, digits, how in in_digits(customary(claim.text)) if not claim.sympy else ():
        try:
            one, other = (said(text, truth, claim.kind).value for text in (value, digits))
        except ReadError:
            return UNDECIDED, "The formula is right; what stands behind ≈ cannot be read."
        verdict, detail = judged_digits(one, other, how, digits, ground)
        if verdict != CORRECT:
            return verdict, detail if verdict == WRONG else f"The formula is right, but {detail}."
    return None


def of_constant(found: Judgement, claim: Claim, truth: Truth, bench: Bench) -> Judgement:
    """The verdict on c = …, which was read as 1/Z = …; where Z itself is given, either may be meant."""
    if found.verdict == CORRECT:
        return replace(found, detail=f"{found.detail} The constant is read as 1/Z, the factor of the kernel in p.")
    if found.verdict == WRONG:
        other = judge_claim(replace(claim, text=claim.text[claim.text.index("=") + 1 :]), truth, bench)
        if other.verdict != WRONG:
            return replace(found, verdict=UNDECIDED, detail="This may be meant as Z or as 1/Z; write Z = … or 1/Z = …", witness=None)
    return found


def judged(base: Judgement, read: Said, kind: str, wanted: Expr, truth: Truth, bench: Bench) -> Judgement:
    """Each side of the claim held against the truth; one that is wrong makes the claim wrong."""
    ground = given(truth.ground if kind == "Z" else truth.inside, read, truth)
    conditions: list[Boolean] = []
    target = about(read, wanted, truth)
    if all(speaks(side, truth) for side in sides_of(read)):
        return replace(base, detail=f"This says what {kind} is by Z or p itself, and does not say what that is.")
    for side in sides_of(read):
        value = spoken(side, truth)
        held = hold(value, target, ground, bench, truth.problem.kernel)
        if held.equality and (place := undefined(value, truth)) is not None:
            return replace(base, detail=f"This is {kind} wherever it has a value, but it has none at {place[0]} = {place[1]}.")
        if kind == "p" and held.equality.verdict == REFUTED and on_single_points(value, target, truth):
            return replace(base, detail="This differs from p only at single places, as far as was found.")
        if held.equality.verdict != PROVED:
            return short_of(base, held, kind)
        if (case := wrong_case(value, (*held.conditions, *truth.conditions), kind, truth, bench)) is not None:
            return of_case(base, *case, kind)
        conditions += [c for c in held.conditions if c not in conditions]
        conditions += removable(value, ground.with_(*truth.conditions))
    if kind == "p" and elsewhere(read, truth):
        return replace(base, detail="This says only what p is at another place than the variable.")
    if kind == "Z" and any(not names_parameter(arg, truth) for side in read.sides if is_name(side) for arg in side.args):
        return replace(base, detail="This says only what Z is at other values of the parameters.")
    open_ = [c for c in without_bars(read.conditions) if not truth.inside.facts.follows(c)]
    own = {v.symbol for v in truth.problem.variables}
    narrower = [c for c in open_ if c.free_symbols & own or truth.inside.facts.contradicts(c)]
    if narrower:
        return replace(base, detail=f"The formula is right, but {narrower[0]} does not hold on the whole support.")
    if open_ and not truth.ground.with_(*open_).points({p.symbol for p in truth.problem.parameters}):
        return replace(base, detail=f"The formula is right, but no values were found at which {', '.join(map(words, open_))}.")
    if more := overstated(read.conditions, by_symbol(read.unbounded, truth), (*conditions, *truth.conditions), truth):
        return replace(base, detail=f"The formula is right, but {more}.")
    conditions += open_
    conditions = shortest([*conditions, *truth.conditions])
    said_as = ", ".join(map(words, conditions))
    detail = f"This is right where {said_as}." if conditions else "This is right: it equals the derived value for all parameters."
    return replace(base, verdict=CORRECT, conditions=tuple(map(str, conditions)), detail=detail)


def names_parameter(argument: Basic, truth: Truth) -> bool:
    """Whether an argument of Z only names a parameter: σ, or σ² where σ stands in the kernel by its square alone. 2σ and −β are other values."""
    if argument.is_Symbol:
        return True
    if not (isinstance(argument, Pow) and argument.base.is_Symbol and argument.exp.is_Integer and argument.exp > 1):
        return False
    base, n = argument.args
    rest = truth.problem.kernel.replace(lambda e: isinstance(e, Pow) and e.base == base and (e.exp / n).is_integer is True, lambda e: Dummy())
    return base not in rest.free_symbols


def of_case(base: Judgement, found: str, left_out: Boolean, kind: str) -> Judgement:
    """The judgement on a formula whose case for one value of a parameter is wrong, or was not established."""
    where = f"{left_out.lhs} = {left_out.rhs}"
    if found == REFUTED:
        detail = f"The case {where} is wrong: it is not {kind} there."
        return replace(base, verdict=WRONG, witness={str(left_out.lhs): str(left_out.rhs)}, detail=detail)
    return replace(base, detail=f"It could not be established that the case {where} is right.")


def given(ground: Ground, read: Said, truth: Truth) -> Ground:
    """Where a claim is compared: where the conditions on parameters that it states hold too, if they can hold at all."""
    names = {p.symbol for p in truth.problem.parameters}
    stated = [c for c in read.conditions if c.free_symbols and c.free_symbols <= names and not truth.ground.facts.follows(c)]
    narrow = ground.with_(*stated) if stated else ground
    return narrow if stated and narrow.points(names) else ground


def without_bars(conditions: Iterable[Boolean]) -> Iterator[Boolean]:
    """|u| ≤ r as −r ≤ u and u ≤ r."""
    for c in conditions:
        if isinstance(c, (Le, Lt)) and isinstance(c.lhs, Abs):
            yield from (c.func(c.lhs.args[0], c.rhs), c.func(-c.rhs, c.lhs.args[0]))
        else:
            yield c


def elsewhere(read: Said, truth: Truth) -> bool:
    """Whether a claim speaks of p(0), P(X = 1) or p(x − 1), and not of p(x)."""
    first, own = read.sides[0], {v.symbol for v in truth.problem.variables}
    if not isinstance(first, AppliedUndef) or first.func.__name__ in QUANTITIES:
        return False
    named = {one for arg in first.args for one in (arg.args if isinstance(arg, (Given, Tuple)) else (arg,))}
    return not own <= named | {one for arg in named if isinstance(arg, Tuple) for one in arg.args}


def undefined(value: Expr, truth: Truth) -> tuple[Symbol, Expr] | None:
    """A point of a support of whole numbers or of points at which a formula is 0 · ∞ or 0/0, as k B(r, k) is at k = 0."""
    for v in truth.problem.variables:
        m = v.measure
        ends = m.points if isinstance(m, Atoms) else [e for e in m.args if e.is_Integer] if isinstance(m, Counting) else []
        for end in ends:
            if v.symbol in value.free_symbols and substitute(value, {v.symbol: end}).has(S.NaN, S.ComplexInfinity):
                return v.symbol, end
    return None


def sides_of(read: Said) -> list[Basic]:
    """The sides that say something: names of the quantity asked for are left out where another side says more."""
    sides = [s for s in read.sides if not isinstance(s, Blank) and not is_name(s)]
    return sides or list(read.sides[-1:])


def about(read: Said, wanted: Expr, truth: Truth) -> Expr:
    """What the sides should equal: Z or p itself, or what the first side makes of it, as in 1/Z = … or log Z = …"""
    first = read.sides[0]
    return spoken(first, truth) if len(read.sides) > 1 and not isinstance(first, Blank) and speaks(first, truth) else wanted


def speaks(side: Basic, truth: Truth) -> bool:
    """Whether a side speaks of Z or p by name, inside a formula."""
    own = truth.named
    return bool(side.atoms(AppliedUndef)) or any(s.name in QUANTITIES and s.name not in own for s in side.free_symbols)


def spoken(side: Basic, truth: Truth) -> Expr:
    """A side with Z and p by their true values."""
    Z, density, own = truth.Z, truth.density, truth.named
    if Z is None or density is None or not speaks(side, truth):
        return side
    values: dict[Basic, Expr] = {s: Z for s in side.free_symbols if s.name in QUANTITIES and s.name not in own}
    found = {f: Z if f.func.__name__ in QUANTITIES else density_at(f, truth.problem, Z) for f in side.atoms(AppliedUndef)}
    return side.xreplace({**values, **{f: value for f, value in found.items() if value is not None}})


def hold(value: Expr, wanted: Expr, ground: Ground, bench: Bench, kernel: Expr = S.One) -> Held:
    """A value held against what it should be, with the further conditions under which it is right."""
    closed = evaluated(value, ground.facts, bench)
    shown = value if closed is None else closed
    needed = integral_symbols(value) if not kernel.has(factorial) else ()
    found = compare(shown, wanted, ground)
    if found.verdict == PROVED:
        return Held(found, tuple(Eq(s, floor(s), evaluate=False) for s in needed), shown)
    if needed:
        whole = {s: Symbol(s.name, **{**s._assumptions_orig, "integer": True}) for s in needed}
        inner = Ground([r.xreplace(whole) for r in ground.outside.relations], ground.variables, ())
        again = compare(evaluated(shown.xreplace(whole), inner.facts, bench) or shown.xreplace(whole), wanted.xreplace(whole), inner)
        if again.verdict == PROVED:
            return Held(again, tuple(Eq(s, floor(s), evaluate=False) for s in needed), shown)
        found = again
    if found.verdict == REFUTED or found.verdict == AGREES and shown.has(binomial):
        for conditions in further(shown, wanted, ground, value) if found.verdict == REFUTED else where_defined(shown, ground):
            if holds_given(shown, wanted, ground, conditions):
                return Held(Equality(PROVED), conditions, shown)
    return Held(found, (), shown)


def wrong_value(claim: Claim, truth: Truth, bench: Bench) -> Expr | None:
    """The value that a claim gives for Z or p, in closed form, for a diagnosis."""
    constant = named_constant(claim.text, truth) if claim.kind == "Z" and not claim.sympy else None
    try:
        read = said(constant or claim.text, truth, claim.kind, claim.sympy)
    except ReadError:
        return None
    value = alone(read.sides[0], read.value, truth) if len(read.sides) > 1 else read.value
    return evaluated(value, truth.inside.facts if claim.kind == "p" else truth.ground.facts, bench)


def alone(first: Basic, value: Expr, truth: Truth) -> Expr:
    """What "log Z = …" and "1/Z = …" say of Z itself."""
    inner = first.args[0] if isinstance(first, (log, Pow)) else None
    if inner is None or not (inner.is_Symbol or isinstance(inner, AppliedUndef)) or not speaks(inner, truth):
        return value
    if isinstance(first, log):
        return exp(value)
    return value ** (1 / first.args[1]) if first.args[1].is_Rational else value


def short_of(base: Judgement, held: Held, kind: str) -> Judgement:
    """The judgement where equality was refuted or left open."""
    found = held.equality
    if found.verdict == REFUTED:
        witness = {str(s): str(v) for s, v in found.point.items()}
        where = ", ".join(f"{s} = {v}" for s, v in witness.items()) or "every point"
        detail = f"At {where} this is {found.values[0]}, but {kind} is {found.values[1]}."
        return replace(base, verdict=WRONG, witness=witness, detail=detail)
    if found.verdict == AGREES:
        detail = f"This agrees with {kind} at all of {found.looked} points, but a proof that they are equal was not found."
    else:
        detail = f"It could not be established whether this equals {kind}: no point was found at which both have a value."
    return replace(base, detail=detail)


def against_infinity(base: Judgement, read: Said, kind: str) -> Judgement:
    """Where Z = ∞, a finite Z is wrong and there is no p."""
    value = read.value
    if kind == "Z" and value is oo:
        return replace(base, verdict=CORRECT, detail="This is right: the total is infinite.")
    finite = isinstance(value, Expr) and not value.has(oo, Total)
    if finite:
        return replace(
            base, verdict=WRONG, detail=f"The total of the kernel is infinite, so that there is no {kind} of this form."
        )
    return replace(base, detail="The total of the kernel is infinite.")


def without_truth(base: Judgement, read: Said, kind: str, truth: Truth) -> Judgement:
    """Where Z has no closed form: a restatement of the problem's total is right, enclosures may refute, else it stays open."""
    total = truth.problem.total
    for side in sides_of(read):
        target = total if kind == "Z" else truth.problem.kernel / total
        ground = truth.ground if kind == "Z" else truth.inside
        found = compare(side, target, ground, deep=False)
        if found.verdict == REFUTED:
            return short_of(base, Held(found), kind)
        if found.verdict == PROVED:
            return replace(
                base, verdict=CORRECT, detail="This restates the defining total, which has no closed form that was found."
            )
    reason = truth.reason or "no closed form was found."
    return replace(base, detail=f"There is nothing to hold this against: {reason}")


def words(condition: Boolean) -> str:
    """A condition as people say it."""
    if isinstance(condition, Eq):
        if isinstance(condition.rhs, floor):
            return f"{condition.lhs} is an integer"
        return f"{condition.lhs} = {condition.rhs}"
    if isinstance(condition, Ne):
        return f"{condition.lhs} ≠ {condition.rhs}"
    return re.sub(r"Abs\((\w+)\)", r"|\1|", str(condition))
