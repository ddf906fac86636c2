"""What each line of a derivation states, in the engine's terms: equations, definitions, differentials, inequalities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sympy import And, Basic, Contains, Derivative, Eq, Expr, Integral, Pow, S, Symbol, Tuple
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.grade.asides import clauses
from derive.grade.braces import without_braces
from derive.grade.chances import HEADS, generating, new_letters, with_chances
from derive.grade.differentials import UPRIGHT, differentials, marked
from derive.grade.ellipsis import FINITE, TERMS, finite_sum, with_terms
from derive.grade.heads import plain, spelled
from derive.grade.helpers import ORDER, helper_of, letter_of, normalizing, primed, recalled
from derive.grade.indefinite import (
    are_antiderivatives,
    closed_ranges,
    differentiated,
    open_variables,
    seen,
    with_antiderivatives,
    without_constants,
)
from derive.grade.jacobians import jacobian_of
from derive.grade.moments import mean, variance, with_moments
from derive.grade.named import without_names
from derive.grade.ranges import point_of, range_of
from derive.grade.reading import QUANTITIES, scope_of
from derive.grade.segments import Part, parts, refuse_long
from derive.grade.spellings import customary, up_to_constants, without_mentions
from derive.grade.tables import without_tables
from derive.grade.totalled import totalled
from derive.grade.truth import Truth
from derive.language.totals import Counting, Total
from derive.read.latex import statement
from derive.read.latex_heads import Blank, Chain, EvalBar, Propto
from derive.read.names import ReadError

EQUATION, DEFINITION, DIFFERENTIAL, INEQUALITY, PROPORTION, HELPER, NOTE, RECALLED, MEMBER, JACOBIAN, ENDS, POINT, NAMED, ANTIDERIVATIVE, WORDS = (
    "equation",
    "definition",
    "differential",
    "inequality",
    "proportion",
    "helper",
    "note",
    "recalled",
    "member",
    "jacobian",
    "range",
    "point",
    "named",
    "antiderivative",
    "words",
)
STRONG = re.compile(r"\b(?:let|define|denote|set|put|call|where|with|substitut\w*)\b", re.IGNORECASE)
PROSE = re.compile(r"[A-Za-z ,.;:'()\-]*")
INTEGRAL = re.compile(r"\\i*int(?![A-Za-z])|∫")
MOVED = re.compile(r"\s*\\?[A-Za-z]+\s*\\(?:to|mapsto)(?![A-Za-z])")
BEGINNING = r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)+"
OF_DIFFERENTIALS = re.compile(rf"{BEGINNING[1:-1]}*(?:d|{UPRIGHT})\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=")
SAID = re.compile(r"(?:\\text\s*\{[^{}$\d]*\}|\\(?:propto|times|cdot)(?![A-Za-z])|\\[,;:! ]|\s)+")  # posterior ∝ likelihood × prior
NEXT = rf"\\q?quad(?![A-Za-z])(?=\s*(?:d|{UPRIGHT})?\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=)"
DISTRIBUTION = re.compile(
    r"\\(?:mathrm|operatorname|text|mathcal|textrm|mathsf)\s*\{[A-Za-z][A-Za-z-]{2,}\}\s*(?:\\left)?\([^()=]*,[^()=]*(?:\\right)?\)[\s.]*"
)
CONCLUDING = re.compile(
    r"\b(?:so|hence|thus|therefore|then|get|gives?|giving|obtain\w*|yields?|equals?|is|are|becomes?|be|result|answer|finally|which|have|find|means?|reads?|evaluates?|"
    r"also|somit|folgt|ergibt|donc|d'où|ainsi|obtient)\b", re.IGNORECASE)
VALUE_OF = (  # words before a formula that say of what it is the value
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*(?:mean|expectation|expected value)\s*(?:is|equals|of|=)?\s*$", re.IGNORECASE), "mean"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*variance\s*(?:is|equals|of|=)?\s*$", re.IGNORECASE), "variance"),
)
WHEN = re.compile(r"\b(?:when|if|at|for|as|bei|für|quand|si)\b", re.IGNORECASE)
NAMES_AFTER = re.compile(r"(?P<first>.*)=\s*:(?![=:])\s*(?P<factor>.*?)(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*", re.DOTALL)  # A =: c J
SUM_TO = re.compile(r"\\(?:sum|prod)\s*(?:\\limits)?\s*_\s*\{[^{}]*\}\s*\^\s*\{?\s*(?P<name>[A-Z]|[mn])\s*\}?")
AFTERWARDS = re.compile(r"\b(?:where|with|here)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """One statement: its kind, its sides (a Blank first side is the line before), and for an inequality the relation itself."""

    kind: str
    sides: tuple[Basic, ...] = ()
    relation: Relational | None = None
    text: str = ""
    loose: bool = False  # an expression that words speak of, without saying what it is


@dataclass(frozen=True)
class Line:
    """The statements of one line, or why it could not be read. `letters` are the free arguments of functions that it brings in."""

    number: int
    stated: tuple[Stated, ...] = ()
    unread: str = ""
    text: str = ""
    letters: frozenset[Symbol] = frozenset()


@dataclass
class Names:
    """What is declared where a line stands: names that lines before it introduced, and the variables of integrals seen so far."""

    defined: dict[str, Symbol] = field(default_factory=dict)
    variables: dict[str, Symbol] = field(default_factory=dict)
    alias: str = ""  # another letter for Z
    inverse: str = ""  # a letter for 1/Z
    helpers: dict[str, str] = field(default_factory=dict)  # functions that lines before it introduced, as J(t): J and t
    pointing: bool = False  # the line says where names lie together, as x = 0, u = 0
    fresh: str = ""  # a letter that was declared for the definition that is being read
    ranges: dict[str, tuple[Expr, Expr] | None] = field(default_factory=dict)  # over which variables have been integrated
    universal: set[str] = field(default_factory=set)  # letters of identities that hold for all their values
    letters: dict[str, Symbol] = field(default_factory=dict)  # names such as t there; nothing is known of their sign
    indices: dict[str, str] = field(default_factory=dict)  # sequences, as J(n) for an I_n, with their index


def read_lines(texts: tuple[str, ...], truth: Truth, indices: dict[str, str] | None = None) -> list[Line]:
    """Every line, each in the light of those before it. `indices` are the sequences that the lines introduce."""
    names = Names(variables={v.symbol.name: v.symbol for v in truth.problem.variables}, indices=indices or {})
    return [read_line(number, text, truth, names) for number, text in enumerate(texts, 1)]


def read_line(number: int, text: str, truth: Truth, names: Names) -> Line:
    """One line. A part of it that cannot be read makes it unread."""
    try:
        refuse_long(text)
        if PROSE.fullmatch(text) and not re.search(r"(?:^|\s)[A-Za-z](?:\s|$)", text):
            return Line(number, (Stated(WORDS, text=text),))
        if SAID.fullmatch(text):
            return Line(number, (Stated(WORDS, text=text),))
        bare, densities = without_names(without_mentions(customary(text)))
        x = names_of_variables(truth)[0] if len(truth.problem.variables) == 1 else ""
        bare, tabled = without_tables(with_antiderivatives(bare, x), x) if x else (bare, ())
        bare, named, noted = without_braces(bare)
        clause = (one for part in parts(bare) for whole in named_after(part) for one in apart(whole))
        ordered = sorted(clause, key=lambda part: not AFTERWARDS.search(part.words))  # "…, where A = …" introduces A
        ordered = [*(Part(formula, "let") for formula in named), *ordered]
        names.pointing = False
        main = [named_density(name, inside, truth, names) for name, inside in densities]
        main += [s for part in ordered for s in stated(part, truth, names)]
        notes = [replace(s, kind=NOTE) for formula in (*noted, *tabled) for s in stated(Part(formula), truth, names)]
        found = differentials_last((*main, *notes))
    except ReadError as error:
        return Line(number, unread=str(error), text=text)
    except RecursionError:
        return Line(number, unread="it is nested too deeply", text=text)
    return Line(number, found or (Stated(WORDS, text=text),), letters=frozenset(names.letters.values()))


def apart(part: Part) -> Iterator[Part]:
    """A formula whose clauses speak of integrals and of differentials, as its clauses; a d beside an integral sign is no differential."""
    wide = re.split(NEXT, part.formula)
    pieces = [piece for clause in clauses(part.formula) for piece in re.split(NEXT, clause) if piece.strip()]
    if any(point_of(p) for p in pieces) and len(pieces) > 1:
        pieces = [q for p in pieces for q in p.split(";") if q.strip()]
    pieces = [re.sub(rf"{BEGINNING}|(?:\\[,;:! ]|\s)+$", "", p) for p in pieces]
    points = len(pieces) > 1 and any(map(point_of, pieces)) and all(re.search(r"[=<>]|\\(?:to|in|leq?|geq?)(?![A-Za-z])", p) for p in pieces)
    if points or any(jacobian_of(p) or range_of(p) for p in pieces):
        yield from (replace(part, formula=p) for p in pieces)
        return
    if (len(wide) > 1 or INTEGRAL.search(part.formula)) and any(OF_DIFFERENTIALS.match(p) for p in pieces[1:]):
        yield from (replace(part, formula=re.sub(BEGINNING, "", piece)) for piece in pieces)
    else:
        yield part


def names_of_variables(truth: Truth) -> list[str]:
    return [v.latex or spelled(v.symbol.name) for v in truth.problem.variables]


def named_density(name: str, inside: str, truth: Truth, names: Names) -> Stated:
    """A density that words name, with the values of its parameters."""
    found = statement(inside, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    return Stated(NAMED, engine_terms(tuple(found.args) if isinstance(found, Tuple) else (found,), truth, names), text=name)


def named_after(part: Part) -> Iterator[Part]:
    """A = B =: c J as A = B, and J = B/c."""
    match = NAMES_AFTER.fullmatch(part.formula)
    if match is None:
        yield part
        return
    yield replace(part, formula=match["first"])
    value, factor = match["first"].split("=")[-1], match["factor"].strip()
    yield Part(rf"{match['name']} = \frac{{{value}}}{{{factor}}}" if factor else f"{match['name']} = {value}", "let")


def differentials_last(found: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """The statements of a line, "dv = …" after the "v = …" that stands behind it: u = x, dv = e^{-x} dx, du = dx, v = -e^{-x}."""
    later = [
        s
        for i, s in enumerate(found)
        if s.kind == DIFFERENTIAL and {f"d_{d.sides[0]}" for d in found[i:] if d.kind == DEFINITION} & {str(s.sides[0])}
    ]
    return (*(s for s in found if s not in later), *later)


def stated(part: Part, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements of one formula; "x → x + μ" only says how."""
    if MOVED.match(part.formula):
        return
    if DISTRIBUTION.fullmatch(part.formula):
        raise ReadError("it names a distribution, and no value")
    taken = {*names.defined, *names.helpers}
    part = with_subject(part, truth)
    ends, jacobian = range_of(part.formula), jacobian_of(part.formula)
    if ends is not None:
        yield with_ends(*ends, truth, names)
        return
    point = point_of(part.formula)
    if point is not None and (names.pointing or point[0] in names.variables and WHEN.search(part.words) or part.formula.endswith(r"\infty")):
        names.pointing = True
        yield Stated(POINT, (statement(point[1], scope_of(truth)),), text=point[0], loose=point[0] in names.variables)
        return
    if jacobian is not None and "J" not in {*truth.named, *taken} and (jacobian[1] or len(truth.problem.variables) > 1):
        yield of_jacobian(*jacobian, truth, names)
        return
    formula, made = generating(part.formula, truth, names.helpers)
    if made:
        yield from stated(Part(made), truth, names)
    part = replace(part, formula=with_chances(up_to_constants(with_moments(formula, truth, taken)), truth, taken))
    if INTEGRAL.search(part.formula):
        part = replace(part, formula=without_constants(part.formula, truth.named))
    introduce(part, truth, names)
    formula = with_terms(primed(plain(part.formula, truth), names.helpers))
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False, helpers=(*names.helpers, TERMS, FINITE, ORDER, *HEADS))
    if "d" not in scope.symbols and not INTEGRAL.search(formula):  # beside an integral sign a d is a differential
        formula = marked(formula)
    found = aliased(statement(formula, scope), truth, names)
    for one in flat(found):
        for single in told_apart(one):
            new = universal(single, truth, names)
            names.letters.update(new)
            names.universal |= set(new)
            stated_ = kept(single.xreplace({Symbol(name): s for name, s in new.items()}) if new else single, part, truth, names)
            yield replace(stated_, kind=RECALLED) if new or stated_.kind == EQUATION and recalls(single, names) else stated_


