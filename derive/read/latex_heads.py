"""What LaTeX says that is not arithmetic: chains, proportionality, evaluation at ends, conditioning, expectations."""

from __future__ import annotations

from sympy import Basic, Expr, Function, IndexedBase


class Chain(Basic):
    """`a = b = c`, or with Blank() first a line that starts with "=" and continues the one before it."""


class Blank(Basic):
    """The left side that a line starting with "=" leaves out."""


class Propto(Basic):
    """`Propto(a, b)`: a is proportional to b."""


class Given(Function):
    """`Given(x, theta, …)`: x given theta, …, as the argument of a density p(x|θ). Several variables before the bar: a Tuple."""


class Expectation(Function):
    """E[…]"""


class Probability(Function):
    """P(…) of an event."""


class Variance(Function):
    """Var(…)"""


class Covariance(Function):
    """Cov(…, …)"""


class Norm(Function):
    """The norm of a vector."""


class Family(IndexedBase):
    """The names a1, a2, … as a_i under a sum or product over numbers, until it is written out."""


class EvalBar(Expr):
    """`[F]_a^b`, F at b minus F at a: `EvalBar(F, a, b)`, or `EvalBar(F, a, b, x)` where the formula names the variable."""

    is_commutative = True
    body = property(lambda self: self.args[0])
    lo = property(lambda self: self.args[1])
    hi = property(lambda self: self.args[2])

    @property
    def free_symbols(self) -> set[Basic]:
        """The variable is bound, where the formula names it."""
        bound = set(self.args[3:])
        return self.args[0].free_symbols - bound | self.args[1].free_symbols | self.args[2].free_symbols
