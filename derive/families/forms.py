"""Readers: the form of a kernel, with location taken out, as a few letters that the table of families speaks of.

On a half line (lo, ∞) or an interval (lo, hi) kernels are read in u = x − lo, on the real line in x itself, and on integers from
lo in n = k − lo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sympy import Abs, Expr, S, Symbol, besseli, exp, log, oo
from sympy.core.relational import Relational

from derive.algebra.normal import canonical
from derive.algebra.reading import Form, linear, next_over_this, polynomial, ratio_roots, read
from derive.algebra.signs import Facts
from derive.families import readers
from derive.families.named import Shape
from derive.families.readers import even_power, only, tidy_sum
from derive.language.parts import every
from derive.language.totals import POSITIVE, Atoms, Counting, Lebesgue, Measure

U = Symbol("u·", positive=True)  # no reader of problems can produce these names
N = Symbol("n·", integer=True, nonnegative=True)

Reader = Callable[[Form, Symbol, Facts], Mapping[str, object] | None]
ON_HALF_LINE: tuple[Reader, ...] = (
    readers.power_exponential, readers.shifted_power, readers.inverse_gaussian, readers.squared_log, readers.binomial_power,
    readers.double_exponential, readers.bessel, readers.logistic, readers.shifted_square,
    readers.line_times_decay, readers.exponentiated)  # fmt: skip
ON_LINE: tuple[Reader, ...] = (
    readers.square, readers.bars, readers.square_power, readers.logistic, readers.double_exponential, readers.hyperbola)
ON_INTERVAL: tuple[Reader, ...] = (
    readers.powers_of_ends, readers.upper_power, readers.decay, readers.shifted_square, readers.shifted_power)


def letters_of(found: tuple[Reader, ...], form: Form | None, u: Symbol,
               facts: Facts) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What each of several readers makes of a form, by the reader's name."""
    for reader in found if form is not None else ():
        letters = reader(form, u, facts)  # type: ignore[arg-type]
        if letters is not None:
            yield reader.__name__, letters


