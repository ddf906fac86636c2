r"""Phrases beside formulas that say with words what a formula could: "the exponent is …, up to constants", "are the mean and the variance"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import RELATION, VALUED
from derive.grade.writing.segments import GAP, TEXT, closing, depth_at

COMPARED = re.compile(r"[<>]|\\(?:leq?|geq?|lt|gt|leqslant|geqslant)(?![A-Za-z])")
OF_A_VARIABLE = re.compile(r"\b(?:of|for)\s*$")
NAMED = re.compile(rf"{GAP}(?P<X>[A-Za-z])(?:{GAP}:(?!=)|\s*$)")
RANGE_FIRST = re.compile(r"\s*(?:for|if|when|on|where)\s*", re.IGNORECASE)
ENDS_RANGE = re.compile(r"(?P<range>[^=:,{}]{1,60})(?::(?!=)|,)(?P<rest>.*=.*)", re.DOTALL)
PUT = re.compile(r"\b(?:plug\w*(?:\s+in)?|with|tak\w+|using|use|sett\w+|putt\w+|insert\w+|for|at)\s*$", re.IGNORECASE)
VALUES = re.compile(rf"{GAP}[a-z]\s*=\s*\d+(?:{GAP},{GAP}\d+)+{GAP}(?P<end>:|,?\s*\\q?quad(?![A-Za-z])|$)")  # r = 1, 2: …
KINDS = {"mean": "E", "expectation": "E", "expected value": "E", "variance": "Var"}
KIND = r"(mean|expectation|expected value|variance)"
BOTH = re.compile(rf"[\s,]*(?:are|give|which\s+are)\s+(?:the\s+)?{KIND}\s+and\s+(?:the\s+)?{KIND}\s*[.,]?\s*")
IS_EXPONENT = re.compile(
    r"\bthe\s+(?:exponent|log(?:arithm)?(?:\s+of\s+the)?[\s-]*(?:density|posterior|kernel))\s+(?:is|becomes|equals|reads)\s*:?\s*$", re.IGNORECASE
)
IS_LOG = re.compile(r"\bthe\s+log(?:arithm)?(?:\s+of\s+the)?[\s-]*density\s+(?:is|equals|reads)\s*:?\s*$", re.IGNORECASE)
UP_TO = re.compile(
    r"\b(?:up\s+to|apart\s+from|ignoring|dropping|without|except\s+for|modulo)\s+(?:the\s+|an?\s+|additive\s+)*(?:constants?|terms?|factors?)",
    re.IGNORECASE,
)
LOG_SLOPE = re.compile(
    r"\(\s*\\(?:ln|log)\s*(?P<f>[pfg])\s*(?:\(\s*\\?[a-z]+\s*\))?\s*\)\s*(?:'|\^\s*\{?\\prime\}?)\s*(?:\(\s*\\?[a-z]+\s*\))?"
)
TAIL_INTEGRAL = (  # P(X > x) dx
    r"(?P<head>(?:P|\\Pr|\\mathbb\s*\{?\s*P\s*\}?)\s*(?:\\left)?\(\s*[A-Z]\s*(?:>|\\geq?(?![A-Za-z]))\s*)§"
    rf"(?P<mid>\s*(?:\\right)?\){GAP}(?:d|\\mathrm\s*\{{\s*d\s*\}}))\s*§(?![A-Za-z])"
)
BOXED = re.compile(r"\\(?:boxed|fbox)\s*\{")
MOST_BOXES = 20
LAST_NAME = re.compile(r"(?:^|,|\\q?quad(?![A-Za-z]))\s*(?P<name>[a-z]|\\[a-z]+)\s*$")
FIRST_VALUE = re.compile(r"\s*-?(?:\\infty|\\pi(?:/\d)?|\d+|\\[dt]?frac\s*\{?\\?\w+\}?\s*\{?\d\}?)(?![A-Za-z\d])")
OPENERS = {"[": "]", "(": ")"}
THAT_IS = re.compile(r"(?:\bi\.\s?e\.|\bthat\s+is|\bnamely)\s*,?\s*$", re.IGNORECASE)
OF_LETTER = re.compile(r"(?<![A-Za-z\\])[fp]\s*_\s*\{?(?P<X>[A-Z])\}?\s*\(")
BARE_LAW = re.compile(
    rf"{GAP}(?:\\(?:mathrm|operatorname|text|mathcal|mathsf)\s*\{{)?(?P<name>[A-Z][A-Za-z-]*)\}}?(?P<rest>\s*(?:\\left)?\([^=<>]*\))[\s.]*"
)
Pieces = list[tuple[str, str]]  # formulas and words in turn: a formula, the words behind it


def with_phrases(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with what such phrases say as formulas.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> both = r"K'(0)=\frac1b\text{ and }K''(0)=\frac1{b^2}\text{ are the mean and the variance.}"
    >>> with_phrases((r"\text{for } x>1:\quad F(x)=1-e^{-bx}", both), truth)
    ('F(x)=1-e^{-bx}\\text{ for }x>1', "\\mathrm{E}[X]=K'(0)=\\frac1b,\\quad \\mathrm{Var}(X)=K''(0)=\\frac1{b^2}")
    """
    (x, *more) = [in_latex(v) for v in truth.problem.variables]
    return tuple(told(line, x if not more else "", truth) for line in lines)


