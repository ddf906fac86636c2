r"""Equations that are solved for the variable: p'(x) = … = 0 ⇒ x = √2 a, which is to be a zero, and a mode the place of the maximum."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic, Derivative, Expr, Pow, S, Symbol, cancel, expand, expand_log, factor, fraction, log, powsimp, together
from sympy.core.function import AppliedUndef

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.derivations.claimed import is_quantity
from derive.grade.derivations.course import Course
from derive.grade.derivations.known import known
from derive.grade.derivations.related import ground_of, run_through
from derive.grade.derivations.stated import CASE, DEFINITION, EQUATION, PROPORTION, ROOT, STATIONARY, WORDS, Line, Stated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.truth import Truth
from derive.grade.writing.reading import DENSITIES
from derive.language.totals import Lebesgue, Total, substitute, support
from derive.read.latex_heads import Blank

MODE = re.compile(r"\b(?:mode|maxim\w+|peak|max|most\s+(?:probable|likely)|largest|highest)\b|mode|\\max|_max$", re.IGNORECASE)
SET_TO_ZERO = re.compile(r"\bderivative\b[^.;:]*\b(?:equal\s+to|to|is|equals)\s+(?:zero|0)\b", re.IGNORECASE)
ANNOUNCED = re.compile(rf"{SET_TO_ZERO.pattern}\W*$", re.IGNORECASE)  # the equation stands on the next line
WORDS_ALONE = (Stated(WORDS),)
NOT_SHOWN = "it could not be established that the density has its maximum there"


def with_stationary(lines: list[Line], truth: Truth) -> list[Line]:
    """The lines, where an equation in the variable that ends in 0 is one that the next x = … has to solve."""
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, Lebesgue):
        return lines
    x = truth.problem.variables[0].symbol
    zeros, mode, solved, sloped, done = list[Basic](), False, False, False, list[Line]()
    announced = False
    for line in lines:
        found = list[Stated]()
        set_to_zero, announced = announced or bool(SET_TO_ZERO.search(line.text)), bool(ANNOUNCED.search(line.text))
        mode = mode or announced and bool(MODE.search(line.text))
        for s in line.stated:
            if (zero := vanishing(s, x, sloped)) is not None:
                zeros, solved = [zero], False
                mode = mode or bool(MODE.search(line.text))
                found += [replace(s, sides=s.sides[:-1])] if len(s.sides) > 2 else []
                found.append(Stated(STATIONARY, text=s.text))
            elif set_to_zero and rearranges(s, x):  # "its derivative is zero: a/x = b"
                zeros, solved, mode = [s.sides[0] - s.sides[1]], False, mode or bool(MODE.search(line.text))
                found.append(Stated(STATIONARY, text=s.text))
            elif zeros and solves(s, x):
                claimed, solved = mode or bool(MODE.search(line.text)), True
                found += [Stated(ROOT, (x, value, *zeros), text=s.text, loose=claimed) for value in s.sides[1:]]
            elif zeros and not solved and (at := by_power(s, x)) is not None:
                claimed, solved = mode or bool(MODE.search(line.text)), True
                found.append(Stated(ROOT, (x, at, *zeros), text=s.text, loose=claimed))
            elif zeros and not solved and rearranges(s, x):
                zeros.append(s.sides[0] - s.sides[1])
            else:
                found.append(s)
            sloped = s.kind == PROPORTION and by(s.sides[0], x)
        done.append(replace(line, stated=tuple(found)))
    last = max((i for i, line in enumerate(done) if any(s.kind == ROOT for s in line.stated)), default=-1)
    return [replace(line, stated=tuple(s for s in line.stated if s.kind != STATIONARY) or WORDS_ALONE) if i <= last else line
            for i, line in enumerate(done)]  # fmt: skip


def vanishing(s: Stated, x: Symbol, sloped: bool) -> Basic | None:
    """What such an equation says to be 0: d/dx p(x) = … = 0, or d/dx p(x) ∝ … = 0."""
    if s.kind != EQUATION or len(s.sides) < 2 or s.sides[-1] != S.Zero or not (sloped or by(s.sides[0], x)):
        return None
    last = s.sides[-2]
    return last if not isinstance(last, Blank) and not last.has(Total) and last.has(x) else None


def by(e: Basic, x: Symbol) -> bool:
    """Whether something is a derivative by x."""
    return any(d.variables == (x,) for d in e.atoms(Derivative))


def rearranges(s: Stated, x: Symbol) -> bool:
    """Whether an equation in x, without names of functions, may be the one that is solved, written anew."""
    plain = s.kind == EQUATION and len(s.sides) == 2 and not any(isinstance(e, Blank) or e.has(Total, AppliedUndef, Derivative) for e in s.sides)
    return plain and any(e.has(x) for e in s.sides)


def by_power(s: Stated, x: Symbol) -> Expr | None:
    """v^(1/c) for x^c = v, where x > 0."""
    if s.kind != EQUATION or len(s.sides) != 2 or not isinstance(s.sides[0], Pow) or s.sides[0].base != x or s.sides[1].has(x, Total, AppliedUndef):
        return None
    power, value = s.sides[0].exp, s.sides[1]
    return value ** (1 / power) if x.is_positive and not power.is_number and not power.has(x) and isinstance(value, Expr) else None


def solves(s: Stated, x: Symbol) -> bool:
    """Whether a statement says what x, or the x of the mode by another name, is."""
    name = s.sides[0] if s.kind in (DEFINITION, EQUATION, CASE) and len(s.sides) > 1 else None
    if not isinstance(name, Symbol) or any(x in side.free_symbols for side in s.sides[1:]):
        return False
    said = s.called or (name.name if is_quantity(name.name, x.name) else "")  # x_med = …
    if said and not MODE.search(said):
        return False
    return name == x or bool(re.match(rf"{re.escape(x.name)}(?:[_^*]|hat|star)|(?:hat|tilde){re.escape(x.name)}$|m(?:_|$)", name.name))


def judge_stationary(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """p'(x) = 0 alone: an equation that is to be solved."""
    return UNDECIDED, "no line says where this is 0"


