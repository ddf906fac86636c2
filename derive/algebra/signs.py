"""What is known of signs: sound, small, incomplete. A fact is a relation; SymPy's assumptions on symbols count as facts too."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
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
    Heaviside,
    KroneckerDelta,
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
    cot,
    csc,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    floor,
    fraction,
    gamma,
    harmonic,
    log,
    pi,
    powsimp,
    sec,
    sech,
    sign,
    sin,
    sinh,
    tan,
    tanh,
    together,
    uppergamma,
    zeta,
)  # fmt: skip
from sympy.logic.boolalg import And, Boolean

from derive.algebra import special
from derive.algebra.equality import infinite
from derive.algebra.extremes import positive_at_extremes, positive_by_form
from derive.algebra.monomials import Mono, Terms, TooLarge, label, ordered, product
from derive.algebra.normal import REWRITES, multiplied_out, term, terms
from derive.algebra.samples import Samples, clearly_negative, refuted, samples
from derive.algebra.sum_signs import falling_product, logarithms_compared, positive_quadratic, sum_sign
from derive.language.totals import Measure, Total, support

REAL_FUNCTIONS = (sin, cos, tanh, sinh, cosh, sech, atan, erf, erfc, Abs, sign, Max, Min)  # real at real arguments
POSITIVE_FUNCTIONS = (erfc, Heaviside, cosh, sech, gamma, besselk, besseli, uppergamma, expint, zeta, harmonic, floor, KroneckerDelta)
PRODUCTS = (beta, binomial, factorial, RisingFactorial)  # products of gamma functions
RASH = (atan, asin, acos, acot)  # SymPy takes them for irrational at every rational argument, 0 and 1 included
OWN = (Add, Mul, Pow, exp, log, Abs)  # what the prover takes apart itself, faster than SymPy does
NESTED = 10  # how many questions may be open inside one another
FEW = 4  # terms of a sum that is brought over one denominator
QUICK, CAREFUL = 60, 300  # effort for what is only proposed, and for what is to be established


class Facts:
    """Relations that hold where an expression stands. Immutable; `memo` only remembers normal forms for these facts.

    >>> p = Symbol("p", positive=True)
    >>> Facts([p < 1]).positive(p*(1 - p)**3)
    True
    """

    READING = ("reads its own relations", S.true)  # stands among the open questions meanwhile

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
        self._samples: Samples | None = None
        self.settled = True  # False while a question is open: normal forms made then are not kept
        self.found: dict[Hashable, Any] = {}  # what finders worked out about totals under these facts
        self.outer: dict[Symbol, Facts] = {}
        self.inner: dict[tuple[Symbol, Basic], Facts] = {}
        self.wider: dict[tuple[Boolean, ...], Facts] = {}
        self._quick: Facts | None = None

    def and_(self, *more: Boolean) -> Facts:
        """These facts and some more."""
        new = tuple(r for r in more if r not in self.relations and r is not S.true)
        if new and new not in self.wider:
            self.wider[new] = Facts((*self.relations, *new), self.most)
        return self.wider[new] if new else self

    def quick(self) -> Facts:
        """The same facts for what is only proposed, with all that was found out when they were last asked."""
        if self._quick is None:
            self._quick = self if self.most == QUICK else Facts(self.relations, QUICK)
        return self._quick

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
            self._known, effort = [], self.effort
            self.effort = QUICK  # what the facts say must not use up what is there for the question
            opened, self.settled = bool(self._busy), False  # a no found now may rest on facts that are still to come
            self._busy.add(self.READING)
            for r in sorted(self.relations, key=lambda r: r.has(Abs)):  # the signs of what stands between bars may follow from the others
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
            self._samples = samples(d for r in self.relations for d in differences(r))
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

        def plainly() -> bool:
            return bool(e.is_nonzero) and not e.has(*RASH)

        if not e.is_Add and plainly() or self.positive(e) or self.positive(-e) or e.is_Add and plainly():  # of sums SymPy looks for roots
            return True
        told = any(isinstance(r, Ne) and (r.lhs - r.rhs == e or r.lhs - r.rhs == -e) for r in self.relations)
        return told or self._factors_nonzero(e) or exponentials_apart(e, self)

    def _factors_nonzero(self, e: Expr) -> bool:
        c, mono = term(e, self)
        return c != 0 and len(mono) > 1 and all(self.nonzero(b) for (b, _), _ in mono)

    def _ask(self, question: str, e: Expr) -> bool:
        if (e.is_Symbol or e.is_number) and getattr(e, f"is_{question}"):
            return True
        key = (question, e)
        if key in self._busy or key in self._unproved or len(self._busy) > NESTED:
            return False
        if key not in self._signs and clearly_negative(e, self.samples()):
            self._signs[key] = False
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
        if isinstance(e, (Max, Min)):
            signs = map(self.positive if strict else self.nonnegative, e.args)
            return any(signs) if isinstance(e, Max) else all(signs)
        if isinstance(e, (sin, cos)):
            return self._trigonometric(e, strict)
        if isinstance(e, (tan, cot, sec, csc)):
            return self._prove(REWRITES[e.func](*e.args), strict)
        if e.is_Pow and self.real(e.exp):
            if self.positive(e.base) or (not strict and self.nonnegative(e.base)):
                return True
            return bool(e.exp.is_even) and (not strict or self.nonzero(e.base)) and self.real(e.base)
        if isinstance(e, log):
            return self.positive(e.args[0]) and (self.positive if strict else self.nonnegative)(e.args[0] - 1)
        if isinstance(e, acos):  # from π at −1 to 0 at 1
            return self.real(e) and (not strict or self.positive(1 - e.args[0]))
        if isinstance(e, asin):  # from −π/2 at −1 to π/2 at 1, and 0 at 0
            return self.real(e) and (self.positive if strict else self.nonnegative)(e.args[0])
        if isinstance(e, Add):
            if positive_at_extremes(e, self, strict):
                return True
            least = below_floors(e) if e.has(floor) else None
            if least is not None and (self.positive if strict else self.nonnegative)(least):
                return True
            hopeless = any(a.could_extract_minus_sign() and (-a).is_Symbol and (-a).is_positive for a in e.args)
            if not hopeless and self._term_by_term(e, strict):
                return True
            if (compared := logarithms_compared(e)) is not None and self.real(e):
                return self.positive(compared) if strict else self.nonnegative(compared)
            total = terms(e, self)
            plainly = sum_sign(total, self, strict) or self._factored(e, strict) or positive_quadratic(e, self, strict)
            return plainly or positive_by_form(e, self, strict) or self._in_one_fraction(e, strict)
        if e.is_Mul and (self._as_it_stands(e, strict) or not strict and falling_product(e, self)):
            return True
        if e.is_Mul and (compared := logarithms_compared(e)) is not None and self.real(e):
            return self.positive(compared) if strict else self.nonnegative(compared)
        if e.is_Mul:
            return self._by_factors(e, strict) or self._factored(e, strict) or sum_sign(terms(e, self), self, strict)
        return self._by_fact(e, strict)

    def _term_by_term(self, e: Add, strict: bool) -> bool:
        """Whether every term is ≥ 0 (and one > 0): with a part of the effort alone, for a sum may well be positive where a term is not."""
        before, part = self.effort, min(self.effort, QUICK)
        self.effort = part
        try:
            return all(map(self.nonnegative, e.args)) and (not strict or any(map(self.positive, e.args)))
        finally:
            self.effort = before - (part - self.effort)

    def _in_one_fraction(self, e: Add, strict: bool) -> bool:
        """A sum with different denominators by the signs of its numerator and denominator: 1/(1 − e^(−x)) − 1/x."""
        below = {p.base for a in e.args for p in a.atoms(Pow) if p.exp.is_Integer and p.exp < 0 and p.base.free_symbols}
        if not below or len(e.args) > FEW or not any(b.has(exp) for b in below):
            return False
        top, bottom = fraction(together(e))
        if top.has(*(1 / b for b in below)):
            return False
        ask, up = self.positive if strict else self.nonnegative, self.positive(bottom)
        if not up and not self.negative(bottom):
            return False
        faded = [exp(-u.args[0]) for u in sorted(top.atoms(exp), key=label)[:2]]  # (x − 1) e^x + 1 is positive as x − 1 + e^(−x) is
        return any(ask((top * factor * (1 if up else -1)).expand()) for factor in (S.One, *faded))

    def real(self, e: Expr) -> bool:
        """e is proved to be a real number: built from real symbols, without a root or logarithm of what may be negative."""
        if not e.args and e.is_extended_real is not None:
            return bool(e.is_real)
        if isinstance(e, (Pow, exp)):
            b, p = e.as_base_exp()
            whole = bool(p.is_integer) and self.real(b) and (bool(p.is_nonnegative) or self.nonzero(b) or self.nonnegative(p))
            return whole or self.real(p) and (b is S.Exp1 or self.positive(b) or (self.nonnegative(b) and self.positive(p)))
        if isinstance(e, log):
            return self.positive(e.args[0])
        if isinstance(e, (acos, asin)):
            return self.nonnegative(1 - e.args[0]) and self.nonnegative(1 + e.args[0])
        if isinstance(e, (Add, Mul, *REAL_FUNCTIONS)):
            return all(self.real(a) for a in e.args)
        if isinstance(e, special.REAL):
            return special.is_real(e, self)
        return bool(e.is_extended_real) or isinstance(e, (gamma, besselk, expint)) and self.positive(e)  # what is positive is real

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


def exponentials_apart(e: Expr, facts: Facts) -> bool:
    """c e^u ≠ c e^v for real u ≠ v and c ≠ 0"""
    if not isinstance(e, Add) or len(e.args) != 2 or not facts.nonzero(e.args[1]):
        return False
    ratio = powsimp(-e.args[0] / e.args[1])
    return isinstance(ratio, exp) and facts.real(ratio.args[0]) and facts.nonzero(ratio.args[0])


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
    if isinstance(e, Heaviside):
        return not strict and facts.real(e.args[0])
    if isinstance(e, KroneckerDelta):
        return not strict
    if isinstance(e, floor):  # ⌊z⌋ ≥ 0 for z ≥ 0, ⌊z⌋ > 0 for z ≥ 1
        return facts.nonnegative(e.args[0] - 1 if strict else e.args[0])
    if isinstance(e, harmonic):  # H_k = 1 + 1/2 + … + 1/k, and H_0 = 0
        return bool(e.args[0].is_integer) and len(e.args) == 1 and (facts.positive if strict else facts.nonnegative)(e.args[0])
    if isinstance(e, gamma):
        return facts.positive(e.args[0])
    if isinstance(e, zeta):
        return facts.positive(e.args[0] - 1) and all(facts.positive(a) for a in e.args[1:])
    order, z = e.args
    if isinstance(e, besseli) and order.is_integer:  # I_(-n) = I_n
        return facts.positive(z) or (not strict and facts.nonnegative(z))
    return facts.real(order) and facts.positive(z) and (not isinstance(e, besseli) or facts.positive(order + 1))


def below_floors(e: Add) -> Expr | None:
    """What a sum with one floor is nowhere below: z in place of a ⌊z⌋ that is taken away, z − 1 in place of one that is added.

    >>> x = Symbol("x")
    >>> below_floors(x - floor(x)), below_floors(floor(x) - x + 1)
    (0, 0)
    """
    taken, added = [a for a in e.args if isinstance(-a, floor)], [a for a in e.args if isinstance(a, floor)]
    rest = Add(*(a for a in e.args if a not in (*taken, *added)))
    if len(taken) + len(added) != 1 or rest.has(floor):
        return None
    return rest - (-taken[0]).args[0] if taken else rest + added[0].args[0] - 1


def logarithms_ordered(relation: Boolean) -> list[Expr]:
    """log a − log b, where a > b (or a ≥ b) says that it is positive (or not negative)."""
    a, b = (relation.lhs, relation.rhs) if isinstance(relation, (Gt, Ge)) else (relation.rhs, relation.lhs)
    plain = isinstance(relation, (Gt, Ge, Lt, Le)) and a.is_positive and b.is_positive and not a.is_infinite
    return [log(a) - log(b)] if plain else []


def powers_ordered(relation: Boolean) -> list[tuple[Expr, bool]]:
    """b^p − x^p, where 0 < x < b says that it is positive, for the p > 0 that takes a root out of b: x^a < 1/c for x < c^(−1/a).

    >>> a, c, x = (Symbol(name, positive=True) for name in "acx")
    >>> powers_ordered(x < c**(-1/a)), powers_ordered(x > (1 - c)*a**S.Half)
    ([(-x**a + 1/c, True)], [])
    """
    if not isinstance(relation, (Gt, Ge, Lt, Le)):
        return []
    large, small = (relation.lhs, relation.rhs) if isinstance(relation, (Gt, Ge)) else (relation.rhs, relation.lhs)
    simple, rooted = (small, large) if small.is_Symbol else (large, small)
    powers = rooted.as_powers_dict() if simple.is_Symbol and simple.is_nonnegative and not rooted.is_Symbol else {}
    roots = {n.as_numer_denom()[1] for n in powers.values()} - {S.One}
    if len(roots) != 1 or not (p := roots.pop()).is_positive or not all(b.is_positive or b.is_Add for b in powers):
        return []
    if rooted is not large and not all(b.is_positive for b in powers):
        return []  # x > −2 does not say x² > 4; above x ≥ 0 the other side is positive by itself
    plain = Mul(*(b ** (n * p) for b, n in powers.items()))
    return [((plain - simple**p) * (1 if rooted is large else -1), isinstance(relation, (Gt, Lt)))]


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


def without_denominators(total: Terms, facts: Facts) -> list[Terms]:
    """A sum times the sums of known sign that divide its terms: x < ab/(a + c) gives (a + c) x < ab."""
    below: dict[Expr, Fraction] = {}
    for (b, m), n in (power for mono in total for power in mono):
        if isinstance(b, Add) and m is S.One and n < 0 and n.denominator == 1:
            below[b] = max(below.get(b, Fraction(0)), -n)
    flips = sum(int(n) for b, n in below.items() if facts.negative(b))
    if not below or not all(facts.positive(b) or facts.negative(b) for b in below):
        return []
    return [multiplied_out(product(total, {frozenset(((b, S.One), n) for b, n in below.items()): Fraction((-1) ** flips)}), facts)]


def bounded(d: Expr, facts: Facts, strict: bool) -> bool:
    if infinite(d):
        return d is S.Infinity
    return facts.positive(d) if strict else facts.nonnegative(d)


def isolated(relation: Boolean) -> Boolean:
    """A linear relation in one symbol with that symbol on its left: 1 − 2a < 0 becomes a > 1/2. In several, what is taken off stands right.

    >>> a, b = Symbol("a", real=True), Symbol("b", real=True)
    >>> isolated(1 - 2*a < 0), isolated(a*b - b > 0), isolated(a + b > 0), isolated(Ne(2*a, 0))
    (a > 1/2, a*b > b, a + b > 0, Ne(a, 0))
    """
    if isinstance(relation, Ne) and relation.rhs == 0:
        return Ne(relation.lhs.as_coeff_Mul()[1], 0)
    if not isinstance(relation, (Gt, Ge, Lt, Le)):
        return relation
    if isinstance(relation.lhs, exp) and relation.rhs == 1:
        return isolated(relation.func(relation.lhs.args[0], 0))
    if len(relation.free_symbols) != 1:
        return sides(relation)
    (symbol,) = relation.free_symbols
    d = (relation.lhs - relation.rhs).expand()
    slope = d.coeff(symbol)
    rest = d - slope * symbol
    if not slope.is_Rational or rest.has(symbol) or slope == 0:
        return relation
    kind = relation.func if slope > 0 else relation.reversed.func
    return kind(symbol, -rest / slope)


def sides(relation: Boolean) -> Boolean:
    """A relation between a sum of few products and 0 with the terms that are taken off on its other side: b − a > 0 becomes b > a."""
    kind, d = (relation.func, relation.lhs) if isinstance(relation, (Gt, Ge)) else (relation.reversed.func, -relation.lhs)
    parts = Add.make_args(d)
    off = [part for part in parts if part.could_extract_minus_sign()]
    if relation.rhs != 0 or not 0 < len(off) < len(parts) <= 3:
        return relation
    return kind(Add(*(part for part in parts if part not in off)), -Add(*off))


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
