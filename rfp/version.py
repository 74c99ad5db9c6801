"""The version of the product, as reports and packages name it."""

from __future__ import annotations

VERSION = "0.1.0"
