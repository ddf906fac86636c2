"""The classes of sympy.stats by introspection: the parameters of a class, its switches, what its `check` asks of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from types import ModuleType
from typing import Any

from sympy import And, Basic, Rational, S, Symbol, sympify
from sympy.core.relational import Relational
from sympy.stats import crv_types, drv_types, frv_types, joint_rv_types
from sympy.stats.rv import Distribution

from derive.lint.published import Refusal
from derive.read.assumptions import Knowledge, Stated, settle
from derive.read.names import ReadError

MODULES: tuple[ModuleType, ...] = (crv_types, drv_types, frv_types, joint_rv_types)
TRIED = tuple(map(Rational, ("5", "1/2", "1/3", "3", "2", "3/2", "5/2", "7", "1", "0", "-1", "-5/2", "-2")))
WORDS: tuple[dict[str, bool], ...] = (  # from what says least to what says most
    {}, {"nonnegative": True}, {"positive": True}, {"integer": True}, {"integer": True, "nonnegative": True}, {"integer": True, "positive": True})
BASES = 300  # points that are tried before a class is given up


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


class Made:
    """A class of densities with its switches set; `free` are its parameters."""

    def __init__(self, module: ModuleType, found: type[Distribution], fixed: Mapping[str, Basic]) -> None:
        self.module, self.found, self.fixed = module, found, fixed
        self.any = not found._argnames and takes_any(found)  # any number of values, without names: it is looked at with these
        self.free = ["a", "b", "c"] if self.any else [n for n in found._argnames if n not in fixed]
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
        pairs = [flag.split("=") for flag in flags.split(", ")] if flags else []
        return cls(module, found, {n: S.true if v == "True" else S.false for n, v in pairs})

    def args(self, values: Mapping[str, Basic]) -> list[Basic]:
        return [values.get(n) for n in self.free] if self.any else [self.fixed.get(n, values.get(n)) for n in self.found._argnames]

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


def takes_any(found: type[Distribution]) -> bool:
    """Whether a class without named parameters needs arguments."""
    try:
        found().set  # noqa: B018 - to see whether it has one
        return not found().set
    except Exception:
        return True


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
