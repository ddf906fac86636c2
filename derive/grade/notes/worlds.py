"""What may be taken of a document's names: what it declares, what their use implies, and what people take without saying so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sympy import (
    Abs,
    Add,
    Basic,
    Contains,
    Eq,
    Function,
    Ge,
    Gt,
    Integral,
    Le,
    Lt,
    Mul,
    Pow,
    S,
    Sum,
    Symbol,
    beta,
    binomial,
    exp,
    factorial,
    gamma,  # fmt: skip
    log,
    loggamma,
)
from sympy.core.facts import InconsistentAssumptions
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from derive.language.totals import Counting, Total

Assumed = dict[str, bool]
REASONS = {
    "gamma": "because the gamma function is taken of it", "log": "because its logarithm is taken",
    "power": "because it is raised to a power that need not be whole", "divided": "because it is divided by",
    "root": "because the root of its square is taken", "factorial": "because a factorial or binomial coefficient is taken of it",
    "end": "because a sum ends there", "converges": "so that the integral or sum converges", "custom": "because the step needs it",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """An assumption that the document does not state, and why it was taken."""

    name: str
    assumption: str
    because: str


@dataclass(frozen=True)
class World:
    """Names with what is assumed of them, relations between them, and which of the assumptions were taken and not declared."""

    assumed: Mapping[str, Assumed]
    relations: tuple[Boolean, ...] = ()
    taken: tuple[Taken, ...] = ()
    symbols: dict[str, Symbol] = field(default_factory=dict, compare=False)

    def symbol(self, name: str) -> Symbol:
        if name not in self.symbols:
            self.symbols[name] = Symbol(name, **(self.assumed.get(name) or {"real": True}))
        return self.symbols[name]


def declared(conditions: Iterable[Boolean]) -> tuple[dict[str, Assumed], list[Relational]]:
    """What conditions say of single names, as assumptions, and the relations that are left. The newest stand last and win.

    >>> x, n = Symbol("x", real=True), Symbol("n", real=True)
    >>> declared([x > 0, Contains(n, S.Integers), x < n])
    ({'x': {'real': True, 'positive': True}, 'n': {'real': True, 'integer': True}}, [x < n])
    """
    assumed: dict[str, Assumed] = {}
    left: list[Relational] = []
    for one in (c for condition in conditions for c in And.make_args(condition)):
        found = fact_of(one)
        if found is not None:
            assumed[found[0]] = merged(assumed.get(found[0], {"real": True}), found[1])
        if isinstance(one, Relational) and not isinstance(one, Eq) and (found is None or not trivial(one)):
            left.append(one)
    return assumed, left


def trivial(one: Relational) -> bool:
    return bool(one.args[0] == 0 or one.args[1] == 0)


def merged(old: Assumed, new: Assumed) -> Assumed:
    """Both together, or the newer where they exclude each other."""
    try:
        Symbol("x", **{**old, **new})
    except InconsistentAssumptions:
        return {"real": True, **new}
    return {**old, **new}


def fact_of(one: Boolean) -> tuple[str, Assumed] | None:
    """What a condition says of a single name's sign or kind."""
    if isinstance(one, Contains) and isinstance(one.args[0], Symbol):
        kind = {S.Integers: {"integer": True}, S.Reals: {"real": True}, S.Naturals0: {"integer": True, "nonnegative": True}}.get(one.args[1])
        return None if kind is None else (one.args[0].name, kind)
    if not isinstance(one, (Gt, Ge, Lt, Le)):
        return None
    low, high = (one.args[1], one.args[0]) if isinstance(one, (Gt, Ge)) else one.args
    strict = isinstance(one, (Gt, Lt))
    if isinstance(high, Symbol) and low.is_number and low.is_nonnegative:
        return high.name, {"positive": True} if strict or low.is_positive else {"nonnegative": True}
    if isinstance(low, Symbol) and high.is_number and high.is_nonpositive:
        return low.name, {"negative": True} if strict or high.is_negative else {"nonpositive": True}
    return None


