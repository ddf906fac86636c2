r"""Ranges of sums in shorthand: \sum_{k<m}, \sum_{i,j\ge0}, \sum_{i+j=n}, and \sum without bounds over the problem's own variable."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.heads import in_latex
from derive.grade.writing.index_sets import put
from derive.grade.writing.supported import bounds
from derive.language.totals import Counting, Measure

SUM = r"\\sum\s*(?:\\limits\s*)?"
SIDE = re.compile(
    rf"{SUM}_\s*\{{\s*(?P<k>[a-z])\s*(?P<sign><|>|\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z]))\s*(?P<end>[A-Za-z0-9]+(?:\s*[-+]\s*\d)?)\s*\}}(?!\s*\^)"
)
SEVERAL = re.compile(rf"{SUM}_\s*\{{\s*(?P<names>[a-z](?:\s*,\s*[a-z])+)\s*(?P<sign>\\geq?(?![A-Za-z])|>=|>)\s*(?P<lo>\d)\s*\}}(?!\s*\^)")
FROM_TO = re.compile(rf"{SUM}_\s*\{{\s*(?P<names>[a-z](?:\s*,\s*[a-z])+)\s*=\s*(?P<lo>\d)\s*\}}\s*(?P<hi>\^\s*(?:\{{[^{{}}]*\}}|\\infty|\w))")
DIAGONAL = re.compile(rf"{SUM}_\s*\{{\s*(?P<i>[a-z])\s*\+\s*(?P<j>[a-z])\s*=\s*(?P<n>[a-zA-Z])\s*\}}(?!\s*\^)")
PAIR = re.compile(rf"{SUM}_\s*\{{\s*(?P<i>[a-z])\s*(?P<sign>=|<|>|\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z]))\s*(?P<j>[a-z])\s*\}}(?!\s*\^)")
TOGETHER = re.compile(rf"{SUM}_\s*\{{\s*(?P<i>[a-z])\s*\+\s*(?P<j>[a-z])\s*\\leq?(?![A-Za-z])\s*(?P<n>[a-zA-Z])\s*\}}(?!\s*\^)")
BARE = re.compile(r"\\sum(?![A-Za-z])(?!\s*(?:\\limits|\\nolimits)?\s*[_^])")


def with_index_ranges(line: str, truth: Truth) -> str:
    r"""A line in which such ranges are written out.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**Abs(k - m)", over={"k": "ZZ[-oo, oo]"}, given=["q > 0", "q < 1", "m integer"]))
    >>> with_index_ranges(r"\sum_{k<m}q^{m-k}+\sum_{k\ge m}q^{k-m}", truth), with_index_ranges(r"\sum q^k", truth)
    ('\\sum_{k=-\\infty}^{m-1}q^{m-k}+\\sum_{k=m}^{\\infty}q^{k-m}', '\\sum_{k=-\\infty}^{\\infty}  q^k')
    >>> with_index_ranges(r"\sum_{i,j\ge0}q^{i+j}=\sum_{n=0}^\infty\sum_{i+j=n}q^iq^j", truth)
    '\\sum_{i=0}^{\\infty}\\sum_{j=0}^{\\infty}q^{i+j}=\\sum_{n=0}^\\infty\\sum_{i=0}^{n}q^iq^{(n-i)}'
    """
    if r"\sum" not in line:
        return line
    line = SEVERAL.sub(lambda m: each(m, r"^{\infty}", int(m["lo"]) + (m["sign"] == ">")), line)
    line = FROM_TO.sub(lambda m: each(m, m["hi"], int(m["lo"])), line)
    line = SIDE.sub(lambda m: one_side(m, truth), line)
    for match in reversed(list(DIAGONAL.finditer(line))):
        end = reach(line, match.end())
        body = put(line[match.end() : end], match["j"], f"({match['n']}-{match['i']})")
        if match["n"] not in (match["i"], match["j"]) and match["i"] != match["j"] and from_zero(match, truth):
            line = rf"{line[: match.start()]}\sum_{{{match['i']}=0}}^{{{match['n']}}}{body}{line[end:]}"
    return over_own(below_and_beside(line, truth), truth)


def below_and_beside(line: str, truth: Truth) -> str:
    r"""\sum_{i=j}, \sum_{i<j} and \sum_{i+j\le N} over whole numbers, one index after the other."""
    ends = {in_latex(v): ends_of(v.measure) for v in truth.problem.variables}
    for match in reversed(list(PAIR.finditer(line))):
        i, sign, j = match["i"], match["sign"], match["j"]
        if i == j or i in truth.named and i not in ends or not ends.get(i) or ends.get(i) != ends.get(j):
            continue
        lo, hi = ends[i]
        end = reach(line, match.end())
        if sign == "=":
            line = rf"{line[: match.start()]}\sum_{{{i}={lo}}}^{{{hi}}}{put(line[match.end() : end], j, i)}{line[end:]}"
        else:
            small, large = (i, j) if sign in ("<", r"\le", r"\leq") else (j, i)
            last = large if "le" in sign or "ge" in sign else f"{large}-1"
            line = rf"{line[: match.start()]}\sum_{{{large}={lo}}}^{{{hi}}}\sum_{{{small}={lo}}}^{{{last}}}{line[match.end() :]}"
    return TOGETHER.sub(lambda m: rf"\sum_{{{m['i']}=0}}^{{{m['n']}}}\sum_{{{m['j']}=0}}^{{{m['n']}-{m['i']}}}"
                        if m["i"] != m["j"] and from_zero(m, truth) else m[0], line)  # fmt: skip


def from_zero(match: re.Match[str], truth: Truth) -> bool:
    """Whether nothing says that the two indices begin elsewhere than at 0, as those of two dice do, or end at a number."""
    own = [v.measure for v in truth.problem.variables if in_latex(v) in (match["i"], match["j"])]
    return all(isinstance(m, Counting) and m.lo == 0 and (m.hi.is_infinite or not m.hi.is_number) for m in own)


def each(match: re.Match[str], hi: str, lo: int) -> str:
    """One sign for each of several names."""
    return "".join(rf"\sum_{{{name.strip()}={lo}}}{hi}" for name in match["names"].split(","))


def one_side(match: re.Match[str], truth: Truth) -> str:
    """The part of the variable's own range below or above a number."""
    k, sign, end = match["k"], match["sign"].lstrip("\\")[:2], re.sub(r"\s", "", match["end"])
    own = next((v for v in truth.problem.variables if in_latex(v) == k and isinstance(v.measure, Counting)), None)
    ends = ends_of(own.measure) if own is not None else ()
    others = {in_latex(v) for v in truth.problem.variables}
    if not ends or k in end or others & set(re.findall(r"[A-Za-z]", end)):
        return match[0]
    below = sign in ("<", "le")
    last = end if sign in ("le", "ge") else one_off(end, -1 if below else 1)
    return rf"\sum_{{{k}={ends[0]}}}^{{{last}}}" if below else rf"\sum_{{{k}={last}}}^{{{ends[1]}}}"


