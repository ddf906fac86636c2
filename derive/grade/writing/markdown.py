r"""Lines in Markdown, words with formulas between dollars, and words that stand in the open beside LaTeX, as formulas with their words in \text."""

from __future__ import annotations

import re

from derive.grade.writing.segments import MATHS, TEXT, closing
from derive.grade.writing.typed import in_words

MARKS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\w)|(?<=[\w.:])\*(?![\w*])|^\s*(?:#{1,6}|>|[-*+]|\d{1,2}[.)])\s+(?=\S)")
ORNAMENTS = re.compile(r"\\(?:displaystyle|textstyle|blacksquare|qed|square|Box|checkmark)(?![A-Za-z])|[∎✓✔■□]")
PROSE_NUMBER = re.compile(  # "The mean is 0 because …"
    r"(?P<said>[A-Z][a-z]*(?: [a-z]{2,}| a)+ )(?P<number>-?\d+(?:/\d+)?)(?P<rest>(?:,? (?:[a-z]{2,}|a))*\.?)"
)
LAW_OUTSIDE = re.compile(r"(?<![A-Za-z$\\])(?P<law>[A-Z][a-z]+)\$\(")  # Gamma$(a, b)$
ALONE = re.compile(r"[\s,;:.]*")
LETTERED = re.compile(r"(?<![\w\\.])(?P<said>i\.\s?e\.|e\.\s?g\.|w\.r\.t\.)(?=[\s,])")
OPENED = re.compile(rf"\\(?:begin|end)\s*\{{[^{{}}]*\}}|{TEXT.pattern}|(?<!\\)\{{")  # an environment's name, words, a brace


def spoken_out(line: str) -> str:
    r"""A line with its words in \text, where they stand between formulas in dollars or in the open.

    >>> spoken_out(r"So $Z=\frac1a$ and, by symmetry, $E[X]=0$."), spoken_out(r"With u=e^x we have du=e^x\,dx")
    ('\\text{So }Z=\\frac1a\\text{ and, by symmetry, }E[X]=0', '\\text{With } u=e^x \\text{we have } du=e^x\\,dx')
    >>> spoken_out(r"**Step 1.** Let $x=t^2$, $dx=2t\,dt$."), spoken_out(r"Z=\frac1a")
    ('\\text{Step 1. Let }x=t^2,\\quad dx=2t\\,dt', 'Z=\\frac1a')
    """
    if MATHS.search(line):
        return between_dollars(line)
    if "\\" in line and "$" not in line:
        return in_the_open(line)
    return PROSE_NUMBER.sub(r"\\text{\g<said>}\g<number>\\text{\g<rest>}", line) if PROSE_NUMBER.fullmatch(line) else line


def between_dollars(line: str) -> str:
    """The line with what stands outside the dollars as words."""
    done, at = "", 0
    line = LAW_OUTSIDE.sub(r"$\\operatorname{\g<law>}(", MARKS.sub("", line))
    for match in MATHS.finditer(line):
        inside = ORNAMENTS.sub("", next(g for g in match.groups() if g is not None)).strip()
        done += words(line[at : match.start()], bool(done)) + inside
        at = match.end()
    return done + words(line[at:], False)


def words(said: str, between: bool) -> str:
    r"""What stands outside of formulas, as \text; what only sets two of them apart, as a comma and a space."""
    said = ORNAMENTS.sub("", said)
    if ALONE.fullmatch(said):
        return r",\quad " if between and said.strip() else " " if between else ""
    return rf"\text{{{said.replace('{', '(').replace('}', ')')}}}" if "\\" not in said else said


def in_the_open(line: str) -> str:
    r"""The line with English words that stand in no braces and in no \text in a \text of their own."""
    kept: list[str] = []
    masked, at = "", 0
    for start, end in braces(line):
        if start >= at:
            masked, at = f"{masked}{line[at:start]}⟦{len(kept)}⟧", end
            kept.append(line[start:end])
    said = in_words(LETTERED.sub(lambda m: rf"\text{{{m['said']} }}", masked + line[at:]))
    said = re.sub(r"(\\text\{[^{}]*\bfrom )\}\s*(\S+)\s+to\s+(?=\S)", r"\1}\2\\text{ to }", said)
    return re.sub(r"⟦(\d+)⟧", lambda m: kept[int(m[1])], said)


def braces(line: str) -> list[tuple[int, int]]:
    r"""Where the braces of a line and the words in \text stand."""
    found, at = [], 0
    while (match := OPENED.search(line, at)) is not None:
        at = match.end() if match[0].startswith((r"\begin", r"\end")) else closing(line, match.end()) + 1
        found.append((match.start(), at))
    return found
