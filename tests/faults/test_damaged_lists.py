"""Damaged editions of every list of parties: stopped at the landing door or recognised; nobody is taken off by them.

Each list is held as the embedded pack has it; then the publisher's address serves a damaged file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipelines import contract, intake, landing_gate
from pipelines.contract import Fetched, FetchState, SourceSpec, all_specs
from pipelines.errors import StatecraftError
from pipelines.http import Http
from pipelines.landing import Landing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.faults.list_files import LISTS, Files, ListFile, Rows

FIRST = date(2026, 8, 3)
PAGE = b"<!DOCTYPE html><html><body><h1>Service unavailable</h1></body></html>"


class Desk:
    """One list's warehouse and the address it is fetched from."""

    def __init__(self, home: Path, listed: ListFile, patch: pytest.MonkeyPatch) -> None:
        self.settings, self.listed, self.spec = Settings(home, "800MB", 2), listed, all_specs()[listed.source]
        self.served: tuple[Files, date] = ({}, FIRST)
        patch.setattr(contract, "fetcher", lambda name: self._fetch)
        for source in ("bis_entity_list", "mofcom_lists"):
            # The known errors of the published files are not in these: the pack holds them corrected.
            patch.setattr(f"pipelines.sources.{source}.parse.load_corrections", lambda source: ())

    def _fetch(self, http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
        files, day = self.served
        for name, content in files.items():
            yield Fetched(name, content, f"https://example.org/{name}", f"{self.listed.vintage}{day}", day)

    def fetch(self, files: Files, day: date) -> str:
        """What `refresh --source live` does with the list, up to raw. Returns the words of the refusal, or nothing."""
        self.served = (files, day)
        try:
            intake.take_in(self.settings, self.spec, intake.Origin("live"))
        except StatecraftError as error:
            return f"{getattr(error, 'rule', '')} {error}"
        judged = landing_gate.settle(
            self.settings, self.spec, {"entries": landing_gate.weigh(self.settings, self.spec, "entries")}
        )
        Warehouse(self.settings).sync(self.spec, "entries")
        return " ".join(f"{v.source} {v.vintage_id} {v.reason}" for v in judged["entries"].refused)

    def raw(self) -> list[dict[str, object]]:
        """Every row models read."""
        files = sorted(path for path in self.settings.raw.rglob("*.parquet"))
        keys = [*self.spec.things["entries"].key, "known_from"]
        return pl.concat([pl.read_parquet(path) for path in files]).sort(keys).to_dicts()


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {source: tmp_path_factory.mktemp(source) / "home" for source in LISTS}


@pytest.fixture(params=LISTS)
def desk(
    request: pytest.FixtureRequest, homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A desk of its own that holds the list as the pack has it."""
    listed, held = LISTS[request.param], homes[request.param]
    if not held.exists():
        desk = Desk(held, listed, monkeypatch)
        assert desk.fetch(listed.write(listed.rows(), FIRST), FIRST) == ""
    shutil.copytree(held, tmp_path / "home")
    return Desk(tmp_path / "home", listed, monkeypatch)


def _stopped(desk: Desk, files: Files, *rules: str) -> None:
    """The damaged files are refused by one of the rules, in words that name the source, and nothing has changed."""
    before = desk.raw()
    words = desk.fetch(files, FIRST + timedelta(days=1))
    assert any(rule in words for rule in rules), words or "it was let in"
    assert desk.listed.source in words
    assert desk.raw() == before
    assert Landing(desk.settings).vintages(status="candidate") == []


def _first(files: Files, content: bytes) -> Files:
    """The first of the files replaced."""
    return {name: content if name == next(iter(files)) else old for name, old in files.items()}


def _written(desk: Desk, rows: Sequence[dict[str, object]] | None = None, days: int = 1) -> Files:
    return desk.listed.write(desk.listed.rows() if rows is None else list(rows), FIRST + timedelta(days=days))


def test_the_edition_of_the_pack_is_read_back_whole(desk: Desk) -> None:
    (vintage,) = Landing(desk.settings).vintages(status="accepted")
    assert vintage.row_count >= 0.98 * len(desk.listed.rows())


def test_half_of_the_list_is_missing(desk: Desk) -> None:
    _stopped(desk, _written(desk, desk.listed.rows()[::2]), "shrunk")


def test_half_of_one_list_is_missing(desk: Desk) -> None:
    """Where a file holds several lists, or the list is cut by country: the others are whole."""
    rows = desk.listed.rows()
    codes = [row.get("list_code") for row in rows]
    smallest = min(set(codes), key=codes.count)
    kept = [row for place, row in enumerate(rows) if row.get("list_code") != smallest or place % 2]
    _stopped(desk, _written(desk, kept), "shrunk")


def test_a_column_is_shifted_against_the_names(desk: Desk) -> None:
    rows: Rows = desk.listed.rows()
    if desk.listed.shifting:
        moved = [row[desk.listed.shifting] for row in [*rows[1:], rows[0]]]
        shifted = [{**row, desk.listed.shifting: other} for row, other in zip(rows, moved, strict=True)]
        _stopped(desk, _written(desk, shifted), f"{desk.listed.shifting}_moved")
    else:  # the page prints aliases inside the name: its two cells can only change places
        files = {name: content.replace(b"<td>", b"<td></td><td>") for name, content in _written(desk).items()}
        _stopped(desk, files, "bad_cell")


def test_letters_are_garbled(desk: Desk) -> None:
    rows = [dict(row) for row in desk.listed.rows()]
    for name in ("entity_name", "name_printed"):
        if name in rows[7]:
            rows[7][name] = f"{rows[7][name]} M\u00fcnchen".encode().decode("latin-1")
    _stopped(desk, _written(desk, rows), "mojibake")


def test_a_web_page_is_served_as_the_list(desk: Desk) -> None:
    _stopped(desk, _first(_written(desk), PAGE), "html_page", "web_page", "not_the_page")


def test_an_empty_file_is_served(desk: Desk) -> None:
    _stopped(desk, _first(_written(desk), b""), "empty_body")


def test_the_file_ends_early(desk: Desk) -> None:
    files = _written(desk)
    content = next(iter(files.values()))
    _stopped(desk, _first(files, content[: len(content) * 2 // 3]), "truncated_file")


def test_yesterdays_file_again_is_nothing_new(desk: Desk) -> None:
    before = desk.raw()
    assert desk.fetch(_written(desk), FIRST + timedelta(days=1)) == ""
    assert desk.raw() == before
    assert desk.fetch(_written(desk, days=2), FIRST + timedelta(days=2)) == ""
    assert desk.raw() == before


def test_an_old_file_after_a_newer_one_takes_nobody_off(desk: Desk) -> None:
    """A cache of the publisher: what was added in between would else be removed again."""
    rows, added = desk.listed.rows()[1:], desk.listed.rows()
    assert desk.fetch(_written(desk, rows), FIRST + timedelta(days=1)) == ""
    assert desk.fetch(_written(desk, added[:-1], days=2), FIRST + timedelta(days=2)) == ""
    before = desk.raw()
    words = desk.fetch(_written(desk, rows, days=3), FIRST + timedelta(days=3))
    assert "served_again" in words and desk.listed.source in words
    assert desk.raw() == before
    assert desk.fetch(_written(desk, added[:-1], days=4), FIRST + timedelta(days=4)) == ""
    assert desk.raw() == before
