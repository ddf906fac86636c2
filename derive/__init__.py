"""Derives the partition function and the density of an unnormalized kernel, step by step, and checks each step.

>>> from derive import normalize
>>> result = normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"])
>>> result.outcome, result.Z
('normalized', 1/b)
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.api import Problem, Result, load, normalize

# With python-flint installed SymPy would choose it for its ground types, which makes what is done here 1.3 times slower.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")  # what one kernel asks of SymPy does not fit into its 1000 places

__version__ = "0.1.0"
__all__ = ["Problem", "Result", "__version__", "load", "normalize"]


def __getattr__(name: str) -> Any:
    """The public names, found when they are first used: `import derive` alone must not import SymPy."""
    if name in __all__:
        return getattr(importlib.import_module("derive.api"), name)
    raise AttributeError(f"module 'derive' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
