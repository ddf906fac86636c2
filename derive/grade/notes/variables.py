r"""Random variables that a document declares, X ∼ Gamma(a, b) and λ | x ∼ Gamma(a + s, b + n), f_X(x) = …."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sympy import Dummy, S, oo

from derive.grade.chance.laws import GAP, LONGEST, NAME, Way, collapsed, role_named, role_of, ways_of
from derive.grade.chance.moments import EXPECTED, speaks_of
from derive.grade.chance.spoken import spoken
from derive.grade.notes.written import COUNTS, HERE, SET, WRITTEN, Density, averages, calls
from derive.grade.writing.documents import Formula
from derive.grade.writing.segments import bracket_end
from derive.language.totals import Counting, Lebesgue

VARIABLE = r"(?<![A-Za-z\\_^{])(?P<X>[A-Za-z]|\\(?:alpha|beta|gamma|theta|lambda|mu|nu|omega|phi|psi|rho|sigma|tau|xi))(?![A-Za-z_'^])"
DECLARES = re.compile(rf"{VARIABLE}{GAP}(?:(?:\\mid(?![A-Za-z])|\|)(?P<given>[^~]{{1,60}}?))?\\sim(?![A-Za-z]){GAP}{NAME}{GAP}"
                      rf"(?:\\left|\\[bB]igg?l?)?{GAP}(?P<open>\()", re.IGNORECASE)  # fmt: skip
ANEW = re.compile(r"\b(?:let|suppose|consider|assume|take|denote|now|another)\b[^.$]*$|\b(?:for|if|when)\s*$", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?P<role>shape|rate|scale|mean|variance|standard deviation|precision)\b[*_]*(?:\s*(?:parameter\s*)?\$\s*(?P<value>[^$<>=]{1,40}?)\s*"
    r"(?:(?:[<>]|\\(?:geq?|leq?|in)(?![A-Za-z]))[^$]*)?\$)?", re.IGNORECASE
)  # fmt: skip
GIVEN_BEFORE = re.compile(r"\b(?:given|condition(?:ed|al|ally|ing)?\s+(?:up)?on)\s+(?:that\s+|the\s+event\s+)?$", re.IGNORECASE)
BAR = re.compile(r"\\mid(?![A-Za-z])|\|")
LIST = re.compile(r"(?:\\\{|=|\$|\bon)\s*([01])\s*,\s*[12]\s*,")
NORMAL = ("n", "normal", "gaussian")
SQUARE = re.compile(r"(?!.*\\sqrt).*(?:\^\s*(?:2|\{\s*(?:2|-1|-2)\s*\})).*|1\s*/.+|\\[dt]?frac\s*\{?1.*", re.DOTALL)  # σ²/n and 1/τ are variances
IMAGE = "image"  # a variable that is a function of others: Y = e^X
AS_IT_IS = Way((), lambda x, *_: (S.One, Lebesgue(-oo, oo)))
COUNTED = Way((), lambda x, *_: (S.One, Counting(-oo, oo)))
NEAR = 90  # characters behind a law in which its parameters may be told


@dataclass(frozen=True)
class Declared:
    """A variable with its law: the variable and what stands behind the bar as LaTeX, the law's name and arguments, what each is said to be."""

    name: str
    given: str
    law: str
    arguments: tuple[str, ...]
    roles: tuple[str, ...] = ()
    first: str = ""  # the least value, where a list such as {1, 2, …} stands beside it
    apart: bool = field(default=False, repr=False)  # whether the document calls variables independent there

    @property
    def key(self) -> str:
        """The variable's name as the reader of LaTeX has it."""
        return self.name.lstrip("\\")

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which the law may be meant, those that fit the words beside it."""
        if self.law == WRITTEN:  # a way for each support that may be meant
            _, whole, _, _, *ends = self.arguments
            pairs = list(zip(ends[::2], ends[1::2], strict=True))
            return tuple(replace(COUNTED if whole or pair[1].endswith(COUNTS) else AS_IT_IS, roles=pair) for pair in pairs)
        found = [AS_IT_IS] if self.law == IMAGE else list(ways_of(self.law, len(self.arguments)))
        square = not self.roles and self.law in NORMAL and len(self.arguments) == 2 and SQUARE.fullmatch(self.arguments[1])
        said = {"variance"} if square else {"mean" if role == "scale" and not any(role in w.roles for w in found) else role for role in self.roles}
        fitting = [w for w in found if said <= set(w.roles) and self.begins(w)]
        return tuple(fitting or found)

    @property
    def of_points(self) -> bool:
        """Whether its support is a list of points, of whose probabilities nothing is read."""
        return self.law == WRITTEN and SET in self.arguments

    def begins(self, way: Way) -> bool:
        """Whether the support of a law on whole numbers begins where it is said to."""
        measure = way.kernel(*(Dummy(positive=True) for _ in (0, *self.arguments)))[1]
        return not self.first or not isinstance(measure, Counting) or str(measure.lo) == self.first


def declarations(f: Formula) -> Iterator[Declared]:
    r"""The variables that a formula declares.

    >>> list(declarations(Formula(r"X \sim \mathrm{Gamma}(a, b)", 1, False, after=" with shape $a$ and rate $b$.")))
    [Declared(name='X', given='', law='gamma', arguments=('a', 'b'), roles=('shape', 'rate'), first='')]
    """
    text = collapsed(f.text) if len(f.text) <= LONGEST else ""
    for match in DECLARES.finditer(text):
        end = bracket_end(text, match.end(), "(")
        if end is None or FACTOR.search(SPOKEN.sub("", text[: match.start()])):
            continue
        parts = [role_of(part.strip()) for part in re.split(r"[,;]", re.sub(r"\\[,;:!]", " ", text[match.end() : end[0]]))]
        beside = re.split(r"[.;]\s|\\sim", (text[end[1] :] + f.after)[:NEAR])[0]
        values = {None, *(part for _, part in parts)}  # N(μ, 1/τ) of precision τ is given by its variance
        roles = [role for role, _ in parts if role] or [role_named(m["role"]) for m in ROLE.finditer(beside) if m["value"] in values]
        name = (match["set"] or match["cal"] or match["bare"]).lower()
        given = re.sub(rf"{GAP}", "", match["given"] or "")
        told = tuple(roles) if len(roles) <= len(parts) else ()
        others = re.findall(r"[A-Z]", found[0]) if (found := LISTED.search(text[: match.start()])) and not given else []
        for one in (*others, match["X"]):
            yield Declared(one, given, name, tuple(part for _, part in parts), told, least(text[end[1] :] + f.after))


SPOKEN = re.compile(r"\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\}\s*$")
FACTOR = re.compile(r"(?:[-+*/\d)}|]|\\(?:cdot|times)|(?<![A-Za-z\\])[A-Za-z])\s*(?:\\[,;: ]\s*)?$")  # X + Y ∼, 2 X ∼ and a X ∼ say nothing of X
LISTED = re.compile(r"(?:^|[\s;])(?:[A-Z]\s*,\s*(?:\\[,;: ]\s*)?)+$")  # X, Y ∼ Exp(λ)
RATES = re.compile(r"\b(?P<role>rate|mean|scale)s\s*$", re.IGNORECASE)
ANOTHER = re.compile(r"\s*,?\s*(?:and|or)?\s*")


def with_rates(laws: dict[tuple[str, str], Declared], f: Formula, role: str) -> str:
    """What "with rates $\\lambda$ and $\\mu$" says of laws with one parameter each; the role of which the next formula may go on to speak."""
    found = RATES.search(f.before)
    role = role_named(found["role"]) if found else role if ANOTHER.fullmatch(f.before) else ""
    names = {part.strip() for part in re.split(r"[,<>=]|\\(?:geq?|in)(?![A-Za-z])", f.text)} if role else set()
    for key, law in laws.items():
        if not law.roles and len(law.arguments) == 1 and law.arguments[0] in names:
            laws[key] = replace(law, roles=(role,))
    return role


def least(words: str) -> str:
    """The least value of a list of whole numbers behind a law, in its sentence."""
    found = LIST.search(re.split(r"[.;]\s", words[:NEAR])[0])
    return found[1] if found else ""


def told_given(f: Formula, prior: Formula | None) -> str:
    r"""What a law in or behind a formula is said to be given, by the formula before it: "given $N = n$, $X \sim$ …"; "" where nothing is."""
    close = prior is not None and not prior.display and prior.paragraph == f.paragraph and len(f.before) < NEAR and not re.search(r"[.;]", f.before)
    return re.sub(GAP, "", prior.text) if prior is not None and close and GIVEN_BEFORE.search(prior.before) else ""


def remembered(laws: dict[tuple[str, str], Declared], f: Formula, prior: Formula | None = None) -> None:
    """The laws after a formula. A variable that is spoken of anew has none until one is said; one with two laws at once has neither."""
    given = told_given(f, prior)
    anew, bare = bool(ANEW.search(f.before[-60:])), f.text.strip()
    if anew and re.fullmatch(r"\\?[A-Za-z]+", bare):
        laws.pop((bare, ""), None)
    if (told := spoken(f)) is not None:
        name, law, arguments, roles = told
        again = (name, "") in laws and laws[name, ""].arguments != arguments
        laws.pop((name, ""), None)
        if not again:
            laws[name, given] = conditional(Declared(name, given, law, arguments, roles, least(f.after)), laws)
    if r"\sim" not in f.text:
        return
    found = [conditional(replace(one, given=one.given or given), laws) for one in declarations(f)]
    for name, behind in [key for key in laws if re.search(rf"{re.escape(key[0])}(?![A-Za-z_'])[^,;]*\\sim", f.text)]:
        if behind == (given_in(f.text) or given):
            old = laws.pop((name, behind))
            found = [one for one in found if anew or old.law == IMAGE or one.arguments == old.arguments or (one.name, one.given) != (name, behind)]
    laws.update({(one.name, one.given): one for one in found})


def image(laws: dict[tuple[str, str], Declared], name: str, value: str) -> None:
    """Remember Y = g(X), where X has a law and Y is a capital letter."""
    if re.fullmatch("[A-Z]", name) and any(law.name.isupper() and speaks_of(law.name, value) for law in laws.values()):
        laws[name, ""] = Declared(name, "", IMAGE, (value,))


def written(one: Density, name: str, ranges: Iterable[tuple[str, str]]) -> Declared:
    """A variable with a density that the document writes down, on one of these ranges."""
    return Declared(name, "", WRITTEN, (one.letter, "whole" if one.whole else "", one.at, one.value, *(end for pair in ranges for end in pair)))


def conditional(one: Declared, laws: Mapping[tuple[str, str], Declared]) -> Declared:
    """A law whose parameters are variables themselves as one given these: X ∼ Poisson(λ) where λ ∼ Gamma(a, b)."""
    others = [name for name, _ in laws if name != one.name and any(speaks_of(name, a) for a in one.arguments)]
    return one if one.given or not others else replace(one, given=",".join(others))


def given_in(text: str) -> str:
    """What stands behind the bar in front of a ∼."""
    parts = BAR.split(text.split(r"\sim")[0], maxsplit=1)
    return re.sub(GAP, "", parts[1]) if len(parts) > 1 else ""


def spoken_of(laws: Iterable[Declared], text: str) -> tuple[Declared, ...]:
    """The laws of the variables in a text, of those that these are functions of, and those that it applies, as in N(x; μ, σ²)."""
    known = [law for law in laws if law.name.isupper() or law.law != WRITTEN or averages(text) or EXPECTED.search(text)]
    found = [law for law in known if speaks_of(law.name, text)]
    behind = [law for law in known if law not in found and any(one.law == IMAGE and speaks_of(law.name, one.arguments[0]) for one in found)]
    text = " ".join([text, *(law.arguments[3] for law in found if law.law == WRITTEN)])
    called = {Declared(HERE, "", law, arguments, roles): None for _, _, law, _, arguments, roles in calls(text)}
    return (*found, *behind, *called)
