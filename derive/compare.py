"""A result held against what the author of a problem already knows: the expected outcome, Z, and numbers at points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import mpmath
from sympy import Basic, Expr, Float, IndexedBase, Rational

from derive.language.problem import Problem, Result
from derive.language.totals import substitute
from derive.read.names import ReadError, Scope
from derive.read.text import expression

OUTCOMES = {"closed-form": "normalized", "diverges": "diverges", "negative": "not-a-kernel", "no-closed-form": "open"}
DIGITS = 30
EXACT = 20  # digits that the values of two formulas must share
MEASURED = 8  # digits that a value must share with a number, which somebody got by quadrature


AGREES, DIFFERS, UNDECIDED = "agrees", "differs", "undecided"


def compare(result: Result) -> tuple[str, str] | None:
    """The verdict "agrees", "differs" or "undecided", and why. None where the problem states no answer.

    A closed form where none is expected is no difference by itself: its values decide.
    """
    known = result.problem.known
    expected = OUTCOMES.get(str(known.get("expect", "")))
    if expected and result.outcome != expected and (expected, result.outcome) != ("open", "normalized"):
        short = result.outcome == "undecided" or (expected, result.outcome) == ("normalized", "open")
        return UNDECIDED if short else DIFFERS, f"The outcome is {result.outcome}; {expected} was expected."
    if result.Z is not None and result.outcome == "normalized" and ("Z" in known or known.get("Z_numeric")):
        return compared_values(result, known)
    return (AGREES, f"The outcome {result.outcome} was expected.") if expected else None


def compared_values(result: Result, known: Mapping[str, Any]) -> tuple[str, str]:
    """The first point at which Z and the known value differ, or at how many they agree."""
    count = 0
    try:
        for point, ours, theirs, digits in values(result, known):
            if not mpmath.almosteq(ours, theirs, rel_eps=mpmath.mpf(10) ** -digits, abs_eps=0):
                return DIFFERS, f"Z is {shown(ours)}{place(point)}; {shown(theirs)} is known."
            count += 1
    except (ReadError, TypeError, ValueError, ArithmeticError) as error:
        return UNDECIDED, f"The values of Z could not be compared: {error}."
    return AGREES, f"Z has the known value at {count} point{'s' * (count != 1)}."


def values(result: Result, known: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], mpmath.mpf, mpmath.mpf, int]]:
    """Each known point, our value of Z there, the known one, and to how many digits it is known."""
    points, numbers, formula = known.get("points") or [{}], known.get("Z_numeric") or [], known_formula(result.problem)
    if formula is None and not numbers:
        raise ValueError("the known Z cannot be read, and there is no Z_numeric")
    assert result.Z is not None
    with mpmath.workdps(DIGITS):
        for index, point in enumerate(points if formula is not None else points[: len(numbers)]):
            ours = number(result.Z, point, result.problem)
            if formula is not None:
                yield point, ours, number(formula, point, result.problem), EXACT
            else:
                yield point, ours, mpmath.mpf(str(numbers[index])), MEASURED


def known_formula(problem: Problem) -> Expr | None:
    """The Z that the author states, in the problem's parameters; None where there is none that can be read."""
    try:
        return expression(str(problem.known["Z"]), Scope({p.symbol.name: p.symbol for p in problem.parameters}))
    except (KeyError, ReadError):
        return None


def number(term: Expr, point: Mapping[str, Any], problem: Problem) -> mpmath.mpf:
    """The value of `term` where the parameters take the values of `point`. Raises ValueError where that is not a real number."""
    value = substitute(term, {p.symbol: exact(point[p.symbol.name]) for p in problem.parameters if scalar(p.symbol.name, point)})
    parts = {IndexedBase(name)[i]: exact(v) for name, vs in point.items() if isinstance(vs, list) for i, v in enumerate(vs, 1)}
    result = real_part(value.xreplace(parts).replace(is_theta, theta).evalf(DIGITS))
    if not result.is_Float and not result.is_Rational:
        raise ValueError(f"{term} has no value at {dict(point)}")
    return mpmath.mpmathify(result)


def is_theta(term: Basic) -> bool:
    """Whether a term is a theta function of numbers, which SymPy lacks."""
    return getattr(term.func, "__name__", "") == "jtheta" and not term.free_symbols


def theta(term: Expr) -> Float:
    """The value of jtheta(n, z, q), by mpmath."""
    n, z, q = (mpmath.mpmathify(arg.evalf(2 * DIGITS)) for arg in term.args)
    return Float(mpmath.jtheta(int(n), z, q), DIGITS)


def real_part(value: Expr) -> Expr:
    """The value without an imaginary part that is mere rounding, as polylogarithms leave one."""
    if not value.is_Add:
        return value
    real, imaginary = value.as_real_imag()
    rounding = real.is_Float and imaginary.is_Float and abs(imaginary) < abs(real) * Rational(10) ** -EXACT
    return real if rounding else value


def scalar(name: str, point: Mapping[str, Any]) -> bool:
    return name in point and not isinstance(point[name], list)


def exact(value: Any) -> Rational:
    """The rational number that a point states, as "1/3", "0.7" or 2."""
    return Rational(str(value))


def shown(value: mpmath.mpf) -> str:
    return str(mpmath.nstr(value, 15))


def place(point: Mapping[str, Any]) -> str:
    return " at " + ", ".join(f"{name} = {value}" for name, value in point.items()) if point else ""
