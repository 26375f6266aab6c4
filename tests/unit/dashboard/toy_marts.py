"""Marts of a few rows made by hand, with what pages have to keep apart: plans, upper bounds, lists that end.

Belongs here: rows. Does not belong here: what pages say of them.
"""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from dashboard.asking import Asked
from dashboard.cards import Card
from dashboard.pages import Page

TODAY = date(2026, 11, 29)
TABLES = """
create schema core;
create schema policy_events;
create schema trade_impact;
create schema provenance;
create table core.dim_action as
    select * from (values ('CN-1', 'Gallium under licence'), ('US-1', 'Duties on steel'), ('US-2', 'Exclusions'))
        as rows (action_id, title);
create table core.dim_partner as select '5700' as partner_code, 'China' as partner_name;
create table core.fct_action_status as select * from (values
        ('US-1', true, date '2026-11-10', date '2026-10-01'),  -- a plan of then, which became a fact
        ('US-1', false, date '2026-08-22', date '9999-12-31'),
        ('US-2', true, date '2026-11-10', date '9999-12-31')
    ) as rows (action_id, is_scheduled, valid_from, known_to);
create table core.dim_list_month as
    select list_code, month::date as month, last_edition_on
    from (values
        ('HELD', date '2025-01-01', date '2026-07-09'),
        ('ALSO', date '2020-01-01', date '2026-07-31'),
        ('ENDED', date '2020-01-01', date '2024-05-03'),
        ('BEGUN', date '2026-02-01', date '2026-07-31')
    ) as lists (list_code, first_month, last_edition_on),
    unnest(generate_series(first_month, date_trunc('month', last_edition_on), interval 1 month)) as months (month);
create table core.fct_list_change as select * from (values
        ('HELD', 'add', date '2026-03-01'), ('HELD', 'add', date '2026-07-09'), ('HELD', 'remove', date '2026-03-01'),
        ('HELD', 'add', date '2025-07-09'), ('HELD', 'add', date '2025-07-10'), ('HELD', 'add', date '2025-12-01'),
        ('ALSO', 'add', date '2026-07-31'), ('ALSO', 'add', date '2025-07-31'), ('ALSO', 'add', date '2024-12-31'),
        ('ENDED', 'add', date '2024-05-01'), ('BEGUN', 'add', date '2026-02-02')
    ) as rows (list_code, change_type, effective_on);
create table core.fct_list_entry as
    select 'HELD' as list_code, 'acme' as entry_key, 'Acme Trading' as entity_name, 'CN' as country_code,
        'denial' as licence_policy, '90 FR 1' as citation, date '2025-07-09' as first_citation_on,
        date '2025-07-09' as valid_from, date '9999-12-31' as valid_to, date '2025-07-09' as known_from,
        date '9999-12-31' as known_to;
create table core.fct_list_name as
    select list_code, entry_key, entity_name as name, 'name' as name_kind, valid_from, valid_to, known_from, known_to
    from core.fct_list_entry;
create table policy_events.list_changes_monthly as
    select months.month, months.list_code, count(changes.list_code) filter (change_type = 'add') as added_count,
        0 as revised_count, count(changes.list_code) filter (change_type = 'remove') as removed_count
    from core.dim_list_month as months
    left join core.fct_list_change as changes
        on months.list_code = changes.list_code and months.month = date_trunc('month', changes.effective_on)
    group by all;
create table policy_events.rate_changes as
    select 2024 as weight_year, 'ALL' as authority, split_part(action_ids, '; ', 1) as action_id, * from (values
        (date '2026-08-22', 'ALL', 0.32, 'US-1'), (date '2026-11-10', 'ALL', 0.09, 'US-2'),
        (date '2026-09-29', 'ALL', 0.001, 'US-1'), (date '2028-01-01', 'ALL', 0.25, 'US-2'),
        (date '2026-08-22', '5700', 0.5, null), (date '2026-11-10', '5700', 0.66, 'US-1; US-2')
    ) as rows (day, partner_code, change_pp, action_ids);
create table trade_impact.effective_tariff_steps as
    select 2024 as weight_year, 'ALL' as product_level, 'ALL' as authority, * from (values
        ('ALL', date '2024-01-01', date '2025-11-29', 0.05), ('ALL', date '2025-11-29', date '2026-11-10', 0.1116),
        ('ALL', date '2026-11-10', date '9999-12-31', 0.1125), ('5700', date '2024-01-01', date '9999-12-31', 0.257)
    ) as rows (partner_code, valid_from, valid_to, effective_rate);
create table policy_events.due_dates as select * from (values
        (date '2026-11-28', 'US-1', 'p', 'Yesterday', 'ends', 1), (date '2026-11-29', 'US-1', 'p', 'Today', 'ends', 2),
        (date '2026-12-04', 'US-2', 'p', 'Next', 'begins', null), (date '2027-06-01', 'US-2', 'q', 'Later', 'ends', 4)
    ) as rows (due_on, action_id, provision_id, what, due_kind, exposed_import_value_consumption_usd);
create view policy_events.calendar as select * from policy_events.due_dates;
create table provenance.overdue_confirmations as select date '2026-11-10' as due_on;
create table provenance.gate_results as select * from (values
        ('landing', 'usitc_dataweb__claims', true), ('landing', 'usitc_dataweb__totals', false),
        ('release', 'core.dim_action', true)
    ) as rows (gate, table_name, passed);
create table provenance.source_vintages as select *, 'Public domain' as licence from (values
        ('usitc_dataweb', 'claims', 'accepted', date '2026-06-29'),
        ('usitc_dataweb', 'claims', 'refused', date '2026-11-28'),
        ('usitc_dataweb', 'totals', 'accepted', date '2026-01-16'),
        ('iso_countries', 'countries', 'accepted', date '2026-11-22'),
        ('usitc_hts', 'lines', 'refused', date '2026-11-22'),
        ('usitc_hts', 'lines', 'accepted', date '2026-06-30')
    ) as rows (source, thing, status, known_from);
create table trade_impact.exposed_to_controls as
    select 'CN-1' as action_id, 'whole' as provision_id, 'Gallium' as commodity, 12 as period_months,
        date '2025-01-01' as period_start, 1000 as total_value_usd, value_usd / 1000 as controlled_share, *
    from (values
        ('81129210', false, 'US', 'import_value_consumption_usd', 600, 365),
        ('25041010', false, 'US', 'import_value_consumption_usd', 50, 0),
        ('850760', true, 'US', 'import_value_consumption_usd', 900, 0),
        ('ALL', false, 'US', 'import_value_consumption_usd', 650, 365),
        ('81129210', false, 'US', 'import_value_general_usd', 610, 365),
        ('81129210', false, 'DE', 'import_value_consumption_usd', 620, 365)
    ) as rows (product_code, has_other_goods, importer_code, measure, value_usd, days_in_force_count);
create table core.bridge_product_group as select * from (values
        ('critical_minerals', 'Critical minerals', null), ('mineral_rare_earths', 'Rare earths', 'critical_minerals'),
        ('mineral_zinc', 'Zinc', 'critical_minerals'), ('rare_earths', 'Rare earths', null),
        ('rare_earths', 'Rare earths', null)
    ) as rows (group_code, group_name, parent_group_code);
create table trade_impact.supplier_dependence as
    select 'GROUP' as product_level, date '2025-01-01' as period_start, 12 as period_months, '5700' as top_partner_code,
        top_share as china_share, 5000 as hhi, 2.0 as effective_suppliers, 100 as import_value_consumption_usd, *
    from (values
        ('rare_earths', 'Rare earths', 0.8, true), ('mineral_rare_earths', 'Rare earths', 0.8, true),
        ('mineral_zinc', 'Zinc', 0.3, false), ('advanced_technology_9', 'Advanced technology: weapons', 0.9, true)
    ) as rows (product_code, product_name, top_share, is_dependent);
create table core.dim_scenario as select * from (values
        ('apart', false, date '2026-01-01'), ('later', true, date '2027-01-01'), ('first', true, date '2026-11-10')
    ) as rows (scenario_id, is_in_fan, valid_from);
create table policy_events.reversals as
    select 'US-1' as action_id, 'suspended' as reversal_kind, date '2025-03-04' as started_on,
        date '2025-03-07' as reversed_on, 3 as days_in_force, * from (values
        ('canada', 'tighten'), ('mexico', 'tighten'), ('relief', 'loosen')
    ) as rows (provision_id, direction)
    union all select 'US-2', 'revoked', date '2025-04-05', date '2025-04-09', 4, 'whole', 'tighten';
create table trade_impact.action_exposure as
    select 2024 as weight_year, 'S232' as authority, 'tighten' as direction, 0.1 as exposed_share,
        value as exposed_import_value_consumption_usd, value as marginal_import_value_consumption_usd,
        * exclude (value) from (values
        ('US-1', 'p', date '2026-08-22', false, 500), ('US-2', 'p', date '2028-01-01', true, 900),
        ('US-2', 'q', null, null, 700)
    ) as rows (action_id, provision_id, took_effect_on, is_scheduled, value);
"""


def marts() -> duckdb.DuckDBPyConnection:
    """A session over them."""
    connection = duckdb.connect()
    connection.execute(TABLES)
    return connection


def shown(connection: duckdb.DuckDBPyConnection, page: Page, card: str, **values: object) -> Card:
    """One card of a page over them, as asked."""

    def ask(sql: str) -> pl.DataFrame:
        answer: pl.DataFrame = connection.sql(sql).pl()
        return answer

    return page.cards[card](Asked(ask, TODAY, values))
