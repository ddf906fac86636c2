"""Where the command line reads from and writes to. A file is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import click

from derive.orders import Refused


def standard_input() -> str:
    """All of standard input. Raises Refused where it is closed or not UTF-8."""
    if sys.stdin is None:
        raise Refused("standard input is closed: nothing can be read from it")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"standard input is not UTF-8: byte {error.start + 1} cannot be read") from None


def put(content: str | bytes, path: str | None) -> None:
    """Print the content, or write it to `path` where one is given."""
    if path is None or path == "-":
        click.echo(content, nl=False)
    else:
        write(Path(path), content)


def write(path: Path, content: str | bytes) -> None:
    """Write a file by way of a temporary one beside it, so that nobody ever sees half of it.

    Raises Refused, a sentence with the path, where that cannot be done.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(encoded(content))  # a device or a pipe is written to, not replaced; a folder refuses
        else:
            replace(path.resolve(), content)
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror}") from None


def encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def replace(path: Path, content: str | bytes) -> None:
    """Put a complete new file in the place of `path`."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(encoded(content))
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)  # noqa: PTH101
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def make_folder(name: str) -> Path:
    """The folder, made where it does not exist. Raises Refused where it cannot be made or written to."""
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise Refused(f"cannot write to the folder {name}: {error.strerror}") from None


def write_all(folder: Path, id: str, contents: Mapping[str, str | bytes]) -> None:
    """Write one file for each ending in `contents`, named after the problem; no id can lead out of the folder.

    >>> quote("../a b", safe="")
    '..%2Fa%20b'
    """
    for suffix, content in contents.items():
        write(folder / (quote(id, safe="") + suffix), content)