def told(line: str, x: str, truth: Truth) -> str:
    """One line; `x` is the one variable that the problem has, or nothing."""
    line = with_own_place(re.sub(r"(?<=[A-Za-z])\\Pr(?![A-Za-z])", r" \\Pr", unboxed(line)), x, truth)
    line = LOG_SLOPE.sub(lambda m: m[0] if m["f"] in truth.named else rf"\frac{{d}}{{d{x}}}\ln {m['f']}({x})", line) if x else line
    if not TEXT.search(line):
        return line
    pieces = pieces_of(line)
    changed = with_name(without_values(remarked(close_behind(pieces))))
    changed = range_behind(changed)
    changed = law_told(with_ends(changed))
    if x:
        changed = exponent_told(both_told(changed, x), x)
    return line if changed == pieces else joined(changed)


def pieces_of(line: str) -> Pieces:
    r"""The formulas of a line, each with the words behind it.

    >>> pieces_of(r"\text{for } x>1\text{, so } a")
    [('', 'for '), (' x>1', ', so '), (' a', '')]
    """
    found, at = [], 0
    for match in TEXT.finditer(line):
        if match.start() >= at and not depth_at(line[at : match.start()], match.start() - at):
            end = closing(line, match.end())
            found.append((line[at : match.start()], line[match.end() : end]))
            at = end + 1
    return [*found, (line[at:], "")]


def joined(pieces: Pieces) -> str:
    return "".join(formula + (rf"\text{{{words}}}" if words else "") for formula, words in pieces)


def with_ends(pieces: Pieces) -> Pieces:
    """θ from π to 0, said of a new variable behind a comma, as θ: π → 0."""
    for at in range(len(pieces) - 2):
        (before, one), (lo, two), (behind, more) = pieces[at : at + 3]
        name, end = LAST_NAME.search(before), FIRST_VALUE.match(behind)
        if one.strip() == "from" and two.strip() == "to" and name is not None and end is not None:
            said = rf"{before[: name.start('name')]}{name['name']}: {lo.strip()}\to {end[0].strip()}"
            return [*pieces[:at], (said + behind[end.end() :], more), *pieces[at + 3 :]]
    return pieces


def close_behind(pieces: Pieces) -> Pieces:
    r"""\text{cdf:}\quad F(x) = … without the space."""
    after_colon = [words.rstrip().endswith(":") for _, words in pieces]
    return [pieces[0], *((re.sub(rf"^{GAP}", "", f) if after else f, words) for after, (f, words) in zip(after_colon, pieces[1:], strict=False))]


def unboxed(line: str) -> str:
    r"""\boxed{p = …} as p = …"""
    for _ in range(MOST_BOXES):
        match = BOXED.search(line)
        if match is None:
            break
        end = closing(line, match.end())
        line = f"{line[: match.start()]}{line[match.end() : end]}{line[end + 1 :]}"
    return line


def with_own_place(line: str, x: str, truth: Truth) -> str:
    r"""∫ P(X > x) dx as ∫ P(X > t) dt: the x is bound, and no place of the variable."""
    match = re.search(TAIL_INTEGRAL.replace("§", x), line) if len(x) == 1 else None
    free = next((c for c in "tuvs" if c not in truth.named and not any(used(c, (line,)))), None)
    before = line[max(line.rfind(r"\int", 0, match.start()), 0) : match.start()] if match is not None else ""
    if any(used(x, (before,))) or not re.search(r"_\s*\{?\s*0", before):  # ∫ 2x P(X > x) dx; from another place on, x is one of its values
        return line
    return line if match is None or free is None else f"{line[: match.start()]}{match['head']}{free}{match['mid']} {free}{line[match.end() :]}"


def remarked(pieces: Pieces) -> Pieces:
    r"""A remark such as [symmetry of \sin about π/2] behind a formula as words, where it has formulas that claim nothing."""
    for at, (_, words) in enumerate(pieces):
        opener = words.strip()[:1]
        last = len(pieces) - 1 if pieces[-1][0].strip(" .") else len(pieces) - 2
        if opener not in OPENERS or at >= last or OPENERS[opener] in words or any(RELATION.search(f) for f, _ in pieces[at + 1 :]):
            continue
        if VALUED.search(" ".join(said for _, said in pieces[at:])):  # [by symmetry the mean is 0]
            continue
        if pieces[last][0].rstrip(" .").endswith(OPENERS[opener]) and not pieces[last][1].strip(" ."):
            said = " ".join(f"{re.sub('[^A-Za-z0-9]+', ' ', f)} {w}" for f, w in pieces[at + 1 :])
            return [*pieces[:at], (pieces[at][0], f"{words} {said}".rstrip() + OPENERS[opener])]
    return pieces


