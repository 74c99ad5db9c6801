"""The network that reads what a yes would say: which words decide, and that it repeats itself."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from evidence.retrieval.encoder import VectorCache
from rfp.mapping.examples import shipped_examples
from rfp.mapping.lexicon import DATA
from rfp.mapping.model import POLARITIES
from rfp.mapping.reader import SUMS, PolarityReader, shared_reader
from rfp.mapping.types import Polarity


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        # A hazard is the object of a good act, and a good thing of a bad one.
        ("Has an outsider evaluated attempts to bypass the filters?", Polarity.DIRECT),
        ("Do you put off the evaluation by an outsider?", Polarity.INVERTED),
        ("Do you live with unfair outcomes?", Polarity.INVERTED),
        ("Do you refuse to ship unless the red team is done?", Polarity.DIRECT),
        ("Would you object to an inspection by our auditors?", Polarity.INVERTED),
        ("Is it correct that the supplier has not tested the model for bias?", Polarity.INVERTED),
        ("Is the bias test repeated for every release, no exceptions?", Polarity.DIRECT),
        ("Is the model hosted in a public cloud?", Polarity.NEUTRAL),
    ],
)
def test_the_main_verb_decides(text: str, polarity: Polarity) -> None:
    (reading,) = shared_reader().read([text])
    assert POLARITIES[int(reading.argmax())] is polarity


def test_a_reading_is_a_logarithm_of_probabilities_and_does_not_hang_on_its_neighbours() -> None:
    reader = PolarityReader()
    alone = reader.read(["Is the plan rehearsed?"])
    assert np.exp(alone).sum() == pytest.approx(1, abs=1e-5)
    together = reader.read(["Who signed it, and when was that?", "Is the plan rehearsed?", "Any gaps?"])
    assert together[1].tobytes() == alone[0].tobytes()


def test_what_is_cached_is_not_read_again() -> None:
    cache: VectorCache = {}
    reader = PolarityReader()
    first = reader.read(["Any gaps?"], cache=cache)
    (key,) = cache
    assert np.array_equal(cache[key], first[0])
    cache[key] = np.zeros(3, np.float32)
    assert not reader.read(["Any gaps?"], cache=cache).any()


def test_nothing_read_is_nothing() -> None:
    assert shared_reader().read([]).shape == shared_reader().read_unseen([]).shape == (0, 3)


def test_examples_are_read_by_a_network_that_had_not_seen_them() -> None:
    """So the readings are worse than of the network that learnt them, and no other question is touched."""
    reader = shared_reader()
    examples = [example for example in shipped_examples() if example.polarity][::20]
    wanted = np.array([POLARITIES.index(example.polarity) for example in examples if example.polarity])
    texts = [example.text for example in examples]
    learnt = float((reader.read(texts).argmax(1) == wanted).mean())
    unseen = float((reader.read_unseen(texts).argmax(1) == wanted).mean())
    assert unseen < learnt
    assert unseen > 0.7
    assert np.array_equal(reader.read_unseen([texts[0].upper()]), reader.read_unseen([texts[0]]))
    new = ["Do you water the plants in the lobby?"]
    assert np.array_equal(reader.read_unseen(new), reader.read(new))


def test_only_examples_with_a_polarity_are_read() -> None:
    examples = shipped_examples()[:40]
    readings = shared_reader().of_examples(examples)
    assert [bool(row.any()) for row in readings] == [example.polarity is not None for example in examples]


def test_the_files_are_those_that_were_built() -> None:
    for line in (DATA / SUMS).read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest
