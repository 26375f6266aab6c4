"""The tables `ownership__*` beside raw: edges, links of listed parties to owners, and whom each rule reaches.

Belongs here: reading raw, running the closure once a rule, writing the tables when what they are made of changed.
Does not belong here: the closure itself (closure.py, paths.py), what is released (models/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.files import sha256_of
from pipelines.identity import editions
from pipelines.identity.tables import code_fingerprint
from pipelines.ownership import edges as ownership
from pipelines.ownership import listed as lists
from pipelines.ownership.closure import SPANS, WHOLE, beyond, close
from pipelines.ownership.graph import Graph
from pipelines.ownership.intervals import clipped
from pipelines.ownership.paths import follow
from pipelines.settings import PROJECT_ROOT, Settings
from pipelines.warehouse import Warehouse

TABLES = {
    "ownership__edges": "Edges of ownership as now known, one row a statement.",
    "ownership__links": "Which owners are which listed parties, and how that was found.",
    "ownership__reach": "Whom listed parties reach by ownership under each rule, and by which way.",
}
#: Which lists count together, from which share on; law and comparison, each row with its ground.
RULES = PROJECT_ROOT / "seeds" / "ownership_rules.csv"
REACH = {
    "rule_code": pl.String(),
    "list_code": pl.String(),
    "entry_key": pl.String(),
    "listed_entity_id": pl.String(),
    "entity_id": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "ownership_share": pl.Float64(),
    "share_basis": pl.String(),
    "owner_count": pl.Int32(),
    "path_length": pl.Int32(),
    "path": pl.String(),
    "last_share": pl.Float64(),
    "is_aggregate": pl.Boolean(),
}
_RELATIONSHIPS, _ENTITIES, _OWN = "gleif__relationships", "gleif__entities", "ownership_edges__edges"
#: Keys by which an entry is known across editions, where they are worked out.
_KEYS = "list_identity__keys"
_ASSUMPTIONS, _CONSOLIDATION = "law__assumptions", "A-OWN-01"


def write(settings: Settings) -> None:
    """Publish the tables; left alone where neither raw, nor the rules, nor the method changed since they were made."""
    warehouse = Warehouse(settings)
    state = warehouse.state()
    inputs = [_RELATIONSHIPS, _ENTITIES, _OWN, _KEYS, _ASSUMPTIONS, *lists.RULES_CITED]
    inputs += [table.name for table in editions.LISTS]
    made_of = sha256_of(json.dumps([[state.get(i) for i in inputs], _method_fingerprint()]).encode())[:16]
    if all(warehouse.is_made_of(table, made_of) for table in TABLES):
        return
    for table, frame in made(warehouse).items():
        warehouse.write_own_table(table, frame, made_of)


@cache
def _method_fingerprint() -> str:
    """Changes whenever other rows might follow from the same raw."""
    files = [RULES, *sorted(p for p in Path(__file__).parent.iterdir() if p.is_file())]
    return sha256_of(code_fingerprint().encode() + b"".join(p.read_bytes() for p in files))[:16]


def made(warehouse: Warehouse) -> dict[str, pl.DataFrame]:
    """Table -> its rows, from raw as it is."""
    files = list(warehouse.files(_RELATIONSHIPS)), list(warehouse.files(_OWN))
    edges = ownership.edges(*files, _floor(warehouse))
    if edges.is_empty():
        return {
            "ownership__edges": edges,
            "ownership__links": pl.DataFrame(schema=lists.LINKS),
            "ownership__reach": pl.DataFrame(schema=REACH),
        }
    stated = lists.statements(warehouse)
    links = lists.links(stated, _owners(edges, warehouse))
    rules = pl.read_csv(RULES, schema_overrides={"threshold_share": pl.Float64})
    standing = lists.standing(stated.join(links, on=lists.ENTRY, how="semi"))
    graph = Graph.of(edges)
    found = [reach(graph, links, standing, rule) for rule in rules.partition_by("rule_code", maintain_order=True)]
    return {
        "ownership__edges": edges,
        "ownership__links": links,
        "ownership__reach": pl.concat([pl.DataFrame(schema=REACH), *found]),
    }


def _floor(warehouse: Warehouse) -> float:
    """The assumed least share of an owner that consolidates, as law/ has it."""
    held = [pl.read_parquet(path) for path in warehouse.files(_ASSUMPTIONS)]
    found = pl.concat(held).filter(pl.col("assumption_id") == _CONSOLIDATION)["value"] if held else pl.Series()
    return float(found[0]) if len(found) else ownership.FLOOR


def reach(graph: Graph, links: pl.DataFrame, standing: pl.DataFrame, rule: pl.DataFrame) -> pl.DataFrame:
    """REACH of one rule over a graph, from listed.LINKS and listed.LISTED; rule: its rows in RULES.

    An entity is not reached on days on which it is listed itself under the rule; reach goes on through it.
    """
    counted = links.join(rule.select("list_code"), on="list_code", how="semi")
    parties = counted.select(lists.ENTRY).unique().sort(lists.ENTRY).with_row_index("source")
    if parties.is_empty():
        return pl.DataFrame(schema=REACH)
    sources = (
        counted.join(parties, on=lists.ENTRY)
        .join(graph.numbers("entity_id", "node"), on="entity_id")
        .join(standing, on=lists.ENTRY)
        .select("source", *SPANS)
        .sort("source", *SPANS)
    )
    threshold = round(rule["threshold_share"][0] * WHOLE)
    closure = close(graph.edges, sources.select(*SPANS), threshold)
    paths = follow(closure, sources, graph.ids, threshold)
    whole = beyond(clipped(paths, closure.reached, ["node"]), sources)
    basis = (
        pl.when(pl.col("at_least") == 0)
        .then(pl.lit(ownership.STATED))
        .when(pl.col("units") > 0)
        .then(pl.lit("both"))
        .otherwise(pl.lit(ownership.CONSOLIDATION))
    )
    return (
        whole.with_columns(
            listed_entity_id=graph.ids.gather(whole["origin"]),
            entity_id=graph.ids.gather(whole["node"]),
        )
        .join(parties, on="source")
        .select(
            *lists.ENTRY,
            "listed_entity_id",
            "entity_id",
            rule_code=pl.lit(rule["rule_code"][0]),
            valid_from=pl.col("begins").cast(pl.Date),
            valid_to=pl.col("ends").cast(pl.Date),
            ownership_share=pl.max_horizontal("units", "at_least") / WHOLE,
            share_basis=basis,
            owner_count=pl.col("owners").cast(pl.Int32),
            path_length="path_length",
            path="path",
            last_share=pl.col("last_units") / WHOLE,
            is_aggregate="is_aggregate",
        )
        .select(*REACH)
        .sort("rule_code", *lists.ENTRY, "entity_id", "valid_from")
    )


def _owners(edges: pl.DataFrame, warehouse: Warehouse) -> pl.DataFrame:
    """entity_id, name, country_code, entry_key: every name of every owner, from GLEIF and from the user's file."""
    schema = dict.fromkeys(("entity_id", "name", "country_code", "entry_key"), pl.String())
    rows = pl.concat([pl.DataFrame(schema=schema), *_of_gleif(warehouse), *_of_user(warehouse)])
    return rows.join(edges.select(entity_id="owner_id").unique(), on="entity_id", how="semi").unique()


def _of_gleif(warehouse: Warehouse) -> Iterator[pl.DataFrame]:
    for path in warehouse.files(_ENTITIES):
        held = pl.scan_parquet(path).filter(pl.col("known_to") == pl.col("known_to").max().over("lei"))
        for country in ("country_code", "headquarters_country_code"):
            one = held.select(entity_id="lei", name="legal_name", other="other_names", country_code=country)
            others = one.select("entity_id", "country_code", name=pl.col("other").str.split(" | ")).explode("name")
            for named in (one, others):
                yield (
                    named.select("entity_id", "name", "country_code", entry_key=pl.lit(None, pl.String))
                    .drop_nulls("name")
                    .collect()
                )


def _of_user(warehouse: Warehouse) -> Iterator[pl.DataFrame]:
    for path in warehouse.files(_OWN):
        rows = pl.read_parquet(path)
        for end in ("owner", "owned"):
            yield rows.select(
                entity_id=pl.coalesce(f"{end}_lei", f"{end}_id"),
                name=f"{end}_name",
                country_code=f"{end}_country_code",
                entry_key=f"{end}_entry_key",
            )
