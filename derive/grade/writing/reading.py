"""What a claim says: the formula without the name on its left side, in the problem's own symbols."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sympy import And, Basic, Derivative, Eq, Expr, Function, Integral, Limit, Product, Sum, Symbol, Tuple
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.grade.truth import Truth
from derive.grade.writing.asides import asides, filled, of_brackets
from derive.grade.writing.gaussian import with_normal_density
from derive.grade.writing.heads import bared, in_latex, plain, spelled, without_support
from derive.grade.writing.notation import own_variable, without_differential, without_words
from derive.grade.writing.plaintext import is_plain, plain_statements
from derive.grade.writing.quantifiers import everywhere, without_quantifier
from derive.grade.writing.segments import Part, parts, refuse_long
from derive.grade.writing.spellings import customary
from derive.grade.writing.temperature import with_inverse_temperature
from derive.grade.writing.totalled import totalled
from derive.language.totals import Total, substitute
from derive.read.latex import statement
from derive.read.latex_heads import Blank, Chain, EvalBar, Propto
from derive.read.names import ReadError, Scope
from derive.read.text import expression as sympy_expression

QUANTITIES = ("Z", "I", "calZ")  # letters that stand for Z where a problem does not declare them
DENSITIES = ("p", "f", "P", "q")
NAMED_AFTER = re.compile(r"=\s*:\s*Z\s*(?:\([^()]*\))?[\s.]*$")  # … =: Z(a, b)
COUNTED = re.compile(r"\W*(?:degrees?|trials?|success\w*|failures?|observations?|particles?|spins?|states?|levels?|tosses|draws?|sites?)\b")
CENTRE = re.compile(r"\bsymmetric(?:al)?\s+(?:about|around)\s*$", re.IGNORECASE)
Fill = Callable[[tuple[Basic, ...]], tuple[Basic, ...]]


@dataclass(frozen=True)
class Said:
    """The sides of what was said, those that are joined by "=", each in the engine's terms; a Blank side is left out.

    `conditions` stood beside the formula, `proportional` says that ∝ joins the sides, `unbounded` are the names that words such as
    "for all real a" let range freely, in LaTeX, with the values that they speak of.
    """

    sides: tuple[Basic, ...]
    conditions: tuple[Boolean, ...] = ()
    proportional: bool = False
    unbounded: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> Expr:
        return self.sides[-1]


def scope_of(truth: Truth, more: dict[str, Symbol] | None = None, strict: bool = True, helpers: tuple[str, ...] = ()) -> Scope:
    """The names that a hand-in may use: the problem's own, and the customary ones of Z and p where these are free."""
    own: dict[str, Expr] = {**truth.named, **(more or {})}
    problem = truth.problem
    latex = {v.latex: v.symbol.name for v in problem.variables if v.latex}
    latex |= {p.latex: p.symbol.name for p in problem.parameters if p.latex}
    free = [name for name in QUANTITIES if name not in own]
    symbols = {**own, **{name: Symbol(name, positive=True) for name in free}}
    functions = {name: Function(name) for name in (*DENSITIES, *free, *helpers) if name not in own}
    return Scope(symbols, functions, latex, strict)


def said(text: str, truth: Truth, kind: str = "Z", sympy: bool = False, helpers: tuple[str, ...] = ()) -> Said:
    """What a claim says. `helpers` are functions that it may name. Raises ReadError, with the place, where it cannot be read."""
    refuse_long(text)
    scope = scope_of(truth, helpers=helpers)
    if sympy:
        return told([sympy_expression(text, scope)], truth, kind, lambda sides: sides)
    unbounded = everywhere(text, {in_latex(p) for p in truth.problem.parameters})
    text = without_quantifier(text, {spelled(name) for name in truth.named})
    (text,) = with_normal_density((with_inverse_temperature(text, truth),), truth)
    text = own_variable(without_differential(without_words(text, truth)), truth)
    text = NAMED_AFTER.sub("", text)
    formulas = [plain(part.formula, truth) for part in spoken(parts(without_support(bared(customary(text)), truth)), truth)]
    ways = [
        lambda: told([statement(f, scope) for f in formulas], truth, kind, lambda sides: sides),
        lambda: with_asides(formulas, truth, kind, helpers),
    ]
    if is_plain(text):
        ways.insert(1, lambda: told(plain_statements(text, truth, scope), truth, kind, lambda sides: sides))
    return replace(first_that_reads(ways), unbounded=tuple(unbounded.items()))


def spoken(found: list[Part], truth: Truth) -> list[Part]:
    """The formulas without names that words only count behind the first one, as in "with k degrees of freedom", or speak of as a centre."""
    own = {in_latex(p) for p in truth.problem.parameters}
    return [part for at, part in enumerate(found) if not (at and part.words and part.formula.strip() in own and said_of_name(part))]


def said_of_name(part: Part) -> bool:
    """Whether words only count a name, or say that something is symmetric about it."""
    return bool(COUNTED.match(part.behind) or CENTRE.search(part.words))


