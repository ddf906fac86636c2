r"""Random variables that a document declares, X ∼ Gamma(a, b) and λ | x ∼ Gamma(a + s, b + n): what E[g(X)], Var(X) and P(X > t) are of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sympy import Dummy, S, oo

from derive.grade.chances import ABOVE, BELOW, BETWEEN, CLOSE, GIVEN_ABOVE, OPEN, PROBABILITY
from derive.grade.documents import Formula
from derive.grade.laws import GAP, LONGEST, NAME, Way, collapsed, role_named, role_of, ways_of
from derive.grade.moments import EXPECTED, VARIED, speaks_of
from derive.grade.segments import bracket_end
from derive.grade.spoken import spoken
from derive.grade.under import CHANCE, MEAN, POINT
from derive.language.totals import Atoms, Counting, Lebesgue, Measure

VARIABLE = r"(?<![A-Za-z\\_^{])(?P<X>[A-Za-z]|\\(?:alpha|beta|gamma|theta|lambda|mu|nu|omega|phi|psi|rho|sigma|tau|xi))(?![A-Za-z_'^])"
DECLARES = re.compile(rf"{VARIABLE}{GAP}(?:(?:\\mid(?![A-Za-z])|\|)(?P<given>[^~]{{1,60}}?))?\\sim(?![A-Za-z]){GAP}{NAME}{GAP}"
                      rf"(?:\\left|\\[bB]igg?l?)?{GAP}(?P<open>\()", re.IGNORECASE)  # fmt: skip
ANEW = re.compile(r"\b(?:let|suppose|consider|assume|take|denote|now|another)\b[^.$]*$", re.IGNORECASE)
ROLE = re.compile(r"\b(?:shape|rate|scale|mean|variance|standard deviation|precision)\b", re.IGNORECASE)
BARS = re.compile(r"(?:\\mathbb\s*\{?\s*E\s*\}?|\\(?:operatorname|mathrm)\s*\{\s*E\s*\}|(?<![A-Za-z\\])E)\s*\|(?P<inside>[^|]{1,40})\|")
PLACED = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*=\s*(?P<end>[^()=<>|]{{1,30}}?){CLOSE}")
DENSITY = re.compile(rf"(?<![A-Za-z\\])[pf]{GAP}(?:_\s*\{{?\s*(?P<sub>[A-Z])\s*\}}?{GAP}\((?P<at>[^()|]{{1,60}})\)|\((?P<X>[^()=<>,;|]{{1,12}}?)"
                     r"(?:(?:\\mid(?![A-Za-z])|\|)(?P<given>[^()=<>]{1,40}))?\))")  # fmt: skip
BAR = re.compile(r"\\mid(?![A-Za-z])|\|")
ADORNED = r"\\(?:bar|hat|tilde|overline|widehat)\s*\{?\s*"
LIST = re.compile(r"(?:\\\{|=|\$|\bon)\s*([01])\s*,\s*[12]\s*,")
IMAGE = "image"  # a variable that is a function of others: Y = e^X
AS_IT_IS = Way((), lambda x, value: (S.One, Lebesgue(-oo, oo)))
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

    @property
    def key(self) -> str:
        """The variable's name as the reader of LaTeX has it."""
        return self.name.lstrip("\\")

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which the law may be meant, those that fit the words beside it."""
        found = [AS_IT_IS] if self.law == IMAGE else list(ways_of(self.law, len(self.arguments)))
        fitting = [w for w in found if set(self.roles) <= set(w.roles) and self.begins(w)]
        return tuple(fitting or found)

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
        if end is None:
            continue
        parts = [role_of(part.strip()) for part in re.split(r"[,;]", re.sub(r"\\[,;:!]", " ", text[match.end() : end[0]]))]
        beside = re.split(r"[.;]\s|\\sim", (text[end[1] :] + f.after)[:NEAR])[0]
        roles = [role for role, _ in parts if role] or [role_named(word) for word in ROLE.findall(beside)]
        name = (match["set"] or match["cal"] or match["bare"]).lower()
        given = re.sub(rf"{GAP}", "", match["given"] or "")
        told = tuple(roles) if len(roles) <= len(parts) else ()
        yield Declared(match["X"], given, name, tuple(part for _, part in parts), told, least(text[end[1] :] + f.after))


def least(words: str) -> str:
    """The least value of a list of whole numbers behind a law, in its sentence."""
    found = LIST.search(re.split(r"[.;]\s", words[:NEAR])[0])
    return found[1] if found else ""


def remembered(laws: dict[tuple[str, str], Declared], f: Formula) -> None:
    """The laws after a formula. A variable that is spoken of anew has none until one is said; one with two laws at once has neither."""
    anew, bare = bool(ANEW.search(f.before[-60:])), f.text.strip()
    if anew and re.fullmatch(r"\\?[A-Za-z]+", bare):
        laws.pop((bare, ""), None)
    if (told := spoken(f)) is not None:
        name, law, arguments, roles = told
        again = (name, "") in laws and laws[name, ""].arguments != arguments
        laws.pop((name, ""), None)
        if not again:
            laws[name, ""] = conditional(Declared(name, "", law, arguments, roles, least(f.after)), laws)
    if r"\sim" not in f.text:
        return
    found = [conditional(one, laws) for one in declarations(f)]
    for name, given in [key for key in laws if re.search(rf"{re.escape(key[0])}(?![A-Za-z_'])[^,;]*\\sim", f.text)]:
        if given == given_in(f.text):
            old = laws.pop((name, given))
            found = [one for one in found if anew or old.law == IMAGE or one.arguments == old.arguments or (one.name, one.given) != (name, given)]
    laws.update({(one.name, one.given): one for one in found})


def image(laws: dict[tuple[str, str], Declared], name: str, value: str) -> None:
    """Remember Y = g(X), where X has a law and Y is a capital letter."""
    if re.fullmatch("[A-Z]", name) and any(law.name.isupper() and speaks_of(law.name, value) for law in laws.values()):
        laws[name, ""] = Declared(name, "", IMAGE, (value,))


def conditional(one: Declared, laws: Mapping[tuple[str, str], Declared]) -> Declared:
    """A law whose parameters are variables themselves as one given these: X ∼ Poisson(λ) where λ ∼ Gamma(a, b)."""
    others = [name for name, _ in laws if name != one.name and any(speaks_of(name, a) for a in one.arguments)]
    return one if one.given or not others else replace(one, given=",".join(others))


def given_in(text: str) -> str:
    """What stands behind the bar in front of a ∼."""
    parts = BAR.split(text.split(r"\sim")[0], maxsplit=1)
    return re.sub(GAP, "", parts[1]) if len(parts) > 1 else ""


def expected(text: str) -> bool:
    """Whether a side begins with E[…], Var(…) or P(…)."""
    return any(pattern.match(text.strip()) for pattern in (EXPECTED, VARIED, BARS, ABOVE, BELOW, BETWEEN, PLACED))


def spoken_of(laws: Iterable[Declared], text: str) -> tuple[Declared, ...]:
    """The laws of the variables in a text, and of those that these are functions of."""
    known = list(laws)
    found = [law for law in known if speaks_of(law.name, text)]
    behind = [law for law in known if law not in found and any(one.law == IMAGE and speaks_of(law.name, one.arguments[0]) for one in found)]
    return (*found, *behind)


def expected_of(text: str, laws: Collection[Declared]) -> bool:
    """Whether a side begins with a mean, a variance or a probability of a variable that has a law."""
    return bool(laws) and expected(text) and with_laws(text, tuple(laws)) != text


def with_laws(text: str, laws: Sequence[Declared], taken: Collection[tuple[str, ...]] = ()) -> str:
    r"""A text with means, variances and probabilities under known laws as functions that only this module reads.

    `taken` are the functions that the document defines, with their arguments. An energy E(x) of a variable in small letters is no mean.

    >>> law = Declared("X", "", "gamma", ("a", "b"))
    >>> with_laws(r"\mathbb{E}[X^2] + \mathbb{E}[Y]", [law]), with_laws("P(X > t)", [law])
    ('\\operatorname{MeanUnder}(0,X^2) + \\mathbb{E}[Y]', '\\operatorname{ChanceUnder}(0,t,\\infty)')
    """
    if not laws:
        return text
    text = BARS.sub(lambda m: rf"\mathbb{{E}}[\left|{m['inside']}\right|]", text)
    text = replaced(text, EXPECTED, laws, lambda k, inner: rf"\operatorname{{{MEAN}}}({k},{inner})")
    text = replaced(text, VARIED, laws, lambda k, inner: rf"\left(\operatorname{{{MEAN}}}({k},({inner})^2)-"
                                                         rf"\left(\operatorname{{{MEAN}}}({k},{inner})\right)^2\right)")  # fmt: skip
    text = GIVEN_ABOVE.sub(lambda m: beyond(m, laws), text)
    for pattern, write in ((BETWEEN, between), (BELOW, below), (ABOVE, above), (PLACED, placed)):
        text = pattern.sub(lambda m, write=write: write(m, laws), text)  # type: ignore[misc]
    return DENSITY.sub(lambda m: m[0] if not m["sub"] and (m[0].strip() == text.strip() or called(m) in taken) else density(m, laws), text)


def replaced(text: str, head: re.Pattern[str], laws: Sequence[Declared], write: Callable[[int, str], str]) -> str:
    """The text with every head and its bracket rewritten where the bracket speaks of one variable with a law; the innermost come first."""
    for match in reversed(list(head.finditer(text))):
        bare = match.groupdict().get("bare") or ""
        close = (0, match.end()) if bare else bracket_end(text, match.end(), match["open"][-1])
        if close is None:
            continue
        inside, after = bare or text[match.end() : close[0]], close[1]
        found = under(inside, laws)
        plain = match[0].lstrip().startswith("E") and match[0].rstrip().endswith("(") and found is not None and not laws[found[0]].name.isupper()
        if found is not None and not plain:
            text = text[: match.start()] + write(*found) + text[after:]
    return text


def under(inside: str, laws: Sequence[Declared]) -> tuple[int, str] | None:
    """The place of the law under which something is averaged, and what is averaged; None where it speaks of other variables too."""
    one = inside.count("|") == 1 or r"\mid" in inside
    content, *rest = BAR.split(inside, maxsplit=1) if one else [inside]
    for law in (law for law in laws if law.law == IMAGE):
        value = rf"\left({law.arguments[0]}\right)"
        content = re.sub(rf"\\[A-Za-z]+|{law.name}(?![_'])", lambda m, value=value: m[0] if m[0][0] == "\\" else value, content)  # type: ignore[misc]
    given = re.sub(GAP, "", rest[0]) if rest else ""
    spoken = [k for k, law in enumerate(laws) if law.law != IMAGE and speaks_of(law.name, content) and law.given == given]
    other = [law for law in laws if law.law != IMAGE and speaks_of(law.name, content) and law.name != (laws[spoken[0]].name if spoken else "")]
    if len(spoken) != 1 or other and laws[spoken[0]].name.isupper():
        return None
    name = laws[spoken[0]].name
    bare = re.sub(r"\\[A-Za-z]+", " ", content)
    if re.search(rf"{ADORNED}{re.escape(name)}|{re.escape(name)}\s*[_']", content) or any(c != name for c in re.findall(r"[A-Z]", bare)):
        return None
    return spoken[0], re.sub(r"(?:\\left\s*)?\|([^|]*?)(?:\\right\s*)?\|", r"\\lvert \1\\rvert ", content)


def place_of(capital: str, laws: Sequence[Declared], *kinds: type[Measure]) -> int | None:
    """The place of a variable's law, where it is of one of these kinds."""
    found = next((k for k, law in enumerate(laws) if law.name == capital and not law.given and law.law != IMAGE), None)
    return found if found is not None and kind_of(laws[found]) in kinds else None


