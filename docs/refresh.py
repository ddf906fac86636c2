"""Write the page of the rule catalogue anew: docs/rules.md."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def rules() -> str:
    """What `derive rules --markdown` prints."""
    command = [sys.executable, "-m", "derive", "rules", "--markdown"]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


if __name__ == "__main__":
    (HERE / "rules.md").write_text(rules(), encoding="utf-8")
