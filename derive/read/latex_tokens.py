"""LaTeX text to tokens. Every token remembers where it stands in the source; nothing is built before the text is known to be short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derive.read import latex_words as w
from derive.read.names import MAX_LENGTH, ReadError

MAX_DIGITS = 1_000

TOKEN = re.compile(
    r"(?P<blank>\s+|%[^\n]*)|(?P<number>\d+(?:(?:\.|\{[.,]\})\d+)?|\.\d+)|(?P<command>\\(?:operatorname\*|[A-Za-z]+|.))|(?P<letter>[A-Za-z])|(?P<mark>:=|.)",
    re.DOTALL,
)
PLAIN_ARGUMENT = re.compile(r"\s*(?:\{\s*([A-Za-z0-9 ,.:~-]*?)\s*\}|([A-Za-z]))")
SKIPPED_ARGUMENT = re.compile(r"\s*\{[^{}]*\}")
ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}")
LENGTH = re.compile(r"\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)")
GENFRAC = re.compile(r"\s*\{\s*([(]?)\s*\}\s*\{\s*([)]?)\s*\}\s*\{\s*(0pt)?\s*\}\s*\{\s*[0-3]?\s*\}")
ROW_SKIP = re.compile(r"\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)\s*\]")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `kind`: letter, number, word (upright text), command, mark, open, close, bar, begin, end.

    `spaced` says that an explicit space (as \\,) stands before it, `glued` that nothing at all does.
    """

    kind: str
    text: str
    position: int
    spaced: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed part: `kind` is its opening bracket, "evaluated" (from \\left. to \\right|) or the name of an environment."""

    kind: str
    items: tuple[Token | Group, ...]
    position: int
    close: str = ""
    spaced: bool = False


Item = Token | Group
Items = Sequence[Item]


def text_of(item: Item) -> str:
    """The text of a token; nothing for a group, so that a group never equals a mark."""
    return item.text if isinstance(item, Token) and item.kind != "word" else ""


def split(items: Items, *marks: str) -> list[tuple[Item, ...]]:
    """The parts of `items` between the given marks.

    >>> [len(part) for part in split(list(tokens("a,bc")), ",")]
    [1, 2]
    """
    parts: list[list[Item]] = [[]]
    for item in items:
        if text_of(item) in marks and text_of(item):
            parts.append([])
        else:
            parts[-1].append(item)
    return [tuple(part) for part in parts]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text`, with spaces and sizes dropped and brackets told apart as open, close or bar."""
    if len(text) > MAX_LENGTH:
        raise ReadError(f"a formula of {len(text)} characters is too long (at most {MAX_LENGTH})")
    side = ""
    for token in raw_tokens(text):
        if token.text in w.OPENING_SIDE | w.CLOSING_SIDE | w.MIDDLE and token.kind == "command":
            side = "open" if token.text in w.OPENING_SIDE else "close" if token.text in w.CLOSING_SIDE else "middle"
        elif side:
            yield delimiter(token, side, text)
            side = ""
        else:
            yield bracket(token)


def bracket(token: Token) -> Token:
    """`token` with the kind open, close or bar if it is a bracket."""
    if token.kind == "word":
        return token
    for kind, table in (("open", w.OPENERS), ("close", w.CLOSERS), ("bar", w.BARS)):
        if token.text in table:
            return replace(token, kind=kind, text=table[token.text])
    return token


def delimiter(token: Token, side: str, source: str) -> Token:
    """The token after \\left, \\right or \\middle."""
    found = bracket(token)
    if side == "middle" or token.text == "/":
        return replace(token, kind="mark", text=w.GIVEN if found.kind == "bar" else token.text)
    if found.kind in ("open", "close", "bar") or token.text == ".":
        turned = {("open", "]"): "(", ("close", "["): ")"}.get((side, found.text), found.text)  # \\left]0, 1\\right[
        return replace(found, kind=side, text=turned)
    raise ReadError(f"{token.text} is not a bracket", source, token.position)


def raw_tokens(text: str) -> Iterator[Token]:
    at, spaced, blank = 0, False, True
    while at < len(text):
        token, at = scan(text, at)
        if token is None or token.text in w.DROPPED:
            blank = True
        elif token.text in w.SPACES:
            spaced = True
        else:
            yield replace(token, spaced=spaced, glued=not blank and not spaced)
            spaced = blank = False


def scan(text: str, at: int) -> tuple[Token | None, int]:
    """The token at `at`, None for a blank, and where the next one starts."""
    match = TOKEN.match(text, at)
    assert match is not None and match.lastgroup is not None
    kind, found, end = match.lastgroup, match[0], match.end()
    if kind == "blank":
        return None, end
    if kind == "mark" and found in w.UNICODE:
        found = w.UNICODE[found]
        kind = "command" if found.startswith("\\") else kind
    if kind == "number" and len(found) > MAX_DIGITS:
        raise ReadError(f"a number of {len(found)} digits is too large a number", text, at)
    if kind == "number":
        return Token(kind, decimal(found, text, at), at), end
    if kind == "command":
        return command(text, found, at, end)
    if not found.isascii():
        raise ReadError(f"the character {found!r} is not LaTeX that can be read", text, at)
    return Token(kind, found, at), end


def decimal(found: str, text: str, at: int) -> str:
    """A number with a point: 0{,}5 and 2{.}5 have one, and 1{,}000 has one to some and is a thousand to others."""
    whole, comma, rest = found.partition("{,}")
    if comma and len(rest) == 3 and whole != "0":
        raise ReadError(f"{found} may be a decimal number or thousands; write {whole}.{rest} or {whole}{rest}", text, at)
    return found.replace("{,}", ".").replace("{.}", ".")


def command(text: str, name: str, at: int, end: int) -> tuple[Token | None, int]:
    """A command; one that sets upright text becomes a word together with its argument."""
    if name in (r"\begin", r"\end"):
        if not (match := ENVIRONMENT.match(text, end)):
            raise ReadError(f"{name} needs the name of an environment", text, at)
        return Token(name[1:], match[1], at), match.end()
    if name in w.DROPPED_WITH_ARGUMENT:
        skipped = SKIPPED_ARGUMENT.match(text, end)
        return None, skipped.end() if skipped else end
    if name in w.DROPPED_WITH_LENGTH and (length := LENGTH.match(text, end)):
        return None, length.end()
    if name == r"\genfrac" and (form := GENFRAC.match(text, end)) and (made := w.GENERAL_FRACTIONS.get("".join(form.groups("")))):
        return Token("command", made, at), form.end()
    if name == "\\\\" and (skip := ROW_SKIP.match(text, end)):
        return Token("command", name, at), skip.end()
    if name in w.UPRIGHT:
        if match := PLAIN_ARGUMENT.match(text, end):
            return Token("word", (match[1] or match[2] or "").replace("~", " ").strip(" :"), at), match.end()
        return None, end
    if name[1:] in w.PHYSICS:
        return Token("word", "d" if name == r"\dd" else name[1:], at), end
    return Token("command", name, at), end
