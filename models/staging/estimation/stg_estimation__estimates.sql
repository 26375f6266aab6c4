-- Grain: one row a specification × term × horizon.

select
    cast(raw.spec_id as string) as spec_id,
    cast(raw.term as string) as term,
    cast(raw.horizon_months as integer) as horizon_months,
    cast(raw.estimate as double) as estimate,
    cast(raw.std_error as double) as std_error,
    cast(raw.conf_low as double) as conf_low,
    cast(raw.conf_high as double) as conf_high,
    cast(raw.p_value as double) as p_value,
    cast(raw.pretrend_p_value as double) as pretrend_p_value,
    cast(raw.n_obs as bigint) as n_obs,
    cast(raw.n_clusters as integer) as n_clusters,
    cast(raw.sample_from as date) as sample_from,
    cast(raw.sample_to as date) as sample_to,
    cast(raw.sample_sha256 as string) as sample_sha256,
    cast(raw.note as string) as note
from {{ raw_parquet('estimation', 'estimates') }} as raw
