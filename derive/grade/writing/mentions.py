r"""What words make of an expression that stands by itself: the variance of what they speak of, the value of an integral before it, a mention."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sympy import Basic, Expr

from derive.grade.writing.segments import Part
from derive.language.totals import Total
from derive.read.latex_heads import EvalBar

RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|neq?|in|propto|sim|approx|to|mapsto)(?![A-Za-z])")
ATOMIC = re.compile(r"[-+]?\s*\d*\s*(?:\\[A-Za-z]+|[A-Za-z])?(?:_\{?\w+\}?)?(?:\s*\^\s*(?:\w|\{\w+\}))?\s*")
MOMENT = re.compile(r"\b(?:mean|variance|standard deviation)\s*$", re.IGNORECASE)
SAYING = re.compile(r"\b(?:is|are|equals?|gives?|yields?|becomes?|contributes?|evaluates?\s+to|amounts?\s+to)\W*$", re.IGNORECASE)
PROPERTY = re.compile(  # "with rate β", "base 2 and height 1"
    r"\b(?:rate|scale|shape|location|precision|deviation|base|height|width|length|radius|area|degree|order|power|exponent|argument|parameters?"
    r"|period|frequency|temperature|index|slope|factor|coefficient|dimension|success probability|degrees of freedom"
    r"|(?:symmetric(?:al)?|symmetry|even|odd)\s+(?:about|around))\s*$", re.IGNORECASE
)  # fmt: skip
REPLACED = re.compile(  # x by −x
    r"\b(?:replac|swap|chang|flip|send|map|renam|relabel|divid|multipl)\w*\b[^.;]*\b(?:by|with|to|into|as)\s*$", re.IGNORECASE
)
SPOKEN = re.compile(  # "pulling out β", "α + 1 in place of α", "the limits 0, ∞ are interchanged"
    r"\b(?:(?:pull|tak|factor|bring|cancel|mov|collect)\w*\s+(?:out|together|away)?|in\s+place\s+of|instead\s+of|(?:part|formula|result|step)\s+(?:with|for)"
    r"|cancel\w*\s+(?:against|with)|maps|onto|into|(?:split|cut|break)(?:ting|ing)?(?:\s+(?:it|this|(?:the\s+)?(?:integral|range|line)))?\s+at|(?:limits?|ends?|endpoints?|bounds?|intervals?|range)(?:\s+of\s+integration)?)"
    r"\s*(?:the\s+)?(?:factors?|terms?|constants?)?\s*$", re.IGNORECASE
)  # fmt: skip
OF_ANOTHER = re.compile(  # a mean beside these words may be that of another distribution
    r"\b(?:normal|gaussian|gamma|beta|exponential|poisson|binomial|cauchy|student|laplace|chi|density|integral|kernel|variable|distribution|log\w*)\b",
    re.IGNORECASE,
)
NEEDED = re.compile(r"\b(?:need|needs|require|requires|want|compute|calculate)(?:\s+(?:also|first|now|only|just|the))*\s*$", re.IGNORECASE)
OF_MEANS = re.compile(
    r"\s*(?:\\left\()?\s*(?:\\(?:mathbb|mathrm|operatorname|mathsf)\s*\{?\s*(?:E|Var|MeanOf)|\\langle|E\s*(?:\[|\(|[XYZKN])|Var)[^=]*"
)
ADDED = re.compile(r"\b(?:add|adds|adding|subtract|subtracting|to\s+the\s+(?:usual|familiar|old))\s*$", re.IGNORECASE)  # "I add c to the usual 1/λ"
SHORT = 16  # characters of a term that is only spoken of
DONE = re.compile(r"\b(?P<what>divid|multipl)\w*\b(?P<between>[^.;]*)\b(?:by|with)\s*$", re.IGNORECASE)
BOTH = re.compile(  # which leaves the value as it is, or is done inside of it
    r"\b(?:numerator|denominator|top|bottom|divid\w*\s+and|multipl\w*\s+and|and\s+divid|and\s+multipl|fraction|integrand|exponent)", re.IGNORECASE
)
INTEGRAND = re.compile(r"\bintegrand\b[^.;]*\b(?:is|becomes|equals)\s*(?:just|simply|then|now)?\s*$", re.IGNORECASE)
INNER = re.compile(
    r"\b(?:integrand\s+(?:is|being)\s+odd|integral|integration|sum|series|bracket|(?:boundary|surface)\s+terms?|antiderivative|part|piece|half)s?\b[^.;]*"
    r"\b(?:gives?|is|are|equals?|yields?|contributes?|evaluates?\s+to|becomes?|sums?\s+to)\s*(?:just|simply|a|the)?"
    r"\s*(?:(?<=\s)[^.;=⟦]*,\s*(?:i\.\s?e\.|that\s+is|namely),?)?\s*$", re.IGNORECASE
)  # fmt: skip
CONSTANT = re.compile(
    r"\b(?:normali[sz](?:ing|ation)\s+(?:constant|factor|coefficient)\b[^.;]*|constant\s+(?:(?:in|up)\s+front\s+)?)"
    r"\b(?:is|equals|becomes|=|must\s+be|(?:has|needs|ought)\s+to\s+be|should\s+be)\s*(?:then|thus|therefore|just|simply)?\s*$", re.IGNORECASE
)  # fmt: skip
MADE_OF = re.compile(  # the end of "the mean of this (marginal)", before "density is": its value is not said
    r"\b(?P<what>(?!(?:form|formula|expression|value|version|equation|definition|sake|use)\b)[a-z]+)"
    r"\s+(?:of|under|beneath|to)\s+(?:the|this|that|our|its|a)\s+(?:\w+\s+)?$", re.IGNORECASE
)  # fmt: skip
VERB = r"(?:is|are|equals?|becomes?|gets?|gives?|contributes?|yields?|obtain|find|=)"
GIVES_VALUE = re.compile(rf"\b{VERB}\s*(?:then|thus|just|simply|exactly)?\W*$", re.IGNORECASE)
OTHER_VALUE = re.compile(  # of what the formula, were it Z too, would be said to be the value; of where the mass lies
    rf"\b(?:density|p\.?d\.?f\.?|kernel|derivative|slope|height|hazard|tail|exponent|log|logarithm|square(?!\s+root)|reciprocal|inverse|half|twice)\b"
    rf"[^.;,:]*\b{VERB}\W*$|\b(?:mass|probability|weight|density|distribution)\b[^.;,:]*\b(?:above|below|beyond|near|around|within)\W*$",
    re.IGNORECASE
)  # fmt: skip
HOW = re.compile(  # how something depends on a parameter
    r"\b(?:depend\w*|independent|grow\w*|increas\w*|decreas\w*|proportional|linear\w*|quadratic\w*|contain\w*|dimensionless)\b[^.;,:]*$",
    re.IGNORECASE
)  # fmt: skip
LIKENED = re.compile(
    r"(?<!\bby )\b(?:compar\w+|match\w*|identif\w+)\s+(?:(?:it|this|that)\s+)?(?:with|to|against)(?:\s+the)?"
    r"(?:\s+(?:standard|usual|general)?\s*(?:form|exponent|kernel))?\s*$", re.IGNORECASE
)
GENERAL = re.compile(
    r"\bw\.?\s*l\.?\s*o\.?\s*g\b|\bwithout\s+(?:any\s+)?loss\b|\b(?:may|can)\s+(?:safely\s+)?(?:take|assume|set|suppose)\b|\benough\s+to\s+(?:consider|take|treat)\b"
    r"|\bsuffices\b|\bfor\s+simplicity\b|\bunits\b", re.IGNORECASE
)  # fmt: skip


PART_OF_RANGE = re.compile(
    r"\b(?:integrat(?:e|ing|ion)|integrals?|areas?|contributions?|sum(?:ming)?|consider\w*|look\w*|work\w*|restrict\w*|attention|treat\w*|do|doing)\b[^.;,:]*"
    r"\b(?:over|on|to|for|with|at|where|when|only)\s*(?:the\s+(?:range|region|half[- ]line|part|case|side))?\s*$", re.IGNORECASE
)  # fmt: skip
BOUND = re.compile(r"\s*(?P<name>[a-z]|\\[a-z]+)\s*(?:[<>]|\\(?:leq?|geq?|lt|gt)(?![A-Za-z]))\s*-?(?:\d+|\\?[a-z]+)\s*")
VALUED = re.compile(r"\b(?:is|are|equals?|gives?|yields?|becomes?|contributes?|get|obtain)\b", re.IGNORECASE)


def only_mentioned(part: Part) -> bool:
    r"""Whether a formula without a relation in it is only spoken of: in brackets of words, as 2π in 2π-periodic, as the rate of something."""
    if RELATION.search(part.formula):
        return False
    if NEEDED.search(part.words) and OF_MEANS.match(part.formula) or ADDED.search(part.words) and len(part.formula) < SHORT:
        return True
    if part.behind.lstrip().startswith("-") or part.words.endswith("definition of") or REPLACED.search(part.words) or SPOKEN.search(part.words):
        return True
    small = ATOMIC.fullmatch(part.formula) is not None or MOMENT.search(part.words) is not None
    return bool(PROPERTY.search(part.words)) or part.aside and small and not SAYING.search(part.words)


def over_a_part(part: Part, variables: Collection[str] | None = None) -> bool:
    """Whether words say over which part of the range something is done: "it is enough to integrate over x > 0"."""
    match = BOUND.fullmatch(part.formula)
    own = match is not None and (variables is None or match["name"].lstrip("\\") in variables)
    return own and PART_OF_RANGE.search(part.words) is not None


def says_its_value(part: Part) -> bool:
    """Whether the words behind a formula give what it speaks of a value without a name, as in "integrating over x > 0 gives 1"."""
    return VALUED.search(part.behind) is not None


def operation_of(words: str) -> str:
    """ "divide" or "multiply" where the last words before a formula say that something is done by it; "" where they do not.

    >>> operation_of("Dividing both sides by"), operation_of("multiplying numerator and denominator by"), operation_of("replacing x by")
    ('divide', '', '')
    """
    match = DONE.search(words)
    if match is None or BOTH.search(words):
        return ""
    return "divide" if match["what"].lower().startswith("div") else "multiply"


def speaks_of_integrand(part: Part) -> bool:
    """Whether words say that a formula is the integrand, with its differential."""
    return bool(INTEGRAND.search(part.words)) and not RELATION.search(part.formula)


def names_constant(words: str) -> bool:
    """Whether words say that what follows is the normalizing constant, and not its square or its logarithm.

    >>> [names_constant(w) for w in ("so the normalizing constant is", "the square of the normalizing constant is")]
    [True, False]
    """
    match = CONSTANT.search(words)
    return match is not None and not MADE_OF.search(words[: match.start()])


def gives_value(words: str) -> bool:
    """Whether words before a name say that it is the value of something, and do not only speak of it.

    >>> [gives_value(w) for w in ("the total mass is", "differentiate with respect to")]
    [True, False]
    """
    return bool(GIVES_VALUE.search(words))


def says_of_another(words: str) -> bool:
    """Whether words give a value to something else than what the lines compute, or say where the mass lies.

    >>> [says_of_another(w) for w in ("the density at the origin is", "most of the mass is above", "so the integral is")]
    [True, True, False]
    """
    return bool(OTHER_VALUE.search(words))


def says_how(words: str) -> bool:
    """Whether words before a parameter say how something depends on it."""
    return bool(HOW.search(words))


def speaks_of_inner(part: Part) -> bool:
    """Whether words say that a formula is the value of an integral or a sum in what stands before."""
    return bool(INNER.search(part.words)) and not RELATION.search(part.formula)


def inner_values(last: Basic) -> Iterator[Expr]:
    """The integrals, sums and brackets in what stands before, the whole one first."""
    yield from sorted(last.atoms(Total, EvalBar), key=lambda e: -e.count_ops())
