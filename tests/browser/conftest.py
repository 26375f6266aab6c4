"""One server on the small world's release and one browser, for the session.

Belongs here: fixtures. Does not belong here: what is looked at (reading.py) and assertions.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from pipelines.settings import PROJECT_ROOT
from tests.browser.reading import Reader
from tests.world.home import STATECRAFT, Home

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Nothing of the browser's own may ask anybody anything.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine. Without one the session ends here, in one sentence."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.exit("Reading pages needs Chromium: on Debian and Ubuntu, apt-get install chromium.", returncode=1)
    # Chromium refuses its own sandbox to root, as which containers run.
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=found, args=arguments)
        except Error as error:
            pytest.exit(f"{found} does not start: {str(error).splitlines()[0]}", returncode=1)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(built: Home) -> Iterator[str]:
    """Where the dashboard of the small world is, as the command serves it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(STATECRAFT), "dashboard", "--port", str(port), "--no-browser"]
    environment = {**os.environ, **built.environment, "PYTHONUNBUFFERED": "1"}
    with (built.path / "dashboard.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=PROJECT_ROOT, stdout=log, stderr=log)
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
    told = (built.path / "dashboard.log").read_text()
    assert f"http://127.0.0.1:{port}/" in told and "Traceback" not in told and "failed" not in told, told


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not listen")


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """Somebody with a laptop. Whatever they do, nothing is asked from elsewhere and nothing is complained of."""
    with Reader.at(browser, address) as somebody:
        yield somebody
    assert somebody.complaints == []
    assert somebody.asked_elsewhere == []
