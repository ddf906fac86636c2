r"""Formulas that a phrase only speaks of, as in "Adding the series of e^a and of e^{-a}, …" and "shifting x by m": they are the value of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from derive.grade.writing.mentions import RELATION
from derive.grade.writing.segments import Part

SENTENCE = re.compile(r"[.;:!?](?=\s|$)")
TURN = re.compile(r",?\s*\b(?:so|hence|thus|therefore|then|which|we|it|this|because|since|as)\b", re.IGNORECASE)  # where another clause begins
ACT = re.compile(  # what is done: a gerund, or a verb that tells to do it
    r"\W*(?:(?:now|next|first|again|finally|then|by|on|after|when|upon)\W+)*"
    r"(?:(?!giv|gett|yield|obtain|leav|mak|hav|be(?:ing|com)|equal|result|find|evaluat|contribut)[a-z]{2,}ing"
    r"|compare|multiply|divide|sum|integrate|differentiate|expand|replace|shift|split|condition|substitute|exchange|swap|apply|look|fix|add"
    r"|subtract|collect|group|insert|plug|introduce|count|complete|factor|change|rename|pull|choose|pick|draw|place|toss|throw|roll)\b", re.IGNORECASE
)  # fmt: skip
VALUED = re.compile(  # words by which a formula is said to be the value of something
    r"\b(?:is|are|was|be|been|equals?|giv(?:es?|en|ing)|yield\w*|becom\w+|gets?|obtain\w*|find|found|ha(?:ve|s)|contribut\w*|leav\w+|amounts?|evaluates?|reduces?"
    r"|simplif\w+|comes?|sums?\s+to|adds?\s+up|integrates?\s+to|being|reads?|tends?|converges?\s+to|goes|totals?|values?|results?|answers?|constants?|means?"
    r"|averages?|variances?|weights?|probabilit\w+|chances?|areas?|mass|mode|median|moments?|entropy|energy|limits?|number|size|deviation|with)\b|=",
    re.IGNORECASE
)  # fmt: skip
PREPOSITION = re.compile(
    r"\b(?:of|by|over|from|between|under|through|without|beside|into)\s*(?:both|all|each|every|the|a|an|its)?\s*$", re.IGNORECASE
)  # fmt: skip
SIMPLE = r"(?:[-+]?\s*\d+|[-+]|\\?[A-Za-z]+(?:_\{?\w+\}?)?(?:\s*[-+]\s*\d+)?|\\[lc]?dots)"
LIST = re.compile(rf"(?:\\pm\s*1|(?:\\left)?(?:\(|\\\{{)\s*{SIMPLE}(?:\s*,(?:\\[,;: ])?\s*{SIMPLE})+\s*(?:\\right)?(?:\)|\\\}}))[\s.,;]*")
COUNTED = re.compile(  # "there are 3 that differ"
    r"\b(?:there\s+(?:are|is)|(?:each|all|any|one)\s+of\s+(?:the|these)|has|have|in)\s*$", re.IGNORECASE
)  # fmt: skip
IN = re.compile(r"\b(?:series|sums?|functions?|polynomials?|powers?|terms?|factors?|expansions?|linear|quadratic)\s+in\s*$", re.IGNORECASE)
FACTOR = re.compile(r"\bfactors?(?:\s+of)?\s*$", re.IGNORECASE)  # "picks up a factor of 2"
THINGS = re.compile(  # "k men and n - k women": a number of things
    r"\s*(?!(?:and|or|but|so|which|that|this|it|we|is|are|was|has|have|gives?|for|with|where|when|while|by|because|since|as|if|then|hence|thus|therefore"
    r"|in|on|at|of|to|from|over|under|into|only|again|also|now|here|there|not"
    r"|times|plus|minus|divided|squared|exactly|up|a|an|the)\b)[A-Za-z]{3,}", re.IGNORECASE
)  # fmt: skip
SERIES = re.compile(r"(?=.*\\[lc]?dots)[^=<>]+,[^=<>]+,[^=<>]+")  # 2N - 1, 2N - 3, …, 1
MARK = " ⟦⟧ "


SHORT = 12  # characters of a number of things


def listed(formula: str) -> bool:
    """Whether a formula is a list, as (1, 0), ±1 and 1, 3, …, 2N - 1, and no value."""
    return LIST.fullmatch(formula) is not None or SERIES.fullmatch(formula) is not None and r"\sum" not in formula


def with_spoken(parts: Sequence[Part]) -> Iterator[Part]:
    r"""The formulas of a line, where those that words only speak of are marked; they are kept as values only where they are right as such.

    >>> from derive.grade.writing.segments import parts
    >>> lines = (r"\text{Adding the series of }e^a\text{ and of }e^{-a}\text{, we get }b", r"\text{shifting }x\text{ by }m\text{ changes nothing}")
    >>> [[p.formula for p in with_spoken(parts(line)) if p.spoken] for line in lines]
    [['e^a', 'e^{-a}'], ['x', 'm']]
    """
    said = ""
    for part, after in zip_longest(parts, parts[1:]):
        said = f"{said} {part.words}"
        clause = TURN.split(SENTENCE.split(said)[-1])[-1]
        bare = not RELATION.search(part.formula) and re.search(r"[A-Za-z]", part.words) is not None
        behind = part.behind or (after.words if after is not None else "")
        valued = VALUED.search(clause) is not None
        counted = COUNTED.search(clause) is not None and part.formula.isdigit() and re.match(r"\s*[A-Za-z]", behind) is not None
        number = not valued and len(part.formula) < SHORT and THINGS.match(behind) is not None
        beside = IN.search(clause) or FACTOR.search(clause) or not valued and (ACT.match(clause) or PREPOSITION.search(clause))
        phrase = counted or number or bool(beside)
        yield replace(part, spoken=bare and phrase or bool(part.words.strip()) and listed(part.formula))
        said += MARK
