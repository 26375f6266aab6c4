-- Grain: one row an edition × year × exporter × importer × product × known interval.

select
    cast(raw.hs_edition as string) as hs_edition,
    cast(raw.period_start as date) as period_start,
    cast(raw.exporter_code as string) as exporter_code,
    cast(raw.importer_code as string) as importer_code,
    cast(raw.product_code as string) as product_code,
    cast(raw.trade_value_fob_usd as double) as trade_value_fob_usd,
    cast(raw.net_weight_kg as double) as net_weight_kg,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.raw_file as string) as raw_file
from {{ raw_parquet('cepii_baci', 'flows') }} as raw
