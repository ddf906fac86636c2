"""What the downloads of Moodle and Canvas call students and their files, and what later attempts are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?")  # the folders of Moodle's download
CANVAS = re.compile(r"(?P<name>[^\W_]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>.+?)(?:-\d{1,2})?")  # its files; -1: the second attempt
VERSION = re.compile(r"(?P<base>.+?)[\s_-]*(?:\((?P<copy>\d{1,3})\)|(?:v|version|attempt|versuch)[\s_.-]*(?P<number>\d{1,3}))", re.IGNORECASE)


def student_names(folders: Sequence[str]) -> dict[str, str]:
    """Folders and files with the names of their students: those of Moodle's and Canvas's downloads without what these add, but for two
    students of one name.

    >>> student_names(["Zoe B_17_assignsubmission_file_", "carla", "dent_LATE_4_42_1a"])
    {'Zoe B_17_assignsubmission_file_': 'Zoe B', 'carla': 'carla', 'dent_LATE_4_42_1a': 'dent'}
    """
    read = {folder: MOODLE.fullmatch(folder) or CANVAS.fullmatch(folder) for folder in folders}
    ids: dict[str, set[str]] = {}
    for match in filter(None, read.values()):
        ids.setdefault(match["name"], set()).add(match["id"])
    taken = {folder for folder, match in read.items() if match is None}
    alone = {name for name, found in ids.items() if len(found) == 1 and name not in taken}
    both = {folder: f"{match['name']} {match['id']}" for folder, match in read.items() if match is not None and match.re is CANVAS}
    return {folder: match["name"] if match is not None and match["name"] in alone else both.get(folder, folder) for folder, match in read.items()}


def version(name: str) -> tuple[str, int]:
    """A name without what says which attempt it is, and the number of that.

    >>> version("1a (2)"), version("1a_v10"), version("1a")
    (('1a', 2), ('1a', 10), ('1a', 0))
    """
    found = VERSION.fullmatch(name)
    return (found["base"], int(found["copy"] or found["number"])) if found else (name, 0)
