"""Rules, citations and counts as tables beside raw: read once from what raw holds of lists and of the Federal Register.

Belongs here: collecting from raw, joining what different files say of one rule, laying down. Does not belong here: how
a citation is resolved (citing.py) or an abstract read (abstracts.py).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipelines.contract import OPEN_END, all_specs
from pipelines.files import sha256_of
from pipelines.list_rules import abstracts, citing
from pipelines.names import plain
from pipelines.settings import Settings
from pipelines.sources.bis_entity_list.citations import RULES, rules
from pipelines.warehouse import Warehouse

TABLES = {
    "list_rules__rules": "Rules that amend lists of parties or are cited by them, and what files at hand say of each.",
    "list_rules__citations": "Every distinct citation text of the lists, piece by piece, and the rule it names.",
    "list_rules__counts": "What a rule's abstract says it adds to and removes from the Entity List.",
    "list_rules__names": "Every distinct name of the lists that rules amend, without its typography and legal form.",
}
DOCUMENTS, BIS_RULES = "federal_register__documents", "federal_register__bis_rules"
#: Raw tables whose entries cite the Federal Register, and the list they are of where no column says so.
CITING = {
    "bis_denied_persons__entries": "US_BIS_DPL",
    "bis_entity_list__entries": None,
    "ita_screening_list__entries": None,
}
#: Pages and days that BIS's tables misprint, with what is right and why.
MISPRINTS = Path(__file__).with_name("misprints.csv")
#: Words of a title or abstract by which a document concerns a list.
CONCERNS = "Entity List|Unverified List|Military End-User|Military End User|Certain Listed Entities"
SCHEMA = pl.Schema(
    {
        "rule_citation": pl.String(),
        "volume": pl.Int32(),
        "start_page": pl.Int32(),
        "last_page": pl.Int32(),
        "published_on": pl.Date(),
        "effective_on": pl.Date(),
        "document_number": pl.String(),
        "title": pl.String(),
        "abstract": pl.String(),
        "amends_list": pl.Boolean(),
        "evidence": pl.String(),
    }
)


def write(settings: Settings) -> None:
    """Publish the tables; left alone where neither raw nor the reading changed since they were made."""
    warehouse = Warehouse(settings)
    state = warehouse.state()
    inputs = (*CITING, DOCUMENTS, BIS_RULES)
    made_of = sha256_of(repr(([state.get(table) for table in inputs], _reading())).encode())[:16]
    if all(warehouse.is_made_of(table, made_of) for table in TABLES):
        return
    held = {table: _held(warehouse, table) for table in inputs}
    known = rule_table(held[DOCUMENTS], held[BIS_RULES])
    texts = pl.concat([_texts(held[table], code) for table, code in CITING.items()])
    warehouse.write_own_table("list_rules__rules", known, made_of)
    warehouse.write_own_table("list_rules__citations", citing.resolved(citing.cited(texts), known), made_of)
    names = pl.concat([held[table].select("entity_name") for table in CITING])
    warehouse.write_own_table("list_rules__names", name_table(names), made_of)
    warehouse.write_own_table("list_rules__counts", abstracts.counts(_standing(held[DOCUMENTS])), made_of)


def rule_table(documents: pl.DataFrame, bis_rules: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA, one row a rule: those that entries of the Entity List cite, BIS's other rules, other documents of lists.

    A rule is named by its citation, or where no page of it is known, by its document number. `last_page` is the last
    page known to be cited, or printed; an effective day that no file states is NULL. A document is put to a page by its
    number, else by its own page, else by day and title where both are the only ones of that day and title.
    """
    documents, bis_rules = _standing(documents), _put_right(_standing(bis_rules))
    cited = rules().select(
        pl.col("volume", "first_page", "last_page").cast(pl.Int32),
        "published_on",
        "document_number",
        evidence=pl.format("cited by entries; {}", "evidence"),
        amends_list=pl.lit(True),
    )
    table = bis_rules.select(
        "volume", first_page="start_page", day="published_on", effective="effective_on", said="title"
    )
    by_page = cited.join(table, on=["volume", "first_page"], how="full", coalesce=True)
    by_page = by_page.with_columns(
        published_on=pl.coalesce("published_on", "day"),
        evidence=pl.col("evidence").fill_null("table of BIS's rules"),
        amends_list=pl.col("amends_list").fill_null(pl.col("said").str.contains(CONCERNS)),
    )
    told = documents.select(
        "document_number",
        name="title",
        abstract="abstract",
        bites="effective_on",
        printed_on="published_on",
        document_volume="volume",
        document_page="start_page",
        document_end="end_page",
    )
    by_page = _numbered(by_page, told)
    concerned = pl.concat_str("name", "abstract", separator=" ", ignore_nulls=True).str.contains(CONCERNS)
    whole = by_page.join(told, on="document_number", how="left").with_columns(
        amends_list=pl.col("amends_list").fill_null(False) | concerned.fill_null(False)
    )
    others = told.join(by_page.filter(pl.col("document_number").is_not_null()), on="document_number", how="anti")
    others = others.filter(concerned | pl.col("document_page").is_not_null()).with_columns(
        amends_list=concerned, evidence=pl.lit("document of the Federal Register")
    )
    rows = pl.concat([whole, others], how="diagonal").with_columns(
        volume=pl.coalesce("volume", "document_volume"),
        start_page=pl.coalesce("first_page", "document_page"),
        last_page=pl.coalesce("document_end", "last_page", "document_page", "first_page"),
        published_on=pl.coalesce("published_on", "printed_on"),
        effective_on=pl.coalesce("bites", "effective"),
        title=pl.coalesce("name", "said"),
    )
    paged = pl.format("{} FR {}", "volume", "start_page")
    return (
        rows.with_columns(rule_citation=pl.coalesce(paged, pl.col("document_number")))
        .sort("rule_citation", pl.col("document_number"), nulls_last=True)
        .unique("rule_citation", keep="first", maintain_order=True)
        .select(*SCHEMA)
        .cast(SCHEMA)
    )


