"""How LaTeX spells a name, and what a spelled name means where it stands: base, accent, font, subscript, primes, exponent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from derive.read import latex_words as w
from derive.read.latex_brackets import tree
from derive.read.latex_nodes import Context
from derive.read.latex_tokens import Group, Item, Items, Token, text_of
from derive.read.names import ReadError, Scope

STARS = ("*", r"\ast", r"\star")


@dataclass(frozen=True)
class Spelled:
    """A name as spelled: `\\hat\\theta_{1}^2` has the base thetahat, the subscript 1, the exponent 2; `end` is where it ends."""

    base: str
    position: int
    end: int
    upright: bool = False
    sub: tuple[Item, ...] | None = None
    sup: tuple[Item, ...] | None = None
    primes: int = 0
    spaced: bool = False

    @property
    def parts(self) -> tuple[str, ...] | None:
        """The subscript as words (mu and sigma in p_{\\mu,\\sigma}), None where it is an expression such as k+1."""
        return words(self.sub or ())

    @property
    def keys(self) -> tuple[str, ...]:
        """The names it may stand for, the most faithful first."""
        if self.parts is None:
            return ()
        tail = "".join(self.parts) + "prime" * self.primes
        names = [self.base + tail]
        if self.base in w.VARIANTS:
            names.append(w.VARIANTS[self.base] + tail)
        if len(self.base) > 3 and f"\\{self.base}" in w.GREEK:  # lam for \\lambda, eps for \\varepsilon
            names.append(w.VARIANTS.get(self.base, self.base)[:3] + tail)
        if self.base.startswith("cal"):
            names.append(self.base[3:] + tail)
        return tuple(names)

    @property
    def shown(self) -> str:
        """The name in SymPy's style, for messages and for symbols that nobody declared."""
        return "_".join((self.base, *(self.parts or ()))) + "_prime" * self.primes


