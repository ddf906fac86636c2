"""The letters of a form: of u^(s−1) exp(−b u^p) they are s, p and b. A reader gives None where the form is another."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Abs, Add, Expr, Poly, S, Symbol, besseli, cos, exp, expand, log, pi, powsimp, sin, sqrt

from derive.algebra.monomials import TooLarge, rebuild
from derive.algebra.normal import canonical, multiplied_out, terms
from derive.algebra.reading import Form, binomial_base, linear, polynomial, power_of
from derive.algebra.signs import Facts
from derive.language.parts import factors_free_of


def power_exponential(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) exp(−b u^p)"""
    if not set(form.powers) <= {u} or len(form.exps) != 1:
        return None
    ((statistic, rate),) = form.exps.items()
    p = power_of(statistic, u)
    return None if p is None else {"s": form.powers.get(u, S.Zero) + 1, "p": p, "b": -rate}


def shifted_power(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """(u + σ)^(−q)"""
    found = linear(only(form.powers), u) if len(form.powers) == 1 and not form.exps else None
    return {"sigma": found[1] / found[0], "q": -next(iter(form.powers.values()))} if found and found[1] != 0 else None


def line_times_decay(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """(u + σ) exp(−b u)"""
    if set(form.exps) != {u} or list(form.powers.values()) != [1]:
        return None
    found = linear(only(form.powers), u)
    return {"sigma": found[1] / found[0], "b": -form.exps[u]} if found and found[1] != 0 else None


def exponentiated(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) exp(−b u^p) (1 − exp(−b u^p))^(q−1), which is read as u^(s−1) exp(−b q u^p) (exp(b u^p) − 1)^(q−1)"""
    powers = {powsimp(expand(base)): n for base, n in gathered(form.powers).items()}
    sums = [base for base in powers if isinstance(base, Add)]
    waves = [e for e in sums[0].args if isinstance(e, exp)] if len(sums) == 1 and len(form.exps) == 1 else []
    if len(waves) != 1 or sums[0] != waves[0] - 1 or not set(powers) <= {u, *sums}:
        return None
    ((statistic, rate),) = form.exps.items()
    p, b, q = power_of(statistic, u), waves[0].args[0] / statistic, powers[sums[0]] + 1
    if p is None or b.has(u) or canonical(rate + b * q, facts) != 0:
        return None
    return {"s": form.powers.get(u, S.Zero) + 1, "p": p, "b": b, "q": q}


def inverse_gaussian(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) exp(−a u − b/u)"""
    if not set(form.powers) <= {u} or set(form.exps) != {u, 1 / u}:
        return None
    return {"s": form.powers.get(u, S.Zero) + 1, "a": -form.exps[u], "b": -form.exps[1 / u]}


def squared_log(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) exp(−a log² u)"""
    if not set(form.powers) <= {u} or set(form.exps) != {log(u) ** 2}:
        return None
    return {"s": form.powers.get(u, S.Zero) + 1, "a": -form.exps[log(u) ** 2]}


def binomial_power(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) (r + u^p)^(−q)"""
    powers = gathered(form.powers)
    sums = [base for base in powers if isinstance(base, Add)]
    if form.exps or len(sums) != 1 or not set(powers) <= {u, *sums}:
        return None
    found = binomial_base(sums[0], u)
    if found is None:
        return None
    d, e, p = found
    return {"s": powers.get(u, S.Zero) + 1, "p": p, "q": -powers[sums[0]], "r": d / e}


def gathered(powers: Mapping[Expr, Expr]) -> dict[Expr, Expr]:
    """Sums to the same power multiplied out: (1 − x)³ (1 + x)³ is (1 − x²)³."""
    by_exponent: dict[Expr, Expr] = {}
    for base, e in powers.items():
        if isinstance(base, Add):
            by_exponent[e] = by_exponent.get(e, S.One) * base
    sums = {expand(base) if base.is_Mul else base: e for e, base in by_exponent.items()}
    return {base: e for base, e in powers.items() if not isinstance(base, Add)} | sums


def double_exponential(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(η u − K e^(c u)), with e^(−c m) = K"""
    if form.powers or len(form.exps) not in (1, 2):
        return None
    for statistic, k in form.exps.items():
        found = linear(statistic.exp, u) if isinstance(statistic, exp) else None
        if found and set(form.exps) <= {u, statistic}:
            c, rest = found
            scale = -k * exp(rest)
            return {"c": c, "eta": form.exps.get(u, S.Zero), "K": scale, "mu": tidy_log(scale, facts) / -c}
    return None


def tidy_log(e: Expr, facts: Facts) -> Expr:
    """log e, with the logarithm of an exponential undone."""
    return rebuild(terms(log(e), facts))


def bessel(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) exp(−b u²) I_n(c u)"""
    found = next((b for b in form.powers if isinstance(b, besseli)), None)
    if found is None or set(form.exps) != {u**2} or not set(form.powers) <= {u, found} or form.powers[found] != 1:
        return None
    inside = linear(found.args[1], u)
    if inside is None or inside[1] != 0:
        return None
    return {"s": form.powers.get(u, S.Zero) + 1, "b": -form.exps[u**2], "order": found.args[0], "c": inside[0]}


def logistic(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(η u) (r + e^(c u))^(−q) with c > 0, and r = e^(c m)"""
    powers = gathered(form.powers)
    if len(powers) != 1 or not set(form.exps) <= {u}:
        return None
    ((base, power),) = powers.items()
    free, rest = base.as_independent(u, as_Add=True)
    factor, tail = factors_free_of(rest, [u])
    found = linear(tail.exp, u) if isinstance(tail, exp) else None
    if not found or free == 0 or not facts.positive(found[0]):
        return None
    c, shift = found
    r = free / (factor * exp(shift))
    if not facts.positive(r):
        return None
    return {"eta": form.exps.get(u, S.Zero), "c": c, "q": -power, "r": r, "mu": tidy_log(r, facts) / c,
            "share": form.exps.get(u, S.Zero) / c}


def shifted_square(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(−a (u − m)²)"""
    if form.powers or set(form.exps) != {u, u**2}:
        return None
    a = -form.exps[u**2]
    return {"a": a, "m": form.exps[u] / (2 * a)}


def square(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(−a (x − μ)²)"""
    if form.powers or not {x**2} <= set(form.exps) <= {x, x**2}:
        return None
    a = -form.exps[x**2]
    return {"a": a, "mu": form.exps.get(x, S.Zero) / (2 * a)}


def bars(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """|x − μ|^(s−1) exp(−b |x − μ|^p + c (x − μ))"""
    if (written_out := power_of_line(form, x, facts)) is not None:
        return written_out
    statistics = [t for t in form.exps if t != x]
    found = even_power(statistics[0], x, facts) if len(statistics) == 1 else None
    if found is None:
        return None
    (statistic,), (mu, scale, p), s = statistics, found, S.One
    for base, e in form.powers.items():
        power = even_power(base, x, facts)
        if power is None or power[0] != mu:
            return None
        s += power[2] * e
    b, c = -form.exps[statistic] * scale**p, form.exps.get(x, S.Zero)
    return {"mu": mu, "p": p, "s": s, "b": b, "c": c, "rates": (b - c) * (b + c), "skew": (b - c) / (b + c)}


def power_of_line(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(−b (x − μ)^p) multiplied out, for p = 4, 6, …: μ is told by the coefficients of x^p and x^(p − 1)."""
    degrees = {t.as_base_exp()[1]: rate for t, rate in form.exps.items() if t.as_base_exp()[0] == x}
    p = max((n for n in degrees if n.is_Integer), default=S.Zero)
    if form.powers or len(degrees) != len(form.exps) or not (p.is_even and p > 2 and p - 1 in degrees):
        return None
    b, mu = -degrees[p], -degrees[p - 1] / (p * degrees[p])
    rest = expand(Add(*(rate * x**n for n, rate in degrees.items())) + b * (x - mu) ** p)
    if any(canonical(c, facts) != 0 for n, c in Poly(rest, x).as_dict().items() if n != (0,)):
        return None
    return {"mu": canonical(mu, facts), "p": p, "s": S.One, "b": b, "c": S.Zero, "rates": b**2, "skew": S.One}


def even_power(e: Expr, x: Symbol, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """(μ, c, p) with e = |c (x − μ)|^p, c > 0."""
    base, p = e.as_base_exp()
    inner = base.args[0] if isinstance(base, Abs) else base
    found = linear(inner, x)
    if found is None or p.has(x) or not (isinstance(base, Abs) or p.is_even):
        return None
    c = found[0] if facts.positive(found[0]) else -found[0]
    return (-found[1] / found[0], c, p) if facts.positive(c) else None


def square_power(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """((x − μ)² + r)^(−q)"""
    found = polynomial(only(form.powers), x, 2, facts) if len(form.powers) == 1 and not form.exps else None
    if found is None:
        return None
    a, b, c = found
    mu = -b / (2 * a)
    return {"mu": canonical(mu, facts), "r": tidy_sum(c / a - mu**2, facts), "q": -next(iter(form.powers.values()))}


def hyperbola(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(−a sqrt(δ² + (x − μ)²) + b (x − μ))"""
    roots = [t for t in form.exps if t.is_Pow and t.exp == S.Half and isinstance(t.base, Add)]
    if len(roots) != 1 or form.powers or not set(form.exps) <= {x, *roots}:
        return None
    found = polynomial(roots[0].base, x, 2, facts)
    if found is None:
        return None
    a, b, c = found
    mu = -b / (2 * a)
    return {"mu": canonical(mu, facts), "d": tidy_sum(c / a - mu**2, facts), "a": -form.exps[roots[0]] * sqrt(a),
            "b": form.exps.get(x, S.Zero)}


def tidy_sum(e: Expr, facts: Facts) -> Expr:
    """A sum, multiplied out."""
    try:
        return rebuild(multiplied_out(terms(e, facts), facts))
    except TooLarge:
        return e


def powers_of_ends(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) (end − u)^(q−1)"""
    letters = {"s": S.One, "q": S.One}
    if form.exps:
        return None
    for base, n in form.powers.items():
        found = linear(base, u)
        root = -found[1] / found[0] if found else None
        if root is None or (root != 0 and letters.setdefault("end", root) != root):
            return None
        letters["s" if root == 0 else "q"] += n
    return letters


def upper_power(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """u^(s−1) (end^p − u^p)^(q−1)"""
    letters = binomial_power(form, u, facts)
    if letters is None:
        return None
    end = (-letters["r"]) ** (1 / letters["p"])
    return {"s": letters["s"], "p": letters["p"], "q": 1 - letters["q"], "end": tidy_sum(end, facts)}


def decay(form: Form, u: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(−b u)"""
    return {"b": -form.exps[u]} if not form.powers and set(form.exps) == {u} else None


def circular(form: Form, x: Symbol, facts: Facts) -> dict[str, Expr] | None:
    """exp(κ cos(x − μ)), or (1 + c cos(f (x − μ)))^n"""
    if len(form.exps) == 1 and not form.powers and isinstance(next(iter(form.exps)), cos):
        ((wave, kappa),) = form.exps.items()
        f, mu = phase(wave, x)
        return {"kappa": kappa, "mu": mu, "f": f} if f is not None else None
    if len(form.powers) != 1 or form.exps:
        return None
    ((base, n),) = form.powers.items()
    free, rest = base.as_independent(x, as_Add=True)
    c, wave = factors_free_of(rest, [x])
    f, mu = phase(wave, x) if isinstance(wave, (cos, sin)) else (None, None)
    return {"n": n, "tilt": c / free, "mu": mu, "f": f} if f is not None and free != 0 else None


def phase(wave: Expr, x: Symbol) -> tuple[Expr | None, Expr | None]:
    """(f, μ) with wave = cos(f (x − μ)), f without a minus sign where it shows one."""
    found = linear(wave.args[0] - (pi / 2 if isinstance(wave, sin) else 0), x)
    if found is None:
        return None, None
    f, shift = found
    return (-f if f.could_extract_minus_sign() else f), -shift / f


def only(mapping: Mapping[Expr, Expr]) -> Expr:
    """The one key of a mapping."""
    (key,) = mapping
    return key
