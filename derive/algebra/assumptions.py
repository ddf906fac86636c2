"""In what order SymPy asks for what may settle an assumption.

Where an expression does not know whether it is positive, SymPy asks whether it is real, negative, zero …, in an order that it shuffles
anew for each question, to find answers of its own that contradict each other. Here the order is the same in every run, and with it what
can be decided within a limit; what says nothing of a sign is not asked on the way to one.
"""

from __future__ import annotations

import sys

import sympy  # noqa: F401  (loads the module below, whose name in its package is that of a function)

SOONEST = ("zero", "extended_positive", "extended_negative", "extended_nonnegative", "extended_nonpositive", "extended_nonzero", "extended_real",
           "finite", "infinite", "real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "noninteger", "rational",
           "irrational", "even", "odd", "complex", "imaginary", "commutative")  # fmt: skip
ASIDE = ("algebraic", "transcendental", "hermitian", "antihermitian", "prime", "composite")  # asked for their own sake only
PLACE = {fact: place for place, fact in enumerate((*SOONEST, *ASIDE))}


def in_order(facts: list[str]) -> None:
    """Sorts the names of assumptions in place: what settles the others soonest stands first.

    >>> facts = ["even", "prime", "zero", "real"]
    >>> in_order(facts)
    >>> facts
    ['zero', 'real', 'even', 'prime']
    """
    facts.sort(key=PLACE.__getitem__)


def ask_in_order() -> None:
    """Let SymPy ask in this order from now on, in the whole process: it may answer None more often, and nothing else than before."""
    asking = sys.modules["sympy.core.assumptions"]
    asking.shuffle = in_order  # type: ignore[attr-defined]
    prerequisites = asking._assume_rules.prereq  # type: ignore[attr-defined]
    for fact in SOONEST:
        prerequisites[fact] = prerequisites[fact].difference(ASIDE)
