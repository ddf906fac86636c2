"""What a line of a derivation may state, as data; and what is declared where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Basic, Expr, Symbol
from sympy.core.relational import Relational

from derive.grade.chance.samples import Sample
from derive.grade.writing.assertions import Assertion

EQUATION, DEFINITION, DIFFERENTIAL, INEQUALITY, PROPORTION = "equation", "definition", "differential", "inequality", "proportion"
HELPER, WORDS = "helper", "words"  # a function J(t); words alone
NOTE, RECALLED = "note", "recalled"  # an equation aside; one for all values of a letter that nothing declares
MEMBER, ENDS, POINT = "member", "ends", "point"  # n ∈ ℤ; x: a → b; x = 0, u = 0
BOUNDED = "bounded"  # f = O(g) as x → a, by the limit of f/g
CONSTANT = "constant"  # "the normalizing constant is …", as Z or as 1/Z
DIGITS = "digits"  # a ≈ 1.234
CASE = "case"  # "at x = m", which the line goes on with
INNER, GENERAL = "inner", "general"  # the value of an integral before it; μ = 0 without loss of generality
ROOT, STATIONARY = "root", "stationary"  # x = … after p'(x) = 0, and that equation
OPEN = "open"  # what words say of a formula, or alone, and nothing here can be held against
ASSERTED = "asserted"  # a property that words assert
SHIFT = "shift"  # k → k + 1 for an index
OPERATION = "operation"  # dividing by β, multiplying by it
SHARED, WEIGHT = "share", "weight"  # of some configurations, of one of them
PREMISE = "premise"  # what a prior density or a likelihood is
JACOBIAN, NAMED, ANTIDERIVATIVE = "jacobian", "named", "antiderivative"  # |J| = …; the kernel of a Gamma(a, b); ∫f dx = F


@dataclass(frozen=True)
class Stated:
    """One statement: its kind, its sides (a Blank first side is the line before), and for an inequality the relation itself."""

    kind: str
    sides: tuple[Basic, ...] = ()
    relation: Relational | None = None
    text: str = ""
    loose: bool = False  # an expression that words speak of, without saying what it is
    asserted: Assertion | None = None
    called: str = ""  # what words say that a new name is, as "mode"
    early: bool = False  # a definition from a later line, without which this one could not be read
    put: bool = False  # words such as "let" bring it in, so that it claims nothing
    spoken: bool = False  # a phrase only speaks of it, so that it need not be the value of anything
    reason: bool = False  # words such as "since" give it as a reason, and not as the range of what stands beside it


@dataclass(frozen=True)
class Line:
    """The statements of one line, or why it could not be read. `letters` are the free arguments of functions that it brings in."""

    number: int
    stated: tuple[Stated, ...] = ()
    unread: str = ""
    text: str = ""
    letters: frozenset[Symbol] = frozenset()
    unconditional: bool = False  # it speaks of E[θ] where other lines speak of θ given data
    turned: frozenset[str] = frozenset()  # those that stand for it in E[e^{itX}]
    drawn: tuple[tuple[Expr, Expr], ...] = ()  # products over a sample, each with the factor for one observation


@dataclass
class Names:
    """What is declared where a line stands: names that lines before it introduced, and the variables of integrals seen so far."""

    defined: dict[str, Symbol] = field(default_factory=dict)
    variables: dict[str, Symbol] = field(default_factory=dict)
    alias: str = ""  # another letter for Z
    inverse: str = ""  # a letter for 1/Z
    helpers: dict[str, str] = field(default_factory=dict)  # functions that lines before it introduced, as J(t): J and t
    pointing: bool = False  # the line says where names lie together, as x = 0, u = 0
    pending: set[str] = field(default_factory=set)  # the k and t of x = k tan t, until a line says what one of them is
    fresh: str = ""  # a letter that was declared for the definition that is being read
    ranges: dict[str, tuple[Expr, Expr] | None] = field(default_factory=dict)  # over which variables have been integrated
    universal: set[str] = field(default_factory=set)  # letters of identities that hold for all their values
    letters: dict[str, Symbol] = field(default_factory=dict)  # names such as t there; nothing is known of their sign
    turned: set[str] = field(default_factory=set)  # the t of a characteristic function E[e^{itX}], which is looked at in it
    others: frozenset[str] = frozenset()  # capitals for other random variables than the problem's
    made: Mapping[str, str] = field(default_factory=dict)  # those that are made of it, as the formula in it
    posterior: bool = False  # whether some line speaks of the variable's law given data
    sample: Sample | None = None  # the observations of which the lines speak
    drawn: list[tuple[Expr, Expr]] = field(default_factory=list)  # the products over it on a line
    indices: dict[str, str] = field(default_factory=dict)  # sequences, as J(n) for an I_n, with their index
