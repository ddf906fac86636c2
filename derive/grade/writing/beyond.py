r"""What lines say outside the support: F(x) = 0 for x < a and 1 for x > b, f(x) = 0 elsewhere: left out where the ends are right."""

from __future__ import annotations

import re

from sympy import latex

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Counting, Lebesgue

CASES = re.compile(
    r"(?P<head>(?P<f>[FfpP])\s*(?:_\s*\{?[A-Z]\}?)?\s*\((?P<at>[^()=]*)\)\s*=\s*)"
    r"\\begin\{(?P<kind>d?cases)\}(?P<rows>.*?)\\end\{(?P=kind)\}", re.DOTALL
)
ROW = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
WORD = r"\\(?:text|mbox|textrm|mathrm)\s*\{\s*,?\s*(?:if|for|when|where|on)?\s*(?:all\s+)?\}"
BELOW, ABOVE = r"(?:<|\\leq?(?![A-Za-z])|\\lt(?![A-Za-z])|\\leqslant)", r"(?:>|\\geq?(?![A-Za-z])|\\gt(?![A-Za-z])|\\geqslant)"
OTHERWISE = re.compile(r"\\(?:text|mbox|textrm)\s*\{\s*,?\s*(?:otherwise|else|elsewhere)\.?\s*\}")
GAP = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|~|\s|,)*"


def within_support(line: str, truth: Truth) -> str:
    r"""A line without such cases, where the problem has one variable.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("1", over={"x": "(0, b)"}, given=["b > 0"]))
    >>> within_support(r"F(x) = \begin{cases} 0, & x < 0 \\ x/b, & 0 \le x \le b \\ 1, & x > b \end{cases}", truth)
    'F(x) = x/b'
    >>> within_support(r"F(x) = \begin{cases} 0, & x < 1 \\ x/b, & x \ge 1 \end{cases}", truth)
    'F(x) = \\begin{cases} 0, & x < 1 \\\\ x/b, & x \\ge 1 \\end{cases}'
    """
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, (Lebesgue, Counting)):
        return line
    line = CASES.sub(lambda m: inside(m, truth), line)
    return in_words(line, truth)


def ends(truth: Truth) -> tuple[str, str, str]:
    """How the variable and the ends of its support are written."""
    (v,) = truth.problem.variables
    names = {p.symbol: in_latex(p) for p in truth.problem.parameters}
    lo, hi = (re.sub(r"\s", "", latex(e, symbol_names=names)) for e in v.measure.args)
    return in_latex(v), lo, hi


def plain(condition: str) -> str:
    r"""A condition without spaces and words, with one sign for each of < ≤ > ≥.

    >>> plain(r"\text{for } 0 \le x < b"), plain(r"x \geq 0.")
    ('0≤x<b', 'x≥0')
    """
    for sign, names in (("≤", "leqslant|leq|le"), ("≥", "geqslant|geq|ge"), ("<", "lt"), (">", "gt")):
        condition = re.sub(rf"\\(?:{names})(?![A-Za-z])", sign, condition)
    return re.sub(rf"{WORD}|\s|\\[,;:! ]", "", OTHERWISE.sub("", condition)).strip(".,;")


def outside(value: str, condition: str, f: str, truth: Truth) -> bool:
    """Whether a case says what is true outside the support: 0 below it, 1 above it for F and 0 for a density."""
    x, lo, hi = ends(truth)
    text = plain(condition)
    below = re.fullmatch(rf"{re.escape(x)}[<≤](?P<end>.*)", text)
    above = re.fullmatch(rf"{re.escape(x)}[>≥](?P<end>.*)", text)
    value = re.sub(r"\s|\\[,;:! ]", "", value).strip(",")
    top = "1" if f == "F" else "0"
    return bool(below and below["end"] == lo and value == "0" or above and above["end"] == hi and value == top)


def inside(match: re.Match[str], truth: Truth) -> str:
    """The cases that are left; the value alone where there is one, which holds all over the support."""
    x, lo, hi = ends(truth)
    if re.sub(r"\s", "", match["at"]) != x:
        return match[0]
    rows = [row for row in ROW.split(match["rows"]) if row.strip()]
    pairs = [(row.split("&", 1) if "&" in row else [row, ""]) for row in rows]
    kept = [(value, condition) for value, condition in pairs if not outside(value, condition, match["f"], truth)]
    if len(kept) == len(pairs) or match["f"] != "F" and any(OTHERWISE.search(condition) for _, condition in kept):
        return match[0]
    if len(kept) == 1 and covers(kept[0][1], x, lo, hi):
        return rf"{match['head']}{kept[0][0].strip().rstrip(',')}"
    left = r" \\ ".join(f"{value}&{condition}" for value, condition in kept)
    return rf"{match['head']}\begin{{{match['kind']}}}{left}\end{{{match['kind']}}}" if kept else match[0]


def covers(condition: str, x: str, lo: str, hi: str) -> bool:
    """Whether a condition says lo ≤ x ≤ hi, with < or ≤, or as much of that as is finite; or "otherwise"."""
    text, own = plain(condition), re.escape(x)
    low, high = rf"{re.escape(lo)}[<≤]", rf"[<≤]{re.escape(hi)}"
    return not text or re.fullmatch(rf"(?:{low})?{own}(?:{high})?|{own}[>≥]{re.escape(lo)}", text) is not None and (
        lo == r"-\infty" or lo in text) and (hi == r"\infty" or hi in text)


def in_words(line: str, truth: Truth) -> str:
    r"""F(x) = 0 for x < a and F(x) = 1 for x > b in words: left out where the ends are right and something else is said.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> in_words(r"F(x) = 0 \text{ for } x<0, \quad F(x) = 1 - e^{-x} \text{ for } x \ge 0", truth)
    'F(x) = 1 - e^{-x} \\text{ for } x \\ge 0'
    """
    if not re.search(WORD, line, re.IGNORECASE):
        return line
    x, lo, hi = ends(truth)
    for sign, end, values in ((BELOW, lo, {"F": "0", "f": "0", "p": "0"}), (ABOVE, hi, {"F": "1", "f": "0", "p": "0"})):
        for f, value in values.items():
            head = rf"{f}\s*(?:_\s*\{{?[A-Z]\}}?)?\s*\(\s*{re.escape(x)}\s*\)\s*=\s*{value}"
            said = rf"{head}{GAP}{WORD}{GAP}{re.escape(x)}\s*{sign}\s*{re.escape(end)}(?![\w^])"
            also = rf"{GAP}(?:\\text\s*\{{\s*,?\s*and\s*\}})?{GAP}"
            line = re.sub(rf"(?:{said}{also}(?=\S)|{also}{said}(?=[\s.]*$))", "", line) or line
            before = rf"\\text\s*\{{\s*[Ff]or\s*\}}{GAP}{re.escape(x)}\s*{sign}\s*{re.escape(end)}\s*[:,]{GAP}{head}(?![\w^.])\s*[;,.]?{GAP}(?=\S)"
            line = re.sub(before, "", line)
    return line
