"""A display of a document judged step by step: proved, agrees, refuted, undecided or unread, and what was taken for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from sympy import Basic, Derivative, Expr, Symbol

from derive.algebra.monomials import TooLarge
from derive.check.points import Point
from derive.grade.declared import Job, head_of
from derive.grade.equality import proved, separated
from derive.grade.ground import Ground
from derive.grade.pieces import Side
from derive.grade.sides import Outside, Reader
from derive.grade.values import Bench, evaluated, pieces
from derive.grade.worlds import Taken, World, by_use, declared, worlds
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED
from derive.language.totals import Total

UNREAD = "unread"
PRECISIONS = (96, 320)
MOST_POINTS, MOST_WITH_TOTALS = 14, 5
ENOUGH = 3  # points at which sides have to differ, all of those where both have a value
FAULTS = (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError)


@dataclass(frozen=True)
class Found:
    """The verdict on one step, with the names that are real and undeclared, and what else was taken."""

    line: int
    left: str
    right: str
    verdict: str
    detail: str = ""
    taken: tuple[Taken, ...] = ()
    given: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"line": self.line, "left": self.left, "right": self.right, "verdict": self.verdict, "detail": self.detail,
                "conditions": [t.assumption for t in self.taken],
                "taken": [{"name": t.name, "assumption": t.assumption, "because": t.because} for t in self.taken],
                "given": list(self.given), "names": list(self.names), "witness": dict(self.witness) or None}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two sides in one world."""

    a: Expr
    b: Expr
    ground: Ground


def proofread(job: Job, seconds: float = 10.0) -> list[Found]:
    r"""The verdicts on the steps of a display.

    >>> from derive.grade.declared import jobs
    >>> from derive.grade.documents import formulas_of
    >>> text = r"For $b>0$, $$\int_0^\infty e^{-bx}\,dx = \frac{1}{b} = \frac{1}{b^2}.$$"
    >>> [(f.line, f.verdict) for job in jobs(formulas_of(text, "a.md")) for f in proofread(job)]
    [(1, 'proved'), (1, 'refuted')]
    """
    if job.fault:
        return [Found(job.line, "", "", UNREAD, job.fault)]
    bench = Bench(time.monotonic() + seconds)
    return [found for chain in job.chains for found in chain_steps(job, chain, bench)]


def chain_steps(job: Job, chain: Any, bench: Bench) -> Iterator[Found]:
    """One chain, step by step."""
    reader = Reader(job)
    sides = list(chain.sides)
    if chain.continues:
        sides[0] = Side(job.before, sides[0].line)
    head = head_of(sides[0].text) if sides[0].text else None
    about = about_name(reader, sides[0]) if head else False
    meaning = next((m for m in job.meanings if head and m.name == head[0] and len(m.args) == len(head[1])), None)
    for i, sign in enumerate(chain.signs):
        left, right = sides[i], sides[i + 1]
        if i == 0 and about and (meaning is None or job.redefines):
            continue  # it says what a name stands for
        base = Found(right.line, left.text, right.text, UNREAD)
        if sign != "=":
            yield replace(base, detail="only equalities are judged")
        elif not left.text or not right.text:
            yield replace(base, detail="a side is missing" if chain.continues and i == 0 and not job.before else "a side is empty")
        else:
            found = step(reader, base, bench, claim=i == 0 and about)
            yield lenient(found, job, chain, i, meaning if i == 0 and about else None)


def about_name(reader: Reader, side: Side) -> bool:
    """Whether a side is only a name, so that an equation may say what it stands for."""
    try:
        found = reader.raw(side.text, World({}))
    except (Outside, RecursionError):
        return True
    return isinstance(found, Symbol) or found.is_Function and type(found).__name__ in reader.job.functions


def step(reader: Reader, base: Found, bench: Bench, claim: bool) -> Found:
    """The verdict on one step; what goes wrong inside leaves it undecided."""
    if time.monotonic() > bench.deadline:
        return replace(base, verdict=UNDECIDED, detail="the time for this display was used up")
    try:
        return Step(reader, base, bench, claim).verdict()
    except Outside as error:
        return replace(base, detail=str(error))
    except FAULTS as error:
        return replace(base, verdict=UNDECIDED, detail=f"it could not be judged ({type(error).__name__})")


