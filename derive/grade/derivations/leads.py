"""Whether a substitution that the lines state leads from the integral over x to the one over u that they equate with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sympy import Abs, Dummy, Expr, Rational, S, Symbol, exp, log

from derive.algebra.reading import read
from derive.grade.derivations.course import Course
from derive.grade.derivations.properties import has_parity
from derive.grade.derivations.related import same
from derive.grade.derivations.stated import Line
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, LineVerdict
from derive.grade.writing.assertions import EVEN
from derive.language.claims import REFUTED
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute, support

UNUSED = "no line uses the substitution for"
YES, NO, OPEN, DIFFERENT = "yes", "no", "open", "different"
FOLDED = tuple(map(Rational, ("1", "-1", "2", "-2", "1/2", "-1/2")))  # an even integrand may be taken twice over a half
PARTS = re.compile(r"\bby\s+parts\b", re.IGNORECASE)
MANY = 24  # points of the support at which a slope is looked at
SPOKEN = r"\\(?:text|mathrm|textrm|mbox)\s*\{[^{}]*\}"


@dataclass(frozen=True)
class One:
    """c ∫ f(x) dx as its integrand c f, its variable and its range."""

    body: Expr
    x: Symbol
    measure: Lebesgue | Counting


def one_of(e: Expr) -> One | None:
    """A constant times a single integral or sum."""
    factor, total = e.as_independent(Total, as_Add=False)
    if not isinstance(total, Total) or total.body.has(Total) or not isinstance(total.measure, (Lebesgue, Counting)):
        return None
    return One(factor * total.body, total.x, total.measure)


def with_substitutions(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a substitution that contradicts the step that it stands beside makes a line wrong."""
    done, read = {one.line: one for one in verdicts}, list(lines)
    for number, target, side in course.carried:
        for new, old in pairs(target, side, course):
            told = [(at, name, value) for at, name, value in course.substitutions if says(name, value, new, old) or says(name, value, old, new)]
            found = [(led(name, value, new, old, course), at, name, value) for at, name, value in told]
            other = renamed(number, old, read, course) if not told else []
            found = found or [(led(Symbol(new.x.name), value, new, old, course), at, name, value) for at, name, value in other]
            if not found or any(verdict == YES for verdict, *_ in found):
                continue
            verdict, at, name, value = found[0]
            line = done[max(at, number)]
            kind = "sum" if isinstance(old.measure, Counting) else "integral"
            said = f"{name} = {value} does not lead from the {kind} over {old.x} to the one over {new.x}"
            if line.verdict == CORRECT and verdict == NO and told:
                done[line.line] = LineVerdict(line.line, WRONG, f"{said}.")
            elif line.verdict == CORRECT:
                done[line.line] = LineVerdict(line.line, UNDECIDED, f"{said}, as far as could be established")
    for at in overwritten(read, course):
        if done[at].verdict == CORRECT:
            done[at] = LineVerdict(at, UNDECIDED, "a line before it says something else of the same name, and no line goes on with this")
    return [remarked(done[one.line], read, course) for one in verdicts]


def renamed(number: int, old: One, lines: list[Line], course: Course) -> list[tuple[int, Symbol, Expr]]:
    """A substitution of a name that no line goes on with, in a line or the one before it: the new integral may have another letter for it."""
    near = [(at, name, value) for at, name, value in course.substitutions if number - at in (0, 1) and name.name != old.x.name]
    return [one for one in near if old.x.name in {s.name for s in one[2].free_symbols} and not used(one[1].name, lines)]


def overwritten(lines: list[Line], course: Course) -> Iterator[int]:
    """The lines that say u = ψ(x) of a name for which u = φ(x) was said before, where no line from there on uses it.

    The u of an integration by parts is another one each time.
    """
    said: dict[str, Expr] = {}
    parts = {line.number for line in lines if PARTS.search(line.text)}
    for at, name, value in course.substitutions:
        if name.name in said and value != said[name.name] and at not in parts and not used(name.name, [line for line in lines if line.number >= at]):
            yield at
        said[name.name] = value


def pairs(target: Expr, side: Expr, course: Course) -> Iterator[tuple[One, One]]:
    """An integral and the one from which it came: the one before it, or the problem's own."""
    new, old = one_of(side), one_of(target)
    own = one_of(course.truth.problem.total)
    if new is not None and old is not None and new.x.name != old.x.name:
        yield new, old
        return
    carried = {t.x.name for t in target.atoms(Total)}  # what is integrated over there has been substituted before
    if new is not None and old is None and own is not None and new.x.name not in {own.x.name, *carried} and same(target, course.true, course):
        yield new, own


def says(name: Symbol, value: Expr, new: One, old: One) -> bool:
    """Whether u = φ(x) speaks of the variables of both, and of nothing else that moves."""
    return name.name == new.x.name and old.x.name in {s.name for s in value.free_symbols}


