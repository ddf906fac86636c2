r"""A text with E[g(X)], Var(X), P(X > t) and f_X(x) of variables that have laws as functions that are read as totals of these laws."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial

from sympy import Dummy

from derive.grade.chance.chances import ABOVE, BELOW, BETWEEN, CLOSE, GIVEN_ABOVE, LESS, MORE, OPEN, ORDER_OF_PAIR, PROBABILITY
from derive.grade.chance.laws import GAP
from derive.grade.chance.moments import EXPECTED, VARIED, speaks_of
from derive.grade.chance.under import CHANCE, MEAN, ORDER, PART, POINT, SUM
from derive.grade.notes.variables import BAR, IMAGE, Declared
from derive.grade.notes.written import ANGLES, HERE, WRITTEN, with_averages, with_calls
from derive.grade.writing.segments import bracket_end
from derive.language.totals import Atoms, Counting, Lebesgue, Measure

BARS = re.compile(r"(?:\\mathbb\s*\{?\s*E\s*\}?|\\(?:operatorname|mathrm)\s*\{\s*E\s*\}|(?<![A-Za-z\\])E)\s*\|(?P<inside>[^|]{1,40})\|")
PLACED = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*=\s*(?P<end>[^()=<>|]{{1,30}}?){CLOSE}")
BEFORE = r"\\(?:alpha|beta|gamma|theta|lambda|mu|nu|omega|rho|sigma|tau|xi)(?![A-Za-z])|(?<![A-Za-z\\])[a-z]|\d|\}"  # what a factor may stand behind
CUT = re.compile(rf"{GAP}(?P<X>[A-Z])\s*(?:{MORE}|{LESS})\s*(?P<end>[^<>=|]+?){GAP}")
DENSITY = re.compile(rf"(?<![A-Za-z\\])[pf]{GAP}(?:_\s*\{{?\s*(?P<sub>[A-Z])\s*\}}?{GAP}\((?P<at>[^()|]{{1,60}})\)|\((?P<X>[^()=<>,;|]{{1,12}}?)"
                     r"(?:(?:\\mid(?![A-Za-z])|\|)(?P<given>[^()=<>]{1,40}))?\))")  # fmt: skip
ADDED = rf"(?P<X>[A-Z]){GAP}\+{GAP}(?P<Y>[A-Z])"
OF_SUM = re.compile(  # f_{X+Y}(z), P(X + Y = n)
    rf"(?<![A-Za-z\\])[pf]{GAP}_\s*\{{{GAP}{ADDED}{GAP}\}}{GAP}\((?P<at>[^()|=]{{1,30}})\)"
    rf"|{PROBABILITY}{OPEN}{ADDED.replace('<X>', '<X2>').replace('<Y>', '<Y2>')}\s*=\s*(?P<end>[^()=<>|]{{1,30}}?){CLOSE}"
)
ADORNED = r"\\(?:bar|hat|tilde|overline|widehat)\s*\{?\s*"


def expected(text: str) -> bool:
    """Whether a side begins with E[…], ⟨…⟩, Var(…) or P(…)."""
    return any(pattern.match(text.strip()) for pattern in (EXPECTED, VARIED, BARS, ANGLES, ABOVE, BELOW, BETWEEN, PLACED))


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
    alone = [law.name for law in laws if law.law == WRITTEN]
    own = {(letter, law.name): k for k, law in enumerate(laws) if law.law == WRITTEN and law.name == law.arguments[2]
           for letter in (law.arguments[0], *([""] if alone.count(law.name) == 1 else []))}  # fmt: skip
    text = with_averages(text, own, taken)
    text = with_calls(text, {(law.law, law.arguments): k for k, law in enumerate(laws) if law.name == HERE})
    text = BARS.sub(lambda m: rf"\mathbb{{E}}[\left|{m['inside']}\right|]", text)
    text = with_cuts(text, laws)
    text = replaced(text, EXPECTED, laws, lambda k, inner: rf"\operatorname{{{MEAN}}}({k},{inner})")
    text = replaced(text, VARIED, laws, lambda k, inner: rf"\left(\operatorname{{{MEAN}}}({k},({inner})^2)-"
                                                         rf"\left(\operatorname{{{MEAN}}}({k},{inner})\right)^2\right)")  # fmt: skip
    text = ORDER_OF_PAIR.sub(lambda m: ordered(m, laws), text)
    text = OF_SUM.sub(lambda m: summed(m, laws), text)
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


def with_cuts(text: str, laws: Sequence[Declared]) -> str:
    """The text with E[g(X) | X > c] as a mean over the part of X's law beyond c."""
    for match in reversed(list(EXPECTED.finditer(text))):
        end = bracket_end(text, match.end(), match["open"][-1])
        content, *rest = BAR.split(text[match.end() : end[0]], maxsplit=1) if end else [""]
        cut = CUT.fullmatch(rest[0]) if rest else None
        found = under(content, laws) if cut else None
        if end is None or cut is None or found is None or between_numbers(cut, laws) != found[0]:
            continue
        k, inner = found
        lo = cut["end"] + strict(cut, "gt", laws[k], "+1") if cut["gt"] else r"-\infty"
        hi = cut["end"] + strict(cut, "lt", laws[k], "-1") if cut["lt"] else r"\infty"
        text = rf"{text[: match.start()]}\operatorname{{{PART}}}({k},{inner},{lo},{hi}){text[end[1] :]}"
    return text


