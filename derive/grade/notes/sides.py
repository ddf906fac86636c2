r"""The sides of a document's formulas as expressions: what lies outside is refused, names are read in a world, definitions filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from sympy import Basic, Derivative, Dummy, Expr, Function, Integral, S, Subs, Symbol
from sympy.core.function import AppliedUndef

from derive.algebra.signs import Facts
from derive.grade.chance.laws import Way
from derive.grade.chance.under import HEADS, ORDER, SUM, of_two, value_of
from derive.grade.notes.declared import Job, Meaning
from derive.grade.notes.expectations import with_laws
from derive.grade.notes.variables import Declared
from derive.grade.notes.worlds import World
from derive.grade.notes.written import COUNTS, SET, WRITTEN
from derive.grade.writing.doubles import Either, apart
from derive.grade.writing.helpers import primed
from derive.grade.writing.naming import head_of
from derive.grade.writing.outside import Outside, refuse_outside, with_arguments, with_signs_summed
from derive.grade.writing.readings import at_points, bound_names, ends, flat, refuse_strange
from derive.grade.writing.totalled import totalled
from derive.grade.writing.turned import UNITS, has_unit, imaginary, turned, turning
from derive.grade.writing.waves import in_one_font
from derive.language.totals import Atoms, Counting, Lebesgue
from derive.read import latex_heads as heads
from derive.read.latex import expression
from derive.read.names import ReadError, Scope

WHOLE = re.compile(r"\\in\s*\\(?:mathbb|mathbf)\s*\{?\s*[NZ](?![A-Za-z])|=[^=]*\\[lc]?dots")
OPERATOR = re.compile(
    r"\\[dt]?frac\s*\{\s*(?P<d>d|\\partial|\\mathrm\s*\{d\}|\\mathrm\s+d)\s*(?:\^\s*(?:\d|\{\d\}))?[^{}]{0,40}\}\s*\{\s*(?P=d)\s*"
    r"(?P<name>(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\{[A-Za-z0-9]+\}|[A-Za-z0-9]))?)\s*(?:\^\s*(?:\d|\{\d\}))?\s*\}"
)  # d/dx, ∂²/∂θ²
STAR = r"\^\s*(?:\{\s*(?:\*|\\ast|\\star)\s*\}|\*|\\ast(?![A-Za-z])|\\star(?![A-Za-z]))"
DEEPEST = 6  # definitions within definitions


class TwoWays(Outside):
    """A letter may be a function or a factor; each can be tried."""


class Clash(Outside):
    """A name depends on what is bound around it: it must not be taken for one that does not."""


@dataclass(frozen=True)
class Reader:
    """How the sides of a job are read."""

    job: Job
    reading: str = ""  # how p(k + 1) is read, where p is a function and a number
    own: tuple[str, ...] = ()  # the sides of the step that is judged
    half: int = -1  # the side of 0 on which s lies that stands for it in E[e^{itX}]; 0 where t stays t
    ways: tuple[Way, ...] = ()  # how the parameters of the job's laws are meant; by the first way where nothing is said

    @property
    def moving(self) -> list[str]:
        """The names by which something in the job's formulas is differentiated: these are variables, whoever declares them."""
        return self.differentiated(self.texts)

    @property
    def varying(self) -> list[str]:
        """Those by which something in this step is differentiated: elsewhere they may have the value that the document gives them."""
        return self.differentiated(self.own) if self.own else self.moving

    def differentiated(self, texts: Sequence[str]) -> list[str]:
        texts = [*texts, *(m.value for m in self.job.meanings), *([] if self.own else [self.job.before])]
        heads_ = [head_of(match["name"]) for text in texts for match in OPERATOR.finditer(text)]
        return [head[0] for head in heads_ if head is not None]

    @property
    def texts(self) -> list[str]:
        return [side.text for chain in self.job.chains for side in chain.sides]

    @property
    def unit(self) -> bool:
        """Whether the imaginary unit stands in this step, or in a definition."""
        return imaginary(self.texts, {}) and any(map(has_unit, (*(self.own or self.texts), *(m.value for m in self.job.meanings))))

    @property
    def turning(self) -> str:
        """The argument of a characteristic function, in which s is put for it: no whole number, for which e^{2πin} is 1."""
        letter = turning(self.texts, {}) if self.half and self.unit else ""
        return "" if any(WHOLE.search(g.text) and head_of(WHOLE.split(g.text)[0]) == (letter, ()) for g in self.job.given) else letter

    @property
    def doubles(self) -> dict[str, frozenset[str]]:
        """The functions that are numbers elsewhere, with the names of their arguments: conditions say so, or d/dp does."""
        moving: dict[str, frozenset[str]] = {name: frozenset() for name in self.moving if name in self.job.functions}
        return {**moving, **self.job.doubles}

    def side(self, text: str, world: World, fill: bool) -> Expr:
        """A side in a world; with `fill` names are replaced by what the document says they are. Raises Outside."""
        found = self.raw(text, world)
        whole = self.filled(found, world, fill, 0)
        names = {s.name for s in found.free_symbols} | {f.func.__name__ for f in found.atoms(AppliedUndef)}
        used = [m for m in self.job.meanings if m.name in names]
        return self.told(used[0], lambda: self.plain(whole, world)) if whole != found and len(used) == 1 else self.plain(whole, world)

    def plain(self, found: Expr, world: World) -> Expr:
        """An expression that has been read, with totals in place of integrals and sums. Raises Outside."""
        refuse_strange(found)
        slopes = {node: Dummy() for node in found.atoms(Subs)}
        try:
            done = totalled(found.xreplace(slopes), Facts(), self.bar_names(found, world))
        except ReadError as error:
            raise Outside(error.message) from None
        done = done.xreplace({own: self.slope(node, world) for node, own in slopes.items()})
        if not isinstance(done, Expr) or done.atoms(AppliedUndef):
            raise Outside(
                f"{sorted(map(str, done.atoms(AppliedUndef)))[0]} stands for no formula" if done.atoms(AppliedUndef) else "it is no value"
            )
        return done

    def slope(self, node: Subs, world: World) -> Expr:
        """F'(c) with totals in F."""
        body = self.plain(node.expr.expr, world)
        return node.func(node.expr.func(body, *node.expr.variable_count), node.variables, node.point) if body.has(*node.variables) else S.Zero

    def bar_names(self, e: Expr, world: World) -> tuple[Symbol, ...]:
        """The variables that an evaluation bracket may mean: the one name in it, or the one over which the chain integrates."""
        bars = [bar for bar in e.atoms(heads.EvalBar) if len(bar.args) == 3]
        named = {s for bar in bars for s in bar.body.free_symbols}
        if len(named) > 1:
            over = self.integrated(world)
            named = {s for s in named if s.name in over}
        return tuple(named)

    def integrated(self, world: World) -> set[str]:
        """The names over which the sides of the job's chains integrate."""
        found: set[str] = set()
        for text in [self.job.before, *self.texts]:
            with suppress(Outside):
                found |= {str(limits[0]) for node in self.raw(text, world).atoms(Integral) for limits in node.limits}
        return found

    def raw(self, text: str, world: World) -> Expr:
        """A side as it stands; F'(c) is the derivative by a name of its own, at c. Raises Outside."""
        said, text = text, self.rewritten(text)
        refuse_outside(self.unstarred(text))
        try:
            slopes = {m.name: m.args[0] for m in self.job.meanings if len(m.args) == len(m.name) == 1}
            bare = [name for name in slopes if name in "ZAGMK" and name not in self.doubles and f"{name}(" not in text]
            found = expression(apart(primed(with_arguments(text, slopes, bare), slopes), self.doubles, self.reading), self.scope(world))
        except Either as error:
            raise TwoWays(str(error)) from None
        except ReadError as error:
            raise Outside(str(error) if text == said else error.message) from None  # the place is one of the document's text
        if not isinstance(found, Expr) or getattr(found, "is_Matrix", False):
            raise Outside("it is no value")
        found = at_points(self.under_laws(found, world), self.moving)
        return turned(found, world.symbol(self.turning), self.half, world.symbol(UNITS[self.half])) if self.turning else found

    def unstarred(self, text: str) -> str:
        """A text without the stars of names that the document gives a value, as the place x^* of a maximum: these are no vectors."""
        names = [m.name.removesuffix("star") for m in self.job.meanings if m.name.endswith("star")]
        return re.sub(rf"(?<![A-Za-z])({'|'.join(map(re.escape, names))})\s*{STAR}", r"\1", text) if names else text

    def rewritten(self, text: str) -> str:
        """A text with the means under known laws, and with sums over s = ±1, as the reader of LaTeX takes them."""
        text = in_one_font(text) if self.unit else text
        return with_signs_summed(with_laws(text, self.job.laws, {(m.name, *m.args) for m in self.job.meanings if m.args}))

    def under_laws(self, e: Expr, world: World, own: Mapping[str, Symbol] | None = None) -> Expr:
        """The expression with means and probabilities under a law as totals of its kernel; `own` are the arguments of a function in whose value
        it stands. Raises Outside."""
        values = {}
        for applied in (f for f in e.atoms(AppliedUndef) if f.func.__name__ in HEADS):
            law, way, arguments = self.law(int(applied.args[0]), world)
            if applied.func.__name__ in (ORDER, SUM):
                values[applied] = self.of_pair(applied, way, arguments, world)
                continue
            inner = [self.filled(self.under_laws(a, world, own), world, False, 0) for a in applied.args[1:]]
            bound = {**{s.name: s for s in e.atoms(Symbol)}, **(own or {})}  # under an integral over λ, the λ in the law of t given λ is that one
            arguments = [a.xreplace({s: bound.get(s.name, s) for s in a.free_symbols}) for a in arguments]
            values[applied] = value_of(applied.func.__name__, inner, law.key, way, arguments, bound.get(law.key, world.symbol(law.key)))
        return e.xreplace(values) if values else e

    def of_pair(self, applied: AppliedUndef, way: Way, arguments: list[Expr], world: World) -> Expr:
        """What two independent variables give together. Raises Outside."""
        _, other, more = self.law(int(applied.args[1]), world)
        at = self.filled(applied.args[2], world, False, 0) if applied.args[2:] else None
        return of_two(applied.func.__name__, lambda t: way.kernel(t, *arguments), lambda t: other.kernel(t, *more), at)

    def law(self, k: int, world: World) -> tuple[Declared, Way, list[Expr]]:
        """The k-th law, how it is meant, and its arguments. Raises Outside."""
        law = self.job.laws[k]
        way = self.ways[k] if k < len(self.ways) else next(iter(law.ways), None)
        if law.law == WRITTEN:
            if k >= len(self.ways):
                raise Outside(f"it is not established that the density of {law.name} here has the mass 1")
            return law, self.written(law, self.ways[k], world), []
        if way is None:
            raise Outside(f"a {law.law} law with {len(law.arguments)} parameters is not known")
        return law, way, [self.raw(a, world) for a in law.arguments]

    def written(self, law: Declared, way: Way, world: World) -> Way:
        """A density that the document writes down, on one of the supports that may be meant. Raises Outside."""
        _, whole, at, value, *_ = law.arguments
        numbers = way.roles[1].split(",") if way.roles[0] == SET else way.roles
        ends = [self.filled(self.raw(end, world), world, True, 0) for end in numbers]
        counts = whole or way.roles[1].endswith(COUNTS)
        measure = Atoms(*ends) if way.roles[0] == SET else (Counting if counts else Lebesgue)(*ends)
        meaning = Meaning("", (at.lstrip("\\"),), value, self.job.line, self.job.section, False)
        return Way((), lambda t, *_: (self.applied(meaning, [t], world, 0), measure))

    def scope(self, world: World, **more: Symbol) -> Scope:
        symbols = {**{name: world.symbol(name) for name in (*world.assumed, *self.moving, *self.doubles)}, **more}
        own = {m.name for m in self.job.meanings if m.args}
        if "beta" not in own and "beta" not in self.job.functions:
            symbols.setdefault("beta", world.symbol("beta"))  # before a list in brackets it is the beta function all the same
        for name in set("IJKY") - {*own, *self.job.functions}:
            symbols.setdefault(name, world.symbol(name))  # J(a + b): without an index it is no Bessel function
        known = {"Gamma", "B", "Beta", "zeta", "erf", "erfc"} | ({"psi", "Phi", "phi", "beta", "eta", "delta", "U", "M", "W", "gamma"} - own)
        bent = {m.name for m in self.job.meanings if m.name == "B" and len(m.args) == 1}  # and not the beta function
        return Scope(symbols, {name: Function(name) for name in {*self.job.functions, *bent, *HEADS} if name not in known - bent}, {}, strict=False)

    def filled(self, e: Expr, world: World, fill: bool, depth: int) -> Expr:
        """The expression with functions, and with `fill` also names, replaced by their definitions."""
        if depth > DEEPEST:
            raise Outside("its definitions go round in a circle")
        values: dict[Basic, Expr] = {}
        for m in self.job.meanings:
            if m.args:
                for applied in e.atoms(AppliedUndef):
                    if applied.func.__name__ == m.name and self.called(m, flat(applied)):
                        free = fill and not m.quantity and not bound_names(e) & {s.name for s in applied.free_symbols}
                        args = [self.filled(a, world, fill, depth + 1) for a in flat(applied)] if free else flat(applied)
                        values[applied] = self.told(m, partial(self.applied, m, args, world, depth))
            elif fill and m.name not in self.varying:  # d/dt says that t varies, whatever value it has elsewhere
                for s in (s for s in e.free_symbols if s.name == m.name):
                    values[s] = self.value(m, world, depth, fill)
        if not values:
            return e
        hidden = [d for d in e.atoms(Derivative) if not set(d.variables) & d.expr.free_symbols]
        if slopes := {d: d.func(d.expr.xreplace(values), *d.variable_count) for d in hidden
                      if set(values) & (d.expr.free_symbols | d.expr.atoms(AppliedUndef))}:  # fmt: skip
            return self.filled(e.xreplace(slopes), world, fill, depth + 1)  # dC/dx and d/dx log C, where C is a formula in x
        apart = {d: S.Zero for d in e.atoms(Derivative) if not set(values) & d.expr.free_symbols}  # p · d/dq Σ q^k with p = 1 − q
        clash = bound_names(e.xreplace(apart)) & {s.name for v in values.values() for s in v.free_symbols}
        own = {s.name for f in values if isinstance(f, AppliedUndef) for s in f.free_symbols}
        if clash - own:
            if not set(values) & ends(e, clash - own):
                raise Clash(f"a name in it depends on {sorted(clash - own)[0]}, over which it sums, integrates or differentiates")
            return e.xreplace({k: v for k, v in values.items() if not {s.name for s in v.free_symbols} & clash})
        return e.xreplace(values)

    def told(self, m: Meaning, read: Callable[[], Expr]) -> Expr:
        """What a definition says. Raises Outside, with the line of the definition, where it cannot be read."""
        try:
            return read()
        except Outside as error:
            if type(error) is not Outside or str(error).startswith("line "):
                raise
            raise Outside(f"line {m.line}, where {m.name} is defined: {error}") from None

    def called(self, m: Meaning, args: list[Expr]) -> bool:
        """Whether f(args) is by this definition: where one letter has several, as in p(z) and p(x | z), the names of its arguments say which."""
        others = any(other.name == m.name and other is not m for other in self.job.meanings)
        names = tuple(a.name.rstrip("°") if isinstance(a, Symbol) else "" for a in args)
        return len(args) == len(m.args) and (not others or names == m.args or not any(a.free_symbols for a in args))

    def value(self, m: Meaning, world: World, depth: int, fill: bool = True) -> Expr:
        found = self.filled(self.raw(m.value, world), world, fill, depth + 1)
        if any(s.name == m.name for s in found.free_symbols):
            raise Outside(f"{m.name} is defined by itself")
        return found

    def applied(self, m: Meaning, args: list[Expr], world: World, depth: int) -> Expr:
        """The value of a function at arguments."""
        own = {name: Symbol(f"{name}°", real=True) for name in m.args}
        text = self.rewritten(m.value)
        refuse_outside(self.unstarred(text))
        try:
            body = expression(apart(text, {name: args for name, args in self.doubles.items() if name not in own}), self.scope(world, **own))
        except ReadError as error:
            raise Outside(str(error)) from None
        body = self.filled(self.under_laws(body, world, own), world, True, depth + 1)
        if bound_names(body) & {s.name for a in args for s in a.free_symbols}:
            raise Outside(f"{m.name} binds a name that stands in its argument too")
        return body.xreplace(dict(zip(own.values(), args, strict=True)))
