"""Problems are read and solved in worker processes: a hang, a crash or a full memory costs one problem, not the run.

Only plain data crosses between the processes, and problems as pickled bytes that the parent never opens. So the parent does not
import SymPy, and a reader that hangs is ended like a search that hangs.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from derive.alarm import alarmed
from derive.garbage import look_rarely
from derive.orders import Answer, Kernel, ProblemFile, Refused, Sealed, Wanted, bare

READING = 60.0  # seconds to start a worker and to read a whole file
GRACE = 0.4  # seconds past the budget that a worker gets for stopping by itself and for rendering
REST = 0.4  # seconds in which a problem whose worker was ended must be shown: what hung in the search may hang in a printer
MEMORY = 4 << 30  # bytes of address space for one worker
Item = TypeVar("Item")
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def prepare() -> None:
    """Make a new worker ready: end at once when told to, even inside C code, never fill the machine's memory, and seldom look for garbage."""
    sys.excepthook = sys.__excepthook__  # which derive.preload had turned off
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    look_rarely()
    with suppress(ImportError, ValueError, OSError):  # not every system has such a limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(Exception):  # here only to save the first task's time; an error shows when that task meets it again
        import derive.tasks  # noqa: F401


def start_server() -> None:
    """Start the process that workers are forked from, deaf to Ctrl-C like all that come from it: this process ends them."""
    from multiprocessing import forkserver, resource_tracker  # not every system has them

    resource_tracker.ensure_running()  # first, since it lets Ctrl-C through when it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run(task: str, *args: Any, seconds: float = READING) -> Any:
    """Do a task of derive.tasks in this process; if nobody is left to end it, the alarm does."""
    from derive import tasks

    with alarmed(seconds):
        return getattr(tasks, task)(*args)


class Workers:
    """Up to `jobs` worker processes, for use in a `with` statement, which ends them whatever happens."""

    def __init__(self, jobs: int = 1) -> None:
        context = multiprocessing.get_context(START)
        if START == "forkserver":
            context.set_forkserver_preload(["derive.preload"])
            start_server()
        self.jobs = jobs
        self.pool = ProcessPool(max_workers=jobs, context=context, initializer=prepare)
        self.spare = ProcessPool(max_workers=1, context=context, initializer=prepare)  # for what must not queue

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for pool in (self.pool, self.spare):
            pool.stop()
            pool.join()

    def read(self, source: Kernel | ProblemFile) -> list[Sealed]:
        """The problems of a source. Raises Refused, a sentence, where it cannot be read."""
        found: list[Sealed] = what_was_read(self.schedule("read", source, seconds=READING), "it")
        return found

    def answers(self, problems: Sequence[Sealed], wanted: Wanted) -> Iterator[Answer]:
        """An answer to each problem, in their order, each as soon as it and those before it are known."""
        for problem, future in in_order(problems, lambda problem: self.solve(problem, wanted), 2 * self.jobs):
            yield self.finish(problem, future, wanted)

    def solve(self, problem: Sealed, wanted: Wanted) -> Future[Answer]:
        return self.schedule("answer", problem, wanted, seconds=wanted.budget + GRACE)

    def finish(self, problem: Sealed, future: Future[Answer], wanted: Wanted) -> Answer:
        """The answer, or "undecided" and why where the worker did not give one."""
        seconds = 0.0
        try:
            return future.result()
        except TimeoutError:
            reason, seconds = f"No answer was found within the budget of {wanted.budget:g} s.", wanted.budget
        except ProcessExpired as error:
            reason = f"The process that worked on it ended ({ending(error)})."
        try:
            return run_in(self.spare, "undecided", problem, wanted, reason, seconds, seconds=REST).result(REST)
        except (TimeoutError, ProcessExpired):
            return bare(problem.id, reason)

    def schedule(self, task: str, *args: Any, seconds: float, by: Callable[..., Any] = run) -> Future[Any]:
        """The outcome to be of a task, which `by` runs in a worker that is ended after these seconds."""
        return run_in(self.pool, task, *args, seconds=seconds, by=by)


def run_in(pool: ProcessPool, task: str, *args: Any, seconds: float, by: Callable[..., Any] = run) -> Future[Any]:
    return pool.schedule(by, args=[task, *args], kwargs={"seconds": seconds}, timeout=seconds)


def in_order(items: Iterable[Item], start: Callable[[Item], Future[Any]], most: int) -> Iterator[tuple[Item, Future[Any]]]:
    """Each item with the outcome to be of what `start` schedules for it, in order; no more than `most` are scheduled and not looked at.

    >>> started = []
    >>> next(in_order("abc", lambda item: started.append(item), 2)), started
    (('a', None), ['a', 'b'])
    """
    ahead = iter(items)
    window = deque((item, start(item)) for item in islice(ahead, most))
    while window:
        yield window.popleft()
        window.extend((item, start(item)) for item in islice(ahead, 1))


def what_was_read(future: Future[Any], what: str) -> Any:
    """What a worker that reads finds. Raises Refused, a sentence, where it takes too long or ends the worker."""
    try:
        return future.result()
    except TimeoutError:
        raise Refused(f"reading {what} takes more than {READING:g} s") from None
    except ProcessExpired as error:
        raise Refused(f"reading {what} ended the process that read it ({ending(error)})") from None


def ending(error: Exception) -> str:
    """How a worker ended, in words.

    >>> class Ended(Exception):
    ...     exitcode = -11
    >>> ending(Ended())
    'by signal SIGSEGV'
    """
    code = getattr(error, "exitcode", None)
    if code is not None and code < 0:
        return f"by signal {signal.Signals(-code).name}"
    return f"with exit code {code}"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
