r"""Letters that lines use for two things: f(θ) for a function of a parameter, and p for a number beside p(k) for the density."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

SUMMED = r"(?:\(|\\left|\\[bB]igg?l?|\s|\\[,;:!]|\\displaystyle|\\limits)*\\(?:sum|i*int)(?![A-Za-z])"
NUMBER = re.compile(r"(?:^|[,;:}]|\\q?quad(?![A-Za-z])|\\[,;: ]|\s|&)\s*p\s*(?:&\s*)?:?=(?![^=]*\\(?:sum|int))")
PRIMES = r"\s*(?:'{1,3}|\^\s*\{?\s*(?:\\prime\s*)+\}?)?"
APART = r"(?:(?<![A-Za-z\\])|(?<=[^A-Za-z\\][A-Za-z])|(?<=^[A-Za-z]))"  # behind no letter, or behind a factor x
FREE = "gVhHGRQ"  # those first that stand for nothing by custom


def with_own_letters(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines with a letter of its own for each of the two."""
    return with_density_beside(with_density_apart(with_function_apart(with_value_apart(lines, truth), truth), truth), truth)


def with_value_apart(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""… ≡ f(ε), and then f (1 − f), where ε is a parameter, with a letter that is no density for the value f.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-c*n)", over={"n": "{0, 1}"}, given=["c real"]))
    >>> with_value_apart((r"\langle n\rangle = \frac1{e^c+1}\equiv f(c)", r"\frac{df}{dc} = -f(1-f)"), truth)
    ('\\langle n\\rangle = \\frac1{e^c+1}\\equiv g', '\\frac{d g}{dc} = - g(1- g)')
    """
    names = "|".join(re.escape(in_latex(p)) for p in truth.problem.parameters)
    if "f" in truth.named or not names or not any("f" in line for line in lines) or not (free := unused(lines, truth)):
        return lines
    value = rf"(?<![A-Za-z\\])f\s*\(\s*(?:{names})\s*\)"
    called = re.compile(rf"(?:\\equiv(?![A-Za-z])|=\s*:|\\eqqcolon(?![A-Za-z]))\s*{value}")
    text = re.sub(value, "", "\n".join(lines))
    others = re.search(r"(?<![A-Za-z\\])f\s*(?:_|\(\s*(?:\\?[a-zA-Z]+|\d+)\s*[)|;,])", text)
    if others or not any(called.search(line) for line in lines):
        return lines
    every = re.compile(rf"\s*(?:{value}|(?<![A-Za-z\\])f(?![A-Za-z])|(?<=d)f(?=\s*\}}))")
    return tuple(every.sub(f" {free}", line) for line in lines)


def applied(letter: str, names: Iterable[str]) -> str:
    """f, f' and f'' of one of several names."""
    return rf"{APART}{letter}(?={PRIMES}\s*(?:\\left)?\(\s*(?:{'|'.join(map(re.escape, names))})\s*(?:\\right)?\))"


