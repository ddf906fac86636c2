"""The formulas of one line, put into the order and the form in which they can be read: what is named behind its use, clauses, bounds at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.grade.chance.images import ENDED
from derive.grade.chance.laws import role_of
from derive.grade.chance.named import DRAWN_FROM
from derive.grade.derivations.bayes import HEAD as DENSITY_HEAD
from derive.grade.derivations.jacobians import jacobian_of
from derive.grade.derivations.ranges import point_of, range_of
from derive.grade.derivations.spelt import INTEGRAL
from derive.grade.derivations.stated import (
    DEFINITION,
    DIFFERENTIAL,
    Stated,
)
from derive.grade.truth import Truth
from derive.grade.writing.asides import clauses
from derive.grade.writing.differentials import UPRIGHT
from derive.grade.writing.mentions import RELATION, REPLACED, operation_of, over_a_part
from derive.grade.writing.others import MADE
from derive.grade.writing.segments import Part

BEGINNING = r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)+"
OF_DIFFERENTIALS = re.compile(rf"{BEGINNING[1:-1]}*(?:d|{UPRIGHT})\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=")
NEXT = rf"\\q?quad(?![A-Za-z])(?=\s*(?:d|{UPRIGHT})?\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=)"
FUNCTION_HEAD = re.compile(r"(?:[FGMSHQ]|\\(?:phi|varphi))(?:_\{?[A-Z]\}?)?\s*(?:\\left)?\(\s*(?:[a-z]|\\[a-z]+)\s*(?:\\right)?\)\s*:?=")
OWN = r"(?:[A-Za-z]|\\mathcal\s*(?:\{\s*[A-Z]\s*\}|[A-Z])|\\[a-z]+)(?:_(?:\{\w+\}|\w))?\s*(?:\([^()]*\))?"
EQUIVALENT = re.compile(rf"\\equiv(?![A-Za-z])(?=(?:\s|\\[,;: ])*(?!Z(?![A-Za-z])|0|1){OWN}(?:[\s.]|\\[,;: ])*$)")  # … ≡ L(a)
LETTERED = r"(?:[A-Za-z]|\\mathcal\s*(?:\{\s*[A-Z]\s*\}|[A-Z])|\\[A-Za-z]+)(?:_(?:\{\w+\}|\w))?(?:\([^()]*\))?"
NAMES_AFTER = re.compile(rf"(?P<first>.*)=\s*:(?![=:])\s*(?P<factor>.*?)(?P<name>{LETTERED})(?:[\s.]|\\[,;: ])*", re.DOTALL)  # A =: c J
BOUND = re.compile(r"(?:\\[,;:! ]|\s)*\|?(?P<name>[a-z]|\\[a-z]+)\|?\s*(?:[<>]|\\(?:leq?|geq?|lt|gt)(?![A-Za-z]))[^=]*$")
BETWEEN = re.compile(  # −b < t < a
    r"[^=<>,]{1,40}(?:<|\\(?:leq?|lt)(?![A-Za-z]))\s*(?P<name>[a-z]|\\[a-z]+)\s*(?:<|\\(?:leq?|lt)(?![A-Za-z]))[^=<>,]{1,40}"
)
NAME = re.compile(r"\\(?!frac|[dt]frac|sqrt|left|right|quad|qquad)[A-Za-z]+|(?<![A-Za-z\\])[A-Za-z]")
CALLED_IT = re.compile(r"\W*(?:and\s+)?(?:let\s+us\s+|we\s+)?(?:call|denote)\s+(?:it|this)(?:\s+by)?\W*", re.IGNORECASE)
WANTED = re.compile(
    r"\W*(?:so|now|here|then)?\W*(?:we\s+(?:need|want|look\s+at|have\s+to\s+\w+|must\s+\w+)|consider|take)?\s*(?:the\s+integral)?\W*", re.IGNORECASE
)
LINKED = re.compile(r"\W*(?:(?:and|or|then)\b)?\W*(?:(?:by|with|to)\b)?\W*", re.IGNORECASE)
AFTERWARDS = re.compile(r"\b(?:where|with|here)\b", re.IGNORECASE)


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
