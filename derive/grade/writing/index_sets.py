r"""Sums over odd or even numbers, over all configurations \{s\}, and over pairs i < j, with their ranges written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.families import families_of
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import bracket_end
from derive.grade.writing.supported import bounds
from derive.language.totals import Counting

SUM = r"\\sum\s*(?:\\limits\s*)?_\s*"
SPACE = r"(?:\\[,;:! ]|\s)*"
KIND = r"(?:\\(?:text|mathrm|textrm|mbox|rm)\s*\{?\s*(?:is\s+)?)?(?P<kind>odd|even)\s*\}?"
PARITY = re.compile(rf"{SUM}\{{\s*(?:\\substack\s*\{{\s*)?(?P<n>[a-z]){SPACE}{KIND}\s*(?:\}}\s*)?\}}(?!\s*\^)")
FROM = re.compile(  # \sum_{k=0, k even}^n
    rf"{SUM}\{{\s*(?P<sub>\\substack\s*\{{\s*)?(?P<n>[a-z])\s*(?P<eq>=|\\geq?(?![A-Za-z]))\s*(?P<lo>\d)\s*(?:,|\\\\){SPACE}(?:(?P=n){SPACE})?{KIND}"
    r"\s*(?:\}\s*)?\}\s*(?(eq)(?:\^\s*(?:\{(?P<long>[^{}]*)\}|(?P<short>\\infty|\w)))?)"
)
ALL = re.compile(
    rf"{SUM}\{{\s*\\\{{\s*(?P<stem>\\?[A-Za-z]+)\s*(?:_\s*\{{?\s*[a-z]\s*\}}?)?\s*(?:=\s*\\pm\s*1\s*)?\\\}}\s*(?:=\s*\\pm\s*1\s*)?\}}(?!\s*\^)"
    rf"|{SUM}(?:\{{\s*)?\\(?:mathbf|boldsymbol|vec|bm|underline)\s*\{{?\s*(?P<bold>\\?[A-Za-z]+)\s*\}}?\s*\}}?(?!\s*[\^=]|\s*\\in)"
    rf"|{SUM}(?:\{{\s*(?P<plain>[a-z])\s*\}}|(?P<letter>[a-z]))(?!\s*\^)"
)
PAIRS = re.compile(
    r"\\(?P<sign>sum|prod)\s*(?:\\limits\s*)?_\s*\{\s*(?:1\s*\\leq?\s*)?(?P<i>[a-z])\s*<\s*(?P<j>[a-z])\s*(?:\\leq?\s*(?P<last>\d)\s*)?\}(?!\s*\^)"
)
ONE = re.compile(  # over i, or i = 1, …, 3
    r"\\(?P<sign>sum|prod)\s*(?:\\limits\s*)?_\s*(?:(?P<short>[a-z])|\{\s*(?P<long>[a-z])\s*(?P<from>=\s*1\s*)?\})(?(from)\s*\^\s*\{?\s*(?P<last>\d)\s*\}?|(?!\s*\^))"
)
INDEX = re.compile(r"(?P<stem>\\[A-Za-z]+|[A-Za-z])\s*_\s*(?:\{\s*(?P<long>[a-z])\s*\}|(?P<short>[a-z]))")
SIZE = re.compile(r"(?:\\(?:right|[bB]igg?r?))?$")  # of the bracket that closes behind a term
MOST = 12  # factors or terms that are written out


def with_index_sets(line: str, truth: Truth) -> str:
    r"""A line in which the ranges of such sums are written out.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(K*s1*s2)", over={"s1": "{-1, 1}", "s2": "{-1, 1}"}, given=["K real"]))
    >>> with_index_sets(r"\sum_{\{s\}}\prod_{i<j}e^{Ks_is_j}", truth)
    '\\sum_{s_{1}\\in\\{-1,1\\}} \\sum_{s_{2}\\in\\{-1,1\\}} \\left(e^{Ks_{1}s_{2}}\\right)'
    >>> counts = truth_of(problem("x**k", over={"k": "ZZ[0, oo]"}, given=["x > 0", "x < 1"]))
    >>> with_index_sets(r"2\sum_{n\ \mathrm{odd}}\frac{x^n}{n}=2", counts)
    '2\\sum_{n=0}^{\\infty}\\frac{x^{(2n+1)}}{(2n+1)}=2'
    """
    if r"\sum" not in line and r"\prod" not in line:
        return line
    line = over_pairs(ALL.sub(lambda m: over_all(m, truth), line), truth)
    for pattern, written in ((FROM, from_one), (PARITY, of_parity)):
        for match in reversed(list(pattern.finditer(line))):
            line = written(line, match, truth)
    return line


def over_all(match: re.Match[str], truth: Truth) -> str:
    """The sums over all variables s_1, s_2, … or over one family of them, where each has a range of its own."""
    stem = match["stem"] or match["bold"] or match["plain"] or match["letter"]
    if (match["plain"] or match["letter"]) and stem in {*truth.named, *(v.symbol.name for v in truth.problem.variables)}:
        return match[0]
    found = [v for v in truth.problem.variables if re.fullmatch(rf"{re.escape(stem)}(?:_\{{?\w+\}}?)?", in_latex(v))]
    ranges = [bounds(in_latex(v), v.measure) for v in found]
    moving = {v.symbol for v in truth.problem.variables}
    if len(found) < 2 or not all(ranges) or any(v.measure.free_symbols & moving for v in found):
        return match[0]
    return "".join(rf"\sum{one}" for one in ranges)


def over_pairs(line: str, truth: Truth) -> str:
    """A sum or product over i < j, or over i, of what stands at names with these indices, term by term."""
    families, start = families_of(truth), 0
    while families and (match := PAIRS.search(line, start) or ONE.search(line, start)) is not None:
        first = ONE.search(line, start)
        match = first if first is not None and first.start() < match.start() else match
        end = term_end(line, match.end(), match["sign"] == "sum")
        end -= len(SIZE.search(line[match.end() : end])[0])  # type: ignore[index]
        terms = written_out(line[match.end() : end], match.groupdict(), families)
        start = match.start() if terms else match.end()
        if terms:
            joined = rf"\left({'+'.join(terms)}\right)" if match["sign"] == "sum" else "".join(rf"\left({t}\right)" for t in terms)
            line = f"{line[:start]}{joined}{line[end:]}"
    return line


def written_out(body: str, sign: dict[str, str | None], families: dict[str, tuple[int, ...]]) -> list[str]:
    """The terms, where each name at i or j has the same indices and these letters stand nowhere else; none otherwise."""
    bound = [letter for letter in (sign.get("i") or sign.get("long") or sign.get("short"), sign.get("j")) if letter]
    used = [(m["stem"], m["long"] or m["short"]) for m in INDEX.finditer(body)]
    sets = {families.get(stem) for stem, at in used if at in bound}
    bare = re.sub(r"\\[A-Za-z]+", " ", INDEX.sub(" ", body))
    (indices,) = sets if len(sets) == 1 else (None,)
    if not indices or set(bound) & set(bare) or sign["last"] and (sign["last"] != str(indices[-1]) or indices != tuple(range(1, len(indices) + 1))):
        return []
    behind = re.sub(r"\\[A-Za-z]+", "x", body[[m.end() for m in INDEX.finditer(body) if (m["long"] or m["short"]) in bound][-1] :])
    if sign["sign"] == "prod" and re.search(r"[A-Za-z\d]", behind.partition("}")[2] if "{" in body else behind):  # \prod_i e^{b_i} c
        return []
    chosen = combinations(indices, len(bound))
    terms = [INDEX.sub(at_indices(dict(zip(bound, numbers, strict=True))), body).strip() for numbers in chosen]
    return terms if 0 < len(terms) <= MOST else []


def at_indices(values: dict[str, int]) -> Callable[[re.Match[str]], str]:
    return lambda m: f"{m['stem']}_{{{values[at]}}}" if (at := m["long"] or m["short"]) in values else m[0]


def term_end(line: str, start: int, summed: bool) -> int:
    """Where the term behind a sign ends: that of a product with the bracket that it opens with, or at the next sign."""
    opened = re.compile(r"(?:\\[,;:! ]|\s)*(?:\\left|\\[bB]igg?l?)?(?P<open>[(\[])").match(line, start)
    end = bracket_end(line, opened.end(), opened["open"]) if opened is not None and not summed else None
    if end is not None:
        return end[1]
    last = reach(line, start)
    following = None if summed else re.compile(r"\\(?:sum|prod)(?![A-Za-z])").search(line, start, last)
    return following.start() if following is not None else last


def of_parity(line: str, match: re.Match[str], truth: Truth) -> str:
    """A sum over odd n as one over m, with 2m + 1 for n; over those of the variable's own range with a factor that is 1 or 0."""
    n, odd, own = match["n"], match["kind"] == "odd", {in_latex(v): v for v in truth.problem.variables}
    v = own.get(n)
    if v is not None and isinstance(v.measure, Counting) and v.measure.hi.is_infinite is not True:
        return f"{line[: match.start()]}\\sum{bounds(n, v.measure)}\\frac{{1{'-' if odd else '+'}(-1)^{n}}}{{2}}{line[match.end() :]}"
    if v is None and not all(isinstance(o.measure, Counting) and o.measure.hi.is_infinite for o in own.values()):
        return line  # where it ends is not said
    end, first = reach(line, match.end()), int(v is not None and isinstance(v.measure, Counting) and v.measure.lo == 1 and not odd)
    body = put(line[match.end() : end], n, f"(2{n}{'+1' if odd else ''})")
    return rf"{line[: match.start()]}\sum_{{{n}={first}}}^{{\infty}}{body}{line[end:]}"


