r"""Simple macros of a document: \newcommand, \def, \DeclarePairedDelimiter and the like, without loops, expanded so that no line moves."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LEVELS = 12  # macros inside macros
MOST_GROWTH = 200_000  # characters that all expansions of a document may add
LONGEST_BODY = LONGEST_ARGUMENT = 2_000
MOST_FAULTS = 100  # braces that do not close, after which no macro is looked at any more


class TooMuch(Exception):
    """A macro grows without end, or further than a document needs."""


HEAD = re.compile(
    r"\\(?:(?P<new>newcommand|renewcommand|providecommand)\*?\s*(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))"
    r"\s*(?:\[(?P<count>\d)\])?\s*(?:\[(?P<default>[^\[\]\n]{0,100})\])?\s*(?=\{)"
    r"|def\s*\\(?P<def>[A-Za-z]+)\s*(?P<places>(?:#\d)*)\s*(?=\{)"
    r"|DeclareMathOperator\*?\s*\{?\s*\\(?P<operator>[A-Za-z]+)\s*\}?\s*(?=\{)"
    r"|DeclarePairedDelimiter\s*\{?\s*\\(?P<pair>[A-Za-z]+)\s*\}?\s*\{(?P<opens>[^{}\n]{1,20})\}\s*(?=\{)"
    r"|(?:New|Renew|Provide|Declare)DocumentCommand\s*\{?\s*\\(?P<document>[A-Za-z]+)\s*\}?\s*\{(?P<spec>\s*(?:[oO](?:\{[^{}\n]{0,40}\})?)?[m\s]{0,20})\}\s*(?=\{)"
    r"|let\s*\\(?P<let>[A-Za-z]+)\s*=?\s*(?=\\[A-Za-z]))"
)
CALL = re.compile(r"\\([A-Za-z]+)")
SETTING = re.compile(r"\\(?:if[a-z]*|If[A-Za-z]*|sbox|savebox|csname|expandafter|loop|hbox|vbox|setlength|par|usebox)(?![A-Za-z])|@")
UPRIGHT_D = re.compile(r"\\mathop\s*\{\s*\}\s*(?:\\!)?")  # before an upright d: it spaces, and stands for nothing
STAR = re.compile(r"\s*(?:\*|\[\\[bB]igg?[lrm]?\])")  # \abs*{x}, \abs[\big]{x}
PLACE = re.compile(r"#(\d)")


@dataclass(frozen=True)
class Macro:
    """A macro of `count` arguments, the first of which is `default` where it is left out; `star`: a star or a size may stand before them."""

    body: str
    count: int = 0
    default: str | None = None
    star: bool = False


def expanded(text: str) -> str:
    r"""The text with its own macros replaced by what they stand for, and their definitions left out; every line keeps its number.

    Macros that would grow without end, or far, stay as they are: a formula with one cannot be read. A macro that does something
    to the page, rather than stand for a formula, is replaced by its arguments.

    >>> expanded(r"\newcommand{\R}{\mathbb{R}}\newcommand{\abs}[1]{\lvert #1\rvert} $\abs{x} \in \R$").strip()
    '$\\lvert x\\rvert \\in \\mathbb{R} $'
    """
    text, macros = defined(text)
    return replaced(text, macros, [MOST_GROWTH, MOST_FAULTS], 0) if macros else text


def defined(text: str) -> tuple[str, dict[str, Macro]]:
    """The text without definitions of macros, and these."""
    kept: list[str] = []
    macros: dict[str, Macro] = {}
    at = faults = 0
    for match in HEAD.finditer(text):
        if match.start() < at:
            continue
        token = CALL.match(text, match.end()) if match["let"] else None
        end = token.end() - 1 if token else closing_brace(text, match.end(), LONGEST_ARGUMENT)
        if end is None:
            faults += 1
            if faults == MOST_FAULTS:
                break
            continue
        name, macro = (match["let"], Macro(token[0])) if token else macro_of(match, text[match.end() + 1 : end])
        if name is not None and len(macro.body) <= LONGEST_BODY:
            macros[name] = macro
        kept += [text[at : match.start()], "\n" * text.count("\n", match.start(), end + 1)]
        at = end + 1
    return "".join([*kept, text[at:]]), macros


def macro_of(match: re.Match[str], body: str) -> tuple[str | None, Macro]:
    body = re.sub(r"\s+", " ", body)
    if match["operator"]:
        return match["operator"], Macro(rf"\operatorname{{{body}}}")
    if match["pair"]:
        return match["pair"], Macro(f"{match['opens']} #1 {body}", 1, star=True)
    if match["document"]:
        return match["document"], by_letters(match["spec"], body)
    if match["def"]:
        return match["def"], written(body, len(match["places"]) // 2)
    return match["braced"] or match["bare"], written(body, int(match["count"] or 0), match["default"])


def by_letters(spec: str, body: str) -> Macro:
    r"""The macro of \NewDocumentCommand: m for an argument, and o or O{…} for a first one that may be left out.

    >>> by_letters("O{x} m", "#1+#2").default, by_letters("m m", "#1+#2").count
    ('x', 2)
    """
    first = re.match(r"\s*[oO](?:\{([^{}]*)\})?", spec)
    return written(body, len(re.findall(r"[moO](?![^{]*\})", spec)), (first[1] or "") if first else None)


def written(body: str, count: int, default: str | None = None) -> Macro:
    body = UPRIGHT_D.sub("", body)
    if SETTING.search(body):
        body = " ".join(f"{{#{i}}}" for i in range(1, count + 1))
    return Macro(body, count, default)


def replaced(text: str, macros: dict[str, Macro], left: list[int], level: int) -> str:
    """The text with each macro expanded. `left`: how far it may still grow, and how many faults are borne. Raises TooMuch within macros."""
    out, at = [], 0
    for match in CALL.finditer(text):
        macro = macros.get(match[1])
        if match.start() < at or macro is None or not left[1]:
            continue
        found = arguments(text, match.end(), macro)
        if found is None:
            left[1] -= 1
            continue
        try:
            made = body_of(macro, found[0], macros, left, level)
        except TooMuch:
            if level:
                raise
            left[0] = MOST_GROWTH
            left[1] -= 1
            continue
        out += [text[at : match.start()], made, "\n" * (text.count("\n", match.start(), found[1]) - made.count("\n"))]
        at = found[1]
    return "".join([*out, text[at:]])


def body_of(macro: Macro, values: list[str], macros: dict[str, Macro], left: list[int], level: int) -> str:
    """What one use of a macro stands for."""
    made = PLACE.sub(lambda m: values[int(m[1]) - 1] if 0 < int(m[1]) <= len(values) else m[0], macro.body)
    left[0] -= len(made)
    if left[0] < 0 or level > MOST_LEVELS:
        raise TooMuch
    made = replaced(made, macros, left, level + 1) if CALL.search(made) else made
    return made + " " if not macro.count and re.search(r"[A-Za-z]$|\}$", made) else made


def arguments(text: str, at: int, macro: Macro) -> tuple[list[str], int] | None:
    """The arguments that stand behind a macro, without line breaks, and where they end."""
    values: list[str] = []
    before = STAR.match(text, at) if macro.star else None
    at = before.end() if before else at
    for i in range(macro.count):
        start = at
        while at < len(text) and text[at].isspace() and at - start < 100:
            at += 1
        if i == 0 and macro.default is not None:
            end = text.find("]", at, at + 200) if text[at : at + 1] == "[" else -1
            values.append(text[at + 1 : end] if end > 0 else macro.default)
            at = end + 1 if end > 0 else start
            continue
        if at >= len(text):
            return None
        if text[at] == "{":
            closed = closing_brace(text, at, LONGEST_ARGUMENT)
            if closed is None:
                return None
            values.append(text[at + 1 : closed].replace("\n", " "))
            at = closed + 1
        else:
            single = re.compile(r"\\[A-Za-z]+|\\?.", re.DOTALL).match(text, at)
            assert single is not None
            values.append(single[0])
            at = single.end()
    return values, at


BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


def closing_brace(text: str, at: int, most: int) -> int | None:
    """Where the brace at `at` closes, if it does within so many characters."""
    depth = 0
    for match in BRACES.finditer(text, at, at + most):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    return None
