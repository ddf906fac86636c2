"""The value of a term at a point of its parameters, where totals become quadrature or sums, also inside one another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from mpmath import mp, mpf
from sympy import Basic, Dummy, Expr, Symbol, cos, oo, sin

from derive.check.charts import Aim, Chart, End, Unusable, Vanishes, chart
from derive.check.compiled import Compiled, compile_body, crooked, kinks
from derive.check.quadrature import Integrand, integrate, turn
from derive.check.series import add_range, add_series
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total

Numbers = Callable[[int], tuple[Any, ...]]  # values of the parameters, with so many bits beyond the working precision

GUARD = 12  # digits beyond those asked for


@dataclass(frozen=True)
class Program:
    """A term made ready. Totals in it that are free of its variable are worked out once, the others at each value of it."""

    compiled: Compiled
    still: tuple[Program, ...] = ()
    moving: tuple[Program, ...] = ()
    measure: Measure | None = None
    cuts: int = 0  # how many of the constants are kinks, after the ends
    crooked: tuple[Compiled, ...] = ()  # functions at whose zeros there may be kinks
    periodic: bool = False


def prepare(term: Expr, parameters: Sequence[Symbol]) -> Program:
    """Compile a term whose free symbols are among `parameters`. Raises Unusable where it cannot be."""
    if not isinstance(term, Total):
        term, still = pull(term, lambda t: True)
        return Program(compile_body(term, [], [*parameters, *still]), tuple(prepare(t, parameters) for t in still.values()))
    x, body = term.x, term.body
    if x in parameters:
        x = Dummy("x", **x.assumptions0)
        body = body.xreplace({term.x: x})
    body, still = pull(body, lambda t: x not in t.free_symbols)
    return prepare_total(body, x, term.measure, [*parameters], still)


def prepare_total(body: Expr, x: Symbol, measure: Measure, parameters: list[Symbol], still: dict[Symbol, Total]) -> Program:
    """Compile the total of a body in which the totals free of x are symbols already."""
    plain, moving = pull(body, lambda t: True)
    names = [*parameters, *still]
    found: list[Expr] = []
    bent: list[Compiled] = []
    if isinstance(measure, Lebesgue) and not moving:
        found = list(dict.fromkeys(kinks(plain, x)))
        bent = [compile_body(e, [x], names) for e in dict.fromkeys(crooked(plain, x))]
    return Program(compile_body(plain, [x, *moving], names, [*ends(measure), *found]),
                   tuple(prepare(t, parameters) for t in still.values()),
                   tuple(prepare(t, [*parameters, x]) for t in moving.values()),
                   measure, len(found), tuple(bent), not moving and is_periodic(plain, x, measure))


def ends(measure: Measure) -> Iterator[Expr]:
    """The finite ends of a range, or the points of a finite set."""
    yield from (e for e in measure.args if e not in (oo, -oo))


def is_periodic(body: Expr, x: Symbol, measure: Measure) -> bool:
    """Whether the interval is a whole period of the body."""
    if not (isinstance(measure, Lebesgue) and body.has(cos, sin) and measure.lo.is_finite and measure.hi.is_finite):
        return False
    return bool(body.xreplace({x: x + measure.hi - measure.lo}) == body)


def pull(term: Any, wanted: Callable[[Total], bool]) -> tuple[Any, dict[Symbol, Total]]:
    """`term` with a new symbol for each outermost total that is wanted, and what the symbols stand for."""
    found: dict[Symbol, Total] = {}

    def walk(t: Basic) -> Basic:
        if isinstance(t, Total):
            if not wanted(t):
                return t
            new = Dummy("T", real=True)
            found[new] = t
            return new
        return t.func(*map(walk, t.args)) if t.has(Total) else t

    return walk(term), found


def run_at(program: Program, parameters: Sequence[Symbol], point: Mapping[Symbol, Expr], aim: Aim) -> tuple[mpf, mpf]:
    """The program's value where the parameters have the (rational) values of a point, and an estimate of its absolute error."""
    def values(bits: int) -> tuple[mpf, ...]:
        with mp.workprec(mp.prec + bits):
            return tuple(mpf(v.p) / v.q if v.is_Rational else mpf(v.n(mp.dps)) for v in (point[s] for s in parameters))

    with mp.workdps(aim.digits + GUARD):
        found, error = run(program, values, aim)
    return found, error


