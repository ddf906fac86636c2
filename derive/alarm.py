"""An end for what hangs while nobody is left to end it: the alarm of the process itself."""

from __future__ import annotations

import signal
import threading
import time
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


class Late(BaseException):
    """The time for a piece of work is over. No `except Exception` on the way swallows it."""


def late(*_: object) -> None:
    raise Late


@contextmanager
def cut_short(seconds: float) -> Iterator[None]:
    """End the work in the `with` block, and nothing else, after so many seconds, where the system has such a timer.

    >>> with cut_short(0.05):
    ...     while True:
    ...         pass
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    start, before = time.monotonic(), signal.signal(signal.SIGALRM, late)
    left, _ = signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
    try:
        yield
    except Late:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # the alarm that was set before goes off when it was to
            signal.setitimer(signal.ITIMER_REAL, max(0.01, left - (time.monotonic() - start)))
