-- Is American policy getting less predictable: acts, notice, consultation and surprise by month
-- All authorities, instruments and targets.
select
    months.month,  -- First day of the month.
    months.administration,  -- Administration in office.
    months.action_count,  -- Acts.
    months.tighten_count,  -- Acts that tighten.
    months.loosen_count,  -- Acts that loosen.
    months.median_notice_from_publication_days,  -- Days from publication to effect, median; negative: effect first.
    months.share_without_consultation,  -- Share of acts nobody was asked about beforehand. Unit: fraction.
    months.surprise_90d_pp  -- Rate in force 90 days on, less what was then expected. Unit: percentage points.
from policy_events.predictability_monthly as months
where months.issuer = 'US' and months.authority = 'ALL' and months.instrument = 'ALL'
    and months.target_partner_code = 'ALL'
order by months.month