def under(inside: str, laws: Sequence[Declared]) -> tuple[int, str] | None:
    """The place of the law under which something is averaged, and what is averaged; None where it speaks of other variables too."""
    one = inside.count("|") == 1 or r"\mid" in inside
    content, *rest = BAR.split(inside, maxsplit=1) if one else [inside]
    for law in (law for law in laws if law.law == IMAGE):
        value = rf"\left({law.arguments[0]}\right)"
        content = re.sub(rf"(?P<before>{BEFORE})?\s*{law.name}(?![_'A-Za-z])|\\[A-Za-z]+", partial(in_place, law.name, value), content)
    given = re.sub(GAP, "", rest[0]) if rest else ""
    spoken = [k for k, law in enumerate(laws) if law.law != IMAGE and speaks_of(law.name, content) and law.given == given]
    real = [law for law in laws if law.law != IMAGE and (law.law != WRITTEN or law.name.isupper())]
    other = [law for law in real if speaks_of(law.name, content) and law.name != (laws[spoken[0]].name if spoken else "")]
    if len(spoken) != 1 or other and laws[spoken[0]].name.isupper():
        return None
    name = laws[spoken[0]].name
    bare = re.sub(r"\\[A-Za-z]+", " ", content)
    if re.search(rf"{ADORNED}{re.escape(name)}|{re.escape(name)}\s*[_']", content) or any(c != name for c in re.findall(r"[A-Z]", bare)):
        return None
    return spoken[0], re.sub(r"(?:\\left\s*)?\|([^|]*?)(?:\\right\s*)?\|", r"\\lvert \1\\rvert ", content)


def in_place(name: str, value: str, match: re.Match[str]) -> str:
    """The value of Y = g(X) where Y stands, as a factor behind a number or a letter; other commands as they are."""
    if not match[0].endswith(name) or match[0].startswith("\\") and not match["before"]:
        return match[0]
    return rf"{match['before']}\cdot {value}" if match["before"] else value


def place_of(capital: str, laws: Sequence[Declared], *kinds: type[Measure]) -> int | None:
    """The place of a variable's law, where it is of one of these kinds."""
    found = next((k for k, law in enumerate(laws) if law.name == capital and not law.given and law.law != IMAGE and not law.of_points), None)
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


def between_numbers(m: re.Match[str], laws: Sequence[Declared]) -> int | None:
    """The place of X's law in P(lo ≤ X ≤ hi), where no end is a variable itself, as in P(X < Y)."""
    ends = " ".join(m[key] for key in ("low", "end") if key in m.re.groupindex)
    random = re.search(r"(?<![A-Za-z\\])[U-Z](?![A-Za-z])", ends) or any(speaks_of(law.name, ends) for law in laws if law.name.isupper())
    return None if random else place_of(m["X"], laws, Counting, Lebesgue)


def above(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = between_numbers(m, laws)
    return m[0] if k is None else chance(k, m, m["end"].strip() + strict(m, "gt", laws[k], "+1"), r"\infty")


def below(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = between_numbers(m, laws)
    return m[0] if k is None else chance(k, m, r"-\infty", m["end"].strip() + strict(m, "lt", laws[k], "-1"))


def between(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = between_numbers(m, laws)
    if k is None:
        return m[0]
    return chance(k, m, m["low"].strip() + strict(m, "lt", laws[k], "+1"), m["end"].strip() + strict(m, "upto", laws[k], "-1"))


def beyond(m: re.Match[str], laws: Sequence[Declared]) -> str:
    k = between_numbers(m, laws)
    if k is None:
        return m[0]
    ends = [m["end"].strip() + strict(m, "gt", laws[k], "+1"), m["low"].strip() + strict(m, "too", laws[k], "+1")]
    above_, low = (rf"\operatorname{{{CHANCE}}}({k},{end},\infty)" for end in ends)
    return rf"\left({above_}/{low}\right)"


def pair_of(m: re.Match[str], laws: Sequence[Declared], *kinds: type[Measure]) -> tuple[int, int] | None:
    """The places of two variables of which the document says that they are independent."""
    named = m.groupdict()
    one, two = (place_of(named[key] or named[f"{key}2"], laws, *kinds) for key in ("X", "Y"))
    if one is None or two is None or one == two or not (laws[one].apart and laws[two].apart) or WRITTEN in (laws[one].law, laws[two].law):
        return None
    return one, two


def ordered(m: re.Match[str], laws: Sequence[Declared]) -> str:
    """P(X < Y), and P(X > Y) as P(Y < X)."""
    found = pair_of(m, laws, Lebesgue)
    return m[0] if found is None else rf"\operatorname{{{ORDER}}}({','.join(map(str, found if m['lt'] else found[::-1]))})"


def summed(m: re.Match[str], laws: Sequence[Declared]) -> str:
    """f_{X+Y}(z), and P(X + Y = n) of whole numbers."""
    found = pair_of(m, laws, *((Lebesgue,) if m["at"] else (Counting,)))
    return m[0] if found is None else rf"\operatorname{{{SUM}}}({found[0]},{found[1]},{(m['at'] or m['end']).strip()})"


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
        return m[0] if k is None or laws[k].law == WRITTEN else rf"\operatorname{{{POINT}}}({k},{m['at'].strip()})"
    name, given = (re.sub(GAP, "", m[key] or "") for key in ("X", "given"))
    k = next((k for k, law in enumerate(laws) if (law.name, law.given) == (name, given)), None)
    return m[0] if k is None else rf"\operatorname{{{POINT}}}({k},{name})"
