"""A secret is told nowhere, whatever a warehouse does: no log, receipt, error, table or release holds it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.archive import Archive
from pipelines.contract import Fetched
from pipelines.settings import PROJECT_ROOT
from tests.faults.comtrade import DATA_PATH, serve_comtrade
from tests.faults.publisher import Publisher
from tests.unit.rooms import toy_settings, toy_spec
from tests.world.canaries import MARK, PLAIN, SECRETS, canary, places, planted, spellings, variables_named
from tests.world.home import MOST_SECONDS, Home

#: The command line, with sources that ask the loopback.
COMMAND = """
import sys
from pipelines import contract
moved, arguments = eval(sys.argv[1]), sys.argv[2:]
specs = contract.all_specs()
for name, endpoints in moved.items():
    specs[name] = specs[name].model_copy(update={"endpoints": {**specs[name].endpoints, **endpoints}})
from pipelines.cli import main
sys.argv = ["statecraft", *arguments]
main()
"""
ALERT = """
import logging
logging.basicConfig(level=logging.DEBUG)
from pipelines.service.alerts import send
from pipelines.service.watch import alert_of
from pipelines.settings import load_settings
print(send(alert_of(load_settings(), "refresh", None), wait_seconds=0.01))
"""


class _Hook(BaseHTTPRequestHandler):
    """Takes the first letter, and refuses the others with all it was sent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200 if len(self.server.asked) == 1 else 500)  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(self.path.encode() + body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class _Life:
    """A warehouse whose commands run with a canary in every secret; what they said."""

    def __init__(self, home: Home, secrets: Mapping[str, str], moved: Mapping[str, Mapping[str, str]]) -> None:
        self._environment = {**os.environ, **home.environment, **secrets, "STATECRAFT_ALERT_EMAIL": "desk@example.org"}
        self._moved = {name: dict(endpoints) for name, endpoints in moved.items()}
        self.said: dict[str, str] = {}

    def run(self, *arguments: str | Path, **environment: str) -> int:
        return self._started(
            [COMMAND, repr(self._moved), *map(str, arguments)], environment, " ".join(map(str, arguments))
        )

    def alert(self, name: str) -> str:
        self._started([ALERT], {}, name)
        return self.said[name]

    def _started(self, command: list[str], environment: Mapping[str, str], name: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", *command],
            env={**self._environment, **environment},
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=MOST_SECONDS,
        )
        self.said[name] = done.stdout + done.stderr
        return done.returncode


def test_no_secret_is_left_anywhere_in_a_life(world: Home, tmp_path: Path, hook: HTTPServer) -> None:
    with Publisher() as publisher:
        served = serve_comtrade(publisher, canary("COMTRADE_API_KEY"), {(156, 2024): "2025-03-01"})
        census = "/data/timeseries/intltrade/imports/hs"
        publisher.fault(census, "echo_query", status=403)
        moved = {"un_comtrade": served, "census_imports": {"hs": publisher.url(census)}}
        life = _Life(world, planted(hook.server_port), moved)
        wanted = {"STATECRAFT_COMTRADE_REPORTERS": "CN", "STATECRAFT_COMTRADE_YEARS": "2024"}
        assert life.run("refresh", "--source", "live", "--only", "un_comtrade", "--no-show", **wanted) == 0, life.said
        assert [asked.headers["ocp-apim-subscription-key"] for asked in publisher.asked(DATA_PATH)]
        assert life.run("refresh", "--source", "live", "--only", "census_imports", "--no-show") == 4, life.said
        assert [asked.first("key") for asked in publisher.asked(census)] == [canary("CENSUS_API_KEY")]
    assert "403" in life.said["refresh --source live --only census_imports --no-show"]
    assert life.run("status", "--check") == 1 and life.run("sources") == 0
    assert life.run("sql", "select * from core.nowhere") == 6
    assert life.run("sql", "select name, value from duckdb_settings()", "--format", "csv") == 0
    assert life.run("export", "core.dim_partner", "-o", tmp_path / "partners.xlsx") == 0
    assert life.run("push", "postgresql://loader@127.0.0.1:1/trade") == 1
    assert life.run("verify") == 0
    first, second = life.alert("alert"), life.alert("alert refused")
    assert "'webhook'" not in first.splitlines()[-1] and "webhook" in second and len(hook.asked) > 1  # type: ignore[attr-defined]
    assert "email" in first and "census_imports" in first, "the letter cannot be sent, and what it says is there"
    assert len(life.said) == 11 and all(life.said.values())
    exported = {"partners.xlsx": (tmp_path / "partners.xlsx").read_bytes().decode("latin-1")}
    assert places({**life.said, **exported}, world.settings) == []


def test_no_file_of_the_home_can_be_written_by_everybody(built: Home) -> None:
    assert [p for p in built.path.rglob("*") if not p.is_symlink() and p.stat().st_mode & 0o002] == []


def test_every_variable_is_known_to_hold_a_secret_or_none() -> None:
    assert variables_named() == (set(SECRETS) - {"HTTPS_PROXY"}) | PLAIN


def test_what_is_hidden_is_found(tmp_path: Path) -> None:
    """The search itself: a canary in each kind of file, and in each spelling."""
    settings = toy_settings(tmp_path)
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    assert places({"stdout": "nothing"}, settings) == []
    secret = canary("CENSUS_API_KEY")
    for number, spelled in enumerate(sorted(spellings(secret))):
        (home / f"spelled-{number}").write_bytes(b"before " + spelled + b" after")
    (home / "in-base64").write_bytes(b64encode(b"Authorization: " + secret.encode() + b" and more"))
    (home / "packed.gz").write_bytes(gzip.compress(secret.encode() * 3))
    pl.DataFrame({"a": [f"key={secret}"] * 50, "b": [1] * 50}).write_parquet(home / "rows.parquet")
    with duckdb.connect(str(home / "base.duckdb")) as con:
        con.execute("create table t as select i, ? || i as a from range(5000) as r(i)", [secret])
    Archive(settings).put(toy_spec(), Fetched("a.csv", f"x{secret}".encode(), "https://toys.example/a.csv"))
    (home / f"{MARK}.txt").touch()
    found = places({"stdout": f"said {secret}"}, settings)
    for kind in ("stdout", "in-base64", "packed.gz", "rows.parquet (rows)", '("main"."t")', "archive ", "name of"):
        assert any(kind in place for place in found), kind
    assert sum("spelled-" in place for place in found) == len(spellings(secret))
