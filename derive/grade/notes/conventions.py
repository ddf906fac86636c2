r"""How a document counts the parameters of laws: by what it says once, "$\mathrm{Exp}(\theta)$ has mean $\theta$", and by what it does."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from derive.grade.chance.laws import GAP, LAWS, LONGEST, NAME, Way, collapsed, law_named, role_named
from derive.grade.notes.variables import Declared
from derive.grade.writing.documents import Formula
from derive.grade.writing.segments import bracket_end
from derive.language.claims import AGREES, PROVED, UNDECIDED
from derive.language.totals import Counting

WHOLE = re.compile(rf"{GAP}{NAME}{GAP}(?:\\left|\\[bB]igg?l?)?{GAP}(?P<open>\()", re.IGNORECASE)
WORD = r"(?P<role>shape|rate|scale|mean|expectation|variance|standard deviation|precision)"
OF_ONE = re.compile(rf"\b{WORD}[*_`']*\s*(?:parameter\s*)?\$\s*(?P<value>[^$]{{1,40}}?)\s*\$", re.IGNORECASE)
LONG = "|".join(one for law in LAWS for one in law.words.split("|") if len(re.sub(r"\W", "", one)) > 4)
BY = re.compile(rf"\b(?P<law>{LONG})\b[^.$]{{0,50}}\bparametri[sz]ed\s+by\s+(?:its|their|the|a)\s+[*_]*{WORD}", re.IGNORECASE)
Conventions = Mapping[tuple[str, int], tuple[str, ...]]  # what parameters are, by the law and how many there are


def told(f: Formula) -> Iterator[tuple[tuple[str, int], tuple[str, ...]]]:
    r"""What the words beside a formula say of the parameters of a law in general.

    >>> list(told(Formula(r"\mathrm{Gamma}(a, b)", 1, False, after=" means shape $a$ and **rate** $b$.")))
    [(('gamma|gam|Ga', 2), ('shape', 'rate'))]
    """
    text = collapsed(f.text) if len(f.text) <= LONGEST and not f.display else ""
    match = WHOLE.match(text)
    end = bracket_end(text, match.end(), "(") if match else None
    if match and end and end[1] == len(text):
        parts = [part.strip() for part in re.split(r"[,;]", re.sub(r"\\[,;:! ]", " ", text[match.end() : end[0]]))]
        said = {m["value"].strip(): role_named(m["role"]) for m in OF_ONE.finditer(re.split(r"[.]\s", f.after)[0])}
        roles = tuple(said[part] for part in parts if part in said)
        if roles and (law := law_named(match["set"] or match["cal"] or match["bare"])):
            yield (law.words, len(parts)), roles
    for by in BY.finditer(f.before):
        if law := law_named(by["law"]):
            yield from (((law.words, count), (role_named(by["role"]),)) for count in {len(way.roles) for way in law.ways})


def followed(one: Declared, conventions: Conventions) -> Declared:
    """A variable's law with its parameters as the document says that it counts them, unless words beside it say something."""
    law = law_named(one.law)
    roles = conventions.get((law.words, len(one.arguments))) if law and not one.roles else None
    return replace(one, roles=roles) if roles else one


def label(way: Way) -> str:
    """A way to count parameters in words; of laws on whole numbers also where they begin.

    >>> from derive.grade.chance.laws import ways_of
    >>> [label(way) for way in ways_of("geometric", 1)]
    ['(chance) from 0', '(chance) from 1']
    """
    measure = way.kernel(*[1] * (len(way.roles) + 1))[1]
    return f"({', '.join(way.roles)})" + (f" from {measure.lo}" if isinstance(measure, Counting) else "")


def settled(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The verdicts on a document; one that rests on another way to count a law's parameters than most of the others is left open.

    Each record has in `ways` the ways on which it rests. What comes before the first of these is passed on at once.
    """
    source, held = iter(records), list[dict[str, Any]]()
    for record in source:
        if record.get("ways"):
            held = [record, *source]
            break
        yield record
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for record in held:
        for law, way in record.get("ways", {}).items():
            used[law][way] += 1
    kept = {law: (max(ways, key=lambda way, ways=ways: ways[way]) if sole_most(ways) else "") for law, ways in used.items()}  # type: ignore[misc]
    for record in held:
        against = [(law, way) for law, way in record.get("ways", {}).items() if way != kept[law]]
        yield open_(record, *against[0], held) if against and record["verdict"] in (PROVED, AGREES) else record


def sole_most(ways: Counter[str]) -> bool:
    first, *rest = ways.most_common(2)
    return not rest or first[1] > rest[0][1]


def open_(record: dict[str, Any], law: str, way: str, every: list[dict[str, Any]]) -> dict[str, Any]:
    other = next(one for one in every if one.get("ways", {}).get(law, way) != way)
    detail = f"it holds with the parameters of {law} read as {way}, but line {other['line']} reads them as {other['ways'][law]}"
    return {**record, "verdict": UNDECIDED, "detail": detail}
