"""An end for what hangs while nobody is left to end it: the alarm of the process itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

LATER = 5  # seconds past the time that is given, within which whoever watches the process ends it


@contextmanager
def alarmed(seconds: float) -> Iterator[None]:
    """End this process a little after so many seconds, unless the work in the `with` block is done by then."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + LATER)
    try:
        yield
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
