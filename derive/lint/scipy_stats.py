"""The densities that scipy.stats documents: the formula of a docstring, with its support and the ranges of its shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sympy import Contains, Expr, Integer, Rational, S, Symbol, nsimplify, oo, pi
from sympy.logic.boolalg import Boolean

from derive.language.problem import Problem
from derive.language.totals import REALS, Counting, Lebesgue, Measure, substitute
from derive.lint.docstrings import Documented, documented
from derive.lint.published import Instance, Point, Published, Refusal
from derive.lint.sentences import sentence
from derive.lint.stated import Claimed, name_of, problem_of
from derive.read.latex_words import GREEK

LEVELS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)  # quantiles at which formula and program are compared
TINY = 1e-9  # an end so near to a number of few digits stands for that number, left out


def names() -> list[str]:
    """Every distribution of scipy.stats. Raises Refusal where SciPy is not installed."""
    stats = module()
    return [n for n in sorted(dir(stats)) if isinstance(getattr(stats, n), (stats.rv_continuous, stats.rv_discrete))]


def module() -> Any:
    try:
        from scipy import stats
    except ImportError:
        raise Refusal(sentence("no_scipy")) from None
    return stats


def densities(name: str) -> list[str]:
    """The densities that the docstring of one distribution states: "genextreme", "genextreme (2)", … At least one."""
    try:
        count = len(documented(doc(name)))
    except Refusal:
        count = 1
    return [name] + [f"{name} ({i})" for i in range(2, count + 1)]


def doc(name: str) -> str:
    return type(getattr(module(), name)).__doc__ or ""


def published(name: str) -> list[Published]:
    """A density that a distribution documents, in all the ways in which its text can be read: "for x, c > 0" may speak of c alone.

    Raises Refusal where there is no formula, or none that can be read.
    """
    place, _, number = name.partition(" (")
    made = getattr(module(), place)
    one = documented(doc(place))[int(number.rstrip(")") or 1) - 1]
    found, refusal = [], None
    for conditions in (one.conditions, tuple(c for c in one.conditions if not shared(c, one.variable))):
        try:
            found.append(reading(name, made, replace(one, conditions=conditions)))
        except Refusal as error:
            refusal = refusal or error
        if conditions == tuple(c for c in one.conditions if not shared(c, one.variable)):
            break
    if not found:
        raise refusal or Refusal(sentence("no_formula"))
    return found


def shared(condition: str, variable: str) -> bool:
    """Whether a condition is said of the variable together with others: "x, c > 0"."""
    return condition.replace(" ", "").startswith(f"{variable},")


def reading(name: str, made: Any, one: Documented) -> Published:
    """One density as its text states it, with the ranges that the program gives its shapes."""
    whole = not hasattr(made, "pdf")
    one = replace(one, arguments=one.arguments or tuple(spelled(i.name) for i in made._shape_info()))
    facts, order = shapes(made, one)
    own = own_support(made, whole)
    problem = problem_of(Claimed(name, one.formula, one.variable, one.arguments, one.conditions, one.definitions, whole, own, True, facts))
    doubt = "" if states_support(one, own) else sentence("support_of_program")
    return Published(problem, partial(instance, problem, made, order), doubt=doubt, loose=True, program=partial(values, made, order))


def states_support(one: Documented, own: Measure | None) -> bool:
    """Whether the text says where the density is; "a real number x" does so where the program takes all real numbers too."""
    speaking = [c for c in one.conditions if re.search(rf"(?<![A-Za-z\\]){re.escape(one.variable)}(?![A-Za-z])", c)]
    narrow = [c for c in speaking if r"\mathbb" not in c or own in (REALS, Counting(-oo, oo))]
    return bool(narrow) or r"\begin{cases}" in one.formula


def spelled(shape: str) -> str:
    r"""The name of a shape in LaTeX.

    >>> spelled("lambda_"), spelled("n"), spelled("high")
    ('\\lambda', 'n', '\\mathrm{high}')
    """
    bare = shape.rstrip("_")
    return f"\\{bare}" if f"\\{bare}" in GREEK else bare if len(bare) == 1 else rf"\mathrm{{{bare}}}"


def shapes(made: Any, one: Documented) -> tuple[tuple[Boolean, ...], tuple[str, ...]]:
    """What the program asks of its shapes, said of the names in the formula; and these names in the program's order."""
    info = made._shape_info()
    symbols = [name_of(text) for text in one.arguments]
    own = {s.name.rstrip("_"): s for s in symbols}
    if set(own) != {i.name.rstrip("_") for i in info}:  # then they correspond by their places
        if len(own) != len(info):
            return (), ()
        own = {i.name.rstrip("_"): s for i, s in zip(info, symbols, strict=True)}
    pairs = [(own[i.name.rstrip("_")], i) for i in info]
    return tuple(r for s, i in pairs for r in ranged(s, i)), tuple(s.name for s, _ in pairs)


