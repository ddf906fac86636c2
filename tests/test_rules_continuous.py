"""Kernels with special functions, in other parametrizations than tables print them, against the formulas of the literature.

Each row: the kernel, the range, what is given, a point of the parameters, and the known Z as an mpmath function of them.
The point is generic, so that a wrong exponent or factor shows in the first digits; the numeric check of ∫p = 1 comes on top.
"""

import mpmath
import pytest
from mpmath import (
    acos,
    atan,
    besseli,
    besselk,
    beta,
    betainc,
    digamma,
    erfc,
    exp,
    expint,
    fac,
    gamma,
    gammainc,
    hyp1f1,
    hyp2f1,
    inf,
    legendre,
    lerchphi,
    log,
    mpf,
    pi,
    polylog,
    psi,
    quad,
    sin,
    sqrt,
    zeta,
)  # fmt: skip
from sympy import Rational

from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE, UNKNOWN, convergence
from derive.check.numeric import value
from derive.engine import solve
from derive.read.asked import problem


def eta(s):
    return mpmath.altzeta(s)


def lower(s, x):
    return gammainc(s, 0, x)


def upper(s, x):
    return gammainc(s, x)


# fmt: off
ROWS = {
    # Laplace transforms of waves (Erdélyi, Tables of Integral Transforms 4.7): products of sines become sums
    # by quadrature, where nothing oscillates for long
    "gap over a damped power": ("(1 - cos(b*x))*x**(-3/2)*exp(-a*x)", "x in (0, oo)", "a > 0; b > 0", {"a": "5/4", "b": "7/3"},
                                lambda a, b: 2 * mpmath.quad(lambda u: (1 - mpmath.cos(b * u * u)) / u**2 * exp(-a * u * u), [0, 1, 2, 4, 9])),
    "second moment of Gumbel's law": ("log(x)**2*exp(-x)", "x in (0, oo)", "", {}, lambda: mpmath.euler**2 + pi**2 / 6),
    "damped sine squared": ("exp(-a*x)*sin(b*x)**2", "x in (0, oo)", "a > 0; b > 0", {"a": "5/4", "b": "7/3"},
                            lambda a, b: 2 * b**2 / (a * (a**2 + 4 * b**2))),
    "wave under bars": ("exp(-abs(x - m)/b)*(1 + cos(x))", "x in RR", "m real; b > 0", {"m": "5/4", "b": "7/3"},
                        lambda m, b: 2 * b + 2 * b * mpmath.cos(m) / (1 + b**2)),
    "wave with a power": ("x**2*exp(-x)*(1 + cos(w*x))", "x in (0, oo)", "w > 0", {"w": "7/3"},
                          lambda w: 2 + 2 * (1 - 3 * w**2) / (1 + w**2) ** 3),
    # characteristic functions (Kotz, Balakrishnan, Johnson; Oberhettinger, Fourier Transforms of Distributions)
    "Gaussian under a wave": ("exp(-(x - m)**2/(2*s**2))*(1 + q*cos(w*x + c))", "x in RR", "m real; s > 0; -1 < q; q < 1; w real; c real",
                              {"m": "2/3", "s": "5/4", "q": "-3/7", "w": "7/5", "c": "2"},
                              lambda m, s, q, w, c: sqrt(2 * pi) * s * (1 + q * exp(-(s * w) ** 2 / 2) * mpmath.cos(w * m + c))),
    "Gaussian moment under a wave": ("x**4*exp(-x**2/2)*(2 - sin(w*x)**2)", "x in RR", "w > 0", {"w": "3/5"},
                                     lambda w: sqrt(2 * pi) * (mpf(9) / 2 + exp(-2 * w**2) * (3 - 24 * w**2 + 16 * w**4) / 2)),
    "Cauchy under a wave": ("(1 + cos(w*x))/(2*(x - m)**2 + 3*b**2)", "x in RR", "m real; b > 0; w > 0", {"m": "2/3", "b": "5/4", "w": "3/5"},
                            lambda m, b, w: pi / (sqrt(6) * b) * (1 + exp(-w * b * sqrt(mpf(3) / 2)) * mpmath.cos(w * m))),
    "Student under a wave": ("cos(w*x/2)**2*(1 + x**2/n)**(-(n + 1)/2)", "x in RR", "n > 0; w > 0", {"n": "7/3", "w": "3/5"},
                             lambda n, w: sqrt(n * pi) * gamma(n / 2) / (2 * gamma((n + 1) / 2))
                             * (1 + besselk(n / 2, sqrt(n) * w) * (sqrt(n) * w) ** (n / 2) / (gamma(n / 2) * mpf(2) ** (n / 2 - 1)))),
    "gamma under a wave": ("x**(k - 1)*exp(-x/t)*(1 - sin(w*x))", "x in (0, oo)", "k > 0; t > 0; w > 0", {"k": "7/3", "t": "3/4", "w": "3/5"},
                           lambda k, t, w: gamma(k) * t**k * (1 - (1 / (1 - 1j * w * t) ** k).imag)),
    "logistic under a wave": ("exp(-x/s)/(1 + exp(-x/s))**2*(1 + cos(w*x))", "x in RR", "s > 0; w > 0", {"s": "3/4", "w": "3/5"},
                              lambda s, w: s + pi * s**2 * w / mpmath.sinh(pi * s * w)),
    "half a Cauchy under a wave": ("(2 - cos(w*x))/(x**2 + b**2)", "x in (0, oo)", "b > 0; w > 0", {"b": "5/4", "w": "3/5"},
                                   lambda b, w: pi / (2 * b) * (2 - exp(-w * b))),
    "half a Gaussian under a wave": ("exp(-b*x**2)*cos(w*x)**2", "x in (0, oo)", "b > 0; w > 0", {"b": "5/4", "w": "3/5"},
                                     lambda b, w: sqrt(pi / b) / 4 * (1 + exp(-w**2 / b))),
    "secant under a wave": ("(3 + cos(x) + sin(2*x))/cosh(x)", "x in RR", "", {}, lambda: 3 * pi + pi / mpmath.cosh(pi / 2)),
    "eccentric wave": ("exp(-x)*(1 + q*cos(w*x + c))**2", "x in (0, oo)", "q real; w > 0; c real", {"q": "-3/7", "w": "7/3", "c": "2"},
                       lambda q, w, c: mpmath.quad(lambda x: exp(-x) * (1 + q * mpmath.cos(w * x + c)) ** 2, mpmath.linspace(0, 60, 61))),
    # areas of polygons, and an asymmetric Laplace written with a maximum (Kotz, Kozubowski, Podgórski 2001, ch. 3)
    "any trapezoid": ("Max(0, Min(x/a, 1, (c - x)/b))", "x in RR", "a > 0; b > 0; c > a + b", {"a": "5/4", "b": "7/3", "c": "6"},
                      lambda a, b, c: c - (a + b) / 2),
    "tent": ("Min(x/a, (b - x)/c)", "x in (0, b)", "a > 0; b > 0; c > 0", {"a": "5/4", "b": "7/3", "c": "6"},
             lambda a, b, c: b**2 / (2 * (a + c))),
    "asymmetric Laplace by a maximum": ("exp(-Max(x/a, -x/b))", "x in RR", "a > 0; b > 0", {"a": "5/4", "b": "7/3"}, lambda a, b: a + b),
    # a trapezoid with the height 1 has the area of its mean width; Γ(1/n)Γ(1 − 1/n) is π/sin(π/n) (DLMF 5.5.3)
    "trapezoid by bars": ("Min(1, Max(0, 2 - abs(x - m)/s))", "x in RR", "m real; s > 0", {"m": "5/4", "s": "7/3"}, lambda m, s: 3 * s),
    "algebraic tails": ("1/(1 + abs((x - m)/s)**n)", "x in RR", "m real; s > 0; n > 1", {"m": "5/4", "s": "7/3", "n": "8/5"},
                        lambda m, s, n: 2 * pi * s / n / mpmath.sin(pi / n)),
    # K from exponentials of x and 1/x (DLMF 10.32.10); inverse Gaussian and its reciprocal (Johnson, Kotz, Balakrishnan, ch. 15)
    "inverse Gaussian": ("x**(-3/2)*exp(-lam*(x - m)**2/(2*m**2*x))", "x in (0, oo)", "lam > 0; m > 0",
                    {"lam": "7/3", "m": "5/4"},
                         lambda lam, m: sqrt(2 * pi / lam)),
    "shifted inverse Gaussian": ("(x - c)**(-3/2)*exp(-lam*(x - c - m)**2/(2*m**2*(x - c)))", "x in (c, oo)",
                    "lam > 0; m > 0; c real",
                                 {"lam": "7/3", "m": "5/4", "c": "2/7"}, lambda lam, m, c: sqrt(2 * pi / lam)),
    "reciprocal inverse Gaussian": ("x**(-1/2)*exp(-lam*(1 - m*x)**2/(2*m**2*x))", "x in (0, oo)", "lam > 0; m > 0",
                    {"lam": "7/3", "m": "5/4"},
                                    lambda lam, m: sqrt(2 * pi / lam)),
    "order 3/2": ("sqrt(x)*exp(-a*x - b/x)", "x in (0, oo)", "a > 0; b > 0", {"a": "7/5", "b": "3/8"},
                  lambda a, b: 2 * (b / a) ** mpf("0.75") * besselk(1.5, 2 * sqrt(a * b))),
    "GIG, Jorgensen": ("x**(lam - 1)*exp(-w*(x/h + h/x)/2)", "x in (0, oo)", "lam real; w > 0; h > 0",
                    {"lam": "-7/5", "w": "5/3", "h": "3/4"},
                       lambda lam, w, h: 2 * h**lam * besselk(lam, w)),
    "GIG in x squared": ("x**(2*k - 1)*exp(-a*x**2 - b/x**2)", "x in (0, oo)", "k real; a > 0; b > 0",
                    {"k": "6/5", "a": "7/4", "b": "2/3"},
                         lambda k, a, b: (b / a) ** (k / 2) * besselk(k, 2 * sqrt(a * b))),
    "GIG in a root": ("exp(-a*sqrt(x) - b/sqrt(x))", "x in (0, oo)", "a > 0; b > 0", {"a": "7/4", "b": "2/3"},
                      lambda a, b: 4 * (b / a) * besselk(2, 2 * sqrt(a * b))),
    "Gaussian in x and 1/x": ("exp(-a*x**2 - b/x**2)", "x in (0, oo)", "a > 0; b > 0", {"a": "7/4", "b": "2/3"},
                              lambda a, b: sqrt(pi / a) / 2 * exp(-2 * sqrt(a * b))),  # Gradshteyn-Ryzhik 3.325
    "sinh-arcsinh exponent": ("exp(n*x - c*cosh(b*(x - m)))", "x in RR", "n real; c > 0; b > 0; m real",
                              {"n": "3/4", "c": "7/5", "b": "5/3", "m": "1/3"},
                    lambda n, c, b, m: 2 * exp(n * m) * besselk(n / b, c) / b),
    # Mellin and Laplace transforms of K
    "K-distribution, amplitude": ("x**n*besselk(n - 1, c*x)", "x in (0, oo)", "n > 0; c > 0", {"n": "7/4", "c": "6/5"},
                                  lambda n, c: 2 ** (n - 1) * gamma(n) / c ** (n + 1)),
    "squared K0": ("besselk(0, a*x)**2", "x in (0, oo)", "a > 0", {"a": "7/5"}, lambda a: pi**2 / (4 * a)),
    "K0 with exponential": ("exp(-a*x)*besselk(0, a*x)", "x in (0, oo)", "a > 0", {"a": "7/5"}, lambda a: 1 / a),
    "product of normals": ("exp(r*x/(s*(1 - r**2)))*besselk(0, abs(x)/(s*(1 - r**2)))", "x in RR", "s > 0; r > -1; r < 1",
                           {"s": "5/3", "r": "-2/7"}, lambda s, r: pi * s * sqrt(1 - r**2)),
    "McKay's K": ("abs(x - c)**n*besselk(n, abs(x - c)/b)", "x in RR", "n > -1/2; b > 0; c real",
                    {"n": "3/4", "b": "6/5", "c": "1/3"},
                  lambda n, b, c: sqrt(pi) * 2**n * b ** (n + 1) * gamma(n + mpf("0.5"))),
    "hyperbolic": ("exp(-a*sqrt(d**2 + (x - m)**2) + b*(x - m))", "x in RR", "a > 0; b > -a; b < a; d > 0; m real",
                   {"a": "7/3", "b": "-5/4", "d": "6/5", "m": "1/3"},
                   lambda a, b, d, m: 2 * a * d * besselk(1, d * sqrt(a**2 - b**2)) / sqrt(a**2 - b**2)),
    "NIG": ("besselk(1, a*sqrt(d**2 + (x - m)**2))/sqrt(d**2 + (x - m)**2)*exp(b*(x - m))", "x in RR",
                    "a > 0; b > -a; b < a; d > 0; m real",
            {"a": "7/3", "b": "-5/4", "d": "6/5", "m": "1/3"}, lambda a, b, d, m: pi / (a * d) * exp(-d * sqrt(a**2 - b**2))),
    "Juttner momentum": ("p**2*exp(-sqrt(p**2 + m**2)/t)", "p in (0, oo)", "m > 0; t > 0", {"m": "7/5", "t": "3/4"},
                         lambda m, t: m**2 * t * besselk(2, m / t)),
    "Juttner energy": ("w*sqrt(w**2 - m**2)*exp(-w/t)", "w in (m, oo)", "m > 0; t > 0", {"m": "7/5", "t": "3/4"},
                       lambda m, t: m**2 * t * besselk(2, m / t)),
    "threshold": ("(x**2 - c**2)**(n - 1/2)*exp(-z*x)", "x in (c, oo)", "n > -1/2; c > 0; z > 0",
                    {"n": "4/5", "c": "5/4", "z": "7/6"},
                  lambda n, c, z: gamma(n + mpf("0.5")) / sqrt(pi) * (2 * c / z) ** n * besselk(n, c * z)),
    # I
    "Rice": ("x*exp(-(x**2 + v**2)/(2*s**2))*besseli(0, x*v/s**2)", "x in (0, oo)", "v >= 0; s > 0", {"v": "5/4", "s": "4/5"},
             lambda v, s: s**2),
    "noncentral chi": ("x**k*exp(-x**2/2)*besseli(k - 1, lam*x)", "x in (0, oo)", "k > 0; lam > 0", {"k": "7/4", "lam": "6/5"},
                       lambda k, lam: lam ** (k - 1) * exp(lam**2 / 2)),
    "noncentral chi-squared": ("x**(k/4 - 1/2)*exp(-x/2)*besseli(k/2 - 1, sqrt(lam*x))", "x in (0, oo)", "k > 0; lam > 0",
                               {"k": "7/3", "lam": "6/5"}, lambda k, lam: 2 * exp(lam / 2) * lam ** (k / 4 - mpf("0.5"))),
    "Hoyt in power": ("exp(-a*x)*besseli(0, b*x)", "x in (0, oo)", "a > 0; b > 0; a > b", {"a": "7/3", "b": "5/4"},
                      lambda a, b: 1 / sqrt(a**2 - b**2)),
    "McKay's I": ("x**n*exp(-a*x)*besseli(n, b*x)", "x in (0, oo)", "n > 0; b > 0; a > b", {"n": "4/5", "a": "7/3", "b": "5/4"},
                  lambda n, a, b: (2 * b) ** n * gamma(n + mpf("0.5")) / (sqrt(pi) * (a**2 - b**2) ** (n + mpf("0.5")))),
    "semicircle, tilted": ("sqrt(r**2 - (x - c)**2)*exp(k*x)", "x in (c - r, c + r)", "r > 0; c real; k > 0",
                           {"r": "7/5", "c": "1/3", "k": "5/4"}, lambda r, c, k: pi * r / k * exp(k * c) * besseli(1, r * k)),
    "von Mises-Fisher angle": ("exp(k*cos(t))*sin(t)**(d - 2)", "t in (0, pi)", "k > 0; d > 1", {"k": "5/4", "d": "17/4"},
                               lambda k, d: sqrt(pi) * gamma((d - 1) / 2) * (2 / k) ** (d / 2 - 1) * besseli(d / 2 - 1, k)),
    "von Mises with a sine": ("exp(a*cos(t) + b*sin(t))", "t in (0, 2*pi)", "a > 0; b real", {"a": "5/4", "b": "-7/6"},
                              lambda a, b: 2 * pi * besseli(0, sqrt(a**2 + b**2))),
    "Airy squared, shifted": ("airyai(a*x + 1)**2", "x in (0, oo)", "a > 0", {"a": "7/5"},
                              lambda a: (mpmath.airyai(1, derivative=1) ** 2 - mpmath.airyai(1) ** 2) / a),
    # Bose, Fermi, Planck, Davis (DLMF 25.5, 25.12)
    "Planck in frequency": ("x**3/(exp(h*x/t) - 1)", "x in (0, oo)", "h > 0; t > 0", {"h": "5/4", "t": "7/5"},
                            lambda h, t: pi**4 / 15 * (t / h) ** 4),
    "Planck in wavelength": ("1/(x**5*(exp(c/(x*t)) - 1))", "x in (0, oo)", "c > 0; t > 0", {"c": "5/4", "t": "7/5"},
                             lambda c, t: pi**4 / 15 * (t / c) ** 4),
    "Bose with fugacity": ("sqrt(x)/(exp(b*x)/z - 1)", "x in (0, oo)", "b > 0; z > 0; z < 1", {"b": "5/4", "z": "3/7"},
                           lambda b, z: sqrt(pi) / 2 * polylog(1.5, z) / b**1.5),
    "Bose with chemical potential": ("x**2/(exp((x - m)/t) - 1)", "x in (0, oo)", "m real; m < 0; t > 0",
                    {"m": "-5/4", "t": "7/5"},
                                     lambda m, t: 2 * t**3 * polylog(3, exp(m / t))),
    "Fermi gas": ("sqrt(x)/(exp((x - m)/t) + 1)", "x in (0, oo)", "m real; t > 0", {"m": "5/4", "t": "7/5"},
                  lambda m, t: -sqrt(pi) / 2 * t**1.5 * polylog(1.5, -exp(m / t))),
    "Fermi in x squared": ("x/(exp(b*x**2) + 1)", "x in (0, oo)", "b > 0", {"b": "5/4"}, lambda b: log(2) / (2 * b)),
    "shifted Bose": ("x**(s - 1)*exp(-a*x)/(1 - exp(-b*x))", "x in (0, oo)", "s > 1; a > 0; b > 0",
                    {"s": "9/4", "a": "5/7", "b": "6/5"},
                     lambda s, a, b: gamma(s) / b**s * zeta(s, a / b)),
    "reciprocal cosh": ("x**(s - 1)/cosh(a*x)", "x in (0, oo)", "s > 0; a > 0", {"s": "9/4", "a": "5/7"},
                        lambda s, a: 2 * gamma(s) / (2 * a) ** s * lerchphi(-1, s, mpf("0.5"))),
    "reciprocal sinh": ("x**(s - 1)/sinh(x/t)", "x in (0, oo)", "s > 1; t > 0", {"s": "9/4", "t": "5/7"},
                        lambda s, t: 2 * gamma(s) * (1 - 2**-s) * zeta(s) * t**s),
    "reciprocal sinh squared": ("x**(s - 1)/sinh(a*x)**2", "x in (0, oo)", "s > 2; a > 0", {"s": "13/4", "a": "5/7"},
                                lambda s, a: 4 * gamma(s) * zeta(s - 1) / (2 * a) ** s),
    "logistic moment": ("x**(s - 1)*exp(-x/t)/(1 + exp(-x/t))**2", "x in (0, oo)", "s > 0; t > 0", {"s": "9/4", "t": "5/7"},
                        lambda s, t: gamma(s) * eta(s - 1) * t**s),
    "Debye": ("x**3/(exp(x) - 1)", "x in (0, u)", "u > 0", {"u": "7/5"},
                    lambda u: mpmath.quad(lambda x: x**3 / mpmath.expm1(x), [0, u])),
    "Davis": ("(x - m)**(-n - 1)/(exp(b/(x - m)) - 1)", "x in (m, oo)", "n > 1; b > 0; m real",
                    {"n": "9/4", "b": "5/7", "m": "-1/3"},
              lambda n, b, m: gamma(n) * zeta(n) / b**n),
    # incomplete gamma and beta (DLMF 8)
    "truncated gamma": ("x**(k - 1)*exp(-x/t)", "x in (a, b)", "k real; t > 0; a > 0; b > a",
                    {"k": "-5/4", "t": "7/5", "a": "2/3", "b": "9/4"},
                        lambda k, t, a, b: t**k * gammainc(k, a / t, b / t)),
    "truncated Weibull-like": ("x**(s - 1)*exp(-b*x**p)", "x in (0, h)", "s > 0; b > 0; p > 0; h > 0",
                               {"s": "5/4", "b": "7/5", "p": "8/3", "h": "6/7"},
                    lambda s, b, p, h: lower(s / p, b * h**p) / (p * b ** (s / p))),
    "truncated inverse gamma": ("x**(-k - 1)*exp(-b/x)", "x in (h, oo)", "k > 0; b > 0; h > 0",
                    {"k": "5/4", "b": "7/5", "h": "6/7"},
                                lambda k, b, h: lower(k, b / h) / b**k),
    "inverse gamma below": ("x**(-k - 1)*exp(-b/x)", "x in (0, h)", "k real; b > 0; h > 0", {"k": "-5/4", "b": "7/5", "h": "6/7"},
                            lambda k, b, h: upper(k, b / h) / b**k),
    "Schechter": ("(L/c)**a*exp(-L/c)", "L in (m, oo)", "a real; c > 0; m > 0", {"a": "-5/4", "c": "7/5", "m": "1/6"},
                  lambda a, c, m: c * upper(a + 1, m / c)),
    "power with cutoff": ("x**(-a)*exp(-lam*x)", "x in (1, oo)", "a real; lam > 0", {"a": "9/4", "lam": "2/7"},
                    lambda a, lam: expint(a, lam)),
    "Lomax with cutoff": ("(1 + x/s)**(-a)*exp(-lam*x)", "x in (0, oo)", "a real; lam > 0; s > 0",
                    {"a": "9/4", "lam": "2/7", "s": "5/3"},
                          lambda a, lam, s: s * exp(lam * s) * expint(a, lam * s)),
    "gamma over x + c": ("x**(n - 1)*exp(-x/t)/(x + c)", "x in (0, oo)", "n > 0; t > 0; c > 0",
                    {"n": "5/4", "t": "7/5", "c": "6/7"},
                         lambda n, t, c: c ** (n - 1) * exp(c / t) * gamma(n) * upper(1 - n, c / t)),
    "Gaussian over Cauchy": ("exp(-x**2/(2*s**2))/(1 + (x/g)**2)", "x in RR", "s > 0; g > 0", {"s": "5/4", "g": "6/7"},
                             lambda s, g: pi * g * exp(g**2 / (2 * s**2)) * erfc(g / (s
                    * sqrt(2)))),  # Voigt at its centre, DLMF 7.19
    "erfc with a power": ("x**(q - 1)*erfc(x/c)", "x in (0, oo)", "q > 0; c > 0", {"q": "5/4", "c": "7/5"},
                          lambda q, c: c**q * gamma((q + 1) / 2) / (sqrt(pi) * q)),
    "incomplete gamma as tail": ("uppergamma(k, b*x)", "x in (0, oo)", "k > 0; b > 0", {"k": "5/4", "b": "7/5"},
                    lambda k, b: gamma(k + 1) / b),
    "truncated beta": ("x**(a - 1)*(c - x)**(b - 1)", "x in (lam, h)", "a > 0; b > 0; lam > 0; h > lam; c > h",
                       {"a": "5/4", "b": "7/5", "lam": "1/3", "h": "6/7", "c": "9/5"},
                       lambda a, b, lam, h, c: c ** (a + b - 1) * betainc(a, b, lam / c, h / c)),
    # Kummer, Tricomi, Gauss, Appell (DLMF 13.4, 15.6)
    "beta, tilted": ("(x - lam)**(a - 1)*(h - x)**(b - 1)*exp(-c*x)", "x in (lam, h)", "a > 0; b > 0; c real; h > lam",
                     {"a": "5/4", "b": "7/5", "c": "3/4", "lam": "-1/3", "h": "6/7"},
                     lambda a, b, c, lam, h: (h - lam) ** (a + b - 1) * beta(a, b) * exp(-c * lam) * hyp1f1(a, a + b, -c
                    * (h - lam))),
    "Tricomi": ("x**(a - 1)*(c + x)**(-d)*exp(-z*x)", "x in (0, oo)", "a > 0; c > 0; d > 0; z > 0",
                {"a": "5/4", "c": "7/5", "d": "4/7", "z": "6/7"},
                lambda a, c, d, z: gamma(a) * c ** (a - d) * mpmath.hyperu(a, a + 1 - d, c * z)),
    "modified half-normal": ("x**(a - 1)*exp(-b*x**2 - g*x)", "x in (0, oo)", "a > 0; b > 0; g real",
                    {"a": "5/4", "b": "7/5", "g": "-4/7"},
                             lambda a, b, g: mpmath.quad(lambda x: x ** (a - 1) * exp(-b * x * x - g
                    * x), [0, mpf("1e-8"), mpf("1e-3"), 1, 8])),
    "Euler": ("x**(a - 1)*(1 - x)**(b - 1)*(1 + u*x)**(-c)", "x in (0, 1)", "a > 0; b > 0; c real; u > -1",
              {"a": "5/4", "b": "7/5", "c": "4/7", "u": "-2/3"}, lambda a, b, c, u: beta(a, b) * hyp2f1(c, a, a + b, -u)),
    "compound confluent": ("x**(a - 1)*(2 + x)**(-b)*(1 + 3*x)**(-c)", "x in (0, oo)", "a > 0; b > 0; c > 0; b + c > a",
                           {"a": "5/4", "b": "7/5", "c": "4/7"},
                           lambda a, b, c: 2 ** (a - b) * beta(a, b + c - a) * hyp2f1(c, a, b + c, -5)),
    "noncentral beta": ("x**(a - 1)*(1 - x)**(b - 1)*hyper([a + b], [a], lam*x/2)", "x in (0, 1)", "a > 0; b > 0; lam >= 0",
                        {"a": "5/4", "b": "7/5", "lam": "4/7"}, lambda a, b, lam: beta(a, b) * exp(lam / 2)),
    "noncentral chi-squared by 0F1": ("x**(k/2 - 1)*exp(-x/2)*hyper([], [k/2], lam*x/4)", "x in (0, oo)", "k > 0; lam >= 0",
                                      {"k": "7/3", "lam": "6/5"}, lambda k, lam: 2 ** (k / 2) * gamma(k / 2) * exp(lam / 2)),
    # circles
    "wrapped Cauchy": ("1/(1 + r**2 - 2*r*cos(t - m))", "t in (-pi, pi)", "r > 0; r < 1; m real", {"r": "3/7", "m": "4/5"},
                       lambda r, m: 2 * pi / (1 - r**2)),
    "Cartwright": ("(1 + cos(t - m))**(1/z)", "t in (-pi, pi)", "z > 0; m real", {"z": "3/7", "m": "4/5"},
                   lambda z, m: 2 ** (1 / z + 1) * beta(1 / z + mpf("0.5"), mpf("0.5"))),
    "power of a circle": ("(a + b*cos(t) + c*sin(t))**q", "t in (0, 2*pi)", "a > abs(b) + abs(c); b real; c real; q real",
                          {"a": "9/4", "b": "-4/5", "c": "6/7", "q": "5/3"},
                          lambda a, b, c, q: 2 * pi * (a**2 - b**2 - c**2) ** (q / 2) * legendre(q, a
                    / sqrt(a**2 - b**2 - c**2))),
    "sines and cosines": ("sin(w*t)**(a - 1)*cos(w*t)**(b - 1)", "t in (0, pi/(2*w))", "a > 0; b > 0; w > 0",
                    {"a": "9/4", "b": "4/5", "w": "6/7"},
                          lambda a, b, w: beta(a / 2, b / 2) / (2 * w)),
    "sine power": ("sin(t)**n", "t in (0, pi)", "n > -1", {"n": "9/4"},
                    lambda n: sqrt(pi) * gamma((n + 1) / 2) / gamma(n / 2 + 1)),
    # the square completed about two centres (DeGroot 1970, ch. 9), the cumulant generating function, a slice of the bivariate normal, and
    # the rate that one observation gives
    "normal times normal": ("exp(-(m - x)**2/(2*s**2) - (m - n)**2/(2*t**2))", "m in RR", "x real; s > 0; n real; t > 0",
                            {"x": "9/4", "s": "4/5", "n": "-6/7", "t": "5/3"},
                            lambda x, s, n, t: s * t * sqrt(2 * pi / (s**2 + t**2)) * exp(-((x - n) ** 2) / (2 * (s**2 + t**2)))),
    "normal, tilted": ("exp(t*x - (x - m)**2/(2*s**2))", "x in RR", "t real; m real; s > 0", {"t": "-6/7", "m": "9/4", "s": "4/5"},
                       lambda t, m, s: sqrt(2 * pi) * s * exp(m * t + s**2 * t**2 / 2)),
    "square times two normals": ("x**2*exp(-(x - m)**2 - (x + m)**2)", "x in RR", "m real", {"m": "6/7"},
                                 lambda m: sqrt(pi / 2) / 4 * exp(-2 * m**2)),
    # second moments of the normal about 0: m² + s²
    "square times a normal": ("x**2*exp(-(x - m)**2/(2*s**2))", "x in RR", "m real; s > 0", {"m": "-9/4", "s": "4/5"},
                              lambda m, s: sqrt(2 * pi) * s * (m**2 + s**2)),
    "polynomial times a normal": ("(1 + x**2)*exp(-(x - m)**2)", "x in RR", "m real", {"m": "-9/4"}, lambda m: sqrt(pi) * (m**2 + 1.5)),
    "slice of the bivariate normal": ("exp(-x**2/2 - (y - r*x)**2/(2*(1 - r**2)))", "x in RR", "y real; r > -1; r < 1", {"y": "6/7", "r": "-4/5"},
                                      lambda y, r: sqrt(2 * pi * (1 - r**2)) * exp(-(y**2) / 2)),
    "precision after an observation": ("t**(a - 1/2)*exp(-b*t)*exp(-k*t*(x - m)**2/2)", "t in (0, oo)", "a > 0; b > 0; k > 0; m real; x real",
                                       {"a": "9/4", "b": "4/5", "k": "6/7", "m": "-2", "x": "5/3"},
                                       lambda a, b, k, m, x: gamma(a + 0.5) / (b + k * (x - m) ** 2 / 2) ** (a + 0.5)),
    # type IV logistic by other rates (Johnson, Kotz, Balakrishnan 1995, ch. 23): u = e^((a + b)x) gives a beta integral
    "two exponentials": ("(exp(a*x) + exp(-b*x))**(-c)", "x in RR", "a > 0; b > 0; c > 0", {"a": "9/4", "b": "4/5", "c": "5/3"},
                         lambda a, b, c: beta(a * c / (a + b), b * c / (a + b)) / (a + b)),
    "two exponentials with weights": ("exp(m*x)*(p*exp(a*x) + q*exp(-b*x))**(-2)", "x in RR",
                                      "a > 0; b > 0; p > 0; q > 0; m > -2*b; m < 2*a",
                                      {"a": "9/4", "b": "4/5", "p": "3/2", "q": "7/5", "m": "-1/3"},
                                      lambda a, b, p, q, m: q**-2 * (q / p) ** ((2 * b + m) / (a + b)) / (a + b)
                                      * beta((2 * b + m) / (a + b), (2 * a - m) / (a + b))),
    "two exponentials of numbers": ("1/(exp(x) + exp(-2*x))", "x in RR", "", {}, lambda: 2 * pi / (3 * sqrt(3))),
    # kernels of analysis
    "relativistic Breit-Wigner": ("1/((x**2 - m**2)**2 + m**2*g**2)", "x in (0, oo)", "m > 0; g > 0", {"m": "9/4", "g": "4/5"},
                                  lambda m, g: pi / (2 * sqrt(2)) * sqrt(m**2 + m * sqrt(m**2 + g**2)) / (m**2 * g
                    * sqrt(m**2 + g**2))),
    "two Cauchys": ("1/((x**2 + a**2)*(x**2 + b**2))", "x in RR", "a > 0; b > 0", {"a": "9/4", "b": "4/5"},
                    lambda a, b: pi / (a * b * (a + b))),
    "quartic and square": ("x**2/(x**4 + c**4)", "x in RR", "c > 0", {"c": "9/4"}, lambda c: pi / (sqrt(2) * c)),
    "sinc to the fourth": ("sin(a*x)**4/x**4", "x in RR", "a > 0", {"a": "9/4"}, lambda a: 2 * pi * a**3 / 3),
    "Fejer on half a period": ("sin(n*x)**2/sin(x)**2", "x in (0, pi/2)", "n positive integer", {"n": "5"}, lambda n: n * pi / 2),
    "Jackson": ("sin(n*x/2)**4/sin(x/2)**4", "x in (-pi, pi)", "n positive integer", {"n": "5"},
                    lambda n: 2 * pi * n * (2 * n**2 + 1) / 3),
    "Glasser of a Gaussian": ("exp(-(a*x - b/x)**2)", "x in (0, oo)", "a > 0; b > 0", {"a": "9/4", "b": "4/5"},
                    lambda a, b: sqrt(pi) / (2 * a)),
    "log of a ratio": ("log(1 + (a/x)**2)", "x in (0, oo)", "a > 0", {"a": "9/4"}, lambda a: pi * a),
    "cosh over cosh": ("cosh(b*x)/cosh(a*x)**s", "x in RR", "a > 0; b > 0; s > b/a", {"a": "9/4", "b": "4/5", "s": "5/3"},
                       lambda a, b, s: 2 ** (s - 1) / a * beta((s + b / a) / 2, (s - b / a) / 2)),
    "square of a logit": ("x**2*exp(-b*x)/(1 + exp(-x))**a", "x in RR", "b > 0; a > b", {"a": "7/3", "b": "4/5"},
                          lambda a, b: quad(lambda x: x**2 * exp(-b * x) / (1 + exp(-x)) ** a, [-inf, -5, 0, 5, inf])),
    "square beside a cubed secant": ("x**2/cosh(x)**3", "x in RR", "", {}, lambda: pi * (pi**2 - 8) / 8),
    "square of a log-gamma variable": ("x**2*exp(a*x - b*exp(x))", "x in RR", "a > 0; b > 0", {"a": "7/3", "b": "4/5"},
                                       lambda a, b: gamma(a) / b**a * ((digamma(a) - log(b)) ** 2 + psi(1, a))),
    "cosh and a cosine": ("1/(cosh(x) + cos(t))", "x in RR", "t > 0; t < pi", {"t": "7/5"}, lambda t: 2 * t / sin(t)),
    # orthogonal polynomials (DLMF 18.3.1)
    "hydrogen": ("r**(2*lam + 2)*exp(-c*r)*assoc_laguerre(n, 2*lam + 1, c*r)**2", "r in (0, oo)",
                    "n nonnegative integer; lam nonnegative integer; c > 0",
                 {"n": "2", "lam": "1", "c": "7/5"},
                    lambda n, lam, c: fac(n + 2 * lam + 1) / fac(n) * (2 * n + 2 * lam + 2) / c ** (2 * lam + 3)),
    "oscillator": ("exp(-(b*x)**2)*hermite(n, b*x)**2", "x in RR", "n nonnegative integer; b > 0", {"n": "3", "b": "7/5"},
                   lambda n, b: sqrt(pi) * 2**n * fac(n) / b),
    "Legendre": ("legendre(n, x)**2", "x in (-1, 1)", "n nonnegative integer", {"n": "3"}, lambda n: mpf(2) / (2 * n + 1)),
}
# fmt: on

