"""A function in another's place, or the right one at another argument."""

from __future__ import annotations

from sympy import Expr, Function, S, besseli, besselj, besselk, cos, cosh, coth, erf, exp, gamma, log, sin, sinh, sqrt, tanh, zeta

from derive.grade.diagnose.slips import Case, Slips, repaired

CIRCULAR = {cosh: cos, sinh: sin, cos: cosh, sin: sinh}
CONJUGATES = {cosh: sinh, sinh: cosh, cos: sin, sin: cos, tanh: coth, coth: tanh}


def conjugate_written(case: Case) -> Slips:
    """cosh for sinh, where what was handed in says so: in a line after exponentials it is a sign."""
    heads = tuple(CONJUGATES) if case.kind != "line" or case.right.has(sinh, cosh, sin, cos, gamma) else (tanh, coth)
    for f in sorted(case.wrong.atoms(*heads), key=str):
        again = CONJUGATES[f.func](f.args[0])
        yield repaired(case, f, again), f"{f} stands in place of {again}"


def other_function(case: Case) -> Slips:
    """A neighbouring special function, order or argument."""
    for f in sorted(case.right.atoms(besseli, besselj, besselk), key=str):
        nu, z = f.args
        for again in [f.func(nu + 1, z), f.func(nu - 1, z), *(g(nu, z) for g in (besseli, besselj, besselk) if g is not f.func)]:
            yield case.right.xreplace({f: again}), f"{again} stands in place of {f}"
    for f in sorted(case.right.atoms(zeta), key=str):
        for order in (f.args[0] + 1, f.args[0] - 1):
            yield case.right.xreplace({f: zeta(order)}), f"zeta({order}) stands in place of {f}"
    for f in sorted(case.wrong.atoms(zeta), key=str) if not case.right.has(zeta) else ():  # π⁴/90 is ζ(4)
        for order in (f.args[0] + 1, f.args[0] - 1):
            yield repaired(case, f, zeta(order)), f"{f} stands in place of zeta({order})"
    for f in sorted(case.right.atoms(erf), key=str):
        yield case.right.xreplace({f: 1 - f}), f"the complement of {f} stands in its place"
        for k in (sqrt(2), 1 / sqrt(2)):
            yield case.right.xreplace({f: erf(f.args[0] * k)}), f"the argument of {f} is off by {k}"
    for f in sorted(case.right.atoms(*CONJUGATES), key=str):
        again = CONJUGATES[f.func](f.args[0])
        yield case.right.xreplace({f: again}), f"{again} stands in place of {f}"
    for g in sorted(case.right.atoms(gamma), key=str):
        for k in (S(2), S.Half):
            yield case.right.xreplace({g: gamma(g.args[0] * k)}), f"the argument of {g} is off by {k}"
        for half in (S.Half, -S.Half):
            yield from at(g, g.args[0] + half, case)
    for f in elsewhere(case):
        z = f.args[-1]
        letter = z.is_Symbol and not case.right.xreplace({f: S.One}).has(z)  # 2h for h wherever it stands, which has a name of its own
        for again in (z**2, sqrt(z), *(() if letter else (2 * z, z / 2))):
            yield from at(f, again, case)


def circular(case: Case) -> Slips:
    """cos for cosh; e^z or e^(−z) for cosh z, as where half of a series is taken for the whole."""
    for f in sorted(case.right.atoms(*CIRCULAR), key=str):
        again = CIRCULAR[f.func](f.args[0])
        yield case.right.xreplace({f: again}), f"{again} stands in place of {f}"
    for f in sorted(case.right.atoms(cosh, sinh), key=str):
        for again in (exp(f.args[0]), exp(-f.args[0])):
            yield case.right.xreplace({f: again}), f"{again} stands in place of {f}"


def exponential_left_out(case: Case) -> Slips:
    """β for e^β."""
    for e in sorted(case.right.atoms(exp), key=str):
        yield case.right.xreplace({e: e.args[0]}), f"{e.args[0]} stands in place of {e}"


def inverted_argument(case: Case) -> Slips:
    """sin(πq/p) for sin(πp/q)."""
    for f in elsewhere(case):
        number, rest = f.args[-1].as_independent(*f.free_symbols, as_Add=False)
        yield from at(f, number / rest, case)


def elsewhere(case: Case) -> list[Expr]:
    """The functions that may stand at a wrong argument."""
    return sorted((f for f in case.right.atoms(Function) if not isinstance(f, (exp, gamma, log)) and f.args[-1].free_symbols), key=str)


def at(f: Expr, z: Expr, case: Case) -> Slips:
    new = f.func(*f.args[:-1], z)
    yield case.right.xreplace({f: new}), f"{new} stands in place of {f}"
