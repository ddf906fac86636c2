"""What is known of the parameters: SymPy's words, and conditions, of which those that fix a sign become part of the symbol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sympy import Expr, Function, Ge, Gt, IndexedBase, Le, Lt, Ne, S, Symbol
from sympy.core.facts import InconsistentAssumptions
from sympy.core.function import UndefinedFunction
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.read.names import ReadError
from derive.read.tokens import near

WORDS = ("real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "even", "odd", "prime", "rational",
         "irrational", "finite")

Facts = dict[str, bool]


def words(text: str, of: str = "") -> Facts:
    """Assumptions from SymPy's words, separated by commas; `of` is the letter that they are about.

    Raises ReadError for a word that is none of them.

    >>> words("positive, integer")
    {'positive': True, 'integer': True}
    """
    found = [word.strip() for word in text.split(",")] if text.strip() else []
    for word in found:
        if word not in WORDS:
            stated = f"{of} {word}" if word[0] in "<>=" else word  # '> 0' says nothing of whom
            relation = f"; write it as condition = {stated!r}" if set(word) & set("<>=") else ""
            hint = relation or near(word, [*WORDS, "indexed"]) or f"; known are {', '.join(WORDS)} and indexed"
            raise ReadError(f"the assumption {word!r} is not known{hint}")
    return dict.fromkeys(found, True)


def symbol(name: str, facts: Mapping[str, bool]) -> Symbol:
    """A real symbol with these facts.

    Raises ReadError where they contradict each other.
    """
    try:
        return Symbol(name, **{"real": True, **facts})
    except InconsistentAssumptions:
        stated = " and ".join(repr(word if value else f"not {word}") for word, value in facts.items())
        raise ReadError(f"the assumptions {stated} of {name!r} contradict each other") from None


@dataclass(frozen=True)
class Stated:
    """A condition in bare real symbols, and its text."""

    relation: Boolean
    text: str


@dataclass
class Knowledge:
    """The facts of each name, and the reasons for them in words; `relations` are what the facts do not say."""

    facts: dict[str, Facts]
    reasons: dict[str, list[str]] = field(default_factory=dict)
    relations: list[Stated] = field(default_factory=list)

    def symbols(self) -> dict[str, Symbol]:
        return {name: symbol(name, facts) for name, facts in self.facts.items()}

    def learn(self, name: str, fact: str, text: str) -> bool:
        """Add a fact; whether it was new. Raises ReadError where it contradicts what is known."""
        known = symbol(name, self.facts[name])
        if getattr(known, f"is_{fact}"):
            return False
        if getattr(known, f"is_{fact}") is False:
            if f"{text!r} holds" in self.reasons.get(name, []):
                raise ReadError(f"the condition {text!r} contradicts itself")
            reasons = self.reasons.get(name) or [f"{name!r} is {', '.join(self.facts[name]) or 'real'}"]
            raise ReadError(f"the condition {text!r} contradicts that {' and '.join(reasons)}")
        self.facts[name] = {**self.facts[name], fact: True}
        self.reasons.setdefault(name, []).append(f"{text!r} holds")
        return True


def settle(facts: Mapping[str, Facts], stated: Iterable[Stated]) -> Knowledge:
    """What the assumptions and the conditions say together.

    `a > 0` makes a positive; `s > 1` makes s positive and stays as a relation; `b > a` for a positive a makes b positive.
    Raises ReadError, naming both sides, where they cannot hold together.
    """
    knowledge = Knowledge({name: dict(f) for name, f in facts.items()})
    for name, known in knowledge.facts.items():
        knowledge.reasons[name] = [f"{name!r} is {', '.join(known)}"] if known else []
    stated = list(stated)
    while any([learnt(knowledge, one) for one in stated]):  # noqa: C419 - all of them, until no condition adds anything
        pass
    remaining(knowledge, stated)
    refuse_contradictions(knowledge.relations)
    return knowledge


def learnt(knowledge: Knowledge, stated: Stated) -> bool:
    """Whether a condition adds a fact about one of its symbols."""
    names = {s.name for s in stated.relation.free_symbols}
    current = {Symbol(n, real=True): symbol(n, f) for n in names if (f := knowledge.facts.get(n)) is not None}
    return any(knowledge.learn(name, fact, stated.text) for name, fact in signs(stated.relation, current))


def signs(relation: Boolean, current: Mapping[Symbol, Symbol]) -> Iterator[tuple[str, str]]:
    """The signs that a relation gives to a symbol that stands alone on one side."""
    if not isinstance(relation, Relational):
        return
    for one in (relation, relation.reversed):
        if isinstance(one.lhs, Symbol) and one.lhs in current:
            other = one.rhs.xreplace(dict(current))
            if fact := sign_of(one, other):
                yield one.lhs.name, fact


def sign_of(relation: Relational, other: Expr) -> str | None:
    """The sign of the left side, from that of `other` on the right.

    >>> from sympy.abc import x
    >>> sign_of(x > 1, S.One), sign_of(x >= 0, S.Zero)
    ('positive', 'nonnegative')
    """
    match relation:
        case Gt():
            return "positive" if other.is_nonnegative else None
        case Ge():
            return "positive" if other.is_positive else "nonnegative" if other.is_nonnegative else None
        case Lt():
            return "negative" if other.is_nonpositive else None
        case Le():
            return "negative" if other.is_negative else "nonpositive" if other.is_nonpositive else None
        case Ne():
            return "nonzero" if other.is_zero else None
    return None


def remaining(knowledge: Knowledge, stated: Iterable[Stated]) -> None:
    """Keep the conditions that the facts do not imply. Raises ReadError for one that can never hold."""
    final = {Symbol(name, real=True): s for name, s in knowledge.symbols().items()}
    for one in stated:
        relation = one.relation.xreplace(final)
        if relation is S.false:
            names = sorted(s.name for s in one.relation.free_symbols)
            reasons = [r for n in names for r in knowledge.reasons.get(n, []) if r != f"{one.text!r} holds"]
            raise ReadError(f"the condition {one.text!r} can never hold" + (f", as {' and '.join(reasons)}" if reasons else ""))
        if relation is not S.true and not at_least_one(relation):
            knowledge.relations.append(Stated(relation, one.text))


def at_least_one(relation: Boolean) -> bool:
    """Whether a relation says n >= 1 of a positive integer, which its symbol says already."""
    return isinstance(relation, Ge) and relation.rhs == 1 and bool(relation.lhs.is_integer and relation.lhs.is_positive)


def refuse_contradictions(relations: Iterable[Stated]) -> None:
    """Two inequalities f > 0 and g > 0 contradict each other where f + g cannot be positive."""
    sides = [(one, one.relation.gts - one.relation.lts, isinstance(one.relation, (Gt, Lt)), one.relation.free_symbols)
             for one in relations if isinstance(one.relation, (Gt, Lt, Ge, Le))]
    for (one, f, strict, named), (two, g, strictly, others) in combinations(sides, 2):
        if named.isdisjoint(others):
            continue
        total = (f + g).expand()
        if total.is_negative or (total.is_nonpositive and (strict or strictly)):
            raise ReadError(f"the conditions {one.text!r} and {two.text!r} contradict each other")


def abstract(name: str, facts: Facts, count: int) -> UndefinedFunction:
    """A function of `count` arguments of which only its sign is known."""
    return Function(name, nargs=count, **{"real": True, **facts})


def indexed(name: str, size: Expr | None) -> IndexedBase:
    """A family of real numbers name[1] … name[size]."""
    label = Symbol(name, real=True)
    return IndexedBase(label, shape=(size,)) if size is not None else IndexedBase(label)
