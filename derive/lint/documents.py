r"""Densities that a LaTeX or Markdown document states: a head such as f(x) = or P(X = k) =, words such as "density", a support beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sympy.logic.boolalg import Boolean

from derive.grade.declared import NOT_SO, SPECIAL
from derive.grade.documents import Formula, formulas_of
from derive.grade.pieces import Statement, statements
from derive.grade.worlds import by_use
from derive.lint.published import Published, Refusal
from derive.lint.sentences import sentence
from derive.lint.stated import Claimed, problem_of

HEAD = re.compile(r"\s*(?P<letter>[fghpqPw]|\\Pr|\\(?:mathbb|mathrm|mathsf|operatorname)\s*\{?(?:Pr|[pPf])\}?)\s*"
                  r"(?P<sub>_(?:\{[^{}]*\}|\\?[A-Za-z]+))?\s*(?:\\left|\\[bB]igl?)?[(\[]"
                  r"(?P<inside>[^()\[\]]*?)(?:\\right|\\[bB]igr?)?[)\]]\s*")  # fmt: skip
EVENT = re.compile(r"\s*[A-Z](?:_\w|_\{\w+\})?\s*=\s*(?P<value>[a-z])\s*")
BAR = re.compile(r"\\mid|\\vert|\\,?\||\||;")
CLAIM = re.compile(r"\bdensit(?:y|ies)\b|\bp\.?[dm]\.?f\b|\bmass function|\bdistributed with\b|\bnormali[sz]ed\b", re.I)
NO_CLAIM = re.compile(
    r"unnormali|un-normali|non-normali|kernel|proportional|\bup to (?:an?|the|some)\b|normali[sz](?:e|es|ing|ation)\b|likelihood|\bnot\b|n't\b"
    r"|\bfind\b|determine|\bwhich\b|what\b|whether|should|cumulative|distribution function|surviv|hazard|transform|moment|generating|approximat"
    r"|asymptotic|wrong|incorrect|mistake|naive|energy|potential|\bclaim|false|fails|instead|forg[eo]t|improper|limit|defective|with respect to"
    r"|(?:spectral|number|charge|current|flux|power|population|particle) densit|density (?:of states|matrix|functional)|\batoms?\b|\bmixed\b"
    r"|point mass|\bdis[ck]\b|sphere|\bball\b|plane\b|circle|dimension|polar|spherical|isotropic|surface|volume|per unit|vector|multivariate"
    r"|\beven\b|\bodd\b", re.I)  # fmt: skip
MASS, DENSITY = re.compile(r"\bmass\b|\bpmf\b|p\.m\.f|discrete|\bprobabilities\b", re.I), re.compile(r"densit|\bpdf\b|p\.d\.f|continuous", re.I)
STOP = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
ENDED = re.compile(r"\.\s*(?:\\end\{[a-z]+\}\s*)?$")
ON = re.compile(r"\b(?:on|over|in|interval|support|supported on|range|set)\s*(?:the\s+(?:interval|set|range)\s*)?$")
INTERVAL = re.compile(r"\s*(?:\\left)?[\[(][^()\[\]]*,[^()\[\]]*(?:\\right)?[\])]\s*|\s*\\mathbb\s*\{?[RNZ]\}?\s*|\s*\\\{.*\\\}\s*", re.DOTALL)
REALS = re.compile(r"\b(?:real line|all reals|all real|whole line|any real|for real|real numbers?)\b", re.I)
DEFINES = re.compile(r"\b(?:where|with|and|here|for)\s*$", re.I)
SIMPLE = re.compile(r"\s*(?:0\s*<\s*)?\\?[A-Za-z]+(?:_\w|_\{\w+\})?\s*(?:>\s*0|<\s*1|\\geq?(?:slant)?\s*0|\\in\s*\\mathbb\s*\{?[NZR]\}?)\s*")
SIGN = re.compile(r"[<>=≤≥∈]|\\(?:in|ge|le|geq|leq|geqslant|leqslant|neq?|gt|lt)(?![A-Za-z])")
NAMES = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
CAPITAL, WHERE = re.compile(r"\s*[A-Z]"), re.compile(r"\s*,?\s*(?:and\s+)?(?:where|with|for)\b")
WHOLE_LETTERS = "ijkmn"
MOST_BESIDE = 8  # formulas of a sentence to either side


@dataclass(frozen=True)
class Unreadable:
    """A density that cannot be read, and why."""

    id: str
    line: int
    why: str


def densities(text: str, path: str) -> list[Published | Unreadable]:
    """What a document claims to be densities, in its order; those that cannot be read as Unreadable. Raises ReadError for no notebook."""
    formulas = [f for f in formulas_of(text, path) if not f.fault]
    return [one for i in range(len(formulas)) for one in claims(formulas, i)]


def claims(formulas: list[Formula], i: int) -> Iterator[Published | Unreadable]:
    """The densities in one formula."""
    chains, beside = statements(formulas[i])
    for chain in chains:
        match = HEAD.fullmatch(chain.sides[0].text) if chain.signs and set(chain.signs) == {"="} else None
        if match is None or not (variable := variable_of(match)):
            continue
        line = chain.sides[0].line
        name = " ".join(chain.sides[0].text.split())
        sentence_ = Sentence.around(formulas, i)
        try:
            if claims_mass_one(chain, match, sentence_, beside):
                refuse_parts(formulas, i, chain, match)
                refuse_defined(formulas, chain, variable, sentence_)
                yield published(name, line, chain, match, variable, sentence_, beside, formulas[:i])
        except Refusal as why:
            yield Unreadable(name, line, str(why))


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
    def around(cls, formulas: list[Formula], i: int) -> Sentence:
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
    return not (apart or STOP.search(formula.before) or ENDED.search(earlier.text))


def goes_on(formula: Formula, later: Formula) -> bool:
    """Whether a sentence goes on from a formula to the next: after a display with a small letter, to a display with "where"."""
    new = (formula.display and CAPITAL.match(later.before)) or (later.display and not WHERE.match(later.before)) or heads(later)
    return not (new or formula.section != later.section or STOP.search(later.before) or ENDED.search(formula.text))


def heads(formula: Formula) -> bool:
    """Whether a formula states something of the form f(x) =."""
    return any(chain.signs[:1] == ("=",) and HEAD.fullmatch(chain.sides[0].text) for chain in statements(formula)[0])


def tail(words: str) -> str:
    """The words after the end of the sentence before."""
    return STOP.split(words)[-1]


def claims_mass_one(chain: Statement, match: re.Match[str], around: Sentence, beside: list[str]) -> bool:
    """Whether the words beside a formula, or its head, say that it is a density. Words that take that back win."""
    words = f"{around.words} {chain.words}"
    if NO_CLAIM.search(words):
        return False
    event = EVENT.fullmatch(BAR.split(match["inside"])[0]) is not None
    capital = re.fullmatch(r"_\{?[A-Z]\}?", match["sub"] or "") is not None
    conditional = match["letter"] in "pf" and (BAR.search(match["inside"]) is not None or capital)
    supported = bool(beside) or r"\begin{cases}" in chain.text or any(statements(f)[1] for _, f in around.formulas)
    return bool(CLAIM.search(words)) or ((event or conditional) and supported)


def refuse_parts(formulas: list[Formula], i: int, chain: Statement, match: re.Match[str]) -> None:
    """A density that is stated in several formulas, as P(X = k) for k < 6 and P(X = 6), or beside another in one formula."""
    own = re.sub(r"=.*", "=", "".join(match[0].split()))
    for formula in formulas:
        if formula.section == formulas[i].section and formula.paragraph == formulas[i].paragraph:
            for other in (c for c in statements(formula)[0] if c.text != chain.text and c.signs[:1] == ("=",)):
                same = re.sub(r"=.*", "=", "".join(other.sides[0].text.split())) == own
                if (same and other.sides[1].text.strip() != "0") or (formula is formulas[i] and HEAD.fullmatch(other.sides[0].text)):
                    raise Refusal(sentence("in_parts"))


def refuse_defined(formulas: list[Formula], chain: Statement, variable: str, around: Sentence) -> None:
    """A name in the formula to which the document gives a value in another sentence, or a letter that it uses as a function of its own."""
    used = " ".join(side.text for side in chain.sides[1:])
    beside = [formula for _, formula in around.formulas]
    for formula in formulas:
        for other in statements(formula)[0] if formula not in beside and not SPECIAL.search(formula.before) else []:
            left = re.fullmatch(r"\s*(\\?[A-Za-z]+(?:_\w|_\{\w+\})?)\s*(\([^()]*\))?\s*", other.sides[0].text)
            applied = left is not None and left[2] is not None
            if left is None or HEAD.fullmatch(other.sides[0].text) or other.signs[:1] != ("=",) or left[1] == variable or other.text == chain.text:
                continue
            if re.search(rf"(?<![A-Za-z\\]){re.escape(left[1])}" + (r"\s*(?:\\left)?\(" if applied else "(?![A-Za-z])"), used):
                raise Refusal(sentence("defined_elsewhere", name=left[1]))


def published(name: str, line: int, chain: Statement, match: re.Match[str], variable: str, around: Sentence, beside: list[str],
              before: list[Formula]) -> Published:  # fmt: skip
    """The density with all that is said of it. Raises Refusal where it cannot be read."""
    if "," in variable:
        raise Refusal(sentence("several_variables"))
    said, definitions = told(variable, around, beside)
    speaking = [c for c in said if speaks(c, variable)]
    whole = wholeness(match, variable, f"{around.words} {chain.words}", speaking)
    cases = r"\begin{cases}" in chain.text
    if not speaking and not cases:
        raise Refusal(sentence("no_support"))
    arguments = tuple(a.strip() for a in re.split(r"[,;]", (BAR.split(match["inside"], maxsplit=1) + [""])[1]) if a.strip())
    far = [c for c in lasting(before, {*NAMES.findall(chain.text)} - {variable}) if c not in said]
    claimed = Claimed(name, "", variable, arguments, (*said, *far), tuple(definitions), whole)
    return taken(readable(chain, claimed), line)


def readable(chain: Statement, claimed: Claimed) -> Claimed:
    """The claim with the last side that can be read: in f = F' = e^(-x) the last is the plainest."""
    refusal = None
    for side in reversed(chain.sides[1:]):
        made = replace(claimed, formula=side.text)
        try:
            problem_of(made)
            return made
        except Refusal as error:
            refusal = refusal or error
    raise refusal or Refusal(sentence("no_formula"))


