"""Judge one hand-in: read it, compare it, and where it is wrong, say what the mistake may be."""

from __future__ import annotations

import time
from dataclasses import replace

from sympy import oo

from derive.grade.chains import judge_steps
from derive.grade.claims import judge_claim
from derive.grade.handed import UNDECIDED, Claim, Judgement
from derive.grade.truth import Truth
from derive.grade.values import Bench


def judge(claim: Claim, truth: Truth, seconds: float = 10.0) -> Judgement:
    """The judgement on a claim, given what is true of its problem."""
    bench = Bench(time.monotonic() + seconds)
    if claim.kind != "steps":
        return judge_claim(claim, truth, bench)
    if truth.Z is oo:
        return replace(Judgement(claim.id, UNDECIDED), detail="The total of the kernel is infinite.")
    found, course = judge_steps(claim, truth, bench)
    return found
