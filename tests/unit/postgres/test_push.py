"""A release pushed to a real PostgreSQL server: what is there, what is copied again, what may go wrong."""

from __future__ import annotations

import logging
from pathlib import Path

import psycopg
import pytest

from pipelines.errors import BusyError, StatecraftError
from pipelines.headlines import Headline
from pipelines.postgres import address
from pipelines.postgres import push as pushing
from pipelines.postgres.address import Address, PostgresError
from pipelines.postgres.push import push
from pipelines.postgres.store import Store
from pipelines.settings import Settings
from tests.unit.postgres.made_release import made, of_build, rows
from tests.unit.postgres.server import LOADER, READER, Database

pytestmark = pytest.mark.xdist_group("postgres")

EVERY_TYPE = r"""
    select * from (values
        (1, true, 7::tinyint, 300::smallint, 9000000000, 170141183460469231731687303715884105727::hugeint,
         0.1::double, 1.5::float, 12.345::decimal(10, 3), 'a "b", c' || chr(10) || 'd', date '9999-12-31',
         timestamp '2025-01-02 03:04:05.678901', timestamptz '2025-01-02 03:04:05+00', ['x', 'y"\z', null], [1, 2],
         {'a': 1, 'b': ['q']}, 'm'::enum('l', 'm'), '\xAA'::blob, uuid '00000000-0000-0000-0000-000000000001',
         interval 3 days),
        (2, null, null, null, null, null, 'nan'::double, null, null, '', null, null, null, null, [], null, null, null,
         null, null),
        (3, false, null, null, null, null, '-infinity'::double, null, null, '\N', null, null, null, null, null, null,
         null, null, null, null)
    ) as t(id, flag, tiny, small, large, huge, number, short, amount, words, day, moment, instant, list, numbers,
           nested, kind, bytes, key, span)
"""


