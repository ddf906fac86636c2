"""Files are written whole or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import derive
from derive.cli_files import replace, write, write_all
from derive.orders import Refused


def fails(*args):
    raise OSError("the disk is full")


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "report.md"
    path.write_text("old")
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="disk"):
        replace(path, "new")
    with pytest.raises(UnicodeEncodeError):
        write(path, "new \ud800")
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["report.md"]


def test_files_have_the_rights_that_the_umask_gives(tmp_path):
    mask = os.umask(0o027)
    try:
        write(tmp_path / "a.md", "x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_links_are_followed_and_pipes_written_to(tmp_path):
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink() and (tmp_path / "real.md").read_text() == "new"
    write(Path("/dev/null"), "gone")
    assert (Path("/dev/null")).is_char_device()


@pytest.mark.parametrize("id", ["../../up", "/etc/passwd", "..", "a/b", "a\\b", "ü ber", "a%2Fb"])
def test_no_id_leads_out_of_the_folder(tmp_path, id):
    folder = tmp_path / "out"
    folder.mkdir()
    write_all(folder, id, {".md": "x", ".tex": "y"})
    assert len(list(folder.iterdir())) == 2 and [p.name for p in tmp_path.iterdir()] == ["out"]


def test_different_ids_have_different_files(tmp_path):
    for id in ("a/b", "a_b", "a%2Fb", "a b", "a%20b"):
        write_all(tmp_path, id, {".md": id})
    assert len(list(tmp_path.iterdir())) == 5


def test_a_name_that_is_too_long_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refused, match="File name too long"):
        write_all(tmp_path, "x" * 300, {".md": "x"})


DERIVE = [sys.executable, "-m", "derive"]
KERNEL = ["normalize", "exp(-x)", "--over", "x in (0, oo)"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_said_in_a_sentence():
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*DERIVE, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert ended.returncode == 2 and ended.stderr == "derive: the output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="no POSIX shell")
@pytest.mark.parametrize(("command", "status", "message"), [
    ("normalize - --over 'x in (0, oo)' <&-", 2, "derive: standard input is closed: nothing can be read from it\n"),
    ("normalize 'exp(-x' --over 'x in (0, oo)' >&-", 2, "derive: kernel: a ')' is missing"),
    ("--help >&-", 0, ""),
])  # fmt: skip
def test_closed_streams_are_no_failure_of_the_program(command, status, message):
    ended = subprocess.run(["sh", "-c", f"'{sys.executable}' -m derive {command}"], capture_output=True, text=True, timeout=60)
    assert ended.returncode == status and ended.stderr.startswith(message) and "Traceback" not in ended.stderr


@pytest.mark.parametrize("budget", ["nan", "inf", "0", "-1"])
def test_a_budget_is_a_time(budget):
    ended = subprocess.run([*DERIVE, *KERNEL, "--budget", budget], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2 and "--budget" in ended.stderr and ended.stderr.count("\n") == 1


def test_a_mark_in_front_of_a_file_is_no_part_of_it(tmp_path):
    path = tmp_path / "problems.toml"
    path.write_text('[[problem]]\nid = "e"\nkernel = "exp(-x)"\nvariables = [{name = "x", domain = "(0, oo)"}]\r\n', encoding="utf-8-sig")
    assert [problem.id for problem in derive.load(path)] == ["e"]