CASES = list(ROWS)
DISCRIMINANTS = [  # (kernel, range, given, the condition, a point, the value there)
    ("1/(x**2 + 2*c*x + 1)", "x in (0, oo)", "c > 0", "c < 1", {"c": "1/2"}, lambda c: acos(c) / sqrt(1 - c**2)),
    ("1/(x**2 + b*x + c)", "x in (0, oo)", "b > 0; c > 0", "4*c > b**2", {"b": "3/2", "c": "5/3"},
     lambda b, c: (pi - 2 * atan(b / sqrt(4 * c - b**2))) / sqrt(4 * c - b**2)),
    ("1/(cosh(x) + c)", "x in RR", "c > -1", "c < 1", {"c": "-3/5"}, lambda c: 2 * acos(c) / sqrt(1 - c**2)),
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "over", "given", "condition", "at", "truth"), DISCRIMINANTS)
def test_a_quadratic_that_may_have_roots_or_none_is_derived_under_a_condition(kernel, over, given, condition, at, truth):
    stated = problem(kernel, over=[over], given=given.split("; "))
    result = solve(stated)
    assert [str(c) for c in result.conditions] == [condition]
    point = {p.symbol: Rational(at[p.symbol.name]) for p in stated.parameters}
    known = truth(**{key: mpf(Rational(text).p) / Rational(text).q for key, text in at.items()})
    assert mpmath.almosteq(value(result.Z, point), known, rel_eps=mpf(10) ** -14)