def led(name: Symbol, value: Expr, new: One, old: One, course: Course) -> str:
    """Whether u = φ(x) carries c f(x) dx over into d h(u) du, up to a factor that a symmetry explains."""
    if name.name != new.x.name:
        new, old = old, new  # x = ψ(u)
    x, names = old.x, {p.symbol for p in course.truth.problem.parameters}
    phi = substitute(value.xreplace({s: x for s in value.free_symbols if s.name == x.name}),
                     {s: v for s, v in course.defined.items() if s.name not in (name.name, x.name) and s in value.free_symbols})  # fmt: skip
    if (phi.free_symbols | old.body.free_symbols) - {x} - names or new.body.free_symbols - {new.x} - names:
        return YES  # it speaks of more than that
    if turned_back(phi, x, old.measure, course):
        return OPEN
    slope = phi.diff(x) if isinstance(old.measure, Lebesgue) else S.One
    carried = substitute(new.body, {new.x: phi}) * Abs(slope)
    there = [*support(x, old.measure), phi >= new.measure.lo, phi <= new.measure.hi]
    found = matched(old.body, carried, x, old.measure, course.truth.ground.with_(*(r for r in there if r not in (True, False))))
    return OPEN if found == DIFFERENT and phi.has(exp, log) else NO if found == DIFFERENT else found  # powers of u are exponentials in x then


def turned_back(phi: Expr, x: Symbol, measure: Measure, course: Course) -> bool:
    """Whether x = ψ(u), for the u of a new integral, comes back to where it began, as R sin θ over (0, π)."""
    own = course.truth.problem.variables
    if not isinstance(measure, Lebesgue) or x.name in {v.symbol.name for v in own} or not all(end.is_finite for end in measure.args[:2]):
        return False
    lo, hi = (substitute(phi, {x: end}) for end in measure.args[:2])
    return bool((lo - hi).expand() == 0)


def matched(f: Expr, g: Expr, x: Symbol, measure: Measure, ground: Ground) -> str:
    """Whether f/g is a factor that a symmetry explains; NO where it is another constant, DIFFERENT where it has an exponential in it.

    What a step may do beside a substitution, as integration by parts, leaves the exponentials as they are.
    """
    y = Dummy(x.name, **x._assumptions_orig)
    both = ground.with_(*(r.xreplace({x: y}) for r in ground.outside.relations if r.has(x)), variables=[(x, measure), (y, measure)])
    if not both.points({x, y} | f.free_symbols):
        return OPEN
    if compare(f * g.xreplace({x: y}), g * f.xreplace({x: y}), both).verdict == REFUTED:
        return DIFFERENT if other_exponentials(f, g, x, both) else OPEN
    return NO if all(compare(f, k * g, both).verdict == REFUTED for k in FOLDED) else YES


def other_exponentials(f: Expr, g: Expr, x: Symbol, ground: Ground) -> bool:
    """Whether the exponentials exp(Σ η T(x)) in two integrands differ in the factor of some T that both have."""
    one, two = (read(e, x, ground.facts) for e in (f, g))
    if one is None or two is None:
        return False
    return any(t in two.exps and compare(c, two.exps[t], ground).verdict == REFUTED for t, c in one.exps.items())


def remarked(line: LineVerdict, lines: Iterable[Line], course: Course) -> LineVerdict:
    """The verdict on a line, with a word on substitutions that no line uses."""
    idle = [name for at, name, _ in course.substitutions if at == line.line and not used(name.name, lines)]
    if not idle or line.verdict != CORRECT:
        return line
    said = [value for at, name, value in course.substitutions if at == line.line and name in idle]
    if turning := next((value for value in said if turns(value, course)), None):
        return replace(line, verdict=UNDECIDED, detail=f"{turning} takes values twice, and the integrand may differ there")
    return LineVerdict(line.line, line.verdict, f"{UNUSED} {', '.join(s.name for s in idle)}", line.follows)


def turns(value: Expr, course: Course) -> bool:
    """Whether u = φ(x) goes up and down over the support of an integrand that is not even about any place, so that it is no new variable."""
    (v, *more) = course.truth.problem.variables
    own = value.xreplace({s: v.symbol for s in value.free_symbols if s.name == v.symbol.name})
    if more or not isinstance(v.measure, Lebesgue) or not own.free_symbols <= {v.symbol, *(p.symbol for p in course.truth.problem.parameters)}:
        return False
    slopes = [own.diff(v.symbol).xreplace(at).evalf() for at in course.truth.inside.points({v.symbol} | own.free_symbols)[:MANY]]
    both = any(s.is_positive for s in slopes) and any(s.is_negative for s in slopes)
    return both and not has_parity(course.truth.problem.kernel, v.symbol, EVEN, course.truth)


def integrated(name: str, line: Line) -> bool:
    """Whether a line integrates or sums over a name."""
    return any(t.x.name == name for s in line.stated for side in s.sides for t in side.atoms(Total))


def used(name: str, lines: Iterable[Line]) -> bool:
    """Whether a name occurs elsewhere than in its definition and its differential, or is integrated over."""
    base, _, index = name.partition("_")
    spelled = (base if len(base) == 1 else rf"\\{base}") + (rf"\s*_\s*\{{?\s*{re.escape(index)}\s*\}}?" if index else "")
    for line in lines:
        if integrated(name, line):
            return True
        text = re.sub(rf"(?:d|\\mathrm\s*\{{d\}})\s*{spelled}(?![A-Za-z])|(?<![A-Za-z\\]){spelled}\s*:?=", " ", line.text)
        bare = re.sub(SPOKEN if len(base) > 1 else rf"{SPOKEN}|\\[A-Za-z]+", " ", text)
        if re.search(rf"{spelled}(?![A-Za-z])" if len(base) > 1 else spelled, bare):
            return True
    return False
