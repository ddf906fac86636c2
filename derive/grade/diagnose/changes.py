"""What is lost in a change of variables: its ends, its differential."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Rational, Symbol

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import inverse
from derive.grade.claims import Compared
from derive.grade.equal.ends import limit_at
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.language.claims import PROVED
from derive.language.totals import Lebesgue, Total
from derive.search.presentable import presentable

LARGEST = 9999  # number in a factor that is worth telling
MOST_OPERATIONS = 6  # of a factor that is worth telling


def unchanged_differential(found: Compared, right: Expr, truth: Truth, bench: Bench) -> Mistake | None:
    """A line that is right with the |dx/du| of a stated substitution x = ψ(u) or u = φ(x) under its integral sign."""
    before = {t.x.name for t in all_totals(found.target)}
    for t in (t for t in all_totals(found.side) if t.x.name not in before):
        for factor in jacobians(t, found, truth):
            repaired = found.side.xreplace({t: Total(t.body * factor, t.x, t.measure)})
            value = evaluated(repaired, truth.ground.facts, bench)
            if value is not None and any(same(v, right, truth.ground) for v in (value, -value)):
                return Mistake("missing-jacobian", "", f"the factor {factor} of the substitution is lost")
    return None


def unchanged_ends(found: Compared, right: Expr, truth: Truth, bench: Bench) -> Mistake | None:
    """A line that is right with φ(a) and φ(b) for the ends of its integral over u = φ(x), which were left as those of x."""
    for t in (t for t in all_totals(found.side) if isinstance(t.measure, Lebesgue)):
        for phi, x, measure in images(t, found, truth):
            inside = truth.ground.facts.within(x, measure)
            ends = [limit_at(phi, x, end, side, inside) for end, side in zip(measure.args, (1, -1), strict=True)]
            if None in ends or Lebesgue(*ends) == t.measure:
                continue
            value = evaluated(found.side.xreplace({t: Total(t.body, t.x, Lebesgue(*ends))}), truth.ground.facts, bench)
            if value is not None and same(value, right, truth.ground):
                return Mistake("wrong-domain", "", f"{t.x} runs over {shown(t)}, where it should run over ({', '.join(map(str, ends))})")
    return None


def images(t: Total, found: Compared, truth: Truth) -> Iterator[tuple[Expr, Symbol, Lebesgue]]:
    """The φ of a stated u = φ(x) or x = ψ(u), for the variable u of a total, with the x and its range in the line before, or in the problem."""
    before = [(u.x, u.measure) for u in all_totals(found.target)]
    ranges = [(x, m) for x, m in before or truth.inside.variables if isinstance(m, Lebesgue)]
    for name, value in found.defined.items():
        own = {s for s in value.free_symbols if s.name == t.x.name}
        for x, measure in ranges:
            if name.name == t.x.name and any(s.name == x.name for s in value.free_symbols):
                yield value.xreplace({s: x for s in value.free_symbols if s.name == x.name}), x, measure
            elif name.name == x.name != t.x.name and len(own) == 1:
                back = inverse(value, own.pop(), x, truth.ground.facts.within(x, measure))
                if back is not None:
                    yield back, x, measure


def jacobians(t: Total, found: Compared, truth: Truth) -> Iterator[Expr]:
    """The dx/du of stated substitutions, for the variable u of a total, where x ranges as in the line before, or in the problem."""
    facts = truth.ground.facts.within(t.x, t.measure)
    ranges = [*((u.x, u.measure) for u in all_totals(found.target)), *truth.inside.variables]
    for name, value in found.defined.items():
        own = next((s for s in value.free_symbols if s.name == t.x.name), None)
        if name.name != t.x.name and own is not None:
            yield value.xreplace({own: t.x}).diff(t.x).factor()
        elif name.name == t.x.name:
            for x, measure in ranges:
                before = {s: x for s in value.free_symbols if s.name == x.name}
                back = inverse(value.xreplace(before), x, t.x, facts.within(x, measure)) if before else None
                if back is not None:
                    yield back.diff(t.x).factor()


def all_totals(e: Expr) -> list[Total]:
    return sorted(e.atoms(Total), key=str)


def shown(t: Total) -> str:
    return f"({', '.join(map(str, t.measure.args))})"


def same(a: Expr, b: Expr, ground: Ground) -> bool:
    return compare(a, b, ground, deep=False).verdict == PROVED


def named(kind: str, wrong: Expr, right: Expr, ground: Ground, said: str) -> Mistake:
    return Mistake(kind, factor(wrong, right, ground), said)


def factor(wrong: Expr, right: Expr, ground: Ground) -> str:
    """claim/truth, where it is short enough to tell something."""
    try:
        ratio = presentable(canonical(wrong / right, ground.facts), ground.facts)
    except (TooLarge, ZeroDivisionError):
        return ""
    long = ratio.count_ops() > MOST_OPERATIONS * 2 or any(abs(q.p) > LARGEST or q.q > LARGEST for q in ratio.atoms(Rational))
    return "" if long else str(ratio)
