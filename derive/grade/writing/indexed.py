r"""A letter with an index as a function of it: I_n as J(n) in a derivation, p_{k+1} as a function of k + 1 in a document."""

from __future__ import annotations

import re

INDEX = r"\s*_\s*(?:\{\s*(?P<long>[^{}]+?)\s*\}|(?P<short>[A-Za-z0-9]))(?!\s*\()"
PLAIN = re.compile(r"(?=.)\d{0,3}[a-z]?(?:\s*[-+]\s*\d{1,3})?", re.DOTALL)  # k, 0, 2n - 1


def pattern(letter: str) -> re.Pattern[str]:
    """The letter with an index, beside other letters too as in n I_{n−1}, and commands, so that none is cut in two."""
    own = rf"{re.escape(letter)}(?![A-Za-z])" if letter.startswith("\\") else rf"\\[A-Za-z]+|{letter}"
    return re.compile(rf"(?:{own}){INDEX}|\\[A-Za-z]+") if letter.startswith("\\") else re.compile(rf"{own}{INDEX}")


def indices_of(letter: str, text: str) -> list[str]:
    r"""The indices with which a letter stands in a text.

    >>> indices_of("I", r"I_n = n I_{n-1} + \In_2"), indices_of(r"\pi", r"\pi_k + \pi_{k+1}")
    (['n', 'n-1'], ['k', 'k+1'])
    """
    return [index for m in pattern(letter).finditer(text) if (index := m["long"] or m["short"])]


def plain(index: str, capital: str = "") -> bool:
    """Whether an index is a letter or a number, or one more or less; a capital only where it is the one that is known.

    >>> plain("n-1"), plain("N+1"), plain("N+1", "N")
    (True, False, True)
    """
    return PLAIN.fullmatch(index.replace(capital, capital.lower()) if capital else index) is not None


def at_indices(text: str, letter: str, head: str, capital: str = "") -> str:
    r"""The text with head(n) for the letter with the index n, where that is a letter or a number, or one more or less.

    >>> at_indices("p_{k+1}/p_k = p_0 p_{ij}", "p", "q")
    'q(k+1)/q(k) = q(0) p_{ij}'
    """

    def applied(match: re.Match[str]) -> str:
        index = match["long"] or match["short"] or ""
        return f"{head}({index})" if plain(index, capital) else match[0]

    return pattern(letter).sub(applied, text)
