-- Grain: one row a month × known interval.

select
    cast(raw.period_start as date) as period_start,
    cast(raw.gross_usd as bigint) as gross_usd,
    cast(raw.refunds_usd as bigint) as refunds_usd,
    cast(raw.net_usd as bigint) as net_usd,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('treasury_receipts', 'customs_duties') }} as raw
