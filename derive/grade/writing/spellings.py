r"""Other spellings of the same: {a \over b}, \rvert, dZ/da as d/da Z, a function I(b) that is differentiated, "+ const" beside a logarithm."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.writing.abroad import at_home
from derive.grade.writing.bars import fractions, operators, quotients, slopes, sums_of_operators
from derive.grade.writing.bracketed import bracketed
from derive.grade.writing.layout import laid_out
from derive.grade.writing.parity import vanishing
from derive.grade.writing.regions import iterated
from derive.grade.writing.segments import GAP, bracket_end, closing
from derive.grade.writing.summed import one_by_one, radial, sums_of_exponentials

BAR = re.compile(r"\\[rl]?vert(?![A-Za-z])")
PUT = re.compile(r"\(\s*\\text\s*\{\s*(?:put|let|set|with|where|using|substitut\w*|by|via)\s*\}\s*(?:\\[,;:!> ])*\s*(?=\\?[A-Za-z]+\s*=)")
SYMBOL = r"(?:\\[A-Za-z]+|[A-Za-z])(?:_\{?\w\}?)?"
ENDPOINT = rf"[-+]?\s*(?:\d+\s*)?(?:{SYMBOL}|\d+)"
MENTIONED = re.compile(  # a name that a sentence speaks of: "with respect to a", "differentiate n times"
    r"(?P<before>\\text\s*\{[^{}]*\b(?i:respect to|w\.r\.t\.|wrt|over|in terms of|about|around|induction on|variables?|parameters?|index)\s*\})"
    rf"\s*{SYMBOL}\s*(?=[.,:;]*\s*(?:\\text|$))"
    r"|(?P<head>\\text\s*\{[^{}]*\})\s*[A-Za-z]?\s*\\[dt]?frac\s*\{\s*(?:d|\\partial)\s*\}\s*\{\s*(?:d|\\partial)\s*\\?[A-Za-z]+\s*\}\s*(?=\\text)"
    rf"|(?P<of>\\text\s*\{{[^{{}}]*\bcoefficients?\s+of\s*\}})\s*{SYMBOL}(?:\s*\^\s*(?:\{{[^{{}}]*\}}|\w))?\s*(?=\\text)"
    rf"|(?P<front>\\text\s*\{{[^{{}}]*\}})\s*{SYMBOL}\s*(?=\\text\s*\{{\s*(?:times|-?fold|-?th|steps|is|has|follows|ranges|runs|goes|varies)\b)"
)
FROM_TO_WORDS = re.compile(  # "integrate back from 0 to x", "summing from k = 0 to n"
    rf"(?P<head>\\text\s*\{{[^{{}}]*\b(?i:integrat\w*|sum\w*|runs?|ranges?|goes|going|varies|again|back)\b[^{{}}.;:]*\bfrom\s*\}})"
    rf"\s*(?:[A-Za-z]\s*=\s*)?(?P<lo>{ENDPOINT})\s*\\text\s*\{{\s*to\s*\}}\s*(?P<hi>{ENDPOINT})\s*(?=[.,:;]*\s*(?:\\text|$))"
)
OF_Z = re.compile(r"\\[dt]?frac\s*\{\s*(?P<d>d|\\partial)\s*Z\s*\}\s*(?=\{\s*(?P=d)\s*(?:\\[A-Za-z]+|[A-Za-z])\s*\})")
DIFFERENTIATED = re.compile(
    r"(?<![A-Za-z\\])I\s*(?:'+|\^\s*\{?\s*(?:\\prime\s*)+\}?)\s*\("
    r"|\\[dt]?frac\s*\{\s*(?:d|\\partial|\\mathrm\s*\{?d\}?)\s*(?:\^\s*\{?\w\}?\s*)?I\s*(?:\([^()]*\))?\s*\}"
)
APPLIED = re.compile(r"(?<![A-Za-z\\])I(?=\s*(?:'+|\^\s*\{?\s*(?:\\prime\s*)+\}?)?\s*\()")
OF_A_LETTER = re.compile(r"(?:^|[^A-Za-z\\])I\s*(?:\\left)?\(\s*(?P<argument>[A-Za-z]|\\[A-Za-z]+)\s*(?:\\right)?\)\s*:?=")
ABOVE = re.compile(r"(?P<d>\\[dt]?frac\s*\{\s*(?:d|\\partial|\\mathrm\s*\{?d\}?)\s*(?:\^\s*\{?\w\}?\s*)?)I(?=\s*\})")
CONST = re.compile(
    r"\+\s*(?:\\(?:text|mathrm|textrm|operatorname|mbox)\s*\{\s*const(?:\.|ant)?\s*\.?\s*\}|const(?:\.|ant)?(?![A-Za-z]))[\s.]*(?==|$)"
)
LOGARITHM = re.compile(r"^\s*\\(?:log|ln)\s*(?:\\left)?(?P<what>[pf]\s*(?:_\{?\w+\}?)?\s*\((?:[^()]|\([^()]*\))*\))\s*$")
LOG_LIKELIHOOD = re.compile(r"^\s*(?:\\ell|\\(?:log|ln)\s*(?:L|\\mathcal\s*\{?L\}?))\s*(?:_\{?\w\}?)?\s*(?P<what>\([^()]*\))\s*$")
COMMA = re.compile(r"(?<![\d.])(?P<whole>\d+)\{,\}(?P<part>\d+)(?![\d.,{])")  # 0{,}5; 1{,}000 may be a thousand
WORDED = re.compile(  # (\text{by } u = …)
    r"(?P<space>\\q?quad(?![A-Za-z])|\\[;: ,]|\s)\s*(?:\\left|\\[bB]igg?l?)?[(\[]\s*\\text\s*\{\s*(?=[A-Za-z][^{}$]{2,})"
)
OPENED = re.compile(r"\\text\s*\{[^{}]*\((?=[^(){}]*\})")  # \text{(as } |q| < 1)
PREFIX = re.compile(  # "d/dq:" and "× q:" say only what is done
    r"^\s*(?:\\frac\s*\{\s*(?:d|\\partial)\s*\}\s*\{\s*(?:d|\\partial)\s*\\?[A-Za-z]+\s*\}"
    r"|\\?[A-Za-z]\s*\\(?:to|mapsto)\s*[^:=]{1,12}|\\(?:times|cdot|div)(?![A-Za-z])[^:=]{1,20}|\([\divx]+\))\s*:\s*(?:\\q?quad|\\[;, ])"
)
LABELLED = re.compile(  # min(X, Y): …
    r"^(?:(?!\\(?:text|begin|leq?|geq?|to|in|sim|propto|approx)(?![A-Za-z]))[^=<>:]){1,40}:(?=\s*\\(?:q?quad(?![A-Za-z])| ))"
)
CASE = re.compile(r"^\s*(?:\\text\s*\{[^{}]*\})?\s*[a-z]\s*=\s*\d+\s*:\s*(?:\\q?quad|\\[;, ])*\s*(?=[A-Z]\s*\(\s*\d+\s*\)\s*=)")  # "n = 0: J(0) = …"
COLON = re.compile(
    r"(?<=[\w})])\s*:(?:\s*\\q?quad(?![A-Za-z])|(?:\s|\\ )+(?=\\int|\\sum|[A-Z]\s*=|\\frac|d\s*\\?[a-z]+\s*=))"
    r"|(?<=\d):(?:\s|\\ )+(?=[\w(]|\\(?!infty|to))"
)
GOING_ON = re.compile(r"(?<=[\w})])\s*:(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)+(?==(?!=))(?=.*\\(?:int|sum))")  # with w = z²/2: = …
STOP = re.compile(r"(?<=[\w)}])\s*\.(?:\\ |\\q?quad(?![A-Za-z])|\s)+(?=[^=]{1,60}=)(?!\s*\d)")  # q = 1 − p. E[K] = …
ONTO = re.compile(  # x ∈ (0, ∞) ↔ y ∈ (−∞, ∞)
    r"(?P<one>[A-Za-z]|\\[A-Za-z]+)\s*\\in\s*(?:\\left)?[(\[](?P<a>[^(),\[\]]+),(?P<b>[^(),\[\]]+?)(?:\\right)?[)\]]\s*"
    r"\\(?:leftrightarrow|Leftrightarrow|iff|longleftrightarrow|to|mapsto|longmapsto|Rightarrow|implies)(?![A-Za-z])\s*"
    r"(?P<two>[A-Za-z]|\\[A-Za-z]+)\s*\\in\s*(?:\\left)?[(\[](?P<c>[^(),\[\]]+),(?P<d>[^(),\[\]]+?)(?:\\right)?[)\]]"
)
END = r"-?\s*(?:\\infty|\d+|\d*\s*\\pi(?:\s*/\s*\d+)?|\\[dt]?frac\s*(?:\\pi|\{\s*\d*\s*\\pi\s*\})\s*(?:\d|\{\s*\d+\s*\}))"
FROM_TO = re.compile(  # "t goes from ∞ to 0"
    r"(?P<name>(?<![A-Za-z\\])[A-Za-z]|\\(?!text)[A-Za-z]+)\s*\\text\s*\{\s*(?:now\s+)?(?:runs|ranges|varies|goes)\s+from\s*\}\s*"
    rf"(?P<lo>{END})\s*\\text\s*\{{\s*to\s*\}}\s*(?P<hi>{END})"
)
RUNS = re.compile(
    r"\\text\s*\{\s*(?:Fix|For fixed|Hold)\s*\}\s*\\?[A-Za-z]+\s*(?=[;,.:]|\\text)"
    r"|\\?[A-Za-z]+\s*\\text\s*\{\s*(?:runs|ranges|varies|goes)\s+from\s*\}[^{}=<>]*\\text\s*\{\s*to\s*\}[^{}=<>]*$"
)
SURVIVAL = re.compile(r"\\(?:bar|overline)\s*\{?\s*F\s*\}?(?:_\{?[A-Z]\}?)?(?=\s*\()")
TENDS = re.compile(  # "… = A → B for n → ∞", with the arrow's label
    r"(?P<side>[^=]*)\\xrightarrow\s*(?:\[[^\]]*\])?\{\s*(?P<of>[^{}]*?\\to[^{}]*)\}\s*(?P<to>[^=,;]*)"
)
ARROW = r"\\(?:long)?(?:rightarrow|to)(?![A-Za-z])"
STEP = re.compile(r"[-+]\s*\d+\s*\)$")  # k → k + 1, of which more can be said
UNDER_AN_ARROW = re.compile(  # the label of an arrow that stands elsewhere
    rf"\\xrightarrow\s*\[(?P<below>[^\]]*\\to[^\]]*)\]\s*\{{\s*\}}|\\(?:under|over)set\s*\{{(?P<set>[^{{}}]*\\to[^{{}}]*)\}}\s*\{{\s*{ARROW}\s*\}}"
    rf"|\\stackrel\s*\{{(?P<above>[^{{}}]*\\to[^{{}}]*)\}}\s*\{{\s*{ARROW}\s*\}}"
)
MAPPED = re.compile(  # … (x ↦ π/2 − x), which only says how
    r"(?:\\q?quad(?![A-Za-z])|\\[,;: ]|\s)+\(\s*(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:mapsto|longmapsto|to|leftrightarrow|rightarrow)(?![A-Za-z])"
    r"(?=[^()]*(?P=x)(?![A-Za-z]))[^()=]*\)(?=[\s.,;]*$)"
)
TENDS_TO = re.compile(  # A → B (n → ∞), or B = Z
    r"(?P<side>[^=,;]*[^=,;\s])\s*\\(?:long)?(?:rightarrow|to)(?![A-Za-z])\s*(?P<to>[^=,;]+?(?:=[^=,;]+?)?)(?:\\[,;: ]|\\q?quad(?![A-Za-z])|,|\s)*"
    r"(?:\(|\\text\s*\{\s*(?:as|for|when)\s*\})\s*(?P<of>(?:[A-Za-z]|\\[A-Za-z]+)\s*\\to\s*(?:\\infty|\d+))\s*\)?(?P<rest>[\s.,]*(?:\\text\s*\{[^{}]*\}[\s.]*)?)$"
)
AS_GOES = re.compile(  # as x → ∞, u → 0
    r"\\text\s*\{\s*(?:and\s+)?(?:as|when|for)\s*\}\s*(?P<of>[a-z]\s*\\to\s*[^,;=]+?)\s*,(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)*"
    r"(?:\\text\s*\{[^{}]*\}\s*)?(?P<u>(?:[a-z]|\\[a-z]+)\s*\\to(?![A-Za-z]))"
)
NATURALS = re.compile(r"(?P<name>\\?[A-Za-z]+)\s*\\in\s*\\mathbb\s*\{?\s*(?P<set>[NZ])\s*\}?\s*"
                      r"(?P<sub>(?:[_^]\s*(?:\{[^{}]*\}|\w|\+|\*))?)(?![A-Za-z_^])")
SIGN_AS_WORD = re.compile(  # \text{-}\frac1a, \frac1a\text{ + 1}
    r"\\(?:text|textrm|textnormal|textbf|textit|textsf|mbox)\s*\{\s*(?P<sign>(?:[-+*/!^]|[−–—±×÷·])\s*\d*)\s*\}"
)
AFTER_CHANGE = re.compile(  # u = x², du = 2x dx: Z = …
    r"(?P<d>(?:(?<![A-Za-z\\])d|(?<=[0-9a-z])(?<!\\qua)(?<!\\qqua)d|\\mathrm\s*\{\s*d\s*\})\s*(?:[a-z]|\\[a-z]+))\s*:(?!=)"
    r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z]))*(?=(?:Z|\\int)(?![A-Za-z])|p\s*\()"
)
CANCELLED = re.compile(r"\\[bx]?cancel(?P<to>to\s*(?:\{(?P<value>[^{}]*)\}|(?P<digit>\d)))?\s*\{")
APART = re.compile(r";(?=(?:\s|\\[,;:! ])*(?:\\q?quad(?![A-Za-z])|\\[; ]|$))(?:\\[,;:! ]|\s)*(?:\\q?quad(?![A-Za-z]))?")  # a; b
SIZE = re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])\s*(?=[()\[\]]|\\[{}])")  # \Big( as (
HALVED = re.compile(r"(?<![A-Za-z\\])(?P<x>[a-z])_\s*\{\s*(?P<a>\d)\s*/\s*(?P<b>\d)\s*\}(?!\s*(?:\\left)?\()")  # x_{1/2} is a name
COUNTED = re.compile(r"\\#\s*\\\{(?P<lo>[^{},]+),[^{}]*?\\[lc]?dots[bc]?\s*,(?P<hi>[^{},]+?)\\\}")  # #{a, a + 1, …, b}
KIND = re.compile(  # P(K \text{ is even}) as P(K = even)
    r"(?P<X>(?<=[(\[])\s*[A-Z])\s*(?:=\s*)?\\(?:text|mathrm|textrm)\s*\{\s*(?:is\s+)?(?P<kind>even|odd)\s*\}(?=\s*(?:\\right)?[)\]])"
    r"|(?<=[(\[])\s*\\text\s*\{\s*\$?(?P<Y>[A-Z])?\$?\s*(?:is\s+)?(?P<said>even|odd)\s*\}(?=\s*(?:\\right)?[)\]])"
)
GIVEN_NAME = r"(?P<name>(?![ZpPf](?![A-Za-z_]))(?:[A-Za-z]|\\(?!equiv)[a-z]+)(?:_\{?\w+\}?)?)"
EQUIVALENT = re.compile(  # , x ≡ e^{−β}, which says what x is
    rf"(?P<before>^|,|\\q?quad(?![A-Za-z])|\\text\s*\{{[^{{}}]*\}})(?P<space>(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)*)"
    rf"{GIVEN_NAME}\s*\\(?:equiv|triangleq|coloneqq)(?![A-Za-z])"
    rf"|\(\s*{GIVEN_NAME.replace('<name>', '<aside>')}\s*\\(?:equiv|triangleq|coloneqq)(?![A-Za-z])(?=[^()]*(?:\([^()]*\)[^()]*)*\))"
)
FUNCTION_BESIDE = re.compile(  # cosh K\,(1 + x)
    r"(?P<f>\\(?:cosh|sinh|tanh|cos|sin|tan|ln|log))\s*(?P<x>[A-Za-z]|\\[a-z]+)\\[,;:]\s*(?=(?:\\left)?\()"
)
GOES_OVER = re.compile(  # x = 0 ↦ t = 1
    r"(?P<x>(?:[a-z]|\\[a-z]+)\s*=\s*(?:[^=,;\\]|\\(?:infty|pi|frac)(?![A-Za-z]))+)\\(?:mapsto|longmapsto|leadsto|to|(?:long)?(?:left)?rightarrow)(?![A-Za-z])(?=\s*(?:[a-z]|\\[a-z]+)\s*=)"
)
SPACES = re.compile(r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\s)+|(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\s)+$")


def customary(text: str) -> str:
    r"""A text in the spellings that the reader of LaTeX knows.

    >>> customary(r"\sqrt{\pi \over a}"), customary(r"F\Big\rvert_0^1"), customary(r"\frac{dZ}{da}")
    ('\\sqrt{\\frac{\\pi }{ a}}', 'F\\Big|_0^1', '\\frac{d}{da}Z')
    """
    text = SIGN_AS_WORD.sub(r" \g<sign>", text)
    text = sums_of_exponentials(at_home(GOES_OVER.sub(r"\g<x>\\Rightarrow", text)))
    text = iterated(text) if r"\int" in text or r"\iint" in text else text
    text = slopes(quotients(SIZE.sub("", laid_out(text))))
    text = HALVED.sub(r"\g<x>_{\g<a>\g<b>}", bracketed(text))
    text = COUNTED.sub(r"\\left(\g<hi>-(\g<lo>)+1\\right)", uncancelled(text))
    text = FUNCTION_BESIDE.sub(r"\g<f>(\g<x>)\\cdot ", text)
    text = EQUIVALENT.sub(lambda m: rf"({m['aside']}=" if m["aside"] else rf"{m['before']}{m['space']}\text{{with }} {m['name']}=", text)
    text = sums_of_operators(one_by_one(radial(text)))
    text = operators(APART.sub(lambda m: ",\\quad " if outside(m.string[: m.start()]) else m[0], text))
    text = fractions(BAR.sub("|", PUT.sub("(", closed_in_words(opened_in_words(text)))))
    text = AFTER_CHANGE.sub(r"\g<d>,\\quad ", text)
    text = MAPPED.sub(lambda m: rf"\text{{ with }} {m[0].split('(')[-1].rstrip(' )')}" if STEP.search(m[0]) else "", text)
    text = TENDS_TO.sub(tending_to, AS_GOES.sub(r",\\quad \g<of>\\Rightarrow \g<u>", text))
    text = UNDER_AN_ARROW.sub(lambda m: rf"\xrightarrow{{{m['below'] or m['set'] or m['above']}}}", text)
    text = TENDS.sub(r"\g<side>,\\quad \\lim_{\g<of>}\\left(\g<side>\\right)=\g<to>", SURVIVAL.sub("S", text))
    text = STOP.sub(lambda m: ",\\quad " if outside(m.string[: m.start()]) else m[0], text)
    text = KIND.sub(lambda m: rf"{m['X'] or m['Y'] or 'K'}=\operatorname{{{m['kind'] or m['said']}}}", vanishing(text))
    text = GOING_ON.sub(lambda m: r"\\\\ " if outside(m.string[: m.start()]) else m[0], text)
    text = NATURALS.sub(whole_from, COMMA.sub(decimal, COLON.sub(",\\\\quad ", CASE.sub("", LABELLED.sub("", PREFIX.sub("", text))))))
    found = re.search(rf"{OF_Z.pattern}\{{[^{{}}]*\}}", text)
    while found:
        below = found[0][found[0].rindex("{") :]
        text = f"{text[: found.start()]}\\frac{{{found['d']}}}{below}Z{text[found.end() :]}"
        found = re.search(rf"{OF_Z.pattern}\{{[^{{}}]*\}}", text)
    return text


def tending_to(match: re.Match[str]) -> str:
    """A → B for n → ∞ as the limit of A; where A is a side of an equation, behind it."""
    said = re.match(r"(?:.*\\text\s*\{[^{}]*\})?", match["side"], re.DOTALL)
    words = said[0] if said is not None else ""
    side = re.sub(rf"^{GAP}", "", match["side"][len(words) :]).strip()
    if re.fullmatch(r"[a-z]|\\[a-z]+", side):  # where a new variable goes
        return rf"{words}{match['of']}\Rightarrow {side}\to {match['to']}"
    again = rf"{side},\quad " if match.string[: match.start()].rstrip().endswith("=") else ""
    return rf"{words}{again}\lim_{{{match['of']}}}\left({side}\right)={match['to']}{match['rest']}"


def outside(before: str) -> bool:
    """Whether what follows a text stands in no bracket, as the ; of f(x; θ) does."""
    return before.count("(") == before.count(")") and before.count("[") == before.count("]")


def opened_in_words(text: str) -> str:
    r"""A bracket that opens before words is opened by them: \quad (\text{double angle: } …).

    >>> opened_in_words(r"a \quad(\text{by parts}, u = x)"), opened_in_words(r"P(\text{even})")
    ('a \\quad\\text{(by parts}, u = x\\text{)}', 'P(\\text{even})')
    """
    for match in reversed(list(WORDED.finditer(text))):
        opener = "[" if "[" in match[0] else "("
        end = bracket_end(text, match.start() + match[0].index(opener) + 1, opener)
        if end is not None and not PUT.match(text, match.start() + len(match["space"])):
            inside = text[match.end() : end[0]]
            text = rf"{text[: match.start()]}{match['space']}\text{{({inside}" + r"\text{)}" + text[end[1] :]
    return text


def closed_in_words(text: str) -> str:
    r"""A bracket that words open is closed in words too.

    >>> closed_in_words(r"\text{(as } |q| < 1)"), closed_in_words(r"\text{(by } (x-1)^2 \text{ and } y).")
    ('\\text{(as } |q| < 1\\text{)}', '\\text{(by } (x-1)^2 \\text{ and } y\\text{)}.')
    """
    for match in reversed(list(OPENED.finditer(text))):
        depth, at = 0, match.end()
        while at < len(text) and depth >= 0:
            depth += (text[at] == "(") - (text[at] == ")")
            at += 1
        inside = text[match.end() : at]
        if depth < 0 and inside.count("{") + 1 == inside.count("}"):  # and not in the words themselves
            text = f"{text[: at - 1]}\\text{{)}}{text[at:]}"
    return text


def uncancelled(text: str) -> str:
    r"""What is struck out as it stands, where it cancels; what is struck out as going to a value as a brace with that value.

    One thing that is struck out by itself is taken back, and is not read.

    >>> uncancelled(r"\frac{\cancel{x}y}{\cancel{x}}"), uncancelled(r"\cancelto{0}{x}+y"), uncancelled(r"\cancel{x}")
    ('\\frac{xy}{x}', '\\underbrace{x}_{=0}+y', '\\cancel{x}')
    """
    if len(CANCELLED.findall(text)) == 1 and (alone := CANCELLED.search(text)) and not (alone["value"] or alone["digit"]):
        return text
    while match := CANCELLED.search(text):
        end = closing(text, match.end())
        inside, value = text[match.end() : end], match["value"] or match["digit"]
        text = text[: match.start()] + (rf"\underbrace{{{inside}}}_{{={value}}}" if value else inside) + text[end + 1 :]
    return text


def decimal(match: re.Match[str]) -> str:
    """0{,}5 as 0.5; three digits behind a whole part other than 0 may be a thousand's, and stay."""
    return f"{match['whole']}.{match['part']}" if len(match["part"]) != 3 or match["whole"] == "0" else match[0]


