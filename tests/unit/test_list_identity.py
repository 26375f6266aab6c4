"""Identity of entries and parties on rows written by hand: one case of the rules a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.contract import OPEN_END, all_specs
from pipelines.errors import StatecraftError
from pipelines.identity import editions, evidence, keys, overrides, parties, tables
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

FIRST, SECOND, THIRD = date(2023, 10, 30), date(2023, 12, 7), date(2026, 7, 31)
NOTHING_DECIDED = overrides.read().clear()


def printed(key: str, name: str, known_from: date = FIRST, known_to: date = OPEN_END, **said: Any) -> dict[str, Any]:
    """A statement of the Entity List; what is not said is what most entries say."""
    usual = {"list_code": "US_BIS_EL", "country_code": key[:2], "citation": "84 FR 22961, 2019-05-21"}
    begins = {"begins_on": date(2019, 5, 21), "known_from": known_from, "known_to": known_to}
    return {**usual, **begins, "stated_key": key, "entity_name": name, **said}


def follow(rows: list[dict[str, Any]], headings: tuple[bool, ...] = (True, False, False), decided: Any = None) -> Any:
    statements = pl.DataFrame(rows, schema=editions.STATEMENTS)
    days = [("US_BIS_EL", day, stated) for day, stated in zip((FIRST, SECOND, THIRD), headings, strict=False)]
    held = pl.DataFrame(days, schema=editions.EDITIONS, orient="row")
    return keys.follow(statements, held, NOTHING_DECIDED if decided is None else decided)


def borne(followed: pl.DataFrame, day: date) -> dict[str, list[str]]:
    """Stated key -> entries it prints on a day."""
    standing = followed.filter((pl.col("known_from") <= day) & (day < pl.col("known_to")))
    return {k[0]: f["entry_key"].to_list() for k, f in standing.group_by("stated_key", maintain_order=True)}


def test_a_name_that_runs_on_into_its_address_keeps_its_key_and_returns_to_it() -> None:
    followed, matches = follow(
        [
            printed("CN:hua", "Hua Ying Management", known_to=SECOND, addresses="Tsim Sha Tsui, Kowloon"),
            printed("CN:huatsim", "Hua Ying Management, Tsim Sha Tsui", SECOND, THIRD, addresses="Kowloon"),
            printed("CN:hua", "Hua Ying Management", THIRD),
        ]
    )
    assert borne(followed, SECOND) == {"CN:huatsim": ["CN:hua"]}
    assert borne(followed, THIRD) == {"CN:hua": ["CN:hua"]}
    assert matches["method"].to_list() == ["matched", "returned"]
    assert "added by 84 FR 22961 in both" in matches["evidence"][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Research Institute No. 14", "Research Institute No. 38"),
        ("Avia Group LLC", "Avia Group Nord LLC"),
        ("Moore Thread Technology (Beijing) Co., Ltd.", "Moore Thread Technology (Chengdu) Co., Ltd."),
    ],
)
def test_sisters_of_one_rule_are_two_entries(before: str, after: str) -> None:
    followed, _ = follow([printed("CN:a", before, known_to=SECOND), printed("CN:b", after, SECOND)])
    assert borne(followed, SECOND) == {"CN:b": ["CN:b"]}


def test_a_name_that_became_an_alias_is_a_renaming() -> None:
    followed, matches = follow(
        [
            printed("RU:planar", "OOO Planar", known_to=SECOND),
            printed("RU:elektron", "AO Elektron", SECOND, aliases="OOO Planar | Planar"),
        ]
    )
    assert borne(followed, SECOND) == {"RU:elektron": ["RU:planar"]}
    assert "is an alias of the other" in matches["evidence"][0]


def test_the_same_name_by_another_rule_is_reported_and_not_followed() -> None:
    followed, matches = follow(
        [
            printed("CN:onstar", "Onstar Electronics", known_to=SECOND),
            printed("CN:onstar~90fr1", "Onstar Electronics", SECOND, citation="90 FR 1, 2023-11-01", begins_on=SECOND),
        ]
    )
    assert borne(followed, SECOND) == {"CN:onstar~90fr1": ["CN:onstar~90fr1"]}
    assert matches["verdict"].to_list() == ["doubtful"]


def test_each_key_is_used_once_and_the_best_pair_goes_first() -> None:
    followed, _ = follow(
        [
            printed("RU:gruzdew", "Andrey Gruzdew", known_to=SECOND),
            printed("RU:gruzdewa", "Andreya Gruzdewa", known_to=SECOND),
            printed("RU:andey", "Andey Gruzdew", SECOND),
        ]
    )
    assert borne(followed, SECOND) == {"RU:andey": ["RU:gruzdew"]}


def test_further_headings_are_carried_where_headings_are_not_stated() -> None:
    rows = [
        printed("CN:frontier", "Frontier Services"),
        printed("KE:frontier", "Frontier Services", known_to=SECOND, addresses="Nairobi"),
    ]
    carried, _ = follow(rows)
    assert borne(carried, THIRD) == {"CN:frontier": ["CN:frontier", "KE:frontier"]}
    assert carried.filter(pl.col("method") == "carried")["country_code"].to_list() == ["KE"]
    ended, _ = follow(rows, headings=(True, True))
    assert borne(ended, SECOND) == {"CN:frontier": ["CN:frontier"]}


def test_a_carried_entry_ends_with_the_row_that_carries_it() -> None:
    followed, _ = follow(
        [
            printed("CN:frontier", "Frontier Services", known_to=THIRD),
            printed("KE:frontier", "Frontier Services", known_to=SECOND),
            printed("CN:other", "Another Party"),
        ]
    )
    assert borne(followed, SECOND)["CN:frontier"] == ["CN:frontier", "KE:frontier"]
    assert borne(followed, THIRD) == {"CN:other": ["CN:other"]}


def test_an_entry_printed_once_an_address_is_one() -> None:
    rows = [printed("CN:avin", "Avin Electronics"), printed("CN:avin~84fr22961~2", "Avin Electronics", SECOND)]
    followed, _ = follow(rows)
    assert followed.filter(pl.col("stated_key").str.contains("~"))[["entry_key", "method"]].rows() == [
        ("CN:avin", "repeated")
    ]
    apart, _ = follow(rows, headings=(True, True))
    assert borne(apart, SECOND)["CN:avin~84fr22961~2"] == ["CN:avin~84fr22961~2"]


def test_a_key_taken_by_another_entry_is_not_given_twice() -> None:
    followed, _ = follow(
        [
            printed("CN:a", "Casc Institute", known_to=SECOND, addresses="Thirteen"),
            printed("CN:b", "Casc Institute, Thirteen", SECOND, addresses="Thirteen"),
            printed("CN:a", "Casc Institute", THIRD, citation="90 FR 9, 2026-01-02", begins_on=date(2026, 1, 2)),
        ]
    )
    assert borne(followed, THIRD) == {"CN:a": ["CN:a~2026-07-31"], "CN:b": ["CN:a"]}


def judgement(scope: str, key_a: str, key_b: str, is_same: int, **lists: str) -> pl.DataFrame:
    row = {"list_code_a": "US_BIS_EL", "list_code_b": "US_BIS_EL", "scope": scope, "key_a": key_a, "key_b": key_b}
    decided = {"is_same": is_same, "decided_on": date(2026, 11, 28), "reason": "Read in the rule."}
    return pl.DataFrame([{**row, **decided, **lists}], schema=overrides.OVERRIDES)


def test_judgements_by_hand_confirm_and_forbid() -> None:
    far = [printed("IN:a", "Reactors", known_to=SECOND), printed("IN:b", "Nuclear Facilities Reactors Etc", SECOND)]
    followed, matches = follow(far, decided=judgement("entry", "IN:a", "IN:b", 1))
    assert borne(followed, SECOND) == {"IN:b": ["IN:a"]}
    assert matches.select("decided_by", "evidence").row(0) == ("override", "Read in the rule.")
    near = [printed("IN:a", "Reactors of India", known_to=SECOND), printed("IN:b", "Reactor of India", SECOND)]
    followed, matches = follow(near, decided=judgement("entry", "IN:a", "IN:b", 0))
    assert borne(followed, SECOND) == {"IN:b": ["IN:b"]}
    assert matches["verdict"].to_list() == ["forbidden"]


@pytest.mark.parametrize(
    ("column", "value"), [("scope", "firm"), ("is_same", 2), ("reason", None), ("list_code_b", "US_BIS_UVL")]
)
def test_overrides_that_are_no_judgement_are_refused(tmp_path: Path, column: str, value: Any) -> None:
    path = tmp_path / "overrides.csv"
    good = judgement("entry", "CN:a", "CN:b", 1)
    good.write_csv(path)
    assert overrides.read(path).equals(good)
    good.with_columns(pl.lit(value, good.schema[column]).alias(column)).write_csv(path)
    with pytest.raises(StatecraftError, match=r"overrides\.csv"):
        overrides.read(path)


def test_a_pair_judged_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    pl.concat([judgement("entry", "CN:a", "CN:b", 1), judgement("entry", "CN:b", "CN:a", 0)]).write_csv(path)
    with pytest.raises(StatecraftError, match="CN:a"):
        overrides.read(path)


def entry(code: str, key: str, name: str, aliases: str | None = None, country: str | None = "RU") -> dict[str, Any]:
    said = {"list_code": code, "entry_key": key, "country_code": country, "entity_name": name, "aliases": aliases}
    return {**said, "address_country_codes": None, "begins_on": None, "known_from": FIRST}


_KINDS = {"begins_on": pl.Date, "aliases": pl.String, "address_country_codes": pl.String}


def parties_of(*rows: dict[str, Any], decided: Any = None) -> tuple[dict[str, str], pl.DataFrame]:
    held = parties.entries(pl.DataFrame(list(rows), schema_overrides=_KINDS))
    of_party, links = parties.linked(held, NOTHING_DECIDED if decided is None else decided)
    return dict(of_party.select("entry_key", "party_key").iter_rows()), links


def test_a_party_is_known_by_name_alias_and_through_others() -> None:
    of_party, links = parties_of(
        entry("US_BIS_EL", "RU:novator", "Experimental Design Bureau Novator, JSC", "OKB Novator"),
        entry("US_OFAC_SDN", "US_OFAC_SDN/1", "JOINT STOCK COMPANY EXPERIMENTAL DESIGN BUREAU NOVATOR", country=None),
        entry("JP_METI_EUL", "RU:okb", "OKB Novator"),
    )
    assert set(of_party.values()) == {"JP_METI_EUL/RU:okb"}, "the first of those known on one day"
    assert dict(links.select("method", "verdict").iter_rows()) == {
        "alias": "followed",
        "name": "followed",
        "through": "through",
    }


def test_a_name_in_another_country_or_of_few_letters_is_no_party() -> None:
    of_party, _ = parties_of(
        entry("US_BIS_EL", "RU:stc", "STC", country="RU"),
        entry("US_OFAC_SDN", "US_OFAC_SDN/2", "STC", country=None),
        entry("US_BIS_EL", "VN:huawei", "Huawei Technology", country="VN"),
        entry("JP_METI_EUL", "EG:huawei", "Huawei Technology", country="EG"),
    )
    assert len(set(of_party.values())) == 3, "STC's two stand at the threshold, Huawei's are in two countries"


def test_a_party_named_by_itself_goes_before_one_that_mentions_it() -> None:
    of_party, _ = parties_of(
        entry("US_OFAC_SDN", "US_OFAC_SDN/3", "VTB BANK PJSC", country=None),
        entry("US_OFAC_CONS", "US_OFAC_CONS/4", "VTB BANK OAO", country="RU"),
        entry("US_OFAC_CONS", "US_OFAC_CONS/5", "PJSC VTB BANK (KIEV)", "VTB BANK", country="UA"),
    )
    assert of_party["US_OFAC_SDN/3"] == of_party["US_OFAC_CONS/4"]
    assert of_party["US_OFAC_CONS/5"] != of_party["US_OFAC_SDN/3"]


def test_a_place_in_brackets_tells_sisters_apart_and_a_short_name_does_not() -> None:
    of_party, _ = parties_of(
        entry("US_BIS_EL", "CN:smic", "Semiconductor Manufacturing International Corporation (SMIC)", country="CN"),
        entry("US_OFAC_CONS", "US_OFAC_CONS/6", "SEMICONDUCTOR MANUFACTURING INTERNATIONAL CORPORATION", country="CN"),
        entry("JP_METI_EUL", "CN:sh", "Semiconductor Manufacturing International (Shenzhen) Corporation", country="CN"),
        entry("JP_METI_EUL", "CN:cp", "China Precision Machinery (CPMIEC) (\u4e2d\u56fd)", country="CN"),
        entry("US_OFAC_SDN", "US_OFAC_SDN/7", "CHINA PRECISION MACHINERY", country="CN"),
    )
    assert of_party["CN:smic"] == of_party["US_OFAC_CONS/6"] != of_party["CN:sh"]
    assert of_party["CN:cp"] == of_party["US_OFAC_SDN/7"]


def test_parties_are_judged_by_hand() -> None:
    rows = (
        entry("CN_MOFCOM_UEL", "--:hudson", "Hudson Technologies", country=None),
        entry("US_BIS_EL", "MY:a", "Anvik", "Hudson Technologies", "MY"),
    )
    of_party, _ = parties_of(*rows)
    assert len(set(of_party.values())) == 1
    decided = judgement("party", "--:hudson", "MY:a", 0, list_code_a="CN_MOFCOM_UEL")
    of_party, links = parties_of(*rows, decided=decided)
    assert len(set(of_party.values())) == 2
    assert links["verdict"].to_list() == ["forbidden"]


def test_place_words_are_told_from_addresses() -> None:
    rows = [printed(f"CN:p{i}", f"Party {i}", addresses="Kowloon, Hong Kong") for i in range(6)]
    described = evidence.described(pl.DataFrame(rows, schema=editions.STATEMENTS).rename({"stated_key": "id"}))
    assert {"kowloon", "hong", "kong"} <= set(evidence.place_words(described))


def test_tables_are_laid_down_without_lists_and_left_alone_after(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "400MB", 1)
    tables.write(settings, all_specs())
    files = {table: next(Warehouse(settings).files(table)) for table in tables.TABLES}
    assert [pl.read_parquet(path).height for path in files.values()] == [0, 0, 0, 0]
    written = {path: path.stat().st_mtime_ns for path in files.values()}
    tables.write(settings, all_specs())
    assert {path: path.stat().st_mtime_ns for path in files.values()} == written
