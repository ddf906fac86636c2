r"""Expectations without brackets: \mathbb E e^{tX} as \mathbb E[e^{tX}]."""

from __future__ import annotations

import re

from derive.grade.writing.segments import unbracketed

AN_E = r"\\(?:mathbb|mathsf|mathbf)\s*(?:\{\s*E\s*\}|E)"
OPENED = r"(?:\\[,;:! ]|\s)*(?:\\left(?![A-Za-z])|[\[(_^]|\\\{|\\[lL]angle|\\[bB]igg?[lr]?(?![A-Za-z]))"
HEAD = re.compile(rf"{AN_E}(?!{OPENED})")
STOP = re.compile(  # what an expectation does not reach over
    r"[=<>+&-]|(?<!\\)[,;]|\\(?:le|ge|leq|geq|ne|neq|approx|sim|propto|to|quad|qquad|text|cdot|times|Rightarrow|implies|iff|mid|right|end|\\)(?![A-Za-z])"
    rf"|\\\\|[)\]}}]|{AN_E}"
)


def bracketed(text: str) -> str:
    r"""The text with brackets around what an expectation is taken of: up to a relation, a sign, a comma or another expectation.

    >>> bracketed(r"M(t) = \mathbb E e^{tX} = \frac{l}{l-t}"), bracketed(r"\mathbb{E} X^2 - (\mathbb E X)^2"), bracketed(r"\mathbb E[X]")
    ('M(t) = \\mathbb E[e^{tX}] = \\frac{l}{l-t}', '\\mathbb{E}[X^2] - (\\mathbb E[X])^2', '\\mathbb E[X]')
    """
    at = 0
    while (head := HEAD.search(text, at)) is not None:
        rest = text[head.end() :]
        outside = set(unbracketed(rest))
        end = next((m.start() for m in STOP.finditer(rest) if m.start() in outside or m[0] in ")]}" and closes(rest, m.start())), len(rest))
        inside = rest[:end].strip()
        at = head.end()
        if inside:
            text = f"{text[:at]}[{inside}]{rest[len(rest[:end].rstrip()) :]}"
    return text


def closes(text: str, at: int) -> bool:
    """Whether the bracket at a place was opened before the text."""
    before = text[:at]
    return all(before.count(o) <= before.count(c) for o, c in ("()", "[]", "{}"))
