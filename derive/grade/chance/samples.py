r"""Samples x_1, …, x_n: ∏ f(x_i) and Σ g(x_i) by what they depend on, Σ x_i and the like; s = Σ x_i says which of the problem's names that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sympy import Basic, Expr, Mul, Pow, Product, S, Sum, Symbol, exp, expand, expand_log, log, oo
from sympy.core.function import AppliedUndef

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Counting, Lebesgue, Total
from derive.read.names import ReadError

ONE = re.compile(r"\\(?:sum|prod)(?![A-Za-z])[^=\n]*?=\s*1\s*\}\s*\^\s*\{?\s*(?P<n>[A-Za-z])\s*\}?")
LISTED = re.compile(r"[a-z]\s*_\s*\{?1\}?\s*,\s*\\[lc]?dots\s*,\s*[a-z]\s*_\s*\{?(?P<n>[a-z])\}?")  # x_1, …, x_n
OBSERVED = re.compile(r"(?<![A-Za-z\\])(?P<x>[a-z])\s*_\s*(?:\{\s*(?P<long>[ij])\s*\}|(?P<i>[ij]))(?![A-Za-z])")
BEHIND = r"(?:=|\\(?:propto|cdot|times|q?quad|text|approx|sim|implies|Rightarrow)(?![A-Za-z])|,|;|\\[,;] ?p\s*\()"
UNTOLD = "it is not said which of the problem's names is the sum of the {}"


@dataclass(frozen=True)
class Sample:
    """The letter of the observations, their index, how many there are, and what Σ x_i is by the lines, if they say it."""

    letter: str
    index: str
    size: Symbol
    total: Expr | None

    @property
    def one(self) -> Symbol:
        return Symbol(f"{self.letter}_{self.index}")


def sample_of(lines: Iterable[str], truth: Truth) -> Sample | None:
    r"""The sample of which lines speak by \sum_{i=1}^n or \prod_{i=1}^n and x_i, where n is a whole parameter of the problem."""
    lines = tuple(lines)
    text = "\n".join(lines)
    sizes = {m["n"] for m in ONE.finditer(text)} or {m["n"] for m in LISTED.finditer(text)}
    size = next((p.symbol for p in truth.problem.parameters if p.symbol.name in sizes and p.symbol.is_integer), None)
    seen = {(m["x"], m["long"] or m["i"]) for m in OBSERVED.finditer(text)}
    if size is None or len(seen) != 1 or len(sizes) != 1:
        return None
    ((letter, index),) = seen
    if letter in {p.symbol.name for p in truth.problem.parameters} or letter == "p":
        return None
    total = None
    for p in truth.problem.parameters:
        name, x = re.escape(in_latex(p)), rf"{letter}\s*_\s*\{{?\s*{index}\s*\}}?(?![A-Za-z^!])"
        sign = r"\\sum\s*(?:_\s*(?:\{[^{}]*\}|\w)\s*(?:\^\s*(?:\{[^{}]*\}|\w))?)?\s*"
        over = rf"(?:\\[dt]?frac\s*\{{?\s*1\s*\}}?\s*\{{?\s*{size.name}\s*\}}?|{size.name}\s*\^\s*\{{\s*-1\s*\}})\s*"
        alone, said = r"(?![A-Za-z_^\s]*[-+({\\])", rf"(?<![A-Za-z\\^_]){name}\s*:?=\s*(?:[^=,]{{1,20}}=\s*)?"
        if re.search(rf"{said}{sign}{x}(?!\s*[-+])|{sign}{x}\s*=\s*{name}{alone}", text):
            total = p.symbol
        elif re.search(rf"{said}{over}{sign}{x}(?!\s*[-+])|{sign}{x}\s*=\s*{size.name}\s*{name}{alone}", text):
            total = size * p.symbol
        elif any(by_use(line, name, rf"{sign}{x}") for line in lines):
            total = p.symbol
    return Sample(letter, index, size, total)


def by_use(line: str, name: str, total: str) -> bool:
    r"""Whether a line goes on with a name in all places of Σ x_i: θ^{Σ x_i} = θ^s."""
    spaces = r"\s|\\[,;:! ]|[{}]|\\left|\\right"
    sides = [re.sub(spaces, "", re.sub(total, lambda _: "■", side)) for side in re.split(r"=|\\propto", line.split(r"\quad")[0])]
    return any("■" in one and re.sub(name, "■", other) == one for one, other in pairwise(sides))


def spelled_out(line: str, sample: Sample | None) -> str:
    r"""A line with the ends of its sums and products over the sample, brackets around the factors of ∏, and Σ x_i/n for x̄.

    >>> from sympy import Symbol
    >>> spelled_out(r"\prod_i \theta^{x_i}(1-\theta)^{1-x_i} = 1", Sample("x", "i", Symbol("n"), None))
    '\\prod_{i=1}^{n}\\left(  \\theta^{x_i}(1-\\theta)^{1-x_i} \\right)= 1'
    """
    if sample is None:
        return line
    i, n, x = sample.index, sample.size.name, sample.letter
    full = rf"_{{{i}=1}}^{{{n}}} "
    line = re.sub(rf"\\(?:bar|overline)\s*(?:\{{\s*{x}\s*\}}|{x}(?![A-Za-z]))", lambda _: rf"\left(\frac{{1}}{{{n}}}\sum{full}{x}_{i}\right)", line)
    line = re.sub(rf"(\\(?:sum|prod))(?![A-Za-z])\s*(?:\\limits\s*)?(?:_\s*(?:\{{\s*{i}\s*\}}|{i}))?(?!\s*_)(?=[^=\n]*{x}\s*_)",
                  lambda m: m[1] + full, line)  # fmt: skip
    at = 0
    while (found := re.compile(rf"\\prod\s*(?:\\limits\s*)?_\s*\{{\s*{i}\s*=\s*1\s*\}}\s*\^\s*(?:\{{\s*{n}\s*\}}|{n})").search(line, at)) is not None:
        end = end_of(line, found.end())
        body = line[found.end() : end]
        at = found.end()
        if re.search(rf"(?<![A-Za-z\\]){x}\s*_", body):
            line = rf"{line[: found.start()]}\prod{full.rstrip()}\left({body}\right){line[end:]}"
    return line


def end_of(text: str, start: int) -> int:
    """Where the factors behind a product sign end: at a sign outside of all brackets, or where a bracket around it ends."""
    depth, at, behind = 0, start, re.compile(BEHIND)
    while at < len(text):
        if depth == 0 and at > start and behind.match(text, at):
            return at
        opened, closed = re.match(r"\\left\s*\\?[(\[{|.]|\\?[({\[]", text[at:]), re.match(r"\\right\s*\\?[)\]}|.]|\\?[)}\]]", text[at:])
        command = re.match(r"\\[A-Za-z]+", text[at:])
        if closed:
            if depth == 0:
                return at
            depth, at = depth - 1, at + closed.end()
        elif opened:
            depth, at = depth + 1, at + opened.end()
        else:
            at += command.end() if command else 1
    return at


def statistics(found: Basic, sample: Sample, letters: dict[str, Symbol]) -> tuple[dict[Basic, Basic], list[tuple[Expr, Expr]]]:
    """What the sums and products over a sample are; and the products with the factor for one observation. Raises ReadError."""
    values: dict[Basic, Basic] = {}
    factors: list[tuple[Expr, Expr]] = []
    for e in sorted(found.atoms(Sum, Product), key=lambda e: e.count_ops()):
        if len(e.limits) != 1 or e.limits[0][0].name != sample.index or e.function.atoms(AppliedUndef) or e.limits[0][1:] != (1, sample.size):
            continue
        body = e.function.xreplace(values)
        if not any(s.name == sample.one.name for s in body.free_symbols):
            continue
        one = next(s for s in body.free_symbols if s.name == sample.one.name)
        values[e] = summed(body, one, sample, letters) if isinstance(e, Sum) else multiplied(body, one, sample, letters)
        if isinstance(e, Product):
            factors.append((values[e], body))
    return values, factors


def summed(body: Expr, one: Symbol, sample: Sample, letters: dict[str, Symbol]) -> Expr:
    """Σ (c₁ T₁(x_i) + …) = c₁ Σ T₁(x_i) + …, with a letter for each Σ T(x_i), and n for Σ 1."""
    total: Expr = S.Zero
    for term in expand(expand_log(body, force=True)).as_ordered_terms():
        constant, moving = term.as_independent(one, as_Add=False)
        if moving == 1:
            total += constant * sample.size
        elif moving == one:
            if sample.total is None:
                raise ReadError(UNTOLD.format(f"{sample.letter}_{sample.index}"))
            total += constant * sample.total
        elif moving.free_symbols == {one}:
            total += constant * letter(f"Σ{moving}", letters)
        else:
            raise ReadError(f"the sum of {moving} over the sample depends on more than the sample")
    return total


def multiplied(body: Expr, one: Symbol, sample: Sample, letters: dict[str, Symbol]) -> Expr:
    """∏ b^{c T(x_i)} = b^{c Σ T(x_i)}, and a letter for each ∏ T(x_i)."""
    total: Expr = S.One
    for factor in Mul.make_args(body):
        base, power = factor.as_base_exp()
        if isinstance(base, Mul) and not base.has(one):
            total *= base ** summed(power, one, sample, letters)
        elif not base.has(one):
            total *= exp(summed(power * log(base), one, sample, letters)) if base == S.Exp1 else Pow(base, summed(power, one, sample, letters))
        elif base.free_symbols == {one} and not power.has(one):
            total *= letter(f"∏{base}", letters) ** power
        else:
            raise ReadError(f"the product of {factor} over the sample depends on more than the sample")
    return total


def letter(name: str, letters: dict[str, Symbol]) -> Symbol:
    return letters.setdefault(name, Symbol(name, positive=True) if name.startswith("∏") or "**2" in name else Symbol(name, real=True))


def densities_of_one(body: Expr) -> list[Total]:
    """The totals of a factor for one observation, on the ranges that data may have."""
    one = next((s for s in body.free_symbols if OBSERVED.fullmatch(s.name)), None)
    if one is None:
        return []
    whole, real = Symbol("x′", integer=True, nonnegative=True), Symbol("x′", real=True)
    positive = Symbol("x′", positive=True)
    return [*(Total(body.xreplace({one: whole}), whole, Counting(0, end)) for end in (oo, S.One)),
            Total(body.xreplace({one: positive}), positive, Lebesgue(0, oo)), Total(body.xreplace({one: real}), real, Lebesgue(-oo, oo))]  # fmt: skip
