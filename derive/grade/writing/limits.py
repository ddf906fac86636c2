r"""Ends of substitutions in prose: "(new limits $-\pi/2$ to $\pi/2$)", "$t$ goes from $\infty$ to $0$", as $t: \infty\to 0$."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

FORMULA = r"\$(?P<{}>[^$]{{1,60}})\$"
MADE = r"(?:\s+(?:of\s+integration|are|is|become|becomes|now|then|go|goes|run|runs|change|will\s+be|from|to))*\s*:?\s*"
LIMITS = re.compile(
    rf"(?P<before>(?<![A-Za-z])(?:limits|bounds|ends|endpoints|range){MADE}){FORMULA.format('lo')}\s*(?:,?\s*and|to)\s*{FORMULA.format('hi')}",
    re.IGNORECASE,
)
GOES = re.compile(
    rf"{FORMULA.format('x')}\s*(?:now\s+)?(?:goes|runs|ranges|varies|moves|going|running)\s+from\s*{FORMULA.format('lo')}\s*to\s*{FORMULA.format('hi')}"
)
DIFFERENTIAL = re.compile(r"(?<![A-Za-z\\])d\s*(?P<name>[A-Za-z](?![A-Za-z])|\\[a-z]+)")
NAME = re.compile(r"\s*(?:[A-Za-z]|\\[a-z]+)\s*")


def with_limits_told(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with such words as ranges of the new variable, whose differential stands on the line or before it.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> with_limits_told((r"put $dx = -dt/t$ (new limits $1$ to $0$)", r"$x$ goes from $0$ to $\infty$"), truth)
    ('put $dx = -dt/t$ (new limits $t: 1\\to 0$)', '$x: 0\\to \\infty$')
    """
    own, new, done = {in_latex(v) for v in truth.problem.variables}, "", []
    for line in lines:
        names = [m["name"] for m in DIFFERENTIAL.finditer(line) if m["name"] not in own]
        new = names[-1] if names else new
        if "$" in line:
            line = GOES.sub(lambda m: rf"${m['x'].strip()}: {m['lo'].strip()}\to {m['hi'].strip()}$" if NAME.fullmatch(m["x"]) else m[0], line)
            if new:
                line = LIMITS.sub(lambda m, t=new: rf"{m['before']}${t}: {m['lo'].strip()}\to {m['hi'].strip()}$", line)  # type: ignore[misc]
        done.append(line)
    return tuple(done)
