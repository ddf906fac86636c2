r"""One step of a document judged: two sides, in the worlds in which they may be equal, in proportion, or related by differentials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import permutations, zip_longest
from typing import Any

from sympy import Abs, Basic, Derivative, Expr, Matrix, S, Symbol, expand
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.check.points import Point
from derive.grade.equal.equality import proved, separated
from derive.grade.equal.ground import Ground
from derive.grade.equal.quotients import without_squares
from derive.grade.equal.values import Bench, evaluated, pieces
from derive.grade.notes.conditions import conditions as conditions_of
from derive.grade.notes.declared import Meaning
from derive.grade.notes.sides import Clash, Outside, Reader
from derive.grade.notes.worlds import Taken, World, by_use, declared, worlds
from derive.grade.writing.differentials import PREFIX, differentials, marked
from derive.grade.writing.readings import PRIMED, bound_names
from derive.grade.writing.turned import UNITS
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED
from derive.language.totals import Total, substitute

PRECISIONS = (96, 320)
MOST_POINTS, MOST_WITH_TOTALS = 14, 5
ENOUGH = 3  # points at which sides have to differ, all of those where both have a value


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
    ways: tuple[tuple[str, str], ...] = ()  # the laws of whose ways to count parameters it needs this one

    def to_dict(self) -> dict[str, Any]:
        return {"line": self.line, "left": self.left, "right": self.right, "verdict": self.verdict, "detail": self.detail,
                "conditions": [t.assumption for t in self.taken],
                "taken": [{"name": t.name, "assumption": t.assumption, "because": t.because} for t in self.taken],
                "given": list(self.given), "names": list(self.names), "witness": dict(self.witness) or None,
                "ways": dict(self.ways)}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two sides in one world."""

    a: Expr
    b: Expr
    ground: Ground


