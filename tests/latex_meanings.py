"""What a formula's meaning, written down by hand in SymPy's syntax, is, and whether a reading is the same; for the tests of the LaTeX reader."""

from __future__ import annotations

import sympy as sp

from derive.read import latex_heads as heads
from derive.read.names import Scope

HEADS = {name: getattr(heads, name) for name in ("Chain", "Propto", "EvalBar", "Given", "Expectation")}


def declared(name: str, facts: dict) -> sp.Basic:
    kinds = {"indexed": lambda: sp.IndexedBase(name), "matrix": lambda: sp.MatrixSymbol(name, 3, 3),
             "vector": lambda: sp.MatrixSymbol(name, 3, 1)}
    if facts.get("kind") in kinds:
        return kinds[facts["kind"]]()
    return sp.Symbol(name, **{k: v for k, v in facts.items() if k not in ("latex", "kind")})


def trusted(text: str, scope: Scope) -> sp.Basic:
    """The corpus's own SymPy strings are trusted data."""
    names = {name: getattr(sp, name) for name in dir(sp) if not name.startswith("_")}
    names |= HEADS | {"norm": heads.Norm, "BetaF": sp.beta, "ZetaF": sp.zeta} | dict(scope.symbols) | dict(scope.functions)
    return sp.sympify(eval(text, {"__builtins__": {}}, names))


def same(a: sp.Basic, b: sp.Basic) -> bool:
    """Equal, up to the order of a conjunction, the direction of a relation, and elementary algebra."""
    if a == b:
        return True
    if isinstance(a, sp.core.relational.Relational) and isinstance(b, sp.core.relational.Relational):
        b = b if type(a) is type(b) else b.reversed
        return type(a) is type(b) and all(map(same, a.args, b.args))
    if isinstance(a, (sp.And, heads.Chain, heads.Propto, sp.Tuple)) and type(a) is type(b) and len(a.args) == len(b.args):
        return all(any(same(p, q) for q in b.args) for p in a.args) if isinstance(a, sp.And) else all(map(same, a.args, b.args))
    if isinstance(a, sp.Expr) and isinstance(b, sp.Expr) and not isinstance(a, sp.MatrixExpr):
        plain = {s: sp.Symbol(s.name) for s in a.atoms(sp.Symbol) | b.atoms(sp.Symbol)}  # bound variables have facts of their own
        a, b = a.xreplace(plain), b.xreplace(plain)
        return a == b or sp.expand(a - b) == 0 or sp.simplify(a - b) == 0
    return False