def _put_right(bis_rules: pl.DataFrame) -> pl.DataFrame:
    """BIS's rows with the pages and days of MISPRINTS in place of those printed."""
    right = pl.read_csv(MISPRINTS, schema_overrides={"right_published_on": pl.Date})
    right = right.cast({"volume": pl.Int32, "start_page": pl.Int32, "right_page": pl.Int32}).drop("reason")
    return bis_rules.join(right, on=["volume", "start_page"], how="left").with_columns(
        start_page=pl.coalesce("right_page", "start_page"),
        published_on=pl.coalesce("right_published_on", "published_on"),
    )


def _numbered(by_page: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """by_page with the numbers of documents that name the same rule by page, or by day and title."""
    free = told.join(by_page.filter(pl.col("document_number").is_not_null()), on="document_number", how="anti")
    unnumbered = by_page.filter(pl.col("document_number").is_null())
    paged = free.select("document_number", volume="document_volume", first_page="document_page").drop_nulls()
    paged = paged.filter(pl.struct("volume", "first_page").is_unique()).rename({"document_number": "of_page"})
    pageless = free.filter(pl.col("document_page").is_null()).select(
        day_of="printed_on", title_key=_title_key("name"), of_title="document_number"
    )
    places = unnumbered.join(paged, on=["volume", "first_page"], how="anti").select(
        "volume", "first_page", day_of="published_on", title_key=_title_key("said")
    )
    alone = pl.struct("day_of", "title_key").is_unique()
    titled = places.drop_nulls().filter(alone).join(pageless.drop_nulls().filter(alone), on=["day_of", "title_key"])
    both = by_page.join(paged, on=["volume", "first_page"], how="left").join(
        titled.select("volume", "first_page", "of_title"), on=["volume", "first_page"], how="left"
    )
    is_titled = pl.col("document_number").is_null() & pl.col("of_title").is_not_null()
    return both.with_columns(
        document_number=pl.coalesce("document_number", "of_page", "of_title"),
        evidence=pl.when(is_titled).then(pl.format("{}; document by day and title", "evidence")).otherwise("evidence"),
    ).drop("of_page", "of_title")


def _title_key(title: str) -> pl.Expr:
    """A title without case, punctuation and plurals, in which printings of one title differ."""
    plain_title = (pl.col(title).str.to_lowercase() + " ").str.replace_all(r"[^a-z0-9]+", " ")
    return plain_title.str.replace_all("s ", " ", literal=True).str.strip_chars()


def _held(warehouse: Warehouse, table: str) -> pl.DataFrame:
    """What raw holds of a table, with its clocks; declared columns without rows where it holds nothing."""
    files = list(warehouse.files(table))
    if files:
        return pl.concat([pl.read_parquet(file) for file in files], how="diagonal")
    source, _, thing = table.partition("__")
    return pl.DataFrame(schema={**all_specs()[source].things[thing].schema, "known_from": pl.Date, "known_to": pl.Date})


def name_table(names: pl.DataFrame) -> pl.DataFrame:
    """(entity_name) -> each distinct one with its core, by which one edition's entries of one party are told."""
    distinct = names.drop_nulls().unique().sort("entity_name")
    return distinct.with_columns(name_core=plain.core(pl.col("entity_name")))


def _texts(entries: pl.DataFrame, list_code: str | None) -> pl.DataFrame:
    code = pl.lit(list_code) if list_code else pl.col("list_code")
    return entries.select(list_code=code, citation_text="citation")


def _standing(held: pl.DataFrame) -> pl.DataFrame:
    return held.filter(pl.col("known_to") == OPEN_END)


def _reading() -> str:
    """Changes whenever a citation or an abstract might be read otherwise."""
    folder = Path(__file__).parent
    files = [*sorted(folder.glob("*.py")), MISPRINTS, RULES]
    return sha256_of(b"".join(path.read_bytes() for path in files))[:16]
