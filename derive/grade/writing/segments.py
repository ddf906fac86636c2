r"""A line of a hand-in as formulas with words between them: rows of aligned environments, $…$, \text{…}, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.read.latex_brackets import MAX_NESTING
from derive.read.names import ReadError

TAG = re.compile(r"\\(?:tag\*?|label)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")  # the number or name of an equation
GAP = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|~|\s)*"  # what only sets formulas apart
TEXT = re.compile(r"\\(?:text|textrm|textnormal|textit|textbf|mbox|intertext)\s*\{")
WORD_OF_MATHS = re.compile(r"\s*(?:erfc?|erfi|if|for|otherwise|else|sgn|sign|sech|csch|B|Beta|Var|Cov|Li|const\.?|d|e|i|is|and)\s*")
ROWS = re.compile(
    r"\\begin\{(aligned|align|align\*|alignat|split|gathered|gather|gather\*|eqnarray|eqnarray\*|multline|equation|equation\*)\}(?:\{\d+\}|\[[tbc]\])?"
)
ARROWS = re.compile(r"\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow|Longleftrightarrow|therefore|leadsto|rightarrow)(?![A-Za-z])|[⇒⟹∴⇔→]")
MATHS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
DEFINING = re.compile(r"\b(?:let|set|put|define|denote|where|with|substitut\w*|writing|write|using|use|choose|call|take|by|for)\b", re.IGNORECASE)
BREAK = re.compile(r"\\\\(?:\s*\[[^\]]*\])?|\n\s*\n")
COLUMN = re.compile(r"(?<!\\)&\s*&(?!\s*(?:=|\\(?:leq?|geq?|propto)(?![A-Za-z])))")  # a note beside a row
CONTINUES = r"\s*(?:\\q?quad|\\[,;:!> ]|\s|\{\})*(?:[-+]|\\(?:cdot|times)(?![A-Za-z]))"  # a row that goes on with the formula before it
LED = r"(?!\s*\{\})[^&]*[^&\s][^&]*&"  # a side of its own before the row's alignment mark
OVER = re.compile(
    r"\\(?:over|under)set\s*(?:!|\{(?P<note>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\})\s*(?:\{\s*=\s*\}|=)"
    r"|\\(?:stackrel\s*\{(?P<long>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\s*\{\s*=\s*\})"
)
BEHIND = re.compile(
    r"(?:\\q?quad(?![A-Za-z])|\\[,;:! ]|~|\s)+(?:\\left)?\("
    r"(?P<note>[^()=]*(?:\([^()]*\)[^()=]*)*=(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)(?:\\right)?\)[\s.,;]*(?=$|,\\q?quad(?![A-Za-z]))"
)
SQUARE = re.compile(  # [u = x/s] after a wide space; [x = 0] is an indicator
    r"\\q?quad\s*(?:\\left|\\[bB]igg?l?)?\[(?P<note>(?:\\[,;:! ]|\s)*(?:\\[A-Za-z]+|[A-Za-z])\s*="
    r"(?=[^\[\]]*[A-Za-z])[^\[\]]*?)(?:\\right|\\[bB]igg?r?)?\][\s.,;]*$"
)
MOST = 6_000  # characters of a line: what looks at it in many ways takes time that is quadratic in it


@dataclass(frozen=True)
class Part:
    """A formula, the words in front of it, and whether these introduce something ("Let", "where", "with")."""

    formula: str
    words: str = ""
    position: int = 0
    followed: bool = False  # whether words stand behind it in the same line, and none in front
    aside: bool = False  # whether it stands in brackets that words have opened
    behind: str = ""  # the words behind it
    spoken: bool = False  # whether a phrase only speaks of it, as "shifting x by m" of m
    given: tuple[tuple[str, str], ...] = ()  # the values of variables at which it is a share of the total
    sentence: str = ""  # the words of its sentence in front of it, with ⟦⟧ for the formulas among them

    @property
    def defining(self) -> bool:
        return bool(DEFINING.search(self.words))


def parts(line: str) -> list[Part]:
    r"""The formulas of a line, in order.

    >>> [(p.formula, p.defining) for p in parts(r"\text{Let } u = x/s, \text{ so } dx = s\,du")]
    [('u = x/s', True), ('dx = s\\,du', False)]
    >>> [p.formula for p in parts(r"\begin{aligned} Z &= a \\ &= b \end{aligned}")]
    ['Z = a', '= b']

    Raises ReadError for a line of more than MOST characters: what is not read must not pass for right.
    """
    refuse_long(line)
    return [part for chunk, words, at in mathematics(line) for part in formulas(chunk, words, at)]


def refuse_long(line: str) -> None:
    """Raises ReadError for more text than a formula has, or more braces in one another than are read: before it is looked at in many ways."""
    if len(line) > MOST:
        raise ReadError(f"it has more than {MOST} characters")
    depth = 0
    for brace in re.finditer(r"(?<!\\)[{}]", line):
        depth += 1 if brace[0] == "{" else -1
        if depth > MAX_NESTING:
            raise ReadError(f"brackets are nested more than {MAX_NESTING} deep", line, brace.start())


def mathematics(line: str) -> Iterator[tuple[str, str, int]]:
    """The parts between dollar signs with the words before them, or the whole line where there are none."""
    found = list(MATHS.finditer(line))
    if not found:
        yield line, "", 0
        return
    end = 0
    for match in found:
        inner = next(i for i in range(1, 5) if match[i] is not None)
        yield match[inner], line[end : match.start()], match.start(inner)
        end = match.end()


def formulas(text: str, words: str, at: int) -> Iterator[Part]:
    """The formulas of one piece of mathematics."""
    for row, start in rows(text, at):
        pieces = list(between_words(row, start))
        opened = 0
        for number, (piece, said, place) in enumerate(pieces):
            opened += said.count("(") - said.count(")")
            behind = pieces[number + 1][1] if number + 1 < len(pieces) else ""
            followed = number + 1 < len(pieces) and not (words or said)
            for formula, note, offset in noted(piece):
                later = [n for n in note if names_used(n, formula) or replaces(n, formula)]
                yield from (Part(n, f"{said} with".strip(), place + offset) for n in note if n not in later)
                bare = formula.strip().strip(",;:").strip()
                bare = re.sub(r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\s|[.])+$", "", bare).rstrip(",;").strip()
                bare = re.sub(r"(?<!\\)\\$", "", bare).strip()  # what is left of a "\\ " before an arrow
                if bare and not re.fullmatch(r"(?:\\[,;:!> ]|\\q?quad|\\text\s*\{\s*and\s*\}|[\s.,;:()&])*", bare):
                    yield Part(bare, f"{words} {said}".strip(), place + offset, followed, opened > 0, behind)
                    words = said = ""
                yield from (Part(n, "", place + offset, aside=True) for n in later)
            words = f"{words} {said}".strip()


def names_used(note: str, formula: str) -> bool:
    """Whether a note speaks of the name that the formula before it introduces, as in q = 1 − p (p = 1 − q)."""
    name = re.match(r"(?:\\[,;:! ]|\s)*(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*:?=", formula)
    return name is not None and re.match(rf"(?:\\[,;:! ]|\s)*{re.escape(name['name'])}\s*=", note) is None and re.search(
        rf"(?<![A-Za-z\\]){re.escape(name['name'])}(?![A-Za-z])", note.split("=")[0]) is not None  # fmt: skip


def replaces(note: str, formula: str) -> bool:
    """Whether a note such as u = s t says by what the u of an integral before it is replaced: du stands before ds and dt, or in a row above."""
    name = re.match(r"(?:\\[,;:! ]|\s)*(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*:?=(?P<value>[^=,]*)", note)
    order = [d.lstrip("\\") for d in re.findall(r"(?<![A-Za-z\\])d\s*([A-Za-z](?![A-Za-z])|\\[A-Za-z]+)", formula)] if name else []
    own = name["name"].lstrip("\\") if name else ""
    value = name["value"] if name else ""
    used = [d for d in order if d != own and (d in re.sub(r"\\[A-Za-z]+", " ", value) if len(d) == 1 else f"\\{d}" in value)]
    return bool(used) and (own not in order or order.index(own) < min(map(order.index, used)))


def noted(piece: str) -> Iterator[tuple[str, list[str], int]]:
    r"""The formulas between arrows, each with what stands over its "=" or in brackets behind it: \overset{u=x/s}{=}, (u = x/s).

    >>> list(noted(r"a \overset{u=x}{=} b \quad (v = 2)"))
    [('a = b', ['u=x', 'v = 2'], 0)]
    """
    for formula, offset in split_at(piece, ARROWS):
        notes = [m["note"] or m["long"] or "" for m in OVER.finditer(formula)]
        bare = OVER.sub(" = ", formula) if notes else formula
        behind = BEHIND.search(bare) or SQUARE.search(bare)
        if behind and bare[: behind.start()].strip():
            notes, bare = [*notes, behind["note"]], bare[: behind.start()] + bare[behind.end() :]
        notes = [one for n in notes for one, _ in split_at(n, ARROWS)]
        yield re.sub(r"\s+", " ", bare).strip() if notes else bare, [n for n in notes if "=" in n], offset


def rows(text: str, at: int) -> Iterator[tuple[str, int]]:
    r"""The rows of aligned environments, and of text that \\ breaks."""
    match = ROWS.search(text)
    if match and depth_at(text, match.start()) == 0:
        closing = text.rfind(rf"\end{{{match[1]}}}")
        if closing > match.end():
            yield from rows(text[: match.start()], at)
            yield from rows(text[match.end() : closing], at + match.end())
            yield from rows(text[closing + len(match[1]) + 6 :], at + closing)
            return
    held, place = "", at
    for row, start in split_at(text, BREAK):
        bare = top_level_without(beside(row), "&")
        if held and re.match(CONTINUES, bare) and not re.match(LED, row):
            held = f"{held} {bare}"
            continue
        if held:
            yield held, place
        held, place = (bare if bare.strip() else ""), at + start
    if held:
        yield held, place


def beside(row: str) -> str:
    r"""A row with the note in a column of its own behind the formula.

    >>> beside(r"&= a && j = k - 1"), beside(r"&= a && \text{by parts}")
    ('&= a \\quad (j = k - 1)', '&= a \\qquad  \\text{by parts}')
    """
    match = COLUMN.search(row)
    note = row[match.end() :].strip(" .,;") if match else ""
    plain = bool(note) and not note.startswith(("(", "[")) and not TEXT.search(note) and "&" not in note
    if match and plain and re.search(r"=|[<>]|\\[lg]eq?(?![A-Za-z])", note):
        return rf"{row[: match.start()]}\quad ({note})" if "=" in note else rf"{row[: match.start()]},\qquad {note}"
    return COLUMN.sub(r"\\qquad ", row)


def split_at(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """The parts of a text between marks outside all brackets, each with where it starts."""
    start = 0
    for match in mark.finditer(text):
        if depth_at(text, match.start()) == 0:
            yield text[start : match.start()], start
            start = match.end()
    yield text[start:], start


TOKENS = re.compile(r"\\(?:begin|left|end|right)(?![A-Za-z])|\\[{}]|\\.|[{}()\[\]]", re.DOTALL)


def depth_at(text: str, end: int) -> int:
    """How many braces and environments are open at a place."""
    depth = 0
    for match in TOKENS.finditer(text, 0, end):
        if match[0] in ("{", r"\begin", r"\left"):
            depth += 1
        elif match[0] in ("}", r"\end", r"\right"):
            depth -= 1
    return depth


def top_level_without(text: str, mark: str) -> str:
    """The text without alignment marks outside brackets and environments."""
    return "".join(c for i, c in enumerate(text) if c != mark or (i and text[i - 1] == "\\") or depth_at(text, i))


def between_words(text: str, at: int) -> Iterator[tuple[str, str, int]]:
    r"""Pieces of formula, each with the words in front of it. \text in brackets and names (\text{erf}) stay in it."""
    words, start, place = "", 0, 0
    while match := TEXT.search(text, place):
        close = closing(text, match.end())
        content = text[match.end() : close]
        listed = "=" in text[start : match.start()] or text[start : match.start()].rstrip().endswith(",")  # the boundary term is a, and b = c
        both = content.strip() == "and" and listed and re.search(r"=|\\(?:to|sim)(?![A-Za-z])", text[close:]) is not None
        verb = content.strip() == "is"  # "the mean for a > 1 is m"
        if WORD_OF_MATHS.fullmatch(content) and not (both or verb) or depth_at(text, match.start()):
            place = close + 1
            continue
        begin, end = match.start(), close + 1
        before, after = re.search(r"\(\s*$", text[:begin]), re.match(r"\s*\)", text[end:])
        if before and after:
            begin, end = before.start(), end + after.end()
        if text[start:begin].strip():
            yield text[start:begin], words, at + start
            words = ""
        words, start, place = f"{words} {content}".strip(), end, end
    yield text[start:], words, at + start


CLOSERS = {"(": ")", "[": "]", "{": "}"}


def bracket_end(text: str, start: int, opener: str) -> tuple[int, int] | None:
    """Where the inside of a bracket ends, and the bracket itself."""
    depth, closer = 1, CLOSERS[opener]
    for at in range(start, len(text)):
        depth += (text[at] == opener) - (text[at] == closer)
        if depth == 0:
            ending = re.search(r"\s*(?:\\right|\\[bB]igg?r?)?\s*\\?$", text[start:at])
            return start + ending.start() if ending else at, at + 1
    return None


def unbracketed(text: str, start: int = 0) -> Iterator[int]:
    """The places of a text from one on that stand in no bracket opened since; the opening brackets themselves are among them.

    >>> list(unbracketed("a,(b,c),d"))
    [0, 1, 2, 7, 8]
    """
    depth = 0
    for at in range(start, len(text)):
        if depth == 0:
            yield at
        depth += (text[at] in "([{") - (text[at] in ")]}")


def split(text: str, mark: str) -> Iterator[str]:
    """The parts of a text between marks outside all brackets."""
    start = 0
    for i in unbracketed(text):
        if text[i] == mark:
            yield text[start:i]
            start = i + 1
    yield text[start:]


def closing(text: str, at: int) -> int:
    """Where the brace closes that was opened before `at`."""
    depth = 1
    for match in re.finditer(r"\\.|[{}]", text[at:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return at + match.start()
    return len(text)
