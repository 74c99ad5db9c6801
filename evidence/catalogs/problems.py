"""What is wrong with a data file: the file, the entry and the field are named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml


class CatalogueInvalid(Exception):
    """A catalogue file or an attestation cannot be used; the text names file, entry and field."""


def read_yaml(path: Path) -> Mapping[str, Any]:
    """:raises CatalogueInvalid: if the file is missing, no YAML, or not a mapping"""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise CatalogueInvalid(f"{path.name}: there is no such file.") from None
    except (IsADirectoryError, UnicodeDecodeError):
        raise CatalogueInvalid(f"{path.name}: this is no text file.") from None
    except yaml.YAMLError as problem:
        raise CatalogueInvalid(f"{path.name}: this is no YAML: {problem}") from problem
    except ValueError as problem:  # a date such as 2026-02-31
        raise CatalogueInvalid(f"{path.name}: a value cannot be read: {problem}") from problem
    if not isinstance(content, dict):
        raise CatalogueInvalid(f"{path.name}: a mapping is expected at the top.")
    return cast("Mapping[str, Any]", content)


def need(entry: Mapping[str, Any], field: str, where: str) -> Any:
    """Return a field that must be there.

    :raises CatalogueInvalid: if it is not
    """
    if field not in entry or entry[field] is None:
        raise CatalogueInvalid(f"{where}: the field {field!r} is missing.")
    return entry[field]