@pytest.mark.parametrize("name", CASES)
def test_a_kernel_has_the_constant_of_the_literature(name):
    kernel, over, given, at, truth = ROWS[name]
    stated = problem(kernel, over=[over], given=[g.strip() for g in given.split(";") if g])
    result = solve(stated)
    assert result.outcome == "normalized", result.reason
    point = {p.symbol: Rational(at[p.symbol.name]) for p in stated.parameters}
    with mpmath.workdps(30):
        known = truth(**{key: mpf(Rational(text).p) / Rational(text).q for key, text in at.items()})
        assert mpmath.almosteq(value(result.Z, point), known, rel_eps=mpf(10) ** -14)
    assert not any("disagree" in check.detail or check.verdict == "refuted" for check in result.checks)


@pytest.mark.parametrize(
    ("kernel", "verdict"),
    [  # waves are at most 1; a singularity inside is looked at from both sides
        ("exp(-x**2)*abs(sin(x))", FINITE),
        ("abs(sin(x))*exp(-x**2)/(sqrt(abs(x - 1))*sqrt(abs(x + 2)))", FINITE),
        ("(2 + sin(x)/x)*exp(-x**2)", FINITE),
        ("abs(sin(x))*exp(-x**2)/abs(x - 1)", INFINITE),
        ("abs(sin(x))", INFINITE),  # each period weighs the same
        ("(1 - cos(x))/sqrt(1 + x**2)", INFINITE),
        ("(1 - cos(x))/(1 + x**2)", FINITE),
        ("sin(x)**2*sin(sqrt(2)*x)**2", UNKNOWN),  # no period
        ("exp(-x**2)/(sqrt(abs(x - a))*sqrt(abs(x - b)))", UNKNOWN),  # infinite for a = b
    ],
)
def test_convergence_of_kernels_with_waves_and_inner_singularities(kernel, verdict):
    asked = problem(kernel, over=["x in RR"], given=["a real", "b real"])
    ((x, measure),) = [(v.symbol, v.measure) for v in asked.variables]
    assert convergence(asked.kernel, x, measure, Facts(asked.conditions)).verdict == verdict


