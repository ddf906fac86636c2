"""Draw variants of a problem: other values, multiples of parameters, other kernels. For a worker: it reads formulas."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Any

from sympy import And, Basic, Expr, Indexed, Integer, Rational, Symbol
from sympy.core.function import AppliedUndef

from derive.language.problem import Problem, Variable
from derive.language.totals import Counting, Lebesgue, Measure
from derive.orders import ProblemFile, Refused
from derive.read import files, text
from derive.read.assumptions import WORDS
from derive.read.kernels import located
from derive.read.names import ReadError, Scope
from derive.report.json import sympy_text

FACTORS = (*map(Integer, (2, 3, 4, 5)), *(Rational(*q) for q in ((1, 2), (1, 3), (3, 2), (2, 3), (5, 2), (3, 4))))
SHIFTS = tuple(map(Integer, range(1, 6)))
TRIES = 60  # draws in a row that bring nothing new, after which the kinds of variants are taken to be exhausted
KERNELS = ("kernel", "energy")


@dataclass(frozen=True)
class Variant:
    """One variant: what was changed, as (name, what stands in its place); the table of a problem file; the problem, pickled.

    `alike`: it is to be derived by the rules that the problem itself is derived by, since nobody asked for what was changed.
    """

    id: str
    changed: tuple[tuple[str, str], ...]
    table: dict[str, Any]
    content: bytes
    alike: bool = False


def candidates(source: ProblemFile, count: int, seed: int) -> list[tuple[Variant, list[Variant]]]:
    """For each problem of a file, the problem as it stands and up to `count` variants of it, all different, in the order drawn.

    Raises Refused where the file cannot be read or a problem cannot be varied.
    """
    try:
        content = source.text if source.text is not None else files.file_text(source.path)
        problems = files.loads(content, source.path)
        tables = files.tables_in(files.parsed(content), "problem")
        with located(source.path):
            return [of_problem(p, table, count, f"{seed} {p.id}") for p, table in zip(problems, tables, strict=True)]
    except ReadError as error:
        raise Refused(str(error)) from None


def of_problem(problem: Problem, table: Mapping[str, Any], count: int, seed: str) -> tuple[Variant, list[Variant]]:
    """The problem itself and its variants. Random draws depend on `seed` alone."""
    with located(f"problem {problem.id!r}"):
        if problem.kernel.atoms(AppliedUndef):
            raise ReadError("an abstract kernel has no variants")
        said = asked(problem, table.get("variants", {}))
        choices = said or of_itself(problem)
        if not choices:
            raise ReadError("nothing in it can be varied: give it a table 'variants', as in variants = {a = [\"2\", \"3\"]}")
        found = [replace(v, alike=not said) for v in islice(different(problem, choices, Random(seed)), count)]
        return Variant(problem.id, (), table_of(problem), pickle.dumps(problem)), found


Choices = dict[Basic | str, tuple[Expr, ...]]


def asked(problem: Problem, said: Any) -> Choices:
    """What the file's own table says: values of parameters, and other kernels under the name "kernel" (or "energy").

    Raises ReadError where it is not understood.
    """
    if not isinstance(said, dict):
        raise ReadError("'variants' should be a table, as in variants = {a = [\"2\", \"3\"]}")
    symbols = {p.symbol.name: p.symbol for p in problem.parameters}
    whole = Scope(symbols | {v.symbol.name: v.symbol for v in problem.variables})
    form = KERNELS[problem.energy is not None]
    found: Choices = {}
    for name, values in said.items():
        if name not in symbols and name != form:
            known = ", ".join(map(repr, [*symbols, form]))
            raise ReadError(f"'variants' speaks of {name!r}, which is neither a parameter nor its {form}; known are {known}")
        if not isinstance(values, list) or not values or not all(isinstance(v, (str, int)) and not isinstance(v, bool) for v in values):
            raise ReadError(f"variants of {name!r} should be a list of texts, as in [\"2\", \"5/2\"]")
        with located(f"variants of {name!r}"):
            read = tuple(text.expression(str(v), whole if name == form else Scope(symbols)) for v in values)
        found[form if name == form else symbols[name]] = tuple(dict.fromkeys(read))
    return found


def of_itself(problem: Problem) -> Choices:
    """Multiples of the parameters, and of a variable where there are none: the answer changes, and what leads to it does not."""
    found: Choices = {}
    for p in problem.parameters:
        s = p.symbol
        if isinstance(s, Symbol) and not any(isinstance(e, Indexed) for e in problem.kernel.atoms(Indexed)):
            found[s] = tuple(s + n for n in SHIFTS) if s.is_integer else tuple(c * s for c in FACTORS)
    if not found:
        for v in problem.variables:
            if isinstance(v.measure, Lebesgue) and all(end.is_infinite or end == 0 for end in v.measure.args):
                found[v.symbol] = tuple(c * v.symbol for c in FACTORS)
    return found


def different(problem: Problem, choices: Choices, random: Random) -> Iterator[Variant]:
    """Variants that meet what the problem assumes, each kernel once."""
    seen, empty = {problem.total}, 0
    while empty < TRIES:
        empty += 1
        chosen = {what: random.choice(values) for what, values in some(choices, random).items()}
        made = changed_to(problem, chosen, len(seen))
        if made is not None and (total := pickle.loads(made.content).total) not in seen:
            seen.add(total)
            empty = 0
            yield made


def some(choices: Choices, random: Random) -> Choices:
    """What is changed this time: all that the file names, or one or two of the parameters."""
    if any(isinstance(what, str) or not values[0].has(what) for what, values in choices.items()):
        return choices
    names = sorted(choices, key=str)
    return {what: choices[what] for what in sorted(random.sample(names, min(len(names), random.choice((1, 2)))), key=str)}


def changed_to(problem: Problem, chosen: Mapping[Basic | str, Expr], number: int) -> Variant | None:
    """The problem with these changes, or None where they break what it assumes."""
    symbols = {what: e for what, e in chosen.items() if isinstance(what, Symbol)}
    bound = {v.symbol for v in problem.variables}
    kernel = next((e for what, e in chosen.items() if isinstance(what, str)), given(problem)).subs(symbols, simultaneous=True)
    conditions = [c.subs(symbols, simultaneous=True) for c in (*problem.conditions, *signs(symbols, bound))]
    moved = tuple(replaced(v, {s: e for s, e in symbols.items() if s not in bound}) for v in problem.variables)
    if any(c == False for c in conditions) or None in moved:  # noqa: E712 (SymPy's false)
        return None
    table = table_of(problem, kernel, tuple(v for v in moved if v), tuple(c for c in conditions if isinstance(c, Basic)), number)
    try:
        made = replace(files.one(table, 1), kernel_written=None)
    except ReadError:
        return None
    return Variant(table["id"], tuple((str(k), sympy_text(e)) for k, e in chosen.items()), table, pickle.dumps(made))


def given(problem: Problem) -> Expr:
    """What the file states: the energy, or the kernel."""
    return problem.kernel if problem.energy is None else problem.energy


def signs(symbols: Mapping[Symbol, Expr], bound: set[Symbol]) -> Iterator[Basic]:
    """What the assumptions of a parameter ask of what stands in its place."""
    for s, e in symbols.items():
        if s in bound:
            continue
        if s.is_positive:
            yield e > 0
        elif s.is_nonnegative:
            yield e >= 0
        elif s.is_negative:
            yield e < 0
        if s.is_integer and e.is_integer is not True or s.is_real and e.is_real is not True:
            yield And(False)


def replaced(v: Variable, symbols: Mapping[Symbol, Expr]) -> Variable | None:
    """A variable whose range may speak of the parameters."""
    if not v.measure.free_symbols & set(symbols):
        return v
    measure = v.measure.subs(symbols, simultaneous=True)
    return Variable(v.symbol, measure, domain(measure), v.latex) if isinstance(measure, (Lebesgue, Counting)) else None


def domain(measure: Measure) -> str:
    """A range as problem files write it."""
    lo, hi = map(sympy_text, measure.args[:2])
    return f"ZZ[{lo}, {hi}]" if isinstance(measure, Counting) else f"({lo}, {hi})"


def table_of(problem: Problem, kernel: Expr | None = None, variables: tuple[Variable, ...] | None = None,
             conditions: tuple[Basic, ...] | None = None, number: int = 0) -> dict[str, Any]:  # fmt: skip
    """A problem as a table of a problem file."""
    kernel = given(problem) if kernel is None else kernel
    variables = problem.variables if variables is None else variables
    conditions = problem.conditions if conditions is None else conditions
    left = {s.name for e in (kernel, *(v.measure for v in variables)) for s in e.free_symbols} - {v.symbol.name for v in variables}
    return {
        "id": f"{problem.id}-{number}" if number else problem.id,
        **({"title": problem.title} if problem.title else {}),
        KERNELS[problem.energy is not None]: sympy_text(kernel),
        "variables": [{"name": v.symbol.name, "domain": v.domain, **spelled(v.latex)} for v in variables],
        "parameters": [entry(p.symbol, p.latex, conditions) for p in problem.parameters if p.symbol.name in left],
    }


def entry(s: Symbol, latex: str, conditions: tuple[Basic, ...]) -> dict[str, str]:
    """A parameter with its assumptions, and the conditions whose first letter it is."""
    said = [word for word in WORDS if s._assumptions_orig.get(word)]
    words = [word for word in said if word != "real"] or ["real"]  # each of the others says that it is real
    own = [c for c in conditions if sorted(x.name for x in c.free_symbols)[:1] == [s.name]]
    condition = {"condition": " & ".join(map(sympy_text, own))} if own else {}
    return {"name": s.name, "assumptions": ", ".join(words), **condition, **spelled(latex)}


def spelled(latex: str) -> dict[str, str]:
    return {"latex": latex} if latex else {}
