"""What keeps a refuted step of a document from being called wrong: it may be meant as something else than an identity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sympy import Expr, Symbol, cancel
from sympy.core.relational import Relational

from derive.algebra.rational import LARGEST, short
from derive.algebra.signs import Facts
from derive.grade.notes.conditions import conditions
from derive.grade.notes.declared import Job, Meaning
from derive.grade.notes.expectations import expected
from derive.grade.notes.sides import Reader
from derive.grade.notes.steps import Found, between_differentials
from derive.grade.notes.worlds import World, declared
from derive.grade.writing.differentials import DERIVATIVE
from derive.grade.writing.naming import head_of
from derive.grade.writing.outside import Outside
from derive.grade.writing.slashes import GREEK, together
from derive.grade.writing.turned import UNITS
from derive.language.claims import REFUTED, UNDECIDED

NAMES_ALONE = re.compile(rf"(?:\\[dt]?frac|[{{}}/\s]|\\[,;:! ]|\\(?:{GREEK})(?![A-Za-z])|[A-Z])*")  # capitals and Greek letters: E/N, βF
SATISFIED = re.compile(r"\bsatisf\w*|\bobeys?\b|\bequations?\b", re.I)


def lenient(found: Found, job: Job, chain: Any, i: int, meaning: Any) -> Found:
    """A refuted step, unless it may be meant as something else than an identity."""
    if found.verdict != REFUTED:
        return found
    reason = ""
    if job.unsure:
        reason = "the words beside it may make it a condition"
    elif meaning is not None and not (meaning.quantity and meaning.section == job.section):
        reason = f"{meaning.name} stood for something else in line {meaning.line}, and may have been given a new meaning"
    elif i == 0 and not chain.continues and (other := renamed(found.left, job)) is not None:
        reason = f"{other.name} stood for something else in line {other.line}, and may have been given a new meaning"
    elif between_differentials(found.left, found.right):
        reason = next((f"{m.name} may have been given a new meaning since line {m.line}" for m in job.meanings
                       if not m.args and (m.several or m.section != job.section)), "")  # fmt: skip
    elif chain.signs[i] == "=" and not chain.continues and not {"=", r"\propto"} & {*chain.signs[i + 1 :]}:
        alone = i == 0  # as A = B and A = B > 0 are
        reason = contingent(job, found, alone, job.firm or computed(found.left, job))
    if not reason:
        return found
    return replace(found, verdict=UNDECIDED, detail=f"it does not hold always ({found.detail}); {reason}")


def renamed(text: str, job: Job) -> Meaning | None:
    """The name in a product or a quotient of bare names, as E in E/N, that has a meaning which a new system may have changed."""
    if not NAMES_ALONE.fullmatch(text):
        return None
    names = {name.lstrip("\\") for name in re.findall(r"\\[A-Za-z]+|[A-Za-z]", re.sub(r"\\[dt]?frac(?![A-Za-z])", " ", text))}
    return next((m for m in job.meanings if m.name in names and not m.args and not (m.quantity and m.section == job.section)), None)


def computed(text: str, job: Job) -> bool:
    """Whether a side tells a computation, a derivative that is taken here, so that what it equals is its value."""
    return bool(DERIVATIVE.search(text) or job.laws and expected(text)) and not SATISFIED.search(job.words)


def contingent(job: Job, found: Found, alone: bool, firm: bool) -> str:
    """Why an equation may be one to solve, and no identity: a number on one side, or names that the other side lacks.

    What `firm` words state, as in "the variance is A = B", is to be solved only for names that one side lacks.
    """
    if not found.witness:
        return ""  # both sides are numbers
    reader = Reader(job, own=(found.left, found.right), ways=tuple(law.ways[0] for law in job.laws if law.ways))
    if reader.turning and not {UNITS[half] for half in UNITS} & {name for name, _ in found.witness}:
        reader = replace(reader, half=0)  # it was judged by its real and its imaginary parts
    assumed, relations = declared(conditions(reader, World({})))
    world = World({**assumed, **{name: {"real": True} for name in found.names}})
    try:
        a, b = (reader.side(together(text), world, True) for text in (found.left, found.right))
    except Outside:
        return "it could not be read once more without what is declared"
    bare = any(is_name(reader, text, world) for text in (found.left, found.right))
    shown = {name for name, _ in found.witness}  # the names on which the closed forms depend
    left, right = ({s.name for s in e.free_symbols} & shown for e in (a, b))
    if not left and not right:
        return ""  # there is nothing to solve for
    if job.laws and expected(found.left) and right < left:
        return "it may be meant for a special value of a name that the other side lacks"
    number = (not left and right) or (not right and left and (alone or b in (0, 1)))
    other = head_of(found.right)
    if alone and "'" in found.left and other and other[1] and re.match(rf"\s*\\?{re.escape(other[0])}\s*'", found.left):
        return "it may be meant as an equation for the names in it"  # f''(x) = f(x)
    if firm and left == right and (not bare or job.laws and expected(found.left)):
        return ""
    solvable = a.is_rational_function() and b.is_rational_function()
    if solvable and not bare and left | right <= set(assumed) and never_equal(a, b, relations, world):
        return ""  # there is nothing to solve
    if number or (alone and (bare or solvable or not (left <= right or right <= left))):
        return "it may be meant as an equation for the names in it"
    return ""


def is_name(reader: Reader, text: str, world: World) -> bool:
    """Whether a side is a name alone, as it stands: 1/β is none, though β = 1/T."""
    try:
        return isinstance(reader.side(together(text), world, False), Symbol)
    except Outside:
        return isinstance(reader.side(together(text), world, True), Symbol)


def never_equal(a: Expr, b: Expr, relations: Sequence[Relational], world: World) -> bool:
    """Whether two fractions differ for all values of the names in them, by the sign of their difference."""
    known = [r.xreplace({s: world.symbol(s.name) for s in r.free_symbols}) for r in relations]
    facts, apart = Facts([r for r in known if r not in (True, False)]), a - b
    apart = cancel(apart) if apart.count_ops() <= LARGEST and short(apart) else apart
    return facts.positive(apart) or facts.negative(apart)
