"""The command line as people meet it: nearly every test starts a real process."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from derive.cli import main

DATA = Path(__file__).parent / "data"
GAMMA = ["x**(a - 1)*exp(-b*x)", "--over", "x in (0, oo)", "--given", "a > 0", "--given", "b > 0"]
KEYS = {"id", "outcome", "Z", "Z_latex", "density", "density_latex", "conditions", "family", "steps", "checks", "facts", "oracle",
        "numeric_Z", "reason", "seconds"}
THREE = """
[[problem]]
id = "half-line"
kernel = "exp(-x)"
variables = [{name = "x", domain = "(0, oo)"}]
expect = "closed-form"
Z = "1"
[[problem]]
id = "growing"
kernel = "exp(x)"
variables = [{name = "x", domain = "(0, oo)"}]
expect = "diverges"
[[problem]]
id = "../coin toss"
kernel = "p**k*(1 - p)**(1 - k)"
variables = [{name = "k", domain = "{0, 1}"}]
parameters = [{name = "p", assumptions = "positive", condition = "p < 1"}]
expect = "closed-form"
Z_numeric = ["1.0"]
points = [{p = "1/3"}]
"""

PROBLEM = """
[[problem]]
id = "{}"
kernel = "exp(-x**2)"
variables = [{{name = "x", domain = "RR"}}]
"""
FINDER = """
import sys
from importlib.util import spec_from_file_location

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return spec_from_file_location(name, {!r}) if name == "derive.engine" else None

