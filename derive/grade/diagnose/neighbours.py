"""The totals next door: another range, a sum for an integral, a lost factor of the kernel: what may have been computed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import Add, Expr, KroneckerDelta, Mul, Pow, S, Symbol, exp, log, oo, pi, sin

from derive.algebra.equality import equal
from derive.grade.diagnose.slips import Case, Slips
from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import evaluated, worked
from derive.grade.truth import Truth
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Measure, Total, variable

SECONDS = 0.6  # for one neighbour
Range = tuple[Measure, str]


def wrong_ranges(case: Case) -> Slips:
    """The kernel's total over other ranges."""
    yield from remembered(case, "ranges", other_ranges)
    yield from remembered(case, "lines", all_lines)


def shifted_ranges(case: Case) -> Slips:
    """A sum that ends one place off, or that starts one place off where that only multiplies it: else its first term is left out."""
    for value, said in remembered(case, "ranges", other_ranges):
        ratio = reduced(value / case.right, case.truth.ground.facts) if case.right.free_symbols else S.NaN
        multiplied = not ratio.has(S.NaN, Add) and ratio.free_symbols or any(
            equal(value, case.right * step, case.truth.ground.facts) for step in steps(case.truth))  # fmt: skip
        if "ends" in said or "starts" in said and multiplied:
            yield value, said


def steps(truth: Truth) -> tuple[Expr, ...]:
    """What a term of a geometric series is multiplied by to give the next one, and the one before."""
    x = truth.problem.variables[0].symbol
    ratio = reduced(truth.problem.kernel.xreplace({x: x + 1}) / truth.problem.kernel, truth.ground.facts)
    return () if ratio.has(x) else (ratio, reduced(1 / ratio, truth.ground.facts))


def other_measure(case: Case) -> Slips:
    """An integral in place of a sum, or a sum in place of an integral."""
    yield from remembered(case, "measures", changed_measures)


def lost_jacobian(case: Case) -> Slips:
    """The total without a factor of the kernel that comes from a change of variables: a power of a radius, sin θ."""
    yield from remembered(case, "jacobians", lambda truth: without(jacobian_factors(truth), truth))


def lost_kernel_factor(case: Case) -> Slips:
    """The total without a power of the variable that stands in the kernel."""
    yield from remembered(case, "factors", lambda truth: without(plain_factors(truth), truth))


def neighbour_power(case: Case) -> Slips:
    """The total with one power of the variable more or less."""
    yield from remembered(case, "moments", moments_beside)


def lost_power(case: Case) -> Slips:
    """The total of a kernel with x in place of a power of x inside it, as 1 − x for 1 − x^a."""
    yield from remembered(case, "powers", without_powers)


def separated(case: Case) -> Slips:
    """Terms of the exponent summed one by one, as if they were independent."""
    yield from remembered(case, "separated", factorized)


def remembered(case: Case, key: str, make) -> list[tuple[Expr, str]]:  # type: ignore[no-untyped-def]
    truth = case.truth
    if not case.totals:
        return []
    if key not in truth.variants:
        truth.variants[key] = list(make(truth))
    found: list[tuple[Expr, str]] = truth.variants[key]
    return found


def total_over(body: Expr, ranges: list[tuple[Symbol, Measure]]) -> Expr:
    """The iterated total with variables that suit their ranges, outermost first."""
    for x, measure in reversed(ranges):
        own = variable(x.name, measure)
        body = Total(body.xreplace({x: own}), own, measure)
    return body


def found_value(total: Expr, truth: Truth) -> Expr | None:
    value = evaluated(total, truth.ground.facts, worked(SECONDS))
    return None if value is None or value.is_infinite or value.has(S.NaN) else value


def other_ranges(truth: Truth) -> Slips:
    own = list(truth.inside.variables)
    for i, (x, measure) in enumerate(own):
        for changed, said in ranges_near(measure, truth):
            ranges = [*own[:i], (x, changed), *own[i + 1 :]]
            value = found_value(total_over(truth.problem.kernel, ranges), truth)
            if value is not None and not value.is_negative and not (len(own) > 1 and (value / truth.Z).is_number):  # there a factor 2 is no half line
                yield value, said.format(x=x)
            if value is not None and len(own) == 1 and measure == REALS and changed == Lebesgue(0, oo):
                yield 2 * value, f"twice the half line {x} > 0 is taken, and the integrand is not even"
        middle = truth.problem.kernel.xreplace({x: S.Zero})
        if len(own) == 1 and isinstance(measure, Counting) and measure.lo == -measure.hi and truth.Z is not None:
            yield truth.Z + middle, f"the term at {x} = 0 is counted twice"
            yield truth.Z - middle, f"the term at {x} = 0 is left out"


