"""Domains as they are written to measures, and variables to symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from sympy import Basic, Expr, S, Symbol, oo
from sympy.core.relational import GreaterThan, LessThan, StrictGreaterThan, StrictLessThan, Unequality
from sympy.logic.boolalg import Boolean

from derive.language.totals import NATURALS, REALS, Atoms, Counting, Lebesgue, Measure
from derive.read.names import ReadError, Scope
from derive.read.text import expression, expressions, free_names
from derive.read.tokens import is_name, near, spelled

WHOLE = {"RR": REALS, "R": REALS, "Reals": REALS, "ZZ": Counting(-oo, oo), "Z": Counting(-oo, oo), "Integers": Counting(-oo, oo),
         "NN": NATURALS}
FORMS = "(a, b), [a, b], RR, ZZ[a, b], {a, b, c} or simplex(k)"
POWER = re.compile(r"(?P<base>[\[({].*[\])}])\s*(\*\*|\^)\s*(?P<power>\w+)", re.DOTALL)
BRACKETED = re.compile(r"(?P<head>[A-Za-z]*)\s*(?P<open>[\[({])(?P<inside>.*)(?P<close>[\])}])", re.DOTALL)
LONGEST = 2_000  # characters


class Power(Measure):
    """The n-fold product of a measure, for an indexed variable s[1] … s[n]."""

    base = property(lambda self: self.args[0])
    size = property(lambda self: self.args[1])

    def __new__(cls, base: Measure, size: Expr) -> Power:
        return Basic.__new__(cls, base, size)


def split(name: str, domain: str) -> list[tuple[str, str]]:
    """The variables that one entry declares, each with a domain of its own.

    Raises ReadError where the names do not fit the domain.

    >>> split("x1, x2", "simplex(2)")
    [('x1', '(0, 1)'), ('x2', '(0, 1 - x1)')]
    """
    names = [spelled(part.strip()) for part in name.split(",")]
    for one in names:
        if not is_name(one):
            raise ReadError(f"{one!r} cannot be the name of a variable")
    if match := re.fullmatch(r"\s*simplex\s*\(\s*(\d+)\s*\)\s*", domain, re.ASCII):
        if int(match[1][:4]) != len(names):
            raise ReadError(f"{domain.strip()} needs {match[1][:4]} names, and {len(names)} stand there: {name}")
        return [(one, f"(0, {' - '.join(['1', *names[:i]])})") for i, one in enumerate(names)]
    return [(one, domain) for one in names]


def is_power(domain: str | Measure) -> bool:
    """Whether a domain is that of an indexed variable, as {-1, 1}**n is."""
    return isinstance(domain, Power) or (isinstance(domain, str) and POWER.fullmatch(domain.strip()) is not None)


def measure(domain: str | Measure, scope: Scope, conditions: Iterable[Boolean] = ()) -> Measure:
    """The measure of a domain, its ends read in the names of `scope`. A measure takes over the symbols of `scope`.

    Raises ReadError where the domain is empty or cannot be read.

    >>> measure("(0, 1]", Scope()), measure("{-1, 1}", Scope())
    (Lebesgue(0, 1), Atoms(-1, 1))
    """
    if isinstance(domain, Measure):
        return adopted(domain, scope, conditions)
    text = spelled(domain.strip()) if len(domain) < 9 else domain.strip()
    if text in WHOLE:
        return WHOLE[text]
    if match := POWER.fullmatch(text):
        return Power(measure(match["base"], scope, conditions), expression(match["power"], scope))
    head, opening, closing, ends = pieces(domain, scope)
    if opening == "{":
        return atoms(ends, domain, tuple(conditions))
    if len(ends) != 2:
        raise ReadError(f"the domain {domain!r} should have two ends")
    made = Counting(*ends) if head == "ZZ" else Lebesgue(*ends)
    if isinstance(made, Counting):
        refuse_open_ends(made, opening, closing, domain)
    refuse_empty(made, domain, conditions)
    return made


def adopted(made: Measure, scope: Scope, conditions: Iterable[Boolean]) -> Measure:
    """A measure with the symbols of `scope` in place of those that have the same names."""
    symbols = {s: s.name for s in made.free_symbols if isinstance(s, Symbol)}
    for name in symbols.values():
        if name not in scope.symbols:
            raise ReadError(f"{name!r} is not declared{near(name, scope.symbols)}")
    made = made.xreplace({s: scope.symbols[name] for s, name in symbols.items()})
    if isinstance(made, (Lebesgue, Counting)):
        refuse_empty(made, f"({made.lo}, {made.hi})", conditions)
    return made


def pieces(domain: str, scope: Scope) -> tuple[str, str, str, list[Expr]]:
    """Head, brackets and ends of a domain in brackets."""
    text = domain.strip()
    match = BRACKETED.fullmatch(text) if len(domain) <= LONGEST else None
    if match is None or match["head"] not in ("", "ZZ") or (match["open"] == "{") != (match["close"] == "}"):
        hint = near(domain.strip().partition("[")[0].partition("(")[0], ["RR", "ZZ", "NN", "simplex"])
        raise ReadError(f"{domain[:80]!r} is not a domain{hint}; write {FORMS}")
    if match["head"] == "ZZ" and match["open"] == "{":
        raise ReadError(f"{domain[:80]!r} is not a domain; write {FORMS}")
    if not match["inside"].strip():
        raise ReadError(f"the domain {domain!r} is empty")
    return match["head"], match["open"], match["close"], ends_of(text, match.span("inside"), scope)


def ends_of(domain: str, inside: tuple[int, int], scope: Scope) -> list[Expr]:
    """The formulas between the brackets; errors give the position in the domain as it was written."""
    blanked = " " * inside[0] + domain[slice(*inside)]
    try:
        return list(expressions(blanked, scope))
    except ReadError as error:
        raise ReadError(error.message, domain, error.position) from None


def atoms(points: list[Expr], domain: str, conditions: Iterable[Boolean] = ()) -> Atoms:
    """The measure of a finite set, whose points must be different numbers: by what their letters are, or by a condition."""
    for point in points:
        if not point.is_finite or point.is_real is False:
            raise ReadError(f"{point} in {domain!r} is not a real number")
    for p, q in combinations(points, 2):
        if (p - q).is_zero is not False and not any(tells_apart(condition, p - q) for condition in conditions):
            raise ReadError(f"{p} and {q} in {domain!r} are not known to be different")
    return Atoms(*points)


def tells_apart(condition: Boolean, gap: Expr) -> bool:
    """Whether a condition says that a difference is not 0: e > d, or d ≠ e."""
    if isinstance(condition, Unequality):
        return (condition.lhs - condition.rhs).expand() in (gap.expand(), -gap.expand())
    if not isinstance(condition, (StrictGreaterThan, StrictLessThan)):
        return False
    least = condition.gts - condition.lts  # > 0
    return any((side - least).expand().is_nonnegative for side in (gap, -gap))


def refuse_open_ends(made: Counting, opening: str, closing: str, domain: str) -> None:
    """Integers are written ZZ[a, b], both included; a round bracket can stand only at an infinite end."""
    if (opening == "(" and made.lo.is_finite is not False) or (closing == ")" and made.hi.is_finite is not False):
        raise ReadError(f"integers are written ZZ[a, b] with both ends included, not {domain!r}")
    for end in (made.lo, made.hi):
        if not end.is_integer and not end.is_infinite:
            because = "is not an integer" if end.is_integer is False else "is not known to be an integer: declare it so"
            raise ReadError(f"the end {end} of {domain!r} {because}")


def refuse_empty(made: Measure, domain: str, conditions: Iterable[Boolean]) -> None:
    """Raises ReadError where the assumptions or a condition show that nothing lies between the ends."""
    low, high = made.args
    for end in (low, high):
        if end.is_extended_real is False:
            raise ReadError(f"the end {end} of the domain {domain!r} is not real")
    counting = isinstance(made, Counting)
    gap = low - high
    if low is S.Infinity or high is S.NegativeInfinity or (gap.is_positive if counting else gap.is_nonnegative):
        raise ReadError(f"the domain {domain!r} is empty: {low} is not below {high}")
    for condition in conditions:
        if isinstance(condition, (StrictGreaterThan, StrictLessThan, GreaterThan, LessThan)):
            excess = (gap - (condition.gts - condition.lts)).expand()
            strict = isinstance(condition, (StrictGreaterThan, StrictLessThan))
            if excess.is_positive or (excess.is_nonnegative and (strict or not counting)):
                raise ReadError(f"the domain {domain!r} is empty where {condition}")


def names_in(domain: str | Measure, scope: Scope) -> Iterator[tuple[str, bool]]:
    """The undeclared names in a domain, and whether an integer must stand there."""
    if isinstance(domain, Measure):
        names = sorted(s.name for s in domain.free_symbols if isinstance(s, Symbol))
        yield from ((name, isinstance(domain, Counting)) for name in names if name not in scope.symbols)
        return
    text = domain.strip()
    if spelled(text) in WHOLE or len(text) > LONGEST:
        return
    if match := POWER.fullmatch(text):
        yield from names_in(match["base"], scope)
        yield from ((name, True) for name in free_names(match["power"], scope))
    elif (match := BRACKETED.fullmatch(text)) and match["inside"].strip():
        yield from ((name, match["head"] == "ZZ") for name in free_names(match["inside"], scope))
