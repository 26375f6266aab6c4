"""Screening against a toy release: which day, which entry, which name of it, and through which owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import polars as pl
import pytest

from pipelines.errors import StatecraftError
from pipelines.screening.listed import Ask, listed_names, lists_without_entry
from pipelines.screening.screen import COLUMNS, screen, with_country_codes

TODAY = date(2026, 6, 1)
#: entry: list, key, country, citation, first citation; valid and known from and to.
ENTRIES = """
    ('US_BIS_EL', 'CN:huawei', 'Huawei Technologies Co., Ltd. (HWTC)', 'CN', '84 FR 22961', date '2019-05-21',
        date '2019-05-21', date '9999-12-31', date '2023-10-30', date '9999-12-31'),
    ('US_BIS_EL', 'RU:garant', 'OOO Garant-SV', 'RU', '87 FR 1', date '2022-03-01',
        date '2022-03-01', date '2024-01-01', date '2023-10-30', date '9999-12-31'),
    ('US_OFAC_SDN', 'US_OFAC_SDN/7', 'GARANT-SV, LLC', 'UA', null, null,
        date '2021-01-01', date '9999-12-31', date '2021-01-01', date '9999-12-31'),
    ('US_BIS_EL', 'RU:zlatoust', 'Zlatoust Optics', 'RU', '85 FR 1', date '2020-01-01',
        date '2020-01-01', date '2021-01-01', date '2020-01-01', date '9999-12-31'),
    ('US_BIS_EL', 'RU:zlatoust', 'Zlatoust Optics', 'RU', '88 FR 1', date '2023-01-01',
        date '2023-01-01', date '2024-01-01', date '2023-01-01', date '9999-12-31'),
    ('US_BIS_EL', 'RU:zlatoust', 'Zlatoust Optics', 'RU', '88 FR 1; 89 FR 1', date '2023-01-01',
        date '2024-01-01', date '9999-12-31', date '2024-01-01', date '9999-12-31'),
    ('CN_MOFCOM_UEL', '--:skydio', 'Skydio', 'US', null, date '2025-01-01',
        date '2025-01-01', date '9999-12-31', date '2025-01-01', date '9999-12-31'),
    ('JP_METI_EUL', 'KP:kwangsong', 'Korea Kwangsong Trading Corporation (朝鮮光星貿易会社)', 'KP', null, null,
        date '2026-05-01', date '9999-12-31', date '2026-05-01', date '9999-12-31')
"""
ALIASES = {"CN:huawei": ["HWT", "Hua Wei Tech"], "US_OFAC_SDN/7": ["Гарант-СВ"]}  # noqa: RUF001
REACH = """
    ('BIS_AFFILIATES', 'US_BIS_EL', 'CN:huawei', 'LEI1', 'Chengdu Lotus Optics', 'HK', 0.75, 'stated', 2,
        'a > 75 % > b', 'entry_key', date '2020-01-01', date '9999-12-31'),
    ('US_BIS_EL_ALONE', 'US_BIS_EL', 'CN:huawei', 'LEI1', 'Chengdu Lotus Optics', 'HK', 0.75, 'stated', 2,
        'a > 75 % > b', 'entry_key', date '2020-01-01', date '9999-12-31'),
    ('BIS_AFFILIATES', 'US_BIS_EL', 'CN:huawei', 'LEI2', 'Sold Subsidiary', 'CN', 0.6, 'stated', 1, 'a > 60 % > c',
        'entry_key', date '2020-01-01', date '2025-01-01')
