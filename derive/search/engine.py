"""Depth-first search over the catalogue. No state outlives a call: a context is passed down, and a derivation comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import tee

from sympy import Add, Basic, Expr, Mul, Symbol, beta, sympify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.looks import cost
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Capture, Claim, Derivation, Rule, Step, Values, put
from derive.language.parts import NO_NUMBERS, TooLong, contains, every, exchanged, free
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, Total, totals
from derive.rules import TACTICS
from derive.rules.beta import BETA_GAMMA, BETA_REFLECTED, BETA_REFLECTION, q
from derive.rules.letters import s
from derive.rules.measure import ALGEBRA, CONSTANT_FACTOR
from derive.rules.odds import ODDS, ON_UNIT
from derive.rules.parts import PARTS
from derive.rules.splitting import FINITE_SUM, SHORT_RANGE
from derive.rules.substitution import LOGARITHMIC, PROJECTIVE, SCALING_DOWN, SCALING_UP
from derive.search.apart import apart
from derive.search.needed import unmet
from derive.search.presentable import presentable


class OutOfTime(Exception):
    """The budget is spent."""


class OutOfMoves(OutOfTime):
    """As many moves were tried as one search may try."""


COMMITTED = (FINITE_SUM, SHORT_RANGE, CONSTANT_FACTOR, ALGEBRA)  # moves on integrals that never lead astray: no other is tried

MOST_REFLECTED = 6  # what the arguments of a beta function add up to, where it is written with a sine
MOVES = 80, 12  # how many moves one search may try, and how many more for each term of a sum

ONCE = (PARTS, ODDS, ON_UNIT, PROJECTIVE, LOGARITHMIC, SCALING_UP, SCALING_DOWN)


@dataclass(frozen=True)
class Context:
    """What a search may use: facts, the rules in order, the time, and the totals that it is in the middle of."""

    facts: Facts
    tactics: tuple[Rule, ...] = TACTICS
    avoided: frozenset[str] = frozenset()  # rules that are not to be used
    deadline: float = float("inf")
    clock: Callable[[], float] = time.monotonic  # of which the deadline is a time
    depth: int = 9
    path: frozenset[Hashable] = frozenset()
    assume: bool = False  # may conditions on the parameters be added to what is given?
    failed: dict[Hashable, int] = field(default_factory=dict)
    spent: frozenset[str] = frozenset()  # rules that one line of thought uses once
    moves: list[int] = field(default_factory=lambda: [MOVES[0]])  # how many more may be tried: the same on every machine
    strict: bool = False  # in tests: a finder that fails is an error

    def show(self, value: Expr) -> Expr:
        """A closed form in its best form."""
        found = self.facts.found
        if (presentable, value) not in found:
            found[presentable, value] = presentable(value, self.facts)
        best: Expr = found[presentable, value]
        return best

    def deeper(self, total: Hashable) -> Context:
        return replace(self, depth=self.depth - 1, path=self.path | {total})


def allowance(total: Basic, moves: tuple[int, int] = MOVES) -> list[int]:
    """How many moves a search for `total` may try, of (to begin with, more for each term of a sum), which needs some of its own."""
    start, each = moves
    while isinstance(total, Total):
        total = total.body
    return [start + each * sum(len(factor.args) for factor in Mul.make_args(total) if isinstance(factor, Add))]


def derive(total: Total, context: Context) -> Derivation | None:
    """The first derivation found of a closed form for `total`, or None. Raises OutOfTime past the deadline."""
    return next(derivations(total, context), None)


def derivations(total: Total, context: Context) -> Iterator[Derivation]:
    """Derivations of closed forms for `total`, in the order of the catalogue."""
    for steps, given in chains(total, context):
        value = steps[-1].after
        yield Derivation(Claim(total, value, given), steps)


def unnamed(total: Total) -> Hashable:
    """What `total` is but for the name of its variable, to recognise it when it comes back."""
    return skeleton(total.body, total.x), frozenset(total.x._assumptions_orig.items()), total.measure


def skeleton(e: Basic, x: Symbol) -> Hashable:
    """The tree of `e` without the name of x; sums and products have no order. (Renaming x would evaluate all of `e` anew.)"""
    if x not in free(e):
        return e
    if e == x:
        return None
    parts = [skeleton(arg, x) for arg in e.args]
    return e.func, frozenset(parts) if isinstance(e, (Add, Mul)) else tuple(parts)


Chain = tuple[tuple[Step, ...], tuple[Boolean, ...]]


def chains(total: Total, context: Context) -> Iterator[Chain]:
    """Chains of steps from `total` to a closed form, and the conditions that they had to assume."""
    if context.clock() > context.deadline:
        raise OutOfTime
    if context.moves[0] < 0:
        raise OutOfMoves
    key = unnamed(total)
    if context.depth == 0 or key in context.path or context.failed.get(key, -1) >= context.depth:
        return
    under = next(totals(total.body), None)
    if under is not None:
        yield from inside_out(total, under, context.deeper(key))
        return
    inner, found, asked = context.deeper(key), False, context.facts.found.setdefault((proposals, total), {})
    for rule in applicable(context.tactics, total.measure):
        proposed = False
        if rule.name in context.avoided or rule in ONCE and rule.name in context.spent or context.depth == 1 and leaves_totals(rule):
            continue
        deeper = replace(inner, spent=inner.spent | {rule.name}) if rule in ONCE else inner
        for values in proposals(rule, total, context, asked):
            proposed = True
            for chain in attempts(rule, values, total, deeper):
                found = True
                yield chain
        if proposed and rule in COMMITTED and not isinstance(total.measure, Counting):
            break
    if not found:
        context.failed[key] = context.depth


def inside_out(total: Total, under: Total, context: Context) -> Iterator[Chain]:
    """Chains that evaluate what stands under the sign first, where nothing may be assumed of the outer variable."""
    within = replace(context, facts=context.facts.within(total.x, total.measure), failed={})
    for more, needed in chains(under, within):
        if not any(total.x in condition.free_symbols for condition in needed):
            steps = tuple(lifted(more, total, under, context))
            wider = replace(context, facts=context.facts.and_(*needed)) if needed else context
            yield from completed(steps, needed, wider)


@lru_cache(maxsize=1000)
def leaves_totals(rule: Rule) -> bool:
    """Whether what a rule says, or rests on, has totals of its own to be found: where no more depth is left it is of no use."""
    claim, premises = rule.schema(2) if rule.schema else (rule.says, rule.rests_on)
    return bool(premises) or any(totals(claim.right))


@lru_cache(maxsize=1000)
def reach(rule: Rule) -> tuple[type, Expr | None, Expr | None]:
    """The kind of measure that a rule's left side is over, and its ends where the rule fixes them."""
    measure = getattr(rule.says.left, "measure", None)
    if not isinstance(measure, Measure):
        return Measure, None, None
    if isinstance(measure, Atoms):
        return Atoms, None, None
    lo, hi = map(fixed, measure.args)
    return type(measure), lo, hi