def shapes(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> Iterator[tuple[str, Shape]]:
    """Each form that the kernel has, by name."""
    if isinstance(measure, Atoms):
        yield from on_two_points(kernel, x, measure.points)
    elif isinstance(measure, Counting):
        yield from on_integers(kernel, x, measure, facts)
    elif measure.lo == -oo and measure.hi == oo:
        yield from on_line(kernel, x, measure, facts)
    elif measure.hi == oo and measure.lo.is_finite is not False:
        yield from on_half_line(kernel, x, measure.lo, facts)
    elif measure.lo != -oo:
        yield from on_interval(kernel, x, measure, facts)


def on_half_line(kernel: Expr, x: Symbol, lo: Expr, facts: Facts) -> Iterator[tuple[str, Shape]]:
    u, moved = (x, kernel) if lo == 0 else (U, kernel.xreplace({x: U + lo}))
    form = read(moved, u, facts.within(u, POSITIVE))
    for name, letters in letters_of(ON_HALF_LINE, form, u, facts):
        yield name, Shape({**letters, "at": lo}, x - lo)


def on_line(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> Iterator[tuple[str, Shape]]:
    for name, letters in letters_of(ON_LINE, read(kernel, x, facts.within(x, measure)), x, facts):
        yield f"line: {name}", Shape(letters, x)


def on_interval(kernel: Expr, x: Symbol, measure: Lebesgue, facts: Facts) -> Iterator[tuple[str, Shape]]:
    lo, hi = measure.lo, measure.hi
    width = tidy_sum(hi - lo, facts)
    for name, letters in letters_of((readers.circular,), read(kernel, x, facts.within(x, measure)), x, facts):
        yield name, Shape({**letters, "w": width, "start": lo}, x)
    yield from triangle(kernel, x, lo, hi, facts)
    u, moved = (x, kernel) if lo == 0 else (U, kernel.xreplace({x: U + lo}))
    form = read(moved, u, facts.within(u, Lebesgue(0, width)))
    where = {"at": lo, "hi": hi, "mid": tidy_sum((lo + hi) / 2, facts), "w": width}
    for name, letters in letters_of(ON_INTERVAL, form, u, facts):
        if letters.get("end", width) == width or canonical(letters["end"] - width, facts) == 0:  # type: ignore[operator]
            yield f"interval: {name}", Shape({**where, **letters}, x - lo)


def triangle(kernel: Expr, x: Symbol, lo: Expr, hi: Expr, facts: Facts) -> Iterator[tuple[str, Shape]]:
    """A multiple of x − lo below a point inside, of hi − x above it."""
    kinks = [a.args[0] for a in kernel.atoms(Abs)] + [r.lhs - r.rhs for r in kernel.atoms(Relational)]
    for found in (linear(k, x) for k in kinks if isinstance(k, Expr)):
        if found:
            cut = -found[1] / found[0]
            for end, side in ((lo, x < cut), (hi, x > cut)):
                half = polynomial(kernel, x, 1, facts.and_(side, x > lo, x < hi))
                if half is None or canonical(half[0] * end + half[1], facts) != 0:
                    return
            yield "triangle", Shape({"lo": lo, "cut": cut, "hi": hi}, x)
            return


def on_integers(kernel: Expr, k: Symbol, measure: Counting, facts: Facts) -> Iterator[tuple[str, Shape]]:
    lo, hi = measure.lo, measure.hi
    if lo == -oo:
        if hi == oo:
            yield from on_all_integers(kernel, k, facts.within(k, measure))
        return
    if lo == 0 and hi == 1:
        yield from on_two_points(kernel, k, (S.Zero, S.One))
    length = hi if hi == oo else tidy_sum(hi - lo, facts)
    body = kernel.xreplace({k: N + lo})
    inside = facts.within(N, Counting(0, length))
    where: dict[str, object] = {"at": lo, "last": length, "hi": hi}
    ratio = None if any(e.has(N) for e in every(body, log)) else next_over_this(body, N, inside)
    roots = None if ratio is None else ratio_roots(ratio, N)
    if roots is not None:
        z, upper, lower = roots
        letters = {"z": z, "odds": -z / (1 - z) if z != 1 else S.One, "upper": tuple(upper), "lower": tuple(lower)}
        yield "ratio", Shape({**where, **letters}, k - lo)
    form = read(body, N, inside)
    if form is not None and len(form.powers) == 1 and not form.exps:
        found = linear(only(form.powers), N)
        if found:
            yield "falling_power", Shape({**where, "first": found[1] / found[0], "s": -next(iter(form.powers.values()))}, k - lo)


def on_all_integers(kernel: Expr, k: Symbol, facts: Facts) -> Iterator[tuple[str, Shape]]:
    form = read(kernel, k, facts)
    if form is not None and not form.powers and len(form.exps) == 1:
        ((statistic, rate),) = form.exps.items()
        found = even_power(statistic, k, facts)
        if found:
            mu, c, p = found
            yield "integer_bars", Shape({"mu": mu, "p": p, "b": -rate * c**p}, k)
    if form is None:
        return
    waves = [b for b in form.powers if isinstance(b, besseli)]
    if len(waves) == 1 and set(form.powers) == set(waves) and form.powers[waves[0]] == 1 and set(form.exps) <= {k}:
        order, z = waves[0].args
        if order in (k, Abs(k)) and not z.has(k):
            tilt = exp(form.exps.get(k, S.Zero))
            yield "integer_bessel", Shape({"first": z * tilt / 2, "second": z / (2 * tilt)}, k)


def on_two_points(kernel: Expr, x: Symbol, points: tuple[Expr, ...]) -> Iterator[tuple[str, Shape]]:
    if len(points) == 2:
        low, high = sorted(points, key=lambda p: (not p.is_number, p if p.is_number else 0, str(p)))
        a, b = kernel.xreplace({x: low}), kernel.xreplace({x: high})
        yield "two_points", Shape({"low": low, "high": high, "share": b / (a + b)}, x)