def from_one(line: str, match: re.Match[str], truth: Truth) -> str:
    """A sum over the odd or even numbers between ends."""
    n, odd, hi = match["n"], match["kind"] == "odd", (match["long"] or match["short"] or (r"\infty" if match["eq"] != "=" else "")).strip()
    if hi == r"\infty":
        end, body = reach(line, match.end()), line[match.end() :]
        body = put(line[match.end() : end], n, f"(2{n}{'+1' if odd else ''})")
        return rf"{line[: match.start()]}\sum_{{{n}={(int(match['lo']) + 1 - int(odd)) // 2}}}^{{\infty}}{body}{line[end:]}"
    if not hi:
        return line
    return f"{line[: match.start()]}\\sum_{{{n}={match['lo']}}}^{{{hi}}}\\frac{{1{'-' if odd else '+'}(-1)^{n}}}{{2}}{line[match.end() :]}"


def put(text: str, n: str, value: str) -> str:
    """A term with a value for its index: in braces where it is an exponent or a subscript."""
    return re.sub(rf"\\[A-Za-z]+|(?P<raised>[\^_]\s*)?{n}", lambda m: m[0] if m[0].startswith("\\") else
                  f"{m['raised']}{{{value}}}" if m["raised"] else value, text)  # fmt: skip
