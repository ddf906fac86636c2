r"""Sentences that give the value of a part of what stands before: "the integral over y is …", "the first factor is a and the second is b"."""

from __future__ import annotations

import re

from derive.grade.writing.mentions import RELATION
from derive.grade.writing.segments import Part

OTHERS = (
    r"(?:means?|variances?|densit(?:y|ies)|probabilit(?:y|ies)|chance|median|mode|moments?|distributions?|constants?|answers?|results?|derivatives?"
    r"|exponents?|limits?|numerators?|denominators?|expectations?|entropy|half|twice|third|quarter|logarithm|log|sides|value|not|never|if|so|hence|thus"
    r"|is|are|which|equals?|gives?|times|plus|minus|square|squared|reciprocal|inverse|coefficients?)"
)
STUFF = (  # words between "integral" and "is", with what is integrated over
    r"(?:\s+is\s+(?:elementary|easy|known|the\s+(?:standard\s+)?(?:gaussian|gamma|beta)\s+(?:one|integral))(?=,?\s+and\b)"
    r"|\s+(?:does|do)\s+not\s+depend\s+on(?:\s+⟦[^⟦⟧]*⟧)?|\s+(?:over|for|in|of|to|from|on|every|each|given|fixed|out|both|all)\s+⟦[^⟦⟧]*⟧"
    rf"|\s+(?!{OTHERS}\b)[A-Za-z'’-]+|\s*[,:])*?"
)
VERB = (
    r"\s+(?:is|are|equals?|becomes?|gives?|yields?|leaves?|contributes?|evaluates\s+to|amounts\s+to|comes\s+to|and\s+(?:got|get|found))"
    r"(?:\s+(?:therefore|then|thus|just|simply|again|also|now|easily|elementary\s+and\s+equals|found\s+to\s+be|equal\s+to|always|hence))*"
    r"(?:\s+(?:an?|another|the|one)\s+(?:common\s+|further\s+)?factor(?:\s+of)?)?\s*$"
)
NOUN = r"(?:integrals?|integrations?|sums?|summations?|series|factors?|pieces?|terms?)"
A_PART = re.compile(rf"\b(?:(?P<each>each|both|all|every)\b{STUFF}\s+)?(?P<noun>{NOUN})\b(?P<between>{STUFF}){VERB}", re.IGNORECASE)
QUALIFIED = re.compile(
    r"\b(?:inner|outer|remaining|resulting|last|first|second|third|latter|other|right|left|computed|evaluated|each|both|every|factors?|pieces?)\b"
    r"|\b(?:over|out)\s", re.IGNORECASE
)  # fmt: skip
SUMMED_OUT = re.compile(
    rf"\b(?:summ|integrat)(?:e|ing)\s+(?:out|over)(?:\s+⟦[^⟦⟧]*⟧)?(?:\s+(?:first|only|alone))?,?(?:{VERB}|\s+(?:we|one)\s+(?:gets?|obtains?|finds?|is\s+left\s+with|has|have)\s*$)",
    re.IGNORECASE
)  # fmt: skip
WEIGHT_OF = re.compile(rf"\bweight\s+of\s+⟦[^⟦⟧]*⟧{VERB}", re.IGNORECASE)
ELLIPTIC = re.compile(rf"\b(?:first|second|third|latter|other)(?:\s+one)?{VERB}", re.IGNORECASE)  # behind "the first factor is a and the second is"
EXPONENT = re.compile(
    r"(?:\bwith\s+exponent|\bthe\s+exponent\s+(?:is|equals|becomes|reads)(?:,?\s+(?:(?:as\s+a\s+function\s+of|in)\s+⟦[^⟦⟧]*⟧|therefore|then|thus|now|up\s+to\s+(?:an?\s+)?constants?)\s*,?)*)\s*$",
    re.IGNORECASE
)  # fmt: skip
UP_TO_A_CONSTANT = re.compile(
    r"\bup\s+to\s+(?:an?\s+)?(?:additive\s+)?constants?\b|\bplus\s+(?:an?\s+)?(?:constants?|terms?\s+that)\b", re.IGNORECASE
)  # fmt: skip
OF_NAME = re.compile(r"\bfunction\s+of\s+⟦([^⟦⟧]*)⟧")
NEAR = 30  # characters in front of "integral" in which "inner" stands
PLACED = re.compile(r"\b(?:first|second|third|fourth|last)\s+(?:integral|integrand|sum|series|bracket|term|part|piece|factor|one)\b", re.IGNORECASE)
LATTER = re.compile(rf"\bthe\s+latter{VERB}", re.IGNORECASE)


def tells_factor(part: Part) -> bool:
    """Whether a sentence says which factor a sum over a variable gives."""
    over = A_PART.search(part.sentence) is not None and re.search(r"\bover\s", part.sentence) is not None
    return over or SUMMED_OUT.search(part.sentence) is not None


def tells_part(part: Part) -> bool:
    """Whether a sentence gives a formula as the value of a part of what stands before, and says of which.

    >>> [tells_part(Part("a", sentence=s)) for s in ("The integral over ⟦y⟧ is", "the mean of the sum is", "The remaining integral equals")]
    [True, False, True]
    """
    if RELATION.search(part.formula):
        return False
    said = part.sentence
    if EXPONENT.search(said):
        return True
    if WEIGHT_OF.search(said) or SUMMED_OUT.search(said) or LATTER.search(said):
        return True
    if ELLIPTIC.search(said) and re.search(rf"\b{NOUN}\b", said):
        return True
    found = A_PART.search(said)
    return found is not None and QUALIFIED.search(said[max(0, found.start() - NEAR) :]) is not None
