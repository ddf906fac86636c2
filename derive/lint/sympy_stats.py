"""The densities of sympy.stats, by introspection: the parameters of a class, what its `check` asks of them, its `set`, its `pdf`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import product
from types import ModuleType
from typing import Any

from sympy import And, Basic, Eq, Expr, FiniteSet, Intersection, Interval, Piecewise, ProductSet, Range, Rational, S, Symbol, sympify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.sets.contains import Contains
from sympy.stats import crv_types, drv_types, frv_types, joint_rv_types
from sympy.stats.rv import Distribution

from derive.algebra.signs import Facts
from derive.grade.totalled import totalled
from derive.language.problem import Parameter, Problem, Variable
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, variable
from derive.lint.published import Instance, Point, Published, Refusal
from derive.read.assumptions import Knowledge, Stated, settle
from derive.read.names import ReadError

MODULES: tuple[ModuleType, ...] = (crv_types, drv_types, frv_types, joint_rv_types)
TRIED = tuple(map(Rational, ("5", "1/2", "1/3", "3", "2", "3/2", "5/2", "7", "1", "0", "-1", "-5/2", "-2")))
WORDS: tuple[dict[str, bool], ...] = (  # from what says least to what says most
    {}, {"nonnegative": True}, {"positive": True}, {"integer": True}, {"integer": True, "nonnegative": True}, {"integer": True, "positive": True})
BASES = 300  # points that are tried before a class is given up


def names() -> list[str]:
    """Every class of sympy.stats that is a density with a name, and every value of its switches: "crv_types.GumbelDistribution".

    >>> "crv_types.KumaraswamyDistribution" in names(), "crv_types.GumbelDistribution(minimum=True)" in names()
    (True, True)
    """
    return [f"{short(module)}.{found.__name__}{spelled}" for module in MODULES for found in classes(module) for spelled in switches(module, found)]


def short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def classes(module: ModuleType) -> list[type[Distribution]]:
    """The densities that a module defines, in the order of its text; those that somebody hands in claim nothing by themselves."""
    found = [c for _, c in inspect.getmembers(module, inspect.isclass) if issubclass(c, Distribution) and c.__module__ == module.__name__]
    return [c for c in found if not c.__name__.endswith("Handmade")]


def switches(module: ModuleType, found: type[Distribution]) -> list[str]:
    """Every choice of the parameters that are true or false by their defaults, as "(minimum=True)"; "" where there are none."""
    flags = [name for name in found._argnames if isinstance(defaults(module, found).get(name), bool)]
    if not flags:
        return [""]
    return [f"({', '.join(f'{n}={v}' for n, v in zip(flags, values, strict=True))})" for values in product((False, True), repeat=len(flags))]


def defaults(module: ModuleType, found: type[Distribution]) -> dict[str, Any]:
    """The defaults of the function that makes random variables of a class."""
    makers = [f for _, f in inspect.getmembers(module, inspect.isfunction) if found.__name__ in f.__code__.co_names]
    return {p.name: p.default for f in makers for p in inspect.signature(f).parameters.values() if p.default is not p.empty}


def published(name: str) -> Published:
    """The density of one class. Raises Refusal where it has no form that can be looked at.

    >>> found = published("crv_types.LevyDistribution").problem
    >>> found.variables[0].measure.lo, [str(c) for c in found.conditions]
    (mu, [])
    """
    made = Made.named(name)
    base, knowledge = made.base(), made.knowledge()
    symbols: dict[str, Basic] = dict(knowledge.symbols())
    only = ""
    try:
        density, places = made.at(symbols)
    except Refusal:
        density, places = made.at(base)  # SymPy needs numbers here
        symbols, only = {}, ", ".join(f"{n} = {v}" for n, v in base.items())
    relations = [r.relation for r in knowledge.relations] if symbols else []
    conditions = relations + [c for _, m in places for c in filled(m)]
    variables = tuple(Variable(x, m, spelled(m)) for x, m in places)
    free = density.free_symbols.union(*(m.free_symbols for _, m in places), *(c.free_symbols for c in conditions))
    parameters = tuple(Parameter(s) for s in symbols.values() if s in free)
    problem = Problem(name, density, variables, parameters, tuple(c for c in dict.fromkeys(conditions) if c is not S.true))
    return Published(problem, partial(instance, name), only, made.notes)


def spelled(measure: Measure) -> str:
    """A support as problem files write it."""
    if isinstance(measure, Lebesgue):
        return f"({measure.lo}, {measure.hi})"
    return f"ZZ[{measure.lo}, {measure.hi}]" if isinstance(measure, Counting) else "{" + ", ".join(map(str, measure.args)) + "}"


def instance(name: str, point: Point) -> Instance:
    """Density and support with numbers for the parameters, as SymPy gives them. Raises Refusal where SymPy refuses the numbers."""
    made = Made.named(name)
    values = {**made.base(), **made.defaults, **{s.name: v for s, v in point.items()}}
    if not made.accepts(values):
        raise Refusal(f"{made.found.__name__} does not accept these parameters")
    density, places = made.at(values)
    if len(places) != 1:
        raise Refusal("it has several variables")
    ((x, measure),) = places
    return density, x, measure


class Made:
    """A class of densities with its switches set; `free` are its parameters."""

    def __init__(self, module: ModuleType, found: type[Distribution], fixed: Mapping[str, Basic]) -> None:
        self.module, self.found, self.fixed = module, found, fixed
        self.free = [n for n in found._argnames if n not in fixed]
        usual = {n: v for n, v in defaults(module, found).items() if n in self.free and isinstance(v, (int, Basic))}
        self.defaults: dict[str, Basic] = {n: sympify(v) for n, v in usual.items()}
        said = ", ".join(f"{n} = {v}" for n, v in fixed.items())
        self.notes: tuple[str, ...] = (f"with {said}",) if said else ()

    @classmethod
    def named(cls, name: str) -> Made:
        """Raises Refusal where there is no such class."""
        place, _, rest = name.partition(".")
        head, _, flags = rest.rstrip(")").partition("(")
        module = next((m for m in MODULES if short(m) == place), None)
        found = next((c for c in classes(module) if c.__name__ == head), None) if module else None
        if module is None or found is None:
            raise Refusal(f"there is no density {name!r} in sympy.stats")
        if not found._argnames and inspect.signature(found.__new__).parameters.keys() != {"cls"} and takes_any(found):
            raise Refusal("it takes any number of values, and no parameters with names")
        pairs = [flag.split("=") for flag in flags.split(", ")] if flags else []
        return cls(module, found, {n: S.true if v == "True" else S.false for n, v in pairs})

    def args(self, values: Mapping[str, Basic]) -> list[Basic]:
        return [self.fixed.get(n, values.get(n)) for n in self.found._argnames]

    def accepts(self, values: Mapping[str, Basic]) -> bool:
        """Whether `check` lets these numbers pass."""
        try:
            self.found.check(*self.args(values))
            return True
        except (ValueError, TypeError, AttributeError):
            return False

    def knowledge(self) -> Knowledge:
        """What `check` asks of the parameters: its inequalities as it states them, and the kinds of numbers it lets pass."""
        real = {n: Symbol(n, real=True) for n in self.free}
        base = self.base()
        conditions: list[Any] = []
        try:
            with recorded(self.module, conditions):
                self.found.check(*self.args(real))
        except (ValueError, TypeError, AttributeError):
            conditions = []
        stated = [Stated(c, str(c)) for c in flat(conditions) if isinstance(c, Relational)]
        told = {s.name for one in stated for s in one.relation.free_symbols} if all(c is not None for c in flat(conditions)) else set()
        facts = {n: {} if n in told else self.kind(n, base) for n in self.free}
        try:
            return settle(facts, stated)
        except ReadError as error:
            raise Refusal(f"its check asks for what cannot be: {error}") from None

    def base(self) -> dict[str, Basic]:
        """Numbers that `check` lets pass. Raises Refusal where none were found."""
        count = len(TRIED)
        for turn in range(BASES):
            values: dict[str, Basic] = {n: TRIED[(turn * (2 * i + 1) + turn // count * (i + 1) + i) % count] for i, n in enumerate(self.free)}
            if self.accepts(values):
                return values
        raise Refusal("no numbers were found that its check accepts: its parameters are no numbers")

    def kind(self, name: str, base: Mapping[str, Basic]) -> dict[str, bool]:
        """What all numbers have in common that `check` accepts for one parameter: the weakest words that fit."""
        good = [v for v in TRIED if self.accepts({**base, name: v})]
        for words in reversed(WORDS):
            if all(getattr(v, f"is_{word}") for v in good for word in words) and self.needs(words, name, base):
                return dict(words)
        return {}

    def needs(self, words: Mapping[str, bool], name: str, base: Mapping[str, Basic]) -> bool:
        """Whether every number without these properties is refused, whatever the others are near the base."""
        bad = [v for v in TRIED if not all(getattr(v, f"is_{word}") for word in words)]
        others = [dict(base), *({**base, n: v} for n in self.free if n != name for v in TRIED)]
        return not any(self.accepts({**values, name: v}) for values in others for v in bad)

    def at(self, values: Mapping[str, Basic]) -> tuple[Expr, list[tuple[Symbol, Measure]]]:
        """The density, and each variable with its support. Raises Refusal where either has no form that is known here."""
        try:
            made = self.found(*self.args(values))
            ranges = list(measures(made.set))
            letters = [n for n in ("x", "y", "z", "u", "v", "w") if n not in self.free] if len(ranges) > 1 else [letter(ranges[0], self.free)]
            places = [(variable(n, m), m) for n, m in zip(letters, ranges, strict=False)]
            law = getattr(made, "pmf", None) or made.pdf
            if finite := points_of(ranges, made):
                return numbered(law, finite, places[0][0].name)
            density = sympify(law(*(x for x, _ in places)))
        except Refusal:
            raise
        except Exception as error:  # what classes of strangers raise is not known
            raise Refusal(f"SymPy cannot give it with parameters that are no numbers ({type(error).__name__}: {str(error)[:120]})") from None
        if not isinstance(density, Expr):
            raise Refusal("its density is no formula")
        return totalled(settled(density, places), Facts()), places


def points_of(ranges: list[Measure], made: Distribution) -> tuple[Expr, ...]:
    """The points of a finite support where SymPy gives the density at numbers only, or where they may be letters."""
    if len(ranges) == 1 and isinstance(ranges[0], Atoms):
        return tuple(ranges[0].points)
    numbers = len(ranges) == 1 and isinstance(ranges[0], Counting) and ranges[0].hi.is_Integer and ranges[0].lo.is_Integer
    return tuple(ranges[0].lo + i for i in range(int(ranges[0].hi - ranges[0].lo) + 1)) if numbers and hasattr(made, "pmf") else ()


def numbered(law: Callable[[Expr], Expr], points: tuple[Expr, ...], name: str) -> tuple[Expr, list[tuple[Symbol, Measure]]]:
    """A density on finitely many points, which are numbered: they may be letters."""
    measure = Atoms(*range(1, len(points) + 1))
    k = variable(name, measure)
    values = [(sympify(law(p)), Eq(k, i)) for i, p in enumerate(points, 1)]
    return Piecewise(*values, (S.Zero, True)), [(k, measure)]


def takes_any(found: type[Distribution]) -> bool:
    """Whether a class without named parameters needs arguments."""
    try:
        found().set  # noqa: B018 - to see whether it has one
        return not found().set
    except Exception:
        return True


def letter(measure: Measure, taken: Iterable[str]) -> str:
    pool = ("k", "j", "x") if isinstance(measure, (Counting, Atoms)) else ("x", "y", "z")
    return next(n for n in pool if n not in taken)


@contextmanager
def recorded(module: ModuleType, conditions: list[Any]) -> Iterator[None]:
    """Adds the conditions that `check` hands to SymPy's own tester of conditions while this context is open."""
    original = module._value_check  # type: ignore[attr-defined]
    module._value_check = lambda condition, message: conditions.append(condition)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module._value_check = original  # type: ignore[attr-defined]


