"""The sentence that is quoted says something, and stands on the page that is named."""

import numpy as np

from evidence.proofs import Shelf
from rfp.answering.quotes import Quoter, sentence_for

HEAD = "Risk report 2026 | Fold AB Confidential {}"


def shelf() -> Shelf:
    texts = (
        f"{HEAD.format(1)}\nRisk assessment\nYours faithfully, the risk team of Fold.",
        f"{HEAD.format(2)}\nReview\nReview trigger: annual, and any material change. Minutes are kept by the board.",
        f"{HEAD.format(3)}\nTreatment\nEach risk has an owner and a due date in the treatment plan.",
    )
    return Shelf(pages=(1, 2, 3), texts=texts, vectors=np.eye(3, 4, dtype=np.float16))


def test_headings_running_heads_and_greetings_are_never_quoted() -> None:
    vector = np.array([0.9, 0.3, 0.3, 0.0], np.float32)
    quote = Quoter({7: shelf()}).find(7, "How often is the risk report of Fold reviewed?", vector)
    assert quote is not None
    assert (quote.page, quote.text) == (2, "Review trigger: annual, and any material change.")


def test_the_page_is_that_of_the_sentence_not_of_the_nearest_title() -> None:
    vector = np.array([0.8, 0.1, 0.6, 0.0], np.float32)
    quote = Quoter({7: shelf()}).find(7, "Does each risk have an owner and a due date?", vector)
    assert quote is not None
    assert quote.page == 3


def test_a_file_without_a_sentence_is_cited_without_a_quote() -> None:
    bare = Shelf(pages=(1,), texts=("Certificate\nFold AB",), vectors=np.ones((1, 4), np.float16))
    assert Quoter({7: bare}).find(7, "Is there a certificate?", np.ones(4, np.float32)) is None
    assert Quoter({}).find(7, "Is there a certificate?", np.ones(4, np.float32)) is None
    assert sentence_for("", "Anything?") is None
