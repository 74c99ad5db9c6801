"""The comparison of the filled file with the original, in words a buyer can check."""

from __future__ import annotations

from rfp.reporting.words import count
from rfp.workbook.model import Fidelity


def in_words(fidelity: Fidelity) -> str:
    if not fidelity.lossless:
        return "The format cannot be filled without loss: a clean workbook with the questions and answers was made."
    same = f"{fidelity.parts_identical} of {count(fidelity.parts, 'part')} byte for byte as they came"
    written = f"{count(fidelity.cells_written, 'cell')} written"
    said = f"{same}; {written}; no other cell changed."
    besides = "; ".join(effect.rstrip(".") for effect in fidelity.side_effects)
    return f"{said} Besides: {besides}." if besides else said
