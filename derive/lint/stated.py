r"""A density as a text states it in LaTeX (formula, conditions, definitions) as a problem whose kernel claims the total 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sympy import Abs, And, Basic, Contains, Eq, Expr, Function, Ge, Gt, Lambda, Le, Lt, Mul, Ne, Piecewise, S, Symbol, Tuple, expand_power_exp, oo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.language.problem import Problem
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Measure, substitute
from derive.lint.published import Refusal
from derive.lint.sentences import sentence
from derive.lint.supports import filled
from derive.lint.unions import gapped, interval, ordered, outside, parted
from derive.read.asked import problem
from derive.read.latex import expression, statement
from derive.read.latex_heads import Expectation, Given, Probability
from derive.read.names import ReadError, Scope

LIST = re.compile(r"\s*(?P<names>[^,<>=]+(?:,[^,<>=]+)+?)\s*(?P<rest>(?:[<>=]|\\(?:ge|le|geq|leq|in|neq?)(?![A-Za-z])).*)", re.DOTALL)
NATURAL = re.compile(r"(.*?)\\in\s*(?:\\mathbb\s*\{?\s*N\s*\}?)\s*", re.DOTALL)
SIGNED = re.compile(r"\s*(\\?[A-Za-z]+(?:_\w)?)\s*>\s*0\s*")
STRICT = {Ge: Gt, Le: Lt}
MOST_ROUNDS = 6  # definitions inside definitions


@dataclass(frozen=True)
class Claimed:
    """What a text says of one density, as LaTeX; `definitions` are pairs such as (B, m/|b| - |b|) or (R(t), …).

    `whole`: for integers and not for reals. `support` is taken where the conditions say nothing of the variable; `closed`: every
    name must be an argument, or be explained by a definition. `facts` are SymPy relations that are known otherwise.
    """

    id: str
    formula: str
    variable: str
    arguments: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    support: Measure | None = None
    closed: bool = False
    facts: tuple[Boolean, ...] = ()


def problem_of(claimed: Claimed) -> Problem:
    r"""The problem whose kernel is the density. Raises Refusal where the text cannot be read with certainty.

    The ends of closed ranges of parameters are left out: formulas are often meant as limits there.

    >>> problem_of(Claimed("e", r"\lambda e^{-\lambda x}", "x", (r"\lambda",), (r"x \ge 0", r"\lambda \ge 0"))).total
    Integral(lambda*exp(-lambda*x), (x, 0, oo))
    """
    x = name_of(claimed.variable)
    own = {x.name: x} | {s.name: s for s in map(name_of, claimed.arguments)}
    signed = {s.name: s for s in map(name_of, named_in(claimed.conditions))}
    scope = Scope(signed | own, {name: Function(name) for name in functions(claimed.definitions)}, strict=False)
    known = meanings(claimed.definitions, scope)
    density = explained(read(claimed.formula, scope), known)
    plain, parts = parted(claimed.conditions, claimed.variable)
    relations = [explained(r, known) for text in plain for r in conditions(text, scope, claimed.variable)]
    relations += [r for r in claimed.facts if r is not S.true]
    density, relations = fixed(density, relations)
    refuse_unexplained(density, set(own.values()), claimed.closed)
    density, relations = without_zero(density, relations, x)
    own_relations = [r for r in relations if x in r.free_symbols and r != Contains(x, S.Reals)]
    gaps = [interval(list(conditions(part, scope, claimed.variable)), x) for part in parts] if not own_relations else []
    gaps = ordered(gaps, Facts([r for r in relations if not r.has(x)])) if gaps else []
    gaps = gaps or ([] if parts or claimed.whole else outside(own_relations, x))
    if parts and not gaps:
        raise Refusal(sentence("support", text=" and ".join(dict.fromkeys([*parts, *map(in_words, own_relations)]))))
    pieces, measure = gapped(density, x, gaps) if gaps else (density, support([r for r in relations if x in r.free_symbols], x, claimed))
    ends = Tuple(measure, *(end for pair in gaps for end in pair)).free_symbols
    names = density.free_symbols | ends
    given = [r for r in relations if x not in r.free_symbols and r.free_symbols <= names]
    refuse_free_factor(density, x, ends)
    density = pieces
    try:
        made = problem(inside(density, x, measure), {x.name: measure}, list(said(given, measure)), id=claimed.id)
    except ReadError as error:
        raise Refusal(str(error)) from None
    left_out = any(isinstance(r, (Ge, Le)) for r in given)
    return replace(made, notes=(*made.notes, sentence("ends_left_out"))) if left_out else made


def named_in(conditions: Iterable[str]) -> Iterator[str]:
    r"""The names whose sign conditions state, each on its own: with \gamma > 0, \gamma[1 + x] is a product.

    >>> list(named_in([r"\gamma, s > 0", "a < b"]))
    ['\\gamma', 's']
    """
    found = (SIGNED.fullmatch(one) for text in conditions for one in in_list(text))
    yield from dict.fromkeys(match[1] for match in found if match)


def name_of(text: str) -> Symbol:
    """The symbol that LaTeX spells. Raises Refusal where it is no name."""
    found = read(text, Scope(strict=False))
    if not isinstance(found, Symbol):
        raise Refusal(sentence("not_a_name", text=text.strip()))
    return Symbol(found.name, real=True)


def read(text: str, scope: Scope) -> Expr:
    try:
        found = expression(text, scope)
    except ReadError as error:
        raise Refusal(str(error)) from None
    if not isinstance(found, Expr) or found.has(Given, Expectation, Probability):
        raise Refusal(sentence("no_value", text=" ".join(text.split())[:80]))
    return found


def functions(definitions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The names that are defined as functions: R in R(t) = …"""
    for head, _ in definitions:
        if match := re.fullmatch(r"\s*\\?([A-Za-z]+)\s*\([^()]*\)\s*", head):
            yield match[1]


