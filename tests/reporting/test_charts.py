"""The pictures: the same bytes every time, in letters the font has, and readable without colour."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from rfp.reporting.charts import SCALE, WIDTH, expiry_chart, plain, readiness_chart
from rfp.reporting.merged import RunningOut, running_out
from tests.reporting.sample import AS_OF, sample

DATA = sample()
LINES = running_out(DATA.expiries)


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def test_the_same_data_gives_the_same_picture() -> None:
    assert readiness_chart(DATA.categories) == readiness_chart(DATA.categories)
    assert expiry_chart(LINES, AS_OF) == expiry_chart(LINES, AS_OF)


def test_a_picture_is_as_sharp_as_print() -> None:
    chart = expiry_chart(LINES, AS_OF)
    assert pixels(chart.png).size == (WIDTH * SCALE, chart.height * SCALE)
    assert SCALE * 72 >= 200


@pytest.mark.parametrize("status", ["late", "start_now"])
def test_an_urgent_bar_differs_in_grey(status: str) -> None:
    """A striped bar changes between dark and light along its length; a plain one does not."""
    line = replace(LINES[-1], start_by=None)
    urgent: RunningOut = replace(line, status=status)
    assert (
        _changes(expiry_chart([urgent], AS_OF).png)
        > _changes(expiry_chart([replace(line, status="ok")], AS_OF).png) + 10
    )


def _changes(png: bytes) -> int:
    image = pixels(png)
    row = [image.getpixel((x, int(31.5 * SCALE))) for x in range(170 * SCALE, 300 * SCALE)]
    dark = [int(str(value)) < 160 for value in row]
    return sum(1 for one, other in pairwise(dark) if one != other)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Zażółć – “gęślą”…", 'Zazołc - "gesla"...'.replace("ł", "")),
        ("Straße", "Strasse"),
        ("日本", ""),
        ("A  b", "A b"),
    ],
)
def test_text_is_drawn_in_letters_the_font_has(text: str, drawn: str) -> None:
    assert plain(text) == drawn


def test_a_document_whose_name_cannot_be_drawn_is_shown_by_its_requirement() -> None:
    named = replace(LINES[0], rests_on="日本")
    assert expiry_chart([named], AS_OF) == expiry_chart([replace(named, rests_on=named.requirements[0][0])], AS_OF)


def test_categories_without_readiness_are_drawn() -> None:
    unknown = [replace(DATA.categories[0], readiness=None, state="not_assessed")]
    assert readiness_chart(unknown).height > 0