def test_every_type_arrives_as_it_was(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", {"core.dim_types": (EVERY_TYPE, ["id"])}))
    kinds = dict(
        database.ask("select column_name, data_type from information_schema.columns where table_name = 'dim_types'")
    )
    first, second, third = database.ask(
        "select large, huge::text, number, amount::text, words, day::text, moment::text, instant at time zone 'utc',"
        " list, numbers, nested::text, kind, bytes, key::text, span::text from core.dim_types order by id"
    )
    huge = "170141183460469231731687303715884105727"
    assert first[:7] == (9000000000, huge, 0.1, "12.345", 'a "b", c\nd', "9999-12-31", "2025-01-02 03:04:05.678901")
    assert (str(first[7]), *first[8:12]) == (
        "2025-01-02 03:04:05",
        ["x", 'y"\\z', None],
        [1, 2],
        '{"a": 1, "b": ["q"]}',
        "m",
    )
    assert first[12:] == (b"\xaa", "00000000-0000-0000-0000-000000000001", "3 days")
    assert str(second[2]) == "nan" and second[4] == "" and second[5] is None and second[8:10] == (None, [])
    assert third[2] == float("-inf") and third[4] == r"\N"
    assert kinds["tiny"] == "smallint" and kinds["short"] == "real" and kinds["amount"] == "numeric"
    assert kinds["nested"] == "jsonb" and kinds["list"] == "ARRAY" and kinds["flag"] == "boolean"


def test_a_type_without_counterpart_is_refused_by_name(database: Database, tmp_path: Path) -> None:
    release = made(tmp_path, "b1", {"core.dim_bits": ("select 1 as id, '101'::bit as pattern", ["id"])})
    with pytest.raises(StatecraftError, match="Column pattern is BIT"):
        database.push(release)


def test_what_was_described_is_described_there_and_the_grain_is_a_key(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    said = "select obj_description('core.fct_flow'::regclass), col_description('core.fct_flow'::regclass, 1)"
    assert database.ask(said) == [("Rows.", "The id. Unit: one.")]
    keys = database.ask(
        "select count(*) from pg_index where indisprimary and indrelid::regclass::text like '%fct_flow%'"
    )
    assert keys == [(1,)]
    database.push(made(tmp_path, "b2", of_build("b1"), words="Other words."))
    assert database.ask(said) == [("Other words.", "The id. Unit: one.")]


def test_the_same_release_again_does_nothing(database: Database, tmp_path: Path) -> None:
    release = made(tmp_path, "b1", of_build("b1"))
    first, again = database.push(release), database.push(release)
    assert not first.was_there and sorted(first.copied) == ["core.dim_still", "core.fct_flow", "trade_impact.rates"]
    assert again.was_there and again.copied == []
    assert database.ask("select count(*) from statecraft.releases", LOADER) == [(1,)]


def test_only_tables_whose_rows_changed_are_copied_and_old_ones_are_dropped(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    done = database.push(made(tmp_path, "b2", of_build("b2")))
    assert sorted(done.copied) == ["core.fct_flow", "trade_impact.rates"] and done.copied_rows == 900
    seen = database.ask("select distinct build from core.fct_flow union all select build_id from statecraft.release")
    assert seen == [("b2",), ("b2",)]
    assert database.ask("select count(*) from statecraft.versions", LOADER) == [(3,)] and done.left == 0
    kept = database.ask(
        "select count(*) from pg_class where relnamespace = 'statecraft'::regnamespace and relispartition"
    )
    assert kept == [(3,)]


def test_an_older_release_can_be_shown_again(database: Database, tmp_path: Path) -> None:
    one, two = made(tmp_path, "b1", of_build("b1")), made(tmp_path, "b2", of_build("b2"))
    for release in (one, two, one):
        database.push(release)
    assert database.ask("select build_id from statecraft.release") == [("b1",)]
    assert database.ask("select distinct build from trade_impact.rates") == [("b1",)]


def test_columns_may_change_and_tables_may_go(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    wider = {"core.fct_flow": ("select 1::bigint as id, 2.5 as rate, 'b2' as build", ["id"])}
    database.push(made(tmp_path, "b2", wider))
    assert database.ask("select * from core.fct_flow") == [(1, pytest.approx(2.5), "b2")]
    views = database.ask(
        "select schemaname || '.' || viewname from pg_views where schemaname in ('core', 'trade_impact')"
    )
    assert views == [("core.fct_flow",)]
    holders = database.ask(
        "select count(*) from pg_class where relnamespace = 'statecraft'::regnamespace and relkind = 'p'"
    )
    assert holders == [(1,)]


def test_a_view_of_somebody_else_is_never_dropped(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    database.run("create schema own; create view own.mine as select id from core.fct_flow")
    database.push(made(tmp_path, "b2", of_build("b2")))
    assert database.ask("select count(*) from own.mine", "postgres") == [(300,)]
    with pytest.raises(PostgresError, match=r"own.mine.*Drop those objects"):
        database.push(made(tmp_path, "b3", {"core.fct_flow": ("select 1 as id, 2 as rate", ["id"])}))
    assert database.ask("select build_id from statecraft.release") == [("b2",)]


def test_only_some_tables_with_a_prefix(database: Database, tmp_path: Path) -> None:
    release = made(tmp_path, "b1", of_build("b1"))
    done = database.push(release, prefix="sc_", wanted=["core.*"])
    assert done.tables == 2
    assert database.ask("select count(*) from sc_core.fct_flow") == [(300,)]
    assert database.ask("select viewname from pg_views where schemaname = 'sc_trade_impact'") == []
    with pytest.raises(StatecraftError, match=r"no table core\.fct_x"):
        database.push(release, wanted=["core.fct_x"])


def test_headline_numbers_are_views_there(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def saved(query: str) -> tuple[Headline, ...]:
        return (Headline("flows", "How many flows", query, frozenset({"core.fct_flow"}), {"flow_count": "Flows."}),)

    monkeypatch.setattr(pushing, "headlines", lambda: saved("select count(*) as flow_count from core.fct_flow"))
    release = made(tmp_path, "b1", of_build("b1"))
    database.push(release, prefix="sc_")
    assert database.ask("select flow_count from sc_headline.flows") == [(300,)]
    assert database.ask("select col_description('sc_headline.flows'::regclass, 1)") == [("Flows.",)]
    monkeypatch.setattr(pushing, "headlines", lambda: saved("select 2 * count(*) as flow_count from core.fct_flow"))
    assert not database.push(release, prefix="sc_").was_there
    assert database.ask("select flow_count from sc_headline.flows") == [(600,)]


def test_the_reader_reads_views_and_nothing_else(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    database.push(made(tmp_path, "b2", {"core.fct_flow": ("select 1 as id, 2 as other", ["id"])}), readers=[])
    assert database.ask("select other from core.fct_flow") == [(2,)]  # let in before, and still
    for refused in ("delete from core.fct_flow", "select * from statecraft.shown", "create table core.x (i int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.ask(refused)


def test_the_loader_needs_create_and_no_more(database: Database, tmp_path: Path) -> None:
    database.run(f"revoke create on database {database.name} from {LOADER}")
    with pytest.raises(PostgresError, match=r"permission denied.*Grant what docs/bi/postgresql.md lists"):
        database.push(made(tmp_path, "b1", of_build("b1")))
    for schema in ("statecraft", "core", "policy_events", "trade_impact", "provenance", "headline"):
        database.run(f"create schema {schema}; grant create, usage on schema {schema} to {LOADER} with grant option")
    assert database.push(made(tmp_path, "b2", of_build("b2"))).copied
    assert database.ask("select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = 'loader'") == [
        (False, False, False)
    ]


def test_one_push_at_a_time(database: Database, tmp_path: Path) -> None:
    release = made(tmp_path, "b1", of_build("b1"))
    with database.opened(LOADER) as other, Store(other).one_pusher():
        with pytest.raises(BusyError, match="Another push"):
            database.push(release)
        assert database.push(release, prefix="sc_").copied  # another copy is another matter
    assert database.push(release).copied


def test_no_grain_rows_twice_leave_nothing_behind(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    twice = {**of_build("b2"), "trade_impact.rates": (f"{rows('b2', 3)} union all {rows('b2', 3)}", ["id"])}
    with pytest.raises(PostgresError, match=r"trade_impact.rates: .*could not create unique index"):
        database.push(made(tmp_path, "b2", twice))
    assert database.ask("select distinct build from core.fct_flow") == [("b1",)]


def test_a_server_that_is_away_and_a_database_that_is_not_there(database: Database, tmp_path: Path) -> None:
    release, settings = made(tmp_path, "b1", of_build("b1")), Settings(tmp_path / "home", "500MB", 2)
    for url, words in (
        (f"postgresql://{LOADER}@/trade?host={tmp_path}", "cannot be reached"),
        (f"postgresql://{LOADER}@/none?host={database.socket}", 'database "none" does not exist'),
        (f"postgresql://nobody@/{database.name}?host={database.socket}", 'role "nobody" does not exist'),
    ):
        with pytest.raises(PostgresError, match=words):
            push(settings, release, Address.read(url))


def test_a_server_that_is_too_old(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "OLDEST_SERVER", 99)
    with pytest.raises(PostgresError, match=r"The server is PostgreSQL \d+\. PostgreSQL 99 or later is needed"):
        database.push(made(tmp_path, "b1", of_build("b1")))


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (psycopg.errors.DiskFull("could not extend file"), "Free room on the server"),
        (psycopg.errors.ReadOnlySqlTransaction("read-only"), "push to the primary"),
        (psycopg.errors.LockNotAvailable("lock timeout"), "push again later"),
        (psycopg.OperationalError("server closed the connection unexpectedly"), "is not copied twice"),
        (psycopg.OperationalError("fe_sendauth: no password supplied"), "PGPASSWORD"),
    ],
)
def test_a_refusal_says_what_to_do(error: psycopg.Error, advice: str) -> None:
    assert advice in str(address.in_words(error, Address.read("postgresql://loader@db.example/trade")))


def test_a_database_in_another_encoding_is_refused(database: Database, tmp_path: Path) -> None:
    database.run(f"create database {database.name}_latin encoding 'LATIN1' locale 'C' template template0")
    latin = Database(database.socket, f"{database.name}_latin", database.settings)
    with pytest.raises(PostgresError, match="encoded as LATIN1"):
        latin.push(made(tmp_path, "b1", of_build("b1")))


def test_progress_is_said_table_by_table(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="statecraft"):
        database.push(made(tmp_path, "b1", of_build("b1")))
    assert "3 of 3 tables to copy." in caplog.text and "600 rows" in caplog.text


def test_the_address_of_the_copy_is_kept_nowhere(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    kept = database.ask("select row_to_json(r)::text from statecraft.releases as r", LOADER)
    assert database.socket not in str(kept) and READER not in str(kept)