def first_that_reads(ways: list[Callable[[], Said]]) -> Said:
    """What the first way of reading gives that can read it. Raises the error of the first one where none can."""
    errors = []
    for way in ways:
        try:
            return way()
        except ReadError as error:
            errors.append(error)
    raise errors[0]


def with_asides(formulas: list[str], truth: Truth, kind: str, helpers: tuple[str, ...] = ()) -> Said:
    """A claim with definitions beside it, or with names that only its evaluation brackets know."""
    beside = asides(formulas, truth.named)
    scope = scope_of(truth, beside.symbols(), strict=False, helpers=(*beside.functions, *helpers))
    found = [statement(plain(f, truth, beside.names), scope) for f in beside.formulas]
    known = {*scope.symbols, *QUANTITIES}
    read = told(found, truth, kind, lambda sides: filled(sides, beside, scope, truth.inside.facts), of_brackets(found, scope.symbols))
    missing = sorted(s.name for e in (*read.sides, *read.conditions) for s in e.free_symbols if s.name not in known)
    if missing or not beside.formulas:
        raise ReadError(f"the name {missing[0]} is not declared" if missing else "there is no formula here")
    return read


def told(found: list[Basic], truth: Truth, kind: str, fill: Fill, bars: tuple[Symbol, ...] = ()) -> Said:
    """What statements say; `fill` puts definitions into the sides."""
    flat = spread([one for f in found for one in (f.args if isinstance(f, (Tuple, And)) else (f,))])
    conditions = [one for one in flat if is_condition(one)]
    main = with_constant([one for one in flat if not is_condition(one)], kind)
    read = taken_apart(main, conditions, truth, (*(v.symbol for v in truth.problem.variables), *bars))
    return Said(fill(read.sides), read.conditions, read.proportional)


def spread(found: list[Basic], first: bool = False) -> list[Basic]:
    """x, a, b > 0 as a condition on each of them; on the `first` too, where that is no value with conditions behind it."""
    done = [] if first else found[:1]
    for at, one in enumerate(found[len(done) :], len(done)):
        ahead = next((f for f in found[at:] if not isinstance(f, Symbol)), None)
        relation = isinstance(ahead, Relational) and not isinstance(ahead, Eq) and isinstance(ahead.lhs, Symbol)
        done.append(ahead.func(one, ahead.rhs, evaluate=False) if relation and isinstance(one, Symbol) else one)  # type: ignore[union-attr]
    return done


def with_constant(equations: list[Basic], kind: str) -> Basic:
    """The one equation of a claim; "p = g/Z, where Z = …" is p with that Z in it. Raises ReadError where there are others."""
    if len(equations) == 1:
        return equations[0]
    constants = {e.lhs: e.rhs for e in equations if isinstance(e, Eq) and isinstance(e.lhs, Symbol) and e.lhs.name in QUANTITIES}
    rest = [e for e in equations if not (isinstance(e, Eq) and e.lhs in constants)]
    if kind != "p" or len(rest) != 1 or len(constants) != len(equations) - 1:
        raise ReadError("a claim is one formula; here stand none or several")
    return rest[0].xreplace(constants)


def taken_apart(found: Basic, conditions: list[Basic], truth: Truth, bars: tuple[Symbol, ...] = ()) -> Said:
    """The sides of an equation in the engine's terms."""
    sides = found.args if isinstance(found, (Chain, Eq, Propto)) else (found,)
    facts = truth.inside.facts
    done = tuple(s if isinstance(s, Blank) else totalled(s, facts, bars) for s in sides)
    if any(isinstance(s, Boolean) and not isinstance(s, Expr) for s in done):
        raise ReadError("an inequality does not give a value")
    return Said(done, tuple(conditions), isinstance(found, Propto))


def is_condition(part: Basic) -> bool:
    """Whether a part of a line is a condition such as x > 0, and no equation."""
    return (
        isinstance(part, Relational)
        and not isinstance(part, Eq)
        or isinstance(part, Boolean)
        and not isinstance(part, (Expr, Eq))
    )


def is_name(side: Basic) -> bool:
    """Whether a side is only a name for what is asked: Z, I, Z(θ), p(x), p(x | θ)."""
    return isinstance(side, AppliedUndef) or (isinstance(side, Symbol) and side.name in QUANTITIES)


def in_closed_form(side: Basic, defined: Mapping[Symbol, Expr]) -> bool:
    """Whether a side, with the names that were introduced put in, has no integral, sum, limit, unknown function or letter for Z."""
    if side.atoms(Derivative):
        return False
    whole = substitute(side, {s: v for s, v in defined.items() if s in side.free_symbols})
    names = {s.name for s in whole.free_symbols}
    return not names & set(QUANTITIES) and not whole.atoms(Total, Integral, Sum, Product, Limit, EvalBar, AppliedUndef)