def with_subject(part: Part, truth: Truth) -> Part:
    """"with mean A and variance B" as E[x] = A and Var[x] = B, where there is one variable."""
    found = next((kind for words, kind in VALUE_OF if words.search(part.words)), "")
    if not found or len(truth.problem.variables) != 1 or re.search(r"[=<>]|\\(?:leq?|geq?|in|propto|sim)(?![A-Za-z])", part.formula):
        return part
    (v,) = truth.problem.variables
    x = v.latex or spelled(v.symbol.name)
    return replace(part, formula=f"{mean(x) if found == 'mean' else variance(x)} = {part.formula}")


def with_ends(name: str, lo: str, hi: str, truth: Truth, names: Names) -> Stated:
    """x: a → b"""
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False)
    return Stated(ENDS, (scope.symbols.get(name, Symbol(name)), statement(lo, scope), statement(hi, scope)))


def of_jacobian(text: str, bars: bool, above: str, truth: Truth, names: Names) -> Stated:
    """|J| = …, or J = … without bars; `above` are the names that are differentiated, where they are said."""
    found = statement(text, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    sides = found.args if isinstance(found, (Chain, Eq)) else (found,)
    names.defined.update({s.name: s for side in sides for s in side.free_symbols if s.name not in {*truth.named, *names.defined, *names.variables}})
    return Stated(JACOBIAN, tuple(sides), text=above, loose=not bars)


def universal(found: Basic, truth: Truth, names: Names) -> dict[str, Symbol]:
    """The one letter that nothing declares and that stands on both sides: the equation is meant for all its values, as Γ(z + 1) = z Γ(z)."""
    if not isinstance(found, (Chain, Eq)) or any(isinstance(side, Blank) for side in found.args):
        return {}
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    new = {s.name for side in found.args for s in side.free_symbols if s.name not in known and not s.name.startswith("d_")}
    everywhere = [name for name in new if all(name in {s.name for s in side.free_symbols} for side in found.args)]
    return {name: Symbol(name, real=True) for name in everywhere} if 0 < len(new) == len(everywhere) <= 3 and max(map(len, new)) == 1 else {}


def recalls(found: Basic, names: Names) -> bool:
    """Whether an equation speaks of such a letter once more."""
    return isinstance(found, (Chain, Eq)) and all({s.name for s in side.free_symbols} & names.universal for side in found.args)


def told_apart(found: Basic) -> Iterator[Basic]:
    """p ∝ a = b as p ∝ a and a = b."""
    equal = found.args[-1] if isinstance(found, Propto) and isinstance(found.args[-1], (Eq, Chain)) else None
    if equal is None:
        yield found
    else:
        yield Propto(*found.args[:-1], equal.args[0])
        yield equal


def flat(found: Basic) -> Iterator[Basic]:
    """The statements in one: conditions beside a formula, and the relations of a < x < b."""
    if isinstance(found, (Tuple, And)):
        for one in found.args:
            yield from flat(one)
    else:
        yield found


def introduce(part: Part, truth: Truth, names: Names) -> None:
    """Names that the left side of a formula brings in before it can be read: q = 1 − p, J(t) = …, and z in a recalled Γ(z) = …"""
    known = {**truth.named, **names.defined, **names.variables}
    letter = letter_of(part.formula)
    if letter and letter not in known and (letter == "q" or STRONG.search(part.words)):
        names.defined[letter] = Symbol(letter, real=True)
        names.fresh = letter
    helper = helper_of(part.formula, known, bool(STRONG.search(part.words)))
    if helper is not None:
        names.helpers[helper[0]] = helper[1]
    for argument in (helper[1] if helper is not None else "", recalled(part.formula), *new_letters(part.formula, {*truth.named, *names.defined})):
        if argument and argument not in {*truth.named, *names.defined, *names.letters}:
            whole = helper is not None and names.indices.get(helper[0]) == argument or on_whole_numbers(truth)
            names.letters[argument] = Symbol(argument, **({"integer": True, "nonnegative": True} if whole else {"real": True}))
    for match in SUM_TO.finditer(part.formula):
        if match["name"] not in known:
            names.letters.setdefault(match["name"], Symbol(match["name"], integer=True, positive=True))


def on_whole_numbers(truth: Truth) -> bool:
    return all(isinstance(v.measure, Counting) for v in truth.problem.variables)


def aliased(found: Basic, truth: Truth, names: Names) -> Basic:
    """Other letters for Z and 1/Z: the J of J² = ∫∫… as the first equation, the c of ∫ c g(x) dx = 1, where nothing declares them."""
    left = found.args[0] if isinstance(found, (Chain, Eq)) and found.args else None
    known = {*truth.named, *QUANTITIES, *names.variables, *names.defined}
    if not names.defined and not names.alias and isinstance(left, Pow) and isinstance(left.base, Symbol) and left.exp.is_number:
        names.alias = left.base.name if left.base.name not in known else ""
    constants = [normalizing(one, known, truth.problem) for one in flat(found)] if not names.inverse else []
    names.inverse = next((c.name for c in constants if c is not None), names.inverse)
    Z = Symbol("Z", positive=True)
    letters = {s: Z if s.name == names.alias else 1 / Z for s in found.free_symbols if s.name in (names.alias, names.inverse) and s.name}
    return found.xreplace(letters) if letters else found


def kept(found: Basic, part: Part, truth: Truth, names: Names) -> Stated:
    """One statement, with its new names remembered."""
    if isinstance(found, Relational) and not isinstance(found, Eq):
        sides = engine_terms(found.args, truth, names)
        return Stated(INEQUALITY, sides, found.func(*sides, evaluate=False), part.formula)
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
        return Stated(DIFFERENTIAL, raw, text=part.formula)
    left = raw[0]
    if isinstance(left, AppliedUndef) and left.func.__name__ in names.helpers and left.args[0].is_Symbol and len(raw) > 1:
        return Stated(HELPER, (left, *engine_terms(raw[1:], truth, names)), text=part.formula)
    if any(d.expr.is_Symbol and d.expr.name not in {*QUANTITIES, *names.defined} for s in raw for d in s.atoms(Derivative)):
        raise ReadError("a derivative such as du/dx is read in the form du = ... dx")
    if isinstance(left, Symbol) and left.name in names.variables and isinstance(found, Eq):
        return substitution(left, raw[-1], part, truth, names)
    new = isinstance(left, Symbol) and left.name not in truth.named and len(raw) > 1
    own = new and isinstance(found, (Chain, Eq)) and (left.name not in QUANTITIES or introduces(left, part))
    if own and (left.name not in names.defined or part.defining or left.name == names.fresh):
        names.fresh = ""
        names.defined[left.name] = left
        sides = engine_terms(raw[1:], truth, names)
        return Stated(DEFINITION, (left, *sides), text=part.formula)
    sides = engine_terms(raw, truth, names)
    loose = len(sides) == 1 and bool(part.words.strip()) and not CONCLUDING.search(part.words)
    return Stated(PROPORTION if isinstance(found, Propto) else EQUATION, sides, text=part.formula, loose=loose)


def substitution(left: Symbol, right: Basic, part: Part, truth: Truth, names: Names) -> Stated:
    """x = ψ(u) for a variable x of integration: u is new."""
    known = {*truth.named, *names.defined, *names.variables, *QUANTITIES}
    names.defined.update({s.name: s for s in right.free_symbols if s.name not in known})
    return Stated(DEFINITION, (left, *engine_terms((right,), truth, names)), text=part.formula)


def introduces(left: Basic, part: Part) -> bool:
    """Whether words such as "let" make a name of Z's kind stand for something else."""
    return isinstance(left, Symbol) and left.name != "Z" and bool(STRONG.search(part.words))


def engine_terms(sides: tuple[Basic, ...], truth: Truth, names: Names) -> tuple[Basic, ...]:
    """Sides with totals in place of integrals and sums. Raises ReadError for a name that nobody declared."""
    for side in sides:
        for integral in side.atoms(Integral):
            names.variables.update({limits[0].name: limits[0] for limits in integral.limits})
    unknown = {s.name: s for side in sides for bar in side.atoms(EvalBar) for s in bar.free_symbols
               if s.name not in {*truth.named, *names.defined, *QUANTITIES}}  # fmt: skip
    bars = tuple({**unknown, **names.variables}.values())
    sides = tuple(with_finite_sums(side, truth) for side in sides)
    done = tuple(s if isinstance(s, Blank) else totalled(s, truth.inside.facts, bars) for s in sides)
    for side in done:
        refuse_undeclared(side, truth, names)
    return done


def with_finite_sums(side: Basic, truth: Truth) -> Basic:
    """The side with the sum that 1 + q + ⋯ + qⁿ means. Raises ReadError where its general term is not clear."""
    found = {f: finite_sum(f, truth.problem) for f in side.atoms(AppliedUndef) if f.func.__name__ == FINITE}
    if None in found.values():
        raise ReadError("the general term of this sum with an ellipsis is not clear; write it with \\sum")
    return side.xreplace(found)


def refuse_undeclared(side: Basic, truth: Truth, names: Names) -> None:
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    inside = {t.x.name for t in side.atoms(Total)} | {b.args[3].name for b in side.atoms(EvalBar) if len(b.args) > 3}
    missing = sorted(s.name for s in side.free_symbols if s.name not in known | inside | {"Z", "I"})
    if missing:
        raise ReadError(f"the name {missing[0]} is not declared")
