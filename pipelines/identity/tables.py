"""Identity as tables beside raw: keys of entries, matches, parties and links.

Belongs here: gathering what identity is made of, and laying it down when that changed. Does not belong here: how it is
decided (keys.py, parties.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from pipelines import names
from pipelines.contract import SourceSpec
from pipelines.files import sha256_of
from pipelines.identity import editions, keys, overrides, parties
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

TABLES = {
    "list_identity__keys": "Which entry each printed row of a list is, edition by edition.",
    "list_identity__matches": "Pairs of keys of consecutive editions that were weighed, and what was found.",
    "list_identity__parties": "The party of each entry of the lists.",
    "list_identity__links": "Pairs of entries that are one party, or may be, with score and evidence.",
}


def write(settings: Settings, specs: dict[str, SourceSpec]) -> None:
    """Publish the tables; left alone where neither the lists nor the rules changed since they were made.

    Raises StatecraftError for overrides that may not be used.
    """
    warehouse = Warehouse(settings)
    state = warehouse.state()
    made_of = sha256_of(repr(([state.get(t.name) for t in editions.LISTS], code_fingerprint())).encode())[:16]
    if all(warehouse.is_made_of(table, made_of) for table in TABLES):
        return
    decided = overrides.read()
    derived = editions.statements(settings, ("derived",))
    followed, matches = keys.follow(derived, editions.editions(settings, specs), decided)
    given = editions.statements(settings, ("given", "order")).with_columns(entry_key="stated_key")
    of_party, links = parties.linked(parties.entries(pl.concat([keyed(derived, followed), given])), decided)
    for name, frame in zip(TABLES, (followed, matches, of_party, links), strict=True):
        warehouse.write_own_table(name, frame, made_of)


def keyed(statements: pl.DataFrame, followed: pl.DataFrame) -> pl.DataFrame:
    """Statements (editions.STATEMENTS) with the entry_key of each, as int_list__followed has them."""
    runs = followed.filter(pl.col("method") != "repeated").select(
        "list_code",
        "stated_key",
        "entry_key",
        "method",
        heading="country_code",
        run_from="known_from",
        run_to="known_to",
    )
    return (
        statements.join(runs, on=["list_code", "stated_key"])
        .filter((pl.col("known_from") < pl.col("run_to")) & (pl.col("run_from") < pl.col("known_to")))
        .with_columns(
            country_code=pl.when(pl.col("method") == "carried").then("heading").otherwise("country_code"),
            known_from=pl.max_horizontal("known_from", "run_from"),
            known_to=pl.min_horizontal("known_to", "run_to"),
        )
        .select(*editions.STATEMENTS, "entry_key")
    )


@cache
def code_fingerprint() -> str:
    """Changes whenever an entry might be followed or linked otherwise."""
    folders = [Path(__file__).parent, Path(names.__file__).parent]
    files = [p for folder in folders for p in sorted(folder.iterdir()) if p.suffix in (".py", ".csv")]
    return sha256_of(b"".join(p.read_bytes() for p in files))[:16]
