"""How long an expression looks, and how untidy: of equal ones the shortest is taken."""

from sympy import Add, Expr, Function, Mul, Pow, S, betainc, gamma, hyper, lerchphi, zeta

HEAVY = 25  # what a hypergeometric or an incomplete beta function costs, and a zeta function of Hurwitz or Lerch: what is simpler is preferred


def scattered(e: Expr) -> int:
    """How many powers with letters in their exponents have a base that stands in another factor too, as in 2b (2b)^n/b^(2n).

    >>> from sympy import symbols
    >>> b, n = symbols("b n", positive=True)
    >>> scattered(2*b*(2*b)**n/b**(2*n)), scattered(2**n*b**(1 - n))
    (2, 0)
    """
    if isinstance(e, Add):
        return sum(map(scattered, e.args))
    bases = [f.as_base_exp() for f in Mul.make_args(e) if not f.is_number]
    return sum(bool(n.free_symbols) and any(b.free_symbols & c.free_symbols for c, _ in bases[:i] + bases[i + 1 :] if not isinstance(c, Function))
               for i, (b, n) in enumerate(bases) if b is not S.Exp1)  # fmt: skip


def cost(e: Expr) -> int:
    """How long an expression looks: a sign or a power of ½ costs little, a gamma function is counted by its argument too."""
    if not e.args:
        return 1 if e.is_Integer or e.is_Symbol else 2
    if isinstance(e, Pow) and e.exp in (S.Half, S.NegativeOne):
        return 1 + cost(e.base)
    inside = sum(map(cost, e.args))
    heavy = isinstance(e, (betainc, hyper, lerchphi)) or isinstance(e, zeta) and len(e.args) == 2
    return inside + (2 if isinstance(e, (Add, gamma)) else HEAVY if heavy else 1)
