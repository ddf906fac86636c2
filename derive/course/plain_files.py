"""Files of a class, read with care: what is a link or a device, too large, or no TOML is refused in a sentence."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from derive.course.answers import MOST_BYTES
from derive.orders import Refused

MOST_SHEET = 200_000_000  # bytes of a CSV or TOML file that the instructor names
MOST_DOTS = 200  # in one line of TOML: the parser takes time quadratic in the parts of a dotted key

KINDS = {b"PK\x03\x04": "a Word document or another zip file", b"%PDF": "a PDF file", b"{\\rtf": "an RTF file",
         b"\xd0\xcf\x11\xe0": "an old Word document", b"\x1f\x8b": "a compressed file",
         b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"GIF8": "an image"}  # fmt: skip

class Unreadable(Exception):
    """A file of a student cannot be read; the message is a sentence."""


def whole(path: Path) -> bytes:
    """The content of a file that the instructor named."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_SHEET + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > MOST_SHEET:
        raise Refused(f"{path} is larger than {MOST_SHEET} bytes")
    return content


def toml(content: bytes) -> dict[str, Any]:
    """TOML as plain data. Raises Unreadable with a sentence."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8.") from None
    if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        raise Unreadable(f"A line of it has more than {MOST_DOTS} dots.")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable("Its TOML is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(f"It is not TOML: {str(error)[:200]}") from None


def plain_file(entry: os.DirEntry[str]) -> bytes:
    """The content of a file. Raises Unreadable, a sentence, for links, devices, and what is too large or cannot be opened."""
    if entry.is_symlink():
        raise Unreadable("It is a link, and links are not followed.")
    if entry.is_dir(follow_symlinks=False):
        raise Unreadable("It is a folder; answers are looked for in the student's own folder, and not further down.")
    if not entry.is_file(follow_symlinks=False):
        raise Unreadable("It is not a plain file.")
    try:
        handle = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Unreadable("It is not a plain file.")
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"It cannot be opened: {error.strerror}.") from None
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), "")
    if kind:
        raise Unreadable(f"It is {kind}, and no text.")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"It is larger than {MOST_BYTES} bytes.")
    return content
