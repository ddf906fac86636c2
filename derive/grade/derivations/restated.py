"""A kernel that the lines state anew, g(x) = …: it is the problem's, up to a constant, on the problem's support."""

from __future__ import annotations

import re

from sympy import Basic, Dummy, Expr, Mul

from derive.grade.derivations.course import Course
from derive.grade.derivations.standing import unchecked
from derive.grade.derivations.told import outside, within_ends
from derive.grade.equal.equality import compare
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.reading import in_closed_form, said
from derive.language.claims import PROVED
from derive.read.names import ReadError

HEAD = re.compile(r"(?<![A-Za-z\\])(?P<name>[fqgw])\s*(?:\\left)?\((?P<args>[^()=|;]*?)(?:\\right)?\)\s*:?=(?=(?P<rest>[^=\n]*))")
STARTED = re.compile(r"(?<![A-Za-z\\])[Zp](?![A-Za-z])|\\(?:int|sum|propto)(?![A-Za-z])")  # what is brought in after that is a result
ENDED = re.compile(r"[,;]|\\q?quad(?![A-Za-z])|\\(?:text|textrm|mbox|mathbf|mathbb|mathds)(?![A-Za-z])|\\ ")
PRIMES = r"(?:'|\s*\^\s*\{?\s*(?:\\prime\s*)+\}?)*"
KERNELS = frozenset({"g", "f", "w", "q"})  # how people call it
ELSEWHERE = "the range that stands beside the kernel is not the support"


def restated(name: str, argument: Basic, value: Expr, course: Course, number: int) -> str:
    """Why g(x) = … is not the problem's kernel on its support; a function of another shape is remembered, as some line should use it."""
    variables = course.truth.problem.variables
    if name not in KERNELS or len(variables) != 1 or argument != variables[0].symbol or not in_closed_form(value, {}):
        return ""
    if not proportional(value, course):
        unchecked(name, value, course, number)
        return ""
    (v,), (relations, names) = variables, course.told
    own = [r for r in relations if r.free_symbols & {v.symbol}]
    narrower = any(not course.truth.inside.facts.follows(r) for r in own)
    wider = any(outside(d, relations, names, course) for d in within_ends(v.measure, [v.symbol]))
    return ELSEWHERE if narrower or wider else ""


def proportional(value: Expr, course: Course) -> bool:
    """Whether f(x) k(y) = f(y) k(x) for the kernel k, at all x and y of the support."""
    (v,), kernel, inside = course.truth.problem.variables, course.truth.problem.kernel, course.truth.inside
    x, y = v.symbol, Dummy(v.symbol.name, **v.symbol._assumptions_orig)
    there = [r.xreplace({x: y}) for r in inside.outside.relations if r.has(x)]
    both = inside.with_(*there, variables=[(x, v.measure), (y, v.measure)])
    return compare(value * kernel.xreplace({x: y}), kernel * value.xreplace({x: y}), both).verdict == PROVED


def with_kernel_named(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines with another letter for an f that they begin with as f(x) = …, the kernel itself or a factor of it: there it is not the density.

    Of several variables it is left out, as g is, where no line goes on with it.
    """
    whole = "\n".join(lines)
    found = list(HEAD.finditer(whole))
    late = found and STARTED.search(whole[: found[0].start()])
    if not 0 < len(found) <= 2 or late or truth.Z == 1 or found[0]["name"] in truth.named or not are_kernel(found, truth):
        return lines
    head = found[0]
    applied = re.compile(rf"(?<![A-Za-z\\]){head['name']}(?={PRIMES}\s*(?:\\left)?\()")
    if len(truth.problem.variables) > 1:
        alone = len(applied.findall(whole)) == 1
        return tuple((whole[: head.start()] + whole[head.start("rest") + side_end(head) :]).split("\n")) if alone else lines
    if head["name"] in "gw":
        return lines
    free = [c for c in "ghwkGH" if c not in truth.named and not re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", whole)]
    return tuple(applied.sub(free[0], line) for line in lines) if free else lines


def side_end(head: re.Match[str]) -> int:
    """Where the right side ends: at a comma, a space or words."""
    end = ENDED.search(head["rest"])
    return end.start() if end is not None else len(head["rest"])


def are_kernel(heads: list[re.Match[str]], truth: Truth) -> bool:
    """Whether f(x) = …, or f(x) = … and g(x) = … by their product, is at once or after a proof the problem's kernel."""
    values = [value_of(head, truth) for head in heads]
    if len({head["name"] for head in heads}) < len(heads) or not all(isinstance(value, Expr) for value in values):
        return False
    whole = Mul(*(value for value in values if value is not None))
    return whole == truth.problem.kernel or compare(whole, truth.problem.kernel, truth.inside).verdict == PROVED


def value_of(head: re.Match[str], truth: Truth) -> Expr | None:
    """What f(x) = … says, where it is a function of all variables."""
    if [re.sub(r"\s", "", name) for name in head["args"].split(",")] != [in_latex(v) for v in truth.problem.variables]:
        return None
    try:
        return said(head["rest"][: side_end(head)].rstrip(" ."), truth, "p").value
    except ReadError:
        return None
