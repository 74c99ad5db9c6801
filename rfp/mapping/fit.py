"""Train the mapping from the shipped examples and catalogue: ``python -m rfp.mapping.fit``. Runs repeat exactly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder, shared_encoder
from rfp.mapping.calibration import expected_calibration_error
from rfp.mapping.controls import ControlIndex
from rfp.mapping.examples import CATEGORIES, Example, shipped_examples
from rfp.mapping.features import FeatureSpace
from rfp.mapping.lexicon import DATA, concepts
from rfp.mapping.line import Judged, draw_line
from rfp.mapping.model import POLARITIES, TYPES, Catalogue, Fitted, fit_model
from rfp.mapping.reader import PolarityReader, shared_reader
from rfp.mapping.store import Trained, save

CATALOGUE = Path(__file__).parents[2] / "evidence" / "catalogs" / "data"

Description = tuple[str, str, str]  # text, category, requirement or ""


def train(
    examples: Sequence[Example], encoder: Encoder, reader: PolarityReader, *, catalogue: Path = CATALOGUE
) -> Trained:
    """Return the mapping trained on EXAMPLES, the requirements of CATALOGUE and the descriptions of the categories."""
    requirements = _read(catalogue / "requirements.yaml")["requirements"]
    refs = Catalogue.of({entry["id"]: entry["question_category"] for entry in requirements})
    told = descriptions(requirements)
    space = FeatureSpace.build([example.text for example in examples] + [text for text, _, _ in told], encoder)
    likeness = space.compare(space.examples)
    fitted = fit_model(
        examples,
        [(category, ref) for _, category, ref in told],
        catalogue=refs,
        likeness=likeness,
        readings=reader.of_examples(examples),
    )
    judged = Judged(fitted, examples, related_requirements(requirements))
    line = draw_line(judged)
    labels = [(example.category, example.requirements) for example in examples]
    labels += [(category, (ref,) if ref else ()) for _, category, ref in told]
    return Trained(
        space=space,
        model=fitted.model,
        controls=build_controls(catalogue, encoder),
        titles={entry["id"]: entry["title"] for entry in requirements},
        labels=tuple(labels),
        telling=telling_concepts(examples, space.examples.concepts[: len(examples)]),
        line=line,
        figures=measure(fitted, examples) | judged.figures(line),
    )


def descriptions(requirements: Sequence[Mapping[str, Any]]) -> list[Description]:
    """Return the short texts that say what each requirement and category is about."""
    told = [
        (entry[field], entry["question_category"], entry["id"])
        for entry in requirements
        for field in ("title", "statement")
    ]
    seeds = _read(DATA / "category_seeds.json")["seeds"]
    return told + [(text, category, "") for category in CATEGORIES for text in seeds[category]]


def build_controls(catalogue: Path, encoder: Encoder) -> ControlIndex:
    """Return the items of all frameworks in force, with the crosswalk to them."""
    items: list[tuple[str, str]] = []
    texts: list[str] = []
    for path in sorted((catalogue / "frameworks").glob("*.yaml")):
        content = _read(path)
        for item in content["items"]:
            items.append((content["framework"]["id"], str(item["id"])))
            texts.append(f"{item['title']}. {item['text']}" if item.get("text") else item["title"])
    place = {item: number for number, item in enumerate(items)}
    crosswalk = {
        row["requirement"]: tuple(
            (place[mapping["framework"], str(mapping["ref"])], mapping["relation"], mapping["confidence"])
            for mapping in row["mappings"]
        )
        for row in _read(catalogue / "crosswalk.yaml")["mappings"]
    }
    return ControlIndex(items=tuple(items), vectors=encoder.encode(texts), crosswalk=crosswalk)


def telling_concepts(examples: Sequence[Example], flags: NDArray[np.float32]) -> dict[str, tuple[str, ...]]:
    """Return for each requirement and category the labelled concepts far commoner in its questions than elsewhere."""
    lexicon = concepts()
    names = list(lexicon.patterns)
    overall = flags.mean(0) + 0.01
    members: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        for name in (example.category, *example.requirements[:1]):
            members.setdefault(name, []).append(row)
    found: dict[str, tuple[str, ...]] = {}
    for name, rows in sorted(members.items()):
        lift = flags[rows].mean(0) / overall
        order = np.argsort(-lift, kind="stable")
        found[name] = tuple(names[at] for at in order if lift[at] >= 2 and names[at] in lexicon.labels)[:10]
    return found


def related_requirements(requirements: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return for each requirement those it is derived from, and those derived from it."""
    related: dict[str, set[str]] = {}
    for entry in requirements:
        for source in entry.get("derived_from") or ():
            related.setdefault(entry["id"], set()).add(source)
            related.setdefault(source, set()).add(entry["id"])
    return related


def measure(fitted: Fitted, examples: Sequence[Example]) -> dict[str, float]:
    """Return the accuracy of the heads on held-out questions."""
    asked = [examples[row] for row in fitted.rows]
    right = np.array([_category(row) in e.categories for row, e in zip(fitted.held_out.categories, asked, strict=True)])
    refs = fitted.model.catalogue.refs
    hits = [
        any(refs[at] in e.requirements for at in np.argsort(-row, kind="stable")[:3])
        for row, e in zip(fitted.held_out.requirements, asked, strict=True)
        if e.requirements
    ]
    return {
        "examples": len(asked),
        "category_accuracy": _share(right),
        "hit_at_3": _share(hits),
        "answer_type_accuracy": _agreement(
            fitted.held_out.types, fitted.typed, TYPES, lambda r: examples[r].answer_type
        ),
        "polarity_accuracy": _agreement(
            fitted.held_out.polarities, fitted.polar, POLARITIES, lambda r: examples[r].polarity
        ),
        "ece": round(expected_calibration_error(fitted.held_out.categories.max(1).astype(float), right), 4),
    }


def _agreement(
    scores: NDArray[np.float32], rows: NDArray[np.intp], classes: Sequence[str], label: Callable[[int], str | None]
) -> float:
    return _share([classes[row.argmax()] == label(int(at)) for row, at in zip(scores, rows, strict=True)])


def _category(row: NDArray[np.float32]) -> str:
    return CATEGORIES[int(row.argmax())]


def _share(right: Sequence[bool] | NDArray[np.bool_]) -> float:
    return round(float(np.mean(right)), 4) if len(right) else 0.0


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def main() -> None:
    trained = train(shipped_examples(), shared_encoder(), shared_reader())
    save(trained)
    sys.stdout.write(f"{dict(trained.figures)}\n{trained.line}\n")


if __name__ == "__main__":
    main()
