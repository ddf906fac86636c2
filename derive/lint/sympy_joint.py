"""The joint densities of sympy.stats whose parameters are vectors and matrices, each in two variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from sympy import Basic, Eq, Expr, Integer, Piecewise, Rational, S, Symbol, sympify
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.grade.notes.worlds import by_use
from derive.grade.writing.totalled import totalled
from derive.language.problem import Parameter, Problem, Variable
from derive.language.totals import Counting, Measure, variable
from derive.lint.published import Published, Refusal
from derive.lint.sentences import sentence
from derive.lint.supports import filled, spelled
from derive.lint.sympy_classes import Made, flat, recorded
from derive.lint.sympy_supports import measures
from derive.read.assumptions import Stated, settle
from derive.read.names import ReadError

NUMBERS = tuple(map(Rational, ("1/2", "2")))
FORMS = ("number", "vector", "chances", "matrix")
LETTERS = ("x", "y", "z", "u", "v", "w")
COUNTED = ("i", "j", "k", "l")


@dataclass(frozen=True)
class Shape:
    """A parameter in two dimensions: a number, two numbers, two chances p and 1 − p, or the matrix L Lᵀ with L = ((a, 0), (b, c))."""

    name: str
    form: str

    def names(self) -> list[str]:
        many = {"vector": "12", "matrix": ("11", "21", "22")}
        return [f"{self.name}{i}" for i in many.get(self.form, [""])]

    def filled(self, values: Mapping[str, Expr]) -> Any:
        first, *rest = (values[name] for name in self.names())
        if self.form == "number":
            return first
        if self.form == "vector":
            return [first, *rest]
        if self.form == "chances":
            return [first, 1 - first]
        b, c = rest
        return [[first**2, first * b], [first * b, b**2 + c**2]]


def joint(made: Made, name: str) -> Published:
    """The density in two variables, for parameters of any values that its `check` lets pass. Raises Refusal where it has no such form."""
    shapes = shapes_of(made)
    symbols = {n: Symbol(n, real=True) for shape in shapes for n in shape.names()}
    ranges = list(measures(instance(made, shapes, symbols).set))
    ends = {s.name for m in ranges if isinstance(m, Counting) for s in m.free_symbols}
    facts: dict[str, dict[str, bool]] = {n: {"integer": True} if n in ends else {} for n in symbols}
    for shape in shapes:
        if shape.form == "matrix":
            facts |= {n: {"positive": True} for n in (shape.names()[0], shape.names()[2])}
    conditions: list[Any] = []
    with recorded(made.module, conditions):
        checked(instance(made, shapes, symbols))
    stated = [Stated(c, str(c)) for c in flat(conditions) if isinstance(c, Relational)]
    told = {s.name for one in stated for s in one.relation.free_symbols}
    facts |= {n: {"positive": True} for shape in shapes if shape.form in ("number", "vector") for n in shape.names()
              if n not in told and asks_for_positive(made, shapes, n)}  # fmt: skip
    try:
        knowledge = settle(facts, stated)
    except ReadError as error:
        raise Refusal(f"its check asks for what cannot be: {error}") from None
    own = {n: s for n, s in knowledge.symbols().items() if isinstance(s, Symbol)}
    one = instance(made, shapes, own)
    places = placed(list(measures(one.set)), set(own))
    density, places = without_last(sympify(one.pdf(*(x for x, _ in places))), places)
    if not isinstance(density, Expr):
        raise Refusal("its density is no formula")
    density = totalled(density, Facts())
    relations = [r.relation for r in knowledge.relations] + [c for _, m in places for c in filled(m)]
    problem = Problem(name, density, tuple(Variable(x, m, spelled(m)) for x, m in places), tuple(Parameter(s) for s in own.values()),
                      tuple(c for c in dict.fromkeys(relations) if c is not S.true))  # fmt: skip
    return customary(problem, {own[s.name] for s in shapes if s.form == "number" and s.name not in told}, made.notes)


def customary(problem: Problem, untold: set[Symbol], notes: tuple[str, ...]) -> Published:
    """The problem with the signs that the use of names implies of which its `check` says nothing, as of degrees of freedom."""
    used = {s: Symbol(s.name, positive=True) for s in untold if by_use([problem.total]).get(s.name, ("",))[0] == "positive" and s.is_positive is None}
    taken = tuple(sentence("taken_positive", name=s) for s in used)
    parameters = tuple(Parameter(used.get(p.symbol, p.symbol)) for p in problem.parameters)
    moved = replace(problem, kernel=problem.kernel.xreplace(used), parameters=parameters,
                    conditions=tuple(c.xreplace(used) for c in problem.conditions))  # fmt: skip
    return Published(moved, only=sentence("two_variables"), notes=(*notes, *taken))


def instance(made: Made, shapes: list[Shape], values: Mapping[str, Expr]) -> Any:
    """The class with these values. Raises Refusal where it takes none."""
    try:
        return made.found(*(made.fixed.get(n, next((s.filled(values) for s in shapes if s.name == n), None)) for n in made.found._argnames))
    except Exception as error:  # what classes of strangers raise is not known
        raise Refusal(f"it does not take these parameters ({type(error).__name__}: {str(error)[:80]})") from None


def checked(one: Any) -> None:
    """Its own `check`. Raises Refusal where it refuses."""
    try:
        one.check(*one.args)
    except Exception as error:
        raise Refusal(f"it does not accept these parameters ({type(error).__name__})") from None


def shapes_of(made: Made) -> list[Shape]:
    """The first forms of the parameters with which it accepts numbers and gives its density a value. Raises Refusal where there are none."""
    for forms in product(FORMS, repeat=len(made.free)):
        shapes = [Shape(n, form) for n, form in zip(made.free, forms, strict=True)]
        if set(forms) != {"number"} and any(works(made, shapes, values) for values in trials(shapes)):
            return shapes
    raise Refusal("no numbers, vectors or matrices were found that its check accepts")


def trials(shapes: list[Shape]) -> Iterator[dict[str, Expr]]:
    names = [n for shape in shapes for n in shape.names()]
    yield {n: Rational(1, i + 3) for i, n in enumerate(names)}
    yield {n: Integer(2) if shape.form == "number" else Rational(1, i + 3) for i, (shape, n) in enumerate((s, n) for s in shapes for n in s.names())}


def asks_for_positive(made: Made, shapes: list[Shape], name: str) -> bool:
    """Whether its `check` lets pass 1/3 and 2 for one number, and neither 0 nor numbers below it."""
    base = next(values for values in trials(shapes) if works(made, shapes, values))

    def passes(value: Expr) -> bool:
        try:
            checked(instance(made, shapes, {**base, name: value}))
            return True
        except Refusal:
            return False

    return all(map(passes, map(Rational, ("1/3", "2")))) and not any(map(passes, map(Rational, ("0", "-1/2", "-1", "-3"))))


def works(made: Made, shapes: list[Shape], values: Mapping[str, Expr]) -> bool:
    try:
        one = instance(made, shapes, values)
        checked(one)
        ranges = list(measures(one.set))
        value = sympify(one.pdf(*(Integer(1) if isinstance(m, Counting) else q for m, q in zip(ranges, NUMBERS, strict=True))))
        return isinstance(value, Expr) and not value.free_symbols and not getattr(value, "is_Matrix", False)
    except Exception:  # what classes of strangers raise is not known
        return False


def placed(ranges: list[Measure], taken: set[str]) -> list[tuple[Symbol, Measure]]:
    """A variable for each range."""
    letters = [n for n in (COUNTED if isinstance(ranges[0], Counting) else LETTERS) if n not in taken]
    return [(variable(n, m), m) for n, m in zip(letters, ranges, strict=False)]


def without_last(density: Basic, places: list[tuple[Symbol, Measure]]) -> tuple[Basic, list[tuple[Symbol, Measure]]]:
    """∑ⱼ f(i, j) [i + j = n] = f(i, n − i), where n − i is in the range of j."""
    (x, first), (y, last) = places
    if not isinstance(density, Piecewise) or len(density.args) != 2 or density.args[1] != (S.Zero, S.true) or not isinstance(last, Counting):
        return density, places
    value, condition = density.args[0]
    gap = (condition.lhs - condition.rhs).expand() if isinstance(condition, Eq) else S.Zero
    at = y - gap * gap.coeff(y)
    inside = Facts().within(x, first)
    if gap.coeff(y) ** 2 != 1 or at.has(y) or not (inside.nonnegative(at - last.lo) and inside.nonnegative(last.hi - at)):
        return density, places
    return value.xreplace({y: at}), places[:1]
