"""Cut a document into passages, and find the sentence of it that says something."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evidence.ingest.types import Document
from evidence.retrieval.text import stem, tokens

SHORT, USUAL, LONG = 40, 80, 120  # words of a passage
QUOTE = 60  # words a quote may have when its sentence is added around it
FLOOR = 0.5  # share of a claim's rare words that a sentence must hold
_LINE_IS_FULL = 0.75  # of the longest line: a shorter one ends its paragraph
_SENTENCE_END = re.compile(r"[.!?。][\"'”’)\]]*(\s+)(?=[\"'“‘(]?[A-Z0-9À-Þ\u4e00-\u9fff])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[Nn]os?|[Nn]r|[Aa]rt|[Ss]ec|Fig|Dr|Mr|Ms|Mrs|Prof|St|vs|cf|approx|e\.g|i\.e|Inc|Ltd|Co)\.$"
)
_ITEM = re.compile(r"^(?:[•●▪‣◦*–-]\s|\(?[a-z0-9]{1,3}[.)]\s|\d+(?:\.\d+)+\s)", re.I)
_FOLDS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"})


class PassageText(NamedTuple):
    page: int  # from 1
    text: str


def passages(document: Document) -> tuple[PassageText, ...]:
    """Return the document in stretches of about SHORT to LONG words, a sentence a line, never over a page."""
    return tuple(
        PassageText(number, text) for number, page in enumerate(document.pages, start=1) for text in _packed(page)
    )


def find_quote(document: Document, text: str) -> tuple[int, str] | None:
    """Return the page and the sentence that say TEXT: word for word, else sharing most of its rare words.

    Line breaks, ligatures, dashes and letter case do not count. None if no sentence holds enough of it.
    """
    wanted = _folded(text)
    if not wanted:
        return None
    for number, page in enumerate(document.pages, start=1):
        at = _find_words(_folded(page), wanted)
        if at >= 0:
            places = _places(page)
            return number, _around(page, places[at], places[at + len(wanted) - 1] + 1)
    return _closest(document, text)


def sentences(page: str) -> tuple[str, ...]:
    """Return the sentences of a page, and what stands alone: headings, list items, rows of a table."""
    return tuple(sentence for block in _blocks(page) for sentence in _sentences(block))


def _packed(page: str) -> list[str]:
    """Join sentences to passages of about the same length, so that no page leaves a crumb behind."""
    pieces = [part for sentence in sentences(page) for part in _parts(sentence)]
    total = sum(map(_length, pieces))
    usual = total / max(1, round(total / USUAL))
    packed: list[list[str]] = []
    size = 0
    for piece in pieces:
        length = _length(piece)
        if not packed or size + length > LONG or (size >= SHORT and size + length / 2 >= usual):
            packed.append([])
            size = 0
        packed[-1].append(piece)
        size += length
    if len(packed) > 1 and sum(map(_length, packed[-1])) < SHORT:
        _level(packed[-2], packed[-1])
    # Line by line: a heading or a row of a table must not run into the sentence after it.
    return ["\n".join(held) for held in packed]


def _level(earlier: list[str], latest: list[str]) -> None:
    """Move sentences from the end of a passage to the short one after it while that leaves the earlier one longer."""
    while len(earlier) > 1:
        sizes = sum(map(_length, earlier)), sum(map(_length, latest))
        moved = _length(earlier[-1])
        if sizes[1] >= SHORT or sizes[0] - moved < sizes[1] + moved:
            return
        latest.insert(0, earlier.pop())


def _parts(sentence: str) -> Iterator[str]:
    words = sentence.split()
    for start in range(0, len(words), LONG):
        yield " ".join(words[start : start + LONG])


def _length(text: str) -> int:
    return len(text.split())


def _blocks(page: str) -> list[str]:
    """Join the lines of a paragraph: a page stores lines, and only their shape tells where a paragraph ends."""
    lines = [" ".join(line.split()) for line in page.split("\n")]
    longest = max(map(len, lines), default=0)
    blocks: list[str] = []
    joined = False
    for line in lines:
        if not line:
            joined = False
        elif joined and not _ITEM.match(line):
            blocks[-1] += line if blocks[-1].endswith("\u00ad") else f" {line}"
        else:
            blocks.append(line)
        if line:
            joined = len(line) >= longest * _LINE_IS_FULL and not line.endswith((".", "!", "?", ":"))
    return [block.replace("\u00ad ", "").replace("\u00ad", "") for block in blocks]


def _sentences(block: str) -> list[str]:
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(block):
        piece = block[start : end.start(1)]
        if not _ABBREVIATED.search(piece):
            found.append(piece)
            start = end.end()
    return [*found, block[start:]] if block[start:] else found


@lru_cache(maxsize=2_048)
def _folded(text: str) -> str:
    """Return the text for comparison: letter case, ligatures, kinds of dash and quote, and line breaks do not count."""
    return " ".join(_letters(text).split())


def _letters(text: str) -> str:
    # Decomposed, a text is as long as its characters one by one, which places rely on.
    return unicodedata.normalize("NFKD", text.replace("\u00ad", "")).translate(_FOLDS).casefold()


def _places(text: str) -> list[int]:
    """Return for each character of the folded text where in TEXT it comes from."""
    places: list[int] = []
    blank = True
    for place, character in enumerate(text):
        for letter in _letters(character):
            if not letter.isspace() or not blank:
                places.append(place)
            blank = letter.isspace()
    return places


def _find_words(folded: str, wanted: str) -> int:
    """Return where WANTED stands as whole words, -1 if nowhere: "12" is not in "2012"."""
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = folded[at - 1 : at], folded[end : end + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return at
        at = folded.find(wanted, at + 1)
    return -1


def _around(page: str, start: int, end: int) -> str:
    """Return the sentence around a stretch of the page; the stretch alone if that would be long."""
    exact = " ".join(page[start:end].split())
    folded = _folded(exact)
    for sentence in sentences(page):
        if _length(sentence) <= QUOTE and _find_words(_folded(sentence), folded) >= 0:
            return sentence
    return exact


@lru_cache(maxsize=8)
def _words(document: Document) -> tuple[tuple[int, str, frozenset[str]], ...]:
    """Return every sentence with its page and the stems of its words."""
    return tuple(
        (number, sentence, frozenset(map(stem, tokens(sentence))))
        for number, page in enumerate(document.pages, start=1)
        for sentence in sentences(page)
    )


def _closest(document: Document, text: str) -> tuple[int, str] | None:
    stored = _words(document)
    claimed = frozenset(map(stem, tokens(text)))
    if not stored or not claimed:
        return None
    spread = Counter(word for _, _, words in stored for word in words & claimed)
    weights = {word: math.log(1 + len(stored) / (1 + spread[word])) for word in claimed}
    scores = [_share(words & claimed, weights) for _, _, words in stored]
    best = max(range(len(stored)), key=lambda number: (scores[number], -number))
    page, sentence, words = stored[best]
    if scores[best] < FLOOR or len(words & claimed) < min(2, len(claimed)):
        return None
    return page, " ".join(sentence.split()[:QUOTE])


def _share(words: frozenset[str], weights: dict[str, float]) -> float:
    # Summed in one order: the last bits of a sum depend on it, and ties must not.
    return math.fsum(weights[word] for word in sorted(words)) / math.fsum(sorted(weights.values()))
