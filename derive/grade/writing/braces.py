r"""Braces with a label, as \underbrace{∫ e^{-u} du}_{=1}: what stands inside, and the label as an equation of its own beside it."""

from __future__ import annotations

import re

from derive.grade.writing.segments import closing

BRACE = re.compile(r"\\(?P<kind>under|over)brace\s*\{")
TEXT = re.compile(r"\\(?:text|mathrm|textrm|mbox)\s*\{[^{}]*\}")
NAMING = re.compile(r"\s*(?::=|=:|\\eqqcolon|\\coloneqq)\s*|(?<==)\s*:")
LEADING = re.compile(r"\s*(?:=|\\equiv(?![A-Za-z]))\s*")
SUBSTITUTION = re.compile(r"\s*(?:\\[A-Za-z]+|[A-Za-z])(?:_\{?\w+\}?)?\s*:?=")


def without_braces(line: str) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    r"""The line without its braces, the definitions in their labels, substitutions that stand there, and equations. Labels of words say nothing.

    >>> without_braces(r"b\underbrace{\int_0^\infty e^{-u}\,du}_{=1} = b")
    ('b\\left(\\int_0^\\infty e^{-u}\\,du\\right) = b', (), (), ('\\int_0^\\infty e^{-u}\\,du = 1',))
    """
    named: list[str] = []
    equal: list[str] = []
    told: list[str] = []
    while match := BRACE.search(line):
        end = closing(line, match.end())
        inside, rest = line[match.end() : end], line[end + 1 :]
        label, rest = label_of(rest, "_" if match["kind"] == "under" else "^")
        shown = inside if inside.strip() in ("=", "+", "-") else rf"\left({inside}\right)"
        line = f"{line[: match.start()]}{shown}{rest}"
        bare = TEXT.sub("", label)
        if NAMING.match(bare):
            named.append(f"{NAMING.sub('', bare, count=1)} = {inside}")
        elif SUBSTITUTION.match(bare):
            told.append(bare)
        elif bare.strip() and (bare == label or "=" in bare):
            equal.append(f"{inside} = {LEADING.sub('', bare, count=1) if LEADING.match(bare) else bare}")
    return line, tuple(named), tuple(told), tuple(equal)


def label_of(rest: str, mark: str) -> tuple[str, str]:
    """The label behind a brace, and what follows it."""
    match = re.match(rf"\s*{re.escape(mark)}\s*", rest)
    if match is None:
        return "", rest
    start = match.end()
    if rest[start : start + 1] == "{":
        end = closing(rest, start + 1)
        return rest[start + 1 : end], rest[end + 1 :]
    token = re.match(r"\\[A-Za-z]+|.", rest[start:])
    return (token[0], rest[start + token.end() :]) if token else ("", rest)
