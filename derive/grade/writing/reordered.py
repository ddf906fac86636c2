r"""Names that a line uses before it says what they are, as in N(μ₁, σ₁²) with μ₁ = …, σ₁² = …: the definitions are put in front."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import unbracketed

GAP = r"(?:\\[,;:!> ]|~|\s)*"
GREEK = r"\\(?:alpha|beta|gamma|delta|eta|kappa|lambda|mu|nu|rho|sigma|tau|omega|Lambda|Sigma|Omega)(?![A-Za-z])"
NAME = rf"(?P<name>(?:[A-Za-z]|\\[A-Za-z]+)\s*_\s*(?:\{{[^{{}}]{{1,8}}\}}|\w)|[abchmqrsvwABCDKLMSVW](?![A-Za-z_(])|{GREEK}(?!\s*[_(]))"
PLAIN = re.compile(rf"{GAP}{NAME}{GAP}(?:\^\s*(?:2|\{{\s*2\s*\}}))?{GAP}:?=")
INVERSE = re.compile(rf"{GAP}(?:\\[dt]?frac\s*(?:\{{\s*1\s*\}}|1)\s*\{{|1\s*/\s*){GAP}{NAME}{GAP}(?:\^\s*(?:2|\{{\s*2\s*\}}))?{GAP}\}}?{GAP}:?=")
BETWEEN = re.compile(r",|;|\\q?quad(?![A-Za-z])|\\(?:text|mbox|textrm)\s*\{[^{}]*\}")
NEW = r"(?:'|\^\s*(?:\{\s*(?:\\prime|\*|\\ast|\\star)\s*\}|\\(?:prime|ast|star)(?![A-Za-z])|\*))"
MOST = 2_000  # characters of a line that is looked at
WORDS = r"\text{with }"


def defined_first(line: str, truth: Truth) -> str:
    r"""A line with its definitions of names in front, where these stand in it before: of names with an index, and of letters that are values.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> defined_first(r"p(x) = b_n e^{-b_n x}, \quad b_n = b + c_n, \quad c_n = 0", truth)
    '\\text{with } c_n = 0, \\quad  b_n = b + c_n\\text{ we have }p(x) = b_n e^{-b_n x}'
    """
    line = primed(line, truth)
    if len(line) > MOST or "=" not in line or r"\begin" in line:
        return line
    pieces = list(split(line))
    found: dict[int, str] = {}
    for at, (_, piece) in enumerate(pieces):
        match = PLAIN.match(piece) or INVERSE.match(piece)
        own = {v.symbol.name for v in truth.problem.variables}
        new = match is not None and declared(match["name"]) not in truth.named and declared(match["name"]).replace("_", "") not in own
        new = match is not None and new and ("_" in match["name"] or is_value(match["name"], piece, line, truth))
        if match is not None and new and any(occurs(match["name"], text) for _, text in pieces[:at]):
            found[at] = match["name"]
    if not found:
        return line
    ordered = in_order(found, [text for _, text in pieces])
    rest = "".join(before + text for at, (before, text) in enumerate(pieces) if at not in found and (before + text).strip(" ,"))
    first = r", \quad ".join(pieces[at][1].rstrip(" .") for at in ordered)
    return rf"{WORDS}{first}\text{{ we have }}{rest}"


def primed(line: str, truth: Truth) -> str:
    r"""a' as the name a_{new}, where a is a parameter and the prime no derivative; μ̃ and μ^* likewise.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> primed(r"b' = b + 1", truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"])))
    'b_{new} = b + 1'
    """
    for p in truth.problem.parameters:
        name = in_latex(p)
        begins = "" if name.startswith("\\") else r"(?<![A-Za-z\\])"
        line = re.sub(rf"{begins}{re.escape(name)}\s*{NEW}(?!\s*(?:\\left)?[('])", lambda _, n=name: rf"{n}_{{new}}", line)  # type: ignore[misc]
        if "tilde" not in line:
            continue
        tilde = rf"\\(?:tilde|widetilde)\s*(?:\{{\s*{re.escape(name)}\s*\}}|{re.escape(name)}(?![A-Za-z]))"
        line = re.sub(tilde, lambda _, n=name: rf"{n}_{{new}}", line)  # type: ignore[misc]
    return line


def split(line: str) -> Iterator[tuple[str, str]]:
    """The clauses of a line, each with what separates it from the one before."""
    outside = set(unbracketed(line))
    start, before = 0, ""
    for match in BETWEEN.finditer(line):
        if match.start() not in outside or match.start() < start:
            continue
        if match[0] == "," and line[match.start() - 1 : match.start()] == "\\":
            continue
        yield before, line[start : match.start()]
        start, before = match.end(), match[0]
    yield before, line[start:]


def is_value(name: str, piece: str, line: str, truth: Truth) -> bool:
    """Whether a name without an index is given a value of parameters, and is nothing that one integrates over or substitutes."""
    bare = re.sub(r"\\q?quad(?![A-Za-z])", " ", line)
    differential = re.search(rf"(?:(?<![A-Za-z\\])d|\\mathrm\s*\{{\s*d\s*\}}|[A-Za-z]d|\\,d)\s*{re.escape(name)}(?![A-Za-z])", bare)
    value = re.sub(r"\\(?:frac|[dt]frac|left|right|sqrt|[,;:! ])", " ", piece.split("=", 1)[1])
    own = [in_latex(v) for v in truth.problem.variables]
    special = re.search("[A-Za-z]", value) is None  # r = 1, 2
    return not special and differential is None and r"\int" not in piece and r"\sum" not in piece and not any(occurs(x, value) for x in own)


def declared(name: str) -> str:
    """How a name is called among those that are declared."""
    return re.sub(r"[\\{}\s]", "", name)


def occurs(name: str, text: str) -> bool:
    if "_" in name or "\\" in name:
        return re.sub(r"\s", "", name) in re.sub(r"\s", "", text)
    return name in re.sub(r"\\[A-Za-z]+", " ", text)


def in_order(found: dict[int, str], texts: list[str]) -> list[int]:
    """The definitions, each behind those of the names that it uses."""
    left, done = list(found), list[int]()
    while left:
        free = [at for at in left if not any(o != at and found[o] != found[at] and occurs(found[o], texts[at]) for o in left)]
        done += free or left[:1]
        left = [at for at in left if at not in done]
    return done
