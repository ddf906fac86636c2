"""Known answers are compared by value, also where SymPy leaves an imaginary part of rounding or lacks the function."""

import tomllib
from pathlib import Path

import mpmath
import pytest

from derive.compare import compare, known_formula, number
from derive.language.problem import Result
from derive.read.files import one

DATA = Path(__file__).parent / "data"
FILES = ("univariate_continuous", "univariate_discrete", "univariate_extra", "kinds_sums")
TABLES = {table["id"]: table for name in FILES for table in tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["problem"]}
STATED = [id for id, table in TABLES.items() if table.get("Z_numeric") and table.get("Z")]


@pytest.mark.parametrize("id", STATED)
def test_formulas_and_numbers_of_the_problem_files_are_read_alike(id):
    """The numbers are by quadrature or summation, made without this program."""
    problem = one(TABLES[id], 1)
    points = problem.known.get("points") or [{}]
    with mpmath.workdps(30):
        for point, stated in zip(points, problem.known["Z_numeric"], strict=False):
            value = number(known_formula(problem), point, problem)
            assert mpmath.almosteq(value, mpmath.mpf(stated), 1e-8, 0)


@pytest.mark.parametrize("id", ["dlmf-25-12-14", "dlmf-20-2-3-discrete-gaussian"])
def test_polylogarithms_and_theta_functions_are_compared(id):
    problem = one(TABLES[id], 1)
    Z = known_formula(problem)
    assert compare(Result(problem, "normalized", Z=Z))[0] == "agrees"
    assert compare(Result(problem, "normalized", Z=Z * (1 + mpmath.mpf("1e-10"))))[0] == "differs"