def words(items: Items) -> tuple[str, ...] | None:
    """The items as words, None where they are anything but names, numbers and commas."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Group):
            inner = words(item.items) if (item.kind, item.close) in (("{", "}"), ("(", ")")) else None
            if inner is None or item.kind == "(" and (len(inner) != 1 or len(items) != 1):
                return None
            found.extend(inner if item.kind == "{" else [f"({inner[0]})"])  # X_{(1)} is not X_1
        elif item.kind in ("letter", "number", "word"):
            found.append(item.text)
        elif item.text in w.GREEK:
            found.append(w.GREEK[item.text])
        elif item.text in w.SUBSCRIPT_WORDS:
            found.append(item.text[1:])
        elif item.text in w.FONTS or item.text == ",":
            continue
        elif item.text == w.GIVEN:
            found.append("given")
        elif item.text in STARS:
            found.append("star")
        elif item.text in ("+", "-") and len(items) == 1:
            found.append("plus" if item.text == "+" else "minus")
        else:
            return None
    return tuple(found)


def key(name: str) -> str:
    """A declared name without the underscores and apostrophes that its spellings differ in.

    >>> key("x_1") == key("x1"), key("lamda") == key("lambda_")
    (True, True)
    """
    return name.replace("_", "").replace("lamda", "lambda").replace("'", "prime")


def table(scope: Scope) -> dict[str, Any]:
    """Every declared name by its keys: ("symbol" or "function", key) → what it means."""
    known: dict[str, Any] = {}
    for kind, names in (("symbol", scope.symbols), ("function", scope.functions)):
        for name, meaning in names.items():
            known.setdefault(f"{kind} {key(name)}", meaning)
            known[f"{kind} exactly {name}"] = meaning
    for spelling, name in scope.latex.items():
        if "symbol exactly " + name in known or "function exactly " + name in known:
            enter(known, spelling, name)
    return known


def enter(known: dict[str, Any], spelling: str, name: str) -> None:
    """Add a declared spelling of a name. Raises ReadError where it spells more than one name."""
    items = tree(spelling)
    spelled = read_name(items, 0) if items else None
    if spelled is None or spelled.end != len(items) or not spelled.keys or spelled.sup is not None:
        raise ReadError(f"the LaTeX spelling {spelling!r} of {name!r} is not a single name")
    for kind in ("symbol", "function"):
        if (meaning := known.get(f"{kind} exactly {name}")) is not None:
            known[f"{kind} spelled {spelled.keys[0]}"] = meaning


def lookup(kind: str, spelled: Spelled, known: Mapping[str, Any]) -> Any:
    """The declared symbol or function that is spelled so, or None."""
    for name in spelled.keys:
        for form in (f"{kind} spelled {name}", f"{kind} exactly {spelled.shown}", f"{kind} {key(name)}"):
            if form in known:
                return known[form]
    return None


def read_name(items: Items, at: int) -> Spelled | None:
    """The name that starts at items[at], with its subscript, exponent and primes; None where none starts."""
    head = name_head(items, at)
    if head is None:
        return None
    return with_scripts(head, items)


def name_head(items: Items, at: int) -> Spelled | None:
    item = items[at]
    if isinstance(item, Group):
        return None
    if item.text in w.FONTS or item.text in w.ACCENTS:
        return dressed(items, at, item)
    if item.kind == "word" and item.text.isalnum():
        return Spelled(item.text, item.position, at + 1, upright=True, spaced=item.spaced)
    if item.kind == "letter" or item.text in w.GREEK:
        return Spelled(w.GREEK.get(item.text, item.text), item.position, at + 1, spaced=item.spaced)
    return None


def dressed(items: Items, at: int, item: Token) -> Spelled | None:
    """A name under an accent or in a font of its own."""
    if at + 1 >= len(items):
        return None
    inner = items[at + 1]
    content: Items = inner.items if isinstance(inner, Group) and inner.kind == "{" else (inner,)
    if len(content) == 1 and text_of(content[0]) == "1" and item.text in w.FONTS:
        return Spelled("bb1", item.position, at + 2)
    name = read_name(content, 0) if content else None
    if name is None or name.end != len(content) or name.sup is not None or name.parts is None:
        letters = words(content)
        if letters is None or not content:
            return None
        name = Spelled("".join(letters), item.position, 0)
    base = w.FONTS.get(item.text, "") + name.base + "".join(name.parts or ()) + w.ACCENTS.get(item.text, "")
    return replace(name, base=base, position=item.position, end=at + 2, sub=None, spaced=item.spaced)


def with_scripts(name: Spelled, items: Items) -> Spelled:
    """`name` with what follows it: primes, a subscript and an exponent in either order."""
    while name.end < len(items):
        mark = text_of(items[name.end])
        if mark == "'":
            name = replace(name, primes=name.primes + 1, end=name.end + 1)
        elif mark in ("_", "^") and name.base == "bbR" and name.end + 1 < len(items) and text_of(items[name.end + 1]) == "+":
            name = replace(name, sub=(items[name.end + 1],), end=name.end + 2)
        elif mark == "_" and name.sub is None:
            sub, end = argument(items, name.end + 1, "the subscript")
            name = replace(name, sub=sub, end=end)
        elif mark == "^" and name.sup is None:
            sup, end = argument(items, name.end + 1, "the exponent")
            primes = len(sup) if sup and all(text_of(i) in (r"\prime", "'") for i in sup) else 0
            star = len(sup) == 1 and text_of(sup[0]) in STARS
            name = replace(name, sup=None if primes or star else sup, primes=name.primes + primes, end=end)
            name = replace(name, base=name.base + "star") if star else name
        else:
            break
    return name


def argument(items: Items, at: int, what: str) -> tuple[tuple[Item, ...], int]:
    """The argument of a command or script at items[at], and where the next item stands.

    Without braces it is one token, or a command together with its own arguments.
    """
    if at >= len(items):
        raise ReadError(f"{what} is missing", position=position_at(items, at))
    item = items[at]
    if isinstance(item, Group):
        return (item.items if item.kind == "{" else (item,)), at + 1
    if item.kind == "number" and len(item.text) > 1:
        raise ReadError(f"only the first digit of {item.text} belongs here; put braces around {what}", position=item.position)
    if item.text in ("+", "-") and what in ("the subscript", "a bound"):
        raise ReadError(f"{item.text} below has no meaning here", position=item.position)
    if item.text in "+-=<>,;^_&" or item.text == "\\\\":
        raise ReadError(f"{what} is missing, or needs braces around it", position=item.position)
    end = extent(items, at)
    return tuple(items[at:end]), end


def extent(items: Items, at: int) -> int:
    """Where the command at items[at] ends, with its arguments."""
    head, at = text_of(items[at]), at + 1
    if head == r"\sqrt" and at < len(items) and isinstance(items[at], Group) and items[at].kind == "[":
        at += 1
    if head in w.FRACTIONS | w.BINOMIALS and two_digits(items, at):
        return at + 1
    for _ in range(w.ARGUMENTS.get(head, 0)):
        _, at = argument(items, at, f"an argument of {head}")
    return at


def two_digits(items: Items, at: int) -> tuple[tuple[Item, ...], tuple[Item, ...]] | None:
    """The 1 and the 2 of \\frac12."""
    item = items[at] if at < len(items) else None
    if isinstance(item, Token) and item.kind == "number" and item.text.isdigit() and len(item.text) == 2:
        return (replace(item, text=item.text[0]),), (replace(item, text=item.text[1]),)
    return None


def two_arguments(items: Items, at: int) -> tuple[tuple[Item, ...], tuple[Item, ...], int]:
    """Both arguments of the fraction or binomial coefficient at items[at], and where the next item stands."""
    if (digits := two_digits(items, at + 1)) is not None:
        return (*digits, at + 2)
    top, end = argument(items, at + 1, "the upper part")
    bottom, end = argument(items, end, "the lower part")
    return top, bottom, end


def position_at(items: Items, at: int) -> int | None:
    """The position of items[at], or of the last item where there is none."""
    if not items:
        return None
    return items[min(at, len(items) - 1)].position


def bracket_after(items: Items, at: int) -> Group | None:
    """The bracket at items[at] that a function may be applied to; braces around one bracket are looked through."""
    if at >= len(items) or not isinstance(items[at], Group):
        return None
    group = items[at]
    assert isinstance(group, Group)
    while group.kind == "{" and len(group.items) == 1 and isinstance(group.items[0], Group):
        group = group.items[0]
    return group if group.kind in ("(", "[", r"\{") else None


def find(kind: str, spelled: Spelled, ctx: Context) -> Any:
    """A bound variable or a declared name."""
    if kind == "symbol":
        for name in spelled.keys:
            if name in ctx.bound:
                return ctx.bound[name]
    return lookup(kind, spelled, ctx.table)
