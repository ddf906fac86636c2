"""What is said of the names of a job where it stands: conditions of the document, and what the laws of its variables need."""

from __future__ import annotations

import re
from contextlib import suppress

from sympy import Contains, Dummy, S, Tuple
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from derive.grade.chance.under import CHANCE, PART, POINT, SUM, ends_within, of_parameters
from derive.grade.notes.expectations import with_laws
from derive.grade.notes.sides import Reader
from derive.grade.notes.worlds import World, declared, usable, without_bars
from derive.grade.writing.outside import Outside
from derive.grade.writing.turned import UNITS, near
from derive.read.latex import expression, statement
from derive.read.names import ReadError, Scope

BLOCKED = re.compile(r"\\in\s*\\?(?:mathbb|mathcal|bf|mathbf)?\s*\{?\s*(?:C\b|[RCZN]\s*\}?\s*\^)|\\in\s*\\mathcal")
NATURALS = re.compile(r"\\in\s*\\(?:mathbb|mathbf)\s*\{?\s*N\s*\}?\s*(?:_\s*\{?0\}?|_\s*\{?\+\}?)?")
POSITIVE_REALS = re.compile(r"\\in\s*\\mathbb\s*\{?\s*R\s*\}?\s*(?:_\s*\{?\s*(?:\+|>\s*0)\s*\}?|\^\s*\{?\+\}?)")


def conditions(reader: Reader, world: World) -> list[Boolean]:
    """The conditions that can be read, the oldest first. Raises Outside where a name is said to be no real number."""
    found: list[Boolean] = []
    for given in reader.job.given:
        names = [n for side in reader.job.chains for n in re.findall(r"\\[A-Za-z]+|[A-Za-z]", side.text)]
        head = given.text.split(r"\in")[0].strip()
        if BLOCKED.search(given.text) and not NATURALS.search(given.text) and not POSITIVE_REALS.search(given.text):
            if head in names:
                raise Outside(f"{head} is no real number (line {given.line})")
            continue
        text = POSITIVE_REALS.sub("> 0", given.text)
        text = NATURALS.sub(r"\\ge 0", text) if (whole := NATURALS.search(text)) else text
        try:
            read = statement(text, Scope({}, {}, {}, strict=False))
        except (ReadError, RecursionError):
            continue
        parts = [p for p in (read.args if isinstance(read, (And, Tuple)) else (read,)) if isinstance(p, (Relational, Contains))]
        parts = [q for p in parts for q in without_bars(p)]
        found += [p for p in parts if usable(p)]
        found += [Contains(p.args[0], S.Integers) for p in parts if whole and isinstance(p, Relational)]
    found += in_supports(reader, world)
    sure = [world.symbol(name) for name, assumed in declared(found)[0].items() if assumed.get("positive")]
    return found + (near(world.symbol(UNITS[reader.half]), sure) if reader.turning else [])


def in_supports(reader: Reader, world: World) -> list[Boolean]:
    """What the laws say: that their parameters are such as they have, and that P(T > t) is spoken of for t ≥ 0."""
    found: list[Boolean] = []
    for k in range(len(reader.job.laws)):
        with suppress(Outside, ReadError, RecursionError):
            found += of_parameters(*reader.law(k, world)[1:])
    for text in reader.texts if reader.job.laws else ():
        with suppress(Outside, ReadError, RecursionError):
            read = expression(with_laws(text, reader.job.laws), reader.scope(world))
            found += [f.args[2] >= 0 for f in read.atoms(AppliedUndef) if f.func.__name__ == SUM]
            for applied in (f for f in read.atoms(AppliedUndef) if f.func.__name__ in (CHANCE, POINT, PART)):
                _, way, arguments = reader.law(int(applied.args[0]), world)
                found += ends_within(applied.args[2 if applied.func.__name__ == PART else 1 :], way.kernel(Dummy(positive=True), *arguments)[1])
    return found
