"""What the service starts: one process with the code, and two that find it by a name that outlives its port."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipelines.cli.serve import WORKSPACE, programs


def test_the_code_has_one_name_whatever_its_port() -> None:
    """Dagster keeps under it which ticks a schedule has seen: another name would forget them with every start."""
    for port in (40001, 40002):
        [place] = yaml.safe_load(WORKSPACE.format(host="127.0.0.1", port=port))["load_from"]
        assert place == {"grpc_server": {"host": "127.0.0.1", "port": port, "location_name": "statecraft"}}


def test_daemon_and_page_wait_for_the_code() -> None:
    found = programs(Path("/w.yaml"), "127.0.0.1", 3000, 40001, ui=True)
    assert (found["code"].after, found["daemon"].after, found["ui"].after) == (None, 40001, 40001)
    for name in ("daemon", "ui"):
        command = list(found[name].command)
        assert command[command.index("--workspace") + 1] == "/w.yaml"
    assert set(programs(Path("/w.yaml"), "127.0.0.1", 3000, 40001, ui=False)) == {"code", "daemon"}
