"""What a formula of a derivation is by its form and the words around it, before it is read: a move, a place, a range, an operation, a mention.

Each reader answers with the statements of a formula that it knows, and with None for one that it leaves to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sympy import Symbol, Tuple
from sympy.core.relational import Eq

from derive.grade.chance.moments import variance
from derive.grade.derivations.claimed import names_a_law, of_a_quantity
from derive.grade.derivations.jacobians import jacobian_of
from derive.grade.derivations.kinds import STRONG
from derive.grade.derivations.meanings import asked
from derive.grade.derivations.ranges import point_at, point_of, range_of
from derive.grade.derivations.sentences import WHEN, with_subject
from derive.grade.derivations.shifts import moved_by
from derive.grade.derivations.spelt import apart, taken_by
from derive.grade.derivations.stated import DIGITS, ENDS, JACOBIAN, NAMED, NOTE, OPEN, OPERATION, POINT, WORDS, Names, Stated
from derive.grade.derivations.terms import engine_terms
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex, plain
from derive.grade.writing.mentions import OF_ANOTHER, PROPERTY, RELATION, only_mentioned, operation_of, over_a_part, says_its_value
from derive.grade.writing.parts_told import tells_factor, tells_part
from derive.grade.writing.reading import QUANTITIES, scope_of
from derive.grade.writing.reasons import gives_part_of_series
from derive.grade.writing.segments import Part
from derive.read.latex import statement
from derive.read.latex_heads import Chain
from derive.read.names import ReadError

Found = Iterable[Stated] | None
Say = Callable[[Part, Truth, Names], Iterable[Stated]]  # the statements of a part of a formula
Reader = Callable[[Part, Truth, Names, Say], Found]
MOVED = re.compile(r"\s*\\?(?P<name>[A-Za-z]+)\s*\\(?:to|mapsto)(?![A-Za-z])")
DIVERGES = re.compile(r"\b(?:diverg\w*|infinite|undefined|(?:does|do|is|are)(?:\s+not|n't)\s+(?:exist|converge|finite|defined))\b", re.IGNORECASE)
VARIANCE = re.compile(r"\s*\\sigma\s*\^\s*(?:2|\{\s*2\s*\})\s*=")


def part_of_series(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """The first term or the ratio of a geometric series, which is held against the sums with the other reasons."""
    return [words(part)] if gives_part_of_series(part.words) and not re.search(r"[=<>]", part.formula) else None


def move(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "x → x + μ", which only says how."""
    moved = MOVED.match(part.formula)
    if moved is None:
        return None
    if moved["name"] in QUANTITIES and moved["name"] not in truth.named:
        raise ReadError("a limit is read in the form \\lim_{x\\to a}")
    return moves(part, truth, names, say)


def moves(part: Part, truth: Truth, names: Names, say: Say) -> Iterator[Stated]:
    """The place in "x → 0 ⇒ t → ∞", the step in k → k + 1, and what stands behind: "x → 1 − x, B(a, b) = B(b, a)" says more than how."""
    first, rest = apart(part.formula)
    place = point_of(first)
    if place is not None and (names.pointing or place[0] in names.variables):
        yield placed(place, truth, names)
    if (step := moved_by(first)) is not None:
        yield step
    if rest:
        yield from say(replace(part, formula=rest), truth, names)


