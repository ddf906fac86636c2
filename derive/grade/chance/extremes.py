r"""Smallest and largest of a sample: M = min(X_1, …, X_n) has P(M > x) = ∏ P(X_i > x), and the density of X_(k) by F and f of one observation."""

from __future__ import annotations

import re
from itertools import product

from derive.grade.chance.chances import CLOSE, OPEN, PROBABILITY
from derive.grade.chance.parents import drawn_from, makes_up
from derive.grade.chance.quantile import END
from derive.grade.equal.values import Bench
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import unbracketed
from derive.language.totals import Lebesgue

DOTS = r"\s*,\s*(?:\\[lc]?dots|\.\.\.)\s*,\s*"
LISTED = rf"(?P<X>[A-Z])\s*_\s*\{{?1\}}?(?:\s*,\s*(?P=X)\s*_\s*\{{?2\}}?)?{DOTS}(?P=X)\s*_\s*\{{?(?P<n>[a-z])\}}?"
MADE = re.compile(
    r"(?<![A-Za-z\\])(?P<M>[A-Z](?:_\s*(?:\{[^{}]*\}|\w))?)\s*:?=\s*\\(?P<kind>min|max)\s*(?:\\left)?(?:\(|\\\{)"
    rf"\s*{LISTED}\s*(?:\\right)?(?:\)|\\\}})"
)
SIGNS = {"min": r"(?:>|\\gt(?![A-Za-z])|\\geq?(?![A-Za-z]))", "max": r"(?:<|\\lt(?![A-Za-z])|\\leq?(?:slant)?(?![A-Za-z]))"}
INDEX = r"_\s*(?:\{\s*(?:i|j|1)\s*\}|[ij1])"
ORDERED = re.compile(r"(?<![A-Za-z\\])(?:f|F|p)\s*_\s*\{\s*(?:[A-Z]_\{)?\(\s*(?P<k>[a-z1])\s*\)\}?\s*\}")
RANKED = re.compile(r"(?<![A-Za-z\\])X\s*_\s*\{\s*\(\s*[a-z1]\s*\)\s*\}")


def event(X: str, kind: str, end: str) -> str:
    """P(X_i > x)."""
    return rf"{PROBABILITY}{OPEN}{X}\s*(?:{INDEX})?\s*{SIGNS[kind]}\s*{end}{CLOSE}"


def all_of(X: str, n: str, kind: str, end: str) -> re.Pattern[str]:
    """∏ P(X_i > x), P(X_1 > x, …, X_n > x) and P(X > x)^n."""
    power = rf"\s*\^\s*\{{?\s*{n}\s*\}}?"
    product = rf"\\prod\s*_\s*\{{\s*[ij]\s*=\s*1\s*\}}\s*\^\s*\{{?\s*{n}\s*\}}?\s*{event(X, kind, end)}"
    one = rf"{X}\s*_\s*\{{?\w\}}?\s*{SIGNS[kind]}\s*{end}"
    joint = rf"{PROBABILITY}{OPEN}{one}(?:\s*,\s*{one})*{DOTS}{one}{CLOSE}"
    return re.compile(rf"{product}|{joint}|{event(X, kind, end)}{power}|{OPEN}{event(X, kind, end)}{CLOSE}{power}")


