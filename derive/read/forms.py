"""Several forms of one kernel held against each other, and the form in which it was written, kept through pickling."""

from __future__ import annotations

import copyreg
from dataclasses import fields
from typing import Any

from sympy import Add, Basic, Expr, Function, Mul, Pow, cancel, expand_log, log
from sympy.logic.boolalg import Boolean

from derive.language.problem import Problem, Variable
from derive.read import agree
from derive.read.names import ReadError

SHORT = {"lam": "lambda", "bet": "beta", "eps": "epsilon", "gam": "gamma", "alp": "alpha", "del": "delta", "zet": "zeta",
         "sig": "sigma", "kap": "kappa", "ome": "omega", "the": "theta", "lamda": "lambda", "lambda_": "lambda",
         "gamma_": "gamma", "beta_": "beta"}


def customary(names: set[str], beside_text: bool) -> dict[str, str]:
    """LaTeX spellings of names that are cut short because Python or SymPy takes the full one: lam is \\lambda.

    Beside a kernel in text, N0 may also be spelled N, for the two forms are compared.

    >>> customary({"lam", "beta", "bet"}, False)
    {'\\\\lambda': 'lam'}
    """
    found = {f"\\{full}": short for short, full in SHORT.items() if short in names and full not in names}
    if "eps" in names and not names & {"epsilon", "varepsilon"}:
        found["\\varepsilon"] = "eps"
    plain = {name[0]: name for name in names if len(name) == 2 and name[1] == "0" and name[0] not in names}
    return found | (plain if beside_text else {})


def refuse_difference(first: str, kernel: Expr, key: str, other: Expr, variables: tuple[Variable, ...],
                      conditions: tuple[Boolean, ...]) -> str:
    """A note where two forms could not be compared, else "". Raises ReadError where they differ, with a point."""
    where = agree.difference(kernel, other, variables, conditions)
    if where:
        raise ReadError(f"{first} and {key} do not agree: they are read as {kernel} and {other}, which differ at {where}")
    return "" if where is None else f"{first} and {key} could not be compared"


def temperature(kernel: Expr, energy: Expr, variables: tuple[Variable, ...]) -> Expr | None:
    """The factor c, free of the variables, with kernel = exp(-c*energy); None where there is none.

    >>> from sympy import exp
    >>> from sympy.abc import beta, x
    >>> temperature(exp(-beta*x**2), x**2, ())
    beta
    """
    if energy == 0 or kernel == 0:
        return None
    factor = cancel(-expand_log(log(kernel), force=True) / energy)
    bound = {v.symbol for v in variables}
    return factor if factor != 0 and not factor.free_symbols & bound else None


def freeze(term: Any) -> Any:
    """A term as nested pairs (class, arguments), which pickling does not rearrange."""
    return term if not isinstance(term, Basic) or not term.args else (type(term), tuple(map(freeze, term.args)))


def thaw(form: Any) -> Any:
    """The term that `freeze` took apart, unevaluated as it was."""
    if not isinstance(form, tuple):
        return form
    kind, args = form[0], tuple(map(thaw, form[1]))
    keep = {"evaluate": False} if issubclass(kind, (Add, Mul, Pow, Function)) else {}
    return kind(*args, **keep)


def restore(values: dict[str, Any]) -> Problem:
    return Problem(**{**values, "kernel_written": thaw(values["kernel_written"])})


def reduce(problem: Problem) -> tuple[Any, ...]:
    """How a Problem is pickled: SymPy would evaluate the written kernel on the way back."""
    values = {field.name: getattr(problem, field.name) for field in fields(problem)}
    return restore, ({**values, "kernel_written": freeze(problem.kernel_written)},)


copyreg.pickle(Problem, reduce)  # type: ignore[arg-type]