def kind_of(law: Declared) -> type[Measure]:
    """Whether a law counts, has points with a weight, or a length."""
    ways = law.ways
    return type(ways[0].kernel(*(Dummy(positive=True) for _ in (0, *law.arguments)))[1]) if ways else Measure


def strict(match: re.Match[str], key: str, law: Declared, step: str) -> str:
    """+1 for K > t where K is whole: it is K ≥ t + 1."""
    return step if kind_of(law) is Counting and match[key] in ("<", ">", r"\lt", r"\gt") else ""


def chance(k: int | None, match: re.Match[str], lo: str, hi: str) -> str:
    return match[0] if k is None else rf"\operatorname{{{CHANCE}}}({k},{lo},{hi})"


def above(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = place_of(m["X"], laws, Counting, Lebesgue)
    return m[0] if k is None else chance(k, m, m["end"].strip() + strict(m, "gt", laws[k], "+1"), r"\infty")


def below(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = place_of(m["X"], laws, Counting, Lebesgue)
    return m[0] if k is None else chance(k, m, r"-\infty", m["end"].strip() + strict(m, "lt", laws[k], "-1"))


def between(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = place_of(m["X"], laws, Counting, Lebesgue)
    if k is None:
        return m[0]
    return chance(k, m, m["low"].strip() + strict(m, "lt", laws[k], "+1"), m["end"].strip() + strict(m, "upto", laws[k], "-1"))


def beyond(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = place_of(m["X"], laws, Counting, Lebesgue)
    if k is None:
        return m[0]
    ends = [m["end"].strip() + strict(m, "gt", laws[k], "+1"), m["low"].strip() + strict(m, "too", laws[k], "+1")]
    above_, low = (rf"\operatorname{{{CHANCE}}}({k},{end},\infty)" for end in ends)
    return rf"\left({above_}/{low}\right)"


def placed(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = place_of(m["X"], laws, Counting, Atoms)
    return m[0] if k is None else rf"\operatorname{{{POINT}}}({k},{m['end'].strip()})"


def called(m: re.Match[str]) -> tuple[str, ...]:
    r"""p(t | \lambda) as the name of a function and of its arguments."""
    names = [re.sub(GAP, "", m[key]).lstrip("\\") for key in ("X", "given") if m[key]]
    return (m[0].strip()[0], *names)


def density(m: re.Match[str], laws: Sequence[Declared]) -> str:
    """f_X(x), and p(t | λ) of a variable that is written as its value is."""
    if m["sub"]:
        k = place_of(m["sub"], laws, Lebesgue)
        return m[0] if k is None else rf"\operatorname{{{POINT}}}({k},{m['at'].strip()})"
    name, given = (re.sub(GAP, "", m[key] or "") for key in ("X", "given"))
    k = next((k for k, law in enumerate(laws) if (law.name, law.given) == (name, given)), None)
    return m[0] if k is None else rf"\operatorname{{{POINT}}}({k},{name})"
