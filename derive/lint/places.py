"""Where a published density is looked at: the clock, the parameters, points of them, and the words for these."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sympy import Symbol

from derive.check.points import words as named
from derive.grade.equal.ground import Ground
from derive.language.problem import Problem
from derive.lint.published import Point, Published


@dataclass(frozen=True)
class Clock:
    """Until when there is time (of time.monotonic)."""

    deadline: float

    def left(self, most: float) -> float:
        """Seconds, at most `most`, for a part of the work."""
        return max(0.2, min(most, self.deadline - time.monotonic()))

    @property
    def over(self) -> bool:
        return time.monotonic() > self.deadline


def ground_of(problem: Problem, *more: object) -> Ground:
    names = [p.symbol for p in problem.parameters] + sorted(problem.total.free_symbols, key=str)
    return Ground((*problem.conditions, *more), names=names)  # type: ignore[arg-type]


def parameters(problem: Problem) -> set[Symbol]:
    return {s for s in problem.total.free_symbols if isinstance(s, Symbol)} | {p.symbol for p in problem.parameters}


def drawn(problem: Problem, seeds: int = 1) -> list[Point]:
    """Points of the parameters; one without values where there are none."""
    if not parameters(problem):
        return [{}]
    ground = ground_of(problem)
    return list({tuple(sorted(p.items(), key=str)): p for seed in range(seeds) for p in ground.points(parameters(problem), seed)}.values())


def full(published: Published, point: Point) -> Point:
    """A point with a value for every parameter, where one is found that agrees with it."""
    if parameters(published.problem) <= set(point):
        return point
    return next((p for p in drawn(published.problem) if all(p.get(s) == v for s, v in point.items())), point)


def assumed(problem: Problem) -> tuple[str, ...]:
    """What is assumed of the parameters, in words."""
    facts = [(p.symbol, [k for k, v in p.symbol._assumptions_orig.items() if v and k not in ("real", "finite")]) for p in problem.parameters]
    return (*(f"{s} {', '.join(names) or 'real'}" for s, names in facts), *map(str, problem.conditions))


def words(point: Point) -> str:
    """The values of a point; nothing where there are none."""
    return named(point) if point else ""


def said(point: Point) -> dict[str, str]:
    return {str(s): str(v) for s, v in sorted(point.items(), key=lambda item: str(item[0]))}
