r"""What a claim says of its notation: "where Φ is the standard normal cdf", f(t) for a density of x, c = … for 1/Z."""

from __future__ import annotations

import re

from derive.grade.truth import Truth

GAP = r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s|,)*"
SYMBOL = (
    r"(?P<symbol>\$?\s*(?:\{\}\s*_\s*\{?\d\}?\s*F\s*_\s*\{?\d\}?|\\operatorname\s*\{[A-Za-z]+\}|\\mathrm\s*\{[A-Za-z]+\}|\\[A-Za-z]+|[A-Z])"
    r"(?:_\{?[^{}\s]{1,6}\}?)?(?:\((?:\\cdot|[^()]{1,6})\))?\s*\$?)"
)
INTRODUCED = r"\\text\s*\{\s*,?\s*\(?\s*(?:where|with|and|here|in which|using)\s*(?:the\s+)?"
AFTER = re.compile(rf"{GAP}{INTRODUCED}(?:\}}{GAP}{SYMBOL}{GAP}\\text\{{|\s*{SYMBOL.replace('<symbol>', '<inline>')})(?P<said>[^{{}}$]*)\}}{GAP}")
BEFORE = re.compile(rf"{GAP}{INTRODUCED}(?P<said>[^{{}}]*)\}}{GAP}{SYMBOL}[\s.]*$")
STANDARD = r"(?:normal|N\(0,\s*1\))"
UNIT_NORMAL = re.compile(  # \\text{the }N(0,1)\\text{ density} and \\text{the cdf of }N(0,1) as words alone
    rf"(?P<words>\\text\s*\{{[^{{}}]*)\}}{GAP}\$?(?:\\mathcal\s*\{{?\s*N\s*\}}?|N){GAP}(?:\\left)?\({GAP}0{GAP}1{GAP}(?:\\right)?\)\$?{GAP}"
    r"(?:\\text\s*\{(?P<more>[^{}]*)\}|(?=[\s.]*$))"
)
MEANINGS = (  # a symbol as the reader takes it, and the words by which people describe just that
    (r"\\Phi", rf"{STANDARD}.*(?:c\.?d\.?f|distribution function|cumulative)|(?:cumulative|distribution function|c\.?d\.?f).*{STANDARD}"),
    (r"\\(?:var)?phi", rf"{STANDARD}.*(?:p\.?d\.?f|density)|density.*{STANDARD}"),
    (r"\\Gamma", r"gamma function"),
    (r"B|\\mathrm\{B\}|\\operatorname\{B\}", r"beta function|Euler integral of the first kind"),
    (r"\\zeta", r"zeta"),
    (r"\\psi", r"digamma|psi function|logarithmic derivative of"),
    (r"\\gamma", r"Euler"),
    (r"[IJKY]", r"Bessel"),
    (r"H", r"harmonic"),
    (r"\\operatorname\{erfc?\}|\\mathrm\{erfc?\}|\\erfc?", r"error function"),
    (r"\\operatorname\{Li\}|\\mathrm\{Li\}", r"(?:poly|di)logarithm"),
    (r"[MU]", r"Kummer|confluent"),
    (r"\{\}\s*_\s*\{?\d\}?\s*F\s*_\s*\{?\d\}?", r"hypergeometric|Kummer"),
    (r"W", r"Lambert"),
    (r"\\eta", r"Dirichlet|eta function"),
    (r"E|\\operatorname\{Ei?\}", r"exponential integral"),
)
NAMED_CONSTANT = re.compile(
    r"^\s*(?:(?P<name>[A-Za-z])|\\mathcal\s*\{?(?P<cal>[CNAKBc])\}?|\\(?P<greek>kappa|alpha|eta))\s*(?:_\s*(?:\{\w+\}|\w))?\s*:?=(?P<rest>.*)$",
    re.DOTALL,
)
NO_CONSTANT = "ZIpfPqeidEFQLMX"  # letters that mean something else at the head of a claim
REPEATED = re.compile(r"\s*(?:\\[dt]?frac\s*(?:1\s*Z|\{\s*1\s*\}\s*\{\s*Z\s*\})|1\s*/\s*Z|Z\s*\^\s*\{\s*-\s*1\s*\})\s*=")
DENSITY_AT = re.compile(
    r"^\s*(?:[pfP]|\\Pr|\\math(?:bb|rm)\s*\{?P\}?)\s*(?:_\s*\{?[A-Z]\}?)?\s*(?:\\left|\\[bB]igg?l?)?\(\s*(?:[A-Z]\s*=\s*)?(?P<at>[a-z])\s*(?:[|;)]|\\mid|\\right)"
)


