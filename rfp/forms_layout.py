"""What people enter where they look at a layout and correct it."""

from __future__ import annotations

from typing import Any

from django import forms

from rfp.queries.workbench import View
from rfp.workbook.edit import Edit, Row, SetColumn, SetRow, SetTable, SheetEdit
from rfp.workbook.model import ColumnRole

LARGEST = 1_100_000  # rows; a sheet has at most 1,048,576
LONGEST_TEXT = 400_000
TICK = "tick"
IGNORE = "ignore"
ROLES = (
    ("question", "Question", "the text to answer"),
    ("id", "Number", "the buyer's own number of the question"),
    ("answer", "Answer", "yes or no, a dropdown, a text"),
    (TICK, "Tick", "one of several columns to tick; say what a mark in it means"),
    ("comment", "Comment", "words beside the answer"),
    ("evidence", "Evidence", "a reference, a file name, a link"),
    ("date", "Date", "a date to fill in"),
    ("other", "Other", "something else to fill in"),
    ("section", "Section", "the domain or category"),
    ("guidance", "Help", "the buyer's help for the question"),
    (IGNORE, "Nothing", "not used"),
)
ROWS = (
    (Row.QUESTION, "Question"),
    (Row.SECTION, "Section"),
    (Row.HEADER, "Header"),
    (Row.GUIDANCE, "Help for the question above"),
    (Row.SKIP, "Skip"),
    (Row.AS_FOUND, "What it looks like"),
)
ENDS = (
    (Row.FIRST, "The table begins here"),
    (Row.LAST, "The table ends here"),
    (Row.NEW_TABLE, "Another table begins here"),
)
SHAPES = (
    ("rows", "a question per row"),
    ("form", "a label and the cell beside it"),
    ("stacked", "a label above its cell"),
    ("transposed", "questions side by side"),
)


class Number(forms.IntegerField):
    def __init__(self, *, least: int = 0, **more: Any) -> None:
        super().__init__(required=False, min_value=least, max_value=LARGEST, **more)


class LookForm(forms.Form):
    """Where in the workbook a person looks. What cannot be is read as not said."""

    sheet = Number()
    table = Number()
    row = Number()
    column = Number()
    pick_row = Number()
    pick_column = Number()

    def view(self) -> View:
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return View(
            sheet=said.get("sheet", 0),
            table=said.get("table", 1),
            row=said.get("row", 1),
            column=said.get("column", 1),
            picked_row=said.get("pick_row", 0),
            picked_column=said.get("pick_column", 0),
        )


class StepForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=10**9)


class EditForm(StepForm):
    """One edit of the layout. ``do`` says which; the other fields belong to it."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("column", "row", "table", "remove_table", *SheetEdit)])
    sheet = forms.IntegerField(min_value=1, max_value=LARGEST)
    table = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    line = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    role = forms.ChoiceField(required=False, choices=[(name, label) for name, label, _ in ROLES])
    option = forms.CharField(required=False, max_length=200)
    what = forms.ChoiceField(required=False, choices=[*ROWS, *ENDS])
    first_row = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    last_row = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    shape = forms.ChoiceField(required=False, choices=SHAPES)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"first_row", "last_row"} & set(self.errors):
            raise forms.ValidationError("A row is a whole number from 1 on.")
        needed = {"column": ("line", "role"), "row": ("line", "what"), "table": ("first_row", "last_row", "shape")}
        for name in needed.get(said.get("do", ""), ()):
            if not said.get(name) and name not in self.errors:
                raise forms.ValidationError("Say what to change.")
        if said.get("role") == TICK and not said.get("option"):
            raise forms.ValidationError("Say what a mark in this column means, for example Yes.")
        return said

    def edit(self) -> Edit:
        """Return the edit of a valid form."""
        said = self.cleaned_data
        table = (said["table"] or 1) - 1
        match said["do"]:
            case "column":
                role = said["role"]
                known = None if role == IGNORE else ColumnRole.ANSWER if role == TICK else ColumnRole(role)
                return SetColumn(
                    table=table, column=said["line"], role=known, option=said["option"] if role == TICK else ""
                )
            case "row":
                return SetRow(table=table, row=said["line"], what=Row(said["what"]))
            case "table":
                return SetTable(
                    table=table, first_row=said["first_row"], last_row=said["last_row"], shape=said["shape"]
                )
            case "remove_table":
                return SetTable(table=table, remove=True)
        return SheetEdit(said["do"])


class TextForm(StepForm):
    text = forms.CharField(
        max_length=LONGEST_TEXT,
        strip=False,
        label="The layout as text",
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code"}),
    )


class ConfirmForm(StepForm):
    remember = forms.BooleanField(required=False, label="Remember it for the next file of this shape")
    name = forms.CharField(required=False, max_length=200, label="Name of the layout")
    losing = forms.IntegerField(min_value=0, max_value=10**9)
    accept = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("losing") and not said.get("accept"):
            raise forms.ValidationError("Tick that the approved answers may go, or go back to the layout.")
        return said


class NameForm(forms.Form):
    name = forms.CharField(max_length=200, label="Name")
