r"""Densities that a LaTeX or Markdown document states: a head such as f(x) = or P(X = k) =, words such as "density", a support beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sympy.logic.boolalg import Boolean

from derive.grade.notes.said import NOT_SO, SPECIAL
from derive.grade.notes.worlds import by_use
from derive.grade.writing.documents import Formula, formulas_of
from derive.grade.writing.pieces import Statement
from derive.language.totals import Atoms
from derive.lint.published import Published, Refusal
from derive.lint.sentences import sentence
from derive.lint.stated import Claimed, problem_of
from derive.lint.wording import BAR, CLAIM, HEAD, TITLED, Sentence, claims_mass_one, parts, variable_of, wholeness

ON = re.compile(r"\b(?:on|over|in|interval|support|supported on|range|set)\s*(?:the\s+(?:interval|set|range)\s*)?$")
ONE = r"\s*(?:\\left)?[\[(][^()\[\]]*,[^()\[\]]*(?:\\right)?[\])]\s*"
INTERVAL = re.compile(rf"{ONE}(?:\\cup{ONE})*" r"|\s*\\mathbb\s*\{?[RNZ]\}?\s*|\s*\\\{.*\\\}\s*", re.DOTALL)
REALS = re.compile(r"\b(?:real line|all reals|all real|whole line|any real|for real|real numbers?)\b", re.I)
OF_REALS, BARE = re.compile(r"\breal(?:\s+(?:numbers?|parameters?|constants?))?\s*$"), re.compile(r"\s*\\?[A-Za-z]+(?:_\w)?\s*")
DEFINES = re.compile(r"\b(?:where|with|and|here|for)\s*$", re.I)
SIMPLE = re.compile(r"\s*(?:0\s*<\s*)?\\?[A-Za-z]+(?:_\w|_\{\w+\})?\s*(?:>\s*0|<\s*1|\\geq?(?:slant)?\s*0|\\in\s*\\mathbb\s*\{?[NZR]\}?)\s*")
SIGN = re.compile(r"[<>=≤≥∈]|\\(?:in|ge|le|geq|leq|geqslant|leqslant|neq?|gt|lt)(?![A-Za-z])")
DEFINED = re.compile(r"\s*(\\?[A-Za-z]+(?:_\w|_\{\w+\})?)\s*(\([^()]*\))?\s*")
INDICATOR = re.compile(r"\\(?:mathbf|mathbb|mathbbm|mathds|boldsymbol|bm)\s*\{?\s*[1I]|(?<![A-Za-z\\\d])[1I]\s*_")
LAW = re.compile(r"\b(?:laws?|distributions?|variables?|case)\b", re.I)
NEAR = 40  # formulas to either side that may belong to a paragraph
NAMES = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


@dataclass(frozen=True)
class Unreadable:
    """A density that cannot be read, and why."""

    id: str
    line: int
    why: str


@dataclass(frozen=True)
class Document:
    """The formulas of a document; the names that it defines, each with the formula that does; what it says of signs and kinds, by name."""

    formulas: tuple[Formula, ...]
    defined: tuple[tuple[str, bool, Statement, Formula], ...]
    kinds: dict[str, list[tuple[int, str]]]


def densities(text: str, path: str) -> list[Published | Unreadable]:
    """What a document claims to be densities, in its order; those that cannot be read as Unreadable. Raises ReadError for no notebook."""
    formulas = tuple(f for f in formulas_of(text, path) if not f.fault)
    document = Document(formulas, tuple(defined(formulas)), kinds(formulas))
    return apart(formulas, [(i, one) for i in range(len(formulas)) for one in claims(document, i)])


def apart(formulas: Sequence[Formula], found: list[tuple[int, Published | Unreadable]]) -> list[Published | Unreadable]:
    """The densities that were found; titled items with one head are none where their supports do not overlap, for they may be parts of one."""
    return [Unreadable(one.id, one.line, sentence("in_parts")) if in_parts(formulas, i, one, found) else one for i, one in found]


def in_parts(formulas: Sequence[Formula], i: int, one: Published | Unreadable, found: list[tuple[int, Published | Unreadable]]) -> bool:
    """Whether another statement with the head of a density, with no words about densities between them, may be a part of it."""
    for j in range(max(0, i - NEAR), min(len(formulas), i + NEAR)):
        if j == i or formulas[j].section != formulas[i].section or one.id not in heads_of(formulas[j]):
            continue
        others = [other for k, other in found if k == j and other.id == one.id]
        if not introduced(formulas[min(i, j) + 1 : max(i, j) + 1], by_titles=False) and (not others or any(disjoint(one, o) for o in others)):
            return True
    return False


def heads_of(formula: Formula) -> list[str]:
    """What a formula states values of, but for f(x) = 0."""
    stated = (c for c in parts(formula)[0] if c.signs[:1] == ("=",) and c.sides[1].text.strip() != "0")
    return [" ".join(chain.sides[0].text.split()) for chain in stated]


def disjoint(one: Published | Unreadable, other: Published | Unreadable) -> bool:
    """Whether the supports of two densities may have nothing in common."""
    if isinstance(one, Unreadable) or isinstance(other, Unreadable):
        return True
    first, second = (found.problem.variables[0].measure for found in (one, other))
    if isinstance(first, Atoms) or isinstance(second, Atoms):
        return True
    return not ((first.lo - second.hi).is_extended_negative and (second.lo - first.hi).is_extended_negative)


def defined(formulas: Iterable[Formula]) -> Iterator[tuple[str, bool, Statement, Formula]]:
    """The names on the left of equations that are no densities, and whether they are functions there; "for n = 1" defines nothing."""
    for formula in formulas:
        for chain in parts(formula)[0] if not SPECIAL.search(formula.before) else ():
            left = DEFINED.fullmatch(chain.sides[0].text)
            if left and chain.signs[:1] == ("=",) and not HEAD.fullmatch(chain.sides[0].text):
                yield left[1], left[2] is not None, chain, formula


def kinds(formulas: Iterable[Formula]) -> dict[str, list[tuple[int, str]]]:
    """The conditions such as a > 0 of a document by the names in them, each with the place of its formula."""
    found: dict[str, list[tuple[int, str]]] = {}
    for i, formula in enumerate(formulas):
        if not NOT_SO.search(formula.before[-60:]) and not NOT_SO.search(formula.after[:40]):
            for condition in parts(formula)[1]:
                if SIMPLE.fullmatch(condition):
                    for name in NAMES.findall(condition):
                        found.setdefault(name, []).append((i, condition))
    return found


def claims(document: Document, i: int) -> Iterator[Published | Unreadable]:
    """The densities in one formula."""
    formulas = document.formulas
    chains, beside = parts(formulas[i])
    for chain in chains:
        match = HEAD.fullmatch(chain.sides[0].text) if chain.signs and set(chain.signs) == {"="} else None
        if match is None or not (variable := variable_of(match)):
            continue
        line = chain.sides[0].line
        name = " ".join(chain.sides[0].text.split())
        sentence_ = Sentence.around(formulas, i)
        try:
            if claims_mass_one(chain, match, sentence_, formulas[i], beside):
                refuse_parts(formulas, i, chain, variable)
                refuse_defined(document, chain, variable, sentence_)
                yield published(name, line, chain, match, variable, sentence_, beside, lasting(document, chain, i))
        except Refusal as why:
            yield Unreadable(name, line, str(why))


def refuse_parts(formulas: Sequence[Formula], i: int, chain: Statement, variable: str) -> None:
    """A density that is stated in several formulas, as P(X = k) for k < 6 and P(X = 6), or beside others in one formula; or a point
    such as k = 1 beside it.
    """
    for other in (c for c in parts(formulas[i])[0] if c != chain and c.signs[:1] == ("=",)):
        if HEAD.fullmatch(other.sides[0].text) or other.sides[0].text == variable:
            raise Refusal(sentence("in_parts"))
    for j in range(max(0, i - NEAR), min(len(formulas), i + NEAR)):
        same = j != i and formulas[j].section == formulas[i].section and any(same_head(chain, other) for other in parts(formulas[j])[0])
        together = (formulas[j].paragraph, formulas[j].item) == (formulas[i].paragraph, formulas[i].item)
        if same and (together or not introduced(formulas[min(i, j) + 1 : max(i, j) + 1])):
            raise Refusal(sentence("in_parts"))


def same_head(chain: Statement, other: Statement) -> bool:
    """Whether two statements are of one density: P(X = k) and P(X = 6), f(x) twice; "and f(x) = 0 otherwise" is no other part."""
    one, two = (re.sub(r"=.*", "=", "".join(c.sides[0].text.split())) for c in (chain, other))
    return other.signs[:1] == ("=",) and one == two and other.text != chain.text and other.sides[1].text.strip() != "0"


def introduced(formulas: Sequence[Formula], by_titles: bool = True) -> bool:
    """Whether words introduce another density somewhere before the last of these formulas, or the title of an item does."""
    return any(CLAIM.search(f.before) or LAW.search(f.before) or by_titles and TITLED.search(f.before) for f in formulas)


def refuse_defined(document: Document, chain: Statement, variable: str, around: Sentence) -> None:
    """A name in the formula to which the document gives a value in another sentence, or a letter that it uses as a function of its own."""
    used = " ".join(side.text for side in chain.sides[1:])
    beside = [formula for _, formula in around.formulas]
    for name, applied, other, formula in document.defined:
        if name not in used or name == variable or other.text == chain.text or formula in beside:
            continue
        if re.search(rf"(?<![A-Za-z\\]){re.escape(name)}" + (r"\s*(?:\\left)?\(" if applied else "(?![A-Za-z])"), used):
            raise Refusal(sentence("defined_elsewhere", name=name))


def published(name: str, line: int, chain: Statement, match: re.Match[str], variable: str, around: Sentence, beside: tuple[str, ...],
              far: list[str]) -> Published:  # fmt: skip
    """The density with all that is said of it. Raises Refusal where it cannot be read."""
    if "," in variable:
        raise Refusal(sentence("several_variables"))
    said, definitions = told(variable, around, beside)
    speaking = [c for c in said if speaks(c, variable)]
    whole = wholeness(match, variable, f"{around.words} {chain.words}", speaking)
    cases = r"\begin{cases}" in chain.text or INDICATOR.search(chain.text)
    if not speaking and not cases:
        raise Refusal(sentence("no_support"))
    arguments = tuple(a.strip() for a in re.split(r"[,;]", (BAR.split(match["inside"], maxsplit=1) + [""])[1]) if a.strip())
    claimed = Claimed(name, "", variable, arguments, tuple(said), tuple(definitions), whole)
    return taken(readable(chain, claimed), [c for c in far if c not in said and not speaks(c, variable)], line)


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


def told(variable: str, around: Sentence, beside: tuple[str, ...]) -> tuple[list[str], list[tuple[str, str]]]:
    """The conditions and definitions of a sentence."""
    said, definitions = [c for c in beside if SIGN.search(c)], []
    for words, formula in around.formulas:
        if NOT_SO.search(words[-60:]):
            continue
        chains, conditions = parts(formula)
        if points := [c.text for c in chains if c.sides[0].text == variable]:
            raise Refusal(sentence("support", text=points[0]))
        said += [f"{name} \\in \\mathbb{{R}}" for name in formula.text.split(",") if OF_REALS.search(words) and BARE.fullmatch(name)]
        if INTERVAL.fullmatch(formula.text):
            said += [f"{variable} \\in {formula.text}"] if ON.search(words) else []
            continue
        said += [c for c in conditions if SIGN.search(c)]
        if DEFINES.search(words):
            definitions += [(c.sides[0].text, c.sides[-1].text) for c in chains if set(c.signs) == {"="}]
    if REALS.search(around.words) and not any(speaks(c, variable) for c in said):
        said.append(f"{variable} \\in \\mathbb{{R}}")
    return list(dict.fromkeys(c.strip(" .,;\n") for c in said)), definitions


def speaks(condition: str, name: str) -> bool:
    """Whether a condition names this name."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", condition) is not None


