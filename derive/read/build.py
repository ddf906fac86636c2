"""From what was declared to a Problem: names, assumptions, domains, kernel, in that order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import sympy
from sympy import Expr, IndexedBase, Integral, Mul, Piecewise, Product, S, Sum, Symbol
from sympy.core.function import UndefinedFunction
from sympy.logic.boolalg import And, Boolean

from derive.language.problem import Parameter, Problem, Variable
from derive.language.totals import Measure, variable
from derive.read import agree, assumptions, domains, functions, text
from derive.read.assumptions import Facts, Stated
from derive.read.names import ReadError, Scope
from derive.read.tokens import is_name, near

SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer")


@dataclass(frozen=True)
class Source:
    """One form in which the kernel was given; `key` is the key of the file, or what to call it."""

    key: str
    formula: str | Expr
    latex: bool = False
    energy: bool = False


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


@contextmanager
def located(where: str) -> Iterator[None]:
    """Put the place in front of the message of whatever ReadError comes from inside."""
    try:
        yield
    except ReadError as error:
        raise ReadError(f"{where}: {error.message}", error.source, error.position) from None


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
    scope = with_families(Scope(knowledge.symbols(), draft.functions, spellings(draft)), draft)
    variables, scope = ranged(draft, scope, conditions)
    kernel, energy, written = kernels(draft, scope, variables, conditions)
    parameters = [Parameter(plain(scope.symbols[p.name]), p.latex) for p in draft.parameters]
    parameters += [Parameter(plain(scope.symbols[name]), "", declared=False) for name in found]
    return Problem(draft.id, kernel, variables, tuple(parameters), conditions, draft.title, energy, written, tuple(notes),
                   draft.known)


def remarks(draft: Draft, found: list[str], whole: set[str]) -> Iterator[str]:
    """What was taken for granted of names that nobody said anything about."""
    said = set(brought_along(draft)) | {name for _, condition in draft.conditions for name in words_of(condition)}
    if real := [name for name in found if name not in said and name not in whole]:
        yield f"not declared, and taken as real: {', '.join(real)}"
    if ends := [name for name in found if name in whole]:
        yield f"taken as an integer, for ranges of integers end there: {', '.join(ends)}"


def words_of(condition: str | Boolean) -> set[str]:
    """The names in a condition."""
    return set(re.findall(r"\w+", str(condition)))


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


def spellings(draft: Draft) -> dict[str, str]:
    """How LaTeX spells the names that are not spelled the obvious way."""
    pairs = [(v[2], v[0]) for v in draft.variables] + [(p.latex, p.name) for p in draft.parameters]
    return {spelling: name for spelling, name in pairs if spelling}


def bare(draft: Draft, more: Mapping[str, Any] | tuple[str, ...] = ()) -> Scope:
    """Every declared name as a bare real symbol, for looking at formulas before the assumptions are known."""
    names = [v[0] for v in draft.variables] + [p.name for p in draft.parameters if p.facts is not None]
    scope = Scope({name: Symbol(name, real=True) for name in [*names, *more]}, draft.functions, spellings(draft))
    families = [p.name for p in draft.parameters if p.facts is None]
    families += [name for name, domain, _ in draft.variables if domains.is_power(domain)]
    return replace(scope, symbols={**scope.symbols, **{name: IndexedBase(Symbol(name, real=True)) for name in families}})


def undeclared(draft: Draft) -> tuple[list[str], set[str]]:
    """The names that kernel and domains use and nobody declared, in their order; and those that must be integers."""
    scope, found, whole = bare(draft), dict[str, None](), set[str]()
    for source in draft.sources:
        with located(source.key):
            found |= dict.fromkeys(used(source, draft, scope))
    for name, domain, _ in draft.variables:
        with located(f"domain of {name!r}"):
            for used_name, integer in domains.names_in(domain, scope) if isinstance(domain, str) else ():
                found[used_name] = None
                whole |= {used_name} if integer else set()
    if draft.region:
        with located("region"):
            found |= dict.fromkeys(text.free_names(draft.region, scope))
    return list(found), whole


def used(source: Source, draft: Draft, scope: Scope) -> list[str]:
    """The undeclared names of one form of the kernel. LaTeX is asked only where nothing else stands."""
    if isinstance(source.formula, Expr):
        names = sorted((s.name for s in source.formula.free_symbols if isinstance(s, Symbol)), key=str)
        return [name for name in names if name not in scope.symbols]
    if not source.latex:
        return list(text.free_names(source.formula, scope))
    if any(not other.latex for other in draft.sources):
        return []
    free = read_latex(source.formula, replace(scope, strict=False)).free_symbols
    return sorted(s.name for s in free if isinstance(s, Symbol) and s.name not in scope.symbols)


def read_latex(formula: str, scope: Scope) -> Expr:
    """A formula in LaTeX. The reader is loaded only where there is LaTeX."""
    from derive.read import latex

    return latex.expression(formula, scope)


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
    scope = bare(draft, tuple(facts))
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
            measure = domain if isinstance(domain, Measure) else domains.measure(domain, scope, conditions)
        if isinstance(measure, domains.Power):
            symbol: Expr = Symbol(name, real=True)
            scope = replace(scope, symbols={**scope.symbols, name: assumptions.indexed(name, measure.size)})
        else:
            symbol = variable(name, measure)
            scope = replace(scope, symbols={**scope.symbols, name: symbol})
        made.append(Variable(symbol, measure, domain if isinstance(domain, str) else str(domain), latex))
    return tuple(made), scope


def kernels(draft: Draft, scope: Scope, variables: tuple[Variable, ...],
            conditions: tuple[Boolean, ...]) -> tuple[Expr, Expr | None, Expr | None]:
    """The kernel, its energy where one was given, and the kernel as it was written."""
    said = [(source, formula(source, scope)) for source in draft.sources]
    (first, kernel), *others = [(source, value(source, what)) for source, what in said]
    for source, other in others:
        where = agree.difference(kernel, other, variables, conditions)
        if where is not None:
            raise ReadError(f"{first.key} and {source.key} do not agree{f' at {where}' if where else ''}: {kernel} and {other}")
    refuse_constants(first, kernel)
    energy = next((what for source, what in said if source.energy), None)
    if not draft.region:
        return kernel, energy, as_written(first, scope)
    with located("region"):
        return restricted(kernel, text.relation(draft.region, scope)), energy, None


def formula(source: Source, scope: Scope) -> Expr:
    """What a source says, in the names of `scope`."""
    with located(source.key):
        if isinstance(source.formula, str):
            return (read_latex if source.latex else text.expression)(source.formula, scope)
        names = {s: scope.symbols[s.name] for s in source.formula.free_symbols if isinstance(s, Symbol)}
        for old, new in names.items():
            refuse_overclaim(old, new)
        return source.formula.xreplace(names)


def refuse_overclaim(old: Symbol, new: Expr) -> None:
    """SymPy simplifies by a symbol's assumptions at once, so none may say more than the domain does."""
    more = [fact for fact in SIGNS if getattr(old, f"is_{fact}") and not getattr(new, f"is_{fact}")]
    if more:
        raise ReadError(f"the symbol {old} is assumed {', '.join(more)}, but its domain does not say so")


