"""From what was declared to a Problem: names, assumptions, domains, kernel, in that order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Expr, IndexedBase, Symbol
from sympy.core.function import UndefinedFunction
from sympy.logic.boolalg import And, Boolean

from derive.language.problem import Parameter, Problem, Variable
from derive.language.totals import Measure, variable
from derive.read import assumptions, domains, forms, kernels, text
from derive.read.assumptions import Facts, Stated
from derive.read.kernels import Place, Source, located
from derive.read.names import ReadError, Scope
from derive.read.tokens import is_name, near, spelled


@dataclass(frozen=True)
class Declared:
    """A declared parameter. `facts` is None for an indexed family, whose size may be given."""

    name: str
    facts: Facts | None = field(default_factory=dict)
    latex: str = ""
    size: str = ""


@dataclass(frozen=True)
class Draft:
    """A problem as it was declared, before any formula is read.

    `variables` are (name, domain, spelling in LaTeX), `conditions` (key, text).
    """

    sources: tuple[Source, ...]
    variables: tuple[tuple[str, str | Measure, str], ...]
    parameters: tuple[Declared, ...] = ()
    conditions: tuple[tuple[str, str | Boolean], ...] = ()
    functions: Mapping[str, UndefinedFunction] = field(default_factory=dict)
    region: str = ""
    id: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)


def build(draft: Draft) -> Problem:
    """The problem that a draft declares.

    Raises ReadError, with the key and the position, where it declares none.
    """
    refuse_clashes(draft)
    found, whole = undeclared(draft)
    facts = {p.name: dict(p.facts) for p in draft.parameters if p.facts is not None} | {name: {} for name in found}
    notes = [*draft.notes, *remarks(draft, found, whole)]
    for name in whole & set(found):
        facts[name]["integer"] = True
    knowledge = assumptions.settle(merged(facts, draft), stated(draft, facts))
    conditions = tuple(dict.fromkeys(one.relation for one in knowledge.relations))
    scope = with_families(Scope(knowledge.symbols(), draft.functions, spellings(draft, found)), draft)
    variables, scope = ranged(draft, scope, conditions)
    read = kernels.read(draft.sources, Place(scope, variables, conditions, draft.region))
    return Problem(draft.id, read.kernel, variables, listed(draft, scope, found), conditions, draft.title, read.energy,
                   read.written, (*notes, *read.notes), draft.known)


def listed(draft: Draft, scope: Scope, found: list[str]) -> tuple[Parameter, ...]:
    """The parameters, declared ones first."""
    said = spoken_of(draft)
    declared = [Parameter(plain(scope.symbols[p.name]), p.latex) for p in draft.parameters]
    return (*declared, *(Parameter(plain(scope.symbols[name]), "", name in said) for name in found))


def spoken_of(draft: Draft) -> set[str]:
    """The names of which a condition or a symbol of the kernel says something."""
    words = {word for _, condition in draft.conditions for word in re.findall(r"\w+", str(condition))}
    return {*brought_along(draft), *words, *map(spelled, words)}


def remarks(draft: Draft, found: list[str], whole: set[str]) -> Iterator[str]:
    """What was taken for granted of names that nobody said anything about."""
    said = spoken_of(draft)
    if real := [name for name in found if name not in said and name not in whole]:
        yield f"not declared, and taken as real: {', '.join(real)}"
    if ends := [name for name in found if name in whole]:
        yield f"taken as an integer, for ranges of integers end there: {', '.join(ends)}"


def plain(symbol: Expr) -> Symbol:
    return symbol.label if isinstance(symbol, IndexedBase) else symbol


def refuse_clashes(draft: Draft) -> None:
    """No name twice, and each of them a name."""
    seen: dict[str, str] = {}
    named = [("variable", v[0]) for v in draft.variables] + [("parameter", p.name) for p in draft.parameters]
    for kind, name in [*named, *(("function", name) for name in draft.functions)]:
        if not is_name(name):
            raise ReadError(f"{name!r} cannot be the name of a {kind}")
        if name in seen:
            clash = "declared twice" if seen[name] == kind else f"both a {seen[name]} and a {kind}"
            raise ReadError(f"{name!r} is {clash}")
        seen[name] = kind


def spellings(draft: Draft, more: Iterable[str] = ()) -> dict[str, str]:
    """How LaTeX spells the names that are not spelled the obvious way."""
    pairs = [(v[2], v[0]) for v in draft.variables] + [(p.latex, p.name) for p in draft.parameters]
    names = {name for _, name in pairs} | set(more)
    customary = forms.customary(names, any(not source.latex for source in draft.sources))
    return customary | {spelling: name for spelling, name in pairs if spelling}


def bare(draft: Draft, more: Mapping[str, Any] | tuple[str, ...] = ()) -> Scope:
    """Every declared name as a bare real symbol, for looking at formulas before the assumptions are known."""
    names = [v[0] for v in draft.variables] + [p.name for p in draft.parameters if p.facts is not None]
    scope = Scope({name: Symbol(name, real=True) for name in [*names, *more]}, draft.functions, spellings(draft, more))
    families = [p.name for p in draft.parameters if p.facts is None]
    families += [name for name, domain, _ in draft.variables if domains.is_power(domain)]
    return replace(scope, symbols={**scope.symbols, **{name: IndexedBase(Symbol(name, real=True)) for name in families}})


def undeclared(draft: Draft) -> tuple[list[str], set[str]]:
    """The names that kernel and domains use and nobody declared, in their order; and those that must be integers."""
    scope, found, whole = bare(draft), dict[str, None](), set[str]()
    told = conditioned(draft, scope)
    for source in draft.sources:
        with located(source.key):
            found |= dict.fromkeys(used(source, draft, scope, told))
    for name, domain, _ in draft.variables:
        with located(f"domain of {name!r}"):
            for used_name, integer in domains.names_in(domain, scope):
                found[used_name] = None
                whole |= {used_name} if integer else set()
    if draft.region:
        with located("region"):
            found |= dict.fromkeys(text.free_names(draft.region, scope))
    return list(found), whole


def conditioned(draft: Draft, scope: Scope) -> list[str]:
    """The undeclared names that conditions speak of: with β > 0 given, β(x + 1) is a product."""
    told: dict[str, None] = {}
    for key, condition in draft.conditions:
        with located(key):
            told |= dict.fromkeys(text.free_names(condition, scope) if isinstance(condition, str) else sorted(map(str, condition.free_symbols)))
    return [name for name in told if name not in scope.symbols]


def used(source: Source, draft: Draft, scope: Scope, told: Iterable[str] = ()) -> list[str]:
    """The undeclared names of one form of the kernel, `told` those that conditions speak of. LaTeX is asked only where nothing else stands."""
    if isinstance(source.formula, Expr):
        names = sorted((s.name for s in source.formula.free_symbols if isinstance(s, Symbol)), key=str)
        return [name for name in names if name not in scope.symbols]
    if not source.latex:
        applied = (name for name in told if re.search(rf"\b{re.escape(name)}\b", source.formula))
        return [*dict.fromkeys((*text.free_names(source.formula, scope), *applied))]
    if any(not other.latex for other in draft.sources):
        return []
    free = kernels.read_latex(source.formula, replace(bare(draft, tuple(told)), strict=False)).free_symbols
    return sorted(s.name for s in free if isinstance(s, Symbol) and s.name not in scope.symbols)


def merged(facts: dict[str, Facts], draft: Draft) -> dict[str, Facts]:
    """The facts, with those that the symbols of a SymPy kernel bring along."""
    brought = brought_along(draft)
    return {name: {**known, **brought.get(name, {})} for name, known in facts.items()}


def brought_along(draft: Draft) -> dict[str, Facts]:
    return {name: own for source in draft.sources for name, own in carried(source).items() if own}


def carried(source: Source) -> dict[str, Facts]:
    """What the symbols of a SymPy kernel assume."""
    if not isinstance(source.formula, Expr):
        return {}
    symbols = [s for s in source.formula.free_symbols if isinstance(s, Symbol)]
    for s in symbols:
        if sum(other.name == s.name for other in symbols) > 1:
            raise ReadError(f"{source.key} has two different symbols with the name {s.name!r}")
    return {s.name: {key: value for key, value in s.assumptions0.items() if value and key in assumptions.WORDS} for s in symbols}


def stated(draft: Draft, facts: Mapping[str, Facts]) -> Iterator[Stated]:
    """Each condition in bare symbols, with its text."""
    scope = replace(bare(draft, tuple(facts)), strict=False)
    for key, condition in draft.conditions:
        with located(key):
            for relation in relations(condition, scope):
                refuse_strangers(relation, draft, facts)
                yield Stated(relation, str(condition).strip())


def relations(condition: str | Boolean, scope: Scope) -> tuple[Boolean, ...]:
    """The relations that a condition states, in bare symbols."""
    if isinstance(condition, str):
        return text.relation(condition, scope)
    bared = condition.xreplace({s: Symbol(s.name, real=True) for s in condition.free_symbols if isinstance(s, Symbol)})
    return tuple(bared.args) if isinstance(bared, And) else (bared,)


def refuse_strangers(relation: Boolean, draft: Draft, facts: Mapping[str, Facts]) -> None:
    """Conditions speak of parameters."""
    variables = {v[0] for v in draft.variables}
    for name in sorted(s.name for s in relation.free_symbols if isinstance(s, Symbol)):
        if name in variables:
            raise ReadError(f"{name!r} is a variable; what is known of it belongs into its domain")
        if name not in facts and not any(p.name == name for p in draft.parameters):
            raise ReadError(f"{name!r} is neither in the kernel nor in a domain{near(name, facts)}")


def with_families(scope: Scope, draft: Draft) -> Scope:
    """The scope, with the indexed parameters."""
    families = {}
    for p in draft.parameters:
        if p.facts is None:
            with located(f"size of {p.name!r}"):
                families[p.name] = assumptions.indexed(p.name, text.expression(p.size, scope) if p.size else None)
    return replace(scope, symbols={**scope.symbols, **families})


def ranged(draft: Draft, scope: Scope, conditions: tuple[Boolean, ...]) -> tuple[tuple[Variable, ...], Scope]:
    """The variables, outermost first, and the scope with them."""
    made = []
    for name, domain, latex in draft.variables:
        with located(f"domain of {name!r}"):
            measure = domains.measure(domain, scope, conditions)
        if isinstance(measure, domains.Power):
            symbol: Expr = Symbol(name, real=True)
            scope = replace(scope, symbols={**scope.symbols, name: assumptions.indexed(name, measure.size)})
        else:
            symbol = variable(name, measure)
            scope = replace(scope, symbols={**scope.symbols, name: symbol})
        made.append(Variable(symbol, measure, domain if isinstance(domain, str) else str(domain), latex))
    return tuple(made), scope
