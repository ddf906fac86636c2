r"""What a document says of its names where a formula stands: conditions, definitions, functions; and what it lets be used there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from derive.grade.notes.conventions import followed, told
from derive.grade.notes.equated import RELATION, at_a_point, between_names, called_in, chosen, key_of, name_bases, signed, speaks_of, squared
from derive.grade.notes.expectations import expected_of
from derive.grade.notes.said import (
    AFTER,
    AFTER_MORE,
    ALONG_BEFORE,
    ALONG_BEHIND,
    BEFORE,
    FIRM,
    INTRODUCING,
    LOOSE,
    NOT_SO,
    OF_ARGUMENTS,
    SENTENCE,
    SPECIAL,
    SUMMING_UP,
    lasting,
    signs_of,
    unsure,
)
from derive.grade.notes.sequences import MARK, applied, numbered, sequences
from derive.grade.notes.variables import IMAGE, Declared, image, remembered, spoken_of, with_rates, written
from derive.grade.notes.written import MASS, WRITTEN, Density, density_of, supports
from derive.grade.writing.digits import numbers_near
from derive.grade.writing.documents import Formula
from derive.grade.writing.naming import bare, functions_in, head_of
from derive.grade.writing.pieces import Statement, statements

TOTALS = re.compile(r"\\(?:i*int|sum|prod|lim)(?![A-Za-z])")
BASES = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
LONGEST_CONDITION, LONGEST_MEANING = 200, 2_000
WHERE, WHERE_TOO = (re.compile(rf"\s*[,;]?\s*(?:{words})\b[^.:;]{{0,24}}") for words in ("where|with", "and|where|with"))
APART = re.compile(r"(?<!not )(?<!conditionally )(?<!pairwise )\bindependent\b|\bi\.?i\.?d\b", re.I)
TOGETHER = re.compile(r"\b(?:not independent|dependent|correlated|jointly|joint density)\b", re.I)
EITHER = re.compile(r"\s*(?P<name>\\?[A-Za-z]+)\s*=\s*\\pm\s*(?P<one>\d+)\s*")  # s = ±1
ARGUMENTS = re.compile(r"[^()]*\(([^()]*)\)")
SIGN = re.compile(r"(?<![:<>!])=|\\(?:propto|equiv)(?![A-Za-z])")
MOST_BEHIND = 3  # formulas behind one that may explain its names
GREEK = ("alpha", "beta", "eta", "kappa", "lambda", "mu", "nu", "rho", "sigma", "tau", "theta")  # σ(a) in one section, and σ² in another
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
    defines: bool = False  # P(X = k) = …: its first equation says what the chances of X are
    fault: str = ""
    digits: tuple[str, str] = ("", "")  # a number and what is said to be near it


def jobs(formulas: Iterable[Formula]) -> list[Job]:
    """What there is to judge in a document, in order."""
    read = list(formulas)
    functions = functions_in(read)
    return list(Walk(functions).through(read))


def set_to(chain: Statement, f: Formula) -> bool:
    """Whether "at $a = b = n + 1$" gives names a value for the moment."""
    names = (bare(side.text) for side in chain.sides[:-1])
    return not f.display and len(chain.sides) > 2 and bool(SPECIAL.search(f.before)) and all(names) and set(chain.signs) == {"="}


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
        self.densities: dict[tuple[str, str], Density] = {}  # by letter and argument
        self.conventions: dict[tuple[str, int], tuple[str, ...]] = {}  # how the document says that it counts the parameters of a law
        self.heading = 0
        self.role = ""  # "rate", after "with rates $λ$"
        self.independent = False  # what is said of the variables under this heading
        self.ahead: dict[str, Meaning] = {}  # what names stand for that are explained right behind a formula
        self.along: tuple[str, int] = ("", -1)  # of what "as a function of" speaks, and in which paragraph

    def through(self, formulas: list[Formula]) -> Iterator[Job]:
        for number, f in enumerate(formulas):
            if f.heading != self.heading:
                self.last, self.laws, self.densities, self.heading, self.independent = "", {}, {}, f.heading, False
            self.independent = (self.independent or bool(APART.search(f"{f.before} {f.after}"))) and not TOGETHER.search(f.before)
            *ended, said = SENTENCE.split(f.before.rstrip() if f.display else f.before)  # a blank line before a display ends no sentence
            self.said = said if ended or f.paragraph != self.paragraph else f"{self.said} {said}"[-LONGEST_CONDITION:]
            self.paragraph = f.paragraph
            if f.fault:
                if f.display:
                    yield Job(f.line, True, fault=f.fault)
                continue
            if not f.display and ALONG_BEFORE.search(f.before):
                self.along = f.text, f.paragraph
            yield from (Job(f.line, f.display, digits=pair) for pair in numbers_near(f.text))
            chains, conditions = self.read(f)
            if f.display and not chains:
                self.last = ""  # a bare expression, from which another computation starts
            self.condition(f, conditions, chains)
            self.conventions.update(told(f))
            remembered(self.laws, f, formulas[number - 1] if number else None)
            self.role = with_rates(self.laws, f, self.role)
            self.ahead = self.explained(f, chains, formulas[number + 1 : number + 1 + MOST_BEHIND])
            yield from self.judged(f, chains, conditions)

    def anew(self, name: str, f: Formula) -> bool:
        """Whether a formula in the text, "For $Y = X^2$", gives a function of a random variable its name once more."""
        one = self.laws.get((name, ""))
        return one is not None and one.law == IMAGE and not f.display and bool(SPECIAL.search(f.before))

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
        either = {chain: m for chain in chains if not f.display and (m := EITHER.fullmatch(chain.text)) is not None}
        conditions += [rf"{m['name']} \in \{{-{m['one']}, {m['one']}\}}" for m in either.values()]
        return signed([chain for chain in chains if chain not in either], conditions)

    def judged(self, f: Formula, chains: list[Statement], conditions: list[str]) -> Iterator[Job]:
        words = " ".join(c.words for c in chains)
        doubted = unsure(f, words) or bool(LOOSE.search(self.said))
        if f.display and not chains and not conditions and SIGN.search(f.text):
            yield Job(f.line, True, fault="the equations in it could not be told apart")
        for chain in chains:
            head = None if expected_of(chain.sides[0].text, self.laws.values()) else head_of(chain.sides[0].text)
            old = self.meant(head) if head is not None else None
            introduces = bool(INTRODUCING.search(f.before[-60:] + chain.words)) or bool(TOTALS.search(chain.sides[1].text))
            introduces = introduces or head is not None and self.anew(head[0], f)
            point = old is not None and head is not None and at_a_point(head[1], old.args, old.value)
            redefines = old is not None and (introduces or not point and (old.section != f.section or head is not None and head[1] != old.args))
            text = f"{chain.text} {self.last if chain.continues else ''}"
            if chosen(chain) or set_to(chain, f) or not f.display and (squared(chain, f.before) or not any(side.text for side in chain.sides)):
                continue
            if not (f.display or len(chain.sides) > 2 or head is None or old is not None and not self.anew(head[0], f)):
                self.define(head, chain, f, redefines)
                self.density(chain)
                continue
            defines = chain.signs[0] == "=" and self.density(chain)
            local = tuple(Given(c, f.line, f.paragraph, False) for c in conditions if len(c) <= LONGEST_CONDITION)
            drawn = spoken_of(self.known(), text)
            text = " ".join([text, *(part for law in drawn if law.law == WRITTEN for part in law.arguments[3:])])
            meanings = self.meanings_for(text, head[0] if head else "")
            reach = " ".join([text, *(m.value for m in meanings)])
            doubles = {name: frozenset(args) for name, args in self.functions.items() if name in self.numbers}
            before = self.last if chain.continues and not SUMMING_UP.search(SENTENCE.split(f.before.rstrip())[-1]) else ""
            firm = bool(FIRM.search(self.said))
            functions = {name for name in self.functions if name not in GREEK or called_in(name, reach + before)}
            yield Job(f.line, f.display, (chain,), (*self.given_for(reach, f), *local), meanings, tuple(sorted(functions)), doubles,
                      f.section, before, doubted, redefines, firm, self.said, self.along_for(f),
                      tuple(replace(followed(law, self.conventions), apart=self.independent) for law in spoken_of(self.known(), reach + before)),
                      defines)  # fmt: skip
            self.define(head, chain, f, redefines)
            if f.display:
                self.last = chain.sides[-1].text
        if f.text.rstrip().endswith("."):
            self.said = ""

    def meant(self, head: tuple[str, tuple[str, ...]]) -> Meaning | None:
        """What a name stands for; for f(n) the f(t) whose value there it may be."""
        others = (m for m in self.meanings.values() if m.name == head[0] and head[1] and at_a_point(head[1], m.args, m.value))
        return self.meanings.get(key_of(head)) or next(others, None)

    def density(self, chain: Statement) -> bool:
        """Remember the density that an equation gives a variable which has no law; whether it is P(X = k) = …, and so says what that is."""
        mass = MASS.fullmatch(chain.sides[0].text)
        law = self.laws.get((mass["of"], "")) if mass else None
        if law is not None and law.law != WRITTEN:
            return False
        found = density_of(chain.sides[0].text, chain.sides[1].text)
        if found is None:
            return False
        self.densities[found.letter, found.of or found.at] = found
        if found.of and ((found.of, "") not in self.laws or self.laws[found.of, ""].law == WRITTEN):
            self.laws[found.of, ""] = written(found, found.of, [])
        return mass is not None

    def known(self) -> list[Declared]:
        """The laws of variables, with the densities in x that stand for that of x, and of X where nothing else is said of it."""
        told = [law for law in self.laws.values() if law.law != WRITTEN]
        named = [(d, d.of or d.at) for d in self.densities.values() if not d.of or (d.of, "") in self.laws and self.laws[d.of, ""].law == WRITTEN]
        capitals = [(d, name.upper()) for d, name in named if len(name) == 1 and name.islower() and (name.upper(), "") not in self.laws]
        single = [(d, name) for d, name in capitals if [other for _, other in capitals].count(name) == 1]
        return [*told, *(written(d, name, supports(d, [g.text for g in self.given.get(d.at, ())[-MOST:]])) for d, name in (*named, *single))]

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
        if (old := self.meant(head)) is not None and not redefines:
            self.meanings[key_of((head[0], old.args))] = replace(old, several=True)
            if value != old.value and (law := self.laws.get((head[0], ""))) is not None and law.law == IMAGE:
                del self.laws[head[0], ""]  # one variable by two formulas: neither is taken for it
            return
        trial = (re.fullmatch(r"[-\d./ ]+|\\infty", value) or bare(value)) and not f.display and SPECIAL.search(f.before)
        if not trial:
            name, args = head
            if not args:
                image(self.laws, name, value)
            self.meanings[key_of(head)] = Meaning(name, args, value, f.line, f.section, bool(TOTALS.search(value)))

    def condition(self, f: Formula, conditions: list[str], chains: list[Statement]) -> None:
        """Remember the conditions of a formula, and those that words around it make: "positive a", "n is an integer"."""
        if NOT_SO.search(f.before[-60:]) or NOT_SO.search(f.after[:40]):
            return
        said = BEFORE.search(f.before) or AFTER.match(f.after) or AFTER_MORE.match(f.after)
        if said and not chains and not conditions and not f.display:
            conditions = [f"{name} {sign}" for name in f.text.split(",") if head_of(name) is not None for sign in signs_of(said[1].lower())]
        elif said and re.search("int|whole|nat", said[1].lower()) and not chains and not f.display:  # "an integer $m \\ge 0$"
            several = len(conditions) == 1 and said[1].lower().endswith("s")  # "($0 \\le k \\le n$, integers)"
            parts = RELATION.split(conditions[0]) if several else [RELATION.split(text)[0] for text in conditions]
            conditions += [rf"{name[0]} \in \mathbb{{Z}}" for part in parts if (name := bare(part))]
        if (both := OF_ARGUMENTS.match(f.after)) and (inside := ARGUMENTS.fullmatch(f.text.strip())):
            conditions += [f"{name} {sign}" for name in inside[1].split(",") if bare(name) for sign in signs_of(both[1].lower())]
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
            for key, meaning in {**{name: m for name, m in self.ahead.items() if name != told}, **self.meanings}.items():
                name = meaning.name
                if key not in found and {b.lstrip("\\") for b in bases} & {name, name.split("_")[0], *name_bases(name)}:
                    found[key] = meaning
                    ahead.append(meaning.value)
        return tuple(found.values())
