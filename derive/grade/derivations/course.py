"""Where a derivation stands after each line: what Z is by it, and which names it has brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Basic, Expr, Pow, Symbol, oo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.grade.claims import Compared
from derive.grade.derivations.stated import Stated
from derive.grade.equal.values import Bench
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.grade.writing.reading import QUANTITIES
from derive.language.totals import Counting, Total


@dataclass
class Course:
    """Where a derivation stands: what Z is by the student's own lines, the last side, and the names introduced on the way."""

    truth: Truth
    bench: Bench
    claimed: Expr | None = None  # Z, as the lines so far have it
    settled: int = 0  # the line that said so last
    last: Expr | None = None  # the side that a line starting with "=" continues
    about: Expr | None = None  # what that side is a value of: an expression in Z, or None for a computation aside
    started: bool = False
    reached: bool = False  # some line has given a value of Z or p
    by_name: bool = False  # the line before this one ends with Z itself, as Z = Z does
    averaged: bool = False  # some line has given a mean, a variance or a probability in closed form
    worked: bool = False  # some equation arrives at one of these by more than one step
    peaked: bool = False  # some lines have solved for the place of the maximum
    closed: bool = False  # and one without an integral, a sum or a name in it
    aside: tuple[Expr | None, Expr | None] | None = None  # where the derivation stood before a name was introduced
    nearest: tuple[Expr | None, Expr | None] | None = None  # and where it stood before the last one, which may be a computation aside
    bound: set[str] = field(default_factory=set)  # names over which lines have summed or integrated
    off: Expr | None = None  # the factor by which a differential was wrong, until some line has used it
    defined: dict[Symbol, Expr] = field(default_factory=dict)
    helpers: dict[str, tuple[Symbol, Expr]] = field(default_factory=dict)  # J(t) as t and its value
    meant: dict[str, tuple[Symbol, Expr]] = field(default_factory=dict)  # J(t) as it was introduced, or as its letter says, as E[e^{tX}] for M(t)
    letters: frozenset[Symbol] = frozenset()  # the t of J(t)
    conditions: list[Boolean] = field(default_factory=list)
    assumed: list[Boolean] = field(default_factory=list)  # conditions that stand beside an equation
    hinted: tuple[Boolean, ...] = ()  # conditions on parameters that some line states, which may be needed before it
    local: list[Boolean] = field(default_factory=list)  # those on variables and new letters, which hold on one line
    lost: bool = False  # the line before could not be read, so that "= …" goes on from what is not known
    around: list[Boolean] = field(default_factory=list)  # where the variables lie over which a line integrates
    ranges: dict[Symbol, tuple[Expr, Expr]] = field(default_factory=dict)  # x: a → b
    told: tuple[tuple[Relational, ...], frozenset[str]] = ((), frozenset())  # ranges that the line states for variables and letters
    rest: Expr | None = None  # what sums over some variables have left of the kernel, where words have said so
    integrals: str = ""  # the last line with an integral or a sum, as it is written
    spoken: tuple[Basic, ...] = ()  # the sides of the line's formulas, of which its words may speak
    operates: bool = False  # some line announces an operation
    earlier: list[Expr] = field(default_factory=list)  # the sides of the lines so far, by their values, where one does
    announced: tuple[Stated, ...] = ()  # operations of which no line has said yet what comes of them
    every: frozenset[Symbol] = frozenset()  # the variables of which the line speaks for all values
    special: dict[Symbol, Expr] = field(default_factory=dict)  # values of parameters that one line speaks of
    general: dict[Symbol, Expr] = field(default_factory=dict)  # those that the lines give them without loss of generality
    arguments: tuple[Symbol, ...] = ()  # the parameters of Z(α), where a line writes it so
    turned: frozenset[str] = frozenset()  # the arguments of characteristic functions
    dark: set[str] = field(default_factory=set)  # functions that lines define which could not be read
    foreign: bool = False  # the lines speak of another distribution than the problem's
    made: Mapping[str, str] = field(default_factory=dict)  # letters for random variables made of the problem's
    slopes: dict[str, tuple[Basic, ...]] = field(default_factory=dict)  # dv = … of a v that is introduced by it
    prior: bool = False  # the lines speak of its prior law too
    posterior: bool = False  # the lines speak of the variable's law given data
    premises: tuple[Stated, ...] = ()  # what they say of a prior density and a likelihood
    likelihood: Expr | None = None  # L(θ), where a line has said what it is
    shape: Basic | None = None  # the density that the last ∝ speaks of
    shaped: bool = False  # the last side is proportional to a density
    place: tuple[str, Expr] | None = None  # where a variable lies on this line, as x = 0
    sequences: frozenset[str] = frozenset()  # the functions of an index among the helpers
    tending: frozenset[str] = frozenset()  # those of which a line takes the limit
    cumulative: dict[int, tuple[str, tuple[str, str]]] = field(default_factory=dict)  # of lines with an F(x), read as P(X ≤ x)
    drawn: list[tuple[Expr, Expr]] = field(default_factory=list)  # products over a sample, each with the factor for one observation
    trouble: dict[int, Compared] = field(default_factory=dict)
    slips: dict[int, Mistake] = field(default_factory=dict)  # in differentials
    substitutions: list[tuple[int, Symbol, Expr]] = field(default_factory=list)  # u = φ(x), with the lines that state them
    unchecked: list[tuple[int, str]] = field(default_factory=list)  # names for values of which nothing says what they are
    carried: list[tuple[int, Expr, Expr]] = field(default_factory=list)  # sides that were proved equal, with their lines

    @property
    def Z(self) -> Expr:
        """Z by the student's lines, else the true one."""
        if self.claimed is not None:
            return self.claimed
        return self.true

    @property
    def true(self) -> Expr:
        return self.truth.problem.total if self.truth.Z is None or self.truth.Z is oo else self.truth.Z


def moving(value: Expr, course: Course) -> bool:
    """Whether a definition is a substitution: it depends on a variable."""
    return bool({s.name for s in value.free_symbols} & {v.symbol.name for v in course.truth.problem.variables})


def of_parameters(value: Expr, course: Course) -> bool:
    """Whether a definition names a value that depends on parameters alone."""
    return value.free_symbols <= {p.symbol for p in course.truth.problem.parameters}


def names_in(e: Basic) -> bool:
    """Whether an expression speaks of Z or p by name."""
    return any(s.name in QUANTITIES and s.is_positive for s in e.free_symbols) or bool(e.atoms(AppliedUndef))


def power_series(e: Basic, x: Symbol) -> bool:
    """Whether a sum from a letter on without an end has powers of x: for x < 1 its value is found sooner."""
    sums = [t for t in e.atoms(Total) if isinstance(t.measure, Counting) and t.measure.hi is oo and not t.measure.lo.is_number]
    return any(p.has(t.x) for t in sums for p in t.body.atoms(Pow) if p.base == x)
