"""What each line of a derivation states, in the engine's terms: its words and formulas apart, then each formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.grade.chance.images import ENDED, images
from derive.grade.chance.laws import role_of
from derive.grade.chance.named import DRAWN_FROM, without_names
from derive.grade.chance.samples import sample_of, spelled_out
from derive.grade.derivations.bayes import HEAD as DENSITY_HEAD
from derive.grade.derivations.bayes import has_posterior, unconditional
from derive.grade.derivations.beforehand import named_density
from derive.grade.derivations.claimed import in_prose, is_area, is_half
from derive.grade.derivations.early import MOST_EARLY, Early, said_by_custom, said_later
from derive.grade.derivations.indefinite import with_antiderivatives
from derive.grade.derivations.jacobians import jacobian_of, with_determinants
from derive.grade.derivations.kinds import BEFOREHAND
from derive.grade.derivations.predicates import said
from derive.grade.derivations.ranges import CONSTANT, point_of, range_of
from derive.grade.derivations.roots import with_roots
from derive.grade.derivations.sentences import CONCLUDING, SOLVED, drawn, names_of_variables
from derive.grade.derivations.shares import with_shares
from derive.grade.derivations.spelt import INTEGRAL
from derive.grade.derivations.stated import (
    ASSERTED,
    BOUNDED,
    DEFINITION,
    DIFFERENTIAL,
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
from derive.grade.writing.asides import clauses
from derive.grade.writing.braces import without_braces
from derive.grade.writing.differentials import UPRIGHT
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import RELATION, REPLACED, operation_of, over_a_part
from derive.grade.writing.only_spoken import with_spoken
from derive.grade.writing.others import MADE, other_letters
from derive.grade.writing.parts_told import EXPONENT, UP_TO_A_CONSTANT, tells_factor, tells_part
from derive.grade.writing.reading import QUANTITIES, scope_of
from derive.grade.writing.segments import Part, parts, refuse_long, unbracketed
from derive.grade.writing.signs_said import reasons
from derive.grade.writing.slashes import LETTER
from derive.grade.writing.spellings import customary, without_mentions
from derive.read.latex import statement
from derive.read.names import ReadError

PROSE = re.compile(r"[A-Za-z ,.;:'()\-]*")
BEGINNING = r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)+"
OF_DIFFERENTIALS = re.compile(rf"{BEGINNING[1:-1]}*(?:d|{UPRIGHT})\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=")
SAID = re.compile(r"(?:\\text\s*\{[^{}$\d]*\}|\\(?:propto|times|cdot)(?![A-Za-z])|\\[,;:! ]|\s)+")  # posterior ∝ likelihood × prior
NEXT = rf"\\q?quad(?![A-Za-z])(?=\s*(?:d|{UPRIGHT})?\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=)"
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
FUNCTION_HEAD = re.compile(r"(?:[FGMSHQ]|\\(?:phi|varphi))(?:_\{?[A-Z]\}?)?\s*(?:\\left)?\(\s*(?:[a-z]|\\[a-z]+)\s*(?:\\right)?\)\s*:?=")
OWN = r"(?:[A-Za-z]|\\mathcal\s*(?:\{\s*[A-Z]\s*\}|[A-Z])|\\[a-z]+)(?:_(?:\{\w+\}|\w))?\s*(?:\([^()]*\))?"
EQUIVALENT = re.compile(rf"\\equiv(?![A-Za-z])(?=(?:\s|\\[,;: ])*(?!Z(?![A-Za-z])|0|1){OWN}(?:[\s.]|\\[,;: ])*$)")  # … ≡ L(a)
LETTERED = r"(?:[A-Za-z]|\\mathcal\s*(?:\{\s*[A-Z]\s*\}|[A-Z])|\\[A-Za-z]+)(?:_(?:\{\w+\}|\w))?(?:\([^()]*\))?"
NAMES_AFTER = re.compile(rf"(?P<first>.*)=\s*:(?![=:])\s*(?P<factor>.*?)(?P<name>{LETTERED})(?:[\s.]|\\[,;: ])*", re.DOTALL)  # A =: c J
BOUND = re.compile(r"(?:\\[,;:! ]|\s)*\|?(?P<name>[a-z]|\\[a-z]+)\|?\s*(?:[<>]|\\(?:leq?|geq?|lt|gt)(?![A-Za-z]))[^=]*$")
BETWEEN = re.compile(  # −b < t < a
    r"[^=<>,]{1,40}(?:<|\\(?:leq?|lt)(?![A-Za-z]))\s*(?P<name>[a-z]|\\[a-z]+)\s*(?:<|\\(?:leq?|lt)(?![A-Za-z]))[^=<>,]{1,40}"
)
HYPOTHESIS = re.compile(r"\b(?:if|for|let|suppose|assum\w+|recall|prior|when|consider|where|compare|like|similar)\b", re.IGNORECASE)
NAME = re.compile(r"\\(?!frac|[dt]frac|sqrt|left|right|quad|qquad)[A-Za-z]+|(?<![A-Za-z\\])[A-Za-z]")
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
CALLED_IT = re.compile(r"\W*(?:and\s+)?(?:let\s+us\s+|we\s+)?(?:call|denote)\s+(?:it|this)(?:\s+by)?\W*", re.IGNORECASE)
WANTED = re.compile(
    r"\W*(?:so|now|here|then)?\W*(?:we\s+(?:need|want|look\s+at|have\s+to\s+\w+|must\s+\w+)|consider|take)?\s*(?:the\s+integral)?\W*", re.IGNORECASE
)
LINKED = re.compile(r"\W*(?:(?:and|or|then)\b)?\W*(?:(?:by|with|to)\b)?\W*", re.IGNORECASE)
AFTERWARDS = re.compile(r"\b(?:where|with|here)\b", re.IGNORECASE)


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
    """Words without a formula: they hold by themselves where they claim nothing, or that the total is the area of a disc that has this area."""
    return Stated(OPEN if in_prose(text) and not is_area(text, truth) and not is_half(text, truth) else WORDS, text=text)


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


def with_roles(name: str, inside: str) -> tuple[str, str]:
    """A law's name with what words say of its parameters, "gamma[,rate]", and these without the words."""
    roles, arguments = zip(*(role_of(a.strip()) for a in inside.split(",")), strict=True) if r"\text" in inside or "=" in inside else ((), ())
    if not any(roles):
        return name, inside
    first, *behind = re.split(rf"(?<=[^{DRAWN_FROM}])(?={DRAWN_FROM})", name, maxsplit=1)  # ∼exp[mean]∼X∼
    return f"{first}[{','.join(roles)}]{''.join(behind)}", ",".join(arguments)


