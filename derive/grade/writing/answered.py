r"""How people write final answers about small models and whole numbers: lists, λ_±, \sum_{a ≠ b}, p_0 = …, aligned rows, "≡ n_B" behind it."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.coefficients import with_binomials
from derive.grade.writing.configured import with_configurations
from derive.grade.writing.environments import with_cases
from derive.grade.writing.first_values import as_cases
from derive.grade.writing.heads import in_latex
from derive.grade.writing.index_sets import with_index_sets
from derive.grade.writing.lists import as_points, with_lists
from derive.grade.writing.segments import GAP, TAG
from derive.grade.writing.shorthand import stationary, with_activations, without_sigmoid_said
from derive.grade.writing.signs_said import with_signs_said, without_reason
from derive.grade.writing.supported import over_support
from derive.grade.writing.two_signs import with_two_signs
from derive.language.totals import Counting

LETTER = r"(?:[A-Za-z]|\\[A-Za-z]+)"
CALLED = re.compile(  # … ≡ n_B, which only gives it a name
    rf"(?:=\s*:|:\s*=|\\equiv(?![A-Za-z])|\\eqqcolon(?![A-Za-z])){GAP}(?P<name>{LETTER})\s*(?P<index>_\s*(?:\{{\s*\w+\s*\}}|\w))?[\s.]*$"
)
ONLY_NAMED = re.compile(  # E[X] ≡ ν says nothing of ν
    r"(?![^=]*\\frac)\s*(?:\\math\w+\s*\{?\w\}?|\\operatorname\s*\{\w+\}|\\langle|\\bar|[A-Z])[^=]*"
)
ALIGNED = re.compile(
    r"\\begin\{(?P<env>align|aligned|alignat|split|gather|gathered|eqnarray|multline)\*?\}(?P<inside>.*?)\\end\{(?P=env)\*?\}", re.DOTALL
)
DOTS = re.compile(r"(?<=[,+])\s*(?:\.\.\.|…)")
COUNTS = re.compile(
    r"(?:,|\\[,;: ]|\s)*\\text\s*\{\s*,?\s*\(?\s*(?:the\s+)?(?:number\s+of\s+)?(?P<what>failures|trials)(?:\s+before[^{}()]*)?\s*\)?\s*\}[\s.]*$"
)
NAMED_MEAN = re.compile(
    rf"{GAP}(?P<name>(?:[A-CJ-ORTUWYa-cg-oru-y]|\\mu|\\bar\s*\{{?\s*\w\s*\}}?)"
    rf"(?:\s*_\s*(?:\{{\s*(?:[A-Za-z]+|1)\s*\}}|[A-Za-z1]))?){GAP}(?:\([^()=]*\))?{GAP}=(?!=)"
)
ROWS = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
TRACE = re.compile(  # Tr e^{−βH}, of which the claim says what it is
    r"(?:\\(?:operatorname|mathrm|text|mathop)\s*\{\s*[Tt]r(?:ace)?\s*\}|\\[Tt]r(?![A-Za-z]))" + rf"{GAP}(?:\\left)?[(\[]?{GAP}"
    rf"(?:e\s*\^\s*(?P<brace>\{{)\s*-\s*(?:\\beta)?{GAP}(?:\\(?:hat|mathcal|widehat)\s*)?\{{?H\}}?\s*\}})\s*(?:\\right)?[)\]]?{GAP}=(?!=)"
)
BARRED = re.compile(r"\\(?:bar|overline)\s*(?:\{\s*[a-z]\s*\}|[a-z](?![A-Za-z]))")
BESIDE = re.compile(rf"(?:,|;|\\q?quad(?![A-Za-z])|\\text\s*\{{[^{{}}]*\}}){GAP}(?P<name>{BARRED.pattern})\s*:?=")
PHRASES = re.compile(
    r"(?P<open>\\text\s*\{[^{}]*?)\b(?:is|are|equals?)?\s*(?:also|just|simply|exactly|therefore|then)?\s*(?:equal\s+to)\s*(?=[^{}]*\})", re.IGNORECASE
)
OTHERWISE = re.compile(
    rf"(?:[,;]|{GAP})*\\(?:text|mbox|textrm)\s*\{{\s*,?\s*(?:and|or)\s*(?:zero\s*(?:otherwise|else|elsewhere)[\s.]*\}}|\}}{GAP}(?<!\d)0{GAP}"
    r"\\(?:text|mbox|textrm)\s*\{\s*,?\s*(?:otherwise|else|elsewhere)[\s.]*\})[\s.]*$"
)


def written_plainly(text: str, kind: str, truth: Truth) -> str:
    r"""A final answer in the spellings that the reader knows.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**n", over={"n": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> written_plainly(r"\frac q{1-q}\equiv n_B", "mean", truth)
    '\\frac q{1-q}'
    >>> written_plainly(r"\begin{aligned}Z&=\sum_n q^n\\&=\frac1{1-q}\end{aligned}\tag{3}", "Z", truth)
    'Z=\\sum_{n=0}^{\\infty}  q^n=\\frac1{1-q}'
    """
    (text,) = with_binomials((DOTS.sub(r"\\dots ", with_cases(in_one_line(TAG.sub("", text)))),), truth.named)
    text = with_index_sets(as_cases(text, truth) if kind == "p" else text, truth)
    text = without_reason(with_signs_said(text, map(in_latex, truth.problem.parameters)), truth)
    text = counted(text, truth) if kind == "p" else text
    match = CALLED.search(text)
    text = text[: match.start()].rstrip() if match and only_names(match, truth) else text
    text = PHRASES.sub(r"\g<open>is ", OTHERWISE.sub("", text) if kind == "p" else text)
    text = TRACE.sub("", text) if "H" not in truth.named and "Tr" not in truth.named else text
    text = as_points(stationary((text,), truth)[0], truth) if kind == "p" else text
    (text,) = with_two_signs(with_lists((text,), truth), truth.named)
    (text,) = with_activations((without_sigmoid_said(text) if "sigma" not in truth.named else text,), truth)
    text = of_free_energy(text, truth) if kind == "Z" else NAMED_MEAN.sub("", text) if kind == "mean" and renamed(text, truth) else text
    return without_bars(over_support(with_configurations(text, truth), truth), truth)


def only_names(match: re.Match[str], truth: Truth) -> bool:
    """Whether "≡ ν" behind a formula brings in a name for its value, and does not say what a name stands for."""
    new = bool(match["index"]) or match["name"].lstrip("\\") not in truth.named
    return new and match["name"] != "Z" and not ONLY_NAMED.fullmatch(match.string[: match.start()])


def renamed(text: str, truth: Truth) -> bool:
    """Whether a mean has a name such as n_F(ε) or μ_X in front that the problem does not declare."""
    match = NAMED_MEAN.match(text)
    whole = re.sub(r"[\\\s{}]", "", match["name"]) if match else ""
    return bool(whole) and whole not in truth.named


def of_free_energy(text: str, truth: Truth) -> str:
    r"""−βF = A as ln Z = A, and F = A as −ln Z/β = A, for a parameter β and an F that nothing declares.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-beta*x)", over={"x": "(0, oo)"}, given=["beta > 0"]))
    >>> of_free_energy(r"-\beta F = -\ln\beta", truth), of_free_energy(r"F = \frac{\ln\beta}\beta", truth)
    ('\\ln Z= -\\ln\\beta', '-\\frac{1}{\\beta}\\ln Z= \\frac{\\ln\\beta}\\beta')
    """
    if "F" in truth.named or "beta" not in truth.named:
        return text
    text = re.sub(rf"^{GAP}-{GAP}\\beta{GAP}F{GAP}=", r"\\ln Z=", text)
    return re.sub(rf"^{GAP}F{GAP}=", r"-\\frac{1}{\\beta}\\ln Z=", text)


def counted(text: str, truth: Truth) -> str:
    r"""X ∼ NB(r, p) without "(number of failures)", where the support begins at 0, or "of trials", where it does not.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**n", over={"n": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> counted(r"\mathrm{Geom}(1-q)\text{ (number of failures)}", truth), counted(r"\mathrm{Geom}(1-q)\text{ (trials)}", truth)
    ('\\mathrm{Geom}(1-q)', '\\mathrm{Geom}(1-q)\\text{ (trials)}')
    """
    match, measure = COUNTS.search(text), truth.problem.variables[0].measure
    if match is None or not isinstance(measure, Counting) or (match["what"] == "failures") != (measure.lo == 0):
        return text
    return text[: match.start()]


def in_one_line(text: str) -> str:
    r"""The rows of an aligned formula one after the other, where each but the first one goes on with a sign.

    >>> in_one_line(r"\begin{align*}Z&=1+1\\&=2\end{align*}"), in_one_line(r"\begin{align}a&=1\\b&=2\end{align}")
    ('Z=1+1=2', 'a=1,\\quad b=2')
    """
    match = ALIGNED.search(text)
    if match is None or r"\begin" in match["inside"]:
        return text
    rows = [row.replace("&", "").strip() for row in ROWS.split(match["inside"])]
    rows = [row for row in rows if row]
    joined = "".join(row if at == 0 or row.startswith(("=", "+", "-", r"\cdot", r"\times")) else rf",\quad {row}" for at, row in enumerate(rows))
    return text[: match.start()] + joined + text[match.end() :]


def without_bars(text: str, truth: Truth) -> str:
    r"""\bar n (\bar n + 1), where \bar n = … as a formula in a letter of its own.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**n", over={"n": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> without_bars(r"\bar n(\bar n+1),\ \bar n=\frac q{1-q}", truth)
    ' w ( w +1),\\  w =\\frac q{1-q}'
    """
    if not BESIDE.search(text):
        return text
    free = next((c for c in "wvur" if c not in truth.named and not re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", text)), "")
    return BARRED.sub(f" {free} ", text) if free else text
