"""Of which kind one statement of a derivation is: an equation, a name that is brought in, a substitution, a condition, words."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic, Contains, Derivative, Eq, Expr, Integral, Pow, S, Sum, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.algebra.reading import inverse
from derive.grade.derivations.claimed import names_a_law, of_a_quantity
from derive.grade.derivations.indefinite import are_antiderivatives, closed_ranges, differentiated, open_variables, seen
from derive.grade.derivations.meanings import OF_A_LAW, SAID
from derive.grade.derivations.sentences import CONCLUDING, COUNTING, LIMIT
from derive.grade.derivations.stated import (
    ANTIDERIVATIVE,
    CASE,
    CONSTANT,
    DEFINITION,
    DIFFERENTIAL,
    EQUATION,
    GENERAL,
    HELPER,
    INEQUALITY,
    INNER,
    MEMBER,
    OPEN,
    PROPORTION,
    WORDS,
    Names,
    Stated,
)
from derive.grade.derivations.terms import engine_terms
from derive.grade.truth import Truth
from derive.grade.writing.differentials import PREFIX, differentials
from derive.grade.writing.mentions import GENERAL as GENERALLY
from derive.grade.writing.mentions import (
    LIKENED,
    gives_value,
    names_constant,
    says_how,
    says_of_another,
    speaks_of_inner,
    speaks_of_integrand,
)
from derive.grade.writing.parts_told import EXPONENT, tells_part
from derive.grade.writing.reading import QUANTITIES
from derive.grade.writing.segments import Part
from derive.read.latex_heads import Chain, Propto
from derive.read.names import ReadError

STRONG = re.compile(r"\b(?:let|define|in\s+terms\s+of|denote|set|put|call|where|with|substitut\w*)\b", re.IGNORECASE)
BEFOREHAND = "let, as will be said"  # for a definition from a later line
BOLTZMANN = ("k", "k_B", "kB")  # the constant in β = 1/(k T)
OF_QUANTITY = re.compile(  # "the mean exists only if a > 1 and then equals ⟦…⟧" goes on with no value before it
    r"\b(?:mean|average|expectation|expected|variance|deviation|median|mode|moment|probability|chance|entropy|covariance|skewness|kurtosis)\b",
    re.IGNORECASE,
)  # fmt: skip
OF_SOMETHING = re.compile(  # "the slope at ⟦0⟧ is", of something that is not what stood before
    r"\b(?:the|its|their)\s+(?!integrals?\b|sums?\b|totals?\b|areas?\b|normali\w*|partition|constants?\b|results?\b|answers?\b|series\b|whole\b|value\s+of\s+(?:the|this|our)"
    r"\s+(?:integral|sum|total))[a-z]+[^.;:⟦]*⟦[^⟦⟧]*⟧[^.;:⟦]*\b(?:is|equals|becomes)\s*$", re.IGNORECASE
)  # fmt: skip
PLACE = re.compile(r"\b(?:at|when|for|if|setting|putting)\s*$", re.IGNORECASE)


def kept(found: Basic, part: Part, truth: Truth, names: Names) -> Stated:
    """One statement, with its new names remembered."""
    if isinstance(found, Relational) and not isinstance(found, Eq):
        sides = engine_terms(found.args, truth, names)
        return Stated(INEQUALITY, sides, found.func(*sides, evaluate=False), part.formula, called=part.words)
    if found is S.true or found is S.false:
        if found is S.false:
            raise ReadError("this condition never holds")
        return Stated(WORDS, text=part.formula)
    if isinstance(found, Contains):
        return Stated(MEMBER, (found.args[0],), text=part.formula)
    raw = found.args if isinstance(found, (Chain, Eq, Propto)) else (found,)
    if open_variables(raw) and isinstance(found, (Chain, Eq)):
        if are_antiderivatives(raw) and len(open_variables(raw)) == 1:
            return Stated(ANTIDERIVATIVE, engine_terms(differentiated(raw), truth, names), text=part.formula)
        raw = closed_ranges(raw, names.ranges, truth.problem)
    names.ranges = seen(names.ranges, raw)
    if any(d.name not in truth.named for s in raw for d in differentials(s)):
        if len(raw) == len(truth.problem.variables) == 1 and speaks_of_integrand(part):  # "the integrand is s dw"
            raw = (truth.problem.kernel * Symbol(f"{PREFIX}{truth.problem.variables[0].symbol.name}"), *raw)
        names.pending -= {d.name.removeprefix(PREFIX) for s in raw for d in differentials(s)}
        return Stated(DIFFERENTIAL, raw, text=part.formula)
    left = raw[0]
    if isinstance(found, Eq) and (solved := turned_round(left, raw[-1], truth, names)) is not None:
        names.defined[solved[0].name] = solved[0]
        return Stated(DEFINITION, (solved[0], *engine_terms((solved[1],), truth, names)), text=part.formula, put=True)
    if isinstance(left, AppliedUndef) and left.func.__name__ in names.helpers and left.args[0].is_Symbol and len(raw) > 1:
        return replace(named_by(part), kind=HELPER, sides=(left, *engine_terms(raw[1:], truth, names)))
    if any(d.expr.is_Symbol and d.expr.name not in {*QUANTITIES, *names.defined} for s in raw for d in s.atoms(Derivative)):
        raise ReadError("a derivative such as du/dx is read in the form du = ... dx")
    if isinstance(found, Eq) and isinstance(left, Symbol) and left.name in names.variables and says_of_another(part.words):
        return Stated(OPEN, text=part.formula)  # "most of the mass is above x = 5"
    if isinstance(found, Eq) and at_a_place(left, raw[-1], part, truth, names):
        return Stated(CASE, engine_terms(raw, truth, names), text=part.formula, called=called(part))
    left, raw = alone(left, raw, truth, names) if isinstance(found, Eq) else (left, raw)
    if isinstance(left, Symbol) and left.name in names.variables and isinstance(found, Eq):
        return substitution(left, raw[-1], part, truth, names)
    own_variables = {v.symbol for v in truth.problem.variables}
    power = isinstance(left, Pow) and isinstance(left.base, Symbol) and left.exp.is_Integer and len(raw) > 1
    square = power and left.exp == 2 and bool(raw[-1].free_symbols & own_variables or left.base.name == "sigma")
    below = power and left.exp.is_negative and all(values_alone(side, truth, names) for side in raw[1:])  # 1/v = 1/s² + 1/t²
    root = square or below or power and STRONG.search(part.words) is not None
    if root and left.base.name not in {*truth.named, *names.defined, *QUANTITIES, names.alias, names.inverse} and not any(
        side.has(Integral, Sum) for side in raw[1:]
    ):
        names.defined[left.base.name] = left.base  # r² = x² + y², 1/τ² = 1/s² + 1/t²
        roots = tuple(side ** (1 / left.exp) for side in engine_terms(raw[1:], truth, names))
        told = named_by(part)
        return replace(told, sides=(left.base, *roots), called=re.sub("(?i)variance", "standard deviation", told.called))
    new = isinstance(left, Symbol) and left.name not in truth.named and len(raw) > 1
    own = new and isinstance(found, (Chain, Eq)) and (left.name not in QUANTITIES or introduces(left, part))
    if own and len(raw) == 2 and left.name not in names.defined and names_constant(part.words):
        names.defined[left.name] = left
        return Stated(CONSTANT, (left, *engine_terms(raw[1:], truth, names)), text=part.formula)
    if own and (left.name not in names.defined or part.defining or left.name == names.fresh or constant_of(left, raw[-1], truth, names)):
        names.fresh = ""
        names.pending.clear()
        names.defined[left.name] = left
        sides = engine_terms(raw[1:], truth, names)
        return replace(named_by(part), sides=(left, *sides))
    sides = engine_terms(raw, truth, names)
    if isinstance(left, Symbol) and left.name in QUANTITIES and len(raw) > 1 and of_a_quantity(part.words):  # "the Fisher information I = …"
        return Stated(OPEN, text=part.formula)
    if len(sides) == 1 and names_constant(part.words):
        return Stated(CONSTANT, sides, text=part.formula)
    if len(sides) == 1 and (speaks_of_inner(part) or part_of_several(part, truth)):
        return Stated(INNER, sides, text=part.formula, called=f"{part.sentence or part.words} ⟦…⟧ {part.behind}")
    if isinstance(found, Eq) and left in {p.symbol for p in truth.problem.parameters} and sides[1].is_number and GENERALLY.search(around(part)):
        return Stated(GENERAL, sides, text=part.formula)
    if len(sides) == 1 and sides[0] in own_variables and not gives_value(part.words):
        return Stated(WORDS, text=part.formula)  # "so X and Y are independent"; v, h ∈ {0, 1}
    counted = part.words.strip() == "to" or COUNTING.search(part.words) is not None and bool(part.behind.strip(" .,;:"))  # "from 1 to x"
    loose = len(sides) == 1 and (part.followed or bool(part.words.strip())) and (part.followed or counted or not CONCLUDING.fullmatch(part.words))
    loose = loose or len(sides) == 1 and bool(OF_QUANTITY.search(part.sentence) or OF_SOMETHING.search(part.sentence))
    of_parameter = loose and sides[0] in {p.symbol for p in truth.problem.parameters}
    if loose and (says_of_another(part.words) or of_parameter and (says_how(part.words) or names_a_law(part.words))):
        return Stated(OPEN, text=part.formula)
    if loose and LIKENED.search(part.words):  # "compare with −(x − μ)²/(2σ²)"
        return Stated(WORDS, text=part.formula)
    if loose and (sides[0].is_Symbol and not gives_value(part.words) or LIMIT.search(part.words)):
        return Stated(WORDS, text=part.formula)
    return Stated(PROPORTION if isinstance(found, Propto) else EQUATION, sides, text=part.formula, loose=loose)


def values_alone(side: Basic, truth: Truth, names: Names) -> bool:
    """Whether a side is a value of parameters, and of names that lines have introduced."""
    own = {p.symbol.name for p in truth.problem.parameters} | set(names.defined)
    return bool(side.free_symbols) and {s.name for s in side.free_symbols} <= own and not side.has(AppliedUndef, Derivative)


def part_of_several(part: Part, truth: Truth) -> bool:
    """Whether a sentence gives a formula as the value of a part; in one variable the sum itself is the total."""
    several = len(truth.problem.variables) > 1
    return tells_part(part) and (several or EXPONENT.search(part.sentence) is not None or re.search(r"\b(?:over|out)\s", part.sentence) is None)


def named_by(part: Part) -> Stated:
    """A definition, with what words say that its name is."""
    another = OF_A_LAW.search(part.words) is not None
    put = STRONG.search(part.words) is not None
    return Stated(DEFINITION, text=part.formula, called=called(part), loose=another, put=put, early=part.words == BEFOREHAND)


def turned_round(left: Basic, right: Basic, truth: Truth, names: Names) -> tuple[Symbol, Expr] | None:
    """τ = 1/σ² for a parameter τ and a new name σ > 0, as σ = 1/√τ; β = 1/(k T) as T = 1/(k β)."""
    if left not in {p.symbol for p in truth.problem.parameters} or not isinstance(right, Expr):
        return None
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    new = sorted((s for s in right.free_symbols if s.name not in known), key=str)
    units = [s for s in new if s.name in BOLTZMANN] if len(new) > 1 else []
    names_of_own = [s for s in new if s not in units]
    if len(names_of_own) != 1 or len(units) > 1:
        return None
    (name,) = names_of_own
    letters = {s: Symbol(s.name, positive=True) for s in new}
    back = inverse(right.xreplace(letters), letters[name], left, truth.ground.facts)
    names.letters.update({s.name: letters[s] for s in units if back is not None})
    return None if back is None else (name, back)


def at_a_place(left: Basic, right: Basic, part: Part, truth: Truth, names: Names) -> bool:
    """Whether words such as "at" say that a variable of the problem, or the t of a function J(t), has a value of its parameters here."""
    own = {v.symbol for v in truth.problem.variables} | set(names.letters.values())
    return left in own and PLACE.search(part.words) is not None and right.free_symbols <= {p.symbol for p in truth.problem.parameters}


def around(part: Part) -> str:
    """The words on both sides of a formula."""
    return f"{part.words} {part.behind}"


def substitution(left: Symbol, right: Basic, part: Part, truth: Truth, names: Names) -> Stated:
    """x = ψ(u) for a variable x of integration: u is new."""
    known = {*truth.named, *names.defined, *names.variables, *QUANTITIES}
    new = {s.name: s for s in right.free_symbols if s.name not in known}
    names.pending |= set(new) if len(new) > 1 else set()
    names.defined.update(new)
    return Stated(DEFINITION, (left, *engine_terms((right,), truth, names)), text=part.formula, called=called(part))


def alone(left: Basic, raw: tuple[Basic, ...], truth: Truth, names: Names) -> tuple[Basic, tuple[Basic, ...]]:
    """x + b = k tan φ, where φ is new, as x = k tan φ − b."""
    variables = [x for x in left.free_symbols if x.name in names.variables]
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    new = [s for s in raw[-1].free_symbols if s.name not in known]
    if len(raw) != 2 or len(variables) != 1 or len(new) != 1 or left.is_Symbol or not isinstance(left, Expr):
        return left, raw
    free, rest = left.as_independent(variables[0], as_Add=True)
    factor, x = rest.as_independent(variables[0], as_Add=False)
    if x != variables[0] or not (factor.is_nonzero or truth.ground.facts.positive(factor)):
        return left, raw
    return x, (x, (raw[-1] - free) / factor)


def constant_of(left: Basic, right: Basic, truth: Truth, names: Names) -> bool:
    """Whether k = √(c − b²) says what the k of x = k tan t is: one of several new names there, and a value of parameters alone."""
    own = {p.symbol for p in truth.problem.parameters}
    return left.name in names.pending and bool(right.free_symbols) and right.free_symbols <= own


def called(part: Part) -> str:
    """What words say that a value is, as the median; "" for no more than a name."""
    said = SAID.search(part.words)
    return said[0] if said else part.words if of_a_quantity(part.words) else ""


def introduces(left: Basic, part: Part) -> bool:
    """Whether words such as "let" make a name of Z's kind stand for something else."""
    return isinstance(left, Symbol) and left.name != "Z" and bool(STRONG.search(part.words))
