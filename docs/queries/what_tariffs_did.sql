-- What did tariffs do to imports, by published specifications, and what did their authors find?
-- Question 9
select
    spec_id,
    term,
    horizon_months as months,
    round(estimate, 2) as estimate,
    round(std_error, 2) as std_error,
    published_value as published,
    n_obs,
    n_clusters,
    round(pretrend_p_value, 3) as pretrend_p,
    note
from trade_impact.estimates
where term <> 'first_stage' and (method <> 'event_study' or term = 'mean_after')
    and (method <> 'local_projection' or horizon_months in (0, 6, 12))
order by is_computed desc, spec_id, horizon_months