def explained(clause: list[Part]) -> list[Part]:
    """The formulas of a line, with "…, where A = …" before those in which A stands."""

    def late(at: int, part: Part) -> bool:
        left, equals, _ = part.formula.partition("=") if AFTERWARDS.search(part.words) else ("", "", "")
        return bool(equals) and any(occurs(name, one.formula) for name in NAME.findall(left) for one in clause[:at])

    places = sorted(range(len(clause)), key=lambda at: not late(at, clause[at]))
    return [clause[at] for at in places]


def spoken_together(clause: list[Part]) -> list[Part]:
    """The formulas of a line, those of "with α replaced by A and B" each with these words."""
    done: list[Part] = []
    for part in clause:
        before = done[-1] if done else None
        words = f"{before.words} {part.words or 'and'}".strip() if before is not None and LINKED.fullmatch(part.words) else ""
        said = words if REPLACED.search(words) else before.words if before is not None and words and REPLACED.search(before.words) else ""
        if before is not None and said and not RELATION.search(before.formula + part.formula):
            part = replace(part, words=said)
        if before is not None and over_a_part(before) and "=" not in part.formula.split("\\int")[0]:  # "over x > 0 is 1", without a name
            done[-1] = replace(before, behind=f"{before.behind} {part.words}")
        done.append(part)
    return done


def bounds_last(clause: list[Part], truth: Truth) -> list[Part]:
    """The formulas of a line, with "for t < λ" behind M(t) = …, which says what t is."""

    def late(part: Part) -> bool:
        bound = BOUND.match(part.formula) or BETWEEN.fullmatch(part.formula)
        return bound is not None and bound["name"].lstrip("\\") not in truth.named

    return [*(part for part in clause if not late(part)), *(part for part in clause if late(part))]


def occurs(name: str, formula: str) -> bool:
    if "\\" in name:
        return re.search(rf"{re.escape(name)}(?![A-Za-z])", formula) is not None
    return name in re.sub(r"\\[A-Za-z]+", " ", formula)  # in np too


