"""The log: a line an event, with the ids to find it by, and nothing of what buyers ask or vendors answer.

What may stand in a line: names of events, routes and classes, numbers, durations. What may not: texts and names that
people or files brought in, addresses of people, tokens. The message of an exception may quote any of them, so only
its class and the places it came through are written.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

# The link of an invitation lets somebody in, wherever it stands: as a path, or as the place to come back to.
SECRET = re.compile(r"(invitations(?:/|%2F))[\w-]{20,}", re.IGNORECASE)
# What was searched for stands behind the question mark of an address.
SOUGHT = re.compile(r"\?\S*(?= HTTP/)")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
Ids = Mapping[str, int | str]
_ids: ContextVar[Ids] = ContextVar("ids")
_nothing: Ids = {}


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """Write these ids into every line that is logged within."""
    before = _ids.set({**_ids.get(_nothing), **ids})
    try:
        yield
    finally:
        _ids.reset(before)


def ids_of(record: logging.LogRecord) -> Ids:
    """Return the ids of a line: those of its surroundings, and the figures it was logged with."""
    return {**_ids.get(_nothing), **getattr(record, "figures", {})}


def outline(problem: BaseException) -> str:
    """Return the classes of an exception and of those it came from, each with the places it passed."""
    parts, seen = [], set[int]()
    step: BaseException | None = problem
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        frames = traceback.StackSummary.extract(traceback.walk_tb(step.__traceback__), lookup_lines=False)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        parts.append(f"{type(step).__module__}.{type(step).__qualname__} at {places or 'no place'}")
        step = step.__cause__ or step.__context__
    return " after ".join(parts)


class HideLinks(logging.Filter):
    """Cut out of every line what lets somebody in, and what somebody searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        hidden = SOUGHT.sub("?…", SECRET.sub(r"\1…", text))
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


class TextLines(logging.Formatter):
    """Lines for people. While developing, exceptions are written whole."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._whole = whole

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        ids = " ".join(f"{name}={value}" for name, value in ids_of(record).items())
        return super().formatMessage(record) + (f" [{ids}]" if ids else "")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # the name is logging's
        if self._whole or ei[1] is None:
            return super().formatException(ei)
        return outline(ei[1])


class JsonLines(logging.Formatter):
    """Lines for programs: an object each."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **ids_of(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = outline(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
