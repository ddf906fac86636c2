r"""What a document says of its names where a formula stands: conditions, definitions, functions; and what it lets be used there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from derive.grade.documents import Formula
from derive.grade.naming import NUMBER, bare, functions_in, head_of
from derive.grade.pieces import Statement, statements
from derive.grade.said import (
    AFTER,
    ALONG_BEFORE,
    ALONG_BEHIND,
    BEFORE,
    FIRM,
    INTRODUCING,
    LOOSE,
    NOT_SO,
    SENTENCE,
    SPECIAL,
    SUMMING_UP,
    lasting,
    signs_of,
    unsure,
)
from derive.grade.sequences import MARK, applied, numbered, sequences
from derive.grade.variables import Declared, expected_of, image, remembered, spoken_of

TOTALS = re.compile(r"\\(?:i*int|sum|prod|lim)(?![A-Za-z])")
BASES = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
RELATION = re.compile(r"[<>=,]|\\(?:lt|gt|leq?|geq?|leqslant|geqslant|neq?|in)(?![A-Za-z])")
POWER = re.compile(r"(?P<base>.+?)\s*\^\s*(?:\d|\{\d\})", re.DOTALL)
DEFINING = re.compile(r"\b(?:let|put|set|define|denote|write|with|where)\s*$", re.I)
SIGNS = (">", "<", r"\ge", r"\geq", r"\le", r"\leq", r"\gt", r"\lt")
LONGEST_CONDITION, LONGEST_MEANING = 200, 2_000
WHERE, WHERE_TOO = (re.compile(rf"\s*[,;]?\s*(?:{words})\b[^.:;]{{0,24}}") for words in ("where|with", "and|where|with"))
MOST_BEHIND = 3  # formulas behind one that may explain its names
MOST = 12  # conditions, and definitions, that are taken along to one display


@dataclass(frozen=True)
class Given:
    """A condition of the document, as LaTeX. `lasting`: it says what a name is, for more than its paragraph."""

    text: str
    line: int
    paragraph: int
    lasting: bool


@dataclass(frozen=True)
class Meaning:
    """name = value, or name(args) = value; `quantity`: the value is an integral, a sum, a limit."""

    name: str
    args: tuple[str, ...]
    value: str
    line: int
    section: int
    quantity: bool
    several: bool = False  # it was given another value too, and not as a new meaning


@dataclass(frozen=True)
class Job:
    """A display, or an inline equation, with all that the document says of the names in it."""

    line: int
    display: bool
    chains: tuple[Statement, ...] = ()
    given: tuple[Given, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    functions: tuple[str, ...] = ()
    doubles: Mapping[str, frozenset[str]] = field(default_factory=dict)  # functions that conditions speak of as numbers, and their arguments
    section: int = 0
    before: str = ""  # the side that "= …" continues
    unsure: bool = False  # words say that an equation need not hold always
    redefines: bool = False
    firm: bool = False  # words state what the first side is: "the variance is"
    words: str = ""  # those of its sentence
    along: tuple[str, ...] = ()  # "as a function of θ", said of a proportion
    laws: tuple[Declared, ...] = ()  # of the random variables in it
    fault: str = ""


def jobs(formulas: Iterable[Formula]) -> list[Job]:
    """What there is to judge in a document, in order."""
    read = list(formulas)
    functions = functions_in(read)
    return list(Walk(functions).through(read))


class Walk:
    """One walk through a document, with what is known so far."""

    def __init__(self, functions: dict[str, set[str]]) -> None:
        self.functions = functions
        self.given: dict[str, list[Given]] = {}
        self.meanings: dict[str, Meaning] = {}
        self.numbers: set[str] = set()
        self.last = ""
        self.said, self.paragraph = "", 0  # the words of this sentence so far
        self.sequences: set[str] = set()
        self.laws: dict[tuple[str, str], Declared] = {}
        self.heading = 0
        self.ahead: dict[str, Meaning] = {}  # what names stand for that are explained right behind a formula
        self.along: tuple[str, int] = ("", -1)  # of what "as a function of" speaks, and in which paragraph

    def through(self, formulas: list[Formula]) -> Iterator[Job]:
        for number, f in enumerate(formulas):
            if f.heading != self.heading:
                self.last, self.laws, self.heading = "", {}, f.heading
            *ended, said = SENTENCE.split(f.before.rstrip() if f.display else f.before)  # a blank line before a display ends no sentence
            self.said = said if ended or f.paragraph != self.paragraph else f"{self.said} {said}"[-LONGEST_CONDITION:]
            self.paragraph = f.paragraph
            if f.fault:
                if f.display:
                    yield Job(f.line, True, fault=f.fault)
                continue
            if not f.display and ALONG_BEFORE.search(f.before):
                self.along = f.text, f.paragraph
            chains, conditions = self.read(f)
            if f.display and not chains:
                self.last = ""  # a bare expression, from which another computation starts
            self.condition(f, conditions, chains)
            remembered(self.laws, f)
            self.ahead = self.explained(f, chains, formulas[number + 1 : number + 1 + MOST_BEHIND])
            yield from self.judged(f, chains, conditions)

    def explained(self, f: Formula, chains: list[Statement], behind: list[Formula]) -> dict[str, Meaning]:
        """What the names in a formula stand for by what comes right after: V/Λ³, Λ = h/√(2πm), and "where $q = 1 - p$"."""
        found = chains[1:]
        for other in behind:
            lead = other.before if other.section == f.section and not other.display and not other.fault else "."
            if not (WHERE if len(found) == len(chains[1:]) else WHERE_TOO).fullmatch(lead):
                break
            found += statements(other)[0]
        heads = [(head_of(one.sides[0].text), one) for one in found if len(one.sides) == 2 and one.signs[0] == "="]
        return {head[0]: Meaning(head[0], (), one.sides[1].text, one.sides[0].line, f.section, bool(TOTALS.search(one.sides[1].text)))
                for head, one in heads if head is not None and not head[1] and not speaks_of(one.sides[1].text, one.sides[0].text)}  # fmt: skip

    def read(self, f: Formula) -> tuple[list[Statement], list[str]]:
        """The equations and conditions of a formula, with p_k as a function of k where the document says what it is."""
        chains, conditions = statements(f)
        for letter in sequences(chains, f.display):
            self.sequences.add(letter)
            self.functions[f"{letter.removeprefix(chr(92))}_{MARK}"] = set()
        self.sequences -= {letter for letter in self.sequences if any(numbered(letter, c) for c in conditions)}
        if self.sequences:
            chains, conditions = statements(replace(f, text=applied(f.text, sorted(self.sequences))))
        return signed(chains, conditions)

    def judged(self, f: Formula, chains: list[Statement], conditions: list[str]) -> Iterator[Job]:
        words = " ".join(c.words for c in chains)
        doubted = unsure(f, words) or bool(LOOSE.search(self.said))
        for chain in chains:
            head = None if expected_of(chain.sides[0].text, self.laws.values()) else head_of(chain.sides[0].text)
            known = head is not None and head[0] in self.meanings
            introduces = bool(INTRODUCING.search(f.before[-60:] + chain.words)) or bool(TOTALS.search(chain.sides[1].text))
            redefines = known and (introduces or self.meanings[head[0]].section != f.section)  # type: ignore[index]
            text = f"{chain.text} {self.last if chain.continues else ''}"
            if chosen(chain) or (not f.display and squared(chain, f.before)):
                continue
            if not (f.display or len(chain.sides) > 2 or head is None or known):
                self.define(head, chain, f, redefines)
                continue
            local = tuple(Given(c, f.line, f.paragraph, False) for c in conditions if len(c) <= LONGEST_CONDITION)
            meanings = self.meanings_for(text, head[0] if head else "")
            reach = " ".join([text, *(m.value for m in meanings)])
            doubles = {name: frozenset(args) for name, args in self.functions.items() if name in self.numbers}
            before = self.last if chain.continues and not SUMMING_UP.search(SENTENCE.split(f.before.rstrip())[-1]) else ""
            firm = bool(FIRM.search(self.said))
            yield Job(f.line, f.display, (chain,), (*self.given_for(reach, f), *local), meanings, tuple(sorted(self.functions)), doubles,
                      f.section, before, doubted, redefines, firm, self.said, self.along_for(f),
                      spoken_of(self.laws.values(), reach + before))  # fmt: skip
            self.define(head, chain, f, redefines)
            if f.display:
                self.last = chain.sides[-1].text
        if f.text.rstrip().endswith("."):
            self.said = ""

    def along_for(self, f: Formula) -> tuple[str, ...]:
        """The name along which the words beside a formula compare its sides."""
        behind = ALONG_BEHIND.match(f.after)
        said = behind[1] if behind else self.along[0] if f.paragraph - self.along[1] <= 1 else ""
        head = bare(said.strip()) if said else None
        return (head[0],) if head else ()

    def define(self, head: tuple[str, tuple[str, ...]] | None, chain: Statement, f: Formula, redefines: bool) -> None:
        """Remember what a name stands for, unless the document only tries a value for it."""
        value = chain.sides[1].text
        if head is None or chain.signs[0] != "=" or len(value) > LONGEST_MEANING or (not head[1] and speaks_of(value, chain.sides[0].text)):
            return
        if head[0] in self.meanings and not redefines:
            self.meanings[head[0]] = replace(self.meanings[head[0]], several=True)
            return
        trial = (re.fullmatch(r"[-\d./ ]+|\\infty", value) or bare(value)) and not f.display and SPECIAL.search(f.before)
        if not trial:
            name, args = head
            if not args:
                image(self.laws, name, value)
            self.meanings[name] = Meaning(name, args, value, f.line, f.section, bool(TOTALS.search(value)))

    def condition(self, f: Formula, conditions: list[str], chains: list[Statement]) -> None:
        """Remember the conditions of a formula, and those that words around it make: "positive a", "n is an integer"."""
        if NOT_SO.search(f.before[-60:]) or NOT_SO.search(f.after[:40]):
            return
        said = BEFORE.search(f.before) or AFTER.match(f.after)
        if said and not chains and not conditions and not f.display:
            conditions = [f"{name} {sign}" for name in f.text.split(",") if head_of(name) is not None for sign in signs_of(said[1].lower())]
        for text in conditions:
            if len(text) <= LONGEST_CONDITION:
                self.numbers.update(head[0] for part in RELATION.split(text) if (head := bare(part)))
                given = Given(text, f.line, f.paragraph, lasting(text) or (not f.display and not SPECIAL.search(f.before) and between_names(text)))
                for base in set(BASES.findall(text)):
                    self.given.setdefault(base, []).append(given)

    def given_for(self, text: str, f: Formula) -> tuple[Given, ...]:
        """The conditions on names in a text: those of this paragraph, and what names are said to be before it."""
        found: dict[Given, None] = {}
        for base in dict.fromkeys(BASES.findall(text)):
            near = [g for g in self.given.get(base, ())[-4:] if g.lasting or f.paragraph - g.paragraph <= 2]
            found.update(dict.fromkeys(near))
        return tuple(sorted(found, key=lambda g: g.line))[-MOST:]

    def meanings_for(self, text: str, told: str) -> tuple[Meaning, ...]:
        """The definitions of the names in a text, and of those in these; what the text itself tells of a name is not one."""
        found: dict[str, Meaning] = {}
        ahead = [text]
        while ahead and len(found) < MOST:
            bases = set(BASES.findall(ahead.pop()))
            for name, meaning in {**{name: m for name, m in self.ahead.items() if name != told}, **self.meanings}.items():
                if name not in found and {b.lstrip("\\") for b in bases} & {name, name.split("_")[0], *name_bases(name)}:
                    found[name] = meaning
                    ahead.append(meaning.value)
        return tuple(found.values())


def name_bases(name: str) -> set[str]:
    """The letters with which a name may be spelled: xbar is \\bar x."""
    base = name.split("_")[0]
    return {base.removeprefix("cal").removeprefix("bb"), *(base.removesuffix(a) for a in ("hat", "bar", "tilde", "star") if base.endswith(a))}


def between_names(text: str) -> bool:
    """Whether a condition only compares names and numbers, as µ > λ and 1 ≤ k ≤ n do."""
    parts = RELATION.split(text)
    return len(parts) > 1 and all(bare(part.strip()) or NUMBER.fullmatch(part) for part in parts)


def signed(chains: list[Statement], conditions: list[str]) -> tuple[list[Statement], list[str]]:
    """b = 1/T > 0 says what b is, and that it is positive."""
    made, said = [], list(conditions)
    for chain in chains:
        if len(chain.sides) == 3 and chain.signs[0] == "=" and chain.signs[1] in SIGNS and chain.sides[2].text == "0" and bare(chain.sides[0].text):
            said.append(f"{chain.sides[0].text} {chain.signs[1]} 0")
            chain = replace(chain, sides=chain.sides[:2], signs=chain.signs[:1])
        made.append(chain)
    return made, said


def speaks_of(value: str, name: str) -> bool:
    """Whether a value speaks of the name itself: s = 1/2 + s²/2 is an equation for s, and no definition."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name.strip())}(?![A-Za-z_])", value) is not None


def chosen(chain: Statement) -> bool:
    """Whether a chain only gives names a value: p = q = 1/2."""
    *names, last = (side.text for side in chain.sides)
    return len(names) > 1 and all(bare(name) for name in names) and bool(NUMBER.fullmatch(last)) and set(chain.signs) == {"="}


def squared(chain: Statement, before: str) -> bool:
    """Whether "write s² = …" introduces a name by one of its powers."""
    power = POWER.fullmatch(chain.sides[0].text)
    return power is not None and bare(power["base"]) is not None and bool(DEFINING.search(before))