SPACE = r"\\[,;:! ]|\s"
ELEMENT = re.compile(
    rf"^\s*(?P<head>[pf]\s*(?:_\s*\{{?[A-Z]\}}?)?\s*\([^()=]*\))(?P<first>(?:(?:{SPACE})*(?:d|\\mathrm\s*\{{\s*d\s*\}})\s*\\?[A-Za-z]+)+)\s*="
    rf"\s*(?P<rest>.*?[^\s\\,;:!])(?P<second>(?:(?:{SPACE})*(?:d|\\mathrm\s*\{{\s*d\s*\}})\s*\\?[A-Za-z]+)+)[\s.]*$",
    re.DOTALL,
)


def without_words(text: str, truth: Truth) -> str:
    r"""A text without "where Φ is the standard normal cdf", where that is how the reader takes Φ; Euler's γ is written γ_E.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2/2)", over={"x": "(a, oo)"}, given=["a real"]))
    >>> without_words(r"1 - \Phi(a)\text{, where }\Phi\text{ is the standard normal cdf}", truth)
    '1 - \\Phi(a)'
    """
    text = UNIT_NORMAL.sub(lambda m: f"{m['words']} N(0,1) {m['more'] or ''}}}", text)
    for pattern in (AFTER, BEFORE):
        while (found := pattern.search(text)) is not None and (symbol := described(found, truth)) is not None:
            more = re.search(r"\b(?:and|where|with)\b(?:\s+the)?\s*$", found["said"])  # it goes on with the next symbol
            text = text[: found.start()] + (r"\text{, where }" if more else "") + text[found.end() :]
            if symbol == r"\varphi":
                text = re.sub(r"\\varphi(?![A-Za-z])", r"\\phi", text)
            if symbol == r"\gamma":
                text = re.sub(r"\\gamma(?![A-Za-z_(])(?!\s*[_(])", r"\\gamma_E", text)
    return text


def without_differential(text: str) -> str:
    r"""p(r) dr = g(r) dr as p(r) = g(r).

    >>> without_differential(r"p(r)\,dr = 2r\,\mathrm{d}r"), without_differential(r"p(r) = \int r\,dr")
    ('p(r)=2r', 'p(r) = \\int r\\,dr')
    """
    found = ELEMENT.match(text)
    same = found is not None and len({re.sub(r"\\mathrm\s*\{\s*d\s*\}", "d", re.sub(SPACE, "", found[d])) for d in ("first", "second")}) == 1
    return f"{found['head']}={found['rest']}" if found is not None and same else text


def described(found: re.Match[str], truth: Truth) -> str | None:
    """The symbol that words describe as the reader takes it, and that the problem does not declare."""
    whole = (found.groupdict().get("symbol") or found.groupdict().get("inline") or "").strip(" $")
    symbol = re.sub(r"\([^()]*\)$", "", whole)
    name = symbol if symbol.startswith("{}") else re.sub(r"_\{?[^{}]*\}?$", "", symbol)
    declared = {f"\\{n}" for n in truth.named} | set(truth.named)
    known = any(re.fullmatch(pattern, name) and re.search(words, found["said"], re.I) for pattern, words in MEANINGS)
    return name if known and name not in declared else None


def own_variable(text: str, truth: Truth) -> str:
    r"""f(t) = … of a problem in x as f(x) = …: a density may name its argument as it likes, where x itself does not occur.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> own_variable(r"f_T(t) = e^{-t}\theta, t > 0", truth_of(problem("exp(-x)", over={"x": "(0, oo)"})))
    'f_T(x) = e^{-x}\\theta, x > 0'
    """
    found = DENSITY_AT.match(text)
    if found is None or len(truth.problem.variables) != 1:
        return text
    (v,) = truth.problem.variables
    own, said = v.latex or v.symbol.name, found["at"]
    if len(own) > 1 or said in truth.named or re.search(rf"(?<![A-Za-z\\]){own}(?![A-Za-z])", re.sub(r"\\[A-Za-z]+", " ", text)):
        return text
    return re.sub(r"\\[A-Za-z]+|[A-Za-z]", lambda m: own if m[0] == said else m[0], text)


def named_constant(text: str, truth: Truth) -> str | None:
    r"""c = … as 1/Z = …, where c is a name of the claim's own: p(x) = c g(x) is what such a letter is for. None where there is none.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> named_constant(r"c = \frac1Z = b", truth), named_constant("C = b", truth), named_constant("b = 1", truth), named_constant("Z = 1", truth)
    ('\\frac{1}{Z}= b', '\\frac{1}{Z}= b', None, None)
    """
    found = NAMED_CONSTANT.match(text)
    if found is None or (found["name"] or "") in [*NO_CONSTANT, *truth.named] or (found["greek"] or found["cal"] or "") in truth.named:
        return None
    rest = REPEATED.sub("", found["rest"]) if REPEATED.match(found["rest"]) else found["rest"]
    return r"\frac{1}{Z}=" + rest
