"""What a table of named families holds, and how the parameters of a template are solved for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations, product

from sympy import Expr, Symbol, count_ops, sympify
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import inverse
from derive.algebra.signs import Facts

Letters = Mapping[str, object]  # an expression for each letter; tuples of expressions match in any order


@dataclass(frozen=True)
class Named:
    """A family as a textbook states it: its density at x with its parameters, and how these show in the form of its kernel.

    `form` names the reader (derive.families.forms) whose letters `reads` gives in terms of the parameters. The density is a
    function of u = x − at, where the reader finds `at`; where `reads` does not give `at`, it is a location parameter, shown where
    it is not 0. `real` names the parameters that may have any sign. `strict`: the family is named only where its parameters look
    no longer than those of the next one in the table.
    """

    name: str
    form: str
    parameters: tuple[str, ...]
    reads: Callable[..., Letters]
    density: Callable[..., Expr]
    real: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    strict: bool = False
    conditions: Callable[..., tuple[Boolean, ...]] = field(default=lambda *parameters: ())


@dataclass(frozen=True)
class Shape:
    """What a reader found: its letters' values, and the variable that densities of this form are written in."""

    letters: Mapping[str, object]
    variable: Expr


@cache
def template(named: Named) -> tuple[tuple[Symbol, ...], dict[str, object]]:
    """The family's own symbols and the letters in terms of them."""
    unknowns = tuple(Symbol(p, **({"real": True} if p in named.real else {"positive": True, "integer": True} if p in named.whole
                                  else {"positive": True})) for p in named.parameters)  # fmt: skip
    return unknowns, {letter: tuple(map(sympify, e)) if isinstance(e, tuple) else sympify(e)
                      for letter, e in named.reads(*unknowns).items()}


def candidates(named: Named, letters: Mapping[str, object], facts: Facts) -> Iterator[dict[Symbol, Expr]]:
    """Values of the family's parameters that the letters suggest."""
    unknowns, wanted = template(named)
    for pairs in paired(wanted, letters):
        values = solved(pairs, unknowns, facts)
        if values is not None:
            yield values


def paired(wanted: Mapping[str, object], letters: Mapping[str, object]) -> Iterator[list[tuple[Expr, Expr]]]:
    """Equations between the template's letters and those found; a list of roots is matched in each order."""
    plain, ways = [], []
    for letter, e in wanted.items():
        found = letters.get(letter)
        if found is None:
            return
        if not isinstance(e, tuple):
            plain.append((e, found))
        elif not isinstance(found, tuple) or len(found) != len(e):
            return
        else:
            ways.append([list(zip(e, order, strict=True)) for order in permutations(found)])
    for choice in product(*ways):
        yield plain + [pair for pairs in choice for pair in pairs]


def solved(pairs: list[tuple[Expr, Expr]], unknowns: tuple[Symbol, ...], facts: Facts) -> dict[Symbol, Expr] | None:
    """Solve template = value, one equation in one unknown after the other; None where the equations contradict each other."""
    known: dict[Symbol, Expr] = {}
    pending = list(pairs)
    while pending:
        pair = next((p for p in pending if len(p[0].free_symbols - known.keys()) < 2), None)
        if pair is None:
            return None
        pending.remove(pair)
        left, right = pair
        free = left.free_symbols - known.keys()
        left = left.xreplace(known)
        if not free:
            if not equal(left, right, facts):
                return None
            continue
        (unknown,) = free
        value = inverse(left, unknown, right, facts)
        if value is None:
            return None
        known[unknown] = tidy(value, facts)
    return known if set(known) >= set(unknowns) else None


def tidy(value: Expr, facts: Facts) -> Expr:
    """A parameter in its shorter form."""
    try:
        found = canonical(value, facts)
        return value if found == value else min((found, value), key=lambda e: (count_ops(e), str(e)))
    except TooLarge:
        return value
