"""Laws of the image: it holds what the code reads and nothing else, runs as nobody special, and starts a real command.

Belongs here: what can be told from Containerfile, compose.yaml and what is left out. Does not belong here: building it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from pipelines.cli import app
from tests.rules.repository import ROOT

CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
#: What the code names below the project and makes itself, or reads only beside a checkout's tests.
MADE = {"data", "target"}
SECRET = re.compile(r"(?i)(key|token|password|secret|webhook)")


def instructions() -> Iterator[tuple[str, str]]:
    """(instruction, rest) of each line, continued lines joined."""
    lines = [line for line in CONTAINERFILE.splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            word, rest = line.split(maxsplit=1)
            yield word, rest


def of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def copied() -> list[str]:
    """What is copied out of the project."""
    return [path for rest in of("COPY") if not rest.startswith("--from") for path in rest.split()[:-1]]


def parsed(arguments: list[str]) -> Any:
    """The command line as the program reads it, without doing it. Raises its errors of usage."""
    program: Any = typer.main.get_command(app)
    name, command, rest = program.resolve_command(program.context_class(program), arguments)
    return command.make_context(name, rest)


def test_what_is_copied_is_there_and_let_in() -> None:
    assert [path for path in copied() if not (ROOT / path).exists()] == []
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert let_in == set(copied())
    assert "*" in lines, "all else stays out"


def test_docker_and_podman_leave_out_the_same() -> None:
    assert (ROOT / ".dockerignore").read_bytes() == (ROOT / ".containerignore").read_bytes()


def test_what_the_code_reads_beside_itself_is_copied() -> None:
    code = [path for folder in ("pipelines", "dashboard") for path in (ROOT / folder).rglob("*.py")]
    named = {
        name for path in code for name in re.findall(r'PROJECT_ROOT / "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named - MADE - set(copied()) == set()


def test_packages_come_from_the_hashed_lock() -> None:
    installs = [command for rest in of("RUN") for command in rest.split("&&") if "pip install" in command]
    assert len(installs) == 2
    assert "--require-hashes --requirement requirements.lock" in installs[0]
    assert all("--no-deps" in command for command in installs)


def test_bases_are_pinned() -> None:
    bases = [rest.split()[0] for rest in of("FROM")]
    assert all(re.fullmatch(r"docker\.io/library/python:3\.1[1-3]-slim-[a-z]+", base) for base in bases)
    assert len(set(bases)) == 1, "a virtual environment belongs to its Python"


def test_it_runs_as_nobody_special() -> None:
    [user] = of("USER")
    assert all(int(number) >= 1000 for number in user.split(":"))
    words = [word for word, _ in instructions()]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word in ("COPY", "RUN"))


def test_no_secret_is_part_of_it() -> None:
    assert [rest for word in ("ENV", "ARG", "LABEL") for rest in of(word) if SECRET.search(rest)] == []
    assert [path for path in copied() if SECRET.search(path)] == []
    assert [s for s in COMPOSE["services"].values() if SECRET.search(json.dumps(s.get("environment", {})))] == []


def test_it_starts_the_service_where_it_can_be_reached() -> None:
    assert json.loads(of("ENTRYPOINT")[0]) == ["statecraft"]
    context = parsed(json.loads(of("CMD")[0]))
    assert (context.info_name, context.params["host"], context.params["port"]) == ("serve", "0.0.0.0", 3000)
    assert of("EXPOSE") == ["3000"]
    [health] = of("HEALTHCHECK")
    assert "http://127.0.0.1:3000/" in health


def commands(service: dict[str, Any]) -> list[list[str]]:
    """What a service runs: one command of the image's program, or those of a script."""
    words = [str(word) for word in service.get("command") or json.loads(of("CMD")[0])]
    if service.get("entrypoint") != ["sh", "-c"]:
        return [words]
    found = [line.split() for line in re.findall(r"\bstatecraft +([^;|&\n]+)", words[0])]
    assert found, "a script that runs nothing of the project"
    return found


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_each_service_is_a_real_command_and_published_here_only(name: str) -> None:
    service = COMPOSE["services"][name]
    for command in commands(service):
        context = parsed(command)
    for port in service.get("ports", []):
        address, outside, inside = port.split(":")
        assert (address, outside) == ("127.0.0.1", inside)
        assert context.params["port"] == int(inside)
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["warehouse:/data"] and "warehouse" in COMPOSE["volumes"]


@pytest.mark.parametrize(
    ("codes", "stands", "ends"),
    [([0], False, 0), ([3], True, 0), ([3, 3, 0], False, 0), ([3, 1], False, 1), ([7], True, 7)],
    ids=["refreshed", "held, a release stands", "held until the first release", "refused at last", "disk full"],
)
def test_the_first_release_waits_only_where_none_stands(
    tmp_path: Path, codes: list[int], stands: bool, ends: int
) -> None:
    """The service may be at work when compose is told to start again: what depends on this must start, too."""
    programs = {"statecraft": 'read -r code < "$LEFT"; sed -i 1d "$LEFT"; exit "$code"', "sleep": "exit 0"}
    for name, body in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "left").write_text("".join(f"{code}\n" for code in codes))
    if stands:
        (tmp_path / "releases" / "latest").mkdir(parents=True)
    named = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "STATECRAFT_HOME": str(tmp_path),
        "LEFT": str(tmp_path / "left"),
    }
    service = COMPOSE["services"]["first"]
    script = service["command"][0].replace("$$", "$")
    ended = subprocess.run([*service["entrypoint"], script], env=named, check=False, timeout=30)
    assert ended.returncode == ends
    assert (tmp_path / "left").read_text() == ""


def test_commands_of_the_manual_are_real() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = re.findall(
        r"^(?:docker exec statecraft |ExecStart=\S*/)?statecraft +([a-z].*?)(?: +#.*)?$", manual, re.M
    )
    assert len(commands) > 5
    for command in commands:
        words = [word for word in command.split() if word != "..."]
        parsed(words)
