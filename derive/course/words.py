"""What the templates know: the kinds of mistakes that can be named, and the environment that draws pages."""

from __future__ import annotations

from functools import cache

from derive.report.words import environment


@cache
def mistake_kinds() -> tuple[str, ...]:
    """The kinds of mistakes for which there are hints.

    >>> "sign" in mistake_kinds()
    True
    """
    return tuple(environment().get_template("hints.j2").module.NUDGES)  # type: ignore[attr-defined]
