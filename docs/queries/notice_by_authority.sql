-- How much notice tightening provisions gave before they bit, and who was asked: by administration and authority
-- Question 3
select
    acts.administration,
    acts.authority,
    count(*) as provisions,
    median(date_diff('day', least(acts.announced_on, acts.known_on), provisions.effective_on)) as notice_days,
    median(date_diff('day', acts.published_on, provisions.effective_on)) as notice_from_print_days,
    count(*) filter (provisions.effective_on < acts.published_on) as bit_before_print,
    count(*) filter (acts.comments_close_on <= provisions.effective_on) as consulted_before
from core.fct_action_provision as provisions
inner join core.dim_action as acts on provisions.action_id = acts.action_id
where acts.issuer_country = 'US' and provisions.direction = 'tighten' and provisions.effective_on is not null
    and acts.authority in ('EAR', 'IEEPA', 'S122', 'S201', 'S232', 'S301', 'S338')
group by acts.administration, acts.authority
having count(*) >= 3
order by min(acts.known_on), acts.authority
