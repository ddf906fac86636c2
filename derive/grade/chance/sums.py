r"""Sums of observations: S = X + Y has f_S(s) = ∫ f_X(x) f_Y(s − x) dx, P(X + Y = n) = Σ P(X = k) P(Y = n − k), M_S(t) = M_X(t)^n, E[S] = n E[X]."""

from __future__ import annotations

import re

from sympy import S

from derive.grade.chance.chances import PROBABILITY
from derive.grade.chance.parents import drawn_from, sums_up
from derive.grade.equal.values import Bench
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Counting, Lebesgue

DOTS = r"\s*\+\s*\\[lc]?dots\s*\+\s*"
FIRST = r"_\s*(?:\{\s*[1ij]\s*\}|[1ij])"
MANY = rf"(?P<X>[A-Z])\s*_\s*\{{?1\}}?(?:\s*\+\s*(?P=X)\s*_\s*\{{?2\}}?)?{DOTS}(?P=X)\s*_\s*\{{?(?P<n>[a-z])\}}?"
TWO = r"(?P<A>[A-Z](?:_\s*\{?1\}?)?)\s*\+\s*(?P<B>[A-Z](?:_\s*\{?2\}?)?)(?![\s\w]*\+)"
MADE = re.compile(rf"(?<![A-Za-z\\])(?P<S>[A-Z](?:_\s*\{{?n\}}?)?)\s*:?=\s*(?:{MANY}|{TWO})")
OVER_ALL = re.compile(r"\\sum_\{(?P<i>[ij])=1\}\^\{?(?P<n>[a-z])\}?\s*(?P<X>[A-Z])_\{?(?P=i)\}?(?![A-Za-z])")
OF_LAW = re.compile(r"(?:MGF|mgf|m\.g\.f\.|moment[- ]generating function) of (?:an?|the)?\s*\}\s*(?=\\(?:mathrm|operatorname|text)\s*\{)")


def with_sums(lines: tuple[str, ...], truth: Truth, bench: Bench) -> tuple[str, ...]:
    r"""The lines about a sum of independent observations as lines about the problem's variable.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("z*exp(-z)", over={"z": "(0, oo)"}))
    >>> with_sums((r"Z=X+Y", r"f_Z(z)=\int_0^z f_X(x)f_Y(z-x)\,dx=z e^{-z}"), truth, Bench(0))
    ('\\text{ }', 'p(z)=p(z)=z e^{-z}')
    """
    variables = truth.problem.variables
    if len(variables) != 1 or not isinstance(variables[0].measure, (Lebesgue, Counting)) or {"f", "p", "M"} & set(truth.named):
        return lines
    x = in_latex(variables[0])
    lines = tuple(OVER_ALL.sub(r"\g<X>_1+\\dots+\g<X>_\g<n>", line) for line in lines)
    text = "\n".join(lines)
    made = MADE.search(text)
    head = re.search(rf"{PROBABILITY}\(\s*{TWO}\s*=\s*{re.escape(x)}\s*\)|f_\{{\s*{TWO.replace('<A>', '<C>').replace('<B>', '<D>')}\s*\}}", text)
    several = re.search(rf"(?<![A-Za-z\\])M_\{{?(?P<S>[A-Z])\}}?\(t\)\s*=[^=]*{MANY}", text)
    if made is None and head is None and several is None:
        return lines
    one = made or several or head
    assert one is not None
    groups = one.groupdict()
    made_, X, n = groups.get("S") or "", groups.get("X") or "", groups.get("n") or "2"
    A, B = groups.get("A") or groups.get("C") or "", groups.get("B") or groups.get("D") or ""
    if n != "2" and n not in truth.named or (X or A) in truth.named:
        return lines
    own = x.upper() if len(x) == 1 and x.upper() != "Z" else next(c for c in "XNK" if c not in truth.named)
    done = []
    for line in told(lines, X, A, B, n, truth, bench):
        line = OF_LAW.sub(lambda m: rf"{m[0]}■{own}\sim", line)
        line = MADE.sub(r"\\text{ }", line)
        for pattern, put in rewritten(made_, X, A, B, n, x, own):
            line = re.sub(pattern, lambda _, p=put: p, line)  # type: ignore[misc]
        done.append(line)
    parents = {X, A[:1], B[:1]} - {""}
    if any(re.search(rf"(?<![A-Za-z\\■]){letter}(?![A-Za-z])", line) for letter in parents for line in done):
        return lines
    if any("A(t)" in line for line in done) and not all(any(part in line for line in done) for part in ("A(t)=", "A(t)^")):
        return lines  # of one observation alone, or of one that no line tells
    return tuple(line.replace("■", "") for line in done)