def flat(conditions: Iterable[Any]) -> Iterator[Any]:
    for one in conditions:
        if isinstance(one, (tuple, list)):
            yield from flat(one)
        elif isinstance(one, And):
            yield from one.args
        else:
            yield one


def measures(found: Any) -> Iterator[Measure]:
    """The measures of a support: one for each variable. Raises Refusal for a set that is none of those known here.

    >>> list(measures(S.Naturals)), list(measures(Interval(0, 1)))
    ([Counting(1, oo)], [Lebesgue(0, 1)])
    """
    found = FiniteSet(*found) if isinstance(found, (set, frozenset)) else sympify(found)
    match found:
        case ProductSet():
            for part in found.sets:
                yield from measures(part)
        case Interval():
            yield Lebesgue(found.start, found.end)
        case FiniteSet():
            yield Atoms(*sorted(found.args, key=str)) if not all(e.is_Integer for e in found) else run_of(sorted(found.args))
        case Range() if found.step == 1:
            yield Counting(found.inf, found.sup)
        case S.Naturals:
            yield Counting(1, S.Infinity)
        case S.Naturals0:
            yield Counting(0, S.Infinity)
        case S.Integers:
            yield Counting(S.NegativeInfinity, S.Infinity)
        case S.Reals:
            yield Lebesgue(S.NegativeInfinity, S.Infinity)
        case Intersection():
            yield whole(found)
        case _:
            raise Refusal(f"its support is of a kind that is not known here: {str(found)[:80]}")


