"""The refusals of the workbook package: what is wrong with a file, and what its owner can do about it."""

from __future__ import annotations


class WorkbookRefused(Exception):
    """A file cannot be read or filled. ``code`` is stable; the text says what is wrong and what to do."""

    code = "refused"

    def __init__(self, problem: str, advice: str = "") -> None:
        super().__init__(f"{problem} {advice}".strip())
        self.problem = problem
        self.advice = advice


class UnsupportedFormat(WorkbookRefused):
    """xls, xlsb, or something that is no questionnaire file at all."""

    code = "unsupported_format"


class Encrypted(WorkbookRefused):
    code = "encrypted"


class TooLarge(WorkbookRefused):
    """Over one of the limits of ``guard.Limits``."""

    code = "too_large"


class Unsafe(WorkbookRefused):
    """Built to harm: a bomb, a DTD, a member that leaves the archive."""

    code = "unsafe"


class Damaged(WorkbookRefused):
    """Not what its name or its own directory says it is."""

    code = "damaged"


class NoQuestions(WorkbookRefused):
    code = "no_questions"


class WriteRefused(WorkbookRefused):
    """An answer cannot be written where it was asked to go.

    ``place`` is its sheet, row and column; None where more than one cell is wrong, as with a sheet that is not there.
    """

    code = "write_refused"

    def __init__(self, problem: str, advice: str = "", *, place: tuple[str, int, int] | None = None) -> None:
        super().__init__(problem, advice)
        self.place = place


class FidelityBroken(WorkbookRefused):
    """The filled file differs from the original in more than its answers: it is not handed out."""

    code = "fidelity_broken"


class LayoutInvalid(WorkbookRefused):
    """A layout file that a person wrote cannot be used."""

    code = "layout_invalid"
