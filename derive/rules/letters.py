"""The letters of the rules, defined once. A letter's own assumptions are conditions on what may stand in its place."""

from sympy import Symbol, symbols

from derive.language.claims import functions

x, y, u = symbols("x y u", real=True)
k, j = symbols("k j", integer=True)
r, t = Symbol("r", positive=True), Symbol("t", real=True)
lo, hi, lo_u, hi_u = symbols("lo hi lo_u hi_u", extended_real=True)
start, end = symbols("lo hi", real=True)  # where the ends have to be finite
c, A, B, L, R = symbols("c A B L R", real=True)
s, p, b = symbols("s p b", positive=True)
M, N = Symbol("M"), Symbol("N")  # measures
f, g, h, phi, F = functions("f", "g", "h", "phi", "F")
