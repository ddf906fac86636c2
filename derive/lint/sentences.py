"""The sentences of lint. They stand in templates/; here each is found by its name."""

from __future__ import annotations

from functools import cache
from typing import Any

from derive.report.words import environment


def sentence(name: str, /, **values: Any) -> str:
    """The sentence of this name with its values.

    >>> sentence("circular")
    'its definitions go round in a circle'
    """
    return " ".join(str(getattr(macros(), name)(**values)).split())


@cache
def macros(language: str = "en") -> Any:
    return environment(language).get_template("lint.j2").module
