"""Expressions as the reader of LaTeX gives them: primes as derivatives at points, arguments, names that are bound, and what would be misread."""

from __future__ import annotations

from collections.abc import Collection

from sympy import Basic, Derivative, Expr, Integral, Limit, Product, Subs, Sum, Symbol, Tuple
from sympy.core.function import AppliedUndef

from derive.grade.writing.outside import Outside
from derive.language.totals import Total
from derive.read import latex_heads as heads

PRIMED = "u°"  # the variable of F'(c)


def at_points(e: Expr, moving: Collection[str]) -> Expr:
    """The expression with every prime as a derivative by a name that nothing else has, at the argument."""
    own = Symbol(PRIMED, real=True)
    slope, at = (e.expr, e.point[0]) if isinstance(e, Subs) else (e, None)
    if isinstance(slope, Derivative) and isinstance(slope.expr, AppliedUndef) and len(slope.expr.args) == 1:
        ((name, order),) = slope.variable_count
        if at is not None or name.name not in moving:
            return Subs(Derivative(slope.expr.func(own), (own, order)), own, name if at is None else at_points(at, moving))
    if not e.has(Subs, Derivative):
        return e
    return e.func(*(at_points(a, moving) if isinstance(a, Expr) else a for a in e.args))


def flat(applied: AppliedUndef) -> list[Expr]:
    """The arguments of f(x), f(x; θ), f(x | θ)."""
    out: list[Expr] = []
    for arg in applied.args:
        inner = arg.args if isinstance(arg, (heads.Given, Tuple)) else (arg,)
        out += [x for a in inner for x in (a.args if isinstance(a, Tuple) else (a,))]
    return out


def ends(e: Basic, bound: Collection[str]) -> set[Basic]:
    """The names at the ends of integrals over these: what an integral over x ends at does not depend on x, whatever it was before."""
    limits = [one for node in e.atoms(Integral) for one in node.limits if one[0].name in bound]
    return {s for one in limits for end in one[1:] for s in end.free_symbols}


def bound_names(e: Basic) -> set[str]:
    """The names that are bound somewhere in an expression."""
    limits = {node.limits[i][0].name for node in e.atoms(Integral, Sum, Product) for i in range(len(node.limits))}
    return (
        limits
        | {v.name for d in e.atoms(Derivative) for v in d.variables}
        | {t.x.name for t in e.atoms(Total)}
        | {str(x.args[1]) for x in e.atoms(Limit)}
    )


def refuse_strange(e: Expr) -> None:
    """Raises Outside for what would be misread as plain real numbers."""
    if e.atoms(heads.Expectation, heads.Probability, heads.Variance, heads.Covariance, heads.Norm, heads.Given):
        raise Outside("expectations and probabilities of events are not read")
    names = {s.name for s in e.free_symbols if s.name != "j" or not s.is_integer}  # a j that is declared whole is no unit
    if names & {"i", "j"}:
        raise Outside("i and j may be the imaginary unit or an index")
    if "d" in names or any(isinstance(s, Symbol) and s.name.startswith("d_") for s in e.free_symbols):
        raise Outside("a d that is no differential of an integral is not read")
    for d in e.atoms(Derivative):
        if not all(v in d.expr.free_symbols for v in d.variables):
            raise Outside("a derivative of what does not show the variable is not read")
    for node in e.atoms(Sum, Product):
        bound = {limits[0].name for limits in node.limits}
        if any(set(s.name.split("_")[1:]) & bound for s in node.function.free_symbols):
            raise Outside("indexed names under a sum or product are not read")
    if any(node.expr.atoms(AppliedUndef) for node in e.atoms(Subs)):
        raise Outside("it is the derivative of a function of which no formula is known here")
