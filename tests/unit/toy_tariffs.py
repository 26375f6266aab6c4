"""A released file of toy tables, with the tariff macros and views over them: one line, three partners.

Belongs here: what tests of released/ and of explanations need to make one. Does not belong here: assertions.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader

from pipelines.released_sql import released
from pipelines.settings import PROJECT_ROOT

TARIFF = {"core.fct_tariff_rate", "core.fct_tariff_component"}
TARIFF |= {"core.tariff_for", "core.tariff_on", "core.tariff_components_for", "core.product_on"}
OPEN = "date '9999-12-31'"
CLOCKS = f"date '2026-01-01' as valid_from, {OPEN} as valid_to, date '2026-01-01' as known_from, {OPEN} as known_to"


def law() -> Any:
    """The macros both the models and released/ use."""
    return Environment(loader=FileSystemLoader(PROJECT_ROOT / "macros")).get_template("tariff_cell.sql").module


def duty_rate(**said: object) -> str:
    """A row of core.fct_duty_rate that adds nothing but what is said."""
    columns = []
    for name in str(law().duty_columns()).split():
        of_text = name.endswith("_column")
        blank = "null::varchar" if of_text else "null::double" if name.endswith("_floor_rate") else "0.0::double"
        value = said.get(name)
        columns.append(f"{blank if value is None else repr(value)} as {name}")
    return f"select {said['set_id']} as duty_set_id, 0 as product_class_id, {', '.join(columns)}"


#: A line that pays 2.9 %, from a partner under a duty of 10 % unless claimed (set 1), and one under a floor of 15 %
#: until March (set 2); a third is in column 2 from February.
TABLES = {
    "fct_ordinary_duty": "select '9503000011' as hts10, 0.029::double as general_rate, 0.45::double as column2_rate, "
    "'2.9%' as general_text, '45%' as column2_text, "
    f"{CLOCKS}",
    "bridge_product_class": "select '9503000011' as hts10, 7 as product_class_id",
    "bridge_partner_class": "select unnest(['5700', '5880', '4621']) as partner_code, "
    "unnest([1, 2, 3]) as partner_class_id",
    "bridge_partner_group": f"select 'COLUMN2' as group_code, '4621' as partner_code, date '2026-02-01' as valid_from, "
    f"{OPEN} as valid_to",
    "bridge_treatment": "select 7 as product_class_id, unnest([1, 2, 3]) as partner_class_id, "
    "unnest([11, 12, 13]) as treatment_id",
    "fct_treatment": f"select 11 as treatment_id, 1 as duty_set_id, {CLOCKS} union all "
    f"select 12, 2, date '2026-01-01', date '2026-03-01', date '2026-01-01', {OPEN} union all "
    f"select 12, 3, date '2026-03-01', {OPEN}, date '2026-01-01', {OPEN} union all "
    f"select 13, 3, date '2026-01-01', {OPEN}, date '2026-01-01', {OPEN}",
    "fct_duty_rate": " union all ".join(
        [
            duty_rate(set_id=1, s301_added_rate=0.1),
            duty_rate(
                set_id=2,
                **dict.fromkeys(("s232_floor_rate", "s232_claimed_floor_rate"), 0.15),
                **dict.fromkeys(("s232_floor_share", "s232_claimed_floor_share"), 1.0),
                **dict.fromkeys(("s232_floor_column", "s232_claimed_floor_column"), "special"),
            ),
            duty_rate(set_id=3),
        ]
    ),
    "fct_special_rate": f"select '9503000011' as hts10, 'JP' as program_code, 0.01::double as special_rate, {CLOCKS}",
    "bridge_program_partner": f"select 'JP' as program_code, '5880' as partner_code, date '2026-01-15' as valid_from, "
    f"{OPEN} as valid_to",
    "fct_claim_share": f"select '9503000011' as hts10, unnest(['5700', '5880']) as partner_code, "
    f"unnest([0.25, 0.5])::double as claim_share, date '2026-01-01' as valid_from, {OPEN} as valid_to",
    "fct_duty_part": "select unnest([1, 2, 3]) as duty_set_id, 0 as product_class_id, 'other' as content, "
    "1.0::double as part_share",
    "fct_duty_set_measure": "select 1 as duty_set_id, 'other' as content, false as is_claimed, "
    "'list.1' as statement_id, 'china' as programme, 's301' as rate_component, 'add' as operation, "
    "0.1::double as measure_rate, 1.0::double as net_share union all "
    "select 1, 'other', true, 'list.1', 'china', 's301', 'add', 0.1, 0.0 union all "
    "select 1, 'other', true, 'excluded.1', 'china', 's301', 'exempt', null, 1.0 union all "
    "select 2, 'other', unnest([false, true]), 'cars.1', 'cars', 's232', 'floor', 0.15, 1.0",
    "fct_measure": "select unnest(['list.1', 'excluded.1', 'cars.1']) as statement_id, "
    "unnest(['list', 'excluded', 'cars']) as measure_id, unnest(['S301', 'S301', 'S232']) as authority, "
    "'9903.88.03' as heading, unnest(['add', 'exempt', 'floor']) as operation, 'US-ACT-1' as action_id, "
    "'clause 1' as citation, unnest([null, null, 'special']) as rate_column, "
    "null::varchar as claim, null::varchar as content, 1.0::double as reach_share, null::varchar as share_assumption",
    "fct_stacking_rule": "select 'T-01' as rule_id, 'china' as applies_to_programme, 'cars' as yields_to_programme, "
    f"'all' as value_share, 'clause 4' as citation, {CLOCKS}",
    "dim_action": "select 'US-ACT-1' as action_id, 'Duties on toys' as title",
    "dim_product": "select unnest(['9503000011', '9503000013', '9504200000']) as hts10, '95030000' as hts8, "
    f"unnest(['Toys: > Dolls', 'Toys: > <i>Other</i>', 'Billiards']) as description, {CLOCKS}",
    "dim_partner": "select unnest(['5700', '5880', '4621', '5790', '5800']) as partner_code, "
    "unnest(['China', 'Japan', 'Russia', 'North Korea', 'South Korea']) as partner_name, "
    "unnest(['CN', 'JP', 'RU', 'KP', 'KR']) as iso2, unnest(['CHN', 'JPN', 'RUS', 'PRK', 'KOR']) as iso3, "
    "true as is_listed_now",
}


def made_and_moved(folder: Path) -> Path:
    """A file of toy tables with the macros and views over them, copied elsewhere after it was made."""
    with duckdb.connect() as con:
        con.execute(f"attach '{folder / 'made.duckdb'}' as release (storage_version 'v1.4.0')")
        con.execute("use release")
        con.execute("create schema core")
        for name, query in TABLES.items():
            con.execute(f"create table core.{name} as {query}")
        for made in released():
            if made.qualified in TARIFF:
                for statement in made.statements():
                    con.execute(statement)
        con.execute("use memory")
    return Path(shutil.copy(folder / "made.duckdb", folder / "another_name.duckdb"))
