-- Notice in days, consultation and surprise in the months of 2025, all measures of the United States together
-- Question 3
select
    month,
    administration,
    action_count,
    tighten_count,
    loosen_count,
    median_notice_from_statement_days as notice_from_statement,
    median_notice_from_publication_days as notice_from_publication,
    round(100 * share_without_consultation) as without_consultation_percent,
    round(100 * share_reversed_90d) as reversed_90d_percent,
    round(surprise_30d_pp, 1) as surprise_30d_pp
from policy_events.predictability_monthly
where
    issuer = 'US' and authority = 'ALL' and instrument = 'ALL' and target_partner_code = 'ALL'
    and month between date '2025-01-01' and date '2025-12-01'
order by month
