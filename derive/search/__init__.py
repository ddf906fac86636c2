"""Untrusted search: which rule, with which values. It proposes a derivation; whether it holds is the checker's word alone."""

from derive.search.engine import Context, derivations, derive

__all__ = ["Context", "derivations", "derive"]
