r"""Clauses that say something of a density or an integral in words alone: "which is Gaussian", "with mean a", "so X is bounded", "…, not a density".

What such a clause says has to be understood: words that are not known here leave the line open, as a formula does that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.grade.chance.spoken import LONG
from derive.grade.writing.assertions import FORMULA, LAW, OPEN, Assertion, assertions, wording

THING = (
    r"(?:densit(?:y|ies)|distribution|law|variable|pdf|pmf|mass\s+function|integral|integrand|sum|series|constant|result|kernel|total|mass|support"
    r"|answer|value|mean|variance|median|mode|likelihood|posterior|moments?|tail|hazard(?:\s+rate)?)"
)
SUBJECT = rf"(?:which|it|this|[XYKNSTU]|Z|and|but|(?:the|this|our|its)\s+(?:\w+\s+)?{THING}|(?<=⟧)[\s,]*)"
ADVERB = r"(?:also|then|thus|therefore|hence|just|exactly|simply|precisely|again|now|indeed|clearly|obviously|in\s+fact)"
VERB = (
    r"(?:is|are|was|has|have|equals?|follows|does|do|cannot|tends?|decays?|grows?|becomes|integrates|sums|exists?"
    r"|behaves|belongs|takes|lies|vanishes)"
)
REST = r"(?P<rest>[^.;:,()⟦⟧]*)(?P<end>[.;:,()⟦]|$)"
CLAUSE = re.compile(rf"(?<![A-Za-z]){SUBJECT}\s*(?:{ADVERB}\s+)?\b{VERB}\b{REST}", re.IGNORECASE)
HAVING = re.compile(
    r"\b(?:with|having|whose)\s+(?:\w+\s+)?(?:mean|variance|median|mode|support|probability|entropy|hazard|moments?|tails?|skewness|kurtosis"
    rf"|distribution|density)\b{REST}", re.IGNORECASE
)  # fmt: skip
BEHIND = re.compile(
    r"⟧[\s,]*(?P<rest>(?:not|or|plus|minus|times|divided|squared|cubed|doubled|halved|up\s+to|approximately|roughly|nearly|almost|asymptotically|independent\s+of"
    r""
    r"|modulo|to\s+(?:leading|lowest|first|zeroth|second)\s+order"
    r"|at\s+(?:most|least)|as\s+an?\s+(?:approximation|bound|limit)|in\s+the\s+limit|an?)\b[^.;:()⟦⟧]*)(?P<end>[.;:()⟦]|$)", re.IGNORECASE
)  # fmt: skip
MULTIPLE = re.compile(  # "Z is twice ⟦…⟧": the formula alone is not what is said
    r"(?<!taking )(?<!take )\b(?:the\s+)?(?:twice|thrice|double|half|one\s+half|minus"
    r"|(?:reciprocal|negative|square|cube|square\s+root|half|double|triple)\s+of)(?:\s+of)?(?:\s+the\s+(?:integral|sum|value|area))?(?P<rest>)\s*(?P<end>⟦)",
    re.IGNORECASE
)  # fmt: skip
SUPPOSED = re.compile(r"\b(?:if|let|suppose|assum\w*|unless|whether|when|recall|compare)\b(?:(?!\bthen\b)[^.;,])*$", re.IGNORECASE)
PHRASES = re.compile(  # what may be said of anything
    rf"normali[sz](?:ing|ation)\s+(?:constant|factor)|(?:integrates?|sums?|adds?\s+up)?\s*\bto\s+(?:one|unity|1)\b|partition\s+function"
    rf"|(?:gamma|beta|normal|gaussian|{LONG})\s+(?:integrals?|functions?|series|kernels?|sums?|form|coefficients?|theorem)|mass\s+functions?"
    r"|zeta\s+function"
    r"|(?:another|a\s+(?:different|second|new|dummy))\s+(?:name|letter|copy|variable)(?:\s+(?:for|of)\s+(?:the\s+)?(?:same\s+)?(?:integration\s+)?(?:variable|quantity))?"
    r"|(?:of|for)\s+(?:the\s+)?(?:exponential|logarithm|cosine|sine)\b|by\s+(?:symmetry|definition|parts|construction)"
    r"|as\s+(?:a\s+)?function|standard\s+gaussian\s+one|(?:quotient|ratio|product|sum|difference)\s+of\s+(?:two|three)"
    r"|(?:vandermonde|pascal|newton|cauchy|euler|fubini|tonelli|leibniz|hockey[- ]stick)(?:['’]s)?"
    r"\s+(?:\w+\s+)?(?:identity|rule|theorem|formula|convolution)"
    r"|not\s+change\s+the\s+(?:value\s+of\s+the\s+)?(?:integral|sum|series|total|value|result)(?:\s+over\s+the\s+(?:whole\s+)?line)?"
    r"|not\s+matter|what\s+(?:we|was)\s+\w+(?:\s+to\s+\w+)*"
    r"|from\s+(?:the\s+)?[A-Za-z']+(?:\s+(?:theorem|formula|lemma|identity|rule|law|integral|function|series))?", re.IGNORECASE
)  # fmt: skip
SAYS_MORE = re.compile(  # which is periodic in ⟦κ⟧, which is half of ⟦…⟧, and not: which is the value of ⟦…⟧
    r"\b(?:periodic|linear|quadratic|cubic|polynomial|constant|continuous|discontinuous|analytic|homogeneous|bounded|even|odd|proportional)\s+(?:in|to|on)\s*$"
    r"|\b(?:half|twice|thrice|double|triple|a\s+(?:third|quarter|fifth)|(?:two|three|four|five|six|\d+)\s+times)(?:\s+(?:of|the))*\s*$"
    r"|\b(?:smaller|larger|bigger|greater|less|more|higher|lower)\s+than\s*$|\bin\s+the\s+limit(?:\s+(?:of|as|when|where))?\s*$", re.IGNORECASE
)  # fmt: skip
A_LAW = re.compile(
    rf"\s*(?:an?|the)?\s*(?P<law>{LONG}|normal|gamma|beta)(?:ly)?(?:[\s-]+(?:distributed|distribution|law|density|random|variable|one))*\s*",
    re.IGNORECASE
)
HARMLESS = frozenset((
    "a an the of to in at on by for over and or as from with we have has be been that this it its is are get again also now then thus so hence "
    "here there therefore just simply exactly precisely indeed already only known given shown claimed required desired asked wanted needed "
    "expected stated above before below following called definition integral integrals integrand sum sums series function functions kernel "
    "kernels density densities pdf pmf form formula identity result answer proof step normalized normalised proper valid right correct finite "
    "positive nonnegative real defined well well-known standard same one-to-one bijective invertible injective monotone smooth linear clear "
    "obvious easy too elementary immediate routine straightforward done complete geometric binomial power taylor convergent telescoping absolutely "
    "converges conjugate posterior marginal joint conditional inner outer first second third last previous next left other another rest remaining "
    "interchanged exchanged swapped reversed our limits bounds "
    "computed evaluated found obtained substituted recognized recognised derivative antiderivative primitive exponent numerator denominator "
    "product quotient ratio factor term terms even odd square root theorem "
    "take taken root roots differentiating "
    "free fixed empty allowed cancelled canceled absorbed compensated shifted unchanged counted summed separate distinct neighbours neighbors "
    "configurations states spins sites jacobian map mapping convolution sequences sequence without its remaining "
).split())  # fmt: skip
NUMERALS = r"(?:one|two|three|four|half|twice|zero)"


def said(text: str) -> Iterator[Assertion]:
    r"""The properties that the words of a line assert, and what else they say that is not understood.

    >>> lines = (r"f(x)=1\text{, which is Gaussian}", r"f(x)\text{ which is }1", r"f(x)=1\text{, so X is bounded}", r"\text{By symmetry } Z=2")
    >>> [(one.name, one.words) for line in lines for one in said(line)]
    [('law', 'which is Gaussian'), ('open', 'bounded')]
    """
    found = list(assertions(text))
    yield from found
    whole = wording(text)
    yield from (Assertion(OPEN, whole[a:b].strip(" ,("), at=(a, b)) for a, b in depending(whole))
    words = FORMULA.sub(lambda m: f"⟦{'·' * len(m['inside'])}⟧", whole)
    for start, end, rest in clauses(words):
        if any(start < b and a < end for a, b in (one.at for one in found)):
            continue
        law = A_LAW.fullmatch(rest)
        yield Assertion(LAW if law else OPEN, whole[start:end].strip(" ,"), law["law"] if law else "", at=(start, end))


FREE = re.compile(
    r"⟦(?P<formula>[^⟦⟧]*)⟧[\s,(]*(?:(?:which|and|it)\s+)?(?:is\s+)?(?:independent\s+of|(?:does|do)\s+not\s+depend\s+on)"
    r"\s+(?:⟦(?P<name>[^⟦⟧]*)⟧|(?P<letter>[A-Za-z])(?![A-Za-z]))", re.IGNORECASE
)


def depending(whole: str) -> Iterator[tuple[int, int]]:
    """Where words say that a formula does not depend on a name that stands in it."""
    for match in FREE.finditer(whole):
        name, value = (match["name"] or match["letter"]).strip(" )."), match["formula"].split("=")[-1]
        plain = value if name.startswith("\\") else re.sub(r"\\[A-Za-z]+", " ", value)
        if name and re.search(rf"{re.escape(name)}(?![A-Za-z])" if name.startswith("\\") else re.escape(name), plain):
            yield match.end("formula") + 1, match.end()


def clauses(words: str) -> Iterator[tuple[int, int, str]]:
    """Where words say in a clause of their own what is not understood, and what they say."""
    for match in MULTIPLE.finditer(words):
        if re.match(r"⟦[^⟦⟧]{,4}⟧\s*(?:is|equals)\b", words[match.end() - 1 :]):  # "the reciprocal of Z is a"
            continue
        yield match.start(), match.end() - 1, match[0]
    for pattern in (CLAUSE, HAVING, BEHIND):
        for match in pattern.finditer(words):
            before = match["rest"] if match["end"] == "⟦" else ""
            introduces = match["end"] == "⟦" and not SAYS_MORE.search(before) or match["end"] == ":" and not words[match.end() :].strip()
            if introduces or SUPPOSED.search(words[: match.start()]):
                continue
            if pattern is HAVING or not understood(match["rest"]):
                yield match.start(), match.end() - len(match["end"]), match["rest"]


def understood(rest: str) -> bool:
    plain = PHRASES.sub(" ", rest)
    return all(word.lower() in HARMLESS for word in re.findall(r"[A-Za-z]+(?:[-'][A-Za-z]+)*", plain))


BESIDE = frozenset((
    "a an the all every each any real reals integer integers whole natural positive negative nonnegative non-negative non-zero nonzero number "
    "numbers value values of on in over for with where when if and or otherwise else elsewhere hence so thus therefore finally then answer result "
    "final is are denotes denote being function functions euler euler's gamma beta zeta digamma polygamma trigamma riemann riemann's kummer "
    "kummer's tricomi tricomi's bessel bessel's modified first second third kind order error complementary standard normal cdf pdf pmf pgf mgf "
    "density distribution law constant degrees freedom rate scale shape location precision mean variance sd parameter parameters success failure "
    "probability trials binomial theorem by put times half disc i.e e.g i e g s such that provided support set here using upper lower incomplete "
    "regularized regularised generalized hypergeometric confluent polylogarithm lerch hurwitz catalan catalan's stirling harmonic principal "
    "branch log logarithm base let we get have obtain write symmetry parts integration integrating substitution gaussian integral geometric "
    "series definition sum normalizing normalising normalization partition total equals which it this as required desired factor coefficient "
    "coefficients binomials owen owen's marcum marcum's fox meijer wright lambert dawson dawson's struve airy elliptic complete fur für mit wobei "
    "wenn sonst und oder pour avec où si sinon et ou para con donde y valid holds general case strictly both either domain range erlang counting "
    "failures successes before degree index indices noncentral central unit vector squared-distance k-th th inverse "
).split())  # fmt: skip


def strange_words(words: str) -> str:
    """The first word beside a final answer of which it is not known what it says there; a name with a bracket behind it is that of a law.

    >>> strange_words("⟦1/a⟧ for all real ⟦a⟧"), strange_words("⟦1/a⟧, squared"), strange_words("Laplace ⟦(0, 1)⟧")
    ('', 'squared', '')
    """
    plain = re.sub(r"⟦[^⟦⟧]*⟧", " § ", re.sub(r"[A-Za-z-]+\s*(?=⟦\s*(?:\\left)?\()", " ", words))
    plain = re.sub(r"^\s*(?:the\s+)?(?:negative|inverse|opposite)(?:\s+of)?(?:\s+the)?\s*§", " strange ", plain, flags=re.IGNORECASE)
    plain = re.sub(rf"\btimes(?!\s*§)|\b{NUMERALS}\s+(?:over|times)", " strange ", plain)
    laws = rf"(?:{LONG})"
    for word in re.findall(r"[A-Za-zäöüéèàß]+(?:[-'][A-Za-z]+)*", plain):
        if word.lower() not in BESIDE and len(word) > 1 and not re.fullmatch(laws, word, re.IGNORECASE):
            return word
    return ""