def run(program: Program, values: Numbers, aim: Aim) -> tuple[mpf, mpf]:
    """The same for values that are functions of the precision."""
    results = [run(p, values, aim) for p in program.still]
    still = [r[0] for r in results]
    lost = mp.fsum(r[1] / abs(r[0]) if r[0] else r[1] for r in results)
    front = real(program.compiled.front(*values(0), *still), None)
    if program.measure is None:
        return front, abs(front) * (lost + mp.eps * 8)
    constants = by_bits(lambda bits: program.compiled.constants(*values(bits), *still))
    body = integrand(program, constants, values, aim)
    zeros = [by_bits(partial(lambda c, bits: c.constants(*values(bits), *still), c)) for c in program.crooked]
    found, error = measure_out(program, body, constants, zeros, aim)
    return front * found, abs(front) * (error + lost * abs(found))


def by_bits(compute: Callable[[int], Any]) -> Callable[[int], Any]:
    """A function of the extra bits that is computed at that precision and remembered."""
    known: dict[int, Any] = {}

    def get(bits: int) -> Any:
        if bits not in known:
            with mp.workprec(mp.prec + bits):
                known[bits] = compute(bits)
        return known[bits]

    return get


def real(number: Any, x: Any) -> mpf:
    """A finite real number, or Unusable. What rounding leaves of an imaginary part is dropped."""
    if type(number) is not mpf:
        number = mp.mpmathify(number)
        if isinstance(number, mp.mpc):
            if abs(number.imag) > abs(number.real) * mpf(2) ** (16 - mp.prec):
                raise Unusable("the density is not real" + where(x))
            number = number.real
        number = mpf(number)
    if not mp.isfinite(number):
        raise Unusable("the density is not finite" + where(x))
    return number


def where(x: Any) -> str:
    return "" if x is None else f" where the variable is {mp.nstr(x, 6)}"


def integrand(program: Program, constants: Callable[[int], Any], values: Numbers, aim: Aim) -> Integrand:
    """The body as a function of x alone."""
    skip = len(list(ends(program.measure))) + program.cuts  # type: ignore[arg-type]
    exact, rough, plain = program.compiled.exact, program.compiled.rough, tuple(constants(0)[skip:])

    def at(x: mpf, bits: int) -> mpf:
        try:
            if program.moving:
                inner = [run(p, lambda b: (*values(b), x), aim)[0] for p in program.moving]
                return real(exact(x, *inner, *plain), x)
            if not bits:
                return real(exact(x, *plain), x)
            with mp.workprec(mp.prec + bits):
                return real(exact(x, *constants(bits)[skip:]), x)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
            raise Unusable(f"the density cannot be computed{where(x)} ({error})") from error

    coarse = floats(plain)

    def log_at(x: float) -> float:
        if rough is None or coarse is None or program.moving:
            return math.nan
        try:
            size = abs(rough(x, *coarse))
            return math.log(size) if 1e-280 < size < 1e280 else math.nan
        except (ArithmeticError, ValueError, TypeError, NameError):
            return math.nan

    return Integrand(at, log_at)


def floats(numbers: Sequence[Any]) -> tuple[float, ...] | None:
    try:
        return tuple(map(float, numbers))
    except (TypeError, OverflowError):
        return None


def measure_out(program: Program, body: Integrand, constants: Callable[[int], Any], zeros: Sequence[Callable[[int], Any]],
                aim: Aim) -> tuple[mpf, mpf]:
    """The total of a body against the program's measure."""
    measure = program.measure
    marks = iter(range(len(constants(0))))
    if isinstance(measure, Atoms):
        terms = [body.value(constants(0)[i], 0) for i, _ in zip(marks, measure.points, strict=False)]
        return mp.fsum(terms), mp.fsum(terms, absolute=True) * mp.eps * 16
    lo, hi = (None if e in (oo, -oo) else mark(constants, next(marks)) for e in measure.args)  # type: ignore[union-attr]
    if isinstance(measure, Counting):
        return count_up(body, lo, hi, aim)
    if program.periodic and lo and hi and not program.cuts:
        return turn(lambda x: body.value(x, 0), lo(0), hi(0), aim)
    cuts = [mark(constants, next(marks)) for _ in range(program.cuts)]
    cuts += [root for c, z in zip(program.crooked, zeros, strict=True) for root in roots(c, z, chart(lo, hi))]
    pieces = pairwise([lo, *inside(cuts, lo, hi), hi])
    found = [piece(a, b, body, aim, bool(cuts)) for a, b in pieces]
    return mp.fsum(f[0] for f in found), mp.fsum(f[1] for f in found)


