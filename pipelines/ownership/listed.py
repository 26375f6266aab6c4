"""Listed parties: on which days each entry stands, what it is called, and which owners it is.

Days are those of core.fct_list_entry as now known: from the day the list states, or the first edition held, until the
edition that drops the entry or the day on which it ends by itself. A party is found among owners by what a user's file
says (entry_key), or by a name that is the same but for legal form and order of words, in a country of its heading or
addresses; a party without a country is not looked for by name. Each link keeps how it was found, its score, and what
was compared.

Belongs here: days of entries, and links. Does not belong here: which entry is which across editions (identity/),
comparing names (names/), edges (edges.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.identity import editions
from pipelines.identity.tables import keyed
from pipelines.names.match import best_matches
from pipelines.ownership.intervals import united
from pipelines.warehouse import Warehouse

#: Names at least this alike are one party's, if the country agrees: the same words, whatever legal form and order.
LEAST_SCORE = 0.98
#: Owners in one country that may bear a listed name; more of them say that the name is no mark of anybody.
MOST_LINKS = 3
ENTRY = ["list_code", "entry_key"]
STATEMENTS = {
    "list_code": pl.String(),
    "entry_key": pl.String(),
    "entity_name": pl.String(),
    "aliases": pl.String(),
    "country_code": pl.String(),
    "address_country_codes": pl.String(),
    "begins_on": pl.Date(),
    "ends_on": pl.Date(),
    "known_from": pl.Date(),
    "known_to": pl.Date(),
    "is_person": pl.Boolean(),
}
LISTED = {"list_code": pl.String(), "entry_key": pl.String(), "begins": pl.Int32(), "ends": pl.Int32()}
LINKS = {
    "list_code": pl.String(),
    "entry_key": pl.String(),
    "entity_id": pl.String(),
    "link_method": pl.String(),
    "link_score": pl.Float64(),
    "link_evidence": pl.String(),
}


#: Tables that tell more of an entry than identity asks: on which days it holds by itself, and whether it is a person.
_ORDERS, _NUMBERED, _KEYS = "bis_denied_persons__entries", "ofac_sdn__entries", "list_identity__keys"
#: What entries cite, and the rules cited.
RULES_CITED = ["list_rules__citations", "list_rules__rules"]
#: Lists whose entries begin with the rule they cite first.
_BY_RULE = ["US_BIS_EL", "US_BIS_MEU"]


def statements(warehouse: Warehouse) -> pl.DataFrame:
    """STATEMENTS of all lists held, under the keys that last across editions where identity has told them."""
    derived = editions.statements(warehouse.settings, ("derived",))
    followed = [pl.read_parquet(path) for path in warehouse.files(_KEYS)]
    numbered = editions.statements(warehouse.settings, ("given", "order")).with_columns(entry_key="stated_key")
    kept = keyed(derived, pl.concat(followed)) if followed else derived.with_columns(entry_key="stated_key")
    told = pl.concat([kept, numbered.select(kept.columns)])
    orders, persons = _orders(warehouse), _persons(warehouse)
    return (
        told.join(orders, on=["list_code", "entry_key", "known_from"], how="left")
        .join(persons, on=ENTRY, how="left")
        .join(_added(warehouse, told), on=ENTRY, how="left")
        .with_columns(
            pl.when(pl.col("known_from") == pl.col("known_from").min().over(ENTRY))
            .then(pl.coalesce("added_on", pl.col("begins_on").min().over(ENTRY), "effective_on"))
            .otherwise(pl.coalesce("begins_on", "effective_on"))
            .alias("begins_on"),
            pl.col("is_person").fill_null(False),
        )
        .select(*STATEMENTS)
    )


def _added(warehouse: Warehouse, told: pl.DataFrame) -> pl.DataFrame:
    """The day on which the rule an entry cites first took effect, or was published: ENTRY, added_on."""
    citations, rules = (list(warehouse.files(table)) for table in RULES_CITED)
    if not citations or not rules:
        return told.select(*ENTRY, added_on=pl.lit(None, pl.Date)).clear()
    cited = pl.read_parquet(citations).filter(pl.col("place") == 1)
    known = pl.read_parquet(rules).select("rule_citation", "published_on", rule_on="effective_on")
    return (
        told.filter(pl.col("list_code").is_in(_BY_RULE))
        .join(cited, left_on=["list_code", "citation"], right_on=["list_code", "citation_text"])
        .join(known.drop_nulls("rule_citation"), on="rule_citation", how="left")
        .sort("known_from")
        .unique(ENTRY, keep="first", maintain_order=True)
        .select(*ENTRY, added_on=pl.coalesce("rule_on", "published_on", "cited_on"))
    )


def _orders(warehouse: Warehouse) -> pl.DataFrame:
    """The days of denial orders, which begin and end by themselves."""
    schema = {"list_code": pl.String(), "entry_key": pl.String(), "known_from": pl.Date()}
    found = [pl.DataFrame(schema={**schema, "effective_on": pl.Date(), "ends_on": pl.Date()})]
    for path in warehouse.files(_ORDERS):
        key = pl.concat_str(pl.lit("US_BIS_DPL/"), "entry_key").alias("entry_key")
        days = pl.read_parquet(path).select(
            pl.lit("US_BIS_DPL").alias("list_code"), key, "known_from", "effective_on", ends_on="expires_on"
        )
        found.append(days)
    return pl.concat(found)


def _persons(warehouse: Warehouse) -> pl.DataFrame:
    """Entries of OFAC's lists that are persons."""
    found = [pl.DataFrame(schema={"list_code": pl.String(), "entry_key": pl.String(), "is_person": pl.Boolean()})]
    for path in warehouse.files(_NUMBERED):
        persons = pl.read_parquet(path).filter(pl.col("kind") == "individual")
        key = pl.format("{}/{}", "list_code", "entity_number").alias("entry_key")
        found.append(persons.select("list_code", key, pl.lit(True).alias("is_person")))
    return pl.concat(found).unique()