class Step:
    """One step, in the worlds in which it may hold."""

    def __init__(self, reader: Reader, base: Found, bench: Bench, claim: bool) -> None:
        self.reader, self.base, self.bench = reader, base, bench
        plain = World({})
        conditions = reader.conditions(plain)
        assumed, relations = declared(conditions)
        self.fills = [True] if claim else [False, True]
        sides = [self.sides(World(assumed), fill) for fill in self.fills]
        if len(sides) == 2 and (sides[0] == sides[1] or moving(sides[0])):
            self.fills, sides = [True], sides[1:]
        names = {s.name for pair in sides for e in pair for s in e.free_symbols}
        self.names = names
        self.open = tuple(sorted(n for n in names if n not in assumed))
        self.relations = tuple(relations)
        self.worlds = worlds(dict(assumed.items()), (), names, by_use(e for pair in sides for e in pair))
        shown = {**assumed, **{s.name: {} for r in relations for s in r.free_symbols}}
        self.given = tuple(sorted({f"{g.text} (line {g.line})" for g in reader.job.given if any(speaks(g.text, n) for n in names & set(shown))}))

    def sides(self, world: World, fill: bool) -> tuple[Expr, Expr]:
        return self.reader.side(self.base.left, world, fill), self.reader.side(self.base.right, world, fill)

    def pair(self, world: World, fill: bool) -> Pair:
        a, b = self.sides(world, fill)
        return Pair(a, b, self.ground(world, a.free_symbols | b.free_symbols))

    def ground(self, world: World, symbols: set[Basic]) -> Ground:
        """The relations that are left, in the world's symbols, as far as they can hold together: the newest first."""
        kept: list[Any] = []
        for relation in reversed(self.relations):
            one = relation.xreplace({s: world.symbol(s.name) for s in relation.free_symbols})
            if one in (True, False) or not {s.name for s in one.free_symbols} & {s.name for s in symbols}:
                continue
            if Ground([*kept, one]).points(set(symbols) | one.free_symbols):
                kept.append(one)
        return Ground(kept, names=sorted(symbols, key=str))

    def verdict(self) -> Found:
        base = replace(self.base, names=self.open, given=self.given)
        last = self.worlds[-1]
        looks = []
        for fill in reversed(self.fills):
            looks.append(look(self.closed(self.pair(last, fill), fill)))
            if looks[-1].verdict != REFUTED:
                break
        if all(found.verdict == REFUTED for found in looks):
            return self.refuted(base, looks[0])
        for fill in self.fills:
            for world in self.worlds:
                if time.monotonic() > self.bench.deadline:
                    return replace(base, verdict=UNDECIDED, detail="the time for this display was used up")
                if self.proved(world, fill):
                    return replace(base, verdict=PROVED, taken=world.taken, detail=self.by_definition(fill))
        return self.short_of_proof(base, looks[-1])

    def by_definition(self, fill: bool) -> str:
        used = [f"{m.name} = {m.value} (line {m.line})" for m in self.reader.job.meanings if m.name in self.names_at(False)] if fill else []
        return f"with {', '.join(used)}" if used and len(self.fills) == 2 else ""

    def names_at(self, fill: bool) -> set[str]:
        return {s.name for e in self.sides(World({}), fill) for s in e.free_symbols} if fill in self.fills else set()

    def closed(self, pair: Pair, fill: bool) -> Pair:
        """Sides in closed form, where one is found."""
        found = [evaluated(e, pair.ground.facts, self.bench) for e in (pair.a, pair.b)]
        return replace(pair, a=pair.a if found[0] is None else found[0], b=pair.b if found[1] is None else found[1])

    def proved(self, world: World, fill: bool) -> bool:
        pair = self.pair(world, fill)
        if proved(pair.a, pair.b, pair.ground):
            return True
        if not any(e.has(Derivative) or any(True for _ in pieces(e)) for e in (pair.a, pair.b)):
            return False
        pair = self.closed(pair, fill)
        return not (pair.a.has(Total) or pair.b.has(Total)) and proved(pair.a, pair.b, pair.ground)

    def refuted(self, base: Found, found: Look) -> Found:
        """Sides that differ wherever they have values; in the weakest world too, since there a sign may be another."""
        pair = self.pair(self.worlds[0], self.fills[-1])
        if not pair.a.has(Total) and not pair.b.has(Total) and len(self.worlds) > 1 and look(pair).verdict not in (REFUTED, UNDECIDED):
            return replace(base, verdict=UNDECIDED, detail="it holds for some values and not for others: a condition may be missing")
        where = ", ".join(f"{s} = {v}" for s, v in found.point.items())
        detail = f"{f'at {where} the' if where else 'the'} left side is {found.values[0]} and the right side {found.values[1]}"
        witness = tuple((str(s), str(v)) for s, v in found.point.items())
        return replace(base, verdict=REFUTED, detail=detail, witness=witness)

    def short_of_proof(self, base: Found, found: Look) -> Found:
        if found.verdict == AGREES:
            taken = self.worlds[-1].taken
            return replace(base, verdict=AGREES, taken=taken, detail=f"both sides agree at all of {found.looked} points, but no proof was found")
        if found.verdict == "mixed":
            return replace(base, verdict=UNDECIDED, detail="it holds for some values and not for others: a condition may be missing")
        return replace(base, verdict=UNDECIDED, detail="it could be neither proved nor refuted")