def part_of_range(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "it is enough to integrate over x > 0" """
    if not over_a_part(part, names.variables):
        return None
    return [Stated(OPEN if says_its_value(part) else WORDS, text=part.formula)]


def operation(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "dividing by β" """
    done = operation_of(part.words)
    if not done or RELATION.search(part.formula):
        return None
    return [Stated(OPERATION, engine_terms((statement(plain(part.formula, truth), scope_of(truth, names.defined)),), truth, names), text=done)]


def mention(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "What is E[X]?", and a formula of which words only speak; in "(a normal variable has mean 0)" it is of another law."""
    if asked(part):
        return [words(part)]
    held = len(truth.problem.variables) > 1 and tells_part(part) and tells_factor(part)  # "summing over s gives a factor 2"
    if held or not only_mentioned(part):
        return None
    said = part.sentence if PROPERTY.search(part.words) and part.sentence else part.words
    before = said.rpartition("(")[0] if part.aside else said
    return [Stated(OPEN if names_a_law(before) else WORDS, text=part.formula)]


def mean_of_another(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """A mean beside words on another law, or in brackets, which may be that of another."""
    another = bool(OF_ANOTHER.search(part.words)) or part.aside
    subject = with_subject(part, truth)
    if subject == part or not another or subject.formula.startswith("p("):
        return None
    return loosely(say(replace(subject, words=""), truth, names))


def divergent(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "if a ≤ 1, the integral diverges" """
    return [Stated(OPEN, text=part.formula)] if DIVERGES.search(part.behind) and not re.search(r"(?<![<>:])=", part.formula) else None


def aside(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """ "(which is 2π/3)" """
    if not part.aside or RELATION.search(part.formula):
        return None
    return loosely(say(replace(part, aside=False, words=""), truth, names))


def of_quantity(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """The value of something that words name, which is no value of the total."""
    open_ = of_a_quantity(part.words) and (part.formula.startswith("=") or not RELATION.search(part.formula))
    return [Stated(OPEN, text=part.formula)] if open_ else None


def ends(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """x: a → b"""
    found = range_of(part.formula)
    return None if found is None else [replace(with_ends(*found, truth, names), loose="leftrightarrow" in part.formula)]


def point(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """x = 0 where words say where to look, or x = m ⇔ t = 0; "the mode is at x = 3" says more than that."""
    found = point_of(part.formula) if not of_a_quantity(part.words) else None
    if found is None and names.pointing:
        found = point_at(part.formula, [in_latex(p) for p in truth.problem.parameters])
        found = found if found is not None and found[0] in names.variables else None
    if found is None:
        return None
    looks = found[0] in names.variables and WHEN.search(part.words)
    return [placed(found, truth, names)] if names.pointing or looks or part.formula.endswith(r"\infty") else None


def placed(place: tuple[str, str], truth: Truth, names: Names) -> Stated:
    """Where names lie together, as x = 0, u = 0: the line points from here on."""
    names.pointing = True
    return Stated(POINT, (statement(place[1], scope_of(truth)),), text=place[0], loose=place[0] in names.variables)


def jacobian(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """|J| = …, or J = … where no line has another J."""
    found = jacobian_of(part.formula)
    if found is None or "J" in {*truth.named, *taken_by(names)} or not (found[1] or len(truth.problem.variables) > 1):
        return None
    return [of_jacobian(*found, truth, names)]


def variance_named(part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """σ² = A = B, of which A is the variance."""
    sides = of_variance(part, truth, taken_by(names))
    return None if sides is None else variances(part, sides, truth, names, say)


def variances(part: Part, sides: tuple[str, str], truth: Truth, names: Names, say: Say) -> Iterator[Stated]:
    """That A is the variance, and A = B."""
    yield from loosely(say(replace(part, formula=sides[0]), truth, names))
    if "=" in sides[1]:
        yield from (s if s.kind == DIGITS else replace(s, kind=NOTE) for s in say(Part(sides[1]), truth, names))


def of_variance(part: Part, truth: Truth, taken: set[str]) -> tuple[str, str] | None:
    """σ² = A = B without "let", where nothing declares σ: that A is the variance, and A = B."""
    match = VARIANCE.match(part.formula)
    if match is None or len(truth.problem.variables) != 1 or "sigma" in {*truth.named, *taken} or STRONG.search(part.words):
        return None
    (v,), rest = truth.problem.variables, part.formula[match.end() :]
    return f"{variance(in_latex(v))} = {rest.split('=')[0]}", rest


def with_ends(name: str, lo: str, hi: str, truth: Truth, names: Names) -> Stated:
    """x: a → b"""
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False)
    return Stated(ENDS, (scope.symbols.get(name, Symbol(name)), statement(lo, scope), statement(hi, scope)))


def of_jacobian(text: str, bars: bool, above: str, truth: Truth, names: Names) -> Stated:
    """|J| = …, or J = … without bars; `above` are the names that are differentiated, where they are said."""
    found = statement(text, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    sides = found.args if isinstance(found, (Chain, Eq)) else (found,)
    names.defined.update({s.name: s for side in sides for s in side.free_symbols if s.name not in {*truth.named, *names.defined, *names.variables}})
    return Stated(JACOBIAN, tuple(sides), text=above, loose=not bars)


def named_density(name: str, inside: str, truth: Truth, names: Names) -> Stated:
    """A density that words name, with the values of its parameters."""
    found = statement(inside, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    return Stated(NAMED, engine_terms(tuple(found.args) if isinstance(found, Tuple) else (found,), truth, names), text=name)


def words(part: Part) -> Stated:
    return Stated(WORDS, text=part.formula)


def loosely(found: Iterable[Stated]) -> Iterator[Stated]:
    """Statements of something of which words speak, without saying what it is."""
    return (replace(s, loose=True) for s in found)


BY_FORM: tuple[Reader, ...] = (part_of_series, move)
BY_WORDS: tuple[Reader, ...] = (part_of_range, operation, mention, mean_of_another, divergent, aside)
BY_BOTH: tuple[Reader, ...] = (of_quantity, ends, point, jacobian, variance_named)  # with the subject of the sentence in the formula


def first_of(readers: Iterable[Reader], part: Part, truth: Truth, names: Names, say: Say) -> Found:
    """What the first reader that knows a formula says that it states; None where none of them does."""
    return next((found for look in readers if (found := look(part, truth, names, say)) is not None), None)
