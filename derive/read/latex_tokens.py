"""LaTeX text to tokens, and tokens to a tree of brackets. Every token remembers where it stands in the source.

Nothing is built before the length of the text and the depth of its brackets are known to be modest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from derive.read import latex_words as w
from derive.read.names import MAX_LENGTH, ReadError

MAX_DIGITS = 1_000
MAX_NESTING = 40  # brackets; SymPy takes seconds for absolute values nested deeper

TOKEN = re.compile(
    r"(?P<blank>\s+|%[^\n]*)|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<command>\\(?:operatorname\*|[A-Za-z]+|.))|(?P<letter>[A-Za-z])|(?P<mark>:=|.)",
    re.DOTALL,
)
PLAIN_ARGUMENT = re.compile(r"\s*(?:\{\s*([A-Za-z0-9 ,.:~-]*?)\s*\}|([A-Za-z]))")
SKIPPED_ARGUMENT = re.compile(r"\s*\{[^{}]*\}")
ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}")
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

    >>> [len(part) for part in split(tree("a,bc"), ",")]
    [1, 2]
    """
    parts: list[list[Item]] = [[]]
    for item in items:
        if text_of(item) in marks and text_of(item):
            parts.append([])
        else:
            parts[-1].append(item)
    return [tuple(part) for part in parts]


def tree(text: str) -> tuple[Item, ...]:
    r"""The formula as tokens and groups.

    Raises ReadError for a text that is too long, nested too deeply, or has unbalanced brackets.

    >>> [item.kind for item in tree(r"\frac12 (x)")]
    ['command', 'number', '(']
    """
    return grouped(list(tokens(text)), text)


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
        return replace(found, kind=side)
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
    if kind == "command":
        return command(text, found, at, end)
    if not found.isascii():
        raise ReadError(f"the character {found!r} is not LaTeX that can be read", text, at)
    return Token(kind, found, at), end


def command(text: str, name: str, at: int, end: int) -> tuple[Token | None, int]:
    """A command; one that sets upright text becomes a word together with its argument."""
    if name in (r"\begin", r"\end"):
        if not (match := ENVIRONMENT.match(text, end)):
            raise ReadError(f"{name} needs the name of an environment", text, at)
        return Token(name[1:], match[1], at), match.end()
    if name in w.DROPPED_WITH_ARGUMENT:
        skipped = SKIPPED_ARGUMENT.match(text, end)
        return None, skipped.end() if skipped else end
    if name == "\\\\" and (skip := ROW_SKIP.match(text, end)):
        return Token("command", name, at), skip.end()
    if name in w.UPRIGHT:
        if match := PLAIN_ARGUMENT.match(text, end):
            return Token("word", (match[1] or match[2] or "").replace("~", " ").strip(" :"), at), match.end()
        return None, end
    if name[1:] in w.PHYSICS:
        return Token("word", "d" if name == r"\dd" else name[1:], at), end
    return Token("command", name, at), end


@dataclass(slots=True)
class Frame:
    """A bracket that is still open, and what stands in it so far. `bare` marks a bar that may yet turn out to mean "given"."""

    opener: Token | None
    items: list[Item] = field(default_factory=list)
    bare: bool = False


def grouped(flat: Sequence[Token], source: str) -> tuple[Item, ...]:
    """Tokens to groups, without recursion."""
    stack = [Frame(None)]
    for k, token in enumerate(flat):
        if token.kind in ("open", "begin"):
            push(stack, token, source)
        elif token.kind == "bar":
            follower = flat[k + 1] if k + 1 < len(flat) else None
            bar(stack, token, follower, source)
        elif token.kind in ("close", "end"):
            settle(stack)
            close(stack, token, source)
        else:
            stack[-1].items.append(token)
    settle(stack)
    if (opener := stack[-1].opener) is not None:
        raise ReadError(f"{shown(opener)} is not closed", source, opener.position)
    return tuple(stack[0].items)


def shown(token: Token) -> str:
    """A bracket as an error message names it."""
    return f"\\{token.kind}{{{token.text}}}" if token.kind in ("begin", "end") else f"the bracket {token.text}"


def push(stack: list[Frame], token: Token, source: str, bare: bool = False) -> None:
    if len(stack) > MAX_NESTING:
        raise ReadError(f"brackets are nested more than {MAX_NESTING} deep", source, token.position)
    stack.append(Frame(token, bare=bare))


def bar(stack: list[Frame], token: Token, follower: Token | None, source: str) -> None:
    """A bar without a side closes the one before it if something stands between them, else it opens; before _ it evaluates."""
    top = stack[-1]
    if top.bare and top.opener is not None and top.opener.text == token.text and top.items and is_operand(top.items[-1]):
        finish(stack, token)
    elif follower is not None and follower.text == "_" and top.items and is_operand(top.items[-1]):
        top.items.append(replace(token, kind="mark", text="evaluated"))
    else:
        push(stack, token, source, bare=True)


def is_operand(item: Item) -> bool:
    """Whether a value ends with `item`, so that a bar after it may close."""
    if isinstance(item, Group) or item.kind in ("letter", "number", "word"):
        return True
    return item.text in w.GREEK or item.text in (r"\infty", "!", "'", r"\top", r"\prime")


def settle(stack: list[Frame]) -> None:
    """Bars that were never closed mean "given", as in p(x|y)."""
    while stack[-1].bare:
        frame = stack.pop()
        assert frame.opener is not None
        stack[-1].items += [replace(frame.opener, kind="mark", text=w.GIVEN), *frame.items]


def close(stack: list[Frame], token: Token, source: str) -> None:
    opener = stack[-1].opener
    if opener is None:
        raise ReadError(f"{shown(token)} was never opened", source, token.position)
    if not matches(opener, token):
        raise ReadError(f"{shown(opener)} is closed by {shown(token)}", source, token.position)
    finish(stack, token)


def matches(opener: Token, closer: Token) -> bool:
    """Whether the brackets belong together; half-open intervals may mix ( and [."""
    if opener.kind == "begin" or closer.kind == "end":
        return opener.kind == "begin" and closer.kind == "end" and opener.text == closer.text
    if opener.text == ".":
        return closer.text in ("|", "]", ")")
    return w.BRACKETS.get(opener.text) == closer.text or {opener.text, closer.text} in ({"(", "]"}, {"[", ")"}, {r"\{", "."})


def finish(stack: list[Frame], token: Token) -> None:
    frame = stack.pop()
    assert frame.opener is not None
    opener, items = frame.opener, tuple(frame.items)
    kind = "evaluated" if opener.text == "." else opener.text
    if opener.kind == "begin" and kind == "array":
        kind, items = "cases", items[1:]
    stack[-1].items.append(unswitched(Group(kind, items, opener.position, token.text, opener.spaced)))


def unswitched(group: Group) -> Item:
    """`{\\rm erf}` is the word erf; other old font switches are dropped."""
    first = text_of(group.items[0]) if group.items else ""
    if group.kind == "{" and first in w.SWITCHES:
        rest = group.items[1:]
        if first == r"\rm" and rest and all(isinstance(r, Token) and r.kind == "letter" for r in rest):
            return Token("word", "".join(map(text_of, rest)), group.position, group.spaced)
        return replace(group, items=rest)
    if group.kind == r"\{" and group.close == "." and len(group.items) == 1:
        return group.items[0]
    return group
