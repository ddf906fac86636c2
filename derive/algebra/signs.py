"""What is known of signs: sound, small, incomplete. A fact is a relation; SymPy's assumptions on symbols count as facts too."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Eq,
    Expr,
    Ge,
    Gt,
    Le,
    Lt,
    Max,
    Min,
    Mul,
    Ne,
    Piecewise,
    Pow,
    RisingFactorial,
    S,
    Symbol,
    acos,
    acot,
    asin,
    atan,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    gamma,
    log,
    pi,
    sech,
    sign,
    sin,
    sinh,
    tanh,
    uppergamma,
    zeta,
)  # fmt: skip
from sympy.logic.boolalg import And, Boolean

from derive.algebra import special
from derive.algebra.extremes import positive_at_extremes, positive_by_form
from derive.algebra.normal import (
    REWRITES,
    Mono,
    Terms,
    TooLarge,
    add_to,
    label,
    multiply,
    order_key,
    ordered,
    product,
    raised,
    rebuild,
    term,
    terms,
)
from derive.algebra.samples import Point, refuted, samples
from derive.language.totals import Measure, Total, support

REAL_FUNCTIONS = (sin, cos, tanh, sinh, cosh, sech, atan, erf, erfc, Abs, sign, Max, Min)  # real at real arguments
POSITIVE_FUNCTIONS = (erfc, cosh, sech, gamma, besselk, besseli, uppergamma, expint, zeta)
PRODUCTS = (beta, binomial, factorial, RisingFactorial)  # products of gamma functions
RASH = (atan, asin, acos, acot)  # SymPy takes them for irrational at every rational argument, 0 and 1 included
BETWEEN_ONES = (sin, cos, tanh, erf)  # |f| ≤ 1
OWN = (Add, Mul, Pow, exp, log, Abs)  # what the prover takes apart itself, faster than SymPy does
NESTED = 10  # how many questions may be open inside one another
DEPTH = 4  # how many facts may be combined
QUICK, CAREFUL = 60, 300  # effort for what is only proposed, and for what is to be established
MOST_TRIED = 40  # sums that one question may lead to

Goal = tuple[frozenset[tuple[Mono, Fraction]], bool]


class Facts:
    """Relations that hold where an expression stands. Immutable; `memo` only remembers normal forms for these facts.

    >>> p = Symbol("p", positive=True)
    >>> Facts([p < 1]).positive(p*(1 - p)**3)
    True
    """

    def __init__(self, relations: Iterable[Boolean] = (), most: int = CAREFUL) -> None:
        self.most = most  # how many sums one question may look at, in all the questions that it leads to
        parts = [part for r in relations for part in And.make_args(r)]
        self.relations: tuple[Boolean, ...] = tuple(dict.fromkeys(r for r in parts if r is not S.true))
        self.memo: dict[Expr, tuple[Fraction, Mono]] = {}
        self._signs: dict[tuple[str, Expr], bool] = {}
        self._busy: set[tuple[str, Expr]] = set()
        self._unproved: set[tuple[str, Expr]] = set()
        self.effort = most
        self._known: list[tuple[Terms, bool, Boolean]] | None = None
        self._samples: tuple[list[Point], frozenset[Symbol]] | None = None
        self.settled = True  # False while a question is open: normal forms made then are not kept
        self.found: dict[Basic, Any] = {}  # what finders worked out about totals under these facts
        self.outer: dict[Symbol, Facts] = {}
        self.inner: dict[tuple[Symbol, Basic], Facts] = {}

    def and_(self, *more: Boolean) -> Facts:
        """These facts and some more."""
        new = [r for r in more if r not in self.relations and r is not S.true]
        return Facts((*self.relations, *new), self.most) if new else self

    def without(self, x: Symbol) -> Facts:
        """The facts that do not speak of x."""
        if x not in self.outer:
            kept = [r for r in self.relations if x not in r.free_symbols]
            self.outer[x] = self if len(kept) == len(self.relations) else Facts(kept, self.most)
        return self.outer[x]

    def within(self, x: Symbol, measure: Basic) -> Facts:
        """These facts and what `measure` says of the variable x that it binds."""
        if not isinstance(measure, Measure):
            return self
        if (x, measure) not in self.inner:
            self.inner[x, measure] = self.and_(*support(x, measure))
        return self.inner[x, measure]

    def known(self) -> list[tuple[Terms, bool, Boolean]]:
        """The facts as (sum that is ≥ 0, whether it is > 0, the relation)."""
        if self._known is None:
            self._known = [(terms(d, self), strict, r) for r in self.relations for d, strict in differences(r)]
            effort, self.effort = self.effort, QUICK  # what else the facts say must not use up what is there for the question
            for r in self.relations:
                for d, strict in differences(r):
                    self._known += [(terms(f, self), strict, r) for f in both_positive(d, self)]
                    self._known += [(terms(f, self), strict, r) for f in logarithms_ordered(r)]
                for u in sorted((a.args[0] for a in r.atoms(Abs)), key=label):
                    self._known += [(terms(Abs(u) - u, self), False, r), (terms(Abs(u) + u, self), False, r)]
            self.effort = effort
        return self._known

    def refutes(self, total: Terms, strict: bool) -> bool:
        """Whether a sum is negative at some point at which the facts hold, so that no proof need be looked for."""
        if not self.relations:
            return False
        if self._samples is None:
            self._samples = samples(d for r in self.relations for d in differences(r))
        return refuted(total, strict, *self._samples)

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
        if e.is_nonzero and not e.has(*RASH) or self.positive(e) or self.positive(-e):
            return True
        return any(isinstance(r, Ne) and (r.lhs - r.rhs == e or r.lhs - r.rhs == -e) for r in self.relations) or self._factors_nonzero(e)

    def _factors_nonzero(self, e: Expr) -> bool:
        c, mono = term(e, self)
        return c != 0 and len(mono) > 1 and all(self.nonzero(b) for (b, _), _ in mono)

    def _ask(self, question: str, e: Expr) -> bool:
        if (e.is_Symbol or e.is_number) and getattr(e, f"is_{question}"):
            return True
        key = (question, e)
        if key in self._busy or key in self._unproved or len(self._busy) > NESTED:
            return False
        if key not in self._signs:
            if not self._busy:
                self.effort = self.most
            if self.effort < 0:
                return False
            self._busy.add(key)
            self.settled = False
            try:
                known = not isinstance(e, OWN) and bool(getattr(e, f"is_{question}"))
                answer = known or self._prove(e, question == "positive")
            except TooLarge:
                answer = False
            finally:
                self._busy.discard(key)
                self.settled = not self._busy
            self._remember(key, answer)
            return answer
        return self._signs[key]

    def _remember(self, key: tuple[str, Expr], answer: bool) -> None:
        """A no that was found while other questions were open may rest on them: it is kept until those are settled, no longer."""
        if answer or not self._busy:
            self._signs[key] = answer
        else:
            self._unproved.add(key)
        if not self._busy:
            self._unproved.clear()

    def _prove(self, e: Expr, strict: bool) -> bool:
        if isinstance(e, Total):
            return not strict and self.within(e.x, e.measure).nonnegative(e.body)
        if isinstance(e, Abs):
            return not strict or self.nonzero(e.args[0])
        if isinstance(e, exp):
            return self.real(e.args[0])
        if isinstance(e, POSITIVE_FUNCTIONS):
            return positive_function(e, self, strict)
        if isinstance(e, special.POSITIVE):
            return special.is_positive(e, self)
        if isinstance(e, PRODUCTS):
            return counts_something(e, self, strict) or self._prove(REWRITES[e.func](*e.args), strict)
        if isinstance(e, Piecewise):
            return all(self.and_(c).nonnegative(v) if not strict else self.and_(c).positive(v) for v, c in e.args)
        if isinstance(e, (sin, cos)):
            return self._trigonometric(e, strict)
        if e.is_Pow and self.real(e.exp):
            if self.positive(e.base) or (not strict and self.nonnegative(e.base)):
                return True
            return bool(e.exp.is_even) and (not strict or self.nonzero(e.base)) and self.real(e.base)
        if isinstance(e, log):
            return self.positive(e.args[0]) and (self.positive if strict else self.nonnegative)(e.args[0] - 1)
        if isinstance(e, acos):  # from π at −1 to 0 at 1
            return self.real(e) and (not strict or self.positive(1 - e.args[0]))
        if isinstance(e, Add):
            if positive_at_extremes(e, self, strict):
                return True
            hopeless = any(a.could_extract_minus_sign() and (-a).is_Symbol and (-a).is_positive for a in e.args)
            if not hopeless and all(map(self.nonnegative, e.args)) and (not strict or any(map(self.positive, e.args))):
                return True
            if (compared := logarithms_compared(e)) is not None and self.real(e):
                return self.positive(compared) if strict else self.nonnegative(compared)
            total = terms(e, self)
            plainly = sum_sign(total, self, strict) or self._factored(e, strict) or positive_quadratic(e, self)
            return plainly or positive_by_form(e, self, strict)
        if e.is_Mul and (self._as_it_stands(e, strict) or not strict and falling_product(e, self)):
            return True
        if e.is_Mul and (compared := logarithms_compared(e)) is not None and self.real(e):
            return self.positive(compared) if strict else self.nonnegative(compared)
        if e.is_Mul:
            return self._by_factors(e, strict) or self._factored(e, strict) or sum_sign(terms(e, self), self, strict)
        return self._by_fact(e, strict)

    def real(self, e: Expr) -> bool:
        """e is proved to be a real number: built from real symbols, without a root or logarithm of what may be negative."""
        if e.is_extended_real is not None and not e.args:
            return bool(e.is_real)
        if isinstance(e, (Pow, exp)):
            b, p = e.as_base_exp()
            whole = bool(p.is_integer) and self.real(b) and (bool(p.is_nonnegative) or self.nonzero(b))
            return whole or self.real(p) and (b is S.Exp1 or self.positive(b) or (self.nonnegative(b) and self.positive(p)))
        if isinstance(e, log):
            return self.positive(e.args[0])
        if isinstance(e, (acos, asin)):
            return self.nonnegative(1 - e.args[0]) and self.nonnegative(1 + e.args[0])
        if isinstance(e, (Add, Mul, *REAL_FUNCTIONS)):
            return all(self.real(a) for a in e.args)
        if isinstance(e, special.REAL):
            return special.is_real(e, self)
        return bool(e.is_extended_real)

    def _trigonometric(self, e: Expr, strict: bool) -> bool:
        """cos z on (−π/2, π/2), sin z on (0, π)."""
        z = e.args[0] if isinstance(e, sin) else e.args[0] + pi / 2
        ask = self.positive if strict else self.nonnegative
        return ask(z) and ask(pi - z)

    def _as_it_stands(self, e: Expr, strict: bool) -> bool:
        """A product by the signs of its factors, before any normal form."""
        flips = [0 if (self.positive(a) if strict else self.nonnegative(a)) else 1 if self.negative(a) else None for a in e.args]
        known = [flip for flip in flips if flip is not None]
        return len(known) == len(flips) and sum(known) % 2 == 0

    def _by_fact(self, e: Expr, strict: bool) -> bool:
        return e.is_Symbol and sum_sign(terms(e, self), self, strict)

    def _by_factors(self, e: Expr, strict: bool) -> bool:
        """A product as it is written: an even number of negative factors."""
        sign = 1
        for factor in e.args:
            if self.positive(factor) if strict else self.nonnegative(factor):
                continue
            if not self.negative(factor):
                return False
            sign = -sign
        return sign > 0

    def _factored(self, e: Expr, strict: bool) -> bool:
        """A product: an even number of negative factors."""
        c, mono = term(e, self)
        sign = 1 if c > 0 else -1
        if c == 0:
            return not strict
        for (b, m), n in ordered(mono):
            if b == e:
                return False
            if self.real(m) and self.positive(b) or (not strict and self.nonnegative(b) and m is S.One and n > 0):
                continue
            if m is S.One and n.denominator == 1 and n.numerator % 2 == 0 and self.real(b) and (self.nonzero(b) or not strict):
                continue
            if m is S.One and n.denominator == 1 and (self.negative(b) or (not strict and n > 0 and self.nonnegative(-b))):
                sign *= -1 if n.numerator % 2 else 1
                continue
            return False
        return sign > 0

    def follows(self, condition: Boolean) -> bool:
        """Whether a relation between real numbers follows."""
        if condition is S.true or condition in self.relations:
            return True
        if isinstance(condition, And):
            return all(self.follows(part) for part in condition.args)
        if isinstance(condition, Ne):
            return self.nonzero(condition.lhs - condition.rhs)
        return bool(found := differences(condition)) and not isinstance(condition, Eq) and all(bounded(d, self, strict) for d, strict in found)

    def contradicts(self, condition: Boolean) -> bool:
        """Whether the negation of a strict or weak inequality follows."""
        return isinstance(condition, (Gt, Ge, Lt, Le)) and self.follows(condition.negated)


def counts_something(e: Expr, facts: Facts, strict: bool) -> bool:
    """Binomial coefficients of whole numbers n ≥ 0 are ≥ 0."""
    if not isinstance(e, binomial) or strict:
        return False
    n, k = e.args
    return bool(n.is_integer and k.is_integer) and facts.nonnegative(n)


def positive_function(e: Expr, facts: Facts, strict: bool) -> bool:
    """Special functions that are > 0: erfc, cosh and sech on the line, Γ, K_ν, I_ν (ν > −1), Γ(s, z), E_ν, ζ where they are plainly so."""
    if isinstance(e, (erfc, cosh, sech)):
        return facts.real(e.args[0])
    if isinstance(e, gamma):
        return facts.positive(e.args[0])
    if isinstance(e, zeta):
        return facts.positive(e.args[0] - 1) and all(facts.positive(a) for a in e.args[1:])
    order, z = e.args
    if isinstance(e, besseli) and order.is_integer:  # I_(-n) = I_n
        return facts.positive(z) or (not strict and facts.nonnegative(z))
    return facts.real(order) and facts.positive(z) and (not isinstance(e, besseli) or facts.positive(order + 1))


def logarithms_ordered(relation: Boolean) -> list[Expr]:
    """log a − log b, where a > b (or a ≥ b) says that it is positive (or not negative)."""
    a, b = (relation.lhs, relation.rhs) if isinstance(relation, (Gt, Ge)) else (relation.rhs, relation.lhs)
    plain = isinstance(relation, (Gt, Ge, Lt, Le)) and a.is_positive and b.is_positive and not a.is_infinite
    return [log(a) - log(b)] if plain else []


def both_positive(d: Expr, facts: Facts) -> list[Expr]:
    """A > 0 and B > 0, where d = A·B > 0 and A + B > 0, as 1 − ρ² > 0 gives 1 − ρ and 1 + ρ."""
    if not isinstance(d, Add):
        return []
    c, mono = term(d, facts)
    sums = [b for (b, m), n in mono if isinstance(b, Add) and m is S.One and n == 1]
    others = [b for (b, _), _ in mono if b not in sums]
    if len(sums) == 2 and all(b.is_positive for b in others):
        a, b = sums[0] * (1 if c > 0 else -1), sums[1]
        for s in (1, -1):
            if (s * (a + b)).is_positive:
                return [s * a, s * b]
    return []


def bounded(d: Expr, facts: Facts, strict: bool) -> bool:
    if d.is_infinite:
        return d is S.Infinity
    return facts.positive(d) if strict else facts.nonnegative(d)


def isolated(relation: Boolean) -> Boolean:
    """A linear relation in one symbol with that symbol on its left: 1 − 2a < 0 becomes a > 1/2.

    >>> a = Symbol("a", real=True)
    >>> isolated(1 - 2*a < 0), isolated(a - Symbol("b") > 0)
    (a > 1/2, a - b > 0)
    """
    if not isinstance(relation, (Gt, Ge, Lt, Le)) or len(relation.free_symbols) != 1:
        return relation
    (symbol,) = relation.free_symbols
    d = (relation.lhs - relation.rhs).expand()
    slope = d.coeff(symbol)
    rest = d - slope * symbol
    if not slope.is_Rational or rest.has(symbol) or slope == 0:
        return relation
    kind = relation.func if slope > 0 else relation.reversed.func
    return kind(symbol, -rest / slope)


def differences(relation: Boolean) -> list[tuple[Expr, bool]]:
    """`relation` as differences d with d > 0 (True) or d ≥ 0 (False)."""
    match relation:
        case Gt():
            pairs = [(relation.lhs - relation.rhs, True)]
        case Ge():
            pairs = [(relation.lhs - relation.rhs, False)]
        case Lt():
            pairs = [(relation.rhs - relation.lhs, True)]
        case Le():
            pairs = [(relation.rhs - relation.lhs, False)]
        case Eq():
            d = relation.lhs - relation.rhs
            pairs = [(d, False), (-d, False)]
        case _:
            pairs = []
    return [(d, s) for d, s in pairs if isinstance(d, Expr)]


def mono_sign(mono: Mono, facts: Facts) -> int | None:
    """+1 where a monomial is proved positive, 0 where it is proved nonnegative, None where neither."""
    sign = 1
    for (b, m), n in ordered(mono):
        if (b is S.Exp1 or facts.positive(b)) and facts.real(m):
            continue
        even = m is S.One and n.denominator == 1 and n.numerator % 2 == 0 and facts.real(b)
        if not ((facts.nonnegative(b) and m is S.One and n > 0) or even):
            return None
        if not (even and facts.nonzero(b)):
            sign = 0
    return sign


def sum_sign(total: Terms, facts: Facts, strict: bool, depth: int = DEPTH, seen: dict[Goal, int] | None = None) -> bool:
    """Whether a sum is proved > 0 (strict) or ≥ 0: term by term, or by taking off positive multiples of facts.

    `seen` are the sums that were tried on the way: no sum is tried twice, and no more than MOST_TRIED of them.
    """
    if not total:
        return not strict
    signs = {m: mono_sign(m, facts) for m in total}
    if all(signs[m] is not None and c > 0 for m, c in total.items()) and (not strict or any(signs[m] for m in total)):
        return True
    if len(total) == 2 and (two_terms(total, facts, strict) or root_dominates(total, facts)):
        return True
    if seen is None:
        if facts.refutes(total, strict):
            return False
        if any(exceeds(total, fact, strict and not more, facts) for fact, more, _ in facts.known()):
            return True
    facts.effort -= 1
    if facts.effort < 0:
        return False
    seen, goal = {} if seen is None else seen, (frozenset(total.items()), strict)
    if seen.get(goal, 0) >= depth or len(seen) >= MOST_TRIED:
        return False
    seen[goal] = depth
    left = reductions(total, facts, strict)
    return any(sum_sign(rest, facts, strict and not was_strict, depth - 1, seen) for rest, was_strict in left)


def exceeds(total: Terms, fact: Terms, strict: bool, facts: Facts) -> bool:
    """Whether a sum is a fact, with something added that is > 0 (strict) or ≥ 0."""
    if not total.keys() >= fact.keys():
        return False
    rest = add_to(dict(total), fact, Fraction(-1))
    signs = [mono_sign(m, facts) for m in rest] if all(c > 0 for c in rest.values()) else [None]
    return None not in signs and (not strict or 1 in signs)


def reductions(total: Terms, facts: Facts, strict_wanted: bool) -> Iterable[tuple[Terms, bool]]:
    """total − λ·fact·m for the λ > 0 and nonnegative m that remove a troublesome term, and whether something > 0 was taken off.

    Multiples by numbers come first: most questions are linear.
    """
    known = [*((fact, strict) for fact, strict, _ in facts.known()), *integers_of(total)]
    troublesome = [(bad, c) for bad, c in total.items() if not (c > 0 and harmless(bad, facts, strict_wanted))]
    for linear in (True, False):
        for bad, _ in troublesome:
            for fact, strict in known:
                yield from multiples(total, bad, fact, strict, linear, facts)
    for bad, c in list(total.items()):
        yield from off_bounded(total, bad, c, facts)
    for bad, c in total.items():
        if c < 0:
            yield from off_larger(total, bad, c, facts)


def harmless(mono: Mono, facts: Facts, strict: bool) -> bool:
    """Whether a term with a positive number in front needs no care."""
    sign = mono_sign(mono, facts)
    return sign == 1 if strict else sign is not None


def multiples(total: Terms, bad: Mono, fact: Terms, strict: bool, linear: bool, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """`total` without the multiple of a fact that removes the term `bad`: a multiple by a number, or by anything else ≥ 0."""
    c = total[bad]
    for mono, d in fact.items():
        upright = (c > 0) == (d > 0)
        if (mono == bad) != linear or (linear and not upright):
            continue
        factor = multiply(bad, raised(mono, -1))
        sign = mono_sign(factor, facts) if upright else negative_factor(factor, facts)
        if sign is not None:
            rest = add_to(dict(total), product(fact, {factor: c / d}), Fraction(-1))
            if len(rest) <= len(total) + 1:
                yield rest, strict and sign > 0


def negative_factor(mono: Mono, facts: Facts) -> int | None:
    """1 where a monomial with one negative base in it, to an odd power, is proved negative."""
    below = {((b, m), n) for (b, m), n in mono if m is S.One and n.denominator == 1 and n.numerator % 2 and b.is_Symbol and facts.negative(b)}
    return 1 if len(below) == 1 and mono_sign(mono - below, facts) == 1 else None


def integers_of(total: Terms) -> list[tuple[Terms, bool]]:
    """n − 1 ≥ 0 for the positive integers n in a sum."""
    atoms = {b for mono in total for (b, m), _ in mono if m is S.One and b.is_Symbol and b.is_integer and b.is_positive}
    whole = sorted(atoms, key=lambda b: b.name)
    return [({frozenset({((n, S.One), Fraction(1))}): Fraction(1), frozenset(): Fraction(-1)}, False) for n in whole]


def off_larger(total: Terms, bad: Mono, c: Fraction, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """−bM is made up for by aN with N > M > 0, as −e^(−x) is by 1."""
    for good, d in total.items():
        if d > 0 and mono_sign(bad, facts) and exceeds_one(multiply(good, raised(bad, -1)), facts):
            least = min(d, -c)
            yield add_to(add_to(dict(total), {good: -least}), {bad: least}), True


def off_bounded(total: Terms, bad: Mono, c: Fraction, facts: Facts) -> Iterable[tuple[Terms, bool]]:
    """c m f ≥ −|c| |m| where |f| ≤ 1, as for sines and cosines."""
    for (b, m), n in ordered(bad):
        if isinstance(b, (*BETWEEN_ONES, erfc)) and m is S.One and n == 1 and facts.real(b.args[0]):
            bound = 2 if isinstance(b, erfc) else 1
            d, size = term(Abs(rebuild({bad - {((b, m), n)}: abs(c) * bound})), facts)
            rest = add_to({k: v for k, v in total.items() if k != bad}, {size: -d})
            yield rest, isinstance(b, (erf, erfc, tanh)) and facts.nonzero(rebuild({size: d}))


def two_terms(total: Terms, facts: Facts, strict: bool) -> bool:
    """aM − bN with a ≥ b > 0 and N > 0 is positive where M/N exceeds 1."""
    (m, a), (n, b) = sorted(total.items(), key=lambda item: (-item[1], order_key(item[0])))
    if a > 0 > b and a >= -b and powers_in_order(m, n, facts):
        return True
    if not (a > 0 > b and a >= -b) or not mono_sign(n, facts):
        return False
    return exceeds_one(multiply(m, raised(n, -1)), facts, strict)


def positive_quadratic(e: Add, facts: Facts) -> bool:
    """a x² + b x + c > 0 for a > 0 and 4ac > b²."""
    for x in sorted((s for s in e.free_symbols if s.is_real and s**2 in e.atoms(Pow)), key=label):
        found = {n: e.coeff(x, n) for n in (0, 1, 2)}
        if (e - sum(c * x**n for n, c in found.items())).expand() == 0 and not any(c.has(x) for c in found.values()):
            a, b, c = found[2], found[1], found[0]
            if all(map(facts.real, (a, b, c))) and facts.positive(a) and facts.positive((4 * a * c - b**2).expand()):
                return True
    return False


def falling_product(e: Expr, facts: Facts) -> bool:
    """k (k − 1) … (k − j) m ≥ 0 for a whole k ≥ 0 and m ≥ 0: one of the factors is 0, or all are positive.

    >>> k = Symbol("k", integer=True, nonnegative=True)
    >>> falling_product(k*(k - 1), Facts()), falling_product(k*(k - 2), Facts()), falling_product(-k*(k - 1), Facts())
    (True, False, False)
    """
    for k in e.args:
        if k.is_integer and k - 1 in e.args and facts.nonnegative(k):
            rest = [a for a in e.args if not (k - a).is_Integer]
            chain = {k - a for a in e.args if (k - a).is_Integer}
            return chain == set(range(len(chain))) and facts.nonnegative(Mul(*rest))
    return False


def logarithms_compared(e: Expr) -> Expr | None:
    """A − B, which has the sign of log A − log B; None where e is no sum of whole multiples of logarithms."""
    above, below = S.One, S.One
    for arg in Add.make_args(e):
        n, rest = arg.as_coeff_Mul()
        if not isinstance(rest, log) or not n.is_Integer:
            return None
        above, below = (above * rest.args[0] ** n, below) if n > 0 else (above, below * rest.args[0] ** -n)
    return above - below


def powers_in_order(m: Mono, n: Mono, facts: Facts) -> bool:
    """c A^e > c B^e where A > B ≥ 0, e > 0 and c > 0."""
    above, below = [(a, k) for a, k in m if (a, k) not in n], [(a, k) for a, k in n if (a, k) not in m]
    if len(above) != 1 or len(below) != 1 or not mono_sign(m & n, facts):
        return False
    ((a, e), j), ((b, f), k) = above[0], below[0]
    return e == f and j == k == 1 and facts.positive(e) and facts.nonnegative(b) and facts.positive(a - b)


def same_base_exceeds(mono: Mono, facts: Facts) -> bool:
    """b^e > 1 where b > 1 and e > 0, or b < 1 and e < 0, for a power whose exponent stands in several terms."""
    (base, *others) = {b for (b, _), _ in mono}
    if others:
        return False
    exponent = Add(*(m * S(n.numerator) / n.denominator for (_, m), n in mono))
    if facts.positive(base - 1):
        return facts.positive(exponent)
    return facts.positive(base) and facts.positive(1 - base) and facts.positive(-exponent)


def same_power_exceeds(mono: Mono, facts: Facts) -> bool:
    """(b/a)^m > 1 where b > a > 0 and m > 0."""
    powers = {m for (_, m), _ in mono}
    if len(powers) != 1 or S.One in powers or not all(facts.positive(b) for (b, _), _ in mono):
        return False
    (m,) = powers
    up = 1 if facts.positive(m) else -1 if facts.positive(-m) else 0
    above = rebuild({frozenset(((b, S.One), n * up) for (b, _), n in mono if n * up > 0): Fraction(1)})
    below = rebuild({frozenset(((b, S.One), -n * up) for (b, _), n in mono if n * up < 0): Fraction(1)})
    return up != 0 and facts.positive(above - below)


def root_dominates(total: Terms, facts: Facts) -> bool:
    """√A + B > 0 where A > B², as in √(x² + 1) + x."""
    for (root, c), (other, d) in (list(total.items()), list(total.items())[::-1]):
        if c > 0 and mono_sign(root, facts) and any(n == Fraction(1, 2) and isinstance(b, Add) for (b, _), n in root):
            square = rebuild({raised(root, 2): c * c}) - rebuild({raised(other, 2): d * d})
            return all(facts.real(b) for (b, _), _ in other) and facts.positive(square)
    return False


def exceeds_one(mono: Mono, facts: Facts, strict: bool = True) -> bool:
    """Whether a monomial is proved > 1 (or ≥ 1): its exponentials together, and each other atom."""
    exponent = rebuild({multiply(term(m, facts)[1]): n for (b, m), n in mono if b is S.Exp1})
    if exponent != 0:
        ask = facts.positive if strict else facts.nonnegative
        rest = frozenset((a, n) for a, n in mono if a[0] is not S.Exp1)
        if ask(exponent) and (not rest or exceeds_one(rest, facts)):
            return True
        logs = [m * S(n.numerator) / n.denominator * log(b) for (b, m), n in ordered(rest)]
        return bool(rest) and all(b.is_Symbol and facts.positive(b) for (b, _), _ in rest) and ask(Add(exponent, *logs))
    if len(mono) > 1 and (same_power_exceeds(mono, facts) or same_base_exceeds(mono, facts)):
        return True
    roots = {1 / m for (_, m), _ in mono if m is not S.One and (1 / m).is_Symbol and facts.positive(1 / m)}
    if any(facts.positive(rebuild({mono: Fraction(1)}) ** q - 1) for q in sorted(roots, key=str)):
        return True
    for (b, m), n in ordered(mono):
        exponent = m * S(n.numerator) / n.denominator
        up = b is S.Exp1 or facts.positive(b - 1)
        down = not up and facts.positive(b) and facts.positive(1 - b)
        if not ((up and facts.positive(exponent)) or (down and facts.positive(-exponent))):
            return False
    return bool(mono)
