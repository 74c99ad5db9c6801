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


def test_a_sentence_that_shows_what_is_to_be_proven_comes_before_one_that_sounds_like_the_question() -> None:
    vector = np.array([0.5, 0.4, 0.4, 0.0], np.float32)
    asked = "Are new models released without looking at the risk report of Fold again?"
    about = "Annual or change-triggered review, review trigger"
    quote = Quoter({7: shelf()}).find(7, asked, vector, about=about)
    assert quote is not None
    assert quote.text == "Review trigger: annual, and any material change."


def test_a_passage_that_speaks_of_it_is_found_however_far_it_lies_from_the_question() -> None:
    filler = [f"Chapter {number} describes the product and its many users in plain words." for number in range(30)]
    texts = (*filler, "Each severity level has criteria and an example of an incident.")
    vectors = np.zeros((31, 4), np.float16)
    vectors[:30, 0] = 1
    far = Quoter({7: Shelf(pages=tuple(range(1, 32)), texts=texts, vectors=vectors)})
    vector = np.array([1.0, 0.0, 0.0, 0.0], np.float32)
    quote = far.find(7, "Is there a plan?", vector, about="Severity classification, criteria per level")
    assert quote is not None
    assert quote.page == 31


def test_the_sentence_with_the_day_is_quoted_for_a_day() -> None:
    text = "The audit was carried out in May 2026 by four people.\nThe report was issued on 2 June 2026."
    found = sentence_for(text, "When was the audit?", about="2 June 2026")
    assert found is not None
    assert found.text == "The report was issued on 2 June 2026."


def test_a_notice_that_stands_in_many_documents_proves_nothing() -> None:
    notice = "This document is the property of Fold and its customers."
    shelves = {
        key: Shelf(pages=(1,), texts=(f"{notice}\nDocument {key}",), vectors=np.ones((1, 4), np.float16))
        for key in (1, 2, 3)
    }
    vector = np.ones(4, np.float32)
    assert Quoter(shelves).find(1, "Whose property is the document?", vector) is None
    assert Quoter({1: shelves[1]}).find(1, "Whose property is the document?", vector) is not None
