"""The reference of the configuration says what the settings read, all of it."""

from __future__ import annotations

import ast

from django.conf import settings

from rfp.env import VARIABLES
from rfp.management.commands.configuration import documents


def test_the_reference_and_the_example_are_current() -> None:
    for path, text in documents().items():
        assert (settings.BASE_DIR / path).read_text(encoding="utf-8") == text, "run manage.py configuration --write"


def test_every_variable_that_the_settings_read_is_explained() -> None:
    tree = ast.parse((settings.BASE_DIR / "rfp/settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    read = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr.startswith("read_")
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(read) > 15
    assert read - set(VARIABLES) - {"OIDC"} == set()
    assert {"OIDC_SERVER_URL", "OIDC_CLIENT_SECRET"} <= set(VARIABLES)
