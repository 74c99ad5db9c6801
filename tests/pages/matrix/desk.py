"""Who gets the review desk and what is done there."""

from __future__ import annotations

from collections.abc import Mapping

from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def _first(world: World) -> int:
    return world.question(1).pk


def _does(sends: Mapping[str, str]) -> Row:
    return Row(method="post", owned=_first, sends=lambda world: sends, own=302, sales_engineer=302)


ROWS: dict[str, Row] = {
    "desk": Row(owned=lambda world: world.questionnaire.pk),
    "desk_undo": Row(method="post", owned=lambda world: world.questionnaire.pk, own=302, sales_engineer=302),
    "question_write": _does({"version": "1", "text": "No"}),
    "question_choose": _does({"version": "1"}),
    "question_approve": Row(
        method="post", owned=_first, sends=lambda world: {"version": "1"}, own=302, sales_engineer=403
    ),
    "question_skip": _does({}),
    "question_assign": Row(
        method="post", owned=_first, sends=lambda world: {"version": "1"}, own=200, sales_engineer=200
    ),
    "question_map": Row(method="post", owned=_first, own=200, sales_engineer=200),
    "question_keep_mapping": _does({}),
    "question_keep_answer": Row(method="post", owned=_first, own=404, sales_engineer=404),
    "question_finish": _does({}),
    "question_remark": _does({"text": "See page 3."}),
}
