"""Work on evidence files in a process of its own, so that a hostile one harms nothing else.

Threats: a parser that crashes, loops, or takes all memory; a file that makes it write, connect or run something. The
parser runs in a fresh process (not a fork: workers may not have children of that kind) with an empty environment and
hard limits; it answers over a pipe, and the parent reads no more than it asked for.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Any

from evidence.ingest.limits import FRAME, PAGES, TEXT, WALL_SECONDS
from evidence.ingest.types import IngestRefused, Problem

Said = Mapping[str, Any]

_PROJECT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-B", "-s", "-m", "evidence.ingest.child")
_LINE = 6 * TEXT + 4 * PAGES + 1_000  # an escaped character takes up to six


def run(files: Sequence[tuple[bytes, bytes]]) -> list[Said | IngestRefused]:
    """Have files worked on, each by the task its letter names; return what was said of each, in order.

    The last is a refusal if the process ended before all were done.
    """
    frames = [part for task, content in files for part in (FRAME.pack(task, len(content)), content)]
    outcomes: list[Said | IngestRefused] = []
    with subprocess.Popen(  # noqa: S603  # the command is fixed; the file comes on stdin
        _COMMAND,
        cwd=_PROJECT,
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        feeder = Thread(target=_feed, args=(child.stdin, frames))
        clock = Timer(WALL_SECONDS, child.kill)
        feeder.start()
        clock.start()
        try:
            while len(outcomes) < len(files) and (line := child.stdout.readline(_LINE)).endswith(b"\n"):
                outcomes.append(_understood(line))
            if len(outcomes) < len(files):
                child.wait()
        finally:
            clock.cancel()
            child.kill()
            feeder.join()
    if len(outcomes) < len(files):
        outcomes.append(_why(child.returncode))
    return outcomes


def _feed(pipe: IO[bytes], frames: Sequence[bytes]) -> None:
    try:
        with pipe:
            for frame in frames:
                pipe.write(frame)
    except BrokenPipeError:
        # The process ended early; its exit code tells why.
        return


def _understood(line: bytes) -> Said | IngestRefused:
    said: Said = json.loads(line)
    if "code" in said:
        return IngestRefused(Problem(said["code"]), said["problem"], said["advice"])
    return said


def _why(code: int) -> IngestRefused:
    slow = code in (-signal.SIGXCPU, -signal.SIGKILL)
    problem = "takes longer to read than is allowed" if slow else "makes its reader fail"
    return IngestRefused(Problem.UNSAFE, f"The document {problem}.", "Export it again as a plain PDF and upload that.")
