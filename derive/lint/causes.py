"""What is likely to be wrong with a density whose mass is not 1: another support, a factor, a sign gives the mass 1."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Mul, Pow, S, Symbol, exp, log, oo
from sympy import factor as factored

from derive.algebra.signs import Facts
from derive.check.kernel import verdict_of
from derive.engine import solve
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.language.claims import PROVED
from derive.language.problem import Problem, Variable
from derive.language.totals import Counting, Lebesgue, Measure, variable
from derive.lint.published import Cause
from derive.lint.sentences import sentence
from derive.search.presentable import presentable

SECONDS = 3.0  # for one attempt
MOST_OPERATIONS = 12  # of a factor that is worth telling
MOST_SUPPORTS = 14
MOST_EXPONENTS = 14


def likely_cause(problem: Problem, mass: Expr | None, deadline: float) -> Cause | None:
    """The likely cause, each proved to give the mass 1; None where none was found. `mass` is None where there is no formula for it.

    >>> from derive.read.asked import problem
    >>> cause = likely_cause(problem("2*x", over={"x": "(0, 2)"}), S(4), float("inf"))
    >>> cause.kind, cause.right
    ('wrong-support', '(0, 1)')
    """
    plain = mass is not None and not mass.free_symbols and not mass.is_infinite
    if mass is None and normalized(replace(problem, kernel=-problem.kernel, kernel_written=None), deadline):
        return Cause("sign", "-1", sentence("cause_negative"))
    logarithmic = lost_jacobian(problem, deadline) if problem.kernel.has(log) else None
    infinite = mass is not None and bool(mass.is_infinite)
    support = logarithmic or other_support(problem, deadline, infinite) or on_simplex(problem, deadline)
    return (support or (None if plain else other_exponent(problem, deadline)) or lost_jacobian(problem, deadline) or other_factor(problem, mass)
            or other_sign(problem, deadline))  # fmt: skip


def other_support(problem: Problem, deadline: float, infinite: bool = False) -> Cause | None:
    """Another support on which the mass is 1; where it is infinite, a parameter may be the end that was forgotten."""
    if len(problem.variables) != 1:
        return None
    (v,) = problem.variables
    for measure in list(supports(problem.kernel, v.symbol, v.measure, infinite))[:MOST_SUPPORTS]:
        x = variable(v.symbol.name, measure)
        moved = replace(problem, kernel=problem.kernel.xreplace({v.symbol: x}), variables=(Variable(x, measure, str(measure)),), kernel_written=None)
        if normalized(moved, deadline):
            return Cause("wrong-support", f"({measure.lo}, {measure.hi})", sentence("cause_support", spelled=spelled(measure)))
    return None


def on_simplex(problem: Problem, deadline: float) -> Cause | None:
    """Shares that sum to 1 on a cube: the last of them is 1 − x, and no variable of its own."""
    if len(problem.variables) != 2 or any(v.measure != Lebesgue(0, 1) for v in problem.variables):
        return None
    first, last = problem.variables
    made = replace(problem, kernel=problem.kernel.xreplace({last.symbol: 1 - first.symbol}), variables=(first,), kernel_written=None)
    if not normalized(made, deadline):
        return None
    return Cause("wrong-support", f"{last.symbol} = 1 - {first.symbol}", sentence("cause_simplex", last=f"1 - {first.symbol}"))


def spelled(measure: Measure) -> str:
    """An interval or a range of integers in words."""
    return f"({measure.lo}, {measure.hi})" if isinstance(measure, Lebesgue) else sentence("integers", lo=measure.lo, hi=measure.hi)


def supports(kernel: Expr, x: Symbol, measure: Measure, letters: bool) -> Iterator[Measure]:
    """Supports that differ in one end first: between the points where the kernel turns, 0, 1, infinity and, with `letters`, its parameters."""
    if isinstance(measure, Lebesgue):
        ends = list(dict.fromkeys([*(e for e in turns(kernel, x) if e.is_extended_real), S.Zero, S.One, -oo, oo]))
        names = sorted((s for s in kernel.free_symbols - {x} if s.is_real), key=str) if letters else []
        moved = list(dict.fromkeys(shifts(kernel, x)))[:2]
        lows, highs = ([*(moved if end.is_number and end.is_finite else []), *names, *ends] for end in measure.args)
        pairs = [(lo, measure.hi) for lo in lows] + [(measure.lo, hi) for hi in highs] + [(lo, hi) for lo in ends for hi in ends]
    elif isinstance(measure, Counting):
        pairs = [(measure.lo + d, measure.hi) for d in (-1, 1)] + [(measure.lo, measure.hi + d) for d in (-1, 1)]
        pairs += [(S.Zero, measure.hi), (S.One, measure.hi), (measure.lo, oo)]
    else:
        return
    seen = {(measure.lo, measure.hi)}
    for lo, hi in pairs:
        if (lo, hi) not in seen and lo not in (oo,) and hi not in (-oo,) and (hi - lo).is_nonpositive is not True:
            seen.add((lo, hi))
            yield type(measure)(lo, hi)


def shifts(kernel: Expr, x: Symbol) -> Iterator[Expr]:
    """Where x − c is 0 for a letter c: a formula in x − c may begin there, and not at 0."""
    for add in sorted(kernel.atoms(Add), key=str):
        constant, rest = add.as_independent(x, as_Add=True)
        factor, power = rest.as_independent(x, as_Add=False)
        if power == x and constant.free_symbols and (-constant / factor).is_Symbol:
            yield -constant / factor


def turns(kernel: Expr, x: Symbol) -> Iterator[Expr]:
    """Where the base of a power, or what stands in a logarithm, is 0: the ends that a formula itself suggests."""
    bases = [e.base for e in kernel.atoms(Pow) if e.base.has(x)] + [e.args[0] for e in kernel.atoms(log)]
    for base in sorted(bases, key=str):
        for part in base.as_numer_denom():
            constant, rest = part.expand().as_independent(x, as_Add=True)
            factor, power = rest.as_independent(x, as_Add=False)
            if isinstance(rest, Add) or power == 1:
                continue
            b, e = power.as_base_exp()
            if b == x and not e.has(x):
                root = (-constant / factor) ** (1 / e)
                yield from (root, -root) if e.is_even else (root,)


def normalized(problem: Problem, deadline: float) -> bool:
    """Whether the mass is proved to be 1."""
    left = deadline - time.monotonic()
    if left < 0.2:
        return False
    result = solve(problem, min(SECONDS, left))
    if result.outcome != "normalized" or result.Z is None or result.derivation is None or result.conditions:
        return False
    return verdict_of(result.derivation) == PROVED and compare(result.Z, S.One, Ground(problem.conditions), deep=False).verdict == PROVED


def other_exponent(problem: Problem, deadline: float) -> Cause | None:
    """An exponent in the place of another that gives the mass 1: 1/c - 1 for 1/(c - 1), k - 1 for k, l**a for l**2."""
    own = {v.symbol for v in problem.variables}
    for old, new, kernel in list(dict.fromkeys([*exponents(problem.kernel), *rarer(problem.kernel, own)]))[:MOST_EXPONENTS]:
        if normalized(replace(problem, kernel=kernel, kernel_written=None), deadline):
            return Cause("exponent", str(new), sentence("cause_exponent", old=old, new=new))
    return None


def exponents(kernel: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Powers with exponents that are easily taken for theirs, and the kernel with these: misplaced brackets first."""
    powers = sorted((p for p in kernel.atoms(Pow) if p.free_symbols and p.exp != -1), key=str)
    letters = sorted({p.exp for p in powers if p.exp.is_Symbol}, key=str)
    everywhere = [(p, p.base**e) for p in powers for e in unbracketed(p.exp)]
    everywhere += [(p, p.base**e) for p in powers if p.base.is_Symbol and p.exp.is_Integer for e in letters if e != p.base]
    yield from ((old, new, kernel.xreplace({old: new})) for old, new in everywhere)
    for factor in Mul.make_args(kernel):  # alone, and not where it stands in another factor too
        if factor.is_Pow and not factor.exp.is_number:
            for new in (factor.base ** (factor.exp - 1), factor.base ** (factor.exp + 1)):
                yield factor, new, kernel / factor * new