def with_name(pieces: Pieces) -> Pieces:
    r"""\text{Marginal of } X: … with the X as a word."""
    if len(pieces) < 2 or pieces[0][0].strip() or not OF_A_VARIABLE.search(pieces[0][1]):
        return pieces
    formula, behind = pieces[1]
    match = NAMED.match(formula)
    if match is None or match.end() == len(formula) and not behind.lstrip().startswith(":"):
        return pieces
    said = f"{pieces[0][1].rstrip()} {match['X']}: "
    if match.end() < len(formula):
        return [("", said), (formula[match.end() :], behind), *pieces[2:]]
    return [("", said + behind.lstrip(" :")), *pieces[2:]]


def without_values(pieces: Pieces) -> Pieces:
    r""""plugging in r = 1, 2:" as words, where what follows speaks of both."""
    done: Pieces = []
    for formula, words in pieces:
        match = VALUES.match(formula) if done and PUT.search(done[-1][1]) else None
        if match is not None and (match["end"] or words):
            formula = formula[match.end() :]
        done.append((formula, words))
    return done


def range_behind(pieces: Pieces) -> Pieces:
    """"for x > 0: F(x) = …" as "F(x) = … for x > 0"."""
    if len(pieces) != 2 or pieces[0][0].strip() or not RANGE_FIRST.fullmatch(pieces[0][1]):
        return pieces
    match = ENDS_RANGE.match(pieces[1][0])
    if match is None or not COMPARED.search(match["range"]) or "&" in match["rest"]:
        return pieces
    return [(re.sub(rf"^{GAP}", "", match["rest"]).rstrip(" ."), " for "), (match["range"].strip(), "")]


def law_told(pieces: Pieces) -> Pieces:
    """"f_X(x) = …, i.e. Gamma(2, 1)" with X ∼ Gamma(2, 1)."""
    done: Pieces = []
    for formula, words in pieces:
        law, head = BARE_LAW.fullmatch(formula), OF_LETTER.search(done[-1][0]) if done else None
        if law is not None and head is not None and THAT_IS.search(done[-1][1]):
            formula = rf" {head['X']}\sim\operatorname{{{law['name']}}}{law['rest']}"
        done.append((formula, words))
    return done


def both_told(pieces: Pieces, x: str) -> Pieces:
    """Two equations that are said to be the mean and the variance, as equations for these."""
    at = next((i for i, (_, words) in enumerate(pieces) if i and BOTH.fullmatch(words)), 0)
    match = BOTH.fullmatch(pieces[at][1]) if at else None
    if match is None or len(x) != 1 or pieces[at - 1][1].strip(" ,") != "and" or not all("=" in pieces[i][0] for i in (at - 1, at)):
        return pieces
    heads = [KINDS[kind] for kind in match.groups()]
    one, two = (rf"\mathrm{{{h}}}" + (f"[{x.upper()}]" if h == "E" else f"({x.upper()})") for h in heads)
    both = rf"{one}={pieces[at - 1][0].strip()},\quad {two}={pieces[at][0].strip()}"
    return [*pieces[: at - 1], (both, ""), *pieces[at + 1 :]]


def exponent_told(pieces: Pieces, x: str) -> Pieces:
    r""""Up to terms without θ the exponent is E" as ln p(θ) = E + const."""
    if len(pieces) < 2 or pieces[-1][1] or any("=" in formula for formula, _ in pieces):
        return pieces
    value = pieces[-1][0] if pieces[-1][0].strip(" .") else pieces[-2][0]
    before = [words for formula, words in pieces[: pieces.index((value, pieces[-1][1])) if value == pieces[-1][0] else len(pieces) - 2]]
    if value.strip() and before and IS_LOG.search(before[-1]) and not UP_TO.search(" ".join(before)):
        return [(rf"\ln p({x}) = {value.strip().rstrip('.,; ')}", "")]
    if not value.strip() or not before or not IS_EXPONENT.search(before[-1]) or not UP_TO.search(" ".join(before)):
        return pieces
    return [(rf"\ln p({x}) = {value.strip().rstrip('.,; ')}+\text{{const}}", "")]


def as_density(line: str) -> str:
    r"""A line with p for a K that is applied, as a density of smoothing is called.

    >>> as_density(r"\int K(x)\,dx = K_0(1)")
    '\\int p(x)\\,dx = K_0(1)'
    """
    return re.sub(r"(?<![A-Za-z\\])K(?=\s*\()", "p", line)


NO_FUNCTION = "K with 1 argument is not a function"  # what is said of a K(x) that nothing brings in


def used(letter: str, lines: Iterable[str]) -> Iterable[bool]:
    return (re.search(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", line) is not None for line in lines)
