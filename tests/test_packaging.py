"""The README's commands, and a wheel that works outside the checkout."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def python(*args: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, encoding="utf-8", check=False, **options)


def readme_command(name: str) -> str:
    blocks = re.findall(rf"<!-- command: {name} -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert len(blocks) == 1
    return blocks[0]


@pytest.mark.parametrize("name", ["main", "tests"])
def test_each_readme_command_is_one_line_that_leaves_the_system_alone(name):
    command = readme_command(name)
    assert "\n" not in command and command.startswith("python3 -m venv .venv && ")
    assert all(part.startswith((".venv/bin/", "python3 -m venv .venv")) for part in command.split(" && "))


@pytest.mark.parametrize("name", ["main", "tests"])
def test_ci_runs_what_the_readme_says(name):
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f'bash -euo pipefail -c "$(readme {name})"' in script
    function = next(line for line in script.splitlines() if line.startswith("readme()"))
    run = subprocess.run(["bash", "-c", f"{function}\nreadme {name}"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == readme_command(name)


def test_the_readme_shows_python_that_runs_and_files_that_load():
    assert all(compile(block, "README.md", "exec") for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    assert all(tomllib.loads(block)["problem"] for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL))


def test_the_wheel_holds_the_package_the_templates_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {str(p.relative_to(ROOT)) for p in (ROOT / "derive").rglob("*.py")}
    templates = {f"derive/{p.relative_to(ROOT)}" for p in (ROOT / "templates").rglob("*") if p.is_file()}
    assert templates and here | templates <= names
    assert {name.split("/")[0] for name in names} == {"derive", next(n for n in names if "dist-info" in n).split("/")[0]}


def test_the_wheel_says_what_it_is(wheel):
    archive = zipfile.ZipFile(wheel)
    metadata = next(archive.read(n).decode() for n in archive.namelist() if n.endswith("METADATA"))
    entry = next(archive.read(n).decode() for n in archive.namelist() if n.endswith("entry_points.txt"))
    assert "Name: derive-engine\n" in metadata and "Requires-Python: >=3.11" in metadata and "derive = derive.cli:main" in entry


def test_the_wheel_works_outside_the_checkout(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    where = python("-c", "import derive; print(derive.__file__)", cwd=tmp_path, env=env)
    assert where.stdout.startswith(str(tmp_path))
    kernel = ["exp(-b*x)", "--over", "x in (0, oo)", "--given", "b > 0"]
    run = python("-m", "derive", "normalize", *kernel, "--format", "md", cwd=tmp_path, env=env)
    assert run.returncode == 0 and "$$" in run.stdout, run.stderr


def test_the_floors_name_every_module():
    layers = " ".join(PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]).replace("|", " ").split()
    modules = {p.stem for p in (ROOT / "derive").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {"__init__"}
    assert sorted(layers) == sorted(modules)