def rarer(kernel: Expr, own: set[Symbol]) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Exponents that are off by a half, by two, or by one where they are numbers, and another letter above what does not move, as p^r for p^k."""
    factors = [f for f in Mul.make_args(kernel) if f.is_Pow and f.free_symbols]
    letters = sorted((s for s in kernel.free_symbols - own if any(s in p.exp.free_symbols for p in kernel.atoms(Pow)) or s.is_positive), key=str)
    for factor in (f for f in factors if f.exp in own and not f.base.free_symbols & own):
        yield from ((factor, factor.base**s, kernel / factor * factor.base**s) for s in letters if s not in factor.base.free_symbols)
    for factor in (f for f in factors if f.base.free_symbols & own):
        number = factor.exp.is_number and not factor.base.is_Symbol
        for step in (S.One, -S.One) if number else (S.Half, -S.Half, -2, 2) if scaled(factor.base, own) else ():
            new = factor.base ** (factor.exp + step)
            yield factor, new, kernel / factor * new


def scaled(base: Expr, own: set[Symbol]) -> bool:
    """Whether this is a variable, or a variable on a scale, as x/s."""
    return base.as_independent(*own, as_Add=False)[1] in own


def unbracketed(exponent: Expr) -> Iterator[Expr]:
    """1/u + n for 1/(u + n), and the other way round."""
    constant, rest = exponent.as_coeff_Add()
    if constant and rest.is_Pow and rest.exp == -1:
        yield 1 / (rest.base + constant)
    if exponent.is_Pow and exponent.exp == -1:
        constant, rest = exponent.base.as_coeff_Add()
        if constant and rest:
            yield 1 / rest + constant


def lost_jacobian(problem: Problem, deadline: float) -> Cause | None:
    """The slope of a function of x, with which a density of that function becomes one of x, as 1/x for log x."""
    if len(problem.variables) != 1 or not isinstance(problem.variables[0].measure, Lebesgue):
        return None
    (v,) = problem.variables
    inner = [e for e in problem.kernel.atoms(log) if e.has(v.symbol)] or [log(v.symbol)]
    for slope in dict.fromkeys(factored(e.diff(v.symbol)) for e in sorted(inner, key=str)):
        if normalized(replace(problem, kernel=problem.kernel * slope, kernel_written=None), deadline):
            return Cause("lost-jacobian", str(slope), sentence("cause_jacobian", factor=slope))
    return None


def other_factor(problem: Problem, mass: Expr | None) -> Cause | None:
    """The factor that is missing, where the mass has a short formula."""
    if mass is None or mass.is_infinite:
        return None
    factor = presentable(1 / mass, Facts(problem.conditions))
    if factor.count_ops() > MOST_OPERATIONS:
        return None
    return Cause("missing-factor", str(factor), sentence("cause_factor", factor=factor))


def other_sign(problem: Problem, deadline: float) -> Cause | None:
    """An exponent with the other sign that gives the mass 1."""
    own = {v.symbol for v in problem.variables}
    for e in sorted((e for e in problem.kernel.atoms(exp) if e.free_symbols & own), key=str)[:4]:
        turned = replace(problem, kernel=problem.kernel.xreplace({e: exp(-e.args[0])}), kernel_written=None)
        if normalized(turned, deadline):
            return Cause("sign", f"exp({-e.args[0]})", sentence("cause_sign", old=e, new=f"exp({-e.args[0]})"))
    return None
