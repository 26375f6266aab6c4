"""A toy release for pictures: DuckDB in memory with a few rows of the tables they ask.

Belongs here: rows written by hand. Does not belong here: what is drawn of them.
"""

from __future__ import annotations

import duckdb
import polars as pl

_TABLES = """
create schema core;
create schema trade_impact;
create table core.dim_partner as select '5700' as partner_code, 'China' as partner_name;
create table trade_impact.effective_tariff_steps as
    select 2024 as weight_year, partner_code, 'ALL' as product_level, authority, valid_from, valid_to,
        effective_rate::double as effective_rate
    from (values
        ('ALL', 'BASE', date '2025-01-01', date '2025-04-05', 0.02),
        ('ALL', 'IEEPA', date '2025-01-01', date '2025-04-05', 0.0),
        ('ALL', 'ALL', date '2025-01-01', date '2025-04-05', 0.02),
        ('ALL', 'BASE', date '2025-04-05', date '9999-12-31', 0.02),
        ('ALL', 'IEEPA', date '2025-04-05', date '9999-12-31', 0.1),
        ('ALL', 'ALL', date '2025-04-05', date '9999-12-31', 0.12)
    ) as rows (partner_code, authority, valid_from, valid_to, effective_rate);
create table core.dim_action as select 'US-RULE' as action_id, 'A rule on affiliates' as title;
create table core.fct_action_status as
    select 'US-RULE' as action_id, 'whole' as provision_id, *
    from (values
        ('in_force', 'enforced', false, date '2025-09-29', date '9999-12-31', date '2025-09-30', date '2025-11-12'),
        ('in_force', 'enforced', false, date '2025-09-29', date '2025-11-10', date '2025-11-12', date '9999-12-31'),
        ('suspended', 'not_enforced', false, date '2025-11-10', date '2026-11-10', date '2025-11-12',
            date '9999-12-31'),
        ('in_force', 'enforced', true, date '2026-11-10', date '9999-12-31', date '2025-11-12', date '9999-12-31')
    ) as rows (status, enforcement, is_scheduled, valid_from, valid_to, known_from, known_to);
create table core.dim_scenario as
    select 'higher' as scenario_id, true as is_in_fan union all select 'lower', true union all select 'apart', false;
create table trade_impact.scenario_effective_tariff as
    select scenario_id, days.day::date as day, 'ALL' as partner_code, rate::double as effective_rate
    from (values ('higher', 0.14), ('lower', 0.1), ('apart', 0.5)) as rates (scenario_id, rate)
    cross join (select unnest(generate_series(date '2027-01-01', date '2027-01-03', interval 1 day)) as day) as days;
create table trade_impact.scenario_fan as
    select days.day::date as day, 'ALL' as partner_code, 0.11::double as law_effective_rate,
        0.1::double as min_effective_rate, 0.14::double as max_effective_rate
    from (select unnest(generate_series(date '2027-01-01', date '2027-01-03', interval 1 day)) as day) as days;
create table trade_impact.tariff_gap as
    select date '2025-01-01' as period_start, 12 as period_months, 'ALL' as partner_code, 2024 as weight_year, *
    from (values
        ('statutory', 1, true, 0.12::double, 0.0::double, 0.12::double, null),
        ('usmca_claims', 2, false, -0.02, 0.12, 0.1, null),
        ('expected', 4, true, 0.1, 0.0, 0.1, null),
        ('residual', 7, false, -0.02, 0.1, 0.08, 'timing diversion'),
        ('calculated', 8, true, 0.08, 0.0, 0.08, null)
    ) as rows (step, step_order, is_level, step_rate, from_rate, to_rate, also_contains);
create table core.bridge_product_group as
    select 'rare_earths' as group_code, null as parent_group_code, 'Rare earths' as group_name,
        'HTS10' as product_level, *
    from (values ('2805300000', 'metals'), ('2846100000', 'compounds'), ('2846908000', 'compounds'))
        as rows (product_code, commodity);
create table trade_impact.supplier_dependence as
    select 'HTS10' as product_level, date '2025-01-01' as period_start, 12 as period_months, '28' as chapter,
        '5700' as top_partner_code, *
    from (values
        ('2805300000', 'Rare-earth metals', 30000000, 0.9::double, 0.9::double),
        ('2846100000', 'Cerium compounds', 20000000, 0.5, 0.5),
        ('2846908000', 'Other', 50000000, null, null)
    ) as rows (product_code, product_name, import_value_consumption_usd, china_share, top_share);
create table trade_impact.estimates as
    select 'event_study_values' as spec_id, 'Imports around the first hit' as title,
        'event_study' as method, 'event' as term, 0.4::double as pretrend_p_value,
        horizon_months, estimate, estimate - 0.1 as conf_low,
        estimate + 0.1 as conf_high, 1000 as n_obs, 97 as n_clusters, date '2017-01-01' as sample_from,
        date '2019-12-01' as sample_to, published_value, 'a paper' as published_source
    from (values (-2, 0.01::double, null::double), (0, -0.1, null), (1, -0.3, -0.32))
        as rows (horizon_months, estimate, published_value);
create schema policy_events;
create table policy_events.tighten_loosen_monthly as
    select * from (values
        (date '2025-03-01', 'US', 'EAR', 2, 0),
        (date '2025-04-01', 'US', 'IEEPA', 3, 1),
        (date '2025-04-01', 'US', 'COURT', 0, 1),
        (date '2025-04-01', 'CN', 'CN_EXPORT_CONTROL', 1, 0)
    ) as rows (month, issuer_country, authority, tighten_count, loosen_count);
create table policy_events.churn as
    select 2024 as weight_year, '5700' as partner_code, 'ALL' as authority, date '2025-01-01' as window_from,
        190.5::double as path_pp, 19.7::double as net_pp, 0.9::double as round_trip_share, 24 as step_count;
insert into trade_impact.effective_tariff_steps
    values (2024, '5700', 'ALL', 'ALL', date '2024-01-01', date '9999-12-31', 0.11);
alter table trade_impact.effective_tariff_steps add column import_value_consumption_usd bigint default 400000000000;
create table policy_events.list_changes_monthly as
    select * from (values
        (date '2025-01-01', 'US_BIS_EL', 'CN', 20, 1, 100),
        (date '2025-01-01', 'US_BIS_EL', 'IR', 5, 0, 50),
        (date '2025-02-01', 'CN_MOFCOM_UEL', 'US', 7, 0, 7)
    ) as rows (month, list_code, country_code, added_count, removed_count, listed_count);
create table core.fct_tariff_rate as
    select '7326908688' as hts10, '5700' as partner_code, 0.029::double as base_rate, 0.0::double as s201_rate,
        0.0::double as ieepa_other_rate, 0.0::double as s122_rate, 0.0::double as s338_rate,
        0.0::double as other_rate, *
    from (values
        (date '2018-01-01', date '2025-02-04', 0.0::double, 0.25::double, 0.0::double, 0.0::double, 0.279::double),
        (date '2025-02-04', date '2025-06-04', 0.25, 0.25, 0.1, 0.2, 0.829),
        (date '2025-06-04', date '9999-12-31', 0.5, 0.25, 0.0, 0.0, 0.779)
    ) as rows (valid_from, valid_to, s232_rate, s301_rate, ieepa_reciprocal_rate, ieepa_fentanyl_rate, total_rate);
insert into core.fct_tariff_rate by name
    select '0101210010' as hts10, '5700' as partner_code, date '2018-01-01' as valid_from,
        date '9999-12-31' as valid_to;
"""


def ask(query: str) -> pl.DataFrame:
    """One query over the toy release."""
    with duckdb.connect() as con:
        con.execute(_TABLES)
        answer: pl.DataFrame = con.sql(query).pl()
    return answer
