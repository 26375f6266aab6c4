"""A password never stands in an address, and no word of ours repeats one."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.postgres.address import Address, PostgresError
from tests.unit.postgres.made_release import made, of_build
from tests.unit.postgres.server import Database

CANARY = "c4nary-Geheim"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://loader:{CANARY}@host/trade",
        f"postgresql://loader:{CANARY}/@host/trade",
        f"postgresql://loader:{CANARY}?x@host:5432/trade",
        f"postgres://host/trade?user=loader&password={CANARY}",
        f"postgres://host/trade?user=loader&pass%77ord={CANARY}",
        f"postgresql://host/trade?sslpassword={CANARY}",
        f"postgresql://host:{CANARY}/trade",
        f"postgresql://host/trade?nonsense={CANARY}",
        f"host=h dbname=trade password={CANARY}",
        f"https://loader:{CANARY}@host/trade",
    ],
)
def test_an_address_with_a_password_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(PostgresError) as refused:
        Address.read(url)
    told = "".join(traceback.format_exception(refused.value, chain=True))
    assert CANARY not in told.replace(url, "")


def test_an_address_is_shown_by_user_host_and_database() -> None:
    assert Address.read("postgresql://loader@db.example:5433/trade").shown == "loader@db.example:5433/trade"
    with pytest.raises(PostgresError, match="names no database"):
        Address.read("postgresql://loader@db.example")


def test_the_command_refuses_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(app, ["push", f"postgresql://loader:{CANARY}@host/trade"])
    assert isinstance(done.exception, PostgresError)
    assert CANARY not in done.output + str(done.exception)


@pytest.mark.xdist_group("postgres")
def test_a_password_in_the_environment_is_used_and_told_nowhere(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PGPASSWORD", CANARY)
    with caplog.at_level(logging.DEBUG):
        database.push(made(tmp_path, "b1", of_build("b1")))
        # The server repeats the name of a role it does not know: here, one that is the password.
        with pytest.raises(PostgresError) as refused:
            database.push(made(tmp_path, "b2", of_build("b2")), readers=[CANARY])
    assert CANARY not in caplog.text + str(refused.value) and "***" in str(refused.value)
    stored = database.ask("select coalesce(string_agg(r::text, ''), '') from statecraft.releases as r", "loader")
    assert CANARY not in str(stored)
