"""Render the examples anew: each examples/NAME.toml to NAME.md and NAME.tex beside it; in variants/ a student's sheet and the key."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def refresh(folder: Path = HERE) -> None:
    """Write the derivations of every example to `folder`."""
    for file in sorted(HERE.glob("*.toml")):
        command = [sys.executable, "-m", "derive", "report", str(file), "-o", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def refresh_variants(folder: Path = HERE / "variants") -> None:
    """Write the sheet of the first of two students, and the key to both, to `folder`."""
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "week1"
        command = [sys.executable, "-m", "derive", "variants", str(HERE / "variants" / "problems.toml"), "-n", "2", "-o", str(made)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        shutil.copyfile(made / "sheets" / "variant-1.tex", folder / "sheet.tex")
        shutil.copyfile(made / "key.toml", folder / "key.toml")


if __name__ == "__main__":
    refresh()
    refresh_variants()
