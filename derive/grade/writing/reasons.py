r"""The reasons that words beside formulas name: "by the duplication formula", "(geometric series)", "using Fubini"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.grade.writing.segments import MATHS, TEXT, closing

LONGEST = 4_000
GAMMA = r"(?:gamma|\\?\bΓ)"
POSSESSIVE = r"(?:['’]s?)?"
NAMED: tuple[tuple[str, str], ...] = (  # the kind of a reason, and how it is called; the first that fits counts
    ("geometric series", r"geometric(?:al)?\s+(?:series|sums?|progression)"),
    ("exponential series", r"(?:exponential\s+(?:series|sum)|(?:taylor|maclaurin|power)\s+(?:series|expansion)\s+(?:of|for)\s+(?:the\s+)?exp\w*"
     r"|series\s+(?:of|for)\s+the\s+exponential)"),
    ("binomial theorem", r"(?:binomial\s+(?:theorem|series|formula|expansion|identity)|newton['’]?s?\s+(?:\w+\s+)?(?:theorem|formula|series))"),
    ("Vandermonde's identity", rf"vandermonde{POSSESSIVE}"),
    ("Pascal's rule", rf"pascal{POSSESSIVE}\s+\w+"), ("hockey-stick identity", r"hockey[\s-]*stick"),
    ("change of the order of integration", rf"(?:fubini|tonelli){POSSESSIVE}|(?:ex|inter)chang\w*\s+the\s+order\s+of\s+(?:integration|summation)"),
    ("duplication formula", r"duplication\s+(?:formula|theorem|identity|rule)|legendre['’]?s?\s+(?:duplication|formula)"),
    ("reflection formula", r"reflection\s+(?:formula|theorem|identity|relation|rule)"),
    ("Stirling's formula", rf"stirling{POSSESSIVE}(?!\s+numbers?)"),
    ("residue theorem", rf"residues?\s+(?:theorem|calculus)|contour\s+integra\w+|cauchy{POSSESSIVE}\s+(?:integral|residue)\s+(?:theorem|formula)"
     rf"|jordan{POSSESSIVE}\s+lemma"),
    ("partial fractions", r"partial\s+fractions?"), ("completing the square", r"complet\w+\s+(?:\w+\s+)?squares?"),
    ("telescoping", r"telescop\w+"), ("polar coordinates", r"polar\s+coordinates"),
    ("Gaussian integral", r"gaussian\s+integrals?|(?:gauss|poisson)(?:ian)?(?:[\s-]+poisson)?\s+integral"),
    ("gamma integral", rf"{GAMMA}(?:[\s-]function)?\s+integrals?|(?:definition|integral)\s+(?:of|for)\s+(?:the\s+)?{GAMMA}"
     r"|euler['’]?s?\s+(?:second\s+integral|integral\s+of\s+the\s+second\s+kind|gamma\s+integral)"),
    ("beta integral", r"beta(?:[\s-]function)?\s+integrals?|(?:definition|integral)\s+(?:of|for)\s+(?:the\s+)?beta"
     r"|euler['’]?s?\s+(?:first\s+integral|integral\s+of\s+the\s+first\s+kind)"),
    ("fundamental theorem of calculus", r"fundamental\s+theorem(?:\s+of\s+calculus)?"),
    ("l'Hopital's rule", r"l['’]?\s?ho[s]?pital"),
    ("theorem on limits of integrals", r"(?:dominated|monotone)\s+convergence|fatou"),
    ("inequality", r"(?:cauchy|schwarz|jensen|markov|chebyshev|tchebychev|h[oö]lder|minkowski|triangle|am-gm)[\w\s'’-]*inequality"),
    ("Frullani's integral", rf"frullani{POSSESSIVE}"), ("Parseval's theorem", rf"(?:parseval|plancherel){POSSESSIVE}"),
    ("Basel problem", r"basel\s+(?:problem|sum)"), ("Euler's formula", rf"euler{POSSESSIVE}\s+(?:formula|identity)"),
    ("Bayes' theorem", r"bayes['’]?s?\s+(?:theorem|rule|formula|law)"),
    ("periodicity", r"(?:by|using|from|via|to)\s+(?:the\s+)?periodicity|periodic\s+integrand"),
    ("symmetry", r"(?:by|using|from|via|use|with)\s+(?:the\s+|a\s+)?(?:\w+\s+)?symmetry|symmetry\s+(?:gives|yields|shows|implies)|by\s+evenness"),
    ("integration by parts", r"integrat\w+\s+by\s+parts|(?<!summing )(?<!summation )\bby\s+parts"),
    ("Leibniz' rule", rf"leibniz{POSSESSIVE}"), ("rule of succession", rf"laplace{POSSESSIVE}\s+rule|rule\s+of\s+succession"),
    ("induction", r"(?:by|using|via)\s+(?:\w+\s+)?induction"),
    ("numerical rule", r"(?:trapez\w+|simpson\w*['’]?s?|midpoint|cramer['’]?s?)\s+(?:rule|formula)|pigeon-?\s?hole\s+principle"),
    ("limit theorem", r"central\s+limit\s+theorem|laws?\s+of\s+(?:large|small)\s+numbers|(?:mean|intermediate)\s+value\s+theorem|zero-?one\s+law"),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(rf"(?<![A-Za-z])(?:{pattern})", re.IGNORECASE)) for kind, pattern in NAMED)
BY = r"(?i:\bby|\busing|\bfrom|\bvia|\bthrough|\bapply\w*|\binvok\w*|\buse|\bthanks\s+to|\bdue\s+to)"
THEOREM = r"(?:theorem|formula|identity|lemma|inequality|criterion|principle|law|rule|product|trick)"
EPONYM = re.compile(
    rf"(?:{BY}\s+(?:the\s+)?)?(?P<words>\b[A-Z][a-zäöüéèß]+(?:-+[A-Z][a-zäöüéèß]+)*(?P<whose>['’]s?)?\s+(?:[\w-]+\s+){{0,3}}?{THEOREM})\b"
    r"(?P<gives>\s+(?i:gives|yields|shows|implies|says|tells))?"
)
NO_NAME = re.compile(r"The|This|That|Our|We|By|Using|From|Its|His|With|Here|Hence|Thus|So|Now|Then|An?|Another|Some|Each|Every|In|For|As|Recall|Use")
MENTIONED = re.compile(  # what is named, and not used
    r"\b(?:not|no|never|without|instead\s+of|unlike|rather\s+than|compare\w*|resembl\w+|similar\w*|like|analog\w*|cf|neither|nor|cannot|avoid\w*"
    r"|derivative\s+of|generali[sz]\w+)\b[^.;:,]*$|n['’]t\b[^.;:,]*$", re.IGNORECASE
)  # fmt: skip
ACCENT = re.compile(r"\\[\^'`\"]\s*\{?\s*([A-Za-z])\s*\}?")
OPEN_THEOREM = "theorem"


TERMS = re.compile(r"\$?(?P<count>[A-Za-z0-9][A-Za-z0-9+ -]{0,12}?)\$?\s*(?:\\text(?:rm)?\s*\{\s*)?(?:terms|summands|addends)\b")
FIRST_TERM = "first term"
PART_OF_SERIES = re.compile(r"\bgeometric\b.*\b(?:first\s+term|ratio)\s*$|^\W*and\s+(?:the\s+)?(?:common\s+)?ratio\s*$", re.IGNORECASE | re.DOTALL)
VALUE_OF_SERIES = re.compile(
    r"\b(?P<what>first\s+term|ratio)\s*(?:is|of|=|:)?\s*(?:\}|\$)\s*"
    r"(?P<value>(?:(?!\\text|\\q?quad)[^$=<>;])+?)\s*(?:\\text|\\q?quad|\$|;|[.,]?\s*$)", re.IGNORECASE
)  # fmt: skip
OFTEN = re.compile(r"by\s+parts\s+(?P<often>twice|thrice|(?:two|three|four)\s+times)", re.IGNORECASE)
TIMES = {"twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4}


def how_often(text: str) -> int:
    """How often words say that one integrates by parts; 0 where they do not say.

    >>> how_often(r"\\text{by parts twice}"), how_often("by parts")
    (2, 0)
    """
    match = OFTEN.search(text)
    return TIMES[match["often"].lower().split()[0]] if match else 0


def terms_counted(text: str) -> str:
    r"""How many terms words say that a sum has, as LaTeX; "" where they do not.

    >>> terms_counted(r"\text{The sum has } n+1 \text{ terms.}"), terms_counted(r"\text{the first terms}")
    ('n+1', '')
    """
    match = TERMS.search(text) if re.search(r"\b(?:has|have|of|with|these|contains?)\b", text) else None
    return match["count"].strip() if match and not re.fullmatch(r"[a-z]{2,}[a-z ]*|a", match["count"].strip()) else ""


def parts_of_series(text: str) -> list[tuple[str, str]]:
    r"""The first term and the ratio that words give a geometric series, as LaTeX.

    >>> parts_of_series(r"\text{a geometric series with first term }1\text{ and ratio }q"), parts_of_series(r"\text{the ratio }q")
    ([('first term', '1'), ('ratio', 'q')], [])
    """
    return [(" ".join(m["what"].lower().split()), m["value"]) for m in VALUE_OF_SERIES.finditer(text)] if "geometric" in text else []


def gives_part_of_series(words: str) -> bool:
    """Whether the formula behind words is the first term or the ratio of a geometric series.

    >>> gives_part_of_series("a geometric series with common ratio"), gives_part_of_series("the ratio")
    (True, False)
    """
    return PART_OF_SERIES.search(words) is not None


def spoken(text: str) -> str:
    r"""The words of a line, those over an equals sign too, with ⟦⟧ for each formula.

    >>> spoken(r"Z = 1\text{ by Fubini}"), spoken(r"By l'H\^opital, $Z = 1$."), spoken(r"Z \overset{\text{parts}}{=} 1"), spoken("by parts")
    ('⟦⟧ by Fubini', "By l'Hopital, ⟦⟧.", '⟦⟧ parts ⟦⟧', 'by parts')
    """
    text = ACCENT.sub(r"\1", text[:LONGEST]).replace("ô", "o").replace("--", "-")
    if MATHS.search(text):
        return MATHS.sub(lambda m: inside(next(g for g in m.groups() if g is not None)) or "⟦⟧", text).strip()
    return inside(text) or (text if re.fullmatch(r"[^\\=^_{}$<>]*[A-Za-z]{3}[^\\=^_{}$<>]*", text) else "⟦⟧")


def inside(formula: str) -> str:
    """The words in a formula's text, with ⟦⟧ between them; "" where it has none."""
    found, place = [], 0
    while match := TEXT.search(formula, place):
        close = closing(formula, match.end())
        if formula[place : match.start()].strip():
            found.append("⟦⟧")
        found.append(formula[match.end() : close].strip())
        place = close + 1
    if not found:
        return ""
    return " ".join([*found, "⟦⟧"] if formula[place:].strip(" .,;}") else found)


def reasons_named(text: str) -> Iterator[tuple[str, str]]:
    r"""The kinds of reasons that a line names, each with its words.

    >>> list(reasons_named(r"Z = 1\text{ by the duplication formula}")), list(reasons_named(r"\text{not a geometric series}"))
    ([('duplication formula', 'duplication formula')], [])
    >>> list(reasons_named(r"Z = 1\text{ by Glasser's master theorem}"))
    [('theorem', "Glasser's master theorem")]
    """
    said = spoken(text)
    taken: list[tuple[int, int]] = []
    for kind, pattern in COMPILED:
        for match in pattern.finditer(said):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            if not MENTIONED.search(said[:start]):
                yield kind, match[0].strip()
    for match in EPONYM.finditer(said):
        start, end = match.span("words")
        used = re.match(BY, match[0]) or match["whose"] or match["gives"]
        if not used or NO_NAME.fullmatch(match["words"].split()[0]):
            continue
        if not any(start < b and a < end for a, b in taken) and not MENTIONED.search(said[:start]):
            yield OPEN_THEOREM, match["words"]
