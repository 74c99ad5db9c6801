"""The page on which people look at a layout and correct it: a sheet drawn, the questions found, what is doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.models import Organisation
from rfp.models import LayoutDraft, LayoutStep, Questionnaire, RememberedLayout
from rfp.queries import layout_choice
from rfp.queries.books import ReadBook, book_of
from rfp.workbook import layout_file
from rfp.workbook.doubts import Doubt, Doubted, doubts
from rfp.workbook.drawing import Drawing, draw
from rfp.workbook.extract import questions as extract
from rfp.workbook.grid import Grid
from rfp.workbook.model import Layout, Question, SheetLayout, TableLayout

LISTED = 150  # questions shown beside a window


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a person looks at: a sheet, one of its tables, a window of rows and columns, a line picked."""

    sheet: int = 0  # 1 for the first; 0 for the first with questions
    table: int = 1
    row: int = 1
    column: int = 1
    picked_row: int = 0
    picked_column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    number: int
    name: str
    count: int
    state: str
    included: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """One kind of doubt with the questions it is about."""

    doubt: Doubt
    found: tuple[Doubted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A line that a person picked, as its table counts it: a turned table has its columns in rows of the sheet."""

    number: int
    is_column: bool
    role: str
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The layout as it is now, and the steps around it."""

    read: ReadBook
    layout: Layout
    version: int  # of the draft, 0 without one
    undo: str  # what the step says that can be undone, empty for none
    redo: str
    reasons: bool  # the layout is the one detected, with its reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    state: State
    view: View
    tabs: tuple[Tab, ...]
    sheet: SheetLayout
    found: SheetLayout  # as detected
    table: TableLayout | None
    picked: Picked | None
    drawing: Drawing
    questions: tuple[Question, ...]  # in the window
    on_sheet: int
    total: int
    doubts: tuple[Doubts, ...]


def state_of(questionnaire: Questionnaire) -> State:
    """Return the layout of a questionnaire with its draft.

    :raises FileMissing: if the store lost the file
    :raises WorkbookRefused: if it cannot be read
    """
    read = book_of(questionnaire)
    draft = LayoutDraft.objects.filter(questionnaire=questionnaire).first()
    if draft is None:
        layout = _in_use(questionnaire, read)
        return State(read=read, layout=layout, version=0, undo="", redo="", reasons=_same(layout, read.detected))
    steps = {
        step.number: step
        for step in LayoutStep.objects.filter(draft=draft, number__in=(draft.step, draft.step + 1)).defer("layout")
    }
    text = LayoutStep.objects.values_list("layout", flat=True).get(draft=draft, number=draft.step)
    layout = replace(layout_file.load(text, read.book), fingerprint=read.detected.fingerprint)
    same = _same(layout, read.detected)
    return State(
        read=read,
        layout=read.detected if same else layout,
        version=draft.version,
        undo=steps[draft.step].said if draft.step else "",
        redo=steps[draft.step + 1].said if draft.step + 1 in steps else "",
        reasons=same,
    )


def _in_use(questionnaire: Questionnaire, read: ReadBook) -> Layout:
    """Return the layout the questions were read with; before they are, the one they would be read with."""
    if questionnaire.layout:
        layout = replace(layout_file.load(questionnaire.layout, read.book), fingerprint=read.detected.fingerprint)
        return read.detected if _same(layout, read.detected) else layout
    return layout_choice.choose(questionnaire, read.book, read.detected).layout


def _same(layout: Layout, other: Layout) -> bool:
    return layout_file.dump(layout) == layout_file.dump(other)


def workbench(questionnaire: Questionnaire, view: View) -> Workbench:
    """Return what the page shows.

    :raises FileMissing: if the store lost the file
    :raises WorkbookRefused: if it cannot be read
    """
    state = state_of(questionnaire)
    found = extract(state.read.book, state.layout)
    counts = Counter(question.sheet for question in found)
    tabs = _tabs(state, counts)
    number = view.sheet if 0 < view.sheet <= len(tabs) else next((t.number for t in tabs if t.count), 1)
    described = state.layout.sheets[number - 1]
    active = min(max(view.table, 1), max(len(described.tables), 1))
    table = described.tables[active - 1] if described.tables else None
    grid = Grid(state.read.book, state.read.book.sheets[number - 1])
    drawing = draw(grid, described, active=active - 1, row=view.row, column=view.column)
    return Workbench(
        state=state,
        view=replace(view, sheet=number, table=active),
        tabs=tabs,
        sheet=described,
        found=state.read.detected.sheets[number - 1],
        table=table,
        picked=_picked(view, table),
        drawing=drawing,
        questions=_in_window(found, described.sheet, drawing),
        on_sheet=counts[described.sheet],
        total=len(found),
        doubts=_doubts(found),
    )


def _picked(view: View, table: TableLayout | None) -> Picked | None:
    if table is None or not (view.picked_column or view.picked_row):
        return None
    across = table.shape == "transposed"
    number = view.picked_column or view.picked_row
    if bool(view.picked_column) != across:
        column = next((c for c in table.columns if c.column == number), None)
        if column is None:
            return Picked(number=number, is_column=True, role="ignore")
        role = "tick" if column.option else column.role.value
        return Picked(number=number, is_column=True, role=role, option=column.option)
    told = next((mark.role.value for mark in table.marks if mark.row == number), "as_found")
    return Picked(number=number, is_column=False, role="header" if number in table.header_rows else told)


def _tabs(state: State, counts: Counter[str]) -> tuple[Tab, ...]:
    sheets = zip(state.read.book.sheets, state.layout.sheets, strict=True)
    return tuple(
        Tab(
            number=number,
            name=sheet.name,
            count=counts[sheet.name],
            state=sheet.state,
            included=described.has_questions,
        )
        for number, (sheet, described) in enumerate(sheets, start=1)
    )


def _in_window(found: Sequence[Question], sheet: str, drawing: Drawing) -> tuple[Question, ...]:
    if not drawing.rows:
        return ()
    first, last = drawing.windows[drawing.window]
    shown = [question for question in found if question.sheet == sheet and first <= question.row <= last]
    return tuple(shown[:LISTED])


def _doubts(found: Sequence[Question]) -> tuple[Doubts, ...]:
    all_of_them = doubts(found)
    kinds = ((doubt, tuple(one for one in all_of_them if one.doubt is doubt)) for doubt in Doubt)
    return tuple(Doubts(doubt=doubt, found=some) for doubt, some in kinds if some)


def remembered_of(organisation: Organisation, fingerprint: str) -> RememberedLayout | None:
    """Return the layout an organisation remembers for a shape."""
    return RememberedLayout.objects.of(organisation).filter(fingerprint=fingerprint).first()
