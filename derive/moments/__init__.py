"""What a density says of itself: mean, variance, cumulants, mode and entropy, each with the conditions under which it exists.

A value is come by from log Z (its derivatives), by symmetry, by a derivation of its own integral, or from the score, and is held
against an independent integral. What could be neither proved nor confirmed is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import mpmath
from sympy import Abs, Expr, Gt, Mul, Ne, fraction, log, meijerg, together
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.check.charts import Unusable
from derive.check.numeric import value as number
from derive.check.points import points
from derive.language.claims import AGREES, PROVED
from derive.language.problem import Moment, Result
from derive.language.totals import Total
from derive.moments.entropy import entropy
from derive.moments.holes import holes, without_poles
from derive.moments.law import Law
from derive.moments.mode import mode
from derive.moments.neat import length
from derive.moments.tails import NO
from derive.moments.values import Found, exists, higher, mean, missing, variance

DIGITS = 12
POINTS = 2
READABLE = 120  # operations
NEXT_TO_NOTHING = mpmath.mpf(10) ** -4  # an integral that is to be 0 may come out as this times the error allowed


def moments(result: Result, deadline: float) -> tuple[Moment, ...]:
    """The moments of a normalized density of one variable that can be established before `deadline` (on time.monotonic's clock).

    A moment that is proved not to exist is there without a value. Never raises for what a density may be.
    """
    return tuple(one_by_one(result, deadline))


def one_by_one(result: Result, deadline: float) -> Iterator[Moment]:
    """The same, each as soon as it is established: a later one may take longer than anyone waits."""
    law = law_of(result, deadline)
    if law is None:
        return
    for stage in (location, peak, uncertainty):
        with suppress(ArithmeticError, AttributeError, NotImplementedError, RecursionError, TypeError, ValueError):
            for moment in stage(law):
                yield moment
                if time.monotonic() > deadline:
                    return


def law_of(result: Result, deadline: float) -> Law | None:
    """The law that a result establishes."""
    if result.outcome != "normalized" or len(result.problem.variables) != 1 or result.Z is None or result.density is None:
        return None
    (v,) = result.problem.variables
    facts = Facts((*result.problem.conditions, *result.conditions))
    return Law(v.symbol, v.measure, result.problem.kernel, result.Z, result.density, facts, deadline, result.family, time.monotonic)


def location(law: Law) -> Iterator[Moment]:
    """The mean and what is measured from it."""
    average = mean(law)
    if average is not None:
        yield from confirmed("mean", average, law, law.x)
        yield from spread(law, average)
    elif exists(law, 1).verdict == NO:
        yield missing("mean", law.x, exists(law, 1), 1)


def peak(law: Law) -> Iterator[Moment]:
    """The mode."""
    found = mode(law)
    if found is not None:
        yield found


def uncertainty(law: Law) -> Iterator[Moment]:
    """The differential entropy."""
    found = entropy(law.counted)
    if found is not None:
        yield from confirmed("entropy", found, law.counted, -log(law.counted.density))


def spread(law: Law, average: Found) -> Iterator[Moment]:
    """Variance, and the third and fourth cumulants."""
    if exists(law, 2).verdict == NO:
        yield missing("variance", law.x, exists(law, 2), 2)
        return
    width = variance(law, average)
    if width is None:
        return
    off = law.x - average.value
    yield from confirmed("variance", width, law, off**2)
    for n, name in ((3, "third cumulant"), (4, "fourth cumulant")):
        found = higher(law, n)
        if found is not None:
            yield from confirmed(name, found, law, off**3 if n == 3 else off**4 - 3 * width.value**2)


def confirmed(name: str, found: Found, law: Law, of: Expr) -> Iterator[Moment]:
    """The moment, if it is short enough to be read, and is proved or agrees with an integral of `of` times p in digits."""
    if length(found.value) > READABLE or found.value.has(meijerg):
        return
    facts = law.facts.and_(*found.conditions)
    value = without_poles(found.value, facts)
    gaps = (c for c in holes(value, facts) if not in_total(c.lhs, law.Z))
    needed = dict.fromkeys((*found.conditions, *apart_from_zero(value, facts), *gaps))
    moment = Moment(name, value, tuple(needed), found.verdict, found.detail)
    if found.verdict == PROVED:
        yield moment
    elif (where := agreement(found, law, of)) is not None:
        yield replace(moment, verdict=AGREES, detail=f"{found.detail}; an integral agrees{where}")


def in_total(divisor: Expr, total: Expr) -> bool:
    """Whether a divisor is, but for a number, a factor of the numerator of Z, which is not 0 where there is a density."""
    own = divisor.expand().primitive()[1]
    factors = (part.expand().primitive()[1] for part in Mul.make_args(fraction(together(total))[0]))
    return any(own in (part, (-part).expand()) for part in factors)


def apart_from_zero(value: Expr, facts: Facts) -> tuple[Boolean, ...]:
    """a > 0 for log a and u ≠ 0 for log|u|, which say nothing at 0, though a log a goes on there."""
    logs = sorted((e.args[0] for e in value.atoms(log)), key=str)
    letters = [Gt(a, 0) for a in logs if a.is_Symbol and not facts.positive(a)]
    bars = [u.args[0] for u in logs if isinstance(u, Abs)]
    return (*letters, *(Ne(u, 0) for u in bars if not facts.nonzero(u)))


def agreement(found: Found, law: Law, of: Expr) -> str | None:
    """At how many points the value agrees with E `of`; None where it does not, or nothing could be evaluated."""
    total = Total(of * law.density, law.x, law.measure)
    symbols = sorted(total.free_symbols | found.value.free_symbols, key=str)
    drawn = points(symbols, (*law.facts.relations, *found.conditions), POINTS)
    for point in drawn:
        try:
            left = number(total, point, DIGITS, max(0.1, min(4.0, law.deadline - law.clock())), law.clock)
            right = mpmath.mpmathify(found.value.xreplace(dict(point)).evalf(DIGITS + 5))
        except (Unusable, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
            return None
        if abs(left - right) > mpmath.mpf(10) ** (4 - DIGITS) * (abs(right) if right else NEXT_TO_NOTHING):
            return None
    where = f" at {len(drawn)} points" if symbols else ""
    return f"{where} to {DIGITS - 4} digits" if drawn else None


__all__ = ["moments", "one_by_one"]
