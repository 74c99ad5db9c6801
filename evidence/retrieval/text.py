"""Words, stems and letter groups of a question."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

WORDS_KEPT = 50_000  # whose stem and letter groups are remembered; texts of strangers may hold any number of words

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "‑": "-"})
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*")
_VOWEL = re.compile(r"[aeiouy]")

# Longest first; what is left must keep a vowel and three letters.
_ENDINGS = (
    ("ational", "ate"),
    ("ization", "ize"),
    ("isation", "ize"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ations", "ate"),
    ("ities", "ity"),
    ("ation", "ate"),
    ("ments", "ment"),
    ("ising", "ize"),
    ("izing", "ize"),
    ("ised", "ize"),
    ("ized", "ize"),
    ("ises", "ize"),
    ("izes", "ize"),
    ("ise", "ize"),
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ings", ""),
    ("ions", "e"),
    ("ing", ""),
    ("ion", "e"),
    ("ed", ""),
    ("es", "e"),
    ("ly", ""),
    ("s", ""),
)


def normalise(text: str) -> str:
    """Return TEXT in lower case with plain quotes, dashes and single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).lower().split())


def tokens(text: str) -> list[str]:
    """Return the words and numbers of TEXT in order: "SOC2" gives soc and 2."""
    return _TOKEN.findall(normalise(text))


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """Cut the commonest English endings, so that tests, tested and testing meet."""
    if len(word) < 4 or not word[0].isalpha():
        return word
    word = word.removesuffix("'s")
    for ending, replacement in _ENDINGS:
        if not word.endswith(ending):
            continue
        base = word[: -len(ending)]
        if len(base) < 3 or not _VOWEL.search(base) or (ending == "s" and word[-2] in "aisu"):
            continue
        word = base + replacement
        break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def word_terms(text: str) -> list[str]:
    """Return the stems of TEXT and each pair of neighbours."""
    stems = [stem(token) for token in tokens(text)]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]


def char_terms(text: str) -> list[str]:
    """Return the groups of three to five characters within each word, its edges marked by blanks."""
    return [group for token in tokens(text) for group in _groups(token)]


@lru_cache(maxsize=WORDS_KEPT)
def _groups(token: str) -> tuple[str, ...]:
    padded = f" {token} "
    return tuple(padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1))
