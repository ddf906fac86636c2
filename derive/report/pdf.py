"""A LaTeX article as a PDF, by the pdflatex that is on PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60


class NoPdf(RuntimeError):
    """No PDF could be made; the message says why, in a sentence."""


def pdf(latex: str) -> bytes:
    """The PDF of a LaTeX document that `render` made.

    TeX may read no file outside its own folders and run no program. Raises NoPdf where pdflatex is missing, fails, or takes
    longer than a minute.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise NoPdf("a PDF needs pdflatex, which is not on PATH; install TeX Live, or ask for the format tex instead")
    with TemporaryDirectory() as folder:
        Path(folder, "report.tex").write_text(latex, encoding="utf-8")
        return compiled(program, folder)


def compiled(program: str, folder: str) -> bytes:
    """Run pdflatex on report.tex in a folder."""
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "report.tex"]
    bounds = os.environ | {"openin_any": "p", "openout_any": "p"}
    try:
        ran = subprocess.run(command, cwd=folder, env=bounds, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NoPdf(f"pdflatex did not end within {SECONDS} seconds") from None
    if ran.returncode != 0:
        errors = [line for line in ran.stdout.decode("utf-8", "replace").splitlines() if line.startswith("!")]
        raise NoPdf(f"pdflatex failed: {errors[0] if errors else 'it gave no reason'}")
    return Path(folder, "report.pdf").read_bytes()
