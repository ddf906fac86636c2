"""What words say is done to what stands before: "dividing by β^α gives Z = …", and the parts u and dv of an integration by parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sympy import Expr, Mul, S, Symbol
from sympy.core.function import AppliedUndef

from derive.grade.chance.moments import is_mean
from derive.grade.derivations.course import Course
from derive.grade.derivations.known import known
from derive.grade.derivations.stated import DEFINITION, DIFFERENTIAL, EQUATION, HELPER, OPERATION, PROPORTION, Line, Stated
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.writing.differentials import PREFIX
from derive.language.claims import PROVED
from derive.language.totals import Total
from derive.read.latex_heads import Blank

MOST = 16  # sides of earlier lines that are looked at


def judge_operations(line: Line, course: Course, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The verdicts on the statements of a line, where an operation that it announces is held against what comes of it."""
    if not course.operates:
        return found
    announced = [*course.announced, *(s for s in line.stated if s.kind == OPERATION)]
    results = list(results_of(line, course))
    course.announced = () if results else tuple(announced)  # what comes of it may stand in the next line
    if announced and results and not any(came_by(s, results, course) for s in announced):
        said = f"it could not be established that this comes about if one {'divides' if announced[0].text == 'divide' else 'multiplies'} "
        found = [*found, (UNDECIDED, f"{said}by {announced[0].sides[0]}")]
    course.earlier = [*course.earlier, *results][-MOST:]
    return found


def results_of(line: Line, course: Course) -> Iterator[Expr]:
    """The sides of a line's equations, by their values."""
    for s in line.stated:
        if s.kind not in (EQUATION, DEFINITION, HELPER, PROPORTION):
            continue
        for side in s.sides:
            if isinstance(side, Expr) and not isinstance(side, Blank):
                yield known(side, course)


def came_by(s: Stated, results: Iterable[Expr], course: Course) -> bool:
    """Whether some result is something from before, divided or multiplied by what is said."""
    factor = known(s.sides[0], course)
    factor = 1 / factor if s.text == "divide" else factor
    before = [*course.earlier, course.truth.problem.kernel, course.true, *([course.last] if course.last is not None else [])]
    parts = [p for e in before for p in (e, *(f for f in Mul.make_args(e) if f is not S.One))]
    ground = course.truth.inside
    return any(compare(p * factor, r, ground).verdict == PROVED for r in results for p in dict.fromkeys(parts))


def with_parts(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where the u and dv that a line names are held against the integrals of all lines: u dv has to be one's integrand."""
    lines = list(lines)
    named = [parts_of(line) for line in lines]
    if not any(named):
        return verdicts
    bodies = [(t.body, t.x) for line in lines for s in line.stated for side in s.sides for t in side.atoms(Total)]
    bodies += [(course.truth.problem.kernel, v.symbol) for v in course.truth.problem.variables]
    means = {f.args[0] for line in lines for s in line.stated for side in s.sides for f in side.atoms(AppliedUndef) if is_mean(f)}
    bodies += [(g * course.truth.problem.kernel, v.symbol) for g in means for v in course.truth.problem.variables]
    bodies += [(known(t.body, course), t.x) for line in lines for s in line.stated for side in s.sides for t in side.atoms(Total)]
    done = []
    for verdict, one in zip(verdicts, named, strict=True):
        apart = one is not None and verdict.verdict == CORRECT and not any(is_integrand(*one, body, x, course) for body, x in bodies)
        done.append(replace(verdict, verdict=UNDECIDED, detail="u dv is not the integrand of an integral in these lines") if apart else verdict)
    return done


def parts_of(line: Line) -> tuple[Expr, Expr, str] | None:
    """The u and the v' of a line that says u = φ(x), dv = ψ(x) dx, and the name of x."""
    defined = {s.sides[0].name: s.sides[1] for s in line.stated if s.kind == DEFINITION and isinstance(s.sides[0], Symbol) and len(s.sides) == 2}
    slopes = {s.sides[0].name: s.sides[1] for s in line.stated if s.kind == DIFFERENTIAL and len(s.sides) == 2 and isinstance(s.sides[0], Symbol)}
    for u, v in (("u", "v"), ("f", "g"), ("U", "V")):
        if u not in defined or PREFIX + v not in slopes:
            continue
        phi, psi = defined[u], slopes[PREFIX + v]
        names = [x for x in psi.free_symbols if x.name.startswith(PREFIX)]
        if len(names) == 1 and names[0].name != PREFIX + u and isinstance(phi, Expr):  # u = m v²/2T, dv = … du is a substitution
            return phi, (psi / names[0]), names[0].name.removeprefix(PREFIX)
    return None


def is_integrand(phi: Expr, psi: Expr, name: str, body: Expr, x: Symbol, course: Course) -> bool:
    """Whether u dv is an integrand up to a factor free of x: f(x) g(y) = f(y) g(x)."""
    if x.name != name:
        return False
    product = (phi * psi).xreplace({s: x for s in (phi * psi).free_symbols if s.name == name})
    other = Symbol(f"{name}′", **x._assumptions_orig)
    ground: Ground = course.truth.inside
    if not body.has(x):
        return False
    return compare(product * body.xreplace({x: other}), product.xreplace({x: other}) * body, ground).verdict == PROVED


def fewer(u: Expr, body: Expr, x: Symbol) -> bool:
    """Whether an integrand without the factor u is no longer than with it."""
    own = u.xreplace({s: x for s in u.free_symbols if s.name == x.name})
    return bool((body / own).count_ops() <= body.count_ops())


def is_rest(phi: Expr, psi: Expr, body: Expr, x: Symbol, course: Course) -> bool:
    """Whether an integrand is v du up to a factor, for u = φ and dv = ψ dx: (body/φ')' is then ψ up to a factor."""
    u, slope = (e.xreplace({s: x for s in e.free_symbols if s.name == x.name}) for e in (phi, psi))
    if u.diff(x) == 0:
        return False
    v = (body / u.diff(x)).diff(x)
    other = Symbol(f"{x.name}′", **x._assumptions_orig)
    return v != 0 and compare(v * slope.xreplace({x: other}), v.xreplace({x: other}) * slope, course.truth.inside).verdict == PROVED