def meanings(definitions: Iterable[tuple[str, str]], scope: Scope) -> dict[Basic, Expr]:
    """What names and functions stand for."""
    known: dict[Basic, Expr] = {}
    for head, value in definitions:
        left = read(head, scope)
        if isinstance(left, AppliedUndef) and all(isinstance(a, Symbol) for a in left.args):
            known[left.func] = Lambda(left.args, read(value, scope))
        elif isinstance(left, Symbol) and left not in scope.symbols.values():
            known[left] = read(value, scope)
    return known


def explained(e: Expr, known: Mapping[Basic, Expr]) -> Expr:
    """A formula with every definition put in."""
    for _ in range(MOST_ROUNDS):
        before = e
        e = e.replace(lambda a: isinstance(a, AppliedUndef) and a.func in known, lambda a: known[a.func](*a.args))
        e = substitute(e, {k: v for k, v in known.items() if isinstance(k, Symbol)})
        if e == before:
            return e
    raise Refusal(sentence("circular"))


def conditions(text: str, scope: Scope, variable: str) -> Iterator[Boolean]:
    """The relations that a text states; "a, b > 0" states two. Raises Refusal for one that cannot be read."""
    for one in in_list(text, variable):
        try:
            found = statement(one, scope)
        except ReadError as error:
            raise Refusal(sentence("condition", text=text.strip(), why=str(error))) from None
        for part in found.args if isinstance(found, (And, Tuple)) else (found,):
            for relation in And.make_args(part):
                if not isinstance(relation, (Relational, Contains)) and relation is not S.true:
                    raise Refusal(sentence("condition", text=text.strip(), why=sentence("no_relation")))
                if relation is not S.true:
                    yield relation


def in_list(text: str, variable: str = "") -> Iterator[str]:
    r"""The conditions of a list of names.

    >>> list(in_list("a, b > 0")), list(in_list(r"k = 0, 1, \dots, n"))
    (['a > 0', 'b > 0'], ['k = 0, 1, \\dots, n'])
    """
    match = LIST.fullmatch(text)
    names = [f"{name.strip()} {match['rest']}" for name in match["names"].split(",")] if match else [text]
    for one in names:
        natural = NATURAL.fullmatch(one)  # where 0 may be one of them or not, it is left out
        yield from (rf"{natural[1]} \in \mathbb{{Z}}", rf"{natural[1]} \ge 1") if natural and natural[1].strip() != variable else (one,)


def fixed(density: Expr, relations: list[Boolean]) -> tuple[Expr, list[Boolean]]:
    """Parameters that a condition such as c = 0 gives a value have that value."""
    values = {r.lhs: r.rhs for r in relations if isinstance(r, Eq) and isinstance(r.lhs, Symbol) and r.rhs.is_number}
    left = [r for r in relations if not isinstance(r, Eq)]
    if len(left) + len(values) != len(relations):
        raise Refusal(sentence("equation"))
    return density.xreplace(values), [r.xreplace(values) for r in left]


def refuse_unexplained(density: Expr, own: set[Symbol], closed: bool) -> None:
    if strangers := sorted(f.func.__name__ for f in density.atoms(AppliedUndef)):
        raise Refusal(sentence("unexplained", names=", ".join(strangers)))
    if closed and (names := sorted(s.name for s in density.free_symbols - own)):
        raise Refusal(sentence("unexplained", names=", ".join(names)))


def refuse_free_factor(density: Expr, x: Symbol, ends: set[Basic]) -> None:
    """A name that stands only in a factor without the variable may be the constant that is to be found: nothing is claimed then."""
    constant, rest = expand_power_exp(density).as_independent(x, as_Add=False)
    if names := sorted(s.name for s in constant.free_symbols - rest.free_symbols - ends):
        raise Refusal(sentence("free_factor", names=", ".join(names)))


