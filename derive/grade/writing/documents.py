r"""The formulas of a document, each with its line and the words around it: Markdown, LaTeX, and notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from derive.grade.writing.macros import expanded
from derive.read.names import ReadError

ENDINGS = (".md", ".markdown", ".tex", ".latex", ".ipynb")
ENVIRONMENTS = "equation align alignat flalign gather multline eqnarray displaymath math IEEEeqnarray IEEEeqnarraybox dmath empheq".split()
OPTIONS = re.compile(r"\s*(?:\[[^\[\]]*\]\s*)?(?:\{[A-Za-z*\s]*\})?")  # of empheq and IEEEeqnarray
VERBATIM = "verbatim verbatim* Verbatim lstlisting minted comment alltt tikzpicture filecontents filecontents* thebibliography".split()
LONGEST = 20_000  # characters of one formula
MOST_FORMULAS = 20_000
AROUND = 240  # characters of text that are kept before a formula

SKIPPED = re.compile(r"\\begin\{(" + "|".join(map(re.escape, VERBATIM)) + r")\}|\\verb\*?([^A-Za-z\s*])|\\.|%[^\n]*", re.DOTALL)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^\n`]*)$", re.MULTILINE)
CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,2000})\1(?!`)")
OPENING = re.compile(
    r"\\begin\{(" + "|".join(ENVIRONMENTS) + r")(\*?)\}|\$\$|\$|\\\[|\\\(|(?P<break>\n[ \t]*\n)"
    r"|(?P<head>\\(?:part|chapter|section|subsection|subsubsection|paragraph)\b|^\#{1,6} )"
    r"|(?P<item>^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+|\\item(?![A-Za-z])|\\begin\{[A-Za-z]+\*?\})"
    r"|(?P<lead>^(?:\*\*|\\textbf\{)(?!\d|Step|Proof|Solution|Answer)[^*{}\n$]{1,60}(?:\*\*|\}))|\\.",
    re.DOTALL | re.MULTILINE,
)
INLINE_END = re.compile(r"(?:[^$\\\n]|\\.|\n(?![ \t]*\n))*?\$", re.DOTALL)
CLOSINGS = {"$$": "$$", r"\[": r"\]", r"\(": r"\)"}


@dataclass(frozen=True)
class Formula:
    """A formula of a document. `paragraph`, `section`, `heading` and `item` count blank lines, headings with those in bold at the head
    of a paragraph, headings of their own, and items of lists, with environments, before it; `fault` says why it is none."""

    text: str
    line: int
    display: bool
    environment: str = ""
    before: str = ""
    after: str = ""
    paragraph: int = 0
    section: int = 0
    fault: str = ""
    heading: int = 0
    item: int = 0


def formulas_of(text: str, path: str) -> list[Formula]:
    r"""The formulas of a document, in order. Raises ReadError for a notebook that is none.

    >>> [(f.text, f.line, f.display) for f in formulas_of("# A\nLet $a>0$.\n$$\nb = a\n$$ `$c$`", "notes.md")]
    [('a>0', 2, False), ('\nb = a\n', 3, True)]
    """
    ending = path[path.rfind(".") :].lower()
    if ending == ".ipynb":
        text, ending = notebook_text(text), ".md"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_comments(text) if ending in (".tex", ".latex") else without_code(text)
    read = list(islice(found(expanded(text)), MOST_FORMULAS + 1))
    if len(read) > MOST_FORMULAS:
        read[-1] = replace(read[-1], display=True, fault=f"the document has more than {MOST_FORMULAS} formulas; from here on none is read")
    return read


def notebook_text(text: str) -> str:
    """The Markdown of a notebook's cells. Each source line stands on a line of its own in the file, as notebooks are written."""
    try:
        data = json.loads(text)
        cells = [c for c in data["cells"] if c.get("cell_type") == "markdown"]
        sources = [line for c in cells for line in ([*c["source"], "\n\n"] if isinstance(c["source"], list) else [c["source"], "\n\n"])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ReadError("this is not a notebook") from None
    lines, at, out = text.split("\n"), 0, []
    for source in map(str, sources):
        shown = json.dumps(source, ensure_ascii=False)
        place = next((i for i in range(at, len(lines)) if lines[i].strip().rstrip(",") == shown), None) if source.strip() else None
        if place is not None:  # what stands between is no text
            out.append("\n" * (place - at))
            at = place
        out.append(source)
        at += source.count("\n")
    return "".join(out)


def without_comments(text: str) -> str:
    r"""TeX without comments and verbatim parts; every line keeps its number.

    >>> without_comments("a % b\n50\\% \\verb|$x$| c")
    'a \n50\\%  c'
    """
    kept, at = [], 0
    while match := SKIPPED.search(text, at):
        kept.append(text[at : match.start()])
        at = match.end()
        if match[1]:
            end = text.find(rf"\end{{{match[1]}}}", at)
            end = len(text) if end < 0 else end + len(match[1]) + 6
            kept.append("\n" * text.count("\n", at, end))
            at = end
        elif match[2]:
            end = text.find(match[2], at, at + 500)
            at = at if end < 0 else end + 1
        elif match[0][0] != "%":
            kept.append(match[0])
    return "".join([*kept, text[at:]])


def without_code(text: str) -> str:
    """Markdown without code and HTML comments; blocks of kind "math" are displays. Every line keeps its number."""
    kept, at = [], 0
    while match := FENCE.search(text, at):
        kept.append(plain_text(text[at : match.start()]))
        close = re.compile(rf"^ {{0,3}}{re.escape(match[1][0])}{{{len(match[1])},}}[ \t]*$", re.MULTILINE).search(text, match.end())
        inner, end = (text[match.end() : close.start()], close.end()) if close else (text[match.end() :], len(text))
        kept.append(f"$${inner}$$" if match[2].strip() == "math" else "\n" * inner.count("\n"))
        at = end
    return "".join([*kept, plain_text(text[at:])])


def plain_text(text: str) -> str:
    text = re.sub(r"\$`([^`\n]{1,2000})`\$", r"$ \1 $", text)
    text = CODE.sub("", text)
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join([*kept, text[at:]])


def found(text: str) -> Iterator[Formula]:
    """The formulas of a text that holds no comments and no code."""
    at = said_from = newlines = 0
    line, paragraph, section, heading, item = 1, 0, 0, 0, 0
    missing: set[str] = set()
    while match := OPENING.search(text, at):
        at = match.end()
        if match["break"]:
            paragraph, at = paragraph + 1, match.end() - 1
            continue
        if match["item"]:
            item += 1
            continue
        if match["head"] or match["lead"]:
            section, paragraph, said_from, heading = section + 1, paragraph + 1, match.end(), heading + (not match["lead"])
            continue
        span = closed(text, match, missing)
        if span is None:
            continue
        start, end, after, fault = span
        line += text.count("\n", newlines, match.start())
        newlines = match.start()
        before = text[max(said_from, match.start() - AROUND) : match.start()]
        display = not (match[0] in ("$", r"\(") or match[1] == "math")
        behind = text[after : after + 80]
        start += len(options[0]) if match[1] in ("empheq", "IEEEeqnarray", "IEEEeqnarraybox") and (options := OPTIONS.match(text[start:end])) else 0
        yield Formula("" if fault else text[start:end], line, display, match[1] or "", before, behind, paragraph, section, fault, heading, item)
        at, said_from = after, after


def closed(text: str, match: re.Match[str], missing: set[str]) -> tuple[int, int, int, str] | None:
    """Where a formula begins and ends, where the text goes on, and what is wrong with it; None where nothing opens one."""
    opening, start = match[0], match.end()
    if opening == "$":
        end = INLINE_END.match(text, start, start + LONGEST)
        return (start, end.end() - 1, end.end(), "") if end else None
    closing = CLOSINGS.get(opening) or (rf"\end{{{match[1]}{match[2]}}}" if match[1] else "")
    if not closing:
        return None
    place = -1 if closing in missing else text.find(closing, start)
    if place < 0:
        missing.add(closing)
        return start, start, start, f"{opening} is not closed by {closing}"
    if place - start > LONGEST:
        return start, place, place + len(closing), f"this formula has {place - start} characters, at most {LONGEST} are read"
    return start, place, place + len(closing), ""