def unused(lines: tuple[str, ...], truth: Truth) -> str:
    """A letter that neither the lines nor the problem use."""
    text = "\n".join(lines)
    return next((c for c in FREE if c not in truth.named and not re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", text)), "")


def with_function_apart(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""f(θ) = Σ θ^k/k, where θ is a parameter, by a letter that is no density; f(μ) may be the density at μ where no sign of sum stands behind it.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("c**k/k", over={"k": "ZZ[1, oo]"}, given=["c > 0", "c < 1"]))
    >>> with_function_apart((r"f(c) = \sum_{k\ge1} c^k/k", r"f'(c) = \sum_{k\ge0} c^k", "f(0) = 0"), truth)
    ('g(c) = \\sum_{k\\ge1} c^k/k', "g'(c) = \\sum_{k\\ge0} c^k", 'g(0) = 0')
    """
    parameters = [in_latex(p) for p in truth.problem.parameters]
    variables = [in_latex(v) for v in truth.problem.variables]
    free = unused(lines, truth)
    defines = re.compile(rf"{applied('f', parameters)}\s*\([^()]*\)\s*(?:&\s*)?:?=\s*{SUMMED}") if parameters else None
    if defines is None or "f" in truth.named or not free or not any(defines.search(line) for line in lines):
        return lines
    if any(re.search(applied("f", variables), line) for line in lines):
        return lines
    return tuple(re.sub(rf"{APART}f(?={PRIMES}\s*(?:\\left)?\()|(?<=d)f(?=\s*[/}}])", free, line) for line in lines)


def with_density_apart(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""f(k) for the density p(k), where a line says p = … of a number.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("t**k", over={"k": "ZZ[0, 2]"}, given=["t > 0"]))
    >>> with_density_apart((r"p = t/(1 + t)", r"p(k) = 2p^k(1-p)"), truth), with_density_apart((r"p(k) = t^k",), truth)
    (('p = t/(1 + t)', 'f(k) = 2p^k(1-p)'), ('p(k) = t^k',))
    """
    if {"p", "f"} & set(truth.named) or len(truth.problem.variables) != 1 or not any(NUMBER.search(line) for line in lines):
        return lines
    if any(re.search(r"(?<![A-Za-z\\])f\s*(?:'|\()", line) for line in lines):
        return lines
    own = re.escape(in_latex(truth.problem.variables[0]))
    return tuple(re.sub(rf"(?<![A-Za-z\\])p(?=\s*(?:\\left)?\(\s*{own}\s*(?:\\right)?(?:\)|[;|]|\\mid))", "f", line) for line in lines)


def with_density_beside(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""f(k) for the density p(k) of a problem with a parameter p, where a line says p(k) = …: p · k is no name for a value.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("(1 - p)**k", over={"k": "ZZ[0, oo]"}, given=["p > 0", "p < 1"]))
    >>> with_density_beside((r"p(k) = p(1-p)^k", r"\sum_k p(k) = 1"), truth), with_density_beside((r"E[K] = p(k)",), truth)
    (('f(k) = p(1-p)^k', '\\sum_k f(k) = 1'), ('E[K] = p(k)',))
    """
    if "p" not in truth.named or "f" in truth.named or any(re.search(r"(?<![A-Za-z\\])f\s*(?:'|\()", line) for line in lines):
        return lines
    one = rf"(?:{'|'.join(re.escape(in_latex(v)) for v in truth.problem.variables)})"
    listed = rf"\s*{one}(?:\s*(?:,|;|\||\\mid(?![A-Za-z]))\s*{one})*\s*"
    density = rf"(?<!ex)p(?=\s*(?:\\left)?\({listed}(?:\\right)?\)"
    heads = re.compile(rf"(?:^|[,;:}}$]|\\q?quad(?![A-Za-z])|\\[,;: ])\s*{density}\s*(?:&\s*)?(?::?=|\\propto))")
    named = any(heads.search(line) for line in lines)
    own = re.compile(rf"\\[A-Za-z]+|{density})")
    return tuple(with_ratio(own.sub(lambda m: m[0] if m[0][0] == "\\" else "f", line) if named else line, one) for line in lines)


def with_ratio(line: str, one: str) -> str:
    r"""p(k + 1)/p(k) as a ratio of densities.

    >>> with_ratio(r"\frac{p(k+1)}{p(k)} = 1 - p", "k"), with_ratio("p(k+1)(1-p)", "k")
    ('\\frac{f(k+1)}{f(k)} = 1 - p', 'p(k+1)(1-p)')
    """
    place = rf"[pf](?P<{{}}>\s*(?:\\left)?\(\s*{one}\s*(?:[-+]\s*\d\s*)?(?:\\right)?\))"
    above, below = place.format("a"), place.format("b")
    line = re.sub(rf"(?P<d>\\[dt]?frac)\s*\{{\s*{above}\s*\}}\s*\{{\s*{below}\s*\}}", r"\g<d>{f\g<a>}{f\g<b>}", line)
    return re.sub(rf"(?<![A-Za-z\\]){above}\s*/\s*{below}", r"f\g<a>/f\g<b>", line)
