"""Render the examples anew: each examples/NAME.toml to NAME.md and NAME.tex beside it."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def refresh(folder: Path = HERE) -> None:
    """Write the derivations of every example to `folder`."""
    for file in sorted(HERE.glob("*.toml")):
        command = [sys.executable, "-m", "derive", "report", str(file), "-o", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    refresh()
