r"""The lines of an answer in a file: LaTeX, Markdown or plain text.

Displayed formulas are split at \\; a paragraph with formulas between dollar signs stays a line; where nothing is marked as a formula,
each line of the file is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_BYTES = 1_000_000  # of one file that a student hands in
MOST_LINES = 400
MOST_CHARACTERS = 6_000  # of one line: the judge reads no further

COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
NAMES = r"(?:equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign)\*?"
OPENING = re.compile(rf"(?P<sign>\$\$|\\\[)|\\begin\{{(?P<name>{NAMES})\}}(?:\{{\d+\}})?")
INLINE = re.compile(r"(?<!\\)\$|\\\(")
ENVIRONMENT = re.compile(r"\\(begin|end)\{(?:aligned|split|gathered|alignedat)\}(?:\{\d+\})?")
TOKEN = re.compile(r"\\begin\{|\\end\{|\\\\(?:\s*\[[^\]\n]{0,40}\])?")
MARK = re.compile(r"^[ \t]*(?:(?:%+|#+|//)[ \t]*)?question[ \t]+([^\s:]+)[ \t]*(?::[ \t]*)?\r?$", re.IGNORECASE | re.MULTILINE)


def lines_of(text: str) -> tuple[str, ...]:
    r"""The lines of an answer, in order.

    >>> lines_of("So\n\\[\n Z = a \\\\\n = b\n\\]\nwhere $a = b$.")
    ('Z = a', '= b', 'where $a = b$.')
    >>> lines_of("Z = a\n  = b % done\n")
    ('Z = a', '= b')
    """
    body = BODY.search(text)
    text = COMMENT.sub(r"\1", body[1] if body else text)
    shown = list(displays(text))
    if not shown and not INLINE.search(text):
        return cleaned(row for line in text.splitlines() for row in rows(line))
    found, end = [], 0
    for start, formula, after in shown:
        found += [*paragraphs(text[end:start]), *rows(formula)]
        end = after
    return cleaned(found + paragraphs(text[end:]))


def displays(text: str) -> Iterator[tuple[int, str, int]]:
    """The displayed formulas with where each begins and where the text goes on, in time linear in the text: no end is looked for twice."""
    at, missing = 0, set[str]()
    while match := OPENING.search(text, at):
        closing = {"$$": "$$", "\\[": "\\]", None: f"\\end{{{match['name']}}}"}[match["sign"]]
        end = -1 if closing in missing else text.find(closing, match.end())
        at = match.end() if end < 0 else end + len(closing)
        if end < 0:
            missing.add(closing)
        else:
            yield match.start(), text[match.end() : end], at


def cleaned(lines) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """Lines with their white space in order, without those that are empty."""
    tidy = (" ".join(line.split()) for line in lines)
    return tuple(line for line in tidy if line.strip("& "))


def paragraphs(text: str) -> list[str]:
    """The lines among words that hold a formula."""
    return [line for block in re.split(r"\n\s*\n", text) for line in [block] if INLINE.search(line)]


def rows(formula: str) -> list[str]:
    r"""A displayed formula split at each \\ that stands in no inner environment (cases, matrices)."""
    formula = ENVIRONMENT.sub(" ", formula)
    found, depth, start = [], 0, 0
    for token in TOKEN.finditer(formula):
        if token[0].startswith("\\\\"):
            if depth == 0:
                found.append(formula[start : token.start()])
                start = token.end()
        else:
            depth = max(0, depth + (1 if token[0] == "\\begin{" else -1))
    return [*found, formula[start:]]


def sections(text: str) -> list[tuple[str, str]]:
    """The parts of a file that a line "% question 1a" (or "# question 1a") begins; ("", all) where there is none.

    >>> sections("% question 1a\\nx\\n% Question 1b:\\ny")
    [('1a', '\\nx\\n'), ('1b', '\\ny')]
    """
    found = list(MARK.finditer(text))
    if not found:
        return [("", text)]
    ends = [m.start() for m in found[1:]] + [len(text)]
    head = text[: found[0].start()]
    first = [("", head)] if COMMENT.sub("", head).strip() else []
    return first + [(m[1], text[m.end() : end]) for m, end in zip(found, ends, strict=True)]


def trouble_with(lines: tuple[str, ...]) -> str:
    """Why these lines are not judged, or ""."""
    if not lines:
        return "It is empty."
    if any("\udc80" <= c <= "\udcff" for line in lines for c in line):
        return "It is not UTF-8."
    if len(lines) > MOST_LINES:
        return f"It has {len(lines)} lines; more than {MOST_LINES} are not judged."
    longest = max(map(len, lines))
    return f"A line of it has {longest} characters; more than {MOST_CHARACTERS} are not read." if longest > MOST_CHARACTERS else ""