def value(source: Source, said: Expr) -> Expr:
    """The kernel that a source states."""
    with located(source.key):
        if not isinstance(said, Expr):
            raise ReadError("a relation or a list stands where a number should")
        return functions.exponential(-said) if source.energy else said


def restricted(kernel: Expr, region: tuple[Boolean, ...]) -> Expr:
    """The kernel inside a region, and 0 outside."""
    return Piecewise((kernel, And(*region)), (S.Zero, True))


def refuse_constants(source: Source, kernel: Expr) -> None:
    """A kernel has values; it is not infinite, and no constant that is not real."""
    outside = kernel.replace(lambda e: isinstance(e, (Sum, Product, Integral)), lambda e: S.One)
    for infinite in (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN):
        if outside.has(infinite):
            raise ReadError(f"{source.key}: {infinite} stands where a number should")
    if kernel.is_number and kernel.is_extended_real is False:
        raise ReadError(f"{source.key}: the constant {kernel} is not real")


def as_written(source: Source, scope: Scope) -> Expr | None:
    """The kernel before SymPy rearranges it; None where it was not given as text, or SymPy cannot hold it in that form."""
    if source.latex or not isinstance(source.formula, str):
        return None
    written = text.written(source.formula, scope)
    if written is None or not source.energy:
        return written
    return sympy.exp(Mul(S.NegativeOne, written, evaluate=False), evaluate=False)