def without_zero(density: Expr, relations: list[Boolean], x: Symbol) -> tuple[Expr, list[Boolean]]:
    """A density in cases that is one formula, and zero otherwise, or one times an indicator, as that formula with its support."""
    if any(x in r.free_symbols for r in relations):
        return density, relations
    inside = [f for f in Mul.make_args(density) if isinstance(f, Piecewise) and f.has(x)]
    if len(inside) == 1 and len(inside[0].args) == 2 and inside[0].args[0][0] == 1 and inside[0].args[1] == (0, True):  # an indicator
        return Mul(*(f for f in Mul.make_args(density) if f != inside[0])), [*relations, *And.make_args(inside[0].args[0][1])]
    if not isinstance(density, Piecewise):
        return density, relations
    rows = [(value, condition) for value, condition in density.args if value != 0]
    last = density.args[-1]
    if len(rows) != 1 or density.args[0] != rows[0] or len(density.args) > 2 or (len(density.args) == 2 and last[1] is not S.true):
        return density, relations
    parts = And.make_args(rows[0][1])
    single = all(isinstance(p, (Lt, Le, Gt, Ge)) and x in (p.lhs, p.rhs) for p in parts)
    return (rows[0][0], [*relations, *parts]) if single else (density, relations)


def support(relations: list[Boolean], x: Symbol, claimed: Claimed) -> Measure:
    """What the variable ranges over. Raises Refusal where that is not one interval, one range, or a finite set."""
    sets = [r.args[1] for r in relations if isinstance(r, Contains) and r.args[0] == x]
    whole = claimed.whole or any(s in (S.Integers, S.Naturals0, S.Naturals) for s in sets)
    if points := [s for s in sets if s.is_FiniteSet]:
        return Atoms(*points[0].args)
    lows: list[Expr] = []
    highs: list[Expr] = []
    for one in (r for r in between(relations, x) if not isinstance(r, Contains)):
        low, high = (one.lhs, one.rhs) if isinstance(one, (Lt, Le)) else (one.rhs, one.lhs)
        if isinstance(one, Ne) or {low, high} & {x} == set() or (low - high - x).has(x) and (high - low - x).has(x):
            raise Refusal(sentence("support", text=str(one)))
        step = 1 if whole and isinstance(one, (Lt, Gt)) else 0
        (lows if high == x else highs).append(low + step if high == x else high - step)
    if not relations and (default := claimed.support or (REALS if any_real(claimed) or in_cases(claimed) else None)) is not None:
        return default
    if any_real(claimed) and {*lows, *highs} - {oo, -oo}:
        raise Refusal(sentence("support", text=" and ".join(dict.fromkeys([f"{x} real", *map(in_words, relations)]))))
    if len(set(lows)) > 1 or len(set(highs)) > 1 or not relations:
        raise Refusal(sentence("support", text=" and ".join(dict.fromkeys(map(in_words, relations)))) if relations else sentence("no_support"))
    lo, hi = lows[0] if lows else -oo, highs[0] if highs else oo
    return Counting(lo, hi) if whole else Lebesgue(lo, hi)


def in_words(relation: Boolean) -> str:
    """A relation as a message tells it."""
    if isinstance(relation, Contains) and relation.args[1] in (S.Integers, S.Reals):
        return f"{relation.args[0]} {'whole' if relation.args[1] is S.Integers else 'real'}"
    return f"{relation.args[0]} in {relation.args[1]}" if isinstance(relation, Contains) else str(relation)


def between(relations: list[Boolean], x: Symbol) -> Iterator[Boolean]:
    """The relations with |x| < a as -a < x < a."""
    for one in relations:
        if isinstance(one, (Lt, Le)) and one.lhs == Abs(x):
            yield from (one.func(x, one.rhs), one.func(-one.rhs, x))
        else:
            yield one


def any_real(claimed: Claimed) -> bool:
    """Whether the text says that the variable is any real number."""
    real = re.compile(rf"\s*{re.escape(claimed.variable)}\s*\\in\s*(?:\\mathbb\s*\{{?\s*R\s*\}}?|\\R)\s*")
    return any(real.fullmatch(c) for c in claimed.conditions)


def in_cases(claimed: Claimed) -> bool:
    """Whether the density is given in cases, which say where it is zero."""
    return r"\begin{cases}" in claimed.formula and not claimed.whole


def inside(density: Expr, x: Symbol, measure: Measure) -> Expr:
    """Cases that leave a part of the support out are zero there."""
    made = density.replace(lambda e: isinstance(e, Piecewise) and e.args[-1][1] is not S.true, lambda e: Piecewise(*e.args, (S.Zero, True)))
    return made if isinstance(made, Expr) else density


def said(relations: list[Boolean], measure: Measure) -> Iterator[Boolean | str]:
    """The conditions of parameters as a problem takes them: open, and with the names that are whole numbers in words."""
    whole = {s.name for s in measure.free_symbols} if isinstance(measure, Counting) else set()
    whole |= {str(r.args[0]) for r in relations if isinstance(r, Contains) and r.args[1] in (S.Integers, S.Naturals, S.Naturals0)}
    for one in (r.canonical for r in relations if isinstance(r, Relational)):
        closed = {s.name for s in one.free_symbols} <= whole and 0 not in one.args
        yield one if closed else STRICT.get(one.func, one.func)(*one.args)
    yield from (f"{name} integer" for name in sorted(whole))
    yield from filled(measure)
