"""What is said (Claim), what may be said (Rule), how it was reached (Step, Derivation).

A rule is an equation with wildcards. Its letters are plain symbols; f(x) with an undefined f is a wildcard that may depend on
the bound variable x. Nothing here decides whether anything is true: that is the checker's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import is_

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Ge,
    Gt,
    Lambda,
    Lt,
    Mul,
    Ne,
    Piecewise,
    Pow,
    S,
    Symbol,
    acos,
    asin,
    atan,
    besseli,
    besselj,
    besselk,
    bessely,
    beta,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    log,
    sin,
    sinh,
    tan,
    tanh,
)
from sympy.core.function import AppliedUndef, Function
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFunction

from derive.language.parts import built, every, free, multiplied
from derive.language.totals import substitute, totals

PROVED, AGREES, REFUTED, UNDECIDED = "proved", "agrees", "refuted", "undecided"
VERDICTS = (PROVED, AGREES, UNDECIDED, REFUTED)  # from best to worst

Values = Mapping[Basic, Basic]
SIZE = Symbol("size")  # how many pieces a rule's schema is taken for


class Capture(ValueError):
    """A value would slip under a binder that it must not see."""


class Same(BooleanFunction):
    """`Same(a, b)`: both sides are equal wherever the bound variables range. (SymPy's Eq would evaluate itself.)"""


class Smooth(BooleanFunction):
    """`Smooth(f, x)`: f is real and continuously differentiable in x inside the support of x."""


class Tends(BooleanFunction):
    """`Tends(f, x, end, side, value)`: f tends to `value` as x goes to `end`, from above (side +1) or from below (side −1)."""


class Whole(BooleanFunction):
    """`Whole(n)`: n is an integer."""


class Finite(BooleanFunction):
    """`Finite(e)`: e is a finite number."""


@dataclass(frozen=True)
class Claim:
    """`left` equals `right` wherever every condition in `given` holds."""

    left: Expr
    right: Expr
    given: tuple[Boolean, ...] = ()

    def bound(self) -> set[Symbol]:
        """The variables bound by the totals on either side."""
        return {t.x for side in (self.left, self.right) for t in totals(side)}

    def letters(self) -> set[Symbol]:
        """Every wildcard letter, bound variables and wildcards for measures included."""
        terms = (self.left, self.right, *self.given)
        return set().union(*(every(t, Symbol) for t in terms))

    def assumed(self) -> tuple[Boolean, ...]:
        """What the letters' own assumptions say: writing sqrt(a**2) = a for a positive letter a needs a > 0 of its value."""
        return assumed_by(self)

    def at(self, values: Values, kind: type[Boolean] = Boolean) -> Claim:
        """Put values for the wildcards; of the conditions keep those of one kind. A plain letter's value may not mention a bound variable.

        Raises Capture where it does.
        """
        bound = self.bound()
        hidden = {values.get(x, x) for x in bound}
        for letter, value in values.items():
            if isinstance(letter, Symbol) and letter not in bound and not free(value).isdisjoint(hidden):
                raise Capture(f"{letter} = {value} mentions a variable that is bound")
        conditions = (c for c in (*self.assumed(), *self.given) if isinstance(c, kind))
        given = frozenset(values.items())
        return Claim(filled(self.left, given), filled(self.right, given),
                     tuple(c for c in (filled(c, given) for c in conditions) if c is not S.true))


@lru_cache(maxsize=5000)
def filled(term: Basic, values: frozenset[tuple[Basic, Basic]]) -> Basic:
    """A part of a rule with values for its letters: the checker asks for what the search has asked for."""
    return put(term, dict(values))


@lru_cache(maxsize=1000)
def assumed_by(claim: Claim) -> tuple[Boolean, ...]:
    """Worked out once for each rule."""
    return tuple(c for s in sorted(claim.letters(), key=str) for c in assumptions_of(s))


def assumptions_of(symbol: Symbol) -> Iterator[Boolean]:
    """The relations that a symbol's assumptions amount to, as conditions on what may stand in its place."""
    if symbol.is_integer:
        yield Whole(symbol)
    if symbol.is_positive:
        yield Gt(symbol, 0, evaluate=False)
    elif symbol.is_negative:
        yield Lt(symbol, 0, evaluate=False)
    elif symbol.is_nonnegative:
        yield Ge(symbol, 0, evaluate=False)
    elif symbol.is_nonzero:
        yield Ne(symbol, 0, evaluate=False)


def put(term: Basic, values: Values) -> Basic:
    """`term` with values for letters, and with bodies for function wildcards; derivatives are carried out.

    >>> from sympy import Function, Lambda
    >>> from sympy.abc import x, y
    >>> put(Function("f")(x), {x: y, Function("f"): Lambda(y, y**2)})
    y**2
    """
    if isinstance(term, Symbol):
        return values.get(term, term)
    if not term.args:
        return term
    if isinstance(term, AppliedUndef) and term.func in values:
        arguments = [put(arg, values) for arg in term.args]
        function = values[term.func]
        assert isinstance(function, Lambda)
        moved = {x: arg for x, arg in zip(function.variables, arguments, strict=True) if x != arg}  # x for x would build all of it anew
        return substitute(function.expr, moved)
    if isinstance(term, Derivative):
        return reduce(slope, (put(x, values) for x in term.variables), put(term.expr, values))
    args = [put(arg, values) for arg in term.args]
    if all(map(is_, args, term.args)):
        return term
    if isinstance(term, Relational):
        return term.func(*args, evaluate=False)
    if isinstance(term, beta) and args[0] - args[1] in (1, -1):
        return term.func(*args, evaluate=False)  # SymPy writes B(s, s + 1) with a Catalan number
    return built(term.func, *(opened(args) if isinstance(term, Piecewise) else args))


def opened(cases: list[Basic]) -> list[Basic]:
    """The cases of a Piecewise; where the last one, for all that is left, has cases of its own, these stand in its place."""
    *before, last = cases
    value, condition = last.args
    return [*before, *value.args] if condition is S.true and isinstance(value, Piecewise) else cases


BESSEL = (besselj, bessely, besseli, besselk)
SMOOTH = (sin, cos, tan, sinh, cosh, tanh, asin, acos, atan, erf, erfc)  # of one argument


@lru_cache(maxsize=5000)
def slope(e: Expr, x: Expr) -> Expr:
    """The derivative of e by x. Finders and checker ask for the same ones over and over.

    Sums, products and powers are taken apart here, as SymPy does it too, but without its many questions.
    """
    if e == x or x not in free(e):
        return S.One if e == x else S.Zero
    if isinstance(e, Add):
        return Add(*(slope(term, x) for term in e.args))
    if isinstance(e, Mul):
        return Add(*(multiplied(*e.args[:i], slope(factor, x), *e.args[i + 1 :]) for i, factor in enumerate(e.args) if x in free(factor)))
    if isinstance(e, Pow) and e.base is not S.Exp1:
        by_exponent = slope(e.exp, x) * log(e.base) if x in free(e.exp) else S.Zero
        return multiplied(e, by_exponent + slope(e.base, x) * e.exp / e.base)
    if isinstance(e, exp):
        return multiplied(e, slope(e.args[0], x))
    if isinstance(e, log):
        return slope(e.args[0], x) / e.args[0]
    if isinstance(e, SMOOTH):
        return e.fdiff() * slope(e.args[0], x)
    if isinstance(e, BESSEL) and x not in free(e.args[0]):
        return multiplied(e.fdiff(2), slope(e.args[1], x))
    return e.diff(x)


def divisors(values: Values, at: Basic) -> list[Expr]:
    """What values divide by that `at` does not, without bound variables, as ∫ cos nt dt = sin(nt)/n does: none of them may be 0.

    >>> n, t = Symbol("n"), Symbol("t")
    >>> divisors({Symbol("F"): Lambda(t, t**2/n)}, t)
    [n]
    """
    (known, outer), found = denominators(at), set()
    for divided, bound in (denominators(v) for v in values.values() if isinstance(v, Basic)):
        found |= {d for d in divided - known if free(d).isdisjoint(outer | bound)}  # what a value binds is bound in it alone
    return sorted(found, key=str)


@lru_cache(maxsize=5000)
def denominators(e: Basic) -> tuple[frozenset[Expr], frozenset[Symbol]]:
    """What e divides by, where letters stand in it, and the variables that e binds."""
    divided = frozenset(p.base for p in every(e, Pow) if p.exp.is_negative and free(p.base))
    return divided, frozenset(every(e, Symbol) - free(e))


@dataclass(frozen=True, eq=False)  # a rule is itself alone: comparing the fields of two is slow and says no more
class Rule:
    """An equation with wildcards, what it rests on, and an untrusted way to find where it applies.

    A rule about any number n of pieces is a `schema`: it gives the claim and what it rests on for each n, a step says its n as the
    value of SIZE, and `says` shows it for n = 2. kind: "primitive" (the few moves that everything rests on), "definition" (of a
    special function), "lemma" (`proof` derives it from other rules), "cited" (`source` says where it is proved).
    `find(total, facts)` proposes values for the wildcards.
    """

    name: str
    says: Claim
    kind: str = "primitive"
    find: Callable[..., Iterator[Values]] = lambda total, context: iter(())
    rests_on: tuple[Claim, ...] = ()
    proof: Callable[[], Derivation] | None = None
    source: str = ""
    schema: Callable[[int], tuple[Claim, tuple[Claim, ...]]] | None = None

    def instance(self, values: Values) -> tuple[Claim, tuple[Claim, ...]]:
        """The claim, and what it rests on, for the size that `values` name."""
        return self.schema(int(values[SIZE])) if self.schema else (self.says, self.rests_on)


@dataclass(frozen=True)
class Condition:
    """A condition that a step needs, and what became of it: `by` names the facts it follows from, `open` that it was left over."""

    relation: Boolean
    by: tuple[Boolean, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Step:
    """`before` becomes `after` because `rule` with `values` rewrites `at`, a total (or other term) inside `before`.

    `because` derives, in order, what the rule rests on. `verdict`, `detail` and `conditions` are written by the checker alone.
    """

    rule: str
    values: Values
    before: Expr
    after: Expr
    at: Expr
    because: tuple[Derivation, ...] = ()
    verdict: str = UNDECIDED
    detail: str = ""
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """`claim.left` becomes `claim.right` by `steps`, each starting where the one before it ended."""

    claim: Claim
    steps: tuple[Step, ...] = field(default=())

    def walk(self) -> Iterator[Step]:
        """Every step, with those of the inner derivations before the step that rests on them."""
        for step in self.steps:
            for inner in step.because:
                yield from inner.walk()
            yield step


def functions(*names: str) -> tuple[type[Function], ...]:
    """Undefined functions, for rules' wildcards that may depend on the bound variable."""
    return tuple(Function(name) for name in names)
