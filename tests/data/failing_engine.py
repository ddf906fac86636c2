"""Stands in for derive.engine in tests: what goes wrong is what the problem's id says."""

import ctypes
import os
import time

from sympy import Expr, sqrt, sympify

from derive.language.problem import Problem, Result
from derive.rules import CATALOGUE  # noqa: F401


class Endless(Expr):
    """A number that no printer gets to the end of."""

    def _derive_text(self, printer):
        time.sleep(1000)


def solve(problem: Problem, budget: float = 20.0) -> Result:
    match problem.id:
        case "hang":
            time.sleep(1000)
        case "hang-in-c":
            ctypes.CDLL(None).sleep(1000)
        case "hang-in-arithmetic":
            9 ** (9**9)
        case "hang-in-printing":
            return Result(problem, "normalized", Z=Endless(), density=problem.kernel)
        case "crash":
            os.kill(os.getpid(), 11)
        case "exit":
            os._exit(3)
        case "error":
            raise KeyError("engine")
        case "memory":
            bytearray(1 << 40)
        case "unprintable":
            return Result(problem, "normalized", Z=None, derivation=object())
    return Result(problem, "normalized", Z=sqrt(sympify(2)), density=problem.kernel / sqrt(sympify(2)))