def run_of(points: list[Expr]) -> Measure:
    """Integers without a gap as a range."""
    return Counting(points[0], points[-1]) if len(points) > 1 and points[-1] - points[0] == len(points) - 1 else Atoms(*points)


def whole(found: Intersection) -> Measure:
    """The integers between two ends."""
    integers = [part for part in found.args if part in (S.Naturals, S.Naturals0, S.Integers)]
    ends = [part for part in found.args if isinstance(part, Interval)]
    if len(integers) == 1 and len(ends) == 1 and len(found.args) == 2 and ends[0].start.is_Integer and integers[0].inf <= ends[0].start:
        return Counting(ends[0].start, ends[0].end)
    raise Refusal(f"its support is of a kind that is not known here: {str(found)[:80]}")


def filled(measure: Measure) -> Iterator[Boolean]:
    """That a support is not empty: nobody claims a density on nothing."""
    if isinstance(measure, Lebesgue) and measure.lo.is_finite is not False and measure.hi.is_finite is not False:
        yield measure.hi > measure.lo
    elif isinstance(measure, Counting) and measure.free_symbols and measure.lo.is_finite is not False and measure.hi.is_finite is not False:
        yield measure.hi >= measure.lo


def settled(density: Expr, places: list[tuple[Symbol, Measure]]) -> Expr:
    """The density without the cases that only say that it is 0 outside its support, or that a whole number is whole."""
    inside = dict(places)
    whole = density.replace(lambda e: isinstance(e, Contains) and e.args[0] in inside and e.args[1] == S.Integers, lambda e: S.true
                            if isinstance(inside[e.args[0]], (Counting, Atoms)) else e)  # fmt: skip
    return whole.replace(lambda e: isinstance(e, Piecewise), lambda e: Piecewise(*((v, within(c, inside)) for v, c in e.args)))


def within(condition: Boolean, places: Mapping[Symbol, Measure]) -> Boolean:
    """A condition with what the supports say of it decided."""
    known = {r for x, m in places.items() if not isinstance(m, Atoms) for r in (x >= m.lo, x <= m.hi)}
    known |= {r.reversed for r in known if isinstance(r, Relational)}
    return condition.xreplace(dict.fromkeys(known, S.true)) if isinstance(condition, Boolean) else condition
