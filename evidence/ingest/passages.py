"""Cut a document into passages, and find the sentence of it that says something."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evidence.ingest.types import Document
from evidence.retrieval.text import stem, tokens

SHORT, USUAL, LONG = 40, 80, 120  # words of a passage
QUOTE = 60  # words a quote may have when its sentence is added around it
FLOOR = 0.5  # share of a claim's rare words that a sentence must hold
_LINE_IS_FULL = 0.75  # of the longest line: a shorter one ends its paragraph
_SENTENCE_END = re.compile(r"(?<=[.!?。])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9À-Þ\u4e00-\u9fff])")
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
    wanted, _ = _fold(text)
    if not wanted:
        return None
    for number, page in enumerate(document.pages, start=1):
        folded, places = _fold(page)
        at = _find_words(folded, wanted)
        if at >= 0:
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
    for piece in _SENTENCE_END.split(block):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return found


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text for comparison, and for each character of it the place it comes from."""
    folded: list[str] = []
    places: list[int] = []
    blank = True
    for place, character in enumerate(text):
        if character == "\u00ad":
            continue
        plain = unicodedata.normalize("NFKC", character).translate(_FOLDS).casefold()
        for letter in plain:
            if not letter.isspace():
                folded.append(letter)
                places.append(place)
                blank = False
            elif not blank:
                folded.append(" ")
                places.append(place)
                blank = True
    if folded and folded[-1] == " ":
        folded.pop()
        places.pop()
    return "".join(folded), places


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
    folded, _ = _fold(exact)
    for sentence in sentences(page):
        if _length(sentence) <= QUOTE and _find_words(_fold(sentence)[0], folded) >= 0:
            return sentence
    return exact


def _closest(document: Document, text: str) -> tuple[int, str] | None:
    stored = [(n, sentence) for n, page in enumerate(document.pages, start=1) for sentence in sentences(page)]
    stems = [frozenset(map(stem, tokens(sentence))) for _, sentence in stored]
    claimed = frozenset(map(stem, tokens(text)))
    if not stored or not claimed:
        return None
    spread = Counter(word for words in stems for word in words & claimed)
    weights = {word: math.log(1 + len(stored) / (1 + spread[word])) for word in claimed}
    scores = [_share(words & claimed, weights) for words in stems]
    best = max(range(len(stored)), key=lambda number: (scores[number], -number))
    if scores[best] < FLOOR or len(stems[best] & claimed) < min(2, len(claimed)):
        return None
    page, sentence = stored[best]
    words = sentence.split()
    return page, " ".join(words[:QUOTE])


def _share(words: frozenset[str], weights: dict[str, float]) -> float:
    # Summed in one order: the last bits of a sum depend on it, and ties must not.
    return math.fsum(weights[word] for word in sorted(words)) / math.fsum(sorted(weights.values()))
