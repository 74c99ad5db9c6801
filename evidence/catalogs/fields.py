"""The fields of an attestation as people write them: text, lists, dates, flags and counts.

Each function takes a value, the item and the field it stands in, and raises CatalogueInvalid where it cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from evidence.catalogs.problems import CatalogueInvalid
from scoring.dates import one_date

COUNTED = re.compile(r"\s*(?:(?P<none>none|no\b|nil|n/?a)|(?P<number>\d{1,4})\b)", re.I)


def text(value: object) -> str:
    return "" if value is None else str(value).strip()


def mapping(value: object, item: str, field: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise CatalogueInvalid(f"{item}: the field {field!r} must be a mapping, not {value!r}.")
    return value


def texts(value: object, item: str, field: str) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    if not isinstance(value, (list, tuple)):
        raise CatalogueInvalid(f"{item}: the field {field!r} must be a list, not {value!r}.")
    return tuple(text(part.get("name") if isinstance(part, Mapping) else part) for part in value)


def day(value: object, item: str, field: str) -> date | None:
    if value is None or value == "" or isinstance(value, Mapping):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = one_date(str(value))
    if found is None:
        raise CatalogueInvalid(f"{item}: the field {field!r} is no date, or can mean two: {value!r}.")
    return found


def flag(value: object, item: str, field: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise CatalogueInvalid(f"{item}: the field {field!r} must be true or false, not {value!r}.")


def count(value: object, item: str, field: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return len(value)
    if isinstance(value, (bool, int)):
        return int(value)
    if isinstance(value, str) and (found := COUNTED.match(value)):
        return 0 if found["none"] else int(found["number"])
    raise CatalogueInvalid(f"{item}: the field {field!r} must be a number or a list, not {value!r}.")