class Step:
    """One step, in the worlds in which it may hold."""

    def __init__(self, reader: Reader, base: Found, bench: Bench, claim: bool) -> None:
        self.reader, self.base, self.bench = reader, base, bench
        plain = World({})
        conditions = conditions_of(reader, plain)
        assumed, relations = declared(conditions)
        self.opaque = ""  # why a definition of a name in it could not be read: it stands for any value then
        self.fills, sides = self.read(World(assumed), claim)
        names = {s.name for pair in sides for e in pair for s in e.free_symbols}
        self.names = names
        meant = {m.name for m in reader.job.meanings if not m.args}
        self.open = tuple(sorted(n for n in names if n not in assumed and n not in meant and n not in UNITS.values()))
        self.relations = tuple(relations)
        self.worlds = worlds(dict(assumed.items()), (), names, by_use(e for pair in sides for e in pair))
        shown = {**assumed, **{s.name: {} for r in relations for s in r.free_symbols}}
        self.given = tuple(sorted({f"{g.text} (line {g.line})" for g in reader.job.given if any(speaks(g.text, n) for n in names & set(shown))}))

    def read(self, world: World, claim: bool) -> tuple[list[bool], list[tuple[Expr, Expr]]]:
        """The sides as they stand, and with definitions filled in: both, or the one that can be looked at. Raises Outside."""
        found: dict[bool, tuple[Expr, Expr]] = {}
        refusals: list[Outside] = []
        for fill in [True] if claim else [False, True]:
            try:
                found[fill] = self.sides(world, fill)
            except Outside as refusal:
                refusals.append(refusal)
        if not found or (True not in found and any(isinstance(r, Clash) for r in refusals)):
            raise refusals[-1]
        if True not in found and self.hidden(found[False]):
            raise refusals[-1]
        if True not in found:
            self.opaque = str(refusals[-1])
        elif False in found and (found[False] == found[True] or moving(found[False])):
            found = {True: found[True]}
        return list(found), list(found.values())

    def hidden(self, sides: tuple[Expr, Expr]) -> bool:
        """Whether a definition speaks of a name that is bound in the sides, so that what it defines varies there."""
        bound = {name for e in sides for name in bound_names(e)}
        names, texts = {s.name for e in sides for s in e.free_symbols}, list[str]()
        while new := [m for m in self.reader.job.meanings if m.value not in texts and (m.name in names or any(speaks(t, m.name) for t in texts))]:
            texts += [m.value for m in new]
        return any(re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", text) for name in bound for text in texts)

    def sides(self, world: World, fill: bool) -> tuple[Expr, Expr]:
        return self.reader.side(self.base.left, world, fill), self.reader.side(self.base.right, world, fill)

    def pair(self, world: World, fill: bool) -> Pair:
        a, b = self.sides(world, fill)
        symbols = a.free_symbols | b.free_symbols
        bound = {total.x.name for e in (a, b) for total in e.atoms(Total)} - {s.name for s in symbols if isinstance(s, Symbol)}
        return Pair(a, b, self.ground(world, symbols, bound, fill))

    def ground(self, world: World, symbols: set[Basic], bound: set[str], fill: bool) -> Ground:
        """The relations that are left, in the world's symbols, as far as they can hold together: the newest first.

        What the document says of a name that is only summed or integrated over here speaks of another one.
        """
        kept: list[Any] = []
        for relation in reversed(self.relations):
            one = relation.xreplace({s: world.symbol(s.name) for s in relation.free_symbols})
            with suppress(Outside):  # what is said of λ/µ under the name ρ
                one = one.func(*(self.reader.filled(a, world, fill, 0) for a in one.args)) if fill and isinstance(one, Relational) else one
            spoken = {s.name for s in relation.free_symbols}
            if one in (True, False) or spoken & bound or not {s.name for s in one.free_symbols} & {s.name for s in symbols}:
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
            done = self.refuted(base, looks[0])
            return replace(done, verdict=UNDECIDED, detail=f"a definition in it is not read: {self.opaque}") if self.opaque else done
        for fill in self.fills:
            for world in self.worlds:
                if self.bench.over:
                    return replace(base, verdict=UNDECIDED, detail="the time for this display was used up")
                if self.proved(world, fill):
                    shown = self.names_at(fill)  # and none that a definition would have brought in
                    taken = tuple(t for t in world.taken if t.name in shown)
                    names = tuple(n for n in base.names if n in shown)
                    return replace(base, verdict=PROVED, taken=taken, names=names, detail=self.by_definition(fill))
        return self.short_of_proof(base, looks[-1])

    def by_definition(self, fill: bool) -> str:
        meant = [m for m in self.reader.job.meanings if not m.args and m.name in self.names_at(False)] if fill else []
        used = [f"{m.name} = {m.value} (line {m.line})" for m in meant]
        return f"with {', '.join(used)}" if used and len(self.fills) == 2 else ""

    def names_at(self, fill: bool) -> set[str]:
        return {s.name for e in self.sides(self.worlds[0], fill) for s in e.free_symbols} if fill in self.fills else set()

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


class Differentials(Step):
    """du = 2x dx, by what u was introduced for: both sides with du = u′(x) dx, over dx."""

    def sides(self, world: World, fill: bool) -> tuple[Expr, Expr]:
        read = [self.reader.raw(marked(text), world) for text in (self.base.left, self.base.right)]
        names = {d.name.removeprefix(PREFIX): d for side in read for d in differentials(side)}
        meanings = {m.name: m for m in self.reader.job.meanings if not m.args}
        if len(names) == 1:
            return tuple(self.reader.plain(side.coeff(d), world) for side in read for d in names.values())  # type: ignore[return-value]
        for new, old in permutations(names, 2) if len(names) == 2 else ():
            readings = [self.reader.value(meanings[new], world, 0, whole) for whole in (False, True)] if new in meanings else []
            value = next((v for v in readings if old in {s.name for s in v.free_symbols}), None)
            if value is not None:
                slope = value.diff(world.symbol(old))
                over = [side.coeff(names[new]) * slope + side.coeff(names[old]) for side in read]
                rest = [side.xreplace(dict.fromkeys(names.values(), S.Zero)) for side in read]
                if rest == [0, 0] and not any(differentials(e) for e in over):
                    return tuple(self.reader.plain(self.reader.filled(e, world, True, 0), world) for e in over)
        if len(names) == 4 and (areas := self.areas(read, names, meanings, world)):
            return areas
        raise Outside("nothing that stands before it says how these differentials are related")


    def areas(self, read: list[Expr], names: Mapping[str, Symbol], meanings: Mapping[str, Meaning], world: World) -> tuple[Expr, Expr] | None:
        """dx dy = r dr dθ, over dr dθ: dx dy = |∂(x, y)/∂(r, θ)| dr dθ, by what x and y were introduced for."""
        parts = [sorted(n for n, d in names.items() if d in differentials(side)) for side in read]
        for new, old in ((parts[0], parts[1]), (parts[1], parts[0])):
            if len(new) != 2 or len(old) != 2 or not set(new) <= set(meanings):
                continue
            values = [self.reader.value(meanings[n], world, 0, False) for n in new]
            bent = Abs(without_squares(Matrix(values).jacobian([world.symbol(n) for n in old]).det(), Facts()))
            whole = {True: names[new[0]] * names[new[1]], False: names[old[0]] * names[old[1]]}
            over = [expand(side / whole[part == new]) * (bent if part == new else 1) for side, part in zip(read, parts, strict=True)]
            if bent != 0 and not any(differentials(e) for e in over):
                return self.reader.plain(over[0], world), self.reader.plain(over[1], world)
        return None


def between_differentials(left: str, right: str) -> bool:
    """Whether a step relates differentials alone, and no integrals."""
    return all(r"\int" not in text and PREFIX in marked(text) for text in (left, right))


class Proportional(Step):
    """A ∝ B as functions of x: A′B = AB′, or for whole x that A(x) B(x + 1) = A(x + 1) B(x)."""

    def __init__(self, x: str, *rest: Any) -> None:
        self.x = x
        super().__init__(*rest)

    def sides(self, world: World, fill: bool) -> tuple[Expr, Expr]:
        a, b = super().sides(world, fill)
        x = world.symbol(self.x)
        if x.is_integer:
            return a * substitute(b, {x: x + 1}), substitute(a, {x: x + 1}) * b
        if any(True for e in (a, b) for _ in pieces(e)):
            return Derivative(a, x) * b, a * Derivative(b, x)  # of the closed forms, where these are found
        return a.diff(x) * b, a * b.diff(x)

    def refuted(self, base: Found, found: Look) -> Found:
        done = super().refuted(base, found)
        return replace(done, detail=f"their quotient depends on {self.x}") if done.verdict == REFUTED else done


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
    same = both_zero = 0
    most = MOST_WITH_TOTALS if heavy else MOST_POINTS
    for point in chosen[: 2 * most]:  # at some of them a side may have no value
        if same + len(apart) == most:
            break
        values = separated(pair.a, pair.b, point, PRECISIONS)
        if values:
            apart.append(({s: point[s] for s in sorted(symbols, key=str)}, values))
        same += values == ()
        both_zero += values == () and all(not e.has(Total) and e.xreplace(point).is_zero for e in (pair.a, pair.b))
    if apart and same - both_zero >= max(1, len(apart) // ENOUGH - 1):  # n(n − 1)p² and n(n − 1)p³ agree at n = 1, which says nothing
        return Look("mixed", {})
    if apart and (len(apart) >= ENOUGH or not symbols):
        return Look(REFUTED, *min(apart, key=lambda one: len(str(one[0]))), len(apart))
    return Look(AGREES if same >= ENOUGH or (same and not symbols) else UNDECIDED, {}, looked=same)


def speaks(text: str, name: str) -> bool:
    """Whether a condition's LaTeX names this name."""
    return name.split("_")[0] in text


def moving(sides: tuple[Expr, Expr]) -> bool:
    """Whether a derivative stands in a side, so that names that are defined may depend on its variable; a prime's variable is its own."""
    return any(own.name != PRIMED for e in sides for d in e.atoms(Derivative) for own in d.variables)