def whole_from(match: re.Match[str]) -> str:
    r"""n ∈ ℤ_{≥0} and n ∈ ℕ as a whole number with a least value; ℕ begins at 0 or at 1, so that only n ≥ 0 is sure."""
    below = re.sub(r"[\s{}_^]", "", match["sub"]).replace(r"\geq", ">=").replace(r"\ge", ">=")
    least = {"+": 1, "*": 1, "1": 1, ">0": 1, ">=1": 1, "0": 0, ">=0": 0, "": 0 if match["set"] == "N" else None}.get(below, "unread")
    if least == "unread" or (match["set"] == "Z" and below == ""):
        return match[0]
    return rf"{match['name']} \in \mathbb{{Z}}, {match['name']} \ge {least}"


def without_mentions(text: str) -> str:
    r"""A text without the names that a sentence only speaks of.

    >>> without_mentions(r"\text{Differentiate } n \text{ times with respect to } a:")
    '\\text{Differentiate }\\text{ times with respect to }:'
    >>> without_mentions(r"\text{Integrate back from } 0 \text{ to } x\text{: } Z = \int_0^x f\,dt")
    '\\text{Integrate back from }\\text{: } Z = \\int_0^x f\\,dt'
    """
    text = ONTO.sub(r"\g<one>: \g<a>\\to \g<b>,\\quad \g<two>: \g<c>\\leftrightarrow \g<d>", text)
    text = RUNS.sub("", FROM_TO.sub(r"\g<name>: \g<lo>\\to \g<hi>", text))
    text = FROM_TO_WORDS.sub(lambda m: m["head"] if at_a_sign(m["lo"], m["hi"], m.string) else m[0], text)
    return MENTIONED.sub(lambda m: m["before"] or m["head"] or m["of"] or m["front"], text)