def lasting(document: Document, chain: Statement, i: int) -> list[str]:
    """What the document says before of the signs and kinds of the names in a statement: the newest of each."""
    names = dict.fromkeys(NAMES.findall(chain.text))
    newest = ([c for j, c in document.kinds.get(name, ()) if j < i][-1:] for name in names)
    return list(dict.fromkeys(c for found in newest for c in found))


def taken(claimed: Claimed, far: list[str], line: int) -> Published:
    """The density, with what the document says of its names elsewhere, and the signs that the use of others implies. The wider
    problem is without both: an error has to be one there too."""
    wider = problem_of(claimed)
    said = " ".join([*claimed.conditions, *far])
    plain = {p.symbol.name: p.symbol for p in wider.parameters if not p.symbol._assumptions_orig.keys() & {"positive", "negative", "integer"}}
    free = {name: s for name, s in plain.items() if not any(speaks(said, spelling) for spelling in (name, f"\\{name}"))}
    used = [name for name in by_use([wider.total]) if name in free]
    facts: tuple[Boolean, ...] = tuple(free[name] > 0 for name in used)
    narrow = problem_of(replace(claimed, facts=facts, conditions=(*claimed.conditions, *far)))
    notes = tuple(sentence("taken_positive", name=name) for name in used)
    return Published(narrow, line=line, notes=notes, loose=bool(narrow.parameters), wider=wider if used or far else None)
