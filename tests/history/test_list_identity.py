"""Identity of listed entries and parties, measured on pairs labelled by reading, and on what the editions hold.

list_identity_pairs.csv: pairs of printed entries with the editions they stand in, whether they are one entry (kind
entry) or one party (kind party), which case they are of, and why. They were drawn by plain likeness of names, not by
the rules measured here, and labelled before; docs/methods/list_identity.md says how. The editions are the pack's.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from pipelines.contract import OPEN_END
from pipelines.identity import editions, keys, overrides, parties
from pipelines.identity.tables import keyed
from pipelines.settings import PROJECT_ROOT

SAMPLE = PROJECT_ROOT / "sample"
PAIRS = Path(__file__).with_name("list_identity_pairs.csv")
NEWEST = pl.col("known_to") == OPEN_END


class Found(NamedTuple):
    followed: pl.DataFrame
    matches: pl.DataFrame
    parties: pl.DataFrame
    links: pl.DataFrame


@cache
def found(by_hand: bool) -> Found:
    """What the rules find in the pack, with the judgements by hand or without."""
    decided = overrides.read() if by_hand else overrides.read().clear()
    read = {table: editions.read_table(table, _rows(table)) for table in editions.LISTS}
    derived = pl.concat(frame for table, frame in read.items() if table.key == "derived")
    given = pl.concat(frame for table, frame in read.items() if table.key != "derived")
    followed, matches = keys.follow(derived, _editions(read), decided)
    held = parties.entries(pl.concat([keyed(derived, followed), given.with_columns(entry_key="stated_key")]))
    return Found(followed, matches, *parties.linked(held, decided))


def _rows(table: editions.ListTable) -> list[Path]:
    return sorted(path for path in (SAMPLE / table.name).glob("*.parquet") if path.stem != "cells")


def _editions(read: dict[editions.ListTable, pl.DataFrame]) -> pl.DataFrame:
    sources = json.loads((SAMPLE / "manifest.json").read_text(encoding="utf-8"))["sources"]
    rows = [
        (code, date.fromisoformat(v["known_on"]), v["columns"] is None or editions.HEADING in v["columns"])
        for table, frame in read.items()
        if table.key == "derived"
        for v in sources[table.source]["things"]["entries"]["vintages"]
        for code in frame["list_code"].unique()
    ]
    return pl.DataFrame(rows, schema=editions.EDITIONS, orient="row")


@cache
def labelled() -> pl.DataFrame:
    return pl.read_csv(PAIRS).with_columns(pl.col("edition_a", "edition_b").str.to_date())


def told_same(kind: str, by_hand: bool) -> pl.DataFrame:
    """The labelled pairs of one kind with told: what the rules say of them."""
    pairs = labelled().filter(pl.col("kind") == kind)
    return _told_entries(pairs, by_hand) if kind == "entry" else _told_parties(pairs, by_hand)


def _told_entries(pairs: pl.DataFrame, by_hand: bool) -> pl.DataFrame:
    runs = found(by_hand).followed
    for side in ("a", "b"):
        at = runs.rename({"list_code": f"list_code_{side}", "stated_key": f"stated_key_{side}"})
        standing = (pl.col("known_from") <= pl.col(f"edition_{side}")) & (
            pl.col(f"edition_{side}") < pl.col("known_to")
        )
        borne = pairs.join(at, on=[f"list_code_{side}", f"stated_key_{side}"]).filter(standing)
        entries = borne.group_by("pair").agg(pl.col("entry_key").alias(f"entries_{side}"))
        pairs = pairs.join(entries, on="pair", how="left")
    return pairs.with_columns(told=pl.col("entries_a").list.set_intersection("entries_b").list.len() > 0)


def _told_parties(pairs: pl.DataFrame, by_hand: bool) -> pl.DataFrame:
    newest = found(by_hand).followed.filter(NEWEST & (pl.col("method") != "carried"))
    of_party = found(by_hand).parties
    stated = newest.select("list_code", "stated_key", "entry_key").join(of_party, on=["list_code", "entry_key"])
    numbered = of_party.join(stated, on="list_code", how="anti").with_columns(stated_key="entry_key")
    both = pl.concat([f.select("list_code", "stated_key", "party_key") for f in (stated, numbered)])
    for side in ("a", "b"):
        renamed = both.rename({c: f"{c}_{side}" for c in both.columns})
        pairs = pairs.join(renamed, on=[f"list_code_{side}", f"stated_key_{side}"], how="left")
    return pairs.with_columns(told=pl.col("party_key_a") == pl.col("party_key_b"))


def precision_and_recall(pairs: pl.DataFrame) -> tuple[float, float]:
    same, told = pl.col("is_same") == 1, pl.col("told")
    right, said, there = pairs.select(a=(same & told).sum(), b=told.sum(), c=same.sum()).row(0)
    return right / said, right / there


def test_sample_is_large_and_has_the_hard_cases() -> None:
    assert labelled().height >= 500
    assert min(labelled().group_by("kind", "is_same").len()["len"].to_list()) >= 60
    assert labelled()["case"].n_unique() >= 9
    assert labelled().select(pl.any_horizontal(pl.col("case", "reason").is_null()).any()).item() is False
    printed = ["kind", "list_code_a", "edition_a", "stated_key_a", "list_code_b", "edition_b", "stated_key_b"]
    assert labelled().select(pl.struct(printed).is_unique().all()).item()


@pytest.mark.parametrize("kind", ["entry", "party"])
def test_every_labelled_entry_is_held(kind: str) -> None:
    pairs = told_same(kind, by_hand=True)
    assert pairs.filter(pl.col("told").is_null())["pair"].to_list() == []


@pytest.mark.parametrize(
    ("kind", "by_hand", "precision", "recall"),
    [
        ("entry", False, 0.98, 0.93),
        ("entry", True, 0.99, 0.97),
        ("party", False, 0.98, 0.90),
        ("party", True, 0.98, 0.90),
    ],
)
def test_precision_and_recall(kind: str, by_hand: bool, precision: float, recall: float) -> None:
    pairs = told_same(kind, by_hand)
    measured = precision_and_recall(pairs)
    wrong = pairs.filter((pl.col("is_same") == 1) != pl.col("told")).select("entity_name_a", "entity_name_b", "is_same")
    assert measured[0] >= precision, wrong.rows()
    assert measured[1] >= recall, wrong.rows()


def test_sisters_are_told_apart() -> None:
    """Institutes of other numbers, plants, subsidiaries: near names of which both stand."""
    sisters = told_same("entry", by_hand=False).filter(
        (pl.col("is_same") == 0) & pl.col("case").str.starts_with("sister")
    )
    assert sisters.height >= 60
    assert sisters["told"].sum() == 0


def test_a_change_of_format_ends_few_entries() -> None:
    """Of the eCFR 173 keys are not in the file of five weeks later, of that 41 not in the next; few entries ended."""
    runs = found(by_hand=True).followed.filter((pl.col("list_code") == "US_BIS_EL") & (pl.col("method") != "repeated"))
    days = [date(2023, 10, 30), date(2023, 12, 7), date(2026, 7, 31)]
    at = [set(runs.filter((pl.col("known_from") <= d) & (d < pl.col("known_to")))["entry_key"]) for d in days]
    assert len(at[0]) == 2647
    assert 2720 <= len(at[1]) <= 2770
    assert 3420 <= len(at[2]) <= 3480
    assert len(at[0] - at[1]) <= 25
    assert 5 <= len(at[1] - at[2]) <= 15, "about a dozen were removed"
    assert 700 <= len(at[2] - at[1]) <= 730, "648 by later rules, others printed for the first time"


def test_keys_stay_when_an_edition_is_added() -> None:
    """What the first two editions said is not told otherwise because of the third."""
    table = next(t for t in editions.LISTS if t.source == "bis_entity_list")
    read = {table: editions.read_table(table, _rows(table))}
    days = _editions(read).sort("known_on")
    runs = [keys.follow(read[table], days.head(n), overrides.read())[0] for n in (2, 3)]
    borne = ["stated_key", "entry_key", "country_code", "method", "known_from"]
    earlier, all_of_them = (
        run.filter(pl.col("known_from") < date(2026, 7, 31)).select(borne).sort(borne) for run in runs
    )
    assert earlier.equals(all_of_them)


def test_an_entry_is_printed_once_and_a_row_is_of_one_entry_of_its_own() -> None:
    runs = found(by_hand=True).followed
    own = runs.filter(~pl.col("method").is_in(["carried", "repeated"]))
    for standing, subject in ((own, "stated_key"), (runs.filter(pl.col("method") != "repeated"), "entry_key")):
        again = standing.join(standing, on=["list_code", subject], suffix="_2").filter(
            (pl.col("known_from") < pl.col("known_from_2")) & (pl.col("known_from_2") < pl.col("known_to"))
        )
        assert again.is_empty()


def test_what_is_doubtful_is_reported_and_little() -> None:
    verdicts = found(by_hand=True).matches["verdict"].value_counts()
    counts = dict(verdicts.iter_rows())
    assert counts["followed"] >= 250
    assert 1 <= counts["doubtful"] <= 10


def test_known_parties() -> None:
    of_party = found(by_hand=True).parties
    assert of_party.select(pl.struct("list_code", "entry_key").is_unique().all()).item()

    def party_of(code: str, key: str) -> object:
        return of_party.filter((pl.col("list_code") == code) & (pl.col("entry_key") == key))["party_key"][0]

    assert party_of("CN_MOFCOM_UEL", "--:andurilindustries") == party_of("CN_MOFCOM_ECL", "--:andurilindustries")
    assert party_of("US_BIS_EL", "CN:ktkgroup") == party_of("US_DHS_UFLPA", "--:ktkgroup~ii")
    assert party_of("US_BIS_EL", "IR:dartaviation") == party_of("US_BIS_EL", "FR:dartaviation")
    assert party_of("CN_MOFCOM_ECL", "--:hudsontechnologiesco") != party_of("US_BIS_EL", "MY:anviktechnologiessdnbhd")
