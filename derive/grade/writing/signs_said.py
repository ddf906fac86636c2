r"""Signs of parameters in words, as relations: "b \text{ is not } 0", "\text{since b is positive}", "$b$ does not vanish"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import And
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.grade.truth import Truth
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import GAP, MATHS, Part
from derive.read.latex import statement
from derive.read.names import ReadError

WORDED = r"\\(?:text|textrm|textnormal|textit|mbox)\s*\{"
ZERO = r"(?:0|zero|null)"
SAID = (  # what is said of the value, longer phrases first
    (rf"(?:is|are)\s+(?:not|never)\s+(?:equal\s+to\s+)?{ZERO}|(?:is|are)\s+non-?\s?zero|differs?\s+from\s+{ZERO}"
     r"|(?:does|do)(?:\s+not|n't)\s+vanish|(?:is|are)n't\s+(?:equal\s+to\s+)?(?:0|zero)", r"\neq 0"),
    (r"(?:is|are)\s+(?:not\s+negative|non-?\s?negative)", r"\geq 0"), (r"(?:is|are)\s+(?:not\s+positive|non-?\s?positive)", r"\leq 0"),
    (r"(?:is|are)\s+(?:strictly\s+)?positive", "> 0"), (r"(?:is|are)\s+(?:strictly\s+)?negative", "< 0"),
)  # fmt: skip
OF_SIGNS = rf"(?P<said>(?i:{'|'.join(pattern for pattern, _ in SAID)}))"
ENDS = r"(?=\s*(?:[,.;:)}]|$|(?:so|then|hence|thus|and|we|this|the|here|by)\b))"
BECAUSE = (
    r"(?i:since|(?<!long\s)(?<!far\s)(?<!soon\s)as(?!\s+(?:long|far|soon)\b)|because|given\s+that"
    r"|recall(?:ing)?(?:\s+that)?|remember(?:ing)?(?:\s+that)?|by\s+assumption)"
)
REST = rf"(?P<rest>{ENDS}[^{{}}$]*)"
REASON = re.compile(rf"\b{BECAUSE}\s*,?\s*$", re.IGNORECASE)
SYMBOLS = {"≠": r"\neq 0", "!=": r"\neq 0", ">": "> 0", "<": "< 0", "≥": r"\geq 0", ">=": r"\geq 0", "≤": r"\leq 0", "<=": r"\leq 0"}
BEHIND = re.compile(rf"(?:,|{GAP})*{WORDED}\s*,?\s*{BECAUSE}\s*\}}(?P<reason>[^{{}}=]+?)[\s.]*$", re.IGNORECASE)
WORDY = re.compile(rf"{WORDED}|\$|\\[(\[]")
IN_WORDS = re.compile(r"\\(?:text|textrm|textnormal|textit|mbox)\s*\{(?P<inside>[^{}$]*)\}")


def with_signs_said(line: str, names: Iterable[str]) -> str:
    r"""A line with what its words say of the sign of a parameter as a relation; `names` are the parameters in LaTeX.

    >>> with_signs_said(r"\frac1b\text{ since } b \text{ is not } 0", ["b"]), with_signs_said(r"\text{as b is positive, we get }1", ["b"])
    ('\\frac1b\\text{ since } b\\neq 0', '\\text{as }b> 0\\text{, we get }1')
    >>> with_signs_said("As $b$ is nonzero, this is $1/b$.", ["b"]), with_signs_said(r"\text{since c is not 0}", ["b"])
    ('As $b\\neq 0$, this is $1/b$.', '\\text{since c is not 0}')
    """
    known = sorted(names, key=len, reverse=True)
    if not known or not WORDY.search(line):
        return line
    one = rf"(?<![A-Za-z\\_^{{(])(?P<name>{'|'.join(map(re.escape, known))})(?![A-Za-z_^])"
    line = re.sub(rf"{one}\s*{WORDED}\s*{OF_SIGNS}{REST}\}}", outside_words, line)
    line = re.sub(
        rf"{one}\s*{WORDED}\s*(?P<said>(?:is|are)\s+(?:not|never)(?:\s+equal\s+to)?)\s*\}}\s*(?P<rest>)0(?![\d.A-Za-z\\])", outside_words, line
    )
    line = re.sub(rf"\${one}\$\s*(?P<said>(?:is|are)\s+(?:not|never)(?:\s+equal\s+to)?)\s*\$0\$", r"$\g<name>\\neq 0$", line)
    line = re.sub(rf"\${one}\$\s*{OF_SIGNS}{ENDS}", lambda m: f"${m['name']}{relation(m['said'])}$", line)
    if MATHS.search(line):  # "Since b is positive, $Z = …$"
        line = re.sub(rf"(?P<before>\b{BECAUSE}\s+){one}\s+{OF_SIGNS}{ENDS}", lambda m: f"{m['before']}${m['name']}{relation(m['said'])}$", line)
    reason = re.compile(
        rf"(?P<before>[^{{}}$]*\b{BECAUSE}\s+(?:the\s+)?){one}\s*(?:{OF_SIGNS}|(?P<sign>≠|!=|>=?|<=?|≥|≤)\s*0(?![\d.])){REST}", re.IGNORECASE
    )
    return IN_WORDS.sub(lambda m: inside_words(m, reason), line)


def relation(said: str) -> str:
    return next((sign for pattern, sign in SAID if re.fullmatch(pattern, said, re.IGNORECASE)), r"\neq 0")


def outside_words(match: re.Match[str]) -> str:
    rest = match["rest"]
    return f"{match['name']}{relation(match['said'])}" + (rf"\text{{{rest}}}" if rest.strip() else "")


def inside_words(match: re.Match[str], reason: re.Pattern[str]) -> str:
    found = reason.fullmatch(match["inside"])
    if found is None:
        return match[0]
    rest = rf"\text{{{found['rest']}}}" if found["rest"].strip() else ""
    return rf"\text{{{found['before']}}}{found['name']}{SYMBOLS.get(found['sign']) or relation(found['said'])}{rest}"


def reasons(clause: list[Part]) -> list[bool]:
    """Which formulas of a line words give as a reason, as b ≠ 0 in "since b ≠ 0"; "and" goes on with reasons."""
    found: list[bool] = []
    for part in clause:
        again = bool(found) and found[-1] and re.fullmatch(r"\W*(?:and)?\W*", part.words) is not None
        found.append(bool(REASON.search(part.words)) or again)
    return found


def without_reason(text: str, truth: Truth) -> str:
    r"""A final answer without the reason behind it, where that follows from what the problem declares.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> without_reason(r"\frac1b\text{ since } b \neq 0", truth), without_reason(r"\frac1b\text{ since } b > 1", truth)
    ('\\frac1b', '\\frac1b\\text{ since } b > 1')
    """
    match = BEHIND.search(text)
    if match is None:
        return text
    try:
        found = statement(match["reason"].strip(), scope_of(truth))
    except ReadError:
        return text
    own = {p.symbol for p in truth.problem.parameters}
    relations, declared = found.args if isinstance(found, And) else (found,), Facts(truth.problem.conditions)
    holds = all(isinstance(r, Relational) and r.free_symbols <= own and declared.follows(r) for r in relations)
    return text[: match.start()] if holds else text
