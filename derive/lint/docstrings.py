r"""Densities in docstrings: the displays that follow "probability density function", with the sentence behind each."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.grade.writing.documents import Formula
from derive.grade.writing.pieces import statements
from derive.lint.published import Refusal
from derive.lint.sentences import sentence
from derive.read.latex_words import GREEK

DISPLAY = re.compile(r"^([ \t]*)\.\. math::[ \t]*(.*\n(?:[ \t]*\n|\1[ \t]+.*\n?)*)", re.MULTILINE)
ROLE = re.compile(r":math:`([^`]*)`")
LITERAL = re.compile(r"``([^`\n]*[<>][^`\n]*)``")
MATHS = re.compile(r"\$\$(?P<display>.*?)\$\$|\$(?P<inline>[^$]+)\$", re.DOTALL)
SAYS = re.compile(r"probability (?:density|mass) function|\bp[dm]f\b", re.IGNORECASE)
OTHERWISE = re.compile(r"cumulative|characteristic function|survival|can be transformed|sometimes|another|general", re.IGNORECASE)
HEAD = re.compile(r"\s*[fp]\s*\((?P<inside>[^()=]*)\)\s*$")
GOES_ON = re.compile(r"\s*(?:for|where|defined|with|and|if)\b")
SENTENCE = re.compile(r"\.(?=\s+[A-Z`:$]|\s*$)|(?<=[^\s:,])\s*\n\s*\n(?!\s*(?:\$\$|where|with|and|for)\b|\s*\$\$)")
SHAPES = re.compile(r"takes((?:[^.$]|\$[^$]*\$)*?)as\s+(?:an?\s+)?(?:shape|skewness)")
SIGN = re.compile(r"[<>=≤≥]|\\(?:in|ge|le|geq|leq|neq?|gt|lt)(?![A-Za-z])")
CONDITIONAL = re.compile(r"\s*(?:if|when)\s*")
REAL, WHOLE = re.compile(r"\breal\b"), re.compile(r"\bintegers?\b")
FUNCTION = re.compile(r"(?<![A-Za-z\\])(\\[A-Za-z]+|[A-Za-z])\s*\([^()]*\)\s*=")
LAST_BUT_ONE = re.compile(r"\\dots\s*,\s*([A-Za-z]+)\s*-\s*1\s*,\s*\1(?![A-Za-z])")  # 1, 2, \dots, n-1, n
BRACED_FONT = re.compile(r"\{\s*\\mathbb\s*\{?\s*([A-Z])\s*\}?\s*\}")
LONG_NAME = re.compile(r"(?<![\\A-Za-z{_])([A-Za-z]{2,})(?=_)")


@dataclass(frozen=True)
class Documented:
    """One density of a docstring, in LaTeX: its formula, what its head names, and what the text says of these."""

    formula: str
    variable: str
    arguments: tuple[str, ...]
    conditions: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    case: str = ""


def documented(docstring: str) -> list[Documented]:
    r"""The densities that a docstring states. Raises Refusal where it states none.

    >>> [d] = documented("The probability density function is\n\n.. math::\n\n    f(x, a) = a x^{a-1}\n\nfor :math:`0<x<1`, :math:`a > 0`.")
    >>> d.formula, d.variable, d.arguments, d.conditions
    ('a x^{a-1}', 'x', ('a',), ('0<x<1', 'a > 0'))
    """
    text = with_dollars(inspect.cleandoc(docstring)).partition("\nReferences\n")[0]
    found: list[Documented] = []
    start = 0
    for match in MATHS.finditer(text):
        if match["display"] is None:
            continue
        before = text[max(start, match.start() - 400) : match.start()].rpartition("\n\n")
        words = before[2] if before[2].strip() else before[0].rpartition("\n\n")[2]
        if SAYS.search(words) and not OTHERWISE.search(MATHS.sub("", words)):
            found += densities(match["display"], words, text[match.end() :], text)
        start = match.end()
    if not found:
        raise Refusal(sentence("no_formula"))
    return found


def with_dollars(text: str) -> str:
    """reStructuredText with its formulas between dollar signs."""
    text = DISPLAY.sub(lambda m: f"$${m[2].strip()}$$\n\n", text + "\n")
    text = LITERAL.sub(lambda m: f"${m[1]}$", ROLE.sub(lambda m: f"${m[1]}$", text))
    return MATHS.sub(lambda m: plain(m[0]), text)


def plain(formula: str) -> str:
    """A formula without what LaTeX does not know, or the reader: >=, three dots in a row, names of several letters, n-1, n at an end."""
    for written, meant in ((">=", r" \ge "), ("<=", r" \le "), ("...", r" \dots ")):
        formula = formula.replace(written, meant)
    formula = LAST_BUT_ONE.sub(r"\\dots, \1", BRACED_FONT.sub(r"\\mathbb{\1}", formula))
    return LONG_NAME.sub(r"\\mathrm{\1}", formula)


def densities(display: str, before: str, after: str, text: str) -> Iterator[Documented]:
    """The density of a display: one, or one for each condition under which its support is another."""
    chains, beside = statements(Formula(display, 1, True))
    head = HEAD.match(chains[0].sides[0].text) if chains and len(chains[0].sides) > 1 else None
    if head is None:
        return
    variable, *arguments = (a.strip() for a in re.split(r"[,;]|\\mid|\|", head["inside"]))
    behind = SENTENCE.split(after, maxsplit=1)[0] if GOES_ON.match(after) else ""
    shapes = " and ".join(m[1] for m in SHAPES.finditer(text))
    said, definitions = [c for c in beside if not c.endswith("dots")], []
    cases: dict[str, list[str]] = {}
    for condition, case in (*stated(before.rpartition(". ")[2]), *stated(behind), *stated(shapes)):
        if "=" in condition and (named := definition(condition, variable)):
            definitions.append(named)
        elif case:
            cases.setdefault(case, []).append(condition)
        elif condition not in said:
            said.append(condition)
    formula = chains[0].sides[1].text
    refuse_defined_elsewhere(formula, definitions, text)
    for case, only in (cases or {"": []}).items():
        conditions = (*said, *only, *([case] if case else []))
        yield Documented(formula, variable, tuple(arguments), conditions, tuple(definitions), case)


def stated(text: str) -> Iterator[tuple[str, str]]:
    """The conditions and definitions of a sentence, each with the condition on which it is said: "x > 0 if c > 0"."""
    found = list(MATHS.finditer(text))
    skip = -1
    for i, match in enumerate(found):
        if i <= skip:
            continue
        words = text[found[i - 1].end() if i else 0 : match.start()]
        between = text[match.end() : found[i + 1].start()] if i + 1 < len(found) else text[match.end() : match.end() + 40]
        formula = (match["inline"] or match["display"]).strip().rstrip(".,;")
        if i + 1 < len(found) and between.strip() == "in":
            yield f"{formula} \\in {found[i + 1]['inline']}", ""
            skip = i + 1
        elif SIGN.search(formula):
            conditional = i + 1 < len(found) and CONDITIONAL.fullmatch(between)
            yield formula, (found[i + 1]["inline"] or "").strip() if conditional else ""
            skip = i + 1 if conditional else skip
        elif WHOLE.search(words[-20:]):
            yield from ((f"{name.strip()} \\in \\mathbb{{Z}}", "") for name in formula.split(","))
        elif REAL.search(words[-20:]) or REAL.search(between[:20]):
            yield from ((f"{name.strip()} \\in \\mathbb{{R}}", "") for name in formula.split(","))


def definition(text: str, variable: str) -> tuple[str, str] | None:
    """Name and value where a formula defines something, as B = m/2 does; the last side of a chain is the value."""
    chains, _ = statements(Formula(text, 1, False))
    if len(chains) != 1 or set(chains[0].signs) != {"="}:
        return None
    left, right = chains[0].sides[0].text, chains[0].sides[-1].text
    return None if left == variable or re.fullmatch(r"[-\d./ ]+", right) or "dots" in right else (left, right)


def refuse_defined_elsewhere(formula: str, definitions: list[tuple[str, str]], text: str) -> None:
    """A letter that usually names a function, and that the text defines otherwise in another place."""
    known = {head.partition("(")[0].strip() for head, _ in definitions}
    for match in MATHS.finditer(text):
        for name in FUNCTION.findall(match["display"] or match["inline"]):
            if name not in known and (len(name) == 1 or name in GREEK) and re.search(rf"(?<![A-Za-z]){re.escape(name)}\s*\(", formula):
                raise Refusal(sentence("defined_elsewhere", name=name))
