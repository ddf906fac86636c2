r"""A mass function given by its first values and a formula for the rest, p_0 = A and p_k = B, as it stands for counts and queues."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Atoms, Counting

FEW = 4  # values that somebody writes one by one
NAMED = ("p", "P", *(f"{p}_{n}" for p in "pP" for n in range(FEW)))
HEAD = r"(?:^|,|;|\\q?quad(?![A-Za-z])|\\[,;: ]|\$|\s)+p\((?P<at>{})\)\s*:?="
INDEXED = re.compile(r"(?<![A-Za-z\\])p\s*_\s*(?:\{\s*(?P<long>\d)\s*\}|(?P<short>\d))(?!\s*(?:\\left)?\()")
RANGED = r"[<>]|\\(?:geq?|leq?|ne|neq|in|text)(?![A-Za-z])|\(\s*{}\s*="


def with_first_values(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with p_0 as p(0), where they speak of p_k; behind p_0 = A without a range of its own, p_k = B is meant for the other k.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("Piecewise((1, Eq(k, 0)), (2*r**k, True))", over={"k": "ZZ[0, oo]"}, given=["r > 0", "r < 1"]))
    >>> with_first_values((r"p_0 = \frac{1-r}{1+r}, p_k = 2r^kp_0", r"p_k = 2r^kp_0, k \ge 1"), truth)
    ('p(0) = \\frac{1-r}{1+r},\\quad p(k) = 2r^kp(0),\\quad k\\ge 1', 'p(k) = 2r^kp(0), k \\ge 1')
    """
    (v, *more) = truth.problem.variables
    if more or set(NAMED) & set(truth.named):
        return lines
    if isinstance(v.measure, Atoms):
        return at_points(lines, {str(p) for p in v.measure.points if p.is_Integer and p >= 0})
    if not isinstance(v.measure, Counting) or not v.measure.lo.is_Integer:
        return lines
    k, first = in_latex(v), int(v.measure.lo)
    if not any(stands(k, line) for line in lines):
        return lines
    told, done = 0, []
    for line in lines:
        line = at_values(line, k)
        given = [int(m["at"]) for m in re.finditer(HEAD.format(r"\d"), line)]
        told = max(told, len(given)) if given == list(range(first, first + len(given))) else told
        done.append(for_the_rest(line, k, first + told) if told else line)
    return tuple(done)


def at_points(lines: tuple[str, ...], points: set[str]) -> tuple[str, ...]:
    """The lines with p_0, p_1, … as p(0), p(1), … where each of these is a point of the support, and one is said to be something."""
    found = {m["long"] or m["short"] for line in lines for m in INDEXED.finditer(line)}
    heads = any(re.search(rf"(?:^|[,;=]|\\q?quad|\\[,;: ]|\s)\s*{INDEXED.pattern}\s*=", line) for line in lines)
    if not found or not found <= points or not heads:
        return lines
    return tuple(INDEXED.sub(lambda m: f"p({m['long'] or m['short']})", line) for line in lines)


def stands(k: str, line: str) -> bool:
    return at_values(line, k, numbers="(?!)") != line


def at_values(line: str, k: str, numbers: str = r"\d") -> str:
    r"""p_k, p_{k+1} and p_0 as p(k), p(k+1) and p(0).

    >>> at_values(r"2r^kp_0 + p_{k+1}\exp_0", "k")
    '2r^kp(0) + p(k+1)\\exp_0'
    """
    index = rf"(?:{re.escape(k)}(?:\s*[-+]\s*\d)?|{numbers})"
    own = rf"\\[A-Za-z]+|[pP]\s*_\s*(?:\{{\s*(?P<long>{index})\s*\}}|(?P<short>{re.escape(k)}(?![A-Za-z])|{numbers}))(?!\s*(?:\\left)?\()"
    return re.sub(own, lambda m: f"p({m['long'] or m['short']})" if m["long"] or m["short"] else m[0], line)


def for_the_rest(line: str, k: str, first: int) -> str:
    r"""p(k) = B at the end of a line as what holds from the next value on, where nothing is said of k behind it.

    >>> for_the_rest("p(0) = a, p(k) = b", "k", 1), for_the_rest("p(k) = b, k > 2", "k", 1)
    ('p(0) = a,\\quad p(k) = b,\\quad k\\ge 1', 'p(k) = b, k > 2')
    """
    head = re.search(HEAD.format(re.escape(k)) + r"(?P<value>[^,;=]*?)(?P<end>[\s.]*)$", line)
    if head is None or re.search(RANGED.format(re.escape(k)), head["value"]):
        return line
    before = line[: head.start()].rstrip(" ,")
    return f"{before}{before and ',' + chr(92) + 'quad '}p({k}) ={head['value']},\\quad {k}\\ge {first}{head['end']}"


def as_cases(text: str, truth: Truth) -> str:
    r"""A final answer p_0 = A, p_k = B for k ≥ 1 as p(k) by cases.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("Piecewise((1, Eq(k, 0)), (2*r**k, True))", over={"k": "ZZ[0, oo]"}, given=["r > 0", "r < 1"]))
    >>> as_cases(r"p_0 = \frac{1-r}{1+r},\quad p_k = 2r^kp_0\quad(k\ge1)", truth)
    'p(k) = \\begin{cases}\\frac{1-r}{1+r} & k=0\\\\ 2r^k\\left(\\frac{1-r}{1+r}\\right) & k\\ge 1\\end{cases}'
    """
    (written,) = with_first_values((text,), truth)
    (v, *_) = truth.problem.variables
    k = in_latex(v)
    end = rf"(?:\s|,|\(|\\q?quad|\\[,;: ]|\\text\s*\{{\s*(?:for|if)?\s*\}})*{re.escape(k)}\s*(?:\\geq?(?![A-Za-z])|>=|>)\s*(?P<from>\d)\s*\)?[\s.]*$"
    head = HEAD.format(r"\d") + r"(?P<one>[^,;=]*?)" + HEAD.format(re.escape(k)).replace("<at>", "<name>") + r"(?P<rest>[^,;=]*?)" + end
    found = re.fullmatch(head, written)
    if found is None or ">" in found[0][found.end("rest") :] and "=" not in found[0][found.end("rest") :]:
        return text
    at, one = int(found["at"]), found["one"].strip()
    rest = found["rest"].replace(f"p({at})", rf"\left({one}\right)").strip()
    return rf"p({k}) = \begin{{cases}}{one} & {k}={at}\\ {rest} & {k}\ge {found['from']}\end{{cases}}" if int(found["from"]) == at + 1 else text