sys.meta_path.insert(0, Finder)
"""


def derive(*args: str, **options) -> subprocess.CompletedProcess[str]:
    options = {"capture_output": True, "text": True, "timeout": 120, "encoding": "utf-8", **options}
    return subprocess.run([sys.executable, "-m", "derive", *args], **options)


@pytest.fixture
def here(capsys):
    """Runs the command line in this process: a refusal needs none of its own, which would import SymPy each time."""
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        written = capsys.readouterr()
        return subprocess.CompletedProcess(args, ended.value.code, written.out, written.err)
    return run


def python(code: str, env: dict[str, str] | None = None) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env).stdout


def start(*args: str, text: str, env: dict[str, str]) -> subprocess.Popen[str]:
    """A process in a group of its own that has read `text` from its standard input."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen([sys.executable, "-m", "derive", *args], text=True, env=env, start_new_session=True, **pipes)
    process.stdin.write(text)
    process.stdin.close()
    return process


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one message of a run that ended with status 2."""
    assert (run.returncode, run.stdout) == (2, ""), run.stderr
    assert run.stderr.startswith("derive: ") and run.stderr.count("\n") == 1 and "Traceback" not in run.stderr
    return run.stderr


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.toml"
    path.write_text(THREE, encoding="utf-8")
    return path


@pytest.fixture
def failing(tmp_path: Path) -> dict[str, str]:
    """An environment in which derive.engine is tests/data/failing_engine.py, in worker processes too."""
    (tmp_path / "sitecustomize.py").write_text(FINDER.format(str(DATA / "failing_engine.py")), encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def problems(*ids: str) -> str:
    return "".join(PROBLEM.format(id) for id in ids)


# Starting up


@pytest.mark.parametrize("args", ["--help", "--version", "normalize --help", "report --help", "completion bash"])
def test_help_and_version_do_without_sympy(args):
    code = (f"import sys\nfrom derive.cli import main\ntry: main({args.split()})\n"
            "except SystemExit as end: print('sympy' in sys.modules, end.code)")
    assert python(code).splitlines()[-1] == "False 0"


def test_importing_derive_imports_no_sympy_and_chooses_its_ground_types():
    code = ("import sys, derive\nassert 'sympy' not in sys.modules\nderive.normalize\n"
            "import sympy.external.gmpy as g\nprint(g.GROUND_TYPES, 'normalize' in dir(derive))")
    env = {k: v for k, v in os.environ.items() if k != "SYMPY_GROUND_TYPES"}
    assert python(code, env) == "python True\n"


def test_without_arguments_the_help_is_shown():
    run = derive()
    assert run.returncode == 2 and "Examples:" in run.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_ask_derive_itself(shell):
    run = derive("completion", shell)
    assert run.returncode == 0 and f"_DERIVE_COMPLETE={shell}_complete" in run.stdout


def test_completion_answers():
    env = {**os.environ, "_DERIVE_COMPLETE": "bash_complete", "COMP_WORDS": "derive normalize --form", "COMP_CWORD": "2"}
    assert derive(env=env).stdout.strip() == "plain,--format"


# Wrong options and wrong input: status 2 and one sentence that names the place


@pytest.mark.parametrize(("args", "names"), [
    (["frobnicate"], "frobnicate"),
    (["normalize"], "KERNEL"),
    (["normalize", "x", "--fromat", "tex"], "--format"),
    (["normalize", "x", "--format", "doc"], "doc"),
    (["normalize", "x", "--budget", "0"], "--budget"),
    (["normalize", "x", "--budget", "soon"], "soon"),
    (["normalize", "x", "--over", "x (0, 1)"], "'x in (0, oo)'"),
    (["normalize", "x", "--over", "x in RR", "--over", "x in (0, 1)"], "'x' twice"),
    (["normalize", "x", "y"], "y"),
    (["report"], "FILE"),
    (["report", "a.toml", "--json", "-o", "out"], "--json"),
    (["report", "a.toml", "--format", "md", "--format", "tex"], "-o DIR"),
    (["report", "a.toml", "--format", "pdf"], "-o DIR"),
    (["normalize", "x", "--format", "pdf"], "-o FILE"),
    (["report", "a.toml", "--jobs", "0"], "--jobs"),
    (["rules", "no_such_rule"], "no_such_rule"),
    (["completion", "tcsh"], "tcsh"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else value)
def test_wrong_options(here, args, names):
    assert names in refused(here(*args))


@pytest.mark.parametrize(("args", "names"), [
    (["exp(-x", "--over", "x in RR"], "position"),
    (["exp(-x**2)", "--over", "x in (1, 0)"], "(1, 0)"),
    (["exp(-x**2)", "--over", "x in (0, 1"], "(0, 1"),
    (["exp(-x**2)", "--over", "x in RR", "--given", "a >"], "a >"),
    (["x**9^9^9", "--over", "x in (0, 1)"], "too large"),
    (["(" * 3000 + "x" + ")" * 3000, "--over", "x in (0, 1)"], "nest"),
    (["__import__('os').system('true')", "--over", "x in (0, 1)"], "position"),
    (["--latex", r"e^{-x^2", "--over", "x in RR"], "position"),
], ids=["bracket", "reversed", "half-domain", "condition", "huge", "deep", "code", "latex"])
def test_wrong_kernels(here, args, names):
    assert names in refused(here("normalize", *args))


@pytest.mark.parametrize(("toml", "names"), [
    ('id = "a"\nkernel = "exp(-x)"\ncolour = "red"\nvariables = [{name = "x", domain = "(0, oo)"}]', ["colour", "a"]),
    ('id = "a"\nkernel = "exp(-x"\nvariables = [{name = "x", domain = "(0, oo)"}]', ["position", "a"]),
    ('id = "a"\nvariables = [{name = "x", domain = "(0, oo)"}]', ["kernel", "a"]),
    ('id = "a"\nkernel = "exp(-x)"', ["variable", "a"]),
    ('id = "a"\nkernel = "exp(-x)"\nvariables = [{name = "x", domain = "(0, 0)"}]', ["(0, 0)"]),
    ('id = "a"\nkernel = "exp(-x)"\nvariables = [{name = "x", domain = "(2, 1)"}]', ["(2, 1)"]),
    ('id = "a"\nkernel = "exp(-x)"\nvariables = [{name = "x", domain = "(0, oo)"}]\nparameters = [{name = "x"}]', ["x"]),
    ('id = "a"\nkernel = "exp(-x/b)"\nvariables = [{name = "x", domain = "(0, oo)"}]\n'
     'parameters = [{name = "b", assumptions = "cheerful"}]', ["cheerful", "b"]),
    ('id = "a"\nkernel = "exp(-x/b)"\nvariables = [{name = "x", domain = "(0, oo)"}]\n'
     'parameters = [{name = "b", assumptions = "positive, negative"}]', ["b"]),
    ('id = "a"\nkernel = "x > 0"\nvariables = [{name = "x", domain = "(0, oo)"}]', ["a"]),
    ('id = "a"\nkernel = "exp(-x)"\nkernel_latex = "e^{-2x}"\nvariables = [{name = "x", domain = "(0, oo)"}]', ["kernel_latex"]),
    ("id = \"a\nkernel = 3", ["line"]),
], ids=["unknown-key", "bracket", "no-kernel", "no-variable", "empty", "reversed", "clash", "assumption", "contradiction",
        "not-a-number", "kernels-differ", "not-toml"])
def test_wrong_problem_files(here, tmp_path, toml, names):
    path = tmp_path / "wrong.toml"
    path.write_text(f"[[problem]]\n{toml}\n", encoding="utf-8")
    message = refused(here("report", str(path), "-o", str(tmp_path / "out")))
    assert "wrong.toml" in message and all(name in message for name in names)
    assert not (tmp_path / "out").exists()


def test_missing_file():
    assert "missing.toml" in refused(derive("report", "missing.toml"))


def test_files_and_streams_that_are_not_utf8(tmp_path):
    (tmp_path / "latin.toml").write_bytes('[[problem]]\nid = "é"\n'.encode("latin-1"))
    assert "UTF-8" in refused(derive("report", str(tmp_path / "latin.toml")))
    run = subprocess.run([sys.executable, "-m", "derive", "report", "-"], input=b"\xff\xfe", capture_output=True, check=False)
    assert run.returncode == 2 and b"standard input is not UTF-8" in run.stderr


@pytest.mark.parametrize("target", ["file.txt/out", "file.txt"])
def test_a_folder_that_cannot_be_written(tmp_path, three, target):
    (tmp_path / "file.txt").write_text("in the way")
    assert target in refused(derive("report", str(three), "-o", str(tmp_path / target)))


def test_a_file_that_cannot_be_written(tmp_path):
    path = tmp_path / "none" / "gamma.md"
    assert str(path) in refused(derive("normalize", *GAMMA, "-o", str(path)))


# The main job


def test_normalize_prints_the_contract_object():
    run = derive("normalize", *GAMMA, "--format", "json")
    result = json.loads(run.stdout)
    assert (run.returncode, run.stderr, result["outcome"], result["reason"]) == (0, "", "normalized", "")
    assert set(result) >= KEYS and {check["name"] for check in result["checks"]} >= {"symbolic", "numeric"}


def test_normalize_prints_a_derivation():
    run = derive("normalize", *GAMMA)
    assert run.returncode == 0 and run.stderr == "" and re.search("Γ|gamma", run.stdout)


@pytest.mark.parametrize(("suffix", "sign"), [(".md", "$$"), (".tex", r"\begin{document}"), (".html", "<math"), (".json", '"outcome"'), (".txt", "")])
def test_the_ending_of_a_file_chooses_the_format(tmp_path, suffix, sign):
    path = tmp_path / f"gamma{suffix}"
    run = derive("normalize", *GAMMA, "-o", str(path))
    assert (run.returncode, run.stdout) == (0, "") and sign in path.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not on PATH")
def test_a_pdf_is_a_pdf(tmp_path):
    run = derive("normalize", *GAMMA, "-o", str(tmp_path / "gamma.pdf"))
    assert (run.returncode, run.stdout) == (0, "") and (tmp_path / "gamma.pdf").read_bytes().startswith(b"%PDF-")


def test_without_pdflatex_no_pdf_is_written_and_the_message_says_why(tmp_path, three):
    env = {**os.environ, "PATH": str(tmp_path)}
    one = derive("normalize", *GAMMA, "-o", str(tmp_path / "gamma.pdf"), env=env)
    several = derive("report", str(three), "--format", "md", "--format", "pdf", "-o", str(tmp_path / "out"), env=env)
    assert one.returncode == several.returncode == 1 and "pdflatex" in one.stderr and several.stderr.count("pdflatex") == 3
    assert not (tmp_path / "gamma.pdf").exists() and not list((tmp_path / "out").iterdir())


def test_what_does_not_normalize_has_status_1():
    run = derive("normalize", "exp(x)", "--over", "x in (0, oo)", "--format", "json")
    assert run.returncode == 1 and json.loads(run.stdout)["outcome"] == "diverges" and run.stderr == ""


def test_kernels_may_begin_with_a_minus_sign_or_come_from_standard_input():
    energy = derive("normalize", "--energy", "-x*log(2)", "--over", "x in (0, 1)", "--format", "json")
    stream = derive("normalize", "-", "--over", "x in (0, 1)", "--format", "json", input="exp(x*log(2))\n")
    first, second = json.loads(energy.stdout), json.loads(stream.stdout)
    assert (energy.returncode, stream.returncode) == (0, 0) and first["Z"] == second["Z"]


def test_report_prints_and_writes_every_problem(tmp_path, three):
    out = tmp_path / "deep" / "out"
    run = derive("report", str(three), "-o", str(out))
    assert run.returncode == 0 and "3 problems" in run.stderr
    assert sorted(p.name for p in out.iterdir()) == sorted(
        name + suffix for name in ("half-line", "growing", "..%2Fcoin%20toss") for suffix in (".md", ".tex"))
    assert all(p.stat().st_size > 100 for p in out.iterdir()) and not list(tmp_path.glob("coin*"))


def test_report_prints_one_object_a_line_in_the_order_of_the_file(three):
    run = derive("report", str(three), "--json")
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0 and run.stderr == ""
    assert [(r["id"], r["outcome"]) for r in results] == [
        ("half-line", "normalized"), ("growing", "diverges"), ("../coin toss", "normalized")]


def test_report_reads_standard_input_and_prints_other_formats():
    run = derive("report", "-", "--format", "md", input=THREE)
    assert run.returncode == 0 and "$$" in run.stdout


def test_compare_agrees_with_what_is_known(three):
    run = derive("report", str(three), "--json", "--compare")
    assert [json.loads(line)["compare"]["verdict"] for line in run.stdout.splitlines()] == ["agrees"] * 3 and run.returncode == 0


@pytest.mark.parametrize(("right", "wrong"), [
    ('Z = "1"', 'Z = "2"'), ('"diverges"', '"closed-form"'), ('["1.0"]', '["1.0000001"]')], ids=["Z", "outcome", "number"])
def test_compare_says_where_a_result_differs(right, wrong):
    run = derive("report", "-", "--compare", input=THREE.replace(right, wrong, 1))
    assert run.returncode == 1 and run.stdout.count("Known answer: differs") == 1 and "1 NOT as known" in run.stderr


def test_rules_lists_the_catalogue_and_shows_one_rule():
    listed = derive("rules")
    name = listed.stdout.split()[0]
    one = derive("rules", name)
    assert listed.returncode == one.returncode == 0 and one.stdout.startswith(name) and len(one.stdout.splitlines()) > 1


@pytest.mark.parametrize("command", ["normalize", "report", pytest.param("rules", marks=pytest.mark.slow)])
def test_the_examples_of_the_help_work(tmp_path, command):
    lines = [line.strip() for line in derive(command, "--help").stdout.splitlines()]
    examples = [line.split(" > ")[0] if "report" in line else line for line in lines if line.startswith("derive ")]
    (tmp_path / "examples").symlink_to(Path(__file__).parent.parent / "examples")
    (tmp_path / "problems.toml").write_text(THREE, encoding="utf-8")
    assert examples
    for example in examples:
        run = derive(*shlex.split(example)[1:], cwd=tmp_path)
        assert run.returncode == 0, (example, run.stderr)


# What goes wrong costs one problem


def test_failures_are_undecided_and_the_next_problem_goes_on(failing):
    ids = ["fine", "hang", "hang-in-c", "hang-in-arithmetic", "crash", "exit", "error", "memory", "last"]
    run = derive("report", "-", "--json", "--budget", "1", input=problems(*ids), env=failing)
    results = {r["id"]: r for r in map(json.loads, run.stdout.splitlines())}
    assert list(results) == ids and run.returncode == 0
    assert [id for id, r in results.items() if r["outcome"] == "undecided"] == ids[1:-1]
    reasons = {"hang": "budget of 1 s", "crash": "SIGSEGV", "exit": "exit code 3", "error": "KeyError", "memory": "MemoryError"}
    assert all(text in results[id]["reason"] for id, text in reasons.items())
    assert set(results["hang"]) >= KEYS


def test_a_report_that_cannot_be_rendered_leaves_no_file(failing, tmp_path):
    out = tmp_path / "out"
    run = derive("report", "-", "-o", str(out), input=problems("unprintable", "fine"), env=failing)
    assert run.returncode == 1 and "unprintable" in run.stderr and "Traceback" not in run.stderr
    assert sorted(p.name for p in out.iterdir()) == ["fine.md", "fine.tex"]
    debug = derive("report", "-", "--debug", input=problems("unprintable"), env=failing)
    assert "Traceback" in debug.stderr


def test_an_interrupt_is_quiet_and_ends_the_workers(failing):
    with start("report", "-", "--json", "--budget", "60", text=problems("fine", "hang"), env=failing) as process:
        assert json.loads(process.stdout.readline())["id"] == "fine"
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=30) == 130 and process.stderr.read().strip() == ""
    assert not alive(process.pid)


def alive(group: int) -> bool:
    """Whether any process of the group is left a moment later."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_a_reader_that_leaves_is_no_error(failing):
    with start("report", "-", "--json", text=problems(*map(str, range(5))), env=failing) as process:
        process.stdout.close()
        assert process.wait(timeout=60) == 1 and process.stderr.read() == ""