def without_making(text: str, made: Mapping[str, str]) -> str:
    """A text without the formulas that make another random variable of the problem's, which are no equations."""
    for match in reversed(list(MADE.finditer(text))):
        if match["one"] in made:
            value = ENDED.split(match["value"])[0]
            rest = text[match.start("value") + len(value) :]
            text = text[: match.start()] + (match["one"] if re.match(r"\s*\\sim(?![A-Za-z])", rest) else "") + rest
    return re.sub(r"^(?:\s|\\,|:|,|;|\\q?quad(?![A-Za-z]))+", "", text)


def apart(part: Part) -> Iterator[Part]:
    """A formula whose clauses speak of integrals and of differentials, as its clauses; a d beside an integral sign is no differential."""
    if operation_of(part.words) and (two := re.match(r"(?P<by>[^:=]+):(?!=)(?P<rest>.+)", part.formula, re.DOTALL)):  # "dividing by Z: p(x) = …"
        yield replace(part, formula=two["by"].strip())
        part = replace(part, formula=re.sub(BEGINNING, "", two["rest"]).strip(), words="")
    first, *others = clauses(part.formula)
    if others and REPLACED.search(part.words) and not RELATION.search(first):  # "dividing by c: Z = …"
        yield replace(part, formula=first)
        part = replace(part, formula=re.sub(BEGINNING, "", ",".join(others)), words="")
    whole = list(clauses(part.formula))
    heads = [at for at, one in enumerate(whole) if at and DENSITY_HEAD.match(re.sub(BEGINNING, "", one))]
    functions = [at for at, one in enumerate(whole) if at and "=" in whole[0] and FUNCTION_HEAD.match(re.sub(BEGINNING, "", one))]
    if functions or heads and DENSITY_HEAD.match(whole[0]):  # p(y | θ) = …, π(θ) ∝ …; p(x) = …, F(x) = …
        heads = functions or heads
        for at, end in zip([0, *heads], [*heads, len(whole)], strict=True):
            yield replace(part, formula=re.sub(BEGINNING, "", ",".join(whole[at:end])))
        return
    wide = re.split(NEXT, part.formula)
    pieces = [piece for clause in clauses(part.formula) for piece in re.split(NEXT, clause) if piece.strip()]
    if any(point_of(p) for p in pieces) and len(pieces) > 1:
        pieces = [q for p in pieces for q in p.split(";") if q.strip()]
    pieces = [re.sub(rf"{BEGINNING}|(?:\\[,;:! ]|\s)+$", "", p) for p in pieces]
    points = len(pieces) > 1 and any(map(point_of, pieces)) and all(re.search(r"[=<>]|\\(?:to|in|leq?|geq?)(?![A-Za-z])", p) for p in pieces)
    if points or any(jacobian_of(p) or range_of(p) for p in pieces):
        yield from (replace(part, formula=p) for p in pieces)
        return
    if (len(wide) > 1 or INTEGRAL.search(part.formula)) and any(OF_DIFFERENTIALS.match(p) for p in pieces[1:]):
        yield from (replace(part, formula=re.sub(BEGINNING, "", piece)) for piece in pieces)
    else:
        yield part


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


def called_it(found: list[Part]) -> list[Part]:
    """ "We need ∫ f dx, call it I" as let I = ∫ f dx."""
    for one, two in zip(found, found[1:], strict=False):
        letter = re.fullmatch(rf"{LETTERED}[\s.]*", two.formula)
        integral = INTEGRAL.search(one.formula) and not RELATION.search(one.formula)
        if letter and integral and CALLED_IT.fullmatch(two.words) and WANTED.fullmatch(one.words):
            return [replace(one, formula=f"{two.formula.strip(' .')} = {one.formula}", words="let") if p is one else p for p in found if p is not two]
    return found


def named_after(part: Part) -> Iterator[Part]:
    """A = B =: c J as A = B, and J = B/c."""
    match = NAMES_AFTER.fullmatch(EQUIVALENT.sub("=:", part.formula))
    if match is None:
        yield part
        return
    if "=" in match["first"]:
        yield replace(part, formula=match["first"])
    value, factor = match["first"].split("=")[-1], match["factor"].strip()
    yield Part(rf"{match['name']} = \frac{{{value}}}{{{factor}}}" if factor else f"{match['name']} = {value}", "let")


def differentials_last(found: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """The statements of a line, with what is said of differentials after the last substitution: u = x, dv = e^{-x} dx, du = dx, v = -e^{-x}."""
    last = max((i for i, s in enumerate(found) if s.kind == DEFINITION), default=-1)
    before, after = found[: last + 1], found[last + 1 :]
    return (*(s for s in before if s.kind != DIFFERENTIAL), *(s for s in before if s.kind == DIFFERENTIAL), *after)
