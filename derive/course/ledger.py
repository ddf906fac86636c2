"""The journal of a run: each judgement is one line, written as soon as it is known, so that a run resumes where it was ended."""

from __future__ import annotations

import errno
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from derive.orders import Refused

SYNC = 1.0  # seconds between two times at which the disk is waited for; a killed process loses nothing in any case


class Ledger:
    """Judgements by their fingerprints, in an append-only file; for use in a `with` statement.

    A half-written last line, as a power cut leaves it, is cut off, and its judgement made anew. One run at a time may write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, dict[str, Any]] = {}
        self.synced = time.monotonic()

    def __enter__(self) -> Ledger:
        try:
            self.file = self.path.open("a+b", buffering=0)
        except OSError as error:
            raise Refused(f"cannot write {self.path}: {error.strerror}") from None
        self.lock()
        self.file.seek(0)
        content = self.file.read()
        self.file.truncate(content.rfind(b"\n") + 1)
        for line in content[: content.rfind(b"\n") + 1].splitlines():
            with suppress(ValueError, TypeError, KeyError):  # a line that something else spoiled is judged anew
                self.remember(json.loads(line))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError):
            os.fsync(self.file.fileno())
        self.file.close()

    def lock(self) -> None:
        """Raises Refused where another run writes the same journal."""
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.file.close()
                raise Refused(f"another run is writing {self.path}; wait for it, or choose another folder with -o") from None

    def remember(self, entry: dict[str, Any]) -> None:
        if isinstance(entry["record"], dict) and "verdict" in entry["record"]:
            self.known[str(entry["item"])] = {"budget": float(entry["budget"]), "record": entry["record"]}

    def find(self, item: str, budget: float) -> dict[str, Any] | None:
        """The judgement on an item, unless it was left undecided and there is more time for it now."""
        entry = self.known.get(item)
        if entry is None or (entry["record"]["verdict"] == "undecided" and entry["budget"] < budget):
            return None
        record: dict[str, Any] = entry["record"]
        return record

    def add(self, item: str, budget: float, record: dict[str, Any]) -> None:
        """Write a judgement down. The line reaches the system in one piece before this returns."""
        entry = {"item": item, "budget": budget, "record": record}
        line = json.dumps(entry).encode() + b"\n"
        try:
            if self.file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if time.monotonic() - self.synced > SYNC:
                os.fsync(self.file.fileno())
                self.synced = time.monotonic()
        except OSError as error:
            raise Refused(f"cannot write {self.path}: {error.strerror}") from None
        self.remember(entry)
