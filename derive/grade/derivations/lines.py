"""What each line of a derivation states, in the engine's terms: its words and formulas apart, then each formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derive.grade.chance.images import images
from derive.grade.chance.named import without_names
from derive.grade.chance.samples import sample_of, spelled_out
from derive.grade.derivations.arranged import (
    apart,
    bounds_last,
    called_it,
    differentials_last,
    explained,
    named_after,
    spoken_together,
    with_roles,
    without_making,
)
from derive.grade.derivations.bayes import HEAD as DENSITY_HEAD
from derive.grade.derivations.bayes import has_posterior, unconditional
from derive.grade.derivations.beforehand import named_density
from derive.grade.derivations.claimed import in_prose, is_area, is_half
from derive.grade.derivations.early import MOST_EARLY, Early, said_by_custom, said_later
from derive.grade.derivations.indefinite import with_antiderivatives
from derive.grade.derivations.jacobians import with_determinants
from derive.grade.derivations.kinds import BEFOREHAND
from derive.grade.derivations.predicates import said
from derive.grade.derivations.ranges import CONSTANT
from derive.grade.derivations.roots import with_roots
from derive.grade.derivations.sentences import CONCLUDING, SOLVED, drawn, names_of_variables
from derive.grade.derivations.shares import with_shares
from derive.grade.derivations.stated import (
    ASSERTED,
    BOUNDED,
    DEFINITION,
    EQUATION,
    INNER,
    NOTE,
    OPEN,
    WORDS,
    Line,
    Names,
    Stated,
)
from derive.grade.derivations.statements import stated
from derive.grade.derivations.tables import without_tables
from derive.grade.equal.orders import at_the_ends, labelled, with_limits, without_orders
from derive.grade.truth import Truth
from derive.grade.writing.assertions import INFINITE_MEAN, NO_MEAN, assertions
from derive.grade.writing.braces import without_braces
from derive.grade.writing.heads import in_latex
from derive.grade.writing.only_spoken import with_spoken
from derive.grade.writing.others import other_letters
from derive.grade.writing.parts_told import EXPONENT, UP_TO_A_CONSTANT, tells_factor, tells_part
from derive.grade.writing.reading import QUANTITIES, scope_of
from derive.grade.writing.segments import Part, parts, refuse_long, unbracketed
from derive.grade.writing.signs_said import reasons
from derive.grade.writing.slashes import LETTER
from derive.grade.writing.spellings import customary, without_mentions
from derive.read.latex import statement
from derive.read.names import ReadError

PROSE = re.compile(r"[A-Za-z ,.;:'()\-]*")
SAID = re.compile(r"(?:\\text\s*\{[^{}$\d]*\}|\\(?:propto|times|cdot)(?![A-Za-z])|\\[,;:! ]|\s)+")  # posterior ∝ likelihood × prior
WIDE = re.compile(  # ∫ f(y) dy  y = x + b
    r"(?:(?<![,;:.\s}])|(?<=[^\s,;:.]\}))\s*\\q?quad(?![A-Za-z])(?=\s*(?:[a-z]|\\(?!text)[a-z]+)\s*=)"
)
ENCLOSED = re.compile(  # {u = x², du = 2x dx}
    r"^\s*\\left\s*(?:\\\{|\[|\()(?P<inside>\s*\\?[A-Za-z]+\s*=.*)\\right\s*(?:\\\}|\]|\))[\s.,]*$"
)
COLON = re.compile(r":(?:\\[ ;,]|\s)+(?=(?:[A-Za-z]|\\[A-Za-z]+)\s*=)")
POWER = r"(?:\^|\\exp|\\frac)"
FACTOR = re.compile(  # Z (1 − q), which is no Z of 1 − q
    rf"(?<![A-Za-z\\])Z\s*(?=(?:\\left)?\(\s*(?:1\s*[-+]\s*[A-Za-z\\]|[^()]*{POWER}[^()]*[-+]|[^()]*[-+][^()]*{POWER}))"
)
HYPOTHESIS = re.compile(r"\b(?:if|for|let|suppose|assum\w+|recall|prior|when|consider|where|compare|like|similar)\b", re.IGNORECASE)
PAIR = re.compile(  # x = 1 ⇒ t = 0
    rf"(?P<one>[a-z]|\\[a-z]+)\s*=\s*(?:{CONSTANT}|-?{LETTER}(?:_\w|_\{{\w+\}})?)"
    rf"(?:\\[,;: ]|\s)*\\(?:Rightarrow|Longrightarrow|implies)(?:\\[,;: ]|\s)*\\?[a-z]+\s*=\s*{CONSTANT}"
)
LOOSE = re.compile(rf"\^\s*(?P<what>[-+]\s*{LETTER})\s*(?=/|\d|{LETTER})")  # e^-\lambda x
LABEL = re.compile(r"(?P<value>.*[^=<>:!])=\s*(?P<name>[A-HJ-Y](?:_\{?\w\}?)?)\s*", re.DOTALL)  # \underbrace{…}_{A}
ON_INTERVAL = re.compile(  # p(x) = … on (0, 1)
    r"(?:,|\\[,;: ]|\s)*\\text\s*\{\s*,?\s*(?:on|over)(?:\s+the\s+interval)?\s*\}\s*(?:\\left)?[(\[](?P<lo>[^,()\[\]]+),(?P<hi>[^,()\[\]]+?)"
    r"(?:\\right)?[)\]][\s.]*$"
)
SUMMED_OVER = re.compile(  # of several variables, that over which a sum goes is no mere mention
    r"\\text\s*\{[^{}]*\b(?:sum|integra)[^{}.;:]*\b(?:over|out)\s*\}\s*(?:[A-Za-z]|\\[a-z]+)(?:_(?:\w|\{\w+\}))?(?=\s*\\text\s*\{)", re.IGNORECASE
)  # fmt: skip


def read_lines(texts: tuple[str, ...], truth: Truth, indices: dict[str, str] | None = None) -> list[Line]:
    """Every line, each in the light of those before it. `indices` are the sequences that the lines introduce."""
    early: dict[int, tuple[Early, ...]] = {}
    sample = sample_of(texts, truth)
    texts = tuple(spelled_out(text, sample) for text in texts)
    for _ in range(MOST_EARLY):
        names = Names(variables={v.symbol.name: v.symbol for v in truth.problem.variables}, indices=indices or {})
        names.posterior, names.others = has_posterior(texts, truth), other_letters(texts, truth)
        names.made, names.sample = images(texts, truth, names.others), sample
        read = [read_line(number, text, truth, names, early.get(number, ())) for number, text in enumerate(texts, 1)]
        meant = ((line.number, said_later(line, texts) or said_by_custom(line, truth)) for line in read)
        later = {number: found for number, found in meant if found is not None and found not in early.get(number, ())}
        if not later:
            break
        number = min(later)
        early[number] = (*early.get(number, ()), later[number])
    return read


def read_line(number: int, text: str, truth: Truth, names: Names, early: tuple[Early, ...] = ()) -> Line:
    """One line, with names that it uses before they are defined. A part of it that cannot be read makes it unread."""
    whole, before = text, dict(names.defined)
    try:
        refuse_long(text)
        if PROSE.fullmatch(text) and not re.search(r"(?:^|\s)(?!I\s+[a-z]{2})[A-Za-z](?:\s|$)", text):
            return Line(number, (words_alone(text, truth), *asserted(text)), text=whole)
        if SAID.fullmatch(text):
            return Line(number, (words_alone(text, truth), *asserted(text)), text=whole)
        text, ended = at_the_ends(labelled(text))
        text = ENCLOSED.sub(r"\g<inside>", WIDE.sub(r",\\quad ", spaced_colons(customary(text))))
        if (loose := LOOSE.search(text)) is not None:
            raise ReadError(f"where the exponent {loose['what'].strip()} ends is not clear; put it in brackets")
        text = on_interval(text, truth)
        text = text if "Z" in truth.named else FACTOR.sub(r"Z\\cdot ", text)
        text = without_making(text, names.made)
        text = SUMMED_OVER.sub(r"\g<0>\\, ", text) if len(truth.problem.variables) > 1 else text
        bare, densities = without_names(without_mentions(with_determinants(with_limits(text))), {*drawn(truth) - names.others, *names.made})
        x = names_of_variables(truth)[0] if len(truth.problem.variables) == 1 else ""
        bare, tabled = without_tables(with_antiderivatives(bare, x), x) if x else (bare, ())
        bare, named, told, noted = without_braces(bare)
        named, noted = named_by_braces(named, noted, truth, names)
        bare, bounded, alike = without_orders(bare)
        clause = [one for part in called_it(parts(bare)) for whole in named_after(part) for one in apart(whole)]
        clause = list(with_shares(spoken_together(list(with_spoken(clause, CONCLUDING))), truth))
        if len(truth.problem.variables) > 1:  # "summing over s gives a factor 2" is held
            clause = [replace(one, spoken=one.spoken and not (tells_part(one) and tells_factor(one))) for one in clause]
        ordered = bounds_last(explained(clause), truth)
        ordered = [*(Part(one.formula, BEFOREHAND) for one in early), *ordered]
        ordered = [*(Part(formula, "let" if formula in named else "with") for formula in (*named, *told)), *ordered]
        pair = PAIR.search(text)
        names.pointing, names.drawn = pair is not None and pair["one"].lstrip("\\") in names.variables, []
        densities = tuple(with_roles(name, inside) for name, inside in densities)
        main = [replace(s, reason=why) for part, why in zip(ordered, reasons(ordered), strict=True) for s in stated(part, truth, names)]
        laws = [replace(named_density(name, inside, truth, names), loose=bool(HYPOTHESIS.search(text))) for name, inside in densities]
        new = {x for s in main if s.kind == DEFINITION for x in s.sides[0].free_symbols}
        late = [law for law in laws if any(side.free_symbols & new for side in law.sides)]  # "binomial with n and p = x/(1 + x)"
        main = [*(law for law in laws if law not in late), *main, *late]
        if SOLVED.search(text) or any(one.line > number for one in early):
            main = [replace(s, loose=True) if s.kind == EQUATION else s for s in main]
        found_bounded = [replace(s, kind=BOUNDED) for formula in bounded for s in stated(Part(formula), truth, names)]
        notes = [replace(s, kind=NOTE) for formula in (*noted, *tabled, *alike, *ended) for s in stated(Part(formula), truth, names)]
        found = with_roots(differentials_last((*main, *notes, *found_bounded)), text, truth)
    except ReadError as error:
        names.defined = before  # of what was not read nothing is known
        return Line(number, unread=str(error), text=text)
    except RecursionError:
        return Line(number, unread="it is nested too deeply", text=text)
    except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError, NotImplementedError):  # what SymPy raises on what makes no sense
        return Line(number, unread="it makes no sense as a formula", text=text)
    if all(s.kind == WORDS for s in found):
        found = (words_alone(text, truth),)
    settled = [s for s in asserted(whole) if any(names_kernel(s.text, name) for name, _ in densities) or up_to_constant(s.text, found)]
    found = (*found, *(s for s in asserted(whole) if s not in settled))
    return Line(number, found, text=whole, letters=frozenset(names.letters.values()),
                turned=frozenset(names.turned), drawn=tuple(names.drawn), unconditional=names.posterior and unconditional(text))  # fmt: skip


def spaced_colons(text: str) -> str:
    r"""u = x²: x = √u with a comma in place of the colon, as between other formulas.

    >>> spaced_colons(r"u=x^2:\ x=\sqrt u"), spaced_colons(r"\text{Put: } u=x^2")
    ('u=x^2,\\quad x=\\sqrt u', '\\text{Put: } u=x^2')
    """
    outside = set(unbracketed(text))
    return COLON.sub(lambda m: r",\quad " if m.start() in outside else m[0], text)


def words_alone(text: str, truth: Truth) -> Stated:
    """Words without a formula: they hold by themselves where they claim nothing, or that the total is the area of a disc that has this area.

    That a mean does not exist is held with what else words assert.
    """
    claimed = in_prose(text)
    held = any(one.name in (NO_MEAN, INFINITE_MEAN) and claimed in one.words for one in assertions(text))
    return Stated(OPEN if claimed and not held and not is_area(text, truth) and not is_half(text, truth) else WORDS, text=text)


def up_to_constant(said: str, found: tuple[Stated, ...]) -> bool:
    """Whether an assertion is no more than that an exponent is said up to a constant, as it is held."""
    return UP_TO_A_CONSTANT.search(said) is not None and any(s.kind == INNER and EXPONENT.search(s.called.partition(" ⟦…⟧ ")[0]) for s in found)


def names_kernel(said: str, name: str) -> bool:
    """Whether an assertion is no more than that something is the kernel of a law, which is held by the law's own statement."""
    law = re.escape(re.split(r"[\[∼]", name)[0])
    return re.search(rf"\b(?:is|are)\s+(?:just\s+|simply\s+|again\s+)?the\s+kernel\s+of\s+an?\s+{law}$", said, re.IGNORECASE) is not None


