-- Grain: one row a specification × term × horizon.

{# What was estimated, beside what it is an estimate of and what was published. #}

select
    specifications.spec_id,
    estimates.term,
    estimates.horizon_months,
    estimates.estimate,
    estimates.std_error,
    estimates.conf_low,
    estimates.conf_high,
    estimates.p_value,
    estimates.pretrend_p_value,
    estimates.n_obs,
    estimates.n_clusters,
    estimates.sample_from,
    estimates.sample_to,
    estimates.sample_sha256,
    case when estimates.term = specifications.published_term then specifications.published_value end as published_value,
    case when estimates.term = specifications.published_term then specifications.published_source end
        as published_source,
    estimates.note,
    estimates.estimate is not null as is_computed,
    specifications.title,
    specifications.method,
    specifications.product_level,
    specifications.period_months,
    specifications.clusters,
    specifications.formula,
    specifications.cannot_say,
    specifications.citation
from {{ ref('stg_estimation__estimates') }} as estimates
inner join {{ ref('estimate_specifications') }} as specifications on estimates.spec_id = specifications.spec_id