def with_extremes(lines: tuple[str, ...], truth: Truth, bench: Bench) -> tuple[str, ...]:
    r"""The lines about the smallest or the largest of a sample as lines about the problem's variable, where it is declared, or where
    P(M > x) = ∏ P(X_i > x) stands.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("n*exp(-n*x)", over={"x": "(0, oo)"}, given=["n > 0"]))
    >>> with_extremes((r"M=\min(X_1,\dots,X_n)", r"P(M>x)=P(X_1>x)^n=e^{-nx}", "E[M]=1/n"), truth, Bench(0))
    ('\\text{ }', 'P(X>x)=P(X>x)=e^{-nx}', 'E[X]=1/n')
    """
    variables = truth.problem.variables
    if len(variables) != 1 or not isinstance(variables[0].measure, Lebesgue):
        return lines
    own = variables[0].symbol.name.upper() if len(variables[0].symbol.name) == 1 else "X"
    spaced = tuple(re.sub(r"(\^\s*[a-z])(?=P(?![A-Za-z]))", r"\1 ", line) for line in lines)
    found = told(spaced)
    if found is None or {found[0], own} & set(truth.named) or found[3] not in truth.named:
        return lines
    M, kind, X, n = found
    sign = ">" if kind == "min" else r"\le "
    done = []
    one = drawn_from(rf"(?<![A-Za-z\\]){X}\s*_\s*(?:\{{\s*i\s*\}}|i)|{LISTED}")
    for line in spaced:
        line = MADE.sub(r"\\text{ }", line)
        while law := one.search(line):
            if not makes_up(law, kind, n, truth, bench):
                return lines
            line = rf"{line[: law.start()]}\text{{ }}{line[law.end() :]}"
        for end in set(re.findall(rf"{SIGNS[kind]}\s*([a-z])(?![A-Za-z])", line)):
            line = all_of(X, n, kind, end).sub(lambda _, e=end: rf"P({M}{sign}{e})", line)  # type: ignore[misc]
        done.append(re.sub(rf"(?<![A-Za-z\\]){re.escape(M)}(?![A-Za-z_])", "■", line))
    if any(re.search(rf"(?<![A-Za-z\\]){X}(?![A-Za-z])", line) for line in done):  # one observation by itself
        return lines
    return tuple(line.replace("■", own) for line in done)


def told(lines: tuple[str, ...]) -> tuple[str, str, str, str] | None:
    """The letter M, whether it is the smallest or the largest, the letter of the sample and its size."""
    for line in lines:
        if match := MADE.search(line):
            return match["M"], match["kind"], match["X"], match["n"]
    for line in lines:
        for kind, sign in SIGNS.items():
            head = re.match(rf"\s*{PROBABILITY}{OPEN}(?P<M>[A-Z])\s*{sign}\s*(?P<end>[a-z]){CLOSE}\s*=\s*", line)
            rest = line[head.end() :] if head else ""
            sizes = {a or b for a, b in re.findall(r"\^\s*\{?\s*([a-z])\s*\}?|_\s*\{?([a-z])\}?\s*(?:<|>|\\)", rest)}
            for X, n in product(set(re.findall(r"([A-Z])\s*_\s*\{?[ij1]", rest)), sizes - {"i", "j"}):
                if head and all_of(X, n, kind, head["end"]).match(rest):
                    return head["M"], kind, X, n
    return None


def with_ranks(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""Lines about the density of the k-th smallest with F(x) and f(x) of one observation put in, as the lines say what these are."""
    variables = truth.problem.variables
    if len(variables) != 1 or not any(map(ORDERED.search, lines)) or {"F", "f"} & set(truth.named):
        return lines
    x = in_latex(variables[0])
    values, kept = dict[str, str](), list[str]()
    for line in lines:
        for letter in "Ff":
            match = re.search(rf"(?<![A-Za-z\\]){letter}\s*\(\s*{re.escape(x)}\s*\)\s*:?=", line)
            if match and letter not in values:
                end = next((at for at in unbracketed(line, match.end()) if END.match(line, at) or line[at : at + 2] == r"\ "), len(line))
                values[letter] = line[match.end() : end]
                line = re.sub(r"(?:,|\\q?quad|\\ |\s)+$", "", line[: match.start()]) + line[end:]
        kept.append(line)
    if "F" not in values:
        return lines
    slope = "1" if values["F"].strip(" .,") == x else rf"\frac{{d}}{{d{x}}}\left({values['F']}\right)"
    check = rf"{slope} = {values['f']}" if "f" in values and slope != "1" else ""
    values.setdefault("f", slope)
    done = []
    for line in kept:
        for letter, value in values.items():
            line = re.sub(rf"(?<![A-Za-z\\_]){letter}\s*\(\s*{re.escape(x)}\s*\)", lambda _, v=value: rf"\left({v}\right)", line)  # type: ignore[misc]
        done.append(RANKED.sub(variables[0].symbol.name.upper(), line))
    first = next(i for i, line in enumerate(kept) if line != lines[i])
    if check:
        done[first] = rf"{done[first]}\text{{ where }} {check}"
    return tuple(done)
