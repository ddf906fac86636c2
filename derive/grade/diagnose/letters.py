"""Letters in each other's place, off by a number or by one, a variance for a standard deviation."""

from __future__ import annotations

from itertools import combinations

from sympy import Add, Pow, S, Symbol, exp, log

from derive.algebra.equality import equal
from derive.grade.diagnose.slips import Case, Slips, factors
from derive.grade.truth import Truth


def interchanged(case: Case) -> Slips:
    """Two parameters in each other's place."""
    own = sorted(case.right.free_symbols, key=str)
    for s, t in combinations(own, 2):
        if s._assumptions_orig == t._assumptions_orig:
            yield case.right.xreplace({s: t, t: s}), f"{s} and {t} are interchanged"


def parameter_scaled(case: Case) -> Slips:
    """A parameter with a wrong numeric factor wherever it stands."""
    for s in sorted(case.right.free_symbols, key=str):
        for other in (2 * s, s / 2):
            yield case.right.xreplace({s: other}), f"{other} stands in place of {s}"


def parameter_shifted(case: Case) -> Slips:
    """A factor a + 1 as a, as where x^a is integrated as x^a/a; a parameter that is one off wherever it stands."""
    for b, m in factors(case):
        for step in (1, -1) if isinstance(b, Add) and all(t.is_Integer or t.is_Symbol for t in b.args) else ():
            yield case.right * Pow(b + step, m) / Pow(b, m), f"{b + step} stands in place of {b}"
            if m.is_Integer and abs(m) > 1:
                sign = 1 if m > 0 else -1
                yield case.right * Pow(b + step, sign) / Pow(b, sign), f"{b + step} stands in place of {b} once"
    for s in sorted(case.right.free_symbols, key=str):
        for other in (s + 1, s - 1):
            yield case.right.xreplace({s: other}), f"{other} stands in place of {s}"


def power_outside(case: Case) -> Slips:
    """Z(T) taken for Z(1)^(1/T) or Z(1)^T."""
    for s in sorted(case.right.free_symbols, key=str):
        if s.is_positive:
            for power in (s, 1 / s):
                yield case.right.xreplace({s: S.One}) ** power, f"Z({s}) is not the power {power} of its value at {s} = 1"


def variance(case: Case) -> Slips:
    """A scale that the kernel knows only by its square, put to another power."""
    kernel = case.truth.problem.kernel
    for s in sorted(case.right.free_symbols & kernel.free_symbols, key=str):
        v = Symbol(s.name, real=True)
        in_exponent = any(s in e.args[0].free_symbols for e in kernel.atoms(exp))
        if s.is_positive and in_exponent and equal(kernel.xreplace({s: v}), kernel.xreplace({s: -v}), case.facts):
            yield case.right.xreplace({s: s**2}), f"{s}**2 stands in place of {s}"
        if s.is_positive and is_variance(s, case.truth):
            power = next((m for b, m in factors(case) if b == s), S.Zero)
            for changed in (case.right.xreplace({s: s**2}), case.right * s**power):
                yield changed, f"{s} is the variance, and stands where its root, the standard deviation, belongs"


def is_variance(s: Symbol, truth: Truth) -> bool:
    """Whether a parameter stands below a square of the variable in an exponent, as the v of e^(−(x − m)²/(2v))."""
    y = Symbol("y", real=True)  # for ln x too
    own = [v.symbol for v in truth.problem.variables]
    exponents = [e.args[0].xreplace({log(x): y for x in own}).expand() for e in truth.problem.kernel.atoms(exp)]
    own.append(y)
    return any(e.is_polynomial(x) and e.coeff(x, 2).has(s) and not (e.coeff(x, 2) * s).expand().has(s) for e in exponents for x in own)
