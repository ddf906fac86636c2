"""How often Python looks through all objects for cycles that nobody holds any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 50_000  # new objects after which it looks; SymPy's expressions hold no cycles, and Python's own 700 cost an eighth of all time


def look_rarely() -> None:
    """Let it look less often from now on, in a process that does nothing but derive."""
    gc.set_threshold(RARELY, *gc.get_threshold()[1:])


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let the garbage collector look less often during the work in the `with` block.

    >>> usual = gc.get_threshold()
    >>> with rarely_collected():
    ...     gc.get_threshold()[0] >= RARELY
    True
    >>> gc.get_threshold() == usual
    True
    """
    first, *others = usual = gc.get_threshold()
    if 0 < first < RARELY:  # 0: whoever runs this has turned it off
        gc.set_threshold(RARELY, *others)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
