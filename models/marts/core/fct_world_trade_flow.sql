-- Grain: one row a source × reporting side × exporter × importer × edition × product × period × known interval.

{#
    One pass over the Parquet, as for fct_trade_flow: a year of BACI has eleven million rows. Later runs read only raw
    files this table does not hold yet (macros/raw_file_increment.sql).
#}
{{ follow_raw_files() }}

select
    source,
    reported_by,
    exporter_code,
    importer_code,
    hs_edition,
    product_level,
    product_code,
    period_start,
    period_months,
    import_value_cif_usd,
    import_value_fob_usd,
    export_value_fob_usd,
    trade_value_fob_usd,
    net_weight_kg,
    is_net_weight_estimated,
    quantity,
    quantity_unit,
    is_quantity_estimated,
    is_reported,
    known_from,
    known_to,
    raw_file
from {{ ref('int_trade__world_flows') }}
where {{ new_raw_files_only() }}
