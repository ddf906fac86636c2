"""Problems stated in Python or on the command line: a kernel, domains, and what is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Expr, S, Symbol, sympify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.language.problem import Problem
from derive.language.totals import Lebesgue, Measure
from derive.read import assumptions, domains, text
from derive.read.assumptions import abstract
from derive.read.build import Declared, Draft, build, used
from derive.read.builder import CONSTANTS
from derive.read.kernels import Source
from derive.read.names import ReadError, Scope
from derive.read.tokens import spelled

WORDS = re.compile(r"\s*(?P<name>\w+)\s+(?:is\s+|:\s*)?(?P<words>[a-z]+(?:(?:\s*,\s*|\s+)[a-z]+)*)\s*")


def problem(kernel: str | Expr, over: Mapping[Any, Any] | Iterable[str] | None = None, given: Iterable[Any] = (), *,
            latex: bool = False, energy: bool = False, id: str = "kernel", title: str = "") -> Problem:
    """The problem that a program or a command line states.

    `over`: {"x": "(0, oo)"} or ["x in (0, oo)"], outermost first; without it x ranges over all reals. `given`: "a > 0",
    "n integer", "g(x) >= 0" for an abstract g, or SymPy relations. Raises ReadError where that makes no problem.

    >>> problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).parameters[0].symbol.is_positive
    True
    """
    if not isinstance(kernel, str):
        kernel = as_expression(kernel)
    source = Source("energy" if energy else "kernel", kernel, latex, energy)
    variables = tuple(v for name, domain in pairs(over) for v in entries(name, domain))
    facts, conditions = said(given)
    functions = abstracts(conditions)
    conditions = [c for c in conditions if not signs_a_function(c, functions)]
    made = Draft((source,), variables, tuple(Declared(name, known) for name, known in facts.items()),
                 tuple((f"given {str(c)!r}", c) for c in conditions), functions, "", id, title)
    return build(made if variables else on_the_line(made))


def as_expression(kernel: Any) -> Expr:
    """A kernel that a program gave. Raises ReadError where it is no formula."""
    if isinstance(kernel, bool) or not isinstance(kernel, (int, Expr)):
        raise ReadError(f"the kernel should be a text or a SymPy expression, not {type(kernel).__name__}")
    return sympify(kernel)


def pairs(over: Mapping[Any, Any] | Iterable[str] | None) -> list[tuple[str, Any]]:
    """Names and domains, from a mapping or from texts such as "x in (0, oo)"."""
    if isinstance(over, Mapping):
        return [(str(name), domain) for name, domain in over.items()]
    found = []
    for one in [over] if isinstance(over, str) else over or ():
        name, sign, domain = one.replace("∈", " in ").partition(" in ")
        if not sign or not name.strip():
            raise ReadError(f"{one!r} should read like 'x in (0, oo)'")
        found.append((name.strip(), domain))
    return found


def entries(name: str, domain: Any) -> list[tuple[str, str | Measure, str]]:
    """The variables that one entry of `over` declares. A pair (a, b) is the interval between its ends."""
    if isinstance(domain, tuple) and len(domain) == 2:
        domain = Lebesgue(*domain)
    if isinstance(domain, Measure):
        return [(spelled(name), domain, "")]
    if not isinstance(domain, str):
        raise ReadError(f"the domain of {name!r} should be a text such as '(0, oo)', not {domain!r}")
    return [(one, where, "") for one, where in domains.split(name, domain)]


def said(given: Iterable[Any]) -> tuple[dict[str, assumptions.Facts], list[str | Boolean]]:
    """Assumptions in words ("n integer") and conditions, apart."""
    facts: dict[str, assumptions.Facts] = {}
    conditions: list[str | Boolean] = []
    for one in [given] if isinstance(given, (str, Relational)) else given:
        for part in [one] if not isinstance(one, str) else in_parts(one):
            if isinstance(part, str) and (match := in_words(part)):
                words = assumptions.words(re.sub(r"[\s,]+", ", ", match["words"]))
                facts[spelled(match["name"])] = {**facts.get(spelled(match["name"]), {}), **words}
            elif isinstance(part, str) and (name := constant_asked(part)):
                facts.setdefault(name, {})
                conditions.append(part)
            elif part is S.false:
                raise ReadError("one of the given conditions is False by itself")
            elif part is not S.true and part is not True:
                conditions.append(condition(part))
    return facts, conditions


def constant_asked(part: str) -> str | None:
    """The letter of a constant that a condition speaks of and of no other name, as in "0 < e < 1": who says so means a parameter."""
    names = set(re.findall(r"[^\W\d]\w*", part)) - {"oo", "inf", "infinity"}
    return names.pop() if len(names) == 1 and names <= set(CONSTANTS) else None


def condition(part: Any) -> str | Boolean:
    if isinstance(part, (str, Boolean)) and not isinstance(part, Symbol):
        return part
    raise ReadError(f"{part!r} is no condition; write 'a > 0'")


def in_words(part: str) -> re.Match[str] | None:
    """Whether a text says "n integer" or "a is positive"."""
    match = WORDS.fullmatch(part)
    return None if match is None or re.search(r"\b(and|in)\b", part) else match


def in_parts(one: str) -> list[str]:
    """Conditions joined by & or commas, taken apart only where one of them is in words."""
    if in_words(one):
        return [one]
    parts = re.split(r"&&?|,|∧|\band\b", one)
    return parts if any(map(in_words, parts)) else [one]


def abstracts(conditions: Iterable[str | Boolean]) -> dict[str, Any]:
    """The abstract functions that conditions speak of, with the signs that these give them."""
    found: dict[str, Any] = {}
    for one in conditions:
        if isinstance(one, str):
            scope = Scope({}, found, strict=False)
            for name, count in text.unknown_functions(one, scope).items():
                bare = {**found, name: abstract(name, {}, count)}
                facts = (fact_about(name, r) for r in text.relation(one, Scope({}, bare, strict=False)))
                found[name] = abstract(name, {fact: True for fact in facts if fact}, count)
    return found


def fact_about(name: str, relation: Boolean) -> str | None:
    """The sign that a relation gives to an abstract function, as g(x) >= 0 does."""
    for one in (relation, relation.reversed) if isinstance(relation, Relational) else ():
        if getattr(getattr(one.lhs, "func", None), "__name__", "") == name:
            return assumptions.sign_of(one, one.rhs)
    return None


def signs_a_function(condition: str | Boolean, functions: Mapping[str, Any]) -> bool:
    """Whether a condition has become the sign of an abstract function."""
    if not isinstance(condition, str) or not functions:
        return False
    return all(one is S.true for one in text.relation(condition, Scope({}, functions, strict=False)))


def on_the_line(made: Draft) -> Draft:
    """The draft with x over all reals, if it is x that was left without a domain."""
    names = used(made.sources[0], made, Scope({d.name: Symbol(d.name) for d in made.parameters}, made.functions))
    if "x" not in names:
        example = names[0] if names else "x"
        raise ReadError(f"the variables and their domains are not given; say so, as in --over '{example} in (0, oo)'")
    return Draft(made.sources, (("x", "RR", ""),), made.parameters, made.conditions, made.functions, "", made.id, made.title,
                 ("x ranges over all reals, as no domain was given",))
