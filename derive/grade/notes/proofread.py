"""A display of a document judged step by step: proved, agrees, refuted, undecided or unread, and what was taken for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice, product
from typing import Any

from sympy import Pow, Symbol

from derive.algebra.monomials import TooLarge
from derive.grade.chance.laws import Way
from derive.grade.equal.values import Bench
from derive.grade.notes.complexes import by_parts
from derive.grade.notes.conventions import label
from derive.grade.notes.declared import Job
from derive.grade.notes.digits import near
from derive.grade.notes.equated import OVERLOADED
from derive.grade.notes.expectations import expected_of, with_laws
from derive.grade.notes.leniency import lenient
from derive.grade.notes.masses import fitting
from derive.grade.notes.sequences import shown
from derive.grade.notes.sides import Reader, TwoWays
from derive.grade.notes.steps import Differentials, Found, Proportional, Step, between_differentials
from derive.grade.notes.variables import IMAGE
from derive.grade.notes.worlds import World
from derive.grade.notes.written import WRITTEN
from derive.grade.writing.doubles import APPLIED, TIMES
from derive.grade.writing.naming import head_of
from derive.grade.writing.outside import Outside
from derive.grade.writing.pieces import Side
from derive.grade.writing.slashes import apart, power_inside, together
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED

UNREAD = "unread"
TWO_WAYS = "a/b c is read in two ways"
MOST_WAYS = 8  # combinations of ways in which laws may be meant
COMPLEMENT = re.compile(r"\s*1\s*-\s*([A-Za-z])\s*")
FAULTS = (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError)


def proofread(job: Job, seconds: float = 10.0) -> list[Found]:
    r"""The verdicts on the steps of a display.

    >>> from derive.grade.notes.declared import jobs
    >>> from derive.grade.writing.documents import formulas_of
    >>> text = r"For $b>0$, $$\int_0^\infty e^{-bx}\,dx = \frac{1}{b} = \frac{1}{b^2}.$$"
    >>> [(f.line, f.verdict) for job in jobs(formulas_of(text, "a.md")) for f in proofread(job)]
    [(1, 'proved'), (1, 'refuted')]
    """
    if job.fault:
        return [Found(job.line, "", "", UNREAD, job.fault)]
    if any(job.digits):
        return [near(Reader(job), Found(job.line, *job.digits, UNREAD))]
    bench = Bench(end=time.monotonic() + seconds)
    return [replace(f, left=shown(f.left), right=shown(f.right), detail=shown(f.detail))
            for chain in job.chains for f in chain_steps(job, chain, bench)]  # fmt: skip


def chain_steps(job: Job, chain: Any, bench: Bench) -> Iterator[Found]:
    """One chain, step by step."""
    reader = Reader(turned_round(job))
    sides = list(chain.sides)
    if chain.continues:
        sides[0] = Side(job.before, sides[0].line)
    head = head_of(sides[0].text) if sides[0].text and not expected_of(sides[0].text, job.laws) else None
    about = about_name(reader, sides[0]) if head else False
    heads = [m for m in job.meanings if head and m.name == head[0] and len(m.args) == len(head[1])]
    only = None if len(heads) != 1 or heads[0].name in OVERLOADED else heads[0]
    meaning = next((m for m in heads if head and m.args == head[1]), only)
    for i, sign in enumerate(chain.signs):
        left, right = sides[i], sides[i + 1]
        if i == 0 and about and (meaning is None or job.redefines):
            continue  # it says what a name stands for
        if i == 0 and sign == "=" and names_by_power(reader, left):
            continue
        if i == 0 and job.defines:
            continue
        base = Found(right.line, left.text, right.text, UNREAD)
        if sign not in ("=", r"\propto"):
            yield replace(base, detail="only equalities and proportions are judged")
        elif not left.text or not right.text:
            yield replace(base, detail="a side is missing" if chain.continues and i == 0 and not job.before else "a side is empty")
        elif sign == r"\propto":
            found = proportional(reader, base, bench, i == 0 and about, groups(sides[0].text, head[1]) if head else [job.along])
            yield lenient(found, job, chain, i, meaning if i == 0 and about else None)
        else:
            kind: Callable[..., Step] = Differentials if between_differentials(left.text, right.text) else Step
            found = step(reader, base, bench, claim=i == 0 and about, kind=kind)
            yield lenient(found, job, chain, i, meaning if i == 0 and about else None)


def turned_round(job: Job) -> Job:
    """q = 1 − p as p = 1 − q, where something is differentiated by q."""
    moving, told = Reader(job).moving, {m.name for m in job.meanings}
    for m in job.meanings:
        other = COMPLEMENT.fullmatch(m.value)
        if m.name in moving and len(m.name) == 1 and not m.args and other is not None and other[1] not in told:
            turned = replace(m, name=other[1], value=f"1-{m.name}")
            said = [replace(g, text=re.sub(rf"(?<![A-Za-z\\]){other[1]}(?![A-Za-z])", f"(1-{m.name})", g.text)) for g in job.given]
            job = replace(job, meanings=tuple(turned if one is m else one for one in job.meanings), given=tuple(dict.fromkeys((*job.given, *said))))
    return job


def about_name(reader: Reader, side: Side) -> bool:
    """Whether a side is only a name, so that an equation may say what it stands for."""
    try:
        found = reader.raw(side.text, World({}))
    except (Outside, RecursionError):
        return True
    return isinstance(found, Symbol) or found.is_Function and type(found).__name__ in reader.job.functions


def names_by_power(reader: Reader, side: Side) -> bool:
    """Whether a side is a power of a name of which nothing is known, as I² before ∫∫ …: the equation says what that name stands for."""
    try:
        found = reader.raw(side.text, World({}))
    except (Outside, RecursionError):
        return False
    known = {m.name for m in reader.job.meanings} | {name for g in reader.job.given for name in re.findall(r"[A-Za-z]+", g.text)}
    return isinstance(found, Pow) and isinstance(found.base, Symbol) and found.exp.is_Integer and found.base.name not in known


def step(reader: Reader, base: Found, bench: Bench, claim: bool, kind: Callable[..., Step]) -> Found:
    """The verdict on one step, by every way in which the laws in it may be meant: right if one makes it right, wrong if all make it wrong."""
    each = [fitting(reader, law, bench) for law in reader.job.laws]
    choices = list(islice(product(*each), MOST_WAYS)) if each and all(each) else [()]
    found: list[Found] = []
    for ways in choices:
        found.append(one_step(replace(reader, ways=ways, own=(base.left, base.right)), base, bench, claim, kind))
        if found[-1].verdict == UNREAD:
            return found[-1]
        if found[-1].verdict == PROVED:
            judge = partial(one_step, base=base, bench=bench, claim=claim, kind=kind)
            done = replace(found[-1], ways=tuple(needed(reader, base, ways, each, judge)))
            return replace(done, detail=done.detail or read_as(reader, ways)) if len(choices) > 1 else done
    return next((one for one in found if one.verdict != REFUTED), found[0])


def needed(reader: Reader, base: Found, ways: tuple[Way, ...], each: list[tuple[Way, ...]], judge: Callable[..., Found]) -> Iterator[tuple[str, str]]:
    """The laws in a step that holds only if their parameters are counted as they are in `ways`, and how that is."""
    text = f"{with_laws(base.left, reader.job.laws)} {with_laws(base.right, reader.job.laws)}"
    for k, (law, way) in enumerate(zip(reader.job.laws, ways, strict=False)):
        others = [(*ways[:k], other, *ways[k + 1 :]) for other in each[k] if other is not way]
        if law.law in (IMAGE, WRITTEN) or not others or not re.search(rf"Under\}}\((?:\d+,)?{k}[,)]", text):
            continue
        if not any(judge(replace(reader, ways=other, own=(base.left, base.right))).verdict == PROVED for other in others):
            yield law.law, label(way)


def read_as(reader: Reader, ways: tuple[Way, ...]) -> str:
    """How the parameters of laws that may be meant in several ways are read."""
    told = [(law, way) for law, way in zip(reader.job.laws, ways, strict=True) if len(law.ways) > 1 and law.law != WRITTEN]
    each, names = [f"({', '.join(way.roles)})" for _, way in told], [law.name for law, _ in told]
    if not told:
        return ""
    return f"with the parameters of {' and '.join(names)} read as {' and '.join(each)}"


def one_step(reader: Reader, base: Found, bench: Bench, claim: bool, kind: Callable[..., Step]) -> Found:
    """The verdict on one step; what goes wrong inside leaves it undecided."""
    if bench.over:
        return replace(base, verdict=UNDECIDED, detail="the time for this display was used up")
    try:
        parted = by_parts(reader, base, bench, claim) if reader.unit and not reader.turning else None
        if parted is not None or reader.unit and not reader.half:
            return parted or base
        found = kind(reader, base, bench, claim).verdict()
        if reader.turning and found.verdict not in (PROVED, REFUTED):
            found = kind(replace(reader, half=1), base, bench, claim).verdict()
        return found if found.verdict != REFUTED else powers_of_logarithms(reader, base, bench, claim, kind, found)
    except TwoWays as error:
        return in_two_ways(reader, base, bench, claim, kind, str(error))
    except Outside as error:
        parted = one_step(replace(reader, half=0), base, bench, claim, kind) if reader.turning else base
        return parted if parted.verdict != UNREAD else slashes(reader, base, bench, claim, kind, str(error))
    except FAULTS as error:
        return replace(base, verdict=UNDECIDED, detail=f"it could not be judged ({type(error).__name__})")


def powers_of_logarithms(reader: Reader, base: Found, bench: Bench, claim: bool, kind: Callable[..., Step], found: Found) -> Found:
    """A refuted step in which ln(u)^n stands: what holds with the power inside may be meant so; it is wrong where it is wrong both ways."""
    other = replace(base, left=power_inside(base.left), right=power_inside(base.right))
    if other == base:
        return found
    again = one_step(reader, other, bench, claim, kind)
    if again.verdict == REFUTED:
        return found
    note = "with the power inside of the logarithm" if again.verdict == PROVED else "a power behind a logarithm may be meant inside of it"
    return replace(again, left=base.left, right=base.right, detail=f"{note}{'; ' if again.detail else ''}{again.detail}")


def in_two_ways(reader: Reader, base: Found, bench: Bench, claim: bool, kind: Callable[..., Step], why: str) -> Found:
    """A step in which p(k + 1) may be the next value or a product: what holds in one reading is meant so; it is wrong where it is in both."""
    found = [one_step(replace(reader, reading=reading), base, bench, claim, kind) for reading in (APPLIED, TIMES)]
    if all(one.verdict == found[0].verdict for one in found):
        return found[0]
    for one, note in zip(found, ("with the bracket as its argument", "with the bracket as a factor"), strict=True):
        if one.verdict == PROVED:
            return replace(one, detail=f"{note}, in which reading it holds")
    return replace(base, detail=why)


def slashes(reader: Reader, base: Found, bench: Bench, claim: bool, kind: Callable[..., Step], why: str) -> Found:
    """An unread step, where a/b c as a/(b c) or as (a/b) c makes it one that holds in a reading, or in none; otherwise it stays unread."""
    if TWO_WAYS not in why:
        return replace(base, detail=why)
    ways = [replace(base, left=way(base.left), right=way(base.right)) for way in (together, apart)]
    if base in ways:
        return replace(base, detail=why)
    found = [one_step(reader, way, bench, claim, kind) for way in ways]
    best = next((one for one in found if one.verdict == PROVED), found[0])
    if best.verdict != PROVED and any(one.verdict != REFUTED for one in found):
        return replace(base, detail=why)
    note = "with a/b c read as a/(b c)" if best is found[0] else "with a/b c read as (a/b) c"
    note = note if best.verdict == PROVED else ""
    return replace(best, left=base.left, right=base.right, detail="; ".join(filter(None, (note, best.detail))))


def groups(text: str, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    r"""The arguments of a function before the bar, and those behind it.

    >>> groups(r"p(x, y \mid \theta)", ("x", "y", "theta"))
    [('x', 'y'), ('theta',)]
    """
    left = list(names)
    parts = [re.split(r"[,]", part) for part in re.split(r"\\mid(?![a-z])|\||;", text)]
    return [tuple(left.pop(0) for _ in part if left) for part in parts if left]


def proportional(reader: Reader, base: Found, bench: Bench, claim: bool, among: list[tuple[str, ...]]) -> Found:
    """The verdict on A ∝ B as functions of all arguments before the bar; refuted where it is none as functions of those behind it either."""
    found = []
    for names in filter(None, among):
        each = [step(reader, base, bench, claim, partial(Proportional, name)) for name in names]
        found.append(next((one for verdict in (REFUTED, UNREAD, UNDECIDED, AGREES) for one in each if one.verdict == verdict), each[0]))
    if not found:
        return replace(base, detail="it is not said as functions of what these are in proportion")
    if found[0].verdict == REFUTED and any(one.verdict != REFUTED for one in found):
        return replace(found[0], verdict=UNDECIDED, detail=f"{found[0].detail}, and it may be meant as functions of what stands behind the bar")
    return found[0]
