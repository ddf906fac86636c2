"""Moves that only the derivations of other rules make: an equation solved for a term, a power substituted, angles and factorials doubled"""

from sympy import Abs, Ne, S, Symbol, cos, gamma, pi, sqrt

from derive.language.claims import Claim, Finite, Rule, Same
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import A, L, R, c, f, h, s, u, x

POWER = Symbol("m", real=True, nonzero=True)

SOLVED_FOR = Rule("solved_for", Claim(R, (L - A) / c, given=(Ne(c, 0), Finite(A))), rests_on=(Claim(L, c * R + A),))

# u = x^m takes the half line to itself: it rises for m > 0 and falls for m < 0, and du = m x^(m−1) dx
SUBSTITUTE_POWER = Rule(
    "substitute_power",
    Claim(Total(f(x), x, POSITIVE), Total(h(u), u, POSITIVE) / Abs(POWER), given=(Same(f(x), h(x**POWER) * x ** (POWER - 1)),)),
    kind="cited",
    source="Change of variables; Rudin, Real and Complex Analysis, 7.26",
)

DOUBLE_ANGLE = Rule("double_angle", Claim(cos(A) ** 2, (1 + cos(2 * A)) / 2), kind="cited", source="DLMF 4.21.28")
GAMMA_DUPLICATION = Rule("gamma_duplication", Claim(gamma(2 * s), 2 ** (2 * s - 1) * gamma(s) * gamma(s + S.Half) / sqrt(pi)), kind="lemma",
                         source="DLMF 5.5.5")  # fmt: skip