def all_lines(truth: Truth) -> Slips:
    """All of several variables over the whole line in place of the half, and the other way round."""
    own = list(truth.inside.variables)
    for one, other, said in ((Lebesgue(0, oo), REALS, "the whole lines"), (REALS, Lebesgue(0, oo), "the half lines alone")):
        if len(own) > 1 and all(m == one for _, m in own):
            value = found_value(total_over(truth.problem.kernel, [(x, other) for x, _ in own]), truth)
            if value is not None:
                yield value, f"{', '.join(str(x) for x, _ in own)} run over {said}"


def ranges_near(measure: Measure, truth: Truth) -> Iterator[Range]:
    """Ranges that are taken by mistake for this one."""
    if isinstance(measure, Lebesgue):
        lo, hi = measure.lo, measure.hi
        if (lo, hi) == (-oo, oo):
            yield Lebesgue(0, oo), "only the half line {x} > 0 is integrated over"
            for m in centres(truth):
                yield Lebesgue(m, oo), f"only the half line {{x}} > {m} is integrated over"
        moving = {v.symbol for v in truth.problem.variables}
        ends = [
            (a, b) for a, b in product({lo, *((-oo, S.Zero) if lo not in (-oo,) else ())}, {hi, *((oo,) if hi is not oo else ())})
        ]
        for a, b in sorted(ends, key=str):
            if (a, b) != (lo, hi) and not (a == 0 and b == 0):
                yield Lebesgue(a, b), f"{{x}} runs over ({a}, {b}) in place of ({lo}, {hi})"
        if lo.is_finite and hi is oo and lo != 0:
            yield Lebesgue(-oo, lo), f"the other side of {lo} is integrated over"
        if lo is -oo and hi.is_finite:
            yield Lebesgue(hi, oo), f"the other side of {hi} is integrated over"
        if moving & (lo.free_symbols | hi.free_symbols):
            yield Lebesgue(0, 1), f"{{x}} runs over (0, 1) in place of ({lo}, {hi})"
    if isinstance(measure, Counting):
        lo, hi = measure.lo, measure.hi
        for step in (1, -1):
            if lo.is_finite:
                yield Counting(lo + step, hi), f"the sum over {{x}} starts at {lo + step} in place of {lo}"
            if hi.is_finite:
                yield Counting(lo, hi + step), f"the sum over {{x}} ends at {hi + step} in place of {hi}"
        if lo is -oo:
            yield Counting(0, hi), "{x} runs over the integers from 0 on alone"
            yield Counting(1, hi), "{x} runs over the integers from 1 on alone"
        if hi.is_finite:
            yield Counting(lo, oo), f"the sum over {{x}} goes on without end in place of up to {hi}"
    if isinstance(measure, Atoms):
        for p in measure.points:
            yield Atoms(*(q for q in measure.points if q != p)), f"the value {{x}} = {p} is left out"
        if set(measure.points) == {S.One, S.NegativeOne}:
            yield Atoms(0, 1), "{x} takes the values 0 and 1 in place of -1 and 1"


def centres(truth: Truth) -> list[Symbol]:
    """The parameters about which a kernel of one variable is symmetric."""
    if len(truth.problem.variables) != 1:
        return []
    x, kernel, facts = truth.problem.variables[0].symbol, truth.problem.kernel, truth.ground.facts
    real = [p.symbol for p in truth.problem.parameters if p.symbol.is_real and not p.symbol.is_positive]
    return [m for m in real if equal(kernel, kernel.xreplace({x: 2 * m - x}), facts)]