def at_a_sign(lo: str, hi: str, text: str) -> bool:
    """Whether the ends of which words speak stand at a sign of integral or sum, or at a bracket."""
    one, two = (re.escape(end.strip()) for end in (lo, hi))
    return re.search(rf"_\s*(?:\{{\s*)?(?:[A-Za-z]\s*=\s*)?{one}\s*\}}?\s*\^\s*(?:\{{\s*)?{two}(?![A-Za-z0-9])", text) is not None


def own_functions(lines: tuple[str, ...], named: Collection[str]) -> tuple[str, ...]:
    r"""The lines with another letter for an I(b) that is a function, and no name of Z.

    It is one where it is differentiated as I'(b), or where b is none of the names that the problem declares.

    >>> own_functions((r"I(s) = \int_0^\infty e^{-sx}\,dx", "Z = I(a)"), ["a"]), own_functions(("I(a) = 1/a",), ["a"])
    (('J(s) = \\int_0^\\infty e^{-sx}\\,dx', 'Z = J(a)'), ('I(a) = 1/a',))
    """
    told = any(m["argument"].lstrip("\\") not in named for line in lines for m in OF_A_LETTER.finditer(line)) and "I" not in named
    if not told and not any(DIFFERENTIATED.search(line) for line in lines):
        return lines
    letter = next((c for c in "JHFG" if not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line) for line in lines)), "I")
    return tuple(APPLIED.sub(letter, ABOVE.sub(rf"\g<d>{letter}", line)) for line in lines)