"""


@pytest.fixture
def ask() -> Iterator[Ask]:
    with duckdb.connect() as con:
        con.execute("create schema core; create schema policy_events")
        con.execute(
            f"""create table core.fct_list_entry as select * from (values {ENTRIES}) as t(list_code, entry_key,
            entity_name, country_code, citation, first_citation_on, valid_from, valid_to, known_from, known_to)"""
        )
        others = ", ".join(f"('{key}', '{name}')" for key, names in ALIASES.items() for name in names)
        con.execute(
            f"""create table core.fct_list_name as
            select list_code, entry_key, entity_name as name, 'primary' as name_kind, valid_from, valid_to, known_from,
                known_to from core.fct_list_entry
            union all
            select list_code, entry_key, name, 'alias', valid_from, valid_to, known_from, known_to
            from core.fct_list_entry inner join (values {others}) as t(entry_key, name) using (entry_key)"""
        )
        con.execute(
            """create table core.fct_list_status as select *, date '2020-01-01' as valid_from,
                date '9999-12-31' as valid_to, date '2020-01-01' as known_from, date '9999-12-31' as known_to
            from (values ('US_BIS_EL', 'affiliates_50_percent', '*', 'suspended', true),
                ('CN_MOFCOM_UEL', 'entry', '--:skydio', 'partly_suspended', false))
                as t(list_code, subject, entry_key, status, is_scheduled)"""
        )
        con.execute(
            """create table core.dim_partner as select 'CN' as iso2, 'CHN' as iso3, 'China' as partner_name,
            true as is_listed_now union all select 'UA', 'UKR', 'Ukraine', true"""
        )
        con.execute(
            f"""create table policy_events.affiliate_reach as select * from (values {REACH}) as t(rule_code, list_code,
            listed_entry_key, reached_entity_id, reached_entity_name, country_code, ownership_share, share_basis,
            path_length, path, link_method, valid_from, valid_to)"""
        )
        con.execute(
            """create table core.dim_ownership_rule as select * from (values ('BIS_AFFILIATES', 'US_BIS_EL', true),
            ('US_BIS_EL_ALONE', 'US_BIS_EL', false)) as t(rule_code, list_code, is_of_law)"""
        )
        yield lambda query: con.sql(query).pl()


def found(ask: Ask, name: str, country: str | None = None, on: date = TODAY, affiliates: bool = False) -> pl.DataFrame:
    names = pl.DataFrame({"row": [1], "name": [name], "country": [country]}, schema_overrides={"country": pl.String})
    return screen(with_country_codes(ask, names), listed_names(ask, on, TODAY, affiliates))


def test_a_match_tells_entry_name_rule_and_dates(ask: Ask) -> None:
    [match] = found(ask, "huawei technologies ltd").to_dicts()
    assert list(match) == COLUMNS
    assert (match["list_code"], match["entry_key"], match["name_kind"]) == ("US_BIS_EL", "CN:huawei", "primary")
    assert (match["citation"], match["valid_from"], match["valid_to"]) == (
        "84 FR 22961",
        date(2019, 5, 21),
        date(9999, 12, 31),
    )
    assert 0.98 < match["score"] < 1 and match["is_same_country"] is None


def test_wordings_that_follow_each_other_are_one_listing_and_a_gap_is_not_bridged(ask: Ask) -> None:
    [match] = found(ask, "Zlatoust Optics").to_dicts()
    assert (match["valid_from"], match["listed_from"]) == (date(2024, 1, 1), date(2023, 1, 1))
    assert match["listed_to"] == date(9999, 12, 31)
    [earlier] = found(ask, "Zlatoust Optics", on=date(2020, 6, 1)).to_dicts()
    assert (earlier["listed_from"], earlier["listed_to"]) == (date(2020, 1, 1), date(2021, 1, 1))
    assert found(ask, "Zlatoust Optics", on=date(2022, 6, 1)).is_empty()


def test_an_alias_says_so_and_the_nearest_name_of_an_entry_counts(ask: Ask) -> None:
    [match] = found(ask, "Huawei Tech").to_dicts()
    assert (match["name_kind"], match["matched_name"]) == ("alias", "Hua Wei Tech")
    assert match["entity_name"].startswith("Huawei Technologies")


def test_only_who_is_listed_that_day_as_known(ask: Ask) -> None:
    def keys(day: date) -> list[str]:
        return found(ask, "Garant-SV", on=day)["entry_key"].to_list()

    assert keys(TODAY) == ["US_OFAC_SDN/7"]
    assert keys(date(2023, 12, 31)) == ["US_OFAC_SDN/7", "RU:garant"]
    assert keys(date(2024, 1, 1)) == ["US_OFAC_SDN/7"]
    early = listed_names(ask, date(2023, 1, 1), date(2022, 1, 1))
    assert early["entry_key"].unique().to_list() == ["US_OFAC_SDN/7"], "the Entity List was not known then"
    assert lists_without_entry(ask, date(2023, 1, 1), TODAY) == ["CN_MOFCOM_UEL", "JP_METI_EUL"]


def test_a_name_in_two_scripts_is_found_by_either(ask: Ask) -> None:
    for name in ("KOREA KWANGSONG TRADING CORP", "朝鮮光星貿易会社"):
        [match] = found(ask, name).to_dicts()
        assert match["entry_key"] == "KP:kwangsong" and match["matched_name"].endswith("(朝鮮光星貿易会社)")


@pytest.mark.parametrize(
    ("country", "first", "second"),
    [
        ("UA", "US_OFAC_SDN/7", "RU:garant"),
        ("ukraine", "US_OFAC_SDN/7", "RU:garant"),
        ("RU", "RU:garant", "US_OFAC_SDN/7"),
    ],
)
def test_a_country_ranks_and_hides_nothing(ask: Ask, country: str, first: str, second: str) -> None:
    matches = found(ask, "Garant-SV", country, on=date(2023, 1, 1))
    assert matches["entry_key"].to_list() == [first, second]
    assert matches["is_same_country"].to_list() == [True, False]


def test_hong_kong_is_china_as_on_the_lists_and_nonsense_is_no_country(ask: Ask) -> None:
    assert found(ask, "Huawei Technologies", "HK")["is_same_country"].to_list() == [True]
    assert found(ask, "Huawei Technologies", "Atlantis")["is_same_country"].to_list() == [None]


def test_affiliates_are_found_through_their_owner(ask: Ask) -> None:
    assert found(ask, "Chengdu Lotus Optics GmbH").is_empty()
    [match] = found(ask, "Chengdu Lotus Optics GmbH", "CN", affiliates=True).to_dicts()
    assert (match["name_kind"], match["matched_name"]) == ("affiliate", "Chengdu Lotus Optics")
    assert (match["entry_key"], match["affiliate_id"]) == ("CN:huawei", "LEI1")
    assert (match["ownership_share"], match["path_length"], match["is_same_country"]) == (0.75, 2, True)
    assert (match["rule_code"], match["path"]) == ("BIS_AFFILIATES", "a > 75 % > b")
    assert (match["status"], match["is_scheduled"]) == ("suspended", True)
    assert found(ask, "Sold Subsidiary", affiliates=True).is_empty(), "it is no longer owned"
    assert found(ask, "Sold Subsidiary", on=date(2024, 6, 1), affiliates=True).height == 1


def test_a_suspended_listing_says_so(ask: Ask) -> None:
    assert found(ask, "Skydio").select("status", "is_scheduled").rows() == [("partly_suspended", False)]
    assert found(ask, "Garant-SV").select("status", "is_scheduled").rows() == [("in_force", None)]


def test_a_rule_before_its_day_and_a_comparison_without_one_say_so(ask: Ask) -> None:
    before = found(ask, "Chengdu Lotus Optics", on=date(2019, 12, 31), affiliates=True)
    assert before.is_empty(), "nothing was owned yet"

    def no_states(query: str) -> pl.DataFrame:
        return ask(query.replace("core.fct_list_status where", "core.fct_list_status where false and"))

    def no_law(query: str) -> pl.DataFrame:
        return ask(query.replace("is_of_law", "false as is_of_law").replace("'BIS_AFFILIATES'", "'none'"))

    name = "Chengdu Lotus Optics"
    assert found(no_states, name, affiliates=True)["status"].to_list() == ["not_in_force"]
    assert found(no_law, name, affiliates=True)["status"].to_list() == ["no_rule"]


def test_a_release_without_states_tells_none(ask: Ask) -> None:
    def without(query: str) -> pl.DataFrame:
        return ask(query.replace("'fct_list_status'", "'no_such_table'"))

    [match] = found(without, "Chengdu Lotus Optics", affiliates=True).to_dicts()
    assert match["status"] is None
    assert found(without, "Skydio")["status"].to_list() == [None]


def test_without_the_table_of_affiliates_one_is_told(ask: Ask) -> None:
    def without(query: str) -> pl.DataFrame:
        return ask(query.replace("'affiliate_reach'", "'no_such_table'"))

    with pytest.raises(StatecraftError, match=r"no policy_events\.affiliate_reach"):
        found(without, "Huawei", affiliates=True)


def test_a_day_before_every_list_is_said(ask: Ask) -> None:
    with pytest.raises(StatecraftError, match="No list holds an entry on 1990-01-01"):
        found(ask, "Huawei", on=date(1990, 1, 1))


def test_one_name_in_many_rows_is_matched_in_each_and_only_so_many_entries_are_told(ask: Ask) -> None:
    names = pl.DataFrame({"row": [1, 2, 5], "name": ["Garant-SV", "GARANT SV", "Acme"], "country_code": [None] * 3})
    told: list[int] = []
    listed = listed_names(ask, date(2023, 1, 1), TODAY)
    matches = screen(names.cast({"country_code": pl.String}), listed, most_entries=1, tell=told.append)
    assert matches.select("row", "entry_key").rows() == [(1, "US_OFAC_SDN/7"), (2, "US_OFAC_SDN/7")]
    assert told == [2], "two distinct names"
