r"""A formula of a document taken apart as text: rows, statements between words and commas, and the sides of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.grade.writing.documents import Formula
from derive.grade.writing.segments import WORD_OF_MATHS, bracket_end

WRAPPERS = re.compile(  # in $$ … $$ stand those of displays too
    r"\\(?:begin|end)\{(?:aligned|alignedat|split|gathered|multlined|(?:equation|align|alignat|flalign|gather|multline|eqnarray)\*?)\}"
    r"(?:\[[a-z]\]|\{\d+\})?|\A\s*\\begin\{array\}\s*\{\s*r\s*c\s*l\s*\}(?=(?:(?!\\end\{array\}).)*\\end\{array\}\s*\Z)"
    r"|\\end\{array\}(?=\s*\Z)", re.DOTALL
)
OF_THREE = re.compile(r"\\begin\{(?:eqnarray\*?|array)\}")  # a &=& b
MARKED = re.compile(  # what says nothing
    r"\\(?:label|tag\*?|eqref|ref|cite|color)\s*\{[^{}\n]*\}"
    r"|\\(?:nonumber|notag|displaystyle|textstyle|limits|qedhere|IEEEyesnumber|IEEEnonumber|small|large|Large|footnotesize|normalsize)(?![A-Za-z])"
)
FRAME = re.compile(r"\\(?:boxed|underline|textcolor\s*\{[^{}]*\}|mathcolor\s*\{[^{}]*\}|(?P<outside>fbox|framebox|colorbox\s*\{[^{}]*\}))\s*\{")
DEFINED = re.compile(
    r"\\(?:overset|stackrel)\s*\{\s*(?:\\[a-z]+\s*\{?)?\s*(?:def|let|set|\(?[a-zA-Z0-9]\)|\\triangle|\d)\.?\s*\}?\s*\}\s*\{\s*=\s*\}"
)
EQUAL = ("=", ":=", r"\coloneqq", r"\triangleq", r"\equiv", r"\propto")
OTHERS = (
    "< > \\le \\leq \\leqslant \\lt \\gt \\ge \\geq \\geqslant \\ne \\neq \\in \\approx \\simeq \\sim \\cong "
    "\\ll \\gg \\to \\mapsto \\subset"
).split()
ARROWS = "\\implies \\Rightarrow \\Longrightarrow \\iff \\Leftrightarrow \\Longleftrightarrow \\therefore \\because \\leadsto".split()
TEXTS = "\\text \\textrm \\textit \\textnormal \\mbox \\intertext \\shortintertext \\hbox".split()
TOKEN = re.compile(
    r"\\\\(?:\s*\[[^\]\n]{0,20}\])?|\\(?:begin|end)\{[A-Za-z]+\*?\}|\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])\s*(?:\\?[^A-Za-z\s]|\\[a-zA-Z]+)"
    r"|\\[A-Za-z]+|\\.|:=|[{}()\[\]&,;=<>]",
    re.DOTALL,
)
OPERATOR_FIRST = re.compile(r"\s*(?:\{\}\s*)?(?:[-+/]|\\(?:cdot|times)(?![A-Za-z]))")
OPERATOR_LAST = re.compile(r"(?:[-+/({]|\\(?:cdot|times|int|sum|left\S|\!))\s*$")
DOTS = re.compile(r"\s*\\(?:[clv]?dots[bcmoi]?)\s*\.?\s*")
BEHIND = re.compile(  # (a > 1) at the end of a side
    r"(?P<rest>.*?)(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|[\s~])*"
    r"\((?P<condition>[^()=]*(?:[<>]|\\(?:leq?|leqslant|geq?|geqslant|lt|gt|in|neq?)(?![A-Za-z]))[^()=]*)\)[\s.,;]*", re.DOTALL
)
HEADED = re.compile(  # P(X > t) and 1(x > 0): what stands in the bracket is their argument
    r"(?:(?<![A-Za-z\\])(?:P|E|I)|\\Pr|\\(?:mathbb|mathbf|mathbbm|mathds|mathrm|mathsf|operatorname|text|bm)\s*\{?\s*(?:P|Pr|Prob|E|Var|I|1)\s*\}?)"
    r"\s*(?:_\s*(?:\{[^{}]{0,12}\}|\\?[A-Za-z]))?\s*(?:\\left|\\[bB]igg?l?)?\s*$"
)
BLANK = re.compile(r"(?:\\[,;:!> ]|\\(?:q?quad|thinspace|hfill|enspace)(?![A-Za-z])|[\s.,;~&]|\{\})*")


@dataclass(frozen=True)
class Side:
    text: str
    line: int


@dataclass(frozen=True)
class Statement:
    """Sides with signs between them; a first side that is blank continues what stood before. `words` stand in front of it."""

    sides: tuple[Side, ...]
    signs: tuple[str, ...] = ()
    words: str = ""
    row: bool = False  # it starts a row
    led: bool = False  # its first side stands before the row's alignment mark, so that it is a side of its own

    @property
    def continues(self) -> bool:
        return bool(self.signs) and not self.sides[0].text

    @property
    def text(self) -> str:
        return "".join(s.text + f" {sign} " for s, sign in zip(self.sides, (*self.signs, ""), strict=True)).strip()

    @property
    def equation(self) -> bool:
        return any(sign in EQUAL for sign in self.signs)


def statements(formula: Formula) -> tuple[list[Statement], list[str]]:
    r"""The chains of equations in a formula, and the conditions that stand beside them.

    >>> chains, conditions = statements(Formula(r"Z &= a \\ &= b + c,\\ &\quad{} + d \quad \text{for } a > 0, k = 0, 1, \dots", 1, True))
    >>> [c.text for c in chains], conditions
    (['Z = a = b + c + d'], ['a > 0', 'k = 0, 1, \\dots'])
    """
    lines = formula.environment == "multline" or "\\begin{multline" in formula.text
    broken = formula.text.replace("\\\\", "  ") if lines else formula.text
    formula = replace(formula, environment="eqnarray") if OF_THREE.match(formula.text.strip()) else formula
    text = unwrapped(MARKED.sub("", WRAPPERS.sub("", DEFINED.sub("=", framed(broken)))))
    pieces = enumerations([part for piece in Scan(text, formula).pieces() for part in apart(piece, formula)])
    chains: list[Statement] = []
    conditions: list[str] = []
    waiting: list[str] = []  # a, b before > 0
    for piece in pieces:
        if piece.equation and not DOTS.search(piece.text.split(",")[-1]):
            chains[-1:] = joined(chains[-1:], piece)
        elif piece.signs or "," in piece.text:
            conditions += [*(f"{name} {piece.text[len(piece.sides[0].text) :]}" for name in waiting), piece.text]
        elif chains and piece.row and attaches(chains[-1], piece):
            chains[-1:] = joined(chains[-1:], piece)
        elif len(piece.text) < 40:
            waiting.append(piece.text)
            continue
        waiting = []
    return [stripped(c) for c in chains], conditions


def apart(piece: Statement, formula: Formula) -> list[Statement]:
    r"""A piece without the condition in brackets behind it, as in 1/(a − 1) \quad (a > 1), and that condition."""
    found = BEHIND.fullmatch(piece.sides[-1].text)
    if found is None or HEADED.search(found["rest"]):
        return [piece]
    last = replace(piece.sides[-1], text=found["rest"].strip())
    kept = [replace(piece, sides=(*piece.sides[:-1], last))] if piece.signs or last.text else []
    return kept + [replace(one, row=False) for one in Scan(found["condition"], replace(formula, line=last.line)).pieces()]


def framed(text: str) -> str:
    r"""The text without frames and colours around parts of it.

    >>> framed(r"Z = a \boxed{= \textcolor{red}{b}}")
    'Z = a  =  b  '
    """
    while (match := FRAME.search(text)) is not None:
        end = bracket_end(text, match.end(), "{")
        if end is None:
            return text
        inside = text[match.end() : end[0]]
        text = f"{text[: match.start()]} {inside.strip('$ ') if match['outside'] else inside} {text[end[1] :]}"
    return text


def unwrapped(text: str) -> str:
    """The text without braces around all of it."""
    while (bare := text.strip()).startswith("{") and bare.endswith("}") and closes_last(bare):
        text = text.replace("{", " ", 1)
        text = text[: text.rindex("}")]
    return text


def closes_last(text: str) -> bool:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end() == len(text)
    return False


def attaches(before: Statement, piece: Statement) -> bool:
    """Whether a row goes on with the one before it."""
    last = before.sides[-1].text
    if piece.led and last.strip() and not OPERATOR_LAST.search(last):
        return False
    return bool(not last.strip() or OPERATOR_LAST.search(last) or OPERATOR_FIRST.match(piece.sides[0].text))


def joined(before: list[Statement], piece: Statement) -> list[Statement]:
    """A piece joined to the statement before it, where it continues that."""
    if not before or not (piece.continues or (piece.row and attaches(before[0], piece))):
        return [*before, piece]
    (one,) = before
    head = replace(
        one.sides[-1],
        text=one.sides[-1].text.rstrip(" .,;")
        + (" " + re.sub(r"^\s*\{\}", "", piece.sides[0].text).strip() if piece.sides[0].text.strip() else ""),
    )
    return [replace(one, sides=(*one.sides[:-1], head, *piece.sides[1:]), signs=one.signs + piece.signs)]


def stripped(statement: Statement) -> Statement:
    def bare(text: str) -> str:
        text = re.sub(r"(?:\\[,;:!> ]|\\(?:q?quad|thinspace|hfill)(?![A-Za-z])|[\s.,;~])+$", "", text)
        return text.strip()

    return replace(statement, sides=tuple(replace(s, text=bare(s.text)) for s in statement.sides))


def enumerations(pieces: list[Statement]) -> list[Statement]:
    """Pieces in which k = 0, 1, 2, … is one again."""
    at = next((i for i, p in enumerate(pieces) if not p.signs and DOTS.fullmatch(p.text)), None)
    if at is None:
        return pieces
    start = next((i for i in range(at, -1, -1) if pieces[i].signs), None)
    if start is None or len(pieces[start].sides) != 2:
        return pieces
    end = at + 2 if at + 1 < len(pieces) and not pieces[at + 1].signs else at + 1
    text = ", ".join(p.text.strip() for p in pieces[start:end]).replace("  ", " ")
    whole = Statement((Side(text, pieces[start].sides[0].line),), words=pieces[start].words)
    return [*pieces[:start], whole, *pieces[end:]]


class Scan:
    """One pass over a formula, with the depth of its brackets."""

    def __init__(self, text: str, formula: Formula) -> None:
        self.text, self.formula = text, formula
        self.found: list[Statement] = []
        self.sides: list[Side] = []
        self.signs: list[str] = []
        self.words, self.row, self.led, self.columns = "", True, False, 0
        self.start = self.counted = 0
        self.line = formula.line

    def pieces(self) -> list[Statement]:
        depth = skip = 0
        for match in TOKEN.finditer(self.text):
            token = match[0]
            if match.start() < skip:
                continue
            if token in ("{", "(", "[", r"\{") or re.match(r"\\(?:begin|left|[bB]igg?l)(?![a-z])", token):
                depth += 1
            elif token in ("}", ")", "]", r"\}") or re.match(r"\\(?:end|right|[bB]igg?r)(?![a-z])", token):
                depth = max(0, depth - 1)
            elif depth == 0:
                skip = self.mark(token, match)
        self.end_side(len(self.text))
        self.end_piece()
        return self.found

    def mark(self, token: str, match: re.Match[str]) -> int:
        """Act on a token outside brackets; returns where to go on."""
        if token in EQUAL or token in OTHERS:
            self.end_side(match.start())
            self.signs.append("=" if token in EQUAL[:-1] else token)
        elif token == "&" and not self.column(match):
            return match.end()
        elif token in TEXTS:
            return self.word(match)
        elif token[:2] == "\\\\" or token in (",", ";", r"\quad", r"\qquad") or token in ARROWS:
            self.end_side(match.start())
            self.end_piece()
            self.row = self.row or token[:2] == "\\\\"
            self.columns = 0 if self.row else self.columns
        elif token != "&":
            return match.start()
        self.start = match.end()
        return match.end()

    def column(self, match: re.Match[str]) -> bool:
        """Whether an alignment mark ends a statement; else it is only a space."""
        self.columns += 1
        begun = bool(self.text[self.start : match.start()].strip())
        self.led = self.led or begun and self.columns == 1 and self.row and not self.signs
        if begun and self.columns % 2 == 0 and self.signs and "eqnarray" not in self.formula.environment:
            self.end_side(match.start())
            self.end_piece()
            return True
        self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return False

    def word(self, match: re.Match[str]) -> int:
        opened = self.text.find("{", match.end(), match.end() + 3)
        close = self.text.find("}", match.end())
        content = self.text[opened + 1 : close] if 0 <= opened < close else ""
        if WORD_OF_MATHS.fullmatch(content) and content.strip() not in ("if", "for", "otherwise", "is", "and", "else"):
            return close + 1
        self.end_side(match.start())
        self.end_piece()
        self.words = f"{self.words} {content}".strip()
        self.start = close + 1 if close > 0 else match.end()
        return self.start

    def end_side(self, end: int) -> None:
        raw = self.text[self.start : end]
        lead = len(raw) - len(raw.lstrip(" \n\t&"))
        self.line += self.text.count("\n", self.counted, self.start + lead)
        self.counted = max(self.counted, self.start + lead)
        raw = raw.strip().lstrip("&").strip()
        self.sides.append(Side("" if BLANK.fullmatch(raw) else raw, self.line))
        self.start = end

    def end_piece(self) -> None:
        if self.signs or any(s.text for s in self.sides):
            self.found.append(Statement(tuple(self.sides), tuple(self.signs), self.words, self.row, self.led))
            self.words, self.row, self.led = "", False, False
        self.sides, self.signs = [], []
