r"""What stands behind ≈, as in √(2π) s ≈ 2.507 s: digits are those of the value, rounded or cut off, and "= …" goes on from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flint import arb
from sympy import Basic, Expr, Rational

from derive.check.points import Point
from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG

APPROXIMATELY = re.compile(r"\\(?:approx|simeq|doteq)(?![A-Za-z])|≈")
NUMBER = re.compile(r"(?<![\w.])(?P<whole>\d+)(?:\.|\{,\})(?P<part>\d+)(?![\d.])")
RELATION = re.compile(r"=|<|>|\\(?:leq?|geq?|neq?|to|propto|sim)(?![A-Za-z])")
END = re.compile(r"<|>|(?<![\\{])[;,]|\\(?:leq?|geq?|neq?|to|propto|sim|q?quad|text|implies|Rightarrow)(?![A-Za-z])")
POWER_OF_TEN, TERMS = re.compile(r"10\s*\^\s*(?:\{[^{}]*\}|-?\d)"), re.compile(r"[-+−]|\\(?:pm|mp)(?![A-Za-z])")
OF_NUMBERS = re.compile(
    r"\\(?:sqrt|[dt]?frac|pi|ln|log|exp|Gamma|zeta|sin|cos|tan|arctan|left|right|cdot|times|binom|mathrm)(?![A-Za-z])|(?<![A-Za-z])e(?![A-Za-z])"
)
DECIMALS = re.compile(r"-?\s*\d*\.\d+")
BITS, PLACES = 120, 3
NEAR, FAR = Rational(1, 10), Rational(1, 2)  # of a number without digits behind the point, as 22/7: near enough, and too far
ALIKE, EQUAL = "≈", "="


def in_digits(formula: str) -> Iterator[tuple[str, str, str]]:
    r"""A value, what it is said to be near or equal to, and which of both, for all that stands behind ≈.

    >>> list(in_digits(r"Z = \sqrt{2\pi} s \approx 2.507 s = 2.6 s"))
    [('\\sqrt{2\\pi} s', '2.507 s', '≈'), ('2.507 s', '2.6 s', '=')]
    """
    pieces = APPROXIMATELY.split(formula)
    value = RELATION.split(pieces[0])[-1].strip()
    for piece in pieces[1:] if value else ():
        how = ALIKE
        for said in END.split(piece)[0].split("="):
            yield value, said.strip().rstrip(" ."), how
            value, how = said.strip(), EQUAL


def numbers_near(text: str) -> Iterator[tuple[str, str]]:
    r"""The numbers in a formula that stand before ≈, each with the digits behind it.

    >>> list(numbers_near(r"\sqrt{2\pi}\approx 2.507")), list(numbers_near(r"f(x)\approx 2.507"))
    ([('\\sqrt{2\\pi}', '2.507')], [])
    """
    for value, said, how in in_digits(text.replace("&", " ")):
        if how == ALIKE and DECIMALS.fullmatch(said) and not re.search(r"[A-Za-z]", OF_NUMBERS.sub("", value)) and re.search(r"\\|/|\d", value):
            yield value, said


def without_digits(formula: str) -> str:
    r"""A formula without ≈ and what follows from there: what else it says stays.

    >>> without_digits(r"Z = \ln 2\approx 0.69 = 0.7, Z > 0"), without_digits(r"Z\approx 0.69 = \ln 2")
    ('Z = \\ln 2, Z > 0', 'Z\\approx 0.69 = \\ln 2')
    """
    first, *more = APPROXIMATELY.split(formula)
    if "=" not in first:
        return formula
    tails = [piece[end.start() :] if (end := END.search(piece)) else "" for piece in more]
    return first.rstrip() + "".join(tails) if more else first


def judged_digits(value: Basic, said: Basic, how: str, digits: str, ground: Ground) -> tuple[str, str]:
    """The verdict on a ≈ b or, behind it, a = b, with a sentence; `digits` is how b is written."""
    if not isinstance(value, Expr) or not isinstance(said, Expr) or value.free_symbols != said.free_symbols:
        return UNDECIDED, "what stands behind ≈ does not speak of the same letters as what stands before it"
    points = ground.points(value.free_symbols)[:PLACES]
    places = [place for point in points if (place := Place.at(value, said, point)) is not None]
    if not places:
        return UNDECIDED, "how near both sides of ≈ are could not be established"
    if how == EQUAL and all(place.apart.contains(0) for place in places):
        return CORRECT, ""
    number = written_number(digits)
    if number is None:
        return loosely(places, how, bool(value.free_symbols))
    least, most = (put_for(number.value, number.value + step, said, digits) for step in (-number.unit / 2, number.unit))
    if not least or not most:
        return UNDECIDED, "how near both sides of ≈ are could not be established"
    drawn = [(point, place) for point in points if (place := Place.at(value, said, point)) is not None]
    found = [(agreed([between(value, a, b, point) for a, b in zip(least, most, strict=True)]), place) for point, place in drawn]
    far = next((place for within, place in found if within is False), None)
    if far is None and not all(within for within, _ in found):
        return UNDECIDED, "how near both sides of ≈ are could not be established"
    if far is not None and "{,}" in digits:
        return UNDECIDED, "a comma may stand before decimals or between thousands"
    return (CORRECT, "") if far is None else (WRONG, f"The digits are not those of the value: {far.told}.")


def loosely(places: list[Place], how: str, moves: bool) -> tuple[str, str]:
    """The verdict where no digits say how near is meant."""
    if how == EQUAL and all(place.apart > ball(NEAR) for place in places) or not moves and places[0].apart > ball(FAR):
        return WRONG, f"Both sides are not near each other: {places[0].told}."
    if how == ALIKE and not moves and places[0].apart < ball(NEAR):
        return CORRECT, ""
    return UNDECIDED, "how near both sides of ≈ should be is not said"


@dataclass(frozen=True)
class Written:
    """A number with digits behind the point, and one unit of its last place."""

    value: Rational
    unit: Rational


def written_number(digits: str) -> Written | None:
    """The number in what is written; nothing where none or several numbers have digits behind the point, or it is 0.

    >>> written_number("2.507 s"), written_number("22/7")
    (Written(value=2507/1000, unit=1/1000), None)
    """
    numbers = [(int(n["whole"] + n["part"]), len(n["part"])) for n in NUMBER.finditer(digits)]
    if len(numbers) != 1 or not numbers[0][0]:
        return None
    (whole, places), *_ = numbers
    return Written(Rational(whole, 10**places), Rational(1, 10**places))


def put_for(number: Rational, other: Rational, said: Expr, digits: str) -> list[Expr]:
    """What is said with another number in the place of the one that is written; where 1.4 s/3 has become 7 s/15, as a factor and as a divisor."""
    ways = (said.xreplace({sign * number: sign * other}) for sign in (1, -1))
    if (shown := next((one for one in ways if one != said), None)) is not None:
        return [shown]
    return [said * other / number, said * number / other] if not TERMS.search(POWER_OF_TEN.sub(" ", digits).lstrip(" -")) else []


def agreed(verdicts: list[bool | None]) -> bool | None:
    """What all ways of reading say."""
    return verdicts[0] if len(set(verdicts)) == 1 else None


def between(value: Expr, one: Expr, other: Expr, point: Point) -> bool | None:
    """Whether a value lies between two others at a point, or is one of them; None where that is too close to say."""
    if value in (one, other):
        return True
    try:
        at, ends = ball_of(value, point, BITS), (ball_of(one, point, BITS), ball_of(other, point, BITS))
    except Unknown:
        return None
    low, high = ends if ends[0] < ends[1] else ends[::-1]
    if low <= at <= high:
        return True
    return False if at < low or at > high else None


@dataclass(frozen=True)
class Place:
    """Both sides at a point."""

    one: arb
    other: arb

    @classmethod
    def at(cls, value: Expr, said: Expr, point: Point) -> Place | None:
        """The sides there; nothing where one of them has no value that could be enclosed."""
        try:
            place = cls(ball_of(value, point, BITS), ball_of(said, point, BITS))
        except Unknown:
            return None
        return place if place.apart.is_finite() else None

    @property
    def apart(self) -> arb:
        """|a − b|/|b|"""
        return abs(self.one - self.other) / abs(self.other)

    @property
    def told(self) -> str:
        return f"it is {self.one.str(6, radius=False)}, where {self.other.str(6, radius=False)} is said"


def ball(number: Rational) -> arb:
    return arb(int(number.p)) / int(number.q)
