"""Where tasks are done: in worker processes of this machine, or on the workers of a Dask cluster. Each has a hard time limit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any

from pebble import ProcessExpired

import derive
from derive.cli_judge import bare
from derive.course.judging import Done, Task, do
from derive.orders import Refused
from derive.workers import GRACE, Workers, ending, processors

Start = Callable[[Task], Future[Any]]
CONNECT = 3.0  # seconds in which a scheduler takes a connection
LOOK = 5.0  # seconds between two looks at whether a cluster is still there
ALONE = 60.0  # seconds that a cluster may be without any worker
DAEMON = "start its workers with DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment: a daemon may not have the child processes \
that enforce time limits"


def limit(budget: float) -> float:
    """Seconds after which a task is ended: time for the truth of its problem, which may not be known yet, and for itself."""
    return 2 * budget + GRACE


def local(workers: Workers, problems: dict[str, bytes], budget: float) -> Start:
    """Tasks are done by worker processes here."""
    seconds = limit(budget)

    def start(task: Task) -> Future[Any]:
        found: Future[Any] = workers.pool.schedule(do, args=[task, problems[task.problem], budget, seconds], timeout=seconds)
        return found

    return start


def finished(tasks: Iterable[Task], start: Start, ahead: int, look: Callable[[], None] = lambda: None) -> Iterator[Done]:
    """Each task with its outcome, as soon as it is done; at most `ahead` are under way, so that a slow one holds nobody up."""
    more = iter(tasks)
    running = {start(task): task for task in islice(more, ahead)}
    while running:
        done, _ = wait(running, timeout=LOOK, return_when=FIRST_COMPLETED)
        if not done:
            look()
        for future in done:
            task = running.pop(future)
            running.update({start(t): t for t in islice(more, 1)})
            yield outcome(task, future)


def outcome(task: Task, future: Future[Any]) -> Done:
    """What became of a task. Only a worker that ended without an answer is a crash; too little time is a verdict."""
    try:
        record, fault = future.result()
        return Done(task, record, fault)
    except TimeoutError:
        return Done(task, bare("", "No verdict was found within the time limit."))
    except ProcessExpired as error:
        return Done(task, bare("", f"The process that worked on it ended ({ending(error)})."), crashed=True)
    except (CancelledError, Refused):
        raise
    except Exception as error:
        return Done(task, bare("", f"The judge failed ({type(error).__name__}: {str(error)[:200]})."), repr(error), crashed=True)


@contextmanager
def cluster(address: str, problems: dict[str, bytes], budget: float) -> Iterator[tuple[Start, int, Callable[[], None]]]:
    """Tasks are done by the workers of a Dask cluster: how one is started, how many at once, and a look at whether it is still there.

    Raises Refused where the cluster cannot be reached, or its workers have another version of this program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise Refused("--engine dask needs the package distributed: pip install 'derive-engine[dask]'") from None
    try:
        asyncio.run(asyncio.wait_for(answering(address), 2 * CONNECT))
        client = Client(address, timeout=10, set_as_default=False)
    except Exception as error:  # whatever else listens there may answer anything
        raise Refused(f"there is no Dask scheduler at {address!r} ({type(error).__name__}); tcp://HOST:8786 would be one") from None
    with client:
        present(client, address)
        executor = client.get_executor(pure=False, retries=2)

        def start(task: Task) -> Future[Any]:
            found: Future[Any] = executor.submit(remote, task, problems[task.problem], budget)
            return found

        try:
            yield start, 4 * sum(client.nthreads().values()), watch(client, address)
        except CancelledError:
            raise Refused(f"the scheduler at {address} is gone; the same command goes on from here") from None
        finally:
            executor.shutdown(wait=False)


async def answering(address: str) -> None:
    """Returns where a scheduler shakes hands. A Client would try for longer, and complain once more when it is thrown away."""
    from distributed.comm import connect
    from distributed.security import Security

    comm = await connect(address, timeout=CONNECT, **Security().get_connection_args("client"))
    await comm.close()


def present(client: Any, address: str) -> None:
    """Raises Refused unless there are workers, all with this version of the program and free to have child processes."""
    try:
        client.wait_for_workers(1, timeout=10)
        found = client.run(about)
    except TimeoutError:
        raise Refused(f"the scheduler at {address} has no workers") from None
    except ModuleNotFoundError:
        raise Refused("the workers of the cluster lack derive-engine: install the same version there") from None
    if any(version != derive.__version__ for version, _ in found.values()):
        raise Refused(f"the workers of the cluster have other versions of derive than {derive.__version__}")
    if any(daemon for _, daemon in found.values()):
        raise Refused(f"the workers of the cluster are daemons; {DAEMON}")


def about() -> tuple[str, bool]:
    """The version of this program on a worker, and whether that is a daemon."""
    import multiprocessing

    return derive.__version__, bool(multiprocessing.current_process().daemon)


def watch(client: Any, address: str) -> Callable[[], None]:
    """A look at the cluster, which gives up where it has had no worker for long."""
    alone = 0.0

    def look() -> None:
        nonlocal alone
        alone = 0.0 if client.scheduler_info()["workers"] else alone + LOOK
        if alone >= ALONE:
            raise Refused(f"the scheduler at {address} has lost its workers; the same command goes on from here")

    return look


held: dict[str, Workers] = {}
holding = threading.Lock()


def remote(task: Task, problem: bytes, budget: float) -> tuple[dict[str, Any], str]:
    """Do a task in a child process of a Dask worker, which is ended when its time is over: Dask itself cannot stop a hang."""
    with holding:
        if "workers" not in held:
            from distributed import get_worker

            held["workers"] = Workers(get_worker().state.nthreads or processors())
        start = local(held["workers"], {task.problem: problem}, budget)
    done = outcome(task, start(task))
    if done.crashed:
        raise RuntimeError(done.record["detail"])
    return done.record, done.fault
