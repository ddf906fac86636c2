"""Tokens to a tree of brackets.

Nothing is built before the depth of the brackets is known to be modest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from derive.read import latex_words as w
from derive.read.latex_tokens import Group, Item, Token, split, text_of, tokens
from derive.read.names import ReadError

MAX_NESTING = 40  # brackets; SymPy takes seconds for absolute values nested deeper


def tree(text: str) -> tuple[Item, ...]:
    r"""The formula as tokens and groups.

    Raises ReadError for a text that is too long, nested too deeply, or has unbalanced brackets.

    >>> [item.kind for item in tree(r"\frac12 (x)")]
    ['command', 'number', '(']
    """
    return grouped(turned(list(tokens(text))), text)


def turned(flat: list[Token]) -> list[Token]:
    """]0, 1[ as (0, 1), where a set may stand: such brackets open and close the other way round.

    >>> [item.kind for item in tree(r"x \\in ]0, 1]")]
    ['letter', 'command', '(']
    """
    for at, token in enumerate(flat):
        before = flat[at - 1] if at else None
        if token.text not in ("[", "]") or token.kind not in ("open", "close"):
            continue
        end = interval_end(flat, at)
        if end is None or (token.text, flat[end].text) == ("[", "]") or not (before is None or may_stand_before_a_set(before)):
            continue
        flat[at] = replace(token, kind="open", text="(" if token.text == "]" else "[")
        flat[end] = replace(flat[end], kind="close", text=")" if flat[end].text == "[" else "]")
    return flat


def may_stand_before_a_set(token: Token) -> bool:
    return token.kind in ("open", "word") or token.text in (w.MEMBER, r"\subset", r"\subseteq", r"\cup", r"\cap", r"\to", "=", ":", "_")


def interval_end(flat: list[Token], at: int) -> int | None:
    """Where the interval that a square bracket at flat[at] begins has its other square bracket, with one comma between them."""
    depth, commas = 0, 0
    for end in range(at + 1, len(flat)):
        token = flat[end]
        if depth == 0 and token.text in ("[", "]") and token.kind in ("open", "close"):
            return end if commas == 1 else None
        depth += (token.kind in ("open", "begin")) - (token.kind in ("close", "end"))
        if depth < 0:
            return None
        commas += depth == 0 and token.text in (",", ";")
    return None


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
        return closer.text in ("|", "]", ")", ".")
    return w.BRACKETS.get(opener.text) == closer.text or {opener.text, closer.text} in ({"(", "]"}, {"[", ")"}, {r"\{", "."})


def finish(stack: list[Frame], token: Token) -> None:
    frame = stack.pop()
    assert frame.opener is not None
    opener, items = frame.opener, tuple(frame.items)
    kind = "{" if opener.text == token.text == "." else "evaluated" if opener.text == "." else opener.text
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
    only = group.items[0] if len(group.items) == 1 else None
    if group.kind == r"\{" and group.close == "." and only is not None:
        return replace(only, kind="cases", items=columned(only)) if isinstance(only, Group) and only.kind == "aligned" else only
    if group.kind == "{" and isinstance(only, Token) and (only.kind, only.text) == ("word", "d"):  # {\mathrm d}x
        return only
    return group


def columned(rows: Group) -> tuple[Item, ...]:
    """Rows that & aligns as rows of a value and its condition: without the & at the front, and with one between the two."""
    kept: list[Item] = []
    for row in split(rows.items, "\\\\"):
        columns = [column for column in split(row, "&") if column]
        for column in columns:
            kept += [*column, Token("mark", "&", rows.position)]
        kept[-1:] = [Token("command", "\\\\", rows.position)]
    return tuple(kept[:-1])
