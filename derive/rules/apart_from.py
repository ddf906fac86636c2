"""One value of a parameter apart: what was derived for all others is derived there by itself, and both agree."""

from sympy import Gt, Lt, Ne
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.language.claims import Claim, Rule
from derive.language.totals import Total
from derive.rules.letters import F, M, c, f, t, x


def apart_from(name: str, elsewhere: type[Relational], given: tuple[Boolean, ...]) -> Rule:
    """∫ f(x, t) = F(t) rests on the same for t ≠ c (t < c, t > c), and on ∫ f(x, c) = F(c)."""
    whole, at = Total(f(x, t), x, M), Total(f(x, c), x, M)
    return Rule(name, Claim(whole, F(t), given=given), rests_on=(Claim(whole, F(t), given=(elsewhere(t, c),)), Claim(at, F(c))),
                kind="cited", source="excluded middle: either t = c, or not")  # fmt: skip


BY_RELATION = {
    Ne: apart_from("one_value_apart", Ne, ()),
    Lt: apart_from("greatest_value_apart", Lt, (t <= c,)),
    Gt: apart_from("least_value_apart", Gt, (t >= c,)),
}
RULES = tuple(BY_RELATION.values())