def told(lines: tuple[str, ...], X: str, A: str, B: str, n: str, truth: Truth, bench: Bench) -> list[str]:
    """The lines without the laws of the observations, where these make up the kernel; else as they stand, and then not understood."""
    spaced = [re.sub(r"(\^\s*[a-z])(?=P(?![A-Za-z]))", r"\1 ", line) for line in lines]
    size = truth.named.get(n, S.One * 2)
    whos = [(rf"(?<![A-Za-z\\]){X}\s*{FIRST}|{MANY}", size)] if X else [(rf"(?<![A-Za-z\\]){re.escape(A)}\s*,\s*{re.escape(B)}", size)]
    apart = [] if X else [(rf"(?<![A-Za-z\\,]){re.escape(one)}", S.One) for one in (A, B)]
    for way in (whos, apart):
        found = [(match, count) for who, count in way for line in spaced for match in [drawn_from(who).search(line)] if match]
        if found and len(found) == len(way):
            if not sums_up(found, truth, bench):
                return spaced
            for match, _ in found:
                spaced = [line.replace(match[0], r"\text{ }") for line in spaced]
    return spaced


def rewritten(made: str, X: str, A: str, B: str, n: str, x: str, own: str) -> list[tuple[str, str]]:
    """What is said of the sum and of its parts, and what it is of the problem's variable; parts that say something else stay."""
    at, power = re.escape(x), rf"\s*\^\s*\{{?\s*{n}\s*\}}?"
    found: list[tuple[str, str]] = []
    if A and B:
        a, b, k, chance, thin = re.escape(A), re.escape(B), r"(?P<k>[a-z])", rf"{PROBABILITY}\(", r"(?:\\[,;:! ])*"
        ends = rf"\\int_\s*\{{?\s*(?:0|-\s*\\infty)\s*\}}?\s*\^\s*(?:\{{?\s*{at}\s*\}}?|\{{?\s*\\infty\s*\}}?)\s*"
        parts = rf"[fp]_\{{?{a}\}}?\s*\(\s*{k}\s*\)\s*{thin}[fp]_\{{?{b}\}}?\s*\(\s*{at}\s*-\s*(?P=k)\s*\)\s*{thin}\s*d\s*(?P=k)"
        terms = rf"\\sum_\s*\{{\s*{k}\s*=\s*0\s*\}}\s*\^\s*(?:\{{?\s*{at}\s*\}}?|\\infty|\{{\\infty\}})\s*"
        chances = rf"{chance}\s*{a}\s*=\s*(?P=k)\s*\)\s*{thin}{chance}\s*{b}\s*=\s*{at}\s*-\s*(?P=k)\s*\)"
        found += [
            (ends + parts, f"p({x})"), (terms + chances, f"P(■{own}={x})"), (rf"{chance}\s*{a}\s*\+\s*{b}\s*=\s*{at}\s*\)", f"P(■{own}={x})"),
            (rf"[fp]_\s*\{{\s*{a}\s*\+\s*{b}\s*\}}\s*\(\s*{at}\s*\)", f"p({x})"), (rf"M_\s*\{{\s*{a}\s*\+\s*{b}\s*\}}\(t\)", f"M_■{own}(t)"),
        ]  # fmt: skip
    if X:
        one = rf"{X}\s*(?:{FIRST})?"
        each = rf"M_\s*\{{?\s*{one}\s*\}}?\s*\(t\)"
        total = rf"{X}_\{{?1\}}?(?:\s*\+\s*{X}_\{{?2\}}?)?{DOTS}{X}_\{{?{n}\}}?"
        opened, closed = r"(?:\\left|\\[bB]ig)?\[", r"(?:\\right|\\[bB]ig)?\]"
        found += [
            (rf"\\prod_\{{[ij]=1\}}\^\{{?{n}\}}?\s*{each}|{opened}{each}{closed}{power}|{each}{power}", rf"A(t)^{{{n}}}"),
            (rf"(?:\\mathbb\s*\{{?E\}}?|E)\s*{opened}\s*e\^\s*\{{\s*t\s*\(\s*{total}\s*\)\s*\}}\s*{closed}", f"M_■{own}(t)"),
        ]
        for head in ("E", "Var"):
            h = rf"(?:\\(?:mathbb|mathrm|operatorname)\s*\{{?)?{head}\}}?\s*(?:\\left)?[(\[]\s*"
            found.append((rf"{n}\s*(?:\\[,;:! ]|\\cdot)*\s*{h}{one}\s*(?:\\right)?[)\]]", rf"\operatorname{{{head}}}[■{own}]"))
        found.append((rf"{each}\s*=", "A(t)="))
    if made:
        s = re.escape(made)
        found += [(rf"[fp]_\s*\{{?{s}\}}?\s*\(\s*{at}\s*\)", f"p({x})"), (rf"M_\s*\{{?{s}\}}?\s*\(t\)", f"M_■{own}(t)"),
                  (rf"(?<![A-Za-z\\■]){s}(?![A-Za-z_(])(?!\s*=)", f"■{own}")]
    return found
