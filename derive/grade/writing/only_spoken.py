r"""Formulas that a phrase only speaks of, as in "Adding the series of e^a and of e^{-a}, …" and "shifting x by m": they are the value of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from derive.grade.writing.mentions import RELATION
from derive.grade.writing.segments import Part

SENTENCE = re.compile(r"[.;:!?](?=\s|$)")
WHOLE_SENTENCE = re.compile(r"[.;!?](?=\s|$)")
TURN = re.compile(r",?\s*\b(?:so|hence|thus|therefore|then|which|we|it|this|because|since|as)\b", re.IGNORECASE)  # where another clause begins
ACT = re.compile(  # what is done: a gerund, or a verb that tells to do it
    r"\W*(?:(?:now|next|first|again|finally|then|by|on|after|when|upon)\W+)*"
    r"(?:(?!giv|gett|yield|obtain|leav|mak|hav|be(?:ing|com)|equal|result|find|evaluat|contribut|ignor|neglect|approximat|assum|correct|miss|forget"
    r"|dropp|doubl|halv|tak|round|estimat|exceed|suppos)[a-z]{2,}ing"
    r"|compare|multiply|divide|sum|integrate|differentiate|expand|replace|shift|split|condition|substitute|exchange|swap|apply|look|fix|add"
    r"|subtract|collect|group|insert|plug|introduce|count|complete|factor|change|rename|pull|choose|pick|draw|place|toss|throw|roll)\b", re.IGNORECASE
)  # fmt: skip
VALUED = re.compile(  # words by which a formula is said to be the value of something
    r"\b(?:is|are|was|be|been|equals?|giv(?:es?|en|ing)|yield\w*|becom\w+|gets?|obtain\w*|find|found|ha(?:ve|s)|contribut\w*|leav\w+|amounts?|evaluates?|reduces?"
    r"|simplif\w+|comes?|sums?\s+to|adds?\s+up|integrates?\s+to|being|reads?|tends?|converges?\s+to|goes|totals?|values?|results?|answers?|constants?|means?"
    r"|averages?|variances?|weights?|probabilit\w+|chances?|areas?|mass|mode|median|moments?|entropy|energy|limits?|number|size|deviation|with)\b|=",
    re.IGNORECASE
)  # fmt: skip
PREPOSITION = re.compile(  # "the coefficient of t^r", "the sum over all s"
    r"\b(?:coefficients?|series|expansions?|powers|multiples|terms|sums?|integrals?|sides|spins?|bits?|units?|sites?|copies)\s+(?:of|over)"
    r"\s*(?:both|all|each|every|the|a|an|its)?\s*$", re.IGNORECASE
)  # fmt: skip
NOUN = re.compile(  # "the factor 1/y cancels"
    r"\b(?:the|each|every|this|both|all|an?)\s+(?:\w+\s+){0,2}(?:terms?|coefficients?|variables?|spins?|bits?|units?|sites?|bonds?|ind(?:ex|ices)|arguments?"
    r"|expressions?|configurations?|states?|choices?|pairs?|values)\s*$", re.IGNORECASE
)  # fmt: skip
COUNTED = re.compile(  # "there are 3 that differ"
    r"\b(?:there\s+(?:are|is)|(?:each|all|any|one)\s+of\s+(?:the|these)|has|have|in)\s*$", re.IGNORECASE
)  # fmt: skip
IN = re.compile(r"\b(?:series|functions?|polynomials?|powers?|expansions?|linear|quadratic)\s+in\s*$", re.IGNORECASE)
OBJECT = re.compile(  # of what is done: no other verb
    r"(?:\s+(?:⟦⟧|(?:the|an?|of|and|by|with|over|both|all|each|its|this|these|series|sums?|integrals?|terms?|sides?|equations?|functions?|factors?"
    r"|coefficients?|powers?|expansions?|products?|numerator|denominator|kernels?|variables?|spins?|bits?|units?|sites?|people|first|second|last|inner|outer"
    r"|remaining|resulting|geometric|exponential|binomial|power|end|out)\b))*\s*", re.IGNORECASE
)  # fmt: skip
SIMPLE = r"(?:[-+]?\s*\d+|[-+]|\\?[A-Za-z]+(?:_\{?\w+\}?)?(?:\s*[-+]\s*\d+)?)"
PLACE = re.compile(rf"(?:\\left)?\(\s*{SIMPLE}(?:\s*,(?:\\[,;: ])?\s*{SIMPLE})+\s*(?:\\right)?\)[\s.,;]*")
OF_PLACES = re.compile(r"\b(?:configurations?|states?|pairs?|triples?|choices?\s+of)\W*$", re.IGNORECASE)  # (0, 2) by itself may be a range
SIGNS = re.compile(r"\\pm\s*1[\s.,;]*")
SERIES = re.compile(r"(?=.*\\[lc]?dots)[^=<>]+,[^=<>]+,[^=<>]+")  # 2N - 1, 2N - 3, …, 1
OF_VALUES = re.compile(r"\b(?:weights?|values?|numbers?|terms?)(?:\s+(?:is|are))?\s*$", re.IGNORECASE)
ON = re.compile(r"\b(?:on|in|over|for|from|to|when|where|if|within|inside|interval|range|support)\s*$", re.IGNORECASE)
FACTOR = re.compile(  # "picks up a factor of 2", and not "up to a factor of 2"
    r"^(?!.*\b(?:up\s+to|off|except|apart|miss\w*|lost|forg[eo]t\w*|wrong|extra|without|but)\b)"
    r".*\b(?:contribut\w+|picks?|giv\w+|yields?|brings?|carr\w+|leav\w+|adds?|gets?)\b.*\bfactors?(?:\s+of)?\s*$", re.IGNORECASE | re.DOTALL
)  # fmt: skip
THINGS = re.compile(  # "k men and n - k women": a number of things
    r"\s*(?:people|men|women|children|balls|coins|dice|tosses|trials|success(?:es)?|failures?|heads|tails|spins?|bits?|units?|sites?|particles?|states?"
    r"|configurations?|choices|ways|copies|letters|points|objects|items|cards|colou?rs|events|arrivals|draws|pairs|triples|subsets|elements|bonds|rods|levels"
    r"|samples|observations|odd\s+numbers|even\s+numbers|factors)\b", re.IGNORECASE
)  # fmt: skip
MARK = " ⟦⟧ "
LONGEST = 300  # characters of a sentence in front of a formula
SHORT = 12  # characters of a number of things


def listed(part: Part) -> bool:
    """Whether a formula is a list of which words speak, as the configuration (1, 0), the values ±1 and the weights 1, 3, …, 2N - 1."""
    if PLACE.fullmatch(part.formula):
        told = part.words.strip() and not ON.search(part.words)
        return part.formula.count(",") > 1 and bool(told) or OF_PLACES.search(part.words) is not None
    return OF_VALUES.search(part.words) is not None and bool(SIGNS.fullmatch(part.formula) or SERIES.fullmatch(part.formula))


def with_spoken(parts: Sequence[Part], concluding: re.Pattern[str] = re.compile(r"(?!)")) -> Iterator[Part]:
    r"""The formulas of a line, where those that words only speak of are marked; they are kept as values only where they are right as such.

    >>> from derive.grade.writing.segments import parts
    >>> lines = (r"\text{Adding the series of }e^a\text{ and of }e^{-a}\text{, we get }b", r"\text{shifting }x\text{ by }m\text{ changes nothing}")
    >>> [[p.formula for p in with_spoken(parts(line)) if p.spoken] for line in lines]
    [['e^a', 'e^{-a}'], ['x', 'm']]

    After words that are `concluding` a formula is what was asked for.
    """
    said = shown = ""
    for part, after in zip_longest(parts, parts[1:]):
        said, shown = f"{said} {part.words}", f"{shown} {part.words}"
        clause = TURN.split(SENTENCE.split(said)[-1])[-1]
        bare = not RELATION.search(part.formula) and re.search(r"[A-Za-z]", part.words) is not None
        behind = part.behind or (after.words if after is not None else "")
        goes_on = re.match(r"\s*[A-Za-z]", behind) is not None
        valued = VALUED.search(clause) is not None
        counted = COUNTED.search(clause) is not None and part.formula.isdigit() and goes_on
        counted = counted or COUNTED.search(clause) is not None and re.match(r"\s*terms\b", behind) is not None  # held with the sums near it
        number = not valued and len(part.formula) < SHORT and THINGS.match(behind) is not None
        act = ACT.match(clause)
        taken = re.sub(r"(?i)(subtract\w*\s+⟦⟧)\s+from\b", r"\1", clause)
        done = act is not None and OBJECT.fullmatch(taken, act.end()) is not None
        beside = IN.search(clause) or FACTOR.search(clause) or not valued and (done or PREPOSITION.search(clause))
        noun = goes_on and not valued and NOUN.search(clause) is not None and concluding.fullmatch(part.words) is None
        attached = re.search(r"[A-Za-z]\s*$", part.words) is not None  # "after some algebra, ⟦…⟧" is what comes of it
        phrase = number or attached and (counted or noun or bool(beside))
        yield replace(part, spoken=bare and phrase or listed(part), sentence=WHOLE_SENTENCE.split(shown)[-1].strip()[-LONGEST:])
        said += MARK
        shown += f" ⟦{part.formula}⟧ " if len(part.formula) < SHORT else MARK