def ends_of(measure: Measure) -> tuple[str, ...]:
    """The ends of a range of whole numbers in LaTeX, for numbers, ±∞ and single letters."""
    ends = tuple(str(e).replace("oo", r"\infty") for e in measure.args) if isinstance(measure, Counting) else ()
    return ends if all(re.fullmatch(r"-?\\infty|-?\d+|[A-Za-z]", e) for e in ends) else ()


def one_off(end: str, step: int) -> str:
    return str(int(end) + step) if end.isdigit() else f"{end}{'+' if step > 0 else '-'}1"


def over_own(line: str, truth: Truth) -> str:
    """A sign without bounds as the sum over the problem's one variable, where that stands behind it."""
    (v, *more) = truth.problem.variables
    k = in_latex(v)
    ends = () if more else ends_of(v.measure)
    below = rf"_{{{k}={ends[0]}}}^{{{ends[1]}}} " if ends else "" if more else bounds(k, v.measure)
    for match in reversed(list(BARE.finditer(line))) if below else ():
        body = re.sub(r"\\[A-Za-z]+", " ", line[match.end() : reach(line, match.end())])
        if k in body and not re.search(r"\\int|\\sum", line[match.end() : reach(line, match.end())]):
            line = rf"{line[: match.start()]}\sum{below}{line[match.end() :]}"
    return line
