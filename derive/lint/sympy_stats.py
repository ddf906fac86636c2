"""The densities of sympy.stats as problems: the `set` and the `pdf` of each class, for the parameters that its `check` lets pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from sympy import Basic, Expr, S, Symbol, sympify

from derive.algebra.signs import Facts
from derive.grade.writing.totalled import totalled
from derive.language.problem import Parameter, Problem, Variable
from derive.language.totals import Atoms, Counting, Measure, variable
from derive.lint.published import Instance, Point, Published, Refusal
from derive.lint.sentences import sentence
from derive.lint.supports import filled, spelled
from derive.lint.sympy_classes import MODULES, Made, classes, short, switches
from derive.lint.sympy_joint import joint
from derive.lint.sympy_supports import measures, numbered, points_of, settled


def names() -> list[str]:
    """Every class of sympy.stats that is a density with a name, and every value of its switches: "crv_types.GumbelDistribution".

    >>> "crv_types.KumaraswamyDistribution" in names(), "crv_types.GumbelDistribution(minimum=True)" in names()
    (True, True)
    """
    return [f"{short(module)}.{found.__name__}{spelled}" for module in MODULES for found in classes(module) for spelled in switches(module, found)]


def published(name: str) -> Published:
    """The density of one class. Raises Refusal where it has no form that can be looked at.

    >>> found = published("crv_types.LevyDistribution").problem
    >>> found.variables[0].measure.lo, [str(c) for c in found.conditions]
    (mu, [])
    """
    made = Made.named(name)
    try:
        base, knowledge = made.base(), made.knowledge()
    except Refusal:
        return joint(made, name)
    symbols: dict[str, Basic] = dict(knowledge.symbols())
    only = ""
    try:
        density, places = at(made, symbols)
    except Refusal:
        density, places = at(made, base)  # SymPy needs numbers here
        symbols, only = {}, ", ".join(f"{n} = {v}" for n, v in base.items())
    only = only or (sentence("three_values") if made.any else "")
    relations = [r.relation for r in knowledge.relations] if symbols else []
    conditions = relations + [c for _, m in places for c in filled(m)]
    variables = tuple(Variable(x, m, spelled(m)) for x, m in places)
    free = density.free_symbols.union(*(m.free_symbols for _, m in places), *(c.free_symbols for c in conditions))
    parameters = tuple(Parameter(s) for s in symbols.values() if s in free)
    problem = Problem(name, density, variables, parameters, tuple(c for c in dict.fromkeys(conditions) if c is not S.true))
    return Published(problem, partial(instance, name), only, made.notes)


def instance(name: str, point: Point) -> Instance:
    """Density and support with numbers for the parameters, as SymPy gives them. Raises Refusal where SymPy refuses the numbers."""
    made = Made.named(name)
    values = {**made.base(), **made.defaults, **{s.name: v for s, v in point.items()}}
    if not made.accepts(values):
        raise Refusal(f"{made.found.__name__} does not accept these parameters")
    density, places = at(made, values)
    if len(places) != 1:
        raise Refusal("it has several variables")
    ((x, measure),) = places
    return density, x, measure


def at(made: Made, values: Mapping[str, Basic]) -> tuple[Expr, list[tuple[Symbol, Measure]]]:
    """The density, and each variable with its support. Raises Refusal where either has no form that is known here."""
    try:
        one = made.found(*made.args(values))
        ranges = list(measures(one.set))
        letters = [n for n in ("x", "y", "z", "u", "v", "w") if n not in made.free] if len(ranges) > 1 else [letter(ranges[0], made.free)]
        places = [(variable(n, m), m) for n, m in zip(letters, ranges, strict=False)]
        law = getattr(one, "pmf", None) or one.pdf
        if finite := points_of(ranges, one):
            return numbered(law, finite, places[0][0].name)
        density = sympify(law(*(x for x, _ in places)))
    except Refusal:
        raise
    except Exception as error:  # what classes of strangers raise is not known
        raise Refusal(f"SymPy cannot give it with parameters that are no numbers ({type(error).__name__}: {str(error)[:120]})") from None
    if not isinstance(density, Expr):
        raise Refusal("its density is no formula")
    return totalled(settled(density, places), Facts()), places


def letter(measure: Measure, taken: Iterable[str]) -> str:
    pool = ("k", "j", "x") if isinstance(measure, (Counting, Atoms)) else ("x", "y", "z")
    return next(n for n in pool if n not in taken)
