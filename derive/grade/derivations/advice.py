"""What to write instead of what could not be read."""

from __future__ import annotations

import re

ADVICE = (
    (re.compile(r"the name (?P<name>\w+) is not declared$"), "say what {name} is, as in \\text{{where }} {name} = …"),
    (re.compile(r"the environment \w*matrix cannot be read here"), "write out the determinant or the sum that is meant"),
    (re.compile(r"^'[.:;]' cannot be read here"), "put a comma there, or begin a new line"),
    (re.compile(r"it names a distribution, and no value"), "write \"X \\sim …\" at the end of a line of its own"),
    (re.compile(r"it makes no sense as a formula|a value is missing here"), "put words in \\text{{…}}, and a formula on each side of ="),
)  # fmt: skip


def advised(reason: str) -> str:
    r"""Why a line was not read, with what would be.

    >>> advised("the name H is not declared"), advised("an ellipsis cannot be read; write the sum with \\sum")
    ('the name H is not declared; say what H is, as in \\text{where } H = …', 'an ellipsis cannot be read; write the sum with \\sum')
    """
    if ";" in reason.replace("';'", ""):
        return reason
    for pattern, advice in ADVICE:
        if (match := pattern.search(reason)) is not None:
            return f"{reason}; {advice.format(**match.groupdict())}"
    return reason
