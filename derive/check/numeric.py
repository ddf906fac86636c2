"""The numeric check of ∫p = 1: evidence in digits. It may agree or stay undecided; quadrature alone never refutes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import mpmath
from mpmath import mpf
from sympy import Add, Expr, Mul, Symbol
from sympy.logic.boolalg import Boolean
from sympy.utilities.iterables import sift

from derive.algebra.cases import CASES
from derive.check.charts import Aim, Unusable
from derive.check.conjugates import conjugates_together
from derive.check.evaluate import run_at
from derive.check.points import at
from derive.check.points import points as draw_points
from derive.check.programs import Program, prepare
from derive.check.wide import wide
from derive.language.claims import AGREES, UNDECIDED
from derive.language.problem import Check
from derive.language.totals import Lebesgue, Measure, Total

Point = Mapping[Symbol, Expr]

ZERO_SIZE = 1e-40


@dataclass(frozen=True)
class Evidence:
    """The mass ∫p found at one point with an estimate of its error, or, in `trouble`, why there is none."""

    point: Point
    mass: mpf | None = None
    error: mpf | None = None
    trouble: str = ""

    @property
    def digits(self) -> int:
        """To how many digits the mass is 1, no more than its error estimate allows."""
        if self.mass is None or self.error is None:
            return 0
        return math.floor(-math.log10(min(1.0, max(float(abs(self.mass - 1)), float(self.error), ZERO_SIZE))))

    @property
    def disagrees(self) -> bool:
        """Whether the mass is clearly not 1: further off than a thousand times its error estimate. Evidence, not a refutation."""
        return self.mass is not None and self.error is not None and abs(self.mass - 1) > 1000 * self.error + mpf(10) ** -18


def weigh(density: Expr, variables: Sequence[tuple[Symbol, Measure]], conditions: Sequence[Boolean] = (), points: int = 3,
          digits: int = 20, seconds: float = 5.0, seed: int = 0) -> tuple[Evidence, ...]:
    """The total mass of a density at generic points of its parameters. See `check_density`."""
    density = conjugates_together(density)
    aim = Aim(digits, time.monotonic() + seconds, known=True)
    parameters = sorted(free_of_all(density, variables), key=str)
    drawn = draw_points(parameters, conditions, points, seed)
    try:
        ways = dict.fromkeys((nest(density, variables), by_terms(density, variables)))
        programs = [prepare(term, parameters) for term in (reversed(ways) if density.has(*CASES) else ways)]
    except Unusable as problem:
        return tuple(Evidence(point, trouble=str(problem)) for point in drawn)
    return tuple(best(programs, parameters, point, aim) for point in drawn)


def by_terms(density: Expr, variables: Sequence[tuple[Symbol, Measure]]) -> Expr:
    """The total of a wide sum as the sum of the totals of its terms, each of which peaks and turns at few places."""
    found = wide(density) if len(variables) == 1 and isinstance(variables[0][1], Lebesgue) else None
    if found is None:
        return nest(density, variables)
    front, moving = sift(found[0], lambda factor: factor.has(variables[0][0]), binary=True)[::-1]
    return Mul(*front) * Add(*(nest(Mul(*moving, part), variables) for part in found[1]))


def best(programs: Sequence[Program], parameters: Sequence[Symbol], point: Point, aim: Aim) -> Evidence:
    """The evidence of the first program that reaches the digits, else the best: a sum may have a total where its terms have none."""
    found: list[Evidence] = []
    for program in programs:
        found.append(weigh_at(program, parameters, point, aim))
        if found[-1].disagrees or found[-1].digits >= aim.digits:
            return found[-1]
    return max(found, key=lambda evidence: (not evidence.trouble, evidence.digits))


def weigh_at(program: Program, parameters: Sequence[Symbol], point: Point, aim: Aim) -> Evidence:
    try:
        return Evidence(point, *run_at(program, parameters, point, aim))
    except Unusable as problem:
        return Evidence(point, trouble=str(problem))
    except (ArithmeticError, ValueError, TypeError, NotImplementedError, RecursionError, MemoryError, AttributeError) as problem:
        return Evidence(point, trouble=f"the numeric evaluation failed ({type(problem).__name__}: {problem})")


def check_density(density: Expr, variables: Sequence[tuple[Symbol, Measure]], conditions: Sequence[Boolean] = (), points: int = 3,
                  digits: int = 20, seconds: float = 5.0, seed: int = 0) -> Check:
    """Whether ∫p = 1 to `digits` digits at generic points that meet the parameters' assumptions and `conditions`.

    `variables` stand outermost first. The verdict is "agrees" or "undecided", never "refuted": the detail of a clear disagreement
    starts with DISAGREES and names the mass and the point.

    >>> from sympy import exp
    >>> from derive.language.totals import POSITIVE, variable
    >>> b, x = Symbol("b", positive=True), variable("x", POSITIVE)
    >>> check_density(b*exp(-b*x), [(x, POSITIVE)]).verdict, check_density(2*b*exp(-b*x), [(x, POSITIVE)]).detail[:29]
    ('agrees', 'the numeric mass is 2.0000 at')
    """
    return judge(weigh(density, variables, conditions, points, digits, seconds, seed), digits)


DISAGREES = "the numeric mass is "


def judge(found: Sequence[Evidence], digits: int) -> Check:
    """The check that the evidence amounts to."""
    if not found:
        return Check("numeric", UNDECIDED, "no parameter values were found that meet the conditions", None, 0)
    least = min(e.digits for e in found)
    if wrong := [e for e in found if e.disagrees]:
        detail = f"{DISAGREES}{shown(wrong[0].mass)}{at(wrong[0].point)}; quadrature alone does not refute"
    elif lost := [e for e in found if e.trouble]:
        detail = f"no numeric mass{at(lost[0].point)}: {lost[0].trouble}"
    elif short := [e for e in found if e.digits < digits]:
        detail = f"only {least} of {digits} digits could be reached{at(short[0].point)}"
    else:
        return Check("numeric", AGREES, f"the mass is 1 to {least} digits{at(*(e.point for e in found))}", least, len(found))
    return Check("numeric", UNDECIDED, detail, None, len(found))


def shown(mass: mpf | None) -> str:
    """A mass with as many digits as tell it from 1."""
    assert mass is not None
    off = int(-mpmath.log10(abs(mass - 1))) if abs(mass - 1) < 1 else 0
    return mpmath.nstr(mass, max(5, off + 4), strip_zeros=False)


def mass(density: Expr, variables: Sequence[tuple[Symbol, Measure]], point: Point, digits: int = 20,
         seconds: float = 5.0, clock: Callable[[], float] = time.monotonic) -> tuple[mpf, mpf]:
    """∫ density at a point, and an estimate of its absolute error. Raises Unusable, saying why, where there is no number."""
    parameters = sorted(point, key=str)
    aim = Aim(digits, clock() + seconds, clock=clock)
    return run_at(prepare(nest(density, variables), parameters), parameters, point, aim)


def value(expr: Expr, point: Point, digits: int = 20, seconds: float = 5.0, clock: Callable[[], float] = time.monotonic) -> mpf:
    """The value of an expression at a point; totals in it become quadrature or sums. Raises Unusable where there is none.

    >>> from sympy import Rational
    >>> from derive.language.totals import Lebesgue
    >>> x = Symbol("x")
    >>> mpmath.nstr(value(Total(x, x, Lebesgue(0, Symbol("b"))), {Symbol("b"): Rational(3)}), 5)
    '4.5'
    """
    return mass(expr, [], point, digits, seconds, clock)[0]


def nest(density: Expr, variables: Sequence[tuple[Symbol, Measure]]) -> Expr:
    for x, measure in reversed(variables):
        density = Total(density, x, measure)
    return density


def free_of_all(density: Expr, variables: Sequence[tuple[Symbol, Measure]]) -> set[Symbol]:
    return nest(density, variables).free_symbols