@dataclass(frozen=True)
class Look:
    """What was seen at points: AGREES, REFUTED (different at all of them), "mixed", or UNDECIDED for too few."""

    verdict: str
    point: Point
    values: tuple[str, str] = ("", "")
    looked: int = 0


def look(pair: Pair) -> Look:
    """Both sides at moderate points, and at small ones."""
    symbols = {s for s in pair.a.free_symbols | pair.b.free_symbols if isinstance(s, Symbol)}
    small = pair.ground.with_(*(s < 1 for s in symbols if not s.is_integer)) if symbols else pair.ground
    heavy = any(True for e in (pair.a, pair.b) for _ in pieces(e))
    drawn = [ground.points(symbols, seed)[:5] for seed in (0, 1) for ground in (small, pair.ground)]  # no special ones
    chosen = [point for together in zip_longest(*drawn) for point in together if point is not None]
    apart: list[tuple[Point, tuple[str, str]]] = []
    same = 0
    for point in chosen[: MOST_WITH_TOTALS if heavy else MOST_POINTS]:
        values = separated(pair.a, pair.b, point, PRECISIONS)
        if values:
            apart.append(({s: point[s] for s in sorted(symbols, key=str)}, values))
        same += values == ()
    if apart and same >= max(1, len(apart) // ENOUGH - 1):
        return Look("mixed", {})
    if apart and (len(apart) >= ENOUGH or not symbols):
        return Look(REFUTED, *min(apart, key=lambda one: len(str(one[0]))), len(apart))
    return Look(AGREES if same >= ENOUGH or (same and not symbols) else UNDECIDED, {}, looked=same)


def speaks(text: str, name: str) -> bool:
    """Whether a condition's LaTeX names this name."""
    return name.split("_")[0] in text


def moving(sides: tuple[Expr, Expr]) -> bool:
    """Whether a derivative stands in a side, so that names that are defined may depend on its variable."""
    return any(e.has(Derivative) for e in sides)


def lenient(found: Found, job: Job, chain: Any, i: int, meaning: Any) -> Found:
    """A refuted step, unless it may be meant as something else than an identity."""
    if found.verdict != REFUTED:
        return found
    reason = ""
    if job.unsure:
        reason = "the words beside it may make it a condition"
    elif meaning is not None and not (meaning.quantity and meaning.section == job.section):
        reason = f"{meaning.name} stood for something else in line {meaning.line}, and may have been given a new meaning"
    elif i == len(chain.signs) - 1 and not chain.continues:
        reason = contingent(job, found, len(chain.signs) == 1)
    if not reason:
        return found
    return replace(found, verdict=UNDECIDED, detail=f"it does not hold always ({found.detail}); {reason}")


def contingent(job: Job, found: Found, alone: bool) -> str:
    """Why an equation may be one to solve, and no identity: a number on one side, or names that the other side lacks."""
    reader = Reader(job)
    assumed, _ = declared(reader.conditions(World({})))
    world = World({**assumed, **{name: {"real": True} for name in found.names}})
    try:
        a, b = (reader.side(text, world, True) for text in (found.left, found.right))
    except Outside:
        return "it could not be read once more without what is declared"
    left, right = ({s.name for s in e.free_symbols} for e in (a, b))
    if not left and not right:
        return ""  # there is nothing to solve for
    number = (not left and right) or (not right and left and (alone or b in (0, 1)))
    bare = isinstance(a, Symbol) or isinstance(b, Symbol)
    solvable = a.is_rational_function() and b.is_rational_function()
    if number or (alone and (bare or solvable or not (left <= right or right <= left))):
        return "it may be meant as an equation for the names in it"
    return ""
