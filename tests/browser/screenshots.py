"""Pictures of the product for the README: ``python -m tests.browser.screenshots FOLDER`` (``make screenshots``).

Makes the demo in a folder of its own, serves it, and takes each picture of SHOTS in headless Chromium.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS

PROJECT = Path(__file__).parents[2]
PORT = 8765
HOME = f"http://localhost:{PORT}"
COLOURS = 128  # enough for pages of paper and ink, at a quarter of the size
ENGINEER, APPROVER = "sara@tesseragrove.example", "nadia@tesseragrove.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    name: str
    path: str
    person: str = APPROVER
    theme: str = "light"
    width: int = 1280
    height: int = 800


SHOTS = (
    Shot(name="home", path="/"),
    Shot(name="questionnaire", path="/questionnaires/1/"),
    Shot(name="desk", path="/questionnaires/1/desk/?question=33"),
    Shot(name="desk-dark", path="/questionnaires/1/desk/?question=33", theme="dark"),
    Shot(name="board", path="/board/"),
    Shot(name="timeline", path="/evidence/timeline/"),
    Shot(name="desk-narrow", path="/questionnaires/1/desk/?question=33", width=390, height=844),
)


@contextmanager
def served(folder: Path) -> Iterator[dict[str, str]]:
    """Serve the demo until the block ends; yields the environment that reaches its database."""
    environment = {**os.environ, "COUNTERSIGN_VAR": str(folder / "var"), "DATABASE_URL": ""}
    manage = [sys.executable, str(PROJECT / "manage.py")]
    subprocess.run([*manage, "demo", "--out", str(folder / "out")], env=environment, check=True, capture_output=True)
    server = subprocess.Popen(
        [*manage, "serve", "--port", str(PORT)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await()
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await() -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{HOME}/sign-in/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _session(email: str, environment: dict[str, str]) -> str:
    """Return the key of a session of a person, made in a process that reads the demo's database."""
    code = (
        "import django; django.setup(); from accounts.models import User; "
        "from tests.browser.session import session_key; "
        f"print(session_key(User.objects.get(email={email!r})))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "DJANGO_SETTINGS_MODULE": "rfp.settings"},
        cwd=PROJECT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return told.stdout.strip()


def take(page: Page, shot: Shot, folder: Path) -> None:
    page.goto(f"{HOME}{shot.path}", wait_until="networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(folder / f"{shot.name}.png", optimize=True)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as environment, sync_playwright() as playwright:
        sessions = {email: _session(email, environment) for email in (ENGINEER, APPROVER)}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for shot in SHOTS:
            context = browser.new_context(
                viewport={"width": shot.width, "height": shot.height},
                color_scheme="dark" if shot.theme == "dark" else "light",
                reduced_motion="reduce",
            )
            context.add_cookies([{"name": "sessionid", "value": sessions[shot.person], "url": HOME}])
            take(context.new_page(), shot, folder)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