@pytest.mark.parametrize(
    ("kernel", "over", "given"),
    [("1/x", "x in (0, b)", ["b >= 0"]), ("1/(x - a)", "x in (a, b)", []), ("1/(b - x)", "x in (a, b)", ["b >= a"])],
)
def test_nothing_is_infinite_over_an_empty_support(kernel, over, given):
    found = solve(problem(kernel, over=[over], given=given))
    assert found.outcome == "diverges"
    assert len(found.conditions) == 1
    assert found.reason.endswith("for b > 0." if "a" not in over else "for b > a.")


@pytest.mark.parametrize(("kernel", "over", "given", "Z"), [
    ("exp(-x)", "x in (a, b)", [], lambda a, b: mpmath.exp(-a) - mpmath.exp(-b)),
    ("1/x", "x in (a, b)", ["a > 0"], lambda a, b: mpmath.log(b / a)),
    ("x**2", "x in (-b, b)", [], lambda b: 2 * b**3 / 3),
])  # fmt: skip
def test_an_interval_from_a_to_b_is_taken_for_one_and_the_result_says_so(kernel, over, given, Z):
    found = solve(problem(kernel, over=[over], given=given))
    assert found.outcome == "normalized" and len(found.conditions) == 1
    (condition,) = found.conditions
    point = {s: Rational(k + 1, 2) for k, s in enumerate(sorted(found.Z.free_symbols, key=str))}
    assert condition.subs(point) == True and condition.subs({s: -v for s, v in point.items()}) == False  # noqa: E712
    assert mpmath.almosteq(value(found.Z, point), Z(*(mpf(v.p) / v.q for v in point.values())), rel_eps=mpf(10) ** -14)
