"""A model that was trained on nothing, where only its catalogue matters."""

from __future__ import annotations

import numpy as np

from rfp.mapping.calibration import Calibration
from rfp.mapping.heads import Head
from rfp.mapping.model import Catalogue, Model


def model_of(catalogue: Catalogue) -> Model:
    """Return a model of CATALOGUE that knows nothing."""
    nothing = np.zeros((0, 0), np.float32)
    head, calibration = Head(nothing, nothing), Calibration(nothing, nothing, nothing)
    return Model(
        catalogue=catalogue,
        topic=head,
        manner=head,
        polarity=head,
        category_calibration=calibration,
        requirement_calibration=calibration,
        type_calibration=calibration,
        polarity_calibration=calibration,
        reading_calibration=calibration,
    )