def applicable(tactics: tuple[Rule, ...], measure: Measure) -> tuple[Rule, ...]:
    """The rules that can apply to a total over `measure` at all; it saves asking their finders."""
    lo, hi = map(fixed, measure.args) if isinstance(measure, (Lebesgue, Counting)) else (None, None)
    return within_reach(tactics, type(measure), lo, hi)  # type: ignore[arg-type]


@lru_cache(maxsize=500)
def within_reach(tactics: tuple[Rule, ...], kind: type[Measure], lo: Expr | None, hi: Expr | None) -> tuple[Rule, ...]:
    """The rules for a kind of measure with these ends, where they have no letters in them."""
    reached, lows, highs = ((rule, *reach(rule)) for rule in tactics), {None, lo}, {None, hi}
    return tuple(rule for rule, over, low, high in reached if issubclass(kind, over) and low in lows and high in highs)


def fixed(end: Expr) -> Expr | None:
    """An end of a range that has no letters in it."""
    return None if free(end) else end


def proposals(rule: Rule, total: Total, context: Context, asked: dict[Callable, Iterator[Values]]) -> Iterator[Values]:
    """What a rule's finder proposes. Finders are not trusted: one that fails on an odd expression proposes nothing.

    A finder is asked once about a total under the same facts, and goes on where it stopped when another search wants more.
    """
    try:
        asked[rule.find], again = tee(asked[rule.find] if rule.find in asked else rule.find(total, context.facts))
        yield from again
    except OutOfTime:
        raise
    except Exception:
        if context.strict:
            raise


