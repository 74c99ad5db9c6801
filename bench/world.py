"""Libraries and questionnaires of any size: the demo's vendor with filler passages, and filler questions."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import numpy as np
from django.utils import timezone
from xlsxwriter import Workbook

from accounts.models import Organisation
from evidence.actions.encode import encode_library
from evidence.models import EvidenceRevision, Passage
from evidence.retrieval.encoder import DIMENSIONS, shared_encoder
from evidence.vectors import pack
from rfp.actions.demo import prepare
from rfp.mapping.examples import shipped_examples

SEED = 20261118
BATCH = 1_000


def vendor(folder: Path, passages: int) -> Organisation:
    """Return the demo's vendor with that many passages in all, every one encoded.

    The vectors of filler passages are random directions: comparing costs the same, and encoding is not what is timed.
    """
    organisation = prepare(folder, at=timezone.now()).vendor
    encode_library(organisation=organisation, encoder=shared_encoder())
    missing = passages - Passage.objects.of(organisation).count()
    chance = random.Random(SEED)
    words = sorted({word for example in shipped_examples() for word in example.text.lower().split()})
    directions = np.random.default_rng(SEED)
    revisions = list(EvidenceRevision.objects.filter(evidence__organisation=organisation).order_by("pk"))
    rows = []
    for number in range(max(missing, 0)):
        vector = directions.standard_normal(DIMENSIONS).astype(np.float32)
        rows.append(
            Passage(
                organisation=organisation,
                revision=revisions[number % len(revisions)],
                sequence=100 + number // len(revisions),
                page=10 + number // len(revisions) // 3,
                text=" ".join(chance.choices(words, k=70)).capitalize() + ".",
                embedding=pack(vector / np.linalg.norm(vector)),
            )
        )
    Passage.objects.bulk_create(rows, batch_size=BATCH)
    return organisation


def workbook(questions: int) -> bytes:
    """Return a questionnaire of that many different questions with a list, a comment and an evidence column."""
    examples = [example.text for example in shipped_examples()]
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Questionnaire")
    sheet.write_row(0, 0, ("No.", "Question", "Answer", "Comment", "Evidence"))
    for number in range(questions):
        text = examples[number % len(examples)]
        # Each round asks the same in other surroundings, so that no question is known from the round before.
        asked = text if number < len(examples) else f"For deployment region {number // len(examples)}: {text}"
        sheet.write_row(number + 1, 0, (number + 1, asked))
    sheet.data_validation(1, 2, questions, 2, {"validate": "list", "source": ["Yes", "No", "Partially", "N/A"]})
    book.close()
    return stream.getvalue()
