"""The trained mapping as files: ``data/model.npz`` (numbers) and ``data/model.json`` (names, thresholds, figures)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder
from rfp.mapping.calibration import Calibration
from rfp.mapping.controls import ControlIndex
from rfp.mapping.features import FeatureSpace
from rfp.mapping.heads import Head
from rfp.mapping.lexicon import DATA
from rfp.mapping.model import Catalogue, Model
from rfp.mapping.reader import SUMS

NUMBERS, NAMES = "model.npz", "model.json"
_HEADS = ("topic", "manner", "polarity")
_CALIBRATIONS = ("category", "requirement", "type", "polarity", "reading")
# A change of any of these changes what is proposed, so all are in the version.
_VERSIONED = (NUMBERS, SUMS, "concepts.yaml", "cues.yaml", "valence.yaml", "rules.yaml", "premises.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The confidence from which a proposal may stand by itself: at most two in a hundred above it were wrong."""

    category: float
    decisive: float
    polarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Everything that fitting leaves behind. ``labels`` are, per example, its category and requirements."""

    space: FeatureSpace
    model: Model
    controls: ControlIndex
    titles: Mapping[str, str]
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    telling: Mapping[str, tuple[str, ...]]  # requirement or category -> the concepts that speak for it
    line: Line
    figures: Mapping[str, float]
    version: str = ""


def save(trained: Trained, folder: Path = DATA) -> None:
    """Write TRAINED to FOLDER; the same training data give the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = dict(trained.space.arrays())
    for name in _HEADS:
        head: Head = getattr(trained.model, name)
        arrays[f"{name}_head"] = head.weights.astype(np.float16)
        arrays[f"{name}_mean"] = head.mean
    for name in _CALIBRATIONS:
        calibration: Calibration = getattr(trained.model, f"{name}_calibration")
        arrays[f"{name}_center"], arrays[f"{name}_scale"] = calibration.center, calibration.weights
        arrays[f"{name}_bias"] = calibration.bias
    arrays["controls"] = trained.controls.vectors.astype(np.float16)
    with (folder / NUMBERS).open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    names = {
        "catalogue": dict(zip(trained.model.catalogue.refs, trained.model.catalogue.category, strict=True)),
        "titles": dict(trained.titles),
        "line": {
            "category": trained.line.category,
            "decisive": trained.line.decisive,
            "polarity": trained.line.polarity,
        },
        "figures": dict(trained.figures),
        "telling": trained.telling,
        "controls": trained.controls.items,
        "crosswalk": trained.controls.crosswalk,
        "labels": trained.labels,
    }
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in names.items())
    (folder / NAMES).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def load(encoder: Encoder, folder: Path = DATA) -> Trained:
    """Return what :func:`save` wrote to FOLDER."""
    names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    with np.load(folder / NUMBERS, allow_pickle=False) as file:
        stored = {name: file[name] for name in file.files}
    heads = {name: Head(stored[f"{name}_head"].astype(np.float32), stored[f"{name}_mean"]) for name in _HEADS}
    calibrations = {
        name: Calibration(stored[f"{name}_center"], stored[f"{name}_scale"], stored[f"{name}_bias"])
        for name in _CALIBRATIONS
    }
    catalogue = Catalogue(refs=tuple(names["catalogue"]), category=tuple(names["catalogue"].values()))
    digest = hashlib.sha256()
    for name in _VERSIONED:
        digest.update((folder / name).read_bytes())
    return Trained(
        space=FeatureSpace.restore(stored, encoder),
        model=Model(
            catalogue=catalogue,
            topic=heads["topic"],
            manner=heads["manner"],
            polarity=heads["polarity"],
            category_calibration=calibrations["category"],
            requirement_calibration=calibrations["requirement"],
            type_calibration=calibrations["type"],
            polarity_calibration=calibrations["polarity"],
            reading_calibration=calibrations["reading"],
        ),
        controls=ControlIndex(
            items=tuple((framework, ref) for framework, ref in names["controls"]),
            vectors=stored["controls"].astype(np.float32),
            crosswalk={
                ref: tuple((item, relation, confidence) for item, relation, confidence in rows)
                for ref, rows in names["crosswalk"].items()
            },
        ),
        titles=names["titles"],
        labels=tuple((category, tuple(refs)) for category, refs in names["labels"]),
        telling={name: tuple(found) for name, found in names["telling"].items()},
        line=Line(**names["line"]),
        figures=names["figures"],
        version=digest.hexdigest()[:12],
    )