def told(variable: str, around: Sentence, beside: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The conditions and definitions of a sentence."""
    said, definitions = [c for c in beside if SIGN.search(c)], []
    for words, formula in around.formulas:
        if NOT_SO.search(words[-60:]):
            continue
        chains, conditions = statements(formula)
        if INTERVAL.fullmatch(formula.text):
            said += [f"{variable} \\in {formula.text}"] if ON.search(words) else []
            continue
        said += [c for c in conditions if SIGN.search(c)]
        if DEFINES.search(words):
            definitions += [(c.sides[0].text, c.sides[-1].text) for c in chains if set(c.signs) == {"="}]
    if REALS.search(around.words) and not any(speaks(c, variable) for c in said):
        said.append(f"{variable} \\in \\mathbb{{R}}")
    return list(dict.fromkeys(said)), definitions


def speaks(condition: str, name: str) -> bool:
    """Whether a condition names this name."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", condition) is not None


def wholeness(match: re.Match[str], variable: str, words: str, speaking: Iterable[str]) -> bool:
    """Whether the variable ranges over integers. Raises Refusal where that is not said."""
    listed = any("dots" in c or r"\mathbb{Z}" in c or r"\mathbb{N}" in c for c in speaking)
    if listed or MASS.search(words) or EVENT.fullmatch(BAR.split(match["inside"])[0]):
        return True
    if variable in WHOLE_LETTERS and not DENSITY.search(words):
        raise Refusal(sentence("whole_or_not", name=variable))
    return False


def lasting(formulas: Iterable[Formula], names: set[str]) -> list[str]:
    """What the document says before of the signs and kinds of these names; the newest of each wins."""
    found: dict[str, str] = {}
    for formula in formulas:
        if not NOT_SO.search(formula.before[-60:]) and not NOT_SO.search(formula.after[:40]):
            for condition in statements(formula)[1]:
                name = next((n for n in NAMES.findall(condition) if n in names), None)
                if name and SIMPLE.fullmatch(condition):
                    found[name] = condition
    return list(found.values())


def taken(claimed: Claimed, line: int) -> Published:
    """The density, with the signs that the use of undeclared names implies; these are listed among the notes."""
    wider = problem_of(claimed)
    said = " ".join(claimed.conditions)
    plain = {p.symbol.name: p.symbol for p in wider.parameters if not p.symbol._assumptions_orig.keys() & {"positive", "negative", "integer"}}
    free = {name: s for name, s in plain.items() if not any(speaks(said, spelling) for spelling in (name, f"\\{name}"))}
    used = [name for name in by_use([wider.total]) if name in free]
    facts: tuple[Boolean, ...] = tuple(free[name] > 0 for name in used)
    narrow = problem_of(replace(claimed, facts=facts))
    notes = tuple(sentence("taken_positive", name=name) for name in used)
    return Published(narrow, line=line, notes=notes, loose=bool(narrow.parameters), wider=wider if used else None)
