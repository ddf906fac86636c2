"""What is known of signs: sound, small, incomplete. A fact is a relation; SymPy's assumptions on symbols count as facts too."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from flint import fmpq
from sympy import Abs, Add, Basic, Eq, Expr, Ge, Gt, Le, Lt, Mul, Ne, Pow, S, Symbol, acos, acot, asin, atan, exp, log, pi, sin
from sympy.logic.boolalg import And, Boolean

from derive.algebra.assumptions import ask_in_order
from derive.algebra.equality import infinite
from derive.algebra.monomials import Mono, Terms, TooLarge, label
from derive.algebra.normal import term, terms
from derive.algebra.relations import bars_below, both_positive, differences, logarithms_ordered, powers_ordered, without_denominators
from derive.algebra.samples import Samples, clearly_negative, refuted, samples
from derive.algebra.sign_proofs import CAREFUL, QUICK, exponentials_apart, is_real, prove
from derive.language.totals import Measure, support

RASH = (atan, asin, acos, acot)  # SymPy takes them for irrational at every rational argument, 0 and 1 included
OWN = (Add, Mul, Pow, exp, log, Abs)  # what the prover takes apart itself, faster than SymPy does
NESTED = 10  # how many questions may be open inside one another

ask_in_order()


class Facts:
    """Relations that hold where an expression stands. Immutable; `memo` only remembers normal forms for these facts.

    >>> p = Symbol("p", positive=True)
    >>> Facts([p < 1]).positive(p*(1 - p)**3)
    True
    """

    READING = ("reads its own relations", S.true)  # stands among the open questions meanwhile

    def __init__(self, relations: Iterable[Boolean] = (), most: int = CAREFUL, careful: Facts | None = None) -> None:
        self.most = most  # how many sums one question may look at, in all the questions that it leads to
        self.careful = careful  # the same facts with more effort, which share what is found out until effort is spent here
        parts = [part for r in relations for part in And.make_args(r)]
        self.relations: tuple[Boolean, ...] = tuple(dict.fromkeys(r for r in parts if r is not S.true))
        self.memo: dict[Expr, tuple[fmpq, Mono]] = careful.memo if careful else {}
        self._refused: set[tuple[str, Expr]] = careful._refused if careful else set()
        self._busy: set[tuple[str, Expr]] = set()
        self._unproved: set[tuple[str, Expr]] = set()
        self.effort = most
        self._known: list[tuple[Terms, bool, Boolean]] | None = None
        self._proved: set[tuple[str, Expr]] = careful._proved if careful else set()
        self._samples: Samples | None = None
        self.settled = True  # False while a question is open: normal forms made then are not kept
        self.tired = False  # True once a question was given up because the effort was spent
        self.found: dict[Hashable, Any] = {}  # what finders worked out about totals under these facts
        self.well_formed: set[Basic] = set()  # terms that the checker found to be so under these facts: what one step leaves, the next begins with
        self.outer: dict[Symbol, Facts] = {}
        self.inner: dict[tuple[Symbol, Basic], Facts] = {}
        self.wider: dict[tuple[Boolean, ...], Facts] = {}
        self._quick: Facts | None = None

    def and_(self, *more: Boolean) -> Facts:
        """These facts and some more."""
        new = tuple(r for r in more if r not in self.relations and r is not S.true)
        if new and new not in self.wider:
            self.wider[new] = Facts((*self.relations, *new), self.most, self.careful and self.careful.and_(*new))
        return self.wider[new] if new else self

    def quick(self) -> Facts:
        """The same facts for what is only proposed, with all that was found out when they were last asked."""
        if self._quick is None:
            self._quick = self if self.most == QUICK else Facts(self.relations, QUICK, self)
        return self._quick

    def give_up(self) -> None:
        """Says that a question was given up because the effort was spent: what is denied from now on, more effort may prove."""
        if not self.tired and self.careful:
            self.memo, self._refused = dict(self.memo), set(self._refused)
        self.tired = True

    def gave_up(self) -> bool:
        """Whether a question about these facts, or about more or fewer of them, was given up for want of effort."""
        others = (facts for made in (self.outer, self.inner, self.wider) for facts in made.values() if facts is not self)
        return self.tired or any(facts.gave_up() for facts in others)

    def without(self, x: Symbol) -> Facts:
        """The facts that do not speak of x."""
        if x not in self.outer:
            kept = [r for r in self.relations if x not in r.free_symbols]
            self.outer[x] = self if len(kept) == len(self.relations) else Facts(kept, self.most, self.careful and self.careful.without(x))
        return self.outer[x]

    def within(self, x: Symbol, measure: Basic) -> Facts:
        """These facts and what `measure` says of the variable x that it binds."""
        if not isinstance(measure, Measure):
            return self
        try:
            return self.inner[x, measure]
        except KeyError:
            self.inner[x, measure] = found = self.and_(*support(x, measure))
            return found

    def known(self) -> list[tuple[Terms, bool, Boolean]]:
        """The facts as (sum that is ≥ 0, whether it is > 0, the relation)."""
        if self._known is None:
            self._known, effort = [], self.effort
            self.effort = QUICK  # what the facts say must not use up what is there for the question
            opened, self.settled = bool(self._busy), False  # a no found now may rest on facts that are still to come
            self._busy.add(self.READING)
            for r in sorted(self.relations, key=lambda r: r.has(Abs)):  # the signs of what stands between bars may follow from the others
                self._known += [(terms(d.xreplace({Abs(u): v}), self), strict, r) for d, strict, u in bars_below(r) for v in (u, -u)]
                self._known += [(terms(d, self), strict, r) for d, strict in differences(r)]
            for r in self.relations:
                for f, strict in powers_ordered(r):
                    self._known += [(terms(f, self), strict, r)]
                    self._known += [(part, strict, r) for part in without_denominators(terms(f, self), self)]
                for d, strict in differences(r):
                    self._known += [(terms(f, self), strict, r) for f in both_positive(d, self)]
                    self._known += [(terms(f, self), strict, r) for f in logarithms_ordered(r)]
                    self._known += [(f, strict, r) for f in without_denominators(terms(d, self), self)]
                for u in sorted((a.args[0] for a in r.atoms(Abs)), key=label):
                    self._known += [(terms(Abs(u) - u, self), False, r), (terms(Abs(u) + u, self), False, r)]
            self.effort = effort
            self._busy.discard(self.READING)
            if not opened:
                self.settled = True
                self._unproved.clear()
        return self._known

    def refutes(self, total: Terms, strict: bool) -> bool:
        """Whether a sum is negative at some point at which the facts hold, so that no proof need be looked for."""
        return bool(self.relations) and refuted(total, strict, self.samples())

    def samples(self) -> Samples:
        """Points at which these facts hold."""
        if self._samples is None:
            self._samples = self.careful.samples() if self.careful else samples(d for r in self.relations for d in differences(r))
        return self._samples

    def positive(self, e: Expr) -> bool:
        """e > 0 is proved."""
        return self._ask("positive", e)

    def nonnegative(self, e: Expr) -> bool:
        """e ≥ 0 is proved."""
        return self._ask("nonnegative", e)

    def negative(self, e: Expr) -> bool:
        """e < 0 is proved."""
        if e.is_Symbol and e.is_negative:
            return True
        if isinstance(e, log):
            return self.positive(e.args[0]) and self.positive(1 - e.args[0])
        return self.positive(-e)

    def nonzero(self, e: Expr) -> bool:
        """e ≠ 0 is proved."""
        if isinstance(e, Abs):
            return self.nonzero(e.args[0])

        def plainly() -> bool:
            return bool(e.is_nonzero) and not e.has(*RASH)

        if not e.is_Add and plainly() or self.positive(e) or self.positive(-e) or e.is_Add and plainly():  # of sums SymPy looks for roots
            return True
        if isinstance(e, sin) and self.positive(-e.args[0]) and self.positive(pi + e.args[0]):  # of sin z > 0 the prover knows itself
            return True
        told = any(isinstance(r, Ne) and (r.lhs - r.rhs == e or r.lhs - r.rhs == -e) for r in self.relations)
        return told or self._factors_nonzero(e) or exponentials_apart(e, self)

    def _factors_nonzero(self, e: Expr) -> bool:
        c, mono = term(e, self)
        return c != 0 and len(mono) > 1 and all(self.nonzero(b) for (b, _), _ in mono)

    def _ask(self, question: str, e: Expr) -> bool:
        if (e.is_Symbol or e.is_Rational) and getattr(e, f"is_{question}"):
            return True
        key = (question, e)
        if key in self._proved:
            return True
        if key in self._refused:
            return False
        if e.is_number and getattr(e, f"is_{question}"):
            self._proved.add(key)
            return True
        if key in self._busy or key in self._unproved or len(self._busy) > NESTED:
            return False
        if clearly_negative(e, self.samples()):
            self._refused.add(key)
            return False
        if not self._busy:
            self.effort = self.most
        if self.effort < 0:
            return False
        self._busy.add(key)
        self.settled = False
        try:
            rash = question == "positive" and e.has(*RASH)
            known = not isinstance(e, OWN) and not rash and bool(getattr(e, f"is_{question}"))
            answer = known or prove(e, self, question == "positive")
        except TooLarge:
            answer = False
        finally:
            self._busy.discard(key)
            self.settled = not self._busy
        self._remember(key, answer)
        return answer

    def _remember(self, key: tuple[str, Expr], answer: bool) -> None:
        """A no that was found while other questions were open may rest on them: it is kept until those are settled, no longer.

        One for which the effort ran out is not kept at all, for a part of it may have been all that there was.
        """
        if answer:
            self._proved.add(key)
        elif not self._busy:
            self._refused.add(key)
        elif self.effort >= 0:
            self._unproved.add(key)
        if not self._busy:
            self._unproved.clear()

    def real(self, e: Expr) -> bool:
        """e is proved to be a real number: built from real symbols, without a root or logarithm of what may be negative."""
        return is_real(e, self)

    def follows(self, condition: Boolean) -> bool:
        """Whether a relation between real numbers follows."""
        if condition is S.true or condition in self.relations:
            return True
        if isinstance(condition, And):
            return all(self.follows(part) for part in condition.args)
        if isinstance(condition, Ne):
            return self.nonzero(condition.lhs - condition.rhs)
        return bool(found := differences(condition)) and not isinstance(condition, Eq) and all(above_zero(d, self, strict) for d, strict in found)

    def contradicts(self, condition: Boolean) -> bool:
        """Whether the negation of a strict or weak inequality follows."""
        return isinstance(condition, (Gt, Ge, Lt, Le)) and self.follows(condition.negated)


def above_zero(d: Expr, facts: Facts, strict: bool) -> bool:
    """Whether d > 0, or d ≥ 0 where that is not to be strict; d may be ∞, as a difference of ends is."""
    if isinstance(d, Add) and S.Infinity in d.args:  # SymPy keeps ∞ + c apart where c might be infinite
        rest = Add(*(part for part in d.args if part is not S.Infinity))
        return not infinite(rest) and facts.real(rest)
    if infinite(d):
        return d is S.Infinity
    return facts.positive(d) if strict else facts.nonnegative(d)
