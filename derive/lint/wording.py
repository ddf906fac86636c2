r"""The words around a formula of a document: its sentence, and whether they call it a density whose mass is 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from derive.grade.writing.documents import Formula
from derive.grade.writing.pieces import Statement, statements
from derive.lint.published import Refusal
from derive.lint.sentences import sentence

AT = r"(?=\s*(?:\\left|\\[bB]igl?)?\([^()]*(?:\\mid|\\vert|\||;))"  # (y \mid
NAMED = (  # \text{Normal}(y \mid \mu, \sigma), as manuals of programs write, and no \text{NormalCDF}(…)
    r"\\(?:text|textsf|texttt|mathsf|mathrm|mathtt|operatorname)\s*\{(?![^{}]*(?:cdf|CDF|[Ll]og[A-Z(]|Quantile))[A-Z][A-Za-z -]{2,}\}"
    rf"{AT}"
)
WRITTEN = re.compile(r"\\[a-z]+\s*\{[A-Z][A-Za-z -]{2,}\}")
IN_WORDS = re.compile(rf"\\text\s*\{{(?P<name>[A-Z][A-Za-z -]{{2,}})\}}{AT}")
HEAD = re.compile(rf"\s*(?P<letter>[fgpqP]|\\Pr|\\(?:mathbb|mathrm|mathsf|operatorname)\s*\{{?(?:Pr|[pPf])\}}?|{NAMED})\s*"
                  r"(?P<sub>_(?:\{[^{}]*\}|\\?[A-Za-z]+))?\s*(?:\\left|\\[bB]igl?)?[(\[]"
                  r"(?P<inside>[^()\[\]]*?)(?:\\right|\\[bB]igr?)?[)\]]\s*")  # fmt: skip
EVENT = re.compile(r"\s*[A-Z](?:_\w|_\{\w+\})?\s*=\s*(?P<value>[a-z])\s*")
BAR = re.compile(r"\\mid|\\vert|\\,?\||\||;")
CLAIM = re.compile(r"\bdensit(?:y|ies)\b|\bp\.?[dm]\.?f\b|\bmass function|\bdistributed with\b|\bnormali[sz]ed\b", re.I)
NO_CLAIM = re.compile(  # rather too many: what one of these words stands beside may have another mass, or another measure
    r"unnormali|un-normali|non-normali|kernel|proportional|\bup to (?:an?|the|some)\b|normali[sz](?:e|es|ing|ation)\b|likelihood|\bnot\b|n't\b"
    r"|\bfind\b|determine|\bwhich\b|what\b|whether|should|cumulative|distribution function|surviv|hazard|transform|moment|generating|approximat"
    r"|asymptotic|wrong|incorrect|mistake|naive|energy|potential|\bclaim|false|fails|instead|forg[eo]t|improper|limit|defective|with respect to"
    r"|(?:spectral|number|charge|current|flux|power|population|particle) densit|density (?:of states|matrix|functional)|\batoms?\b|\bmixed\b"
    r"|point mass|\bdis[ck]\b|sphere|\bball\b|plane\b|(?<!semi)circle|dimension|polar|spherical|isotropic|surface|volume|per unit|vector|multivariate"
    r"|\beven\b|\bodd\b|symmetr(?!ic\s+densit)|mirror|likewise|similarly|respectively|extend|periodic|remain|inflated"
    r"|with probability|chosen|\bso that\b"
    r"|such that|\bfile\b|slides|download|\bpage\b|hypothe|conjectur|counterexample|unless"
    r"|L[ée]vy (?:measure|densit)|intensit|invariant|renewal|occupation|speed (?:measure|densit)|\bpriors?\b|jeffreys"
    r"|haar|envelope|\bbound|dominat|majori", re.I)  # fmt: skip
WEAK = re.compile(r"\b(?:where|with|for|let|put|set|and|if|when|functions?|transformation|map(?:ping)?|substitution|by|as|of|to|us(?:e|ing)|since"
                  r"|because|that)\s*$", re.I)  # fmt: skip
IS_ONE = re.compile(r"\b(?:be|is|as)\s+(?:an?|the|its)\s+(?:[\w-]+\s+){0,3}(?:density|p\.?[dm]\.?f\b)", re.I)
MASS, DENSITY = re.compile(r"\bmass\b|\bpmf\b|p\.m\.f|discrete|\bprobabilities\b", re.I), re.compile(r"densit|\bpdf\b|p\.d\.f|continuous", re.I)
STOP = re.compile(r"(?<!\.[A-Za-z])[.!?](?:\s|$)|\n\s*\n")  # and not "p.d.f. is"
ENDED = re.compile(r"\.\s*(?:\\end\{[a-z]+\}\s*)?$")
CAPITAL, WHERE = re.compile(r"\s*[A-Z]"), re.compile(r"\s*,?\s*(?:and\s+)?(?:where|with|for)\b")
# An item of a list that begins with a title of its own, as in a formulary:
TITLE = (r"(?!(?i:case|part|if|for|when|where|on|in|left|right|lower|upper|otherwise|first|second|third|else|interval|region|inside|outside|small"
         r"|large|values?|zero|step|range|below|above|between|tail|middle|cent\w*|odd|even)\b)[A-Z][\w'’-]{2,}")
TITLED = re.compile(rf"\\item\s*(?:\[\s*{TITLE}|\{{?\s*\\(?:textbf|textsc|emph|textit|bf|bfseries)(?![A-Za-z])\s*\{{?\s*{TITLE})|"
                    rf"^\s*(?:[-*+]|\d+\.)\s+(?:\*\*|__)\s*{TITLE}", re.M)  # fmt: skip
WHOLE_LETTERS = "ijkmn"
MOST_BESIDE = 8  # formulas of a sentence to either side


@lru_cache(maxsize=50_000)
def parts(formula: Formula) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """The equations of a formula, and the conditions beside them."""
    chains, conditions = statements(replace(formula, text=IN_WORDS.sub(r"\\operatorname{\g<name>}", formula.text)))
    return tuple(chains), tuple(conditions)


def variable_of(match: re.Match[str]) -> str:
    """The variable of a head: x in f(x), in f_X(x; a) and in p(x | a), k in P(X = k). Several are joined by commas."""
    inside = BAR.split(match["inside"])[0].strip()
    event = EVENT.fullmatch(inside)
    return event["value"] if event else inside if re.fullmatch(r"[A-Za-z\\_{}0-9, ]+", inside) and not re.fullmatch(r"[-\d., ]+", inside) else ""


@dataclass(frozen=True)
class Sentence:
    """The words around a formula up to the ends of its sentence, and the formulas in these, each with the words before it."""

    words: str
    formulas: tuple[tuple[str, Formula], ...]

    @classmethod
    def around(cls, formulas: Sequence[Formula], i: int) -> Sentence:
        first, last = i, i
        while first > 0 and i - first < MOST_BESIDE and goes_back(formulas[first - 1], formulas[first]):
            first -= 1
        while last + 1 < len(formulas) and last - i < MOST_BESIDE and goes_on(formulas[last], formulas[last + 1]):
            last += 1
        words = [tail(formulas[first].before), *(f.before for f in formulas[first + 1 : last + 1])]
        if not ENDED.search(formulas[last].text):
            words.append(STOP.split(formulas[last].after)[0])
        return cls(" ".join(words), tuple((f.before, f) for j, f in enumerate(formulas[first : last + 1], first) if j != i))


def goes_back(earlier: Formula, formula: Formula) -> bool:
    """Whether the sentence of a formula began with the one before it. Another display, or another head, is another sentence."""
    apart = earlier.display or heads(earlier) or earlier.section != formula.section
    return not (apart or TITLED.search(formula.before) or STOP.search(formula.before.rstrip()) or ENDED.search(earlier.text))


def goes_on(formula: Formula, later: Formula) -> bool:
    """Whether a sentence goes on from a formula to the next: after a display with a small letter, to a display with "where"."""
    new = (formula.display and CAPITAL.match(later.before)) or (later.display and not WHERE.match(later.before)) or heads(later)
    return not (new or TITLED.search(later.before) or formula.section != later.section or STOP.search(later.before) or ENDED.search(formula.text))


def heads(formula: Formula) -> bool:
    """Whether a formula states something of the form f(x) =."""
    return any(chain.signs[:1] == ("=",) and HEAD.fullmatch(chain.sides[0].text) for chain in parts(formula)[0])


def tail(words: str) -> str:
    """The words after the end of the sentence before; a blank line before a display ends none."""
    return STOP.split(words.rstrip())[-1]


def claims_mass_one(chain: Statement, match: re.Match[str], around: Sentence, formula: Formula, beside: tuple[str, ...]) -> bool:
    """Whether the words beside a formula, or its head, say that it is a density. Words that take that back win."""
    words = f"{around.words} {chain.words}"
    event = EVENT.fullmatch(BAR.split(match["inside"])[0]) is not None
    named = WRITTEN.fullmatch(match["letter"]) is not None
    if NO_CLAIM.search(words) or (match["letter"] not in "fgpq" and not event and not named and not MASS.search(words)):
        return False
    conditional = match["letter"] == "p" and ";" not in match["inside"] and BAR.search(match["inside"]) is not None
    supported = bool(beside) or r"\begin{cases}" in chain.text or any(parts(f)[1] for _, f in around.formulas)
    if (event or conditional) and supported:
        return True
    before = tail(formula.before)
    weak = WEAK.search(before) and not CLAIM.search(before[-40:])
    return bool(CLAIM.search(words)) and (not weak or IS_ONE.search(words) is not None)


def wholeness(match: re.Match[str], variable: str, words: str, speaking: Iterable[str]) -> bool:
    """Whether the variable ranges over integers. Raises Refusal where that is not said."""
    listed = any("dots" in c or r"\mathbb{Z}" in c or r"\mathbb{N}" in c for c in speaking)
    if listed or MASS.search(words) or EVENT.fullmatch(BAR.split(match["inside"])[0]):
        return True
    if variable in WHOLE_LETTERS and not DENSITY.search(words):
        raise Refusal(sentence("whole_or_not", name=variable))
    return False
