"""A scenario worked out over a released file: the models of the warehouse, over the tables of a release.

Belongs here: which models stand for which released tables, and running them. Does not belong here: their text
(models/), how a result is shown (cli/scenario.py).

Nothing of the release or the warehouse is changed: the release is attached read-only, and what is made is temporary.
Why a what-if is no release: docs/decisions/0013.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.files import duck, sql_text
from pipelines.scenarios.form import Scenario
from pipelines.scenarios.rendering import model_refs, rendered
from pipelines.scenarios.tables import tables
from pipelines.settings import Settings

#: Model -> the released table with the same columns.
RELEASED = {
    "int_claim__shares": "core.fct_claim_share",
    "int_ordinary__duties": "core.fct_ordinary_duty",
    "int_ordinary__program_partners": "core.bridge_program_partner",
    "int_ordinary__special_rates": "core.fct_special_rate",
    "int_partner__groups": "core.bridge_partner_group",
    "int_partner__named": "core.dim_partner",
    "int_tariff__content_shares": "core.fct_content_share",
    "int_tariff__described_measures": "core.fct_measure",
    "int_tariff__duty_rates": "core.fct_duty_rate",
    "int_tariff__partner_classes": "core.bridge_partner_class",
    "int_tariff__product_classes": "core.bridge_product_class",
    "int_tariff__stacking_rules": "core.fct_stacking_rule",
    "int_tariff__treatment_duty_sets": "core.fct_treatment",
    "int_tariff__treatments": "core.bridge_treatment",
    "int_tariff__weighted_levels": "core.fct_weighted_duty",
    "int_trade__flows": "core.fct_trade_flow",
}
#: A release has a set's statements as the states they are met in; here they are the statements themselves again.
SET_STATEMENTS = """
    select sets.duty_set_id, statements.*
    from (select distinct duty_set_id, statement_id from release.core.fct_duty_set_measure) as sets
    inner join (
        select distinct
            statement_id, measure_id, programme, rate_component, operation, measure_rate, rate_column, claim, content,
            reach_share
        from release.core.fct_measure
    ) as statements on sets.statement_id = statements.statement_id
"""
PATH = """
    select
        levels.scenario_id,
        levels.weight_year,
        levels.partner_code,
        partners.partner_name,
        levels.valid_from,
        levels.valid_to,
        (levels.law_duty_usd + levels.duty_difference_usd) / levels.import_value_consumption_usd as effective_rate,
        levels.law_duty_usd / levels.import_value_consumption_usd as law_effective_rate,
        100 * levels.duty_difference_usd / levels.import_value_consumption_usd as difference_pp,
        levels.exposed_import_value_consumption_usd,
        levels.import_value_consumption_usd
    from int_scenario__levels as levels
    left join release.core.dim_partner as partners on levels.partner_code = partners.partner_code
    where levels.import_value_consumption_usd > 0
    order by levels.partner_code = 'ALL' desc, levels.partner_code, levels.valid_from
"""


def path_of(settings: Settings, database: Path, scenario: Scenario) -> pl.DataFrame:
    """The scenario's path: trade_impact.scenario_path of one scenario, with partners' names."""
    with duck(settings) as con:
        con.execute(f"attach {sql_text(database)} as release (read_only)")
        made: set[str] = {"int_tariff__duty_set_statements"}
        con.execute(f"create temp table int_tariff__duty_set_statements as {SET_STATEMENTS}")
        for name, frame in tables([scenario]).items():
            con.register("given", frame.to_arrow())
            con.execute(f"create temp table stg_{name} as select * from given")
            con.unregister("given")
            made.add(f"stg_{name}")
        _make(con, "int_scenario__levels", made)
        return pl.DataFrame(con.sql(PATH).to_arrow_table())


def _make(con: duckdb.DuckDBPyConnection, model: str, made: set[str]) -> None:
    """Make a model's table, where no release has it and it is not made yet; before it, those it reads."""
    if model in made or model in RELEASED:
        return
    for read in sorted(model_refs(model)):
        _make(con, read, made)
    con.execute(f"create temp table {model} as {rendered(model, _relation)}")
    made.add(model)


def _relation(model: str) -> str:
    return f"release.{RELEASED[model]}" if model in RELEASED else model
