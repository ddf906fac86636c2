r"""A line as its words with ⟦0⟧, ⟦1⟧, … for its formulas, patterns for sentences in such words, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from derive.grade.truth import Truth
from derive.grade.writing.phrases import joined, pieces_of
from derive.grade.writing.pronouns import worded
from derive.grade.writing.segments import TEXT

TOKEN = re.compile(r"⟦(\d+)⟧")
WORDS_ALONE = re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+)+[.:]?")
WIDE = re.compile(r",\s*\\q?quad(?![A-Za-z])\s*(?=[A-Za-z\\(])")  # between formulas of a sentence that only a comma sets apart
NUMBERED = re.compile(r"@([a-z]\w*)")
LONGEST = 3_000
MOST = 12  # sentences of a line that are written out
LETTER = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
ADVERB = r"(?:(?:then|thus|therefore|again|simply|just|itself|also|hence|in\s+turn)\s+)?"
GIVEN = r"(?:[Gg]iven|[Cc]onditional(?:ly)?\s+on|[Ff]or\s+given)\s+@g\s*,?\s*(?:the\s+)?(?:random\s+)?(?:variable\s+)?"


@dataclass
class Told:
    """A line as its words with ⟦i⟧ for its i-th formula, the formulas, and the lines before it."""

    words: str
    formulas: list[str]
    before: tuple[str, ...]
    truth: Truth
    changed: bool = False
    unknown: str = ""  # the letter that stands for the place at which a line before has set F equal to something

    def formula(self, match: re.Match[str], name: str) -> str:
        """The formula of a named place of a pattern, without what ends a sentence behind it."""
        return self.formulas[int(match[name])].strip().rstrip(".,;:").strip()

    def put(self, formula: str) -> str:
        """The mark of a new formula."""
        self.formulas.append(formula)
        return f"⟦{len(self.formulas) - 1}⟧"


Say = Callable[[re.Match[str], Told], str | None]  # what stands in the place of a sentence; None where it stays


def pattern(text: str) -> re.Pattern[str]:
    """A pattern in which @a stands for the mark of a formula."""
    return re.compile(NUMBERED.sub(r"⟦(?P<\1>\\d+)⟧", text), re.DOTALL)


def taken_apart(line: str, before: tuple[str, ...], truth: Truth) -> Told | None:
    r"""The words of a line with marks for its formulas; None where it has no words.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> taken_apart("The mean of $X$ is $a$.", (), truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))).words
    'The mean of ⟦0⟧ is ⟦1⟧.'
    """
    found = worded(line)
    if len(found) > LONGEST or "⟦" in found:
        return None
    if WORDS_ALONE.fullmatch(found):
        return Told(found, [], before, truth)
    if not TEXT.search(found):
        return None
    words, formulas = "", list[str]()
    for formula, behind in pieces_of(found):
        listed = [one for one in WIDE.split(formula) if one.strip()]
        words += ", ".join(f"⟦{len(formulas) + i}⟧" for i in range(len(listed))) + behind
        formulas += listed
    return Told(words, formulas, before, truth)


def put_together(told: Told) -> str:
    """The line of words with marks."""
    ends = [*TOKEN.finditer(told.words)]
    places = [0, *(m.end() for m in ends)]
    stops = [*(m.start() for m in ends), len(told.words)]
    formulas = ["", *(told.formulas[int(m[1])] for m in ends)]
    return joined([(f, told.words[a:b]) for f, a, b in zip(formulas, places, stops, strict=True)])


def written_out(told: Told, sentences: Iterable[tuple[re.Pattern[str], Say]]) -> None:
    """The sentences that are known are written out."""
    whole = told.words
    for known, say in sentences:
        at = 0
        for _ in range(MOST):
            match = known.search(told.words, at)
            if match is None:
                break
            said = say(match, told)
            at = match.end() if said is None else match.start() + len(said)
            told.words = told.words if said is None else told.words[: match.start()] + said + told.words[match.end() :]
    told.changed = told.words != whole


def balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("{}", "()", "[]"))
