"""Whether a density that a document writes down has the mass 1 on a support: only then it is one of which means are taken."""

from __future__ import annotations

from dataclasses import replace

from sympy import S

from derive.algebra.monomials import TooLarge
from derive.grade.chance.laws import Way
from derive.grade.equal.equality import proved
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.notes.conditions import conditions
from derive.grade.notes.sides import Outside, Reader
from derive.grade.notes.variables import Declared
from derive.grade.notes.worlds import World, by_use, declared, worlds
from derive.grade.notes.written import HERE, WRITTEN
from derive.language.totals import Measure, Total, variable

FAULTS = (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError)


def fitting(reader: Reader, law: Declared, bench: Bench) -> tuple[Way, ...]:
    """The ways in which a law may be meant; of a density that the document writes down those supports on which its mass is proved to be 1."""
    return tuple(way for way in law.ways if mass_is_one(reader, law, way, bench)) if law.law == WRITTEN else law.ways


def mass_is_one(reader: Reader, law: Declared, way: Way, bench: Bench) -> bool:
    """Whether the mass of a density on a support is proved to be 1, with what the document says of its parameters and what their use implies."""
    called = tuple(other for other in reader.job.laws if other.name == HERE and other.ways)
    alone = replace(reader, job=replace(reader.job, laws=called), ways=tuple(other.ways[0] for other in called))
    try:
        assumed, relations = declared(conditions(alone, World({})))
        total = mass(alone, law, way, World(assumed))
        world = worlds(assumed, (), {s.name for s in total.free_symbols}, by_use([total]))[-1]
        total = mass(alone, law, way, world)
        known = [r.xreplace({s: world.symbol(s.name) for s in r.free_symbols}) for r in relations]
        ground = Ground([r for r in known if r not in (True, False)])
        value = evaluated(total, ground.facts, bench)
        return value is not None and proved(value, S.One, ground)
    except (Outside, *FAULTS):
        return False


def mass(reader: Reader, law: Declared, way: Way, world: World) -> Total:
    """The integral or sum of a density over a support."""
    kernel = reader.written(law, way, world).kernel
    measure: Measure = kernel(S.One)[1]
    t = variable(f"{law.key}′", measure)
    found = reader.plain(Total(kernel(t)[0], t, measure), world)
    if not isinstance(found, Total):
        raise Outside("it has no mass that is read")
    return found