def piece(lo: End | None, hi: End | None, body: Integrand, aim: Aim, part: bool) -> tuple[mpf, mpf]:
    """The integral over a piece of the range; between two cuts the function may well be 0."""
    try:
        return integrate(lo, hi, body, aim)
    except Vanishes:
        if part:
            return mp.zero, mp.zero
        raise


def mark(constants: Callable[[int], Any], index: int) -> End:
    return lambda bits: real(constants(bits)[index], None)


def inside(cuts: Sequence[End], lo: End | None, hi: End | None) -> list[End]:
    """The cuts strictly between the ends, in order, without repetition (up to rounding)."""
    taken: list[mpf] = [e(0) for e in (lo, hi) if e]
    kept = []
    for cut in cuts:
        try:
            c = cut(0)
        except Unusable:
            continue
        if (lo and c < lo(0)) or (hi and c > hi(0)) or any(mp.almosteq(c, t, mpf(10) ** -GUARD) for t in taken):
            continue
        taken.append(c)
        kept.append((c, cut))
    return [cut for _, cut in sorted(kept, key=lambda pair: pair[0])]


def roots(edge: Compiled, constants: Callable[[int], Any], over: Chart) -> list[End]:
    """Where a function changes its sign, as far as the chart's grid shows it."""
    if edge.rough is None or (coarse := floats(constants(0))) is None:
        return []
    signs = []
    for x in (over.rough(u)[0] for u in over.grid):
        if x is not None:
            with suppress(ArithmeticError, ValueError, TypeError):
                if size := edge.rough(x, *coarse):  # 0 may be all that a float can tell of a small value
                    signs.append((x, size > 0))
    return [root_between(edge, constants, a, b) for (a, s), (b, t) in pairwise(signs) if s is not t]


def root_between(edge: Compiled, constants: Callable[[int], Any], a: float, b: float) -> End:
    def solve(bits: int) -> mpf:
        def f(x: mpf) -> Any:
            return edge.exact(x, *constants(bits))

        try:
            root = mp.findroot(f, (a, b), solver="anderson", tol=mp.eps**2, verify=False)
            if a < root < b and abs(f(root)) < abs(f(mpf(a))) * mp.sqrt(mp.eps):  # else a pole
                return root
        except (ArithmeticError, ValueError, TypeError):
            pass
        raise Unusable(f"the zero between {a} and {b} cannot be found")

    return by_bits(solve)


def count_up(body: Integrand, lo: End | None, hi: End | None, aim: Aim) -> tuple[mpf, mpf]:
    """The sum over the integers from lo to hi."""
    first, last = (whole(e) if e else None for e in (lo, hi))
    if first is not None and last is not None:
        return add_range(lambda k: body.value(mpf(k), 0), first, last, aim)
    start = first if first is not None else last if last is not None else 0
    found = []
    if last is None:
        found.append(one_way(body, start, 1, aim))
    if first is None:
        found.append(one_way(body, start if last is not None else start - 1, -1, aim))
    return mp.fsum(f[0] for f in found), mp.fsum(f[1] for f in found)


def one_way(body: Integrand, start: int, sign: int, aim: Aim) -> tuple[mpf, mpf]:
    """The sum over start, start + sign, start + 2 sign, …"""
    turned = Integrand(lambda x, bits: body.value(sign * x, bits), lambda x: body.log_value(sign * x))

    def tail(n: int) -> tuple[mpf, mpf]:
        return integrate(lambda bits: mpf(n), None, turned, aim)

    return add_series(lambda k: turned.value(mpf(k), 0), sign * start, tail, aim)


def whole(end: End) -> int:
    if not mp.isint(end(0)):
        raise Unusable(f"a sum cannot end at {mp.nstr(end(0), 6)}, which is not an integer")
    return int(end(0))