def standing(stated: pl.DataFrame) -> pl.DataFrame:
    """LISTED: the days on which each entry stands, as now known."""
    before = pl.col("known_to").shift(1).over(ENTRY, order_by="known_from")
    begins = pl.min_horizontal(pl.coalesce("begins_on", "known_from"), "known_from")
    spans = stated.select(
        *ENTRY,
        begins=pl.max_horizontal(begins, before).to_physical(),
        ends=pl.min_horizontal(pl.col("ends_on").fill_null(OPEN_END), "known_to").to_physical(),
    )
    return united(spans.filter(pl.col("begins") < pl.col("ends")), ENTRY)


def links(stated: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """LINKS of entries to owners. owners: entity_id, name, country_code, entry_key, one row a name of an owner.

    What a user's file says goes before what names suggest: an owner with an entry_key is not looked for by name.
    """
    entries = stated.select(ENTRY).unique()
    said = (
        owners.select("entity_id", "entry_key")
        .drop_nulls()
        .unique()
        .join(entries, on="entry_key")
        .select(
            *ENTRY,
            "entity_id",
            link_method=pl.lit("entry_key"),
            link_score=pl.lit(1.0),
            link_evidence=pl.lit("named by the user's file"),
        )
    )
    unsaid = owners.filter(pl.col("entry_key").is_null()).join(said, on="entity_id", how="anti")
    return pl.concat([said, _by_name(stated, unsaid)]).sort(*ENTRY, "entity_id")


def _by_name(stated: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    named = owners.select("entity_id", "name", "country_code").drop_nulls().unique()
    # Of the heading, and of every address: parties under China with an address in Hong Kong are registered there.
    countries = pl.concat_str("country_code", "address_country_codes", separator=",", ignore_nulls=True).str.split(",")
    placed = stated.filter(~pl.col("is_person")).with_columns(country_code=countries.list.unique())
    parties = placed.explode("country_code").filter(pl.col("country_code") != "")
    listed = pl.concat(
        [
            parties.select(*ENTRY, "country_code", name=pl.col("entity_name")),
            parties.select(*ENTRY, "country_code", name=pl.col("aliases").str.split(" | ")).explode("name"),
        ]
    )
    listed = listed.drop_nulls("name").unique().sort(*ENTRY, "name")
    if named.is_empty() or listed.is_empty():
        return pl.DataFrame(schema=LINKS)
    listed = listed.join(named, on="country_code", how="semi")
    asked = _numbered(named)
    held = _numbered(listed)
    pairs = best_matches(asked, held, least_score=LEAST_SCORE, per_asked=len(held))
    found = (
        pairs.join(asked.rename({"id": "asked_id", "name": "name"}), on="asked_id")
        .join(held.rename({"id": "listed_id", "name": "listed_name"}), on="listed_id")
        .join(named, on="name")
        .join(listed.rename({"name": "listed_name"}), on=["listed_name", "country_code"])
    )
    # Counted by name, not by entry: an entry's rare name links although another of its names is everybody's.
    bearers = pl.col("entity_id").n_unique().over("listed_name", "country_code")
    best = (
        found.filter(bearers <= MOST_LINKS)
        .sort("score", "name", "listed_name", descending=[True, False, False])
        .unique([*ENTRY, "entity_id"], keep="first", maintain_order=True)
    )
    return best.select(
        *ENTRY,
        "entity_id",
        link_method=pl.lit("name_and_country"),
        link_score=pl.col("score").cast(pl.Float64),
        link_evidence=pl.format("{} ({}) is listed as {}", "name", "country_code", "listed_name"),
    )


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Distinct names, numbered as names/match.py asks."""
    return rows.select("name").unique().sort("name").with_row_index("id")