def up_to_constants(formula: str) -> str:
    r"""log p(x) = g(x) + const as p(x) ∝ exp(g(x)).

    >>> up_to_constants(r"\log p(x) = -x^2 + \text{const}"), up_to_constants(r"= -x + \text{const}")
    ('p(x)\\propto \\exp\\left(-x^2\\right)', '\\propto \\exp\\left(-x\\right)')
    """
    formula, *beside = re.split(r"(?=,\s*\\q?quad(?![A-Za-z]))", formula, maxsplit=1)
    first, *rest = re.split(r"=(?![^{}]*\})", formula)
    if (likelihood := LOG_LIKELIHOOD.match(first)) and any(CONST.search(side) for side in rest):
        signs = [(r"\propto" if CONST.search(side) else "=", SPACES.sub("", CONST.sub("", side))) for side in rest]
        return f"L{likelihood['what']}" + "".join(rf"{sign} \exp\left({side}\right)" for sign, side in signs) + "".join(beside)
    first, *rest = formula.split("=")
    head = LOGARITHM.match(first)
    if not rest or not (head or not first.strip()) or not all(CONST.search(side) for side in rest):
        return formula + "".join(beside)
    bare = [SPACES.sub("", CONST.sub("", side)) for side in rest]
    return (head["what"] if head else "") + "".join(rf"\propto \exp\left({side}\right)" for side in bare) + "".join(beside)