def judge_root(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """x = …, where an equation ended in 0: on the support, a zero of it, and for a mode with a second derivative below 0."""
    x, value, *zeros = s.sides
    (v,) = course.truth.problem.variables
    kernel, at = course.truth.problem.kernel, known(value, course)
    assert isinstance(x, Symbol)
    found = CORRECT, ""
    for left in zeros:
        slopes = {f: kernel for f in left.atoms(AppliedUndef) if f.func.__name__ in DENSITIES and f.args == (x,)}
        zero = known(left.xreplace(slopes) if left.has(Derivative) else left, course).doit()
        one = run_through(S.Zero, [substitute(zero, {x: at})], course, number)
        found = one if found[0] == CORRECT else found
    if found[0] != CORRECT:
        return (WRONG, f"It does not solve the equation before it. {found[1]}") if found[0] == WRONG else found
    facts = ground_of(course, at).facts
    own = Symbol("x′", real=True)
    for relation in support(own, v.measure):
        inside = relation.xreplace({own: at})
        if inside is S.false or facts.contradicts(inside):
            return UNDECIDED, "it does not lie in the support"
        if inside is not S.true and not facts.follows(inside):
            course.assumed.append(inside)
            course.conditions.append(inside)
    if not s.loose:
        return CORRECT, "it solves the equation before it"
    found = of_maximum(x, at, course)
    course.peaked = course.peaked or found[0] == CORRECT and bool(zeros)
    return found


def of_maximum(x: Symbol, at: Expr, course: Course) -> tuple[str, str]:
    """Whether the kernel g grows up to this place and falls behind it: (log g)'/(at − x) ≥ 0, or (log g)' = 0 there and (log g)'' ≤ 0."""
    slope = log(course.truth.problem.kernel).diff(x)
    ground = course.truth.inside.with_(*course.assumed)
    share = factor(cancel(together(slope / (at - x)), extension=sqrt_of(at)))
    flat = equal(substitute(slope, {x: at}), S.Zero, ground.facts)  # a concave function is largest where its slope is 0, and not elsewhere
    if ground.facts.nonnegative(share) or flat and any(ground.facts.nonnegative(e) for e in (-slope.diff(x), factor(-slope.diff(x)))):
        return CORRECT, "the density has its maximum there"
    if falls_through(expand_log(log(course.truth.problem.kernel), force=True).diff(x), x, at, ground.facts):
        return CORRECT, "the density has its maximum there"
    constant, moving = share.as_independent(x, as_Add=False)
    if ground.facts.nonnegative(-moving):
        constant, moving = -constant, -moving
    if not ground.facts.nonnegative(moving):
        return UNDECIDED, NOT_SHOWN
    if ground.facts.positive(constant):
        return CORRECT, "the density has its maximum there"
    if not course.truth.ground.with_(*course.assumed, constant > 0).points(constant.free_symbols):
        return UNDECIDED, NOT_SHOWN
    course.assumed.append(constant > 0)
    course.conditions.append(constant > 0)
    return CORRECT, "the density has its maximum there"


def falls_through(slope: Expr, x: Symbol, at: Expr, facts: Facts) -> bool:
    """Whether a slope N/D with D > 0 has a numerator that falls all over the support and is 0 at this place."""
    above, below = fraction(together(powsimp(slope)))
    if not facts.positive(below):
        return False
    above = powsimp(expand(above))
    return facts.nonnegative(factor(powsimp(-above.diff(x)))) and equal(powsimp(substitute(above, {x: at})), S.Zero, facts)


def sqrt_of(at: Expr) -> bool | None:
    """Whether quotients are looked at with the roots of numbers that occur in this."""
    return True if any(p.base.is_Rational and not p.exp.is_Integer for p in at.atoms(Pow)) else None