def by_use(sides: Iterable[Basic]) -> dict[str, tuple[str, str]]:
    """What the use of a name implies: name → (positive or whole, reason)."""
    found: dict[str, tuple[str, str]] = {}

    def note(e: Basic, kind: str, reason: str) -> None:
        if isinstance(e, Symbol) and (e.name not in found or kind == "whole"):
            found[e.name] = (kind, reason)

    for side in sides:
        for node in side.atoms(factorial, binomial, Total):
            if isinstance(node, Total):
                for end in node.measure.args if isinstance(node.measure, Counting) else ():
                    note(end, "whole", "end")
            else:
                note(node.args[0], "whole", "factorial")
        for node in side.atoms(gamma, loggamma, beta, log, Pow, Abs):
            use_of(node, note)
        for total in side.atoms(Total):
            for s in scales(total):
                note(s, "positive", "converges")
    return found


def use_of(node: Basic, note) -> None:  # type: ignore[no-untyped-def]
    if isinstance(node, (gamma, loggamma, beta)):
        for arg in node.args:
            note(arg, "positive", "gamma")
    elif isinstance(node, log):
        note(node.args[0], "positive", "log")
    elif isinstance(node, Abs):
        note(node.args[0], "positive", "root")
    elif isinstance(node, Pow) and not node.exp.is_integer:
        for base in Mul.make_args(node.base):
            note(base.as_base_exp()[0], "positive", "power")
    elif isinstance(node, Pow) and node.exp.is_negative:
        note(node.base, "positive", "divided")


def scales(total: Total) -> list[Symbol]:
    """The names in a total that scale its variable, and do not shift it."""
    shifts: set[Symbol] = set()
    for add in total.body.atoms(Add):
        if total.x in add.args or -total.x in add.args:
            shifts |= {s for s in (*add.args, *(-a for a in add.args)) if isinstance(s, Symbol)}
    inside = {s for node in total.body.atoms(exp, Pow) if total.x in node.free_symbols for s in node.free_symbols}
    return sorted(inside - shifts - {total.x}, key=str)


def worlds(assumed: Mapping[str, Assumed], relations: tuple[Boolean, ...], names: set[str], used: Mapping[str, tuple[str, str]]) -> list[World]:
    """From what is declared alone to what is customary: each takes more."""
    first = World(assumed, relations)
    open_ = sorted(n for n in names if not settled(assumed.get(n, {})))
    whole = {n: use for n, use in used.items() if n in names and use[0] == "whole" and above_zero(assumed.get(n, {}))}
    second = taking(first, {**whole, **{n: used[n] for n in open_ if n in used}})
    third = taking(first, {**whole, **{n: used.get(n, ("positive", "custom")) for n in open_}})
    found = [first]
    for world in (second, third):
        if world.assumed != found[-1].assumed:
            found.append(world)
    return found


def settled(assumed: Assumed) -> bool:
    return any(assumed.get(key) for key in ("positive", "negative", "nonnegative", "nonpositive", "real", "integer"))


def above_zero(assumed: Assumed) -> bool:
    """Whether a name is known to be positive, as in n ≥ 1, and not whether it is whole."""
    return bool(assumed.get("positive")) and "integer" not in assumed


def taking(world: World, more: Mapping[str, tuple[str, str]]) -> World:
    assumed = {**world.assumed}
    taken = []
    for name, (kind, reason) in more.items():
        assumed[name] = {"integer": True, "positive": True} if kind == "whole" else {"positive": True}
        taken.append(Taken(name, f"{name} = 1, 2, ..." if kind == "whole" else f"{name} > 0", REASONS[reason]))
    return World(assumed, world.relations, tuple(taken))


def without_bars(part: Boolean) -> Iterator[Boolean]:
    """|x| < a as x < a and −x < a."""
    low, high = (part.args[1], part.args[0]) if isinstance(part, (Gt, Ge)) else part.args
    if isinstance(part, (Lt, Le, Gt, Ge)) and isinstance(low, Abs) and isinstance(low.args[0], Symbol):
        kind = Lt if isinstance(part, (Lt, Gt)) else Le
        yield from (kind(low.args[0], high), kind(-low.args[0], high))
    else:
        yield part


def usable(part: Boolean) -> bool:
    """Whether a condition speaks of numbers and names alone, so that it declares something and claims nothing deep."""
    return isinstance(part, Contains) or (
        not part.atoms(Function, Integral, Sum) and any(isinstance(a, Symbol) or a.is_polynomial() for a in part.args)
    )