def asserted(text: str) -> Iterator[Stated]:
    """What the words of a line assert."""
    yield from (Stated(ASSERTED, text=one.words, asserted=one) for one in said(text))


def named_by_braces(named: tuple[str, ...], noted: tuple[str, ...], truth: Truth, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The definitions in the labels of braces, with those of capital letters that nothing has introduced before."""
    known = {*truth.named, *names.variables, *names.defined, *names.helpers, *QUANTITIES}
    new = {note: f"{match['name']} = {match['value']}" for note in noted if (match := LABEL.fullmatch(note)) and match["name"] not in known}
    return (*named, *new.values()), tuple(note for note in noted if note not in new)


def on_interval(text: str, truth: Truth) -> str:
    """ "p(x) = … on (0, 1)" as p(x) = …, 0 < x < 1, where that is the support; a part of it is left as it is, and so not read."""
    (v, *more) = truth.problem.variables
    found = ON_INTERVAL.search(text)
    if found is None or more or not DENSITY_HEAD.match(re.sub(r"^(?:\\text\s*\{[^{}]*\}|\s|\\[,;: ])*", "", text)):
        return text
    lo, hi = (found[end].strip() for end in ("lo", "hi"))
    if tuple(statement(end, scope_of(truth)) for end in (lo, hi)) != v.measure.args[:2]:
        return text
    return rf"{text[: found.start()]},\quad {lo} < {in_latex(v)} < {hi}"