def changed_measures(truth: Truth) -> Slips:
    own = list(truth.inside.variables)
    if len(own) != 1 or not isinstance(own[0][1], (Counting, Lebesgue)):
        return
    ((x, measure),) = own
    lo, hi = measure.args
    if isinstance(measure, Counting):
        for low in (lo, *((lo - 1,) if lo.is_positive else ())):
            value = found_value(total_over(truth.problem.kernel, [(x, Lebesgue(low, hi))]), truth)
            if value is not None:
                yield value, f"an integral from {low} on stands in place of the sum" if low != lo else "an integral stands in place of the sum"
    elif not (lo.is_number and hi.is_number and lo.is_finite and hi.is_finite):  # nobody sums over 0 and 1 in place of (0, 1)
        value = found_value(total_over(truth.problem.kernel, [(x, Counting(lo, hi))]), truth)
        if value is not None:
            yield value, "a sum stands in place of the integral"


def without(factors: Slips, truth: Truth) -> Slips:
    own = list(truth.inside.variables)
    for f, said in factors:
        value = found_value(total_over(truth.problem.kernel / f, own), truth)
        if value is not None:
            yield value, said


def moments_beside(truth: Truth) -> Slips:
    own = list(truth.inside.variables)
    x = own[0][0]
    for f, said in ((x, f"{x} stands once too often in what is totalled"), (1 / x, f"{x} stands once too little in what is totalled")):
        value = found_value(total_over(truth.problem.kernel * f, own), truth) if len(own) == 1 else None
        if value is not None and value != 0:
            yield value, said


def jacobian_factors(truth: Truth) -> Slips:
    """Factors of the kernel that a change of variables leaves: 1/x beside log x, sin θ, powers of a radius."""
    kernel, ranges = truth.problem.kernel, [m for _, m in truth.inside.variables]
    angle = len(ranges) == 1 or any(isinstance(m, Lebesgue) and m.hi.has(pi) for m in ranges)
    for f, x, measure in factors_of_kernel(truth):
        base, power = f.as_base_exp()
        radius = isinstance(measure, Lebesgue) and measure.lo == 0 and power.is_positive and angle
        if isinstance(base, sin) or base == x and not power.free_symbols and (kernel.has(log(base)) or radius):
            yield f, f"the factor {f} is lost"


def plain_factors(truth: Truth) -> Slips:
    """Powers of the variable with a number, which no change of variables need have left."""
    jacobian = {f for f, _ in jacobian_factors(truth)}
    for f, x, _ in factors_of_kernel(truth):
        base, power = f.as_base_exp()
        if f not in jacobian and base == x and not power.free_symbols and power.is_positive:
            yield f, f"the factor {f} of the kernel is lost"


def factors_of_kernel(truth: Truth) -> Iterator[tuple[Expr, Symbol, Measure]]:
    for f in Mul.make_args(truth.problem.kernel):
        for x, measure in truth.inside.variables:
            if x in f.free_symbols:
                yield f, x, measure


def without_powers(truth: Truth) -> Slips:
    own, kernel = list(truth.inside.variables), truth.problem.kernel
    names = {x for x, _ in own}
    outer = set(Mul.make_args(kernel))
    found = (p for p in kernel.atoms(Pow) if p.base.free_symbols & names and p.exp.free_symbols and not p.exp.free_symbols & names and p not in outer)
    for p in sorted(found, key=str):
        value = found_value(total_over(kernel.xreplace({p: p.base}), own), truth)
        if value is not None:
            yield value, f"{p.base} stands in place of {p} in the kernel"


def factorized(truth: Truth) -> Slips:
    """Σ e^(u + v) as Σ e^u · Σ e^v / Σ 1, on finite supports."""
    own = list(truth.inside.variables)
    body = truth.problem.kernel
    if not isinstance(body, exp) or not all(isinstance(m, Atoms) for _, m in own) or body.has(KroneckerDelta):
        return
    parameters = sorted(body.free_symbols - {x for x, _ in own}, key=str)
    exponent = body.args[0].expand()
    parts = [Add(*(t for t in Add.make_args(exponent) if s in t.free_symbols)) for s in parameters]
    if len(parts) < 2 or Add(*parts) != exponent:
        return
    values = [found_value(total_over(e, own), truth) for e in (S.One, *map(exp, parts))]
    count, *each = [v for v in values if v is not None]
    if len(each) == len(parts):
        yield (
            Mul(*each) / count ** (len(each) - 1),
            "the terms of the exponent are summed one by one, as if they were independent",
        )
