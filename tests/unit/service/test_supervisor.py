"""Processes of the service: begun in their order, begun again when they end, and none left when it stops."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.service.supervisor import Program, Supervisor
from pipelines.settings import PROJECT_ROOT

PATIENCE_SECONDS = 90.0


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, or fail."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def supervised(folder: Path, **programs: Program) -> Iterator[Supervisor]:
    supervisor = Supervisor(programs, folder / "logs", {"WORD": "canary"}, shortest_pause=0.01)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def python(code: str, after: int | None = None) -> Program:
    return Program([sys.executable, "-c", code], after)


def test_a_child_that_ends_is_begun_again_and_its_words_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "short.log"
    with supervised(tmp_path, short=python("import os; print(os.environ['WORD']); raise SystemExit(3)")):
        until(lambda: log.exists() and log.read_text().count("canary") >= 2)


def test_none_outlives_the_service_nor_do_their_children(tmp_path: Path) -> None:
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid)); time.sleep(600)"
    )
    pid_file = tmp_path / "pid"
    supervisor = Supervisor({"deaf": python(deaf)}, tmp_path / "logs", stop_seconds=0.5)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    until(lambda: pid_file.exists() and pid_file.read_text() != "")
    assert list(supervisor.running) == ["deaf"]
    supervisor.stop()
    thread.join(PATIENCE_SECONDS)
    assert supervisor.running == {}
    until(lambda: not is_running(int(pid_file.read_text())))


def test_a_program_waits_for_the_server_it_needs(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        with supervised(tmp_path, user=python("import time; time.sleep(600)", after=port)) as supervisor:
            time.sleep(0.5)
            assert supervisor.running == {}
            reserved.listen()
            until(lambda: list(supervisor.running) == ["user"])


def is_running(pid: int) -> bool:
    """Whether the process exists and has not ended unasked after."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_none_outlives_a_service_that_is_killed(tmp_path: Path) -> None:
    """Nothing of it runs any more that could end its children: the system does."""
    served = (
        "import sys; from pathlib import Path; from pipelines.service.supervisor import Program, Supervisor;"
        "sleeper = Program([sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(600)']);"
        f"Supervisor({{'sleeper': sleeper}}, Path({str(tmp_path)!r})).run()"
    )
    log = tmp_path / "sleeper.log"
    with subprocess.Popen([sys.executable, "-c", served], cwd=PROJECT_ROOT) as service:
        try:
            until(lambda: log.exists() and log.read_text().endswith("\n"))
            child = int(log.read_text())
            assert is_running(child)
        finally:
            service.kill()
    until(lambda: not is_running(child))


def test_a_log_is_bounded_while_its_child_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.service.supervisor.LARGEST_LOG_BYTES", 10_000)
    endless = (
        "import time\nfor n in range(10**9):\n    print(f'line {n}', 'x' * 200, flush=True)\n    time.sleep(0.001)"
    )
    log, aside = tmp_path / "logs" / "talker.log", tmp_path / "logs" / "talker.old.log"
    with supervised(tmp_path, talker=python(endless)) as service:
        until(aside.exists)
        child = service.running["talker"]
        first = aside.read_text()
        until(lambda: aside.read_text() != first)
        until(lambda: log.read_text().startswith("line"))  # at the beginning of the file, not behind a hole
        assert service.running == {"talker": child}, "it goes on"