def attempts(rule: Rule, values: Values, total: Total, context: Context) -> Iterator[Chain]:
    """The step that `rule` makes with `values`, followed by what finishes the totals that it leaves."""
    context.moves[0] -= 1
    proved = premises(rule, {letter: sympify(value) for letter, value in values.items()}, context)
    if proved is None:
        return
    values, because, assumed = proved
    try:
        claim = rule.instance(values)[0].at(values, Relational)
    except (Capture, TooLong):
        return
    needed = unmet(claim, values, total, context.facts, context.assume)
    if needed is None:
        return
    given = (*assumed, *needed)
    after = claim.right
    if contains(after, *NO_NUMBERS):
        return
    left = next(totals(after), None)
    wider = replace(context, facts=context.facts.and_(*given)) if given else context
    if left is None:
        after = wider.show(after)
        yield finished((Step(rule.name, values, total, after, total, because),), wider), given
        return
    step = Step(rule.name, values, total, after, total, because)
    yield from completed((step,), given, wider)


def completed(steps: tuple[Step, ...], given: tuple[Boolean, ...], context: Context) -> Iterator[Chain]:
    """The steps, followed by what finishes one after the other all totals that they leave."""
    after = steps[-1].after
    left = next(totals(after), None)
    if left is None:
        yield finished(steps, context), given
        return
    for more, needed in chains(left, context):
        wider = replace(context, facts=context.facts.and_(*needed)) if needed else context
        yield from completed((*steps, *lifted(more, after, left, wider)), (*given, *needed), wider)


def premises(rule: Rule, values: dict, context: Context) -> tuple[Values, tuple[Derivation, ...], tuple[Boolean, ...]] | None:
    """Derive what a rule rests on. Letters that only those derivations determine get their values from them."""
    because: list[Derivation] = []
    assumed: list[Boolean] = []
    for premise in rule.instance(values)[1]:
        inner = derive(put(premise.left, values), context)
        if inner is None:
            return None
        if isinstance(premise.right, Symbol) and premise.right not in values:
            values[premise.right] = inner.claim.right
        because.append(inner)
        assumed += inner.claim.given
    return values, tuple(because), tuple(assumed)


def lifted(steps: tuple[Step, ...], outer: Expr, hole: Total, context: Context) -> Iterator[Step]:
    """The steps that rewrite `hole`, seen inside `outer`; what the last of them leaves is brought into its best form."""
    if outer == hole:
        yield from steps
        return
    steps = apart(steps, outer, hole)
    while len(steps) > 1 and not outer.xreplace({hole: steps[-1].before}).has(steps[-1].at):
        steps = steps[:-1]  # what it would rewrite has cancelled with a factor outside, as in B(a, b)/B(a, b)
    for step in steps:
        before, after = exchanged(outer, {hole: step.before}), exchanged(outer, {hole: step.after})
        yield replace(step, before=before, after=context.show(after) if step is steps[-1] else after)


def finished(steps: tuple[Step, ...], context: Context) -> tuple[Step, ...]:
    """Beta functions in the closed form written with gamma functions, or with a sine where the arguments add up to 1."""
    value = steps[-1].after
    for b in sorted(every(value, beta), key=str):
        rule, values = reduced(b)
        after = context.show(value.xreplace({b: put(rule.instance(values)[0].right, values)}))
        steps = (*steps, Step(rule.name, values, value, after, b))
        value = after
    return steps


def reduced(b: beta) -> tuple[Rule, Values]:
    """The rule for a beta function: a sine where its arguments add up to 1, or are numbers that add up to a few, else gamma functions."""
    whole, small = b.args[0] + b.args[1], min(b.args, key=cost)
    if whole == 1:
        return BETA_REFLECTION, {s: small}
    if whole.is_Integer and 1 < whole <= MOST_REFLECTED and small.is_Rational and not small.is_Integer and small.q > 2:
        return BETA_REFLECTED, {s: small, SIZE: whole}
    return BETA_GAMMA, {s: b.args[0], q: b.args[1]}