def ranged(s: Symbol, info: Any) -> Iterator[Boolean]:
    """The range of a shape; its ends are left out unless it is a whole number."""
    lo, hi = map(end, info.domain)
    if info.integrality:
        yield Contains(s, S.Integers)
        if lo != -oo:
            yield s >= (lo if info.inclusive[0] and lo != 0 else lo + 1)
    elif lo != -oo:
        yield s > lo
    if hi != oo:
        yield s < hi


def end(value: float) -> Expr:
    """An end of a range as a number: 0 for the smallest double, 1 for the next double after 1, 2π for its double.

    >>> end(5e-324), end(1.0000000000000002), end(6.283185307179586), end(float("-inf"))
    (0, 1, 2*pi, -oo)
    """
    if abs(value) == float("inf"):
        return oo if value > 0 else -oo
    near = Rational(round(value * 4), 4)
    return near if abs(near - value) < TINY else nsimplify(value, [pi], tolerance=TINY)


def own_support(made: Any, whole: bool) -> Measure | None:
    """The support that the program declares, where that does not depend on the shapes."""
    from scipy.stats._distn_infrastructure import rv_generic

    if type(made)._get_support is not rv_generic._get_support:
        return None
    return (Counting if whole else Lebesgue)(end(made.a), end(made.b))


def numbers(order: Sequence[str], point: Point) -> list[float]:
    """The shapes as the program takes them. Raises Refusal where the point gives not all of them a value."""
    given = {s.name: v for s, v in point.items()}
    if missing := [name for name in order if name not in given]:
        raise Refusal(sentence("no_shape", names=", ".join(missing)))
    return [int(v) if (v := given[name]).is_Integer else float(v) for name in order]


def instance(problem: Problem, made: Any, order: Sequence[str], point: Point) -> Instance:
    """The formula with numbers for its parameters. Raises Refusal where the program refuses them."""
    arguments = numbers([n for n in order if n in {p.symbol.name for p in problem.parameters}], point)
    if len(arguments) == len(order) == made.numargs and not made._argcheck(*arguments):
        raise Refusal(sentence("refused_by_program"))
    (v,) = problem.variables
    return substitute(problem.kernel, point), v.symbol, substitute(v.measure, point)


def values(made: Any, order: Sequence[str], point: Point) -> list[tuple[Expr, float]]:
    """Places and the program's density there: at quantiles of its own. Raises Refusal where it gives none."""
    arguments = numbers(order, point)
    law = getattr(made, "pdf", None) or made.pmf
    try:
        places = sorted({float(made.ppf(q, *arguments)) for q in LEVELS})
        found = [(Integer(int(x)) if law == getattr(made, "pmf", None) else Rational(x), float(law(x, *arguments))) for x in places]
    except Exception as error:  # what the programs of strangers raise is not known
        raise Refusal(sentence("program_failed", why=type(error).__name__)) from None
    return found
