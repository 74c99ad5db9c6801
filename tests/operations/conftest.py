"""The small world of the pages."""

from __future__ import annotations

from tests.pages.conftest import World, eve, fresh_cache, mara, other_world, sign_in, world  # noqa: F401
